//! That the simulated world is one: time, tabs, locks, stores and chance as a browser has them, and the same each time.

use std::{cell::RefCell, rc::Rc};

use super::{
    database::{self, Store, Trouble},
    locks::{self, Turn},
    network::{self, Fate, Method, Weather},
    shop::{self, BUYER},
    tab::{Tab, begin},
    world,
};
use crate::ports::{device, page, storage, tabs::Tabs, time};

/// What happened, in its order.
#[derive(Clone, Default)]
struct Told(Rc<RefCell<Vec<String>>>);

impl Told {
    fn tell(&self, what: &str) {
        self.0.borrow_mut().push(what.to_owned());
    }

    fn all(&self) -> Vec<String> {
        self.0.borrow().clone()
    }
}

fn spawn(task: impl Future<Output = ()> + 'static) {
    leptos::task::spawn_local(task);
}

#[test]
fn time_passes_when_nothing_else_is_to_be_done() {
    begin(1);
    let (tab, told) = (Tab::open(), Told::default());
    for wait in [30, 10, 20] {
        let told = told.clone();
        tab.act(|| {
            spawn(async move {
                time::sleep(wait * 1000).await;
                told.tell(&wait.to_string());
            });
        });
    }
    world::pass(25_000);
    assert_eq!(told.all(), ["10", "20"]);
    world::pass(3_600_000);
    assert_eq!(told.all(), ["10", "20", "30"]);
    let passed = tab.act(time::reading).running;
    assert_eq!(passed, 3_625_000);
    world::end();
}

#[test]
fn a_tab_that_goes_takes_along_what_it_was_doing() {
    begin(2);
    let (tab, told) = (Tab::open(), Told::default());
    let begin = |told: &Told| {
        let told = told.clone();
        tab.act(|| {
            storage::set("kept", Some("for this tab"));
            device::set("kept", Some("for all"));
            spawn(async move {
                time::sleep(100).await;
                told.tell("done");
            });
        });
    };
    begin(&told);
    tab.reload();
    world::pass(1_000);
    assert_eq!(told.all().len(), 0);
    assert_eq!(tab.kept("kept").as_deref(), Some("for this tab"));
    begin(&told);
    tab.close();
    let other = Tab::open();
    world::pass(1_000);
    assert_eq!(told.all().len(), 0);
    assert_eq!(other.kept("kept"), None);
    assert_eq!(
        other.act(|| device::get("kept")).as_deref(),
        Some("for all")
    );
    world::end();
}

#[test]
fn what_a_storage_refuses_is_kept_by_the_page_alone() {
    begin(3);
    let (tab, other) = (Tab::open(), Tab::open());
    world::with(|world| world.device.full = true);
    assert!(!tab.act(|| storage::set("kept", Some("here"))));
    assert_eq!(tab.kept("kept").as_deref(), Some("here"));
    assert_eq!(other.kept("kept"), None);
    // Loaded anew by the shop itself, what is in memory comes along; by the buyer it does not.
    tab.act(page::reload);
    assert_eq!(tab.kept("kept").as_deref(), Some("here"));
    tab.reload();
    assert_eq!(tab.kept("kept"), None);
    world::end();
}

#[test]
fn messages_are_heard_by_the_others_in_their_order() {
    for seed in 0..20 {
        begin(seed);
        let (one, two) = (Tab::open(), Tab::open());
        let told = Told::default();
        let open = |tab: Tab, name: &'static str| {
            let told = told.clone();
            tab.act(|| Tabs::open("line", move |text| told.tell(&[name, " ", &text].concat())))
        };
        let (line, _other) = (open(one, "one"), open(two, "two"));
        one.act(|| {
            line.send("first");
            line.send("second");
        });
        world::pass(1_000);
        assert_eq!(told.all(), ["two first", "two second"], "{seed}");
        world::end();
    }
}

#[test]
fn a_lock_is_held_by_one_tab_until_it_goes() {
    begin(5);
    let (one, two) = (Tab::open(), Tab::open());
    let told = Told::default();
    let ask = |tab: Tab, name: &'static str| {
        let told = told.clone();
        tab.act(|| {
            spawn(async move {
                let turn = locks::turn("lock").await;
                told.tell(match turn {
                    Turn::Mine(_) => name,
                    Turn::Nobodys => "nobody's",
                    Turn::Others => "others",
                });
                time::sleep(60_000).await;
                drop(turn);
            });
        });
    };
    ask(one, "one");
    world::pass(100);
    ask(two, "two");
    world::pass(5_000);
    assert_eq!(told.all(), ["one"]);
    one.crash();
    world::pass(100);
    assert_eq!(told.all(), ["one", "two"]);
    world::end();
}

#[test]
fn the_database_keeps_what_was_written_on_its_condition() {
    begin(6);
    let (one, two) = (Tab::open(), Tab::open());
    let told = Told::default();
    for tab in [one, two] {
        let told = told.clone();
        tab.act(|| {
            spawn(async move {
                let put = database::put_if(Store::Drafts, "key", "text", None).await;
                told.tell(match put {
                    Ok(1) => "written",
                    Err(Trouble::Changed(Some(_))) => "changed",
                    _ => "else",
                });
            });
        });
    }
    world::pass(1_000);
    let mut all = told.all();
    all.sort();
    assert_eq!(all, ["changed", "written"]);
    world::end();
}

/// A stormy session, and all that was asked in it.
fn storm(seed: u64) -> (Vec<String>, Vec<(String, i64)>, i64) {
    begin(seed);
    let tab = Tab::signed_in(BUYER);
    world::with(|world| {
        world.network.weather = Weather {
            cut_before: 60,
            cut_after: 60,
            doubled: 60,
            failed: 60,
            delay: 300,
            ..Weather::default()
        };
    });
    for sku in shop::skus(5) {
        tab.cart(|cart| cart.add(&sku, "Bolt", 2));
        world::pass(150);
    }
    world::pass(30_000);
    let asked = network::asked();
    let asked = asked.iter().map(|asked| {
        // The ids of carts are made by the server, by a chance of its own.
        let path = asked.path.split('/').take(4).collect::<Vec<_>>().join("/");
        format!("{} {path} {:?} {:?}", asked.method, asked.fate, asked.done)
    });
    let outcome = (
        asked.collect(),
        shop::cart(),
        world::with(|world| world.now),
    );
    world::end();
    outcome
}

#[test]
fn a_seed_replays_exactly() {
    let seeds = 100..110;
    let all: Vec<_> = seeds.clone().map(storm).collect();
    let again: Vec<_> = seeds.map(storm).collect();
    assert_eq!(all, again);
    assert!(all.windows(2).any(|two| two[0] != two[1]));
}

#[test]
fn what_is_planned_for_a_request_happens_to_it() {
    for (fate, done) in [
        (Fate::CutBefore, vec![]),
        (Fate::CutAfter, vec![201]),
        (Fate::Failed, vec![]),
        (Fate::Proxy, vec![]),
        (Fate::TooMany(1), vec![]),
        (Fate::TokenEnded, vec![]),
    ] {
        begin(7);
        let tab = Tab::signed_in(BUYER);
        network::plan(Method::POST, "/api/carts/", fate);
        tab.cart(|cart| cart.add(&shop::skus(1)[0], "Bolt", 1));
        let sent = || {
            network::asked()
                .into_iter()
                .find(|it| it.method == Method::POST)
        };
        world::pass(50);
        assert_eq!(sent().map(|it| (it.fate, it.done)), Some((fate, done)));
        world::end();
    }
}
