//! `POST /api/carts/{customerNumber}`: a new cart with its first line.

use axum::{extract::State as FromState, http::StatusCode, response::Response};
use nymble_wire::{Cart, CreateCart};

use super::{
    items::put_line,
    record::{active, changed, same_customer},
};
use crate::{
    auth::Caller,
    clock,
    customers::{account, may_order},
    http::{Body, Segments, json},
    problem::{Answer, Problem},
    state::State,
    store::next_id,
};

const LONGEST_TYPE: usize = 50;

/// Creates a customer's cart with its first line.
///
/// Assumption: it is answered 201, as the overview says of created resources.
#[utoipa::path(
    post,
    path = "/api/carts/{id}",
    tag = "Carts",
    params(("id" = String, Path, description = "A customer's `customerNumber`.")),
    request_body = CreateCart,
    responses((status = 201, body = Cart, description = "The cart."))
)]
pub(crate) async fn create(
    FromState(state): FromState<State>,
    caller: Caller,
    Segments(customer): Segments<String>,
    Body(wanted): Body<CreateCart>,
) -> Answer<Response> {
    let cart = state
        .store
        .write(move |db| {
            let tenant = caller.tenant(db)?;
            caller.require_customer(db, &tenant, &customer)?;
            same_customer(&customer, &wanted.customer_number)?;
            check_order_type(wanted.order_type.as_str())?;
            let owner = account(db, &tenant, &customer)?;
            may_order(&owner)?;
            if active(db, &tenant, &customer)?.is_some() {
                return Err(Problem::field("customerNumber", "An active cart already exists for this customer.")
                    .detail("Retrieve the existing cart using Get carts for a customer and add items to it instead."));
            }
            let cart_id = next_id(db, tenant.org, &format!("cart:{customer}"), "cart_")?;
            let now = clock::now();
            db.execute(
                "INSERT INTO carts (cart_id, org, customer_number, status, order_type, tier, currency, created_at, updated_at)
                 VALUES (?, ?, ?, 'PENDING', ?, ?, ?, ?, ?)",
                (
                    &cart_id,
                    tenant.org,
                    &customer,
                    wanted.order_type.as_str(),
                    &owner.tier,
                    &owner.currency,
                    &now,
                    &now,
                ),
            )?;
            put_line(db, &tenant, &owner, &cart_id, &wanted.sku, wanted.quantity)?;
            changed(db, &tenant, &cart_id)
        })
        .await?;
    Ok(json(StatusCode::CREATED, &cart))
}

/// 400 for an order type that is none.
///
/// Assumption: "e.g. Standard, Quote" leaves other types possible, so any short name is taken.
pub(super) fn check_order_type(order_type: &str) -> Answer<()> {
    if order_type.trim().is_empty() || order_type.chars().count() > LONGEST_TYPE {
        return Err(Problem::field(
            "orderType",
            format!("'orderType' must be 1 to {LONGEST_TYPE} letters long."),
        ));
    }
    Ok(())
}
