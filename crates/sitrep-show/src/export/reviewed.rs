//! Which claims a human has ruled on, and how.
//!
//! In: rulings in order. Out: by claim, the ruling in force that accepts or rejects it. Never what a rule of the program decided.

use std::collections::{BTreeMap, BTreeSet};

use sitrep_model::Ruling;

/// The last `accept` or `reject` in force of each claim. An event's acceptance is one ruling for each of its claims.
pub(super) fn verdicts(rulings: &[Ruling]) -> BTreeMap<&str, &Ruling> {
    let mut undone: BTreeSet<u64> = BTreeSet::new();
    // From the last to the first: an `undo` that was itself undone takes nothing back.
    for ruling in rulings.iter().rev().filter(|ruling| ruling.action == "undo") {
        if let (false, Ok(number)) = (undone.contains(&ruling.number), ruling.subject.parse()) {
            undone.insert(number);
        }
    }
    let standing = rulings.iter().filter(|it| matches!(it.action.as_str(), "accept" | "reject"));
    standing.filter(|it| !undone.contains(&it.number)).map(|it| (it.subject.as_str(), it)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ruling(number: u64, action: &str, subject: &str) -> Ruling {
        let (action, subject, reviewer) = (action.to_owned(), subject.to_owned(), "desk".to_owned());
        Ruling { number, action, subject, value: None, reviewer, why: None }
    }

    #[test]
    fn the_last_verdict_in_force_counts() {
        let told = [
            ruling(1, "accept", "c_1"),
            ruling(2, "reject", "c_1"),
            ruling(3, "accept", "c_2"),
            ruling(4, "undo", "3"),
        ];
        let found = verdicts(&told);
        assert_eq!(found.get("c_1").map(|it| it.action.as_str()), Some("reject"));
        assert!(!found.contains_key("c_2"));
        let mut again = told.to_vec();
        again.push(ruling(5, "undo", "4"));
        assert_eq!(verdicts(&again).get("c_2").map(|it| it.number), Some(3), "the undo was undone");
    }
}
