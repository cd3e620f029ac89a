//! No connection, and the way back.

use serde_json::json;

use crate::harness::{Setup, Shop, Target, button, file_of_bundle, link, role, run};

fn quantity() -> Target {
    role("spinbutton").named("Quantity for WIDGET-BLU-L")
}

/// A change of the cart survives being offline.
#[test]
fn changes_are_kept_and_sent_when_the_connection_is_back() {
    run(Setup::default(), async |shop| {
        shop.expect_console("net::ERR_INTERNET_DISCONNECTED");
        shop.api.fill_cart(&[("WIDGET-BLU-L", 10)]).await;
        shop.open_as_acme("/cart").await;
        shop.has_value(quantity(), "10").await;
        shop.set_offline(true).await;
        shop.sees("You are offline. Changes are kept and saved when the connection is back.")
            .await;
        shop.fill_and_leave(quantity(), "31").await;
        shop.sees("Your latest changes are not saved yet.").await;
        shop.has_value(quantity(), "31").await;
        assert_eq!(shop.api.quantity_of("WIDGET-BLU-L").await, 10);
        shop.set_offline(false).await;
        shop.sees_not("You are offline.").await;
        shop.sees("All changes saved").await;
        shop.has_value(quantity(), "31").await;
        assert_eq!(shop.api.quantity_of("WIDGET-BLU-L").await, 31);
    });
}

#[test]
fn an_add_without_a_connection_counts_and_arrives_later() {
    run(Setup::default(), async |shop| {
        shop.expect_console("net::ERR_INTERNET_DISCONNECTED");
        shop.open_as_acme("/products/WIDGET-RED-M").await;
        shop.see(link("Cart, 0 lines")).await;
        shop.set_offline(true).await;
        shop.click(button("Add to cart")).await;
        shop.see(link("Cart, 1 line")).await;
        shop.set_offline(false).await;
        shop.until("the server has it", async || {
            shop.api.quantity_of("WIDGET-RED-M").await == 1
        })
        .await;
        shop.see(link("Cart, 1 line")).await;
    });
}

#[test]
fn the_catalogue_says_that_the_server_cannot_be_reached() {
    run(Setup::default(), async |shop| {
        shop.expect_console("net::ERR_BLOCKED_BY_CLIENT");
        shop.block(&["*/api/products*"]).await;
        shop.open_as_acme("/catalog").await;
        shop.sees("The server cannot be reached. Please check your connection.")
            .await;
        shop.block(&[]).await;
        shop.click(button("Try again")).await;
        shop.sees("products").await;
        shop.sees_not("cannot be reached").await;
        shop.see(link("Cleaning Wipes A/B, 100 % cotton")).await;
    });
}

#[test]
fn signing_in_says_that_the_server_cannot_be_reached() {
    // Nothing listens on the discard port.
    let setup = Setup {
        api: Some("http://127.0.0.1:9".to_owned()),
        ..Setup::default()
    };
    run(setup, async |shop| {
        shop.expect_console("net::ERR_");
        shop.open_path("/sign-in").await;
        shop.sign_in("acme-buyer", "sandbox").await;
        shop.sees("The server cannot be reached. Please check your connection.")
            .await;
    });
}

#[test]
fn a_cart_that_cannot_be_read_can_be_asked_for_again() {
    run(Setup::default(), async |shop| {
        shop.hurry().await;
        shop.expect_status(503);
        shop.api.fill_cart(&[("WIDGET-BLU-L", 10)]).await;
        shop.api
            .fault(json!({
                "method": "GET", "route": "/api/carts/customer/{customerNumber}",
                "effect": "status", "status": 503,
            }))
            .await;
        shop.open_as_acme("/cart").await;
        shop.sees("The server has a problem (status 503).").await;
        shop.api.clear_faults().await;
        shop.click(button("Try again")).await;
        shop.has_value(quantity(), "10").await;
    });
}

/// A change of the cart is made once, also where its tab was duplicated.
#[test]
fn a_duplicated_tab_sends_nothing_twice() {
    run(Setup::default(), async |shop| {
        shop.expect_console("net::ERR_INTERNET_DISCONNECTED");
        shop.open_as_acme("/products/WIDGET-RED-M").await;
        shop.see(link("Cart, 0 lines")).await;
        shop.set_offline(true).await;
        shop.click(button("Add to cart")).await;
        shop.see(link("Cart, 1 line")).await;
        // A window of the same site gets a copy of what is kept for this tab, as a duplicated tab does.
        let first = shop.tab().await;
        shop.script("window.open('/cart')").await;
        let both = shop.tabs().await;
        let copy = both.into_iter().find(|tab| *tab != first).unwrap();
        shop.to_tab(&copy).await;
        shop.sees("Your cart is empty.").await;
        shop.see(link("Cart, 0 lines")).await;
        assert_eq!(shop.api.quantity_of("WIDGET-RED-M").await, 0);
        shop.to_tab(&first).await;
        shop.see(link("Cart, 1 line")).await;
        shop.set_offline(false).await;
        shop.until("the server has it", async || {
            shop.api.quantity_of("WIDGET-RED-M").await == 1
        })
        .await;
        shop.to_tab(&copy).await;
        shop.see(link("Cart, 1 line")).await;
        assert_eq!(shop.api.quantity_of("WIDGET-RED-M").await, 1);
    });
}

/// Starts the worker with a tenth of its patience or less, and waits until it hears of every request.
async fn impatient_worker(shop: &Shop) {
    let source = file_of_bundle("service-worker.js");
    let mut hasty = source.clone();
    for (patience, less) in [("\"/\": 5000", "\"/\": 300"), ("= 10000;", "= 600;")] {
        assert_eq!(source.matches(patience).count(), 1, "{patience}");
        hasty = hasty.replace(patience, less);
    }
    shop.answer("/service-worker.js", 200, "text/javascript", &hasty);
    shop.open_path("/sign-in").await;
    shop.see(role("heading").named("Sign in")).await;
    let start = "const done = arguments[0]; (async () => { \
         const { serviceWorker } = navigator; \
         const heard = new Promise((resolve) => serviceWorker.addEventListener('controllerchange', resolve)); \
         await serviceWorker.register('/service-worker.js', { updateViaCache: 'none' }); \
         if (!serviceWorker.controller) await heard; done('') })().catch((error) => done(String(error)))";
    let started = shop.driver.execute_async(start, vec![]).await;
    assert_eq!(started.expect("it starts").json(), "");
}

/// What comes for `config.json`: the brand in it, whether it was kept before, and after how many milliseconds.
async fn settings(shop: &Shop) -> (String, bool, u64) {
    let ask = "const done = arguments[0], begin = performance.now(); (async () => { \
         const answer = await fetch('/config.json'); const { brand } = await answer.json(); \
         done([brand.name, answer.headers.has('X-Nymble-Kept'), Math.round(performance.now() - begin)]) \
         })().catch((error) => done([String(error), false, 0]))";
    let answer = shop.driver.execute_async(ask, vec![]).await.expect("one");
    serde_json::from_value(answer.json().clone()).expect("three facts")
}

/// On a slow line what is kept is used. What comes late is there next time.
#[test]
fn on_a_slow_line_what_is_kept_does_and_what_comes_late_is_there_next_time() {
    run(Setup::default(), async |shop| {
        impatient_worker(shop).await;
        let named = |name: &str| shop.config_with(&json!({ "brand": { "name": name } }));
        let keep = format!(
            "return (async () => {{ const cache = await caches.open('page'); \
             const json = {{ headers: {{ 'Content-Type': 'application/json' }} }}; \
             await cache.put('/config.json', new Response({:?}, json)); \
             const page = await (await fetch('/', {{ cache: 'no-store' }})).text(); \
             const html = {{ headers: {{ 'Content-Type': 'text/html' }} }}; \
             await cache.put('/', new Response(page.replace('<html', '<html data-kept=\"yes\"'), html)); }})()",
            named("Kept before")
        );
        shop.script(&keep).await;
        shop.answer_config(200, "application/json", &named("Changed since"));
        // Settings may have changed: they are waited for, and then what is kept must do.
        shop.slow_down("/config.json", 2_500);
        let (name, kept, after) = settings(shop).await;
        assert_eq!((name.as_str(), kept), ("Kept before", true));
        assert!((550..2_400).contains(&after), "{after}");
        // The page does not wait as long; the shop stands with both.
        shop.slow_down("/sign-in", 2_500);
        shop.open_path("/sign-in").await;
        shop.see(role("heading").named("Sign in")).await;
        let is_kept = "return document.documentElement.dataset.kept ?? ''";
        assert_eq!(shop.script(is_kept).await, "yes");
        // What came too late was taken up.
        shop.until("the change is kept", async || {
            let (name, kept, _) = settings(shop).await;
            (name.as_str(), kept) == ("Changed since", true)
        })
        .await;
        // A line that is slow, but not that slow, brings what is served now.
        shop.answer_config(200, "application/json", &named("Served now"));
        shop.slow_down("/config.json", 100);
        // Questions from before are still under way, which the browser lets go first.
        shop.until("what is served now", async || {
            let (name, kept, _) = settings(shop).await;
            (name.as_str(), kept) == ("Served now", false)
        })
        .await;
        shop.slow_down("/sign-in", 0);
        shop.open_path("/sign-in").await;
        shop.see(role("heading").named("Sign in")).await;
        assert_eq!(shop.script(is_kept).await, "");
    });
}
