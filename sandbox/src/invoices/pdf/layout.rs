//! Where an invoice's parts stand on paper.

use nymble_wire::{
    Address, Invoice, InvoiceStatus, OrderLine, OrganizationProfile, PaymentKind, Timestamp,
};

use super::sheet::{At, HEIGHT, Sheets, WIDTH};

const MARGIN: f32 = 48.0;
const END: f32 = WIDTH - MARGIN;
const SIZE: f32 = 9.0;
/// From one line of text to the next.
const STEP: f32 = 13.0;
const BOTTOM: f32 = HEIGHT - 60.0;

/// Where the lines' columns are.
const NAME: f32 = MARGIN + 110.0;
const QUANTITY: f32 = END - 150.0;
const PRICE: f32 = END - 80.0;

/// Who sends the invoice.
pub(super) struct Seller {
    pub(super) name: String,
    pub(super) profile: OrganizationProfile,
}

impl Seller {
    /// Where it is and how it is reached, line by line.
    fn rows(&self) -> Vec<String> {
        let given = |parts: &[&Option<String>]| {
            let parts: Vec<&str> = parts.iter().filter_map(|part| part.as_deref()).collect();
            parts.join(" ")
        };
        let profile = &self.profile;
        let rows = [
            given(&[&profile.billing_address1]),
            given(&[&profile.billing_address2]),
            given(&[
                &profile.billing_city,
                &profile.billing_state_province,
                &profile.billing_postal_code,
            ]),
            given(&[&profile.billing_country]),
            given(&[&profile.phone_number]),
            given(&[&profile.email]),
        ];
        rows.into_iter().filter(|row| !row.is_empty()).collect()
    }
}

/// A status in words.
fn words(status: &InvoiceStatus) -> &str {
    match status {
        InvoiceStatus::PartiallyPaid => "Partially paid",
        other => other.as_str(),
    }
}

/// The invoice as a PDF.
pub(super) fn print(invoice: &Invoice, seller: &Seller) -> Vec<u8> {
    let mut paper = Paper {
        sheets: Sheets::new(),
        down: MARGIN,
        number: &invoice.invoice_number,
    };
    paper.head(invoice, seller);
    paper.parties(invoice);
    paper.lines(&invoice.items);
    paper.amounts(invoice);
    paper.payments(invoice);
    paper
        .sheets
        .finish(&format!("Invoice {}", invoice.invoice_number))
}

struct Paper<'a> {
    sheets: Sheets,
    /// How far down the page is written.
    down: f32,
    number: &'a str,
}

impl Paper<'_> {
    fn text(&mut self, text: &str, at: At, bold: bool, room: f32) {
        self.sheets.write(text, at, self.down, SIZE, bold, room);
    }

    /// Goes down a line, to the next page if this one is full.
    fn step(&mut self) {
        self.down += STEP;
        if self.down > BOTTOM {
            self.sheets.turn();
            self.down = MARGIN;
            let number = format!("Invoice {}, continued", self.number);
            self.text(&number, At::Left(MARGIN), true, END - MARGIN);
            self.down += 2.0 * STEP;
        }
    }

    fn head(&mut self, invoice: &Invoice, seller: &Seller) {
        let room = (END - MARGIN) / 2.0;
        self.sheets
            .write(&seller.name, At::Left(MARGIN), self.down, 14.0, true, room);
        let title = format!("Invoice {}", invoice.invoice_number);
        self.sheets
            .write(&title, At::Right(END), self.down, 14.0, true, room);
        self.down += 24.0;
        let order = invoice.order_number.as_deref();
        let rows = [
            ("Status", Some(words(&invoice.status))),
            ("Invoice date", invoice.invoice_date.as_ref().map(day)),
            ("Due", invoice.due_date.as_ref().map(day)),
            ("Terms", invoice.terms.as_deref()),
            ("Order", order),
            ("Purchase order", invoice.po_number.as_deref()),
        ];
        let rows: Vec<(&str, &str)> = rows
            .into_iter()
            .filter_map(|(name, value)| Some((name, value.filter(|value| !value.is_empty())?)))
            .collect();
        let sender = seller.rows();
        for row in 0..rows.len().max(sender.len()) {
            if let Some(text) = sender.get(row) {
                self.text(text, At::Left(MARGIN), false, room - 10.0);
            }
            if let Some((name, value)) = rows.get(row) {
                self.text(name, At::Left(WIDTH / 2.0), false, 90.0);
                self.text(value, At::Right(END), true, room - 100.0);
            }
            self.step();
        }
        self.step();
    }

    fn parties(&mut self, invoice: &Invoice) {
        let Some(customer) = &invoice.customer else {
            return;
        };
        let middle = WIDTH / 2.0;
        let room = middle - MARGIN - 10.0;
        let column = |title: &str, address: Option<&Address>| {
            let mut rows = vec![title.to_owned(), customer.company_name.clone()];
            rows.extend(address.iter().flat_map(|address| place(address)));
            rows
        };
        let left = column("Bill to", customer.billing_address.as_ref());
        let right = column("Ship to", customer.shipping_address.as_ref());
        for row in 0..left.len().max(right.len()) {
            for (column, x) in [(&left, MARGIN), (&right, middle)] {
                if let Some(text) = column.get(row) {
                    self.text(text, At::Left(x), row == 0, room);
                }
            }
            self.step();
        }
        self.step();
    }

    fn lines(&mut self, lines: &[OrderLine]) {
        self.text("SKU", At::Left(MARGIN), true, 100.0);
        self.text("Description", At::Left(NAME), true, 100.0);
        self.text("Quantity", At::Right(QUANTITY), true, 60.0);
        self.text("Price", At::Right(PRICE), true, 60.0);
        self.text("Total", At::Right(END), true, 70.0);
        self.sheets.rule(MARGIN, END, self.down + 4.0);
        self.down += 4.0;
        self.step();
        for line in lines {
            let name = line.name.as_deref().unwrap_or_default();
            let price = line.unit_price_formatted.as_deref().unwrap_or_default();
            let total = line.line_total_formatted.as_deref().unwrap_or_default();
            self.text(&line.sku, At::Left(MARGIN), false, NAME - MARGIN - 6.0);
            self.text(name, At::Left(NAME), false, QUANTITY - NAME - 46.0);
            self.text(&line.quantity.to_string(), At::Right(QUANTITY), false, 40.0);
            self.text(price, At::Right(PRICE), false, PRICE - QUANTITY - 4.0);
            self.text(total, At::Right(END), false, END - PRICE - 4.0);
            self.step();
        }
        self.sheets.rule(MARGIN, END, self.down - 8.0);
        self.step();
    }

    fn amounts(&mut self, invoice: &Invoice) {
        let nothing = |amount: Option<rust_decimal::Decimal>| amount.is_none_or(|a| a.is_zero());
        let rows = [
            ("Subtotal", &invoice.subtotal_formatted, false),
            (
                "Discount",
                &invoice.discount_formatted,
                nothing(invoice.discount),
            ),
            ("Tax", &invoice.tax_formatted, nothing(invoice.tax)),
            (
                "Shipping",
                &invoice.shipping_formatted,
                nothing(invoice.shipping),
            ),
            ("Total", &invoice.total_formatted, false),
            (
                "Paid",
                &invoice.amount_paid_formatted,
                nothing(invoice.amount_paid),
            ),
            (
                "Refunded",
                &invoice.amount_refunded_formatted,
                nothing(invoice.amount_refunded),
            ),
            ("Balance due", &invoice.balance_formatted, false),
        ];
        for (name, amount, left_out) in rows {
            if left_out {
                continue;
            }
            let bold = matches!(name, "Total" | "Balance due");
            self.text(name, At::Right(PRICE - 20.0), bold, 100.0);
            self.text(
                amount.as_deref().unwrap_or_default(),
                At::Right(END),
                bold,
                110.0,
            );
            self.step();
        }
    }

    fn payments(&mut self, invoice: &Invoice) {
        if invoice.payments.is_empty() {
            return;
        }
        self.step();
        for payment in &invoice.payments {
            let what = if payment.kind == PaymentKind::Refund {
                "Refunded"
            } else {
                "Paid"
            };
            let on = payment.paid_at.as_ref().map(day).unwrap_or_default();
            let by = match (&payment.card_brand, &payment.last_four) {
                (Some(brand), Some(last_four)) => format!("{brand} ending in {last_four}"),
                _ => [&payment.method, &payment.reference]
                    .into_iter()
                    .flatten()
                    .cloned()
                    .collect::<Vec<_>>()
                    .join(", "),
            };
            let amount = payment.amount_formatted.as_deref().unwrap_or_default();
            self.text(
                &format!("{what} {on}, {by}"),
                At::Left(MARGIN),
                false,
                PRICE - MARGIN,
            );
            self.text(amount, At::Right(END), false, 100.0);
            self.step();
        }
    }
}

/// The date of an instant.
fn day(instant: &Timestamp) -> &str {
    instant.as_str().get(..10).unwrap_or_default()
}

/// An address line by line.
fn place(address: &Address) -> Vec<String> {
    let town = [
        Some(address.city.as_str()),
        address.state.as_deref(),
        address.postal_code.as_deref(),
    ];
    let town: Vec<&str> = town.into_iter().flatten().collect();
    [
        address.line1.clone(),
        address.line2.clone().unwrap_or_default(),
        town.join(" "),
        address.country.clone(),
    ]
    .into_iter()
    .filter(|line| !line.trim().is_empty())
    .collect()
}
