//! The payment gateway's verdict on a card: decided by its number, as the test cards of real gateways are.

use uuid::Uuid;

/// What the gateway says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Charged.
    Approved,
    /// Not charged, for this reason.
    Declined(&'static str),
    /// No answer came; nothing was charged.
    TimedOut,
}

const DECLINED: &str = "4000000000000002";
const INSUFFICIENT: &str = "4000000000009995";
const TIMES_OUT: &str = "4000000000000119";

/// Charges a card, or a saved profile by its provider's token.
///
/// Assumption: the documents have no test cards. `4000000000000002` is declined, `4000000000009995` has insufficient
/// funds, `4000000000000119` times out; every other valid number is charged. A saved card fares as its number would
/// have: the end of its token says how.
pub(crate) fn charge(number_or_token: &str) -> Outcome {
    match number_or_token {
        DECLINED => Outcome::Declined("The card was declined."),
        INSUFFICIENT => Outcome::Declined("The card has insufficient funds."),
        TIMES_OUT => Outcome::TimedOut,
        token if token.ends_with("declined") => Outcome::Declined("The saved card was declined."),
        token if token.ends_with("insufficient") => {
            Outcome::Declined("The saved card has insufficient funds.")
        }
        token if token.ends_with("timeout") => Outcome::TimedOut,
        _ => Outcome::Approved,
    }
}

/// Looks whether a card could be charged, without charging it: funds are not asked for.
pub(super) fn verify(number_or_token: &str) -> Outcome {
    if number_or_token == INSUFFICIENT || number_or_token.ends_with("insufficient") {
        return Outcome::Approved;
    }
    charge(number_or_token)
}

/// The provider's token for a card, which says nothing of its number.
pub(super) fn token(number: &str) -> String {
    let fate = match number {
        DECLINED => "_declined",
        INSUFFICIENT => "_insufficient",
        TIMES_OUT => "_timeout",
        _ => "",
    };
    format!("tok_{}{fate}", Uuid::new_v4().simple())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_fares_as_its_number() {
        for number in [DECLINED, INSUFFICIENT, TIMES_OUT, "4111111111111111"] {
            let token = token(number);
            assert!(!token.contains(number));
            assert_eq!(
                verify(&token) == Outcome::Approved,
                verify(number) == Outcome::Approved
            );
            assert_eq!(
                charge(&token) == Outcome::TimedOut,
                charge(number) == Outcome::TimedOut
            );
            assert_eq!(
                charge(&token) == Outcome::Approved,
                charge(number) == Outcome::Approved
            );
        }
    }
}
