//! The table `Lines` of one list: quantities, moving up and down, removing.

use leptos::{ev, prelude::*};
use std::{collections::HashMap, sync::Arc};

use crate::{
    browser::keys,
    components::{
        icon::{Glyph, Icon},
        quantity_field::QuantityField,
    },
    domain::{
        catalog::quantity::{self, Rule},
        lists::saved_list::OrderList,
        orders::reorder::ItemSnapshot,
    },
    locale::use_locale,
    route::Route,
    state::lists::use_order_lists,
};

/// Where a line stands, and what it says.
type Placed = HashMap<String, (usize, ItemSnapshot)>;

/// The table.
#[component]
pub(crate) fn ListLines(
    /// The list's id.
    id: StoredValue<String>,
    /// The list.
    list: Memo<Option<Arc<OrderList>>>,
) -> AnyView {
    let locale = use_locale();
    let skus = Memo::new(move |_| -> Vec<String> {
        list.with(|list| {
            let lines = list.as_deref().map(|list| list.lines.as_slice());
            let lines = lines.unwrap_or_default().iter();
            lines.map(|line| line.sku.clone()).collect()
        })
    });
    // Made once a change: no row looks through all lines for its own.
    let placed = Memo::new(move |_| -> Placed {
        list.with(|list| {
            let lines = list.as_deref().map(|list| list.lines.as_slice());
            let lines = lines.unwrap_or_default().iter().enumerate();
            lines
                .map(|(place, line)| (line.sku.clone(), (place, line.clone())))
                .collect()
        })
    });
    let currency =
        Memo::new(move |_| list.with(|list| list.as_ref().and_then(|list| list.currency.clone())));
    let moved = RwSignal::new(String::new());
    let row = move |sku: String| {
        view! { <Line id=id sku=sku placed=placed currency=currency moved=moved /> }
    };
    view! {
        <div class="cart-lines">
            <table class="lines cards list-lines">
                <caption>
                    <span class="visually-hidden">{locale.text("lists.table")}</span>
                </caption>
                <thead>
                    <tr>
                        <th scope="col">{locale.text("cart.product")}</th>
                        <th scope="col" class="number">{locale.text("lists.price_seen")}</th>
                        <th scope="col">{locale.text("quantity.label")}</th>
                        <th scope="col">
                            <span class="visually-hidden">{locale.text("cart.actions")}</span>
                        </th>
                    </tr>
                </thead>
                <tbody>
                    <For each=move || skus.get() key=String::clone children=row />
                </tbody>
            </table>
            <p class="result-count">
                {move || locale.plural("lists.lines", skus.with(Vec::len) as u64, &[])}
            </p>
            <p class="visually-hidden" role="status">
                {moved}
            </p>
        </div>
    }
    .into_any()
}

#[component]
fn Line(
    id: StoredValue<String>,
    sku: String,
    placed: Memo<Placed>,
    currency: Memo<Option<String>>,
    moved: RwSignal<String>,
) -> AnyView {
    let locale = use_locale();
    let lists = use_order_lists();
    let key = StoredValue::new(sku.clone());
    let line = Memo::new(move |_| {
        placed.with(|placed| key.with_value(|sku| placed.get(sku).map(|(_, line)| line.clone())))
    });
    let place = Memo::new(move |_| {
        placed.with(|placed| key.with_value(|sku| placed.get(sku).map_or(0, |(place, _)| *place)))
    });
    let count = Memo::new(move |_| placed.with(HashMap::len));
    let quantity = Memo::new(move |_| line.with(|line| line.as_ref().map_or(1, |it| it.quantity)));
    let text = RwSignal::new(quantity.get_untracked().to_string());
    // The field follows the list (another tab, an undo), but not while it says the same number.
    Effect::new(move |_| {
        let quantity = quantity.get();
        let same = text
            .with_untracked(|text| quantity::parse_raw(text).is_ok_and(|typed| typed == quantity));
        if !same {
            text.set(quantity.to_string());
        }
    });
    let set = move |wanted: u32| {
        if wanted != quantity.get_untracked() {
            id.with_value(|id| {
                key.with_value(|sku| lists.change(id, |list| list.set_quantity(sku, wanted)));
            });
        }
    };
    let remove = move |_| {
        id.with_value(|id| key.with_value(|sku| lists.remove_line(id, sku)));
    };
    let name = move || line.with(|line| line.as_ref().map(|line| line.name.clone()));
    let shift = move |down: bool| {
        let last = count.get_untracked().saturating_sub(1);
        let at_end = place.get_untracked() == if down { last } else { 0 };
        if at_end {
            return;
        }
        id.with_value(|id| {
            key.with_value(|sku| {
                lists.change(id, |list| {
                    list.shift(sku, down);
                });
            });
        });
        let place = locale.number(place.get_untracked() as u64 + 1);
        let all = locale.number(count.get_untracked() as u64);
        let name = untrack(name).unwrap_or_default();
        moved.set(locale.text_with(
            "lists.moved",
            &[("name", &name), ("place", &place), ("all", &all)],
        ));
    };
    // With Alt the arrows move the line; without, they are the quantity's.
    let on_key = move |event: ev::KeyboardEvent| {
        let down = match keys::pressed(&event).as_deref() {
            Some("ArrowDown") => true,
            Some("ArrowUp") => false,
            _ => return,
        };
        if event.alt_key() {
            event.prevent_default();
            event.stop_propagation();
            shift(down);
        }
    };
    let price = move || {
        let price = line.with(|line| line.as_ref().and_then(|line| line.unit_price))?;
        Some(locale.money(price, &currency.get()?))
    };
    let step = move |down: bool, name: String, glyph: Glyph| {
        let end = move || {
            if down {
                place.get() + 1 == count.get()
            } else {
                place.get() == 0
            }
        };
        view! {
            <button
                type="button"
                class="icon-button"
                aria-label=name
                aria-disabled=move || end().then_some("true")
                on:click=move |_| shift(down)
            >
                <Icon glyph=glyph />
            </button>
        }
    };
    let named = |message: &str| locale.text_with(message, &[("sku", &sku)]);
    let (field_name, remove_name) = (named("cart.quantity_for"), named("cart.remove"));
    let (up_name, down_name) = (named("lists.move_up"), named("lists.move_down"));
    let rule = Rule::new(None, None);
    view! {
        <tr on:keydown:capture=on_key>
            <th scope="row">
                <a href=Route::Product(sku.clone()).href()>{name}</a>
                " "
                <span class="sku" translate="no">{sku}</span>
            </th>
            <td class="number" translate="no" data-label=locale.text("lists.price_seen")>
                {price}
            </td>
            <td>
                <QuantityField
                    label=field_name
                    text=text
                    rule=Signal::stored(rule)
                    on_quantity=Callback::new(set)
                />
            </td>
            <td class="line-tools">
                {step(false, up_name, Glyph::Up)}
                {step(true, down_name, Glyph::Down)}
                <button
                    type="button"
                    class="icon-button remove-line"
                    aria-label=remove_name
                    on:click=remove
                >
                    <Icon glyph=Glyph::Remove />
                </button>
            </td>
        </tr>
    }
    .into_any()
}
