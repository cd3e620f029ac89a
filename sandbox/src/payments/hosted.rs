//! The provider's own page, as the sandbox plays it: `/_sandbox/hosted-payment/{transactionSetupId}`.
//!
//! What is typed there goes to the provider, never to the API: the API hears of it by the signed callback.

use axum::{
    body::{Body as HttpBody, Bytes, to_bytes},
    extract::{Request, State as FromState},
    http::{HeaderMap, Method, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use nymble_wire::{CreditCard, TransactionState, TransactionStatus};
use std::time::Duration;
use tower::ServiceExt;
use url::Url;
use uuid::Uuid;

use super::{
    callback::{Notification, ProviderResult},
    card,
    gateway::{Outcome, charge, verify},
    page::{self, Wrong},
    return_address,
    saving::KeptCard,
    setup::{Setup, by_id},
    tender::today,
};
use crate::{
    auth::{Purpose, Tenant},
    clock,
    http::{Query, Segments},
    problem::{Answer, Problem},
    routes,
    state::State,
};

/// How long the provider's word is good for, in seconds: longer than it is told again.
const RESULT_LIFE: i64 = 86_400;

/// After how many seconds the provider tells again what the API did not take.
const RETRIES: [u64; 5] = [1, 2, 4, 8, 16];

/// Shows the form, or why there is none.
pub(crate) async fn show(
    FromState(state): FromState<State>,
    Segments(id): Segments<String>,
) -> Response {
    match usable(&state, id).await {
        Ok((setup, address)) => page::form(&setup, &address, "", &Wrong::new(), StatusCode::OK),
        Err(instead) => *instead,
    }
}

/// Takes the form: charges or saves the card (or not), tells the API, and sends the browser back.
pub(crate) async fn submit(
    FromState(state): FromState<State>,
    Segments(id): Segments<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let (setup, address) = match usable(&state, id).await {
        Ok(usable) => usable,
        Err(instead) => return *instead,
    };
    let is_form = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|kind| kind.starts_with("application/x-www-form-urlencoded"));
    if !is_form {
        let status = StatusCode::UNSUPPORTED_MEDIA_TYPE;
        return page::notice("Not a form", "This page only takes its own form.", status);
    }
    let form = Query::parse(&String::from_utf8_lossy(&body));
    if form.get("action") == Some("cancel") {
        return finish(state, setup, address, TransactionStatus::Cancelled, None).await;
    }
    let name = form.get("cardholderName").unwrap_or_default();
    let again = |wrong: Wrong, status| page::form(&setup, &address, name, &wrong, status);
    let card = typed(&form);
    let (year, month) = today();
    let wrong = marked(card::faults_in(&card, "", year, month));
    if !wrong.is_empty() {
        return again(wrong, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let number = card::digits(&card.card_number);
    let verdict = if setup.amount.is_zero() {
        verify(&number)
    } else {
        charge(&number)
    };
    let (status, kept) = match verdict {
        Outcome::Approved => (TransactionStatus::Complete, Some(KeptCard::of(&card))),
        Outcome::Declined(_) => (TransactionStatus::Declined, None),
        Outcome::TimedOut => {
            tokio::time::sleep(state.options.gateway_timeout).await;
            let reason = "The bank did not answer. Nothing was charged; please try again.";
            let wrong = vec![("form", reason.to_owned())];
            return again(wrong, StatusCode::GATEWAY_TIMEOUT);
        }
    };
    finish(state, setup, address, status, kept).await
}

/// The card as typed into the form.
fn typed(form: &Query) -> CreditCard {
    let field = |name: &str| form.get(name).unwrap_or_default().trim().to_owned();
    let expiry = field("expiry");
    let (month, year) = expiry.split_once('/').unwrap_or_default();
    let year: i64 = year.trim().parse().unwrap_or(0);
    CreditCard {
        card_number: field("cardNumber"),
        cardholder_name: field("cardholderName"),
        expiry_month: month.trim().to_owned(),
        expiry_year: if (0..100).contains(&year) {
            2_000 + year
        } else {
            year
        },
        cvv: field("cvv"),
    }
}

/// The card's faults by the form's fields.
fn marked(faults: Vec<nymble_wire::FieldProblem>) -> Wrong {
    faults
        .into_iter()
        .map(|fault| match fault.name.as_str() {
            "cardNumber" => ("cardNumber", "This is not a valid card number.".to_owned()),
            "cardholderName" => ("cardholderName", "Enter the name on the card.".to_owned()),
            "cvv" => (
                "cvv",
                "Enter the 3 or 4 digits of the security code.".to_owned(),
            ),
            _ => (
                "expiry",
                "Enter a month that has not passed, as MM/YY.".to_owned(),
            ),
        })
        .collect()
}

/// The visit, if its page can still be used; else the page that says why not.
async fn usable(state: &State, id: String) -> Result<(Setup, Url), Box<Response>> {
    let found = state.store.read(move |db| Ok(by_id(db, &id)?)).await;
    let setup = match found {
        Ok(Some(setup)) => setup,
        Ok(None) => {
            let text = "There is no payment page at this address.";
            return Err(Box::new(page::notice(
                "Not found",
                text,
                StatusCode::NOT_FOUND,
            )));
        }
        Err(problem) => return Err(Box::new(problem.into_response())),
    };
    if setup.used {
        return Err(Box::new(used()));
    }
    if setup.expired() {
        let text = "This page was open for too long. Nothing was charged: go back to the shop and start again.";
        return Err(Box::new(page::notice(
            "This page has expired",
            text,
            StatusCode::GONE,
        )));
    }
    match setup.return_address() {
        Ok(address) => Ok((setup, address)),
        Err(problem) => Err(Box::new(problem.into_response())),
    }
}

fn used() -> Response {
    let text = "This page was used already and works only once. Go back to the shop to see what became of it.";
    page::notice("Already used", text, StatusCode::GONE)
}

/// Ends the visit and sends the browser back. Runs to its end even when the browser hangs up.
async fn finish(
    state: State,
    setup: Setup,
    address: Url,
    status: TransactionStatus,
    card: Option<KeptCard>,
) -> Response {
    let ending = tokio::spawn(async move {
        if let Err(instead) = claim(&state, &setup, &status).await {
            return *instead;
        }
        let recorded = tell(&state, &setup, &status, card).await;
        back(&setup, &address, &status, recorded)
    });
    ending.await.unwrap_or_else(|error| {
        tracing::error!(%error, "a hosted payment failed");
        Problem::new(StatusCode::INTERNAL_SERVER_ERROR).into_response()
    })
}

/// Uses the page up, unless another tab did, or what it pays was settled or its customer deleted meanwhile.
async fn claim(
    state: &State,
    setup: &Setup,
    status: &TransactionStatus,
) -> Result<(), Box<Response>> {
    let (visit, paying) = (setup.clone(), *status == TransactionStatus::Complete);
    let claimed: Answer<Option<bool>> = state
        .store
        .write(move |db| {
            if paying && !visit.still_wanted(db, &Tenant::of_key(db, visit.org)?)? {
                return Ok(None);
            }
            let taken = db
                .prepare_cached(
                    "UPDATE transaction_setups SET used = 1 WHERE setup_id = ? AND used = 0 AND expires_at > ?",
                )?
                .execute((&visit.id, clock::unix_now()))?;
            Ok(Some(taken == 1))
        })
        .await;
    match claimed {
        Ok(Some(true)) => Ok(()),
        Ok(Some(false)) => Err(Box::new(used())),
        Ok(None) => {
            let text = "This can no longer be paid. Nothing was charged: go back to the shop.";
            Err(Box::new(page::notice(
                "Nothing to pay",
                text,
                StatusCode::CONFLICT,
            )))
        }
        Err(problem) => Err(Box::new(problem.into_response())),
    }
}

/// Tells the API, and goes on telling it in the background when it does not take it at once.
async fn tell(
    state: &State,
    setup: &Setup,
    status: &TransactionStatus,
    card: Option<KeptCard>,
) -> Option<TransactionState> {
    let result = ProviderResult {
        setup: setup.id.clone(),
        transaction: format!("txn_{}", Uuid::new_v4().simple()),
        status: status.as_str().to_owned(),
        card,
        exp: clock::unix_now().saturating_add(RESULT_LIFE),
    };
    let notification = Notification {
        transaction_setup_id: setup.id.clone(),
        signed_result: state.keys.seal(Purpose::ProviderResult, &result).ok()?,
    };
    let body = serde_json::to_string(&notification).ok()?;
    let recorded = deliver(state, body.clone()).await;
    if recorded.is_none() {
        let state = state.clone();
        tokio::spawn(async move {
            for wait in RETRIES {
                tokio::time::sleep(Duration::from_secs(wait)).await;
                if deliver(&state, body.clone()).await.is_some() {
                    return;
                }
            }
            tracing::warn!("the API never took a payment provider's callback");
        });
    }
    recorded
}

/// One call of the callback, through all that a call over the network passes: log, latency, faults.
async fn deliver(state: &State, body: String) -> Option<TransactionState> {
    let request = Request::builder()
        .method(Method::POST)
        .uri("/api/payments/worldpay/callback")
        .header(header::CONTENT_TYPE, "application/json")
        .body(HttpBody::from(body))
        .ok()?;
    let Ok(response) = routes::api_alone(state).oneshot(request).await;
    if !response.status().is_success() {
        return None;
    }
    let bytes = to_bytes(response.into_body(), 64 * 1024).await.ok()?;
    nymble_wire::decode(str::from_utf8(&bytes).ok()?).ok()
}

/// 303 to the return address with what happened.
fn back(
    setup: &Setup,
    address: &Url,
    status: &TransactionStatus,
    recorded: Option<TransactionState>,
) -> Response {
    let (status, profile) = match recorded {
        Some(recorded) => (recorded.status, recorded.payment_profile_id),
        None => (status.clone(), None),
    };
    let mut parameters = vec![
        ("transactionSetupId", setup.id.as_str()),
        ("status", status.as_str()),
    ];
    if let Some(profile) = &profile {
        parameters.push(("paymentProfileId", profile));
    }
    Redirect::to(return_address::with(address, &parameters).as_str()).into_response()
}
