//! Which product fields can be sorted on and filtered, and what they are in the database (`p` is the product).

use rusqlite::{Connection, OptionalExtension, types::Value};

use nymble_wire::{Filter, FilterOperator};

use crate::{
    auth::{Caller, Tenant},
    catalog::list_id,
    http::{Condition, Field, FieldKind},
    problem::{Answer, Problem},
};

/// What a product list needs to know to name its columns.
pub(crate) struct ProductFields {
    org: i64,
    tier_list: Option<i64>,
    base_list: Option<i64>,
}

impl ProductFields {
    /// For the caller's tier and currency.
    pub(crate) fn of(db: &Connection, caller: &Caller, tenant: &Tenant) -> Answer<Self> {
        let currency = caller.currency(tenant);
        Ok(Self {
            org: tenant.org,
            tier_list: list_id(db, tenant.org, currency, caller.tier())?,
            base_list: list_id(db, tenant.org, currency, "")?,
        })
    }

    /// The resolved price in ten-thousandths, as [`crate::pricing::unit_price`] resolves it for one unit.
    fn price(&self) -> String {
        let list = |list: Option<i64>| list.map_or("NULL".to_owned(), |key| key.to_string());
        let (tier, base) = (list(self.tier_list), list(self.base_list));
        format!("one_unit(p.prices, {tier}, {base})")
    }

    /// What to sort by.
    pub(crate) fn sort(&self, name: &str) -> Option<Sort> {
        Some(Sort::Column(match name.to_ascii_lowercase().as_str() {
            "sku" => return Some(Sort::Sku),
            "name" => "p.name".to_owned(),
            "price" => self.price(),
            "category" => category_name(),
            "description" => description(),
            other => plain(other)?.0.to_owned(),
        }))
    }

    /// The field to filter.
    ///
    /// Assumption: besides the documented `Sku` and `Name`, every plain field of the product object can be filtered,
    /// and an attribute by its name (`productAttributes.material`).
    pub(crate) fn filter(&self, name: &str) -> Option<Field> {
        let field = |sql: &str, kind| {
            Some(Field {
                sql: sql.to_owned(),
                kind,
            })
        };
        match name.to_ascii_lowercase().as_str() {
            "sku" => field("p.sku", FieldKind::IndexedText),
            "name" => field("p.name", FieldKind::IndexedText),
            "description" => field(&description(), FieldKind::Text),
            "price" => field(&format!("({} / 10000.0)", self.price()), FieldKind::Number),
            "category" => field(&category_name(), FieldKind::Text),
            other => match plain(other) {
                Some((sql, kind)) => field(sql, kind),
                None => attribute(name),
            },
        }
    }

    /// Equality with a category, which [`Self::filter`] alone would read as equality of names.
    ///
    /// Assumption: `Category equals X` means X and everything below it in the tree, as a buyer who opens a
    /// department expects; `notequals` is its opposite. The other operators look at the product's own category.
    pub(crate) fn category(&self, db: &Connection, filter: &Filter) -> Answer<Option<Condition>> {
        // Not `coalesce(p.category, …)`: an expression would keep the index from being used.
        let within = match filter.operator {
            FilterOperator::Equals => "p.category IN",
            FilterOperator::NotEquals => "p.category IS NULL OR p.category NOT IN",
            _ => return Ok(None),
        };
        if !filter.field.eq_ignore_ascii_case("category") {
            return Ok(None);
        }
        let root: Option<i64> = db
            .prepare_cached(
                "SELECT category FROM categories WHERE org = ? AND (name = ?2 OR category_id = ?2)",
            )?
            .query_row((self.org, &filter.value), |row| row.get(0))
            .optional()?;
        let mut below = db.prepare_cached(
            "WITH RECURSIVE tree (category) AS (
               VALUES (?1) UNION ALL SELECT c.category FROM categories c JOIN tree t ON c.parent = t.category
             ) SELECT category FROM tree",
        )?;
        let keys: Vec<Value> = match root {
            Some(root) => below
                .query_map([root], |row| row.get(0))?
                .collect::<rusqlite::Result<_>>()?,
            None => Vec::new(),
        };
        let places = vec!["?"; keys.len()].join(", ");
        Ok(Some(Condition {
            sql: format!("({within} ({places}))"),
            values: keys,
        }))
    }
}

/// What products are sorted by.
pub(crate) enum Sort {
    /// Their SKU, which breaks ties everywhere else.
    Sku,
    /// A column, as SQL.
    Column(String),
}

fn description() -> String {
    "(SELECT t.text FROM texts t WHERE t.text_key = p.description)".to_owned()
}

fn category_name() -> String {
    "(SELECT c.name FROM categories c WHERE c.category = p.category)".to_owned()
}

fn plain(name: &str) -> Option<(&'static str, FieldKind)> {
    Some(match name {
        "productid" => ("p.product_id", FieldKind::Text),
        "upc" => ("p.upc", FieldKind::Text),
        "externalid" => ("p.external_id", FieldKind::Text),
        "active" => ("p.active", FieldKind::Flag),
        "quantityonhand" => ("p.on_hand", FieldKind::Number),
        "minimumorderquantity" => ("p.minimum", FieldKind::Number),
        "quantityincrement" => ("p.increment", FieldKind::Number),
        "weight" => ("CAST(p.weight AS REAL)", FieldKind::Number),
        "weightunit" => ("p.weight_unit", FieldKind::Text),
        "dimensions" => ("p.dimensions", FieldKind::Text),
        "dimensionsunit" => ("p.dimensions_unit", FieldKind::Text),
        "createdat" => ("p.created_at", FieldKind::Text),
        "updatedat" => ("p.updated_at", FieldKind::Text),
        _ => return None,
    })
}

/// An attribute; its name becomes part of a JSON path, so only harmless names are taken.
fn attribute(name: &str) -> Option<Field> {
    let lower = name.to_ascii_lowercase();
    let key = if lower.starts_with("productattributes.") {
        name.get("productattributes.".len()..)?
    } else {
        return None;
    };
    let harmless =
        |letter: char| letter.is_alphanumeric() || letter == ' ' || letter == '-' || letter == '_';
    if key.is_empty() || !key.chars().all(harmless) {
        return None;
    }
    Some(Field {
        sql: format!(
            "CAST(json_extract((SELECT t.text FROM texts t WHERE t.text_key = p.attributes), '$.\"{key}\"') AS TEXT)"
        ),
        kind: FieldKind::Text,
    })
}

/// 400 for a field that cannot be sorted on.
pub(crate) fn unsortable(name: &str) -> Problem {
    Problem::field(
        "sortOn",
        format!("'{name}' is not a field that can be sorted on."),
    )
}
