//! `POST /api/products/bulk`: many products at once, all or none.

use axum::{extract::State as FromState, http::StatusCode, response::Response};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{
    auth::Caller,
    catalog::upsert::{Given, put},
    http::{Body, json, typed},
    problem::{Answer, Problem},
    state::State,
};

/// The most products of one import.
///
/// Assumption: the documents name no limit.
const MOST_PRODUCTS: usize = 1_000;

/// The products of an import; a bare array of them is taken as well.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
pub(crate) struct BulkProducts {
    /// At most 1,000.
    products: Vec<Given>,
}

/// What an import did.
#[derive(Debug, Default, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct BulkProductsAnswer {
    /// How many products are new.
    created: u64,
    /// How many were there before.
    updated: u64,
    /// What became of each record, in the order given.
    products: Vec<BulkProduct>,
}

/// What became of one record.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
struct BulkProduct {
    product_id: String,
    sku: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    external_id: Option<String>,
    created: bool,
}

/// Imports products: each is created, or updates the one with its SKU or `externalId`, so sending it again is safe.
///
/// Assumption: the body is a bare array, or an object with `products`; it is answered 200 with what became of each
/// record. A fault in one record keeps all from being written; more than 1,000 records are a 413.
#[utoipa::path(
    post,
    path = "/api/products/bulk",
    tag = "Products",
    request_body = BulkProducts,
    responses((status = 200, body = BulkProductsAnswer, description = "What became of each record."))
)]
pub(crate) async fn import(
    FromState(state): FromState<State>,
    caller: Caller,
    Body(body): Body<Value>,
) -> Answer<Response> {
    caller.require_admin()?;
    let wrapped = match body {
        Value::Array(_) => serde_json::json!({ "products": body }),
        other => other,
    };
    let given: BulkProducts = typed(wrapped)?;
    if given.products.len() > MOST_PRODUCTS {
        return Err(Problem::new(StatusCode::PAYLOAD_TOO_LARGE).detail(format!(
            "At most {MOST_PRODUCTS} products can be imported at once."
        )));
    }
    let answer = state
        .store
        .write(move |db| {
            let tenant = caller.tenant(db)?;
            let mut answer = BulkProductsAnswer::default();
            let mut kept = db.prepare_cached(
                "SELECT product_id, sku, external_id FROM products WHERE product = ?",
            )?;
            for (place, product) in given.products.iter().enumerate() {
                let (created, key) = put(
                    db,
                    &caller,
                    &tenant,
                    product,
                    &format!("products[{place}]."),
                )?;
                if created {
                    answer.created += 1;
                } else {
                    answer.updated += 1;
                }
                answer.products.push(kept.query_row([key], |row| {
                    Ok(BulkProduct {
                        product_id: row.get(0)?,
                        sku: row.get(1)?,
                        external_id: row.get(2)?,
                        created,
                    })
                })?);
            }
            Ok(answer)
        })
        .await?;
    Ok(json(StatusCode::OK, &answer))
}
