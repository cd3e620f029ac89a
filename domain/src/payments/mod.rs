//! Ways to pay: cards, and texts that must not linger.

pub mod card;
pub mod saved_card;
pub mod secret;
pub mod way_to_pay;
