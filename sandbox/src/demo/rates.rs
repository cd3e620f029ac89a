//! Price lists of the demo catalogue: every tier and currency has prices of its own, rounded as a price list is, not
//! as a conversion comes out.

/// What a currency's list prices look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// Dollars and cents: ends in 9 or 5.
    Dollars,
    /// Euros and cents: ends in 0 or 5.
    Euros,
    /// Whole yen: ends in 0 from 100 on.
    Yen,
}

/// The list price of something that costs about `cents` US cents, in ten-thousandths of the currency's unit.
pub(super) fn list_price(cents: u64, style: Style) -> i64 {
    let amount = match style {
        Style::Dollars => match cents {
            0..=99 => cents.max(2),
            100..=999 => cents / 5 * 5,
            _ => cents / 100 * 100 + 99 - if cents.is_multiple_of(3) { 0 } else { 9 },
        },
        Style::Euros => {
            let euro_cents = cents * 94 / 100 + 1;
            match euro_cents {
                0..=99 => euro_cents.max(2),
                100..=4_999 => euro_cents.div_ceil(5) * 5,
                _ => euro_cents / 100 * 100 + 90,
            }
        }
        Style::Yen => {
            let yen = (cents * 151 / 100).max(2);
            match yen {
                0..=99 => yen,
                100..=9_999 => yen.div_ceil(10) * 10,
                _ => yen.div_ceil(100) * 100,
            }
        }
    };
    let per_unit = if style == Style::Yen { 10_000 } else { 100 };
    i64::try_from(amount * per_unit).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prices_end_as_a_price_list_does() {
        assert_eq!(list_price(1_234, Style::Dollars), 129_000);
        assert_eq!(list_price(437, Style::Dollars), 43_500);
        assert_eq!(list_price(437, Style::Euros), 41_500);
        assert_eq!(list_price(437, Style::Yen), 6_600_000);
        for cents in 1..20_000 {
            assert!(list_price(cents, Style::Dollars) > 0);
            assert_eq!(list_price(cents, Style::Yen) % 10_000, 0, "yen are whole");
            assert_eq!(list_price(cents, Style::Euros) % 100, 0, "euros have cents");
        }
    }
}
