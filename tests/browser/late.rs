//! What comes late leads nobody away from where they have gone meanwhile.

use serde_json::json;

use crate::harness::{Setup, link, role, run};

/// Types into the field, and 120 ms later does something else, faster than typing counts for paused.
fn type_then(selector: &str, text: &str, then: &str) -> String {
    format!(
        "const field = document.querySelector('{selector}'); \
         field.focus(); field.value = '{text}'; \
         field.dispatchEvent(new Event('input', {{ bubbles: true }})); \
         setTimeout(() => {{ {then} }}, 120)"
    )
}

/// Longer than any pause in typing.
async fn wait_for_typing_to_count() {
    tokio::time::sleep(std::time::Duration::from_millis(900)).await;
}

/// What waits or comes late leads nobody away from where they have gone.
#[test]
fn a_search_that_waits_ends_where_the_buyer_goes_on() {
    run(Setup::default(), async |shop| {
        shop.open_as_acme("/catalog").await;
        let product = link("Cleaning Wipes A/B, 100 % cotton");
        shop.see(product.clone()).await;
        let href = shop.property(product, "href").await;
        let href = href.as_str().unwrap_or_default().to_owned();
        // The next screen takes a while.
        shop.delay_answers("/browse.json", 1_200).await;
        let click = format!(r#"document.querySelector('a[href="{href}"]').click()"#);
        shop.script(&type_then("[type=search]", "bearing", &click))
            .await;
        wait_for_typing_to_count().await;
        shop.is_at(&href).await;
        shop.see(role("heading").named("Cleaning Wipes A/B, 100 % cotton"))
            .await;
        let quantity = role("spinbutton").beginning("Quantity");
        shop.fill(quantity.clone(), "7").await;
        wait_for_typing_to_count().await;
        shop.is_at(&href).await;
        assert_eq!(shop.value(quantity).await, "7");
        // What was typed is a step of its own.
        shop.back().await;
        shop.is_at("/catalog?q=bearing").await;
        shop.has_value(role("searchbox").named("Search products"), "bearing")
            .await;
    });
}

/// What waits or comes late leads nobody away from where they have gone.
#[test]
fn whatever_is_typed_into_whichever_field() {
    run(Setup::default(), async |shop| {
        shop.open_as_acme("/cart").await;
        let by_link = "document.querySelector('a.cart-link').click()";
        for (path, selector, text, thens) in [
            (
                "/orders",
                "#order-po",
                "PO-1",
                &[by_link, "history.back()"][..],
            ),
            ("/orders", "#order-from", "2024-01-01", &["history.back()"]),
            ("/invoices", "main [type=search]", "INV", &[by_link]),
            (
                "/documents",
                "main [type=search]",
                "terms",
                &["history.back()"],
            ),
        ] {
            for then in thens {
                // By links: the step back leads to the cart.
                shop.click(link_to(path)).await;
                shop.until(selector, async || {
                    let there = format!("return Boolean(document.querySelector('{selector}'))");
                    shop.script(&there).await == json!(true)
                })
                .await;
                shop.script(&type_then(selector, text, then)).await;
                wait_for_typing_to_count().await;
                shop.is_at("/cart").await;
                shop.see(role("heading").named("Cart")).await;
            }
        }
    });
}

fn link_to(path: &str) -> crate::harness::Target {
    link(match path {
        "/orders" => "Orders",
        "/invoices" => "Invoices",
        _ => "Documents",
    })
}

/// What comes late leads nobody away from where they have gone.
#[test]
fn an_order_that_is_placed_late_is_told_where_the_buyer_is() {
    run(Setup::default(), async |shop| {
        shop.api.fill_cart(&[("WIDGET-BLU-L", 10)]).await;
        shop.open_as_acme("/checkout").await;
        shop.click(role("radio").beginning("On account")).await;
        shop.delay_answers("/complete-checkout", 1_500).await;
        shop.click(crate::harness::button("Place order")).await;
        shop.sees("Placing your order").await;
        shop.click(link("Catalog")).await;
        shop.sees("Your order was placed.").await;
        shop.is_at("/catalog").await;
        shop.click(link("View the order")).await;
        shop.is_under("/checkout/complete/").await;
        assert_eq!(shop.api.orders().await.len(), 1);
    });
}
