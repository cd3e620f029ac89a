//! Adding, choosing and removing saved methods: `/api/payments/payment-methods`.
//!
//! Assumption: the documents name only the `POST`; the rest of the paths is ours.

use axum::{extract::State as FromState, http::StatusCode, response::Response};
use nymble_wire::{AddPaymentMethod, PaymentMethodAdded, PaymentProfile, TransactionSetup};
use rusqlite::{Connection, OptionalExtension};
use rust_decimal::Decimal;

use super::{
    card,
    gateway::{Outcome, verify},
    profiles,
    provider::{Provider, provider},
    saving::{KeptCard, choose, save},
    setup,
    tender::{today, unanswered},
    tokenize::redeem,
};
use crate::{
    auth::{Caller, Tenant},
    customers::account,
    http::{Body, PublicOrigin, Query, Segments, json, no_content},
    problem::{Answer, Problem},
    state::State,
};

/// What adding a method came to.
enum Added {
    /// The saved method's id.
    Saved(String),
    /// The buyer has to visit the provider's page of this setup.
    Redirect(String),
    /// The provider did not answer.
    Unanswered,
}

/// Lists a customer's saved methods, the default one first.
#[utoipa::path(get, path = "/api/payments/payment-methods", tag = "Payments",
    params(("customerNumber" = Option<String>, Query, description = "Whose; a Customer token's own when absent.")),
    responses((status = 200, body = Vec<PaymentProfile>, description = "The methods."), (status = 404)))]
pub(crate) async fn list(
    FromState(state): FromState<State>,
    caller: Caller,
    query: Query,
) -> Answer<Response> {
    let number = query
        .get("customerNumber")
        .filter(|number| !number.is_empty())
        .map(str::to_owned)
        .or_else(|| caller.claims.customer_number.clone())
        .ok_or_else(|| Problem::field("customerNumber", "'customerNumber' must not be empty."))?;
    profiles::of_customer(&state, caller, number).await
}

/// Saves a card, or says where the buyer can.
///
/// Assumption: with Authorize.Net a card or the provider's token is saved (201) after the provider has looked at it: a
/// declined card is 400, no answer 504. With `WorldPay` when `applicationReturnUrl` is given (a card that came along is
/// not looked at), and with either when only that is, the answer (200) is a page to visit.
#[utoipa::path(post, path = "/api/payments/payment-methods", tag = "Payments", request_body = AddPaymentMethod,
    responses((status = 201, body = PaymentMethodAdded, description = "The card is saved."),
        (status = 200, body = PaymentMethodAdded, description = "The buyer's browser must be sent to `RedirectUrl`."),
        (status = 504)))]
pub(crate) async fn add(
    FromState(state): FromState<State>,
    caller: Caller,
    origin: PublicOrigin,
    Body(wanted): Body<AddPaymentMethod>,
) -> Answer<Response> {
    let shared = state.clone();
    let added = state
        .store
        .write(move |db| {
            let tenant = caller.tenant(db)?;
            caller.require_customer(db, &tenant, &wanted.customer_number)?;
            account(db, &tenant, &wanted.customer_number)?;
            let typed = wanted.credit_card.is_some() || wanted.provider_token.is_some();
            let returns = wanted.application_return_url.is_some();
            match provider(db, &tenant)? {
                Provider::WorldPay if typed && !returns => Err(Problem::field(
                    if wanted.credit_card.is_some() { "creditCard" } else { "providerToken" },
                    "The organization's provider takes cards on its own page only: send 'applicationReturnUrl'.",
                )),
                Provider::AuthorizeNet if typed => keep(db, &tenant, &wanted),
                _ => redirect(db, &shared, &caller, &tenant, wanted),
            }
        })
        .await?;
    match added {
        Added::Saved(id) => {
            let answer = PaymentMethodAdded {
                payment_profile_id: Some(id),
                ..PaymentMethodAdded::default()
            };
            Ok(json(StatusCode::CREATED, &answer))
        }
        Added::Redirect(id) => {
            let answer = PaymentMethodAdded {
                requires_redirect: true,
                redirect_url: Some(setup::page_address(&origin, &id)),
                transaction_setup_id: Some(id),
                ..PaymentMethodAdded::default()
            };
            Ok(json(StatusCode::OK, &answer))
        }
        Added::Unanswered => Err(unanswered(
            &state,
            "The payment provider did not answer. The card was not saved.",
        )
        .await),
    }
}

fn keep(db: &Connection, tenant: &Tenant, wanted: &AddPaymentMethod) -> Answer<Added> {
    let (kept, field) = match (&wanted.credit_card, &wanted.provider_token) {
        (Some(_), Some(_)) => {
            return Err(Problem::field(
                "providerToken",
                "Send either 'creditCard' or 'providerToken'.",
            ));
        }
        (Some(typed), None) => {
            let (year, month) = today();
            Problem::check(card::faults_in(typed, "creditCard.", year, month))?;
            (KeptCard::of(typed), "creditCard")
        }
        (None, token) => (
            redeem(db, token.as_deref().unwrap_or_default())?,
            "providerToken",
        ),
    };
    match verify(&kept.provider_token) {
        Outcome::Approved => Ok(Added::Saved(save(
            db,
            tenant,
            &wanted.customer_number,
            &kept,
            wanted.is_default,
        )?)),
        Outcome::TimedOut => Ok(Added::Unanswered),
        Outcome::Declined(_) => {
            Err(Problem::field(field, "The card was declined.").title("Payment declined"))
        }
    }
}

fn redirect(
    db: &Connection,
    state: &State,
    caller: &Caller,
    tenant: &Tenant,
    wanted: AddPaymentMethod,
) -> Answer<Added> {
    let Some(address) = wanted.application_return_url else {
        return Err(Problem::field(
            "applicationReturnUrl",
            "Send a card, the provider's token, or 'applicationReturnUrl' to visit the provider's page.",
        ));
    };
    let visit = TransactionSetup {
        customer_number: wanted.customer_number,
        transaction_amount: Decimal::ZERO,
        application_return_url: address,
        is_default: wanted.is_default,
        market_code: None,
        invoice_id: None,
    };
    let (id, _) = setup::open(db, state, caller, tenant, &visit)?;
    Ok(Added::Redirect(id))
}

/// Makes a saved method its customer's default.
#[utoipa::path(put, path = "/api/payments/payment-methods/{paymentProfileId}/default", tag = "Payments",
    responses((status = 200, body = PaymentProfile, description = "The method.")))]
pub(crate) async fn set_default(
    FromState(state): FromState<State>,
    caller: Caller,
    Segments(id): Segments<String>,
) -> Answer<Response> {
    let method = state
        .store
        .write(move |db| {
            let tenant = caller.tenant(db)?;
            let customer = owner(db, &caller, &tenant, &id)?;
            choose(db, &tenant, &customer, &id)?;
            profiles::saved(db, &tenant, &customer)?
                .into_iter()
                .find(|method| method.payment_profile_id == id)
                .ok_or_else(|| absent(&id))
        })
        .await?;
    Ok(json(StatusCode::OK, &method))
}

/// Removes a saved method.
///
/// Assumption: when it was the default, the oldest of those that remain becomes it.
#[utoipa::path(delete, path = "/api/payments/payment-methods/{paymentProfileId}", tag = "Payments",
    responses((status = 204, description = "The method is gone.")))]
pub(crate) async fn remove(
    FromState(state): FromState<State>,
    caller: Caller,
    Segments(id): Segments<String>,
) -> Answer<Response> {
    state
        .store
        .write(move |db| {
            let tenant = caller.tenant(db)?;
            let customer = owner(db, &caller, &tenant, &id)?;
            db.prepare_cached("DELETE FROM payment_profiles WHERE org = ? AND profile_id = ?")?
                .execute((tenant.org, &id))?;
            let left = profiles::saved(db, &tenant, &customer)?;
            // The default is first when there is one.
            if let Some(first) = left.first().filter(|method| !method.is_default) {
                choose(db, &tenant, &customer, &first.payment_profile_id)?;
            }
            Ok(())
        })
        .await?;
    Ok(no_content())
}

/// Whose method that is, if the caller may see it.
fn owner(db: &Connection, caller: &Caller, tenant: &Tenant, id: &str) -> Answer<String> {
    let customer: String = db
        .prepare_cached(
            "SELECT customer_number FROM payment_profiles WHERE org = ? AND profile_id = ?",
        )?
        .query_row((tenant.org, id), |row| row.get(0))
        .optional()?
        .ok_or_else(|| absent(id))?;
    caller.require_customer(db, tenant, &customer)?;
    Ok(customer)
}

fn absent(id: &str) -> Problem {
    Problem::not_found(format!("There is no payment method '{id}'."))
}
