//! Short texts in request bodies.

use crate::problem::{Answer, Problem};

/// A text as the database keeps it: trimmed, and none when empty; 400 when it is longer than `longest` letters.
pub(crate) fn text<'a>(
    name: &str,
    given: Option<&'a str>,
    longest: usize,
) -> Answer<Option<&'a str>> {
    let given = given.map(str::trim).filter(|text| !text.is_empty());
    if given.is_some_and(|text| text.chars().count() > longest) {
        return Err(Problem::field(
            name,
            format!("'{name}' must not be longer than {longest} letters."),
        ));
    }
    Ok(given)
}
