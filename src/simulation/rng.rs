//! Chance as a simulation needs it: what looks like it, and comes from a seed.

/// A generator; the same seed gives the same numbers.
#[derive(Clone, Debug)]
pub(crate) struct Rng(nymble_sandbox::rng::Rng);

impl Rng {
    pub(crate) fn new(seed: u64) -> Self {
        Self(nymble_sandbox::rng::Rng::new(seed))
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0.draw()
    }

    /// One of `0..end`; zero when there is none.
    pub(crate) fn below(&mut self, end: u64) -> u64 {
        self.0.below(end)
    }

    /// So many milliseconds at most, and rarely that many.
    pub(crate) fn delay(&mut self, most: u64) -> i64 {
        let span = self.below(most + 1) + 1;
        i64::try_from(self.below(span)).unwrap_or_default()
    }

    /// Whether something happens that happens `of_1000` times in a thousand.
    pub(crate) fn happens(&mut self, of_1000: u64) -> bool {
        self.below(1000) < of_1000
    }

    /// One of `all`.
    pub(crate) fn pick<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        let count = u64::try_from(all.len()).unwrap_or_default();
        &all[usize::try_from(self.below(count)).unwrap_or_default()]
    }
}
