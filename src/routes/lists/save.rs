//! The dialog `Save as a list`: a new list, or more lines on one that is there.

use leptos::{ev, prelude::*};

use super::name_field::{self, NameField};
use crate::{
    browser::page,
    components::{
        button::{Button, Look, Submit},
        dialog::{Dialog, shut},
    },
    locale::use_locale,
    route::Route,
    state::{
        app::notices::{NoticeLink, Tone, use_notices},
        lists::{Phase, offer::use_offered, use_order_lists},
    },
};

/// The dialog about what is offered now.
#[component]
pub(crate) fn SaveDialog() -> AnyView {
    let locale = use_locale();
    let notices = use_notices();
    let offered = use_offered();
    let lists = use_order_lists();
    let offer = StoredValue::new(offered.now().unwrap_or_default());
    let dialog = NodeRef::new();
    let close = move || {
        shut(dialog);
        offered.close();
    };
    // The id of a list, or nothing for a new one.
    let target = RwSignal::new(String::new());
    let name = RwSignal::new(offer.with_value(|offer| offer.name.clone()));
    let error = RwSignal::new(None::<String>);
    let save = move |event: ev::SubmitEvent| {
        event.prevent_default();
        if lists.phase() != Phase::Known {
            return;
        }
        let offer = offer.get_value();
        let count = offer.lines.len() as u64;
        let id = target.get_untracked();
        let known = untrack(|| lists.list(&id));
        let (id, name, left) = if let Some(known) = known {
            let mut left = 0;
            lists.change(&id, |list| {
                left = list.add(offer.lines);
                list.currency = offer.currency.or_else(|| list.currency.clone());
            });
            (id, known.name.clone(), left as u64)
        } else {
            let Some(name) = name_field::checked(locale, name, error) else {
                page::focus("#list-name");
                return;
            };
            let id = lists.create(name.clone(), offer.currency, offer.lines);
            (id, name, 0)
        };
        let link = NoticeLink {
            label: locale.text("lists.view"),
            href: Route::List(id).href(),
        };
        let saved = locale.plural("lists.saved", count - left.min(count), &[("name", &name)]);
        notices.show_linked(Tone::Done, saved, None, Some(link));
        if left > 0 {
            notices.show(Tone::Trouble, locale.plural("lists.full", left, &[]), None);
        }
        close();
    };
    let lead = offer.with_value(|offer| match offer.lines.as_slice() {
        [one] => one.name.clone(),
        lines => locale.plural("lists.lines", lines.len() as u64, &[]),
    });
    let options = move || {
        let option = |(id, list): (
            String,
            std::sync::Arc<crate::domain::lists::saved_list::OrderList>,
        )| {
            let mine = id.clone();
            let chosen = move || target.with(|target| *target == mine);
            view! {
                <option value=id prop:defaultSelected=chosen>
                    {list.name.clone()}
                </option>
            }
        };
        lists.all().into_iter().map(option).collect_view()
    };
    let trouble = move || {
        let words = || view! { <p class="hint">{locale.text("lists.of_this_tab")}</p> };
        lists.are_of_tab().then(words)
    };
    view! {
        <Dialog named_by="save-list-title" node=dialog close=move |()| close()>
            <h2 id="save-list-title">{locale.text("lists.save_as")}</h2>
            <p>{lead}</p>
            {trouble}
            <form class="form" novalidate on:submit=save>
                <div class="field">
                    <label for="list-target">{locale.text("lists.onto")}</label>
                    <select
                        id="list-target"
                        on:change=move |event| target.set(event_target_value(&event))
                    >
                        <option value="" prop:defaultSelected=move || target.with(String::is_empty)>
                            {locale.text("lists.a_new_one")}
                        </option>
                        {options}
                    </select>
                </div>
                <div hidden=move || target.with(|target| !target.is_empty())>
                    <NameField id="list-name" label="lists.name" typed=name error=error />
                </div>
                <div class="actions">
                    <Submit
                        look=Look::Primary
                        busy=Signal::derive(move || lists.phase() != Phase::Known)
                        label=locale.text("lists.save")
                    />
                    <Button press=move |()| close() label=locale.text("lists.cancel") />
                </div>
            </form>
        </Dialog>
    }
    .into_any()
}
