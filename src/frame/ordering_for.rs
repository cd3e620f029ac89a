//! For whom is ordered, below the header: whom a sales rep or an administrator acts for, with a way out,
//! and what keeps a customer from ordering. Reads the customer's record once, when the app is loaded.

use leptos::{prelude::*, task::spawn_local};
use leptos_router::hooks::use_location;

use crate::{
    api::customers,
    locale::use_locale,
    route::Route,
    state::session::{acting::ActingFor, use_session},
};

/// What keeps the customer from ordering.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Standing {
    /// Nothing that is known of.
    Fine,
    /// The account is deactivated.
    Deactivated,
    /// The record cannot be read any more by whoever acts for the customer.
    Withdrawn,
}

/// The strip below the header.
#[component]
pub(crate) fn OrderingFor() -> AnyView {
    let session = use_session();
    let standing = RwSignal::new(Standing::Fine);
    let chooses = untrack(|| session.chooses_customer());
    if let Some(number) = untrack(|| session.customer_number()) {
        spawn_local(async move {
            match session.send(customers::one(&number)).await {
                Ok(answer) => {
                    let Some(customer) = customers::read_brief(&answer) else {
                        return;
                    };
                    // The cart tells the name too, but a buyer without one has none to ask.
                    session.know_company(customer.company.as_deref().unwrap_or_default());
                    if let Some(known) = untrack(|| session.acting_for()) {
                        session.refresh_acting(ActingFor {
                            number,
                            company: customer.company.unwrap_or(known.company),
                            tier: customer.tier,
                            // The reference shows the currency only in the list.
                            currency: customer.currency.or(known.currency),
                        });
                    }
                    if !customer.active {
                        standing.try_set(Standing::Deactivated);
                    }
                }
                Err(error) if chooses && matches!(error.status(), Some(403 | 404)) => {
                    standing.try_set(Standing::Withdrawn);
                }
                Err(_) => {}
            }
        });
    }
    if chooses {
        return for_seller(standing);
    }
    let locale = use_locale();
    let text = move || {
        let company = session.company().unwrap_or_default();
        (standing.get() == Standing::Deactivated)
            .then(|| locale.text_with("acting.own_deactivated", &[("company", &company)]))
    };
    view! {
        <p class="acting acting-trouble" role="status">
            {text}
        </p>
    }
    .into_any()
}

/// Whom a sales rep or an administrator acts for; on the picker nothing as long as that is nobody.
fn for_seller(standing: RwSignal<Standing>) -> AnyView {
    let locale = use_locale();
    let session = use_session();
    let path = use_location().pathname;
    let picker = Route::Customers.href();
    let to_picker = move |message: &str| {
        view! {
            <a class="acting-way" href=Route::Customers.href()>
                {locale.text(message)}
            </a>
        }
    };
    let on_picker = Memo::new(move |_| path.with(|path| *path == picker));
    let trouble = move || match standing.get() {
        Standing::Fine => None,
        Standing::Deactivated => Some(locale.text("acting.deactivated")),
        Standing::Withdrawn => Some(locale.text("acting.withdrawn")),
    };
    let content = move || {
        let Some(customer) = session.acting_for() else {
            return (!on_picker.get()).then(|| {
                view! {
                    <p class="acting">
                        <span>{locale.text("acting.nobody")}</span>
                        {to_picker("acting.choose")}
                    </p>
                }
                .into_any()
            });
        };
        let name = customer.name();
        let mut whom = locale.text_with(
            "acting.whom",
            &[("company", name), ("number", &customer.number)],
        );
        for part in [&customer.tier, &customer.currency].into_iter().flatten() {
            whom.push_str(" · ");
            whom.push_str(part);
        }
        Some(
            view! {
                <section class="acting" aria-label=locale.text("acting.region")>
                    <p>{whom}</p>
                    <p class="acting-trouble" role="status">
                        {trouble}
                    </p>
                    {to_picker("acting.change")}
                    <button
                        type="button"
                        class="acting-way"
                        on:click=move |_| session.stop_acting(&Route::Customers.href())
                    >
                        {locale.text("acting.stop")}
                    </button>
                </section>
            }
            .into_any(),
        )
    };
    view! { {content} }.into_any()
}
