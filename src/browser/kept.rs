//! What the device's database keeps, and why it may not: the same in the browser and in the simulated world.

/// What is kept together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Store {
    /// Order lists.
    Lists,
    /// What was begun and is not sent yet.
    Drafts,
    /// Products as they were last seen.
    Products,
}

/// A text with its revision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Kept {
    /// The text, as it was put in.
    pub(crate) text: String,
    /// Goes up by one with each change; the first is 1.
    pub(crate) revision: u64,
}

/// Why the database did not do something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Trouble {
    /// There is none: the browser has none, or does not let this site have one.
    Unavailable,
    /// It refused, most likely for want of room.
    Refused,
    /// The text is not the one that was expected; this is what is there now.
    Changed(Option<Kept>),
}
