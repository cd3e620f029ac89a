//! Orders and invoices add up, whatever is ordered and however it is paid: in currencies with no, two and three places.

use crate::shop::Shop;
use nymble_sandbox::money;
use proptest::{prelude::*, test_runner::TestRunner};
use rust_decimal::Decimal;
use serde_json::{Value, json};

/// Whose orders: one customer for each currency.
const CUSTOMERS: [(&str, &str); 3] = [("TYO-003", "JPY"), ("ACME-001", "USD"), ("KWT-1", "KWD")];

/// What is ordered and how it is paid, before it is known how much that is.
#[derive(Clone, Debug)]
struct Deal {
    customer: usize,
    /// Ten-thousandths of the currency's unit, and quantity.
    lines: Vec<(i64, i64)>,
    /// Of the smallest coin.
    tax: i64,
    shipping: i64,
    /// Thousandths of what is outstanding.
    parts: Vec<u32>,
}

fn deals() -> impl Strategy<Value = Deal> {
    (
        0..CUSTOMERS.len(),
        prop::collection::vec((0_i64..5_000_000, 1_i64..2_000), 1..6),
        0_i64..100_000,
        0_i64..100_000,
        prop::collection::vec(1_u32..1_000, 0..4),
    )
        .prop_map(|(customer, lines, tax, shipping, parts)| Deal {
            customer,
            lines,
            tax,
            shipping,
            parts,
        })
}

fn amount(value: &Value) -> Decimal {
    value.to_string().parse().unwrap()
}

/// An amount as a JSON number of just these digits.
fn number(amount: Decimal) -> Value {
    serde_json::from_str(&amount.to_string()).unwrap()
}

async fn check(shop: &Shop, admin: &str, deal: &Deal) {
    let (customer, currency) = CUSTOMERS[deal.customer];
    let coin = |coins: i64| Decimal::new(coins, money::minor_unit(currency));
    let items: Vec<Value> = deal
        .lines
        .iter()
        .map(|(price, quantity)| {
            let unit_price = number(Decimal::new(*price, 4));
            json!({ "sku": "WIDGET-BLU-L", "quantity": quantity, "unitPrice": unit_price })
        })
        .collect();
    let (tax, shipping) = (coin(deal.tax), coin(deal.shipping));
    let body = json!({ "customerNumber": customer, "items": items, "tax": number(tax),
                       "shippingDetails": { "total": number(shipping) } });
    let order = shop.post(admin, "/api/orders", &body).await.ok(201);
    assert_eq!(order["currencyCode"], currency);
    let mut sum = Decimal::ZERO;
    for (line, (price, quantity)) in order["items"].as_array().unwrap().iter().zip(&deal.lines) {
        let total = amount(&line["lineTotal"]);
        assert_eq!(
            total,
            money::line_total(Decimal::new(*price, 4), *quantity, currency)
        );
        assert_eq!(total.scale(), money::minor_unit(currency));
        sum += total;
    }
    assert_eq!(amount(&order["subtotal"]), sum);
    let total = sum + tax + shipping;
    assert_eq!(amount(&order["orderTotal"]), total);

    let path = format!("/api/invoices?orderId={}", order["id"].as_str().unwrap());
    let invoice = &shop.get(admin, &path).await.ok(200)["data"][0];
    let path = format!("/api/invoices/{}", invoice["id"].as_str().unwrap());
    let mut invoice = shop
        .post(admin, &format!("{path}/issue"), &json!({}))
        .await
        .ok(200);
    assert_eq!(amount(&invoice["balance"]), total);
    let mut paid = Decimal::ZERO;
    for share in deal.parts.iter().map(Some).chain([None]) {
        let left = amount(&invoice["balance"]);
        if left.is_zero() {
            break;
        }
        let part = share.map_or(left, |share| {
            money::to_minor(left * Decimal::new(i64::from(*share), 3), currency)
        });
        let pay = json!({ "amount": number(part), "method": "Wire" });
        let answer = shop.post(admin, &format!("{path}/pay"), &pay).await;
        if part.is_zero() {
            answer.problem(400);
            continue;
        }
        invoice = answer.ok(200);
        paid += part;
        assert_eq!(amount(&invoice["amountPaid"]), paid);
        assert_eq!(amount(&invoice["balance"]), total - paid);
        let status = if paid == total {
            "Paid"
        } else {
            "PartiallyPaid"
        };
        assert_eq!(invoice["status"], status);
        let more = json!({ "amount": number(total - paid + coin(1)), "method": "Wire" });
        let refused = shop.post(admin, &format!("{path}/pay"), &more).await.status;
        assert_eq!(refused, if paid == total { 409 } else { 400 });
    }
    assert_eq!(paid, total);
    assert_eq!(invoice["status"], "Paid");
    let payments = invoice["payments"].as_array().unwrap();
    let recorded: Decimal = payments
        .iter()
        .map(|payment| amount(&payment["amount"]))
        .sum();
    assert_eq!(recorded, total);
}

#[test]
fn lines_totals_and_payments_add_up_in_every_currency() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let (shop, admin) = runtime.block_on(async {
        let shop = Shop::open().await;
        let admin = shop.token("acme-admin").await;
        let kuwait = json!({ "customerNumber": "KWT-1", "companyName": "Gulf Tools", "companyEmail": "a@gulf.example",
                             "pricing": "Retail", "currencyCode": "KWD", "active": true });
        let made = shop.put(&admin, "/api/customers", &kuwait).await;
        assert!(made.status < 300, "{}", made.text);
        (shop, admin)
    });
    let config = ProptestConfig::with_cases(48);
    TestRunner::new(config)
        .run(&deals(), |deal| {
            runtime.block_on(check(&shop, &admin, &deal));
            Ok(())
        })
        .unwrap();
    runtime.block_on(shop.close());
}
