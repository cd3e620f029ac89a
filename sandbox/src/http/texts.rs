//! A body's text fields, checked together so that everything wrong is named at once.

use nymble_wire::FieldProblem;

use crate::problem::{Answer, Problem};

/// The longest text.
///
/// Assumption: the documents name no limit.
const LONGEST: usize = 200;

/// Takes text fields one after the other, and keeps what is wrong with them.
#[derive(Default)]
pub(crate) struct Texts(Vec<FieldProblem>);

impl Texts {
    /// A field that must be there. `name` may lead through objects; the reason begins with its last part.
    pub(crate) fn required(&mut self, name: &str, given: Option<String>) -> String {
        let text = given.unwrap_or_default();
        if text.trim().is_empty() {
            self.wrong(name, "must not be empty.");
        }
        self.checked(name, text)
    }

    /// A field that may be absent, which an empty one is as well.
    pub(crate) fn optional(&mut self, name: &str, given: Option<String>) -> Option<String> {
        given
            .filter(|text| !text.trim().is_empty())
            .map(|text| self.checked(name, text))
    }

    /// Says that a field is wrong.
    pub(crate) fn wrong(&mut self, name: &str, reason: &str) {
        let last = name.rsplit('.').next().unwrap_or(name);
        self.0.push(FieldProblem {
            name: name.to_owned(),
            reason: format!("'{last}' {reason}"),
        });
    }

    /// 400 if anything was wrong.
    pub(crate) fn done(self) -> Answer<()> {
        Problem::check(self.0)
    }

    fn checked(&mut self, name: &str, text: String) -> String {
        if text.chars().count() > LONGEST {
            self.wrong(name, "must not be longer than 200 letters.");
        } else if text.chars().any(char::is_control) {
            self.wrong(name, "must not hold control characters.");
        }
        text
    }
}
