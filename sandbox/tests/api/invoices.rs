//! Invoices: made with an order, issued, paid in full or in part, closed, printed.

use std::time::Duration;

use crate::shop::{Shop, assert_holds, card};
use nymble_sandbox::Options;
use serde_json::{Value, json};

/// JSON with amounts exactly as they are written; `json!` would make floats of them.
fn document(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

/// An order of ten blue widgets by an administrator, for 185.00 without a `unitPrice`; the order's number.
async fn order(shop: &Shop, customer: &str) -> String {
    let admin = shop.token("acme-admin").await;
    let body =
        json!({ "customerNumber": customer, "items": [{ "sku": "WIDGET-BLU-L", "quantity": 10 }] });
    let order = shop.post(&admin, "/api/orders", &body).await.ok(201);
    order["orderNumber"].as_str().unwrap().to_owned()
}

/// The path of an invoice of ACME-001 over 185.00 that was issued.
async fn issued(shop: &Shop) -> String {
    let number = order(shop, "ACME-001").await;
    let admin = shop.token("acme-admin").await;
    let page = shop
        .get(&admin, &format!("/api/invoices?orderId={number}"))
        .await
        .ok(200);
    let path = format!("/api/invoices/{}", page["data"][0]["id"].as_str().unwrap());
    shop.post(&admin, &format!("{path}/issue"), &json!({}))
        .await
        .ok(200);
    path
}

async fn post(shop: &Shop, client: &str, path: &str, body: &Value) -> crate::shop::Answer {
    let token = shop.token(client).await;
    shop.post(&token, path, body).await
}

fn profile(amount: &str) -> Value {
    document(&format!(
        r#"{{ "amount": {amount}, "paymentProfileId": "pp_5c21e7a0" }}"#
    ))
}

#[tokio::test]
async fn a_checkout_by_card_leaves_a_paid_invoice() {
    let shop = Shop::open().await;
    let buyer = shop.token("acme-buyer").await;
    let cart = shop.ready_cart(&buyer).await;
    shop.check_out(&buyer, &cart, "4111111111111111")
        .await
        .ok(200);
    let order = shop.get(&buyer, "/api/orders/MOM-00482").await.ok(200);
    let path = format!("/api/invoices?orderId={}", order["id"].as_str().unwrap());
    let page = shop.get(&buyer, &path).await.ok(200);
    assert_eq!(page["totalRecords"], 1);
    let expected = document(
        r#"{
        "organizationId": "org_4e9b7f22", "invoiceNumber": "INV-00482", "orderNumber": "MOM-00482", "status": "Paid",
        "terms": "NET30", "currencyCode": "USD",
        "customer": { "customerNumber": "ACME-001", "companyName": "Acme Industrial Supply",
          "billingAddress": { "line1": "500 Commerce Drive" }, "shippingAddress": { "line2": "Dock B" } },
        "salesRep": { "repNumber": "SR-019", "fullName": "Dana Whitfield", "phoneNumber": "555-800-1190" },
        "items": [{ "lineNumber": 1, "sku": "WIDGET-BLU-L", "quantity": 10, "unitPrice": 18.50, "lineTotal": 185.00 }],
        "subtotal": 185.00, "discount": 0.00, "tax": 0.00, "shipping": 0.00, "total": 185.00,
        "totalFormatted": "$185.00", "amountPaid": 185.00, "amountRefunded": 0.00, "balance": 0.00,
        "balanceFormatted": "$0.00",
        "payments": [{ "kind": "Payment", "method": "card", "amount": 185.00, "amountFormatted": "$185.00",
          "cardBrand": "Visa", "lastFour": "1111" }]
    }"#,
    );
    assert_holds(&page["data"][0], &expected, "invoice");
    assert_eq!(page["data"][0]["orderId"], order["id"]);
    let by_number = shop.get(&buyer, "/api/invoices/INV-00482").await.ok(200);
    assert_eq!(by_number, page["data"][0]);
    shop.close().await;
}

#[tokio::test]
async fn a_checkout_on_account_is_due_by_the_terms() {
    let shop = Shop::open().await;
    let buyer = shop.token("acme-buyer").await;
    let cart = shop.ready_cart(&buyer).await;
    let mut body = card("4111111111111111");
    body["payment"]
        .as_object_mut()
        .unwrap()
        .remove("creditCard");
    let path = format!("/api/carts/ACME-001/{cart}/complete-checkout");
    shop.post(&buyer, &path, &body).await.ok(200);
    let invoice = shop.get(&buyer, "/api/invoices/INV-00482").await.ok(200);
    let expected = document(r#"{ "status": "Issued", "amountPaid": 0.00, "balance": 185.00 }"#);
    assert_holds(&invoice, &expected, "invoice");
    assert_eq!(invoice["payments"], json!([]));
    let day = |name: &str| {
        let text = invoice[name].as_str().unwrap();
        let format = &time::format_description::well_known::Rfc3339;
        time::OffsetDateTime::parse(text, format).unwrap()
    };
    assert_eq!((day("dueDate") - day("invoiceDate")).whole_days(), 30);
    shop.close().await;
}

#[tokio::test]
async fn a_draft_is_the_merchants_own_until_it_is_issued() {
    let shop = Shop::open().await;
    order(&shop, "ACME-001").await;
    let (buyer, path) = (shop.token("acme-buyer").await, "/api/invoices/INV-00482");
    shop.get(&buyer, path).await.problem(404);
    assert_eq!(
        shop.get(&buyer, "/api/invoices").await.ok(200)["totalRecords"],
        0
    );
    let rep = shop.token("acme-rep").await;
    assert_eq!(shop.get(&rep, path).await.ok(200)["status"], "Draft");
    post(
        &shop,
        "acme-admin",
        &format!("{path}/pay"),
        &profile("1.00"),
    )
    .await
    .problem(409);
    post(&shop, "acme-buyer", &format!("{path}/issue"), &json!({}))
        .await
        .problem(404);
    let invoice = post(&shop, "acme-rep", &format!("{path}/issue"), &json!({}))
        .await
        .ok(200);
    assert_eq!(invoice["status"], "Issued");
    assert_eq!(shop.get(&buyer, path).await.ok(200)["status"], "Issued");
    post(&shop, "acme-rep", &format!("{path}/issue"), &json!({}))
        .await
        .problem(409);
    post(&shop, "acme-buyer", &format!("{path}/void"), &json!({}))
        .await
        .problem(403);
    shop.close().await;
}

#[tokio::test]
async fn parts_add_up_to_the_total_and_no_further() {
    let shop = Shop::open().await;
    let path = issued(&shop).await;
    let pay = format!("{path}/pay");
    let invoice = post(&shop, "acme-buyer", &pay, &profile("100.01"))
        .await
        .ok(200);
    let expected = document(
        r#"{ "status": "PartiallyPaid", "amountPaid": 100.01, "balance": 84.99, "payments": [
          { "amount": 100.01, "method": "profile", "paymentProfileId": "pp_5c21e7a0", "cardBrand": "Visa", "lastFour": "4242" }] }"#,
    );
    assert_holds(&invoice, &expected, "invoice");
    for wrong in ["85.00", "0", "-1", "0.001", "1e30"] {
        let refused = post(&shop, "acme-buyer", &pay, &profile(wrong)).await;
        assert_eq!(refused.status, 400, "{wrong}: {}", refused.text);
    }
    let rest = json!({ "payment": card("4111111111111111")["payment"] });
    let invoice = post(&shop, "acme-buyer", &pay, &rest).await.ok(200);
    let expected = document(
        r#"{ "status": "Paid", "amountPaid": 185.00, "balance": 0.00, "payments": [
          { "amount": 100.01 }, { "amount": 84.99, "method": "card", "lastFour": "1111" }] }"#,
    );
    assert_holds(&invoice, &expected, "invoice");
    post(&shop, "acme-buyer", &pay, &profile("0.01"))
        .await
        .problem(409);
    shop.close().await;
}

#[tokio::test]
async fn the_same_payment_twice_is_one() {
    let shop = Shop::open().await;
    let pay = format!("{}/pay", issued(&shop).await);
    let mut body = profile("50");
    body["externalId"] = json!("try-1");
    let mut answers = Vec::new();
    for _ in 0..3 {
        answers.push(post(&shop, "acme-buyer", &pay, &body).await.ok(200));
    }
    assert_eq!(answers[0], answers[2]);
    let payments = answers[2]["payments"].as_array().unwrap();
    assert_eq!(
        (payments.len(), &payments[0]["externalId"]),
        (1, &json!("try-1"))
    );
    body["amount"] = json!(60);
    post(&shop, "acme-buyer", &pay, &body).await.problem(409);
    shop.close().await;
}

#[tokio::test]
async fn a_card_that_fails_leaves_the_invoice_as_it_was() {
    let shop = Shop::with(Options {
        gateway_timeout: Duration::from_millis(20),
        ..Options::default()
    })
    .await;
    let path = issued(&shop).await;
    let buyer = shop.token("acme-buyer").await;
    let before = shop.get(&buyer, &path).await.ok(200);
    for (number, status) in [
        ("4000000000000002", 400),
        ("4000000000009995", 400),
        ("4000000000000119", 504),
        ("4111111111111112", 400),
    ] {
        let body = json!({ "payment": card(number)["payment"] });
        let answer = shop.post(&buyer, &format!("{path}/pay"), &body).await;
        answer.problem(status);
    }
    for body in [
        json!({}),
        json!({ "payment": { "billingAddress": { "address1": "x" } } }),
        json!({ "paymentProfileId": "pp_71aa20cd" }),
    ] {
        let answer = shop.post(&buyer, &format!("{path}/pay"), &body).await;
        answer.problem(400);
    }
    assert_eq!(shop.get(&buyer, &path).await.ok(200), before);
    shop.close().await;
}

#[tokio::test]
async fn a_payment_made_elsewhere_is_recorded_by_the_merchant() {
    let shop = Shop::open().await;
    let pay = format!("{}/pay", issued(&shop).await);
    let check = json!({ "amount": 85, "method": "Check", "reference": "CHK-1009", "paidAt": "2024-05-20T09:00:00Z" });
    post(&shop, "acme-buyer", &pay, &check).await.problem(403);
    let invoice = post(&shop, "acme-rep", &pay, &check).await.ok(200);
    assert_holds(
        &invoice["payments"][0],
        &json!({ "method": "Check", "reference": "CHK-1009", "paidAt": "2024-05-20T09:00:00Z" }),
        "payment",
    );
    let future = json!({ "method": "Wire", "paidAt": "2999-01-01T00:00:00Z" });
    let refused = post(&shop, "acme-rep", &pay, &future).await;
    assert_eq!(refused.fields(), ["paidAt"]);
    shop.close().await;
}

#[tokio::test]
async fn only_an_unpaid_invoice_is_voided_or_cancelled() {
    let shop = Shop::open().await;
    for (verb, status) in [("void", "Voided"), ("cancel", "Cancelled")] {
        let path = issued(&shop).await;
        let closed = post(&shop, "acme-admin", &format!("{path}/{verb}"), &json!({}))
            .await
            .ok(200);
        let expected = document(r#"{ "total": 185.00, "balance": 0.00 }"#);
        assert_holds(&closed, &expected, "invoice");
        assert_eq!(closed["status"], status);
        for again in ["void", "cancel", "issue", "pay", "refund"] {
            post(
                &shop,
                "acme-admin",
                &format!("{path}/{again}"),
                &json!({ "method": "Wire" }),
            )
            .await
            .problem(409);
        }
        let path = issued(&shop).await;
        post(&shop, "acme-buyer", &format!("{path}/pay"), &profile("1"))
            .await
            .ok(200);
        post(&shop, "acme-admin", &format!("{path}/{verb}"), &json!({}))
            .await
            .problem(409);
    }
    shop.close().await;
}

#[tokio::test]
async fn cancelling_an_order_voids_what_nobody_paid() {
    let shop = Shop::open().await;
    let (number, admin) = (
        order(&shop, "ACME-001").await,
        shop.token("acme-admin").await,
    );
    let to = json!({ "orderStatus": "Cancelled" });
    shop.put(&admin, &format!("/api/orders/{number}/status"), &to)
        .await
        .ok(200);
    let invoice = shop.get(&admin, "/api/invoices/INV-00482").await.ok(200);
    let expected = document(r#"{ "status": "Voided", "balance": 0.00, "total": 185.00 }"#);
    assert_holds(&invoice, &expected, "invoice");
    shop.close().await;
}

#[tokio::test]
async fn what_was_paid_can_be_given_back_and_no_more() {
    let shop = Shop::open().await;
    let path = issued(&shop).await;
    let refund = format!("{path}/refund");
    post(&shop, "acme-admin", &refund, &json!({}))
        .await
        .problem(409);
    post(&shop, "acme-buyer", &format!("{path}/pay"), &profile("185"))
        .await
        .ok(200);
    post(&shop, "acme-buyer", &refund, &json!({}))
        .await
        .problem(403);
    let some = json!({ "amount": 35, "externalId": "back-1", "notes": "damaged" });
    post(&shop, "acme-admin", &refund, &some).await.ok(200);
    let invoice = post(&shop, "acme-admin", &refund, &some).await.ok(200);
    let expected = document(
        r#"{ "status": "Paid", "amountPaid": 185.00, "amountRefunded": 35.00, "balance": 0.00,
          "payments": [{ "kind": "Payment" }, { "kind": "Refund", "amount": 35.00, "notes": "damaged" }] }"#,
    );
    assert_holds(&invoice, &expected, "invoice");
    let refused = post(&shop, "acme-admin", &refund, &json!({ "amount": 150.01 })).await;
    assert_eq!(refused.fields(), ["amount"]);
    let invoice = post(&shop, "acme-admin", &refund, &json!({})).await.ok(200);
    let expected =
        document(r#"{ "status": "Cancelled", "amountRefunded": 185.00, "balance": 0.00 }"#);
    assert_holds(&invoice, &expected, "invoice");
    shop.close().await;
}

#[tokio::test]
async fn a_discount_lowers_what_is_owed() {
    let shop = Shop::open().await;
    let discount = format!("{}/discount", issued(&shop).await);
    let invoice = post(&shop, "acme-admin", &discount, &json!({ "amount": 5 }))
        .await
        .ok(200);
    let expected = document(
        r#"{ "status": "Issued", "subtotal": 185.00, "discount": 5.00, "total": 180.00, "balance": 180.00 }"#,
    );
    assert_holds(&invoice, &expected, "invoice");
    post(&shop, "acme-buyer", &discount, &json!({ "amount": 5 }))
        .await
        .problem(403);
    let refused = post(&shop, "acme-admin", &discount, &json!({ "amount": 180.01 })).await;
    assert_eq!(refused.fields(), ["amount"]);
    let invoice = post(&shop, "acme-admin", &discount, &json!({ "amount": 180 }))
        .await
        .ok(200);
    assert_eq!(invoice["status"], "Paid");
    shop.close().await;
}

#[tokio::test]
async fn only_those_concerned_see_pay_and_print_an_invoice() {
    let shop = Shop::open().await;
    let path = issued(&shop).await;
    for (client, status) in [
        ("riviera-buyer", 403),
        ("tokyo-buyer", 403),
        ("globex-buyer", 404),
        ("globex-admin", 404),
    ] {
        let token = shop.token(client).await;
        shop.get(&token, &path).await.problem(status);
        shop.get(&token, &format!("{path}/pdf"))
            .await
            .problem(status);
        shop.post(&token, &format!("{path}/pay"), &profile("1"))
            .await
            .problem(status);
        assert_eq!(
            shop.get(&token, "/api/invoices").await.ok(200)["totalRecords"],
            0
        );
    }
    shop.get("", &path).await.problem(401);
    let admin = shop.token("acme-admin").await;
    shop.get(&admin, "/api/invoices/INV-1").await.problem(404);
    shop.close().await;
}

#[tokio::test]
async fn an_invoice_is_printed_the_same_every_time() {
    let shop = Shop::open().await;
    let admin = shop.token("acme-admin").await;
    // Japanese letters and more lines than a page has.
    let line = json!({ "sku": "WIDGET-BLU-L", "quantity": 10 });
    let body = json!({ "customerNumber": "TYO-003", "items": vec![line; 120] });
    shop.post(&admin, "/api/orders", &body).await.ok(201);
    let bytes = async || {
        let request = shop.request(reqwest::Method::GET, "/api/invoices/INV-00482/pdf");
        let answer = request.bearer_auth(&admin).send().await.unwrap();
        assert_eq!(answer.headers()["content-type"], "application/pdf");
        assert_eq!(
            answer.headers()["content-disposition"],
            "inline; filename=\"INV-00482.pdf\""
        );
        answer.bytes().await.unwrap()
    };
    let file = bytes().await;
    assert!(file.starts_with(b"%PDF-1.") && file.trim_ascii_end().ends_with(b"%%EOF"));
    let text = String::from_utf8_lossy(&file).into_owned();
    assert!(text.contains("/Count 3"), "120 lines take three pages");
    assert!(
        text.contains("(Tokyo Seimitsu KK ?)"),
        "what no Western font has falls back"
    );
    assert_eq!(file, bytes().await);
    // Its days are those that the answers write, as every screen shows them: no time zone shifts them.
    let path = "/api/invoices/INV-00482";
    let invoice = shop.get(&admin, path).await.ok(200);
    for field in ["invoiceDate", "dueDate"] {
        let written = invoice[field].as_str().unwrap();
        assert!(written.ends_with('Z'), "{field}: {written}");
        assert!(
            text.contains(&format!("({})", &written[..10])),
            "{field}: {written}"
        );
    }
    shop.close().await;
}
