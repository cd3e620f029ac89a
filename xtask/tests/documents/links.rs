//! Every link inside of the documents leads to a file that is there, and to a heading in it.

use super::{documents, read, root};
use regex::Regex;
use std::path::Path;

/// The anchor of a heading, as the usual readers of Markdown make it.
fn anchor(heading: &str) -> String {
    heading
        .to_lowercase()
        .chars()
        .filter(|letter| letter.is_alphanumeric() || " -_".contains(*letter))
        .map(|letter| if letter == ' ' { '-' } else { letter })
        .collect()
}

/// The anchors of a document.
fn anchors(text: &str) -> Vec<String> {
    let mut is_code = false;
    let mut found = Vec::new();
    for line in text.lines() {
        is_code ^= line.starts_with("```");
        let heading = line.trim_start_matches('#');
        if !is_code && heading.len() < line.len() && heading.starts_with(' ') {
            found.push(anchor(heading.trim()));
        }
    }
    found
}

/// Links in documents lead somewhere.
#[test]
fn every_link_leads_somewhere() {
    let link = Regex::new(r"\]\(([^)\s]+)\)").unwrap();
    let mut wrong = Vec::new();
    let mut count = 0;
    for (path, text) in documents() {
        for found in link.captures_iter(&text) {
            let target = &found[1];
            if target.contains("://") {
                continue;
            }
            count += 1;
            let (file, heading) = target.split_once('#').unwrap_or((target, ""));
            let folder = Path::new(&path).parent().unwrap();
            let file = if file.is_empty() {
                Path::new(&path).to_path_buf()
            } else {
                folder.join(file)
            };
            if !root().join(&file).exists() {
                wrong.push(format!("{path}: {target}"));
            } else if !heading.is_empty()
                && !anchors(&read(file.to_str().unwrap()))
                    .iter()
                    .any(|known| known == heading)
            {
                wrong.push(format!("{path}: {target} has no such heading"));
            }
        }
    }
    assert!(count > 40, "only {count} links were found");
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Every document is reached from the README, or from the map, which the README leads to.
#[test]
fn every_document_is_reached_from_the_readme() {
    let (readme, map) = (read("README.md"), read("ARCHITECTURE.md"));
    assert!(readme.contains("](ARCHITECTURE.md)"));
    for (path, _) in documents() {
        // A link may name a heading.
        let leads_there = |text: &str| {
            text.contains(&format!("]({path})")) || text.contains(&format!("]({path}#"))
        };
        assert!(
            path == "README.md" || leads_there(&readme) || leads_there(&map),
            "{path}"
        );
    }
}

#[test]
fn anchors_are_those_of_the_headings() {
    let text = "# One two\n\n```sh\n# a comment\n```\n\n## What's `new`, then?\n";
    assert_eq!(anchors(text), ["one-two", "whats-new-then"]);
}
