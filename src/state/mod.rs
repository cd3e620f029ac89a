//! Reactive state that outlives a page: made once in the app, handed down as small `Copy` handles.
//!
//! Only this layer turns API answers into signals.

use leptos::prelude::*;

pub(crate) mod account;
pub(crate) mod app;
pub(crate) mod cart;
pub(crate) mod catalog;
pub(crate) mod checkout;
pub(crate) mod documents;
pub(crate) mod exactly_once;
pub(crate) mod home;
pub(crate) mod invoices;
pub(crate) mod lists;
pub(crate) mod orders;
pub(crate) mod payments;
pub(crate) mod quick_order;
pub(crate) mod session;

/// The owner of what lives as long as the app.
#[derive(Clone)]
pub(crate) struct AppOwner(Owner);

impl AppOwner {
    /// Makes the present owner the app's: called once, by the app.
    pub(crate) fn provide() {
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
