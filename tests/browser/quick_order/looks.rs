//! axe-core on every state of the pad, light and dark, wide and narrow.

use serde_json::json;

use super::{open, sku, type_line};
use crate::{
    accessibility::audit,
    harness::{Setup, button, role, run, textbox},
};

#[test]
fn every_state() {
    run(Setup::default(), async |shop| {
        shop.hurry().await;
        shop.expect_status(500);
        open(shop).await;
        audit(shop, "pad, empty").await;
        type_line(shop, 1, "WIDGET-BLU-L", "12").await;
        type_line(shop, 2, "WIDGET-BLU-XXL", "5").await;
        type_line(shop, 3, "WIDGET-BLU-L", "").await;
        shop.see(button("Did you mean WIDGET-BLU-L?")).await;
        shop.see(button("Merge into line 1")).await;
        audit(shop, "pad, with problems").await;
        shop.fill(sku(4), "widget").await;
        shop.see(role("option").holding("WIDGET-BLU-L")).await;
        audit(shop, "pad, suggestions").await;
        shop.press(thirtyfour::Key::Escape).await;
        shop.click(role("DisclosureTriangle").named("Paste or upload a list"))
            .await;
        shop.click(textbox("SKUs and quantities")).await;
        super::paste(shop, "SKU,Name,Qty\nWIDGET-RED-M,Red,5").await;
        shop.click(button("Check lines")).await;
        shop.sees("Which column is which?").await;
        audit(shop, "pad, columns").await;
        shop.click(button("Add 1 line")).await;
        shop.sees("Red Widget").await;
        shop.click(button("Add all to cart")).await;
        shop.sees("products are in the cart.").await;
        audit(shop, "pad, added").await;
        shop.api
            .fault(json!({ "route": "/api/products", "effect": "status", "status": 500 }))
            .await;
        shop.api
            .fault(json!({ "route": "/api/products/{sku}", "effect": "status", "status": 500 }))
            .await;
        type_line(shop, 1, "BOLT-1", "1").await;
        shop.sees("Not looked up.").await;
        audit(shop, "pad, not looked up").await;
    });
}
