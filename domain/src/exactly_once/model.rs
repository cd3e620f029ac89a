//! A tiny world for the machine: a server, what is written down, two tabs, and everything that can go wrong between
//! them. [`every_run`] goes through all that can happen with a number of mishaps, in every order.

use super::*;

/// A use of the machine: its policy, and how the world around it is made.
#[derive(Clone, Copy)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each says something of the world by itself"
)]
pub(super) struct Use {
    pub policy: &'static Policy,
    /// Whether what was written down outlives the page.
    pub outlives_page: bool,
    /// Whether one tab at a time is at work, on one note of all. Else each tab has its own.
    pub one_at_a_time: bool,
    /// How many tabs there may be.
    pub tabs: usize,
    /// Whether the server does it once only, and refuses it from then on.
    pub server_does_it_once: bool,
    /// Whether an answer says how often it was done.
    pub answer_counts: bool,
    /// After how many looks a request that was slow arrives, at most.
    pub slow: u8,
}

pub(super) const ORDERS: Use = Use {
    policy: &ORDER,
    outlives_page: true,
    one_at_a_time: false,
    tabs: 2,
    server_does_it_once: true,
    answer_counts: true,
    slow: ORDER.absences - 1,
};

pub(super) const PAYMENTS: Use = Use {
    policy: &PAYMENT,
    one_at_a_time: true,
    server_does_it_once: false,
    ..ORDERS
};

pub(super) const CARDS: Use = Use {
    policy: &CARD,
    outlives_page: false,
    one_at_a_time: true,
    tabs: 1,
    server_does_it_once: false,
    answer_counts: false,
    slow: CARD.absences - 1,
};

pub(super) const CHANGES: Use = Use {
    policy: &CART,
    ..PAYMENTS
};

/// What happens in one run: a number for each choice, in the order in which they come up.
struct Script {
    choices: Vec<(usize, usize)>,
    at: usize,
    mishaps: usize,
}

impl Script {
    /// One of `of`, of which the first `free` are the course of things; each other is a mishap.
    fn choose(&mut self, of: usize, free: usize) -> usize {
        let of = if self.mishaps == 0 { free } else { of };
        if self.at == self.choices.len() {
            self.choices.push((0, of));
        }
        let (choice, known) = self.choices[self.at];
        assert_eq!(known, of, "a run is not the same twice");
        self.at += 1;
        if choice >= free {
            self.mishaps -= 1;
        }
        choice
    }

    /// Goes on to the next run, if there is one.
    fn next(&mut self, mishaps: usize) -> bool {
        (self.at, self.mishaps) = (0, mishaps);
        while let Some((choice, of)) = self.choices.pop() {
            if choice + 1 < of {
                self.choices.push((choice + 1, of));
                return true;
            }
        }
        false
    }
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Doing {
    /// Nobody has opened this tab yet.
    Closed,
    /// It wants to do it, or to find out what became of it.
    Wanting,
    /// It is to do that next.
    At(Command),
    /// Its request has come to the server, and the answer is on its way.
    Awaiting(Answer),
    /// It has said what became of it.
    Said(Outcome),
    /// It was left, and nothing was written down.
    Left,
}

struct Tab {
    machine: ExactlyOnce,
    doing: Doing,
    note: bool,
}

/// What happened, for whoever reads of a run that went wrong.
#[derive(Clone, Copy, Debug)]
#[expect(dead_code, reason = "read by whoever reads of a failure")]
enum Step {
    Event(usize, Event, Command),
    Reload(usize),
    Opens(usize),
    Again(usize),
    ServerDoes(usize),
    Late(usize),
}

struct World {
    of: Use,
    tabs: Vec<Tab>,
    /// How often the server has done it, by the tab that asked.
    done: [u32; 2],
    /// A request that arrives after so many more looks.
    late: Option<(usize, u8)>,
    /// Whether a request was slow before.
    was_slow: bool,
    steps: Vec<Step>,
}

impl World {
    /// Whose requests are one and the same: each tab's own, or those of all.
    fn asker(&self, tab: usize) -> usize {
        if self.of.one_at_a_time { 0 } else { tab }
    }

    fn note(&mut self, tab: usize) -> &mut bool {
        let asker = self.asker(tab);
        &mut self.tabs[asker].note
    }

    fn total(&self) -> u32 {
        self.done.iter().sum()
    }

    /// A request arrives at a server that is well: whether it was done.
    fn arrive(&mut self, asker: usize) -> bool {
        let does = !self.of.server_does_it_once || self.total() == 0;
        if does {
            self.done[asker] += 1;
            self.steps.push(Step::ServerDoes(asker));
        }
        does
    }

    fn copies(&self, asker: usize) -> Copies {
        if self.done[asker] > 1 {
            Copies::Several
        } else {
            Copies::One
        }
    }

    fn answer(&self, asker: usize, done: bool) -> Answer {
        if done {
            Answer::Yes(self.of.answer_counts.then(|| self.copies(asker)))
        } else {
            Answer::No
        }
    }

    /// A request goes to the server.
    fn send(&mut self, tab: usize, script: &mut Script) -> Answer {
        let asker = self.asker(tab);
        match script.choose(9, 1) {
            0 => {
                let done = self.arrive(asker);
                self.answer(asker, done)
            }
            // The answer gets lost.
            1 => {
                self.arrive(asker);
                Answer::Unclear
            }
            // The request gets lost.
            2 => Answer::Unclear,
            3 => Answer::No,
            // The browser sends it twice: the second answer is heard.
            4 => {
                self.arrive(asker);
                let done = self.arrive(asker);
                self.answer(asker, done)
            }
            // The same, and the answer gets lost.
            5 => {
                self.arrive(asker);
                self.arrive(asker);
                Answer::Unclear
            }
            // The same, and the second one is refused for a reason of its own.
            6 => {
                self.arrive(asker);
                Answer::No
            }
            // The server is slow.
            7 => {
                let slow = usize::from(self.of.slow);
                let looks = 1 + u8::try_from(script.choose(slow, slow)).unwrap_or(0);
                // Of two slow requests one after the other nobody can tell which of them was seen.
                if !std::mem::replace(&mut self.was_slow, true) {
                    self.late = Some((asker, looks));
                    self.steps.push(Step::Late(asker));
                }
                Answer::Unclear
            }
            // The session ended, and the buyer does not sign in again.
            _ => Answer::NotTaken,
        }
    }

    /// Somebody looks.
    fn look(&mut self, tab: usize, script: &mut Script) -> Observation {
        match script.choose(3, 1) {
            1 => return Observation::CannotTell { transient: true },
            2 => return Observation::CannotTell { transient: false },
            _ => {}
        }
        let asker = self.asker(tab);
        // Whether a cart was ordered can be seen, but not by which tab.
        let there = if self.of.server_does_it_once {
            self.total()
        } else {
            self.done[asker]
        };
        let seen = match there {
            0 => Observation::Absent,
            1 => Observation::Present(Copies::One),
            _ => Observation::Present(Copies::Several),
        };
        if let Some((whose, looks)) = self.late
            && whose == asker
        {
            self.late = (looks > 1).then_some((whose, looks - 1));
            if self.late.is_none() {
                self.arrive(asker);
            }
        }
        seen
    }

    fn tell(&mut self, tab: usize, event: Event) {
        let command = self.tabs[tab].machine.on(event);
        self.steps.push(Step::Event(tab, event, command));
        self.tabs[tab].doing = Doing::At(command);
    }

    /// What the tab does next. Fails when it breaks a promise.
    fn step(&mut self, tab: usize, script: &mut Script) -> Result<(), &'static str> {
        match self.tabs[tab].doing {
            Doing::Wanting => {
                self.tabs[tab].machine = ExactlyOnce::new(self.of.policy);
                if *self.note(tab) {
                    self.tell(tab, Event::Found);
                } else if self.total() > 0 {
                    // The screen shows that it was done.
                    self.tabs[tab].doing = Doing::Left;
                } else {
                    self.tell(tab, Event::Begin);
                }
            }
            Doing::At(Command::WriteDown) => {
                if script.choose(2, 1) == 0 {
                    *self.note(tab) = true;
                    self.tell(tab, Event::WrittenDown);
                } else {
                    self.tell(tab, Event::CouldNotWrite);
                }
            }
            Doing::At(Command::Send) => {
                if !*self.note(tab) {
                    return Err("sent without being written down");
                }
                let answer = self.send(tab, script);
                self.tabs[tab].doing = Doing::Awaiting(answer);
            }
            Doing::Awaiting(answer) => self.tell(tab, Event::Answered(answer)),
            Doing::At(Command::Observe { .. }) => {
                let seen = self.look(tab, script);
                self.tell(tab, Event::Observed(seen));
            }
            Doing::At(Command::SetRight) => {
                if script.choose(2, 1) == 0 {
                    let asker = self.asker(tab);
                    self.done[asker] = 1;
                    self.tell(tab, Event::SetRight);
                } else {
                    self.tell(tab, Event::CouldNotSetRight);
                }
            }
            Doing::At(Command::Report(outcome)) => self.report(tab, outcome)?,
            Doing::At(Command::Nothing) => return Err("given up silently"),
            Doing::Closed | Doing::Said(_) | Doing::Left => {}
        }
        if let Doing::At(Command::Report(outcome)) = self.tabs[tab].doing {
            self.check(tab, outcome)?;
        }
        Ok(())
    }

    /// Whether what is about to be said is true.
    fn check(&self, tab: usize, outcome: Outcome) -> Result<(), &'static str> {
        let asker = self.asker(tab);
        let on_its_way = self.late.is_some_and(|(whose, _)| whose == asker);
        let done = self.done[asker];
        match outcome {
            // It is sent again, after another look: nothing is said to the buyer.
            Outcome::NotDone if self.of.policy.repeats => Ok(()),
            Outcome::Refused | Outcome::NotDone | Outcome::NotBegun if done > 0 => {
                Err("said not to be done, and it was done")
            }
            Outcome::Refused | Outcome::NotDone if on_its_way => {
                Err("said not to be done, and it is on its way")
            }
            Outcome::Done if self.total() == 0 => Err("said to be done, and it was not"),
            Outcome::Done if done > 1 => Err("said to be done once, and it was done twice"),
            Outcome::Ended => Err("nothing ends here"),
            _ => Ok(()),
        }
    }

    fn report(&mut self, tab: usize, outcome: Outcome) -> Result<(), &'static str> {
        let stays = outcome == Outcome::NotDone && self.of.policy.repeats;
        if outcome.is_certain() && !stays {
            *self.note(tab) = false;
        } else if !*self.note(tab) {
            return Err("in doubt, and not written down");
        }
        self.tabs[tab].doing = Doing::Said(outcome);
        Ok(())
    }

    fn is_at_work(&self, tab: usize) -> bool {
        matches!(self.tabs[tab].doing, Doing::At(_) | Doing::Awaiting(_))
    }

    fn may_step(&self, tab: usize) -> bool {
        let other = 1 - tab;
        let turn = !self.of.one_at_a_time || other >= self.tabs.len() || !self.is_at_work(other);
        self.is_at_work(tab) || self.tabs[tab].doing == Doing::Wanting && turn
    }

    /// Whether the tab's next step neither looks at what is shared nor changes it.
    fn steps_unseen(&self, tab: usize) -> bool {
        match self.tabs[tab].doing {
            Doing::Awaiting(_) => true,
            Doing::At(Command::WriteDown | Command::Report(_)) => !self.of.one_at_a_time,
            _ => false,
        }
    }

    /// The page is loaded again.
    fn reload(&mut self, tab: usize) -> Result<(), &'static str> {
        self.steps.push(Step::Reload(tab));
        let asker = self.asker(tab);
        if !self.of.outlives_page {
            *self.note(tab) = false;
        }
        let there = *self.note(tab);
        self.tabs[tab].doing = if there { Doing::Wanting } else { Doing::Left };
        let may_be_done = self.done[asker] > 0 || self.late.is_some_and(|(who, _)| who == asker);
        let was_told = !self.of.outlives_page
            || self
                .tabs
                .iter()
                .any(|tab| tab.doing == Doing::Said(Outcome::Done));
        if !there && may_be_done && !was_told {
            return Err("a reload forgets it");
        }
        Ok(())
    }

    /// The end of a run: what holds then.
    fn end(&self) -> Result<(), &'static str> {
        let said = |outcome| {
            self.tabs
                .iter()
                .any(|tab| tab.doing == Doing::Said(outcome))
        };
        let doubted = said(Outcome::Unknown)
            || said(Outcome::Doubled)
            || self.of.policy.repeats && said(Outcome::NotDone);
        if self.tabs.iter().any(|tab| tab.note) && !doubted {
            return Err("still written down, and not in doubt");
        }
        // The list of cards shows after a reload what is there.
        let shown = self.tabs.iter().any(|tab| tab.doing == Doing::Left) && !self.of.outlives_page;
        if self.total() > 1 && !doubted && !shown {
            return Err("done twice, and nobody is told");
        }
        Ok(())
    }
}

fn tab(of: Use, doing: Doing) -> Tab {
    Tab {
        machine: ExactlyOnce::new(of.policy),
        doing,
        note: false,
    }
}

/// One run.
fn run(of: Use, script: &mut Script) -> Result<(), String> {
    let mut tabs = vec![tab(of, Doing::Wanting)];
    tabs.extend((1..of.tabs).map(|_| tab(of, Doing::Closed)));
    let mut world = World {
        of,
        tabs,
        done: [0; 2],
        late: None,
        was_slow: false,
        steps: Vec::new(),
    };
    let fail = |world: &World, why: &str| Err(format!("{why}:\n{:#?}", world.steps));
    loop {
        let all = || 0..of.tabs;
        let mut steps: Vec<usize> = all().filter(|tab| world.may_step(*tab)).collect();
        // What no other tab can see comes at once: in which order it comes makes no difference.
        if let Some(tab) = steps.iter().find(|tab| world.steps_unseen(**tab)) {
            steps = vec![*tab];
        }
        let reloads: Vec<usize> = all().filter(|tab| world.is_at_work(*tab)).collect();
        let again: Vec<usize> = all()
            .filter(|tab| match world.tabs[*tab].doing {
                Doing::Said(outcome) => outcome != Outcome::Done,
                doing => doing == Doing::Closed,
            })
            .collect();
        // Where nothing goes on by itself the run may end.
        let free = steps.len().max(1);
        let choice = script.choose(free + reloads.len() + again.len(), free);
        if choice < steps.len() {
            if let Err(why) = world.step(steps[choice], script) {
                return fail(&world, why);
            }
        } else if choice < free {
            break;
        } else if let Some(tab) = reloads.get(choice - free) {
            if let Err(why) = world.reload(*tab) {
                return fail(&world, why);
            }
        } else {
            let tab = again[choice - free - reloads.len()];
            let opens = world.tabs[tab].doing == Doing::Closed;
            world.steps.push(if opens {
                Step::Opens(tab)
            } else {
                Step::Again(tab)
            });
            world.tabs[tab].doing = Doing::Wanting;
        }
        if world.steps.len() > 200 {
            return fail(&world, "never over");
        }
    }
    world.end().or_else(|why| fail(&world, why))
}

/// Goes through all that can happen with so many mishaps at most; gives how many runs that were. Fails with the first
/// run that breaks a promise.
pub(super) fn every_run(of: Use, mishaps: usize) -> Result<u64, String> {
    let mut script = Script {
        choices: Vec::new(),
        at: 0,
        mishaps,
    };
    let mut runs = 0;
    loop {
        run(of, &mut script)?;
        runs += 1;
        if !script.next(mishaps) {
            return Ok(runs);
        }
    }
}
