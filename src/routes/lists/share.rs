//! Sharing a list: a link that holds it, to be copied.

use leptos::{html, prelude::*};
use std::sync::Arc;

use super::received::FRAGMENT;
use crate::{
    browser::page,
    components::button::{Button, Look},
    domain::lists::saved_list::OrderList,
    locale::use_locale,
    route::Route,
};

/// The link to a list; none when it would be too long.
fn link_to(list: &OrderList) -> Option<String> {
    let mut link = page::origin();
    link.push_str(&Route::Lists.href());
    link.push_str(FRAGMENT);
    link.push_str(&list.to_link()?);
    Some(link)
}

/// The panel with the link.
#[component]
pub(crate) fn Share(
    /// The list.
    list: Memo<Option<Arc<OrderList>>>,
    /// Closes the panel.
    close: Callback<()>,
) -> AnyView {
    let locale = use_locale();
    let link = Memo::new(move |_| list.with(|list| list.as_deref().and_then(link_to)));
    let field = NodeRef::<html::Input>::new();
    let copied = RwSignal::new(false);
    Effect::new(move |_| {
        if let Some(field) = field.get() {
            let _ = field.focus();
            field.select();
        }
    });
    let copy = move |()| {
        let Some(link) = link.get_untracked() else {
            return;
        };
        leptos::task::spawn_local(async move {
            let taken = page::copy(&link).await;
            copied.try_set(taken);
            if !taken && let Some(field) = field.get_untracked() {
                // The browser does not let us: the buyer can.
                let _ = field.focus();
                field.select();
            }
        });
    };
    let content = move || match link.get() {
        Some(link) => view! {
            <div class="field">
                <label for="list-link">{locale.text("lists.link")}</label>
                <input id="list-link" type="text" readonly value=link node_ref=field />
                <p class="hint">{locale.text("lists.link_hint")}</p>
            </div>
            <div class="actions">
                <Button look=Look::Primary press=copy label=locale.text("lists.copy") />
                <button type="button" class="quiet-button" on:click=move |_| close.run(())>
                    {locale.text("lists.close")}
                </button>
                <span role="status">
                    {move || copied.get().then(|| locale.text("lists.copied"))}
                </span>
            </div>
        }
        .into_any(),
        None => view! {
            <p role="alert">{locale.text("lists.too_long")}</p>
            <div class="actions">
                <button type="button" class="quiet-button" on:click=move |_| close.run(())>
                    {locale.text("lists.close")}
                </button>
            </div>
        }
        .into_any(),
    };
    view! {
        <section class="panel list-share no-print" aria-labelledby="list-share">
            <h2 id="list-share">{locale.text("lists.share")}</h2>
            {content}
        </section>
    }
    .into_any()
}
