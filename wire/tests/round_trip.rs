//! What is sent reads back as what it was, whatever the objects hold.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod common;

use common::sent;
use nymble_wire::{
    Address, AddressType, Cart, CartChanges, CartLine, CartStatus, Category, Contact, Customer,
    Filter, FilterOperator, OrderType, Page, PriceEntry, Problem, Product, ProductImage, Timestamp,
    UpdateCart, decode, decode_page,
};
use proptest::{option, prelude::*};
use rust_decimal::Decimal;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::json;

fn round_trip<T: Serialize + DeserializeOwned + PartialEq>(object: &T) -> bool {
    let text = serde_json::to_string(object).unwrap();
    decode::<T>(&text).as_ref() == Ok(object)
        && serde_json::from_str::<T>(&text).ok().as_ref() == Some(object)
}

/// Any text, among them those that look like markup, numbers or nothing.
fn text() -> BoxedStrategy<String> {
    prop_oneof![
        any::<String>(),
        Just(String::new()),
        Just("null".to_owned()),
        Just("<b>\u{202e}\u{0}\"\\".to_owned()),
    ]
    .boxed()
}

fn maybe() -> BoxedStrategy<Option<String>> {
    option::of(text()).boxed()
}

fn amount() -> BoxedStrategy<Decimal> {
    (any::<i64>(), 0_u32..=10)
        .prop_map(|(digits, scale)| Decimal::new(digits, scale))
        .boxed()
}

fn time() -> BoxedStrategy<Option<Timestamp>> {
    "20[0-9]{2}-0[1-9]-1[0-9]T0[0-9]:[0-5][0-9]:[0-5][0-9](\\.[0-9]{1,7})?(Z|[+-]0[0-9]:00)?"
        .prop_map(|text| Timestamp::parse(&text))
        .boxed()
}

prop_compose! {
    fn address()(
        line1 in text(), city in text(), country in text(), texts in prop::array::uniform6(maybe()),
        kind in option::of(text()), is_primary in any::<Option<bool>>(),
    ) -> Address {
        let [external_id, code, line2, state, postal_code, phone] = texts;
        Address {
            external_id, code, line1, line2, city, state, postal_code, country, phone, is_primary,
            address_type: kind.map(|name| AddressType::from(name.as_str())),
        }
    }
}

prop_compose! {
    fn line()(
        sku in text(), item_id in maybe(), name in maybe(), quantity in any::<i64>(),
        unit_price in option::of(amount()), line_total in option::of(amount()),
    ) -> CartLine {
        CartLine { item_id, sku, name, quantity, unit_price, line_total }
    }
}

prop_compose! {
    fn cart()(
        ids in (text(), text()), texts in prop::array::uniform6(maybe()), names in (text(), text()),
        items in prop::collection::vec(line().boxed(), 0..4), subtotal in option::of(amount()),
        addresses in (option::of(address().boxed()), option::of(address().boxed())), times in (time(), time()),
    ) -> Cart {
        let [organization_id, company_name, pricing_tier, currency_code, po_number, special_instructions] = texts;
        Cart {
            shopping_cart_id: ids.0,
            customer_number: ids.1,
            organization_id, company_name, pricing_tier, currency_code, po_number, special_instructions,
            status: CartStatus::from(names.0.as_str()),
            order_type: OrderType::from(names.1.as_str()),
            items, subtotal,
            shipping_address: addresses.0,
            billing_address: addresses.1,
            created_at: times.0,
            updated_at: times.1,
        }
    }
}

prop_compose! {
    fn product()(
        names in (text(), text()), first in prop::array::uniform6(maybe()), second in prop::array::uniform6(maybe()),
        amounts in (option::of(amount()), option::of(amount())), counts in any::<[Option<i64>; 3]>(),
        prices in prop::collection::vec((text(), amount(), maybe(), any::<i64>()), 0..4),
        active in any::<bool>(), images in prop::collection::vec((maybe(), maybe()), 0..3),
        attributes in prop::collection::btree_map(text(), text(), 0..4), times in (time(), time()),
    ) -> Product {
        let [product_id, organization_id, description, category, product_type, price_formatted] = first;
        let [currency_code, weight_unit, dimensions, dimensions_unit, upc, external_id] = second;
        let [quantity_on_hand, minimum_order_quantity, quantity_increment] = counts;
        Product {
            product_id, organization_id, description, category, product_type, price_formatted,
            currency_code, weight_unit, dimensions, dimensions_unit, upc, external_id,
            quantity_on_hand, minimum_order_quantity, quantity_increment, active,
            sku: names.0,
            name: names.1,
            price: amounts.0,
            weight: amounts.1,
            prices: prices
                .into_iter()
                .map(|(tier, price, price_formatted, at_quantity)| PriceEntry { tier, price, price_formatted, at_quantity })
                .collect(),
            images: images.into_iter().map(|(name, url)| ProductImage { name, url }).collect(),
            product_attributes: attributes.into_iter().map(|(name, value)| (name, value.into())).collect(),
            created_at: times.0,
            updated_at: times.1,
        }
    }
}

prop_compose! {
    fn contact()(
        first in prop::array::uniform4(maybe()), second in prop::array::uniform4(maybe()),
        is_primary in any::<Option<bool>>(),
    ) -> Contact {
        let [external_id, title, first_name, last_name] = first;
        let [email, phone, fax, contact_type] = second;
        Contact { external_id, title, first_name, last_name, email, phone, fax, is_primary, contact_type }
    }
}

prop_compose! {
    fn customer()(
        names in (text(), text()), first in prop::array::uniform5(maybe()), second in prop::array::uniform4(maybe()),
        active in any::<bool>(), addresses in prop::collection::vec(address().boxed(), 0..3),
        contacts in prop::collection::vec(contact().boxed(), 0..3),
        attributes in prop::collection::btree_map(text(), any::<i32>(), 0..4),
    ) -> Customer {
        let [organization_id, company_email, company_phone, company_fax, pricing] = first;
        let [rep_number, terms, currency_code, external_id] = second;
        Customer {
            customer_number: names.0,
            company_name: names.1,
            organization_id, company_email, company_phone, company_fax, pricing, active, rep_number,
            terms, currency_code, external_id, addresses, contacts,
            customer_attributes: attributes.into_iter().map(|(name, value)| (name, value.into())).collect(),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn any_product_reads_back(product in product()) {
        prop_assert!(round_trip(&product), "{product:?}");
    }

    #[test]
    fn any_customer_reads_back(customer in customer()) {
        prop_assert!(round_trip(&customer), "{customer:?}");
    }

    #[test]
    fn any_cart_reads_back(cart in cart()) {
        prop_assert!(round_trip(&cart), "{cart:?}");
    }

    #[test]
    fn any_page_reads_back(
        data in prop::collection::vec(line().boxed(), 0..4), more in 0..u64::from(u32::MAX), current_page in any::<u64>(),
        total_pages in any::<Option<u64>>(), page_size in any::<Option<u64>>(),
    ) {
        let total_records = data.len() as u64 + more;
        let page = Page { data, total_records, current_page, total_pages, page_size };
        let text = serde_json::to_string(&page).unwrap();
        prop_assert_eq!(&decode_page::<CartLine>(&text), &Ok(page.clone()));
        prop_assert!(page.pages(25) >= 1);
    }

    #[test]
    fn any_name_of_an_open_set_reads_back(name in text()) {
        prop_assert!(round_trip(&CartStatus::from(name.as_str())));
        prop_assert!(round_trip(&OrderType::from(name.as_str())));
        prop_assert!(round_trip(&AddressType::from(name.as_str())));
    }

    /// Nothing that is typed or sent makes a rule panic.
    #[test]
    fn no_text_at_all_makes_reading_panic(text in text()) {
        let _ = decode::<Product>(&text);
        let _ = decode_page::<Cart>(&text);
        let _ = decode::<Problem>(&text);
    }
}

#[test]
fn filters_are_sent_as_documented() {
    for (operator, name) in [
        (FilterOperator::StartsWith, "startswith"),
        (FilterOperator::Contains, "contains"),
        (FilterOperator::NotContains, "notcontains"),
        (FilterOperator::EndsWith, "endswith"),
        (FilterOperator::Equals, "equals"),
        (FilterOperator::NotEquals, "notequals"),
        (FilterOperator::Gt, "gt"),
        (FilterOperator::Gte, "gte"),
        (FilterOperator::Lt, "lt"),
        (FilterOperator::Lte, "lte"),
    ] {
        let filter = Filter {
            field: "Category".to_owned(),
            operator,
            value: "Beer Mugs".to_owned(),
        };
        assert_eq!(
            sent(&filter),
            json!({ "field": "Category", "operator": name, "value": "Beer Mugs" })
        );
        assert!(round_trip(&filter));
    }
}

#[test]
fn absent_fields_are_not_sent() {
    let changes = UpdateCart {
        cart: CartChanges {
            order_type: None,
            special_instructions: Some(String::new()),
            po_number: None,
        },
    };
    assert_eq!(
        sent(&changes),
        json!({ "cart": { "specialInstructions": "" } })
    );
    assert!(round_trip(&changes));
    assert_eq!(sent(&Contact::default()), json!({}));
    assert_eq!(
        sent(&Address::default()),
        json!({ "line1": "", "city": "", "country": "" })
    );
}

#[test]
fn a_deep_tree_of_categories_reads_back() {
    let mut category = Category {
        id: None,
        organization_id: None,
        name: "leaf".to_owned(),
        breadcrumb: None,
        parent_id: None,
        active: false,
        image_url: None,
        sub_categories: vec![],
    };
    for depth in 0..30 {
        category = Category {
            name: depth.to_string(),
            sub_categories: vec![category.clone(), category.clone()].split_off(1),
            ..category
        };
    }
    assert!(round_trip(&category));
}
