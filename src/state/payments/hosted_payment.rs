//! Visits to the payment provider's own page, where a card is typed that this site never sees.
//!
//! - Before the browser leaves, the visit is **written down** for this tab: its id at the provider, what
//!   it is for, where to come back, and a random `state` that goes along in the return address.
//! - The browser is sent only to an origin that `checkout.hostedPaymentHosts` names.
//! - On return the address's `state` must be the one written down; any other is ignored, and what else
//!   the address says is never believed. The **API is asked** what became of the visit.
//! - The note is kept until that is final, so that a reload, or a step back from the provider's page,
//!   finds the visit again.

use leptos::prelude::*;
use nymble_wire::{TransactionSetup, TransactionState, TransactionStatus};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::state::{
    app::navigation::{Navigation, Stay},
    session::Session,
};
use crate::{
    api::{payments, problem::ApiError},
    locale::Locale,
    ports::{
        page,
        query::{Href, Query},
        random, storage,
    },
};

/// Where the visit that was last begun in this tab is written down.
const KEY: &str = "nymble.hosted-payment";
/// The parameter of the return address that tells this tab's own returns from others.
const STATE: &str = "state";
/// What else a return names, whether by this provider or by a link that only looks like one.
const SETUP_ID: &str = "transactionSetupId";

/// What a visit is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Purpose {
    /// Saving a card; nothing is charged.
    SaveCard,
    /// Paying an invoice.
    PayInvoice,
}

/// A visit as it is written down.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Visit {
    state: String,
    customer: String,
    /// Whether the provider has sent the browser back.
    returned: bool,
    /// Its id at the provider.
    pub(crate) setup_id: String,
    /// The provider's page.
    pub(crate) page: String,
    /// What it is for.
    pub(crate) purpose: Purpose,
    /// The invoice that is paid, by its id.
    pub(crate) invoice_id: Option<String>,
    /// Where the browser comes back to: a path of this site.
    pub(crate) return_path: String,
}

/// Why the browser was not sent to the provider's page. Nothing was charged or saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum StartError {
    /// The visit could not be set up.
    Api(ApiError),
    /// The session is not a customer's.
    NoCustomer,
    /// The page is at an origin that `config.json` does not name, or has no origin at all.
    ForeignHost(String),
    /// The browser keeps nothing for this tab, so that the return could not be recognised.
    NotKept,
}

impl StartError {
    /// What went wrong, as a sentence.
    pub(crate) fn explain(&self, locale: Locale) -> String {
        match self {
            Self::Api(error) => locale.error(error),
            Self::NoCustomer => locale.text("hosted.no_customer"),
            Self::ForeignHost(host) => locale.text_with("hosted.foreign_host", &[("host", host)]),
            Self::NotKept => locale.text("hosted.not_kept"),
        }
    }
}

/// How the browser came to this screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Return {
    /// From the provider's page of this visit; or by a reload after that.
    Returned(Visit),
    /// By an address that speaks of a visit which was not begun in this tab.
    Unknown,
    /// In another way, while this visit's outcome is not known: by a step back from the provider's page.
    Unfinished(Visit),
}

/// A visit that is about to be set up: where the browser is to come back to, and how that is
/// recognised.
pub(crate) struct Departure {
    state: String,
    return_path: String,
    navigation: Navigation,
    stay: Stay,
}

impl Departure {
    /// Prepares a visit that comes back to `return_path`, a path of this site without a query.
    pub(crate) fn to(navigation: Navigation, return_path: &str) -> Result<Self, StartError> {
        Ok(Self {
            state: random::token().ok_or(StartError::NotKept)?,
            return_path: return_path.to_owned(),
            navigation,
            stay: navigation.stay(),
        })
    }

    /// The return address, for the provider.
    pub(crate) fn return_address(&self) -> String {
        let mut address = Href::new(&(page::origin() + &self.return_path));
        address.put(STATE, &self.state);
        address.into()
    }

    /// Writes the visit down and sends the browser to the provider's page; not a buyer who has gone on meanwhile.
    pub(crate) fn leave(
        self,
        session: Session,
        purpose: Purpose,
        invoice_id: Option<&str>,
        setup_id: &str,
        provider_page: &str,
    ) -> Result<(), StartError> {
        if !self.navigation.lasts(self.stay) {
            return Err(StartError::Api(ApiError::Aborted));
        }
        let origin = page::origin_of(provider_page);
        let hosts = session.config().hosted_payment_hosts;
        let is_known = |origin: &String| {
            hosts
                .iter()
                .any(|host| page::origin_of(host).as_ref() == Some(origin))
        };
        if !origin.as_ref().is_some_and(is_known) {
            let named = origin.unwrap_or_else(|| provider_page.to_owned());
            return Err(StartError::ForeignHost(named));
        }
        let visit = Visit {
            customer: untrack(|| session.customer_number()).ok_or(StartError::NoCustomer)?,
            state: self.state,
            returned: false,
            setup_id: setup_id.to_owned(),
            page: provider_page.to_owned(),
            purpose,
            invoice_id: invoice_id.map(str::to_owned),
            return_path: self.return_path,
        };
        if !write_down(&visit) {
            return Err(StartError::NotKept);
        }
        page::open(provider_page);
        Ok(())
    }
}

/// Writes a visit down for this tab; whether the browser keeps it.
fn write_down(visit: &Visit) -> bool {
    let note = serde_json::to_string(visit).ok();
    note.is_some() && storage::set(KEY, note.as_deref())
}

/// Sets a visit up and sends the browser there. `amount` is in the customer's currency; 0 only saves the
/// card. `return_path` is a path of this site without a query.
///
/// After `Ok` the browser is leaving; should it come back to this very page, `page::when_brought_back`
/// hears of it.
pub(crate) async fn start(
    session: Session,
    navigation: Navigation,
    purpose: Purpose,
    amount: Decimal,
    invoice_id: Option<&str>,
    return_path: &str,
) -> Result<(), StartError> {
    let customer_number = untrack(|| session.customer_number()).ok_or(StartError::NoCustomer)?;
    let departure = Departure::to(navigation, return_path)?;
    let request = payments::set_up_visit(&TransactionSetup {
        customer_number,
        transaction_amount: amount,
        application_return_url: departure.return_address(),
        is_default: false,
        market_code: None,
        invoice_id: invoice_id.map(str::to_owned),
    });
    // A lost answer leaves a visit behind that nobody makes: it runs out by itself.
    let answer = session
        .send(request)
        .await
        .and_then(|answer| payments::read_visit(&answer))
        .map_err(StartError::Api)?;
    departure.leave(
        session,
        purpose,
        invoice_id,
        &answer.transaction_setup_id,
        &answer.hosted_payment_url,
    )
}

/// Tells how the browser came here, and takes what the provider's page added out of the address and the
/// history. None when it has nothing to do with such a visit.
pub(crate) fn take_return(session: Session, navigation: Navigation) -> Option<Return> {
    let (path, search) = page::address();
    let query = Query::of(search.strip_prefix('?').unwrap_or_default());
    let visit = storage::get_json::<Visit>(KEY)
        .filter(|visit| untrack(|| session.customer_number()).as_ref() == Some(&visit.customer));
    let state = query.get(STATE);
    if state.is_none() && query.get(SETUP_ID).is_none() {
        let visit = visit.filter(|visit| visit.return_path == path)?;
        return Some(if visit.returned {
            Return::Returned(visit)
        } else {
            Return::Unfinished(visit)
        });
    }
    navigation.change_address(&path, true);
    let own = visit.filter(|visit| Some(&visit.state) == state.as_ref());
    Some(own.map_or(Return::Unknown, |mut visit| {
        visit.returned = true;
        write_down(&visit);
        Return::Returned(visit)
    }))
}

/// Asks what became of a visit, once. What is final is not written down any longer.
pub(crate) async fn outcome(session: Session, visit: &Visit) -> Result<TransactionState, ApiError> {
    let answer = session.send(payments::outcome(&visit.setup_id)).await?;
    let state = payments::read_outcome(&answer)?;
    if is_final(&state.status) {
        forget(visit);
    }
    Ok(state)
}

/// Whether nothing will come of a visit any more that has not by now.
pub(crate) fn is_final(status: &TransactionStatus) -> bool {
    matches!(
        status,
        TransactionStatus::Complete
            | TransactionStatus::Declined
            | TransactionStatus::Cancelled
            | TransactionStatus::Expired
    )
}

/// The visit need not be known any longer.
pub(crate) fn forget(visit: &Visit) {
    let written: Option<Visit> = storage::get_json(KEY);
    if written.is_some_and(|written| written.setup_id == visit.setup_id) {
        storage::set(KEY, None);
    }
}
