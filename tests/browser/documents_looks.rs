//! The screen of documents as it looks to axe, and by keyboard alone.

use thirtyfour::Key;

use crate::{
    accessibility::audit,
    documents_screen::{DRAWING, PDF, TERMS, preview, sees_pdf, sees_picture},
    harness::{Setup, button, link, run},
};

#[test]
fn axe_finds_nothing() {
    run(Setup::default(), async |shop| {
        let long = "An extraordinarily_long_name_without_any_place_to_break_it_anywhere_in_it.pdf";
        shop.api.upload("", long, b"x").await;
        shop.api.upload("", "Read me.txt", b"x").await;
        shop.open_as_acme("/documents").await;
        shop.sees("Read me.txt").await;
        audit(shop, "documents, root").await;
        shop.open_path(&format!("/documents?folder={TERMS}")).await;
        shop.see(button("Terms of sale.pdf")).await;
        audit(shop, "documents, folder").await;
        shop.open_path("/documents?q=terms").await;
        shop.see(button("Terms of sale.pdf")).await;
        audit(shop, "documents, search").await;
        shop.open_path("/documents?q=zzz").await;
        shop.sees("No document or folder is called").await;
        audit(shop, "documents, nothing found").await;
        shop.open_path(&format!("/documents?document={DRAWING}"))
            .await;
        sees_picture(shop).await;
        audit(shop, "documents, picture").await;
        shop.open_path(&format!("/documents?document={PDF}")).await;
        sees_pdf(shop).await;
        audit(shop, "documents, PDF").await;
    });
}

#[test]
fn by_keyboard_alone() {
    run(Setup::default(), async |shop| {
        shop.open_as_acme("/documents").await;
        shop.focus_is("heading “Documents”").await;
        shop.see(link("Price lists 1 document")).await;
        shop.tab_to("searchbox “Search documents”").await;
        shop.tab_to("combobox “Sort by”").await;
        shop.tab_to("link “Terms and drawings 2 documents”").await;
        shop.press(Key::Enter).await;
        shop.focus_is("heading “Terms and drawings”").await;
        shop.tab_to("button “Bolt drawing.png”").await;
        shop.press(Key::Enter).await;
        shop.see(preview("Bolt drawing.png")).await;
        sees_picture(shop).await;
        shop.tab_to("button “Download Bolt drawing.png”").await;
        shop.press(Key::Escape).await;
        shop.gone(preview("Bolt drawing.png")).await;
        shop.focus_is("button “Bolt drawing.png”").await;
        shop.tab_to("button “Download Bolt drawing.png”").await;
    });
}
