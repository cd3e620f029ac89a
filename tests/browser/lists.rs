//! Order lists: made from everywhere, edited, shared, ordered from, in two tabs at once.

use serde_json::json;
use thirtyfour::{By, Key, TypingData};

use crate::{
    accessibility::audit,
    harness::{Setup, Shop, Target, button, link, role, run, textbox},
    orders::{keep_files, place, saved, without},
};

fn quantity_for(sku: &str) -> Target {
    role("spinbutton").named(&format!("Quantity for {sku}"))
}

fn lines() -> Target {
    role("table").named("Lines of the list")
}

fn in_dialog(target: Target) -> Target {
    target.inside(role("dialog").named("Save as a list"))
}

/// Saves a cart of these lines as a list through the screens; the list's screen is open afterwards.
pub(crate) async fn list_of(shop: &Shop, name: &str, lines_of: &[(&str, u32)]) {
    shop.api.fill_cart(lines_of).await;
    shop.open_as_acme("/cart").await;
    shop.click(button("Save as a list")).await;
    shop.fill(in_dialog(textbox("Name of the list")), name)
        .await;
    shop.click(in_dialog(button("Save"))).await;
    shop.click(link("View list")).await;
    shop.see(role("heading").named(name)).await;
    shop.see(lines()).await;
}

/// The SKUs of the list on the screen, in their order.
async fn order_of(shop: &Shop) -> Vec<String> {
    let script =
        "return [...document.querySelectorAll('.list-lines .sku')].map((it) => it.textContent)";
    let skus = shop.script(script).await;
    let skus = skus.as_array().cloned().unwrap_or_default();
    skus.iter()
        .map(|sku| sku.as_str().unwrap_or_default().to_owned())
        .collect()
}

/// Waits until the database holds `text`, or does not hold it any more: it is written behind the screen, and
/// a page that is left before that has not written it.
async fn kept(shop: &Shop, text: &str, there: bool) {
    let script = "const done = arguments[0]; const open = indexedDB.open('nymble'); \
         open.onsuccess = () => { const base = open.result; \
           const all = base.transaction('lists').objectStore('lists').getAll(); \
           all.onsuccess = () => { base.close(); done(all.result.join(' ')); }; };";
    shop.until(&format!("{text} kept: {there}"), async || {
        let all = shop.driver.execute_async(script, vec![]).await.unwrap();
        all.json().as_str().unwrap_or_default().contains(text) == there
    })
    .await;
}

async fn order_is(shop: &Shop, skus: &[&str]) {
    shop.until(&format!("the lines {skus:?}"), async || {
        order_of(shop).await == skus
    })
    .await;
}

#[test]
fn a_cart_an_order_and_a_product_go_on_lists() {
    run(Setup::default(), async |shop| {
        let number = place(shop, &[("WIDGET-BLU-L", 10), ("WIDGET-BLU-M", 12)]).await;
        list_of(shop, "Weekly", &[("WIDGET-RED-M", 5)]).await;
        order_is(shop, &["WIDGET-RED-M"]).await;
        shop.has_value(quantity_for("WIDGET-RED-M"), "5").await;
        shop.reads(lines(), "$15.00").await;
        // More of the same and of others, from an order.
        shop.open_path(&format!("/orders/{number}")).await;
        shop.click(button("Save as a list")).await;
        shop.has_value(
            in_dialog(textbox("Name of the list")),
            &format!("Order {number}"),
        )
        .await;
        shop.choose(in_dialog(role("combobox").named("List")), "Weekly")
            .await;
        shop.gone(textbox("Name of the list")).await;
        shop.click(in_dialog(button("Save"))).await;
        shop.sees("Put 2 lines on the list “Weekly”.").await;
        kept(shop, "WIDGET-BLU-M", true).await;
        shop.focus_is("button “Save as a list”").await;
        // And a product.
        shop.open_path("/products/WIDGET-RED-M").await;
        shop.fill(role("spinbutton").named("Quantity"), "3").await;
        shop.click(button("Add to list")).await;
        shop.choose(in_dialog(role("combobox").named("List")), "Weekly")
            .await;
        shop.click(in_dialog(button("Save"))).await;
        shop.click(link("View list")).await;
        order_is(shop, &["WIDGET-RED-M", "WIDGET-BLU-L", "WIDGET-BLU-M"]).await;
        shop.has_value(quantity_for("WIDGET-RED-M"), "8").await;
        // It is all there the next time.
        shop.reload().await;
        order_is(shop, &["WIDGET-RED-M", "WIDGET-BLU-L", "WIDGET-BLU-M"]).await;
        shop.click(link("Lists").inside(role("navigation").named("Main")))
            .await;
        shop.reads(role("listitem").holding("Weekly"), "3 lines")
            .await;
    });
}

#[test]
fn a_list_is_edited_and_everything_can_be_taken_back() {
    run(Setup::default(), async |shop| {
        let three = [
            ("WIDGET-BLU-L", 10),
            ("WIDGET-BLU-M", 12),
            ("WIDGET-RED-M", 5),
        ];
        list_of(shop, "Weekly", &three).await;
        shop.fill_and_leave(quantity_for("WIDGET-BLU-L"), "25")
            .await;
        shop.click(button("Move WIDGET-RED-M up")).await;
        order_is(shop, &["WIDGET-BLU-L", "WIDGET-RED-M", "WIDGET-BLU-M"]).await;
        shop.focus_is("button “Move WIDGET-RED-M up”").await;
        shop.click(button("Remove WIDGET-RED-M")).await;
        order_is(shop, &["WIDGET-BLU-L", "WIDGET-BLU-M"]).await;
        shop.click(button("Undo")).await;
        order_is(shop, &["WIDGET-BLU-L", "WIDGET-RED-M", "WIDGET-BLU-M"]).await;
        shop.fill_and_leave(textbox("Name of the list"), "Dock B")
            .await;
        shop.see(role("heading").named("Dock B")).await;
        shop.fill_and_leave(textbox("Name of the list"), " ").await;
        shop.sees("Please give the list a name.").await;
        kept(shop, "\"Dock B\"", true).await;
        shop.reload().await;
        shop.see(role("heading").named("Dock B")).await;
        shop.has_value(quantity_for("WIDGET-BLU-L"), "25").await;
        order_is(shop, &["WIDGET-BLU-L", "WIDGET-RED-M", "WIDGET-BLU-M"]).await;
        shop.click(button("Duplicate")).await;
        shop.see(role("heading").named("Dock B (2)")).await;
        shop.click(button("Delete list")).await;
        shop.is_at("/lists").await;
        shop.sees("Deleted the list “Dock B (2)”.").await;
        shop.gone(link("Dock B (2)")).await;
        shop.click(button("Undo")).await;
        shop.see(link("Dock B (2)")).await;
        shop.click(button("Delete Dock B")).await;
        shop.gone(link("Dock B")).await;
        kept(shop, "\"Dock B\"", false).await;
        shop.reload().await;
        shop.see(link("Dock B (2)")).await;
        shop.gone(link("Dock B")).await;
    });
}

#[test]
fn ordering_from_a_list_says_first_what_has_changed() {
    run(Setup::default(), async |shop| {
        list_of(shop, "Weekly", &[("WIDGET-BLU-L", 10), ("WIDGET-RED-M", 5)]).await;
        shop.click(button("Order from this list")).await;
        shop.sees("Nothing has changed since these products were put on the list.")
            .await;
        shop.click(button("Cancel")).await;
        let dearer = json!({ "sku": "WIDGET-RED-M", "quantityOnHand": 2 });
        shop.api.put_product(&dearer).await;
        shop.click(button("Order from this list")).await;
        shop.sees("One product has changed since it was put on the list.")
            .await;
        shop.sees("Only 2 in stock").await;
        shop.focus_is("heading “Order from this list”").await;
        shop.click(role("checkbox").beginning("Red Widget")).await;
        shop.click(button("Add to cart")).await;
        shop.sees("Added 1 product to the cart.").await;
        shop.until("twenty in the cart", async || {
            shop.api.quantity_of("WIDGET-BLU-L").await == 20
        })
        .await;
        assert_eq!(shop.api.quantity_of("WIDGET-RED-M").await, 5);
    });
}

/// Another customer's lists are not shown.
#[test]
fn a_list_goes_by_link_and_by_file() {
    run(Setup::default(), async |shop| {
        keep_files(shop).await;
        list_of(
            shop,
            "Weekly & more",
            &[("WIDGET-BLU-L", 10), ("WIDGET-RED-M", 5)],
        )
        .await;
        shop.click(button("Share")).await;
        let shared = shop.value(textbox("Link")).await;
        shop.focus_is("textbox “Link”").await;
        assert!(
            !shared.contains("15.00") && !shared.contains("ACME"),
            "{shared}"
        );
        let path = shared.strip_prefix(&shop.site()).unwrap().to_owned();
        shop.click(button("Close")).await;
        shop.focus_is("button “Share”").await;
        shop.click(button("Download CSV")).await;
        let rows = saved(shop, 1).await;
        assert_eq!(
            rows[0],
            ["SKU", "Name", "Quantity", "Unit price", "Currency"]
        );
        assert_eq!(rows[1][0], "WIDGET-BLU-L");
        assert_eq!(rows[1][2..], ["10", "18.50", "USD"]);
        assert_eq!(
            shop.script("return window.savedAs").await,
            "Weekly-more.csv"
        );
        shop.click(button("Download list file")).await;
        shop.until("the file", async || {
            shop.script("return window.saved.length").await == 2
        })
        .await;
        let file = shop.script("return window.saved.at(-1)").await;
        // Somebody else, who has to sign in first.
        shop.click(button("Sign out")).await;
        shop.see(role("heading").named("Sign in")).await;
        shop.open_path(&path).await;
        shop.sign_in("riviera-buyer", "sandbox").await;
        shop.see(role("heading").named("Received list")).await;
        shop.has_value(textbox("Name of the list"), "Weekly & more")
            .await;
        shop.reads(role("table").named("Received list"), "WIDGET-BLU-L 10")
            .await;
        // Nothing of the other customer's.
        shop.gone(link("Weekly & more")).await;
        shop.sees("There are no lists yet.").await;
        shop.click(button("Save list")).await;
        shop.see(role("heading").named("Weekly & more")).await;
        order_is(shop, &["WIDGET-BLU-L", "WIDGET-RED-M"]).await;
        // By file: into a field as the browser's own file picker fills it.
        shop.open_path("/lists").await;
        shop.see(link("Weekly & more")).await;
        give_file(shop, "weekly.json", file.as_str().unwrap()).await;
        shop.see(role("heading").named("Received list")).await;
        shop.click(button("Discard")).await;
        shop.gone(role("heading").named("Received list")).await;
        give_file(shop, "other.json", "{}").await;
        shop.sees("other.json holds no list that can be read.")
            .await;
        give_file(
            shop,
            "stock.csv",
            "SKU;Qty\r\nWIDGET-BLU-L;12\r\nWIDGET-RED-M;\r\nGADGET 7;3 pcs\r\n",
        )
        .await;
        shop.has_value(textbox("Name of the list"), "stock").await;
        shop.reads(role("table").named("Received list"), "WIDGET-RED-M 1")
            .await;
        shop.click(button("Save list")).await;
        order_is(shop, &["WIDGET-BLU-L", "WIDGET-RED-M", "GADGET 7"]).await;
        shop.has_value(quantity_for("GADGET 7"), "3").await;
        // What quick order reads, lists read as well: a workbook, with a look at what is hidden in it.
        shop.open_path("/lists").await;
        shop.see(link("stock")).await;
        let workbook = include_bytes!("../data/filtered.xlsx");
        give_bytes(shop, "filtered.xlsx", workbook).await;
        shop.sees("2 hidden rows are left out.").await;
        shop.click(button("Show 2 lines as a list")).await;
        shop.reads(role("table").named("Received list"), "WIDGET-RED-M 24")
            .await;
        shop.click(button("Discard")).await;
        give_bytes(shop, "list.pdf", b"%PDF-1.7").await;
        shop.sees("list.pdf is a PDF.").await;
        shop.open_path("/lists#list=1~cut").await;
        shop.see(role("heading").named("Received list")).await;
        shop.open_path("/orders").await;
        shop.open_path("/lists#list=1~cut~A").await;
        shop.sees("It may have been cut off on its way.").await;
        shop.click(button("Close")).await;
        shop.is_at("/lists").await;
    });
}

/// Puts a file with this text into the field for files.
async fn give_file(shop: &Shop, name: &str, text: &str) {
    give_bytes(shop, name, text.as_bytes()).await;
}

/// Puts a file with these bytes into the field for files.
async fn give_bytes(shop: &Shop, name: &str, bytes: &[u8]) {
    let field = shop.driver.find(By::Css("input[type=file]")).await.unwrap();
    let script = format!(
        "const files = new DataTransfer(); \
         files.items.add(new File([new Uint8Array({})], {})); arguments[0].files = files.files; \
         arguments[0].dispatchEvent(new Event('change', {{ bubbles: true }}))",
        json!(bytes),
        json!(name)
    );
    shop.run_on(&field, &script).await;
}

/// Two tabs follow each other's lists, and neither overwrites the other.
#[test]
fn two_tabs_follow_each_other_and_neither_overwrites_the_other() {
    run(Setup::default(), async |shop| {
        list_of(shop, "Weekly", &[("WIDGET-BLU-L", 10), ("WIDGET-RED-M", 5)]).await;
        let path = shop.path().await;
        let first = shop.tab().await;
        let second = shop.new_tab(&path).await;
        shop.fill_and_leave(quantity_for("WIDGET-BLU-L"), "20")
            .await;
        shop.to_tab(&first).await;
        shop.has_value(quantity_for("WIDGET-BLU-L"), "20").await;
        // From here on the first tab is deaf, as a tab is that the browser has put to sleep.
        shop.script("window.BroadcastChannel.prototype.dispatchEvent = () => false; \
             for (const type of ['message']) window.addEventListener(type, (it) => it.stopImmediatePropagation(), true);")
            .await;
        shop.to_tab(&second).await;
        write_behind(shop, &path, "WIDGET-BLU-L", 30).await;
        // What this tab has read is old now, and it does not know: both changes are kept.
        shop.fill_and_leave(quantity_for("WIDGET-RED-M"), "7").await;
        shop.has_value(quantity_for("WIDGET-BLU-L"), "30").await;
        shop.has_value(quantity_for("WIDGET-RED-M"), "7").await;
        // Both change the same line: the buyer chooses.
        write_behind(shop, &path, "WIDGET-RED-M", 99).await;
        shop.fill_and_leave(quantity_for("WIDGET-RED-M"), "8").await;
        shop.sees("WIDGET-RED-M: 8 here, 99 there").await;
        audit(shop, "list, changed in two tabs").await;
        shop.click(button("Take the other tab’s")).await;
        shop.has_value(quantity_for("WIDGET-RED-M"), "99").await;
        write_behind(shop, &path, "WIDGET-RED-M", 50).await;
        shop.fill_and_leave(quantity_for("WIDGET-RED-M"), "9").await;
        shop.sees("WIDGET-RED-M: 9 here, 50 there").await;
        shop.click(button("Keep what is here")).await;
        shop.sees_not("50 there").await;
        kept(shop, "\"quantity\":9,", true).await;
        shop.reload().await;
        shop.has_value(quantity_for("WIDGET-RED-M"), "9").await;
        shop.has_value(quantity_for("WIDGET-BLU-L"), "30").await;
    });
}

/// Changes a line of the list in the database as another tab does whose word has not come yet.
async fn write_behind(shop: &Shop, path: &str, sku: &str, quantity: u32) {
    let id = path.strip_prefix("/lists/").unwrap();
    let script = format!(
        "const done = arguments[0]; const open = indexedDB.open('nymble'); \
         open.onsuccess = () => {{ const base = open.result; \
           const objects = base.transaction('lists', 'readwrite').objectStore('lists'); \
           const keys = objects.getAllKeys(); keys.onsuccess = () => {{ \
             const key = keys.result.find((it) => it.endsWith({id})); \
             const read = objects.get(key); read.onsuccess = () => {{ \
               const space = read.result.indexOf(' '); \
               const list = JSON.parse(read.result.slice(space)); \
               list.lines.find((it) => it.sku === {sku}).quantity = {quantity}; \
               const revision = Number(read.result.slice(0, space)) + 1; \
               objects.put(revision + ' ' + JSON.stringify(list), key).onsuccess = () => {{ \
                 base.close(); done(revision); }}; }}; }}; }};",
        id = json!(id),
        sku = json!(sku),
    );
    let written = shop.driver.execute_async(&script, vec![]).await;
    assert!(written.unwrap().json().as_u64().unwrap() > 1);
}

#[test]
fn without_a_database_it_is_said_and_the_shop_goes_on() {
    run(Setup::default(), async |shop| {
        shop.before_each_page(
            "indexedDB.open = () => { throw new DOMException('no', 'SecurityError'); }",
        )
        .await;
        shop.open_as_acme("/lists").await;
        shop.sees("This browser keeps nothing for this site at the moment")
            .await;
        audit(shop, "lists, without a database").await;
        shop.open_path("/products/WIDGET-RED-M").await;
        shop.click(button("Add to list")).await;
        shop.sees("so your lists stay in this tab only").await;
        shop.click(in_dialog(button("Save"))).await;
        shop.gone(role("dialog")).await;
        shop.click(button("Add to cart")).await;
        shop.see(link("Cart, 1 line")).await;
    });
}

#[test]
fn where_lists_are_switched_off_there_are_none() {
    run(without("lists"), async |shop| {
        shop.api.fill_cart(&[("WIDGET-BLU-L", 10)]).await;
        shop.open_as_acme("/lists").await;
        shop.see(role("heading").named("Page not found")).await;
        shop.gone(link("Lists")).await;
        shop.open_path("/cart").await;
        shop.see(role("table").named("Cart items")).await;
        shop.gone(button("Save as a list")).await;
    });
}

#[test]
fn by_keyboard_alone() {
    run(Setup::default(), async |shop| {
        shop.open_as_acme("/lists").await;
        shop.sees("There are no lists yet.").await;
        shop.tab_to("textbox “New list”").await;
        shop.press(Key::Enter).await;
        shop.sees("Please give the list a name.").await;
        shop.focus_is("textbox “New list”").await;
        shop.type_text("Weekly").await;
        shop.press(Key::Enter).await;
        shop.focus_is("heading “Weekly”").await;
        shop.sees("Nothing is on this list yet.").await;
        for sku in ["WIDGET-BLU-L", "WIDGET-RED-M"] {
            shop.open_path(&format!("/products/{sku}")).await;
            shop.see(button("Add to list")).await;
            shop.tab_to("button “Add to list”").await;
            shop.press(Key::Enter).await;
            shop.focus_is("combobox “List”").await;
            shop.type_text("W").await;
            shop.tab_to("button “Save”").await;
            shop.press(Key::Enter).await;
            shop.sees("Put 1 line on the list “Weekly”.").await;
            kept(shop, sku, true).await;
            shop.focus_is("button “Add to list”").await;
        }
        shop.tab_to("link “View list”").await;
        shop.press(Key::Enter).await;
        shop.focus_is("heading “Weekly”").await;
        shop.tab_to("spinbutton “Quantity for WIDGET-RED-M”").await;
        let keys = shop.driver.action_chain().key_down(Key::Alt);
        let keys = keys.send_keys(TypingData::from(Key::Up)).key_up(Key::Alt);
        keys.perform().await.unwrap();
        order_is(shop, &["WIDGET-RED-M", "WIDGET-BLU-L"]).await;
        shop.focus_is("spinbutton “Quantity for WIDGET-RED-M”")
            .await;
        shop.tab_to("button “Move WIDGET-RED-M down”").await;
        shop.press(Key::Enter).await;
        order_is(shop, &["WIDGET-BLU-L", "WIDGET-RED-M"]).await;
        shop.focus_is("button “Move WIDGET-RED-M down”").await;
        shop.tab_to("button “Remove WIDGET-RED-M”").await;
        shop.press(Key::Enter).await;
        order_is(shop, &["WIDGET-BLU-L"]).await;
        shop.focus_is("button “Remove WIDGET-BLU-L”").await;
    });
}

#[test]
fn every_state_is_accessible() {
    run(Setup::default(), async |shop| {
        shop.open_as_acme("/lists").await;
        shop.sees("There are no lists yet.").await;
        audit(shop, "lists, empty").await;
        list_of(shop, "Weekly", &[("WIDGET-BLU-L", 10), ("WIDGET-RED-M", 5)]).await;
        audit(shop, "list").await;
        shop.click(button("Share")).await;
        shop.see(textbox("Link")).await;
        audit(shop, "list, shared").await;
        let shared = shop.value(textbox("Link")).await;
        shop.click(button("Close")).await;
        shop.click(button("Order from this list")).await;
        shop.sees("Nothing has changed").await;
        audit(shop, "list, ordering").await;
        shop.open_path("/lists").await;
        shop.see(link("Weekly")).await;
        audit(shop, "lists").await;
        let path = shared.strip_prefix(&shop.site()).unwrap().to_owned();
        shop.open_path("/orders").await;
        shop.open_path(&path).await;
        shop.see(role("heading").named("Received list")).await;
        audit(shop, "lists, received").await;
        shop.open_path("/lists/none").await;
        shop.sees("There is no such list on this device.").await;
        audit(shop, "lists, unknown").await;
        shop.open_path("/products/WIDGET-RED-M").await;
        shop.click(button("Add to list")).await;
        shop.see(in_dialog(button("Save"))).await;
        audit(shop, "lists, dialog").await;
    });
}
