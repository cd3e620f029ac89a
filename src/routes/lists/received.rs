//! A list that came in a link or a file: shown before it is saved.

use leptos::{html, prelude::*};
use std::sync::Arc;

use super::name_field::{self, NameField};
use crate::{
    browser::page,
    components::button::{Button, Look},
    domain::lists::saved_list::OrderList,
    locale::use_locale,
    route::Route,
    state::{
        app::navigation::use_navigation,
        lists::{Phase, use_order_lists},
    },
};

/// What the fragment of an address begins with that holds a list.
pub(crate) const FRAGMENT: &str = "#list=";

/// What came.
#[derive(Clone, PartialEq, Eq)]
pub(crate) enum Received {
    /// A list, and how many rows of a file were not understood.
    List(Arc<OrderList>, usize),
    /// Something that is not a list, or not a whole one; why, as a sentence.
    Unreadable(String),
}

/// The panel that shows what came, and saves it.
#[component]
pub(crate) fn Preview(
    /// What came.
    received: Received,
    /// Turns it down.
    close: Callback<()>,
) -> AnyView {
    let locale = use_locale();
    let navigation = use_navigation();
    let lists = use_order_lists();
    let title = NodeRef::<html::H2>::new();
    Effect::new(move |_| {
        if let Some(title) = title.get() {
            let _ = title.focus();
        }
    });
    let (list, bent) = match received {
        Received::List(list, bent) => (list, bent),
        Received::Unreadable(why) => {
            return view! {
                <div class="failed" role="alert">
                    <p>{why}</p>
                    <Button press=move |()| close.run(()) label=locale.text("lists.close") />
                </div>
            }
            .into_any();
        }
    };
    let name = RwSignal::new(list.name.clone());
    let error = RwSignal::new(None::<String>);
    let rows = list
        .lines
        .iter()
        .map(|line| {
            let named = (line.name != line.sku).then(|| line.name.clone());
            view! {
                <tr>
                    <th scope="row">
                        {named} " " <span class="sku" translate="no">{line.sku.clone()}</span>
                    </th>
                    <td class="number" translate="no">{locale.number(u64::from(line.quantity))}</td>
                </tr>
            }
        })
        .collect_view();
    let bent = bent as u64;
    let bent = (bent != 0).then(|| {
        view! { <p class="field-error" role="status">{locale.plural("lists.bent", bent, &[])}</p> }
    });
    let count = locale.plural("lists.lines", list.lines.len() as u64, &[]);
    let save = move |()| {
        let Some(name) = name_field::checked(locale, name, error) else {
            page::focus("#received-name");
            return;
        };
        if untrack(|| lists.phase()) != Phase::Known {
            return;
        }
        let id = lists.create(name, list.currency.clone(), list.lines.clone());
        close.run(());
        navigation.go(&Route::List(id).href());
    };
    view! {
        <div class="panel list-received">
            <h2 id="list-received" tabindex="-1" node_ref=title>
                {locale.text("lists.received")}
            </h2>
            <NameField id="received-name" label="lists.name" typed=name error=error />
            <div class="list-preview" tabindex="0" role="region" aria-labelledby="list-received">
                <table class="lines compact">
                    <caption class="visually-hidden">{locale.text("lists.received")}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{locale.text("cart.product")}</th>
                            <th scope="col" class="number">{locale.text("quantity.label")}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            <p class="result-count">{count}</p>
            {bent}
            <div class="actions">
                <Button look=Look::Primary press=save label=locale.text("lists.save_received") />
                <button type="button" class="quiet-button" on:click=move |_| close.run(())>
                    {locale.text("lists.discard")}
                </button>
            </div>
        </div>
    }
    .into_any()
}
