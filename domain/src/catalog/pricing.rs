//! What a piece costs the buyer: the own tier's quantity breaks, and the way to the next one.

use nymble_wire::Product;
use rust_decimal::Decimal;

use super::buyer::Buyer;
use super::quantity::Rule;
use crate::values::money::Preview;

/// A unit price that holds from a quantity on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PriceBreak {
    /// The smallest quantity at which the price holds, in pieces, at least 1.
    pub at_quantity: u32,
    /// Price of one piece, in the buyer's currency.
    pub unit_price: Decimal,
}

/// The next quantity at which a piece becomes cheaper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NextBreak {
    /// How many pieces to add to get there.
    pub more: u32,
    /// The quantity to order, in pieces: the smallest orderable one that reaches the break.
    pub at_quantity: u32,
    /// Price of one piece at that quantity, in the buyer's currency.
    pub unit_price: Decimal,
    /// What the whole line at that quantity costs less than at the present unit price. `None` when
    /// that rounds to nothing.
    pub saving: Option<Preview>,
}

/// How the price of one piece is shown to a buyer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShownPrice {
    /// It is the buyer's own, in the buyer's currency.
    Own(Decimal),
    /// There is none at this quantity: whoever wants the product asks for one.
    OnRequest,
    /// The catalogue cannot show it, as its prices are in another currency than the buyer's: the cart can.
    InCartOnly,
    /// The product has not been read yet.
    Coming,
    /// The product could not be read.
    Failed,
}

/// How far the reading of a product is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// All is known that the API says of it.
    Done,
    /// More is on its way.
    Coming,
    /// What is missing could not be read.
    Failed,
}

impl ShownPrice {
    /// The buyer's own price.
    pub fn own(self) -> Option<Decimal> {
        match self {
            Self::Own(price) => Some(price),
            _ => None,
        }
    }

    /// Whether the product may be put into the cart at this price.
    ///
    /// Assumption: the server refuses what has no price. It knows prices of a customer that somebody who acts
    /// for that customer is not shown, so to that one an absent price forbids nothing. A price of zero is a price:
    /// what is given away can be ordered.
    pub fn may_be_ordered(self, buyer: &Buyer) -> bool {
        self != Self::OnRequest || buyer.acted_for
    }
}

/// How the price of one piece is shown when `quantity` pieces are ordered.
pub fn shown_price(
    product: &Product,
    buyer: &Buyer,
    quantity: u32,
    reading: Reading,
) -> ShownPrice {
    match (unit_price(product, buyer, quantity), reading) {
        (Some(price), _) => ShownPrice::Own(price),
        (None, Reading::Coming) => ShownPrice::Coming,
        (None, Reading::Failed) => ShownPrice::Failed,
        (None, Reading::Done) if buyer.can_read_prices(product) => ShownPrice::OnRequest,
        (None, Reading::Done) => ShownPrice::InCartOnly,
    }
}

/// Whether `quantity` pieces of a product that has been read may be put into the buyer's cart, as far as the product
/// and its price go. The one rule of catalogue, order pad, reorder and palette.
pub fn may_be_ordered(product: &Product, buyer: &Buyer, quantity: u32) -> bool {
    let price = shown_price(product, buyer, quantity, Reading::Done);
    product.active && price.may_be_ordered(buyer)
}

/// The quantities of `product` that can be ordered.
pub fn quantity_rule(product: &Product) -> Rule {
    Rule::new(product.minimum_order_quantity, product.quantity_increment)
}

/// The price breaks of the buyer's own tier as the product lists them, by ascending quantity.
///
/// Tier names match whatever their ASCII case. Of two entries for the same quantity the last wins;
/// a quantity of zero or less counts as 1. Empty without a tier, when the product names no price for
/// it, or only in another currency: then the product's own `price` holds at every quantity, if the
/// server resolved it for this buyer.
pub fn breaks(product: &Product, buyer: &Buyer) -> Vec<PriceBreak> {
    let mut breaks: Vec<PriceBreak> = Vec::new();
    let Some(tier) = buyer.tier().filter(|_| buyer.can_read_prices(product)) else {
        return breaks;
    };
    for entry in &product.prices {
        if !entry.tier.trim().eq_ignore_ascii_case(tier.trim()) {
            continue;
        }
        let at_quantity = u32::try_from(entry.at_quantity.max(1)).unwrap_or(u32::MAX);
        let found = PriceBreak {
            at_quantity,
            unit_price: entry.price,
        };
        match breaks.binary_search_by_key(&at_quantity, |known| known.at_quantity) {
            Ok(place) => breaks[place] = found,
            Err(place) => breaks.insert(place, found),
        }
    }
    breaks
}

/// The rows of a table of quantity prices: every price the buyer can really get, by ascending
/// quantity.
///
/// The first row starts at the smallest orderable quantity, with whatever price holds there; breaks
/// below it are left out. Empty when the product has no price at all.
pub fn price_table(product: &Product, buyer: &Buyer) -> Vec<PriceBreak> {
    let rule = quantity_rule(product);
    let breaks = breaks(product, buyer);
    let mut rows = Vec::new();
    if let Some(unit_price) = price_at(product, buyer, &breaks, rule.first()) {
        rows.push(PriceBreak {
            at_quantity: rule.first(),
            unit_price,
        });
    }
    for known in breaks {
        if known.at_quantity > rule.first() && known.at_quantity <= rule.last() {
            rows.push(known);
        }
    }
    rows
}

/// Price of one piece when `quantity` pieces are ordered, in the buyer's currency; none when it is not
/// known before the server has priced a cart.
///
/// The highest break of the own tier that `quantity` reaches; without one the product's own
/// `price`, which the server resolved for the token, unless that is somebody else's. The tier's entry
/// wins over `price`: in the reference's own example `price` is 24.99, the Wholesale entry 18.50, and the
/// cart charges 18.50.
pub fn unit_price(product: &Product, buyer: &Buyer, quantity: u32) -> Option<Decimal> {
    price_at(product, buyer, &breaks(product, buyer), quantity)
}

/// The nearest larger quantity at which a piece is cheaper than at `quantity`, if there is one.
///
/// `currency` (ISO 4217) is what the saving is rounded to. Breaks that are not cheaper, or that no
/// orderable quantity reaches, are passed over. A `quantity` below the smallest orderable one is
/// priced as that one.
pub fn next_break(
    product: &Product,
    buyer: &Buyer,
    quantity: u32,
    currency: &str,
) -> Option<NextBreak> {
    let rule = quantity_rule(product);
    let breaks = breaks(product, buyer);
    let present = price_at(product, buyer, &breaks, quantity.max(rule.first()))?;
    for known in &breaks {
        if known.at_quantity <= quantity {
            continue;
        }
        let at_quantity = rule.round_up(known.at_quantity);
        if at_quantity < known.at_quantity {
            return None;
        }
        // The increment may carry the quantity past a further break.
        let unit_price = price_at(product, buyer, &breaks, at_quantity)?;
        if unit_price < present {
            return Some(NextBreak {
                more: at_quantity - quantity,
                at_quantity,
                unit_price,
                saving: saving(present, unit_price, at_quantity, currency),
            });
        }
    }
    None
}

fn saving(present: Decimal, next: Decimal, quantity: u32, currency: &str) -> Option<Preview> {
    let amount = present
        .checked_sub(next)?
        .checked_mul(Decimal::from(quantity))?;
    let saving = Preview::new(amount, currency);
    (!saving.amount().is_zero()).then_some(saving)
}

fn price_at(
    product: &Product,
    buyer: &Buyer,
    breaks: &[PriceBreak],
    quantity: u32,
) -> Option<Decimal> {
    match breaks
        .iter()
        .rev()
        .find(|known| known.at_quantity <= quantity)
    {
        Some(reached) => Some(reached.unit_price),
        None => product.price.filter(|_| !buyer.acted_for),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use nymble_wire::PriceEntry;
    use proptest::prelude::*;

    /// The price at the smallest orderable quantity.
    fn own_price(product: &Product, buyer: &Buyer) -> Option<Decimal> {
        unit_price(product, buyer, quantity_rule(product).first())
    }

    fn dec(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    fn tier(name: &str) -> Buyer {
        Buyer {
            tier: Some(name.to_owned()),
            currency: "USD".to_owned(),
            acted_for: false,
        }
    }

    fn nobody() -> Buyer {
        Buyer::default()
    }

    /// A customer of that tier and currency for whom somebody else's token asks.
    fn acted_for(name: &str, currency: &str) -> Buyer {
        Buyer {
            currency: currency.to_owned(),
            acted_for: true,
            ..tier(name)
        }
    }

    fn entry(tier: &str, price: Decimal, at_quantity: i64) -> PriceEntry {
        PriceEntry {
            tier: tier.to_owned(),
            price,
            price_formatted: None,
            at_quantity,
        }
    }

    fn product(minimum: i64, increment: i64, prices: &[(&str, &str, i64)]) -> Product {
        let mut product: Product =
            serde_json::from_str(r#"{ "sku": "WIDGET-BLU-L", "price": 24.99 }"#).unwrap();
        product.minimum_order_quantity = Some(minimum);
        product.quantity_increment = Some(increment);
        for (tier, price, at_quantity) in prices {
            product.prices.push(entry(tier, dec(price), *at_quantity));
        }
        product
    }

    /// The blue widget of the products reference.
    fn widget() -> Product {
        let prices = [
            ("Wholesale", "18.50", 1),
            ("Wholesale", "16.00", 50),
            ("Retail", "24.99", 1),
        ];
        product(1, 1, &prices)
    }

    fn at(at_quantity: u32, price: &str) -> PriceBreak {
        PriceBreak {
            at_quantity,
            unit_price: dec(price),
        }
    }

    #[test]
    fn the_documented_widget() {
        let widget = widget();
        let buyer = &tier("Wholesale");
        assert_eq!(breaks(&widget, buyer), [at(1, "18.50"), at(50, "16.00")]);
        assert_eq!(own_price(&widget, buyer), Some(dec("18.50")));
        assert_eq!(unit_price(&widget, buyer, 10), Some(dec("18.50")));
        assert_eq!(unit_price(&widget, buyer, 49), Some(dec("18.50")));
        assert_eq!(unit_price(&widget, buyer, 50), Some(dec("16.00")));
        assert_eq!(
            next_break(&widget, buyer, 38, "USD"),
            Some(NextBreak {
                more: 12,
                at_quantity: 50,
                unit_price: dec("16.00"),
                saving: Some(Preview::new(dec("125.00"), "USD")),
            })
        );
        assert_eq!(next_break(&widget, buyer, 50, "USD"), None);
    }

    #[test]
    fn tiers_match_in_any_case_and_others_are_left_out() {
        let widget = widget();
        assert_eq!(breaks(&widget, &tier("wholeSALE")).len(), 2);
        assert_eq!(breaks(&widget, &tier("Retail")), [at(1, "24.99")]);
        assert_eq!(breaks(&widget, &tier("Premium")), []);
        assert_eq!(breaks(&widget, &nobody()), []);
    }

    #[test]
    fn without_a_break_the_resolved_price_holds() {
        let mut widget = widget();
        assert_eq!(unit_price(&widget, &nobody(), 100), Some(dec("24.99")));
        assert_eq!(
            unit_price(&widget, &tier("Premium"), 100),
            Some(dec("24.99"))
        );
        assert_eq!(next_break(&widget, &nobody(), 1, "USD"), None);
        widget.price = None;
        assert_eq!(own_price(&widget, &nobody()), None);
        assert_eq!(next_break(&widget, &nobody(), 1, "USD"), None);
        assert_eq!(price_table(&widget, &nobody()), []);
    }

    /// How a price is shown is decided in one place. What has none is on request.
    #[test]
    fn a_product_without_a_price_is_on_request_and_not_to_be_ordered() {
        let mut unpriced = product(1, 1, &[("Retail", "3", 1)]);
        unpriced.price = None;
        let buyer = tier("Wholesale");
        let shown =
            |product: &Product, quantity| shown_price(product, &buyer, quantity, Reading::Done);
        assert_eq!(shown(&unpriced, 1), ShownPrice::OnRequest);
        assert!(!shown(&unpriced, 1).may_be_ordered(&buyer));
        assert!(!may_be_ordered(&unpriced, &buyer, 1));
        // Free of charge is a price.
        unpriced.price = Some(Decimal::ZERO);
        assert_eq!(shown(&unpriced, 1), ShownPrice::Own(Decimal::ZERO));
        assert!(shown(&unpriced, 1).may_be_ordered(&buyer));
        // One that begins at a larger quantity than is wanted.
        let mut from_fifty = product(1, 1, &[("Wholesale", "3", 50)]);
        from_fifty.price = None;
        assert_eq!(shown(&from_fifty, 49), ShownPrice::OnRequest);
        assert_eq!(shown(&from_fifty, 50).own(), Some(dec("3")));
    }

    /// How a price is shown is decided in one place, also before it is read.
    #[test]
    fn what_is_not_read_yet_is_neither_priced_nor_on_request() {
        let unread = product(1, 1, &[]);
        let rep = acted_for("Wholesale", "USD");
        for (reading, shown) in [
            (Reading::Coming, ShownPrice::Coming),
            (Reading::Failed, ShownPrice::Failed),
        ] {
            assert_eq!(shown_price(&unread, &rep, 1, reading), shown);
            // The button reads the product before it orders.
            assert!(shown.may_be_ordered(&rep) && shown.may_be_ordered(&nobody()));
        }
    }

    /// Whoever acts for a customer sees the tier's own entries only. What has none is on request.
    #[test]
    fn acting_for_a_customer_only_the_tier_s_own_entries_hold() {
        let mut widget = widget();
        widget.currency_code = Some("USD".to_owned());
        let buyer = acted_for("Wholesale", "USD");
        assert_eq!(unit_price(&widget, &buyer, 50), Some(dec("16.00")));
        assert_eq!(buyer.currency_of(&widget), "USD");
        // `price` is resolved for the token of whoever acts, so it is nobody's here.
        let premium = acted_for("Premium", "USD");
        assert_eq!(unit_price(&widget, &premium, 50), None);
        let shown = shown_price(&widget, &premium, 50, Reading::Done);
        assert_eq!(shown, ShownPrice::OnRequest);
        assert!(shown.may_be_ordered(&premium));
        assert!(may_be_ordered(&widget, &premium, 50));
        let mut gone = widget.clone();
        gone.active = false;
        assert!(!may_be_ordered(&gone, &premium, 50));
        assert_eq!(own_price(&widget, &acted_for("", "USD")), None);
        assert_eq!(price_table(&widget, &premium), []);
        assert_eq!(next_break(&widget, &premium, 1, "USD"), None);
        let only_a_break = product(1, 1, &[("Premium", "8", 50)]);
        let unpriced = acted_for("Premium", "");
        assert_eq!(unit_price(&only_a_break, &unpriced, 49), None);
        assert_eq!(price_table(&only_a_break, &unpriced), [at(50, "8")]);
    }

    /// Whoever acts for a customer sees prices in the customer's currency only.
    #[test]
    fn acting_for_a_customer_prices_in_another_currency_are_not_read() {
        let mut widget = widget();
        let yen = acted_for("Wholesale", "JPY");
        for named in [Some("USD"), None] {
            widget.currency_code = named.map(str::to_owned);
            assert_eq!(own_price(&widget, &yen), None, "{named:?}");
            assert_eq!(yen.currency_of(&widget), "JPY");
            let shown = shown_price(&widget, &yen, 1, Reading::Done);
            assert_eq!(shown, ShownPrice::InCartOnly);
            assert!(shown.may_be_ordered(&yen));
        }
        widget.currency_code = Some("jpy".to_owned());
        assert_eq!(own_price(&widget, &yen), Some(dec("18.50")));
        // A record that names no currency: the customer buys in that of the products.
        widget.currency_code = Some("USD".to_owned());
        let unnamed = acted_for("Wholesale", "");
        assert_eq!(own_price(&widget, &unnamed), Some(dec("18.50")));
        assert_eq!(unnamed.currency_of(&widget), "USD");
        // A buyer's own token: the server answers in the token's currency, whatever it calls it.
        let own = Buyer {
            currency: "EUR".to_owned(),
            ..tier("Wholesale")
        };
        assert_eq!(own_price(&widget, &own), Some(dec("18.50")));
        assert_eq!(own.currency_of(&widget), "USD");
    }

    #[test]
    fn a_search_result_has_only_its_price() {
        let found: Product = serde_json::from_str(r#"{ "sku": "A", "price": 24.99 }"#).unwrap();
        assert_eq!(own_price(&found, &tier("Wholesale")), Some(dec("24.99")));
        assert_eq!(quantity_rule(&found), Rule::new(None, None));
    }

    #[test]
    fn breaks_are_sorted_and_the_last_of_two_wins() {
        let prices = [
            ("Wholesale", "14", 100),
            ("Wholesale", "19", 0),
            ("Wholesale", "16", 50),
            ("WHOLESALE", "15", 50),
            ("Wholesale", "18", 1),
        ];
        let breaks = breaks(&product(1, 1, &prices), &tier("Wholesale"));
        assert_eq!(breaks, [at(1, "18"), at(50, "15"), at(100, "14")]);
    }

    #[test]
    fn a_break_is_reached_by_an_orderable_quantity() {
        let prices = [("Wholesale", "18.50", 1), ("Wholesale", "16.00", 50)];
        let sixes = product(12, 6, &prices);
        let next = next_break(&sixes, &tier("Wholesale"), 48, "USD").unwrap();
        assert_eq!((next.more, next.at_quantity), (6, 54));
        let next = next_break(&sixes, &tier("Wholesale"), 0, "USD").unwrap();
        assert_eq!((next.more, next.at_quantity), (54, 54));
    }

    #[test]
    fn an_increment_may_carry_past_a_further_break() {
        let prices = [("A", "10", 1), ("A", "9", 10), ("A", "8", 12)];
        let next = next_break(&product(1, 25, &prices), &tier("A"), 0, "USD");
        assert_eq!(next, None);
        let prices = [("A", "10", 1), ("A", "9", 30), ("A", "8", 40)];
        let next = next_break(&product(1, 25, &prices), &tier("A"), 25, "USD").unwrap();
        assert_eq!((next.at_quantity, next.unit_price), (50, dec("8")));
    }

    #[test]
    fn a_dearer_break_is_passed_over() {
        let prices = [
            ("A", "10", 1),
            ("A", "11", 10),
            ("A", "10", 20),
            ("A", "9", 30),
        ];
        let next = next_break(&product(1, 1, &prices), &tier("A"), 5, "USD").unwrap();
        assert_eq!((next.at_quantity, next.unit_price), (30, dec("9")));
        let dearer = [("A", "10", 1), ("A", "11", 10)];
        assert_eq!(
            next_break(&product(1, 1, &dearer), &tier("A"), 5, "USD"),
            None
        );
    }

    #[test]
    fn a_break_beyond_every_order_is_none() {
        let prices = [("A", "10", 1), ("A", "9", i64::MAX)];
        assert_eq!(
            next_break(&product(1, 1, &prices), &tier("A"), 5, "USD"),
            None
        );
        assert_eq!(
            price_table(&product(1, 1, &prices), &tier("A")),
            [at(1, "10")]
        );
    }

    #[test]
    fn a_saving_is_rounded_to_the_currency() {
        let prices = [("A", "10.4", 1), ("A", "10.3", 3)];
        let next = next_break(&product(1, 1, &prices), &tier("A"), 1, "JPY").unwrap();
        assert_eq!(next.saving, None);
        let next = next_break(&product(1, 1, &prices), &tier("A"), 1, "USD").unwrap();
        assert_eq!(next.saving.map(Preview::amount), Some(dec("0.30")));
        let prices = [("A", "10", 1), ("A", "-79228162514264337593543950335", 3)];
        let next = next_break(&product(1, 1, &prices), &tier("A"), 1, "USD").unwrap();
        assert_eq!(next.saving, None);
    }

    #[test]
    fn a_table_shows_what_can_be_had() {
        let buyer = &tier("A");
        let prices = [("A", "10", 1), ("A", "9", 10), ("A", "8", 50)];
        assert_eq!(
            price_table(&product(12, 6, &prices), buyer),
            [at(12, "9"), at(50, "8")]
        );
        let only_a_break = [("A", "8", 50)];
        let rows = price_table(&product(1, 1, &only_a_break), buyer);
        assert_eq!(rows, [at(1, "24.99"), at(50, "8")]);
    }

    fn prices() -> impl Strategy<Value = Vec<(i64, i64, u32)>> {
        prop::collection::vec(
            (
                any::<i64>(),
                prop_oneof![0_i64..200, any::<i64>()],
                0_u32..28,
            ),
            0..8,
        )
    }

    proptest! {
        #[test]
        fn the_next_break_is_orderable_larger_and_cheaper(
            prices in prices(),
            minimum in 0_i64..100,
            increment in 0_i64..30,
            quantity in prop_oneof![0_u32..300, any::<u32>()],
        ) {
            let mut product = product(minimum, increment, &[]);
            for (mantissa, at_quantity, scale) in prices {
                product.prices.push(entry("A", Decimal::new(mantissa, scale), at_quantity));
            }
            let rule = quantity_rule(&product);
            if let Some(next) = next_break(&product, &tier("A"), quantity, "USD") {
                prop_assert!(rule.allows(next.at_quantity));
                prop_assert_eq!(quantity + next.more, next.at_quantity);
                prop_assert!(next.more > 0);
                let there = unit_price(&product, &tier("A"), next.at_quantity);
                prop_assert_eq!(there, Some(next.unit_price));
                let now = unit_price(&product, &tier("A"), quantity.max(rule.first()));
                prop_assert!(now.is_some_and(|now| next.unit_price < now));
                if let Some(saving) = next.saving {
                    prop_assert!(saving.amount() > Decimal::ZERO);
                }
            }
            let table = price_table(&product, &tier("A"));
            prop_assert!(table.is_sorted_by(|one, other| one.at_quantity < other.at_quantity));
            let first = table.first().map(|row| row.unit_price);
            prop_assert_eq!(first, own_price(&product, &tier("A")));
        }
    }
}
