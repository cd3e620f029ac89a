//! The catalogue: search, sort, categories, pages, views, all of it in the address.

use serde_json::{Value, json};
use std::time::{Duration, Instant};

use crate::harness::{Setup, Shop, Target, button, link, role, run};

const SEARCH: &str = "/api/products/search";

fn search() -> Target {
    role("searchbox").named("Search products")
}

/// The names of the products, in their order on the page.
async fn names(shop: &Shop) -> Vec<String> {
    let script =
        "return [...document.querySelectorAll('.product-item h2')].map((it) => it.innerText)";
    let names = shop.script(script).await;
    let names = names.as_array().cloned().unwrap_or_default();
    let text = |name: &Value| name.as_str().unwrap_or_default().to_owned();
    names.iter().map(text).collect()
}

#[test]
fn a_search_waits_for_a_pause_in_typing() {
    run(Setup::default(), async |shop| {
        shop.open_as_acme("/catalog").await;
        shop.sees("299 products").await;
        shop.click(search()).await;
        shop.type_text("blue widget").await;
        shop.sees("3 products").await;
        shop.is_at("/catalog?q=blue%20widget").await;
        let sent = shop.api.count("GET", SEARCH).await;
        assert!(sent <= 2, "{sent} searches for 11 letters");
        shop.focus_is("searchbox “Search products”").await;
        // The whole search is one step back.
        shop.back().await;
        shop.sees("299 products").await;
        shop.has_value(search(), "").await;
    });
}

/// A stale answer is dropped.
#[test]
fn a_stale_answer_is_dropped() {
    run(Setup::default(), async |shop| {
        let slow = Duration::from_millis(1500);
        shop.open_as_acme("/catalog").await;
        shop.sees("299 products").await;
        shop.api
            .fault(json!({
                "method": "GET", "route": SEARCH, "count": 1, "effect": "delay", "delayMs": 1500,
            }))
            .await;
        shop.fill(search(), "bearing").await;
        shop.is_at("/catalog?q=bearing").await;
        let sent = Instant::now();
        shop.fill(search(), "blue widget").await;
        shop.sees("3 products").await;
        shop.until("the first answer's time has come", async || {
            assert!(shop.words_or_nothing().await.contains("3 products"));
            sent.elapsed() > slow + Duration::from_millis(500)
        })
        .await;
        assert!(
            names(shop)
                .await
                .iter()
                .all(|name| name.starts_with("Blue Widget"))
        );
    });
}

/// Every view of the catalogue is a link.
#[test]
fn everything_is_in_the_address() {
    run(Setup::default(), async |shop| {
        shop.open_as_acme("/catalog").await;
        shop.sees("299 products").await;
        shop.choose(role("combobox").named("Sort by"), "Price, high to low")
            .await;
        shop.is_at("/catalog?sort=price-desc").await;
        shop.click(link("Bearings")).await;
        shop.see(role("heading").named("Bearings")).await;
        shop.is_at("/catalog?category=Bearings&sort=price-desc")
            .await;
        shop.click(button("List")).await;
        shop.is_at("/catalog?category=Bearings&sort=price-desc&view=list")
            .await;
        shop.until("the list is marked", async || {
            shop.property(button("List"), "aria-pressed").await == "true"
        })
        .await;
        let sorted = names(shop).await;
        // The same address shows the same, in a tab that knows nothing.
        shop.new_tab("/catalog?category=Bearings&sort=price-desc&view=list")
            .await;
        shop.see(role("heading").named("Bearings")).await;
        shop.until("the same products", async || names(shop).await == sorted)
            .await;
        let chosen = shop
            .property(role("combobox").named("Sort by"), "value")
            .await;
        assert_eq!(chosen, "price-desc");
    });
}

#[test]
fn sorting_sorts() {
    run(Setup::default(), async |shop| {
        shop.open_as_acme("/catalog?category=Odds%20%26%20Ends&sort=name")
            .await;
        shop.see(link("Adapter Plus +1")).await;
        assert_eq!(names(shop).await[0], "Adapter Plus +1");
        let ascending = names(shop).await;
        shop.choose(role("combobox").named("Sort by"), "Name, Z to A")
            .await;
        shop.until("the order is turned round", async || {
            names(shop).await.iter().eq(ascending.iter().rev())
        })
        .await;
    });
}

/// Back restores place and scroll in the catalogue.
#[test]
fn pages_lead_on_and_back_restores_place_and_scroll() {
    run(Setup::default(), async |shop| {
        shop.open_as_acme("/catalog").await;
        shop.sees("299 products").await;
        shop.click(link("Next")).await;
        shop.is_at("/catalog?page=2").await;
        let first_of_second = "the second page";
        shop.until(first_of_second, async || {
            shop.property(link("Page 2"), "aria-current").await == "page"
        })
        .await;
        let second = names(shop).await;
        shop.click(link("Page 13")).await;
        shop.is_at("/catalog?page=13").await;
        shop.until("the rest of them", async || names(shop).await.len() == 11)
            .await;
        shop.back().await;
        shop.is_at("/catalog?page=2").await;
        shop.until("the second page again", async || {
            names(shop).await == second
        })
        .await;
        shop.script("scrollTo(0, 900)").await;
        shop.until("the position is kept", async || {
            shop.stored().await.contains("\"900\"")
        })
        .await;
        // A product that can be clicked without scrolling to it.
        let visible = "return [...document.querySelectorAll('.product-item h2 a')].find((it) => \
             it.getBoundingClientRect().top > 200).innerText";
        let name = shop.script(visible).await;
        let name = name.as_str().unwrap().to_owned();
        shop.click(link(&name)).await;
        shop.see(role("heading").named(&name)).await;
        shop.until("a new screen begins at its top", async || {
            shop.script("return scrollY").await == 0
        })
        .await;
        shop.back().await;
        shop.until("back where it was", async || {
            shop.script("return scrollY").await == 900
        })
        .await;
        assert_eq!(names(shop).await, second);
    });
}

#[test]
fn nothing_found_says_so() {
    run(Setup::default(), async |shop| {
        shop.open_as_acme("/catalog").await;
        shop.fill(search(), "zzz <b>nothing</b>").await;
        shop.sees("Nothing matches “zzz <b>nothing</b>”.").await;
        shop.click(link("Show all products")).await;
        shop.sees("299 products").await;
        shop.is_at("/catalog").await;
        shop.has_value(search(), "").await;
    });
}

#[test]
fn an_error_can_be_tried_again() {
    run(Setup::default(), async |shop| {
        shop.hurry().await;
        shop.expect_status(500);
        shop.api
            .fault(json!({
                "method": "GET", "route": "/api/products", "effect": "status", "status": 500,
            }))
            .await;
        shop.open_as_acme("/catalog").await;
        shop.sees("The server has a problem (status 500).").await;
        shop.api.clear_faults().await;
        shop.click(button("Try again")).await;
        shop.sees("299 products").await;
        shop.sees_not("The server has a problem").await;
    });
}

#[test]
fn a_fault_that_passes_is_not_noticed() {
    run(Setup::default(), async |shop| {
        shop.expect_status(503);
        shop.api
            .fault(json!({
                "method": "GET", "route": "/api/products", "count": 2, "effect": "status", "status": 503,
            }))
            .await;
        shop.open_as_acme("/catalog").await;
        shop.sees("299 products").await;
        assert_eq!(shop.api.count("GET", "/api/products").await, 3);
    });
}

#[test]
fn adding_from_the_list_keeps_minimum_and_increment() {
    run(Setup::default(), async |shop| {
        shop.open_as_acme("/catalog?q=WIDGET-BLU-M").await;
        let item = || role("listitem").holding("WIDGET-BLU-M");
        let quantity = || role("spinbutton").named("Quantity").inside(item());
        shop.reads(item(), "Sold in multiples of 6").await;
        shop.has_value(quantity(), "6").await;
        shop.reads(item(), "120 in stock").await;
        shop.fill_and_leave(quantity(), "7").await;
        shop.click(button("Add to cart").inside(item())).await;
        shop.reads(item(), "Sold in multiples of 6. Order 6 or 12.")
            .await;
        shop.fill(quantity(), "60").await;
        shop.reads(item(), "$14.").await;
        shop.click(button("Add to cart").inside(item())).await;
        shop.see(link("Cart, 1 line")).await;
        shop.until("the server has 60", async || {
            shop.api.quantity_of("WIDGET-BLU-M").await == 60
        })
        .await;
        assert_eq!(shop.api.count("POST", "/api/carts").await, 1);
    });
}

/// The page shown stays while the next one loads.
#[test]
fn the_page_shown_stays_while_the_next_one_loads() {
    run(Setup::default(), async |shop| {
        shop.open_as_acme("/catalog").await;
        shop.sees("299 products").await;
        let first = names(shop).await;
        shop.api
            .fault(json!({
                "method": "GET", "route": "/api/products", "count": 1, "effect": "delay", "delayMs": 1000,
            }))
            .await;
        shop.click(link("Next")).await;
        shop.is_at("/catalog?page=2").await;
        assert_eq!(names(shop).await, first, "no flash of emptiness");
        shop.until("the next page", async || {
            let now = names(shop).await;
            assert_ne!(now.len(), 0, "a flash of emptiness");
            now != first
        })
        .await;
    });
}
