//! The order pad's draft: kept on the device for the customer, from visit to visit, and never overwritten by
//! another tab unseen.

use leptos::{prelude::*, task::spawn_local};
use serde::{Deserialize, Serialize};

use crate::state::{
    catalog::shelf::prefix,
    quick_order::{pad::PadState, submit::Adding},
};
use crate::{
    domain::quick_order::pad::OrderPad,
    ports::{
        database::{self, Kept, Store, Trouble},
        page, storage,
        tabs::Tabs,
        time::Debounce,
    },
};

/// How long after the last change the draft is written, in milliseconds.
const PAUSE_MS: u64 = 300;

/// Where the draft stands.
#[derive(Clone, Copy)]
pub(crate) struct Draft {
    /// The revision that this tab has seen; none while nothing is kept.
    revision: StoredValue<Option<u64>>,
    /// Whether there is something that is not written yet.
    unsaved: StoredValue<bool>,
    /// Whether the draft has been read.
    ready: RwSignal<bool>,
    /// What another tab has made of it meanwhile.
    conflict: RwSignal<Option<Kept>>,
    /// Whether the device keeps nothing.
    unkept: RwSignal<bool>,
    pause: StoredValue<Debounce, LocalStorage>,
    tabs: StoredValue<Option<Tabs>, LocalStorage>,
}

impl Draft {
    pub(super) fn new() -> Self {
        Self {
            revision: StoredValue::new(None),
            unsaved: StoredValue::new(false),
            ready: RwSignal::new(false),
            conflict: RwSignal::new(None),
            unkept: RwSignal::new(false),
            pause: StoredValue::new_local(Debounce::default()),
            tabs: StoredValue::new_local(None),
        }
    }
}

/// The draft as it is written down.
#[derive(Serialize, Deserialize)]
struct Written {
    lines: String,
    adding: Option<Adding>,
}

impl PadState {
    pub(super) fn draft_key(self) -> Option<String> {
        let mut key = prefix(self.session)?;
        key.push_str("quick-order");
        Some(key)
    }

    /// Whether the draft has been read (tracked).
    pub(crate) fn is_ready(self) -> bool {
        self.draft.ready.get()
    }

    /// Whether another tab has changed the draft too (tracked).
    pub(crate) fn is_in_conflict(self) -> bool {
        self.draft.conflict.with(Option::is_some)
    }

    /// Whether the device keeps no drafts, so that a closed tab loses this one (tracked).
    pub(crate) fn is_unkept(self) -> bool {
        self.draft.unkept.get()
    }

    pub(super) fn open_draft(self) {
        let Some(key) = self.draft_key() else {
            self.draft.ready.set(true);
            return;
        };
        let tabs = Tabs::open(&format!("nymble.draft {key}"), move |_| {
            // What is typed here and not written yet comes into conflict when it is.
            if !self.draft.unsaved.get_value() && self.adding.get_untracked().is_none() {
                spawn_local(self.read_draft());
            }
        });
        self.draft.tabs.set_value(Some(tabs));
        // A page that goes has no time for the database.
        let going = page::on("pagehide", move || {
            if self.draft.unsaved.get_value() {
                let text = self.written();
                storage::set(&fallback(&key), text.as_deref());
            }
        });
        on_cleanup(move || going.remove());
        spawn_local(async move {
            self.read_draft().await;
            self.take_up_unsaved();
            self.draft.ready.set(true);
        });
    }

    pub(super) async fn read_draft(self) {
        let Some(key) = self.draft_key() else { return };
        if let Ok(kept) = database::get(Store::Drafts, &key).await {
            self.draft.unkept.set(false);
            return self.show_draft(kept);
        }
        self.draft.unkept.set(true);
        // This tab's own memory is better than none.
        if let Some(text) = storage::get(&fallback(&key)) {
            self.show_text(&text);
        }
    }

    fn show_draft(self, kept: Option<Kept>) {
        self.draft
            .revision
            .set_value(kept.as_ref().map(|kept| kept.revision));
        match kept {
            Some(kept) => self.show_text(&kept.text),
            None => self.pad.set(OrderPad::default()),
        }
    }

    fn show_text(self, text: &str) {
        let Ok(written) = nymble_wire::decode::<Written>(text) else {
            return;
        };
        self.pad
            .set(OrderPad::restored(&written.lines).unwrap_or_default());
        let begun = written.adding.is_some();
        self.adding.set(written.adding);
        self.sum_up();
        self.look_up();
        if begun && !self.mine.get_untracked() {
            spawn_local(self.take_over());
        }
    }

    /// Writes the draft once no further change has come for a moment.
    pub(super) fn keep_draft(self) {
        self.draft.unsaved.set_value(true);
        self.draft.pause.with_value(|pause| {
            pause.run(PAUSE_MS, move || spawn_local(self.write_draft()));
        });
    }

    fn written(self) -> Option<String> {
        let written = Written {
            lines: self.pad.with_untracked(OrderPad::kept),
            adding: self.adding.get_untracked(),
        };
        serde_json::to_string(&written).ok()
    }

    /// Takes up what this tab had no time to write when it was left.
    fn take_up_unsaved(self) {
        let Some(key) = self.draft_key() else { return };
        if self.draft.unkept.get_untracked() {
            return;
        }
        if let Some(text) = storage::get(&fallback(&key)) {
            storage::set(&fallback(&key), None);
            self.show_text(&text);
            self.keep_draft();
        }
    }

    /// Writes the draft now.
    pub(super) async fn write_draft(self) {
        self.draft.pause.with_value(Debounce::cancel);
        let Some(key) = self.draft_key() else { return };
        if self.draft.conflict.with_untracked(Option::is_some) {
            return;
        }
        let Some(text) = self.written() else { return };
        self.draft.unsaved.set_value(false);
        let expected = self.draft.revision.get_value();
        match database::put_if(Store::Drafts, &key, &text, expected).await {
            Ok(revision) => {
                self.draft.revision.set_value(Some(revision));
                self.draft.unkept.set(false);
                self.draft.tabs.with_value(|tabs| {
                    if let Some(tabs) = tabs {
                        tabs.send("");
                    }
                });
            }
            Err(Trouble::Changed(theirs)) => {
                self.draft.unsaved.set_value(true);
                let theirs = theirs.filter(|theirs| theirs.text != text);
                match theirs {
                    Some(theirs) => self.draft.conflict.set(Some(theirs)),
                    // It was taken away, or says the same.
                    None => self.keep_draft(),
                }
            }
            Err(_) => {
                self.draft.unkept.set(true);
                storage::set(&fallback(&key), Some(&text));
            }
        }
    }

    /// Of two tabs that changed the draft, takes this one's lines or the other's.
    pub(crate) fn settle_conflict(self, mine: bool) {
        let Some(theirs) = self.draft.conflict.get_untracked() else {
            return;
        };
        self.draft.conflict.set(None);
        self.draft.revision.set_value(Some(theirs.revision));
        if mine {
            self.keep_draft();
        } else {
            self.draft.unsaved.set_value(false);
            self.show_draft(Some(theirs));
        }
    }
}

fn fallback(key: &str) -> String {
    format!("nymble.draft {key}")
}
