//! What is typed into the cart's fields and not taken by the cart: while something of it cannot be, nothing is ordered
//! and nothing says that all is saved. It outlasts the cart's screen.

use leptos::prelude::*;

use crate::ports::page;
use crate::state::cart::CartState;

/// A field of the cart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum CartField {
    /// The quantity of a product.
    Quantity(String),
    /// The PO number.
    PoNumber,
    /// The special instructions.
    Instructions,
}

impl CartField {
    /// The id of the field on the cart's screen.
    pub(crate) fn id(&self) -> String {
        match self {
            Self::Quantity(sku) => ["quantity-", &page::encode(sku)].concat(),
            Self::PoNumber => "po-number".to_owned(),
            Self::Instructions => "instructions".to_owned(),
        }
    }
}

/// A text that the cart does not have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Typed {
    /// Where it was typed.
    pub(crate) field: CartField,
    /// As it was typed.
    pub(crate) text: String,
    /// Why the cart cannot take it, as a sentence; none while it is about to be taken.
    pub(crate) problem: Option<String>,
}

impl CartState {
    /// A text stands in a field that the cart does not have.
    pub(crate) fn hold(self, typed: Typed) {
        if self.typed.with_untracked(|all| all.contains(&typed)) {
            return;
        }
        self.typed.update(|all| {
            all.retain(|known| known.field != typed.field);
            all.push(typed);
        });
    }

    /// A field says what the cart says.
    pub(crate) fn release(self, field: &CartField) {
        let held = |all: &Vec<Typed>| all.iter().any(|known| known.field == *field);
        if self.typed.with_untracked(held) {
            self.typed
                .update(|all| all.retain(|known| known.field != *field));
        }
        if self
            .stopped
            .with_untracked(|stopped| stopped.as_ref() == Some(field))
        {
            self.stopped.set(None);
        }
    }

    /// What was typed into a field and could not be taken, to be shown there again (not tracked).
    pub(crate) fn held_text(self, field: &CartField) -> Option<String> {
        self.typed.with_untracked(|all| {
            let wrong = all.iter().filter(|known| known.problem.is_some());
            let mut wrong = wrong.filter(|known| known.field == *field);
            wrong.next().map(|known| known.text.clone())
        })
    }

    /// Why nothing can be ordered: the first text that the cart cannot take (tracked).
    pub(crate) fn held(self) -> Option<String> {
        self.first_wrong()?.problem
    }

    fn first_wrong(self) -> Option<Typed> {
        self.first_typed(|typed| typed.problem.is_some())
    }

    fn first_typed(self, fits: fn(&Typed) -> bool) -> Option<Typed> {
        let lines = self.lines();
        let counts = |typed: &&Typed| match &typed.field {
            // What was typed for a line that has gone is of no account.
            CartField::Quantity(sku) => fits(typed) && lines.line(sku).is_some(),
            CartField::PoNumber | CartField::Instructions => fits(typed) && !lines.is_empty(),
        };
        self.typed.with(|all| all.iter().find(counts).cloned())
    }

    /// Whether something is typed that the cart does not have yet (tracked).
    pub(crate) fn is_being_typed(self) -> bool {
        self.first_typed(|_| true).is_some()
    }

    /// The field that holds the order up, whenever somebody wants to go on (tracked).
    pub(crate) fn stopped_at(self) -> Option<CartField> {
        self.stopped.get()
    }

    /// Takes what is being typed now, as if the field were left.
    pub(crate) fn take_typed(self) {
        if !self.typed.with_untracked(Vec::is_empty) {
            page::leave_field();
        }
    }

    /// Whether nothing holds the order up; else the cart's screen shows what does.
    pub(crate) fn may_go_on(self) -> bool {
        self.take_typed();
        let wrong = untrack(|| self.first_wrong());
        let free = wrong.is_none();
        if !free {
            self.stopped.set(wrong.map(|typed| typed.field));
        }
        free
    }
}
