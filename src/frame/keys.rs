//! The keyboard shortcuts: listens on every screen, and does what a shortcut says.

use leptos::{ev, prelude::*};

use crate::{
    browser::{device, keys, page, time},
    config::Features,
    domain::keyboard::shortcuts::{Action, Key, Place, Sequence},
    route::Route,
    state::{
        app::navigation::use_navigation,
        session::{Session, use_session},
    },
};

/// Where it is kept on this device that shortcuts of a single character are switched off.
const SWITCH: &str = "nymble.single-keys";

/// Which dialog is open, and the switch. A copy is a handle.
#[derive(Clone, Copy)]
pub(crate) struct Keyboard {
    /// The dialog that is open.
    pub(super) open: RwSignal<Option<Dialog>>,
    /// Whether shortcuts of a single character are switched on.
    single: RwSignal<bool>,
}

/// A dialog of the keyboard's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dialog {
    /// Search, or jump to.
    Palette,
    /// The shortcuts.
    Help,
}

impl Keyboard {
    /// As this device has it. The listener goes with the present owner.
    pub(crate) fn start() -> Self {
        let keyboard = Self {
            open: RwSignal::new(None),
            single: RwSignal::new(device::get(SWITCH).as_deref() != Some("off")),
        };
        let (session, navigation) = (use_session(), use_navigation());
        let sequence = StoredValue::new(Sequence::default());
        let pressed = window_event_listener(ev::keydown, move |event| {
            let Some(name) = keys::pressed(&event) else {
                sequence.set_value(Sequence::default());
                return;
            };
            let with_ctrl = keys::has_ctrl(&event);
            let counts = with_ctrl || (keys::is_plain(&event) && !keys::is_typed(&event));
            // The modifier keys themselves do not end a sequence.
            if matches!(name.as_str(), "Shift" | "Control" | "Alt" | "Meta") {
                return;
            }
            let stays = !counts
                || event.default_prevented()
                || event.repeat()
                || keys::is_covered()
                || !untrack(|| session.is_signed_in());
            if stays {
                sequence.set_value(Sequence::default());
                return;
            }
            let key = Key {
                name: &name,
                with_ctrl,
                at: time::reading().running.unsigned_abs(),
            };
            let single = keyboard.single.get_untracked();
            let action = sequence.try_update_value(|sequence| sequence.press(key, single));
            let Some(action) = action.flatten() else {
                return;
            };
            if let Action::Go(place) = action {
                if let Some(route) = screen(session, place) {
                    event.prevent_default();
                    navigation.go(&route.href());
                }
                return;
            }
            event.prevent_default();
            match action {
                Action::Help => keyboard.open.set(Some(Dialog::Help)),
                // A screen without a search of its own has the one for everything.
                Action::Search if page::focus("main input[type=search]") => {}
                _ => keyboard.open.set(Some(Dialog::Palette)),
            }
        });
        on_cleanup(move || pressed.remove());
        keyboard
    }

    /// Whether shortcuts of a single character are switched on (tracked).
    pub(crate) fn has_single(self) -> bool {
        self.single.get()
    }

    /// Switches shortcuts of a single character on or off, on this device.
    pub(crate) fn switch_single(self, on: bool) {
        self.single.set(on);
        device::set(SWITCH, (!on).then_some("off"));
    }
}

/// The screen, where whoever is signed in may see it.
pub(crate) fn screen(session: Session, place: Place) -> Option<Route> {
    let Features {
        lists,
        orders,
        invoices,
        documents,
        ..
    } = session.config().features;
    let (may, route) = match place {
        Place::Home => (true, Route::Home),
        Place::Catalog => (true, Route::Catalog),
        Place::QuickOrder => (true, Route::QuickOrder),
        Place::Lists => (lists, Route::Lists),
        Place::Cart => (true, Route::Cart),
        Place::Checkout => (true, Route::Checkout),
        Place::Orders => (orders, Route::Orders),
        Place::Invoices => (invoices, Route::Invoices),
        Place::Documents => (documents, Route::Documents),
        Place::Account => (true, Route::Account),
        Place::Customers => (untrack(|| session.chooses_customer()), Route::Customers),
    };
    may.then_some(route)
}
