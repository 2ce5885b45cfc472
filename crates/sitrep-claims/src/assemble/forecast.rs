//! What a forecast commits to: its window, its likelihood, and the sentence that would have to come true.
//!
//! In: a deed still to come and its time. Out: [`ForecastView`]. A future without a unit of time gets no window; one with a unit
//! ("in the coming weeks") is read to the far end of a stated range, so that nobody is called wrong too early.

use jiff::ToSpan;
use jiff::civil::Date;
use sitrep_language::{Dep, Tag};
use sitrep_model::{ForecastView, Likelihood, Time};

use crate::actors::Scene;
use crate::deeds::Deed;
use crate::modality::Mood;

/// The forecast that `deed` makes; `quote` stands in where no sentence can be made.
pub(super) fn forecast(
    scene: &Scene<'_>,
    deed: &Deed,
    mood: &Mood,
    time: Option<&Time>,
    published: Option<Date>,
    names: &[String],
    quote: &str,
) -> ForecastView {
    let hedges = &scene.lexicon.hedges;
    let likelihood = mood.word.as_ref().and_then(|word| {
        let [low, high] = *hedges.likelihood.get(word)?;
        Some(Likelihood { word: Some(word.clone()), low, high, yardstick: "ICD 203".to_owned() })
    });
    let (window, rule) = window(scene, time, published, quote);
    let end = window.map(|[_, to]| to);
    let criteria = sentence(scene, deed, names, end).unwrap_or_else(|| plain(quote));
    ForecastView { window, rule, likelihood, criteria }
}

/// First and last day, and the rule they were made by.
fn window(scene: &Scene<'_>, time: Option<&Time>, published: Option<Date>, quote: &str) -> (Option<[Date; 2]>, String) {
    let Some(time) = time else {
        let hint = quote.split_whitespace().any(|word| scene.lexicon.hedges.is_horizon(&word.to_lowercase()));
        return (None, if hint { "a future without a number" } else { "no window said" }.to_owned());
    };
    if let Some((shortest, longest, end)) = published.and_then(|day| vague(time, day)) {
        let window = published.map(|from| [from, end]);
        return (window, format!("{shortest}..{longest} from published, read to the far end"));
    }
    let ahead = |to: &Date| published.is_none_or(|day| *to >= day);
    let window = time.to.filter(ahead).and_then(|to| {
        let from = time.from.max(published).or(published)?;
        (from <= to).then_some([from, to])
    });
    let rule = match window {
        Some(_) => format!("{} from {}", time.value, time.anchor.as_str()),
        None if time.to.is_some() => format!("{}: not ahead of the report", time.value),
        None => format!("{}: no end said", time.value),
    };
    (window, rule)
}

/// "the coming weeks": shortest and longest reading, and where the longest ends.
fn vague(time: &Time, published: Date) -> Option<(&'static str, &'static str, Date)> {
    let words = time.text.as_deref().filter(|_| time.value == "FUTURE_REF")?.to_lowercase();
    let unit = words.split_whitespace().last()?;
    let (shortest, longest, span) = match unit {
        "hours" => ("PT2H", "P1D", 1.day()),
        "days" => ("P2D", "P7D", 7.days()),
        "weeks" => ("P2W", "P6W", 6.weeks()),
        "months" => ("P2M", "P6M", 6.months()),
        _ => return None,
    };
    Some((shortest, longest, published.checked_add(span).ok()?))
}

/// "Army units will capture these villages by 2031-06-09".
fn sentence(scene: &Scene<'_>, deed: &Deed, names: &[String], end: Option<Date>) -> Option<String> {
    let tree = &scene.trees[deed.passage];
    // "launch a counteroffensive": the noun's verb carries the sentence.
    let verb = if tree.is_verb(deed.trigger) { deed.trigger } else { deed.clause };
    if !tree.is_verb(verb) || deed.is("other") {
        return None;
    }
    let passive = tree.passive(verb);
    let subject = if passive { tree.subject(verb).map(|s| tree.noun_text(s)) } else { joined(names) };
    let subject = subject.or_else(|| tree.subject(deed.clause).map(|s| tree.noun_text(s)))?;
    let mut rest: Vec<(usize, usize)> = Vec::new();
    for &k in tree.kids(verb).iter().filter(|&&k| k > verb) {
        let timed = scene.is_time(deed.passage, k)
            || tree.kids(k).iter().any(|&m| scene.is_time(deed.passage, m) && tree.dep(m) == Dep::Pobj);
        let speaks = matches!(tree.word(k), "according" | "citing");
        if !timed
            && !speaks
            && matches!(tree.dep(k), Dep::Dobj | Dep::Prt | Dep::Prep | Dep::Agent | Dep::Dative | Dep::Xcomp)
        {
            rest.push(match tree.dep(k) {
                Dep::Dobj => tree.noun_phrase(k),
                _ => (tree.left_edge(k), tree.right_edge(k).min(k + 12)),
            });
        }
    }
    let base = if passive { format!("be {}", tree.word(verb)) } else { tree.lemma(verb).to_owned() };
    let no = if mood_negates(scene, deed) { "not " } else { "" };
    let mut text = format!("{} will {no}{base}", capital(&subject));
    for (first, last) in rest {
        let cut =
            (first..=last).find(|&k| scene.is_time(deed.passage, k) || matches!(tree.word(k), "," | ";" | "\"" | "”"));
        let end = cut.map_or(last + 1, |k| k);
        let end = if cut.is_some() && end > first && matches!(tree.tag(end - 1), Tag::In) { end - 1 } else { end };
        if end > first {
            text.push(' ');
            text.push_str(&tree.phrase(first, end - 1));
        }
    }
    if let Some(end) = end {
        text.push_str(&format!(" by {end}"));
    }
    Some(plain(&text))
}

fn mood_negates(scene: &Scene<'_>, deed: &Deed) -> bool {
    scene.trees[deed.passage].negated(deed.trigger)
}

fn joined(names: &[String]) -> Option<String> {
    match names {
        [] => None,
        [one] => Some(one.clone()),
        [all @ .., last] => Some(format!("{} and {last}", all.join(", "))),
    }
}

fn capital(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// One line, without what is left over from a sentence around it.
fn plain(words: &str) -> String {
    let line = words.split_whitespace().collect::<Vec<_>>().join(" ");
    line.trim_start_matches([',', ';', ':', '-', '–', '—', ' ']).to_owned()
}
