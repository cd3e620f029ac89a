//! The shop that one test is in: sandbox, site and browser.

use serde_json::{Value, json};
use std::{cell::RefCell, time::Duration};
use thirtyfour::{BrowserLogEntry, WebDriver};
use xtask::site::{self, Site};

use super::{Server, browsers::Context, chrome::from_env, console::REPORT_VIOLATIONS};

/// What differs from the usual in a test.
pub(crate) struct Setup {
    /// The sandbox's own options.
    pub(crate) sandbox: nymble_sandbox::Options,
    /// Laid over the settings, key by key; `null` takes a key out.
    pub(crate) config: Value,
    /// Served as `config.json` as it stands, in place of the settings.
    pub(crate) raw_config: Option<String>,
    /// The API's origin, where it is not the sandbox.
    pub(crate) api: Option<String>,
    /// Width and height of the window.
    pub(crate) window: (u32, u32),
}

impl Default for Setup {
    fn default() -> Self {
        Self {
            sandbox: nymble_sandbox::Options::default(),
            config: json!({}),
            raw_config: None,
            api: None,
            window: (1280, 900),
        }
    }
}

/// One test's shop.
pub(crate) struct Shop {
    /// The API behind it.
    pub(crate) api: Server,
    /// The browser.
    pub(crate) driver: WebDriver,
    pub(super) expected: RefCell<Vec<String>>,
    pub(super) entries: RefCell<Vec<BrowserLogEntry>>,
    /// Where the bundle is served from, also once it is not any more.
    origin: String,
    site: RefCell<Option<site::Running>>,
    pub(super) context: Context,
}

impl Shop {
    /// Starts everything; the browser shows an empty page.
    pub(crate) async fn open(setup: Setup) -> Self {
        let (api, context) =
            tokio::join!(Server::start(setup.sandbox), Context::open(setup.window));
        let origin = setup.api.unwrap_or_else(|| api.origin());
        let config = setup
            .raw_config
            .unwrap_or_else(|| settings(&origin, &setup.config).to_string());
        let options = site::Options {
            port: 0,
            config: Some(config),
            api_origins: vec![origin],
        };
        let site = Site::start(&from_env("NYMBLE_DIST"), options).expect("the bundle is served");
        let shop = Self {
            api,
            driver: context.driver().clone(),
            expected: RefCell::default(),
            entries: RefCell::default(),
            origin: site.base_url(),
            site: RefCell::new(Some(site)),
            context,
        };
        shop.before_each_page(REPORT_VIOLATIONS).await;
        shop
    }

    /// The origin that the bundle is served from.
    pub(crate) fn site(&self) -> String {
        self.origin.clone()
    }

    /// From now on nobody answers where the bundle came from.
    pub(crate) fn stop_site(&self) {
        if let Some(site) = self.site.take() {
            site.stop();
        }
    }

    /// From now on `config.json` is answered with that status, media type and text.
    pub(crate) fn answer_config(&self, status: u16, media_type: &str, text: &str) {
        self.answer("/config.json", status, media_type, text);
    }

    /// From now on that path of the bundle is answered with that status, media type and text.
    pub(crate) fn answer(&self, path: &str, status: u16, media_type: &str, text: &str) {
        let site = self.site.borrow();
        let site = site.as_ref().expect("it is still served");
        let taken = site.answer(path, status, media_type, text);
        taken.expect("such an answer");
    }

    /// From now on the answers for that path of the bundle are held back for so many milliseconds.
    pub(crate) fn slow_down(&self, path: &str, milliseconds: u64) {
        let site = self.site.borrow();
        let site = site.as_ref().expect("it is still served");
        site.slow_down(path, Duration::from_millis(milliseconds));
    }

    /// `config.json` as a shop with these settings laid over has it.
    pub(crate) fn config_with(&self, over: &Value) -> String {
        settings(&self.api.origin(), over).to_string()
    }

    /// Leaves sandbox and site as they are, and turns to the browser as the next test would find it.
    pub(crate) async fn begin_again(&self) {
        self.context.begin_again(Setup::default().window).await;
    }

    /// Stops everything, and keeps the browser for the next test.
    pub(super) async fn close(self) {
        self.stop_site();
        self.context.close().await;
    }

    /// Stops everything, and the browser with it.
    pub(super) fn abandon(self) {
        self.stop_site();
        self.context.abandon();
    }
}

/// A file of the bundle, as it lies on disk.
pub(crate) fn file_of_bundle(name: &str) -> String {
    let path = from_env("NYMBLE_DIST").join(name);
    std::fs::read_to_string(path).expect("a text of the bundle")
}

/// `config.json` of a test: what the bundle is delivered with, and what the test lays over it.
fn settings(api: &str, over: &Value) -> Value {
    let mut settings = json!({
        "apiBaseUrl": api,
        "organizationCode": "acme-dist",
        "brand": { "name": "Acme Distribution" },
        "checkout": { "poNumber": "optional", "payments": ["saved", "terms", "card"] },
    });
    let Some(over) = over.as_object() else {
        return settings;
    };
    for (key, value) in over {
        settings[key] = value.clone();
    }
    settings
}
