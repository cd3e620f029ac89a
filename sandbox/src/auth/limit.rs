//! The documented limit on signing in: 10 requests a minute per `ClientId`.

use std::{
    collections::{HashMap, VecDeque},
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

const WINDOW: Duration = Duration::from_secs(60);
const MOST_CLIENTS: usize = 10_000;

/// Counts sign-ins, right or wrong, per `ClientId` over the last minute.
pub(crate) struct LoginLimit {
    per_minute: usize,
    attempts: Mutex<HashMap<String, VecDeque<Instant>>>,
}

impl LoginLimit {
    pub(crate) fn new(per_minute: u32) -> Self {
        Self {
            per_minute: per_minute as usize,
            attempts: Mutex::default(),
        }
    }

    /// Counts one attempt, or says after how many seconds to come back.
    pub(crate) fn attempt(&self, client_id: &str, now: Instant) -> Result<(), u64> {
        let mut attempts = self.attempts.lock().unwrap_or_else(PoisonError::into_inner);
        if attempts.len() > MOST_CLIENTS {
            attempts.retain(|_, times| {
                times
                    .back()
                    .is_some_and(|last| now.duration_since(*last) < WINDOW)
            });
        }
        let times = attempts.entry(client_id.to_owned()).or_default();
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

    /// Forgets all attempts.
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
        let limit = LoginLimit::new(10);
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
