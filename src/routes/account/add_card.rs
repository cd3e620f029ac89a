//! Adding a card: typed here, or on the payment provider's own page, as the deployer has set.

use leptos::{ev, prelude::*, task::spawn_local};
use rust_decimal::Decimal;

use crate::{
    api::problem::ApiError,
    browser::page,
    components::{
        button::{Button, Look, Submit},
        card_form::{CardFields, CardForm},
        field_errors::FieldErrors,
    },
    config::PaymentKind,
    locale::{Locale, use_locale},
    route::Route,
    state::{
        app::{
            navigation::{Navigation, use_navigation},
            notices::{Notices, Tone, use_notices},
        },
        payments::{
            hosted_payment::{self, Purpose},
            methods::{Added, Attempt, PaymentMethods},
        },
        session::{Session, use_session},
    },
};

/// How far it is.
#[derive(Clone)]
enum Stage {
    /// Nothing is going on.
    Idle,
    /// The form is filled in.
    Typing,
    /// The card is on its way.
    Saving,
    /// The answer got lost; the list is being read.
    Confirming,
    /// Not even that could be read.
    Doubt(Attempt, ApiError),
    /// The browser is leaving for the provider's page.
    Leaving,
}

/// The state of adding a card. A copy is a handle.
#[derive(Clone, Copy)]
struct Adding {
    session: Session,
    navigation: Navigation,
    notices: Notices,
    methods: PaymentMethods,
    locale: Locale,
    stage: RwSignal<Stage>,
    card: CardFields,
    errors: FieldErrors,
    make_default: RwSignal<bool>,
    refusal: RwSignal<Option<String>>,
}

impl Adding {
    fn is_busy(self) -> bool {
        self.stage
            .with(|stage| !matches!(stage, Stage::Idle | Stage::Typing))
    }

    fn open(self) {
        if untrack(|| self.is_busy()) {
            return;
        }
        self.refusal.set(None);
        self.stage.set(Stage::Typing);
        page::focus_soon("#card-number");
    }

    /// Closes the form; nothing of the card is left.
    fn close(self) {
        self.card.try_wipe();
        self.errors.show(Vec::new());
        self.make_default.try_set(false);
        self.refusal.try_set(None);
        self.stage.try_set(Stage::Idle);
        page::focus_soon("#methods-heading");
    }

    fn refuse(self, text: String) {
        self.refusal.try_set(Some(text));
    }

    fn submit(self) {
        if untrack(|| self.is_busy()) {
            return;
        }
        let card = match self.card.check(self.locale) {
            Ok(card) => card,
            Err(wrong) => {
                if let Some((first, count)) = self.errors.show(wrong) {
                    page::focus(&["#", first].concat());
                    self.refuse(self.locale.plural("checkout.correct", count, &[]));
                }
                return;
            }
        };
        self.errors.show(Vec::new());
        self.refusal.set(None);
        self.stage.set(Stage::Saving);
        let name = self
            .locale
            .text_with("payment.card_ending", &[("digits", card.last_four())]);
        let is_default = self.make_default.get_untracked();
        let doubting = move || {
            self.stage.try_set(Stage::Confirming);
        };
        spawn_local(async move {
            let path = Route::Account.href();
            let added = self.methods.add(card, is_default, &path, doubting).await;
            if matches!(added, Added::Saved) {
                let text = self
                    .locale
                    .text_with("account.card_saved", &[("name", &name)]);
                self.notices.show(Tone::Done, text, None);
            }
            self.conclude(added);
        });
    }

    fn look_again(self) {
        let Stage::Doubt(attempt, error) = self.stage.get_untracked() else {
            return;
        };
        self.stage.set(Stage::Confirming);
        spawn_local(async move {
            let added = self.methods.look_back(attempt, error, || ()).await;
            self.conclude(added);
        });
    }

    fn conclude(self, added: Added) {
        let typing = |text: String| {
            // A security code serves one attempt only.
            self.card.try_wipe_code();
            self.refuse(text);
            self.stage.try_set(Stage::Typing);
        };
        match added {
            Added::Saved => self.close(),
            Added::Leaving => {
                self.card.try_wipe();
                self.stage.try_set(Stage::Leaving);
            }
            Added::Stranded(error) => typing(error.explain(self.locale)),
            Added::Refused(error) => typing(self.locale.error(&error)),
            Added::NotSaved(error) => {
                let reason = self.locale.error(&error);
                typing(
                    self.locale
                        .text_with("account.card_not_saved", &[("reason", &reason)]),
                );
            }
            Added::Unknown(attempt, error) => {
                self.card.try_wipe_code();
                self.stage.try_set(Stage::Doubt(attempt, error));
            }
        }
    }

    /// Goes to the provider's page to save a card there.
    fn leave(self) {
        if untrack(|| self.is_busy()) {
            return;
        }
        let before = self.stage.get_untracked();
        self.refusal.set(None);
        self.stage.set(Stage::Leaving);
        let (session, navigation) = (self.session, self.navigation);
        spawn_local(async move {
            let path = Route::Account.href();
            let purpose = Purpose::SaveCard;
            let gone =
                hosted_payment::start(session, navigation, purpose, Decimal::ZERO, None, &path)
                    .await;
            if let Err(error) = gone {
                self.stage.try_set(before);
                self.refuse(error.explain(self.locale));
            } else {
                self.card.try_wipe();
            }
        });
    }
}

/// The buttons and the form.
#[component]
pub(crate) fn AddCard(
    /// The saved cards.
    methods: PaymentMethods,
) -> AnyView {
    let locale = use_locale();
    let session = use_session();
    let offered = session.config().payments;
    let typed_here = offered.contains(&PaymentKind::Card);
    let on_their_page = offered.contains(&PaymentKind::Hosted);
    let adding = Adding {
        session,
        navigation: use_navigation(),
        notices: use_notices(),
        methods,
        locale,
        stage: RwSignal::new(Stage::Idle),
        card: CardFields::empty(),
        errors: FieldErrors::none(),
        make_default: RwSignal::new(false),
        refusal: RwSignal::new(None),
    };
    let stage = adding.stage;
    // A step back from the provider's page may bring this page back as it was left.
    page::when_brought_back(move || {
        if stage.with_untracked(|stage| matches!(stage, Stage::Leaving)) {
            stage.set(Stage::Idle);
        }
    });
    let is_open =
        Memo::new(move |_| stage.with(|stage| !matches!(stage, Stage::Idle | Stage::Leaving)));
    let busy = Signal::derive(move || adding.is_busy());
    let buttons = move || {
        let here = (typed_here && !is_open.get()).then(|| {
            view! {
                <Button
                    busy=busy
                    press=move |()| adding.open()
                    label=locale.text("account.add_card")
                />
            }
        });
        let there = on_their_page.then(|| {
            view! {
                <Button
                    busy=busy
                    press=move |()| adding.leave()
                    label=locale.text("account.add_card_hosted")
                />
            }
        });
        view! { <div class="actions">{here} {there}</div> }
    };
    let form = move || is_open.get().then(|| view! { <Form adding=adding /> });
    let refusal = move || {
        adding
            .refusal
            .get()
            .map(|text| view! { <p class="refusal" role="alert">{text}</p> })
    };
    let progress = move || {
        let text = stage.with(|stage| match stage {
            Stage::Saving => Some("account.card_saving"),
            Stage::Confirming => Some("account.card_confirming"),
            Stage::Leaving => Some("account.card_leaving"),
            _ => None,
        });
        text.map(|text| locale.text(text))
    };
    view! {
        <div class="add-card">
            {form}
            <p class="saving" role="status">{progress}</p>
            {refusal}
            {buttons}
        </div>
    }
    .into_any()
}

/// The form for a card.
#[component]
fn Form(
    /// What it is about.
    adding: Adding,
) -> AnyView {
    let locale = adding.locale;
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        adding.submit();
    };
    let busy = move || adding.is_busy();
    let doubt = move || {
        let error = adding.stage.with(|stage| match stage {
            Stage::Doubt(_, error) => Some(error.clone()),
            _ => None,
        })?;
        let reason = locale.error(&error);
        Some(view! {
            <div class="refusal" role="alert">
                <p>{locale.text_with("account.card_doubt", &[("reason", &reason)])}</p>
                <Button
                    press=move |()| adding.look_again()
                    label=locale.text("hosted.check_again")
                />
            </div>
        })
    };
    let make_default = adding.make_default;
    view! {
        <form
            class="entry-form"
            aria-label=locale.text("account.add_card")
            aria-busy=move || busy().to_string()
            on:submit=submit
            novalidate
        >
            <fieldset class="plain form" disabled=busy>
                <CardForm
                    fields=adding.card
                    errors=adding.errors
                    hint=locale.text("account.card_hint")
                />
                <label class="check">
                    <input
                        type="checkbox"
                        prop:checked=make_default
                        prop:defaultChecked=make_default
                        on:change=move |event| make_default.set(event_target_checked(&event))
                    />
                    <span>{locale.text("account.card_default")}</span>
                </label>
            </fieldset>
            {doubt}
            <div class="actions">
                <Submit
                    look=Look::Primary
                    busy=Signal::derive(busy)
                    label=locale.text("account.save_card")
                />
                <Button
                    busy=Signal::derive(busy)
                    press=move |()| {
                        if !untrack(busy) {
                            adding.close();
                        }
                    }
                    label=locale.text("account.cancel")
                />
            </div>
        </form>
    }
    .into_any()
}
