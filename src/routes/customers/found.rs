//! What the picker found: the lists of a search as one, and the customers that were used last.

use nymble_wire::{Customer, Page};
use std::sync::Arc;

use super::query::{CustomersQuery, PAGE_SIZE};
use crate::{
    api::{customers, http::Answer, problem::ApiError},
    ports::abort::AbortSignal,
    state::session::Session,
};

/// One page of the picker.
#[derive(Clone, Debug, Default)]
pub(crate) struct Found {
    /// What was asked for.
    pub(crate) view: CustomersQuery,
    /// The customers, and whether each was used last.
    pub(crate) rows: Vec<(Customer, bool)>,
    /// How many there are on all pages together.
    pub(crate) total: u64,
    /// How many pages there are.
    pub(crate) pages: u64,
}

impl Found {
    /// Puts the pages of a view's lists together: the best matches first, the last used before all.
    pub(crate) fn joined(
        view: &CustomersQuery,
        pages: Vec<Page<Customer>>,
        recent: &[Customer],
    ) -> Self {
        let mut found = Self {
            view: view.clone(),
            total: pages.iter().map(|page| page.total_records).sum(),
            pages: pages
                .iter()
                .map(|page| page.pages(PAGE_SIZE))
                .max()
                .unwrap_or(1),
            rows: Vec::new(),
        };
        let recent = recent.iter().filter(|customer| view.all || customer.active);
        let listed = pages.into_iter().flat_map(|page| page.data);
        let all = recent
            .map(|customer| (customer.clone(), true))
            .chain(listed.map(|customer| (customer, false)));
        for (customer, is_recent) in all {
            let known =
                |(other, _): &(Customer, bool)| other.customer_number == customer.customer_number;
            if !found.rows.iter().any(known) {
                found.rows.push((customer, is_recent));
            }
        }
        if !view.search.is_empty() {
            let term = view.search.to_lowercase();
            found
                .rows
                .sort_by_key(|(customer, _)| rank(customer, &term));
        }
        found
    }
}

/// How well a customer fits a term in lower case; the best first.
fn rank(customer: &Customer, term: &str) -> u8 {
    let number = customer.customer_number.to_lowercase();
    let name = customer.company_name.to_lowercase();
    if number == term {
        0
    } else if name == term {
        1
    } else if number.starts_with(term) {
        2
    } else if number.contains(term) {
        3
    } else if name.starts_with(term) {
        4
    } else {
        5
    }
}

/// Asks for the pages of all of a view's lists at once.
pub(crate) async fn ask(
    session: Session,
    view: &CustomersQuery,
    abort: Option<AbortSignal>,
) -> Result<Vec<Page<Customer>>, ApiError> {
    let lists = view.lists();
    let asked = lists
        .iter()
        .map(|list| session.send_abortable(customers::list(list), abort.clone()));
    let answers = futures::future::join_all(asked).await;
    let read = |answer: Result<Answer, ApiError>| customers::read_page(&answer?);
    answers.into_iter().map(read).collect()
}

/// Reads the customers that the user acted for last. Whoever cannot be read is left out, and forgotten
/// where the server says that they are gone or somebody else's.
pub(crate) async fn ask_recent(session: Session, abort: Option<AbortSignal>) -> Arc<Vec<Customer>> {
    let numbers = session.recent_customers();
    let asked = numbers
        .iter()
        .map(|number| session.send_abortable(customers::one(number), abort.clone()));
    let answers = futures::future::join_all(asked).await;
    let mut recent = Vec::new();
    for (number, answer) in numbers.iter().zip(answers) {
        match answer.and_then(|answer| customers::read_one(&answer)) {
            Ok(customer) => recent.push(customer),
            Err(error) if matches!(error.status(), Some(403 | 404)) => {
                session.forget_recent_customer(number);
            }
            Err(_) => {}
        }
    }
    Arc::new(recent)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn customer(number: &str, name: &str) -> Customer {
        let text = serde_json::json!({ "customerNumber": number, "companyName": name });
        serde_json::from_value(text).unwrap_or_else(|error| panic!("{error}"))
    }

    fn page(total: u64, customers: &[(&str, &str)]) -> Page<Customer> {
        Page {
            data: customers
                .iter()
                .map(|(number, name)| customer(number, name))
                .collect(),
            total_records: total,
            current_page: 1,
            total_pages: None,
            page_size: None,
        }
    }

    fn numbers(found: &Found) -> Vec<&str> {
        found
            .rows
            .iter()
            .map(|(customer, _)| customer.customer_number.as_str())
            .collect()
    }

    #[test]
    fn the_best_matches_come_first_and_nobody_twice() {
        let view = CustomersQuery {
            search: "Acme".to_owned(),
            page: 1,
            ..CustomersQuery::default()
        };
        let pages = vec![
            page(0, &[]),
            page(2, &[("B-ACME", "Zeta"), ("ACME-1", "Omega")]),
            page(
                60,
                &[
                    ("7", "Big Acme"),
                    ("8", "Acme & Sons"),
                    ("9", "ACME"),
                    ("ACME-1", "Omega"),
                ],
            ),
        ];
        let found = Found::joined(&view, pages, &[]);
        assert_eq!(numbers(&found), ["9", "ACME-1", "B-ACME", "8", "7"]);
        assert_eq!((found.total, found.pages), (62, 3));
    }

    #[test]
    fn the_last_used_come_before_all_and_not_again() {
        let view = CustomersQuery {
            page: 1,
            ..CustomersQuery::default()
        };
        let mut gone = customer("D", "Dormant");
        gone.active = false;
        let recent = [customer("C", "Gamma"), gone, customer("X", "Chi")];
        let pages = vec![page(3, &[("A", "Alpha"), ("C", "Gamma"), ("X", "Chi")])];
        let found = Found::joined(&view, pages.clone(), &recent);
        assert_eq!(numbers(&found), ["C", "X", "A"]);
        let marked: Vec<bool> = found.rows.iter().map(|(_, recent)| *recent).collect();
        assert_eq!(marked, [true, true, false]);
        let all = CustomersQuery { all: true, ..view };
        assert_eq!(
            numbers(&Found::joined(&all, pages, &recent)),
            ["C", "D", "X", "A"]
        );
    }
}
