//! Who is signed in: what the token says.

pub mod claims;
