//! Invoices: the lists with what is owed, the statement, one invoice, and paying.

pub mod address;
pub mod ageing_table;
pub mod amounts;
pub mod billed;
pub mod bills_table;
pub mod export;
pub mod invoice;
pub mod invoice_parts;
pub mod list;
pub mod open;
pub mod pay;
pub mod payment_notes;
pub mod search;
pub mod statement;
pub mod statement_chart;
pub mod statement_table;
