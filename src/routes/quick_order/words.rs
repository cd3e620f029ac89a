//! What there is to say of a line, in words.

use leptos::prelude::*;

use crate::{
    components::{price, quantity_field},
    domain::{
        catalog::{pricing, quantity::QuantityError},
        quick_order::line::{CheckedLine, Fix, Trouble},
    },
    locale::Locale,
    state::quick_order::pad::PadState,
};

/// How grave it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tone {
    /// The line cannot be ordered.
    Wrong,
    /// It can, but the buyer should know this.
    Warning,
    /// Something good to know.
    Hint,
}

impl Tone {
    /// The class it is shown with.
    pub(crate) fn class(self) -> &'static str {
        match self {
            Self::Wrong => "pad-state wrong",
            Self::Warning => "pad-state warn",
            Self::Hint => "pad-state",
        }
    }
}

/// A line's number as it is shown, from 1.
pub(crate) fn number(locale: Locale, at: usize) -> String {
    locale.number(at as u64 + 1)
}

/// How high so many lines are, those that hold something and blank ones, for a style.
pub(crate) fn height((filled, blank): (usize, usize)) -> String {
    let mut height = String::from("calc(var(--pad-row) * ");
    height.push_str(&filled.to_string());
    height.push_str(" + var(--pad-blank) * ");
    height.push_str(&blank.to_string());
    height.push(')');
    height
}

/// Why a line cannot be ordered.
pub(crate) fn trouble(locale: Locale, trouble: &Trouble) -> String {
    match trouble {
        Trouble::NoSku => locale.text("pad.no_sku"),
        Trouble::Mangled => locale.text("pad.mangled"),
        Trouble::Unknown => locale.text("pad.unknown"),
        Trouble::WrongDigit => locale.text("pad.wrong_digit"),
        Trouble::NotOffered => locale.text("pad.not_offered"),
        Trouble::NoPrice => locale.text("pad.no_price"),
        Trouble::Quantity(error) => locale.quantity_error(error),
    }
}

/// What putting a line right is called.
pub(crate) fn mend(locale: Locale, mend: &Fix, looked: &CheckedLine) -> String {
    match mend {
        Fix::Quantity(quantity) => {
            let rounds = match looked.trouble {
                Some(Trouble::Quantity(QuantityError::NotAMultiple { above, .. })) => {
                    above == *quantity
                }
                Some(Trouble::Quantity(QuantityError::NotWhole { whole })) => *quantity > whole,
                _ => false,
            };
            let key = if rounds {
                "pad.round_up"
            } else {
                "pad.take_quantity"
            };
            let quantity = locale.number(u64::from(*quantity));
            locale.text_with(key, &[("quantity", &quantity)])
        }
        Fix::Sku(sku) => locale.text_with("pad.take_sku", &[("sku", sku)]),
        Fix::Divide(both) => locale.text_with(
            "pad.take_both",
            &[("sku", &both.sku), ("quantity", &both.quantity)],
        ),
        Fix::Merge { into, rounded } => {
            let line = number(locale, *into);
            match rounded {
                None => locale.text_with("pad.merge_into", &[("line", &line)]),
                Some(quantity) => {
                    let quantity = locale.number(u64::from(*quantity));
                    locale.text_with(
                        "pad.merge_rounded",
                        &[("line", &line), ("quantity", &quantity)],
                    )
                }
            }
        }
    }
}

/// What there is to say of a line, the gravest only (tracked).
pub(crate) fn state(
    locale: Locale,
    pad: PadState,
    sku: &str,
    looked: &CheckedLine,
) -> (Tone, String) {
    if let Some(found) = &looked.trouble {
        return (Tone::Wrong, trouble(locale, found));
    }
    if !sku.trim().is_empty()
        && let Some(unread) = pad.unread(sku)
    {
        return match unread {
            Some(why) => (
                Tone::Warning,
                locale.text_with("pad.unread", &[("reason", &why)]),
            ),
            None if pad.looking().is_some() => (Tone::Hint, locale.text("pad.looking_up")),
            None => (Tone::Hint, String::new()),
        };
    }
    let mut words = Vec::new();
    if let Some(seen) = pad.seen(sku) {
        let time = locale.clock(seen);
        words.push(locale.text_with("pad.price_from", &[("time", &time)]));
    }
    words.extend(looked.shortage.map(|short| locale.shortage(short)));
    if let Some(place) = looked.repeats {
        words.push(locale.text_with("pad.repeats", &[("line", &number(locale, place))]));
    }
    if !words.is_empty() {
        return (Tone::Warning, words.join(" · "));
    }
    let Some(product) = &looked.product else {
        return (Tone::Hint, String::new());
    };
    let buyer = pad.buyer();
    let quantity = looked.quantity.map_or(1, |_| looked.priced_at);
    if looked.unit_price.is_none() {
        let shown = pricing::shown_price(product, &buyer, quantity, pricing::Reading::Done);
        words.push(price::in_words(
            locale,
            shown,
            buyer.currency_of(product),
            None,
        ));
    }
    if let Some(nudge) = price::next_break(locale, product, &buyer, quantity) {
        words.push(nudge);
    } else {
        words.extend(quantity_field::rule_in_words(
            locale,
            pricing::quantity_rule(product),
        ));
        if let Some(on_hand) = product.quantity_on_hand.filter(|it| *it > 0) {
            words.push(locale.plural("stock.some", on_hand.unsigned_abs(), &[]));
        }
    }
    (Tone::Hint, words.join(" · "))
}

/// The lines that cannot be ordered, as CSV: SKU and quantity as they were typed, and what is wrong.
pub(crate) fn problems(locale: Locale, pad: PadState) -> String {
    let names = ["pad.sku", "pad.quantity", "pad.problem"].map(|key| locale.text(key));
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let mut csv = crate::domain::values::csv::Csv::new(&names);
    untrack(|| {
        for at in 0..pad.line_count() {
            let line = pad.line(at);
            let looked = pad.check_line(at, &line);
            let unread = || match pad.unread(&line.sku) {
                Some(Some(why)) => Some(locale.text_with("pad.unread", &[("reason", &why)])),
                _ => None,
            };
            let problem = looked.trouble.as_ref().map(|found| trouble(locale, found));
            if let Some(problem) = problem.or_else(unread) {
                csv.row(&[&line.sku, &line.quantity, &problem]);
            }
        }
    });
    csv.finish()
}
