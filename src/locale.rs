//! Words, numbers, money and dates in the buyer's language.
//!
//! The message catalogue is kept as the browser's own object; plural forms, numbers, money and dates are
//! the browser's `Intl`. All of this is 8.4 kB of code, some 2.8 kB after brotli; a library that brings its
//! own plural rules and number formats brings their data too.
//!
//! The catalogue comes in parts (`locales/<language>/<part>.json`): [`FIRST`], what the first module says,
//! at start; [`SHOP`] side by side with the code of the screens that say it.

use futures::channel::oneshot;
use js_sys::{Array, Function, Intl, JSON, Object, Reflect};
use leptos::prelude::*;
use nymble_wire::Timestamp;
use rust_decimal::Decimal;
use wasm_bindgen::{JsCast, JsValue};

use crate::{
    api::{own_host::own_file, problem::ApiError},
    browser::time,
    domain::values::{
        calendar::{Day, Written},
        money,
    },
};

mod quantity;

/// The languages there is a message catalogue for; the first is the fallback.
pub const LANGUAGES: [&str; 2] = ["en", "de"];

/// The part of the catalogue that the first module needs.
pub const FIRST: &str = "first";
/// The part of the catalogue that the screens of a signed-in buyer need.
pub const SHOP: &str = "shop";
/// The part of the catalogue that says what goes deeper into the products: facets, comparison, order pad.
pub const BROWSE: &str = "browse";

struct Inner {
    tag: String,
    /// Where the parts of the catalogue are, with the slash at its end.
    folder: String,
    /// The parts asked for, each with those who wait for it; nobody can once it is here.
    parts: Vec<(&'static str, Option<Vec<oneshot::Sender<bool>>>)>,
    messages: JsValue,
    plural_rules: Intl::PluralRules,
    /// Number formats made so far, by currency (empty: a plain number) and fraction digits.
    formats: Vec<(String, u32, Function)>,
}

/// The buyer's language and region with everything that depends on them. A copy is a handle.
#[derive(Clone, Copy)]
pub struct Locale(StoredValue<Inner, LocalStorage>);

/// The locale of the running app.
///
/// # Panics
/// Outside the app's component tree.
pub fn use_locale() -> Locale {
    expect_context()
}

/// The first of the `wanted` language tags that there is a catalogue for, with that catalogue's language.
pub fn choose(wanted: &[String]) -> (String, &'static str) {
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

/// `new Intl[class](tag, options)`. Called by name, because what a deployer or a server says (a language
/// tag, a currency) may make it throw, and that must not end the app.
fn intl(class: &str, tag: &str, options: &Object) -> Result<JsValue, JsValue> {
    let intl = Reflect::get(&js_sys::global(), &JsValue::from_str("Intl"))?;
    let class: Function = Reflect::get(&intl, &JsValue::from_str(class))?.unchecked_into();
    Reflect::construct(&class, &Array::of2(&list(tag), options))
}

/// The messages of one part of a catalogue.
async fn part(folder: &str, name: &str) -> Option<JsValue> {
    let text = own_file(&format!("{folder}{name}.json")).await?;
    JSON::parse(&text).ok().filter(JsValue::is_object)
}

fn list(tag: &str) -> Array {
    Array::of1(&JsValue::from_str(tag))
}

fn options(entries: &[(&str, JsValue)]) -> Object {
    let object = Object::new();
    for (name, value) in entries {
        let _ = Reflect::set(&object, &JsValue::from_str(name), value);
    }
    object
}

impl Locale {
    /// Makes the locale `tag` (for example `de-DE`), whose message catalogue is in `folder`, with the
    /// catalogue's first part; none when that cannot be had.
    pub async fn fetch(tag: &str, folder: String) -> Option<Self> {
        let messages = part(&folder, FIRST).await?;
        // A tag that is none makes every formatter throw; then the fallback's is used.
        let known = intl("PluralRules", tag, &Object::new());
        let tag = if known.is_ok() { tag } else { LANGUAGES[0] }.to_owned();
        let plural_rules = intl("PluralRules", &tag, &Object::new()).ok()?;
        Some(Self(StoredValue::new_local(Inner {
            plural_rules: plural_rules.unchecked_into(),
            tag,
            folder,
            parts: Vec::new(),
            messages,
            formats: Vec::new(),
        })))
    }

    /// Fetches a part of the catalogue, unless it is here already; says whether it is.
    pub async fn load(self, name: &'static str) -> bool {
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
                Object::assign(
                    inner.messages.unchecked_ref::<Object>(),
                    messages.unchecked_ref::<Object>(),
                );
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
    pub fn tag(self) -> String {
        self.0.with_value(|inner| inner.tag.clone())
    }

    fn find(self, key: &str) -> JsValue {
        self.0.with_value(|inner| {
            Reflect::get(&inner.messages, &JsValue::from_str(key)).unwrap_or(JsValue::UNDEFINED)
        })
    }

    /// The message `key`. A missing one shows its key, so that the gap is seen.
    pub fn text(self, key: &str) -> String {
        self.find(key).as_string().unwrap_or_else(|| key.to_owned())
    }

    /// The message `key` with its `{placeholders}` filled in.
    pub fn text_with(self, key: &str, values: &[(&str, &str)]) -> String {
        fill(&self.text(key), values)
    }

    /// The form of message `key` that fits `count`, which also fills `{count}`.
    pub fn plural(self, key: &str, count: u64, values: &[(&str, &str)]) -> String {
        #[expect(
            clippy::cast_precision_loss,
            reason = "only the plural form depends on it"
        )]
        let form = self
            .0
            .with_value(|inner| inner.plural_rules.select(count as f64))
            .as_string()
            .unwrap_or_default();
        let forms = self.find(key);
        // A message that reads the same for every number is a plain text.
        let text = forms
            .as_string()
            .or_else(|| {
                Reflect::get(&forms, &JsValue::from_str(&form))
                    .ok()?
                    .as_string()
            })
            .or_else(|| {
                Reflect::get(&forms, &JsValue::from_str("other"))
                    .ok()?
                    .as_string()
            })
            .unwrap_or_else(|| key.to_owned());
        let number = self.number(count);
        let mut all = vec![("count", number.as_str())];
        all.extend_from_slice(values);
        fill(&text, &all)
    }

    /// What went wrong, as a sentence.
    pub fn error(self, error: &ApiError) -> String {
        let (key, values) = error.message();
        let values: Vec<(&str, &str)> = values
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        self.text_with(key, &values)
    }

    fn format(self, currency: &str, digits: u32, number: &str) -> String {
        let known = self.0.with_value(|inner| {
            let fits = |known: &&(String, u32, Function)| known.0 == currency && known.1 == digits;
            inner.formats.iter().find(fits).map(|known| known.2.clone())
        });
        let format = known.unwrap_or_else(|| {
            let format = self.make_format(currency, digits);
            let entry = (currency.to_owned(), digits, format.clone());
            self.0.update_value(|inner| inner.formats.push(entry));
            format
        });
        // `Intl` formats a decimal given as text exactly, to any length; as a number it would not.
        format
            .call1(&JsValue::UNDEFINED, &JsValue::from_str(number))
            .ok()
            .and_then(|text| text.as_string())
            .unwrap_or_else(|| number.to_owned())
    }

    fn make_format(self, currency: &str, digits: u32) -> Function {
        let digits = JsValue::from(digits);
        let tag = self.tag();
        let make = |entries: &[(&str, JsValue)]| {
            let made = intl("NumberFormat", &tag, &options(entries))?;
            Ok::<Function, JsValue>(made.unchecked_into::<Intl::NumberFormat>().format())
        };
        let plain = [
            ("minimumFractionDigits", digits.clone()),
            ("maximumFractionDigits", digits),
        ];
        let mut entries = vec![
            ("style", JsValue::from_str("currency")),
            ("currency", JsValue::from_str(currency)),
        ];
        entries.extend_from_slice(&plain);
        let with_currency = if currency.is_empty() {
            Err(JsValue::UNDEFINED)
        } else {
            make(&entries)
        };
        with_currency
            .or_else(|_| make(&plain))
            .unwrap_or_else(|_| Function::new_no_args(""))
    }

    /// An amount of money, to the currency's minor unit, or further where the amount itself goes
    /// further (unit prices of small parts).
    pub fn money(self, amount: Decimal, currency: &str) -> String {
        let amount = amount.normalize();
        let digits = money::minor_units(currency).max(amount.scale());
        self.format(currency, digits, &money::to_plain_string(amount))
    }

    /// A whole number.
    pub fn number(self, number: u64) -> String {
        self.format("", 0, &number.to_string())
    }

    /// A decimal number with the digits it has.
    pub fn decimal(self, number: Decimal) -> String {
        self.format("", number.scale(), &money::to_plain_string(number))
    }

    /// The day of a document, for example `May 20, 2024`: as the document says it, wherever the buyer is.
    pub fn date(self, time: &Timestamp) -> String {
        Day::as_written(time).map_or_else(|| time.as_str().to_owned(), |day| self.day(day))
    }

    /// A day with the time of day, for example `May 20, 2024, 2:32 PM UTC`: on the clock by which the document is
    /// dated, which is named, so that the day is that of [`Locale::date`]. Of a day alone no time is shown.
    pub fn date_and_time(self, time: &Timestamp) -> String {
        let Some(written) = Written::of(time) else {
            return self.date(time);
        };
        let options = options(&[
            ("dateStyle", JsValue::from_str("medium")),
            ("timeStyle", JsValue::from_str("short")),
            ("timeZone", JsValue::from_str("UTC")),
        ]);
        // Its clock read as if it stood in UTC: nothing is shifted.
        let date = js_sys::Date::new(&JsValue::from_str(&written.on_clock));
        let mut text: String = date.to_locale_string(&self.tag(), &options).into();
        if !written.zone.is_empty() {
            text.push(' ');
            text.push_str(&written.zone);
        }
        text
    }

    /// An instant of this device, so many seconds after the beginning of 1970, by the buyer's own clock.
    pub fn date_and_time_of(self, seconds: u64) -> String {
        #[expect(
            clippy::cast_precision_loss,
            reason = "no clock shows seconds beyond 2^53"
        )]
        let milliseconds = seconds as f64 * 1000.0;
        let options = options(&[
            ("dateStyle", JsValue::from_str("medium")),
            ("timeStyle", JsValue::from_str("short")),
        ]);
        let date = js_sys::Date::new(&JsValue::from_f64(milliseconds));
        date.to_locale_string(&self.tag(), &options).into()
    }

    /// The time of day of an instant (milliseconds since 1970) of today, for example `2:32 PM`; with the day, if
    /// it is another one.
    pub fn clock(self, milliseconds: i64) -> String {
        #[expect(
            clippy::cast_precision_loss,
            reason = "no clock shows milliseconds beyond 2^53"
        )]
        let date = js_sys::Date::new(&JsValue::from_f64(milliseconds as f64));
        let time = ("timeStyle", JsValue::from_str("short"));
        if date.to_date_string() == time::now_date().to_date_string() {
            return date.to_locale_string(&self.tag(), &options(&[time])).into();
        }
        let day = ("dateStyle", JsValue::from_str("medium"));
        date.to_locale_string(&self.tag(), &options(&[day, time]))
            .into()
    }

    /// Today where the buyer is, even if the device's clock is wrong.
    pub fn today() -> Day {
        day_at(&time::now_date()).unwrap_or_default()
    }

    /// A day of the calendar, for example `May 20, 2024`.
    pub fn day(self, day: Day) -> String {
        let date = js_sys::Date::new(&JsValue::from_str(&day.begins()));
        let options = options(&[
            ("dateStyle", JsValue::from_str("medium")),
            // A day has no zone: it is written as it was read.
            ("timeZone", JsValue::from_str("UTC")),
        ]);
        date.to_locale_date_string(&self.tag(), &options).into()
    }

    /// What separates decimals.
    pub fn decimal_mark(self) -> char {
        let comma = self.decimal(Decimal::new(15, 1)).contains(',');
        if comma { ',' } else { '.' }
    }

    /// A country's name, from its two-letter code.
    pub fn country(self, code: &str) -> String {
        let name = || -> Result<Option<String>, JsValue> {
            let kind = options(&[("type", JsValue::from_str("region"))]);
            let names = intl("DisplayNames", &self.tag(), &kind)?;
            let of: Function = Reflect::get(&names, &JsValue::from_str("of"))?.unchecked_into();
            Ok(of.call1(&names, &JsValue::from_str(code))?.as_string())
        };
        name().ok().flatten().unwrap_or_else(|| code.to_owned())
    }
}

/// The day of a browser's date; none for a date that is none.
fn day_at(date: &js_sys::Date) -> Option<Day> {
    if date.get_time().is_nan() {
        return None;
    }
    let year = i32::try_from(date.get_full_year()).ok()?;
    Day::new(year, date.get_month() + 1, date.get_date())
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
