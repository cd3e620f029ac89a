//! Browsers that are used by one test after the other, each test in a context of its own: what a browser keeps for a
//! private window, none of which any other context sees, and which is gone when the context is disposed of.

use serde_json::{Value, json};
use std::{
    cell::RefCell,
    sync::{Mutex, PoisonError},
};
use thirtyfour::{WebDriver, WindowHandle};

use super::{chrome::Chromedriver, devtools::Devtools};

/// Browsers that nobody uses at the moment.
static IDLE: Mutex<Vec<Browser>> = Mutex::new(Vec::new());

/// A running browser, driven by a chromedriver of its own.
pub(super) struct Browser {
    pub(super) driver: WebDriver,
    devtools: tokio::sync::Mutex<Devtools>,
    chromedriver: Chromedriver,
}

impl Browser {
    /// One that has been used before, or else a new one.
    async fn take() -> Self {
        let idle = IDLE.lock().unwrap_or_else(PoisonError::into_inner).pop();
        if let Some(browser) = idle {
            return browser;
        }
        let chromedriver = Chromedriver::start();
        let driver = chromedriver.session().await;
        let devtools = Devtools::connect(&chromedriver.active_port()).await;
        Self {
            driver,
            devtools: devtools.into(),
            chromedriver,
        }
    }

    async fn call(&self, method: &str, parameters: Value) -> Value {
        self.devtools.lock().await.call(method, parameters).await
    }
}

/// What one test sees of a browser: its own windows, storage, caches, permissions.
pub(super) struct Context {
    browser: Browser,
    id: RefCell<String>,
}

impl Context {
    /// A new one, with one window of that size that shows an empty page.
    pub(super) async fn open(size: (u32, u32)) -> Self {
        let context = Self {
            browser: Browser::take().await,
            id: RefCell::default(),
        };
        context.begin(size).await;
        context
    }

    async fn begin(&self, (width, height): (u32, u32)) {
        let created = self
            .browser
            .call("Target.createBrowserContext", json!({}))
            .await;
        let id = created["browserContextId"].as_str().expect("an id");
        self.id.replace(id.to_owned());
        let window = json!({ "newWindow": true, "width": width, "height": height });
        let window = self.target(window).await;
        let turned = self.browser.driver.switch_to_window(window).await;
        turned.expect("the window is there");
        // Whatever earlier windows said is of no interest to this test.
        let said = self.browser.driver.browser_log().await;
        said.expect("the console is read");
    }

    /// Throws everything away that was done in it, and begins anew in the same browser, as the next test would.
    pub(super) async fn begin_again(&self, size: (u32, u32)) {
        self.end().await;
        self.begin(size).await;
    }

    async fn end(&self) {
        self.call("Target.disposeBrowserContext", json!({})).await;
    }

    /// Drives the windows.
    pub(super) fn driver(&self) -> &WebDriver {
        &self.browser.driver
    }

    /// A new tab behind the present one.
    pub(super) async fn new_tab(&self) -> WindowHandle {
        self.target(json!({ "background": true })).await
    }

    async fn target(&self, mut wanted: Value) -> WindowHandle {
        wanted["url"] = json!("about:blank");
        let target = self.call("Target.createTarget", wanted).await;
        // Chromedriver calls a window by the name that the browser has for it.
        WindowHandle::from(target["targetId"].as_str().expect("an id").to_owned())
    }

    /// All windows and tabs.
    pub(super) async fn tabs(&self) -> Vec<WindowHandle> {
        let all = self.browser.call("Target.getTargets", json!({})).await;
        let all = all["targetInfos"].as_array().cloned().unwrap_or_default();
        let id = self.id.borrow().clone();
        let own = all
            .iter()
            .filter(|target| target["type"] == "page" && target["browserContextId"] == *id);
        let handle = |target: &Value| target["targetId"].as_str().map(str::to_owned);
        own.filter_map(handle).map(WindowHandle::from).collect()
    }

    /// A command about the whole of this context.
    pub(super) async fn call(&self, method: &str, mut parameters: Value) -> Value {
        parameters["browserContextId"] = json!(*self.id.borrow());
        self.browser.call(method, parameters).await
    }

    /// Throws everything away that the test has left; the browser is used again.
    pub(super) async fn close(self) {
        self.end().await;
        IDLE.lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(self.browser);
    }

    /// Throws the browser away: after a failure nobody knows what state it is in.
    pub(super) fn abandon(self) {
        // Its session ends with it.
        let _ = self.browser.driver.leak();
        drop(self.browser.chromedriver);
    }
}
