//! Text that is part of a list's address: it follows the address, and changes it when typing pauses.

use leptos::{ev, html, prelude::*};

use crate::{
    components::{
        icon::{Glyph, Icon},
        text_field::hear_filled_text,
    },
    state::app::navigation::{LateChange, Navigation, use_navigation},
};

/// How long typing may pause before it counts, in milliseconds.
const TYPING_PAUSE_MS: u64 = 250;

/// A text that is typed and belongs to the address. A copy is a handle.
#[derive(Clone, Copy)]
pub(crate) struct TypedTerm {
    /// What stands in the field.
    text: RwSignal<String>,
    in_address: Signal<String>,
    to: Callback<String, String>,
    navigation: Navigation,
    change: LateChange,
}

impl TypedTerm {
    /// The text that the address holds now, and the address that holds another one. It lives as long as the
    /// reactive owner that it is made in.
    pub(crate) fn new(
        in_address: Signal<String>,
        to: impl Fn(String) -> String + Send + Sync + 'static,
    ) -> Self {
        let navigation = use_navigation();
        let typed = Self {
            text: RwSignal::new(in_address.get_untracked()),
            in_address,
            to: Callback::new(to),
            navigation,
            change: LateChange::new(navigation),
        };
        // The field follows the address (back, forward, a link), but never while it is ahead of it.
        Effect::new(move |_| {
            typed.change.follow_drops();
            let now = in_address.get();
            if typed.text.with_untracked(|text| text.trim() != now) {
                typed.text.set(now);
            }
        });
        typed
    }

    /// What stands in the field, for the field itself.
    pub(crate) fn text(self) -> RwSignal<String> {
        self.text
    }

    /// What was typed, without spaces around it; perhaps the address does not hold it yet.
    pub(crate) fn typed(self) -> String {
        self.text.with_untracked(|text| text.trim().to_owned())
    }

    fn apply(self) {
        let wanted = self.typed();
        let known = self.in_address.get_untracked();
        if known != wanted {
            // Going from one text to the next is one step back, not one for each letter.
            let replace = !known.is_empty();
            self.navigation
                .change_address(&self.to.run(wanted), replace);
        }
    }

    /// Something was typed: it counts when typing pauses.
    pub(crate) fn input(self, event: &ev::Event) {
        self.text.set(event_target_value(event));
        self.change.wait(TYPING_PAUSE_MS, move || self.apply());
    }

    /// What was typed counts at once.
    pub(crate) fn now(self) {
        self.change.now(move || self.apply());
    }
}

/// The field alone, for a form that has others, too.
pub(crate) fn search_input(term: TypedTerm, label: String, hint: String) -> AnyView {
    let input = NodeRef::<html::Input>::new();
    hear_filled_text(input, term.text());
    view! {
        <Icon glyph=Glyph::Search />
        <input
            type="search"
            name="q"
            autocomplete="off"
            spellcheck="false"
            maxlength="200"
            aria-label=label
            placeholder=hint
            node_ref=input
            prop:value=term.text()
            on:input=move |event| term.input(&event)
        />
    }
    .into_any()
}

/// The field as a form of its own, which the enter key sends at once.
#[component]
pub(crate) fn SearchField(
    /// What is searched for.
    term: TypedTerm,
    /// The field's name.
    label: String,
    /// What can be typed.
    hint: String,
) -> AnyView {
    let on_submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        term.now();
    };
    view! {
        <form class="search" role="search" on:submit=on_submit>
            {search_input(term, label, hint)}
        </form>
    }
    .into_any()
}
