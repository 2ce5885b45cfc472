//! JSON objects a line, with the published names; offsets are turned from bytes to the unit asked for here and nowhere else.
//!
//! In: contents. Out: lines. Never changes a value besides offsets and readers' names.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde::Serialize;
use serde_json::{Value, json};
use sitrep_model::{AttributionType, Claim, Contents, Document, OffsetUnit, Offsets, Span, Translated};

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
    match what {
        List::Claims => claim_lines(contents, options, out),
        List::Events => lines_of(contents.events.iter(), out),
        List::Disputes => lines_of(contents.disputes.iter(), out),
        List::Forecasts => lines_of(contents.forecasts.iter(), out),
        List::Links => lines_of(contents.links.iter(), out),
        List::Threads => contents
            .documents
            .iter()
            .try_for_each(|document| lines_of(comment_values(document, options.names).iter(), out)),
        List::Places => lines_of(tally::places(contents).iter(), out),
        List::Actors => lines_of(tally::actors(contents).iter(), out),
        List::Sources => lines_of(tally::sources(contents, options).iter(), out),
        List::Pages => lines_of(page_entries::entries(contents).iter(), out),
    }
}

/// A claim as a line: of a translation with what it translates.
#[derive(Serialize)]
struct ClaimLine<'c> {
    #[serde(flatten)]
    claim: &'c Claim,
    #[serde(skip_serializing_if = "Option::is_none")]
    translation: Option<&'c Translated>,
}

fn claim_lines(contents: &Contents, options: &ListOptions<'_>, out: &mut dyn Write) -> io::Result<()> {
    let translations = page_entries::translations(contents);
    let outward = Outward::of(contents, *options);
    contents.claims.iter().try_for_each(|claim| {
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
    let line = |comment: &sitrep_model::Comment| {
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
    };
    document.comments.iter().map(line).collect()
}

/// Turns claims of these contents outward, one by one.
pub(crate) struct Outward<'c> {
    authors: Authors<'c>,
    offsets: BTreeMap<&'c str, Offsets<'c>>,
    names: Names<'c>,
}

impl<'c> Outward<'c> {
    pub(crate) fn of(contents: &'c Contents, options: ListOptions<'c>) -> Outward<'c> {
        let offsets = |document: &'c Document| (document.id.as_str(), Offsets::new(&document.text, options.offsets));
        Outward {
            authors: Authors::of(&contents.documents),
            offsets: contents.documents.iter().map(offsets).collect(),
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
