//! What happens to tabs: loaded anew, closed, without a connection, signed in and out.

use leptos::prelude::*;

use super::play::Play;
use crate::{
    simulation::{
        network::{self, Fate},
        place,
        shop::BUYER,
        tab::Tab,
        world,
    },
    state::session::Session,
};

impl Play {
    /// A page is loaded anew, and finds what was kept for its tab.
    pub(super) fn reload(&mut self, tab: Tab) {
        self.note();
        self.note_gone(tab);
        self.say(&format!("loads tab {} anew", tab.0));
        self.pad.go(tab);
        tab.reload();
        if self.stores_fail {
            self.has_gone(tab);
        }
    }

    /// What was kept for the tab alone is gone.
    fn has_gone(&mut self, tab: Tab) {
        let mut doubled = false;
        network::each_asked(|asked| {
            doubled |= asked.tab == tab.0 && asked.fate == Fate::Doubled;
        });
        self.model.close(tab.0, doubled);
        self.pad.doubled |= doubled;
        self.checkout.lost.insert(tab.0);
        self.pad.lose(tab);
        self.lost_a_tab = true;
    }

    /// The tab goes, and with it what was not sent.
    pub(super) fn leave(&mut self, tab: Tab) {
        self.note();
        self.note_gone(tab);
        let crashes = self.rng.happens(500);
        self.say(&format!("tab {} is closed", tab.0));
        if crashes {
            tab.crash();
        } else {
            tab.close();
        }
        self.has_gone(tab);
        self.tabs.retain(|other| *other != tab);
        self.pad.leave(tab);
        // What was ordered there is ordered elsewhere from now on.
        self.owners.retain(|_, owner| *owner != tab);
    }

    pub(super) fn connection(&mut self) {
        let online = world::with(|world| {
            world.network.online = !world.network.online;
            world.network.online
        });
        self.say(if online { "is online" } else { "is offline" });
        let name = if online { "online" } else { "offline" };
        for tab in &self.tabs {
            place::fire(tab.0, name);
        }
    }

    pub(super) fn sign_in(&mut self, tab: Tab) {
        if tab.is_ready() && (tab.asks_to_sign_in() || !tab.is_signed_in()) {
            self.say(&format!("signs in in tab {}", tab.0));
            tab.sign_in(BUYER);
        }
    }

    pub(super) fn sign_out(&mut self, tab: Tab) {
        self.note();
        for tab in self.tabs.clone() {
            self.note_gone(tab);
        }
        self.say(&format!("signs out in tab {}", tab.0));
        // What a tab keeps for itself alone is nobody's any more.
        for tab in self.tabs.clone() {
            self.pad.lose(tab);
        }
        tab.act(|| expect_context::<Session>().sign_out());
        if self.stores_fail {
            for tab in self.tabs.clone() {
                self.has_gone(tab);
            }
        }
    }
}
