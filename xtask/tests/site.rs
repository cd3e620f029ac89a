//! The server of the bundle, asked as a browser asks.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::{
    collections::HashMap,
    fs,
    io::{Read as _, Write as _},
    net::TcpStream,
    path::PathBuf,
};
use xtask::site::{Options, Running, Site};

struct Answer {
    status: u16,
    headers: HashMap<String, String>,
    body: String,
}

/// A bundle of a few small files, in a folder named after the test.
fn bundle(test: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(test);
    fs::create_dir_all(folder.join("pkg-1")).unwrap();
    for (name, text) in [
        ("index.html", "<!doctype html>app"),
        ("config.json", "{\"from\":\"file\"}"),
        ("pkg-1/app.js", "plain"),
        ("pkg-1/app.js.br", "brotli"),
        ("pkg-1/app.js.gz", "gzip"),
        ("pkg-1/app.wasm", "wasm"),
        (
            "_headers",
            "/*\n  Content-Security-Policy: connect-src http://127.0.0.1:8081\n/pkg-*\n  Cache-Control: immutable\n",
        ),
    ] {
        fs::write(folder.join(name), text).unwrap();
    }
    folder
}

fn start(test: &str) -> Running {
    Site::start(&bundle(test), Options::default()).unwrap()
}

fn ask(site: &Running, path: &str, headers: &str) -> Answer {
    let address = site.base_url().replace("http://", "");
    let mut stream = TcpStream::connect(&address).unwrap();
    write!(
        stream,
        "GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n{headers}\r\n"
    )
    .unwrap();
    let mut text = String::new();
    stream.read_to_string(&mut text).unwrap();
    let (head, body) = text.split_once("\r\n\r\n").unwrap();
    let mut lines = head.lines();
    let status = lines.next().unwrap().split(' ').nth(1).unwrap();
    Answer {
        status: status.parse().unwrap(),
        headers: lines
            .filter_map(|line| line.split_once(": "))
            .map(|(name, value)| (name.to_lowercase(), value.to_owned()))
            .collect(),
        body: body.to_owned(),
    }
}

const PAGE: &str = "Accept: text/html,*/*\r\n";

/// An address of the app is the page.
#[test]
fn every_address_of_the_app_is_the_page() {
    let site = start("pages");
    for path in ["/", "/catalog", "/products/A.B%2FC%20D", "/products/x.js"] {
        let answer = ask(&site, path, PAGE);
        assert_eq!(
            (answer.status, &*answer.body),
            (200, "<!doctype html>app"),
            "{path}"
        );
        assert!(answer.headers["content-type"].starts_with("text/html"));
    }
    assert_eq!(ask(&site, "/", "").status, 200);
}

/// A missing part of the bundle is not the page.
#[test]
fn a_missing_part_of_the_bundle_is_no_page() {
    let site = start("missing");
    for path in ["/pkg-0/app.js", "/pkg-1/none.wasm", "/x.wasm"] {
        let answer = ask(&site, path, PAGE);
        assert_eq!(answer.status, 404, "{path}");
        assert_eq!(answer.headers["cache-control"], "no-store", "{path}");
    }
    assert_eq!(
        ask(&site, "/catalog", "Accept: application/json\r\n").status,
        404
    );
    assert_eq!(ask(&site, "/_headers", "").status, 404);
    assert_eq!(ask(&site, "/../Cargo.toml", "").status, 404);
}

#[test]
fn sends_the_smallest_variant_that_is_understood() {
    let site = start("variants");
    let get = |accept: &str| ask(&site, "/pkg-1/app.js", accept).body;
    assert_eq!(get("Accept-Encoding: gzip, br\r\n"), "brotli");
    assert_eq!(get("Accept-Encoding: gzip\r\n"), "gzip");
    assert_eq!(get(""), "plain");
}

#[test]
fn headers_and_types_are_a_cdn_s() {
    let site = start("headers");
    let module = ask(&site, "/pkg-1/app.wasm", "");
    assert_eq!(module.headers["content-type"], "application/wasm");
    assert_eq!(module.headers["cache-control"], "immutable");
    let tag = format!("If-None-Match: {}\r\n", module.headers["etag"]);
    assert_eq!(ask(&site, "/pkg-1/app.wasm", &tag).status, 304);
}

#[test]
fn a_test_brings_its_own_configuration_and_api() {
    let options = Options {
        config: Some("{\"from\":\"test\"}".to_owned()),
        api_origins: vec!["http://127.0.0.1:9999".to_owned()],
        ..Options::default()
    };
    let site = Site::start(&bundle("own"), options).unwrap();
    let config = ask(&site, "/config.json", "");
    assert_eq!(config.body, "{\"from\":\"test\"}");
    assert_eq!(config.headers["content-type"], "application/json");
    assert_eq!(
        config.headers["content-security-policy"],
        "connect-src http://127.0.0.1:9999"
    );
}

#[test]
fn stops_when_dropped() {
    let site = start("stops");
    let address = site.base_url().replace("http://", "");
    site.stop();
    assert!(TcpStream::connect(address).is_err());
}
