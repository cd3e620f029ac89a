//! `/lists/{id}`: one order list, and what can be done with it.

use leptos::{html, prelude::*, task::spawn_local};
use leptos_router::hooks::use_location;
use std::sync::Arc;

use super::{
    all::OfThisTab,
    dispute::DisputeChoice,
    files,
    lines::ListLines,
    name_field::{self, NameField},
    share::Share,
};
use crate::{
    browser::{page, query::Query},
    components::{
        button::{Button, ButtonLink, Look},
        empty_state::{EmptyState, empty_state},
        failed::{Failed, LoadingNote},
        heading::Heading,
    },
    domain::lists::saved_list::OrderList,
    lazy_page::lazy_screen,
    locale::use_locale,
    route::{self, Route},
    routes::{
        customers::needed::of_a_customer,
        reorder::{Reorder, source::Source},
    },
    state::{
        app::{
            navigation::use_navigation,
            notices::{Tone, use_notices},
            release,
        },
        lists::{Phase, use_order_lists},
        session::use_session,
    },
};

lazy_screen!(portal, "lists", {
    of_a_customer(|| view! { <ListView /> }.into_any())
});

/// The words of the part that orders; the screen of an order has them, too.
const REORDER_WORDS: &str = "orders";
/// What is added to the address while that part is open.
const ORDER: &str = "?order";

#[component]
fn ListView() -> AnyView {
    let locale = use_locale();
    let lists = use_order_lists();
    let location = use_location();
    let navigation = use_navigation();
    let id = untrack(|| route::name_in(&location.pathname.get(), "/lists/"));
    let href = StoredValue::new(Route::List(id.clone()).href());
    let id = StoredValue::new(id);
    let list = Memo::new(move |_| id.with_value(|id| lists.list(id)));
    let title = Signal::derive(move || {
        list.with(|list| list.as_ref().map(|list| list.name.clone()))
            .unwrap_or_else(|| locale.text("lists.title"))
    });
    let there = Memo::new(move |_| list.with(Option::is_some));
    let empty =
        Memo::new(move |_| list.with(|list| list.as_ref().is_none_or(|it| it.lines.is_empty())));
    let ordering = Memo::new(move |_| {
        location
            .search
            .with(|query| Query::of(query).get("order").is_some())
    });
    let button = NodeRef::<html::Button>::new();
    let close = Callback::new(move |()| {
        href.with_value(|href| navigation.change_address(href, true));
        if let Some(button) = button.get_untracked() {
            let _ = button.focus();
        }
    });
    let reordering = move || {
        let list =
            untrack(|| list.get()).filter(|_| ordering.get() && there.get() && !empty.get())?;
        Some(view! { <Order list=list close=close /> })
    };
    let content = move || match (lists.phase(), there.get()) {
        (Phase::Reading, false) => view! { <LoadingNote /> }.into_any(),
        (_, false) => view! {
            <EmptyState text=locale.text("lists.unknown")>
                <ButtonLink href=Route::Lists.href() label=locale.text("lists.to_all") />
            </EmptyState>
        }
        .into_any(),
        (_, true) => view! {
            <Tools id=id list=list empty=empty ordering=ordering button=button />
            {reordering}
            <Rename id=id list=list />
            {move || {
                empty
                    .get()
                    .then(|| empty_state(locale.text("lists.no_lines")))
            }}
            <div hidden=empty>
                <ListLines id=id list=list />
            </div>
        }
        .into_any(),
    };
    view! {
        <div class="page list">
            <nav class="crumbs no-print" aria-label=locale.text("product.crumbs")>
                <ol>
                    <li>
                        <a href=Route::Lists.href()>{locale.text("lists.title")}</a>
                    </li>
                </ol>
            </nav>
            <Heading text=title />
            <OfThisTab />
            <DisputeChoice id=id />
            {content}
        </div>
    }
    .into_any()
}

/// The part that orders, once its words are there.
#[component]
fn Order(list: Arc<OrderList>, close: Callback<()>) -> AnyView {
    let locale = use_locale();
    let (notices, session) = (use_notices(), use_session());
    let words = RwSignal::new(None::<bool>);
    let load = move || {
        words.set(None);
        spawn_local(async move {
            let here = locale.load(REORDER_WORDS).await;
            if !here {
                release::report_missing(locale, notices, session);
            }
            words.try_set(Some(here));
        });
    };
    load();
    let content = move || match words.get() {
        None => view! { <LoadingNote /> }.into_any(),
        Some(false) => {
            view! { <Failed message=locale.text("page.failed") retry=load /> }.into_any()
        }
        Some(true) => view! {
            <Reorder
                lines=list.lines.clone()
                currency=list.currency.clone()
                source=Source::List
                close=close
            />
        }
        .into_any(),
    };
    view! { <div class="list-order">{content}</div> }.into_any()
}

/// Whether a quantity of the list is wrong: nothing is done with the list then that would take another one than is seen.
fn holds_up() -> bool {
    page::focus(".list-lines [aria-invalid]")
}

/// Into the cart, sharing, files, duplicating, deleting.
#[component]
fn Tools(
    id: StoredValue<String>,
    list: Memo<Option<Arc<OrderList>>>,
    empty: Memo<bool>,
    ordering: Memo<bool>,
    button: NodeRef<html::Button>,
) -> AnyView {
    let locale = use_locale();
    let lists = use_order_lists();
    let navigation = use_navigation();
    let notices = use_notices();
    let session = use_session();
    let sharing = RwSignal::new(false);
    let share = NodeRef::<html::Button>::new();
    let close_share = Callback::new(move |()| {
        sharing.set(false);
        if let Some(share) = share.get_untracked() {
            let _ = share.focus();
        }
    });
    let order = move |()| {
        if holds_up() {
            return;
        }
        let mut href = id.with_value(|id| Route::List(id.clone()).href());
        href.push_str(ORDER);
        navigation.change_address(&href, true);
    };
    let save = move |file: fn(crate::locale::Locale, &OrderList) -> bool| {
        move |()| {
            if holds_up() {
                return;
            }
            let taken =
                list.with_untracked(|list| list.as_deref().is_some_and(|list| file(locale, list)));
            if !taken {
                notices.show(Tone::Trouble, locale.text("lists.export_refused"), None);
            }
        }
    };
    let duplicate = move |()| {
        if holds_up() {
            return;
        }
        let Some(list) = list.get_untracked() else {
            return;
        };
        let id = lists.duplicate(&list);
        navigation.go(&Route::List(id).href());
    };
    let delete = move |()| {
        id.with_value(|id| lists.delete(id));
        navigation.go(&Route::Lists.href());
    };
    let may_order = Memo::new(move |_| session.customer_number().is_some());
    let order_button = move || {
        (may_order.get() && !empty.get()).then(|| {
            view! {
                <Button
                    look=Look::Primary
                    node=button
                    expanded=ordering
                    press=order
                    label=locale.text("lists.order")
                />
            }
        })
    };
    view! {
        <div class="actions no-print">
            {order_button}
            <Button
                node=share
                expanded=sharing
                press=move |()| {
                    if sharing.get_untracked() || !holds_up() {
                        sharing.update(|open| *open = !*open);
                    }
                }
                label=locale.text("lists.share")
            />
            <Button press=save(files::save_csv) label=locale.text("lists.download_csv") />
            <Button
                press=save(|_, list| files::save_json(list))
                label=locale.text("lists.download_json")
            />
            <Button press=duplicate label=locale.text("lists.duplicate") />
            <Button press=delete label=locale.text("lists.delete") />
        </div>
        {move || sharing.get().then(|| view! { <Share list=list close=close_share /> })}
    }
    .into_any()
}

/// The field with the list's name.
#[component]
fn Rename(id: StoredValue<String>, list: Memo<Option<Arc<OrderList>>>) -> AnyView {
    let locale = use_locale();
    let lists = use_order_lists();
    let name = Memo::new(move |_| {
        list.with(|list| {
            list.as_ref()
                .map_or_else(String::new, |list| list.name.clone())
        })
    });
    let typed = RwSignal::new(name.get_untracked());
    let error = RwSignal::new(None::<String>);
    Effect::new(move |_| typed.set(name.get()));
    let rename = Callback::new(move |()| match name_field::checked(locale, typed, error) {
        Some(new) => {
            typed.set(new.clone());
            id.with_value(|id| lists.change(id, |list| list.name = new));
        }
        None => {
            page::focus("#list-rename");
        }
    });
    view! {
        <div class="list-rename no-print">
            <NameField id="list-rename" label="lists.name" typed=typed error=error on_change=rename />
        </div>
    }
    .into_any()
}
