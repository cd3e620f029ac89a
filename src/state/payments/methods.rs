//! The customer's saved cards: listed, added once, chosen, removed.
//!
//! A card is sent once. When its answer is lost, the list is read to see whether it arrived; and as
//! browsers resend a request by themselves when a kept-open connection turns out to be closed, copies
//! beyond the first are taken back.

use leptos::{prelude::*, task::spawn_local};
use nymble_wire::{AddPaymentMethod, PaymentMethodAdded, PaymentProfile};
use std::sync::Arc;

use super::hosted_payment::{Departure, Purpose, StartError};
use crate::state::{
    app::{
        loading::Loading,
        navigation::{Navigation, use_navigation},
    },
    session::Session,
};
use crate::{
    api::{payments, problem::ApiError},
    browser::time,
    domain::payments::{
        card::Card,
        saved_card::{self, Marks},
    },
};

/// How often the list is asked for after a lost answer.
const LOOKS: u32 = 3;
/// The first pause before it is asked for again, in milliseconds; it doubles.
const FIRST_PAUSE_MS: i32 = 700;

/// What became of adding a card.
pub enum Added {
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
pub struct Attempt {
    marks: Marks,
    before: Vec<String>,
}

/// The saved cards of one customer. A copy is a handle.
#[derive(Clone, Copy)]
pub struct PaymentMethods {
    session: Session,
    navigation: Navigation,
    customer: StoredValue<String>,
    list: Loading<Vec<PaymentProfile>>,
    /// A card that was saved while the list could not be read, and its id: it may be there twice.
    unsettled: StoredValue<Option<(Attempt, String)>>,
}

impl PaymentMethods {
    /// The saved cards of the customer `number`, being read.
    pub fn open(session: Session, number: String) -> Self {
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
    pub fn load(self) {
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
                let _ = self.settle(&attempt, Some(&id)).await;
            });
        }
    }

    /// The cards.
    pub fn list(self) -> Loading<Vec<PaymentProfile>> {
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
    pub async fn add(
        self,
        card: Card,
        is_default: bool,
        return_path: &str,
        doubting: impl Fn(),
    ) -> Added {
        let marks = Marks::from(&card);
        // What was saved twice while the list could not be read is taken back first.
        let unsettled = self.unsettled.try_update_value(Option::take).flatten();
        if let Some((attempt, id)) = unsettled
            && self.settle(&attempt, Some(&id)).await.is_err()
        {
            self.unsettled.try_set_value(Some((attempt, id)));
        }
        let before = match self.read().await {
            Ok(list) => list.into_iter().map(|it| it.payment_profile_id).collect(),
            Err(error) => return Added::Refused(error),
        };
        let departure = match Departure::to(self.navigation, return_path) {
            Ok(departure) => departure,
            Err(error) => return Added::Stranded(error),
        };
        let request = payments::add(&AddPaymentMethod {
            customer_number: self.customer(),
            credit_card: Some(card.to_wire()),
            provider_token: None,
            is_default,
            application_return_url: Some(departure.return_address()),
        });
        drop(card);
        let attempt = Attempt { marks, before };
        let answer = self.session.send(request).await;
        match answer.and_then(|answer| payments::read_added(&answer)) {
            Ok(answer) if answer.requires_redirect => self.redirect(departure, answer),
            Ok(PaymentMethodAdded {
                payment_profile_id: Some(id),
                ..
            }) => {
                // Saved; the list is read to show it, and to see that it is there once.
                if self.settle(&attempt, Some(&id)).await.is_err() {
                    self.unsettled.try_set_value(Some((attempt, id)));
                    self.load();
                }
                Added::Saved
            }
            Ok(_) => {
                self.look_back(attempt, ApiError::Unreachable, doubting)
                    .await
            }
            Err(error) if error.leaves_doubt() => self.look_back(attempt, error, doubting).await,
            Err(error) => Added::Refused(error),
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

    /// Finds out whether a card arrived whose answer was lost.
    pub async fn look_back(self, attempt: Attempt, error: ApiError, doubting: impl Fn()) -> Added {
        doubting();
        let mut pause = FIRST_PAUSE_MS;
        for look in 1..=LOOKS {
            match self.settle(&attempt, None).await {
                Ok(true) => return Added::Saved,
                // The server may still be at work: a card that is not there is believed when it stays away.
                Ok(false) if look == LOOKS => return Added::NotSaved(error),
                Err(unread) if look == LOOKS || !unread.is_passing() => {
                    return Added::Unknown(attempt, unread);
                }
                _ => {
                    time::sleep(pause).await;
                    pause *= 2;
                }
            }
        }
        Added::NotSaved(error)
    }

    /// Reads the list, takes back copies of the card beyond the first, and shows the list; whether the
    /// card is in it.
    async fn settle(self, attempt: &Attempt, answered: Option<&str>) -> Result<bool, ApiError> {
        let mut list = self.read().await?;
        let added = attempt.marks.added(&attempt.before, &list);
        let is_there = !added.is_empty();
        let superfluous = saved_card::superfluous(&added, answered);
        for id in &superfluous {
            let removed = self.session.send(payments::remove(id)).await.map(drop);
            removed.or_else(gone_already)?;
        }
        if !superfluous.is_empty() {
            list = self.read().await?;
        }
        self.show(list);
        Ok(is_there)
    }

    /// Makes a card the first choice.
    pub async fn make_default(self, id: &str) -> Result<(), ApiError> {
        let outcome = self.session.send(payments::make_default(id)).await;
        self.load();
        outcome.map(drop)
    }

    /// Removes a card. When the answer is lost the list tells.
    pub async fn remove(self, id: &str) -> Result<(), ApiError> {
        let outcome = self.session.send(payments::remove(id)).await.map(drop);
        match outcome.or_else(gone_already) {
            Err(error) if error.leaves_doubt() => {
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

/// What is to go and is not there is as it should be.
fn gone_already(error: ApiError) -> Result<(), ApiError> {
    if error.status() == Some(404) {
        Ok(())
    } else {
        Err(error)
    }
}
