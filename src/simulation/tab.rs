//! A simulated tab as a test sees it: what the buyer does there, and what is shown.

use leptos::prelude::*;

use super::world::{self, TabId};
use crate::{
    api::own_host,
    config::Config,
    locale::{self, Locale},
    ports::{json, page, storage},
    state::{
        AppOwner,
        app::notices::{Notice, use_notices},
        cart::{CartState, use_cart},
        session::Session,
    },
};

/// A tab of the present world.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Tab(pub(crate) TabId);

/// The key under which the session is kept for a tab.
const SESSION: &str = "nymble.session";

/// What an app does when its page is loaded, as `start` and the frame do it: settings, words, session, cart.
pub(crate) fn boot() {
    let owner = world::of_current(|tab| tab.owner.clone());
    leptos::task::spawn_local(async move {
        let wanted = page::languages();
        let (_, language) = locale::choose(&wanted);
        let settings = own_host::own_file_now("/config.json").await;
        let locale = Locale::fetch(&wanted[0], format!("/locales/{language}/")).await;
        let (Ok(settings), Some(locale)) = (settings, locale) else {
            return;
        };
        for part in ["shop", "cart", "quick", "invoices", "lists"] {
            locale.load(part).await;
        }
        let config = Config::parse(&settings.text, json::parse).expect("the settings are right");
        let session = owner.with(|| Session::new(config));
        session.resume(None).await;
        owner.with(|| {
            AppOwner::provide();
            provide_context(session);
            provide_context(locale);
            // As the frame does, which comes once somebody is signed in.
            Effect::new(move |_| {
                if session.is_signed_in() {
                    untrack(|| use_cart().ensure_loaded());
                }
            });
        });
    });
}

/// Begins a world with the storefront's app in every tab.
pub(crate) fn begin(seed: u64) {
    world::begin(seed, boot);
}

impl Tab {
    /// A new tab, whose app finds a session in another tab, or none.
    pub(crate) fn open() -> Self {
        Self(world::open("/"))
    }

    /// A new tab in which `client_id` is signed in, after all that has been read.
    pub(crate) fn signed_in(client_id: &str) -> Self {
        let texts = [(SESSION.to_owned(), super::network::token_of(client_id))];
        let tab = Self(world::open_with("/", texts.into_iter().collect()));
        assert!(world::pass_until(60_000, || tab.is_ready()), "it starts");
        tab
    }

    /// Whether its app has started.
    pub(crate) fn is_ready(self) -> bool {
        self.look(|| use_context::<Locale>().is_some())
    }

    /// Whether somebody is signed in and the app has started.
    pub(crate) fn is_signed_in(self) -> bool {
        self.look(|| {
            let session = use_context::<Session>();
            use_context::<Locale>().is_some()
                && session.is_some_and(|it| untrack(|| it.is_signed_in()))
        })
    }

    /// What the buyer does in this tab, with everything that follows at once.
    pub(crate) fn act<T>(self, work: impl FnOnce() -> T) -> T {
        let owner = world::with(|world| world.tabs.get(&self.0).map(|tab| tab.owner.clone()));
        let owner = owner.expect("the tab is there");
        world::turn(self.0, || owner.with(work))
    }

    /// Looks at what is there.
    pub(crate) fn look<T>(self, work: impl FnOnce() -> T) -> T {
        self.act(|| untrack(work))
    }

    pub(crate) fn cart<T>(self, work: impl FnOnce(CartState) -> T) -> T {
        self.act(|| work(use_cart()))
    }

    /// The lines as they are shown: SKUs with quantities, by SKU.
    pub(crate) fn lines(self) -> Vec<(String, i64)> {
        self.look(|| {
            let lines = use_cart().lines();
            let mut lines: Vec<_> = lines
                .iter()
                .map(|line| (line.sku.clone(), line.quantity))
                .collect();
            lines.sort();
            lines
        })
    }

    pub(crate) fn notices(self) -> Vec<Notice> {
        self.look(|| use_notices().list().get())
    }

    /// Signs in again where the dialog asks for it.
    pub(crate) fn sign_in(self, client_id: &str) {
        let client_id = client_id.to_owned();
        self.act(|| {
            let session: Session = expect_context();
            leptos::task::spawn_local(async move {
                let _ = session.sign_in(&client_id, "sandbox").await;
            });
        });
    }

    pub(crate) fn asks_to_sign_in(self) -> bool {
        self.look(|| use_context::<Session>().is_some_and(Session::is_asking))
    }

    /// Another number after each time that it is loaded anew.
    pub(crate) fn load(self) -> u64 {
        world::with(|world| world.tabs.get(&self.0).map_or(0, |tab| tab.load))
    }

    pub(crate) fn reload(self) {
        let path = world::with(|world| world.tabs.get(&self.0).map(|tab| tab.path.clone()));
        world::load(self.0, &path.unwrap_or_default(), false);
    }

    pub(crate) fn close(self) {
        world::close(self.0);
    }

    pub(crate) fn crash(self) {
        world::crash(self.0);
    }

    /// What is kept for the tab under `key`.
    pub(crate) fn kept(self, key: &str) -> Option<String> {
        self.look(|| storage::get(key))
    }
}
