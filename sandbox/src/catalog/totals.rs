//! The catalogue's orders and selections as keys in memory: the page that an offset names is found at once, however
//! far in, and its total is counted without touching a row.
//!
//! Each is read from the database when first asked for and kept until the catalogue changes: triggers count changes
//! in the table `catalogue`, and what was built at another count than a reader sees is not used by it. A key takes
//! eight bytes in an order and one bit in a selection.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use fixedbitset::FixedBitSet;
use rusqlite::{Connection, params_from_iter, types::Value};

use crate::{http::Condition, problem::Answer};

/// At a million products an order takes 8 MB, a selection 125 kB.
const MOST_ORDERS: usize = 12;
const MOST_SELECTIONS: usize = 400;

/// Where a product that is not in an order has its place.
const NOWHERE: u32 = u32::MAX;

/// Products by key: which are selected.
pub(crate) type Selected = FixedBitSet;

/// All products that a caller may see, in one order.
pub(crate) struct Order {
    keys: Vec<u32>,
    places: Vec<u32>,
    members: Selected,
}

/// Each is built once, by whoever asks first; the others wait for it.
type Kept<T> = HashMap<String, Arc<Mutex<Option<Arc<T>>>>>;

#[derive(Default)]
struct Known {
    version: i64,
    orders: Kept<Order>,
    selections: Kept<Selected>,
}

/// What is known of the catalogue as it is.
#[derive(Default)]
pub(crate) struct Totals(Mutex<Known>);

impl Totals {
    /// Everything is another catalogue now.
    pub(crate) fn forget(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Known::default();
    }

    /// The products for which `from_where` holds, ascending by `column`, then SKU, then key.
    pub(crate) fn order(
        &self,
        db: &Connection,
        from_where: &Condition,
        column: &str,
    ) -> Answer<Arc<Order>> {
        let sku = "p.sku COLLATE NOCASE";
        let by_sku = if column == sku {
            String::new()
        } else {
            format!(", {sku}")
        };
        let sql = format!(
            "SELECT p.product {} ORDER BY {column}{by_sku}, p.product",
            from_where.sql
        );
        let values = &from_where.values;
        self.known(
            db,
            |known| (&mut known.orders, MOST_ORDERS),
            format!("{sql} {values:?}"),
            || Ok(Order::new(keys(db, &sql, values)?)),
        )
    }

    /// The products that a query of keys finds.
    pub(crate) fn selected(&self, db: &Connection, query: &Condition) -> Answer<Arc<Selected>> {
        let Condition { sql, values } = query;
        self.known(
            db,
            |known| (&mut known.selections, MOST_SELECTIONS),
            format!("{sql} {values:?}"),
            || {
                let mut selected = Selected::new();
                for key in keys(db, sql, values)? {
                    selected.grow_and_insert(key as usize);
                }
                Ok(selected)
            },
        )
    }

    fn known<T>(
        &self,
        db: &Connection,
        kept: impl FnOnce(&mut Known) -> (&mut Kept<T>, usize),
        name: String,
        build: impl FnOnce() -> Answer<T>,
    ) -> Answer<Arc<T>> {
        let version: i64 = db
            .prepare_cached("SELECT version FROM catalogue")?
            .query_row([], |row| row.get(0))?;
        let slot = {
            let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            if version < known.version {
                // A reader that began before the last change.
                None
            } else {
                if version > known.version {
                    *known = Known {
                        version,
                        ..Known::default()
                    };
                }
                let (kept, most) = kept(&mut known);
                if kept.len() >= most && !kept.contains_key(&name) {
                    kept.clear();
                }
                Some(Arc::clone(kept.entry(name).or_default()))
            }
        };
        let Some(slot) = slot else {
            return Ok(Arc::new(build()?));
        };
        let mut filled = slot.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(there) = &*filled {
            return Ok(Arc::clone(there));
        }
        let made = Arc::new(build()?);
        *filled = Some(Arc::clone(&made));
        Ok(made)
    }
}

fn keys(db: &Connection, sql: &str, values: &[Value]) -> rusqlite::Result<Vec<u32>> {
    db.prepare_cached(sql)?
        .query_map(params_from_iter(values), |row| row.get(0))?
        .collect()
}

impl Order {
    fn new(keys: Vec<u32>) -> Self {
        let end = keys.iter().max().map_or(0, |last| *last as usize + 1);
        let mut places = vec![NOWHERE; end];
        let mut members = Selected::with_capacity(end);
        for (place, key) in (0_u32..).zip(&keys) {
            let key = *key as usize;
            members.insert(key);
            if let Some(found) = places.get_mut(key) {
                *found = place;
            }
        }
        Self {
            keys,
            places,
            members,
        }
    }

    /// All products that are in the order.
    pub(crate) fn members(&self) -> &Selected {
        &self.members
    }

    /// The keys of the selected members (of all when nothing is selected) from `offset` on, at most `size`, in this
    /// order or its reverse.
    pub(crate) fn page(
        &self,
        selected: Option<&Selected>,
        descending: bool,
        offset: usize,
        size: usize,
    ) -> Vec<i64> {
        let ahead = |keys: &mut dyn Iterator<Item = u32>| {
            keys.skip(offset).take(size).map(i64::from).collect()
        };
        let directed = |keys: &[u32]| -> Vec<i64> {
            if descending {
                ahead(&mut keys.iter().rev().copied())
            } else {
                ahead(&mut keys.iter().copied())
            }
        };
        let Some(selected) = selected else {
            return directed(&self.keys);
        };
        let count = selected.count_ones(..);
        if offset >= count {
            return Vec::new();
        }
        if count < self.keys.len() / 16 {
            let mut few: Vec<u32> = selected
                .ones()
                .filter_map(|key| self.places.get(key).copied())
                .filter(|place| *place != NOWHERE)
                .collect();
            few.sort_unstable();
            let few: Vec<u32> = few
                .into_iter()
                .filter_map(|place| self.keys.get(place as usize).copied())
                .collect();
            return directed(&few);
        }
        let wanted = |key: &u32| selected.contains(*key as usize);
        if descending {
            ahead(&mut self.keys.iter().rev().copied().filter(wanted))
        } else {
            ahead(&mut self.keys.iter().copied().filter(wanted))
        }
    }
}
