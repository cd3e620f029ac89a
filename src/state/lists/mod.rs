//! The customer's order lists on this device.
//!
//! A change shows at once and is written behind the screen, one writing at a time for each list, each on the
//! condition that nobody else has written meanwhile. If somebody has (another tab), both changes become one;
//! where they do not agree, the buyer is asked, and nothing is written until then. Tabs tell each other what
//! they have written. Lists of another customer on the same device are never read.
//!
//! Where the browser keeps nothing for this site, the lists are this tab's only, and the screens say so.

pub(crate) mod offer;

use leptos::{prelude::*, task::spawn_local};
use std::sync::Arc;

use super::{
    session::{Session, use_session},
    shared,
};
use crate::state::app::notices::{NoticeAction, Notices, Tone, use_notices};
use crate::{
    domain::{
        lists::saved_list::{Clash, OrderList, free_name},
        orders::reorder::ItemSnapshot,
    },
    locale::{Locale, use_locale},
    ports::{
        database::{self, Kept, Store, Trouble},
        random, storage,
        tabs::Tabs,
        time,
    },
};

/// Whether the lists are there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Phase {
    /// They have not been read yet.
    Reading,
    /// They are there.
    Known,
}

/// The beginning of the key under which this tab has the lists that the device does not keep.
const TAB_KEY: &str = "nymble.tab-lists ";

/// What two tabs do not agree about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Dispute {
    /// The list as the other tab has written it.
    pub(crate) theirs: Arc<OrderList>,
    /// Its revision.
    revision: u64,
    /// About what.
    pub(crate) clashes: Vec<Clash>,
}

/// A list with what is known of its writing.
#[derive(Clone)]
struct Entry {
    id: String,
    /// As it is shown.
    list: Arc<OrderList>,
    /// As it is in the database, with its revision; none before it was ever written.
    saved: Option<(Arc<OrderList>, u64)>,
    /// Why it is not written.
    dispute: Option<Arc<Dispute>>,
    writing: bool,
}

impl Entry {
    fn is_saved(&self) -> bool {
        self.saved
            .as_ref()
            .is_some_and(|(saved, _)| *saved == self.list)
    }
}

/// The lists. A copy is a handle.
#[derive(Clone, Copy)]
pub(crate) struct OrderLists {
    notices: Notices,
    locale: Locale,
    /// The beginning of their keys: whose they are.
    prefix: StoredValue<String>,
    entries: RwSignal<Vec<Entry>>,
    phase: RwSignal<Phase>,
    /// Whether the device keeps none, so that they are this tab's only.
    of_tab: RwSignal<bool>,
    tabs: StoredValue<Option<Tabs>, LocalStorage>,
}

/// A list as the database has it; none when it cannot be read.
fn read(kept: &Kept) -> Option<(Arc<OrderList>, u64)> {
    let list = OrderList::from_json(&kept.text)?;
    Some((Arc::new(list), kept.revision))
}

impl OrderLists {
    fn new() -> Self {
        let session: Session = use_session();
        let mut prefix = untrack(|| session.customer_scope()).unwrap_or_default();
        // A line break is in no customer number: none is the beginning of another.
        prefix.push('\n');
        let lists = Self {
            notices: use_notices(),
            locale: use_locale(),
            entries: RwSignal::new(Vec::new()),
            phase: RwSignal::new(Phase::Reading),
            of_tab: RwSignal::new(false),
            tabs: StoredValue::new_local(None),
            prefix: StoredValue::new(prefix),
        };
        let channel = lists
            .prefix
            .with_value(|whose| format!("nymble.lists {whose}"));
        let tabs = Tabs::open(&channel, move |id| lists.heard(id));
        lists.tabs.set_value(Some(tabs));
        lists.read_all();
        lists
    }

    /// Reads the lists, again after a failure.
    pub(crate) fn read_all(self) {
        self.phase.set(Phase::Reading);
        spawn_local(async move {
            let prefix = self.prefix.get_value();
            let in_tab = self.in_tab();
            let Ok(all) = database::all(Store::Lists, &prefix).await else {
                self.of_tab.set(true);
                self.entries.set(in_tab);
                return self.phase.set(Phase::Known);
            };
            let entry = |(key, kept): &(String, Kept)| {
                let saved = read(kept)?;
                Some(Entry {
                    id: key.strip_prefix(&prefix)?.to_owned(),
                    list: Arc::clone(&saved.0),
                    saved: Some(saved),
                    dispute: None,
                    writing: false,
                })
            };
            let mut entries: Vec<Entry> = all.iter().filter_map(entry).collect();
            // What was this tab's only is written now.
            let known = |id: &str| entries.iter().any(|entry| entry.id == id);
            let late: Vec<Entry> = in_tab.into_iter().filter(|it| !known(&it.id)).collect();
            let ids: Vec<String> = late.iter().map(|entry| entry.id.clone()).collect();
            entries.extend(late.into_iter().map(|entry| Entry {
                saved: None,
                ..entry
            }));
            self.of_tab.set(false);
            self.entries.set(entries);
            self.phase.set(Phase::Known);
            storage::set(&self.tab_key(), None);
            for id in ids {
                self.write(id);
            }
        });
    }

    /// Whether the device keeps none, so that they are this tab's only (tracked).
    pub(crate) fn are_of_tab(self) -> bool {
        self.of_tab.get()
    }

    fn tab_key(self) -> String {
        self.prefix.with_value(|prefix| [TAB_KEY, prefix].concat())
    }

    /// The lists that are this tab's only.
    fn in_tab(self) -> Vec<Entry> {
        let kept: Vec<(String, String)> = storage::get_json(&self.tab_key()).unwrap_or_default();
        let entry = |(id, text): (String, String)| {
            let list = Arc::new(OrderList::from_json(&text)?);
            Some(Entry {
                id,
                saved: Some((Arc::clone(&list), 0)),
                list,
                dispute: None,
                writing: false,
            })
        };
        kept.into_iter().filter_map(entry).collect()
    }

    /// Keeps all lists for this tab, where the device keeps none. Says whether that is so.
    fn keep_in_tab(self) -> bool {
        if !self.of_tab.get_untracked() {
            return false;
        }
        let all = self.entries.try_update(|entries| {
            let entries = entries.iter_mut().map(|entry| {
                entry.saved = Some((Arc::clone(&entry.list), 0));
                (entry.id.clone(), entry.list.to_json())
            });
            entries.collect::<Vec<_>>()
        });
        let text = serde_json::to_string(&all.unwrap_or_default()).ok();
        storage::set(&self.tab_key(), text.as_deref());
        true
    }

    /// Whether they are there (tracked).
    pub(crate) fn phase(self) -> Phase {
        self.phase.get()
    }

    /// All lists with their ids, the one changed last first (tracked).
    pub(crate) fn all(self) -> Vec<(String, Arc<OrderList>)> {
        let mut all: Vec<_> = self.entries.with(|entries| {
            let both = |entry: &Entry| (entry.id.clone(), Arc::clone(&entry.list));
            entries.iter().map(both).collect()
        });
        all.sort_by(|(_, one), (_, other)| {
            let names = || one.name.cmp(&other.name);
            other.changed.cmp(&one.changed).then_with(names)
        });
        all
    }

    /// A list (tracked).
    pub(crate) fn list(self, id: &str) -> Option<Arc<OrderList>> {
        self.entries.with(|entries| {
            let entry = entries.iter().find(|entry| entry.id == id)?;
            Some(Arc::clone(&entry.list))
        })
    }

    /// What this tab and another one do not agree about in a list (tracked).
    pub(crate) fn dispute(self, id: &str) -> Option<Arc<Dispute>> {
        self.entries.with(|entries| {
            let entry = entries.iter().find(|entry| entry.id == id)?;
            entry.dispute.clone()
        })
    }

    /// Changes an entry, if it is there still.
    fn update<T>(self, id: &str, change: impl FnOnce(&mut Entry) -> T) -> Option<T> {
        self.entries.try_update(|entries| {
            let entry = entries.iter_mut().find(|entry| entry.id == id)?;
            Some(change(entry))
        })?
    }

    /// Makes a list of `lines`, and says its id.
    pub(crate) fn create(
        self,
        name: String,
        currency: Option<String>,
        lines: Vec<ItemSnapshot>,
    ) -> String {
        let list = OrderList::new(name, currency, lines);
        // Without a source of chance the clock will do: ids are this customer's on this device only.
        let id = random::token().unwrap_or_else(|| time::now_ms().to_string());
        self.put(id.clone(), list);
        id
    }

    /// Makes a copy of a list under a name that is free; the new list's id.
    pub(crate) fn duplicate(self, list: &OrderList) -> String {
        let taken = untrack(|| self.all());
        let taken: Vec<&str> = taken.iter().map(|(_, list)| list.name.as_str()).collect();
        let name = free_name(&list.name, &taken);
        self.create(name, list.currency.clone(), list.lines.clone())
    }

    fn put(self, id: String, mut list: OrderList) {
        list.changed = time::now_seconds();
        self.entries.update(|entries| {
            entries.push(Entry {
                id: id.clone(),
                list: Arc::new(list),
                saved: None,
                dispute: None,
                writing: false,
            });
        });
        self.write(id);
    }

    /// Changes a list.
    pub(crate) fn change(self, id: &str, change: impl FnOnce(&mut OrderList)) {
        self.update(id, |entry| {
            let mut list = entry.list.as_ref().clone();
            change(&mut list);
            if list != *entry.list {
                list.changed = time::now_seconds();
                entry.list = Arc::new(list);
            }
        });
        self.write(id.to_owned());
    }

    /// Removes a line, and offers to put it back.
    pub(crate) fn remove_line(self, id: &str, sku: &str) {
        let mut removed = None;
        self.change(id, |list| removed = list.remove(sku));
        let Some((place, line)) = removed else { return };
        let text = self
            .locale
            .text_with("cart.removed", &[("name", &line.name)]);
        let id = id.to_owned();
        self.offer_undo(text, move || {
            self.change(&id, |list| list.put_back(place, line.clone()));
        });
    }

    fn offer_undo(self, text: String, undo: impl Fn() + Send + Sync + 'static) {
        let action = NoticeAction {
            label: self.locale.text("undo"),
            run: Arc::new(undo),
        };
        self.notices.show(Tone::Done, text, Some(action));
    }

    /// Deletes a list, and offers to bring it back.
    pub(crate) fn delete(self, id: &str) {
        let removed = self.entries.try_update(|entries| {
            let place = entries.iter().position(|entry| entry.id == id)?;
            Some(entries.remove(place))
        });
        let Some(Some(entry)) = removed else { return };
        let text = self
            .locale
            .text_with("lists.deleted", &[("name", &entry.list.name)]);
        let (back, id) = (Arc::clone(&entry.list), entry.id.clone());
        self.offer_undo(text, move || self.put(id.clone(), back.as_ref().clone()));
        if self.keep_in_tab() {
            return;
        }
        let Some((_, revision)) = entry.saved else {
            return;
        };
        spawn_local(async move {
            let key = self.key(&entry.id);
            match database::delete_if(Store::Lists, &key, revision).await {
                Ok(()) => self.tell(&entry.id),
                // Somebody has changed it meanwhile: it is not what was to be deleted.
                Err(Trouble::Changed(Some(_))) => {
                    let text = self.locale.text("lists.changed_elsewhere");
                    self.notices.show(Tone::Trouble, text, None);
                    self.heard(entry.id);
                }
                Err(_) => self.say_not_kept(),
            }
        });
    }

    /// Settles what two tabs do not agree about: what this one says holds, or the other's list as it is.
    pub(crate) fn settle(self, id: &str, keep_mine: bool) {
        self.update(id, |entry| {
            let Some(dispute) = entry.dispute.take() else {
                return;
            };
            if keep_mine {
                let base = entry
                    .saved
                    .as_ref()
                    .map(|(saved, _)| saved.as_ref().clone());
                let base = base.unwrap_or_default();
                let (merged, _) = OrderList::merge(&base, &entry.list, &dispute.theirs);
                entry.list = Arc::new(merged);
            } else {
                entry.list = Arc::clone(&dispute.theirs);
            }
            entry.saved = Some((Arc::clone(&dispute.theirs), dispute.revision));
        });
        self.write(id.to_owned());
    }

    fn key(self, id: &str) -> String {
        self.prefix.with_value(|prefix| format!("{prefix}{id}"))
    }

    fn tell(self, id: &str) {
        self.tabs.with_value(|tabs| {
            if let Some(tabs) = tabs {
                tabs.send(id);
            }
        });
    }

    fn say_not_kept(self) {
        let text = self.locale.text("lists.not_kept");
        self.notices.show(Tone::Trouble, text, None);
    }

    /// Writes a list until the database has it as it is shown.
    fn write(self, id: String) {
        if self.keep_in_tab() {
            return;
        }
        let begin = |entry: &mut Entry| {
            let idle = !entry.writing && entry.dispute.is_none() && !entry.is_saved();
            entry.writing |= idle;
            idle
        };
        if self.update(&id, begin) != Some(true) {
            return;
        }
        spawn_local(async move {
            let key = self.key(&id);
            loop {
                let next = |entry: &mut Entry| {
                    (!entry.is_saved() && entry.dispute.is_none())
                        .then(|| (Arc::clone(&entry.list), entry.saved.as_ref().map(|it| it.1)))
                };
                let Some(Some((list, revision))) = self.update(&id, next) else {
                    break;
                };
                match database::put_if(Store::Lists, &key, &list.to_json(), revision).await {
                    Ok(revision) => {
                        self.update(&id, |entry| entry.saved = Some((list, revision)));
                        self.tell(&id);
                    }
                    Err(Trouble::Changed(now)) => {
                        self.update(&id, |entry| meet(entry, now.as_ref().and_then(read)));
                    }
                    Err(_) => {
                        self.say_not_kept();
                        break;
                    }
                }
            }
            self.update(&id, |entry| entry.writing = false);
        });
    }

    /// Another tab has written or deleted a list.
    fn heard(self, id: String) {
        spawn_local(async move {
            let Ok(now) = database::get(Store::Lists, &self.key(&id)).await else {
                return;
            };
            let now = now.as_ref().and_then(read);
            let known = self.update(&id, |entry| {
                // What is not written yet meets the other's when it is.
                if entry.is_saved()
                    && let Some(saved) = &now
                {
                    entry.list = Arc::clone(&saved.0);
                    entry.saved = Some(saved.clone());
                }
            });
            self.entries.update(|entries| match now {
                None => entries.retain(|entry| entry.id != id || !entry.is_saved()),
                Some(saved) if known.is_none() => entries.push(Entry {
                    id,
                    list: Arc::clone(&saved.0),
                    saved: Some(saved),
                    dispute: None,
                    writing: false,
                }),
                Some(_) => {}
            });
        });
    }
}

/// What this tab has meets what the database has: both become one, or the buyer is asked.
fn meet(entry: &mut Entry, theirs: Option<(Arc<OrderList>, u64)>) {
    let Some((theirs, revision)) = theirs else {
        // It was deleted: what was changed here since is kept.
        entry.saved = None;
        return;
    };
    let base = entry
        .saved
        .as_ref()
        .map(|(saved, _)| saved.as_ref().clone());
    let (merged, clashes) = OrderList::merge(&base.unwrap_or_default(), &entry.list, &theirs);
    if clashes.is_empty() {
        entry.list = Arc::new(merged);
        entry.saved = Some((theirs, revision));
    } else {
        entry.dispute = Some(Arc::new(Dispute {
            theirs,
            revision,
            clashes,
        }));
    }
}

/// The order lists of the running app's customer. Their first use reads them.
///
/// # Panics
/// Outside the app's component tree.
pub(crate) fn use_order_lists() -> OrderLists {
    shared(OrderLists::new)
}
