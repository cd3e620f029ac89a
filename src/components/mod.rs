//! Pieces of view that two or more screens use. They know no API: what they show is handed to them.

pub mod failed;
pub mod heading;
pub mod icon;
pub mod price;
pub mod product_image;
pub mod quantity_field;
pub mod text_field;
