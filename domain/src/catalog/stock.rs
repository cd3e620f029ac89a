//! Whether there is enough of a product for what is wanted.

/// What is short of a product. It can be ordered all the same: when it comes is between buyer and merchant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shortage {
    /// Nothing is in stock.
    OutOfStock,
    /// Less is in stock than is wanted: so many pieces.
    LessStock(u32),
}

/// What is short of `wanted` pieces; none when there is enough, or the stock is not known.
pub fn shortage(on_hand: Option<i64>, wanted: u32) -> Option<Shortage> {
    let on_hand = u32::try_from(on_hand?.max(0)).unwrap_or(u32::MAX);
    match on_hand {
        0 => Some(Shortage::OutOfStock),
        _ if on_hand < wanted => Some(Shortage::LessStock(on_hand)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_short_is_told() {
        assert_eq!(shortage(None, 5), None);
        for none in [0, -3] {
            assert_eq!(shortage(Some(none), 1), Some(Shortage::OutOfStock));
        }
        assert_eq!(shortage(Some(4), 5), Some(Shortage::LessStock(4)));
        assert_eq!(shortage(Some(5), 5), None);
        assert_eq!(shortage(Some(i64::MAX), u32::MAX), None);
    }
}
