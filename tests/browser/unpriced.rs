//! A product without a price: on request wherever it is shown, and never an empty amount or a button in vain.

use serde_json::{Value, json};

use crate::harness::{Setup, Shop, role, run};

const SKU: &str = "ON-REQUEST-1";

/// What is wrong with the screen: a button that would order it, or an amount that is empty.
async fn faults(shop: &Shop) -> Value {
    shop.script(
        "const wrong = []; \
         const seen = (it) => it.checkVisibility(); \
         for (const it of document.querySelectorAll('main .price, main .line-total')) \
           if (seen(it) && /^(each|Line total)?$/.test(it.innerText.trim())) wrong.push(it.outerHTML); \
         for (const it of document.querySelectorAll('main .product-order .primary, main .order-row .primary')) \
           if (seen(it) && !it.disabled) wrong.push(it.outerHTML); \
         return wrong",
    )
    .await
}

/// What has no price is on request, and can be added only by who acts for a customer, on every way into the cart.
#[test]
fn a_product_without_a_price_is_on_request_and_says_why() {
    run(Setup::default(), async |shop| {
        shop.api
            .put_product(&json!({
                "sku": SKU, "name": "Made to measure", "category": "Specials", "quantityOnHand": 5,
                "minimumOrderQuantity": 1, "active": true, "description": "x".repeat(250),
            }))
            .await;
        shop.open_as_acme(&format!("/products/{SKU}")).await;
        let screens = [
            format!("/products/{SKU}"),
            "/catalog?category=Specials".to_owned(),
            "/catalog?category=Specials&view=list".to_owned(),
            format!("/catalog?q={SKU}"),
            format!("/compare?skus={SKU}"),
        ];
        for path in &screens {
            shop.open_path(path).await;
            shop.sees("Made to measure").await;
            shop.sees("Price on request").await;
            shop.sees("There is no price for you, so this cannot be ordered here.")
                .await;
            assert_eq!(faults(shop).await, json!([]), "{path}");
        }
        // The order pad of the list names it, and adds nothing.
        shop.open_path("/catalog?category=Specials&view=list").await;
        shop.fill_and_leave(role("spinbutton").named("Quantity"), "2")
            .await;
        shop.sees(&format!(
            "Cannot be ordered as typed, and stays here: {SKU}"
        ))
        .await;
        // Nor does the palette; it leads to the product.
        shop.script("document.querySelector('.jump').click()").await;
        let field = role("combobox").named("Search or jump to");
        shop.fill(field, &format!("{SKU} x 3")).await;
        shop.sees(&format!("{SKU} · Price on request")).await;
        assert!(shop.api.acme_cart().await.is_null());
    });
}
