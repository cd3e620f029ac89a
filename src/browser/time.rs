//! Time: the clock, waiting, and doing something later.

use js_sys::{Date, Promise};
use leptos::prelude::{TimeoutHandle, set_timeout_with_handle};
use std::{cell::Cell, rc::Rc, time::Duration};
use wasm_bindgen_futures::JsFuture;

/// Milliseconds since 1970, by this device's clock.
pub fn now_ms() -> f64 {
    Date::now()
}

/// Seconds since 1970, by this device's clock.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the clock fits u64 for the next half million years"
)]
pub fn now_seconds() -> u64 {
    (Date::now() / 1000.0) as u64
}

/// The seconds since 1970 at which a date and time of the API is; none when the browser cannot read it.
#[expect(
    clippy::cast_possible_truncation,
    reason = "no date of a browser is beyond what i64 holds in seconds"
)]
pub fn seconds_of(time: &str) -> Option<i64> {
    let milliseconds = Date::parse(time);
    milliseconds
        .is_finite()
        .then_some((milliseconds / 1000.0) as i64)
}

/// This month: full year and month from 1, by this device's clock.
pub fn today() -> (u32, u32) {
    let today = Date::new_0();
    (today.get_full_year(), today.get_month() + 1)
}

/// Today: full year, month and day from 1, by this device's clock.
pub fn date() -> (u32, u32, u32) {
    let today = Date::new_0();
    (
        today.get_full_year(),
        today.get_month() + 1,
        today.get_date(),
    )
}

/// Waits for `milliseconds`.
pub async fn sleep(milliseconds: i32) {
    let promise = Promise::new(&mut |resolve, _| {
        // A window always takes a timer; were it to refuse, the wait is over at once.
        let set = web_sys::window().and_then(|window| {
            window
                .set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, milliseconds)
                .ok()
        });
        if set.is_none() {
            let _ = resolve.call0(&wasm_bindgen::JsValue::UNDEFINED);
        }
    });
    let _ = JsFuture::from(promise).await;
}

/// Runs an action once no further call has come for a while; a later call replaces an earlier one.
#[derive(Clone, Default)]
pub struct Debounce(Rc<Cell<Option<TimeoutHandle>>>);

impl Debounce {
    /// Runs `action` in `milliseconds`, unless called again or cancelled before.
    pub fn run(&self, milliseconds: u64, action: impl FnOnce() + 'static) {
        self.cancel();
        let slot = Rc::clone(&self.0);
        let handle = set_timeout_with_handle(
            move || {
                slot.set(None);
                action();
            },
            Duration::from_millis(milliseconds),
        );
        self.0.set(handle.ok());
    }

    /// Forgets what was to be run.
    pub fn cancel(&self) {
        if let Some(handle) = self.0.take() {
            handle.clear();
        }
    }
}
