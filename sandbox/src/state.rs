//! What every request shares.

use std::{ops::Deref, sync::Arc};

use crate::{
    Options,
    auth::{MinuteLimit, SigningKeys},
    catalog::Totals,
    control::{Faults, RequestLog},
    store::Store,
};

/// What every request shares; cheap to clone.
#[derive(Clone)]
pub(crate) struct State(Arc<Shared>);

/// The parts of [`State`].
pub(crate) struct Shared {
    pub(crate) options: Options,
    pub(crate) store: Store,
    pub(crate) keys: SigningKeys,
    /// Sign-ins, by `ClientId`.
    pub(crate) logins: MinuteLimit,
    /// Calls without a token, by endpoint and address.
    pub(crate) visits: MinuteLimit,
    pub(crate) faults: Faults,
    pub(crate) requests: RequestLog,
    pub(crate) totals: Totals,
}

impl State {
    pub(crate) fn new(shared: Shared) -> Self {
        Self(Arc::new(shared))
    }
}

impl Deref for State {
    type Target = Shared;

    fn deref(&self) -> &Shared {
        &self.0
    }
}
