//! The list of the keyboard shortcuts, and the switch for those of a single character.

use leptos::prelude::*;

use super::super::keys::{Dialog, Keyboard, screen};
use crate::{
    browser::keys::is_apple,
    components::{button::Button, dialog},
    domain::keyboard::shortcuts::{Action, SHORTCUTS, Shortcut},
    locale::{Locale, use_locale},
    state::session::use_session,
};

/// A row: keys, and what they do.
fn row(keys: Vec<String>, does: String) -> AnyView {
    let keys = keys
        .into_iter()
        .map(|key| view! { <kbd>{key}</kbd> " " })
        .collect_view();
    view! {
        <tr>
            <th scope="row">{keys}</th>
            <td>{does}</td>
        </tr>
    }
    .into_any()
}

fn keys_of(locale: Locale, shortcut: &Shortcut) -> Vec<String> {
    let mut keys = Vec::new();
    if shortcut.with_ctrl {
        keys.push(if is_apple() {
            "⌘".to_owned()
        } else {
            locale.text("keys.ctrl")
        });
    }
    let name = |key: &&str| {
        if shortcut.with_ctrl {
            key.to_uppercase()
        } else {
            (*key).to_owned()
        }
    };
    keys.extend(shortcut.keys.iter().map(name));
    keys
}

/// The dialog.
#[component]
pub(crate) fn Shortcuts(
    /// The keyboard.
    keyboard: Keyboard,
) -> AnyView {
    let locale = use_locale();
    let session = use_session();
    let close = move || keyboard.open.set(None);
    let rows = SHORTCUTS
        .iter()
        .filter_map(|shortcut| {
            let text = locale.text(shortcut.message);
            let does = match shortcut.action {
                Action::Go(place) => {
                    screen(session, place)?;
                    locale.text_with("keys.go", &[("screen", &text)])
                }
                _ => text,
            };
            Some(row(keys_of(locale, shortcut), does))
        })
        .collect_view();
    let others = [
        (vec!["↑", "↓"], "keys.move"),
        (vec!["Enter"], "keys.take"),
        (vec!["Esc"], "keys.close"),
    ]
    .map(|(keys, message)| {
        let keys = keys.into_iter().map(str::to_owned).collect();
        row(keys, locale.text(message))
    });
    view! {
        <dialog::Dialog
            class="shortcuts"
            named_by="shortcuts-title"
            open=Signal::derive(move || keyboard.open.get() == Some(Dialog::Help))
            beside=true
            close=move |()| close()
        >
            <h2 id="shortcuts-title">{locale.text("keys.title")}</h2>
            <div class="shortcuts-list" tabindex="0" role="region" aria-labelledby="shortcuts-title">
                <table>
                    <thead class="visually-hidden">
                        <tr>
                            <th scope="col">{locale.text("keys.keys")}</th>
                            <th scope="col">{locale.text("keys.does")}</th>
                        </tr>
                    </thead>
                    <tbody>{rows} {others}</tbody>
                </table>
            </div>
            <label class="check">
                <input
                    type="checkbox"
                    prop:checked=move || keyboard.has_single()
                    prop:defaultChecked=move || keyboard.has_single()
                    on:change=move |event| keyboard.switch_single(event_target_checked(&event))
                />
                <span>{locale.text("keys.single")}</span>
            </label>
            <p class="hint">{locale.text("keys.single_hint")}</p>
            <div class="actions">
                <Button press=move |()| close() label=locale.text("palette.close") />
            </div>
        </dialog::Dialog>
    }
    .into_any()
}
