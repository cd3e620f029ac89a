//! Putting products into the cart, and saying so. What the server refuses afterwards is taken out of what was said.

use leptos::prelude::*;
use nymble_wire::OrderType;
use std::sync::Arc;

use crate::domain::cart::{
    additions::{Announced, Announcements},
    changes::{Change, Sent},
};
use crate::state::{
    app::notices::{NoticeAction, NoticeLink, Tone},
    cart::CartState,
};

/// So many refused products are named in one sentence.
const NAMED: usize = 10;

/// Units of a product that are put into the cart together with others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Addition {
    /// The product.
    pub(crate) sku: String,
    /// Its name, for display until the server answers.
    pub(crate) name: String,
    /// Units to add.
    pub(crate) quantity: u32,
}

/// Hears of products that are not added after all, refused or taken back, by their SKUs: what was typed for them goes
/// back to where it was.
pub(crate) type GiveBack = Arc<dyn Fn(&[String]) + Send + Sync>;

/// A sentence that says what was added.
#[derive(Clone)]
struct Told {
    key: u64,
    /// The notice that says it.
    notice: u64,
    /// The notice that says what of it was refused.
    trouble: Option<u64>,
    link: Option<NoticeLink>,
    /// What the cart was, order or quote, if that was changed along with it.
    kind_before: Option<OrderType>,
    give_back: Option<GiveBack>,
}

/// What the buyer was told, and by which notices.
#[derive(Clone, Default)]
pub(super) struct Said {
    announcements: Announcements,
    told: Vec<Told>,
}

impl CartState {
    /// Puts units of a product into the cart, says so, and offers to take it back.
    pub(crate) fn add(self, sku: &str, name: &str, quantity: u32) {
        let addition = Addition {
            sku: sku.to_owned(),
            name: name.to_owned(),
            quantity,
        };
        self.put_in(vec![addition], None, None, None);
    }

    /// [`Self::add`] of what was typed into a field that is empty now: `give_back` fills it again.
    pub(crate) fn add_from(self, addition: Addition, give_back: GiveBack) {
        self.put_in(vec![addition], None, None, Some(give_back));
    }

    /// Puts several products into the cart, one change each; says so once, with `link` to where they are,
    /// and offers to take all of it back. With `becomes` the cart is turned into that.
    ///
    /// The cart must be known ([`crate::state::cart::Phase::Known`]), else what was in it before is not.
    pub(crate) fn add_many(
        self,
        additions: Vec<Addition>,
        becomes: Option<OrderType>,
        link: Option<NoticeLink>,
        give_back: Option<GiveBack>,
    ) {
        let kind = untrack(|| self.order_type());
        let becomes = becomes.filter(|becomes| *becomes != kind);
        let kind_before = becomes.is_some().then_some(kind);
        if let Some(becomes) = becomes {
            self.change(Change::OrderType(becomes));
        }
        self.put_in(additions, link, kind_before, give_back);
    }

    fn put_in(
        self,
        additions: Vec<Addition>,
        link: Option<NoticeLink>,
        kind_before: Option<OrderType>,
        give_back: Option<GiveBack>,
    ) {
        let lines = untrack(|| self.lines());
        let announced =
            |it: &Addition| Announced::new(&it.sku, &it.name, it.quantity, lines.units(&it.sku));
        let announced = additions.iter().map(announced).collect();
        self.said.update_value(|said| {
            let key = said.announcements.announce(announced);
            said.told.push(Told {
                key,
                notice: 0,
                trouble: None,
                link,
                kind_before,
                give_back,
            });
        });
        let key = self
            .said
            .with_value(|said| said.told.last().map(|told| told.key));
        if let Some(key) = key {
            self.say_added(key);
        }
        let changes = additions.into_iter().map(|it| Change::Add {
            sku: it.sku,
            name: it.name,
            quantity: it.quantity,
        });
        self.change_all(changes.collect());
    }

    fn told(self, key: u64) -> Option<(Told, Vec<Announced>)> {
        self.said.with_value(|said| {
            let told = said.told.iter().find(|told| told.key == key)?.clone();
            Some((told, said.announcements.lines(key).to_vec()))
        })
    }

    fn keep_told(self, key: u64, change: impl FnOnce(&mut Told)) {
        self.said.update_value(|said| {
            if let Some(told) = said.told.iter_mut().find(|told| told.key == key) {
                change(told);
            }
        });
    }

    /// Says what was added, as far as it was not refused, with the way back; in the place of what was said before.
    fn say_added(self, key: u64) {
        let Some((told, lines)) = self.told(key) else {
            return;
        };
        self.notices.dismiss(told.notice);
        let added: Vec<&Announced> = lines.iter().filter(|it| it.refusal().is_none()).collect();
        let text = match (&added[..], lines.len(), &told.link) {
            ([], ..) => return,
            ([only], 1, None) => {
                let count = u64::from(only.quantity);
                let values = [("name", shown_name(only))];
                self.locale.plural("cart.added", count, &values)
            }
            _ => {
                let count = added.len() as u64;
                self.locale.plural("cart.added_many", count, &[])
            }
        };
        let added: Vec<Announced> = added.into_iter().cloned().collect();
        let link = told.link.clone();
        let action = NoticeAction {
            label: self.locale.text("undo"),
            run: Arc::new(move || self.take_back(key, &added, &told)),
        };
        let notice = self
            .notices
            .show_linked(Tone::Done, text, Some(action), link);
        self.keep_told(key, |told| told.notice = notice);
    }

    /// Takes what was added back out of the cart.
    fn take_back(self, key: u64, lines: &[Announced], told: &Told) {
        self.forget_said(&[key]);
        self.said
            .update_value(|said| said.announcements.forget(key));
        let mut back = Vec::new();
        if let Some(kind) = &told.kind_before {
            back.push(Change::OrderType(kind.clone()));
        }
        back.extend(lines.iter().map(|line| Change::Set {
            sku: line.sku.clone(),
            name: line.name.clone(),
            quantity: line.before,
        }));
        self.change_all(back);
        if let Some(give_back) = &told.give_back {
            let skus: Vec<String> = lines.iter().map(|line| line.sku.clone()).collect();
            give_back(&skus);
        }
    }

    fn forget_said(self, keys: &[u64]) {
        self.said
            .update_value(|said| said.told.retain(|told| !keys.contains(&told.key)));
    }

    /// These changes go to the server now.
    pub(super) fn said_is_sent(self, sent: &[Sent]) {
        self.said.update_value(|said| {
            for sku in sent.iter().filter_map(|sent| sent.change.sku()) {
                said.announcements.sent(sku);
            }
        });
    }

    /// The server has taken a change.
    pub(super) fn said_is_true(self, change: &Change) {
        let Some(sku) = change.sku() else { return };
        if self.quiet.with_value(|quiet| quiet.contains(sku)) {
            self.taken
                .update_value(|taken| _ = taken.insert(sku.to_owned()));
        }
        let proved = self
            .said
            .try_update_value(|said| said.announcements.confirmed(sku));
        // The way back stays for as long as its notice does.
        self.forget_said(&proved.unwrap_or_default());
    }

    /// The server has refused a change. Takes it out of what was said; whether anything was.
    pub(super) fn said_is_wrong(self, change: &Change, reason: &str) -> bool {
        let Some(sku) = change.sku() else {
            return false;
        };
        let wrong = self
            .said
            .try_update_value(|said| said.announcements.refused(sku, reason))
            .unwrap_or_default();
        for key in &wrong {
            self.say_added(*key);
            self.say_refused(*key);
            if let Some((told, _)) = self.told(*key)
                && let Some(give_back) = told.give_back
            {
                give_back(&[sku.to_owned()]);
            }
        }
        !wrong.is_empty()
    }

    /// Says what of a sentence was refused, and why: one notice, however much it is.
    fn say_refused(self, key: u64) {
        let Some((told, lines)) = self.told(key) else {
            return;
        };
        let refused = lines.iter().filter_map(|it| Some((it, it.refusal()?)));
        let refused: Vec<(&Announced, &str)> = refused.collect();
        let (locale, count) = (self.locale, refused.len());
        let text = match refused.as_slice() {
            [(only, reason)] if lines.len() == 1 => {
                let values = [("name", shown_name(only)), ("reason", reason)];
                locale.text_with("cart.not_added", &values)
            }
            _ => {
                let named = refused.iter().take(NAMED).map(|(line, reason)| {
                    let values = [("name", shown_name(line)), ("reason", reason)];
                    locale.text_with("cart.not_added_line", &values)
                });
                let mut named = named.collect::<Vec<_>>().join(" ");
                if count > NAMED {
                    named.push_str(" …");
                }
                let all = locale.number(lines.len() as u64);
                let values = [("all", all.as_str()), ("lines", &named)];
                locale.plural("cart.not_added_many", count as u64, &values)
            }
        };
        if let Some(before) = told.trouble {
            self.notices.dismiss(before);
        }
        let notice = self.notices.show_linked(Tone::Trouble, text, None, None);
        self.keep_told(key, |told| told.trouble = Some(notice));
    }

    /// What was said of additions that are given up now is said no more.
    pub(super) fn unsay_unsent(self) {
        let keys = self
            .said
            .try_update_value(|said| said.announcements.give_up())
            .unwrap_or_default();
        for key in &keys {
            if let Some((told, _)) = self.told(*key) {
                self.notices.dismiss(told.notice);
            }
        }
        self.forget_said(&keys);
    }
}

/// What a notice calls a product: its name, else its SKU.
fn shown_name(line: &Announced) -> &str {
    if line.name.is_empty() {
        &line.sku
    } else {
        &line.name
    }
}
