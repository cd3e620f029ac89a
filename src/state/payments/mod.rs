//! Ways to pay, and the way to the provider's page and back.

pub(crate) mod hosted_outcome;
pub(crate) mod hosted_payment;
pub(crate) mod methods;
