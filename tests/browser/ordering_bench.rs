//! How fast ordering is; `cargo xtask bench ordering` runs this and prints its figures.

use serde_json::{Value, json};
use std::{fmt::Write as _, time::Instant};

use crate::{
    harness::{Setup, Shop, button, role, run},
    quick_order::{lines, open, quantity, sku},
};

/// Prints a figure for the bench to pick up.
fn figure(name: &str, value: &str) {
    println!("figure: {name:<52} {value:>9}");
}

/// From now on the page notes its longest frame, and the longest work on one key.
const WATCH: &str = "window.longest = { frame: 0, key: 0 }; let last = performance.now(); \
    const frame = (now) => { window.longest.frame = Math.max(window.longest.frame, now - last); last = now; \
      if (window.longest) requestAnimationFrame(frame); }; \
    requestAnimationFrame((now) => { last = now; requestAnimationFrame(frame); }); \
    new PerformanceObserver((list) => { for (const entry of list.getEntries()) \
      window.longest.key = Math.max(window.longest.key, entry.processingEnd - entry.processingStart); }) \
      .observe({ type: 'event', durationThreshold: 16 });";

/// Types digits into the field that has the focus, and tells what the page noted meanwhile.
async fn typing(shop: &Shop, name: &str) {
    for slower in [1, 4] {
        shop.devtools("Emulation.setCPUThrottlingRate", json!({ "rate": slower }))
            .await;
        shop.script(WATCH).await;
        for key in "1234567890123456".chars() {
            shop.type_text(&key.to_string()).await;
        }
        let longest = shop.script("return window.longest").await;
        let number = |name: &str| format!("{:.1} ms", longest[name].as_f64().unwrap_or_default());
        figure(
            &format!("longest frame, {name}, {slower}x"),
            &number("frame"),
        );
        figure(
            &format!("longest work on a key, {name}, {slower}x"),
            &number("key"),
        );
        shop.script("document.activeElement.select()").await;
    }
    shop.devtools("Emulation.setCPUThrottlingRate", json!({ "rate": 1 }))
        .await;
}

#[test]
#[ignore = "a measurement, not a test"]
fn ordering() {
    println!();
    let mut setup = Setup::default();
    setup.sandbox.products = 5_000;
    run(setup, async |shop| {
        let wanted = lines(shop, 2_000).await;
        let mut text = String::new();
        for (sku, quantity) in &wanted {
            writeln!(text, "{sku}\t{quantity}").expect("written");
        }
        open(shop).await;
        shop.click(sku(1)).await;
        let before = shop.api.count("GET", "/api/products").await;
        let begin = Instant::now();
        let script = "const done = arguments[1]; const data = new DataTransfer(); data.setData('text', arguments[0]); \
             const begin = performance.now(); \
             document.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true })); \
             requestAnimationFrame(() => setTimeout(() => done(performance.now() - begin)));";
        let shown = shop
            .driver
            .execute_async(script, vec![Value::from(text)])
            .await
            .expect("pasted");
        let shown = shown.json().as_f64().unwrap_or_default();
        figure("parse and show 2,000 lines", &format!("{shown:.0} ms"));
        shop.sees("2,000 lines are ready").await;
        figure(
            "look up 2,000 lines",
            &format!("{:.1} s", begin.elapsed().as_secs_f64()),
        );
        let requests = shop.api.count("GET", "/api/products").await - before;
        figure("requests for it", &requests.to_string());
        shop.click(quantity(5)).await;
        typing(shop, "typing in a 2,000-line pad").await;
        shop.script("document.activeElement.select()").await;
        shop.fill_and_leave(
            quantity(5),
            &wanted.values().nth(4).copied().unwrap_or(1).to_string(),
        )
        .await;
        shop.sees("2,000 lines are ready").await;
        let before = shop.api.count("POST", "/items").await;
        let begin = Instant::now();
        shop.click(button("Add all to cart")).await;
        shop.sees("2,000 products are in the cart.").await;
        figure(
            "add 2,000 lines to the cart",
            &format!("{:.1} s", begin.elapsed().as_secs_f64()),
        );
        let requests = shop.api.count("POST", "/items").await - before;
        figure(
            "requests for it (the log holds 1,000)",
            &requests.to_string(),
        );
    });
    let mut setup = Setup::default();
    setup.sandbox.products = 1_000;
    run(setup, async |shop| {
        let wanted = lines(shop, 500).await;
        let lines: Vec<(&str, u32)> = wanted
            .iter()
            .map(|(sku, quantity)| (sku.as_str(), u32::try_from(*quantity).expect("a quantity")))
            .collect();
        shop.api.fill_cart(&lines).await;
        shop.open_as_acme("/cart").await;
        let name = format!("Quantity for {}", lines[0].0);
        let field = role("spinbutton").named(&name);
        shop.see(field.clone()).await;
        shop.click(field).await;
        typing(shop, "typing in a 500-line cart").await;
    });
}
