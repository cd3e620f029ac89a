//! Invoices: the lists with what is owed, the statement, one invoice, and paying.

pub(crate) mod ageing_table;
pub(crate) mod amounts;
pub(crate) mod billed;
pub(crate) mod bills_table;
pub(crate) mod export;
pub(crate) mod invoice;
pub(crate) mod invoice_parts;
pub(crate) mod list;
pub(crate) mod open;
pub(crate) mod pay;
pub(crate) mod payment_notes;
pub(crate) mod query;
pub(crate) mod search;
pub(crate) mod statement;
pub(crate) mod statement_chart;
pub(crate) mod statement_table;
