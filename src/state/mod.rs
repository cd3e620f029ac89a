//! Reactive state that outlives a page: made once in the app, handed down as small `Copy` handles.
//!
//! Only this layer turns API answers into signals.

use leptos::prelude::*;

pub mod account;
pub mod acting;
pub mod address_lookup;
pub mod bought;
pub mod cart;
pub mod cart_added;
pub mod cart_edit;
pub mod cart_end;
pub mod cart_held;
pub mod cart_owner;
pub mod cart_prices;
pub mod cart_send;
pub mod cart_sync;
pub mod cart_wave;
pub mod catalog;
pub mod checkout_draft;
pub mod comparing;
pub mod documents;
pub mod every_invoice;
pub mod hosted_outcome;
pub mod hosted_payment;
pub mod invoice_payment;
pub mod last_visit;
pub mod list_offer;
pub mod list_pad;
pub mod loading;
pub mod navigation;
pub mod notices;
pub mod order_book;
pub mod order_lists;
pub mod order_pad;
pub mod pad_draft;
pub mod pad_lookup;
pub mod pad_order;
pub mod payment_methods;
pub mod product_lookup;
pub mod product_search;
pub mod product_shelf;
pub mod recent_customers;
pub mod recently_viewed;
pub mod release;
pub mod session;

/// The owner of what lives as long as the app.
#[derive(Clone)]
pub struct AppOwner(Owner);

impl AppOwner {
    /// Makes the present owner the app's: called once, by the app.
    pub fn provide() {
        if let Some(owner) = Owner::current() {
            provide_context(Self(owner));
        }
    }
}

/// A piece of state that all screens share: made at its first use, kept for the life of the app.
///
/// State that only lazy screens use is made this way, so that its code is in their modules and not in
/// the first one.
///
/// # Panics
/// Outside the app's component tree.
pub(crate) fn shared<T: Clone + Send + Sync + 'static>(make: fn() -> T) -> T {
    use_context().unwrap_or_else(|| {
        let AppOwner(owner) = expect_context();
        owner.with(|| {
            let state = make();
            provide_context(state.clone());
            state
        })
    })
}
