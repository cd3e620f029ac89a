//! The button and the place of the palette and of the list of shortcuts, which come when they are first asked for.

use leptos::{prelude::*, reactive::computed::ScopedFuture, task::spawn_local};

use super::{
    keys::{Dialog, Keyboard},
    palette,
};
use crate::{
    browser::keys,
    components::icon::{Glyph, Icon},
    lazy_page::load_assets,
    locale::use_locale,
    state::{
        app::{notices::use_notices, release},
        session::use_session,
    },
};

/// The button in the header that opens the palette.
#[component]
pub(crate) fn JumpButton(
    /// The keyboard.
    keyboard: Keyboard,
) -> AnyView {
    let locale = use_locale();
    let keys = if keys::is_apple() {
        ["⌘ K", "Meta+K"]
    } else {
        ["Ctrl K", "Control+K"]
    };
    view! {
        <button
            type="button"
            class="jump"
            aria-haspopup="dialog"
            aria-keyshortcuts=keys[1]
            on:click=move |_| keyboard.open.set(Some(Dialog::Palette))
        >
            <Icon glyph=Glyph::Search />
            <span>{locale.text("frame.jump")}</span>
            <kbd aria-hidden="true">{keys[0]}</kbd>
        </button>
    }
    .into_any()
}

/// The place of the dialogs, which come with their own code and words when the first of them is opened.
#[component]
pub(crate) fn KeyboardDialogs(
    /// The keyboard.
    keyboard: Keyboard,
) -> AnyView {
    let locale = use_locale();
    let notices = use_notices();
    let session = use_session();
    provide_context(keyboard);
    let owner = StoredValue::new(Owner::current().unwrap_or_default());
    // A view can be shown once: it waits here, and is taken by its place.
    let dialogs = StoredValue::new_local(None::<AnyView>);
    let arrived = RwSignal::new(false);
    let coming = StoredValue::new(false);
    Effect::new(move |_| {
        let wanted = keyboard.open.get().is_some();
        if !wanted || arrived.get_untracked() || coming.get_value() {
            return;
        }
        coming.set_value(true);
        let come = async move {
            let words = load_assets(locale, "palette").await;
            let view = match words {
                Ok(()) => palette::load().await.ok(),
                Err(_) => None,
            };
            coming.try_set_value(false);
            if let Some(view) = view {
                dialogs.try_update_value(|place| *place = Some(view));
                arrived.try_set(true);
            } else {
                keyboard.open.try_set(None);
                release::report_missing(locale, notices, session);
            }
        };
        spawn_local(owner.with_value(|owner| owner.with(|| ScopedFuture::new(come))));
    });
    let content = move || {
        arrived.get();
        dialogs.try_update_value(Option::take).flatten()
    };
    view! { {content} }.into_any()
}
