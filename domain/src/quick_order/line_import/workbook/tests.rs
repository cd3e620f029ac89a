//! Workbooks as spreadsheets write them, and what they show of numbers, days and texts.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use proptest::prelude::*;
use std::io::{Cursor, Write};
use zip::{ZipWriter, write::SimpleFileOptions};

use super::super::{Columns, Include};
use super::{Regional::*, *};
use number_format::{Format, unformatted};

const ORDER: &[u8] = include_bytes!("../../../../../tests/data/order.xlsx");

/// A number in a format, as a cell of the computer's region.
fn cell(value: f64, code: &str, regional: Regional) -> Cell {
    match code {
        "General" => unformatted(value, regional),
        code => Format::of(code).cell(value, regional, false),
    }
}

/// What a SKU and a quantity are read as. A quantity like the SKU is written `=`.
#[track_caller]
fn reads(value: f64, code: &str, sku: &str, quantity: &str) {
    let cell = cell(value, code, American);
    let mut cell_trimmed = cell.clone();
    cell_trimmed.text = cell.text.trim().to_owned();
    let quantity = if quantity == "=" { sku } else { quantity };
    assert_eq!(cell_trimmed.sku(), sku, "{value} as {code}");
    assert_eq!(
        cell_trimmed.quantity(),
        quantity,
        "{value} as {code}, as a quantity"
    );
}

/// What a workbook shows is read.
#[test]
fn numbers_are_read_as_they_are_shown() {
    for (value, code, sku, quantity) in [
        (123.0, "00000", "00123", "="),
        (123.0, "0", "123", "="),
        (1_234_567.0, "0000-000", "1234-567", "="),
        (1234.0, "0000-000", "0001-234", "="),
        (5_551_234.0, "(###) ###-####", "() 555-1234", "="),
        (12_345_678.0, "00\\.00\\.0000", "12.34.5678", "="),
        (7.0, "\"SKU-\"0000", "SKU-0007", "="),
        (7.0, "\\A0", "A7", "="),
        (7.0, "\"SKU-\"General", "SKU-7", "="),
        (4711.0, "#,##0", "4,711", "="),
        (123_456.0, "#,##0", "123,456", "="),
        (12.0, "0.000", "12.000", "12"),
        (12.345, "0.000", "12.345", "12.345 ?"),
        (1234.5, "#,##0.00", "1,234.50", "="),
        (12.0, "0.##", "12.", "="),
        (12.0, "0 \"pcs\"", "12 pcs", "12"),
        (12.0, "0 \"boxes\"", "12 boxes", "="),
        (12.0, "0\"0\"", "120", "120 ?"),
        (12.4, "0", "12", "="),
        (12.5, "0", "13", "="),
        (0.12, "0%", "12%", "="),
        (0.125, "0.0%", "12.5%", "="),
        (12.0, "$#,##0", "$12", "="),
        (12.0, "#,##0 [$€-407]", "12 €", "="),
        (0.5, "# ?/?", "1/2", "="),
        (1.5, "# ?/?", "1 1/2", "="),
        (2.0, "# ?/?", "2", "="),
        (0.3333, "# ??/??", "1/3", "="),
        (1.25, "# ?/8", "1 2/8", "="),
        (1.5, "?/?", "3/2", "="),
        (123_456.0, "0.00E+00", "1.23E+05", "="),
        (100_000.0, "0E+0", "1E+5", "="),
        (0.00012, "0.0E+00", "1.2E-04", "="),
        (-5.0, "0", "-5", "="),
        (-5.0, "0;0", "5", "5 ?"),
        (-5.0, "0;(0)", "(5)", "="),
        (5.0, "0;(0)", "5", "="),
        (0.0, "0;-0;\"-\"", "-", "="),
        (5.0, ";;;", "", "="),
        (5.0, "[Red]0", "5", "="),
        (150.0, "[>100]\"A-\"0;\"B-\"0", "A-150", "="),
        (50.0, "[>100]\"A-\"0;\"B-\"0", "B-50", "="),
        (1.0, "[=1]\"one\";[=2]\"two\";General", "one", "="),
        (7.0, "[=1]\"one\";[=2]\"two\";General", "7", "="),
        (5.0, "_(* #,##0_);_(* (#,##0);_(* \"-\"_);_(@_)", "5", "="),
        (0.0, "_(* #,##0_);_(* (#,##0);_(* \"-\"_);_(@_)", "-", "="),
        (42.0, "@", "42", "="),
        (3.0, "000\" \"000", "000 003", "="),
        (12.0, "?0", "12", "="),
        // What cannot be known, or is not understood, finds no product and is no quantity.
        (12000.0, "0,", "12 ?", "="),
        (12000.0, "#,##0,\"k\"", "12k ?", "="),
        (12.0, "*00", "12 ?", "="),
        (12.0, "0x", "12 ?", "="),
        (12.0, "[DBNum1]0", "12 ?", "="),
        (12.0, "##0.0E+0", "1.2E+1 ?", "="),
        (12.0, "[$-2000401]0", "12 ?", "="),
    ] {
        reads(value, code, sku, quantity);
    }
}

#[test]
fn numbers_without_a_format_are_written_in_full() {
    for (value, shown) in [
        (0.0, "0"),
        (12.0, "12"),
        (4_006_381_333_931.0, "4006381333931"),
        (999_999_999_999_999.0, "999999999999999"),
        (1e15, "1E+15"),
        (123_456_789_012_345_680.0, "1.23457E+17"),
        (0.1 + 0.2, "0.3"),
        (1.0 / 3.0, "0.333333333"),
        (12_345.678_901_234, "12345.6789"),
        (1_234_567_890.5, "1234567891"),
        (0.0001, "0.0001"),
        (0.000_012_345, "1.2345E-05"),
        (-1.5, "-1.5"),
        (1.005, "1.005"),
    ] {
        reads(
            value,
            "General",
            shown,
            match shown {
                "1.005" => "1.005 ?",
                _ => "=",
            },
        );
    }
    assert_eq!(unformatted(1.5, German).sku(), "1,5");
    assert_eq!(cell(4711.5, "#,##0.0", German).sku(), "4.711,5");
}

/// Days in a workbook are read as they are shown.
#[test]
fn days_are_shown_as_days_and_are_never_quantities() {
    for (value, code, sku, quantity) in [
        (46082.0, "mmm\\-yy", "Mar-26", "="),
        (46082.0, "d-mmm", "1-Mar", "="),
        (46082.0, "yyyy\\-mm\\-dd", "2026-03-01", "="),
        (46082.0, "dd/mm/yyyy;@", "01/03/2026", "="),
        (46082.0, "[$-409]mmmm d, yyyy", "March 1, 2026", "="),
        (46082.0, "ddd", "Sun", "="),
        // What looks like a number is a day all the same.
        (46082.0, "yyyy", "2026", "2026-03-01"),
        (46082.0, "d", "1", "2026-03-01"),
        (46082.0, "yyyymmdd", "20260301", "="),
        (46082.75, "h:mm AM/PM", "6:00 PM", "="),
        (46082.75, "hh:mm:ss", "18:00:00", "="),
        (46082.25, "h", "6", "2026-03-01"),
        (0.25, "h", "6", "6 ?"),
        (1.5, "[h]:mm", "36:00", "="),
        (0.5 / 24.0, "mm:ss", "30:00", "="),
        (1.0, "yyyy-mm-dd", "1900-01-01", "="),
        (59.0, "yyyy-mm-dd", "1900-02-28", "="),
        (61.0, "yyyy-mm-dd", "1900-03-01", "="),
        (46082.0, "[$-411]mmmm", "46082 ?", "="),
        (60.0, "yyyy-mm-dd", "60 ?", "="),
        (-1.0, "yyyy-mm-dd", "-1 ?", "="),
        (46082.0, "yyyy\" g\"g", "46082 ?", "="),
    ] {
        if code == "yyyymmdd" {
            // More than any quantity: no number of pieces.
            assert!(crate::catalog::quantity::parse_raw("20260301").is_err());
        }
        if code == "[$-411]mmmm" {
            assert!(cell(value, code, American).sku().ends_with(" ?"));
            continue;
        }
        reads(value, code, sku, quantity);
    }
    assert_eq!(cell(46082.0, "mmm\\-yy", German).sku(), "Mrz-26");
    assert_eq!(
        Format::of_region(German, false)
            .cell(46082.0, German, false)
            .sku(),
        "01.03.2026"
    );
    assert_eq!(
        Format::of_region(American, false)
            .cell(46082.0, American, false)
            .sku(),
        "3/1/2026"
    );
    assert_eq!(
        Format::of_region(English, true)
            .cell(46082.5, English, false)
            .sku(),
        "01/03/2026 12:00"
    );
    assert_eq!(
        Format::of("yyyy-mm-dd").cell(44620.0, American, true).sku(),
        "2026-03-01"
    );
    assert_eq!(Regional::of("de-AT"), German);
    assert_eq!(Regional::of("en"), American);
    assert_eq!(Regional::of("en-GB"), English);
}

/// A sheet: its name, its state, its XML below `<worksheet>`.
type SheetXml<'a> = (&'a str, &'a str, &'a str);

const FORMATS: &str = r#"<numFmts><numFmt numFmtId="164" formatCode="00000"/><numFmt numFmtId="165" formatCode="mmm\-yy"/>
    <numFmt numFmtId="166" formatCode="&quot;SKU-&quot;@"/></numFmts><cellStyleXfs><xf numFmtId="9"/></cellStyleXfs>
    <cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="14"/><xf numFmtId="166"/></cellXfs>"#;

/// A workbook of these sheets, with some styles and shared texts.
fn workbook(sheets: &[SheetXml<'_>]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let mut add = |name: &str, text: &str| {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    };
    let kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    add(
        "_rels/.rels",
        &format!(
            r#"<Relationships><Relationship Id="a" Type="{kind}/officeDocument" Target="/xl/workbook.xml"/></Relationships>"#
        ),
    );
    let (mut relations, mut names) = (String::new(), String::new());
    for (at, (name, state, xml)) in sheets.iter().enumerate() {
        let is_chart = *state == "chart";
        let of = if is_chart { "chartsheet" } else { "worksheet" };
        let state = if is_chart { "visible" } else { state };
        let relation = format!(
            r#"<Relationship Id="s{at}" Type="{kind}/{of}" Target="worksheets/sheet{at}.xml"/>"#
        );
        relations.push_str(&relation);
        let sheet =
            format!(r#"<sheet name="{name}" sheetId="{at}" state="{state}" r:id="s{at}"/>"#);
        names.push_str(&sheet);
        add(
            &format!("xl/worksheets/sheet{at}.xml"),
            &format!("<worksheet>{xml}</worksheet>"),
        );
    }
    for part in ["sharedStrings", "styles"] {
        let relation =
            format!(r#"<Relationship Id="{part}" Type="{kind}/{part}" Target="{part}.xml"/>"#);
        relations.push_str(&relation);
    }
    add(
        "xl/_rels/workbook.xml.rels",
        &format!("<Relationships>{relations}</Relationships>"),
    );
    add(
        "xl/workbook.xml",
        &format!("<workbook xmlns:r='x'><sheets>{names}</sheets></workbook>"),
    );
    add(
        "xl/styles.xml",
        &format!("<styleSheet>{FORMATS}</styleSheet>"),
    );
    add(
        "xl/sharedStrings.xml",
        "<sst><si><t> A-1 </t></si><si><r><t>B</t></r><r><rPr/><t>-2 &amp; C</t></r><rPh><t>bee</t></rPh></si><si><t>x_x0041_y</t></si></sst>",
    );
    zip.finish().unwrap().into_inner()
}

/// Rows of XML, each `cells` or `!cells` where it is hidden.
fn sheet(rows: &[&str]) -> String {
    let row = |(at, cells): (usize, &&str)| {
        let hidden = if cells.starts_with('!') {
            " hidden='1'"
        } else {
            ""
        };
        format!(
            "<row r='{}'{hidden}>{}</row>",
            at + 1,
            cells.trim_start_matches('!')
        )
    };
    let rows: String = rows.iter().enumerate().map(row).collect();
    format!("<sheetData>{rows}</sheetData>")
}

fn typed(text: &str) -> String {
    format!("<c t='inlineStr'><is><t>{text}</t></is></c>")
}

fn line(sku: &str, quantity: &str) -> String {
    format!("{}<c><v>{quantity}</v></c>", typed(sku))
}

fn lines(book: &Workbook) -> Vec<(String, String)> {
    let lines = book.table.lines(book.table.guess());
    lines
        .into_iter()
        .map(|line| (line.sku, line.quantity))
        .collect()
}

fn pairs(lines: &[(&str, &str)]) -> Vec<(String, String)> {
    lines
        .iter()
        .map(|(sku, quantity)| ((*sku).to_owned(), (*quantity).to_owned()))
        .collect()
}

#[test]
fn the_first_sheet_that_holds_anything_is_read() {
    let book = read(ORDER, None, American).unwrap();
    assert_eq!(book.sheets[book.chosen].name, "Order");
    assert_eq!(
        lines(&book),
        pairs(&[
            ("WIDGET-BLU-L", "60"),
            ("00123", "5"),
            ("4006381333931", "12"),
            ("WIDGET-RED-M", "1.5")
        ])
    );
}

#[test]
fn workbooks_of_a_spreadsheet_are_read_as_they_are_shown() {
    for (bytes, wanted) in [
        (
            &include_bytes!("../../../../../tests/data/leading-zeros.xlsx")[..],
            pairs(&[("00123", "5"), ("WIDGET-BLU-L", "20")]),
        ),
        (
            include_bytes!("../../../../../tests/data/dates.xlsx"),
            pairs(&[("Mar-26", "5"), ("WIDGET-BLU-L", "3/1/2026")]),
        ),
        (
            include_bytes!("../../../../../tests/data/filtered.xlsx"),
            pairs(&[("WIDGET-BLU-L", "20"), ("WIDGET-RED-M", "24")]),
        ),
    ] {
        let book = read(bytes, None, American).unwrap();
        assert_eq!(lines(&book), wanted);
    }
}

#[test]
fn cells_are_what_is_shown_of_them() {
    let rows = sheet(&[
        "<c t='inlineStr'><is><t>SKU</t></is></c><c t='inlineStr'><is><t>Qty</t></is></c>",
        "<c s='1'><v>123</v></c><c><v>5</v></c>",
        "<c s='2'><v>46082</v></c><c s='3'><v>46082</v></c>",
        "<c t='s'><v>0</v></c><c><f>B2*2</f><v>10</v></c>",
        "<c t='s'><v>1</v></c><c><f>B2*2</f></c>",
        "<c t='str'><f>A1</f><v>D&amp;E_x0041_</v></c><c t='b'><v>1</v></c>",
        "<c t='s' s='4'><v>2</v></c><c t='e'><v>#N/A</v></c>",
        "<c t='e'><v>#SPILL!</v></c><c t='n'><v>7</v></c>",
        "<c t='d'><v>2026-03-01T00:00:00</v></c><c><v>8.0</v></c>",
    ]);
    let book = read(&workbook(&[("Order", "visible", &rows)]), None, American).unwrap();
    assert_eq!(
        lines(&book),
        pairs(&[
            ("00123", "5"),
            ("Mar-26", "3/1/2026"),
            ("A-1", "10"),
            ("B-2 & C", "?"),
            ("D&EA", "TRUE"),
            ("SKU-xAy", "#N/A"),
            ("#SPILL!", "7"),
            ("2026-03-01", "8"),
        ])
    );
    let left = book.table.take(book.table.guess(), Include::default()).1;
    assert_eq!((left.days, left.doubtful), (2, 1));
}

/// Nothing hidden in a workbook is taken without a word.
#[test]
fn what_is_hidden_is_left_out_with_a_count() {
    let rows = sheet(&[
        &format!(
            "{}{}<c t='inlineStr'><is><t>Qty</t></is></c>",
            typed("SKU"),
            typed("Qty")
        ),
        &format!("{}<c><v>99</v></c><c><v>20</v></c>", typed("A-1")),
        &format!("!{}<c><v>99</v></c><c><v>2</v></c>", typed("B-2")),
        &format!("{}<c><v>99</v></c><c><v>24</v></c>", typed("C-3")),
        "!",
    ]);
    let xml = format!("<sheetFormatPr/><cols><col min='2' max='2' hidden='1'/></cols>{rows}");
    let book = read(&workbook(&[("Order", "visible", &xml)]), None, American).unwrap();
    assert_eq!(lines(&book), pairs(&[("A-1", "20"), ("C-3", "24")]));
    let columns = book.table.guess();
    assert_eq!(
        columns,
        Columns {
            header: Some(0),
            sku: 0,
            quantity: Some(2)
        }
    );
    let (_, left) = book.table.take(columns, Include::default());
    assert_eq!((left.hidden, book.table.hidden_columns()), (1, 1));
    let hidden = Include {
        hidden: true,
        ..Include::default()
    };
    assert_eq!(book.table.take(columns, hidden).0.len(), 3);
    assert_eq!(book.table.columns(Include::default()), [0, 2]);
    assert_eq!(book.table.columns(hidden), [0, 1, 2]);
    // Rows are hidden by the sheet, by no height, and shown where they say so.
    let other = "<sheetFormatPr zeroHeight='1'/><sheetData><row r='1' hidden='0'>LINE1</row><row r='2'>LINE2</row>\
        <row r='3' hidden='0' ht='0'>LINE3</row></sheetData>";
    let other = other
        .replace("LINE1", &line("A-1", "1"))
        .replace("LINE2", &line("B-2", "2"))
        .replace("LINE3", &line("C-3", "3"));
    let book = read(&workbook(&[("Order", "visible", &other)]), None, American).unwrap();
    assert_eq!(lines(&book), pairs(&[("A-1", "1")]));
}

#[test]
fn sheets_can_be_chosen() {
    let (a, b) = (sheet(&[&line("A-1", "1")]), sheet(&[&line("B-2", "2")]));
    let bytes = workbook(&[
        ("Chart", "chart", &a),
        ("Secret", "veryHidden", &a),
        ("Old", "hidden", &a),
        ("Empty", "visible", "<sheetData/>"),
        ("Order", "visible", &b),
        ("More", "visible", &a),
    ]);
    let book = read(&bytes, None, American).unwrap();
    let names: Vec<(&str, bool)> = book
        .sheets
        .iter()
        .map(|it| (it.name.as_str(), it.hidden))
        .collect();
    assert_eq!(
        names,
        [
            ("Old", true),
            ("Empty", false),
            ("Order", false),
            ("More", false)
        ]
    );
    assert_eq!((book.chosen, lines(&book)), (2, pairs(&[("B-2", "2")])));
    assert_eq!(
        lines(&read(&bytes, Some(0), American).unwrap()),
        pairs(&[("A-1", "1")])
    );
    assert!(read(&bytes, Some(1), American).unwrap().table.is_empty());
    assert_eq!(read(&bytes, Some(9), American), None);
    let empty = read(
        &workbook(&[("Empty", "visible", "<sheetData/>")]),
        None,
        American,
    )
    .unwrap();
    assert!(empty.table.is_empty());
}

#[test]
fn cells_that_are_one_show_the_first() {
    let rows = sheet(&[
        &line("A-1", "1"),
        "<c r='B2'><v>2</v></c>",
        &line("B-2", "5"),
        &typed("C-3"),
    ]);
    let xml = format!(
        "{rows}<mergeCells><mergeCell ref='A1:A2'/><mergeCell ref='B3:B4'/><mergeCell ref='A1:A1048576'/></mergeCells>"
    );
    let book = read(&workbook(&[("Order", "visible", &xml)]), None, American).unwrap();
    // The quantity of two products is not said twice.
    assert_eq!(lines(&book)[..2], pairs(&[("A-1", "1"), ("A-1", "2")]));
    assert_eq!(lines(&book)[3].1, "");
}

#[test]
fn what_is_no_workbook_is_none() {
    assert_eq!(read(b"", None, American), None);
    assert_eq!(read(b"PK\x03\x04 and so on", None, American), None);
    for cut in [10, ORDER.len() / 2, ORDER.len() - 30] {
        assert_eq!(read(&ORDER[..cut], None, American), None, "{cut}");
    }
}

fn code() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "0",
        "#",
        "?",
        ".",
        ",",
        "%",
        "E+",
        "E-",
        "/",
        "\"x\"",
        "\\",
        "_",
        "*",
        "@",
        ";",
        "General",
        "y",
        "mmm",
        "mmmmm",
        "dddd",
        "h",
        "s",
        "AM/PM",
        "[h]",
        "[Red]",
        "[>5]",
        "[$€-407]",
        "[",
        "]",
        "\"",
        "個",
        " ",
        "-",
        "(",
        "e",
        "8",
    ]);
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

proptest! {
    /// Any format shows something of any number.
    #[test]
    fn any_format_can_be_read(code in code(), value in prop_oneof![any::<f64>(), -1e6..1e6, Just(0.0)], german in any::<bool>()) {
        prop_assume!(value.is_finite());
        let regional = if german { German } else { American };
        let format = Format::of(&code);
        let _ = format.cell(value, regional, german);
        let sku = "A-1";
        let _ = format.text(sku);
    }

    /// A quantity is never another number than the cell's. A whole number that counts as a quantity is the number in the
    /// cell, whatever its format.
    #[test]
    fn a_quantity_is_never_another_number(code in code(), value in 0_u32..2_000_000) {
        let read = cell(f64::from(value), &code, American);
        if let Ok(quantity) = crate::catalog::quantity::parse_raw(&read.quantity()) {
            prop_assert_eq!(quantity, value);
        }
    }

    /// Leading zeros are shown for numbers of any length.
    #[test]
    fn zeros_fill_the_places(value in 0_u64..1_000_000_000_000_000, places in 1_usize..18) {
        #[expect(clippy::cast_precision_loss, reason = "below fifteen digits nothing is lost")]
        let shown = cell(value as f64, &"0".repeat(places), American);
        prop_assert_eq!(shown.sku(), format!("{value:0places$}"));
    }

    /// A workbook with a byte changed is read or is none; it never fails.
    #[test]
    fn a_damaged_workbook_does_no_harm(at in 0..ORDER.len(), byte in any::<u8>()) {
        let mut bytes = ORDER.to_vec();
        bytes[at] = byte;
        let _ = read(&bytes, None, German);
    }
}
