//! What no handler needs to say of itself: who may call, the path's parameters, the problems, names and tags.

use utoipa::openapi::{
    Components, Info, OpenApi, RefOr, Server, Tag,
    path::{Operation, Parameter, ParameterBuilder, ParameterIn},
    request_body::RequestBody,
    response::Responses,
    schema::{Object, Type},
    security::{
        ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme,
    },
    tag::TagBuilder,
};

use super::{lists, problems};

const ABOUT: &str = "The endpoints, objects and refusals of the Nymble Commerce API, answered by the sandbox on this \
    machine. Sign in with `POST /api/auth/login`, and send the token as `Authorization: Bearer` or `x-api-key`. Every \
    list takes `pageNumber`, `pageSize`, `sortOn`, `sortDirection` and `filters` as its operation says. Names of \
    parameters and of members may also come in PascalCase; unknown members are ignored.";

/// The resources, in reading order.
const TAGS: [(&str, &str); 12] = [
    ("Auth", "Signing in, tokens and API keys."),
    ("Users", "People who sign in."),
    ("Organization", "The merchant that a token belongs to."),
    (
        "Products",
        "The catalogue: lists, search, prices, pictures.",
    ),
    ("Categories", "The catalogue's tree."),
    ("Images", "Pictures of products and categories."),
    ("Customers", "The business accounts that buy."),
    (
        "Carts",
        "One open cart per customer, until it is checked out.",
    ),
    ("Orders", "What was bought."),
    ("Invoices", "What is owed, and what has been paid of it."),
    (
        "Payments",
        "Saved payment methods and hosted payment pages.",
    ),
    ("Documents", "Folders and files of the organization."),
];

/// The document with everything filled in that follows from the rest.
pub(super) fn completed(mut api: OpenApi) -> OpenApi {
    let mut info = Info::new("Nymble Commerce API (sandbox)", env!("CARGO_PKG_VERSION"));
    info.description = Some(ABOUT.to_owned());
    api.info = info;
    api.servers = Some(vec![Server::new("/")]);
    let components = api.components.get_or_insert_with(Components::new);
    components.add_security_scheme(
        "bearer",
        SecurityScheme::Http(
            HttpBuilder::new()
                .scheme(HttpAuthScheme::Bearer)
                .bearer_format("JWT")
                .description(Some("The AccessToken of a sign-in."))
                .build(),
        ),
    );
    components.add_security_scheme(
        "apiKey",
        SecurityScheme::ApiKey(ApiKey::Header(ApiKeyValue::with_description(
            "x-api-key",
            "An API key, or the AccessToken of a sign-in.",
        ))),
    );
    problems::declare(components);
    lists::declare(components);
    let mut used = Vec::new();
    for (path, item) in &mut api.paths.paths {
        let operations = [
            ("get", &mut item.get),
            ("put", &mut item.put),
            ("post", &mut item.post),
            ("delete", &mut item.delete),
            ("patch", &mut item.patch),
        ];
        for (method, operation) in operations {
            if let Some(operation) = operation {
                complete(method, path, operation);
                used.extend(operation.tags.iter().flatten().cloned());
            }
        }
    }
    api.tags = Some(tags(&used));
    api
}

fn tags(used: &[String]) -> Vec<Tag> {
    TAGS.iter()
        .filter(|(name, _)| used.iter().any(|tag| tag == name))
        .map(|(name, about)| {
            TagBuilder::new()
                .name(*name)
                .description(Some(*about))
                .build()
        })
        .collect()
}

fn complete(method: &str, path: &str, operation: &mut Operation) {
    operation.operation_id = Some(name(method, path));
    let parameters = operation.parameters.get_or_insert_default();
    for placeholder in placeholders(path) {
        if !parameters.iter().any(|known| is(known, placeholder)) {
            parameters.push(RefOr::T(text_parameter(placeholder)));
        }
    }
    if lists(&operation.responses) {
        let own_order = parameters.iter().any(|known| is(known, "searchTerm"));
        for parameter in lists::parameters(!own_order) {
            if !parameters.iter().any(|known| is(known, &parameter.name)) {
                parameters.push(RefOr::T(parameter));
            }
        }
    }
    if parameters.is_empty() {
        operation.parameters = None;
    }
    if let Some(RefOr::T(body)) = &mut operation.request_body {
        require(body);
    }
    // An operation that anybody may call says so itself, with `security(())`.
    let public = operation.security.is_some();
    if !public {
        operation.security = Some(
            ["bearer", "apiKey"]
                .map(|scheme| SecurityRequirement::new(scheme, [""; 0]))
                .into(),
        );
    }
    problems::add(method, path, public, operation);
}

/// Whether that is the parameter's name.
fn is(parameter: &RefOr<Parameter>, name: &str) -> bool {
    matches!(parameter, RefOr::T(parameter) if parameter.name == name)
}

/// Whether one page of a list is answered.
fn lists(responses: &Responses) -> bool {
    let Some(RefOr::T(response)) = responses.responses.get("200") else {
        return false;
    };
    response.content.values().any(|content| match content {
        RefOr::T(content) => matches!(&content.schema, Some(RefOr::Ref(schema))
            if schema.ref_location.starts_with("#/components/schemas/Page_")),
        RefOr::Ref(_) => false,
    })
}

fn require(body: &mut RequestBody) {
    body.required.get_or_insert(utoipa::openapi::Required::True);
}

/// The names in braces.
fn placeholders(path: &str) -> impl Iterator<Item = &str> {
    path.split('/')
        .filter_map(|segment| segment.strip_prefix('{')?.strip_suffix('}'))
}

fn text_parameter(name: &str) -> Parameter {
    ParameterBuilder::new()
        .name(name)
        .parameter_in(ParameterIn::Path)
        .required(utoipa::openapi::Required::True)
        .schema(Some(Object::with_type(Type::String)))
        .build()
}

/// An operation's name from its method and path, and so unique: `GET /api/carts/{id}` is `getCartsById`.
fn name(method: &str, path: &str) -> String {
    let mut name = method.to_owned();
    for segment in path.trim_start_matches("/api/").split('/') {
        let word = segment
            .strip_prefix('{')
            .map(|rest| rest.trim_end_matches('}'));
        if word.is_some() {
            name.push_str("By");
        }
        for part in word
            .unwrap_or(segment)
            .split(|letter: char| !letter.is_ascii_alphanumeric())
        {
            let mut letters = part.chars();
            name.extend(letters.next().map(|first| first.to_ascii_uppercase()));
            name.push_str(letters.as_str());
        }
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_made_of_method_and_path() {
        assert_eq!(name("get", "/api/carts/{id}"), "getCartsById");
        assert_eq!(
            name(
                "post",
                "/api/carts/{customerNumber}/{shoppingCartId}/complete-checkout"
            ),
            "postCartsByCustomerNumberByShoppingCartIdCompleteCheckout"
        );
    }
}
