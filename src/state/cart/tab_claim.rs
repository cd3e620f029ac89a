//! Whose the unsent changes are. A browser that duplicates a tab copies what was kept for it, and only one of the two
//! may send it: an addition that both send is in the cart twice.

use leptos::{prelude::*, task::spawn_local};

use crate::state::cart::CartState;
use crate::{
    domain::cart::changes::ChangeQueue,
    ports::{
        locks::{self, Held, Turn},
        random, storage, time,
    },
};

/// How far this tab has got in claiming its unsent changes. A copy of it cannot, while this one is there.
#[derive(Default)]
pub(crate) enum Claim {
    /// There are none.
    #[default]
    None,
    /// It is asking for the lock.
    Asking,
    /// It holds the lock.
    Held {
        /// Let go when the changes are sent.
        _lock: Held,
    },
}

/// How often and how long a lock is waited for that the same tab may have held before it was loaded again, in
/// milliseconds.
const WAITS_MS: [i32; 3] = [0, 300, 700];

fn lock_name() -> Option<String> {
    Some(format!("nymble.unsent {}", storage::get(storage::TAB)?))
}

fn rename_tab() {
    storage::set(storage::TAB, random::token().as_deref());
}

impl CartState {
    /// Claims the unsent changes for this tab, as long as there are `any`.
    pub(super) fn claim_changes(self, any: bool) {
        let claim = |claim: &Claim| (matches!(claim, Claim::None), matches!(claim, Claim::Asking));
        let (none, asking) = self.claim.with_value(claim);
        if !any && !asking {
            self.claim.set_value(Claim::None);
        }
        if !any || !none {
            return;
        }
        self.claim.set_value(Claim::Asking);
        spawn_local(async move {
            // This may be a copy itself, made when there was nothing to send.
            if !self.ask().await {
                rename_tab();
                self.ask().await;
            }
            if self.queue.with_untracked(ChangeQueue::is_empty) {
                self.claim.set_value(Claim::None);
            }
        });
    }

    /// Whether the lock of this tab's name is to be had; it is held then, or the browser has none.
    async fn ask(self) -> bool {
        if storage::get(storage::TAB).is_none() {
            rename_tab();
        }
        let Some(name) = lock_name() else { return true };
        match locks::turn_if_free(&name).await {
            Turn::Mine(lock) => self.claim.set_value(Claim::Held { _lock: lock }),
            Turn::Nobodys => {}
            Turn::Others => return false,
        }
        true
    }

    /// Gives up what was taken up from an earlier visit when that is a tab which is still there: then this one is its
    /// copy.
    pub(super) async fn leave_to_owner(self) {
        self.claim.set_value(Claim::Asking);
        for wait in WAITS_MS {
            time::sleep(wait).await;
            if self.ask().await {
                return;
            }
        }
        rename_tab();
        self.claim.set_value(Claim::None);
        self.queue.set(ChangeQueue::default());
        self.keep();
    }
}
