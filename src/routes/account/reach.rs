//! Links that write to somebody or call them.

use leptos::prelude::*;

use crate::{browser::page, domain::account::contact::dialled};

/// The address of a new e-mail to `email`.
pub(super) fn mail_href(email: &str) -> String {
    // The rest is encoded, so that an address cannot add a subject or further recipients.
    let mut href = String::from("mailto:");
    href.push_str(&page::encode(email.trim()).replace("%40", "@"));
    href
}

/// A link that writes to `email`; nothing where there is none.
pub(super) fn mail_link(email: Option<&str>) -> Option<AnyView> {
    let email = email.filter(|email| !email.trim().is_empty())?;
    let text = email.to_owned();
    Some(view! { <a href=mail_href(email)>{text}</a> }.into_any())
}

/// A link that calls `phone`; only the text where it cannot be dialled, nothing where there is none.
pub(super) fn phone_link(phone: Option<&str>) -> Option<AnyView> {
    let phone = phone.filter(|phone| !phone.trim().is_empty())?;
    let text = phone.to_owned();
    Some(match dialled(phone) {
        Some(number) => view! { <a href=["tel:", &number].concat()>{text}</a> }.into_any(),
        None => view! { <span>{text}</span> }.into_any(),
    })
}
