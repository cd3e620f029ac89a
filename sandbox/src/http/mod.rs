//! What the API's handlers have in common: reading requests strictly, writing answers in the reference's form.

mod body;
mod filters;
mod image_base;
mod listing;
mod origin;
mod path;
mod query;
mod request_id;
mod select;
mod text;
mod texts;

pub(crate) use body::{Body, Patch, json, no_content, typed};
pub(crate) use filters::{Condition, Field, FieldKind, condition, conditions, ordered_conditions};
pub(crate) use image_base::ImageBase;
pub(crate) use listing::{Direction, LARGEST_PAGE, Listing, page, sorted};
pub(crate) use origin::PublicOrigin;
pub(crate) use path::Segments;
pub(crate) use query::Query;
pub(crate) use request_id::{RequestId, X_REQUEST_ID, tag};
pub(crate) use select::{Kept, equal, records};
pub(crate) use text::text;
pub(crate) use texts::Texts;
