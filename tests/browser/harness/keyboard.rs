//! What a buyer without a mouse does.

use thirtyfour::{Key, TypingData};

use super::Shop;

/// No screen has more stops than this.
const MOST_STOPS: usize = 200;

impl Shop {
    /// Presses a key wherever the focus is.
    pub(crate) async fn press(&self, key: Key) {
        let keys = self.driver.action_chain().send_keys(TypingData::from(key));
        keys.perform().await.expect("a key pressed");
    }

    /// Types wherever the focus is.
    pub(crate) async fn type_text(&self, text: &str) {
        let keys = self.driver.action_chain().send_keys(text);
        keys.perform().await.expect("text typed");
    }

    /// Presses Tab until the focus is on `wanted`: role and name, as [`Shop::focused`] writes them.
    pub(crate) async fn tab_to(&self, wanted: &str) {
        self.walk_to(wanted, async || self.press(Key::Tab).await)
            .await;
    }

    /// Presses Shift and Tab until the focus is on `wanted`.
    pub(crate) async fn tab_back_to(&self, wanted: &str) {
        let back = async || {
            let keys = self.driver.action_chain().key_down(Key::Shift);
            let keys = keys.send_keys(TypingData::from(Key::Tab));
            let keys = keys.key_up(Key::Shift);
            keys.perform().await.expect("keys pressed");
        };
        self.walk_to(wanted, back).await;
    }

    async fn walk_to(&self, wanted: &str, mut step: impl AsyncFnMut()) {
        let mut seen = Vec::new();
        for _ in 0..MOST_STOPS {
            step().await;
            let here = self.focused().await;
            if here == wanted {
                return;
            }
            seen.push(here);
        }
        // Once round is enough to tell what there is.
        let round = seen.iter().skip(1).position(|stop| *stop == seen[0]);
        seen.truncate(round.map_or(MOST_STOPS, |round| round + 1));
        let seen = seen.join("\n");
        panic!("the focus never came to {wanted}, but to:\n{seen}");
    }

    /// Waits until the focus is on `wanted`.
    pub(crate) async fn focus_is(&self, wanted: &str) {
        self.until(&format!("the focus on {wanted}"), async || {
            self.focused().await == wanted
        })
        .await;
    }
}
