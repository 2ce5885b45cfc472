//! Dates in the words readers see: a line under the headline, "Published on ..." anywhere.
//!
//! In: a view of the page. Out: signs. A date inside a sentence is none: the sentence may speak of any day.

use std::sync::LazyLock;

use regex::{Regex, RegexBuilder};

use super::View;
use super::shown::near;
use crate::dates::{Order, WORDS, any_of, first_full_date_by, relative};
use crate::html::words::runs;
use crate::published::{Kind, Signals};

/// A longer run of words is prose.
const MAX_RUN_BYTES: usize = 240;
/// Letters beside the dates of a line that shows a date "alone": a name, a place, "5 min read".
const MAX_OTHER_LETTERS: usize = 60;

static CUES: LazyLock<[Regex; 2]> = LazyLock::new(|| {
    [&WORDS.published, &WORDS.modified].map(|words| {
        let pattern = format!(
            r"(?:^|[^\p{{L}}])(?:{})(?:\s+(?:by|von|par|por|da|door|przez)\s+[^|·•:]{{1,40}}?)?(?:\s+(?:on|at|in|am|le|el|il|em|op|la|the))?[\s:;,.|·•–—-]*$",
            any_of(words)
        );
        let regex = RegexBuilder::new(&pattern).case_insensitive(true).size_limit(16 << 20).build();
        regex.expect("the cue words are constants checked by the tests")
    })
});

/// What stands before a date.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Cue {
    None,
    Published,
    Modified,
}

/// Reads the page's short runs of words.
pub(super) fn read(view: &View<'_>, signals: &mut Signals) {
    let tree = view.tree;
    let skip = |i: usize| {
        view.apart[i] || tree.nodes[i].is(&["script", "style", "form", "button", "select", "title", "textarea"])
    };
    let mut carried = Cue::None;
    for run in runs(tree, view.layout, 1, tree.nodes.len(), skip) {
        // A headline may speak of any day.
        if run.words.len() > MAX_RUN_BYTES || Some(run.node) == view.heading {
            carried = Cue::None;
            continue;
        }
        carried = line(view, &run.words, run.node, carried, signals);
    }
}

/// Reads one line; `carried` is what the line before ended with. The answer is what this one ends with.
fn line(view: &View<'_>, words: &str, node: usize, carried: Cue, signals: &mut Signals) -> Cue {
    let near = near(view, node);
    let mut at = 0;
    let mut found = Vec::new();
    let mut n_other_letters = 0;
    while let Some(date) = first_full_date_by(&words[at..], view.order).filter(|_| found.len() < 6) {
        let before = &words[at..at + date.start];
        let cue = match cue(before) {
            Cue::None if found.is_empty() && !before.chars().any(char::is_alphanumeric) => carried,
            cue => cue,
        };
        n_other_letters += before.chars().filter(|c| c.is_alphabetic()).count();
        found.push((cue, date));
        at += date.end;
    }
    let rest = &words[at..];
    n_other_letters += rest.chars().filter(|c| c.is_alphabetic()).count();
    if found.is_empty() {
        let ago = view.retrieved.filter(|_| near).and_then(|day| relative(words, day));
        if let Some(date) = ago {
            let told = crate::dates::Told { date, in_utc: false };
            signals.add_at(Kind::Ago, told, view.distance(node));
        }
        return if words.len() <= 40 { cue(words) } else { Cue::None };
    }
    let alone = n_other_letters <= MAX_OTHER_LETTERS && !words.contains('©') && stands_apart(words, &words[at..]);
    let mut first_alone = true;
    for (cue, date) in found {
        let told = crate::dates::Told { date: date.date, in_utc: false };
        match cue {
            Cue::Published => {
                signals.add_at(if near { Kind::CueNear } else { Kind::CueFar }, told, view.distance(node))
            }
            Cue::Modified => {
                signals.add_at(if near { Kind::ChangedNear } else { Kind::Changed }, told, view.distance(node))
            }
            Cue::None if alone && first_alone => {
                first_alone = false;
                signals.add_at(if near { Kind::AloneNear } else { Kind::AloneFar }, told, view.distance(node));
            }
            Cue::None => {}
        }
    }
    Cue::None
}

/// The time of day after a date: "at 3:00 am EST".
static CLOCK: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^[\s,]*(?:(?i:at|um|à|às|alle|kl\.?|@)\s*)?\d\d?[:.h]\d\d(?::\d\d)?(?:\s*(?i:[ap]\.?m\b\.?))?(?:\s*[A-Z]{2,4}\b)?\s*")
        .expect("a constant checked by the tests")
});

/// Whether the dates of a line stand at its start or end or behind a sign that parts, and not inside a sentence.
fn stands_apart(words: &str, rest: &str) -> bool {
    const PARTS: [char; 7] = ['|', '·', '•', '–', '—', '/', '»'];
    let rest = &rest[CLOCK.find(rest).map_or(0, |clock| clock.end())..];
    let ended = rest.starts_with(PARTS);
    let rest = rest.trim_start_matches(|c: char| !c.is_alphabetic());
    let head_is_date = words.chars().next().is_some_and(|c| c.is_numeric())
        || first_full_date_by(words, Order::DayFirst).is_some_and(|f| f.start == 0);
    let parted = words.contains(PARTS) || words.contains(" - ");
    let goes_on = !ended && rest.chars().next().is_some_and(char::is_lowercase) && rest.split_whitespace().count() > 4;
    !words.ends_with([':', '?']) && (head_is_date || parted || rest.split_whitespace().count() <= 4) && !goes_on
}

fn cue(before: &str) -> Cue {
    let [published, modified] = &*CUES;
    if modified.is_match(before) {
        Cue::Modified
    } else if published.is_match(before) {
        Cue::Published
    } else {
        Cue::None
    }
}
