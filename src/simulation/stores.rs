//! `sessionStorage` and `localStorage`.

use std::{cell::RefCell, collections::BTreeMap, rc::Rc};

use super::{place, world};

/// Texts by key.
pub(crate) type Texts = BTreeMap<String, String>;

/// A storage, and what is wrong with it.
#[derive(Default)]
pub(crate) struct Area {
    pub(super) texts: Rc<RefCell<Texts>>,
    /// The browser lets the site have none.
    pub(crate) absent: bool,
    /// There is no room for more.
    pub(crate) full: bool,
}

/// A handle as the browser gives it.
pub(crate) struct Storage {
    texts: Rc<RefCell<Texts>>,
    full: bool,
    of_device: bool,
}

/// There is no room.
#[derive(Debug)]
pub(crate) struct Full;

/// This tab's.
pub(crate) fn of_tab() -> Option<Storage> {
    let texts = world::of_current(|tab| Rc::clone(&tab.texts));
    world::with(|world| {
        (!world.device.absent).then_some(Storage {
            texts,
            full: world.device.full,
            of_device: false,
        })
    })
}

/// The device's.
pub(crate) fn of_device() -> Option<Storage> {
    world::with(|world| {
        (!world.device.absent).then(|| Storage {
            texts: Rc::clone(&world.device.texts),
            full: world.device.full,
            of_device: true,
        })
    })
}

impl Storage {
    pub(crate) fn get_item(&self, key: &str) -> Result<Option<String>, Full> {
        Ok(self.texts.borrow().get(key).cloned())
    }

    pub(crate) fn set_item(&self, key: &str, text: &str) -> Result<(), Full> {
        if self.full {
            return Err(Full);
        }
        let before = self
            .texts
            .borrow_mut()
            .insert(key.to_owned(), text.to_owned());
        if before.as_deref() != Some(text) {
            self.tell(key);
        }
        Ok(())
    }

    pub(crate) fn remove_item(&self, key: &str) -> Result<(), Full> {
        if self.texts.borrow_mut().remove(key).is_some() {
            self.tell(key);
        }
        Ok(())
    }

    pub(crate) fn length(&self) -> Result<u32, Full> {
        u32::try_from(self.texts.borrow().len()).map_err(|_| Full)
    }

    pub(crate) fn key(&self, place: u32) -> Result<Option<String>, Full> {
        let place = usize::try_from(place).map_err(|_| Full)?;
        Ok(self.texts.borrow().keys().nth(place).cloned())
    }

    /// Every other tab hears of a change to what all share.
    fn tell(&self, key: &str) {
        if self.of_device {
            place::tell_others(key);
        }
    }
}
