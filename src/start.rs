//! The first second: settings, language and session are found, then the app is shown.

use leptos::{mount::mount_to_body, prelude::*};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;

use crate::{
    api::own_host::{self, NoFile},
    app::{App, BadConfig},
    browser::{json, page, storage, time},
    config::{Config, ConfigError, ConfigReason},
    locale::{self, Locale},
    route::{self, Route},
    state::{app::release, session::Session},
};

/// Starts the app: called once, by `main`.
pub fn start() {
    std::panic::set_hook(Box::new(|panic| {
        // WebAssembly cannot unwind: after a panic nothing works, so the page says so and offers a reload.
        web_sys::console::error_1(&JsValue::from_str(&panic.to_string()));
        fail("crashed");
    }));
    storage::take_over();
    let handed_over = token_in_fragment();
    // The owner of everything made before the component tree exists; it lives as long as the page.
    let owner = Owner::new();
    owner.set();
    std::mem::forget(owner);
    spawn_local(run(handed_over));
}

/// Takes the token out of the address (`#access_token=…`), so that it stays in no history.
fn token_in_fragment() -> Option<String> {
    let fragment = window().location().hash().ok()?;
    if !fragment.contains("access_token=") {
        return None;
    }
    let fragment = page::take_fragment()?;
    web_sys::UrlSearchParams::new_with_str(&fragment)
        .ok()?
        .get("access_token")
}

async fn run(handed_over: Option<String>) {
    let wanted = page::languages();
    let (config, mut locale) = futures::join!(fetch_config(), fetch_locale(&wanted));
    if let Ok(Config {
        locale: Some(fixed),
        ..
    }) = &config
    {
        let fixed = [fixed.clone()];
        if locale::choose(&wanted).0 != fixed[0] {
            locale = fetch_locale(&fixed).await.or(locale);
        }
    }
    // Without words nothing can be said; the page from `index.html` has its own.
    let Some(locale) = locale else {
        release::renew(page::reload).await;
        return fail("incomplete");
    };
    page::set_language(&locale.tag());
    let config = match config {
        Ok(config) => config,
        Err(NoConfig::Away(why)) => return fail(&why),
        Err(NoConfig::Wrong(error)) => {
            // Settings that are wrong for an old page may be right for the release that they were made for.
            if release::renew(page::reload).await {
                return fail("incomplete");
            }
            remove_boot_screen();
            return mount_to_body(move || view! { <BadConfig error=error locale=locale /> });
        }
    };
    for (token, value) in &config.brand.tokens {
        page::set_style_property(token, value);
    }
    let session = Session::new(config);
    let refused = handed_over.is_some();
    if session.resume(handed_over).await {
        if window().location().pathname().as_deref() == Ok("/sign-in") {
            replace_address(&route::target().unwrap_or_else(|| Route::Home.href()));
        }
    } else {
        ask_to_sign_in(session, refused);
    }
    remove_boot_screen();
    mount_to_body(move || view! { <App session=session locale=locale /> });
}

/// Nobody is signed in: the address becomes the sign-in's, and keeps where the visitor was heading.
fn ask_to_sign_in(session: Session, refused: bool) {
    let location = window().location();
    let path = location.pathname().unwrap_or_default();
    if path == Route::SignIn.href() {
        return;
    }
    // With the fragment: a list that was shared is in it.
    let here = path + &location.search().unwrap_or_default() + &location.hash().unwrap_or_default();
    if let Some(url) = session.config().sign_in_url
        && !refused
    {
        return page::open(&url);
    }
    let mut address = Route::SignIn.href();
    if here != "/" {
        address.push_str("?to=");
        address.push_str(&page::encode(&here));
    }
    if refused {
        storage::set("nymble.refused-token", Some("yes"));
    }
    replace_address(&address);
}

fn replace_address(address: &str) {
    if let Ok(history) = window().history() {
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(address));
    }
}

/// Why there are no settings.
enum NoConfig {
    /// They are wrong: a matter of whoever set the shop up.
    Wrong(ConfigError),
    /// The host does not give them at present; why.
    Away(String),
}

/// The pauses before the settings are asked for again, in milliseconds.
const PAUSES_MS: [i32; 2] = [800, 2_000];

async fn fetch_config() -> Result<Config, NoConfig> {
    let mut pauses = PAUSES_MS.into_iter();
    loop {
        let file = match own_host::own_file_now("/config.json").await {
            Ok(file) => file,
            Err(NoFile::Missing) => {
                return Err(NoConfig::Wrong(ConfigError {
                    field: String::new(),
                    reason: ConfigReason::NotFound,
                }));
            }
            Err(NoFile::Away(why)) => match pauses.next().filter(|_| page::online()) {
                Some(pause) => {
                    time::sleep(pause).await;
                    continue;
                }
                None => return Err(NoConfig::Away(why)),
            },
        };
        return Config::parse(&file.text, json::parse).map_err(|error| {
            if file.is_kept {
                // Kept by an earlier release: it says nothing of how the shop is set up now.
                NoConfig::Away(error.field)
            } else {
                NoConfig::Wrong(error)
            }
        });
    }
}

async fn fetch_locale(wanted: &[String]) -> Option<Locale> {
    let (tag, language) = locale::choose(wanted);
    let base = own_host::assets();
    Locale::fetch(&tag, format!("{base}locales/{language}/")).await
}

fn remove_boot_screen() {
    if let Some(boot) = document().get_element_by_id("boot") {
        boot.remove();
    }
}

/// Hands over to the loader's own failure page, which needs none of our code to work.
fn fail(reason: &str) {
    let function = js_sys::Reflect::get(&window(), &JsValue::from_str("nymbleFailed"));
    if let Ok(Ok(function)) = function.map(JsValue::dyn_into::<js_sys::Function>) {
        let _ = function.call1(&JsValue::UNDEFINED, &JsValue::from_str(reason));
    }
}
