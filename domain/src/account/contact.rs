//! A person at a customer, and the customer's own e-mail and phone, as the buyer types them.

use nymble_wire::Contact;

use super::address::{self, AddressError, MAX_LENGTH};
use crate::values::typed::ascii;

/// A contact as typed, every field as the buyer left it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ContactInput {
    /// Salutation.
    pub title: String,
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    /// E-mail.
    pub email: String,
    /// Phone.
    pub phone: String,
    /// Fax.
    pub fax: String,
    /// Role.
    pub role: String,
}

/// A field of [`ContactInput`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContactField {
    /// Salutation.
    Title,
    /// First name.
    FirstName,
    /// Last name.
    LastName,
    /// E-mail.
    Email,
    /// Phone.
    Phone,
    /// Fax.
    Fax,
    /// Role.
    Role,
}

/// What is wrong with a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContactError {
    /// It must be filled in.
    Missing,
    /// Too many characters.
    TooLong {
        /// The most that are allowed, in characters.
        max: usize,
    },
    /// A line break, tab or other character that does not print.
    ControlCharacter,
    /// No e-mail address.
    NotAnEmail,
    /// No telephone number.
    NotAPhone,
}

impl ContactInput {
    /// Everything that is wrong, in the form's order, at most once per field. A contact needs a name.
    pub fn validate(&self) -> Vec<(ContactField, ContactError)> {
        let mut errors = Vec::new();
        let mut check = |field, error: Option<ContactError>| {
            errors.extend(error.map(|error| (field, error)));
        };
        let nameless = self.first_name.trim().is_empty() && self.last_name.trim().is_empty();
        check(ContactField::Title, text_error(&self.title));
        check(
            ContactField::FirstName,
            if nameless {
                Some(ContactError::Missing)
            } else {
                text_error(&self.first_name)
            },
        );
        check(ContactField::LastName, text_error(&self.last_name));
        check(ContactField::Email, email_error(&self.email));
        check(ContactField::Phone, phone_error(&self.phone));
        check(ContactField::Fax, phone_error(&self.fax));
        check(ContactField::Role, text_error(&self.role));
        errors
    }

    /// The contact as it is to be sent, with what the form does not ask for as it was.
    pub fn over(&self, before: &Contact) -> Contact {
        // A field that was empty stays as it was, so that nothing seems changed.
        let text = |typed: &str, before: &Option<String>| {
            let typed = typed.trim();
            if typed.is_empty() && before.as_deref().unwrap_or_default().is_empty() {
                before.clone()
            } else {
                Some(typed.to_owned()).filter(|typed| !typed.is_empty())
            }
        };
        Contact {
            external_id: before.external_id.clone(),
            is_primary: before.is_primary,
            title: text(&self.title, &before.title),
            first_name: text(&self.first_name, &before.first_name),
            last_name: text(&self.last_name, &before.last_name),
            email: text(&self.email, &before.email),
            phone: text(&self.phone, &before.phone),
            fax: text(&self.fax, &before.fax),
            contact_type: text(&self.role, &before.contact_type),
        }
    }
}

/// What is wrong with an optional text of one line.
pub fn text_error(text: &str) -> Option<ContactError> {
    let text = text.trim();
    if text.chars().nth(MAX_LENGTH).is_some() {
        Some(ContactError::TooLong { max: MAX_LENGTH })
    } else if text.contains(char::is_control) {
        Some(ContactError::ControlCharacter)
    } else {
        None
    }
}

/// What is wrong with an optional e-mail address.
///
/// Assumption: the API documents no form. Something before one `@`, something with no gaps behind it.
pub fn email_error(text: &str) -> Option<ContactError> {
    let error = text_error(text);
    let text = text.trim();
    if error.is_some() || text.is_empty() {
        return error;
    }
    let fits = text.split_once('@').is_some_and(|(name, host)| {
        !name.is_empty()
            && !host.is_empty()
            && !host.contains('@')
            && !host.starts_with('.')
            && !host.ends_with('.')
    });
    (!fits || text.contains(char::is_whitespace)).then_some(ContactError::NotAnEmail)
}

/// What is wrong with an optional telephone number: see the address's.
pub fn phone_error(text: &str) -> Option<ContactError> {
    address::phone_error(text.trim()).map(|error| match error {
        AddressError::TooLong { max } => ContactError::TooLong { max },
        AddressError::ControlCharacter => ContactError::ControlCharacter,
        _ => ContactError::NotAPhone,
    })
}

/// What a telephone dials for a number as people write it: digits, and a `+` before them; the extension
/// behind `x` or `ext` is left to whoever answers. None where too few digits are left to call anybody.
pub fn dialled(text: &str) -> Option<String> {
    let mut number = String::new();
    for character in text.trim().chars().map(ascii) {
        match character {
            '+' if number.is_empty() => number.push('+'),
            '0'..='9' => number.push(character),
            'a'..='z' | 'A'..='Z' | '#' | ',' | ';' => break,
            _ => {}
        }
    }
    (number.len() > 2).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_contact_needs_a_name_and_what_is_given_must_fit() {
        let empty = ContactInput::default();
        assert_eq!(
            empty.validate(),
            [(ContactField::FirstName, ContactError::Missing)]
        );
        let wrong = ContactInput {
            last_name: "Smith".to_owned(),
            email: "jane".to_owned(),
            phone: "call me".to_owned(),
            fax: "12".to_owned(),
            role: "x".repeat(101),
            title: "a\tb".to_owned(),
            ..ContactInput::default()
        };
        assert_eq!(
            wrong.validate(),
            [
                (ContactField::Title, ContactError::ControlCharacter),
                (ContactField::Email, ContactError::NotAnEmail),
                (ContactField::Phone, ContactError::NotAPhone),
                (ContactField::Fax, ContactError::NotAPhone),
                (ContactField::Role, ContactError::TooLong { max: 100 }),
            ]
        );
    }

    #[test]
    fn e_mail_addresses() {
        for good in ["", " a@b ", "jane.smith+x@acme.example", "佐藤@例え.jp"] {
            assert_eq!(email_error(good), None, "{good}");
        }
        for bad in [
            "a", "@b", "a@", "a@b@c", "a b@c", "a@b c", "a@.b", "a@b.", "a,b@c d",
        ] {
            assert_eq!(email_error(bad), Some(ContactError::NotAnEmail), "{bad}");
        }
    }

    #[test]
    fn what_was_empty_stays_as_it_was() {
        let before = Contact {
            external_id: Some("CON-1".to_owned()),
            first_name: Some("Jane".to_owned()),
            fax: Some(String::new()),
            phone: Some("555-80".to_owned()),
            is_primary: Some(true),
            ..Contact::default()
        };
        let input = ContactInput {
            first_name: " Jane ".to_owned(),
            ..ContactInput::default()
        };
        let after = input.over(&before);
        let expected = Contact {
            phone: None,
            ..before
        };
        assert_eq!(after, expected);
    }

    #[test]
    fn a_number_is_dialled_without_what_people_write_around_it() {
        for (written, number) in [
            ("+1 (512) 555-0100", Some("+15125550100")),
            ("555-800-1000 ext. 12", Some("5558001000")),
            ("555.800.1000x12", Some("5558001000")),
            ("０３－５５５０", Some("035550")),
            ("", None),
            ("call me", None),
            ("1", None),
        ] {
            assert_eq!(dialled(written).as_deref(), number, "{written}");
        }
    }

    proptest! {
        #[test]
        fn what_is_dialled_is_a_plain_number(text in ".*") {
            if let Some(number) = dialled(&text) {
                let digits = number.strip_prefix('+').unwrap_or(&number);
                prop_assert!(!digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()));
            }
        }

        /// Nothing that is typed or sent makes a rule panic.
        #[test]
        fn nothing_typed_panics_in_a_contact(first_name in ".*", email in ".*", phone in ".*") {
            let input = ContactInput { first_name, email, phone, ..ContactInput::default() };
            let _ = input.validate();
            let _ = input.over(&Contact::default());
        }
    }
}
