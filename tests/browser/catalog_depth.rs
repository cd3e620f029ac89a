//! The catalogue at depth: facets, what was viewed and bought before, the next price, reading ahead, pictures.

use serde_json::{Value, json};

use crate::{
    accessibility::audit,
    harness::{Setup, Shop, Target, button, link, role, run},
    home::order,
};

pub(crate) const WIDGETS: &str = "/catalog?category=Widgets";

/// The product of that SKU in the catalogue.
pub(crate) fn item(sku: &str) -> Target {
    role("listitem").holding(sku)
}

fn checkbox(name: &str) -> Target {
    role("checkbox").named(name)
}

/// Opens the attributes in the panel `Filters`.
async fn open_attributes(shop: &Shop) {
    shop.see(role("region").named("Filters")).await;
    shop.script("document.querySelector('.facets summary').click()")
        .await;
}

/// How many lists of products were asked for whose query holds `part`.
async fn lists(shop: &Shop, part: &str) -> usize {
    let requests = shop.api.requests().await;
    let fits = |request: &&Value| {
        let query = request["query"].as_str().unwrap_or_default();
        request["path"] == "/api/products" && query.contains(part)
    };
    requests.iter().filter(fits).count()
}

/// A widget of which there is nothing left.
async fn put_sold_out(shop: &Shop) {
    let product = json!({
        "sku": "WIDGET-NIL", "name": "Sold-out Widget", "category": "Widgets", "quantityOnHand": 0,
        "prices": [{ "tier": "Wholesale", "price": 1, "atQuantity": 1 }],
    });
    shop.api.put_product(&product).await;
}

/// Facets come back from the address, each attribute with one value.
#[test]
fn facets_narrow_are_chips_and_in_the_address() {
    run(Setup::default(), async |shop| {
        put_sold_out(shop).await;
        shop.open_as_acme(WIDGETS).await;
        shop.sees("5 products").await;
        shop.click(checkbox("In stock only")).await;
        shop.is_at("/catalog?category=Widgets&stock=yes").await;
        shop.sees("4 products").await;
        shop.sees_not("Sold-out Widget").await;
        open_attributes(shop).await;
        // Counted among what the other choices leave; all widgets are of steel, which is no choice.
        shop.see(link("blue 3")).await;
        shop.click(link("red 1")).await;
        shop.is_at("/catalog?category=Widgets&stock=yes&attr=color%3Ared")
            .await;
        shop.sees("1 product").await;
        shop.focus_is("link “red 1”").await;
        shop.gone(link("steel 4")).await;
        audit(shop, "catalog, narrowed down").await;
        // The same address shows the same, in a tab that knows nothing.
        shop.new_tab("/catalog?category=Widgets&stock=yes&attr=color%3Ared")
            .await;
        shop.sees("1 product").await;
        shop.click(button("Remove filter: color: red")).await;
        shop.is_at("/catalog?category=Widgets&stock=yes").await;
        shop.sees("4 products").await;
        shop.click(button("Clear all")).await;
        shop.is_at(WIDGETS).await;
        shop.sees("5 products").await;
        shop.gone(button("Clear all")).await;
        shop.focus_is("group “Filters”").await;
    });
}

#[test]
fn a_search_lets_the_filters_wait_and_says_so() {
    run(Setup::default(), async |shop| {
        put_sold_out(shop).await;
        shop.open_as_acme("/catalog?stock=yes&category=Widgets")
            .await;
        shop.sees("4 products").await;
        shop.fill(role("searchbox").named("Search products"), "widget")
            .await;
        shop.is_at("/catalog?q=widget&stock=yes").await;
        shop.sees("these filters wait until it is cleared").await;
        shop.sees("Filters can be used again").await;
        shop.sees("Sold-out Widget").await;
        shop.fill(role("searchbox").named("Search products"), "")
            .await;
        shop.is_at("/catalog?stock=yes").await;
        shop.sees_not("Sold-out Widget").await;
    });
}

#[test]
fn no_product_that_fits_says_so() {
    run(Setup::default(), async |shop| {
        shop.open_as_acme("/catalog?category=Widgets&attr=color%3Agreen")
            .await;
        shop.sees("No product fits these filters.").await;
        shop.click(button("Remove filter: color: green")).await;
        shop.sees("4 products").await;
    });
}

/// What was viewed before is shown to its customer only.
#[test]
fn what_was_viewed_is_shown_at_the_start_and_with_products_for_its_customer_only() {
    run(Setup::default(), async |shop| {
        let viewed = || role("region").named("Recently viewed");
        shop.open_as_acme("/products/WIDGET-RED-M").await;
        shop.see(role("heading").named("Red Widget — Medium")).await;
        shop.gone(viewed()).await;
        shop.open_path("/products/WIDGET-BLU-S").await;
        shop.see(link("Red Widget — Medium").inside(viewed())).await;
        shop.gone(link("Blue Widget — Small").inside(viewed()))
            .await;
        shop.open_path("/catalog").await;
        shop.see(link("Blue Widget — Small").inside(viewed())).await;
        shop.click(link("Bearings")).await;
        shop.gone(viewed()).await;
        shop.open_as("globex-buyer", "/catalog").await;
        shop.sees("products").await;
        shop.see(role("region").named("Filters")).await;
        shop.gone(viewed()).await;
    });
}

#[test]
fn what_was_bought_before_has_a_badge_and_a_view() {
    run(Setup::default(), async |shop| {
        order(shop, "NET30", &[("WIDGET-BLU-L", 10)]).await;
        order(shop, "NET30", &[("WIDGET-BLU-M", 6), ("WIDGET-BLU-L", 1)]).await;
        shop.open_as_acme("/products/WIDGET-BLU-L").await;
        shop.sees("Bought before · last on").await;
        shop.open_as_acme(WIDGETS).await;
        shop.reads(item("WIDGET-BLU-L"), "Bought before · last on")
            .await;
        let red = shop.find(&item("WIDGET-RED-M")).await;
        let words = shop.run_on(&red, "return arguments[0].innerText").await;
        assert!(!words.as_str().unwrap().contains("Bought before"));
        shop.click(checkbox("Bought before")).await;
        shop.is_at("/catalog?bought=yes").await;
        shop.see(role("heading").named("Bought before")).await;
        shop.sees("2 products").await;
        audit(shop, "catalog, bought before").await;
        // A search looks through what was bought.
        shop.fill(role("searchbox").named("Search products"), "medium")
            .await;
        shop.sees("1 product").await;
        shop.see(item("WIDGET-BLU-M")).await;
        shop.reload().await;
        shop.sees("1 product").await;
        shop.click(button("Remove filter: Bought before")).await;
        shop.is_at("/catalog?q=medium").await;
        shop.see(item("WIDGET-RED-M")).await;
    });
}

/// What was bought before is shown only where there are orders.
#[test]
fn without_orders_nothing_speaks_of_what_was_bought() {
    let without = Setup {
        config: json!({ "features": { "orders": false } }),
        ..Setup::default()
    };
    run(without, async |shop| {
        order(shop, "NET30", &[("WIDGET-BLU-L", 10)]).await;
        shop.open_as_acme(WIDGETS).await;
        shop.see(checkbox("In stock only")).await;
        shop.gone(checkbox("Bought before")).await;
        shop.sees_not("Bought before").await;
        let asked = shop.api.requests().await;
        let orders = |it: &&Value| it["method"] == "GET" && it["path"] == "/api/orders";
        assert_eq!(asked.iter().filter(orders).count(), 0);
    });
}

#[test]
fn the_way_to_the_next_price_is_one_click() {
    run(Setup::default(), async |shop| {
        shop.open_as_acme(WIDGETS).await;
        let large = || item("WIDGET-BLU-L");
        let quantity = || role("spinbutton").named("Quantity").inside(large());
        let nudge = || role("button").beginning("49 more reach").inside(large());
        shop.click(nudge()).await;
        shop.has_value(quantity(), "50").await;
        shop.reads(large(), "$16.00").await;
        shop.gone(role("button").beginning("49 more").inside(large()))
            .await;
        shop.focus_is("spinbutton “Quantity”").await;
        shop.click(button("List")).await;
        shop.reads(item("WIDGET-BLU-L"), "1+ $18.50 50+ $16.00")
            .await;
    });
}

/// What is read ahead is read once.
#[test]
fn the_next_page_is_read_ahead_once() {
    run(Setup::default(), async |shop| {
        shop.open_as_acme("/catalog").await;
        shop.sees("299 products").await;
        shop.see(role("region").named("Filters")).await;
        assert_eq!(lists(shop, "pageNumber=2&").await, 0, "not before its time");
        shop.script("scrollTo(0, document.body.scrollHeight)").await;
        shop.until("the next page comes ahead", async || {
            lists(shop, "pageNumber=2&").await == 1
        })
        .await;
        shop.click(link("Next")).await;
        shop.is_at("/catalog?page=2").await;
        shop.until("the second page", async || {
            shop.property(link("Page 2"), "aria-current").await == "page"
        })
        .await;
        assert_eq!(lists(shop, "pageNumber=2&").await, 1, "it is fresh");
    });
}

/// Nothing is read ahead where data is saved.
#[test]
fn whoever_saves_data_reads_nothing_ahead() {
    run(Setup::default(), async |shop| {
        shop.before_each_page(
            "Object.defineProperty(navigator, 'connection', { value: { saveData: true } })",
        )
        .await;
        shop.open_as_acme("/catalog").await;
        shop.see(role("region").named("Filters")).await;
        shop.script("scrollTo(0, document.body.scrollHeight)").await;
        shop.click(link("Page 2")).await;
        shop.is_at("/catalog?page=2").await;
        shop.until("the second page", async || {
            lists(shop, "pageNumber=2&").await == 1
        })
        .await;
        shop.script("scrollTo(0, document.body.scrollHeight)").await;
        // The third page is asked for by the click, and by nothing before.
        shop.click(link("Page 3")).await;
        shop.until("the third page", async || {
            shop.property(link("Page 3"), "aria-current").await == "page"
        })
        .await;
        assert_eq!(lists(shop, "pageNumber=3&").await, 1);
    });
}

#[test]
fn a_product_is_read_ahead_when_it_is_pointed_at() {
    run(Setup::default(), async |shop| {
        shop.open_as_acme("/products/WIDGET-RED-M").await;
        shop.see(role("heading").named("Red Widget — Medium")).await;
        shop.open_path("/catalog").await;
        let viewed = role("region").named("Recently viewed");
        let picture = shop.find(&link("Red Widget — Medium").inside(viewed)).await;
        let before = shop.api.count("GET", "/api/products/WIDGET-RED-M").await;
        let point = shop.driver.action_chain().move_to_element_center(&picture);
        point.perform().await.unwrap();
        shop.until("it is read ahead", async || {
            shop.api.count("GET", "/api/products/WIDGET-RED-M").await == before + 1
        })
        .await;
    });
}

/// The category tree is one request a session.
#[test]
fn the_category_tree_is_one_request_a_session() {
    run(Setup::default(), async |shop| {
        shop.open_as_acme("/catalog").await;
        shop.click(link("Widgets")).await;
        shop.sees("4 products").await;
        shop.click(button("List")).await;
        shop.click(link("Blue Widget — Large")).await;
        shop.see(role("heading").named("Blue Widget — Large")).await;
        shop.back().await;
        shop.sees("4 products").await;
        shop.click(link("All products")).await;
        shop.sees("299 products").await;
        assert_eq!(shop.api.count("GET", "/api/categories").await, 1);
    });
}

/// Nothing jumps while pictures come.
#[test]
fn pictures_come_in_the_right_size_and_nothing_jumps() {
    run(Setup::default(), async |shop| {
        shop.before_each_page(
            "window.shifted = 0; new PerformanceObserver((list) => { \
             for (const entry of list.getEntries()) window.shifted += entry.value; \
             }).observe({ type: 'layout-shift', buffered: true })",
        )
        .await;
        shop.open_as_acme("/cart").await;
        let size = "return [...document.querySelectorAll('.product-item img')].map((it) => \
             [it.currentSrc.split('/').pop(), it.loading, it.hasAttribute('width'), it.hasAttribute('height')])[0]";
        // The small ones first: a browser takes a larger picture that it has already.
        shop.open_path("/catalog?view=list").await;
        shop.sees("299 products").await;
        shop.until("small pictures in rows", async || {
            shop.script(size).await == json!(["small", "lazy", true, true])
        })
        .await;
        shop.devtools("Network.enable", json!({})).await;
        let slow = json!({ "offline": false, "latency": 150, "downloadThroughput": -1, "uploadThroughput": -1 });
        shop.devtools("Network.emulateNetworkConditions", slow)
            .await;
        shop.open_path("/catalog").await;
        shop.sees("299 products").await;
        shop.script("window.shifted = 0").await;
        let there = "const seen = [...document.querySelectorAll('.product-grid img')] \
             .filter((it) => it.getBoundingClientRect().top < innerHeight); \
             return seen.length > 0 && seen.every((it) => it.complete && it.naturalWidth > 0)";
        shop.until("the pictures", async || shop.script(there).await == true)
            .await;
        shop.see(role("region").named("Filters")).await;
        assert_eq!(
            shop.script("return window.shifted").await.as_f64(),
            Some(0.0)
        );
        assert_eq!(
            shop.script(size).await,
            json!(["medium", "lazy", true, true])
        );
    });
}

/// A broken picture leaves a placeholder.
#[test]
fn a_broken_picture_leaves_a_calm_placeholder_in_its_place() {
    run(Setup::default(), async |shop| {
        shop.expect_console("ERR_BLOCKED_BY_CLIENT");
        shop.block(&["*/_sandbox/images/*"]).await;
        shop.open_as_acme(WIDGETS).await;
        shop.sees("4 products").await;
        let empty = "return document.querySelectorAll('.product-item .picture-empty svg').length";
        shop.until("placeholders", async || shop.script(empty).await == 4)
            .await;
        let height = "return document.querySelector('.product-item .picture').clientHeight > 80";
        assert_eq!(shop.script(height).await, true);
    });
}
