//! From page to page of a list.

use leptos::prelude::*;

use crate::locale::use_locale;

/// The page numbers that are linked to, around the present one; 0 stands for a gap.
fn linked(page: u64, pages: u64) -> Vec<u64> {
    let mut linked: Vec<u64> = Vec::new();
    for number in [1, page.saturating_sub(1), page, page + 1, pages] {
        if number == 0 || number > pages || linked.last().is_some_and(|last| *last >= number) {
            continue;
        }
        if linked.last().is_some_and(|last| number - last > 1) {
            linked.push(0);
        }
        linked.push(number);
    }
    linked
}

/// Links to the other pages; nothing when there is only one.
#[component]
pub(crate) fn Pages(
    /// The page shown, from 1.
    page: u64,
    /// How many pages there are.
    pages: u64,
    /// The address of a page.
    to: Callback<u64, String>,
) -> AnyView {
    if pages <= 1 {
        return ().into_any();
    }
    let locale = use_locale();
    let present = page.min(pages);
    let to = move |page: u64| to.run(page);
    let numbers = {
        linked(present, pages)
            .into_iter()
            .map(move |number| {
                if number == 0 {
                    return view! { <li aria-hidden="true">"…"</li> }.into_any();
                }
                let text = locale.number(number);
                let name = locale.text_with("pages.page", &[("page", &text)]);
                view! {
                    <li>
                        <a
                            href=to(number)
                            aria-label=name
                            aria-current=(number == present).then_some("page")
                        >
                            {text}
                        </a>
                    </li>
                }
                .into_any()
            })
            .collect_view()
    };
    view! {
        <nav class="pages" aria-label=locale.text("pages.title")>
            {(present > 1)
                .then(|| {
                    view! {
                        <a rel="prev" href=to(present - 1)>
                            {locale.text("pages.previous")}
                        </a>
                    }
                })}
            <ul>{numbers}</ul>
            {(present < pages)
                .then(|| {
                    view! {
                        <a rel="next" href=to(present + 1)>
                            {locale.text("pages.next")}
                        </a>
                    }
                })}
        </nav>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::linked;

    #[test]
    fn first_last_and_neighbours_are_linked() {
        assert_eq!(linked(1, 2), [1, 2]);
        assert_eq!(linked(5, 9), [1, 0, 4, 5, 6, 0, 9]);
        assert_eq!(linked(2, 3), [1, 2, 3]);
        assert_eq!(linked(1, 200), [1, 2, 0, 200]);
        assert_eq!(linked(41_667, 41_667), [1, 0, 41_666, 41_667]);
    }
}
