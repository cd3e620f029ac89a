//! Whole sessions by chance: a customer's tabs, everything a buyer does to a cart, and everything that goes wrong.
//!
//! Each session is made from one seed. What the buyer meant is kept in a [`Model`]; when the weather has cleared and all
//! has come to rest, the server's cart must be that, and every tab must show it. Where a session fails it says how it is
//! replayed: `NYMBLE_SEED=… cargo test --lib whole_sessions`. `NYMBLE_SESSIONS` says how many there are.

use std::{
    collections::{BTreeMap, BTreeSet},
    env,
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
    time::Instant,
};

use leptos::prelude::*;

use super::{
    network::{self, Weather},
    place,
    shop::{self, BUYER},
    tab::{Tab, begin},
    world::{self, TabId},
};
use crate::{
    simulation::rng::Rng,
    state::{
        app::notices::{Notice, Tone},
        cart::{CartState, Phase, added::Addition, use_cart},
        session::Session,
    },
};

/// So many sessions there are where nothing else is said.
const SESSIONS: u64 = 1_000;
/// Products that are ordered in a session.
const PRODUCTS: usize = 18;
/// So many tabs a customer has at most.
const TABS: usize = 3;

/// What the buyer does to the quantity of a product.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Op {
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

/// What a product's quantity may be, as far as the buyer can know.
#[derive(Clone, Debug)]
struct Meant {
    /// What it may be without what is not settled yet.
    settled: BTreeSet<i64>,
    /// What is not settled, in the order in which it was done, with the tab that it was done in.
    open: Vec<(TabId, Op)>,
    /// A tab was closed over it: nothing more is done to it.
    left: bool,
}

impl Meant {
    fn nothing() -> Self {
        Self {
            settled: BTreeSet::from([0]),
            open: Vec::new(),
            left: false,
        }
    }

    /// What it is when all is settled that is open.
    fn outcome(&self) -> BTreeSet<i64> {
        let after = |from: &i64| self.open.iter().fold(*from, |now, (_, op)| op.on(now));
        self.settled.iter().map(after).collect()
    }

    /// What was done in `tab` is with the server.
    fn settle(&mut self, tab: TabId) {
        let (done, open) = std::mem::take(&mut self.open)
            .into_iter()
            .partition::<Vec<_>, _>(|(by, _)| *by == tab);
        self.open = open;
        let after = |from: i64| done.iter().fold(from, |now, (_, op)| op.on(now));
        self.settled = std::mem::take(&mut self.settled)
            .into_iter()
            .map(after)
            .collect();
    }

    /// The tab is closed: of what was not settled the first so many have been done.
    fn close(&mut self, tab: TabId) {
        if !self.open.iter().any(|(by, _)| *by == tab) {
            return;
        }
        let done: Vec<Op> = self
            .open
            .iter()
            .filter(|(by, _)| *by == tab)
            .map(|(_, op)| *op)
            .collect();
        self.open.retain(|(by, _)| *by != tab);
        let mut all = BTreeSet::new();
        for from in &self.settled {
            for first in 0..=done.len() {
                all.insert(done[..first].iter().fold(*from, |now, op| op.on(now)));
            }
        }
        self.settled = all;
        self.left = true;
    }
}

/// What the buyer meant.
struct Model {
    products: BTreeMap<String, Meant>,
    /// Products that do not exist, each added once; with how often that was told.
    missing: BTreeMap<String, BTreeSet<(TabId, u64, u64)>>,
    /// Those of them that went with a tab, and need not be told.
    dropped: BTreeSet<String>,
}

impl Model {
    fn of(&mut self, sku: &str) -> &mut Meant {
        self.products
            .entry(sku.to_owned())
            .or_insert_with(Meant::nothing)
    }

    fn done(&mut self, tab: Tab, sku: &str, op: Op) {
        self.of(sku).open.push((tab.0, op));
    }
}

struct Play {
    rng: Rng,
    skus: Vec<String>,
    tabs: Vec<Tab>,
    /// In which tab a product is ordered; a product that is shared is ordered in all of them.
    owners: BTreeMap<String, Tab>,
    shares: bool,
    model: Model,
    /// A tab has gone: nobody told the others what became of what it was doing.
    lost_a_tab: bool,
    /// What has happened, for whoever reads of a failure.
    log: Vec<String>,
}

fn ready(tab: Tab) -> bool {
    tab.is_signed_in() && tab.look(|| use_cart().phase()) == Phase::Known
}

impl Play {
    fn new(seed: u64) -> Self {
        let mut rng = Rng::new(seed ^ 0x5E55_1035);
        begin(seed);
        let skus = shop::skus(PRODUCTS);
        let tabs = vec![Tab::signed_in(BUYER)];
        world::pass(2_000);
        let shares = rng.happens(250);
        let mut play = Self {
            skus,
            tabs,
            owners: BTreeMap::new(),
            shares,
            model: Model {
                products: BTreeMap::new(),
                missing: BTreeMap::new(),
                dropped: BTreeSet::new(),
            },
            lost_a_tab: false,
            log: Vec::new(),
            rng,
        };
        let alone = play.rng.happens(400);
        play.weather();
        if !alone {
            for _ in 1..=play.rng.below(2) + 1 {
                play.open_tab();
            }
        }
        play
    }

    fn say(&mut self, what: &str) {
        let now = world::with(|world| world.now);
        self.log.push(format!("{now:>7} {what}"));
    }

    /// How bad it is. Where several tabs order the same product, a lost answer cannot be told from another tab's order.
    fn weather(&mut self) {
        let rng = &mut self.rng;
        let mut some = |most: u64| if rng.happens(500) { rng.below(most) } else { 0 };
        let mut weather = Weather {
            token_ended: some(40),
            too_many: some(60),
            delay: some(2_000) + 5,
            ..Weather::default()
        };
        if !self.shares {
            weather.cut_before = some(120);
            weather.cut_after = some(120);
            weather.failed = some(120);
            weather.proxy = some(80);
            weather.doubled = some(120);
        }
        world::with(|world| world.network.weather = weather);
        self.say(&format!("{weather:?}, shared products: {}", self.shares));
    }

    fn open_tab(&mut self) {
        if self.tabs.len() < TABS {
            let tab = Tab::open();
            self.tabs.push(tab);
            self.say(&format!("opens tab {}", tab.0));
        }
    }

    fn tab(&mut self) -> Tab {
        *self.rng.pick(&self.tabs)
    }

    /// A product that may be ordered in that tab.
    fn product(&mut self, tab: Tab) -> Option<String> {
        let sku = self.rng.pick(&self.skus).clone();
        if self.shares {
            return Some(sku);
        }
        let owner = *self.owners.entry(sku.clone()).or_insert(tab);
        (owner == tab && !self.model.of(&sku).left).then_some(sku)
    }

    fn step(&mut self) {
        let tab = self.tab();
        let able = ready(tab);
        match self.rng.below(100) {
            0..30 if able => self.add(tab),
            30..45 if able && !self.shares => self.set(tab),
            45..53 if able && !self.shares => self.remove(tab),
            53..58 if able => self.undo(tab),
            58..65 if able => self.add_many(tab),
            65..69 if able => self.add_missing(tab),
            69..75 if !self.shares => {
                self.say(&format!("loads tab {} anew", tab.0));
                self.note_gone_notices(tab);
                tab.reload();
            }
            75..77 if !self.shares && self.tabs.len() > 1 => self.leave(tab),
            77..80 => self.open_tab(),
            80..83 if !self.shares => self.connection(),
            83..85 => {
                self.say(&format!("looks at tab {}", tab.0));
                place::fire(tab.0, "focus");
            }
            85..87 if tab.is_signed_in() => {
                self.say(&format!("signs out in tab {}", tab.0));
                tab.act(|| expect_context::<Session>().sign_out());
            }
            87..90 if able => {
                self.say(&format!("tries again in tab {}", tab.0));
                tab.cart(CartState::try_again);
            }
            _ => self.sign_in(tab),
        }
    }

    fn quantity(&mut self) -> u32 {
        u32::try_from(self.rng.below(3) + 1).unwrap_or(1)
    }

    fn add(&mut self, tab: Tab) {
        let Some(sku) = self.product(tab) else { return };
        let quantity = self.quantity();
        self.say(&format!("adds {quantity} of {sku} in tab {}", tab.0));
        self.model.done(tab, &sku, Op::Add(i64::from(quantity)));
        tab.cart(|cart| cart.add(&sku, &sku, quantity));
    }

    fn add_many(&mut self, tab: Tab) {
        let mut additions: Vec<Addition> = Vec::new();
        for _ in 0..self.rng.below(14) + 2 {
            let Some(sku) = self.product(tab) else {
                continue;
            };
            if additions.iter().any(|it| it.sku == sku) {
                continue;
            }
            let quantity = self.quantity();
            self.model.done(tab, &sku, Op::Add(i64::from(quantity)));
            let name = sku.clone();
            additions.push(Addition {
                sku,
                name,
                quantity,
            });
        }
        if !additions.is_empty() {
            let named: Vec<_> = additions.iter().map(|it| (&it.sku, it.quantity)).collect();
            let said = format!("adds at once in tab {}: {named:?}", tab.0);
            self.say(&said);
            tab.cart(|cart| cart.add_many(additions, None, None, None));
        }
    }

    fn add_missing(&mut self, tab: Tab) {
        let sku = format!("MISSING-{}", self.model.missing.len());
        self.say(&format!("adds {sku} in tab {}", tab.0));
        self.model.missing.insert(sku.clone(), BTreeSet::new());
        tab.cart(|cart| cart.add(&sku, &sku, 1));
    }

    /// A line that is shown in the tab and may be changed there.
    fn line(&mut self, tab: Tab) -> Option<(String, i64)> {
        let lines = tab.lines();
        if lines.is_empty() {
            return None;
        }
        let (sku, quantity) = self.rng.pick(&lines).clone();
        let mine = self.owners.get(&sku) == Some(&tab) && !self.model.of(&sku).left;
        mine.then_some((sku, quantity))
    }

    fn set(&mut self, tab: Tab) {
        let Some((sku, _)) = self.line(tab) else {
            return;
        };
        let quantity = self.quantity();
        self.say(&format!("sets {sku} to {quantity} in tab {}", tab.0));
        self.model.done(tab, &sku, Op::Set(i64::from(quantity)));
        tab.cart(|cart| cart.set_quantity(&sku, &sku, quantity));
    }

    fn remove(&mut self, tab: Tab) {
        let Some((sku, quantity)) = self.line(tab) else {
            return;
        };
        self.say(&format!("removes {sku} in tab {}", tab.0));
        self.model.done(tab, &sku, Op::Set(0));
        let quantity = u32::try_from(quantity).unwrap_or_default();
        tab.cart(|cart| cart.remove(&sku, &sku, quantity));
        if self.rng.happens(400) {
            let wait = self.rng.delay(1_500);
            world::pass(wait);
            let named = |notice: &Notice| notice.text.contains(&sku) && notice.action.is_some();
            let notice = tab.notices().into_iter().rev().find(named);
            if let Some(action) = notice.and_then(|notice| notice.action) {
                self.say(&format!("brings {sku} back in tab {}", tab.0));
                self.model.done(tab, &sku, Op::Set(i64::from(quantity)));
                tab.act(|| (action.run)());
            }
        }
    }

    /// Adds, and takes back what was added.
    fn undo(&mut self, tab: Tab) {
        let Some(sku) = self.product(tab).filter(|_| !self.shares) else {
            return;
        };
        let shown = tab.lines().into_iter().find(|(known, _)| *known == sku);
        let before = shown.map_or(0, |(_, quantity)| quantity);
        let quantity = self.quantity();
        self.say(&format!("adds {quantity} of {sku} in tab {}", tab.0));
        self.model.done(tab, &sku, Op::Add(i64::from(quantity)));
        tab.cart(|cart| cart.add(&sku, &sku, quantity));
        let wait = self.rng.delay(3_000);
        world::pass(wait);
        let named = |notice: &Notice| notice.text.contains(&sku) && notice.action.is_some();
        let notice = tab.notices().into_iter().rev().find(named);
        if let Some(action) = notice.and_then(|notice| notice.action) {
            self.say(&format!("takes {sku} back to {before} in tab {}", tab.0));
            self.model.done(tab, &sku, Op::Set(before));
            tab.act(|| (action.run)());
        }
    }

    /// The tab goes, and with it what was not sent.
    fn leave(&mut self, tab: Tab) {
        self.note();
        let crashes = self.rng.happens(500);
        self.say(&format!("tab {} is closed", tab.0));
        if crashes {
            tab.crash();
        } else {
            tab.close();
        }
        for meant in self.model.products.values_mut() {
            meant.close(tab.0);
        }
        for (sku, told) in &self.model.missing {
            if told.is_empty() {
                self.model.dropped.insert(sku.clone());
            }
        }
        self.tabs.retain(|other| *other != tab);
        self.lost_a_tab = true;
        // What was ordered there is ordered elsewhere from now on.
        self.owners.retain(|_, owner| *owner != tab);
    }

    fn connection(&mut self) {
        let online = world::with(|world| {
            world.network.online = !world.network.online;
            world.network.online
        });
        self.say(if online { "is online" } else { "is offline" });
        let name = if online { "online" } else { "offline" };
        for tab in &self.tabs {
            place::fire(tab.0, name);
        }
    }

    fn sign_in(&mut self, tab: Tab) {
        if tab.is_ready() && (tab.asks_to_sign_in() || !tab.is_signed_in()) {
            self.say(&format!("signs in in tab {}", tab.0));
            tab.sign_in(BUYER);
        }
    }

    /// Notes what is settled, and what was told.
    fn note(&mut self) {
        for tab in self.tabs.clone() {
            if !ready(tab) {
                continue;
            }
            let unsent = tab.look(|| use_cart().unsent_skus());
            for (sku, meant) in &mut self.model.products {
                if !unsent.contains(sku) {
                    meant.settle(tab.0);
                }
            }
            self.note_gone_notices(tab);
        }
    }

    fn note_gone_notices(&mut self, tab: Tab) {
        if !tab.is_ready() {
            return;
        }
        let load = world::with(|world| world.tabs.get(&tab.0).map_or(0, |tab| tab.load));
        for notice in tab
            .notices()
            .into_iter()
            .filter(|it| it.tone == Tone::Trouble)
        {
            for (sku, told) in &mut self.model.missing {
                if notice
                    .text
                    .split([' ', ':', '“', '”', '"', ',', '.'])
                    .any(|word| word == sku)
                {
                    told.insert((tab.0, load, notice.id));
                }
            }
        }
    }

    /// The weather clears, and the buyer does what is needed until all is at rest.
    fn rest(&mut self) {
        self.say("the weather clears");
        world::with(|world| {
            world.network.weather = Weather {
                delay: 50,
                ..Weather::default()
            };
        });
        if !world::with(|world| world.network.online) {
            self.connection();
        }
        for _ in 0..30 {
            world::pass(60_000);
            self.note();
            let mut rests = true;
            for tab in self.tabs.clone() {
                if !tab.is_ready() {
                    rests = false;
                    tab.reload();
                } else if tab.asks_to_sign_in() || !tab.is_signed_in() {
                    rests = false;
                    self.sign_in(tab);
                } else if !ready(tab) || !tab.look(|| use_cart().is_settled()) {
                    rests = false;
                    tab.cart(CartState::try_again);
                }
            }
            if rests {
                if self.lost_a_tab {
                    for tab in &self.tabs {
                        place::fire(tab.0, "focus");
                    }
                    world::pass(10_000);
                }
                return;
            }
        }
        panic!("it never comes to rest");
    }

    fn check(&mut self) {
        let cart: BTreeMap<String, i64> = shop::cart().into_iter().collect();
        for (sku, meant) in &self.model.products {
            let there = cart.get(sku).copied().unwrap_or_default();
            let expected = meant.outcome();
            assert!(
                expected.contains(&there),
                "{sku}: {there}, but {expected:?} was meant"
            );
        }
        for tab in &self.tabs {
            let shown: BTreeMap<String, i64> = tab.lines().into_iter().collect();
            assert_eq!(shown, cart, "tab {} shows what the server has", tab.0);
        }
        for (sku, told) in &self.model.missing {
            let may_be_missed = self.model.dropped.contains(sku);
            assert!(
                told.len() == 1 || may_be_missed && told.is_empty(),
                "{sku} was told {} times",
                told.len()
            );
        }
    }

    fn play(&mut self) {
        for _ in 0..self.rng.below(24) + 6 {
            self.step();
            let wait = self.rng.delay(2_500);
            world::pass(wait);
            self.note();
        }
        self.rest();
        self.check();
    }
}

fn session(seed: u64) {
    let mut play = Play::new(seed);
    let played = catch_unwind(AssertUnwindSafe(|| play.play()));
    if let Err(why) = played {
        let shown = env::var("NYMBLE_SEED").is_ok();
        eprintln!("{}", play.log.join("\n"));
        if shown {
            for asked in network::asked() {
                eprintln!(
                    "{} {} {:?} {:?}",
                    asked.method, asked.path, asked.fate, asked.done
                );
            }
        }
        eprintln!("replay it: NYMBLE_SEED={seed} cargo test --lib whole_sessions");
        std::mem::forget(play);
        resume_unwind(why);
    }
    world::end();
}

fn number(name: &str) -> Option<u64> {
    env::var(name).ok()?.parse().ok()
}

#[test]
fn whole_sessions_end_with_what_the_buyer_meant() {
    if let Some(seed) = number("NYMBLE_SEED") {
        return session(seed);
    }
    let (began, sessions) = (
        Instant::now(),
        number("NYMBLE_SESSIONS").unwrap_or(SESSIONS),
    );
    for seed in 0..sessions {
        session(seed);
    }
    let seconds = began.elapsed().as_secs_f64();
    eprintln!("{sessions} sessions in {seconds:.1} s");
}
