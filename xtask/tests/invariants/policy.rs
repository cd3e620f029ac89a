//! The policy sent with the bundle is at least as narrow as the one inside its page.

use super::root;
use axum::http::{HeaderMap, header::CONTENT_SECURITY_POLICY};
use regex::Regex;
use std::{collections::BTreeMap, fs};
use xtask::site::HeaderRules;

type Policy = BTreeMap<String, Vec<String>>;

fn policy(text: &str) -> Policy {
    text.split(';')
        .filter_map(|directive| {
            let mut words = directive.split_whitespace().map(str::to_owned);
            Some((words.next()?, words.collect()))
        })
        .collect()
}

/// What is sent with every page.
fn sent() -> Policy {
    let rules = fs::read_to_string(root().join("public/_headers")).unwrap();
    let mut headers = HeaderMap::new();
    HeaderRules::parse(&rules)
        .unwrap()
        .apply("/catalog", &mut headers);
    policy(headers[CONTENT_SECURITY_POLICY].to_str().unwrap())
}

/// What stands in the page.
fn inside() -> Policy {
    let page = fs::read_to_string(root().join("index.html")).unwrap();
    let meta =
        Regex::new(r#"<meta http-equiv="Content-Security-Policy" content="([^"]*)">"#).unwrap();
    policy(&meta.captures(&page).expect("a policy in index.html")[1])
}

/// The sources of the narrow policy that the wide one would not let through.
fn wider(narrow: &Policy, wide: &Policy) -> Vec<String> {
    let mut found = Vec::new();
    for (directive, allowed) in wide {
        // A directive that is left out need not fall back on `default-src`.
        let Some(sources) = narrow.get(directive) else {
            found.push(format!("{directive} is missing"));
            continue;
        };
        for source in sources {
            if source != "'none'" && !allowed.iter().any(|allowed| covers(allowed, source)) {
                found.push(format!("{directive} {source}"));
            }
        }
    }
    found
}

/// Whether one source lets through all that another does: itself, the hosts of its scheme (`https:`),
/// the ports of its host (`http://localhost:*`).
fn covers(allowed: &str, source: &str) -> bool {
    let rest = |prefix: &str| source.strip_prefix(prefix).unwrap_or_default();
    if allowed.ends_with(':') {
        return source == allowed || rest(allowed).starts_with("//");
    }
    match allowed.strip_suffix('*') {
        Some(host) if host.ends_with(':') => {
            let port = rest(host);
            source == allowed
                || !port.is_empty() && port.chars().all(|letter| letter.is_ascii_digit())
        }
        _ => source == allowed,
    }
}

/// The policy sent with the bundle is no wider than the page's own.
#[test]
fn the_policy_sent_is_no_wider_than_the_page_s() {
    let (sent, inside) = (sent(), inside());
    assert_eq!(inside["default-src"], ["'none'"]);
    let wider = wider(&sent, &inside);
    assert!(wider.is_empty(), "only in public/_headers: {wider:#?}");
    // A page's own policy cannot say who may frame it.
    assert_eq!(sent["frame-ancestors"], ["'none'"]);
}

/// No other site may be framed.
#[test]
fn nothing_but_the_browser_s_own_copies_may_be_framed() {
    for policy in [sent(), inside()] {
        assert_eq!(policy["frame-src"], ["blob:"]);
    }
}

#[test]
fn a_wider_policy_is_noticed() {
    let wide =
        policy("default-src 'none'; img-src 'self' https: http://localhost:*; base-uri 'none'");
    let narrow = "default-src 'none'; base-uri 'none'; img-src";
    let found = |sources: &str| wider(&policy(&format!("{narrow} {sources}")), &wide);
    for fine in [
        "",
        "'none'",
        "'self'",
        "https://a.example",
        "http://localhost:80",
    ] {
        assert!(found(fine).is_empty(), "{fine}");
    }
    for too_wide in [
        "*",
        "data:",
        "http:",
        "http://a.example",
        "http://localhost:80.example",
    ] {
        assert_eq!(found(too_wide), [format!("img-src {too_wide}")]);
    }
    assert_eq!(
        wider(&policy("default-src 'none'; img-src 'self'"), &wide),
        ["base-uri is missing"]
    );
}
