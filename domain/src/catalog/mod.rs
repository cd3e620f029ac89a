//! Products: what is found, what it costs, and in which quantities it can be ordered.

pub mod bought;
pub mod bulk_quantities;
pub mod buyer;
pub mod comparison;
pub mod facets;
pub mod frequently_ordered;
pub mod gtin;
pub mod pricing;
pub mod quantity;
pub mod sku;
pub mod sku_search;
pub mod stock;
