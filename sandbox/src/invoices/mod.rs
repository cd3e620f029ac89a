//! Invoices: made with an order, issued, paid in full or in part, discounted, refunded, voided, cancelled, printed.

mod fields;
mod lifecycle;
mod list;
mod new;
mod pay;
mod payment;
mod pdf;
mod read;
mod record;
mod refund;
mod terms;

use utoipa_axum::{router::OpenApiRouter, routes};

use crate::state::State;

pub(crate) use new::{draft, insert, issued, paid};
pub(crate) use payment::{NewPayment, may_be_paid, record_payment, still_payable};
pub(crate) use record::{disagree, void_unpaid};

/// The routes under `/api/invoices`.
pub(crate) fn routes() -> OpenApiRouter<State> {
    OpenApiRouter::new()
        .routes(routes!(list::list))
        .routes(routes!(read::get))
        .routes(routes!(lifecycle::issue))
        .routes(routes!(pay::pay))
        .routes(routes!(lifecycle::void))
        .routes(routes!(lifecycle::cancel))
        .routes(routes!(lifecycle::discount))
        .routes(routes!(refund::refund))
        .routes(routes!(pdf::get))
}
