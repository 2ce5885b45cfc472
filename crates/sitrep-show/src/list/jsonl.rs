//! JSON objects a line, with the published names; offsets are turned from bytes to the unit asked for here and nowhere else.
//!
//! In: contents. Out: lines. Never changes a value besides offsets and readers' names.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::ops::Range;

use serde::Serialize;
use serde_json::{Value, json};
use sitrep_model::{
    AttributionLink, AttributionType, Claim, Comment, Contents, Document, OffsetUnit, Offsets, Span, Translated,
};

use super::{List, ListOptions, tally};
use crate::names::Authors;
use crate::{Names, page_entries};

pub(super) fn lines(contents: &Contents, what: List, options: &ListOptions<'_>) -> String {
    let mut bytes = Vec::new();
    write(contents, what, options, &mut bytes).expect("writing to memory cannot fail");
    String::from_utf8(bytes).expect("JSON is text")
}

/// The lines of a list, written one by one.
pub(crate) fn write(contents: &Contents, what: List, options: &ListOptions<'_>, out: &mut dyn Write) -> io::Result<()> {
    write_rows(contents, what, 0..usize::MAX, options, out)
}

/// Some lines of a list, by their numbers from 0, written one by one. What is left out costs little where rows stand as such in the
/// contents.
///
/// # Errors
/// When `out` cannot be written.
pub fn write_rows(
    contents: &Contents,
    what: List,
    rows: Range<usize>,
    options: &ListOptions<'_>,
    out: &mut dyn Write,
) -> io::Result<()> {
    match what {
        List::Claims => claim_lines(contents, part(&contents.claims, &rows), options, out),
        List::Events => lines_of(part(&contents.events, &rows).iter(), out),
        List::Disputes => lines_of(part(&contents.disputes, &rows).iter(), out),
        List::Forecasts => lines_of(part(&contents.forecasts, &rows).iter(), out),
        List::Links => lines_of(part(&contents.links, &rows).iter(), out),
        List::Threads => {
            let comments =
                contents.documents.iter().flat_map(|it| it.comments.iter().map(move |comment| (it, comment)));
            let asked = comments.skip(rows.start).take(rows.len());
            lines_of(asked.map(|(document, comment)| comment_value(document, comment, options.names)), out)
        }
        List::Places => lines_of(part(&tally::places(contents), &rows).iter(), out),
        List::Actors => lines_of(part(&tally::actors(contents), &rows).iter(), out),
        List::Sources => lines_of(part(&tally::sources(contents, options), &rows).iter(), out),
        List::Pages => lines_of(part(&page_entries::entries(contents), &rows).iter(), out),
    }
}

/// How many lines a list has.
#[must_use]
pub fn count(contents: &Contents, what: List) -> usize {
    match what {
        List::Claims => contents.claims.len(),
        List::Events => contents.events.len(),
        List::Disputes => contents.disputes.len(),
        List::Forecasts => contents.forecasts.len(),
        List::Links => contents.links.len(),
        List::Threads => contents.documents.iter().map(|document| document.comments.len()).sum(),
        List::Places => tally::places(contents).len(),
        List::Actors => tally::actors(contents).len(),
        List::Sources => tally::sources(contents, &ListOptions::default()).len(),
        List::Pages => contents.pages.len(),
    }
}

fn part<'i, T>(items: &'i [T], rows: &Range<usize>) -> &'i [T] {
    let end = rows.end.min(items.len());
    items.get(rows.start..end).unwrap_or_default()
}

/// A claim as a line: of a translation with what it translates.
#[derive(Serialize)]
struct ClaimLine<'c> {
    #[serde(flatten)]
    claim: &'c Claim,
    #[serde(skip_serializing_if = "Option::is_none")]
    translation: Option<&'c Translated>,
}

fn claim_lines(
    contents: &Contents,
    claims: &[Claim],
    options: &ListOptions<'_>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let translations = page_entries::translations(contents);
    let outward = match claims.len() == contents.claims.len() {
        true => Outward::of(contents, *options),
        false => {
            let named: BTreeSet<&str> = claims.iter().map(|claim| claim.document.as_str()).collect();
            Outward::of_documents(contents.documents.iter().filter(|it| named.contains(it.id.as_str())), *options)
        }
    };
    claims.iter().try_for_each(|claim| {
        let claim = &outward.claim(claim);
        line(&ClaimLine { claim, translation: translations.get(claim.document.as_str()) }, out)
    })
}

/// The claims of one document as JSON objects, offsets in `unit`.
#[must_use]
pub fn claim_values(document: &Document, claims: &[Claim], unit: OffsetUnit, names: Names<'_>) -> Vec<Value> {
    let offsets = Offsets::new(&document.text, unit);
    let authors = Authors::of([document]);
    let translation = page_entries::translated(document, None);
    let line = |claim: &Claim| {
        let claim = outward(claim, &authors, &offsets, names);
        value(&ClaimLine { claim: &claim, translation: translation.as_ref() })
    };
    claims.iter().map(line).collect()
}

/// The comments of one document as thread lines.
#[must_use]
pub fn comment_values(document: &Document, names: Names<'_>) -> Vec<Value> {
    document.comments.iter().map(|comment| comment_value(document, comment, names)).collect()
}

fn comment_value(document: &Document, comment: &Comment, names: Names<'_>) -> Value {
    json!({
        "document": document.id,
        "document_path": document.path,
        "id": comment.id,
        "parent": comment.parent,
        "depth": comment.depth,
        "author": comment.author.as_deref().map(|name| names.shown(name)),
        "time": comment.time,
        "text": comment.span.of(&document.text),
        "labels": comment.labels,
        "reasons": comment.reasons,
        "language": comment.language,
    })
}

/// Turns claims of these contents outward, one by one.
pub(crate) struct Outward<'c> {
    authors: Authors<'c>,
    offsets: BTreeMap<&'c str, Offsets<'c>>,
    names: Names<'c>,
}

impl<'c> Outward<'c> {
    pub(crate) fn of(contents: &'c Contents, options: ListOptions<'c>) -> Outward<'c> {
        Outward::of_documents(contents.documents.iter(), options)
    }

    fn of_documents(documents: impl Iterator<Item = &'c Document> + Clone, options: ListOptions<'c>) -> Outward<'c> {
        let offsets = |document: &'c Document| (document.id.as_str(), Offsets::new(&document.text, options.offsets));
        Outward {
            authors: Authors::of(documents.clone()),
            offsets: documents.map(offsets).collect(),
            names: options.names,
        }
    }

    /// The claim with offsets in the unit asked for and readers' names hidden.
    pub(crate) fn claim(&self, claim: &Claim) -> Claim {
        match self.offsets.get(claim.document.as_str()) {
            Some(offsets) => outward(claim, &self.authors, offsets, self.names),
            None => claim.clone(),
        }
    }

    /// Who speaks in a link of a claim's chain: a reader as readers are shown.
    pub(crate) fn holder<'l>(&self, claim: &Claim, link: &'l AttributionLink) -> Option<Cow<'l, str>> {
        let holder = link.holder.as_deref()?;
        let is_reader = link.kind == AttributionType::Commenter && self.offsets.contains_key(claim.document.as_str());
        Some(match is_reader {
            true => self.authors.shown(holder, claim.document.as_str(), self.names).into_owned().into(),
            false => holder.into(),
        })
    }

    /// An offset of a document in the unit asked for.
    pub(crate) fn at(&self, document: &str, byte: u32) -> usize {
        self.offsets.get(document).map_or(byte as usize, |offsets| offsets.at(byte))
    }
}

/// The claim as the outside sees it: offsets in the unit asked for, readers' names hidden.
fn outward(claim: &Claim, authors: &Authors<'_>, offsets: &Offsets<'_>, names: Names<'_>) -> Claim {
    let at = |byte: u32| u32::try_from(offsets.at(byte)).unwrap_or(u32::MAX);
    let span = |span: Span| Span { start: at(span.start), end: at(span.end) };
    let mut out = claim.clone();
    (out.start, out.end) = (at(claim.start), at(claim.end));
    (out.sentence_start, out.sentence_end) = (at(claim.sentence_start), at(claim.sentence_end));
    for link in &mut out.attribution {
        link.holder_span = link.holder_span.map(span);
        link.cue_span = link.cue_span.map(span);
        if link.kind == AttributionType::Commenter {
            link.holder =
                link.holder.take().map(|holder| authors.shown(&holder, claim.document.as_str(), names).into_owned());
        }
    }
    out
}

fn lines_of<T: Serialize>(mut items: impl Iterator<Item = T>, out: &mut dyn Write) -> io::Result<()> {
    items.try_for_each(|item| line(&item, out))
}

/// One object and the end of its line.
pub(crate) fn line<T: Serialize>(item: &T, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer(&mut *out, item)?;
    out.write_all(b"\n")
}

fn value<T: Serialize>(item: &T) -> Value {
    serde_json::to_value(item).expect("the nouns have no map with keys that are not text")
}
