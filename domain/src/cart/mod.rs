//! The cart: changes on their way, the lines as shown, and what changed since.

pub mod additions;
pub mod changes;
pub mod lines;
pub mod places;
pub mod prices;
pub mod refusal;
pub mod view;
