//! Every route there is, and what each request passes on its way.

use std::time::Duration;

use axum::{
    Router,
    extract::{DefaultBodyLimit, Request},
    http::{HeaderName, HeaderValue, Method, StatusCode, header},
    middleware::{from_fn, from_fn_with_state},
    response::{Redirect, Response},
    routing::{delete, get, post},
};
use tower_http::{
    compression::CompressionLayer,
    cors::{AllowOrigin, CorsLayer},
};

use utoipa_axum::router::OpenApiRouter;

use crate::{
    addresses, auth, carts, catalog, companydocs, control, customers,
    http::{X_REQUEST_ID, tag},
    images, invoices, openapi, orders, organizations, payments,
    problem::Problem,
    sales_reps,
    state::State,
    users,
};

/// The largest request body.
const LARGEST_BODY: usize = 2 * 1024 * 1024;

/// The whole server.
pub(crate) fn router(state: &State) -> Router {
    let (api, document) = api(state).split_for_parts();
    Router::new()
        .merge(api)
        .route(
            "/_sandbox",
            get(|| async { Redirect::permanent("/_sandbox/") }),
        )
        .route("/_sandbox/", get(control::admin_page))
        .nest("/_sandbox", sandbox().merge(openapi::routes(document)))
        .fallback(unknown)
        .method_not_allowed_fallback(wrong_method)
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .layer(CompressionLayer::new())
        .layer(cors(state))
        .layer(from_fn(tag))
        .with_state(state.clone())
}

/// The documented API without the rest, for those who call it from inside as if over the network.
pub(crate) fn api_alone(state: &State) -> Router {
    Router::from(api(state))
        .layer(from_fn(tag))
        .with_state(state.clone())
}

/// The documented API. Faults and latency strike inside the request log, so that the log shows what the caller got.
fn api(state: &State) -> OpenApiRouter<State> {
    OpenApiRouter::new()
        .merge(auth::routes())
        .merge(addresses::routes())
        .merge(users::routes())
        .merge(organizations::routes())
        .merge(sales_reps::routes())
        .merge(catalog::routes())
        .merge(customers::routes())
        .merge(payments::routes())
        .merge(images::routes())
        .merge(carts::routes())
        .merge(orders::routes())
        .merge(invoices::routes())
        .merge(companydocs::routes())
        .route_layer(from_fn_with_state(state.clone(), control::inject))
        .route_layer(from_fn_with_state(state.clone(), control::record))
}

/// What only the sandbox has.
fn sandbox() -> Router<State> {
    Router::new()
        .route("/admin.js", get(control::admin_script))
        .route(
            "/faults",
            get(control::list_faults)
                .post(control::add_fault)
                .delete(control::clear_faults),
        )
        .route("/faults/{id}", delete(control::remove_fault))
        .route(
            "/requests",
            get(control::list_requests).delete(control::clear_requests),
        )
        .route("/orders", get(control::list_orders))
        .route("/tokens", post(control::issue_token))
        .route("/tokens/revoke", post(control::revoke_tokens))
        .route("/reset", post(control::reset))
        .route("/images/{name}/{size}", get(images::serve))
        .route("/documents/{documentId}/{name}", get(companydocs::download))
        .route("/provider/tokens", post(payments::tokenize))
        .route(
            "/hosted-payment/{transactionSetupId}",
            get(payments::show_hosted_page).post(payments::submit_hosted_page),
        )
        .route("/hosted-payment.css", get(payments::hosted_page_style))
}

fn cors(state: &State) -> CorsLayer {
    let chosen = state
        .options
        .allow_origin
        .as_deref()
        .and_then(|origin| HeaderValue::from_str(origin).ok());
    CorsLayer::new()
        .allow_origin(chosen.map_or_else(AllowOrigin::mirror_request, AllowOrigin::exact))
        .allow_methods([Method::GET, Method::POST, Method::PUT, Method::DELETE])
        .allow_headers([
            header::AUTHORIZATION,
            header::CONTENT_TYPE,
            header::ACCEPT,
            HeaderName::from_static("x-api-key"),
            HeaderName::from_static("traceparent"),
            HeaderName::from_static("tracestate"),
            X_REQUEST_ID,
        ])
        .expose_headers([
            header::RETRY_AFTER,
            header::CONTENT_DISPOSITION,
            X_REQUEST_ID,
        ])
        .max_age(Duration::from_secs(7_200))
}

async fn unknown(request: Request) -> Problem {
    Problem::not_found(format!("There is nothing at '{}'.", request.uri().path()))
}

async fn wrong_method(request: Request) -> Result<Response, Problem> {
    Err(Problem::new(StatusCode::METHOD_NOT_ALLOWED).detail(format!(
        "'{}' does not know the method {}.",
        request.uri().path(),
        request.method()
    )))
}
