//! Ways to pay: which one is chosen for the buyer, and what becomes of one that the buyer has chosen.

use serde::{Deserialize, Serialize};

/// A way to pay. It holds nothing of a card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum WayToPay {
    /// A saved method, by its id.
    Saved(String),
    /// On account.
    Terms,
    /// The provider's own page.
    Hosted,
    /// The card in the form.
    Card,
}

/// What stands as chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// This one.
    Chosen(WayToPay),
    /// The buyer's own choice cannot be had any more. Nothing takes its place unasked.
    Gone,
    /// There is no way at all.
    Nothing,
}

/// What stands as chosen, given the buyer's own choice and what can be had, the first choice first.
pub fn standing(picked: Option<&WayToPay>, offered: &[WayToPay]) -> Standing {
    match picked {
        Some(picked) if offered.contains(picked) => Standing::Chosen(picked.clone()),
        Some(_) => Standing::Gone,
        None => offered
            .first()
            .cloned()
            .map_or(Standing::Nothing, Standing::Chosen),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn way() -> impl Strategy<Value = WayToPay> {
        prop_oneof![
            "[a-c]".prop_map(WayToPay::Saved),
            Just(WayToPay::Terms),
            Just(WayToPay::Hosted),
            Just(WayToPay::Card),
        ]
    }

    proptest! {
        /// No other way to pay takes the place of a chosen one that is gone.
        #[test]
        fn nothing_takes_the_place_of_the_buyer_s_own_choice(
            picked in prop::option::of(way()),
            offered in prop::collection::vec(way(), 0..5),
        ) {
            match standing(picked.as_ref(), &offered) {
                Standing::Chosen(way) => {
                    prop_assert!(offered.contains(&way));
                    prop_assert_eq!(&way, picked.as_ref().unwrap_or(&offered[0]));
                }
                Standing::Gone => prop_assert!(picked.is_some_and(|picked| !offered.contains(&picked))),
                Standing::Nothing => prop_assert!(picked.is_none() && offered.is_empty()),
            }
        }
    }
}
