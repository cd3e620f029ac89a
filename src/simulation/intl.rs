//! Words and numbers as English has them; a simulation compares what is said, not how a browser formats it.

use serde_json::{Map, Value};

use crate::domain::values::calendar::Day;

pub(crate) struct Messages(Map<String, Value>);

impl Messages {
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let Ok(Value::Object(messages)) = serde_json::from_str(text) else {
            return None;
        };
        Some(Self(messages))
    }

    pub(crate) fn take_in(&mut self, other: &Self) {
        self.0.extend(other.0.clone());
    }

    pub(crate) fn text(&self, key: &str) -> Option<String> {
        self.0.get(key)?.as_str().map(str::to_owned)
    }

    pub(crate) fn form(&self, key: &str, form: &str) -> Option<String> {
        let forms = self.0.get(key)?;
        let plain = forms.as_str();
        let of = |form: &str| forms.get(form)?.as_str();
        plain
            .or_else(|| of(form))
            .or_else(|| of("other"))
            .map(str::to_owned)
    }
}

pub(crate) fn is_known(tag: &str) -> bool {
    !tag.is_empty()
}

pub(crate) struct Plurals;

impl Plurals {
    pub(crate) fn of(_: &str) -> Option<Self> {
        Some(Self)
    }

    #[expect(
        clippy::unused_self,
        reason = "the shape of the browser's implementation"
    )]
    pub(crate) fn form(&self, count: u64) -> String {
        if count == 1 { "one" } else { "other" }.to_owned()
    }
}

#[derive(Clone)]
pub(crate) struct NumberFormat {
    currency: String,
    digits: usize,
}

impl NumberFormat {
    pub(crate) fn of(_: &str, currency: &str, digits: u32) -> Self {
        Self {
            currency: currency.to_owned(),
            digits: usize::try_from(digits).unwrap_or_default(),
        }
    }

    pub(crate) fn format(&self, number: &str) -> Option<String> {
        let (whole, part) = number.split_once('.').unwrap_or((number, ""));
        let mut text = whole.to_owned();
        if self.digits > 0 {
            text.push('.');
            let padded = format!("{part:0<width$}", width = self.digits);
            text.push_str(&padded);
        }
        if !self.currency.is_empty() {
            text = [&self.currency, " ", &text].concat();
        }
        Some(text)
    }
}

pub(crate) fn date_and_time(_: &str, on_clock: &str) -> String {
    on_clock.to_owned()
}

pub(crate) fn date_and_time_of(_: &str, milliseconds: i64) -> String {
    milliseconds.to_string()
}

pub(crate) fn clock_of(_: &str, milliseconds: i64, _now: i64) -> String {
    milliseconds.to_string()
}

pub(crate) fn day(_: &str, begins: &str) -> String {
    begins.to_owned()
}

pub(crate) fn today(milliseconds: i64) -> Option<Day> {
    let days = milliseconds.div_euclid(86_400_000);
    Some(Day::new(1970, 1, 1)?.plus(i32::try_from(days).ok()?))
}

pub(crate) fn country(_: &str, code: &str) -> Option<String> {
    Some(code.to_owned())
}
