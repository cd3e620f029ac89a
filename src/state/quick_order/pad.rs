//! The order pad: its lines, what is known of their products, and the draft on the device.
//!
//! How its products are looked up is in [`crate::state::quick_order::lookup`], how its lines get into the cart in
//! [`crate::state::quick_order::submit`], how the draft is kept in [`crate::state::quick_order::draft`].

use crate::ports::abort::AbortController;
use leptos::prelude::*;
use std::collections::BTreeMap;

use crate::state::{
    cart::{CartState, use_cart},
    catalog::{CatalogState, use_catalog},
    quick_order::{
        draft::Draft,
        lookup::Sight,
        submit::{Added, Adding, progress},
    },
    session::{Session, use_session},
    shared,
};
use crate::{
    domain::{
        catalog::{
            buyer::Buyer,
            gtin, pricing,
            quantity::{self, Rule},
            sku,
        },
        quick_order::{
            line::{self, CheckedLine, Fix, Known},
            line_import::TypedLine,
            pad::{Column, OrderPad},
            repeats::{self, Repeats},
            rows::Rows,
            sums::{Summary, Sums},
        },
    },
    locale::{Locale, use_locale},
    ports::{locks::Held, page, time::Debounce},
};

/// How long after the last change the sums are made, in milliseconds: not at every key.
const SUM_UP_MS: u64 = 120;
/// How long typing pauses before what is wrong with it is said, in milliseconds.
const PAUSE_MS: u64 = 900;

/// How far a look-up has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Progress {
    /// SKUs that something is known of now.
    pub(crate) done: usize,
    /// SKUs that were asked for.
    pub(crate) all: usize,
}

/// The order pad of the present customer. A copy is a handle.
#[derive(Clone, Copy)]
pub(crate) struct PadState {
    pub(super) session: Session,
    pub(super) catalog: CatalogState,
    pub(super) cart: CartState,
    pub(super) locale: Locale,
    pub(super) pad: RwSignal<OrderPad>,
    pub(super) known: RwSignal<BTreeMap<String, Known>>,
    /// When the products that come from the device were seen, in milliseconds since 1970.
    pub(super) seen: RwSignal<BTreeMap<String, i64>>,
    repeats: RwSignal<Repeats>,
    summary: RwSignal<Summary>,
    buyer: Memo<Buyer>,
    pub(super) looking: RwSignal<Option<Progress>>,
    wanted: RwSignal<Option<(usize, Option<Column>)>>,
    pub(super) abort: StoredValue<Option<AbortController>, LocalStorage>,
    /// Whether something was changed while a look-up was under way.
    pub(super) again: StoredValue<bool>,
    /// The lines in sight, and what is looked for because of that.
    pub(super) sight: Sight,
    /// The cell that is being typed into: what is wrong with it is not said yet.
    typing: RwSignal<Option<(usize, Column)>>,
    /// Ends the typing once it pauses.
    pause: StoredValue<Debounce, LocalStorage>,
    /// Sums up once nothing was typed for a moment.
    soon: StoredValue<Debounce, LocalStorage>,
    /// What is remembered of the lines from one sum to the next.
    pub(super) sums: StoredValue<Sums>,
    pub(super) draft: Draft,
    pub(super) adding: RwSignal<Option<Adding>>,
    /// How far that has come.
    pub(super) progress: Memo<Option<Progress>>,
    pub(super) added: RwSignal<Option<Added>>,
    /// Held by the tab that adds.
    pub(super) held: StoredValue<Option<Held>, LocalStorage>,
    /// Whether this tab waits for another one to end its adding.
    pub(super) waiting: StoredValue<bool>,
    /// Whether it is this tab that adds.
    pub(super) mine: RwSignal<bool>,
}

impl PadState {
    fn new() -> Self {
        let (session, cart) = (use_session(), use_cart());
        let adding = RwSignal::new(None::<Adding>);
        let state = Self {
            session,
            catalog: use_catalog(),
            cart,
            locale: use_locale(),
            pad: RwSignal::new(OrderPad::default()),
            known: RwSignal::new(BTreeMap::new()),
            seen: RwSignal::new(BTreeMap::new()),
            repeats: RwSignal::new(Repeats::default()),
            summary: RwSignal::new(Summary::default()),
            buyer: Memo::new(move |_| session.buyer()),
            looking: RwSignal::new(None),
            wanted: RwSignal::new(None),
            abort: StoredValue::new_local(None),
            again: StoredValue::new(false),
            sight: Sight::new(),
            typing: RwSignal::new(None),
            pause: StoredValue::new_local(Debounce::default()),
            soon: StoredValue::new_local(Debounce::default()),
            sums: StoredValue::new(Sums::default()),
            draft: Draft::new(),
            adding,
            progress: Memo::new(move |_| {
                adding.with(|adding| progress(adding.as_ref(), &cart.unsent_skus()))
            }),
            added: RwSignal::new(None),
            held: StoredValue::new_local(None),
            waiting: StoredValue::new(false),
            mine: RwSignal::new(false),
        };
        state.cart.ensure_loaded();
        state.open_draft();
        state.watch_adding();
        // What was looked up without a connection, or not at all, is looked up again with one.
        let online = page::on("online", move || state.refresh());
        on_cleanup(move || online.remove());
        state
    }

    /// The line at `at` (tracked).
    pub(crate) fn line(self, at: usize) -> TypedLine {
        self.pad.with(|pad| pad.line(at))
    }

    /// How many lines there are, up to the last one that holds something (tracked).
    pub(crate) fn line_count(self) -> usize {
        self.pad.with(|pad| pad.lines().len())
    }

    /// The lines as rows, at least `least` of them (tracked).
    pub(crate) fn rows(self, least: usize) -> Rows {
        self.pad.with(|pad| Rows::of(pad.lines(), least))
    }

    /// How many steps were made that are not undone (tracked): another number tells that the lines were changed.
    pub(crate) fn steps(self) -> usize {
        self.pad.with(OrderPad::steps)
    }

    /// Whether something can be undone, and done again (tracked).
    pub(crate) fn can_undo_redo(self) -> (bool, bool) {
        self.pad.with(|pad| (pad.can_undo(), pad.can_redo()))
    }

    /// What the line at `at` comes to (tracked).
    pub(crate) fn check_line(self, at: usize, line: &TypedLine) -> CheckedLine {
        let among = self.repeats.with(|repeats| repeats.among(at));
        self.buyer.with(|buyer| {
            self.known
                .with(|known| line::check_line(line, known.get(line.sku.trim()), among, buyer))
        })
    }

    /// Whether a line is of the product with that SKU (tracked).
    pub(super) fn is_of(self, line: &TypedLine, sku: &str) -> bool {
        let typed = line.sku.trim();
        self.known.with(|known| match known.get(typed) {
            Some(Known::Product(product)) => product.sku == sku,
            _ => typed == sku,
        })
    }

    /// Whether nothing is known of a SKU yet, or why it could not be looked up (tracked).
    #[expect(clippy::option_option, reason = "the two say different things")]
    pub(crate) fn unread(self, sku: &str) -> Option<Option<String>> {
        self.known.with(|known| match known.get(sku.trim()) {
            None => Some(None),
            Some(Known::Unread(why)) => Some(Some(why.clone())),
            Some(_) => None,
        })
    }

    /// When the product of a SKU was last seen, where it comes from the device (tracked), in milliseconds
    /// since 1970.
    pub(crate) fn seen(self, sku: &str) -> Option<i64> {
        self.seen.with(|seen| seen.get(sku.trim()).copied())
    }

    /// Who orders (tracked).
    pub(crate) fn buyer(self) -> Buyer {
        self.buyer.get()
    }

    /// What all lines come to; a moment behind the last key (tracked).
    pub(crate) fn summary(self) -> Summary {
        self.summary.get()
    }

    /// How far the look-up of products has come (tracked).
    pub(crate) fn looking(self) -> Option<Progress> {
        self.looking.get()
    }

    /// Brings a line into sight, and puts the focus into a column of it if one is given.
    pub(crate) fn go_to(self, at: usize, column: Option<Column>) {
        self.wanted.set(Some((at, column)));
    }

    /// The line that is to be brought into sight (tracked).
    pub(crate) fn wanted(self) -> Option<(usize, Option<Column>)> {
        self.wanted.get()
    }

    /// Changes the table, and does what follows from it; `whole` once a cell is left, or more than a cell has
    /// changed, so that products are looked up.
    pub(super) fn change<T>(self, whole: bool, change: impl FnOnce(&mut OrderPad) -> T) -> T {
        let result = change(&mut self.pad.write());
        self.added.set(None);
        self.keep_draft();
        if whole {
            self.sum_up();
            self.look_up();
        } else {
            self.sum_up_soon();
        }
        result
    }

    /// What is typed into a cell.
    pub(crate) fn write(self, at: usize, column: Column, text: &str) {
        if self.typing.get_untracked() != Some((at, column)) {
            self.typing.set(Some((at, column)));
        }
        self.pause.with_value(|pause| {
            pause.run(PAUSE_MS, move || {
                self.typing.try_set(None);
            });
        });
        self.change(false, |pad| pad.write(at, column, text));
    }

    /// Whether a line is being typed into (tracked).
    pub(crate) fn is_typed_into(self, at: usize) -> bool {
        self.typing
            .with(|typing| typing.is_some_and(|(line, _)| line == at))
    }

    /// The line whose SKU is being typed.
    pub(super) fn typed_sku(self) -> Option<usize> {
        let typing = self.typing.get_untracked();
        typing
            .filter(|(_, column)| *column == Column::Sku)
            .map(|(at, _)| at)
    }

    /// Nobody types into a cell any more.
    pub(crate) fn end_typing(self) {
        self.pause.with_value(Debounce::cancel);
        if self.typing.with_untracked(Option::is_some) {
            self.typing.set(None);
        }
    }

    /// How many lines cannot be ordered, but for one that is being typed into (tracked).
    pub(crate) fn wrong(self) -> usize {
        let wrong = self.summary.with(|summary| summary.wrong);
        let typing = self.typing.get().is_some_and(|(at, _)| {
            let line = self.line(at);
            self.check_line(at, &line).trouble.is_some()
        });
        wrong.saturating_sub(usize::from(typing))
    }

    /// A cell was left: what it holds is looked at.
    pub(crate) fn leave(self) {
        self.end_typing();
        self.pad.update_untracked(OrderPad::leave);
        self.sum_up();
        self.look_up();
    }

    /// Writes a block of cells over the table.
    pub(crate) fn paste(self, at: usize, column: Column, block: &[Vec<String>]) {
        self.change(true, |pad| pad.paste(at, column, block));
    }

    /// Adds lines below all others; the place of the first.
    pub(crate) fn append(self, lines: Vec<TypedLine>) -> usize {
        self.change(true, |pad| {
            let at = pad.lines().len();
            pad.append(lines);
            at
        })
    }

    /// Inserts a blank line before the one at `at`.
    pub(crate) fn insert(self, at: usize) {
        self.change(true, |pad| pad.insert(at, vec![TypedLine::default()]));
    }

    /// Removes the line at `at`.
    pub(crate) fn remove(self, at: usize) {
        self.change(true, |pad| pad.remove(at));
    }

    /// Removes everything.
    pub(crate) fn clear(self) {
        self.change(true, |pad| pad.remove_where(|_, _| true));
    }

    /// Takes the last step back; the place where it was made.
    pub(crate) fn undo(self) -> Option<usize> {
        self.change(true, OrderPad::undo)
    }

    /// Does an undone step again; the place where it is made.
    pub(crate) fn redo(self) -> Option<usize> {
        self.change(true, OrderPad::redo)
    }

    /// Mends the line at `at`; where the mended line stands then.
    pub(crate) fn mend(self, at: usize, mend: &Fix) -> usize {
        let line = self.pad.with_untracked(|pad| pad.line(at));
        let mended = match mend {
            Fix::Quantity(quantity) => vec![(
                at,
                TypedLine {
                    quantity: quantity.to_string(),
                    ..line
                },
            )],
            Fix::Sku(sku) => vec![(
                at,
                TypedLine {
                    sku: sku.clone(),
                    ..line
                },
            )],
            Fix::Divide(both) => vec![(at, both.clone())],
            Fix::Merge { .. } => self.merged(Some(at)),
        };
        self.change(true, |pad| pad.mend(&mended));
        match mend {
            Fix::Merge { into, .. } => *into,
            _ => at,
        }
    }

    fn merged(self, only: Option<usize>) -> Vec<(usize, TypedLine)> {
        self.repeats.with_untracked(|repeats| {
            self.pad
                .with_untracked(|pad| repeats::merged(pad.lines(), repeats, only))
        })
    }

    /// Puts the pieces of all repeated lines into their first one, and takes the emptied lines out.
    pub(crate) fn merge_all(self) {
        let merged = self.merged(None);
        self.change(true, |pad| pad.mend(&merged));
    }

    /// Takes the offered quantity in every line whose own cannot be ordered.
    pub(crate) fn round_all(self) {
        let lines = self.pad.with_untracked(|pad| pad.lines().to_vec());
        let rounded = lines.into_iter().enumerate().filter_map(|(at, line)| {
            let looked = untrack(|| self.check_line(at, &line));
            looked.trouble.as_ref()?;
            let quantity = line::rounds(&looked)?.to_string();
            Some((at, TypedLine { quantity, ..line }))
        });
        let rounded: Vec<(usize, TypedLine)> = rounded.collect();
        self.change(true, |pad| pad.mend(&rounded));
    }

    /// A scanned barcode or SKU: one more piece (or pack) of the line that has it, or a line of its own. The
    /// place of the line, and the code.
    pub(crate) fn scan(self, code: &str) -> (usize, String) {
        let barcode = gtin::read(code);
        // Nobody wants to read what stands around the number.
        let code = match &barcode {
            Some(barcode) if barcode.is_certain() && barcode.is_wrapped() => barcode.usual(),
            _ => sku::scanned(&sku::plain(code)).to_owned(),
        };
        let is_code = |text: &str| {
            let barcode = barcode.as_ref();
            barcode.is_some_and(|barcode| barcode.is_certain() && barcode.is(text))
        };
        let at = self.pad.with_untracked(|pad| {
            self.known.with_untracked(|known| {
                let product_of = |typed: &str| match known.get(typed) {
                    Some(Known::Product(product)) => Some(product),
                    _ => None,
                };
                // Where it is known what the code means, nothing else does.
                let meant = product_of(&code);
                pad.lines().iter().position(|line| {
                    let typed = line.sku.trim();
                    match (product_of(typed), meant) {
                        (Some(product), Some(meant)) => product.sku == meant.sku,
                        (Some(product), None) => {
                            let upc = product.upc.as_deref();
                            sku::is_same(&code, &product.sku) || upc.is_some_and(is_code)
                        }
                        (None, _) => {
                            !typed.is_empty() && (sku::is_same(&code, typed) || is_code(typed))
                        }
                    }
                })
            })
        });
        let Some(at) = at else {
            let at = self.append(vec![TypedLine {
                sku: code.clone(),
                quantity: "1".to_owned(),
            }]);
            return (at, code);
        };
        let line = self.pad.with_untracked(|pad| pad.line(at));
        let product = untrack(|| self.check_line(at, &line)).product;
        let rule = product.map_or_else(
            || Rule::new(None, None),
            |product| pricing::quantity_rule(&product),
        );
        let now = quantity::parse_raw(&line.quantity).unwrap_or(0);
        let quantity = rule.step_up(now).to_string();
        self.change(true, |pad| {
            pad.mend(&[(at, TypedLine { quantity, ..line })]);
        });
        (at, code)
    }

    pub(super) fn sum_up_soon(self) {
        self.soon
            .with_value(|soon| soon.run(SUM_UP_MS, move || self.sum_up()));
    }

    pub(super) fn sum_up(self) {
        let buyer = self.buyer.get_untracked();
        self.sums.update_value(|sums| {
            let (summary, repeats) = self.known.with_untracked(|known| {
                self.pad
                    .with_untracked(|pad| sums.sum_up(pad.lines(), known, &buyer))
            });
            if self.repeats.with_untracked(|old| old != repeats) {
                self.repeats.set(repeats.clone());
            }
            if self.summary.with_untracked(|old| old != summary) {
                self.summary.set(summary.clone());
            }
        });
    }
}

/// The order pad of the running app.
///
/// # Panics
/// Outside the app's component tree.
pub(crate) fn use_order_pad() -> PadState {
    shared(PadState::new)
}
