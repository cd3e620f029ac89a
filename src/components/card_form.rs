//! The form for a card: the only place that ever holds a card's number. It is never stored, never
//! logged, and wiped when the order is placed or the screen is left.

use leptos::{ev, prelude::*};

use super::{
    field_errors::{FieldError, FieldErrors},
    text_field::TextField,
};
use crate::{
    domain::payments::card::{self, Brand, Card, CardError, CardField, CardInput},
    locale::{Locale, use_locale},
};

/// What is typed into the form. A copy is a handle.
#[derive(Clone, Copy)]
pub(crate) struct CardFields {
    number: RwSignal<String>,
    holder: RwSignal<String>,
    expiry: RwSignal<String>,
    code: RwSignal<String>,
}

fn id_of(field: CardField) -> &'static str {
    match field {
        CardField::Number => "card-number",
        CardField::Holder => "card-holder",
        CardField::Month | CardField::Year => "card-expiry",
        CardField::Cvv => "card-code",
    }
}

fn explain(locale: Locale, error: CardError) -> String {
    match error {
        CardError::NumberMissing | CardError::HolderMissing | CardError::CvvMissing => {
            locale.text("field.required")
        }
        CardError::NumberNotDigits | CardError::NumberLength => locale.text("card.number_length"),
        CardError::NumberCheck => locale.text("card.number_check"),
        CardError::HolderTooLong { max } => locale.plural("field.too_long", max as u64, &[]),
        CardError::HolderControlCharacter => locale.text("field.control_character"),
        CardError::Month | CardError::Year => locale.text("card.expiry_form"),
        CardError::Expired => locale.text("card.expired"),
        CardError::Cvv { min, .. } => locale.plural("card.code_length", min as u64, &[]),
    }
}

/// Month and year of an expiry as typed: `10/28`, `10 / 2028`, `1028`, `10-28`.
fn split_expiry(text: &str) -> (String, String) {
    let mut parts = text
        .split(|sign: char| !sign.is_ascii_digit())
        .filter(|part| !part.is_empty());
    let first = parts.next().unwrap_or_default();
    let (month, year) = match parts.next() {
        Some(second) => (first, second),
        None => first.split_at_checked(2).unwrap_or((first, "")),
    };
    (month.to_owned(), year.to_owned())
}

impl CardFields {
    /// Empty fields, wiped when the screen is left.
    pub(crate) fn empty() -> Self {
        let field = || RwSignal::new(String::new());
        let fields = Self {
            number: field(),
            holder: field(),
            expiry: field(),
            code: field(),
        };
        on_cleanup(move || fields.try_wipe());
        fields
    }

    /// Empties every field.
    pub(crate) fn try_wipe(self) {
        for field in [self.number, self.holder, self.expiry, self.code] {
            // The old text goes through `Secret`, which overwrites it.
            let old = field.try_update(std::mem::take);
            drop(old.map(crate::domain::payments::secret::Secret::from));
        }
    }

    /// Empties the security code: it may serve one attempt only.
    pub(crate) fn try_wipe_code(self) {
        let old = self.code.try_update(std::mem::take);
        drop(old.map(crate::domain::payments::secret::Secret::from));
    }

    /// The card, or what is wrong with which field.
    pub(crate) fn check(self, locale: Locale) -> Result<Card, Vec<FieldError>> {
        let (month, year) = self.expiry.with_untracked(|expiry| split_expiry(expiry));
        let input = CardInput {
            number: self.number.get_untracked().into(),
            holder: self.holder.get_untracked().into(),
            month,
            year,
            cvv: self.code.get_untracked().into(),
        };
        let (year, month, _) = Locale::today().card_date();
        Card::new(&input, year, month).map_err(|errors| {
            let mut wrong: Vec<FieldError> = errors
                .into_iter()
                .map(|error| (id_of(error.field()), explain(locale, error)))
                .collect();
            // Month and year stand in one field.
            wrong.dedup_by_key(|(id, _)| *id);
            wrong
        })
    }
}

fn brand_name(brand: Brand) -> &'static str {
    match brand {
        Brand::Visa => "Visa",
        Brand::Mastercard => "Mastercard",
        Brand::Amex => "American Express",
        Brand::Discover => "Discover",
        Brand::Jcb => "JCB",
        Brand::Diners => "Diners Club",
        Brand::UnionPay => "UnionPay",
        Brand::Unknown => "",
    }
}

/// The form.
#[component]
pub(crate) fn CardForm(
    /// What is typed.
    fields: CardFields,
    /// What is wrong with it.
    errors: FieldErrors,
    /// What becomes of the card, as a sentence.
    #[prop(into)]
    hint: String,
) -> AnyView {
    let locale = use_locale();
    let brand = move || {
        fields.number.with(|number| {
            let name = brand_name(Brand::of(card::digits(number).expose()));
            (!name.is_empty()).then(|| name.to_owned())
        })
    };
    // Grouped as on the card, when the field is left: regrouping under the cursor makes it jump.
    let group = move || {
        let grouped = fields.number.with_untracked(|number| {
            let digits = card::digits(number);
            (!digits.expose().is_empty()).then(|| card::group(digits.expose()).expose().to_owned())
        });
        if let Some(grouped) = grouped {
            fields.number.set(grouped);
        }
    };
    let expiry_typed = move || {
        let text = fields.expiry.get_untracked();
        // "1028" becomes "10 / 28" as on the card; whoever types the slash is left alone.
        if text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit()) {
            fields
                .expiry
                .set(format!("{} / {}", &text[..2], &text[2..]));
        }
    };
    let no_drag = |event: ev::DragEvent| event.prevent_default();
    view! {
        <div class="card-form" on:dragstart=no_drag>
            <TextField
                id="card-number"
                label=locale.text("card.number")
                value=fields.number
                error=errors.of("card-number")
                hint=Signal::derive(brand)
                autocomplete="cc-number"
                inputmode="numeric"
                maxlength=30
                required=true
                on_change=Callback::new(move |()| group())
            />
            <TextField
                id="card-holder"
                label=locale.text("card.holder")
                value=fields.holder
                error=errors.of("card-holder")
                autocomplete="cc-name"
                required=true
            />
            <TextField
                id="card-expiry"
                label=locale.text("card.expiry")
                value=fields.expiry
                error=errors.of("card-expiry")
                hint=Some(locale.text("card.expiry_hint"))
                autocomplete="cc-exp"
                inputmode="numeric"
                maxlength=9
                required=true
                on_change=Callback::new(move |()| expiry_typed())
            />
            <TextField
                id="card-code"
                label=locale.text("card.code")
                value=fields.code
                error=errors.of("card-code")
                masked=true
                autocomplete="cc-csc"
                inputmode="numeric"
                maxlength=4
                required=true
            />
            <p class="hint">{hint}</p>
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::split_expiry;

    #[test]
    fn an_expiry_is_taken_in_every_usual_form() {
        for text in ["10/28", "10 / 28", "10-28", "1028", "10.28"] {
            assert_eq!(
                split_expiry(text),
                ("10".to_owned(), "28".to_owned()),
                "{text}"
            );
        }
        assert_eq!(split_expiry("1/2028"), ("1".to_owned(), "2028".to_owned()));
        assert_eq!(split_expiry("102028"), ("10".to_owned(), "2028".to_owned()));
        assert_eq!(split_expiry(""), (String::new(), String::new()));
        assert_eq!(split_expiry("1"), ("1".to_owned(), String::new()));
    }
}
