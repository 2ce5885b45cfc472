//! JSON objects a line, with the published names; offsets are turned from bytes to the unit asked for here and nowhere else.
//!
//! In: contents. Out: lines. Never changes a value besides offsets and readers' names.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Value, json};
use sitrep_model::{AttributionType, Claim, Contents, Document, OffsetUnit, Offsets, Span, Translated};

use super::{List, ListOptions, tally};
use crate::names::Authors;
use crate::{Names, page_entries};

pub(super) fn lines(contents: &Contents, what: List, options: &ListOptions<'_>) -> String {
    match what {
        List::Claims => claim_lines(contents, options),
        List::Events => text(contents.events.iter()),
        List::Disputes => text(contents.disputes.iter()),
        List::Forecasts => text(contents.forecasts.iter()),
        List::Links => text(contents.links.iter()),
        List::Threads => {
            contents.documents.iter().map(|document| text(comment_values(document, options.names).iter())).collect()
        }
        List::Places => text(tally::places(contents).iter()),
        List::Actors => text(tally::actors(contents).iter()),
        List::Sources => text(tally::sources(contents, options).iter()),
        List::Pages => text(page_entries::entries(contents).iter()),
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

fn claim_lines(contents: &Contents, options: &ListOptions<'_>) -> String {
    let translations = page_entries::translations(contents);
    let claims = claims(contents, options);
    text(claims.iter().map(|claim| ClaimLine { claim, translation: translations.get(claim.document.as_str()) }))
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

pub(crate) fn claims(contents: &Contents, options: &ListOptions<'_>) -> Vec<Claim> {
    let authors = Authors::of(&contents.documents);
    let offsets: BTreeMap<&str, Offsets<'_>> = contents
        .documents
        .iter()
        .map(|document| (document.id.as_str(), Offsets::new(&document.text, options.offsets)))
        .collect();
    let outward_one = |claim: &Claim| match offsets.get(claim.document.as_str()) {
        Some(offsets) => outward(claim, &authors, offsets, options.names),
        None => claim.clone(),
    };
    contents.claims.iter().map(outward_one).collect()
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

fn text<T: Serialize>(items: impl Iterator<Item = T>) -> String {
    let mut out = String::new();
    for item in items {
        out.push_str(&value(&item).to_string());
        out.push('\n');
    }
    out
}

fn value<T: Serialize>(item: &T) -> Value {
    serde_json::to_value(item).expect("the nouns have no map with keys that are not text")
}
