//! The keyboard shortcuts: which there are, in one table, and which key is one of them.

/// Within this time the second key of a sequence must follow the first, in milliseconds.
const SEQUENCE_MS: u64 = 1500;

/// A screen that a shortcut or the palette leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// What needs attention.
    Home,
    /// The catalogue.
    Catalog,
    /// The order pad.
    QuickOrder,
    /// The order lists.
    Lists,
    /// The cart.
    Cart,
    /// Checkout.
    Checkout,
    /// The orders.
    Orders,
    /// The invoices.
    Invoices,
    /// The documents.
    Documents,
    /// The account.
    Account,
    /// The choice of a customer.
    Customers,
}

/// What a shortcut does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Opens the palette: search, or jump to.
    Palette,
    /// Shows the shortcuts.
    Help,
    /// Puts the focus into the search field of the screen.
    Search,
    /// Goes to a screen.
    Go(Place),
}

/// One shortcut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shortcut {
    /// The keys, one after the other, as the browser names them.
    pub keys: &'static [&'static str],
    /// Whether `Ctrl` (on Apple's devices `⌘`) is held with it. Only those without can be switched off.
    pub with_ctrl: bool,
    /// What it does, as a message.
    pub message: &'static str,
    /// What it does.
    pub action: Action,
}

const fn single(keys: &'static [&'static str], message: &'static str, action: Action) -> Shortcut {
    Shortcut {
        keys,
        with_ctrl: false,
        message,
        action,
    }
}

/// All shortcuts, in the order in which they are shown.
pub const SHORTCUTS: [Shortcut; 14] = [
    Shortcut {
        keys: &["k"],
        with_ctrl: true,
        message: "keys.palette",
        action: Action::Palette,
    },
    single(&["?"], "keys.help", Action::Help),
    single(&["/"], "keys.search", Action::Search),
    single(&["g", "h"], "home.title", Action::Go(Place::Home)),
    single(&["g", "p"], "catalog.title", Action::Go(Place::Catalog)),
    single(&["g", "q"], "pad.title", Action::Go(Place::QuickOrder)),
    single(&["g", "l"], "lists.title", Action::Go(Place::Lists)),
    single(&["g", "c"], "cart.title", Action::Go(Place::Cart)),
    single(&["g", "o"], "orders.title", Action::Go(Place::Orders)),
    single(&["g", "i"], "invoices.title", Action::Go(Place::Invoices)),
    single(&["g", "d"], "documents.title", Action::Go(Place::Documents)),
    single(&["g", "a"], "account.title", Action::Go(Place::Account)),
    single(&["g", "u"], "customers.title", Action::Go(Place::Customers)),
    single(&["g", "x"], "checkout.title", Action::Go(Place::Checkout)),
];

/// A key that was pressed, outside of every field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key<'a> {
    /// As the browser names it.
    pub name: &'a str,
    /// Whether `Ctrl`, on Apple's devices `⌘`, is held with it.
    pub with_ctrl: bool,
    /// When, in milliseconds.
    pub at: u64,
}

/// The keys of a sequence that was begun.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sequence {
    /// The first key, and when it was pressed.
    begun: Option<(String, u64)>,
}

impl Sequence {
    /// What `key` comes to, after the one before; none while that is nothing, or the first of two. `with_single`
    /// says whether shortcuts of a single character are switched on.
    pub fn press(&mut self, key: Key<'_>, with_single: bool) -> Option<Action> {
        let begun = self.begun.take();
        if !key.with_ctrl && !with_single {
            return None;
        }
        let begun =
            begun.filter(|(_, at)| key.at.saturating_sub(*at) <= SEQUENCE_MS && !key.with_ctrl);
        let fits = |shortcut: &&Shortcut| {
            shortcut.with_ctrl == key.with_ctrl
                && match (&begun, shortcut.keys) {
                    (Some((first, _)), [one, other]) => first == one && key.name == *other,
                    (None, [one]) => key.name == *one,
                    _ => false,
                }
        };
        if let Some(shortcut) = SHORTCUTS.iter().find(fits) {
            return Some(shortcut.action);
        }
        if begun.is_some() {
            // It does not go on like that: the key counts for itself.
            return self.press(key, with_single);
        }
        let begins = |shortcut: &Shortcut| {
            shortcut.keys.len() > 1
                && shortcut.with_ctrl == key.with_ctrl
                && shortcut.keys.first() == Some(&key.name)
        };
        if SHORTCUTS.iter().any(begins) {
            self.begun = Some((key.name.to_owned(), key.at));
        }
        None
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn key(name: &str, at: u64) -> Key<'_> {
        Key {
            name,
            with_ctrl: false,
            at,
        }
    }

    /// This says which keys are a shortcut.
    #[test]
    fn every_shortcut_does_what_it_says() {
        for shortcut in SHORTCUTS {
            let mut sequence = Sequence::default();
            let mut done = None;
            for (name, at) in shortcut.keys.iter().zip(0_u64..) {
                assert_eq!(done, None, "{shortcut:?}");
                let pressed = Key {
                    with_ctrl: shortcut.with_ctrl,
                    ..key(name, at * 100)
                };
                done = sequence.press(pressed, true);
            }
            assert_eq!(done, Some(shortcut.action), "{shortcut:?}");
            assert_eq!(sequence, Sequence::default());
        }
    }

    /// No shortcut hides another.
    #[test]
    fn no_shortcut_hides_another() {
        for (place, one) in SHORTCUTS.iter().enumerate() {
            for other in &SHORTCUTS[place + 1..] {
                let common = one.keys.iter().zip(other.keys).take_while(|(a, b)| a == b);
                let shorter = one.keys.len().min(other.keys.len());
                assert!(
                    common.count() < shorter || one.with_ctrl != other.with_ctrl,
                    "{one:?} and {other:?}"
                );
            }
        }
    }

    #[test]
    fn a_sequence_ends_with_time_and_with_any_other_key() {
        let mut sequence = Sequence::default();
        assert_eq!(sequence.press(key("g", 0), true), None);
        assert_eq!(sequence.press(key("o", SEQUENCE_MS + 1), true), None);
        assert_eq!(sequence.press(key("g", 0), true), None);
        assert_eq!(sequence.press(key("?", 10), true), Some(Action::Help));
        assert_eq!(sequence.press(key("o", 20), true), None);
        // The first key twice is the first key again.
        assert_eq!(sequence.press(key("g", 30), true), None);
        assert_eq!(sequence.press(key("g", 40), true), None);
        let orders = Some(Action::Go(Place::Orders));
        assert_eq!(sequence.press(key("o", 50), true), orders);
    }

    #[test]
    fn switched_off_only_those_with_ctrl_are_left() {
        for shortcut in SHORTCUTS {
            let mut sequence = Sequence::default();
            let pressed = shortcut.keys.iter().map(|name| Key {
                with_ctrl: shortcut.with_ctrl,
                ..key(name, 0)
            });
            let done: Vec<_> = pressed
                .filter_map(|key| sequence.press(key, false))
                .collect();
            assert_eq!(!done.is_empty(), shortcut.with_ctrl, "{shortcut:?}");
        }
    }

    /// `docs/keyboard.md` lists all shortcuts.
    #[test]
    fn the_documents_list_them_all() {
        let document = include_str!("../../../docs/keyboard.md");
        for shortcut in SHORTCUTS {
            let mut cell = String::from("|");
            if shortcut.with_ctrl {
                cell.push_str(" `Ctrl`");
            }
            for name in shortcut.keys {
                let upper = name.to_uppercase();
                let name = if shortcut.with_ctrl {
                    upper.as_str()
                } else {
                    name
                };
                cell.extend([" `", name, "`"]);
            }
            cell.push_str(" |");
            assert!(document.contains(&cell), "{cell}");
        }
    }

    proptest! {
        #[test]
        fn nothing_pressed_panics(names in proptest::collection::vec("g|o|/|.{1,3}", 0..20), single: bool) {
            let mut sequence = Sequence::default();
            for (name, at) in names.iter().zip(0_u64..) {
                let done = sequence.press(key(name, at), single);
                prop_assert!(single || done.is_none());
            }
        }
    }
}
