//! A SKU and a quantity in one cell: "SKU x 12", "12 × SKU", "SKU;12".

use super::{Table, TypedLine, free, is_quantity, quantity_of};
use crate::catalog::{quantity, sku::plain};

/// Signs that may stand between a SKU and its quantity without a space, and in many a SKU.
const GLUE: [char; 7] = ['×', '*', '=', ':', '@', 'x', 'X'];

/// The number of pieces in a quantity that is no number as it stands: `20 pcs`, `x 20`, `(20)`, `qty: 20`.
pub fn pieces_in(cell: &str) -> Option<u32> {
    // Read as a line is whose SKU is a single sign.
    let line = divided(&["? ", cell].concat())?;
    let quantity = quantity::parse_raw(&line.quantity).ok()?;
    (line.sku == "?").then_some(quantity)
}

/// The SKU and the quantity in one cell, as a line of a pasted text is read; none when there are not both. It is a
/// guess: a cell's whole text may be a SKU, and wins where it is.
pub fn divided(cell: &str) -> Option<TypedLine> {
    let text = plain(cell);
    let divides =
        |sign: char| sign.is_whitespace() || ",;|([".contains(sign) || GLUE.contains(&sign);
    if !text.contains(divides) {
        return None;
    }
    let table = Table::read(&text);
    let mut lines = table.lines(table.guess());
    if let (Some(line), true) = (lines.pop(), lines.is_empty())
        && !line.sku.is_empty()
        && is_quantity(&line.quantity)
    {
        return Some(line);
    }
    if let [sku, quantity] = &free::cells(&text)[..]
        && is_quantity(quantity)
    {
        return Some(TypedLine {
            sku: sku.clone(),
            quantity: quantity.clone(),
        });
    }
    // Nobody would write these in a list: in one cell they are told from a SKU by what the shop has.
    GLUE.iter().find_map(|sign| {
        let last = text.rsplit_once(*sign);
        let last = last.map(|(sku, quantity)| (sku, quantity_of(quantity)));
        let first = text.split_once(*sign);
        let first = first.map(|(quantity, sku)| (sku, quantity_of(quantity)));
        let found = [last, first].into_iter().flatten();
        let (sku, quantity) = found
            .map(|(sku, quantity)| (sku.trim(), quantity))
            .find(|(sku, quantity)| !sku.is_empty() && is_quantity(quantity))?;
        Some(TypedLine {
            sku: sku.to_owned(),
            quantity: quantity.to_owned(),
        })
    })
}
