//! Carts and checkout, from the reference's own examples and in every documented variant of them.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod common;

use common::{amount, examples, json, misses, read, read_and_send, sent, some, without};
use nymble_wire::{
    AddItem, AddressType, Cart, CartLine, CartStatus, CheckoutAnswer, CompleteCheckout, CreateCart,
    DecodeError, OrderType, Payment, PaymentProfile, SetPoNumber, SetShipping, Timestamp,
    UpdateCart, UpdateItem, decode, decode_list,
};

fn cart(members: &str) -> Result<Cart, DecodeError> {
    decode(&format!(r#"{{"shoppingCartId":"c"{members}}}"#))
}

#[test]
fn the_created_cart_is_read_field_by_field() {
    let cart: Cart = read_and_send(examples::CART);
    assert_eq!(cart.shopping_cart_id, "cart_8f3a2c1d");
    assert_eq!(cart.customer_number, "ACME-001");
    assert_eq!(cart.organization_id, some("org_4e9b7f22"));
    assert_eq!(cart.company_name, some("Acme Industrial Supply"));
    assert_eq!(cart.status, CartStatus::Pending);
    assert!(cart.status.is_open());
    assert_eq!(cart.pricing_tier, some("Wholesale"));
    assert_eq!(cart.currency_code, some("USD"));
    assert_eq!(cart.order_type, OrderType::Standard);
    assert_eq!(cart.po_number, None);
    assert_eq!(cart.special_instructions, None);
    assert_eq!(
        cart.items,
        [CartLine {
            item_id: some("item_001"),
            sku: "WIDGET-BLU-L".to_owned(),
            name: some("Blue Widget — Large"),
            quantity: 10,
            unit_price: Some(amount("18.50")),
            line_total: Some(amount("185.00")),
        }]
    );
    assert_eq!(cart.line("WIDGET-BLU-L"), cart.items.first());
    assert_eq!(cart.line("WIDGET-RED-M"), None);
    assert_eq!(cart.subtotal, Some(amount("185.00")));
    assert_eq!(cart.shipping_address, None);
    assert_eq!(cart.billing_address, None);
    assert_eq!(cart.created_at, Timestamp::parse("2024-06-01T10:00:00Z"));
    assert_eq!(cart.updated_at, Timestamp::parse("2024-06-01T10:00:00Z"));
}

#[test]
fn the_short_answer_of_creating_a_cart_is_read() {
    let cart: Cart = read_and_send(examples::SHORT_CART);
    assert_eq!(cart.shopping_cart_id, "cart_77");
    assert_eq!(cart.customer_number, "C-10042");
    assert_eq!(cart.status, CartStatus::Pending);
    assert_eq!(cart.subtotal, None);
    assert_eq!(
        cart.items,
        [CartLine {
            item_id: None,
            sku: "MUG-05".to_owned(),
            name: None,
            quantity: 24,
            unit_price: None,
            line_total: None,
        }]
    );
}

#[test]
fn bodies_that_fill_a_cart_are_read_and_sent_as_documented() {
    let create: CreateCart = read_and_send(examples::CREATE_CART);
    assert_eq!(create.customer_number, "ACME-001");
    assert_eq!(create.sku, "WIDGET-BLU-L");
    assert_eq!(create.quantity, 10);
    assert_eq!(create.order_type, OrderType::Standard);

    let add: AddItem = read_and_send(examples::ADD_ITEM);
    assert_eq!(add.customer_number, "ACME-001");
    assert_eq!(add.sku, "WIDGET-RED-M");
    assert_eq!(add.quantity, 5);

    let update: UpdateItem = read_and_send(examples::UPDATE_ITEM);
    assert_eq!(update.customer_number, "ACME-001");
    assert_eq!(update.quantity, 12);
}

#[test]
fn bodies_that_change_a_cart_are_read_and_sent_as_documented() {
    let update: UpdateCart = read_and_send(examples::UPDATE_CART);
    assert_eq!(update.cart.order_type, Some(OrderType::Quote));
    assert_eq!(
        update.cart.special_instructions,
        some("Ship to dock B. Call before delivery.")
    );
    let nothing: UpdateCart = read_and_send(r#"{"cart":{}}"#);
    assert_eq!(nothing.cart.order_type, None);

    let po: SetPoNumber = read_and_send(examples::SET_PO_NUMBER);
    assert_eq!(po.customer_number, "ACME-001");
    assert_eq!(po.po_number, "PO-2024-88412");

    let shipping: SetShipping = read_and_send(examples::SET_SHIPPING);
    assert_eq!(shipping.customer_number, "ACME-001");
    let address = &shipping.shipping_address;
    assert_eq!(address.external_id, None);
    assert_eq!(address.code, None);
    assert_eq!(address.line1, "500 Commerce Drive");
    assert_eq!(address.line2, some("Dock B"));
    assert_eq!(address.city, "Austin");
    assert_eq!(address.state, some("TX"));
    assert_eq!(address.postal_code, some("78701"));
    assert_eq!(address.country, "US");
    assert_eq!(address.phone, some("555-800-1000"));
    assert_eq!(address.address_type, Some(AddressType::Shipping));
    assert_eq!(address.is_primary, Some(true));
    assert!(address.is_shipping());
}

#[test]
fn a_checkout_is_read_and_sent_as_documented() {
    let checkout: CompleteCheckout = read_and_send(examples::COMPLETE_CHECKOUT);
    assert_eq!(checkout.customer_number, "ACME-001");
    assert_eq!(checkout.channel, "Web");
    assert_eq!(checkout.payment_profile_id, None);
    let payment = checkout.payment.as_ref().unwrap();
    let address = payment.billing_address.as_ref().unwrap();
    assert_eq!(address.address1, "500 Commerce Drive");
    assert_eq!(address.address2, some("Suite 200"));
    assert_eq!(address.city, "Austin");
    assert_eq!(address.state_province, some("TX"));
    assert_eq!(address.zip_postal_code, some("78701"));
    assert_eq!(address.country, "US");
    let card = payment.credit_card.as_ref().unwrap();
    assert_eq!(card.card_number, "4111111111111111");
    assert_eq!(card.cardholder_name, "Jane Smith");
    assert_eq!(card.expiry_month, "10");
    assert_eq!(card.expiry_year, 2028);
    assert_eq!(card.cvv, "123");

    let saved: CompleteCheckout =
        read_and_send(r#"{"customerNumber":"ACME-001","channel":"Web","paymentProfileId":"pp_1"}"#);
    assert_eq!(saved.payment_profile_id, some("pp_1"));
    let on_account: CompleteCheckout =
        read_and_send(r#"{"customerNumber":"ACME-001","channel":"Web","payment":{}}"#);
    assert_eq!(on_account.payment, Some(Payment::default()));
}

/// `Debug` shows nothing of a card.
#[test]
fn a_card_is_not_shown_by_debug() {
    let checkout: CompleteCheckout = decode(examples::COMPLETE_CHECKOUT).unwrap();
    let shown = format!("{checkout:?}");
    for secret in ["4111", "123", "Jane"] {
        assert!(!shown.contains(secret), "{secret} in {shown}");
    }
}

#[test]
fn a_billing_address_is_read_in_the_other_spelling() {
    let payment: Payment = decode(
        r#"{"billingAddress":{"line1":"500 Commerce Drive","line2":"Suite 200","city":"Austin",
            "state":"TX","postalCode":"78701","country":"US"}}"#,
    )
    .unwrap();
    let checkout: CompleteCheckout = decode(examples::COMPLETE_CHECKOUT).unwrap();
    assert_eq!(
        payment.billing_address,
        checkout.payment.unwrap().billing_address
    );
}

#[test]
fn the_answer_of_a_checkout_is_read_in_both_shapes() {
    let answer: CheckoutAnswer = read_and_send(examples::CHECKOUT_ANSWER);
    assert_eq!(answer.order_number, "MOM-00482");
    assert_eq!(answer.confirmation_id, some("conf_a3f91bc2"));

    let order: CheckoutAnswer = read(examples::ORDER_AS_ANSWER);
    assert_eq!(order.order_number, "ORD-00412");
    assert_eq!(order.confirmation_id, None);
}

#[test]
fn a_closed_cart_is_known_by_both_of_its_names() {
    for name in ["CLOSED", "Closed", "Complete", "COMPLETE", "Completed"] {
        let cart = cart(&format!(r#","status":"{name}""#)).unwrap();
        assert_eq!(cart.status, CartStatus::Closed, "{name}");
        assert!(!cart.status.is_open(), "{name}");
        assert_eq!(sent(&cart)["status"], "CLOSED", "{name}");
    }
    for name in ["PENDING", "Pending", "pending"] {
        let cart = cart(&format!(r#","Status":"{name}""#)).unwrap();
        assert_eq!(cart.status, CartStatus::Pending, "{name}");
    }
}

#[test]
fn unknown_names_are_kept() {
    let cart = cart(r#","status":"On Hold","orderType":"Direct""#).unwrap();
    assert_eq!(cart.status, CartStatus::Other("On Hold".to_owned()));
    assert_eq!(cart.order_type, OrderType::Other("Direct".to_owned()));
    assert_eq!(sent(&cart)["status"], "On Hold");
    assert_eq!(sent(&cart)["orderType"], "Direct");
}

#[test]
fn a_cart_without_items_or_status_is_an_empty_open_one() {
    let cart = cart("").unwrap();
    assert_eq!(cart.customer_number, "");
    assert_eq!(cart.status, CartStatus::Pending);
    assert_eq!(cart.order_type, OrderType::Standard);
    assert_eq!(cart.items, []);
}

#[test]
fn a_purchase_order_number_is_read_in_three_spellings() {
    for key in ["poNumber", "PoNumber", "PONumber"] {
        let cart = cart(&format!(r#","{key}":"PO 1""#)).unwrap();
        assert_eq!(cart.po_number, some("PO 1"), "{key}");
        let body: SetPoNumber =
            decode(&format!(r#"{{"CustomerNumber":"C","{key}":"PO 1"}}"#)).unwrap();
        assert_eq!(body.po_number, "PO 1", "{key}");
    }
    let twice = cart(r#","PoNumber":"PO 1","PONumber":"PO 1","poNumber":"PO 1""#).unwrap();
    assert_eq!(twice.po_number, some("PO 1"));
    let one_is_null = cart(r#","PoNumber":"PO 1","poNumber":null"#).unwrap();
    assert_eq!(one_is_null.po_number, some("PO 1"));
}

/// A missing required field is named.
#[test]
fn missing_required_fields_are_named() {
    misses::<Cart>(
        &without(examples::CART, "", "shoppingCartId"),
        "shoppingCartId",
    );
    misses::<Cart>(&without(examples::CART, "/items/0", "sku"), "sku");
    misses::<Cart>(&without(examples::CART, "/items/0", "quantity"), "quantity");
    for field in ["customerNumber", "sku", "quantity", "orderType"] {
        misses::<CreateCart>(&without(examples::CREATE_CART, "", field), field);
    }
    for field in ["customerNumber", "sku", "quantity"] {
        misses::<AddItem>(&without(examples::ADD_ITEM, "", field), field);
    }
    misses::<UpdateItem>(&without(examples::UPDATE_ITEM, "", "quantity"), "quantity");
    misses::<UpdateCart>("{}", "cart");
    misses::<SetPoNumber>(
        &without(examples::SET_PO_NUMBER, "", "poNumber"),
        "poNumber",
    );
    misses::<SetShipping>(
        &without(examples::SET_SHIPPING, "", "shippingAddress"),
        "shippingAddress",
    );
    for field in ["customerNumber", "channel"] {
        misses::<CompleteCheckout>(&without(examples::COMPLETE_CHECKOUT, "", field), field);
    }
    misses::<CompleteCheckout>(
        &without(
            examples::COMPLETE_CHECKOUT,
            "/payment/creditCard",
            "cardNumber",
        ),
        "cardNumber",
    );
    misses::<CheckoutAnswer>(
        &without(examples::CHECKOUT_ANSWER, "", "orderNumber"),
        "orderNumber",
    );
    misses::<PaymentProfile>("{}", "paymentProfileId");
}

#[test]
fn quantities_are_whole() {
    for (text, wanted) in [
        ("10", 10),
        ("10.0", 10),
        ("0", 0),
        ("-1", -1),
        ("1e9", 1_000_000_000),
    ] {
        let cart = cart(&format!(r#","items":[{{"sku":"A","quantity":{text}}}]"#)).unwrap();
        assert_eq!(cart.items[0].quantity, wanted, "{text}");
        assert_eq!(sent(&cart)["items"][0]["quantity"], wanted);
    }
    for text in ["10.5", "1e99", r#""ten""#, "{}", "true"] {
        let read = cart(&format!(r#","items":[{{"sku":"A","quantity":{text}}}]"#));
        assert!(
            matches!(read, Err(DecodeError::WrongShape(_))),
            "{text}: {read:?}"
        );
    }
}

#[test]
fn the_carts_of_a_customer_are_read_bare_and_wrapped() {
    let wanted = vec![decode::<Cart>(examples::CART).unwrap()];
    let bare = format!("[{}]", examples::CART);
    for text in [
        bare.clone(),
        format!(r#"{{"data":{bare},"totalCount":1}}"#),
        format!(r#"{{"Data":{bare},"TotalCount":1,"PageNumber":1,"PageSize":25}}"#),
        format!(r#"{{"carts":{bare}}}"#),
    ] {
        assert_eq!(decode_list::<Cart>(&text).unwrap(), wanted, "{text}");
    }
    for text in ["[]", r#"{"data":[]}"#, r#"{"Data":[],"TotalCount":0}"#] {
        assert_eq!(decode_list::<Cart>(text).unwrap(), [], "{text}");
    }
    let cut_off = decode_list::<Cart>(r#"{"error":"none"}"#);
    assert!(matches!(cut_off, Err(DecodeError::WrongShape(_))));
}

#[test]
fn a_cart_with_both_addresses_is_read_and_sent() {
    let mut value = json(examples::CART);
    value["shippingAddress"] = json(examples::SET_SHIPPING)["shippingAddress"].clone();
    value["billingAddress"] = json(r#"{"line1":"1 Main St","city":"Austin","country":"US"}"#);
    value["poNumber"] = "PO-2024-88412".into();
    value["specialInstructions"] = "Dock B".into();
    let cart: Cart = read_and_send(&value.to_string());
    assert_eq!(cart.po_number, some("PO-2024-88412"));
    assert_eq!(cart.special_instructions, some("Dock B"));
    assert_eq!(cart.shipping_address.unwrap().line2, some("Dock B"));
    let billing = cart.billing_address.unwrap();
    assert_eq!(billing.line1, "1 Main St");
    assert_eq!(billing.state, None);
}

#[test]
fn saved_payment_methods_are_read() {
    let profile: PaymentProfile = read_and_send(
        r#"{"paymentProfileId":"pp_1","cardBrand":"Visa","lastFour":"1111","expiryMonth":10,
            "expiryYear":2028,"cardholderName":"Jane Smith","isDefault":true}"#,
    );
    assert_eq!(profile.payment_profile_id, "pp_1");
    assert_eq!(profile.card_brand, some("Visa"));
    assert_eq!(profile.last_four, some("1111"));
    assert_eq!(profile.expiry_month, Some(10));
    assert_eq!(profile.expiry_year, Some(2028));
    assert_eq!(profile.cardholder_name, some("Jane Smith"));
    assert!(profile.is_default);

    let other: PaymentProfile =
        decode(r#"{"Id":"pp_1","Brand":"Visa","Last4":"1111","ExpiryMonth":10.0}"#).unwrap();
    assert_eq!(other.payment_profile_id, "pp_1");
    assert_eq!(other.card_brand, some("Visa"));
    assert_eq!(other.last_four, some("1111"));
    assert_eq!(other.expiry_month, Some(10));

    // Our own names win over a record's internal id and over other names of the same thing.
    let every_name: PaymentProfile = decode(
        r#"{"id":"internal","paymentProfileId":"pp_1","cardType":"c","brand":"b","cardBrand":"Visa",
            "lastFourDigits":"l","last4":"4","lastFour":"1111"}"#,
    )
    .unwrap();
    assert_eq!(every_name.payment_profile_id, "pp_1");
    assert_eq!(every_name.card_brand, some("Visa"));
    assert_eq!(every_name.last_four, some("1111"));
    let two_names: PaymentProfile = decode(
        r#"{"id":"pp_1","cardType":"Credit","brand":"Visa","lastFourDigits":"1","last4":"1111"}"#,
    )
    .unwrap();
    assert_eq!(two_names.card_brand, some("Visa"));
    assert_eq!(two_names.last_four, some("1111"));
}
