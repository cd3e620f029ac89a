//! Sending the cart's changes, one after the other, and finding out what became of each.

use leptos::{prelude::*, task::spawn_local};
use nymble_wire::{Cart, CartChanges};

use super::{
    cart::{CartState, Phase},
    notices::Tone,
};
use crate::{
    api::{
        carts::{self, CartPath},
        http::Answer,
        problem::ApiError,
    },
    browser::time,
    domain::cart_changes::{Change, ChangeQueue, Sent, units},
};

/// How long another tab's message may be behind the server's answer, in milliseconds.
const TABS_MS: i32 = 150;

/// What became of a change that was sent.
enum Outcome {
    /// The server has it; this is the cart now.
    Confirmed(Option<Box<Cart>>),
    /// The server refused it, or there is nothing any more that it could change.
    GivenUp(String),
    /// It could not be sent now and stays.
    Stalled(ApiError),
}

impl CartState {
    /// Sends what waits, one change after the other, unless that is happening already.
    pub(super) fn send_changes(self) {
        if self.running.get_untracked() || self.phase.get_untracked() != Phase::Known {
            return;
        }
        let Some(customer) = self.customer() else {
            return;
        };
        self.stalled.set(None);
        self.running.set(true);
        let heard = self.heard.get_value();
        spawn_local(async move {
            loop {
                let next = self.confirmed.with_untracked(|cart| {
                    self.queue
                        .try_update(|queue| queue.send_next(cart.as_deref()))
                        .flatten()
                });
                let Some(sent) = next else { break };
                self.keep();
                match self.deliver(&customer, &sent).await {
                    Outcome::Confirmed(cart) => {
                        // Both at once, so that nothing shows the one without the other.
                        batch(|| {
                            if let Some(cart) = cart {
                                self.take(*cart);
                            }
                            self.queue.update(ChangeQueue::settle);
                        });
                        self.read_at.set_value(time::now_ms());
                        self.keep();
                    }
                    Outcome::GivenUp(notice) => {
                        self.queue.update(ChangeQueue::settle);
                        self.keep();
                        self.notices.show(Tone::Trouble, notice, None);
                    }
                    Outcome::Stalled(error) => {
                        self.queue.update(ChangeQueue::doubt);
                        self.keep();
                        self.stalled.set(Some(error));
                        break;
                    }
                }
            }
            self.running.set(false);
            if self.heard.get_value() != heard {
                // Another tab changed the cart meanwhile: whose answer is the newer one, the server knows.
                self.read_again();
            }
        });
    }

    /// Sends one change and finds out what became of it.
    async fn deliver(self, customer: &str, sent: &Sent) -> Outcome {
        let mut recounted = None;
        if matches!(sent.change, Change::Add { .. }) && !sent.doubtful && !self.is_fresh() {
            // What an addition is added to must be known for certain: it tells afterwards whether the
            // addition was made once, twice or not at all, whatever another device has done meanwhile.
            if let Err(error) = self.read_open(customer).await {
                return Outcome::Stalled(error);
            }
            recounted = self.confirmed.with_untracked(|cart| {
                self.queue
                    .try_update(|queue| queue.recount(cart.as_deref()))
                    .flatten()
            });
            self.keep();
        }
        let sent = recounted.as_ref().unwrap_or(sent);
        if sent.doubtful {
            if let Err(error) = self.read_open(customer).await {
                return Outcome::Stalled(error);
            }
            if self.has_arrived(sent) {
                return Outcome::Confirmed(None);
            }
        }
        let cart_before = self.cart_id();
        let mut outcome = self.send_change(customer, sent).await;
        if let Err(error) = &outcome {
            let refused = error.status().is_some_and(|status| status < 500);
            if error.leaves_doubt() || refused {
                // The cart tells: whether a lost answer's change arrived, or why it was refused.
                if let Err(unread) = self.read_open(customer).await {
                    return Outcome::Stalled(if refused { unread } else { error.clone() });
                }
                // A quantity that the cart has anyway is not refused (a line that is gone already).
                let sets = matches!(sent.change, Change::Set { .. });
                if self.has_arrived(sent) && (error.leaves_doubt() || sets) {
                    return Outcome::Confirmed(None);
                }
                let moved_on = self.cart_id() != cart_before;
                let adds = matches!(sent.change, Change::Add { .. });
                if moved_on && adds {
                    // The cart was checked out elsewhere: what was to be added starts the next one.
                    outcome = self.send_change(customer, sent).await;
                } else if moved_on {
                    return Outcome::GivenUp(self.locale.text("cart.closed_elsewhere"));
                }
            }
        }
        match outcome {
            Ok(cart) => Outcome::Confirmed(cart.map(Box::new)),
            Err(error) if error.is_passing() || error == ApiError::SignedOut => {
                Outcome::Stalled(error)
            }
            Err(error) => Outcome::GivenUp(self.refusal(&sent.change, &error)),
        }
    }

    fn has_arrived(self, sent: &Sent) -> bool {
        self.confirmed
            .with_untracked(|cart| sent.has_arrived(cart.as_deref()))
    }

    /// The open cart's id.
    pub(super) fn cart_id(self) -> Option<String> {
        self.confirmed
            .with_untracked(|cart| cart.as_ref().map(|cart| cart.shopping_cart_id.clone()))
    }

    fn refusal(self, change: &Change, error: &ApiError) -> String {
        let reason = self.locale.error(error);
        match change.label() {
            Some(name) => self
                .locale
                .text_with("cart.refused", &[("name", name), ("reason", &reason)]),
            None => self
                .locale
                .text_with("cart.field_refused", &[("reason", &reason)]),
        }
    }

    async fn send_change(self, customer: &str, sent: &Sent) -> Result<Option<Cart>, ApiError> {
        let change = &sent.change;
        let heard = self.heard.get_value();
        let Some(cart_id) = self.cart_id() else {
            return match change {
                Change::Add { sku, quantity, .. } | Change::Set { sku, quantity, .. }
                    if *quantity > 0 =>
                {
                    self.create(customer, sku, *quantity).await.map(Some)
                }
                // There is no cart, so there is nothing to remove or to describe.
                _ => Ok(None),
            };
        };
        let path = CartPath {
            customer_number: customer.to_owned(),
            cart_id,
        };
        let request = match change {
            Change::Add { sku, quantity, .. } => path.add_item(sku, *quantity),
            Change::Set { sku, quantity, .. } => {
                let there = self.confirmed.with_untracked(|cart| {
                    cart.as_ref().is_some_and(|cart| cart.line(sku).is_some())
                });
                match (there, quantity) {
                    (true, 0) => path.remove_item(sku),
                    (true, _) => path.update_item(sku, *quantity),
                    (false, 0) => return Ok(None),
                    (false, _) => path.add_item(sku, *quantity),
                }
            }
            Change::PoNumber(text) => path.set_po_number(text),
            Change::Instructions(text) => path.update(CartChanges {
                special_instructions: Some(text.clone()),
                ..CartChanges::default()
            }),
            Change::OrderType(kind) => path.update(CartChanges {
                order_type: Some(kind.clone()),
                ..CartChanges::default()
            }),
        };
        let answer = self.session.send(request).await?;
        let cart = self.read_changed(&answer, &path.cart_id).await?;
        if let Change::Add { sku, quantity, .. } = change {
            let wanted = sent.before + i64::from(*quantity);
            let doubled = units(Some(&cart), sku) == wanted + i64::from(*quantity);
            if doubled && !self.another_tab_spoke(heard).await {
                // A browser sends a request again by itself, a POST too, when a connection that it had
                // kept open turns out to be closed; the addition was then made twice.
                let wanted = u32::try_from(wanted).unwrap_or(*quantity);
                let answer = self.session.send(path.update_item(sku, wanted)).await?;
                return self.read_changed(&answer, &path.cart_id).await.map(Some);
            }
        }
        Ok(Some(cart))
    }

    /// Whether another tab has changed the cart since `heard` messages had come from them. Its message
    /// may be a moment behind the server's answer to this tab.
    async fn another_tab_spoke(self, heard: u32) -> bool {
        time::sleep(TABS_MS).await;
        self.heard.get_value() != heard
    }

    /// The cart after a change: from the answer, or read again where the answer does not hold it whole
    /// (some calls are documented without one, and one example leaves the prices out).
    async fn read_changed(self, answer: &Answer, cart_id: &str) -> Result<Cart, ApiError> {
        if let Ok(cart) = carts::read_one(answer)
            && cart.items.iter().all(|line| line.unit_price.is_some())
            && (cart.subtotal.is_some() || cart.items.is_empty())
        {
            self.tell_tabs(&answer.text);
            return Ok(cart);
        }
        let answer = self.session.send(carts::one(cart_id)).await?;
        self.tell_tabs(&answer.text);
        carts::read_one(&answer)
    }

    /// Makes a cart with its first line; when one turns out to be open already, adds to that one.
    async fn create(self, customer: &str, sku: &str, quantity: u32) -> Result<Cart, ApiError> {
        let heard = self.heard.get_value();
        let answer = match self
            .session
            .send(carts::create(customer, sku, quantity))
            .await
        {
            Err(error) if matches!(error.status(), Some(400 | 409)) => {
                self.read_open(customer).await?;
                // The refusal may be that of a request which the browser sent twice by itself: then
                // the first one made the cart, with this very line.
                if let Some(cart) = self.confirmed_now()
                    && units(Some(&cart), sku) == i64::from(quantity)
                    && cart.items.len() == 1
                    && !self.another_tab_spoke(heard).await
                {
                    return Ok(cart.as_ref().clone());
                }
                let Some(cart_id) = self.cart_id() else {
                    return Err(error);
                };
                let path = CartPath {
                    customer_number: customer.to_owned(),
                    cart_id,
                };
                let answer = self.session.send(path.add_item(sku, quantity)).await?;
                return self.read_changed(&answer, &path.cart_id).await;
            }
            answer => answer?,
        };
        let cart = carts::read_one(&answer)?;
        self.read_changed(&answer, &cart.shopping_cart_id).await
    }
}
