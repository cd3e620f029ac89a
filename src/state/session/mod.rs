//! The session: who is signed in, asking again when that ends, and the same in every tab.

pub(crate) mod acting;
pub(crate) mod recent_customers;

use crate::ports::abort::AbortSignal;
use futures::channel::oneshot;
use leptos::prelude::*;
use nymble_wire::LoginRequest;
use std::time::Duration;

use crate::{
    api::{
        auth,
        http::{self, Answer, ApiRequest, Server},
        problem::ApiError,
    },
    config::Config,
    domain::session::claims::{Claims, Life, Tools},
    ports::{json, page, storage, tabs::Tabs, time},
};

use crate::state::session::acting::Acting;

const STORAGE_KEY: &str = "nymble.session";
const CLIENT_ID_KEY: &str = "nymble.client-id";
const CHANNEL: &str = "nymble.session";
/// Asks the other tabs for their token.
const ASK: &str = "ask";
/// Tells the other tabs that the buyer has signed out.
const SIGNED_OUT: &str = "signed-out";
/// Precedes a token that is handed to the other tabs.
const TOKEN_PREFIX: &str = "token ";
/// What the browser reads a token with.
const TOKEN_TOOLS: Tools = Tools {
    base64: json::base64,
    json: json::parse,
};
/// How long a new tab waits for another to hand over its token, in milliseconds.
const HAND_OVER_MS: i32 = 120;

/// A token and what it says.
#[derive(Clone, PartialEq, Eq)]
struct SignedIn {
    token: String,
    claims: Claims,
}

/// Why a sign-in did not work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum SignInError {
    /// The API refused, or did not answer.
    Api(ApiError),
    /// The answer's token is not one that says who the buyer is.
    UnreadableToken,
}

/// The session of the buyer. A copy is a handle.
#[derive(Clone, Copy)]
pub(crate) struct Session {
    config: StoredValue<Config>,
    signed_in: RwSignal<Option<SignedIn>>,
    asking: RwSignal<bool>,
    waiting: StoredValue<Vec<oneshot::Sender<bool>>, LocalStorage>,
    tabs: StoredValue<Option<Tabs>, LocalStorage>,
    company: RwSignal<Option<String>>,
    /// The customer chosen by somebody who sells: [`crate::state::session::acting`].
    acting: RwSignal<Acting>,
}

impl Session {
    /// A session that nobody has signed in to yet, listening to the other tabs.
    pub(crate) fn new(config: Config) -> Self {
        let session = Self {
            config: StoredValue::new(config),
            signed_in: RwSignal::new(None),
            asking: RwSignal::new(false),
            waiting: StoredValue::new_local(Vec::new()),
            tabs: StoredValue::new_local(None),
            company: RwSignal::new(None),
            acting: RwSignal::new(Acting::Unasked),
        };
        let tabs = Tabs::open(CHANNEL, move |text| session.hear(&text));
        session.tabs.set_value(Some(tabs));
        session
    }

    /// Takes up the session that this tab or another one has, or the token that was handed over in the
    /// address's fragment. Says whether there is one.
    pub(crate) async fn resume(self, handed_over: Option<String>) -> bool {
        let kept = handed_over.or_else(|| storage::get(STORAGE_KEY));
        if kept.is_some_and(|token| self.accept(&token, false)) {
            return true;
        }
        self.tell(ASK);
        time::sleep(HAND_OVER_MS).await;
        self.is_signed_in()
    }

    fn hear(self, text: &str) {
        match text {
            SIGNED_OUT => self.leave(),
            ASK => {
                if let Some(token) = self.token() {
                    self.tell(&format!("{TOKEN_PREFIX}{token}"));
                }
            }
            _ => {
                let token = text.strip_prefix(TOKEN_PREFIX).unwrap_or_default();
                // Another tab may have signed in again while this one was asking.
                if self.token().is_none() || self.asking.get_untracked() {
                    self.accept(token, false);
                }
            }
        }
    }

    fn tell(self, text: &str) {
        self.tabs.with_value(|tabs| {
            if let Some(tabs) = tabs {
                tabs.send(text);
            }
        });
    }

    /// The settings the app was started with.
    pub(crate) fn config(self) -> Config {
        self.config.get_value()
    }

    pub(super) fn server(self) -> Server {
        self.config.with_value(|config| Server {
            base_url: config.api_base_url.clone(),
            token_header: config.token_header,
        })
    }

    pub(super) fn token(self) -> Option<String> {
        self.signed_in
            .with_untracked(|signed_in| signed_in.as_ref().map(|it| it.token.clone()))
    }

    /// Whether somebody is signed in (tracked).
    pub(crate) fn is_signed_in(self) -> bool {
        self.signed_in.with(Option::is_some)
    }

    /// Whether the sign-in dialog is open (tracked).
    pub(crate) fn is_asking(self) -> bool {
        self.asking.get()
    }

    /// Something of what the token says, if anybody is signed in (tracked).
    pub(super) fn claims<T>(self, read: impl FnOnce(&Claims) -> T) -> Option<T> {
        self.signed_in
            .with(|signed_in| Some(read(&signed_in.as_ref()?.claims)))
    }

    /// The customer together with the organization, in which alone its number is unique (tracked); none without a
    /// customer.
    pub(super) fn customer_scope(self) -> Option<String> {
        let customer = self.customer_number()?;
        let organization = self.claims(|claims| claims.organization_id.clone());
        let mut whose = organization.flatten().unwrap_or_default();
        whose.push(' ');
        whose.push_str(&customer);
        Some(whose)
    }

    /// The key under which something of the present customer is kept in this browser: `beginning`, and whose it is.
    pub(super) fn scoped_key(self, beginning: &str) -> Option<String> {
        let mut key = beginning.to_owned();
        key.push_str(&untrack(|| self.customer_scope())?);
        Some(key)
    }

    /// The customer's company name, once it is known (tracked).
    pub(crate) fn company(self) -> Option<String> {
        self.company.get()
    }

    /// Makes the customer's company name known.
    pub(crate) fn know_company(self, name: &str) {
        if !name.is_empty() {
            self.company.set(Some(name.to_owned()));
        }
    }

    /// The Client ID last used in this tab.
    pub(crate) fn last_client_id() -> Option<String> {
        storage::get(CLIENT_ID_KEY)
    }

    /// Signs in with credentials.
    pub(crate) async fn sign_in(self, client_id: &str, secret: &str) -> Result<(), SignInError> {
        let org_code = self
            .config
            .with_value(|config| config.organization_code.clone());
        let request = auth::login(&LoginRequest {
            org_code,
            client_id: client_id.to_owned(),
            client_secret: secret.to_owned(),
        });
        let token = http::send(&self.server(), None, &request, None)
            .await
            .and_then(|answer| auth::read_login(&answer))
            .map_err(SignInError::Api)?;
        if !self.accept(&token, true) {
            return Err(SignInError::UnreadableToken);
        }
        storage::set(CLIENT_ID_KEY, Some(client_id));
        self.tell(&format!("{TOKEN_PREFIX}{token}"));
        Ok(())
    }

    /// Takes `token` as the session's, if it is a JWT that has not run out, as far as is known: whether the server
    /// `just_issued` it. Whoever waited for a sign-in goes on.
    fn accept(self, token: &str, just_issued: bool) -> bool {
        let Ok(claims) = Claims::decode(token, TOKEN_TOOLS) else {
            return false;
        };
        if let Some(made) = claims.issued_at.filter(|_| just_issued)
            && time::server_ms().is_none()
        {
            // No answer has said what time it is; the token was made just now.
            time::hear_server_time(i64::try_from(made).unwrap_or(i64::MAX).saturating_mul(1000));
        }
        let now = time::server_ms().map(|_| time::now_seconds());
        let life = claims.life(now, just_issued);
        if life == Life::Over {
            return false;
        }
        let other_buyer = self.signed_in.with_untracked(|before| {
            before.as_ref().is_some_and(|before| {
                let before = &before.claims;
                before.customer_number != claims.customer_number
                    || before.organization_id != claims.organization_id
                    || (claims.customer_number.is_none() && before.user() != claims.user())
            })
        });
        let keep = self.config.with_value(|config| config.keep_session);
        storage::set(STORAGE_KEY, keep.then_some(token));
        self.signed_in.set(Some(SignedIn {
            token: token.to_owned(),
            claims,
        }));
        if other_buyer {
            // Nothing of the one buyer's page may be seen or sent by the other.
            page::open("/");
            return true;
        }
        if let Life::Left(seconds) = life {
            self.watch(token.to_owned(), seconds);
        }
        self.end_asking(true);
        true
    }

    /// Asks for a new sign-in when the token's time is over, instead of failing at the next click. Its time passes on
    /// the running clock, whatever is done to the one on the wall; what the device slept, the server's 401 tells.
    fn watch(self, token: String, left: u64) {
        // A timer cannot be longer than 24.8 days.
        let part = left.clamp(1, 2_000_000);
        let look = move || {
            if self.token().as_ref() != Some(&token) {
                return;
            }
            match left.saturating_sub(part) {
                0 => {
                    self.asking.try_set(true);
                }
                rest => self.watch(token, rest),
            }
        };
        time::later(look, Duration::from_secs(part));
    }

    fn end_asking(self, signed_in: bool) {
        self.asking.set(false);
        let waiting = self.waiting.try_update_value(std::mem::take);
        for waiter in waiting.unwrap_or_default() {
            let _ = waiter.send(signed_in);
        }
    }

    /// The buyer closed the sign-in dialog: whatever waited for it fails with
    /// [`ApiError::SignedOut`], and stays to be tried again.
    pub(crate) fn decline(self) {
        self.end_asking(false);
    }

    /// Opens the sign-in dialog and waits for it, unless `stale` has been replaced meanwhile.
    async fn renew(self, stale: Option<&str>) -> bool {
        if self.token().as_deref() != stale {
            return true;
        }
        self.asking.set(true);
        let (sender, receiver) = oneshot::channel();
        self.waiting.update_value(|waiting| waiting.push(sender));
        receiver.await.unwrap_or(false)
    }

    /// Sends `request` as the signed-in buyer. A 401 opens the sign-in dialog; once signed in again,
    /// the request goes on.
    pub(crate) async fn send(self, request: ApiRequest) -> Result<Answer, ApiError> {
        self.send_abortable(request, None).await
    }

    /// [`Session::send`] with a way to give it up.
    pub(crate) async fn send_abortable(
        self,
        request: ApiRequest,
        abort: Option<AbortSignal>,
    ) -> Result<Answer, ApiError> {
        let server = self.server();
        loop {
            let token = self.token();
            let outcome = http::send(&server, token.as_deref(), &request, abort.as_ref()).await;
            match outcome {
                Err(error) if error.status() == Some(401) => {
                    if !self.renew(token.as_deref()).await {
                        return Err(ApiError::SignedOut);
                    }
                }
                outcome => return outcome,
            }
        }
    }

    /// Sends `request` without the token, for what the API gives to anybody.
    pub(crate) async fn send_publicly(
        self,
        request: ApiRequest,
        abort: Option<AbortSignal>,
    ) -> Result<Answer, ApiError> {
        http::send(&self.server(), None, &request, abort.as_ref()).await
    }

    /// Signs out in every tab.
    pub(crate) fn sign_out(self) {
        self.tell(SIGNED_OUT);
        self.leave();
    }

    /// Loads the app anew where it is, for the same user. What was typed and is kept for the tab is there again.
    pub(crate) fn load_anew(self) {
        storage::set(STORAGE_KEY, self.token().as_deref());
        page::reload();
    }

    /// Loads the app anew at `path`, for the same user.
    pub(super) fn reopen(self, path: &str) {
        // Where the token is kept in memory only, the next page takes it from here and removes it.
        storage::set(STORAGE_KEY, self.token().as_deref());
        page::open(path);
    }

    fn leave(self) {
        storage::forget_all();
        self.signed_in.set(None);
        // A fresh page: nothing of the session stays in memory.
        page::open("/sign-in");
    }
}

/// The session of the running app.
///
/// # Panics
/// Outside the app's component tree.
pub(crate) fn use_session() -> Session {
    expect_context()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests;
