//! `POST /api/orders/bulk`: orders from elsewhere, all or none, as often as one likes.

use axum::{extract::State as FromState, http::StatusCode, response::Response};
use nymble_wire::{CreateOrder, ImportedOrders, OrderStatus};
use rusqlite::{Connection, OptionalExtension, params};
use uuid::Uuid;

use super::{
    new::{NewOrder, free_number, insert, insert_lines, note_status},
    request::{self, LONGEST_NAME, LONGEST_NOTES, LONGEST_PO_NUMBER, Lines},
};
use crate::{
    auth::{Caller, Tenant},
    clock,
    customers::account,
    http::{Body, json, text},
    invoices, money,
    payments::Paid,
    problem::{Answer, Problem},
    state::State,
};

/// Imports orders.
///
/// Assumption: Admin only; the body is a bare array of records with the fields of `POST /api/orders` and
/// `orderNumber`, `orderDate` and `orderStatus`. A record whose `externalId` or `orderNumber` is known updates that order
/// (its lines and amounts only as long as no invoice says otherwise: 409), anything else makes a new one; a SKU may be
/// unknown to the catalogue if its `unitPrice` is given. Imported orders get no invoice. One bad record refuses all.
#[utoipa::path(post, path = "/api/orders/bulk", tag = "Orders", request_body = Vec<CreateOrder>, responses((status = 200, body = ImportedOrders, description = "What became of the records")))]
pub(crate) async fn import(
    FromState(state): FromState<State>,
    caller: Caller,
    Body(records): Body<Vec<CreateOrder>>,
) -> Answer<Response> {
    caller.require_admin()?;
    let imported = state
        .store
        .write(move |db| {
            let tenant = caller.tenant(db)?;
            let mut imported = ImportedOrders {
                created: 0,
                updated: 0,
                order_numbers: Vec::with_capacity(records.len()),
            };
            for (place, record) in records.iter().enumerate() {
                let (number, new) = take(db, &tenant, record)
                    .map_err(|problem| problem.within(&format!("[{place}]")))?;
                if new {
                    imported.created += 1;
                } else {
                    imported.updated += 1;
                }
                imported.order_numbers.push(number);
            }
            Ok(imported)
        })
        .await?;
    Ok(json(StatusCode::OK, &imported))
}

/// An order that is there already.
struct Known {
    order_id: String,
    order_number: String,
    external_id: Option<String>,
    customer_number: String,
    status: String,
}

/// Writes one record: the order's number, and whether it is new.
fn take(db: &Connection, tenant: &Tenant, record: &CreateOrder) -> Answer<(String, bool)> {
    let owner = account(db, tenant, &record.customer_number).map_err(|_| {
        Problem::field(
            "customerNumber",
            format!("There is no customer '{}'.", record.customer_number),
        )
    })?;
    let external_id = text("externalId", record.external_id.as_deref(), LONGEST_NAME)?;
    let order_number = text(
        "orderNumber",
        record.order_number.as_deref(),
        LONGEST_PO_NUMBER,
    )?;
    if let Some(OrderStatus::Other(name)) = &record.order_status {
        return Err(Problem::field(
            "orderStatus",
            format!("'{name}' is not a status of orders."),
        ));
    }
    if let Some(tier) = &record.price_tier {
        request::check_tier(db, tenant, tier)?;
    }
    if let Some(rep) = &record.taken_by_rep_number {
        request::check_rep(db, tenant, rep)?;
    }
    let ordered_at = match &record.order_date {
        None => clock::now(),
        Some(date) => clock::instant(date.as_str())
            .map(clock::text)
            .ok_or_else(|| Problem::field("orderDate", "'orderDate' is not a date and time."))?,
    };
    let known = known(db, tenant, external_id, order_number)?;
    let tier = record.price_tier.as_deref().unwrap_or(&owner.tier);
    let currency = &owner.currency;
    let details = record.shipping_details.as_ref();
    let order = NewOrder {
        order_id: Uuid::new_v4().to_string(),
        order_number: match (&known, order_number) {
            (Some(known), _) => known.order_number.clone(),
            (None, Some(number)) => number.to_owned(),
            (None, None) => free_number(db, tenant)?,
        },
        confirmation_id: None,
        cart_id: None,
        external_id,
        customer: &owner.customer,
        status: record.order_status.clone().unwrap_or(OrderStatus::Pending),
        order_type: text("orderType", record.order_type.as_deref(), LONGEST_PO_NUMBER)?
            .unwrap_or("Direct"),
        channel: text("channel", record.channel.as_deref(), LONGEST_PO_NUMBER)?.unwrap_or("Import"),
        tier,
        currency,
        terms: text("terms", record.terms.as_deref(), LONGEST_PO_NUMBER)?
            .or(owner.customer.terms.as_deref()),
        po_number: text("poNumber", record.po_number.as_deref(), LONGEST_PO_NUMBER)?,
        notes: text("notes", record.notes.as_deref(), LONGEST_NOTES)?,
        taken_by: record.taken_by_rep_number.as_deref(),
        shipping_address: request::address_or_first(
            "shippingAddress",
            record.shipping_address.as_ref(),
            &owner,
            true,
        )?,
        billing_address: request::address_or_first(
            "billingAddress",
            record.billing_address.as_ref(),
            &owner,
            false,
        )?,
        shipping_method: text(
            "shippingDetails.shippingMethod",
            details.and_then(|details| details.shipping_method.as_deref()),
            LONGEST_NAME,
        )?,
        carrier: text(
            "shippingDetails.carrier",
            details.and_then(|details| details.carrier.as_deref()),
            LONGEST_NAME,
        )?,
        tracking_number: text(
            "shippingDetails.trackingNumber",
            details.and_then(|details| details.tracking_number.as_deref()),
            LONGEST_NAME,
        )?,
        paid: Paid {
            method: "none".to_owned(),
            ..Paid::default()
        },
        lines: request::lines(db, tenant, record, tier, currency, Lines::Historical)?,
        tax: request::amount("tax", record.tax, currency)?,
        shipping: request::amount(
            "shippingDetails.total",
            details.and_then(|details| details.total),
            currency,
        )?,
        ordered_at,
    };
    if let Some(known) = known {
        update(db, &known, &order, record.order_date.is_some())?;
        return Ok((known.order_number, false));
    }
    insert(db, tenant, &order)?;
    Ok((order.order_number, true))
}

/// The order that a record means.
fn known(
    db: &Connection,
    tenant: &Tenant,
    external_id: Option<&str>,
    order_number: Option<&str>,
) -> Answer<Option<Known>> {
    let find = |column: &str, value: Option<&str>| -> Answer<Option<Known>> {
        let Some(value) = value else { return Ok(None) };
        Ok(db
            .prepare_cached(&format!(
                "SELECT order_id, order_number, external_id, customer_number, status FROM orders
                 WHERE org = ? AND {column} = ?"
            ))?
            .query_row((tenant.org, value), |row| {
                Ok(Known {
                    order_id: row.get(0)?,
                    order_number: row.get(1)?,
                    external_id: row.get(2)?,
                    customer_number: row.get(3)?,
                    status: row.get(4)?,
                })
            })
            .optional()?)
    };
    let by_id = find("external_id", external_id)?;
    let by_number = find("order_number", order_number)?;
    let conflict = |detail: String| Err(Problem::new(StatusCode::CONFLICT).detail(detail));
    match (by_id, by_number) {
        (Some(one), Some(other)) if one.order_id != other.order_id => conflict(format!(
            "The externalId belongs to the order {}, the orderNumber is {}.",
            one.order_number, other.order_number
        )),
        (Some(one), None) if order_number.is_some() => conflict(format!(
            "The externalId belongs to the order {}, which keeps its number.",
            one.order_number
        )),
        (None, Some(other)) if external_id.is_some() && other.external_id.is_some() => {
            conflict(format!(
                "The order {} already has another externalId.",
                other.order_number
            ))
        }
        (one, other) => Ok(one.or(other)),
    }
}

fn update(db: &Connection, known: &Known, order: &NewOrder<'_>, dated: bool) -> Answer<()> {
    let conflict = |detail: String| Err(Problem::new(StatusCode::CONFLICT).detail(detail));
    if known.customer_number != order.customer.customer_number {
        return conflict(format!(
            "The order {} belongs to another customer.",
            known.order_number
        ));
    }
    if invoices::disagree(db, &known.order_id, order.total())? {
        return conflict(format!(
            "The order {} has been invoiced with another total.",
            known.order_number
        ));
    }
    let now = clock::now();
    let kept = |address: &Option<nymble_wire::Address>| {
        address
            .as_ref()
            .and_then(|address| serde_json::to_string(address).ok())
    };
    db.prepare_cached(
        "UPDATE orders SET external_id = coalesce(?2, external_id), status = ?3, order_type = ?4, channel = ?5, tier = ?6,
           terms = ?7, po_number = ?8, notes = ?9, taken_by = ?10, shipping_address = ?11, billing_address = ?12,
           shipping_method = ?13, carrier = ?14, tracking_number = ?15, subtotal = ?16, tax = ?17, shipping = ?18,
           total = ?19, ordered_at = CASE WHEN ?20 THEN ?21 ELSE ordered_at END, updated_at = ?22
         WHERE order_id = ?1",
    )?
    .execute(params![
        known.order_id,
        order.external_id,
        order.status.as_str(),
        order.order_type,
        order.channel,
        order.tier,
        order.terms,
        order.po_number,
        order.notes,
        order.taken_by,
        kept(&order.shipping_address),
        kept(&order.billing_address),
        order.shipping_method,
        order.carrier,
        order.tracking_number,
        order.subtotal().to_string(),
        money::to_minor(order.tax, order.currency).to_string(),
        money::to_minor(order.shipping, order.currency).to_string(),
        order.total().to_string(),
        dated,
        order.ordered_at,
        now,
    ])?;
    db.prepare_cached("DELETE FROM order_lines WHERE order_id = ?")?
        .execute([&known.order_id])?;
    insert_lines(db, &known.order_id, &order.lines)?;
    if known.status != order.status.as_str() {
        note_status(db, &known.order_id, &order.status, &now, None)?;
    }
    Ok(())
}
