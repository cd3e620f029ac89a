//! How the order is paid: a saved method, on account, or a card.

use leptos::prelude::*;
use nymble_wire::{BillingAddress, Payment, PaymentProfile};

use super::form::CheckoutForm;
use crate::{
    components::{
        card_form::CardForm,
        failed::LoadingNote,
        payment_method::{has_expired, in_words, saved_method},
    },
    config::PaymentKind,
    locale::{Locale, use_locale},
};

/// The chosen way to pay.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PaymentChoice {
    /// A saved method, by its id.
    Saved(String),
    /// On account.
    Terms,
    /// The card in the form.
    Card,
}

/// What a checkout says about payment.
#[derive(Clone, Debug)]
pub struct PaymentPart {
    /// The saved method to charge.
    pub profile_id: Option<String>,
    /// Payment given with the order.
    pub payment: Option<Payment>,
    /// How the confirmation calls it; holds at most a card's last four digits.
    pub words: String,
}

impl PaymentChoice {
    /// The chosen payment, or what is wrong with which field.
    pub fn check(form: &CheckoutForm) -> Result<PaymentPart, Vec<(&'static str, String)>> {
        let locale = form.cart.locale();
        match form.payment.get_untracked() {
            None => Err(vec![("payment", locale.text("checkout.choose_payment"))]),
            Some(Self::Saved(id)) => {
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
            Some(Self::Terms) => Ok(PaymentPart {
                profile_id: None,
                payment: Some(Payment {
                    billing_address: billing_address(form),
                    credit_card: None,
                }),
                words: terms_in_words(form, locale).unwrap_or_default(),
            }),
            Some(Self::Card) => {
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
pub fn PaymentSection(
    /// The form.
    form: CheckoutForm,
) -> AnyView {
    let locale = use_locale();
    let offered = form.session.config().payments;
    let choice = form.payment;
    let offers = move |kind: PaymentKind, offered: &[PaymentKind]| offered.contains(&kind);
    let saved_offered = offers(PaymentKind::Saved, &offered);
    let terms_offered = offers(PaymentKind::Terms, &offered);
    let card_offered = offers(PaymentKind::Card, &offered);
    let usable = Memo::new(move |_| -> Vec<PaymentProfile> {
        let profiles = saved_offered.then(|| form.profiles.value()).flatten();
        let mut usable = profiles
            .map(|profiles| profiles.to_vec())
            .unwrap_or_default();
        usable.sort_by_key(|profile| !profile.is_default);
        usable
    });
    let terms = Memo::new(move |_| {
        terms_offered
            .then(|| terms_in_words(&form, locale))
            .flatten()
    });
    // The first usable way is chosen for the buyer, once it is known which there are.
    Effect::new(move |_| {
        if !form.all_is_known() || choice.with(Option::is_some) {
            return;
        }
        let saved = usable.with(|usable| {
            let profile = usable.iter().find(|profile| !has_expired(profile))?;
            Some(PaymentChoice::Saved(profile.payment_profile_id.clone()))
        });
        let on_account = terms.with(Option::is_some).then_some(PaymentChoice::Terms);
        let card = card_offered.then_some(PaymentChoice::Card);
        choice.set(saved.or(on_account).or(card));
    });
    let radio = move |mine: PaymentChoice, disabled: bool, label: AnyView| {
        let wanted = mine.clone();
        let checked = move || choice.with(|choice| choice.as_ref() == Some(&mine));
        view! {
            <label class="choice">
                <input
                    type="radio"
                    name="payment"
                    disabled=disabled
                    prop:checked=checked
                    on:change=move |_| choice.set(Some(wanted.clone()))
                />
                <span>{label}</span>
            </label>
        }
    };
    let saved = move || {
        usable
            .get()
            .into_iter()
            .map(|profile| {
                let expired = has_expired(&profile);
                let label = saved_method(locale, &profile);
                radio(
                    PaymentChoice::Saved(profile.payment_profile_id),
                    expired,
                    label,
                )
            })
            .collect_view()
    };
    let on_account = move || {
        terms
            .get()
            .map(|words| radio(PaymentChoice::Terms, false, words.into_any()))
    };
    let known = Memo::new(move |_| form.all_is_known());
    // Only when it is known what else there is: what comes later would push it down.
    let card = move || {
        let label = || locale.text("payment.new_card").into_any();
        (card_offered && known.get()).then(|| radio(PaymentChoice::Card, false, label()))
    };
    let waiting = move || (!known.get()).then(|| view! { <LoadingNote /> });
    let is_card = Memo::new(move |_| choice.with(|choice| *choice == Some(PaymentChoice::Card)));
    let error = form.errors.of("payment");
    view! {
        <section class="panel">
            <fieldset
                class="choices"
                id="payment"
                tabindex="-1"
                role="radiogroup"
                aria-labelledby="payment-heading"
            >
                <legend id="payment-heading">
                    <h2>{locale.text("checkout.payment")}</h2>
                </legend>
                {waiting}
                {saved}
                {on_account}
                {card}
                <p class="field-error" role="status">
                    {error}
                </p>
            </fieldset>
            <Show when=move || is_card.get()>
                <CardForm fields=form.card errors=form.errors hint=locale.text("card.not_stored") />
            </Show>
        </section>
    }
    .into_any()
}
