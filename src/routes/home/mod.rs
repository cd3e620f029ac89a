//! `/`: what needs attention, and the way to everything. Each part loads for itself and fails for itself.

pub(crate) mod cart;
pub(crate) mod frequently_ordered;
pub(crate) mod invoices;
pub(crate) mod news;
pub(crate) mod orders;
pub(crate) mod part;
pub(crate) mod start;

use leptos::{ev, prelude::*, task::spawn_local};
use nymble_wire::{Order, Page};

use self::part::Stage;
use crate::{
    api::{invoices as api_invoices, orders as api_orders},
    components::{
        button::{ButtonLink, Look},
        empty_state::empty_state,
        heading::Heading,
    },
    lazy_page::lazy_screen,
    locale::use_locale,
    route::Route,
    routes::customers::query::picker_for,
    state::{
        app::{loading::Loading, navigation::use_navigation},
        cart::{Phase, use_cart},
        catalog::use_catalog,
        home::last_visit::use_last_visit,
        invoices::all_pages::EveryInvoice,
        session::use_session,
    },
};

/// From so many of the latest orders the usual is found.
const LATEST: u64 = 50;
/// The stock of so many lines of the cart is looked after before the news are told. The other lines follow in the
/// background, so many at a time.
const LOOKED_AFTER: usize = 20;

lazy_screen!(home, "home", { view! { <Home /> }.into_any() });

#[component]
fn Home() -> AnyView {
    let locale = use_locale();
    let session = use_session();
    if !untrack(|| session.is_signed_in()) {
        // The brand's link on the sign-in screen leads here.
        use_navigation().change_address(&Route::SignIn.href(), true);
        return ().into_any();
    }
    let customer = Memo::new(move |_| session.customer_number());
    let content = move || {
        if customer.with(Option::is_some) {
            view! { <OfCustomer /> }.into_any()
        } else {
            view! { <WithoutCustomer /> }.into_any()
        }
    };
    view! {
        <div class="page home">
            <Heading text=locale.text("home.title") />
            <div class="tools">
                <start::Search />
            </div>
            {content}
        </div>
    }
    .into_any()
}

/// A sales rep or an administrator, who acts for nobody yet.
#[component]
fn WithoutCustomer() -> AnyView {
    let locale = use_locale();
    if !untrack(|| use_session().chooses_customer()) {
        return empty_state(locale.text("cart.no_customer"));
    }
    view! {
        <section class="panel part" aria-labelledby="home-customer">
            <div class="part-head">
                <h2 id="home-customer">{locale.text("home.no_customer")}</h2>
            </div>
            <p>{locale.text("home.no_customer_lead")}</p>
            <div class="actions">
                <ButtonLink
                    look=Look::Primary
                    href=picker_for(&Route::Home.href())
                    label=locale.text("home.choose_customer")
                />
                <ButtonLink href=Route::Catalog.href() label=locale.text("cart.to_catalog") />
            </div>
        </section>
    }
    .into_any()
}

/// What needs the customer's attention.
#[component]
fn OfCustomer() -> AnyView {
    let session = use_session();
    let cart = use_cart();
    let catalog = use_catalog();
    let visit = use_last_visit();
    let features = session.config().features;
    cart.ensure_loaded();

    let orders = Loading::<Page<Order>>::new();
    let load_orders = move || {
        let mut request = api_orders::latest(LATEST);
        untrack(|| session.narrow(&mut request, api_orders::CUSTOMER));
        let request = api_orders::list(&request);
        orders.load(session, request, api_orders::read_page, |_| {});
    };
    if features.orders {
        load_orders();
    }
    let retry_orders = Callback::new(move |()| load_orders());
    let open = features
        .invoices
        .then(|| EveryInvoice::of(session, api_invoices::open()));

    // What is seen here is compared with what was seen at the last visit.
    Effect::new(move |_| {
        if let Some(page) = orders.value() {
            visit.saw_orders(&page.data);
        }
    });
    Effect::new(move |_| {
        if let Some(open) = open.filter(|open| open.is_whole()) {
            visit.saw_invoices(&open.found());
        }
    });
    let cart_seen = RwSignal::new(false);
    let cart_known = Memo::new(move |_| cart.phase() == Phase::Known);
    Effect::new(move |_| {
        if !cart_known.get() || cart_seen.get_untracked() {
            return;
        }
        let cart = cart.confirmed_now();
        let lines = cart.iter().flat_map(|cart| &cart.items);
        let mut skus: Vec<String> = lines.map(|line| line.sku.clone()).collect();
        if skus.len() > LOOKED_AFTER && !visit.is_time_for_every_line() {
            skus.truncate(LOOKED_AFTER);
        }
        spawn_local(async move {
            let mut skus = skus.into_iter();
            loop {
                let some: Vec<String> = skus.by_ref().take(LOOKED_AFTER).collect();
                let is_last = some.len() < LOOKED_AFTER;
                catalog.learn(some).await;
                // Gone means that the screen was left: at the next visit, then.
                if cart_seen.try_set(true).is_some() {
                    return;
                }
                visit.saw_cart();
                if is_last {
                    return;
                }
            }
        });
    });
    let settled = Memo::new(move |_| {
        let orders_done = !features.orders || orders::stage(orders) != Stage::Coming;
        let invoices_done = open.is_none_or(|open| {
            open.is_whole() || !matches!(invoices::stage(open), Stage::Coming | Stage::Here)
        });
        let cart_done = cart_seen.get() || matches!(cart.phase(), Phase::Failed(_));
        orders_done && invoices_done && cart_done
    });

    // What failed for want of a connection is tried again when there is one.
    let online = window_event_listener(ev::online, move |_| {
        if untrack(|| orders.error().is_some()) {
            load_orders();
        }
        if let Some(open) = open
            && untrack(|| matches!(invoices::stage(open), Stage::Failed(_)))
        {
            open.read();
        }
    });
    on_cleanup(move || online.remove());

    // Whoever has no orders here is shown the way into the catalogue.
    let has_none = Memo::new(move |_| {
        let empty = orders.value().is_some_and(|page| page.data.is_empty());
        !features.orders || empty || orders::stage(orders) == Stage::Absent
    });
    let ordered = move || {
        if has_none.get() {
            return view! { <start::FirstSteps /> }.into_any();
        }
        view! {
            <orders::RecentOrders orders=orders retry=retry_orders />
            <frequently_ordered::FrequentlyOrderedPart orders=orders retry=retry_orders />
        }
        .into_any()
    };
    view! {
        <div class="home-parts">
            <cart::OpenCart />
            {open.map(|open| view! { <invoices::OpenInvoices open=open /> })}
            <news::NewsList settled=settled />
        </div>
        <div class="home-orders" class:alone=has_none>
            {ordered}
        </div>
    }
    .into_any()
}
