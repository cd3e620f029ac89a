//! The buyer's circumstances: connection, colour scheme, window.

use serde_json::json;

use super::Shop;

/// Where the app waits before it tries again.
const HURRY: &str = "{ const real = window.setTimeout.bind(window); \
     window.setTimeout = (work, pause, ...rest) => real(work, pause >= 500 ? pause / 10 : pause, ...rest); }";

impl Shop {
    /// From now on the page's own pauses, those of half a second and longer, take a tenth of their time: for a test in
    /// which the app gives up only after many tries.
    pub(crate) async fn hurry(&self) {
        self.before_each_page(HURRY).await;
        self.script(HURRY).await;
    }

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

    /// Keeps the answers back from this page, until it is loaded again, whose address ends like that: for so many
    /// milliseconds; for ever when that is negative, as when the file is gone.
    pub(crate) async fn delay_answers(&self, ending: &str, milliseconds: i32) {
        let script = format!(
            "const original = window.fetch.bind(window); \
             window.fetch = async (request, ...rest) => {{ \
               if (!String(request.url ?? request).endsWith('{ending}')) return original(request, ...rest); \
               if ({milliseconds} < 0) throw new TypeError('gone'); \
               await new Promise((resolve) => setTimeout(resolve, {milliseconds})); \
               return original(request, ...rest); \
             }}"
        );
        self.script(&script).await;
    }

    /// The device's clock goes wrong by so many hours, from the next page on; each call adds to those before.
    pub(crate) async fn set_clock_wrong(&self, hours: i32) {
        let script = format!(
            "{{ const shift = {hours} * 3600e3, Right = Date; \
             globalThis.Date = class extends Right {{ \
               constructor(...given) {{ if (given.length) super(...given); else super(Right.now() + shift); }} \
               static now() {{ return Right.now() + shift; }} \
             }}; }}"
        );
        self.before_each_page(&script).await;
    }

    /// Puts the device into a time zone, such as `Pacific/Auckland`.
    pub(crate) async fn set_time_zone(&self, zone: &str) {
        let zone = json!({ "timezoneId": zone });
        self.devtools("Emulation.setTimezoneOverride", zone).await;
    }

    /// From the next page on the browser refuses every kind of site data, as a buyer or a policy may have set.
    pub(crate) async fn block_site_data(&self) {
        let script = "const refuse = () => { throw new DOMException('blocked', 'SecurityError'); }; \
             for (const name of ['localStorage', 'sessionStorage', 'indexedDB', 'caches', 'cookieStore']) \
               Object.defineProperty(window, name, { get: refuse, configurable: true }); \
             window.BroadcastChannel = class { constructor() { refuse(); } }; \
             Object.defineProperty(Navigator.prototype, 'serviceWorker', { get: refuse }); \
             LockManager.prototype.request = () => Promise.reject(new DOMException('blocked', 'SecurityError'));";
        self.before_each_page(script).await;
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

    /// From the next page on the time is `shift` milliseconds (a JavaScript expression, in which `Real` is the clock so
    /// far) ahead: by the device's clock, and by the time that servers send with their answers.
    pub(crate) async fn shift_time(&self, shift: &str) {
        let script = "{ const Real = Date, shift = SHIFT, read = Headers.prototype.get; \
             globalThis.Date = class extends Real { \
               constructor(...given) { given.length ? super(...given) : super(Real.now() + shift); } \
               static now() { return Real.now() + shift; } }; \
             Headers.prototype.get = function (name) { \
               const text = read.call(this, name); \
               return text && name.toLowerCase() === 'date' \
                 ? new Real(Real.parse(text) + shift).toUTCString() : text; }; }";
        self.before_each_page(&script.replace("SHIFT", shift)).await;
    }
}
