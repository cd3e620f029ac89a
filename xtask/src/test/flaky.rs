//! Tests that failed and were run once more.

use super::Count;
use std::collections::BTreeSet;

/// Where more tests fail than these, something is broken: none of them is run again.
const MOST_RETRIED: usize = 20;

/// The names of those to run once more, of those that `failed`.
pub(super) fn to_retry(failed: &BTreeSet<String>) -> Option<Vec<String>> {
    let few = (1..=MOST_RETRIED).contains(&failed.len());
    few.then(|| failed.iter().cloned().collect())
}

/// What counts after the tests that `failed` in the first run were run once more, with that count and those that
/// failed `again`; and who passed then.
///
/// A second run that did not come to its end says nothing.
pub(super) fn settle(
    mut first: Count,
    failed: &BTreeSet<String>,
    second: Count,
    again: &BTreeSet<String>,
) -> (Count, Vec<String>) {
    if second.passed + second.failed != failed.len() || second.failed != again.len() {
        return (first, Vec::new());
    }
    let flaky: Vec<_> = failed.difference(again).cloned().collect();
    first.failed -= flaky.len();
    first.passed += flaky.len();
    (first, flaky)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(names: &[&str]) -> BTreeSet<String> {
        names.iter().map(ToString::to_string).collect()
    }

    fn count(passed: usize, failed: usize) -> Count {
        Count {
            passed,
            failed,
            ignored: 1,
        }
    }

    #[test]
    fn who_passes_the_second_time_counts_as_passed_once_and_is_named() {
        let failed = names(&["a", "b", "c"]);
        let (all, flaky) = settle(count(10, 3), &failed, count(2, 1), &names(&["b"]));
        assert_eq!((all, flaky), (count(12, 1), vec!["a".into(), "c".into()]));
        let (all, flaky) = settle(count(10, 3), &failed, count(0, 3), &failed);
        assert_eq!((all, flaky), (count(10, 3), vec![]));
    }

    #[test]
    fn a_second_run_that_died_changes_nothing() {
        let failed = names(&["a", "b"]);
        for (second, again) in [
            (count(0, 0), names(&[])),
            // One passed, then the program crashed, which counts as a failure of nobody.
            (count(1, 1), names(&[])),
        ] {
            let (all, flaky) = settle(count(10, 2), &failed, second, &again);
            assert_eq!((all, flaky), (count(10, 2), vec![]));
        }
    }

    #[test]
    fn nobody_is_tried_again_where_none_or_very_many_failed() {
        let many: Vec<_> = (0..=MOST_RETRIED).map(|it| it.to_string()).collect();
        assert_eq!(to_retry(&names(&[])), None);
        assert_eq!(to_retry(&many.iter().cloned().collect()), None);
        let some: BTreeSet<_> = many[1..].iter().cloned().collect();
        assert_eq!(to_retry(&some).map(|it| it.len()), Some(MOST_RETRIED));
    }
}
