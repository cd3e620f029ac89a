//! Setting up a visit to the provider's page: `/api/payments/worldpay/transaction-setup`.

use axum::{extract::State as FromState, http::StatusCode, response::Response};
use nymble_wire::{
    Timestamp, TransactionSetup, TransactionSetupAnswer, TransactionState, TransactionStatus,
};
use rusqlite::{Connection, OptionalExtension, params};
use rust_decimal::Decimal;
use url::Url;
use uuid::Uuid;

use super::return_address;
use crate::{
    auth::{Caller, Tenant},
    clock,
    customers::{account, exists},
    http::{Body, PublicOrigin, Segments, json, text},
    invoices, money,
    problem::{Answer, Problem},
    state::State,
};

const LONGEST_MARKET_CODE: usize = 50;

/// A visit to the provider's page as the database keeps it.
#[derive(Clone, Debug)]
pub(super) struct Setup {
    pub(super) id: String,
    pub(super) org: i64,
    pub(super) customer: String,
    /// What is charged, in `currency`; nothing when the card is only saved.
    pub(super) amount: Decimal,
    pub(super) currency: String,
    pub(super) invoice: Option<String>,
    pub(super) return_url: String,
    pub(super) make_default: bool,
    /// Seconds since 1970.
    pub(super) expires_at: i64,
    pub(super) used: bool,
    pub(super) status: String,
    pub(super) transaction: Option<String>,
    pub(super) profile: Option<String>,
}

impl Setup {
    /// Whether nobody finished the page in time.
    pub(super) fn expired(&self) -> bool {
        !self.used && clock::unix_now() >= self.expires_at
    }

    /// Whether what the visit is for can still be done: its customer is there, and its invoice takes the amount.
    pub(super) fn still_wanted(&self, db: &Connection, tenant: &Tenant) -> Answer<bool> {
        if !exists(db, tenant, &self.customer)? {
            return Ok(false);
        }
        match &self.invoice {
            Some(invoice) => invoices::still_payable(db, tenant, invoice, self.amount),
            None => Ok(true),
        }
    }

    /// Where the browser returns; checked when the visit was set up.
    pub(super) fn return_address(&self) -> Answer<Url> {
        Url::parse(&self.return_url).map_err(|_| Problem::new(StatusCode::INTERNAL_SERVER_ERROR))
    }

    /// As the API shows it.
    pub(super) fn shown(self) -> TransactionState {
        let status = if self.expired() {
            TransactionStatus::Expired
        } else {
            TransactionStatus::from(self.status.as_str())
        };
        TransactionState {
            transaction_setup_id: self.id,
            customer_number: self.customer,
            status,
            transaction_amount: self.amount,
            currency_code: self.currency,
            invoice_id: self.invoice,
            payment_profile_id: self.profile,
            expires_at: Timestamp::parse(&clock::at(self.expires_at)),
        }
    }
}

/// The visit of that id, whosoever it is: the provider's page knows no tenants.
pub(super) fn by_id(db: &Connection, id: &str) -> rusqlite::Result<Option<Setup>> {
    db.prepare_cached(
        "SELECT setup_id, org, customer_number, amount, currency, invoice_id, return_url, make_default, expires_at,
                used, status, transaction_id, profile_id
         FROM transaction_setups WHERE setup_id = ?",
    )?
    .query_row([id], |row| {
        let amount: String = row.get(3)?;
        Ok(Setup {
            id: row.get(0)?,
            org: row.get(1)?,
            customer: row.get(2)?,
            amount: amount.parse().unwrap_or_default(),
            currency: row.get(4)?,
            invoice: row.get(5)?,
            return_url: row.get(6)?,
            make_default: row.get(7)?,
            expires_at: row.get(8)?,
            used: row.get(9)?,
            status: row.get(10)?,
            transaction: row.get(11)?,
            profile: row.get(12)?,
        })
    })
    .optional()
}

/// Sets up a visit to the provider's page, to pay or (with 0.00) only to save the card.
///
/// Assumption: answered with 201; the amount is in the customer's currency; with `invoiceId` (an id or number) it must
/// be more than nothing and no more than the balance, without one it is a payment on no invoice. The card is always
/// saved. The browser returns with `transactionSetupId`, `status` (`Complete`, `Declined` or `Cancelled`) and, when
/// complete, `paymentProfileId` added to the return address's own query.
#[utoipa::path(post, path = "/api/payments/worldpay/transaction-setup", tag = "Payments", request_body = TransactionSetup,
    responses((status = 201, body = TransactionSetupAnswer, description = "Where to send the buyer's browser.")))]
pub(crate) async fn create(
    FromState(state): FromState<State>,
    caller: Caller,
    origin: PublicOrigin,
    Body(wanted): Body<TransactionSetup>,
) -> Answer<Response> {
    let shared = state.clone();
    let (id, address) = state
        .store
        .write(move |db| {
            let tenant = caller.tenant(db)?;
            open(db, &shared, &caller, &tenant, &wanted)
        })
        .await?;
    let answer = TransactionSetupAnswer {
        hosted_payment_url: page_address(&origin, &id),
        transaction_setup_id: id,
        application_return_url: Some(address.into()),
    };
    Ok(json(StatusCode::CREATED, &answer))
}

/// Where the page of a visit is.
pub(super) fn page_address(origin: &PublicOrigin, id: &str) -> String {
    origin.address(&["hosted-payment", id])
}

/// Writes a visit down, if it may be made; its id and where it returns.
pub(super) fn open(
    db: &Connection,
    state: &State,
    caller: &Caller,
    tenant: &Tenant,
    wanted: &TransactionSetup,
) -> Answer<(String, Url)> {
    let customer = &wanted.customer_number;
    caller.require_customer(db, tenant, customer)?;
    let owner = account(db, tenant, customer)?;
    let address = return_address::checked(
        &wanted.application_return_url,
        &state.options.return_origins,
    )
    .map_err(|why| Problem::field("applicationReturnUrl", why))?;
    let market_code = text(
        "marketCode",
        wanted.market_code.as_deref(),
        LONGEST_MARKET_CODE,
    )?;
    let amount = money::given(wanted.transaction_amount, &owner.currency)
        .map_err(|why| Problem::field("transactionAmount", format!("'transactionAmount' {why}")))?;
    let invoice = wanted
        .invoice_id
        .as_deref()
        .filter(|key| !key.is_empty())
        .map(|key| invoices::may_be_paid(db, caller, tenant, customer, key, amount))
        .transpose()?;
    let id = Uuid::new_v4().to_string();
    let life = state.options.hosted_payment_life.as_secs();
    db.prepare_cached(
        "INSERT INTO transaction_setups (setup_id, org, customer_number, amount, currency, invoice_id, return_url,
           make_default, market_code, expires_at, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )?
    .execute(params![
        id,
        tenant.org,
        customer,
        amount.to_string(),
        owner.currency,
        invoice,
        address.as_str(),
        wanted.is_default,
        market_code.unwrap_or("Default"),
        clock::unix_now().saturating_add_unsigned(life),
        clock::now(),
    ])?;
    Ok((id, address))
}

/// What became of a visit to the provider's page.
///
/// Assumption: not documented; without it a shop could only believe what the return address says, which anybody can
/// write.
#[utoipa::path(get, path = "/api/payments/worldpay/transaction-setup/{transactionSetupId}", tag = "Payments",
    responses((status = 200, body = TransactionState, description = "Where it stands.")))]
pub(crate) async fn get(
    FromState(state): FromState<State>,
    caller: Caller,
    Segments(id): Segments<String>,
) -> Answer<Response> {
    let shown = state
        .store
        .read(move |db| {
            let tenant = caller.tenant(db)?;
            let found = by_id(db, &id)?
                .filter(|setup| setup.org == tenant.org)
                .ok_or_else(|| absent(&id))?;
            caller.require_customer(db, &tenant, &found.customer)?;
            Ok(found.shown())
        })
        .await?;
    Ok(json(StatusCode::OK, &shown))
}

/// 404 for a visit.
pub(super) fn absent(id: &str) -> Problem {
    Problem::not_found(format!("There is no transaction setup '{id}'."))
}
