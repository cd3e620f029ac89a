//! Pieces of view that two or more screens use. They know no API: what they show is handed to them.

pub(crate) mod address;
pub(crate) mod address_form;
pub(crate) mod badge;
pub(crate) mod button;
pub(crate) mod card_form;
pub(crate) mod chip;
pub(crate) mod commit_button;
pub(crate) mod dialog;
pub(crate) mod empty_state;
pub(crate) mod facts;
pub(crate) mod failed;
pub(crate) mod field_errors;
pub(crate) mod heading;
pub(crate) mod hosted_return;
pub(crate) mod icon;
pub(crate) mod order_product;
pub(crate) mod pages;
pub(crate) mod payment_choice;
pub(crate) mod payment_method;
pub(crate) mod price;
pub(crate) mod product_image;
pub(crate) mod quantity_field;
pub(crate) mod search_field;
pub(crate) mod tabs;
pub(crate) mod text_field;
pub(crate) mod view_choice;
