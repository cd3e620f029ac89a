//! Locks that all tabs share.

use std::collections::{BTreeMap, VecDeque};

use futures::{
    channel::oneshot,
    future::{Either, select},
};
use std::pin::pin;

use super::{
    clock,
    world::{self, TabId},
};

/// How long a lock is waited for, in milliseconds, as in the browser's implementation.
const LONGEST_WAIT_MS: i32 = 10_000;
/// A lock is given so late at most, in milliseconds.
const LATE_MS: u64 = 5;

/// Who holds locks, and who waits.
#[derive(Default)]
pub(crate) struct Locks {
    held: BTreeMap<String, (TabId, u64)>,
    waiting: BTreeMap<String, VecDeque<(TabId, u64, oneshot::Sender<Held>)>>,
    /// The browser has no locks.
    pub(crate) absent: bool,
}

/// A lock that is held.
pub(crate) struct Held {
    name: String,
    id: u64,
}

impl Drop for Held {
    fn drop(&mut self) {
        release(&self.name, self.id);
    }
}

pub(crate) enum Turn {
    Mine(Held),
    Nobodys,
    Others,
}

fn release(name: &str, id: u64) {
    let next = world::with(|world| {
        let mine = world
            .locks
            .held
            .get(name)
            .is_some_and(|(_, held)| *held == id);
        if !mine {
            return None;
        }
        world.locks.held.remove(name);
        let waiting = world.locks.waiting.get_mut(name)?;
        while let Some((tab, id, sender)) = waiting.pop_front() {
            if !sender.is_canceled() && world.tabs.contains_key(&tab) {
                // Nobody takes it before it has come to whom it is given.
                world.locks.held.insert(name.to_owned(), (tab, id));
                return Some((tab, id, sender, world.rng.delay(LATE_MS)));
            }
        }
        None
    });
    if let Some((tab, id, sender, late)) = next {
        let name = name.to_owned();
        world::schedule(late, Some(tab), move || {
            // A lock that comes when nobody waits any more is let go at once.
            let _ = sender.send(Held { name, id });
        });
    }
}

/// The tab has gone: the browser lets go what it held.
pub(super) fn release_all(tab: TabId) {
    let held: Vec<(String, u64)> = world::with(|world| {
        let held = world.locks.held.iter();
        let of_tab = held.filter(|(_, (holder, _))| *holder == tab);
        of_tab.map(|(name, (_, id))| (name.clone(), *id)).collect()
    });
    for (name, id) in held {
        release(&name, id);
    }
}

pub(crate) async fn hold(name: &str) -> Option<Held> {
    match turn(name).await {
        Turn::Mine(held) => Some(held),
        Turn::Nobodys | Turn::Others => None,
    }
}

fn take(name: &str) -> Option<Held> {
    let (tab, id) = (world::current(), world::next_id());
    world::with(|world| {
        let free = !world.locks.held.contains_key(name);
        free.then(|| {
            world.locks.held.insert(name.to_owned(), (tab, id));
            Held {
                name: name.to_owned(),
                id,
            }
        })
    })
}

pub(crate) async fn turn(name: &str) -> Turn {
    if world::with(|world| world.locks.absent) {
        return Turn::Nobodys;
    }
    later().await;
    if let Some(held) = take(name) {
        return Turn::Mine(held);
    }
    let (sender, receiver) = oneshot::channel();
    let (tab, id) = (world::current(), world::next_id());
    world::with(|world| {
        let waiting = world.locks.waiting.entry(name.to_owned()).or_default();
        waiting.push_back((tab, id, sender));
    });
    match select(receiver, pin!(clock::sleep(LONGEST_WAIT_MS))).await {
        Either::Left((Ok(held), _)) => Turn::Mine(held),
        _ => Turn::Others,
    }
}

pub(crate) async fn turn_if_free(name: &str) -> Turn {
    if world::with(|world| world.locks.absent) {
        return Turn::Nobodys;
    }
    later().await;
    take(name).map_or(Turn::Others, Turn::Mine)
}

async fn later() {
    let late = world::with(|world| world.rng.delay(LATE_MS));
    clock::sleep(i32::try_from(late).unwrap_or_default()).await;
}
