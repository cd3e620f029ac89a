//! Days of the calendar: counted, read, written, and the periods that statements are made for.

use nymble_wire::Timestamp;

/// A day of the Gregorian calendar, as the number of days since 1 January 1970.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(i32);

/// The years that are believed.
const YEARS: std::ops::RangeInclusive<i32> = 1..=9999;

impl Day {
    /// The day of that date, if there is such a date; month and day count from 1.
    pub fn new(year: i32, month: u32, day: u32) -> Option<Self> {
        let fits = YEARS.contains(&year) && (1..=12).contains(&month);
        if !fits || day == 0 || day > month_length(year, month) {
            return None;
        }
        // Counted in years that begin in March, so that a leap day is a year's last.
        let (months, years) = if month > 2 {
            (month - 3, year)
        } else {
            (month + 9, year - 1)
        };
        let (era, of_era) = (years.div_euclid(400), years.rem_euclid(400));
        let of_year = (153 * months.cast_signed() + 2) / 5 + day.cast_signed() - 1;
        let days = of_era * 365 + of_era / 4 - of_era / 100 + of_year;
        Some(Self(era * 146_097 + days - 719_468))
    }

    /// Reads `YYYY-MM-DD`, as a date field gives it.
    pub fn parse(text: &str) -> Option<Self> {
        let shape = text.len() == 10 && text.is_ascii();
        let (year, rest) = shape.then(|| text.split_once('-')).flatten()?;
        let (month, day) = rest.split_once('-')?;
        if [year, month, day]
            .iter()
            .any(|part| !part.bytes().all(|byte| byte.is_ascii_digit()))
        {
            return None;
        }
        Self::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
    }

    /// The day of a document: as its date writes it, wherever the buyer is. An invoice is due on one day all over
    /// the world, the one that is printed on it.
    ///
    /// Assumption: the API writes the days of documents in UTC, as its examples do; so a document's day is that of
    /// the written text.
    pub fn as_written(time: &Timestamp) -> Option<Self> {
        Self::parse(time.as_str().get(..10)?)
    }

    /// The instant at which it begins, for comparisons with what [`Self::as_written`] reads.
    pub fn begins(self) -> String {
        let mut text = self.text();
        text.push_str("T00:00:00Z");
        text
    }

    /// Year, month and day; the latter two from 1.
    pub fn date(self) -> (i32, u32, u32) {
        let shifted = self.0 + 719_468;
        let (era, of_era) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
        let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let months = (5 * of_year + 2) / 153;
        let day = of_year - (153 * months + 2) / 5 + 1;
        let month = if months < 10 { months + 3 } else { months - 9 };
        let year = year_of_era + era * 400 + i32::from(month <= 2);
        (year, month.cast_unsigned(), day.cast_unsigned())
    }

    /// Year, month and day as cards are judged by.
    pub fn card_date(self) -> (u16, u8, u8) {
        let (year, month, day) = self.date();
        let small = |number: u32| u8::try_from(number).unwrap_or(1);
        let year = u16::try_from(year).unwrap_or(u16::MAX);
        (year, small(month), small(day))
    }

    /// `YYYY-MM-DD`.
    pub fn text(self) -> String {
        let (year, month, day) = self.date();
        let mut text = String::with_capacity(10);
        for (number, width) in [(year.cast_unsigned(), 4), (month, 2), (day, 2)] {
            if !text.is_empty() {
                text.push('-');
            }
            let digits = number.to_string();
            for _ in digits.len()..width {
                text.push('0');
            }
            text.push_str(&digits);
        }
        text
    }

    /// How many days later `other` is; negative when it is earlier.
    pub fn until(self, other: Self) -> i64 {
        i64::from(other.0) - i64::from(self.0)
    }

    /// The day that many days later.
    #[must_use]
    pub fn plus(self, days: i32) -> Self {
        Self(self.0.saturating_add(days))
    }

    /// First and last day of its month.
    pub fn month(self) -> (Self, Self) {
        let (year, month, day) = self.date();
        let first = self.plus(1 - day.cast_signed());
        (
            first,
            first.plus(month_length(year, month).cast_signed() - 1),
        )
    }

    /// First and last day of the month before its own.
    pub fn month_before(self) -> (Self, Self) {
        self.month().0.plus(-1).month()
    }

    /// First and last day of its year.
    pub fn year(self) -> (Self, Self) {
        let (year, ..) = self.date();
        let first = Self::new(year, 1, 1).unwrap_or(self);
        (first, Self::new(year, 12, 31).unwrap_or(self))
    }
}

/// A time of day as a document writes it: the clock's face, and which clock it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// `YYYY-MM-DDThh:mm:ssZ`: what the clock showed, as if it stood in UTC.
    pub on_clock: String,
    /// `UTC`, `UTC+02:00`; empty where it is not said.
    pub zone: String,
}

impl Written {
    /// What `time` says of the time of day; none where it only means a day (midnight to the second), or is no time.
    pub fn of(time: &Timestamp) -> Option<Self> {
        let text = time.as_str();
        Day::as_written(time)?;
        let (day, clock) = (text.get(..10)?, text.get(11..19)?);
        let part = |place: usize, most: u32| {
            let part: u32 = clock.get(place..place + 2)?.parse().ok()?;
            (part <= most).then_some(part)
        };
        let (hour, minute, second) = (part(0, 23)?, part(3, 59)?, part(6, 60)?);
        let offset = text
            .get(19..)?
            .trim_start_matches(|c: char| c == '.' || c.is_ascii_digit());
        if (hour, minute, second) == (0, 0, 0) {
            return None;
        }
        let mut on_clock = String::from(day);
        on_clock.push('T');
        on_clock.push_str(clock);
        on_clock.push('Z');
        let mut zone = String::new();
        if !offset.is_empty() {
            zone.push_str("UTC");
            if !offset.eq_ignore_ascii_case("z")
                && offset.bytes().any(|byte| (b'1'..=b'9').contains(&byte))
            {
                zone.push_str(offset);
            }
        }
        Some(Self { on_clock, zone })
    }
}

fn month_length(year: i32, month: u32) -> u32 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    #[test]
    fn known_days_have_their_numbers() {
        for (text, number) in [
            ("1970-01-01", 0),
            ("1969-12-31", -1),
            ("2000-02-29", 11_016),
            ("2024-05-20", 19_863),
            ("0001-01-01", -719_162),
        ] {
            assert_eq!(day(text), Day(number), "{text}");
            assert_eq!(Day(number).text(), text);
        }
    }

    #[test]
    fn what_is_no_date_is_none() {
        for text in [
            "",
            "2023-02-29",
            "2023-13-01",
            "2023-00-01",
            "2023-01-00",
            "2023-1-01",
            "+023-01-01",
            "2023-01-01T",
            "0000-01-01",
            "２０２３-01-01",
        ] {
            assert_eq!(Day::parse(text), None, "{text}");
        }
    }

    #[test]
    fn periods_are_whole() {
        let texts = |(from, to): (Day, Day)| (from.text(), to.text());
        let pair = |from: &str, to: &str| (from.to_owned(), to.to_owned());
        let leap = day("2024-02-10");
        assert_eq!(texts(leap.month()), pair("2024-02-01", "2024-02-29"));
        assert_eq!(texts(leap.month_before()), pair("2024-01-01", "2024-01-31"));
        assert_eq!(
            texts(day("2024-01-31").month_before()),
            pair("2023-12-01", "2023-12-31")
        );
        assert_eq!(texts(leap.year()), pair("2024-01-01", "2024-12-31"));
    }

    #[test]
    fn a_time_is_on_the_day_it_writes() {
        let time = Timestamp::parse("2024-05-20T23:59:59Z").unwrap();
        assert_eq!(Day::as_written(&time), Some(day("2024-05-20")));
        let none = Timestamp::parse("2024-99-20T23:59:59Z").unwrap();
        assert_eq!(Day::as_written(&none), None);
    }

    /// A document's days are its own, in every time zone.
    #[test]
    fn a_document_s_time_is_that_of_its_own_clock() {
        let written = |text: &str| {
            let written = Written::of(&Timestamp::parse(text).unwrap())?;
            Some((written.on_clock, written.zone))
        };
        let some = |on_clock: &str, zone: &str| Some((on_clock.to_owned(), zone.to_owned()));
        for (text, expected) in [
            ("2024-05-19T14:32:00Z", some("2024-05-19T14:32:00Z", "UTC")),
            (
                "2024-05-19T23:59:59.123z",
                some("2024-05-19T23:59:59Z", "UTC"),
            ),
            (
                "2024-05-19 23:30:00-05:00",
                some("2024-05-19T23:30:00Z", "UTC-05:00"),
            ),
            (
                "2024-05-19T23:30:00+00:00",
                some("2024-05-19T23:30:00Z", "UTC"),
            ),
            ("2024-05-19T23:30:00", some("2024-05-19T23:30:00Z", "")),
            ("2024-05-19T00:00:00Z", None),
            ("2024-05-19T00:00:00.000", None),
            ("2024-05-19T25:00:00Z", None),
            ("2024-02-31T12:00:00Z", None),
        ] {
            assert_eq!(written(text), expected, "{text}");
        }
        assert_eq!(day("2024-05-20").begins(), "2024-05-20T00:00:00Z");
    }

    proptest! {
        #[test]
        fn a_date_comes_back_from_its_number(number in -719_162_i32..2_932_896) {
            let (year, month, of_month) = Day(number).date();
            prop_assert_eq!(Day::new(year, month, of_month), Some(Day(number)));
            prop_assert_eq!(Day::parse(&Day(number).text()), Some(Day(number)));
            let (first, last) = Day(number).month();
            prop_assert!(first <= Day(number) && Day(number) <= last);
        }

        /// Nothing that is typed or sent makes a rule panic.
        #[test]
        fn no_text_panics(text: String) {
            let _ = Day::parse(&text);
        }
    }
}
