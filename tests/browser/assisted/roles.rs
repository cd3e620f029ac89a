//! Each role sees what it may see.

use serde_json::{Value, json};

use super::{ACME, banner, choose, heading, open_acting, order_for, the_whole_order};
use crate::harness::{Setup, Shop, button, link, role, run};

/// Whether there has been a request for the list of customers.
async fn asked_for_the_list(shop: &Shop) -> bool {
    let requests = shop.api.requests().await;
    requests.iter().any(|request| {
        let path = request["path"].as_str().unwrap_or_default();
        path.split('?').next() == Some("/api/customers")
    })
}

/// Who may not choose a customer sees none of it.
#[test]
fn a_buyer_sees_none_of_it() {
    run(Setup::default(), async |shop| {
        shop.open_as_acme("/customers").await;
        shop.see(heading("Page not found")).await;
        shop.see(role("navigation").named("Main")).await;
        shop.gone(link("Customers")).await;
        shop.gone(banner()).await;
        shop.open_path("/catalog?q=WIDGET-BLU-L").await;
        shop.see(heading("Catalog")).await;
        shop.sees("$18.50").await;
        shop.gone(link("Customers")).await;
        shop.sees_not("You have not chosen a customer yet.").await;
        assert!(!asked_for_the_list(shop).await);
    });
}

/// Whoever has no role that sells chooses no customer.
#[test]
fn whoever_has_no_role_that_sells_may_look_but_not_order() {
    run(Setup::default(), async |shop| {
        for wanted in [
            json!({ "clientId": "acme-rep", "omit": ["role"] }),
            json!({ "clientId": "acme-rep", "claims": { "role": "Picker" } }),
            json!({ "clientId": "acme-buyer", "omit": ["CustomerNumber"] }),
        ] {
            let token = shop.api.token_of(wanted).await;
            shop.open_path(&format!("/customers#access_token={token}"))
                .await;
            shop.see(heading("Page not found")).await;
            shop.gone(link("Customers")).await;
            shop.open_path("/cart").await;
            shop.sees("This sign-in is not linked to a customer account, so it cannot order.")
                .await;
        }
        assert!(!asked_for_the_list(shop).await);
    });
}

#[test]
fn a_rep_with_a_customer_of_its_own_is_a_buyer() {
    run(Setup::default(), async |shop| {
        let claims = json!({
            "CustomerNumber": "ACME-001", "PriceTier": "Wholesale", "CurrencyCode": "USD",
        });
        let wanted = json!({ "clientId": "acme-rep", "claims": claims });
        let token = shop.api.token_of(wanted).await;
        shop.open_path(&format!("/products/WIDGET-BLU-L#access_token={token}"))
            .await;
        shop.sees("$18.50").await;
        shop.gone(link("Customers")).await;
        shop.gone(banner()).await;
        shop.sees(ACME).await;
    });
}

#[test]
fn an_administrator_orders_for_anybody() {
    run(Setup::default(), async |shop| {
        shop.open_as("acme-admin", "/customers").await;
        shop.see(order_for(ACME)).await;
        choose(shop, "Riviera Outillage SARL").await;
        shop.reads(banner(), "Riviera Outillage SARL (RIV-002) · Retail · EUR")
            .await;
        shop.open_path("/products/WIDGET-BLU-L").await;
        shop.sees("The cart shows the price in EUR").await;
        shop.fill(role("spinbutton").named("Quantity"), "10").await;
        shop.click(button("Add to cart")).await;
        shop.click(link("Cart, 1 line")).await;
        shop.sees("€23.50").await;
        shop.sees("€235.00").await;
        shop.click(link("Check out")).await;
        shop.see(role("radio").beginning("12 Quai des Docks")).await;
        shop.see(role("radio").beginning("Visa ending in 1881"))
            .await;
        // A customer without terms.
        shop.gone(role("radio").beginning("On account")).await;
        shop.until("a card is chosen", async || {
            let radio = role("radio").beginning("Visa ending in 1881");
            shop.property(radio, "checked").await == json!(true)
        })
        .await;
        shop.click(button("Place order")).await;
        shop.see(heading("Order placed")).await;
        let order = the_whole_order(shop).await;
        assert_eq!(order["customer"]["customerNumber"], "RIV-002");
        assert_eq!(order["orderTotal"].to_string(), "235.00");
        // Administrators are no sales reps, so the API names nobody.
        assert!(order["takenBySalesRep"].is_null());
    });
}

#[test]
fn a_super_orders_in_its_own_organization() {
    run(Setup::default(), async |shop| {
        open_acting(shop, "acme-super", ACME, "/catalog?q=WIDGET-BLU-L").await;
        shop.sees("$18.50").await;
        shop.click(link("Customers")).await;
        shop.see(order_for("Riviera Outillage SARL")).await;
        shop.sees_not("Globex").await;
    });
}

/// Changes a customer as the administrator.
async fn change(shop: &Shop, method: &str, path: &str, body: Value) {
    let token = shop.api.token("acme-admin").await;
    shop.api
        .call(method, &format!("/api/customers/{path}"), &token, &body)
        .await;
}

#[test]
fn a_customer_deactivated_meanwhile_is_said_to_be() {
    run(Setup::default(), async |shop| {
        shop.expect_status(403);
        open_acting(shop, "acme-rep", ACME, "/catalog").await;
        change(shop, "POST", "ACME-001/deactivate", Value::Null).await;
        shop.open_path("/products/WIDGET-BLU-L").await;
        shop.reads(
            banner(),
            "This customer is deactivated: nothing can be ordered for them.",
        )
        .await;
        shop.click(button("Add to cart")).await;
        shop.sees("Blue Widget — Large: not added. Your account may not do this.")
            .await;
        shop.sees_not("Added 1 ×").await;
        shop.see(link("Cart, 0 lines")).await;
    });
}

#[test]
fn a_buyer_whose_customer_was_deactivated_is_told_so() {
    run(Setup::default(), async |shop| {
        shop.open_as_acme("/catalog?q=WIDGET-BLU-L").await;
        shop.see(heading("Catalog")).await;
        change(shop, "POST", "ACME-001/deactivate", Value::Null).await;
        shop.reload().await;
        shop.sees("The account of Acme Industrial Supply is deactivated. You can look around")
            .await;
        shop.sees("$18.50").await;
    });
}

#[test]
fn a_customer_given_to_another_rep_is_gone() {
    run(Setup::default(), async |shop| {
        shop.expect_status(403);
        open_acting(shop, "acme-rep", ACME, "/catalog").await;
        change(shop, "PUT", "ACME-001", json!({ "repNumber": "SR-022" })).await;
        shop.reload().await;
        shop.reads(banner(), "You may not see this customer any more.")
            .await;
        shop.open_path("/cart").await;
        shop.sees("Your account may not do this.").await;
        // The picker forgets it.
        shop.click(link("Change customer")).await;
        shop.sees("1 customer").await;
        shop.gone(order_for(ACME)).await;
        assert!(!shop.stored().await.contains("[\\\"ACME-001\\\"]"));
    });
}

#[test]
fn what_the_record_says_now_holds() {
    run(Setup::default(), async |shop| {
        open_acting(shop, "acme-rep", ACME, "/products/WIDGET-BLU-L").await;
        shop.sees("$18.50").await;
        change(shop, "PUT", "ACME-001", json!({ "pricing": "Retail" })).await;
        shop.reload().await;
        shop.reads(banner(), "· Retail · USD").await;
        shop.sees("$24.99").await;
        shop.sees_not("$18.50").await;
    });
}
