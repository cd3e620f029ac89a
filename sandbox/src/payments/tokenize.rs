//! The provider's own form for cards: `POST /_sandbox/provider/tokens`. A card typed there never meets the API.

use std::time::Duration;

use axum::{extract::State as FromState, http::StatusCode, response::Response};
use nymble_wire::CreditCard;
use rusqlite::{Connection, OptionalExtension, params};
use serde::Serialize;
use uuid::Uuid;

use super::{card, saving::KeptCard, tender::today};
use crate::{
    clock,
    http::{Body, json},
    problem::{Answer, Problem},
    state::State,
};

/// How long a token can be used; Authorize.Net's are good for 15 minutes too.
const LIFE: Duration = Duration::from_mins(15);

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct CardToken {
    token: String,
    expires_at: String,
}

/// Gives a one-time token for a card. Any caller may ask, as the provider's public form does.
pub(crate) async fn tokenize(
    FromState(state): FromState<State>,
    Body(typed): Body<CreditCard>,
) -> Answer<Response> {
    let (year, month) = today();
    Problem::check(card::faults_in(&typed, "", year, month))?;
    let kept = KeptCard::of(&typed);
    let token = format!("nonce_{}", Uuid::new_v4().simple());
    let now = clock::unix_now();
    let expires = now.saturating_add_unsigned(LIFE.as_secs());
    let answer = CardToken {
        token: token.clone(),
        expires_at: clock::at(expires),
    };
    state
        .store
        .write(move |db| {
            db.prepare_cached("DELETE FROM card_tokens WHERE expires_at < ?")?
                .execute([now])?;
            db.prepare_cached(
                "INSERT INTO card_tokens (token, provider_token, brand, last_four, expiry_month, expiry_year, cardholder,
                   expires_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            )?
            .execute(params![
                token,
                kept.provider_token,
                kept.brand,
                kept.last_four,
                kept.expiry_month,
                kept.expiry_year,
                kept.cardholder,
                expires,
            ])?;
            Ok(())
        })
        .await?;
    Ok(json(StatusCode::CREATED, &answer))
}

/// The card behind a token, which is used up by this.
pub(super) fn redeem(db: &Connection, token: &str) -> Answer<KeptCard> {
    db.prepare_cached(
        "DELETE FROM card_tokens WHERE token = ? AND expires_at >= ?
         RETURNING provider_token, brand, last_four, expiry_month, expiry_year, cardholder",
    )?
    .query_row((token, clock::unix_now()), |row| {
        Ok(KeptCard {
            provider_token: row.get(0)?,
            brand: row.get(1)?,
            last_four: row.get(2)?,
            expiry_month: row.get(3)?,
            expiry_year: row.get(4)?,
            cardholder: row.get(5)?,
        })
    })
    .optional()?
    .ok_or_else(|| {
        Problem::field(
            "providerToken",
            "The token is not one the provider gave, was used before, or has expired.",
        )
    })
}
