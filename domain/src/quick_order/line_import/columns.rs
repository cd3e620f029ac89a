//! Which column of a table is which: by the words of a row of names, else by what stands in the columns.

use super::{
    Table, is_quantity, quantity_of, sku_of,
    table::{Include, Row},
};

/// Where SKU and quantity stand. Columns count from 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Columns {
    /// The row that holds the columns' names, where there is one.
    pub header: Option<usize>,
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
    "mpn",
    "skucode",
    "skuno",
    "skunumber",
    "vendorpartno",
    "supplierpartno",
    "partid",
    "catalogno",
    "catalognumber",
    "materialnr",
    "sachnummer",
    "bestellnr",
    "produktnummer",
    "produktcode",
    "articlenr",
    "indeks",
    "kód",
    "cikkszám",
    "артикул",
    "код",
    "品番",
    "型番",
    "品號",
    "货号",
    "貨號",
    "商品コード",
    "商品番号",
    "품번",
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
    "quantita",
    "quantidade",
    "qtd",
    "ctd",
    "aantal",
    "antal",
    "ilość",
    "szt",
    "množství",
    "počet",
    "mennyiség",
    "количество",
    "колво",
    "adet",
    "数量",
    "數量",
    "個数",
    "注文数",
    "발주수량",
    "수량",
];

/// How many rows from the first one may stand above the names of the columns, and one.
const HEADER_WITHIN: usize = 20;

/// Only letters count: `Part No.` and `part_no` are the same.
fn letters(name: &str) -> String {
    let letters: String = name.chars().filter(|sign| sign.is_alphanumeric()).collect();
    letters.to_lowercase()
}

/// Whether two texts name the same column.
pub(super) fn is_same_name(one: &str, other: &str) -> bool {
    letters(one) == letters(other)
}

/// Whether a column's name is one of these: `Qty (pcs)`, `SKU / EAN` and `Menge [Stk]` too.
fn is_one_of(cell: &str, words: &[&str]) -> bool {
    let is_word = |text: &str| words.contains(&letters(text).as_str());
    let ends = ['(', '[', '/', '\n', '（'];
    is_word(cell) || cell.split(ends).next().is_some_and(is_word)
}

/// How surely a row holds the names of the columns: that of the SKU, that of the quantity, or both. A product may
/// be called "Part"; a row with a quantity in it holds none.
pub(super) fn header_worth(row: &Row) -> usize {
    let sku = row.filled().position(|cell| is_one_of(cell, SKU_WORDS));
    let quantity = row
        .filled()
        .position(|cell| is_one_of(cell, QUANTITY_WORDS));
    if Table::has_quantities(row) {
        return 0;
    }
    usize::from(sku.is_some()) + usize::from(quantity.is_some() && quantity != sku)
}

impl Table {
    /// The row of the columns' names: of those near the top the first that says most.
    fn header(&self) -> Option<usize> {
        let rows = self
            .all_rows()
            .iter()
            .enumerate()
            .filter(|(_, row)| !row.hidden);
        let near = rows.take(HEADER_WITHIN);
        let mut best = (0, None);
        for (at, row) in near {
            // A word that stands alone above several columns is more likely a title.
            let lonely = row.filled().count() == 1 && self.width() > 1;
            if lonely && at > 0 {
                continue;
            }
            let worth = (2 * header_worth(row)).saturating_sub(usize::from(lonely));
            if worth > best.0 {
                best = (worth, Some(at));
            }
        }
        best.1
    }

    /// Guesses which column is which. Of two columns with the same name the one that is better filled
    /// counts.
    pub fn guess(&self) -> Columns {
        self.guess_below(self.header())
    }

    /// Guesses which column is which, with the columns' names in that row.
    pub fn guess_below(&self, header: Option<usize>) -> Columns {
        let sku = self.best(header, |column, cells| {
            let name = self.name(header, column);
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
            let word = is_one_of(self.name(header, column), QUANTITY_WORDS);
            let filled: Vec<&str> = cells.iter().copied().filter(|it| !it.is_empty()).collect();
            let numbers = average(&filled, |cell| {
                usize::from(is_quantity(quantity_of(cell))) * 100
            });
            // Of two columns without names the other one is the quantity, good or bad.
            let only = self.width() == 2 && header.is_none();
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

    /// What the row of names says of a column.
    fn name(&self, header: Option<usize>, column: usize) -> &str {
        let row = header.and_then(|at| self.all_rows().get(at));
        row.map_or("", |row| row.at(column))
    }

    /// The column with the highest worth, the first of equals; none when all are worth nothing. `worth` is
    /// given a column and its cells below the names.
    fn best(
        &self,
        header: Option<usize>,
        worth: impl Fn(usize, &[&str]) -> usize,
    ) -> Option<usize> {
        let below = header.map_or(0, |at| at + 1);
        let mut rows: Vec<&Row> = self.all_rows().iter().skip(below).collect();
        if rows.iter().any(|row| !row.hidden) {
            rows.retain(|row| !row.hidden);
        }
        let mut best = (0, None);
        for column in self.columns(Include::default()) {
            let cells: Vec<&str> = rows.iter().map(|row| row.at(column)).collect();
            let found = worth(column, &cells);
            if found > best.0 {
                best = (found, Some(column));
            }
        }
        best.1
    }

    /// The rows that may hold the names of the columns.
    pub fn rows_of_names(&self) -> usize {
        self.all_rows().len().min(HEADER_WITHIN)
    }

    /// Whether it is worth asking the buyer which column is which: there are more than two, or names.
    pub fn wants_a_look(&self, columns: Columns) -> bool {
        self.width() > 2
            || columns.header.is_some()
            || !self.take(columns, Include::default()).1.is_nothing()
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
