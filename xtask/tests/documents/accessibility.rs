//! `docs/accessibility.md` is a whole report: every criterion of WCAG 2.2 at A and AA, each with a result and a proof;
//! and the theme's colours have the contrast that it claims.

use super::{files, named, read, rows};
use regex::Regex;
use std::collections::BTreeMap;

/// The criteria of WCAG 2.2 at level A.
const A: &str = "1.1.1 1.2.1 1.2.2 1.2.3 1.3.1 1.3.2 1.3.3 1.4.1 1.4.2 2.1.1 2.1.2 2.1.4 2.2.1 2.2.2 2.3.1 2.4.1 2.4.2 2.4.3 \
    2.4.4 2.5.1 2.5.2 2.5.3 2.5.4 3.1.1 3.2.1 3.2.2 3.2.6 3.3.1 3.3.2 3.3.7 4.1.2";
/// Those at level AA.
const AA: &str = "1.2.4 1.2.5 1.3.4 1.3.5 1.4.3 1.4.4 1.4.5 1.4.10 1.4.11 1.4.12 1.4.13 2.4.5 2.4.6 2.4.7 2.4.11 2.5.7 2.5.8 \
    3.1.2 3.2.3 3.2.4 3.3.3 3.3.4 3.3.8 4.1.3";

#[test]
fn the_report_has_every_criterion_with_a_result_and_a_reason() {
    let report = read("docs/accessibility.md");
    let mut found = BTreeMap::new();
    let number = Regex::new(r"^\d\.\d\.\d+").unwrap();
    for row in rows(&report) {
        let Some(criterion) = number.find(&row[0]) else {
            continue;
        };
        assert!(row[3].len() > 10, "{}: how it is met", row[0]);
        let results = [
            "supports",
            "partially supports",
            "does not support",
            "not applicable",
        ];
        assert!(results.contains(&row[2].as_str()), "{}: {}", row[0], row[2]);
        let is_open = row[2].ends_with("support") || row[2].starts_with("partially");
        assert_eq!(
            is_open,
            report.contains(&format!("\n- {}: ", criterion.as_str())),
            "{}: what is open",
            row[0]
        );
        assert!(
            found
                .insert(criterion.as_str().to_owned(), row[1].clone())
                .is_none(),
            "{}",
            row[0]
        );
    }
    let level = |criteria: &str, level: &str| -> Vec<(String, String)> {
        criteria
            .split_whitespace()
            .map(|one| (one.to_owned(), level.to_owned()))
            .collect()
    };
    let expected: BTreeMap<String, String> = [level(A, "A"), level(AA, "AA")]
        .concat()
        .into_iter()
        .collect();
    assert_eq!(expected.len(), 55);
    assert_eq!(found, expected);
}

/// The tests that the accessibility report names exist.
#[test]
fn every_test_that_the_report_names_exists() {
    let (count, missing) = named::browser_tests(&read("docs/accessibility.md"));
    assert!(count > 50, "only {count} are named");
    assert!(missing.is_empty(), "{missing:#?}");
}

/// The colours of the theme, light and dark.
fn colours() -> BTreeMap<String, [String; 2]> {
    let colour = Regex::new(r"--([\w-]+): light-dark\((#\w+), (#\w+)\)").unwrap();
    let tokens = read("style/tokens.css");
    colour
        .captures_iter(&tokens)
        .map(|found| {
            (
                found[1].to_owned(),
                [found[2].to_owned(), found[3].to_owned()],
            )
        })
        .collect()
}

/// The relative luminance of `#rgb` or `#rrggbb`.
fn luminance(colour: &str) -> f64 {
    let digits: Vec<u32> = colour[1..]
        .chars()
        .map(|digit| digit.to_digit(16).unwrap())
        .collect();
    let channels: Vec<u32> = match digits.len() {
        3 => digits.iter().map(|digit| digit * 17).collect(),
        6 => digits
            .chunks(2)
            .map(|pair| pair[0] * 16 + pair[1])
            .collect(),
        other => panic!("{colour} has {other} digits"),
    };
    let linear = |channel: u32| {
        let share = f64::from(channel) / 255.0;
        if share <= 0.040_45 {
            share / 12.92
        } else {
            ((share + 0.055) / 1.055).powf(2.4)
        }
    };
    0.2126 * linear(channels[0]) + 0.7152 * linear(channels[1]) + 0.0722 * linear(channels[2])
}

fn contrast(one: &str, other: &str) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// Whatever anything stands on.
const GROUNDS: [&str; 5] = [
    "ground",
    "surface",
    "surface-sunk",
    "accent-soft",
    "trouble-soft",
];

/// Icons, marks, ticks and lines of a chart are drawn in colours of the theme that can be told apart from every ground.
#[test]
fn nothing_is_drawn_in_a_colour_that_is_not_measured() {
    let drawn = Regex::new(r"[{;\s](?:color|stroke|accent-color): *([^;}]+)").unwrap();
    let measured = [
        "currentcolor",
        "inherit",
        "var(--accent)",
        "var(--good)",
        "var(--ink)",
        "var(--ink-soft)",
        "var(--line-strong)",
        "var(--on-accent)",
        // On a full mark: the pair of that mark's colour and this one, the other way around.
        "var(--surface)",
        "var(--trouble)",
    ];
    let mut count = 0;
    for (path, css) in files("style", "css") {
        // Paper has colours of its own.
        if path == "style/print.css" {
            continue;
        }
        for found in drawn.captures_iter(&css) {
            count += 1;
            let colour = found[1].trim();
            assert!(measured.contains(&colour), "{path}: {colour}");
        }
    }
    assert!(count > 100, "only {count} were found");
    let icons = read("style/base.css");
    assert!(icons.contains(".icon {") && icons.contains("stroke: currentcolor"));
}

#[test]
fn the_theme_s_colours_can_be_told_apart() {
    const TEXT: f64 = 4.5;
    const SHAPE: f64 = 3.0;
    let colours = colours();
    let pairs: [(&str, &[&str], f64); 13] = [
        (
            "ink",
            &[
                "ground",
                "surface",
                "surface-sunk",
                "accent-soft",
                "trouble-soft",
            ],
            TEXT,
        ),
        ("ink-soft", &["ground", "surface", "surface-sunk"], TEXT),
        ("accent", &["ground", "surface", "accent-soft"], TEXT),
        ("on-accent", &["accent"], TEXT),
        ("good", &["ground", "surface"], TEXT),
        ("trouble", &["ground", "surface", "trouble-soft"], TEXT),
        ("line-strong", &["ground", "surface"], SHAPE),
        ("focus", &GROUNDS, SHAPE),
        // Icons and marks are drawn in these; see the test below.
        ("ink-soft", &GROUNDS, SHAPE),
        ("accent", &GROUNDS, SHAPE),
        ("good", &GROUNDS, SHAPE),
        ("trouble", &GROUNDS, SHAPE),
        ("line-strong", &GROUNDS, SHAPE),
    ];
    for (front, grounds, least) in pairs {
        for ground in grounds {
            for (scheme, name) in ["light", "dark"].into_iter().enumerate() {
                let found = contrast(&colours[front][scheme], &colours[*ground][scheme]);
                assert!(
                    found >= least,
                    "{front} on {ground}, {name}: {found:.2}, not {least}"
                );
            }
        }
    }
    assert!((contrast("#000", "#ffffff") - 21.0).abs() < 0.001);
}
