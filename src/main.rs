//! Starts the storefront in the browser.

fn main() {
    storefront::start();
}
