//! The customer's saved cards: which there are, which is the default, and which will not last.

use leptos::{prelude::*, task::spawn_local};
use nymble_wire::PaymentProfile;

use super::{add_card::AddCard, offered::not_offered, remove_card::RemoveCard};
use crate::{
    components::{
        badge::{Meaning, badge},
        failed::LoadingNote,
        hosted_return::HostedReturn,
        payment_method::in_words,
    },
    domain::payments::saved_card::{Validity, expiry, validity},
    locale::{Locale, use_locale},
    state::{
        app::{
            navigation::use_navigation,
            notices::{Tone, use_notices},
        },
        payments::{
            hosted_outcome::{HostedVisit, Stage},
            hosted_payment::Purpose,
            methods::PaymentMethods,
        },
        session::use_session,
    },
};

/// How long a card lasts: until when, and a mark when that is not long.
fn lasts(locale: Locale, method: &PaymentProfile) -> AnyView {
    let Some((month, year)) = expiry(method) else {
        return ().into_any();
    };
    let date = format!("{month:02}/{year}");
    let state = validity(method, Locale::today().card_date());
    let message = if state == Validity::Expired {
        "payment.expired"
    } else {
        "payment.until"
    };
    let mark = match state {
        Validity::Good => None,
        Validity::Ending => Some("account.expires_soon"),
        Validity::Expired => Some("account.expired"),
    };
    let mark = mark.map(|text| badge(Meaning::Trouble, locale.text(text)));
    view! { <span class="code">{locale.text_with(message, &[("date", &date)])}</span> {mark} }
        .into_any()
}

/// The section of payment methods.
#[component]
pub(crate) fn Methods(
    /// The saved cards.
    methods: PaymentMethods,
) -> AnyView {
    let locale = use_locale();
    let notices = use_notices();
    let list = methods.list();
    let visit = HostedVisit::follow(
        use_session(),
        use_navigation(),
        Purpose::SaveCard,
        move |_| methods.load(),
    );
    // When it cannot be found out, the list tells the most.
    Effect::new(move |_| {
        if let Stage::Unclear(_) = visit.stage() {
            methods.load();
        }
    });
    let removing = RwSignal::new(None::<PaymentProfile>);
    let choosing = RwSignal::new(false);
    let choose = move |id: String, name: String| {
        if choosing.get_untracked() {
            return;
        }
        choosing.set(true);
        spawn_local(async move {
            let outcome = methods.make_default(&id).await;
            choosing.try_set(false);
            if let Err(error) = outcome {
                let reason = locale.error(&error);
                let values = [("name", name.as_str()), ("reason", reason.as_str())];
                let text = locale.text_with("account.not_changed", &values);
                notices.show(Tone::Trouble, text, None);
            }
        });
    };
    let row = move |method: PaymentProfile| {
        let name = in_words(locale, &method);
        let named = |message: &str| locale.text_with(message, &[("name", &name)]);
        let mark = method
            .is_default
            .then(|| badge(Meaning::Current, locale.text("account.default")));
        let (id, chosen) = (method.payment_profile_id.clone(), name.clone());
        let make_default = (!method.is_default).then(|| {
            view! {
                <button
                    type="button"
                    class="quiet-button"
                    aria-label=named("account.make_default_named")
                    aria-disabled=move || choosing.get().then_some("true")
                    on:click=move |_| choose(id.clone(), chosen.clone())
                >
                    {locale.text("account.make_default")}
                </button>
            }
        });
        let removed = method.clone();
        view! {
            <li class="entry">
                <p class="entry-text">{name.clone()} " " {lasts(locale, &method)} " " {mark}</p>
                <p class="hint">{method.cardholder_name.clone()}</p>
                <div class="entry-actions">
                    {make_default}
                    <button
                        type="button"
                        class="quiet-button"
                        aria-label=named("account.remove_named")
                        on:click=move |_| removing.set(Some(removed.clone()))
                    >
                        {locale.text("account.remove")}
                    </button>
                </div>
            </li>
        }
    };
    let shown = move || match (list.value(), list.error()) {
        (_, Some(error)) => not_offered(&error, move || methods.load()),
        (None, None) => view! { <LoadingNote /> }.into_any(),
        (Some(list), None) if list.is_empty() => {
            view! { <p class="hint">{locale.text("account.no_methods")}</p> }.into_any()
        }
        (Some(list), None) => {
            let rows = list.iter().cloned().map(row).collect_view();
            view! { <ul class="entries" aria-labelledby="methods-heading">{rows}</ul> }.into_any()
        }
    };
    let dialog = move || {
        let method = removing.get()?;
        Some(view! { <RemoveCard methods=methods method=method open=removing /> })
    };
    view! {
        <section class="panel" aria-labelledby="methods-heading">
            <h2 id="methods-heading" tabindex="-1">
                {locale.text("account.payment_methods")}
            </h2>
            <HostedReturn visit=visit />
            {shown}
            <AddCard methods=methods />
            {dialog}
        </section>
    }
    .into_any()
}
