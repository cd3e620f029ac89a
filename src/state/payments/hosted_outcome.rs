//! What a screen knows of a visit to the payment provider's page that the browser came back from.

use leptos::{prelude::*, task::spawn_local};
use nymble_wire::TransactionState;
use std::rc::Rc;

use super::hosted_payment::{self, Purpose, Return, Visit};
use crate::state::{app::navigation::Navigation, session::Session};
use crate::{
    api::problem::ApiError,
    ports::{page, time},
};

/// The pauses between looks while the provider has not told the result yet, in milliseconds.
const PAUSES_MS: [i32; 5] = [1_000, 2_000, 3_000, 5_000, 8_000];

/// How far it is known what became of a visit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Stage {
    /// There is no visit to speak of.
    None,
    /// The address spoke of a visit that this tab does not know.
    Unknown,
    /// It is being found out.
    Confirming,
    /// The provider has still not told.
    StillPending,
    /// The buyer left the provider's page without finishing; it can still be used.
    Left,
    /// It is over: see the state.
    Ended(Box<TransactionState>),
    /// It could not be found out.
    Unclear(ApiError),
}

/// Called with what became of a visit.
type Ended = Rc<dyn Fn(&TransactionState)>;

/// The visit that a screen is concerned with. A copy is a handle.
#[derive(Clone, Copy)]
pub(crate) struct HostedVisit {
    session: Session,
    purpose: Purpose,
    visit: StoredValue<Option<Visit>>,
    stage: RwSignal<Stage>,
    ended: StoredValue<Ended, LocalStorage>,
}

impl HostedVisit {
    /// Finds out whether the browser came to this screen from a visit for `purpose`, and what became of
    /// it; `ended` hears the result, also when the screen is returned to by a step back.
    pub(crate) fn follow(
        session: Session,
        navigation: Navigation,
        purpose: Purpose,
        ended: impl Fn(&TransactionState) + 'static,
    ) -> Self {
        let visit = Self {
            session,
            purpose,
            visit: StoredValue::new(None),
            stage: RwSignal::new(Stage::None),
            ended: StoredValue::new_local(Rc::new(ended)),
        };
        visit.arrive(navigation);
        page::when_brought_back(move || visit.arrive(navigation));
        visit
    }

    fn arrive(self, navigation: Navigation) {
        let (visit, returned) = match hosted_payment::take_return(self.session, navigation) {
            Some(Return::Returned(visit)) => (visit, true),
            Some(Return::Unfinished(visit)) => (visit, false),
            Some(Return::Unknown) => return self.stage.set(Stage::Unknown),
            None => return,
        };
        if visit.purpose == self.purpose {
            self.visit.set_value(Some(visit));
            self.look(returned);
        }
    }

    /// How far it is known what became of the visit (tracked).
    pub(crate) fn stage(self) -> Stage {
        self.stage.get()
    }

    /// What the visit is for.
    pub(crate) fn purpose(self) -> Purpose {
        self.purpose
    }

    /// The provider's page, to go on there.
    pub(crate) fn page(self) -> Option<String> {
        self.visit
            .with_value(|visit| visit.as_ref().map(|visit| visit.page.clone()))
    }

    /// Looks again what became of the visit.
    pub(crate) fn check_again(self) {
        if self
            .stage
            .with_untracked(|stage| *stage != Stage::Confirming)
        {
            self.look(true);
        }
    }

    /// The buyer does not want to go on with the visit.
    pub(crate) fn give_up(self) {
        if let Some(visit) = self.visit.get_value() {
            hosted_payment::forget(&visit);
        }
        self.stage.set(Stage::None);
    }

    /// Asks the API. A result that is still to come is waited for when the provider has `returned` the
    /// browser; a buyer who went back by the browser's own button has none to wait for.
    fn look(self, returned: bool) {
        let Some(visit) = self.visit.get_value() else {
            return;
        };
        self.stage.set(Stage::Confirming);
        spawn_local(async move {
            let mut pauses = PAUSES_MS.into_iter();
            let stage = loop {
                match hosted_payment::outcome(self.session, &visit).await {
                    Err(error) => {
                        if error.is_not_offered() {
                            // The API does not tell, and asking again would not help.
                            hosted_payment::forget(&visit);
                        }
                        break Stage::Unclear(error);
                    }
                    Ok(state) if hosted_payment::is_final(&state.status) => {
                        if let Some(ended) = self.ended.try_get_value() {
                            ended(&state);
                        }
                        break Stage::Ended(Box::new(state));
                    }
                    Ok(_) if !returned => break Stage::Left,
                    Ok(_) => match pauses.next() {
                        Some(pause) => time::sleep(pause).await,
                        None => break Stage::StillPending,
                    },
                }
                // The screen may have been left: then nobody waits for the answer any more.
                if self.stage.try_get_untracked().is_none() {
                    return;
                }
            };
            self.stage.try_set(stage);
        });
    }
}
