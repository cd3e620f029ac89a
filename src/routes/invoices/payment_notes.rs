//! What became of the payments that were begun here: done, refused, or in doubt until that is found out.

use leptos::prelude::*;

use crate::{
    components::button::Button,
    domain::invoices::ledger::{PaymentNote, Stage},
    locale::{Locale, use_locale},
    route::Route,
    state::invoices::payment::{Activity, use_invoice_payments},
};

/// A payment in words; none while there is nothing to be said about it.
fn in_words(locale: Locale, note: &PaymentNote, activity: Activity) -> Option<String> {
    let amount = locale.money(note.paid().unwrap_or_else(|| note.amount()), &note.currency);
    let (message, reason) = match &note.stage {
        Stage::Waiting => return None,
        _ if activity == Activity::Elsewhere && note.in_doubt() => ("invoices.elsewhere", ""),
        _ if activity == Activity::Looking && note.in_doubt() => ("invoices.confirming", ""),
        Stage::Sent => return None,
        Stage::Doubt(reason) => ("invoices.doubt", reason.as_str()),
        Stage::Paid(_) => ("invoices.payment_made", ""),
        Stage::Refused(reason) => ("invoices.payment_refused", reason.as_str()),
        Stage::NotThere(reason) => ("invoices.payment_not_there", reason.as_str()),
    };
    let values = [
        ("amount", amount.as_str()),
        ("number", note.number.as_str()),
        ("reason", reason),
    ];
    Some(locale.text_with(message, &values))
}

/// How it is meant.
fn class_of(note: &PaymentNote) -> &'static str {
    match note.stage {
        Stage::Paid(_) => "note note-good",
        Stage::Refused(_) | Stage::NotThere(_) => "refusal",
        _ => "note",
    }
}

/// The payments, each as a sentence; those of one invoice, or all.
#[component]
pub(crate) fn PaymentNotes(
    /// The invoice's id; none: all.
    of_invoice: Option<String>,
) -> AnyView {
    let locale = use_locale();
    let payments = use_invoice_payments();
    let notes = Memo::new(move |_| {
        let mut notes = payments.notes();
        if let Some(id) = &of_invoice {
            notes.retain(|note| note.invoice_id == *id);
        }
        notes
    });
    let sentences = move || {
        let activity = payments.activity();
        let said: Vec<_> = notes
            .get()
            .into_iter()
            .filter_map(|note| {
                let text = in_words(locale, &note, activity)?;
                let href = Route::Invoice(note.invoice_id.clone()).href();
                let name = locale.text_with("invoices.invoice", &[("number", &note.number)]);
                Some(view! {
                    <li class=class_of(&note)>
                        <p>{text}</p>
                        <a href=href>{name}</a>
                    </li>
                })
            })
            .collect();
        (!said.is_empty()).then(|| view! { <ul class="payment-notes">{said}</ul> })
    };
    let busy = move || payments.activity() != Activity::Idle;
    let ways = move || {
        if busy() {
            return None;
        }
        let doubtful = notes.with(|notes| notes.iter().any(PaymentNote::in_doubt));
        let settled = notes.with(|notes| {
            notes
                .iter()
                .any(|note| !note.in_doubt() && note.stage != Stage::Waiting)
        });
        let again = doubtful.then(|| {
            view! {
                <Button
                    press=move |()| payments.look_again()
                    label=locale.text("invoices.check_again")
                />
            }
        });
        let close = settled.then(|| {
            view! {
                <button type="button" class="quiet-button" on:click=move |_| payments.dismiss()>
                    {locale.text("dismiss")}
                </button>
            }
        });
        (doubtful || settled).then(|| view! { <p class="actions">{again} {close}</p> })
    };
    // Stands there from the start, so that what comes into it is announced.
    view! {
        <div class="payment-results no-print" role="status" tabindex="-1">
            {sentences}
        </div>
        {ways}
    }
    .into_any()
}
