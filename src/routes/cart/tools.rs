//! What is done with many lines of the cart at once: finding, sorting, choosing, removing, saving, printing.

use leptos::prelude::*;

use super::view::View;
use crate::{
    browser::{download, page},
    components::button::Button,
    domain::{
        cart::{
            changes::Change,
            view::{self, CSV_COLUMNS, Sort},
        },
        values::csv::Csv,
    },
    locale::{Locale, use_locale},
    routes::lists::offer::SaveAsList,
    state::{
        app::notices::{Tone, use_notices},
        cart::use_cart,
        lists::offer::ListOffer,
    },
};

/// Fewer lines are seen at a glance: nobody looks for one of them or sorts them.
const MANY: usize = 5;

/// The tools above the lines.
#[component]
pub(crate) fn Tools(
    /// How the lines are looked at.
    view: View,
) -> AnyView {
    let locale = use_locale();
    let cart = use_cart();
    let notices = use_notices();
    let many = Memo::new(move |before: Option<&bool>| {
        before == Some(&true) || view.all.with(Vec::len) > MANY
    });
    let count = Memo::new(move |_| view.count());
    let chosen =
        move || (count.get() > 0).then(|| locale.plural("cart.chosen", count.get() as u64, &[]));
    let offer = Callback::new(move |()| {
        if !cart.may_go_on() {
            return None;
        }
        let lines = view.chosen_or_all();
        Some(ListOffer {
            name: locale.text("cart.title"),
            currency: Some(view.currency.get_untracked()).filter(|currency| !currency.is_empty()),
            lines: lines.iter().map(|line| view::for_list(line)).collect(),
        })
    });
    let remove = move |()| {
        let lines = view.chosen_or_all();
        let change = |quantity: Option<u32>| {
            lines
                .iter()
                .map(|line| Change::Set {
                    sku: line.sku.clone(),
                    name: line.name.clone(),
                    quantity: quantity.unwrap_or_else(|| u32::try_from(line.quantity).unwrap_or(1)),
                })
                .collect::<Vec<_>>()
        };
        let (gone, back) = (change(Some(0)), change(None));
        let text = locale.plural("cart.removed_many", gone.len() as u64, &[]);
        view.choose_none();
        cart.remove_with(gone, back, text);
        page::focus_one_of_soon(&["#cart-find", ".cart-tools [type=checkbox]", "h1"]);
    };
    let export = move |()| {
        if !cart.may_go_on() {
            return;
        }
        let columns = CSV_COLUMNS.map(|key| locale.text(key));
        let mut csv = Csv::new(&columns.each_ref().map(String::as_str));
        let currency = view.currency.get_untracked();
        for line in view.chosen_or_all() {
            view::add_row(&mut csv, &line, &currency);
        }
        let name = format!("cart-{}.csv", Locale::today().text());
        if !download::save_text(&name, "text/csv;charset=utf-8", &csv.finish()) {
            notices.show(Tone::Trouble, locale.text("cart.export_refused"), None);
        }
    };
    let looking = move || many.get().then(|| view! { <Looking view=view /> });
    let some = move || count.get() > 0 && !view.all_shown_chosen();
    let remove_button = move || {
        (count.get() > 0).then(|| {
            view! {
                <Button press=remove label=locale.text("cart.remove_chosen") />
            }
        })
    };
    view! {
        <div class="cart-tools no-print">
            {looking}
            <div class="cart-choice">
                <label class="check">
                    <input
                        type="checkbox"
                        prop:checked=move || view.all_shown_chosen()
                        prop:defaultChecked=move || view.all_shown_chosen()
                        prop:indeterminate=some
                        on:change=move |event| view.choose_shown(event_target_checked(&event))
                    />
                    {locale.text("cart.choose_all")}
                </label>
                <span role="status">{chosen}</span>
                {remove_button}
                <SaveAsList label="lists.save_as" offer=offer />
                <Button press=export label=locale.text("cart.download") />
                <Button press=move |()| drop(window().print()) label=locale.text("placed.print") />
            </div>
        </div>
    }
    .into_any()
}

/// Finding lines, and their order.
#[component]
fn Looking(view: View) -> AnyView {
    let locale = use_locale();
    let options = Sort::ALL
        .into_iter()
        .enumerate()
        .map(|(place, (sort, message))| {
            view! {
                <option value=place.to_string() selected=move || view.sort.get() == sort>
                    {locale.text(message)}
                </option>
            }
        })
        .collect_view();
    let sort = move |event| {
        let place: Option<usize> = event_target_value(&event).parse().ok();
        if let Some((sort, _)) = place.and_then(|place| Sort::ALL.get(place)) {
            view.sort.set(*sort);
        }
    };
    let none = move || {
        let nothing = view.shown.with(Vec::is_empty) && !view.all.with(Vec::is_empty);
        nothing.then(|| {
            view.find
                .with(|find| locale.text_with("cart.none_found", &[("text", find)]))
        })
    };
    view! {
        <div class="cart-looking">
            <div class="field">
                <label for="cart-find">{locale.text("cart.find")}</label>
                <input
                    id="cart-find"
                    type="search"
                    autocomplete="off"
                    prop:value=view.find
                    on:input=move |event| view.find.set(event_target_value(&event))
                />
            </div>
            <div class="field">
                <label for="cart-sort">{locale.text("cart.sort")}</label>
                <select id="cart-sort" on:change=sort>
                    {options}
                </select>
            </div>
            <p role="status">{none}</p>
        </div>
    }
    .into_any()
}
