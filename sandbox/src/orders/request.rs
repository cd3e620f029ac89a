//! What a request for an order must hold, whether it comes alone or in bulk.

use nymble_wire::{Address, CreateOrder, Customer, FieldProblem};
use rusqlite::Connection;
use rust_decimal::Decimal;

use super::new::NewLine;
use crate::{
    auth::Tenant,
    catalog::Offers,
    customers::{Account, address},
    money,
    problem::{Answer, Problem},
    quantity,
};

/// The longest name, number or note of an order.
///
/// Assumption: the documents name no limits.
pub(super) const LONGEST_NAME: usize = 200;
/// The longest purchase order number, as on a cart.
pub(super) const LONGEST_PO_NUMBER: usize = 50;
/// The longest notes, as a cart's special instructions.
pub(super) const LONGEST_NOTES: usize = 2_000;
/// The most lines of one order.
///
/// Assumption: the documents name no limit.
const MOST_LINES: usize = 1_000;

/// How strictly lines are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lines {
    /// A new order: what is not in the catalogue, or less than its minimum, cannot be ordered.
    New,
    /// An old one: it was delivered, so it need not be in the catalogue if it comes with its price.
    Historical,
}

/// The order's lines with their prices: those given, else the tier's at the line's quantity.
pub(super) fn lines(
    db: &Connection,
    tenant: &Tenant,
    wanted: &CreateOrder,
    tier: &str,
    currency: &str,
    strictness: Lines,
) -> Answer<Vec<NewLine>> {
    if wanted.items.is_empty() || wanted.items.len() > MOST_LINES {
        return Err(Problem::field(
            "items",
            format!("An order has 1 to {MOST_LINES} lines."),
        ));
    }
    let offers = Offers::new(db, tenant.org, tier, currency)?;
    let mut errors = Vec::new();
    let mut priced = Vec::with_capacity(wanted.items.len());
    for (place, item) in wanted.items.iter().enumerate() {
        let mut wrong = |field: &str, reason: String| {
            errors.push(FieldProblem {
                name: format!("items[{place}].{field}"),
                reason,
            });
        };
        let (sku, count) = (item.sku.as_str(), item.quantity);
        if sku.trim().is_empty() || sku.chars().count() > LONGEST_NAME {
            wrong(
                "sku",
                format!("'sku' must be 1 to {LONGEST_NAME} letters long."),
            );
            continue;
        }
        if let Some(reason) = quantity::refusal(count) {
            wrong("quantity", reason);
            continue;
        }
        let found = offers.of(sku, count)?;
        if strictness == Lines::New {
            match found.as_ref().filter(|found| found.active) {
                None => {
                    wrong("sku", format!("There is no product '{sku}'."));
                    continue;
                }
                Some(found) => {
                    let refusal =
                        quantity::checkout_refusal(sku, count, found.minimum, found.increment);
                    if let Some(reason) = refusal {
                        wrong("quantity", reason);
                        continue;
                    }
                }
            }
        }
        if let Some(Err(reason)) = item.unit_price.map(money::to_stored) {
            wrong("unitPrice", format!("'unitPrice' {reason}"));
            continue;
        }
        let listed = found.as_ref().and_then(|found| found.unit_price);
        let Some(unit_price) = item.unit_price.or(listed) else {
            wrong("unitPrice", format!("'{sku}' has no price in {currency}."));
            continue;
        };
        let name = item
            .name
            .clone()
            .filter(|_| strictness == Lines::Historical);
        let name = name.or(found.map(|found| found.name));
        priced.push(NewLine::priced(
            sku,
            name.as_deref().unwrap_or(sku),
            count,
            unit_price,
            currency,
        ));
    }
    Problem::check(errors)?;
    Ok(priced)
}

/// An amount of the request in the minor unit of `currency`; nothing when it is absent.
pub(super) fn amount(name: &str, given: Option<Decimal>, currency: &str) -> Answer<Decimal> {
    money::given(given.unwrap_or_default(), currency)
        .map_err(|reason| Problem::field(name, format!("'{name}' {reason}")))
}

/// A given address, checked, or the customer's first choice of that kind.
pub(super) fn address_or_first(
    name: &str,
    given: Option<&Address>,
    owner: &Account,
    shipping: bool,
) -> Answer<Option<Address>> {
    if let Some(given) = given {
        Problem::check(address::faults(given, name))?;
        return Ok(Some(given.clone()));
    }
    Ok(first_choice(&owner.customer, shipping))
}

/// The customer's primary address of that kind, else its first.
pub(crate) fn first_choice(customer: &Customer, shipping: bool) -> Option<Address> {
    let of_kind = || {
        customer
            .addresses
            .iter()
            .filter(|address| address.is_shipping() == shipping)
    };
    of_kind()
        .find(|address| address.is_primary == Some(true))
        .or_else(|| of_kind().next())
        .cloned()
}

/// 400 unless the tenant has a price tier of that name: it "must match a configured tier".
pub(super) fn check_tier(db: &Connection, tenant: &Tenant, tier: &str) -> Answer<()> {
    let known = db
        .prepare_cached("SELECT 1 FROM price_lists WHERE org = ? AND tier = ? AND tier <> ''")?
        .exists((tenant.org, tier))?;
    if known {
        return Ok(());
    }
    Err(Problem::field(
        "priceTier",
        format!("There is no price tier '{tier}'."),
    ))
}

/// 400 unless the tenant has a sales rep of that number.
pub(super) fn check_rep(db: &Connection, tenant: &Tenant, rep_number: &str) -> Answer<()> {
    if super::rep(db, tenant, Some(rep_number))?.is_some() {
        return Ok(());
    }
    Err(Problem::field(
        "takenByRepNumber",
        format!("There is no sales rep '{rep_number}'."),
    ))
}
