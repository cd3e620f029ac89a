//! Order lists: what is in them, and how they are written.

pub mod saved_list;
