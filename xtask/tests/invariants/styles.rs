//! The style sheets: what a class looks like is said in one of them, and nothing stays in place in a short window.

use regex::Regex;
use std::collections::{BTreeMap, BTreeSet};

use super::sources;

/// They say what becomes of all screens in one medium, so they name other files' classes.
const OF_A_MEDIUM: [&str; 2] = ["style/print.css", "style/short.css"];

/// Sticky or fixed, and yet nothing that could cover what has the focus: a line of two pixels, a menu that is closed
/// by whatever is reached outside it, the column of names in a table that scrolls sideways with room kept for it.
const COVERS_NOTHING: [&str; 3] = [
    ".routing-bar",
    ".main-nav",
    ".compare-table th[scope=\"row\"]",
];

/// A rule: one of its selectors, and the property it sets.
pub(super) struct Declared {
    pub(super) file: String,
    pub(super) selector: String,
    pub(super) property: String,
    pub(super) value: String,
}

pub(super) fn declared() -> Vec<Declared> {
    let comment = Regex::new(r"(?s)/\*.*?\*/").unwrap();
    let rule = Regex::new(r"([^{};]+)\{([^{}]*)\}").unwrap();
    let mut all = Vec::new();
    for source in sources(&["style"], "css") {
        let css = comment.replace_all(&source.text, "");
        for rule in rule.captures_iter(&css) {
            for selector in split(&rule[1]) {
                for (property, value) in rule[2].split(';').filter_map(|it| it.split_once(':')) {
                    all.push(Declared {
                        file: source.path.clone(),
                        selector: selector.clone(),
                        property: property.trim().to_owned(),
                        value: value.trim().to_owned(),
                    });
                }
            }
        }
    }
    all
}

/// The selectors of a list; commas within brackets divide none.
fn split(list: &str) -> Vec<String> {
    let mut depth = 0;
    let divides = |letter: char| {
        match letter {
            '(' | '[' => depth += 1,
            ')' | ']' => depth -= 1,
            _ => {}
        }
        letter == ',' && depth == 0
    };
    list.split(divides)
        .map(|selector| selector.trim().to_owned())
        .collect()
}

/// What a class looks like is said in one style sheet.
#[test]
fn what_a_class_looks_like_is_said_in_one_file() {
    let class = Regex::new(r"^\.[\w-]+(::?[\w-]+)*$").unwrap();
    let mut files: BTreeMap<(String, String), BTreeSet<String>> = BTreeMap::new();
    for rule in declared() {
        if class.is_match(&rule.selector) && !OF_A_MEDIUM.contains(&rule.file.as_str()) {
            let what = (rule.selector, rule.property);
            files.entry(what).or_default().insert(rule.file);
        }
    }
    assert!(files.len() > 500, "the style sheets have been read");
    let twice: Vec<_> = files.iter().filter(|(_, files)| files.len() > 1).collect();
    assert!(
        twice.is_empty(),
        "the later file wins on every screen: {twice:?}"
    );
}

/// In a short window nothing covers what has the focus.
#[test]
fn whatever_stays_in_place_lets_go_in_a_short_window() {
    let all = declared();
    let short: BTreeSet<&str> = all
        .iter()
        .filter(|rule| rule.file == "style/short.css")
        .map(|rule| rule.selector.as_str())
        .collect();
    let sticks = |rule: &&Declared| {
        rule.property == "position"
            && ["sticky", "fixed"].contains(&rule.value.as_str())
            && !OF_A_MEDIUM.contains(&rule.file.as_str())
            && !COVERS_NOTHING.contains(&rule.selector.as_str())
    };
    let mut count = 0;
    for rule in all.iter().filter(sticks) {
        count += 1;
        let named = short.iter().any(|it| it.contains(rule.selector.as_str()));
        assert!(
            named,
            "{} of {} may cover what has the focus: say in style/short.css what becomes of it",
            rule.selector, rule.file
        );
    }
    assert!(count > 5, "some things stay in place");
}
