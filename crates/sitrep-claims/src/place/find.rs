//! Finds names of places in a passage: by the gazetteer, by the entity recogniser, by the words around them.
//!
//! In: one passage. Out: [`Named`] runs of tokens with what speaks for them, and the demonyms. Never says which place is meant.

use std::collections::BTreeSet;

use sitrep_language::{EntityLabel, Pos};
use sitrep_model::{Document, Span};

use super::Gazetteer;
use super::key::{bare, key};
use super::named::{ARTICLES, Demonym, Ground, Named, View};
use super::script::{ARABIC, OWN, is_arabic, is_cyrillic, is_other};
use crate::parse::Passage;

const LONGEST_TOKENS: usize = 7;

/// What the whole document tells of names.
#[derive(Debug, Default)]
pub(crate) struct Heard {
    /// The surnames of people named in full anywhere.
    pub(super) people: BTreeSet<String>,
    /// Names before the word for a kind of place of which it says where it lies: "the Varnesh depot, which is located …".
    pub(super) placed: BTreeSet<String>,
}

pub(crate) fn heard(gazetteer: &Gazetteer, document: &Document, passages: &[Passage]) -> Heard {
    let mut heard = Heard::default();
    for passage in passages {
        people(document, passage, &mut heard.people);
        placed(gazetteer, document, passage, &mut heard.placed);
    }
    heard
}

fn people(document: &Document, passage: &Passage, people: &mut BTreeSet<String>) {
    let text = passage.text(document);
    for person in passage.analysis.entities.iter().filter(|e| e.label == EntityLabel::Person && e.end - e.first > 1) {
        let words: Vec<&str> =
            (person.first as usize..person.end as usize).map(|t| passage.analysis.text(text, t)).collect();
        // "al-Bukamal and Mayadin" taken for somebody is nobody's name.
        let article = words.first().is_some_and(|w| ARTICLES.contains(&w.to_lowercase().as_str()));
        if !article && words.iter().all(|w| w.starts_with(char::is_uppercase) || w.starts_with(['’', '\''])) {
            people.extend(words.iter().rev().map(|w| key(w)).find(|w| w.len() > 2));
        }
    }
}

fn placed(gazetteer: &Gazetteer, document: &Document, passage: &Passage, placed: &mut BTreeSet<String>) {
    const REACH_TOKENS: usize = 5;
    let (text, words) = (passage.text(document), &gazetteer.words);
    let word = |t: usize| passage.analysis.text(text, t);
    for says in (0..passage.analysis.tokens.len()).filter(|t| words.placing.contains(word(*t))) {
        let kind = (says.saturating_sub(REACH_TOKENS)..says).rev().find(|t| words.kinds.contains_key(word(*t)));
        let Some(kind) = kind else { continue };
        let first = (kind.saturating_sub(LONGEST_TOKENS)..kind)
            .rev()
            .take_while(|t| word(*t).starts_with(char::is_uppercase) && !matches!(word(*t), "The"))
            .last();
        placed.extend(first.map(|first| key(passage.span_of(first, kind).of(&document.text))));
    }
}

/// The names and demonyms of one passage, in order, not overlapping.
pub(crate) fn names(
    gazetteer: &Gazetteer,
    document: &Document,
    passage: &Passage,
    heard: &Heard,
    asked: &[Span],
) -> (Vec<Named>, Vec<Demonym>) {
    let text = passage.text(document);
    let words: Vec<&str> = (0..passage.analysis.tokens.len()).map(|i| passage.analysis.text(text, i)).collect();
    let view = View::new(gazetteer, passage, words, heard);
    let (mut found, mut demonyms) = (Vec::new(), Vec::new());
    let mut at = 0;
    let mut asked = asked.iter().filter_map(|span| Some((tokens_of(passage, *span)?, *span))).peekable();
    while at < view.words.len() {
        while asked.next_if(|((first, _), _)| *first < at).is_some() {}
        if let Some(((first, end), span)) = asked.next_if(|((first, _), _)| *first == at) {
            found.push(asked_for(&view, document, (first, end), span));
            at = end;
            continue;
        }
        if view.passage.analysis.tokens[at].is_space || !view.begins(at) {
            demonyms.extend(view.demonym(at));
            at += 1;
            continue;
        }
        let after = found.last().is_some_and(|n: &Named| n.ground == Ground::Context && view.listed(n.end, at));
        let named = foreign(&view, document, at)
            .or_else(|| known(&view, document, at, after))
            .or_else(|| unknown(&view, document, at));
        let clear = |n: &Named| asked.peek().is_none_or(|((first, _), _)| n.end <= *first);
        if let Some(named) = named.filter(clear) {
            at = named.end.max(at + 1);
            found.push(named);
            continue;
        }
        demonyms.extend(view.demonym(at));
        at += 1;
    }
    (found, demonyms)
}

/// The tokens of a passage that a span of the document touches.
fn tokens_of(passage: &Passage, span: Span) -> Option<(usize, usize)> {
    let inside = span.start >= passage.span.start && span.end <= passage.span.end;
    let (start, end) = (span.start.checked_sub(passage.span.start)?, span.end.checked_sub(passage.span.start)?);
    let tokens = &passage.analysis.tokens;
    let (first, end) = (tokens.partition_point(|t| t.end <= start), tokens.partition_point(|t| t.start < end));
    (inside && first < end).then_some((first, end))
}

/// A span that begins inside a word, as those counted by another's rules do, shifted to where the word begins; without white space
/// and commas at its ends.
pub(super) fn snapped(text: &str, span: Span) -> Span {
    let (mut start, mut end) = (span.start as usize, span.end as usize);
    let Some(said) = text.get(start..end).filter(|said| said.chars().any(char::is_alphanumeric)) else { return span };
    let back = text[..start].chars().rev().take_while(|c| c.is_alphanumeric()).count();
    if back > 0 && said.starts_with(|c: char| c.is_alphanumeric() || c == '.') {
        let before = |at: usize| text[..at].chars().rev().take(back).map(char::len_utf8).sum::<usize>();
        (start, end) = (start - before(start), end - before(end));
    }
    let stray = |c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':');
    let Some(said) = text.get(start..end) else { return span };
    let (lead, trail) = (said.trim_start_matches(stray).len(), said.trim_end_matches(stray).len());
    Span::new(end - lead, start + trail)
}

/// A name somebody asks for: a place, whatever the words around it.
fn asked_for(view: &View<'_>, document: &Document, core: (usize, usize), span: Span) -> Named {
    let around = whole(view, document, core, Ground::Context, true);
    let name = span.of(&document.text).to_owned();
    let key = spelling(view.gazetteer, &name);
    Named { first: core.0, end: core.1, key, name, asked: true, ..around }
}

/// The key a name is known by: its own, or that of the name without what only describes it ("downtown", "greater", "area").
pub(super) fn spelling(gazetteer: &Gazetteer, name: &str) -> String {
    let full = gazetteer.index.key_of(name);
    if let Some(long) = gazetteer.words.abbreviations.get(&full) {
        return long.clone();
    }
    let known = |key: &str| !key.is_empty() && (gazetteer.index.knows(key) || gazetteer.index.knows(&bare(key)));
    if known(&full) {
        return full;
    }
    let words: Vec<&str> = full.split(' ').collect();
    let describes =
        |w: &str| gazetteer.words.describing.contains(w) || gazetteer.words.bearing(w).is_some() || w == "of";
    let kind = |w: &str| gazetteer.words.kinds.contains_key(w) || describes(w);
    let lead = words.iter().take_while(|w| kind(w)).count();
    let trail = words.iter().rev().take_while(|w| kind(w)).count();
    for (from, to) in [(lead, words.len()), (0, words.len() - trail), (lead, words.len().saturating_sub(trail))] {
        if let Some(part) = words.get(from..to).map(|w| w.join(" ")).filter(|k| known(k)) {
            return part;
        }
    }
    full
}

/// A name in other letters: one the gazetteer has, alone or in brackets or where a place is told, or an Arabic one told so, whose
/// consonants decide.
fn foreign(view: &View<'_>, document: &Document, at: usize) -> Option<Named> {
    let has = |t: usize, letter: fn(char) -> bool| view.words.get(t).is_some_and(|w| w.chars().any(letter));
    if !has(at, is_other) {
        return None;
    }
    let told = view.told(at);
    let alone = at == 0 || !has(at - 1, is_other);
    let run = |letter: fn(char) -> bool| (at..at + LONGEST_TOKENS).take_while(|t| has(*t, letter)).count();
    let n_all = run(is_other);
    let spelled = |n: &usize| {
        let key = view.gazetteer.index.key_of(&view.text(document, at, at + n));
        key.starts_with([OWN, ARABIC]) && view.gazetteer.index.knows(&key)
    };
    let known = (1..=n_all).rev().find(spelled).filter(|n| told || alone && *n == n_all);
    let n = known.or(Some(run(is_arabic)).filter(|n| told && *n > 0))?;
    Some(whole(view, document, (at, at + n), Ground::Context, false))
}

/// The longest run of tokens from `at` whose spelling the gazetteer knows, if the words around it let it be a place.
fn known(view: &View<'_>, document: &Document, at: usize, after: bool) -> Option<Named> {
    let tokens = &view.passage.analysis.tokens;
    let longest = (1..=LONGEST_TOKENS).take_while(|n| at + n <= tokens.len() && !tokens[at + n - 1].is_space).last()?;
    let text = view.text(document, at, at + longest);
    for n in (1..=longest).rev() {
        let end = at + n;
        let last = view.words[end - 1];
        let kind_word = n > 1 && view.gazetteer.words.kinds.contains_key(&last.to_lowercase());
        if !(view.capital(end - 1) || kind_word || last.chars().all(|c| c.is_ascii_digit())) {
            continue;
        }
        let length = (tokens[end - 1].end - tokens[at].start) as usize;
        let name = text.get(..length).unwrap_or_default();
        let full = view.short_form(at, end).unwrap_or_else(|| key(name));
        let knows = |key: &str| view.gazetteer.index.knows(key);
        let without_articles = || Some(bare(&full)).filter(|short| *short != full);
        if full.len() < 2 || !(knows(&full) || without_articles().is_some_and(|short| knows(&short))) {
            continue;
        }
        let located =
            view.label(at).is_some_and(|(l, _, _)| matches!(l, EntityLabel::Gpe | EntityLabel::Loc | EntityLabel::Fac));
        let certain = located && !view.acronym((at, end)) && view.passage.comment.is_none();
        return accept(view, document, (at, end), &full, after)
            .map(|ground| Named { key: full, ..whole(view, document, (at, end), ground, certain) });
    }
    None
}

/// Whether the run `core` is used as a place, and on what ground.
fn accept(view: &View<'_>, document: &Document, core: (usize, usize), full: &str, after: bool) -> Option<Ground> {
    let words = &view.gazetteer.words;
    let (at, end) = core;
    let alone = view.words[at].chars().all(|c| c.is_ascii_uppercase() || c == '.') && view.words[at].len() <= 4;
    let label = view.label(at);
    let located = label.is_some_and(|(l, _, _)| matches!(l, EntityLabel::Gpe | EntityLabel::Loc | EntityLabel::Fac));
    if words.never.contains(full) && !(alone && located && full == "us") {
        return None;
    }
    if end - at == 1 && view.gazetteer.index.demonym(view.words[at]).is_some() {
        return None;
    }
    // "FAO" is a body; capitals name a place only when it is a country: "UAE", "DRC".
    let state = view.short_form(at, end).is_some();
    if view.acronym(core) && !state && !view.gazetteer.index.find(full).iter().any(|e| e.kind == "country") {
        return None;
    }
    if view.words[at].chars().any(is_cyrillic) && view.told(at) {
        return Some(Ground::Context);
    }
    let surname = end - at == 1 && view.heard.people.contains(full);
    if is_organisation(view, end) || compound(view, end) || self_styled(view, at) {
        return None;
    }
    // "two tanks and a Shilka": one of many is no name of a place.
    let one = at > 0 && matches!(view.words[at - 1], "a" | "an");
    let described =
        view.passage.analysis.tokens.get(end).is_some_and(|t| matches!(t.pos, Pos::Noun | Pos::Propn | Pos::Adj));
    if one && !described && view.kind(end).is_none() && view.passage.comment.is_none() {
        return None;
    }
    // "al-Lataminah": the article and a hyphen begin a name; the article alone is none.
    if view.words.get(end) == Some(&"-")
        && view.glued(end)
        && view.capital(end + 1)
        && ARTICLES.contains(&view.lower(at))
    {
        return None;
    }
    let kind = view.kind(end).is_some() || at >= 2 && view.lower(at - 1) == "of" && view.kind(at - 2).is_some();
    let mut before = at;
    while before > 0 && view.gazetteer.words.qualifiers.contains(view.lower(before - 1)) {
        before -= 1;
    }
    let locative = before > 0 && words.locative.contains(view.lower(before - 1));
    let listed = before > 0 && matches!(view.lower(before - 1), "and" | "," | "or");
    let article = ARTICLES.contains(&view.lower(at)) && end - at > 1;
    let of = before > 1 && matches!(view.lower(before - 1), "of" | "from");
    let head =
        of && (words.bearing(view.words[before - 2]).is_some() || words.before_of.contains(view.lower(before - 2)));
    let context =
        kind || locative && view.lower(before - 1) != "of" || article || after || head || view.of_somebody(at);
    if surname && !(kind || located && context) {
        return None;
    }
    match label {
        Some((EntityLabel::Gpe | EntityLabel::Loc | EntityLabel::Fac, first, last)) => {
            // Part of a longer name is not the place: "Iraq" in "Bank of Iraq Tower".
            let part = first < at && view.capital(first)
                || last > end && view.capital(last - 1) && view.kind(last - 1).is_none();
            if part && !kind && !article { Some(Ground::Spelling) } else { Some(Ground::Context) }
        }
        Some((
            EntityLabel::Person
            | EntityLabel::Org
            | EntityLabel::Norp
            | EntityLabel::WorkOfArt
            | EntityLabel::Law
            | EntityLabel::Event,
            first,
            last,
        )) => {
            let inside =
                first < at && view.capital(first) && !view.gazetteer.words.kinds.contains_key(view.lower(first))
                    || last > end && view.capital(last - 1) && view.kind(end).is_none();
            match (inside, context) {
                (true, _) => None,
                (false, true) => Some(Ground::Context),
                // "Franklin said": a surname alone is no town; "Jordan said" may be the country.
                (false, false) => {
                    let country = || view.gazetteer.index.find(full).iter().any(|e| e.kind == "country");
                    (label_is(label, EntityLabel::Org) || end - at > 1 || country()).then_some(Ground::Spelling)
                }
            }
        }
        _ if context || locative && full.len() > 3 => Some(Ground::Context),
        _ => {
            let proper = view.passage.analysis.tokens[at].pos == Pos::Propn || listed || document.text.is_empty();
            let neighbour = at > 0 && view.capital(at - 1) && view.passage.analysis.tokens[at - 1].pos == Pos::Propn;
            (proper && !neighbour && full.len() > 3).then_some(Ground::Spelling)
        }
    }
}

/// "the Islamic State in Iraq and the Levant": the country is part of a name somebody gave himself.
fn self_styled(view: &View<'_>, at: usize) -> bool {
    (at.saturating_sub(5)..at.saturating_sub(1)).any(|t| {
        let state = matches!(view.lower(t), "state" | "emirate" | "caliphate") && view.capital(t);
        let tied = (t + 2..at).all(|w| view.capital(w) || matches!(view.lower(w), "and" | "the"));
        state && matches!(view.lower(t + 1), "of" | "in") && tied
    })
}

fn label_is(label: Option<(EntityLabel, usize, usize)>, wanted: EntityLabel) -> bool {
    label.is_some_and(|(l, _, _)| l == wanted)
}

/// "Aleppo Military Council": capitals go on until a word that makes it an organisation.
fn is_organisation(view: &View<'_>, end: usize) -> bool {
    let words = &view.gazetteer.words;
    if view.kind(end).is_some() && !view.capital(end) {
        return false;
    }
    (end..view.words.len().min(end + 4))
        .take_while(|at| view.capital(*at) || view.words[*at] == "-")
        .any(|at| words.organisations.contains(view.lower(at)) && view.capital(at))
}

/// "US-backed", "Iran-linked": an alignment, not a place.
fn compound(view: &View<'_>, end: usize) -> bool {
    view.words.get(end) == Some(&"-") && view.gazetteer.words.alignments.contains(view.lower(end + 1))
}

/// A name the gazetteer lacks, when the recogniser or the words around it make it a place.
fn unknown(view: &View<'_>, document: &Document, at: usize) -> Option<Named> {
    if view.words[at] == "The" {
        return None;
    }
    let mut end = at + 1;
    let located = match view.label(at) {
        Some((EntityLabel::Gpe | EntityLabel::Loc | EntityLabel::Fac, first, last))
            if first == at || !view.capital(first) =>
        {
            end = last;
            true
        }
        _ => {
            while end < view.words.len() && end - at < LONGEST_TOKENS && continues(view, end) {
                end += 1;
            }
            false
        }
    };
    // "al-Lataminah", "Canapé-Vert": the recogniser stops at the hyphen.
    while end + 1 < view.words.len() && view.words[end] == "-" && view.glued(end) && view.capital(end + 1) {
        end += 2;
    }
    // "Humaymah village": a kind of place in small letters ends the name.
    if let Some(kind_at) = (at + 1..end).find(|k| view.kind(*k).is_some() && *k + 1 >= end) {
        end = kind_at;
    }
    let article = ARTICLES.contains(&view.lower(at)) && end - at > 1;
    let words = &view.gazetteer.words;
    let body = label_is(view.label(at), EntityLabel::Org);
    let tells = |(kind, _): (&str, usize)| words.settled.contains(kind) || !body && words.held.contains(kind);
    let said_kind = view.kind(end).filter(|_| !view.capital(end));
    let kind_after = said_kind.is_some_and(tells);
    let kind_before = at >= 2 && view.lower(at - 1) == "of" && view.kind(at - 2).is_some_and(tells);
    let mut before = at;
    while before > 0 && view.gazetteer.words.qualifiers.contains(view.lower(before - 1)) {
        before -= 1;
    }
    let governed = before > 0 && view.gazetteer.words.locative.contains(view.lower(before - 1));
    let locative = governed && view.lower(before - 1) != "of";
    let person = matches!(
        view.label(at),
        Some((
            EntityLabel::Person | EntityLabel::Norp | EntityLabel::Date | EntityLabel::Time | EntityLabel::Money,
            _,
            _
        ))
    );
    let acronym = view.acronym((at, end));
    let reader = view.passage.comment.is_some() && !(article || kind_after || kind_before);
    let located = located && !acronym && !reader && governed;
    // "near Shatoi": nothing but a place has a neighbourhood.
    let near = before > 0 && matches!(view.lower(before - 1), "near" | "outside" | "around");
    let proper = view.passage.analysis.tokens[at].pos == Pos::Propn;
    let near = near
        && proper
        && !acronym
        && !reader
        && !matches!(view.label(at), Some((EntityLabel::Date | EntityLabel::Time | EntityLabel::Norp, _, _)));
    let titled = said_kind.is_some() && view.heard.placed.contains(&key(&view.text(document, at, end)));
    let place = located || near || titled || kind_after && !person || kind_before || article && locative && !person;
    if !place || is_organisation(view, at) || is_organisation(view, end) || compound(view, end) {
        return None;
    }
    let full = key(&view.text(document, at, end));
    let people = || view.gazetteer.index.demonym(view.words[at]).is_some() && end - at == 1;
    if full.len() < 3 || view.gazetteer.words.never.contains(&full) || people() {
        return None;
    }
    Some(whole(view, document, (at, end), Ground::Context, true))
}

fn continues(view: &View<'_>, at: usize) -> bool {
    let hyphen = view.words[at] == "-" && view.glued(at) && at + 1 < view.words.len();
    let after_hyphen = view.words[at - 1] == "-" && view.glued(at - 1);
    hyphen || after_hyphen || view.capital(at) && view.passage.analysis.tokens[at].pos == Pos::Propn
}

/// The expression around a name: "the city of X", "X village".
fn whole(view: &View<'_>, document: &Document, core: (usize, usize), ground: Ground, certain: bool) -> Named {
    let (mut first, mut end) = core;
    let mut kind = None;
    if let Some((named, length)) = view.kind(end) {
        kind = Some(named.to_owned());
        end += length;
    } else if first >= 2
        && view.lower(first - 1) == "of"
        && let Some((named, _)) = view.kind(first - 2)
    {
        kind = Some(named.to_owned());
        first -= 2;
    }
    let name = view.text(document, core.0, core.1);
    let certain = certain || kind.is_some();
    Named {
        first,
        end,
        key: view.gazetteer.index.key_of(&name),
        name,
        kind,
        ground,
        certain,
        asked: false,
        holder: None,
    }
}
