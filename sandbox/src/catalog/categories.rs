//! Categories: `GET /api/categories`, and one parent's children.

use std::collections::BTreeMap;

use axum::{extract::State as FromState, http::StatusCode, response::Response};
use nymble_wire::{Category, CategoryTree};
use rusqlite::Connection;

use crate::{
    auth::{Caller, Tenant},
    http::{ImageBase, Segments, json},
    problem::{Answer, Problem},
    state::State,
};

struct Row {
    key: i64,
    category_id: String,
    parent: Option<i64>,
    name: String,
    breadcrumb: String,
    glyph: String,
    active: bool,
}

/// All categories as a tree.
fn load(db: &Connection, tenant: &Tenant, images: &ImageBase) -> Answer<Vec<Category>> {
    let rows: Vec<Row> = db
        .prepare_cached(
            "SELECT category, category_id, parent, name, breadcrumb, glyph, active FROM categories
             WHERE org = ? ORDER BY category",
        )?
        .query_map([tenant.org], |row| {
            Ok(Row {
                key: row.get(0)?,
                category_id: row.get(1)?,
                parent: row.get(2)?,
                name: row.get(3)?,
                breadcrumb: row.get(4)?,
                glyph: row.get(5)?,
                active: row.get(6)?,
            })
        })?
        .collect::<rusqlite::Result<_>>()?;
    let ids: BTreeMap<i64, String> = rows
        .iter()
        .map(|row| (row.key, row.category_id.clone()))
        .collect();
    let mut by_parent: BTreeMap<Option<i64>, Vec<Row>> = BTreeMap::new();
    for row in rows {
        by_parent.entry(row.parent).or_default().push(row);
    }
    Ok(below(None, &mut by_parent, &ids, tenant, images))
}

fn below(
    parent: Option<i64>,
    by_parent: &mut BTreeMap<Option<i64>, Vec<Row>>,
    ids: &BTreeMap<i64, String>,
    tenant: &Tenant,
    images: &ImageBase,
) -> Vec<Category> {
    let rows = by_parent.remove(&parent).unwrap_or_default();
    rows.into_iter()
        .map(|row| Category {
            id: Some(row.category_id),
            organization_id: Some(tenant.organization_id.clone()),
            breadcrumb: Some(row.breadcrumb),
            parent_id: row.parent.and_then(|parent| ids.get(&parent).cloned()),
            active: row.active,
            image_url: Some(format!("{}/medium", images.url(&row.glyph))),
            sub_categories: below(Some(row.key), by_parent, ids, tenant, images),
            name: row.name,
        })
        .collect()
}

/// All categories as a tree.
#[utoipa::path(
    get,
    path = "/api/categories",
    tag = "Categories",
    responses((status = 200, body = CategoryTree, description = "The root categories with all below them."))
)]
pub(crate) async fn tree(
    FromState(state): FromState<State>,
    caller: Caller,
    images: ImageBase,
) -> Answer<Response> {
    let categories = state
        .store
        .read(move |db| load(db, &caller.tenant(db)?, &images))
        .await?;
    Ok(json(StatusCode::OK, &CategoryTree { categories }))
}

/// One category's direct children, by its name in any casing.
///
/// Assumption: the documents describe this call (a parent's name in the path, in any casing; a bare array of its
/// direct children) but not its path.
#[utoipa::path(
    get,
    path = "/api/categories/{name}/subcategories",
    tag = "Categories",
    responses((status = 200, body = Vec<Category>, description = "The children, each with all below it."))
)]
pub(crate) async fn children(
    FromState(state): FromState<State>,
    caller: Caller,
    images: ImageBase,
    Segments(parent): Segments<String>,
) -> Answer<Response> {
    let children = state
        .store
        .read(move |db| {
            let tree = load(db, &caller.tenant(db)?, &images)?;
            let found = find(tree, &parent)
                .ok_or_else(|| Problem::not_found(format!("There is no category '{parent}'.")))?;
            Ok(found.sub_categories)
        })
        .await?;
    Ok(json(StatusCode::OK, &children))
}

fn find(tree: Vec<Category>, name: &str) -> Option<Category> {
    let name = name.to_lowercase();
    let mut open = tree;
    while let Some(mut category) = open.pop() {
        if category.name.to_lowercase() == name {
            return Some(category);
        }
        open.append(&mut category.sub_categories);
    }
    None
}
