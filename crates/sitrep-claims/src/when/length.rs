//! Lengths of time and repetitions, and the days a length covers when the words tie it to a day.
//!
//! In: one match and the context. Out: a settled DURATION or SET. Never says when an untied length began.

use jiff::ToSpan;
use jiff::civil::Date;
use sitrep_model::{Anchor, TimexType};

use super::find::Found;
use super::point::{Point, Unit};
use super::rules::Rules;
use super::seen::Dir;
use super::settle::{Context, Settled};
use super::tense::Tense;

/// The number caught as `group`; 0 for one nobody gives.
pub(crate) fn count(rules: &Rules, found: &Found<'_>, group: &str) -> Option<f64> {
    let word = found.caught.get(group)?.trim();
    let words: Vec<&str> = word.split_whitespace().collect();
    let whole = word.parse().ok().or_else(|| rules.code(group, &words.join(" ")).map(|n| n as f64))?;
    let half = whole > 0.0 && (found.caught.contains_key("half") || found.caught.contains_key("half2"));
    Some(if half { whole + 0.5 } else { whole })
}

/// What the tables of units say of two weeks, which are no unit here.
const FORTNIGHT: i64 = 12;

/// The number caught as `n` (0 without one) of the unit caught as `unit`; a fortnight is two weeks.
pub(crate) fn measure(rules: &Rules, found: &Found<'_>, n: Option<&str>, unit: &str) -> Option<(f64, Unit)> {
    let code = rules.code("unit", found.caught.get(unit)?)?;
    let number = n.map_or(Some(0.0), |group| count(rules, found, group))?;
    Some(if code == FORTNIGHT { (number * 2.0, Unit::Week) } else { (number, Unit::from_code(code)?) })
}

/// "half a day" is twelve hours.
fn half(unit: Unit) -> Option<(f64, Unit)> {
    Some(match unit {
        Unit::Minute => (30.0, Unit::Second),
        Unit::Hour => (30.0, Unit::Minute),
        Unit::Day => (12.0, Unit::Hour),
        Unit::Month => (15.0, Unit::Day),
        Unit::Year => (6.0, Unit::Month),
        Unit::Decade => (5.0, Unit::Year),
        Unit::Century => (50.0, Unit::Year),
        _ => return None,
    })
}

/// The TIMEX3 value of so many units; `X` for a number nobody gives.
fn value(count: f64, unit: Unit) -> String {
    let number = if count == 0.0 { "X".to_owned() } else { format!("{count}") };
    match unit {
        Unit::Second => format!("PT{number}S"),
        Unit::Minute => format!("PT{number}M"),
        Unit::Hour => format!("PT{number}H"),
        Unit::Day | Unit::Night => format!("P{number}D"),
        Unit::Week => format!("P{number}W"),
        Unit::Month => format!("P{number}M"),
        Unit::Quarter => format!("P{number}Q"),
        Unit::Year => format!("P{number}Y"),
        Unit::Decade => format!("P{number}DE"),
        Unit::Century => format!("P{number}CE"),
    }
}

/// `date` and so many units further (negative: back), whole days at least.
fn stretch(date: Date, count: f64, unit: Unit) -> Option<Date> {
    let whole = count.round() as i32;
    let span = match unit {
        Unit::Second | Unit::Minute => 0.days(),
        Unit::Hour => ((count / 24.0).ceil() as i32).days(),
        Unit::Day | Unit::Night => whole.days(),
        Unit::Week => whole.checked_mul(7)?.days(),
        Unit::Month => whole.months(),
        Unit::Quarter => whole.checked_mul(3)?.months(),
        Unit::Year => whole.years(),
        Unit::Decade => whole.checked_mul(10)?.years(),
        Unit::Century => whole.checked_mul(100)?.years(),
    };
    date.checked_add(span).ok()
}

/// "three weeks", "the past two weeks", "within a month".
pub(crate) fn duration(context: &mut Context<'_>, found: &Found<'_>, tense: Tense, left: &str) -> Option<Settled> {
    let has = |group: &str| found.caught.contains_key(group);
    let group = if has("unit") { "unit" } else { "units" };
    let counted = ["n", "num"].into_iter().find(|g| has(g));
    let one = found.rule.id == "unit-long" && found.caught.get("unit").is_some_and(|u| !u.ends_with('s'));
    let (mut number, mut unit) = measure(context.rules, found, counted, group)?;
    if counted.is_none() && (one || has("nth") || has("whole")) {
        number = 1.0;
    }
    if has("halfof") {
        (number, unit) = half(unit)?;
    }
    let mut settled = Settled::new(TimexType::Duration, value(number, unit), Anchor::None);
    if context.history || context.vague_day || number == 0.0 {
        return Some(settled);
    }
    let window = Dir::of(context.rules, found, "window");
    let within = left.trim_end().to_lowercase();
    let within = within.ends_with("within") || within.ends_with(" in") || within == "in";
    let Some(written) = context.written else { return Some(settled) };
    let told = context.narrative.and_then(|p| p.date()).unwrap_or(written);
    let ahead = stretch(written, number, unit).map(|to| (written, to));
    // "10km in 48 hours" ends on the day the narrative has reached; the day itself counts.
    let behind =
        |end: Date| stretch(end, -number, unit).and_then(|d| d.tomorrow().ok()).map(|from| (from.min(end), end));
    (settled.days, settled.anchor) = match window {
        Some(Dir::Next | Dir::Following) => (ahead, context.anchor),
        Some(Dir::Past | Dir::Last | Dir::Previous) => (behind(written), context.anchor),
        _ if found.rule.id == "ordinal-unit" => (None, Anchor::None),
        _ if within && tense == Tense::Future => (ahead, context.anchor),
        _ if within => (behind(told), Anchor::Previous),
        _ => (None, Anchor::None),
    };
    Some(settled)
}

/// "the past week".
pub(crate) fn past_unit(context: &Context<'_>, unit: Unit) -> Settled {
    let mut settled = Settled::new(TimexType::Duration, value(1.0, unit), context.anchor);
    if let Some(written) = context.written.filter(|_| !context.history && !context.vague_day) {
        settled.days = stretch(written, -1.0, unit).map(|from| (from, written));
    }
    settled
}

/// "every day", "weekly", "every Friday", "per day".
pub(crate) fn set(rules: &Rules, found: &Found<'_>) -> Option<Settled> {
    let get = |group: &str| found.caught.get(group).copied();
    if let Some(day) = get("weekday") {
        return Some(Settled::new(TimexType::Set, format!("XXXX-WXX-{}", rules.code("weekday", day)?), Anchor::None));
    }
    let of_day = |tod: &str| {
        Some(["MO", "MI", "AF", "EV", "NI", "NI", "DT"][usize::try_from(rules.code("tod", tod)? - 1).ok()?])
    };
    let part = [
        get("season")
            .and_then(|s| rules.code("season", s))
            .map(|s| ["-SP", "-SU", "-FA", "-WI"][(s as usize - 1).min(3)].to_owned()),
        get("month").and_then(|m| rules.code("month", m)).map(|m| format!("-{m:02}")),
        get("tod").and_then(of_day).map(|tod| format!("-XX-XXT{tod}")),
    ];
    if let Some(part) = part.into_iter().flatten().next() {
        return Some(Settled::new(TimexType::Set, format!("XXXX{part}"), Anchor::None));
    }
    if found.caught.contains_key("often") {
        let unit = Unit::from_code(rules.code("unit", get("unit")?)?)?;
        return Some(Settled::new(TimexType::Set, value(1.0, unit), Anchor::None));
    }
    let code = match get("freq") {
        Some(word) => rules.code("freq", word)?,
        None => rules.code("unit", get("unit")?)?,
    };
    if code == FORTNIGHT {
        return Some(Settled::new(TimexType::Set, "P2W", Anchor::None));
    }
    let unit = Unit::from_code(code)?;
    let number = if get("n").is_some() { count(rules, found, "n")? } else { 1.0 };
    let each = matches!(found.rule.id.as_str(), "every" | "daily") && number == 1.0;
    let value = match unit {
        Unit::Day if each => "XXXX-XX-XX".to_owned(),
        Unit::Week if each => "XXXX-WXX".to_owned(),
        Unit::Month if each => "XXXX-XX".to_owned(),
        Unit::Year if each => "XXXX".to_owned(),
        Unit::Night => "XXXX-XX-XXTNI".to_owned(),
        _ => value(number, unit),
    };
    Some(Settled::new(TimexType::Set, value, Anchor::None))
}

/// "the last week of August", "the first two months of 1915": the length, and which days of the longer stretch it takes.
pub(crate) fn stretch_of(rules: &Rules, found: &Found<'_>, whole: &Point) -> Option<Settled> {
    let unit = Unit::from_code(rules.code("unit", found.caught.get("unit")?)?)?;
    let number = if found.caught.contains_key("n") { count(rules, found, "n")? } else { 1.0 };
    let nth = found.caught.get("nth")?.to_lowercase();
    let mut settled = Settled::new(TimexType::Duration, value(number, unit), Anchor::None);
    let Some((from, to)) = whole.days().filter(|_| number > 0.0) else { return Some(settled) };
    settled.anchor = Anchor::Calendar;
    settled.days = match nth.as_str() {
        "last" | "final" | "closing" => {
            let start = stretch(to, -number, unit).and_then(|d| d.tomorrow().ok());
            start.map(|start| (start.max(from), to))
        }
        _ => {
            let skipped = rules.code("ordinal", &nth).map_or(0.0, |n| (n - 1) as f64);
            let start = stretch(from, skipped, unit)?;
            let end = stretch(start, number, unit).and_then(|d| d.yesterday().ok())?;
            (start <= to).then_some((start, end.min(to)))
        }
    };
    Some(settled)
}
