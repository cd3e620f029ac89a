//! Devices that are not as one would have them: a wrong clock, another time zone, no site data.

use serde_json::Value;

use super::{
    invoices::with_orders,
    quick_order::{quantity, sku},
};
use crate::harness::{Setup, Shop, button, link, role, run, textbox};

/// The device's clock decides nothing about a session, an age or a document's address.
#[test]
fn a_clock_that_is_wrong_keeps_nobody_out() {
    run(Setup::default(), async |shop| {
        // 25 hours ahead, then 25 behind.
        for hours in [25, -50] {
            shop.set_clock_wrong(hours).await;
            shop.open_path("/sign-in").await;
            shop.sign_in("acme-buyer", "sandbox").await;
            shop.see(role("heading").named("Home")).await;
            shop.reload().await;
            shop.see(role("heading").named("Home")).await;
            // It is put right, or wrong once more, while the page is open.
            shop.script("Date = class extends Date { static now() { return super.now() + 9e9; } }")
                .await;
            shop.click(link("Invoices")).await;
            shop.see(role("heading").named("Invoices")).await;
            shop.gone(role("dialog").named("Please sign in again"))
                .await;
            shop.click(button("Sign out")).await;
            shop.see(role("heading").named("Sign in")).await;
        }
    });
}

/// Without site data everything works for as long as the page lives.
#[test]
fn without_site_data_everything_works_for_as_long_as_the_page_lives() {
    run(Setup::default(), async |shop| {
        shop.expect_status(404);
        shop.block_site_data().await;
        shop.open_as_acme("/quick-order").await;
        shop.sees("This browser keeps no data for this site.").await;
        shop.fill(sku(1), "WIDGET-BLU-L").await;
        shop.fill_and_leave(quantity(1), "12").await;
        shop.sees("1 line is ready").await;
        shop.click(button("Add all to cart")).await;
        shop.sees("1 product is in the cart.").await;
        assert_eq!(shop.api.quantity_of("WIDGET-BLU-L").await, 12);
        shop.click(link("Lists")).await;
        shop.sees("so your lists stay in this tab only").await;
        shop.fill(textbox("New list"), "Weekly").await;
        shop.click(button("Create list")).await;
        shop.see(role("heading").named("Weekly")).await;
        shop.click(link("Cart, 1 line")).await;
        shop.click(button("Save as a list")).await;
        shop.sees("so your lists stay in this tab only").await;
        let dialog = || role("dialog").named("Save as a list");
        let name = textbox("Name of the list").inside(dialog());
        shop.fill(name, "From the cart").await;
        shop.click(button("Save").inside(dialog())).await;
        shop.click(link("View list")).await;
        shop.see(role("heading").named("From the cart")).await;
        shop.click(button("Order from this list")).await;
        shop.sees("Nothing has changed since these products were put on the list.")
            .await;
        shop.click(link("Lists").first()).await;
        shop.see(link("Weekly")).await;
        shop.see(link("From the cart")).await;
        shop.click(link("Cart, 1 line")).await;
        shop.fill_and_leave(textbox("PO number"), "PO-7").await;
        shop.sees("All changes saved").await;
        shop.click(button("Sign out")).await;
        shop.see(role("heading").named("Sign in")).await;
        // Whoever sells loads the page anew with each customer.
        shop.sign_in("acme-rep", "sandbox").await;
        shop.click(link("Choose a customer")).await;
        shop.click(button("Order for Acme Industrial Supply")).await;
        shop.reads(
            role("region").named("Ordering for"),
            "Acme Industrial Supply",
        )
        .await;
        shop.see(button("Sign out")).await;
        assert!(
            !shop
                .script("return JSON.stringify(history.state)")
                .await
                .to_string()
                .contains("eyJ")
        );
    });
}

/// `2024-05-19T14:32:00Z` as the shop writes its day in English.
fn day(time: &Value) -> String {
    const MONTHS: [&str; 12] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    let text = time.as_str().expect("a date");
    let month: usize = text[5..7].parse().expect("a month");
    let day: u32 = text[8..10].parse().expect("a day");
    format!("{} {day}, {}", MONTHS[month - 1], &text[..4])
}

async fn first(shop: &Shop, path: &str) -> Value {
    let token = shop.api.token("acme-buyer").await;
    let page = shop.api.call("GET", path, &token, &Value::Null).await;
    page["data"][0].clone()
}

/// A document's days are its own, in every time zone.
#[test]
fn the_days_of_documents_are_their_own_in_every_time_zone() {
    run(with_orders(40), async |shop| {
        shop.open_as_acme("/invoices").await;
        let invoice = first(shop, "/api/invoices?pageNumber=1&pageSize=1").await;
        let order = first(shop, "/api/orders?pageNumber=1&pageSize=1").await;
        let id = invoice["id"].as_str().expect("an id");
        let number = order["orderNumber"].as_str().expect("a number");
        for zone in [
            "Pacific/Auckland",
            "America/Los_Angeles",
            "Pacific/Kiritimati",
        ] {
            shop.set_time_zone(zone).await;
            shop.open_path(&format!("/invoices/{id}")).await;
            shop.sees(&day(&invoice["invoiceDate"])).await;
            shop.sees(&day(&invoice["dueDate"])).await;
            // Nor does the PDF say another day than the screen.
            shop.script("const make = URL.createObjectURL; URL.createObjectURL = (blob) => { globalThis.pdf = blob; return make(blob); };")
                .await;
            shop.click(button("Download PDF")).await;
            shop.until("the PDF", async || {
                let read = "return globalThis.pdf ? globalThis.pdf.text() : ''";
                let file = shop.script(read).await;
                let says = |field: &str| {
                    let written = invoice[field].as_str().unwrap_or_default();
                    file.as_str()
                        .is_some_and(|file| file.contains(&format!("({})", &written[..10])))
                };
                says("invoiceDate") && says("dueDate")
            })
            .await;
            shop.open_path(&format!("/orders/{number}")).await;
            shop.sees(&day(&order["orderDate"])).await;
            // The file says the same, and the browser may still read it some time after the click.
            shop.open_path("/orders").await;
            shop.see(button("Orders (CSV)")).await;
            shop.script(
                "const make = URL.createObjectURL, give = URL.revokeObjectURL; \
                 URL.createObjectURL = (blob) => { globalThis.made = blob; return make(blob); }; \
                 URL.revokeObjectURL = (address) => { globalThis.made = undefined; give(address); }",
            )
            .await;
            shop.click(button("Orders (CSV)")).await;
            shop.until("the file", async || {
                let read = "return globalThis.made ? globalThis.made.text() : ''";
                let file = shop.script(read).await;
                let written = order["orderDate"].as_str().unwrap_or_default();
                file.as_str()
                    .is_some_and(|file| file.contains(&format!("{number},{}", &written[..10])))
            })
            .await;
        }
    });
}
