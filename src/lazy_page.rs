//! Screens whose code is a module of their own, loaded when they are first visited.

use leptos::{prelude::*, reactive::computed::ScopedFuture, task::spawn_local};
use std::{future::Future, pin::Pin};

use crate::{
    browser::page,
    locale::{Locale, SHOP, use_locale},
    state::{app::release, session::use_session},
};

/// A page's code or words could not be loaded: no connection, or the release they belong to is gone.
#[derive(Debug)]
pub(crate) struct PageMissing;

/// The `<link>` to the style of a signed-in buyer's screens.
const SHOP_STYLE: &str = "shop-style";

/// Waits for a part of the message catalogue, and for the style of a signed-in buyer's screens.
pub(crate) fn load_assets(
    locale: Locale,
    part: &'static str,
) -> Pin<Box<dyn Future<Output = Result<(), PageMissing>>>> {
    Box::pin(async move {
        let (words, style) = futures::join!(locale.load(part), page::style(SHOP_STYLE));
        (words && style).then_some(()).ok_or(PageMissing)
    })
}

/// Makes a part of a screen lazy: `lazy_part!(shell, load, (AnyView, AnyView), { …view code… });`
/// gives `async fn load()`, which fetches the module `shell` when first called, and fails when it
/// cannot be had. With one more name, `lazy_part!(shell, load, fetch, …)`, there is `async fn fetch()` too,
/// which only fetches the module, ahead of its use.
macro_rules! lazy_part {
    ($split:ident, $load:ident, $parts:ty, $body:block) => {
        $crate::lazy_page::lazy_part!($split, $load, _fetch, $parts, $body);
    };
    ($split:ident, $load:ident, $fetch:ident, $parts:ty, $body:block) => {
        #[cfg(feature = "split")]
        #[leptos::wasm_split::wasm_split($split, wasm_split_path = ::leptos::wasm_split, preload($fetch), fallible)]
        pub(crate) fn $load() -> Result<$parts, leptos::wasm_split::SplitLoaderError> {
            Ok($body)
        }

        #[cfg(not(feature = "split"))]
        pub(crate) async fn $load() -> Result<$parts, $crate::lazy_page::PageMissing> {
            Ok($body)
        }
        #[cfg(not(feature = "split"))]
        pub(crate) async fn $fetch() -> Result<(), $crate::lazy_page::PageMissing> {
            Ok(())
        }
    };
}
pub(crate) use lazy_part;

/// A screen that is not here yet.
#[derive(Clone, Copy)]
pub(crate) struct LazyScreen {
    /// Brings the screen: its code, its words, its style.
    pub(crate) load: fn() -> Loading,
    /// Fetches its code ahead of a visit; a failure is met at the visit.
    pub(crate) fetch: fn() -> Pin<Box<dyn Future<Output = ()>>>,
}

/// Makes a screen lazy: `lazy_screen!(orders, "orders", { …view code… });` gives `SCREEN`, which brings
/// it: its code, in the module `orders`, and its words, the part `orders` of the message catalogue.
/// Screens that belong together share a module and words. One a file; the block gives an `AnyView`.
macro_rules! lazy_screen {
    ($split:ident, $words:expr, $body:block) => {
        /// The screen, which comes when it is first visited.
        pub(crate) const SCREEN: $crate::lazy_page::LazyScreen = {
            use $crate::lazy_page::{Loading, PageMissing};

            #[cfg(feature = "split")]
            #[leptos::wasm_split::wasm_split($split, wasm_split_path = ::leptos::wasm_split, preload(load_code), fallible)]
            #[allow(unused_braces, reason = "what stands in a screen's braces may be one expression")]
            fn render() -> Result<leptos::prelude::AnyView, leptos::wasm_split::SplitLoaderError> {
                Ok($body)
            }

            // The same shape without the feature: one module, nothing to load.
            #[cfg(not(feature = "split"))]
            async fn render() -> Result<leptos::prelude::AnyView, PageMissing> {
                Ok($body)
            }
            #[cfg(not(feature = "split"))]
            async fn load_code() -> Result<(), PageMissing> {
                Ok(())
            }

            fn load() -> Loading {
                let view = async { render().await.map_err(|_| PageMissing) };
                $crate::lazy_page::arrive($words, fetch(), Box::pin(view))
            }

            fn fetch() -> std::pin::Pin<Box<dyn Future<Output = ()>>> {
                Box::pin(async {
                    let _ = load_code().await;
                })
            }

            $crate::lazy_page::LazyScreen { load, fetch }
        };
    };
}
pub(crate) use lazy_screen;

/// The screen that `view` makes, once its code is fetched and its words and style are there.
pub(crate) fn arrive(
    part: &'static str,
    code: Pin<Box<dyn Future<Output = ()>>>,
    view: Loading,
) -> Loading {
    let locale = use_locale();
    let (shop, own) = (load_assets(locale, SHOP), load_assets(locale, part));
    let visit = use_context::<Visit>();
    Box::pin(async move {
        let (shop, own, ()) = futures::join!(shop, own, code);
        if visit.is_some_and(|visit| !visit.goes_on()) {
            // Not even made: a screen that nobody is to see must not change the address, nor anything else.
            return Err(PageMissing);
        }
        shop.and(own)?;
        view.await
    })
}

/// Whether the visit that a screen is made for goes on: the visitor may have gone somewhere else meanwhile.
#[derive(Clone, Copy)]
pub(crate) struct Visit {
    /// The number of the visit that was begun last.
    pub(crate) last: StoredValue<u32>,
    /// The number of this one.
    pub(crate) this: u32,
}

impl Visit {
    fn goes_on(self) -> bool {
        self.last.try_get_value() == Some(self.this)
    }
}

/// The page on its way.
pub(crate) type Loading = Pin<Box<dyn Future<Output = Result<AnyView, PageMissing>>>>;

/// What stands in a screen's place when it cannot be had, with a way to try again.
///
/// Not generic, so that it is compiled once for all screens.
pub(crate) fn unavailable(load: fn() -> Loading) -> AnyView {
    let locale = use_locale();
    // The screen that came at last: a view can be shown once, so it waits here and is taken.
    let page = StoredValue::new_local(None::<AnyView>);
    let owner = StoredValue::new(Owner::current().unwrap_or_default());
    let (ready, set_ready) = signal(false);
    let (busy, set_busy) = signal(false);
    let session = use_session();
    // What was typed on the screen before is kept as on every way to another one, so nothing is lost by loading the
    // page anew, when there is another release and this one's files are gone.
    let updated = RwSignal::new(false);
    let ask = move || {
        spawn_local(async move {
            let is_replaced = release::renew(move || session.load_anew()).await;
            updated.try_set(is_replaced);
        });
    };
    ask();
    let again = move || {
        set_busy.set(true);
        // The screen is made under the owner of its place: under the click's, or that of the notice it
        // replaces, its signals would be gone with them.
        let attempt = owner.with_value(|owner| owner.with(|| ScopedFuture::new(load())));
        spawn_local(async move {
            let loaded = attempt.await;
            // `try_`: the visitor may have left in the meantime.
            set_busy.try_set(false);
            if let Ok(view) = loaded {
                page.try_update_value(|slot| *slot = Some(view));
                set_ready.try_set(true);
            } else {
                ask();
            }
        });
    };
    view! {
        {move || {
            if ready.get() {
                page.try_update_value(Option::take).flatten()
            } else {
                let (text, label) = if updated.get() {
                    ("page.updated", "page.reload")
                } else {
                    ("page.failed", "try_again")
                };
                let press = move |_| {
                    if updated.get_untracked() {
                        session.load_anew();
                    } else {
                        again();
                    }
                };
                Some(view! {
                    <div class="failed" role="alert">
                        <p>{locale.text(text)}</p>
                        <button type="button" class="button" on:click=press prop:disabled=busy>
                            {locale.text(label)}
                        </button>
                    </div>
                }.into_any())
            }
        }}
    }
    .into_any()
}
