//! A page that the browser translates: what changes is seen, as a number and in words, on every screen.

use crate::harness::{Setup, Shop, Target, button, link, role, run};

/// Translates the page as Chrome does: every text node goes, and an element with other words comes in its place.
/// What asks not to be translated stays.
async fn translate(shop: &Shop) {
    let script = "const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT); \
         const texts = []; \
         while (walk.nextNode()) { \
           const text = walk.currentNode; \
           if (text.data.trim() && !text.parentElement.closest('[translate=no], .notranslate, script, font')) \
             texts.push(text); } \
         for (const text of texts) { \
           const outer = document.createElement('font'), inner = document.createElement('font'); \
           inner.textContent = '‹' + text.data.trim() + '›'; \
           outer.append(inner); \
           text.parentNode.replaceChild(outer, text); } \
         document.documentElement.classList.add('translated-ltr'); \
         return texts.length";
    let texts = shop.script(script).await;
    assert!(texts.as_u64() > Some(0), "something is translated: {texts}");
}

fn quantity(name: &str) -> Target {
    role("spinbutton").named(name)
}

/// While a browser translates the page, it says what the app says, on every screen.
#[test]
fn a_translated_page_goes_on_telling_the_truth() {
    run(Setup::default(), async |shop| {
        shop.expect_status(500);
        shop.api.fill_cart(&[("WIDGET-BLU-L", 10)]).await;
        shop.open_as_acme("/products/WIDGET-BLU-L").await;
        shop.sees("$18.50").await;
        shop.sees("49 more reach the next price").await;
        translate(shop).await;
        shop.sees("‹Line total›").await;
        shop.sees("‹49 more reach").await;
        // Words and numbers of the product: price, total, what is wrong, and what to do about it.
        shop.fill_and_leave(quantity("Quantity"), "60").await;
        shop.sees("$960.00").await;
        shop.sees_not("49 more reach").await;
        shop.fill_and_leave(quantity("Quantity"), "abc").await;
        shop.sees("Enter a whole number.").await;
        translate(shop).await;
        shop.fill_and_leave(quantity("Quantity"), "-1").await;
        shop.sees("A quantity cannot be negative.").await;
        shop.sees_not("Enter a whole number.").await;
        shop.fill_and_leave(quantity("Quantity"), "50").await;
        shop.sees_not("cannot be negative").await;
        shop.click(role("button").holding("Add to cart").first())
            .await;
        shop.sees("Added 50 × Blue Widget — Large to the cart.")
            .await;
        translate(shop).await;
        shop.click(role("button").holding("Undo")).await;
        shop.sees_not("Added 50 ×").await;
        // On other screens, reached without loading the page: nothing of the last one stays.
        shop.click(link("Cart, 1 line")).await;
        shop.is_at("/cart").await;
        shop.see(quantity("Quantity for WIDGET-BLU-L")).await;
        shop.sees_not("‹Line total›").await;
        translate(shop).await;
        let here = quantity("Quantity for WIDGET-BLU-L");
        shop.fill_and_leave(here.clone(), "60").await;
        shop.sees("$960.00").await;
        shop.sees_not("$185.00").await;
        shop.until("saved", async || {
            shop.api.quantity_of("WIDGET-BLU-L").await == 60
        })
        .await;
        shop.sees("All changes saved").await;
        translate(shop).await;
        // What comes with trouble goes with it.
        let item = "/api/carts/{customerNumber}/{shoppingCartId}/items/{sku}";
        shop.api
            .fault(serde_json::json!({ "method": "PUT", "route": item, "effect": "status", "status": 500 }))
            .await;
        shop.fill_and_leave(here.clone(), "70").await;
        shop.sees("Your latest changes are not saved yet.").await;
        shop.sees_not("‹All changes saved›").await;
        translate(shop).await;
        shop.api.clear_faults().await;
        shop.click(role("button").holding("Try again")).await;
        shop.sees("All changes saved").await;
        shop.sees_not("not saved yet").await;
        shop.fill_and_leave(here, "60").await;
        shop.sees("$960.00").await;
        shop.sees("All changes saved").await;
        translate(shop).await;
        shop.click(role("link").holding("Check out")).await;
        shop.is_at("/checkout").await;
        shop.sees("60 × $16.00").await;
        shop.sees("Visa ending in 4242").await;
        translate(shop).await;
        shop.sees("$960.00").await;
        shop.sees_not("$185.00").await;
        shop.click(role("button").holding("Place order")).await;
        shop.is_under("/checkout/complete/").await;
        let order = shop.api.the_order().await;
        shop.sees(order["orderNumber"].as_str().unwrap()).await;
        shop.sees_not("Place order").await;
        // A list whose rows come and go.
        shop.script("document.querySelector('nav a[href=\"/catalog\"]').click()")
            .await;
        shop.sees("299 products").await;
        translate(shop).await;
        shop.fill(role("searchbox"), "blue widget").await;
        shop.sees_not("299 products").await;
        shop.sees("Blue Widget — Medium").await;
        shop.sees_not("‹Next›").await;
        translate(shop).await;
        shop.fill(role("searchbox"), "zzzz").await;
        shop.sees("Nothing matches “zzzz”.").await;
        shop.sees_not("Blue Widget — Medium").await;
    });
}

/// Translates the page as Firefox does: whatever is in an element is taken out and put back with other words, but for the
/// comments, which go.
const WITHOUT_COMMENTS: &str = "const all = [...document.querySelectorAll('body, body *')]; let gone = 0; \
     for (const element of all) { \
       if (element.closest('[translate=no], .notranslate, script, input, select, textarea')) continue; \
       const inside = [...element.childNodes]; \
       if (!inside.some((node) => node.nodeType === 8)) continue; \
       while (element.firstChild) element.firstChild.remove(); \
       for (const node of inside) { \
         if (node.nodeType === 8) { gone += 1; continue; } \
         if (node.nodeType === 3 && node.data.trim()) node.data = '‹' + node.data.trim() + '›'; \
         element.append(node); } } \
     return gone";

/// While a browser translates the page, it says what the app says.
#[test]
fn a_translator_that_drops_comments_breaks_nothing() {
    run(Setup::default(), async |shop| {
        let translate = async || {
            let gone = shop.script(WITHOUT_COMMENTS).await;
            assert!(gone.as_u64() > Some(10), "comments go: {gone}");
        };
        shop.open_as_acme("/products/WIDGET-BLU-L").await;
        shop.sees("49 more reach the next price").await;
        translate().await;
        // Sentences come and go at the places of those comments.
        shop.fill_and_leave(quantity("Quantity"), "60").await;
        shop.sees("$960.00").await;
        shop.sees_not("49 more reach").await;
        shop.fill_and_leave(quantity("Quantity"), "abc").await;
        shop.sees("Enter a whole number.").await;
        translate().await;
        shop.fill_and_leave(quantity("Quantity"), "2").await;
        shop.sees_not("Enter a whole number.").await;
        shop.sees("48 more reach the next price").await;
        shop.click(role("button").holding("Add to cart")).await;
        shop.sees("Added 2 × Blue Widget — Large to the cart.")
            .await;
        translate().await;
        shop.click(role("button").holding("Undo")).await;
        shop.sees_not("Added 2 ×").await;
        shop.click(role("button").holding("Add to cart")).await;
        // Another screen, and rows that come and go.
        shop.click(link("Cart, 1 line")).await;
        shop.see(quantity("Quantity for WIDGET-BLU-L")).await;
        shop.sees("All changes saved").await;
        translate().await;
        shop.click(button("Remove WIDGET-BLU-L")).await;
        shop.sees("Your cart is empty.").await;
        translate().await;
        shop.click(role("button").holding("Undo")).await;
        shop.has_value(quantity("Quantity for WIDGET-BLU-L"), "2")
            .await;
        shop.sees_not("Your cart is empty.").await;
    });
}
