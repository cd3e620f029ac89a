//! What stands where the API did not give a part of the account.

use leptos::prelude::*;

use crate::{api::problem::ApiError, components::failed::Failed, locale::use_locale};

/// Says that something is not offered here, when the API does not have it or does not give it to this
/// customer; else what went wrong, with a way to try again.
pub(super) fn not_offered(error: &ApiError, retry: impl Fn() + Send + Sync + 'static) -> AnyView {
    let locale = use_locale();
    if error.lacks_part() {
        view! { <p class="hint" role="status">{locale.text("account.not_offered")}</p> }.into_any()
    } else {
        view! { <Failed message=locale.error(error) retry=retry /> }.into_any()
    }
}
