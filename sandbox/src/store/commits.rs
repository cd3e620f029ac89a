//! Changes that wait for the disk together: whoever gets the writing connection does all changes that are waiting, each
//! within a savepoint of its own, and commits them at once.
//!
//! A commit waits for the disk some milliseconds. One for each of sixty-four waiting requests would make the last wait
//! for all of them; and an answer still leaves only after the commit that holds its change.

use std::{
    collections::VecDeque,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, Mutex, PoisonError},
};

use axum::http::StatusCode;
use rusqlite::{Connection, TransactionBehavior};
use tokio::sync::oneshot;

use crate::problem::{Answer, Problem};

/// Most changes of one commit: the first of them waits for all.
const MOST: usize = 64;

/// A change that waits for its turn.
pub(super) trait Change: Send {
    /// Whether nobody waits for it any more: it is not done then.
    fn abandoned(&self) -> bool;
    /// Does it; whether it is to be kept.
    fn work(&mut self, db: &Connection) -> bool;
    /// Tells the waiting request how it went, or that nothing was kept.
    fn tell(self: Box<Self>, kept: Answer<()>);
}

/// A change made of a closure and whoever waits for what it answers.
pub(super) struct Asked<T, W> {
    work: Option<W>,
    answer: Option<Answer<T>>,
    teller: oneshot::Sender<Answer<T>>,
}

impl<T, W: FnOnce(&Connection) -> Answer<T>> Asked<T, W> {
    pub(super) fn new(work: W) -> (Self, oneshot::Receiver<Answer<T>>) {
        let (teller, told) = oneshot::channel();
        let asked = Self {
            work: Some(work),
            answer: None,
            teller,
        };
        (asked, told)
    }
}

impl<T: Send, W: FnOnce(&Connection) -> Answer<T> + Send> Change for Asked<T, W> {
    fn abandoned(&self) -> bool {
        self.teller.is_closed()
    }

    fn work(&mut self, db: &Connection) -> bool {
        let Some(work) = self.work.take() else {
            return false;
        };
        let answer = catch_unwind(AssertUnwindSafe(|| work(db)))
            .unwrap_or_else(|_| Err(Problem::new(StatusCode::INTERNAL_SERVER_ERROR)));
        let good = answer.is_ok();
        self.answer = Some(answer);
        good
    }

    fn tell(self: Box<Self>, kept: Answer<()>) {
        let answer = match (self.answer, kept) {
            (Some(Ok(_)) | None, Err(problem)) => Err(problem),
            (Some(answer), _) => answer,
            (None, Ok(())) => Err(Problem::new(StatusCode::INTERNAL_SERVER_ERROR)),
        };
        // An error means that the request was given up meanwhile.
        let _ = self.teller.send(answer);
    }
}

/// The changes that wait, the first to come first.
#[derive(Clone, Default)]
pub(super) struct Waiting(Arc<Mutex<VecDeque<Box<dyn Change>>>>);

impl Waiting {
    pub(super) fn push(&self, change: impl Change + 'static) {
        self.lock().push_back(Box::new(change));
    }

    /// Does what waits, at most [`MOST`] of it, and keeps it with one commit.
    pub(super) fn commit(&self, connection: &mut Connection) {
        let changes: Vec<_> = {
            let mut waiting = self.lock();
            let count = waiting.len().min(MOST);
            waiting.drain(..count).collect()
        };
        let mut done = Vec::with_capacity(changes.len());
        let kept = all(connection, changes, &mut done);
        for change in done {
            change.tell(kept.clone());
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, VecDeque<Box<dyn Change>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Does changes within one transaction; those that were tried are put to `done`.
fn all(
    connection: &mut Connection,
    changes: Vec<Box<dyn Change>>,
    done: &mut Vec<Box<dyn Change>>,
) -> Answer<()> {
    let mut changes = changes.into_iter().filter(|change| !change.abandoned());
    let tried = (|| {
        let mut transaction =
            connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        for mut change in changes.by_ref() {
            let savepoint = transaction.savepoint()?;
            let good = change.work(&savepoint);
            done.push(change);
            // Some errors (a full disk) end the whole transaction, and with it what was done before.
            if savepoint.is_autocommit() {
                return Err(Problem::new(StatusCode::INTERNAL_SERVER_ERROR));
            }
            if good {
                savepoint.commit()?;
            } else {
                savepoint.finish()?;
            }
        }
        transaction.commit()?;
        Ok(())
    })();
    // Those whose turn did not come are told that nothing was done.
    done.extend(changes);
    tried
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn counter() -> Connection {
        let db = Connection::open_in_memory().unwrap();
        db.execute_batch("CREATE TABLE counter (n INTEGER NOT NULL CHECK (n < 10)); INSERT INTO counter VALUES (0);")
            .unwrap();
        db
    }

    fn add(db: &Connection, more: i64) -> Answer<i64> {
        Ok(
            db.query_row("UPDATE counter SET n = n + ? RETURNING n", [more], |row| {
                row.get(0)
            })?,
        )
    }

    #[test]
    fn what_fails_takes_nothing_else_along() {
        let mut db = counter();
        let waiting = Waiting::default();
        let ask = |work: fn(&Connection) -> Answer<i64>| {
            let (asked, told) = Asked::new(work);
            waiting.push(asked);
            told
        };
        let mut first = ask(|db| add(db, 1));
        let mut refused = ask(|db| {
            add(db, 5)?;
            Err(Problem::new(StatusCode::CONFLICT))
        });
        let mut impossible = ask(|db| add(db, 50));
        let mut panics = ask(|db| {
            add(db, 5)?;
            panic!("on purpose")
        });
        drop(ask(|db| add(db, 3)));
        let mut last = ask(|db| add(db, 1));
        waiting.commit(&mut db);
        assert_eq!(first.try_recv().unwrap().unwrap(), 1);
        assert!(
            refused
                .try_recv()
                .unwrap()
                .unwrap_err()
                .is(StatusCode::CONFLICT)
        );
        for broken in [&mut impossible, &mut panics] {
            let problem = broken.try_recv().unwrap().unwrap_err();
            assert!(problem.is(StatusCode::INTERNAL_SERVER_ERROR));
        }
        assert_eq!(last.try_recv().unwrap().unwrap(), 2);
        assert!(db.is_autocommit());
        assert_eq!(add(&db, 0).unwrap(), 2);
    }

    #[test]
    fn nobody_is_told_that_a_change_was_kept_when_the_transaction_is_lost() {
        let mut db = counter();
        let waiting = Waiting::default();
        let (asked, mut first) = Asked::new(|db: &Connection| add(db, 1));
        waiting.push(asked);
        let (asked, mut loses) = Asked::new(|db: &Connection| {
            db.execute_batch("ROLLBACK")?;
            Ok(0)
        });
        waiting.push(asked);
        let (asked, mut last) = Asked::new(|db: &Connection| add(db, 1));
        waiting.push(asked);
        waiting.commit(&mut db);
        assert!(first.try_recv().unwrap().is_err());
        assert!(loses.try_recv().unwrap().is_err());
        assert!(last.try_recv().unwrap().is_err());
        assert_eq!(add(&db, 0).unwrap(), 0);
    }
}
