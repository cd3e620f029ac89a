//! Customers, their addresses and contacts, from the reference's own examples.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod common;

use common::{camel_case, examples, json, misses, read, read_and_send, sent, some, without};
use nymble_wire::{
    Address, AddressType, BillingAddress, Contact, Customer, CustomerChanges, Page, decode,
};

#[test]
fn the_listed_customer_is_read_field_by_field() {
    let page: Page<Customer> = read_and_send(examples::CUSTOMER_PAGE);
    assert_eq!(page.total_records, 214);
    assert_eq!(page.current_page, 1);
    assert_eq!(page.total_pages, Some(9));
    let [customer] = page.data.as_slice() else {
        panic!("not one customer: {page:?}");
    };
    assert_eq!(customer.customer_number, "ACME-001");
    assert_eq!(customer.organization_id, None);
    assert_eq!(customer.company_name, "Acme Industrial Supply");
    assert_eq!(customer.company_email, some("[email protected]"));
    assert_eq!(customer.company_phone, some("555-800-1000"));
    assert_eq!(customer.company_fax, None);
    assert_eq!(customer.pricing, some("Wholesale"));
    assert!(customer.active);
    assert_eq!(customer.rep_number, some("SR-019"));
    assert_eq!(customer.terms, some("NET30"));
    assert_eq!(customer.currency_code, some("USD"));
    assert_eq!(customer.external_id, None);
    assert_eq!(customer.addresses, []);
    assert_eq!(customer.contacts, []);
    assert!(customer.customer_attributes.is_empty());
}

#[test]
fn one_customer_is_read_field_by_field() {
    let customer: Customer = read_and_send(examples::CUSTOMER);
    assert_eq!(customer.customer_number, "ACME-001");
    assert_eq!(customer.company_name, "Acme Industrial Supply");
    assert_eq!(customer.company_email, some("[email protected]"));
    assert_eq!(customer.company_phone, some("555-800-1000"));
    assert_eq!(customer.company_fax, some("555-800-1001"));
    assert_eq!(customer.pricing, some("Wholesale"));
    assert!(customer.active);
    assert_eq!(customer.rep_number, some("SR-019"));
    assert_eq!(customer.terms, some("NET30"));
    assert_eq!(customer.currency_code, None);
    assert_eq!(customer.external_id, some("ERP-CUST-10042"));
    assert_eq!(customer.addresses, [address(some("ADDR-001"), None)]);
    assert_eq!(customer.contacts, [contact(some(""))]);
}

fn address(external_id: Option<String>, code: Option<String>) -> Address {
    Address {
        external_id,
        phone: code.is_none().then(|| "555-800-1000".to_owned()),
        code,
        line1: "500 Commerce Drive".to_owned(),
        line2: some("Suite 200"),
        city: "Austin".to_owned(),
        state: some("TX"),
        postal_code: some("78701"),
        country: "US".to_owned(),
        address_type: Some(AddressType::Shipping),
        is_primary: Some(true),
    }
}

fn contact(fax: Option<String>) -> Contact {
    Contact {
        external_id: some("CON-001"),
        title: some("Ms."),
        first_name: some("Jane"),
        last_name: some("Smith"),
        email: some("[email protected]"),
        phone: some("555-800-1002"),
        fax,
        is_primary: Some(true),
        contact_type: some("Purchasing"),
    }
}

#[test]
fn a_customer_to_create_is_read() {
    let customer: Customer = read_and_send(examples::CUSTOMER_TO_CREATE);
    assert_eq!(customer.company_fax, None);
    assert_eq!(customer.addresses, [address(some("ADDR-001"), None)]);
    assert_eq!(customer.contacts, [contact(None)]);
}

#[test]
fn attributes_of_a_customer_are_data() {
    let mut value = json(examples::CUSTOMER);
    value["customerAttributes"] = json(examples::CUSTOMER_ATTRIBUTES);
    let customer: Customer = read_and_send(&value.to_string());
    assert_eq!(
        sent(&customer.customer_attributes),
        json(examples::CUSTOMER_ATTRIBUTES)
    );
    let odd: Customer = decode(
        r#"{"CustomerNumber":"C","CustomerAttributes":{"UPC":null,"Line1":1,"Address1":{"ID":0.10}}}"#,
    )
    .unwrap();
    assert_eq!(
        sent(&odd.customer_attributes),
        json(r#"{"UPC":null,"Line1":1,"Address1":{"ID":0.10}}"#)
    );
}

#[test]
fn a_customer_needs_nothing_but_its_number() {
    let bare: Customer = decode(r#"{"CustomerNumber":"C"}"#).unwrap();
    assert_eq!(bare.company_name, "");
    assert!(bare.active, "absent means active");
    let customer = without(examples::CUSTOMER, "", "customerNumber");
    misses::<Customer>(&customer, "customerNumber");
    let page = without(examples::CUSTOMER_PAGE, "/data/0", "customerNumber");
    misses::<Page<Customer>>(&page, "customerNumber");
    // The body of a partial update is no customer.
    misses::<Customer>(examples::CUSTOMER_CHANGES, "customerNumber");
}

#[test]
fn changes_of_a_customer_are_a_customer_but_for_the_number() {
    let mut value = json(examples::CUSTOMER_CHANGES);
    value["customerNumber"] = "ACME-001".into();
    let customer: Customer = read(&value.to_string());
    assert_eq!(customer.company_phone, some("555-800-2000"));
    assert_eq!(customer.pricing, some("Premium"));
    assert_eq!(customer.rep_number, some("SR-022"));
}

#[test]
fn a_bulk_record_is_read_as_the_customer_it_names() {
    let customer: Customer = read(examples::IDEMPOTENT);
    assert_eq!(customer.customer_number, "C-10042");
    assert_eq!(customer.external_id, some("your-system-id-9001"));
}

/// Every documented spelling of an address is read.
#[test]
fn an_address_is_read_in_both_spellings() {
    let concept: Address = read(examples::CONCEPT_ADDRESS);
    assert_eq!(concept, address(None, some("WH-2")));
    // It is sent in the reference's.
    assert_eq!(
        sent(&concept),
        json(
            r#"{"code":"WH-2","line1":"500 Commerce Drive","line2":"Suite 200","city":"Austin",
                "state":"TX","postalCode":"78701","country":"US","addressType":"Shipping",
                "isPrimary":true}"#
        )
    );
    let small = camel_case(&json(examples::CONCEPT_ADDRESS)).to_string();
    assert_eq!(decode::<Address>(&small).unwrap(), concept);
}

#[test]
fn an_address_in_both_spellings_at_once_is_read_by_the_reference() {
    let both = r#"{
        "Address1":"no","line1":"500 Commerce Drive", "address2":"no","Line2":"Suite 200",
        "city":"Austin","City":"Austin", "StateProvince":"no","state":"TX",
        "zipPostalCode":"no","postalCode":"78701", "country":"US", "addressType":"Shipping",
        "Code":"WH-2", "Default":false,"isPrimary":true }"#;
    assert_eq!(
        decode::<Address>(both).unwrap(),
        address(None, some("WH-2"))
    );
    let billing = BillingAddress::from(&address(None, None));
    assert_eq!(decode::<BillingAddress>(both).unwrap(), billing);
    // A null is no value, in whichever spelling.
    let half = r#"{"line1":null,"address1":"1 Main St","Address2":null,"line2":"B"}"#;
    let half: Address = decode(half).unwrap();
    assert_eq!((half.line1.as_str(), half.line2), ("1 Main St", some("B")));
}

#[test]
fn an_address_says_what_it_is_for() {
    for (text, wanted, shipping) in [
        (
            r#"{"addressType":"Shipping"}"#,
            Some(AddressType::Shipping),
            true,
        ),
        (
            r#"{"AddressType":"shipping"}"#,
            Some(AddressType::Shipping),
            true,
        ),
        (
            r#"{"addressType":"Billing"}"#,
            Some(AddressType::Billing),
            false,
        ),
        (
            r#"{"addressType":"Depot"}"#,
            Some(AddressType::Other("Depot".to_owned())),
            true,
        ),
        ("{}", None, true),
    ] {
        let address: Address = decode(text).unwrap();
        assert_eq!(address.address_type, wanted, "{text}");
        assert_eq!(address.is_shipping(), shipping, "{text}");
    }
}

#[test]
fn a_contact_may_be_anything_down_to_nothing() {
    assert_eq!(read::<Contact>("{}"), Contact::default());
    let user: Contact = read(examples::USER);
    assert_eq!(user.first_name, some("Jane"));
    assert_eq!(user.last_name, some("Smith"));
    assert_eq!(user.email, some("[email protected]"));
    assert_eq!(
        sent(&user),
        camel_case(&json(examples::USER)),
        "sent in camelCase"
    );
}

#[test]
fn changes_hold_only_what_is_given() {
    let update: CustomerChanges = read_and_send(
        r#"{ "companyPhone": "555-800-2000", "pricing": "Premium", "repNumber": "SR-022" }"#,
    );
    let expected = CustomerChanges {
        company_phone: some("555-800-2000"),
        pricing: some("Premium"),
        rep_number: some("SR-022"),
        ..CustomerChanges::default()
    };
    assert_eq!(update, expected);
    let whole: CustomerChanges = read(examples::CUSTOMER);
    assert_eq!(whole.addresses, Some(vec![address(some("ADDR-001"), None)]));
    assert_eq!(whole.contacts, Some(vec![contact(some(""))]));
    assert_eq!(whole.currency_code, None);
}
