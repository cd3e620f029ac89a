//! Up to four products side by side.

use serde_json::json;
use thirtyfour::Key;

use crate::{
    accessibility::audit,
    catalog_depth::{WIDGETS, item},
    harness::{Setup, Target, button, link, role, run},
};

fn choose(sku: &str) -> Target {
    role("checkbox").named("Compare").inside(item(sku))
}

fn row(about: &str) -> Target {
    role("row").holding(about)
}

#[test]
fn products_are_chosen_compared_and_ordered() {
    run(Setup::default(), async |shop| {
        shop.open_as_acme(WIDGETS).await;
        shop.click(choose("WIDGET-BLU-M")).await;
        shop.click(choose("WIDGET-RED-M")).await;
        shop.sees("Comparing 2 of 4").await;
        audit(shop, "catalog, comparing").await;
        shop.click(link("Compare side by side")).await;
        shop.is_at("/compare?skus=WIDGET-BLU-M%2CWIDGET-RED-M")
            .await;
        shop.reads(row("Your price"), "differs $16.90 $15.00").await;
        shop.reads(row("color"), "differs blue red").await;
        shop.reads(row("Sold in multiples of"), "6 1").await;
        shop.reads(row("material"), "material steel steel").await;
        audit(shop, "compare").await;
        shop.click(role("checkbox").named("Show only what differs"))
            .await;
        shop.sees_not("material").await;
        let add = button("Add to cart").first();
        shop.click(add).await;
        shop.until("the server has the smallest quantity", async || {
            shop.api.quantity_of("WIDGET-BLU-M").await == 6
        })
        .await;
        shop.click(button("Do not compare Blue Widget — Medium"))
            .await;
        shop.is_at("/compare?skus=WIDGET-RED-M").await;
        shop.gone(link("Blue Widget — Medium")).await;
        // The catalogue knows what is compared.
        shop.click(link("Catalog")).await;
        shop.sees("Comparing 1 of 4").await;
    });
}

#[test]
fn four_are_enough() {
    run(Setup::default(), async |shop| {
        shop.open_as_acme("/catalog?category=Bearings").await;
        shop.see(role("region").named("Filters")).await;
        let boxes = "return [...document.querySelectorAll('.compare input')]";
        let click = |place: usize| format!("{boxes}[{place}].click()");
        for place in 0..4 {
            shop.script(&click(place)).await;
        }
        shop.sees("Comparing 4 of 4").await;
        let disabled = format!("{boxes}.filter((it) => it.disabled).length > 0");
        shop.until("no fifth", async || shop.script(&disabled).await == true)
            .await;
        shop.script(&click(0)).await;
        shop.sees("Comparing 3 of 4").await;
        shop.until("there is room again", async || {
            shop.script(&disabled).await == false
        })
        .await;
        // Kept through a reload.
        shop.reload().await;
        shop.sees("Comparing 3 of 4").await;
        shop.click(button("Clear")).await;
        shop.sees_not("Comparing").await;
    });
}

#[test]
fn a_link_compares_whatever_it_names() {
    run(Setup::default(), async |shop| {
        shop.expect_status(404);
        let odd = json!({
            "sku": "ODD,1 50%", "name": "Odd One", "productAttributes": { "color": "grey" },
            "prices": [{ "tier": "Wholesale", "price": 2, "atQuantity": 1 }],
        });
        shop.api.put_product(&odd).await;
        // A comma in a SKU is encoded twice, so that it sets nothing apart.
        shop.open_as_acme("/compare?skus=WIDGET-BLU-L,ODD%252C1%252050%2525,NO-SUCH")
            .await;
        shop.reads(row("SKU"), "WIDGET-BLU-L ODD,1 50%").await;
        shop.sees("There is no product with the SKU “NO-SUCH”")
            .await;
        shop.tab_to("button “Do not compare Odd One”").await;
        shop.press(Key::Enter).await;
        shop.gone(link("Odd One")).await;
        shop.focus_is("heading “Compare”").await;
        shop.open_path("/compare").await;
        shop.sees("Nothing is being compared.").await;
        audit(shop, "compare, nothing").await;
    });
}

#[test]
fn a_failure_can_be_tried_again() {
    run(Setup::default(), async |shop| {
        shop.hurry().await;
        shop.expect_status(500);
        let route = "/api/products/{sku}";
        shop.api
            .fault(json!({ "method": "GET", "route": route, "effect": "status", "status": 500 }))
            .await;
        shop.open_as_acme("/compare?skus=WIDGET-BLU-L").await;
        shop.sees("The server has a problem (status 500).").await;
        shop.api.clear_faults().await;
        shop.click(button("Try again")).await;
        shop.see(link("Blue Widget — Large")).await;
    });
}
