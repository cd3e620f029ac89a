//! Paying invoices: which can be paid, how much of each, and what that comes to.

use nymble_wire::{Invoice, InvoiceStatus};
use rust_decimal::Decimal;

use super::ageing;
use crate::values::{money, typed::ascii};

/// How many invoices are paid in one go: each is a payment of its own, one after the other.
pub const MOST_AT_ONCE: usize = 50;

/// Why an invoice cannot be paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unpayable {
    /// The merchant has not issued it yet.
    Draft,
    /// Nothing is left to pay.
    Paid,
    /// It is no longer owed.
    Voided,
    /// It is kept for the record only.
    Cancelled,
    /// It stands where the documents know nothing of.
    Unknown,
}

/// Why `invoice` cannot be paid; none when it can.
pub fn unpayable(invoice: &Invoice) -> Option<Unpayable> {
    match &invoice.status {
        InvoiceStatus::Issued | InvoiceStatus::PartiallyPaid => {
            (!ageing::is_open(invoice)).then_some(Unpayable::Paid)
        }
        InvoiceStatus::Draft => Some(Unpayable::Draft),
        InvoiceStatus::Paid => Some(Unpayable::Paid),
        InvoiceStatus::Voided => Some(Unpayable::Voided),
        InvoiceStatus::Cancelled => Some(Unpayable::Cancelled),
        InvoiceStatus::Other(_) => Some(Unpayable::Unknown),
    }
}

/// What is wrong with an amount as typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AmountError {
    /// Nothing was typed.
    Empty,
    /// It is no amount, or one that could be read in two ways.
    NotAnAmount,
    /// It is smaller than the currency's minor unit can say.
    TooPrecise {
        /// The currency's decimal places.
        places: u32,
    },
    /// Zero, or less.
    NotPositive,
    /// More than what is to be paid.
    MoreThanBalance {
        /// What is to be paid, in the invoice's currency.
        balance: Decimal,
    },
}

/// The longest text that is read.
const LONGEST: usize = 40;

/// Reads an amount as typed where `mark` separates decimals.
///
/// The other separator (and spaces and apostrophes) may set off thousands, in groups of three; alone before one or
/// two digits it can only be meant as the mark. Signs of currencies may stand around it.
fn read(text: &str, mark: char) -> Option<Decimal> {
    let other = if mark == ',' { '.' } else { ',' };
    let plain: String = text
        .chars()
        .map(ascii)
        .filter(|it| {
            !it.is_whitespace() && !matches!(it, '\'' | '’' | '$' | '€' | '£' | '¥' | '￥')
        })
        .collect();
    let (sign, digits) = match plain.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", plain.strip_prefix('+').unwrap_or(&plain)),
    };
    let (whole, fraction) = match digits.split_once(mark) {
        Some(parts) => parts,
        None => match digits.split_once(other) {
            Some((whole, rest)) if matches!(rest.len(), 1 | 2) => (whole, rest),
            _ => (digits, ""),
        },
    };
    let mut groups = whole.split(other);
    let first = groups.next().unwrap_or_default();
    let grouped = whole.contains(other);
    let first_fits = !grouped || matches!(first.len(), 1..=3);
    if !first_fits || (first.is_empty() && fraction.is_empty()) {
        return None;
    }
    let mut number = String::from(sign);
    number.push_str(if first.is_empty() { "0" } else { first });
    for group in groups {
        if group.len() != 3 {
            return None;
        }
        number.push_str(group);
    }
    if !fraction.is_empty() {
        number.push('.');
        number.push_str(fraction);
    }
    let fits = |it: char| it.is_ascii_digit() || it == '.';
    let unsigned = number.trim_start_matches('-');
    // Exactly as many digits as a decimal holds, so that none is rounded away.
    if !unsigned.chars().all(fits) || fraction.contains(['.', ',']) || number.len() > 28 {
        return None;
    }
    number.parse().ok()
}

/// The amount typed for an invoice of that `balance` in `currency`, where `mark` separates decimals.
pub fn amount(
    text: &str,
    mark: char,
    balance: Decimal,
    currency: &str,
) -> Result<Decimal, AmountError> {
    if text.trim().is_empty() {
        return Err(AmountError::Empty);
    }
    let read = (text.len() <= LONGEST).then(|| read(text, mark)).flatten();
    let typed = read.ok_or(AmountError::NotAnAmount)?;
    if typed <= Decimal::ZERO {
        return Err(AmountError::NotPositive);
    }
    if typed > balance {
        return Err(AmountError::MoreThanBalance { balance });
    }
    if typed == balance {
        return Ok(balance);
    }
    let places = money::minor_units(currency);
    if typed.normalize().scale() > places {
        return Err(AmountError::TooPrecise { places });
    }
    let mut exact = typed.normalize();
    // As many places as the currency has: adding places changes no amount.
    exact.rescale(places);
    Ok(exact)
}

/// What `parts` (currency and amount) come to, in the order in which the currencies come.
pub fn totals<'a>(parts: impl IntoIterator<Item = (&'a str, Decimal)>) -> Vec<(String, Decimal)> {
    let mut totals: Vec<(String, Decimal)> = Vec::new();
    for (currency, amount) in parts {
        match totals.iter_mut().find(|(known, _)| known == currency) {
            Some((_, total)) => *total = total.saturating_add(amount),
            None => totals.push((currency.to_owned(), amount)),
        }
    }
    totals
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use crate::invoices::ageing::tests::invoice;
    use proptest::prelude::*;

    fn dec(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    fn typed(text: &str, mark: char) -> Result<String, AmountError> {
        amount(text, mark, dec("99999999.00"), "USD").map(|amount| amount.to_string())
    }

    #[test]
    fn amounts_are_read_as_they_are_written() {
        for (text, mark, exact) in [
            ("12", '.', "12.00"),
            ("12.5", '.', "12.50"),
            ("1,234.56", '.', "1234.56"),
            ("1.234,56", ',', "1234.56"),
            ("1 234,56", ',', "1234.56"),
            ("1’234.56", '.', "1234.56"),
            ("1,234", '.', "1234.00"),
            ("1.234", ',', "1234.00"),
            // Cannot be thousands.
            ("12,50", '.', "12.50"),
            ("12.5", ',', "12.50"),
            (" $1,234,567.89 ", '.', "1234567.89"),
            ("１２．５０", '.', "12.50"),
            (".5", '.', "0.50"),
            ("7.", '.', "7.00"),
            ("7.000", ',', "7000.00"),
            ("7.0000", '.', "7.00"),
        ] {
            assert_eq!(typed(text, mark), Ok(exact.to_owned()), "{text}");
        }
    }

    #[test]
    fn what_is_no_amount_is_refused() {
        for (text, error) in [
            ("", AmountError::Empty),
            ("  ", AmountError::Empty),
            ("abc", AmountError::NotAnAmount),
            ("1e3", AmountError::NotAnAmount),
            (".", AmountError::NotAnAmount),
            ("1,23,456", AmountError::NotAnAmount),
            ("1,2345", AmountError::NotAnAmount),
            ("1.2.3", AmountError::NotAnAmount),
            ("1.234,56", AmountError::NotAnAmount),
            ("--1", AmountError::NotAnAmount),
            (
                "99999999999999999999999999999999999999",
                AmountError::NotAnAmount,
            ),
            ("0", AmountError::NotPositive),
            ("0.00", AmountError::NotPositive),
            ("-5", AmountError::NotPositive),
            ("−5", AmountError::NotPositive),
            ("1.005", AmountError::TooPrecise { places: 2 }),
            (
                "100000000",
                AmountError::MoreThanBalance {
                    balance: dec("99999999.00"),
                },
            ),
        ] {
            assert_eq!(typed(text, '.'), Err(error), "{text}");
        }
    }

    #[test]
    fn a_currency_has_its_own_places() {
        let yen = |text| amount(text, '.', dec("5000"), "JPY").map(|amount| amount.to_string());
        assert_eq!(yen("1,234"), Ok("1234".to_owned()));
        assert_eq!(yen("12.5"), Err(AmountError::TooPrecise { places: 0 }));
        let dinar = amount("1.234", '.', dec("5000"), "KWD").map(|amount| amount.to_string());
        assert_eq!(dinar, Ok("1.234".to_owned()));
    }

    #[test]
    fn an_odd_balance_can_be_paid_in_full() {
        assert_eq!(
            amount("3.3333", '.', dec("3.3333"), "USD"),
            Ok(dec("3.3333"))
        );
    }

    #[test]
    fn only_what_is_issued_can_be_paid() {
        for (status, why) in [
            ("Issued", None),
            ("PartiallyPaid", None),
            ("Draft", Some(Unpayable::Draft)),
            ("Paid", Some(Unpayable::Paid)),
            ("Voided", Some(Unpayable::Voided)),
            ("Cancelled", Some(Unpayable::Cancelled)),
            ("Disputed", Some(Unpayable::Unknown)),
        ] {
            let json = format!(r#"{{"id":"1","status":"{status}","total":5,"balance":5}}"#);
            assert_eq!(unpayable(&invoice(&json)), why, "{status}");
        }
        let settled = r#"{"id":"1","status":"Issued","total":5,"balance":0}"#;
        assert_eq!(unpayable(&invoice(settled)), Some(Unpayable::Paid));
    }

    proptest! {
        #[test]
        fn no_text_panics_and_none_is_more_than_the_balance(text: String, cents in 1_i64..1_000_000) {
            let balance = Decimal::new(cents, 2);
            if let Ok(amount) = amount(&text, '.', balance, "USD") {
                prop_assert!(amount > Decimal::ZERO && amount <= balance);
                prop_assert!(amount.scale() <= 2);
            }
        }

        #[test]
        fn an_amount_comes_back_from_its_text(cents in 1_i64..1_000_000_000_000, mark in prop::sample::select(vec!['.', ','])) {
            let wanted = Decimal::new(cents, 2);
            let text = wanted.to_string().replace('.', &mark.to_string());
            prop_assert_eq!(amount(&text, mark, wanted, "USD"), Ok(wanted));
        }

        /// Partial payments sum to the total.
        #[test]
        fn partial_payments_add_up_to_the_total(
            parts in prop::collection::vec((1_i64..1_000_000_000, 0_i64..100, 0..2_usize), 0..50)
        ) {
            let currencies = ["USD", "JPY"];
            let mut plan = Vec::new();
            let mut minor = [0_i64, 0];
            for (cents, share, currency) in &parts {
                let places = if *currency == 0 { 2 } else { 0 };
                let part = (cents * share / 100).max(1);
                let (balance, wanted) = (Decimal::new(*cents, places), Decimal::new(part, places));
                let exact = amount(&wanted.to_string(), '.', balance, currencies[*currency]);
                prop_assert_eq!(exact, Ok(wanted));
                minor[*currency] += part;
                plan.push((currencies[*currency], wanted));
            }
            for (currency, total) in totals(plan.iter().copied()) {
                let place = usize::from(currency == "JPY");
                prop_assert_eq!(total, Decimal::new(minor[place], if place == 0 { 2 } else { 0 }));
            }
        }
    }
}
