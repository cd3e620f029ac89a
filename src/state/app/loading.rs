//! Something that is read from the API for a screen: its value, its failure, and whether it is on
//! its way. The last value stays while the next one loads; stale answers are dropped and their
//! requests given up.

use crate::ports::abort::{AbortController, AbortSignal};
use leptos::{prelude::*, task::spawn_local};
use std::sync::Arc;

use crate::api::{
    http::{Answer, ApiRequest},
    problem::ApiError,
};
use crate::state::session::Session;

/// A value from the API, or on its way from there. A copy is a handle.
pub(crate) struct Loading<T: Send + Sync + 'static> {
    value: RwSignal<Option<Arc<T>>>,
    error: RwSignal<Option<ApiError>>,
    pending: RwSignal<bool>,
    abort: StoredValue<Option<AbortController>, LocalStorage>,
}

impl<T: Send + Sync + 'static> Clone for Loading<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Loading<T> {}

impl<T: Send + Sync + 'static> Loading<T> {
    /// Nothing yet, nothing on its way. A request still on its way when the owner goes is given up.
    pub(crate) fn new() -> Self {
        let loading = Self {
            value: RwSignal::new(None),
            error: RwSignal::new(None),
            pending: RwSignal::new(false),
            abort: StoredValue::new_local(None),
        };
        on_cleanup(move || loading.give_up());
        loading
    }

    fn give_up(self) {
        if let Some(abort) = self.abort.try_update_value(Option::take).flatten() {
            abort.abort();
        }
    }

    /// The last value (tracked).
    pub(crate) fn value(self) -> Option<Arc<T>> {
        self.value.get()
    }

    /// Why the last attempt failed (tracked); none while the next one is on its way.
    pub(crate) fn error(self) -> Option<ApiError> {
        self.error.get()
    }

    /// Whether an answer is awaited (tracked).
    pub(crate) fn is_pending(self) -> bool {
        self.pending.get()
    }

    /// Shows a value that is known already; what was on its way is given up.
    pub(crate) fn show(self, value: Arc<T>) {
        self.give_up();
        self.pending.set(false);
        self.error.set(None);
        self.value.set(Some(value));
    }

    /// Forgets the value; what was on its way is given up.
    pub(crate) fn forget(self) {
        self.give_up();
        self.pending.set(false);
        self.error.set(None);
        self.value.set(None);
    }

    /// Sends `request`; its answer, read by `read`, becomes the value. `loaded` sees it first.
    pub(crate) fn load(
        self,
        session: Session,
        request: ApiRequest,
        read: fn(&Answer) -> Result<T, ApiError>,
        loaded: impl FnOnce(&Arc<T>) + 'static,
    ) {
        self.run(
            async move |signal| session.send_abortable(request, signal).await,
            move |answer| {
                let value = Arc::new(read(&answer)?);
                loaded(&value);
                Ok(value)
            },
        );
    }

    /// Does what may take several requests, `work`, which is given what aborts them; what it comes to,
    /// read by `read`, becomes the value.
    pub(crate) fn run<A>(
        self,
        work: impl AsyncFnOnce(Option<AbortSignal>) -> Result<A, ApiError> + 'static,
        read: impl FnOnce(A) -> Result<Arc<T>, ApiError> + 'static,
    ) {
        self.give_up();
        let abort = AbortController::new().ok();
        let signal = abort.as_ref().map(AbortController::signal);
        self.abort.set_value(abort);
        self.pending.set(true);
        self.error.set(None);
        spawn_local(async move {
            let outcome = work(signal.clone()).await;
            // Given up means that another request has taken this one's place, or that the screen has
            // gone; its signals may be gone with it.
            if signal.is_some_and(|signal| signal.aborted()) {
                return;
            }
            match outcome.and_then(read) {
                Ok(value) => {
                    self.value.try_set(Some(value));
                }
                Err(error) => {
                    self.error.try_set(Some(error));
                }
            }
            self.pending.try_set(false);
        });
    }
}

impl<T: Send + Sync + 'static> Default for Loading<T> {
    fn default() -> Self {
        Self::new()
    }
}
