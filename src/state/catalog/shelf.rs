//! Products as they were last seen on this device, for when there is no connection: what they are and what they
//! cost, with the time.
//!
//! They are kept for each customer by itself, as prices are the customer's. They are shown, marked as old; what
//! is ordered is priced by the server.

use leptos::prelude::*;
use nymble_wire::Product;
use std::sync::Arc;

use crate::ports::{
    database::{self, Store},
    time,
};
use crate::state::session::Session;

/// A product with the time when it was seen, in milliseconds since 1970.
pub(crate) type Seen = (Arc<Product>, i64);

/// The beginning of the keys of what is kept for the present customer.
pub(in crate::state) fn prefix(session: Session) -> Option<String> {
    let mut prefix = untrack(|| session.customer_scope())?;
    prefix.push(' ');
    Some(prefix)
}

/// Keeps products as they were seen just now. Where the device keeps nothing, nothing is kept.
pub(crate) async fn keep(session: Session, products: &[Arc<Product>]) {
    let Some(prefix) = prefix(session) else {
        return;
    };
    let now = time::now_ms();
    let texts: Vec<(String, String)> = products
        .iter()
        .filter_map(|product| {
            let text = serde_json::to_string(product.as_ref()).ok()?;
            Some((format!("{prefix}{}", product.sku), format!("{now} {text}")))
        })
        .collect();
    let _ = database::put_many(Store::Products, &texts).await;
}

/// The products with these SKUs as they were last seen, in the same order.
pub(crate) async fn look(session: Session, skus: &[String]) -> Vec<Option<Seen>> {
    let Some(prefix) = prefix(session) else {
        return vec![None; skus.len()];
    };
    let keys: Vec<String> = skus.iter().map(|sku| format!("{prefix}{sku}")).collect();
    let Ok(kept) = database::get_many(Store::Products, &keys).await else {
        return vec![None; skus.len()];
    };
    kept.into_iter()
        .map(|kept| {
            let text = kept?.text;
            let (seen, product) = text.split_once(' ')?;
            Some((
                Arc::new(nymble_wire::decode(product).ok()?),
                seen.parse().ok()?,
            ))
        })
        .collect()
}
