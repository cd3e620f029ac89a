//! The browser's clocks and timers.

use js_sys::{Array, Date, Promise};
use leptos::prelude::request_animation_frame;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

use super::place;
use crate::domain::values::clocks::Reading;

pub(crate) use leptos::prelude::set_timeout;
pub(super) use leptos::prelude::{TimeoutHandle, set_timeout_with_handle};

/// The device's two clocks, now.
pub(crate) fn reading() -> Reading {
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

/// The milliseconds since 1970 at which a date is, in any way of writing that the browser reads.
pub(super) fn date_ms(date: &str) -> Option<i64> {
    let time = Date::parse(date);
    time.is_finite().then(|| whole(time))
}

/// How long [`after_drawing`] waits for a browser that draws nothing, in milliseconds.
const NOTHING_DRAWN_MS: i32 = 100;

/// Lets the browser draw what there is before the work goes on: of two pieces of work with this between them, each has
/// a frame to itself. Goes on at once where nobody is looking: timers of hidden pages may take a minute.
pub(crate) async fn after_drawing() {
    if !place::visible() {
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
pub(crate) async fn sleep(milliseconds: i32) {
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
