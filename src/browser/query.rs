//! The query of an address: read, and written.
//!
//! Read here and not by way of the router, which decodes values twice.

use web_sys::UrlSearchParams;

use super::page;

/// The query of an address.
pub(crate) struct Query(Option<UrlSearchParams>);

impl Query {
    /// Reads a query (without `?`).
    pub(crate) fn of(query: &str) -> Self {
        Self(UrlSearchParams::new_with_str(query).ok())
    }

    /// The decoded value of the first parameter called `name`.
    pub(crate) fn get(&self, name: &str) -> Option<String> {
        self.0.as_ref()?.get(name)
    }

    /// The decoded values of all parameters called `name`.
    pub(crate) fn all(&self, name: &str) -> Vec<String> {
        let values = self.0.as_ref().map(|query| query.get_all(name));
        let values = values.iter().flat_map(js_sys::Array::iter);
        values.filter_map(|value| value.as_string()).collect()
    }
}

/// An address being put together.
#[derive(Clone, Debug)]
pub(crate) struct Href {
    text: String,
    asks: bool,
}

impl Href {
    /// Begins with a path.
    pub(crate) fn new(path: &str) -> Self {
        Self {
            text: path.to_owned(),
            asks: false,
        }
    }

    /// Adds a parameter.
    pub(crate) fn put(&mut self, name: &str, value: &str) {
        self.text.push(if self.asks { '&' } else { '?' });
        self.asks = true;
        self.text.push_str(name);
        self.text.push('=');
        self.text.push_str(&page::encode(value));
    }

    /// Adds a parameter, unless it says nothing.
    pub(crate) fn put_if(&mut self, name: &str, value: &str) {
        if !value.is_empty() {
            self.put(name, value);
        }
    }
}

impl From<Href> for String {
    fn from(href: Href) -> Self {
        href.text
    }
}
