//! What invoices are paid with: a saved method, a card, or the payment provider's own page.

use leptos::prelude::*;
use nymble_wire::{BillingAddress, Invoice, Payment, PaymentProfile};

use crate::{
    api::payments,
    browser::storage,
    components::{
        card_form::CardFields,
        failed::Failed,
        field_errors::{FieldError, FieldErrors},
        payment_choice::{Offer, PaymentChoice},
        payment_method::in_words,
    },
    config::PaymentKind,
    domain::payments::way_to_pay::WayToPay,
    locale::{Locale, use_locale},
    state::{app::loading::Loading, invoices::payment::Means, session::Session},
};

/// Where the chosen way is kept, by customer.
const PICKED_KEY: &str = "nymble.pay-means ";

/// What is paid with, or where.
pub(crate) enum Way {
    /// Here.
    Here(Box<Means>),
    /// On the provider's own page.
    Hosted,
}

/// The choice and what belongs to it. A copy is a handle.
#[derive(Clone, Copy)]
pub(crate) struct MeansForm {
    session: Session,
    locale: Locale,
    profiles: Loading<Vec<PaymentProfile>>,
    /// The way that the buyer has chosen.
    picked: RwSignal<Option<WayToPay>>,
    /// The way; none until it is known which there are.
    pub(crate) choice: RwSignal<Option<WayToPay>>,
    /// The form for a card.
    pub(crate) card: CardFields,
    /// What is wrong.
    pub(crate) errors: FieldErrors,
}

impl MeansForm {
    /// Reads the saved methods.
    pub(crate) fn start(session: Session, locale: Locale) -> Self {
        let form = Self {
            session,
            locale,
            profiles: Loading::new(),
            picked: RwSignal::new(None),
            choice: RwSignal::new(None),
            card: CardFields::empty(),
            errors: FieldErrors::none(),
        };
        form.load();
        form.keep_picked();
        form
    }

    /// Takes up the way that was chosen before a reload, and from now on keeps it for this tab.
    fn keep_picked(self) {
        let Some(customer) = untrack(|| self.session.customer_number()) else {
            return;
        };
        let key = [PICKED_KEY, &customer].concat();
        self.picked.set(storage::get_json(&key));
        Effect::new(move |before: Option<()>| {
            let picked = self.picked.get();
            if before.is_some() {
                let text = picked.and_then(|picked| serde_json::to_string(&picked).ok());
                storage::set(&key, text.as_deref());
            }
        });
    }

    /// Everything is paid: the next payment begins anew.
    pub(crate) fn forget_picked(self) {
        self.picked.try_set(None);
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
    pub(crate) fn in_words(self) -> Option<String> {
        match self.choice.get()? {
            WayToPay::Saved(id) => {
                let saved = self.saved();
                let profile = saved.iter().find(|it| it.payment_profile_id == id)?;
                Some(in_words(self.locale, profile))
            }
            WayToPay::Card => Some(self.locale.text("payment.new_card")),
            WayToPay::Terms => None,
            WayToPay::Hosted => Some(self.locale.text("invoices.hosted")),
        }
    }

    /// The chosen way, or what is wrong with which field. `billed` is an invoice that is paid: a card goes with
    /// its billing address.
    pub(crate) fn check(self, billed: Option<&Invoice>) -> Result<Way, Vec<FieldError>> {
        match self.choice.get_untracked() {
            // What is owed on account is not paid on account: it is not offered here.
            None | Some(WayToPay::Terms) => {
                Err(vec![("payment", self.locale.text("invoices.choose_means"))])
            }
            Some(WayToPay::Hosted) => Ok(Way::Hosted),
            Some(WayToPay::Saved(id)) => Ok(Way::Here(Box::new(Means {
                profile_id: Some(id),
                payment: None,
            }))),
            Some(WayToPay::Card) => {
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
pub(crate) fn MeansSection(
    /// The choice.
    form: MeansForm,
    /// Whether one invoice only is paid: the provider's page takes no more at a time.
    single: bool,
) -> AnyView {
    let locale = use_locale();
    let saved = Memo::new(move |_| form.saved());
    let known = Memo::new(move |_| form.is_known());
    let others = Memo::new(move |_| {
        let offer = |way, label: &str, disabled| Offer {
            way,
            label: locale.text(label),
            disabled,
        };
        let hosted = form.offers(PaymentKind::Hosted).then(|| {
            let label = if single {
                "invoices.hosted"
            } else {
                "invoices.hosted_single"
            };
            offer(WayToPay::Hosted, label, !single)
        });
        let card = form.offers(PaymentKind::Card);
        let card = card.then(|| offer(WayToPay::Card, "payment.new_card", false));
        hosted.into_iter().chain(card).collect()
    });
    let failure = move || {
        let error = form.profiles.error()?;
        let retry = move || form.load();
        Some(view! { <Failed message=locale.error(&error) retry=retry /> })
    };
    let nothing = move || {
        let none =
            known.get() && form.profiles.error().is_none() && form.choice.with(Option::is_none);
        none.then(|| view! { <p class="hint">{locale.text("invoices.no_means")}</p> })
    };
    view! {
        <PaymentChoice
            heading=locale.text("invoices.payment")
            picked=form.picked
            choice=form.choice
            saved=saved
            others=others
            known=known
            card=form.card
            errors=form.errors
            card_hint=locale.text("invoices.card_not_stored")
        >
            {failure}
            {nothing}
        </PaymentChoice>
    }
    .into_any()
}
