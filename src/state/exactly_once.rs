//! Does what must be done exactly once: carries out the commands of [`crate::domain::exactly_once`].

use crate::{
    api::problem::ApiError,
    domain::exactly_once::{Answer, Command, Event, ExactlyOnce, Observation, Outcome, Policy},
    ports::time,
};

/// What is to be done, and how it is seen whether it was.
pub(crate) trait Work {
    /// Writes it down; whether that was possible.
    async fn write_down(&mut self) -> bool;
    /// Sends the request.
    async fn send(&mut self) -> Answer;
    /// Looks whether it was done.
    async fn observe(&mut self) -> Observation;
    /// Takes back all copies but one; whether that was possible.
    async fn set_right(&mut self) -> bool {
        false
    }
}

/// Does `work`, from `first` on: it is to begin, or was found written down. Gives what became of it.
pub(crate) async fn run(policy: &'static Policy, first: Event, work: &mut impl Work) -> Outcome {
    let mut machine = ExactlyOnce::new(policy);
    let mut event = first;
    loop {
        event = match machine.on(event) {
            Command::WriteDown if work.write_down().await => Event::WrittenDown,
            Command::WriteDown => Event::CouldNotWrite,
            Command::Send => Event::Answered(work.send().await),
            Command::Observe { after_ms } => {
                if after_ms > 0 {
                    time::sleep(after_ms).await;
                }
                Event::Observed(work.observe().await)
            }
            Command::SetRight if work.set_right().await => Event::SetRight,
            Command::SetRight => Event::CouldNotSetRight,
            Command::Report(outcome) => return outcome,
            Command::Nothing => return Outcome::Unknown,
        };
    }
}

/// What an error says of the request that it came back to.
pub(crate) fn answer(error: &ApiError) -> Answer {
    match error {
        ApiError::SignedOut => Answer::NotTaken,
        error if error.outcome_unknown() => Answer::Unclear,
        _ => Answer::No,
    }
}

/// What a look that failed shows.
pub(crate) fn unseen(error: &ApiError) -> Observation {
    Observation::CannotTell {
        transient: error.is_transient(),
    }
}

#[cfg(test)]
#[allow(clippy::panic, reason = "a test fails by panicking")]
#[allow(clippy::unused_async_trait_impl, reason = "nothing here waits")]
mod tests {
    use super::*;
    use crate::domain::exactly_once::{CART, Copies};
    use std::{
        pin::pin,
        task::{Context, Poll, Waker},
    };

    /// What happens, in the order in which it is asked for.
    struct Told {
        answers: Vec<Answer>,
        sights: Vec<Observation>,
        rights: bool,
        done: Vec<&'static str>,
    }

    impl Work for Told {
        async fn write_down(&mut self) -> bool {
            self.done.push("write down");
            true
        }

        async fn send(&mut self) -> Answer {
            self.done.push("send");
            self.answers.remove(0)
        }

        async fn observe(&mut self) -> Observation {
            self.done.push("look");
            self.sights.remove(0)
        }

        async fn set_right(&mut self) -> bool {
            self.done.push("set right");
            self.rights
        }
    }

    fn outcome(first: Event, told: &mut Told) -> Outcome {
        let mut context = Context::from_waker(Waker::noop());
        match pin!(run(&CART, first, told)).poll(&mut context) {
            Poll::Ready(outcome) => outcome,
            Poll::Pending => panic!("nothing here waits"),
        }
    }

    #[test]
    fn every_command_is_carried_out_in_its_order() {
        let mut told = Told {
            answers: vec![Answer::Unclear],
            sights: vec![Observation::Present(Copies::Several)],
            rights: true,
            done: Vec::new(),
        };
        assert_eq!(outcome(Event::Begin, &mut told), Outcome::Done);
        assert_eq!(told.done, ["write down", "send", "look", "set right"]);
    }

    #[test]
    fn what_was_found_is_looked_for_before_it_is_sent() {
        let mut told = Told {
            answers: vec![Answer::Yes(Some(Copies::Several))],
            sights: vec![Observation::Absent],
            rights: false,
            done: Vec::new(),
        };
        assert_eq!(outcome(Event::Found, &mut told), Outcome::Doubled);
        assert_eq!(told.done, ["look", "send", "set right"]);
    }

    #[test]
    fn errors_say_what_they_say_of_a_request() {
        let refused = |status| ApiError::Refused {
            status,
            problem: Box::default(),
            retry_after: None,
        };
        for (error, said, transient) in [
            (ApiError::SignedOut, Answer::NotTaken, false),
            (ApiError::Unreachable, Answer::Unclear, true),
            (refused(503), Answer::Unclear, true),
            (refused(408), Answer::Unclear, true),
            (refused(409), Answer::No, false),
            (refused(429), Answer::No, true),
            (refused(501), Answer::No, false),
        ] {
            assert_eq!(answer(&error), said, "{error:?}");
            assert_eq!(unseen(&error), Observation::CannotTell { transient });
        }
    }
}
