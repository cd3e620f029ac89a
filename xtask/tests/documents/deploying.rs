//! Each server of `docs/deploying.md`, as its snippet sets it up, sends what `public/_headers` sends and falls back on
//! the page exactly where it must.

use super::{
    blocks::{self, Fenced},
    read, root, servers,
};
use axum::http::{HeaderMap, header::CACHE_CONTROL};
use std::{collections::BTreeMap, fs};
use xtask::{
    dist::{inventory, licences, sbom},
    site::HeaderRules,
};

/// Headers by their names in small letters.
pub(crate) type Headers = BTreeMap<String, String>;

/// The `Cache-Control` of an answer with a status to a path.
pub(crate) type Cache = Box<dyn Fn(u16, &str) -> String>;

/// What answers a path that is no file: the page, or none for 404.
pub(crate) type Missing = Box<dyn Fn(&str) -> Option<String>>;

/// What a server does, as its snippet says.
pub(crate) struct Server {
    pub(crate) name: &'static str,
    /// The headers sent with every answer, but for `Cache-Control`.
    pub(crate) headers: Headers,
    /// The `Cache-Control` of an answer with a status to a path.
    pub(crate) cache: Cache,
    /// What answers a path that is no file: the page, or none for 404.
    pub(crate) missing: Missing,
    /// The type of files by the ends of their names, where the snippet says it.
    pub(crate) types: BTreeMap<String, String>,
}

/// The origin of the API in the snippets.
const API: &str = "https://api.example.com";

/// Files of the bundle that lie beside `index.html`.
pub(crate) fn files_at_the_root() -> Vec<String> {
    let public = fs::read_dir(root().join("public")).unwrap();
    let names = public.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let made = [sbom::FILE, licences::FILE, inventory::FILE].map(str::to_owned);
    // That one is for the host itself.
    names
        .filter(|name| name != "_headers")
        .chain(made)
        .collect()
}

fn rules() -> HeaderRules {
    HeaderRules::parse(&read("public/_headers")).unwrap()
}

fn sent(path: &str) -> HeaderMap {
    let mut headers = HeaderMap::new();
    rules().apply(path, &mut headers);
    headers
}

/// What `public/_headers` sends with every answer, with the example's API in place of those of development.
pub(crate) fn expected() -> Headers {
    let mut headers = Headers::new();
    for (name, value) in &sent("/catalog") {
        let value = value.to_str().unwrap();
        let value = if name == "content-security-policy" {
            for_deployment(value)
        } else {
            value.to_owned()
        };
        headers.insert(name.to_string(), value);
    }
    assert!(headers.len() >= 6, "{headers:?}");
    headers
}

/// The policy without the origins of development, and with the example's API.
fn for_deployment(policy: &str) -> String {
    let directives = policy.split(';').map(|directive| {
        let mut words: Vec<&str> = directive.split_whitespace().collect();
        words.retain(|word| !word.contains("://"));
        if words[0] == "connect-src" {
            words.push(API);
        }
        words.join(" ")
    });
    directives.collect::<Vec<_>>().join("; ")
}

fn snippets() -> Vec<Fenced> {
    blocks::fenced(&read("docs/deploying.md"))
}

/// The text of the one snippet with that title.
pub(crate) fn snippet(title: &str) -> String {
    let mut found = snippets();
    found.retain(|snippet| snippet.title == title);
    assert_eq!(found.len(), 1, "snippets called `{title}`");
    found.remove(0).text
}

#[test]
fn no_snippet_goes_untested() {
    let titles: Vec<String> = snippets()
        .into_iter()
        .map(|snippet| snippet.title)
        .collect();
    let known = [
        "nginx",
        "apache",
        "caddy",
        "netlify-redirects",
        "js netlify/edge-functions/release.js",
        "js functions/_middleware.js",
        "json _routes.json",
        "sh s3-upload",
        "js cloudfront-function",
        "json headers.json",
        "json staticwebapp.config.json",
        "js",
        "sh",
    ];
    assert_eq!(titles, known);
}

/// Every server that is described sends the bundle's headers.
#[test]
fn every_server_sends_what_the_bundle_needs() {
    let expected = expected();
    let release = sent("/pkg-1/app.js")[CACHE_CONTROL]
        .to_str()
        .unwrap()
        .to_owned();
    for server in servers::all() {
        let name = server.name;
        assert_eq!(
            server.headers, expected,
            "{name}: the headers of every answer"
        );
        for path in [
            "/pkg-0123456789abcdef/app.js",
            "/pkg-0123456789abcdef/locales/en/first.json",
        ] {
            assert_eq!((server.cache)(200, path), release, "{name}: {path}");
        }
        for path in [
            "/index.html",
            "/config.json",
            "/service-worker.js",
            "/favicon.svg",
        ] {
            assert_eq!((server.cache)(200, path), "no-cache", "{name}: {path}");
        }
        for (end, kind) in [("wasm", "application/wasm"), ("js", "text/javascript")] {
            if let Some(found) = server.types.get(end) {
                assert_eq!(found, kind, "{name}: .{end}");
            }
        }
    }
}

/// Every server that is described falls back on the page where it must, and not for a part of a release.
#[test]
fn every_server_falls_back_on_the_page_but_not_for_a_part_of_a_release() {
    for server in servers::all() {
        for path in [
            "/",
            "/catalog",
            "/products/A-100.5",
            "/products/A%2FB.js",
            "/products/pkg-1/x",
            "/quick-order",
            "/config.json/x",
            "/orders/1.2.3",
        ] {
            assert_eq!(
                (server.missing)(path).as_deref(),
                Some("/index.html"),
                "{}: {path}",
                server.name
            );
        }
        for path in [
            "/pkg-0123456789abcdef/gone.wasm",
            "/pkg-ab/app.js",
            "/pkg-ab/locales/de/first.json",
        ] {
            assert_eq!((server.missing)(path), None, "{}: {path}", server.name);
        }
    }
}

#[test]
fn a_failure_is_not_kept_for_ever() {
    // Its documents do not say whether a 404 gets the headers of its route.
    let said = |server: &Server| server.name != "Azure Static Web Apps";
    for server in servers::all().into_iter().filter(said) {
        let cache = (server.cache)(404, "/pkg-0123456789abcdef/gone.wasm");
        assert!(!cache.contains("immutable"), "{}: {cache}", server.name);
    }
}

#[test]
fn the_delivered_headers_say_what_the_document_says() {
    assert!(
        sent("/pkg-1/app.js")[CACHE_CONTROL]
            .to_str()
            .unwrap()
            .contains("immutable")
    );
    let document = read("docs/deploying.md");
    let release = sent("/pkg-1/app.js")[CACHE_CONTROL]
        .to_str()
        .unwrap()
        .to_owned();
    assert!(document.contains(&format!("`Cache-Control: {release}`")));
}

#[test]
fn a_policy_for_a_deployment_names_its_api_only() {
    let policy = "default-src 'none'; img-src 'self' https: http://127.0.0.1:8081; connect-src 'self' http://a https://b";
    assert_eq!(
        for_deployment(policy),
        "default-src 'none'; img-src 'self' https:; connect-src 'self' https://api.example.com"
    );
}
