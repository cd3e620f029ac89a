//! Tests of changes to addresses and contacts.

use nymble_wire::{Address, AddressType, Contact};
use proptest::prelude::*;

use super::*;

fn address(id: &str, line1: &str, kind: AddressType, primary: bool) -> Address {
    Address {
        external_id: Some(id.to_owned()).filter(|id| !id.is_empty()),
        line1: line1.to_owned(),
        city: "Austin".to_owned(),
        country: "US".to_owned(),
        address_type: Some(kind),
        is_primary: Some(primary),
        ..Address::default()
    }
}

fn three() -> Vec<Address> {
    vec![
        address("A", "1 First", AddressType::Shipping, true),
        address("B", "2 Second", AddressType::Shipping, false),
        address("C", "3 Third", AddressType::Billing, true),
    ]
}

fn lines(list: &[Address]) -> Vec<&str> {
    list.iter().map(|it| it.line1.as_str()).collect()
}

#[test]
fn an_entry_is_found_by_id_then_label_then_content() {
    let mut list = three();
    let mut moved = list[1].clone();
    moved.line1 = "elsewhere".to_owned();
    assert_eq!(find(&list, &moved), Some(1), "by its id");
    list[0].external_id = None;
    list[0].code = Some("WH".to_owned());
    list[2].external_id = None;
    list[2].code = Some("WH".to_owned());
    let mut moved = list[2].clone();
    moved.line1 = "elsewhere".to_owned();
    assert_eq!(find(&list, &moved), Some(2), "by its label and kind");
    for entry in &mut list {
        entry.external_id = None;
        entry.code = None;
    }
    let mut wanted = list[1].clone();
    wanted.is_primary = None;
    assert_eq!(find(&list, &wanted), Some(1), "by its content");
    wanted.line1 = "elsewhere".to_owned();
    assert_eq!(find(&list, &wanted), None);
}

#[test]
fn of_two_with_one_id_the_same_content_is_meant() {
    let mut list = three();
    list[1].external_id = Some("A".to_owned());
    assert_eq!(find(&list, &list[1].clone()), Some(1));
}

#[test]
fn a_new_one_is_the_first_choice_only_when_it_is_the_first() {
    let new = address("", "4 Fourth", AddressType::Billing, true);
    let list = apply(&three(), &Change::Add(new.clone())).unwrap();
    assert!(!list[3].is_primary());
    let list = apply(&three()[..2], &Change::Add(new)).unwrap();
    assert!(list[2].is_primary());
}

#[test]
fn an_edit_keeps_what_others_did_to_others() {
    let shown = three();
    let mut after = shown[1].clone();
    after.line1 = "22 Second".to_owned();
    let change = Change::Edit {
        before: shown[1].clone(),
        after,
    };
    let mut now = shown;
    now[0].line1 = "11 First".to_owned();
    now.push(address("D", "4 Fourth", AddressType::Shipping, false));
    let list = apply(&now, &change).unwrap();
    assert_eq!(
        lines(&list),
        ["11 First", "22 Second", "3 Third", "4 Fourth"]
    );
}

#[test]
fn an_edit_of_what_somebody_else_rewrote_is_not_made_blindly() {
    let shown = three();
    let mut after = shown[1].clone();
    after.line1 = "22 Second".to_owned();
    let change = Change::Edit {
        before: shown[1].clone(),
        after: after.clone(),
    };
    let mut now = shown.clone();
    now[1].city = "Dallas".to_owned();
    assert_eq!(apply(&now, &change), Err(Conflict::Changed(now[1].clone())));
    // Once more, knowing it: the buyer's own wins.
    let knowing = Change::Edit {
        before: now[1].clone(),
        after: after.clone(),
    };
    assert_eq!(apply(&now, &knowing).unwrap()[1].line1, "22 Second");
    // Somebody chose another first choice, or made the very same change.
    let mut now = shown;
    now[0].is_primary = Some(false);
    now[1].is_primary = Some(true);
    let list = apply(&now, &change).unwrap();
    assert!(list[1].is_primary() && list[1].line1 == "22 Second");
    assert_eq!(apply(&list, &change).unwrap(), list);
    now.remove(1);
    assert_eq!(apply(&now, &change), Err(Conflict::Gone));
}

#[test]
fn another_kind_does_not_bring_a_second_first_choice() {
    let list = three();
    let mut after = list[0].clone();
    after.address_type = Some(AddressType::Billing);
    let change = Change::Edit {
        before: list[0].clone(),
        after,
    };
    let changed = apply(&list, &change).unwrap();
    assert!(!changed[0].is_primary() && changed[2].is_primary());
}

#[test]
fn a_first_choice_is_one_of_its_kind() {
    let list = three();
    let changed = apply(&list, &Change::MakePrimary(list[1].clone())).unwrap();
    let primary: Vec<bool> = changed.iter().map(Entry::is_primary).collect();
    assert_eq!(primary, [false, true, true]);
}

#[test]
fn what_was_removed_comes_back_once_and_in_its_place() {
    let list = three();
    let entry = list[0].clone();
    let without = apply(&list, &Change::Remove(entry.clone())).unwrap();
    assert_eq!(lines(&without), ["2 Second", "3 Third"]);
    assert_eq!(
        apply(&without, &Change::Remove(entry.clone())).unwrap(),
        without
    );
    let restore = Change::Restore { entry, place: 0 };
    let back = apply(&without, &restore).unwrap();
    assert_eq!(back, list);
    assert_eq!(apply(&back, &restore).unwrap(), list);
    let chosen = apply(&without, &Change::MakePrimary(without[0].clone())).unwrap();
    let back = apply(&chosen, &restore).unwrap();
    assert!(
        !back[0].is_primary() && back[1].is_primary(),
        "the new first choice stays"
    );
}

#[test]
fn contacts_are_changed_alike() {
    let contact = |first: &str| Contact {
        first_name: Some(first.to_owned()),
        is_primary: Some(first == "Ann"),
        ..Contact::default()
    };
    let list = vec![contact("Ann"), contact("Ben")];
    let changed = apply(&list, &Change::MakePrimary(contact("Ben"))).unwrap();
    assert!(!changed[0].is_primary() && changed[1].is_primary());
    let mut after = contact("Ben");
    after.phone = Some("555".to_owned());
    let change = Change::Edit {
        before: contact("Ben"),
        after,
    };
    let changed = apply(&changed, &change).unwrap();
    assert!(changed[1].is_primary() && changed[1].phone.as_deref() == Some("555"));
}

fn any_list() -> impl Strategy<Value = Vec<Address>> {
    prop::collection::vec((any::<bool>(), any::<bool>(), 0_u8..4), 0..6).prop_map(|entries| {
        let mut list: Vec<Address> = Vec::new();
        for (place, (billing, keyed, line)) in entries.into_iter().enumerate() {
            let kind = if billing {
                AddressType::Billing
            } else {
                AddressType::Shipping
            };
            let id = if keyed {
                format!("ID-{place}")
            } else {
                String::new()
            };
            let mut entry = address(&id, &format!("{line} Street"), kind, false);
            entry.is_primary = Some(!list.iter().any(|other| other.is_of_kind(&entry)));
            list.push(entry);
        }
        list
    })
}

fn any_change(list: Vec<Address>) -> impl Strategy<Value = (Vec<Address>, Change<Address>)> {
    let most = list.len().max(1);
    (0..5_u8, 0..most, any::<bool>(), 0_u8..4).prop_map(move |(what, at, billing, line)| {
        let kind = if billing {
            AddressType::Billing
        } else {
            AddressType::Shipping
        };
        let new = address("", &format!("{line} New Street"), kind, true);
        let entry = list.get(at).cloned().unwrap_or_else(|| new.clone());
        let after = Address {
            external_id: entry.external_id.clone(),
            ..new.clone()
        };
        let change = match what {
            0 => Change::Add(new),
            1 => Change::Edit {
                before: entry,
                after,
            },
            2 => Change::MakePrimary(entry),
            3 => Change::Remove(entry),
            _ => Change::Restore { entry, place: at },
        };
        (list.clone(), change)
    })
}

proptest! {
    /// One entry of a kind is primary.
    #[test]
    fn no_kind_ever_has_two_first_choices((list, change) in any_list().prop_flat_map(any_change)) {
        if let Ok(list) = apply(&list, &change) {
            for kind in [true, false] {
                let chosen = list.iter().filter(|it| it.is_shipping() == kind && it.is_primary());
                prop_assert!(chosen.count() <= 1);
            }
        }
    }

    /// A change of addresses or contacts leaves the others alone.
    #[test]
    fn at_most_one_entry_changes_but_for_the_first_choice((list, change) in any_list().prop_flat_map(any_change)) {
        if let Ok(changed) = apply(&list, &change) {
            let mut left: Vec<Address> = changed.iter().map(Entry::content).collect();
            let mut lost = 0;
            for entry in &list {
                match left.iter().position(|it| *it == entry.content()) {
                    Some(place) => { left.remove(place); }
                    None => lost += 1,
                }
            }
            prop_assert!(lost <= 1 && left.len() <= 1, "{lost} lost, {} new", left.len());
        }
    }
}
