//! What must be done exactly once: an order, a payment, a saved card, a change of the cart.
//!
//! [`ExactlyOnce`] is one try of it, as a state machine: events go in, commands come out. It knows no clock, no network
//! and no storage. What a use observes is its own business; how often it looks is its [`Policy`]. The states, and what
//! the four uses do, are described in docs/exactly-once.md.

mod policy;

pub use policy::{CARD, CART, ORDER, PAYMENT, Policy};

/// How often the server has done what was asked of it once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Copies {
    /// Once.
    One,
    /// Several times: browsers send a request again by themselves.
    Several,
}

/// What came back to the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// It was done: so often. None where the answer does not say how often.
    Yes(Option<Copies>),
    /// It was refused.
    No,
    /// The server certainly did not do it, and did not refuse it: nobody was signed in, or the buyer has to go to another
    /// page first.
    NotTaken,
    /// No answer came, or none that says whether it was done.
    Unclear,
}

/// What was seen when somebody looked whether it was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Observation {
    /// It was done.
    Present(Copies),
    /// It was not done, so far.
    Absent,
    /// Nothing could be seen.
    CannotTell {
        /// Whether looking again may help.
        transient: bool,
    },
    /// What it was meant for is over, and it was not done to it.
    Ended,
}

/// What has happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// It is to be done now.
    Begin,
    /// It was found written down, by this page before a reload or by another tab: it may have been done.
    Found,
    /// It is written down.
    WrittenDown,
    /// It cannot be written down.
    CouldNotWrite,
    /// The request came to its end.
    Answered(Answer),
    /// Somebody looked.
    Observed(Observation),
    /// What was done several times over is done once now.
    SetRight,
    /// What was done several times over could not be set right.
    CouldNotSetRight,
}

/// What to do next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    /// Write it down, so that a reload or another tab finds it.
    WriteDown,
    /// Send the request.
    Send,
    /// Look whether it was done.
    Observe {
        /// After so many milliseconds.
        after_ms: i32,
    },
    /// Take back all copies but one.
    SetRight,
    /// Say what became of it. This try is over.
    Report(Outcome),
    /// Nothing: the event does not belong here.
    Nothing,
}

/// What became of a try.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It was done, once.
    Done,
    /// It was done, perhaps several times over.
    Doubled,
    /// The server refused it, and did not do it.
    Refused,
    /// No answer came, and it was not done.
    NotDone,
    /// It was not sent.
    NotBegun,
    /// What it was meant for is over, and it was not done to it.
    Ended,
    /// It is not known whether it was done.
    Unknown,
}

impl Outcome {
    /// Whether there is nothing left to find out: what was written down is forgotten.
    pub fn is_certain(self) -> bool {
        !matches!(self, Self::Unknown | Self::Doubled)
    }
}

/// What the server said to the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Said {
    Yes,
    No,
    /// No answer came.
    Nothing,
    /// No answer was heard here: the request was found written down.
    Unheard,
}

/// How the looking goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Looking {
    said: Said,
    /// How often it was seen not to be done.
    absences: u8,
    /// How often nothing could be seen.
    failures: u8,
}

impl Looking {
    fn after(said: Said) -> Self {
        Self {
            said,
            absences: 0,
            failures: 0,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Idle,
    Preparing,
    Sent,
    InDoubt(Looking),
    SettingRight,
    Settled,
}

/// One try to do something exactly once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExactlyOnce {
    policy: &'static Policy,
    state: State,
}

impl ExactlyOnce {
    /// A try that has not begun.
    pub fn new(policy: &'static Policy) -> Self {
        Self {
            policy,
            state: State::Idle,
        }
    }

    /// Takes in what has happened, and says what to do next.
    pub fn on(&mut self, event: Event) -> Command {
        match (self.state, event) {
            (State::Idle, Event::Begin) => self.to(State::Preparing, Command::WriteDown),
            (State::Idle, Event::Found) => self.look(Said::Unheard),
            (State::Preparing, Event::WrittenDown) => self.to(State::Sent, Command::Send),
            (State::Preparing, Event::CouldNotWrite) => self.settle(Outcome::NotBegun),
            (State::Sent, Event::Answered(answer)) => self.answered(answer),
            (State::InDoubt(looking), Event::Observed(seen)) => self.observed(looking, seen),
            (State::SettingRight, Event::SetRight) => self.settle(Outcome::Done),
            (State::SettingRight, Event::CouldNotSetRight) => self.settle(Outcome::Doubled),
            _ => Command::Nothing,
        }
    }

    fn to(&mut self, state: State, command: Command) -> Command {
        self.state = state;
        command
    }

    fn settle(&mut self, outcome: Outcome) -> Command {
        self.to(State::Settled, Command::Report(outcome))
    }

    fn look(&mut self, said: Said) -> Command {
        let looking = Looking::after(said);
        self.to(State::InDoubt(looking), Command::Observe { after_ms: 0 })
    }

    fn look_again(&mut self, looking: Looking) -> Command {
        // The pause doubles twice.
        let doubled = (looking.absences + looking.failures).clamp(1, 3) - 1;
        let after_ms = self.policy.pause_ms << doubled;
        self.to(State::InDoubt(looking), Command::Observe { after_ms })
    }

    fn answered(&mut self, answer: Answer) -> Command {
        match answer {
            Answer::Yes(Some(copies)) => self.arrived(copies),
            Answer::Yes(None) => self.look(Said::Yes),
            Answer::No => self.look(Said::No),
            Answer::NotTaken => self.settle(Outcome::NotDone),
            Answer::Unclear => self.look(Said::Nothing),
        }
    }

    fn arrived(&mut self, copies: Copies) -> Command {
        match copies {
            Copies::One => self.settle(Outcome::Done),
            Copies::Several if self.policy.sets_right => {
                self.to(State::SettingRight, Command::SetRight)
            }
            Copies::Several => self.settle(Outcome::Doubled),
        }
    }

    fn observed(&mut self, mut looking: Looking, seen: Observation) -> Command {
        match (seen, looking.said) {
            (Observation::Present(copies), _) => self.arrived(copies),
            // The server's word counts more than what is not seen yet.
            (Observation::Absent | Observation::Ended, Said::Yes) => self.settle(Outcome::Done),
            (Observation::Ended, _) => self.settle(Outcome::Ended),
            (Observation::Absent, Said::No) => self.settle(Outcome::Refused),
            (Observation::Absent, said) => {
                looking.absences += 1;
                if looking.absences < self.policy.absences {
                    self.look_again(looking)
                } else if said == Said::Unheard && self.policy.repeats {
                    self.to(State::Sent, Command::Send)
                } else {
                    self.settle(Outcome::NotDone)
                }
            }
            // It was done. How often, whoever looks later will see.
            (Observation::CannotTell { .. }, Said::Yes) => self.settle(Outcome::Doubled),
            (Observation::CannotTell { transient }, _) => {
                looking.failures += 1;
                if transient && looking.failures < self.policy.failures {
                    self.look_again(looking)
                } else {
                    self.settle(Outcome::Unknown)
                }
            }
        }
    }
}

#[cfg(test)]
mod model;
#[cfg(test)]
mod tests;
