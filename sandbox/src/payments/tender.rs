//! What a buyer pays with: a saved profile or a typed card, checked before anything is charged.

use axum::http::StatusCode;
use nymble_wire::CreditCard;
use rusqlite::Connection;

use super::{card, gateway::Outcome, gateway::charge, profiles::profile};
use crate::{
    auth::Tenant,
    clock,
    problem::{Answer, Problem},
    state::State,
};

/// How something was paid, as far as it may be remembered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Paid {
    /// `card`, `profile`, `hosted`, `terms`, `none`, or what an offline payment was made by.
    pub(crate) method: String,
    /// The card's brand.
    pub(crate) brand: Option<String>,
    /// The card's last four digits.
    pub(crate) last_four: Option<String>,
    /// The saved method.
    pub(crate) profile: Option<String>,
}

/// A way to pay that can be charged. Not `Debug`: it may hold a card number.
pub(crate) struct Tender {
    pub(crate) paid: Paid,
    number_or_token: String,
}

impl Tender {
    /// Asks the gateway; `false` when it did not answer, in which case nothing was charged. A refusal is a 400.
    pub(crate) fn charge(&self) -> Answer<bool> {
        match charge(&self.number_or_token) {
            Outcome::Approved => Ok(true),
            Outcome::TimedOut => Ok(false),
            Outcome::Declined(why) => Err(Problem::field("payment", why).title("Payment declined")),
        }
    }
}

/// A customer's saved profile as a way to pay.
pub(crate) fn saved(db: &Connection, tenant: &Tenant, customer: &str, id: &str) -> Answer<Tender> {
    let found = profile(db, tenant, customer, id)?.ok_or_else(|| {
        Problem::field(
            "paymentProfileId",
            format!("The customer has no payment profile '{id}'."),
        )
    })?;
    if (found.expiry_year, found.expiry_month) < today() {
        return Err(Problem::field(
            "paymentProfileId",
            "The saved card has expired.",
        ));
    }
    Ok(Tender {
        paid: Paid {
            method: "profile".to_owned(),
            brand: Some(found.brand),
            last_four: Some(found.last_four),
            profile: Some(found.id),
        },
        number_or_token: found.provider_token,
    })
}

/// A typed card as a way to pay.
pub(crate) fn typed(card: &CreditCard) -> Answer<Tender> {
    let (year, month) = today();
    Problem::check(card::faults(card, year, month))?;
    let remembered = card::remembered(card);
    Ok(Tender {
        paid: Paid {
            method: "card".to_owned(),
            brand: Some(remembered.brand.to_owned()),
            last_four: Some(remembered.last_four),
            profile: None,
        },
        number_or_token: card::digits(&card.card_number),
    })
}

/// This year and month, by which cards expire.
pub(super) fn today() -> (i64, i64) {
    let today = clock::now_utc();
    (i64::from(today.year()), i64::from(u8::from(today.month())))
}

/// 504, after as long as the provider is waited for.
pub(crate) async fn unanswered(state: &State, detail: &str) -> Problem {
    tokio::time::sleep(state.options.gateway_timeout).await;
    Problem::new(StatusCode::GATEWAY_TIMEOUT)
        .title("Payment provider timed out")
        .detail(detail)
}
