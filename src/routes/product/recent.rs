//! What was looked at last: a row of small pictures with names.

use leptos::prelude::*;
use nymble_wire::ProductImage;

use crate::{
    components::product_image::{Picture, Size},
    locale::use_locale,
    route::Route,
    state::session::use_session,
};

/// The products that were looked at last.
#[component]
pub(crate) fn RecentStrip(
    /// The one that is on the screen anyway.
    #[prop(optional)]
    but: Option<String>,
) -> AnyView {
    let locale = use_locale();
    let but = but.unwrap_or_default();
    let mut list = use_session().recently_viewed();
    list.retain(|viewed| viewed.sku != but);
    if list.is_empty() {
        return ().into_any();
    }
    let items = list
        .into_iter()
        .map(|viewed| {
            let href = Route::Product(viewed.sku).href();
            let image = ProductImage {
                name: None,
                url: viewed.picture,
            };
            view! {
                <li>
                    <a href=href>
                        <Picture images=vec![image] size=Size::Small />
                        <span>{viewed.name}</span>
                    </a>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="recent" aria-labelledby="recent-title">
            <h2 id="recent-title">{locale.text("recent.title")}</h2>
            <ul tabindex="0" aria-labelledby="recent-title">
                {items}
            </ul>
        </section>
    }
    .into_any()
}
