//! The queue of the cart's changes against a plain cart.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use super::*;
use proptest::prelude::*;

fn cart(lines: &[(&str, i64)]) -> Cart {
    let items: Vec<String> = lines
        .iter()
        .map(|(sku, quantity)| format!(r#"{{"sku":"{sku}","quantity":{quantity}}}"#))
        .collect();
    nymble_wire::decode(&format!(
        r#"{{"shoppingCartId":"cart_1","items":[{}]}}"#,
        items.join(",")
    ))
    .unwrap()
}

fn add(sku: &str, quantity: u32) -> Change {
    Change::Add {
        sku: sku.to_owned(),
        name: String::new(),
        quantity,
    }
}

fn set(sku: &str, quantity: u32) -> Change {
    Change::Set {
        sku: sku.to_owned(),
        name: String::new(),
        quantity,
    }
}

fn shown(queue: &ChangeQueue, cart: &Cart) -> Vec<(String, i64)> {
    queue
        .lines_over(Some(cart), None)
        .iter()
        .map(|line| (line.sku.clone(), line.quantity))
        .collect()
}

#[test]
fn typing_is_one_change_and_the_last_quantity_wins() {
    let mut queue = ChangeQueue::default();
    for quantity in [1, 12, 120] {
        queue.push(set("A", quantity));
    }
    queue.push(add("B", 2));
    queue.push(add("B", 3));
    assert_eq!(queue.len(), 2);
    let cart = cart(&[("A", 5)]);
    assert_eq!(shown(&queue, &cart), [("A".into(), 120), ("B".into(), 5)]);
    assert_eq!(queue.send_next(Some(&cart), 1)[0].change, set("A", 120));
}

/// A change that was sent is not merged with a later one.
#[test]
fn a_change_that_was_sent_is_not_merged_with() {
    let mut queue = ChangeQueue::default();
    let cart = cart(&[]);
    queue.push(add("A", 1));
    queue.send_next(Some(&cart), 1);
    queue.push(add("A", 1));
    assert_eq!(queue.len(), 2);
    assert_eq!(shown(&queue, &cart), [("A".into(), 2)]);
}

/// A lost answer is told from a lost request.
#[test]
fn a_lost_answer_is_told_from_a_lost_request() {
    let mut queue = ChangeQueue::default();
    queue.push(add("A", 3));
    let sent = queue.send_next(Some(&cart(&[("A", 2)])), 1).remove(0);
    assert!(!sent.has_arrived(&Units::of(Some(&cart(&[("A", 2)])))));
    assert!(sent.has_arrived(&Units::of(Some(&cart(&[("A", 5)])))));
    // Shown once, whether or not the cart holds it already.
    assert_eq!(shown(&queue, &cart(&[("A", 2)])), [("A".into(), 5)]);
    assert_eq!(shown(&queue, &cart(&[("A", 5)])), [("A".into(), 5)]);
}

#[test]
fn removing_hides_the_line_and_undo_brings_it_back() {
    let mut queue = ChangeQueue::default();
    let cart = cart(&[("A", 4)]);
    queue.push(set("A", 0));
    assert_eq!(shown(&queue, &cart), []);
    queue.push(set("A", 4));
    assert_eq!(shown(&queue, &cart), [("A".into(), 4)]);
}

#[test]
fn it_survives_being_written_down() {
    let mut queue = ChangeQueue::default();
    queue.push(add("A", 1));
    queue.send_next(None, 1);
    queue.push(Change::PoNumber("PO-1".to_owned()));
    queue.push(Change::OrderType(OrderType::Quote));
    let text = serde_json::to_string(&queue).unwrap();
    assert_eq!(serde_json::from_str::<ChangeQueue>(&text).unwrap(), queue);
}

#[test]
fn only_products_go_side_by_side_and_a_field_goes_alone() {
    let mut queue = ChangeQueue::default();
    queue.push_all(vec![add("A", 1), add("B", 1), add("A", 2)]);
    queue.push(Change::PoNumber("PO-1".to_owned()));
    queue.push_all(vec![add("C", 1), set("B", 9)]);
    assert_eq!(queue.alike(), 2);
    let cart = cart(&[("A", 5)]);
    let sent = queue.send_next(Some(&cart), 6);
    let changes: Vec<&Change> = sent.iter().map(|sent| &sent.change).collect();
    assert_eq!(changes, [&add("A", 3), &set("B", 9)]);
    assert_eq!((sent[0].before, sent[1].before), (5, 0));
    queue.settle(&add("A", 3));
    queue.doubt(&set("B", 9));
    // What is left comes again, before anything else.
    let again = queue.send_next(Some(&cart), 6);
    assert_eq!(again.len(), 1);
    assert!(again[0].doubtful);
    queue.settle(&set("B", 9));
    assert_eq!(queue.send_next(Some(&cart), 6).len(), 1);
    assert_eq!(queue.skus().collect::<Vec<_>>(), ["C"]);
}

#[test]
fn an_addition_made_several_times_over_is_told_from_others() {
    let mut queue = ChangeQueue::default();
    queue.push(add("A", 3));
    let sent = queue.send_next(Some(&cart(&[("A", 2)])), 1).remove(0);
    let meant = |units| sent.meant(&Units::of(Some(&cart(&[("A", units)]))));
    assert_eq!(
        [5, 7, 8, 11, 14, 17].map(meant),
        [None, None, Some(5), Some(5), Some(5), None]
    );
}

#[test]
fn an_addition_that_was_refused_is_known_by_its_very_own_units() {
    let mut queue = ChangeQueue::default();
    queue.push(add("A", 3));
    queue.push(set("B", 3));
    let sent = queue.send_next(Some(&cart(&[("A", 2)])), 2);
    let there = |sent: &Sent, sku, units| {
        sent.is_there_nevertheless(&Units::of(Some(&cart(&[(sku, units)]))))
    };
    assert_eq!(
        [2, 4, 5, 6, 8].map(|units| there(&sent[0], "A", units)),
        [false, false, true, false, true]
    );
    assert_eq!(
        [2, 3, 6].map(|units| there(&sent[1], "B", units)),
        [false, true, false]
    );
}

#[test]
fn each_answer_of_many_settles_its_own_change_or_leaves_it_to_be_looked_into() {
    for (answer, left, doubtful) in [
        (Answer::Yes(Some(Copies::One)), 1, false),
        (Answer::Yes(Some(Copies::Several)), 2, true),
        (Answer::Yes(None), 2, true),
        (Answer::Unclear, 2, true),
        (Answer::No, 2, false),
        (Answer::NotTaken, 2, false),
    ] {
        let mut queue = ChangeQueue::default();
        queue.push_all(vec![add("A", 1), add("B", 1)]);
        queue.send_next(Some(&cart(&[])), 2);
        queue.answered(&add("A", 1), answer);
        assert_eq!(queue.len(), left, "{answer:?}");
        let of_a = queue.send_next(None, 2);
        let of_a = of_a.iter().find(|sent| sent.change == add("A", 1));
        assert_eq!(
            of_a.is_some_and(|sent| sent.doubtful),
            doubtful,
            "{answer:?}"
        );
    }
}

fn cart_called(id: &str, lines: &[(&str, i64)]) -> Cart {
    let mut cart = cart(lines);
    cart.shopping_cart_id = id.to_owned();
    cart
}

/// An addition whose answer was lost is not sent again where the cart that ended holds it.
#[test]
fn a_cart_that_has_ended_tells_of_the_addition_that_it_took() {
    let mut queue = ChangeQueue::default();
    let first = cart_called("first", &[("A", 10)]);
    queue.push(add("A", 5));
    let sent = queue.send_next(Some(&first), 1).remove(0);
    let ended = |units: i64| sent.fate(&Units::of(Some(&cart(&[("A", units)]))));
    assert_eq!([15, 20].map(ended), [Fate::In, Fate::In]);
    assert_eq!(ended(10), Fate::NotIn);
    // Somebody else changed the line as well.
    assert_eq!([0, 8, 12].map(ended), [Fate::Unknown; 3]);
}

/// An addition whose answer was lost is not sent again where the order of its cart holds it.
#[test]
fn an_order_tells_as_its_cart_does() {
    let order = r#"{"id":"1","orderNumber":"MOM-1","items":[
        {"sku":"A","quantity":4},{"sku":"B","quantity":1},{"sku":"A","quantity":2}]}"#;
    let order = nymble_wire::decode(order).unwrap();
    let units = Units::of_order(&order);
    assert_eq!(["A", "B", "C"].map(|sku| units.get(sku)), [6, 1, 0]);
}

/// An addition whose answer was lost is counted on the cart that it was sent to, and on no other. What another cart holds
/// says nothing of an addition: not that it arrived, and not that it did not.
#[test]
fn an_addition_is_counted_on_the_cart_that_it_was_sent_to() {
    let mut queue = ChangeQueue::default();
    let (first, next) = (
        cart_called("first", &[]),
        cart_called("next", &[("A", 9), ("B", 1)]),
    );
    queue.follow(Some("first"));
    queue.push(add("A", 5));
    let sent = queue.send_next(Some(&first), 1).remove(0);
    queue.doubt(&sent.change);
    queue.follow(Some("next"));
    let sent = queue.as_sent(&sent.change).unwrap().clone();
    assert!(sent.is_of_another(Some("next")) && sent.is_of_another(None));
    assert!(!sent.is_of_another(Some("first")));
    assert_eq!(shown(&queue, &next)[0], ("A".into(), 14));
    // Read again, it is counted on the cart that it was sent to all the same.
    assert_eq!(queue.recount(Some(&next)), std::slice::from_ref(&sent));
    let anew = queue.begin_anew(&sent.change, Some(&next)).unwrap();
    assert_eq!((anew.before, anew.doubtful), (9, false));
    assert!(!anew.is_of_another(Some("next")));
    // One that begins a cart was sent to none, and whichever cart there is tells of it.
    queue.settle(&anew.change);
    queue.push(add("C", 1));
    assert!(!queue.send_next(None, 1)[0].is_of_another(Some("next")));
}

proptest! {
    /// However changes interleave with sending, what is shown is what a plain cart would hold.
    #[test]
    fn what_is_shown_is_what_was_done(steps in prop::collection::vec((0..4_u8, 0..3_usize, 0..9_u32), 0..40)) {
        let skus = ["A", "B", "C"];
        let mut server: std::collections::BTreeMap<&str, i64> = std::collections::BTreeMap::new();
        let mut wanted = server.clone();
        let mut queue = ChangeQueue::default();
        let as_cart = |server: &std::collections::BTreeMap<&str, i64>| {
            cart(&server.iter().filter(|(_, q)| **q > 0).map(|(s, q)| (*s, *q)).collect::<Vec<_>>())
        };
        for (kind, which, quantity) in steps {
            let sku = skus[which];
            match kind {
                0 => {
                    queue.push(add(sku, quantity));
                    *wanted.entry(sku).or_default() += i64::from(quantity);
                }
                1 => {
                    queue.push(set(sku, quantity));
                    wanted.insert(sku, i64::from(quantity));
                }
                2 => {
                    queue.send_next(Some(&as_cart(&server)), quantity as usize % 3 + 1);
                }
                _ => {
                    // Several may be with the server; it takes them in any order.
                    let mut sent = queue.send_next(Some(&as_cart(&server)), 3);
                    if sent.is_empty() {
                        continue;
                    }
                    let sent = sent.remove(quantity as usize % sent.len());
                    let sku = skus.iter().find(|s| Some(**s) == sent.change.sku()).unwrap();
                    match &sent.change {
                        Change::Add { quantity, .. } => *server.entry(sku).or_default() += i64::from(*quantity),
                        Change::Set { quantity, .. } => { server.insert(sku, i64::from(*quantity)); }
                        _ => {}
                    }
                    queue.settle(&sent.change);
                }
            }
            let mut lines = shown(&queue, &as_cart(&server));
            lines.sort();
            let plain: Vec<(String, i64)> = wanted.iter().filter(|(_, q)| **q > 0).map(|(s, q)| ((*s).to_owned(), *q)).collect();
            prop_assert_eq!(lines, plain);
        }
    }

    /// Nothing meant for a cart that was ordered elsewhere is done to the next one. A cart that was ordered elsewhere
    /// takes what was meant for it with it; what was to be added goes into the next.
    #[test]
    fn nothing_meant_for_one_cart_is_done_to_the_next(
        steps in prop::collection::vec((any::<bool>(), 0..3_usize, 1..9_u32), 0..20),
        sent in 0..4_usize,
        reloaded in any::<bool>(),
        next in prop::option::of(Just("next")),
    ) {
        let skus = ["A", "B", "C"];
        let mut queue = ChangeQueue::default();
        prop_assert_eq!(queue.follow(Some("first")), []);
        for (place, (adds, which, quantity)) in steps.iter().enumerate() {
            queue.push(if *adds { add(skus[*which], *quantity) } else { set(skus[*which], *quantity) });
            if place == sent {
                queue.send_next(None, 2);
            }
        }
        prop_assert_eq!(queue.follow(Some("first")), []);
        let all: Vec<Change> = queue.sent.iter().map(|sent| sent.change.clone()).chain(queue.waiting.clone()).collect();
        if reloaded {
            queue = serde_json::from_str(&serde_json::to_string(&queue).unwrap()).unwrap();
        }
        let lost = queue.follow(next);
        let left: Vec<&Change> = queue.sent.iter().map(|sent| &sent.change).chain(&queue.waiting).collect();
        prop_assert!(lost.iter().all(Change::is_edit));
        prop_assert_eq!(left, all.iter().filter(|change| !change.is_edit()).collect::<Vec<_>>());
        for sku in skus {
            let last = all.iter().rfind(|change| change.is_edit() && change.sku() == Some(sku));
            let told: Vec<&Change> = lost.iter().filter(|change| change.sku() == Some(sku)).collect();
            prop_assert_eq!(told, last.into_iter().collect::<Vec<_>>());
        }
        prop_assert_eq!(queue.follow(next), []);
    }
}

#[test]
fn a_change_that_was_not_made_waits_again_before_all_others() {
    let mut queue = ChangeQueue::default();
    for change in [add("A", 2), add("B", 1)] {
        queue.push(change);
    }
    queue.send_next(Some(&cart(&[])), 1);
    queue.push(add("A", 3));
    queue.unsend(&add("A", 2));
    assert!(!queue.is_sending());
    // Somebody else has added some meanwhile: they are counted when it is sent again.
    let now = cart(&[("A", 2)]);
    let sent = queue.send_next(Some(&now), 1);
    assert_eq!((&sent[0].change, sent[0].before), (&add("A", 5), 2));
    assert!(!sent[0].has_arrived(&Units::of(Some(&now))));
}

#[test]
fn a_quantity_that_a_browser_sent_twice_where_there_was_no_line_is_set_right() {
    let mut queue = ChangeQueue::default();
    queue.push(set("A", 3));
    let sent = queue.send_next(Some(&cart(&[])), 1).remove(0);
    let meant = |units| sent.meant(&Units::of(Some(&cart(&[("A", units)]))));
    assert_eq!(
        [0, 2, 3, 5, 6, 9].map(meant),
        [None, None, None, None, Some(3), Some(3)]
    );
}

#[test]
fn what_was_refused_of_many_is_counted_anew_unless_it_was_made_nevertheless() {
    let mut queue = ChangeQueue::default();
    let (one, two) = (add("A", 2), add("B", 3));
    queue.push_all(vec![one.clone(), two.clone()]);
    queue.send_next(Some(&cart(&[("B", 1)])), 2);
    for change in [&one, &two] {
        queue.answered(change, Answer::No);
    }
    // Somebody else ordered a unit of A meanwhile; B was made by a request that the browser sent twice.
    queue.hear_again(&[&one, &two], Some(&cart(&[("A", 1), ("B", 4)])));
    let sent = |change| {
        queue
            .as_sent(change)
            .map(|sent| (sent.before, sent.doubtful))
    };
    assert_eq!(sent(&one), Some((1, false)));
    assert_eq!(sent(&two), Some((1, true)));
}
