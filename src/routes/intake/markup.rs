//! The first table of a web page, or of the XML that older spreadsheets write: read with the browser's own parser, which
//! runs nothing and fetches nothing.

use js_sys::{Array, Function, Reflect, global};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, Element, NodeList};

use crate::domain::quick_order::line_import::{MarkupCell, MarkupRow, Table, defused};

/// What names the XML of older spreadsheets.
const SPREADSHEET: &str = "urn:schemas-microsoft-com:office:spreadsheet";

/// The first table in `text` with more than one row; none when there is none.
pub(super) fn table_in(text: &str) -> Option<Table> {
    let as_xml = text.contains(SPREADSHEET).then(|| found_in(text, true));
    as_xml.flatten().or_else(|| found_in(&defused(text), false))
}

/// A text as the document that it is. By way of `Reflect`, since what web-sys says of `DOMParser` would be loaded with
/// the first module.
fn parsed(text: &str, kind: &str) -> Option<Document> {
    let class: Function = Reflect::get(&global(), &"DOMParser".into())
        .ok()?
        .dyn_into()
        .ok()?;
    let parser = Reflect::construct(&class, &Array::new()).ok()?;
    let parse: Function = Reflect::get(&parser, &"parseFromString".into())
        .ok()?
        .dyn_into()
        .ok()?;
    let page = parse.call2(&parser, &text.into(), &kind.into()).ok()?;
    Some(JsValue::unchecked_into(page))
}

fn found_in(text: &str, xml: bool) -> Option<Table> {
    let (kind, tables, rows) = if xml {
        ("application/xml", "Table", "Row")
    } else {
        ("text/html", "table", "tr")
    };
    let page = parsed(text, kind)?;
    let tables_there = elements(&page.query_selector_all(tables).ok()?);
    tables_there.into_iter().find_map(|table| {
        let all = elements(&table.query_selector_all(rows).ok()?).into_iter();
        // Of a table within a table each is looked at by itself.
        let own = all.filter(|row| row.closest(tables).ok().flatten().as_ref() == Some(&table));
        let rows: Vec<MarkupRow> = own.map(|row| row_of(&row, xml)).collect();
        (rows.len() > 1).then(|| Table::of_markup(rows))
    })
}

fn elements(all: &NodeList) -> Vec<Element> {
    (0..all.length())
        .filter_map(|at| all.item(at)?.dyn_into().ok())
        .collect()
}

fn row_of(row: &Element, xml: bool) -> MarkupRow {
    let number = |cell: &Element, name: &str| cell.get_attribute(name)?.trim().parse().ok();
    let text = |cell: &Element| {
        // A comment on a cell is not its text.
        let data = cell.query_selector("Data").ok().flatten();
        let inner = data.as_ref().filter(|_| xml).unwrap_or(cell);
        let text = inner.text_content().unwrap_or_default();
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let all = row.query_selector_all(if xml { "Cell" } else { "td, th" });
    let all = all.map(|all| elements(&all)).unwrap_or_default();
    let cells = all
        .into_iter()
        .filter(|cell| cell.parent_element().as_ref() == Some(row));
    let cell = |cell: Element| {
        let more = |name: &str| number(&cell, name).map_or(1, |more: usize| more.saturating_add(1));
        let (columns, rows) = if xml {
            (more("ss:MergeAcross"), more("ss:MergeDown"))
        } else {
            let taken = |name: &str| number(&cell, name).unwrap_or(1);
            (taken("colspan"), taken("rowspan"))
        };
        MarkupCell {
            text: text(&cell),
            column: number(&cell, "ss:Index").map(|index: usize| index.saturating_sub(1)),
            columns,
            rows,
        }
    };
    let style = row.get_attribute("data-style").unwrap_or_default();
    let style: String = style.split_whitespace().collect();
    MarkupRow {
        cells: cells.map(cell).collect(),
        hidden: style.contains("display:none")
            || row.get_attribute("hidden").is_some()
            || row.get_attribute("ss:Hidden").as_deref() == Some("1"),
    }
}
