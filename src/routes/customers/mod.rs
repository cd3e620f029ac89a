//! `/customers`: whom a sales rep or an administrator may act for.

pub(crate) mod found;
pub(crate) mod needed;
pub(crate) mod query;
pub(crate) mod rows;
pub(crate) mod tools;

use leptos::prelude::*;
use leptos_router::hooks::use_location;
use nymble_wire::Customer;
use std::sync::Arc;

use self::{
    found::Found,
    query::CustomersQuery,
    rows::{Choice, Rows},
    tools::Tools,
};
use crate::{
    api::problem::ApiError,
    components::{
        button::ButtonLink,
        empty_state::{EmptyState, empty_state},
        failed::{Failed, LoadingNote},
        heading::Heading,
        pages::Pages,
    },
    lazy_page::lazy_screen,
    locale::use_locale,
    routes::not_found::NotFound,
    state::{
        app::loading::Loading,
        session::{Session, acting::ActingFor, use_session},
    },
};

lazy_screen!(portal, "assist", {
    // Whoever may choose nobody finds no such page.
    if untrack(|| use_session().chooses_customer()) {
        view! { <Customers /> }.into_any()
    } else {
        view! { <NotFound /> }.into_any()
    }
});

/// What has been read about the customers used last; none until it has.
type Recent = StoredValue<Option<Arc<Vec<Customer>>>>;

/// Reads what the view shows; on the plain first page also the customers that were used last.
async fn read(
    session: Session,
    view: CustomersQuery,
    recent: Recent,
    abort: Option<crate::ports::abort::AbortSignal>,
) -> Result<Found, ApiError> {
    let wants_recent = view.is_plain() && view.page == 1;
    let known = recent.try_get_value().flatten();
    let last_used = async {
        match known {
            Some(known) => known,
            None if wants_recent => found::ask_recent(session, abort.clone()).await,
            None => Arc::default(),
        }
    };
    let (pages, last_used) = futures::join!(found::ask(session, &view, abort.clone()), last_used);
    let pages = pages?;
    if !wants_recent {
        return Ok(Found::joined(&view, pages, &[]));
    }
    recent.try_set_value(Some(Arc::clone(&last_used)));
    Ok(Found::joined(&view, pages, &last_used))
}

#[component]
fn Customers() -> AnyView {
    let locale = use_locale();
    let session = use_session();
    let location = use_location();
    // Another screen's address must not be read as this one's while it is being left.
    let shown = Memo::new(move |before: Option<&CustomersQuery>| match before {
        Some(before) if location.pathname.with(|path| path != "/customers") => before.clone(),
        _ => location
            .search
            .with(|query| CustomersQuery::of_query(query)),
    });
    let recent: Recent = StoredValue::new(None);
    let loading = Loading::<Found>::new();
    let load = move || {
        let view = shown.get_untracked();
        loading.run(
            async move |abort| read(session, view, recent, abort).await,
            |found| Ok(Arc::new(found)),
        );
    };
    Effect::new(move |_| {
        // Read, not only tracked: a memo that nobody has read yet does not know what it depends on.
        shown.get();
        load();
    });
    let choice = Choice::start(move |customer: ActingFor| {
        session.act_for(&customer, &shown.with_untracked(CustomersQuery::target));
    });
    let on_way = move || {
        let on_way = shown.with(|view| !view.then.is_empty()) && session.acting_for().is_none();
        on_way.then(|| locale.text("customers.lead_on_way"))
    };
    let count = move || {
        let found = loading.value()?;
        Some(locale.plural("customers.count", found.total, &[]))
    };
    let is_refused = |error: &ApiError| error.is_not_offered();
    let refused = Memo::new(move |_| loading.error().is_some_and(|error| is_refused(&error)));
    let failure = move || {
        let error = loading.error()?;
        Some(if is_refused(&error) {
            empty_state(locale.text("customers.forbidden"))
        } else {
            view! { <Failed message=locale.error(&error) retry=load /> }.into_any()
        })
    };
    let found = move || loading.value().unwrap_or_default();
    let there = Memo::new(move |_| loading.value().map(|found| !found.rows.is_empty()));
    let content = move || match there.get() {
        _ if refused.get() => ().into_any(),
        None if loading.error().is_some() => ().into_any(),
        None => view! { <LoadingNote /> }.into_any(),
        Some(false) => view! { <Nobody found=Signal::derive(found) /> }.into_any(),
        Some(true) => view! {
            <Rows found=Signal::derive(found) choice=choice />
            {move || {
                let found = found();
                let (page, pages) = (found.view.page, found.pages);
                let to = move |page| found.view.with(|view| view.page = page).href();
                view! { <Pages page=page pages=pages to=Callback::new(to) /> }
            }}
        }
        .into_any(),
    };
    view! {
        <div class="page customers">
            <Heading text=locale.text("customers.title") />
            <p class="hint">{locale.text("customers.lead")}</p>
            <p class="hint">{on_way}</p>
            <Tools shown=shown found=Signal::derive(move || loading.value()) />
            <p class="result-count" role="status" class:pending=move || loading.is_pending()>
                {count}
            </p>
            {choice.refusal_view()}
            {failure}
            {content}
        </div>
    }
    .into_any()
}

/// Nobody fits, or there is nobody at all.
#[component]
fn Nobody(found: Signal<Arc<Found>>) -> AnyView {
    let locale = use_locale();
    let content = move || {
        let found = found.get();
        let view = &found.view;
        if view.page > 1 {
            let first = view.with(|_| {}).href();
            return nothing(
                locale.text("customers.beyond"),
                Some((first, locale.text("customers.first_page"))),
            );
        }
        if view.of_all() == *view || view.is_plain() {
            let more = view.is_plain().then(|| {
                let all = view.with(|view| view.all = true).href();
                (all, locale.text("customers.show_deactivated"))
            });
            return nothing(locale.text("customers.none"), more);
        }
        let more = if view.all {
            (view.of_all().href(), locale.text("customers.show_all"))
        } else {
            let all = view.with(|view| view.all = true).href();
            (all, locale.text("customers.show_deactivated"))
        };
        let text = if view.search.is_empty() {
            locale.text("customers.nothing_filtered")
        } else {
            locale.text_with("customers.nothing_found", &[("term", &view.search)])
        };
        nothing(text, Some(more))
    };
    view! { {content} }.into_any()
}

fn nothing(text: String, way: Option<(String, String)>) -> AnyView {
    let way = way.map(|(href, name)| {
        view! {
            <ButtonLink href=href label=name />
        }
    });
    view! {
        <EmptyState text=text>
            {way}
        </EmptyState>
    }
    .into_any()
}
