//! Words, numbers, money and dates in the buyer's language.
//!
//! The message catalogue is kept as the browser's own object; plural forms, numbers, money and dates are
//! the browser's `Intl`. All of this is 8.4 kB of code, some 2.8 kB after brotli; a library that brings its
//! own plural rules and number formats brings their data too.
//!
//! The catalogue comes in parts (`locales/<language>/<part>.json`): [`FIRST`], what the first module says,
//! at start; [`SHOP`] side by side with the code of the screens that say it.

use futures::channel::oneshot;
use leptos::prelude::*;
use nymble_wire::Timestamp;
use rust_decimal::Decimal;

use crate::{
    api::{own_host::own_file, problem::ApiError},
    domain::values::{
        calendar::{Day, Written},
        money,
    },
    ports::{
        intl::{self, Messages, NumberFormat, Plurals},
        time,
    },
};

mod quantity;

/// The languages there is a message catalogue for; the first is the fallback.
pub(crate) const LANGUAGES: [&str; 2] = ["en", "de"];

/// The part of the catalogue that the first module needs.
pub(crate) const FIRST: &str = "first";
/// The part of the catalogue that the screens of a signed-in buyer need.
pub(crate) const SHOP: &str = "shop";
/// The part of the catalogue that says what goes deeper into the products: facets, comparison, order pad.
pub(crate) const BROWSE: &str = "browse";

struct Inner {
    tag: String,
    /// Where the parts of the catalogue are, with the slash at its end.
    folder: String,
    /// The parts asked for, each with those who wait for it; nobody can once it is here.
    parts: Vec<(&'static str, Option<Vec<oneshot::Sender<bool>>>)>,
    messages: Messages,
    plurals: Plurals,
    /// Number formats made so far, by currency (empty: a plain number) and fraction digits.
    formats: Vec<(String, u32, NumberFormat)>,
}

/// The buyer's language and region with everything that depends on them. A copy is a handle.
#[derive(Clone, Copy)]
pub(crate) struct Locale(StoredValue<Inner, LocalStorage>);

/// The locale of the running app.
///
/// # Panics
/// Outside the app's component tree.
pub(crate) fn use_locale() -> Locale {
    expect_context()
}

/// The first of the `wanted` language tags that there is a catalogue for, with that catalogue's language.
pub(crate) fn choose(wanted: &[String]) -> (String, &'static str) {
    for tag in wanted {
        let language = tag.split(['-', '_']).next().unwrap_or_default();
        if let Some(known) = LANGUAGES
            .into_iter()
            .find(|known| known.eq_ignore_ascii_case(language))
        {
            return (tag.clone(), known);
        }
    }
    (LANGUAGES[0].to_owned(), LANGUAGES[0])
}

/// The messages of one part of a catalogue.
async fn part(folder: &str, name: &str) -> Option<Messages> {
    let text = own_file(&format!("{folder}{name}.json")).await?;
    Messages::parse(&text)
}

impl Locale {
    /// Makes the locale `tag` (for example `de-DE`), whose message catalogue is in `folder`, with the
    /// catalogue's first part; none when that cannot be had.
    pub(crate) async fn fetch(tag: &str, folder: String) -> Option<Self> {
        let messages = part(&folder, FIRST).await?;
        // A tag that is none makes every formatter throw; then the fallback's is used.
        let known = intl::is_known(tag);
        let tag = if known { tag } else { LANGUAGES[0] }.to_owned();
        let plurals = Plurals::of(&tag)?;
        Some(Self(StoredValue::new_local(Inner {
            plurals,
            tag,
            folder,
            parts: Vec::new(),
            messages,
            formats: Vec::new(),
        })))
    }

    /// Fetches a part of the catalogue, unless it is here already; says whether it is.
    pub(crate) async fn load(self, name: &'static str) -> bool {
        let mut waiting = None;
        let mut known = false;
        let folder = self.0.try_update_value(|inner| {
            if let Some((_, state)) = inner.parts.iter_mut().find(|(part, _)| *part == name) {
                known = true;
                if let Some(others) = state {
                    let (sender, receiver) = oneshot::channel();
                    others.push(sender);
                    waiting = Some(receiver);
                }
            } else {
                inner.parts.push((name, Some(Vec::new())));
            }
            inner.folder.clone()
        });
        if let Some(receiver) = waiting {
            return receiver.await.unwrap_or(false);
        }
        if known {
            return true;
        }
        let messages = part(&folder.unwrap_or_default(), name).await;
        let here = messages.is_some();
        let others = self.0.try_update_value(|inner| {
            if let Some(messages) = messages {
                inner.messages.take_in(&messages);
            }
            let place = inner.parts.iter().position(|(part, _)| *part == name)?;
            if here {
                inner.parts.get_mut(place)?.1.take()
            } else {
                inner.parts.swap_remove(place).1
            }
        });
        for other in others.flatten().unwrap_or_default() {
            let _ = other.send(here);
        }
        here
    }

    /// The language tag.
    pub(crate) fn tag(self) -> String {
        self.0.with_value(|inner| inner.tag.clone())
    }

    /// The message `key`. A missing one shows its key, so that the gap is seen.
    pub(crate) fn text(self, key: &str) -> String {
        let text = self.0.with_value(|inner| inner.messages.text(key));
        text.unwrap_or_else(|| key.to_owned())
    }

    /// The message `key` with its `{placeholders}` filled in.
    pub(crate) fn text_with(self, key: &str, values: &[(&str, &str)]) -> String {
        fill(&self.text(key), values)
    }

    /// The form of message `key` that fits `count`, which also fills `{count}`.
    pub(crate) fn plural(self, key: &str, count: u64, values: &[(&str, &str)]) -> String {
        let text = self.0.with_value(|inner| {
            let form = inner.plurals.form(count);
            inner.messages.form(key, &form)
        });
        let text = text.unwrap_or_else(|| key.to_owned());
        let number = self.number(count);
        let mut all = vec![("count", number.as_str())];
        all.extend_from_slice(values);
        fill(&text, &all)
    }

    /// What went wrong, as a sentence.
    pub(crate) fn error(self, error: &ApiError) -> String {
        let (key, values) = error.message();
        let values: Vec<(&str, &str)> = values
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        self.text_with(key, &values)
    }

    fn format(self, currency: &str, digits: u32, number: &str) -> String {
        let known = self.0.with_value(|inner| {
            let fits =
                |known: &&(String, u32, NumberFormat)| known.0 == currency && known.1 == digits;
            inner.formats.iter().find(fits).map(|known| known.2.clone())
        });
        let format = known.unwrap_or_else(|| {
            let format = NumberFormat::of(&self.tag(), currency, digits);
            let entry = (currency.to_owned(), digits, format.clone());
            self.0.update_value(|inner| inner.formats.push(entry));
            format
        });
        format.format(number).unwrap_or_else(|| number.to_owned())
    }

    /// An amount of money, to the currency's minor unit, or further where the amount itself goes
    /// further (unit prices of small parts).
    pub(crate) fn money(self, amount: Decimal, currency: &str) -> String {
        let amount = amount.normalize();
        let digits = money::minor_units(currency).max(amount.scale());
        self.format(currency, digits, &money::to_plain_string(amount))
    }

    /// A whole number.
    pub(crate) fn number(self, number: u64) -> String {
        self.format("", 0, &number.to_string())
    }

    /// A decimal number with the digits it has.
    pub(crate) fn decimal(self, number: Decimal) -> String {
        self.format("", number.scale(), &money::to_plain_string(number))
    }

    /// The day of a document, for example `May 20, 2024`: as the document says it, wherever the buyer is.
    pub(crate) fn date(self, time: &Timestamp) -> String {
        Day::as_written(time).map_or_else(|| time.as_str().to_owned(), |day| self.day(day))
    }

    /// A day with the time of day, for example `May 20, 2024, 2:32 PM UTC`: on the clock by which the document is
    /// dated, which is named, so that the day is that of [`Locale::date`]. Of a day alone no time is shown.
    pub(crate) fn date_and_time(self, time: &Timestamp) -> String {
        let Some(written) = Written::of(time) else {
            return self.date(time);
        };
        // Its clock read as if it stood in UTC: nothing is shifted.
        let mut text = intl::date_and_time(&self.tag(), &written.on_clock);
        if !written.zone.is_empty() {
            text.push(' ');
            text.push_str(&written.zone);
        }
        text
    }

    /// An instant of this device, so many seconds after the beginning of 1970, by the buyer's own clock.
    pub(crate) fn date_and_time_of(self, seconds: u64) -> String {
        let seconds = i64::try_from(seconds).unwrap_or_default();
        intl::date_and_time_of(&self.tag(), seconds.saturating_mul(1000))
    }

    /// The time of day of an instant (milliseconds since 1970) of today, for example `2:32 PM`; with the day, if
    /// it is another one.
    pub(crate) fn clock(self, milliseconds: i64) -> String {
        intl::clock_of(&self.tag(), milliseconds, time::now_ms())
    }

    /// Today where the buyer is, even if the device's clock is wrong.
    pub(crate) fn today() -> Day {
        intl::today(time::now_ms()).unwrap_or_default()
    }

    /// A day of the calendar, for example `May 20, 2024`.
    pub(crate) fn day(self, day: Day) -> String {
        intl::day(&self.tag(), &day.begins())
    }

    /// What separates decimals.
    pub(crate) fn decimal_mark(self) -> char {
        let comma = self.decimal(Decimal::new(15, 1)).contains(',');
        if comma { ',' } else { '.' }
    }

    /// A country's name, from its two-letter code.
    pub(crate) fn country(self, code: &str) -> String {
        intl::country(&self.tag(), code).unwrap_or_else(|| code.to_owned())
    }
}

/// Puts `values` in place of their `{names}`.
fn fill(text: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('{') {
        filled.push_str(before);
        let Some((name, after)) = behind.split_once('}') else {
            filled.push('{');
            rest = behind;
            continue;
        };
        if let Some((_, value)) = values.iter().find(|(known, _)| *known == name) {
            filled.push_str(value);
        } else {
            filled.push('{');
            filled.push_str(name);
            filled.push('}');
        }
        rest = after;
    }
    filled.push_str(rest);
    filled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_filled_once() {
        assert_eq!(
            fill("{a} of {b}, {c} {", &[("a", "{b}"), ("b", "2")]),
            "{b} of 2, {c} {"
        );
    }

    #[test]
    fn the_first_language_with_a_catalogue_wins() {
        let wanted =
            |tags: &[&str]| choose(&tags.iter().map(|&t| t.to_owned()).collect::<Vec<_>>());
        assert_eq!(
            wanted(&["fr-FR", "de-AT", "en"]),
            ("de-AT".to_owned(), "de")
        );
        assert_eq!(wanted(&["ja"]), ("en".to_owned(), "en"));
        assert_eq!(wanted(&[]), ("en".to_owned(), "en"));
    }
}
