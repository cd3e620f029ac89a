//! Days and times in a spreadsheet: days since the end of 1899, or since 1904, and what of them is shown.

use super::{Regional, number_format::Token};
use crate::values::calendar::Day;

/// The last day that a spreadsheet knows: 31 December 9999.
const LAST: f64 = 2_958_466.0;

/// The day of a serial number. Day 60 is 29 February 1900, which never was; it is not shown here.
fn day(serial: f64, from_1904: bool) -> Option<Day> {
    if !(0.0..LAST).contains(&serial) {
        return None;
    }
    #[expect(
        clippy::cast_possible_truncation,
        reason = "it is below three millions"
    )]
    let days = serial.floor() as i32;
    if from_1904 {
        return Some(Day::new(1904, 1, 1)?.plus(days));
    }
    match days {
        60 => None,
        ..60 => Some(Day::new(1899, 12, 31)?.plus(days)),
        _ => Some(Day::new(1899, 12, 30)?.plus(days)),
    }
}

const ENGLISH_MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const GERMAN_MONTHS: [&str; 12] = [
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
];
const ENGLISH_DAYS: [&str; 7] = [
    "Sunday",
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
];
const GERMAN_DAYS: [&str; 7] = [
    "Sonntag",
    "Montag",
    "Dienstag",
    "Mittwoch",
    "Donnerstag",
    "Freitag",
    "Samstag",
];

/// A day or a time as a section of a format shows it; none when it cannot be shown.
pub(super) fn text(
    tokens: &[Token],
    serial: f64,
    regional: Regional,
    from_1904: bool,
) -> Option<String> {
    if tokens
        .iter()
        .any(|it| matches!(it, Token::Digit(_) | Token::Percent | Token::Bar))
    {
        return None;
    }
    let (year, month, in_month) = day(serial, from_1904).map(Day::date).unwrap_or_default();
    let dated = |token: &Token| matches!(token, Token::Date('y' | 'd', _));
    if year == 0 && (tokens.iter().any(dated) || serial < 0.0) {
        return None;
    }
    // Rounded to a second, which may be the next day's first: then nothing of the time is sure.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "below the last day"
    )]
    let seconds = (serial * 86_400.0).round().max(0.0) as u64;
    let (hours, minutes, second) = (seconds / 3600 % 24, seconds / 60 % 60, seconds % 60);
    let halves = tokens.iter().any(|it| matches!(it, Token::HalfDay(_)));
    let mut text = String::new();
    for (at, token) in tokens.iter().enumerate() {
        let number = |value: u64, width: usize| format!("{value:0width$}", width = width.min(2));
        match token {
            Token::Literal(literal) => text.push_str(literal),
            Token::Point => text.push('.'),
            Token::Comma => text.push(','),
            Token::Date('y', 1 | 2) => {
                text.push_str(&number(u64::from(year.unsigned_abs()) % 100, 2));
            }
            Token::Date('y', _) => text.push_str(&year.to_string()),
            Token::Date('m', count @ (1 | 2)) if is_minute(tokens, at) => {
                text.push_str(&number(minutes, *count));
            }
            Token::Date('m', _) if month == 0 => return None,
            Token::Date('m', count @ (1 | 2)) => text.push_str(&number(u64::from(month), *count)),
            Token::Date('m', count) => {
                let names = if regional.is_german() {
                    GERMAN_MONTHS
                } else {
                    ENGLISH_MONTHS
                };
                let name = names[month as usize - 1];
                let length = match count {
                    3 => 3,
                    5 => 1,
                    _ => name.len(),
                };
                // German spreadsheets shorten `März` to `Mrz`.
                let short = if (*count, name) == (3, "März") {
                    "Mrz"
                } else {
                    name
                };
                text.extend(short.chars().take(length));
            }
            Token::Date('d', count @ (1 | 2)) => {
                text.push_str(&number(u64::from(in_month), *count));
            }
            Token::Date('d', count) => {
                let known = Day::new(2000, 1, 2)?
                    .until(day(serial, from_1904)?)
                    .rem_euclid(7);
                let names = if regional.is_german() {
                    GERMAN_DAYS
                } else {
                    ENGLISH_DAYS
                };
                let name = names[usize::try_from(known).ok()?];
                let short = if regional.is_german() { 2 } else { 3 };
                text.extend(
                    name.chars()
                        .take(if *count == 3 { short } else { name.len() }),
                );
            }
            Token::Date('h', count) if halves => {
                text.push_str(&number((hours + 11) % 12 + 1, *count));
            }
            Token::Date('h', count) => text.push_str(&number(hours, *count)),
            Token::Date(_, count) => text.push_str(&number(second, *count)),
            Token::Elapsed('h', count) => text.push_str(&number(seconds / 3600, *count)),
            Token::Elapsed('m', count) => text.push_str(&number(seconds / 60, *count)),
            Token::Elapsed(_, count) => text.push_str(&number(seconds, *count)),
            Token::HalfDay(long) => {
                text.push(if hours < 12 { 'A' } else { 'P' });
                if *long {
                    text.push('M');
                }
            }
            _ => {}
        }
    }
    Some(text.trim().to_owned())
}

/// Whether `m` or `mm` are minutes: behind hours, or before seconds.
fn is_minute(tokens: &[Token], at: usize) -> bool {
    let is_part = |token: &&Token| matches!(token, Token::Date(..) | Token::Elapsed(..));
    let before = tokens[..at].iter().rev().find(is_part);
    let behind = tokens[at + 1..].iter().find(is_part);
    matches!(before, Some(Token::Date('h', _) | Token::Elapsed('h', _)))
        || matches!(behind, Some(Token::Date('s', _) | Token::Elapsed('s', _)))
}

/// A day that nobody takes for a number; where there is none, what is `shown` with a question mark.
pub(super) fn plain(serial: f64, from_1904: bool, shown: &str) -> String {
    match day(serial, from_1904) {
        Some(day) if serial >= 1.0 => day.text(),
        _ => format!("{shown} ?"),
    }
}
