//! Paying or saving a card on the provider's own page: `/api/payments/worldpay/transaction-setup`.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::{Timestamp, decode::amount, open_set::open_set};

/// Body of `POST /api/payments/worldpay/transaction-setup`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct TransactionSetup {
    /// The account.
    pub customer_number: String,
    /// What is charged, in the customer's currency; 0.00 only saves the card.
    #[serde(deserialize_with = "amount")]
    pub transaction_amount: Decimal,
    /// Where the buyer's browser returns. Its own query (a `state`, say) is kept.
    pub application_return_url: String,
    /// Whether the card becomes the customer's first choice.
    #[serde(default)]
    pub is_default: bool,
    /// `Default` when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub market_code: Option<String>,
    /// The invoice that is paid.
    ///
    /// Assumption: the documents do not say how a payment finds its invoice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub invoice_id: Option<String>,
}

/// The answer to [`TransactionSetup`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct TransactionSetupAnswer {
    /// What the return from the page refers to; good for ten minutes and one use.
    pub transaction_setup_id: String,
    /// Where to send the buyer's browser.
    pub hosted_payment_url: String,
    /// Where the browser returns.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub application_return_url: Option<String>,
}

open_set! {
    /// What became of a hosted payment.
    TransactionStatus {
        /// The buyer has not finished, or the provider has not told yet.
        Pending = "Pending",
        /// Charged, or saved when there was nothing to charge.
        Complete = "Complete",
        /// The provider refused the card.
        Declined = "Declined",
        /// The buyer went back.
        Cancelled = "Cancelled" | "Canceled",
        /// Nobody finished it in time.
        Expired = "Expired",
    }
}

/// A hosted payment: `GET /api/payments/worldpay/transaction-setup/{transactionSetupId}`.
///
/// Assumption: the documents have no such call; without it a shop could only believe what the return address says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct TransactionState {
    /// Its id.
    pub transaction_setup_id: String,
    /// The account.
    pub customer_number: String,
    /// Where it stands.
    pub status: TransactionStatus,
    /// What is or was to be charged, in `currency_code`.
    #[serde(deserialize_with = "amount")]
    pub transaction_amount: Decimal,
    /// The customer's currency.
    pub currency_code: String,
    /// The invoice it pays.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub invoice_id: Option<String>,
    /// The saved card, once complete.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payment_profile_id: Option<String>,
    /// When the page stops working.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<Timestamp>,
}
