//! All products that a caller may see, in one order.

use std::ops::Range;

use rusqlite::Connection;

use super::totals::Selected;

/// Where a product that is not in an order has its place.
const NOWHERE: u32 = u32::MAX;

/// Keys of products in an order, and the place of each key.
#[derive(Debug)]
pub(crate) struct Order {
    name: String,
    keys: Vec<u32>,
    places: Vec<u32>,
}

impl Order {
    /// The order of these keys; the name tells it from any other order.
    pub(super) fn new(name: String, keys: Vec<u32>) -> Self {
        let end = keys.iter().max().map_or(0, |last| *last as usize + 1);
        let mut places = vec![NOWHERE; end];
        for (place, key) in (0_u32..).zip(&keys) {
            if let Some(found) = places.get_mut(*key as usize) {
                *found = place;
            }
        }
        Self { name, keys, places }
    }

    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// How many products are in it.
    pub(super) fn len(&self) -> u64 {
        self.keys.len() as u64
    }

    /// Where a product stands, if it is in the order.
    pub(super) fn place(&self, key: u32) -> Option<u32> {
        let place = self.places.get(key as usize).copied();
        place.filter(|place| *place != NOWHERE)
    }

    /// The keys of the selected products (of all when nothing is selected) from `offset` on, at most `size`, in this
    /// order or its reverse.
    pub(super) fn page(
        &self,
        selected: Option<&Selected>,
        descending: bool,
        offset: u64,
        size: u64,
    ) -> Vec<i64> {
        let count = selected.map_or(self.len(), Selected::len);
        let end = offset.saturating_add(size).min(count);
        let ranks = if descending {
            count.saturating_sub(end)..count.saturating_sub(offset)
        } else {
            offset.min(end)..end
        };
        let mut keys = match selected {
            None => self.keys_at(ranks.filter_map(|rank| u32::try_from(rank).ok())),
            Some(selected) => {
                let first = u32::try_from(ranks.start)
                    .ok()
                    .and_then(|rank| selected.select(rank));
                let wanted = usize::try_from(ranks.end - ranks.start).unwrap_or(0);
                match first {
                    Some(first) => self.keys_at(selected.range(first..).take(wanted)),
                    None => Vec::new(),
                }
            }
        };
        if descending {
            keys.reverse();
        }
        keys
    }

    fn keys_at(&self, places: impl Iterator<Item = u32>) -> Vec<i64> {
        places
            .filter_map(|place| self.keys.get(place as usize).copied())
            .map(i64::from)
            .collect()
    }

    /// Of an order by SKU: the places of the SKUs that are `term`, and of those that begin with it, without regard to
    /// case.
    pub(super) fn with_sku(
        &self,
        db: &Connection,
        term: &str,
    ) -> rusqlite::Result<(Range<u32>, Range<u32>)> {
        let mut sku = db.prepare_cached("SELECT sku FROM products WHERE product = ?")?;
        let term = term.to_ascii_lowercase();
        // Places before the first SKU for which `reached` holds.
        let mut before = |reached: &dyn Fn(&str) -> bool| -> rusqlite::Result<u32> {
            let (mut low, mut high) = (0, self.keys.len());
            while low < high {
                let middle = low + (high - low) / 2;
                let Some(key) = self.keys.get(middle) else {
                    break;
                };
                let here: String = sku.query_row([key], |row| row.get(0))?;
                if reached(&here.to_ascii_lowercase()) {
                    high = middle;
                } else {
                    low = middle + 1;
                }
            }
            Ok(u32::try_from(low).unwrap_or(NOWHERE))
        };
        let first = before(&|sku| sku >= term.as_str())?;
        let longer = before(&|sku| sku > term.as_str())?;
        let beyond = before(&|sku| sku > term.as_str() && !sku.starts_with(&term))?;
        Ok((first..longer, first..beyond))
    }
}
