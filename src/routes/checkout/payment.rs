//! How the order is paid: a saved method, on account, or a card.

use leptos::prelude::*;
use nymble_wire::{BillingAddress, Payment, PaymentProfile};

use super::form::CheckoutForm;
use crate::{
    components::{
        failed::Failed,
        payment_choice::{Offer, PaymentChoice},
        payment_method::in_words,
    },
    config::PaymentKind,
    domain::payments::way_to_pay::WayToPay,
    locale::{Locale, use_locale},
    state::checkout::order::PaymentPart,
};

/// The chosen payment, or what is wrong with which field.
pub(crate) fn check(form: &CheckoutForm) -> Result<PaymentPart, Vec<(&'static str, String)>> {
    let locale = form.cart.locale();
    match form.payment.get_untracked() {
        // The provider's own page takes no orders: it is not offered here.
        None | Some(WayToPay::Hosted) => {
            Err(vec![("payment", locale.text("checkout.choose_payment"))])
        }
        Some(WayToPay::Saved(id)) => {
            let profiles = untrack(|| form.profiles.value());
            let profile = profiles
                .iter()
                .flat_map(|profiles| profiles.iter())
                .find(|profile| profile.payment_profile_id == id);
            Ok(PaymentPart {
                words: profile.map_or_else(|| id.clone(), |it| in_words(locale, it)),
                profile_id: Some(id),
                payment: None,
            })
        }
        Some(WayToPay::Terms) => Ok(PaymentPart {
            profile_id: None,
            payment: Some(Payment {
                billing_address: billing_address(form),
                credit_card: None,
            }),
            words: terms_in_words(form, locale).unwrap_or_default(),
        }),
        Some(WayToPay::Card) => {
            let card = form.card.check(locale)?;
            Ok(PaymentPart {
                profile_id: None,
                words: locale.text_with("payment.card_ending", &[("digits", card.last_four())]),
                payment: Some(Payment {
                    billing_address: billing_address(form),
                    credit_card: Some(card.to_wire()),
                }),
            })
        }
    }
}

/// The customer's billing address, else the address the goods go to.
fn billing_address(form: &CheckoutForm) -> Option<BillingAddress> {
    let customer = untrack(|| form.customer.value())?;
    let billing = customer
        .addresses
        .iter()
        .find(|address| !address.is_shipping());
    billing
        .or(customer.addresses.first())
        .map(BillingAddress::from)
}

fn terms_in_words(form: &CheckoutForm, locale: Locale) -> Option<String> {
    let terms = form
        .customer
        .value()?
        .terms
        .clone()
        .filter(|terms| !terms.is_empty())?;
    Some(locale.text_with("payment.terms", &[("terms", &terms)]))
}

/// The radio group `Payment`.
#[component]
pub(crate) fn PaymentSection(
    /// The form.
    form: CheckoutForm,
) -> AnyView {
    let locale = use_locale();
    let offered = form.session.config().payments;
    let saved_offered = offered.contains(&PaymentKind::Saved);
    let terms_offered = offered.contains(&PaymentKind::Terms);
    let card_offered = offered.contains(&PaymentKind::Card);
    let saved = Memo::new(move |_| -> Vec<PaymentProfile> {
        let profiles = saved_offered.then(|| form.profiles.value()).flatten();
        let mut saved = profiles.map(|all| all.to_vec()).unwrap_or_default();
        saved.sort_by_key(|profile| !profile.is_default);
        saved
    });
    let others = Memo::new(move |_| {
        let offer = |way, label| Offer {
            way,
            label,
            disabled: false,
        };
        let terms = terms_offered
            .then(|| terms_in_words(&form, locale))
            .flatten();
        let terms = terms.map(|words| offer(WayToPay::Terms, words));
        let card = card_offered.then(|| offer(WayToPay::Card, locale.text("payment.new_card")));
        terms.into_iter().chain(card).collect()
    });
    let failure = move || {
        let error = form.profiles.error().filter(|_| saved_offered)?;
        let retry = move || form.load();
        Some(view! { <Failed message=locale.error(&error) retry=retry /> })
    };
    view! {
        <PaymentChoice
            heading=locale.text("checkout.payment")
            picked=form.picked
            choice=form.payment
            saved=saved
            others=others
            known=Memo::new(move |_| form.all_is_known())
            card=form.card
            errors=form.errors
            card_hint=locale.text("card.not_stored")
        >
            {failure}
        </PaymentChoice>
    }
    .into_any()
}
