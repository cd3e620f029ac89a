//! The problems an operation may answer with.

use utoipa::{
    PartialSchema,
    openapi::{
        Components, Content, Ref, RefOr, Response,
        header::HeaderBuilder,
        path::Operation,
        schema::{Object, Type},
    },
};

/// Every status a problem can have, with what it means.
const MEANINGS: [(&str, &str); 12] = [
    (
        "400",
        "The request is not as it must be; `errors` says what is wrong with which field.",
    ),
    (
        "401",
        "The access token is missing, wrong, expired or revoked.",
    ),
    ("403", "The token's role may not do this."),
    (
        "404",
        "There is no such record, or it belongs to another organization.",
    ),
    (
        "409",
        "The record's state, or another record, is in the way.",
    ),
    ("413", "The request body is too large."),
    (
        "415",
        "The request body has another content type than the operation takes.",
    ),
    (
        "422",
        "The request is understood but cannot be carried out.",
    ),
    (
        "429",
        "Too many requests; `Retry-After` says when to come back.",
    ),
    ("500", "An unexpected error."),
    ("502", "Another service answered nonsense."),
    ("504", "Another service did not answer in time."),
];

/// Adds the problem's own schema.
pub(super) fn declare(components: &mut Components) {
    for (name, schema) in [
        ("Problem", nymble_wire::Problem::schema()),
        ("FieldProblem", nymble_wire::FieldProblem::schema()),
    ] {
        components.schemas.insert(name.to_owned(), schema);
    }
}

/// Adds the problems that follow from what the operation takes, and describes those it named itself.
pub(super) fn add(method: &str, path: &str, public: bool, operation: &mut Operation) {
    let takes_body = operation.request_body.is_some();
    let takes_any = takes_body || operation.parameters.is_some();
    let fitting = [
        ("400", takes_any),
        ("401", !public),
        ("403", !public),
        // Any call with a token may name an organization.
        ("404", path.contains('{') || !public),
        ("409", method != "get" && !public),
        ("413", takes_body),
        ("415", takes_body),
        ("429", public),
        ("500", true),
    ];
    let responses = &mut operation.responses.responses;
    for (status, _) in fitting.into_iter().filter(|(_, fits)| *fits) {
        responses
            .entry(status.to_owned())
            .or_insert_with(|| RefOr::T(Response::new("")));
    }
    for (status, meaning) in MEANINGS {
        if let Some(RefOr::T(response)) = responses.get_mut(status) {
            describe(response, status, meaning);
        }
    }
}

fn describe(response: &mut Response, status: &str, meaning: &str) {
    if response.description.is_empty() {
        meaning.clone_into(&mut response.description);
    }
    if response.content.is_empty() {
        let content = Content::new(Some(Ref::from_schema_name("Problem")));
        response
            .content
            .insert("application/problem+json".to_owned(), RefOr::T(content));
    }
    if status == "429" {
        let header = HeaderBuilder::new()
            .schema(Some(Object::with_type(Type::Integer)))
            .description(Some("Seconds to wait."))
            .build();
        response
            .headers
            .insert("Retry-After".to_owned(), RefOr::T(header));
    }
}
