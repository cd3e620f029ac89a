//! What is said without taking the focus is heard: it stands in a live region, or the field that it is about names it.

use regex::Regex;

use super::sources;

/// The classes of sentences about what went wrong, what goes on, and what is waited for.
const SAID: &str = "failed|field-error|loading-note|refusal|saving|unsent";

/// The tag that begins in front of `at`, to its end; an arrow ends none.
fn tag(code: &str, at: usize) -> &str {
    let begin = code[..at].rfind('<').unwrap_or(at);
    let ends = code[at..]
        .char_indices()
        .find(|(place, letter)| *letter == '>' && !code[..at + place].ends_with(['=', '-']));
    &code[begin..ends.map_or(code.len(), |(place, _)| at + place)]
}

#[test]
fn every_sentence_about_a_state_is_announced_or_tied_to_its_field() {
    let class = Regex::new(&format!(r#"class="(?:[^"]* )?(?:{SAID})[ "]"#)).unwrap();
    let mut count = 0;
    let mut silent = Vec::new();
    for source in sources(&["src"], "rs") {
        for found in class.find_iter(&source.code) {
            count += 1;
            let tag = tag(&source.code, found.start());
            let heard = ["role=\"status\"", "role=\"alert\"", "aria-live=", " id="];
            if !heard.iter().any(|it| tag.contains(it)) {
                silent.push(format!("{}: {tag}", source.path));
            }
        }
    }
    assert!(count > 40, "only {count} were found");
    assert!(silent.is_empty(), "{silent:#?}");
}

/// An id alone lets nobody hear of it: a field says that it is described by it.
#[test]
fn every_id_of_an_error_is_named_by_a_field() {
    let literal = Regex::new(r#"\sid="([\w-]+)""#).unwrap();
    let class = Regex::new(r#"class="(?:[^"]* )?field-error[ "]"#).unwrap();
    let mut count = 0;
    for source in sources(&["src"], "rs") {
        for found in class.find_iter(&source.code) {
            let tag = tag(&source.code, found.start());
            let Some(id) = literal.captures(tag) else {
                continue;
            };
            count += 1;
            let quoted = format!("\"{}\"", &id[1]);
            let named = source.code.matches(&quoted).count();
            assert!(named > 1, "{}: nothing names {quoted}", source.path);
        }
    }
    assert!(count > 2, "only {count} have an id of their own");
}

#[test]
fn a_tag_ends_behind_its_arrows() {
    let code = r#"<p a=move || x class="saving" on:click=move |_| match y { _ => 1 } role="status">text</p>"#;
    let at = code.find("class").unwrap();
    assert!(tag(code, at).ends_with("role=\"status\""));
    assert!(tag(code, at).starts_with("<p "));
}
