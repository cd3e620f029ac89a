//! `POST …/complete-checkout`: the cart is validated, paid for and becomes an order, in one transaction.

use axum::{extract::State as FromState, http::StatusCode, response::Response};
use nymble_wire::{Cart, CheckoutAnswer, CompleteCheckout, FieldProblem};
use rusqlite::Connection;
use time::OffsetDateTime;

use super::{
    order,
    pricing::offer,
    record::{may_order, open, same_customer, show},
};
use crate::{
    auth::{Caller, Tenant},
    customers::{Account, account, address},
    http::{Body, Segments, json},
    payments::{self, Outcome, card},
    problem::{Answer, Problem},
    quantity,
    state::State,
};

const LONGEST_CHANNEL: usize = 50;

/// How an order was paid, as far as it may be remembered.
#[derive(Debug, Clone)]
pub(super) struct Paid {
    pub(super) method: &'static str,
    pub(super) brand: Option<String>,
    pub(super) last_four: Option<String>,
    pub(super) profile: Option<String>,
}

/// Turns a cart into an order: validates it, charges the payment, closes it.
#[utoipa::path(
    post,
    path = "/api/carts/{customerNumber}/{shoppingCartId}/complete-checkout",
    tag = "Carts",
    request_body = CompleteCheckout,
    responses(
        (status = 200, body = CheckoutAnswer, description = "The order's number."),
        (status = 504, description = "The payment provider did not answer; nothing was charged.")
    )
)]
pub(crate) async fn complete(
    FromState(state): FromState<State>,
    caller: Caller,
    Segments((customer, cart_id)): Segments<(String, String)>,
    Body(wanted): Body<CompleteCheckout>,
) -> Answer<Response> {
    let placed: Option<CheckoutAnswer> = state
        .store
        .write(move |db| {
            let tenant = caller.tenant(db)?;
            let record = open(db, &caller, &tenant, &customer, &cart_id)?;
            same_customer(&customer, &wanted.customer_number)?;
            let owner = account(db, &tenant, &customer)?;
            may_order(&owner)?;
            let cart = show(db, &tenant, record)?;
            Problem::check(cart_faults(db, &tenant, &owner, &cart, &wanted.channel)?)?;
            let (paid, number) = means(db, &tenant, &owner, &wanted)?;
            match number
                .as_deref()
                .map_or(Outcome::Approved, payments::charge)
            {
                Outcome::Approved => {}
                Outcome::TimedOut => return Ok(None),
                Outcome::Declined(why) => {
                    return Err(Problem::field("payment", why).title("Payment declined"));
                }
            }
            order::place(db, &tenant, &owner, &cart, &wanted, &paid).map(Some)
        })
        .await?;
    if let Some(answer) = placed {
        return Ok(json(StatusCode::OK, &answer));
    }
    tokio::time::sleep(state.options.gateway_timeout).await;
    Err(Problem::new(StatusCode::GATEWAY_TIMEOUT)
        .title("Payment provider timed out")
        .detail(
            "The payment provider did not answer. Nothing was charged, and the cart is still open.",
        ))
}

/// Everything that keeps the cart itself from being ordered, named at once.
fn cart_faults(
    db: &Connection,
    tenant: &Tenant,
    owner: &Account,
    cart: &Cart,
    channel: &str,
) -> Answer<Vec<FieldProblem>> {
    let mut errors = Vec::new();
    let mut wrong = |name: String, reason: String| errors.push(FieldProblem { name, reason });
    if channel.trim().is_empty() || channel.chars().count() > LONGEST_CHANNEL {
        wrong(
            "channel".to_owned(),
            format!("'channel' must be 1 to {LONGEST_CHANNEL} letters long."),
        );
    }
    if cart.items.is_empty() {
        wrong("items".to_owned(), "The cart is empty.".to_owned());
    }
    for line in &cart.items {
        let sku = &line.sku;
        let found = offer(
            db,
            tenant.org,
            sku,
            &owner.tier,
            &owner.currency,
            line.quantity,
        )?;
        match found.filter(|found| found.active) {
            None => wrong(
                format!("items[{sku}]"),
                format!("'{sku}' is no longer in the catalog."),
            ),
            Some(found) if found.unit_price.is_none() => {
                wrong(
                    format!("items[{sku}]"),
                    format!("'{sku}' has no price in {}.", owner.currency),
                );
            }
            Some(found) => {
                if let Some(why) =
                    quantity::checkout_refusal(sku, line.quantity, found.minimum, found.increment)
                {
                    wrong(format!("items[{sku}].quantity"), why);
                }
            }
        }
    }
    match &cart.shipping_address {
        None => wrong(
            "shippingAddress".to_owned(),
            "A shipping address must be set before checkout.".to_owned(),
        ),
        Some(given) => errors.extend(address::faults(given, "shippingAddress")),
    }
    Ok(errors)
}

/// What pays for the order, and what the gateway is to charge (nothing when on account).
///
/// Assumption: `paymentProfileId` goes before `payment`; a `payment` with a billing address but no card is on
/// account, allowed to customers that have terms.
fn means(
    db: &Connection,
    tenant: &Tenant,
    owner: &Account,
    wanted: &CompleteCheckout,
) -> Answer<(Paid, Option<String>)> {
    let today = OffsetDateTime::now_utc();
    let (year, month) = (i64::from(today.year()), i64::from(u8::from(today.month())));
    if let Some(id) = &wanted.payment_profile_id {
        let saved = payments::profile(db, tenant, &owner.customer.customer_number, id)?
            .ok_or_else(|| {
                Problem::field(
                    "paymentProfileId",
                    format!("The customer has no payment profile '{id}'."),
                )
            })?;
        if (saved.expiry_year, saved.expiry_month) < (year, month) {
            return Err(Problem::field(
                "paymentProfileId",
                "The saved card has expired.",
            ));
        }
        let paid = Paid {
            method: "profile",
            brand: Some(saved.brand),
            last_four: Some(saved.last_four),
            profile: Some(saved.id),
        };
        return Ok((paid, Some(saved.provider_token)));
    }
    let Some(payment) = &wanted.payment else {
        let reason = "Either 'paymentProfileId' or 'payment' must be provided.";
        return Err(Problem::field("payment", reason));
    };
    if let Some(typed) = &payment.credit_card {
        Problem::check(card::faults(typed, year, month))?;
        let remembered = card::remembered(typed);
        let paid = Paid {
            method: "card",
            brand: Some(remembered.brand.to_owned()),
            last_four: Some(remembered.last_four),
            profile: None,
        };
        return Ok((paid, Some(card::digits(&typed.card_number))));
    }
    if payment.billing_address.is_none() {
        return Err(Problem::field(
            "payment",
            "'payment' must hold a credit card or a billing address.",
        ));
    }
    if owner
        .customer
        .terms
        .as_deref()
        .unwrap_or_default()
        .is_empty()
    {
        return Err(Problem::field(
            "payment.creditCard",
            "The customer has no payment terms; a card is needed.",
        ));
    }
    Ok((
        Paid {
            method: "terms",
            brand: None,
            last_four: None,
            profile: None,
        },
        None,
    ))
}
