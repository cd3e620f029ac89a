//! axe-core on every screen and its main states, light and dark, wide and narrow; and no sideways
//! scrolling at 320 pixels.

use serde_json::{Value, json};
use std::{fs, sync::LazyLock};

use crate::{
    checkout::checkout_of_ten,
    harness::{Setup, Shop, button, link, role, run, textbox},
};

/// axe-core itself.
static AXE: LazyLock<String> = LazyLock::new(|| {
    let file = std::env::var_os("NYMBLE_AXE").expect("NYMBLE_AXE is set");
    fs::read_to_string(file).expect("axe-core can be read")
});

/// The rules that look at colours: nothing else about a page depends on the colour scheme.
const ABOUT_COLOURS: [&str; 2] = ["color-contrast", "link-in-text-block"];

/// What axe-core finds by these rules, or by all where none are named; one line for each kind of violation.
pub(crate) async fn violations(shop: &Shop, rules: &[&str]) -> Vec<String> {
    let there = shop.script("return typeof axe").await;
    if there == "undefined" {
        shop.script(&AXE).await;
    }
    let audit = "const [rules, done] = arguments; \
         const some = rules.length ? { runOnly: { type: 'rule', values: rules } } : {}; \
         axe.run(document, { resultTypes: ['violations'], ...some }).then((found) => \
         done(found.violations.map((it) => [it.id, it.help, ...it.nodes.slice(0, 4).map((node) => \
         node.html.slice(0, 200) + ' ' + (node.any[0]?.message ?? node.all[0]?.message ?? ''))] \
         .join('\\n      '))), (error) => done([String(error)]))";
    let found = shop.driver.execute_async(audit, vec![json!(rules)]).await;
    let found = found.expect("axe-core runs").json().clone();
    let found = found.as_array().cloned().unwrap_or_default();
    let text = |line: &Value| line.as_str().unwrap_or_default().to_owned();
    found.iter().map(text).collect()
}

/// What sticks out on the right at 320 pixels, if the page can be scrolled sideways there.
async fn too_wide(shop: &Shop) -> Option<String> {
    shop.make_wide(320).await;
    shop.until("the window is narrow", async || {
        shop.script("return innerWidth").await == 320
    })
    .await;
    let script = "const wide = document.documentElement.scrollWidth; \
         if (wide <= 320) return null; \
         return wide + ' px ' + [...document.querySelectorAll('body *')].filter((it) => \
         it.getBoundingClientRect().right > 321).slice(-5).map((it) => \
         it.outerHTML.slice(0, 120)).join('\\n      ')";
    shop.script(script).await.as_str().map(str::to_owned)
}

/// The fields whose text is smaller than 16 pixels where the window is narrow: phones zoom into those.
async fn small_fields(shop: &Shop) -> Vec<String> {
    let script = "return [...document.querySelectorAll('input, select, textarea')].filter((it) => \
         !['checkbox', 'radio', 'file', 'hidden'].includes(it.type) && parseFloat(getComputedStyle(it).fontSize) < 16) \
         .slice(0, 5).map((it) => getComputedStyle(it).fontSize + ' ' + it.outerHTML.slice(0, 120))";
    let found = shop.script(script).await;
    let found = found.as_array().cloned().unwrap_or_default();
    let text = |line: &Value| line.as_str().unwrap_or_default().to_owned();
    found.iter().map(text).collect()
}

/// Audits the screen as it is, in both colour schemes and widths; in the dark by its colours.
pub(crate) async fn audit(shop: &Shop, screen: &str) {
    let mut wrong = Vec::new();
    for width in [1280, 390] {
        shop.make_wide(width).await;
        let in_dark: &[&str] = &ABOUT_COLOURS;
        for (scheme, rules) in [("light", &[] as &[&str]), ("dark", in_dark)] {
            shop.prefer(scheme).await;
            for violation in violations(shop, rules).await {
                wrong.push(format!("{screen}, {scheme}, {width} px: {violation}"));
            }
        }
    }
    for field in small_fields(shop).await {
        wrong.push(format!("{screen}, 390 px: {field}"));
    }
    if let Some(culprits) = too_wide(shop).await {
        wrong.push(format!("{screen}, 320 px: too wide:\n      {culprits}"));
    }
    shop.make_wide(1280).await;
    shop.prefer("light").await;
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn sign_in() {
    run(Setup::default(), async |shop| {
        shop.expect_status(401);
        shop.open_path("/sign-in").await;
        shop.see(role("heading").named("Sign in")).await;
        audit(shop, "sign-in").await;
        shop.click(button("Sign in")).await;
        shop.sees("Please fill this in.").await;
        audit(shop, "sign-in, empty fields").await;
        shop.sign_in("acme-buyer", "wrong").await;
        shop.sees("is wrong.").await;
        audit(shop, "sign-in, refused").await;
    });
}

#[test]
fn sign_in_dialog() {
    run(Setup::default(), async |shop| {
        shop.expect_status(401);
        shop.open_as_acme("/catalog").await;
        shop.sees("299 products").await;
        // What the screen reads by itself is read: from now on only the buyer asks.
        shop.until("the orders are read", async || {
            shop.api.count("GET", "/api/orders").await > 0
        })
        .await;
        shop.api.revoke_tokens().await;
        shop.click(link("Next")).await;
        shop.see(role("dialog").named("Please sign in again")).await;
        audit(shop, "sign-in dialog").await;
    });
}

#[test]
fn catalog() {
    run(Setup::default(), async |shop| {
        shop.open_as_acme("/catalog?category=Odds%20%26%20Ends")
            .await;
        shop.see(link("Dot Gauge v2")).await;
        audit(shop, "catalog, grid").await;
        shop.click(button("List")).await;
        shop.is_under("/catalog?category=Odds%20%26%20Ends&view=list")
            .await;
        audit(shop, "catalog, list").await;
        let item = role("listitem").holding("DOT.v2");
        let quantity = role("spinbutton").named("Quantity").inside(item);
        shop.fill_and_leave(quantity, "abc").await;
        shop.sees("Enter a whole number.").await;
        audit(shop, "catalog, wrong quantity").await;
    });
}

#[test]
fn catalog_without_products() {
    run(Setup::default(), async |shop| {
        shop.hurry().await;
        shop.expect_status(500);
        shop.open_as_acme("/catalog?q=zzzz").await;
        shop.sees("Nothing matches “zzzz”.").await;
        audit(shop, "catalog, nothing found").await;
        shop.api
            .fault(json!({
                "method": "GET", "route": "/api/products", "effect": "status", "status": 500,
            }))
            .await;
        shop.open_path("/catalog").await;
        shop.sees("The server has a problem").await;
        audit(shop, "catalog, error").await;
    });
}

#[test]
fn product() {
    run(Setup::default(), async |shop| {
        shop.expect_status(404);
        shop.open_as_acme("/products/WIDGET-BLU-L").await;
        shop.see(role("table").named("Quantity prices")).await;
        audit(shop, "product").await;
        shop.fill_and_leave(role("spinbutton").named("Quantity"), "-1")
            .await;
        shop.sees("cannot be negative").await;
        audit(shop, "product, wrong quantity").await;
        shop.fill(role("spinbutton").named("Quantity"), "3").await;
        shop.click(button("Add to cart")).await;
        shop.see(button("Undo")).await;
        audit(shop, "product, notice").await;
        shop.open_path("/products/NOPE").await;
        shop.sees("There is no product").await;
        audit(shop, "unknown product").await;
    });
}

#[test]
fn not_found() {
    run(Setup::default(), async |shop| {
        shop.open_as_acme("/nowhere").await;
        shop.see(role("heading").named("Page not found")).await;
        audit(shop, "not found").await;
    });
}

#[test]
fn cart() {
    run(Setup::default(), async |shop| {
        shop.hurry().await;
        shop.expect_status(500);
        shop.open_as_acme("/cart").await;
        shop.sees("Your cart is empty.").await;
        audit(shop, "cart, empty").await;
        shop.api
            .fill_cart(&[("WIDGET-BLU-L", 10), ("WIDGET-BLU-M", 7)])
            .await;
        shop.reload().await;
        shop.see(role("table").named("Cart items")).await;
        shop.sees("Sold in multiples of 6").await;
        audit(shop, "cart, full").await;
        shop.api
            .fault(json!({ "method": "PUT", "route": "*", "effect": "status", "status": 500 }))
            .await;
        shop.fill_and_leave(textbox("PO number"), "PO-1").await;
        shop.see(button("Discard these changes")).await;
        audit(shop, "cart, unsaved").await;
    });
}

#[test]
fn checkout() {
    run(Setup::default(), async |shop| {
        checkout_of_ten(shop).await;
        audit(shop, "checkout").await;
        shop.click(role("radio").named("A new address")).await;
        shop.click(role("radio").named("A new card")).await;
        shop.see(textbox("Card number")).await;
        audit(shop, "checkout, new address and card").await;
        shop.click(button("Place order")).await;
        shop.sees("Please fill this in.").await;
        audit(shop, "checkout, wrong fields").await;
    });
}

#[test]
fn order_placed() {
    run(Setup::default(), async |shop| {
        shop.expect_status(402);
        shop.expect_status(400);
        checkout_of_ten(shop).await;
        shop.click(button("Place order")).await;
        shop.see(role("heading").named("Order placed")).await;
        audit(shop, "order placed").await;
        shop.open_path("/checkout/complete/MOM-1").await;
        shop.sees("are not kept in this browser tab").await;
        audit(shop, "order placed elsewhere").await;
        shop.open_path("/checkout").await;
        shop.sees("Your cart is empty.").await;
        audit(shop, "checkout, empty").await;
    });
}

#[test]
fn wrong_settings() {
    let setup = Setup {
        raw_config: Some("{}".to_owned()),
        ..Setup::default()
    };
    run(setup, async |shop| {
        shop.open_path("/").await;
        shop.see(role("heading").named("The storefront is not set up correctly"))
            .await;
        audit(shop, "wrong settings").await;
    });
}

#[test]
fn no_webassembly() {
    run(Setup::default(), async |shop| {
        shop.before_each_page("delete globalThis.WebAssembly").await;
        shop.open_path("/").await;
        shop.see(role("heading").named("This browser is too old"))
            .await;
        audit(shop, "no WebAssembly").await;
    });
}
