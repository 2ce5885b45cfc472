//! A deed's time told by another deed: "two days after the fall of Ostrel", "on the third day of the offensive", "hours before the
//! attack".
//!
//! In: a deed and the lengths of time found in its passage. Out: how far it lies from the other deed, and which deed of the passage that
//! is. Never says when the other deed was; until somebody does, the relation is all that is known.

use jiff::ToSpan;
use jiff::civil::Date;
use sitrep_language::Dep;
use sitrep_model::{Anchor, Time, TimexType, ordinal_word};

use crate::actors::Scene;
use crate::attach::belongs;
use crate::attach::length::counted;
use crate::attach::time::head;
use crate::deeds::Deed;
use crate::when::TimeMention;

/// How a deed lies to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    /// So long after it.
    After,
    /// So long before it.
    Before,
    /// On its so-manieth day.
    Nth,
    /// No later than so long after it.
    Inside,
}

/// A deed's time seen from another deed.
#[derive(Debug, Clone)]
pub(crate) struct Relation {
    pub(crate) way: Way,
    /// The TIMEX3 length: `P2D`, or `PXD` when nobody says how many.
    pub(crate) value: String,
    /// The whole phrase: "two days after the fall of Ostrel".
    text: String,
    /// The word that joins the length to the other deed.
    pub(crate) joint: usize,
    /// One past the last token of the other deed's words.
    pub(crate) end: usize,
}

impl Relation {
    /// What is known while the other deed's day is not: the relation, and no days.
    pub(crate) fn open_time(&self) -> Time {
        let modifier = match self.way {
            Way::After => "AFTER",
            Way::Before => "BEFORE",
            Way::Nth => "MID",
            Way::Inside => "EQUAL_OR_LESS",
        };
        Time {
            text: Some(self.text.clone()),
            kind: TimexType::Duration,
            value: self.value.clone(),
            modifier: Some(modifier.to_owned()),
            from: None,
            to: None,
            anchor: Anchor::None,
            precision: None,
        }
    }

    /// The days the relation leads to from `base`. Hours lie within a day, weeks within three days of the count, months within
    /// half of one: nobody who says "two months after" has counted days.
    pub(crate) fn days_from(&self, base: Date) -> Option<(Date, Date)> {
        let sign = if self.way == Way::Before { -1_i64 } else { 1 };
        let Some((number, unit)) = counted(&self.value) else {
            let near = base.checked_add(sign.days()).ok()?;
            return matches!(self.value.as_str(), "PTXH" | "PTXM").then(|| (base.min(near), base.max(near)));
        };
        let (days, doubt) = match unit {
            'H' | 'm' => ((number / if unit == 'H' { 24.0 } else { 1440.0 }).floor(), 0.0),
            'D' => (number, 0.0),
            'W' => (number * 7.0, 3.0),
            'M' => (number * 30.44, 15.0),
            'Y' => (number * 365.25, 183.0),
            _ => return None,
        };
        let days = if self.way == Way::Nth { days - 1.0 } else { days };
        let at = |n: f64| base.checked_add((n as i64).days()).ok();
        // Less than a day later may be the next day.
        let spill = if matches!(unit, 'H' | 'm') { 1.0 } else { 0.0 };
        let (one, two) = (at(sign as f64 * (days - doubt))?, at(sign as f64 * (days + doubt + spill))?);
        let first = if self.way == Way::Inside { base } else { one.min(two) };
        Some((first, one.max(two)))
    }
}

/// The relation `deed` is told by, if any; `others` are all deeds of its passage.
pub(crate) fn relation(scene: &Scene<'_>, deed: &Deed, others: &[Deed]) -> Option<Relation> {
    let tree = &scene.trees[deed.passage];
    let lengths = scene.times_near(deed.passage, deed.trigger).filter(|m| m.time.kind == TimexType::Duration);
    lengths.filter(|m| m.end < tree.len()).find_map(|m| {
        let within = m.first > 0 && tree.word(m.first - 1) == "within";
        let way = match tree.word(m.end) {
            "after" | "following" => Way::After,
            "before" => Way::Before,
            "of" | "into" if nth(m).is_some() => Way::Nth,
            "of" if within => Way::Inside,
            _ => return None,
        };
        // "two days after the army took it": the clause hangs on the deed, and "after" on the clause's verb.
        let clause = Some(tree.head(m.end)).filter(|_| tree.dep(m.end) == Dep::Mark);
        let noun = head(scene, deed.passage, m);
        let (hook, edge) = match clause {
            Some(verb) => (tree.head(verb), tree.right_edge(verb)),
            None => (noun, tree.right_edge(m.end).max(tree.right_edge(noun))),
        };
        let end = (edge + 1).min(tree.len());
        let inside = deed.trigger > m.end && deed.trigger < end || clause.is_some_and(|v| deed.clause == v);
        let mine = hook == deed.clause || [hook, m.end].into_iter().any(|at| belongs(scene, deed, others, at));
        if inside || !mine {
            return None;
        }
        let value = match nth(m).filter(|_| way == Way::Nth) {
            Some(n) => format!("P{n}{}", m.time.value.chars().last()?),
            None => m.time.value.clone(),
        };
        // A phrase ends before the next clause begins.
        let last = (m.end + 1..end).take_while(|&i| !matches!(tree.word(i), "," | ";" | ".")).last()?;
        Some(Relation { way, value, text: tree.phrase(m.first, last), joint: m.end, end: last + 1 })
    })
}

/// "the third day": three.
fn nth(mention: &TimeMention) -> Option<u32> {
    let words = mention.time.text.as_deref()?.to_lowercase();
    words.split_whitespace().find_map(ordinal_word)
}

/// Which of the passage's deeds the relation is told by.
pub(crate) fn reference<'d>(relation: &Relation, deed: &Deed, others: &'d [Deed]) -> Option<&'d Deed> {
    others
        .iter()
        .find(|other| other.trigger != deed.trigger && relation.joint < other.trigger && other.trigger < relation.end)
}
