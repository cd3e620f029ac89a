//! Products: what is found, what it costs, and in which quantities it can be ordered.

pub mod bought;
pub mod buyer;
pub mod comparison;
pub mod facets;
pub mod gtin;
pub mod list_pad;
pub mod pricing;
pub mod quantity;
pub mod sku;
pub mod sku_search;
pub mod stock;
pub mod usual;
