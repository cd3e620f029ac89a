//! Where a simulated page is, and what happens to it.

use std::rc::Rc;

use super::world::{self, TabId};

/// Hears of an event of the page.
pub(super) struct Listener {
    id: u64,
    name: &'static str,
    heard: Rc<dyn Fn(Option<String>)>,
}

/// The name of the event that tells of a change of the device's storage.
const STORED: &str = "storage";
/// A message or an event of another tab comes so late at most, in milliseconds.
const LATE_MS: u64 = 30;

/// Ends with this what was heard.
#[derive(Clone, Copy)]
pub(crate) struct Listening {
    tab: TabId,
    id: u64,
}

impl Listening {
    pub(crate) fn remove(self) {
        let gone = world::with(|world| {
            let listeners = &mut world.tabs.get_mut(&self.tab)?.listeners;
            let place = listeners.iter().position(|it| it.id == self.id)?;
            Some(listeners.remove(place))
        });
        drop(gone);
    }
}

fn listen(name: &'static str, heard: Rc<dyn Fn(Option<String>)>) -> Listening {
    let (tab, id) = (world::current(), world::next_id());
    world::of_current(|tab| tab.listeners.push(Listener { id, name, heard }));
    Listening { tab, id }
}

pub(crate) fn on(name: &'static str, heard: impl Fn() + 'static) -> Listening {
    listen(name, Rc::new(move |_| heard()))
}

pub(crate) fn on_stored_elsewhere(heard: impl Fn(Option<String>) + 'static) -> Listening {
    listen(STORED, Rc::new(heard))
}

fn run(tab: TabId, name: &str, key: Option<&str>) {
    let heard: Vec<_> = world::with(|world| {
        let listeners = world.tabs.get(&tab).map(|tab| &tab.listeners);
        let named = listeners.into_iter().flatten().filter(|it| it.name == name);
        named.map(|it| Rc::clone(&it.heard)).collect()
    });
    for heard in heard {
        heard(key.map(str::to_owned));
    }
}

/// An event of that name happens to the page of a tab.
pub(crate) fn fire(tab: TabId, name: &str) {
    world::turn(tab, || happen(tab, name));
}

/// The same within a turn.
pub(super) fn happen(tab: TabId, name: &str) {
    run(tab, name, None);
}

/// Tells the other tabs that what is stored under `key` has changed.
pub(super) fn tell_others(key: &str) {
    let own = world::current();
    for tab in world::all_tabs().into_iter().filter(|tab| *tab != own) {
        let late = world::with(|world| world.rng.delay(LATE_MS));
        let key = key.to_owned();
        world::schedule(late, Some(tab), move || run(tab, STORED, Some(&key)));
    }
}

pub(crate) fn online() -> bool {
    world::with(|world| world.network.online)
}

pub(crate) fn visible() -> bool {
    world::of_current(|tab| tab.visible)
}

pub(crate) fn saves_data() -> bool {
    false
}

pub(crate) fn origin() -> String {
    "https://shop.example".to_owned()
}

pub(crate) fn origin_of(address: &str) -> Option<String> {
    let (scheme, rest) = address.split_once("://")?;
    matches!(scheme, "http" | "https").then_some(())?;
    let host = rest.split(['/', '?', '#']).next()?;
    Some([scheme, "://", host].concat())
}

pub(crate) fn address() -> (String, String) {
    let path = world::of_current(|tab| tab.path.clone());
    match path.find('?') {
        Some(at) => (path[..at].to_owned(), path[at..].to_owned()),
        None => (path, String::new()),
    }
}

/// What `encodeURIComponent` leaves alone.
fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-_.!~*'()".contains(&byte)
}

pub(crate) fn encode(text: &str) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        if is_plain(byte) {
            encoded.push(char::from(byte));
        } else {
            let code = format!("%{byte:02X}");
            encoded.push_str(&code);
        }
    }
    encoded
}

pub(crate) fn decode(segment: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = segment.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let code = (*first == b'%')
            .then(|| std::str::from_utf8(after.get(..2)?).ok())
            .flatten()
            .and_then(|code| u8::from_str_radix(code, 16).ok());
        match code {
            Some(byte) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            None if *first == b'%' => return segment.to_owned(),
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| segment.to_owned())
}

/// The page goes to `path` when its turn is over.
pub(crate) fn open(path: &str) {
    world::of_current(|tab| tab.leaves = Some(path.to_owned()));
}

pub(crate) fn reload() {
    let (path, query) = address();
    open(&(path + &query));
}

pub(crate) fn meta(_: &str) -> Option<String> {
    None
}

pub(crate) fn leave_field() {}

pub(crate) fn languages() -> Vec<String> {
    vec!["en-US".to_owned()]
}

pub(crate) fn when_brought_back(_: impl Fn() + 'static) {}
