//! Declares a page whose code is a module of its own, loaded when the page is first visited.

use leptos::{prelude::*, reactive::computed::ScopedFuture, task::spawn_local};
use std::{future::Future, pin::Pin};

use crate::{
    browser::page,
    components::failed::LoadingNote,
    locale::{Locale, SHOP, use_locale},
};

/// A page's code or words could not be loaded: no connection, or the release they belong to is gone.
#[derive(Debug)]
pub(crate) struct PageMissing;

/// Makes a type a lazy page: `lazy_page!(Catalog, catalog, |page| { …view code… });`
///
/// - the type needs `impl Catalog { fn data() -> Self }`, which runs at once, in the first module,
///   while the code is being fetched; it is `Send + 'static` (signals and resources are),
/// - `catalog` names the module; pages that belong together may share one name,
/// - the block is the page: it lands in the page's module and gives an `AnyView`.
///
/// It adds `Catalog::preload_code()`, which fetches the code and nothing else.
macro_rules! lazy_page {
    ($page:ty, $split:ident, |$this:ident| $body:block) => {
        const _: () = {
            #[cfg(feature = "split")]
            #[leptos::wasm_split::wasm_split($split, wasm_split_path = ::leptos::wasm_split, preload(load_code), fallible)]
            fn render(
                $this: $page,
            ) -> Result<leptos::prelude::AnyView, leptos::wasm_split::SplitLoaderError> {
                Ok($body)
            }

            // The same shape without the feature: one module, nothing to load.
            #[cfg(not(feature = "split"))]
            async fn render(
                $this: $page,
            ) -> Result<leptos::prelude::AnyView, $crate::lazy_page::PageMissing> {
                Ok($body)
            }
            #[cfg(not(feature = "split"))]
            async fn load_code() -> Result<(), $crate::lazy_page::PageMissing> {
                Ok(())
            }

            impl leptos_router::LazyRoute for $page {
                fn data() -> Self {
                    <$page>::data()
                }

                async fn view(this: Self) -> leptos::prelude::AnyView {
                    let again: fn() -> _ = || <$page>::data().come();
                    $crate::lazy_page::show(this.come(), again).await
                }

                async fn preload() {
                    <$page>::preload_code().await;
                }
            }

            impl $page {
                /// The page, once its code and its words are there.
                fn come(self) -> $crate::lazy_page::Loading {
                    let dressed = $crate::lazy_page::dress($crate::locale::use_locale(), $crate::locale::SHOP);
                    Box::pin(async {
                        <$page>::preload_code().await;
                        dressed.await?;
                        render(self)
                            .await
                            .map_err(|_| $crate::lazy_page::PageMissing)
                    })
                }

                /// Fetches the page's code ahead of a visit; a failure is met at the visit.
                pub(crate) async fn preload_code() {
                    let _ = load_code().await;
                }
            }
        };
    };
}
pub(crate) use lazy_page;

/// The `<link>` to the style of a signed-in buyer's screens.
const SHOP_STYLE: &str = "shop-style";

/// Waits for a part of the message catalogue, and for the style of a signed-in buyer's screens.
pub(crate) fn dress(
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
/// cannot be had.
macro_rules! lazy_part {
    ($split:ident, $load:ident, $parts:ty, $body:block) => {
        #[cfg(feature = "split")]
        #[leptos::wasm_split::wasm_split($split, wasm_split_path = ::leptos::wasm_split, fallible)]
        pub(super) fn $load() -> Result<$parts, leptos::wasm_split::SplitLoaderError> {
            Ok($body)
        }

        #[cfg(not(feature = "split"))]
        pub(super) async fn $load() -> Result<$parts, $crate::lazy_page::PageMissing> {
            Ok($body)
        }
    };
}
pub(crate) use lazy_part;

/// Makes a screen of the portal lazy: `lazy_screen!(orders, "orders", { …view code… });` gives
/// `fn come()`, which brings the screen: its code, in the module `orders`, and its words, the part
/// `orders` of the message catalogue. One a file.
macro_rules! lazy_screen {
    ($split:ident, $words:literal, $body:block) => {
        $crate::lazy_page::lazy_part!($split, load_code, leptos::prelude::AnyView, $body);

        /// The screen, once its code and its words are there.
        pub(crate) fn come() -> $crate::lazy_page::Loading {
            let code = async {
                load_code()
                    .await
                    .map_err(|_| $crate::lazy_page::PageMissing)
            };
            $crate::lazy_page::with_words($words, Box::pin(code))
        }
    };
}
pub(crate) use lazy_screen;

/// The screen whose code is on its way, with the words of a signed-in buyer and those of `part`.
pub(crate) fn with_words(part: &'static str, code: Loading) -> Loading {
    let locale = use_locale();
    let (shop, own) = (dress(locale, SHOP), dress(locale, part));
    Box::pin(async move {
        let (view, shop, own) = futures::join!(code, shop, own);
        shop.and(own).and(view)
    })
}

/// The page on its way.
pub(crate) type Loading = Pin<Box<dyn Future<Output = Result<AnyView, PageMissing>>>>;

/// The page, or what stands in its place.
pub(crate) async fn show(page: Loading, again: fn() -> Loading) -> AnyView {
    page.await.unwrap_or_else(|_| place(again, Stage::Failed))
}

/// A place in which the screen appears that `load` brings.
pub(crate) fn appearing(load: fn() -> Loading) -> AnyView {
    place(load, Stage::Coming)
}

/// How far a place's screen is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    Coming,
    Failed,
    Here,
}

/// A place for a screen: what stands in it while the screen comes, and when it cannot be had, with a
/// way to try again.
///
/// Not generic, so that it is compiled once for all pages.
fn place(load: fn() -> Loading, stage: Stage) -> AnyView {
    let locale = use_locale();
    // The page that came at last: a view can be shown once, so it waits here and is taken.
    let page = StoredValue::new_local(None::<AnyView>);
    let owner = StoredValue::new(Owner::current().unwrap_or_default());
    let (stage, set_stage) = signal(stage);
    let (busy, set_busy) = signal(false);
    let attempt = move || {
        set_busy.set(true);
        // The page is made under the owner of its place: under the click's, or that of the notice it
        // replaces, its signals would be gone with them.
        let attempt = owner.with_value(|owner| owner.with(|| ScopedFuture::new(load())));
        spawn_local(async move {
            let loaded = attempt.await;
            // `try_`: the visitor may have left in the meantime.
            set_busy.try_set(false);
            let here = loaded.is_ok();
            page.try_update_value(|slot| *slot = loaded.ok());
            set_stage.try_set(if here { Stage::Here } else { Stage::Failed });
        });
    };
    if stage.get_untracked() == Stage::Coming {
        attempt();
    }
    view! {
        {move || match stage.get() {
            Stage::Here => page.try_update_value(Option::take).flatten(),
            Stage::Coming => Some(view! { <div class="page"><LoadingNote /></div> }.into_any()),
            Stage::Failed => {
                Some(view! {
                    <div class="failed" role="alert">
                        <p>{locale.text("page.failed")}</p>
                        <button type="button" class="button" on:click=move |_| attempt() prop:disabled=busy>
                            {locale.text("try_again")}
                        </button>
                    </div>
                }.into_any())
            }
        }}
    }
    .into_any()
}
