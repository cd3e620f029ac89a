//! Tests of the news since the last visit.

use super::*;
use proptest::prelude::*;
use std::collections::HashSet;

fn order(number: usize, status: &str) -> Order {
    nymble_wire::decode(&format!(
        r#"{{"id":"{number}","orderNumber":"M-{number}","orderStatus":"{status}"}}"#
    ))
    .unwrap()
}

fn today() -> Day {
    Day::parse("2024-05-20").unwrap()
}

fn invoice(id: usize, due_in: i32, status: &str) -> Invoice {
    let due = today().plus(due_in).text();
    nymble_wire::decode(&format!(
        r#"{{"id":"{id}","invoiceNumber":"INV-{id}","status":"{status}","balance":10,
            "dueDate":"{due}T09:00:00Z"}}"#
    ))
    .unwrap()
}

fn cart(lines: &[(&str, i64, &str)]) -> Cart {
    let items: Vec<String> = lines
        .iter()
        .map(|(sku, quantity, price)| {
            format!(r#"{{"sku":"{sku}","quantity":{quantity},"unitPrice":{price}}}"#)
        })
        .collect();
    let items = items.join(",");
    nymble_wire::decode(&format!(
        r#"{{"shoppingCartId":"c","currencyCode":"USD","items":[{items}]}}"#
    ))
    .unwrap()
}

fn look_at_invoices(seen: &mut Seen, open: &[Invoice]) -> Vec<News> {
    of_invoices(seen, open, today())
}

fn unknown(_: &str) -> Option<i64> {
    None
}

fn shipped(number: usize) -> News {
    News::Shipped {
        number: format!("M-{number}"),
    }
}

/// The first visit has no news.
#[test]
fn the_first_visit_has_no_news() {
    let mut seen = Seen::default();
    assert_eq!(of_orders(&mut seen, &[order(1, "Shipped")]), []);
    assert_eq!(look_at_invoices(&mut seen, &[invoice(1, -3, "Issued")]), []);
    let lines = cart(&[("A", 1, "10")]);
    assert_eq!(of_cart(&mut seen, Some(&lines), &unknown), []);
}

#[test]
fn an_order_is_told_of_when_it_is_shipped_and_once() {
    let mut seen = Seen::default();
    of_orders(&mut seen, &[order(1, "Processing"), order(2, "Shipped")]);
    // A colleague's order came and went in the meantime.
    let now = [
        order(3, "Complete"),
        order(1, "Shipped"),
        order(2, "Complete"),
    ];
    assert_eq!(of_orders(&mut seen, &now), [shipped(3), shipped(1)]);
    assert_eq!(of_orders(&mut seen, &now), []);
    assert_eq!(of_orders(&mut seen, &[order(1, "Processing")]), []);
    assert_eq!(of_orders(&mut seen, &[order(1, "Complete")]), []);
}

#[test]
fn an_invoice_is_told_of_a_week_before_it_is_due_and_after() {
    let mut seen = Seen::default();
    let issued = |due_in| [invoice(1, due_in, "Issued")];
    assert_eq!(look_at_invoices(&mut seen, &issued(8)), []);
    let soon = look_at_invoices(&mut seen, &issued(7));
    assert!(
        matches!(soon[..], [News::DueSoon { days: 7, .. }]),
        "{soon:?}"
    );
    assert_eq!(look_at_invoices(&mut seen, &issued(0)), []);
    let late = look_at_invoices(&mut seen, &issued(-1));
    assert!(matches!(late[..], [News::Overdue { .. }]), "{late:?}");
    assert_eq!(look_at_invoices(&mut seen, &issued(-20)), []);
    // Paid: no news about it, and it is forgotten.
    assert_eq!(look_at_invoices(&mut seen, &[invoice(1, -20, "Paid")]), []);
    assert_eq!(seen.invoices, Some(vec![]));
}

#[test]
fn a_price_is_told_of_at_the_same_quantity_only() {
    let mut seen = Seen::default();
    of_cart(&mut seen, Some(&cart(&[("A", 10, "18.50")])), &unknown);
    let same = cart(&[("A", 10, "18.5000")]);
    assert_eq!(of_cart(&mut seen, Some(&same), &unknown), []);
    // A break of the price list is the buyer's own doing.
    let more = cart(&[("A", 50, "16.00"), ("B", 1, "1")]);
    assert_eq!(of_cart(&mut seen, Some(&more), &unknown), []);
    let dearer = cart(&[("A", 50, "17.00"), ("B", 1, "1")]);
    let news = of_cart(&mut seen, Some(&dearer), &unknown);
    assert_eq!(
        news,
        [News::Price {
            sku: "A".to_owned(),
            before: "16.00".parse().unwrap(),
            now: "17.00".parse().unwrap(),
            currency: "USD".to_owned(),
        }]
    );
    assert_eq!(of_cart(&mut seen, Some(&dearer), &unknown), []);
    assert_eq!(of_cart(&mut seen, None, &unknown), []);
    assert_eq!(seen.cart, []);
}

#[test]
fn stock_is_told_of_when_it_stops_or_begins_to_suffice() {
    let mut seen = Seen::default();
    let lines = cart(&[("A", 10, "1")]);
    let mut look = |on_hand: Option<i64>| {
        of_cart(&mut seen, Some(&lines), &|_: &str| on_hand)
            .into_iter()
            .map(|news| match news {
                News::Stock {
                    on_hand, enough, ..
                } => (on_hand, enough),
                other => panic!("{other:?}"),
            })
            .collect::<Vec<_>>()
    };
    assert_eq!(look(Some(500)), []);
    assert_eq!(look(Some(12)), []);
    assert_eq!(look(Some(9)), [(9, false)]);
    assert_eq!(look(None), []);
    assert_eq!(look(Some(0)), []);
    assert_eq!(look(Some(10)), [(10, true)]);
}

#[test]
fn what_the_buyer_does_to_the_cart_is_followed_and_what_happens_to_it_is_told() {
    let mut seen = Seen::default();
    let before = cart(&[("A", 10, "18.50")]);
    follow_cart(&mut seen, Some(&before), &unknown);
    // Read again elsewhere, at another price: still to be told.
    let now = cart(&[("A", 10, "19.50"), ("B", 1, "2")]);
    follow_cart(&mut seen, Some(&now), &|_: &str| Some(100));
    let news = of_cart(&mut seen, Some(&now), &|_: &str| Some(100));
    assert_eq!(news.len(), 1, "{news:?}");
    assert!(matches!(&news[0], News::Price { sku, .. } if sku == "A"));
}

#[test]
fn later_news_about_a_thing_takes_the_place_of_earlier() {
    let due = |id: &str, late: bool| {
        let (id, number) = (id.to_owned(), String::new());
        if late {
            News::Overdue { id, number }
        } else {
            News::DueSoon {
                id,
                number,
                days: 3,
            }
        }
    };
    let mut told = vec![shipped(1), due("a", false)];
    add(&mut told, vec![due("a", true), due("b", false)]);
    assert_eq!(told, [due("a", true), due("b", false), shipped(1)]);
}

#[test]
fn what_is_remembered_reads_back_and_names_nobody() {
    let mut seen = Seen::default();
    of_orders(&mut seen, &[order(1, "Shipped")]);
    look_at_invoices(&mut seen, &[invoice(1, 3, "Issued")]);
    of_cart(&mut seen, Some(&cart(&[("A", 10, "18.50")])), &|_: &str| {
        Some(3)
    });
    let text = serde_json::to_string(&seen).unwrap();
    assert_eq!(serde_json::from_str::<Seen>(&text).unwrap(), seen);
    let older: Seen = serde_json::from_str("{}").unwrap();
    assert_eq!(older, Seen::default());
}

const STATES: [&str; 5] = ["Pending", "Processing", "Shipped", "Complete", "Cancelled"];

proptest! {
    /// Each piece of news is told at most once. However orders move back and forth, and whatever is looked at: each is
    /// told of at most once, and one that was shipped before is never told of.
    #[test]
    fn each_order_is_told_of_at_most_once(
        visits in prop::collection::vec(prop::collection::vec(0_usize..5, 6), 1..8)
    ) {
        let mut seen = Seen::default();
        let mut told = HashSet::new();
        for (visit, states) in visits.iter().enumerate() {
            let orders: Vec<Order> = states
                .iter()
                .enumerate()
                .map(|(number, state)| order(number, STATES[*state]))
                .collect();
            for news in of_orders(&mut seen, &orders) {
                let News::Shipped { number } = news else { panic!("{news:?}") };
                prop_assert!(visit > 0);
                prop_assert!(told.insert(number.clone()), "{} twice", number);
                let place: usize = number.trim_start_matches("M-").parse().unwrap();
                prop_assert!(visits[..visit].iter().all(|states| !(2..4).contains(&states[place])));
                prop_assert!((2..4).contains(&states[place]));
            }
            prop_assert_eq!(of_orders(&mut seen, &orders), vec![]);
        }
    }

    /// Each piece of news about an invoice is told at most once: when it is due soon, and when it is overdue.
    #[test]
    fn each_invoice_is_told_of_at_most_twice(
        visits in prop::collection::vec(prop::collection::vec(-20_i32..20, 5), 1..8)
    ) {
        let mut seen = Seen::default();
        let mut told = HashSet::new();
        for days in &visits {
            let open: Vec<Invoice> = days
                .iter()
                .enumerate()
                .map(|(id, days)| invoice(id, *days, "Issued"))
                .collect();
            for news in look_at_invoices(&mut seen, &open) {
                let (id, late) = match news {
                    News::DueSoon { id, days, .. } => {
                        prop_assert!((0..=SOON_DAYS).contains(&days));
                        (id, false)
                    }
                    News::Overdue { id, .. } => (id, true),
                    other => panic!("{other:?}"),
                };
                let place: usize = id.parse().unwrap();
                prop_assert_eq!(days[place] < 0, late);
                prop_assert!(told.insert((id, late)));
            }
            prop_assert_eq!(look_at_invoices(&mut seen, &open), vec![]);
        }
    }

    /// Each change of a price is told once. Prices are told of as they step: what was told before is what is told as the
    /// price before now.
    #[test]
    fn every_change_of_a_price_is_told_once(prices in prop::collection::vec(1_u32..4, 1..12)) {
        let mut seen = Seen::default();
        let mut known: Option<Decimal> = None;
        for price in prices {
            let cart = cart(&[("A", 2, &price.to_string())]);
            // Any number of readings in between changes nothing.
            follow_cart(&mut seen, Some(&cart), &unknown);
            follow_cart(&mut seen, Some(&cart), &unknown);
            let news = of_cart(&mut seen, Some(&cart), &unknown);
            let price = Decimal::from(price);
            match (known, news.as_slice()) {
                (Some(known), [News::Price { before, now, .. }]) => {
                    prop_assert_eq!((*before, *now), (known, price));
                    prop_assert_ne!(known, price);
                }
                (known, news) => {
                    prop_assert!(news.is_empty());
                    prop_assert!(known.is_none_or(|known| known == price));
                }
            }
            known = Some(price);
        }
    }

    #[test]
    fn nothing_that_is_stored_panics(text: String) {
        let _ = serde_json::from_str::<Seen>(&text);
    }
}
