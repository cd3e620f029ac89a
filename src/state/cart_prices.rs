//! What the cart's lines cost when the buyer put them in, kept on this device for each customer.

use leptos::prelude::*;

use super::{
    cart::{CartState, Phase, use_cart},
    session::{Session, use_session},
    shared,
};
use crate::{
    browser::device,
    domain::{
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
    seen: RwSignal<SeenPrices>,
}

impl CartPrices {
    fn new() -> Self {
        let prices = Self {
            session: use_session(),
            cart: use_cart(),
            seen: RwSignal::new(SeenPrices::new()),
        };
        let kept = prices
            .session
            .own_key(KEY)
            .and_then(|key| device::get_json(&key));
        if let Some(kept) = kept {
            prices.seen.set(kept);
        }
        Effect::new(move |_| {
            // Of a wave of changes only the end counts.
            let rests = prices.cart.phase() == Phase::Known && prices.cart.is_settled();
            let cart = prices.cart.confirmed();
            if rests {
                let before = prices.seen.get_untracked();
                prices.keep(&before, cart_prices::follow(&before, cart.as_deref()));
            }
        });
        prices
    }

    fn keep(self, before: &SeenPrices, now: SeenPrices) {
        if *before == now {
            return;
        }
        if let (Some(key), Ok(text)) = (self.session.own_key(KEY), serde_json::to_string(&now)) {
            device::set(&key, Some(&text));
        }
        self.seen.set(now);
    }

    /// What was seen of each line (tracked).
    pub fn seen(self) -> SeenPrices {
        self.seen.get()
    }

    /// The buyer has read what was found about these lines: from now on the present prices count.
    pub fn accept<'a>(self, read: impl IntoIterator<Item = (&'a str, &'a Today)>) {
        let cart = self.cart.confirmed_now();
        let before = self.seen.get_untracked();
        let now = cart_prices::accept(&before, cart.as_deref(), read);
        self.keep(&before, now);
    }
}

/// The prices that the running app's buyer has seen. Their first use begins to follow the cart.
///
/// # Panics
/// Outside the app's component tree.
pub fn use_cart_prices() -> CartPrices {
    shared(CartPrices::new)
}
