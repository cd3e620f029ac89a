//! The embedded database: one guarded writer, a few readers, and how a fresh file is set up.
//!
//! Writes go one after the other through the only writing connection, those that wait at the same time in one
//! immediate transaction with `synchronous = FULL`: what was acknowledged is on the disk. Readers see the last committed
//! state (WAL) and never wait for the writer. All of it runs on blocking threads.

mod commits;
mod numbers;

use std::{num::NonZero, path::Path, sync::Arc, thread::available_parallelism, time::Duration};

use rusqlite::{
    Connection, OpenFlags,
    backup::{Backup, StepResult},
    config::DbConfig,
    functions::FunctionFlags,
};
use tokio::sync::{Mutex, OwnedMutexGuard, OwnedSemaphorePermit, Semaphore};

use crate::{
    Db,
    catalog::price_book::one_unit,
    problem::{Answer, Problem},
};
use commits::{Asked, Waiting};

pub(crate) use numbers::{next_id, next_number};

/// The tables, topic by topic, in the order they are made.
const SCHEMA: &[&str] = &[
    include_str!("schema.sql"),
    include_str!("access.sql"),
    include_str!("orders.sql"),
    include_str!("invoices.sql"),
    include_str!("documents.sql"),
    include_str!("payments.sql"),
    include_str!("images.sql"),
];
const INDEXES: &str = include_str!("indexes.sql");
const SCHEMA_VERSION: i64 = 3;

/// More readers than processors, so that one that reads the whole catalogue does not make the others wait.
const MORE_READERS: usize = 2;

/// How SQLite is told to copy a database in one step.
const ALL_PAGES: i32 = -1;

/// The database.
pub(crate) struct Store {
    writer: Arc<Mutex<Connection>>,
    /// Changes that nobody has begun.
    waiting: Waiting,
    // Empty for a database in memory, where the writer's connection is the only one there can be.
    readers: Vec<Arc<Mutex<Connection>>>,
    /// As many as there are readers; taken in the order they are asked for.
    turns: Arc<Semaphore>,
}

/// A connection to read with, and the turn it was got by, which ends after it is free.
struct Reader {
    connection: OwnedMutexGuard<Connection>,
    _turn: Option<OwnedSemaphorePermit>,
}

impl Store {
    /// Opens `db`, and has `seed` fill it when it is empty or made by another version; `seed` also decides, by
    /// [`Fresh::No`], whether what is there may stay.
    pub(crate) fn open(
        db: &Db,
        seed: impl Fn(&mut Connection, Fresh) -> rusqlite::Result<Seeding>,
    ) -> rusqlite::Result<Self> {
        let mut writer = match db {
            Db::Memory => Connection::open_in_memory()?,
            Db::File(path) => Connection::open(path)?,
        };
        prepare(&writer)?;
        let version: i64 = writer.query_row("PRAGMA user_version", [], |row| row.get(0))?;
        let known = version == SCHEMA_VERSION && seed(&mut writer, Fresh::No)? == Seeding::Done;
        if !known {
            fill(&mut writer, &seed)?;
        }
        let readers: Vec<_> = match db {
            Db::Memory => Vec::new(),
            Db::File(path) => {
                let count = available_parallelism().map_or(2, NonZero::get) + MORE_READERS;
                (0..count)
                    .map(|_| reader(path))
                    .collect::<rusqlite::Result<_>>()?
            }
        };
        Ok(Self::over(writer, readers))
    }

    /// A database in memory that begins with everything that `original` holds.
    pub(crate) fn copy_of(original: &Connection) -> rusqlite::Result<Self> {
        let copy = copied(original)?;
        prepare(&copy)?;
        Ok(Self::over(copy, Vec::new()))
    }

    /// Everything that this one holds by now, in memory, before the store is shared.
    pub(crate) fn copy(&self) -> rusqlite::Result<Connection> {
        self.with_writer(copied)
    }

    /// Holds from now on what `original` holds, and nothing else.
    pub(crate) fn restore(&self, original: &Connection) -> rusqlite::Result<()> {
        let mut writer = self.writer.blocking_lock();
        let done = Backup::new(original, &mut writer)?.step(ALL_PAGES)?;
        debug_assert_eq!(done, StepResult::Done, "nobody else uses either of them");
        Ok(())
    }

    fn over(writer: Connection, readers: Vec<Arc<Mutex<Connection>>>) -> Self {
        Self {
            writer: Arc::new(Mutex::new(writer)),
            waiting: Waiting::default(),
            turns: Arc::new(Semaphore::new(readers.len())),
            readers,
        }
    }

    /// Uses the writing connection before the store is shared, while the sandbox starts.
    pub(crate) fn with_writer<T>(
        &self,
        work: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> rusqlite::Result<T> {
        work(&self.writer.blocking_lock())
    }

    /// Throws everything away and seeds anew.
    pub(crate) async fn refill(
        &self,
        seed: impl Fn(&mut Connection, Fresh) -> rusqlite::Result<Seeding> + Send + 'static,
    ) -> Answer<()> {
        let mut writer = Arc::clone(&self.writer).lock_owned().await;
        blocking(move || Ok(fill(&mut writer, &seed)?)).await
    }

    /// Reads a consistent state.
    pub(crate) async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> Answer<T> + Send + 'static,
    ) -> Answer<T> {
        let mut reader = self.reader().await;
        blocking(move || {
            let transaction = reader.connection.transaction()?;
            work(&transaction)
        })
        .await
    }

    /// Changes the data: all of it is kept if `work` succeeds, nothing if it does not.
    pub(crate) async fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> Answer<T> + Send + 'static,
    ) -> Answer<T> {
        let (asked, mut told) = Asked::new(work);
        self.waiting.push(asked);
        // Usually once; again only when more were waiting than one commit takes.
        loop {
            let mut connection = tokio::select! {
                biased;
                answer = &mut told => return answer.unwrap_or_else(|_| Err(lost())),
                connection = Arc::clone(&self.writer).lock_owned() => connection,
            };
            let waiting = self.waiting.clone();
            blocking(move || {
                waiting.commit(&mut connection);
                Ok(())
            })
            .await?;
        }
    }

    async fn reader(&self) -> Reader {
        if !self.readers.is_empty()
            && let Ok(turn) = Arc::clone(&self.turns).acquire_owned().await
        {
            for reader in &self.readers {
                if let Ok(connection) = Arc::clone(reader).try_lock_owned() {
                    return Reader {
                        connection,
                        _turn: Some(turn),
                    };
                }
            }
        }
        Reader {
            connection: Arc::clone(&self.writer).lock_owned().await,
            _turn: None,
        }
    }
}

/// What the seeder is asked.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Fresh {
    /// Tables exist and are empty, indexes do not exist yet: fill them.
    Yes,
    /// The file was filled before: say whether it may stay as it is.
    No,
}

/// What the seeder says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Seeding {
    /// The data is there.
    Done,
    /// The data there is not what is wanted.
    Wanted,
}

fn copied(original: &Connection) -> rusqlite::Result<Connection> {
    let mut copy = Connection::open_in_memory()?;
    Backup::new(original, &mut copy)?.step(ALL_PAGES)?;
    Ok(copy)
}

fn prepare(connection: &Connection) -> rusqlite::Result<()> {
    connection.busy_timeout(Duration::from_secs(10))?;
    connection.set_prepared_statement_cache_capacity(256);
    // Otherwise every statement is compiled anew whenever other values are bound to it, to look them up in statistics.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    connection.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;
         PRAGMA cache_size = -16384; PRAGMA mmap_size = 2147483648; PRAGMA temp_store = MEMORY;",
    )?;
    // SQLite's own lower() knows only ASCII.
    connection.create_scalar_function(
        "fold",
        1,
        FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC,
        |context| {
            Ok(context
                .get::<Option<String>>(0)?
                .map(|text| text.to_lowercase()))
        },
    )?;
    // The price of one unit in a packed price book, from the tier's list or else the base list.
    connection.create_scalar_function(
        "one_unit",
        3,
        FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC,
        |context| {
            let book = context.get_raw(0).as_blob().unwrap_or_default();
            Ok(one_unit(book, context.get(1)?, context.get(2)?))
        },
    )
}

fn reader(path: &Path) -> rusqlite::Result<Arc<Mutex<Connection>>> {
    let connection = Connection::open_with_flags(
        path,
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )?;
    prepare(&connection)?;
    connection.pragma_update(None, "query_only", true)?;
    Ok(Arc::new(Mutex::new(connection)))
}

/// Empties the database, makes the tables and has them filled, all in one transaction: a half-seeded file cannot be.
fn fill(
    connection: &mut Connection,
    seed: &impl Fn(&mut Connection, Fresh) -> rusqlite::Result<Seeding>,
) -> rusqlite::Result<()> {
    connection.execute_batch("PRAGMA foreign_keys = OFF; BEGIN IMMEDIATE;")?;
    let filled = drop_everything(connection)
        .and_then(|()| {
            SCHEMA
                .iter()
                .try_for_each(|tables| connection.execute_batch(tables))
        })
        .and_then(|()| seed(connection, Fresh::Yes))
        .and_then(|_| connection.execute_batch(INDEXES))
        .and_then(|()| connection.pragma_update(None, "user_version", SCHEMA_VERSION));
    match filled {
        Ok(()) => connection.execute_batch(
            "COMMIT; PRAGMA foreign_keys = ON; PRAGMA optimize; PRAGMA wal_checkpoint(TRUNCATE);",
        ),
        Err(error) => {
            // A full disk has rolled back already, and would have a second error hide the first.
            if let Err(also) = connection.execute_batch("ROLLBACK;") {
                tracing::debug!(%also, "there was nothing to roll back");
            }
            connection.execute_batch("PRAGMA foreign_keys = ON;")?;
            Err(error)
        }
    }
}

fn drop_everything(connection: &Connection) -> rusqlite::Result<()> {
    connection
        .execute_batch("DROP TABLE IF EXISTS products_text; DROP VIEW IF EXISTS products_words;")?;
    let mut named = connection.prepare(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
    )?;
    let tables: Vec<String> = named
        .query_map([], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    drop(named);
    for table in tables {
        connection.execute_batch(&format!("DROP TABLE \"{table}\";"))?;
    }
    Ok(())
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Answer<T> + Send + 'static,
) -> Answer<T> {
    tokio::task::spawn_blocking(work)
        .await
        .unwrap_or_else(|error| {
            tracing::error!(%error, "a database task failed");
            Err(lost())
        })
}

/// 500 for work that died.
fn lost() -> Problem {
    Problem::new(axum::http::StatusCode::INTERNAL_SERVER_ERROR)
}
