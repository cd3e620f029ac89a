//! The list as an order pad: quantities typed for many products, put into the cart together.

use nymble_wire::Product;
use std::sync::Arc;

use super::{buyer::Buyer, pricing, quantity};
use crate::values::money::{self, Preview};
use rust_decimal::Decimal;

/// What was typed for one product.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PadLine {
    /// The product.
    pub sku: String,
    /// The quantity as typed; never blank.
    pub text: String,
}

/// The quantities typed so far, in the order in which they were begun.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BulkQuantities {
    lines: Vec<PadLine>,
}

/// Units of a product that can be ordered as they were typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ready {
    /// The product.
    pub sku: String,
    /// Its name.
    pub name: String,
    /// Units.
    pub quantity: u32,
}

/// The pad, judged by what is known of its products.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Judged {
    /// What can be ordered.
    pub ready: Vec<Ready>,
    /// What cannot be ordered as typed: the quantity is wrong, the product has no price, or is not offered any more.
    pub wrong: Vec<String>,
    /// Products whose minimum and increment are not known yet.
    pub unread: Vec<String>,
    /// Of what can be ordered, how many products have no known price.
    pub unpriced: usize,
    /// What the others come to, in the buyer's currency.
    pub total: Option<Preview>,
    /// The currency of `total`, ISO 4217.
    pub currency: String,
}

/// Whether an answer held all that ordering needs; a search answer may not.
pub fn is_whole(product: &Product) -> bool {
    product.minimum_order_quantity.is_some() || !product.prices.is_empty()
}

impl BulkQuantities {
    /// Reads what [`Self::written`] wrote.
    pub fn read(text: &str) -> Self {
        let mut pad = Self::default();
        for line in text.lines() {
            if let Some((sku, typed)) = line.split_once('\t') {
                pad.put(sku, typed);
            }
        }
        pad
    }

    /// The pad as a text: a line for each product, its SKU and what was typed. Not JSON, whose reader and writer
    /// for it would be more code than all of this. A SKU or quantity with a line break is not kept.
    pub fn written(&self) -> String {
        let mut text = String::new();
        for line in &self.lines {
            if !line.sku.contains(['\t', '\n']) && !line.text.contains('\n') {
                for part in [&line.sku, "\t", &line.text, "\n"] {
                    text.push_str(part);
                }
            }
        }
        text
    }

    /// Whether nothing is typed.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// What is typed, in the order in which it was begun.
    pub fn lines(&self) -> &[PadLine] {
        &self.lines
    }

    /// What is typed for a product; empty without anything.
    pub fn text(&self, sku: &str) -> &str {
        let line = self.lines.iter().find(|line| line.sku == sku);
        line.map_or("", |line| &line.text)
    }

    /// Takes what is typed for a product; nothing but blanks takes its line away. Says whether it is news.
    pub fn put(&mut self, sku: &str, text: &str) -> bool {
        if self.text(sku) == text || (text.trim().is_empty() && self.text(sku).is_empty()) {
            return false;
        }
        if text.trim().is_empty() {
            self.lines.retain(|line| line.sku != sku);
        } else if let Some(line) = self.lines.iter_mut().find(|line| line.sku == sku) {
            text.clone_into(&mut line.text);
        } else {
            self.lines.push(PadLine {
                sku: sku.to_owned(),
                text: text.to_owned(),
            });
        }
        true
    }

    /// Judges every line; `known` is what is known of a product.
    pub fn judge(&self, known: impl Fn(&str) -> Option<Arc<Product>>, buyer: &Buyer) -> Judged {
        let mut judged = Judged::default();
        let mut sum = Decimal::ZERO;
        for line in &self.lines {
            let Some(product) = known(&line.sku).filter(|product| is_whole(product)) else {
                judged.unread.push(line.sku.clone());
                continue;
            };
            let rule = pricing::quantity_rule(&product);
            let Some(quantity) = quantity::parse(&line.text, &rule)
                .ok()
                .filter(|quantity| pricing::may_be_ordered(&product, buyer, *quantity))
            else {
                judged.wrong.push(line.sku.clone());
                continue;
            };
            match pricing::unit_price(&product, buyer, quantity) {
                Some(price) => {
                    buyer.currency_of(&product).clone_into(&mut judged.currency);
                    let total = money::line_total_preview(price, quantity, &judged.currency);
                    sum = sum.saturating_add(total.amount());
                }
                None => judged.unpriced += 1,
            }
            judged.ready.push(Ready {
                sku: line.sku.clone(),
                name: product.name.clone(),
                quantity,
            });
        }
        judged.total =
            (judged.ready.len() > judged.unpriced).then(|| Preview::new(sum, &judged.currency));
        judged
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn product(sku: &str, active: bool) -> Arc<Product> {
        let text = format!(
            r#"{{"sku":"{sku}","name":"Name of {sku}","active":{active},"currencyCode":"USD",
                "minimumOrderQuantity":6,"quantityIncrement":6,
                "prices":[{{"tier":"Wholesale","price":2.5,"atQuantity":1}},
                          {{"tier":"Wholesale","price":2,"atQuantity":60}}]}}"#
        );
        Arc::new(nymble_wire::decode(&text).unwrap())
    }

    fn buyer() -> Buyer {
        Buyer {
            tier: Some("Wholesale".to_owned()),
            currency: "USD".to_owned(),
            acted_for: false,
        }
    }

    fn pad(lines: &[(&str, &str)]) -> BulkQuantities {
        let mut pad = BulkQuantities::default();
        for (sku, text) in lines {
            pad.put(sku, text);
        }
        pad
    }

    #[test]
    fn what_is_right_is_summed_and_what_is_wrong_is_named() {
        let pad = pad(&[
            ("A", "12"),
            ("B", "7"),
            ("GONE", "6"),
            ("C", " 60 "),
            ("UNREAD", "6"),
            ("D", "x"),
        ]);
        let known = |sku: &str| (sku != "UNREAD").then(|| product(sku, sku != "GONE"));
        let judged = pad.judge(known, &buyer());
        let ready: Vec<_> = judged
            .ready
            .iter()
            .map(|it| (it.sku.as_str(), it.quantity))
            .collect();
        assert_eq!(ready, [("A", 12), ("C", 60)]);
        assert_eq!(judged.wrong, ["B", "GONE", "D"]);
        assert_eq!(judged.unread, ["UNREAD"]);
        // 12 at 2.50, 60 at 2.00.
        assert_eq!(judged.total.unwrap().amount(), Decimal::from(150));
        assert_eq!((judged.unpriced, judged.currency.as_str()), (0, "USD"));
    }

    #[test]
    fn what_has_no_price_is_wrong_or_for_a_rep_ready_but_not_in_the_total() {
        let unpriced = |_: &str| {
            let text = r#"{"sku":"A","minimumOrderQuantity":1}"#;
            Some(Arc::new(nymble_wire::decode(text).unwrap()))
        };
        let judged = pad(&[("A", "3")]).judge(unpriced, &buyer());
        assert_eq!((judged.ready.len(), judged.wrong.len()), (0, 1));
        let rep = Buyer {
            acted_for: true,
            ..buyer()
        };
        let judged = pad(&[("A", "3")]).judge(unpriced, &rep);
        assert_eq!((judged.ready.len(), judged.unpriced), (1, 1));
        assert_eq!(judged.total, None);
    }

    #[test]
    fn it_is_kept_as_a_plain_list() {
        let pad = pad(&[("A/1", "12"), ("B", " x\ty")]);
        let kept = pad.written();
        assert_eq!(kept, "A/1\t12\nB\t x\ty\n");
        assert_eq!(BulkQuantities::read(&kept), pad);
        assert!(BulkQuantities::read("nonsense\n\n").is_empty());
    }

    proptest! {
        /// Quantities typed into the list survive.
        #[test]
        fn the_last_text_typed_stands_and_blank_is_nothing(
            typed in prop::collection::vec(("[a-d]", "( |[0-9x]){0,4}"), 0..30),
        ) {
            let mut pad = BulkQuantities::default();
            for (sku, text) in &typed {
                let before = pad.clone();
                let news = pad.put(sku, text);
                prop_assert_eq!(news, before != pad);
            }
            for sku in ["a", "b", "c", "d"] {
                let last = typed.iter().rev().find(|(of, _)| of == sku);
                let last = last.map_or("", |(_, text)| if text.trim().is_empty() { "" } else { text });
                prop_assert_eq!(pad.text(sku), last);
            }
            let mut skus: Vec<_> = pad.lines().iter().map(|line| &line.sku).collect();
            skus.sort();
            skus.dedup();
            prop_assert_eq!(skus.len(), pad.lines().len(), "each product once");
            prop_assert_eq!(&BulkQuantities::read(&pad.written()), &pad);
            // Every line is judged one way.
            let judged = pad.judge(|sku| (sku != "d").then(|| product(sku, true)), &buyer());
            let all = judged.ready.len() + judged.wrong.len() + judged.unread.len();
            prop_assert_eq!(all, pad.lines().len());
            prop_assert!(judged.ready.iter().all(|it| it.quantity % 6 == 0 && it.quantity > 0));
        }
    }
}
