//! Invoices: the endpoints under `/api/invoices`.
//!
//! Assumption: the documents name an invoice's states and most of its fields, but not its amounts, its lines, its
//! payment records, nor the requests'; those names are ours.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::{
    OrderCustomer, OrderLine, Payment, SalesRep, Timestamp,
    decode::{amount, amount_option},
    open_set::open_set,
};

open_set! {
    /// Where an invoice stands.
    InvoiceStatus {
        /// Editable, not payable; the customer does not see it.
        Draft = "Draft",
        /// Payable.
        Issued = "Issued",
        /// Something was paid, something is outstanding.
        PartiallyPaid = "PartiallyPaid" | "Partially Paid",
        /// The balance is zero.
        Paid = "Paid",
        /// Out of receivables, for good.
        Voided = "Voided" | "Void",
        /// Kept for the record only, for good.
        Cancelled = "Cancelled" | "Canceled",
    }
}

impl InvoiceStatus {
    /// Whether a payment is taken.
    pub fn is_payable(&self) -> bool {
        matches!(self, Self::Issued | Self::PartiallyPaid)
    }
}

/// An invoice with its lines, amounts and payments, in `currency_code`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Invoice {
    /// The invoice's id, a GUID.
    pub id: String,
    /// The organisation it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organization_id: Option<String>,
    /// The number people use, for example `INV-00482`.
    #[serde(default)]
    pub invoice_number: String,
    /// The order's id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order_id: Option<String>,
    /// The order's number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order_number: Option<String>,
    /// The merchant's own id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub external_id: Option<String>,
    /// Where it stands.
    pub status: InvoiceStatus,
    /// When it was made out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub invoice_date: Option<Timestamp>,
    /// When it is to be paid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_date: Option<Timestamp>,
    /// Payment terms, for example `NET30`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub terms: Option<String>,
    /// ISO 4217.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency_code: Option<String>,
    /// The buyer's purchase order number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub po_number: Option<String>,
    /// Free text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Option<String>,
    /// The customer as it was when the invoice was made out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer: Option<OrderCustomer>,
    /// The rep to ask.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sales_rep: Option<SalesRep>,
    /// The lines, in the server's order.
    #[serde(default, alias = "lineItems", alias = "lines")]
    pub items: Vec<OrderLine>,
    /// Sum of all line totals.
    #[serde(
        default,
        deserialize_with = "amount_option",
        skip_serializing_if = "Option::is_none"
    )]
    pub subtotal: Option<Decimal>,
    /// `subtotal` for people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subtotal_formatted: Option<String>,
    /// What is taken off.
    #[serde(
        default,
        deserialize_with = "amount_option",
        skip_serializing_if = "Option::is_none"
    )]
    pub discount: Option<Decimal>,
    /// `discount` for people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub discount_formatted: Option<String>,
    /// The tax.
    #[serde(
        default,
        deserialize_with = "amount_option",
        skip_serializing_if = "Option::is_none"
    )]
    pub tax: Option<Decimal>,
    /// `tax` for people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tax_formatted: Option<String>,
    /// What shipping costs.
    #[serde(
        default,
        deserialize_with = "amount_option",
        skip_serializing_if = "Option::is_none"
    )]
    pub shipping: Option<Decimal>,
    /// `shipping` for people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shipping_formatted: Option<String>,
    /// `subtotal` less `discount` plus `tax` plus `shipping`.
    #[serde(
        default,
        alias = "invoiceTotal",
        deserialize_with = "amount_option",
        skip_serializing_if = "Option::is_none"
    )]
    pub total: Option<Decimal>,
    /// `total` for people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total_formatted: Option<String>,
    /// The sum of all payments.
    #[serde(
        default,
        deserialize_with = "amount_option",
        skip_serializing_if = "Option::is_none"
    )]
    pub amount_paid: Option<Decimal>,
    /// `amountPaid` for people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount_paid_formatted: Option<String>,
    /// The sum of all refunds; they do not make the balance grow again.
    #[serde(
        default,
        deserialize_with = "amount_option",
        skip_serializing_if = "Option::is_none"
    )]
    pub amount_refunded: Option<Decimal>,
    /// `amountRefunded` for people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount_refunded_formatted: Option<String>,
    /// What is still to be paid: `total` less `amountPaid`, and nothing once voided or cancelled.
    #[serde(
        default,
        alias = "balanceDue",
        deserialize_with = "amount_option",
        skip_serializing_if = "Option::is_none"
    )]
    pub balance: Option<Decimal>,
    /// `balance` for people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub balance_formatted: Option<String>,
    /// Payments and refunds, oldest first.
    #[serde(default)]
    pub payments: Vec<InvoicePayment>,
    /// When it was last changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub updated_at: Option<Timestamp>,
}

open_set! {
    /// Which way money went.
    PaymentKind {
        /// From the customer.
        Payment = "Payment",
        /// Back to the customer.
        Refund = "Refund",
    }
}

/// A payment on an invoice, or a refund of one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct InvoicePayment {
    /// The record's id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payment_id: Option<String>,
    /// The payer's own id of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub external_id: Option<String>,
    /// Payment or refund; absent means payment.
    #[serde(default = "payment")]
    pub kind: PaymentKind,
    /// `card`, `profile`, `hosted`, or what an offline payment was made by (`Check`, `Wire`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub method: Option<String>,
    /// How much, in the invoice's currency; never negative.
    #[serde(deserialize_with = "amount")]
    pub amount: Decimal,
    /// `amount` for people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount_formatted: Option<String>,
    /// The card's brand, for example `Visa`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub card_brand: Option<String>,
    /// The card's last four digits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_four: Option<String>,
    /// The saved method that was charged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payment_profile_id: Option<String>,
    /// A check's or transfer's number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// Free text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Option<String>,
    /// When it was paid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paid_at: Option<Timestamp>,
}

fn payment() -> PaymentKind {
    PaymentKind::Payment
}

/// Body of `POST /api/invoices/{id}/pay`: a saved method, a card, or (Admin and `SalesRep`) an offline payment.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct PayInvoice {
    /// How much, in the invoice's currency; absent means the whole balance.
    #[serde(
        default,
        deserialize_with = "amount_option",
        skip_serializing_if = "Option::is_none"
    )]
    pub amount: Option<Decimal>,
    /// The payer's own id of this payment: the same one again is not paid twice.
    #[serde(
        default,
        alias = "idempotencyKey",
        skip_serializing_if = "Option::is_none"
    )]
    pub external_id: Option<String>,
    /// A saved payment method to charge.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payment_profile_id: Option<String>,
    /// A card to charge.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payment: Option<Payment>,
    /// What an offline payment was made by, for example `Check`, `Wire`, `Cash`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub method: Option<String>,
    /// An offline payment's check or transfer number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// When an offline payment was made; absent means now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paid_at: Option<Timestamp>,
    /// Free text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Option<String>,
}

/// Body of `POST /api/invoices/{id}/refund`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct RefundInvoice {
    /// How much; absent means all that was paid and not yet refunded.
    #[serde(
        default,
        deserialize_with = "amount_option",
        skip_serializing_if = "Option::is_none"
    )]
    pub amount: Option<Decimal>,
    /// The caller's own id of this refund: the same one again is not refunded twice.
    #[serde(
        default,
        alias = "idempotencyKey",
        skip_serializing_if = "Option::is_none"
    )]
    pub external_id: Option<String>,
    /// A transfer's number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Option<String>,
}

/// Body of `POST /api/invoices/{id}/discount`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct DiscountInvoice {
    /// How much more is taken off, in the invoice's currency; at most the balance.
    #[serde(deserialize_with = "amount")]
    pub amount: Decimal,
}
