//! The pieces that screens are made of: each is written by its own component, and measured by the theme's steps.

use regex::Regex;
use std::collections::BTreeMap;

use super::{forbid, sources, styles::declared};

/// What only one component writes, with its file. The first module, which a visitor loads before anything else, writes
/// its two buttons itself.
const PIECES: [(&str, &[&str]); 7] = [
    (
        r#"class="button\b"#,
        &[
            "src/components/button.rs",
            "src/lazy_page.rs",
            "src/routes/sign_in.rs",
        ],
    ),
    (r#"class="badge\b"#, &["src/components/badge.rs"]),
    (r#"class="chip\b"#, &["src/components/chip.rs"]),
    (r"<dialog\s", &["src/components/dialog.rs"]),
    (r#"class="empty\b"#, &["src/components/empty_state.rs"]),
    (r"<dl\b", &["src/components/facts.rs"]),
    (r#"class="tabs\b"#, &["src/components/tabs.rs"]),
];

/// A piece is written by its component alone: so it looks and behaves the same on every screen.
#[test]
fn a_piece_is_written_by_its_component() {
    for (pattern, files) in PIECES {
        assert_eq!(sources(&files[..1], "rs").len(), 1, "{}", files[0]);
        forbid(&["src"], pattern, files, "a component writes this");
    }
}

/// How a row becomes a card is said once.
#[test]
fn how_a_row_becomes_a_card_is_said_once() {
    let with: Vec<_> = sources(&["style"], "css")
        .into_iter()
        .filter(|it| it.text.contains("attr(data-label)"))
        .map(|it| it.path)
        .collect();
    assert_eq!(with, ["style/table.css"]);
}

/// A distance or a size of text that is a step of the theme's scale is written as that step, so that the theme can
/// change it.
#[test]
fn distances_and_sizes_of_text_are_steps_of_the_scale() {
    let step = Regex::new(r"^(?:calc\()?([\d.]+)rem").unwrap();
    let all = declared();
    let mut steps: BTreeMap<(&str, String), &str> = BTreeMap::new();
    for token in all.iter().filter(|it| it.file == "style/tokens.css") {
        let kind = if token.property.starts_with("--space-") {
            "space"
        } else if token.property.starts_with("--text-") {
            "text"
        } else {
            continue;
        };
        let size = step.captures(&token.value).expect("a step is so many rem")[1].to_owned();
        steps.insert((kind, size), &token.property);
    }
    assert!(steps.len() > 12, "the scale has been read");
    let raw = Regex::new(r"^-?([\d.]+)rem$").unwrap();
    let mut wrong = Vec::new();
    for rule in &all {
        let kind = match rule.property.split('-').next() {
            Some("gap" | "padding" | "margin" | "row" | "column") => "space",
            Some("font") if rule.property == "font-size" => "text",
            _ => continue,
        };
        // Paper has its own measures.
        if rule.file == "style/print.css" || rule.value.contains("max(") {
            continue;
        }
        for word in rule.value.split_whitespace() {
            let size = raw.captures(word).map(|size| size[1].to_owned());
            if let Some(token) = size.and_then(|size| steps.get(&(kind, size))) {
                wrong.push(format!(
                    "{}: {} {{ {}: {word} }} is var({token})",
                    rule.file, rule.selector, rule.property
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
