//! The company: what the merchant has agreed with it, and how it is reached.

use leptos::{ev, prelude::*, task::spawn_local};
use nymble_wire::{Customer, CustomerChanges, SalesRep};

use super::{
    contacts::explain as explain_field,
    draft::Draft,
    form_end::FormEnd,
    reach::{mail_href, mail_link, phone_link},
};
use crate::{
    browser::page,
    components::{
        button::Button,
        facts::{Facts, fact, facts},
        field_errors::FieldErrors,
        text_field::TextField,
    },
    domain::account::contact::{email_error, phone_error},
    locale::{Locale, use_locale},
    state::{
        account::{Account, explain},
        app::notices::{Tone, use_notices},
    },
};

fn text(text: Option<&String>) -> Option<AnyView> {
    let text = text.filter(|text| !text.is_empty())?.clone();
    Some(text.into_any())
}

/// The rep's name, where it is known.
pub(super) fn name_of(rep: &SalesRep) -> Option<String> {
    let both = || {
        let parts = [rep.first_name.as_deref(), rep.last_name.as_deref()];
        let parts: Vec<&str> = parts.into_iter().flatten().collect();
        (!parts.is_empty()).then(|| parts.join(" "))
    };
    rep.full_name
        .clone()
        .filter(|name| !name.is_empty())
        .or_else(both)
}

/// The section of the company.
#[component]
pub(crate) fn Company(
    /// The account.
    account: Account,
    /// The sales rep, once known.
    rep: Signal<Option<SalesRep>>,
) -> AnyView {
    let locale = use_locale();
    let draft = Draft::of(&account.number(), "company");
    // A form that was left with something typed stands open again.
    let editing = RwSignal::new(draft.kept::<[String; 3]>().is_some());
    let of_customer = move || {
        let customer = account.customer().value()?;
        Some(facts_of(locale, &customer))
    };
    let ask = move || {
        let rep = rep.get()?;
        let email = rep.email.clone().filter(|email| !email.is_empty())?;
        let name = name_of(&rep).unwrap_or_else(|| email.clone());
        let text = locale.text_with("account.ask_rep", &[("name", &name)]);
        Some(view! { <a href=mail_href(&email)>{text}</a> })
    };
    let below = move || {
        if editing.get() {
            view! { <ReachEditor account=account editing=editing draft=draft /> }.into_any()
        } else {
            view! {
                <Button
                    id="company-edit"
                    press=move |()| editing.set(true)
                    label=locale.text("account.edit_company")
                />
            }
            .into_any()
        }
    };
    view! {
        <section class="panel" aria-labelledby="company-heading">
            <h2 id="company-heading">{locale.text("account.company")}</h2>
            {facts(Facts::Columns, of_customer.into_any())}
            <p class="hint whom-to-ask">{locale.text("account.supplier_changes")} " " {ask}</p>
            {below}
        </section>
    }
    .into_any()
}

fn facts_of(locale: Locale, customer: &Customer) -> AnyView {
    let terms = customer.terms.clone().filter(|terms| !terms.is_empty());
    let terms = terms.unwrap_or_else(|| locale.text("account.no_terms"));
    let name = Some(&customer.company_name);
    let row = |label: &str, value: Option<AnyView>| Some(fact(locale.text(label), value?));
    view! {
        {row("account.company_name", text(name))}
        {row("account.customer_number", text(Some(&customer.customer_number)))}
        {row("account.price_tier", text(customer.pricing.as_ref()))}
        {row("account.terms", Some(terms.into_any()))}
        {row("account.currency", text(customer.currency_code.as_ref()))}
        {row("account.email", mail_link(customer.company_email.as_deref()))}
        {row("account.phone", phone_link(customer.company_phone.as_deref()))}
        {row("account.fax", text(customer.company_fax.as_ref()))}
    }
    .into_any()
}

/// The section of the sales rep; nothing where the customer has none.
#[component]
pub(crate) fn Representative(
    /// The account.
    account: Account,
    /// The rep, once known.
    rep: Signal<Option<SalesRep>>,
) -> AnyView {
    let locale = use_locale();
    let content = move || {
        let customer = account.customer().value()?;
        let number = customer.rep_number.clone().filter(|it| !it.is_empty())?;
        let rep = rep.get();
        let row = |label: &str, value: Option<AnyView>| Some(fact(locale.text(label), value?));
        let known = rep.map(|rep| {
            let name = name_of(&rep);
            view! {
                {row("account.name", text(name.as_ref()))}
                {row("account.email", mail_link(rep.email.as_deref()))}
                {row("account.phone", phone_link(rep.phone_number.as_deref()))}
            }
        });
        let number = row("account.rep_number", Some(number.into_any()));
        Some(view! {
            <section class="panel" aria-labelledby="rep-heading">
                <h2 id="rep-heading">{locale.text("account.rep")}</h2>
                {facts(Facts::Columns, (known, number).into_any())}
            </section>
        })
    };
    view! { {content} }.into_any()
}

/// The form for e-mail, phone and fax.
#[component]
fn ReachEditor(
    /// The account.
    account: Account,
    /// Whether the form is open.
    editing: RwSignal<bool>,
    /// What was typed before a reload.
    draft: Draft,
) -> AnyView {
    let locale = use_locale();
    let notices = use_notices();
    let errors = FieldErrors::none();
    let saving = RwSignal::new(false);
    let refusal = RwSignal::new(None::<String>);
    let before = untrack(|| account.customer().value()).map(|customer| {
        [
            customer.company_email.clone(),
            customer.company_phone.clone(),
            customer.company_fax.clone(),
        ]
        .map(Option::unwrap_or_default)
    });
    let before = StoredValue::new(before.unwrap_or_default());
    let fields = before.get_value().map(RwSignal::new);
    match draft.kept::<[String; 3]>() {
        Some((was, typed)) => {
            // What the details were when the form was opened tells what was changed in it.
            before.set_value(was);
            fields
                .iter()
                .zip(typed)
                .for_each(|(field, text)| field.set(text));
        }
        None => page::focus_soon("#company-email"),
    }
    draft.keep(move || before.get_value(), fields.to_vec());
    let [email, phone, fax] = fields;
    let close = move || {
        editing.try_set(false);
        draft.forget();
        page::focus_soon("#company-edit");
    };
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        if saving.get_untracked() {
            return;
        }
        let typed = [email, phone, fax].map(|field| field.get_untracked().trim().to_owned());
        // Only what was changed is checked and sent: the rest is the merchant's, or was changed elsewhere.
        let before = before.get_value();
        let mut wrong = Vec::new();
        let checks = [
            ("company-email", email_error(&typed[0])),
            ("company-phone", phone_error(&typed[1])),
            ("company-fax", phone_error(&typed[2])),
        ];
        for ((id, error), (now, before)) in checks.into_iter().zip(typed.iter().zip(&before)) {
            if now == before {
                continue;
            }
            if id == "company-email" && now.is_empty() {
                wrong.push((id, locale.text("account.required_email")));
            }
            wrong.extend(error.map(|error| (id, explain_field(locale, error))));
        }
        if let Some((first, count)) = errors.show(wrong) {
            page::focus(&["#", first].concat());
            refusal.set(Some(locale.plural("checkout.correct", count, &[])));
            return;
        }
        refusal.set(None);
        let mut changed = typed
            .into_iter()
            .zip(before)
            .map(|(now, before)| (now != before).then_some(now));
        let changes = CustomerChanges {
            company_email: changed.next().flatten(),
            company_phone: changed.next().flatten(),
            company_fax: changed.next().flatten(),
            ..CustomerChanges::default()
        };
        if changes == CustomerChanges::default() {
            return close();
        }
        saving.set(true);
        spawn_local(async move {
            let outcome = account.write(changes).await;
            saving.try_set(false);
            match outcome {
                Ok(()) => {
                    let name = locale.text("account.company");
                    let text = locale.text_with("account.saved", &[("name", &name)]);
                    notices.show(Tone::Done, text, None);
                    close();
                }
                Err(error) => {
                    refusal.try_set(Some(explain(locale, &error)));
                }
            }
        });
    };
    view! {
        <form
            class="entry-form"
            aria-labelledby="company-heading"
            aria-busy=move || saving.get().to_string()
            on:submit=submit
            novalidate
        >
            <div class="fields">
                <TextField
                    id="company-email"
                    label=locale.text("account.email")
                    value=email
                    error=errors.of("company-email")
                    inputmode="email"
                    autocomplete="email"
                    required=true
                />
                <TextField
                    id="company-phone"
                    label=locale.text("account.phone")
                    value=phone
                    error=errors.of("company-phone")
                    inputmode="tel"
                    autocomplete="tel"
                />
                <TextField
                    id="company-fax"
                    label=locale.text("account.fax")
                    value=fax
                    error=errors.of("company-fax")
                    inputmode="tel"
                />
            </div>
            <FormEnd
                save="account.save"
                saving=saving.into()
                refusal=refusal.into()
                cancel=close
            />
        </form>
    }
    .into_any()
}
