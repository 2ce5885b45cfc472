//! The first screen: what the record holds, narrowed down by one filter.
//!
//! In: a snapshot and a query. Out: counts, facets, events, marks, search results. Never hides the other side of a dispute: an event
//! passes whole.

use std::sync::Arc;

use sitrep::model::{Document, Span};

use crate::answers::{About, EventBrief, Explore, Found, Hit, Marks, SnippetRun};
use crate::app::App;
use crate::board::{self, words_of};
use crate::brief;
use crate::problem::Wrong;
use crate::query::Query;
use crate::review::Reviewed;
use crate::snapshot::Snapshot;

/// At most so many events in one answer.
const MOST_EVENTS: usize = 500;
/// At most so many hits.
const MOST_HITS: usize = 100;
/// Letters around a hit.
const AROUND: usize = 60;

/// `GET /api/about`
pub(crate) fn about(app: &App, snapshot: &Snapshot) -> About {
    let contents = &snapshot.contents;
    let edition = &contents.edition;
    let parts = [("version", Some(&edition.version)), ("rules", Some(&edition.rules)), ("world", Some(&edition.world))];
    let parts = parts.into_iter().chain([("model", Some(&edition.model)), ("gazetteer", edition.gazetteer.as_ref())]);
    let parts = parts.chain([("actors", edition.actors.as_ref())]);
    let name = app.options.record.file_name().unwrap_or_default();
    About {
        program: sitrep::VERSION.to_owned(),
        record: name.to_string_lossy().into_owned(),
        version: snapshot.version.clone(),
        n_pages: contents.pages.len(),
        n_claims: contents.claims.len(),
        n_events: contents.events.len(),
        n_disputes: contents.disputes.len(),
        n_forecasts: contents.forecasts.len(),
        n_rulings: app.reviewed().entries.len(),
        days: snapshot.days(),
        writable: app.options.writing.is_some(),
        edition: parts.filter_map(|(name, value)| Some((name.to_owned(), value?.clone()))).collect(),
    }
}

/// `GET /api/explore`
pub(crate) fn explore(snapshot: &Snapshot, query: &Query, reviewed: &Reviewed) -> Result<Explore, Wrong> {
    let wanted = query.wanted()?;
    let limit = query.number("limit", 50, MOST_EVENTS)?;
    let passed = snapshot.board.passed(&snapshot.contents, &wanted);
    let start = query.skip()?;
    let rest = passed.events.get(start..).unwrap_or_default();
    let shown = &rest[..rest.len().min(limit)];
    let event = |row: &usize| brief::event(snapshot, &snapshot.contents.events[*row], reviewed);
    let events: Vec<EventBrief> = shown.iter().map(event).collect();
    let next = (rest.len() > limit).then(|| (start + limit).to_string());
    let facets = passed.facets.clone();
    Ok(Explore { n_events: passed.events.len(), n_claims: passed.n_claims, facets, events, next })
}

/// `GET /api/marks`
pub(crate) fn marks(snapshot: &Snapshot, query: &Query) -> Result<Arc<Marks>, Wrong> {
    let wanted = query.wanted()?;
    let passed = snapshot.board.passed(&snapshot.contents, &wanted);
    let make = || Arc::new(board::marks(&snapshot.contents, &passed.events, (wanted.since, wanted.until)));
    Ok(Arc::clone(passed.marks.get_or_init(make)))
}

/// `GET /api/search`
pub(crate) fn search(snapshot: &Snapshot, query: &Query) -> Result<Found, Wrong> {
    let limit = query.number("limit", 20, MOST_HITS)?;
    let words: Vec<String> = words_of(query.value("q").unwrap_or_default()).collect();
    if words.is_empty() {
        return Ok(Found { hits: Vec::new() });
    }
    let (board, contents) = (&snapshot.board, &snapshot.contents);
    let mut hits = named(snapshot, &words, limit);
    for row in board.events_with(contents, &words).into_iter().take(limit) {
        let event = &contents.events[row];
        hits.push(hit("event", event.event_id.as_str(), None, &event.event.to_string(), &event.summary, &words));
    }
    for row in board.documents_with(contents, &words) {
        if hits.len() > 4 * limit {
            break;
        }
        hits.extend(in_document(&contents.documents[row], &words));
    }
    hits.truncate(limit);
    Ok(Found { hits })
}

/// Whether the text has every word, in small letters, or words that hold them.
fn has_all(text: &str, words: &[String]) -> bool {
    let lower = text.to_lowercase();
    words.iter().all(|word| lower.contains(word.as_str()))
}

/// Places, actors and sources of that name.
fn named(snapshot: &Snapshot, words: &[String], limit: usize) -> Vec<Hit> {
    let hit = |(kind, name, n): (&'static str, &str, usize)| {
        let text = format!("{name} · {n} {}", if n == 1 { "claim" } else { "claims" });
        hit(kind, name, None, name, &text, words)
    };
    let found = snapshot.board.named(|name| has_all(name, words));
    found.into_iter().take(limit.div_ceil(3)).map(hit).collect()
}

/// The article and the comments of a document that have all words.
fn in_document(document: &Document, words: &[String]) -> Vec<Hit> {
    let id = document.id.as_str();
    if !has_all(&document.text, words) {
        return Vec::new();
    }
    let title = document.title.as_deref().unwrap_or(&document.path);
    let article: Vec<Span> = document.blocks.iter().map(|block| block.span).collect();
    let text = article.iter().map(|span| span.of(&document.text)).collect::<Vec<_>>().join(" ");
    let mut hits = Vec::new();
    if has_all(&text, words) {
        hits.push(hit("document", id, Some(id), title, &text, words));
    }
    for comment in document.comments.iter().filter(|comment| comment.labels.is_empty()) {
        let text = comment.span.of(&document.text);
        if has_all(text, words) {
            hits.push(hit("comment", comment.id.as_str(), Some(id), title, text, words));
        }
    }
    hits
}

fn hit(kind: &str, id: &str, document: Option<&str>, title: &str, text: &str, words: &[String]) -> Hit {
    Hit {
        kind: kind.to_owned(),
        id: id.to_owned(),
        document: document.map(str::to_owned),
        title: title.to_owned(),
        snippet: snippet(text, words),
    }
}

/// The words around the first hit, hits marked.
fn snippet(text: &str, words: &[String]) -> Vec<SnippetRun> {
    let letters: Vec<char> = text.chars().collect();
    // Letter by letter, since small letters of some alphabets are longer than great ones.
    let lower: Vec<char> = letters.iter().map(|c| c.to_lowercase().next().unwrap_or(*c)).collect();
    let words: Vec<Vec<char>> = words.iter().map(|word| word.chars().collect()).collect();
    let at_word = |at: usize| words.iter().find(|word| lower[at..].starts_with(word)).map(|word| word.len());
    let first = (0..lower.len()).find(|at| at_word(*at).is_some()).unwrap_or(0);
    let (start, end) = (first.saturating_sub(AROUND), (first + 2 * AROUND).min(letters.len()));
    let mut runs: Vec<SnippetRun> = Vec::new();
    let mut push = |text: String, hit: bool| match runs.last_mut() {
        Some(last) if last.hit == hit => last.text.push_str(&text),
        _ => runs.push(SnippetRun { text, hit }),
    };
    if start > 0 {
        push("… ".to_owned(), false);
    }
    let mut at = start;
    while at < end {
        let n = at_word(at).unwrap_or(0);
        push(letters[at..(at + n.max(1)).min(letters.len())].iter().collect(), n > 0);
        at += n.max(1);
    }
    if at < letters.len() {
        push(" …".to_owned(), false);
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_snippet_marks_what_was_looked_for() {
        let runs = snippet("The army entered Varnesh on Monday.", &["varnesh".to_owned()]);
        let hits: Vec<&str> = runs.iter().filter(|run| run.hit).map(|run| run.text.as_str()).collect();
        assert_eq!(hits, ["Varnesh"]);
        assert_eq!(runs.iter().map(|run| run.text.as_str()).collect::<String>(), "The army entered Varnesh on Monday.");
    }
}
