//! Orders and invoices, in the reference's spelling and in `PascalCase`.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use nymble_wire::{
    Invoice, InvoiceStatus, Order, OrderStatus, PaymentKind, SetOrderStatus, decode,
};
use rust_decimal::Decimal;

const ORDER: &str = r#"{
  "id": "5f0c7b3e-0000-4000-8000-000000000482", "organizationId": "org_4e9b7f22", "orderNumber": "ORD-00412",
  "orderDate": "2024-06-01T10:00:00Z", "orderStatus": "Completed", "orderType": "Direct", "poNumber": "PO-1",
  "priceTier": "Wholesale", "currencyCode": "KWD", "terms": "Net30", "channel": "Phone", "externalId": null,
  "customer": { "customerNumber": "ACME-001", "companyName": "Acme", "shippingAddress": { "address1": "1 Main" } },
  "primarySalesRep": { "repNumber": "SR-019", "firstName": "Dana" },
  "items": [{ "sku": "A", "quantity": 10.0, "unitPrice": 0.1255, "lineTotal": 1.255 }],
  "shippingDetails": { "shippingMethod": "Ground", "total": 2.500, "totalFormatted": "KWD 2.500" },
  "subtotal": 1.255, "tax": 0.005, "orderTotal": 3.760, "statusHistory": [{ "status": "Pending" }]
}"#;

const PASCAL_ORDER: &str = r#"{
  "Id": "1", "OrderNumber": "ORD-00412", "OrderStatus": "Shipped", "PONumber": "PO-1",
  "Items": [{ "Sku": "A", "Quantity": 1 }], "TakenBySalesRep": { "RepNumber": "SR-022" },
  "ShippingDetails": { "Method": "Ground" }, "OrderTotal": 3.760
}"#;

const INVOICE: &str = r#"{
  "Id": "1", "InvoiceNumber": "INV-1", "OrderId": "7", "Status": "PartiallyPaid", "DueDate": "2024-07-01T00:00:00Z",
  "LineItems": [{ "Sku": "A", "Quantity": 1 }], "Total": 100.10, "AmountPaid": 40.05, "BalanceDue": 60.05,
  "Payments": [{ "PaymentId": "p", "Amount": 40.05, "PaymentProfileId": "pp_1", "LastFour": "4242" }]
}"#;

fn amount(text: &str) -> Decimal {
    text.parse().unwrap()
}

#[test]
fn an_order_is_read_field_by_field_and_sent_as_it_came() {
    let order: Order = decode(ORDER).unwrap();
    assert_eq!(order.order_status, OrderStatus::Complete);
    assert_eq!(order.order_total, Some(amount("3.760")));
    assert_eq!(order.external_id, None);
    assert_eq!(
        (order.items[0].quantity, order.items[0].unit_price),
        (10, Some(amount("0.1255")))
    );
    let customer = order.customer.clone().unwrap();
    assert_eq!(customer.shipping_address.unwrap().line1, "1 Main");
    assert_eq!(
        order.primary_sales_rep.clone().unwrap().rep_number,
        "SR-019"
    );
    assert_eq!(
        order.shipping_details.clone().unwrap().total,
        Some(amount("2.500"))
    );
    let sent = serde_json::to_string(&order).unwrap();
    assert_eq!(decode::<Order>(&sent).unwrap(), order);
}

#[test]
fn the_concept_pages_spelling_is_read() {
    let order: Order = decode(PASCAL_ORDER).unwrap();
    assert_eq!(order.po_number.as_deref(), Some("PO-1"));
    assert_eq!(order.order_status, OrderStatus::Shipped);
    assert_eq!(order.taken_by_sales_rep.unwrap().rep_number, "SR-022");
    assert_eq!(
        order.shipping_details.unwrap().shipping_method.as_deref(),
        Some("Ground")
    );
    let status: SetOrderStatus = decode(r#"{"Status":"Canceled"}"#).unwrap();
    assert_eq!(status.order_status, OrderStatus::Cancelled);
}

#[test]
fn an_invoice_is_read_with_its_payments() {
    let invoice: Invoice = decode(INVOICE).unwrap();
    assert_eq!(invoice.status, InvoiceStatus::PartiallyPaid);
    assert!(invoice.status.is_payable());
    assert_eq!(
        (invoice.balance, invoice.items.len()),
        (Some(amount("60.05")), 1)
    );
    let payment = &invoice.payments[0];
    assert_eq!(
        (payment.kind.clone(), Some(payment.amount)),
        (PaymentKind::Payment, Some(amount("40.05")))
    );
    assert_eq!(payment.payment_profile_id.as_deref(), Some("pp_1"));
    assert_eq!(
        InvoiceStatus::from("Disputed"),
        InvoiceStatus::Other("Disputed".to_owned())
    );
    assert!(!InvoiceStatus::from("draft").is_payable());
}
