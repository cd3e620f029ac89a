//! What the demo customers ordered in the last months, and what became of the invoices: every status, overdue and due
//! soon, paid in full, in part, not at all.
//!
//! Dates count back from the day the database is filled, so that there is always something overdue and something new;
//! all else is the same for the same seed, but for the ids of invoices and payments.

use nymble_wire::{InvoiceStatus, OrderStatus};
use rusqlite::Connection;
use rust_decimal::Decimal;
use time::{Duration, OffsetDateTime};

use super::organizations::{ACME, GLOBEX};
use crate::{
    auth::Tenant,
    catalog::price_book::{breaks_in, lists, unpack},
    clock,
    customers::{Account, account},
    invoices::{self, NewPayment},
    money,
    orders::{self, NewLine, NewOrder, first_choice},
    payments::Paid,
    pricing,
    problem::Problem,
    rng::Rng,
};

/// How far back the oldest order is.
const SPAN: Duration = Duration::days(270);
/// The first order number after the history, as the documents' own checkout answers it.
const NEXT_NUMBER: usize = 482;
/// From how many products the orders choose.
const SHELF: i64 = 240;

/// Whose the orders are, in turn: the first customer has the most.
const TURNS: [&str; 20] = [
    "ACME-001", "RIV-002", "ACME-001", "TYO-003", "ACME-001", "ACME-001", "RIV-002", "ACME-001",
    "TYO-003", "ACME-001", "GLX-001", "ACME-001", "RIV-002", "ACME-001", "ACME-001", "TYO-003",
    "ACME-001", "DORM-004", "ACME-001", "RIV-002",
];

/// Writes `orders` of them, oldest first.
pub(super) fn seed(db: &Connection, orders: usize, seed: u64) -> rusqlite::Result<()> {
    if orders == 0 {
        return Ok(());
    }
    let globex = (0..orders)
        .filter(|place| turn(*place) == "GLX-001")
        .count();
    let first = NEXT_NUMBER.saturating_sub(orders - globex).max(1);
    db.execute(
        "UPDATE sequences SET next = ? WHERE org = ? AND kind IN ('order', 'invoice')",
        (i64::try_from(first).unwrap_or(1), ACME),
    )?;
    let past = Past {
        db,
        acme: Shop::of(db, ACME, &["ACME-001", "RIV-002", "TYO-003", "DORM-004"])?,
        globex: Shop::of(db, GLOBEX, &["GLX-001"])?,
        now: clock::now_utc(),
    };
    for place in 0..orders {
        let mut rng = Rng::of(seed ^ 0x0d0e, place as u64);
        past.order(place, orders, &mut rng)
            .map_err(|problem| failed(&problem))?;
    }
    // Nothing has happened to an invoice since it was made out or last paid.
    db.execute_batch(
        "UPDATE invoices SET updated_at = coalesce(
           (SELECT max(p.paid_at) FROM invoice_payments p WHERE p.invoice_id = invoices.invoice_id), invoice_date);",
    )?;
    Ok(())
}

fn turn(place: usize) -> &'static str {
    TURNS
        .get(place % TURNS.len())
        .copied()
        .unwrap_or("ACME-001")
}

/// How long ago an order was placed: the nearer, the denser, as distances grow with the square.
fn ago(place: usize, all: usize) -> Duration {
    let number = |count: usize| i128::try_from(count).unwrap_or(1);
    let (back, all) = (number(all.saturating_sub(place)), number(all.max(1)));
    let seconds = i128::from(SPAN.whole_seconds()) * back * back / (all * all);
    Duration::seconds(i64::try_from(seconds).unwrap_or(0))
}

/// A refusal of demo data is a mistake in them.
fn failed(problem: &Problem) -> rusqlite::Error {
    rusqlite::Error::UserFunctionError(format!("the demo orders were refused: {problem:?}").into())
}

/// An organization with who orders there, and what.
struct Shop {
    tenant: Tenant,
    customers: Vec<Account>,
    products: Vec<Article>,
}

struct Article {
    sku: String,
    name: String,
    minimum: i64,
    increment: i64,
    /// Its packed price book.
    prices: Vec<u8>,
}

impl Shop {
    fn of(db: &Connection, org: i64, customers: &[&str]) -> rusqlite::Result<Self> {
        let tenant = db.query_row(
            "SELECT org, organization_id, currency FROM organizations WHERE org = ?",
            [org],
            |row| {
                Ok(Tenant {
                    org: row.get(0)?,
                    organization_id: row.get(1)?,
                    currency: row.get(2)?,
                })
            },
        )?;
        let products = db
            .prepare(
                "SELECT sku, name, minimum, increment, prices FROM products WHERE org = ? AND active = 1
                 ORDER BY product LIMIT ?",
            )?
            .query_map((org, SHELF), |row| {
                Ok(Article {
                    sku: row.get(0)?,
                    name: row.get(1)?,
                    minimum: row.get(2)?,
                    increment: row.get(3)?,
                    prices: row.get(4)?,
                })
            })?
            .collect::<rusqlite::Result<_>>()?;
        let customers = customers
            .iter()
            .map(|number| account(db, &tenant, number).map_err(|problem| failed(&problem)))
            .collect::<rusqlite::Result<_>>()?;
        Ok(Self {
            tenant,
            customers,
            products,
        })
    }
}

struct Past<'db> {
    db: &'db Connection,
    acme: Shop,
    globex: Shop,
    now: OffsetDateTime,
}

impl Past<'_> {
    fn order(&self, place: usize, all: usize, rng: &mut Rng) -> Result<(), Problem> {
        let customer = turn(place);
        let shop = if customer == "GLX-001" {
            &self.globex
        } else {
            &self.acme
        };
        let ordering = |owner: &&Account| owner.customer.customer_number == customer;
        let Some(owner) = shop.customers.iter().find(ordering) else {
            return Ok(());
        };
        let placed = self.now - ago(place, all);
        let po_number = (rng.below(4) > 0).then(|| format!("PO-{}", 40_000 + rng.below(50_000)));
        let status = fate(self.now - placed, rng);
        let order = NewOrder {
            order_id: uuid::Builder::from_random_bytes(
                (u128::from(rng.draw()) << 64 | u128::from(rng.draw())).to_be_bytes(),
            )
            .into_uuid()
            .to_string(),
            order_number: orders::free_number(self.db, &shop.tenant)?,
            confirmation_id: None,
            cart_id: None,
            external_id: None,
            customer: &owner.customer,
            status: OrderStatus::Pending,
            order_type: "Standard",
            channel: rng
                .pick(&["Web", "Web", "Web", "Phone", "EDI"])
                .unwrap_or("Web"),
            tier: &owner.tier,
            currency: &owner.currency,
            terms: owner.customer.terms.as_deref(),
            po_number: po_number.as_deref(),
            notes: None,
            taken_by: owner
                .customer
                .rep_number
                .as_deref()
                .filter(|_| rng.below(5) == 0),
            shipping_address: first_choice(&owner.customer, true),
            billing_address: first_choice(&owner.customer, false),
            shipping_method: Some("Ground"),
            carrier: None,
            tracking_number: None,
            paid: Paid {
                method: if owner.customer.terms.is_some() {
                    "terms"
                } else {
                    "card"
                }
                .to_owned(),
                ..Paid::default()
            },
            lines: self.lines(shop, owner, rng)?,
            tax: Decimal::ZERO,
            shipping: Decimal::from(10 * rng.below(4)),
            ordered_at: clock::text(placed),
        };
        orders::insert(self.db, &shop.tenant, &order)?;
        self.steps(&order.order_id, placed, &status, rng)?;
        self.invoice(shop, &order, placed, &status, place)
    }

    /// Real products at the customer's own prices.
    fn lines(&self, shop: &Shop, owner: &Account, rng: &mut Rng) -> rusqlite::Result<Vec<NewLine>> {
        let mut lines: Vec<NewLine> = Vec::new();
        let lists = lists(self.db, shop.tenant.org, &owner.currency)?;
        for _ in 0..=rng.below(5) {
            let place = usize::try_from(rng.below(shop.products.len() as u64)).unwrap_or(0);
            let Some(article) = shop.products.get(place) else {
                continue;
            };
            if lines.iter().any(|line| line.sku == article.sku) {
                continue;
            }
            let step = article.increment.max(1);
            let wanted = article.minimum + i64::try_from(rng.below(20)).unwrap_or(0) * step;
            let quantity = (wanted.max(1) + step - 1) / step * step;
            let entries = breaks_in(unpack(&article.prices), &lists, &owner.currency);
            if let Some(price) = pricing::unit_price(&entries, &owner.tier, quantity) {
                let (sku, name) = (&article.sku, &article.name);
                lines.push(NewLine::priced(sku, name, quantity, price, &owner.currency));
            }
        }
        Ok(lines)
    }

    /// What happened to the order since.
    fn steps(
        &self,
        order_id: &str,
        placed: OffsetDateTime,
        status: &OrderStatus,
        rng: &mut Rng,
    ) -> rusqlite::Result<()> {
        use OrderStatus::{Cancelled, Complete, Processing, Shipped};
        let way: &[(OrderStatus, i64)] = match status {
            Cancelled => &[(Cancelled, 5)],
            Processing => &[(Processing, 20)],
            Shipped => &[(Processing, 20), (Shipped, 70)],
            Complete => &[(Processing, 20), (Shipped, 70), (Complete, 170)],
            _ => &[],
        };
        let mut last = placed;
        for (step, hours) in way {
            last = (placed + Duration::hours(*hours)).min(self.now);
            orders::note_status(self.db, order_id, step, &clock::text(last), None)?;
        }
        let shipped = matches!(status, Shipped | Complete);
        let carrier = rng.pick(&["UPS", "DHL", "FedEx"]).filter(|_| shipped);
        let tracking = carrier.map(|_| format!("1Z{:010}", rng.below(9_999_999_999)));
        self.db
            .prepare_cached(
                "UPDATE orders SET status = ?, carrier = ?, tracking_number = ?, updated_at = ? WHERE order_id = ?",
            )?
            .execute((status.as_str(), carrier, tracking, clock::text(last), order_id))?;
        Ok(())
    }

    /// The order's invoice and what was paid on it. What becomes of it goes in turn, so that even a short history has
    /// an example of everything.
    fn invoice(
        &self,
        shop: &Shop,
        order: &NewOrder<'_>,
        placed: OffsetDateTime,
        status: &OrderStatus,
        place: usize,
    ) -> Result<(), Problem> {
        let (db, tenant) = (self.db, &shop.tenant);
        let kind = place % 7;
        let age = self.now - placed;
        let made = match status {
            OrderStatus::Pending if order.terms.is_some() && kind.is_multiple_of(2) => {
                InvoiceStatus::Draft
            }
            OrderStatus::Cancelled if kind.is_multiple_of(2) => InvoiceStatus::Cancelled,
            OrderStatus::Cancelled => InvoiceStatus::Voided,
            _ => InvoiceStatus::Issued,
        };
        let invoice = invoices::insert(db, tenant, order, &made)?;
        if made != InvoiceStatus::Issued {
            if made != InvoiceStatus::Draft {
                db.execute(
                    "UPDATE invoices SET balance = paid WHERE invoice_id = ?",
                    [&invoice],
                )?;
            }
            return Ok(());
        }
        let total = order.total();
        if total.is_zero() {
            return Ok(());
        }
        let card = order.terms.is_none();
        let long_due = age > Duration::days(75);
        let pay = |amount: Decimal, after: Duration| {
            let at = (placed + after).min(self.now);
            let how = if card {
                NewPayment {
                    paid: visa(),
                    at: Some(clock::text(placed)),
                    ..NewPayment::default()
                }
            } else {
                NewPayment {
                    paid: Paid {
                        method: "Check".to_owned(),
                        ..Paid::default()
                    },
                    reference: Some("Lockbox"),
                    at: Some(clock::text(at)),
                    ..NewPayment::default()
                }
            };
            invoices::record_payment(db, tenant, &invoice, amount, &how)
        };
        let part = money::to_minor(total * Decimal::new(4, 1), order.currency);
        match kind {
            _ if card => pay(total, Duration::ZERO),
            // Open, due soon or overdue.
            1 | 4 => Ok(()),
            2 if !part.is_zero() => pay(part, Duration::days(9)),
            3 if !part.is_zero() => {
                pay(part, Duration::days(9))?;
                pay(total - part, Duration::days(24))
            }
            _ if long_due || kind == 5 => pay(total, Duration::days(21)),
            _ => Ok(()),
        }
    }
}

fn visa() -> Paid {
    Paid {
        method: "card".to_owned(),
        brand: Some("Visa".to_owned()),
        last_four: Some("1111".to_owned()),
        profile: None,
    }
}

/// Where an order of that age stands.
fn fate(age: Duration, rng: &mut Rng) -> OrderStatus {
    if rng.below(12) == 0 {
        return OrderStatus::Cancelled;
    }
    match age.whole_hours() {
        ..24 => OrderStatus::Pending,
        24..96 => OrderStatus::Processing,
        96..240 => OrderStatus::Shipped,
        _ => OrderStatus::Complete,
    }
}
