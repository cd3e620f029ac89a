//! Card numbers: what one must look like, and the little of it that may be remembered. Pure.

use nymble_wire::{CreditCard, FieldProblem};

/// What may be remembered of a card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Card {
    /// For example `Visa`.
    pub(crate) brand: &'static str,
    /// The number's last four digits.
    pub(crate) last_four: String,
}

/// What is wrong with a card typed at checkout, field by field.
///
/// `year` and `month` are today's.
pub(crate) fn faults(card: &CreditCard, year: i64, month: i64) -> Vec<FieldProblem> {
    faults_in(card, "payment.creditCard.", year, month)
}

/// [`faults`] with other words before the fields' names.
pub(super) fn faults_in(
    card: &CreditCard,
    parent: &str,
    year: i64,
    month: i64,
) -> Vec<FieldProblem> {
    let mut errors = Vec::new();
    let mut wrong = |field: &str, reason: &str| {
        let reason = format!("'{field}' {reason}");
        errors.push(FieldProblem {
            name: format!("{parent}{field}"),
            reason,
        });
    };
    if !luhn(&digits(&card.card_number))
        || card
            .card_number
            .chars()
            .any(|c| !c.is_ascii_digit() && c != ' ' && c != '-')
    {
        wrong("cardNumber", "is not a valid card number.");
    }
    let named = card.cardholder_name.trim();
    if named.is_empty() || named.chars().count() > 100 {
        wrong("cardholderName", "must be 1 to 100 letters long.");
    } else if digits(named).len() >= 12 {
        // The name is kept: a number typed into the wrong field must not be.
        wrong("cardholderName", "must be a name.");
    }
    match card.expiry_month.trim().parse::<i64>() {
        Ok(expiry @ 1..=12) => {
            if !(year..=year + 30).contains(&card.expiry_year) {
                wrong("expiryYear", "is not a year in which the card is valid.");
            } else if card.expiry_year == year && expiry < month {
                wrong("expiryMonth", "is in the past: the card has expired.");
            }
        }
        _ => wrong("expiryMonth", "must be from '01' to '12'."),
    }
    if !(3..=4).contains(&card.cvv.len()) || !card.cvv.bytes().all(|byte| byte.is_ascii_digit()) {
        wrong("cvv", "must be 3 or 4 digits.");
    }
    errors
}

/// What may be remembered of this card.
pub(crate) fn remembered(card: &CreditCard) -> Card {
    let digits = digits(&card.card_number);
    let last_four = digits
        .get(digits.len().saturating_sub(4)..)
        .unwrap_or_default()
        .to_owned();
    Card {
        brand: brand(&digits),
        last_four,
    }
}

/// The number without the spaces and hyphens people write.
pub(crate) fn digits(number: &str) -> String {
    number.chars().filter(char::is_ascii_digit).collect()
}

fn luhn(digits: &str) -> bool {
    if !(12..=19).contains(&digits.len()) {
        return false;
    }
    let sum: u32 = digits
        .bytes()
        .rev()
        .enumerate()
        .map(|(position, byte)| {
            let digit = u32::from(byte - b'0') * if position % 2 == 1 { 2 } else { 1 };
            if digit > 9 { digit - 9 } else { digit }
        })
        .sum();
    sum.is_multiple_of(10) && digits.bytes().any(|byte| byte != b'0')
}

fn brand(digits: &str) -> &'static str {
    let head = |length: usize| {
        digits
            .get(..length)
            .and_then(|text| text.parse::<u32>().ok())
            .unwrap_or(0)
    };
    match (head(1), head(2), head(4)) {
        (4, ..) => "Visa",
        (_, 51..=55, _) | (_, _, 2221..=2720) => "Mastercard",
        (_, 34 | 37, _) => "American Express",
        (_, 65, _) | (_, _, 6011) => "Discover",
        (_, _, 3528..=3589) => "JCB",
        _ => "Card",
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn card(number: &str, month: &str, year: i64, cvv: &str) -> CreditCard {
        CreditCard {
            card_number: number.to_owned(),
            cardholder_name: "Jane Smith".to_owned(),
            expiry_month: month.to_owned(),
            expiry_year: year,
            cvv: cvv.to_owned(),
        }
    }

    fn names(card: &CreditCard) -> Vec<String> {
        faults(card, 2026, 6)
            .into_iter()
            .map(|fault| fault.name)
            .collect()
    }

    #[test]
    fn the_documents_card_is_fine() {
        assert_eq!(names(&card("4111111111111111", "10", 2028, "123")), [""; 0]);
        assert_eq!(
            names(&card("4111 1111 1111 1111", "6", 2026, "1234")),
            [""; 0]
        );
    }

    #[test]
    fn each_fault_names_its_field() {
        assert_eq!(
            names(&card("4111111111111112", "10", 2028, "123")),
            ["payment.creditCard.cardNumber"]
        );
        assert_eq!(
            names(&card("0000000000000000", "10", 2028, "123")),
            ["payment.creditCard.cardNumber"]
        );
        assert_eq!(
            names(&card("4111x11111111111", "10", 2028, "123")),
            ["payment.creditCard.cardNumber"]
        );
        assert_eq!(
            names(&card("4111111111111111", "13", 2028, "123")),
            ["payment.creditCard.expiryMonth"]
        );
        assert_eq!(
            names(&card("4111111111111111", "05", 2026, "123")),
            ["payment.creditCard.expiryMonth"]
        );
        assert_eq!(
            names(&card("4111111111111111", "05", 2025, "123")),
            ["payment.creditCard.expiryYear"]
        );
        assert_eq!(
            names(&card("4111111111111111", "05", 2028, "12x")),
            ["payment.creditCard.cvv"]
        );
    }

    #[test]
    fn only_brand_and_last_four_are_remembered() {
        let visa = remembered(&card("4111-1111-1111-1111", "10", 2028, "123"));
        assert_eq!((visa.brand, visa.last_four.as_str()), ("Visa", "1111"));
        assert_eq!(
            remembered(&card("5555555555554444", "10", 2028, "123")).brand,
            "Mastercard"
        );
        assert_eq!(
            remembered(&card("378282246310005", "10", 2028, "1234")).brand,
            "American Express"
        );
    }
}
