//! Orders that were read before: shown at once on the way back, and when one of a list is opened.

use leptos::prelude::*;
use nymble_wire::{Order, Page};
use std::{collections::VecDeque, sync::Arc};

use crate::state::{
    session::{Session, use_session},
    shared,
};

/// How many pages are remembered.
const PAGES: usize = 20;

/// A page of the list, as it was asked for.
#[derive(Clone)]
struct Remembered {
    /// Whose orders.
    customer: Option<String>,
    /// The request's path with its query.
    path: String,
    page: Arc<Page<Order>>,
}

/// The orders as far as they are known. A copy is a handle.
#[derive(Clone, Copy)]
pub(crate) struct OrderBook {
    session: Session,
    pages: StoredValue<VecDeque<Remembered>>,
}

impl OrderBook {
    /// Nothing is known yet.
    fn new() -> Self {
        Self {
            session: use_session(),
            pages: StoredValue::new(VecDeque::new()),
        }
    }

    fn customer(self) -> Option<String> {
        untrack(|| self.session.customer_number())
    }

    /// The page that `path` (a request's path with its query) brought before.
    pub(crate) fn page(self, path: &str) -> Option<Arc<Page<Order>>> {
        let customer = self.customer();
        self.pages.with_value(|pages| {
            let known = pages
                .iter()
                .find(|known| known.customer == customer && known.path == path)?;
            Some(Arc::clone(&known.page))
        })
    }

    /// Remembers what `path` brought.
    pub(crate) fn remember(self, path: String, page: &Arc<Page<Order>>) {
        let customer = self.customer();
        self.pages.update_value(|pages| {
            pages.retain(|known| known.path != path);
            pages.push_back(Remembered {
                customer,
                path,
                page: Arc::clone(page),
            });
            if pages.len() > PAGES {
                pages.pop_front();
            }
        });
    }

    /// The order of that number as it was last seen in a list.
    pub(crate) fn order(self, number: &str) -> Option<Arc<Order>> {
        let customer = self.customer();
        self.pages.with_value(|pages| {
            let order = pages
                .iter()
                .rev()
                .filter(|known| known.customer == customer)
                .flat_map(|known| &known.page.data)
                .find(|order| order.order_number == number)?;
            Some(Arc::new(order.clone()))
        })
    }
}

/// The order book of the running app.
///
/// # Panics
/// Outside the app's component tree.
pub(crate) fn use_order_book() -> OrderBook {
    shared(OrderBook::new)
}
