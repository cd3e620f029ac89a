//! A cart of many lines: found, sorted, chosen, removed at once, saved, printed; and quick at five hundred.

use serde_json::json;
use thirtyfour::Key;

use crate::{
    accessibility::audit,
    harness::{Setup, Shop, Target, button, link, role, run, textbox},
    orders::{keep_files, saved},
};

/// Lines of the small cart, as they were added.
const SEVEN: [(&str, u32); 7] = [
    ("WIDGET-RED-M", 5),
    ("WIDGET-BLU-L", 10),
    ("WIDGET-BLU-M", 12),
    ("ZED-1", 6),
    ("DOT.v2", 3),
    ("ALPHA-9", 2),
    ("BETA-2", 40),
];

fn quantity_for(sku: &str) -> Target {
    role("spinbutton").named(&format!("Quantity for {sku}"))
}

fn choice_of(sku: &str) -> Target {
    role("checkbox").named(&format!("Select {sku}"))
}

/// The SKUs on the screen, in their order.
async fn shown(shop: &Shop) -> Vec<String> {
    let script = "return [...document.querySelectorAll('.cart-lines tbody .sku')].map((it) => it.textContent)";
    let skus = shop.script(script).await;
    let skus = skus.as_array().cloned().unwrap_or_default();
    skus.iter()
        .map(|sku| sku.as_str().unwrap_or_default().to_owned())
        .collect()
}

async fn shows(shop: &Shop, skus: &[&str]) {
    shop.until(&format!("the lines {skus:?}"), async || {
        shown(shop).await == skus
    })
    .await;
}

/// The cart of seven lines on the screen.
async fn cart_of_seven(shop: &Shop) {
    for sku in ["ZED-1", "ALPHA-9", "BETA-2"] {
        let product = json!({
            "sku": sku, "name": format!("Washer {sku}"), "price": 1.5, "currencyCode": "USD",
            "active": true, "quantityOnHand": 1000,
        });
        shop.api.put_product(&product).await;
    }
    shop.api.fill_cart(&SEVEN).await;
    shop.open_as_acme("/cart").await;
    shop.see(find()).await;
}

#[test]
fn lines_are_found_and_sorted_and_stay_where_they_are_while_they_are_edited() {
    run(Setup::default(), async |shop| {
        cart_of_seven(shop).await;
        let all = SEVEN.map(|(sku, _)| sku);
        shows(shop, &all).await;
        shop.fill(find(), "blu large").await;
        shows(shop, &["WIDGET-BLU-L"]).await;
        shop.fill(find(), "nothing").await;
        shop.sees("No line fits “nothing”.").await;
        audit(shop, "cart, nothing found").await;
        shop.fill(find(), "").await;
        shows(shop, &all).await;
        shop.choose(role("combobox").named("Sort by"), "SKU").await;
        let mut by_sku = all;
        by_sku.sort_unstable();
        shows(shop, &by_sku).await;
        shop.choose(role("combobox").named("Sort by"), "Quantity")
            .await;
        shop.until("the largest quantity first", async || {
            shown(shop).await[..2] == ["BETA-2", "WIDGET-BLU-M"]
        })
        .await;
        let before = shown(shop).await;
        shop.fill_and_leave(quantity_for("WIDGET-BLU-L"), "100")
            .await;
        shop.sees("All changes saved").await;
        assert_eq!(shown(shop).await, before);
    });
}

fn find() -> Target {
    role("searchbox").named("Find in cart")
}

/// Many lines are removed at once and come back at once.
#[test]
fn many_lines_are_removed_at_once_and_come_back_at_once() {
    run(Setup::default(), async |shop| {
        cart_of_seven(shop).await;
        shop.click(choice_of("WIDGET-RED-M")).await;
        shop.click(choice_of("WIDGET-BLU-M")).await;
        shop.sees("2 lines selected").await;
        audit(shop, "cart, lines selected").await;
        shop.click(button("Remove selected")).await;
        shop.sees("Removed 2 lines.").await;
        shop.gone(quantity_for("WIDGET-RED-M")).await;
        shop.until("they are gone on the server", async || {
            shop.api.quantity_of("WIDGET-RED-M").await == 0
                && shop.api.quantity_of("WIDGET-BLU-M").await == 0
        })
        .await;
        shop.click(button("Undo")).await;
        shop.has_value(quantity_for("WIDGET-RED-M"), "5").await;
        shop.until("they are back on the server", async || {
            shop.api.quantity_of("WIDGET-RED-M").await == 5
                && shop.api.quantity_of("WIDGET-BLU-M").await == 12
        })
        .await;
        // What is found is what is selected.
        shop.fill(find(), "blu").await;
        shows(shop, &["WIDGET-BLU-L", "WIDGET-BLU-M"]).await;
        let blue = 2;
        shop.click(role("checkbox").named("Select all")).await;
        shop.sees(&format!("{blue} lines selected")).await;
        shop.fill(find(), "").await;
        shop.click(button("Save as a list")).await;
        let dialog = || role("dialog").named("Save as a list");
        shop.reads(dialog(), &format!("{blue} lines")).await;
        shop.fill(textbox("Name of the list").inside(dialog()), "Blue")
            .await;
        shop.click(button("Save").inside(dialog())).await;
        shop.sees(&format!("Put {blue} lines on the list “Blue”."))
            .await;
        shop.click(link("View list")).await;
        shop.sees(&format!("{blue} lines")).await;
        // A screen that has nothing to do with the cart says how much is in it, too.
        shop.open_path("/lists").await;
        shop.see(link("Cart, 7 lines")).await;
    });
}

#[test]
fn what_is_not_shown_is_not_removed() {
    run(Setup::default(), async |shop| {
        cart_of_seven(shop).await;
        shop.fill(find(), "blu").await;
        shows(shop, &["WIDGET-BLU-L", "WIDGET-BLU-M"]).await;
        shop.click(role("checkbox").named("Select all")).await;
        shop.sees("2 lines selected").await;
        shop.fill(find(), "widget").await;
        shop.see(quantity_for("WIDGET-RED-M")).await;
        shop.sees("2 lines selected").await;
        shop.fill(find(), "red").await;
        shows(shop, &["WIDGET-RED-M"]).await;
        shop.sees_not("lines selected").await;
        shop.gone(button("Remove selected")).await;
        shop.click(choice_of("WIDGET-RED-M")).await;
        shop.sees("1 line selected").await;
        shop.click(button("Remove selected")).await;
        shop.until("only that one is gone", async || {
            shop.api.quantity_of("WIDGET-RED-M").await == 0
                && shop.api.quantity_of("WIDGET-BLU-L").await == 10
                && shop.api.quantity_of("WIDGET-BLU-M").await == 12
        })
        .await;
    });
}

#[test]
fn a_quantity_beyond_the_stock_is_reported_once_it_is_saved() {
    run(Setup::default(), async |shop| {
        shop.api.fill_cart(&[("WIDGET-RED-M", 5)]).await;
        shop.open_as_acme("/cart").await;
        shop.fill_and_leave(quantity_for("WIDGET-RED-M"), "100")
            .await;
        shop.sees("All changes saved").await;
        shop.sees("Only 85 in stock").await;
        shop.fill_and_leave(quantity_for("WIDGET-RED-M"), "80")
            .await;
        shop.sees_not("in stock").await;
    });
}

#[test]
fn the_cart_as_a_file_and_on_paper() {
    run(Setup::default(), async |shop| {
        keep_files(shop).await;
        cart_of_seven(shop).await;
        shop.fill_and_leave(textbox("PO number"), "PO-2024-88412")
            .await;
        shop.fill_and_leave(textbox("Special instructions"), "Dock B")
            .await;
        shop.sees("All changes saved").await;
        shop.click(button("Download CSV")).await;
        let rows = saved(shop, 1).await;
        assert_eq!(
            rows[0],
            [
                "SKU",
                "Name",
                "Quantity",
                "Unit price",
                "Line total",
                "Currency"
            ]
        );
        assert_eq!(rows.len(), SEVEN.len() + 1);
        let line = rows.iter().find(|row| row[0] == "WIDGET-BLU-L").unwrap();
        assert_eq!(line[2..], ["10", "18.50", "185.00", "USD"]);
        // On paper: who, which number, the lines; no buttons, no fields.
        shop.devtools("Emulation.setEmulatedMedia", json!({ "media": "print" }))
            .await;
        for text in [
            "Acme Industrial Supply",
            "ACME-001",
            "PO-2024-88412",
            "Dock B",
            "$185.00",
        ] {
            shop.sees(text).await;
        }
        let seen = "return [...document.querySelectorAll('main button, main input, main textarea, main select')] \
             .filter((it) => it.checkVisibility()).map((it) => it.outerHTML.slice(0, 80))";
        assert_eq!(shop.script(seen).await, json!([]));
        shop.devtools("Emulation.setEmulatedMedia", json!({ "media": "" }))
            .await;
        shop.sees_not("ACME-001").await;
    });
}

#[test]
fn what_changed_since_a_line_was_put_in_is_said_until_it_is_read() {
    run(Setup::default(), async |shop| {
        shop.api
            .fill_cart(&[("WIDGET-BLU-L", 10), ("WIDGET-RED-M", 5)])
            .await;
        shop.open_as_acme("/cart").await;
        shop.has_value(quantity_for("WIDGET-RED-M"), "5").await;
        let report = "One line to check before you order";
        shop.sees_not(report).await;
        let less = json!({ "sku": "WIDGET-RED-M", "quantityOnHand": 2 });
        shop.api.put_product(&less).await;
        shop.reload().await;
        shop.sees(report).await;
        shop.sees("Only 2 in stock").await;
        audit(shop, "cart, a line has changed").await;
        // Another quantity is the buyer's own doing, and no change of the price.
        shop.fill_and_leave(quantity_for("WIDGET-BLU-L"), "50")
            .await;
        shop.sees("All changes saved").await;
        shop.sees(report).await;
        shop.sees_not("Price went").await;
        // Read is read, also after a reload, until there is something else to say.
        shop.click(button("I have read this")).await;
        shop.sees_not(report).await;
        shop.reload().await;
        shop.has_value(quantity_for("WIDGET-RED-M"), "5").await;
        shop.sees_not(report).await;
        let none = json!({ "sku": "WIDGET-RED-M", "quantityOnHand": 0 });
        shop.api.put_product(&none).await;
        shop.reload().await;
        shop.sees(report).await;
        shop.sees("Out of stock").await;
        shop.api.put_product(&less).await;
        shop.fill_and_leave(quantity_for("WIDGET-RED-M"), "2").await;
        shop.reload().await;
        shop.has_value(quantity_for("WIDGET-RED-M"), "2").await;
        shop.sees_not(report).await;
    });
}

#[test]
fn a_price_that_changed_since_is_said_with_both() {
    run(Setup::default(), async |shop| {
        let lines = [("WIDGET-RED-M", 5), ("WIDGET-BLU-L", 2)];
        shop.api.fill_cart(&lines).await;
        shop.open_as_acme("/cart").await;
        shop.has_value(quantity_for("WIDGET-RED-M"), "5").await;
        shop.until("the price is remembered", async || {
            shop.stored().await.contains("cart-prices")
        })
        .await;
        // As if it had been cheaper when it was put in.
        shop.script(
            "const key = Object.keys(localStorage).find((it) => it.startsWith('nymble.cart-prices')); \
             const seen = JSON.parse(localStorage[key]); seen['WIDGET-RED-M'][1] = 12.5; \
             localStorage[key] = JSON.stringify(seen);",
        )
        .await;
        shop.reload().await;
        let dearer = "Price went up: $12.50 → $15.00 each";
        shop.sees(dearer).await;
        // It stays while another line is being changed: nothing jumps under the hand.
        shop.api
            .fault(json!({
                "method": "PUT", "route": "/api/carts/{customerNumber}/{shoppingCartId}/items/{sku}",
                "count": 1, "effect": "delay", "delayMs": 2000,
            }))
            .await;
        shop.fill_and_leave(quantity_for("WIDGET-BLU-L"), "3").await;
        shop.sees("Saving…").await;
        assert!(shop.words_or_nothing().await.contains(dearer));
        shop.sees("All changes saved").await;
        shop.sees(dearer).await;
        shop.click(button("I have read this")).await;
        shop.sees_not("Price went up").await;
        shop.reload().await;
        shop.has_value(quantity_for("WIDGET-RED-M"), "5").await;
        shop.sees_not("Price went up").await;
    });
}

#[test]
fn the_cart_says_which_po_numbers_are_taken() {
    let setup = Setup {
        config: json!({ "checkout": { "poNumber": "PO-9999-99999", "payments": ["saved"] } }),
        ..Setup::default()
    };
    run(setup, async |shop| {
        shop.api.fill_cart(&[("WIDGET-RED-M", 5)]).await;
        shop.open_as_acme("/cart").await;
        shop.sees("9 a digit and * anything: PO-9999-99999").await;
        assert_eq!(
            shop.property(textbox("PO number"), "aria-required").await,
            json!("true")
        );
        shop.fill_and_leave(textbox("PO number"), "88412").await;
        shop.until("the field is wrong", async || {
            shop.property(textbox("PO number"), "aria-invalid").await == json!("true")
        })
        .await;
        assert_eq!(shop.api.count("PUT", "/po-number").await, 0);
        shop.fill_and_leave(textbox("PO number"), "PO-2024-88412")
            .await;
        shop.until("the server has it", async || {
            shop.api.acme_cart().await["poNumber"] == "PO-2024-88412"
        })
        .await;
    });
}

#[test]
fn by_keyboard_alone() {
    run(Setup::default(), async |shop| {
        cart_of_seven(shop).await;
        shop.tab_to("searchbox “Find in cart”").await;
        shop.type_text("widget-red").await;
        shop.gone(quantity_for("WIDGET-BLU-L")).await;
        shop.tab_to("checkbox “Select all”").await;
        shop.press(Key::Space).await;
        shop.see(button("Remove selected")).await;
        shop.tab_to("button “Remove selected”").await;
        shop.press(Key::Enter).await;
        shop.sees("No line fits “widget-red”.").await;
        shop.focus_is("searchbox “Find in cart”").await;
        shop.tab_to("button “Undo”").await;
        shop.press(Key::Enter).await;
        shop.see(quantity_for("WIDGET-RED-M")).await;
    });
}

/// Counts how long the page does nothing else, from now on: the longest stretch, in milliseconds.
const WATCH: &str = "window.longest = 0; let last = performance.now(); \
     const line = new MessageChannel(); \
     line.port1.onmessage = () => { const now = performance.now(); \
       window.longest = Math.max(window.longest, now - last); last = now; line.port2.postMessage(0); }; \
     line.port2.postMessage(0);";

/// The longest that the page is busy, in milliseconds: while a quantity is typed, key by key, in the row at
/// that place, and when it counts then.
async fn longest_while_typing(shop: &Shop, row: usize) -> (f64, f64) {
    let field = format!("document.querySelectorAll('.cart-lines [role=spinbutton]')[{row}]");
    shop.script(&format!("{field}.focus()")).await;
    let longest = async || {
        let longest = shop.script("return window.longest").await;
        longest.as_f64().unwrap()
    };
    shop.script("window.longest = 0").await;
    for key in ["1", "2", "0", "0"] {
        shop.type_text(key).await;
    }
    let typing = longest().await;
    shop.until("the quantity counts", async || {
        let row = format!("return {field}.closest('tr').classList.contains('pending')");
        shop.script(&row).await == true
    })
    .await;
    (typing, longest().await)
}

/// Lets the page believe that the open cart has these lines, and never answers its changes: what is looked at
/// is the page alone.
async fn pretend(shop: &Shop, skus: &[String]) {
    let line = |sku: &String| json!({ "sku": sku, "name": format!("Part {sku}"), "quantity": 24, "unitPrice": 2.5, "lineTotal": 60 });
    let cart = json!([{
        "shoppingCartId": "cart_many", "customerNumber": "ACME-001", "status": "Pending", "currencyCode": "USD",
        "orderType": "Standard", "subtotal": 60 * skus.len(),
        "items": skus.iter().map(line).collect::<Vec<_>>(),
    }]);
    shop.before_each_page(&format!(
        "const cart = {cart}; const ask = window.fetch.bind(window); \
         window.fetch = (request, ...rest) => {{ \
           const address = String(request.url ?? request); \
           if (address.includes('/api/carts/customer/')) return Promise.resolve(Response.json(cart)); \
           if (address.includes('/api/carts/')) return new Promise(() => undefined); \
           return ask(request, ...rest); }}"
    ))
    .await;
}

/// A cart of five hundred lines answers every key at once.
#[test]
fn five_hundred_lines_are_quick() {
    let mut setup = Setup::default();
    setup.sandbox.products = 700;
    run(setup, async |shop| {
        let skus = shop.api.some_skus(500).await;
        pretend(shop, &skus).await;
        shop.open_as_acme("/cart").await;
        let rows = "return document.querySelectorAll('.cart-lines tbody tr').length";
        shop.until("500 lines", async || shop.script(rows).await == 500)
            .await;
        // The products, which bring minimum, breaks and picture of each line, come in the background.
        shop.until("every product is known", async || {
            let asked = "return performance.getEntriesByType('resource') \
                 .filter((it) => it.name.includes('/api/products')).every((it) => it.responseEnd > 0)";
            shop.script(asked).await == true
        })
        .await;
        shop.script(WATCH).await;
        let (typing, counting) = longest_while_typing(shop, 2).await;
        eprintln!(
            "500 lines: {typing:.1} ms at most while typing, {counting:.1} ms until it counts"
        );
        assert!(typing < 200.0, "{typing} ms");
        shop.devtools("Emulation.setCPUThrottlingRate", json!({ "rate": 4 }))
            .await;
        let (typing, counting) = longest_while_typing(shop, 4).await;
        shop.devtools("Emulation.setCPUThrottlingRate", json!({ "rate": 1 }))
            .await;
        eprintln!("at 4×: {typing:.1} ms at most while typing, {counting:.1} ms until it counts");
    });
}
