//! The browser's console: nothing may stand in it that the test did not expect.

use thirtyfour::BrowserLogEntry;

use super::Shop;

/// Puts violations of the content policy into the console, whatever else the browser does with them.
pub(crate) const REPORT_VIOLATIONS: &str = "addEventListener('securitypolicyviolation', (event) => \
     console.error('policy violated:', event.violatedDirective, event.blockedURI))";

impl Shop {
    /// Lets entries pass that contain `part`: Chromium itself writes a line for every refused request.
    pub(crate) fn expect_console(&self, part: &str) {
        self.expected.borrow_mut().push(part.to_owned());
    }

    /// Lets the lines pass that Chromium writes for answers of that status.
    pub(crate) fn expect_status(&self, status: u16) {
        self.expect_console(&format!("the server responded with a status of {status} "));
    }

    /// Everything the console holds by now, whatever its level.
    pub(crate) async fn console(&self) -> Vec<String> {
        let new = self.driver.browser_log().await.unwrap_or_default();
        let mut entries = self.entries.borrow_mut();
        entries.extend(new);
        entries.iter().map(|entry| entry.message.clone()).collect()
    }

    /// Warnings and errors that were not expected.
    pub(crate) async fn complaints(&self) -> Vec<String> {
        self.console().await;
        let expected = self.expected.borrow();
        let bad = |entry: &&BrowserLogEntry| {
            matches!(entry.level.as_str(), "SEVERE" | "WARNING")
                && !expected
                    .iter()
                    .any(|expected| entry.message.contains(expected))
        };
        let entries = self.entries.borrow();
        let bad = entries.iter().filter(bad);
        bad.map(|entry| format!("{} {}", entry.level, entry.message))
            .collect()
    }
}
