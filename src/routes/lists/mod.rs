//! Order lists: all of them, one of them, and putting lines on one from other screens.

pub(crate) mod all;
pub(crate) mod dispute;
pub(crate) mod files;
pub(crate) mod lines;
pub(crate) mod name_field;
pub(crate) mod offer;
pub(crate) mod one;
pub(crate) mod received;
pub(crate) mod save;
pub(crate) mod share;
