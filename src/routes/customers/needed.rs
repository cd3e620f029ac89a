//! What stands where a screen needs a customer and there is none.

use leptos::prelude::*;

use super::query;
use crate::{
    components::{empty_state::empty_state, failed::LoadingNote},
    locale::use_locale,
    state::{app::navigation::use_navigation, session::use_session},
};

/// Leads on to the picker, for whoever may choose a customer, and from there back to the present address.
/// Says to all others that they cannot order.
#[component]
pub(crate) fn NoCustomer() -> AnyView {
    let locale = use_locale();
    if !untrack(|| use_session().chooses_customer()) {
        return empty_state(locale.text("cart.no_customer"));
    }
    let navigation = use_navigation();
    Effect::new(move |_| {
        let location = window().location();
        let here = location.pathname().unwrap_or_default() + &location.search().unwrap_or_default();
        // The step back leads to where the visitor came from, not to the screen that leads on.
        navigation.change_address(&query::picker_for(&here), true);
    });
    view! { <LoadingNote /> }.into_any()
}

/// A screen that shows what is one customer's: what `make` makes, or the way to choosing a customer for
/// whoever may and has not.
pub(crate) fn of_a_customer(make: fn() -> AnyView) -> AnyView {
    let session = use_session();
    let missing = untrack(|| session.chooses_customer() && session.acting_for().is_none());
    if missing {
        return view! { <div class="page"><NoCustomer /></div> }.into_any();
    }
    make()
}
