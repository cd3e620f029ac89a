//! What the buyer does to the cart: every change shows at once, is kept for this tab, and goes out.

use leptos::prelude::*;
use nymble_wire::OrderType;
use std::sync::Arc;

use super::{
    cart::{CartState, Phase},
    notices::{NoticeAction, NoticeLink, Tone},
};
use crate::{
    api::problem::ApiError,
    browser::{storage, time},
    domain::cart_changes::{Change, ChangeQueue},
};

/// Units of a product that are put into the cart together with others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Addition {
    /// The product.
    pub sku: String,
    /// Its name, for display until the server answers.
    pub name: String,
    /// Units to add.
    pub quantity: u32,
}

impl CartState {
    fn storage_key(customer: &str) -> String {
        format!("{}{customer}", storage::LASTING_CHANGES)
    }

    /// Takes up the changes that an earlier visit of this tab left unsent.
    pub(super) fn restore(self, customer: &str) {
        if let Some(queue) = storage::get_json(&Self::storage_key(customer)) {
            self.queue.set(queue);
            // Whether the change that was on its way has arrived is not known.
            self.queue.update(ChangeQueue::doubt_all);
        }
    }

    /// Puts units of a product into the cart, says so, and offers to take it back.
    pub fn add(self, sku: &str, name: &str, quantity: u32) {
        let before = untrack(|| self.lines()).units(sku);
        let shown = if name.is_empty() { sku } else { name };
        let text = self
            .locale
            .plural("cart.added", u64::from(quantity), &[("name", shown)]);
        let label = self.locale.text("undo");
        let (undo_sku, undo_name) = (sku.to_owned(), name.to_owned());
        let run = Arc::new(move || self.set_quantity(&undo_sku, &undo_name, before));
        self.notices
            .show(Tone::Done, text, Some(NoticeAction { label, run }));
        self.change(Change::Add {
            sku: sku.to_owned(),
            name: name.to_owned(),
            quantity,
        });
    }

    /// Puts several products into the cart, one change each; says so once, with `link` to where they are,
    /// and offers to take all of it back, after which `undone` runs. With `becomes` the cart is turned into that.
    ///
    /// The cart must be known ([`Phase::Known`]), else what was in it before is not.
    pub fn add_many(
        self,
        additions: Vec<Addition>,
        becomes: Option<OrderType>,
        link: NoticeLink,
        undone: Option<Arc<dyn Fn() + Send + Sync>>,
    ) {
        let (lines, kind) = untrack(|| (self.lines(), self.order_type()));
        let mut changes = Vec::new();
        let mut back = Vec::new();
        if let Some(becomes) = becomes.filter(|becomes| *becomes != kind) {
            changes.push(Change::OrderType(becomes));
            back.push(Change::OrderType(kind));
        }
        let count = additions.len() as u64;
        for Addition {
            sku,
            name,
            quantity,
        } in additions
        {
            back.push(Change::Set {
                sku: sku.clone(),
                name: name.clone(),
                quantity: lines.units(&sku),
            });
            changes.push(Change::Add {
                sku,
                name,
                quantity,
            });
        }
        let action = NoticeAction {
            label: self.locale.text("undo"),
            run: Arc::new(move || {
                self.change_all(back.clone());
                if let Some(undone) = &undone {
                    undone();
                }
            }),
        };
        let text = self.locale.plural("cart.added_many", count, &[]);
        self.notices
            .show_linked(Tone::Done, text, Some(action), Some(link));
        self.change_all(changes);
    }

    /// Puts many products into the cart and says nothing: whoever calls shows what becomes of them, by
    /// [`Self::unsent_skus`] and [`Self::refused`].
    pub fn add_quietly(self, additions: Vec<Addition>) {
        let skus = additions.iter().map(|it| it.sku.clone()).collect();
        self.quiet.set_value(skus);
        self.refused.set(Vec::new());
        let changes = additions.into_iter().map(|it| Change::Add {
            sku: it.sku,
            name: it.name,
            quantity: it.quantity,
        });
        self.change_all(changes.collect());
    }

    /// Takes back what [`Self::add_quietly`] added and is not with the server yet.
    pub fn withdraw_quiet(self) {
        let quiet = self.quiet.get_value();
        self.queue
            .update(|queue| queue.withdraw(|sku| quiet.contains(sku)));
        self.keep();
    }

    /// Sets a line's quantity.
    pub fn set_quantity(self, sku: &str, name: &str, quantity: u32) {
        self.change(Change::Set {
            sku: sku.to_owned(),
            name: name.to_owned(),
            quantity,
        });
    }

    /// Removes a line, and offers to bring it back.
    pub fn remove(self, sku: &str, name: &str, quantity: u32) {
        self.set_quantity(sku, name, 0);
        let (sku, name) = (sku.to_owned(), name.to_owned());
        let text = self.locale.text_with("cart.removed", &[("name", &name)]);
        let label = self.locale.text("undo");
        let run = Arc::new(move || self.set_quantity(&sku, &name, quantity));
        self.notices
            .show(Tone::Done, text, Some(NoticeAction { label, run }));
    }

    /// Takes any change in, shows it, keeps it and sends it.
    pub fn change(self, change: Change) {
        self.change_all(vec![change]);
    }

    /// Takes any changes in, shows, keeps and sends them.
    pub fn change_all(self, changes: Vec<Change>) {
        self.queue.update(|queue| queue.push_all(changes));
        self.keep();
        self.send_changes();
    }

    /// Keeps what is unconfirmed for this tab, so that a reload does not lose it.
    pub(super) fn keep(self) {
        if let Some(customer) = self.customer() {
            let text = self.queue.with_untracked(|queue| {
                (!queue.is_empty())
                    .then(|| serde_json::to_string(queue).ok())
                    .flatten()
            });
            self.claim_changes(text.is_some());
            storage::set(&Self::storage_key(&customer), text.as_deref());
        }
    }

    /// Tries again to send what could not be sent.
    pub fn try_again(self) {
        if matches!(self.phase.get_untracked(), Phase::Failed(_)) {
            self.ensure_loaded();
        } else {
            self.send_changes();
        }
    }

    /// Gives up the changes that could not be sent; the cart is shown as the server has it.
    pub fn discard_changes(self) {
        self.queue.update(|queue| *queue = ChangeQueue::default());
        self.stalled.set(None);
        self.keep();
        self.reload();
    }

    /// Waits until every change is confirmed; fails when they cannot be sent.
    pub async fn settle(self) -> Result<(), ApiError> {
        self.send_changes();
        while self.running.get_untracked() {
            time::sleep(30).await;
        }
        match self.stalled.get_untracked() {
            Some(error) => Err(error),
            None if self.queue.with_untracked(ChangeQueue::is_empty) => Ok(()),
            None => Err(ApiError::Aborted),
        }
    }
}
