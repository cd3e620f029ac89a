//! The button that puts lines of another screen on a list. The dialog behind it comes when it is first used.

use leptos::{prelude::*, reactive::computed::ScopedFuture, task::spawn_local};

use super::save::SaveDialog;
use crate::{
    components::button::Button,
    lazy_page::{lazy_part, load_assets},
    locale::use_locale,
    state::{
        app::{notices::use_notices, release},
        lists::offer::{ListOffer, use_offered},
        session::use_session,
    },
};

lazy_part!(portal, load_dialog, AnyView, {
    view! { <SaveDialog /> }.into_any()
});

/// The button. Nothing where lists are switched off.
#[component]
pub(crate) fn SaveAsList(
    /// What it says, as a message.
    label: &'static str,
    /// What is to be put on a list; none when there is nothing to put on one now.
    #[prop(into)]
    offer: Callback<(), Option<ListOffer>>,
) -> AnyView {
    let session = use_session();
    if !session.config().features.lists {
        return ().into_any();
    }
    let locale = use_locale();
    let notices = use_notices();
    let offered = use_offered();
    // This button's dialog, and not that of another one on the screen.
    let dialog = StoredValue::new_local(None::<AnyView>);
    let ready = RwSignal::new(false);
    let busy = RwSignal::new(false);
    let owner = StoredValue::new(Owner::current().unwrap_or_default());
    let open = move |()| {
        if busy.get_untracked() {
            return;
        }
        let Some(offer) = offer.run(()) else { return };
        busy.set(true);
        let coming = owner.with_value(|owner| {
            owner.with(|| {
                ScopedFuture::new(async move {
                    let words = load_assets(locale, "lists").await.is_ok();
                    let view = load_dialog().await.ok();
                    view.filter(|_| words)
                })
            })
        });
        offered.open(offer);
        spawn_local(async move {
            let view = coming.await;
            busy.try_set(false);
            if view.is_none() {
                offered.close();
                release::report_missing(locale, notices, session);
                return;
            }
            dialog.try_set_value(view);
            ready.try_set(true);
        });
    };
    Effect::new(move |_| {
        if !offered.is_open() {
            ready.set(false);
        }
    });
    view! {
        <Button busy=busy press=open label=locale.text(label) />
        {move || ready.get().then(|| dialog.try_update_value(Option::take).flatten()).flatten()}
    }
    .into_any()
}
