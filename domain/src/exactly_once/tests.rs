//! The machine in every order of what can happen.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use super::{
    model::{CARDS, CHANGES, ORDERS, PAYMENTS, Use, every_run},
    *,
};

/// Every promise holds in every run with so many mishaps: never done twice without a word, never said not to be done
/// when it was done, never given up silently, nothing left written down that is over.
fn holds(of: Use, mishaps: usize) -> u64 {
    every_run(of, mishaps).unwrap_or_else(|broken| panic!("{broken}"))
}

/// An order is placed once in every order of lost answers, slow servers, resent requests, reloads, tabs and sign-ins. It
/// is never said not to be placed when it was.
#[test]
fn an_order_is_placed_once_in_every_run() {
    assert!(holds(ORDERS, 3) > 10_000);
}

/// A payment is made once in every order of lost answers, slow servers, resent requests, reloads, tabs and sign-ins. It
/// is never said not to be made when it was.
#[test]
fn a_payment_is_made_once_in_every_run() {
    assert!(holds(PAYMENTS, 5) > 100_000);
}

/// A card is saved once in every order of lost answers, slow servers, resent requests, reloads, tabs and sign-ins. It is
/// never said not to be saved when it was.
#[test]
fn a_card_is_saved_once_in_every_run() {
    assert!(holds(CARDS, 7) > 10_000);
}

/// A change of the cart is made once in every order of lost answers, slow servers, resent requests, reloads, tabs and
/// sign-ins. It is never said not to be made when it was.
#[test]
fn a_change_of_the_cart_is_made_once_in_every_run() {
    assert!(holds(CHANGES, 5) > 100_000);
}

/// The world is hard enough to show what a weaker policy loses.
#[test]
fn a_weaker_policy_breaks_a_promise() {
    const HASTY: Policy = Policy {
        absences: 1,
        ..ORDER
    };
    const HASTY_CARD: Policy = Policy {
        absences: 2,
        ..CARD
    };
    const NO_WAY_BACK: Policy = Policy {
        sets_right: false,
        ..CART
    };
    for (of, policy) in [(ORDERS, &HASTY), (PAYMENTS, &HASTY), (CARDS, &HASTY_CARD)] {
        let slow_as_before = of.policy.absences - 1;
        let weaker = Use {
            policy,
            slow: slow_as_before,
            ..of
        };
        let broken = every_run(weaker, 2).unwrap_err();
        assert!(broken.starts_with("said not to be done"), "{broken}");
    }
    let weaker = Use {
        policy: &NO_WAY_BACK,
        ..CHANGES
    };
    // Copies that cannot be taken back are at least told of.
    holds(weaker, 3);
}

const ANSWERS: [Answer; 6] = [
    Answer::Yes(None),
    Answer::Yes(Some(Copies::One)),
    Answer::Yes(Some(Copies::Several)),
    Answer::No,
    Answer::NotTaken,
    Answer::Unclear,
];

const SIGHTS: [Observation; 6] = [
    Observation::Present(Copies::One),
    Observation::Present(Copies::Several),
    Observation::Absent,
    Observation::CannotTell { transient: true },
    Observation::CannotTell { transient: false },
    Observation::Ended,
];

/// Whether a command is answered.
type Answers = fn(Option<Command>) -> bool;

/// All events, each with whether it answers that command.
fn events() -> Vec<(Event, Answers)> {
    let begins: Answers = |command| command.is_none();
    let writes: Answers = |command| command == Some(Command::WriteDown);
    let sends: Answers = |command| command == Some(Command::Send);
    let looks: Answers = |command| matches!(command, Some(Command::Observe { .. }));
    let rights: Answers = |command| command == Some(Command::SetRight);
    let mut all = vec![
        (Event::Begin, begins),
        (Event::Found, begins),
        (Event::WrittenDown, writes),
        (Event::CouldNotWrite, writes),
        (Event::SetRight, rights),
        (Event::CouldNotSetRight, rights),
    ];
    all.extend(ANSWERS.map(|answer| (Event::Answered(answer), sends)));
    all.extend(SIGHTS.map(|seen| (Event::Observed(seen), looks)));
    all
}

/// From every state that can be reached, whatever happens: what does not belong there changes nothing (a second press,
/// a late answer), and what belongs there leads on to a report in a few steps.
#[test]
fn an_event_out_of_place_changes_nothing_and_every_way_leads_to_a_report() {
    fn walk(machine: &ExactlyOnce, asked: Option<Command>, depth: usize, seen: &mut usize) {
        assert!(depth < 20, "{machine:?} goes on and on");
        for (event, belongs) in events() {
            let mut next = machine.clone();
            let command = next.on(event);
            if belongs(asked) {
                assert_ne!(command, Command::Nothing, "{machine:?} at {event:?}");
                *seen += 1;
                walk(&next, Some(command), depth + 1, seen);
            } else {
                assert_eq!(command, Command::Nothing, "{machine:?} at {event:?}");
                assert_eq!(next, *machine);
            }
        }
    }
    for policy in [&ORDER, &PAYMENT, &CARD, &CART] {
        let mut seen = 0;
        walk(&ExactlyOnce::new(policy), None, 0, &mut seen);
        assert!(seen > 50, "{seen}");
    }
}

/// What the machine asks for, from the first event on.
fn commands(policy: &'static Policy, events: &[Event]) -> Vec<Command> {
    let mut machine = ExactlyOnce::new(policy);
    events.iter().map(|event| machine.on(*event)).collect()
}

const SENT: [Event; 2] = [Event::Begin, Event::WrittenDown];

#[test]
fn a_clear_yes_is_all() {
    let events = [
        SENT[0],
        SENT[1],
        Event::Answered(Answer::Yes(Some(Copies::One))),
    ];
    assert_eq!(
        commands(&ORDER, &events),
        [
            Command::WriteDown,
            Command::Send,
            Command::Report(Outcome::Done)
        ]
    );
}

#[test]
fn absence_is_believed_after_as_many_looks_as_the_policy_says() {
    for policy in [&ORDER, &PAYMENT, &CARD, &CART] {
        let mut machine = ExactlyOnce::new(policy);
        for event in SENT {
            machine.on(event);
        }
        let mut command = machine.on(Event::Answered(Answer::Unclear));
        for look in 1..=policy.absences {
            assert!(matches!(command, Command::Observe { .. }), "look {look}");
            // A look that shows nothing is none.
            if policy.failures > 1 && look == 1 {
                let blind = Event::Observed(Observation::CannotTell { transient: true });
                assert!(matches!(machine.on(blind), Command::Observe { .. }));
            }
            command = machine.on(Event::Observed(Observation::Absent));
        }
        assert_eq!(command, Command::Report(Outcome::NotDone));
    }
}

#[test]
fn a_refusal_is_told_after_one_look_and_once() {
    for policy in [&ORDER, &PAYMENT, &CARD, &CART] {
        let absent = Event::Observed(Observation::Absent);
        let events = [
            SENT[0],
            SENT[1],
            Event::Answered(Answer::No),
            absent,
            absent,
        ];
        let told = commands(policy, &events);
        assert_eq!(told[2], Command::Observe { after_ms: 0 });
        assert_eq!(
            told[3..],
            [Command::Report(Outcome::Refused), Command::Nothing]
        );
    }
}

#[test]
fn the_pause_doubles_twice() {
    let blind = Event::Observed(Observation::CannotTell { transient: true });
    let events = [Event::Found, blind, blind, blind, blind];
    let pauses: Vec<Option<i32>> = commands(&ORDER, &events)
        .into_iter()
        .map(|command| match command {
            Command::Observe { after_ms } => Some(after_ms),
            _ => None,
        })
        .collect();
    assert_eq!(pauses, [Some(0), Some(600), Some(1_200), Some(2_400), None]);
}

#[test]
fn only_what_is_found_written_down_is_sent_again_by_itself() {
    let absent = Event::Observed(Observation::Absent);
    let unclear = Event::Answered(Answer::Unclear);
    assert_eq!(
        commands(&CART, &[Event::Found, absent, unclear, absent])[1..],
        [
            Command::Send,
            Command::Observe { after_ms: 0 },
            Command::Report(Outcome::NotDone)
        ]
    );
    assert_eq!(
        commands(&ORDER, &[Event::Found, absent, absent])[2],
        Command::Report(Outcome::NotDone)
    );
}
