//! Comments as a format's reader finds them, made into the model's comments.
//!
//! In: spans, names and parents by number. Out: [`Comment`]s with ids, labels, links and days, parents before children.

use std::sync::LazyLock;

use jiff::civil::Date;
use regex::Regex;
use sitrep_model::{Comment, CommentId, DocumentId, Span};

use crate::{dates, labels};

/// More links than this in one comment are not listed.
const MAX_LINKS: usize = 50;

/// A comment as found, its parent named by its place in the list.
#[derive(Debug, Clone, Default)]
pub(crate) struct Found {
    pub(crate) parent: Option<usize>,
    pub(crate) author: Option<String>,
    pub(crate) time: Option<String>,
    /// The time as a machine wrote it, when the page has one.
    pub(crate) datetime: Option<String>,
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) links: Vec<String>,
}

/// The finished comments. `found` must hold parents before children; a parent that does not is taken as none. When the page was
/// saved on a known day, "3 days ago" is a day, too.
pub(crate) fn finished(document: &DocumentId, text: &str, found: Vec<Found>, retrieved: Option<Date>) -> Vec<Comment> {
    // One thread writes all its times in one order of day and month.
    let times: Vec<&str> = found.iter().flat_map(|f| [&f.datetime, &f.time]).flatten().map(String::as_str).collect();
    let order = dates::betrayed_order(&times.join(" "));
    let mut done: Vec<Comment> = Vec::with_capacity(found.len());
    for (i, one) in found.into_iter().enumerate() {
        let span = Span::new(one.start, one.end);
        let words = span.of(text);
        let parent = one.parent.and_then(|p| done.get(p));
        let depth = parent.map_or(0, |p| p.depth + 1);
        let parent = parent.map(|p| p.id.clone());
        let (labels, reasons) = labels::labels(words);
        let mut links = one.links;
        if links.is_empty() {
            links = links_in(words);
        }
        let day = |time: &Option<String>| {
            let time = time.as_deref()?;
            let full = dates::first_full_date_by(time, order).map(|f| f.date);
            full.or_else(|| dates::relative(time, retrieved?))
        };
        let date = day(&one.datetime).or_else(|| day(&one.time));
        // "Jan" may be a reader and stand in the day of her comment.
        let is_time = |time: &String| date.is_some() || !names_author(time, one.author.as_deref());
        done.push(Comment {
            id: CommentId::of(&[document.as_str(), &i.to_string(), &one.start.to_string(), words]),
            parent,
            depth,
            date,
            time: one.time.filter(is_time).or(one.datetime),
            author: one.author,
            span,
            labels,
            reasons,
            links,
            language: None,
        });
    }
    done
}

/// Whether what stands in the place of a time is the reader's name: views show times, but never names.
fn names_author(time: &str, author: Option<&str>) -> bool {
    let time = time.to_lowercase();
    author.is_some_and(|author| !author.trim().is_empty() && time.contains(author.trim().to_lowercase().as_str()))
}

fn links_in(words: &str) -> Vec<String> {
    static LINK: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r#"https?://[^\s<>"'“”]+"#).expect("a constant checked by the tests"));
    let trimmed = |m: regex::Match<'_>| m.as_str().trim_end_matches(['.', ',', ';', ')', '!', '?']).to_owned();
    LINK.find_iter(words).take(MAX_LINKS).map(trimmed).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_readers_name_never_passes_for_a_time() {
        let found = |time: &str| {
            let found =
                Found { time: Some(time.to_owned()), author: Some("Wren Aldous".into()), end: 5, ..Found::default() };
            finished(&DocumentId::of(&["d"]), "Words", vec![found], None)[0].time.clone()
        };
        assert_eq!((found("Wren Aldous"), found("wren aldous says:")), (None, None));
        assert_eq!(found("5 May 2031").as_deref(), Some("5 May 2031"));
    }

    #[test]
    fn times_told_by_their_distance_need_the_day_of_saving() {
        let day = |time: &str, retrieved: Option<&str>| {
            let found = vec![Found { time: Some(time.to_owned()), end: 5, ..Found::default() }];
            let retrieved = retrieved.and_then(|r| r.parse().ok());
            let comments = finished(&DocumentId::of(&["x"]), "words", found, retrieved);
            (comments[0].date.map(|d| d.to_string()), comments[0].time.clone())
        };
        assert_eq!(day("3 days ago", Some("2031-05-09")).0.as_deref(), Some("2031-05-06"));
        assert_eq!(day("3 days ago", None), (None, Some("3 days ago".to_owned())));
        assert_eq!(day("3 years ago", Some("2031-05-09")).0, None);
    }

    #[test]
    fn one_thread_writes_days_and_months_in_one_order() {
        let found = |time: &str| Found { time: Some(time.to_owned()), end: 5, ..Found::default() };
        let comments = finished(&DocumentId::of(&["x"]), "words", vec![found("05/04/2031"), found("05/13/2031")], None);
        assert_eq!(comments[0].date.map(|d| d.to_string()).as_deref(), Some("2031-05-04"));
        assert_eq!(finished(&DocumentId::of(&["x"]), "words", vec![found("05/04/2031")], None)[0].date, None);
    }
}
