//! Demo data that are made once: a process that starts many sandboxes in memory, as tests do, copies the pages of one
//! database for each of them.

use std::{
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use rusqlite::Connection;

use super::{Plan, seed};
use crate::{Db, store::Store};

/// Orders are dated back from the present: what is older than this is made anew.
const LIFE: Duration = Duration::from_secs(600);

/// What this process has made so far.
static ORIGINALS: Mutex<Vec<Original>> = Mutex::new(Vec::new());

/// A database that nobody but copiers uses.
struct Original {
    plan: Plan,
    made: Instant,
    /// Nothing as long as the plan was wanted once only: a program that starts one sandbox holds its data once.
    data: Option<Connection>,
}

/// A database in memory with the plan's data.
pub(crate) fn in_memory(plan: Plan) -> rusqlite::Result<Store> {
    let mut originals = ORIGINALS.lock().unwrap_or_else(PoisonError::into_inner);
    originals.retain(|original| original.made.elapsed() < LIFE);
    let Some(known) = originals.iter_mut().find(|known| known.plan == plan) else {
        originals.push(Original {
            plan,
            made: Instant::now(),
            data: None,
        });
        drop(originals);
        return fresh(plan);
    };
    if let Some(data) = &known.data {
        return Store::copy_of(data);
    }
    let store = fresh(plan)?;
    known.made = Instant::now();
    known.data = Some(store.copy()?);
    Ok(store)
}

fn fresh(plan: Plan) -> rusqlite::Result<Store> {
    Store::open(&Db::Memory, move |db, fresh| seed(db, fresh, plan))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    /// Every table's rows, as text.
    fn all(store: &Store) -> Vec<String> {
        store
            .with_writer(|db| {
                let mut schema = db.prepare(
                    "SELECT name FROM sqlite_schema WHERE type IN ('table', 'index', 'view') ORDER BY name",
                )?;
                let names: Vec<String> = schema
                    .query_map([], |row| row.get(0))?
                    .collect::<rusqlite::Result<_>>()?;
                let mut lines = names.clone();
                for table in ["settings", "products", "customers", "users"] {
                    assert!(names.iter().any(|name| name == table), "{names:?}");
                    let mut rows = db.prepare(&format!("SELECT * FROM {table}"))?;
                    let columns = rows.column_count();
                    let mut rows = rows.query([])?;
                    while let Some(row) = rows.next()? {
                        for column in 0..columns {
                            lines.push(format!("{:?}", row.get_ref(column)?));
                        }
                    }
                }
                Ok(lines)
            })
            .unwrap()
    }

    /// A browser test leaves nothing in the sandbox for the next one.
    #[test]
    fn a_copy_holds_what_the_original_holds_and_nothing_that_is_done_to_it() {
        // A seed of its own: other tests have no say in what is known of it.
        let plan = Plan {
            products: 40,
            orders: 3,
            seed: 20_261,
        };
        let first = in_memory(plan).unwrap();
        let second = in_memory(plan).unwrap();
        let third = in_memory(plan).unwrap();
        assert_eq!(all(&first), all(&third));
        third
            .with_writer(|db| db.execute_batch("DELETE FROM settings"))
            .unwrap();
        assert_ne!(all(&second), all(&third));
        let fourth = in_memory(plan).unwrap();
        assert_eq!(all(&second), all(&fourth));
    }
}
