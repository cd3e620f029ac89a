//! How many pieces: what a buyer typed, and what a product's minimum and increment allow.

use crate::values::typed::ascii;

/// The largest quantity of one line, in pieces.
///
/// Assumption: the API documents no limit; a million pieces is far above any believable line and
/// catches a slipped key or a pasted telephone number.
pub const MAX_QUANTITY: u32 = 1_000_000;

/// Which quantities of a product can be ordered: multiples of its increment, from its minimum on.
///
/// A rule can always be met: there is at least one quantity up to [`MAX_QUANTITY`] that it allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    minimum: u32,
    increment: u32,
}

impl Rule {
    /// The rule of a product's `minimumOrderQuantity` and `quantityIncrement`, in pieces.
    ///
    /// Absent, zero or negative counts as 1. Values that leave nothing to order up to
    /// [`MAX_QUANTITY`] are lowered until something is left; the server still refuses what it must.
    pub fn new(minimum: Option<i64>, increment: Option<i64>) -> Self {
        let mut rule = Self {
            minimum: at_least_one(minimum),
            increment: at_least_one(increment),
        };
        rule.minimum = rule.minimum.min(rule.last());
        rule
    }

    /// The product's minimum order quantity, in pieces, at least 1. Not always orderable itself:
    /// see [`Rule::first`].
    pub fn minimum(&self) -> u32 {
        self.minimum
    }

    /// The step between orderable quantities, in pieces, at least 1.
    pub fn increment(&self) -> u32 {
        self.increment
    }

    /// The smallest orderable quantity: the first multiple of the increment that reaches the
    /// minimum.
    pub fn first(&self) -> u32 {
        self.minimum
            .div_ceil(self.increment)
            .saturating_mul(self.increment)
    }

    /// The largest orderable quantity: the last multiple of the increment up to [`MAX_QUANTITY`].
    pub fn last(&self) -> u32 {
        MAX_QUANTITY - MAX_QUANTITY % self.increment
    }

    /// Whether `quantity` can be ordered as it is.
    pub fn allows(&self, quantity: u32) -> bool {
        quantity >= self.first()
            && quantity <= self.last()
            && quantity.is_multiple_of(self.increment)
    }

    /// The smallest orderable quantity that is at least `quantity`; [`Rule::last`] when there is
    /// none.
    pub fn round_up(&self, quantity: u32) -> u32 {
        let wanted = quantity.clamp(self.first(), self.last());
        wanted.div_ceil(self.increment) * self.increment
    }

    /// The largest orderable quantity that is at most `quantity`, if there is one.
    pub fn nearest_below(&self, quantity: u32) -> Option<u32> {
        if quantity < self.first() {
            return None;
        }
        let wanted = quantity.min(self.last());
        Some(wanted - wanted % self.increment)
    }

    /// The next orderable quantity above `quantity`; [`Rule::last`] when there is none.
    pub fn step_up(&self, quantity: u32) -> u32 {
        self.round_up(quantity.saturating_add(1))
    }

    /// The next orderable quantity below `quantity`; [`Rule::first`] when there is none, so that a
    /// step never removes a line: that is the caller's to decide.
    pub fn step_down(&self, quantity: u32) -> u32 {
        self.nearest_below(quantity.saturating_sub(1))
            .unwrap_or(self.first())
    }
}

fn at_least_one(value: Option<i64>) -> u32 {
    match value {
        Some(value) if value > 0 => u32::try_from(value)
            .unwrap_or(MAX_QUANTITY)
            .min(MAX_QUANTITY),
        _ => 1,
    }
}

/// Why a text or a number is not a quantity that can be ordered. All numbers are pieces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QuantityError {
    /// Nothing was typed.
    Empty,
    /// The text is no number, or one that could be read in two ways.
    NotANumber,
    /// A number below zero.
    Negative,
    /// A number with a fraction.
    NotWhole {
        /// The number without it.
        whole: u32,
    },
    /// More than one line may hold.
    TooLarge {
        /// The largest quantity that can be ordered.
        max: u32,
    },
    /// Fewer than the product's minimum.
    BelowMinimum {
        /// The product's minimum.
        minimum: u32,
        /// The smallest orderable quantity.
        suggestion: u32,
    },
    /// Not a multiple of the product's increment.
    NotAMultiple {
        /// The product's increment.
        increment: u32,
        /// The nearest smaller orderable quantity, if there is one.
        below: Option<u32>,
        /// The nearest larger orderable quantity.
        above: u32,
    },
}

/// Says whether `quantity` pieces can be ordered under `rule`.
pub fn check(quantity: u32, rule: &Rule) -> Result<(), QuantityError> {
    if quantity > rule.last() {
        Err(QuantityError::TooLarge { max: rule.last() })
    } else if quantity < rule.minimum {
        Err(QuantityError::BelowMinimum {
            minimum: rule.minimum,
            suggestion: rule.first(),
        })
    } else if quantity.is_multiple_of(rule.increment) {
        Ok(())
    } else {
        Err(QuantityError::NotAMultiple {
            increment: rule.increment,
            below: rule.nearest_below(quantity),
            above: rule.round_up(quantity),
        })
    }
}

/// Reads the quantity in `text` and checks it against `rule`. See [`parse_raw`] for what is read.
pub fn parse(text: &str, rule: &Rule) -> Result<u32, QuantityError> {
    let quantity = parse_raw(text)?;
    check(quantity, rule)?;
    Ok(quantity)
}

/// Reads a whole number from 0 to [`MAX_QUANTITY`] as people type it and spreadsheets paste it, in
/// any language:
///
/// - spaces of every kind and invisible marks around the number, a leading `+`, full-width digits
///   and signs;
/// - thousands in groups of three, set off throughout by one of `,` `.` `'` or a space: `1,000`,
///   `1.000`, `1 000 000`. Anything else between digits is refused, so two pasted columns (`12 5`)
///   never become one number;
/// - a fraction of zeros after `.` or `,`: `12.0`, `12,00`, `1,000.00`.
///
/// Assumption: one separator before exactly three digits sets off thousands, whatever the language:
/// `1.000` and `1,000` are a thousand pieces, never one piece with three decimals. Whoever reads a
/// pasted text shows the number that was understood before it is ordered. `0.500` is a fraction,
/// since no thousands begin with a zero.
pub fn parse_raw(text: &str) -> Result<u32, QuantityError> {
    let plain = plain_characters(text)?;
    let (negative, number) = match *plain.trim_ascii() {
        [] => return Err(QuantityError::Empty),
        [b'-', ref rest @ ..] => (true, rest),
        [b'+', ref rest @ ..] => (false, rest),
        ref number => (false, number),
    };
    let (whole, fraction) =
        split_fraction(number.trim_ascii_start()).ok_or(QuantityError::NotANumber)?;
    if negative {
        return Err(QuantityError::Negative);
    }
    let mut value = 0_u32;
    for digit in whole.iter().filter(|byte| byte.is_ascii_digit()) {
        value = value
            .saturating_mul(10)
            .saturating_add(u32::from(digit - b'0'));
    }
    if value > MAX_QUANTITY {
        Err(QuantityError::TooLarge { max: MAX_QUANTITY })
    } else if fraction.iter().any(|digit| *digit != b'0') {
        Err(QuantityError::NotWhole { whole: value })
    } else {
        Ok(value)
    }
}

/// The text with every kind of space, digit, sign and separator in its ASCII form.
fn plain_characters(text: &str) -> Result<Vec<u8>, QuantityError> {
    let mut plain = Vec::new();
    for character in text.chars() {
        plain.push(match ascii(character) {
            plain @ ('0'..='9' | '+' | '-' | ',' | '.' | '\'') => plain as u8,
            '’' => b'\'',
            // Joiners, direction marks and byte order marks come along with pasted cells.
            '\u{200B}'..='\u{200F}'
            | '\u{202A}'..='\u{202E}'
            | '\u{2060}'
            | '\u{2066}'..='\u{2069}'
            | '\u{FEFF}' => continue,
            other if other.is_whitespace() => b' ',
            _ => return Err(QuantityError::NotANumber),
        });
    }
    Ok(plain)
}

/// Splits digits and separators into the whole part (which may keep its thousands separators) and
/// the digits of the fraction; `None` when they make no number.
fn split_fraction(number: &[u8]) -> Option<(&[u8], &[u8])> {
    if !number.iter().any(u8::is_ascii_digit) {
        return None;
    }
    if is_whole(number) {
        return Some((number, &[]));
    }
    let point = number
        .iter()
        .rposition(|byte| matches!(byte, b'.' | b','))?;
    let (whole, rest) = number.split_at(point);
    let (separator, fraction) = rest.split_first()?;
    // A separator cannot set off both thousands and the fraction.
    let sound =
        !whole.contains(separator) && is_whole(whole) && fraction.iter().all(u8::is_ascii_digit);
    // `012,000` would be twelve while `12,000` is twelve thousand: neither is meant for sure.
    let doubtful = fraction.len() == 3 && whole.len() > 1 && whole.starts_with(b"0");
    (sound && !doubtful).then_some((whole, fraction))
}

/// Whether `number` is digits only, or digits in groups of three set off throughout by the same
/// separator.
fn is_whole(number: &[u8]) -> bool {
    let Some(first) = number.iter().position(|byte| !byte.is_ascii_digit()) else {
        return true;
    };
    let separator = number[first];
    let mut groups = number.split(|byte| *byte == separator);
    let leading = groups.next().unwrap_or_default();
    matches!(leading.len(), 1..=3)
        && !leading.starts_with(b"0")
        && groups.all(|group| group.len() == 3 && group.iter().all(u8::is_ascii_digit))
}

#[cfg(test)]
mod tests;
