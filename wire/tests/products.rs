//! Products, from the reference's own examples and in every documented variant of them.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod common;

use common::{amount, examples, json, misses, read, read_and_send, sent, shouted, some, without};
use nymble_wire::{
    Category, CategoryTree, DecodeError, Page, PriceEntry, Product, ProductImage, Timestamp,
    decode, decode_list,
};
use serde_json::Value;

fn price(tier: &str, unit: &str, formatted: Option<&str>, at_quantity: i64) -> PriceEntry {
    PriceEntry {
        tier: tier.to_owned(),
        price: amount(unit),
        price_formatted: formatted.map(str::to_owned),
        at_quantity,
    }
}

fn product(members: &str) -> Result<Product, DecodeError> {
    decode(&format!(r#"{{"sku":"A"{members}}}"#))
}

#[test]
fn the_listed_product_is_read_field_by_field() {
    let page: Page<Product> = read_and_send(examples::PRODUCT_PAGE);
    assert_eq!(page.total_records, 380);
    assert_eq!(page.current_page, 1);
    assert_eq!(page.total_pages, Some(16));
    assert_eq!(page.page_size, None);
    let [product] = page.data.as_slice() else {
        panic!("not one product: {page:?}");
    };
    assert_eq!(product.product_id, some("prod_a1b2c3d4"));
    assert_eq!(product.organization_id, some("org_4e9b7f22"));
    assert_eq!(product.sku, "WIDGET-BLU-L");
    assert_eq!(product.name, "Blue Widget — Large");
    assert_eq!(
        product.description,
        some("Heavy-duty blue widget, large format.")
    );
    assert_eq!(product.category, some("Widgets"));
    assert_eq!(product.product_type, None);
    assert_eq!(product.price, Some(amount("24.99")));
    assert_eq!(product.price_formatted, some("$24.99"));
    assert_eq!(product.currency_code, some("USD"));
    assert_eq!(
        product.prices,
        [
            price("Wholesale", "18.50", Some("$18.50"), 1),
            price("Wholesale", "16.00", Some("$16.00"), 50),
            price("Retail", "24.99", Some("$24.99"), 1),
        ]
    );
    assert_eq!(product.quantity_on_hand, Some(240));
    assert_eq!(product.minimum_order_quantity, Some(1));
    assert_eq!(product.quantity_increment, Some(1));
    assert_eq!(product.weight, Some(amount("1.2")));
    assert_eq!(product.weight_unit, some("lb"));
    assert_eq!(product.dimensions, some("10x8x4"));
    assert_eq!(product.dimensions_unit, some("in"));
    assert_eq!(product.upc, some("012345678905"));
    assert!(product.active);
    assert_eq!(product.images, []);
    assert!(product.product_attributes.is_empty());
    assert_eq!(product.external_id, some("ERP-SKU-00421"));
    assert_eq!(product.created_at, Timestamp::parse("2024-01-15T09:00:00Z"));
    assert_eq!(product.updated_at, Timestamp::parse("2024-05-20T14:32:00Z"));
}

#[test]
fn a_search_finds_products_with_few_of_their_fields() {
    let page: Page<Product> = read_and_send(examples::PRODUCT_SEARCH);
    assert_eq!((page.total_records, page.total_pages), (3, Some(1)));
    let product = &page.data[0];
    assert_eq!(product.product_id, some("prod_a1b2c3d4"));
    assert_eq!(product.sku, "WIDGET-BLU-L");
    assert_eq!(product.name, "Blue Widget — Large");
    assert_eq!(product.price, Some(amount("24.99")));
    assert_eq!(product.price_formatted, some("$24.99"));
    assert!(product.active);
    assert_eq!(product.prices, []);
    assert_eq!(product.currency_code, None);
    assert_eq!(product.quantity_on_hand, None);
}

#[test]
fn one_product_is_read_field_by_field() {
    let one: Product = read_and_send(examples::PRODUCT);
    assert_eq!(one.prices, [price("Wholesale", "18.50", Some("$18.50"), 1)]);
    assert_eq!(one.weight, None);
    assert_eq!(one.upc, None);

    // Beyond those, it is the listed one.
    let page: Page<Product> = decode(examples::PRODUCT_PAGE).unwrap();
    let mut listed = page.data[0].clone();
    listed.prices.truncate(1);
    listed.weight = None;
    listed.weight_unit = None;
    listed.dimensions = None;
    listed.dimensions_unit = None;
    listed.upc = None;
    assert_eq!(one, listed);
}

#[test]
fn a_product_to_create_is_read_with_its_attributes() {
    let product: Product = read_and_send(examples::PRODUCT_TO_CREATE);
    assert_eq!(
        product.prices,
        [
            price("Wholesale", "18.50", None, 1),
            price("Wholesale", "16.00", None, 50),
            price("Retail", "24.99", None, 1),
        ]
    );
    assert_eq!(
        sent(&product.product_attributes),
        json(examples::PRODUCT_ATTRIBUTES)
    );
    let prices: Vec<PriceEntry> = read_and_send(examples::PRODUCT_PRICES);
    assert_eq!(prices, product.prices);
}

#[test]
fn new_prices_are_read() {
    let updates: Vec<Product> = decode_list(examples::PRODUCT_UPDATES).unwrap();
    assert_eq!(updates[0].sku, "WIDGET-BLU-L");
    assert_eq!(
        updates[0].prices,
        [
            price("Wholesale", "17.00", None, 1),
            price("Retail", "25.99", None, 1)
        ]
    );

    let body = json(examples::PRODUCT_NEW_PRICES);
    for body in [&body, &shouted(&body)] {
        let updates: Vec<Product> = decode_list(&body.to_string()).unwrap();
        assert_eq!(updates.len(), 2);
        assert_eq!(updates[0].prices[1], price("Wholesale", "14.50", None, 100));
        assert_eq!(updates[1].sku, "WIDGET-RED-M");
        assert_eq!(updates[1].prices[1], price("Retail", "22.99", None, 1));
    }
}

#[test]
fn a_price_without_a_quantity_holds_from_one_unit_on() {
    let entry: PriceEntry = read(r#"{ "tier": "Retail", "price": 5 }"#);
    assert_eq!(entry, price("Retail", "5", None, 1));
}

/// Names of attributes are never changed.
#[test]
fn names_of_attributes_are_data() {
    let text = r#"{ "SKU": "A", "ProductAttributes": {
        "Thread Size": "M8", "RAL": 5010, "PONumber": null, "sub": { "Key": [null, 1.50] } } }"#;
    let product: Product = decode(text).unwrap();
    assert_eq!(
        sent(&product.product_attributes),
        json(text)["ProductAttributes"]
    );
}

#[test]
fn a_product_needs_nothing_but_its_sku() {
    let bare = product("").unwrap();
    assert_eq!(bare.sku, "A");
    assert_eq!(bare.name, "");
    assert!(bare.active, "absent means active");
    assert_eq!((bare.price, bare.prices.len()), (None, 0));
    assert_eq!(bare.quantity_on_hand, None);
    misses::<Product>(&without(examples::PRODUCT, "", "sku"), "sku");
    misses::<Page<Product>>(&without(examples::PRODUCT_PAGE, "/data/0", "sku"), "sku");
    misses::<Product>(&without(examples::PRODUCT, "/prices/0", "tier"), "tier");
    misses::<Product>(&without(examples::PRODUCT, "/prices/0", "price"), "price");
    misses::<Product>(r#"{"SKU":null}"#, "sku");
}

#[test]
fn a_product_without_prices_is_read() {
    for members in [
        "",
        r#","prices":null"#,
        r#","prices":[]"#,
        r#","Prices":[]"#,
    ] {
        assert_eq!(product(members).unwrap().prices, [], "{members}");
    }
}

#[test]
fn pictures_are_read_from_names_addresses_and_objects() {
    let image = |name: Option<&str>, url: Option<&str>| ProductImage {
        name: name.map(str::to_owned),
        url: url.map(str::to_owned),
    };
    let address = "https://images.example/acc/widget";
    for (images, wanted) in [
        (r#""widget-front""#, image(Some("widget-front"), None)),
        (
            r#""https://images.example/acc/widget""#,
            image(None, Some(address)),
        ),
        (
            r#"{"url":"https://images.example/acc/widget","name":"widget"}"#,
            image(Some("widget"), Some(address)),
        ),
        (
            r#"{"ImageUrl":"https://images.example/acc/widget","ImageName":"widget"}"#,
            image(Some("widget"), Some(address)),
        ),
        (
            r#"{"BaseUrl":"https://images.example/acc/widget","Width":600}"#,
            image(None, Some(address)),
        ),
        (r#"{"url":7,"name":null}"#, image(None, None)),
        (
            r#"{"url":"a://b","URL":"a://b"}"#,
            image(None, Some("a://b")),
        ),
        ("7", image(None, None)),
    ] {
        let read = product(&format!(r#","images":[{images}]"#)).unwrap();
        assert_eq!(read.images, [wanted], "{images}");
    }
    let mixed = product(r#","Images":["a",{"name":"b"},"c"]"#).unwrap();
    let names: Vec<_> = mixed.images.into_iter().filter_map(|i| i.name).collect();
    assert_eq!(names, ["a", "b", "c"]);
}

#[test]
fn pictures_survive_being_sent() {
    let sent_as = r#"{"sku":"A","name":"","active":true,
        "images":[{"name":"front","url":"https://images.example/front"}]}"#;
    read_and_send::<Product>(sent_as);
}

#[test]
fn whole_numbers_may_have_a_decimal_point() {
    for text in ["10", "10.0", "10.00", "1e1", "1.0e1"] {
        let product = product(&format!(
            r#","quantityOnHand":{text},"prices":[{{"tier":"T","price":1,"atQuantity":{text}}}]"#
        ))
        .unwrap();
        assert_eq!(product.quantity_on_hand, Some(10), "{text}");
        assert_eq!(product.prices[0].at_quantity, 10, "{text}");
    }
    assert_eq!(
        product(r#","quantityOnHand":-3"#).unwrap().quantity_on_hand,
        Some(-3)
    );
    for text in ["10.5", "1e-1", "1e30", "9223372036854775808", "true", "[]"] {
        let read = product(&format!(r#","minimumOrderQuantity":{text}"#));
        assert!(
            matches!(read, Err(DecodeError::WrongShape(_))),
            "{text}: {read:?}"
        );
    }
}

#[test]
fn a_date_that_is_none_is_refused() {
    for text in [r#""soon""#, "7", "{}"] {
        let read = product(&format!(r#","createdAt":{text}"#));
        assert!(matches!(read, Err(DecodeError::WrongShape(_))), "{text}");
    }
}

#[test]
fn categories_are_read_to_any_depth() {
    let tree: CategoryTree = read_and_send(examples::CATEGORY_TREE);
    let [root] = tree.categories.as_slice() else {
        panic!("not one root: {tree:?}");
    };
    assert_eq!(root.id, some("cat_020"));
    assert_eq!(root.organization_id, None);
    assert_eq!(root.name, "Glassware");
    assert_eq!(root.breadcrumb, some("Glassware"));
    assert_eq!(root.parent_id, None);
    assert!(root.active);
    assert!(root.image_url.as_deref().unwrap().ends_with("/medium"));
    let [child] = root.sub_categories.as_slice() else {
        panic!("not one child: {root:?}");
    };
    assert_eq!(child.name, "Beer Mugs");
    assert_eq!(child.breadcrumb, some("Glassware Beer Mugs"));
    assert_eq!(child.parent_id, some("cat_020"));
    assert_eq!(child.sub_categories, []);

    // The children of one category come as a bare array.
    let children = sent(&root.sub_categories).to_string();
    assert_eq!(
        decode_list::<Category>(&children).unwrap(),
        root.sub_categories
    );
    misses::<CategoryTree>(r#"{"Categories":[{"id":"c"}]}"#, "name");
    let empty: CategoryTree = decode(r#"{"categories":null}"#).unwrap();
    assert_eq!(empty.categories, []);
}

#[test]
fn text_of_a_product_stays_as_it_came() {
    let text = "<script>alert('\u{1f600}')</script>\u{0}\u{202e} \\ \"";
    let quoted = Value::from(text).to_string();
    let read = product(&format!(r#","Name":{quoted},"description":{quoted}"#)).unwrap();
    assert_eq!(read.name, text);
    assert_eq!(read.description.as_deref(), Some(text));
}
