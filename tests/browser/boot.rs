//! The first second: before the app stands, and when it cannot.

use serde_json::json;

use crate::harness::{Setup, button, link, role, run};

#[test]
fn a_browser_without_webassembly_is_told_so() {
    run(Setup::default(), async |shop| {
        shop.before_each_page("delete globalThis.WebAssembly").await;
        shop.open_path("/catalog").await;
        shop.see(role("heading").named("This browser is too old"))
            .await;
        shop.sees("The shop needs WebAssembly.").await;
        assert_eq!(
            shop.driver.title().await.unwrap(),
            "This browser is too old"
        );
    });
}

/// A page whose code does not come can be tried again.
#[test]
fn a_page_whose_code_does_not_come_can_be_tried_again() {
    run(Setup::default(), async |shop| {
        shop.expect_console("net::ERR_");
        // The loader itself reports what it could not fetch.
        shop.expect_console("/split.js ");
        // From the start, because pages are fetched ahead of a visit.
        shop.block(&["*_ordering.wasm"]).await;
        shop.api.fill_cart(&[("WIDGET-BLU-L", 10)]).await;
        shop.open_as_acme("/catalog").await;
        shop.click(link("Cart, 1 line")).await;
        shop.sees("This page could not be loaded. Please check your connection.")
            .await;
        shop.see(link("Catalog")).await;
        shop.block(&[]).await;
        shop.click(button("Try again")).await;
        shop.see(role("heading").named("Cart")).await;
        // It is the real page: it reacts.
        shop.click(button("Remove WIDGET-BLU-L")).await;
        shop.sees("Your cart is empty.").await;
    });
}

/// Neither frame nor pages stand while these files do not come; both do once they come.
fn recovers_without(files: &[&str]) {
    run(Setup::default(), async |shop| {
        shop.expect_console("net::ERR_");
        shop.expect_console("/split.js ");
        shop.block(files).await;
        let token = shop.api.token("acme-buyer").await;
        shop.open_path(&format!("/products/DOT.v2#access_token={token}"))
            .await;
        shop.sees("This page could not be loaded.").await;
        shop.block(&[]).await;
        shop.click(button("Try again")).await;
        shop.see(role("heading").named("Dot Gauge v2")).await;
        shop.see(link("Cart, 0 lines")).await;
    });
}

#[test]
fn a_shop_whose_pages_do_not_come_recovers() {
    recovers_without(&["*/pack_*.wasm", "*/split_*.wasm", "*/chunk_*.wasm"]);
}

#[test]
fn a_shop_whose_words_do_not_come_recovers() {
    recovers_without(&["*/shop.json"]);
}

/// A tab whose release was replaced goes on with the new one, where it was.
#[test]
fn an_old_tab_goes_on_with_the_release_that_replaced_its_own() {
    run(Setup::default(), async |shop| {
        shop.api.fill_cart(&[("WIDGET-BLU-L", 10)]).await;
        let replace = "document.querySelector('meta[name=nymble-assets]').content = '/pkg-01d/'";
        shop.open_as_acme("/catalog").await;
        shop.see(link("Cart, 1 line")).await;
        // A screen whose part is gone: the page is loaded anew, at the address that was wanted.
        shop.script(replace).await;
        shop.delay_answers("/cart.json", -1).await;
        shop.click(link("Cart, 1 line")).await;
        shop.see(role("heading").named("Cart")).await;
        shop.see(button("Remove WIDGET-BLU-L")).await;
        shop.is_at("/cart").await;
        // A part of a screen on which something may be typed: it is offered.
        shop.script(replace).await;
        shop.delay_answers("/palette.json", -1).await;
        shop.script("document.dispatchEvent(new KeyboardEvent('keydown', { key: 'k', ctrlKey: true, bubbles: true }))")
            .await;
        shop.sees("The shop was updated. Reload it to go on; what you typed is kept.")
            .await;
        shop.click(button("Reload")).await;
        shop.gone(button("Reload")).await;
        shop.see(button("Remove WIDGET-BLU-L")).await;
        shop.is_at("/cart").await;
    });
}

/// A bundle whose code does not come can be tried again.
#[test]
fn a_bundle_that_does_not_come_can_be_tried_again() {
    run(Setup::default(), async |shop| {
        shop.expect_console("app_bg.wasm");
        shop.expect_console("Failed to fetch");
        shop.block(&["*/app_bg.wasm"]).await;
        shop.open_path("/sign-in").await;
        shop.see(role("heading").named("The shop could not be loaded"))
            .await;
        shop.block(&[]).await;
        shop.click(button("Try again")).await;
        shop.see(role("heading").named("Sign in")).await;
    });
}

/// A page without its loader can be tried again.
#[test]
fn a_page_whose_loader_is_gone_says_so() {
    run(Setup::default(), async |shop| {
        shop.expect_console("net::ERR_");
        let again = || button("Load again · Neu laden");
        // A release that the host has no more: neither loader nor style.
        shop.block(&["*/boot.js", "*.css"]).await;
        shop.open_path("/sign-in").await;
        shop.sees("The shop has not started").await;
        shop.see(again()).await;
        // Part of it may be kept still: with its style, it is said when nothing has come for some while.
        shop.block(&["*/boot.js"]).await;
        shop.open_path("/sign-in").await;
        shop.sees("Loading…").await;
        shop.sees_not("The shop has not started").await;
        shop.devtools("Animation.enable", json!({})).await;
        let fast = json!({ "playbackRate": 100 });
        shop.devtools("Animation.setPlaybackRate", fast).await;
        shop.sees("The shop has not started").await;
        shop.sees("Der Shop ist nicht gestartet").await;
        shop.block(&[]).await;
        shop.click(again()).await;
        shop.see(role("heading").named("Sign in")).await;
        shop.sees_not("The shop has not started").await;
    });
}

/// The first paint needs no code.
#[test]
fn the_first_paint_does_not_wait_for_the_code() {
    run(Setup::default(), async |shop| {
        shop.expect_console("net::ERR_");
        shop.expect_console("Failed to fetch");
        shop.block(&["*/app*"]).await;
        shop.open_path("/sign-in").await;
        let there = "return Boolean(document.querySelector('#boot .boot-bar'))";
        assert_eq!(shop.script(there).await, true);
    });
}
