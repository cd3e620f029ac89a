//! What the customer bought before, by the latest orders: read once, and again when it has become old.

use leptos::{prelude::*, task::spawn_local};
use nymble_wire::Timestamp;

use crate::state::{
    session::{Session, use_session},
    shared,
};
use crate::{
    api::{orders, problem::ApiError},
    domain::{
        catalog::bought::{Bought, bought},
        values::clocks::Reading,
    },
    ports::time,
};

/// So many orders are looked into.
const LATEST: u64 = 100;
/// What is older than this is read again, in milliseconds.
const OLD_MS: i64 = 60_000;

/// What was bought before. A copy is a handle.
#[derive(Clone, Copy)]
pub(crate) struct BoughtBefore {
    session: Session,
    found: RwSignal<Vec<Bought>>,
    /// When it was read.
    read_at: StoredValue<Reading>,
}

impl BoughtBefore {
    fn new() -> Self {
        Self {
            session: use_session(),
            found: RwSignal::new(Vec::new()),
            read_at: StoredValue::new(Reading::NEVER),
        }
    }

    /// Whether there can be any: the shop has orders, and there is a customer whose they are (tracked).
    pub(crate) fn is_offered(self) -> bool {
        self.session.config().features.orders && self.session.customer_number().is_some()
    }

    /// When a product was last ordered (tracked); none when it was not, or that is not known. Where the order
    /// has no date, the inner one is none.
    #[expect(clippy::option_option, reason = "the two say different things")]
    pub(crate) fn last(self, sku: &str) -> Option<Option<Timestamp>> {
        self.found.with(|found| {
            let known = found.iter().find(|known| known.sku == sku)?;
            Some(known.last.clone())
        })
    }

    /// All of it, as read last; the product ordered last first (tracked).
    pub(crate) fn found(self) -> Vec<Bought> {
        self.found.get()
    }

    /// Reads the latest orders in the background, to say it of products: without an answer nothing is missing.
    pub(crate) fn learn(self) {
        if untrack(|| self.is_offered()) {
            spawn_local(async move {
                let _ = self.read().await;
            });
        }
    }

    /// Reads the latest orders, unless that was done just now.
    pub(crate) async fn read(self) -> Result<(), ApiError> {
        if time::since(self.read_at.get_value()) < OLD_MS {
            return Ok(());
        }
        let mut request = orders::latest(LATEST);
        untrack(|| self.session.narrow(&mut request, orders::CUSTOMER));
        let answer = self.session.send(orders::list(&request)).await?;
        let page = orders::read_page(&answer)?;
        self.read_at.set_value(time::reading());
        let found = bought(&page.data);
        if self.found.with_untracked(|before| *before != found) {
            self.found.set(found);
        }
        Ok(())
    }
}

/// What the running app's customer bought before.
///
/// # Panics
/// Outside the app's component tree.
pub(crate) fn use_bought() -> BoughtBefore {
    shared(BoughtBefore::new)
}
