//! One line of the pad.

use leptos::prelude::*;

use super::words;
use crate::{
    components::icon::{Glyph, Icon},
    domain::{
        quick_order::{pad::Column, rows::Rows},
        values::money::Preview,
    },
    locale::use_locale,
    state::quick_order::pad::PadState,
};

/// The id of the cell that says what there is to say of a line.
fn state_id(at: usize) -> String {
    let mut id = String::from("pad-state-");
    id.push_str(&at.to_string());
    id
}

/// What finds a cell's field.
pub(crate) fn cell(at: usize, column: Column) -> String {
    let mut selector = String::from("[data-row=\"");
    selector.push_str(&at.to_string());
    selector.push_str("\"][data-column=\"");
    selector.push_str(&column.place().to_string());
    selector.push_str("\"]");
    selector
}

/// A line. What happens in it is heard by the grid.
#[component]
pub(crate) fn Row(
    /// Its place, from 0.
    at: usize,
    /// The pad.
    pad: PadState,
    /// All lines as rows.
    rows: Memo<Rows>,
    /// The one cell that is a stop of the Tab key.
    stop: RwSignal<(usize, Column)>,
    /// The line that suggestions are open for, and the id of the chosen one.
    suggesting: Signal<Option<(usize, Option<String>)>>,
) -> AnyView {
    let locale = use_locale();
    let line = Memo::new(move |_| pad.line(at));
    let looked = Memo::new(move |_| line.with(|line| pad.check_line(at, line)));
    // What is typed may be on the way to something good: nothing is said against it yet.
    let typed_into = Memo::new(move |_| pad.is_typed_into(at));
    let state = Memo::new(move |_| {
        if typed_into.get() && looked.with(|looked| looked.trouble.is_some()) {
            return (words::Tone::Hint.class(), String::new());
        }
        line.with(|line| {
            let (tone, words) = looked.with(|looked| words::state(locale, pad, &line.sku, looked));
            (tone.class(), words)
        })
    });
    let buyer = Memo::new(move |_| pad.buyer());
    let money = move |amount: Option<rust_decimal::Decimal>| {
        looked.with(|looked| {
            let (product, amount) = (looked.product.as_ref()?, amount?);
            Some(buyer.with(|buyer| locale.money(amount, buyer.currency_of(product))))
        })
    };
    let each = move || money(looked.with(|looked| looked.unit_price));
    let total = move || money(looked.with(|looked| looked.total.map(Preview::amount)));
    let name = move || looked.with(|looked| Some(looked.product.as_ref()?.name.clone()));
    let mends = move || {
        let offered = if typed_into.get() { 0 } else { 2 };
        let mends = looked.with(|looked| {
            let mends = looked.mends.iter().take(offered).enumerate();
            mends
                .map(|(place, mend)| (place, words::mend(locale, mend, looked)))
                .collect::<Vec<_>>()
        });
        mends
            .into_iter()
            .map(|(place, words)| {
                view! {
                    <button
                        type="button"
                        class="pad-mend"
                        tabindex="-1"
                        data-mend=place.to_string()
                        data-line=at.to_string()
                    >
                        {words}
                    </button>
                }
            })
            .collect_view()
    };
    let wrong = move |of_quantity: bool| {
        looked.with(|looked| {
            use crate::domain::quick_order::line::Trouble;
            let trouble = looked.trouble.as_ref().filter(|_| !typed_into.get())?;
            (matches!(trouble, Trouble::Quantity(_)) == of_quantity).then_some("true")
        })
    };
    let open = Memo::new(move |_| {
        suggesting.with(|at_line| {
            at_line
                .as_ref()
                .filter(|(line, _)| *line == at)
                .map(|(_, active)| active.clone())
        })
    });
    let label = |key: &str| locale.text_with(key, &[("line", &words::number(locale, at))]);
    let without = move || looked.with(|looked| looked.product.is_none());
    let position = move || {
        let mut position = String::from("translateY(");
        position.push_str(&words::height(rows.with(|rows| rows.above(at))));
        position.push(')');
        position
    };
    let blank = Memo::new(move |_| rows.with(|rows| rows.is_blank(at)));
    let tab_index = move |column: Column| {
        let is_stop = Memo::new(move |_| stop.get() == (at, column));
        move || if is_stop.get() { "0" } else { "-1" }
    };
    view! {
        <div class="pad-row" class:without=without class:blank=blank role="row" aria-rowindex=(at + 2).to_string() style:transform=position>
            <span class="pad-number" role="rowheader">
                {words::number(locale, at)}
            </span>
            <span role="gridcell" class="pad-cell-sku">
                <input
                    type="text"
                    role="combobox"
                    aria-autocomplete="list"
                    aria-expanded=move || if open.with(Option::is_some) { "true" } else { "false" }
                    aria-controls=move || open.with(Option::is_some).then_some("pad-suggestions")
                    aria-activedescendant=move || open.get().flatten()
                    aria-label=label("pad.sku_in_line")
                    aria-describedby=state_id(at)
                    aria-invalid=move || wrong(false)
                    autocomplete="off"
                    autocapitalize="characters"
                    spellcheck="false"
                    enterkeyhint="next"
                    tabindex=tab_index(Column::Sku)
                    data-row=at.to_string()
                    data-column="0"
                    prop:value=move || line.with(|line| line.sku.clone())
                />
            </span>
            <span role="gridcell" class="pad-cell-quantity">
                <input
                    type="text"
                    inputmode="numeric"
                    aria-label=label("pad.quantity_in_line")
                    aria-describedby=state_id(at)
                    aria-invalid=move || wrong(true)
                    autocomplete="off"
                    enterkeyhint="next"
                    tabindex=tab_index(Column::Quantity)
                    data-row=at.to_string()
                    data-column="1"
                    prop:value=move || line.with(|line| line.quantity.clone())
                />
            </span>
            <span role="gridcell" class="pad-what">
                <span id=state_id(at)>
                    <span class="pad-name">{name}</span>
                    " "
                    <span class=move || state.with(|state| state.0)>
                        {move || state.with(|state| state.1.clone())}
                    </span>
                </span>
                {mends}
            </span>
            <span role="gridcell" class="number pad-each" translate="no">
                {each}
            </span>
            <span role="gridcell" class="number pad-total" translate="no">
                {total}
            </span>
            <span role="gridcell">
                <button
                    type="button"
                    class="icon-button"
                    aria-label=label("pad.remove_line")
                    tabindex="-1"
                    data-remove="true"
                    data-line=at.to_string()
                    disabled=move || line.with(crate::domain::quick_order::line_import::TypedLine::is_blank)
                >
                    <Icon glyph=Glyph::Remove />
                </button>
            </span>
        </div>
    }
    .into_any()
}
