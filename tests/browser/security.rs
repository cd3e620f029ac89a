//! What may run, and what only looks as if it could.

use serde_json::json;

use crate::harness::{Setup, link, role, run};

const EVIL: &str = "<img src=x onerror=\"window.evil=1\"><script>window.evil=1</script>";

/// Text of the server is text.
#[test]
fn markup_from_the_server_is_text() {
    run(Setup::default(), async |shop| {
        shop.api
            .put_product(&json!({
                "sku": "EVIL<b>1", "name": format!("Name {EVIL}"), "description": EVIL,
                "category": format!("Category {EVIL}"), "upc": "<i>1</i>",
                "prices": [{ "tier": "Wholesale", "price": 5, "atQuantity": 1 }],
                "productAttributes": { "<b>bold</b>": EVIL },
            }))
            .await;
        shop.api.fill_cart(&[("EVIL<b>1", 2), ("TAG<b>9", 1)]).await;
        shop.open_as_acme("/products/EVIL%3Cb%3E1").await;
        let name = format!("Name {EVIL}");
        shop.see(role("heading").named(&name)).await;
        shop.sees("<b>bold</b>").await;
        shop.sees("<script>window.evil=1</script>").await;
        shop.open_path("/catalog?q=EVIL").await;
        shop.see(link(&name)).await;
        for path in ["/cart", "/checkout"] {
            shop.open_path(path).await;
            shop.sees(&name).await;
        }
        assert_eq!(shop.script("return window.evil ?? null").await, json!(null));
        let images = "return document.querySelectorAll('img[onerror], main script').length";
        assert_eq!(shop.script(images).await, 0);
    });
}

/// An injected script does not run.
#[test]
fn an_injected_script_does_not_run() {
    run(Setup::default(), async |shop| {
        shop.expect_console("Content Security Policy");
        shop.expect_console("policy violated:");
        // The broken image itself.
        shop.expect_console("/x - Failed to load resource");
        shop.open_as_acme("/catalog").await;
        shop.sees("299 products").await;
        let inject = format!(
            "document.querySelector('main').insertAdjacentHTML('beforeend', {}); \
             const script = document.createElement('script'); \
             script.textContent = 'window.evil = 2'; document.body.append(script);",
            json!(EVIL)
        );
        shop.script(&inject).await;
        shop.until("the violation is reported", async || {
            let console = shop.console().await.join(" ");
            console.contains("policy violated:")
        })
        .await;
        assert_eq!(shop.script("return window.evil ?? null").await, json!(null));
    });
}

/// Only the API and the own origin may be called.
#[test]
fn only_the_api_and_the_own_origin_may_be_called() {
    run(Setup::default(), async |shop| {
        shop.expect_console("Content Security Policy");
        shop.expect_console("policy violated:");
        shop.expect_console("Refused to connect");
        shop.open_as_acme("/catalog").await;
        let answer = shop
            .script(
                "return fetch('http://127.0.0.1:9/steal').then(() => 'sent', \
                 (error) => error.name)",
            )
            .await;
        assert_eq!(answer, "TypeError");
        shop.until("the violation is reported", async || {
            let console = shop.console().await.join(" ");
            console.contains("connect-src")
        })
        .await;
    });
}

#[test]
fn no_other_site_may_be_framed() {
    run(Setup::default(), async |shop| {
        shop.expect_console("Content Security Policy");
        shop.expect_console("policy violated:");
        shop.open_as_acme("/catalog").await;
        let frame = format!(
            "const frame = document.createElement('iframe'); frame.src = '{}/_sandbox/'; \
             document.body.append(frame)",
            shop.api.origin()
        );
        shop.script(&frame).await;
        shop.until("the violation is reported", async || {
            shop.console().await.join(" ").contains("frame-src")
        })
        .await;
    });
}

/// The headers come with every page.
#[test]
fn the_headers_are_served_with_every_page() {
    run(Setup::default(), async |shop| {
        let client = reqwest::Client::new();
        for path in ["/", "/index.html", "/products/DOT.v2", "/config.json"] {
            let address = format!("{}{path}", shop.site());
            let request = client.get(address).header("accept", "text/html");
            let answer = request.send().await.unwrap();
            assert_eq!(answer.status(), 200, "{path}");
            let header = |name: &str| {
                let value = answer.headers().get(name);
                let value = value.unwrap_or_else(|| panic!("{path} has no {name}"));
                value.to_str().unwrap().to_owned()
            };
            let policy = header("content-security-policy");
            for part in [
                "default-src 'none'",
                "script-src 'self' 'wasm-unsafe-eval'",
                "frame-ancestors 'none'",
                "base-uri 'none'",
                &shop.api.origin(),
            ] {
                assert!(policy.contains(part), "{path}: {part} in {policy}");
            }
            assert!(!policy.contains("unsafe-inline"), "{policy}");
            assert!(!policy.contains("'unsafe-eval'"), "{policy}");
            assert_eq!(header("x-content-type-options"), "nosniff");
            assert_eq!(header("referrer-policy"), "no-referrer");
        }
    });
}
