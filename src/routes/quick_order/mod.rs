//! `/quick-order`: a pad for many lines, which behaves like a spreadsheet.

pub(crate) mod grid;
pub(crate) mod intake;
pub(crate) mod order;
pub(crate) mod row;
pub(crate) mod scan;
pub(crate) mod suggestions;
pub(crate) mod words;

use leptos::prelude::*;

use crate::{
    components::{button::Button, failed::LoadingNote, heading::Heading},
    lazy_page::lazy_screen,
    locale::use_locale,
    routes::customers::needed::NoCustomer,
    state::{
        quick_order::pad::{PadState, use_order_pad},
        session::use_session,
    },
};

lazy_screen!(pad, "quick", { view! { <QuickOrder /> }.into_any() });

#[component]
fn QuickOrder() -> AnyView {
    let locale = use_locale();
    let session = use_session();
    let content = move || {
        if session.customer_number().is_none() {
            return view! { <NoCustomer /> }.into_any();
        }
        view! { <Pad /> }.into_any()
    };
    view! {
        <div class="page quick-order">
            <Heading text=locale.text("pad.title") />
            {content}
        </div>
    }
    .into_any()
}

#[component]
fn Pad() -> AnyView {
    let locale = use_locale();
    let pad = use_order_pad();
    let said = RwSignal::new(String::new());
    let content = move || {
        if !pad.is_ready() {
            return view! { <LoadingNote /> }.into_any();
        }
        view! {
            <intake::FromElsewhere pad=pad said=said />
            <Conflict pad=pad />
            <div class="pad-body">
                <grid::Grid pad=pad said=said />
                <order::Order pad=pad said=said />
            </div>
        }
        .into_any()
    };
    view! {
        <p class="hint">{locale.text("pad.hint")}</p>
        {content}
        <p class="visually-hidden" role="status">
            {said}
        </p>
    }
    .into_any()
}

/// Another tab has changed the draft, or the device keeps none.
#[component]
fn Conflict(pad: PadState) -> AnyView {
    let locale = use_locale();
    let content = move || {
        if pad.is_in_conflict() {
            let choose = move |mine| move |()| pad.settle_conflict(mine);
            return view! {
                <div class="warning" role="alert">
                    <p>{locale.text("pad.conflict")}</p>
                    <Button press=choose(true) label=locale.text("pad.keep_mine") />
                    <Button press=choose(false) label=locale.text("pad.take_theirs") />
                </div>
            }
            .into_any();
        }
        let unkept = pad.is_unkept();
        unkept
            .then(|| view! { <p class="hint">{locale.text("pad.unkept")}</p> })
            .into_any()
    };
    view! { {content} }.into_any()
}
