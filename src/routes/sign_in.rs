//! `/sign-in`, and the same form in a dialog when the session ends in the middle of something.

use leptos::{ev, prelude::*, task::spawn_local};
use std::time::Duration;

use crate::{
    browser::{page, storage},
    components::{dialog::Dialog, heading::Heading, text_field::TextField},
    frame::shell,
    lazy_page::{LazyScreen, load_assets},
    locale::{Locale, SHOP, use_locale},
    route::{self, Route},
    screens,
    state::{
        app::navigation::use_navigation,
        session::{Session, SignInError, use_session},
    },
};

/// The sign-in screen: its code and words are in the first module.
pub(crate) const SCREEN: LazyScreen = LazyScreen {
    load: || Box::pin(async { Ok(view! { <SignIn /> }.into_any()) }),
    fetch: || Box::pin(async {}),
};

#[component]
fn SignIn() -> impl IntoView {
    let locale = use_locale();
    let navigation = use_navigation();
    let brand = use_session().config().brand.name;
    let refused = storage::get("nymble.refused-token").is_some();
    storage::set("nymble.refused-token", None);
    // An answer that comes late leads nobody away from a screen that they have gone to meanwhile.
    let signed_in = Callback::new(move |()| {
        if page::address().0 == Route::SignIn.href() {
            navigation.go(&route::target().unwrap_or_else(|| Route::Home.href()));
        }
    });
    view! {
        <div class="page sign-in">
            <Heading text=locale.text("sign_in.title") />
            <p class="hint">{locale.text_with("sign_in.lead", &[("brand", &brand)])}</p>
            {refused
                .then(|| {
                    view! {
                        <p class="field-error" role="alert">
                            {locale.text("sign_in.refused_token")}
                        </p>
                    }
                })}
            <SignInForm id_field="client-id" secret_field="client-secret" on_signed_in=signed_in />
        </div>
    }
}

/// The sign-in form over the page, when the session has ended. Nothing under it is lost.
#[component]
pub(crate) fn SignInDialog() -> impl IntoView {
    let locale = use_locale();
    let session = use_session();
    view! {
        <Dialog
            named_by="dialog-title"
            first="#dialog-client-secret"
            close=move |()| session.decline()
        >
            <h2 id="dialog-title">{locale.text("sign_in.again")}</h2>
            <p>{locale.text("sign_in.again_lead")}</p>
            <SignInForm
                id_field="dialog-client-id"
                secret_field="dialog-client-secret"
                on_signed_in=Callback::new(|()| ())
            />
            <button type="button" class="quiet-button" on:click=move |_| session.decline()>
                {locale.text("sign_in.not_now")}
            </button>
        </Dialog>
    }
}

/// What went wrong with a sign-in, as a sentence, and for how many seconds no other may be tried.
fn explain(locale: Locale, error: &SignInError) -> (String, u32) {
    match error {
        SignInError::UnreadableToken => (locale.text("sign_in.unreadable_token"), 0),
        SignInError::Api(error) => match error.status() {
            // The API answers a deactivated account with the same status; its own words tell them apart.
            Some(401) => match error.server_words() {
                Some(words) if says_deactivated(&words) => (
                    locale.text_with("sign_in.deactivated", &[("words", &words)]),
                    0,
                ),
                _ => (locale.text("sign_in.wrong"), 0),
            },
            Some(429) => {
                let seconds = error.retry_after().unwrap_or(60);
                (String::new(), seconds.clamp(1, 3600))
            }
            _ => (locale.error(error), 0),
        },
    }
}

fn says_deactivated(words: &str) -> bool {
    let words = words.to_ascii_lowercase();
    words.contains("activ") || words.contains("disabled") || words.contains("suspended")
}

#[component]
fn SignInForm(
    /// Id of the field for the Client ID.
    id_field: &'static str,
    /// Id of the field for the secret.
    secret_field: &'static str,
    /// Called once signed in.
    on_signed_in: Callback<()>,
) -> AnyView {
    let locale = use_locale();
    let session = use_session();
    let client_id = RwSignal::new(Session::last_client_id().unwrap_or_default());
    let secret = RwSignal::new(String::new());
    let busy = RwSignal::new(false);
    let failure = RwSignal::new(None::<String>);
    let wait = RwSignal::new(0_u32);
    let shown = RwSignal::new(false);
    let id_missing = RwSignal::new(None::<String>);
    let secret_missing = RwSignal::new(None::<String>);

    let count_down = move |seconds: u32| {
        wait.set(seconds);
        let handle = StoredValue::new(None::<IntervalHandle>);
        let tick = move || {
            let left = wait.try_update(|left| {
                *left = left.saturating_sub(1);
                *left
            });
            if left.unwrap_or(0) == 0
                && let Some(Some(handle)) = handle.try_get_value()
            {
                handle.clear();
            }
        };
        handle.set_value(set_interval_with_handle(tick, Duration::from_secs(1)).ok());
    };
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() || wait.get_untracked() > 0 {
            return;
        }
        let id = client_id.get_untracked().trim().to_owned();
        let given_secret = secret.get_untracked();
        let required = || Some(locale.text("field.required"));
        id_missing.set(id.is_empty().then(required).flatten());
        secret_missing.set(given_secret.is_empty().then(required).flatten());
        if id.is_empty() || given_secret.is_empty() {
            let first = if id.is_empty() {
                id_field
            } else {
                secret_field
            };
            page::focus(&format!("#{first}"));
            return;
        }
        failure.set(None);
        busy.set(true);
        // The frame's and the next screen's code, words and style come while the server checks the
        // credentials. What cannot be had now is asked for again when it is needed.
        spawn_local(async {
            let _ = shell::fetch().await;
        });
        let next = route::target().unwrap_or_else(|| Route::Home.href());
        let path = next.split(['?', '#']).next().unwrap_or_default();
        screens::fetch(path, session.config().features);
        spawn_local(async move {
            let _ = load_assets(locale, SHOP).await;
        });
        spawn_local(async move {
            let outcome = session.sign_in(&id, &given_secret).await;
            busy.try_set(false);
            match outcome {
                Ok(()) => {
                    secret.try_set(String::new());
                    on_signed_in.run(());
                }
                Err(error) => {
                    let (sentence, seconds) = explain(locale, &error);
                    if seconds > 0 {
                        count_down(seconds);
                    } else {
                        failure.try_set(Some(sentence));
                        page::focus(&format!("#{secret_field}"));
                    }
                }
            }
        });
    };
    let too_many = move || {
        let seconds = wait.get();
        (seconds > 0).then(|| locale.plural("sign_in.too_many", u64::from(seconds), &[]))
    };
    view! {
        <form class="form" on:submit=submit novalidate>
            <TextField
                id=id_field
                label=locale.text("sign_in.client_id")
                value=client_id
                error=id_missing
                autocomplete="username"
                required=true
            />
            <TextField
                id=secret_field
                label=locale.text("sign_in.client_secret")
                value=secret
                error=secret_missing
                kind=Signal::derive(move || if shown.get() { "text" } else { "password" })
                autocomplete="current-password"
                required=true
                maxlength=1000
            />
            <label class="check">
                <input
                    type="checkbox"
                    prop:checked=shown
                    on:change=move |event| shown.set(event_target_checked(&event))
                />
                {locale.text("sign_in.show_secret")}
            </label>
            <p class="field-error" role="alert" hidden=move || failure.with(Option::is_none)>
                {move || failure.get()}
            </p>
            // Counting seconds aloud would drown everything else: only its first sentence is announced.
            <p class="field-error" role="timer" aria-live="off" hidden=move || wait.get() == 0>
                {too_many}
            </p>
            <button
                type="submit"
                class="button primary"
                aria-disabled=move || (busy.get() || wait.get() > 0).then_some("true")
            >
                {move || {
                    if busy.get() { locale.text("sign_in.busy") } else { locale.text("sign_in.submit") }
                }}
            </button>
        </form>
    }
    .into_any()
}
