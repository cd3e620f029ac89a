//! The browser's own words and numbers: messages as its objects, plural forms, numbers, money and dates by `Intl`.

use js_sys::{Array, Date, Function, Intl, JSON, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use crate::domain::values::calendar::Day;

/// A message catalogue.
pub(crate) struct Messages(JsValue);

impl Messages {
    /// Reads a catalogue.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        JSON::parse(text).ok().filter(JsValue::is_object).map(Self)
    }

    /// Takes in the messages of another one.
    pub(crate) fn take_in(&mut self, other: &Self) {
        Object::assign(
            self.0.unchecked_ref::<Object>(),
            other.0.unchecked_ref::<Object>(),
        );
    }

    fn find(&self, key: &str) -> JsValue {
        Reflect::get(&self.0, &JsValue::from_str(key)).unwrap_or(JsValue::UNDEFINED)
    }

    /// The message `key`, if it is a plain text.
    pub(crate) fn text(&self, key: &str) -> Option<String> {
        self.find(key).as_string()
    }

    /// The plural form of message `key` that is called `form`, or else its other one. A message that reads the same for
    /// every number is a plain text.
    pub(crate) fn form(&self, key: &str, form: &str) -> Option<String> {
        let forms = self.find(key);
        let of = |form: &str| {
            Reflect::get(&forms, &JsValue::from_str(form))
                .ok()?
                .as_string()
        };
        forms
            .as_string()
            .or_else(|| of(form))
            .or_else(|| of("other"))
    }
}

/// `new Intl[class](tag, options)`. Called by name, because what a deployer or a server says (a language
/// tag, a currency) may make it throw, and that must not end the app.
fn intl(class: &str, tag: &str, options: &Object) -> Result<JsValue, JsValue> {
    let intl = Reflect::get(&js_sys::global(), &JsValue::from_str("Intl"))?;
    let class: Function = Reflect::get(&intl, &JsValue::from_str(class))?.unchecked_into();
    Reflect::construct(
        &class,
        &Array::of2(&Array::of1(&JsValue::from_str(tag)), options),
    )
}

fn options(entries: &[(&str, JsValue)]) -> Object {
    let object = Object::new();
    for (name, value) in entries {
        let _ = Reflect::set(&object, &JsValue::from_str(name), value);
    }
    object
}

/// Whether `tag` is a language tag.
pub(crate) fn is_known(tag: &str) -> bool {
    intl("PluralRules", tag, &Object::new()).is_ok()
}

/// The plural forms of a language.
pub(crate) struct Plurals(Intl::PluralRules);

impl Plurals {
    /// Those of the language `tag`.
    pub(crate) fn of(tag: &str) -> Option<Self> {
        let rules = intl("PluralRules", tag, &Object::new()).ok()?;
        Some(Self(rules.unchecked_into()))
    }

    /// The name of the form for `count`.
    pub(crate) fn form(&self, count: u64) -> String {
        #[expect(
            clippy::cast_precision_loss,
            reason = "only the plural form depends on it"
        )]
        let form = self.0.select(count as f64);
        form.as_string().unwrap_or_default()
    }
}

/// How numbers are written.
#[derive(Clone)]
pub(crate) struct NumberFormat(Function);

impl NumberFormat {
    /// For amounts of `currency` (empty, or not known: plain numbers), with so many fraction digits.
    pub(crate) fn of(tag: &str, currency: &str, digits: u32) -> Self {
        let digits = JsValue::from(digits);
        let make = |entries: &[(&str, JsValue)]| {
            let made = intl("NumberFormat", tag, &options(entries))?;
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
        let format = with_currency.or_else(|_| make(&plain));
        Self(format.unwrap_or_else(|_| Function::new_no_args("")))
    }

    /// A decimal number given as text, which `Intl` formats exactly, to any length; as a number it would not.
    pub(crate) fn format(&self, number: &str) -> Option<String> {
        let text = self
            .0
            .call1(&JsValue::UNDEFINED, &JsValue::from_str(number));
        text.ok()?.as_string()
    }
}

/// A date of the browser, from milliseconds since 1970.
#[expect(
    clippy::cast_precision_loss,
    reason = "no clock shows milliseconds beyond 2^53"
)]
fn date_of(milliseconds: i64) -> Date {
    Date::new(&JsValue::from_f64(milliseconds as f64))
}

const MEDIUM_DATE: &str = "dateStyle";
const SHORT_TIME: &str = "timeStyle";

/// Day and time of day of a clock that is read as if it stood in UTC: nothing is shifted.
pub(crate) fn date_and_time(tag: &str, on_clock: &str) -> String {
    let options = options(&[
        (MEDIUM_DATE, JsValue::from_str("medium")),
        (SHORT_TIME, JsValue::from_str("short")),
        ("timeZone", JsValue::from_str("UTC")),
    ]);
    let date = Date::new(&JsValue::from_str(on_clock));
    date.to_locale_string(tag, &options).into()
}

/// Day and time of day of an instant, by the buyer's own clock.
pub(crate) fn date_and_time_of(tag: &str, milliseconds: i64) -> String {
    let options = options(&[
        (MEDIUM_DATE, JsValue::from_str("medium")),
        (SHORT_TIME, JsValue::from_str("short")),
    ]);
    date_of(milliseconds).to_locale_string(tag, &options).into()
}

/// The time of day of an instant by the buyer's own clock; with the day, if that is not the one of `now`.
pub(crate) fn clock_of(tag: &str, milliseconds: i64, now: i64) -> String {
    let date = date_of(milliseconds);
    let time = (SHORT_TIME, JsValue::from_str("short"));
    if date.to_date_string() == date_of(now).to_date_string() {
        return date.to_locale_string(tag, &options(&[time])).into();
    }
    let day = (MEDIUM_DATE, JsValue::from_str("medium"));
    date.to_locale_string(tag, &options(&[day, time])).into()
}

/// A day that begins at that date and time of UTC; as it was read: a day has no zone.
pub(crate) fn day(tag: &str, begins: &str) -> String {
    let date = Date::new(&JsValue::from_str(begins));
    let options = options(&[
        (MEDIUM_DATE, JsValue::from_str("medium")),
        ("timeZone", JsValue::from_str("UTC")),
    ]);
    date.to_locale_date_string(tag, &options).into()
}

/// The day of an instant where the buyer is.
pub(crate) fn today(milliseconds: i64) -> Option<Day> {
    let date = date_of(milliseconds);
    if date.get_time().is_nan() {
        return None;
    }
    let year = i32::try_from(date.get_full_year()).ok()?;
    Day::new(year, date.get_month() + 1, date.get_date())
}

/// A country's name, from its two-letter code.
pub(crate) fn country(tag: &str, code: &str) -> Option<String> {
    let name = || -> Result<Option<String>, JsValue> {
        let kind = options(&[("type", JsValue::from_str("region"))]);
        let names = intl("DisplayNames", tag, &kind)?;
        let of: Function = Reflect::get(&names, &JsValue::from_str("of"))?.unchecked_into();
        Ok(of.call1(&names, &JsValue::from_str(code))?.as_string())
    };
    name().ok().flatten()
}
