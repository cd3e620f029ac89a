//! Orders and their lines as rows of a CSV file: plain decimals, ISO dates, the API's own names.

use nymble_wire::{Order, OrderLine};
use rust_decimal::Decimal;

use crate::values::{csv::Csv, money::to_plain_string};

/// The columns of a file with one row an order, as messages.
pub const ORDER_COLUMNS: [&str; 18] = [
    "orders.number",
    "orders.date",
    "orders.status",
    "orders.type",
    "orders.po_number",
    "orders.lines",
    "orders.subtotal",
    "orders.shipping",
    "orders.tax",
    "orders.total",
    "orders.currency",
    "orders.terms",
    "orders.channel",
    "orders.confirmation_id",
    "orders.carrier",
    "orders.tracking_number",
    "orders.customer_number",
    "orders.company",
];

/// The columns of a file with one row an order line, as messages.
pub const LINE_COLUMNS: [&str; 12] = [
    "orders.number",
    "orders.date",
    "orders.status",
    "orders.type",
    "orders.po_number",
    "orders.line",
    "orders.sku",
    "orders.name",
    "orders.quantity",
    "orders.unit_price",
    "orders.line_total",
    "orders.currency",
];

fn text(value: Option<&String>) -> &str {
    value.map_or("", String::as_str)
}

fn amount(value: Option<Decimal>) -> String {
    value.map(to_plain_string).unwrap_or_default()
}

/// Adds the row of one order; `day` is when it was placed, as `YYYY-MM-DD`.
pub fn add_order(csv: &mut Csv, order: &Order, day: &str) {
    let shipping = order.shipping_details.as_ref();
    let customer = order.customer.as_ref();
    csv.row(&[
        &order.order_number,
        day,
        order.order_status.as_str(),
        text(order.order_type.as_ref()),
        text(order.po_number.as_ref()),
        &order.items.len().to_string(),
        &amount(order.subtotal),
        &amount(shipping.and_then(|details| details.total)),
        &amount(order.tax),
        &amount(order.order_total),
        text(order.currency_code.as_ref()),
        text(order.terms.as_ref()),
        text(order.channel.as_ref()),
        text(order.confirmation_id.as_ref()),
        text(shipping.and_then(|details| details.carrier.as_ref())),
        text(shipping.and_then(|details| details.tracking_number.as_ref())),
        customer.map_or("", |customer| &customer.customer_number),
        customer.map_or("", |customer| &customer.company_name),
    ]);
}

/// Adds a row for each line of an order; `day` is when it was placed, as `YYYY-MM-DD`.
pub fn add_lines(csv: &mut Csv, order: &Order, day: &str) {
    for (place, line) in order.items.iter().enumerate() {
        let OrderLine { sku, quantity, .. } = line;
        let number = line
            .line_number
            .unwrap_or_else(|| i64::try_from(place + 1).unwrap_or(i64::MAX));
        csv.row(&[
            &order.order_number,
            day,
            order.order_status.as_str(),
            text(order.order_type.as_ref()),
            text(order.po_number.as_ref()),
            &number.to_string(),
            sku,
            text(line.name.as_ref()),
            &quantity.to_string(),
            &amount(line.unit_price),
            &amount(line.line_total),
            text(order.currency_code.as_ref()),
        ]);
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    fn order() -> Order {
        nymble_wire::decode(
            r#"{"id":"1","orderNumber":"MOM-1","orderStatus":"Shipped","orderType":"Quote",
                "poNumber":"=1+1","currencyCode":"USD","subtotal":1234567890123.4500,"tax":0.10,
                "orderTotal":1234567890133.5500,"shippingDetails":{"total":10,"carrier":"UPS"},
                "customer":{"customerNumber":"ACME-001","companyName":"Acme, Inc."},
                "items":[{"sku":"A-1","name":"Bolt 5/8\"","quantity":12,"unitPrice":0.0375,
                "lineTotal":0.45},{"sku":"B","quantity":1}]}"#,
        )
        .unwrap()
    }

    fn written(add: fn(&mut Csv, &Order, &str)) -> Vec<String> {
        let mut csv = Csv::new(&["columns"]);
        add(&mut csv, &order(), "2024-05-01");
        let text = csv.finish();
        text.lines().skip(1).map(str::to_owned).collect()
    }

    #[test]
    fn an_order_is_a_row_with_exact_amounts_and_no_formula() {
        assert_eq!(
            written(add_order),
            [
                "MOM-1,2024-05-01,Shipped,Quote,\"'=1+1\",2,1234567890123.4500,10,0.10,\
                 1234567890133.5500,USD,,,,UPS,,ACME-001,\"Acme, Inc.\""
            ]
        );
    }

    #[test]
    fn every_line_is_a_row() {
        assert_eq!(
            written(add_lines),
            [
                "MOM-1,2024-05-01,Shipped,Quote,\"'=1+1\",1,A-1,\"Bolt 5/8\"\"\",12,0.0375,0.45,USD",
                "MOM-1,2024-05-01,Shipped,Quote,\"'=1+1\",2,B,,1,,,USD",
            ]
        );
    }

    #[test]
    fn rows_are_as_wide_as_their_columns() {
        // A row without quoted commas, so that they can be counted.
        let mut plain = order();
        plain.customer = None;
        let width = |add: fn(&mut Csv, &Order, &str)| {
            let mut csv = Csv::new(&["columns"]);
            add(&mut csv, &plain, "");
            let text = csv.finish();
            text.lines().nth(1).unwrap().split(',').count()
        };
        assert_eq!(width(add_order), ORDER_COLUMNS.len());
        assert_eq!(width(add_lines), LINE_COLUMNS.len());
    }
}
