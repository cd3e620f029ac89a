//! What can go wrong with a request, as far as a screen can act on it.

use nymble_wire::{DecodeError, FieldProblem, Problem};

use crate::domain::values::json::Json;

/// Why a request brought no usable answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ApiError {
    /// No answer came: no connection, no such host, refused by the browser, cut off, timed out. Whether
    /// the server did what was asked is not known.
    Unreachable,
    /// This side gave the request up.
    Aborted,
    /// The API refused: its status, its own words, and after how many seconds to come again.
    Refused {
        /// The HTTP status.
        status: u16,
        /// The problem details; empty when the body held none.
        problem: Box<Problem>,
        /// `Retry-After`, in seconds.
        retry_after: Option<u32>,
    },
    /// An answer came that cannot be read: not JSON, or not of the documented shape.
    Unreadable {
        /// Method and path.
        endpoint: String,
        /// What is wrong with it.
        error: DecodeError,
    },
    /// The session ended and was not renewed.
    SignedOut,
}

impl ApiError {
    /// The HTTP status of a refusal.
    pub(crate) fn status(&self) -> Option<u16> {
        match self {
            Self::Refused { status, .. } => Some(*status),
            _ => None,
        }
    }

    /// After how many seconds to come again, if the refusal says.
    pub(crate) fn retry_after(&self) -> Option<u32> {
        match self {
            Self::Refused { retry_after, .. } => *retry_after,
            _ => None,
        }
    }

    /// The problem details of a refusal.
    pub(crate) fn problem(&self) -> Option<&Problem> {
        match self {
            Self::Refused { problem, .. } => Some(problem),
            _ => None,
        }
    }

    /// The API's own words about a refusal: the reasons of its fields, else its detail or title.
    pub(crate) fn server_words(&self) -> Option<String> {
        let problem = self.problem()?;
        let mut words = String::new();
        for error in problem
            .errors
            .iter()
            .filter(|error| !error.reason.is_empty())
        {
            if !words.is_empty() {
                words.push(' ');
            }
            words.push_str(&error.reason);
        }
        if words.is_empty() {
            let title = problem.title.as_ref().filter(|title| says_something(title));
            let detail = problem
                .detail
                .as_ref()
                .filter(|detail| says_something(detail));
            words.clone_from(detail.or(title)?);
        }
        (!words.is_empty()).then_some(words)
    }

    /// Whether the API does not offer what was asked for, to this caller or at all. Then a screen says so calmly.
    ///
    /// Assumption: 403, 404, 405, 410 and 501 say so, and a 400 that gives no reason: a deployment that lacks a
    /// part of the API answers in one of these ways.
    pub(crate) fn is_not_offered(&self) -> bool {
        match self.status() {
            Some(403 | 404 | 405 | 410 | 501) => true,
            Some(400) => self.server_words().is_none(),
            _ => false,
        }
    }

    /// Whether the API lacks a part of the product. For requests that hold nothing the buyer has typed or chosen:
    /// no buyer can mend a refusal of one, so the part is left out without a word.
    pub(crate) fn lacks_part(&self) -> bool {
        self.is_not_offered() || matches!(self.status(), Some(400 | 422))
    }

    /// Whether it is unknown if the server did what was asked: no answer, an unreadable one, or a
    /// gateway that speaks for a server it could not hear.
    pub(crate) fn outcome_unknown(&self) -> bool {
        match self {
            Self::Unreachable | Self::Unreadable { .. } => true,
            Self::Refused { status, .. } => (*status >= 500 && *status != 501) || *status == 408,
            Self::Aborted | Self::SignedOut => false,
        }
    }

    /// Whether asking again may help: the fault is not in what was asked.
    pub(crate) fn is_transient(&self) -> bool {
        match self {
            Self::Unreachable => true,
            Self::Refused { status, .. } => matches!(status, 408 | 429 | 500..) && *status != 501,
            Self::Unreadable { .. } | Self::Aborted | Self::SignedOut => false,
        }
    }

    /// The message that explains it, with the words for its placeholders.
    pub(crate) fn message(&self) -> (&'static str, Vec<(&'static str, String)>) {
        match self {
            Self::Unreachable => ("error.unreachable", vec![]),
            Self::Aborted => ("error.aborted", vec![]),
            Self::SignedOut => ("error.signed_out", vec![]),
            Self::Unreadable { endpoint, error } => match error {
                DecodeError::NotJson => ("error.not_json", vec![("endpoint", endpoint.clone())]),
                DecodeError::MissingField(field) => (
                    "error.missing_field",
                    vec![("endpoint", endpoint.clone()), ("field", field.clone())],
                ),
                DecodeError::WrongShape(what) => (
                    "error.wrong_shape",
                    vec![("endpoint", endpoint.clone()), ("what", what.clone())],
                ),
            },
            Self::Refused { status, .. } => match (status, self.server_words()) {
                (403, _) => ("error.forbidden", vec![]),
                (404 | 410, None) => ("error.not_found", vec![]),
                // What it is that the server misses is worth knowing, but comes second.
                (404 | 410, Some(words)) => ("error.not_found_words", vec![("words", words)]),
                (405 | 501, _) => ("error.not_offered", vec![]),
                (409, None) => ("error.conflict", vec![]),
                (429, _) => ("error.too_many", vec![]),
                (500.., _) => ("error.server", vec![("status", status.to_string())]),
                (_, Some(words)) => ("error.refused", vec![("words", words)]),
                (_, None) => ("error.refused_status", vec![("status", status.to_string())]),
            },
        }
    }
}

/// Whether a title or a detail says more than the name of its status does, which frameworks fill in by themselves.
fn says_something(words: &str) -> bool {
    const NAMES: [&str; 12] = [
        "",
        "bad request",
        "not found",
        "resource not found",
        "method not allowed",
        "conflict",
        "gone",
        "unprocessable entity",
        "unprocessable content",
        "not implemented",
        "one or more validation errors occurred",
        "an error occurred",
    ];
    let plain = words
        .trim()
        .trim_end_matches(['.', '!'])
        .to_ascii_lowercase();
    !NAMES.contains(&plain.as_str())
}

/// Reads problem details, with `errors` in either documented shape (a list of `{name, reason}`, or an
/// object of field → messages) and member names in any case.
pub(super) fn read(json: &Json) -> Problem {
    let of = |name: &str| json.member_text(name).map(str::to_owned);
    let mut errors = Vec::new();
    let mut add = |name: &str, reason: Option<&str>| {
        errors.push(FieldProblem {
            name: name.to_owned(),
            reason: reason.unwrap_or_default().to_owned(),
        });
    };
    match json.member("errors") {
        Some(Json::List(list)) => {
            for error in list {
                let name = error.member_text("name").unwrap_or_default();
                add(name, error.member_text("reason").or(error.as_text()));
            }
        }
        Some(Json::Object(fields)) => {
            for (name, reasons) in fields {
                match reasons {
                    Json::List(reasons) => {
                        for reason in reasons {
                            add(name, reason.as_text());
                        }
                    }
                    reason => add(name, reason.as_text()),
                }
            }
        }
        _ => {}
    }
    Problem {
        kind: of("type"),
        title: of("title"),
        status: of("status").and_then(|status| status.parse().ok()),
        detail: of("detail"),
        errors,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::values::json::parse_natively;

    fn refused(status: u16, problem: Problem) -> ApiError {
        ApiError::Refused {
            status,
            problem: Box::new(problem),
            retry_after: None,
        }
    }

    #[test]
    fn the_apis_own_words_are_the_most_precise_ones_it_gave() {
        let reason = |text: &str| FieldProblem {
            name: "quantity".to_owned(),
            reason: text.to_owned(),
        };
        let problem = Problem {
            title: Some("Bad Request".to_owned()),
            errors: vec![reason("Too few."), reason("Not a multiple of 6.")],
            ..Problem::default()
        };
        let words = refused(400, problem).server_words();
        assert_eq!(words.as_deref(), Some("Too few. Not a multiple of 6."));
        let titled = Problem {
            title: Some("Cart is closed".to_owned()),
            ..Problem::default()
        };
        assert_eq!(
            refused(400, titled).server_words().as_deref(),
            Some("Cart is closed")
        );
        assert_eq!(refused(400, Problem::default()).server_words(), None);
    }

    /// Both readers of problems agree: this one and that of `wire`.
    #[test]
    fn both_documented_shapes_are_read_as_the_wire_reads_them() {
        for text in [
            r#"{"type":"https://httpstatuses.com/400","title":"Bad Request","status":400,
                "errors":[{"name":"Email","reason":"'Email' must not be empty."}]}"#,
            r#"{"title":"One or more validation errors occurred","status":400,
                "errors":{"PoNumber":["must not be empty","is too long"]}}"#,
            r#"{"title":"Not Found","status":404}"#,
            r#"{"Title":"Not Found","Status":404,"Errors":null}"#,
            "[]",
        ] {
            let read = parse_natively(text)
                .map(|json| read(&json))
                .unwrap_or_default();
            let mut wire: Problem = nymble_wire::decode(text).unwrap_or_default();
            for error in &mut wire.errors {
                // The wire brings every key to camelCase; a field's name is only shown.
                if error.name == "poNumber" {
                    error.name = "PoNumber".to_owned();
                }
            }
            assert_eq!(read, wire, "{text}");
        }
    }

    #[test]
    fn the_name_of_a_status_is_no_reason() {
        for title in ["Bad Request", "bad request.", "Not Found", " "] {
            let problem = Problem {
                title: Some(title.to_owned()),
                ..Problem::default()
            };
            let error = refused(400, problem);
            assert_eq!(error.server_words(), None, "{title}");
            assert_eq!(error.message().0, "error.refused_status", "{title}");
        }
    }

    /// What the API lacks is told from a fault.
    #[test]
    fn a_part_that_the_api_lacks_is_told_from_a_fault() {
        let with_reason = || Problem {
            detail: Some("The filter is not known.".to_owned()),
            ..Problem::default()
        };
        for status in [403, 404, 405, 410, 501] {
            let error = refused(status, with_reason());
            assert!(error.is_not_offered() && error.lacks_part(), "{status}");
            assert!(
                !error.is_transient() && !error.outcome_unknown(),
                "{status}"
            );
        }
        assert!(refused(400, Problem::default()).is_not_offered());
        assert!(!refused(400, with_reason()).is_not_offered());
        assert!(refused(400, with_reason()).lacks_part());
        for status in [401, 409, 429, 500, 503] {
            assert!(
                !refused(status, Problem::default()).lacks_part(),
                "{status}"
            );
        }
        assert!(!ApiError::Unreachable.lacks_part());
        let not_in_cart = Problem {
            detail: Some("'A' is not in the cart.".to_owned()),
            ..Problem::default()
        };
        let (message, words) = refused(404, not_in_cart).message();
        assert_eq!((message, words.len()), ("error.not_found_words", 1));
    }

    /// Doubt is assumed wherever the server may have acted.
    #[test]
    fn doubt_remains_only_where_the_server_may_have_acted() {
        assert!(ApiError::Unreachable.outcome_unknown());
        assert!(refused(504, Problem::default()).outcome_unknown());
        assert!(!refused(400, Problem::default()).outcome_unknown());
        assert!(!ApiError::SignedOut.outcome_unknown());
    }
}
