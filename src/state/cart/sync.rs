//! The cart and the server: finding the cart, reading it again, other tabs.

use leptos::{prelude::*, task::spawn_local};
use nymble_wire::Cart;
use std::sync::Arc;

use crate::state::cart::{CartState, Phase};
use crate::{
    api::{carts, problem::ApiError},
    domain::{
        cart::changes::{Change, ChangeQueue},
        values::clocks::Reading,
    },
    ports::{page, tabs::Tabs, time},
};

/// A cart that was read longer ago than this is read again when its tab is looked at, in milliseconds.
const FRESH_MS: i64 = 15_000;

/// A cart that was read no longer ago than this is taken as it is before an addition, in milliseconds.
const JUST_READ_MS: i64 = 1_000;

/// Precedes the SKU of a product that this tab is about to change: until its answer has come nobody else can know what
/// the cart holds of it.
const CHANGES: &str = "changes ";

/// So long another tab's change may take, in milliseconds: as long as a request.
const LONGEST_CHANGE_MS: i64 = 40_000;

/// Tells the other tabs to read the cart. Whatever is no cart does.
const READ: &str = "read";

/// Precedes the id of the cart that was checked out.
const ORDERED: &str = "ordered ";

impl CartState {
    /// The customer that the cart is for, without tracking.
    pub(super) fn customer(self) -> Option<String> {
        untrack(|| self.session.customer_number())
    }

    /// Finds the buyer's cart, unless it is known; takes up changes that an earlier visit left unsent.
    pub(crate) fn ensure_loaded(self) {
        if !matches!(
            self.phase.get_untracked(),
            Phase::Unknown | Phase::Failed(_)
        ) {
            return;
        }
        let Some(customer) = self.customer() else {
            self.phase.set(Phase::Known);
            return;
        };
        let first = self.phase.get_untracked() == Phase::Unknown;
        if first {
            self.listen(&customer);
            self.restore(&customer);
        }
        let restored = first && !self.queue.with_untracked(ChangeQueue::is_empty);
        self.phase.set(Phase::Looking);
        spawn_local(async move {
            if restored {
                self.leave_to_owner().await;
            }
            match self.read_open(&customer).await {
                Ok(()) => {
                    self.phase.set(Phase::Known);
                    self.send_changes();
                }
                Err(error) => self.phase.set(Phase::Failed(error)),
            }
        });
    }

    fn listen(self, customer: &str) {
        let tabs = Tabs::open(&format!("nymble.cart {customer}"), move |text| {
            if let Some(sku) = text.strip_prefix(CHANGES) {
                self.hear_of_change(sku);
                return;
            }
            self.heard.update_value(|heard| *heard += 1);
            self.count_told();
            if let Some(cart_id) = text.strip_prefix(ORDERED) {
                // This tab may have heard of it, and have the next cart, already.
                if self.cart_id().as_deref() == Some(cart_id) {
                    self.set_confirmed(None);
                }
            } else if let Ok(cart) = nymble_wire::decode::<Cart>(&text) {
                if self.may_be_older(&cart) {
                    self.read_again();
                } else {
                    self.take(cart);
                }
            } else {
                self.read_again();
            }
        });
        self.tabs.set_value(Some(tabs));
        let _ = page::on("online", move || self.try_again());
        let _ = page::on("visibilitychange", move || self.refresh_if_old());
        let _ = page::on("focus", move || self.refresh_if_old());
    }

    fn refresh_if_old(self) {
        let old = time::since(self.read_at.get_value()) > FRESH_MS;
        let idle = !self.running.get_untracked() && self.phase.get_untracked() == Phase::Known;
        if old && idle && page::online() {
            self.read_again();
        }
    }

    /// Whether the cart was read a moment ago, so that reading it again would tell nothing new.
    pub(super) fn is_fresh(self) -> bool {
        time::since(self.read_at.get_value()) < JUST_READ_MS
    }

    /// Whether `cart`, from another tab, differs from the confirmed one without being certainly newer:
    /// the documents' timestamps have whole seconds, and their texts only compare at equal length.
    fn may_be_older(self, cart: &Cart) -> bool {
        self.confirmed.with_untracked(|known| {
            known.as_ref().is_some_and(|known| {
                let newer = match (&known.updated_at, &cart.updated_at) {
                    (Some(known), Some(new)) => {
                        known.as_str().len() == new.as_str().len() && new > known
                    }
                    _ => false,
                };
                known.shopping_cart_id == cart.shopping_cart_id && known.as_ref() != cart && !newer
            })
        })
    }

    /// Reads the cart again without being asked; when that fails, what is shown stays.
    pub(super) fn read_again(self) {
        self.read_at.set_value(time::reading());
        spawn_local(async move {
            if let Some(customer) = self.customer() {
                let _ = self.read_open(&customer).await;
            }
        });
    }

    /// Reads the customer's open cart. An answer that was overtaken by a later word about the cart may be older than that:
    /// then it is asked for once more.
    pub(super) async fn read_open(self, customer: &str) -> Result<(), ApiError> {
        loop {
            let told = self.told.get_value();
            let cart = match self.session.send(carts::of_customer(customer)).await {
                // A customer without a cart: some servers say so by "not found".
                Err(error) if error.status() == Some(404) => None,
                answer => carts::read_open(&answer?)?,
            };
            if self.told.get_value() != told {
                continue;
            }
            // A read that began earlier must not take the place of this one.
            self.count_told();
            self.read_at.set_value(time::reading());
            match cart {
                Some(cart) => self.take(cart),
                None => self.set_confirmed(None),
            }
            return Ok(());
        }
    }

    fn count_told(self) {
        self.told.update_value(|told| *told = told.wrapping_add(1));
    }

    /// Tells the other tabs that a product is about to be changed.
    pub(super) fn announce(self, change: &Change) {
        if let Some(sku) = change.sku() {
            self.tell_tabs(&[CHANGES, sku].concat());
        }
    }

    fn hear_of_change(self, sku: &str) {
        self.elsewhere.update_value(|all| {
            all.retain(|(known, _)| known != sku);
            all.push((sku.to_owned(), time::reading()));
        });
    }

    /// Whether another tab may have changed that product while this one did, which began to at `began`.
    pub(super) fn is_changed_elsewhere(self, sku: &str, began: Reading) -> bool {
        self.elsewhere.with_value(|all| {
            let mut of_sku = all.iter().filter(|(known, _)| known == sku);
            of_sku.any(|(_, at)| at.age(began) < LONGEST_CHANGE_MS)
        })
    }

    /// Takes a cart that the answer to a change has told.
    pub(super) fn take_told(self, cart: Cart) {
        self.count_told();
        self.take(cart);
    }

    /// Reads the cart again, and again shows a failure as such.
    pub(crate) fn reload(self) {
        self.phase.set(Phase::Failed(ApiError::Aborted));
        self.ensure_loaded();
    }

    /// Takes a cart as confirmed, unless it is closed.
    pub(super) fn take(self, cart: Cart) {
        if !cart.status.is_open() {
            self.set_confirmed(None);
            return;
        }
        if let Some(company) = &cart.company_name {
            self.session.know_company(company);
        }
        self.set_confirmed(Some(Arc::new(cart)));
    }

    /// Hands the cart as the server gave it to the other tabs.
    pub(super) fn tell_tabs(self, text: &str) {
        self.tabs.with_value(|tabs| {
            if let Some(tabs) = tabs {
                tabs.send(text);
            }
        });
    }

    /// Has the other tabs read the cart: this one knows that it has changed, and no answer says how.
    pub(super) fn tell_to_read(self) {
        self.tell_tabs(READ);
    }

    /// Reads the open cart by its id, whatever its status has become. Used around a checkout.
    pub(crate) async fn read_back(self, cart_id: &str) -> Result<Cart, ApiError> {
        let told = self.told.get_value();
        let answer = self.session.send(carts::one(cart_id)).await?;
        let cart = carts::read_one(&answer)?;
        if !cart.status.is_open() {
            return Ok(cart);
        }
        if self.told.get_value() == told {
            self.take_told(cart.clone());
        } else {
            // A later word about the cart overtook this answer.
            self.read_again();
        }
        Ok(cart)
    }

    /// That cart was checked out: there is none now, in every tab. Where the next one has begun already, that one stays.
    pub(crate) fn forget(self, cart_id: &str) {
        self.tell_tabs(&[ORDERED, cart_id].concat());
        if self.cart_id().is_some_and(|open| open != cart_id) {
            return;
        }
        self.begin_ordering(cart_id);
        self.set_confirmed(None);
        self.end_ordering();
        self.typed.set(Vec::new());
        self.notices.withdraw_offers();
    }
}
