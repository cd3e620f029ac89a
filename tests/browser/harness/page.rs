//! Where the browser is: addresses, tabs, storage, scripts.

use serde_json::{Value, json};
use thirtyfour::WindowHandle;

use super::{Shop, button, textbox};

impl Shop {
    /// Opens a path of the shop from the address bar.
    pub(crate) async fn open_path(&self, path: &str) {
        let address = format!("{}{path}", self.site());
        self.driver.goto(address).await.expect("the page opens");
    }

    /// Opens a path as a buyer who is signed in already.
    pub(crate) async fn open_as(&self, client_id: &str, path: &str) {
        let token = self.api.token(client_id).await;
        self.open_path(&format!("{path}#access_token={token}"))
            .await;
        self.see(button("Sign out")).await;
    }

    /// Opens a path as the buyer of `ACME-001`.
    pub(crate) async fn open_as_acme(&self, path: &str) {
        self.open_as("acme-buyer", path).await;
    }

    /// Types credentials into the sign-in form and sends it.
    pub(crate) async fn sign_in(&self, client_id: &str, secret: &str) {
        self.fill(textbox("Client ID"), client_id).await;
        self.fill(textbox("Client secret"), secret).await;
        self.click(button("Sign in")).await;
    }

    /// Loads the page again.
    pub(crate) async fn reload(&self) {
        self.driver.refresh().await.expect("the page loads again");
    }

    /// One step back.
    pub(crate) async fn back(&self) {
        self.driver.back().await.expect("a step back");
    }

    /// One step forward.
    pub(crate) async fn forward(&self) {
        self.driver.forward().await.expect("a step forward");
    }

    /// The address behind the origin.
    pub(crate) async fn path(&self) -> String {
        let url = self.driver.current_url().await;
        let url = url.map_or_else(|_| String::new(), |url| url.to_string());
        url.strip_prefix(&self.site())
            .map_or(url.clone(), str::to_owned)
    }

    /// Waits until the address behind the origin is `path`.
    pub(crate) async fn is_at(&self, path: &str) {
        self.until(&format!("the address {path}"), async || {
            self.path().await == path
        })
        .await;
    }

    /// Waits until the address behind the origin begins with `path`.
    pub(crate) async fn is_under(&self, path: &str) {
        self.until(&format!("an address under {path}"), async || {
            self.path().await.starts_with(path)
        })
        .await;
    }

    /// Runs a script; what it returns, as JSON.
    pub(crate) async fn script(&self, script: &str) -> Value {
        let answer = self.driver.execute(script, vec![]).await;
        answer.expect("the script runs").json().clone()
    }

    /// Runs a script in each page before its own scripts.
    pub(crate) async fn before_each_page(&self, script: &str) {
        self.devtools(
            "Page.addScriptToEvaluateOnNewDocument",
            json!({ "source": script }),
        )
        .await;
    }

    /// A command of the Chrome `DevTools` protocol.
    pub(crate) async fn devtools(&self, method: &str, parameters: Value) -> Value {
        if method.starts_with("Browser.") {
            return self.context.call(method, parameters).await;
        }
        let answer = self.driver.cdp().send_raw(method, parameters).await;
        answer.unwrap_or_else(|error| panic!("{method}: {error}"))
    }

    /// Opens another tab and goes to a path there.
    pub(crate) async fn new_tab(&self, path: &str) -> WindowHandle {
        let tab = self.context.new_tab().await;
        self.to_tab(&tab).await;
        self.before_each_page(super::console::REPORT_VIOLATIONS)
            .await;
        self.open_path(path).await;
        tab
    }

    /// The present tab.
    pub(crate) async fn tab(&self) -> WindowHandle {
        self.driver.window().await.expect("a tab")
    }

    /// All tabs and windows of this test.
    pub(crate) async fn tabs(&self) -> Vec<WindowHandle> {
        self.context.tabs().await
    }

    /// Turns to a tab.
    pub(crate) async fn to_tab(&self, tab: &WindowHandle) {
        let turned = self.driver.switch_to_window(tab.clone()).await;
        turned.expect("the tab is there");
    }

    /// Closes the present tab; another one has to be turned to.
    pub(crate) async fn close_tab(&self) {
        self.driver.close_window().await.expect("closed");
    }

    /// All that the page has stored in the browser, as one text.
    pub(crate) async fn stored(&self) -> String {
        let everything = "return JSON.stringify([{ ...localStorage }, { ...sessionStorage }, \
             document.cookie, history.state])";
        let stored = self.script(everything).await;
        stored.as_str().unwrap_or_default().to_owned()
    }
}
