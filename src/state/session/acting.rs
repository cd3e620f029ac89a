//! For whom: the customer of the token, or the one that a sales rep or an administrator has chosen and
//! acts for.
//!
//! The choice is this tab's and this user's. It lives in `sessionStorage`, is gone with the sign-out, is not
//! handed to other tabs, and another user who signs in here does not find it. Choosing, changing and stopping
//! load the app anew: nothing of one customer can be shown or sent for another.
//!
//! None of this is in the first module: only the pages and the frame's shell ask.

use leptos::prelude::*;
use nymble_wire::FilterOperator;

use super::recent_customers;
use crate::state::session::Session;
use crate::{
    api::page::ListRequest,
    domain::{catalog::buyer::Buyer, session::claims::Role},
    ports::storage,
};

const KEY: &str = "nymble.acting";

/// The customer that somebody acts for, as far as prices and the frame need it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct ActingFor {
    /// The merchant's account number.
    pub(crate) number: String,
    /// Company name; empty when the record has none.
    pub(crate) company: String,
    /// The price tier's name.
    pub(crate) tier: Option<String>,
    /// Currency, ISO 4217.
    pub(crate) currency: Option<String>,
}

/// Whether somebody acts for a customer.
#[derive(Clone, PartialEq, Eq)]
pub(super) enum Acting {
    /// What the tab keeps has not been looked up.
    Unasked,
    /// For nobody.
    No,
    /// For this customer.
    For(ActingFor),
}

impl ActingFor {
    /// The company's name, or else the number.
    pub(crate) fn name(&self) -> &str {
        if self.company.is_empty() {
            &self.number
        } else {
            &self.company
        }
    }

    fn keep(&self, user: &str) {
        let kept = [
            user,
            &self.number,
            &self.company,
            self.tier.as_deref().unwrap_or_default(),
            self.currency.as_deref().unwrap_or_default(),
        ];
        storage::set(KEY, serde_json::to_string(&kept).ok().as_deref());
    }

    fn kept(user: &str) -> Option<Self> {
        let kept: Vec<String> = storage::get_json(KEY)?;
        let [whose, number, company, tier, currency] = <[String; 5]>::try_from(kept).ok()?;
        if whose != user {
            // Somebody else has signed in since, who starts clean.
            storage::set(KEY, None);
            return None;
        }
        let some = |text: String| (!text.is_empty()).then_some(text);
        Some(Self {
            number,
            company,
            tier: some(tier),
            currency: some(currency),
        })
    }
}

impl Session {
    /// Whether the token is for no customer, and its bearer may choose one (tracked): a sales rep's, an
    /// administrator's.
    pub(crate) fn chooses_customer(self) -> bool {
        let chooses = self.claims(|claims| {
            let sells = matches!(claims.role, Role::SalesRep | Role::Admin | Role::Super);
            sells && claims.customer_number.is_none()
        });
        chooses.unwrap_or_default()
    }

    /// Whether the token is an administrator's, who sees the customers of every rep (tracked).
    pub(crate) fn is_administrator(self) -> bool {
        let is = self.claims(|claims| matches!(claims.role, Role::Admin | Role::Super));
        is.unwrap_or_default()
    }

    /// Organization and user, to tell one's own from another's; none while nobody is signed in.
    pub(super) fn user_key(self) -> Option<String> {
        untrack(|| {
            self.claims(|claims| {
                let mut key = claims.organization_id.clone().unwrap_or_default();
                key.push(' ');
                key.push_str(claims.user().map_or("", String::as_str));
                key
            })
        })
    }

    /// The customer that the bearer of the token has chosen to act for (tracked).
    pub(crate) fn acting_for(self) -> Option<ActingFor> {
        if !self.chooses_customer() {
            return None;
        }
        if self
            .acting
            .with_untracked(|acting| *acting == Acting::Unasked)
        {
            // The first to ask, so nobody waits for this change.
            let kept = self.user_key().and_then(|user| ActingFor::kept(&user));
            self.acting.set(kept.map_or(Acting::No, Acting::For));
        }
        match self.acting.get() {
            Acting::For(customer) => Some(customer),
            Acting::No | Acting::Unasked => None,
        }
    }

    /// Acts for `customer` from now on. The app is loaded anew, at `then`.
    pub(crate) fn act_for(self, customer: &ActingFor, then: &str) {
        if let Some(user) = self.user_key() {
            recent_customers::add(&user, &customer.number);
            customer.keep(&user);
            self.reopen(then);
        }
    }

    /// Acts for nobody any more. The app is loaded anew, at `then`.
    pub(crate) fn stop_acting(self, then: &str) {
        storage::set(KEY, None);
        self.reopen(then);
    }

    /// Takes up what the customer's record says now; the customer is the same.
    pub(crate) fn refresh_acting(self, customer: ActingFor) {
        if let Some(user) = self.user_key() {
            customer.keep(&user);
        }
        let acting = Acting::For(customer);
        if self.acting.with_untracked(|known| *known != acting) {
            self.acting.set(acting);
        }
    }

    /// The customer that is ordered for (tracked): the token's, or else the chosen one.
    pub(crate) fn customer_number(self) -> Option<String> {
        let own = self.claims(|claims| claims.customer_number.clone());
        own.flatten()
            .or_else(|| self.acting_for().map(|customer| customer.number))
    }

    /// What is known about the buyer's prices (tracked): from the token, or from the record of the chosen
    /// customer.
    pub(crate) fn buyer(self) -> Buyer {
        if let Some(customer) = self.acting_for() {
            return Buyer {
                tier: customer.tier,
                currency: customer.currency.unwrap_or_default(),
                acted_for: true,
            };
        }
        Buyer {
            tier: self.claims(|claims| claims.price_tier.clone()).flatten(),
            currency: self.currency().unwrap_or_default(),
            acted_for: false,
        }
    }

    /// The buyer's currency, ISO 4217 (tracked): the token's, or else the chosen customer's.
    pub(crate) fn currency(self) -> Option<String> {
        match self.acting_for() {
            Some(customer) => customer.currency,
            None => self.claims(|claims| claims.currency_code.clone()).flatten(),
        }
    }

    /// The number of the customer that lists are narrowed down to; empty where the server does it.
    pub(crate) fn narrowed_to(self) -> String {
        untrack(|| self.acting_for()).map_or_else(String::new, |customer| customer.number)
    }

    /// Narrows a list down to the chosen customer (tracked): the server narrows it to what the token may
    /// see, which for a rep is all customers. `field` is `orders::CUSTOMER`, `invoices::CUSTOMER`.
    pub(crate) fn narrow(self, request: &mut ListRequest, field: &str) {
        if let Some(customer) = self.acting_for() {
            request.filter(field, FilterOperator::Equals, &customer.number);
        }
    }

    /// Whether a record is another customer's than the one ordered for (tracked): whoever acts for one
    /// customer may see others' records too.
    pub(crate) fn belongs_to_other_customer(self, customer_number: &str) -> bool {
        self.acting_for()
            .is_some_and(|customer| customer.number != customer_number)
    }
}
