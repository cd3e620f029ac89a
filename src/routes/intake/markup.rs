//! The first table of a web page, or of the XML that older spreadsheets write: read with the browser's own parser, which
//! runs nothing and fetches nothing.

use web_sys::{DomParser, Element, HtmlCollection, SupportedType};

use crate::domain::quick_order::order_lines::{MarkupCell, MarkupRow, Table, defused};

/// What names the XML of older spreadsheets.
const SPREADSHEET: &str = "urn:schemas-microsoft-com:office:spreadsheet";

/// The first table in `text` with more than one row; none when there is none.
pub(super) fn table_in(text: &str) -> Option<Table> {
    let as_xml = text.contains(SPREADSHEET).then(|| found_in(text, true));
    as_xml.flatten().or_else(|| found_in(&defused(text), false))
}

fn found_in(text: &str, xml: bool) -> Option<Table> {
    let kind = if xml {
        SupportedType::ApplicationXml
    } else {
        SupportedType::TextHtml
    };
    let page = DomParser::new().ok()?.parse_from_string(text, kind).ok()?;
    // Of a table within a table each is looked at by itself.
    let (tables, rows) = if xml {
        ("Table", "Row")
    } else {
        ("table", "tr")
    };
    let tables = elements(&page.get_elements_by_tag_name_ns(Some("*"), tables).ok()?);
    tables.into_iter().find_map(|table| {
        let all = elements(&table.get_elements_by_tag_name_ns(Some("*"), rows).ok()?);
        let own = all.into_iter().filter(|row| is_row_of(row, &table));
        let rows: Vec<MarkupRow> = own.map(|row| row_of(&row, xml)).collect();
        (rows.len() > 1).then(|| Table::of_markup(rows))
    })
}

fn elements(all: &HtmlCollection) -> Vec<Element> {
    (0..all.length()).filter_map(|at| all.item(at)).collect()
}

/// Whether a row is of that table, and not of one in it.
fn is_row_of(row: &Element, table: &Element) -> bool {
    let mut outer = row.parent_element();
    while let Some(element) = outer {
        if element.local_name() == table.local_name() {
            return element.is_same_node(Some(table));
        }
        outer = element.parent_element();
    }
    false
}

fn row_of(row: &Element, xml: bool) -> MarkupRow {
    let number = |cell: &Element, name: &str| cell.get_attribute(name)?.trim().parse().ok();
    let text = |cell: &Element| {
        // A comment on a cell is not its text.
        let data = cell.get_elements_by_tag_name_ns(Some("*"), "Data");
        let data = data.map(|data| elements(&data)).unwrap_or_default();
        let inner = data.first().filter(|_| xml).unwrap_or(cell);
        let text = inner.text_content().unwrap_or_default();
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let cells = elements(&row.children()).into_iter();
    let cells = cells.filter(|cell| matches!(&*cell.local_name(), "td" | "th" | "Cell"));
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
            || row.has_attribute("hidden")
            || row.get_attribute("ss:Hidden").as_deref() == Some("1"),
    }
}
