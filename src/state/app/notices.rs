//! Notices: short sentences at the edge of the screen, some with one thing to do.

use leptos::prelude::*;
use std::{sync::Arc, time::Duration};

use crate::ports::time;
use crate::state::shared;

/// How long a notice without an action stays.
const SHORT: Duration = Duration::from_secs(6);
/// How long a notice with an action stays: reading and deciding take longer.
const LONG: Duration = Duration::from_secs(15);

/// How a notice is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tone {
    /// Something was done.
    Done,
    /// Something went wrong; stays until dismissed.
    Trouble,
}

/// A button on a notice.
#[derive(Clone)]
pub(crate) struct NoticeAction {
    /// What the button says.
    pub(crate) label: String,
    /// What it does; the notice goes away by itself. Not a `Callback`: that would be gone with the
    /// row or page that made it, and a notice outlives both.
    pub(crate) run: Arc<dyn Fn() + Send + Sync>,
}

/// A link on a notice.
#[derive(Clone)]
pub(crate) struct NoticeLink {
    /// What the link says.
    pub(crate) label: String,
    /// Where it leads: a path of this site.
    pub(crate) href: String,
}

/// One notice.
#[derive(Clone)]
pub(crate) struct Notice {
    /// Tells notices apart.
    pub(crate) id: u64,
    /// The sentence.
    pub(crate) text: String,
    /// How it is meant.
    pub(crate) tone: Tone,
    /// What can be done about it.
    pub(crate) action: Option<NoticeAction>,
    /// Where to go on.
    pub(crate) link: Option<NoticeLink>,
}

/// All notices on the screen.
#[derive(Clone, Copy)]
pub(crate) struct Notices {
    list: RwSignal<Vec<Notice>>,
    last_id: StoredValue<u64>,
}

/// The notices of the running app.
///
/// # Panics
/// Outside the app's component tree.
pub(crate) fn use_notices() -> Notices {
    shared(Notices::none)
}

impl Notices {
    /// None yet.
    fn none() -> Self {
        Self {
            list: RwSignal::new(Vec::new()),
            last_id: StoredValue::new(0),
        }
    }

    /// The notices, oldest first.
    pub(crate) fn list(self) -> Signal<Vec<Notice>> {
        self.list.into()
    }

    /// Shows a notice. The same sentence is shown once.
    pub(crate) fn show(self, tone: Tone, text: String, action: Option<NoticeAction>) {
        self.show_linked(tone, text, action, None);
    }

    /// Says that something is done that can be taken back; the notice, to be dismissed when it no longer can.
    pub(crate) fn offer(self, text: String, action: NoticeAction) -> u64 {
        self.show_linked(Tone::Done, text, Some(action), None)
    }

    /// [`Notices::show`] with a link; the notice, to be dismissed when it is no longer true.
    pub(crate) fn show_linked(
        self,
        tone: Tone,
        text: String,
        action: Option<NoticeAction>,
        link: Option<NoticeLink>,
    ) -> u64 {
        let id = self.last_id.get_value() + 1;
        self.last_id.set_value(id);
        let stays = if action.is_some() { LONG } else { SHORT };
        self.list.update(|list| {
            list.retain(|notice| notice.text != text);
            list.push(Notice {
                id,
                text,
                tone,
                action,
                link,
            });
        });
        if tone == Tone::Done {
            time::later(move || self.dismiss(id), stays);
        }
        id
    }

    /// Takes all notices away that offer something to do: what they offer is no longer possible.
    pub(crate) fn withdraw_offers(self) {
        self.list
            .try_update(|list| list.retain(|notice| notice.action.is_none()));
    }

    /// Takes a notice away.
    pub(crate) fn dismiss(self, id: u64) {
        self.list
            .try_update(|list| list.retain(|notice| notice.id != id));
    }
}
