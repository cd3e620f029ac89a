//! The dialog that asks before a saved card is removed.

use leptos::{prelude::*, task::spawn_local};
use nymble_wire::PaymentProfile;

use crate::{
    browser::page,
    components::{
        button::{Button, Look},
        dialog::{Dialog, shut},
        payment_method::in_words,
    },
    locale::use_locale,
    state::payments::methods::PaymentMethods,
};

/// The dialog.
#[component]
pub(crate) fn RemoveCard(
    /// The saved cards.
    methods: PaymentMethods,
    /// The card to remove.
    method: PaymentProfile,
    /// Emptied to close the dialog.
    open: RwSignal<Option<PaymentProfile>>,
) -> AnyView {
    let locale = use_locale();
    let name = in_words(locale, &method);
    let dialog = NodeRef::new();
    let removing = RwSignal::new(false);
    let refusal = RwSignal::new(None::<String>);
    let close = move || {
        shut(dialog);
        open.try_set(None);
    };
    let keep = move || {
        if !removing.get_untracked() {
            close();
        }
    };
    let id = method.payment_profile_id;
    let remove = move |()| {
        if removing.get_untracked() {
            return;
        }
        removing.set(true);
        refusal.set(None);
        let id = id.clone();
        spawn_local(async move {
            let outcome = methods.remove(&id).await;
            removing.try_set(false);
            match outcome {
                Ok(()) => {
                    close();
                    // Its row has gone, and the focus with it.
                    page::focus_soon("#methods-heading");
                }
                Err(error) => {
                    refusal.try_set(Some(locale.error(&error)));
                }
            }
        });
    };
    let refused = move || {
        refusal
            .get()
            .map(|text| view! { <p class="refusal" role="alert">{text}</p> })
    };
    view! {
        <Dialog named_by="remove-card-title" node=dialog close=move |()| keep()>
            <h2 id="remove-card-title">{locale.text("account.remove_card_title")}</h2>
            <p>{locale.text_with("account.remove_card_lead", &[("name", &name)])}</p>
            {refused}
            <div class="actions">
                <Button
                    look=Look::Primary
                    busy=removing
                    press=remove
                    label=locale.text("account.remove_card")
                />
                <Button
                    busy=removing
                    press=move |()| keep()
                    label=locale.text("account.keep_card")
                />
            </div>
        </Dialog>
    }
    .into_any()
}
