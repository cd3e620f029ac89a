//! The document as a page for people: operations by tag, then schemas, everything with an address of its own.

use maud::{DOCTYPE, Markup, html};
use serde_json::Value;

/// The page.
pub(super) fn page(document: &Value) -> String {
    let operations = operations(document);
    let tags: Vec<(&str, &str)> = each(&document["tags"])
        .map(|(_, tag)| (text(&tag["name"]), text(&tag["description"])))
        .collect();
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (text(&document["info"]["title"])) }
                link rel="stylesheet" href="/_sandbox/docs.css";
            }
            body {
                header {
                    h1 { (text(&document["info"]["title"])) }
                    p { (prose(text(&document["info"]["description"]))) }
                    p { a href="/_sandbox/openapi.json" { "openapi.json" } " · " a href="/_sandbox/" { "The sandbox" } }
                }
                nav aria-label="Operations" {
                    @for (tag, _) in &tags {
                        h2 { a href=(format!("#tag-{tag}")) { (tag) } }
                        ul {
                            @for operation in operations.iter().filter(|operation| operation.tag == *tag) {
                                li { a href=(format!("#{}", operation.id)) { (operation.title()) } }
                            }
                        }
                    }
                    h2 { a href="#schemas" { "Schemas" } }
                }
                main {
                    @for (tag, about) in &tags {
                        section {
                            h2 id=(format!("tag-{tag}")) { (tag) }
                            p { (prose(about)) }
                            @for operation in operations.iter().filter(|operation| operation.tag == *tag) {
                                (operation.article())
                            }
                        }
                    }
                    section {
                        h2 id="schemas" { "Schemas" }
                        @for (name, schema) in each(&document["components"]["schemas"]) { (schema_article(name, schema)) }
                    }
                }
            }
        }
    }
    .into_string()
}

/// One operation with what is needed to show it.
struct Operation<'a> {
    method: &'a str,
    path: &'a str,
    id: &'a str,
    tag: &'a str,
    value: &'a Value,
}

/// All operations, in the document's order.
fn operations(document: &Value) -> Vec<Operation<'_>> {
    each(&document["paths"])
        .flat_map(|(path, item)| each(item).map(move |(method, value)| (path, method, value)))
        .map(|(path, method, value)| Operation {
            method,
            path,
            id: text(&value["operationId"]),
            tag: text(&value["tags"][0]),
            value,
        })
        .collect()
}

impl Operation<'_> {
    fn title(&self) -> Markup {
        html! { b class=(self.method) { (self.method.to_uppercase()) } " " (broken(self.path)) }
    }

    fn article(&self) -> Markup {
        let value = self.value;
        let public =
            each(&value["security"]).all(|(_, requirement)| each(requirement).next().is_none());
        html! {
            article id=(self.id) {
                h3 { a href=(format!("#{}", self.id)) { (self.title()) } }
                p { strong { (prose(text(&value["summary"]))) } @if public { " No token is needed." } }
                @if value["description"].is_string() { p { (prose(text(&value["description"]))) } }
                @if value["parameters"].is_array() {
                    h4 { "Parameters" }
                    div class="wide" { table {
                        thead { tr { th { "Name" } th { "In" } th { "Type" } th { "Meaning" } } }
                        tbody { @for (_, parameter) in each(&value["parameters"]) { tr {
                            td { code { (text(&parameter["name"])) } @if parameter["required"] == true { " *" } }
                            td { (text(&parameter["in"])) }
                            td {
                                (kind(&parameter["schema"]))
                                @for (_, content) in each(&parameter["content"]) { (kind(&content["schema"])) }
                            }
                            td { (prose(text(&parameter["description"]))) }
                        } } }
                    } }
                }
                @for (content_type, content) in each(&value["requestBody"]["content"]) {
                    p { "Body (" code { (content_type) } "): " (kind(&content["schema"])) }
                }
                h4 { "Answers" }
                div class="wide" { table {
                    thead { tr { th { "Status" } th { "Body" } th { "Meaning" } } }
                    tbody { @for (status, response) in each(&value["responses"]) { tr {
                        td { code { (status) } }
                        td { @for (_, content) in each(&response["content"]) { (kind(&content["schema"])) } }
                        td { (prose(text(&response["description"]))) }
                    } } }
                } }
            }
        }
    }
}

fn schema_article(name: &str, schema: &Value) -> Markup {
    let required: Vec<&str> = each(&schema["required"])
        .map(|(_, field)| text(field))
        .collect();
    html! {
        article id=(format!("schema-{name}")) {
            h3 { a href=(format!("#schema-{name}")) { (broken(name)) } }
            p { (prose(text(&schema["description"]))) }
            @if schema["properties"].is_object() {
                div class="wide" { table {
                    thead { tr { th { "Field" } th { "Type" } th { "Meaning" } } }
                    tbody { @for (field, value) in each(&schema["properties"]) { tr {
                        td { code { (field) } @if required.contains(&field) { " *" } }
                        td { (kind(value)) }
                        td { (prose(text(&value["description"]))) }
                    } } }
                } }
            } @else { p { (kind(schema)) } }
        }
    }
}

/// A schema's type in a few words, with links to the schemas it names.
fn kind(schema: &Value) -> Markup {
    if let Some(name) = schema["$ref"]
        .as_str()
        .and_then(|path| path.rsplit('/').next())
    {
        return html! { a href=(format!("#schema-{name}")) { (broken(name)) } };
    }
    if let Some(alternatives) = ["oneOf", "anyOf", "allOf"]
        .iter()
        .find_map(|key| schema[key].as_array())
    {
        let shown = alternatives.iter().filter(|one| one["type"] != "null");
        return html! { @for (place, one) in shown.enumerate() { @if place > 0 { " or " } (kind(one)) } };
    }
    let types: Vec<&str> = match &schema["type"] {
        Value::Array(types) => types
            .iter()
            .map(text)
            .filter(|name| *name != "null")
            .collect(),
        one => vec![text(one)],
    };
    html! {
        (types.join(" or "))
        @if schema["items"].is_object() { " of " (kind(&schema["items"])) }
        @if schema["format"].is_string() { " (" (text(&schema["format"])) ")" }
        @for (place, (_, value)) in each(&schema["enum"]).enumerate() {
            @if place > 0 { ", " } @else { ": " } code { (text(value)) }
        }
    }
}

/// The members of an object, or the items of an array.
fn each(value: &Value) -> Box<dyn Iterator<Item = (&str, &Value)> + '_> {
    match value {
        Value::Object(members) => {
            Box::new(members.iter().map(|(name, value)| (name.as_str(), value)))
        }
        Value::Array(items) => Box::new(items.iter().map(|value| ("", value))),
        _ => Box::new(std::iter::empty()),
    }
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// A sentence in which what stands between backticks is code.
fn prose(sentence: &str) -> Markup {
    html! {
        @for (place, part) in sentence.split('`').enumerate() {
            @if place % 2 == 1 { code { (part) } } @else { (part) }
        }
    }
}

/// A long name that may be broken after each slash, brace and underscore.
fn broken(name: &str) -> Markup {
    html! { @for part in name.split_inclusive(['/', '}', '_']) { (part) wbr; } }
}
