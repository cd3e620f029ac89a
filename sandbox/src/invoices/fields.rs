//! Which fields of an invoice can be sorted on and filtered by.

use crate::http::{Field, FieldKind};

/// A field of `invoices i`, by its documented name without regard to case.
pub(super) fn field(name: &str) -> Option<Field> {
    let (sql, kind) = match name.to_ascii_lowercase().as_str() {
        "invoicenumber" => ("i.invoice_number", FieldKind::Text),
        "invoicedate" => ("i.invoice_date", FieldKind::Instant),
        "duedate" => ("i.due_date", FieldKind::Instant),
        "updatedat" => ("i.updated_at", FieldKind::Instant),
        "status" => ("i.status", FieldKind::Text),
        "orderid" => ("i.order_id", FieldKind::Text),
        "ordernumber" => ("i.order_number", FieldKind::Text),
        "externalid" => ("i.external_id", FieldKind::Text),
        "terms" => ("i.terms", FieldKind::Text),
        "currencycode" => ("i.currency", FieldKind::Text),
        "ponumber" => ("i.po_number", FieldKind::Text),
        "notes" => ("i.notes", FieldKind::Text),
        "customernumber" | "customerid" | "customer.customernumber" => {
            ("i.customer_number", FieldKind::Text)
        }
        "companyname" | "customer.companyname" => {
            ("json_extract(i.customer, '$.companyName')", FieldKind::Text)
        }
        "repnumber" | "salesrep.repnumber" => ("i.rep_number", FieldKind::Text),
        "subtotal" => ("CAST(i.subtotal AS REAL)", FieldKind::Number),
        "discount" => ("CAST(i.discount AS REAL)", FieldKind::Number),
        "tax" => ("CAST(i.tax AS REAL)", FieldKind::Number),
        "shipping" => ("CAST(i.shipping AS REAL)", FieldKind::Number),
        "total" => ("CAST(i.total AS REAL)", FieldKind::Number),
        "amountpaid" => ("CAST(i.paid AS REAL)", FieldKind::Number),
        "amountrefunded" => ("CAST(i.refunded AS REAL)", FieldKind::Number),
        "balance" => ("CAST(i.balance AS REAL)", FieldKind::Number),
        _ => return None,
    };
    Some(Field {
        sql: sql.to_owned(),
        kind,
    })
}
