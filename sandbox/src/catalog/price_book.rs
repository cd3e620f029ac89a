//! A product's prices as the database keeps them: all of its entries, packed into one value beside the product.
//!
//! A million products have some twenty-five million entries; a row each took two thirds of the file, and every
//! reading of a product walked through them.

use rusqlite::{Connection, OptionalExtension};

use crate::{money, pricing::Break};

/// One entry of a product's price book.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Entry {
    /// Key of the price list, which stands for a tier and a currency.
    pub(crate) list: i64,
    /// From this quantity on.
    pub(crate) at_quantity: i64,
    /// The unit price in ten-thousandths of the list's currency.
    pub(crate) amount: i64,
}

/// Amounts are mostly whole cents or whole units: what they are divided by is kept in two bits, the largest first.
const SCALES: [(u64, u64); 3] = [(2, 10_000), (1, 100), (0, 1)];

/// Packs entries, which come back ordered by list and quantity. Of two with the same list and quantity the later
/// one counts.
pub(crate) fn pack(entries: &[Entry]) -> Vec<u8> {
    let mut sorted = entries.to_vec();
    sorted.sort_by_key(|entry| (entry.list, entry.at_quantity));
    let mut packed = Vec::with_capacity(sorted.len() * 6);
    let mut list = 0;
    for (place, entry) in sorted.iter().enumerate() {
        let replaced = sorted
            .get(place + 1)
            .is_some_and(|next| (next.list, next.at_quantity) == (entry.list, entry.at_quantity));
        if replaced {
            continue;
        }
        put(&mut packed, (entry.list - list).unsigned_abs());
        list = entry.list;
        put(&mut packed, entry.at_quantity.unsigned_abs());
        let amount = entry.amount.unsigned_abs();
        let (scale, by) = SCALES
            .into_iter()
            .find(|(_, by)| amount % by == 0)
            .unwrap_or((0, 1));
        put(&mut packed, (amount / by) << 2 | scale);
    }
    packed
}

/// The entries of a packed book, ordered by list and quantity.
pub(crate) fn unpack(mut packed: &[u8]) -> impl Iterator<Item = Entry> {
    let mut list = 0;
    std::iter::from_fn(move || {
        list += signed(take(&mut packed)?);
        let at_quantity = signed(take(&mut packed)?);
        let scaled = take(&mut packed)?;
        let (_, by) = SCALES.iter().find(|(scale, _)| *scale == scaled & 3)?;
        Some(Entry {
            list,
            at_quantity,
            amount: signed((scaled >> 2).saturating_mul(*by)),
        })
    })
}

fn signed(value: u64) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}

/// Seven bits a byte, the lowest first; the eighth says that more follow.
fn put(packed: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        packed.push(value.to_le_bytes()[0] | 0x80);
        value >>= 7;
    }
    packed.push(value.to_le_bytes()[0]);
}

fn take(packed: &mut &[u8]) -> Option<u64> {
    let mut value = 0;
    for place in 0..9 {
        let (byte, rest) = packed.split_first()?;
        *packed = rest;
        value |= u64::from(byte & 0x7f) << (7 * place);
        if byte & 0x80 == 0 {
            return Some(value);
        }
    }
    None
}

/// The price of one unit in ten-thousandths: the lowest break of the tier's list, else of the base list. What
/// [`crate::pricing::unit_price`] resolves, for the database to sort and filter by.
pub(crate) fn one_unit(packed: &[u8], tier: Option<i64>, base: Option<i64>) -> Option<i64> {
    let lowest = |list: Option<i64>| {
        let list = list?;
        unpack(packed)
            .find(|entry| entry.list == list)
            .map(|entry| entry.amount)
    };
    lowest(tier).or_else(|| lowest(base))
}

/// All entries of a product, in every list.
pub(crate) fn entries(db: &Connection, product: i64) -> rusqlite::Result<Vec<Entry>> {
    let packed: Option<Vec<u8>> = db
        .prepare_cached("SELECT prices FROM products WHERE product = ?")?
        .query_row([product], |row| row.get(0))
        .optional()?;
    Ok(packed.iter().flat_map(|packed| unpack(packed)).collect())
}

/// Replaces all entries of a product, in every list.
pub(crate) fn keep(db: &Connection, product: i64, entries: &[Entry]) -> rusqlite::Result<()> {
    db.prepare_cached("UPDATE products SET prices = ? WHERE product = ?")?
        .execute((pack(entries), product))?;
    Ok(())
}

/// The price lists of an organization in one currency: key and tier, in the order the organization made them.
pub(crate) fn lists(
    db: &Connection,
    org: i64,
    currency: &str,
) -> rusqlite::Result<Vec<(i64, String)>> {
    db.prepare_cached(
        "SELECT list, tier FROM price_lists WHERE org = ? AND currency = ? ORDER BY list",
    )?
    .query_map((org, currency), |row| Ok((row.get(0)?, row.get(1)?)))?
    .collect()
}

/// Those of a product's entries that are in one of the lists.
pub(crate) fn breaks_in<'a>(
    entries: impl IntoIterator<Item = Entry>,
    lists: &'a [(i64, String)],
    currency: &str,
) -> Vec<Break<'a>> {
    entries
        .into_iter()
        .filter_map(|entry| {
            let (_, tier) = lists.iter().find(|(list, _)| *list == entry.list)?;
            Some(Break {
                tier,
                at_quantity: entry.at_quantity,
                price: money::from_stored(entry.amount, currency),
            })
        })
        .collect()
}

/// The price list of a tier in a currency, if there is one.
pub(crate) fn list_id(
    db: &Connection,
    org: i64,
    currency: &str,
    tier: &str,
) -> rusqlite::Result<Option<i64>> {
    db.prepare_cached("SELECT list FROM price_lists WHERE org = ? AND currency = ? AND tier = ?")?
        .query_row((org, currency, tier), |row| row.get(0))
        .optional()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    proptest! {
        #[test]
        fn a_packed_book_holds_the_last_of_each_list_and_quantity(
            given in prop::collection::vec((1_i64..3_000, 1_i64..=1_000_000, 0_i64..=9_999_999_990_000), 0..60),
            whole in prop::collection::vec((100_i64..112, 1_i64..20, 0_i64..2_000), 0..60),
        ) {
            let cents = whole.into_iter().map(|(list, at, cents)| (list, at, cents * 100));
            let all: Vec<Entry> = given
                .into_iter()
                .chain(cents)
                .map(|(list, at_quantity, amount)| Entry { list, at_quantity, amount })
                .collect();
            let expected: BTreeMap<(i64, i64), i64> =
                all.iter().map(|entry| ((entry.list, entry.at_quantity), entry.amount)).collect();
            let packed = pack(&all);
            let back: Vec<_> =
                unpack(&packed).map(|entry| ((entry.list, entry.at_quantity), entry.amount)).collect();
            prop_assert_eq!(&back, &expected.clone().into_iter().collect::<Vec<_>>());
            for list in [105, 106] {
                let lowest = |list| expected.iter().find(|((in_list, _), _)| *in_list == list).map(|(_, a)| *a);
                prop_assert_eq!(one_unit(&packed, Some(list), Some(107)), lowest(list).or_else(|| lowest(107)));
            }
        }

        #[test]
        fn what_is_no_book_is_not_read_beyond_its_end(bytes in prop::collection::vec(any::<u8>(), 0..40)) {
            prop_assert!(unpack(&bytes).count() <= bytes.len());
        }
    }
}
