//! Statements add up: to their invoices, and from one period to the next.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use super::*;
use crate::invoices::ageing::tests::invoice;
use proptest::prelude::*;

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

fn dec(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn of(invoices: &[Invoice], from: &str, to: &str) -> Statement {
    statement(invoices, "USD", day(from), day(to))
}

fn rows(statement: &Statement) -> Vec<(String, EntryKind, String, String, String)> {
    let row = |entry: &Entry| {
        (
            entry.day.map(Day::text).unwrap_or_default(),
            entry.kind,
            entry.charge.to_string(),
            entry.credit.to_string(),
            entry.balance.to_string(),
        )
    };
    statement.entries.iter().map(row).collect()
}

const PART_PAID: &str = r#"{"id":"a","invoiceNumber":"INV-1","status":"PartiallyPaid","currencyCode":"USD",
    "invoiceDate":"2024-03-05T10:00:00Z","total":100.00,"amountPaid":40.00,"balance":60.00,"poNumber":"PO-7",
    "payments":[{"kind":"Payment","method":"card","cardBrand":"Visa","lastFour":"1111","amount":40.00,
      "paidAt":"2024-03-20T10:00:00Z"}]}"#;
const VOIDED: &str = r#"{"id":"b","invoiceNumber":"INV-2","status":"Voided","currencyCode":"USD",
    "invoiceDate":"2024-03-10T10:00:00Z","total":55.50,"balance":0,"updatedAt":"2024-04-02T10:00:00Z"}"#;
const REFUNDED: &str = r#"{"id":"c","invoiceNumber":"INV-3","status":"Cancelled","currencyCode":"USD",
    "invoiceDate":"2024-04-01T10:00:00Z","total":30.00,"amountPaid":20.00,"amountRefunded":20.00,"balance":0,
    "updatedAt":"2024-04-09T10:00:00Z",
    "payments":[{"kind":"Payment","method":"Check","reference":"77","amount":20.00,"paidAt":"2024-04-03T10:00:00Z"},
      {"kind":"Refund","method":"refund","amount":20.00,"paidAt":"2024-04-09T10:00:00Z"}]}"#;

#[test]
fn everything_comes_in_the_order_of_its_days() {
    let all = [invoice(REFUNDED), invoice(VOIDED), invoice(PART_PAID)];
    let march = of(&all, "2024-03-01", "2024-03-31");
    let row = |day: &str, kind, charge: &str, credit: &str, balance: &str| {
        let text = str::to_owned;
        (text(day), kind, text(charge), text(credit), text(balance))
    };
    assert_eq!(
        rows(&march),
        [
            row("2024-03-05", EntryKind::Invoice, "100.00", "0", "100.00"),
            row("2024-03-10", EntryKind::Invoice, "55.50", "0", "155.50"),
            row("2024-03-20", EntryKind::Payment, "0", "40.00", "115.50"),
        ]
    );
    assert_eq!(march.entries[0].reference.as_deref(), Some("PO-7"));
    assert_eq!(march.entries[2].means.as_deref(), Some("Visa …1111"));
    assert_eq!((march.opening, march.closing), (dec("0"), dec("115.50")));
    let april = of(&all, "2024-04-01", "2024-04-30");
    assert_eq!(
        rows(&april),
        [
            row("2024-04-01", EntryKind::Invoice, "30.00", "0", "145.50"),
            row("2024-04-02", EntryKind::Voided, "0", "55.50", "90.00"),
            row("2024-04-03", EntryKind::Payment, "0", "20.00", "70.00"),
            row("2024-04-09", EntryKind::Refund, "20.00", "20.00", "70.00"),
            row("2024-04-09", EntryKind::Cancelled, "0", "10.00", "60.00"),
        ]
    );
    assert_eq!(april.opening, march.closing);
    assert_eq!(april.closing, dec("60.00"));
}

#[test]
fn a_discount_without_a_record_is_an_adjustment() {
    let odd = invoice(
        r#"{"id":"a","invoiceNumber":"INV-1","status":"Issued","currencyCode":"USD","total":10,"balance":8,
            "invoiceDate":"2024-03-05T10:00:00Z"}"#,
    );
    let march = of(&[odd], "2024-03-01", "2024-03-31");
    assert_eq!(march.entries[1].kind, EntryKind::Adjustment);
    assert_eq!(march.closing, dec("8"));
}

#[test]
fn drafts_and_other_currencies_are_left_out() {
    let draft =
        invoice(r#"{"id":"a","status":"Draft","currencyCode":"USD","total":10,"balance":10}"#);
    let euro =
        invoice(r#"{"id":"b","status":"Issued","currencyCode":"EUR","total":10,"balance":10}"#);
    let all = [draft, euro];
    let march = of(&all, "2024-03-01", "2024-03-31");
    assert_eq!((march.entries.len(), march.closing), (0, Decimal::ZERO));
    assert_eq!(currencies(&all), ["USD", "EUR"]);
}

#[test]
fn the_course_begins_with_the_opening_and_ends_with_the_closing_balance() {
    let all = [invoice(PART_PAID), invoice(VOIDED)];
    let march = of(&all, "2024-03-05", "2024-03-31");
    let course: Vec<(String, String)> = march
        .course()
        .iter()
        .map(|(day, balance)| (day.text(), balance.to_string()))
        .collect();
    let point = |day: &str, balance: &str| (day.to_owned(), balance.to_owned());
    assert_eq!(
        course,
        [
            point("2024-03-05", "0"),
            point("2024-03-05", "100.00"),
            point("2024-03-10", "155.50"),
            point("2024-03-20", "115.50"),
            point("2024-03-31", "115.50"),
        ]
    );
}

/// What one made-up invoice went through: total in cents, day, payments (share in percent, days later), end.
type Life = (i64, i32, Vec<(u32, i32)>, u8);

fn lived(place: usize, (total, made, payments, end): &Life) -> Invoice {
    let start = day("2024-01-01");
    let stamp = |offset: i32| format!("{}T08:00:00Z", start.plus(offset).text());
    let (mut left, mut refunded, mut last) = (*total, 0, *made);
    let mut records = Vec::new();
    for (share, later) in payments {
        let amount = left * i64::from(*share) / 100;
        if amount == 0 {
            continue;
        }
        left -= amount;
        last = last.max(made + later);
        let amount = Decimal::new(amount, 2);
        records.push(format!(
            r#"{{"kind":"Payment","amount":{amount},"paidAt":"{}"}}"#,
            stamp(made + later)
        ));
    }
    let paid = total - left;
    let (status, balance) = match end {
        0 if paid == 0 => ("Voided", 0),
        1 if paid > 0 => {
            refunded = paid;
            ("Cancelled", 0)
        }
        2 if paid > 0 => {
            refunded = paid / 2;
            ("PartiallyPaid", left)
        }
        _ => ("Issued", left),
    };
    if refunded > 0 {
        last += 3;
        records.push(format!(
            r#"{{"kind":"Refund","amount":{},"paidAt":"{}"}}"#,
            Decimal::new(refunded, 2),
            stamp(last)
        ));
    }
    invoice(&format!(
        r#"{{"id":"{place}","invoiceNumber":"INV-{place}","status":"{status}","currencyCode":"USD",
            "invoiceDate":"{}","updatedAt":"{}","total":{},"amountPaid":{},"balance":{},"payments":[{}]}}"#,
        stamp(*made),
        stamp(last),
        Decimal::new(*total, 2),
        Decimal::new(paid, 2),
        Decimal::new(balance, 2),
        records.join(",")
    ))
}

proptest! {
    /// A statement adds up to its invoices.
    #[test]
    fn a_statement_adds_up_to_the_invoices(
        lives in prop::collection::vec(
            (1_i64..100_000_000, 0_i32..300, prop::collection::vec((0_u32..=100, 0_i32..60), 0..4), 0_u8..5),
            0..25,
        ),
        split in 1_i32..400,
    ) {
        let invoices: Vec<Invoice> =
            lives.iter().enumerate().map(|(place, life)| lived(place, life)).collect();
        let owed: Decimal = invoices.iter().map(balance).sum();
        let (first, last) = (day("2024-01-01"), day("2026-12-31"));
        let make = |from, to| statement(&invoices, "USD", from, to);
        let whole = make(first, last);
        prop_assert_eq!(whole.opening, Decimal::ZERO);
        prop_assert_eq!(whole.closing, owed);
        // Cut anywhere, the halves are the whole.
        let (before, after) = (make(first, first.plus(split - 1)), make(first.plus(split), last));
        prop_assert_eq!(before.closing, after.opening);
        prop_assert_eq!(after.closing, owed);
        prop_assert_eq!(before.entries.len() + after.entries.len(), whole.entries.len());
        for made in [&whole, &before, &after] {
            prop_assert_eq!(made.opening + made.charges - made.credits, made.closing);
            let mut running = made.opening;
            for entry in &made.entries {
                running += entry.charge - entry.credit;
                prop_assert_eq!(entry.balance, running);
                prop_assert!(!entry.charge.is_sign_negative() && !entry.credit.is_sign_negative());
            }
            prop_assert_eq!(made.course().last().map(|(_, balance)| *balance), Some(made.closing));
        }
    }
}
