//! Keeps the focus on the page: when what has it goes away, is hidden or cannot be used any more, a neighbour takes it,
//! or the heading above. Without that, whoever uses the keyboard or a screen reader begins anew at the top.

use js_sys::Array;
use leptos::{
    ev,
    prelude::{
        LocalStorage, StoredValue, WithValue as _, document, on_cleanup, set_timeout,
        window_event_listener,
    },
};
use std::{cell::RefCell, rc::Rc, time::Duration};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{Element, HtmlElement, MutationObserver, MutationObserverInit, MutationRecord, Node};

use crate::domain::keyboard::focus::heir;

/// So many places where the focus was are remembered.
const REMEMBERED: usize = 8;

/// What can have the focus by the keyboard.
const STOPS: &str = "a[href], button, input, select, textarea, summary, [tabindex='0']";

/// What stands in a list beside others of its kind.
const ROWS: &str = "tr, li, [role=row], [role=listitem]";

/// What lies over the page: when it goes, the focus goes back to where it came from.
const OVER: &str = "dialog, [popover], [data-focus-back]";

/// What went away with the focus in it, and where it stood.
#[derive(Clone)]
struct Gone {
    node: Node,
    parent: Node,
    next: Option<Node>,
}

/// Where the focus is, and was.
#[derive(Default)]
struct Keeper {
    /// What has the focus, or lost it without the user's doing.
    last: Option<HtmlElement>,
    /// What had it before, the latest last.
    before: Vec<HtmlElement>,
    gone: Option<Gone>,
    /// Whether the element was moved: browsers take the focus away then.
    moved: bool,
    waits: bool,
}

type Shared = Rc<RefCell<Keeper>>;

/// Begins to keep the focus. Must be called with an owner, and goes with it.
pub(crate) fn keep() {
    let keeper = Shared::default();
    let seen = Rc::clone(&keeper);
    let came = window_event_listener(ev::focusin, move |event| {
        let target = event
            .target()
            .and_then(|it| it.dyn_into::<HtmlElement>().ok());
        seen.borrow_mut().comes_to(target);
    });
    let seen = Rc::clone(&keeper);
    let left = window_event_listener(ev::focusout, move |event| {
        if event.related_target().is_none() {
            look_soon(&seen);
        }
    });
    let changed = Closure::<dyn FnMut(Array)>::new(move |records: Array| {
        if keeper.borrow_mut().hear(&records) {
            look_soon(&keeper);
        }
    });
    let observer = MutationObserver::new(changed.as_ref().unchecked_ref()).ok();
    if let (Some(observer), Some(body)) = (&observer, document().body()) {
        let what = MutationObserverInit::new();
        what.set_child_list(true);
        what.set_subtree(true);
        let names = ["disabled", "hidden", "open"].map(JsValue::from_str);
        what.set_attribute_filter(&Array::from_iter(names));
        let _ = observer.observe_with_options(&body, &what);
    }
    let kept: StoredValue<_, LocalStorage> = StoredValue::new_local((observer, changed));
    on_cleanup(move || {
        came.remove();
        left.remove();
        kept.try_with_value(|(observer, _)| observer.as_ref().map(MutationObserver::disconnect));
    });
}

/// Looks after the focus once what is being shown or taken away now has been, and whoever has a better place for the
/// focus has moved it there.
fn look_soon(keeper: &Shared) {
    if std::mem::replace(&mut keeper.borrow_mut().waits, true) {
        return;
    }
    let keeper = Rc::clone(keeper);
    set_timeout(
        move || {
            let next = keeper.borrow_mut().look();
            if let Some(next) = next {
                take_focus(&next);
            }
        },
        Duration::ZERO,
    );
}

impl Keeper {
    fn comes_to(&mut self, target: Option<HtmlElement>) {
        let Some(target) = target else { return };
        if let Some(before) = self.last.replace(target) {
            if self.before.len() == REMEMBERED {
                self.before.remove(0);
            }
            self.before.push(before);
        }
        self.gone = None;
        self.moved = false;
    }

    /// Hears what has changed on the page; whether the focus has to be looked after.
    fn hear(&mut self, records: &Array) -> bool {
        let Some(last) = &self.last else { return false };
        // Nothing is measured here: the page may be long, and changes with every key.
        let mut affected = !last.is_connected() || has_none();
        for record in records.iter() {
            let record: MutationRecord = record.unchecked_into();
            let Some(parent) = record.target() else {
                continue;
            };
            if record.attribute_name().is_some() {
                affected |= parent.contains(Some(last));
            } else if affected {
                // What was around it may go after it.
                let inner: &Node = self.gone.as_ref().map_or(last, |gone| &gone.parent);
                let removed = record.removed_nodes();
                let nodes = (0..removed.length()).filter_map(|place| removed.get(place));
                if let Some(node) = nodes.into_iter().find(|node| node.contains(Some(inner))) {
                    self.moved = last.is_connected();
                    let next = record.next_sibling();
                    self.gone = Some(Gone { node, parent, next });
                }
            }
        }
        affected
    }

    /// What has to take the focus now, if nothing has it that should.
    fn look(&mut self) -> Option<HtmlElement> {
        self.waits = false;
        let last = self.last.clone()?;
        let active = document().active_element();
        let elsewhere = active.filter(|active| active.tag_name() != "BODY");
        if elsewhere.is_some_and(|active| active != *last.as_ref() || can_have_focus(&last)) {
            self.gone = None;
            return None;
        }
        if last.is_connected() && can_have_focus(&last) {
            if std::mem::take(&mut self.moved) {
                self.gone = None;
                return Some(last);
            }
            // It was left for nothing, by a click beside it for example.
            self.last = None;
            return None;
        }
        let gone = self.gone.take().filter(|_| !last.is_connected());
        let (node, parent, next) = match gone {
            Some(Gone { node, parent, next }) => (node, parent, next),
            // It is there, but cannot be used.
            None => (
                last.clone().into(),
                last.parent_node()?,
                last.next_sibling(),
            ),
        };
        let node: Option<Element> = node.dyn_into().ok();
        let parent: Option<Element> = parent.dyn_into().ok();
        let over = over(node.as_ref()).or_else(|| over(parent.as_ref()));
        if let Some(over) = over.filter(|over| !is_open(over))
            && let Some(back) = self.back_from(&over)
        {
            return Some(back);
        }
        let parent = parent?;
        let beside = node.and_then(|node| neighbour(&node, &parent, next, &last));
        beside.or_else(|| heading(parent))
    }

    /// Where the focus was before it came to what lies over the page.
    fn back_from(&self, over: &Element) -> Option<HtmlElement> {
        let mut before = self.before.iter().rev();
        let back = before.find(|it| {
            it.is_connected() && can_have_focus(it) && !over.contains(Some(it.as_ref()))
        });
        back.cloned()
    }
}

/// Whether nothing has the focus.
fn has_none() -> bool {
    let active = document().active_element();
    active.is_none_or(|active| active.tag_name() == "BODY")
}

fn can_have_focus(element: &Element) -> bool {
    let rect = element.get_bounding_client_rect();
    let seen = rect.width() > 0.0 || rect.height() > 0.0;
    seen && !element.matches(":disabled").unwrap_or_default()
}

/// Whether it is a dialog or the like that is open still: the focus stays in it.
fn is_open(over: &Element) -> bool {
    over.is_connected() && !over.has_attribute("data-focus-back") && can_have_focus(over)
}

fn over(element: Option<&Element>) -> Option<Element> {
    element?.closest(OVER).ok().flatten()
}

/// The controls of a row, or the control itself.
fn stops(element: &Element) -> Vec<HtmlElement> {
    let is_stop = |it: &HtmlElement| it.tab_index() >= 0;
    if element.matches(STOPS).unwrap_or_default() {
        let element = element.clone().dyn_into().ok();
        return element.filter(is_stop).into_iter().collect();
    }
    let Ok(found) = element.query_selector_all(STOPS) else {
        return Vec::new();
    };
    let found = (0..found.length()).filter_map(|place| found.get(place)?.dyn_into().ok());
    found.filter(is_stop).collect()
}

fn kind(element: &HtmlElement) -> String {
    [element.tag_name(), element.class_name()].join(" ")
}

/// The control beside what went away that is most like the one that had the focus: in the next row, else the one
/// before.
fn neighbour(
    node: &Element,
    parent: &Element,
    next: Option<Node>,
    last: &HtmlElement,
) -> Option<HtmlElement> {
    let is_row = node.matches(ROWS).unwrap_or_default();
    if !is_row && *node != **last {
        return None;
    }
    let own = stops(node);
    let at = own.iter().position(|it| it == last).unwrap_or(usize::MAX);
    let gone: Vec<String> = own.iter().map(kind).collect();
    let take = |beside: &Element| {
        if is_row && beside.tag_name() != node.tag_name() {
            return None;
        }
        let found: Vec<HtmlElement> = stops(beside)
            .into_iter()
            .filter(|it| can_have_focus(it))
            .collect();
        let kinds: Vec<String> = found.iter().map(kind).collect();
        found.get(heir(&gone, at, &kinds)?).cloned()
    };
    let next = next.filter(|next| next.parent_node().is_some_and(|it| it == **parent));
    let all = parent.children();
    let all: Vec<Element> = (0..all.length())
        .filter_map(|place| all.item(place))
        .collect();
    // Where it stood: after it is whatever follows what followed it.
    let follows = |element: &Element| {
        next.as_ref().is_some_and(|next| {
            let next_or_after = Node::DOCUMENT_POSITION_FOLLOWING;
            *next == **element || next.compare_document_position(element) & next_or_after != 0
        })
    };
    let (after, before): (Vec<&Element>, Vec<&Element>) = all.iter().partition(|it| follows(it));
    let mut beside = after.into_iter().chain(before.into_iter().rev());
    beside.find_map(take)
}

/// The heading of what is around the place.
fn heading(place: Element) -> Option<HtmlElement> {
    let mut around = Some(place);
    while let Some(element) = around {
        if element.is_connected()
            && let Ok(found) = element.query_selector_all("h1, h2, h3")
        {
            let found = (0..found.length()).filter_map(|place| found.get(place)?.dyn_into().ok());
            if let Some(heading) = found
                .into_iter()
                .find(|it: &HtmlElement| can_have_focus(it))
            {
                return Some(heading);
            }
        }
        around = element.parent_element();
    }
    let main = document().query_selector("main h1").ok().flatten();
    main.and_then(|heading| heading.dyn_into().ok())
}

fn take_focus(element: &HtmlElement) {
    if element.tab_index() < 0 && element.get_attribute("tabindex").is_none() {
        let _ = element.set_attribute("tabindex", "-1");
    }
    let _ = element.focus();
}
