//! The calls that are measured, made of what is in the sandbox's own catalogue.

use anyhow::{Context, Result, ensure};
use reqwest::{Client, Method, Response};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// The buyers whose carts are filled.
const BUYERS: [(&str, &str); 3] = [
    ("acme-buyer", "ACME-001"),
    ("riviera-buyer", "RIV-002"),
    ("tokyo-buyer", "TYO-003"),
];

/// Page size of the lists; the reference's default.
const PAGE: u64 = 25;

/// How many different questions of a kind are asked in turn.
const VARIETY: usize = 200;

/// How many different products a cart gets; adding again raises the quantity.
const LINES: usize = 20;

/// A kind of question.
#[derive(Debug)]
pub(super) struct Call {
    pub(super) name: String,
    /// Asked in turn.
    pub(super) questions: Vec<Question>,
}

/// One request.
#[derive(Debug, Clone)]
pub(super) struct Question {
    pub(super) method: Method,
    pub(super) address: String,
    pub(super) token: String,
    pub(super) body: Option<String>,
}

impl Question {
    fn get(address: String, token: &str) -> Self {
        Self {
            method: Method::GET,
            address,
            token: token.to_owned(),
            body: None,
        }
    }

    fn post(address: String, token: &str, body: &Value) -> Self {
        Self {
            method: Method::POST,
            address,
            token: token.to_owned(),
            body: Some(body.to_string()),
        }
    }

    /// Asks, and takes the whole answer without looking at it, as the client's own work would count; its status.
    pub(super) async fn ask(&self, client: &Client) -> reqwest::Result<u16> {
        let mut answer = self.send(client).await?;
        while answer.chunk().await?.is_some() {}
        Ok(answer.status().as_u16())
    }

    async fn send(&self, client: &Client) -> reqwest::Result<Response> {
        let mut request = client
            .request(self.method.clone(), &self.address)
            .bearer_auth(&self.token);
        if let Some(body) = &self.body {
            request = request
                .header("content-type", "application/json")
                .body(body.clone());
        }
        request.send().await
    }

    async fn json(&self, client: &Client) -> Result<Value> {
        let answer = self.send(client).await?;
        let status = answer.status();
        let text = answer.text().await?;
        ensure!(
            status.is_success(),
            "{} answered {status}: {text}",
            self.address
        );
        Ok(serde_json::from_str(&text)?)
    }
}

/// All calls to measure. Only what comes after this meets a warm catalogue.
pub(super) async fn prepare(client: &Client, base: &str) -> Result<Vec<Call>> {
    let token = token(client, base, BUYERS[0].0).await?;
    let list = |query: String| Question::get(format!("{base}/api/products?{query}"), &token);
    let first = list(format!("pageSize={PAGE}")).json(client).await?;
    let pages = first["totalPages"].as_u64().context("no totalPages")?;
    let middle = (pages / 2).max(1);

    let (mut skus, mut names) = (Vec::new(), Vec::new());
    for sample in 0..8 {
        let page = (pages * sample / 8).max(1);
        let page = list(format!("pageNumber={page}&pageSize={PAGE}"))
            .json(client)
            .await?;
        for product in page["data"].as_array().into_iter().flatten() {
            skus.extend(product["sku"].as_str().map(str::to_owned));
            names.extend(product["name"].as_str().map(str::to_owned));
        }
    }
    skus.truncate(VARIETY);
    let (ones, twos) = terms(&names);
    let search = |words: &String| {
        let term: String = form_urlencoded::byte_serialize(words.as_bytes()).collect();
        let query = format!("searchTerm={term}&pageSize={PAGE}");
        Question::get(format!("{base}/api/products/search?{query}"), &token)
    };
    let get = |sku: &String| {
        let sku: String = form_urlencoded::byte_serialize(sku.as_bytes()).collect();
        let sku = sku.replace('+', "%20");
        Question::get(format!("{base}/api/products/{sku}"), &token)
    };
    let call = |name: &str, questions: Vec<Question>| Call {
        name: name.to_owned(),
        questions,
    };
    let numbered =
        |page: u64, more: &str| vec![list(format!("pageNumber={page}&pageSize={PAGE}{more}"))];
    Ok(vec![
        call("list, page 1", numbered(1, "")),
        call("list, middle page", numbered(middle, "")),
        call("by price, page 1", numbered(1, "&sortOn=Price")),
        call("by price, middle page", numbered(middle, "&sortOn=Price")),
        call("search, one word", ones.iter().map(search).collect()),
        call("search, two words", twos.iter().map(search).collect()),
        call("get by SKU", skus.iter().map(get).collect()),
        call("add to cart", additions(client, base, &skus).await?),
    ])
}

async fn token(client: &Client, base: &str, client_id: &str) -> Result<String> {
    let asked = json!({ "clientId": client_id });
    let answer = Question::post(format!("{base}/_sandbox/tokens"), "", &asked)
        .json(client)
        .await?;
    let token = answer["accessToken"].as_str().context("no accessToken")?;
    Ok(token.to_owned())
}

/// Words that occur in names, and pairs that occur in one name.
fn terms(names: &[String]) -> (Vec<String>, Vec<String>) {
    let (mut ones, mut twos) = (BTreeSet::new(), BTreeSet::new());
    for name in names {
        let words: Vec<String> = name
            .split(|letter: char| !letter.is_alphanumeric())
            .filter(|word| word.len() >= 3 && word.chars().all(char::is_alphabetic))
            .map(str::to_lowercase)
            .collect();
        twos.extend(words.windows(2).map(|pair| pair.join(" ")));
        ones.extend(words);
    }
    let some = |terms: BTreeSet<String>| terms.into_iter().take(VARIETY).collect();
    (some(ones), some(twos))
}

/// Additions to one cart for each buyer.
async fn additions(client: &Client, base: &str, skus: &[String]) -> Result<Vec<Question>> {
    let mut carts = Vec::new();
    for (client_id, customer) in BUYERS {
        let token = token(client, base, client_id).await?;
        let sku = skus.first().context("the catalogue is empty")?;
        let made = json!({ "customerNumber": customer, "sku": sku, "quantity": 1, "orderType": "Standard" });
        let cart = Question::post(format!("{base}/api/carts/{customer}"), &token, &made)
            .json(client)
            .await?;
        let id = cart["shoppingCartId"]
            .as_str()
            .context("no shoppingCartId")?;
        carts.push((
            format!("{base}/api/carts/{customer}/{id}/items"),
            customer,
            token,
        ));
    }
    let mut questions = Vec::new();
    for sku in skus.iter().take(LINES) {
        for (address, customer, token) in &carts {
            let body = json!({ "customerNumber": customer, "sku": sku, "quantity": 1 });
            questions.push(Question::post(address.clone(), token, &body));
        }
    }
    Ok(questions)
}
