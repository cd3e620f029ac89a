//! What `config.json` may hold, as a table: the JSON Schema beside the file and the list in the documents are made of it.
//!
//! It is compiled for tests only, so that no buyer loads it. The tests hold it against the parser, key by key.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use serde_json::{Map, Value, json};
use std::{cell::RefCell, collections::BTreeSet};

/// A key of `config.json`.
struct Key {
    /// With a dot between levels.
    path: &'static str,
    kind: Kind,
    absent: Absent,
    /// What it is for, in Markdown: one sentence or two.
    about: &'static str,
}

/// What values a key takes.
enum Kind {
    /// An origin.
    Origin,
    /// An address that begins with its scheme.
    Address,
    /// Any text but a blank one.
    Text,
    /// One of these.
    OneOf(&'static [&'static str]),
    /// `optional`, `required` or a pattern.
    PoNumber,
    /// A list of ways to pay.
    Payments,
    /// A list of origins.
    Origins,
    /// On or off.
    Switch,
}

/// What holds where a key is absent.
enum Absent {
    /// The key must not be absent.
    Required,
    /// A value that could be written as well, as JSON.
    Value(&'static str),
    /// No value that could be written; in words.
    Words(&'static str),
}

use Absent::{Required, Value as Is, Words};
use Kind::{Address, OneOf, Origin, Origins, Payments, PoNumber, Switch, Text};

/// Every key with a name of its own; beside them `brand` takes custom properties.
static KEYS: [Key; 18] = [
    Key {
        path: "apiBaseUrl",
        kind: Origin,
        absent: Required,
        about: "The origin of the API: `https://` or `http://`, host, perhaps a port. No path and no slash stand at the end.",
    },
    Key {
        path: "organizationCode",
        kind: Text,
        absent: Required,
        about: "The organisation's code, which is sent as `OrgCode` at sign-in.",
    },
    Key {
        path: "tokenHeader",
        kind: OneOf(&["authorization", "x-api-key"]),
        absent: Is("\"authorization\""),
        about: "The header that carries the token: `authorization` sends `Authorization: Bearer …`, `x-api-key` sends `X-Api-Key: …`.",
    },
    Key {
        path: "locale",
        kind: Text,
        absent: Words("the browser's"),
        about: "A fixed language and region, such as `de-DE`. A language without a message catalogue becomes English.",
    },
    Key {
        path: "brand.name",
        kind: Text,
        absent: Is("\"Nymble\""),
        about: "The merchant's name. It stands in the header and in the title of every page.",
    },
    Key {
        path: "brand.logo",
        kind: Text,
        absent: Words("a coloured square"),
        about: "The address of an image. It is shown 28 pixels high.",
    },
    Key {
        path: "brand.accent",
        kind: Text,
        absent: Words("that of the theme"),
        about: "The accent colour. It is short for `brand[\"--accent\"]`.",
    },
    Key {
        path: "session.storage",
        kind: OneOf(&["tab", "memory"]),
        absent: Is("\"tab\""),
        about: "Where the token is kept. With `tab` it survives a reload (`sessionStorage`); with `memory` it does not, unless another tab still has it.",
    },
    Key {
        path: "session.signInUrl",
        kind: Address,
        absent: Words("none"),
        about: "Where visitors without a session are sent: the address of an identity provider. Without it the storefront's own form is shown.",
    },
    Key {
        path: "checkout.poNumber",
        kind: PoNumber,
        absent: Is("\"optional\""),
        about: "What a PO number must look like: `optional`, `required`, or a pattern. In a pattern `A` is a letter, `9` a digit, `*` anything, and `\\` takes the next character as it is, as in `PO-9999-99999`.",
    },
    Key {
        path: "checkout.payments",
        kind: Payments,
        absent: Is("[\"saved\",\"card\"]"),
        about: "The ways to pay that are offered, in this order: `saved` methods, a new `card`, `terms` (on account, for customers who have terms), `hosted` (the payment provider's own page, for saving cards and paying invoices). A checkout cannot use `hosted`, so another way must be named too.",
    },
    Key {
        path: "checkout.hostedPaymentHosts",
        kind: Origins,
        absent: Words("the origin in `apiBaseUrl`"),
        about: "The origins that a buyer may be sent to for `hosted`, such as `[\"https://hostedpayments.example.com\"]`. The browser goes to no other.",
    },
    Key {
        path: "features.quotes",
        kind: Switch,
        absent: Is("true"),
        about: "Whether a cart may become a request for a quote.",
    },
    Key {
        path: "features.orders",
        kind: Switch,
        absent: Is("true"),
        about: "Whether there are screens of orders, and with them what was bought before.",
    },
    Key {
        path: "features.invoices",
        kind: Switch,
        absent: Is("true"),
        about: "Whether there are screens of invoices, with paying them.",
    },
    Key {
        path: "features.documents",
        kind: Switch,
        absent: Is("true"),
        about: "Whether there is the screen of documents.",
    },
    Key {
        path: "features.lists",
        kind: Switch,
        absent: Is("true"),
        about: "Whether there are order lists, which are kept on the buyer's device.",
    },
    Key {
        path: CUSTOM_PROPERTY,
        kind: Text,
        absent: Words("that of the theme"),
        about: "Any custom property of `style/tokens.css`, such as `\"--radius\": \"4px\"`. A name that the style sheets do not use has no effect.",
    },
];

/// Stands in [`KEYS`] for all custom properties.
const CUSTOM_PROPERTY: &str = "brand[\"--…\"]";

/// The objects that hold keys.
const SECTIONS: [(&str, &str); 4] = [
    ("brand", "Name, logo and appearance."),
    (
        "session",
        "How buyers sign in, and where the token is kept.",
    ),
    ("checkout", "What an order needs, and how it is paid."),
    ("features", "Which screens and ways there are."),
];

thread_local! {
    /// The keys that the parser has asked for on this thread.
    static ASKED: RefCell<BTreeSet<String>> = const { RefCell::new(BTreeSet::new()) };
}

/// Notes that the parser asks for a key.
pub(super) fn asked_for(prefix: &str, field: &str) {
    let path = if field.starts_with("--") {
        CUSTOM_PROPERTY.to_owned()
    } else {
        [prefix, field].concat()
    };
    ASKED.with_borrow_mut(|asked| asked.insert(path));
}

/// The values that a key takes, as a schema.
fn values(kind: &Kind) -> Map<String, Value> {
    // A text stands for itself without the spaces around it, which the parser takes off.
    const TEXT: &str = r"^\S(?:[\s\S]*\S)?$";
    const ORIGIN: &str = r"^https?://[^/?#@ \\]+$";
    let schema = match kind {
        Origin => json!({ "type": ["string", "null"], "pattern": ORIGIN }),
        Address => json!({ "type": ["string", "null"], "pattern": r"^https?://(?:[\s\S]*\S)?$" }),
        Text => json!({ "type": ["string", "null"], "pattern": TEXT }),
        OneOf(names) => {
            let null = [Value::Null];
            let all: Vec<Value> = names.iter().map(|name| json!(name)).chain(null).collect();
            json!({ "enum": all })
        }
        PoNumber => json!({
            "type": ["string", "null"],
            "allOf": [
                { "pattern": TEXT },
                // At most fifty characters of a number are asked for, and none is left to take as it is.
                { "pattern": r"^\**(?:(?:\\[\s\S]|[^\\*])\**){0,50}$" }
            ],
            "examples": ["optional", "required", "PO-9999-99999"]
        }),
        Payments => json!({
            "type": ["array", "null"],
            "items": { "enum": ["saved", "card", "terms", "hosted"] },
            "contains": { "enum": ["saved", "card", "terms"] }
        }),
        Origins => {
            json!({ "type": ["array", "null"], "items": { "type": "string", "pattern": ORIGIN } })
        }
        Switch => json!({ "type": ["boolean", "null"] }),
    };
    match schema {
        Value::Object(members) => members,
        other => unreachable!("{other} is no schema"),
    }
}

/// The schema of a key.
fn property(key: &Key) -> Value {
    let mut property = values(&key.kind);
    property.insert("description".to_owned(), json!(key.about));
    match key.absent {
        // Nor is `null` a value for what is required.
        Required => {
            property.insert("type".to_owned(), json!("string"));
        }
        Is(default) => {
            let default = serde_json::from_str(default).expect("a default is JSON");
            property.insert("default".to_owned(), default);
        }
        Words(_) => {}
    }
    Value::Object(property)
}

/// The schema of `config.json`.
fn schema() -> Value {
    let keys_in = |section: &str| -> Map<String, Value> {
        KEYS.iter()
            .filter_map(|key| {
                let (of, name) = key.path.rsplit_once('.').unwrap_or(("", key.path));
                (of == section && key.path != CUSTOM_PROPERTY)
                    .then(|| (name.to_owned(), property(key)))
            })
            .collect()
    };
    let comments = || json!({ "description": "A comment." });
    let mut properties = keys_in("");
    for (section, about) in SECTIONS {
        let mut patterns = json!({ r"^\$": comments() });
        if section == "brand" {
            let custom = KEYS.iter().find(|key| key.path == CUSTOM_PROPERTY);
            patterns["^--"] = property(custom.expect("custom properties are in the table"));
        }
        properties.insert(
            section.to_owned(),
            json!({
                "description": about,
                "type": ["object", "null"],
                "properties": keys_in(section),
                "patternProperties": patterns,
                "additionalProperties": false,
            }),
        );
    }
    let required = KEYS.iter().filter(|key| matches!(key.absent, Required));
    json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "Settings of the Nymble storefront (config.json)",
        "description": "Without a value, or with null, a key has its default. A key that begins with $ is a comment.",
        "type": "object",
        "properties": properties,
        "patternProperties": { r"^\$": comments() },
        "additionalProperties": false,
        "required": required.map(|key| key.path).collect::<Vec<_>>(),
    })
}

/// The keys as a table in Markdown.
fn table() -> String {
    let mut table = String::from("| key | default | meaning |\n|---|---|---|\n");
    for key in &KEYS {
        let default = match key.absent {
            Required => "required".to_owned(),
            Is(value) => format!("`{}`", value.trim_matches('"').replace("\",\"", "\", \"")),
            Words(words) => words.to_owned(),
        };
        table.extend(["| `", key.path, "` | ", &default, " | ", key.about, " |\n"]);
    }
    table
}

mod tests {
    use super::*;
    use crate::{config::Config, domain::values::json::parse_natively};
    use std::{fs, path::PathBuf};

    /// What is set to have the files written anew instead of compared.
    const WRITE: &str = "NYMBLE_WRITE_SCHEMA";

    fn in_checkout(path: &str) -> PathBuf {
        PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(path)
    }

    /// Compares a file with what it must hold, or writes it.
    #[track_caller]
    fn must_hold(path: &str, expected: &str) {
        if std::env::var_os(WRITE).is_some() {
            fs::write(in_checkout(path), expected).unwrap();
        }
        let found = fs::read_to_string(in_checkout(path)).unwrap_or_default();
        assert!(
            found == expected,
            "{path} is not what src/config/schema.rs says; type: {WRITE}=1 cargo test --lib config::schema"
        );
    }

    fn parses(config: &Value) -> bool {
        Config::parse(&config.to_string(), parse_natively).is_ok()
    }

    fn minimal() -> Value {
        json!({ "apiBaseUrl": "https://api.example.com", "organizationCode": "acme" })
    }

    /// The smallest file, with one more value at a place.
    fn with(path: &str, value: Value) -> Value {
        let mut config = minimal();
        let path = path.replace(CUSTOM_PROPERTY, "brand.--radius");
        match path.split_once('.') {
            Some((section, name)) => config[section] = json!({ name: value }),
            None => config[path] = value,
        }
        config
    }

    /// Values of every kind, for every key: each is right for some and wrong for others.
    fn pool() -> Vec<Value> {
        let fifty = "9".repeat(50);
        let escaped = r"\9".repeat(50);
        let stars = "9*".repeat(50);
        let mut pool = vec![
            Value::Null,
            json!(true),
            json!(false),
            json!(7),
            json!(1.5),
            json!({}),
            json!({ "name": "x" }),
            json!({ "storage": "tab" }),
            json!({ "colour": "red" }),
            json!([]),
            json!([null]),
            json!([7]),
            json!(["saved"]),
            json!(["hosted"]),
            json!(["hosted", "terms"]),
            json!(["card", "card"]),
            json!(["card", "gold"]),
            json!(["Saved"]),
            json!(["https://pay.example.com", "http://127.0.0.1:8081"]),
            json!(["https://pay.example.com/form"]),
            json!(["saved", "https://pay.example.com"]),
        ];
        let mut texts: Vec<String> = [
            "",
            " ",
            "x",
            "de-DE",
            "authorization",
            "Authorization",
            "x-api-key",
            "cookie",
            "tab",
            "memory",
            "disk",
            "optional",
            "required",
            "PO-9999-99999",
            "PO 99",
            r"PO\",
            r"PO\\",
            r"\*9",
            "*",
            "**",
            "https://",
            "http://",
            "https://a",
            "https://a/",
            "http://a:8081",
            "https://a?b",
            "https://a#b",
            "https://u@a",
            "https://a b",
            r"https://a\b",
            "https://a\tb",
            "HTTPS://a",
            "ftp://a",
            "//a",
            "javascript:alert(1)",
            "https://a/sign-in?x=y",
            "true",
            "ä ö",
            "a\nb",
        ]
        .map(str::to_owned)
        .into();
        texts.extend([
            fifty.clone(),
            format!("{fifty}9"),
            escaped.clone(),
            format!("{escaped}9"),
            stars,
        ]);
        pool.extend(texts.into_iter().map(Value::String));
        pool
    }

    /// The JSON Schema beside `config.json` is what the code says.
    #[test]
    fn the_schema_beside_the_file_is_what_the_code_says() {
        const PATH: &str = "public/config.schema.json";
        if std::env::var_os(WRITE).is_some() {
            let text = serde_json::to_string_pretty(&schema()).unwrap() + "\n";
            fs::write(in_checkout(PATH), text).unwrap();
        }
        // Not as a text: the order of members depends on what else the tests are compiled with.
        let found = fs::read_to_string(in_checkout(PATH)).unwrap();
        let found: Value = serde_json::from_str(&found).unwrap();
        assert_eq!(
            found,
            schema(),
            "type: {WRITE}=1 cargo test --lib config::schema"
        );
    }

    /// The documents list exactly the keys of `config.json` that there are.
    #[test]
    fn the_documents_list_exactly_the_keys_there_are() {
        const PATH: &str = "docs/configuration.md";
        const START: &str = "<!-- keys: made by src/config/schema.rs -->\n";
        const END: &str = "<!-- /keys -->";
        let text = fs::read_to_string(in_checkout(PATH)).unwrap();
        let (before, rest) = text.split_once(START).expect("the start of the list");
        let (_, after) = rest.split_once(END).expect("the end of the list");
        must_hold(PATH, &[before, START, &table(), END, after].concat());
    }

    /// Parser and schema agree about the keys of `config.json`.
    #[test]
    fn the_parser_asks_for_exactly_the_keys_there_are() {
        ASKED.take();
        assert!(parses(&with(CUSTOM_PROPERTY, json!("4px"))));
        let sections = SECTIONS.map(|(section, _)| section);
        let named = KEYS.iter().map(|key| key.path).chain(sections);
        let named: BTreeSet<String> = named.map(str::to_owned).collect();
        assert_eq!(ASKED.take(), named);
    }

    /// Parser and JSON Schema agree about every value of every key of `config.json`.
    #[test]
    fn parser_and_schema_agree_on_every_value_of_every_key() {
        let validator = jsonschema::draft7::new(&schema()).unwrap();
        let sections = SECTIONS.map(|(section, _)| section);
        let unknown = [
            "apiUrl",
            "brand.colour",
            "session.storages",
            "checkout.x",
            "features.chat",
            "APIBASEURL",
        ];
        let comments = [
            "$schema",
            "$",
            "brand.$note",
            "session.$1",
            "checkout.$x",
            "features.$y",
        ];
        let paths = KEYS.iter().map(|key| key.path);
        let mut taken = 0;
        for path in paths.chain(sections).chain(unknown).chain(comments) {
            for value in pool() {
                let config = with(path, value);
                assert_eq!(validator.is_valid(&config), parses(&config), "{config}");
                taken += usize::from(parses(&config));
            }
        }
        assert!(taken > 300, "only {taken} of all are right");
        for missing in ["apiBaseUrl", "organizationCode"] {
            let mut config = minimal();
            config.as_object_mut().unwrap().remove(missing);
            assert!(!validator.is_valid(&config) && !parses(&config), "{config}");
        }
        for root in [json!([]), json!(null), json!("x"), json!(1)] {
            assert!(!validator.is_valid(&root) && !parses(&root), "{root}");
        }
    }

    #[test]
    fn the_parser_takes_off_spaces_that_the_schema_points_at() {
        let validator = jsonschema::draft7::new(&schema()).unwrap();
        for (path, value) in [
            ("apiBaseUrl", " https://a "),
            ("tokenHeader", "authorization "),
            ("session.storage", "\ttab"),
            ("brand.name", "Acme\n"),
            ("checkout.poNumber", " required"),
        ] {
            let padded = with(path, json!(value));
            assert!(parses(&padded) && !validator.is_valid(&padded), "{padded}");
            let trimmed = with(path, json!(value.trim()));
            assert!(
                parses(&trimmed) && validator.is_valid(&trimmed),
                "{trimmed}"
            );
        }
    }

    #[test]
    fn a_default_that_is_written_changes_nothing() {
        let read = |config: &Value| Config::parse(&config.to_string(), parse_natively);
        for key in &KEYS {
            if let Is(default) = key.absent {
                let written = with(key.path, serde_json::from_str(default).unwrap());
                assert_eq!(read(&written), read(&minimal()), "{}", key.path);
            }
        }
    }

    #[test]
    fn the_delivered_file_names_its_schema_and_keeps_to_it() {
        let text = fs::read_to_string(in_checkout("public/config.json")).unwrap();
        let config: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(config["$schema"], "./config.schema.json");
        assert!(jsonschema::draft7::is_valid(&schema(), &config));
    }
}
