//! Pieces of view that two or more screens use. They know no API: what they show is handed to them.

pub mod address;
pub mod address_form;
pub mod badge;
pub mod card_form;
pub mod chip;
pub mod commit_button;
pub mod failed;
pub mod field_errors;
pub mod heading;
pub mod hosted_return;
pub mod icon;
pub mod order_product;
pub mod pages;
pub mod payment_choice;
pub mod payment_method;
pub mod price;
pub mod product_image;
pub mod quantity_field;
pub mod search_field;
pub mod text_field;
pub mod view_choice;
