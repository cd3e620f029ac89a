//! One invoice: all about it, its PDF, and why it cannot be paid.

use serde_json::{Value, json};

use crate::{
    accessibility::audit,
    assisted::open_acting,
    harness::{button, link, role, run},
    invoices::{
        amount, cells, count_is, invoices_of, is_open, keep_files, saved_file, text, usd,
        with_orders,
    },
};

#[test]
fn an_invoice_says_all_about_itself_and_comes_as_a_pdf() {
    run(with_orders(120), async |shop| {
        shop.hurry().await;
        shop.expect_status(401);
        keep_files(shop).await;
        let all = invoices_of(shop, "acme-buyer").await;
        let partly = |it: &&Value| it["status"] == "PartiallyPaid" && it["poNumber"].is_string();
        let invoice = all.iter().find(partly).expect("one that is partly paid");
        let number = text(invoice, "invoiceNumber");
        shop.open_as_acme("/invoices").await;
        shop.click(link(number)).await;
        shop.is_at(&format!("/invoices/{}", text(invoice, "id")))
            .await;
        shop.see(role("heading").named(&format!("Invoice {number}")))
            .await;
        for words in [
            text(invoice, "orderNumber"),
            text(invoice, "poNumber"),
            text(invoice, "terms"),
            "Acme Industrial Supply",
            "500 Commerce Drive",
            "Partly paid",
            "It can be paid here, in full or in part.",
            "Check",
            "Lockbox",
        ] {
            shop.sees(words).await;
        }
        for field in ["total", "balance"] {
            shop.sees(&usd(amount(invoice, field))).await;
        }
        let lines = invoice["items"].as_array().unwrap();
        let shown = cells(shop, ".invoice-lines tbody tr").await;
        for (line, row) in lines.iter().zip(&shown) {
            assert!(row[0].contains(text(line, "sku")), "{row:?}");
            assert_eq!(row[3], usd(amount(line, "lineTotal")));
        }
        shop.see(button("Pay")).await;
        shop.see(button("Print")).await;
        audit(shop, "invoice").await;
        shop.click(button("Download PDF")).await;
        let (name, pdf) = saved_file(shop).await;
        assert_eq!(name, format!("{number}.pdf"));
        assert!(pdf.starts_with("%PDF-"), "{}", &pdf[..20]);
        // A session that has ended is asked for, and the file comes all the same.
        shop.api.revoke_tokens().await;
        shop.click(button("Download PDF")).await;
        shop.see(role("dialog").named("Please sign in again")).await;
        shop.sign_in("acme-buyer", "sandbox").await;
        saved_file(shop).await;
        shop.expect_status(500);
        shop.api
            .fault(
                json!({ "method": "GET", "route": "/api/invoices/{id}/pdf", "effect": "status" }),
            )
            .await;
        shop.click(button("Download PDF")).await;
        shop.sees("The PDF could not be fetched.").await;
        shop.api.clear_faults().await;
        shop.click(link(text(invoice, "orderNumber"))).await;
        shop.is_at(&format!("/orders/{}", text(invoice, "orderNumber")))
            .await;
    });
}

#[test]
fn what_cannot_be_paid_says_why() {
    run(with_orders(200), async |shop| {
        shop.expect_status(404);
        let all = invoices_of(shop, "acme-admin").await;
        let of = |status: &str| {
            let mine = |it: &&Value| {
                it["status"] == status && it["customer"]["customerNumber"] == "ACME-001"
            };
            let found = all
                .iter()
                .find(mine)
                .unwrap_or_else(|| panic!("one that is {status}"));
            text(found, "id").to_owned()
        };
        shop.open_as_acme("/invoices").await;
        for (status, sentence) in [
            (
                "Paid",
                "This invoice is paid. There is nothing left to pay.",
            ),
            (
                "Voided",
                "This invoice was voided. Nothing is owed on it, so it cannot be paid.",
            ),
            (
                "Cancelled",
                "This invoice was cancelled. Nothing is owed on it, so it cannot be paid.",
            ),
        ] {
            let id = of(status);
            shop.open_path(&format!("/invoices/{id}")).await;
            shop.sees(sentence).await;
            shop.see(button("Print")).await;
            shop.gone(button("Pay")).await;
            audit(shop, status).await;
            shop.open_path(&format!("/invoices?view=pay&invoice={id}"))
                .await;
            shop.sees(sentence).await;
            shop.see(link("Back to invoices")).await;
            shop.gone(button("Pay")).await;
        }
        // A customer does not see a draft; who sells does, and does not pay it.
        let draft = of("Draft");
        shop.open_path(&format!("/invoices/{draft}")).await;
        shop.sees("There is no such invoice, or it is not yours to see.")
            .await;
        audit(shop, "no such invoice").await;
    });
}

#[test]
fn a_draft_says_why_to_those_who_see_it() {
    run(with_orders(200), async |shop| {
        let mut all = invoices_of(shop, "acme-admin").await;
        let others = all
            .iter()
            .find(|it| it["customer"]["customerNumber"] == "RIV-002");
        let others = text(others.expect("another customer's"), "id").to_owned();
        all.retain(|it| it["customer"]["customerNumber"] == "ACME-001");
        let draft = all.iter().find(|it| it["status"] == "Draft");
        let draft = draft.expect("a draft");
        let path = format!("/invoices/{}", text(draft, "id"));
        open_acting(shop, "acme-admin", "Acme Industrial Supply", &path).await;
        shop.sees("This invoice is a draft. It can be paid once it is issued.")
            .await;
        shop.gone(button("Pay")).await;
        // The lists hold this customer's invoices only, and so does the screen of one.
        shop.open_path("/invoices?show=all").await;
        count_is(shop, all.len()).await;
        shop.open_path(&format!("/invoices/{others}")).await;
        shop.sees("There is no such invoice, or it is not yours to see.")
            .await;
        // Whoever acts for a customer can pay for it.
        let open = all.iter().find(|it| is_open(it)).expect("an open one");
        shop.open_path(&format!("/invoices/{}", text(open, "id")))
            .await;
        shop.sees("It can be paid here").await;
        shop.see(button("Pay")).await;
    });
}
