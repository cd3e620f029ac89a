//! Whole sessions by chance: a customer's tabs, everything a buyer does in them, and everything that goes wrong.
//!
//! Each session is made from one seed. What the buyer meant is kept in a [`model`]; when the weather has cleared and all
//! has come to rest, the server must have that, and every tab must show it. Where a session fails it says how it is
//! replayed: `NYMBLE_SEED=… cargo test --lib whole_sessions`. `NYMBLE_SESSIONS` says how many there are, and
//! `NYMBLE_FIRST` with which seed they begin.

mod cart;
mod checkout;
mod model;
mod pad;
mod paying;
mod play;
mod stores;
mod tabs;

use std::{
    env,
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
    time::Instant,
};

use super::{network, world};
use play::Play;

/// So many sessions there are where nothing else is said.
const SESSIONS: u64 = 300;

fn session(seed: u64) {
    let mut play = Play::new(seed);
    let played = catch_unwind(AssertUnwindSafe(|| play.play()));
    if let Err(why) = played {
        let shown = env::var("NYMBLE_SEED").is_ok();
        eprintln!("{}", play.log.join("\n"));
        if shown {
            for asked in network::asked() {
                eprintln!(
                    "{:>7} tab {} {} {} {:?} {:?}",
                    asked.at, asked.tab, asked.method, asked.path, asked.fate, asked.done
                );
            }
        }
        eprintln!("replay it: NYMBLE_SEED={seed} cargo test --lib whole_sessions");
        std::mem::forget(play);
        resume_unwind(why);
    }
    world::end();
}

fn number(name: &str) -> Option<u64> {
    env::var(name).ok()?.parse().ok()
}

#[test]
fn whole_sessions_end_with_what_the_buyer_meant() {
    if let Some(seed) = number("NYMBLE_SEED") {
        return session(seed);
    }
    let began = Instant::now();
    let sessions = number("NYMBLE_SESSIONS").unwrap_or(SESSIONS);
    let first = number("NYMBLE_FIRST").unwrap_or_default();
    for seed in first..first + sessions {
        session(seed);
    }
    let seconds = began.elapsed().as_secs_f64();
    eprintln!("{sessions} sessions in {seconds:.1} s");
}
