//! Modules that need each other: none does, but for what is named here with its reason.

use super::{dependencies::flatten, sources};
use regex::Regex;
use std::collections::{BTreeMap, BTreeSet};

/// The circles that are left, each with the reason why it is not opened. The names of a circle are sorted.
const CIRCLES: [(&[&str], &str); 7] = [
    (
        &["frame::shell", "routes::sign_in", "screens"],
        "The sign-in fetches the next screen and the frame while the server checks the credentials. Handing that down \
         from the app would cost the sign-in's module more bytes than its budget has left.",
    ),
    (
        &[
            "routes::checkout::draft",
            "routes::checkout::form",
            "routes::checkout::payment",
            "routes::checkout::review",
            "routes::checkout::shipping",
        ],
        "The form is one handle, which its sections fill and show.",
    ),
    (
        &[
            "simulation::abort",
            "simulation::clock",
            "simulation::database",
            "simulation::fetch",
            "simulation::locks",
            "simulation::network",
            "simulation::place",
            "simulation::stores",
            "simulation::tabs",
            "simulation::world",
        ],
        "The simulated world holds the state of each port, and each port finds it there.",
    ),
    (
        &[
            "simulation::sessions::checkout",
            "simulation::sessions::pad",
            "simulation::sessions::paying",
            "simulation::sessions::play",
        ],
        "A session by chance is one thing, whose steps stand in the file of their subject.",
    ),
    (
        &[
            "state::cart",
            "state::cart::added",
            "state::cart::ended",
            "state::cart::held",
            "state::cart::tab_claim",
        ],
        "One handle, whose methods stand in the file of their subject, and which owns what each file keeps.",
    ),
    (
        &[
            "state::quick_order::draft",
            "state::quick_order::lookup",
            "state::quick_order::pad",
            "state::quick_order::submit",
        ],
        "As the cart: one handle.",
    ),
    (
        &[
            "state::session",
            "state::session::acting",
            "state::session::recent_customers",
        ],
        "As the cart: one handle.",
    ),
];

/// Modules of the storefront do not need each other in a circle, but for those that `CIRCLES` names with a reason.
#[test]
fn modules_need_each_other_in_no_circle_but_the_named_ones() {
    let found: BTreeSet<Vec<String>> = circles(&graph()).into_iter().collect();
    let named: BTreeSet<Vec<String>> = CIRCLES
        .iter()
        .map(|(modules, _)| modules.iter().map(|&it| it.to_owned()).collect())
        .collect();
    let new: Vec<_> = found.difference(&named).collect();
    assert!(new.is_empty(), "new circles: {new:#?}");
    let opened: Vec<_> = named.difference(&found).collect();
    assert!(
        opened.is_empty(),
        "opened, so no longer to be named: {opened:#?}"
    );
}

/// Which module uses which.
type Graph = BTreeMap<String, BTreeSet<String>>;

/// The modules of `src/`, one a file, without what tests use.
fn graph() -> Graph {
    let files = sources(&["src"], "rs");
    let names: BTreeSet<String> = files.iter().map(|file| module(&file.path)).collect();
    let tests = Regex::new(r"(?ms)^#\[cfg\(test\)\]\n(?:#!?\[[^\n]*\n)*mod \w+ \{.*?^\}").unwrap();
    let start = Regex::new(r"\b(crate|self|super)::").unwrap();
    let mut graph = Graph::new();
    for file in files
        .iter()
        .filter(|file| !file.path.ends_with("/tests.rs"))
    {
        let own = module(&file.path);
        let code = tests.replace_all(&file.code, "");
        let uses = graph.entry(own.clone()).or_default();
        for found in start.find_iter(&code) {
            // `super::super::x`: read from the first one.
            if code[..found.start()].ends_with("::") {
                continue;
            }
            let mut paths = Vec::new();
            flatten("", &code[found.start()..], &mut paths);
            let of = paths.iter().filter_map(|path| owner(&own, path, &names));
            uses.extend(of.filter(|other| *other != own));
        }
    }
    graph
}

/// `src/state/cart/mod.rs` → `state::cart`; the crate's root is empty.
fn module(file: &str) -> String {
    let below = file.strip_prefix("src/").unwrap_or(file);
    let name = below.strip_suffix(".rs").unwrap_or(below);
    let name = name.strip_suffix("/mod").unwrap_or(name);
    if matches!(name, "lib" | "main") {
        return String::new();
    }
    name.replace('/', "::")
}

/// The module in which the end of a path stands, as `from` names it; none outside the crate or at its root.
fn owner(from: &str, path: &str, names: &BTreeSet<String>) -> Option<String> {
    let mut at: Vec<&str> = from.split("::").filter(|it| !it.is_empty()).collect();
    for (place, step) in path.split("::").enumerate() {
        match step {
            "crate" if place == 0 => at.clear(),
            "self" => {}
            "super" => {
                at.pop()?;
            }
            step => at.push(step),
        }
    }
    while !at.is_empty() {
        let name = at.join("::");
        if names.contains(&name) {
            return Some(name);
        }
        at.pop();
    }
    None
}

/// The sets of modules of which each can be reached from each other.
fn circles(graph: &Graph) -> Vec<Vec<String>> {
    let reached: BTreeMap<&String, BTreeSet<&String>> = graph
        .keys()
        .map(|name| (name, reach(graph, name)))
        .collect();
    let mut seen = BTreeSet::new();
    let mut circles = Vec::new();
    for (name, others) in &reached {
        let mut circle: Vec<String> = others
            .iter()
            .filter(|other| reached.get(*other).is_some_and(|back| back.contains(name)))
            .map(|&other| other.clone())
            .collect();
        circle.sort();
        if circle.len() > 1 && seen.insert(circle.clone()) {
            circles.push(circle);
        }
    }
    circles
}

/// All that a module uses, and what that uses, and so on.
fn reach<'a>(graph: &'a Graph, from: &'a String) -> BTreeSet<&'a String> {
    let mut reached = BTreeSet::new();
    let mut open = vec![from];
    while let Some(name) = open.pop() {
        for next in graph.get(name).into_iter().flatten() {
            if reached.insert(next) {
                open.push(next);
            }
        }
    }
    reached
}

/// A circle is found however long it is, and what only hangs on it is no part of it.
#[test]
fn a_circle_is_found() {
    let graph: Graph = [("a", "b"), ("b", "c"), ("c", "a"), ("d", "a"), ("c", "e")]
        .into_iter()
        .fold(Graph::new(), |mut graph, (from, to)| {
            graph
                .entry(from.to_owned())
                .or_default()
                .insert(to.to_owned());
            graph
        });
    assert_eq!(circles(&graph), [["a", "b", "c"]]);
}

/// Paths are read from the module in which they stand.
#[test]
fn a_path_leads_to_the_module_of_its_last_name() {
    let names: BTreeSet<String> = ["state", "state::cart", "state::cart::send"]
        .map(str::to_owned)
        .into();
    let owner = |path| owner("state::cart::send", path, &names);
    assert_eq!(owner("super::CartState").as_deref(), Some("state::cart"));
    assert_eq!(
        owner("super::super::cart::send::x").as_deref(),
        Some("state::cart::send")
    );
    assert_eq!(owner("crate::state::Other").as_deref(), Some("state"));
    assert_eq!(owner("crate::Elsewhere"), None);
}
