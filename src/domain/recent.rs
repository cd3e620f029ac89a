//! A short list of what was used last.

/// How many are remembered.
pub const MOST: usize = 8;

/// The list after `used` was used: the latest first, each once, and not too many.
pub fn with(mut list: Vec<String>, used: &str) -> Vec<String> {
    list.retain(|known| known != used);
    list.insert(0, used.to_owned());
    list.truncate(MOST);
    list
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_last_ones_used_are_there_each_once(used in prop::collection::vec("[a-k]", 1..40)) {
            let list = used.iter().fold(Vec::new(), |list, used| with(list, used));
            let mut expected: Vec<String> = Vec::new();
            for used in used.iter().rev() {
                if !expected.contains(used) && expected.len() < MOST {
                    expected.push(used.clone());
                }
            }
            prop_assert_eq!(list, expected);
        }
    }
}
