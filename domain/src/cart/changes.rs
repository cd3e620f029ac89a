//! Changes to the cart that the server has not confirmed yet: kept in order, merged while they wait,
//! and laid over the last confirmed cart for display.

use std::collections::{HashMap, VecDeque};

use nymble_wire::{Cart, OrderType};
use serde::{Deserialize, Serialize};

use crate::{
    cart::lines::{ShownLines, Units},
    exactly_once::{Answer, Copies},
};

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

    /// Whether it changes what a cart holds already, and so means that very cart. What is added may go into any.
    pub fn is_edit(&self) -> bool {
        !matches!(self, Self::Add { .. })
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
    /// The cart that it was sent to; none where it begins one.
    #[serde(default)]
    pub cart: Option<String>,
    /// Units of its product in the cart just before; tells afterwards whether an addition arrived.
    pub before: i64,
    /// Whether its answer was lost, so that the cart must be read before it is sent again.
    pub doubtful: bool,
    /// When it was sent first, in seconds since 1970 by the server's clock.
    #[serde(default)]
    pub at: Option<i64>,
}

impl Sent {
    /// Whether the `units` of a cart, read after the answer was lost, shows that the change has arrived.
    ///
    /// The cart's own fields never do: to send them twice does no harm.
    pub fn has_arrived(&self, units: &Units<'_>) -> bool {
        match &self.change {
            Change::Add { sku, quantity, .. } => {
                units.get(sku) >= self.before + i64::from(*quantity)
            }
            Change::Set { sku, quantity, .. } => units.get(sku) == i64::from(*quantity),
            _ => false,
        }
    }
}

/// What a cart that has ended says of an addition whose answer was lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It arrived, and ended with the cart.
    In,
    /// It never arrived.
    NotIn,
    /// Its product was changed by somebody else as well, so nobody can tell.
    Unknown,
}

impl Sent {
    /// Whether it was sent to another cart than `cart`, so that its units there tell nothing of it.
    pub fn is_of_another(&self, cart: Option<&str>) -> bool {
        self.cart.is_some() && self.cart.as_deref() != cart
    }

    /// Whether it is of a product and was to begin a cart, whose id nobody was told.
    pub fn begins_a_cart(&self) -> bool {
        self.cart.is_none() && self.change.sku().is_some()
    }

    /// What became of an addition in the cart that it was sent to, which ended with these `units`.
    pub fn fate(&self, units: &Units<'_>) -> Fate {
        let there = self.change.sku().map_or(0, |sku| units.get(sku));
        if self.has_arrived(units) {
            Fate::In
        } else if there == self.before {
            Fate::NotIn
        } else {
            Fate::Unknown
        }
    }
}

/// How often a browser may have sent one request, at most.
const RESENDS: i64 = 4;

impl Sent {
    /// What the line should hold, where `units` shows that it was added several times over: browsers
    /// send a request again by themselves, a POST too, when a connection that they had kept open turns out to
    /// be closed. A quantity is set by a POST, too, where there was no line.
    pub fn meant(&self, units: &Units<'_>) -> Option<u32> {
        let (sku, quantity, before) = match &self.change {
            Change::Add { sku, quantity, .. } => (sku, quantity, self.before),
            Change::Set { sku, quantity, .. } => (sku, quantity, 0),
            _ => return None,
        };
        let quantity = i64::from(*quantity).max(1);
        let more = units.get(sku) - before;
        let repeated = more > quantity && more % quantity == 0 && more <= quantity * RESENDS;
        u32::try_from(before + quantity).ok().filter(|_| repeated)
    }

    /// Whether `units` shows that a change which was refused has been made nevertheless: by the same request, sent
    /// twice by the browser and refused the second time. Of an addition nothing but its very own units tells.
    pub fn is_there_nevertheless(&self, units: &Units<'_>) -> bool {
        match &self.change {
            Change::Add { sku, quantity, .. } => {
                units.get(sku) == self.before + i64::from(*quantity) || self.meant(units).is_some()
            }
            _ => self.has_arrived(units),
        }
    }
}

/// The changes on their way to the server, in the order they were made.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeQueue {
    /// The id of the cart that the changes are about, once there is one.
    #[serde(default)]
    cart: Option<String>,
    /// With the server now, each about another thing.
    sent: Vec<Sent>,
    /// Not sent yet, each about another thing.
    waiting: VecDeque<Change>,
}

impl ChangeQueue {
    /// Whether everything is confirmed.
    pub fn is_empty(&self) -> bool {
        self.sent.is_empty() && self.waiting.is_empty()
    }

    /// How many changes are not confirmed.
    pub fn len(&self) -> usize {
        self.waiting.len() + self.sent.len()
    }

    /// The products that unconfirmed changes are about.
    pub fn skus(&self) -> impl Iterator<Item = &str> {
        let sent = self.sent.iter().map(|sent| &sent.change);
        sent.chain(&self.waiting).filter_map(Change::sku)
    }

    /// Takes a change in. One that waits and is about the same thing is merged with it; one that has
    /// been sent is not touched.
    pub fn push(&mut self, change: Change) {
        let Some(waiting) = self.waiting.iter_mut().find(|w| w.same_thing(&change)) else {
            self.waiting.push_back(change);
            return;
        };
        merge(waiting, change);
    }

    /// Takes many changes in, as [`Self::push`] does one.
    pub fn push_all(&mut self, changes: Vec<Change>) {
        let known = self.waiting.iter().enumerate();
        let mut places: HashMap<String, usize> = known
            .filter_map(|(place, change)| Some((change.sku()?.to_owned(), place)))
            .collect();
        for change in changes {
            let Some(sku) = change.sku() else {
                self.push(change);
                continue;
            };
            if let Some(place) = places.get(sku) {
                merge(&mut self.waiting[*place], change);
            } else {
                places.insert(sku.to_owned(), self.waiting.len());
                self.waiting.push_back(change);
            }
        }
    }

    /// What to send now: at most `at_most` changes of different products that may go side by side, or one
    /// of anything else. They move to the server. `cart` is the confirmed one.
    ///
    /// Those that are with the server already come first, and again: what became of them is not known.
    pub fn send_next(&mut self, cart: Option<&Cart>, at_most: usize) -> Vec<Sent> {
        if self.sent.is_empty() {
            let products = self.waiting.iter().take_while(|it| it.sku().is_some());
            let count = products.take(at_most).count().max(1);
            let units = Units::of(cart);
            let id = cart.map(|cart| &cart.shopping_cart_id);
            for change in self.waiting.drain(..count.min(self.waiting.len())) {
                let before = change.sku().map_or(0, |sku| units.get(sku));
                self.sent.push(Sent {
                    change,
                    cart: id.cloned(),
                    before,
                    doubtful: false,
                    at: None,
                });
            }
        }
        self.sent.clone()
    }

    /// The changes that are with the server were sent now, where they had not been before.
    pub fn date(&mut self, now: i64) -> Vec<Sent> {
        for sent in &mut self.sent {
            sent.at.get_or_insert(now);
        }
        self.sent.clone()
    }

    /// Whether something is with the server.
    pub fn is_sending(&self) -> bool {
        !self.sent.is_empty()
    }

    /// How many wait that may go side by side.
    pub fn alike(&self) -> usize {
        let products = self.waiting.iter().take_while(|it| it.sku().is_some());
        products.count()
    }

    /// Counts again how many units of the sent changes' products the cart holds before they are sent: the
    /// cart has just been read. Not of those that may have arrived.
    pub fn recount(&mut self, cart: Option<&Cart>) -> Vec<Sent> {
        let units = Units::of(cart);
        for sent in self.sent.iter_mut().filter(|sent| !sent.doubtful) {
            if let Some(sku) = sent.change.sku() {
                sent.before = units.get(sku);
                sent.cart = cart.map(|cart| cart.shopping_cart_id.clone());
            }
        }
        self.sent.clone()
    }

    /// A sent change did not arrive in the cart that it was sent to, which has ended: it goes to `cart` as if for the
    /// first time.
    pub fn begin_anew(&mut self, change: &Change, cart: Option<&Cart>) -> Option<Sent> {
        for sent in self.sent.iter_mut().filter(|sent| sent.change == *change) {
            sent.doubtful = false;
            sent.at = None;
        }
        let mut sent = self.recount(cart).into_iter();
        sent.find(|sent| sent.change == *change)
    }

    /// A change as it is with the server.
    pub fn as_sent(&self, change: &Change) -> Option<&Sent> {
        self.sent.iter().find(|sent| sent.change == *change)
    }

    /// The open cart is this one now, or there is none. Gives what was meant for another cart, which has ended: it must
    /// not be done to the next one.
    pub fn follow(&mut self, cart: Option<&str>) -> Vec<Change> {
        let ended = self.cart.is_some() && self.cart.as_deref() != cart;
        self.cart = cart.map(str::to_owned);
        if !ended {
            return Vec::new();
        }
        let sent = std::mem::take(&mut self.sent).into_iter();
        let (edits, sent): (Vec<_>, _) = sent.partition(|sent| sent.change.is_edit());
        self.sent = sent;
        let waiting = std::mem::take(&mut self.waiting).into_iter();
        let (more, waiting): (VecDeque<_>, _) = waiting.partition(Change::is_edit);
        self.waiting = waiting;
        let mut lost: Vec<Change> = edits.into_iter().map(|sent: Sent| sent.change).collect();
        for change in more {
            // Of two changes of one thing the buyer means the later one.
            lost.retain(|earlier| !earlier.same_thing(&change));
            lost.push(change);
        }
        lost
    }

    /// Whether the changes are about that cart, or there is none.
    pub fn is_of(&self, cart: Option<&str>) -> bool {
        self.cart.as_deref() == cart
    }

    /// Forgets the waiting additions of products that `goes` is true of.
    pub fn withdraw(&mut self, goes: impl Fn(&str) -> bool) {
        self.waiting.retain(|change| match change {
            Change::Add { sku, .. } => !goes(sku),
            _ => true,
        });
    }

    /// A change was certainly not made: it waits again, before all others. One that came later about the same thing is
    /// merged with it.
    pub fn unsend(&mut self, change: &Change) {
        let Some(place) = self.sent.iter().position(|sent| sent.change == *change) else {
            return;
        };
        let mut first = self.sent.remove(place).change;
        let later = self.waiting.iter().position(|it| it.same_thing(&first));
        if let Some(later) = later.and_then(|later| self.waiting.remove(later)) {
            merge(&mut first, later);
        }
        self.waiting.push_front(first);
    }

    /// A sent change is settled: confirmed, or refused and given up.
    pub fn settle(&mut self, change: &Change) {
        self.sent.retain(|sent| sent.change != *change);
    }

    /// An answer to one of several changes came that were sent side by side. What it leaves open is looked into by
    /// itself: a refusal is heard again, anything else is in doubt until the cart was read.
    pub fn answered(&mut self, change: &Change, answer: Answer) {
        match answer {
            Answer::Yes(Some(Copies::One)) => self.settle(change),
            Answer::No | Answer::NotTaken => {}
            Answer::Yes(_) | Answer::Unclear => self.doubt(change),
        }
    }

    /// The cart was read after an answer to each of several changes. Those `refused` are heard again, but for one that
    /// turns out to have been made nevertheless: that one is looked into. What goes again is counted anew: others may have
    /// changed the product meanwhile.
    pub fn hear_again(&mut self, refused: &[&Change], cart: Option<&Cart>) {
        let units = Units::of(cart);
        let id = cart.map(|cart| cart.shopping_cart_id.as_str());
        for sent in self.sent.iter_mut().filter(|sent| !sent.doubtful) {
            let is_there = !sent.is_of_another(id) && sent.is_there_nevertheless(&units);
            sent.doubtful = is_there && refused.contains(&&sent.change);
        }
        self.recount(cart);
    }

    /// The answer to a sent change was lost.
    pub fn doubt(&mut self, change: &Change) {
        for sent in self.sent.iter_mut().filter(|sent| sent.change == *change) {
            sent.doubtful = true;
        }
    }

    /// The page was left while changes were with the server.
    pub fn doubt_all(&mut self) {
        for sent in &mut self.sent {
            sent.doubtful = true;
        }
    }

    /// The lines of `cart` with all unconfirmed changes applied, after those shown `before`. Removed lines are left
    /// out.
    pub fn lines_over(&self, cart: Option<&Cart>, before: Option<&ShownLines>) -> ShownLines {
        let mut lines = ShownLines::of(cart, before);
        // A cart read from another tab may hold a sent addition already.
        let units = Units::of(cart.filter(|_| !self.sent.is_empty()));
        let id = cart.map(|cart| cart.shopping_cart_id.as_str());
        let is_in = |sent: &Sent| !sent.is_of_another(id) && sent.has_arrived(&units);
        let sent = self.sent.iter().filter(|sent| !is_in(sent));
        for change in sent.map(|sent| &sent.change).chain(&self.waiting) {
            match change {
                Change::Add {
                    sku,
                    name,
                    quantity,
                } => lines.apply(sku, name, i64::from(*quantity), true),
                Change::Set {
                    sku,
                    name,
                    quantity,
                } => lines.apply(sku, name, i64::from(*quantity), false),
                _ => {}
            }
        }
        lines.without_removed()
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
            .or_else(|| self.sent.iter().find_map(|sent| pick(&sent.change)))
    }
}

/// Lets `change` take the place of one that waits and is about the same thing, or adds to it.
fn merge(waiting: &mut Change, change: Change) {
    match (waiting, change) {
        (
            Change::Add { quantity, .. } | Change::Set { quantity, .. },
            Change::Add { quantity: more, .. },
        ) => *quantity = quantity.saturating_add(more),
        (waiting, change) => *waiting = change,
    }
}

#[cfg(test)]
mod tests;
