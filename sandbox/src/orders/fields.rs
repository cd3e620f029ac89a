//! Which fields of an order can be sorted on and filtered by.

use nymble_wire::{Filter, FilterOperator};

use crate::{
    http::{Condition, Field, FieldKind, condition},
    problem::Answer,
};

/// A field of `orders o`, by its documented name without regard to case.
pub(super) fn field(name: &str) -> Option<Field> {
    let (sql, kind) = match name.to_ascii_lowercase().as_str() {
        "ordernumber" => ("o.order_number", FieldKind::Text),
        "orderdate" | "createdat" => ("o.ordered_at", FieldKind::Instant),
        "updatedat" => ("o.updated_at", FieldKind::Instant),
        "orderstatus" | "status" => ("o.status", FieldKind::Text),
        "ordertype" => ("o.order_type", FieldKind::Text),
        "ponumber" => ("o.po_number", FieldKind::Text),
        "pricetier" => ("o.tier", FieldKind::Text),
        "currencycode" => ("o.currency", FieldKind::Text),
        "terms" => ("o.terms", FieldKind::Text),
        "channel" => ("o.channel", FieldKind::Text),
        "externalid" => ("o.external_id", FieldKind::Text),
        "notes" => ("o.notes", FieldKind::Text),
        "originationcartid" => ("o.cart_id", FieldKind::Text),
        "confirmationid" => ("o.confirmation_id", FieldKind::Text),
        "trackingnumber" => ("o.tracking_number", FieldKind::Text),
        "customernumber" | "customer.customernumber" => ("o.customer_number", FieldKind::Text),
        "companyname" | "customer.companyname" => {
            ("json_extract(o.customer, '$.companyName')", FieldKind::Text)
        }
        "repnumber" | "primarysalesrep.repnumber" => ("o.rep_number", FieldKind::Text),
        "subtotal" => ("CAST(o.subtotal AS REAL)", FieldKind::Number),
        "tax" => ("CAST(o.tax AS REAL)", FieldKind::Number),
        "ordertotal" | "total" => ("CAST(o.total AS REAL)", FieldKind::Number),
        _ => return None,
    };
    Some(Field {
        sql: sql.to_owned(),
        kind,
    })
}

/// A filter on the lines: an order matches if any line does; with a negated operator, if no line matches the plain one.
pub(super) fn in_lines(filter: &Filter) -> Answer<Option<Condition>> {
    let column = match filter.field.to_ascii_lowercase().as_str() {
        "sku" | "items.sku" => "l.sku",
        "items.name" => "l.name",
        _ => return Ok(None),
    };
    let line = Field {
        sql: column.to_owned(),
        kind: FieldKind::Text,
    };
    let (not, operator) = match filter.operator {
        FilterOperator::NotEquals => ("NOT ", FilterOperator::Equals),
        FilterOperator::NotContains => ("NOT ", FilterOperator::Contains),
        other => ("", other),
    };
    let plain = Filter {
        operator,
        ..filter.clone()
    };
    let found = condition(&line, &plain)?;
    Ok(Some(Condition {
        sql: format!(
            "{not}EXISTS (SELECT 1 FROM order_lines l WHERE l.order_id = o.order_id AND {})",
            found.sql
        ),
        values: found.values,
    }))
}
