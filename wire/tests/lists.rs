//! Lists in every documented envelope: `{data, totalCount}`, `{Data, TotalCount, PageNumber, PageSize}`,
//! `{data, totalRecords, currentPage, totalPages}` and bare.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod common;

use common::{examples, json, misses, pascal_case, read, sent, variants};
use nymble_wire::{
    Cart, Customer, DecodeError, Page, PaymentProfile, Product, decode, decode_list, decode_page,
};
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::fmt::Debug;

/// `records` in each envelope, with what the envelope says of pages: number, pages, size.
fn envelopes(records: &Value) -> Vec<(String, u64, Option<u64>, Option<u64>)> {
    vec![
        (
            format!(r#"{{"data":{records},"totalCount":42}}"#),
            1,
            None,
            None,
        ),
        (
            format!(r#"{{"Data":{records},"TotalCount":42,"PageNumber":2,"PageSize":25}}"#),
            2,
            None,
            Some(25),
        ),
        (
            format!(r#"{{"data":{records},"totalRecords":42,"currentPage":2,"totalPages":2}}"#),
            2,
            Some(2),
            None,
        ),
    ]
}

fn every_envelope<T: DeserializeOwned + PartialEq + Debug>(example: &str) {
    let wanted: T = decode(example).unwrap();
    let wanted = [wanted];
    let check = |text: &str, number, pages, size| {
        let page: Page<T> = decode_page(text).unwrap();
        assert_eq!(page.data, wanted, "{text}");
        assert_eq!(page.total_records, 42, "{text}");
        assert_eq!(page.current_page, number, "{text}");
        assert_eq!(page.total_pages, pages, "{text}");
        assert_eq!(page.page_size, size, "{text}");
        assert_eq!(page.pages(25), 2, "{text}");
        let list: Vec<T> = decode_list(text).unwrap();
        assert_eq!(list, wanted, "{text}");
    };
    let documented = Value::Array(vec![json(example)]);
    for (text, number, pages, size) in envelopes(&documented) {
        for (_, text) in variants(&json(&text)) {
            check(&text.to_string(), number, pages, size);
        }
    }
    for (name, record) in variants(&json(example)) {
        let records = Value::Array(vec![record]);
        for (text, number, pages, size) in envelopes(&records) {
            check(&text, number, pages, size);
        }
        let bare = records.to_string();
        let page: Page<T> = decode_page(&bare).unwrap();
        assert_eq!(page.data, wanted, "{name}: {bare}");
        assert_eq!((page.total_records, page.current_page), (1, 1), "{bare}");
        assert_eq!((page.total_pages, page.page_size), (None, None), "{bare}");
        assert_eq!(page.pages(25), 1, "{bare}");
        assert_eq!(decode_list::<T>(&bare).unwrap(), wanted, "{bare}");
    }
}

/// Every documented envelope, casing and spelling is read.
#[test]
fn products_are_read_in_every_envelope() {
    every_envelope::<Product>(examples::PRODUCT);
}

/// Every documented envelope, casing and spelling is read.
#[test]
fn products_found_are_read_in_every_envelope() {
    every_envelope::<Product>(&json(examples::PRODUCT_SEARCH)["data"][0].to_string());
}

/// Every documented envelope, casing and spelling is read.
#[test]
fn customers_are_read_in_every_envelope() {
    every_envelope::<Customer>(examples::CUSTOMER);
}

/// Every documented envelope, casing and spelling is read.
#[test]
fn carts_are_read_in_every_envelope() {
    every_envelope::<Cart>(examples::CART);
    every_envelope::<Cart>(examples::SHORT_CART);
}

/// Every documented envelope, casing and spelling is read.
#[test]
fn payment_profiles_are_read_in_every_envelope() {
    every_envelope::<PaymentProfile>(r#"{"paymentProfileId":"pp_1","lastFour":"1111"}"#);
}

#[test]
fn the_overview_examples_are_read() {
    let short: Page<Product> = read(examples::SHORT_PAGE);
    assert_eq!((short.data.len(), short.total_records), (0, 42));
    let page: Page<Value> = decode_page(examples::PASCAL_PAGE).unwrap();
    assert_eq!(page.data, [json(r#"{ "...": "..." }"#)]);
    assert_eq!(page.total_records, 150);
    assert_eq!(page.current_page, 1);
    assert_eq!(page.page_size, Some(25));
    assert_eq!(page.pages(10), 6, "the answer's own size counts");
    let camel = sent(&page);
    assert_eq!(
        camel,
        json(r#"{"data":[{"...":"..."}],"totalRecords":150,"currentPage":1,"pageSize":25}"#),
        "sent in the reference's spelling"
    );
}

#[test]
fn the_documented_pages_are_read_alike_by_both_readers() {
    let page: Page<Product> = decode_page(examples::PRODUCT_PAGE).unwrap();
    assert_eq!(page, decode(examples::PRODUCT_PAGE).unwrap());
    assert_eq!(page.pages(25), 16);
    let pascal = pascal_case(&json(examples::PRODUCT_PAGE)).to_string();
    assert_eq!(page, decode_page(&pascal).unwrap());
    let page: Page<Customer> = decode_page(examples::CUSTOMER_PAGE).unwrap();
    assert_eq!(page.pages(25), 9);
}

#[test]
fn an_envelope_in_two_spellings_at_once_is_read_by_the_reference() {
    let page: Page<Product> = decode_page(
        r#"{"data":[],"Data":[],"totalCount":1,"TotalCount":2,"totalRecords":3,"TotalRecords":3,
            "pageNumber":4,"currentPage":5,"pageSize":25,"PageSize":25}"#,
    )
    .unwrap();
    assert_eq!((page.total_records, page.current_page), (3, 5));
    assert_eq!(page.page_size, Some(25));
}

#[test]
fn an_empty_list_has_one_page() {
    for text in [
        "[]",
        r#"{"data":[]}"#,
        r#"{"data":[],"totalCount":0}"#,
        r#"{"Data":[],"TotalCount":0,"PageNumber":1,"PageSize":25}"#,
        r#"{"data":[],"totalRecords":0,"currentPage":1,"totalPages":0}"#,
    ] {
        let page: Page<Product> = decode_page(text).unwrap();
        assert_eq!((page.data.len(), page.total_records), (0, 0), "{text}");
        assert_eq!(page.pages(25), 1, "{text}");
        assert_eq!(page.pages(0), 1, "{text}");
        assert_eq!(decode_list::<Product>(text).unwrap(), [], "{text}");
    }
}

#[test]
fn a_list_without_records_is_refused() {
    misses::<Page<Product>>(r#"{"totalRecords":3}"#, "data");
    for text in [r#"{"totalRecords":3}"#, r#"{"data":null}"#] {
        assert_eq!(
            decode_page::<Product>(text),
            Err(DecodeError::MissingField("data".to_owned()))
        );
    }
    for text in [r#"{"data":{}}"#, r#"{"data":7}"#, r#"{"data":[null]}"#, "7"] {
        let read = decode_page::<Product>(text);
        assert!(matches!(read, Err(DecodeError::WrongShape(_))), "{text}");
    }
    assert_eq!(
        decode_list::<Product>(r#"{"data":[{"sku":"A"},{}]}"#),
        Err(DecodeError::MissingField("sku".to_owned()))
    );
}
