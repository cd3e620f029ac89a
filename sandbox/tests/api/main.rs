//! The sandbox over real HTTP, each test with a sandbox of its own. One program for all, as linking it takes longer
//! than running it.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod address_lookup;
mod admin;
mod auth;
mod bad_input;
mod bad_input_everywhere;
mod card_secrecy;
mod carts;
mod catalogue;
mod catalogue_at_random;
mod categories;
mod checkout;
mod company_docs;
mod concurrency;
mod customer_lists;
mod customers;
mod document;
mod documents;
mod durability;
mod faults;
mod history;
mod hosted_payment;
mod images;
mod invoices;
mod money;
mod openapi;
mod order_import;
mod order_money;
mod orders;
mod organizations;
mod payment_methods;
mod product_bulk;
mod product_prices;
mod readme;
mod shop;
mod sorting;
mod users;
