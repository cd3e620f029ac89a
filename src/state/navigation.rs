//! Moving between screens: links, going somewhere, and the scroll position on the way back.

use leptos::prelude::*;
use leptos_router::{NavigateOptions, hooks::use_navigate};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlAnchorElement, MouseEvent};

use crate::browser::{page, storage, time::Debounce};

/// The router's way of going somewhere.
type Go = Box<dyn Fn(&str, NavigateOptions)>;

/// Follows links and remembers how far each address was scrolled. A copy is a handle.
#[derive(Clone, Copy)]
pub struct Navigation {
    go: StoredValue<Go, LocalStorage>,
    /// Where a link last led. A screen at another address was come to by back, forward or reload.
    led_to: StoredValue<String>,
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
    pub fn start() -> Self {
        let navigate = use_navigate();
        let navigation = Self {
            go: StoredValue::new_local(Box::new(navigate)),
            led_to: StoredValue::new(String::new()),
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
        });
        on_cleanup(move || {
            scrolled.remove();
            popped.remove();
        });
        navigation
    }

    /// Goes to `href` (a path of this site).
    pub fn go(self, href: &str) {
        self.led_to.set_value(href.to_owned());
        self.go
            .with_value(|go| go(href, NavigateOptions::default()));
    }

    /// Changes the address of the present screen: the query of a list, for example. The page is not
    /// scrolled; with `replace` the step is not one to go back to.
    pub fn change_address(self, href: &str, replace: bool) {
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
    pub fn position_to_restore(self) -> Option<i32> {
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
    pub fn follow_link(self, event: &MouseEvent) {
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

/// The navigation of the running app.
///
/// # Panics
/// Outside the router.
pub fn use_navigation() -> Navigation {
    expect_context()
}
