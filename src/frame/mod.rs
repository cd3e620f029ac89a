//! The frame around every screen. The parts that only a signed-in buyer sees are in [`shell`], a module of its
//! own that comes once somebody is signed in.

pub(crate) mod keyboard_dialogs;
pub(crate) mod keys;
pub(crate) mod ordering_for;
pub(crate) mod palette;
pub(crate) mod shell;

use leptos::{prelude::*, reactive::computed::ScopedFuture, task::spawn_local};

use crate::{
    browser::time,
    lazy_page::load_assets,
    locale::{SHOP, use_locale},
    route::Route,
    state::{
        app::{navigation::Navigation, release},
        session::use_session,
    },
};

/// How long to wait before the shell's code is asked for again, in milliseconds.
const AGAIN_MS: i32 = 3000;

/// The frame; the screen is its child.
#[component]
pub(crate) fn Frame(
    /// Whether the next screen is on its way.
    routing: RwSignal<bool>,
    /// The screen.
    children: Children,
) -> AnyView {
    let navigation = Navigation::start();
    provide_context(navigation);
    let locale = use_locale();
    let session = use_session();
    let brand = session.config().brand;
    let logo = match brand.logo {
        Some(logo) => view! { <img src=logo alt="" height="28" /> }.into_any(),
        None => view! { <span class="brand-mark" aria-hidden="true"></span> }.into_any(),
    };
    let home = locale.text_with("frame.home", &[("brand", &brand.name)]);
    let arrived = RwSignal::new(false);
    // A view can be shown once: the parts wait here, and are taken by their places.
    let parts = StoredValue::new_local((None::<AnyView>, None::<AnyView>));
    let signed_in = Memo::new(move |_| session.is_signed_in());
    Effect::new(move |asked: Option<bool>| {
        let ask = signed_in.get() && asked != Some(true);
        if ask {
            spawn_local(ScopedFuture::new(async move {
                loop {
                    if load_assets(locale, SHOP).await.is_ok()
                        && let Ok((header, below)) = shell::load().await
                    {
                        parts.try_set_value((Some(header), Some(below)));
                        arrived.try_set(true);
                        return;
                    }
                    // Nothing is typed yet where there is no frame.
                    release::renew(move || session.load_anew()).await;
                    time::sleep(AGAIN_MS).await;
                }
            }));
        }
        ask || asked == Some(true)
    });
    let header = move || {
        arrived.get();
        parts
            .try_update_value(|(header, _)| header.take())
            .flatten()
    };
    let below = move || {
        arrived.get();
        parts.try_update_value(|(_, below)| below.take()).flatten()
    };
    view! {
        <div class="frame" on:click=move |event| navigation.follow_link(&event)>
            <a class="skip-link" href="#content">
                {locale.text("skip_to_content")}
            </a>
            <div class="routing-bar" class:routing=routing aria-hidden="true"></div>
            <header class="header">
                <a class="brand" href=Route::Home.href() aria-label=home>
                    {logo}
                    <span>{brand.name}</span>
                </a>
                {header}
            </header>
            <main id="content" tabindex="-1">
                {children()}
            </main>
            {below}
        </div>
    }
    .into_any()
}
