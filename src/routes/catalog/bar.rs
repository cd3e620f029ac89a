//! The bar at the window's lower edge: the order pad's lines and total, and what is being compared.

use leptos::{prelude::*, task::spawn_local};
use std::sync::Arc;

use super::{
    context::CatalogContext,
    pad_keys::{follow_keys, prefetch_next_page},
};
use crate::{
    browser::{page, time},
    components::{
        button::{Button, ButtonLink, Look},
        chip::Chip,
    },
    domain::catalog::{
        bulk_quantities::{PadLine, Ready},
        comparison,
    },
    locale::use_locale,
    route::Route,
    state::{
        app::notices::{NoticeAction, NoticeLink, Tone, use_notices},
        cart::{Phase, added::Addition, use_cart},
        catalog::{bulk_quantities::use_list_pad, comparing::use_comparing, use_catalog},
        session::use_session,
    },
};

/// The bar.
#[component]
pub(crate) fn Bar(
    /// The catalogue.
    shelf: CatalogContext,
) -> AnyView {
    prefetch_next_page(shelf);
    let comparing = use_comparing();
    let as_list = Memo::new(move |_| shelf.shown.with(|view| view.as_list));
    let compares = Memo::new(move |_| !comparing.chosen().is_empty());
    view! {
        <div class="catalog-bar">
            {move || compares.get().then(|| view! { <CompareBar /> })}
            {move || as_list.get().then(|| view! { <PadSummary /> })}
        </div>
    }
    .into_any()
}

/// How many quantities are typed and what they come to; puts them into the cart.
#[component]
fn PadSummary() -> AnyView {
    let locale = use_locale();
    let session = use_session();
    let (cart, catalog, pad) = (use_cart(), use_catalog(), use_list_pad());
    let notices = use_notices();
    let judged = Memo::new(move |_| pad.judge());
    let busy = RwSignal::new(false);
    let trouble = RwSignal::new(None::<String>);
    // What was typed before a reload is of products that nobody has read since.
    let unread = judged.with_untracked(|judged| judged.unread.clone());
    if !unread.is_empty() {
        spawn_local(async move {
            catalog.learn(unread).await;
        });
    }
    let add_all = move || {
        if busy.get_untracked() || untrack(|| session.customer_number().is_none()) {
            return;
        }
        busy.set(true);
        trouble.set(None);
        cart.ensure_loaded();
        spawn_local(async move {
            // Minimum and increment are asked for before anything is ordered.
            let unread = judged.get_untracked().unread;
            let failed = catalog.learn(unread).await;
            while matches!(untrack(|| cart.phase()), Phase::Unknown | Phase::Looking) {
                time::sleep(30).await;
            }
            let problem = match untrack(|| cart.phase()) {
                Phase::Failed(error) => Some(error),
                _ => failed.into_iter().next().map(|(_, error)| error),
            };
            // The screen may have been left meanwhile: then what was typed waits.
            let Some(judged) = judged.try_get_untracked() else {
                return;
            };
            busy.set(false);
            if let Some(error) = problem {
                trouble.set(Some(locale.error(&error)));
                return;
            }
            if judged.ready.is_empty() {
                page::focus(".results > .product-list [aria-invalid]");
                return;
            }
            let addition = |ready: &Ready| Addition {
                sku: ready.sku.clone(),
                name: ready.name.clone(),
                quantity: ready.quantity,
            };
            let link = NoticeLink {
                label: locale.text("list_pad.view_cart"),
                href: Route::Cart.href(),
            };
            let typed = pad.lines();
            let of_ready = |line: &PadLine| judged.ready.iter().any(|ready| ready.sku == line.sku);
            let added: Vec<PadLine> = typed.into_iter().filter(of_ready).collect();
            for line in &added {
                pad.put(&line.sku, "");
            }
            // Taken back or refused, the quantities stand where they were typed.
            let retype = Arc::new(move |skus: &[String]| {
                let back = added.iter().filter(|line| skus.contains(&line.sku));
                pad.put_back(&back.cloned().collect::<Vec<_>>());
            });
            let additions = judged.ready.iter().map(addition).collect();
            cart.add_many(additions, None, Some(link), Some(retype));
        });
    };
    follow_keys(add_all);
    let clear = move |_| {
        let before = pad.lines();
        pad.clear();
        let run = Arc::new(move || pad.put_back(&before));
        let label = locale.text("undo");
        let text = locale.text("list_pad.cleared");
        notices.show(Tone::Done, text, Some(NoticeAction { label, run }));
        page::focus(".results > .product-list [role=spinbutton]");
    };
    let lines = move || {
        let count = judged.with(|it| it.ready.len() + it.wrong.len() + it.unread.len());
        if count == 0 {
            return locale.text("list_pad.empty");
        }
        locale.plural("list_pad.lines", count as u64, &[])
    };
    let total =
        move || judged.with(|judged| Some(locale.money(judged.total?.amount(), &judged.currency)));
    let unpriced = move || {
        let count = judged.with(|judged| judged.unpriced);
        (count > 0).then(|| locale.plural("list_pad.unpriced", count as u64, &[]))
    };
    let wrong = move || {
        let skus = judged.with(|judged| judged.wrong.join(", "));
        (!skus.is_empty()).then(|| locale.text_with("list_pad.wrong", &[("skus", &skus)]))
    };
    let addable = Memo::new(move |_| judged.with(|it| it.ready.len() + it.unread.len()));
    let button = move || match addable.get() {
        0 => locale.text("list_pad.add_none"),
        count => locale.plural("list_pad.add", count as u64, &[]),
    };
    let empty = Memo::new(move |_| pad.is_empty());
    view! {
        <section class="list-pad" aria-label=locale.text("list_pad.title")>
            <p role="status">
                <strong>{lines}</strong>
                " "
                <span class="pad-total" translate="no">{total}</span>
                " "
                <span class="hint">{unpriced}</span>
            </p>
            <p class="field-error" role="status">
                {move || trouble.get().or_else(wrong)}
            </p>
            <p class="hint pad-help">{locale.text("list_pad.keys")}</p>
            <button type="button" class="quiet-button" hidden=empty on:click=clear>
                {locale.text("list_pad.clear")}
            </button>
            <Button
                look=Look::Primary
                busy=Signal::derive(move || busy.get() || empty.get())
                press=move |()| add_all()
                label=button
            />
        </section>
    }
    .into_any()
}

/// What is chosen for the comparison, and the way there.
#[component]
fn CompareBar() -> AnyView {
    let locale = use_locale();
    let catalog = use_catalog();
    let comparing = use_comparing();
    let row = move |sku: String| {
        let name = {
            let known = catalog
                .product_now(&sku)
                .map(|product| product.name.clone());
            known
                .filter(|name| !name.is_empty())
                .unwrap_or_else(|| sku.clone())
        };
        let label = locale.text_with("compare.remove", &[("name", &name)]);
        let remove = move |()| {
            comparing.toggle(&sku);
            page::focus(".compare-bar");
        };
        view! { <Chip text=name name=label remove=Callback::new(remove) /> }
    };
    let count = move || {
        let count = locale.number(comparing.chosen().len() as u64);
        let most = locale.number(comparison::MOST as u64);
        locale.text_with("compare.count", &[("count", &count), ("most", &most)])
    };
    let href = move || Route::Compare(comparing.chosen()).href();
    view! {
        <section class="compare-bar" tabindex="-1" aria-label=locale.text("compare.title")>
            <p role="status">{count}</p>
            <ul>
                <For each=move || comparing.chosen() key=String::clone children=row />
            </ul>
            <button type="button" class="quiet-button" on:click=move |_| comparing.set(Vec::new())>
                {locale.text("compare.clear")}
            </button>
            <ButtonLink href=Signal::derive(href) label=locale.text("compare.go") />
        </section>
    }
    .into_any()
}
