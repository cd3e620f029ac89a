//! Invoices: what is owed, statements, and paying exactly once.

pub mod ageing;
pub mod ledger;
pub mod pay_plan;
pub mod statement;
