//! The whole system in a real browser: the built bundle against a sandbox, one of each for every test.
//!
//! `cargo xtask test --only browser` builds the bundle and runs these; they read where bundle, browser
//! and driver are from `NYMBLE_DIST`, `NYMBLE_CHROMIUM`, `NYMBLE_CHROMEDRIVER` and `NYMBLE_AXE`.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test fails by panicking"
)]

mod accessibility;
mod account;
mod account_forms;
mod addresses;
mod assisted;
mod bad_server;
mod boot;
mod bulk_quantities;
mod cards;
mod cart;
mod cart_depth;
mod cart_troubles;
mod catalog;
mod catalog_depth;
mod checkout;
mod compare;
mod config;
mod devices;
mod documents;
mod documents_looks;
mod documents_screen;
mod harness;
mod home;
mod invoices;
mod invoices_one;
mod invoices_statement;
mod keyboard;
mod languages;
mod late;
mod links;
mod lists;
mod news;
mod nothing_shared;
mod offline;
mod ordering_bench;
mod orders;
mod paying;
mod paying_by_card;
mod paying_in_two_tabs;
mod payment_methods;
mod print;
mod quantities;
mod quick_order;
mod secure_page;
mod security;
mod session;
mod sign_in;
mod small;
mod translated;
mod unpriced;
mod whole_job;
