//! What the list of orders is narrowed and sorted by: fields above it, and a chip for each that is set.

use leptos::{ev, html, prelude::*};
use nymble_wire::OrderStatus;

use super::{
    query::{Narrowing, OrdersQuery, SORTS, STATUSES},
    words,
};
use crate::{
    browser::{keys, page},
    components::chip::Chip,
    domain::values::calendar::Day,
    locale::{Locale, use_locale},
    state::app::navigation::{LateChange, Navigation, use_navigation},
};

/// How long typing may pause before it counts, in milliseconds.
const TYPING_PAUSE_MS: u64 = 300;

/// Where the focus goes when what had it is taken away.
const CHIPS: &str = "order-chips";

/// The fields and the chips.
#[component]
pub(crate) fn Filters(
    /// What the list shows.
    shown: Memo<OrdersQuery>,
) -> AnyView {
    let locale = use_locale();
    let navigation = use_navigation();
    let choose_status = move |event: ev::Event| {
        let value = event_target_value(&event);
        let next = shown.with_untracked(|view| view.with(Narrowing::Status, &value));
        navigation.change_address(&next.href(), false);
    };
    let choose_sort = move |event: ev::Event| {
        let value = event_target_value(&event);
        let next = shown.with_untracked(|view| view.sorted(&value));
        navigation.change_address(&next.href(), false);
    };
    let mut statuses = vec![(String::new(), locale.text("orders.any_status"))];
    for status in &STATUSES {
        statuses.push((status.as_str().to_owned(), words::status(locale, status)));
    }
    let sorts = SORTS
        .iter()
        .map(|(value, message, ..)| ((*value).to_owned(), locale.text(message)))
        .collect();
    let status =
        Signal::derive(move || shown.with(|view| view.narrowed(Narrowing::Status).to_owned()));
    let sort = Signal::derive(move || shown.with(|view| view.sort_value().to_owned()));
    view! {
        <form
            class="panel order-filters"
            role="search"
            aria-label=locale.text("orders.filters")
            on:submit=|event: ev::SubmitEvent| event.prevent_default()
        >
            {choice("order-status", locale.text("orders.status"), statuses, status, choose_status)}
            <FilterField shown=shown by=Narrowing::From id="order-from" kind="date" />
            <FilterField shown=shown by=Narrowing::To id="order-to" kind="date" />
            <FilterField shown=shown by=Narrowing::PoNumber id="order-po" kind="text" />
            <FilterField shown=shown by=Narrowing::Sku id="order-sku" kind="text" />
            {choice("order-sort", locale.text("orders.sort"), sorts, sort, choose_sort)}
        </form>
        {chips(locale, navigation, shown)}
    }
    .into_any()
}

/// A labelled select.
fn choice(
    id: &'static str,
    label: String,
    options: Vec<(String, String)>,
    chosen: Signal<String>,
    choose: impl Fn(ev::Event) + 'static,
) -> AnyView {
    let options = options
        .into_iter()
        .map(|(value, text)| {
            let here = value.clone();
            view! {
                <option value=value prop:selected=move || chosen.with(|chosen| *chosen == here)>
                    {text}
                </option>
            }
        })
        .collect_view();
    view! {
        <div class="field">
            <label for=id>{label}</label>
            <select id=id on:change=choose>
                {options}
            </select>
        </div>
    }
    .into_any()
}

/// A field whose text narrows the list when typing pauses.
#[component]
fn FilterField(
    shown: Memo<OrdersQuery>,
    by: Narrowing,
    id: &'static str,
    kind: &'static str,
) -> AnyView {
    let locale = use_locale();
    let navigation = use_navigation();
    let input = NodeRef::<html::Input>::new();
    let change = LateChange::new(navigation);
    let typing = StoredValue::new(false);
    // The field follows the address (back, forward, a chip), but never while it is ahead of it. What
    // stands in it is left alone where it says the same: a date half typed has no value yet.
    let wanted = Memo::new(move |_| shown.with(|view| view.narrowed(by).to_owned()));
    Effect::new(move |drops: Option<u32>| {
        let wanted = wanted.get();
        let now = change.follow_drops();
        if drops.is_some_and(|before| before != now) {
            typing.set_value(false);
        }
        if let Some(input) = input.get()
            && !typing.get_value()
            && by.taken(&input.value()) != wanted
        {
            input.set_value(&wanted);
        }
        now
    });
    let apply = move || {
        typing.try_set_value(false);
        let Some(input) = input.try_get_untracked().flatten() else {
            return;
        };
        let value = by.taken(&input.value());
        let view = shown.get_untracked();
        if view.narrowed(by) != value {
            // Going from one text to the next is one step back, not one for each letter.
            let replace = !view.narrowed(by).is_empty() && !value.is_empty();
            navigation.change_address(&view.with(by, &value).href(), replace);
        }
    };
    let on_input = move |_: ev::Event| {
        typing.set_value(true);
        change.wait(TYPING_PAUSE_MS, apply);
    };
    let on_key = move |event: ev::KeyboardEvent| {
        if keys::pressed(&event).as_deref() == Some("Enter") {
            change.now(apply);
        }
    };
    let backwards =
        Memo::new(move |_| by == Narrowing::To && shown.with(OrdersQuery::is_backwards));
    view! {
        <div class="field">
            <label for=id>{locale.text(by.message())}</label>
            <input
                id=id
                type=kind
                autocomplete="off"
                spellcheck="false"
                maxlength="100"
                node_ref=input
                aria-invalid=move || backwards.get().then_some("true")
                aria-describedby=move || backwards.get().then_some("order-backwards")
                on:input=on_input
                on:keydown=on_key
            />
            {move || {
                backwards
                    .get()
                    .then(|| {
                        view! {
                            <p class="field-error" id="order-backwards">
                                {locale.text("orders.backwards")}
                            </p>
                        }
                    })
            }}
        </div>
    }
    .into_any()
}

/// A chip for each thing the list is narrowed by, which takes it away.
fn chips(locale: Locale, navigation: Navigation, shown: Memo<OrdersQuery>) -> AnyView {
    let change = move |next: &OrdersQuery| {
        // What is clicked goes away with what it stood for.
        page::focus("#order-chips");
        navigation.change_address(&next.href(), false);
    };
    let chip = move |view: &OrdersQuery, by: Narrowing| {
        let value = view.narrowed(by);
        if value.is_empty() {
            return None;
        }
        let value = match by {
            Narrowing::Status => words::status(locale, &OrderStatus::from(value)),
            Narrowing::From | Narrowing::To => day(locale, value),
            Narrowing::PoNumber | Narrowing::Sku => value.to_owned(),
        };
        let label = locale.text(by.message());
        let text = locale.text_with("orders.chip", &[("label", &label), ("value", &value)]);
        let name = locale.text_with("orders.remove_filter", &[("filter", &text)]);
        let next = view.with(by, "");
        Some(view! {
            <Chip text=text name=name remove=Callback::new(move |()| change(&next)) />
        })
    };
    let list = move || {
        let view = shown.get();
        let chips: Vec<_> = Narrowing::ALL
            .into_iter()
            .filter_map(|by| chip(&view, by))
            .collect();
        let cleared = view.cleared();
        (!chips.is_empty()).then(|| {
            view! {
                <ul aria-label=locale.text("orders.active_filters")>{chips}</ul>
                <button type="button" class="quiet-button" on:click=move |_| change(&cleared)>
                    {locale.text("orders.clear")}
                </button>
            }
        })
    };
    view! {
        <div class="chips" id=CHIPS tabindex="-1" role="group" aria-label=locale.text("orders.filters")>
            {list}
        </div>
    }
    .into_any()
}

/// A day as it is written here.
fn day(locale: Locale, text: &str) -> String {
    Day::parse(text).map_or_else(|| text.to_owned(), |day| locale.day(day))
}
