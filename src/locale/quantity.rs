//! What is wrong with a quantity, and what is short of a product, in the buyer's language.

use super::Locale;
use crate::domain::catalog::{quantity::QuantityError, stock::Shortage};

impl Locale {
    /// What is wrong with a quantity, as a sentence.
    pub(crate) fn quantity_error(self, error: &QuantityError) -> String {
        let number = |number: &u32| self.number(u64::from(*number));
        match error {
            QuantityError::Empty => self.text("quantity.empty"),
            QuantityError::NotANumber => self.text("quantity.not_a_number"),
            QuantityError::Negative => self.text("quantity.negative"),
            QuantityError::NotWhole { .. } => self.text("quantity.not_whole"),
            QuantityError::TooLarge { max } => {
                self.text_with("quantity.too_large", &[("max", &number(max))])
            }
            QuantityError::BelowMinimum {
                minimum,
                suggestion,
            } => self.text_with(
                "quantity.below_minimum",
                &[
                    ("minimum", &number(minimum)),
                    ("suggestion", &number(suggestion)),
                ],
            ),
            QuantityError::NotAMultiple {
                increment,
                below,
                above,
            } => match below {
                Some(below) => self.text_with(
                    "quantity.not_a_multiple",
                    &[
                        ("increment", &number(increment)),
                        ("below", &number(below)),
                        ("above", &number(above)),
                    ],
                ),
                None => self.text_with(
                    "quantity.not_a_multiple_above",
                    &[("increment", &number(increment)), ("above", &number(above))],
                ),
            },
        }
    }

    /// What is short of a product, in words.
    pub(crate) fn shortage(self, short: Shortage) -> String {
        match short {
            Shortage::OutOfStock => self.text("stock.none"),
            Shortage::LessStock(on_hand) => self.plural("stock.less", u64::from(on_hand), &[]),
        }
    }
}
