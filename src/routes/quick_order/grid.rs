//! The grid `Order lines`: only the lines in sight are there; all that happens in them is heard here.
//!
//! It is one stop of the Tab key, whatever its length: the cell that was used last. Enter and the arrows go from cell to
//! cell, and on to the buttons of a line. Tab goes from a SKU to its quantity, as in a spreadsheet, and then out.

use leptos::{ev, html, prelude::*};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{ClipboardEvent, Element, HtmlElement, HtmlInputElement};

use super::{
    row::{Row, cell},
    suggestions::{SuggestionList, Suggestions},
    words,
};
use crate::{
    browser::{keys, page},
    domain::quick_order::{
        line_import::Table,
        pad::Column,
        rows::{Heights, Rows},
    },
    locale::use_locale,
    state::quick_order::pad::PadState,
};

/// How many lines are there at least.
const SHOWN: usize = 10;
/// How many lines above and below those in sight are kept ready.
const READY: usize = 6;

/// Heights are measured of so many lines together: those of one may be no whole number of pixels.
const MEASURED: i32 = 64;

/// Which lines are in sight: the first, and how many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Sight {
    first: usize,
    count: usize,
}

/// A field of the grid, as an event names it.
fn field_of(event: &ev::Event) -> Option<(HtmlInputElement, usize, Column)> {
    cell_of(event.target()?.dyn_into().ok()?)
}

/// Which cell a field is.
fn cell_of(field: HtmlInputElement) -> Option<(HtmlInputElement, usize, Column)> {
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

/// What can have the focus beside `from` in its line, forward or back.
fn beside(from: &Element, forward: bool) -> Option<HtmlElement> {
    let row = from.closest("[role=row]").ok()??;
    let all = row
        .query_selector_all("input, button:not(:disabled)")
        .ok()?;
    let all = (0..all.length()).filter_map(|place| all.get(place)?.dyn_into().ok());
    // A button that has no room is not shown.
    let all: Vec<HtmlElement> = all
        .filter(|it: &HtmlElement| it.offset_width() > 0)
        .collect();
    let here = all.iter().position(|it| it.is_same_node(Some(from)))?;
    let next = if forward {
        here.checked_add(1)
    } else {
        here.checked_sub(1)
    };
    all.get(next?).cloned()
}

/// Whether text was pasted, and not typed.
fn is_pasted(event: &ev::Event) -> bool {
    let kind = js_sys::Reflect::get(event, &"inputType".into());
    kind.is_ok_and(|kind| kind.as_string().as_deref() == Some("insertFromPaste"))
}

/// The pad's lines.
#[component]
pub(crate) fn Grid(
    /// The pad.
    pad: PadState,
    /// What assistive technology says about a change.
    said: RwSignal<String>,
) -> AnyView {
    let locale = use_locale();
    let scroller = NodeRef::<html::Div>::new();
    let measure = [NodeRef::<html::I>::new(), NodeRef::<html::I>::new()];
    let suggestions = Suggestions::closed();
    let sight = RwSignal::new(Sight {
        first: 0,
        count: 24,
    });
    let offset = RwSignal::new(0);
    let focused = RwSignal::new(None::<usize>);
    // The one stop of the Tab key.
    let stop = RwSignal::new((0_usize, Column::Sku));
    let rows = Memo::new(move |_| {
        let reached = focused.get().map_or(0, |at| at + 1);
        pad.rows(reached.max(SHOWN))
    });
    Effect::new(move |_| {
        let last = rows.with(|rows| rows.count() - 1);
        if stop.get_untracked().0 > last {
            stop.set((last, Column::Sku));
        }
    });
    // In parts of a pixel.
    let heights = move || {
        let [filled, blank] = measure.map(|of| {
            let height = of.get_untracked().map_or(0, |of| of.offset_height());
            height.max(1)
        });
        Heights { filled, blank }
    };
    let look = move || {
        let Some(element) = scroller.get_untracked() else {
            return;
        };
        let heights = heights();
        let top = element.scroll_top();
        offset.set(top);
        let now = rows.with_untracked(|rows| {
            let at = |pixels: i32| rows.at(pixels.saturating_mul(MEASURED), heights);
            let first = at(top).saturating_sub(READY);
            let last = at(top + element.client_height()) + READY;
            let count = last + 1 - first;
            Sight { first, count }
        });
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
        let all = rows.with(Rows::count);
        let mut shown: Vec<usize> = (sight.first..(sight.first + sight.count).min(all)).collect();
        // The line that is typed into, or was last, stays even where it is not in sight: the Tab key leads there.
        let at = stop.with(|stop| stop.0);
        for at in focused.get().into_iter().chain([at]) {
            if at < all && !shown.contains(&at) {
                shown.push(at);
            }
        }
        shown
    });
    Effect::new(move |_| pad.see(shown.get()));
    on_cleanup(move || pad.see(Vec::new()));
    let above = Signal::derive(move || {
        let at = suggestions.open().map_or(0, |(at, _)| at);
        let sight = sight.get();
        at > 5 && at >= sight.first + READY + sight.count.saturating_sub(2 * READY) / 2
    });
    let bring = move |at: usize| {
        if let Some(element) = scroller.get_untracked() {
            let heights = heights();
            let (top, end, all) = rows.with_untracked(|rows| {
                let top = |at: usize| rows.top(at, heights) / MEASURED;
                (top(at), top(at + 1), top(rows.count()))
            });
            // The names of the columns stay at the top and cover what is behind them.
            let head = (element.scroll_height() - all).max(0);
            if top < element.scroll_top() {
                element.set_scroll_top(top);
            } else if end + head > element.scroll_top() + element.client_height() {
                element.set_scroll_top(end + head - element.client_height());
            }
        }
    };
    let go = move |at: usize, column: Column| {
        suggestions.close();
        focused.set(Some(at));
        stop.set((at, column));
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
        if is_pasted(&event) {
            // Nobody is on the way to anything else.
            pad.leave();
        }
    };
    // Extensions fill cells without a word: what they show counts before anything is pressed.
    let take_filled: Rc<dyn Fn(&ev::Event)> = Rc::new(move |_| {
        let fields = scroller.try_get_untracked().flatten();
        let Some(Ok(fields)) = fields.map(|it| it.query_selector_all("[data-row]")) else {
            return;
        };
        let all = (0..fields.length()).filter_map(|place| fields.get(place)?.dyn_into().ok());
        for (field, at, column) in all.filter_map(cell_of) {
            let line = untrack(|| pad.line(at));
            let (text, known) = match column {
                Column::Sku => (field.value(), line.sku),
                Column::Quantity => (field.value(), line.quantity),
            };
            if text != known {
                pad.write(at, column, &text);
                pad.leave();
            }
        }
    });
    page::before_pressing(&take_filled);
    let step_back = move |back: bool| {
        let place = if back { pad.undo() } else { pad.redo() };
        let key = if back { "pad.undone" } else { "pad.redone" };
        if let Some(at) = place {
            said.set(locale.text(key));
            go(at, Column::Sku);
        }
    };
    let on_key = move |event: ev::KeyboardEvent| {
        let Some(key) = keys::pressed(&event) else {
            return;
        };
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
            // One of a line's buttons.
            let Some((button, at)) = named(&event, "data-line") else {
                return;
            };
            let Ok(at) = at.parse::<usize>() else { return };
            let next = match key.as_str() {
                "ArrowLeft" | "ArrowRight" => {
                    if let Some(next) = beside(&button, key == "ArrowRight") {
                        let _ = next.focus();
                    }
                    None
                }
                "ArrowDown" => Some(at + 1),
                "ArrowUp" => Some(at.saturating_sub(1)),
                _ => return,
            };
            event.prevent_default();
            if let Some(at) = next {
                go(at, Column::Quantity);
            }
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
            "Tab" if command || event.alt_key() => return,
            // Of a blank line there is nothing to say: the way out is short.
            "Tab" if column == Column::Sku && !event.shift_key() => {
                if untrack(|| pad.line(at)).is_blank() {
                    return;
                }
                Some((at, Column::Quantity))
            }
            "Tab" if column == Column::Quantity && event.shift_key() => Some((at, Column::Sku)),
            "Enter" if command => return,
            "Enter" if event.shift_key() => at.checked_sub(1).map(|at| (at, Column::Sku)),
            "Enter" => Some((at + 1, Column::Sku)),
            "ArrowDown" => Some((at + 1, column)),
            "ArrowUp" => at.checked_sub(1).map(|at| (at, column)),
            "ArrowLeft" if column == Column::Quantity && collapsed(true) => Some((at, Column::Sku)),
            "ArrowRight" if column == Column::Sku && collapsed(false) => {
                Some((at, Column::Quantity))
            }
            "ArrowRight" if column == Column::Quantity && collapsed(false) => {
                if let Some(next) = beside(&field, true) {
                    let _ = next.focus();
                }
                event.prevent_default();
                return;
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
                .get_attribute("data-line")
                .and_then(|at| at.parse().ok());
            if let (Some(at), Ok(place)) = (at, place.parse::<usize>()) {
                let line = untrack(|| pad.line(at));
                let looked = untrack(|| pad.check_line(at, &line));
                if let Some(mend) = looked.mends.get(place) {
                    let at = pad.mend(at, mend);
                    said.set(
                        locale.text_with("pad.mended", &[("line", &words::number(locale, at))]),
                    );
                    go(at, Column::Quantity);
                }
            }
        } else if named(event, "data-remove").is_some()
            && let Some((_, at)) = named(event, "data-line")
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
        if let Some((field, at, column)) = field_of(&event) {
            if focused.get_untracked() != Some(at) {
                focused.set(Some(at));
            }
            if stop.get_untracked() != (at, column) {
                stop.set((at, column));
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
        pad.end_typing();
        let next: Option<Element> = event.related_target().and_then(|it| it.dyn_into().ok());
        let inside = next.and_then(|it| it.closest("[role=grid]").ok().flatten());
        if inside.is_none() {
            // No blank lines are held ready down to a place where nobody is any more.
            focused.set(None);
        }
    };
    let height = move || words::height(rows.with(|rows| rows.above(rows.count())));
    let suggesting = Signal::derive(move || suggestions.open());
    let locked = move || pad.adding().is_some().then_some("");
    view! {
        <section class="pad-grid" aria-label=locale.text("pad.lines")>
            <div
                role="grid"
                aria-label=locale.text("pad.lines")
                aria-rowcount=move || (rows.with(Rows::count) + 1).to_string()
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
                    <div class="pad-space" role="presentation" style:height=height>
                        <span class="pad-measure" aria-hidden="true">
                            <i node_ref=measure[0]></i>
                            <i node_ref=measure[1]></i>
                        </span>
                        <For each=move || shown.get() key=|at| *at let:at>
                            <Row at=at pad=pad rows=rows stop=stop suggesting=suggesting />
                        </For>
                    </div>
                </div>
            </div>
            <SuggestionList suggestions=suggestions rows=rows above=above offset=offset on_press=on_press />
        </section>
    }
    .into_any()
}
