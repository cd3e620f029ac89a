//! The palette: one field that searches and jumps, and the list of shortcuts. Comes when it is first asked for.

pub(crate) mod found;
pub(crate) mod shortcuts;

use leptos::{ev, html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::Element;

use self::found::{Does, Entry, Found};
use super::keys::{Dialog, Keyboard};
use crate::{
    browser::{keys, page},
    components::dialog,
    domain::keyboard::jump::step,
    lazy_page::lazy_part,
    locale::use_locale,
    state::{app::navigation::use_navigation, cart::use_cart, session::use_session},
};

lazy_part!(product, load, AnyView, {
    let keyboard: Keyboard = expect_context();
    view! {
        <Palette keyboard=keyboard />
        <shortcuts::Shortcuts keyboard=keyboard />
    }
    .into_any()
});

fn option_id(place: usize) -> String {
    ["palette-", &place.to_string()].concat()
}

/// The palette.
#[component]
fn Palette(
    /// The keyboard.
    keyboard: Keyboard,
) -> AnyView {
    let locale = use_locale();
    let session = use_session();
    let cart = use_cart();
    let navigation = use_navigation();
    let node = NodeRef::new();
    let field = NodeRef::<html::Input>::new();
    let typed = RwSignal::new(String::new());
    let found = Found::start(typed);
    let is_open = Memo::new(move |_| keyboard.open.get() == Some(Dialog::Palette));
    let entries = Memo::new(move |_| {
        if is_open.get() {
            found.entries()
        } else {
            Vec::new()
        }
    });
    // The entry that Enter takes. What comes later leaves it where it is; other words begin anew.
    let place = RwSignal::new(0_usize);
    let active = Memo::new(move |_| {
        let count = entries.with(Vec::len);
        (count > 0).then(|| place.get().min(count - 1))
    });
    // Begun anew each time, before it is seen.
    Effect::new(move |_| {
        if is_open.get() {
            typed.set(String::new());
            place.set(0);
        }
    });
    Effect::new(move |_| {
        let Some(place) = active.get() else { return };
        page::reveal(&option_id(place));
    });
    let close = move || keyboard.open.set(None);
    let take = move |entry: Entry| match entry.does {
        Does::Go(href) => {
            close();
            // The next screen takes the focus, and must not lose it again.
            dialog::shut(node);
            navigation.go(&href);
        }
        Does::Add {
            sku,
            name,
            quantity,
        } => {
            close();
            cart.add(&sku, &name, quantity);
        }
        Does::SignOut => session.sign_out(),
        Does::Shortcuts => keyboard.open.set(Some(Dialog::Help)),
    };
    // `SKU x 12` and Enter are typed faster than a server answers: Enter waits for the answer.
    let hurries = RwSignal::new(false);
    Effect::new(move |_| {
        if !hurries.get() || found.is_searching() {
            return;
        }
        hurries.set(false);
        let all = untrack(|| entries.get());
        if let Some(entry) = all.into_iter().find(|entry| found.is_just_that(entry)) {
            take(entry);
        }
    });
    let on_key = move |event: ev::KeyboardEvent| {
        let Some(key) = keys::pressed(&event) else {
            return;
        };
        let count = entries.with_untracked(Vec::len);
        let steps = match key.as_str() {
            "ArrowDown" => 1,
            "ArrowUp" => -1,
            "Enter" => {
                event.prevent_default();
                if found.looks_for_units() {
                    hurries.set(true);
                    return;
                }
                let place = active.get_untracked();
                let entry = place.and_then(|it| entries.with_untracked(|all| all.get(it).cloned()));
                if let Some(entry) = entry {
                    take(entry);
                }
                return;
            }
            _ => return,
        };
        event.prevent_default();
        let now = active.get_untracked().unwrap_or(0);
        if let Some(next) = step(now, steps, count) {
            place.set(next);
        }
    };
    let on_input = move |event: ev::Event| {
        hurries.set(false);
        typed.set(event_target_value(&event));
        place.set(0);
    };
    // One listener for all options: which one was meant is told by its place.
    let on_click = move |event: ev::MouseEvent| {
        let option = event
            .target()
            .and_then(|target| target.dyn_into::<Element>().ok())
            .and_then(|element| element.closest("[role=option]").ok().flatten());
        let id = option.map(|option| option.id()).unwrap_or_default();
        let place = (0..entries.with_untracked(Vec::len)).find(|place| option_id(*place) == id);
        let entry = place.and_then(|it| entries.with_untracked(|all| all.get(it).cloned()));
        if let Some(entry) = entry {
            take(entry);
        }
    };
    let options = move || {
        let entries = entries.get().into_iter().enumerate();
        entries
            .map(|(place, entry)| {
                let selected = move || (active.get() == Some(place)).to_string();
                view! {
                    <li role="option" id=option_id(place) aria-selected=selected>
                        <span>{entry.text}</span>
                        " "
                        <span class="hint">{entry.hint}</span>
                    </li>
                }
            })
            .collect_view()
    };
    let status = move || {
        if found.is_searching() {
            return locale.text("palette.searching");
        }
        if let Some(trouble) = found.trouble() {
            return trouble;
        }
        let count = entries.with(Vec::len) as u64;
        locale.plural("palette.results", count, &[])
    };
    let active_id = move || active.get().map(option_id);
    view! {
        <dialog::Dialog
            class="palette"
            name=locale.text("palette.title")
            open=is_open
            beside=true
            node=node
            close=move |()| close()
        >
            <input
                type="text"
                role="combobox"
                autofocus
                autocomplete="off"
                spellcheck="false"
                maxlength="200"
                aria-label=locale.text("palette.title")
                aria-autocomplete="list"
                aria-expanded="true"
                aria-controls="palette-list"
                aria-activedescendant=active_id
                placeholder=locale.text("palette.hint")
                node_ref=field
                prop:value=typed
                on:input=on_input
                on:keydown=on_key
            />
            <ul
                role="listbox"
                id="palette-list"
                aria-label=locale.text("palette.list")
                on:click=on_click
            >
                {options}
            </ul>
            <div class="palette-foot">
                <p class="hint" role="status">
                    {status}
                </p>
                <button
                    type="button"
                    class="quiet-button"
                    on:click=move |_| keyboard.open.set(Some(Dialog::Help))
                >
                    {locale.text("keys.title")}
                </button>
                <button type="button" class="quiet-button" on:click=move |_| close()>
                    {locale.text("palette.close")}
                </button>
            </div>
        </dialog::Dialog>
    }
    .into_any()
}
