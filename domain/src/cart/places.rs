//! Where the cart's lines stand: a line that was removed and brought back stands where it stood, though the server puts
//! it at the end.

use serde::{Deserialize, Serialize};
use std::collections::{HashMap, HashSet};

/// The places of a cart's lines, once one was brought back. New lines come after them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Places {
    /// Which cart's.
    cart: String,
    /// The products in their order.
    skus: Vec<String>,
}

impl Places {
    /// Whether there is anything to say of where lines stand.
    pub fn is_empty(&self) -> bool {
        self.skus.is_empty()
    }

    /// The places after the lines `back` have come back to the cart with that id. `now` are the lines that are shown
    /// without them, `before` those that were when they were removed.
    pub fn brought_back(cart: &str, now: &[String], before: &[String], back: &[String]) -> Self {
        let mut skus = now.to_vec();
        let here: HashSet<&String> = now.iter().collect();
        let back: HashSet<&String> = back.iter().filter(|sku| !here.contains(sku)).collect();
        // Where the line stands that the next one comes after.
        let mut after = 0;
        for sku in before {
            if back.contains(sku) {
                skus.insert(after, sku.clone());
                after += 1;
            } else if let Some(place) = skus.iter().position(|known| known == sku) {
                after = place + 1;
            }
        }
        Self {
            cart: cart.to_owned(),
            skus,
        }
    }

    /// Forgets the places of lines that are not there any more: added anew, they come last.
    pub fn keep_only(&mut self, shown: impl Fn(&str) -> bool) {
        self.skus.retain(|sku| shown(sku));
    }

    /// What tells the order of lines in the cart with that id: lines of equal rank stay as they are. None when nothing
    /// is known of them.
    pub fn ranks(&self, cart: Option<&str>) -> Option<HashMap<&str, usize>> {
        if self.skus.is_empty() || cart != Some(self.cart.as_str()) {
            return None;
        }
        let ranks = self.skus.iter().enumerate();
        Some(ranks.map(|(rank, sku)| (sku.as_str(), rank)).collect())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// A line that comes back stands where it stood.
        #[test]
        fn lines_that_come_back_stand_where_they_stood(
            before in prop::collection::hash_set(0_u8..20, 0..12),
            gone in prop::collection::hash_set(0_u8..20, 0..12),
            new in prop::collection::hash_set(20_u8..30, 0..4),
        ) {
            let text = |numbers: &[u8]| numbers.iter().map(ToString::to_string).collect::<Vec<_>>();
            let before: Vec<u8> = before.into_iter().collect();
            let mut now: Vec<u8> = before.iter().copied().filter(|it| !gone.contains(it)).collect();
            now.extend(&new);
            let back: Vec<u8> = before.iter().copied().filter(|it| gone.contains(it)).collect();
            let places = Places::brought_back("c", &text(&now), &text(&before), &text(&back));
            // As the server has it: what came back is last.
            let mut server = text(&now);
            server.extend(text(&back));
            if let Some(ranks) = places.ranks(Some("c")) {
                server.sort_by_key(|sku| ranks[sku.as_str()]);
            }
            let mut expected = text(&before);
            expected.extend(text(&new.into_iter().collect::<Vec<_>>()));
            let old: Vec<&String> = server.iter().filter(|sku| before.contains(&sku.parse().unwrap())).collect();
            prop_assert_eq!(old, expected[..before.len()].iter().collect::<Vec<_>>());
            server.sort();
            expected.sort();
            prop_assert_eq!(server, expected);
        }
    }

    #[test]
    fn a_line_that_is_added_anew_comes_last_and_another_cart_has_its_own_order() {
        let text = |skus: &[&str]| skus.iter().map(ToString::to_string).collect::<Vec<_>>();
        let mut places =
            Places::brought_back("c", &text(&["B"]), &text(&["A", "B"]), &text(&["A"]));
        assert_eq!(places.ranks(Some("c")).unwrap()["A"], 0);
        assert!(places.ranks(Some("d")).is_none() && places.ranks(None).is_none());
        places.keep_only(|sku| sku == "B");
        assert_eq!(places.ranks(Some("c")).unwrap().get("A"), None);
        places.keep_only(|_| false);
        assert!(places.is_empty());
    }
}
