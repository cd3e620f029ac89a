//! Ways to pay, and the way to the provider's page and back.

pub mod hosted_outcome;
pub mod hosted_payment;
pub mod methods;
