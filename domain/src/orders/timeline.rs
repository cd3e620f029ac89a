//! An order's way through its states: what it has been, where it stands, what is to come.

use nymble_wire::{Order, OrderStatus, Timestamp};

/// The way an order takes when nothing comes between.
const WAY: [OrderStatus; 4] = [
    OrderStatus::Pending,
    OrderStatus::Processing,
    OrderStatus::Shipped,
    OrderStatus::Complete,
];

/// How a step lies to the present.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// It was reached, and another one since.
    Done,
    /// The order stands there now.
    Current,
    /// It is still to come.
    Ahead,
}

/// One step of the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// What the order becomes.
    pub status: OrderStatus,
    /// When it did; none where that is not known, or still to come.
    pub at: Option<Timestamp>,
    /// What was said about it.
    pub note: Option<String>,
    /// How it lies to the present.
    pub place: Place,
}

fn on_the_way(status: &OrderStatus) -> Option<usize> {
    WAY.iter().position(|step| step == status)
}

/// The steps of `order`, the first one first: those behind it, the present one, those ahead.
///
/// States of the usual way that the history leaves out are filled in without a time. Nothing lies ahead
/// of an order that is cancelled, or in a state that the documents do not list.
pub fn steps(order: &Order) -> Vec<Step> {
    let now = &order.order_status;
    let place_now = on_the_way(now);
    let mut reached = vec![OrderStatus::Pending];
    for change in &order.status_history {
        if !reached.contains(&change.status) {
            reached.push(change.status.clone());
        }
    }
    if let Some(last) = place_now {
        // An order may be put back: what it was before is to come again.
        reached.retain(|status| on_the_way(status).is_none_or(|place| place <= last));
        for pair in WAY.windows(2).take(last) {
            if let [before, step] = pair
                && !reached.contains(step)
            {
                let place = reached.iter().position(|status| status == before);
                reached.insert(place.map_or(reached.len(), |place| place + 1), step.clone());
            }
        }
    }
    reached.retain(|status| status != now);
    let step = |status: OrderStatus, place: Place| {
        let change = order
            .status_history
            .iter()
            .rev()
            .find(|change| change.status == status && place != Place::Ahead);
        let elsewhere = match (&status, place) {
            (_, Place::Ahead) => None,
            (OrderStatus::Pending, _) => order.order_date.clone(),
            (OrderStatus::Shipped, _) => order
                .shipping_details
                .as_ref()
                .and_then(|details| details.shipped_at.clone()),
            _ => None,
        };
        Step {
            at: change.and_then(|change| change.at.clone()).or(elsewhere),
            note: change.and_then(|change| change.note.clone()),
            status,
            place,
        }
    };
    let ahead = place_now.map_or(&[][..], |place| WAY.get(place + 1..).unwrap_or_default());
    let behind = reached.into_iter().map(|status| step(status, Place::Done));
    let present = [step(now.clone(), Place::Current)];
    let coming = ahead
        .iter()
        .map(|status| step(status.clone(), Place::Ahead));
    behind.chain(present).chain(coming).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn order(status: &str, history: &[(&str, &str)]) -> Order {
        let mut order: Order = nymble_wire::decode(
            r#"{"id":"1","orderNumber":"MOM-1","orderDate":"2024-05-01T08:00:00Z"}"#,
        )
        .unwrap();
        order.order_status = OrderStatus::from(status);
        order.status_history = history
            .iter()
            .map(|(status, at)| nymble_wire::StatusChange {
                status: OrderStatus::from(*status),
                at: Timestamp::parse(at),
                note: None,
            })
            .collect();
        order
    }

    fn shown(order: &Order) -> Vec<String> {
        steps(order)
            .iter()
            .map(|step| {
                let mark = match step.place {
                    Place::Done => "-",
                    Place::Current => "=",
                    Place::Ahead => ">",
                };
                let day = step.at.as_ref().and_then(|at| at.as_str().get(8..10));
                format!("{mark}{} {}", step.status.as_str(), day.unwrap_or(""))
            })
            .collect()
    }

    #[test]
    fn an_order_on_its_way() {
        let history = [
            ("Pending", "2024-05-01T08:00:00Z"),
            ("Processing", "2024-05-02T08:00:00Z"),
            ("Shipped", "2024-05-04T08:00:00Z"),
        ];
        assert_eq!(
            shown(&order("Shipped", &history)),
            ["-Pending 01", "-Processing 02", "=Shipped 04", ">Complete "]
        );
    }

    #[test]
    fn without_a_history_the_way_is_filled_in() {
        assert_eq!(
            shown(&order("Complete", &[])),
            ["-Pending 01", "-Processing ", "-Shipped ", "=Complete "]
        );
        assert_eq!(
            shown(&order("Pending", &[])),
            ["=Pending 01", ">Processing ", ">Shipped ", ">Complete "]
        );
    }

    #[test]
    fn nothing_lies_ahead_of_a_cancelled_order() {
        let history = [
            ("Pending", "2024-05-01T08:00:00Z"),
            ("Processing", "2024-05-02T08:00:00Z"),
            ("Cancelled", "2024-05-03T08:00:00Z"),
        ];
        assert_eq!(
            shown(&order("Cancelled", &history)),
            ["-Pending 01", "-Processing 02", "=Cancelled 03"]
        );
        assert_eq!(
            shown(&order("Cancelled", &[])),
            ["-Pending 01", "=Cancelled "]
        );
    }

    #[test]
    fn a_state_of_the_merchants_own_is_shown_where_it_came() {
        let history = [
            ("Pending", "2024-05-01T08:00:00Z"),
            ("Backordered", "2024-05-02T08:00:00Z"),
            ("Shipped", "2024-05-05T08:00:00Z"),
        ];
        assert_eq!(
            shown(&order("Shipped", &history)),
            [
                "-Pending 01",
                "-Processing ",
                "-Backordered 02",
                "=Shipped 05",
                ">Complete "
            ]
        );
        assert_eq!(
            shown(&order("Backordered", &history[..2])),
            ["-Pending 01", "=Backordered 02"]
        );
    }

    #[test]
    fn an_order_that_was_put_back_has_it_before_itself_again() {
        let history = [
            ("Pending", "2024-05-01T08:00:00Z"),
            ("Processing", "2024-05-02T08:00:00Z"),
            ("Pending", "2024-05-03T08:00:00Z"),
        ];
        assert_eq!(
            shown(&order("Pending", &history)),
            ["=Pending 03", ">Processing ", ">Shipped ", ">Complete "]
        );
    }

    fn status() -> impl Strategy<Value = &'static str> {
        prop::sample::select(vec![
            "Pending",
            "Processing",
            "Shipped",
            "Complete",
            "Cancelled",
            "Backordered",
            "OnHold",
        ])
    }

    proptest! {
        /// Whatever an order's history, there is one present step between past and future.
        #[test]
        fn whatever_the_history_there_is_one_present_between_past_and_future(
            now in status(),
            history in prop::collection::vec(status(), 0..8),
        ) {
            let history: Vec<(&str, &str)> =
                history.into_iter().map(|status| (status, "2024-05-02T08:00:00Z")).collect();
            let order = order(now, &history);
            let steps = steps(&order);
            let rank = |step: &Step| match step.place {
                Place::Done => 0,
                Place::Current => 1,
                Place::Ahead => 2,
            };
            prop_assert!(steps.is_sorted_by_key(rank));
            let present: Vec<_> =
                steps.iter().filter(|step| step.place == Place::Current).collect();
            prop_assert_eq!(present.len(), 1);
            prop_assert_eq!(&present[0].status, &order.order_status);
            for (place, step) in steps.iter().enumerate() {
                let again = steps.iter().skip(place + 1).any(|other| other.status == step.status);
                prop_assert!(!again, "{:?} twice", step.status);
                prop_assert!(step.place != Place::Ahead || step.at.is_none());
            }
            prop_assert!(steps.iter().any(|step| step.status == OrderStatus::Pending));
        }
    }
}
