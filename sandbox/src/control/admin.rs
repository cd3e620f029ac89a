//! The sandbox's own page, `GET /_sandbox/`: sign-ins with ready tokens, recent requests, faults, reset.

use axum::{
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use maud::{DOCTYPE, Markup, html};

use crate::demo::SIGN_INS;

/// The page runs its own script, shows its own style sheet, and speaks to nobody but this sandbox.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; base-uri 'none'; \
    form-action 'none'; frame-ancestors 'none'";

/// The other organization's sign-ins, which a storefront's demo does without.
const OTHER_TENANT: [(&str, &str); 2] = [
    (
        "globex-buyer",
        "buyer of another organization (Wholesale, USD)",
    ),
    ("globex-admin", "its administrator"),
];

/// What a fault can do, as `POST /_sandbox/faults` names it.
const EFFECTS: [(&str, &str); 7] = [
    ("status", "answer with a status"),
    ("delay", "answer late"),
    ("cut-before", "cut the connection before any work"),
    ("cut-after", "do the work, then cut the connection"),
    ("malformed", "cut the JSON in half"),
    ("empty", "leave out the body"),
    ("html", "answer with a proxy's error page"),
];

/// `GET /_sandbox/`.
pub(crate) async fn page() -> Response {
    let mut response = (
        [(header::CONTENT_TYPE, "text/html; charset=utf-8")],
        markup().into_string(),
    )
        .into_response();
    response.headers_mut().insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(POLICY),
    );
    response
}

/// `GET /_sandbox/admin.js`.
pub(crate) async fn script() -> Response {
    (
        [(header::CONTENT_TYPE, "text/javascript; charset=utf-8")],
        include_str!("admin.js"),
    )
        .into_response()
}

fn markup() -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { "Nymble Commerce sandbox" }
                link rel="stylesheet" href="/_sandbox/docs.css";
                script src="/_sandbox/admin.js" type="module" {}
            }
            body {
                header {
                    h1 { "Nymble Commerce sandbox" }
                    p { a href="/_sandbox/docs" { "API documentation" } " · " a href="/_sandbox/openapi.json" { "openapi.json" } }
                    noscript { p { "This page needs JavaScript; everything on it can also be done with the calls under /_sandbox/." } }
                }
                main {
                    (sign_ins())
                    (faults())
                    (requests())
                    (reset())
                }
                p id="said" role="status" {}
            }
        }
    }
}

fn sign_ins() -> Markup {
    html! {
        section aria-labelledby="sign-ins" {
            h2 id="sign-ins" { "Sign-ins" }
            p { "Organization code " code { "acme-dist" } " (" code { "globex" } " for the last two), every secret "
                code { "sandbox" } ". A token made here is good for a day." }
            div class="wide" { table {
                thead { tr { th { "Client ID" } th { "Who" } th { "Token" } } }
                tbody { @for (client_id, who) in SIGN_INS.into_iter().chain(OTHER_TENANT) { tr {
                    td { code { (client_id) } }
                    td { (who) }
                    td { button type="button" data-token=(client_id) aria-label=(format!("Copy a token of {client_id}")) { "Copy" } }
                } } }
            } }
            label for="token" { "Last token" }
            textarea id="token" rows="3" readonly spellcheck="false" {}
        }
    }
}

fn faults() -> Markup {
    html! {
        section aria-labelledby="faults-title" {
            h2 id="faults-title" { "Faults" }
            ul id="faults" {}
            form id="fault" {
                label { "Method" select name="method" {
                    option value="" { "any" }
                    @for method in ["GET", "POST", "PUT", "DELETE"] { option { (method) } }
                } }
                label class="long" { "Route" input name="route" value="*" list="routes" required; }
                datalist id="routes" {}
                label { "Effect" select name="effect" {
                    @for (effect, meaning) in EFFECTS { option value=(effect) { (meaning) } }
                } }
                label { "Status" input name="status" type="number" min="200" max="599" placeholder="500"; }
                label { "Delay (ms)" input name="delayMs" type="number" min="0" placeholder="0"; }
                label { "Times" input name="count" type="number" min="1" placeholder="always"; }
                button { "Switch on" }
                button type="button" id="clear-faults" { "Switch all off" }
            }
        }
    }
}

fn requests() -> Markup {
    html! {
        section aria-labelledby="requests-title" {
            h2 id="requests-title" { "Recent requests" }
            p { button type="button" id="refresh" { "Refresh" } " " button type="button" id="clear-requests" { "Forget them" } }
            div class="wide" { table {
                thead { tr { th { "Time" } th { "Request" } th { "Status" } th { "ms" } } }
                tbody id="requests" {}
            } }
        }
    }
}

fn reset() -> Markup {
    html! {
        section aria-labelledby="reset-title" {
            h2 id="reset-title" { "Start over" }
            p { "Throws away every cart, order and change, and fills the database anew. Tokens stay good." }
            button type="button" id="reset" class="danger" { "Reset…" }
            dialog id="confirm" aria-labelledby="confirm-title" {
                h2 id="confirm-title" { "Throw everything away?" }
                p { "Carts, orders, invoices, uploads and changes are gone for good." }
                form method="dialog" {
                    button value="no" autofocus { "Keep it" } " "
                    button value="yes" class="danger" { "Reset the sandbox" }
                }
            }
        }
    }
}
