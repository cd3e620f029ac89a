//! Dependencies point one way: which part of the storefront may use which.

use super::{root, sources};
use regex::Regex;
use std::fs;

/// The parts of `src/`, and what each may use beside itself: a part, or a path inside one.
const MAY_USE: [(&str, &[&str]); 10] = [
    (
        "browser",
        &[
            "domain::keyboard::focus",
            "domain::values::calendar",
            "domain::values::clocks",
            "domain::values::json",
            // In tests alone: what is a port has its other implementation there.
            "simulation",
        ],
    ),
    ("ports", &["browser"]),
    ("route", &["browser"]),
    ("api", &["domain", "ports"]),
    ("config", &["api::http", "domain"]),
    (
        "locale",
        &["api::own_host::own_file", "api::problem", "domain", "ports"],
    ),
    ("lazy_page", &["browser", "locale", "state"]),
    ("state", &["api", "config", "domain", "locale", "ports"]),
    ("components", &["browser", "domain", "locale", "state"]),
    (
        "routes",
        &[
            "api",
            "browser",
            "components",
            "config",
            "domain",
            "lazy_page",
            "locale",
            "ports",
            "route",
            "state",
        ],
    ),
];

/// What stands above them and may use anything, but for what is named.
const MAY_NOT_USE: [(&str, &[&str]); 7] = [
    ("frame", &["app"]),
    ("screens", &["app", "frame"]),
    ("app", &[]),
    ("start", &[]),
    ("lib", &[]),
    ("main", &[]),
    // The simulated world, in which tests open tabs of the whole app but its screens.
    (
        "simulation",
        &["app", "frame", "routes", "screens", "start"],
    ),
];

/// Single files that may use more than the part they belong to.
const EXCEPTIONS: [(&str, &str); 3] = [
    ("src/routes/sign_in.rs", "screens"),
    // It fetches that module ahead, while the server checks the credentials.
    ("src/routes/sign_in.rs", "frame::shell"),
    // Links, history and scrolling: there is nothing of it to simulate.
    ("src/state/app/navigation.rs", "browser"),
];

/// Tests open tabs of the simulated world, whatever they are tests of.
const OF_TESTS: &str = "simulation";

/// Dependencies point one way. The table `MAY_USE` says who may use whom.
#[test]
fn dependencies_point_one_way() {
    let mut wrong = Vec::new();
    for source in sources(&["src"], "rs") {
        let part = part_of(&source.path);
        for path in used(&source.code) {
            let is_exception = EXCEPTIONS
                .iter()
                .any(|(file, allowed)| *file == source.path && is_within(&path, allowed));
            let is_test = source.path.ends_with("/tests.rs") && is_within(&path, OF_TESTS);
            if !is_exception && !is_test && !may_use(part, &path) {
                wrong.push(format!("{}: {part} may not use {path}", source.path));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// `domain` and `wire` use no browser crate: their manifests name none. What the crates below the storefront may be made
/// of. A crate cannot use what its manifest does not name, so no source needs to be read for this.
#[test]
fn rules_and_wire_objects_know_no_browser() {
    let domain = [
        "csv-core",
        "flate2",
        "nymble-wire",
        "quick-xml",
        "rust_decimal",
        "serde",
        "serde_json",
        "zip",
    ];
    assert_eq!(depends_on("domain"), domain);
    assert_eq!(
        depends_on("wire"),
        ["rust_decimal", "serde", "serde_json", "utoipa"]
    );
}

/// The names in a crate's `[dependencies]`.
fn depends_on(folder: &str) -> Vec<String> {
    let manifest = fs::read_to_string(root().join(folder).join("Cargo.toml")).unwrap();
    let (_, below) = manifest.split_once("\n[dependencies]\n").unwrap();
    let lines = below.lines().take_while(|line| !line.starts_with('['));
    let name = Regex::new(r"^[\w-]+").unwrap();
    lines
        .filter_map(|line| Some(name.find(line)?.as_str().to_owned()))
        .collect()
}

fn may_use(part: &str, path: &str) -> bool {
    if is_within(path, part) {
        return true;
    }
    let rule = |rules: &[(&str, &'static [&'static str])]| {
        rules
            .iter()
            .find(|(name, _)| *name == part)
            .map(|(_, paths)| *paths)
    };
    if let Some(allowed) = rule(&MAY_USE) {
        return allowed.iter().any(|allowed| is_within(path, allowed));
    }
    let forbidden = rule(&MAY_NOT_USE);
    let forbidden = forbidden.unwrap_or_else(|| panic!("src/{part} is new: say what it may use"));
    !forbidden.iter().any(|part| is_within(path, part))
}

/// `api::problem::ApiError` is within `api` and within `api::problem`.
fn is_within(path: &str, outer: &str) -> bool {
    path.strip_prefix(outer)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
}

/// `src/state/cart/mod.rs` → `state`.
fn part_of(file: &str) -> &str {
    let below = file.strip_prefix("src/").unwrap_or(file);
    let first = below.split('/').next().unwrap_or(below);
    first.strip_suffix(".rs").unwrap_or(first)
}

/// Every path from the root of the crate that a file names, in a `use` or in place.
fn used(code: &str) -> Vec<String> {
    let comment = Regex::new(r"(?m)(^|\s)//.*$").unwrap();
    let code = comment.replace_all(code, "");
    let start = Regex::new(r"\b(crate|super)::").unwrap();
    let mut found = Vec::new();
    for start in start.captures_iter(&code) {
        let mut paths = Vec::new();
        flatten("", &code[start.get(0).unwrap().end()..], &mut paths);
        if &start[1] == "super" {
            // Mostly a neighbour; no module within a part has the name of one.
            paths.retain(|path| is_part(path));
        }
        found.extend(paths);
    }
    found
}

fn is_part(path: &str) -> bool {
    let parts = MAY_USE.iter().chain(&MAY_NOT_USE);
    parts.into_iter().any(|(part, _)| is_within(path, part))
}

/// `a::{b, c::{d, e}} …` → `a::b`, `a::c::d`, `a::c::e`.
pub(super) fn flatten(prefix: &str, tree: &str, into: &mut Vec<String>) {
    let tree = tree.trim_start();
    let part_of_path = |letter: char| letter.is_alphanumeric() || "_:*".contains(letter);
    let end = tree.find(|letter| !part_of_path(letter));
    let (path, rest) = tree.split_at(end.unwrap_or(tree.len()));
    let whole = format!("{prefix}{path}");
    match rest.strip_prefix('{') {
        Some(group) if path.is_empty() || path.ends_with("::") => {
            for entry in entries(group) {
                flatten(&whole, entry, into);
            }
        }
        _ if path.is_empty() => {}
        _ => into.push(whole.trim_end_matches("::").to_owned()),
    }
}

/// What the commas of a group part, up to the brace that closes it.
fn entries(group: &str) -> Vec<&str> {
    let (mut open, mut start, mut entries) = (0_usize, 0, Vec::new());
    for (index, letter) in group.char_indices() {
        match letter {
            '{' => open += 1,
            '}' if open > 0 => open -= 1,
            ',' | '}' if open == 0 => {
                entries.push(&group[start..index]);
                start = index + 1;
                if letter == '}' {
                    break;
                }
            }
            _ => {}
        }
    }
    entries
}

#[test]
fn paths_are_found_however_they_are_written() {
    let code = "use crate::{\n    api::{\n        http::{Answer, ApiRequest}, // sends, too\n        \
        problem::ApiError as Error,\n    },\n    domain::money,\n    route::{self, Route},\n};\n\
        pub(in crate::state) use crate::config::*;\n\
        fn one(two: crate::frame::Frame) -> crate::app::App { Vec::<crate::start::Start>::new() }\n\
        impl Three for crate::routes::Four {}\n";
    assert_eq!(
        used(code),
        [
            "api::http::Answer",
            "api::http::ApiRequest",
            "api::problem::ApiError",
            "domain::money",
            "route::self",
            "route::Route",
            "state",
            "config::*",
            "frame::Frame",
            "app::App",
            "start::Start",
            "routes::Four",
        ]
    );
}

#[test]
fn a_way_round_by_super_is_found() {
    let code = "use super::{super::api::carts, session};\nuse super::super::{routes::cart, x};";
    assert_eq!(used(code), ["api::carts", "routes::cart"]);
    assert_eq!(used("use super::session;").len(), 0);
}

#[test]
fn a_rule_names_parts_or_paths_inside_them() {
    assert!(may_use("locale", "api::problem::ApiError"));
    assert!(!may_use("locale", "api::http::Answer"));
    assert!(!may_use("components", "api"));
    assert!(!may_use("components", "*"));
    assert!(!may_use("route", "routes::cart"));
    assert!(may_use("frame", "routes::sign_in") && !may_use("frame", "app::App"));
}
