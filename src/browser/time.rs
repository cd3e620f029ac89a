//! Time: the clock, waiting, and doing something later.

use js_sys::{Array, Date, Promise};
use leptos::prelude::{TimeoutHandle, request_animation_frame, set_timeout_with_handle};
use std::{cell::Cell, rc::Rc, time::Duration};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

use super::page;

/// Milliseconds since 1970, by this device's clock.
pub fn now_ms() -> f64 {
    Date::now()
}

/// Whole milliseconds since 1970, by this device's clock.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the clock fits u64 for the next half million years"
)]
pub fn now_whole_ms() -> u64 {
    Date::now() as u64
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

/// When the `days`-th day after `day` (`YYYY-MM-DD`) begins where this device is, as an ISO 8601 instant;
/// nothing when `day` is none.
pub fn start_of_day(day: &str, days: u32) -> String {
    // Without an offset the text means the time here.
    let date = Date::new(&JsValue::from_str(&format!("{day}T00:00:00")));
    if date.get_time().is_nan() {
        return String::new();
    }
    date.set_date(date.get_date() + days);
    String::from(date.to_iso_string())
}

/// How long [`after_drawing`] waits for a browser that draws nothing, in milliseconds.
const NOTHING_DRAWN_MS: i32 = 100;

/// Lets the browser draw what there is before the work goes on: of two pieces of work with this between them, each has
/// a frame to itself. Goes on at once where nobody is looking: timers of hidden pages may take a minute.
pub async fn after_drawing() {
    if !page::visible() {
        return;
    }
    let drawn = Promise::new(&mut |resolve, _| {
        let resolve = resolve.clone();
        // A frame is drawn after what is called for it.
        request_animation_frame(move || {
            let _ = resolve.call1(&JsValue::UNDEFINED, &timer(0));
        });
    });
    let _ = JsFuture::from(Promise::race(&Array::of2(&drawn, &timer(NOTHING_DRAWN_MS)))).await;
}

/// Waits for `milliseconds`.
pub async fn sleep(milliseconds: i32) {
    let _ = JsFuture::from(timer(milliseconds)).await;
}

fn timer(milliseconds: i32) -> Promise {
    Promise::new(&mut |resolve, _| {
        // A window always takes a timer; were it to refuse, the wait is over at once.
        let set = web_sys::window().and_then(|window| {
            window
                .set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, milliseconds)
                .ok()
        });
        if set.is_none() {
            let _ = resolve.call0(&JsValue::UNDEFINED);
        }
    })
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
