//! What the buyer meant, and what may have come of it as far as anybody can know.

use std::collections::{BTreeMap, BTreeSet};

use crate::simulation::world::TabId;

/// What the buyer does to the quantity of a product.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Op {
    Add(i64),
    Set(i64),
}

impl Op {
    fn on(self, quantity: i64) -> i64 {
        match self {
            Self::Add(more) => quantity + more,
            Self::Set(quantity) => quantity,
        }
    }
}

/// What was done and is not settled yet, with the tab that it was done in.
type Open = Vec<(TabId, Op)>;

fn over(from: i64, ops: &[(TabId, Op)]) -> i64 {
    ops.iter().fold(from, |now, (_, op)| op.on(now))
}

/// One way in which things may stand.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Way {
    /// The quantity without what is not settled.
    settled: i64,
    open: Open,
}

/// What a product's quantity may be, as far as the buyer can know.
#[derive(Clone, Debug)]
pub(super) struct Meant {
    ways: BTreeSet<Way>,
    /// A tab was closed over it: nothing more is done to it.
    pub(super) left: bool,
}

impl Meant {
    pub(super) fn nothing() -> Self {
        let way = Way {
            settled: 0,
            open: Vec::new(),
        };
        Self {
            ways: BTreeSet::from([way]),
            left: false,
        }
    }

    fn each(&mut self, change: impl FnMut(Way) -> Vec<Way>) {
        let ways = std::mem::take(&mut self.ways);
        self.ways = ways.into_iter().flat_map(change).collect();
    }

    /// What it is when all is settled that is open.
    pub(super) fn outcome(&self) -> BTreeSet<i64> {
        let outcome = |way: &Way| over(way.settled, &way.open);
        self.ways.iter().map(outcome).collect()
    }

    /// Something is done in `tab`; to a cart that has ended where `ended`, so that it may be given up.
    pub(super) fn done(&mut self, tab: TabId, op: Op, ended: bool) {
        self.each(|way| {
            let mut done = way.clone();
            done.open.push((tab, op));
            if ended { vec![way, done] } else { vec![done] }
        });
    }

    /// The buyer was told that what was added in `tab` may have been ordered, and that it is not sent again: some of it is.
    pub(super) fn perhaps_ordered(&mut self, tab: TabId) {
        self.each(|way| {
            let adds = way.open.iter().enumerate();
            let adds = adds.filter(|(_, (by, op))| *by == tab && matches!(op, Op::Add(_)));
            let without = adds.map(|(at, _)| {
                let mut open = way.open.clone();
                open.remove(at);
                Way {
                    settled: way.settled,
                    open,
                }
            });
            without.chain([way.clone()]).collect()
        });
    }

    /// What was done in `tab` is with the server.
    pub(super) fn settle(&mut self, tab: TabId) {
        self.each(|way| {
            let (done, open): (Open, Open) = way.open.into_iter().partition(|(by, _)| *by == tab);
            let settled = over(way.settled, &done);
            vec![Way { settled, open }]
        });
    }

    /// The tab is closed: of what was not settled the first so many have been done. Where the browser `doubled` a request,
    /// nobody is there to set right what was added twice.
    pub(super) fn close(&mut self, tab: TabId, doubled: bool) {
        let mine = |(by, _): &(TabId, Op)| *by == tab;
        if !self.ways.iter().any(|way| way.open.iter().any(mine)) {
            return;
        }
        self.each(|way| {
            let (done, open): (Open, Open) = way.open.into_iter().partition(mine);
            let mut next = Vec::new();
            for first in 0..=done.len() {
                let settled = over(way.settled, &done[..first]);
                let mut twice = vec![0];
                for (_, op) in done[..first].iter().rev().filter(|_| doubled) {
                    let Op::Add(more) = op else { break };
                    twice.push(twice[twice.len() - 1] + more);
                }
                next.extend(twice.into_iter().map(|twice| Way {
                    settled: settled + twice,
                    open: open.clone(),
                }));
            }
            next
        });
        self.left = true;
    }

    /// The cart was ordered with so many units. Of what was open the first of each tab are in the order, and the others
    /// are for the next cart, but that what changes a line is given up with it. Where the browser `doubled` requests, another
    /// tab may have ordered what was added twice before it was set right. Whether that can be.
    pub(super) fn ordered(&mut self, units: i64, doubled: bool) -> bool {
        self.each(|way| {
            let mut next = Vec::new();
            divide(
                way.settled,
                &way.open,
                &mut Vec::new(),
                &mut |value, rest| {
                    let added = |ops: &Open| -> i64 {
                        let adds = ops.iter().map(|(_, op)| match op {
                            Op::Add(more) => *more,
                            Op::Set(_) => 0,
                        });
                        adds.sum()
                    };
                    let twice = added(&way.open) - added(rest);
                    let is_twice = doubled && value < units && units - value <= twice;
                    if value == units || is_twice {
                        next.extend(
                            variants(rest)
                                .into_iter()
                                .map(|open| Way { settled: 0, open }),
                        );
                    }
                },
            );
            next
        });
        !self.ways.is_empty()
    }
}

/// Every division of `open` into what is done to `value` and what is left; what a tab did later is not done before what
/// it did earlier.
fn divide(value: i64, open: &[(TabId, Op)], rest: &mut Open, found: &mut impl FnMut(i64, &Open)) {
    let Some(((tab, op), later)) = open.split_first() else {
        return found(value, rest);
    };
    if !rest.iter().any(|(by, _)| by == tab) {
        divide(op.on(value), later, rest, found);
    }
    rest.push((*tab, *op));
    divide(value, later, rest, found);
    rest.pop();
}

/// What may be left of `rest` when changes of lines may be given up, with what was added before or after: it waits as one
/// change.
fn variants(rest: &Open) -> Vec<Open> {
    let mut all = vec![Vec::new()];
    let may_go = rest.iter().any(|(_, op)| matches!(op, Op::Set(_)));
    for done in rest {
        let with = all
            .iter()
            .map(|open: &Open| [open.as_slice(), &[*done]].concat());
        let with: Vec<Open> = with.collect();
        if !may_go {
            all.clear();
        }
        all.extend(with);
    }
    all
}

/// What the buyer meant.
#[derive(Default)]
pub(super) struct Model {
    pub(super) products: BTreeMap<String, Meant>,
    /// Products that do not exist, each added once; with how often that was told.
    pub(super) missing: BTreeMap<String, BTreeSet<(TabId, u64, u64)>>,
    /// The notices by which a tab said that something may have been ordered.
    pub(super) perhaps: BTreeSet<(TabId, u64, u64)>,
    /// Those of them that went with a tab, and need not be told.
    pub(super) dropped: BTreeSet<String>,
}

impl Model {
    pub(super) fn of(&mut self, sku: &str) -> &mut Meant {
        self.products
            .entry(sku.to_owned())
            .or_insert_with(Meant::nothing)
    }

    /// A tab went, and with it what it alone knew.
    pub(super) fn close(&mut self, tab: TabId, doubled: bool) {
        for meant in self.products.values_mut() {
            meant.close(tab, doubled);
        }
        for (sku, told) in &self.missing {
            if told.is_empty() {
                self.dropped.insert(sku.clone());
            }
        }
    }
}

#[test]
fn an_order_divides_what_was_done_before_it_from_what_came_later() {
    let mut meant = Meant::nothing();
    for more in [2, 3] {
        meant.done(1, Op::Add(more), false);
    }
    assert!(meant.clone().ordered(5, false));
    assert!(
        !meant.clone().ordered(3, false),
        "the second was done first"
    );
    assert!(meant.ordered(2, false));
    assert_eq!(meant.outcome(), BTreeSet::from([3]));
    meant.settle(1);
    meant.done(1, Op::Set(7), false);
    meant.done(1, Op::Add(1), false);
    assert!(meant.ordered(3, false));
    assert_eq!(meant.outcome(), BTreeSet::from([0, 1, 7, 8]));
}
