//! What the buyer was told is in the cart, until the server has said so: an addition that it refuses is found again, so
//! that nothing says "Added" of it any more.

/// A product that was said to be added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Announced {
    /// The product.
    pub sku: String,
    /// Its name; may be empty.
    pub name: String,
    /// Units added.
    pub quantity: u32,
    /// Units in the cart before.
    pub before: u32,
    stage: Stage,
}

/// How far an addition is.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Stage {
    Waiting,
    Sent,
    In,
    Refused(String),
}

impl Announced {
    /// An addition that has not been sent yet.
    pub fn new(sku: &str, name: &str, quantity: u32, before: u32) -> Self {
        Self {
            sku: sku.to_owned(),
            name: name.to_owned(),
            quantity,
            before,
            stage: Stage::Waiting,
        }
    }

    /// Why it was refused, if it was.
    pub fn refusal(&self) -> Option<&str> {
        match &self.stage {
            Stage::Refused(reason) => Some(reason),
            _ => None,
        }
    }
}

/// Products that were said to be added in one sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Announcement {
    key: u64,
    lines: Vec<Announced>,
}

/// All sentences that the server may still prove wrong, oldest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Announcements {
    open: Vec<Announcement>,
    last: u64,
}

impl Announcements {
    /// The buyer is told of these additions; gives the sentence's key.
    pub fn announce(&mut self, lines: Vec<Announced>) -> u64 {
        self.last += 1;
        let key = self.last;
        self.open.push(Announcement { key, lines });
        key
    }

    /// The lines of a sentence; none once it is forgotten.
    pub fn lines(&self, key: u64) -> &[Announced] {
        let found = self.open.iter().find(|it| it.key == key);
        found.map_or(&[], |it| &it.lines)
    }

    /// Everything that waits to be added of a product goes to the server now.
    pub fn sent(&mut self, sku: &str) {
        self.each(sku, &Stage::Waiting, &Stage::Sent);
    }

    /// The server has taken what was sent of a product. Gives the sentences that are proved right.
    pub fn confirmed(&mut self, sku: &str) -> Vec<u64> {
        self.each(sku, &Stage::Sent, &Stage::In);
        let (open, proved): (Vec<_>, Vec<_>) = std::mem::take(&mut self.open)
            .into_iter()
            .partition(Announcement::is_open);
        self.open = open;
        proved.into_iter().map(|it| it.key).collect()
    }

    /// The server has refused what was sent of a product. Gives the sentences that are wrong now.
    pub fn refused(&mut self, sku: &str, reason: &str) -> Vec<u64> {
        self.each(sku, &Stage::Sent, &Stage::Refused(reason.to_owned()))
    }

    /// A sentence counts no more: it was taken back.
    pub fn forget(&mut self, key: u64) {
        self.open.retain(|it| it.key != key);
    }

    /// What is not with the server is given up. Gives the sentences that spoke of it.
    pub fn give_up(&mut self) -> Vec<u64> {
        let keys = self.open.iter().map(|it| it.key).collect();
        self.open.clear();
        keys
    }

    /// Brings the additions of a product from one stage to the next; gives the sentences that speak of them.
    fn each(&mut self, sku: &str, from: &Stage, to: &Stage) -> Vec<u64> {
        let mut touched = Vec::new();
        for announcement in &mut self.open {
            let fitting = announcement.lines.iter_mut();
            let fitting = fitting.filter(|line| line.sku == sku && line.stage == *from);
            for line in fitting {
                line.stage = to.clone();
                touched.push(announcement.key);
            }
        }
        touched.dedup();
        touched
    }
}

impl Announcement {
    /// Whether a line of it may still be refused.
    fn is_open(&self) -> bool {
        let mut stages = self.lines.iter().map(|line| &line.stage);
        stages.any(|stage| matches!(stage, Stage::Waiting | Stage::Sent))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::HashMap;

    /// What happens in a shop: the buyer adds some products, or the server answers for one.
    #[derive(Clone, Debug)]
    enum Step {
        Add(Vec<u8>),
        Send(u8),
        Answer(u8, bool),
    }

    fn steps() -> impl Strategy<Value = Vec<Step>> {
        let sku = 0_u8..4;
        let step = prop_oneof![
            prop::collection::vec(sku.clone(), 1..4).prop_map(Step::Add),
            sku.clone().prop_map(Step::Send),
            (sku, any::<bool>()).prop_map(|(sku, taken)| Step::Answer(sku, taken)),
        ];
        prop::collection::vec(step, 0..40)
    }

    proptest! {
        /// Nothing that was refused is said to be added.
        #[test]
        fn a_sentence_is_amended_exactly_when_something_of_it_was_refused(steps in steps()) {
            let mut announcements = Announcements::default();
            // By product: the sentences that wait, and those that were sent, each line once.
            let mut waiting: HashMap<u8, Vec<u64>> = HashMap::new();
            let mut sent: HashMap<u8, Vec<u64>> = HashMap::new();
            let mut refused: HashMap<u64, usize> = HashMap::new();
            for step in steps {
                match step {
                    Step::Add(skus) => {
                        let line = |sku: &u8| Announced::new(&sku.to_string(), "", 1, 0);
                        let key = announcements.announce(skus.iter().map(line).collect());
                        for sku in skus {
                            waiting.entry(sku).or_default().push(key);
                        }
                    }
                    Step::Send(sku) => {
                        announcements.sent(&sku.to_string());
                        let now = waiting.remove(&sku).unwrap_or_default();
                        sent.entry(sku).or_default().extend(now);
                    }
                    Step::Answer(sku, taken) => {
                        let answered = sent.remove(&sku).unwrap_or_default();
                        if taken {
                            announcements.confirmed(&sku.to_string());
                        } else {
                            let mut wrong = announcements.refused(&sku.to_string(), "no");
                            let mut expected = answered.clone();
                            expected.sort_unstable();
                            expected.dedup();
                            wrong.sort_unstable();
                            prop_assert_eq!(&wrong, &expected);
                            for key in answered {
                                *refused.entry(key).or_default() += 1;
                            }
                            for key in wrong {
                                let lines = announcements.lines(key);
                                let told = lines.iter().filter(|line| line.refusal().is_some()).count();
                                prop_assert_eq!(told, refused[&key]);
                            }
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn a_later_addition_is_not_refused_with_the_one_before() {
        let mut announcements = Announcements::default();
        let line = |quantity| vec![Announced::new("A", "Bolt", quantity, 0)];
        let first = announcements.announce(line(1));
        announcements.sent("A");
        let second = announcements.announce(line(2));
        assert_eq!(announcements.refused("A", "no"), [first]);
        assert_eq!(announcements.confirmed("A"), [first]);
        announcements.sent("A");
        assert_eq!(announcements.confirmed("A"), [second]);
        assert_eq!(announcements.give_up(), Vec::<u64>::new());
    }
}
