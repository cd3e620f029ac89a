//! The forms of the account: by keyboard alone, by country, and that nothing typed gets lost.

use serde_json::json;
use thirtyfour::Key;

use crate::{
    accessibility::audit,
    account::{acme, entry, open, type_address},
    harness::{Setup, button, link, role, run, textbox},
};

#[test]
fn a_contact_is_added_changed_chosen_removed_and_brought_back() {
    run(Setup::default(), async |shop| {
        open(shop).await;
        shop.click(button("Add a contact")).await;
        shop.focus_is("textbox “Title”").await;
        shop.fill(textbox("E-mail"), "nobody").await;
        shop.click(button("Save contact")).await;
        shop.sees("Please give a first or a last name.").await;
        shop.sees("This is not an e-mail address.").await;
        shop.focus_is("textbox “First name”").await;
        audit(shop, "account, contact, wrong fields").await;
        shop.fill(textbox("First name"), "Ada").await;
        shop.fill(textbox("Last name"), "Byron").await;
        shop.fill(textbox("E-mail"), "ada@acme-industrial.example")
            .await;
        shop.fill(textbox("Phone"), "555-800-1777").await;
        shop.fill(textbox("Role"), "Engineering").await;
        shop.click(button("Save contact")).await;
        shop.reads(entry("Ada Byron"), "Engineering").await;
        let href = shop.property(link("555-800-1777"), "href").await;
        assert_eq!(href, "tel:5558001777");
        shop.click(button("Edit Ms. Jane Smith")).await;
        shop.fill(textbox("Phone"), "555-800-1888").await;
        shop.click(button("Save contact")).await;
        shop.see(link("555-800-1888")).await;
        shop.click(button("Make primary: Ada Byron")).await;
        shop.reads(entry("Ada Byron"), "Primary").await;
        shop.click(button("Remove Ada Byron")).await;
        shop.gone(button("Edit Ada Byron")).await;
        shop.click(button("Undo")).await;
        shop.see(button("Edit Ada Byron")).await;
        let contacts = acme(shop).await["contacts"].clone();
        assert_eq!(contacts[0]["externalId"], "CON-001");
        assert_eq!(contacts[0]["phone"], "555-800-1888");
        assert_eq!(contacts[0]["isPrimary"], false);
        assert_eq!(contacts[0]["fax"], "", "what was not touched stays");
        assert_eq!(contacts[3]["firstName"], "Ada");
        assert_eq!(contacts[3]["isPrimary"], true);
    });
}

#[test]
fn a_country_decides_what_an_address_has() {
    run(Setup::default(), async |shop| {
        open(shop).await;
        shop.click(button("Add an address")).await;
        let country = role("combobox").named("Country");
        assert_eq!(shop.value(country.clone()).await, "US");
        shop.choose(country, "Germany").await;
        shop.gone(textbox("State")).await;
        shop.fill(textbox("Street address"), "Königsallee 1").await;
        shop.fill(textbox("City"), "Düsseldorf").await;
        shop.fill(textbox("Postal code"), "D-40212").await;
        shop.click(button("Save address")).await;
        shop.see(entry("Königsallee 1, Düsseldorf, 40212, Germany"))
            .await;
        assert_eq!(acme(shop).await["addresses"][3]["country"], "DE");
    });
}

#[test]
fn by_keyboard_alone() {
    run(Setup::default(), async |shop| {
        open(shop).await;
        shop.tab_to("button “Add an address”").await;
        shop.press(Key::Enter).await;
        shop.focus_is("combobox “Country”").await;
        shop.tab_back_to("radio “Shipping”").await;
        shop.press(Key::Down).await;
        shop.tab_to("textbox “Street address”").await;
        shop.type_text("1 Main Street").await;
        for (field, text) in [
            ("City", "Houston"),
            ("State", "TX"),
            ("Postal code", "77001"),
        ] {
            shop.tab_to(&format!("textbox “{field}”")).await;
            shop.type_text(text).await;
        }
        shop.press(Key::Enter).await;
        shop.reads(entry("1 Main Street"), "Billing").await;
        shop.focus_is("heading “Addresses”").await;
        let name = "1 Main Street, Houston, TX, 77001, United States";
        shop.tab_to(&format!("button “Make primary: {name}”")).await;
        shop.press(Key::Space).await;
        shop.gone(button(&format!("Make primary: {name}"))).await;
        shop.tab_to(&format!("button “Remove {name}”")).await;
        shop.press(Key::Enter).await;
        shop.gone(button(&format!("Remove {name}"))).await;
        shop.focus_is("heading “Addresses”").await;
    });
}

/// Nothing typed into the account is lost by a reload.
#[test]
fn a_form_that_is_open_survives_a_reload() {
    run(Setup::default(), async |shop| {
        open(shop).await;
        // A new address, of another kind and country.
        shop.click(button("Add an address")).await;
        shop.click(role("radio").named("Billing")).await;
        shop.choose(role("combobox").named("Country"), "Germany")
            .await;
        shop.fill(textbox("Street address"), "Königsallee 1").await;
        // An entry that is being changed.
        shop.click(button("Edit Ms. Jane Smith")).await;
        shop.fill(textbox("Role"), "Head of purchasing").await;
        // The company, with a mistake in it.
        shop.click(button("Edit e-mail, phone and fax")).await;
        let company = || role("form").named("Company");
        shop.fill(textbox("Phone").inside(company()), "555-800-1")
            .await;
        shop.fill(textbox("Fax").inside(company()), "no number")
            .await;
        shop.reload().await;
        shop.see(entry("8800 Burleson Road")).await;
        shop.see(role("heading").named("New address")).await;
        shop.has_value(textbox("Street address"), "Königsallee 1")
            .await;
        shop.has_value(role("combobox").named("Country"), "DE")
            .await;
        let billing = role("radio").named("Billing");
        assert_eq!(shop.property(billing, "checked").await, json!(true));
        shop.has_value(textbox("Role"), "Head of purchasing").await;
        shop.has_value(textbox("Phone").inside(company()), "555-800-1")
            .await;
        shop.has_value(textbox("Fax").inside(company()), "no number")
            .await;
        // Also through another screen; and what is saved or given up is forgotten.
        shop.click(link("Catalog")).await;
        shop.see(role("heading").named("Catalog")).await;
        shop.click(link("Account")).await;
        shop.has_value(textbox("Role"), "Head of purchasing").await;
        shop.click(button("Save contact")).await;
        shop.see(entry("Head of purchasing")).await;
        let customer = acme(shop).await;
        assert_eq!(customer["contacts"][0]["externalId"], "CON-001");
        assert_eq!(customer["contacts"].as_array().unwrap().len(), 3);
        shop.click(button("Cancel").inside(role("form").named("New address")))
            .await;
        shop.fill(textbox("Fax").inside(company()), "").await;
        shop.click(button("Save").inside(company())).await;
        shop.see(link("555-800-1")).await;
        shop.reload().await;
        shop.see(entry("8800 Burleson Road")).await;
        shop.gone(textbox("Street address")).await;
        shop.gone(textbox("Role")).await;
        shop.see(button("Edit e-mail, phone and fax")).await;
        assert!(!shop.stored().await.contains("account-draft"));
        // A form that was opened and not touched is not kept, and a sign-out forgets all of it.
        shop.click(button("Add an address")).await;
        type_address(shop, "1 Main Street").await;
        shop.click(button("Sign out")).await;
        shop.see(role("heading").named("Sign in")).await;
        assert!(!shop.stored().await.contains("Main Street"));
    });
}
