//! Sending the cart's changes. What becomes of each is found out in [`crate::state::cart::delivery`]; those that go side
//! by side are in [`crate::state::cart::batch`].

use leptos::{prelude::*, task::spawn_local};
use nymble_wire::{Cart, CartChanges};

use crate::state::{
    app::notices::Tone,
    cart::{
        CartState, Phase,
        delivery::{Outcome, Reply},
    },
};
use crate::{
    api::{
        carts::{self, CartPath},
        http::{Answer, ApiRequest},
        problem::ApiError,
    },
    domain::{
        cart::{
            changes::{Change, ChangeQueue, Sent},
            lines::Units,
        },
        values::clocks::Reading,
    },
    ports::{page, time},
};

/// How long another tab's message may be behind the server's answer, in milliseconds.
const TABS_MS: i32 = 150;

/// How many changes go side by side: browsers open six connections to one host.
const AT_ONCE: usize = 6;

/// From how many waiting changes on they go side by side, and go on by themselves after a failure. Fewer
/// go one after the other, so that each answer is the newest.
const MANY: usize = 8;

/// How many failures in a row are waited for.
const TRIES: u32 = 6;

/// The longest pause that a server may ask for, in seconds.
const LONGEST_WAIT_S: u32 = 30;

impl CartState {
    /// Sends what waits, unless that is happening already: one change after the other, or several side by
    /// side when there are many.
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
            let mut failures = 0;
            while let Some((sent, fresh)) = self.next_to_send() {
                self.keep();
                let stalled = if fresh && sent.len() > 1 {
                    self.deliver_wave(&customer, sent).await.err()
                } else {
                    self.deliver_one(&customer, &sent[0]).await.err()
                };
                match stalled {
                    // What is left is kept with what goes next, or at the end.
                    None => failures = 0,
                    Some(error) => {
                        self.keep();
                        let pause = self.pause_after(&error, failures);
                        let Some(pause) = pause else {
                            self.stalled.set(Some(error));
                            break;
                        };
                        failures += 1;
                        time::sleep(pause).await;
                    }
                }
            }
            self.keep();
            self.running.set(false);
            if self.heard.get_value() != heard {
                // Another tab changed the cart meanwhile: whose answer is the newer one, the server knows.
                self.read_again();
            }
        });
    }

    /// What goes to the server now, and whether it does so for the first time.
    fn next_to_send(self) -> Option<(Vec<Sent>, bool)> {
        let next = self.confirmed.with_untracked(|cart| {
            self.queue
                .try_update(|queue| {
                    let fresh = !queue.is_sending();
                    // The first line of a cart makes it, and must come before all others.
                    let many = cart.is_some() && queue.alike() >= MANY;
                    queue.send_next(cart.as_deref(), if many { AT_ONCE } else { 1 });
                    let sent = queue.date(time::now_ms() / 1000);
                    (!sent.is_empty()).then_some((sent, fresh))
                })
                .flatten()
        });
        if let Some((sent, true)) = &next {
            self.said_is_sent(sent);
        }
        next
    }

    /// How long to wait, in milliseconds, before the sending goes on by itself after `failures` in a row;
    /// none when the buyer decides. It does so only where many changes wait: nobody wants to press a
    /// button for each time that a server asks to slow down.
    fn pause_after(self, error: &ApiError, failures: u32) -> Option<i32> {
        let many = self.queue.with_untracked(ChangeQueue::len) >= MANY;
        if !many || failures >= TRIES || !error.is_transient() || !page::online() {
            return None;
        }
        let seconds = error.retry_after().unwrap_or(1 << failures);
        i32::try_from(seconds.min(LONGEST_WAIT_S) * 1_000).ok()
    }

    /// Sends one change, and settles it unless it could not be sent.
    async fn deliver_one(self, customer: &str, sent: &Sent) -> Result<(), ApiError> {
        match self.deliver(customer, sent).await {
            Outcome::Confirmed(cart) => {
                // Reading a long cart takes as long as showing it.
                time::after_drawing().await;
                // Both at once, so that nothing shows the one without the other.
                batch(|| {
                    match cart {
                        Some(cart) => self.take_told(*cart),
                        None => self.tell_to_read(),
                    }
                    self.queue.update(|queue| queue.settle(&sent.change));
                });
                self.said_is_true(&sent.change);
                self.read_at.set_value(time::reading());
                Ok(())
            }
            Outcome::GivenUp(reason) => {
                self.queue.update(|queue| queue.settle(&sent.change));
                self.tell_refusal(&sent.change, reason);
                Ok(())
            }
            Outcome::Ended => Ok(()),
            Outcome::Stalled { error, in_doubt } => {
                self.queue.update(|queue| {
                    if in_doubt {
                        queue.doubt(&sent.change);
                    } else {
                        queue.unsend(&sent.change);
                    }
                });
                Err(error)
            }
        }
    }

    /// Says why a change was refused, as a notice or to whoever added many.
    fn tell_refusal(self, change: &Change, reason: String) {
        let quiet = change
            .sku()
            .filter(|sku| self.quiet.with_value(|quiet| quiet.contains(*sku)));
        if let Some(sku) = quiet {
            self.refused
                .update(|refused| refused.push((sku.to_owned(), reason)));
            return;
        }
        if self.said_is_wrong(change, &reason) {
            return;
        }
        let notice = match change.label() {
            Some(name) => self
                .locale
                .text_with("cart.refused", &[("name", name), ("reason", &reason)]),
            None => self
                .locale
                .text_with("cart.field_refused", &[("reason", &reason)]),
        };
        self.notices.show(Tone::Trouble, notice, None);
    }

    /// Counts again what the sent changes are added to: the cart has just been read.
    pub(super) fn recount(self) -> Vec<Sent> {
        let recount = |cart: Option<&Cart>| self.queue.try_update(|queue| queue.recount(cart));
        self.confirmed
            .with_untracked(|cart| recount(cart.as_deref()))
            .unwrap_or_default()
    }

    /// The open cart's id.
    pub(super) fn cart_id(self) -> Option<String> {
        self.confirmed
            .with_untracked(|cart| cart.as_ref().map(|cart| cart.shopping_cart_id.clone()))
    }

    /// Sends a change.
    pub(super) async fn send_change(
        self,
        customer: &str,
        change: &Change,
    ) -> Result<Reply, ApiError> {
        self.announce(change);
        let Some(cart_id) = self.cart_id() else {
            return match change {
                Change::Add { sku, quantity, .. } | Change::Set { sku, quantity, .. }
                    if *quantity > 0 =>
                {
                    self.create(customer, sku, *quantity).await
                }
                // There is no cart, so there is nothing to remove or to describe.
                _ => Ok(Reply::Made(None)),
            };
        };
        let path = CartPath {
            customer_number: customer.to_owned(),
            cart_id,
        };
        let Some(request) = self.request(&path, change) else {
            return Ok(Reply::Made(None));
        };
        let answer = self.session.send(request).await?;
        let cart = self.read_changed(&answer, &path.cart_id).await;
        Ok(cart.into())
    }

    /// The request that makes `change` to the open cart; none when there is nothing to change.
    pub(super) fn request(self, path: &CartPath, change: &Change) -> Option<ApiRequest> {
        Some(match change {
            Change::Add { sku, quantity, .. } => path.add_item(sku, *quantity),
            Change::Set { sku, quantity, .. } => {
                let there = self.confirmed.with_untracked(|cart| {
                    cart.as_ref().is_some_and(|cart| cart.line(sku).is_some())
                });
                match (there, quantity) {
                    (true, 0) => path.remove_item(sku),
                    (true, _) => path.update_item(sku, *quantity),
                    (false, 0) => return None,
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
        })
    }

    /// Whether another tab may have changed the product at the same time. Its word may be a moment behind the server's
    /// answer to this tab.
    pub(super) async fn another_tab_changes(self, sku: &str, began: Reading) -> bool {
        time::sleep(TABS_MS).await;
        self.is_changed_elsewhere(sku, began)
    }

    /// The cart after a change: from the answer, or read again where the answer does not hold it whole
    /// (some calls are documented without one, and one example leaves the prices out).
    pub(super) async fn read_changed(
        self,
        answer: &Answer,
        cart_id: &str,
    ) -> Result<Cart, ApiError> {
        if let Some(cart) = read_whole(answer) {
            self.tell_tabs(&answer.text);
            return Ok(cart);
        }
        let answer = self.session.send(carts::one(cart_id)).await?;
        self.tell_tabs(&answer.text);
        carts::read_one(&answer)
    }

    /// Makes a cart with its first line; when one turns out to be open already, adds to that one.
    async fn create(self, customer: &str, sku: &str, quantity: u32) -> Result<Reply, ApiError> {
        let began = time::reading();
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
                    && Units::of(Some(&cart)).get(sku) == i64::from(quantity)
                    && !self.another_tab_changes(sku, began).await
                {
                    self.tell_to_read();
                    return Ok(Ok(cart.as_ref().clone()).into());
                }
                let Some(cart_id) = self.cart_id() else {
                    return Err(error);
                };
                let path = CartPath {
                    customer_number: customer.to_owned(),
                    cart_id,
                };
                // From now on its answer tells of that one.
                self.recount();
                self.keep();
                let answer = self.session.send(path.add_item(sku, quantity)).await?;
                let cart = self.read_changed(&answer, &path.cart_id).await;
                return Ok(cart.into());
            }
            answer => answer?,
        };
        let cart = match carts::read_one(&answer) {
            Ok(cart) => self.read_changed(&answer, &cart.shopping_cart_id).await,
            Err(error) => Err(error),
        };
        Ok(cart.into())
    }
}

/// The cart in the answer to a change, if it holds it whole.
pub(super) fn read_whole(answer: &Answer) -> Option<Cart> {
    let cart = carts::read_one(answer).ok()?;
    let priced = cart.items.iter().all(|line| line.unit_price.is_some());
    (priced && (cart.subtotal.is_some() || cart.items.is_empty())).then_some(cart)
}
