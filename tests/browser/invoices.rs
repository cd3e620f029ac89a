//! Invoices: what is owed adds up, every view is a link, nothing is missing in a file or a statement.

use nymble_sandbox::Options;
use rust_decimal::Decimal;
use serde_json::{Value, json};
use thirtyfour::Key;

use crate::{
    accessibility::audit,
    harness::{Setup, Shop, Target, button, link, role, run},
};

/// A shop whose customers have bought that often.
pub(crate) fn with_orders(orders: usize) -> Setup {
    Setup {
        sandbox: Options {
            orders,
            ..Options::default()
        },
        ..Setup::default()
    }
}

/// Every invoice that `client_id` may see, newest first.
pub(crate) async fn invoices_of(shop: &Shop, client_id: &str) -> Vec<Value> {
    let token = shop.api.token(client_id).await;
    let mut all = Vec::new();
    for page in 1.. {
        let path = format!("/api/invoices?pageSize=200&pageNumber={page}");
        let answer = shop.api.call("GET", &path, &token, &Value::Null).await;
        let data = answer["data"].as_array().cloned().unwrap_or_default();
        if data.is_empty() {
            break;
        }
        all.extend(data);
    }
    all
}

/// An amount of an invoice, digit for digit.
pub(crate) fn amount(invoice: &Value, field: &str) -> Decimal {
    invoice[field].to_string().parse().expect("an amount")
}

/// A text of an invoice.
pub(crate) fn text<'a>(invoice: &'a Value, field: &str) -> &'a str {
    invoice[field].as_str().expect("a text")
}

/// Whether it can be paid.
pub(crate) fn is_open(invoice: &Value) -> bool {
    matches!(text(invoice, "status"), "Issued" | "PartiallyPaid")
}

/// An amount as the page writes it: `$1,234.56`.
pub(crate) fn usd(amount: Decimal) -> String {
    let digits = format!("{:.2}", amount.abs());
    let (whole, cents) = digits.split_once('.').unwrap();
    let grouped = grouped(whole);
    let sign = if amount.is_sign_negative() { "-" } else { "" };
    format!("{sign}${grouped}.{cents}")
}

/// Digits with a comma after the thousands.
fn grouped(digits: &str) -> String {
    let mut grouped = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// How many days each of these is past due today, by the browser's own calendar.
async fn days_late(shop: &Shop, invoices: &[Value]) -> Vec<i64> {
    let dates: Vec<&Value> = invoices.iter().map(|invoice| &invoice["dueDate"]).collect();
    let script = format!(
        "const day = (date) => Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / 864e5; \
         const today = day(new Date()); \
         return {}.map((due) => today - day(new Date(due)))",
        json!(dates)
    );
    let late = shop.script(&script).await;
    late.as_array()
        .unwrap()
        .iter()
        .map(|days| days.as_i64().unwrap())
        .collect()
}

/// The words of every cell in the rows that fit `selector`.
pub(crate) async fn cells(shop: &Shop, selector: &str) -> Vec<Vec<String>> {
    let script = format!(
        "return [...document.querySelectorAll('{selector}')].map((row) => \
         [...row.cells].map((cell) => cell.textContent.replace(/\\s+/g, ' ').trim()))"
    );
    serde_json::from_value(shop.script(&script).await).unwrap()
}

/// Keeps the files that are saved, in place of the browser's own folder.
pub(crate) async fn keep_files(shop: &Shop) {
    shop.before_each_page(
        "const make = URL.createObjectURL.bind(URL); let made; \
         URL.createObjectURL = (blob) => { made = blob; return make(blob); }; \
         globalThis.saved = []; const click = HTMLAnchorElement.prototype.click; \
         HTMLAnchorElement.prototype.click = function () { \
           if (this.download) saved.push([this.download, made]); else click.call(this); }",
    )
    .await;
}

/// Name and text of the file saved last; waits for it.
pub(crate) async fn saved_file(shop: &Shop) -> (String, String) {
    shop.until("a file is saved", async || {
        shop.script("return saved.length").await.as_u64() > Some(0)
    })
    .await;
    let read = "const done = arguments[0]; const [name, blob] = saved.pop(); \
         blob.text().then((text) => done([name, text]))";
    let file = shop.driver.execute_async(read, vec![]).await.unwrap();
    serde_json::from_value(file.json().clone()).unwrap()
}

/// The rows of a CSV without quoted cells, by the names of its columns.
pub(crate) fn rows(csv: &str) -> Vec<Vec<String>> {
    let split = |line: &str| line.split(',').map(str::to_owned).collect();
    csv.lines().map(split).collect()
}

pub(crate) fn tab(name: &str) -> Target {
    link(name).inside(role("navigation").named("Views of your invoices"))
}

pub(crate) async fn count_is(shop: &Shop, count: usize) {
    let noun = if count == 1 { "invoice" } else { "invoices" };
    let words = format!("{} {noun}", grouped(&count.to_string()));
    shop.until(&words, async || {
        let status = "return document.querySelector('.result-count')?.textContent ?? ''";
        shop.script(status).await == words.as_str()
    })
    .await;
}

/// What is owed holds every invoice, digit for digit.
#[test]
fn what_is_owed_adds_up_by_days_past_due() {
    run(with_orders(120), async |shop| {
        shop.open_as_acme("/invoices").await;
        shop.see(role("heading").named("Invoices")).await;
        shop.see(role("table").named("Open balance by days past due"))
            .await;
        let mut open = invoices_of(shop, "acme-buyer").await;
        open.retain(is_open);
        let late = days_late(shop, &open).await;
        let mut buckets = [Decimal::ZERO; 5];
        let mut counts = [0; 5];
        for (invoice, days) in open.iter().zip(&late) {
            let bucket = match days {
                ..=0 => 0,
                1..=30 => 1,
                31..=60 => 2,
                61..=90 => 3,
                _ => 4,
            };
            buckets[bucket] += amount(invoice, "balance");
            counts[bucket] += 1;
        }
        assert!(
            counts[0] > 0 && counts[1] > 0,
            "the data hold what is tested: {counts:?}"
        );
        let shown = cells(shop, ".ageing tbody tr").await;
        for (row, (bucket, count)) in shown.iter().zip(buckets.into_iter().zip(counts)) {
            assert_eq!(row[1..3], [count.to_string(), usd(bucket)], "{row:?}");
        }
        let total: Decimal = buckets.iter().sum();
        shop.sees(&format!("Total balance {}", usd(total))).await;
        let overdue: Decimal = buckets[1..].iter().sum();
        let overdue_count: i32 = counts[1..].iter().sum();
        shop.sees(&format!(
            "{} overdue on {overdue_count} invoices",
            usd(overdue)
        ))
        .await;
        count_is(shop, open.len()).await;
        shop.click(tab("Overdue")).await;
        shop.is_at("/invoices?show=overdue").await;
        count_is(shop, overdue_count.unsigned_abs() as usize).await;
        // The longest due comes first, and says how long.
        let longest = late.iter().max().unwrap();
        shop.reads(
            role("row").holding("overdue by").first(),
            &format!("overdue by {longest} days"),
        )
        .await;
        shop.back().await;
        shop.is_at("/invoices").await;
        count_is(shop, open.len()).await;
    });
}

#[test]
fn every_view_is_a_link() {
    run(with_orders(120), async |shop| {
        shop.open_as_acme("/invoices").await;
        let all = invoices_of(shop, "acme-buyer").await;
        let paid = all.iter().filter(|it| it["status"] == "Paid").count();
        shop.click(tab("Paid")).await;
        shop.is_at("/invoices?show=paid").await;
        count_is(shop, paid).await;
        shop.click(tab("All")).await;
        shop.is_at("/invoices?show=all").await;
        count_is(shop, all.len()).await;
        shop.see(link(text(&all[0], "invoiceNumber"))).await;
        shop.choose(role("combobox").named("Sort by"), "Total, high to low")
            .await;
        shop.is_at("/invoices?show=all&sort=total").await;
        let dearest = all.iter().max_by_key(|it| amount(it, "total")).unwrap();
        shop.reads(role("rowheader").first(), text(dearest, "invoiceNumber"))
            .await;
        shop.click(link("Next")).await;
        shop.is_at("/invoices?show=all&sort=total&page=2").await;
        shop.until("the second page", async || {
            cells(shop, ".bills tbody tr").await.len() == all.len() - 50
        })
        .await;
        let with_po = all.iter().find(|it| it["poNumber"].is_string()).unwrap();
        let po_number = text(with_po, "poNumber");
        shop.choose(role("combobox").named("Search in"), "PO number")
            .await;
        shop.fill(role("searchbox").named("Search invoices"), po_number)
            .await;
        shop.is_at(&format!(
            "/invoices?show=all&q={po_number}&in=po&sort=total"
        ))
        .await;
        shop.see(link(text(with_po, "invoiceNumber"))).await;
        count_is(shop, 1).await;
        shop.reload().await;
        count_is(shop, 1).await;
        shop.has_value(role("searchbox").named("Search invoices"), po_number)
            .await;
        shop.fill(role("searchbox").named("Search invoices"), "nothing such")
            .await;
        shop.sees("No invoice matches.").await;
        audit(shop, "invoices, nothing found").await;
        // The same search over what is open, which is all here already.
        let open = all.iter().find(|it| is_open(it)).unwrap();
        let number = text(open, "invoiceNumber");
        shop.open_path(&format!("/invoices?q={number}")).await;
        count_is(shop, 1).await;
        shop.see(link(number)).await;
    });
}

/// A file holds every invoice, digit for digit.
#[test]
fn a_file_holds_every_invoice_digit_for_digit() {
    run(with_orders(600), async |shop| {
        keep_files(shop).await;
        shop.open_as_acme("/invoices?show=all").await;
        let all = invoices_of(shop, "acme-buyer").await;
        assert!(all.len() > 200, "more than one page: {}", all.len());
        for (path, what, wanted) in [
            ("/invoices?show=all", "all", all.clone()),
            (
                "/invoices",
                "open",
                all.iter().filter(|it| is_open(it)).cloned().collect(),
            ),
        ] {
            shop.open_path(path).await;
            count_is(shop, wanted.len()).await;
            shop.until("all is read", async || {
                let disabled = shop.property(button("Download CSV"), "aria-disabled").await;
                disabled.is_null()
            })
            .await;
            shop.click(button("Download CSV")).await;
            let (name, csv) = saved_file(shop).await;
            assert!(name.starts_with(&format!("invoices-{what}-20")), "{name}");
            let rows = rows(&csv);
            assert_eq!(rows[0][0], "Invoice number");
            assert_eq!(rows.len() - 1, wanted.len(), "{path}");
            for invoice in &wanted {
                let number = text(invoice, "invoiceNumber");
                let row = rows.iter().find(|row| row[0] == number).expect(number);
                let amounts = ["total", "amountPaid", "amountRefunded", "balance"];
                let exact = amounts.map(|field| invoice[field].to_string());
                assert_eq!(row[8..], exact, "{number}");
                assert_eq!(row[5], text(invoice, "orderNumber"));
                assert_eq!(row[7], "USD");
            }
        }
    });
}

/// What is owed holds every invoice, also of thousands.
#[test]
fn the_open_invoices_of_many_pages_are_all_summed_up() {
    run(with_orders(4_000), async |shop| {
        let mut open = invoices_of(shop, "acme-buyer").await;
        open.retain(is_open);
        assert!(open.len() >= 601, "{} open invoices", open.len());
        // The first page shows while the others are on their way, and a sum only when all are there.
        shop.api
            .fault(json!({
                "method": "GET", "route": "/api/invoices", "skip": 1, "effect": "delay", "delayMs": 400,
            }))
            .await;
        shop.open_as_acme("/invoices").await;
        let all = grouped(&open.len().to_string());
        shop.sees(&format!("Reading 200 of {all} invoices…")).await;
        shop.see(role("columnheader").named("Balance")).await;
        shop.sees_not("Total balance").await;
        let total: Decimal = open.iter().map(|it| amount(it, "balance")).sum();
        shop.sees(&format!("Total balance {}", usd(total))).await;
        count_is(shop, open.len()).await;
        assert_eq!(cells(shop, ".bills tbody tr").await.len(), 50);
    });
}

#[test]
fn troubles_are_said_and_can_be_tried_again() {
    run(with_orders(60), async |shop| {
        shop.hurry().await;
        for status in [403, 500] {
            shop.expect_status(status);
        }
        let fault = async |status: u16| {
            shop.api
                .fault(json!({
                    "method": "GET", "route": "/api/invoices", "effect": "status", "status": status,
                }))
                .await;
        };
        fault(403).await;
        shop.open_as_acme("/invoices").await;
        for path in [
            "/invoices",
            "/invoices?show=all",
            "/invoices?view=statement",
        ] {
            shop.open_path(path).await;
            shop.sees("Your supplier does not offer this here.").await;
        }
        audit(shop, "invoices, not offered").await;
        shop.api.clear_faults().await;
        fault(500).await;
        for path in [
            "/invoices?view=statement",
            "/invoices?show=all",
            "/invoices",
        ] {
            shop.open_path(path).await;
            shop.sees("The server has a problem").await;
        }
        audit(shop, "invoices, error").await;
        shop.api.clear_faults().await;
        shop.click(button("Try again")).await;
        shop.sees("Total balance").await;
        audit(shop, "invoices, open").await;
        shop.open_path("/invoices?show=all").await;
        shop.see(role("columnheader").named("Balance")).await;
        audit(shop, "invoices, all").await;
    });
}

#[test]
fn without_invoices_the_screens_are_calm() {
    run(Setup::default(), async |shop| {
        shop.open_as_acme("/invoices").await;
        shop.sees("Nothing is open. There is nothing to pay.").await;
        shop.sees("Total balance $0.00").await;
        audit(shop, "invoices, none open").await;
        shop.click(tab("All")).await;
        shop.sees("There are no invoices yet.").await;
        shop.click(tab("Statement")).await;
        shop.sees("Nothing happened in this period.").await;
    });
}

#[test]
fn what_is_switched_off_is_not_there() {
    let setup = Setup {
        config: json!({ "features": { "invoices": false } }),
        ..with_orders(60)
    };
    run(setup, async |shop| {
        shop.open_as_acme("/invoices").await;
        shop.see(role("heading").named("Page not found")).await;
        shop.gone(link("Invoices")).await;
    });
    let setup = Setup {
        config: json!({ "features": { "orders": false } }),
        ..with_orders(60)
    };
    run(setup, async |shop| {
        shop.open_as_acme("/invoices?show=all").await;
        let all = invoices_of(shop, "acme-buyer").await;
        let order = text(&all[0], "orderNumber");
        shop.sees(order).await;
        shop.gone(link(order)).await;
    });
}

#[test]
fn yen_have_no_decimals_and_german_reads_german() {
    let setup = Setup {
        config: json!({ "locale": "de-DE" }),
        ..with_orders(200)
    };
    run(setup, async |shop| {
        let token = shop.api.token("tokyo-buyer").await;
        let mut open = invoices_of(shop, "tokyo-buyer").await;
        open.retain(is_open);
        let invoice = open.first().expect("an open invoice in yen");
        let balance = amount(invoice, "balance");
        let path = format!("/invoices?view=pay&invoice={}", text(invoice, "id"));
        shop.open_path(&format!("{path}#access_token={token}"))
            .await;
        let number = text(invoice, "invoiceNumber");
        shop.see(role("heading").named(&format!("Rechnung {number} bezahlen")))
            .await;
        let field = role("textbox").named(&format!("Betrag für {number}"));
        let grouped = usd(balance).replace(',', ".");
        let whole = grouped.trim_start_matches('$').strip_suffix(".00").unwrap();
        shop.has_value(field.clone(), whole).await;
        shop.fill(field.clone(), "10,5").await;
        shop.press(Key::Tab).await;
        shop.sees("Diese Währung hat höchstens 0 Nachkommastellen.")
            .await;
        shop.fill(field, "1.000.000.000").await;
        shop.press(Key::Tab).await;
        shop.sees("kann bezahlt werden.").await;
    });
}
