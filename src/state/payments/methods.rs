//! The customer's saved cards: listed, added once, chosen, removed.
//!
//! A card is sent once. After it the list is read, to see whether it arrived and how often: browsers resend a
//! request by themselves when a kept-open connection turns out to be closed. Copies beyond the first are taken back.
//! How often the list is read is said by [`crate::domain::exactly_once`]. What the list held before is in memory only:
//! nothing of a card is written down.

use leptos::{prelude::*, task::spawn_local};
use nymble_wire::{AddPaymentMethod, PaymentMethodAdded, PaymentProfile};
use std::sync::Arc;

use super::hosted_payment::{Departure, Purpose, StartError};
use crate::state::{
    app::{
        loading::Loading,
        navigation::{Navigation, use_navigation},
    },
    exactly_once::{self, Work},
    session::Session,
};
use crate::{
    api::{payments, problem::ApiError},
    domain::{
        exactly_once::{Answer, CARD, Copies, Event, Observation, Outcome},
        payments::{
            card::Card,
            saved_card::{self, Marks},
        },
    },
};

/// What became of adding a card.
pub(crate) enum Added {
    /// It is saved, once.
    Saved,
    /// The provider takes cards on its own page only: the browser is leaving for it.
    Leaving,
    /// It could not be sent to the provider's own page.
    Stranded(StartError),
    /// The API refused, or was not asked at all.
    Refused(ApiError),
    /// No clear answer came, and the card is not in the list.
    NotSaved(ApiError),
    /// No clear answer came, and the list could not be read.
    Unknown(Attempt, ApiError),
}

/// An attempt to add a card whose outcome is not known: nothing of the card but what the list shows.
#[derive(Clone, Debug)]
pub(crate) struct Attempt {
    marks: Marks,
    before: Vec<String>,
}

/// The saved cards of one customer. A copy is a handle.
#[derive(Clone, Copy)]
pub(crate) struct PaymentMethods {
    session: Session,
    navigation: Navigation,
    customer: StoredValue<String>,
    list: Loading<Vec<PaymentProfile>>,
    /// A card that was saved while the list could not be read, and its id where the answer named it: it may be there
    /// twice.
    unsettled: StoredValue<Option<(Attempt, Option<String>)>>,
}

impl PaymentMethods {
    /// The saved cards of the customer `number`, being read.
    pub(crate) fn open(session: Session, number: String) -> Self {
        let methods = Self {
            session,
            navigation: use_navigation(),
            customer: StoredValue::new(number),
            list: Loading::new(),
            unsettled: StoredValue::new(None),
        };
        methods.load();
        methods
    }

    fn customer(self) -> String {
        self.customer.try_get_value().unwrap_or_default()
    }

    /// Reads the list.
    pub(crate) fn load(self) {
        if let Some(customer) = self.customer.try_get_value() {
            self.list.load(
                self.session,
                payments::profiles(&customer),
                payments::read_profiles,
                move |list| self.settle_later(list),
            );
        }
    }

    /// Takes back what was saved twice while the list could not be read.
    fn settle_later(self, list: &[PaymentProfile]) {
        let unsettled = self.unsettled.try_update_value(Option::take).flatten();
        if let Some((attempt, id)) = unsettled
            && attempt.marks.added(&attempt.before, list).len() > 1
        {
            spawn_local(async move {
                let _ = self.settle(&attempt, id.as_deref()).await;
            });
        }
    }

    /// The cards.
    pub(crate) fn list(self) -> Loading<Vec<PaymentProfile>> {
        self.list
    }

    async fn read(self) -> Result<Vec<PaymentProfile>, ApiError> {
        let answer = self
            .session
            .send(payments::profiles(&self.customer()))
            .await?;
        payments::read_profiles(&answer)
    }

    fn show(self, list: Vec<PaymentProfile>) {
        self.list.show(Arc::new(list));
    }

    /// Saves a card, as the first choice if asked for. `doubting` is called when no clear answer came and
    /// the list is being read. `return_path` is where the provider's page would come back to.
    pub(crate) async fn add(
        self,
        card: Card,
        is_default: bool,
        return_path: &str,
        doubting: impl Fn(),
    ) -> Added {
        // What was saved twice while the list could not be read is taken back first.
        let unsettled = self.unsettled.try_update_value(Option::take).flatten();
        if let Some((attempt, id)) = unsettled
            && self.settle(&attempt, id.as_deref()).await.is_err()
        {
            self.unsettled.try_set_value(Some((attempt, id)));
        }
        let departure = match Departure::to(self.navigation, return_path) {
            Ok(departure) => departure,
            Err(error) => return Added::Stranded(error),
        };
        let attempt = Attempt {
            marks: Marks::from(&card),
            before: Vec::new(),
        };
        let mut saving = Saving::of(self, attempt, doubting);
        saving.card = Some((card, is_default, departure.return_address()));
        let outcome = exactly_once::run(&CARD, Event::Begin, &mut saving).await;
        match saving.referred.take() {
            Some(answer) => self.redirect(departure, answer),
            None => saving.conclude(outcome),
        }
    }

    fn redirect(self, departure: Departure, answer: PaymentMethodAdded) -> Added {
        let page = answer.redirect_url.unwrap_or_default();
        let setup = answer.transaction_setup_id.unwrap_or_default();
        match departure.leave(self.session, Purpose::SaveCard, None, &setup, &page) {
            Ok(()) => Added::Leaving,
            Err(error) => Added::Stranded(error),
        }
    }

    /// Finds out whether a card arrived whose answer was lost with `error`.
    pub(crate) async fn look_back(
        self,
        attempt: Attempt,
        error: ApiError,
        doubting: impl Fn(),
    ) -> Added {
        let mut saving = Saving::of(self, attempt, doubting);
        saving.error = error;
        let outcome = exactly_once::run(&CARD, Event::Found, &mut saving).await;
        saving.conclude(outcome)
    }

    /// Reads the list, takes back copies of the card beyond the first, and shows the list.
    async fn settle(self, attempt: &Attempt, answered: Option<&str>) -> Result<(), ApiError> {
        let mut list = self.read().await?;
        let added = attempt.marks.added(&attempt.before, &list);
        let superfluous = saved_card::superfluous(&added, answered);
        for id in &superfluous {
            let removed = self.session.send(payments::remove(id)).await.map(drop);
            removed.or_else(gone_already)?;
        }
        if !superfluous.is_empty() {
            list = self.read().await?;
        }
        self.show(list);
        Ok(())
    }

    /// Makes a card the first choice.
    pub(crate) async fn make_default(self, id: &str) -> Result<(), ApiError> {
        let outcome = self.session.send(payments::make_default(id)).await;
        self.load();
        outcome.map(drop)
    }

    /// Removes a card. When the answer is lost the list tells.
    pub(crate) async fn remove(self, id: &str) -> Result<(), ApiError> {
        let outcome = self.session.send(payments::remove(id)).await.map(drop);
        match outcome.or_else(gone_already) {
            Err(error) if error.outcome_unknown() => {
                let list = self.read().await?;
                let is_there = list.iter().any(|it| it.payment_profile_id == id);
                self.show(list);
                if is_there { Err(error) } else { Ok(()) }
            }
            outcome => {
                self.load();
                outcome
            }
        }
    }
}

/// A card on its way.
struct Saving<D> {
    methods: PaymentMethods,
    attempt: Attempt,
    /// The card until it is sent, whether it is the first choice, and where the provider's page would come back to.
    card: Option<(Card, bool, String)>,
    /// The id that the answer named.
    answered: Option<String>,
    /// The answer that sends the buyer to the provider's own page.
    referred: Option<PaymentMethodAdded>,
    /// Why there was no clear yes.
    error: ApiError,
    /// Why the list could not be read the last time.
    unread: Option<ApiError>,
    doubting: D,
}

impl<D: Fn()> Saving<D> {
    fn of(methods: PaymentMethods, attempt: Attempt, doubting: D) -> Self {
        Self {
            methods,
            attempt,
            card: None,
            answered: None,
            referred: None,
            error: ApiError::Unreachable,
            unread: None,
            doubting,
        }
    }

    fn conclude(self, outcome: Outcome) -> Added {
        match outcome {
            Outcome::Done => Added::Saved,
            // It is saved; how often, the next look at the list tells.
            Outcome::Doubled => {
                let unsettled = Some((self.attempt, self.answered));
                self.methods.unsettled.try_set_value(unsettled);
                self.methods.load();
                Added::Saved
            }
            Outcome::NotDone if self.error != ApiError::SignedOut => Added::NotSaved(self.error),
            Outcome::NotDone | Outcome::Refused | Outcome::NotBegun | Outcome::Ended => {
                Added::Refused(self.error)
            }
            Outcome::Unknown => Added::Unknown(self.attempt, self.unread.unwrap_or(self.error)),
        }
    }
}

impl<D: Fn()> Work for Saving<D> {
    /// Reads the list: what is in it before tells afterwards what is new.
    async fn write_down(&mut self) -> bool {
        match self.methods.read().await {
            Ok(list) => {
                let ids = list.into_iter().map(|it| it.payment_profile_id);
                self.attempt.before = ids.collect();
                true
            }
            Err(error) => {
                self.error = error;
                false
            }
        }
    }

    async fn send(&mut self) -> Answer {
        let Some((card, is_default, return_address)) = self.card.take() else {
            return Answer::NotTaken;
        };
        let request = payments::add(&AddPaymentMethod {
            customer_number: self.methods.customer(),
            credit_card: Some(card.to_wire()),
            provider_token: None,
            is_default,
            application_return_url: Some(return_address),
        });
        drop(card);
        let answer = self.methods.session.send(request).await;
        match answer.and_then(|answer| payments::read_added(&answer)) {
            Ok(answer) if answer.requires_redirect => {
                self.referred = Some(answer);
                Answer::NotTaken
            }
            Ok(answer) => {
                self.answered = answer.payment_profile_id;
                match self.answered {
                    Some(_) => Answer::Yes(None),
                    None => Answer::Unclear,
                }
            }
            Err(error) => {
                let said = exactly_once::answer(&error);
                self.error = error;
                said
            }
        }
    }

    /// Reads the list, and shows it unless it is to be set right.
    async fn observe(&mut self) -> Observation {
        if self.answered.is_none() && self.error.outcome_unknown() {
            (self.doubting)();
        }
        match self.methods.read().await {
            Ok(list) => {
                self.unread = None;
                let copies = self.attempt.marks.added(&self.attempt.before, &list).len();
                if copies > 1 {
                    return Observation::Present(Copies::Several);
                }
                self.methods.show(list);
                match copies {
                    0 => Observation::Absent,
                    _ => Observation::Present(Copies::One),
                }
            }
            Err(error) => {
                let seen = exactly_once::unseen(&error);
                self.unread = Some(error);
                seen
            }
        }
    }

    async fn set_right(&mut self) -> bool {
        let answered = self.answered.as_deref();
        self.methods.settle(&self.attempt, answered).await.is_ok()
    }
}

/// What is to go and is not there is as it should be.
fn gone_already(error: ApiError) -> Result<(), ApiError> {
    if error.status() == Some(404) {
        Ok(())
    } else {
        Err(error)
    }
}
