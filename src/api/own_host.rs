//! The host that the storefront itself comes from: its settings and messages, its release, its time.

use web_sys::RequestCache;

use crate::ports::{
    abort::AbortSignal,
    fetch::{Method, Request, RequestBuilder, Response},
    page, time,
};

/// The text of one of the storefront's own files (messages), as its host serves it.
pub(crate) async fn own_file(address: &str) -> Option<String> {
    let response = Request::get(address).send().await.ok()?;
    if !response.ok() {
        return None;
    }
    response.text().await.ok()
}

/// What `public/service-worker.js` marks an answer with that it kept earlier.
const KEPT: &str = "X-Nymble-Kept";
/// How long an answer of the storefront's own host may take, in milliseconds: longer than the worker waits for it.
const OWN_TIMEOUT_MS: u32 = 20_000;

/// A file of the storefront's own.
pub(crate) struct OwnFile {
    /// What it says.
    pub(crate) text: String,
    /// Whether it was kept earlier, because the host is out of reach.
    pub(crate) is_kept: bool,
}

/// Why there is no file that must not be an old one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum NoFile {
    /// The host says that there is none.
    Missing,
    /// The host, or what is between, does not give it at present; why, for whoever looks after it.
    Away(String),
}

/// The text of one of the storefront's own files as it is now, whatever the browser has kept of it.
pub(crate) async fn own_file_now(address: &str) -> Result<OwnFile, NoFile> {
    let away = |why: &str| {
        let mut text = String::from(address);
        text.push_str(": ");
        text.push_str(why);
        NoFile::Away(text)
    };
    let response = Request::get(address)
        .cache(RequestCache::NoCache)
        .abort_signal(Some(&AbortSignal::timeout_with_u32(OWN_TIMEOUT_MS)))
        .send()
        .await
        .map_err(|_| away("no answer"))?;
    hear_own_time(&response);
    if !response.ok() {
        return Err(match response.status() {
            404 | 410 => NoFile::Missing,
            status => away(&status.to_string()),
        });
    }
    let kind = response.headers().get("Content-Type").unwrap_or_default();
    if kind.starts_with("text/html") && !address.ends_with('/') {
        // A page in place of a file: a sign-in to the network, or a notice of maintenance.
        return Err(away("a page"));
    }
    let is_kept = response.headers().get(KEPT).is_some();
    let text = response.text().await.map_err(|_| away("no answer"))?;
    Ok(OwnFile { text, is_kept })
}

/// The storefront's own host says what time it is: any page may read that of its own origin.
fn hear_own_time(response: &Response) {
    let headers = response.headers();
    if headers.get(KEPT).is_some() {
        return;
    }
    if let Some(date) = headers.get("Date").filter(|_| headers.get("Age").is_none()) {
        time::hear_server_date(&date);
    }
}

/// Asks the storefront's own host what time it is.
pub(super) async fn ask_the_time() {
    let request = RequestBuilder::new("/config.json").method(Method::HEAD);
    let answer = request.cache(RequestCache::NoStore).send().await;
    if let Ok(answer) = answer {
        hear_own_time(&answer);
    }
}

/// How the release that runs here stands to the one that the host serves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Release {
    /// It is the same.
    Same,
    /// The host serves another one: the files of this one may be gone.
    Replaced,
    /// The host does not say.
    Unknown,
}

/// The name under which the page says where its release's files are.
const ASSETS: &str = "nymble-assets";

/// The folder of the release that runs here.
pub(crate) fn assets() -> String {
    page::meta(ASSETS).unwrap_or_else(|| "/".to_owned())
}

/// Asks the host which release it serves.
pub(crate) async fn release() -> Release {
    let Ok(page) = own_file_now("/").await else {
        return Release::Unknown;
    };
    if !page.text.contains(ASSETS) {
        // Something else has answered.
        return Release::Unknown;
    }
    if page.text.contains(&assets()) {
        Release::Same
    } else {
        Release::Replaced
    }
}
