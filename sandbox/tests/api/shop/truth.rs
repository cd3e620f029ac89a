//! Every answer that a test gets is held against the `OpenAPI` document: an operation's status, content type and body.

use std::{
    collections::{BTreeSet, HashMap},
    sync::{Arc, LazyLock, Mutex},
};

use jsonschema::Validator;
use reqwest::{Client, Method, Url};
use serde_json::Value;
use tokio::sync::OnceCell;

use super::Answer;

/// The document, which is the same for every sandbox.
static DOCUMENT: OnceCell<Value> = OnceCell::const_new();

/// Compiled once each, by pointers to them in the document.
static VALIDATORS: LazyLock<Mutex<HashMap<String, Arc<Validator>>>> = LazyLock::new(Mutex::default);

/// Ports of sandboxes that were asked for faults: their answers are wrong on purpose.
static FAULTY: Mutex<BTreeSet<u16>> = Mutex::new(BTreeSet::new());

/// Leaves the answers of the sandbox at this port unchecked from now on.
pub(super) fn expect_faults(port: u16) {
    FAULTY.lock().unwrap().insert(port);
}

pub(super) async fn check(client: &Client, method: &Method, url: &Url, answer: &Answer) {
    let port = url.port().unwrap();
    if url.path() == "/_sandbox/faults" && *method == Method::POST {
        expect_faults(port);
    }
    if !url.path().starts_with("/api/") || FAULTY.lock().unwrap().contains(&port) {
        return;
    }
    let document = DOCUMENT
        .get_or_init(|| async {
            let address = url.join("/_sandbox/openapi.json").unwrap();
            let text = client
                .get(address)
                .send()
                .await
                .unwrap()
                .text()
                .await
                .unwrap();
            serde_json::from_str(&text).unwrap()
        })
        .await;
    let method = method.as_str().to_lowercase();
    let Some(path) = template(document, url.path(), &method) else {
        return;
    };
    let at = format!("{method} {path} {}", answer.status);
    let responses = &document["paths"][path][&method]["responses"];
    let status = answer.status.to_string();
    assert!(
        responses[&status].is_object(),
        "{at} is not in the document: {}",
        answer.text
    );
    let Some(contents) = responses[&status]["content"].as_object() else {
        assert_eq!(answer.text, "", "{at}");
        return;
    };
    let essence = answer.header("content-type").split(';').next().unwrap();
    let content = contents
        .get(essence)
        .unwrap_or_else(|| panic!("{at}: {essence} is not in the document"));
    if essence.ends_with("json") {
        let validator = validator(document, &at, &content["schema"]);
        let faults: Vec<String> = validator
            .iter_errors(&answer.json())
            .map(|error| format!("{error} at {}", error.instance_path()))
            .collect();
        assert!(faults.is_empty(), "{at}: {faults:?}\n{}", answer.text);
    }
}

/// The document's path for an address: the one with the fewest placeholders, as the router chooses.
fn template<'a>(document: &'a Value, address: &str, method: &str) -> Option<&'a str> {
    let segments: Vec<&str> = address.split('/').collect();
    let fits = |path: &&String| {
        let known: Vec<&str> = path.split('/').collect();
        known.len() == segments.len()
            && known.iter().zip(&segments).all(|(known, given)| {
                known == given || (known.starts_with('{') && !given.is_empty())
            })
    };
    let found = document["paths"].as_object().unwrap().keys().filter(fits);
    let chosen = found.min_by_key(|path| path.matches('{').count())?;
    // Another method is a 405, which belongs to no operation.
    document["paths"][chosen][method]
        .is_object()
        .then_some(chosen.as_str())
}

fn validator(document: &Value, at: &str, schema: &Value) -> Arc<Validator> {
    let mut known = VALIDATORS.lock().unwrap();
    let made = known.entry(at.to_owned()).or_insert_with(|| {
        let mut whole = schema.clone();
        whole["components"] = document["components"].clone();
        Arc::new(jsonschema::draft202012::new(&whole).unwrap())
    });
    Arc::clone(made)
}
