//! What this tab and another one do not agree about, and the choice between the two.

use leptos::prelude::*;

use crate::{
    components::button::{Button, Look},
    domain::lists::saved_list::{Clash, OrderList},
    locale::{Locale, use_locale},
    state::lists::use_order_lists,
};

/// What both say about it, as a sentence.
fn in_words(locale: Locale, clash: &Clash, mine: &OrderList, theirs: &OrderList) -> String {
    match clash {
        Clash::Name => locale.text_with(
            "lists.clash_name",
            &[("mine", &mine.name), ("theirs", &theirs.name)],
        ),
        Clash::Line(sku) => {
            let quantity = |list: &OrderList| match list.line(sku) {
                Some(line) => locale.number(u64::from(line.quantity)),
                None => locale.text("lists.removed_there"),
            };
            let (mine, theirs) = (quantity(mine), quantity(theirs));
            locale.text_with(
                "lists.clash_line",
                &[("sku", sku), ("mine", &mine), ("theirs", &theirs)],
            )
        }
    }
}

/// The choice, while there is one to make.
#[component]
pub(crate) fn DisputeChoice(
    /// The list's id.
    id: StoredValue<String>,
) -> AnyView {
    let locale = use_locale();
    let lists = use_order_lists();
    let dispute = Memo::new(move |_| id.with_value(|id| lists.dispute(id)));
    let settle = move |keep_mine: bool| id.with_value(|id| lists.settle(id, keep_mine));
    let content = move || {
        let dispute = dispute.get()?;
        let mine = id.with_value(|id| lists.list(id))?;
        let sentences = dispute
            .clashes
            .iter()
            .map(|clash| view! { <li>{in_words(locale, clash, &mine, &dispute.theirs)}</li> })
            .collect_view();
        Some(view! {
            <section class="unsent" role="alert" aria-labelledby="list-dispute">
                <div>
                    <h2 id="list-dispute">{locale.text("lists.dispute")}</h2>
                    <ul>{sentences}</ul>
                </div>
                <Button
                    look=Look::Primary
                    press=move |()| settle(true)
                    label=locale.text("lists.keep_mine")
                />
                <Button press=move |()| settle(false) label=locale.text("lists.take_theirs") />
            </section>
        })
    };
    view! { {content} }.into_any()
}
