//! What a product is: description, measures, codes, the merchant's own attributes.

use leptos::prelude::*;
use nymble_wire::Product;
use std::sync::Arc;

use crate::{
    components::facts::{Facts, fact, facts},
    {domain::keyboard::jump::may_be_a_number, locale::use_locale},
};

/// A value of a merchant's attribute, as text.
fn attribute_text(value: &serde_json::Value) -> String {
    match value {
        serde_json::Value::String(text) => text.clone(),
        serde_json::Value::Null => String::new(),
        other => other.to_string(),
    }
}

/// Description and specifications.
#[component]
pub(crate) fn Details(
    /// The product.
    #[prop(into)]
    product: Arc<Product>,
) -> AnyView {
    let locale = use_locale();
    let product = Arc::unwrap_or_clone(product);
    let with_unit = |value: String, unit: &Option<String>| match unit {
        Some(unit) => {
            let mut text = value;
            text.push(' ');
            text.push_str(unit);
            text
        }
        None => value,
    };
    let mut rows: Vec<(String, String)> = Vec::new();
    let mut row = |message: &str, value: Option<String>| {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            rows.push((locale.text(message), value));
        }
    };
    row("product.sku", Some(product.sku.clone()));
    row("product.upc", product.upc.clone());
    row("product.category", product.category.clone());
    row("product.type", product.product_type.clone());
    let dimensions = product
        .dimensions
        .clone()
        .map(|text| text.replace('x', " × "));
    row(
        "product.dimensions",
        dimensions.map(|text| with_unit(text, &product.dimensions_unit)),
    );
    let weight = product.weight.map(|weight| locale.decimal(weight));
    row(
        "product.weight",
        weight.map(|text| with_unit(text, &product.weight_unit)),
    );
    row("product.external_id", product.external_id.clone());
    row(
        "product.updated",
        product.updated_at.as_ref().map(|time| locale.date(time)),
    );
    for (name, value) in &product.product_attributes {
        let value = attribute_text(value);
        if !value.is_empty() {
            rows.push((name.clone(), value));
        }
    }
    let sku = product.sku.clone();
    let rows = rows
        .into_iter()
        .map(|(name, value)| {
            // The SKU, and whatever has digits and no spaces, is a code: nothing to translate.
            let is_code = (value == sku || may_be_a_number(&value)).then_some("no");
            fact(
                name,
                view! { <span translate=is_code>{value}</span> }.into_any(),
            )
        })
        .collect_view();
    // The documents allow rich text here; it is shown as the text it is, never as HTML.
    let description = product
        .description
        .clone()
        .filter(|text| !text.trim().is_empty())
        .map(|text| view! { <p class="description">{text}</p> });
    view! {
        {description}
        <h2>{locale.text("product.specifications")}</h2>
        {facts(Facts::Columns, rows.into_any())}
    }
    .into_any()
}
