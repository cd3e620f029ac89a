//! The device's database.

use std::collections::BTreeMap;

use super::{clock, world};

pub(crate) use crate::browser::kept::{Kept, Store, Trouble};

/// It takes so long at most to begin, and again to tell, in milliseconds.
const LATE_MS: u64 = 8;

/// What all tabs share.
#[derive(Default)]
pub(crate) struct Database {
    kept: BTreeMap<(Store, String), Kept>,
    /// The browser lets the site have none.
    pub(crate) absent: bool,
    /// There is no room for more.
    pub(crate) full: bool,
}

async fn later() {
    let late = world::with(|world| world.rng.delay(LATE_MS));
    clock::sleep(i32::try_from(late).unwrap_or_default()).await;
}

/// One transaction: it is whole, whatever becomes of the tab before or after.
async fn transact<T>(work: impl FnOnce(&mut Database) -> Result<T, Trouble>) -> Result<T, Trouble> {
    later().await;
    let outcome = world::with(|world| {
        if world.database.absent {
            return Err(Trouble::Unavailable);
        }
        work(&mut world.database)
    });
    later().await;
    outcome
}

pub(crate) async fn get(store: Store, key: &str) -> Result<Option<Kept>, Trouble> {
    let key = (store, key.to_owned());
    transact(|database| Ok(database.kept.get(&key).cloned())).await
}

pub(crate) async fn get_many(store: Store, keys: &[String]) -> Result<Vec<Option<Kept>>, Trouble> {
    transact(|database| {
        let found = keys
            .iter()
            .map(|key| database.kept.get(&(store, key.clone())).cloned());
        Ok(found.collect())
    })
    .await
}

pub(crate) async fn all(store: Store, prefix: &str) -> Result<Vec<(String, Kept)>, Trouble> {
    transact(|database| {
        let kept = database.kept.iter();
        let named = kept.filter(|((of, key), _)| *of == store && key.starts_with(prefix));
        Ok(named
            .map(|((_, key), kept)| (key.clone(), kept.clone()))
            .collect())
    })
    .await
}

pub(crate) async fn put_if(
    store: Store,
    key: &str,
    text: &str,
    expected: Option<u64>,
) -> Result<u64, Trouble> {
    let (key, text) = ((store, key.to_owned()), text.to_owned());
    transact(|database| {
        let before = database.kept.get(&key).cloned();
        if before.as_ref().map(|kept| kept.revision) != expected {
            return Err(Trouble::Changed(before));
        }
        if database.full {
            return Err(Trouble::Refused);
        }
        let revision = expected.unwrap_or_default() + 1;
        database.kept.insert(key, Kept { text, revision });
        Ok(revision)
    })
    .await
}

pub(crate) async fn put_many(store: Store, texts: &[(String, String)]) -> Result<(), Trouble> {
    transact(|database| {
        if database.full && !texts.is_empty() {
            return Err(Trouble::Refused);
        }
        for (key, text) in texts {
            let kept = Kept {
                text: text.clone(),
                revision: 1,
            };
            database.kept.insert((store, key.clone()), kept);
        }
        Ok(())
    })
    .await
}

pub(crate) async fn delete_if(store: Store, key: &str, expected: u64) -> Result<(), Trouble> {
    let key = (store, key.to_owned());
    transact(|database| {
        let before = database.kept.get(&key).cloned();
        if before
            .as_ref()
            .is_some_and(|kept| kept.revision != expected)
        {
            return Err(Trouble::Changed(before));
        }
        database.kept.remove(&key);
        Ok(())
    })
    .await
}
