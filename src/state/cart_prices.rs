//! What the cart's lines cost when the buyer put them in, kept on this device for each customer.

use leptos::prelude::*;
use std::{rc::Rc, sync::Arc};

use super::{
    cart::{CartState, use_cart},
    session::{Session, use_session},
    shared,
};
use crate::{
    browser::device,
    domain::{
        cart_lines::ShownLines,
        cart_prices::{self, SeenPrices},
        reorder::Today,
    },
};

/// The beginning of their keys.
const KEY: &str = "nymble.cart-prices ";

/// The prices seen. A copy is a handle.
#[derive(Clone, Copy)]
pub struct CartPrices {
    session: Session,
    cart: CartState,
    seen: StoredValue<SeenPrices>,
    /// The lines that it was written down for last, and how often the buyer has read what was found about them.
    of: RwSignal<(Arc<ShownLines>, u32)>,
}

impl CartPrices {
    fn new() -> Self {
        let prices = Self {
            session: use_session(),
            cart: use_cart(),
            seen: StoredValue::new(SeenPrices::new()),
            of: RwSignal::default(),
        };
        let kept = prices
            .session
            .own_key(KEY)
            .and_then(|key| device::get_json(&key));
        if let Some(kept) = kept {
            prices.seen.set_value(kept);
        }
        prices.cart.when_settled(Rc::new(move |cart| {
            let before = prices.seen.get_value();
            prices.keep(&before, cart_prices::follow(&before, cart));
            let lines = untrack(|| prices.cart.lines());
            prices.of.update(|of| of.0 = lines);
        }));
        prices
    }

    fn keep(self, before: &SeenPrices, now: SeenPrices) {
        if *before == now {
            return;
        }
        if let (Some(key), Ok(text)) = (self.session.own_key(KEY), serde_json::to_string(&now)) {
            device::set(&key, Some(&text));
        }
        self.seen.set_value(now);
    }

    /// Compares the lines of the cart, as they were when no change waited last, with what was seen of them (tracked).
    pub fn compare<T>(self, compare: impl FnOnce(&ShownLines, &SeenPrices) -> T) -> T {
        self.of
            .with(|(lines, _)| self.seen.with_value(|seen| compare(lines, seen)))
    }

    /// The buyer has read what was found about these lines: from now on the present prices count.
    pub fn accept<'a>(self, read: impl IntoIterator<Item = (&'a str, &'a Today)>) {
        let cart = self.cart.confirmed_now();
        let before = self.seen.get_value();
        let now = cart_prices::accept(&before, cart.as_deref(), read);
        self.keep(&before, now);
        self.of.update(|of| of.1 += 1);
    }
}

/// The prices that the running app's buyer has seen. Their first use begins to follow the cart.
///
/// # Panics
/// Outside the app's component tree.
pub fn use_cart_prices() -> CartPrices {
    shared(CartPrices::new)
}
