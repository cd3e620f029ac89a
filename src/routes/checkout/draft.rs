//! What was typed at checkout, kept for this tab through reloads. Cards never are.

use leptos::prelude::*;

use super::{form::CheckoutForm, shipping::ShippingChoice};
use crate::browser::storage;

fn key(customer: &str) -> String {
    format!("nymble.checkout-draft {customer}")
}

/// Takes up the draft, if there is one, and from then on keeps it as the form changes.
pub fn keep(form: &CheckoutForm, customer: &str) {
    let form = *form;
    let kept: Vec<String> = storage::get_json(&key(customer)).unwrap_or_default();
    let mut kept = kept.into_iter();
    match kept.next() {
        Some(po_number) => {
            form.po_number.set(po_number);
            if kept.next().as_deref() == Some("new") {
                form.shipping.set(ShippingChoice::New);
            }
            for (field, text) in form.new_address.fields().into_iter().zip(kept) {
                field.set(text);
            }
        }
        None => follow_cart(&form),
    }
    let key = key(customer);
    Effect::new(move |before: Option<()>| {
        let mut texts = vec![
            form.po_number.get(),
            form.shipping
                .with(|choice| {
                    if *choice == ShippingChoice::New {
                        "new"
                    } else {
                        ""
                    }
                })
                .to_owned(),
        ];
        texts.extend(
            form.new_address
                .fields()
                .into_iter()
                .map(|field| field.get()),
        );
        // The first run only subscribes: an untouched form leaves nothing behind.
        if before.is_some() {
            storage::set(&key, serde_json::to_string(&texts).ok().as_deref());
        }
    });
}

/// The PO number begins as the cart's, which may still be on its way.
fn follow_cart(form: &CheckoutForm) {
    let (cart, po_number) = (form.cart, form.po_number);
    let from_cart = Memo::new(move |_| cart.po_number());
    Effect::new(move |before: Option<String>| {
        let now = from_cart.get();
        let untouched =
            po_number.with_untracked(|typed| typed.is_empty() || Some(typed) == before.as_ref());
        if untouched {
            po_number.set(now.clone());
        }
        now
    });
}

/// The order was placed: the draft has served.
pub fn forget(customer: &str) {
    storage::set(&key(customer), None);
}
