//! What the buyer does to the cart: every change shows at once, is kept for this tab, and goes out.

use leptos::prelude::*;
use std::{collections::HashSet, sync::Arc};

use crate::state::{
    app::notices::{NoticeAction, Tone},
    cart::{CartState, Phase, added::Addition},
};
use crate::{
    api::problem::ApiError,
    domain::cart::{
        changes::{Change, ChangeQueue},
        places::Places,
    },
    ports::{storage, time},
};

/// The beginning of the key under which the places of lines are kept, by customer.
const PLACES_KEY: &str = "nymble.cart-places ";

impl CartState {
    fn storage_key(customer: &str) -> String {
        format!("{}{customer}", storage::LASTING_CHANGES)
    }

    /// Takes up the changes that an earlier visit of this tab left unsent.
    pub(super) fn restore(self, customer: &str) {
        if let Some(places) = storage::get_json(&[PLACES_KEY, customer].concat()) {
            self.places.set(places);
        }
        if let Some(queue) = storage::get_json(&Self::storage_key(customer)) {
            self.queue.set(queue);
            // Whether the change that was on its way has arrived is not known.
            self.queue.update(ChangeQueue::doubt_all);
        }
    }

    /// Puts many products into the cart and says nothing: whoever calls shows what becomes of them, by
    /// [`Self::unsent_skus`] and [`Self::refused`].
    pub(crate) fn add_quietly(self, additions: Vec<Addition>) {
        let skus = additions.iter().map(|it| it.sku.clone()).collect();
        self.quiet.set_value(skus);
        self.refused.set(Vec::new());
        self.taken.set_value(HashSet::new());
        let changes = additions.into_iter().map(|it| Change::Add {
            sku: it.sku,
            name: it.name,
            quantity: it.quantity,
        });
        self.change_all(changes.collect());
    }

    /// Takes back what [`Self::add_quietly`] added and is not with the server yet.
    pub(crate) fn withdraw_quiet(self) {
        let quiet = self.quiet.get_value();
        self.queue
            .update(|queue| queue.withdraw(|sku| quiet.contains(sku)));
        self.keep();
    }

    /// Sets a line's quantity.
    pub(crate) fn set_quantity(self, sku: &str, name: &str, quantity: u32) {
        self.change(Change::Set {
            sku: sku.to_owned(),
            name: name.to_owned(),
            quantity,
        });
    }

    /// Removes a line, and offers to bring it back.
    pub(crate) fn remove(self, sku: &str, name: &str, quantity: u32) {
        let text = self.locale.text_with("cart.removed", &[("name", name)]);
        let change = |quantity| Change::Set {
            sku: sku.to_owned(),
            name: name.to_owned(),
            quantity,
        };
        self.remove_with(vec![change(0)], vec![change(quantity)], text);
    }

    /// Makes changes that remove lines, says so by `text`, and offers to bring the lines back, to where they stood, by
    /// the changes `back`.
    pub(crate) fn remove_with(self, changes: Vec<Change>, back: Vec<Change>, text: String) {
        let before = self.skus();
        self.change_all(changes);
        let action = NoticeAction {
            label: self.locale.text("undo"),
            run: Arc::new(move || self.bring_back(back.clone(), &before)),
        };
        self.notices.show(Tone::Done, text, Some(action));
    }

    /// The products of the lines as they stand, without tracking.
    fn skus(self) -> Vec<String> {
        let lines = untrack(|| self.lines());
        lines.iter().map(|line| line.sku.clone()).collect()
    }

    fn bring_back(self, changes: Vec<Change>, before: &[String]) {
        let back: Vec<String> = changes
            .iter()
            .filter_map(|change| change.sku().map(str::to_owned))
            .collect();
        if let Some(cart) = self.confirmed_now() {
            let id = &cart.shopping_cart_id;
            let places = Places::brought_back(id, &self.skus(), before, &back);
            self.places.set(places);
            self.keep_places();
        }
        self.push(changes);
    }

    fn keep_places(self) {
        if let Some(customer) = self.customer() {
            let text = self.places.with_untracked(|places| {
                let text = (!places.is_empty()).then(|| serde_json::to_string(places).ok());
                text.flatten()
            });
            storage::set(&[PLACES_KEY, &customer].concat(), text.as_deref());
        }
    }

    /// Takes any change in, shows it, keeps it and sends it.
    pub(crate) fn change(self, change: Change) {
        self.change_all(vec![change]);
    }

    /// Takes any changes in, shows, keeps and sends them.
    pub(crate) fn change_all(self, changes: Vec<Change>) {
        if !self.places.with_untracked(Places::is_empty) {
            let lines = untrack(|| self.lines());
            self.places
                .update(|places| places.keep_only(|sku| lines.line(sku).is_some()));
            self.keep_places();
        }
        self.push(changes);
    }

    fn push(self, changes: Vec<Change>) {
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
    pub(crate) fn try_again(self) {
        if matches!(self.phase.get_untracked(), Phase::Failed(_)) {
            self.ensure_loaded();
        } else {
            self.send_changes();
        }
    }

    /// Gives up the changes that could not be sent; the cart is shown as the server has it.
    pub(crate) fn discard_changes(self) {
        self.queue.update(|queue| *queue = ChangeQueue::default());
        self.stalled.set(None);
        self.unsay_unsent();
        self.keep();
        self.reload();
    }

    /// Waits until every change is confirmed; fails when they cannot be sent.
    pub(crate) async fn settle(self) -> Result<(), ApiError> {
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
