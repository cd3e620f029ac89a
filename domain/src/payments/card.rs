//! A payment card as the buyer types it: brand, grouping, and the checks that need no server.
//!
//! Number and security code live in [`Secret`]s only. They are never stored, logged or shown by
//! `Debug`, and are overwritten when dropped.

use nymble_wire::CreditCard;

use super::secret::Secret;
use crate::values::typed::{ascii, digit};

/// The longest name on a card, in characters after trimming.
///
/// Assumption: the API documents no limit.
pub const MAX_HOLDER: usize = 100;

/// The most years a card's expiry may lie ahead; issuers stay well below.
const MAX_YEARS_AHEAD: u16 = 20;

/// Who issued a card, as its first digits tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Brand {
    /// Visa.
    Visa,
    /// Mastercard.
    Mastercard,
    /// American Express.
    Amex,
    /// Discover.
    Discover,
    /// JCB.
    Jcb,
    /// Diners Club.
    Diners,
    /// `UnionPay`.
    UnionPay,
    /// None of these, or too few digits to tell.
    Unknown,
}

impl Brand {
    /// The brand of a card number, or of its beginning while it is being typed. Other characters
    /// than digits are passed over.
    pub fn of(number: &str) -> Self {
        // The first four digits, and how many there are: ranges are compared at their own length.
        let (mut prefix, mut known) = (0_u16, 0_u32);
        for digit in number.chars().filter_map(digit).take(4) {
            prefix = prefix * 10 + u16::from(digit);
            known += 1;
        }
        let first = |digits: u32| {
            if known < digits {
                0
            } else {
                prefix / 10_u16.pow(known - digits)
            }
        };
        match (first(1), first(2), first(3), first(4)) {
            (4, ..) => Self::Visa,
            (_, 51..=55, ..) | (_, _, _, 2221..=2720) => Self::Mastercard,
            (_, 34 | 37, ..) => Self::Amex,
            (_, _, _, 3528..=3589) => Self::Jcb,
            (_, 36 | 38 | 39, ..) | (_, _, 300..=305, _) | (_, _, _, 3095) => Self::Diners,
            (_, 65, ..) | (_, _, 644..=649, _) | (_, _, _, 6011) => Self::Discover,
            (_, 62 | 81, ..) => Self::UnionPay,
            _ => Self::Unknown,
        }
    }

    /// Whether cards of this brand can have `digits` digits.
    pub fn has_length(self, digits: usize) -> bool {
        match self {
            Self::Visa => matches!(digits, 13 | 16 | 19),
            Self::Mastercard => digits == 16,
            Self::Amex => digits == 15,
            Self::Diners => matches!(digits, 14..=19),
            Self::Discover | Self::Jcb | Self::UnionPay => matches!(digits, 16..=19),
            Self::Unknown => matches!(digits, 12..=19),
        }
    }

    /// How many digits the security code has: the fewest and the most.
    pub fn cvv_length(self) -> (usize, usize) {
        match self {
            Self::Amex => (4, 4),
            Self::Unknown => (3, 4),
            _ => (3, 3),
        }
    }

    /// Sizes of the groups a number of `digits` digits is shown in; the last size repeats.
    fn groups(self, digits: usize) -> &'static [usize] {
        match self {
            Self::Amex => &[4, 6, 5],
            Self::Diners if digits <= 14 => &[4, 6, 4],
            _ => &[4],
        }
    }
}

/// The digits of `text` as ASCII; everything else is dropped.
pub fn digits(text: &str) -> Secret {
    // Room for all from the start: growing would leave a copy behind.
    let mut digits = String::with_capacity(text.len());
    for digit in text.chars().filter_map(digit) {
        digits.push(char::from(b'0' + digit));
    }
    Secret::from(digits)
}

/// A card number, also an unfinished one, in its brand's groups: `4111 1111 1111 1111`,
/// `3782 822463 10005`. Other characters than digits are dropped.
pub fn group(number: &str) -> Secret {
    let number = digits(number);
    let sizes = Brand::of(number.expose()).groups(number.expose().len());
    let mut grouped = String::with_capacity(number.expose().len() * 2);
    let (mut index, mut left) = (0, sizes.first().copied().unwrap_or(4));
    for digit in number.expose().chars() {
        if left == 0 {
            grouped.push(' ');
            index += 1;
            left = sizes.get(index).or(sizes.last()).copied().unwrap_or(4);
        }
        grouped.push(digit);
        left = left.saturating_sub(1);
    }
    Secret::from(grouped)
}

/// Whether the check digit of a number (ASCII digits only) is right, by the Luhn formula.
pub fn luhn(digits: &str) -> bool {
    let mut sum = 0_u32;
    for (place, digit) in digits.bytes().rev().enumerate() {
        if !digit.is_ascii_digit() {
            return false;
        }
        let value = u32::from(digit - b'0') << (place % 2);
        sum = sum.wrapping_add(if value > 9 { value - 9 } else { value });
    }
    !digits.is_empty() && sum.is_multiple_of(10)
}

/// Whether a card with this expiry (month 1 to 12, four-digit year) can no longer be used today. It
/// can until the end of its month.
pub fn is_expired(month: u8, year: u16, today_year: u16, today_month: u8) -> bool {
    (year, month) < (today_year, today_month)
}

/// A card as typed, every field as the buyer left it.
#[derive(Debug, Default)]
pub struct CardInput {
    /// The number, with whatever spaces or hyphens.
    pub number: Secret,
    /// The name on the card.
    pub holder: Secret,
    /// The month of expiry, `1` to `12` or `01` to `12`.
    pub month: String,
    /// The year of expiry, two or four digits.
    pub year: String,
    /// The security code.
    pub cvv: Secret,
}

/// A field of [`CardInput`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CardField {
    /// The number.
    Number,
    /// The name on the card.
    Holder,
    /// The month of expiry.
    Month,
    /// The year of expiry.
    Year,
    /// The security code.
    Cvv,
}

/// What is wrong with a card as typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CardError {
    /// No number.
    NumberMissing,
    /// The number holds something else than digits, spaces and hyphens.
    NumberNotDigits,
    /// Too few or too many digits for the card's brand.
    NumberLength,
    /// The check digit is wrong: most likely a typing error.
    NumberCheck,
    /// No name on the card.
    HolderMissing,
    /// The name is too long.
    HolderTooLong {
        /// The most that are allowed, in characters.
        max: usize,
    },
    /// The name holds a character that does not print.
    HolderControlCharacter,
    /// The month is not 1 to 12.
    Month,
    /// The year is not two or four digits, or too far ahead to be true.
    Year,
    /// The card has expired.
    Expired,
    /// No security code.
    CvvMissing,
    /// The security code is not so many digits.
    Cvv {
        /// The fewest digits.
        min: usize,
        /// The most digits.
        max: usize,
    },
}

impl CardError {
    /// The field at which to show the error.
    pub fn field(self) -> CardField {
        match self {
            Self::NumberMissing
            | Self::NumberNotDigits
            | Self::NumberLength
            | Self::NumberCheck => CardField::Number,
            Self::HolderMissing | Self::HolderTooLong { .. } | Self::HolderControlCharacter => {
                CardField::Holder
            }
            Self::Month => CardField::Month,
            Self::Year | Self::Expired => CardField::Year,
            Self::CvvMissing | Self::Cvv { .. } => CardField::Cvv,
        }
    }
}

/// A card that passed every check this side of the issuer. Not `Clone`, so that it lives once.
#[derive(Debug)]
pub struct Card {
    number: Secret,
    holder: Secret,
    month: u8,
    year: u16,
    cvv: Secret,
}

impl Card {
    /// Checks a card as typed, on a day in `today_month` (1 to 12) of `today_year` (four digits),
    /// and says everything that is wrong, in the fields' order, at most once per field.
    ///
    /// `UnionPay` numbers are not held to the Luhn formula: not all of them follow it.
    pub fn new(
        input: &CardInput,
        today_year: u16,
        today_month: u8,
    ) -> Result<Self, Vec<CardError>> {
        let number = digits(input.number.expose());
        let brand = Brand::of(number.expose());
        let cvv = digits(input.cvv.expose());
        let mut errors = Vec::new();
        errors.extend(number_error(input.number.expose(), number.expose(), brand));
        errors.extend(holder_error(input.holder.expose().trim()));
        let month = month(&input.month);
        let year = year(&input.year, today_year);
        match (month, year) {
            (Some(month), Some(year)) if is_expired(month, year, today_year, today_month) => {
                errors.push(CardError::Expired);
            }
            _ => {
                errors.extend(month.is_none().then_some(CardError::Month));
                errors.extend(year.is_none().then_some(CardError::Year));
            }
        }
        errors.extend(cvv_error(input.cvv.expose().trim(), cvv.expose(), brand));
        match (month, year) {
            (Some(month), Some(year)) if errors.is_empty() => {
                let holder = Secret::from(input.holder.expose().trim().to_owned());
                Ok(Self {
                    number,
                    holder,
                    month,
                    year,
                    cvv,
                })
            }
            _ => Err(errors),
        }
    }

    /// The card's brand.
    pub fn brand(&self) -> Brand {
        Brand::of(self.number.expose())
    }

    /// The last four digits, the only ones that may be shown.
    pub fn last_four(&self) -> &str {
        let number = self.number.expose();
        number
            .get(number.len().saturating_sub(4)..)
            .unwrap_or_default()
    }

    /// The month of expiry, 1 to 12.
    pub fn month(&self) -> u8 {
        self.month
    }

    /// The year of expiry, four digits.
    pub fn year(&self) -> u16 {
        self.year
    }

    /// The card as a checkout sends it: a copy that is not overwritten when dropped, so it is made
    /// when the request is and goes with it.
    pub fn to_wire(&self) -> CreditCard {
        let mut expiry_month = String::with_capacity(2);
        expiry_month.push(char::from(b'0' + self.month / 10));
        expiry_month.push(char::from(b'0' + self.month % 10));
        CreditCard {
            card_number: self.number.expose().to_owned(),
            cardholder_name: self.holder.expose().to_owned(),
            expiry_month,
            expiry_year: i64::from(self.year),
            cvv: self.cvv.expose().to_owned(),
        }
    }
}

fn number_error(typed: &str, digits: &str, brand: Brand) -> Option<CardError> {
    let foreign = |character: char| {
        digit(character).is_none() && !character.is_whitespace() && ascii(character) != '-'
    };
    if typed.trim().is_empty() {
        Some(CardError::NumberMissing)
    } else if typed.contains(foreign) {
        Some(CardError::NumberNotDigits)
    } else if !brand.has_length(digits.len()) {
        Some(CardError::NumberLength)
    } else if brand != Brand::UnionPay && !luhn(digits) {
        Some(CardError::NumberCheck)
    } else {
        None
    }
}

fn holder_error(holder: &str) -> Option<CardError> {
    if holder.is_empty() {
        Some(CardError::HolderMissing)
    } else if holder.chars().nth(MAX_HOLDER).is_some() {
        Some(CardError::HolderTooLong { max: MAX_HOLDER })
    } else if holder.contains(char::is_control) {
        Some(CardError::HolderControlCharacter)
    } else {
        None
    }
}

fn cvv_error(typed: &str, digits: &str, brand: Brand) -> Option<CardError> {
    let (min, max) = brand.cvv_length();
    if typed.is_empty() {
        Some(CardError::CvvMissing)
    } else if digits.len() < min || digits.len() > max || typed.chars().count() != digits.len() {
        Some(CardError::Cvv { min, max })
    } else {
        None
    }
}

/// The number of up to four digits in `text`, and how many digits it has.
fn short_number(text: &str) -> Option<(u16, usize)> {
    let (mut value, mut length) = (0_u16, 0);
    for character in text.trim().chars() {
        if length == 4 {
            return None;
        }
        value = value * 10 + u16::from(digit(character)?);
        length += 1;
    }
    Some((value, length))
}

fn month(text: &str) -> Option<u8> {
    match short_number(text)? {
        (month @ 1..=12, 1..=2) => u8::try_from(month).ok(),
        _ => None,
    }
}

/// Two digits are a year of the present century.
fn year(text: &str, today_year: u16) -> Option<u16> {
    let year = match short_number(text)? {
        (year, 4) => year,
        (year, 2) => (today_year / 100).saturating_mul(100).saturating_add(year),
        _ => return None,
    };
    (year <= today_year.saturating_add(MAX_YEARS_AHEAD)).then_some(year)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests;
