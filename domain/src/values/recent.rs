//! A short list of what was used last.

/// The list after `used` was used: the latest first, each once by `key`, and at most `most`.
pub fn with<T, K: PartialEq>(
    mut list: Vec<T>,
    used: T,
    most: usize,
    key: impl Fn(&T) -> K,
) -> Vec<T> {
    let own = key(&used);
    list.retain(|known| key(known) != own);
    list.insert(0, used);
    list.truncate(most);
    list
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_last_ones_used_are_there_each_once(
            used in prop::collection::vec("[a-k]", 1..40),
            most in 1_usize..13,
        ) {
            let list = used.iter().fold(Vec::new(), |list, used| {
                with(list, used.clone(), most, String::clone)
            });
            let mut expected: Vec<String> = Vec::new();
            for used in used.iter().rev() {
                if !expected.contains(used) && expected.len() < most {
                    expected.push(used.clone());
                }
            }
            prop_assert_eq!(list, expected);
        }
    }
}
