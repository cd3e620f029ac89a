//! The merchant's documents: folders, search, preview, download, and addresses that have ended.

use serde_json::{Value, json};
use std::time::Duration;

use crate::{
    accessibility::audit,
    harness::{Setup, Shop, Target, button, link, role, run},
};

const LIST: &str = "/api/companydocs/documents";
const FOLDERS: &str = "/api/companydocs/folders";
const REFRESH: &str = "/api/companydocs/documents/{documentId}/refresh-url";
const PRICE_LISTS: &str = "fold_6b1f0a94";
pub(crate) const TERMS: &str = "fold_d83c57e2";
pub(crate) const DRAWING: &str = "doc_c05b3f7d";
pub(crate) const PDF: &str = "doc_84e1d6b3";

fn search() -> Target {
    role("searchbox").named("Search documents")
}

pub(crate) fn preview(name: &str) -> Target {
    role("dialog").named(name)
}

/// A sandbox whose signed addresses end at once: by the buyer's clock each is about to end.
fn short_lived() -> Setup {
    Setup {
        sandbox: nymble_sandbox::Options {
            document_address_life: Duration::from_secs(1),
            ..nymble_sandbox::Options::default()
        },
        ..Setup::default()
    }
}

/// The names in the table, in their order.
async fn names(shop: &Shop) -> Vec<String> {
    let script = "return [...document.querySelectorAll('.document-name')].map((it) => \
         it.querySelector('button, span').innerText)";
    let names = shop.script(script).await;
    let names = names.as_array().cloned().unwrap_or_default();
    let text = |name: &Value| name.as_str().unwrap_or_default().to_owned();
    names.iter().map(text).collect()
}

/// Waits until the picture in the dialog is really there.
pub(crate) async fn sees_picture(shop: &Shop) {
    shop.until("the picture", async || {
        let script = "return document.querySelector('.preview img')?.naturalWidth > 0";
        shop.script(script).await == true
    })
    .await;
}

/// Waits until the PDF's copy is in its frame.
pub(crate) async fn sees_pdf(shop: &Shop) {
    shop.until("the PDF", async || {
        let script = "return document.querySelector('.preview iframe')?.src ?? ''";
        let address = shop.script(script).await;
        address.as_str().unwrap_or_default().starts_with("blob:")
    })
    .await;
}

/// Lets the list answer with addresses that do not work, though they say that they do.
async fn spoil_addresses(shop: &Shop) {
    let token = shop.api.token("acme-buyer").await;
    let mut list = shop.api.call("GET", LIST, &token, &Value::Null).await;
    for document in list["documents"].as_array_mut().unwrap() {
        let address = document["cdnUrl"].as_str().unwrap();
        let spoilt = format!("{}?signature=old", address.split('?').next().unwrap());
        document["cdnUrl"] = json!(spoilt);
        document["cdnUrlExpiresAt"] = json!("2999-01-01T00:00:00Z");
    }
    shop.api
        .fault(json!({
            "method": "GET", "route": LIST, "effect": "status", "status": 200,
            "body": list.to_string(), "contentType": "application/json",
        }))
        .await;
}

/// Lets the screen's own requests come to `status`.
async fn refuse(shop: &Shop, status: u16) {
    for route in [LIST, FOLDERS] {
        shop.api
            .fault(json!({
                "method": "GET", "route": route, "effect": "status", "status": status,
            }))
            .await;
    }
}

#[test]
fn folders_lead_to_documents_and_back() {
    run(Setup::default(), async |shop| {
        shop.open_as_acme("/documents").await;
        shop.see(role("heading").named("Documents")).await;
        shop.see(role("heading").named("All folders")).await;
        shop.sees("Price lists 1 document").await;
        shop.click(link("Terms and drawings 2 documents")).await;
        shop.is_at(&format!("/documents?folder={TERMS}")).await;
        shop.focus_is("heading “Terms and drawings”").await;
        shop.sees("2 documents").await;
        assert_eq!(names(shop).await, ["Bolt drawing.png", "Terms of sale.pdf"]);
        let row = || role("row").holding("Terms of sale.pdf");
        shop.reads(row(), "PDF").await;
        shop.reads(row(), "1 kB").await;
        shop.reads(row(), "Feb 1, 2024").await;
        let crumbs = role("navigation").named("You are here");
        shop.click(link("All folders").inside(crumbs)).await;
        shop.is_at("/documents").await;
        shop.focus_is("heading “All folders”").await;
        shop.back().await;
        shop.see(button("Terms of sale.pdf")).await;
        // The same address shows the same, in a tab that knows nothing.
        shop.new_tab(&format!("/documents?folder={PRICE_LISTS}"))
            .await;
        shop.see(role("heading").named("Price lists")).await;
        shop.reads(
            role("row").holding("Price list Wholesale.csv"),
            "Spreadsheet",
        )
        .await;
        shop.open_path("/documents?folder=gone").await;
        shop.sees("There is no such folder").await;
        shop.click(link("Show all folders")).await;
        shop.see(link("Price lists 1 document")).await;
    });
}

#[test]
fn folders_lie_in_folders() {
    run(Setup::default(), async |shop| {
        let token = shop.api.token("acme-admin").await;
        let inner = json!({ "name": "Safety <b>2026", "parentId": TERMS });
        let made = shop.api.call("POST", FOLDERS, &token, &inner).await;
        let inner = made["folder"]["folderId"].as_str().unwrap().to_owned();
        shop.api.upload(&inner, "Sheet 10.txt", b"ten").await;
        shop.api.upload(&inner, "Sheet 9.txt", b"nine").await;
        shop.api
            .upload("", "At the root.txt", &[b'x'; 12_345])
            .await;
        shop.open_as_acme("/documents").await;
        shop.reads(role("row").holding("At the root.txt"), "12 kB")
            .await;
        shop.click(link("Terms and drawings 4 documents")).await;
        shop.click(link("Safety <b>2026 2 documents")).await;
        shop.focus_is("heading “Safety <b>2026”").await;
        // Numbers count by their value.
        assert_eq!(names(shop).await, ["Sheet 9.txt", "Sheet 10.txt"]);
        shop.reads(role("row").holding("Sheet 9.txt"), "4 bytes")
            .await;
        let crumbs = role("navigation").named("You are here");
        shop.click(link("Terms and drawings").inside(crumbs)).await;
        shop.is_at(&format!("/documents?folder={TERMS}")).await;
    });
}

#[test]
fn a_search_goes_over_all_folders() {
    run(Setup::default(), async |shop| {
        shop.open_as_acme(&format!("/documents?folder={PRICE_LISTS}"))
            .await;
        shop.see(role("heading").named("Price lists")).await;
        shop.click(search()).await;
        shop.type_text("WHOLE pri").await;
        shop.is_at(&format!("/documents?folder={PRICE_LISTS}&q=WHOLE%20pri"))
            .await;
        shop.see(role("heading").named("Search results")).await;
        assert_eq!(names(shop).await, ["Price list Wholesale.csv"]);
        shop.focus_is("searchbox “Search documents”").await;
        shop.fill(search(), "terms").await;
        shop.see(button("Terms of sale.pdf")).await;
        // Folders have names, too; and a hit says where it lies.
        shop.see(link("Terms and drawings 2 documents")).await;
        let row = role("row").holding("Terms of sale.pdf");
        shop.see(link("Terms and drawings").inside(row)).await;
        shop.fill(search(), "<i>nothing</i>").await;
        shop.sees("No document or folder is called “<i>nothing</i>”.")
            .await;
        // The whole search is one step back.
        shop.back().await;
        shop.see(role("heading").named("Price lists")).await;
        shop.has_value(search(), "").await;
        let asked = shop.api.count("GET", LIST).await;
        assert_eq!(asked, 1, "a search asks the server for nothing");
    });
}

#[test]
fn sorting_sorts() {
    run(Setup::default(), async |shop| {
        shop.api
            .upload(TERMS, "Zinc.txt", &vec![b'x'; 40_000])
            .await;
        shop.open_as_acme(&format!("/documents?folder={TERMS}"))
            .await;
        shop.see(button("Terms of sale.pdf")).await;
        let by = async |order: &str, address: &str, wanted: [&str; 3]| {
            shop.choose(role("combobox").named("Sort by"), order).await;
            shop.is_at(&format!("/documents?folder={TERMS}{address}"))
                .await;
            shop.until(order, async || names(shop).await == wanted)
                .await;
        };
        let (bolt, terms, zinc) = ("Bolt drawing.png", "Terms of sale.pdf", "Zinc.txt");
        by("Name, Z to A", "&sort=name-desc", [zinc, terms, bolt]).await;
        by("Newest first", "&sort=date-desc", [zinc, bolt, terms]).await;
        by("Oldest first", "&sort=date", [bolt, terms, zinc]).await;
        by("Largest first", "&sort=size-desc", [zinc, terms, bolt]).await;
        by("Smallest first", "&sort=size", [bolt, terms, zinc]).await;
        by("Name, A to Z", "", [bolt, terms, zinc]).await;
    });
}

#[test]
fn many_documents_come_in_pages() {
    run(Setup::default(), async |shop| {
        for number in 1..=101 {
            let name = format!("Data sheet {number}.txt");
            shop.api.upload(PRICE_LISTS, &name, b"x").await;
        }
        shop.open_as_acme(&format!("/documents?folder={PRICE_LISTS}"))
            .await;
        shop.sees("102 documents").await;
        shop.click(link("Next")).await;
        shop.is_at(&format!("/documents?folder={PRICE_LISTS}&page=2"))
            .await;
        shop.until("the rest", async || {
            names(shop).await == ["Data sheet 101.txt", "Price list Wholesale.csv"]
        })
        .await;
        shop.fill(search(), "sheet 77").await;
        shop.sees("1 document").await;
        assert_eq!(names(shop).await, ["Data sheet 77.txt"]);
    });
}

#[test]
fn pictures_and_pdfs_are_shown_in_place() {
    run(Setup::default(), async |shop| {
        shop.open_as_acme(&format!("/documents?folder={TERMS}"))
            .await;
        shop.click(button("Bolt drawing.png")).await;
        shop.see(preview("Bolt drawing.png")).await;
        shop.is_at(&format!("/documents?folder={TERMS}&document={DRAWING}"))
            .await;
        shop.see(role("image").named("Bolt drawing.png")).await;
        sees_picture(shop).await;
        shop.click(button("Close")).await;
        shop.gone(preview("Bolt drawing.png")).await;
        shop.is_at(&format!("/documents?folder={TERMS}")).await;
        shop.click(button("Terms of sale.pdf")).await;
        shop.see(preview("Terms of sale.pdf")).await;
        sees_pdf(shop).await;
        shop.see(role("Iframe").named("Terms of sale.pdf")).await;
        // Back closes it, too; and what is open is a link.
        shop.back().await;
        shop.gone(preview("Terms of sale.pdf")).await;
        shop.forward().await;
        sees_pdf(shop).await;
        assert_eq!(shop.api.count("POST", "/refresh-url").await, 0);
        shop.open_path("/documents?document=gone").await;
        shop.see(preview("This document is no longer here.")).await;
        // A spreadsheet is nothing that a browser shows.
        shop.open_path("/documents?document=doc_2f7a90c1").await;
        shop.see(preview("Price list Wholesale.csv")).await;
        shop.sees("cannot be shown inside the page").await;
    });
}

#[test]
fn a_browser_without_a_pdf_viewer_says_where_to_look() {
    run(Setup::default(), async |shop| {
        shop.before_each_page(
            "Object.defineProperty(Navigator.prototype, 'pdfViewerEnabled', { get: () => false })",
        )
        .await;
        shop.open_as_acme("/documents").await;
        shop.open_path(&format!("/documents?document={PDF}")).await;
        shop.see(preview("Terms of sale.pdf")).await;
        shop.sees("cannot be shown inside the page").await;
        shop.see(button("Open in a new tab")).await;
    });
}

#[test]
fn a_download_is_the_document_under_its_name() {
    run(short_lived(), async |shop| {
        let folder = std::env::temp_dir().join(format!("nymble-download-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).unwrap();
        let behaviour = json!({ "behavior": "allow", "downloadPath": folder });
        shop.devtools("Browser.setDownloadBehavior", behaviour)
            .await;
        let content: Vec<u8> = (0..=255).cycle().take(70_000).collect();
        shop.api.upload("", "Größen & Maße.bin", &content).await;
        shop.open_as_acme("/documents").await;
        shop.click(button("Download Größen & Maße.bin")).await;
        let file = folder.join("Größen & Maße.bin");
        shop.until("the file", async || {
            std::fs::read(&file).is_ok_and(|saved| saved == content)
        })
        .await;
        // Its address was about to end.
        assert_eq!(shop.api.count("POST", "/refresh-url").await, 1);
        std::fs::remove_dir_all(&folder).unwrap();
    });
}

/// A document's address that has ended is renewed before it is used.
#[test]
fn an_address_that_ends_is_renewed_before_it_is_used() {
    run(short_lived(), async |shop| {
        shop.open_as_acme(&format!("/documents?folder={TERMS}"))
            .await;
        shop.click(button("Bolt drawing.png")).await;
        sees_picture(shop).await;
        assert_eq!(shop.api.count("POST", "/refresh-url").await, 1);
        shop.click(button("Close")).await;
        shop.click(button("Terms of sale.pdf")).await;
        sees_pdf(shop).await;
        assert_eq!(shop.api.count("POST", "/refresh-url").await, 2);
        // What is open now has an address that has ended: it is renewed for the tab.
        let tabs = shop.tabs().await.len();
        shop.click(button("Open in a new tab")).await;
        shop.until("a third address", async || {
            shop.api.count("POST", "/refresh-url").await == 3
        })
        .await;
        shop.until("the tab, or what the tab saved", async || {
            shop.tabs().await.len() >= tabs
        })
        .await;
    });
}

/// A document's address that does not work is renewed once more, also in the open preview.
#[test]
fn an_address_that_does_not_work_is_renewed_in_the_open_preview() {
    run(Setup::default(), async |shop| {
        shop.expect_status(403);
        spoil_addresses(shop).await;
        shop.open_as_acme(&format!("/documents?folder={TERMS}"))
            .await;
        shop.click(button("Bolt drawing.png")).await;
        sees_picture(shop).await;
        assert_eq!(shop.api.count("POST", "/refresh-url").await, 1);
        shop.click(button("Close")).await;
        shop.click(button("Terms of sale.pdf")).await;
        sees_pdf(shop).await;
        assert_eq!(shop.api.count("POST", "/refresh-url").await, 2);
        // The renewed address is kept.
        shop.click(button("Close")).await;
        shop.click(button("Bolt drawing.png")).await;
        sees_picture(shop).await;
        assert_eq!(shop.api.count("POST", "/refresh-url").await, 2);
    });
}

#[test]
fn what_cannot_be_renewed_says_so_and_can_be_tried_again() {
    run(Setup::default(), async |shop| {
        shop.expect_status(403);
        shop.expect_status(500);
        shop.expect_status(404);
        spoil_addresses(shop).await;
        shop.api
            .fault(json!({ "method": "POST", "route": REFRESH, "effect": "status", "status": 500 }))
            .await;
        shop.open_as_acme(&format!("/documents?folder={TERMS}"))
            .await;
        shop.click(button("Bolt drawing.png")).await;
        let dialog = preview("Bolt drawing.png");
        shop.reads(dialog.clone(), "The server has a problem (status 500).")
            .await;
        audit(shop, "documents, preview failed").await;
        shop.api.clear_faults().await;
        shop.click(button("Try again").inside(dialog)).await;
        sees_picture(shop).await;
        shop.click(button("Close")).await;
        // Somebody takes the document away while the list is looked at.
        let token = shop.api.token("acme-admin").await;
        let path = format!("{LIST}/{PDF}");
        shop.api.call("DELETE", &path, &token, &Value::Null).await;
        shop.click(button("Download Terms of sale.pdf")).await;
        shop.sees("Terms of sale.pdf was not downloaded. This document is no longer here.")
            .await;
        shop.click(button("Terms of sale.pdf")).await;
        shop.reads(
            preview("Terms of sale.pdf"),
            "This document is no longer here.",
        )
        .await;
    });
}

#[test]
fn an_error_can_be_tried_again() {
    run(Setup::default(), async |shop| {
        shop.hurry().await;
        shop.expect_status(500);
        refuse(shop, 500).await;
        shop.open_as_acme("/documents").await;
        shop.sees("The server has a problem (status 500).").await;
        audit(shop, "documents, error").await;
        shop.api.clear_faults().await;
        shop.click(button("Try again")).await;
        shop.see(link("Price lists 1 document")).await;
        shop.sees_not("The server has a problem").await;
    });
}

#[test]
fn an_api_without_documents_is_no_error() {
    run(Setup::default(), async |shop| {
        shop.expect_status(403);
        shop.expect_status(404);
        for status in [403, 404] {
            refuse(shop, status).await;
            shop.open_as_acme("/documents").await;
            shop.sees("Your supplier does not offer documents here.")
                .await;
            shop.api.clear_faults().await;
        }
        audit(shop, "documents, not offered").await;
        // Folders alone may be missing: then all documents are at the root.
        shop.api
            .fault(json!({ "method": "GET", "route": FOLDERS, "effect": "status", "status": 404 }))
            .await;
        shop.reload().await;
        shop.sees("3 documents").await;
    });
}

#[test]
fn no_documents_at_all() {
    run(Setup::default(), async |shop| {
        for (route, body) in [(LIST, "{\"documents\":[]}"), (FOLDERS, "{\"folders\":[]}")] {
            shop.api
                .fault(json!({
                    "method": "GET", "route": route, "effect": "status", "status": 200,
                    "body": body, "contentType": "application/json",
                }))
                .await;
        }
        shop.open_as_acme("/documents").await;
        shop.sees("Your supplier has not shared any documents yet.")
            .await;
        audit(shop, "documents, none").await;
    });
}

#[test]
fn without_a_connection_what_is_known_stays() {
    run(Setup::default(), async |shop| {
        shop.expect_console("net::ERR_INTERNET_DISCONNECTED");
        shop.open_as_acme("/documents").await;
        shop.see(link("Price lists 1 document")).await;
        shop.set_offline(true).await;
        shop.click(link("Terms and drawings 2 documents")).await;
        shop.see(button("Terms of sale.pdf")).await;
        shop.click(button("Download Terms of sale.pdf")).await;
        shop.sees("was not downloaded. The server cannot be reached.")
            .await;
        shop.click(button("Terms of sale.pdf")).await;
        let dialog = preview("Terms of sale.pdf");
        shop.reads(dialog.clone(), "The server cannot be reached.")
            .await;
        shop.set_offline(false).await;
        shop.click(button("Try again").inside(dialog)).await;
        sees_pdf(shop).await;
    });
}

#[test]
fn a_list_that_could_not_be_reached_comes_with_the_connection() {
    run(Setup::default(), async |shop| {
        shop.expect_console("net::ERR_INTERNET_DISCONNECTED");
        shop.open_as_acme("/documents").await;
        shop.see(link("Price lists 1 document")).await;
        shop.click(link("Cart, 0 lines")).await;
        shop.see(role("heading").named("Cart")).await;
        shop.set_offline(true).await;
        shop.click(link("Documents")).await;
        shop.sees("The server cannot be reached.").await;
        shop.see(link("Price lists 1 document")).await;
        shop.set_offline(false).await;
        shop.sees_not("The server cannot be reached.").await;
    });
}

#[test]
fn switched_off_there_is_no_such_screen() {
    let setup = Setup {
        config: json!({ "features": { "documents": false } }),
        ..Setup::default()
    };
    run(setup, async |shop| {
        shop.open_as_acme("/documents").await;
        shop.see(role("heading").named("Page not found")).await;
        shop.gone(link("Documents")).await;
        assert_eq!(shop.api.count("GET", LIST).await, 0);
    });
}

#[test]
fn in_german() {
    let setup = Setup {
        config: json!({ "locale": "de-DE" }),
        ..Setup::default()
    };
    run(setup, async |shop| {
        shop.api.upload("", "Ärmel.pdf", &[b'x'; 4_200]).await;
        shop.api.upload("", "Zoll.pdf", &[b'x'; 12]).await;
        let token = shop.api.token("acme-buyer").await;
        shop.open_path(&format!("/documents#access_token={token}"))
            .await;
        shop.see(role("heading").named("Dokumente")).await;
        shop.reads(role("row").holding("Ärmel.pdf"), "4,2 kB").await;
        // As the language sorts, and not by code points.
        assert_eq!(names(shop).await, ["Ärmel.pdf", "Zoll.pdf"]);
    });
}
