//! News since the last visit: what was remembered then, compared with what is now.
//!
//! Each piece of news is told once. What is remembered are numbers, states and amounts, nothing else.

use std::collections::HashMap;

use nymble_wire::{Cart, Invoice, Order, OrderStatus};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::{invoices::ageing, values::calendar::Day};

/// An invoice that is due in so many days or fewer is news.
const SOON_DAYS: i64 = 7;
/// More than so many of a kind are not remembered, the first ones are: the device is not a copy of the shop.
const MOST: usize = 500;

/// How far an order is on its way. Only growing: each step is told once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Way {
    /// Not sent yet.
    Here,
    /// Shipped, or delivered by now.
    Sent,
}

/// How near an invoice's due day is. Only growing: each step is told once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Due {
    /// Not within a week.
    Later,
    /// Within a week, or today.
    Soon,
    /// Past.
    Overdue,
}

/// A line of the cart, as it was last told of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeenLine {
    /// The product.
    pub sku: String,
    /// Units.
    pub quantity: i64,
    /// Price of one.
    pub unit_price: Option<Decimal>,
    /// ISO 4217.
    pub currency: String,
    /// Whether the stock was enough for it; none where the stock was not known.
    pub enough: Option<bool>,
}

/// What is remembered of the last visit. A part that was never known is none: then nothing about it is news.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// The latest orders by their number.
    #[serde(default)]
    pub orders: Option<Vec<(String, Way)>>,
    /// The open invoices by their id.
    #[serde(default)]
    pub invoices: Option<Vec<(String, Due)>>,
    /// The lines of the open cart.
    #[serde(default)]
    pub cart: Vec<SeenLine>,
}

/// A piece of news.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum News {
    /// An order was shipped.
    Shipped {
        /// Its number.
        number: String,
    },
    /// An invoice is due within a week.
    DueSoon {
        /// Its id.
        id: String,
        /// Its number.
        number: String,
        /// In how many days; 0 is today.
        days: i64,
    },
    /// An invoice is past due.
    Overdue {
        /// Its id.
        id: String,
        /// Its number.
        number: String,
    },
    /// A line of the cart costs more or less than it did.
    Price {
        /// The product.
        sku: String,
        /// Price of one before.
        before: Decimal,
        /// Price of one now.
        now: Decimal,
        /// ISO 4217.
        currency: String,
    },
    /// The stock no longer suffices for a line of the cart, or does again.
    Stock {
        /// The product.
        sku: String,
        /// Units in stock now.
        on_hand: i64,
        /// Whether they suffice.
        enough: bool,
    },
}

impl News {
    /// Tells pieces of news apart: one with the same key takes the other's place.
    pub fn key(&self) -> (u8, &str) {
        match self {
            Self::Shipped { number } => (0, number),
            Self::DueSoon { id, .. } | Self::Overdue { id, .. } => (1, id),
            Self::Price { sku, .. } => (2, sku),
            Self::Stock { sku, .. } => (3, sku),
        }
    }
}

/// Adds pieces of news in front of those that are being told; one about the same thing takes the place of
/// an earlier one.
pub fn add(told: &mut Vec<News>, new: Vec<News>) {
    told.retain(|known| new.iter().all(|news| news.key() != known.key()));
    told.splice(0..0, new);
}

/// How far an order is.
fn way(order: &Order) -> Way {
    match order.order_status {
        OrderStatus::Shipped | OrderStatus::Complete => Way::Sent,
        _ => Way::Here,
    }
}

/// What is new about the latest `orders`; they are remembered.
pub fn of_orders(seen: &mut Seen, orders: &[Order]) -> Vec<News> {
    let before = seen.orders.take();
    let mut news = Vec::new();
    let mut now = Vec::new();
    for order in orders.iter().take(MOST) {
        let number = &order.order_number;
        let earlier = before
            .iter()
            .flatten()
            .find_map(|(known, way)| (known == number).then_some(*way));
        let reached = earlier.map_or(way(order), |earlier| earlier.max(way(order)));
        if before.is_some() && reached > earlier.unwrap_or(Way::Here) {
            news.push(News::Shipped {
                number: number.clone(),
            });
        }
        now.push((number.clone(), reached));
    }
    seen.orders = Some(now);
    news
}

/// What is new about the `open` invoices; they are remembered.
pub fn of_invoices<'a>(
    seen: &mut Seen,
    open: impl IntoIterator<Item = &'a Invoice>,
    today: Day,
) -> Vec<News> {
    let before = seen.invoices.take();
    let mut news = Vec::new();
    let mut now = Vec::new();
    let open = open.into_iter().filter(|invoice| ageing::is_open(invoice));
    for invoice in open.take(MOST) {
        let days = invoice.due_date.as_ref().and_then(Day::as_written);
        let days = days.map(|day| today.until(day));
        let due = match days {
            Some(..0) => Due::Overdue,
            Some(0..=SOON_DAYS) => Due::Soon,
            _ => Due::Later,
        };
        let earlier = before
            .iter()
            .flatten()
            .find_map(|(known, due)| (*known == invoice.id).then_some(*due));
        let reached = earlier.map_or(due, |earlier| earlier.max(due));
        if before.is_some() && reached > earlier.unwrap_or(Due::Later) {
            let (id, number) = (invoice.id.clone(), invoice.invoice_number.clone());
            news.push(match due {
                Due::Overdue => News::Overdue { id, number },
                _ => News::DueSoon {
                    id,
                    number,
                    days: days.unwrap_or_default(),
                },
            });
        }
        now.push((invoice.id.clone(), reached));
    }
    seen.invoices = Some(now);
    news
}

/// The lines of `cart` as they are now; `on_hand` says how many of a product are in stock, where it is known.
fn lines_now(cart: &Cart, on_hand: &dyn Fn(&str) -> Option<i64>) -> Vec<SeenLine> {
    let currency = cart.currency_code.clone().unwrap_or_default();
    let line_now = |line: &nymble_wire::CartLine| SeenLine {
        sku: line.sku.clone(),
        quantity: line.quantity,
        unit_price: line.unit_price,
        currency: currency.clone(),
        enough: on_hand(&line.sku).map(|on_hand| on_hand >= line.quantity),
    };
    cart.items.iter().take(MOST).map(line_now).collect()
}

/// What tells lines of which nothing but price and stock can differ: another quantity has another price and another
/// need.
type Sameness<'a> = (&'a str, i64, &'a str);

fn sameness(line: &SeenLine) -> Sameness<'_> {
    (&line.sku, line.quantity, &line.currency)
}

/// The remembered lines, each found at once: carts have hundreds, and are followed at every change.
fn by_sameness(lines: &[SeenLine]) -> HashMap<Sameness<'_>, &SeenLine> {
    // Of several alike the first counts.
    let lines = lines.iter().rev();
    lines.map(|line| (sameness(line), line)).collect()
}

/// Remembers what the buyer has just done to the cart: lines that are new, or whose quantity is. Those that
/// were remembered as they are stay so, and what has changed about them is still to be told.
pub fn follow_cart(seen: &mut Seen, cart: Option<&Cart>, on_hand: &dyn Fn(&str) -> Option<i64>) {
    let now = cart.map(|cart| lines_now(cart, on_hand));
    let known = by_sameness(&seen.cart);
    let lines = now.unwrap_or_default().into_iter();
    let lines = lines.map(|line| match known.get(&sameness(&line)) {
        Some(known) => SeenLine {
            enough: known.enough.or(line.enough),
            unit_price: known.unit_price.or(line.unit_price),
            ..(*known).clone()
        },
        None => line,
    });
    let lines = lines.collect();
    seen.cart = lines;
}

/// What is new about the open cart; it is remembered.
pub fn of_cart(
    seen: &mut Seen,
    cart: Option<&Cart>,
    on_hand: &dyn Fn(&str) -> Option<i64>,
) -> Vec<News> {
    let now = cart.map(|cart| lines_now(cart, on_hand));
    let mut now = now.unwrap_or_default();
    let mut news = Vec::new();
    let remembered = by_sameness(&seen.cart);
    for line in &mut now {
        let known = remembered.get(&sameness(line));
        let Some((seen_price, seen_enough)) = known.map(|it| (it.unit_price, it.enough)) else {
            continue;
        };
        if let (Some(before), Some(price)) = (seen_price, line.unit_price)
            && before != price
        {
            news.push(News::Price {
                sku: line.sku.clone(),
                before,
                now: price,
                currency: line.currency.clone(),
            });
        }
        if let (Some(before), Some(enough), Some(on_hand)) =
            (seen_enough, line.enough, on_hand(&line.sku))
            && before != enough
        {
            news.push(News::Stock {
                sku: line.sku.clone(),
                on_hand,
                enough,
            });
        }
        // What is not known now is not forgotten.
        line.enough = line.enough.or(seen_enough);
        line.unit_price = line.unit_price.or(seen_price);
    }
    seen.cart = now;
    news
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests;
