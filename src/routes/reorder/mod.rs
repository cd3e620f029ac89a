//! Ordering again: the lines of an old order or a list as they can be had today, and into the cart.

pub(crate) mod line;
pub(crate) mod source;

use leptos::{html, prelude::*};
use nymble_wire::OrderType;
use std::rc::Rc;

use self::{
    line::{Checked, Entry, Line},
    source::Source,
};
use crate::{
    api::problem::ApiError,
    browser::page,
    components::{
        button::{Button, Look},
        failed::Failed,
    },
    domain::{
        orders::reorder::{self, Difference, ItemSnapshot},
        values::money,
    },
    locale::{Locale, use_locale},
    route::Route,
    state::{
        app::notices::NoticeLink,
        cart::{Phase, added::Addition, use_cart},
        catalog::{lookup::Heard, use_catalog},
        session::use_session,
    },
};

/// The part of a screen that orders lines of then again. Its words are the part `orders`.
#[component]
pub(crate) fn Reorder(
    /// What was ordered, or is on the list.
    lines: Vec<ItemSnapshot>,
    /// The currency of its prices, ISO 4217.
    currency: Option<String>,
    /// Where they come from.
    source: Source,
    /// Closes this part.
    close: Callback<()>,
) -> AnyView {
    let locale = use_locale();
    let session = use_session();
    let catalog = use_catalog();
    let cart = use_cart();
    cart.ensure_loaded();
    let quote = source == Source::Quote;
    let entries = lines.into_iter().map(|line| Entry::new(line, source));
    let entries: Vec<Entry> = entries.collect();
    let entries = StoredValue::new(entries);
    let heard: Heard = {
        let buyer = untrack(|| session.buyer());
        Rc::new(move |sku: &str, read| {
            let Some(entry) = entries.with_value(|all| Entry::find(all, sku)) else {
                return;
            };
            let line = entry.line.get_value();
            let compare = |product| reorder::compare(&line, currency.as_deref(), product, &buyer);
            entry.learn(match read {
                Ok(product) => Checked::Known(compare(Some(&product)), Some(product)),
                Err(ApiError::Refused { status: 404, .. }) => Checked::Known(compare(None), None),
                Err(error) => Checked::Unknown(locale.error(&error)),
            });
        })
    };
    let heard = StoredValue::new_local(heard);
    let owner = StoredValue::new(Owner::current().unwrap_or_default());
    let look = Callback::new(move |()| {
        let open: Vec<String> = entries.with_value(|all| {
            all.iter()
                .filter(|entry| untrack(|| !entry.is_known()))
                .map(|entry| {
                    entry.checked.set(None);
                    entry.line.with_value(|line| line.sku.clone())
                })
                .collect()
        });
        // It goes on for as long as this part stands, whichever button began it.
        owner.with_value(|owner| {
            owner.with(|| heard.with_value(|heard| catalog.read_products(open, heard)));
        });
    });
    look.run(());
    let all = entries.with_value(Vec::len) as u64;
    let done = Memo::new(move |_| {
        entries.with_value(|all| all.iter().filter(|it| it.is_heard()).count()) as u64
    });
    // Once the lines stand they stay, also while some are looked up again.
    let ready = Memo::new(move |before: Option<&bool>| before == Some(&true) || done.get() == all);
    let wrong = RwSignal::new(None::<String>);
    let add = move |()| {
        let (additions, mistakes) = entries.with_value(|all| gather(all));
        if mistakes > 0 {
            wrong.set(Some(locale.plural("checkout.correct", mistakes, &[])));
            page::focus(".reorder [aria-invalid]");
        } else if additions.is_empty() {
            wrong.set(Some(locale.text("orders.choose_a_line")));
        } else {
            let link = NoticeLink {
                label: locale.text("orders.view_cart"),
                href: Route::Cart.href(),
            };
            let becomes = quote.then_some(OrderType::Standard);
            cart.add_many(additions, becomes, Some(link), None);
            close.run(());
        }
    };
    let title = NodeRef::<html::H2>::new();
    Effect::new(move |_| {
        if let Some(title) = title.get() {
            let _ = title.focus();
        }
    });
    let turns = move || {
        (quote && cart.order_type() == OrderType::Quote && !cart.lines().is_empty()).then(|| {
            view! { <p class="hint">{locale.text("orders.cart_becomes_order")}</p> }
        })
    };
    let phase = Memo::new(move |_| cart.phase());
    let button = move || match phase.get() {
        Phase::Failed(error) => {
            let retry = move || cart.reload();
            view! { <Failed message=locale.error(&error) retry=retry /> }.into_any()
        }
        phase => view! {
            <Button
                look=Look::Primary
                disabled=phase != Phase::Known
                press=add
                label=locale.text("cart.add")
            />
        }
        .into_any(),
    };
    let content = move || {
        if !ready.get() {
            return progress(locale, source, done, all);
        }
        let rows = entries
            .get_value()
            .into_iter()
            .map(|entry| view! { <Line entry=entry /> })
            .collect_view();
        view! {
            <p role="status">{move || entries.with_value(|all| summary(locale, source, all))}</p>
            {move || unchecked(locale, entries, look)}
            <ChooseAll entries=entries />
            <table class="lines narrow-cards reorder-lines">
                <caption class="visually-hidden">{locale.text("orders.lines_to_order")}</caption>
                <thead>
                    <tr>
                        <th scope="col">{locale.text("cart.product")}</th>
                        <th scope="col" class="number">{locale.text("price.unit_price")}</th>
                        <th scope="col">{locale.text("quantity.label")}</th>
                        <th scope="col" class="number">{locale.text("price.line_total")}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
            <p class="reorder-total">{move || entries.with_value(|all| estimate(locale, all))}</p>
            {turns}
            <p class="field-error" role="alert">{wrong}</p>
            <div class="actions">
                {button}
                <button type="button" class="quiet-button" on:click=move |_| close.run(())>
                    {locale.text("orders.cancel")}
                </button>
            </div>
        }
        .into_any()
    };
    view! {
        <section class="panel reorder no-print" aria-labelledby="order-reorder">
            <h2 id="order-reorder" tabindex="-1" node_ref=title>
                {locale.text(source.title())}
            </h2>
            {content}
        </section>
    }
    .into_any()
}

fn progress(locale: Locale, source: Source, done: Memo<u64>, all: u64) -> AnyView {
    let text = move || {
        let (done, all) = (locale.number(done.get()), locale.number(all));
        locale.text_with("orders.checking", &[("done", &done), ("all", &all)])
    };
    view! {
        <p role="status">{text}</p>
        <progress
            max=all.max(1).to_string()
            prop:value=move || f64::from(u32::try_from(done.get()).unwrap_or(u32::MAX))
            aria-label=locale.text(source.title())
        ></progress>
    }
    .into_any()
}

/// The chosen lines whose quantities can be ordered, and how many cannot.
fn gather(entries: &[Entry]) -> (Vec<Addition>, u64) {
    let mut additions = Vec::new();
    let mut mistakes = 0;
    for entry in entries.iter().filter(|entry| untrack(|| entry.is_chosen())) {
        match untrack(|| entry.quantity()) {
            Ok(quantity) => additions.push(entry.line.with_value(|line| {
                Addition {
                    // As the catalogue writes it today.
                    sku: entry
                        .product()
                        .map_or_else(|| line.sku.clone(), |product| product.sku.clone()),
                    name: line.name.clone(),
                    quantity,
                }
            })),
            Err(_) => mistakes += 1,
        }
    }
    (additions, mistakes)
}

/// Whether anything has changed since, in one sentence (tracked).
fn summary(locale: Locale, source: Source, entries: &[Entry]) -> String {
    let differences = |entry: &Entry| {
        entry.checked.with(|checked| match checked {
            Some(Checked::Known(today, _)) => today.differences.clone(),
            _ => Vec::new(),
        })
    };
    let all: Vec<Vec<Difference>> = entries.iter().map(differences).collect();
    let changed = all.iter().filter(|line| !line.is_empty()).count() as u64;
    match (source, changed) {
        (Source::List, 0) => locale.text("lists.nothing_changed"),
        (Source::List, _) => locale.plural("lists.changed", changed, &[]),
        (_, 0) => locale.text("orders.nothing_changed"),
        _ => locale.plural("orders.changed", changed, &[]),
    }
}

/// That some products could not be looked up, with a way to try again (tracked).
fn unchecked(
    locale: Locale,
    entries: StoredValue<Vec<Entry>>,
    look: Callback<()>,
) -> Option<AnyView> {
    let why = entries.with_value(|all| {
        all.iter().find_map(|entry| {
            entry.checked.with(|checked| match checked {
                Some(Checked::Unknown(why)) => Some(why.clone()),
                _ => None,
            })
        })
    })?;
    let text = locale.text_with("orders.not_checked", &[("reason", &why)]);
    Some(view! { <Failed message=text retry=look /> }.into_any())
}

/// What the chosen lines come to at today's prices (tracked).
fn estimate(locale: Locale, entries: &[Entry]) -> Option<String> {
    let mut sum = rust_decimal::Decimal::ZERO;
    let mut currency = None;
    let mut count = 0;
    for entry in entries.iter().filter(|entry| entry.is_chosen()) {
        count += 1;
        // Without a price of each there is no sum.
        let (price, quantity, of) = entry.price()?;
        let total = money::line_total_preview(price, quantity, &of).amount();
        sum = sum.saturating_add(total);
        if currency
            .replace(of.clone())
            .is_some_and(|other| other != of)
        {
            return None;
        }
    }
    let amount = locale.money(sum, &currency?);
    Some(locale.plural("orders.estimate", count, &[("amount", &amount)]))
}

/// The box that chooses all lines or none.
#[component]
fn ChooseAll(entries: StoredValue<Vec<Entry>>) -> AnyView {
    let locale = use_locale();
    let chosen = Memo::new(move |_| {
        entries.with_value(|all| {
            all.iter()
                .filter(|entry| entry.may_be_chosen())
                .all(Entry::is_chosen)
        })
    });
    let some = Memo::new(move |_| entries.with_value(|all| all.iter().any(Entry::is_chosen)));
    let change = move |event| {
        let all = event_target_checked(&event);
        entries.with_value(|entries| {
            for entry in entries {
                entry.chosen.set(all);
            }
        });
    };
    view! {
        <label class="check reorder-all">
            <input
                type="checkbox"
                prop:checked=chosen
                prop:defaultChecked=chosen
                prop:indeterminate=move || some.get() && !chosen.get()
                on:change=change
            />
            {locale.text("orders.all_lines")}
        </label>
    }
    .into_any()
}
