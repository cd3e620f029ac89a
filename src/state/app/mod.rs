//! What belongs to no screen: loading, navigation, notices, and the release.

pub(crate) mod loading;
pub(crate) mod navigation;
pub(crate) mod notices;
pub(crate) mod release;
