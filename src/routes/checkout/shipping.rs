//! Where the goods go: one of the customer's shipping addresses, or a new one.

use leptos::prelude::*;
use nymble_wire::{Address, Customer};

use super::form::CheckoutForm;
use crate::{
    components::{
        address::in_one_line,
        address_form::AddressForm,
        failed::{Failed, LoadingNote},
    },
    locale::use_locale,
};

/// The chosen shipping address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ShippingChoice {
    /// None yet.
    Unset,
    /// One that the customer or the cart has.
    Known(Box<Address>),
    /// The one in the form.
    New,
}

/// Whether two addresses are the same place, whatever else is said about them.
fn same_place(one: &Address, other: &Address) -> bool {
    one.line1 == other.line1
        && one.line2 == other.line2
        && one.city == other.city
        && one.postal_code == other.postal_code
        && one.country == other.country
}

/// The customer's shipping addresses, the first choice first, and the cart's own where it is another.
fn known_addresses(customer: Option<&Customer>, of_cart: Option<&Address>) -> Vec<Address> {
    let mut known: Vec<Address> = customer
        .map(|customer| customer.addresses.as_slice())
        .unwrap_or_default()
        .iter()
        .filter(|address| address.is_shipping())
        .cloned()
        .collect();
    known.sort_by_key(|address| address.is_primary != Some(true));
    if let Some(of_cart) = of_cart
        && !known.iter().any(|address| same_place(address, of_cart))
    {
        known.push(of_cart.clone());
    }
    known
}

/// The radio group `Shipping address`.
#[component]
pub fn ShippingSection(
    /// The form.
    form: CheckoutForm,
) -> AnyView {
    let locale = use_locale();
    let choice = form.shipping;
    let known = Memo::new(move |_| {
        let customer = form.customer.value();
        let cart = form.cart.confirmed();
        let of_cart = cart
            .as_ref()
            .and_then(|cart| cart.shipping_address.as_ref());
        known_addresses(customer.as_deref(), of_cart)
    });
    // The first choice is made for the buyer, once there is one: the cart's address, else the primary.
    Effect::new(move |_| {
        if choice.with(|choice| *choice != ShippingChoice::Unset) {
            return;
        }
        let of_cart = form
            .cart
            .confirmed()
            .and_then(|cart| cart.shipping_address.clone());
        let first = known.with(|known| {
            let of_cart = of_cart.and_then(|of_cart| {
                known
                    .iter()
                    .find(|address| same_place(address, &of_cart))
                    .cloned()
            });
            of_cart.or_else(|| known.first().cloned())
        });
        if let Some(first) = first {
            choice.set(ShippingChoice::Known(Box::new(first)));
        } else if form.customer.value().is_some() {
            choice.set(ShippingChoice::New);
        }
    });
    let options = move || {
        known
            .get()
            .into_iter()
            .map(|address| {
                let text = in_one_line(locale, &address);
                let code = address.code.clone().or_else(|| address.external_id.clone());
                let mine = address.clone();
                let checked = move || {
                    choice.with(|choice| {
                        matches!(choice, ShippingChoice::Known(chosen) if same_place(chosen, &mine))
                    })
                };
                let choose =
                    move |_| choice.set(ShippingChoice::Known(Box::new(address.clone())));
                view! {
                    <label class="choice">
                        <input
                            type="radio"
                            name="shipping-address"
                            prop:checked=checked
                            on:change=choose
                        />
                        <span>{text} " " {code.map(|code| view! { <span class="code">{code}</span> })}</span>
                    </label>
                }
            })
            .collect_view()
    };
    let failure = move || {
        let error = form.customer.error()?;
        let retry = move || form.load();
        Some(view! { <Failed message=locale.error(&error) retry=retry /> })
    };
    let waiting = move || (!form.customer_is_known()).then(|| view! { <LoadingNote /> });
    let home = move || {
        let customer = untrack(|| form.customer.value());
        let first = customer.as_ref().and_then(|it| it.addresses.first());
        first.map_or_else(String::new, |address| address.country.clone())
    };
    let is_new = Memo::new(move |_| choice.with(|choice| *choice == ShippingChoice::New));
    let error = form.errors.of("shipping-address");
    view! {
        <section class="panel">
            <fieldset
                class="choices"
                id="shipping-address"
                tabindex="-1"
                role="radiogroup"
                aria-labelledby="shipping-heading"
            >
                <legend id="shipping-heading">
                    <h2>{locale.text("checkout.shipping")}</h2>
                </legend>
                {waiting}
                {failure}
                {options}
                <Show when=move || form.customer_is_known()>
                    <label class="choice">
                        <input
                            type="radio"
                            name="shipping-address"
                            prop:checked=is_new
                            on:change=move |_| choice.set(ShippingChoice::New)
                        />
                        <span>{locale.text("checkout.new_address")}</span>
                    </label>
                </Show>
                <p class="field-error" role="status">
                    {error}
                </p>
            </fieldset>
            <Show when=move || is_new.get()>
                <AddressForm fields=form.new_address errors=form.errors home=home() />
            </Show>
        </section>
    }
    .into_any()
}
