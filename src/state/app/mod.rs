//! What belongs to no screen: loading, navigation, notices, and the release.

pub mod loading;
pub mod navigation;
pub mod notices;
pub mod release;
