//! Giving up what is on its way.

use std::{cell::RefCell, rc::Rc, task::Waker};

use super::{clock, world};

#[derive(Default)]
struct State {
    aborted: bool,
    /// Aborted with each of these, too.
    with: Vec<AbortSignal>,
    waiting: Vec<Waker>,
}

#[derive(Clone, Default)]
pub(crate) struct AbortSignal(Rc<RefCell<State>>);

impl AbortSignal {
    pub(crate) fn aborted(&self) -> bool {
        let state = self.0.borrow();
        state.aborted || state.with.iter().any(Self::aborted)
    }

    fn abort(&self) {
        let waiting = {
            let mut state = self.0.borrow_mut();
            state.aborted = true;
            std::mem::take(&mut state.waiting)
        };
        waiting.into_iter().for_each(Waker::wake);
    }

    pub(super) fn wake_when_aborted(&self, waker: &Waker) {
        let mut state = self.0.borrow_mut();
        state.waiting.push(waker.clone());
        for other in &state.with {
            other.wake_when_aborted(waker);
        }
    }

    pub(crate) fn timeout_with_u32(milliseconds: u32) -> Self {
        let signal = Self::default();
        let aborts = signal.clone();
        let tab = world::current();
        world::schedule(i64::from(milliseconds), Some(tab), move || aborts.abort());
        signal
    }
}

pub(crate) fn either(one: &AbortSignal, other: &AbortSignal) -> AbortSignal {
    let signal = AbortSignal::default();
    signal.0.borrow_mut().with = vec![one.clone(), other.clone()];
    signal
}

#[derive(Clone)]
pub(crate) struct AbortController(AbortSignal);

impl AbortController {
    pub(crate) fn new() -> Result<Self, clock::Refused> {
        Ok(Self(AbortSignal::default()))
    }

    pub(crate) fn signal(&self) -> AbortSignal {
        self.0.clone()
    }

    pub(crate) fn abort(&self) {
        self.0.abort();
    }
}
