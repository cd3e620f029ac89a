//! The radio group of ways to pay: saved methods, what else is offered, and the form for a card.

use leptos::prelude::*;
use nymble_wire::PaymentProfile;

use super::{
    card_form::{CardFields, CardForm},
    failed::LoadingNote,
    field_errors::FieldErrors,
    payment_method::{has_expired, saved_method},
    text_field::hear_choice,
};
use crate::{
    domain::payments::way_to_pay::{self, Standing, WayToPay},
    locale::use_locale,
};

/// A way to pay that is offered beside the saved methods.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Offer {
    /// The way.
    pub(crate) way: WayToPay,
    /// What it is called.
    pub(crate) label: String,
    /// Whether it cannot be chosen here; the label says why.
    pub(crate) disabled: bool,
}

/// The radio group. The first way that can be chosen is chosen for the buyer, once it is known which there are. Nothing
/// takes the place of the buyer's own choice.
#[component]
pub(crate) fn PaymentChoice(
    /// The group's name.
    heading: String,
    /// The way that the buyer has chosen.
    picked: RwSignal<Option<WayToPay>>,
    /// Set to the way that stands as chosen; none until it is known which there are.
    choice: RwSignal<Option<WayToPay>>,
    /// The saved methods, the first choice first.
    saved: Memo<Vec<PaymentProfile>>,
    /// What else is offered, in this order.
    others: Memo<Vec<Offer>>,
    /// Whether it is known which ways there are. What comes later would push down what stands there.
    known: Memo<bool>,
    /// The form for a card.
    card: CardFields,
    /// What is wrong; the group's own id is `payment`.
    errors: FieldErrors,
    /// What becomes of a card.
    card_hint: String,
    /// What there is to say about the ways to pay.
    #[prop(optional)]
    children: Option<Children>,
) -> AnyView {
    let locale = use_locale();
    let standing = Memo::new(move |_| {
        if !known.get() {
            return Standing::Nothing;
        }
        let saved = saved.get().into_iter();
        let saved = saved.filter(|profile| !has_expired(profile));
        let saved = saved.map(|profile| WayToPay::Saved(profile.payment_profile_id));
        let others = others.get().into_iter();
        let others = others
            .filter(|offer| !offer.disabled)
            .map(|offer| offer.way);
        let offered: Vec<WayToPay> = saved.chain(others).collect();
        picked.with(|picked| way_to_pay::standing(picked.as_ref(), &offered))
    });
    Effect::new(move |_| {
        let chosen = match standing.get() {
            Standing::Chosen(way) => Some(way),
            Standing::Gone | Standing::Nothing => None,
        };
        if choice.with_untracked(|before| *before != chosen) {
            choice.set(chosen);
        }
    });
    let gone = move || {
        (standing.get() == Standing::Gone)
            .then(|| view! { <p class="refusal" role="alert">{locale.text("payment.gone")}</p> })
    };
    let radio = move |mine: WayToPay, disabled: bool, label: AnyView| {
        let wanted = mine.clone();
        let known = mine.clone();
        let known = move || {
            choice.try_with_untracked(|choice| choice.as_ref() == Some(&known)) != Some(false)
        };
        let checked = move || choice.with(|choice| choice.as_ref() == Some(&mine));
        let choose = move || {
            picked.try_set(Some(wanted.clone()));
        };
        let input = NodeRef::new();
        hear_choice(input, known, choose.clone());
        view! {
            <label class="choice">
                <input
                    type="radio"
                    name="payment"
                    disabled=disabled
                    node_ref=input
                    prop:checked=checked
                    on:change=move |_| choose()
                />
                <span>{label}</span>
            </label>
        }
        .into_any()
    };
    let saved = move || {
        let saved = saved.get().into_iter();
        saved
            .map(|profile| {
                let expired = has_expired(&profile);
                let label = saved_method(locale, &profile);
                radio(WayToPay::Saved(profile.payment_profile_id), expired, label)
            })
            .collect_view()
    };
    let others = move || {
        let others = if known.get() {
            others.get()
        } else {
            Vec::new()
        };
        others
            .into_iter()
            .map(|offer| radio(offer.way, offer.disabled, offer.label.into_any()))
            .collect_view()
    };
    let waiting = move || (!known.get()).then(|| view! { <LoadingNote /> });
    let is_card = Memo::new(move |_| choice.with(|choice| *choice == Some(WayToPay::Card)));
    let error = errors.of("payment");
    let notes = children.map(|children| children());
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
                    <h2>{heading}</h2>
                </legend>
                {waiting}
                {gone}
                {saved}
                {others}
                {notes}
                <p class="field-error" role="status">
                    {error}
                </p>
            </fieldset>
            <Show when=move || is_card.get()>
                <CardForm fields=card errors=errors hint=card_hint.clone() />
            </Show>
        </section>
    }
    .into_any()
}
