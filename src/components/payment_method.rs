//! A saved payment method in words.

use leptos::prelude::*;
use nymble_wire::PaymentProfile;

use crate::{domain::payments::card::is_expired, locale::Locale};

/// A saved method's name: brand and last digits.
pub(crate) fn in_words(locale: Locale, profile: &PaymentProfile) -> String {
    let brand = profile
        .card_brand
        .clone()
        .unwrap_or_else(|| locale.text("payment.saved"));
    match &profile.last_four {
        Some(digits) => {
            locale.text_with("payment.ending", &[("brand", &brand), ("digits", digits)])
        }
        None => brand,
    }
}

/// Until when it is good: month from 1 and full year.
pub(crate) fn expiry(profile: &PaymentProfile) -> Option<(u8, u16)> {
    let month = u8::try_from(profile.expiry_month?).ok()?;
    let year = u16::try_from(profile.expiry_year?).ok()?;
    Some((month, year))
}

/// Whether it can no longer be charged, by this device's clock.
pub(crate) fn has_expired(profile: &PaymentProfile) -> bool {
    let (this_year, this_month, _) = Locale::today().card_date();
    match expiry(profile) {
        Some((month, year)) => is_expired(month, year, this_year, this_month),
        None => false,
    }
}

/// A saved method's label: its name, and until when it is good.
pub(crate) fn saved_method(locale: Locale, profile: &PaymentProfile) -> AnyView {
    let until = expiry(profile).map(|(month, year)| {
        let text = format!("{month:02}/{year}");
        let message = if has_expired(profile) {
            "payment.expired"
        } else {
            "payment.until"
        };
        view! { <span class="code">{locale.text_with(message, &[("date", &text)])}</span> }
    });
    view! { {in_words(locale, profile)} " " {until} }.into_any()
}
