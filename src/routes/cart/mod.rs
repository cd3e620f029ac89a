//! `/cart`: what is to be ordered, and everything about it that may change.

pub(crate) mod fields;
pub(crate) mod lines;
pub(crate) mod price_changes;
pub(crate) mod printed;
pub(crate) mod row;
pub(crate) mod tools;
pub(crate) mod view;

use leptos::prelude::*;

use crate::{
    browser::page,
    components::{
        button::{Button, ButtonLink, Look},
        empty_state::EmptyState,
        facts::{Facts, fact, facts},
        failed::{Failed, LoadingNote},
        heading::Heading,
    },
    lazy_page::lazy_screen,
    locale::use_locale,
    route::Route,
    routes::customers::needed::NoCustomer,
    state::{
        cart::{CartState, Phase, use_cart},
        checkout::draft::use_checkout_draft,
        session::use_session,
    },
};

lazy_screen!(ordering, "cart", { view! { <CartView /> }.into_any() });

#[component]
fn CartView() -> AnyView {
    let locale = use_locale();
    let session = use_session();
    let cart = use_cart();
    cart.ensure_loaded();
    // What is changed here is newer than what was typed at checkout.
    use_checkout_draft();
    let phase = Memo::new(move |_| cart.phase());
    let empty = Memo::new(move |_| cart.lines().is_empty());
    let look = view::View::begin();
    // Once a field is known to hold the order up, it is shown.
    Effect::new(move |_| {
        if let Some(field) = cart.stopped_at() {
            look.find.set(String::new());
            page::focus_id_soon(field.id());
        }
    });
    let content = move || match phase.get() {
        Phase::Unknown | Phase::Looking => view! { <LoadingNote /> }.into_any(),
        Phase::Failed(error) => {
            let retry = move || cart.reload();
            view! { <Failed message=locale.error(&error) retry=retry /> }.into_any()
        }
        Phase::Known if session.customer_number().is_none() => view! { <NoCustomer /> }.into_any(),
        Phase::Known if empty.get() => view! { <EmptyCart /> }.into_any(),
        Phase::Known => view! {
            <printed::PrintedHead />
            <price_changes::PriceChanges currency=look.currency />
            <div class="cart-body">
                <lines::CartLines view=look />
                <aside class="cart-side" aria-label=locale.text("cart.summary")>
                    <fields::CartFields />
                    <Summary />
                </aside>
            </div>
        }
        .into_any(),
    };
    view! {
        <div class="page cart">
            <Heading text=locale.text("cart.title") />
            <Unsent cart=cart />
            {content}
        </div>
    }
    .into_any()
}

#[component]
fn EmptyCart() -> AnyView {
    let locale = use_locale();
    view! {
        <EmptyState text=locale.text("cart.empty")>
            <ButtonLink look=Look::Primary href="/catalog" label=locale.text("cart.to_catalog") />
        </EmptyState>
    }
    .into_any()
}

/// Says that changes could not be sent, and offers to try again or to give them up.
#[component]
fn Unsent(cart: CartState) -> AnyView {
    let locale = use_locale();
    let content = move || {
        let error = cart.stalled()?;
        let reason = locale.error(&error);
        Some(view! {
            <div class="unsent" role="alert">
                <p>{locale.text_with("cart.unsent", &[("reason", &reason)])}</p>
                <Button press=move |()| cart.try_again() label=locale.text("try_again") />
                <button type="button" class="quiet-button" on:click=move |_| cart.discard_changes()>
                    {locale.text("cart.discard")}
                </button>
            </div>
        })
    };
    view! { {content} }.into_any()
}

/// Subtotal and the way to the checkout.
#[component]
fn Summary() -> AnyView {
    let locale = use_locale();
    let cart = use_cart();
    let subtotal = move || {
        let confirmed = cart.confirmed()?;
        Some(locale.money(confirmed.subtotal?, &cart.currency()))
    };
    let saving = move || !cart.is_settled();
    let held = move || {
        cart.stopped_at()?;
        let held = cart.held()?;
        Some(view! { <p class="refusal no-print" role="alert">{held}</p> })
    };
    let subtotal = view! { <span translate="no" class:pending=saving>{subtotal}</span> }.into_any();
    view! {
        {facts(Facts::Total, fact(locale.text("cart.subtotal"), subtotal))}
        <p class="hint">{locale.text("cart.before_tax")}</p>
        <p class="saving no-print" role="status">
            {move || {
                if cart.stalled().is_some() || cart.held().is_some() {
                    locale.text("cart.not_saved")
                } else if saving() || cart.is_being_typed() {
                    locale.text("cart.saving")
                } else {
                    locale.text("cart.saved")
                }
            }}
        </p>
        {held}
        <ButtonLink
            look=Look::PrimaryWide
            href=Route::Checkout.href()
            label=locale.text("cart.check_out")
        />
    }
    .into_any()
}
