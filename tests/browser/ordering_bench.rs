//! How fast ordering is; `cargo xtask bench ordering` runs this and prints its figures.

use serde_json::{Value, json};
use std::{
    fmt::Write as _,
    time::{Duration, Instant},
};
use thirtyfour::Key;

use crate::{
    harness::{Setup, Shop, button, role, run},
    quick_order::{lines, open, sku},
};

/// So long adding 2,000 lines may take.
const LONGEST: Duration = Duration::from_secs(90);

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

/// Does something at the speed of this machine and at a quarter of it, and tells what the page noted meanwhile.
async fn watched(shop: &Shop, name: &str, work: impl AsyncFn()) {
    for slower in [1, 4] {
        shop.devtools("Emulation.setCPUThrottlingRate", json!({ "rate": slower }))
            .await;
        shop.script(WATCH).await;
        work().await;
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
    }
    shop.devtools("Emulation.setCPUThrottlingRate", json!({ "rate": 1 }))
        .await;
}

/// Types digits into the field that has the focus, and selects them again.
async fn typing(shop: &Shop, name: &str) {
    watched(shop, name, async || {
        for key in "1234567890123456".chars() {
            shop.type_text(&key.to_string()).await;
        }
        shop.script("document.activeElement.select()").await;
    })
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
        // The pasted block ends there, and the grid shows its end.
        let late = role("textbox").named("Quantity, line 1,995");
        shop.click(late.clone()).await;
        typing(shop, "typing in a 2,000-line pad").await;
        shop.script("document.activeElement.select()").await;
        shop.fill_and_leave(
            late,
            &wanted.values().nth(1_994).copied().unwrap_or(1).to_string(),
        )
        .await;
        shop.sees("2,000 lines are ready").await;
        let before = shop.api.count("POST", "/items").await;
        let begin = Instant::now();
        shop.click(button("Add all to cart")).await;
        // Longer than a test waits; and reading the whole page again and again would slow down what is measured.
        let done = "return Boolean(document.getElementById('pad-added'))";
        while shop.script(done).await != true {
            assert!(begin.elapsed() < LONGEST, "the lines are not added");
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
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
        shop.click(field.clone()).await;
        typing(shop, "typing in a 500-line cart").await;
        shop.fill_and_leave(field.clone(), &lines[0].1.to_string())
            .await;
        shop.click(field).await;
        watched(shop, "a line of 500 changed and confirmed", async || {
            let before = shop.api.quantity_of(lines[0].0).await;
            shop.press(Key::Up).await;
            shop.until("the change is confirmed", async || {
                let pending = "return document.querySelectorAll('tr.pending').length";
                shop.api.quantity_of(lines[0].0).await > before
                    && shop.script(pending).await.as_u64() == Some(0)
            })
            .await;
        })
        .await;
    });
}
