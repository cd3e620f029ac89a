//! Changes to the cart that the server has not confirmed yet: kept in order, merged while they wait,
//! and laid over the last confirmed cart for display.

use std::collections::VecDeque;

use nymble_wire::{Cart, OrderType};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// One change that the buyer made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Change {
    /// Units on top of those in the cart.
    Add {
        /// The product.
        sku: String,
        /// Its name, for display until the server answers.
        name: String,
        /// Units to add.
        quantity: u32,
    },
    /// A line's quantity; 0 removes the line, and a line that is not there is added.
    Set {
        /// The product.
        sku: String,
        /// Its name, for display until the server answers.
        name: String,
        /// Units in all.
        quantity: u32,
    },
    /// The purchase order number.
    PoNumber(String),
    /// The special instructions.
    Instructions(String),
    /// Order or quote.
    OrderType(OrderType),
}

impl Change {
    /// The product it is about, if it is about one.
    pub fn sku(&self) -> Option<&str> {
        match self {
            Self::Add { sku, .. } | Self::Set { sku, .. } => Some(sku),
            _ => None,
        }
    }

    /// What a notice calls it: the product's name, else its SKU; none for the cart's own fields.
    pub fn label(&self) -> Option<&str> {
        match self {
            Self::Add { sku, name, .. } | Self::Set { sku, name, .. } => {
                Some(if name.is_empty() { sku } else { name })
            }
            _ => None,
        }
    }

    /// Whether a later change to the same thing can take this one's place.
    fn same_thing(&self, other: &Self) -> bool {
        match (self.sku(), other.sku()) {
            (Some(one), Some(two)) => one == two,
            (None, None) => std::mem::discriminant(self) == std::mem::discriminant(other),
            _ => false,
        }
    }
}

/// The change that is with the server now, or was when the page was last left.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sent {
    /// What was sent.
    pub change: Change,
    /// Units of its product in the cart just before; tells afterwards whether an addition arrived.
    pub before: i64,
    /// Whether its answer was lost, so that the cart must be read before it is sent again.
    pub doubtful: bool,
}

impl Sent {
    /// Whether `cart`, read after the answer was lost, shows that the change has arrived.
    ///
    /// The cart's own fields never do: to send them twice does no harm.
    pub fn has_arrived(&self, cart: Option<&Cart>) -> bool {
        match &self.change {
            Change::Add { sku, quantity, .. } => {
                let now = units(cart, sku);
                now >= self.before + i64::from(*quantity)
            }
            Change::Set { sku, quantity, .. } => units(cart, sku) == i64::from(*quantity),
            _ => false,
        }
    }
}

/// Units of `sku` in `cart`.
pub fn units(cart: Option<&Cart>, sku: &str) -> i64 {
    cart.and_then(|cart| cart.line(sku))
        .map_or(0, |line| line.quantity)
}

/// A line as it is shown: what the server confirmed, with the waiting changes applied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShownLine {
    /// The product.
    pub sku: String,
    /// Its name, or its SKU when no name is known.
    pub name: String,
    /// Units.
    pub quantity: i64,
    /// The server's unit price, of the last confirmed quantity.
    pub unit_price: Option<Decimal>,
    /// The server's line total; none while the quantity is not confirmed.
    pub line_total: Option<Decimal>,
    /// Whether the server has confirmed the line as shown.
    pub confirmed: bool,
}

/// The changes on their way to the server, in the order they were made.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeQueue {
    sent: Option<Sent>,
    waiting: VecDeque<Change>,
}

impl ChangeQueue {
    /// Whether everything is confirmed.
    pub fn is_empty(&self) -> bool {
        self.sent.is_none() && self.waiting.is_empty()
    }

    /// How many changes are not confirmed.
    pub fn len(&self) -> usize {
        self.waiting.len() + usize::from(self.sent.is_some())
    }

    /// Takes a change in. One that waits and is about the same thing is merged with it; one that has
    /// been sent is not touched.
    pub fn push(&mut self, change: Change) {
        let Some(waiting) = self.waiting.iter_mut().find(|w| w.same_thing(&change)) else {
            self.waiting.push_back(change);
            return;
        };
        match (waiting, change) {
            (
                Change::Add { quantity, .. } | Change::Set { quantity, .. },
                Change::Add { quantity: more, .. },
            ) => *quantity = quantity.saturating_add(more),
            (waiting, change) => *waiting = change,
        }
    }

    /// The change to send now, if none is with the server: it moves there. `cart` is the confirmed one.
    pub fn send_next(&mut self, cart: Option<&Cart>) -> Option<Sent> {
        if self.sent.is_none() {
            let change = self.waiting.pop_front()?;
            let before = change.sku().map_or(0, |sku| units(cart, sku));
            self.sent = Some(Sent {
                change,
                before,
                doubtful: false,
            });
        }
        self.sent.clone()
    }

    /// Counts again how many units of the sent change's product the cart holds before it is sent: the
    /// cart has just been read. Not once it may have arrived.
    pub fn recount(&mut self, cart: Option<&Cart>) -> Option<Sent> {
        if let Some(sent) = &mut self.sent
            && !sent.doubtful
            && let Some(sku) = sent.change.sku()
        {
            sent.before = units(cart, sku);
        }
        self.sent.clone()
    }

    /// The sent change is settled: confirmed, or refused and given up.
    pub fn settle(&mut self) {
        self.sent = None;
    }

    /// The sent change's answer was lost.
    pub fn doubt(&mut self) {
        if let Some(sent) = &mut self.sent {
            sent.doubtful = true;
        }
    }

    /// The lines of `cart` with all unconfirmed changes applied. Removed lines are left out.
    pub fn lines_over(&self, cart: Option<&Cart>) -> Vec<ShownLine> {
        let mut lines: Vec<ShownLine> = cart
            .map(|cart| cart.items.as_slice())
            .unwrap_or_default()
            .iter()
            .map(|line| ShownLine {
                sku: line.sku.clone(),
                name: line.name.clone().unwrap_or_else(|| line.sku.clone()),
                quantity: line.quantity,
                unit_price: line.unit_price,
                line_total: line.line_total,
                confirmed: true,
            })
            .collect();
        if let Some(sent) = &self.sent {
            // A cart read from another tab may hold the sent addition already.
            let arrived = sent.has_arrived(cart);
            if !arrived {
                apply(&mut lines, &sent.change);
            }
        }
        for change in &self.waiting {
            apply(&mut lines, change);
        }
        lines.retain(|line| line.quantity > 0);
        lines
    }

    /// The PO number as the buyer last left it.
    pub fn po_number_over(&self, cart: Option<&Cart>) -> String {
        self.latest(|change| match change {
            Change::PoNumber(text) => Some(text.clone()),
            _ => None,
        })
        .or_else(|| cart?.po_number.clone())
        .unwrap_or_default()
    }

    /// The special instructions as the buyer last left them.
    pub fn instructions_over(&self, cart: Option<&Cart>) -> String {
        self.latest(|change| match change {
            Change::Instructions(text) => Some(text.clone()),
            _ => None,
        })
        .or_else(|| cart?.special_instructions.clone())
        .unwrap_or_default()
    }

    /// Order or quote, as the buyer last left it.
    pub fn order_type_over(&self, cart: Option<&Cart>) -> OrderType {
        self.latest(|change| match change {
            Change::OrderType(kind) => Some(kind.clone()),
            _ => None,
        })
        .or_else(|| cart.map(|cart| cart.order_type.clone()))
        .unwrap_or(OrderType::Standard)
    }

    fn latest<T>(&self, pick: fn(&Change) -> Option<T>) -> Option<T> {
        self.waiting
            .iter()
            .rev()
            .find_map(pick)
            .or_else(|| self.sent.as_ref().and_then(|sent| pick(&sent.change)))
    }
}

fn apply(lines: &mut Vec<ShownLine>, change: &Change) {
    let (sku, name, quantity, adds) = match change {
        Change::Add {
            sku,
            name,
            quantity,
        } => (sku, name, i64::from(*quantity), true),
        Change::Set {
            sku,
            name,
            quantity,
        } => (sku, name, i64::from(*quantity), false),
        _ => return,
    };
    if let Some(line) = lines.iter_mut().find(|line| line.sku == *sku) {
        line.quantity = if adds {
            line.quantity.saturating_add(quantity)
        } else {
            quantity
        };
        line.confirmed = false;
        line.line_total = None;
    } else {
        lines.push(ShownLine {
            sku: sku.clone(),
            name: if name.is_empty() { sku } else { name }.clone(),
            quantity,
            unit_price: None,
            line_total: None,
            confirmed: false,
        });
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use proptest::prelude::*;

    fn cart(lines: &[(&str, i64)]) -> Cart {
        let items: Vec<String> = lines
            .iter()
            .map(|(sku, quantity)| format!(r#"{{"sku":"{sku}","quantity":{quantity}}}"#))
            .collect();
        nymble_wire::decode(&format!(
            r#"{{"shoppingCartId":"cart_1","items":[{}]}}"#,
            items.join(",")
        ))
        .unwrap()
    }

    fn add(sku: &str, quantity: u32) -> Change {
        Change::Add {
            sku: sku.to_owned(),
            name: String::new(),
            quantity,
        }
    }

    fn set(sku: &str, quantity: u32) -> Change {
        Change::Set {
            sku: sku.to_owned(),
            name: String::new(),
            quantity,
        }
    }

    fn shown(queue: &ChangeQueue, cart: &Cart) -> Vec<(String, i64)> {
        queue
            .lines_over(Some(cart))
            .into_iter()
            .map(|line| (line.sku, line.quantity))
            .collect()
    }

    #[test]
    fn typing_is_one_change_and_the_last_quantity_wins() {
        let mut queue = ChangeQueue::default();
        for quantity in [1, 12, 120] {
            queue.push(set("A", quantity));
        }
        queue.push(add("B", 2));
        queue.push(add("B", 3));
        assert_eq!(queue.len(), 2);
        let cart = cart(&[("A", 5)]);
        assert_eq!(shown(&queue, &cart), [("A".into(), 120), ("B".into(), 5)]);
        assert_eq!(queue.send_next(Some(&cart)).unwrap().change, set("A", 120));
    }

    #[test]
    fn a_change_that_was_sent_is_not_merged_with() {
        let mut queue = ChangeQueue::default();
        let cart = cart(&[]);
        queue.push(add("A", 1));
        queue.send_next(Some(&cart));
        queue.push(add("A", 1));
        assert_eq!(queue.len(), 2);
        assert_eq!(shown(&queue, &cart), [("A".into(), 2)]);
    }

    #[test]
    fn a_lost_answer_is_told_from_a_lost_request() {
        let mut queue = ChangeQueue::default();
        queue.push(add("A", 3));
        let sent = queue.send_next(Some(&cart(&[("A", 2)]))).unwrap();
        assert!(!sent.has_arrived(Some(&cart(&[("A", 2)]))));
        assert!(sent.has_arrived(Some(&cart(&[("A", 5)]))));
        // Shown once, whether or not the cart holds it already.
        assert_eq!(shown(&queue, &cart(&[("A", 2)])), [("A".into(), 5)]);
        assert_eq!(shown(&queue, &cart(&[("A", 5)])), [("A".into(), 5)]);
    }

    #[test]
    fn removing_hides_the_line_and_undo_brings_it_back() {
        let mut queue = ChangeQueue::default();
        let cart = cart(&[("A", 4)]);
        queue.push(set("A", 0));
        assert_eq!(shown(&queue, &cart), []);
        queue.push(set("A", 4));
        assert_eq!(shown(&queue, &cart), [("A".into(), 4)]);
    }

    #[test]
    fn it_survives_being_written_down() {
        let mut queue = ChangeQueue::default();
        queue.push(add("A", 1));
        queue.send_next(None);
        queue.push(Change::PoNumber("PO-1".to_owned()));
        queue.push(Change::OrderType(OrderType::Quote));
        let text = serde_json::to_string(&queue).unwrap();
        assert_eq!(serde_json::from_str::<ChangeQueue>(&text).unwrap(), queue);
    }

    proptest! {
        /// However changes interleave with sending, what is shown is what a plain cart would hold.
        #[test]
        fn what_is_shown_is_what_was_done(steps in prop::collection::vec((0..3_u8, 0..3_usize, 0..9_u32), 0..40)) {
            let skus = ["A", "B", "C"];
            let mut server: std::collections::BTreeMap<&str, i64> = std::collections::BTreeMap::new();
            let mut wanted = server.clone();
            let mut queue = ChangeQueue::default();
            let as_cart = |server: &std::collections::BTreeMap<&str, i64>| {
                cart(&server.iter().filter(|(_, q)| **q > 0).map(|(s, q)| (*s, *q)).collect::<Vec<_>>())
            };
            for (kind, which, quantity) in steps {
                let sku = skus[which];
                match kind {
                    0 => {
                        queue.push(add(sku, quantity));
                        *wanted.entry(sku).or_default() += i64::from(quantity);
                    }
                    1 => {
                        queue.push(set(sku, quantity));
                        wanted.insert(sku, i64::from(quantity));
                    }
                    _ => {
                        if let Some(sent) = queue.send_next(Some(&as_cart(&server))) {
                            let sku = skus.iter().find(|s| Some(**s) == sent.change.sku()).unwrap();
                            match sent.change {
                                Change::Add { quantity, .. } => *server.entry(sku).or_default() += i64::from(quantity),
                                Change::Set { quantity, .. } => { server.insert(sku, i64::from(quantity)); }
                                _ => {}
                            }
                            queue.settle();
                        }
                    }
                }
                let mut lines = shown(&queue, &as_cart(&server));
                lines.sort();
                let plain: Vec<(String, i64)> = wanted.iter().filter(|(_, q)| **q > 0).map(|(s, q)| ((*s).to_owned(), *q)).collect();
                prop_assert_eq!(lines, plain);
            }
        }
    }
}
