//! The world: one clock, what is due when, the tabs and what they share.
//!
//! A tab does one thing at a time, as in a browser: a timer, an answer, a message, an event or what the buyer does, and
//! after it all its tasks that can go on. Between two such turns any other tab may have one.

use std::{
    cell::RefCell,
    collections::{BTreeMap, VecDeque},
    pin::Pin,
    rc::Rc,
    sync::{Arc, Mutex, Once, PoisonError},
    task::{Context, Poll, Wake, Waker},
};

use any_spawner::{CustomExecutor, Executor, PinnedFuture, PinnedLocalFuture};
use leptos::{prelude::Owner, reactive::diagnostics::SpecialNonReactiveZone};

use super::{
    database::Database,
    locks::Locks,
    network::Network,
    place::Listener,
    rng::Rng,
    stores::{Area, Texts},
    tabs::Channel,
};
use crate::{
    browser::{device, storage, time},
    domain::values::clocks::ServerClock,
};

/// Which tab. A tab that was loaded anew is the same one.
pub(crate) type TabId = u64;

/// When the world begins: in seconds since 1970.
pub(crate) const BEGINS: i64 = 1_800_000_000;

/// So many turns no session takes: something goes round in a circle.
const MOST_TURNS: usize = 200_000;

/// Something that is due.
struct Event {
    tab: Option<TabId>,
    run: Box<dyn FnOnce()>,
}

/// A tab of the browser.
pub(super) struct Tab {
    /// Goes up when it is loaded anew: what was begun before is not heard of any more.
    pub(super) load: u64,
    pub(super) owner: Owner,
    tasks: BTreeMap<u64, Pin<Box<dyn Future<Output = ()>>>>,
    ready: Arc<Ready>,
    /// `sessionStorage`.
    pub(super) texts: Rc<RefCell<Texts>>,
    /// What the storage refused: the page's own memory of it, in this order: tab, device.
    memories: [Vec<(String, String)>; 2],
    server_clock: ServerClock,
    pub(super) listeners: Vec<Listener>,
    pub(super) channels: Vec<Channel>,
    pub(super) path: String,
    pub(super) visible: bool,
    /// Where the page is on its way to.
    pub(super) leaves: Option<String>,
}

/// Everything there is.
pub(crate) struct World {
    pub(crate) rng: Rng,
    /// Milliseconds since the world began.
    pub(crate) now: i64,
    last_id: u64,
    events: BTreeMap<(i64, u64), Event>,
    pub(super) tabs: BTreeMap<TabId, Tab>,
    pub(super) current: Option<TabId>,
    /// `localStorage`.
    pub(crate) device: Area,
    pub(crate) database: Database,
    pub(super) locks: Locks,
    pub(crate) network: Network,
    /// What an app does when its tab is loaded.
    pub(super) boot: fn(),
}

thread_local! {
    static WORLD: RefCell<Option<World>> = const { RefCell::new(None) };
}

/// The tasks of one tab that can go on, in the order in which they were woken.
#[derive(Default)]
struct Ready(Mutex<VecDeque<u64>>);

impl Ready {
    fn push(&self, task: u64) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if !all.contains(&task) {
            all.push_back(task);
        }
    }

    fn pop(&self) -> Option<u64> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.pop_front()
    }
}

struct TaskWaker {
    task: u64,
    ready: Arc<Ready>,
}

impl Wake for TaskWaker {
    fn wake(self: Arc<Self>) {
        self.ready.push(self.task);
    }
}

/// Hands the tasks of leptos to the tab that makes them, on whatever thread its world is.
struct ToTheTab;

impl CustomExecutor for ToTheTab {
    fn spawn(&self, task: PinnedFuture<()>) {
        spawn(task);
    }

    fn spawn_local(&self, task: PinnedLocalFuture<()>) {
        spawn(task);
    }

    fn poll_local(&self) {}
}

static EXECUTOR: Once = Once::new();

/// Uses the world. Nothing of the storefront may be called meanwhile.
pub(crate) fn with<T>(work: impl FnOnce(&mut World) -> T) -> T {
    WORLD.with_borrow_mut(|world| work(world.as_mut().expect("a world was begun")))
}

/// Begins a new world on this thread, in which everything happens by `seed`.
pub(crate) fn begin(seed: u64, boot: fn()) {
    EXECUTOR.call_once(|| {
        Executor::init_custom_executor(ToTheTab).expect("nobody else sets the executor");
    });
    end();
    let world = World {
        rng: Rng::new(seed),
        now: 0,
        last_id: 0,
        events: BTreeMap::new(),
        tabs: BTreeMap::new(),
        current: None,
        device: Area::default(),
        database: Database::default(),
        locks: Locks::default(),
        network: Network::default(),
        boot,
    };
    WORLD.set(Some(world));
    super::network::begin_anew();
}

/// Closes every tab and ends the world, if there is one.
pub(crate) fn end() {
    if WORLD.with_borrow(Option::is_none) {
        return;
    }
    for tab in all_tabs() {
        crash(tab);
    }
    WORLD.take();
}

pub(super) fn next_id() -> u64 {
    with(|world| {
        world.last_id += 1;
        world.last_id
    })
}

/// Has `run` done in `delay` milliseconds, by that tab as far as it is still there and not loaded anew.
pub(super) fn schedule(delay: i64, tab: Option<TabId>, run: impl FnOnce() + 'static) -> (i64, u64) {
    let id = next_id();
    with(|world| {
        let key = (world.now + delay.max(0), id);
        let load = tab.and_then(|tab| world.tabs.get(&tab)).map(|tab| tab.load);
        let run = Box::new(move || {
            let same = tab.is_none()
                || with(|world| {
                    let now = tab.and_then(|tab| world.tabs.get(&tab));
                    now.map(|tab| tab.load) == load
                });
            if same {
                run();
            }
        });
        world.events.insert(key, Event { tab, run });
        key
    })
}

/// Forgets what was due.
pub(super) fn cancel(key: (i64, u64)) -> bool {
    with(|world| world.events.remove(&key)).is_some()
}

/// The tab that is at work.
pub(super) fn current() -> TabId {
    with(|world| world.current).expect("a tab is at work")
}

pub(super) fn all_tabs() -> Vec<TabId> {
    with(|world| world.tabs.keys().copied().collect())
}

pub(super) fn of_current<T>(work: impl FnOnce(&mut Tab) -> T) -> T {
    with(|world| {
        let current = world.current.expect("a tab is at work");
        work(world.tabs.get_mut(&current).expect("it is there"))
    })
}

/// A task of the tab that is at work.
pub(super) fn spawn(task: Pin<Box<dyn Future<Output = ()>>>) {
    let id = next_id();
    // While a tab is being closed nobody begins anything.
    let refused = with(|world| {
        let tab = world.current.and_then(|tab| world.tabs.get_mut(&tab));
        let Some(tab) = tab else { return Some(task) };
        tab.tasks.insert(id, task);
        tab.ready.push(id);
        None
    });
    drop(refused);
}

/// Puts what one tab's page keeps in statics in place of what is there, and takes that out.
fn exchange(tab: TabId) {
    with(|world| {
        let Some(tab) = world.tabs.get_mut(&tab) else {
            return;
        };
        let [of_tab, of_device] = &mut tab.memories;
        storage::exchange(of_tab);
        device::exchange(of_device);
        tab.server_clock = time::exchange(tab.server_clock);
    });
}

/// One turn of a tab: `work`, and all its tasks that can go on. Then it goes where it was led to.
pub(super) fn turn<T>(tab: TabId, work: impl FnOnce() -> T) -> T {
    let done = turn_and_stay(tab, work);
    let leaves = with(|world| world.tabs.get_mut(&tab)?.leaves.take());
    if let Some(path) = leaves {
        load(tab, &path, true);
    }
    done
}

fn turn_and_stay<T>(tab: TabId, work: impl FnOnce() -> T) -> T {
    let before = with(|world| world.current.replace(tab));
    assert!(before.is_none(), "a tab's turn is over before the next one");
    exchange(tab);
    // What is read outside of a view is not meant to be followed.
    let unfollowed = SpecialNonReactiveZone::enter();
    let done = work();
    go_on(tab);
    drop(unfollowed);
    exchange(tab);
    with(|world| world.current = None);
    done
}

/// Has the tab's tasks go on until each of them waits for something.
fn go_on(tab: TabId) {
    for _ in 0..MOST_TURNS {
        // The page that is on its way to another address does nothing more.
        let next = with(|world| {
            let tab = world.tabs.get_mut(&tab)?;
            let id = tab.ready.pop()?;
            let task = tab.tasks.remove(&id);
            Some((id, task, Arc::clone(&tab.ready)))
        });
        let Some((id, task, ready)) = next else {
            return;
        };
        let Some(mut task) = task else { continue };
        let waker = Waker::from(Arc::new(TaskWaker { task: id, ready }));
        if task.as_mut().poll(&mut Context::from_waker(&waker)) == Poll::Pending {
            with(|world| {
                if let Some(tab) = world.tabs.get_mut(&tab) {
                    tab.tasks.insert(id, task);
                }
            });
        }
    }
    panic!("the tasks of a tab wake each other without end");
}

/// The next thing that is due happens. Says whether there was one.
pub(crate) fn step() -> bool {
    let event = with(|world| {
        let ((due, _), event) = world.events.pop_first()?;
        world.now = world.now.max(due);
        Some(event)
    });
    let Some(Event { tab, run }) = event else {
        return false;
    };
    match tab {
        None => run(),
        Some(tab) => {
            if with(|world| world.tabs.contains_key(&tab)) {
                turn(tab, run);
            }
        }
    }
    true
}

/// Everything happens that is due within `milliseconds`.
pub(crate) fn pass(milliseconds: i64) {
    let until = with(|world| world.now) + milliseconds;
    for _ in 0..MOST_TURNS {
        let due = with(|world| world.events.keys().next().map(|(due, _)| *due));
        if due.is_none_or(|due| due > until) {
            with(|world| world.now = until);
            return;
        }
        step();
    }
    panic!("more happens than any session would bring");
}

/// Time passes until `done`, for `longest` milliseconds at most; says whether it is.
pub(crate) fn pass_until(longest: i64, done: impl Fn() -> bool) -> bool {
    let until = with(|world| world.now) + longest;
    while !done() {
        let due = with(|world| world.events.keys().next().map(|(due, _)| *due));
        if due.is_none_or(|due| due > until) {
            return false;
        }
        step();
    }
    true
}

/// Opens a tab at `path`, with nothing kept for it.
pub(crate) fn open(path: &str) -> TabId {
    open_with(path, Texts::default())
}

/// Opens a tab that takes up what was kept for another one.
pub(super) fn open_with(path: &str, texts: Texts) -> TabId {
    let id = next_id();
    let tab = Tab {
        load: id,
        owner: Owner::new(),
        tasks: BTreeMap::new(),
        ready: Arc::default(),
        texts: Rc::new(RefCell::new(texts)),
        memories: [Vec::new(), Vec::new()],
        server_clock: ServerClock::UNKNOWN,
        listeners: Vec::new(),
        channels: Vec::new(),
        path: path.to_owned(),
        visible: true,
        leaves: None,
    };
    let boot = with(|world| {
        world.tabs.insert(id, tab);
        world.boot
    });
    turn(id, boot);
    id
}

/// The page goes, in the middle of whatever it does: its tasks, listeners, locks and signals.
fn unload(tab: TabId) {
    with(|world| world.current = Some(tab));
    exchange(tab);
    let gone = with(|world| {
        let tab = world.tabs.get_mut(&tab)?;
        // What happens now is no longer heard of.
        tab.load = 0;
        let tasks = std::mem::take(&mut tab.tasks);
        let listeners = std::mem::take(&mut tab.listeners);
        let channels = std::mem::take(&mut tab.channels);
        let owner = std::mem::replace(&mut tab.owner, Owner::new());
        tab.ready = Arc::default();
        Some((tasks, listeners, channels, owner))
    });
    if let Some((tasks, listeners, channels, owner)) = gone {
        drop(tasks);
        drop(listeners);
        drop(channels);
        owner.cleanup();
        drop(owner);
    }
    exchange(tab);
    with(|world| world.current = None);
    super::locks::release_all(tab);
    super::network::page_goes(tab);
}

/// Loads the tab anew, at `path`; with `carry` what only the page's memory holds comes along.
pub(crate) fn load(tab: TabId, path: &str, carry: bool) {
    turn_and_stay(tab, || super::place::happen(tab, "pagehide"));
    unload(tab);
    let id = next_id();
    let boot = with(|world| {
        let known = world.tabs.get_mut(&tab)?;
        known.load = id;
        known.path = path.to_owned();
        known.leaves = None;
        known.tasks.clear();
        known.ready = Arc::default();
        known.memories[1].clear();
        if !carry {
            known.memories[0].clear();
        }
        known.server_clock = ServerClock::UNKNOWN;
        Some(world.boot)
    });
    if let Some(boot) = boot {
        turn(tab, boot);
    }
}

/// Closes the tab; the browser tells the page beforehand.
pub(crate) fn close(tab: TabId) {
    turn_and_stay(tab, || super::place::happen(tab, "pagehide"));
    crash(tab);
}

/// The tab is gone from one moment to the next.
pub(crate) fn crash(tab: TabId) {
    unload(tab);
    with(|world| world.tabs.remove(&tab));
}
