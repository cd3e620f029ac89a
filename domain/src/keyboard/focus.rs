//! Which control takes the focus when the one that has it goes away with its row.

/// The place among the controls `found` of a neighbour that takes the focus of the control that stood `at` that place
/// among the controls `lost` of a row. Each is named by its kind: the same kind takes it where there is one.
pub fn heir(lost: &[String], at: usize, found: &[String]) -> Option<usize> {
    let end = found.len().checked_sub(1)?;
    let Some(kind) = lost.get(at) else {
        return Some(0);
    };
    let same = |kinds: &[String]| -> Vec<usize> {
        let kinds = kinds.iter().enumerate();
        let same = kinds.filter(|(_, other)| *other == kind);
        same.map(|(place, _)| place).collect()
    };
    let nth = same(lost).iter().position(|place| *place == at)?;
    let alike = same(found);
    Some(
        alike
            .get(nth)
            .or(alike.last())
            .copied()
            .unwrap_or(at.min(end)),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn kinds() -> impl Strategy<Value = Vec<String>> {
        prop::collection::vec("[a-d]", 0..6)
    }

    proptest! {
        #[test]
        fn where_there_is_a_control_one_takes_the_focus_of_the_same_kind_if_possible(
            lost in kinds(), at in 0_usize..8, found in kinds(),
        ) {
            match heir(&lost, at, &found) {
                None => prop_assert!(found.is_empty()),
                Some(place) => {
                    let taken = &found[place];
                    if let Some(kind) = lost.get(at).filter(|kind| found.contains(kind)) {
                        prop_assert_eq!(taken, kind);
                    }
                }
            }
        }

        /// The focus is never lost with what goes away.
        #[test]
        fn in_a_row_just_like_it_it_is_the_very_same_control(row in kinds(), at in 0_usize..6) {
            let same = if at < row.len() { at } else { 0 };
            prop_assert_eq!(heir(&row, at, &row), (!row.is_empty()).then_some(same));
        }
    }
}
