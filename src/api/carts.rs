//! Carts: a buyer's ten of the eleven endpoints (the list of all carts is for administrators).

use nymble_wire::{
    AddItem, Address, Cart, CartChanges, CheckoutAnswer, CompleteCheckout, CreateCart, OrderType,
    SetPoNumber, SetShipping, UpdateCart, UpdateItem,
};

use super::{
    http::{Answer, ApiRequest},
    problem::ApiError,
};
use crate::ports::{json, page::encode};

/// One cart of one customer, as the paths name it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct CartPath {
    /// Whose cart.
    pub(crate) customer_number: String,
    /// Which cart.
    pub(crate) cart_id: String,
}

impl CartPath {
    fn path(&self, rest: &str) -> String {
        format!(
            "/api/carts/{}/{}{rest}",
            encode(&self.customer_number),
            encode(&self.cart_id)
        )
    }

    fn item_path(&self, sku: &str) -> String {
        self.path(&format!("/items/{}", encode(sku)))
    }

    /// `POST …/items`: adds units on top of those in the cart.
    pub(crate) fn add_item(&self, sku: &str, quantity: u32) -> ApiRequest {
        ApiRequest::post(
            self.path("/items"),
            &AddItem {
                customer_number: self.customer_number.clone(),
                sku: sku.to_owned(),
                quantity: i64::from(quantity),
            },
        )
    }

    /// `PUT …/items/{sku}`: sets a line's quantity.
    pub(crate) fn update_item(&self, sku: &str, quantity: u32) -> ApiRequest {
        ApiRequest::put(
            self.item_path(sku),
            &UpdateItem {
                customer_number: self.customer_number.clone(),
                quantity: i64::from(quantity),
            },
        )
    }

    /// `DELETE …/items/{sku}`.
    pub(crate) fn remove_item(&self, sku: &str) -> ApiRequest {
        ApiRequest::delete(self.item_path(sku))
    }

    /// `PUT …` with the fields to change.
    pub(crate) fn update(&self, changes: CartChanges) -> ApiRequest {
        ApiRequest::put(self.path(""), &UpdateCart { cart: changes })
    }

    /// `PUT …/po-number`; an empty one is cleared by `PUT …`, as the endpoint requires a text.
    pub(crate) fn set_po_number(&self, po_number: &str) -> ApiRequest {
        if po_number.is_empty() {
            return self.update(CartChanges {
                po_number: Some(String::new()),
                ..CartChanges::default()
            });
        }
        ApiRequest::put(
            self.path("/po-number"),
            &SetPoNumber {
                customer_number: self.customer_number.clone(),
                po_number: po_number.to_owned(),
            },
        )
    }

    /// `PUT …/shipping`.
    pub(crate) fn set_shipping(&self, shipping_address: Address) -> ApiRequest {
        ApiRequest::put(
            self.path("/shipping"),
            &SetShipping {
                customer_number: self.customer_number.clone(),
                shipping_address,
            },
        )
    }

    /// `POST …/complete-checkout`.
    pub(crate) fn complete_checkout(&self, checkout: &CompleteCheckout) -> ApiRequest {
        ApiRequest::post(self.path("/complete-checkout"), checkout)
    }
}

/// `POST /api/carts/{customerNumber}`: a new cart with its first line. 400 when one is open already.
pub(crate) fn create(customer_number: &str, sku: &str, quantity: u32) -> ApiRequest {
    ApiRequest::post(
        format!("/api/carts/{}", encode(customer_number)),
        &CreateCart {
            customer_number: customer_number.to_owned(),
            sku: sku.to_owned(),
            quantity: i64::from(quantity),
            order_type: OrderType::Standard,
        },
    )
}

/// `GET /api/carts/{id}`.
pub(crate) fn one(cart_id: &str) -> ApiRequest {
    ApiRequest::get(format!("/api/carts/{}", encode(cart_id)))
}

/// `GET /api/carts/customer/{customerNumber}`: the customer's active carts.
pub(crate) fn of_customer(customer_number: &str) -> ApiRequest {
    ApiRequest::get(format!("/api/carts/customer/{}", encode(customer_number)))
}

/// Reads one cart.
pub(crate) fn read_one(answer: &Answer) -> Result<Cart, ApiError> {
    answer.decode()
}

/// Reads the answer of [`of_customer`]: the open cart, if there is one.
pub(crate) fn read_open(answer: &Answer) -> Result<Option<Cart>, ApiError> {
    let carts: Vec<Cart> = answer.read(nymble_wire::decode_list)?;
    Ok(carts.into_iter().find(|cart| cart.status.is_open()))
}

/// Reads the answer of [`CartPath::complete_checkout`].
pub(crate) fn read_checkout(answer: &Answer) -> Result<CheckoutAnswer, ApiError> {
    answer.decode()
}

/// Units of `sku` in the cart that `answer` holds; none where it does not say, in the reference's own spelling.
///
/// For when that is all that matters: the browser's parser is many times faster than reading the whole cart.
pub(crate) fn units_in(answer: &Answer, sku: &str) -> Option<i64> {
    let quantity = json::number_of(&answer.text, "items", ("sku", sku), "quantity");
    quantity.map(Option::unwrap_or_default)
}
