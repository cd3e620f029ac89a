//! Who buys, as far as prices depend on it.

use nymble_wire::Product;

/// What the token says about the buyer's prices.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Buyer {
    /// The price tier's name.
    pub tier: Option<String>,
    /// Currency, ISO 4217; used where a product does not name its own.
    pub currency: String,
}

impl Buyer {
    /// The price tier's name.
    pub fn tier(&self) -> Option<&str> {
        self.tier.as_deref()
    }

    /// The currency of a product's prices.
    pub fn currency_of<'a>(&'a self, product: &'a Product) -> &'a str {
        product.currency_code.as_deref().unwrap_or(&self.currency)
    }
}
