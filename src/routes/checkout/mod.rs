//! `/checkout`: where to, against which PO number, paid how, exactly what; then one order.

pub(crate) mod draft;
pub(crate) mod form;
pub(crate) mod payment;
pub(crate) mod po_number;
pub(crate) mod review;
pub(crate) mod shipping;

use leptos::prelude::*;

use crate::{
    components::{
        button::{ButtonLink, Look},
        empty_state::EmptyState,
        failed::{Failed, LoadingNote},
        heading::Heading,
    },
    lazy_page::lazy_screen,
    locale::{SHOP, use_locale},
    route::Route,
    routes::customers::needed::NoCustomer,
    state::{
        cart::{Phase, use_cart},
        session::use_session,
    },
};

lazy_screen!(ordering, SHOP, { view! { <CheckoutView /> }.into_any() });

#[component]
fn CheckoutView() -> AnyView {
    let locale = use_locale();
    let session = use_session();
    let cart = use_cart();
    cart.ensure_loaded();
    let phase = Memo::new(move |_| cart.phase());
    let empty = Memo::new(move |_| cart.lines().is_empty());
    let form = form::CheckoutForm::start();
    let content = move || {
        match phase.get() {
            // Once an order is under way the form stays, whatever becomes of the cart meanwhile.
            _ if form.is_under_way() => view! { <form::FormView form=form /> }.into_any(),
            Phase::Unknown | Phase::Looking => view! { <LoadingNote /> }.into_any(),
            Phase::Failed(error) => {
                let retry = move || cart.reload();
                view! { <Failed message=locale.error(&error) retry=retry /> }.into_any()
            }
            Phase::Known if session.customer_number().is_none() => {
                view! { <NoCustomer /> }.into_any()
            }
            Phase::Known if empty.get() => view! {
                <EmptyState text=locale.text("cart.empty")>
                    <ButtonLink
                        look=Look::Primary
                        href="/catalog"
                        label=locale.text("cart.to_catalog")
                    />
                </EmptyState>
            }
            .into_any(),
            Phase::Known => view! { <form::FormView form=form /> }.into_any(),
        }
    };
    view! {
        <div class="page checkout">
            <nav class="crumbs" aria-label=locale.text("product.crumbs")>
                <ol>
                    <li>
                        <a href=Route::Cart.href()>{locale.text("cart.title")}</a>
                    </li>
                </ol>
            </nav>
            <Heading text=locale.text("checkout.title") />
            {content}
        </div>
    }
    .into_any()
}
