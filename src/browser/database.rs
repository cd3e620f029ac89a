//! The device's database (`IndexedDB`): texts by key, each with a revision, from visit to visit.
//!
//! Several tabs write to it. [`put_if`] reads and writes in one transaction, so that nobody overwrites what
//! they have not seen. Keys begin with whose the text is (organization and customer), and a reader asks only
//! for its own. A browser may have no database (blocked site data, private windows, policies), no room, or never
//! answer: then every call fails with a [`Trouble`], and nothing else does.
//!
//! Only screens of a signed-in buyer use this, so that it is no part of the first module.

use futures::{
    channel::oneshot,
    future::{Either, select},
};
use idb::{
    Database, DatabaseEvent as _, Factory, KeyRange, ObjectStore, ObjectStoreParams, Query,
    Transaction, TransactionMode, TransactionResult,
};
use std::{cell::RefCell, pin::pin, rc::Rc};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;

use super::time;

pub(crate) use super::kept::{Kept, Store, Trouble};

/// The database's name; all tabs of this origin share it.
const NAME: &str = "nymble";
/// Goes up by one when a store is added; [`open`] makes what is missing.
const VERSION: u32 = 1;
/// Comes after every key that begins with the text before it.
const LAST: char = '\u{FFFF}';

impl Store {
    const ALL: [Self; 3] = [Self::Lists, Self::Drafts, Self::Products];

    fn name(self) -> &'static str {
        match self {
            Self::Lists => "lists",
            Self::Drafts => "drafts",
            Self::Products => "products",
        }
    }
}

/// Only the outcome counts; what exactly the browser said nobody could act on.
impl From<idb::Error> for Trouble {
    fn from(_: idb::Error) -> Self {
        Self::Refused
    }
}

thread_local! {
    /// The connection, once there is one.
    static CONNECTION: RefCell<Option<Rc<Database>>> = const { RefCell::new(None) };
}

fn connected() -> Option<Rc<Database>> {
    CONNECTION.with_borrow(Clone::clone)
}

fn disconnect() {
    if let Some(database) = CONNECTION.take() {
        database.close();
    }
}

/// In a task of its own: it goes on when nobody waits any longer, and what it brings late is there for the next call.
async fn open() -> Option<Rc<Database>> {
    if let Some(database) = connected() {
        return Some(database);
    }
    let (sender, receiver) = oneshot::channel();
    spawn_local(async move {
        let _ = sender.send(connect().await.ok());
    });
    receiver.await.ok().flatten()
}

async fn connect() -> Result<Rc<Database>, idb::Error> {
    let mut request = Factory::new()?.open(NAME, Some(VERSION))?;
    request.on_upgrade_needed(|event| {
        if let Ok(database) = event.database() {
            for store in Store::ALL {
                // One that is there already refuses to be made again, and stays.
                let _ = database.create_object_store(store.name(), ObjectStoreParams::new());
            }
        }
    });
    let mut database = request.await?;
    if let Some(other) = connected() {
        // Somebody else was faster.
        database.close();
        return Ok(other);
    }
    // A tab with a newer release wants to add stores: it need not wait for this one.
    database.on_version_change(|_| disconnect());
    let database = Rc::new(database);
    CONNECTION.set(Some(Rc::clone(&database)));
    Ok(database)
}

/// Begins a transaction in one store.
async fn begin(store: Store, mode: TransactionMode) -> Result<(Transaction, ObjectStore), Trouble> {
    // The browser may have closed the connection (somebody cleared the site's data): then a new one.
    for _ in 0..2 {
        let database = open().await.ok_or(Trouble::Unavailable)?;
        if let Ok(transaction) = database.transaction(&[store.name()], mode) {
            let objects = transaction.object_store(store.name())?;
            return Ok((transaction, objects));
        }
        disconnect();
    }
    Err(Trouble::Unavailable)
}

/// Waits until what was written is there to stay.
async fn end(transaction: Transaction) -> Result<(), Trouble> {
    match transaction.await? {
        TransactionResult::Committed => Ok(()),
        TransactionResult::Aborted => Err(Trouble::Refused),
    }
}

/// Revision and text as one value.
fn written(text: &str, revision: u64) -> JsValue {
    JsValue::from_str(&format!("{revision} {text}"))
}

fn read(value: &JsValue) -> Option<Kept> {
    let value = value.as_string()?;
    let (revision, text) = value.split_once(' ')?;
    Some(Kept {
        text: text.to_owned(),
        revision: revision.parse().ok()?,
    })
}

async fn look(objects: &ObjectStore, key: &JsValue) -> Result<Option<Kept>, Trouble> {
    let value = objects.get(Query::Key(key.clone()))?.await?;
    Ok(value.as_ref().and_then(read))
}

/// So long the database may take over anything, in milliseconds. A browser may never answer: while another tab holds on
/// to an older release's database, or where its own files are damaged.
const LONGEST_MS: i32 = 10_000;

/// What `work` comes to, unless the browser does not answer.
async fn in_time<T>(work: impl Future<Output = Result<T, Trouble>>) -> Result<T, Trouble> {
    match select(pin!(work), pin!(time::sleep(LONGEST_MS))).await {
        Either::Left((outcome, _)) => outcome,
        Either::Right(_) => Err(Trouble::Unavailable),
    }
}

/// The text under `key`.
pub(crate) async fn get(store: Store, key: &str) -> Result<Option<Kept>, Trouble> {
    in_time(async {
        let (_transaction, objects) = begin(store, TransactionMode::ReadOnly).await?;
        look(&objects, &JsValue::from_str(key)).await
    })
    .await
}

/// The texts under `keys`, in their order.
pub(crate) async fn get_many(store: Store, keys: &[String]) -> Result<Vec<Option<Kept>>, Trouble> {
    in_time(async {
        let (_transaction, objects) = begin(store, TransactionMode::ReadOnly).await?;
        // All are asked for at once: the browser answers in this order.
        let mut asked = Vec::with_capacity(keys.len());
        for key in keys {
            asked.push(
                objects
                    .get(Query::Key(JsValue::from_str(key)))?
                    .into_future(),
            );
        }
        let mut found = Vec::with_capacity(keys.len());
        for value in futures::future::join_all(asked).await {
            found.push(value?.as_ref().and_then(read));
        }
        Ok(found)
    })
    .await
}

/// Every key that begins with `prefix`, with its text, in the order of the keys.
pub(crate) async fn all(store: Store, prefix: &str) -> Result<Vec<(String, Kept)>, Trouble> {
    in_time(async {
        let (_transaction, objects) = begin(store, TransactionMode::ReadOnly).await?;
        let mut end = prefix.to_owned();
        end.push(LAST);
        let (first, last) = (JsValue::from_str(prefix), JsValue::from_str(&end));
        let range = || Ok(Some(KeyRange::bound(&first, &last, None, None)?.into()));
        let range: Result<Option<Query>, idb::Error> = range();
        let range = range?;
        let keys = objects.get_all_keys(range.clone(), None)?.await?;
        let values = objects.get_all(range, None)?.await?;
        let both = keys.iter().zip(&values);
        Ok(both
            .filter_map(|(key, value)| Some((key.as_string()?, read(value)?)))
            .collect())
    })
    .await
}

/// Puts `text` under `key` if what is there now has the `expected` revision (none: if nothing is there), and
/// says the new revision. Otherwise [`Trouble::Changed`] says what is there.
pub(crate) async fn put_if(
    store: Store,
    key: &str,
    text: &str,
    expected: Option<u64>,
) -> Result<u64, Trouble> {
    in_time(async {
        let (transaction, objects) = begin(store, TransactionMode::ReadWrite).await?;
        let key = JsValue::from_str(key);
        let before = look(&objects, &key).await?;
        if before.as_ref().map(|kept| kept.revision) != expected {
            return Err(Trouble::Changed(before));
        }
        let revision = expected.unwrap_or_default() + 1;
        objects.put(&written(text, revision), Some(&key))?.await?;
        end(transaction).await?;
        Ok(revision)
    })
    .await
}

/// Puts texts under their keys, whatever was there before. For what is only a copy of what the server
/// knows: revisions begin anew.
pub(crate) async fn put_many(store: Store, texts: &[(String, String)]) -> Result<(), Trouble> {
    in_time(async {
        if texts.is_empty() {
            return Ok(());
        }
        let (transaction, objects) = begin(store, TransactionMode::ReadWrite).await?;
        let mut asked = Vec::with_capacity(texts.len());
        for (key, text) in texts {
            let key = JsValue::from_str(key);
            asked.push(objects.put(&written(text, 1), Some(&key))?.into_future());
        }
        for put in futures::future::join_all(asked).await {
            put?;
        }
        end(transaction).await
    })
    .await
}

/// Takes away what is under `key` if it has the `expected` revision; what is gone already stays gone.
pub(crate) async fn delete_if(store: Store, key: &str, expected: u64) -> Result<(), Trouble> {
    in_time(async {
        let (transaction, objects) = begin(store, TransactionMode::ReadWrite).await?;
        let key = JsValue::from_str(key);
        let before = look(&objects, &key).await?;
        if before
            .as_ref()
            .is_some_and(|kept| kept.revision != expected)
        {
            return Err(Trouble::Changed(before));
        }
        objects.delete(Query::Key(key))?.await?;
        end(transaction).await
    })
    .await
}
