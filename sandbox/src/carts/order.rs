//! The order a checkout makes: a snapshot of cart, customer and prices, and the cart's end.
//!
//! Assumption: a checkout takes nothing from the stock, and adds neither tax nor shipping: no document says where
//! those would come from.

use nymble_wire::{
    Address, AddressType, BillingAddress, Cart, CheckoutAnswer, CompleteCheckout, OrderStatus,
    OrderType,
};
use rusqlite::Connection;
use rust_decimal::Decimal;
use uuid::Uuid;

use crate::{
    auth::Tenant,
    clock,
    customers::Account,
    invoices,
    orders::{NewLine, NewOrder, first_choice, free_number, insert},
    payments::Paid,
    problem::Answer,
    store::next_id,
};

/// Writes the order with its invoice and closes the cart; without `paid` it is on account.
///
/// Assumption: what is paid by card is invoiced as Paid, what is on account as Issued and due by the terms; a quote on
/// account is invoiced as a Draft, which the customer neither sees nor owes.
pub(super) fn place(
    db: &Connection,
    tenant: &Tenant,
    owner: &Account,
    cart: &Cart,
    wanted: &CompleteCheckout,
    paid: Option<Paid>,
    taken_by: Option<&str>,
) -> Answer<CheckoutAnswer> {
    let confirmation_id = next_id(db, tenant.org, "confirmation", "conf_")?;
    let on_account = Paid {
        method: "terms".to_owned(),
        ..Paid::default()
    };
    let billing = wanted
        .payment
        .as_ref()
        .and_then(|payment| payment.billing_address.as_ref())
        .map(address)
        .or_else(|| cart.billing_address.clone())
        .or_else(|| first_choice(&owner.customer, false));
    let order = NewOrder {
        order_id: Uuid::new_v4().to_string(),
        order_number: free_number(db, tenant)?,
        confirmation_id: Some(confirmation_id.clone()),
        cart_id: Some(&cart.shopping_cart_id),
        external_id: None,
        customer: &owner.customer,
        status: OrderStatus::Pending,
        order_type: cart.order_type.as_str(),
        channel: wanted.channel.trim(),
        tier: &owner.tier,
        currency: &owner.currency,
        terms: owner.customer.terms.as_deref(),
        po_number: cart.po_number.as_deref(),
        notes: cart.special_instructions.as_deref(),
        taken_by,
        shipping_address: cart.shipping_address.clone(),
        billing_address: billing,
        shipping_method: None,
        carrier: None,
        tracking_number: None,
        paid: paid.clone().unwrap_or(on_account),
        lines: cart
            .items
            .iter()
            .map(|line| NewLine {
                sku: line.sku.clone(),
                name: line.name.clone().unwrap_or_default(),
                quantity: line.quantity,
                unit_price: line.unit_price.unwrap_or_default(),
                line_total: line.line_total.unwrap_or_default(),
            })
            .collect(),
        tax: Decimal::ZERO,
        shipping: Decimal::ZERO,
        ordered_at: clock::now(),
    };
    insert(db, tenant, &order)?;
    match paid {
        Some(paid) => invoices::paid(db, tenant, &order, &paid)?,
        None if cart.order_type == OrderType::Quote => invoices::draft(db, tenant, &order)?,
        None => invoices::issued(db, tenant, &order)?,
    }
    let mut keep = db.prepare_cached(
        "UPDATE cart_lines SET name = ?, unit_price = ? WHERE cart_id = ? AND sku = ?",
    )?;
    for line in &order.lines {
        keep.execute((
            &line.name,
            line.unit_price.to_string(),
            &cart.shopping_cart_id,
            &line.sku,
        ))?;
    }
    db.execute(
        "UPDATE carts SET status = 'CLOSED', tier = ?, currency = ?, updated_at = ? WHERE cart_id = ?",
        (&owner.tier, &owner.currency, &order.ordered_at, &cart.shopping_cart_id),
    )?;
    Ok(CheckoutAnswer {
        order_number: order.order_number,
        confirmation_id: Some(confirmation_id),
    })
}

/// A billing address in the spelling that customers and carts use.
fn address(billing: &BillingAddress) -> Address {
    Address {
        line1: billing.address1.clone(),
        line2: billing.address2.clone(),
        city: billing.city.clone(),
        state: billing.state_province.clone(),
        postal_code: billing.zip_postal_code.clone(),
        country: billing.country.clone(),
        address_type: Some(AddressType::Billing),
        ..Address::default()
    }
}
