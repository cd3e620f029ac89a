//! What a line of the order pad comes to: its price, what is wrong with it, and how that is mended.

use std::sync::Arc;

use nymble_wire::Product;
use rust_decimal::Decimal;

use super::line_import::{TypedLine, is_mangled, pieces_in};
use crate::{
    catalog::{
        buyer::Buyer,
        gtin,
        pricing::{self, NextBreak},
        quantity::{self, QuantityError, Rule},
        sku::plain,
        stock::{Shortage, shortage},
    },
    orders::reorder::ItemSnapshot,
    quick_order::repeats::Among,
    values::money::{self, Preview},
};

/// What is known of a typed SKU.
#[derive(Clone, Debug, PartialEq)]
pub enum Known {
    /// It is this product.
    Product(Arc<Product>),
    /// There is no such product; these are like it.
    Missing(Vec<Likeness>),
    /// There is no such product, but it is the SKU of one with a quantity.
    Divided(TypedLine),
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
    /// There is no such product, and as a barcode it has a wrong check digit.
    WrongDigit,
    /// It is not to be ordered at present.
    NotOffered,
    /// It has no price for this buyer.
    NoPrice,
    /// The quantity cannot be ordered.
    Quantity(QuantityError),
}

/// A change that puts a line right with one press.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fix {
    /// Take this quantity, in pieces.
    Quantity(u32),
    /// Take this SKU.
    Sku(String),
    /// Take this SKU and this quantity, which stand in one cell.
    Divide(TypedLine),
    /// Put this line's pieces into an earlier line.
    Merge {
        /// Its place, from 0.
        into: usize,
        /// The larger quantity that it gets then, where what both come to cannot be ordered.
        rounded: Option<u32>,
    },
}

/// A line that was looked at.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CheckedLine {
    /// Why it cannot be ordered.
    pub trouble: Option<Trouble>,
    /// What is short of it.
    pub shortage: Option<Shortage>,
    /// The same product stands in an earlier line too, at this place from 0; both go into one line of the cart.
    pub repeats: Option<usize>,
    /// How it is put right.
    pub mends: Vec<Fix>,
    /// The product.
    pub product: Option<Arc<Product>>,
    /// Pieces, where the line can be ordered.
    pub quantity: Option<u32>,
    /// Pieces that the price is for: those of all lines of the product together, or the smallest quantity.
    pub priced_at: u32,
    /// Price of one piece at [`Self::priced_at`], in the buyer's currency.
    pub unit_price: Option<Decimal>,
    /// What the line comes to.
    pub total: Option<Preview>,
    /// How far it is to the next price.
    pub next: Option<NextBreak>,
}

impl CheckedLine {
    /// Whether it can go into the cart.
    pub fn is_ready(&self) -> bool {
        self.trouble.is_none() && self.quantity.is_some()
    }
}

/// The line for a list, with the price that is seen now; none where the product is not known. A quantity that cannot
/// be read becomes the smallest one: a list may be put right later.
pub fn for_list(line: &TypedLine, looked: &CheckedLine) -> Option<ItemSnapshot> {
    let product = looked.product.as_ref()?;
    let typed = quantity::parse_raw(&line.quantity).ok();
    Some(ItemSnapshot {
        sku: product.sku.clone(),
        name: product.name.clone(),
        quantity: typed
            .filter(|typed| *typed > 0)
            .unwrap_or_else(|| pricing::quantity_rule(product).first()),
        unit_price: looked.unit_price,
    })
}

/// Looks at a line. `known` is what is known of its SKU, if anything yet; `among` how it stands among the lines of
/// the same product, which the cart adds together and prices as one.
pub fn check_line(
    line: &TypedLine,
    known: Option<&Known>,
    among: Among,
    buyer: &Buyer,
) -> CheckedLine {
    let mut looked = CheckedLine::default();
    let sku = line.sku.trim();
    if sku.is_empty() {
        looked.trouble = (!line.is_blank()).then_some(Trouble::NoSku);
        return looked;
    }
    let product = match known {
        Some(Known::Product(product)) => product,
        Some(Known::Missing(similar)) => {
            looked.trouble = Some(missing(sku));
            let offered = similar.iter().map(|it| Fix::Sku(it.sku.clone()));
            looked.mends = offered.collect();
            return looked;
        }
        Some(Known::Divided(both)) => {
            looked.trouble = Some(Trouble::Unknown);
            looked.mends = vec![Fix::Divide(both.clone())];
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
    let priced_at = quantity.unwrap_or(rule.first()).max(among.together);
    let currency = buyer.currency_of(product);
    looked.priced_at = priced_at;
    looked.unit_price = pricing::unit_price(product, buyer, priced_at);
    looked.trouble = if !product.active {
        Some(Trouble::NotOffered)
    } else if !pricing::may_be_ordered(product, buyer, priced_at) {
        Some(Trouble::NoPrice)
    } else {
        quantity.err().map(Trouble::Quantity)
    };
    if let Err(error) = quantity
        && product.active
    {
        looked.mends = better_quantities(&line.quantity, error, rule);
    }
    looked.repeats = among.earlier;
    if let (Some(into), Some(merge)) = (among.earlier, among.merge) {
        let rounded = merge.rounded.then_some(merge.quantity);
        looked.mends.push(Fix::Merge { into, rounded });
    }
    let Ok(quantity) = quantity else {
        return looked;
    };
    looked.quantity = Some(quantity);
    if let Some(price) = looked.unit_price {
        looked.total = Some(money::line_total_preview(price, quantity, currency));
    }
    looked.next = pricing::next_break(product, buyer, priced_at, currency);
    looked.shortage = shortage(product.quantity_on_hand, priced_at);
    looked
}

/// Why there is no product with a SKU.
fn missing(sku: &str) -> Trouble {
    if is_mangled(&plain(sku)) || gtin::is_rounded(sku) {
        Trouble::Mangled
    } else if gtin::read(sku).is_some_and(|code| code.is_wrong()) {
        Trouble::WrongDigit
    } else {
        Trouble::Unknown
    }
}

/// The quantities to offer in the place of one that cannot be ordered.
fn better_quantities(text: &str, error: QuantityError, rule: Rule) -> Vec<Fix> {
    match error {
        QuantityError::NotANumber => {
            let meant = pieces_in(text).filter(|pieces| *pieces <= rule.last());
            let meant = meant.map(|pieces| Fix::Quantity(rule.round_up(pieces)));
            meant.into_iter().collect()
        }
        QuantityError::BelowMinimum { suggestion, .. } => vec![Fix::Quantity(suggestion)],
        QuantityError::NotAMultiple { below, above, .. } => [Some(above), below]
            .into_iter()
            .flatten()
            .map(Fix::Quantity)
            .collect(),
        QuantityError::NotWhole { whole } => {
            let above = rule.round_up(whole.saturating_add(1));
            let below = rule.nearest_below(whole).filter(|below| *below < above);
            let both = [Some(above), below].into_iter().flatten();
            both.map(Fix::Quantity).collect()
        }
        QuantityError::Empty => vec![Fix::Quantity(rule.first())],
        _ => Vec::new(),
    }
}

/// The quantity that puts a line right.
pub fn rounds(looked: &CheckedLine) -> Option<u32> {
    looked.mends.iter().find_map(|mend| match mend {
        Fix::Quantity(quantity) => Some(*quantity),
        _ => None,
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
pub(super) mod tests {
    use super::*;
    use crate::quick_order::repeats::Merge;
    use proptest::prelude::*;

    pub(crate) fn buyer() -> Buyer {
        Buyer {
            tier: Some("Wholesale".to_owned()),
            currency: "USD".to_owned(),
            ..Buyer::default()
        }
    }

    pub(crate) fn line(sku: &str, quantity: &str) -> TypedLine {
        TypedLine {
            sku: sku.to_owned(),
            quantity: quantity.to_owned(),
        }
    }

    pub(crate) fn bolt() -> Known {
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

    fn looked(quantity: &str) -> CheckedLine {
        check_line(
            &line("BOLT", quantity),
            Some(&bolt()),
            Among::default(),
            &buyer(),
        )
    }

    #[test]
    fn a_good_line_is_priced() {
        let looked = looked("18");
        assert!(looked.is_ready());
        assert_eq!(looked.unit_price, Some("8.50".parse().unwrap()));
        assert_eq!(looked.total.unwrap().amount(), "153".parse().unwrap());
        assert_eq!(looked.next.unwrap().at_quantity, 24);
        assert_eq!(looked.shortage, None);
    }

    /// What has no price can be added only by who acts for a customer, from quick order too.
    #[test]
    fn what_has_no_price_is_ready_for_a_rep_only() {
        let unpriced = nymble_wire::decode(r#"{"sku":"A","currencyCode":"USD"}"#).unwrap();
        let unpriced = Known::Product(Arc::new(unpriced));
        let look = |buyer| check_line(&line("A", "3"), Some(&unpriced), Among::default(), &buyer);
        assert_eq!(look(buyer()).trouble, Some(Trouble::NoPrice));
        let rep = Buyer {
            acted_for: true,
            ..buyer()
        };
        let looked = look(rep);
        assert!(looked.is_ready());
        assert_eq!((looked.unit_price, looked.total), (None, None));
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
        let looked = check_line(
            &unknown,
            Some(&Known::Missing(vec![])),
            Among::default(),
            &buyer(),
        );
        assert_eq!(for_list(&unknown, &looked), None);
    }

    #[test]
    fn what_is_wrong_is_said_with_how_to_mend_it() {
        for (text, mends) in [
            ("5", vec![Fix::Quantity(12)]),
            ("20", vec![Fix::Quantity(24), Fix::Quantity(18)]),
            ("", vec![Fix::Quantity(12)]),
            ("2.5", vec![Fix::Quantity(12)]),
            ("19,5", vec![Fix::Quantity(24), Fix::Quantity(18)]),
            ("18.5", vec![Fix::Quantity(24), Fix::Quantity(18)]),
            ("17.5", vec![Fix::Quantity(18), Fix::Quantity(12)]),
            ("18 pcs", vec![Fix::Quantity(18)]),
            ("x 20", vec![Fix::Quantity(24)]),
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
        let unknown = check_line(
            &line("BOTL", "5"),
            Some(&missing),
            Among::default(),
            &buyer(),
        );
        assert_eq!(unknown.trouble, Some(Trouble::Unknown));
        assert_eq!(unknown.mends, [Fix::Sku("BOLT".to_owned())]);
        for (text, trouble) in [
            ("1E+05", Trouble::Mangled),
            ("1,23457e11", Trouble::Mangled),
            ("012345678906", Trouble::WrongDigit),
            ("(01)00012345678906", Trouble::WrongDigit),
            ("012345678905", Trouble::Unknown),
        ] {
            let found = check_line(&line(text, "5"), Some(&missing), Among::default(), &buyer());
            assert_eq!(found.trouble, Some(trouble), "{text}");
        }
        let both = Known::Divided(line("BOLT", "20"));
        let divided = check_line(
            &line("BOLT x 20", "5"),
            Some(&both),
            Among::default(),
            &buyer(),
        );
        assert_eq!(divided.mends, [Fix::Divide(line("BOLT", "20"))]);
        assert_eq!(divided.trouble, Some(Trouble::Unknown));
        let nameless = check_line(&line(" ", "5"), None, Among::default(), &buyer());
        assert_eq!(nameless.trouble, Some(Trouble::NoSku));
    }

    #[test]
    fn lines_of_the_same_product_are_looked_at_together() {
        assert_eq!(looked("120").shortage, Some(Shortage::LessStock(100)));
        let among = Among {
            earlier: Some(3),
            together: 24,
            merge: Some(Merge {
                quantity: 24,
                rounded: false,
            }),
            merges_exactly: true,
        };
        let again = check_line(&line("BOLT", "12"), Some(&bolt()), among, &buyer());
        assert!(again.is_ready());
        assert_eq!((again.repeats, again.shortage), (Some(3), None));
        let plainly = Fix::Merge {
            into: 3,
            rounded: None,
        };
        assert_eq!(again.mends, [plainly]);
        // The cart prices both together, and it is both that must be in stock.
        assert_eq!(again.unit_price, Some("8.00".parse().unwrap()));
        assert_eq!(again.total.unwrap().amount(), "96".parse().unwrap());
        assert_eq!(again.next, None);
        let together = 120;
        let short = Among { together, ..among };
        let short = check_line(&line("BOLT", "12"), Some(&bolt()), short, &buyer());
        assert_eq!(short.shortage, Some(Shortage::LessStock(100)));
        let rounded = Among {
            merge: Some(Merge {
                quantity: 30,
                rounded: true,
            }),
            ..among
        };
        let rounded = check_line(&line("BOLT", "12"), Some(&bolt()), rounded, &buyer());
        let up = Fix::Merge {
            into: 3,
            rounded: Some(30),
        };
        assert_eq!(rounded.mends, [up]);
        let merge = None;
        let unreadable = Among { merge, ..among };
        let unreadable = check_line(&line("BOLT", "12"), Some(&bolt()), unreadable, &buyer());
        assert_eq!(unreadable.mends, []);
    }

    #[test]
    fn what_is_not_known_yet_is_neither_good_nor_bad() {
        let looked = check_line(&line("BOLT", "12"), None, Among::default(), &buyer());
        assert!(looked.trouble.is_none() && !looked.is_ready());
        let bad = check_line(&line("BOLT", "x"), None, Among::default(), &buyer());
        assert!(bad.trouble.is_some());
    }

    proptest! {
        /// Every quantity that is offered can be ordered, and merging keeps the pieces.
        #[test]
        fn mends_mend(quantity in 0..3_000_u32, half in any::<bool>(), minimum in 0..50_i64, increment in 0..20_i64) {
            let mut product: Product = nymble_wire::decode(r#"{"sku":"A","price":10}"#).unwrap();
            product.minimum_order_quantity = Some(minimum);
            product.quantity_increment = Some(increment);
            let known = Known::Product(Arc::new(product));
            let text = format!("{quantity}{}", if half { ".5" } else { "" });
            let looked = check_line(&line("A", &text), Some(&known), Among::default(), &buyer());
            prop_assert_ne!(looked.is_ready(), looked.trouble.is_some());
            prop_assert!(looked.is_ready() || !looked.mends.is_empty());
            for mend in &looked.mends {
                if let Fix::Quantity(better) = mend {
                    prop_assert!(check_line(&line("A", &better.to_string()), Some(&known), Among::default(), &buyer()).is_ready());
                }
            }
        }
    }
}
