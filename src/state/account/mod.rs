//! The customer's account: read, and changed one thing at a time.
//!
//! Addresses and contacts are lists that the API replaces as a whole. So the customer is read just
//! before a change is written, the one change is made to what came, and what the server answers is
//! shown. Within one browser the tabs take turns; between two computers a moment remains, which the API
//! offers no means to close.

pub(crate) mod address_lookup;

use leptos::prelude::*;
use nymble_wire::{Address, Contact, Customer, CustomerChanges};
use std::sync::Arc;

use super::session::Session;
use crate::state::app::loading::Loading;
use crate::{
    api::{customers, problem::ApiError},
    domain::account::changes::{self, Change, Conflict, Entry},
    locale::Locale,
    ports::locks,
};

/// The lock that keeps tabs from writing at once.
const LOCK: &str = "nymble.account";

/// Why a change was not made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ChangeError<T> {
    /// The API refused, or could not be reached.
    Api(ApiError),
    /// What was to be changed is not there any more, or has been changed by somebody else.
    Conflict(Conflict<T>),
}

/// A list of the customer's that is replaced as a whole.
pub(crate) trait OwnList: Entry {
    /// The list as the customer has it.
    fn of(customer: &Customer) -> &[Self];
    /// The request's part that replaces it.
    fn replace(list: Vec<Self>) -> CustomerChanges;
}

impl OwnList for Address {
    fn of(customer: &Customer) -> &[Self] {
        &customer.addresses
    }

    fn replace(list: Vec<Self>) -> CustomerChanges {
        CustomerChanges {
            addresses: Some(list),
            ..CustomerChanges::default()
        }
    }
}

impl OwnList for Contact {
    fn of(customer: &Customer) -> &[Self] {
        &customer.contacts
    }

    fn replace(list: Vec<Self>) -> CustomerChanges {
        CustomerChanges {
            contacts: Some(list),
            ..CustomerChanges::default()
        }
    }
}

/// The customer's account. A copy is a handle.
#[derive(Clone, Copy)]
pub(crate) struct Account {
    session: Session,
    number: StoredValue<String>,
    customer: Loading<Customer>,
}

impl Account {
    /// The account of the customer `number`, being read.
    pub(crate) fn open(session: Session, number: String) -> Self {
        let account = Self {
            session,
            number: StoredValue::new(number),
            customer: Loading::new(),
        };
        account.load();
        account
    }

    /// Reads the customer.
    pub(crate) fn load(self) {
        let session = self.session;
        self.customer.load(
            session,
            customers::one(&self.number.get_value()),
            customers::read_one,
            move |customer| session.know_company(&customer.company_name),
        );
    }

    /// The customer.
    pub(crate) fn customer(self) -> Loading<Customer> {
        self.customer
    }

    /// The customer's number.
    pub(crate) fn number(self) -> String {
        self.number.try_get_value().unwrap_or_default()
    }

    /// Makes one change to a list of the customer `number`: named, because an offer to undo something
    /// outlives the screen, and this handle is empty by then.
    pub(crate) async fn change<T: OwnList>(
        self,
        number: &str,
        change: Change<T>,
    ) -> Result<(), ChangeError<T>> {
        let outcome = change_list(self.session, number, &change).await;
        match outcome {
            Ok(customer) => {
                self.show(customer);
                Ok(())
            }
            Err(error) => {
                if let ChangeError::Conflict(_) = error {
                    // What is shown is not what there is.
                    self.reload_quietly();
                }
                Err(error)
            }
        }
    }

    /// Writes single fields; those left out stay as they are.
    pub(crate) async fn write(self, changes: CustomerChanges) -> Result<(), ApiError> {
        let number = self.number();
        let outcome = put(self.session, &number, &changes).await;
        self.show(outcome?);
        Ok(())
    }

    fn show(self, customer: Customer) {
        // The screen may have been left in the meantime.
        if self.number.try_get_value().is_some() {
            self.customer.show(Arc::new(customer));
        }
    }

    fn reload_quietly(self) {
        if self.number.try_get_value().is_some() {
            self.load();
        }
    }
}

/// Reads the customer, makes the change to the list as it is now, and writes it; the customer as the
/// server has it then.
async fn change_list<T: OwnList>(
    session: Session,
    number: &str,
    change: &Change<T>,
) -> Result<Customer, ChangeError<T>> {
    let _turn = locks::hold(LOCK).await;
    let answer = session.send(customers::one(number)).await;
    let now = answer
        .and_then(|answer| customers::read_one(&answer))
        .map_err(ChangeError::Api)?;
    let list = changes::apply(T::of(&now), change).map_err(ChangeError::Conflict)?;
    if list == T::of(&now) {
        return Ok(now);
    }
    put(session, number, &T::replace(list))
        .await
        .map_err(ChangeError::Api)
}

async fn put(
    session: Session,
    number: &str,
    changes: &CustomerChanges,
) -> Result<Customer, ApiError> {
    let answer = session.send(customers::update(number, changes)).await?;
    match customers::read_one(&answer) {
        // Without a customer in the answer the change was made all the same: it is read.
        Err(_) => {
            let answer = session.send(customers::one(number)).await?;
            customers::read_one(&answer)
        }
        read => read,
    }
}

/// Why the API did not make a change, as a sentence: what only the merchant may change is named.
pub(crate) fn explain(locale: Locale, error: &ApiError) -> String {
    if error.status() == Some(403) {
        let fields = error
            .problem()
            .map(|problem| {
                let names = problem.errors.iter().map(|error| error.name.as_str());
                names.collect::<Vec<_>>().join(", ")
            })
            .unwrap_or_default();
        return if fields.is_empty() {
            locale.text("account.not_allowed")
        } else {
            locale.text_with("account.field_not_allowed", &[("fields", &fields)])
        };
    }
    locale.error(error)
}
