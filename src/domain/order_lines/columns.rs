//! Which column of a table is which: by the words of its first row, else by what stands in the columns.

use super::{Table, is_quantity, quantity_of, sku_of};

/// Where SKU and quantity stand. Columns count from 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Columns {
    /// Whether the first row holds the columns' names.
    pub header: bool,
    /// The SKU.
    pub sku: usize,
    /// The quantity; none where there is no such column.
    pub quantity: Option<usize>,
}

/// What a column of SKUs is called, in the languages that price lists come in.
const SKU_WORDS: &[&str] = &[
    "sku",
    "skus",
    "item",
    "itemno",
    "itemnumber",
    "itemcode",
    "itemid",
    "part",
    "partno",
    "partnumber",
    "partnr",
    "article",
    "articleno",
    "articlenumber",
    "artikel",
    "artikelnr",
    "artikelnummer",
    "artnr",
    "bestellnummer",
    "product",
    "productcode",
    "productnumber",
    "productid",
    "produkt",
    "material",
    "materialnumber",
    "code",
    "model",
    "reference",
    "référence",
    "ref",
    "réf",
    "referencia",
    "código",
    "codice",
    "upc",
    "ean",
    "gtin",
    "barcode",
    "品番",
    "商品コード",
];

/// What a column of quantities is called.
const QUANTITY_WORDS: &[&str] = &[
    "qty",
    "quantity",
    "quantities",
    "orderqty",
    "orderquantity",
    "qtyordered",
    "units",
    "pieces",
    "pcs",
    "amount",
    "count",
    "menge",
    "anzahl",
    "stück",
    "stk",
    "bestellmenge",
    "quantité",
    "qté",
    "qte",
    "cantidad",
    "cant",
    "quantità",
    "数量",
];

/// Only letters count: `Part No.` and `part_no` are the same.
fn is_one_of(cell: &str, words: &[&str]) -> bool {
    let letters: String = cell.chars().filter(|sign| sign.is_alphanumeric()).collect();
    words.contains(&letters.to_lowercase().as_str())
}

impl Table {
    /// Guesses which column is which. Of two columns with the same name the one that is better filled
    /// counts.
    pub fn guess(&self) -> Columns {
        let Some(first) = self.rows().first() else {
            return Columns::default();
        };
        let named = |words| first.iter().any(|cell| is_one_of(cell, words));
        // A product may be called "Part"; a row with a quantity in it is no header.
        let numbered = first.iter().any(|cell| is_quantity(quantity_of(cell)));
        let header = !numbered && (named(SKU_WORDS) || named(QUANTITY_WORDS));
        let sku = self.best(header, |column, cells| {
            let name = if header { self.name(column) } else { "" };
            if is_one_of(name, QUANTITY_WORDS) {
                return 0;
            }
            let filled = average(cells, |cell| usize::from(!cell.is_empty()) * 100);
            let likeness = average(cells, |cell| likeness(sku_of(cell)) * 100);
            // A name, where there is one, says more than what stands below it.
            usize::from(is_one_of(name, SKU_WORDS)) * 10_000 + filled + likeness
        });
        let sku = sku.unwrap_or(0);
        let quantity = self.best(header, |column, cells| {
            let word = header && is_one_of(self.name(column), QUANTITY_WORDS);
            let filled: Vec<&str> = cells.iter().copied().filter(|it| !it.is_empty()).collect();
            let numbers = average(&filled, |cell| {
                usize::from(is_quantity(quantity_of(cell))) * 100
            });
            // Of two columns without names the other one is the quantity, good or bad.
            let only = self.width() == 2 && !header;
            if column == sku || !(word || only || numbers >= 50) {
                return 0;
            }
            // The number of the line stands before the SKU, the quantity behind it.
            usize::from(word) * 10_000 + numbers * 2 + usize::from(column > sku) * 50 + 1
        });
        Columns {
            header,
            sku,
            quantity,
        }
    }

    /// What the first row says of a column.
    fn name(&self, column: usize) -> &str {
        let first = self.rows().first().and_then(|row| row.get(column));
        first.map_or("", String::as_str)
    }

    /// The column with the highest worth, the first of equals; none when all are worth nothing. `worth` is
    /// given a column and its cells.
    fn best(&self, header: bool, worth: impl Fn(usize, &[&str]) -> usize) -> Option<usize> {
        let rows = &self.rows()[usize::from(header)..];
        let mut best = (0, None);
        for column in 0..self.width() {
            let cell = |row: &Vec<String>| row.get(column).map_or("", String::as_str).to_owned();
            let cells: Vec<String> = rows.iter().map(cell).collect();
            let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
            let found = worth(column, &cells);
            if found > best.0 {
                best = (found, Some(column));
            }
        }
        best.1
    }

    /// Whether it is worth asking the buyer which column is which: there are more than two, or names.
    pub fn wants_a_look(&self, columns: Columns) -> bool {
        self.width() > 2 || columns.header
    }
}

/// The average worth of the cells.
fn average(cells: &[&str], worth: impl Fn(&str) -> usize) -> usize {
    let sum: usize = cells.iter().map(|cell| worth(cell)).sum();
    sum / cells.len().max(1)
}

/// How much a text looks like a SKU, from 0 to 4: letters and digits in one word most of all.
fn likeness(text: &str) -> usize {
    let digits = text.chars().any(|sign| sign.is_ascii_digit());
    let letters = text.chars().any(char::is_alphabetic);
    let one_word = !text.contains(char::is_whitespace);
    match (letters, digits, one_word) {
        (true, true, true) => 4,
        (true, false, true) => 3,
        (false, true, true) if text.len() > 4 && !text.contains(['.', ',']) => 2,
        (true, ..) => 1,
        _ => 0,
    }
}
