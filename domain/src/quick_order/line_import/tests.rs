//! Ugly pastes from the real world, and what they mean.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use proptest::prelude::*;

use super::*;

fn read(text: &str) -> Vec<(String, String)> {
    let table = Table::read(text);
    let lines = table.lines(table.guess());
    lines
        .into_iter()
        .map(|line| (line.sku, line.quantity))
        .collect()
}

/// `text` means these lines.
#[track_caller]
fn means(text: &str, lines: &[(&str, &str)]) {
    let read = read(text);
    let read: Vec<(&str, &str)> = read
        .iter()
        .map(|(sku, quantity)| (sku.as_str(), quantity.as_str()))
        .collect();
    assert_eq!(read, lines, "{text:?}");
}

#[test]
fn every_separator_is_understood() {
    let wanted = [("WIDGET-BLU-L", "12"), ("A/B 100%", "3")];
    for text in [
        "WIDGET-BLU-L\t12\nA/B 100%\t3",
        "WIDGET-BLU-L;12\r\nA/B 100%;3\r\n",
        "WIDGET-BLU-L,12\rA/B 100%,3",
        "WIDGET-BLU-L | 12\n\n\nA/B 100% | 3\n",
        "\u{FEFF}WIDGET-BLU-L,12\nA/B 100%,3",
        "WIDGET-BLU-L x 12\nA/B 100% x3",
        "WIDGET-BLU-L: 12\nA/B 100% (3)",
        "12 x WIDGET-BLU-L\n3× A/B 100%",
        "WIDGET-BLU-L 12 pcs\nA/B 100% - 3 Stk",
        "\"WIDGET-BLU-L\",\"12\"\n\"A/B 100%\",\"3\"",
        "\u{a0}WIDGET-BLU-L\u{a0}\t\u{a0}12\u{200B}\nA/B 100%\t 3 ",
    ] {
        means(text, &wanted);
    }
}

#[test]
fn separators_may_be_mixed() {
    means(
        "A-1\t5\nB-2;6\nC-3,7\nD-4 8\nE-5\t9\nF-6\t10\nG-7\t11\nH-8\t12\nI-9\t13",
        &[
            ("A-1", "5"),
            ("B-2", "6"),
            ("C-3", "7"),
            ("D-4", "8"),
            ("E-5", "9"),
            ("F-6", "10"),
            ("G-7", "11"),
            ("H-8", "12"),
            ("I-9", "13"),
        ],
    );
    means("A-1;5\nB-2 x 6", &[("A-1", "5"), ("B-2", "6")]);
}

#[test]
fn thousands_stay_together() {
    means(
        "A-1\t1,000\nB-2\t1.000",
        &[("A-1", "1,000"), ("B-2", "1.000")],
    );
    means("A-1;1.000\nB-2;12", &[("A-1", "1.000"), ("B-2", "12")]);
    means(
        "A-1,1,000\nB-2,12\nC-3,5",
        &[("A-1", "1,000"), ("B-2", "12"), ("C-3", "5")],
    );
    means("A-1,\"1,000\"\nB-2,12", &[("A-1", "1,000"), ("B-2", "12")]);
    means(
        "A-1\t1 000\nB-2\t2\u{202f}000",
        &[("A-1", "1 000"), ("B-2", "2\u{202f}000")],
    );
}

#[test]
fn what_spreadsheets_put_around_a_sku_goes() {
    means(
        "'00123\t5\n=\"00456\"\t6\n“B-2”\t7",
        &[("00123", "5"), ("00456", "6"), ("B-2", "7")],
    );
    means(
        "'00123,5\n\"=\"\"00456\"\"\",6",
        &[("00123", "5"), ("00456", "6")],
    );
}

#[test]
fn a_sku_that_became_a_number_is_known() {
    means("1E+05\t5", &[("1E+05", "5")]);
    for sku in ["1E+05", "4.71E+11", "4,71E+11", "1e-07"] {
        assert!(is_mangled(sku), "{sku}");
    }
    for sku in [
        "E5", "1E5", "12E+05", "M8E+", "1E+A", "WIDGET", "", "E+05", "1.E+05",
    ] {
        assert!(!is_mangled(sku), "{sku}");
    }
}

#[test]
fn columns_are_found_by_their_names() {
    means(
        "Pos.;Artikelnummer;Bezeichnung;Menge;Preis\n1;A-1;Schraube, verzinkt;12;0,10\n2;B-2;Mutter;24;0,05",
        &[("A-1", "12"), ("B-2", "24")],
    );
    means("Qty,SKU\n12,A-1\n24,B-2", &[("A-1", "12"), ("B-2", "24")]);
    means(
        "Part No.\tDescription\tOrder Qty\nA-1\tBolt\t12",
        &[("A-1", "12")],
    );
    means("SKU\nA-1\nB-2", &[("A-1", ""), ("B-2", "")]);
    means("数量,品番\n5,A-1", &[("A-1", "5")]);
    // Two columns of the same name: the one that is filled.
    means(
        "SKU,SKU,Qty,Qty\n,A-1,,12\n,B-2,,24",
        &[("A-1", "12"), ("B-2", "24")],
    );
}

#[test]
fn columns_are_found_by_what_stands_in_them() {
    means(
        "1,A-1,12,0.10\n2,B-2,24,0.05",
        &[("A-1", "12"), ("B-2", "24")],
    );
    means("12,A-1\n24,B-2", &[("A-1", "12"), ("B-2", "24")]);
    means(
        "012345678905\t12\n012345678912\t3",
        &[("012345678905", "12"), ("012345678912", "3")],
    );
    means("A-1\tBlue Widget, large format\t12", &[("A-1", "12")]);
    means("A-1\nB-2\n\nC-3", &[("A-1", ""), ("B-2", ""), ("C-3", "")]);
    means("4711 12\n4712 5", &[("4711", "12"), ("4712", "5")]);
}

#[test]
fn bad_rows_stay() {
    means(
        "A-1,12\nB-2,a dozen\n,5\nC-3,\nD-4,-2",
        &[
            ("A-1", "12"),
            ("B-2", "a dozen"),
            ("", "5"),
            ("C-3", ""),
            ("D-4", "-2"),
        ],
    );
}

#[test]
fn quotes_may_stand_anywhere() {
    means(
        "5/8\" bolt,12\nA-1,3",
        &[("5/8\" bolt", "12"), ("A-1", "3")],
    );
    // One that is never closed takes nothing else along.
    let many: Vec<String> = (1..50).map(|line| format!("A-{line},{line}")).collect();
    let many = many.join("\n");
    assert_eq!(read(&format!("\"A-0,7\n{many}")).len(), 50);
    means(
        "\"A-1\nlong\",12\nB-2,3",
        &[("A-1\nlong", "12"), ("B-2", "3")],
    );
}

#[test]
fn one_cell_may_hold_both() {
    for cell in [
        "WIDGET-BLU-L x 20",
        "WIDGET-BLU-L X 20",
        "WIDGET-BLU-L x20",
        "WIDGET-BLU-L × 20",
        "WIDGET-BLU-L×20",
        "WIDGET-BLU-Lx20",
        "WIDGET-BLU-L*20",
        "WIDGET-BLU-L * 20",
        "20 x WIDGET-BLU-L",
        "20x WIDGET-BLU-L",
        "20xWIDGET-BLU-L",
        "20×WIDGET-BLU-L",
        "20 WIDGET-BLU-L",
        "20 pcs WIDGET-BLU-L",
        "20 pcs. of WIDGET-BLU-L",
        "20 Stück WIDGET-BLU-L",
        "WIDGET-BLU-L 20",
        "WIDGET-BLU-L 20 pcs",
        "WIDGET-BLU-L 20pcs",
        "WIDGET-BLU-L, 20",
        "WIDGET-BLU-L,20",
        "WIDGET-BLU-L;20",
        "20;WIDGET-BLU-L",
        "WIDGET-BLU-L | 20",
        "WIDGET-BLU-L\t20",
        "WIDGET-BLU-L: 20",
        "WIDGET-BLU-L:20",
        "WIDGET-BLU-L = 20",
        "WIDGET-BLU-L - 20",
        "WIDGET-BLU-L (20)",
        "WIDGET-BLU-L (20 pcs)",
        "WIDGET-BLU-L [qty 20]",
        "WIDGET-BLU-L qty 20",
        "WIDGET-BLU-L, qty: 20",
        "WIDGET-BLU-L @ 20",
        "ＷＩＤＧＥＴ－ＢＬＵ－Ｌ　×　２０",
        "\u{A0}WIDGET‑BLU‑L\u{A0}x\u{202F}20\u{200B}",
    ] {
        let line = divided(cell).unwrap_or_else(|| panic!("{cell:?} is not divided"));
        assert_eq!(
            (line.sku.as_str(), line.quantity.as_str()),
            ("WIDGET-BLU-L", "20"),
            "{cell:?}"
        );
    }
    for cell in [
        "",
        "WIDGET-BLU-L",
        "20",
        "BOLT-M8",
        "x 20",
        "20 x",
        "20 pcs",
        "WIDGET-BLU-L x big",
    ] {
        assert_eq!(divided(cell), None, "{cell:?}");
    }
}

#[test]
fn a_quantity_may_have_words_around_it() {
    for cell in [
        "20 pcs",
        "20pcs",
        "x 20",
        "×20",
        "(20)",
        "qty: 20",
        "= 20",
        "２０ 個",
    ] {
        assert_eq!(pieces_in(cell), Some(20), "{cell}");
    }
    for cell in ["a dozen", "20 30", "12 or 20", "0 pcs", ""] {
        assert_eq!(pieces_in(cell), None, "{cell}");
    }
}

#[test]
fn nothing_is_nothing() {
    for text in ["", "\n\n", "\u{FEFF}", " \t \n;;;\n,,"] {
        means(text, &[]);
    }
}

#[test]
fn a_block_keeps_its_place() {
    let block = Table::read("'A-1\t5\n='x\t6 pcs").block(0);
    assert_eq!(block, [["A-1", "5"], ["='x", "6"]]);
    assert_eq!(Table::read("5 pcs\n6").block(1), [["5"], ["6"]]);
}

fn sku() -> impl Strategy<Value = String> {
    "[A-Z]{1,4}[-/.][0-9]{1,5}[A-Z]?"
}

proptest! {
    /// What is written in any way is read back.
    #[test]
    fn tables_are_read_back(
        lines in prop::collection::vec((sku(), 1..1_000_000_u32), 1..40),
        separator in prop::sample::select(vec!["\t", ";", ",", "|", " ", " x ", ": "]),
        quoted in any::<bool>(),
        end in prop::sample::select(vec!["\n", "\r\n", "\r"]),
        swapped in any::<bool>(),
    ) {
        let swapped = swapped && separator.len() == 1 && separator != " ";
        let quoted = quoted && separator.len() == 1 && separator != " ";
        let end = if separator.trim().len() == 1 && separator.len() == 1 || separator == "\t" { end } else { "\n" };
        let cell = |text: &str| if quoted { format!("\"{text}\"") } else { text.to_owned() };
        let mut text = String::new();
        for (sku, quantity) in &lines {
            let (sku, quantity) = (cell(sku), cell(&quantity.to_string()));
            let (first, last) = if swapped { (quantity, sku) } else { (sku, quantity) };
            text.extend([first.as_str(), separator, last.as_str(), end]);
        }
        let wanted: Vec<(String, String)> = lines.iter().map(|(sku, quantity)| (sku.clone(), quantity.to_string())).collect();
        prop_assert_eq!(read(&text), wanted);
    }

    /// Whatever is pasted, nothing is lost and nothing fails: every line that holds letters comes back.
    #[test]
    fn nothing_is_lost(words in prop::collection::vec("[QZa-z0-9 ,;.:'\"x-]{0,20}", 0..20)) {
        let text = words.join("\n");
        let table = Table::read(&text);
        let rows = (0..text.lines().count()).flat_map(|at| table.row(at));
        let kept: String = rows.flat_map(|cell| cell.chars().collect::<Vec<_>>()).filter(char::is_ascii_uppercase).collect();
        let given: String = text.chars().filter(char::is_ascii_uppercase).collect();
        prop_assert_eq!(kept, given);
        let _ = table.lines(table.guess());
    }

    #[test]
    fn anything_can_be_read(text in any::<String>()) {
        let table = Table::read(&text);
        let _ = table.lines(table.guess());
        let _ = table.block(0);
    }
}

#[test]
fn the_separator_that_a_file_names_is_taken() {
    let wanted = [("WIDGET-BLU-L", "20"), ("WIDGET-RED-M", "24")];
    for (first, separator) in [
        ("sep=;\r\n", ";"),
        ("\u{FEFF}sep=;\r\n", ";"),
        ("\"sep=;\"\r\n", ";"),
        ("SEP=,\n", ","),
        ("sep=\t\n", "\t"),
        ("sep=tab\n", "\t"),
        ("sep=|\r", "|"),
        ("sep=^\n", "^"),
        ("sep=~~~\n", "~"),
        ("sep=¦\n", "¦"),
        ("sep=;;;\n", ";"),
        ("\nsep = :\n", ":"),
        ("sep=\n", ";"),
    ] {
        let end = if first.ends_with('\r') { "\r" } else { "\n" };
        let row = |sku: &str, quantity: &str| format!("{sku}{separator}{quantity}{end}");
        let text = format!(
            "{first}{}{}{}",
            row("SKU", "Qty"),
            row(wanted[0].0, "20"),
            row(wanted[1].0, "24")
        );
        means(&text, &wanted);
    }
    // A thing may be called so.
    means("SEP-1;5\nA-1;6", &[("SEP-1", "5"), ("A-1", "6")]);
    means("sep=;\n", &[]);
    means(
        "sep=;\nA-1 x;1,000;9\nB-2;5;9\n",
        &[("A-1 x", "1,000"), ("B-2", "5")],
    );
}

/// Titles, totals and notes are no lines.
#[test]
fn titles_totals_and_notes_are_left_out() {
    let text = "Reorder sheet;;;\r\nPrepared;01.12.2026;;\r\n;;;;\r\nPos;Artikel-Nr.;Bezeichnung;Menge;Einheit\r\n;;;(Stk);\r\n\
        1;WIDGET-BLU-L;Widget, blau;20;Stk\r\nPos;Artikel-Nr.;Bezeichnung;Menge;Einheit\r\n2;TOTAL-1;Widget, rot;24;Stk\r\n\
        ;;Summe;44;\r\n;Thank you for your order;;;\r\n;Page 1 of 2;;;\r\n;Total;;44;\r\n;;;44;\r\n";
    let table = Table::read(text);
    let columns = table.guess();
    assert_eq!(
        columns,
        Columns {
            header: Some(2),
            sku: 1,
            quantity: Some(3)
        }
    );
    means(text, &[("WIDGET-BLU-L", "20"), ("TOTAL-1", "24")]);
    let (_, left) = table.take(columns, Include::default());
    assert_eq!(left.asides.len(), 8, "{:?}", left.asides);
    assert!(left.asides.contains(&"Summe 44".to_owned()));
    let all = Include {
        asides: true,
        ..Include::default()
    };
    assert_eq!(table.take(columns, all).0.len(), 10);
}

/// Totals are no lines, in any of many languages.
#[test]
fn totals_are_known_in_many_languages() {
    for word in [
        "Total",
        "TOTAL:",
        "Grand total",
        "Subtotal",
        "Sub-Total",
        "Summe",
        "Gesamt:",
        "Zwischensumme",
        "Gesamtmenge",
        "Somme",
        "Total général",
        "Suma",
        "Totale",
        "Totaal",
        "Celkem",
        "Razem",
        "Итого",
        "合計",
        "小计",
        "합계",
        "Total Qty",
        "Summe netto (EUR)",
    ] {
        let text = format!("SKU,Name,Qty\nA-1,a,20\nB-2,b,24\n,{word},44\n");
        means(&text, &[("A-1", "20"), ("B-2", "24")]);
        let text = format!("SKU,Qty\nA-1,20\nB-2,24\n{word},45\n");
        means(&text, &[("A-1", "20"), ("B-2", "24")]);
    }
    for sku in [
        "TOTAL-1",
        "SUM2",
        "GESAMT-X",
        "TOTALIZER",
        "Total Station",
        "2 TOTAL",
    ] {
        let text = format!("SKU,Name,Qty\nA-1,a,20\n{sku},b,24\n");
        means(&text, &[("A-1", "20"), (sku, "24")]);
    }
    // Sums of groups, and of all, without a word.
    means(
        "SKU,Qty\nA-1,2\nB-2,3\n,5\nC-3,1\nD-4,1\n,2\n,7\n",
        &[("A-1", "2"), ("B-2", "3"), ("C-3", "1"), ("D-4", "1")],
    );
    means(
        "SKU,Qty\nA-1,2\nB-2,3\n,6\n",
        &[("A-1", "2"), ("B-2", "3"), ("", "6")],
    );
}

#[test]
fn names_are_found_in_any_of_the_first_rows() {
    for above in [0_usize, 1, 3, 10, 18] {
        let title = |at: usize| format!("Title {}\n", "x".repeat(at + 1));
        let titles = (0..above).map(title).collect::<Vec<_>>().concat();
        for (names, lines) in [
            ("Item no.,Qty (pcs)", "A-1,12\nB-2,24"),
            ("Menge [Stk];SKU / EAN", "12;A-1\n24;B-2"),
            ("品番\t数量", "A-1\t12\nB-2\t24"),
        ] {
            means(
                &format!("{titles}{names}\n{lines}\n"),
                &[("A-1", "12"), ("B-2", "24")],
            );
        }
    }
    // A SKU without a quantity stays, a remark does not.
    means(
        "SKU,Qty\nGADGET 7,\nPrices without tax\nC-3,5",
        &[("GADGET 7", ""), ("C-3", "5")],
    );
    means("SKU,Qty\r\n", &[]);
}

#[test]
fn a_sku_that_became_a_day_is_known() {
    for sku in [
        "Mar-26",
        "1-Mar",
        "01-Dec-26",
        "3/1/2026",
        "01.03.2026",
        "2026-03-01",
        "Mrz 26",
        "1. Dez",
    ] {
        assert!(is_mangled(sku), "{sku}");
    }
    for sku in [
        "A-1",
        "MAR-100",
        "12-34",
        "1-2-3",
        "12.34.56",
        "555-1234",
        "MARS-26",
        "10/20",
        "2026-99-01",
        "1-MAR-X",
        "32-Mar",
    ] {
        assert!(!is_mangled(sku), "{sku}");
    }
}

proptest! {
    /// A SKU that is called like a title, total or note is a line. A title above, a total below: the lines between come
    /// back, whatever they are.
    #[test]
    fn lines_between_titles_and_totals_come_back(
        lines in prop::collection::vec((sku(), 1..1_000_u32), 2..40),
        titles in 0..15_usize,
        separator in prop::sample::select(vec!["\t", ";", ",", "|"]),
    ) {
        let above = "Reorder sheet of the week\n".repeat(titles);
        let line = |(sku, quantity): &(String, u32)| format!("{sku}{separator}{quantity}\n");
        let between = lines.iter().map(line).collect::<Vec<_>>().concat();
        let sum: u32 = lines.iter().map(|(_, quantity)| quantity).sum();
        let text = format!("{above}SKU{separator}Qty\n{between}{separator}{sum}\nTotal{separator}{sum}\n");
        let wanted: Vec<(String, String)> = lines.iter().map(|(sku, quantity)| (sku.clone(), quantity.to_string())).collect();
        prop_assert_eq!(read(&text), wanted);
    }
}
