//! The categories beside the products: the roots, and the branch of the chosen one opened.

use leptos::prelude::*;
use nymble_wire::Category;

use super::query::CatalogQuery;
use crate::{components::failed::Failed, locale::use_locale, state::catalog::use_catalog};

/// The names on the way from a root to the category `wanted`, with it; empty when it is not there.
pub(crate) fn trail<'a>(categories: &'a [Category], wanted: &str) -> Vec<&'a Category> {
    for category in categories {
        if category.name == wanted {
            return vec![category];
        }
        let mut below = trail(&category.sub_categories, wanted);
        if !below.is_empty() {
            below.insert(0, category);
            return below;
        }
    }
    Vec::new()
}

/// The navigation `Categories`.
#[component]
pub(crate) fn Categories(
    /// What the catalogue shows.
    shown: Memo<CatalogQuery>,
) -> AnyView {
    let locale = use_locale();
    let catalog = use_catalog();
    catalog.load_categories();
    let tree = catalog.categories();
    let content = move || {
        if let Some(error) = tree.error() {
            if error.lacks_part() {
                return ().into_any();
            }
            let retry = move || catalog.load_categories();
            return view! { <Failed message=locale.error(&error) retry=retry /> }.into_any();
        }
        let Some(categories) = tree.value() else {
            return view! {
                <ul class="skeleton-lines" aria-hidden="true">
                    {(0..8).map(|_| view! { <li></li> }).collect_view()}
                </ul>
            }
            .into_any();
        };
        let chosen = shown.with(|view| view.category.clone());
        let open: Vec<String> = chosen
            .iter()
            .flat_map(|chosen| trail(&categories, chosen))
            .map(|category| category.name.clone())
            .collect();
        // Attributes are those of a category's products; what is in stock is so everywhere.
        let base = shown.with(|view| {
            view.with(|view| {
                view.search.clear();
                view.bought = false;
                view.facets.attributes.clear();
            })
        });
        let all = base.with(|view| view.category = None).href();
        let searching = shown.with(|view| !view.search.is_empty() || view.bought);
        let nothing_chosen = chosen.is_none() && !searching;
        view! {
            <ul>
                <li>
                    <a href=all aria-current=nothing_chosen.then_some("page")>
                        {locale.text("catalog.all")}
                    </a>
                </li>
                {branch(&categories, &open, chosen.as_deref(), &base)}
            </ul>
        }
        .into_any()
    };
    let absent = move || tree.error().is_some_and(|error| error.lacks_part());
    view! {
        <nav class="categories" aria-label=locale.text("catalog.categories") hidden=absent>
            {content}
        </nav>
    }
    .into_any()
}

fn branch(
    categories: &[Category],
    open: &[String],
    chosen: Option<&str>,
    base: &CatalogQuery,
) -> AnyView {
    categories
        .iter()
        .filter(|category| category.active)
        .map(|category| {
            let href = base
                .with(|view| view.category = Some(category.name.clone()))
                .href();
            let current = (chosen == Some(category.name.as_str())).then_some("page");
            let below = (open.contains(&category.name) && !category.sub_categories.is_empty())
                .then(|| {
                    view! { <ul>{branch(&category.sub_categories, open, chosen, base)}</ul> }
                        .into_any()
                });
            view! {
                <li>
                    <a href=href aria-current=current>
                        {category.name.clone()}
                    </a>
                    {below}
                </li>
            }
            .into_any()
        })
        .collect_view()
        .into_any()
}

/// The children of the chosen category, as tiles above its products: a product belongs to one
/// category by name, so a parent shows where to go on.
#[component]
pub(crate) fn Children(
    /// What the catalogue shows.
    shown: Memo<CatalogQuery>,
) -> AnyView {
    let locale = use_locale();
    let tree = use_catalog().categories();
    let tiles = move || {
        let chosen = shown.with(|view| view.category.clone())?;
        let Some(categories) = tree.value() else {
            // Keeps the place of what will most likely come.
            let empty = (0..4).map(|_| view! { <li></li> }).collect_view();
            return tree.error().is_none().then(|| {
                view! {
                    <ul class="category-tiles skeleton-lines" aria-hidden="true">
                        {empty}
                    </ul>
                }
                .into_any()
            });
        };
        let children = trail(&categories, &chosen).pop()?.sub_categories.clone();
        if children.is_empty() {
            return None;
        }
        let tiles = children
            .into_iter()
            .filter(|child| child.active)
            .map(|child| {
                let name = child.name.clone();
                let href = shown.with(|view| {
                    view.with(|view| view.category = Some(child.name.clone()))
                        .href()
                });
                let picture = child.image_url.map(|source| {
                    view! { <img src=source alt="" width="64" height="64" loading="lazy" /> }
                });
                view! {
                    <li>
                        <a href=href>{picture}<span>{name}</span></a>
                    </li>
                }
                .into_any()
            })
            .collect_view();
        Some(
            view! {
                <ul class="category-tiles" aria-label=locale.text("catalog.subcategories")>
                    {tiles}
                </ul>
            }
            .into_any(),
        )
    };
    view! { {tiles} }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_trail_leads_from_the_root_to_the_category() -> Result<(), nymble_wire::DecodeError> {
        let tree: Vec<Category> = nymble_wire::decode_list(
            r#"{"categories":[{"name":"Tools"},{"name":"Fasteners","subCategories":[
                {"name":"Bolts","subCategories":[{"name":"Hex bolts"}]}]}]}"#,
        )?;
        let names = |wanted| -> Vec<String> {
            trail(&tree, wanted)
                .iter()
                .map(|c| c.name.clone())
                .collect()
        };
        assert_eq!(names("Hex bolts"), ["Fasteners", "Bolts", "Hex bolts"]);
        assert_eq!(names("Tools"), ["Tools"]);
        assert_eq!(names("Nuts"), Vec::<String>::new());
        Ok(())
    }
}
