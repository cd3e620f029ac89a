//! On paper: nothing to press, black on white, every row, and nothing beside the page.

use base64::{Engine as _, prelude::BASE64_STANDARD as BASE64};
use serde_json::{Value, json};

use crate::{
    harness::{Setup, Shop, button, role, run},
    invoices::{invoices_of, text, with_orders},
    lists::list_of,
};

/// What a printed page of A4 leaves between its margins, in CSS pixels.
const PAPER_WIDTH: u32 = 703;

/// Lays the page out as for paper, in a dark room.
async fn as_on_paper(shop: &Shop) {
    shop.make_wide(PAPER_WIDTH).await;
    let dark = json!({ "name": "prefers-color-scheme", "value": "dark" });
    shop.devtools(
        "Emulation.setEmulatedMedia",
        json!({ "media": "print", "features": [dark] }),
    )
    .await;
}

async fn as_on_screen(shop: &Shop) {
    shop.devtools("Emulation.setEmulatedMedia", json!({ "media": "" }))
        .await;
    shop.make_wide(1280).await;
}

/// What would be wrong with the printed page.
async fn faults(shop: &Shop) -> Value {
    shop.script(
        "const seen = (it) => it.checkVisibility({ checkVisibilityCSS: true }) && it.getClientRects().length; \
         const wrong = []; \
         for (const it of document.querySelectorAll('button, .button, nav, input, select, dialog, .tools, .skip-link')) \
           if (seen(it)) wrong.push('shown: ' + it.outerHTML.slice(0, 80)); \
         const wide = document.documentElement.clientWidth; \
         for (const it of document.querySelectorAll('main *')) { \
           const box = it.getBoundingClientRect(); \
           if (seen(it) && box.width > 1 && box.right > wide + 1) wrong.push('cut off: ' + it.outerHTML.slice(0, 80)); } \
         for (const it of document.querySelectorAll('main td, main th, main p, h1, h2')) { \
           if (!seen(it)) continue; \
           const [r, g, b] = getComputedStyle(it).color.match(/[0-9.]+/g).map(Number); \
           if (Math.max(r, g, b) > 80) wrong.push('not black: ' + it.outerHTML.slice(0, 80)); } \
         for (const it of document.querySelectorAll('main table:not(.ageing) thead')) \
           if (seen(it) && getComputedStyle(it).display !== 'table-header-group') wrong.push('head: ' + it.outerHTML.slice(0, 80)); \
         if (document.documentElement.scrollWidth > wide) wrong.push('too wide'); \
         return wrong",
    )
    .await
}

/// How many rows that fit `selector` are seen as rows of a table.
async fn rows(shop: &Shop, selector: &str) -> u64 {
    let script = format!(
        "return [...document.querySelectorAll('{selector}')].filter((it) => it.checkVisibility() \
         && getComputedStyle(it).display === 'table-row').length"
    );
    shop.script(&script).await.as_u64().unwrap_or_default()
}

/// Looks at the page as it would be printed, with so many rows.
async fn prints(shop: &Shop, selector: &str, count: u64) {
    as_on_paper(shop).await;
    assert_eq!(rows(shop, selector).await, count, "{selector}");
    assert_eq!(faults(shop).await, json!([]), "{selector}");
    as_on_screen(shop).await;
}

/// On paper there is nothing to press, and every row.
#[test]
fn orders_and_one_order() {
    run(with_orders(200), async |shop| {
        shop.open_as_acme("/orders").await;
        shop.see(role("table").named("Orders")).await;
        prints(shop, ".order-table tbody tr", 25).await;
        shop.click(role("link").beginning("MOM-").first()).await;
        shop.see(button("Print")).await;
        shop.see(role("heading").named("Order lines")).await;
        let lines = shop
            .script("return document.querySelectorAll('.order-lines tbody tr').length")
            .await;
        assert!(lines.as_u64() > Some(0), "{lines}");
        prints(shop, ".order-lines tbody tr", lines.as_u64().unwrap()).await;
    });
}

/// On paper there is nothing to press, and every row.
#[test]
fn invoices_and_one_invoice() {
    run(with_orders(200), async |shop| {
        shop.open_as_acme("/invoices?show=all").await;
        shop.see(role("table").named("Invoices")).await;
        let count = shop
            .script("return document.querySelectorAll('.bills tbody tr').length")
            .await;
        assert!(count.as_u64() > Some(10), "{count}");
        prints(shop, ".bills tbody tr", count.as_u64().unwrap()).await;
        let all = invoices_of(shop, "acme-buyer").await;
        let longest = all
            .iter()
            .max_by_key(|it| it["items"].as_array().map_or(0, Vec::len))
            .unwrap();
        shop.open_path(&format!("/invoices/{}", text(longest, "id")))
            .await;
        shop.see(button("Print")).await;
        shop.see(role("table").named("Invoice lines")).await;
        let lines = longest["items"].as_array().unwrap().len() as u64;
        assert!(lines > 1, "{lines}");
        // What was paid is a table of its own, which adds up to nothing.
        prints(shop, ".invoice-lines:has(tfoot) tbody tr", lines).await;
    });
}

/// How many pages it is on paper.
async fn pages(shop: &Shop) -> usize {
    let printed = shop
        .devtools(
            "Page.printToPDF",
            json!({ "paperWidth": 8.27, "paperHeight": 11.69, "preferCSSPageSize": true }),
        )
        .await;
    let pdf = BASE64
        .decode(printed["data"].as_str().expect("a document"))
        .expect("base64");
    let kept = std::env::var_os("NYMBLE_ARTIFACTS").map(std::path::PathBuf::from);
    if let Some(folder) = kept {
        let _ = std::fs::write(folder.join("printed.pdf"), &pdf);
    }
    let text = String::from_utf8_lossy(&pdf);
    text.matches("/Type /Page").count() - text.matches("/Type /Pages").count()
}

/// What belongs together is not parted by the end of a page: the cells of a row, a name and what it names.
async fn parts_nothing(shop: &Shop, path: &str) {
    as_on_paper(shop).await;
    let loose = shop
        .script(
            "return [...document.querySelectorAll('main dl > div, main tr, main li')].filter((it) => it.checkVisibility() \
             && getComputedStyle(it).breakInside !== 'avoid').map((it) => it.outerHTML.slice(0, 80))",
        )
        .await;
    assert_eq!(loose, json!([]), "{path}");
    as_on_screen(shop).await;
}

/// On paper no page is half empty, and nothing is cut off.
#[test]
fn every_other_screen_fills_its_pages_and_parts_nothing() {
    run(with_orders(200), async |shop| {
        list_of(shop, "Weekly", &[("WIDGET-BLU-L", 10), ("WIDGET-RED-M", 5)]).await;
        let list = shop.path().await;
        let all = invoices_of(shop, "acme-buyer").await;
        let invoice = format!("/invoices/{}", text(&all[0], "id"));
        let order = format!("/orders/{}", text(&all[0], "orderNumber"));
        let statement = "/invoices?view=statement&from=2000-01-01&to=2099-12-31";
        for (path, heading) in [
            ("/", "Home"),
            ("/orders", "Orders"),
            (&order, "Order lines"),
            ("/invoices?show=all", "Invoices"),
            (&invoice, "Invoice "),
            (statement, "Invoices"),
            (&list, "Weekly"),
        ] {
            shop.open_path(path).await;
            shop.see(role("heading").beginning(heading).first()).await;
            shop.until("all of it", async || {
                let busy =
                    "return document.querySelectorAll('.loading-note, [aria-busy=true]').length";
                shop.script(busy).await == 0
            })
            .await;
            parts_nothing(shop, path).await;
            let rows = shop
                .script("return document.querySelectorAll('main :is(tr, li, dl > div)').length")
                .await;
            let rows = usize::try_from(rows.as_u64().unwrap()).unwrap();
            let count = pages(shop).await;
            assert!(
                count <= 2 + rows / 20,
                "{path}: {count} pages for {rows} rows"
            );
        }
    });
}

/// On paper no page is half empty.
#[test]
fn a_checkout_of_many_lines_fills_its_pages() {
    run(Setup::default(), async |shop| {
        let skus = shop.api.some_skus(120).await;
        let lines: Vec<(&str, u32)> = skus.iter().map(|sku| (sku.as_str(), 1200)).collect();
        shop.api.fill_cart(&lines).await;
        for (path, row) in [
            ("/checkout", ".review tbody tr"),
            ("/cart", ".cart-lines tbody tr"),
        ] {
            shop.open_as_acme(path).await;
            let there = format!("return document.querySelectorAll('{row}').length");
            shop.until("all lines", async || shop.script(&there).await == 120)
                .await;
            // 120 lines of one or two lines of text, and what is beside them.
            let count = pages(shop).await;
            assert!(count <= 7, "{path}: {count} pages");
            parts_nothing(shop, path).await;
        }
    });
}

/// On paper there is every row, also where the screen shows a part.
#[test]
fn a_long_statement_is_shown_in_part_and_printed_whole() {
    run(with_orders(1200), async |shop| {
        shop.open_as_acme("/invoices?view=statement&from=2000-01-01&to=2099-12-31")
            .await;
        shop.sees("Closing balance").await;
        let shown = "return document.querySelectorAll('.statement tbody tr').length";
        // The opening balance is a row, too.
        assert_eq!(shop.script(shown).await, 301);
        let more = role("button").beginning("Show all ");
        let says = shop.property(more.clone(), "innerText").await;
        let says = says.as_str().unwrap().to_owned();
        let digits: String = says.chars().filter(char::is_ascii_digit).collect();
        let all: u64 = digits.parse().unwrap();
        assert!(all > 300, "{says}");
        // By the browser's own menu: all of it is laid out before it is printed.
        shop.script("window.dispatchEvent(new Event('beforeprint'))")
            .await;
        shop.until("all rows", async || shop.script(shown).await == all + 1)
            .await;
        prints(shop, ".statement tbody tr", all + 1).await;
        shop.reload().await;
        shop.sees("Closing balance").await;
        shop.click(more.clone()).await;
        shop.gone(more).await;
        assert_eq!(shop.script(shown).await, all + 1);
        // What it adds up to is the same, shown in part or whole.
        shop.sees("Closing balance").await;
    });
}
