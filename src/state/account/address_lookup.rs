//! Filling an address's city and state from its postal code: a convenience that nothing depends on.

use crate::ports::abort::AbortController;
use leptos::{prelude::*, task::spawn_local};
use nymble_wire::Place;

use crate::state::{
    session::{Session, use_session},
    shared,
};
use crate::{
    api::addresses,
    domain::{
        account::address::{
            Presence,
            lookup::{agreed, complete_postal_code},
            requirements,
        },
        values::clocks::Reading,
    },
    ports::time::{self, Debounce},
};

/// How long nothing may be typed before a code is looked up, in milliseconds.
const PAUSE_MS: u64 = 350;
/// How long nothing is looked up after "too many requests", in milliseconds.
const REST_MS: i64 = 60_000;

/// What was looked up before, and when it may be tried again. A copy is a handle.
#[derive(Clone, Copy)]
struct Lookups {
    /// Country, postal code, and the places of it.
    known: StoredValue<Vec<(String, String, Vec<Place>)>>,
    /// Since when nothing is looked up, for a while.
    rests: StoredValue<Reading>,
    /// Whether there is such a lookup, as far as is known.
    offered: StoredValue<bool>,
}

impl Lookups {
    fn none() -> Self {
        Self {
            known: StoredValue::new(Vec::new()),
            rests: StoredValue::new(Reading::NEVER),
            offered: StoredValue::new(true),
        }
    }

    fn known(self, country: &str, code: &str) -> Option<Vec<Place>> {
        self.known.with_value(|known| {
            let mut known = known.iter();
            let found = known.find(|(of, at, _)| of == country && at == code)?;
            Some(found.2.clone())
        })
    }

    /// The places of a code; none when they cannot be had. Nothing is said of that.
    async fn places(
        self,
        session: Session,
        country: &str,
        code: &str,
        abort: Option<&AbortController>,
    ) -> Option<Vec<Place>> {
        if let Some(places) = self.known(country, code) {
            return Some(places);
        }
        if !self.offered.get_value() || time::since(self.rests.get_value()) < REST_MS {
            return None;
        }
        let request = addresses::lookup(country, code);
        let signal = abort.map(AbortController::signal);
        let answer = session.send_publicly(request, signal).await;
        match answer.and_then(|answer| addresses::read_places(&answer)) {
            Ok(places) => {
                let entry = (country.to_owned(), code.to_owned(), places.clone());
                self.known.update_value(|known| known.push(entry));
                Some(places)
            }
            Err(error) => {
                if error.status() == Some(429) {
                    self.rests.set_value(time::reading());
                } else if error.status() == Some(401) || error.is_not_offered() {
                    self.offered.set_value(false);
                }
                None
            }
        }
    }
}

/// The fields of an address that a postal code may fill.
#[derive(Clone, Copy)]
pub(crate) struct Fillable {
    /// ISO 3166-1, two letters.
    pub(crate) country: RwSignal<String>,
    /// The postal code.
    pub(crate) postal_code: RwSignal<String>,
    /// City.
    pub(crate) city: RwSignal<String>,
    /// State, province or prefecture.
    pub(crate) state: RwSignal<String>,
}

/// Whether a field may be filled: it is empty, or holds what was filled in before.
fn is_free(field: RwSignal<String>, ours: &str) -> bool {
    field
        .try_with_untracked(|text| text.trim().is_empty() || text == ours)
        .unwrap_or_default()
}

/// Fills city and state once the postal code is complete, where nothing has been typed into them; whether
/// that was done for the present code. Ends with the present owner.
pub(crate) fn follow(fields: Fillable) -> Signal<bool> {
    let session = use_session();
    let lookups = shared(Lookups::none);
    let debounce = StoredValue::new_local(Debounce::default());
    let abort = StoredValue::new_local(None::<AbortController>);
    // City and state as they were filled in.
    let ours = StoredValue::new((String::new(), String::new()));
    let filled = RwSignal::new(false);
    let give_up = move || {
        debounce.try_with_value(Debounce::cancel);
        if let Some(abort) = abort.try_update_value(Option::take).flatten() {
            abort.abort();
        }
    };
    let look = move |country: String, code: String| {
        let controller = AbortController::new().ok();
        abort.try_set_value(controller.clone());
        spawn_local(async move {
            let places = lookups.places(session, &country, &code, controller.as_ref());
            let Some(places) = places.await else { return };
            if controller.is_some_and(|it| it.signal().aborted()) {
                return;
            }
            let (city, state) = agreed(&places, &country);
            let Some((old_city, old_state)) = ours.try_get_value() else {
                return;
            };
            let city = city.filter(|_| is_free(fields.city, &old_city));
            let state = state.filter(|_| is_free(fields.state, &old_state));
            let any = city.is_some() || state.is_some();
            if let Some(city) = city {
                ours.try_update_value(|ours| ours.0.clone_from(&city));
                fields.city.try_set(city);
            }
            if let Some(state) = state {
                ours.try_update_value(|ours| ours.1.clone_from(&state));
                fields.state.try_set(state);
            }
            filled.try_set(any);
        });
    };
    Effect::new(move |_| {
        let (country, typed) = (fields.country.get(), fields.postal_code.get());
        give_up();
        filled.set(false);
        let has_state = requirements(&country).state != Presence::Hidden;
        let free = ours.with_value(|ours| {
            is_free(fields.city, &ours.0) || (has_state && is_free(fields.state, &ours.1))
        });
        if let Some(code) = complete_postal_code(&typed, &country).filter(|_| free) {
            debounce.with_value(|debounce| debounce.run(PAUSE_MS, move || look(country, code)));
        }
    });
    on_cleanup(give_up);
    filled.into()
}
