//! What the provider tells when its page was finished: `POST /api/payments/worldpay/callback`.

use axum::{extract::State as FromState, http::StatusCode, response::Response};
use nymble_wire::{TransactionState, TransactionStatus};
use rusqlite::Connection;
use serde::{Deserialize, Serialize};

use super::{
    saving::{KeptCard, save},
    setup::{Setup, absent, by_id},
    tender::Paid,
};
use crate::{
    auth::{Purpose, Tenant},
    http::{Body, json},
    invoices::{self, NewPayment},
    problem::{Answer, Problem},
    state::State,
};

/// Body of the callback.
///
/// Assumption: the documents show none. All that counts is in `signedResult`, which only the provider can make.
#[derive(Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Notification {
    /// Which visit is over.
    pub(super) transaction_setup_id: String,
    /// The provider's signed word on it.
    pub(super) signed_result: String,
}

/// What the provider signs.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct ProviderResult {
    pub(super) setup: String,
    pub(super) transaction: String,
    pub(super) status: String,
    /// The saved card, when complete.
    pub(super) card: Option<KeptCard>,
    /// Seconds since 1970.
    pub(super) exp: i64,
}

/// Takes the payment provider's word on a visit to its page: saves the card and records the payment.
///
/// Assumption: no token, but a signature (403 without a right one). Told again it changes nothing and answers the same;
/// told otherwise it is 409. When the invoice was settled or the customer deleted in the meantime the provider gives
/// the money back, and the visit ends as `Declined`.
#[utoipa::path(post, path = "/api/payments/worldpay/callback", tag = "Payments", request_body = Notification, security(()),
    responses((status = 200, body = TransactionState, description = "What was recorded."), (status = 403), (status = 404), (status = 409)))]
pub(crate) async fn callback(
    FromState(state): FromState<State>,
    Body(told): Body<Notification>,
) -> Answer<Response> {
    let result = state
        .keys
        .unseal::<ProviderResult>(Purpose::ProviderResult, &told.signed_result)
        .filter(|result| result.setup == told.transaction_setup_id)
        .ok_or_else(|| Problem::forbidden("The callback is not signed by the provider."))?;
    let shown = state.store.write(move |db| record(db, &result)).await?;
    Ok(json(StatusCode::OK, &shown))
}

fn record(db: &Connection, result: &ProviderResult) -> Answer<TransactionState> {
    let setup = by_id(db, &result.setup)?.ok_or_else(|| absent(&result.setup))?;
    if let Some(known) = &setup.transaction {
        if *known == result.transaction {
            return Ok(setup.shown());
        }
        return Err(Problem::new(StatusCode::CONFLICT)
            .detail("Another result of that transaction setup was recorded before."));
    }
    let complete = TransactionStatus::from(result.status.as_str()) == TransactionStatus::Complete;
    let (status, profile) = match result.card.as_ref().filter(|_| complete) {
        Some(card) => match complete_with(db, &setup, card, &result.transaction)? {
            Some(profile) => (TransactionStatus::Complete, Some(profile)),
            None => (TransactionStatus::Declined, None),
        },
        None => (TransactionStatus::from(result.status.as_str()), None),
    };
    db.prepare_cached(
        "UPDATE transaction_setups SET used = 1, status = ?, transaction_id = ?, profile_id = ? WHERE setup_id = ?",
    )?
    .execute((status.as_str(), &result.transaction, profile, &setup.id))?;
    by_id(db, &setup.id)?
        .map(Setup::shown)
        .ok_or_else(|| absent(&setup.id))
}

/// Saves the card and records the payment; nothing of either when nobody wants them any more.
fn complete_with(
    db: &Connection,
    setup: &Setup,
    card: &KeptCard,
    transaction: &str,
) -> Answer<Option<String>> {
    let tenant = Tenant::of_key(db, setup.org)?;
    if !setup.still_wanted(db, &tenant)? {
        return Ok(None);
    }
    let profile = save(db, &tenant, &setup.customer, card, setup.make_default)?;
    if let Some(invoice) = &setup.invoice {
        let paid = Paid {
            method: "hosted".to_owned(),
            brand: Some(card.brand.clone()),
            last_four: Some(card.last_four.clone()),
            profile: Some(profile.clone()),
        };
        let how = NewPayment {
            external_id: Some(transaction),
            reference: Some(transaction),
            ..NewPayment::by(paid)
        };
        invoices::record_payment(db, &tenant, invoice, setup.amount, &how)?;
    }
    Ok(Some(profile))
}
