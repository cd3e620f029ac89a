//! The catalogue's orders and selections in memory: the page that an offset names is found at once, however far in, and
//! its total is counted without touching a row.
//!
//! Each is read from the database when first asked for and kept until the catalogue changes: triggers count changes
//! in the table `catalogue`, and what was built at another count than a reader sees is not used by it. An order takes
//! eight bytes a product. A selection holds places of an order rather than keys: products that are alike stand side by
//! side there, which a compressed bitmap keeps in little room.

use std::{
    cmp::Ordering,
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use roaring::RoaringBitmap;
use rusqlite::{Connection, params_from_iter, types::ValueRef};

use crate::{http::Condition, problem::Answer};

use super::order::Order;

/// At a million products an order takes 8 MB.
const MOST_ORDERS: usize = 12;
/// Bytes of all selections together.
const MOST_SELECTED: usize = 48 * 1024 * 1024;

/// Which are selected: by their places in an order, or by key.
pub(crate) type Selected = RoaringBitmap;

/// Each is built once, by whoever asks first; the others wait for it.
type Slot<T> = Arc<Mutex<Option<Arc<T>>>>;
type Kept<T> = HashMap<String, Slot<T>>;

#[derive(Default)]
struct Known {
    version: i64,
    orders: Kept<Order>,
    selections: Kept<Selected>,
    /// Bytes of the selections.
    selected: usize,
}

/// What is known of the catalogue as it is.
#[derive(Default)]
pub(crate) struct Totals(Mutex<Known>);

impl Totals {
    /// Everything is another catalogue now.
    pub(crate) fn forget(&self) {
        *self.lock() = Known::default();
    }

    /// The products for which `from_where` holds, by SKU, then key.
    pub(crate) fn by_sku(&self, db: &Connection, from_where: &Condition) -> Answer<Arc<Order>> {
        let Condition { sql, values } = from_where;
        let sql = format!("SELECT p.product {sql} ORDER BY p.sku COLLATE NOCASE, p.product");
        self.order(db, format!("{sql} {values:?}"), |name| {
            let keys = db
                .prepare_cached(&sql)?
                .query_map(params_from_iter(values), |row| row.get(0))?
                .collect::<rusqlite::Result<_>>()?;
            Ok(Order::new(name, keys))
        })
    }

    /// The same products, ascending by a column (nothing first, then numbers, then text without regard to case), then
    /// as [`Self::by_sku`].
    pub(crate) fn by(
        &self,
        db: &Connection,
        from_where: &Condition,
        column: &str,
    ) -> Answer<Arc<Order>> {
        let Condition { sql, values } = from_where;
        let by_sku = self.by_sku(db, from_where)?;
        let sql = format!("SELECT p.product, {column} {sql}");
        self.order(db, format!("{sql} {values:?}"), |name| {
            // Sorted here, as the database would carry the SKU of every product along to break ties.
            let mut found = db
                .prepare_cached(&sql)?
                .query_map(params_from_iter(values), |row| {
                    let key: u32 = row.get(0)?;
                    let value = Sortable::of(row.get_ref(1)?);
                    Ok((value, by_sku.place(key).unwrap_or(u32::MAX), key))
                })?
                .collect::<rusqlite::Result<Vec<_>>>()?;
            found.sort_unstable_by(|a, b| a.0.compare(&b.0).then(a.1.cmp(&b.1)));
            let keys = found.into_iter().map(|(_, _, key)| key).collect();
            Ok(Order::new(name, keys))
        })
    }

    /// The places in `order` of what a query of keys finds.
    pub(crate) fn selected(
        &self,
        db: &Connection,
        order: &Order,
        query: &Condition,
    ) -> Answer<Arc<Selected>> {
        let Condition { sql, values } = query;
        let name = format!("{sql} {values:?}");
        let in_order = format!("{name} in {}", order.name());
        self.selection(db, &in_order, || {
            let keys = self.selection(db, &name, || {
                Ok(db
                    .prepare_cached(sql)?
                    .query_map(params_from_iter(values), |row| row.get::<_, u32>(0))?
                    .collect::<rusqlite::Result<Selected>>()?)
            })?;
            let mut places: Vec<u32> = keys.iter().filter_map(|key| order.place(key)).collect();
            places.sort_unstable();
            Ok(places.into_iter().collect())
        })
    }

    fn order(
        &self,
        db: &Connection,
        name: String,
        build: impl FnOnce(String) -> Answer<Order>,
    ) -> Answer<Arc<Order>> {
        let slot = self.current(db)?.map(|mut known| {
            if known.orders.len() >= MOST_ORDERS && !known.orders.contains_key(&name) {
                known.orders.clear();
            }
            Arc::clone(known.orders.entry(name.clone()).or_default())
        });
        filled(slot, || build(name))
    }

    fn selection(
        &self,
        db: &Connection,
        name: &str,
        build: impl FnOnce() -> Answer<Selected>,
    ) -> Answer<Arc<Selected>> {
        let slot = self
            .current(db)?
            .map(|mut known| Arc::clone(known.selections.entry(name.to_owned()).or_default()));
        filled(slot, || {
            let mut selected = build()?;
            selected.optimize();
            let mut known = self.lock();
            known.selected += selected.serialized_size() + name.len();
            if known.selected > MOST_SELECTED {
                known.selections.clear();
                known.selected = 0;
            }
            drop(known);
            Ok(selected)
        })
    }

    /// What is known of the catalogue that the reader sees; nothing for one that began before the last change.
    fn current(&self, db: &Connection) -> Answer<Option<MutexGuard<'_, Known>>> {
        let version: i64 = db
            .prepare_cached("SELECT version FROM catalogue")?
            .query_row([], |row| row.get(0))?;
        let mut known = self.lock();
        if version > known.version {
            *known = Known {
                version,
                ..Known::default()
            };
        }
        Ok((version == known.version).then_some(known))
    }

    fn lock(&self) -> MutexGuard<'_, Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn filled<T>(slot: Option<Slot<T>>, build: impl FnOnce() -> Answer<T>) -> Answer<Arc<T>> {
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

/// A column's value to sort by.
enum Sortable {
    Nothing,
    Number(f64),
    Text(Box<[u8]>),
}

impl Sortable {
    fn of(value: ValueRef<'_>) -> Self {
        match value {
            ValueRef::Null => Self::Nothing,
            // Stock, flags and prices are all below 2^53.
            #[expect(clippy::cast_precision_loss)]
            ValueRef::Integer(number) => Self::Number(number as f64),
            ValueRef::Real(number) => Self::Number(number),
            ValueRef::Text(text) | ValueRef::Blob(text) => {
                Self::Text(text.to_ascii_lowercase().into())
            }
        }
    }

    fn compare(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Nothing, Self::Nothing) => Ordering::Equal,
            (Self::Number(one), Self::Number(other)) => one.total_cmp(other),
            (Self::Text(one), Self::Text(other)) => one.cmp(other),
            (Self::Nothing, _) | (Self::Number(_), Self::Text(_)) => Ordering::Less,
            _ => Ordering::Greater,
        }
    }
}
