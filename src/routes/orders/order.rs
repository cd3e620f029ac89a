//! `/orders/{orderNumber}`: one order, with all there is to know of it, and the way to order it again.

use leptos::{html, prelude::*};
use leptos_router::hooks::use_location;
use nymble_wire::Order;
use std::sync::Arc;

use super::{
    details, export, lines::lines, of_invoices::OfInvoices, table::REORDER, timeline::timeline,
    words,
};
use crate::{
    api::{orders, problem::ApiError},
    browser::query::Query,
    components::{
        badge::{Meaning, badge},
        button::{Button, ButtonLink, Look},
        empty_state::EmptyState,
        failed::{Failed, LoadingNote},
        heading::Heading,
    },
    domain::orders::reorder,
    lazy_page::lazy_screen,
    locale::{Locale, use_locale},
    route::{self, Route},
    routes::{
        customers::needed::of_a_customer,
        lists::offer::SaveAsList,
        reorder::{Reorder, source::Source},
    },
    state::{
        app::{
            loading::Loading,
            navigation::use_navigation,
            notices::{Tone, use_notices},
        },
        lists::offer::ListOffer,
        orders::book::use_order_book,
        session::use_session,
    },
};

lazy_screen!(portal, "orders", {
    of_a_customer(|| view! { <OrderView /> }.into_any())
});

#[component]
fn OrderView() -> AnyView {
    let locale = use_locale();
    let session = use_session();
    let navigation = use_navigation();
    let location = use_location();
    let number = untrack(|| route::name_in(&location.pathname.get(), "/orders/"));
    let loading = Loading::<Order>::new();
    if let Some(known) = use_order_book().order(&number) {
        loading.show(known);
    }
    let load = {
        let number = number.clone();
        move || loading.load(session, orders::one(&number), orders::read_one, |_| {})
    };
    load();
    let load = Callback::new(move |()| load());
    // The same again changes nothing on the screen.
    let order = Memo::new(move |_| loading.value());
    let belongs_to_other_customer = move |order: &Order| {
        let whose = order.customer.as_ref();
        whose.is_some_and(|whose| session.belongs_to_other_customer(&whose.customer_number))
    };
    let is_there = Memo::new(move |_| {
        order.with(|order| {
            order
                .as_ref()
                .is_some_and(|order| !belongs_to_other_customer(order))
        })
    });
    let opened = Memo::new(move |_| {
        location
            .search
            .with(|query| Query::of(query).get("reorder").is_some())
    });
    let href = Route::Order(number.clone()).href();
    let button = NodeRef::<html::Button>::new();
    let close = {
        let href = href.clone();
        Callback::new(move |()| {
            navigation.change_address(&href, true);
            if let Some(button) = button.get_untracked() {
                let _ = button.focus();
            }
        })
    };
    let open = move || {
        let mut href = href.clone();
        href.push_str(REORDER);
        navigation.change_address(&href, true);
    };
    let open = Callback::new(move |()| open());
    let heading = locale.text_with("orders.order", &[("number", &number)]);
    let content = move || match (order.get(), loading.error()) {
        (_, Some(error)) if is_missing(&error) => missing(locale, &number),
        (None, Some(error)) => {
            view! { <Failed message=locale.error(&error) retry=load /> }.into_any()
        }
        (None, None) => view! { <LoadingNote /> }.into_any(),
        // Whoever acts for one customer may see others' orders, but not here.
        (Some(order), _) if belongs_to_other_customer(&order) => missing(locale, &number),
        (Some(order), error) => view! {
            {error.map(|error| view! { <Failed message=locale.error(&error) retry=load /> })}
            {body(locale, &order, session.config().features.invoices)}
        }
        .into_any(),
    };
    let may_order = Memo::new(move |_| session.customer_number().is_some());
    let lead = move || {
        let order = order
            .get()
            .filter(|order| !belongs_to_other_customer(order))?;
        let may_order = may_order.get();
        Some(view! {
            <Lead order=order may_order=may_order opened=opened button=button open=open />
        })
    };
    let reordering = move || {
        let wanted = is_there.get() && opened.get() && may_order.get();
        let order = untrack(|| order.get()).filter(|_| wanted)?;
        let (lines, currency) = (reorder::old_lines(&order), order.currency_code.clone());
        let source = if words::is_quote(&order) {
            Source::Quote
        } else {
            Source::Order
        };
        Some(view! { <Reorder lines=lines currency=currency source=source close=close /> })
    };
    view! {
        <div class="page order">
            <nav class="crumbs no-print" aria-label=locale.text("product.crumbs")>
                <ol>
                    <li>
                        <a href=Route::Orders.href()>{locale.text("orders.title")}</a>
                    </li>
                </ol>
            </nav>
            <Heading text=heading />
            {lead}
            {reordering}
            {content}
        </div>
    }
    .into_any()
}

/// Whether the API says that there is no such order, or that it is not this buyer's.
fn is_missing(error: &ApiError) -> bool {
    error.is_not_offered()
}

fn missing(locale: Locale, number: &str) -> AnyView {
    view! {
        <EmptyState text=locale.text_with("orders.unknown", &[("number", number)])>
            <ButtonLink href=Route::Orders.href() label=locale.text("orders.to_list") />
        </EmptyState>
    }
    .into_any()
}

/// Where the order stands, and what can be done with it.
#[component]
fn Lead(
    order: Arc<Order>,
    may_order: bool,
    opened: Memo<bool>,
    button: NodeRef<html::Button>,
    open: Callback<()>,
) -> AnyView {
    let locale = use_locale();
    let notices = use_notices();
    let quote = words::is_quote(&order);
    let kind = quote.then(|| badge(Meaning::Quiet, locale.text("cart.quote")));
    let placed = order.order_date.as_ref().map(|at| {
        let date = locale.date_and_time(at);
        view! { <span>{locale.text_with("orders.placed_at", &[("date", &date)])}</span> }
    });
    let label = if quote {
        "orders.order_quote"
    } else {
        "orders.reorder"
    };
    let reorder = (may_order && order.items.iter().any(|line| line.quantity > 0)).then(|| {
        view! {
            <Button
                look=Look::Primary
                node=button
                expanded=opened
                press=move |()| open.run(())
                label=locale.text(label)
            />
        }
    });
    let status = words::status_badge(locale, &order.order_status);
    let offer = {
        let name = locale.text_with("orders.order", &[("number", &order.order_number)]);
        let (lines, currency) = (reorder::old_lines(&order), order.currency_code.clone());
        let has_lines = may_order && !lines.is_empty();
        let offer = ListOffer {
            name,
            currency,
            lines,
        };
        let offer = Callback::new(move |()| Some(offer.clone()));
        has_lines.then(|| view! { <SaveAsList label="lists.save_as" offer=offer /> })
    };
    let save = move |()| {
        if !export::save_lines(locale, &order) {
            notices.show(Tone::Trouble, locale.text("orders.export_refused"), None);
        }
    };
    view! {
        <p class="order-lead">{status} " " {kind} " " {placed}</p>
        <p class="actions no-print">
            {reorder}
            <Button press=move |()| drop(window().print()) label=locale.text("placed.print") />
            <Button press=save label=locale.text("orders.download_lines") />
            {offer}
        </p>
    }
    .into_any()
}

fn body(locale: Locale, order: &Order, with_invoices: bool) -> AnyView {
    let id = order.id.clone();
    let invoices = with_invoices.then(|| view! { <OfInvoices order_id=id /> });
    view! {
        <div class="order-body">
            <div class="order-main">
                {timeline(locale, order)}
                {lines(locale, order)}
            </div>
            <div class="order-side">
                {details::shipping(locale, order)}
                {invoices}
                {details::references(locale, order)}
                {details::sales_rep(locale, order)}
            </div>
        </div>
    }
    .into_any()
}
