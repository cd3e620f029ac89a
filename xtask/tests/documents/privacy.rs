//! `docs/privacy.md` lists whatever the storefront keeps in the browser, and nothing else.

use super::{files, read, rows};
use regex::Regex;
use std::collections::BTreeSet;

fn names(pattern: &str, text: &str) -> BTreeSet<String> {
    let pattern = Regex::new(pattern).unwrap();
    pattern
        .captures_iter(text)
        .map(|found| found[1].to_owned())
        .collect()
}

fn code() -> String {
    files("src", "rs")
        .into_iter()
        .map(|(_, text)| text)
        .collect()
}

/// Whatever is kept in the browser is listed in `docs/privacy.md`.
#[test]
fn every_name_under_which_something_is_kept_is_listed() {
    let kept = names(r#""(nymble\.[a-z-]+)"#, &code());
    let listed = names(r"(?m)^\| `(nymble\.[a-z-]+)` \|", &read("docs/privacy.md"));
    assert!(kept.len() > 15, "{kept:?}");
    assert_eq!(kept, listed);
}

#[test]
fn every_store_of_the_database_and_every_cache_is_listed() {
    let document = read("docs/privacy.md");
    let database = read("src/browser/database.rs");
    let stores = names(r#"Self::\w+ => "(\w+)","#, &database);
    assert!(stores.len() >= 3, "{stores:?}");
    let worker = read("public/service-worker.js");
    let caches = names(r#"(?m)^const PAGE = "(\w+)";"#, &worker);
    assert_eq!(caches.len(), 1);
    for name in stores.union(&caches) {
        assert!(document.contains(&format!("| `{name}` |")), "{name}");
    }
}

/// Whatever is kept after a sign-out is listed as such in `docs/privacy.md`.
#[test]
fn what_outlives_a_sign_out_is_said_to() {
    let storage = read("src/browser/storage.rs");
    let lasting = names(
        r#"pub\(crate\) const \w+: &str = "(nymble\.[a-z-]+) ?";"#,
        &storage,
    );
    assert_eq!(lasting.len(), 3, "{lasting:?}");
    let said: BTreeSet<String> = rows(&read("docs/privacy.md"))
        .into_iter()
        .filter(|row| {
            row.last()
                .is_some_and(|until| until.contains("also after a sign-out"))
        })
        .map(|row| row[0].trim_matches('`').to_owned())
        .collect();
    assert_eq!(lasting, said);
}

#[test]
fn no_cookie_is_set_and_nothing_is_reached_but_by_the_browser_s_plain_functions() {
    let scripts: String = ["boot", "public"]
        .into_iter()
        .flat_map(|folder| files(folder, "js"))
        .map(|(_, text)| text)
        .collect();
    for forbidden in [
        "set_cookie",
        "document.cookie",
        "cookieStore",
        "sendBeacon",
        "send_beacon",
    ] {
        assert!(
            !code().contains(forbidden) && !scripts.contains(forbidden),
            "{forbidden}"
        );
    }
    // Whatever keeps something goes through src/browser, where the names above are looked for.
    let keeps =
        Regex::new(r"\.(session_storage|local_storage)\(\)|BroadcastChannel::new|Factory::new\(\)")
            .unwrap();
    let elsewhere: Vec<String> = files("src", "rs")
        .into_iter()
        .filter(|(path, text)| keeps.is_match(text) && !path.starts_with("src/browser/"))
        .map(|(path, _)| path)
        .collect();
    assert!(elsewhere.is_empty(), "{elsewhere:?}");
}
