//! Order lists: what is done to them, merged, written and read back.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use super::*;
use crate::{quick_order::line_import::Table, values::csv::Csv};
use proptest::prelude::*;
use rust_decimal::Decimal;

/// The list in a file of text.
fn from_text(name: &str, text: &str) -> Option<(OrderList, usize)> {
    let table = Table::read(text);
    OrderList::from_lines(name, table.lines(table.guess()))
}

fn line(sku: &str, quantity: u32) -> ItemSnapshot {
    ItemSnapshot {
        sku: sku.to_owned(),
        name: format!("The {sku}"),
        quantity,
        unit_price: Some(Decimal::new(1850, 2)),
    }
}

fn list(lines: &[(&str, u32)]) -> OrderList {
    let lines = lines.iter().map(|(sku, quantity)| line(sku, *quantity));
    OrderList::new("Weekly".to_owned(), Some("USD".to_owned()), lines.collect())
}

fn shown(list: &OrderList) -> Vec<(&str, u32)> {
    let lines = list.lines.iter();
    lines
        .map(|line| (line.sku.as_str(), line.quantity))
        .collect()
}

#[test]
fn lines_of_one_product_become_one() {
    let mut weekly = list(&[("A", 2), ("B", 1), ("A", 3)]);
    assert_eq!(shown(&weekly), [("A", 5), ("B", 1)]);
    let mut cheaper = line("B", MAX_QUANTITY);
    cheaper.unit_price = Some(Decimal::ONE);
    assert_eq!(weekly.add(vec![cheaper, line("C", 0), line("", 4)]), 0);
    assert_eq!(shown(&weekly), [("A", 5), ("B", MAX_QUANTITY)]);
    assert_eq!(weekly.line("B").unwrap().unit_price, Some(Decimal::ONE));
}

#[test]
fn a_list_has_an_end() {
    let many: Vec<ItemSnapshot> = (0..MAX_LINES + 3)
        .map(|it| line(&it.to_string(), 1))
        .collect();
    let mut full = list(&[]);
    assert_eq!(full.add(many), 3);
    assert_eq!(full.lines.len(), MAX_LINES);
    assert_eq!(full.add(vec![line("7", 4)]), 0);
    assert_eq!(full.line("7").unwrap().quantity, 5);
}

#[test]
fn names_are_trimmed_and_bounded() {
    assert_eq!(check_name("  Dock \t B\n"), Ok("Dock B".to_owned()));
    assert_eq!(check_name(" \u{a0}\n"), Err(NameError::Empty));
    assert_eq!(check_name(&"x".repeat(100)), Ok("x".repeat(100)));
    assert_eq!(check_name(&"x".repeat(101)), Err(NameError::TooLong));
}

#[test]
fn a_copy_has_a_name_of_its_own() {
    assert_eq!(free_name("Weekly", &["Monthly"]), "Weekly");
    let taken = ["Weekly", "Weekly (2)", "Weekly (4)"];
    assert_eq!(free_name("Weekly", &taken), "Weekly (3)");
    let long = "x".repeat(MAX_NAME);
    assert!(check_name(&free_name(&long, &[&long])).is_ok());
}

#[test]
fn a_removed_line_comes_back_to_its_place() {
    let mut weekly = list(&[("A", 1), ("B", 2), ("C", 3)]);
    let (place, removed) = weekly.remove("B").unwrap();
    assert_eq!(shown(&weekly), [("A", 1), ("C", 3)]);
    weekly.put_back(place, removed.clone());
    assert_eq!(shown(&weekly), [("A", 1), ("B", 2), ("C", 3)]);
    weekly.put_back(0, removed);
    assert_eq!(weekly.lines.len(), 3);
    assert_eq!(weekly.remove("D"), None);
}

#[test]
fn lines_move_one_place_and_not_out() {
    let mut weekly = list(&[("A", 1), ("B", 2), ("C", 3)]);
    assert!(weekly.shift("C", false));
    assert!(weekly.shift("A", true));
    assert_eq!(shown(&weekly), [("C", 3), ("A", 1), ("B", 2)]);
    assert!(!weekly.shift("C", false) && !weekly.shift("B", true) && !weekly.shift("D", true));
    assert_eq!(shown(&weekly), [("C", 3), ("A", 1), ("B", 2)]);
}

#[test]
fn changes_of_two_tabs_are_both_kept() {
    let base = list(&[("A", 1), ("B", 2), ("C", 3)]);
    let (mut mine, mut theirs) = (base.clone(), base.clone());
    mine.set_quantity("A", 10);
    mine.add(vec![line("MINE", 1)]);
    theirs.remove("B");
    theirs.name = "Monthly".to_owned();
    theirs.shift("C", false);
    let (merged, clashes) = OrderList::merge(&base, &mine, &theirs);
    assert_eq!(clashes, []);
    assert_eq!(merged.name, "Monthly");
    // The other tab has moved a line and this one has not: its order holds.
    assert_eq!(shown(&merged), [("C", 3), ("A", 10), ("MINE", 1)]);
}

/// Where two tabs do not agree about a list, it is said.
#[test]
fn where_two_tabs_do_not_agree_it_is_said() {
    let base = list(&[("A", 1), ("B", 2)]);
    let (mut mine, mut theirs) = (base.clone(), base.clone());
    mine.set_quantity("A", 10);
    theirs.set_quantity("A", 20);
    mine.remove("B");
    theirs.set_quantity("B", 5);
    mine.name = "Mine".to_owned();
    theirs.name = "Theirs".to_owned();
    let (merged, clashes) = OrderList::merge(&base, &mine, &theirs);
    assert_eq!(shown(&merged), [("A", 10)]);
    assert_eq!(merged.name, "Mine");
    let line = |sku: &str| Clash::Line(sku.to_owned());
    assert_eq!(clashes, [Clash::Name, line("A"), line("B")]);
}

/// A link holds no price.
#[test]
fn a_link_holds_names_and_skus_as_they_are_and_no_price() {
    let odd = OrderList::new(
        "Dock B ~ 50% *new*".to_owned(),
        Some("USD".to_owned()),
        vec![line("A/B~1*2 %2F", 7), line("Ä-ö", 12)],
    );
    let link = odd.to_link().unwrap();
    assert!(!link.contains(' ') && !link.contains("18"), "{link}");
    let read = OrderList::from_link(&link).unwrap();
    assert_eq!(read.name, odd.name);
    assert_eq!(shown(&read), [("A/B~1*2 %2F", 7), ("Ä-ö", 12)]);
    for bad in [
        "", "1", "2~x", "1~~A*1", "1~x~A", "1~x~A*0", "1~x~A*-1", "1~%zz", "1~%f", "1~%ff",
    ] {
        assert_eq!(OrderList::from_link(bad), None, "{bad}");
    }
}

#[test]
fn a_link_that_mail_programs_would_break_is_none() {
    let many = (0..800).map(|it| line(&format!("LONG-SKU-{it}"), 1));
    assert_eq!(
        OrderList::new("x".to_owned(), None, many.collect()).to_link(),
        None
    );
}

#[test]
fn a_file_of_something_else_is_none() {
    for bad in [
        "",
        "[]",
        "{}",
        r#"{"format":"order-list","name":"x"}"#,
        r#"{"format":"order-list","name":" ","lines":[]}"#,
        r#"{"format":"other","name":"x","lines":[]}"#,
    ] {
        assert_eq!(OrderList::from_json(bad), None, "{bad}");
    }
    let bent = r#"{"format":"order-list","name":"x","lines":[{"sku":" A ","quantity":3},
        {"sku":"B"},{"quantity":1},{"sku":"C","quantity":-1},7,{"sku":"D","quantity":1,"unitPrice":"x"}]}"#;
    let read = OrderList::from_json(bent).unwrap();
    assert_eq!(shown(&read), [("A", 3), ("D", 1)]);
    assert_eq!(read.lines[0].name, "A");
}

#[test]
fn rows_of_a_spreadsheet_are_read() {
    let text = "\u{FEFF}SKU;Qty\r\nA-1;12\r\nB-2;\r\n'C-3;3 pcs\r\nD-4;many\r\n;7\r\n";
    let (read, bent) = from_text(" stock ", text).unwrap();
    assert_eq!(read.name, "stock");
    assert_eq!(
        shown(&read),
        [("A-1", 12), ("B-2", 1), ("C-3", 3), ("D-4", 1)]
    );
    assert_eq!(bent, 2);
    assert_eq!(from_text("x", " \r\n"), None);
    assert_eq!(from_text(" ", text), None);
}

#[test]
fn what_is_saved_for_a_spreadsheet_is_read_back() {
    let mut csv = Csv::new(&["SKU", "Name", "Quantity", "Unit price", "Currency"]);
    let weekly = list(&[("A-1", 7), ("B-2", 12)]);
    weekly.add_rows(&mut csv);
    let (read, bent) = from_text("x", &csv.finish()).unwrap();
    assert_eq!((shown(&read), bent), (shown(&weekly), 0));
}

#[test]
fn rows_hold_every_line() {
    let mut csv = Csv::new(&["SKU", "Name", "Quantity", "Price", "Currency"]);
    let mut weekly = list(&[("A", 1), ("=B", 2)]);
    weekly.lines[0].unit_price = None;
    weekly.add_rows(&mut csv);
    let text = csv.finish();
    assert!(
        text.ends_with("A,The A,1,,\r\n\"'=B\",The =B,2,18.50,USD\r\n"),
        "{text}"
    );
}

fn any_list() -> impl Strategy<Value = OrderList> {
    let line = ("[A-D]", 1_u32..5);
    let lines = prop::collection::vec(line, 0..5);
    ("[xy]", lines).prop_map(|(name, lines)| {
        let lines = lines
            .into_iter()
            .map(|(sku, quantity)| line_of(&sku, quantity));
        OrderList::new(name, Some("USD".to_owned()), lines.collect())
    })
}

fn line_of(sku: &str, quantity: u32) -> ItemSnapshot {
    line(sku, quantity)
}

proptest! {
    #[test]
    fn a_side_that_changed_nothing_changes_nothing(base in any_list(), changed in any_list()) {
        prop_assert_eq!(OrderList::merge(&base, &base, &changed), (changed.clone(), Vec::new()));
        prop_assert_eq!(OrderList::merge(&base, &changed, &base), (changed.clone(), Vec::new()));
        prop_assert_eq!(OrderList::merge(&base, &changed, &changed), (changed.clone(), Vec::new()));
    }

    /// What two tabs did to a list is all in it.
    #[test]
    fn a_merge_holds_every_change_of_either_side(base in any_list(), mine in any_list(), theirs in any_list()) {
        let (merged, clashes) = OrderList::merge(&base, &mine, &theirs);
        for sku in ["A", "B", "C", "D"] {
            let [before, my, their, now] =
                [&base, &mine, &theirs, &merged].map(|list| list.line(sku));
            let clash = clashes.contains(&Clash::Line(sku.to_owned()));
            prop_assert_eq!(clash, my != their && my != before && their != before);
            if my == before {
                prop_assert_eq!(now, their);
            } else {
                prop_assert_eq!(now, my);
            }
        }
        let mut skus: Vec<&str> = merged.lines.iter().map(|line| line.sku.as_str()).collect();
        skus.sort_unstable();
        skus.dedup();
        prop_assert_eq!(skus.len(), merged.lines.len());
    }

    #[test]
    fn moving_keeps_every_line(mut list in any_list(), moves in prop::collection::vec(("[A-E]", any::<bool>()), 0..9)) {
        let sorted = |list: &OrderList| {
            let mut lines: Vec<_> = list.lines.iter().map(|line| (line.sku.clone(), line.quantity)).collect();
            lines.sort();
            lines
        };
        let before = sorted(&list);
        for (sku, down) in moves {
            list.shift(&sku, down);
        }
        prop_assert_eq!(sorted(&list), before);
    }

    /// A list written as a file or a link is read back.
    #[test]
    fn what_is_written_is_read_back(
        name in "\\PC{1,30}",
        lines in prop::collection::vec(("\\PC{1,12}", 1_u32..=MAX_QUANTITY, prop::option::of(0_i64..1_000_000)), 0..8),
    ) {
        let Ok(name) = check_name(&name) else { return Ok(()) };
        let lines = lines.into_iter().map(|(sku, quantity, cents)| {
            let sku = sku.trim().to_owned();
            ItemSnapshot { name: sku.clone(), quantity, unit_price: cents.map(|cents| Decimal::new(cents, 2)), sku }
        });
        let mut list = OrderList::new(name, Some("EUR".to_owned()), lines.collect());
        list.changed = 1_700_000_000;
        prop_assert_eq!(OrderList::from_json(&list.to_json()), Some(list.clone()));
        let link = list.to_link().unwrap();
        prop_assert!(link.chars().all(|it| it.is_ascii_alphanumeric() || "-_.~*%".contains(it)));
        let mut bare = list.clone();
        (bare.currency, bare.changed) = (None, 0);
        for line in &mut bare.lines {
            line.unit_price = None;
        }
        prop_assert_eq!(OrderList::from_link(&link), Some(bare));
    }

    /// Nothing that is typed or sent makes a rule panic.
    #[test]
    fn no_text_panics(text: String) {
        let _ = OrderList::from_link(&text);
        let _ = OrderList::from_link(&format!("1~{text}"));
        let _ = OrderList::from_json(&text);
        let _ = from_text("x", &text);
        let _ = check_name(&text);
    }
}
