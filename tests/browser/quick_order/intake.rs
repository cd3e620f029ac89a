//! Pasted texts and files.

use std::{
    env, fs,
    path::PathBuf,
    sync::atomic::{AtomicU32, Ordering},
};
use thirtyfour::By;

use super::{open, quantity, sku};
use crate::harness::{Setup, Shop, button, role, run, textbox};

/// Uploads a file as the buyer would choose it.
async fn upload(shop: &Shop, name: &str, content: &[u8]) {
    // Two tests may choose a file of the same name at the same time.
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    let folder = format!("nymble-intake-{}-{number}", std::process::id());
    let folder = env::temp_dir().join(folder);
    fs::create_dir_all(&folder).expect("a folder");
    let file: PathBuf = folder.join(name);
    fs::write(&file, content).expect("a file");
    let field = shop.driver.find(By::Css("input[type=file]")).await;
    let field = field.expect("a field for files");
    let path = file.to_str().expect("a path");
    field.send_keys(path).await.expect("chosen");
    // The browser has read it once the screen says something.
    shop.until("the file is read", async || {
        let words = shop.words_or_nothing().await;
        words.contains(name)
    })
    .await;
    fs::remove_dir_all(&folder).expect("removed");
}

/// A form sends what stands in its fields, also what a password manager filled in without a word.
#[test]
fn a_pasted_list_is_checked() {
    run(Setup::default(), async |shop| {
        open(shop).await;
        shop.click(role("DisclosureTriangle").named("Paste or upload a list"))
            .await;
        shop.click(button("Check lines")).await;
        shop.sees("Paste or type some lines first.").await;
        let text = "WIDGET-BLU-L x 12\nWIDGET-RED-M; 5\nNO-SUCH-THING, 3";
        let field = textbox("SKUs and quantities");
        shop.click(field.clone()).await;
        super::paste(shop, text).await;
        shop.click(button("Check lines")).await;
        shop.has_value(sku(1), "WIDGET-BLU-L").await;
        shop.has_value(quantity(2), "5").await;
        shop.sees("There is no product with this SKU.").await;
        shop.has_value(field, "").await;
        // What something else than the buyer fills in counts before anything is pressed.
        shop.script("document.querySelector('[data-row=\"0\"][data-column=\"1\"]').value = '24'")
            .await;
        shop.click(sku(2)).await;
        shop.sees("$444.00").await;
    });
}

/// A file in any encoding is read, or it is said that the encoding is guessed.
#[test]
fn a_file_with_names_is_looked_at_first() {
    run(Setup::default(), async |shop| {
        open(shop).await;
        shop.click(role("DisclosureTriangle").named("Paste or upload a list"))
            .await;
        shop.see(button("Open a file…")).await;
        let csv = "Pos.;Artikelnummer;Bezeichnung;Menge\r\n1;WIDGET-BLU-L;\"Blau; gro\u{df}\";12\r\n2;WIDGET-RED-M;Rot;1.000\r\n";
        // In the letters of an older spreadsheet.
        let bytes: Vec<u8> = csv
            .chars()
            .map(|sign| u8::try_from(u32::from(sign)).expect("a Western letter"))
            .collect();
        upload(shop, "liste.csv", &bytes).await;
        shop.sees("Which column is which? liste.csv").await;
        shop.sees("Blau; groß").await;
        // It was guessed, so another encoding can be chosen, and the same one again.
        let encoding = role("combobox").named("Encoding of the text");
        shop.has_value(encoding.clone(), "windows-1252").await;
        shop.choose(encoding.clone(), "Cyrillic (Windows-1251)")
            .await;
        shop.sees("Blau; groЯ").await;
        shop.choose(encoding, "Western European (Windows-1252)")
            .await;
        shop.sees("Blau; groß").await;
        shop.has_value(role("combobox").named("SKU column"), "1")
            .await;
        shop.has_value(role("combobox").named("Quantity column"), "3")
            .await;
        shop.choose(role("combobox").named("Quantity column"), "Pos.")
            .await;
        shop.choose(role("combobox").named("Quantity column"), "Menge")
            .await;
        shop.click(button("Add 2 lines")).await;
        shop.has_value(sku(2), "WIDGET-RED-M").await;
        shop.has_value(quantity(1), "12").await;
        shop.sees("Red Widget").await;
        // A sheet with a title and a total, in the encoding of a Japanese system.
        let japanese = b"\x95\x69\x94\xd4,\x90\x94\x97\xca\r\n\x93\x8c\x8b\x9e\x83\x6c\x83\x57-01,5\r\nWIDGET-BLU-L,20\r\n,25\r\n";
        upload(shop, "chumon.csv", japanese).await;
        shop.sees("東京ネジ-01").await;
        shop.has_value(role("combobox").named("Encoding of the text"), "shift_jis")
            .await;
        shop.sees("1 row is left out as a title, a total or a note: “25”")
            .await;
        shop.click(role("checkbox").named("Take these rows, too"))
            .await;
        shop.see(button("Add 3 lines")).await;
        shop.click(button("Cancel")).await;
        // UTF-16, as spreadsheets call “Unicode Text”, says what it is.
        let unicode = "SKU\tQty\r\nWIDGET-BLU-L\t20\r\nMÜLLER-Ø12\t3\r\n".encode_utf16();
        let unicode: Vec<u8> = [0xFEFF]
            .into_iter()
            .chain(unicode)
            .flat_map(u16::to_le_bytes)
            .collect();
        upload(shop, "unicode.txt", &unicode).await;
        shop.sees("MÜLLER-Ø12").await;
        shop.gone(role("combobox").named("Encoding of the text"))
            .await;
        // Of workbooks what is hidden is left out, and days are no quantities.
        upload(
            shop,
            "filtered.xlsx",
            include_bytes!("../../data/filtered.xlsx"),
        )
        .await;
        shop.sees("2 hidden rows are left out.").await;
        shop.see(button("Add 2 lines")).await;
        shop.click(role("checkbox").named("Take what is hidden, too"))
            .await;
        shop.see(button("Add 4 lines")).await;
        shop.click(button("Cancel")).await;
        upload(shop, "dates.xlsx", include_bytes!("../../data/dates.xlsx")).await;
        shop.sees("1 SKU is a date").await;
        shop.click(button("Add 2 lines")).await;
        shop.has_value(sku(3), "Mar-26").await;
        shop.has_value(quantity(4), "3/1/2026").await;
        shop.sees("A spreadsheet has turned this SKU into a number or a date.")
            .await;
    });
}

#[test]
fn a_workbook_is_read_by_code_that_comes_for_it() {
    let workbook = include_bytes!("../../data/order.xlsx");
    run(Setup::default(), async |shop| {
        shop.expect_console("net::ERR_");
        shop.expect_console("/split.js ");
        open(shop).await;
        shop.click(role("DisclosureTriangle").named("Paste or upload a list"))
            .await;
        let came = "return performance.getEntriesByType('resource').some((it) => /workbook/.test(it.name))";
        assert_eq!(shop.script(came).await, false);
        shop.block(&["*_workbook.wasm"]).await;
        upload(shop, "order.xlsx", workbook).await;
        shop.sees("What reads workbooks could not be loaded.").await;
        shop.block(&[]).await;
        upload(shop, "order.xlsx", workbook).await;
        shop.sees("Which column is which? order.xlsx, sheet Order")
            .await;
        shop.has_value(role("combobox").named("SKU column"), "0")
            .await;
        shop.has_value(role("combobox").named("Quantity column"), "2")
            .await;
        shop.click(button("Add 4 lines")).await;
        shop.has_value(sku(1), "WIDGET-BLU-L").await;
        shop.has_value(quantity(1), "60").await;
        shop.has_value(sku(2), "00123").await;
        shop.has_value(sku(3), "4006381333931").await;
    });
}

/// What is no list is refused with a sentence. Tables in web pages and XML are read as they are laid out.
#[test]
fn files_that_cannot_be_read_say_so() {
    run(Setup::default(), async |shop| {
        open(shop).await;
        shop.click(role("DisclosureTriangle").named("Paste or upload a list"))
            .await;
        upload(shop, "order.xlsx", b"PK\x03\x04 and so on").await;
        shop.sees("order.xlsx is an archive.").await;
        upload(
            shop,
            "damaged.xlsx",
            b"PK\x03\x04 xl/workbook.xml and so on",
        )
        .await;
        shop.sees("damaged.xlsx is a damaged workbook, or none.")
            .await;
        upload(shop, "list.pdf", b"%PDF-1.7 and so on").await;
        shop.sees("list.pdf is a PDF.").await;
        upload(shop, "names.csv", b"SKU,Qty\r\n").await;
        shop.sees("names.csv holds the names of columns, but no lines below them.")
            .await;
        upload(shop, "page.xls", b"<html><p>No table here</p></html>").await;
        shop.sees("page.xls is a web page or an XML file").await;
        // What many systems call a spreadsheet.
        let page = "<html><head><meta charset=windows-1251></head><script>document.title = 1</script><table><tr><td>Logo</td></tr></table><table>\
            <tr><td colspan=9>Order 7</td></tr><tr><th>SKU</th><th>\u{41d}\u{430}\u{437}\u{432}\u{430}\u{43d}\u{438}\u{435}</th><th>Quantity</th></tr>\
            <tr><td>WIDGET-BLU-L</td><td>Blue<img src=x onerror='document.title = 1'></td><td>12</td></tr>\
            <tr style='display: none'><td>WIDGET-RED-M</td><td></td><td>5</td></tr></table></html>";
        let cyrillic = |sign: char| match u32::from(sign) {
            code @ 0x410..=0x44f => u8::try_from(code - 0x410 + 0xc0).expect("a letter"),
            code => u8::try_from(code).expect("plain"),
        };
        let bytes: Vec<u8> = page.chars().map(cyrillic).collect();
        upload(shop, "export.xls", &bytes).await;
        shop.sees("Название").await;
        shop.sees("Order 7").await;
        shop.click(button("Add 1 line")).await;
        shop.has_value(sku(1), "WIDGET-BLU-L").await;
        shop.has_value(quantity(1), "12").await;
        let book = "<?xml version='1.0'?><?mso-application progid='Excel.Sheet'?>\
            <Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet' xmlns:ss='urn:schemas-microsoft-com:office:spreadsheet'>\
            <Worksheet ss:Name='1'><Table><Row><Cell><Data ss:Type='String'>SKU</Data></Cell><Cell ss:Index='3'><Data ss:Type='String'>Quantity</Data></Cell></Row>\
            <Row><Cell><Data ss:Type='String'>WIDGET-RED-M</Data></Cell><Cell ss:Index='3'><Data ss:Type='Number'>7</Data></Cell></Row></Table></Worksheet></Workbook>";
        upload(shop, "export.xml", book.as_bytes()).await;
        shop.click(button("Add 1 line")).await;
        shop.has_value(sku(2), "WIDGET-RED-M").await;
        shop.has_value(quantity(2), "7").await;
        let old = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 and so on";
        upload(shop, "order.xls", old).await;
        shop.sees("order.xls is an old workbook (.xls).").await;
        upload(shop, "nothing.csv", b"\r\n").await;
        shop.sees("nothing.csv holds no lines.").await;
    });
}

#[test]
fn the_problems_are_a_file() {
    run(Setup::default(), async |shop| {
        open(shop).await;
        super::type_line(shop, 1, "=NO-SUCH", "2").await;
        super::type_line(shop, 2, "WIDGET-BLU-L", "many").await;
        super::type_line(shop, 3, "WIDGET-RED-M", "3").await;
        shop.sees("2 lines need attention").await;
        shop.script(
            "const make = URL.createObjectURL; URL.createObjectURL = (blob) => { \
             blob.text().then((text) => { window.saved = text; }); return make(blob); }",
        )
        .await;
        shop.click(button("Download the problems")).await;
        shop.until("the file", async || {
            !shop.script("return window.saved").await.is_null()
        })
        .await;
        let saved = shop.script("return window.saved").await;
        let saved = saved.as_str().expect("a text");
        let lines: Vec<&str> = saved.lines().collect();
        assert_eq!(lines.len(), 3, "{saved}");
        assert!(lines[1].starts_with("\"'=NO-SUCH\",2,"), "{saved}");
        assert!(lines[2].starts_with("WIDGET-BLU-L,many,"), "{saved}");
    });
}
