//! Who buys, as far as prices depend on it.

use nymble_wire::Product;

/// What is known about the buyer's prices: from the token, or from the record of the customer that the
/// token's bearer acts for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Buyer {
    /// The price tier's name.
    pub tier: Option<String>,
    /// Currency, ISO 4217; used where a product does not name its own.
    pub currency: String,
    /// Whether somebody else's token asks for this buyer. The server resolves a product's `price`, and
    /// chooses the currency of its `prices`, for the token; so the one is not this buyer's, and the others
    /// only where the currency is the same.
    pub acted_for: bool,
}

impl Buyer {
    /// The price tier's name.
    pub fn tier(&self) -> Option<&str> {
        self.tier.as_deref()
    }

    /// The currency of a product's prices, as far as they are the buyer's.
    pub fn currency_of<'a>(&'a self, product: &'a Product) -> &'a str {
        match &product.currency_code {
            Some(currency) if !self.acted_for || self.currency.is_empty() => currency,
            _ => &self.currency,
        }
    }

    /// Whether the product's `prices` are in the buyer's currency.
    ///
    /// Assumption: the entries of `prices` name no currency; they are in that of the product's
    /// `currencyCode`, which the server takes from the token, or from the organisation where the token (a
    /// rep's, an administrator's) has none. A customer whose record names no currency buys in that one. A
    /// product that names none shows no price to somebody who acts for a customer with one.
    pub fn can_read_prices(&self, product: &Product) -> bool {
        let named = product.currency_code.as_deref();
        !self.acted_for
            || self.currency.is_empty()
            || named.is_some_and(|named| named.eq_ignore_ascii_case(&self.currency))
    }
}
