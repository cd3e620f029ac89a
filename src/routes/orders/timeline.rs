//! An order's way through its states, as a list: what has been, where it stands, what is to come.

use leptos::prelude::*;
use nymble_wire::{Order, OrderStatus};

use super::words;
use crate::{
    components::icon::{Glyph, Icon},
    domain::orders::timeline::{self, Place, Step},
    locale::Locale,
};

/// The timeline of `order`.
pub(crate) fn timeline(locale: Locale, order: &Order) -> AnyView {
    let steps = timeline::steps(order)
        .into_iter()
        .map(|step| item(locale, step))
        .collect_view();
    view! {
        <section class="panel" aria-labelledby="order-timeline">
            <h2 id="order-timeline">{locale.text("orders.timeline")}</h2>
            <ol class="timeline">{steps}</ol>
        </section>
    }
    .into_any()
}

fn item(locale: Locale, step: Step) -> AnyView {
    let name = match step.status {
        OrderStatus::Pending => locale.text("orders.placed"),
        ref other => words::status(locale, other),
    };
    let ended = matches!(step.status, OrderStatus::Cancelled);
    let class = match step.place {
        Place::Done => "step-done",
        Place::Current if ended => "step-current step-ended",
        Place::Current => "step-current",
        Place::Ahead => "step-ahead",
    };
    let ahead = (step.place == Place::Ahead).then(|| {
        view! { <span class="visually-hidden">" – " {locale.text("orders.step_ahead")}</span> }
    });
    let glyph = (step.place != Place::Ahead).then(|| {
        let glyph = if ended { Glyph::Close } else { Glyph::Done };
        view! { <Icon glyph=glyph /> }
    });
    let at = step.at.map(|at| {
        view! { <time datetime=at.as_str().to_owned()>{locale.date_and_time(&at)}</time> }
    });
    let note = step
        .note
        .filter(|note| !note.is_empty())
        .map(|note| view! { <span class="step-note">{note}</span> });
    view! {
        <li class=class aria-current=(step.place == Place::Current).then_some("step")>
            <span class="step-mark" aria-hidden="true">
                {glyph}
            </span>
            <span class="step-words">
                <strong>{name}{ahead}</strong>
                {at}
                {note}
            </span>
        </li>
    }
    .into_any()
}
