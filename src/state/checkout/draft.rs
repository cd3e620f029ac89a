//! What the buyer changed at checkout, kept for this tab: it outlasts a step back, the cart's screen and a reload. It
//! follows the cart wherever the buyer is, so that what is changed there afterwards wins. Cards never are in it.

use leptos::prelude::*;

use crate::state::{
    cart::{Phase, use_cart},
    session::{Session, use_session},
    shared,
};
use crate::{
    domain::checkout::draft::{CheckoutDraft, OfCart},
    ports::storage,
};

/// The beginning of the key under which it is kept, by customer.
const KEY: &str = "nymble.checkout-draft ";

/// The draft of the present customer's checkout. A copy is a handle.
#[derive(Clone, Copy)]
pub(crate) struct KeptDraft {
    session: Session,
    draft: RwSignal<CheckoutDraft>,
    /// What the cart says; none while it is not known.
    of_cart: Memo<Option<OfCart>>,
}

impl KeptDraft {
    fn new() -> Self {
        let (session, cart) = (use_session(), use_cart());
        let of_cart = Memo::new(move |_| {
            let known = cart.phase() == Phase::Known;
            let confirmed = cart.confirmed().filter(|_| known)?;
            Some(OfCart {
                id: confirmed.shopping_cart_id.clone(),
                po_number: cart.po_number(),
                address: confirmed.shipping_address.clone(),
            })
        });
        let kept = Self {
            session,
            draft: RwSignal::new(CheckoutDraft::default()),
            of_cart,
        };
        if let Some(draft) = kept.key().and_then(|key| storage::get_json(&key)) {
            kept.draft.set(draft);
        }
        Effect::new(move |_| {
            if let Some(of_cart) = of_cart.get() {
                kept.change(|draft| draft.follow(&of_cart));
            }
        });
        kept
    }

    fn key(self) -> Option<String> {
        let customer = untrack(|| self.session.customer_number())?;
        Some([KEY, &customer].concat())
    }

    /// What the cart says (tracked); as if it were empty while it is not known.
    pub(crate) fn of_cart(self) -> OfCart {
        self.of_cart.get().unwrap_or_default()
    }

    /// Whether the cart is known (tracked).
    pub(crate) fn is_known(self) -> bool {
        self.of_cart.with(Option::is_some)
    }

    /// The draft (tracked).
    pub(crate) fn get(self) -> CheckoutDraft {
        self.draft.get()
    }

    /// Changes the draft, and keeps it.
    pub(crate) fn change(self, change: impl FnOnce(&mut CheckoutDraft)) {
        let mut draft = self.draft.get_untracked();
        change(&mut draft);
        if self.draft.with_untracked(|before| *before == draft) {
            return;
        }
        if let Some(key) = self.key() {
            let text = (!draft.is_untouched()).then(|| serde_json::to_string(&draft).ok());
            storage::set(&key, text.flatten().as_deref());
        }
        self.draft.set(draft);
    }

    /// Checkout begins: takes the draft up.
    pub(crate) fn take_up(self) {
        if let Some(of_cart) = self.of_cart.get_untracked() {
            self.change(|draft| draft.take_up(&of_cart));
        }
    }

    /// The order was placed: the draft has served.
    pub(crate) fn forget(self) {
        self.change(|draft| *draft = CheckoutDraft::default());
    }
}

/// The draft of the running app.
///
/// # Panics
/// Outside the app's component tree.
pub(crate) fn use_checkout_draft() -> KeptDraft {
    shared(KeptDraft::new)
}
