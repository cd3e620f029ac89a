//! Little room: long words widen nothing, and no bar covers what has the focus.

use serde_json::{Value, json};
use thirtyfour::Key;

use crate::{
    accessibility::violations,
    harness::{Setup, Shop, button, role, run},
    invoices::with_orders,
};

/// A word that no window is wide enough for.
fn word(length: usize) -> String {
    "Donaudampfschifffahrtsgesellschaft"
        .chars()
        .cycle()
        .take(length)
        .collect()
}

/// What sticks out at 320 pixels.
async fn too_wide(shop: &Shop) -> Value {
    shop.script(
        "const wide = document.documentElement.scrollWidth; \
         if (wide <= 320) return null; \
         return wide + ' px ' + [...document.querySelectorAll('body *')].filter((it) => \
         it.getBoundingClientRect().right > 321).slice(0, 6).map((it) => \
         it.outerHTML.slice(0, 100)).join('\\n')",
    )
    .await
}

/// The spacings that a reader may set (WCAG 1.4.12), and the texts that they cut off: those that a box hides a part of
/// from above to below. Names that end in dots are cut on purpose.
const SPACED: &str = "const cut = () => new Set([...document.querySelectorAll('main *, header *')].filter((it) => { \
     const style = getComputedStyle(it); \
     return ['hidden', 'clip'].includes(style.overflowY) && style.clipPath === 'none' && it.innerText?.trim() \
       && it.clientHeight > 1 && it.scrollHeight > it.clientHeight + 2; })); \
     const before = cut(), sheet = new CSSStyleSheet(); \
     sheet.replaceSync('* { line-height: 1.5 !important; letter-spacing: .12em !important; \
       word-spacing: .16em !important; } p { margin-bottom: 2em !important; }'); \
     document.adoptedStyleSheets = [sheet]; \
     const found = [...cut()].filter((it) => !before.has(it)).map((it) => it.outerHTML.slice(0, 120)); \
     const wide = document.documentElement.scrollWidth; \
     document.adoptedStyleSheets = []; \
     if (wide > 320) found.push(wide + ' px'); \
     return found.slice(0, 6).join('\\n') || null";

/// A long word widens no screen, and spacings that a reader sets cut no text off. Whatever is pressed is large enough,
/// or has room around it.
#[test]
fn long_words_widen_no_screen() {
    run(
        Setup {
            window: (320, 640),
            ..Setup::default()
        },
        async |shop| {
            let admin = shop.api.token("acme-admin").await;
            let (long, text) = (word(100), word(250));
            let sku = word(50);
            shop.api
            .put_product(&json!({
                "sku": sku, "name": text, "description": text, "category": long, "price": 5,
                "upc": "123456789012", "quantityOnHand": 5, "minimumOrderQuantity": 6, "quantityIncrement": 6,
                "productAttributes": { long.clone(): text }, "dimensions": long, "active": true,
            }))
            .await;
            let address = json!({ "code": "HQ", "line1": long, "city": long, "state": "IL", "postalCode": "60601",
            "country": "US", "isPrimary": true, "addressType": "Shipping" });
            let customer = json!({ "companyName": long, "companyEmail": format!("{}@example.com", word(60)),
            "addresses": [address], "contacts": [{ "firstName": long, "lastName": long,
            "email": format!("{}@example.com", word(60)), "phone": "1", "contactType": long }] });
            shop.api
                .call("PUT", "/api/customers/ACME-001", &admin, &customer)
                .await;
            let order = json!({ "customerNumber": "ACME-001", "orderNumber": "ORD-1", "orderDate": "2026-01-02T12:00:00Z",
            "orderStatus": "Shipped", "poNumber": word(50), "notes": text,
            "items": [{ "sku": sku, "name": text, "quantity": 6, "unitPrice": 5 }] });
            shop.api
                .call("POST", "/api/orders/bulk", &admin, &json!([order]))
                .await;
            shop.api
                .upload("", &format!("{long}.pdf"), b"%PDF-1.4")
                .await;
            shop.api.fill_cart(&[(&sku, 6)]).await;
            let buyer = shop.api.token("acme-buyer").await;
            let cart = shop.api.acme_cart().await["shoppingCartId"].clone();
            let path = format!("/api/carts/ACME-001/{}", cart.as_str().unwrap());
            let fields = json!({ "cart": { "poNumber": word(50), "specialInstructions": text } });
            shop.api.call("PUT", &path, &buyer, &fields).await;
            shop.open_as_acme("/").await;
            let encoded = format!("category={long}");
            let screens: [(String, &str); 16] = [
                ("/".to_owned(), "h1"),
                ("/catalog".to_owned(), ".product-item a"),
                (
                    format!("/catalog?{encoded}"),
                    ".product-item:not(.skeleton)",
                ),
                (
                    format!("/catalog?{encoded}&view=list"),
                    ".product-item:not(.skeleton)",
                ),
                (format!("/catalog?q={sku}"), ".product-item:not(.skeleton)"),
                (format!("/products/{sku}"), ".description"),
                (format!("/compare?skus={sku}"), ".compare-table"),
                ("/quick-order".to_owned(), ".pad-grid"),
                ("/cart".to_owned(), ".cart-table"),
                ("/checkout".to_owned(), ".review th"),
                ("/orders".to_owned(), ".order-table"),
                ("/orders/ORD-1".to_owned(), ".order-lines"),
                ("/invoices?show=all".to_owned(), "h1"),
                ("/documents".to_owned(), ".document-lines"),
                ("/account".to_owned(), ".entry"),
                ("/lists".to_owned(), "h1"),
            ];
            let mut wrong = Vec::new();
            for (path, part) in &screens {
                shop.open_path(path).await;
                let there = format!("return document.querySelector('{part}') !== null");
                shop.until(&format!("{part} of {path}"), async || {
                    shop.script(&there).await == true
                })
                .await;
                shop.make_wide(320).await;
                let found = too_wide(shop).await;
                if found != Value::Null {
                    wrong.push(format!("{path}: {}", found.as_str().unwrap_or_default()));
                }
                if let Some(found) = shop.script(SPACED).await.as_str() {
                    wrong.push(format!("{path}, wider spacings: {found}"));
                }
                for width in [320, 1280] {
                    shop.make_wide(width).await;
                    for small in violations(shop, &["target-size"]).await {
                        wrong.push(format!("{path}, {width} px: {small}"));
                    }
                }
            }
            assert!(wrong.is_empty(), "\n{}", wrong.join("\n\n"));
        },
    );
}

/// Goes through the screen by Tab, and says what covers what has the focus.
async fn covered(shop: &Shop, steps: usize) -> Vec<String> {
    let script = "const it = document.activeElement, box = it.getBoundingClientRect(); \
         if (it === document.body || !box.width || !box.height || it.matches('.skip-link')) return null; \
         const wide = document.documentElement.clientWidth; \
         const xs = [box.left + 3, (box.left + box.right) / 2, box.right - 3].filter((x) => x > 0 && x < wide); \
         const ys = [box.top + 2, (box.top + box.bottom) / 2, box.bottom - 2].filter((y) => y > 0 && y < innerHeight); \
         const free = ys.some((y) => xs.some((x) => { const at = document.elementFromPoint(x, y); \
           return at && (it.contains(at) || at.contains(it) || (it.labels && [...it.labels].some((l) => l.contains(at)))); })); \
         return free ? null : it.outerHTML.slice(0, 120) + ' under ' + \
           (ys.length && xs.length ? document.elementFromPoint(xs[0], ys[0])?.outerHTML.slice(0, 120) : 'the edge')";
    let mut wrong = Vec::new();
    for _ in 0..steps {
        shop.press(Key::Tab).await;
        if let Some(found) = shop.script(script).await.as_str() {
            wrong.push(found.to_owned());
        }
    }
    wrong
}

/// In a short window nothing covers what has the focus.
#[test]
fn no_bar_covers_the_focus_in_a_short_window() {
    run(
        Setup {
            window: (320, 640),
            ..with_orders(60)
        },
        async |shop| {
            let short =
                json!({ "width": 320, "height": 256, "deviceScaleFactor": 1, "mobile": false });
            shop.api
                .fill_cart(&[("WIDGET-BLU-L", 10), ("WIDGET-RED-M", 2)])
                .await;
            shop.open_as_acme("/").await;
            let screens: [(&str, &str, usize); 7] = [
                ("/catalog?view=list", ".list-pad", 45),
                ("/products/WIDGET-BLU-L", ".order-panel", 20),
                ("/cart", ".cart-table", 30),
                ("/checkout", ".review th", 25),
                ("/quick-order", ".pad-grid input", 25),
                ("/invoices", ".bills", 35),
                ("/account", ".entry", 25),
            ];
            let mut wrong = Vec::new();
            for (path, part, steps) in screens {
                shop.open_path(path).await;
                let there = format!("return document.querySelector('{part}') !== null");
                shop.until(&format!("{part} of {path}"), async || {
                    shop.script(&there).await == true
                })
                .await;
                shop.devtools("Emulation.setDeviceMetricsOverride", short.clone())
                    .await;
                if path == "/invoices" {
                    shop.script("document.querySelector('.pick input')?.click()")
                        .await;
                }
                for found in covered(shop, steps).await {
                    wrong.push(format!("{path}: {found}"));
                }
                let sticks = shop
                .script(
                    "return [...document.querySelectorAll('body *')].filter((it) => \
                     ['sticky', 'fixed'].includes(getComputedStyle(it).position) && it.checkVisibility() \
                     && it.getBoundingClientRect().height > 24 && !it.matches('.notices, .offline-bar, [popover], dialog *')) \
                     .map((it) => it.className)",
                )
                .await;
                if sticks != json!([]) {
                    wrong.push(format!("{path}: in place stay {sticks}"));
                }
            }
            assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
            // A dialog is all within reach, too.
            shop.script("document.querySelector('.jump').click()").await;
            shop.see(role("combobox").named("Search or jump to")).await;
            assert_eq!(covered(shop, 4).await, Vec::<String>::new());
            shop.click(button("Close")).await;
        },
    );
}
