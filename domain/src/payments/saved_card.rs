//! Saved cards: which of them is the one just typed, and how long each is still good.

use nymble_wire::PaymentProfile;

use super::card::{Brand, Card};

/// Within so many days of its end a card is said to expire soon.
pub const SOON_DAYS: u32 = 60;

/// What may be remembered of a typed card: enough to find it among the saved ones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marks {
    brand: Brand,
    last_four: String,
    month: u8,
    year: u16,
}

impl From<&Card> for Marks {
    fn from(card: &Card) -> Self {
        Self {
            brand: card.brand(),
            last_four: card.last_four().to_owned(),
            month: card.month(),
            year: card.year(),
        }
    }
}

impl Marks {
    /// Whether a saved method is this card, as far as can be told.
    pub fn fit(&self, profile: &PaymentProfile) -> bool {
        let named = profile.card_brand.as_deref().map_or(Brand::Unknown, brand);
        let brands_agree =
            named == self.brand || named == Brand::Unknown || self.brand == Brand::Unknown;
        brands_agree
            && profile.last_four.as_deref() == Some(self.last_four.as_str())
            && expiry(profile) == Some((self.month, self.year))
    }

    /// The saved methods that are this card and were not there `before` (their ids), in the list's order.
    pub fn added<'a>(
        &self,
        before: &[String],
        now: &'a [PaymentProfile],
    ) -> Vec<&'a PaymentProfile> {
        now.iter()
            .filter(|profile| !before.contains(&profile.payment_profile_id) && self.fit(profile))
            .collect()
    }
}

/// Which of several copies of one card is kept: the `answered` one, else the first choice, else the
/// first; the ids of the others.
pub fn superfluous(copies: &[&PaymentProfile], answered: Option<&str>) -> Vec<String> {
    let kept = copies
        .iter()
        .find(|copy| Some(copy.payment_profile_id.as_str()) == answered)
        .or_else(|| copies.iter().find(|copy| copy.is_default))
        .or_else(|| copies.first());
    copies
        .iter()
        .filter(|copy| Some(*copy) != kept)
        .map(|copy| copy.payment_profile_id.clone())
        .collect()
}

/// A brand by its name, however it is written.
fn brand(name: &str) -> Brand {
    let letters: String = name
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|letter| letter.to_ascii_lowercase())
        .collect();
    match letters.as_str() {
        "visa" => Brand::Visa,
        "mastercard" | "mc" => Brand::Mastercard,
        "amex" | "americanexpress" => Brand::Amex,
        "discover" => Brand::Discover,
        "jcb" => Brand::Jcb,
        "diners" | "dinersclub" => Brand::Diners,
        "unionpay" | "chinaunionpay" => Brand::UnionPay,
        _ => Brand::Unknown,
    }
}

/// Until when a method is good: month from 1 and full year.
pub fn expiry(profile: &PaymentProfile) -> Option<(u8, u16)> {
    let month = u8::try_from(profile.expiry_month?).ok()?;
    let year = u16::try_from(profile.expiry_year?).ok()?;
    (1..=12).contains(&month).then_some((month, year))
}

/// How long a method is still good.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Validity {
    /// For longer than [`SOON_DAYS`], or nobody knows.
    Good,
    /// It ends within [`SOON_DAYS`].
    Ending,
    /// It has ended.
    Expired,
}

/// How long a method is still good on a day: full year, month and day from 1. A card is good until the
/// last day of its month.
pub fn validity(profile: &PaymentProfile, today: (u16, u8, u8)) -> Validity {
    let (year, month, day) = today;
    let Some((last_month, last_year)) = expiry(profile) else {
        return Validity::Good;
    };
    if (last_year, last_month) < (year, month) {
        return Validity::Expired;
    }
    // Days left in this month, then whole months, until it is clear.
    let (mut at, mut left) = (
        (year, month),
        days_in(year, month).saturating_sub(u32::from(day)),
    );
    while at < (last_year, last_month) {
        if left > SOON_DAYS {
            return Validity::Good;
        }
        at = if at.1 >= 12 {
            (at.0.saturating_add(1), 1)
        } else {
            (at.0, at.1 + 1)
        };
        left += days_in(at.0, at.1);
    }
    if left > SOON_DAYS {
        Validity::Good
    } else {
        Validity::Ending
    }
}

fn days_in(year: u16, month: u8) -> u32 {
    match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => {
            29
        }
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use crate::payments::card::CardInput;
    use proptest::prelude::*;

    fn profile(id: &str, brand: &str, last_four: &str, month: i64, year: i64) -> PaymentProfile {
        PaymentProfile {
            payment_profile_id: id.to_owned(),
            card_brand: Some(brand.to_owned()).filter(|brand| !brand.is_empty()),
            last_four: Some(last_four.to_owned()),
            expiry_month: Some(month),
            expiry_year: Some(year),
            cardholder_name: None,
            is_default: false,
        }
    }

    fn marks() -> Marks {
        let input = CardInput {
            number: "4111 1111 1111 1111".to_owned().into(),
            holder: "Jane Smith".to_owned().into(),
            month: "10".to_owned(),
            year: "30".to_owned(),
            cvv: "123".to_owned().into(),
        };
        Marks::from(&Card::new(&input, 2026, 1).unwrap())
    }

    #[test]
    fn a_typed_card_is_found_among_the_saved_ones() {
        let marks = marks();
        for name in ["Visa", "VISA", "", "Some Bank"] {
            assert!(marks.fit(&profile("a", name, "1111", 10, 2030)), "{name}");
        }
        for other in [
            profile("a", "Mastercard", "1111", 10, 2030),
            profile("a", "Visa", "1112", 10, 2030),
            profile("a", "Visa", "1111", 11, 2030),
            profile("a", "Visa", "1111", 10, 2031),
        ] {
            assert!(!marks.fit(&other), "{other:?}");
        }
    }

    #[test]
    fn only_what_was_not_there_before_is_new() {
        let now = [
            profile("old", "Visa", "1111", 10, 2030),
            profile("other", "Visa", "4242", 10, 2030),
            profile("new", "Visa", "1111", 10, 2030),
        ];
        let before = ["old".to_owned()];
        let ids = |list: Vec<&PaymentProfile>| -> Vec<String> {
            list.iter()
                .map(|it| it.payment_profile_id.clone())
                .collect()
        };
        assert_eq!(ids(marks().added(&before, &now)), ["new"]);
        assert_eq!(ids(marks().added(&before, &now[..2])), Vec::<String>::new());
    }

    #[test]
    fn one_of_several_copies_stays() {
        let mut copies = [
            profile("a", "Visa", "1111", 10, 2030),
            profile("b", "Visa", "1111", 10, 2030),
            profile("c", "Visa", "1111", 10, 2030),
        ];
        let of = |copies: &[PaymentProfile], answered| {
            superfluous(&copies.iter().collect::<Vec<_>>(), answered)
        };
        assert_eq!(of(&copies, None), ["b", "c"]);
        assert_eq!(of(&copies, Some("b")), ["a", "c"]);
        assert_eq!(of(&copies, Some("gone")), ["b", "c"]);
        copies[2].is_default = true;
        assert_eq!(of(&copies, None), ["a", "b"]);
        assert_eq!(of(&copies[..1], None), Vec::<String>::new());
    }

    #[test]
    fn sixty_days_are_counted_to_the_end_of_the_cards_month() {
        let card = |month, year| profile("a", "Visa", "1111", month, year);
        for (month, year, today, expected) in [
            (11, 2026, (2026, 11, 30), Validity::Ending),
            (10, 2026, (2026, 11, 1), Validity::Expired),
            (12, 2025, (2026, 1, 1), Validity::Expired),
            // 1 November to 31 December: 60 days.
            (12, 2026, (2026, 11, 1), Validity::Ending),
            (12, 2026, (2026, 10, 31), Validity::Good),
            (1, 2027, (2026, 12, 2), Validity::Ending),
            // 1 December to 31 January: 61 days.
            (1, 2027, (2026, 12, 1), Validity::Good),
            (2, 2027, (2026, 12, 31), Validity::Ending),
            (2, 2028, (2027, 12, 31), Validity::Ending),
            (2, 2028, (2027, 12, 30), Validity::Good),
            (1, 2036, (2026, 12, 31), Validity::Good),
            (13, 2026, (2026, 11, 1), Validity::Good),
        ] {
            assert_eq!(
                validity(&card(month, year), today),
                expected,
                "{month}/{year} on {today:?}"
            );
        }
    }

    proptest! {
        #[test]
        fn a_card_never_gets_better_with_time(
            month in -2_i64..16, year in 2020_i64..2040,
            at in (2020_u16..2040, 1_u8..=12, 1_u8..=31), later in (2020_u16..2040, 1_u8..=12, 1_u8..=31),
        ) {
            let card = profile("a", "Visa", "1111", month, year);
            let rank = |today| match validity(&card, today) {
                Validity::Good => 0,
                Validity::Ending => 1,
                Validity::Expired => 2,
            };
            let (first, second) = if at <= later { (at, later) } else { (later, at) };
            prop_assert!(rank(first) <= rank(second));
        }
    }
}
