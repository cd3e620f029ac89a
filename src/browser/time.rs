//! Time: the clock, waiting, and doing something later.

use js_sys::{Array, Date, Promise};
use leptos::prelude::{TimeoutHandle, request_animation_frame, set_timeout_with_handle};
use std::{cell::Cell, rc::Rc, time::Duration};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

use super::page;
use crate::domain::values::clocks::{Reading, ServerClock};

thread_local! {
    /// The server's time, as far as it was told.
    static SERVER: Cell<ServerClock> = const { Cell::new(ServerClock::UNKNOWN) };
}

/// The device's two clocks, now.
pub fn reading() -> Reading {
    let wall = whole(Date::now());
    let running = web_sys::window().and_then(|window| window.performance());
    Reading {
        running: running.map_or(wall, |running| whole(running.now())),
        wall,
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "the clock fits i64 for longer than there will be browsers"
)]
fn whole(milliseconds: f64) -> i64 {
    milliseconds as i64
}

/// How long ago a reading was taken, in milliseconds.
pub fn since(then: Reading) -> i64 {
    then.age(reading())
}

/// Hears what time it is at a server: the `Date` of an answer that comes from there just now.
pub fn hear_server_date(date: &str) {
    let time = Date::parse(date);
    if time.is_finite() {
        hear_server_time(whole(time));
    }
}

/// The same, in milliseconds since 1970.
pub fn hear_server_time(time: i64) {
    let mut server = SERVER.get();
    server.learn(time, reading());
    SERVER.set(server);
}

/// The server's time in milliseconds since 1970; none while it is not known.
pub fn server_ms() -> Option<i64> {
    SERVER.get().now(reading())
}

/// Whether the device slept, or its clock was set, since the server's time was told.
pub fn server_time_is_doubtful() -> bool {
    SERVER.get().is_doubtful(reading())
}

/// Milliseconds since 1970: the server's, or this device's while that is not known.
pub fn now_ms() -> i64 {
    server_ms().unwrap_or_else(|| reading().wall)
}

/// The same in whole seconds.
pub fn now_seconds() -> u64 {
    u64::try_from(now_ms() / 1000).unwrap_or_default()
}

/// A date of the browser that is now, by the server's clock where that is known.
pub fn now_date() -> Date {
    #[expect(
        clippy::cast_precision_loss,
        reason = "no clock shows milliseconds beyond 2^53"
    )]
    let now = now_ms() as f64;
    Date::new(&JsValue::from_f64(now))
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
        self.take();
    }

    /// Forgets what was to be run; whether there was anything, so that it can be done at once.
    pub fn take(&self) -> bool {
        let waits = self.0.take();
        waits.inspect(TimeoutHandle::clear).is_some()
    }
}
