//! Products side by side: the rows of the comparison, and which of them differ.

use nymble_wire::Product;
use serde_json::Value;

use super::{
    buyer::Buyer,
    pricing::{self, PriceBreak, Reading, ShownPrice},
};

/// So many products are compared at most.
pub const MOST: usize = 4;

/// What a row is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum About {
    /// The SKU.
    Sku,
    /// The buyer's own price of one piece at the smallest orderable quantity.
    Price,
    /// The quantity prices.
    Breaks,
    /// Units in stock.
    Stock,
    /// The smallest orderable quantity.
    Minimum,
    /// The step between orderable quantities.
    Increment,
    /// A merchant's attribute, by its name.
    Attribute(String),
}

/// What a row says of one product.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fact {
    /// Nothing: not known, or the product has no such thing.
    None,
    /// As it stands.
    Text(String),
    /// Price of one piece at the smallest orderable quantity, in the buyer's currency.
    Price(ShownPrice),
    /// Prices by quantity, in the buyer's currency.
    Breaks(Vec<PriceBreak>),
    /// Units in stock.
    Stock(i64),
    /// A number of pieces.
    Pieces(u32),
}

/// A row of the comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// What it is about.
    pub about: About,
    /// What it says of each product, in their order.
    pub facts: Vec<Fact>,
    /// Whether it does not say the same of all.
    pub differs: bool,
}

/// The list of what is compared after `sku` was chosen or taken out; one too many is not taken.
pub fn toggled(mut chosen: Vec<String>, sku: &str) -> Vec<String> {
    let before = chosen.len();
    chosen.retain(|known| known != sku);
    if chosen.len() == before && before < MOST {
        chosen.push(sku.to_owned());
    }
    chosen
}

fn text_of(value: Option<&Value>) -> Fact {
    match value {
        None | Some(Value::Null) => Fact::None,
        Some(Value::String(text)) if text.trim().is_empty() => Fact::None,
        Some(Value::String(text)) => Fact::Text(text.clone()),
        Some(other) => Fact::Text(other.to_string()),
    }
}

/// The rows about `products` as `buyer` sees them: the attributes last, by name. A row that says nothing of
/// any product is left out.
pub fn rows(products: &[&Product], buyer: &Buyer) -> Vec<Row> {
    let mut attributes: Vec<&String> = products
        .iter()
        .flat_map(|product| product.product_attributes.keys())
        .collect();
    attributes.sort();
    attributes.dedup();
    let fixed = [
        About::Sku,
        About::Price,
        About::Breaks,
        About::Stock,
        About::Minimum,
        About::Increment,
    ];
    let attributes = attributes
        .into_iter()
        .map(|name| About::Attribute(name.clone()));
    let mut rows = Vec::new();
    for about in fixed.into_iter().chain(attributes) {
        let fact = |product: &&Product| fact(&about, product, buyer);
        let facts: Vec<Fact> = products.iter().map(fact).collect();
        if facts.iter().all(|fact| *fact == Fact::None) {
            continue;
        }
        let differs = facts.windows(2).any(|pair| pair[0] != pair[1]);
        rows.push(Row {
            about,
            facts,
            differs,
        });
    }
    rows
}

fn fact(about: &About, product: &Product, buyer: &Buyer) -> Fact {
    match about {
        About::Sku => Fact::Text(product.sku.clone()),
        About::Price => {
            let first = pricing::quantity_rule(product).first();
            Fact::Price(pricing::shown_price(product, buyer, first, Reading::Done))
        }
        About::Breaks => {
            let table = pricing::price_table(product, buyer);
            if table.len() > 1 {
                Fact::Breaks(table)
            } else {
                Fact::None
            }
        }
        About::Stock => product.quantity_on_hand.map_or(Fact::None, Fact::Stock),
        About::Minimum => Fact::Pieces(pricing::quantity_rule(product).first()),
        About::Increment => Fact::Pieces(pricing::quantity_rule(product).increment()),
        About::Attribute(name) => text_of(product.product_attributes.get(name)),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn product(sku: &str, more: &str) -> Product {
        nymble_wire::decode(&format!(
            r#"{{"sku":"{sku}","price":5,"currencyCode":"USD","quantityOnHand":7{more}}}"#
        ))
        .unwrap()
    }

    #[test]
    fn a_row_differs_when_one_product_is_not_like_the_others() {
        let one = product("A", r#","productAttributes":{"color":"blue","size":"L"}"#);
        let two = product("B", r#","productAttributes":{"color":"blue"},"price":6"#);
        let rows = rows(&[&one, &two], &Buyer::default());
        let told: Vec<_> = rows
            .iter()
            .map(|row| (row.about.clone(), row.differs))
            .collect();
        let attribute = |name: &str| About::Attribute(name.to_owned());
        assert_eq!(
            told,
            [
                (About::Sku, true),
                (About::Price, true),
                (About::Stock, false),
                (About::Minimum, false),
                (About::Increment, false),
                (attribute("color"), false),
                (attribute("size"), true),
            ]
        );
        let last = rows.last().unwrap();
        assert_eq!(last.facts, [Fact::Text("L".to_owned()), Fact::None]);
    }

    #[test]
    fn a_product_without_a_price_is_on_request() {
        let mut unpriced = product("A", "");
        unpriced.price = None;
        let rows = rows(&[&unpriced, &product("B", "")], &Buyer::default());
        let row = rows.iter().find(|row| row.about == About::Price).unwrap();
        assert!(row.differs);
        assert_eq!(row.facts[0], Fact::Price(ShownPrice::OnRequest));
    }

    #[test]
    fn breaks_are_a_row_when_there_are_any() {
        let buyer = Buyer {
            tier: Some("W".to_owned()),
            ..Buyer::default()
        };
        let prices = r#","prices":[{"tier":"W","price":4,"atQuantity":1},{"tier":"W","price":3,"atQuantity":9}]"#;
        let with = product("A", prices);
        let found = rows(&[&with], &buyer);
        let row = found.iter().find(|row| row.about == About::Breaks).unwrap();
        assert!(matches!(&row.facts[0], Fact::Breaks(table) if table.len() == 2));
        assert!(!row.differs, "one product differs from nothing");
        assert_eq!(rows(&[], &buyer).len(), 0);
    }

    proptest! {
        #[test]
        fn at_most_four_are_chosen_each_once(turns in prop::collection::vec("[a-f]", 0..40)) {
            let mut chosen = Vec::new();
            for sku in &turns {
                let before = chosen.clone();
                chosen = toggled(chosen, sku);
                prop_assert!(chosen.len() <= MOST);
                let was = before.contains(sku);
                prop_assert_eq!(chosen.contains(sku), !was && before.len() < MOST);
                let others = |list: &[String]| -> Vec<String> {
                    list.iter().filter(|known| *known != sku).cloned().collect()
                };
                prop_assert_eq!(others(&before), others(&chosen), "the others stay in their places");
            }
        }

        /// A row of the comparison is marked exactly when it differs.
        #[test]
        fn every_row_has_a_fact_of_every_product(sizes in prop::collection::vec(prop::option::of(0_u8..3), 1..5)) {
            let products: Vec<Product> = sizes.iter().map(|size| {
                let size = size.map_or(String::new(), |size| format!(r#","productAttributes":{{"size":{size}}}"#));
                product("A", &size)
            }).collect();
            let all: Vec<&Product> = products.iter().collect();
            let rows = rows(&all, &Buyer::default());
            for row in &rows {
                prop_assert_eq!(row.facts.len(), products.len());
                prop_assert!(row.facts.iter().any(|fact| *fact != Fact::None));
                prop_assert_eq!(row.differs, row.facts.iter().any(|fact| *fact != row.facts[0]));
            }
            let size = rows.iter().any(|row| matches!(&row.about, About::Attribute(_)));
            prop_assert_eq!(size, sizes.iter().any(Option::is_some));
        }
    }
}
