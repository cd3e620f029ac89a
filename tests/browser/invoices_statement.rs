//! The statement of the account: it adds up to the invoices, from one period to the next.

use rust_decimal::Decimal;

use crate::{
    accessibility::audit,
    harness::{button, link, role, run},
    invoices::{amount, cells, invoices_of, keep_files, rows, saved_file, tab, usd, with_orders},
};

fn read_usd(text: &str) -> Decimal {
    let plain: String = text
        .chars()
        .filter(|it| it.is_ascii_digit() || matches!(it, '.' | '-'))
        .collect();
    if plain.is_empty() {
        Decimal::ZERO
    } else {
        plain.parse().expect("an amount")
    }
}

/// A statement holds every invoice, digit for digit.
#[test]
fn a_statement_adds_up_to_the_invoices() {
    run(with_orders(200), async |shop| {
        keep_files(shop).await;
        let all = invoices_of(shop, "acme-buyer").await;
        let owed: Decimal = all.iter().map(|it| amount(it, "balance")).sum();
        shop.open_as_acme("/invoices").await;
        shop.click(tab("Statement")).await;
        shop.is_at("/invoices?view=statement").await;
        shop.sees("Opening balance").await;
        shop.click(link("This year")).await;
        shop.is_under("/invoices?view=statement&from=").await;
        let statement = async |from: &str, to: &str| {
            shop.open_path(&format!("/invoices?view=statement&from={from}&to={to}"))
                .await;
            shop.sees("Closing balance").await;
            let rows = cells(shop, ".statement tbody tr").await;
            let foot = cells(shop, ".statement tfoot tr").await.remove(0);
            let opening = read_usd(&rows[0][2]);
            let mut running = opening;
            for row in &rows[1..] {
                running += read_usd(&row[3]) - read_usd(&row[4]);
                assert_eq!(read_usd(&row[5]), running, "{row:?}");
            }
            let closing = read_usd(&foot[4]);
            assert_eq!(closing, running);
            assert_eq!(opening + read_usd(&foot[2]) - read_usd(&foot[3]), closing);
            (opening, closing, rows.len())
        };
        let (opening, closing, entries) = statement("2000-01-01", "2099-12-31").await;
        assert_eq!((opening, closing), (Decimal::ZERO, owed));
        assert!(entries > 100, "{entries}");
        let middle = "return new Date(Date.now() - 60 * 864e5).toISOString().slice(0, 10)";
        let middle = shop.script(middle).await;
        let after = "return new Date(Date.now() - 59 * 864e5).toISOString().slice(0, 10)";
        let after = shop.script(after).await;
        let before = statement("2000-01-01", middle.as_str().unwrap()).await;
        let rest = statement(after.as_str().unwrap(), "2099-12-31").await;
        assert_eq!(
            before.1, rest.0,
            "one period's end is the next one's beginning"
        );
        assert_eq!(rest.1, owed);
        // The drawing says in words what it shows.
        let name = format!("at the beginning, {} at the end", usd(owed));
        shop.until("the drawing's name", async || {
            let script =
                "return document.querySelector('[role=img]')?.getAttribute('aria-label') ?? ''";
            shop.script(script)
                .await
                .as_str()
                .unwrap_or_default()
                .contains(&name)
        })
        .await;
        shop.click(button("Download CSV")).await;
        let (name, csv) = saved_file(shop).await;
        assert!(name.starts_with("invoices-statement-"), "{name}");
        let rows = rows(&csv);
        assert_eq!(rows.last().unwrap()[6], owed.to_string());
        audit(shop, "statement").await;
    });
}

#[test]
fn a_period_is_typed_or_chosen() {
    run(with_orders(60), async |shop| {
        shop.open_as_acme("/invoices?view=statement").await;
        shop.sees("Closing balance").await;
        let field = |name: &'static str| role("Date").named(name);
        let type_date = async |name: &'static str, date: &str| {
            let script = format!(
                "const field = document.getElementById('{name}'); field.value = '{date}'; \
                 field.dispatchEvent(new Event('input', {{ bubbles: true }}))"
            );
            shop.script(&script).await;
        };
        shop.see(field("From")).await;
        type_date("period-from", "2026-03-09").await;
        type_date("period-to", "2026-02-01").await;
        shop.click(button("Show")).await;
        shop.sees("Enter two dates, the first not after the second.")
            .await;
        audit(shop, "statement, wrong period").await;
        type_date("period-to", "2026-04-01").await;
        shop.click(button("Show")).await;
        shop.is_at("/invoices?view=statement&from=2026-03-09&to=2026-04-01")
            .await;
        shop.sees("Statement from Mar 9, 2026 to Apr 1, 2026").await;
        shop.open_path("/invoices?view=statement&from=1990-01-01&to=1990-01-31")
            .await;
        shop.sees("Nothing happened in this period.").await;
        audit(shop, "statement, nothing happened").await;
    });
}
