//! Starting over: `POST /_sandbox/reset`.

use axum::{extract::State as FromState, response::Response};

use crate::{demo, http::no_content, problem::Answer, state::State};

/// Seeds the database anew, switches all faults off and forgets requests and sign-in attempts. Tokens stay good.
pub(crate) async fn reset(FromState(state): FromState<State>) -> Answer<Response> {
    let plan = demo::Plan::of(&state.options);
    state
        .store
        .refill(move |db, fresh| demo::seed(db, fresh, plan))
        .await?;
    state.keys.persist(&state.store).await?;
    state.faults.clear();
    state.logins.clear();
    state.visits.clear();
    state.requests.clear();
    state.totals.forget();
    Ok(no_content())
}
