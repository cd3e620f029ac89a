//! Order lists: all of them, one of them, and putting lines on one from other screens.

pub mod all;
pub mod dispute;
pub mod files;
pub mod lines;
pub mod name_field;
pub mod offer;
pub mod one;
pub mod received;
pub mod save;
pub mod share;
