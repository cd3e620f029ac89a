//! The payment gateway's verdict on a card: decided by its number, as the test cards of real gateways are.

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

/// Charges a card, or a saved profile by its provider's token.
///
/// Assumption: the documents have no test cards. `4000000000000002` is declined, `4000000000009995` has insufficient
/// funds, `4000000000000119` times out; every other valid number is charged. Saved profiles are always charged, but
/// for those whose token ends in `declined`.
pub(crate) fn charge(number_or_token: &str) -> Outcome {
    match number_or_token {
        "4000000000000002" => Outcome::Declined("The card was declined."),
        "4000000000009995" => Outcome::Declined("The card has insufficient funds."),
        "4000000000000119" => Outcome::TimedOut,
        token if token.ends_with("declined") => Outcome::Declined("The saved card was declined."),
        _ => Outcome::Approved,
    }
}
