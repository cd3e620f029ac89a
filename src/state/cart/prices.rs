//! What the cart's lines cost when the buyer put them in, kept on this device for each customer.

use leptos::prelude::*;
use std::{rc::Rc, sync::Arc};

use crate::state::{
    cart::{CartState, use_cart},
    session::{Session, use_session},
    shared,
};
use crate::{
    domain::{
        cart::{
            lines::ShownLines,
            prices::{self, SeenPrices},
        },
        orders::reorder::Today,
    },
    ports::device,
};

/// The beginning of their keys.
const KEY: &str = "nymble.cart-prices ";

/// The prices seen. A copy is a handle.
#[derive(Clone, Copy)]
pub(crate) struct CartPrices {
    session: Session,
    cart: CartState,
    followed: RwSignal<Followed>,
}

/// How far the cart has been followed.
#[derive(Default)]
struct Followed {
    /// The lines, as they were when no change waited last.
    lines: Arc<ShownLines>,
    /// What was seen of them.
    seen: SeenPrices,
}

impl CartPrices {
    fn new() -> Self {
        let prices = Self {
            session: use_session(),
            cart: use_cart(),
            followed: RwSignal::default(),
        };
        let kept = prices
            .session
            .scoped_key(KEY)
            .and_then(|key| device::get_json(&key));
        if let Some(kept) = kept {
            prices.followed.update(|followed| followed.seen = kept);
        }
        prices.cart.when_settled(Rc::new(move |cart| {
            let lines = untrack(|| prices.cart.lines());
            prices.keep(lines, |seen| prices::follow(seen, cart));
        }));
        prices
    }

    /// Takes up `lines` with what is seen of them `now`, and writes that down where it is something else than before.
    fn keep(self, lines: Arc<ShownLines>, now: impl FnOnce(&SeenPrices) -> SeenPrices) {
        self.followed.update(|followed| {
            followed.lines = lines;
            let seen = now(&followed.seen);
            if seen == followed.seen {
                return;
            }
            let text = serde_json::to_string(&seen);
            if let (Some(key), Ok(text)) = (self.session.scoped_key(KEY), text) {
                device::set(&key, Some(&text));
            }
            followed.seen = seen;
        });
    }

    /// Compares the lines of the cart, as they were when no change waited last, with what was seen of them (tracked).
    pub(crate) fn compare<T>(self, compare: impl FnOnce(&ShownLines, &SeenPrices) -> T) -> T {
        self.followed
            .with(|followed| compare(&followed.lines, &followed.seen))
    }

    /// The buyer has read what was found about these lines: from now on the present prices count.
    pub(crate) fn accept<'a>(self, read: impl IntoIterator<Item = (&'a str, &'a Today)>) {
        let cart = self.cart.confirmed_now();
        let lines = self
            .followed
            .with_untracked(|followed| Arc::clone(&followed.lines));
        self.keep(lines, |seen| prices::accept(seen, cart.as_deref(), read));
    }
}

/// The prices that the running app's buyer has seen. Their first use begins to follow the cart.
///
/// # Panics
/// Outside the app's component tree.
pub(crate) fn use_cart_prices() -> CartPrices {
    shared(CartPrices::new)
}
