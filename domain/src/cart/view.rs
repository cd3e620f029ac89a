//! The cart's lines as the buyer wants to look at them: in some order, only those that are looked for; and
//! as rows of a CSV file.

use std::{
    cmp::{Ordering, Reverse},
    sync::Arc,
};

use rust_decimal::Decimal;

use crate::{
    cart::lines::ShownLine,
    catalog::sku::key,
    orders::reorder::ItemSnapshot,
    values::{
        csv::Csv,
        money::{line_total_preview, to_plain_string},
    },
};

/// The order of the lines.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// As they were added.
    #[default]
    Added,
    /// By SKU.
    Sku,
    /// By name.
    Name,
    /// The largest quantity first.
    Quantity,
    /// The largest line total first.
    Total,
}

impl Sort {
    /// All of them, each with the message that names it.
    pub const ALL: [(Self, &'static str); 5] = [
        (Self::Added, "cart.sort_added"),
        (Self::Sku, "cart.sort_sku"),
        (Self::Name, "cart.sort_name"),
        (Self::Quantity, "cart.sort_quantity"),
        (Self::Total, "cart.sort_total"),
    ];
}

/// The line's total: the server's, or until it says one, that of the last confirmed unit price.
pub fn total(line: &ShownLine, currency: &str) -> Option<Decimal> {
    line.line_total.or_else(|| {
        let quantity = u32::try_from(line.quantity).ok()?;
        Some(line_total_preview(line.unit_price?, quantity, currency).amount())
    })
}

/// The SKUs of the lines that have every word of `find` in SKU or name, in their order. `compare` is the
/// order of names in the buyer's language.
pub fn shown(
    lines: &[Arc<ShownLine>],
    sort: Sort,
    find: &str,
    currency: &str,
    compare: &dyn Fn(&str, &str) -> Ordering,
) -> Vec<String> {
    let find = key(find);
    let words: Vec<&str> = find.split_whitespace().collect();
    let fits = |line: &&Arc<ShownLine>| {
        if words.is_empty() {
            return true;
        }
        let (sku, name) = (key(&line.sku), key(&line.name));
        words
            .iter()
            .all(|word| sku.contains(word) || name.contains(word))
    };
    let mut found: Vec<&Arc<ShownLine>> = lines.iter().filter(fits).collect();
    match sort {
        Sort::Added => {}
        Sort::Sku => found.sort_by(|one, other| compare(&one.sku, &other.sku)),
        Sort::Name => found.sort_by(|one, other| compare(&one.name, &other.name)),
        Sort::Quantity => found.sort_by_key(|line| Reverse(line.quantity)),
        Sort::Total => found.sort_by_cached_key(|line| Reverse(total(line, currency))),
    }
    found.into_iter().map(|line| line.sku.clone()).collect()
}

/// The columns of the cart as CSV, as messages.
pub const CSV_COLUMNS: [&str; 6] = [
    "product.sku",
    "cart.name",
    "quantity.label",
    "price.unit_price",
    "price.line_total",
    "cart.currency",
];

/// Adds the row of a line. An amount that only the server can say, and has not yet, is left out.
pub fn add_row(csv: &mut Csv, line: &ShownLine, currency: &str) {
    let amount = |amount: Option<Decimal>| amount.map(to_plain_string).unwrap_or_default();
    csv.row(&[
        &line.sku,
        &line.name,
        &line.quantity.to_string(),
        &amount(line.unit_price.filter(|_| line.confirmed)),
        &amount(line.line_total),
        currency,
    ]);
}

/// The line for a list, with the price that is seen now.
pub fn for_list(line: &ShownLine) -> ItemSnapshot {
    ItemSnapshot {
        sku: line.sku.clone(),
        name: line.name.clone(),
        quantity: u32::try_from(line.quantity).unwrap_or(1),
        unit_price: line.unit_price,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn line(sku: &str, name: &str, quantity: i64, cents: i64) -> ShownLine {
        ShownLine {
            sku: sku.to_owned(),
            name: name.to_owned(),
            quantity,
            unit_price: Some(Decimal::new(cents, 2)),
            line_total: None,
            confirmed: true,
        }
    }

    fn three() -> [ShownLine; 3] {
        [
            line("B-2", "Large Bolt", 5, 100),
            line("A-9", "Nut", 40, 10),
            line("C-1", "bolt, small", 1, 900),
        ]
    }

    fn skus(sort: Sort, find: &str) -> Vec<String> {
        shown(&three().map(Arc::new), sort, find, "USD", &|one, other| {
            one.to_lowercase().cmp(&other.to_lowercase())
        })
    }

    #[test]
    fn lines_stand_in_the_wanted_order() {
        assert_eq!(skus(Sort::Added, ""), ["B-2", "A-9", "C-1"]);
        assert_eq!(skus(Sort::Sku, ""), ["A-9", "B-2", "C-1"]);
        assert_eq!(skus(Sort::Name, ""), ["C-1", "B-2", "A-9"]);
        assert_eq!(skus(Sort::Quantity, ""), ["A-9", "B-2", "C-1"]);
        assert_eq!(skus(Sort::Total, ""), ["C-1", "B-2", "A-9"]);
    }

    #[test]
    fn every_word_is_looked_for_in_sku_and_name() {
        assert_eq!(skus(Sort::Added, " BOLT "), ["B-2", "C-1"]);
        assert_eq!(skus(Sort::Added, "bolt b-"), ["B-2"]);
        assert_eq!(skus(Sort::Sku, "bolt"), ["B-2", "C-1"]);
        assert_eq!(skus(Sort::Added, "bolt x"), Vec::<String>::new());
    }

    #[test]
    fn a_row_says_only_what_the_server_has_said() {
        let mut csv = Csv::new(&["SKU"]);
        let mut waiting = line("A", "=Nut", 3, 150);
        waiting.confirmed = false;
        add_row(&mut csv, &waiting, "USD");
        waiting.confirmed = true;
        waiting.line_total = Some(Decimal::new(450, 2));
        add_row(&mut csv, &waiting, "USD");
        let text = csv.finish();
        assert!(
            text.ends_with("A,\"'=Nut\",3,,,USD\r\nA,\"'=Nut\",3,1.50,4.50,USD\r\n"),
            "{text}"
        );
    }

    proptest! {
        #[test]
        fn sorting_loses_no_line(
            lines in prop::collection::vec(("[a-c]{1,3}", any::<i64>(), 0_i64..1_000), 0..20),
            sort in prop::sample::select(Sort::ALL.map(|(sort, _)| sort).to_vec()),
        ) {
            let lines: Vec<_> = lines.iter().map(|(sku, quantity, cents)| Arc::new(line(sku, "x", *quantity, *cents))).collect();
            let mut found = shown(&lines, sort, "", "USD", &str::cmp);
            let mut all: Vec<String> = lines.iter().map(|line| line.sku.clone()).collect();
            found.sort();
            all.sort();
            prop_assert_eq!(found, all);
        }
    }
}
