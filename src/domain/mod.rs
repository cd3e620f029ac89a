//! The rules of the shop, free of browser, network and clock: plain functions from values to
//! values.
//!
//! Nothing in here panics, whatever it is given, and nothing computes with floating point. The
//! server decides; these rules say early what the server would refuse, and preview what it would
//! charge.

pub mod account_changes;
pub mod address;
pub mod ageing;
pub mod bought;
pub mod buyer;
pub mod calendar;
pub mod card;
pub mod cart_additions;
pub mod cart_changes;
pub mod cart_lines;
pub mod cart_places;
pub mod cart_prices;
pub mod cart_view;
pub mod checkout_draft;
pub mod claims;
pub mod clocks;
pub mod comparison;
pub mod contact;
pub mod csv;
pub mod documents;
pub mod facets;
pub mod focus;
pub mod gtin;
pub mod json;
pub mod jump;
pub mod list_pad;
pub mod money;
pub mod news;
pub mod order_csv;
pub mod order_lines;
pub mod order_list;
pub mod order_pad;
pub mod order_timeline;
pub mod pad_line;
pub mod pad_repeats;
pub mod pad_rows;
pub mod pad_sums;
pub mod pay_plan;
pub mod payment_ledger;
pub mod pricing;
pub mod purchase_order;
pub mod quantity;
pub mod recent;
pub mod reorder;
pub mod saved_card;
pub mod secret;
pub mod shortcuts;
pub mod sku;
pub mod sku_search;
pub mod statement;
pub mod stock;
mod typed;
pub mod usual;
pub mod way_to_pay;
