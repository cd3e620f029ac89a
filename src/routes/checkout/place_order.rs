//! Placing an order exactly once.
//!
//! The call that places it is sent once. Whatever else comes back than a clear yes, the cart is read:
//! closed means that the order stands, open means that there is none. Before the call, what is being
//! ordered is written down for this tab, so that a reload in the middle finds out in the same way.

use nymble_wire::{Address, Cart, CompleteCheckout};
use serde::{Deserialize, Serialize};

use super::payment::PaymentPart;
use crate::{
    api::{
        carts::{self, CartPath},
        problem::ApiError,
    },
    browser::{storage, time},
    state::{cart::CartState, session::Session},
};

/// Where the order that was last placed is kept.
const PLACED_KEY: &str = "nymble.placed-order";

/// Where the attempt whose answer is missing is kept: it is the customer's, and survives a sign-out.
fn attempt_key(customer: &str) -> String {
    format!("{}{customer}", storage::LASTING_ATTEMPT)
}
/// How often the cart is asked for after a lost answer.
const LOOKS: u32 = 4;
/// The first pause before the cart is asked for again, in milliseconds; it doubles.
const FIRST_PAUSE_MS: i32 = 600;

/// What the buyer decided at checkout.
pub struct Order {
    /// Where the goods go.
    pub address: Address,
    /// The PO number, if one was given.
    pub po_number: Option<String>,
    /// How it is paid.
    pub payment: PaymentPart,
}

/// An order that stands, or was being placed: what the confirmation shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlacedOrder {
    /// The order's number; none where the answer got lost.
    pub order_number: Option<String>,
    /// The reference for support; none where the answer got lost.
    pub confirmation_id: Option<String>,
    /// The cart as it was ordered.
    pub cart: Cart,
    /// How it is paid, in words.
    pub payment: String,
}

impl PlacedOrder {
    /// What the confirmation's address names it by.
    pub fn reference(&self) -> &str {
        self.order_number
            .as_deref()
            .unwrap_or(&self.cart.shopping_cart_id)
    }
}

/// What became of an attempt to place an order.
pub enum Outcome {
    /// The order stands.
    Placed(Box<PlacedOrder>),
    /// The API refused, and the cart is still open.
    Refused(ApiError),
    /// The cart is not what the buyer reviewed; nothing was ordered.
    CartChanged,
    /// No clear answer came, but the cart is open: there is no order.
    NotPlaced(ApiError),
    /// No clear answer came, and the cart could not be read: there may be an order.
    Unknown(ApiError),
}

/// The order whose answer is still missing, if there is one.
pub fn pending_attempt(customer: &str) -> Option<PlacedOrder> {
    storage::get_json(&attempt_key(customer))
}

fn write_down(key: &str, order: Option<&PlacedOrder>) {
    let text = order.and_then(|order| serde_json::to_string(order).ok());
    storage::set(key, text.as_deref());
}

/// Keeps the placed order for its confirmation.
pub fn remember(order: &PlacedOrder) {
    write_down(PLACED_KEY, Some(order));
}

/// The order last placed in this tab.
pub fn last_placed() -> Option<PlacedOrder> {
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
pub async fn place(
    session: Session,
    cart: CartState,
    order: &Order,
    doubting: impl Fn(),
) -> Outcome {
    match prepare(session, cart, order).await {
        Ok(Some(prepared)) => complete(session, cart, prepared, order, doubting).await,
        Ok(None) => Outcome::CartChanged,
        // Up to here nothing can have been ordered.
        Err(error) if error.leaves_doubt() || error == ApiError::SignedOut => {
            Outcome::NotPlaced(error)
        }
        Err(error) => Outcome::Refused(error),
    }
}

/// Brings the cart to what the form says. None when it is not what the buyer reviewed.
async fn prepare(
    session: Session,
    cart: CartState,
    order: &Order,
) -> Result<Option<(CartPath, Cart)>, ApiError> {
    cart.settle().await?;
    let Some(reviewed) = cart.confirmed_now() else {
        return Ok(None);
    };
    let path = CartPath {
        customer_number: reviewed.customer_number.clone(),
        cart_id: reviewed.shopping_cart_id.clone(),
    };
    if reviewed.shipping_address.as_ref() != Some(&order.address) {
        session
            .send(path.set_shipping(order.address.clone()))
            .await?;
    }
    let po_number = order.po_number.clone().unwrap_or_default();
    if reviewed.po_number.clone().unwrap_or_default() != po_number {
        session.send(path.set_po_number(&po_number)).await?;
    }
    let now = cart.read_back(&path.cart_id).await?;
    if !now.status.is_open() || !same_order(&reviewed, &now) {
        return Ok(None);
    }
    Ok(Some((path, now)))
}

async fn complete(
    session: Session,
    cart: CartState,
    (path, ordered): (CartPath, Cart),
    order: &Order,
    doubting: impl Fn(),
) -> Outcome {
    let mut placed = PlacedOrder {
        order_number: None,
        confirmation_id: None,
        cart: ordered,
        payment: order.payment.words.clone(),
    };
    let key = attempt_key(&path.customer_number);
    write_down(&key, Some(&placed));
    let request = path.complete_checkout(&CompleteCheckout {
        customer_number: path.customer_number.clone(),
        channel: "Web".to_owned(),
        payment_profile_id: order.payment.profile_id.clone(),
        payment: order.payment.payment.clone(),
    });
    let answer = session.send(request).await;
    match answer.and_then(|answer| carts::read_checkout(&answer)) {
        Ok(answer) => {
            placed.order_number = Some(answer.order_number);
            placed.confirmation_id = answer.confirmation_id;
            write_down(&key, None);
            Outcome::Placed(Box::new(placed))
        }
        Err(error) => {
            doubting();
            look_back(cart, placed, error).await
        }
    }
}

/// Reads the cart to find out what became of `attempt`, whose call ended in `error`.
pub async fn look_back(cart: CartState, attempt: PlacedOrder, error: ApiError) -> Outcome {
    let key = attempt_key(&attempt.cart.customer_number);
    let mut pause = FIRST_PAUSE_MS;
    for look in 1..=LOOKS {
        match cart.read_back(&attempt.cart.shopping_cart_id).await {
            Ok(now) if now.status == attempt.cart.status => {
                // An answer may be lost while the server is still at work: an open cart is believed
                // when it stays open.
                if error.leaves_doubt() && look < 2 {
                    time::sleep(pause).await;
                    continue;
                }
                write_down(&key, None);
                return if error.leaves_doubt() {
                    Outcome::NotPlaced(error)
                } else {
                    Outcome::Refused(error)
                };
            }
            Ok(now) if !now.status.is_open() => {
                write_down(&key, None);
                return Outcome::Placed(Box::new(attempt));
            }
            // A status that the documents do not know says neither: nothing is claimed of it.
            Ok(_) => return Outcome::Unknown(error),
            Err(unread) if look == LOOKS || !unread.is_passing() => {
                return Outcome::Unknown(unread);
            }
            Err(_) => {
                time::sleep(pause).await;
                pause *= 2;
            }
        }
    }
    Outcome::Unknown(error)
}
