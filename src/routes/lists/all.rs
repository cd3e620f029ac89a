//! `/lists`: the customer's order lists on this device, and what came in a link or a file.

use leptos::{ev, prelude::*};
use leptos_router::hooks::use_location;
use std::sync::Arc;
use web_sys::ClipboardEvent;

use super::{
    files,
    name_field::{self, NameField},
    received::{FRAGMENT, Preview, Received},
};
use crate::{
    browser::{keys, page},
    components::{
        button::{Button, ButtonLink, Submit},
        empty_state::EmptyState,
        failed::{Failed, LoadingNote},
        heading::Heading,
        icon::{Glyph, Icon},
    },
    domain::{lists::saved_list::OrderList, quick_order::line_import::TypedLine},
    lazy_page::lazy_screen,
    locale::{Locale, use_locale},
    route::Route,
    routes::{
        customers::needed::of_a_customer,
        intake::{Intake, OpenFile, Outcome},
    },
    state::{
        app::navigation::use_navigation,
        lists::{OrderLists, Phase, use_order_lists},
    },
};

lazy_screen!(portal, "lists", {
    of_a_customer(|| view! { <AllLists /> }.into_any())
});

#[component]
fn AllLists() -> AnyView {
    let locale = use_locale();
    let navigation = use_navigation();
    let lists = use_order_lists();
    let hash = use_location().hash;
    let in_file = RwSignal::new(None::<Received>);
    // Another link may be pasted while the screen stands.
    let pasted = RwSignal::new(0_u32);
    let changed = window_event_listener(ev::hashchange, move |_| pasted.update(|it| *it += 1));
    on_cleanup(move || changed.remove());
    let in_link = Memo::new(move |_| {
        // The router says that it changed; what it is, as it stands, the browser.
        hash.track();
        pasted.track();
        let fragment = page::fragment();
        let link = fragment.strip_prefix(FRAGMENT)?;
        Some(match OrderList::from_link(link) {
            Some(list) => Received::List(Arc::new(list), 0),
            None => Received::Unreadable(locale.text("lists.bad_link")),
        })
    });
    let close = Callback::new(move |()| {
        in_file.set(None);
        if in_link.get_untracked().is_some() {
            navigation.change_address(&Route::Lists.href(), true);
        }
        page::focus_soon("h1");
    });
    let show = move |file: &str, list: Option<(OrderList, usize)>| {
        in_file.set(Some(match list {
            Some((list, bent)) => Received::List(Arc::new(list), bent),
            None => Received::Unreadable(locale.text_with("intake.no_list", &[("name", file)])),
        }));
    };
    // What is sure is shown as the list it becomes, the rest is looked at first.
    let intake = Intake::new(move |opened| {
        in_file.set(None);
        if let Some(list) = &opened.list {
            in_file.set(Some(Received::List(Arc::clone(list), 0)));
        } else if opened.is_plain() {
            let lines = opened.table.lines(opened.table.guess());
            show(&opened.file, files::of_lines(&opened.file, lines));
        } else {
            return false;
        }
        true
    });
    let take = Callback::new(move |(file, lines): (String, Vec<TypedLine>)| {
        show(&file, files::of_lines(&file, lines));
    });
    let on_paste = move |event: ClipboardEvent| {
        if !keys::is_typed(&event) {
            intake.on_paste_anywhere(&event);
        }
    };
    let pasting = window_event_listener(ev::paste, on_paste);
    on_cleanup(move || pasting.remove());
    let received = move || {
        let received = in_file.get().or_else(|| in_link.get())?;
        Some(view! { <Preview received=received close=close /> })
    };
    let content = move || match lists.phase() {
        Phase::Reading => view! { <LoadingNote /> }.into_any(),
        Phase::Known => view! { <Shelf /> }.into_any(),
    };
    view! {
        <div
            class="page lists"
            class:over=move || intake.is_over()
            on:dragover=move |event| intake.on_drag(&event)
            on:dragleave=move |_| intake.on_leave()
            on:drop=move |event| intake.on_drop(&event)
        >
            <Heading text=locale.text("lists.title") />
            <p class="hint">{locale.text("lists.lead")}</p>
            {received}
            <Tools intake=intake />
            <Outcome intake=intake label="intake.show_list" take=take />
            <OfThisTab />
            {content}
        </div>
    }
    .into_any()
}

/// Says that the lists are this tab's only, where the device keeps none.
#[component]
pub(super) fn OfThisTab() -> AnyView {
    let locale = use_locale();
    let lists = use_order_lists();
    let note = move || {
        let retry = move || lists.read_all();
        let note = || view! { <Failed message=locale.text("lists.of_this_tab") retry=retry /> };
        lists.are_of_tab().then(note)
    };
    note.into_any()
}

/// Making a list, and reading one from a file.
#[component]
fn Tools(intake: Intake) -> AnyView {
    let locale = use_locale();
    let navigation = use_navigation();
    let lists = use_order_lists();
    let name = RwSignal::new(String::new());
    let error = RwSignal::new(None::<String>);
    let known = move || lists.phase() == Phase::Known;
    let make = move |event: ev::SubmitEvent| {
        event.prevent_default();
        if !untrack(known) {
            return;
        }
        match name_field::checked(locale, name, error) {
            Some(name) => {
                let id = lists.create(name, None, Vec::new());
                navigation.go(&Route::List(id).href());
            }
            None => {
                page::focus("#new-list");
            }
        }
    };
    view! {
        <div class="list-tools">
            <form class="list-new" novalidate on:submit=make>
                <NameField id="new-list" label="lists.new_name" typed=name error=error />
                <Submit busy=Signal::derive(move || !known()) label=locale.text("lists.new") />
            </form>
            <OpenFile intake=intake label="lists.import" />
        </div>
    }
    .into_any()
}

/// The lists.
#[component]
fn Shelf() -> AnyView {
    let locale = use_locale();
    let lists = use_order_lists();
    let ids =
        Memo::new(move |_| -> Vec<String> { lists.all().into_iter().map(|(id, _)| id).collect() });
    let empty = Memo::new(move |_| ids.with(Vec::is_empty));
    let content = move || {
        if empty.get() {
            return view! {
                <EmptyState text=locale.text("lists.none")>
                    <ButtonLink href=Route::Catalog.href() label=locale.text("cart.to_catalog") />
                </EmptyState>
            }
            .into_any();
        }
        let row = move |id: String| row(locale, lists, id);
        view! {
            <ul class="list-shelf" aria-label=locale.text("lists.title")>
                <For each=move || ids.get() key=String::clone children=row />
            </ul>
        }
        .into_any()
    };
    view! { {content} }.into_any()
}

fn row(locale: Locale, lists: OrderLists, id: String) -> AnyView {
    let href = Route::List(id.clone()).href();
    let id = StoredValue::new(id);
    let list = Memo::new(move |_| id.with_value(|id| lists.list(id)));
    let name = move || list.with(|list| list.as_ref().map(|list| list.name.clone()));
    let facts = move || {
        let list = list.get()?;
        let lines = locale.plural("lists.lines", list.lines.len() as u64, &[]);
        let when = locale.date_and_time_of(list.changed);
        Some(locale.text_with("lists.facts", &[("lines", &lines), ("when", &when)]))
    };
    let duplicate = move |()| {
        let Some(list) = list.get_untracked() else {
            return;
        };
        lists.duplicate(&list);
    };
    let delete = move |_| {
        id.with_value(|id| lists.delete(id));
        page::focus_one_of_soon(&[".list-shelf a", "h1"]);
    };
    let named = move |message: &'static str| {
        move || locale.text_with(message, &[("name", &name().unwrap_or_default())])
    };
    view! {
        <li>
            <div>
                <a href=href>{name}</a>
                <p class="hint">{facts}</p>
            </div>
            <Button
                name=Signal::derive(named("lists.duplicate_name"))
                press=duplicate
                label=locale.text("lists.duplicate")
            />
            <button type="button" class="icon-button" aria-label=named("lists.delete_name") on:click=delete>
                <Icon glyph=Glyph::Remove />
            </button>
        </li>
    }
    .into_any()
}
