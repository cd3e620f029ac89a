//! The keyboard: the palette, the shortcuts, and that none fires where something is typed.

use serde_json::json;
use thirtyfour::Key;

use crate::{
    accessibility::audit,
    harness::{Setup, Shop, Target, button, link, role, run},
    invoices::{invoices_of, text, with_orders},
};

fn palette() -> Target {
    role("dialog").named("Search or jump to")
}

fn field() -> Target {
    role("combobox").named("Search or jump to")
}

fn help() -> Target {
    role("dialog").named("Keyboard shortcuts")
}

fn option(name: &str) -> Target {
    role("option").beginning(name)
}

/// Presses a key while `Ctrl` is held.
async fn with_ctrl(shop: &Shop, key: &str) {
    let chain = shop.driver.action_chain();
    let chain = chain
        .key_down(Key::Control)
        .send_keys(key)
        .key_up(Key::Control);
    chain.perform().await.expect("pressed");
}

/// Opens the palette by its keys.
async fn open_palette(shop: &Shop) {
    with_ctrl(shop, "k").await;
    shop.see(palette()).await;
    shop.focus_is("combobox “Search or jump to”").await;
}

async fn open(shop: &Shop) {
    shop.open_as_acme("/").await;
    shop.see(role("heading").named("Home")).await;
    shop.see(button("Search or jump to…")).await;
}

/// The name of the option that Enter takes, by what the field says.
async fn active(shop: &Shop) -> String {
    let script = "const id = document.querySelector('.palette [role=combobox]').getAttribute('aria-activedescendant'); \
         const option = document.getElementById(id); \
         return option?.getAttribute('aria-selected') === 'true' ? option.innerText.replace(/\\s+/g, ' ') : ''";
    let text = shop.script(script).await;
    text.as_str().unwrap_or_default().to_owned()
}

#[test]
fn the_palette_leads_to_every_screen_by_keyboard_alone() {
    run(Setup::default(), async |shop| {
        open(shop).await;
        let screens = [
            ("catal", "/catalog", "Catalog"),
            ("orde", "/orders", "Orders"),
            ("invo", "/invoices", "Invoices"),
            ("docu", "/documents", "Documents"),
            ("acco", "/account", "Account"),
            ("home", "/", "Home"),
        ];
        for (typed, path, heading) in screens {
            open_palette(shop).await;
            shop.type_text(typed).await;
            shop.until(heading, async || active(shop).await.starts_with(heading))
                .await;
            shop.press(Key::Enter).await;
            shop.is_at(path).await;
            shop.gone(palette()).await;
            shop.focus_is(&format!("heading “{heading}”")).await;
        }
        // What a buyer may not see is not there.
        open_palette(shop).await;
        shop.type_text("customers").await;
        shop.see(option("Search the catalog for “customers”")).await;
        shop.gone(option("Customers")).await;
    });
}

#[test]
fn arrows_go_around_and_escape_gives_the_focus_back() {
    run(Setup::default(), async |shop| {
        open(shop).await;
        shop.tab_to("button “Search or jump to…”").await;
        shop.press(Key::Enter).await;
        shop.see(palette()).await;
        shop.focus_is("combobox “Search or jump to”").await;
        let first = active(shop).await;
        assert_eq!(first, "Home Screen");
        shop.press(Key::Up).await;
        shop.until("the last one", async || {
            active(shop).await == "Sign out Action"
        })
        .await;
        shop.press(Key::Down).await;
        shop.press(Key::Down).await;
        shop.until("the second one", async || {
            active(shop).await == "Catalog Screen"
        })
        .await;
        shop.press(Key::Escape).await;
        shop.gone(palette()).await;
        shop.focus_is("button “Search or jump to…”").await;
        // Begun anew, also after something was typed.
        shop.press(Key::Enter).await;
        shop.type_text("orders").await;
        shop.press(Key::Escape).await;
        shop.gone(palette()).await;
        open_palette(shop).await;
        assert_eq!(shop.value(field()).await, "");
    });
}

#[test]
fn products_orders_and_invoices_are_found_and_stale_answers_dropped() {
    run(with_orders(60), async |shop| {
        open(shop).await;
        open_palette(shop).await;
        // The answer to the first words is slow.
        shop.api
            .fault(json!({
                "method": "GET", "route": "/api/products/search", "effect": "delay", "delayMs": 3000, "count": 1,
            }))
            .await;
        shop.type_text("gasket").await;
        shop.until("asked", async || {
            shop.api.count("GET", "/api/products/search").await == 1
        })
        .await;
        shop.fill(field(), "WIDGET-RED-M").await;
        let product = role("option").holding("WIDGET-RED-M").inside(palette());
        shop.until("the product", async || {
            let found = shop.find_all(&product).await.unwrap_or_default();
            // Its page, its units for the cart, and the catalogue's search.
            found.len() == 3
        })
        .await;
        // Typing letter by letter asks once.
        assert_eq!(shop.api.count("GET", "/api/products/search").await, 2);
        shop.press(Key::Enter).await;
        shop.is_at("/products/WIDGET-RED-M").await;
        // By number.
        let all = invoices_of(shop, "acme-buyer").await;
        let number = text(&all[0], "invoiceNumber");
        open_palette(shop).await;
        shop.type_text(number).await;
        shop.see(option(&format!("Invoice {number}"))).await;
        shop.until("it is the first", async || {
            active(shop).await.starts_with(&format!("Invoice {number}"))
        })
        .await;
        shop.press(Key::Enter).await;
        shop.is_at(&format!("/invoices/{}", text(&all[0], "id")))
            .await;
        let order = text(&all[0], "orderNumber").to_owned();
        open_palette(shop).await;
        shop.type_text(&order).await;
        shop.see(option(&format!("Order {order}"))).await;
        shop.click(option(&format!("Order {order}"))).await;
        shop.is_at(&format!("/orders/{order}")).await;
    });
}

#[test]
fn units_of_a_sku_go_into_the_cart_from_anywhere() {
    run(Setup::default(), async |shop| {
        open(shop).await;
        open_palette(shop).await;
        shop.type_text("widget-red-m x 7").await;
        let seven = option("Add 7 × Red Widget — Medium to the cart");
        shop.see(seven).await;
        audit(shop, "palette, units").await;
        shop.press(Key::Enter).await;
        shop.gone(palette()).await;
        shop.until("seven in the cart", async || {
            shop.api.quantity_of("WIDGET-RED-M").await == 7
        })
        .await;
        // Enter waits for the answer, and takes only what was typed.
        open_palette(shop).await;
        shop.type_text("WIDGET-RED-M X 2").await;
        shop.press(Key::Enter).await;
        shop.gone(palette()).await;
        shop.until("nine in the cart", async || {
            shop.api.quantity_of("WIDGET-RED-M").await == 9
        })
        .await;
        shop.click(button("Undo").inside(role("listitem").holding("Added 2")))
            .await;
        shop.until("seven in the cart", async || {
            shop.api.quantity_of("WIDGET-RED-M").await == 7
        })
        .await;
        // It can be taken back, as everywhere.
        shop.click(button("Undo")).await;
        shop.until("nothing in the cart", async || {
            shop.api.quantity_of("WIDGET-RED-M").await == 0
        })
        .await;
        // What cannot be ordered like that is not offered like that.
        open_palette(shop).await;
        shop.type_text("8x WIDGET-BLU-M").await;
        let twelve = option("Add 12 (not 8) × Blue Widget — Medium to the cart");
        shop.see(twelve.clone()).await;
        shop.sees("Sold in multiples of 6").await;
        shop.click(twelve).await;
        shop.until("twelve in the cart", async || {
            shop.api.quantity_of("WIDGET-BLU-M").await == 12
        })
        .await;
        // A SKU alone: its page comes first, and then the fewest that can be ordered.
        open_palette(shop).await;
        shop.type_text("widget-blu-m").await;
        shop.see(option("Add 6 × Blue Widget — Medium to the cart"))
            .await;
        let first = active(shop).await;
        assert!(first.starts_with("Blue Widget — Medium"), "{first}");
    });
}

#[test]
fn a_search_that_fails_says_so_and_the_rest_works() {
    run(Setup::default(), async |shop| {
        shop.hurry().await;
        shop.expect_status(500);
        open(shop).await;
        shop.api
            .fault(json!({
                "method": "GET", "route": "/api/products/search", "effect": "status", "status": 500,
            }))
            .await;
        open_palette(shop).await;
        shop.type_text("cart").await;
        shop.sees("Not everything could be searched. The server has a problem")
            .await;
        audit(shop, "palette, error").await;
        shop.press(Key::Enter).await;
        shop.is_at("/cart").await;
    });
}

/// No shortcut fires while something is typed.
#[test]
fn shortcuts_lead_on_but_never_while_something_is_typed() {
    run(Setup::default(), async |shop| {
        open(shop).await;
        shop.type_text("g").await;
        shop.type_text("o").await;
        shop.is_at("/orders").await;
        shop.focus_is("heading “Orders”").await;
        shop.type_text("g").await;
        shop.type_text("p").await;
        shop.is_at("/catalog").await;
        // Until its code has come the screen before stands there.
        shop.focus_is("heading “Catalog”").await;
        shop.type_text("/").await;
        shop.focus_is("searchbox “Search products”").await;
        // In a field they are letters.
        shop.type_text("go?/gc").await;
        let search = role("searchbox").named("Search products");
        shop.has_value(search, "go?/gc").await;
        shop.is_at("/catalog?q=go%3F%2Fgc").await;
        shop.gone(help()).await;
        // With the palette open they are letters, too.
        open_palette(shop).await;
        shop.type_text("g?").await;
        assert_eq!(shop.value(field()).await, "g?");
        shop.gone(help()).await;
        shop.press(Key::Escape).await;
        shop.gone(palette()).await;
        shop.focus_is("searchbox “Search products”").await;
        // A screen without a search of its own.
        shop.click(link("Account")).await;
        shop.focus_is("heading “Account”").await;
        shop.type_text("/").await;
        shop.see(palette()).await;
        shop.press(Key::Escape).await;
        shop.gone(palette()).await;
        shop.focus_is("heading “Account”").await;
        // What is not a shortcut ends the sequence.
        shop.type_text("g").await;
        shop.type_text("z").await;
        shop.type_text("o").await;
        shop.type_text("?").await;
        shop.see(help()).await;
        shop.is_at("/account").await;
        shop.press(Key::Escape).await;
        shop.gone(help()).await;
        shop.focus_is("heading “Account”").await;
    });
}

/// Shortcuts of single characters can be switched off.
#[test]
fn single_characters_can_be_switched_off_for_good() {
    run(Setup::default(), async |shop| {
        open(shop).await;
        open_palette(shop).await;
        shop.type_text("shortc").await;
        shop.press(Key::Enter).await;
        shop.see(help()).await;
        for words in [
            "Go to Orders",
            "Search or jump to…",
            "Search on this screen",
        ] {
            shop.reads(help(), words).await;
        }
        audit(shop, "shortcuts").await;
        let switch = role("checkbox").named("Shortcuts of single characters");
        shop.click(switch.clone()).await;
        shop.press(Key::Escape).await;
        shop.gone(help()).await;
        shop.reload().await;
        shop.see(button("Search or jump to…")).await;
        shop.see(role("heading").named("Home")).await;
        for key in ["?", "g", "o"] {
            shop.type_text(key).await;
        }
        // The one with Ctrl still works, so nothing else did before it.
        open_palette(shop).await;
        shop.is_at("/").await;
        shop.gone(help()).await;
        shop.click(button("Keyboard shortcuts").inside(palette()))
            .await;
        shop.gone(palette()).await;
        shop.click(switch).await;
        shop.click(button("Close").inside(help())).await;
        shop.gone(help()).await;
        shop.type_text("?").await;
        shop.see(help()).await;
    });
}

#[test]
fn its_code_comes_when_it_is_first_asked_for_or_says_that_it_cannot() {
    run(Setup::default(), async |shop| {
        shop.expect_console("net::ERR_");
        shop.expect_console("Failed to fetch");
        open(shop).await;
        let loaded = "return performance.getEntriesByType('resource').some((it) => it.name.includes('/palette'))";
        assert_eq!(shop.script(loaded).await, false);
        shop.block(&["*/palette*"]).await;
        with_ctrl(shop, "k").await;
        shop.sees("This page could not be loaded").await;
        shop.block(&[]).await;
        open_palette(shop).await;
        assert_eq!(shop.script(loaded).await, true);
    });
}

#[test]
fn axe_finds_nothing() {
    run(Setup::default(), async |shop| {
        open(shop).await;
        open_palette(shop).await;
        audit(shop, "palette, empty").await;
        shop.type_text("widget").await;
        shop.see(option("Search the catalog for “widget”")).await;
        shop.sees("results").await;
        audit(shop, "palette, results").await;
        shop.fill(field(), "zzzzzz").await;
        shop.sees("1 result").await;
        audit(shop, "palette, nothing but the catalog").await;
    });
}
