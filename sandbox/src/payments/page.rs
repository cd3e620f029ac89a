//! The provider's page as HTML. No script; everything that came from elsewhere is escaped by the template.

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use maud::{DOCTYPE, Markup, html};
use url::Url;

use super::setup::Setup;
use crate::money;

/// The page's style sheet.
pub(crate) async fn style() -> Response {
    let kind = (header::CONTENT_TYPE, "text/css; charset=utf-8");
    ([kind], include_str!("page.css")).into_response()
}

/// What was wrong with the form, by the field's name; `form` is the form as a whole.
pub(super) type Wrong = Vec<(&'static str, String)>;

/// One line of the form: name, label, how browsers complete it, an example, letters at most.
const FIELDS: [(&str, &str, &str, &str, u32); 4] = [
    (
        "cardNumber",
        "Card number",
        "cc-number",
        "4111 1111 1111 1111",
        23,
    ),
    ("expiry", "Expiry (MM/YY)", "cc-exp", "09/30", 7),
    ("cvv", "Security code", "cc-csc", "123", 4),
    ("cardholderName", "Name on card", "cc-name", "", 100),
];

/// The form. Of what was typed only the name comes back: numbers are typed again.
pub(super) fn form(
    setup: &Setup,
    return_address: &Url,
    name: &str,
    wrong: &Wrong,
    status: StatusCode,
) -> Response {
    let saving = setup.amount.is_zero();
    let title = if saving { "Save a card" } else { "Pay by card" };
    let reason = |field: &str| {
        wrong
            .iter()
            .find(|(name, _)| *name == field)
            .map(|(_, reason)| reason.as_str())
    };
    let body = html! {
        h1 { (title) }
        @if saving {
            p { "Nothing is charged: the card is saved for " strong { (setup.customer) } "." }
        } @else {
            p class="amount" { (money::formatted(setup.amount, &setup.currency)) " " span { (setup.currency) } }
            @if let Some(invoice) = &setup.invoice {
                p { "Invoice " strong { (invoice) } ", account " strong { (setup.customer) } }
            } @else {
                p { "Account " strong { (setup.customer) } }
            }
        }
        @if !wrong.is_empty() {
            p class="wrong" role="alert" { (reason("form").unwrap_or("Please correct what is marked below.")) }
        }
        form method="post" novalidate autocomplete="on" {
            @for (field, label, completes, example, most) in FIELDS {
                div class="field" {
                    label for=(field) { (label) }
                    input id=(field) name=(field) type="text" autocomplete=(completes) placeholder=(example)
                        maxlength=(most) required
                        inputmode=[(field != "cardholderName" && field != "expiry").then_some("numeric")]
                        value=[(field == "cardholderName").then_some(name)]
                        aria-invalid=[reason(field).map(|_| "true")]
                        aria-describedby=[reason(field).map(|_| format!("{field}-wrong"))];
                    @if let Some(reason) = reason(field) {
                        p class="wrong" id=(format!("{field}-wrong")) { (reason) }
                    }
                }
            }
            div class="buttons" {
                button name="action" value="pay" { @if saving { "Save card" } @else { "Pay" } }
                button name="action" value="cancel" class="quiet" { "Cancel" }
            }
        }
        p class="note" {
            "A page of the sandbox: no real card is charged. You return to " (host(return_address)) "."
        }
    };
    page(title, &body, Some(return_address), status)
}

/// A page that only says something.
pub(super) fn notice(title: &str, text: &str, status: StatusCode) -> Response {
    let body = html! {
        h1 { (title) }
        p { (text) }
    };
    page(title, &body, None, status)
}

fn host(address: &Url) -> String {
    address.host_str().unwrap_or_default().to_owned()
}

fn page(title: &str, body: &Markup, return_address: Option<&Url>, status: StatusCode) -> Response {
    let whole = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) }
                link rel="stylesheet" href="/_sandbox/hosted-payment.css";
            }
            body { main { (body) } }
        }
    };
    // A browser holds the redirect after a form to `form-action` as well.
    let target = return_address
        .map(|address| format!(" {}", address.origin().ascii_serialization()))
        .unwrap_or_default();
    let policy = format!(
        "default-src 'none'; style-src 'self'; form-action 'self'{target}; base-uri 'none'; frame-ancestors 'none'"
    );
    let policy = HeaderValue::from_str(&policy)
        .unwrap_or_else(|_| HeaderValue::from_static("default-src 'none'"));
    let headers = [
        (
            header::CONTENT_TYPE,
            HeaderValue::from_static("text/html; charset=utf-8"),
        ),
        (header::CONTENT_SECURITY_POLICY, policy),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        (
            header::REFERRER_POLICY,
            HeaderValue::from_static("no-referrer"),
        ),
        (
            header::X_CONTENT_TYPE_OPTIONS,
            HeaderValue::from_static("nosniff"),
        ),
    ];
    (status, headers, whole.into_string()).into_response()
}
