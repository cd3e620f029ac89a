//! A list as text: as a file that this shop reads back (JSON), for spreadsheets (CSV), and as a link.

use rust_decimal::Decimal;
use serde_json::{Map, Value};

use super::{MAX_LINES, OrderList, check_name};
use crate::{
    catalog::quantity::{self, MAX_QUANTITY},
    orders::reorder::ItemSnapshot,
    quick_order::line_import::TypedLine,
    values::{csv::Csv, money::to_plain_string},
};

/// What the member `format` of a file says.
const FORMAT: &str = "order-list";
/// What a link begins with.
const LINK_VERSION: &str = "1";
/// What stands between the parts of a link, and between SKU and quantity.
const BETWEEN: char = '~';
const TIMES: char = '*';
/// The longest link, in characters: mail programs and chats break longer ones.
const LONGEST_LINK: usize = 8_000;

/// The columns of a list as CSV, as messages.
pub const CSV_COLUMNS: [&str; 5] = [
    "lists.csv_sku",
    "lists.csv_name",
    "lists.csv_quantity",
    "lists.csv_price",
    "lists.csv_currency",
];

fn member(object: &mut Map<String, Value>, name: &str, text: &str) {
    object.insert(name.to_owned(), Value::from(text));
}

impl OrderList {
    /// The list as JSON. Amounts are texts, which no program rounds.
    pub fn to_json(&self) -> String {
        let lines = self.lines.iter().map(|line| {
            let mut object = Map::new();
            member(&mut object, "sku", &line.sku);
            member(&mut object, "name", &line.name);
            object.insert("quantity".to_owned(), Value::from(line.quantity));
            if let Some(price) = line.unit_price {
                member(&mut object, "unitPrice", &to_plain_string(price));
            }
            Value::Object(object)
        });
        let lines: Vec<Value> = lines.collect();
        let mut object = Map::new();
        member(&mut object, "format", FORMAT);
        member(&mut object, "name", &self.name);
        if let Some(currency) = &self.currency {
            member(&mut object, "currency", currency);
        }
        object.insert("changed".to_owned(), Value::from(self.changed));
        object.insert("lines".to_owned(), Value::Array(lines));
        Value::Object(object).to_string()
    }

    /// The list in a file of [`OrderList::to_json`]; none when it is not one. Lines that nobody could order
    /// are left out.
    pub fn from_json(text: &str) -> Option<Self> {
        let value: Value = serde_json::from_str(text.trim_start_matches('\u{FEFF}')).ok()?;
        if value.get("format").and_then(Value::as_str) != Some(FORMAT) {
            return None;
        }
        let text =
            |value: &Value, name: &str| value.get(name).and_then(Value::as_str).map(str::to_owned);
        let line = |value: &Value| {
            let sku = text(value, "sku")?.trim().to_owned();
            let quantity = value.get("quantity").and_then(Value::as_u64)?;
            let price = text(value, "unitPrice").and_then(|price| price.parse::<Decimal>().ok());
            Some(ItemSnapshot {
                name: text(value, "name")
                    .filter(|name| !name.is_empty())
                    .unwrap_or_else(|| sku.clone()),
                quantity: u32::try_from(quantity).unwrap_or(MAX_QUANTITY),
                unit_price: price.filter(|price| !price.is_sign_negative()),
                sku,
            })
        };
        let lines = value.get("lines")?.as_array()?;
        let lines = lines.iter().filter_map(line).take(MAX_LINES).collect();
        let name = check_name(&text(&value, "name").unwrap_or_default()).ok()?;
        let currency = text(&value, "currency").filter(|currency| !currency.is_empty());
        let mut list = Self::new(name, currency, lines);
        list.changed = value
            .get("changed")
            .and_then(Value::as_u64)
            .unwrap_or_default();
        Some(list)
    }

    /// The list of lines from a file, called `name`, and how many of them were not understood: without a SKU they
    /// are left out, without a quantity that could be ordered they count 1. None when there is no line at all.
    pub fn from_lines(name: &str, typed: Vec<TypedLine>) -> Option<(Self, usize)> {
        let mut bent = 0;
        let mut lines = Vec::new();
        for line in typed {
            let quantity = quantity::parse_raw(&line.quantity).unwrap_or(0);
            let silent = line.quantity.is_empty();
            bent += usize::from(line.sku.is_empty() || (quantity == 0 && !silent));
            lines.push(ItemSnapshot {
                name: line.sku.clone(),
                quantity: quantity.max(1),
                unit_price: None,
                sku: line.sku,
            });
        }
        let list = Self::new(check_name(name).ok()?, None, lines);
        (!list.lines.is_empty()).then_some((list, bent))
    }

    /// Adds a row for each line.
    pub fn add_rows(&self, csv: &mut Csv) {
        for line in &self.lines {
            let price = line.unit_price.map(to_plain_string).unwrap_or_default();
            let currency = match (&self.currency, line.unit_price) {
                (Some(currency), Some(_)) => currency.as_str(),
                _ => "",
            };
            let quantity = line.quantity.to_string();
            csv.row(&[&line.sku, &line.name, &quantity, &price, currency]);
        }
    }

    /// The list as one word for a link: name, SKUs and quantities. Prices stay here: they are the
    /// customer's own. None when it is too long for a link.
    pub fn to_link(&self) -> Option<String> {
        let mut link = String::from(LINK_VERSION);
        link.push(BETWEEN);
        escape(&mut link, &self.name);
        for line in &self.lines {
            link.push(BETWEEN);
            escape(&mut link, &line.sku);
            link.push(TIMES);
            link.push_str(&line.quantity.to_string());
            if link.len() > LONGEST_LINK {
                return None;
            }
        }
        Some(link)
    }

    /// The list in a link; none when it is not one of ours.
    pub fn from_link(link: &str) -> Option<Self> {
        let mut parts = link.split(BETWEEN);
        if parts.next() != Some(LINK_VERSION) {
            return None;
        }
        let name = check_name(&plain(parts.next()?)?).ok()?;
        let mut lines = Vec::new();
        for part in parts.take(MAX_LINES) {
            let (sku, quantity) = part.split_once(TIMES)?;
            let sku = plain(sku)?;
            lines.push(ItemSnapshot {
                name: sku.clone(),
                quantity: quantity
                    .parse()
                    .ok()
                    .filter(|it| (1..=MAX_QUANTITY).contains(it))?,
                unit_price: None,
                sku,
            });
        }
        Some(Self::new(name, None, lines))
    }
}

/// Adds `text` with everything but plain letters, digits and `-`, `_`, `.` as `%` and two digits a byte.
fn escape(link: &mut String, text: &str) {
    let digit = |value: u8| char::from_digit(u32::from(value), 16).unwrap_or('0');
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.".contains(&byte) {
            link.push(char::from(byte));
        } else {
            link.push('%');
            link.push(digit(byte >> 4));
            link.push(digit(byte & 0xF));
        }
    }
}

/// The text behind [`escape`]; none when it is not well escaped.
fn plain(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut left = text.bytes();
    while let Some(byte) = left.next() {
        if byte == b'%' {
            let mut digit = || char::from(left.next()?).to_digit(16);
            let value = digit()? * 16 + digit()?;
            bytes.push(u8::try_from(value).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}
