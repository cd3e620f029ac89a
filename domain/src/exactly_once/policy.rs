//! How often each use looks, and what it may do about what it sees.

/// How a use finds out what became of a request.
#[derive(Debug, PartialEq, Eq)]
pub struct Policy {
    /// How often it must be seen that it was not done before that is believed, where no answer came. A server may still
    /// be at work when the answer is lost. A refusal is believed after one look.
    pub absences: u8,
    /// After how many looks that showed nothing the looking is given up, and the doubt reported.
    pub failures: u8,
    /// The pause after the first look, in milliseconds. It doubles twice.
    pub pause_ms: i32,
    /// Whether copies can be taken back; else they are reported.
    pub sets_right: bool,
    /// Whether what was found written down, and was not done, is sent without asking the buyer.
    pub repeats: bool,
}

/// Placing an order. An order cannot be taken back by the buyer, so its absence must be seen twice. A cart can be
/// ordered once only, so there are no copies. The buyer presses the button again, and sees what is ordered.
pub const ORDER: Policy = Policy {
    absences: 2,
    failures: 4,
    pause_ms: 600,
    sets_right: false,
    repeats: false,
};

/// Paying an invoice. A payment cannot be taken back by the buyer, so its absence must be seen twice. Copies are reported
/// as what was paid.
pub const PAYMENT: Policy = ORDER;

/// Saving a card. The server asks the card's provider, which takes longer than a database: absence must be seen three
/// times. Copies are removed from the list.
pub const CARD: Policy = Policy {
    absences: 3,
    failures: 3,
    pause_ms: 700,
    sets_right: true,
    repeats: false,
};

/// Changing the cart. What was not done is sent again, after a second look. A request that arrives after that look as well
/// shows as a copy, and is set right, so one absence at a time is enough. The buyer sees the change meanwhile, and the
/// queue decides when to go on, so nothing is waited for here.
pub const CART: Policy = Policy {
    absences: 1,
    failures: 1,
    pause_ms: 0,
    sets_right: true,
    repeats: true,
};
