//! A shop that was updated while it is open: the files of this tab's release may be gone from the host.

use leptos::task::spawn_local;
use std::sync::Arc;

use super::notices::{NoticeAction, Notices, Tone};
use crate::state::session::Session;
use crate::{
    api::own_host::{self, Release},
    locale::Locale,
    ports::storage,
};

/// Under this the tab keeps from which release it was loaded anew by itself.
const RENEWED: &str = "nymble.renewed-from";

/// Asks the host whether it serves another release. Then the page is loaded anew at the present address, once: should
/// the same release come back, it is for the buyer to try again.
///
/// To be called only where nothing would be lost: in place of a screen that cannot be shown. `leave` loads the page.
/// Says whether there is another release.
pub(crate) async fn renew(leave: impl FnOnce()) -> bool {
    let is_replaced = own_host::release().await == Release::Replaced;
    let here = own_host::assets();
    if is_replaced && storage::get(RENEWED).as_ref() != Some(&here) {
        storage::set(RENEWED, Some(&here));
        leave();
    }
    is_replaced
}

/// A part of a screen that the buyer asked for could not be loaded: says so, and offers to load the page anew where that
/// helps.
pub(crate) fn report_missing(locale: Locale, notices: Notices, session: Session) {
    report(locale, notices, session, true);
}

/// The same of a part that is tried again by itself: nothing is said unless it will never come.
pub(crate) fn report_replaced(locale: Locale, notices: Notices, session: Session) {
    report(locale, notices, session, false);
}

fn report(locale: Locale, notices: Notices, session: Session, missed: bool) {
    spawn_local(async move {
        if own_host::release().await != Release::Replaced {
            if missed {
                notices.show(Tone::Trouble, locale.text("page.failed"), None);
            }
            return;
        }
        let action = NoticeAction {
            label: locale.text("page.reload"),
            run: Arc::new(move || session.load_anew()),
        };
        notices.show(Tone::Trouble, locale.text("page.updated"), Some(action));
    });
}
