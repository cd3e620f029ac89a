//! The customers that a user acted for last, on this device. Only their numbers are kept: what else there
//! is to say about them, the server knows, and only to whoever may see it.

use crate::{domain::values::recent, ports::device};

use crate::state::session::Session;

/// How many are remembered.
const MOST: usize = 8;

fn storage_key(user: &str) -> String {
    let mut key = String::from("nymble.recent-customers ");
    key.push_str(user);
    key
}

fn of_user(user: &str) -> Vec<String> {
    let kept = device::get(&storage_key(user));
    kept.and_then(|text| serde_json::from_str(&text).ok())
        .unwrap_or_default()
}

fn keep(user: &str, numbers: &[String]) {
    let text = serde_json::to_string(numbers).ok();
    device::set(&storage_key(user), text.as_deref());
}

/// Notes that the user acts for a customer.
pub(super) fn add(user: &str, number: &str) {
    let numbers = recent::with(of_user(user), number.to_owned(), MOST, String::clone);
    keep(user, &numbers);
}

impl Session {
    /// The numbers of the customers that the user acted for last, the latest first.
    pub(crate) fn recent_customers(self) -> Vec<String> {
        let user = self.user_key();
        user.map_or_else(Vec::new, |user| of_user(&user))
    }

    /// Forgets a customer that the user may not see any more.
    pub(crate) fn forget_recent_customer(self, number: &str) {
        if let Some(user) = self.user_key() {
            let mut numbers = of_user(&user);
            numbers.retain(|known| known != number);
            keep(&user, &numbers);
        }
    }
}
