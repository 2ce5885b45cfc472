//! Two claims compared field by field.
//!
//! In: two gists. Out: [`Weighed`]: the outcome of every field, what forbids one event, and what the sum comes to. Some things
//! forbid (days apart, other places, a moved front line, real against foreseen); the rest is weighed by `data/weights.toml`.
//! Depends on the two claims alone, so no third report ever changes the answer.

use super::gist::{Days, Gist, Reality};
use super::weights::{Outcome, threshold};
use crate::names::PlaceMatch;

/// Publication of two undated accounts of one event lies within so many days.
const UNDATED_APART_DAYS: i32 = 14;
/// A dated event and an undated account of it lie within so many days.
const RETOLD_AFTER_DAYS: i32 = 60;

/// What comparing two claims says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// Not one event, whatever else agrees.
    Never,
    /// So many points for one event.
    Points(i32),
}

impl Verdict {
    /// Whether it is so many points at least.
    pub(crate) fn comes_to(self, least: i32) -> bool {
        matches!(self, Verdict::Points(points) if points >= least)
    }
}

/// Why two claims are never one event, or why points alone do not make them one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Bar {
    /// The field that forbids it.
    pub field: &'static str,
    /// Why, as a clause.
    pub why: &'static str,
}

const fn bar(field: &'static str, why: &'static str) -> Bar {
    Bar { field, why }
}

/// Two claims compared.
#[derive(Debug, Clone)]
pub(crate) struct Weighed {
    /// The outcome of each field that was compared.
    pub outcomes: Vec<Outcome>,
    /// What forbids one event.
    pub forbids: Vec<Bar>,
    /// What points cannot make up for.
    pub lacks: Option<&'static str>,
}

impl Weighed {
    /// The sum of all weights.
    pub(crate) fn sum(&self) -> i32 {
        self.outcomes.iter().map(|outcome| outcome.points()).sum()
    }

    /// What it comes to.
    pub(crate) fn verdict(&self) -> Verdict {
        match (self.forbids.is_empty(), self.lacks) {
            (false, _) => Verdict::Never,
            (true, None) => Verdict::Points(self.sum()),
            (true, Some(_)) => Verdict::Points(self.sum().min(threshold().same - 1)),
        }
    }
}

/// What comparing two claims comes to: the same as the verdict of [`weigh`], and quicker where something forbids.
pub(crate) fn compare(a: &Gist, b: &Gist) -> Verdict {
    let both_named = a.operation.is_some() && b.operation.is_some();
    if forbidden(a, b).is_some() || !both_named && (date(a, b).is_err() || place(a, b).is_err()) {
        return Verdict::Never;
    }
    weigh(a, b).verdict()
}

/// Compares two claims in every field, also where one of them forbids.
pub(crate) fn weigh(a: &Gist, b: &Gist) -> Weighed {
    let mut forbids: Vec<Bar> = forbidden(a, b).into_iter().collect();
    if a.operation.is_some() && b.operation.is_some() {
        let outcomes = if forbids.is_empty() { vec![operation(a, b)] } else { Vec::new() };
        return Weighed { outcomes, forbids, lacks: None };
    }
    let mut outcomes = Vec::with_capacity(7);
    outcomes.push(if a.event == b.event { Outcome::EventSameType } else { Outcome::EventSameFamily });
    for field in [date(a, b), place(a, b)] {
        match field {
            Ok(outcome) => outcomes.push(outcome),
            Err(bar) => forbids.push(bar),
        }
    }
    outcomes.extend([actor(a, b), target(a, b), number(a, b), words(a, b)]);
    let lacks = lacks(a, b, &outcomes);
    if half_named(a, b, &outcomes) {
        forbids.push(bar(
            "operation",
            "only one names the operation, and neither the words nor day, place and actor meet",
        ));
    }
    Weighed { outcomes, forbids, lacks }
}

/// What forbids at a glance.
fn forbidden(a: &Gist, b: &Gist) -> Option<Bar> {
    if a.reality == Reality::Foreseen || b.reality == Reality::Foreseen {
        return Some(bar("status", "what is only foreseen is no event yet"));
    }
    if let (Some(one), Some(other)) = (a.operation, b.operation) {
        let joins = one == other && (of_operation(a) && of_operation(b) || a.family == b.family);
        return (!joins).then_some(bar("operation", "two operations, or another deed within one"));
    }
    if a.reality != b.reality {
        return Some(bar("status", "one tells what happened, the other what is meant"));
    }
    if a.family != b.family {
        return Some(bar("event", "types that are never told of one event"));
    }
    if apart_in_amount(a, b) {
        return Some(bar("place", "other distances of something that moves: a later state"));
    }
    are_two_takings(a, b).then_some(bar("actor", "rivals on different days: it changed hands twice"))
}

fn of_operation(gist: &Gist) -> bool {
    gist.event().family() == "operation" || gist.is(&["attack"])
}

/// A named operation is one operation, whatever date and wording each report gives it; the date is then in dispute.
fn operation(a: &Gist, b: &Gist) -> Outcome {
    match of_operation(a) && of_operation(b) {
        true => Outcome::OperationSame,
        false => Outcome::OperationWithin,
    }
}

/// Whether one account names the operation and the other does not: only a shared day, place and actor, or the same words, make them one.
fn half_named(a: &Gist, b: &Gist, outcomes: &[Outcome]) -> bool {
    let has = |wanted: Outcome| outcomes.contains(&wanted);
    let met = has(Outcome::DateSameDay) && is_firm(outcomes, "place") && is_firm(outcomes, "actor");
    a.operation.is_some() != b.operation.is_some() && !has(Outcome::WordsNearlyEqual) && !met
}

fn is_firm(outcomes: &[Outcome], field: &str) -> bool {
    outcomes.iter().any(|outcome| outcome.field() == field && outcome.weight().firm)
}

/// What points alone cannot make up for.
fn lacks(a: &Gist, _b: &Gist, outcomes: &[Outcome]) -> Option<&'static str> {
    let firm = outcomes.iter().filter(|outcome| outcome.weight().firm).count();
    // Where it happens once in a while, the place counts twice.
    let once = outcomes.contains(&Outcome::PlaceSameOnce);
    if firm + usize::from(once) < 2 {
        return Some("two fields that firmly agree");
    }
    if a.family.repeats && !is_firm(outcomes, "date") && !is_firm(outcomes, "words") {
        return Some("a shared day, or much the same words: such deeds recur");
    }
    // How things stand at two places, or at one not given, is not one state unless the words say so.
    let says_so = outcomes.contains(&Outcome::WordsNearlyEqual);
    (a.family.state && !is_firm(outcomes, "place") && !says_so).then_some("a shared place: it is a state")
}

/// Whether two rival parties each took the place: one took it again, or the days are not given as the same one. Rival claims to
/// one taking name one day; a town that changes hands within days is taken twice.
fn are_two_takings(a: &Gist, b: &Gist) -> bool {
    if !a.family.once || a.actors.is_empty() || b.actors.is_empty() || a.shares_actor(b) {
        return false;
    }
    let day = |fact: &Gist| fact.days.last.or(fact.published);
    let one_day = day(a).zip(day(b)).is_none_or(|(one, other)| one == other);
    !one_day && (a.again != b.again || a.is_listed && b.is_listed)
}

/// Whether the two tell different distances of a thing that moves: a later state, not another account of this one.
fn apart_in_amount(a: &Gist, b: &Gist) -> bool {
    let apart = |(one, other): (f64, f64)| (one - other).abs() > 0.05 * one.max(other);
    a.family.moves && a.distance_km().zip(b.distance_km()).is_some_and(apart)
}

fn date(a: &Gist, b: &Gist) -> Result<Outcome, Bar> {
    const APART: Bar = bar("date", "days too far apart");
    let (one, other) = (a.days, b.days);
    let is_dated = |days: Days| days.first.is_some() || days.last.is_some();
    if a.event().as_str() == "static.location" {
        return Ok(Outcome::DateUnknown);
    }
    let possible = match (is_dated(one), is_dated(other)) {
        (true, true) => None,
        (true, false) => Some(may_retell(one, b.published)),
        (false, true) => Some(may_retell(other, a.published)),
        (false, false) => {
            let apart = a.published.zip(b.published).map_or(0, |(one, other)| (one - other).abs());
            Some(apart <= UNDATED_APART_DAYS)
        }
    };
    if let Some(possible) = possible {
        return possible.then_some(Outcome::DateUnknown).ok_or(APART);
    }
    let first = one.first.unwrap_or(i32::MIN).max(other.first.unwrap_or(i32::MIN));
    let last = one.last.unwrap_or(i32::MAX).min(other.last.unwrap_or(i32::MAX));
    if first > last {
        let is_slack = first.saturating_sub(last) <= a.family.slack_days;
        return is_slack.then_some(Outcome::DateDayApart).ok_or(APART);
    }
    // "By the 9th" is told of what lies shortly before it, not of years ago.
    let long_before = |open: Days, other: Days| {
        open.first.is_none()
            && open.last.zip(other.last).is_some_and(|(by, day)| day < by.saturating_sub(RETOLD_AFTER_DAYS))
    };
    if long_before(one, other) || long_before(other, one) {
        return Err(APART);
    }
    let day = |days: Days| days.first.filter(|first| Some(*first) == days.last);
    let closed = [one.first, one.last, other.first, other.last].iter().all(Option::is_some);
    Ok(match (day(one), day(other)) {
        (Some(one), Some(other)) if one == other => Outcome::DateSameDay,
        _ if closed && (a.family.state || last - first <= 7) => Outcome::DateOneSpan,
        _ => Outcome::DatePossible,
    })
}

/// Whether an undated account published then may retell what is dated so.
fn may_retell(days: Days, published: Option<i32>) -> bool {
    let Some(published) = published else { return true };
    let after = days.first.is_some_and(|first| first > published.saturating_add(1));
    let long_before = days.last.is_some_and(|last| last < published.saturating_sub(RETOLD_AFTER_DAYS));
    !after && !long_before
}

fn place(a: &Gist, b: &Gist) -> Result<Outcome, Bar> {
    const ELSEWHERE: Bar = bar("place", "other places");
    let crossed = || a.at.compare(&b.toward).max(a.toward.compare(&b.at)) == PlaceMatch::Same;
    let measured = a.at.distance_km.is_some() && b.at.distance_km.is_some();
    Ok(match a.at.compare(&b.at) {
        PlaceMatch::Same if a.event().as_str() == "static.location" => match (&a.at.lies, &b.at.lies) {
            // Told by the same other place, it is one fact; another distance is then in dispute.
            (Some(one), Some(other)) if one.0 != other.0 => return Err(ELSEWHERE),
            (Some(_), Some(_)) => Outcome::PlaceMeasured,
            _ if measured => Outcome::PlaceMeasured,
            _ => Outcome::PlaceSame,
        },
        PlaceMatch::Same if a.at.wide || b.at.wide => Outcome::PlaceSameArea,
        PlaceMatch::Same if a.family.once => Outcome::PlaceSameOnce,
        PlaceMatch::Same if a.at.city && b.at.city && !measured => Outcome::PlaceSameCity,
        PlaceMatch::Same => Outcome::PlaceSame,
        PlaceMatch::Near if measured => Outcome::PlaceLessSaid,
        PlaceMatch::Near if a.at.same_base(&b.at) || a.at.wide || b.at.wide => Outcome::PlaceWithin,
        PlaceMatch::Near => Outcome::PlaceNear,
        PlaceMatch::Unknown if crossed() => Outcome::PlaceGoal,
        PlaceMatch::Unknown => Outcome::PlaceUnknown,
        PlaceMatch::Different if crossed() => Outcome::PlaceGoalElsewhere,
        PlaceMatch::Different => return Err(ELSEWHERE),
    })
}

fn actor(a: &Gist, b: &Gist) -> Outcome {
    if a.actors.is_empty() || b.actors.is_empty() {
        return Outcome::ActorUnknown;
    }
    let shared = a.actors.n_shared(&b.actors);
    if shared > 0 {
        let described = a.described.n_shared(&b.described);
        return if shared > described { Outcome::ActorShared } else { Outcome::ActorSharedDescription };
    }
    // In a clash without an attacker, either report may put either side first.
    let crossed = !a.actors.is_disjoint(&b.targets) && !b.actors.is_disjoint(&a.targets);
    match (a.shares_actor(b) || crossed, a.family.open_actor) {
        (true, _) => Outcome::ActorPartOf,
        (false, true) => Outcome::ActorOpen,
        (false, false) => Outcome::ActorOther,
    }
}

fn target(a: &Gist, b: &Gist) -> Outcome {
    match (a.targets.is_empty() || b.targets.is_empty(), a.targets.is_disjoint(&b.targets)) {
        (true, _) => Outcome::TargetUnknown,
        (false, false) => Outcome::TargetShared,
        (false, true) => Outcome::TargetOther,
    }
}

/// Counts of one kind: the best that any two of them come to.
fn number(a: &Gist, b: &Gist) -> Outcome {
    /// Up to this count, and at tens above it, the same number is often met by chance.
    const OFTEN_MET: u32 = 12;
    let mut best = Outcome::NumberUnknown;
    for one in &a.counts {
        for other in b.counts.iter().filter(|other| other.kind == one.kind) {
            let found = match one.best == other.best {
                true if one.best > OFTEN_MET && one.best % 10 != 0 => return Outcome::NumberSameOdd,
                true => Outcome::NumberSame,
                false => Outcome::NumberOther,
            };
            best = if best == Outcome::NumberSame { best } else { found };
        }
    }
    best
}

/// The likeness of passage or sentence, whichever is more. Two passages of one sentence are compared by themselves alone.
fn words(a: &Gist, b: &Gist) -> Outcome {
    let quotes = a.quote_words.weighed_likeness_percent(&b.quote_words);
    let sentences = match a.same_sentence(b) {
        true => 0,
        false => a.sentence_words().weighed_likeness_percent(b.sentence_words()),
    };
    match quotes.max(sentences) {
        60.. => Outcome::WordsNearlyEqual,
        40..60 => Outcome::WordsAlike,
        25..40 => Outcome::WordsSome,
        _ => Outcome::WordsFew,
    }
}
