//! What the lines come to, what is to be done about them, and into the cart.

use leptos::{ev, prelude::*};

use super::words;
use crate::{
    browser::{download, keys, page},
    components::{
        button::{Button, ButtonLink, Look},
        facts::{Facts, fact, facts},
        failed::Failed,
    },
    domain::quick_order::{
        line::{self, Trouble},
        pad::Column,
    },
    locale::{Locale, use_locale},
    route::Route,
    routes::lists::offer::SaveAsList,
    state::{
        app::notices::{NoticeAction, Tone, use_notices},
        cart::{Phase, use_cart},
        lists::offer::ListOffer,
        quick_order::{
            pad::{PadState, Progress},
            submit::Added,
        },
    },
};

/// The part `Order summary`.
#[component]
pub(crate) fn Order(
    /// The pad.
    pad: PadState,
    /// What assistive technology says about a change.
    said: RwSignal<String>,
) -> AnyView {
    let locale = use_locale();
    let notices = use_notices();
    let summary = Memo::new(move |_| pad.summary());
    let count = move |key: &'static str, count: usize| {
        (count > 0).then(|| locale.plural(key, count as u64, &[]))
    };
    let total = move || {
        let total = summary.with(|summary| summary.total.clone());
        total.map(|(amount, currency)| locale.money(amount, &currency))
    };
    let unpriced = move || count("pad.unpriced", summary.with(|summary| summary.unpriced));
    let add_all = move || {
        let nothing = summary.with_untracked(|summary| summary.ready == 0);
        if nothing {
            notices.show(Tone::Trouble, locale.text("pad.nothing_ready"), None);
        } else {
            pad.add_all();
        }
    };
    let keys = window_event_listener(ev::keydown, move |event| {
        let enter = keys::pressed(&event).as_deref() == Some("Enter");
        if enter && (event.ctrl_key() || event.meta_key()) {
            event.prevent_default();
            add_all();
        }
    });
    on_cleanup(move || keys.remove());
    // What is offered to be undone is the last step: after another one the offer is gone.
    let offered = StoredValue::new(None::<(u64, usize)>);
    Effect::new(move |_| {
        let steps = pad.steps();
        if let Some((notice, at)) = offered.get_value()
            && at != steps
        {
            notices.dismiss(notice);
            offered.set_value(None);
        }
    });
    let undo = move |text: String| {
        let run = std::sync::Arc::new(move || {
            pad.undo();
        });
        let label = locale.text("undo");
        let notice = notices.offer(text, NoticeAction { label, run });
        offered.set_value(Some((notice, untrack(|| pad.steps()))));
    };
    let next_problem = move |()| {
        let found = untrack(|| {
            (0..pad.line_count()).find(|at| {
                let line = pad.line(*at);
                pad.check_line(*at, &line).trouble.is_some()
            })
        });
        if let Some(at) = found {
            let line = untrack(|| pad.line(at));
            let of_quantity = matches!(
                untrack(|| pad.check_line(at, &line)).trouble,
                Some(Trouble::Quantity(_))
            );
            let column = if of_quantity {
                Column::Quantity
            } else {
                Column::Sku
            };
            pad.go_to(at, Some(column));
        }
    };
    let save_problems = move |_| {
        let text = words::problems(locale, pad);
        download::save_text("quick-order-problems.csv", "text/csv;charset=utf-8", &text);
    };
    let wrong = Memo::new(move |_| pad.wrong());
    let repeated = Memo::new(move |_| summary.with(|summary| summary.repeated));
    let roundable = Memo::new(move |_| summary.with(|summary| summary.roundable));
    let filled = Memo::new(move |_| summary.with(|summary| summary.lines > 0));
    let busy = Memo::new(move |_| pad.adding().is_some());
    let round_all = move |()| {
        pad.round_all();
        undo(locale.text("pad.all_rounded"));
        pad.go_to(0, Some(Column::Quantity));
    };
    let merge_all = move |()| {
        pad.merge_all();
        undo(locale.text("pad.all_merged"));
        pad.go_to(0, Some(Column::Quantity));
    };
    let offer = Callback::new(move |()| {
        let lines = untrack(|| {
            (0..pad.line_count())
                .filter_map(|at| {
                    let line = pad.line(at);
                    line::for_list(&line, &pad.check_line(at, &line))
                })
                .collect::<Vec<_>>()
        });
        if lines.is_empty() {
            notices.show(Tone::Trouble, locale.text("pad.nothing_to_list"), None);
            return None;
        }
        let currency = untrack(|| pad.buyer()).currency;
        Some(ListOffer {
            name: locale.text("pad.title"),
            currency: Some(currency).filter(|currency| !currency.is_empty()),
            lines,
        })
    });
    let clear = Callback::new(move |()| {
        pad.clear();
        undo(locale.text("pad.cleared"));
        pad.go_to(0, Some(Column::Sku));
    });
    let quiet = move |name: &str, disabled: Signal<bool>, run: Callback<()>| {
        view! {
            <button
                type="button"
                class="quiet-button"
                disabled=disabled
                on:click=move |_| run.run(())
            >
                {locale.text(name)}
            </button>
        }
    };
    let problems = move || {
        (wrong.get() > 0).then(|| {
            view! {
                <Button press=next_problem label=locale.text("pad.next_problem") />
                <button type="button" class="quiet-button" on:click=save_problems>
                    {locale.text("pad.save_problems")}
                </button>
            }
        })
    };
    let mends = move || {
        let rounds = (roundable.get() > 0).then(|| {
            view! {
                <Button
                    press=round_all
                    label=locale.plural("pad.round_all", roundable.get() as u64, &[])
                />
            }
        });
        let merges = (repeated.get() > 0).then(|| {
            view! {
                <Button
                    press=merge_all
                    label=locale.plural("pad.merge_all", repeated.get() as u64, &[])
                />
            }
        });
        view! { {rounds} {merges} }
    };
    let looking = move || {
        let progress = pad.looking()?;
        let stop = Callback::new(move |()| pad.stop_looking());
        Some(view! { <Under progress=progress key="pad.looking" stop=stop /> })
    };
    let behind = move || {
        (pad.looking().is_none() && pad.is_behind()).then(|| {
            let retry = move || pad.refresh();
            view! { <Failed message=locale.text("pad.behind") retry=retry /> }
        })
    };
    let cart = use_cart();
    let phase = Memo::new(move |_| cart.phase());
    let stalled = move || {
        let error = cart.stalled()?;
        let message = locale.text_with("cart.unsent", &[("reason", &locale.error(&error))]);
        let retry = move || cart.try_again();
        Some(view! { <Failed message=message retry=retry /> })
    };
    let button = move || {
        if let Some(progress) = pad.adding() {
            let stop = Callback::new(move |()| pad.stop_adding());
            return view! {
                <Under progress=progress key="pad.adding" stop=stop />
                {stalled}
            }
            .into_any();
        }
        if let Phase::Failed(error) = phase.get() {
            let retry = move || cart.reload();
            return view! { <Failed message=locale.error(&error) retry=retry /> }.into_any();
        }
        view! {
            <Button
                look=Look::Commit
                disabled=Signal::derive(move || phase.get() != Phase::Known || busy.get())
                press=move |()| add_all()
                label=locale.text("pad.add_all")
            />
        }
        .into_any()
    };
    let added = move || pad.added().map(|added| outcome(locale, pad, said, &added));
    let (can_undo, can_redo) = (
        move || !pad.can_undo_redo().0,
        move || !pad.can_undo_redo().1,
    );
    let counts = move || {
        let summary = summary.get();
        view! {
            <p>{locale.plural("pad.lines_count", summary.lines as u64, &[])}</p>
            <p class="good">{count("pad.ready", summary.ready)}</p>
            <p class="wrong">{count("pad.wrong", wrong.get())}</p>
            <p class="hint">{count("pad.open", summary.unknown)}</p>
        }
    };
    let total = view! { <span class="number" translate="no">{total}</span> }.into_any();
    view! {
        <aside class="cart-side pad-side" aria-label=locale.text("cart.summary")>
            <div class="pad-facts">{counts}</div>
            {looking}
            {behind}
            {facts(Facts::Total, fact(locale.text("pad.estimate"), total))}
            <p class="hint">{unpriced}</p>
            <p class="hint">{locale.text("cart.before_tax")}</p>
            {button}
            {move || (wrong.get() > 0).then(|| view! { <p class="hint">{locale.text("pad.wrong_stay")}</p> })}
            {added}
            <div class="actions">{mends} {problems}</div>
            {move || filled.get().then(|| view! { <SaveAsList label="lists.save_as" offer=offer /> })}
            <div class="actions">
                {quiet("undo", Signal::derive(can_undo), Callback::new(move |()| _ = pad.undo()))}
                {quiet("pad.redo", Signal::derive(can_redo), Callback::new(move |()| _ = pad.redo()))}
                {quiet("pad.clear", Signal::derive(move || !filled.get() || busy.get()), clear)}
            </div>
            <super::scan::Scan pad=pad said=said />
        </aside>
    }
    .into_any()
}

/// Something that is under way, how far it has come, and a way to stop it.
#[component]
fn Under(
    /// How far it has come.
    progress: Progress,
    /// The sentence that says so.
    key: &'static str,
    /// Stops it.
    stop: Callback<()>,
) -> AnyView {
    let locale = use_locale();
    let Progress { done, all } = progress;
    let values = [done, all].map(|count| locale.number(count as u64));
    let text = locale.text_with(key, &[("done", &values[0]), ("all", &values[1])]);
    view! {
        <div class="pad-progress">
            <p>{text.clone()}</p>
            <progress max=all.max(1).to_string() value=done.to_string() aria-label=text></progress>
            <button type="button" class="quiet-button" on:click=move |_| stop.run(())>
                {locale.text("pad.stop")}
            </button>
        </div>
    }
    .into_any()
}

/// What went into the cart and what did not.
fn outcome(locale: Locale, pad: PadState, said: RwSignal<String>, added: &Added) -> AnyView {
    let count = added.lines.len() as u64;
    let text = locale.plural("pad.added", count, &[]);
    said.set(text.clone());
    let refused = added.refused.iter().map(|(line, reason)| {
        let line = line.clone();
        let sku = line.sku.clone();
        // Where it stands now: lines may have been moved since.
        let place = Memo::new(move |_| pad.place_of(&line));
        let lead = move || {
            place.get().map(|at| {
                let label =
                    locale.text_with("pad.go_to_line", &[("line", &words::number(locale, at))]);
                view! {
                    <button
                        type="button"
                        class="quiet-button"
                        on:click=move |_| pad.go_to(at, Some(Column::Quantity))
                    >
                        {label}
                    </button>
                }
            })
        };
        view! {
            <li>
                <span class="sku" translate="no">{sku}</span>
                " "
                {reason.clone()}
                " "
                {lead}
            </li>
        }
    });
    let refused = (!added.refused.is_empty()).then(|| {
        view! {
            <p class="wrong">{locale.plural("pad.refused", added.refused.len() as u64, &[])}</p>
            <ul class="rows">{refused.collect_view()}</ul>
        }
    });
    let back = (count > 0).then(|| {
        view! {
            <ButtonLink href=Route::Cart.href() label=locale.text("pad.view_cart") />
            <button type="button" class="quiet-button" on:click=move |_| pad.take_back()>
                {locale.text("pad.take_back")}
            </button>
        }
    });
    page::focus_soon("#pad-added");
    view! {
        <section class="pad-added" id="pad-added" tabindex="-1" aria-label=locale.text("pad.outcome")>
            <p class="good">{text}</p>
            {refused}
            <div class="actions">{back}</div>
        </section>
    }
    .into_any()
}
