//! What keys do, where a word leads, and who gets the focus.

pub mod focus;
pub mod jump;
pub mod shortcuts;
