//! Invoices of a list, all of its pages, one after the other: the first is shown while the rest is on its way.

use leptos::{prelude::*, task::spawn_local};
use nymble_wire::Invoice;
use std::{collections::HashSet, sync::Arc};

use crate::api::{invoices, page::ListRequest, problem::ApiError};
use crate::state::session::Session;

/// How often a list is read anew that changed while it was read.
const READINGS: u32 = 3;

/// Reads all pages of `request`, from its own on. `arrived` is told what has come so far and how many there are in
/// all, and says whether to go on.
///
/// Every invoice is there once. A list that shrinks or grows in the meantime moves its invoices between pages: when
/// fewer come than there are, it is read again.
pub(crate) async fn every_invoice(
    session: Session,
    request: ListRequest,
    arrived: &dyn Fn(&[Arc<Invoice>], u64) -> bool,
) -> Result<Vec<Arc<Invoice>>, ApiError> {
    let mut request = request;
    untrack(|| session.narrow(&mut request, invoices::CUSTOMER));
    let mut reading = 1;
    loop {
        let mut known: HashSet<String> = HashSet::new();
        let mut found: Vec<Arc<Invoice>> = Vec::new();
        let mut request = request.clone();
        let there = loop {
            let answer = session.send(invoices::list(&request)).await?;
            let page = invoices::read_page(&answer)?;
            let (pages, there) = (page.pages(request.page_size), page.total_records);
            let is_last = request.page >= pages || page.data.is_empty();
            for invoice in page.data {
                if known.insert(invoice.id.clone()) {
                    found.push(Arc::new(invoice));
                }
            }
            if !arrived(&found, there) {
                return Err(ApiError::Aborted);
            }
            if is_last {
                break there;
            }
            request.page += 1;
        };
        if found.len() as u64 >= there || reading >= READINGS {
            return Ok(found);
        }
        reading += 1;
    }
}

/// How far the reading is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Reading {
    /// Under way.
    Pending,
    /// All is there.
    Whole,
    /// It was given up for this reason.
    Failed(ApiError),
}

/// All invoices of a list. A copy is a handle.
#[derive(Clone, Copy)]
pub(crate) struct EveryInvoice {
    session: Session,
    request: StoredValue<ListRequest>,
    found: RwSignal<Vec<Arc<Invoice>>>,
    there: RwSignal<u64>,
    reading: RwSignal<Reading>,
}

impl EveryInvoice {
    /// Begins to read all pages of `request`.
    pub(crate) fn of(session: Session, request: ListRequest) -> Self {
        let every = Self {
            session,
            request: StoredValue::new(request),
            found: RwSignal::new(Vec::new()),
            there: RwSignal::new(0),
            reading: RwSignal::new(Reading::Pending),
        };
        every.read();
        every
    }

    /// Reads all of it, anew.
    pub(crate) fn read(self) {
        self.reading.set(Reading::Pending);
        let request = self.request.get_value();
        spawn_local(async move {
            // Gone signals mean that the screen was left.
            let arrived = move |found: &[Arc<Invoice>], there: u64| {
                self.there.try_set(there);
                self.found.try_set(found.to_vec()).is_none()
            };
            let outcome = every_invoice(self.session, request, &arrived).await;
            let reading = match outcome {
                Ok(_) => Reading::Whole,
                Err(error) => Reading::Failed(error),
            };
            self.reading.try_set(reading);
        });
    }

    /// Takes the place of what was known of that invoice.
    pub(crate) fn learn(self, invoice: &Arc<Invoice>) {
        self.found.try_update(|found| {
            if let Some(known) = found.iter_mut().find(|it| it.id == invoice.id) {
                *known = Arc::clone(invoice);
            }
        });
    }

    /// What has come so far, in the server's order (tracked).
    pub(crate) fn found(self) -> Vec<Arc<Invoice>> {
        self.found.get()
    }

    /// How many have come, and how many there are (tracked).
    pub(crate) fn progress(self) -> (u64, u64) {
        (self.found.with(Vec::len) as u64, self.there.get())
    }

    /// How far the reading is (tracked).
    pub(crate) fn reading(self) -> Reading {
        self.reading.get()
    }

    /// Whether all is there (tracked).
    pub(crate) fn is_whole(self) -> bool {
        self.reading.with(|reading| *reading == Reading::Whole)
    }
}
