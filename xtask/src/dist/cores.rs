//! Work on many files at a time.

use anyhow::{Result, anyhow};
use std::{
    sync::atomic::{AtomicUsize, Ordering},
    thread,
};

/// How many things can be worked on at a time.
pub(super) fn count() -> usize {
    thread::available_parallelism().map_or(1, usize::from)
}

/// Does `work` for each of `items`, in their order, on all cores; the first failure of each core ends its part.
pub(super) fn each<T: Sync>(items: &[T], work: impl Fn(&T) -> Result<()> + Sync) -> Result<()> {
    let next = AtomicUsize::new(0);
    thread::scope(|scope| {
        let workers: Vec<_> = (0..count())
            .map(|_| {
                scope.spawn(|| {
                    while let Some(item) = items.get(next.fetch_add(1, Ordering::Relaxed)) {
                        work(item)?;
                    }
                    Ok(())
                })
            })
            .collect();
        workers.into_iter().try_for_each(|worker| {
            worker
                .join()
                .unwrap_or_else(|_| Err(anyhow!("a worker panicked")))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Mutex;

    #[test]
    fn each_is_done_once_and_a_failure_is_told() {
        let done = Mutex::new(Vec::new());
        let items: Vec<u32> = (0..50).collect();
        let all = each(&items, |item| {
            done.lock().map_err(|_| anyhow!("poisoned"))?.push(*item);
            Ok(())
        });
        assert!(all.is_ok());
        let mut done = done.into_inner().unwrap_or_default();
        done.sort_unstable();
        assert_eq!(done, items);
        assert!(
            each(&items, |item| if *item == 7 {
                Err(anyhow!("7"))
            } else {
                Ok(())
            })
            .is_err()
        );
    }
}
