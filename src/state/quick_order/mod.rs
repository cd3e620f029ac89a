//! Quick order: the pad, its draft, looking products up, and into the cart.

pub mod draft;
pub mod lookup;
pub mod pad;
pub mod submit;
