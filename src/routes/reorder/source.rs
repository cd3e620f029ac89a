//! Where the lines that are ordered again come from.

/// Where the lines come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    /// An order.
    Order,
    /// A request for a quote.
    Quote,
    /// A list. The screen brings the words `lists`, too.
    List,
}

impl Source {
    /// What this part is called, as a message.
    pub(super) fn title(self) -> &'static str {
        match self {
            Self::Order => "orders.reorder",
            Self::Quote => "orders.order_quote",
            Self::List => "lists.order",
        }
    }
}
