//! What a buyer does: look, click, type. Every step waits until it can be done.

use serde_json::Value;
use std::time::Instant;
use thirtyfour::{Key, WebElement};

use super::{GLANCE, PATIENCE, Shop, Target};

/// Answers as soon as the page has changed and a little after, since changes come in flocks; or else after a moment,
/// since not everything that a page shows is a change of its document.
const CHANGE: &str = "const done = arguments[0]; \
     const seen = new MutationObserver(() => { seen.disconnect(); setTimeout(done, 15); }); \
     seen.observe(document, { subtree: true, childList: true, attributes: true, characterData: true }); \
     setTimeout(() => { seen.disconnect(); done(); }, 200);";

impl Shop {
    /// Waits for the page to change, or for a moment: to look at the whole page is work for the browser, which had better
    /// get on with what is waited for.
    async fn change(&self) {
        if self.driver.execute_async(CHANGE, vec![]).await.is_err() {
            // The page is being left.
            tokio::time::sleep(GLANCE).await;
        }
    }

    /// Waits until `condition` holds, which depends on nothing but the page.
    async fn until_shown(&self, what: &str, mut condition: impl AsyncFnMut() -> bool) {
        let deadline = Instant::now() + PATIENCE;
        while !condition().await {
            assert!(Instant::now() < deadline, "in vain waited for: {what}");
            self.change().await;
        }
    }

    /// Waits until `condition` holds; panics with `what` when it never does.
    pub(crate) async fn until(&self, what: &str, mut condition: impl AsyncFnMut() -> bool) {
        let deadline = Instant::now() + PATIENCE;
        while !condition().await {
            assert!(Instant::now() < deadline, "in vain waited for: {what}");
            tokio::time::sleep(GLANCE).await;
        }
    }

    /// Waits for the one element that fits.
    pub(crate) async fn find(&self, target: &Target) -> WebElement {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let found = self.find_all(target).await;
            if let Ok([one]) = found.as_deref() {
                return one.clone();
            }
            let seen = found.map(|found| found.len());
            assert!(Instant::now() < deadline, "one {target}: found {seen:?}");
            self.change().await;
        }
    }

    /// Waits until the element is there.
    pub(crate) async fn see(&self, target: Target) {
        self.find(&target).await;
    }

    /// Waits until no such element is there.
    pub(crate) async fn gone(&self, target: Target) {
        self.until_shown(&format!("no {target}"), async || {
            self.find_all(&target)
                .await
                .is_ok_and(|found| found.is_empty())
        })
        .await;
    }

    /// Clicks with the mouse.
    pub(crate) async fn click(&self, target: Target) {
        self.clicked(&target).await;
    }

    /// Clicks with the mouse; what was clicked.
    async fn clicked(&self, target: &Target) -> WebElement {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let element = self.find(target).await;
            let error = match element.click().await {
                Ok(()) => return element,
                Err(error) => error,
            };
            assert!(Instant::now() < deadline, "click {target}: {error}");
            // Out from under what stays in place while the page scrolls, as a hand would.
            self.run_on(&element, "arguments[0].scrollIntoView({ block: 'center' })")
                .await;
            tokio::time::sleep(GLANCE).await;
        }
    }

    /// Clicks twice as fast as a hand can.
    pub(crate) async fn double_click(&self, target: Target) {
        let element = self.find(&target).await;
        element.scroll_into_view().await.expect("scrolled");
        let twice = self.driver.action_chain().double_click_element(&element);
        twice.perform().await.expect("clicked twice");
    }

    /// Replaces a field's text by typing.
    pub(crate) async fn fill(&self, target: Target, text: &str) {
        let mut field = self.clicked(&target).await;
        let select = "arguments[0].select(); return arguments[0].isConnected";
        if self.run_on(&field, select).await != true {
            // The click has had it made anew.
            field = self.find(&target).await;
            self.run_on(&field, select).await;
        }
        let typed = if text.is_empty() {
            field.send_keys(Key::Delete).await
        } else {
            field.send_keys(text).await
        };
        typed.unwrap_or_else(|error| panic!("type into {target}: {error}"));
    }

    /// Replaces a field's text and leaves the field.
    pub(crate) async fn fill_and_leave(&self, target: Target, text: &str) {
        self.fill(target, text).await;
        self.press(Key::Tab).await;
    }

    /// Chooses an option of a select by what it says.
    pub(crate) async fn choose(&self, target: Target, option: &str) {
        let select = self.find(&target).await;
        let script = "const [select, wanted] = arguments; \
             const option = [...select.options].find((it) => it.text.trim() === wanted); \
             if (!option) return [...select.options].map((it) => it.text).join(', '); \
             select.value = option.value; \
             select.dispatchEvent(new Event('input', { bubbles: true })); \
             select.dispatchEvent(new Event('change', { bubbles: true })); \
             return null;";
        let arguments = vec![select.to_json().expect("an element"), Value::from(option)];
        let missing = self
            .driver
            .execute(script, arguments)
            .await
            .expect("chosen");
        let missing = missing.json();
        assert!(
            missing.is_null(),
            "{target} has no “{option}”, but {missing}"
        );
    }

    /// What stands in a field.
    pub(crate) async fn value(&self, target: Target) -> String {
        let field = self.find(&target).await;
        let value = self.run_on(&field, "return arguments[0].value").await;
        value.as_str().unwrap_or_default().to_owned()
    }

    /// Waits until `text` stands in a field.
    pub(crate) async fn has_value(&self, target: Target, text: &str) {
        self.until(&format!("{target} = “{text}”"), async || {
            self.value(target.clone()).await == text
        })
        .await;
    }

    /// An attribute of the element, or else a property, as the page has it now.
    pub(crate) async fn property(&self, target: Target, name: &str) -> Value {
        let element = self.find(&target).await;
        let script =
            format!("return arguments[0].getAttribute('{name}') ?? arguments[0]['{name}'] ?? null");
        self.run_on(&element, &script).await
    }

    /// Runs a script on an element; null when the element has gone.
    pub(crate) async fn run_on(&self, element: &WebElement, script: &str) -> Value {
        let arguments = vec![element.to_json().expect("an element")];
        let answer = self.driver.execute(script, arguments).await;
        answer.map_or(Value::Null, |answer| answer.json().clone())
    }

    /// All that can be read on the page, with plain spaces; nothing while it is being replaced.
    pub(crate) async fn words_or_nothing(&self) -> String {
        let script = "return document.body ? document.body.innerText : ''";
        let answer = self.driver.execute(script, vec![]).await;
        let text = answer.map_or(Value::Null, |answer| answer.json().clone());
        plain(text.as_str().unwrap_or_default())
    }

    /// Waits until the page says `text`.
    pub(crate) async fn sees(&self, text: &str) {
        self.until_shown(&format!("the words “{text}”"), async || {
            self.words_or_nothing().await.contains(text)
        })
        .await;
    }

    /// Waits until the page does not say `text`.
    pub(crate) async fn sees_not(&self, text: &str) {
        self.until_shown(&format!("the words “{text}” to go"), async || {
            !self.words_or_nothing().await.contains(text)
        })
        .await;
    }

    /// Waits until an element says `text`.
    pub(crate) async fn reads(&self, target: Target, text: &str) {
        self.until_shown(&format!("{target} to say “{text}”"), async || {
            let found = self.find_all(&target).await.unwrap_or_default();
            let Some(element) = found.first() else {
                return false;
            };
            let words = self.run_on(element, "return arguments[0].innerText").await;
            plain(words.as_str().unwrap_or_default()).contains(text)
        })
        .await;
    }
}

/// Without the special spaces that number formats use, and runs of white space as one space each.
fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
