//! Values that every column uses: money, days, ages, texts.

pub mod calendar;
pub mod clocks;
pub mod csv;
pub mod json;
pub mod money;
pub mod recent;
pub(crate) mod typed;
