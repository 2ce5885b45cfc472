//! The states a forecast had as reports came in.
//!
//! In: a forecast with its evidence, and when each report was known. Out: one [`ForecastStep`] for each day on which its state changed.
//! Computed from the pages, so it is the same whenever they were added; what a later report changes stays visible.

use std::collections::BTreeSet;

use sitrep_model::{Date, ForecastStep};

use super::verdict::{Asked, Verdict};
use crate::fuse::fact::Fact;

/// The states from the day it was issued to `today`, changes only; the last is the present one.
pub(super) fn history(
    asked: &Asked<'_, '_>,
    present: &Verdict,
    issued: Option<i32>,
    today: Option<Date>,
    known_on: impl Fn(&Fact<'_>) -> Option<i32>,
) -> Vec<ForecastStep> {
    let (Some(issued), Some(today)) = (issued, today) else { return Vec::new() };
    let last_day = crate::fuse::fact::day_number(today);
    let told = asked.evidence.iter().chain(asked.condition.iter().flatten());
    let mut days: BTreeSet<i32> = told.filter_map(|fact| known_on(fact)).collect();
    days.extend(asked.window.map(|(_, last)| last.saturating_add(1)));
    days.insert(issued);
    let mut steps: Vec<ForecastStep> = Vec::new();
    let mut push = |day: i32, verdict: Verdict| {
        let is_same =
            steps.last().is_some_and(|it| (it.state, &it.resolved_by) == (verdict.state, &verdict.resolved_by));
        if let Some(as_of) = date(today, day).filter(|_| !is_same) {
            steps.push(ForecastStep {
                as_of,
                state: verdict.state,
                resolved_by: verdict.resolved_by,
                why: verdict.why,
            });
        }
    };
    for day in days.into_iter().filter(|day| (issued..=last_day).contains(day)) {
        push(day, asked.verdict(|fact| known_on(fact).is_some_and(|known| known <= day), Some(day)));
    }
    // Reports that nobody dates are known by now, but not since when.
    push(last_day, present.clone());
    steps
}

/// The day of that number, counted from another day and its own.
fn date(today: Date, day: i32) -> Option<Date> {
    let back = crate::fuse::fact::day_number(today).checked_sub(day)?;
    today.checked_sub(jiff::Span::new().try_days(back).ok()?).ok()
}
