//! Rows of a table that are no order lines: totals, notes, numbers of pages.

use super::TypedLine;
use crate::catalog::quantity;

/// Words for a total, in the languages that lists come in.
const TOTAL: &[&str] = &[
    "total",
    "totals",
    "subtotal",
    "subtotals",
    "sum",
    "summe",
    "gesamt",
    "gesamtsumme",
    "gesamtmenge",
    "gesamtanzahl",
    "gesamtbetrag",
    "zwischensumme",
    "endsumme",
    "insgesamt",
    "totale",
    "totaal",
    "totalt",
    "subtotaal",
    "somme",
    "suma",
    "razem",
    "ogółem",
    "celkem",
    "součet",
    "mezisoučet",
    "spolu",
    "összesen",
    "итого",
    "всего",
    "сумма",
    "разом",
    "toplam",
    "yhteensä",
    "summa",
    "sammanlagt",
    "σύνολο",
    "totaux",
    "totali",
    "合計",
    "総計",
    "小計",
    "総合計",
    "合计",
    "总计",
    "小计",
    "總計",
    "합계",
    "총계",
    "소계",
];
/// Words that may stand beside one of them.
const BESIDE: &[&str] = &[
    "grand",
    "sub",
    "sous",
    "sotto",
    "général",
    "générale",
    "general",
    "complessivo",
    "qty",
    "quantity",
    "quantities",
    "menge",
    "anzahl",
    "amount",
    "netto",
    "net",
    "brutto",
    "gross",
    "pieces",
    "pcs",
    "stück",
    "stk",
    "units",
    "items",
    "lines",
    "order",
    "artikel",
    "positionen",
    "of",
    "der",
    "de",
    "la",
    "parcial",
    "eur",
    "usd",
    "gbp",
    "chf",
];
/// What pages are called.
const PAGE: &[&str] = &[
    "page",
    "seite",
    "pagina",
    "página",
    "strona",
    "strana",
    "oldal",
    "sida",
    "sayfa",
    "страница",
    "ページ",
];

/// Whether a text says nothing but that its row is a total. `TOTAL-1` does not: a SKU may be called that.
pub(super) fn is_total(text: &str) -> bool {
    let lower = text.to_lowercase();
    if lower.contains(char::is_numeric) {
        return false;
    }
    let words: Vec<&str> = lower
        .split(|sign: char| !sign.is_alphanumeric())
        .filter(|it| !it.is_empty())
        .collect();
    words.iter().any(|word| TOTAL.contains(word))
        && words
            .iter()
            .all(|word| TOTAL.contains(word) || BESIDE.contains(word))
}

/// Whether a text that stands alone in its row is a remark rather than a SKU without a quantity: several words
/// without a digit, many words, or the number of a page.
pub(super) fn is_note(text: &str) -> bool {
    let words = text.split_whitespace().count();
    let first = text
        .split([' ', ':', '\u{a0}'])
        .next()
        .unwrap_or_default()
        .to_lowercase();
    let page = PAGE.contains(&first.as_str()) && text.contains(|sign: char| sign.is_ascii_digit());
    let digits = text.contains(|sign: char| sign.is_ascii_digit());
    page || words >= 4 || (words >= 2 && !digits) || text.ends_with(':')
}

/// What the quantities come to that were taken so far.
#[derive(Debug, Default)]
pub(super) struct Sums {
    all: u64,
    since: u64,
    lines: usize,
}

impl Sums {
    /// Counts a line that is taken.
    pub(super) fn add(&mut self, line: &TypedLine) {
        let quantity = u64::from(quantity::parse_raw(&line.quantity).unwrap_or(0));
        self.all += quantity;
        self.since += quantity;
        self.lines += 1;
    }

    /// Whether a row is a total: a word says so, or its number is the sum of at least two lines.
    pub(super) fn is_total(&mut self, word: bool, number: Option<u32>) -> bool {
        let number = number
            .map(u64::from)
            .filter(|number| *number > 0 && self.lines > 1);
        let total = word || number.is_some_and(|number| number == self.all || number == self.since);
        if total {
            self.since = 0;
        }
        total
    }
}
