//! What the buyer changed at checkout, relative to the cart: it outlasts a step back and a reload, and gives way to what
//! was changed in the cart afterwards.

use nymble_wire::Address;
use serde::{Deserialize, Serialize};

use crate::payments::way_to_pay::WayToPay;

/// Where the buyer wants the goods.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ShipTo {
    /// An address that the customer or the cart has.
    Known(Box<Address>),
    /// The one in the form.
    New,
}

/// Where the goods go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shipping {
    /// It is not known yet.
    Unset,
    /// To an address that the customer or the cart has.
    Known(Box<Address>),
    /// To the one in the form.
    New,
    /// Nowhere: the customer does not have the address any more that the buyer has chosen.
    Gone(Box<Address>),
}

/// What the cart says itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OfCart {
    /// The cart's id.
    pub id: String,
    /// Its PO number.
    pub po_number: String,
    /// Its shipping address.
    pub address: Option<Address>,
}

/// Something that was changed at checkout: what the cart said then, and what the buyer wants.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Edit<F, T> {
    from: F,
    to: T,
}

/// What the buyer changed at checkout. Nothing of a card is in it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckoutDraft {
    cart_id: String,
    po_number: Option<Edit<String, String>>,
    ship_to: Option<Edit<Option<Address>, ShipTo>>,
    /// What is typed into the form for a new address.
    pub new_address: Vec<String>,
    /// The way to pay that the buyer has chosen.
    pub payment: Option<WayToPay>,
}

impl CheckoutDraft {
    /// Whether the buyer has changed nothing.
    pub fn is_untouched(&self) -> bool {
        let Self {
            cart_id: _,
            po_number,
            ship_to,
            new_address,
            payment,
        } = self;
        let nothing_typed = new_address.iter().all(String::is_empty);
        po_number.is_none() && ship_to.is_none() && nothing_typed && payment.is_none()
    }

    /// Takes in what the cart says now. A PO number that was changed there since the buyer changed it here wins. In
    /// another cart, after the first was ordered elsewhere, what was typed and not ordered stays.
    pub fn follow(&mut self, cart: &OfCart) {
        if self.cart_id != cart.id {
            cart.id.clone_into(&mut self.cart_id);
            if let Some(edit) = &mut self.po_number {
                cart.po_number.clone_into(&mut edit.from);
            }
            if let Some(edit) = &mut self.ship_to {
                edit.from.clone_from(&cart.address);
            }
        }
        let po_number = self.po_number.as_ref();
        let stands = |edit: &Edit<_, _>| edit.from == cart.po_number && edit.to != cart.po_number;
        if !po_number.is_some_and(stands) {
            self.po_number = None;
        }
    }

    /// [`Self::follow`] when checkout begins: the cart's address, too, wins where it was changed since.
    pub fn take_up(&mut self, cart: &OfCart) {
        self.follow(cart);
        let now = cart.address.as_ref();
        let stands = |edit: &Edit<Option<Address>, ShipTo>| {
            let unchanged = match (&edit.from, now) {
                (Some(from), Some(now)) => same_place(from, now),
                (None, None) => true,
                _ => false,
            };
            let moot = match (&edit.to, now) {
                (ShipTo::Known(to), Some(now)) => same_place(to, now),
                _ => false,
            };
            unchanged && !moot
        };
        if !self.ship_to.as_ref().is_some_and(stands) {
            self.ship_to = None;
        }
    }

    /// The PO number to show.
    pub fn po_number(&self, cart: &OfCart) -> String {
        let edit = self.po_number.as_ref();
        edit.map_or_else(|| cart.po_number.clone(), |edit| edit.to.clone())
    }

    /// The buyer types a PO number.
    pub fn type_po_number(&mut self, cart: &OfCart, typed: &str) {
        self.po_number = (typed != cart.po_number).then(|| Edit {
            from: cart.po_number.clone(),
            to: typed.to_owned(),
        });
        cart.id.clone_into(&mut self.cart_id);
    }

    /// Where the buyer has chosen to have the goods.
    pub fn ship_to(&self) -> Option<&ShipTo> {
        self.ship_to.as_ref().map(|edit| &edit.to)
    }

    /// The buyer chooses where the goods go.
    pub fn choose_ship_to(&mut self, cart: &OfCart, to: ShipTo) {
        self.ship_to = Some(Edit {
            from: cart.address.clone(),
            to,
        });
        cart.id.clone_into(&mut self.cart_id);
    }
}

/// Whether two addresses are the same place, whatever else is said about them.
pub fn same_place(one: &Address, other: &Address) -> bool {
    one.line1 == other.line1
        && one.line2 == other.line2
        && one.city == other.city
        && one.postal_code == other.postal_code
        && one.country == other.country
}

/// Where the goods go: where the buyer wants them, else to the cart's address, else to the first of those that are
/// `known`. `is_complete` says whether those are all the customer has.
pub fn shipping(
    picked: Option<&ShipTo>,
    known: &[Address],
    of_cart: Option<&Address>,
    is_complete: bool,
) -> Shipping {
    let find = |place: &Address| known.iter().find(|known| same_place(known, place));
    let to = |address: &Address| Shipping::Known(Box::new(address.clone()));
    match picked {
        Some(ShipTo::New) => Shipping::New,
        Some(ShipTo::Known(picked)) => match find(picked) {
            Some(address) => to(address),
            None if is_complete => Shipping::Gone(picked.clone()),
            None => Shipping::Known(picked.clone()),
        },
        None => match of_cart.and_then(find).or(known.first()) {
            Some(address) => to(address),
            None if is_complete => Shipping::New,
            None => Shipping::Unset,
        },
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn place(line1: &str) -> Address {
        Address {
            line1: line1.to_owned(),
            ..Address::default()
        }
    }

    /// What a buyer does about the PO number, in the cart or at checkout, or a reload.
    #[derive(Clone, Debug)]
    enum Step {
        InCart(String),
        AtCheckout(String),
        Reload,
    }

    fn steps() -> impl Strategy<Value = Vec<Step>> {
        let text = || prop::sample::select(vec![String::new(), "PO-A".into(), "PO-B".into()]);
        let step = prop_oneof![
            text().prop_map(Step::InCart),
            text().prop_map(Step::AtCheckout),
            Just(Step::Reload),
        ];
        prop::collection::vec(step, 0..20)
    }

    proptest! {
        /// What the cart says since wins over what was typed at checkout.
        #[test]
        fn the_po_number_that_was_written_last_is_shown(steps in steps()) {
            let mut cart = OfCart { id: "c".into(), ..OfCart::default() };
            let mut draft = CheckoutDraft::default();
            let mut latest = String::new();
            for step in steps {
                match step {
                    // A field that is left as it was is not written.
                    Step::InCart(text) if text == cart.po_number => {}
                    Step::InCart(text) => {
                        latest.clone_from(&text);
                        cart.po_number = text;
                        draft.follow(&cart);
                    }
                    Step::AtCheckout(text) => {
                        draft.take_up(&cart);
                        latest.clone_from(&text);
                        draft.type_po_number(&cart, &text);
                    }
                    Step::Reload => {
                        let kept = serde_json::to_string(&draft).unwrap();
                        draft = serde_json::from_str(&kept).unwrap();
                        draft.take_up(&cart);
                    }
                }
                prop_assert_eq!(draft.po_number(&cart), latest.clone());
            }
        }

        /// No other address takes the place of a chosen one that is gone.
        #[test]
        fn no_address_takes_the_place_of_the_chosen_one(
            known in prop::collection::vec("[a-d]", 0..4),
            of_cart in prop::option::of("[a-d]"),
            picked in prop::option::of("[a-d]"),
            is_complete in any::<bool>(),
        ) {
            let known: Vec<Address> = known.iter().map(|line| place(line)).collect();
            let of_cart = of_cart.map(|line| place(&line));
            let to = picked.as_ref().map(|line| ShipTo::Known(Box::new(place(line))));
            let there = |line: &String| known.contains(&place(line));
            match shipping(to.as_ref(), &known, of_cart.as_ref(), is_complete) {
                Shipping::Known(address) => match &picked {
                    Some(picked) => prop_assert_eq!(&address.line1, picked),
                    None => prop_assert!(known.contains(&address)),
                },
                Shipping::Gone(address) => {
                    prop_assert!(is_complete && picked.as_ref().is_some_and(|it| !there(it)));
                    prop_assert_eq!(Some(address.line1), picked);
                }
                Shipping::New => prop_assert!(picked.is_none() && known.is_empty() && is_complete),
                Shipping::Unset => prop_assert!(picked.is_none() && known.is_empty() && !is_complete),
            }
        }
    }

    #[test]
    fn an_address_that_the_cart_was_given_since_wins_and_the_same_one_is_no_change() {
        let mut cart = OfCart {
            id: "c".into(),
            address: Some(place("a")),
            ..OfCart::default()
        };
        let mut draft = CheckoutDraft::default();
        draft.choose_ship_to(&cart, ShipTo::Known(Box::new(place("b"))));
        draft.take_up(&cart);
        assert!(draft.ship_to().is_some());
        cart.address = Some(place("b"));
        draft.take_up(&cart);
        assert!(draft.is_untouched());
        draft.choose_ship_to(&cart, ShipTo::New);
        draft.follow(&cart);
        assert_eq!(draft.ship_to(), Some(&ShipTo::New));
        cart.address = Some(place("d"));
        draft.take_up(&cart);
        assert_eq!(draft.ship_to(), None);
    }

    #[test]
    fn what_was_not_ordered_goes_on_to_the_next_cart() {
        let first = OfCart {
            id: "c1".into(),
            po_number: "PO-A".into(),
            address: Some(place("a")),
        };
        let mut draft = CheckoutDraft::default();
        draft.type_po_number(&first, "PO-B");
        draft.choose_ship_to(&first, ShipTo::New);
        draft.new_address = vec!["Main Street".into()];
        let next = OfCart {
            id: "c2".into(),
            ..OfCart::default()
        };
        draft.take_up(&next);
        assert_eq!(draft.po_number(&next), "PO-B");
        assert_eq!(draft.ship_to(), Some(&ShipTo::New));
        assert!(!draft.is_untouched());
    }
}
