//! How long browser tests took, by what they note themselves: `cargo test` says nothing of it.

use std::time::Duration;

/// So many are named at the end.
const NAMED: usize = 10;

/// One test's run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Noted {
    /// Its name, with its module.
    pub(super) name: String,
    /// Until sandbox, site and browser were there.
    pub(super) start: Duration,
    /// All of it.
    pub(super) all: Duration,
}

/// Reads the file that the tests write to: `start` TAB `all` TAB `name`, in milliseconds. What is no such line is left out.
pub(super) fn read(text: &str) -> Vec<Noted> {
    let line = |line: &str| {
        let mut parts = line.splitn(3, '\t');
        let mut milliseconds = || Some(Duration::from_millis(parts.next()?.parse().ok()?));
        let (start, all) = (milliseconds()?, milliseconds()?);
        let name = parts.next()?.to_owned();
        Some(Noted { name, start, all })
    };
    text.lines().filter_map(line).collect()
}

/// The table of the slowest, and what a start takes in the middle of all.
pub(super) fn report(mut noted: Vec<Noted>) -> Vec<String> {
    let mut starts: Vec<_> = noted.iter().map(|test| test.start).collect();
    starts.sort_unstable();
    let Some(middle) = starts.get(starts.len() / 2) else {
        return Vec::new();
    };
    let all: Duration = noted.iter().map(|test| test.all).sum();
    let mut lines = vec![format!(
        "The slowest of {} browser tests ({} s in all; half of them had their browser and sandbox after {} ms):",
        noted.len(),
        all.as_secs(),
        middle.as_millis()
    )];
    noted.sort_by(|a, b| (b.all, &a.name).cmp(&(a.all, &b.name)));
    for test in noted.iter().take(NAMED) {
        lines.push(format!("{:>7.1} s  {}", test.all.as_secs_f64(), test.name));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ten_slowest_are_named() {
        let mut text = vec!["nonsense".to_owned(), "200\t".to_owned()];
        text.extend((1..=12).map(|it| format!("{it}00\t{it}000\tcart::test_{it}")));
        let lines = report(read(&text.join("\n")));
        assert_eq!(lines.len(), 11);
        assert!(
            lines[0].contains("12 browser tests (78 s in all"),
            "{}",
            lines[0]
        );
        assert!(lines[0].contains("700 ms"), "{}", lines[0]);
        assert_eq!(lines[1], "   12.0 s  cart::test_12");
        assert_eq!(lines[10], "    3.0 s  cart::test_3");
    }

    #[test]
    fn nothing_noted_is_nothing_told() {
        assert_eq!(report(read("")), Vec::<String>::new());
    }

    #[test]
    fn a_line_holds_both_times_and_the_name() {
        let noted = Noted {
            name: "a::b\tc".to_owned(),
            start: Duration::from_millis(12),
            all: Duration::from_millis(3456),
        };
        assert_eq!(read("12\t3456\ta::b\tc\n"), [noted]);
    }
}
