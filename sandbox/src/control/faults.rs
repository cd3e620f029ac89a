//! Faults switched on per route and count: `POST`, `GET`, `DELETE /_sandbox/faults`, `DELETE /_sandbox/faults/{id}`.

use std::{
    str::FromStr,
    sync::{Mutex, MutexGuard, PoisonError},
};

use axum::{extract::State as FromState, http::StatusCode, response::Response};
use serde::{Deserialize, Serialize};

use crate::{
    http::{Body, Segments, json, no_content},
    problem::{Answer, Problem},
    state::State,
};

/// What goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Effect {
    /// Nothing but time passing (`delayMs`, `lateMs`).
    Delay,
    /// An answer with `status` and no work done.
    Status,
    /// The connection is closed before any work.
    CutBefore,
    /// The work is done, then the connection is closed without one byte of answer.
    CutAfter,
    /// The work is done, the answer is JSON cut off in the middle.
    Malformed,
    /// The work is done, the answer has no body.
    Empty,
    /// A proxy's 502 page in HTML, and no work done.
    Html,
}

/// A fault that is on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Fault {
    /// Which method; all when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub method: Option<String>,
    /// Which route, as the reference writes its path (`/api/carts/{customerNumber}/{shoppingCartId}/items`; the
    /// names in braces do not matter); `*` for every route of the API.
    #[serde(default = "every_route")]
    pub route: String,
    /// For how many requests; without end when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<u64>,
    /// How many matching requests go through before the first one fails.
    #[serde(default)]
    pub skip: u64,
    /// What goes wrong.
    pub effect: Effect,
    /// How long to wait first, in milliseconds; goes with every effect.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delay_ms: Option<u64>,
    /// How long to wait at the end, when what is done is done, in milliseconds; goes with every effect.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub late_ms: Option<u64>,
    /// The status of [`Effect::Status`], 500 when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// Seconds in a `Retry-After` header.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after: Option<u64>,
    /// Body of [`Effect::Status`] and [`Effect::Html`]; a fitting one when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
    /// `Content-Type` of `body`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content_type: Option<String>,
}

fn every_route() -> String {
    "*".to_owned()
}

impl Fault {
    fn matches(&self, method: &str, route: &str) -> bool {
        self.method
            .as_deref()
            .is_none_or(|wanted| wanted.eq_ignore_ascii_case(method) || wanted == "*")
            && (self.route == "*" || nameless(&self.route) == nameless(route))
    }

    fn spent(&self) -> bool {
        self.count == Some(0)
    }
}

/// A route without the names of its parameters: `/api/carts/{}/{}`.
fn nameless(route: &str) -> String {
    let mut inside = false;
    route
        .chars()
        .filter(|letter| {
            match letter {
                '{' => inside = true,
                '}' => inside = false,
                _ => return !inside,
            }
            true
        })
        .collect()
}

/// `METHOD ROUTE EFFECT [name=value …]`, as `--fault` takes it.
impl FromStr for Fault {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let text = text.trim();
        if text.starts_with('{') {
            return serde_json::from_str(text).map_err(|error| error.to_string());
        }
        let mut words = text.split_whitespace();
        let mut word = |what: &str| {
            words
                .next()
                .map(str::to_owned)
                .ok_or_else(|| format!("{what} is missing"))
        };
        let mut object = serde_json::Map::new();
        object.insert("method".to_owned(), word("the method")?.into());
        object.insert("route".to_owned(), word("the route")?.into());
        object.insert("effect".to_owned(), word("the effect")?.into());
        for word in words {
            let (name, value) = word
                .split_once('=')
                .ok_or_else(|| format!("'{word}' is not name=value"))?;
            let value = value
                .parse::<u64>()
                .map_or_else(|_| value.into(), serde_json::Value::from);
            object.insert(name.to_owned(), value);
        }
        serde_json::from_value(object.into()).map_err(|error| error.to_string())
    }
}

/// A fault that is on, as it is shown: with the number that switches it off.
#[derive(Clone, Debug, Serialize)]
struct On {
    id: u64,
    #[serde(flatten)]
    fault: Fault,
}

#[derive(Default)]
struct Switched {
    last: u64,
    on: Vec<On>,
}

/// The faults that are on.
#[derive(Default)]
pub(crate) struct Faults(Mutex<Switched>);

impl Faults {
    pub(crate) fn new(initial: Vec<Fault>) -> Self {
        let faults = Self::default();
        for fault in initial {
            faults.add(fault);
        }
        faults
    }

    /// The first fault that strikes this request, counted down.
    pub(crate) fn strike(&self, method: &str, route: &str) -> Option<Fault> {
        let mut switched = self.lock();
        let mut struck = None;
        for On { fault, .. } in &mut switched.on {
            if !fault.matches(method, route) {
                continue;
            }
            if fault.skip > 0 {
                fault.skip -= 1;
                continue;
            }
            if fault.spent() {
                continue;
            }
            fault.count = fault.count.map(|left| left - 1);
            struck = Some(fault.clone());
            break;
        }
        switched.on.retain(|on| !on.fault.spent());
        struck
    }

    /// Switches a fault on.
    fn add(&self, fault: Fault) -> On {
        let mut switched = self.lock();
        switched.last += 1;
        let on = On {
            id: switched.last,
            fault,
        };
        switched.on.push(on.clone());
        on
    }

    /// Switches one off; whether it was on.
    fn remove(&self, id: u64) -> bool {
        let mut switched = self.lock();
        let before = switched.on.len();
        switched.on.retain(|on| on.id != id);
        switched.on.len() < before
    }

    /// Switches all off.
    pub(crate) fn clear(&self) {
        self.lock().on.clear();
    }

    fn all(&self) -> Vec<On> {
        self.lock().on.clone()
    }

    fn lock(&self) -> MutexGuard<'_, Switched> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// `POST /_sandbox/faults`.
pub(crate) async fn add(
    FromState(state): FromState<State>,
    Body(fault): Body<Fault>,
) -> Answer<Response> {
    if fault
        .status
        .is_some_and(|status| StatusCode::from_u16(status).is_err() || status < 200)
    {
        return Err(Problem::field(
            "status",
            "'status' must be an HTTP status code from 200 on.",
        ));
    }
    Ok(json(StatusCode::CREATED, &state.faults.add(fault)))
}

/// `GET /_sandbox/faults`.
pub(crate) async fn list(FromState(state): FromState<State>) -> Response {
    json(StatusCode::OK, &state.faults.all())
}

/// `DELETE /_sandbox/faults/{id}`.
pub(crate) async fn remove(
    FromState(state): FromState<State>,
    Segments(id): Segments<String>,
) -> Answer<Response> {
    if id.parse().is_ok_and(|id| state.faults.remove(id)) {
        return Ok(no_content());
    }
    Err(Problem::not_found(format!("The fault '{id}' is not on.")))
}

/// `DELETE /_sandbox/faults`.
pub(crate) async fn clear(FromState(state): FromState<State>) -> Response {
    state.faults.clear();
    no_content()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn strikes_by_route_skip_and_count() {
        let fault = "PUT /api/carts/{customerNumber}/{shoppingCartId} status status=503 skip=1 count=2 retryAfter=3";
        let faults = Faults::new(vec![fault.parse().unwrap()]);
        assert_eq!(faults.strike("GET", "/api/carts/{a}/{b}"), None);
        assert_eq!(faults.strike("PUT", "/api/carts/{a}/{b}/items"), None);
        assert_eq!(faults.strike("PUT", "/api/carts/{a}/{b}"), None);
        assert_eq!(
            faults.strike("PUT", "/api/carts/{a}/{b}").unwrap().status,
            Some(503)
        );
        assert_eq!(
            faults
                .strike("PUT", "/api/carts/{a}/{b}")
                .unwrap()
                .retry_after,
            Some(3)
        );
        assert_eq!(faults.strike("PUT", "/api/carts/{a}/{b}"), None);
        assert!(faults.all().is_empty());
    }

    #[test]
    fn a_spec_that_makes_no_sense_says_why() {
        assert!("PUT /api".parse::<Fault>().is_err());
        assert!("PUT /api explode".parse::<Fault>().is_err());
        assert!("PUT /api delay quickly".parse::<Fault>().is_err());
        assert!("{\"effect\":\"html\"}".parse::<Fault>().is_ok());
    }
}
