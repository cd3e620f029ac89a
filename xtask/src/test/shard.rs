//! `--shard i/n`: a part of the tests, so that n machines can run all of them.

use std::{collections::BTreeSet, fmt, str::FromStr};

/// The i-th of n parts, which together hold every test once. What belongs to which depends on the names alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shard {
    /// From 1 on.
    index: usize,
    count: usize,
}

impl Shard {
    /// Whether this is the part that also does what cannot be divided.
    pub fn is_first(self) -> bool {
        self.index == 1
    }

    /// The names that belong to this part, in their order. Neighbours go to different parts: tests of one screen take
    /// about as long as each other.
    pub fn choose(self, names: BTreeSet<String>) -> Vec<String> {
        let own = names.into_iter().skip(self.index - 1);
        own.step_by(self.count).collect()
    }
}

impl fmt::Display for Shard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.index, self.count)
    }
}

impl FromStr for Shard {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let read = || {
            let (index, count) = text.split_once('/')?;
            let (index, count) = (index.parse().ok()?, count.parse().ok()?);
            (1..=count)
                .contains(&index)
                .then_some(Self { index, count })
        };
        read().ok_or_else(|| format!("“{text}” is no shard: 2/3 is the second of three"))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn names(count: usize) -> BTreeSet<String> {
        (0..count).map(|it| format!("test {it}")).collect()
    }

    /// The parts of a run (`--shard`) together hold every test, once.
    #[test]
    fn all_parts_together_hold_every_test_once() {
        for count in 1..=5 {
            for all in [0, 1, 3, 5, 101] {
                let mut chosen = Vec::new();
                for index in 1..=count {
                    let part = Shard { index, count }.choose(names(all));
                    assert!(part.len() <= all.div_ceil(count), "{index}/{count}");
                    assert_eq!(part, Shard { index, count }.choose(names(all)));
                    chosen.extend(part);
                }
                assert_eq!(chosen.len(), all);
                assert_eq!(chosen.into_iter().collect::<BTreeSet<_>>(), names(all));
            }
        }
    }

    #[test]
    fn only_the_first_does_what_cannot_be_divided() {
        assert!(Shard::from_str("1/2").unwrap().is_first());
        assert!(!Shard::from_str("2/2").unwrap().is_first());
    }

    #[test]
    fn what_is_no_part_is_refused() {
        assert_eq!(Shard::from_str("2/3"), Ok(Shard { index: 2, count: 3 }));
        assert_eq!(Shard::from_str("2/3").unwrap().to_string(), "2/3");
        for text in ["", "1", "0/2", "3/2", "1/0", "1/2/3", "a/b", "-1/2"] {
            assert!(Shard::from_str(text).is_err(), "{text}");
        }
    }
}
