//! `POST …/complete-checkout`: the cart is validated, paid for and becomes an order, in one transaction.

use axum::{extract::State as FromState, http::StatusCode, response::Response};
use nymble_wire::{Cart, CheckoutAnswer, CompleteCheckout, FieldProblem};
use rusqlite::Connection;

use super::{
    order,
    record::{open, same_customer, show},
};
use crate::{
    auth::{Caller, Tenant},
    catalog::Offers,
    customers::{Account, account, address, may_order},
    http::{Body, Segments, json},
    payments::tender::{self, Tender},
    problem::{Answer, Problem},
    quantity,
    state::State,
};

const LONGEST_CHANNEL: usize = 50;

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
            let tender = means(db, &tenant, &owner, &wanted)?;
            if let Some(tender) = &tender
                && !tender.charge()?
            {
                return Ok(None);
            }
            let paid = tender.map(|tender| tender.paid);
            let taken_by = caller.rep_number(db, &tenant)?;
            order::place(
                db,
                &tenant,
                &owner,
                &cart,
                &wanted,
                paid,
                taken_by.as_deref(),
            )
            .map(Some)
        })
        .await?;
    if let Some(answer) = placed {
        return Ok(json(StatusCode::OK, &answer));
    }
    Err(tender::unanswered(
        &state,
        "The payment provider did not answer. Nothing was charged, and the cart is still open.",
    )
    .await)
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
    let offers = Offers::new(db, tenant.org, &owner.tier, &owner.currency)?;
    for line in &cart.items {
        let sku = &line.sku;
        let found = offers.of(sku, line.quantity)?;
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

/// What pays for the order; nothing when on account.
///
/// Assumption: `paymentProfileId` goes before `payment`; a `payment` with a billing address but no card is on
/// account, allowed to customers that have terms.
fn means(
    db: &Connection,
    tenant: &Tenant,
    owner: &Account,
    wanted: &CompleteCheckout,
) -> Answer<Option<Tender>> {
    if let Some(id) = &wanted.payment_profile_id {
        return tender::saved(db, tenant, &owner.customer.customer_number, id).map(Some);
    }
    let Some(payment) = &wanted.payment else {
        let reason = "Either 'paymentProfileId' or 'payment' must be provided.";
        return Err(Problem::field("payment", reason));
    };
    if let Some(card) = &payment.credit_card {
        return tender::typed(card).map(Some);
    }
    if payment.billing_address.is_none() {
        return Err(Problem::field(
            "payment",
            "'payment' must hold a credit card or a billing address.",
        ));
    }
    let terms = owner.customer.terms.as_deref();
    if terms.unwrap_or_default().is_empty() {
        return Err(Problem::field(
            "payment.creditCard",
            "The customer has no payment terms; a card is needed.",
        ));
    }
    Ok(None)
}
