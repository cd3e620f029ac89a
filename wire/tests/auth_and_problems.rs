//! Signing in, errors in both documented shapes, and answers that are no JSON at all.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod common;

use common::{examples, json, misses, read, read_and_send, sent, some, without};
use nymble_wire::{
    Cart, Customer, DecodeError, FieldProblem, LoginAnswer, LoginRequest, Problem, Product, decode,
    decode_list, decode_page, decode_value,
};

fn field(name: &str, reason: &str) -> FieldProblem {
    FieldProblem {
        name: name.to_owned(),
        reason: reason.to_owned(),
    }
}

fn errors(text: &str) -> Vec<FieldProblem> {
    let problem: Problem = decode(&format!(r#"{{"status":400,"errors":{text}}}"#)).unwrap();
    assert_eq!(problem.status, Some(400));
    problem.errors
}

#[test]
fn a_sign_in_is_read_and_sent_as_documented() {
    let login: LoginRequest = read_and_send(examples::LOGIN);
    assert_eq!(login.org_code, "org_0a1b2c3d4e5");
    assert_eq!(login.client_id, "shop-client");
    assert_eq!(login.client_secret, "hush");
    for (key, named) in [
        ("OrgCode", "OrgCode"),
        ("ClientId", "ClientId"),
        ("ClientSecret", "ClientSecret"),
    ] {
        misses::<LoginRequest>(&without(examples::LOGIN, "", key), named);
    }
}

#[test]
fn the_answer_of_a_sign_in_is_read() {
    let answer: LoginAnswer = read_and_send(examples::LOGIN_ANSWER);
    assert_eq!(answer.access_token, "eyJ0.eyJz.c2ln");
    assert_eq!(answer.token_type, some("api-key"));
    assert_eq!(answer.expires_in, Some(86_400));

    let bare: LoginAnswer = decode(r#"{"accessToken":"t"}"#).unwrap();
    assert_eq!(bare.access_token, "t");
    assert_eq!((bare.token_type, bare.expires_in), (None, None));
    let twice: LoginAnswer = decode(r#"{"AccessToken":"t","accessToken":"t"}"#).unwrap();
    assert_eq!(twice.access_token, "t");
    misses::<LoginAnswer>(
        &without(examples::LOGIN_ANSWER, "", "AccessToken"),
        "AccessToken",
    );
}

#[test]
fn a_sign_in_read_without_decode_keeps_its_documented_spelling() {
    let login: LoginRequest = serde_json::from_str(examples::LOGIN).unwrap();
    assert_eq!(login.client_id, "shop-client");
    let answer: LoginAnswer = serde_json::from_str(examples::LOGIN_ANSWER).unwrap();
    assert_eq!(answer.expires_in, Some(86_400));
}

#[test]
fn a_problem_lists_its_fields() {
    let problem: Problem = read_and_send(examples::PROBLEM);
    assert_eq!(problem.kind, some("https://httpstatuses.com/400"));
    assert_eq!(problem.title, some("Bad Request"));
    assert_eq!(problem.status, Some(400));
    assert_eq!(problem.detail, None);
    assert_eq!(
        problem.errors,
        [field("Email", "'Email' must not be empty.")]
    );
}

#[test]
fn a_problem_names_its_fields() {
    let problem: Problem = read(examples::PROBLEM_BY_FIELD);
    assert_eq!(
        problem.kind,
        some("https://tools.ietf.org/html/rfc9110#section-15.5.1")
    );
    assert_eq!(
        problem.title,
        some("One or more validation errors occurred")
    );
    assert_eq!(problem.status, Some(400));
    // The field is named in the reference's spelling.
    assert_eq!(problem.errors, [field("poNumber", "must not be empty")]);
    // It is sent as the overview shows it.
    assert_eq!(
        sent(&problem)["errors"],
        json(r#"[{"name":"poNumber","reason":"must not be empty"}]"#)
    );
}

#[test]
fn problems_without_fields_are_read() {
    let missing: Problem = read_and_send(examples::PROBLEM_NOT_FOUND);
    assert_eq!(missing.title, some("Not Found"));
    assert_eq!(missing.status, Some(404));
    assert_eq!(missing.errors, []);
    let unexpected: Problem = read_and_send(examples::PROBLEM_UNEXPECTED);
    assert_eq!(unexpected.status, Some(500));
    assert_eq!(read::<Problem>("{}"), Problem::default());
    let with_detail: Problem = read_and_send(r#"{"status":409,"detail":"ACME-001 exists"}"#);
    assert_eq!(with_detail.detail, some("ACME-001 exists"));
}

#[test]
fn fields_of_a_problem_come_in_many_shapes() {
    let sku = || field("sku", "is unknown");
    for (text, wanted) in [
        (r#"[{"name":"sku","reason":"is unknown"}]"#, vec![sku()]),
        (r#"[{"Name":"sku","Reason":"is unknown"}]"#, vec![sku()]),
        (r#"{"sku":["is unknown"]}"#, vec![sku()]),
        (r#"{"SKU":["is unknown"]}"#, vec![sku()]),
        (r#"{"Sku":"is unknown"}"#, vec![sku()]),
        (
            r#"{"Quantity":["is not 6","is not 12"],"sku":["is unknown"]}"#,
            vec![
                field("quantity", "is not 6"),
                field("quantity", "is not 12"),
                sku(),
            ],
        ),
        (r#"["is unknown"]"#, vec![field("", "is unknown")]),
        (
            r#"[{"reason":"is unknown"}]"#,
            vec![field("", "is unknown")],
        ),
        (r#"[{"name":"sku"}]"#, vec![field("sku", "")]),
        (r#"{"":["is unknown"]}"#, vec![field("", "is unknown")]),
        (
            r#"{"$.items[0].quantity":["is no number"]}"#,
            vec![field("$.items[0].quantity", "is no number")],
        ),
        (r#"{"sku":[7,null,{}]}"#, vec![]),
        ("[]", vec![]),
        ("{}", vec![]),
        ("null", vec![]),
        (r#""is unknown""#, vec![]),
        ("7", vec![]),
    ] {
        assert_eq!(errors(text), wanted, "{text}");
    }
}

#[test]
fn what_is_not_json_says_so_whatever_was_expected() {
    let cut_off = &examples::CART[..examples::CART.len() - 2];
    let deep = "[".repeat(100_000);
    for text in [
        "",
        " \n",
        "\u{feff}",
        "<!doctype html><html><body><h1>502 Bad Gateway</h1></body></html>",
        "Service Unavailable",
        cut_off,
        "{'sku':'A'}",
        r#"{"sku":"A"} trailing"#,
        r#"{"sku":NaN}"#,
        &deep,
    ] {
        assert_eq!(decode_value(text), Err(DecodeError::NotJson), "{text:.40}");
        assert_eq!(decode::<Cart>(text), Err(DecodeError::NotJson));
        assert_eq!(decode::<Problem>(text), Err(DecodeError::NotJson));
        assert_eq!(decode_list::<Cart>(text), Err(DecodeError::NotJson));
        assert_eq!(decode_page::<Product>(text), Err(DecodeError::NotJson));
    }
    assert_eq!(DecodeError::NotJson.to_string(), "not JSON");
}

#[test]
fn json_of_another_shape_is_told_from_no_json() {
    for text in ["null", "7", "true", r#""text""#, r#"{"shoppingCartId":7}"#] {
        let read = decode::<Cart>(text);
        assert!(
            matches!(read, Err(DecodeError::WrongShape(_))),
            "{text}: {read:?}"
        );
    }
    assert_eq!(
        decode::<Customer>("{}").unwrap_err().to_string(),
        "missing field `customerNumber`"
    );
}

#[test]
fn a_byte_order_mark_and_blanks_are_tolerated() {
    let cart: Cart = decode(examples::CART).unwrap();
    let text = examples::CART;
    for text in [
        format!("\u{feff}{text}"),
        format!("\u{feff}\r\n{text}\r\n"),
        format!("\n\t {text} \n"),
    ] {
        assert_eq!(decode::<Cart>(&text).unwrap(), cart);
    }
}

#[test]
fn a_resource_without_a_type_is_brought_to_the_reference_spelling() {
    let organization = decode_value(examples::ORGANIZATION).unwrap();
    assert_eq!(organization, json(examples::ORGANIZATION));
    let shouted =
        r#"{"OrganizationId":"org_abc123","Name":"Acme Corp","Slug":"acme-corp","Logo":null}"#;
    assert_eq!(decode_value(shouted).unwrap(), organization);
}
