//! What state and API need of the world around them: clock and timers, stores, tabs, locks, network, page.
//!
//! Each port has two implementations of one signature, chosen when it is compiled, so that the bundle pays no byte for
//! it: the browser's own services (`browser/`), and in tests a simulated world (`simulation/`). State and API reach the
//! browser through these alone, so all of them runs natively.

pub(crate) use crate::browser::{
    abort, database, device, fetch, intl, json, locks, place as page, query, random, storage, tabs,
    task, time,
};
