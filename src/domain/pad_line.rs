//! What a line of the order pad comes to: its price, what is wrong with it, and how that is mended.

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use nymble_wire::Product;
use rust_decimal::Decimal;

use super::{
    buyer::Buyer,
    money::{self, Preview},
    order_lines::{TypedLine, is_mangled},
    pricing::{self, NextBreak},
    quantity::{self, QuantityError, Rule},
    reorder::OldLine,
};

/// What is known of a typed SKU.
#[derive(Clone, Debug, PartialEq)]
pub enum Known {
    /// It is this product.
    Product(Arc<Product>),
    /// There is no such product; these are like it.
    Missing(Vec<Likeness>),
    /// It could not be looked up, and why.
    Unread(String),
}

/// A product that may have been meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Likeness {
    /// Its SKU.
    pub sku: String,
    /// Its name.
    pub name: String,
}

/// Why a line cannot be ordered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// A quantity without a SKU.
    NoSku,
    /// A spreadsheet has made a number of the SKU.
    Mangled,
    /// There is no such product.
    Unknown,
    /// It is not to be ordered at present.
    NotOffered,
    /// It has no price for this buyer.
    NoPrice,
    /// The quantity cannot be ordered.
    Quantity(QuantityError),
}

/// What the buyer should know of a line that can be ordered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remark {
    /// The same product stands in an earlier line too, at this place from 0; both go into one line of the cart.
    Repeats(usize),
    /// Nothing is in stock.
    OutOfStock,
    /// Less is in stock than is to be ordered: so many pieces.
    LessStock(u32),
}

/// A change that puts a line right with one press.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mend {
    /// Take this quantity, in pieces.
    Quantity(u32),
    /// Take this SKU.
    Sku(String),
    /// Put this line's pieces into the earlier line at this place, from 0.
    Merge(usize),
}

/// A line that was looked at.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LookedAt {
    /// Why it cannot be ordered.
    pub trouble: Option<Trouble>,
    /// What else there is to say.
    pub remark: Option<Remark>,
    /// How it is put right.
    pub mends: Vec<Mend>,
    /// The product.
    pub product: Option<Arc<Product>>,
    /// Pieces, where the line can be ordered.
    pub quantity: Option<u32>,
    /// Price of one piece at that quantity, or at the smallest one; in the buyer's currency.
    pub unit_price: Option<Decimal>,
    /// What the line comes to.
    pub total: Option<Preview>,
    /// How far it is to the next price.
    pub next: Option<NextBreak>,
}

impl LookedAt {
    /// Whether it can go into the cart.
    pub fn is_ready(&self) -> bool {
        self.trouble.is_none() && self.quantity.is_some()
    }
}

/// The line for a list, with the price that is seen now; none where the product is not known. A quantity that cannot
/// be read becomes the smallest one: a list may be put right later.
pub fn for_list(line: &TypedLine, looked: &LookedAt) -> Option<OldLine> {
    let product = looked.product.as_ref()?;
    let typed = quantity::parse_raw(&line.quantity).ok();
    Some(OldLine {
        sku: product.sku.clone(),
        name: product.name.clone(),
        quantity: typed
            .filter(|typed| *typed > 0)
            .unwrap_or_else(|| pricing::quantity_rule(product).first()),
        unit_price: looked.unit_price,
    })
}

/// Looks at a line. `known` is what is known of its SKU, if anything yet; `earlier` the place of an earlier
/// line with the same product.
pub fn look_at(
    line: &TypedLine,
    known: Option<&Known>,
    earlier: Option<usize>,
    buyer: &Buyer,
) -> LookedAt {
    let mut looked = LookedAt::default();
    let sku = line.sku.trim();
    if sku.is_empty() {
        looked.trouble = (!line.is_blank()).then_some(Trouble::NoSku);
        return looked;
    }
    let product = match known {
        Some(Known::Product(product)) => product,
        Some(Known::Missing(similar)) => {
            looked.trouble = Some(if is_mangled(sku) {
                Trouble::Mangled
            } else {
                Trouble::Unknown
            });
            let offered = similar.iter().map(|it| Mend::Sku(it.sku.clone()));
            looked.mends = offered.collect();
            return looked;
        }
        // Not looked up yet, or not to be: what is typed may still be wrong in itself.
        Some(Known::Unread(_)) | None => {
            let text = line.quantity.trim();
            if let Err(error) = quantity::parse_raw(text)
                && error != QuantityError::Empty
            {
                looked.trouble = Some(Trouble::Quantity(error));
            }
            return looked;
        }
    };
    looked.product = Some(Arc::clone(product));
    let rule = pricing::quantity_rule(product);
    let quantity = quantity::parse(&line.quantity, &rule);
    let priced_at = quantity.unwrap_or(rule.first());
    let currency = buyer.currency_of(product);
    looked.unit_price = pricing::unit_price(product, buyer, priced_at);
    looked.trouble = if !product.active {
        Some(Trouble::NotOffered)
    } else if looked.unit_price.is_none() {
        Some(Trouble::NoPrice)
    } else {
        quantity.err().map(Trouble::Quantity)
    };
    if let Err(error) = quantity
        && product.active
    {
        looked.mends = better_quantities(error, rule);
    }
    if let Some(place) = earlier {
        looked.remark = Some(Remark::Repeats(place));
        looked.mends.push(Mend::Merge(place));
    }
    let Ok(quantity) = quantity else {
        return looked;
    };
    looked.quantity = Some(quantity);
    if let Some(price) = looked.unit_price {
        looked.total = Some(money::line_total_preview(price, quantity, currency));
    }
    looked.next = pricing::next_break(product, buyer, quantity, currency);
    let on_hand = product.quantity_on_hand;
    looked.remark = looked.remark.or(match on_hand {
        Some(on_hand) if on_hand <= 0 => Some(Remark::OutOfStock),
        Some(on_hand) if on_hand < i64::from(quantity) => {
            u32::try_from(on_hand).ok().map(Remark::LessStock)
        }
        _ => None,
    });
    looked
}

/// The quantities to offer in the place of one that cannot be ordered.
fn better_quantities(error: QuantityError, rule: Rule) -> Vec<Mend> {
    match error {
        QuantityError::BelowMinimum { suggestion, .. } => vec![Mend::Quantity(suggestion)],
        QuantityError::NotAMultiple { below, above, .. } => [Some(above), below]
            .into_iter()
            .flatten()
            .map(Mend::Quantity)
            .collect(),
        QuantityError::Empty => vec![Mend::Quantity(rule.first())],
        _ => Vec::new(),
    }
}

/// The name that lines of the same product share: the product's own SKU, or what was typed.
fn identity<'a>(line: &'a TypedLine, known: &'a BTreeMap<String, Known>) -> &'a str {
    let sku = line.sku.trim();
    match known.get(sku) {
        Some(Known::Product(product)) => &product.sku,
        _ => sku,
    }
}

/// For each line the place of the first one with the same product, where that is an earlier one.
pub fn repeats(lines: &[TypedLine], known: &BTreeMap<String, Known>) -> BTreeMap<usize, usize> {
    let mut first: HashMap<&str, usize> = HashMap::new();
    let mut repeats = BTreeMap::new();
    for (place, line) in lines.iter().enumerate() {
        let identity = identity(line, known);
        if identity.is_empty() {
            continue;
        }
        match first.get(identity) {
            Some(earlier) => {
                repeats.insert(place, *earlier);
            }
            None => {
                first.insert(identity, place);
            }
        }
    }
    repeats
}

/// The changes that put the pieces of every repeated line into its first one: `(place, line)`. Lines whose
/// quantity is no number are left as they are.
pub fn merged(
    lines: &[TypedLine],
    repeats: &BTreeMap<usize, usize>,
    only: Option<usize>,
) -> Vec<(usize, TypedLine)> {
    let mut changed: BTreeMap<usize, TypedLine> = BTreeMap::new();
    for (&place, &first) in repeats {
        if only.is_some_and(|only| only != place) {
            continue;
        }
        let into = changed.get(&first).unwrap_or(&lines[first]).clone();
        let units = |text: &str| match quantity::parse_raw(text) {
            Err(QuantityError::Empty) => Ok(0),
            other => other,
        };
        let (Ok(one), Ok(other)) = (units(&into.quantity), units(&lines[place].quantity)) else {
            continue;
        };
        let sum = one.saturating_add(other);
        let quantity = if sum == 0 {
            String::new()
        } else {
            sum.to_string()
        };
        changed.insert(first, TypedLine { quantity, ..into });
        changed.insert(place, TypedLine::default());
    }
    changed.into_iter().collect()
}

/// What all lines come to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Summary {
    /// Lines that hold something.
    pub lines: usize,
    /// Lines that can go into the cart.
    pub ready: usize,
    /// Lines that cannot.
    pub wrong: usize,
    /// Lines whose product is not known yet.
    pub unknown: usize,
    /// Lines of a product that stands in an earlier one.
    pub repeated: usize,
    /// Lines with a quantity to offer in the place of theirs.
    pub roundable: usize,
    /// What the lines that can go come to; none when they are in several currencies.
    pub total: Option<(Decimal, String)>,
}

/// Sums up the table.
pub fn sum_up(
    lines: &[TypedLine],
    known: &BTreeMap<String, Known>,
    repeats: &BTreeMap<usize, usize>,
    buyer: &Buyer,
) -> Summary {
    let mut summary = Summary::default();
    let mut total = Decimal::ZERO;
    let mut currency: Option<&str> = None;
    let mut mixed = false;
    for (place, line) in lines.iter().enumerate() {
        if line.is_blank() {
            continue;
        }
        summary.lines += 1;
        let found = known.get(line.sku.trim());
        let looked = look_at(line, found, repeats.get(&place).copied(), buyer);
        summary.repeated += usize::from(repeats.contains_key(&place));
        summary.roundable += usize::from(looked.trouble.is_some() && rounds(&looked).is_some());
        if looked.trouble.is_some() {
            summary.wrong += 1;
        } else if !looked.is_ready() {
            summary.unknown += 1;
        } else {
            summary.ready += 1;
            if let (Some(sum), Some(Known::Product(product))) = (looked.total, found) {
                total = total.saturating_add(sum.amount());
                let of = buyer.currency_of(product);
                mixed |= currency.replace(of).is_some_and(|other| other != of);
            }
        }
    }
    summary.total = currency
        .filter(|_| !mixed)
        .map(|currency| (total, currency.to_owned()));
    summary
}

/// The quantity that puts a line right.
pub fn rounds(looked: &LookedAt) -> Option<u32> {
    looked.mends.iter().find_map(|mend| match mend {
        Mend::Quantity(quantity) => Some(*quantity),
        _ => None,
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn buyer() -> Buyer {
        Buyer {
            tier: Some("Wholesale".to_owned()),
            currency: "USD".to_owned(),
            ..Buyer::default()
        }
    }

    fn line(sku: &str, quantity: &str) -> TypedLine {
        TypedLine {
            sku: sku.to_owned(),
            quantity: quantity.to_owned(),
        }
    }

    fn bolt() -> Known {
        Known::Product(Arc::new(
            nymble_wire::decode(
                r#"{"sku":"BOLT","price":10,"currencyCode":"USD","quantityOnHand":100,
                "minimumOrderQuantity":12,"quantityIncrement":6,
                "prices":[{"tier":"Wholesale","price":8.50,"atQuantity":1},
                          {"tier":"Wholesale","price":8.00,"atQuantity":24}]}"#,
            )
            .unwrap(),
        ))
    }

    fn looked(quantity: &str) -> LookedAt {
        look_at(&line("BOLT", quantity), Some(&bolt()), None, &buyer())
    }

    #[test]
    fn a_good_line_is_priced() {
        let looked = looked("18");
        assert!(looked.is_ready());
        assert_eq!(looked.unit_price, Some("8.50".parse().unwrap()));
        assert_eq!(looked.total.unwrap().amount(), "153".parse().unwrap());
        assert_eq!(looked.next.unwrap().at_quantity, 24);
        assert_eq!(looked.remark, None);
    }

    #[test]
    fn a_list_takes_what_is_known_whatever_is_wrong_with_it() {
        for (text, quantity) in [("18", 18), ("5", 5), ("", 12), ("0", 12), ("a dozen", 12)] {
            let line = line("BOLT", text);
            let kept = for_list(&line, &looked(text)).unwrap();
            assert_eq!((kept.sku.as_str(), kept.quantity), ("BOLT", quantity));
            assert_eq!(kept.unit_price, Some("8.50".parse().unwrap()), "{text}");
        }
        let unknown = line("BOLTT", "1");
        let looked = look_at(&unknown, Some(&Known::Missing(vec![])), None, &buyer());
        assert_eq!(for_list(&unknown, &looked), None);
    }

    #[test]
    fn what_is_wrong_is_said_with_how_to_mend_it() {
        for (text, mends) in [
            ("5", vec![Mend::Quantity(12)]),
            ("20", vec![Mend::Quantity(24), Mend::Quantity(18)]),
            ("", vec![Mend::Quantity(12)]),
            ("a dozen", vec![]),
            ("9999999", vec![]),
        ] {
            let looked = looked(text);
            assert!(
                matches!(looked.trouble, Some(Trouble::Quantity(_))),
                "{text}"
            );
            assert_eq!(looked.mends, mends, "{text}");
            assert!(!looked.is_ready());
        }
        let like = Likeness {
            sku: "BOLT".to_owned(),
            name: String::new(),
        };
        let missing = Known::Missing(vec![like]);
        let unknown = look_at(&line("BOTL", "5"), Some(&missing), None, &buyer());
        assert_eq!(unknown.trouble, Some(Trouble::Unknown));
        assert_eq!(unknown.mends, [Mend::Sku("BOLT".to_owned())]);
        let mangled = look_at(&line("1E+05", "5"), Some(&missing), None, &buyer());
        assert_eq!(mangled.trouble, Some(Trouble::Mangled));
        let nameless = look_at(&line(" ", "5"), None, None, &buyer());
        assert_eq!(nameless.trouble, Some(Trouble::NoSku));
    }

    #[test]
    fn stock_and_repeats_are_remarks() {
        assert_eq!(looked("120").remark, Some(Remark::LessStock(100)));
        let again = look_at(&line("BOLT", "12"), Some(&bolt()), Some(3), &buyer());
        assert!(again.is_ready());
        assert_eq!(again.remark, Some(Remark::Repeats(3)));
        assert_eq!(again.mends, [Mend::Merge(3)]);
    }

    #[test]
    fn what_is_not_known_yet_is_neither_good_nor_bad() {
        let looked = look_at(&line("BOLT", "12"), None, None, &buyer());
        assert!(looked.trouble.is_none() && !looked.is_ready());
        let bad = look_at(&line("BOLT", "x"), None, None, &buyer());
        assert!(bad.trouble.is_some());
    }

    #[test]
    fn repeated_lines_become_one() {
        let known = BTreeMap::from([("BOLT".to_owned(), bolt()), ("bolt".to_owned(), bolt())]);
        let lines = [
            line("BOLT", "6"),
            line("NUT", "1"),
            line("bolt", "12"),
            line("BOLT", ""),
            line("NUT", "?"),
        ];
        let repeats = repeats(&lines, &known);
        assert_eq!(repeats, BTreeMap::from([(2, 0), (3, 0), (4, 1)]));
        let changed = merged(&lines, &repeats, None);
        assert_eq!(
            changed,
            [
                (0, line("BOLT", "18")),
                (2, line("", "")),
                (3, line("", ""))
            ]
        );
        assert_eq!(merged(&lines, &repeats, Some(4)), []);
        let summary = sum_up(&lines, &known, &repeats, &buyer());
        assert_eq!((summary.lines, summary.ready, summary.wrong), (5, 1, 3));
        assert_eq!(
            (summary.unknown, summary.repeated, summary.roundable),
            (1, 3, 2)
        );
        assert_eq!(
            summary.total,
            Some(("102".parse().unwrap(), "USD".to_owned()))
        );
    }

    proptest! {
        /// Every quantity that is offered can be ordered, and merging keeps the pieces.
        #[test]
        fn mends_mend(quantity in 0..3_000_u32, minimum in 0..50_i64, increment in 0..20_i64) {
            let mut product: Product = nymble_wire::decode(r#"{"sku":"A","price":10}"#).unwrap();
            product.minimum_order_quantity = Some(minimum);
            product.quantity_increment = Some(increment);
            let known = Known::Product(Arc::new(product));
            let looked = look_at(&line("A", &quantity.to_string()), Some(&known), None, &buyer());
            prop_assert_ne!(looked.is_ready(), looked.trouble.is_some());
            for mend in &looked.mends {
                if let Mend::Quantity(better) = mend {
                    prop_assert!(look_at(&line("A", &better.to_string()), Some(&known), None, &buyer()).is_ready());
                }
            }
        }

        #[test]
        fn merging_keeps_every_piece(lines in prop::collection::vec((0..4_u8, 1..100_u32), 0..20)) {
            let lines: Vec<TypedLine> = lines.iter().map(|(sku, quantity)| line(&sku.to_string(), &quantity.to_string())).collect();
            let pieces = |lines: &[TypedLine]| {
                let mut of: BTreeMap<String, u32> = BTreeMap::new();
                for line in lines.iter().filter(|line| !line.is_blank()) {
                    *of.entry(line.sku.clone()).or_default() += line.quantity.parse::<u32>().unwrap();
                }
                of
            };
            let repeats = repeats(&lines, &BTreeMap::new());
            let mut after = lines.clone();
            for (place, line) in merged(&lines, &repeats, None) {
                after[place] = line;
            }
            prop_assert_eq!(pieces(&lines), pieces(&after));
            prop_assert!(super::repeats(&after, &BTreeMap::new()).is_empty());
        }
    }
}
