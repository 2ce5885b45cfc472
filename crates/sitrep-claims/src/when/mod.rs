//! When: time expressions found and placed on the calendar.
//!
//! In: the passages of one document. Out: per passage, its time mentions. Never invents a year.

mod calendars;
mod digits;
mod feasts;
mod find;
mod history;
mod length;
mod lines;
mod order;
mod point;
mod quote;
mod rules;
mod seen;
mod settle;
mod story;
mod tense;
mod triggers;

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;

use jiff::civil::Date;
use sitrep_model::{Anchor, BlockKind, Document, Label, Span, Time, TimePrecision, TimexType};

use crate::KitError;
use crate::parse::{self, Passage};
use find::Found;
pub(crate) use rules::Rules;
use settle::{Context, Settled};

/// A time expression in a passage.
#[derive(Debug, Clone)]
pub(crate) struct TimeMention {
    /// First token.
    pub(crate) first: usize,
    /// One past the last token.
    pub(crate) end: usize,
    /// What it says; `from`/`to` already hold what a governing "by", "since", "until", "after", "before" means.
    pub(crate) time: Time,
}

/// Reads times without anything else of the kit: no parse, no gazetteer.
#[derive(Debug)]
pub struct TimeReader {
    rules: Rules,
}

impl TimeReader {
    /// Loads the rules of `lang/en/when*.toml`.
    ///
    /// # Errors
    /// When a rule file contradicts itself.
    pub fn new() -> Result<TimeReader, KitError> {
        Ok(TimeReader { rules: Rules::load()? })
    }

    /// The time expressions of `document` in text order, without their prepositions. Cannot fail: odd text gives fewer.
    #[must_use]
    pub fn times(&self, document: &Document) -> Vec<(Span, Time)> {
        let stretches = parse::stretches(document);
        let mut parts: Vec<Part<'_>> =
            stretches.iter().map(|s| Part::new(document, s.span, s.comment, s.block, s.dateline)).collect();
        lines::add(&self.rules, document, &mut parts);
        let spam = |index: usize| document.comments.get(index).is_some_and(|c| c.labels.contains(&Label::Spam));
        let mut all = Vec::new();
        for (part, times) in parts.iter().zip(read(&self.rules, document, &parts)) {
            if !part.comment.is_some_and(spam) {
                let placed = times.into_iter();
                all.extend(placed.map(|(start, end, time)| (Span::new(start, end).shifted(part.start), time)));
            }
        }
        all.sort_by_key(|(span, _)| *span);
        all
    }

    /// The times of all passages; reads the document in order, so that "the same day" knows what went before.
    pub(crate) fn mentions(&self, document: &Document, passages: &[Passage]) -> Vec<Vec<TimeMention>> {
        let mut parts: Vec<Part<'_>> =
            passages.iter().map(|p| Part::new(document, p.span, p.comment, p.block, false)).collect();
        lines::add(&self.rules, document, &mut parts);
        let of_passages = parts.iter().zip(read(&self.rules, document, &parts)).filter(|(p, _)| !p.line);
        let mut all = Vec::with_capacity(passages.len());
        for (passage, (_, times)) in passages.iter().zip(of_passages) {
            let tokens = &passage.analysis.tokens;
            let mentions = times.into_iter().map(|(start, end, time)| {
                let first = tokens.partition_point(|t| t.end as usize <= start);
                let end_token = tokens.partition_point(|t| (t.start as usize) < end).max(first);
                TimeMention { first, end: end_token, time }
            });
            all.push(mentions.filter(|m| m.first < m.end).collect());
        }
        all
    }
}

/// What of a passage times depend on.
#[derive(Debug, Clone, Copy)]
struct Part<'d> {
    text: &'d str,
    comment: Option<usize>,
    headline: bool,
    heading: bool,
    dateline: bool,
    /// A line no passage holds: a year as a heading, the day of publication.
    line: bool,
    /// Where the text stands in the document.
    start: u32,
}

impl<'d> Part<'d> {
    fn new(
        document: &'d Document,
        span: Span,
        comment: Option<usize>,
        block: Option<BlockKind>,
        dateline: bool,
    ) -> Part<'d> {
        let (headline, heading) = (block == Some(BlockKind::Headline), block == Some(BlockKind::Heading));
        let (text, start) = (span.of(&document.text), span.start);
        Part { text, comment, headline, heading: headline || heading, dateline, line: false, start }
    }
}

type Placed = (usize, usize, Time);

/// The times of each part, with byte ranges in it.
fn read(rules: &Rules, document: &Document, parts: &[Part<'_>]) -> Vec<Vec<Placed>> {
    let folded: Vec<Option<digits::Folded>> = parts.iter().map(|p| digits::fold(p.text)).collect();
    let european: Vec<Part<'_>> = (parts.iter().zip(&folded))
        .map(|(part, folded)| Part { text: folded.as_ref().map_or(part.text, |f| f.text.as_str()), ..*part })
        .collect();
    let mut all = read_european(rules, document, &european);
    for ((times, part), folded) in all.iter_mut().zip(parts).zip(&folded) {
        let Some(folded) = folded else { continue };
        for (start, end, time) in times {
            (*start, *end) = (folded.place(*start), folded.place(*end));
            time.text = Some(part.text[*start..*end].to_owned());
        }
    }
    all
}

/// [`read`] for texts whose digits are European.
fn read_european(rules: &Rules, document: &Document, parts: &[Part<'_>]) -> Vec<Vec<Placed>> {
    let bc = parts.iter().any(|p| rules.era.is_match(p.text));
    let mut found: Vec<Vec<Found<'_>>> = parts.iter().map(|p| find::find(rules, p.text, bc)).collect();
    for (part, found) in parts.iter().zip(&mut found) {
        share_years(rules, part.text, found);
    }
    let published = document.published.as_ref().map(|p| p.date);
    let history = history::tells_history(parts, &found, published);
    let planned = if history || published.is_none() {
        history::plan(rules, parts, &found, history)
    } else {
        found.iter().map(|f| vec![None; f.len()]).collect()
    };
    let month_first = order::month_first(rules, document, &found);
    let fresh = |comment: Option<usize>| {
        let own = comment.and_then(|c| document.comments.get(c)).and_then(|c| c.date);
        let written = own.or(published);
        let anchor = if own.is_some() { Anchor::Comment } else { Anchor::Published };
        let start = written.filter(|_| !history).map(point::Point::day);
        let vague_day = comment.is_some() && own.is_none();
        let history = history && comment.is_none();
        Context {
            rules,
            written,
            anchor,
            vague_day,
            history,
            narrative: start,
            last_day: start,
            just_told: None,
            main: start,
            aside: false,
            planned: None,
            last_year: None,
            stated_year: None,
            stated_before: false,
            bound: false,
            month_first,
        }
    };
    let mut article = fresh(None);
    let mut aside = (None, fresh(None));
    let mut all = Vec::with_capacity(parts.len());
    for (part, (found, planned)) in parts.iter().zip(found.iter().zip(&planned)) {
        let mut headline = (part.dateline || part.headline && !history).then(|| fresh(None));
        if part.comment.is_some() && aside.0 != part.comment {
            aside = (part.comment, fresh(part.comment));
        }
        let context = match (&mut headline, part.comment) {
            (Some(own), _) => own,
            (None, Some(_)) => &mut aside.1,
            (None, None) => &mut article,
        };
        context.stated_year = None;
        all.push(passage(context, part.text, found, planned));
    }
    all
}

fn passage(
    context: &mut Context<'_>,
    text: &str,
    found: &[Found<'_>],
    planned: &[Option<story::Placed>],
) -> Vec<Placed> {
    let mut placed: Vec<(&Found<'_>, Settled)> = Vec::new();
    let mut governors: Vec<Option<i64>> = Vec::new();
    let mut last = 0;
    context.back_to_story();
    for (one, planned) in found.iter().zip(planned) {
        let gap = &text[last.min(one.start)..one.start];
        // In news a stated year governs its sentence and the next, no further.
        let stops = gap.matches('.').count() + gap.matches("\n\n").count();
        if stops > 0 {
            context.back_to_story();
        }
        match (context.stated_year, stops) {
            (None, _) | (_, 0) => {}
            (_, 1) if !context.stated_before || context.history => context.stated_before = true,
            _ if context.history => {}
            _ => context.stated_year = None,
        }
        last = one.end;
        context.planned = *planned;
        let governed = governing(context.rules, text, one.start);
        context.bound = matches!(governed, Some(1 | 3));
        let tense = if needs_tense(context, one) {
            tense::tense(context.rules, text, one.start, one.end)
        } else {
            tense::Tense::Open
        };
        let left = &text[text.floor_char_boundary(one.start.saturating_sub(24))..one.start];
        if let Some(settled) = context.settle(one, tense, left) {
            placed.push((one, settled));
            governors.push(governed);
        }
    }
    let told: Vec<_> = placed.iter().map(|(f, s)| quote::Told { found: f, days: s.days, kind: s.kind }).collect();
    for (at, day) in quote::days_of_speaking(context.rules, text, &told) {
        let mut speaker = Context { written: Some(day), anchor: Anchor::Previous, history: false, ..context.clone() };
        if let Some(settled) = speaker.settle(placed[at].0, tense::Tense::Past, "") {
            placed[at].1 = settled;
        }
    }
    for k in 1..placed.len() {
        clock_of_day(text, &mut placed[k - 1..=k]);
    }
    let ends = |((f, s), governed): (&(&Found<'_>, Settled), &Option<i64>)| {
        (f.start, f.end, time(context, text, f, s, *governed))
    };
    let mut times: Vec<Placed> = placed.iter().zip(&governors).map(ends).collect();
    join_ranges(context.rules, text, &mut times);
    times
}

/// "from 21 August to 24 August 1914": the year at the end is both days'.
fn share_years(rules: &Rules, text: &str, found: &mut [Found<'_>]) {
    use rules::Gives::{Date, Pair};
    for k in 1..found.len() {
        let (before, after) = found.split_at_mut(k);
        let (Some(first), Some(second)) = (before.last_mut(), after.first()) else { continue };
        let plain = |f: &Found<'_>| matches!(f.rule.gives, Date | Pair) && !f.caught.contains_key("that");
        let Some(year) = second.stated_year().filter(|_| plain(first) && plain(second)) else { continue };
        let joined = text.get(first.end..second.start).is_some_and(|gap| gap.len() < 24 && rules.joint.is_match(gap));
        if first.stated_year().is_some() || first.caught.contains_key("era") || !joined {
            continue;
        }
        let place = |f: &Found<'_>| story::place_in_year(&settle::spelled(rules, f).point);
        if let (Some(from), Some(to)) = (place(first), place(second)) {
            first.year = Some(if from <= to { year } else { year - 1 });
        }
    }
}

/// Whether it matters for `found` which way the verb beside it looks: most expressions say enough themselves.
fn needs_tense(context: &Context<'_>, found: &Found<'_>) -> bool {
    use rules::Gives::{Clock, Date, Duration, Feast, Hijri, Lengths, Numeric, Pair, Ref, Stretch, Weekday, Weekend};
    let stated = found.year.is_some() || ["year", "y", "bcyear", "bcbare"].iter().any(|g| found.caught.contains_key(g));
    match found.rule.gives {
        Date | Pair | Stretch => !stated && !context.history,
        Numeric | Hijri | Feast => !context.history,
        Weekday | Weekend | Clock | Duration | Lengths => !context.history,
        Ref => found.rule.id == "soon" && !context.history,
        _ => false,
    }
}

/// "at 5:34 a.m. Baghdad time on March 20": the hour is of the day that follows it.
fn clock_of_day(text: &str, pair: &mut [(&Found<'_>, Settled)]) {
    const NEAR_BYTES: usize = 28;
    let [(clock, hour), (day, date)] = pair else { return };
    let gap = text.get(clock.end..day.start).filter(|gap| gap.len() <= NEAR_BYTES);
    let joined = gap.is_some_and(|gap| {
        let gap = gap.trim_start_matches([',', ' ']).trim_end();
        gap.is_empty() || gap.ends_with("on") || gap.ends_with("of") || gap == "the"
    });
    let whole_day = date.kind == TimexType::Date && date.value.len() == "2031-05-09".len();
    if clock.rule.gives != rules::Gives::Clock || !joined || !whole_day {
        return;
    }
    if let Some((_, time)) = hour.value.split_once('T') {
        hour.value = format!("{}T{time}", date.value);
        hour.days = date.days;
        hour.anchor = date.anchor;
    }
}

/// The code of the word that governs the expression at `start`: see `[governing]`.
fn governing(rules: &Rules, text: &str, start: usize) -> Option<i64> {
    let left = &text[text.floor_char_boundary(start.saturating_sub(40))..start];
    rules.code("governing", rules.governing.captures(left)?.name("word")?.as_str())
}

/// Opens the ends that a governing word opens: "by November 3" is any day up to it.
fn time(context: &Context<'_>, text: &str, found: &Found<'_>, settled: &Settled, governed: Option<i64>) -> Time {
    let (from, to) = match (settled.days, governed) {
        (Some((_, to)), Some(1)) => (None, Some(to)),
        (Some((from, _)), Some(2)) => (Some(from), None),
        (Some((from, _)), Some(3)) => (None, from.yesterday().ok()),
        (Some((from, to)), _) => (Some(from), Some(to)),
        (None, _) if settled.value == "FUTURE_REF" && !context.history && !context.vague_day => (context.written, None),
        (None, _) if settled.value == "PAST_REF" && !context.history && !context.vague_day => (None, context.written),
        (None, _) => (None, None),
    };
    Time {
        text: Some(text[found.start..found.end].to_owned()),
        kind: settled.kind,
        value: settled.value.clone(),
        modifier: settled.modifier.map(str::to_owned),
        from,
        to,
        anchor: settled.anchor,
        precision: precision(from, to),
    }
}

/// UCDP and ACLED codes of a stretch of days; none when no day is known.
pub(crate) fn precision(from: Option<Date>, to: Option<Date>) -> Option<TimePrecision> {
    let days = match (from, to) {
        (None, None) => return None,
        (Some(from), Some(to)) => from.until(to).map_or(i32::MAX, |span| span.get_days()) + 1,
        _ => return Some(TimePrecision { ucdp: 5, acled: 3 }),
    };
    let (ucdp, acled) = match days {
        ..=1 => (1, 1),
        2..=6 => (2, 2),
        7 => (3, 2),
        8..=31 => (4, 3),
        _ => (5, 3),
    };
    Some(TimePrecision { ucdp, acled })
}

/// "between 3 and 5 November", "from late October until November 3": both ends know the whole stretch.
fn join_ranges(rules: &Rules, text: &str, times: &mut [Placed]) {
    for i in 1..times.len() {
        let (before, after) = times.split_at_mut(i);
        let (Some(a), Some(b)) = (before.last_mut(), after.first_mut()) else { continue };
        let Some(between) = text.get(a.1..b.0).filter(|gap| gap.len() < 24).and_then(|gap| rules.joint.captures(gap))
        else {
            continue;
        };
        let left = text[text.floor_char_boundary(a.0.saturating_sub(24))..a.0].trim_end().to_lowercase();
        let opened = ["between", "from", "between the", "from the"].iter().any(|w| left.ends_with(w));
        let ordered = a.2.from.zip(b.2.to).filter(|(from, to)| from <= to);
        if let Some((from, to)) = ordered.filter(|_| opened || between.name("dash").is_some()) {
            for time in [&mut a.2, &mut b.2] {
                (time.from, time.to) = (Some(from), Some(to));
                time.precision = precision(time.from, time.to);
            }
        }
    }
}
