//! Product and category pictures: drawn, not stored. `GET /_sandbox/images/{name}/{size}`.
//!
//! Assumption: a product's image has a name and a base address, and its sizes are `/small`, `/medium` and `/large`
//! behind that address, as the documents say of category images.

mod draw;
mod glyphs;

pub(crate) use draw::draw;
