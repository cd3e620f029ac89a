//! Sending many of the cart's changes side by side.
//!
//! Each is about another product, so their order does not matter. What goes wrong with one of them is left
//! to [`crate::state::cart::send`], which looks into it by itself.

use futures::future::join_all;
use leptos::prelude::*;
use nymble_wire::Cart;
use std::cell::RefCell;

use crate::state::{
    cart::{CartState, send::read_whole},
    exactly_once,
};
use crate::{
    api::{
        carts::{self, CartPath},
        http,
        problem::ApiError,
    },
    domain::{
        cart::{
            changes::{Change, Sent},
            lines::Units,
        },
        exactly_once::{Answer, Copies},
        values::clocks::Reading,
    },
    ports::time,
};

/// No line of a cart is written in fewer bytes.
const SHORTEST_LINE: usize = 48;

impl CartState {
    /// Sends `wave`, and settles what the server took; the rest stays among the sent changes. Fails
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
        let began = time::reading();
        // In the order in which they came.
        let answers = RefCell::new(Vec::new());
        let send = async |sent| {
            let sent: &Sent = sent;
            let answer = match self.request(&path, &sent.change) {
                Some(request) => {
                    self.announce(&sent.change);
                    self.session.send(request).await.map(Some)
                }
                None => Ok(None),
            };
            answers.borrow_mut().push((sent, answer));
        };
        join_all(wave.iter().map(send)).await;
        let answers: Vec<(&Sent, Result<Option<http::Answer>, ApiError>)> = answers.into_inner();
        let taken: Vec<&Sent> = answers
            .iter()
            .filter_map(|(sent, answer)| answer.is_ok().then_some(*sent))
            .collect();
        self.queue.update(|queue| {
            for (sent, answer) in &answers {
                if let Err(error) = answer {
                    queue.answered(&sent.change, exactly_once::answer(error));
                }
            }
        });
        let newest = if taken.len() == answers.len() {
            newest(&answers)
        } else {
            None
        };
        match newest {
            Some((cart, answer)) => {
                self.tell_tabs(&answer.text);
                batch(|| {
                    self.take_told(cart);
                    self.settle_all(&taken, began);
                });
                self.read_at.set_value(time::reading());
                Ok(())
            }
            None => match self.read_open(customer).await {
                Ok(()) => {
                    self.tell_to_read();
                    self.settle_all(&taken, began);
                    let is_no = |error| exactly_once::answer(error) == Answer::No;
                    let refused = answers.iter().filter_map(|(sent, answer)| {
                        let no = answer.as_ref().err().is_some_and(is_no);
                        no.then_some(&sent.change)
                    });
                    let refused: Vec<&Change> = refused.collect();
                    self.confirmed.with_untracked(|cart| {
                        self.queue
                            .update(|queue| queue.hear_again(&refused, cart.as_deref()));
                    });
                    Ok(())
                }
                Err(error) => {
                    // Without the cart nobody knows what it holds now.
                    self.queue.update(|queue| {
                        for sent in &taken {
                            queue.answered(&sent.change, Answer::Yes(None));
                        }
                    });
                    Err(error)
                }
            },
        }
    }

    /// Settles what the server took. What a browser added several times over, by sending a request again by itself,
    /// stays in doubt: it is looked into next, and set right. Not when another tab may have changed the product: then it
    /// may be what was meant.
    fn settle_all(self, taken: &[&Sent], began: Reading) {
        for sent in taken {
            self.said_is_true(&sent.change);
        }
        self.confirmed.with_untracked(|cart| {
            let units = Units::of(cart.as_deref());
            self.queue.update(|queue| {
                for sent in taken {
                    let sku = sent.change.sku().unwrap_or_default();
                    let alone = !self.is_changed_elsewhere(sku, began);
                    let copies = if alone && sent.meant(&units).is_some() {
                        Copies::Several
                    } else {
                        Copies::One
                    };
                    queue.answered(&sent.change, Answer::Yes(Some(copies)));
                }
            });
        });
    }
}

/// The newest cart that the answers to a wave hold, all of which the server took: one that has in it what each of
/// the others says of its own product. The last to come most likely does, but not for certain: of a request that the
/// browser sent again by itself, the answer tells of the second time, and may still overtake one that was given
/// before it. None where an answer does not say, or none holds all.
fn newest<'a>(
    answers: &'a [(&Sent, Result<Option<http::Answer>, ApiError>)],
) -> Option<(Cart, &'a http::Answer)> {
    let given = || {
        let given = answers.iter().rev();
        given.filter_map(|(sent, answer)| Some((*sent, answer.as_ref().ok()?.as_ref()?)))
    };
    // Reading them all takes a while, and most lack a line that came later. Of one that was torn off that is not said.
    let only_more = given().all(|(sent, _)| matches!(sent.change, Change::Add { .. }));
    let longest = given().map(|(_, answer)| answer.text.len()).max()?;
    let whole = |answer: &http::Answer| {
        let length = answer.text.len();
        !only_more || length + SHORTEST_LINE > longest || length <= longest / 2
    };
    let mut told = Vec::new();
    for (sent, answer) in given().filter(|(_, answer)| whole(answer)) {
        let sku = sent.change.sku()?;
        let there = carts::units_in(answer, sku)?;
        if there == 0 && matches!(sent.change, Change::Add { .. }) {
            return None;
        }
        told.push((sku, there));
    }
    given().find_map(|(_, answer)| {
        let cart = whole(answer).then(|| read_whole(answer))??;
        let units = Units::of(Some(&cart));
        let holds_all = given().all(|(sent, _)| sent.has_arrived(&units))
            && told.iter().all(|(sku, told)| units.get(sku) >= *told);
        holds_all.then_some((cart, answer))
    })
}
