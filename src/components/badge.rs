//! Where something stands, as a badge: a state looks the same on every screen.

use leptos::prelude::*;
use nymble_wire::{InvoiceStatus, OrderStatus};

/// What a badge means. `style/badge.css` says how each looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Meaning {
    /// Under way, or worth a look.
    Current,
    /// It has ended well.
    Good,
    /// It only names a kind, or something that concerns nobody any more.
    Quiet,
    /// It did not go as it should.
    Trouble,
}

impl Meaning {
    /// What an order's status means.
    pub(crate) fn of_order(status: &OrderStatus) -> Self {
        match status {
            OrderStatus::Complete => Self::Good,
            OrderStatus::Cancelled => Self::Trouble,
            _ => Self::Current,
        }
    }

    /// What an invoice's status means, when it is `overdue` or not.
    pub(crate) fn of_invoice(status: &InvoiceStatus, overdue: bool) -> Self {
        match status {
            _ if overdue => Self::Trouble,
            InvoiceStatus::Paid => Self::Good,
            InvoiceStatus::Cancelled => Self::Trouble,
            InvoiceStatus::Voided | InvoiceStatus::Draft => Self::Quiet,
            _ => Self::Current,
        }
    }

    fn class(self) -> &'static str {
        match self {
            Self::Current => "badge",
            Self::Good => "badge badge-good",
            Self::Quiet => "badge badge-quiet",
            Self::Trouble => "badge badge-trouble",
        }
    }
}

/// A badge with that text.
pub(crate) fn badge(meaning: Meaning, text: String) -> AnyView {
    view! { <span class=meaning.class()>{text}</span> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A state has one badge, whatever it is the state of.
    #[test]
    fn one_word_means_the_same_of_an_order_and_an_invoice() {
        let order = Meaning::of_order(&OrderStatus::Cancelled);
        assert_eq!(order, Meaning::of_invoice(&InvoiceStatus::Cancelled, false));
        assert_ne!(order, Meaning::of_order(&OrderStatus::Shipped));
        let paid = Meaning::of_invoice(&InvoiceStatus::Paid, false);
        assert_eq!(paid, Meaning::of_order(&OrderStatus::Complete));
        let overdue = Meaning::of_invoice(&InvoiceStatus::Issued, true);
        assert_eq!(overdue, Meaning::Trouble);
    }

    /// A state that the documents do not name is no trouble and no end.
    #[test]
    fn an_unknown_state_is_under_way() {
        let order = Meaning::of_order(&OrderStatus::Other("Packed".to_owned()));
        let invoice = Meaning::of_invoice(&InvoiceStatus::Other("Packed".to_owned()), false);
        assert_eq!((order, invoice), (Meaning::Current, Meaning::Current));
    }

    /// No two meanings look the same.
    #[test]
    fn every_meaning_has_a_look_of_its_own() {
        let all = [
            Meaning::Current,
            Meaning::Good,
            Meaning::Quiet,
            Meaning::Trouble,
        ];
        let classes: std::collections::BTreeSet<_> = all.map(Meaning::class).into();
        assert_eq!(classes.len(), all.len());
    }
}
