//! The time of a deed: its own words first, then the clause it hangs on, then the date the narrative stands at.
//!
//! In: a deed, the time mentions of its passage, the date of the report. Out: a [`Time`], and a note when it was not said of the
//! deed itself.

use jiff::civil::Date;
use sitrep_language::{Dep, Tag};
use sitrep_model::{Anchor, Time, TimexType};

use crate::actors::Scene;
use crate::attach::relation::relation;
use crate::attach::{belongs, triggers};
use crate::deeds::Deed;
use crate::modality::Mood;
use crate::said::Said;
use crate::when::TimeMention;

/// What a time was taken from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum From {
    Own,
    Clause,
    Speaker,
    Narrative,
    Report,
    /// Told by another deed: "two days after the fall of Ostrel".
    Relation,
}

/// What else times depend on.
pub(crate) struct Clock {
    pub(crate) written: Option<Date>,
    /// The day of each comment, where it is known.
    pub(crate) comments: Vec<Option<Date>>,
}

impl Clock {
    /// The day a passage was written: a comment's own day, else the report's.
    pub(crate) fn written_of(&self, scene: &Scene<'_>, passage: usize) -> Option<Date> {
        let comment = scene.trees[passage].passage.comment;
        comment.and_then(|at| self.comments.get(at).copied().flatten()).or(self.written)
    }
}

/// `time` cut off at the day of writing; one that lies wholly after it says only that it had happened by then.
pub(crate) fn not_after(mut time: Time, written: Date) -> Time {
    if time.from.is_some_and(|from| from > written) {
        (time.from, time.to) = (None, Some(written));
        time.modifier = Some("BEFORE".to_owned());
        time.anchor = Anchor::Published;
    } else if time.from.is_some() || time.to.is_some() {
        time.to = time.to.map(|to| to.min(written));
    }
    time.precision = crate::when::precision(time.from, time.to).or(time.precision);
    time
}

/// The time of `deed`, and where it came from.
pub(crate) fn time(
    scene: &Scene<'_>,
    clock: &Clock,
    deed: &Deed,
    others: &[Deed],
    said: &Said,
    mood: &Mood,
) -> Option<(Time, From)> {
    if let Some(relation) = relation(scene, deed, others) {
        // A day that is told beside the relation says more than the relation.
        let day = |time: &Time| time.from.is_some() && time.from == time.to;
        let own = own(scene, deed, others).filter(day).map(|time| (time, From::Own));
        let told = own.or_else(|| clause(scene, deed, others, mood).filter(day).map(|time| (time, From::Clause)));
        return Some(told.unwrap_or_else(|| (relation.open_time(), From::Relation)));
    }
    if let Some(time) = own(scene, deed, others) {
        // "are expected to attack within two weeks" looks ahead, though no verb of it is future.
        let behind =
            mood.future && time.to.is_some_and(|to| clock.written_of(scene, deed.passage).is_some_and(|day| to <= day));
        let better = if behind { ahead(scene, clock, deed, others, mood) } else { None };
        return Some((better.unwrap_or(time), From::Own));
    }
    if let Some(time) = ahead(scene, clock, deed, others, mood) {
        return Some((time, From::Own));
    }
    if let Some(time) = clause(scene, deed, others, mood) {
        return Some((time, From::Clause));
    }
    if let Some(time) = speaker(scene, deed, said) {
        return Some((time, From::Speaker));
    }
    let narrative = !mood.future && scene.trees[deed.passage].passage.comment.is_none();
    if narrative && let Some(time) = previous(scene, deed, mood) {
        return Some((time, From::Narrative));
    }
    if said.status.is_some() {
        return None;
    }
    report(clock.written_of(scene, deed.passage), deed, mood).map(|time| (time, From::Report))
}

/// Whether a mention says when: a day or hour rather than a bare length.
fn dates(mention: &TimeMention) -> bool {
    mention.time.from.is_some()
        || mention.time.to.is_some()
        || !matches!(mention.time.kind, TimexType::Duration | TimexType::Set)
}

fn own(scene: &Scene<'_>, deed: &Deed, others: &[Deed]) -> Option<Time> {
    let fits = |m: &&TimeMention| {
        let head = head(scene, deed.passage, m);
        belongs(scene, deed, others, head) && !in_name(scene, deed, m) && !reaches_back(scene, deed, m)
    };
    let mine: Vec<&TimeMention> = scene.times_near(deed.passage, deed.trigger).filter(fits).collect();
    let best = mine.iter().filter(|m| dates(m)).min_by_key(|m| {
        m.first.abs_diff(deed.trigger) + if m.time.from.is_some() || m.time.to.is_some() { 0 } else { 1000 }
    });
    best.map(|m| m.time.clone())
}

/// "bringing the toll to 40 since May": a stretch of time is no date of a deed told in the simple past.
fn reaches_back(scene: &Scene<'_>, deed: &Deed, mention: &TimeMention) -> bool {
    let tree = &scene.trees[deed.passage];
    let since = mention.first > 0 && tree.word(mention.first - 1) == "since";
    let mut verbs =
        std::iter::once(deed.clause).chain(tree.ancestors(deed.clause).take(2)).filter(|&v| tree.is_verb(v));
    since && mention.time.to.is_none() && verbs.next().is_some_and(|v| tree.tag(v) == Tag::Vbd)
}

/// "within a month" of what is to come: from the day of the report on.
fn ahead(scene: &Scene<'_>, clock: &Clock, deed: &Deed, others: &[Deed], mood: &Mood) -> Option<Time> {
    let written = clock.written_of(scene, deed.passage).filter(|_| mood.future || mood.possible && !mood.perfect)?;
    let length = |m: &&TimeMention| {
        matches!(m.time.kind, TimexType::Duration | TimexType::Set)
            && belongs(scene, deed, others, head(scene, deed.passage, m))
    };
    let mention = scene.times_near(deed.passage, deed.trigger).find(length)?;
    let span: jiff::Span = mention.time.value.parse().ok()?;
    let mut time = mention.time.clone();
    (time.from, time.to) = (Some(written), written.checked_add(span).ok());
    time.anchor = Anchor::Published;
    Some(time)
}

/// The token of the mention that carries it in the tree.
pub(crate) fn head(scene: &Scene<'_>, passage: usize, mention: &TimeMention) -> usize {
    let tree = &scene.trees[passage];
    let range = mention.first..mention.end.min(tree.len());
    range.clone().find(|&k| !range.contains(&tree.head(k)) || tree.head(k) == k).unwrap_or(mention.first)
}

/// A time inside the name of an actor or holder says nothing of the deed.
fn in_name(scene: &Scene<'_>, deed: &Deed, mention: &TimeMention) -> bool {
    scene.hit(deed.passage, mention.first).is_some()
}

/// The time of the clause the deed hangs on: a shared subject's first verb, the verb of a participle, what follows "after".
fn clause(scene: &Scene<'_>, deed: &Deed, others: &[Deed], mood: &Mood) -> Option<Time> {
    let tree = &scene.trees[deed.passage];
    let mut at = mood.chain.last().copied().unwrap_or(deed.clause);
    if !tree.under(at, deed.clause) && !tree.under(deed.clause, at) {
        at = deed.clause;
    }
    if let Some(time) = nearest(scene, deed, others, at, None) {
        return Some(time);
    }
    // "killed four and wounded nine on Thursday": the day at the end is said of both.
    let alike =
        |v: usize| v > at && tree.tag(v) == tree.tag(at) && tree.is_verb(v) && !has_subject(scene, deed.passage, v);
    let last = tree.conjuncts(at).into_iter().rfind(|&v| alike(v));
    if let Some(v) = last
        && let Some(time) = nearest(scene, deed, others, v, None)
    {
        return Some(time);
    }
    let mut order: Option<Order> = None;
    for _ in 0..8 {
        let head = tree.head(at);
        if head == at {
            return None;
        }
        match tree.dep(at) {
            Dep::Relcl => return None,
            Dep::Ccomp if tree.is_verb(at) && scene.lexicon.cues.of(tree.lemma(head)).next().is_some() => return None,
            Dep::Prep | Dep::Mark if matches!(tree.word(at), "after" | "before" | "following" | "since") => {
                order = order
                    .or_else(|| Some(Order { word: tree.word(at).to_owned(), close: close(scene, deed.passage, at) }))
            }
            Dep::Advcl => {
                let mark = tree.kids(at).iter().copied().find(|&k| {
                    matches!(tree.dep(k), Dep::Mark | Dep::Advmod)
                        && matches!(tree.word(k), "after" | "before" | "since" | "until")
                });
                order = order.or_else(|| {
                    mark.map(|m| Order {
                        word: tree.word(m).to_owned(),
                        close: close(scene, deed.passage, m) || close(scene, deed.passage, at),
                    })
                });
            }
            _ => {}
        }
        at = head;
        if tree.is_verb(at)
            && let Some(time) = nearest(scene, deed, others, at, order.as_ref())
        {
            return Some(time);
        }
    }
    None
}

fn has_subject(scene: &Scene<'_>, passage: usize, v: usize) -> bool {
    let tree = &scene.trees[passage];
    tree.has(v, Dep::Nsubj) || tree.has(v, Dep::Nsubjpass)
}

/// "only hours after": what comes first, and whether it was close.
struct Order {
    word: String,
    close: bool,
}

/// Whether a measure of hours or minutes stands before "after".
fn close(scene: &Scene<'_>, passage: usize, i: usize) -> bool {
    let tree = &scene.trees[passage];
    tree.kids(i).iter().any(|&k| tree.dep(k) == Dep::Npadvmod && matches!(tree.lemma(k), "hour" | "minute" | "moment"))
}

/// A time mention right on the verb `at`, or on the last of the deeds coordinated with it, bent by "after" or "before".
fn nearest(scene: &Scene<'_>, deed: &Deed, others: &[Deed], at: usize, order: Option<&Order>) -> Option<Time> {
    let tree = &scene.trees[deed.passage];
    let on = |m: &&TimeMention| {
        let head = head(scene, deed.passage, m);
        let up = std::iter::once(head).chain(tree.ancestors(head)).find(|&k| tree.is_verb(k) || triggers(others, k));
        up.is_some_and(|v| v == at || order.is_some() && tree.first_conjunct(v) == tree.first_conjunct(at))
    };
    let found = scene.times_near(deed.passage, at).filter(on).filter(|m| dates(m)).min_by_key(|m| m.first)?;
    let mut time = found.time.clone();
    match order.map(|o| o.word.as_str()) {
        Some("after" | "following" | "since") => {
            time.to = time.to.or(time.from);
            let close = order.is_some_and(|o| o.close);
            time.from = time.to.filter(|_| close).and_then(|day| day.yesterday().ok());
            time.modifier = Some("BEFORE".to_owned());
        }
        Some("before") => {
            time.from = time.from.or(time.to);
            time.to = None;
            time.modifier = Some("AFTER".to_owned());
        }
        _ => {}
    }
    Some(time)
}

/// "claimed on Monday that": no later than the claim, and on the day when announcing is doing.
fn speaker(scene: &Scene<'_>, deed: &Deed, said: &Said) -> Option<Time> {
    let tree = &scene.trees[deed.passage];
    let verb = said.verb?;
    let on = |m: &&TimeMention| {
        let head = head(scene, deed.passage, m);
        std::iter::once(head).chain(tree.ancestors(head)).find(|&k| tree.is_verb(k)) == Some(verb)
    };
    let mut time = scene.times_near(deed.passage, verb).filter(on).find(|m| dates(m))?.time.clone();
    if !said.performative && said.status.is_none() {
        time.to = time.to.or(time.from);
        time.from = None;
        time.modifier = Some("BEFORE".to_owned());
    }
    Some(time)
}

/// The date the sentence before stands at, within the paragraph.
fn previous(scene: &Scene<'_>, deed: &Deed, mood: &Mood) -> Option<Time> {
    if mood.present || mood.perfect {
        return None;
    }
    let tree = &scene.trees[deed.passage];
    let sentence = tree.sentence(deed.trigger);
    let mut same = scene.times_near(deed.passage, deed.trigger);
    if same.any(|m| tree.sentence(m.first) == sentence && dates(m)) {
        return None;
    }
    let mentions = &scene.times[deed.passage];
    let earlier = &mentions[..mentions.partition_point(|m| tree.sentence(m.first) < sentence)];
    let near = earlier.iter().rev().take_while(|m| tree.sentence(m.first) + 2 >= sentence);
    let before = near.into_iter().find(|m| m.time.from.is_some() && m.time.from == m.time.to)?;
    let mut time = before.time.clone();
    time.text = None;
    time.anchor = Anchor::Previous;
    Some(time)
}

/// What follows from the report's own date: what happened, happened by then; what is so, is so then.
fn report(written: Option<Date>, deed: &Deed, mood: &Mood) -> Option<Time> {
    let written = written?;
    if mood.future || mood.unreal || mood.possible && !mood.perfect || deed.is("static.location") {
        return None;
    }
    let holds = mood.present && !mood.perfect;
    Some(Time {
        text: None,
        kind: TimexType::Date,
        value: written.to_string(),
        modifier: (!holds).then(|| "BEFORE".to_owned()),
        from: holds.then_some(written),
        to: Some(written),
        anchor: Anchor::Published,
        precision: None,
    })
}
