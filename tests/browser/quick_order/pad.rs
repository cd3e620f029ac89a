//! Typing, arrows, pasting, mending, undoing.

use serde_json::json;
use thirtyfour::{Key, TypingData};

use super::{open, paste, quantity, sku, type_line};
use crate::harness::{Setup, Shop, button, link, role, run, textbox};

async fn chord(shop: &Shop, held: &[Key], key: &str) {
    let mut keys = shop.driver.action_chain();
    for held in held {
        keys = keys.key_down(held.clone());
    }
    keys = keys.send_keys(TypingData::from(key));
    for held in held {
        keys = keys.key_up(held.clone());
    }
    keys.perform().await.expect("keys pressed");
}

#[test]
fn an_order_without_the_mouse() {
    run(Setup::default(), async |shop| {
        open(shop).await;
        shop.tab_to("combobox “SKU, line 1”").await;
        // Suggestions by name, chosen with the arrows.
        shop.type_text("blue wid").await;
        shop.see(role("option").holding("WIDGET-BLU-L")).await;
        shop.press(Key::Down).await;
        shop.press(Key::Enter).await;
        shop.focus_is("textbox “Quantity, line 1”").await;
        shop.has_value(sku(1), "WIDGET-BLU-L").await;
        shop.type_text("60").await;
        shop.press(Key::Enter).await;
        shop.focus_is("combobox “SKU, line 2”").await;
        shop.sees("Blue Widget — Large").await;
        shop.sees("$960.00").await;
        shop.type_text("widget-red-m").await;
        shop.press(Key::Escape).await;
        // Keys of an input method are its own: it confirms a word, and Safari says so by the code alone.
        let composing = "for (const key of ['Enter', 'ArrowDown', 'Tab', 'Escape']) for (const how of [{ isComposing: true }, { keyCode: 229 }]) { \
             const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...how }); \
             if (!document.activeElement.dispatchEvent(event)) return key; } return document.activeElement.value";
        assert_eq!(shop.script(composing).await, "widget-red-m");
        shop.focus_is("combobox “SKU, line 2”").await;
        shop.press(Key::Tab).await;
        shop.focus_is("textbox “Quantity, line 2”").await;
        shop.has_value(sku(2), "WIDGET-RED-M").await;
        shop.type_text("5").await;
        shop.press(Key::Up).await;
        shop.focus_is("textbox “Quantity, line 1”").await;
        shop.press(Key::Down).await;
        shop.focus_is("textbox “Quantity, line 2”").await;
        shop.sees("2 lines are ready").await;
        // However many lines there are, the way past them is short, and there is one way in.
        shop.press(Key::Tab).await;
        shop.focus_is("button “Add all to cart”").await;
        chord(shop, &[Key::Shift], &String::from(Key::Tab.value())).await;
        shop.focus_is("textbox “Quantity, line 2”").await;
        let stops = "return document.querySelectorAll('[role=grid] :is([tabindex=\"0\"], :is(button, input):not([tabindex]))').length";
        assert_eq!(shop.script(stops).await, 1);
        // The arrows lead on to the buttons of a line from the end of its text, and back.
        shop.press(Key::End).await;
        shop.press(Key::Right).await;
        shop.focus_is("button “Remove line 2”").await;
        shop.press(Key::Left).await;
        shop.focus_is("textbox “Quantity, line 2”").await;
        chord(shop, &[Key::Control], &String::from(Key::Enter.value())).await;
        shop.sees("2 products are in the cart.").await;
        assert_eq!(shop.api.quantity_of("WIDGET-BLU-L").await, 60);
        assert_eq!(shop.api.quantity_of("WIDGET-RED-M").await, 5);
        shop.has_value(sku(1), "").await;
        // And back again.
        shop.click(button("Take them out again")).await;
        shop.has_value(sku(1), "WIDGET-BLU-L").await;
        shop.until("the cart is as before", async || {
            shop.api.quantity_of("WIDGET-BLU-L").await == 0
                && shop.api.quantity_of("WIDGET-RED-M").await == 0
        })
        .await;
    });
}

#[test]
fn lines_become_a_list_with_their_mistakes_left_behind() {
    run(Setup::default(), async |shop| {
        open(shop).await;
        shop.gone(button("Save as a list")).await;
        type_line(shop, 1, "NO-SUCH-SKU", "1").await;
        shop.sees("There is no product with this SKU.").await;
        shop.click(button("Save as a list")).await;
        shop.sees("No line names a product yet that could go on a list.")
            .await;
        type_line(shop, 2, "WIDGET-BLU-L", "60").await;
        shop.sees("$960.00").await;
        shop.click(button("Save as a list")).await;
        let dialog = || role("dialog").named("Save as a list");
        shop.reads(dialog(), "Blue Widget — Large").await;
        shop.fill(textbox("Name of the list").inside(dialog()), "Monday")
            .await;
        shop.click(button("Save").inside(dialog())).await;
        shop.click(link("View list")).await;
        shop.see(role("heading").named("Monday")).await;
        shop.has_value(role("spinbutton").named("Quantity for WIDGET-BLU-L"), "60")
            .await;
        // The pad is as it was.
        shop.open_path("/quick-order").await;
        shop.has_value(sku(1), "NO-SUCH-SKU").await;
        shop.has_value(quantity(2), "60").await;
    });
}

#[test]
fn what_is_wrong_is_said_and_mended() {
    run(Setup::default(), async |shop| {
        shop.api
            .put_product(&json!({
                "sku": "PACK-6", "name": "Pack of six", "price": 2, "minimumOrderQuantity": 12,
                "quantityIncrement": 6, "quantityOnHand": 1000, "prices": [{ "tier": "Wholesale", "price": 2, "atQuantity": 1 }],
            }))
            .await;
        open(shop).await;
        type_line(shop, 1, "PACK-6", "20").await;
        shop.sees("Sold in multiples of 6. Order 18 or 24.").await;
        shop.click(button("Round up to 24")).await;
        shop.has_value(quantity(1), "24").await;
        shop.sees("$48.00").await;
        type_line(shop, 2, "PACK-6", "12").await;
        shop.sees("Also in line 1").await;
        type_line(shop, 3, "WIDGET-BLU-XXL", "1").await;
        shop.sees("There is no product with this SKU.").await;
        shop.click(button("Did you mean WIDGET-BLU-L?")).await;
        shop.has_value(sku(3), "WIDGET-BLU-L").await;
        shop.click(button("Merge into line 1")).await;
        shop.has_value(quantity(1), "36").await;
        shop.has_value(sku(2), "").await;
        type_line(shop, 4, "1E+05", "1").await;
        shop.sees("A spreadsheet has turned this SKU into a number or a date.")
            .await;
        type_line(shop, 5, "", "7").await;
        shop.sees("Enter a SKU.").await;
        shop.sees("2 lines are ready").await;
        shop.sees("2 lines need attention").await;
        // A fraction has its next quantities, and nothing is said against what is still being typed.
        let typing = "const done = arguments[0]; const field = document.querySelector('[data-row=\"0\"][data-column=\"1\"]'); \
             const invalid = () => field.getAttribute('aria-invalid'); \
             field.focus(); field.value = '20'; field.dispatchEvent(new Event('input', { bubbles: true })); \
             setTimeout(() => { const early = invalid(); setTimeout(() => done([early, invalid()]), 1200); }, 400)";
        let said = shop.driver.execute_async(typing, vec![]).await;
        assert_eq!(*said.expect("typed").json(), json!([null, "true"]));
        shop.fill_and_leave(quantity(1), "20.5").await;
        shop.sees("3 lines need attention").await;
        shop.see(button("Round up to 24")).await;
        shop.fill_and_leave(quantity(1), "36").await;
        shop.gone(button("Round up to 24")).await;
        // What is good goes, what is not stays.
        shop.click(button("Add all to cart")).await;
        shop.sees("2 products are in the cart.").await;
        assert_eq!(shop.api.quantity_of("PACK-6").await, 36);
        shop.sees("2 lines need attention").await;
        shop.see(link("View the cart")).await;
    });
}

#[test]
fn whatever_a_sku_looks_like_it_is_found() {
    run(Setup::default(), async |shop| {
        open(shop).await;
        // A SKU and a quantity in one cell; full width; barcodes as they are scanned and mangled.
        for (line, typed, becomes, pieces) in [
            (1, "WIDGET-BLU-L x 20", "WIDGET-BLU-L", "20"),
            (2, "20 pcs widget-red-m", "WIDGET-RED-M", "20"),
            (3, "ＷＩＤＧＥＴ－ＢＬＵ－Ｌ", "WIDGET-BLU-L", ""),
            (4, "0012345678905", "0012345678905", ""),
            (5, "]C1010001234567890510LOT", "WIDGET-BLU-L", ""),
            (6, "space\u{a0}sku 7", "SPACE SKU 7", ""),
        ] {
            shop.fill_and_leave(sku(line), typed).await;
            shop.has_value(sku(line), becomes).await;
            shop.has_value(quantity(line), pieces).await;
        }
        shop.sees("2 lines are ready").await;
        // With another quantity it is offered, and a wrong check digit is said.
        shop.fill_and_leave(quantity(7), "7").await;
        shop.fill_and_leave(sku(7), "WIDGET-BLU-L (5)").await;
        shop.click(button("Use SKU WIDGET-BLU-L, quantity 5")).await;
        shop.has_value(quantity(7), "5").await;
        type_line(shop, 8, "012345678906", "1").await;
        shop.sees("Read as a barcode, its check digit is wrong.")
            .await;
        // Undone, the text is as it was typed, and is left alone.
        shop.click(sku(1)).await;
        for _ in 0..40 {
            chord(shop, &[Key::Control], "z").await;
            if shop.value(sku(1)).await.is_empty() {
                break;
            }
        }
        shop.has_value(sku(1), "").await;
    });
}

#[test]
fn blocks_are_pasted_anywhere_and_everything_is_undone() {
    run(Setup::default(), async |shop| {
        open(shop).await;
        type_line(shop, 1, "WIDGET-BLU-L", "1").await;
        shop.click(quantity(1)).await;
        paste(shop, "12\n24\n").await;
        shop.has_value(quantity(1), "12").await;
        shop.has_value(quantity(2), "24").await;
        shop.click(sku(2)).await;
        paste(shop, "WIDGET-RED-M\t6\r\nWIDGET-BLU-L\t7\r\n").await;
        shop.has_value(quantity(2), "6").await;
        shop.has_value(sku(3), "WIDGET-BLU-L").await;
        chord(shop, &[Key::Control], "z").await;
        shop.has_value(quantity(2), "24").await;
        shop.has_value(sku(3), "").await;
        chord(shop, &[Key::Control], "z").await;
        shop.has_value(quantity(1), "1").await;
        chord(shop, &[Key::Control], "y").await;
        shop.has_value(quantity(2), "24").await;
        chord(shop, &[Key::Control, Key::Shift], "z").await;
        shop.has_value(sku(3), "WIDGET-BLU-L").await;
        shop.click(button("Remove line 2")).await;
        shop.has_value(sku(2), "WIDGET-BLU-L").await;
        shop.click(button("Clear all lines")).await;
        shop.has_value(sku(1), "").await;
        shop.click(button("Undo").inside(role("list").named("Notices")))
            .await;
        shop.has_value(sku(2), "WIDGET-BLU-L").await;
    });
}

#[test]
fn lines_of_one_product_are_priced_together_and_mended_where_that_helps() {
    run(Setup::default(), async |shop| {
        open(shop).await;
        shop.click(sku(1)).await;
        // From fifty on it is $16.00 instead of $18.50.
        paste(shop, "WIDGET-BLU-L\t25\nWIDGET-RED-M\t1\nWIDGET-BLU-L\t25").await;
        shop.sees("$815.00").await;
        shop.see(button("Merge into line 1")).await;
        // What is no number cannot be added to anything.
        shop.fill_and_leave(quantity(3), "-3").await;
        shop.gone(button("Merge into line 1")).await;
        shop.sees("$477.50").await;
        shop.fill_and_leave(quantity(3), "25").await;
        shop.click(button("Merge into line 1")).await;
        shop.has_value(quantity(1), "50").await;
        shop.focus_is("textbox “Quantity, line 1”").await;
        // What a notice offers to undo is the last step only.
        shop.click(button("Clear all lines")).await;
        let notices = || role("list").named("Notices");
        shop.see(button("Undo").inside(notices())).await;
        shop.fill_and_leave(sku(1), "WIDGET-RED-M").await;
        shop.gone(button("Undo").inside(notices())).await;
    });
}

#[test]
fn a_scanner_types_anywhere() {
    run(Setup::default(), async |shop| {
        open(shop).await;
        shop.click(role("heading").named("Quick order")).await;
        // The UPC of the blue widget, as fast as a scanner, and Enter.
        for times in 1..=2 {
            let script = "for (const key of [...'012345678905', 'Enter']) \
                 document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));";
            shop.script(script).await;
            shop.has_value(quantity(1), &times.to_string()).await;
            shop.sees("Blue Widget — Large").await;
        }
        shop.sees("$37.00").await;
        shop.click(button("Add all to cart")).await;
        shop.sees("1 product is in the cart.").await;
        assert_eq!(shop.api.quantity_of("WIDGET-BLU-L").await, 2);
    });
}

#[test]
fn a_camera_reads_barcodes_where_the_browser_can() {
    run(Setup::default(), async |shop| {
        // A camera and a reader that see the blue widget once.
        shop.before_each_page(
            "window.BarcodeDetector = class { async detect() { \
               if (window.seen) return []; window.seen = true; return [{ rawValue: '012345678905' }]; } }; \
             Object.defineProperty(navigator, 'mediaDevices', { configurable: true, value: { getUserMedia: async () => \
               document.createElement('canvas').captureStream() } });",
        )
        .await;
        open(shop).await;
        shop.click(button("Scan")).await;
        shop.see(role("dialog").named("Scan")).await;
        shop.sees("012345678905 scanned: line 1").await;
        shop.click(button("Done")).await;
        shop.gone(role("dialog").named("Scan")).await;
        shop.has_value(quantity(1), "1").await;
        shop.sees("Blue Widget — Large").await;
    });
}
