//! The simulated clock and its timers.

use std::{cell::Cell, rc::Rc, time::Duration};

use futures::channel::oneshot;

use super::{
    place,
    world::{self, BEGINS},
};
use crate::domain::values::{calendar::Day, clocks::Reading};

/// A browser runs a timer so late at most, in milliseconds.
const LATE_MS: u64 = 4;

/// The device's two clocks, which go right.
pub(crate) fn reading() -> Reading {
    let running = world::with(|world| world.now);
    Reading {
        running,
        wall: BEGINS * 1000 + running,
    }
}

/// The milliseconds since 1970 at which a date is.
pub(crate) fn date_ms(date: &str) -> Option<i64> {
    let text = date.strip_suffix('Z')?;
    let (day, clock) = text.split_once('T')?;
    let days = Day::new(1970, 1, 1)?.until(Day::parse(day)?);
    let mut parts = clock.split(':').map(|part| part.split('.').next());
    let mut number = || parts.next()??.parse::<i64>().ok();
    let (hours, minutes, seconds) = (number()?, number()?, number()?);
    Some((((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000)
}

/// A timer that can be stopped.
#[derive(Clone, Copy)]
pub(crate) struct TimeoutHandle((i64, u64));

impl TimeoutHandle {
    pub(crate) fn clear(&self) {
        world::cancel(self.0);
    }
}

fn due_in(milliseconds: i64) -> i64 {
    milliseconds + world::with(|world| world.rng.delay(LATE_MS))
}

pub(crate) fn set_timeout_with_handle(
    run: impl FnOnce() + 'static,
    after: Duration,
) -> Result<TimeoutHandle, Refused> {
    let milliseconds = i64::try_from(after.as_millis()).map_err(|_| Refused)?;
    let tab = world::current();
    Ok(TimeoutHandle(world::schedule(
        due_in(milliseconds),
        Some(tab),
        run,
    )))
}

pub(crate) fn set_timeout(run: impl FnOnce() + 'static, after: Duration) {
    let _ = set_timeout_with_handle(run, after);
}

/// Stops a timer that nobody waits for any more.
struct Stop(Rc<Cell<Option<(i64, u64)>>>);

impl Drop for Stop {
    fn drop(&mut self) {
        if let Some(timer) = self.0.take() {
            world::cancel(timer);
        }
    }
}

pub(crate) async fn sleep(milliseconds: i32) {
    let (sender, receiver) = oneshot::channel();
    let slot = Rc::new(Cell::new(None));
    let fired = Rc::clone(&slot);
    let tab = world::current();
    let timer = world::schedule(due_in(i64::from(milliseconds)), Some(tab), move || {
        fired.set(None);
        let _ = sender.send(());
    });
    slot.set(Some(timer));
    let _stop = Stop(slot);
    let _ = receiver.await;
}

pub(crate) async fn after_drawing() {
    if place::visible() {
        sleep(16).await;
    }
}

/// The browser refuses.
#[derive(Debug)]
pub(crate) struct Refused;
