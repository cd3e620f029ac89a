//! What can be wrong with a customer. Pure.
//!
//! Assumption: an e-mail is any text (the documents' own example calls hold none that is one), and so are a rep's
//! number and terms; the tier must be one the organization has prices for; every address must be fully filled.

use std::collections::BTreeSet;

use nymble_wire::{AddressType, Customer, FieldProblem};

use super::address;

const LONGEST_NUMBER: usize = 50;
const LONGEST_TEXT: usize = 200;
const LONGEST_ATTRIBUTES: usize = 20_000;
const MOST_ENTRIES: usize = 200;

/// What is wrong with a customer of an organization with these price tiers, field by field.
pub(super) fn faults(customer: &Customer, tiers: &[String]) -> Vec<FieldProblem> {
    let mut found = Faults(Vec::new());
    found.texts(customer);
    if customer.customer_number.chars().any(char::is_control) {
        found.add("customerNumber", "must not hold control characters.");
    }
    let pricing = customer.pricing.as_deref().unwrap_or_default();
    if !pricing.is_empty() && !tiers.iter().any(|tier| tier == pricing) {
        let known = tiers.join(", ");
        found.add(
            "pricing",
            &format!("must be a configured price tier: {known}."),
        );
    }
    let currency = customer.currency_code.as_deref().unwrap_or_default();
    if currency.len() != 3 || !currency.bytes().all(|byte| byte.is_ascii_uppercase()) {
        found.add("currencyCode", "must be an ISO 4217 code.");
    }
    let attributes = serde_json::to_string(&customer.customer_attributes).unwrap_or_default();
    if attributes.len() > LONGEST_ATTRIBUTES {
        found.add("customerAttributes", "must not be longer than 20000 bytes.");
    }
    found.addresses(customer);
    found.contacts(customer);
    found.0
}

struct Faults(Vec<FieldProblem>);

impl Faults {
    /// `name` may lead through arrays; the reason begins with its last part.
    fn add(&mut self, name: &str, reason: &str) {
        let last = name.rsplit('.').next().unwrap_or(name);
        self.0.push(FieldProblem {
            name: name.to_owned(),
            reason: format!("'{last}' {reason}"),
        });
    }

    fn texts(&mut self, customer: &Customer) {
        let pricing = customer.pricing.as_deref().unwrap_or_default();
        let email = customer.company_email.as_deref().unwrap_or_default();
        for (name, text) in [
            ("customerNumber", customer.customer_number.as_str()),
            ("companyName", &customer.company_name),
            ("companyEmail", email),
            ("pricing", pricing),
        ] {
            if text.is_empty() {
                self.add(name, "must not be empty.");
            }
        }
        for (name, text, longest) in [
            (
                "customerNumber",
                Some(&customer.customer_number),
                LONGEST_NUMBER,
            ),
            ("companyName", Some(&customer.company_name), LONGEST_TEXT),
            (
                "companyEmail",
                customer.company_email.as_ref(),
                LONGEST_TEXT,
            ),
            (
                "companyPhone",
                customer.company_phone.as_ref(),
                LONGEST_NUMBER,
            ),
            ("companyFax", customer.company_fax.as_ref(), LONGEST_NUMBER),
            ("repNumber", customer.rep_number.as_ref(), LONGEST_NUMBER),
            ("terms", customer.terms.as_ref(), LONGEST_NUMBER),
            ("externalId", customer.external_id.as_ref(), LONGEST_TEXT),
        ] {
            self.length(name, text, longest);
        }
    }

    fn length(&mut self, name: &str, text: Option<&String>, longest: usize) {
        if text.is_some_and(|text| text.chars().count() > longest) {
            self.add(name, &format!("must not be longer than {longest} letters."));
        }
    }

    /// Assumption: one address of each type is the primary one, and ids within a customer are told apart.
    fn addresses(&mut self, customer: &Customer) {
        if customer.addresses.len() > MOST_ENTRIES {
            return self.add("addresses", "must not have more than 200 entries.");
        }
        let (mut ids, mut primary) = (BTreeSet::new(), BTreeSet::new());
        for (place, entry) in customer.addresses.iter().enumerate() {
            let at = format!("addresses[{place}]");
            self.0.extend(address::faults(entry, &at));
            if let Some(AddressType::Other(_)) = entry.address_type {
                self.add(
                    &format!("{at}.addressType"),
                    "must be 'Billing' or 'Shipping'.",
                );
            }
            self.id(&mut ids, entry.external_id.as_ref(), &at);
            self.length(&format!("{at}.code"), entry.code.as_ref(), LONGEST_NUMBER);
            if entry.is_primary == Some(true) && !primary.insert(entry.is_shipping()) {
                self.add(
                    &format!("{at}.isPrimary"),
                    "must be true of one address of a type.",
                );
            }
        }
    }

    fn contacts(&mut self, customer: &Customer) {
        if customer.contacts.len() > MOST_ENTRIES {
            return self.add("contacts", "must not have more than 200 entries.");
        }
        let (mut ids, mut primary) = (BTreeSet::new(), false);
        for (place, entry) in customer.contacts.iter().enumerate() {
            let at = format!("contacts[{place}]");
            self.id(&mut ids, entry.external_id.as_ref(), &at);
            for (name, text) in [
                ("title", &entry.title),
                ("firstName", &entry.first_name),
                ("lastName", &entry.last_name),
                ("email", &entry.email),
                ("phone", &entry.phone),
                ("fax", &entry.fax),
                ("contactType", &entry.contact_type),
            ] {
                self.length(&format!("{at}.{name}"), text.as_ref(), LONGEST_TEXT);
            }
            if entry.is_primary == Some(true) && std::mem::replace(&mut primary, true) {
                self.add(&format!("{at}.isPrimary"), "must be true of one contact.");
            }
        }
    }

    fn id<'a>(&mut self, known: &mut BTreeSet<&'a str>, id: Option<&'a String>, at: &str) {
        let name = format!("{at}.externalId");
        self.length(&name, id, LONGEST_TEXT);
        if id.is_some_and(|id| !id.is_empty() && !known.insert(id)) {
            self.add(&name, "is given twice.");
        }
    }
}
