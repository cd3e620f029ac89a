//! A row of the table `Cart items`.

use leptos::prelude::*;

use super::view::{Row, View};
use crate::{
    components::{
        icon::{Glyph, Icon},
        price,
        product_image::{Picture, Size},
        quantity_field::{self, QuantityField},
    },
    domain::{
        cart::view,
        catalog::{
            pricing,
            quantity::{self, Rule},
            stock,
        },
    },
    locale::use_locale,
    route::Route,
    state::{
        cart::{
            held::{CartField, Typed},
            use_cart,
        },
        catalog::use_catalog,
        session::use_session,
    },
};

/// One line.
#[component]
pub(crate) fn Line(
    /// Its product.
    sku: String,
    /// How the lines are looked at.
    view: View,
) -> AnyView {
    let locale = use_locale();
    let cart = use_cart();
    let currency = view.currency;
    let session = use_session();
    let catalog = use_catalog();
    let Row { line, chosen } = view.row(&sku);
    let product = {
        let sku = sku.clone();
        Memo::new(move |_| catalog.product(&sku))
    };
    let buyer = Memo::new(move |_| session.buyer());
    let quantity = Memo::new(move |_| line.with(|line| line.as_ref().map_or(0, |it| it.quantity)));
    let rule = Signal::derive(move || {
        product.with(|product| match product {
            Some(product) => pricing::quantity_rule(product),
            None => Rule::new(None, None),
        })
    });
    let field = CartField::Quantity(sku.clone());
    // What was typed and could not be taken is there still.
    let typed = cart.held_text(&field);
    let text = RwSignal::new(typed.unwrap_or_else(|| quantity.get_untracked().to_string()));
    // The field follows the cart (another tab, a rollback), but not while it says the same number.
    Effect::new(move |before: Option<()>| {
        let quantity = quantity.get();
        if before.is_none() {
            return;
        }
        let same = text.with_untracked(|text| {
            quantity::parse_raw(text).is_ok_and(|typed| i64::from(typed) == quantity)
        });
        if !same {
            text.set(quantity.to_string());
        }
    });
    let name = move || line.with(|line| line.as_ref().map(|line| line.name.clone()));
    let field_id = field.id();
    // Until the cart says what the field says, the field holds the order up.
    Effect::new(move |_| {
        let quantity = quantity.get();
        let typed = text.get();
        if quantity::parse_raw(&typed).is_ok_and(|typed| i64::from(typed) == quantity) {
            return cart.release(&field);
        }
        let problem = rule.with(|rule| quantity::parse(&typed, rule)).err();
        let problem = problem.map(|error| {
            let reason = locale.quantity_error(&error);
            let name = untrack(name).unwrap_or_default();
            let values = [
                ("name", name.as_str()),
                ("typed", &typed),
                ("reason", &reason),
            ];
            locale.text_with("cart.held_quantity", &values)
        });
        cart.hold(Typed {
            field: field.clone(),
            text: typed,
            problem,
        });
    });
    let set = {
        let sku = sku.clone();
        move |wanted: u32| {
            let now = quantity.get_untracked();
            // A line that has gone does not come back by what was typed for it.
            if i64::from(wanted) != now && now > 0 {
                let name = untrack(name).unwrap_or_default();
                cart.set_quantity(&sku, &name, wanted);
            }
        }
    };
    let remove = {
        let sku = sku.clone();
        move |_| {
            let name = untrack(name).unwrap_or_else(|| sku.clone());
            let before = u32::try_from(quantity.get_untracked()).unwrap_or(1);
            cart.remove(&sku, &name, before);
        }
    };
    let unit_price =
        move || line.with(|line| Some(locale.money(line.as_ref()?.unit_price?, &currency.get())));
    let confirmed = move || line.with(|line| line.as_ref().is_none_or(|line| line.confirmed));
    let total = move || {
        line.with(|line| {
            let currency = currency.get();
            let total = view::total(line.as_ref()?, &currency)?;
            Some(locale.money(total, &currency))
        })
    };
    let short = Memo::new(move |_| {
        let wanted = u32::try_from(quantity.get()).unwrap_or(u32::MAX);
        product.with(|product| stock::shortage(product.as_ref()?.quantity_on_hand, wanted))
    });
    let short_words = move || {
        let words = locale.shortage(short.get()?);
        Some(view! { <span class="stock stock-none">{words}</span> })
    };
    // Nobody is talked into more of what there is too little of.
    let nudge = move || {
        let product = product.get().filter(|_| short.get().is_none())?;
        let quantity = u32::try_from(quantity.get()).ok()?;
        price::next_break(locale, &product, &buyer.get(), quantity)
    };
    let picture = move || {
        let images = product.with(|product| product.as_ref().map(|it| it.images.clone()));
        view! { <Picture images=images.unwrap_or_default() size=Size::Small /> }
    };
    let rule_words = move || quantity_field::rule_in_words(locale, rule.get());
    let choose = {
        let sku = sku.clone();
        move |event| view.choose(&sku, event_target_checked(&event))
    };
    let choose_name = locale.text_with("cart.choose", &[("sku", &sku)]);
    let field_name = locale.text_with("cart.quantity_for", &[("sku", &sku)]);
    let remove_name = locale.text_with("cart.remove", &[("sku", &sku)]);
    view! {
        <tr class:pending=move || !confirmed()>
            <th scope="row">
                <div class="line-product">
                    <input
                        type="checkbox"
                        class="no-print"
                        aria-label=choose_name
                        prop:checked=chosen
                        prop:defaultChecked=chosen
                        on:change=choose
                    />
                    {picture}
                    <div>
                        <a href=Route::Product(sku.clone()).href()>{name}</a>
                        " "
                        <span class="sku" translate="no">{sku}</span>
                        " "
                        <span class="rule">{rule_words}</span>
                        " "
                        <span class="nudge">{nudge}</span>
                        {short_words}
                    </div>
                </div>
            </th>
            <td class="number" translate="no" data-label=locale.text("price.unit_price")>
                {unit_price}
            </td>
            <td>
                <span class="print-only">{quantity}</span>
                <QuantityField
                    label=field_name
                    id=field_id
                    text=text
                    rule=rule
                    on_quantity=Callback::new(set)
                />
            </td>
            <td class="number line-amount" translate="no" data-label=locale.text("price.line_total")>
                {total}
            </td>
            <td class="no-print">
                <button type="button" class="icon-button" aria-label=remove_name on:click=remove>
                    <Icon glyph=Glyph::Remove />
                </button>
            </td>
        </tr>
    }
    .into_any()
}
