//! Time: the server's clock, waiting, and doing something later.

use std::{cell::Cell, rc::Rc, time::Duration};

use super::clock::{TimeoutHandle, date_ms, set_timeout_with_handle};
use crate::domain::values::clocks::{Reading, ServerClock};

pub(crate) use super::clock::{after_drawing, reading, set_timeout as later, sleep};

thread_local! {
    /// The server's time, as far as it was told.
    static SERVER: Cell<ServerClock> = const { Cell::new(ServerClock::UNKNOWN) };
}

/// Puts another page's server time in the place of this one's, which it returns.
#[cfg(test)]
pub(crate) fn exchange(server: ServerClock) -> ServerClock {
    SERVER.replace(server)
}

/// How long ago a reading was taken, in milliseconds.
pub(crate) fn since(then: Reading) -> i64 {
    then.age(reading())
}

/// Hears what time it is at a server: the `Date` of an answer that comes from there just now.
pub(crate) fn hear_server_date(date: &str) {
    if let Some(time) = date_ms(date) {
        hear_server_time(time);
    }
}

/// The same, in milliseconds since 1970.
pub(crate) fn hear_server_time(time: i64) {
    let mut server = SERVER.get();
    server.learn(time, reading());
    SERVER.set(server);
}

/// The server's time in milliseconds since 1970; none while it is not known.
pub(crate) fn server_ms() -> Option<i64> {
    SERVER.get().now(reading())
}

/// Whether the device slept, or its clock was set, since the server's time was told.
pub(crate) fn server_time_is_doubtful() -> bool {
    SERVER.get().is_doubtful(reading())
}

/// Milliseconds since 1970: the server's, or this device's while that is not known.
pub(crate) fn now_ms() -> i64 {
    server_ms().unwrap_or_else(|| reading().wall)
}

/// The same in whole seconds.
pub(crate) fn now_seconds() -> u64 {
    u64::try_from(now_ms() / 1000).unwrap_or_default()
}

/// The seconds since 1970 at which a date and time of the API is; none when the browser cannot read it.
pub(crate) fn seconds_of(time: &str) -> Option<i64> {
    date_ms(time).map(|milliseconds| milliseconds / 1000)
}

/// Runs an action once no further call has come for a while; a later call replaces an earlier one.
#[derive(Clone, Default)]
pub(crate) struct Debounce(Rc<Cell<Option<TimeoutHandle>>>);

impl Debounce {
    /// Runs `action` in `milliseconds`, unless called again or cancelled before.
    pub(crate) fn run(&self, milliseconds: u64, action: impl FnOnce() + 'static) {
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
    pub(crate) fn cancel(&self) {
        self.take();
    }

    /// Forgets what was to be run; whether there was anything, so that it can be done at once.
    pub(crate) fn take(&self) -> bool {
        let waits = self.0.take();
        waits.inspect(TimeoutHandle::clear).is_some()
    }
}
