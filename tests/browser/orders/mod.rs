//! Orders: the list, one of them, ordering it again, and what goes wrong with them.

mod errors;
mod export;
mod list;
mod looks;
mod one;
mod quote;
mod reorder;

use serde_json::{Value, json};

use crate::harness::{Setup, Shop};

/// The order records of `POST /api/orders/bulk`: of the `place`-th day from 2015 on, in months of 28.
fn record(place: i64, status: &str, items: &Value) -> Value {
    let day = 1 + place % 28;
    let month = 1 + place / 28 % 12;
    let year = 2015 + place / 336;
    json!({
        "customerNumber": "ACME-001",
        "orderNumber": format!("ORD-{place:05}"),
        "orderDate": format!("{year}-{month:02}-{day:02}T12:00:00Z"),
        "orderStatus": status,
        "poNumber": format!("PO-{}", 900_000 - place),
        "items": items,
    })
}

/// So many orders, one a day, of one to three lines each; what they are follows from their place.
fn history(count: i64) -> Vec<Value> {
    let states = ["Complete", "Shipped", "Cancelled", "Processing", "Pending"];
    let order = |place: i64| {
        let state = states[usize::try_from(place).unwrap_or(0) % states.len()];
        let lines: Vec<Value> = (0..=place % 3)
            .map(|line| {
                let sku = ["WIDGET-BLU-L", "WIDGET-RED-M", "GONE-1"][usize::try_from(line).unwrap_or(0)];
                let price: Value = serde_json::from_str(&format!("{}.{:04}", 1 + place % 97, place)).unwrap();
                json!({ "sku": sku, "name": format!("Old \"{sku}\", 5/8"), "quantity": 1 + place % 7, "unitPrice": price })
            })
            .collect();
        record(place, state, &Value::Array(lines))
    };
    (0..count).map(order).collect()
}

/// Writes order records, as the organization's administrator.
async fn import(shop: &Shop, records: &[Value]) {
    let token = shop.api.token("acme-admin").await;
    for some in records.chunks(500) {
        let body = Value::from(some.to_vec());
        shop.api
            .call("POST", "/api/orders/bulk", &token, &body)
            .await;
    }
}

/// One order of `items` (SKU, quantity, unit price), called `ORD-00001`.
pub(crate) async fn import_one(shop: &Shop, status: &str, items: &[(&str, u32, &str)]) {
    let line = |(sku, quantity, price): &(&str, u32, &str)| {
        let price: Value = serde_json::from_str(price).expect("a number");
        json!({ "sku": sku, "name": format!("Old {sku}"), "quantity": quantity, "unitPrice": price })
    };
    let items = items.iter().map(line).collect();
    import(shop, &[record(1, status, &Value::Array(items))]).await;
}

/// Places an order of these lines through the API, as another buyer of `ACME-001` might; its number.
pub(crate) async fn place(shop: &Shop, lines: &[(&str, u32)]) -> String {
    let cart = shop.api.fill_cart(lines).await;
    let token = shop.api.token("acme-buyer").await;
    let at = format!("/api/carts/ACME-001/{cart}");
    let address = json!({
        "line1": "500 Commerce Drive", "city": "Austin", "state": "TX", "postalCode": "78701", "country": "US",
    });
    let shipping = json!({ "customerNumber": "ACME-001", "shippingAddress": address });
    shop.api
        .call("PUT", &format!("{at}/shipping"), &token, &shipping)
        .await;
    let po = json!({ "customerNumber": "ACME-001", "poNumber": "PO-77" });
    shop.api
        .call("PUT", &format!("{at}/po-number"), &token, &po)
        .await;
    let billing = json!({
        "address1": "500 Commerce Drive", "city": "Austin", "stateProvince": "TX", "zipPostalCode": "78701", "country": "US",
    });
    // Without a card: on account.
    let checkout = json!({
        "customerNumber": "ACME-001", "channel": "Web", "payment": { "billingAddress": billing },
    });
    let placed = shop
        .api
        .call(
            "POST",
            &format!("{at}/complete-checkout"),
            &token,
            &checkout,
        )
        .await;
    placed["orderNumber"].as_str().expect("a number").to_owned()
}

/// Moves an order on, as the organization's administrator.
async fn set_status(shop: &Shop, number: &str, body: &Value) {
    let token = shop.api.token("acme-admin").await;
    shop.api
        .call("PUT", &format!("/api/orders/{number}/status"), &token, body)
        .await;
}

/// A shop without the feature.
pub(crate) fn without(feature: &str) -> Setup {
    Setup {
        config: json!({ "features": { feature: false } }),
        ..Setup::default()
    }
}

/// Keeps the text of every file that is saved, in `window.saved`.
pub(crate) async fn keep_files(shop: &Shop) {
    shop.before_each_page(
        "window.saved = []; const make = URL.createObjectURL.bind(URL); \
         URL.createObjectURL = (blob) => { blob.text().then((text) => window.saved.push(text)); return make(blob); }; \
         const click = HTMLAnchorElement.prototype.click; \
         HTMLAnchorElement.prototype.click = function () { \
           if (this.download) window.savedAs = this.download; return click.call(this); }",
    )
    .await;
}

/// The file that was saved last, once there are `count`: its rows, without the byte order mark.
pub(crate) async fn saved(shop: &Shop, count: usize) -> Vec<Vec<String>> {
    shop.until("a saved file", async || {
        shop.script("return window.saved.length").await == count
    })
    .await;
    let text = shop.script("return window.saved.at(-1)").await;
    read_csv(text.as_str().unwrap_or_default())
}

/// Reads CSV as RFC 4180 writes it. (`Blob.text()` takes the byte order mark away.)
fn read_csv(text: &str) -> Vec<Vec<String>> {
    let mut rows = vec![vec![String::new()]];
    let mut quoted = false;
    let mut signs = text.trim_start_matches('\u{feff}').chars().peekable();
    while let Some(sign) = signs.next() {
        let row = rows.last_mut().expect("a row");
        match sign {
            '"' if quoted && signs.peek() == Some(&'"') => {
                signs.next();
                row.last_mut().expect("a cell").push('"');
            }
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(String::new()),
            '\r' if !quoted => {
                signs.next();
                rows.push(vec![String::new()]);
            }
            other => row.last_mut().expect("a cell").push(other),
        }
    }
    rows.pop();
    rows
}
