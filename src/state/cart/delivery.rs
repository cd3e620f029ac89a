//! What becomes of one change of the cart: sent once, looked for where the answer leaves it open, set right where it was
//! made several times over. How often is said by [`crate::domain::exactly_once`].

use leptos::prelude::*;
use nymble_wire::Cart;

use crate::state::{
    cart::CartState,
    exactly_once::{self, Work},
};
use crate::{
    api::{carts::CartPath, problem::ApiError},
    domain::{
        cart::{
            changes::{Change, ChangeQueue, Fate, Sent},
            lines::Units,
        },
        exactly_once::{Answer, CART, Copies, Event, Observation, Outcome as Once},
        values::clocks::Reading,
    },
    ports::time,
};

/// What became of a change that was sent.
pub(super) enum Outcome {
    /// The server has it; this is the cart now.
    Confirmed(Option<Box<Cart>>),
    /// The server refused it.
    GivenUp(String),
    /// The cart that it was meant for has ended, and the buyer has been told.
    Ended,
    /// It could not be sent now and stays.
    Stalled {
        /// Why.
        error: ApiError,
        /// Whether it may have arrived.
        in_doubt: bool,
    },
}

/// The answer to a change.
pub(super) enum Reply {
    /// It was made, and this is the cart now; none where there was nothing to change.
    Made(Option<Box<Cart>>),
    /// It was made, but the cart could not be read.
    Unread(ApiError),
}

impl From<Result<Cart, ApiError>> for Reply {
    fn from(read: Result<Cart, ApiError>) -> Self {
        read.map_or_else(Self::Unread, |cart| Self::Made(Some(Box::new(cart))))
    }
}

impl CartState {
    /// Sends one change and finds out what became of it.
    pub(super) async fn deliver(self, customer: &str, sent: &Sent) -> Outcome {
        let first = if sent.doubtful {
            Event::Found
        } else {
            Event::Begin
        };
        let mut delivery = Delivery::of(self, customer, sent.clone());
        let mut outcome = exactly_once::run(&CART, first, &mut delivery).await;
        // What was to be added to a cart that was checked out elsewhere starts the next one.
        if outcome == Once::Ended
            && let Some(anew) = self.begun_anew(&sent.change)
        {
            delivery = Delivery::of(self, customer, anew);
            outcome = exactly_once::run(&CART, Event::Begin, &mut delivery).await;
        }
        delivery.conclude(outcome).await
    }

    fn as_sent(self, change: &Change) -> Option<Sent> {
        self.queue
            .with_untracked(|queue| queue.as_sent(change).cloned())
    }

    /// An addition that did not arrive in the cart that it was sent to goes to the next one as if for the first time.
    fn begun_anew(self, change: &Change) -> Option<Sent> {
        if change.is_edit() {
            return None;
        }
        let cart = self.confirmed_now();
        let begin = |queue: &mut ChangeQueue| {
            queue.begin_anew(change, cart.as_deref())?;
            queue.date(time::now_ms() / 1000);
            queue.as_sent(change).cloned()
        };
        let anew = self.queue.try_update(begin).flatten();
        self.keep();
        anew
    }
}

/// A change on its way.
struct Delivery<'a> {
    cart: CartState,
    customer: &'a str,
    sent: Sent,
    /// What is known of an addition whose cart has ended.
    fate: Option<Fate>,
    /// Whether the change was sent by this try.
    is_sent: bool,
    /// The id of the open cart when it was sent.
    cart_before: Option<String>,
    /// When this try began.
    began: Reading,
    /// What the line should hold, where the change was made several times over.
    meant: Option<u32>,
    /// The cart as the change left it.
    changed: Option<Box<Cart>>,
    /// Why there was no clear yes.
    error: Option<ApiError>,
    /// Why the cart could not be read.
    unread: Option<ApiError>,
}

impl<'a> Delivery<'a> {
    fn of(cart: CartState, customer: &'a str, sent: Sent) -> Self {
        Self {
            cart,
            customer,
            sent,
            fate: None,
            is_sent: false,
            cart_before: None,
            began: time::reading(),
            meant: None,
            changed: None,
            error: None,
            unread: None,
        }
    }

    async fn conclude(self, outcome: Once) -> Outcome {
        let asked = self.error.is_some();
        let refused = self.is_refused();
        // Of a refusal that could not be looked into the buyer hears why that was.
        let unread = self
            .unread
            .as_ref()
            .filter(|_| !asked || refused && outcome == Once::Unknown);
        let error = unread.or(self.error.as_ref()).cloned();
        let error = error.unwrap_or(ApiError::Unreachable);
        let stays = error.is_transient() || error == ApiError::SignedOut;
        match outcome {
            Once::Done => {
                if self.fate == Some(Fate::In) {
                    self.cart.tell_ordered_too(&self.sent.change);
                }
                Outcome::Confirmed(self.changed)
            }
            Once::Ended if self.is_off() => Outcome::Ended,
            // Whoever orders it again must know that it may have been ordered.
            Once::Unknown if self.fate == Some(Fate::Unknown) => {
                Outcome::GivenUp(self.cart.locale.text("cart.perhaps_ordered"))
            }
            Once::Doubled | Once::Unknown => Outcome::Stalled {
                error,
                in_doubt: true,
            },
            Once::NotBegun => Outcome::Stalled {
                error,
                in_doubt: false,
            },
            _ if stays => Outcome::Stalled {
                error,
                in_doubt: asked && !refused,
            },
            _ => Outcome::GivenUp(self.cart.why_refused(&self.sent, &error).await),
        }
    }

    fn is_refused(&self) -> bool {
        let error = self.error.as_ref();
        error.is_some_and(|error| !error.outcome_unknown())
    }

    /// Whether it is not wanted any more, as what it was meant for has ended or the buyer took it back.
    fn is_off(&self) -> bool {
        let change = &self.sent.change;
        change.is_edit() || self.cart.as_sent(change).is_none()
    }

    fn unseen(&mut self, error: ApiError) -> Observation {
        let seen = exactly_once::unseen(&error);
        self.unread = Some(error);
        seen
    }

    /// Whether the change was made several times over: browsers send a request again by themselves. Not when another
    /// tab may have changed the product, too: then it may be what was meant.
    async fn copies(&mut self, meant: Option<u32>) -> Copies {
        self.meant = meant;
        let sku = self.sent.change.sku().filter(|_| meant.is_some());
        match sku {
            Some(sku) if !self.cart.another_tab_changes(sku, self.began).await => Copies::Several,
            _ => Copies::One,
        }
    }
}

impl Work for Delivery<'_> {
    /// Counts what an addition is added to. That must be known for certain: it tells afterwards whether the addition was
    /// made once, twice or not at all, whatever another device has done meanwhile.
    async fn write_down(&mut self) -> bool {
        if !matches!(self.sent.change, Change::Add { .. }) {
            return true;
        }
        if self.cart.is_fresh() {
            return true;
        }
        if let Err(error) = self.cart.read_open(self.customer).await {
            self.unread = Some(error);
            return false;
        }
        self.cart.recount();
        self.cart.keep();
        if let Some(sent) = self.cart.as_sent(&self.sent.change) {
            self.sent = sent;
        }
        true
    }

    async fn send(&mut self) -> Answer {
        self.began = time::reading();
        self.is_sent = true;
        self.cart_before = self.cart.cart_id();
        // What is in a cart that another one made at the same moment is not known.
        let had_cart = self.cart_before.is_some();
        let sending = self.cart.send_change(self.customer, &self.sent.change);
        match sending.await {
            // It was made. Whether once, the cart tells when it can be read.
            Ok(Reply::Unread(error)) => {
                self.unread = Some(error);
                Answer::Unclear
            }
            Ok(Reply::Made(cart)) => {
                let added = cart.as_ref().filter(|_| had_cart);
                let meant = added.and_then(|cart| self.sent.meant(&Units::of(Some(&**cart))));
                self.changed = cart;
                Answer::Yes(Some(self.copies(meant).await))
            }
            Err(error) => {
                let said = exactly_once::answer(&error);
                self.error = Some(error);
                said
            }
        }
    }

    /// Reads the cart; where that is another one than the change was sent to, the one that has ended, or its order.
    async fn observe(&mut self) -> Observation {
        let cart = self.cart;
        if let Err(error) = cart.read_open(self.customer).await {
            return self.unseen(error);
        }
        // Reading the cart may have shown that it is another one. It may have been counted again, too.
        let Some(sent) = cart.as_sent(&self.sent.change) else {
            return Observation::Ended;
        };
        self.sent = sent;
        let refused = self.is_refused();
        if self.sent.is_of_another(cart.cart_id().as_deref()) {
            if refused {
                return Observation::Ended;
            }
            let fate = cart.fate_of(&self.sent).await;
            self.fate = fate.as_ref().ok().copied();
            return match fate {
                Ok(Fate::In) => Observation::Present(Copies::One),
                Ok(Fate::NotIn) => Observation::Ended,
                Ok(Fate::Unknown) => Observation::CannotTell { transient: false },
                Err(error) => self.unseen(error),
            };
        }
        let (there, meant) = cart.confirmed.with_untracked(|cart| {
            let units = Units::of(cart.as_deref());
            let there = if refused {
                self.sent.is_there_nevertheless(&units)
            } else {
                self.sent.has_arrived(&units)
            };
            (there, self.sent.meant(&units))
        });
        if there {
            return Observation::Present(self.copies(meant).await);
        }
        if self.sent.begins_a_cart() && !refused {
            match cart.fate_of_first(self.customer, &self.sent).await {
                Ok(Fate::NotIn) => {}
                Ok(fate) => {
                    self.fate = Some(fate);
                    return Observation::CannotTell { transient: false };
                }
                Err(error) => return self.unseen(error),
            }
        }
        if self.is_sent && self.cart_before != cart.cart_id() {
            return Observation::Ended;
        }
        Observation::Absent
    }

    /// Sets the line to what was meant.
    async fn set_right(&mut self) -> bool {
        let line = self.sent.change.sku().zip(self.meant);
        let Some(((sku, meant), cart_id)) = line.zip(self.cart.cart_id()) else {
            return false;
        };
        let path = CartPath {
            customer_number: self.customer.to_owned(),
            cart_id,
        };
        let request = path.update_item(sku, meant);
        let changed = match self.cart.session.send(request).await {
            Ok(answer) => self.cart.read_changed(&answer, &path.cart_id).await,
            Err(error) => Err(error),
        };
        match changed {
            Ok(cart) => {
                self.changed = Some(Box::new(cart));
                true
            }
            Err(error) => {
                self.error = Some(error);
                false
            }
        }
    }
}
