//! Addresses: part numbers with every awkward character, and addresses that lead nowhere.

use crate::harness::{Setup, Shop, link, role, run};

/// SKU, how it stands in an address, and the product's name.
const AWKWARD: [(&str, &str, &str); 8] = [
    (
        "A/B 100%",
        "A%2FB%20100%25",
        "Cleaning Wipes A/B, 100 % cotton",
    ),
    ("HASH#1", "HASH%231", "Channel Marker #1"),
    (
        "MÜLLER-Ø12",
        "M%C3%9CLLER-%C3%9812",
        "Müller Spannring Ø 12 mm",
    ),
    (
        "東京-ネジ-01",
        "%E6%9D%B1%E4%BA%AC-%E3%83%8D%E3%82%B8-01",
        "精密ネジ 01 (precision screw)",
    ),
    ("SPACE SKU 7", "SPACE%20SKU%207", "Spacer Kit 7"),
    ("PLUS+1", "PLUS%2B1", "Adapter Plus +1"),
    ("DOT.v2", "DOT.v2", "Dot Gauge v2"),
    ("Q?1&x=2", "Q%3F1%26x%3D2", "Query Gauge Q?1"),
];

/// The page of that product stands.
async fn shows(shop: &Shop, (sku, address, name): (&str, &str, &str)) {
    shop.see(role("heading").named(name)).await;
    shop.is_at(&format!("/products/{address}")).await;
    let script = "return document.querySelector('.order-panel .sku').textContent";
    shop.until(&format!("the SKU {sku}"), async || {
        shop.script(script).await == sku
    })
    .await;
}

/// Any SKU works in a link.
#[test]
fn awkward_skus_open_by_a_click_and_by_back_and_forward() {
    run(Setup::default(), async |shop| {
        shop.open_as_acme("/catalog?category=Odds%20%26%20Ends")
            .await;
        for product in AWKWARD {
            shop.click(link(product.2)).await;
            shows(shop, product).await;
            shop.back().await;
            shop.see(role("heading").named("Odds & Ends")).await;
            shop.is_at("/catalog?category=Odds%20%26%20Ends").await;
            shop.forward().await;
            shows(shop, product).await;
            shop.click(link("Odds & Ends")).await;
            shop.see(role("heading").named("Odds & Ends")).await;
        }
    });
}

/// Any SKU works in a link.
#[test]
fn awkward_skus_open_from_the_address_bar() {
    run(Setup::default(), async |shop| {
        shop.open_as_acme("/cart").await;
        for product in AWKWARD {
            shop.open_path(&format!("/products/{}", product.1)).await;
            shows(shop, product).await;
        }
        shop.reload().await;
        shows(shop, AWKWARD[7]).await;
    });
}

#[test]
fn awkward_skus_go_into_the_cart_and_out_again() {
    run(Setup::default(), async |shop| {
        let lines = AWKWARD.map(|(sku, ..)| (sku, 3));
        shop.api.fill_cart(&lines).await;
        shop.open_as_acme("/cart").await;
        for (sku, ..) in AWKWARD {
            let field = role("spinbutton").named(&format!("Quantity for {sku}"));
            shop.fill_and_leave(field, "4").await;
        }
        shop.sees("All changes saved").await;
        for (sku, ..) in AWKWARD {
            assert_eq!(shop.api.quantity_of(sku).await, 4, "{sku}");
            let remove = format!("Remove {sku}");
            shop.click(crate::harness::button(&remove)).await;
        }
        shop.sees("Your cart is empty.").await;
        shop.until("the server's cart is empty", async || {
            let cart = shop.api.acme_cart().await;
            cart["items"].as_array().is_none_or(Vec::is_empty)
        })
        .await;
    });
}

/// A SKU works in a link in any spelling.
#[test]
fn other_spellings_of_a_sku_lead_to_its_own_address() {
    run(Setup::default(), async |shop| {
        shop.expect_status(404);
        shop.open_as_acme("/cart").await;
        for (address, own) in [
            ("widget-blu-l", "WIDGET-BLU-L"),
            ("WIDGET-BLU-L/", "WIDGET-BLU-L"),
            ("%20Widget-Blu-L%20", "WIDGET-BLU-L"),
            ("%EF%BC%B7IDGET%E2%80%91BLU%E2%80%93L", "WIDGET-BLU-L"),
            ("space+sku+7", "SPACE%20SKU%207"),
            ("a%252Fb%2520100%2525", "A%2FB%20100%25"),
            ("mu%CC%88ller-%C3%B812", "M%C3%9CLLER-%C3%9812"),
            ("0012345678905", "WIDGET-BLU-L"),
            ("(01)00012345678905", "WIDGET-BLU-L"),
        ] {
            shop.open_path(&format!("/products/{address}")).await;
            shop.is_at(&format!("/products/{own}")).await;
        }
        // The step before is the screen before, and not the wrong address.
        shop.open_path("/cart").await;
        shop.sees("Your cart is empty.").await;
        shop.open_path("/products/widget-blu-l").await;
        shop.is_at("/products/WIDGET-BLU-L").await;
        shop.back().await;
        shop.is_at("/cart").await;
        // Side by side, too.
        shop.open_path("/compare?skus=widget-blu-l%2CWIDGET-RED-M%2C0012345678905")
            .await;
        shop.is_at("/compare?skus=WIDGET-BLU-L%2CWIDGET-RED-M")
            .await;
        // And in the catalogue's search.
        for typed in [
            "%EF%BC%B7IDGET-BLU-L",
            "0012345678905",
            "(01)00012345678905",
        ] {
            shop.open_path(&format!("/catalog?q={typed}")).await;
            shop.see(link("Blue Widget — Large")).await;
        }
        shop.open_path("/catalog?q=012345678906").await;
        shop.sees("Read as a barcode, its check digit is wrong.")
            .await;
    });
}

#[test]
fn an_unknown_sku_says_so() {
    run(Setup::default(), async |shop| {
        shop.expect_status(404);
        shop.open_as_acme("/products/NO%2FSUCH%25").await;
        shop.sees("There is no product with the SKU “NO/SUCH%”, or it is no longer offered.")
            .await;
        shop.click(link("Go to the catalog")).await;
        shop.see(role("heading").named("Catalog")).await;
    });
}

#[test]
fn a_retired_product_says_so() {
    run(Setup::default(), async |shop| {
        shop.expect_status(404);
        shop.open_as_acme("/products/RETIRED-1").await;
        shop.sees("There is no product with the SKU “RETIRED-1”")
            .await;
    });
}

#[test]
fn an_unknown_page_says_so() {
    run(Setup::default(), async |shop| {
        shop.open_as_acme("/catalogue/of/1998").await;
        shop.see(role("heading").named("Page not found")).await;
        let title = shop.driver.title().await.unwrap();
        assert_eq!(title, "Page not found · Acme Distribution");
        shop.click(link("Go to the catalog")).await;
        shop.see(role("heading").named("Catalog")).await;
        shop.is_at("/catalog").await;
    });
}

#[test]
fn addresses_that_are_not_well_encoded_do_no_harm() {
    run(Setup::default(), async |shop| {
        shop.expect_status(400);
        shop.expect_status(404);
        shop.open_as_acme("/catalog").await;
        for path in ["/products/%E0%A4%A", "/products/%", "/catalog?q=%E0%A4%A"] {
            shop.open_path(path).await;
            shop.see(link("Cart, 0 lines")).await;
            shop.until("a heading", async || {
                let heading = role("heading").first();
                shop.find_all(&heading)
                    .await
                    .is_ok_and(|found| !found.is_empty())
            })
            .await;
        }
    });
}

/// Focus and title follow the screen.
#[test]
fn titles_and_focus_follow_the_screens() {
    run(Setup::default(), async |shop| {
        shop.open_as_acme("/catalog?q=WIDGET-BLU-L").await;
        shop.click(link("Blue Widget — Large")).await;
        shop.focus_is("heading “Blue Widget — Large”").await;
        let title = shop.driver.title().await.unwrap();
        assert_eq!(title, "Blue Widget — Large · Acme Distribution");
        shop.click(link("Cart, 0 lines")).await;
        shop.focus_is("heading “Cart”").await;
        assert_eq!(
            shop.driver.title().await.unwrap(),
            "Cart · Acme Distribution"
        );
        shop.back().await;
        shop.focus_is("heading “Blue Widget — Large”").await;
    });
}
