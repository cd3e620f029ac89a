//! The documented rate limits: sign-ins per `ClientId`, and public calls per address, over the last minute.

use std::{
    collections::{HashMap, VecDeque},
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

const WINDOW: Duration = Duration::from_secs(60);
const MOST_CALLERS: usize = 10_000;

/// Counts requests, right or wrong, per caller (whatever tells callers apart) over the last minute.
pub(crate) struct MinuteLimit {
    per_minute: usize,
    attempts: Mutex<HashMap<String, VecDeque<Instant>>>,
}

impl MinuteLimit {
    pub(crate) fn new(per_minute: u32) -> Self {
        Self {
            per_minute: per_minute as usize,
            attempts: Mutex::default(),
        }
    }

    /// Counts one request, or says after how many seconds to come back.
    pub(crate) fn attempt(&self, caller: &str, now: Instant) -> Result<(), u64> {
        let mut attempts = self.attempts.lock().unwrap_or_else(PoisonError::into_inner);
        if attempts.len() > MOST_CALLERS {
            attempts.retain(|_, times| {
                times
                    .back()
                    .is_some_and(|last| now.duration_since(*last) < WINDOW)
            });
        }
        let times = attempts.entry(caller.to_owned()).or_default();
        while times
            .front()
            .is_some_and(|first| now.duration_since(*first) >= WINDOW)
        {
            times.pop_front();
        }
        if times.len() >= self.per_minute {
            let free = times.front().map_or(WINDOW, |first| {
                WINDOW.saturating_sub(now.duration_since(*first))
            });
            return Err(free.as_secs() + 1);
        }
        times.push_back(now);
        Ok(())
    }

    /// Forgets all requests.
    pub(crate) fn clear(&self) {
        self.attempts
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_eleventh_in_a_minute_waits() {
        let limit = MinuteLimit::new(10);
        let start = Instant::now();
        for second in 0..10 {
            assert_eq!(
                limit.attempt("a", start + Duration::from_secs(second)),
                Ok(())
            );
        }
        assert_eq!(limit.attempt("a", start + Duration::from_secs(30)), Err(31));
        assert_eq!(limit.attempt("b", start + Duration::from_secs(30)), Ok(()));
        assert_eq!(limit.attempt("a", start + Duration::from_secs(60)), Ok(()));
    }
}
