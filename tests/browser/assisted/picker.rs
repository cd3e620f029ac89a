//! The picker: searching, filtering, sorting, paging, who was used last, and what can go wrong.

use serde_json::{Value, json};
use thirtyfour::Key;

use super::{ACME, TOKYO, banner, choose, heading, open_acting, order_for};
use crate::{
    accessibility::audit,
    harness::{Setup, Shop, Target, button, link, role, run},
};

fn search() -> Target {
    role("searchbox").named("Search customers")
}

fn tier() -> Target {
    role("combobox").named("Price tier")
}

fn rep() -> Target {
    role("combobox").named("Sales rep")
}

/// Makes customers of the rep `SR-019`: `M-100` and so on, in an order of names that is not theirs.
async fn make_customers(shop: &Shop, count: u32) {
    let token = shop.api.token("acme-admin").await;
    for place in 0..count {
        let number = 100 + place;
        let customer = json!({
            "customerNumber": format!("M-{number}"),
            "companyName": format!("Mill {:03}", 999 - number),
            "companyEmail": "office@mill.example",
            "pricing": if place % 2 == 0 { "Retail" } else { "Wholesale" },
            "repNumber": if place % 3 == 0 { "SR-022" } else { "SR-019" },
            "active": place % 10 != 9,
            "terms": "NET10",
        });
        shop.api
            .call("PUT", "/api/customers", &token, &customer)
            .await;
    }
}

/// The numbers of the rows, from above.
async fn numbers(shop: &Shop) -> String {
    let numbers = "return [...document.querySelectorAll('.customer-list tbody .sku')] \
         .map((it) => it.textContent).join(' ')";
    let numbers = shop.script(numbers).await;
    numbers.as_str().unwrap_or_default().to_owned()
}

async fn lists(shop: &Shop, wanted: &str) {
    shop.until(&format!("the customers {wanted}"), async || {
        numbers(shop).await == wanted
    })
    .await;
}

#[test]
fn rows_say_what_there_is_to_know() {
    run(Setup::default(), async |shop| {
        shop.open_as("acme-rep", "/customers").await;
        shop.sees("2 customers").await;
        lists(shop, "ACME-001 TYO-003").await;
        let row = role("row").holding("ACME-001");
        shop.reads(
            row,
            "Acme Industrial Supply ACME-001 Wholesale NET30 Austin Active Order",
        )
        .await;
        let row = role("row").holding("TYO-003");
        shop.reads(row, "TYO-003 Premium NET60 東京都 Active Order")
            .await;
        shop.gone(rep()).await;
    });
}

#[test]
fn deactivated_customers_are_shown_as_such_and_cannot_be_chosen() {
    run(Setup::default(), async |shop| {
        shop.open_as("acme-admin", "/customers").await;
        lists(shop, "ACME-001 RIV-002 TYO-003").await;
        shop.fill(search(), "dormant").await;
        shop.sees("No customer fits “dormant”.").await;
        shop.click(link("Show deactivated customers, too")).await;
        shop.is_at("/customers?q=dormant&show=all").await;
        lists(shop, "DORM-004").await;
        let row = role("row").holding("DORM-004");
        shop.reads(
            row,
            "Deactivated Nothing can be ordered for a deactivated customer.",
        )
        .await;
        shop.gone(order_for("Dormant Machine Works")).await;
        shop.fill(search(), "").await;
        lists(shop, "ACME-001 DORM-004 RIV-002 TYO-003").await;
        shop.choose(role("combobox").named("State"), "Active only")
            .await;
        lists(shop, "ACME-001 RIV-002 TYO-003").await;
        shop.is_at("/customers").await;
    });
}

#[test]
fn a_customer_deactivated_since_the_list_was_read_is_not_chosen() {
    run(Setup::default(), async |shop| {
        shop.expect_status(403);
        shop.open_as("acme-rep", "/customers").await;
        shop.see(order_for(ACME)).await;
        let token = shop.api.token("acme-admin").await;
        let deactivate = "/api/customers/ACME-001/deactivate";
        shop.api
            .call("POST", deactivate, &token, &Value::Null)
            .await;
        shop.click(order_for(ACME)).await;
        shop.sees("Acme Industrial Supply has been deactivated in the meantime")
            .await;
        shop.gone(order_for(ACME)).await;
        shop.gone(banner()).await;
        // Given to another rep: the server's refusal is said.
        let other = json!({ "repNumber": "SR-022" });
        shop.api
            .call("PUT", "/api/customers/TYO-003", &token, &other)
            .await;
        shop.click(order_for(TOKYO)).await;
        shop.sees("東京精密 could not be chosen. Your account may not do this.")
            .await;
        shop.is_at("/customers").await;
    });
}

#[test]
fn many_customers_are_searched_filtered_sorted_and_leafed_through() {
    run(Setup::default(), async |shop| {
        make_customers(shop, 70).await;
        shop.open_as("acme-admin", "/customers").await;
        // 63 of the 70 are active, and three of the others.
        shop.sees("66 customers").await;
        let shown = numbers(shop).await;
        assert!(shown.starts_with("ACME-001 M-168 M-167 M-166"), "{shown}");
        assert_eq!(shown.split(' ').count(), 25);
        shop.click(link("Next")).await;
        shop.is_at("/customers?page=2").await;
        shop.until("the second page", async || {
            !numbers(shop).await.contains("ACME-001")
        })
        .await;
        shop.click(link("Page 3")).await;
        shop.until("the rest", async || {
            numbers(shop).await.split(' ').count() == 16
        })
        .await;
        shop.choose(role("combobox").named("Sort by"), "Number, descending")
            .await;
        shop.is_at("/customers?sort=number-desc").await;
        shop.until("by number", async || {
            numbers(shop)
                .await
                .starts_with("TYO-003 RIV-002 M-168 M-167")
        })
        .await;
        // Number or name, the exact number first, nobody twice.
        shop.fill(search(), "m-10").await;
        lists(
            shop,
            "M-108 M-107 M-106 M-105 M-104 M-103 M-102 M-101 M-100",
        )
        .await;
        shop.sees("9 customers").await;
        shop.fill(search(), "M-101").await;
        lists(shop, "M-101").await;
        // A part of one's number and of another's name.
        shop.fill(search(), "38").await;
        lists(shop, "M-138 M-161").await;
        shop.sees("2 customers").await;
        shop.fill(search(), "ill 83").await;
        lists(
            shop,
            "M-168 M-167 M-166 M-165 M-164 M-163 M-162 M-161 M-160",
        )
        .await;
        shop.fill(tier(), "whole").await;
        lists(shop, "M-167 M-165 M-163 M-161").await;
        shop.fill(rep(), "SR-022").await;
        lists(shop, "M-163").await;
        let address = "/customers?q=ill%2083&tier=whole&rep=SR-022&sort=number-desc";
        shop.is_at(address).await;
        // Every view is a link.
        shop.reload().await;
        lists(shop, "M-163").await;
        shop.has_value(search(), "ill 83").await;
        shop.has_value(tier(), "whole").await;
        shop.has_value(rep(), "SR-022").await;
        shop.has_value(role("combobox").named("Sort by"), "number-desc")
            .await;
        shop.back().await;
        lists(shop, "M-167 M-165 M-163 M-161").await;
        shop.has_value(rep(), "").await;
        shop.forward().await;
        lists(shop, "M-163").await;
        shop.fill(search(), "nobody at all").await;
        shop.sees("No customer fits “nobody at all”.").await;
        shop.open_path("/customers?page=9").await;
        shop.sees("There is no such page.").await;
        shop.click(link("Go to the first page")).await;
        shop.sees("66 customers").await;
        shop.see(order_for(ACME)).await;
    });
}

#[test]
fn the_last_used_come_first() {
    run(Setup::default(), async |shop| {
        make_customers(shop, 30).await;
        open_acting(shop, "acme-rep", TOKYO, "/customers").await;
        shop.until("Tokyo first", async || {
            numbers(shop).await.starts_with("TYO-003 ACME-001 M-128")
        })
        .await;
        shop.reads(role("row").holding("TYO-003"), "Ordering for them now")
            .await;
        for company in [ACME, "Mill 874"] {
            choose(shop, company).await;
            shop.open_path("/customers").await;
        }
        shop.until("the latest first", async || {
            numbers(shop)
                .await
                .starts_with("M-125 ACME-001 TYO-003 M-128")
        })
        .await;
        shop.reads(role("row").holding("TYO-003"), "Recently used")
            .await;
        // Not where something else is asked for, and each once.
        shop.choose(role("combobox").named("Sort by"), "Number, ascending")
            .await;
        shop.until("by number", async || {
            numbers(shop).await.starts_with("ACME-001 M-101 M-102")
        })
        .await;
        shop.sees_not("Recently used").await;
        // Others on this device have their own.
        shop.click(button("Sign out")).await;
        shop.sign_in("acme-admin", "sandbox").await;
        shop.click(link("Customers")).await;
        shop.until("none is used yet", async || {
            numbers(shop).await.starts_with("ACME-001 M-128")
        })
        .await;
        shop.sees_not("Recently used").await;
    });
}

#[test]
fn a_list_that_does_not_come_can_be_tried_again() {
    run(Setup::default(), async |shop| {
        shop.hurry().await;
        shop.expect_status(500);
        let broken = |status: u16| json!({ "method": "GET", "route": "/api/customers", "effect": "status", "status": status });
        shop.api.fault(broken(500)).await;
        shop.open_as("acme-rep", "/customers").await;
        shop.sees("The server has a problem (status 500).").await;
        audit(shop, "customers, error").await;
        shop.api.clear_faults().await;
        shop.click(button("Try again")).await;
        shop.see(order_for(ACME)).await;
        // A merchant whose API keeps the list from reps.
        shop.expect_status(403);
        shop.api.fault(broken(403)).await;
        shop.reload().await;
        shop.sees("Your sign-in may not see the customers here.")
            .await;
        shop.gone(button("Try again")).await;
        audit(shop, "customers, forbidden").await;
        shop.set_offline(true).await;
        shop.expect_console("net::ERR_INTERNET_DISCONNECTED");
        shop.sees("You are offline.").await;
        shop.fill(search(), "acme").await;
        shop.sees("The server cannot be reached.").await;
        shop.set_offline(false).await;
        shop.api.clear_faults().await;
        shop.click(button("Try again")).await;
        lists(shop, "ACME-001").await;
    });
}

#[test]
fn a_customer_whose_record_does_not_come_is_not_chosen() {
    run(Setup::default(), async |shop| {
        shop.hurry().await;
        shop.expect_status(500);
        shop.open_as("acme-rep", "/customers").await;
        shop.see(order_for(ACME)).await;
        shop.api
            .fault(json!({
                "method": "GET", "route": "/api/customers/{customerNumber}", "effect": "status",
                "status": 500,
            }))
            .await;
        shop.click(order_for(ACME)).await;
        shop.sees("Acme Industrial Supply could not be chosen. The server has a problem")
            .await;
        audit(shop, "customers, not chosen").await;
        shop.api.clear_faults().await;
        choose(shop, ACME).await;
    });
}

#[test]
fn every_state_of_the_picker_is_accessible() {
    run(Setup::default(), async |shop| {
        make_customers(shop, 30).await;
        shop.open_as("acme-rep", "/catalog?q=widget").await;
        shop.sees("You have not chosen a customer yet.").await;
        audit(shop, "the catalog without a customer").await;
        // The palette leads to choosing one, whatever is looked for or to be added, and back.
        shop.script("document.querySelector('.jump').click()").await;
        let field = role("combobox").named("Search or jump to");
        for typed in ["WIDGET-BLU-L x 12", "MOM-1001", "widget"] {
            shop.fill(field.clone(), typed).await;
            shop.see(role("option").beginning("Choose a customer"))
                .await;
        }
        shop.fill(field, "WIDGET-BLU-L x 12").await;
        shop.see(role("option").beginning("Choose a customer"))
            .await;
        shop.press(Key::Enter).await;
        shop.is_at("/customers?to=%2Fcatalog%3Fq%3Dwidget").await;
        shop.open_path("/customers").await;
        shop.see(order_for(ACME)).await;
        audit(shop, "customers").await;
        shop.open_path("/customers?to=%2Fcart&show=all&q=mill")
            .await;
        shop.sees("Deactivated").await;
        audit(shop, "customers, with deactivated ones").await;
        shop.open_path("/customers?q=nobody").await;
        shop.sees("No customer fits “nobody”.").await;
        audit(shop, "customers, none found").await;
    });
}

#[test]
fn every_state_of_acting_is_accessible() {
    run(Setup::default(), async |shop| {
        open_acting(shop, "acme-rep", ACME, "/catalog").await;
        shop.click(link("Change customer")).await;
        shop.sees("Ordering for them now").await;
        audit(shop, "customers, one of them chosen").await;
        choose(shop, TOKYO).await;
        shop.open_path("/products/WIDGET-BLU-L").await;
        shop.see(heading("Blue Widget — Large")).await;
        shop.sees("The cart shows the price in JPY").await;
        audit(shop, "a product, ordering in another currency").await;
        let token = shop.api.token("acme-admin").await;
        let deactivate = "/api/customers/TYO-003/deactivate";
        shop.api
            .call("POST", deactivate, &token, &Value::Null)
            .await;
        shop.reload().await;
        shop.sees("This customer is deactivated").await;
        audit(shop, "a deactivated customer").await;
        shop.click(button("Sign out")).await;
        shop.open_as_acme("/catalog").await;
        let deactivate = "/api/customers/ACME-001/deactivate";
        shop.api
            .call("POST", deactivate, &token, &Value::Null)
            .await;
        shop.reload().await;
        shop.sees("The account of Acme Industrial Supply is deactivated.")
            .await;
        audit(shop, "a deactivated buyer").await;
    });
}
