//! Placing an order exactly once.
//!
//! The call that places it is sent once. Whatever else comes back than a clear yes, the cart is read:
//! closed means that the order stands, open means that there is none. Before the call, what is being
//! ordered is written down for this tab, so that a reload in the middle finds out in the same way.
//! How often the cart is read is said by [`crate::domain::exactly_once`].

use nymble_wire::{Address, Cart, CompleteCheckout, Payment};
use serde::{Deserialize, Serialize};
use std::future::ready;

use crate::{
    api::{
        carts::{self, CartPath},
        http::ApiRequest,
        orders,
        problem::ApiError,
    },
    domain::exactly_once::{Answer, Copies, Event, ORDER, Observation, Outcome as Once},
    ports::storage,
    state::{
        cart::CartState,
        exactly_once::{self, Work},
        session::Session,
    },
};

/// Where the order that was last placed is kept.
const PLACED_KEY: &str = "nymble.placed-order";

/// Where the attempt whose answer is missing is kept: it is the customer's, and survives a sign-out.
fn attempt_key(customer: &str) -> String {
    format!("{}{customer}", storage::LASTING_ATTEMPT)
}
/// The sales channel of what is ordered here.
const CHANNEL: &str = "Web";

/// What a checkout says about payment.
#[derive(Clone, Debug)]
pub(crate) struct PaymentPart {
    /// The saved method to charge.
    pub(crate) profile_id: Option<String>,
    /// Payment given with the order.
    pub(crate) payment: Option<Payment>,
    /// How the confirmation calls it; holds at most a card's last four digits.
    pub(crate) words: String,
}

impl PaymentPart {
    /// What an order that is paid like this says of it.
    pub(crate) fn method(&self) -> &'static str {
        let card = self
            .payment
            .as_ref()
            .map(|payment| payment.credit_card.is_some());
        match (&self.profile_id, card) {
            (Some(_), _) => "profile",
            (None, Some(true)) => "card",
            (None, _) => "terms",
        }
    }
}

/// What the buyer decided at checkout.
pub(crate) struct Order {
    /// Where the goods go.
    pub(crate) address: Address,
    /// The PO number, if one was given.
    pub(crate) po_number: Option<String>,
    /// How it is paid.
    pub(crate) payment: PaymentPart,
}

/// An order that stands, or was being placed: what the confirmation shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct PlacedOrder {
    /// The order's number; none where the answer got lost.
    pub(crate) order_number: Option<String>,
    /// The reference for support; none where the answer got lost.
    pub(crate) confirmation_id: Option<String>,
    /// The cart as it was ordered.
    pub(crate) cart: Cart,
    /// How it is paid, in words.
    pub(crate) payment: String,
    /// The same as orders call it; none in what an earlier release wrote down.
    #[serde(default)]
    payment_method: Option<String>,
}

impl PlacedOrder {
    /// What the confirmation's address names it by.
    pub(crate) fn reference(&self) -> &str {
        self.order_number
            .as_deref()
            .unwrap_or(&self.cart.shopping_cart_id)
    }
}

/// What became of an attempt to place an order.
pub(crate) enum Outcome {
    /// The order stands.
    Placed(Box<PlacedOrder>),
    /// The API refused, and the cart is still open.
    Refused(ApiError),
    /// The cart is not what the buyer reviewed; nothing was ordered.
    CartChanged,
    /// The cart with that id is not open any more: somebody else ordered or deleted it. Nothing was ordered here.
    Ended(String),
    /// No clear answer came, but the cart is open: there is no order.
    NotPlaced(ApiError),
    /// No clear answer came, and the cart could not be read: there may be an order.
    Unknown(ApiError),
}

/// The order whose answer is still missing, if there is one.
pub(crate) fn pending_attempt(customer: &str) -> Option<PlacedOrder> {
    storage::get_json(&attempt_key(customer))
}

fn write_down(key: &str, order: Option<&PlacedOrder>) {
    let text = order.and_then(|order| serde_json::to_string(order).ok());
    storage::set(key, text.as_deref());
}

/// Keeps the placed order for its confirmation.
pub(crate) fn remember(order: &PlacedOrder) {
    write_down(PLACED_KEY, Some(order));
}

/// The order last placed in this tab.
pub(crate) fn last_placed() -> Option<PlacedOrder> {
    storage::get_json(PLACED_KEY)
}

/// Whether two readings of a cart order the same at the same prices.
fn same_order(reviewed: &Cart, now: &Cart) -> bool {
    reviewed.shopping_cart_id == now.shopping_cart_id
        && reviewed.subtotal == now.subtotal
        && reviewed.order_type == now.order_type
        && reviewed.items.len() == now.items.len()
        && reviewed.items.iter().all(|line| {
            now.line(&line.sku).is_some_and(|other| {
                other.quantity == line.quantity && other.unit_price == line.unit_price
            })
        })
}

/// Places `order` for the cart that the buyer reviewed. `doubting` is called when no clear answer came
/// and the cart is being read.
pub(crate) async fn place(
    session: Session,
    cart: CartState,
    order: &Order,
    doubting: impl Fn(),
) -> Outcome {
    let Some(seen) = cart.confirmed_now() else {
        return Outcome::CartChanged;
    };
    let id = seen.shopping_cart_id.clone();
    match prepare(session, cart, order, &id).await {
        Ok(Prepared::Ready(path, reviewed)) => {
            cart.begin_ordering(&id);
            let outcome = complete(session, cart, (path, *reviewed), order, doubting).await;
            cart.end_ordering();
            outcome
        }
        Ok(Prepared::Changed) => Outcome::CartChanged,
        Ok(Prepared::Ended) => Outcome::Ended(id),
        // Up to here nothing can have been ordered.
        Err(error) if error.outcome_unknown() || error == ApiError::SignedOut => {
            Outcome::NotPlaced(error)
        }
        Err(error) => Outcome::Refused(error),
    }
}

/// What came of bringing the cart to what the form says.
enum Prepared {
    /// It is what the buyer reviewed, and can be ordered.
    Ready(CartPath, Box<Cart>),
    /// It is not what the buyer reviewed.
    Changed,
    /// It is not open any more.
    Ended,
}

/// Brings the cart with that id to what the form says.
async fn prepare(
    session: Session,
    cart: CartState,
    order: &Order,
    id: &str,
) -> Result<Prepared, ApiError> {
    cart.settle().await?;
    let reviewed = cart.confirmed_now();
    let Some(reviewed) = reviewed.filter(|now| now.shopping_cart_id == id) else {
        return Ok(Prepared::Ended);
    };
    let path = CartPath {
        customer_number: reviewed.customer_number.clone(),
        cart_id: reviewed.shopping_cart_id.clone(),
    };
    let written = write_form(session, &path, &reviewed, order).await;
    let refused = |error: &ApiError| error.status().is_some_and(|status| status < 500);
    let now = match cart.read_back(&path.cart_id).await {
        Err(error) if error.status() == Some(404) => return Ok(Prepared::Ended),
        Ok(now) if !now.status.is_open() => return Ok(Prepared::Ended),
        // A cart that is open tells nothing about why the form was refused.
        now => {
            written.map_err(|error| match &now {
                Err(unread) if refused(&error) => unread.clone(),
                _ => error,
            })?;
            now?
        }
    };
    if same_order(&reviewed, &now) {
        Ok(Prepared::Ready(path, Box::new(now)))
    } else {
        Ok(Prepared::Changed)
    }
}

/// Writes what the form says into the cart, where the cart says something else.
async fn write_form(
    session: Session,
    path: &CartPath,
    reviewed: &Cart,
    order: &Order,
) -> Result<(), ApiError> {
    if reviewed.shipping_address.as_ref() != Some(&order.address) {
        session
            .send(path.set_shipping(order.address.clone()))
            .await?;
    }
    let po_number = order.po_number.clone().unwrap_or_default();
    if reviewed.po_number.clone().unwrap_or_default() != po_number {
        session.send(path.set_po_number(&po_number)).await?;
    }
    Ok(())
}

async fn complete(
    session: Session,
    cart: CartState,
    (path, ordered): (CartPath, Cart),
    order: &Order,
    doubting: impl Fn(),
) -> Outcome {
    let attempt = PlacedOrder {
        order_number: None,
        confirmation_id: None,
        cart: ordered,
        payment: order.payment.words.clone(),
        payment_method: Some(order.payment.method().to_owned()),
    };
    let request = path.complete_checkout(&CompleteCheckout {
        customer_number: path.customer_number.clone(),
        channel: CHANNEL.to_owned(),
        payment_profile_id: order.payment.profile_id.clone(),
        payment: order.payment.payment.clone(),
    });
    let placing = Placing {
        session,
        cart,
        attempt,
        request: Some(request),
        error: ApiError::Unreachable,
        unread: None,
        doubting,
    };
    placing.run(Event::Begin).await
}

/// Reads the cart to find out what became of `attempt`, whose answer was not heard.
pub(crate) async fn look_back(session: Session, cart: CartState, attempt: PlacedOrder) -> Outcome {
    let placing = Placing {
        session,
        cart,
        attempt,
        request: None,
        error: ApiError::Unreachable,
        unread: None,
        doubting: || {},
    };
    placing.run(Event::Found).await
}

/// An order on its way.
struct Placing<D> {
    session: Session,
    cart: CartState,
    attempt: PlacedOrder,
    /// The call that places it, until it is sent.
    request: Option<ApiRequest>,
    /// Why there was no clear yes.
    error: ApiError,
    /// Why the cart could not be read the last time.
    unread: Option<ApiError>,
    doubting: D,
}

impl<D: Fn()> Placing<D> {
    async fn run(mut self, first: Event) -> Outcome {
        let outcome = exactly_once::run(&ORDER, first, &mut self).await;
        if outcome.is_certain() {
            write_down(&attempt_key(&self.attempt.cart.customer_number), None);
        }
        match outcome {
            Once::Done | Once::Doubled => Outcome::Placed(Box::new(self.attempt)),
            Once::Refused => Outcome::Refused(self.error),
            Once::NotDone | Once::NotBegun => Outcome::NotPlaced(self.error),
            Once::Ended => Outcome::Ended(self.attempt.cart.shopping_cart_id),
            Once::Unknown => Outcome::Unknown(self.unread.unwrap_or(self.error)),
        }
    }
}

impl<D: Fn()> Work for Placing<D> {
    fn write_down(&mut self) -> impl Future<Output = bool> {
        let key = attempt_key(&self.attempt.cart.customer_number);
        write_down(&key, Some(&self.attempt));
        ready(true)
    }

    async fn send(&mut self) -> Answer {
        let Some(request) = self.request.take() else {
            return Answer::NotTaken;
        };
        let answer = self.session.send(request).await;
        match answer.and_then(|answer| carts::read_checkout(&answer)) {
            Ok(answer) => {
                self.attempt.order_number = Some(answer.order_number);
                self.attempt.confirmation_id = answer.confirmation_id;
                Answer::Yes(Some(Copies::One))
            }
            Err(error) => {
                let said = exactly_once::answer(&error);
                self.error = error;
                said
            }
        }
    }

    /// Reads the cart: closed, it was ordered; open, it was not.
    async fn observe(&mut self) -> Observation {
        (self.doubting)();
        let refused = !self.error.outcome_unknown();
        let read = self.cart.read_back(&self.attempt.cart.shopping_cart_id);
        let read = read.await;
        self.unread = read.as_ref().err().cloned();
        match read {
            Ok(now) if now.status == self.attempt.cart.status => Observation::Absent,
            // A status that the documents do not know says neither: nothing is claimed of it.
            Ok(now) if now.status.is_open() => Observation::CannotTell { transient: false },
            // A request that the browser sent twice by itself is refused, too: it made this order.
            Ok(_) if refused && is_another(self.session, &self.attempt).await => Observation::Ended,
            Ok(_) => Observation::Present(Copies::One),
            Err(error) if refused && error.status() == Some(404) => Observation::Ended,
            Err(error) => exactly_once::unseen(&error),
        }
    }
}

/// Whether the order that the cart became is certainly not the one that was attempted here: it differs in what the buyer
/// decided at checkout.
async fn is_another(session: Session, attempt: &PlacedOrder) -> bool {
    let request = orders::of_cart(&attempt.cart.shopping_cart_id);
    let Ok(answer) = session.send(request).await else {
        return false;
    };
    let Ok(page) = orders::read_page(&answer) else {
        return false;
    };
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    page.data.first().is_some_and(|order| {
        let channel = order.channel.as_deref().unwrap_or(CHANNEL);
        let methods = order
            .payment_method
            .as_ref()
            .zip(attempt.payment_method.as_ref());
        channel != CHANNEL
            || text(&order.po_number) != text(&attempt.cart.po_number)
            || methods.is_some_and(|(paid, meant)| paid != meant)
    })
}
