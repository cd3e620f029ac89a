//! The order pad: typed, pasted, uploaded, scanned; kept; and into the cart.

mod intake;
mod kept;
mod looks;
mod pad;
mod resent;
mod two_thousand;

pub(crate) use two_thousand::lines;

use serde_json::Value;

use crate::harness::{Shop, Target, role};

/// The field for a line's SKU.
pub(crate) fn sku(line: usize) -> Target {
    role("combobox").named(&format!("SKU, line {line}"))
}

/// The field for a line's quantity.
pub(crate) fn quantity(line: usize) -> Target {
    role("textbox").named(&format!("Quantity, line {line}"))
}

/// The pad as the buyer of `ACME-001`.
pub(crate) async fn open(shop: &Shop) {
    // A SKU that does not exist is asked for.
    shop.expect_status(404);
    shop.open_as_acme("/quick-order").await;
    shop.see(sku(1)).await;
}

/// Pastes text where the focus is.
pub(crate) async fn paste(shop: &Shop, text: &str) {
    let script = "const data = new DataTransfer(); data.setData('text', arguments[0]); \
         const event = new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }); \
         const taken = !document.activeElement.dispatchEvent(event); \
         if (!taken) document.execCommand('insertText', false, arguments[0]);";
    let pasted = shop.driver.execute(script, vec![Value::from(text)]).await;
    pasted.expect("pasted");
}

/// Types a line where there is none yet.
async fn type_line(shop: &Shop, line: usize, code: &str, pieces: &str) {
    shop.fill(sku(line), code).await;
    shop.fill_and_leave(quantity(line), pieces).await;
}
