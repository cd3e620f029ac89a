//! Moving between screens: links, going somewhere, and the scroll position on the way back.
//!
//! What comes late must not lead the buyer away from where they have gone meanwhile. So an answer that leads somewhere
//! asks [`Navigation::lasts`], and a change of the address that waits for a pause in typing is a [`LateChange`].

use leptos::prelude::*;
use leptos_router::{NavigateOptions, hooks::use_navigate};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlAnchorElement, MouseEvent};

use crate::browser::{page, storage, time::Debounce};

/// The router's way of going somewhere.
type Go = Box<dyn Fn(&str, NavigateOptions)>;

/// Says whether an address may be gone to now.
type MayGo = Box<dyn Fn(&str) -> bool>;

/// Follows links and remembers how far each address was scrolled. A copy is a handle.
#[derive(Clone, Copy)]
pub(crate) struct Navigation {
    go: StoredValue<Go, LocalStorage>,
    may_go: StoredValue<Option<MayGo>, LocalStorage>,
    /// Where a link last led. A screen at another address was come to by back, forward or reload.
    led_to: StoredValue<String>,
    /// How often the buyer has gone somewhere: by a link, a shortcut, the palette, back or forward.
    gone: StoredValue<u32>,
    /// The changes of the address that wait for a pause in typing.
    waiting: StoredValue<Vec<Waiting>, LocalStorage>,
}

/// That the buyer is where they were when something was begun, and has gone nowhere since.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stay(u32);

/// A change of the address that waits.
#[derive(Clone)]
struct Waiting {
    /// Whose it is.
    change: LateChange,
    pause: Debounce,
    apply: Rc<dyn Fn()>,
}

const SCROLL_KEY: &str = "nymble.scroll ";

fn scroll_key() -> String {
    let location = window().location();
    let mut key = String::from(SCROLL_KEY);
    key.push_str(&location.pathname().unwrap_or_default());
    key.push_str(&location.search().unwrap_or_default());
    key
}

impl Navigation {
    /// Must be called inside the router.
    pub(crate) fn start() -> Self {
        let navigate = use_navigate();
        let navigation = Self {
            go: StoredValue::new_local(Box::new(navigate)),
            may_go: StoredValue::new_local(None),
            led_to: StoredValue::new(String::new()),
            gone: StoredValue::new(0),
            waiting: StoredValue::new_local(Vec::new()),
        };
        if let Ok(history) = window().history() {
            // Screens are built after the browser would restore the position, so it is done here.
            let _ = history.set_scroll_restoration(web_sys::ScrollRestoration::Manual);
        }
        let debounce = StoredValue::new_local(Debounce::default());
        let scrolled = window_event_listener(leptos::ev::scroll, move |_| {
            let key = scroll_key();
            debounce.with_value(|debounce| {
                debounce.run(100, move || {
                    if key == scroll_key() {
                        storage::set(&key, Some(&page::scroll_position().to_string()));
                    }
                });
            });
        });
        let popped = window_event_listener(leptos::ev::popstate, move |_| {
            navigation.led_to.try_set_value(String::new());
            // The entry that was typed in is left already: nothing can be added to it.
            for waiting in navigation.leave() {
                waiting.pause.cancel();
                waiting.change.dropped.try_update(|times| *times += 1);
            }
        });
        on_cleanup(move || {
            scrolled.remove();
            popped.remove();
        });
        navigation
    }

    /// Everything that waits ends here; what was begun before lasts no longer.
    fn leave(self) -> Vec<Waiting> {
        self.gone.try_update_value(|gone| *gone += 1);
        let waiting = self.waiting.try_update_value(std::mem::take);
        waiting.unwrap_or_default()
    }

    /// That the buyer is here now. To be asked for when something is begun that may lead somewhere late.
    pub(crate) fn stay(self) -> Stay {
        Stay(self.gone.get_value())
    }

    /// Whether the buyer has gone nowhere since. Changes of the present screen's address are no going.
    pub(crate) fn lasts(self, stay: Stay) -> bool {
        self.gone.try_get_value() == Some(stay.0)
    }

    /// From now on asks `may_go` before an address is gone to, however: by a link, a key, the palette.
    pub(crate) fn ask_before(self, may_go: impl Fn(&str) -> bool + 'static) {
        self.may_go.set_value(Some(Box::new(may_go)));
    }

    /// Goes to `href` (a path of this site), unless something holds that up.
    pub(crate) fn go(self, href: &str) {
        let asked = |may_go: &Option<MayGo>| may_go.as_ref().is_none_or(|may_go| may_go(href));
        if !self.may_go.with_value(asked) {
            return;
        }
        // What was typed belongs to the step that is left, and is found on the way back.
        for waiting in self.leave() {
            waiting.pause.cancel();
            if waiting.change.is_here() {
                (waiting.apply)();
            }
        }
        self.led_to.set_value(href.to_owned());
        self.go
            .with_value(|go| go(href, NavigateOptions::default()));
    }

    /// Changes the address of the present screen: the query of a list, for example. The page is not
    /// scrolled; with `replace` the step is not one to go back to.
    pub(crate) fn change_address(self, href: &str, replace: bool) {
        self.led_to.set_value(href.to_owned());
        let options = NavigateOptions {
            replace,
            scroll: false,
            ..NavigateOptions::default()
        };
        self.go.with_value(|go| go(href, options));
    }

    /// The position to scroll to once the screen stands, if it was returned to. Ask at once when the
    /// screen is made: scrolling in the meantime overwrites what is remembered.
    pub(crate) fn position_to_restore(self) -> Option<i32> {
        let key = scroll_key();
        // The router's listener builds the screen before this module hears of a step back, so the
        // address is what tells.
        if self
            .led_to
            .with_value(|led_to| key.strip_prefix(SCROLL_KEY) == Some(led_to.as_str()))
        {
            return None;
        }
        storage::get(&key)?.parse().ok()
    }

    /// Follows a plain click on a link of this site without loading the page anew.
    ///
    /// The router's own listener decodes the address before it uses it, which breaks part numbers that
    /// hold `%`; this one takes it as it stands.
    pub(crate) fn follow_link(self, event: &MouseEvent) {
        if event.default_prevented()
            || event.button() != 0
            || event.meta_key()
            || event.ctrl_key()
            || event.shift_key()
            || event.alt_key()
        {
            return;
        }
        let link = event
            .target()
            .and_then(|target| target.dyn_into::<Element>().ok())
            .and_then(|element| element.closest("a[href]").ok().flatten())
            .and_then(|link| link.dyn_into::<HtmlAnchorElement>().ok());
        let Some(link) = link else { return };
        let own = window()
            .location()
            .origin()
            .is_ok_and(|own| own == link.origin());
        if !own || !link.target().is_empty() || link.has_attribute("download") {
            return;
        }
        let same_page = !link.hash().is_empty()
            && window()
                .location()
                .pathname()
                .is_ok_and(|path| path == link.pathname());
        event.prevent_default();
        if same_page {
            // A jump within the page (the skip link): focus goes along.
            page::focus(&link.hash());
            return;
        }
        self.go(&(link.pathname() + &link.search()));
    }
}

/// A change of the present screen's address that waits for a pause in typing. It ends with the screen, and when the
/// buyer goes on, also while the next screen is still on its way. A copy is a handle.
#[derive(Clone, Copy)]
pub(crate) struct LateChange {
    navigation: Navigation,
    pause: StoredValue<Debounce, LocalStorage>,
    /// The path of the screen.
    path: StoredValue<String>,
    /// How often a change was given up by a step back or forward.
    dropped: RwSignal<u32>,
}

impl LateChange {
    /// It lives as long as the reactive owner that it is made in.
    pub(crate) fn new(navigation: Navigation) -> Self {
        let change = Self {
            navigation,
            pause: StoredValue::new_local(Debounce::default()),
            path: StoredValue::new(page::address().0),
            dropped: RwSignal::new(0),
        };
        on_cleanup(move || change.cancel());
        change
    }

    /// Tells that a change was given up (tracked): what stands in the field is not going to be in the address.
    pub(crate) fn follow_drops(self) -> u32 {
        self.dropped.get()
    }

    fn forget(self) {
        let pause = self.pause;
        self.navigation
            .waiting
            .try_update_value(|all| all.retain(|waiting| waiting.change.pause != pause));
    }

    /// Makes the change in `milliseconds`, unless called again, or the buyer goes on.
    pub(crate) fn wait(self, milliseconds: u64, apply: impl Fn() + 'static) {
        self.forget();
        let Some(pause) = self.pause.try_get_value() else {
            return;
        };
        let apply: Rc<dyn Fn()> = Rc::new(apply);
        let later = Rc::clone(&apply);
        pause.run(milliseconds, move || {
            self.forget();
            if self.is_here() {
                later();
            }
        });
        let waiting = Waiting {
            change: self,
            pause,
            apply,
        };
        self.navigation
            .waiting
            .try_update_value(|all| all.push(waiting));
    }

    /// Makes the change at once.
    pub(crate) fn now(self, apply: impl FnOnce()) {
        self.cancel();
        if self.is_here() {
            apply();
        }
    }

    /// Nothing waits any more.
    fn cancel(self) {
        self.forget();
        self.pause.try_with_value(Debounce::cancel);
    }

    /// Whether the address is still one of the screen's: a screen stands until the next one has come.
    fn is_here(self) -> bool {
        let own =
            |path: &str| path.trim_end_matches('/') == page::address().0.trim_end_matches('/');
        self.path.try_with_value(|path| own(path)) == Some(true)
    }
}

/// The navigation of the running app.
///
/// # Panics
/// Outside the router.
pub(crate) fn use_navigation() -> Navigation {
    expect_context()
}
