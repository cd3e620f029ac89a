//! A choice that is part of a list's address: its sort order, for example.

use leptos::{ev, prelude::*};

use crate::{locale::use_locale, state::app::navigation::use_navigation};

/// A labelled select whose options are other views of the same list.
#[component]
pub(crate) fn ViewChoice(
    /// What is chosen.
    label: String,
    /// The value of each option in the address, and its message.
    options: Vec<(&'static str, &'static str)>,
    /// The value that the address holds now.
    chosen: Signal<&'static str>,
    /// The address of another value, which is always one of the options'.
    #[prop(into)]
    to: Callback<String, String>,
    /// Whether choosing is no step to go back to.
    #[prop(optional)]
    replace: bool,
    /// Why nothing can be chosen at present; none: it can.
    #[prop(optional)]
    disabled: Signal<Option<String>>,
    /// The label's class.
    #[prop(default = "sort")]
    class: &'static str,
) -> AnyView {
    let locale = use_locale();
    let navigation = use_navigation();
    let on_change = move |event: ev::Event| {
        let href = to.run(event_target_value(&event));
        navigation.change_address(&href, replace);
    };
    let options = options
        .into_iter()
        .map(|(value, message)| {
            view! {
                <option value=value prop:selected=move || chosen.get() == value>
                    {locale.text(message)}
                </option>
            }
        })
        .collect_view();
    view! {
        <label class=class>
            <span>{label}</span>
            <select
                disabled=move || disabled.with(Option::is_some)
                title=move || disabled.get()
                on:change=on_change
            >
                {options}
            </select>
        </label>
    }
    .into_any()
}
