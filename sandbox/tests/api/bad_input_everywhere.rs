//! Bad input for every operation of the `OpenAPI` document, new ones included: always the right 4xx, never a 5xx.

use std::{
    io::{ErrorKind, Read, Write},
    net::TcpStream,
    time::Duration,
};

use crate::document::{Document, Operation};
use crate::shop::{Answer, Shop};
use nymble_sandbox::Options;
use reqwest::Method;
use serde_json::{Value, json};

const JSON: &str = "application/json";

/// A sandbox whose limits are out of the way, its document, and a token that may do everything.
struct Target {
    shop: Shop,
    document: Document,
    token: String,
}

impl Target {
    async fn open() -> Self {
        let shop = Shop::with(Options {
            products: 60,
            logins_per_minute: u32::MAX,
            visits_per_minute: u32::MAX,
            gateway_timeout: Duration::ZERO,
            ..Options::default()
        })
        .await;
        let document = Document::of(&shop).await;
        let token = shop.token("acme-admin").await;
        Self {
            shop,
            document,
            token,
        }
    }

    /// Calls an operation; the answer must be one of those it documents, and no 5xx.
    async fn call(
        &self,
        operation: &Operation<'_>,
        address: &str,
        body: Option<(&str, Vec<u8>)>,
    ) -> Answer {
        let method: Method = operation.method.to_uppercase().parse().unwrap();
        let mut request = self.shop.request(method, address).bearer_auth(&self.token);
        if let Some((content_type, body)) = body {
            request = request.header("content-type", content_type).body(body);
        }
        let answer = crate::shop::send(request).await;
        let simulated = answer.status == 504;
        assert!(
            answer.status < 500 || simulated,
            "{} {address}: {}",
            operation.at(),
            answer.text
        );
        self.document
            .assert_true(operation.method, operation.path, &answer);
        answer
    }

    /// Asserts a status, or that the operation, being public, has been called too often.
    fn assert_status(operation: &Operation<'_>, answer: &Answer, status: u16, what: &str) {
        let too_often = operation.public() && answer.status == 429;
        assert!(
            answer.status == status || too_often,
            "{} {what}: {} {}",
            operation.at(),
            answer.status,
            answer.text
        );
    }

    /// The sandbox still answers, and its tables are all there.
    async fn close(self) {
        let products = self.shop.get(&self.token, "/api/products").await.ok(200);
        assert!(products["totalRecords"].as_u64().unwrap() >= 55);
        let customers = self.shop.get(&self.token, "/api/customers/ACME-001").await;
        assert!([200, 404].contains(&customers.status), "{}", customers.text);
        self.shop.close().await;
    }
}

#[tokio::test]
async fn bodies_that_are_none() {
    let target = Target::open().await;
    for operation in target.document.operations() {
        let address = operation.address(None);
        let Some((kind, _)) = operation.body() else {
            continue;
        };
        if kind == JSON {
            let deep = "[".repeat(10_000);
            let deep_member = format!("{{\"a\":{}", "{\"a\":".repeat(10_000));
            let closed = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
            for broken in [
                "",
                "{",
                "nonsense",
                "{\"a\":1,}",
                "\"\\ud800\"",
                "1e400000",
                &deep,
                &deep_member,
                &closed,
            ] {
                let answer = target
                    .call(&operation, &address, Some((JSON, broken.into())))
                    .await;
                let start = broken.get(..20).unwrap_or(broken);
                Target::assert_status(&operation, &answer, 400, start);
            }
            for odd in [
                "[]",
                "null",
                "1",
                "\"text\"",
                "{}",
                "[{}]",
                "{\"nonsense\":{\"a\":[null]}}",
            ] {
                target
                    .call(&operation, &address, Some((JSON, odd.into())))
                    .await;
            }
            let answer = target
                .call(
                    &operation,
                    &address,
                    Some((JSON, b"{\"a\":\"\xff\xfe\"}".to_vec())),
                )
                .await;
            Target::assert_status(&operation, &answer, 400, "invalid UTF-8");
        }
        for other in [
            "text/plain",
            "application/xml",
            "multipart/form-data",
            "",
            "application/x-www-form-urlencoded",
        ] {
            if !kind.starts_with(other) || other.is_empty() {
                let answer = target
                    .call(&operation, &address, Some((other, b"{}".to_vec())))
                    .await;
                Target::assert_status(&operation, &answer, 415, other);
            }
        }
        if kind == "multipart/form-data" {
            for (content_type, body) in [
                ("multipart/form-data", "x"),
                ("multipart/form-data; boundary=b", ""),
                ("multipart/form-data; boundary=b", "--b\r\nnonsense"),
                (
                    "multipart/form-data; boundary=b",
                    "--b\r\ncontent-disposition: form-data; name=\"x\"\r\n\r\ny\r\n--b--",
                ),
            ] {
                let answer = target
                    .call(&operation, &address, Some((content_type, body.into())))
                    .await;
                assert!(
                    (400..500).contains(&answer.status),
                    "{}: {}",
                    operation.at(),
                    answer.status
                );
            }
        }
    }
    target.close().await;
}

/// Every place in a value that is no object: its path.
fn leaves(value: &Value, at: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(members) => members
            .iter()
            .for_each(|(name, member)| leaves(member, &format!("{at}/{name}"), found)),
        Value::Array(items) => {
            found.push(at.to_owned());
            items
                .iter()
                .enumerate()
                .for_each(|(place, item)| leaves(item, &format!("{at}/{place}"), found));
        }
        _ => found.push(at.to_owned()),
    }
}

fn hostile() -> Vec<Value> {
    let huge: Value = serde_json::from_str("99999999999999999999999999999999999999").unwrap();
    let vast: Value = serde_json::from_str("1e300").unwrap();
    vec![
        json!(-1),
        huge,
        vast,
        json!(null),
        json!({ "a": [] }),
        json!("'; DROP TABLE products; --"),
        json!("9".repeat(30_000)),
    ]
}

#[tokio::test]
async fn members_that_are_not_what_they_must_be() {
    let target = Target::open().await;
    for operation in target.document.operations() {
        let Some((JSON, schema)) = operation.body() else {
            continue;
        };
        let address = operation.address(None);
        let example = target.document.example(schema, "");
        let mut unknown = example.clone();
        if let Some(members) = unknown.as_object_mut() {
            members.insert("nonsense".to_owned(), json!({ "deeper": [1, null] }));
            members.insert("__proto__".to_owned(), json!("x"));
        }
        target
            .call(
                &operation,
                &address,
                Some((JSON, unknown.to_string().into_bytes())),
            )
            .await;
        let mut places = Vec::new();
        leaves(&example, "", &mut places);
        for place in places {
            for value in hostile() {
                let mut body = example.clone();
                let absurd = value.is_number();
                *body.pointer_mut(&place).unwrap() = value;
                let answer = target
                    .call(
                        &operation,
                        &address,
                        Some((JSON, body.to_string().into_bytes())),
                    )
                    .await;
                let name = place.rsplit('/').next().unwrap().to_ascii_lowercase();
                let counts = ["quantity", "price", "amount"]
                    .iter()
                    .any(|what| name.ends_with(what));
                assert!(
                    !(absurd && counts) || (400..500).contains(&answer.status),
                    "{} {place} {body}: {}",
                    operation.at(),
                    answer.text
                );
            }
        }
    }
    target.close().await;
}

#[tokio::test]
async fn addresses_and_queries_that_are_attacks() {
    let target = Target::open().await;
    let long = "a".repeat(6_000);
    let deep = "%5B".repeat(3_000);
    let attacks = [
        "%FF%FE",
        "%00",
        "%27%3B%20DROP%20TABLE%20products%3B%20--",
        "%22%20OR%20%22%22%3D%22",
        "..%2F..%2Fetc%2Fpasswd",
        "-1",
        "0",
        "1e9",
        "99999999999999999999999999",
        "%F0%9F%92%A9",
        "%25",
        "NaN",
        &long,
        &deep,
    ];
    for operation in target.document.operations() {
        let body = operation.body().map(|(kind, schema)| {
            let example = target.document.example(schema, "").to_string().into_bytes();
            (kind, example)
        });
        for name in operation.parameters("path") {
            for attack in attacks {
                let address = operation.address(Some((name, attack)));
                let answer = target.call(&operation, &address, body.clone()).await;
                if attack == "%FF%FE" {
                    Target::assert_status(&operation, &answer, 400, name);
                }
            }
        }
        for name in operation.parameters("query") {
            for attack in attacks {
                let address = format!(
                    "{}?{name}={attack}&{name}={attack}",
                    operation.address(None)
                );
                target.call(&operation, &address, body.clone()).await;
            }
        }
    }
    target.close().await;
}

/// What a server answers to a body of 100 MB, sent for as long as it does not answer.
fn flood(address: &str, head: &str, start: &str) -> String {
    const SIZE: usize = 100 * 1024 * 1024;
    let mut stream = TcpStream::connect(address).unwrap();
    stream
        .set_read_timeout(Some(Duration::from_secs(30)))
        .unwrap();
    let size = SIZE + start.len();
    stream
        .write_all(format!("{head}content-length: {size}\r\n\r\n{start}").as_bytes())
        .unwrap();
    let chunk = vec![b'a'; 64 * 1024];
    let mut sent = 0;
    while sent < SIZE {
        // A refused connection is closed before all is sent; what was answered can still be read.
        if stream.write_all(&chunk).is_err() {
            break;
        }
        sent += chunk.len();
    }
    let mut answer = Vec::new();
    let mut part = [0; 4096];
    loop {
        match stream.read(&mut part) {
            Ok(0) => break,
            Ok(read) => answer.extend_from_slice(&part[..read]),
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(_) => break,
        }
        if answer.windows(4).any(|four| four == b"\r\n\r\n") {
            break;
        }
    }
    String::from_utf8_lossy(&answer).into_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hundred_megabytes_are_too_many() {
    let target = Target::open().await;
    let origin = target.shop.url("").trim_start_matches("http://").to_owned();
    for operation in target.document.operations() {
        let Some((kind, _)) = operation.body() else {
            continue;
        };
        let (content_type, start) = if kind == JSON {
            (JSON, "{\"a\":\"")
        } else {
            let part = "--b\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a.png\"\r\ncontent-type: image/png\r\n\r\n";
            ("multipart/form-data; boundary=b", part)
        };
        let head = format!(
            "{} {} HTTP/1.1\r\nhost: {origin}\r\nauthorization: Bearer {}\r\ncontent-type: {content_type}\r\n",
            operation.method.to_uppercase(),
            operation.address(None),
            target.token
        );
        let address = origin.clone();
        let answer = tokio::task::spawn_blocking(move || flood(&address, &head, start))
            .await
            .unwrap();
        let status = answer.split(' ').nth(1).unwrap_or_default();
        assert!(
            status == "413" || operation.public() && status == "429",
            "{}: {answer:?}",
            operation.at()
        );
    }
    target.close().await;
}
