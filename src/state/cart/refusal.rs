//! Why the cart, or an order of it, was refused: in the words of the shop where these are better than the server's.

use leptos::prelude::*;
use nymble_wire::{Cart, FieldProblem};
use std::sync::Arc;

use crate::state::cart::CartState;
use crate::{
    api::{problem::ApiError, products},
    domain::cart::{
        changes::{Change, Sent},
        lines::Units,
        refusal::{self, Refusal},
    },
};

impl CartState {
    /// Why the cart did not take a change.
    pub(super) async fn why_refused(self, sent: &Sent, error: &ApiError) -> String {
        let missing = matches!(error.status(), Some(404 | 410));
        let wanted = match &sent.change {
            Change::Set { .. } if missing && sent.before > 0 => {
                return self.locale.text("cart.line_gone");
            }
            Change::Add { .. } | Change::Set { .. } if missing => {
                return self.locale.text("cart.not_offered");
            }
            Change::Add { sku, quantity, .. } => {
                let there = |cart: &Option<Arc<Cart>>| Units::of(cart.as_deref()).get(sku);
                self.confirmed.with_untracked(there) + i64::from(*quantity)
            }
            Change::Set { quantity, .. } => i64::from(*quantity),
            _ => return self.locale.error(error),
        };
        let (Some(sku), Some(problem)) = (sent.change.sku(), refused_for_a_reason(error)) else {
            return self.locale.error(error);
        };
        let of = |field: &FieldProblem| match field.name.as_str() {
            "" => refusal::field_in(&field.reason).to_owned(),
            name => name.to_owned(),
        };
        let mut fields: Vec<String> = problem.iter().map(of).collect();
        if fields.is_empty() {
            let words = error.server_words().unwrap_or_default();
            fields.push(refusal::field_in(&words).to_owned());
        }
        let fields: Vec<&str> = fields.iter().map(String::as_str).collect();
        // Of hundreds that were added at once, what is known anyway must do.
        let reads = !self.quiet.with_value(|quiet| quiet.contains(sku));
        let why = self.why(sku, wanted, &fields, reads).await;
        why.unwrap_or_else(|| self.locale.error(error))
    }

    /// Why a cart was not ordered: line by line where the server names lines.
    pub(crate) async fn why_not_ordered(self, error: &ApiError) -> String {
        let (Some(cart), Some(problems)) = (self.confirmed_now(), refused_for_a_reason(error))
        else {
            return self.locale.error(error);
        };
        let skus: Vec<&str> = cart.items.iter().map(|line| line.sku.as_str()).collect();
        let mut said = Vec::new();
        let mut raw = Vec::new();
        for problem in problems {
            let line = refusal::line_of(&problem.name, &skus);
            let why = match line {
                Some((place, field)) => {
                    let line = &cart.items[place];
                    self.why(&line.sku, line.quantity, &[field], true).await
                }
                None => None,
            };
            match (line, why) {
                (Some((place, _)), Some(reason)) => {
                    let line = &cart.items[place];
                    let name = line.name.as_deref().unwrap_or(&line.sku);
                    let values = [("name", name), ("reason", reason.as_str())];
                    said.push(self.locale.text_with("checkout.line_wrong", &values));
                }
                _ if problem.reason.is_empty() => {}
                _ => raw.push(problem.reason.as_str()),
            }
        }
        if said.is_empty() {
            return self.locale.error(error);
        }
        if !raw.is_empty() {
            let words = raw.join(" ");
            said.push(self.locale.text_with("error.refused", &[("words", &words)]));
        }
        said.join(" ")
    }

    /// Why `wanted` pieces of a product are refused, by what the catalogue says of it now, or by what is known of it where
    /// it must not be read.
    async fn why(self, sku: &str, wanted: i64, fields: &[&str], reads: bool) -> Option<String> {
        let wanted = u32::try_from(wanted).ok()?;
        if !refusal::can_tell(fields) {
            return None;
        }
        let buyer = untrack(|| self.session.buyer());
        let mut product = self.catalog.product_now(sku);
        if reads
            && let Ok(answer) = self.session.send(products::one(sku)).await
            && let Ok(now) = products::read_one(&answer)
        {
            let now = Arc::new(now);
            self.catalog.remember(&now);
            product = Some(now);
        }
        Some(
            match refusal::why(product.as_deref()?, &buyer, wanted, fields)? {
                Refusal::NotOffered => self.locale.text("cart.not_offered"),
                Refusal::NoPrice => self.locale.text("price.ask_first"),
                Refusal::Quantity(error) => self.locale.quantity_error(&error),
                Refusal::Short(short) => self.locale.shortage(short),
            },
        )
    }
}

/// What the server says is wrong with what it was sent, where it refused that for a reason of its own.
fn refused_for_a_reason(error: &ApiError) -> Option<&[FieldProblem]> {
    let problem = error.problem()?;
    matches!(error.status(), Some(400 | 409 | 422)).then_some(&problem.errors)
}
