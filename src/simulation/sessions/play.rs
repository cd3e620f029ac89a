//! A session as it goes: what happens next, what is noted of it, how it comes to rest, and what must hold then.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    checkout::Checkout,
    model::{Model, Op},
    pad::Pad,
    paying::Paying,
};
use crate::{
    simulation::{
        network::Weather,
        place,
        rng::Rng,
        shop::{self, BUYER},
        tab::{Tab, begin},
        world,
    },
    state::{
        app::notices::Tone,
        cart::{CartState, Phase, use_cart},
    },
};

/// Products that are ordered in a session.
const PRODUCTS: usize = 18;
/// Part of `cart.perhaps_ordered`: what was added may have been ordered with a cart that has ended.
const PERHAPS_ORDERED: &str = "Whether this was ordered with it could not be found out";

/// So many tabs a customer has at most.
const TABS: usize = 3;

pub(super) struct Play {
    pub(super) rng: Rng,
    pub(super) skus: Vec<String>,
    pub(super) tabs: Vec<Tab>,
    /// In which tab a product is ordered; a product that is shared is ordered in all of them.
    pub(super) owners: BTreeMap<String, Tab>,
    pub(super) shares: bool,
    pub(super) model: Model,
    pub(super) checkout: Checkout,
    pub(super) paying: Paying,
    pub(super) pad: Pad,
    /// Whether this tab's, or the device's, storage or database keeps nothing: whoever loads anew has lost what is not
    /// with the server.
    pub(super) stores_fail: bool,
    /// A tab has gone: nobody told the others what became of what it was doing.
    pub(super) lost_a_tab: bool,
    /// What has happened, for whoever reads of a failure.
    pub(super) log: Vec<String>,
}

pub(super) fn ready(tab: Tab) -> bool {
    tab.is_signed_in() && tab.look(|| use_cart().phase()) == Phase::Known
}

impl Play {
    pub(super) fn new(seed: u64) -> Self {
        let mut rng = Rng::new(seed ^ 0x5E55_1035);
        begin(seed);
        let mut skus = shop::skus(PRODUCTS + Pad::PRODUCTS);
        let pad = Pad::new(skus.split_off(PRODUCTS));
        let tabs = vec![Tab::signed_in(BUYER)];
        world::pass(2_000);
        let shares = rng.happens(250);
        let paying = Paying::new(&mut rng);
        let mut play = Self {
            skus,
            tabs,
            owners: BTreeMap::new(),
            shares,
            model: Model::default(),
            checkout: Checkout::default(),
            paying,
            pad,
            stores_fail: false,
            lost_a_tab: false,
            log: Vec::new(),
            rng,
        };
        let alone = play.rng.happens(400);
        play.weather();
        if play.rng.happens(120) {
            play.stores_fail();
        }
        if !alone {
            for _ in 1..=play.rng.below(2) + 1 {
                play.open_tab();
            }
        }
        play
    }

    pub(super) fn say(&mut self, what: &str) {
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

    pub(super) fn open_tab(&mut self) {
        if self.tabs.len() < TABS {
            let tab = Tab::open();
            self.tabs.push(tab);
            self.say(&format!("opens tab {}", tab.0));
        }
    }

    fn step(&mut self) {
        let tab = *self.rng.pick(&self.tabs);
        let able = ready(tab);
        match self.rng.below(120) {
            0..30 if able => self.add(tab),
            30..45 if able && !self.shares => self.set(tab),
            45..53 if able && !self.shares => self.remove(tab),
            53..58 if able => self.undo(tab),
            58..65 if able => self.add_many(tab),
            65..69 if able => self.add_missing(tab),
            69..75 if !self.shares => self.reload(tab),
            75..77 if !self.shares && self.tabs.len() > 1 => self.leave(tab),
            77..80 => self.open_tab(),
            80..83 if !self.shares => self.connection(),
            83..85 => {
                self.say(&format!("looks at tab {}", tab.0));
                place::fire(tab.0, "focus");
            }
            85..87 if tab.is_signed_in() => self.sign_out(tab),
            87..90 if able => {
                self.say(&format!("tries again in tab {}", tab.0));
                tab.cart(CartState::try_again);
            }
            90..97 if able => self.order(tab),
            97..104 if able => self.pay(tab),
            104..117 if able => self.fill_pad(tab),
            _ => self.sign_in(tab),
        }
    }

    pub(super) fn quantity(&mut self) -> u32 {
        u32::try_from(self.rng.below(3) + 1).unwrap_or(1)
    }

    /// The buyer does something to a product's quantity.
    pub(super) fn done(&mut self, tab: Tab, sku: &str, op: Op) {
        let cart = tab.look(|| use_cart().confirmed_now());
        let ended = cart.is_some_and(|cart| self.checkout.is_ordered(&cart.shopping_cart_id));
        let gives_up = ended && matches!(op, Op::Set(_));
        // What is added to a change that waits goes where that goes.
        let merges = ended && tab.look(|| use_cart().unsent_skus()).contains(sku);
        self.model.of(sku).done(tab.0, op, gives_up || merges);
    }

    /// Notes what is settled, and what was told.
    pub(super) fn note(&mut self) {
        self.take_orders();
        for tab in self.tabs.clone() {
            if !ready(tab) {
                continue;
            }
            self.note_doubts(tab);
            let unsent = tab.look(|| use_cart().unsent_skus());
            for (sku, meant) in &mut self.model.products {
                if !unsent.contains(sku) {
                    meant.settle(tab.0);
                }
            }
            self.note_refusals(tab);
            self.paying.note(tab);
        }
    }

    /// Hears that what was added may have been ordered.
    fn note_doubts(&mut self, tab: Tab) {
        let load = tab.load();
        for notice in tab.notices() {
            let is_new = notice.text.contains(PERHAPS_ORDERED)
                && self.model.perhaps.insert((tab.0, load, notice.id));
            if is_new {
                for meant in self.model.products.values_mut() {
                    meant.perhaps_ordered(tab.0);
                }
            }
        }
    }

    fn note_refusals(&mut self, tab: Tab) {
        let load = tab.load();
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

    /// The same of a tab whose page goes.
    pub(super) fn note_gone(&mut self, tab: Tab) {
        self.take_orders();
        if tab.is_ready() {
            self.note_doubts(tab);
            self.note_refusals(tab);
            self.paying.note(tab);
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
                } else {
                    rests &= self.orders_rest(tab);
                    rests &= self.payments_rest(tab);
                }
            }
            if rests && self.pad_rests() {
                // Nobody told the others of what a tab did that is gone.
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
        let known: BTreeSet<&String> = self.model.products.keys().chain(&self.pad.skus).collect();
        for sku in cart.keys() {
            assert!(known.contains(sku), "nobody meant {sku}");
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
        self.check_orders();
        self.check_payments();
        self.check_pad(&cart);
    }

    pub(super) fn play(&mut self) {
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
