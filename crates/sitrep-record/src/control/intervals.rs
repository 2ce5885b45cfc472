//! Who held a place from day to day: the days through which reports left its state as it was.
//!
//! In: everything said of one place, latest first. Out: [`ControlInterval`]s, earliest first. Between reports nothing is filled in; readers'
//! comments take no part.

use std::collections::BTreeSet;

use sitrep_model::{ControlInterval, ControlSideKind, Date};

use super::{SAME_STATE_DAYS, Told, is_recent, sides, state};
use crate::fuse::fact::day_number;

/// The intervals that `told` makes.
pub(super) fn intervals(told: &[Told]) -> Vec<ControlInterval> {
    let days: BTreeSet<Date> = told.iter().filter(|one| one.reporting).filter_map(|one| one.date).collect();
    let mut found: Vec<ControlInterval> = Vec::new();
    for day in days {
        let Some(now) = on(told, day) else { continue };
        match found.last_mut() {
            Some(last) if last.state == now.state && last.holders == now.holders => {
                last.to = day;
                last.according_to.extend(now.according_to);
                last.according_to.sort();
                last.according_to.dedup();
            }
            _ => found.push(now),
        }
    }
    found
}

/// The state on one day, from what was said of that day and the few before it.
fn on(told: &[Told], day: Date) -> Option<ControlInterval> {
    let number = day_number(day);
    let near = |one: &&Told| one.date.is_some_and(|date| date <= day && number - day_number(date) <= SAME_STATE_DAYS);
    let near: Vec<Told> = told.iter().filter(near).filter(|one| one.reporting).cloned().collect();
    let latest = near.first()?.day;
    let (state, why) = state(&near, Some(day));
    let sides = sides::sides(&near, |one| is_recent(one, latest));
    let holds = sides.iter().filter(|side| side.current && side.kind == ControlSideKind::Holder);
    let spoken = sides.iter().filter(|side| side.current).flat_map(|side| &side.assertions);
    let according_to: BTreeSet<String> = spoken.map(|assertion| assertion.according_to.clone()).collect();
    Some(ControlInterval {
        from: day,
        to: day,
        state: state.to_owned(),
        holders: holds.filter_map(|side| side.holder.clone()).collect(),
        according_to: according_to.into_iter().collect(),
        why,
    })
}
