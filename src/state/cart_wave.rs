//! Sending many of the cart's changes side by side.
//!
//! Each is about another product, so their order does not matter. What goes wrong with one of them is left
//! to [`super::cart_send`], which looks into it by itself.

use futures::future::join_all;
use leptos::prelude::*;
use std::cell::RefCell;

use super::{cart::CartState, cart_send::read_whole};
use crate::{
    api::{carts::CartPath, http::Answer, problem::ApiError},
    browser::time,
    domain::{cart_changes::Sent, cart_lines::Units},
};

impl CartState {
    /// Sends `wave`, and settles what the server took; the rest stays with the server, so to speak. Fails
    /// when the cart could not be read.
    pub(super) async fn deliver_wave(
        self,
        customer: &str,
        mut wave: Vec<Sent>,
    ) -> Result<(), ApiError> {
        if !self.is_fresh() {
            self.read_open(customer).await?;
            wave = self.recount();
            self.keep();
        }
        let Some(cart_id) = self.cart_id() else {
            // It was checked out elsewhere: the first of them makes the next cart.
            return Ok(());
        };
        let path = CartPath {
            customer_number: customer.to_owned(),
            cart_id,
        };
        let heard = self.heard.get_value();
        // In the order in which they came.
        let answers = RefCell::new(Vec::new());
        let send = async |sent| {
            let sent: &Sent = sent;
            let answer = match self.request(&path, &sent.change) {
                Some(request) => self.session.send(request).await.map(Some),
                None => Ok(None),
            };
            answers.borrow_mut().push((sent, answer));
        };
        join_all(wave.iter().map(send)).await;
        let answers: Vec<(&Sent, Result<Option<Answer>, ApiError>)> = answers.into_inner();
        let taken: Vec<&Sent> = answers
            .iter()
            .filter_map(|(sent, answer)| answer.is_ok().then_some(*sent))
            .collect();
        self.queue.update(|queue| {
            for (sent, answer) in &answers {
                if answer.as_ref().is_err_and(ApiError::leaves_doubt) {
                    queue.doubt(&sent.change);
                }
            }
        });
        let newest = if taken.len() == answers.len() {
            // The last one that the server made holds all the others, and most likely came last.
            answers.iter().rev().find_map(|(_, answer)| {
                let answer = answer.as_ref().ok()?.as_ref()?;
                let cart = read_whole(answer)?;
                let units = Units::of(Some(&cart));
                let holds_all = taken.iter().all(|sent| sent.has_arrived(&units));
                holds_all.then_some((cart, answer))
            })
        } else {
            None
        };
        match newest {
            Some((cart, answer)) => {
                self.tell_tabs(&answer.text);
                batch(|| {
                    self.take(cart);
                    self.settle_all(&taken);
                });
                self.read_at.set_value(time::now_ms());
            }
            None => match self.read_open(customer).await {
                Ok(()) => self.settle_all(&taken),
                Err(error) => {
                    // Without the cart nobody knows what it holds now.
                    self.queue.update(|queue| {
                        for sent in &taken {
                            queue.doubt(&sent.change);
                        }
                    });
                    return Err(error);
                }
            },
        }
        self.take_back_doubles(customer, &path, &taken, heard).await
    }

    fn settle_all(self, taken: &[&Sent]) {
        self.queue.update(|queue| {
            for sent in taken {
                queue.settle(&sent.change);
            }
        });
    }

    /// Sets right what a browser added twice by sending a request again by itself.
    async fn take_back_doubles(
        self,
        customer: &str,
        path: &CartPath,
        taken: &[&Sent],
        heard: u32,
    ) -> Result<(), ApiError> {
        let doubled: Vec<(&str, u32)> = self.confirmed.with_untracked(|cart| {
            let units = Units::of(cart.as_deref());
            let found = taken
                .iter()
                .filter_map(|sent| Some((sent.change.sku()?, sent.meant(&units)?)));
            found.collect()
        });
        if doubled.is_empty() || self.another_tab_spoke(heard).await {
            return Ok(());
        }
        for (sku, wanted) in doubled {
            self.session.send(path.update_item(sku, wanted)).await?;
        }
        self.read_open(customer).await
    }
}
