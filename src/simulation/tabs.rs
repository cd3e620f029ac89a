//! Messages between tabs.

use std::rc::Rc;

use super::world::{self, TabId};

/// A message comes so late at most, in milliseconds.
const LATE_MS: u64 = 30;

/// An open line of a tab.
pub(super) struct Channel {
    id: u64,
    name: String,
    heard: Rc<dyn Fn(String)>,
    /// When the last message on its way comes: messages do not overtake each other.
    last_due: i64,
}

#[derive(Clone)]
pub(crate) struct Tabs {
    id: u64,
    name: String,
}

impl Tabs {
    pub(crate) fn open(name: &str, heard: impl Fn(String) + 'static) -> Self {
        let id = world::next_id();
        let channel = Channel {
            id,
            name: name.to_owned(),
            heard: Rc::new(heard),
            last_due: 0,
        };
        world::of_current(|tab| tab.channels.push(channel));
        Self {
            id,
            name: name.to_owned(),
        }
    }

    pub(crate) fn send(&self, text: &str) {
        let hearing: Vec<(TabId, u64)> = world::with(|world| {
            let mut hearing = Vec::new();
            for (tab, of_tab) in &world.tabs {
                for channel in &of_tab.channels {
                    if channel.name == self.name && channel.id != self.id {
                        hearing.push((*tab, channel.id));
                    }
                }
            }
            hearing
        });
        for (tab, id) in hearing {
            let late = world::with(|world| {
                let late = world.rng.delay(LATE_MS);
                let now = world.now;
                let channel = channel(world, tab, id)?;
                channel.last_due = channel.last_due.max(now + late);
                Some(channel.last_due - now)
            });
            let text = text.to_owned();
            world::schedule(late.unwrap_or_default(), Some(tab), move || {
                let heard = world::with(|world| Some(Rc::clone(&channel(world, tab, id)?.heard)));
                if let Some(heard) = heard {
                    heard(text);
                }
            });
        }
    }
}

fn channel(world: &mut world::World, tab: TabId, id: u64) -> Option<&mut Channel> {
    let channels = &mut world.tabs.get_mut(&tab)?.channels;
    channels.iter_mut().find(|channel| channel.id == id)
}
