//! Where the goods go: one of the customer's shipping addresses, or a new one.

use leptos::prelude::*;
use nymble_wire::{Address, Customer};

use super::form::CheckoutForm;
use crate::{
    components::{
        address::in_one_line,
        address_form::AddressForm,
        failed::{Failed, LoadingNote},
        text_field::hear_choice,
    },
    domain::checkout::draft::{self as drafts, ShipTo, Shipping, same_place},
    locale::use_locale,
    state::{app::loading::Loading, checkout::draft::KeptDraft},
};

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

/// The addresses to choose from, and where the goods go: where the buyer wants them, else the cart's address, else the
/// first.
pub(crate) fn of(
    customer: Loading<Customer>,
    draft: KeptDraft,
) -> (Memo<Vec<Address>>, Memo<Shipping>) {
    let known = Memo::new(move |_| {
        let customer = customer.value();
        let of_cart = draft.of_cart().address;
        let mut known = known_addresses(customer.as_deref(), of_cart.as_ref());
        // While it is not known which there are, the chosen one is taken to be one of them.
        if customer.is_none()
            && let Some(ShipTo::Known(picked)) = draft.get().ship_to()
            && !known.iter().any(|address| same_place(address, picked))
        {
            known.push((**picked).clone());
        }
        known
    });
    let chosen = Memo::new(move |_| {
        let draft_now = draft.get();
        let of_cart = draft.of_cart().address;
        let is_complete = customer.value().is_some();
        known.with(|known| {
            drafts::shipping(draft_now.ship_to(), known, of_cart.as_ref(), is_complete)
        })
    });
    (known, chosen)
}

/// The radio group `Shipping address`.
#[component]
pub(crate) fn ShippingSection(
    /// The form.
    form: CheckoutForm,
) -> AnyView {
    let locale = use_locale();
    let chosen = form.shipping;
    let known = form.addresses;
    let choose = move |to: ShipTo| {
        let of_cart = untrack(|| form.draft.of_cart());
        form.draft
            .change(|draft| draft.choose_ship_to(&of_cart, to));
    };
    let gone = move || match chosen.get() {
        Shipping::Gone(address) => {
            let address = in_one_line(locale, &address);
            let text = locale.text_with("checkout.address_gone", &[("address", &address)]);
            Some(view! { <p class="refusal" role="alert">{text}</p> })
        }
        _ => None,
    };
    let options = move || {
        known
            .get()
            .into_iter()
            .map(|address| {
                let text = in_one_line(locale, &address);
                let code = address.code.clone().or_else(|| address.external_id.clone());
                let mine = address.clone();
                let checked = move || {
                    chosen.with(|chosen| {
                        matches!(chosen, Shipping::Known(chosen) if same_place(chosen, &mine))
                    })
                };
                let known = address.clone();
                let known = move || {
                    let same = |chosen: &Shipping| {
                        matches!(chosen, Shipping::Known(chosen) if same_place(chosen, &known))
                    };
                    chosen.try_with_untracked(same) != Some(false)
                };
                let choose = move || choose(ShipTo::Known(Box::new(address.clone())));
                let input = NodeRef::new();
                hear_choice(input, known, choose.clone());
                view! {
                    <label class="choice">
                        <input
                            type="radio"
                            name="shipping-address"
                            node_ref=input
                            prop:checked=checked
                            on:change=move |_| choose()
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
    let is_new = Memo::new(move |_| chosen.with(|chosen| *chosen == Shipping::New));
    let new_input = NodeRef::new();
    let new_known = move || is_new.try_get_untracked() != Some(false);
    hear_choice(new_input, new_known, move || choose(ShipTo::New));
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
                {gone}
                {options}
                <Show when=move || form.customer_is_known()>
                    <label class="choice">
                        <input
                            type="radio"
                            name="shipping-address"
                            node_ref=new_input
                            prop:checked=is_new
                            on:change=move |_| choose(ShipTo::New)
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
