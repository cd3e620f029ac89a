//! `POST /api/orders`: an order without a cart, by the buyer, a rep on the buyer's behalf, or a program.

use axum::{extract::State as FromState, http::StatusCode, response::Response};
use nymble_wire::{CreateOrder, Order, OrderStatus};
use rusqlite::{Connection, OptionalExtension};
use uuid::Uuid;

use super::{
    new::{NewOrder, free_number, insert},
    record::show,
    request::{self, LONGEST_NAME, LONGEST_NOTES, LONGEST_PO_NUMBER, Lines},
};
use crate::{
    auth::{Caller, Tenant},
    clock,
    customers::{account, may_order},
    http::{Body, json, text},
    invoices,
    payments::Paid,
    problem::{Answer, Problem},
    state::State,
};

/// Creates an order.
///
/// Assumption: prices, tier, terms, tax and shipping costs are the server's unless an administrator gives them (403
/// for others); minimum quantities hold as at checkout; an `externalId` that was used before is 409. The order gets an
/// invoice that is a Draft until the merchant issues it.
#[utoipa::path(post, path = "/api/orders", tag = "Orders", request_body = CreateOrder, responses((status = 201, body = Order, description = "The order")))]
pub(crate) async fn create(
    FromState(state): FromState<State>,
    caller: Caller,
    Body(wanted): Body<CreateOrder>,
) -> Answer<Response> {
    let order = state
        .store
        .write(move |db| {
            let tenant = caller.tenant(db)?;
            caller.require_customer(db, &tenant, &wanted.customer_number)?;
            refuse_import_fields(&wanted)?;
            refuse_merchants_fields(&caller, &wanted)?;
            place(db, &caller, &tenant, &wanted)
        })
        .await?;
    Ok(json(StatusCode::CREATED, &order))
}

fn place(db: &Connection, caller: &Caller, tenant: &Tenant, wanted: &CreateOrder) -> Answer<Order> {
    let owner = account(db, tenant, &wanted.customer_number)?;
    may_order(&owner)?;
    if let Some(tier) = &wanted.price_tier {
        request::check_tier(db, tenant, tier)?;
    }
    let tier = wanted.price_tier.as_deref().unwrap_or(&owner.tier);
    let currency = &owner.currency;
    let external_id = text("externalId", wanted.external_id.as_deref(), LONGEST_NAME)?;
    if let Some(external_id) = external_id {
        refuse_second(db, tenant, external_id)?;
    }
    if let Some(rep) = &wanted.taken_by_rep_number {
        request::check_rep(db, tenant, rep)?;
    }
    let own_number = caller.rep_number(db, tenant)?;
    let details = wanted.shipping_details.as_ref();
    let order = NewOrder {
        order_id: Uuid::new_v4().to_string(),
        order_number: free_number(db, tenant)?,
        confirmation_id: None,
        cart_id: None,
        external_id,
        customer: &owner.customer,
        status: OrderStatus::Pending,
        order_type: text("orderType", wanted.order_type.as_deref(), LONGEST_PO_NUMBER)?
            .unwrap_or("Direct"),
        channel: text("channel", wanted.channel.as_deref(), LONGEST_PO_NUMBER)?.unwrap_or("Web"),
        tier,
        currency,
        terms: text("terms", wanted.terms.as_deref(), LONGEST_PO_NUMBER)?
            .or(owner.customer.terms.as_deref()),
        po_number: text("poNumber", wanted.po_number.as_deref(), LONGEST_PO_NUMBER)?,
        notes: text("notes", wanted.notes.as_deref(), LONGEST_NOTES)?,
        taken_by: wanted
            .taken_by_rep_number
            .as_deref()
            .or(own_number.as_deref()),
        shipping_address: request::address_or_first(
            "shippingAddress",
            wanted.shipping_address.as_ref(),
            &owner,
            true,
        )?,
        billing_address: request::address_or_first(
            "billingAddress",
            wanted.billing_address.as_ref(),
            &owner,
            false,
        )?,
        shipping_method: text(
            "shippingDetails.shippingMethod",
            details.and_then(|details| details.shipping_method.as_deref()),
            LONGEST_NAME,
        )?,
        carrier: None,
        tracking_number: None,
        paid: Paid {
            method: "none".to_owned(),
            ..Paid::default()
        },
        lines: request::lines(db, tenant, wanted, tier, currency, Lines::New)?,
        tax: request::amount("tax", wanted.tax, currency)?,
        shipping: request::amount(
            "shippingDetails.total",
            details.and_then(|details| details.total),
            currency,
        )?,
        ordered_at: clock::now(),
    };
    insert(db, tenant, &order)?;
    invoices::draft(db, tenant, &order)?;
    Ok(show(db, tenant, &order.order_id)?)
}

/// What only an import may say.
fn refuse_import_fields(wanted: &CreateOrder) -> Answer<()> {
    for (name, given) in [
        ("orderNumber", wanted.order_number.is_some()),
        ("orderDate", wanted.order_date.is_some()),
        ("orderStatus", wanted.order_status.is_some()),
    ] {
        if given {
            return Err(Problem::field(
                name,
                format!("'{name}' can only be given in a bulk import."),
            ));
        }
    }
    Ok(())
}

/// What only an administrator may say.
fn refuse_merchants_fields(caller: &Caller, wanted: &CreateOrder) -> Answer<()> {
    let details = wanted.shipping_details.as_ref();
    let said = wanted.price_tier.is_some()
        || wanted.terms.is_some()
        || wanted.tax.is_some()
        || wanted.taken_by_rep_number.is_some()
        || details.is_some_and(|details| details.total.is_some())
        || wanted.items.iter().any(|item| item.unit_price.is_some());
    if said && caller.require_admin().is_err() {
        return Err(Problem::forbidden(
            "Only the Admin role sets prices, tier, terms, tax, shipping costs and who took the order.",
        ));
    }
    Ok(())
}

fn refuse_second(db: &Connection, tenant: &Tenant, external_id: &str) -> Answer<()> {
    let there: Option<String> = db
        .prepare_cached("SELECT order_number FROM orders WHERE org = ? AND external_id = ?")?
        .query_row((tenant.org, external_id), |row| row.get(0))
        .optional()?;
    match there {
        None => Ok(()),
        Some(number) => Err(Problem::new(StatusCode::CONFLICT).detail(format!(
            "The order {number} already has the externalId '{external_id}'."
        ))),
    }
}
