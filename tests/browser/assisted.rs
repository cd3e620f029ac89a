//! A sales rep or an administrator orders for a customer: at that customer's prices, from that customer's
//! cart, and never from another's.

mod picker;
mod roles;

use serde_json::{Value, json};
use thirtyfour::Key;

use crate::{
    harness::{Setup, Shop, Target, button, link, role, run, textbox},
    quick_order,
    whole_job::{find_by_keyboard, find_by_mouse, open_by_keyboard},
};

const ACME: &str = "Acme Industrial Supply";
const TOKYO: &str = "Tokyo Seimitsu KK 東京精密";

/// The banner that says for whom is ordered.
fn banner() -> Target {
    role("region").named("Ordering for")
}

fn heading(name: &str) -> Target {
    role("heading").named(name)
}

fn order_for(company: &str) -> Target {
    button(&format!("Order for {company}"))
}

fn quantity() -> Target {
    role("spinbutton").named("Quantity for WIDGET-BLU-L")
}

fn no_cart_link() -> Target {
    link("Cart, 0 lines")
}

/// Chooses a customer on the picker, by mouse.
async fn choose(shop: &Shop, company: &str) {
    shop.see(heading("Customers")).await;
    shop.click(order_for(company)).await;
    shop.gone(heading("Customers")).await;
    shop.reads(banner(), company).await;
}

/// Opens a path as somebody who already acts for a customer.
pub(crate) async fn open_acting(shop: &Shop, client_id: &str, company: &str, path: &str) {
    shop.open_as(client_id, "/customers").await;
    choose(shop, company).await;
    shop.open_path(path).await;
    shop.reads(banner(), company).await;
}

/// The order as an administrator reads it.
async fn the_whole_order(shop: &Shop) -> Value {
    let number = shop.api.the_order().await["orderNumber"].clone();
    let token = shop.api.token("acme-admin").await;
    let path = format!("/api/orders/{}", number.as_str().unwrap());
    shop.api.call("GET", &path, &token, &Value::Null).await
}

/// A rep's whole job works by mouse.
#[test]
fn a_rep_s_whole_order_by_mouse() {
    run(Setup::default(), async |shop| {
        shop.open_path("/catalog").await;
        shop.sign_in("acme-rep", "sandbox").await;
        shop.sees("You have not chosen a customer yet.").await;
        shop.click(link("Choose a customer")).await;
        choose(shop, ACME).await;
        shop.is_at("/catalog").await;
        let whom = "You are ordering for Acme Industrial Supply (ACME-001) · Wholesale · USD";
        shop.reads(banner(), whom).await;
        find_by_mouse(shop).await;
        // What the rep's own token is told a widget costs is the base price, 24.99.
        shop.sees("$18.50").await;
        shop.sees_not("24.99").await;
        shop.fill(role("spinbutton").named("Quantity"), "38").await;
        shop.sees("12 more reach the next price: $16.00 each, saving $125.00")
            .await;
        shop.click(link("Blue Widget — Large")).await;
        let prices = role("table").named("Quantity prices");
        shop.reads(prices, "1 – 49 $18.50 50 or more $16.00").await;
        shop.sees_not("24.99").await;
        shop.fill(role("spinbutton").named("Quantity"), "10").await;
        shop.reads(role("main"), "Line total $185.00").await;
        shop.click(button("Add to cart")).await;
        shop.click(link("Cart, 1 line")).await;
        shop.fill_and_leave(quantity(), "50").await;
        shop.fill_and_leave(textbox("PO number"), "PO-2026-8").await;
        shop.sees("All changes saved").await;
        shop.sees("$800.00").await;
        shop.click(link("Check out")).await;
        shop.click(role("radio").beginning("8800 Burleson Road"))
            .await;
        shop.see(role("radio").beginning("Visa ending in 4242"))
            .await;
        shop.click(role("radio").named("On account (NET30)")).await;
        shop.click(button("Place order")).await;
        shop.see(heading("Order placed")).await;
        shop.sees("On account (NET30)").await;
        shop.reads(banner(), whom).await;
        let order = shop.api.the_order().await;
        assert_eq!(order["shippingAddress"]["line1"], "8800 Burleson Road");
        assert_eq!(order["poNumber"], "PO-2026-8");
        assert_eq!(order["items"][0]["unitPrice"].to_string(), "16.00");
        assert_eq!(order["orderTotal"].to_string(), "800.00");
        let order = the_whole_order(shop).await;
        assert_eq!(order["customer"]["customerNumber"], "ACME-001");
        assert_eq!(order["priceTier"], "Wholesale");
        assert_eq!(order["paymentMethod"], "terms");
        assert_eq!(order["channel"], "Web");
        assert_eq!(order["takenBySalesRep"]["repNumber"], "SR-019");
    });
}

/// A rep's whole job works by keyboard alone.
#[test]
fn a_rep_s_whole_order_in_yen_by_keyboard_alone() {
    run(Setup::default(), async |shop| {
        shop.open_as("acme-rep", "/customers").await;
        shop.focus_is("heading “Customers”").await;
        shop.tab_to("searchbox “Search customers”").await;
        shop.type_text("tyo-003").await;
        shop.sees("1 customer").await;
        shop.tab_to(&format!("button “Order for {TOKYO}”")).await;
        shop.press(Key::Enter).await;
        shop.focus_is("heading “Catalog”").await;
        shop.reads(banner(), &format!("{TOKYO} (TYO-003) · Premium · JPY"))
            .await;
        find_by_keyboard(shop).await;
        // A rep's token is answered in dollars; what is not known is not shown.
        shop.sees("The cart shows the price in JPY").await;
        open_by_keyboard(shop).await;
        shop.sees("The cart shows the price in JPY").await;
        shop.gone(role("table").named("Quantity prices")).await;
        shop.sees_not("$").await;
        shop.tab_to("spinbutton “Quantity”").await;
        shop.type_text("10").await;
        shop.tab_to("button “Add to cart”").await;
        shop.press(Key::Space).await;
        shop.see(link("Cart, 1 line")).await;
        shop.tab_back_to("link “Cart, 1 line”").await;
        shop.press(Key::Enter).await;
        shop.focus_is("heading “Cart”").await;
        shop.sees("¥2,600").await;
        shop.sees("¥26,000").await;
        shop.tab_to("link “Check out”").await;
        shop.press(Key::Enter).await;
        shop.focus_is("heading “Checkout”").await;
        shop.sees("大田区西糀谷 2-14-7").await;
        shop.see(role("radio").named("On account (NET60)")).await;
        shop.until("a card is chosen", async || {
            let radio = role("radio").beginning("JCB ending in 0505");
            shop.property(radio, "checked").await == json!(true)
        })
        .await;
        shop.tab_to("button “Place order”").await;
        shop.press(Key::Enter).await;
        shop.focus_is("heading “Order placed”").await;
        shop.sees("¥26,000").await;
        let order = shop.api.the_order().await;
        assert_eq!(order["currencyCode"], "JPY");
        assert_eq!(order["orderTotal"].to_string(), "26000");
        assert_eq!(order["paymentProfileId"], "pp_3e58d4b9");
        let order = the_whole_order(shop).await;
        assert_eq!(order["customer"]["customerNumber"], "TYO-003");
        assert_eq!(order["takenBySalesRep"]["repNumber"], "SR-019");
    });
}

/// Whoever acts for a customer sees the tier's own entries only.
#[test]
fn a_tier_without_a_price_of_its_own_shows_none() {
    run(Setup::default(), async |shop| {
        let token = shop.api.token("acme-admin").await;
        let premium = json!({ "pricing": "Premium" });
        shop.api
            .call("PUT", "/api/customers/ACME-001", &token, &premium)
            .await;
        open_acting(shop, "acme-rep", ACME, "/products/WIDGET-BLU-L").await;
        shop.reads(banner(), "· Premium · USD").await;
        shop.sees("Price on request").await;
        shop.sees_not("$").await;
        shop.open_path("/catalog?q=blue+widget").await;
        shop.see(link("Blue Widget — Medium")).await;
        // The others have one: seven tenths of the base price, rounded.
        shop.sees("Price on request").await;
        shop.sees("$15.99").await;
        shop.sees_not("$21.99").await;
        // The server may have one all the same: every way of ordering offers it.
        shop.open_path("/quick-order").await;
        shop.fill(quick_order::sku(1), "WIDGET-BLU-L").await;
        shop.fill_and_leave(quick_order::quantity(1), "2").await;
        shop.sees("1 line is ready").await;
        shop.sees("Price on request").await;
        shop.sees("plus 1 line without a known price").await;
        shop.script("document.querySelector('.jump').click()").await;
        let field = role("combobox").named("Search or jump to");
        shop.fill(field, "WIDGET-BLU-L x 3").await;
        shop.see(role("option").holding("Add 3 × Blue Widget — Large to the cart"))
            .await;
    });
}

#[test]
fn what_is_found_by_a_search_has_the_customer_s_prices() {
    run(Setup::default(), async |shop| {
        open_acting(shop, "acme-rep", ACME, "/catalog?q=WIDGET-BLU-L").await;
        shop.sees("$18.50").await;
        shop.fill(role("searchbox").named("Search products"), "widget")
            .await;
        shop.see(link("Red Widget — Medium")).await;
        shop.sees("$15.00").await;
        // The answer of the search holds them; nothing is read product by product.
        assert_eq!(shop.api.count("GET", "/api/products/WIDGET").await, 0);
        // The server's order by price is that of the rep's own prices.
        let sort = shop.find(&role("combobox").named("Sort by")).await;
        let options = "return [...arguments[0].options].map((it) => it.value).join(' ')";
        assert_eq!(
            shop.run_on(&sort, options).await,
            "sku sku-desc name name-desc"
        );
    });
}

/// Nothing of one customer is shown or sent for another, in one tab.
#[test]
fn changing_customers_shows_and_sends_nothing_of_the_first() {
    run(Setup::default(), async |shop| {
        shop.expect_status(503);
        shop.api.fill_cart(&[("WIDGET-BLU-L", 10)]).await;
        open_acting(shop, "acme-rep", ACME, "/cart").await;
        shop.has_value(quantity(), "10").await;
        let broken = json!({ "method": "PUT", "route": "*", "effect": "status", "status": 503 });
        shop.api.fault(broken).await;
        shop.fill_and_leave(quantity(), "44").await;
        shop.sees("Your latest changes are not saved yet.").await;
        shop.click(link("Change customer")).await;
        shop.reads(role("row").holding("ACME-001"), "Ordering for them now")
            .await;
        shop.api.clear_faults().await;
        choose(shop, TOKYO).await;
        shop.see(no_cart_link()).await;
        let before = shop.api.requests().await.len();
        shop.sees_not(ACME).await;
        shop.click(no_cart_link()).await;
        shop.sees("Your cart is empty.").await;
        shop.open_path("/products/WIDGET-BLU-L").await;
        shop.click(button("Add to cart")).await;
        shop.see(link("Cart, 1 line")).await;
        shop.open_path("/cart").await;
        shop.has_value(quantity(), "1").await;
        shop.sees("¥2,600").await;
        let requests = shop.api.requests().await;
        let of_acme = requests[before..].iter().filter(|request| {
            let path = request["path"].as_str().unwrap_or_default();
            path.contains("ACME-001")
        });
        assert_eq!(of_acme.count(), 0);
        assert_eq!(shop.api.quantity_of("WIDGET-BLU-L").await, 10);
        // Back with the first, the change that was not sent goes out.
        shop.click(link("Change customer")).await;
        choose(shop, ACME).await;
        shop.open_path("/cart").await;
        shop.has_value(quantity(), "44").await;
        shop.sees("All changes saved").await;
        assert_eq!(shop.api.quantity_of("WIDGET-BLU-L").await, 44);
        let cart = shop.api.cart("tokyo-buyer", "TYO-003").await;
        assert_eq!(cart["items"][0]["quantity"], 1);
    });
}

/// Nothing of one customer is shown or sent for another, in two tabs.
#[test]
fn two_tabs_act_for_a_customer_each() {
    run(Setup::default(), async |shop| {
        open_acting(shop, "acme-rep", ACME, "/products/WIDGET-BLU-L").await;
        let first = shop.tab().await;
        let second = shop.new_tab("/customers").await;
        // Signed in like the first, but acting for nobody.
        shop.see(order_for(TOKYO)).await;
        shop.gone(banner()).await;
        choose(shop, TOKYO).await;
        shop.open_path("/products/WIDGET-BLU-L").await;
        shop.fill(role("spinbutton").named("Quantity"), "3").await;
        shop.click(button("Add to cart")).await;
        shop.see(link("Cart, 1 line")).await;
        shop.to_tab(&first).await;
        shop.reads(banner(), ACME).await;
        shop.see(no_cart_link()).await;
        shop.fill(role("spinbutton").named("Quantity"), "5").await;
        shop.click(button("Add to cart")).await;
        shop.see(link("Cart, 1 line")).await;
        shop.until("each customer has their own", async || {
            let tokyo = shop.api.cart("tokyo-buyer", "TYO-003").await;
            shop.api.quantity_of("WIDGET-BLU-L").await == 5 && tokyo["items"][0]["quantity"] == 3
        })
        .await;
        shop.to_tab(&second).await;
        shop.reload().await;
        shop.reads(banner(), TOKYO).await;
        shop.open_path("/cart").await;
        shop.has_value(quantity(), "3").await;
        shop.click(button("Sign out")).await;
        shop.see(heading("Sign in")).await;
        shop.to_tab(&first).await;
        shop.see(heading("Sign in")).await;
    });
}

#[test]
fn a_reload_keeps_the_customer_and_signing_out_forgets_them() {
    run(Setup::default(), async |shop| {
        open_acting(shop, "acme-rep", ACME, "/catalog").await;
        shop.reload().await;
        shop.reads(banner(), ACME).await;
        shop.see(no_cart_link()).await;
        shop.click(button("Sign out")).await;
        shop.see(heading("Sign in")).await;
        let stored = shop.stored().await;
        assert!(
            !stored.contains(ACME) && !stored.contains("nymble.acting"),
            "{stored}"
        );
        shop.open_path("/catalog").await;
        shop.sign_in("acme-rep", "sandbox").await;
        shop.see(heading("Catalog")).await;
        shop.sees("You have not chosen a customer yet.").await;
        shop.gone(banner()).await;
        // The device still knows who was used last, but only by number.
        shop.click(link("Customers")).await;
        shop.reads(role("row").holding("ACME-001"), "Recently used")
            .await;
    });
}

#[test]
fn a_token_kept_in_memory_survives_choosing() {
    let setup = Setup {
        config: json!({ "session": { "storage": "memory" } }),
        ..Setup::default()
    };
    run(setup, async |shop| {
        shop.open_as("acme-rep", "/customers").await;
        choose(shop, ACME).await;
        shop.see(no_cart_link()).await;
        let stored = shop.stored().await;
        assert!(!stored.contains("nymble.session"), "{stored}");
    });
}

#[test]
fn stopping_leads_back_to_the_picker() {
    run(Setup::default(), async |shop| {
        shop.api.fill_cart(&[("WIDGET-BLU-L", 10)]).await;
        open_acting(shop, "acme-rep", ACME, "/cart").await;
        shop.has_value(quantity(), "10").await;
        shop.click(button("Stop")).await;
        shop.is_at("/customers").await;
        shop.see(order_for(ACME)).await;
        shop.gone(banner()).await;
        shop.see(no_cart_link()).await;
        // What needs a customer leads to the picker, and from there on.
        for (path, picker) in [
            ("/cart", "/customers?to=%2Fcart"),
            ("/checkout", "/customers?to=%2Fcheckout"),
            ("/orders", "/customers?to=%2Forders"),
            ("/invoices?x=1", "/customers?to=%2Finvoices%3Fx%3D1"),
            ("/account", "/customers?to=%2Faccount"),
        ] {
            shop.open_path(path).await;
            shop.is_at(picker).await;
            shop.see(heading("Customers")).await;
        }
        shop.open_path("/catalog").await;
        shop.see(heading("Catalog")).await;
        shop.click(no_cart_link()).await;
        shop.sees("Then you go on to the page that you opened.")
            .await;
        choose(shop, ACME).await;
        shop.is_at("/cart").await;
        shop.has_value(quantity(), "10").await;
        shop.back().await;
        shop.see(heading("Customers")).await;
        shop.back().await;
        shop.see(heading("Catalog")).await;
    });
}

/// Signs in again in the dialog.
async fn sign_in_again(shop: &Shop, client_id: &str) {
    let dialog = role("dialog").named("Please sign in again");
    shop.see(dialog.clone()).await;
    shop.fill(textbox("Client ID").inside(dialog.clone()), client_id)
        .await;
    shop.fill(textbox("Client secret").inside(dialog.clone()), "sandbox")
        .await;
    shop.click(button("Sign in").inside(dialog.clone())).await;
    shop.gone(dialog).await;
}

#[test]
fn a_401_in_the_middle_goes_on_for_the_same_customer() {
    run(Setup::default(), async |shop| {
        shop.expect_status(401);
        shop.api.fill_cart(&[("WIDGET-BLU-L", 10)]).await;
        open_acting(shop, "acme-rep", ACME, "/cart").await;
        shop.has_value(quantity(), "10").await;
        shop.api.revoke_tokens().await;
        shop.fill_and_leave(quantity(), "44").await;
        sign_in_again(shop, "acme-rep").await;
        shop.sees("All changes saved").await;
        shop.is_at("/cart").await;
        shop.reads(banner(), ACME).await;
        assert_eq!(shop.api.quantity_of("WIDGET-BLU-L").await, 44);
    });
}

#[test]
fn another_user_in_the_dialog_starts_clean() {
    run(Setup::default(), async |shop| {
        shop.expect_status(401);
        shop.api.fill_cart(&[("WIDGET-BLU-L", 10)]).await;
        open_acting(shop, "acme-rep", ACME, "/cart").await;
        shop.has_value(quantity(), "10").await;
        shop.api.revoke_tokens().await;
        shop.fill_and_leave(quantity(), "44").await;
        sign_in_again(shop, "acme-admin").await;
        // An administrator, who may choose as well, but has not.
        shop.gone(banner()).await;
        shop.see(no_cart_link()).await;
        shop.gone(quantity()).await;
        assert_eq!(shop.api.quantity_of("WIDGET-BLU-L").await, 10);
        let stored = shop.stored().await;
        assert!(!stored.contains("nymble.acting"), "{stored}");
    });
}
