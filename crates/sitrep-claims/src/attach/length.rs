//! How long a deed took, and the how-manieth time it was: "advanced 10 km in 48 hours", "after two days of fighting", "for the second
//! time this month".
//!
//! In: a deed and the lengths of time found in its passage. Out: quantities of kind `duration_days` and `nth_time`. A month is 28 to 31
//! days, a year 365 or 366: what the words leave open stays open.

use sitrep_language::Dep;
use sitrep_model::{Quantity, Time, TimexType, ordinal_word};

use crate::actors::Scene;
use crate::attach::time::head;
use crate::attach::{belongs, triggers};
use crate::deeds::Deed;
use crate::when::TimeMention;

/// Words before a length that make it the deed's own.
const GOVERNING: [&str; 8] = ["in", "within", "for", "over", "during", "throughout", "inside", "under"];

/// Verbs whose object is a length.
const LASTING: [&str; 6] = ["last", "take", "continue", "rage", "endure", "go"];

/// The number and the unit of a TIMEX3 length: `P2.5Y`, `PT48H`. None when nobody says how many.
pub(crate) fn counted(value: &str) -> Option<(f64, char)> {
    let rest = value.strip_prefix('P')?;
    let (rest, clock) = rest.strip_prefix('T').map_or((rest, false), |rest| (rest, true));
    let unit = rest.chars().last()?;
    let number = rest.strip_suffix(unit)?.parse::<f64>().ok()?;
    Some((number, if clock && unit == 'M' { 'm' } else { unit }))
}

/// The same in days: least and most.
pub(crate) fn days(value: &str) -> Option<(f64, f64)> {
    let (number, unit) = counted(value)?;
    let (least, most) = match unit {
        'H' => (1.0 / 24.0, 1.0 / 24.0),
        'm' => (1.0 / 1440.0, 1.0 / 1440.0),
        'D' => (1.0, 1.0),
        'W' => (7.0, 7.0),
        'M' => (28.0, 31.0),
        'Y' => (365.0, 366.0),
        _ => return None,
    };
    Some((number * least, number * most))
}

/// How long `deed` took; `others` are all deeds of its passage.
pub(crate) fn lengths(scene: &Scene<'_>, deed: &Deed, others: &[Deed]) -> Vec<Quantity> {
    let tree = &scene.trees[deed.passage];
    let of_deed = |m: &&TimeMention| {
        let noun = head(scene, deed.passage, m);
        let above = tree.head(noun);
        let word = if tree.dep(noun) == Dep::Pobj { tree.word(above) } else { "" };
        let lasted = matches!(tree.dep(noun), Dep::Dobj | Dep::Npadvmod) && LASTING.contains(&tree.lemma(above));
        // "two days of fighting": the length is the fighting's, when that is told as a deed of its own.
        let of = tree.pobj(noun, "of");
        match of.filter(|&k| triggers(others, k)) {
            Some(k) => k == deed.trigger,
            None if lasted => above == deed.clause || belongs(scene, deed, others, above),
            None => {
                (GOVERNING.contains(&word) || of.is_some() && word == "after") && belongs(scene, deed, others, noun)
            }
        }
    };
    let lengths = scene.times_near(deed.passage, deed.trigger).filter(|m| m.time.kind == TimexType::Duration);
    let of = |m: &TimeMention| {
        let noun = tree.pobj(head(scene, deed.passage, m), "of").filter(|&k| k != deed.trigger)?;
        Some(tree.lemma(noun).to_owned())
    };
    lengths.filter(of_deed).filter_map(|m| quantity(&m.time).map(|found| Quantity { of: of(m), ..found })).collect()
}

fn quantity(time: &Time) -> Option<Quantity> {
    let (least, most) = days(&time.value)?;
    let round = |n: f64| (n * 1000.0).round() / 1000.0;
    let (least, most) = (Some(round(least)), Some(round(most)));
    let best = least.filter(|_| least == most);
    let (low, best, high) = match time.modifier.as_deref() {
        Some("MORE_THAN" | "EQUAL_OR_MORE") => (least, best, None),
        Some("LESS_THAN" | "EQUAL_OR_LESS") => (None, best, most),
        Some("APPROX") => (None, best, None),
        _ => (least, best, most),
    };
    let text = time.text.clone()?;
    Some(Quantity { text, kind: "duration_days".to_owned(), low, best, high, of: None, cumulative: false })
}

/// "for the second time": which time it was, from the second on.
pub(crate) fn nth_time(scene: &Scene<'_>, deed: &Deed, others: &[Deed]) -> Option<Quantity> {
    let tree = &scene.trees[deed.passage];
    let sentence = tree.sentence_range(tree.sentence(deed.trigger));
    let at = sentence.clone().skip(1).find(|&i| {
        tree.word(i) == "time" && ordinal_word(tree.word(i - 1)).is_some() && belongs(scene, deed, others, i)
    })?;
    let nth = f64::from(ordinal_word(tree.word(at - 1)).filter(|n| *n > 1)?);
    // "this month" belongs to it: within that stretch.
    let within = scene.times_near(deed.passage, deed.trigger).find(|m| {
        m.first == at + 1 || m.first == at + 2 && matches!(tree.word(at + 1), "in" | "within" | "since" | "this")
    });
    let last = within.map_or(at, |m| m.end - 1);
    let text = tree.phrase(at - 1, last);
    let n = Some(nth);
    Some(Quantity { text, kind: "nth_time".to_owned(), low: n, best: n, high: n, of: None, cumulative: false })
}

#[cfg(test)]
mod tests {
    use super::days;

    #[test]
    fn lengths_in_days() {
        assert_eq!(days("PT48H"), Some((2.0, 2.0)));
        assert_eq!(days("P2M"), Some((56.0, 62.0)));
        assert_eq!(days("P1.5Y"), Some((547.5, 549.0)));
        assert_eq!((days("PXD"), days("2031-05-09"), days("P")), (None, None, None));
    }
}
