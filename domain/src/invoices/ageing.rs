//! What is owed and since when: open balances by how long they are past due.

use nymble_wire::Invoice;
use rust_decimal::Decimal;

use crate::values::calendar::Day;

/// How long a balance is past due, in whole days between due date and today.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Bucket {
    /// Not yet due, due today, or without a due date.
    Current,
    /// 1 to 30 days.
    To30,
    /// 31 to 60 days.
    To60,
    /// 61 to 90 days.
    To90,
    /// More than 90 days.
    Over90,
}

/// All buckets, the youngest first.
pub const BUCKETS: [Bucket; 5] = [
    Bucket::Current,
    Bucket::To30,
    Bucket::To60,
    Bucket::To90,
    Bucket::Over90,
];

impl Bucket {
    /// The bucket of a balance that is that many days past due; zero or less is not past due.
    pub fn of(days: i64) -> Self {
        match days {
            ..=0 => Self::Current,
            1..=30 => Self::To30,
            31..=60 => Self::To60,
            61..=90 => Self::To90,
            91.. => Self::Over90,
        }
    }
}

/// What is still to be paid on an invoice, in its currency: the server's word, and where it gives none,
/// total less payments. Never negative.
pub fn balance(invoice: &Invoice) -> Decimal {
    if let Some(balance) = invoice.balance {
        return balance.max(Decimal::ZERO);
    }
    if !invoice.status.is_payable() {
        return Decimal::ZERO;
    }
    let paid = invoice.amount_paid.unwrap_or_default();
    let left = invoice.total.unwrap_or_default().saturating_sub(paid);
    left.max(Decimal::ZERO)
}

/// Whether something is to be paid on an invoice, and can be.
pub fn is_open(invoice: &Invoice) -> bool {
    invoice.status.is_payable() && balance(invoice) > Decimal::ZERO
}

/// How many days an open invoice is past due; 0 when it is not, or is not open.
pub fn days_overdue(invoice: &Invoice, today: Day) -> i64 {
    let due = invoice.due_date.as_ref().filter(|_| is_open(invoice));
    due.and_then(Day::as_written)
        .map_or(0, |due| due.until(today).max(0))
}

/// What is owed in one currency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ageing {
    /// ISO 4217.
    pub currency: String,
    /// The open balances, in the order of [`BUCKETS`].
    pub amounts: [Decimal; 5],
    /// How many invoices that are, in the same order.
    pub counts: [u64; 5],
}

impl Ageing {
    /// Nothing owed.
    pub fn none(currency: &str) -> Self {
        Self {
            currency: currency.to_owned(),
            amounts: [Decimal::ZERO; 5],
            counts: [0; 5],
        }
    }

    /// All that is owed.
    pub fn total(&self) -> Decimal {
        sum(&self.amounts)
    }

    /// What is past due.
    pub fn overdue(&self) -> Decimal {
        sum(&self.amounts[1..])
    }

    /// How many invoices are open.
    pub fn open_count(&self) -> u64 {
        self.counts.iter().sum()
    }

    /// How many invoices are past due.
    pub fn overdue_count(&self) -> u64 {
        self.counts[1..].iter().sum()
    }
}

fn sum(amounts: &[Decimal]) -> Decimal {
    amounts
        .iter()
        .fold(Decimal::ZERO, |sum, amount| sum.saturating_add(*amount))
}

/// What is owed on `invoices` as of `today`, by currency, in the order in which the currencies come; invoices that
/// are not open count for nothing.
pub fn ageing<'a>(invoices: impl IntoIterator<Item = &'a Invoice>, today: Day) -> Vec<Ageing> {
    let mut all: Vec<Ageing> = Vec::new();
    for invoice in invoices.into_iter().filter(|invoice| is_open(invoice)) {
        let currency = invoice.currency_code.as_deref().unwrap_or_default();
        let known = all.iter().position(|known| known.currency == currency);
        let place = known.unwrap_or_else(|| {
            all.push(Ageing::none(currency));
            all.len() - 1
        });
        let bucket = Bucket::of(days_overdue(invoice, today)) as usize;
        if let Some(ageing) = all.get_mut(place) {
            let amount = &mut ageing.amounts[bucket];
            *amount = amount.saturating_add(balance(invoice));
            ageing.counts[bucket] += 1;
        }
    }
    all
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
pub(super) mod tests {
    use super::*;
    use proptest::prelude::*;

    /// An invoice as its JSON says.
    pub(crate) fn invoice(json: &str) -> Invoice {
        nymble_wire::decode(json).unwrap()
    }

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    fn due(id: usize, currency: &str, balance: Decimal, due: Day, status: &str) -> Invoice {
        invoice(&format!(
            r#"{{"id":"{id}","status":"{status}","currencyCode":"{currency}","balance":{balance},
                "dueDate":"{}T12:00:00Z"}}"#,
            due.text()
        ))
    }

    #[test]
    fn buckets_begin_and_end_where_they_say() {
        let today = day("2024-05-20");
        for (days, bucket) in [
            (-1, Bucket::Current),
            (0, Bucket::Current),
            (1, Bucket::To30),
            (30, Bucket::To30),
            (31, Bucket::To60),
            (60, Bucket::To60),
            (61, Bucket::To90),
            (90, Bucket::To90),
            (91, Bucket::Over90),
        ] {
            let one = due(1, "USD", Decimal::ONE, today.plus(-days), "Issued");
            let all = ageing([&one], today);
            assert_eq!(all[0].counts[bucket as usize], 1, "{days}");
            assert_eq!(all[0].amounts[bucket as usize], Decimal::ONE, "{days}");
            assert_eq!(days_overdue(&one, today), i64::from(days.max(0)));
        }
    }

    #[test]
    fn only_what_can_be_paid_is_owed() {
        let today = day("2024-05-20");
        let long_due = day("2024-01-01");
        for status in ["Draft", "Paid", "Voided", "Cancelled", "Disputed"] {
            let one = due(1, "USD", Decimal::TEN, long_due, status);
            assert!(ageing([&one], today).is_empty(), "{status}");
            assert_eq!(days_overdue(&one, today), 0);
        }
        let settled = due(1, "USD", Decimal::ZERO, long_due, "Issued");
        assert!(!is_open(&settled));
    }

    #[test]
    fn without_a_balance_the_total_less_payments_is_owed() {
        let part = invoice(r#"{"id":"1","status":"PartiallyPaid","total":10.00,"amountPaid":4}"#);
        assert_eq!(balance(&part), "6.00".parse().unwrap());
        let voided = invoice(r#"{"id":"1","status":"Voided","total":10.00}"#);
        assert_eq!(balance(&voided), Decimal::ZERO);
    }

    #[test]
    fn currencies_are_kept_apart() {
        let today = day("2024-05-20");
        let invoices = [
            due(1, "USD", Decimal::ONE, today, "Issued"),
            due(2, "EUR", Decimal::TEN, today.plus(-5), "PartiallyPaid"),
            due(3, "USD", Decimal::TWO, today.plus(-40), "Issued"),
        ];
        let all = ageing(&invoices, today);
        assert_eq!(all.len(), 2);
        assert_eq!(
            (all[0].total(), all[0].overdue()),
            (Decimal::from(3), Decimal::TWO)
        );
        assert_eq!((all[0].open_count(), all[0].overdue_count()), (2, 1));
        assert_eq!(
            (all[1].currency.as_str(), all[1].overdue()),
            ("EUR", Decimal::TEN)
        );
    }

    proptest! {
        /// Ageing buckets sum to the balance.
        #[test]
        fn buckets_sum_to_the_balance(
            owed in prop::collection::vec((1_i64..1_000_000_000, -400_i32..400, 0..2_usize), 0..60)
        ) {
            let today = day("2024-05-20");
            let currencies = ["USD", "EUR"];
            let invoices: Vec<Invoice> = owed.iter().enumerate().map(|(id, (cents, days, currency))| {
                due(id, currencies[*currency], Decimal::new(*cents, 2), today.plus(*days), "Issued")
            }).collect();
            let all = ageing(&invoices, today);
            for (place, currency) in currencies.into_iter().enumerate() {
                let mine = owed.iter().filter(|(.., of)| *of == place);
                let cents: i64 = mine.clone().map(|(cents, ..)| cents).sum();
                let late: i64 = mine.clone().filter(|(_, days, _)| *days < 0).map(|(cents, ..)| cents).sum();
                let found = all.iter().find(|ageing| ageing.currency == currency);
                let found = found.cloned().unwrap_or_else(|| Ageing::none(currency));
                prop_assert_eq!(found.total(), Decimal::new(cents, 2));
                prop_assert_eq!(found.overdue(), Decimal::new(late, 2));
                prop_assert_eq!(found.open_count(), mine.count() as u64);
                prop_assert_eq!(found.amounts[0] + found.overdue(), found.total());
            }
        }
    }
}
