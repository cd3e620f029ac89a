//! What became of a visit to the payment provider's page, in words.

use leptos::prelude::*;
use nymble_wire::{TransactionState, TransactionStatus};

use crate::{
    components::button::{Button, ButtonLink},
    locale::{Locale, use_locale},
    state::payments::{
        hosted_outcome::{HostedVisit, Stage},
        hosted_payment::Purpose,
    },
};

/// The sentence about a visit that is over.
fn ended(locale: Locale, purpose: Purpose, state: &TransactionState) -> String {
    let saving = purpose == Purpose::SaveCard;
    let pick = |card, payment| if saving { card } else { payment };
    match &state.status {
        TransactionStatus::Complete if !saving => {
            let amount = locale.money(state.transaction_amount, &state.currency_code);
            locale.text_with("hosted.paid", &[("amount", &amount)])
        }
        TransactionStatus::Complete => locale.text("hosted.saved"),
        TransactionStatus::Declined => {
            locale.text(pick("hosted.declined_card", "hosted.declined_payment"))
        }
        TransactionStatus::Cancelled => {
            locale.text(pick("hosted.cancelled_card", "hosted.cancelled_payment"))
        }
        _ => locale.text(pick("hosted.expired_card", "hosted.expired_payment")),
    }
}

/// Says what became of the visit, and offers what can be done about it. Nothing when there was none.
#[component]
pub(crate) fn HostedReturn(
    /// The visit.
    visit: HostedVisit,
) -> AnyView {
    let locale = use_locale();
    let purpose = visit.purpose();
    let by_purpose = move |card, payment| {
        locale.text(match purpose {
            Purpose::SaveCard => card,
            Purpose::PayInvoice => payment,
        })
    };
    let again = move || {
        view! {
            <Button press=move |()| visit.check_again() label=locale.text("hosted.check_again") />
        }
    };
    let note = move |text: String| view! { <p class="note">{text}</p> }.into_any();
    let content = move || match visit.stage() {
        Stage::None => None,
        Stage::Unknown => Some(note(locale.text("hosted.unknown"))),
        Stage::Confirming => Some(note(by_purpose(
            "hosted.confirming_card",
            "hosted.confirming_payment",
        ))),
        Stage::Ended(state) if state.status == TransactionStatus::Complete => Some(
            view! { <p class="note note-good">{ended(locale, purpose, &state)}</p> }.into_any(),
        ),
        Stage::Ended(state) => Some(note(ended(locale, purpose, &state))),
        Stage::StillPending => Some(
            view! {
                <div class="note">
                    <p>{by_purpose("hosted.pending_card", "hosted.pending_payment")}</p>
                    {again()}
                </div>
            }
            .into_any(),
        ),
        Stage::Left => Some(
            view! {
                <div class="note">
                    <p>{by_purpose("hosted.left_card", "hosted.left_payment")}</p>
                    <ButtonLink
                        href=visit.page().unwrap_or_default()
                        label=locale.text("hosted.go_on")
                    />
                    {again()}
                    <button
                        type="button"
                        class="quiet-button"
                        on:click=move |_| visit.give_up()
                    >
                        {locale.text("hosted.give_up")}
                    </button>
                </div>
            }
            .into_any(),
        ),
        Stage::Unclear(error) => {
            let reason = locale.error(&error);
            Some(
                view! {
                    <div class="note">
                        <p>{locale.text_with("hosted.unclear", &[("reason", &reason)])}</p>
                        {again()}
                    </div>
                }
                .into_any(),
            )
        }
    };
    // Stands there from the start, so that what comes into it is announced.
    view! { <div class="hosted-return" role="status">{content}</div> }.into_any()
}
