//! Universal Product Codes with a valid check digit.

/// The UPC-A of a number below 10¹¹.
pub(super) fn upc(number: u64) -> String {
    let body = format!("{:011}", number % 100_000_000_000);
    let sum: u32 = body
        .bytes()
        .enumerate()
        .map(|(place, byte)| u32::from(byte - b'0') * if place % 2 == 0 { 3 } else { 1 })
        .sum();
    format!("{body}{}", (10 - sum % 10) % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_documents_code_has_its_own_check_digit() {
        assert_eq!(upc(1_234_567_890), "012345678905");
        assert_eq!(upc(3_600_029_145), "036000291452");
    }
}
