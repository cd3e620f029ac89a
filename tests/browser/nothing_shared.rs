//! A test leaves nothing in the browser for the next one, although both use the same.

use serde_json::{Value, json};

use crate::harness::{Setup, Shop, run};

/// Says what there is of everything that a browser keeps for a site or a page.
const LOOK: &str = "const done = arguments[0]; (async () => { \
     const { state } = await navigator.permissions.query({ name: 'camera' }); \
     const cached = await fetch('/favicon.svg?left', { cache: 'only-if-cached', mode: 'same-origin' }) \
       .then(() => true, () => false); \
     return { local: { ...localStorage }, session: { ...sessionStorage }, cookies: document.cookie, \
       databases: (await indexedDB.databases()).length, caches: (await caches.keys()).length, \
       workers: (await navigator.serviceWorker.getRegistrations()).length, permission: state, \
       cached, name: window.name, pages: history.length, \
       width: innerWidth, dark: matchMedia('(prefers-color-scheme: dark)').matches, \
       script: typeof left }; \
   })().then(done, (error) => done(String(error)))";

/// Leaves something of each kind behind.
const LEAVE: &str = "const done = arguments[0]; (async () => { \
     localStorage.left = sessionStorage.left = window.name = 'left'; document.cookie = 'left=left'; \
     await new Promise((opened, failed) => { const ask = indexedDB.open('left'); \
       ask.onsuccess = opened; ask.onerror = failed; }); \
     await (await caches.open('left')).put('/left', new Response('left')); \
     await navigator.serviceWorker.register('/service-worker.js'); \
     await fetch('/favicon.svg?left'); \
     history.pushState(null, '', '#left'); return null; \
   })().then(done, (error) => done(String(error)))";

async fn wait_for(shop: &Shop, script: &str) -> Value {
    let answer = shop.driver.execute_async(script, vec![]).await;
    answer.expect("the script runs").json().clone()
}

/// Loads a page and looks; without WebAssembly the app does not start, which keeps things of its own accord.
async fn look(shop: &Shop) -> Value {
    shop.open_path("/sign-in").await;
    wait_for(shop, LOOK).await
}

/// A browser test leaves nothing in the browser for the next one.
#[test]
fn a_test_leaves_nothing_for_the_next() {
    run(Setup::default(), async |shop| {
        // So the browser says that it keeps nothing.
        shop.expect_console("net::ERR_CACHE_MISS");
        shop.before_each_page("delete globalThis.WebAssembly").await;
        let empty = look(shop).await;
        shop.before_each_page("globalThis.left = 'left'").await;
        shop.prefer("dark").await;
        shop.make_wide(500).await;
        let camera = json!({ "permissions": ["videoCapture"], "origin": shop.site() });
        shop.devtools("Browser.grantPermissions", camera).await;
        assert_eq!(wait_for(shop, LEAVE).await, Value::Null);
        let full = look(shop).await;
        for (what, before) in empty.as_object().unwrap() {
            assert_ne!(full[what], *before, "{what} cannot be told apart");
        }
        shop.new_tab("/sign-in#left").await;
        shop.script("console.error('left in the console')").await;
        shop.set_offline(true).await;

        shop.begin_again().await;
        let nothing: Vec<String> = Vec::new();
        assert_eq!(shop.console().await, nothing);
        assert_eq!(shop.tabs().await.len(), 1);
        shop.before_each_page("delete globalThis.WebAssembly").await;
        assert_eq!(look(shop).await, empty);
    });
}
