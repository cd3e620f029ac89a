//! What a signed-in buyer has on every screen: navigation, cart, sign out, connection, notices, and
//! the sign-in dialog when the session ends.

use leptos::prelude::*;
use leptos_router::hooks::use_location;
use wasm_bindgen::JsCast;
use web_sys::{Element, EventTarget};

use super::{
    keyboard_dialogs::{JumpButton, KeyboardDialogs},
    keys::Keyboard,
    ordering_for::OrderingFor,
};
use crate::{
    browser::{focus, page, storage, time::Debounce, unheard},
    components::icon::{Glyph, Icon},
    config::Features,
    lazy_page::lazy_part,
    locale::use_locale,
    route::{self, Route},
    routes::sign_in::SignInDialog,
    screens,
    state::{
        app::{
            navigation::use_navigation,
            notices::{Notice, NoticeLink, Tone, use_notices},
        },
        cart::{CartState, ended::Ended, prices::use_cart_prices, use_cart},
        catalog::use_catalog,
        home::last_visit::use_last_visit,
        session::use_session,
    },
};

/// How long a product is pointed at before it is read ahead, in milliseconds.
const POINTING_MS: u64 = 80;

lazy_part!(frame, load, fetch, (AnyView, AnyView), {
    let keyboard = Keyboard::start();
    (
        view! { <SignedInHeader keyboard=keyboard /> }.into_any(),
        view! { <Below keyboard=keyboard /> }.into_any(),
    )
});

/// Fetches a screen's code when a link to it is pointed at or reached by the keyboard, and the product when
/// the pointer stays, so that they are there at the click.
fn preload_on_pointing(features: Features) {
    let catalog = use_catalog();
    let debounce = StoredValue::new_local(Debounce::default());
    let fetch = move |target: Option<EventTarget>| {
        let link = target
            .and_then(|target| target.dyn_into::<Element>().ok())
            .and_then(|element| element.closest("a[href^='/']").ok().flatten())
            .and_then(|link| link.get_attribute("href"));
        if let Some(path) = link.as_deref().and_then(|href| href.split('?').next()) {
            screens::fetch(path, features);
            let sku = route::name_in(path, Route::PRODUCTS);
            if !sku.is_empty() {
                debounce.with_value(|debounce| {
                    debounce.run(POINTING_MS, move || catalog.prefetch(&sku));
                });
            }
        }
    };
    let pointed =
        window_event_listener(leptos::ev::pointerover, move |event| fetch(event.target()));
    let reached = window_event_listener(leptos::ev::focusin, move |event| fetch(event.target()));
    on_cleanup(move || {
        debounce.try_update_value(|debounce| debounce.cancel());
        pointed.remove();
        reached.remove();
    });
}

/// Tells of a cart that ended elsewhere, with a link to the order that it became.
fn tell_ended_carts(cart: CartState, with_orders: bool) {
    let (locale, notices) = (use_locale(), use_notices());
    Effect::new(move |_| {
        let (text, number) = match cart.ended()? {
            Ended::Deleted => (locale.text("cart.deleted_elsewhere"), None),
            Ended::Ordered(None) => (locale.text("cart.ordered_elsewhere"), None),
            Ended::Ordered(Some(number)) => {
                let text = locale.text_with("cart.ordered_as", &[("number", &number)]);
                (text, with_orders.then_some(number))
            }
        };
        let link = number.map(|number| NoticeLink {
            label: locale.text("placed.view"),
            href: Route::Order(number).href(),
        });
        Some(untrack(|| {
            notices.show_linked(Tone::Trouble, text, None, link)
        }))
    });
}

#[component]
fn SignedInHeader(keyboard: Keyboard) -> AnyView {
    let locale = use_locale();
    let session = use_session();
    let cart = use_cart();
    // From now on it is remembered what the buyer does to the cart.
    use_last_visit();
    use_cart_prices();
    let path = use_location().pathname;
    let navigation = use_navigation();
    // Whoever goes to the checkout orders what is seen in the cart: a field of it that is wrong holds that up.
    navigation.ask_before(move |href| {
        cart.take_typed();
        let orders = href.split('?').next() == Some(&*Route::Checkout.href());
        let free = !orders || cart.may_go_on();
        if !free && path.with_untracked(|path| *path != Route::Cart.href()) {
            navigation.go(&Route::Cart.href());
        }
        free
    });
    // Nobody leaves the field before loading the page again.
    let leaving = window_event_listener_untyped("pagehide", move |_| cart.take_typed());
    on_cleanup(move || leaving.remove());
    let current = move |prefix: &str| path.with(|path| path.starts_with(prefix).then_some("page"));
    let features = session.config().features;
    preload_on_pointing(features);
    unheard::hear_controls();
    let chooses = untrack(|| session.chooses_customer());
    let screens = [
        (chooses, Route::Customers, "customers.title"),
        (true, Route::Catalog, "catalog.title"),
        (true, Route::QuickOrder, "pad.title"),
        (features.lists, Route::Lists, "lists.title"),
        (features.orders, Route::Orders, "orders.title"),
        (features.invoices, Route::Invoices, "invoices.title"),
        (features.documents, Route::Documents, "documents.title"),
        (true, Route::Account, "account.title"),
    ];
    let links = move || {
        screens
            .iter()
            .filter(|(on, ..)| *on)
            .map(|(_, route, name)| {
                let href = route.href();
                let here = href.clone();
                view! {
                    <a href=href aria-current=move || current(&here)>
                        {locale.text(name)}
                    </a>
                }
                .into_any()
            })
            .collect_view()
    };
    // On a narrow window the links are a menu over the page, which a chosen link closes.
    let close_menu = move |_| page::close_popover("main-menu");
    // The count beside the cart is right on screens, too, that have nothing to do with it.
    Effect::new(move |_| {
        if session.is_signed_in() && session.customer_number().is_some() {
            cart.ensure_loaded();
        }
    });
    tell_ended_carts(cart, features.orders);
    let lines = Memo::new(move |_| cart.lines().len());
    let cart_name = move || locale.plural("frame.cart", lines.get() as u64, &[]);
    // Whoever acts for a customer reads the name below.
    let company = move || {
        let company = session.company().or_else(|| session.customer_number());
        company.filter(|_| !chooses)
    };
    view! {
        <Show when=move || session.is_signed_in()>
            <button type="button" class="quiet-button menu-button" popovertarget="main-menu">
                <Icon glyph=Glyph::List />
                <span>{locale.text("frame.menu")}</span>
            </button>
            <nav
                class="main-nav"
                id="main-menu"
                popover="auto"
                aria-label=locale.text("frame.main")
                on:click=close_menu
            >
                {links.clone()}
            </nav>
            <JumpButton keyboard=keyboard />
            <p class="company">{company}</p>
            <a
                class="cart-link"
                href=Route::Cart.href()
                aria-label=cart_name
                aria-current=move || current("/cart")
            >
                <Icon glyph=Glyph::Cart />
                <span class="cart-count" translate="no" aria-hidden="true">
                    {lines}
                </span>
            </a>
            <button type="button" class="quiet-button" on:click=move |_| session.sign_out()>
                {locale.text("frame.sign_out")}
            </button>
            <OrderingFor />
        </Show>
    }
    .into_any()
}

/// Connection, notices, and the sign-in dialog.
#[component]
fn Below(keyboard: Keyboard) -> AnyView {
    let locale = use_locale();
    let session = use_session();
    if !storage::keeps() {
        let text = locale.text("storage.blocked");
        use_notices().show(Tone::Trouble, text, None);
    }
    focus::keep();
    let online = RwSignal::new(page::online());
    let went_online = window_event_listener(leptos::ev::online, move |_| online.set(true));
    let went_offline = window_event_listener(leptos::ev::offline, move |_| online.set(false));
    on_cleanup(move || {
        went_online.remove();
        went_offline.remove();
    });
    view! {
        <p class="offline-bar" role="status" class:shown=move || !online.get()>
            {move || (!online.get()).then(|| locale.text("offline"))}
        </p>
        <NoticeList />
        <KeyboardDialogs keyboard=keyboard />
        <Show when=move || session.is_asking()>
            <SignInDialog />
        </Show>
    }
    .into_any()
}

#[component]
fn NoticeList() -> AnyView {
    let notices = use_notices();
    let locale = use_locale();
    let show = move |notice: Notice| {
        let id = notice.id;
        let trouble = notice.tone == Tone::Trouble;
        let action = notice.action.map(|action| {
            view! {
                <button
                    type="button"
                    class="notice-action"
                    on:click=move |_| {
                        notices.dismiss(id);
                        (action.run)();
                    }
                >
                    {action.label}
                </button>
            }
        });
        let link = notice.link.map(|link| {
            view! {
                <a class="notice-action" href=link.href>
                    {link.label}
                </a>
            }
        });
        view! {
            <li class="notice" class:notice-trouble=trouble>
                <Icon glyph=if trouble { Glyph::Trouble } else { Glyph::Done } />
                <span>{notice.text}</span>
                {link}
                {action}
                <button
                    type="button"
                    class="icon-button"
                    aria-label=locale.text("dismiss")
                    on:click=move |_| notices.dismiss(id)
                >
                    <Icon glyph=Glyph::Close />
                </button>
            </li>
        }
        .into_any()
    };
    view! {
        <div class="notices" role="status" aria-live="polite" data-focus-back>
            <ul aria-label=locale.text("frame.notices")>
                <For each=move || notices.list().get() key=|notice| notice.id children=show />
            </ul>
        </div>
    }
    .into_any()
}
