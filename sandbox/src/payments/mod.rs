//! Paying: cards, saved payment profiles, and the gateway that says yes, no or nothing.

pub(crate) mod card;
mod gateway;
mod profiles;

pub(crate) use gateway::{Outcome, charge};
pub(crate) use profiles::{list as list_profiles, profile};
