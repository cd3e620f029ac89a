//! The buyer's circumstances: connection, colour scheme, window.

use serde_json::json;

use super::Shop;

impl Shop {
    /// Cuts or restores the browser's connection.
    pub(crate) async fn set_offline(&self, offline: bool) {
        self.devtools("Network.enable", json!({})).await;
        let conditions = json!({
            "offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1,
        });
        self.devtools("Network.emulateNetworkConditions", conditions)
            .await;
    }

    /// Lets requests fail whose address fits one of these patterns (`*` stands for anything).
    pub(crate) async fn block(&self, patterns: &[&str]) {
        self.devtools("Network.enable", json!({})).await;
        self.devtools("Network.setBlockedURLs", json!({ "urls": patterns }))
            .await;
    }

    /// Keeps answers from this page, until it is loaded again, whose address ends like that: the
    /// server does its work, the page does not learn of it.
    pub(crate) async fn hold_answers(&self, ending: &str) {
        let script = format!(
            "const original = window.fetch.bind(window); \
             window.fetch = (request, ...rest) => {{ \
               const answer = original(request, ...rest); \
               const held = String(request.url ?? request).endsWith('{ending}'); \
               return held ? answer.then(() => new Promise(() => undefined)) : answer; \
             }}"
        );
        self.script(&script).await;
    }

    /// Prefers `light` or `dark`.
    pub(crate) async fn prefer(&self, scheme: &str) {
        let feature = json!({ "name": "prefers-color-scheme", "value": scheme });
        self.devtools(
            "Emulation.setEmulatedMedia",
            json!({ "features": [feature] }),
        )
        .await;
    }

    /// Makes the page that wide, in CSS pixels.
    pub(crate) async fn make_wide(&self, width: u32) {
        let metrics = json!({
            "width": width, "height": 900, "deviceScaleFactor": 1, "mobile": false,
        });
        self.devtools("Emulation.setDeviceMetricsOverride", metrics)
            .await;
    }
}
