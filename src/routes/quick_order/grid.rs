//! The grid `Order lines`: only the lines in sight are there; all that happens in them is heard here.

use leptos::{ev, html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{ClipboardEvent, Element, HtmlInputElement};

use super::{
    row::{Row, cell},
    suggestions::{SuggestionList, Suggestions},
    words,
};
use crate::{
    browser::page,
    domain::{order_lines::Table, order_pad::Column},
    locale::use_locale,
    state::order_pad::PadState,
};

/// How many lines are there at least.
const SHOWN: usize = 10;
/// How many lines above and below those in sight are kept ready.
const READY: usize = 6;

/// Which lines are in sight: the first, and how many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Sight {
    first: usize,
    count: usize,
}

/// A field of the grid, as an event names it.
fn field_of(event: &ev::Event) -> Option<(HtmlInputElement, usize, Column)> {
    let field: HtmlInputElement = event.target()?.dyn_into().ok()?;
    let at = field.get_attribute("data-row")?.parse().ok()?;
    let column = match field.get_attribute("data-column")?.as_str() {
        "0" => Column::Sku,
        _ => Column::Quantity,
    };
    Some((field, at, column))
}

/// The number in an attribute of what an event happened in.
fn named(event: &ev::Event, attribute: &str) -> Option<(Element, String)> {
    let selector = format!("[{attribute}]");
    let element: Element = event.target()?.dyn_into().ok()?;
    let element = element.closest(&selector).ok()??;
    let value = element.get_attribute(attribute)?;
    Some((element, value))
}

/// The pad's lines.
#[component]
pub fn Grid(
    /// The pad.
    pad: PadState,
    /// What assistive technology says about a change.
    said: RwSignal<String>,
) -> AnyView {
    let locale = use_locale();
    let scroller = NodeRef::<html::Div>::new();
    let space = NodeRef::<html::Div>::new();
    let suggestions = Suggestions::closed();
    let sight = RwSignal::new(Sight {
        first: 0,
        count: 24,
    });
    let offset = RwSignal::new(0);
    let focused = RwSignal::new(None::<usize>);
    let rows = Memo::new(move |_| {
        let reached = focused.get().map_or(0, |at| at + 1);
        (pad.len() + 1).max(reached).max(SHOWN)
    });
    // The height of a line, in CSS pixels.
    let row_height = move || {
        let all = i32::try_from(rows.get_untracked().max(1)).unwrap_or(i32::MAX);
        let height = space
            .get_untracked()
            .map_or(0, |space| space.offset_height());
        (height / all).max(1)
    };
    let look = move || {
        let Some(element) = scroller.get_untracked() else {
            return;
        };
        let height = row_height();
        offset.set(element.scroll_top());
        let count = |pixels: i32| usize::try_from(pixels / height).unwrap_or(0);
        let now = Sight {
            first: count(element.scroll_top()).saturating_sub(READY),
            count: count(element.client_height()) + 2 * READY + 1,
        };
        if sight.get_untracked() != now {
            sight.set(now);
        }
    };
    Effect::new(move |_| {
        rows.track();
        if scroller.get().is_some() {
            look();
        }
    });
    let shown = Memo::new(move |_| {
        let sight = sight.get();
        let all = rows.get();
        let mut shown: Vec<usize> = (sight.first..(sight.first + sight.count).min(all)).collect();
        // The line that is typed into stays, even where it is not in sight.
        if let Some(at) = focused.get()
            && at < all
            && !shown.contains(&at)
        {
            shown.push(at);
        }
        shown
    });
    let above = Signal::derive(move || {
        let at = suggestions.open().map_or(0, |(at, _)| at);
        let sight = sight.get();
        at > 5 && at >= sight.first + READY + sight.count.saturating_sub(2 * READY) / 2
    });
    let bring = move |at: usize| {
        if let Some(element) = scroller.get_untracked() {
            let height = row_height();
            let top = height.saturating_mul(i32::try_from(at).unwrap_or(i32::MAX));
            // The names of the columns stay at the top and cover what is behind them.
            let all = space
                .get_untracked()
                .map_or(0, |space| space.offset_height());
            let head = (element.scroll_height() - all).max(0);
            if top < element.scroll_top() {
                element.set_scroll_top(top);
            } else if top + height + head > element.scroll_top() + element.client_height() {
                element.set_scroll_top(top + height + head - element.client_height());
            }
        }
    };
    let go = move |at: usize, column: Column| {
        suggestions.close();
        focused.set(Some(at));
        bring(at);
        page::focus_soon(cell(at, column));
    };
    Effect::new(move |_| match pad.wanted() {
        Some((at, Some(column))) => go(at, column),
        Some((at, None)) => bring(at),
        None => {}
    });
    let take = move |at: usize, sku: &str| {
        pad.write(at, Column::Sku, sku);
        pad.leave();
        go(at, Column::Quantity);
    };
    let on_input = move |event: ev::Event| {
        let Some((field, at, column)) = field_of(&event) else {
            return;
        };
        let text = field.value();
        pad.write(at, column, &text);
        if column == Column::Sku {
            suggestions.ask(at, &text);
        }
    };
    let step_back = move |back: bool| {
        let place = if back { pad.undo() } else { pad.redo() };
        let key = if back { "pad.undone" } else { "pad.redone" };
        if let Some(at) = place {
            said.set(locale.text(key));
            go(at, Column::Sku);
        }
    };
    let on_key = move |event: ev::KeyboardEvent| {
        let key = event.key();
        let command = event.ctrl_key() || event.meta_key();
        if command && !event.alt_key() {
            let done = match key.as_str() {
                "z" | "Z" if event.shift_key() => Some(false),
                "z" => Some(true),
                "y" => Some(false),
                _ => None,
            };
            if let Some(back) = done {
                event.prevent_default();
                step_back(back);
                return;
            }
        }
        let Some((field, at, column)) = field_of(&event) else {
            return;
        };
        let open = column == Column::Sku && suggestions.is_open_at(at);
        let chosen = open.then(|| suggestions.chosen()).flatten();
        let collapsed = |start: bool| {
            let caret = field.selection_start().ok().flatten().unwrap_or(0);
            let end = field.selection_end().ok().flatten().unwrap_or(0);
            let length = u32::try_from(field.value().encode_utf16().count()).unwrap_or(0);
            caret == end && caret == if start { 0 } else { length }
        };
        let next = match key.as_str() {
            "ArrowDown" | "ArrowUp" if open => {
                suggestions.step(key == "ArrowDown");
                event.prevent_default();
                return;
            }
            "Escape" if open => {
                suggestions.close();
                event.prevent_default();
                return;
            }
            "Enter" | "Tab" if chosen.is_some() => {
                event.prevent_default();
                take(at, &chosen.unwrap_or_default());
                return;
            }
            "Enter" if command => return,
            "Enter" if event.shift_key() => at.checked_sub(1).map(|at| (at, Column::Sku)),
            "Enter" => Some((at + 1, Column::Sku)),
            "ArrowDown" => Some((at + 1, column)),
            "ArrowUp" => at.checked_sub(1).map(|at| (at, column)),
            "ArrowLeft" if column == Column::Quantity && collapsed(true) => Some((at, Column::Sku)),
            "ArrowRight" if column == Column::Sku && collapsed(false) => {
                Some((at, Column::Quantity))
            }
            "Delete" if event.alt_key() => {
                pad.remove(at);
                said.set(locale.text("pad.removed"));
                event.prevent_default();
                return;
            }
            "Insert" if event.alt_key() => {
                pad.insert(at);
                event.prevent_default();
                return;
            }
            _ => return,
        };
        event.prevent_default();
        if let Some((at, column)) = next {
            go(at, column);
        }
    };
    let on_paste = move |event: ClipboardEvent| {
        let Some((_, at, column)) = field_of(&event) else {
            return;
        };
        let text = event
            .clipboard_data()
            .and_then(|data| data.get_data("text").ok())
            .unwrap_or_default();
        // One cell's text goes where the caret is, as anywhere.
        if !text
            .trim_end_matches(['\r', '\n'])
            .contains(['\n', '\r', '\t'])
        {
            return;
        }
        event.prevent_default();
        let table = Table::read(&text);
        let block = if column == Column::Sku {
            let lines = table.lines(table.guess()).into_iter();
            lines.map(|line| vec![line.sku, line.quantity]).collect()
        } else {
            table.block(column.place())
        };
        let count = block.len() as u64;
        pad.paste(at, column, &block);
        said.set(locale.plural("pad.pasted", count, &[]));
        go(at + block.len(), column);
    };
    let on_click = move |event: ev::MouseEvent| {
        let event: &ev::Event = &event;
        if let Some((element, place)) = named(event, "data-mend") {
            let at = element
                .get_attribute("data-row")
                .and_then(|at| at.parse().ok());
            if let (Some(at), Ok(place)) = (at, place.parse::<usize>()) {
                let line = untrack(|| pad.line(at));
                let looked = untrack(|| pad.look_at(at, &line));
                if let Some(mend) = looked.mends.get(place) {
                    let at = pad.mend(at, mend);
                    said.set(
                        locale.text_with("pad.mended", &[("line", &words::number(locale, at))]),
                    );
                    go(at, Column::Quantity);
                }
            }
        } else if let Some((_, at)) = named(event, "data-remove")
            && let Ok(at) = at.parse()
        {
            pad.remove(at);
            said.set(locale.text("pad.removed"));
            go(at, Column::Sku);
        }
    };
    // Before the field loses the focus, and with it the list.
    let on_press = Callback::new(move |event: ev::MouseEvent| {
        let event: &ev::Event = &event;
        if let Some((_, sku)) = named(event, "data-suggested") {
            event.prevent_default();
            if let Some((at, _)) = untrack(|| suggestions.open()) {
                take(at, &sku);
            }
        }
    });
    let on_focus = move |event: ev::FocusEvent| {
        if let Some((field, at, _)) = field_of(&event) {
            if focused.get_untracked() != Some(at) {
                focused.set(Some(at));
            }
            field.select();
        }
    };
    let on_leave = move |event: ev::Event| {
        if field_of(&event).is_some() {
            pad.leave();
        }
    };
    let on_blur = move |event: ev::FocusEvent| {
        suggestions.close();
        let next: Option<Element> = event.related_target().and_then(|it| it.dyn_into().ok());
        let inside = next.and_then(|it| it.closest("[role=grid]").ok().flatten());
        if inside.is_none() {
            // No blank lines are held ready down to a place where nobody is any more.
            focused.set(None);
        }
    };
    let height = move || {
        let mut height = String::from("calc(var(--pad-row) * ");
        height.push_str(&rows.get().to_string());
        height.push(')');
        height
    };
    let suggesting = Signal::derive(move || suggestions.open());
    let locked = move || pad.adding().is_some().then_some("");
    view! {
        <section class="pad-grid" aria-label=locale.text("pad.lines")>
            <div
                role="grid"
                aria-label=locale.text("pad.lines")
                aria-rowcount=move || (rows.get() + 1).to_string()
                inert=locked
                on:input=on_input
                on:change=on_leave
                on:keydown=on_key
                on:paste=on_paste
                on:click=on_click
                on:focusin=on_focus
                on:focusout=on_blur
            >
                <div class="pad-scroller" role="rowgroup" node_ref=scroller on:scroll=move |_| look()>
                <div class="pad-row pad-head" role="row" aria-rowindex="1">
                    <span role="columnheader">
                        <span class="visually-hidden">{locale.text("pad.line")}</span>
                    </span>
                    <span role="columnheader">{locale.text("pad.sku")}</span>
                    <span role="columnheader">{locale.text("pad.quantity")}</span>
                    <span role="columnheader">{locale.text("cart.product")}</span>
                    <span role="columnheader" class="number">
                        {locale.text("price.unit_price")}
                    </span>
                    <span role="columnheader" class="number">
                        {locale.text("price.line_total")}
                    </span>
                    <span role="columnheader">
                        <span class="visually-hidden">{locale.text("cart.actions")}</span>
                    </span>
                </div>
                    <div class="pad-space" role="presentation" node_ref=space style:height=height>
                        <For each=move || shown.get() key=|at| *at let:at>
                            <Row at=at pad=pad suggesting=suggesting />
                        </For>
                    </div>
                </div>
            </div>
            <SuggestionList suggestions=suggestions above=above offset=offset on_press=on_press />
        </section>
    }
    .into_any()
}
