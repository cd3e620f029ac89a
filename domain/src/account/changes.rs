//! One change of a customer's addresses or contacts, made to the list as it is now.
//!
//! The API replaces such a list as a whole, so a change is applied to what was read just before it is
//! sent: entries that others have changed, added or removed in the meantime stay as they made them.

use nymble_wire::{Address, Contact};

/// An entry of a list in which one (of each kind) is the first choice.
pub trait Entry: Clone + PartialEq {
    /// What tells it from the others: the merchant's own id, or a short label; none when nothing does.
    fn key(&self) -> Option<(&str, bool)>;
    /// Whether it is the first choice.
    fn is_primary(&self) -> bool;
    /// Makes it the first choice, or not.
    fn set_primary(&mut self, primary: bool);
    /// Whether only one of the two can be the first choice.
    fn is_of_kind(&self, other: &Self) -> bool;

    /// The entry but for being the first choice: that is changed by choosing another one, too.
    #[must_use]
    fn content(&self) -> Self {
        let mut content = self.clone();
        content.set_primary(false);
        content
    }
}

fn filled(text: Option<&String>) -> Option<&str> {
    text.map(String::as_str).filter(|text| !text.is_empty())
}

impl Entry for Address {
    fn key(&self) -> Option<(&str, bool)> {
        // A warehouse and its billing office may go by the same label.
        filled(self.external_id.as_ref())
            .map(|id| (id, true))
            .or_else(|| filled(self.code.as_ref()).map(|code| (code, self.is_shipping())))
    }

    fn is_primary(&self) -> bool {
        self.is_primary == Some(true)
    }

    fn set_primary(&mut self, primary: bool) {
        self.is_primary = Some(primary);
    }

    fn is_of_kind(&self, other: &Self) -> bool {
        self.is_shipping() == other.is_shipping()
    }
}

impl Entry for Contact {
    fn key(&self) -> Option<(&str, bool)> {
        filled(self.external_id.as_ref()).map(|id| (id, true))
    }

    fn is_primary(&self) -> bool {
        self.is_primary == Some(true)
    }

    fn set_primary(&mut self, primary: bool) {
        self.is_primary = Some(primary);
    }

    fn is_of_kind(&self, _: &Self) -> bool {
        true
    }
}

/// One change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change<T> {
    /// A new entry.
    Add(T),
    /// An entry is written anew: as it was when the buyer began, and as it is to be.
    Edit {
        /// As it was shown.
        before: T,
        /// As it is to be.
        after: T,
    },
    /// An entry becomes the first choice of its kind.
    MakePrimary(T),
    /// An entry goes.
    Remove(T),
    /// A removed entry comes back.
    Restore {
        /// As it was.
        entry: T,
        /// Where it stood, from 0.
        place: usize,
    },
}

/// Why a change cannot be made to the list as it is now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Conflict<T> {
    /// The entry is not there any more.
    Gone,
    /// Somebody else has written it anew in the meantime: this is how it is now.
    Changed(T),
}

/// Where an entry is in a list: by its id or label, else by its content.
pub fn find<T: Entry>(list: &[T], wanted: &T) -> Option<usize> {
    let content = wanted.content();
    let same = |entry: &T| entry.content() == content;
    match wanted.key() {
        Some(key) => {
            let mut of_key = (0..list.len())
                .filter(|place| list.get(*place).is_some_and(|it| it.key() == Some(key)));
            let first = of_key.clone().next();
            of_key
                .find(|place| list.get(*place).is_some_and(same))
                .or(first)
        }
        None => list.iter().position(same),
    }
}

/// The list after a change.
pub fn apply<T: Entry>(list: &[T], change: &Change<T>) -> Result<Vec<T>, Conflict<T>> {
    let mut list = list.to_vec();
    match change {
        Change::Add(entry) => {
            let mut entry = entry.clone();
            // The first of its kind is the first choice.
            entry.set_primary(!list.iter().any(|other| other.is_of_kind(&entry)));
            list.push(entry);
        }
        Change::Edit { before, after } => {
            let place = find(&list, before).ok_or(Conflict::Gone)?;
            let now = list.get(place).ok_or(Conflict::Gone)?;
            let (content, wanted) = (now.content(), after.content());
            if content != before.content() && content != wanted {
                return Err(Conflict::Changed(now.clone()));
            }
            let mut entry = after.clone();
            let rivals = || list.iter().enumerate().filter(|(at, _)| *at != place);
            let chosen = rivals().any(|(_, other)| other.is_of_kind(&entry) && other.is_primary());
            let primary = now.is_primary() && !chosen;
            entry.set_primary(primary);
            if content == wanted {
                // Nothing but the order of keys would change.
                return Ok(list);
            }
            if let Some(slot) = list.get_mut(place) {
                *slot = entry;
            }
        }
        Change::MakePrimary(wanted) => {
            let place = find(&list, wanted).ok_or(Conflict::Gone)?;
            let chosen = list.get(place).cloned().ok_or(Conflict::Gone)?;
            for (at, entry) in list.iter_mut().enumerate() {
                if at == place {
                    entry.set_primary(true);
                } else if entry.is_of_kind(&chosen) && entry.is_primary() {
                    entry.set_primary(false);
                }
            }
        }
        Change::Remove(wanted) => {
            // One that has gone already is as it should be.
            if let Some(place) = find(&list, wanted) {
                list.remove(place);
            }
        }
        Change::Restore { entry, place } => {
            if find(&list, entry).is_none() {
                let mut entry = entry.clone();
                if list
                    .iter()
                    .any(|other| other.is_of_kind(&entry) && other.is_primary())
                {
                    entry.set_primary(false);
                }
                list.insert((*place).min(list.len()), entry);
            }
        }
    }
    Ok(list)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests;
