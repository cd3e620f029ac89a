//! Facets: what narrows a list of products down, and which values there are to choose from.

use nymble_wire::{Filter, FilterOperator, Product};
use serde_json::Value;

/// An attribute that must have a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribute {
    /// The attribute's name, the merchant's own.
    pub name: String,
    /// Its value as text.
    pub value: String,
}

/// What products are narrowed down by, besides their category. All of it must hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facets {
    /// Only what is in stock.
    pub in_stock: bool,
    /// Attributes with a value each; every name once.
    pub attributes: Vec<Attribute>,
}

/// The values of an attribute among some products.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offered {
    /// The attribute's name.
    pub name: String,
    /// Its values, each with how many of the products have it, in the order in which they were met.
    pub values: Vec<(String, usize)>,
}

/// Whether a list can be narrowed down by an attribute of that name.
///
/// Assumption: a field name of the `filters` holds letters, digits, spaces, `-` and `_` only.
fn can_filter(name: &str) -> bool {
    let plain = |letter: char| letter.is_alphanumeric() || " -_".contains(letter);
    !name.trim().is_empty() && name.chars().all(plain)
}

/// An attribute's value as it can be asked for: a text or a number, nothing put together.
fn plain_value(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()).filter(|text| !text.trim().is_empty()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

impl Facets {
    /// Reads the attributes of an address, each `name:value`; what is none is passed over, and of two
    /// values for one name the last holds.
    pub fn read(in_stock: bool, attributes: &[String]) -> Self {
        let mut facets = Self {
            in_stock,
            attributes: Vec::new(),
        };
        for text in attributes {
            if let Some((name, value)) = text.split_once(':')
                && can_filter(name)
                && !value.trim().is_empty()
            {
                facets.choose(name, value);
            }
        }
        facets
    }

    /// The attributes as an address holds them.
    pub fn written(&self) -> impl Iterator<Item = String> {
        self.attributes
            .iter()
            .map(|chosen| [&*chosen.name, ":", &chosen.value].concat())
    }

    /// Whether nothing is narrowed down.
    pub fn is_empty(&self) -> bool {
        !self.in_stock && self.attributes.is_empty()
    }

    /// The value that is chosen of an attribute.
    pub fn chosen(&self, name: &str) -> Option<&str> {
        let chosen = self.attributes.iter().find(|chosen| chosen.name == name)?;
        Some(&chosen.value)
    }

    /// Chooses a value of an attribute in place of any other of it.
    pub fn choose(&mut self, name: &str, value: &str) {
        self.forget(name);
        self.attributes.push(Attribute {
            name: name.to_owned(),
            value: value.to_owned(),
        });
    }

    /// Narrows down by an attribute no more.
    pub fn forget(&mut self, name: &str) {
        self.attributes.retain(|chosen| chosen.name != name);
    }

    /// The conditions that say so.
    ///
    /// Assumption: the reference names the operators, but of the fields only `Sku`, `Name` and `Category`; stock is
    /// `QuantityOnHand`, an attribute `productAttributes.<name>`. Products know no "greater than", so what is in
    /// stock is neither 0 nor, with a minus in it, less.
    pub fn filters(&self) -> Vec<Filter> {
        let condition = |field: &str, operator, value: &str| Filter {
            field: field.to_owned(),
            operator,
            value: value.to_owned(),
        };
        let mut filters = Vec::new();
        if self.in_stock {
            let stock = "QuantityOnHand";
            filters.push(condition(stock, FilterOperator::NotEquals, "0"));
            filters.push(condition(stock, FilterOperator::NotContains, "-"));
        }
        for chosen in &self.attributes {
            let field = ["productAttributes.", &chosen.name].concat();
            filters.push(condition(&field, FilterOperator::Equals, &chosen.value));
        }
        filters
    }
}

impl Facets {
    /// Whether a product is among what is narrowed down to, were there no word about the attribute `but`.
    fn fits(&self, product: &Product, but: &str) -> bool {
        let has = |wanted: &Attribute| {
            let value = product.product_attributes.get(&wanted.name);
            wanted.name == but || value.and_then(plain_value).as_ref() == Some(&wanted.value)
        };
        let in_stock = product.quantity_on_hand.is_some_and(|units| units > 0);
        (!self.in_stock || in_stock) && self.attributes.iter().all(has)
    }

    /// The attributes by which `products` can be narrowed down further, in the order in which they are met,
    /// each with its values among those that everything else chosen leaves. One that has the same value
    /// everywhere is left out, unless it is chosen.
    pub fn offered(&self, products: &[Product]) -> Vec<Offered> {
        let mut found: Vec<Offered> = Vec::new();
        for product in products {
            for (name, value) in &product.product_attributes {
                let Some(value) = plain_value(value).filter(|_| can_filter(name)) else {
                    continue;
                };
                let place = found.iter().position(|known| known.name == *name);
                let place = place.unwrap_or_else(|| {
                    found.push(Offered {
                        name: name.clone(),
                        values: Vec::new(),
                    });
                    found.len() - 1
                });
                let Some(of_name) = found.get_mut(place).filter(|_| self.fits(product, name))
                else {
                    continue;
                };
                match of_name.values.iter_mut().find(|(known, _)| *known == value) {
                    Some((_, count)) => *count += 1,
                    None => of_name.values.push((value, 1)),
                }
            }
        }
        found.retain(|known| {
            let left = products
                .iter()
                .filter(|product| self.fits(product, &known.name));
            let all = left.count();
            self.chosen(&known.name).is_some()
                || !known.values.is_empty() && known.values.iter().all(|(_, count)| *count < all)
        });
        found
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    fn product(attributes: &Value) -> Product {
        let product = json!({ "sku": "A", "productAttributes": attributes });
        serde_json::from_value(product).unwrap()
    }

    #[test]
    fn what_tells_products_apart_is_offered_with_counts() {
        let products = [
            product(&json!({ "Material": "A2", "Thread": "M8", "Norm": "DIN 933", "Length": 20 })),
            product(&json!({ "Material": "A4", "Thread": "M8", "Norm": "DIN 933", "Length": 16 })),
            product(&json!({ "Material": "A2", "Thread": "M8", "Norm": "DIN 933" })),
            product(&json!({ "Thread": "M8", "Pack:of": "2", "Coated": true, "Empty": " " })),
        ];
        let found = Facets::default().offered(&products);
        let names: Vec<_> = found.iter().map(|found| found.name.as_str()).collect();
        // All are M8; a name with a colon cannot be asked for, nor can true and false.
        assert_eq!(names, ["Length", "Material", "Norm"]);
        assert_eq!(
            found[1].values,
            [("A2".to_owned(), 2), ("A4".to_owned(), 1)]
        );
        assert_eq!(
            found[0].values,
            [("20".to_owned(), 1), ("16".to_owned(), 1)]
        );
        assert_eq!(Facets::default().offered(&[]).len(), 0);
    }

    #[test]
    fn values_are_counted_among_what_the_other_choices_leave() {
        let products = [
            product(&json!({ "Material": "A2", "Thread": "M8" })),
            product(&json!({ "Material": "A4", "Thread": "M8" })),
            product(&json!({ "Material": "A2", "Thread": "M6" })),
        ];
        let facets = Facets::read(false, &["Material:A4".to_owned()]);
        let found = facets.offered(&products);
        // One M8 is left, but other materials can still be had. All that is left is M8: nothing to choose.
        assert_eq!(found.len(), 1);
        assert_eq!(
            found[0].values,
            [("A2".to_owned(), 2), ("A4".to_owned(), 1)]
        );
        assert_eq!(Facets::read(true, &[]).offered(&products).len(), 0);
    }

    #[test]
    fn nonsense_in_an_address_is_passed_over() {
        let texts = ["Material", "Material:", ":A2", "a.b:c", "Size:1:2"].map(str::to_owned);
        let facets = Facets::read(false, &texts);
        assert_eq!(facets.chosen("Size"), Some("1:2"));
        assert_eq!(facets.attributes.len(), 1);
    }

    #[test]
    fn stock_is_neither_nothing_nor_less() {
        let filters = serde_json::to_value(Facets::read(true, &[]).filters()).unwrap();
        assert_eq!(
            filters,
            json!([
                { "field": "QuantityOnHand", "operator": "notequals", "value": "0" },
                { "field": "QuantityOnHand", "operator": "notcontains", "value": "-" },
            ])
        );
    }

    proptest! {
        /// Facets come back from the address, each attribute with one value.
        #[test]
        fn facets_come_back_from_an_address(
            in_stock: bool,
            chosen in prop::collection::vec(("[A-Za-z][A-Za-z0-9 _-]{0,8}", "[^\\s]{1,8}( [^ ]{1,4})?"), 0..6),
        ) {
            let mut facets = Facets { in_stock, attributes: Vec::new() };
            for (name, value) in &chosen {
                facets.choose(name, value);
            }
            let written: Vec<String> = facets.written().collect();
            prop_assert_eq!(&Facets::read(in_stock, &written), &facets);
            // Each name is asked for once, with what was chosen last.
            for (name, _) in &chosen {
                let last = chosen.iter().rev().find(|(known, _)| known == name).map(|(_, value)| value);
                prop_assert_eq!(facets.chosen(name), last.map(String::as_str));
                prop_assert_eq!(facets.attributes.iter().filter(|known| known.name == *name).count(), 1);
            }
            let asked = facets.filters().len();
            prop_assert_eq!(asked, facets.attributes.len() + 2 * usize::from(in_stock));
        }

        #[test]
        fn every_offered_value_is_had_by_some_but_not_all(values in prop::collection::vec(0_u8..3, 0..9)) {
            let products: Vec<Product> =
                values.iter().map(|value| product(&json!({ "Size": value.to_string() }))).collect();
            for found in Facets::default().offered(&products) {
                let sum: usize = found.values.iter().map(|(_, count)| count).sum();
                prop_assert_eq!(sum, products.len());
                prop_assert!(found.values.len() > 1);
            }
        }
    }
}
