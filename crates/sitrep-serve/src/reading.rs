//! The screens one reads: an event with all it rests on, a stored text with its passages, threads.
//!
//! In: a snapshot and an id. Out: what the screen shows, offsets in UTF-16 units. Where quote and offsets disagree the anchor is lost;
//! another spot is never guessed.

use std::collections::BTreeMap;

use sitrep::model::{Claim, Comment, Document, Event, OffsetUnit, Offsets, Span, Voice};
use sitrep::{comparisons, control};

use crate::answers::{
    BlockView, CommentView, DocumentBrief, DocumentView, Documents, EventView, NearMiss, Passage, Provenance,
    ThreadBrief,
};
use crate::board::words_of;
use crate::problem::Wrong;
use crate::query::Query;
use crate::review::Reviewed;
use crate::snapshot::Snapshot;
use crate::{brief, table};

/// Links told of an event.
const MOST_LINKS: usize = 200;

/// The event called `id`, or that a claim, dispute or forecast of that id belongs to.
fn event_called<'s>(snapshot: &'s Snapshot, id: &str) -> Option<&'s Event> {
    let contents = &snapshot.contents;
    match id.get(..2) {
        Some("c_") => snapshot.event_of(id),
        Some("x_") => snapshot.event(snapshot.dispute(id)?.event_id.as_str()),
        Some("f_") => {
            let forecast = contents.forecasts.iter().find(|it| it.forecast_id.as_str() == id)?;
            snapshot.event_of(forecast.claim_id.as_str())
        }
        _ => snapshot.event(id),
    }
}

/// `GET /api/event/ID`
pub(crate) fn event(snapshot: &Snapshot, id: &str, reviewed: &Reviewed) -> Result<EventView, Wrong> {
    let event = event_called(snapshot, id).ok_or_else(|| Wrong::Missing(format!("event {id}")))?;
    let claims: Vec<&Claim> = snapshot.accounts_of(event).collect();
    let ids: Vec<&str> = claims.iter().map(|claim| claim.claim_id.as_str()).collect();
    let told = comparisons(&snapshot.around(event), event.event_id.as_str());
    let near = event.near_misses.iter().filter_map(|id| snapshot.event(id.as_str())).map(|other| NearMiss {
        event: brief::event(snapshot, other, reviewed),
        decision: told.others.iter().find(|it| it.event_id == other.event_id).map(|it| it.decision.clone()),
    });
    let mut links: Vec<_> = ids.iter().flat_map(|id| snapshot.links_of(id)).cloned().collect();
    links.sort();
    links.dedup();
    links.truncate(MOST_LINKS);
    Ok(EventView {
        event: event.clone(),
        brief: brief::event(snapshot, event, reviewed),
        accounts: claims.iter().map(|claim| brief::claim(snapshot, claim, reviewed)).collect(),
        documents: documents_of(snapshot, &claims),
        disputes: snapshot.disputes_of(event),
        near: near.collect(),
        decisions: told.accounts,
        links,
        forecasts: ids.iter().filter_map(|id| snapshot.forecast_of(id)).cloned().collect(),
        control: control_after(snapshot, event),
        rulings: brief::rulings_on(&reviewed.entries, &ids),
    })
}

/// Who held the place on the event's last day, when the event bears on that.
fn control_after(snapshot: &Snapshot, event: &Event) -> Option<sitrep::model::ControlAnswer> {
    let bears = matches!(event.event.family(), "territory" | "clash") || event.event.as_str() == "force.withdrew";
    let place = event.place.as_ref().and_then(|place| place.name.as_deref()).filter(|_| bears)?;
    let day = event.time.as_ref().and_then(|time| time.to.or(time.from));
    let answer = control(&snapshot.contents, place, day);
    (!answer.sides.is_empty()).then_some(answer)
}

/// The documents that some claims stand in, by id.
pub(crate) fn documents_of(snapshot: &Snapshot, claims: &[&Claim]) -> BTreeMap<String, DocumentBrief> {
    let documents = claims.iter().filter_map(|claim| snapshot.document(claim.document.as_str()));
    documents.map(|it| (it.id.to_string(), brief::document(snapshot, it))).collect()
}

/// Where the article of a document stands in its text: up to the first comment, or all its blocks when those follow comments.
struct Article<'d> {
    text: &'d str,
    offsets: Offsets<'d>,
}

impl<'d> Article<'d> {
    fn of(document: &'d Document) -> Article<'d> {
        let last_block = document.blocks.iter().map(|block| block.span.end as usize).max();
        let first_comment = document.comments.iter().map(|comment| comment.span.start as usize).min();
        let end = match (last_block, first_comment) {
            (Some(block), _) => block,
            (None, Some(comment)) => comment,
            (None, None) => document.text.len(),
        };
        let text = document.text.get(..end).unwrap_or(&document.text);
        Article { text, offsets: Offsets::new(&document.text, OffsetUnit::Utf16) }
    }

    fn at(&self, byte: u32) -> usize {
        self.offsets.at(byte.min(u32::try_from(self.text.len()).unwrap_or(u32::MAX)))
    }
}

/// `GET /api/document/ID`
pub(crate) fn document(snapshot: &Snapshot, id: &str, reviewed: &Reviewed) -> Result<DocumentView, Wrong> {
    let document = snapshot.document(id).ok_or_else(|| Wrong::Missing(format!("document {id}")))?;
    let article = Article::of(document);
    let block = |it: &sitrep::model::Block| BlockView {
        kind: format!("{:?}", it.kind).to_lowercase(),
        start: article.at(it.span.start),
        end: article.at(it.span.end),
        language: it.language.clone(),
    };
    let claims = snapshot.claims_of(id).filter(|claim| claim.voice != Voice::Comment);
    let passage = |claim: &Claim| Passage {
        claim_id: claim.claim_id.to_string(),
        event: claim.event.to_string(),
        event_id: snapshot.event_of(claim.claim_id.as_str()).map(|it| it.event_id.to_string()),
        voice: claim.voice.as_str().to_owned(),
        start: article.at(claim.start),
        end: article.at(claim.end),
        sentence_start: article.at(claim.sentence_start),
        sentence_end: article.at(claim.sentence_end),
        anchor: brief::anchor(claim, Some(document)).to_owned(),
        quote: claim.quote.clone(),
        review: reviewed.of(claim.claim_id.as_str()).to_owned(),
    };
    Ok(DocumentView {
        brief: brief::document(snapshot, document),
        byline: document.byline.clone(),
        text: article.text.to_owned(),
        blocks: document.blocks.iter().map(block).collect(),
        passages: claims.map(passage).collect(),
        comments: document.comments.iter().map(|it| comment(snapshot, document, it, reviewed)).collect(),
        provenance: provenance(snapshot, document),
    })
}

/// `GET /api/documents`
pub(crate) fn documents(snapshot: &Snapshot, query: &Query) -> Result<Documents, Wrong> {
    let limit = query.number("limit", table::ITEMS, table::MOST_ITEMS)?;
    let start = query.skip()?;
    let words: Vec<String> = words_of(query.value("q").unwrap_or_default()).collect();
    let all = &snapshot.contents.documents;
    let is_asked = |document: &&Document| {
        let published = document.published.as_ref().map(|it| it.date.to_string());
        let told = [document.outlet.as_deref(), document.title.as_deref(), published.as_deref(), Some(&document.path)];
        let told = told.into_iter().flatten().collect::<Vec<_>>().join(" ").to_lowercase();
        words.iter().all(|word| told.contains(word.as_str()))
    };
    let asked: Vec<&Document> = all.iter().filter(is_asked).collect();
    // Those somebody came for are always among them.
    let named = query.all("id").iter().filter_map(|id| snapshot.document(id));
    let shown: Vec<&Document> = asked.iter().copied().skip(start).take(limit).collect();
    let named: Vec<&Document> = named.filter(|one| shown.iter().all(|it| it.id != one.id)).collect();
    Ok(Documents {
        documents: named.into_iter().chain(shown).map(|document| brief::document(snapshot, document)).collect(),
        n_asked: asked.len(),
        n_all: all.len(),
        next: (start + limit < asked.len()).then(|| (start + limit).to_string()),
    })
}

fn comment(snapshot: &Snapshot, document: &Document, comment: &Comment, reviewed: &Reviewed) -> CommentView {
    let claims: Vec<&Claim> = snapshot
        .claims_of(document.id.as_str())
        .filter(|claim| claim.comment_id.as_ref() == Some(&comment.id))
        .collect();
    let language = comment.language.clone().or_else(|| document.language.clone());
    let ids: Vec<&str> = claims.iter().map(|claim| claim.claim_id.as_str()).collect();
    CommentView {
        id: comment.id.to_string(),
        parent: comment.parent.as_ref().map(ToString::to_string),
        depth: comment.depth,
        author: comment.author.clone(),
        time: comment.time.clone(),
        text: comment.span.of(&document.text).to_owned(),
        labels: brief::labels(comment),
        reasons: comment.reasons.clone(),
        dir: brief::dir(language.as_deref()),
        language,
        claims: claims.iter().map(|claim| brief::claim(snapshot, claim, reviewed)).collect(),
        forecasts: ids.iter().filter_map(|id| snapshot.forecast_of(id)).cloned().collect(),
        about: ids.iter().flat_map(|id| snapshot.links_of(id)).cloned().collect(),
    }
}

fn provenance(snapshot: &Snapshot, document: &Document) -> Provenance {
    let page = snapshot.page_of(document);
    let edition = &snapshot.contents.edition;
    let published = document.published.as_ref();
    let how = published.and_then(|it| serde_json::to_value(it.how).ok()).and_then(|it| it.as_str().map(str::to_owned));
    let copies = snapshot.contents.copies.iter();
    Provenance {
        sha256: page.map(|it| it.sha256.clone()).unwrap_or_default(),
        n_bytes: page.map_or(0, |it| it.n_bytes),
        media_type: page.map(|it| it.media_type.as_str().to_owned()).unwrap_or_default(),
        carrier: page.and_then(|it| it.carrier.clone()),
        retrieved: page.and_then(|it| it.retrieved),
        collector: page.and_then(|it| it.collector.clone()),
        tool: page.map(|it| it.tool.clone()).filter(|tool| !tool.is_empty()),
        published_how: how,
        published_confidence: published.map(|it| it.confidence),
        edition: [("program", &edition.version), ("rules", &edition.rules), ("world", &edition.world)]
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value.clone()))
            .collect(),
        copies: copies.filter(|copy| copy.page == document.page || copy.of == document.page).cloned().collect(),
        notes: page.map(|it| it.notes.clone()).unwrap_or_default(),
    }
}

/// `GET /api/threads`
pub(crate) fn threads(snapshot: &Snapshot) -> Vec<ThreadBrief> {
    let with_comments = snapshot.contents.documents.iter().filter(|document| !document.comments.is_empty());
    let brief = |document: &Document| ThreadBrief {
        document: brief::document(snapshot, document),
        n_folded: document.comments.iter().filter(|comment| !comment.labels.is_empty()).count(),
        n_claims: snapshot.claims_of(document.id.as_str()).filter(|claim| claim.voice == Voice::Comment).count(),
    };
    with_comments.map(brief).collect()
}

/// The words of an article, without its comments.
pub(crate) fn article_text(document: &Document) -> String {
    let spans: Vec<Span> = document.blocks.iter().map(|block| block.span).collect();
    match spans.is_empty() {
        true => Article::of(document).text.to_owned(),
        false => spans.iter().map(|span| span.of(&document.text)).collect::<Vec<_>>().join(" "),
    }
}
