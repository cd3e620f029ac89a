//! What invoices are paid with: a saved method, a card, or the payment provider's own page.

use leptos::prelude::*;
use nymble_wire::{BillingAddress, Invoice, Payment, PaymentProfile};

use crate::{
    api::payments,
    components::{
        card_form::{CardFields, CardForm},
        failed::{Failed, LoadingNote},
        field_errors::{FieldError, FieldErrors},
        payment_method::{has_expired, in_words, saved_method},
    },
    config::PaymentKind,
    locale::{Locale, use_locale},
    state::{invoice_payment::Means, loading::Loading, session::Session},
};

/// The chosen way to pay.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    /// A saved method, by its id.
    Saved(String),
    /// The card in the form.
    Card,
    /// The provider's own page.
    Hosted,
}

/// What is paid with, or where.
pub enum Way {
    /// Here.
    Here(Box<Means>),
    /// On the provider's own page.
    Hosted,
}

/// The choice and what belongs to it. A copy is a handle.
#[derive(Clone, Copy)]
pub struct MeansForm {
    session: Session,
    locale: Locale,
    profiles: Loading<Vec<PaymentProfile>>,
    /// The chosen way; none until it is known which there are.
    pub choice: RwSignal<Option<Choice>>,
    /// The form for a card.
    pub card: CardFields,
    /// What is wrong.
    pub errors: FieldErrors,
}

impl MeansForm {
    /// Reads the saved methods.
    pub fn start(session: Session, locale: Locale) -> Self {
        let form = Self {
            session,
            locale,
            profiles: Loading::new(),
            choice: RwSignal::new(None),
            card: CardFields::empty(),
            errors: FieldErrors::none(),
        };
        form.load();
        form
    }

    fn load(self) {
        let customer = untrack(|| self.session.customer_number());
        if let Some(number) = customer.filter(|_| self.offers(PaymentKind::Saved)) {
            self.profiles.load(
                self.session,
                payments::profiles(&number),
                payments::read_profiles,
                |_| {},
            );
        }
    }

    fn offers(self, kind: PaymentKind) -> bool {
        self.session.config().payments.contains(&kind)
    }

    /// Whether it is known which saved methods there are (tracked).
    fn is_known(self) -> bool {
        !self.offers(PaymentKind::Saved)
            || self.profiles.value().is_some()
            || self.profiles.error().is_some()
    }

    /// The saved methods, the first choice first (tracked).
    fn saved(self) -> Vec<PaymentProfile> {
        let profiles = self.profiles.value();
        let mut saved = profiles.map(|all| all.to_vec()).unwrap_or_default();
        saved.sort_by_key(|profile| !profile.is_default);
        saved
    }

    /// The chosen way in words (tracked); none while nothing is chosen.
    pub fn in_words(self) -> Option<String> {
        match self.choice.get()? {
            Choice::Saved(id) => {
                let saved = self.saved();
                let profile = saved.iter().find(|it| it.payment_profile_id == id)?;
                Some(in_words(self.locale, profile))
            }
            Choice::Card => Some(self.locale.text("payment.new_card")),
            Choice::Hosted => Some(self.locale.text("invoices.hosted")),
        }
    }

    /// The chosen way, or what is wrong with which field. `billed` is an invoice that is paid: a card goes with
    /// its billing address.
    pub fn check(self, billed: Option<&Invoice>) -> Result<Way, Vec<FieldError>> {
        match self.choice.get_untracked() {
            None => Err(vec![("payment", self.locale.text("invoices.choose_means"))]),
            Some(Choice::Hosted) => Ok(Way::Hosted),
            Some(Choice::Saved(id)) => Ok(Way::Here(Box::new(Means {
                profile_id: Some(id),
                payment: None,
            }))),
            Some(Choice::Card) => {
                let card = self.card.check(self.locale)?;
                let customer = billed.and_then(|invoice| invoice.customer.as_ref());
                let address = customer.and_then(|customer| customer.billing_address.as_ref());
                Ok(Way::Here(Box::new(Means {
                    profile_id: None,
                    payment: Some(Payment {
                        billing_address: address.map(BillingAddress::from),
                        credit_card: Some(card.to_wire()),
                    }),
                })))
            }
        }
    }
}

/// The radio group `Payment`.
#[component]
pub fn MeansSection(
    /// The choice.
    form: MeansForm,
    /// Whether one invoice only is paid: the provider's page takes no more at a time.
    single: bool,
) -> AnyView {
    let locale = use_locale();
    let choice = form.choice;
    let card_offered = form.offers(PaymentKind::Card);
    let hosted_offered = form.offers(PaymentKind::Hosted);
    let known = Memo::new(move |_| form.is_known());
    // The first usable way is chosen for the buyer, once it is known which there are.
    Effect::new(move |_| {
        let there = choice.with(|choice| match choice {
            None => false,
            Some(Choice::Hosted) => single,
            Some(_) => true,
        });
        if !known.get() || there {
            return;
        }
        let saved = form.saved();
        let usable = saved.into_iter().find(|profile| !has_expired(profile));
        let saved = usable.map(|profile| Choice::Saved(profile.payment_profile_id));
        let hosted = (hosted_offered && single).then_some(Choice::Hosted);
        let card = card_offered.then_some(Choice::Card);
        choice.set(saved.or(hosted).or(card));
    });
    let radio = move |mine: Choice, disabled: bool, label: AnyView| {
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
        form.saved()
            .into_iter()
            .map(|profile| {
                let expired = has_expired(&profile);
                let label = saved_method(locale, &profile);
                radio(Choice::Saved(profile.payment_profile_id), expired, label)
            })
            .collect_view()
    };
    // Only when it is known what else there is: what comes later would push it down.
    let others = move || {
        if !known.get() {
            return None;
        }
        let words = |message: &str| locale.text(message).into_any();
        let hosted = hosted_offered.then(|| {
            let label = words(if single {
                "invoices.hosted"
            } else {
                "invoices.hosted_single"
            });
            radio(Choice::Hosted, !single, label)
        });
        let card = card_offered.then(|| radio(Choice::Card, false, words("payment.new_card")));
        Some(view! { {hosted} {card} })
    };
    let waiting = move || (!known.get()).then(|| view! { <LoadingNote /> });
    let failure = move || {
        let error = form.profiles.error()?;
        let retry = move || form.load();
        Some(view! { <Failed message=locale.error(&error) retry=retry /> })
    };
    let nothing = move || {
        let none = known.get() && form.profiles.error().is_none() && choice.with(Option::is_none);
        none.then(|| view! { <p class="hint">{locale.text("invoices.no_means")}</p> })
    };
    let is_card = Memo::new(move |_| choice.with(|choice| *choice == Some(Choice::Card)));
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
                    <h2>{locale.text("invoices.payment")}</h2>
                </legend>
                {waiting}
                {failure}
                {saved}
                {others}
                {nothing}
                <p class="field-error" role="status">
                    {error}
                </p>
            </fieldset>
            <Show when=move || is_card.get()>
                <CardForm
                    fields=form.card
                    errors=form.errors
                    hint=locale.text("invoices.card_not_stored")
                />
            </Show>
        </section>
    }
    .into_any()
}
