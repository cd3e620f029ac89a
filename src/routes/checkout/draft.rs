//! The form and its draft: what was changed at checkout comes back, and what is changed now is kept. Cards never are.

use leptos::prelude::*;

use super::form::CheckoutForm;

/// Takes up the draft once the cart is known, and from then on keeps it as the form changes.
pub(crate) fn keep(form: &CheckoutForm) {
    let form = *form;
    let draft = form.draft;
    let fields = form.new_address.fields();
    Effect::new(move |begun: Option<bool>| {
        let known = draft.is_known();
        if known && begun != Some(true) {
            draft.take_up();
            let typed = untrack(|| draft.get()).new_address;
            for (field, text) in fields.into_iter().zip(typed) {
                field.set(text);
            }
        }
        known || begun == Some(true)
    });
    // The PO number is the cart's until another is typed here, and again once it is changed there.
    Effect::new(move |_| {
        let shown = draft.get().po_number(&draft.of_cart());
        if draft.is_known() && form.po_number.with_untracked(|typed| *typed != shown) {
            form.po_number.set(shown);
        }
    });
    Effect::new(move |before: Option<String>| {
        let typed = form.po_number.get();
        if before.is_some_and(|before| before != typed) {
            let of_cart = untrack(|| draft.of_cart());
            draft.change(|draft| draft.type_po_number(&of_cart, &typed));
        }
        typed
    });
    Effect::new(move |before: Option<()>| {
        let typed: Vec<String> = fields.iter().map(|field| field.get()).collect();
        // The first run only subscribes: an untouched form leaves nothing behind.
        if before.is_some() {
            draft.change(|draft| draft.new_address = typed);
        }
    });
    Effect::new(move |_| {
        let picked = form.picked.get();
        draft.change(|draft| draft.payment = picked);
    });
}
