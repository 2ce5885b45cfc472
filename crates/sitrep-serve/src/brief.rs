//! Things of the record as the screens' lists show them.
//!
//! In: a snapshot and a thing of it. Out: its short form. Decides nothing; words come from where all views take them.

use sitrep::model::{Claim, Comment, Document, Event, Place, RulingEntry, Span};
use sitrep::show;

use crate::answers::{ClaimView, DocumentBrief, EventBrief, PlaceBrief};
use crate::review::Reviewed;
use crate::snapshot::Snapshot;

/// Languages written from right to left, by the first part of the tag.
const RIGHT_TO_LEFT: [&str; 8] = ["ar", "arc", "ckb", "dv", "fa", "he", "ps", "ur"];

/// `ltr` or `rtl`.
pub(crate) fn dir(language: Option<&str>) -> String {
    let first = language.and_then(|tag| tag.split('-').next()).unwrap_or_default();
    if RIGHT_TO_LEFT.contains(&first) { "rtl" } else { "ltr" }.to_owned()
}

/// What a place with a spot is called among all: its name and where it lies, to some ten metres.
pub(crate) fn place_key(place: &Place) -> Option<String> {
    let (lat, lon) = place.lat.zip(place.lon)?;
    Some(format!("{lat:.4},{lon:.4} {}", place.name.as_deref().unwrap_or(&place.text)))
}

/// A place.
pub(crate) fn place(place: &Place) -> PlaceBrief {
    PlaceBrief {
        key: place_key(place),
        name: place.name.clone().unwrap_or_else(|| place.text.clone()),
        status: place.status.as_str().to_owned(),
        lat: place.lat,
        lon: place.lon,
        radius_km: place.radius_km,
    }
}

/// An event.
pub(crate) fn event(snapshot: &Snapshot, event: &Event, reviewed: &Reviewed) -> EventBrief {
    let claims: Vec<&Claim> = snapshot.accounts_of(event).collect();
    let documents = claims.iter().filter_map(|claim| snapshot.document(claim.document.as_str()));
    let mut sources: Vec<String> = documents.map(|it| show::outlet(it).to_owned()).collect();
    sources.sort();
    sources.dedup();
    let disputes = snapshot.disputes_of(event);
    let mut disputed: Vec<String> = disputes.iter().map(|it| it.field.as_str().to_owned()).collect();
    disputed.dedup();
    let standing = match event.roots {
        _ if !disputed.is_empty() => "disputed",
        0 if claims.iter().all(|claim| !claim.is_reporting()) => "readers only",
        0 => "no affirming source",
        1 => "single source",
        _ => "corroborated",
    };
    let (from, to) = event.time.as_ref().map_or((None, None), |time| (time.from, time.to));
    EventBrief {
        id: event.event_id.to_string(),
        event: event.event.to_string(),
        summary: event.summary.clone(),
        place: event.place.as_ref().map(place),
        from,
        to,
        actors: event.actors.iter().map(|actor| actor.name.clone()).collect(),
        sources,
        n_accounts: event.accounts.len(),
        n_roots: event.roots,
        disputed,
        standing: standing.to_owned(),
        review: reviewed.of_many(event.accounts.iter().map(|account| account.claim_id.as_str())).to_owned(),
    }
}

/// A document.
pub(crate) fn document(snapshot: &Snapshot, document: &Document) -> DocumentBrief {
    DocumentBrief {
        id: document.id.to_string(),
        title: document.title.clone().unwrap_or_else(|| document.path.clone()),
        outlet: document.outlet.clone(),
        published: document.published.as_ref().map(|it| it.date),
        language: document.language.clone(),
        dir: dir(document.language.as_deref()),
        url: document.url.clone(),
        path: document.path.clone(),
        n_claims: snapshot.claims_of(document.id.as_str()).count(),
        n_comments: document.comments.len(),
    }
}

/// A claim.
pub(crate) fn claim(snapshot: &Snapshot, claim: &Claim, reviewed: &Reviewed) -> ClaimView {
    let document = snapshot.document(claim.document.as_str());
    let sentence = Span { start: claim.sentence_start, end: claim.sentence_end };
    let sentence = document.map_or("", |it| sentence.of(&it.text));
    let event = snapshot.event_of(claim.claim_id.as_str());
    let account = event.and_then(|it| it.accounts.iter().find(|account| account.claim_id == claim.claim_id));
    ClaimView {
        sentence: sentence.split_whitespace().collect::<Vec<_>>().join(" "),
        according_to: show::according_to(claim, document),
        review: reviewed.of(claim.claim_id.as_str()).to_owned(),
        stance: account.map(|it| it.stance.as_str().to_owned()),
        root: account.map(|it| it.root.clone()),
        differs: account.map(|it| it.differs.clone()).unwrap_or_default(),
        event_id: event.map(|it| it.event_id.to_string()),
        anchor: anchor(claim, document).to_owned(),
        claim: claim.clone(),
    }
}

/// Whether the quote stands where the claim says.
pub(crate) fn anchor(claim: &Claim, document: Option<&Document>) -> &'static str {
    let (start, end) = (claim.start as usize, claim.end as usize);
    let stands = document.and_then(|it| it.text.get(start..end)).is_some_and(|text| text == claim.quote);
    if stands { "ok" } else { "lost" }
}

/// The labels of a comment.
pub(crate) fn labels(comment: &Comment) -> Vec<String> {
    comment.labels.iter().map(|label| format!("{label:?}").to_lowercase()).collect()
}

/// The rulings on any of some claims, latest first.
pub(crate) fn rulings_on(rulings: &[RulingEntry], claims: &[&str]) -> Vec<RulingEntry> {
    let on = |entry: &&RulingEntry| claims.contains(&entry.ruling.subject.as_str());
    rulings.iter().rev().filter(on).cloned().collect()
}
