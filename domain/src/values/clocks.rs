//! What time it is, when the device's clock may be wrong: ages that survive a clock that is set, and the server's time.
//!
//! A device has two clocks. The one on the wall says the date; it may be wrong by days, and it may be set at any
//! moment. The running one says how long the page has been there; it may stand still while the device sleeps.

/// Both clocks of the device, read at once. In milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading {
    /// Since the page was opened; perhaps without the time that the device slept.
    pub running: i64,
    /// Since the beginning of 1970, as the device believes.
    pub wall: i64,
}

/// The two clocks may differ by so much without anybody having set one: the device slept, or corrected itself. In
/// milliseconds.
const TOLERATED_MS: i64 = 60_000;

impl Reading {
    /// Before everything: what happened then is too old for anything.
    pub const NEVER: Self = Self {
        running: i64::MIN,
        wall: i64::MIN,
    };

    /// How long ago this reading was taken, seen from `now`, in milliseconds.
    ///
    /// Where the clocks do not agree it is the longer time: something is rather read again than taken for new.
    pub fn age(self, now: Self) -> i64 {
        let running = now.running.saturating_sub(self.running);
        running.max(now.wall.saturating_sub(self.wall))
    }
}

/// The server's time, as far as it was told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ServerClock(Option<(i64, Reading)>);

impl ServerClock {
    /// Nothing was told yet.
    pub const UNKNOWN: Self = Self(None);

    /// The server said `time` (milliseconds since 1970) at that reading.
    pub fn learn(&mut self, time: i64, at: Reading) {
        self.0 = Some((time, at));
    }

    /// The server's time in milliseconds since 1970; none when it was never told. A clock on the wall that is set
    /// meanwhile changes nothing.
    pub fn now(self, at: Reading) -> Option<i64> {
        let (time, then) = self.0?;
        Some(time.saturating_add(at.running.saturating_sub(then.running)))
    }

    /// Whether the device slept, or its clock was set, since the server's time was told: then it is to be asked for again.
    pub fn is_doubtful(self, at: Reading) -> bool {
        self.0.is_some_and(|(_, then)| {
            let by_wall = at.wall.saturating_sub(then.wall);
            let apart = by_wall.saturating_sub(at.running.saturating_sub(then.running));
            apart.saturating_abs() > TOLERATED_MS
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const HOUR: i64 = 3_600_000;

    fn reading(running: i64, wall: i64) -> Reading {
        Reading { running, wall }
    }

    #[test]
    fn an_age_survives_a_clock_that_is_set() {
        let then = reading(1_000, 50_000);
        for (now, age) in [
            (reading(6_000, 55_000), 5_000),
            // Set back by a day: the running clock counts.
            (reading(6_000, 55_000 - 24 * HOUR), 5_000),
            // Set forward, or the device slept: old.
            (reading(6_000, 55_000 + 24 * HOUR), 5_000 + 24 * HOUR),
        ] {
            assert_eq!(then.age(now), age, "{now:?}");
        }
        assert_eq!(Reading::NEVER.age(then), i64::MAX);
    }

    /// The device's clock decides nothing: the server's time is its own.
    #[test]
    fn the_server_s_time_is_its_own_whatever_the_device_believes() {
        let truth = 20_000 * 24 * HOUR;
        for wrong_by in [-25 * HOUR, 0, 25 * HOUR, 9_600 * HOUR] {
            let wall = truth + wrong_by;
            let mut clock = ServerClock::UNKNOWN;
            assert_eq!(clock.now(reading(5, wall)), None);
            assert!(!clock.is_doubtful(reading(5, wall)));
            clock.learn(truth, reading(5, wall));
            let later = reading(1_005, wall + 1_000);
            assert_eq!(clock.now(later), Some(truth + 1_000));
            assert!(!clock.is_doubtful(later));
            // The clock is put right while the page is open.
            let set = reading(1_005, truth + 1_000);
            assert_eq!(clock.now(set), Some(truth + 1_000));
            assert_eq!(clock.is_doubtful(set), wrong_by != 0);
        }
    }

    proptest! {
        /// The device's clock decides nothing about an age.
        #[test]
        fn no_setting_of_the_clock_makes_anything_newer(
            passed in 0..1_000_000_000_i64, set_by in any::<i64>(),
        ) {
            let then = reading(1, 1_000_000_000_000);
            let wall = then.wall.saturating_add(set_by);
            prop_assert!(then.age(reading(1 + passed, wall)) >= passed);
        }
    }
}
