//! Quotes: from the cart to a submitted quote, to an order of it; and orders whose number got lost.

use serde_json::json;

use super::import_one;
use crate::{
    checkout::checkout_of_ten,
    harness::{Setup, button, link, role, run},
};

const COMPLETE: &str = "/api/carts/{customerNumber}/{shoppingCartId}/complete-checkout";

/// A quote goes from the cart to an order of it.
#[test]
fn a_quote_goes_from_the_cart_to_an_order_of_it() {
    run(Setup::default(), async |shop| {
        shop.expect_status(400);
        shop.api.fill_cart(&[("WIDGET-BLU-L", 10)]).await;
        shop.open_as_acme("/cart").await;
        shop.click(role("radio").named("Quote")).await;
        shop.sees("All changes saved").await;
        shop.click(link("Check out")).await;
        shop.sees("This is a request for a quote").await;
        shop.until("the payment is chosen", async || {
            shop.property(role("radio").beginning("Visa ending in 4242"), "checked")
                .await
                == json!(true)
        })
        .await;
        shop.click(button("Place order")).await;
        shop.see(role("heading").named("Order placed")).await;
        shop.click(link("View this order")).await;
        let quote = shop.api.the_order().await;
        let number = quote["orderNumber"].as_str().unwrap().to_owned();
        assert_eq!(quote["orderType"], "Quote");
        shop.is_at(&format!("/orders/{number}")).await;
        shop.sees("Quote").await;
        shop.gone(button("Reorder")).await;
        shop.click(button("Order this quote")).await;
        shop.sees("Nothing has changed since this order.").await;
        shop.click(button("Add to cart")).await;
        shop.click(link("View cart")).await;
        shop.sees("All changes saved").await;
        let cart = shop.api.acme_cart().await;
        assert_eq!(cart["orderType"], "Standard");
        shop.click(link("Check out")).await;
        shop.until("the payment is chosen", async || {
            shop.property(role("radio").beginning("Visa ending in 4242"), "checked")
                .await
                == json!(true)
        })
        .await;
        shop.click(button("Place order")).await;
        shop.see(role("heading").named("Order placed")).await;
        let orders = shop.api.orders().await;
        assert_eq!(orders.len(), 2);
        let order = orders
            .iter()
            .find(|order| order["orderNumber"] != quote["orderNumber"])
            .unwrap();
        assert_eq!(order["orderType"], "Standard");
        assert_eq!(order["items"][0]["quantity"], 10);
        shop.click(link("Orders")).await;
        shop.sees("2 orders").await;
        shop.reads(role("row").holding(&number), "Quote").await;
    });
}

#[test]
fn ordering_a_quote_turns_a_quote_cart_into_an_order_and_undo_turns_it_back() {
    run(Setup::default(), async |shop| {
        import_one(shop, "Pending", &[("WIDGET-BLU-L", 10, "18.50")]).await;
        let token = shop.api.token("acme-admin").await;
        let mut record = super::record(
            2,
            "Pending",
            &json!([{ "sku": "WIDGET-BLU-L", "quantity": 4, "unitPrice": 18.5 }]),
        );
        record["orderType"] = json!("Quote");
        shop.api
            .call("POST", "/api/orders/bulk", &token, &json!([record]))
            .await;
        let cart = shop.api.fill_cart(&[("WIDGET-RED-M", 5)]).await;
        let buyer = shop.api.token("acme-buyer").await;
        let change = json!({ "cart": { "orderType": "Quote" } });
        shop.api
            .call(
                "PUT",
                &format!("/api/carts/ACME-001/{cart}"),
                &buyer,
                &change,
            )
            .await;
        shop.open_as_acme("/orders/ORD-00002?reorder").await;
        shop.sees("Adding these lines turns it into an order.")
            .await;
        shop.click(button("Add to cart")).await;
        shop.until("an order of both", async || {
            let cart = shop.api.acme_cart().await;
            cart["orderType"] == "Standard"
                && cart["items"]
                    .as_array()
                    .is_some_and(|items| items.len() == 2)
        })
        .await;
        shop.click(button("Undo")).await;
        shop.until("the quote as it was", async || {
            let cart = shop.api.acme_cart().await;
            cart["orderType"] == "Quote"
                && cart["items"]
                    .as_array()
                    .is_some_and(|items| items.len() == 1)
        })
        .await;
    });
}

/// An order whose number got lost is found by its cart.
#[test]
fn an_order_whose_number_got_lost_is_found() {
    run(Setup::default(), async |shop| {
        shop.expect_status(400);
        shop.expect_console("net::ERR_");
        checkout_of_ten(shop).await;
        shop.api
            .fault(
                json!({ "method": "POST", "route": COMPLETE, "count": 1, "effect": "cut-after" }),
            )
            .await;
        shop.click(button("Place order")).await;
        shop.see(role("heading").named("Order placed")).await;
        shop.sees("but its number got lost on the way. We have found it: it is order MOM-")
            .await;
        let number = shop.api.the_order().await["orderNumber"]
            .as_str()
            .unwrap()
            .to_owned();
        shop.reload().await;
        shop.click(link(&number)).await;
        shop.see(role("heading").named(&format!("Order {number}")))
            .await;
        shop.sees("Blue Widget — Large").await;
        // In a tab that knows nothing of it, too.
        let cart = shop.api.the_order().await["originationCartId"]
            .as_str()
            .unwrap()
            .to_owned();
        shop.new_tab(&format!("/checkout/complete/{cart}")).await;
        shop.sees(&number).await;
        shop.click(link("View this order")).await;
        shop.is_at(&format!("/orders/{number}")).await;
    });
}

#[test]
fn an_order_that_is_not_found_yet_can_be_looked_for_again() {
    run(Setup::default(), async |shop| {
        shop.hurry().await;
        shop.expect_status(400);
        shop.expect_status(503);
        shop.expect_console("net::ERR_");
        checkout_of_ten(shop).await;
        shop.api
            .fault(
                json!({ "method": "POST", "route": COMPLETE, "count": 1, "effect": "cut-after" }),
            )
            .await;
        shop.api
            .fault(json!({ "method": "GET", "route": "/api/orders", "effect": "status", "status": 503 }))
            .await;
        shop.click(button("Place order")).await;
        shop.sees("Quote the cart ID if you contact us.").await;
        shop.gone(link("View this order")).await;
        shop.api.clear_faults().await;
        shop.click(button("Look for it again")).await;
        shop.sees("We have found it: it is order MOM-").await;
        shop.see(link("View this order")).await;
    });
}
