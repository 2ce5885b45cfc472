//! Two reports side by side.
//!
//! In: a snapshot and two documents. Out: what both say, what they say differently, what only one says, and word for word where one is
//! a near-copy of the other. Never decides who is right.

use std::collections::BTreeSet;
use std::time::Duration;

use similar::{Algorithm, ChangeTag, TextDiff};
use sitrep::model::{Claim, Document, LinkKind, Voice};

use crate::answers::{Compare, Pair, WordRun};
use crate::brief;
use crate::problem::Wrong;
use crate::query::Query;
use crate::reading::article_text;
use crate::review::Reviewed;
use crate::snapshot::Snapshot;

/// Longer texts are not compared word for word.
const MOST_BYTES: usize = 400_000;
/// The comparison gets coarser after that long.
const PATIENCE: Duration = Duration::from_millis(300);

/// `GET /api/compare?a=&b=`
pub(crate) fn compare(snapshot: &Snapshot, query: &Query, reviewed: &Reviewed) -> Result<Compare, Wrong> {
    let called = |name: &str| {
        let id = query.value(name).ok_or_else(|| format!("{name}: the id of a document"))?;
        snapshot.document(id).ok_or_else(|| Wrong::Missing(format!("document {id}")))
    };
    let (a, b) = (called("a")?, called("b")?);
    let copy = snapshot
        .contents
        .copies
        .iter()
        .find(|it| (it.page == a.page && it.of == b.page) || (it.page == b.page && it.of == a.page));
    let [claims_a, claims_b] = [a, b].map(|document| {
        let claims = snapshot.claims_of(document.id.as_str());
        claims.filter(|claim| claim.voice != Voice::Comment).collect::<Vec<&Claim>>()
    });
    let pairs = pairs(snapshot, &claims_a, &claims_b);
    let view = |claim: &Claim| brief::claim(snapshot, claim, reviewed);
    let paired: BTreeSet<&str> = pairs.iter().flat_map(|it| [it.a.claim_id.as_str(), it.b.claim_id.as_str()]).collect();
    let alone = |claims: &[&Claim]| {
        let alone = claims.iter().filter(|claim| !paired.contains(claim.claim_id.as_str()));
        alone.map(|claim| view(claim)).collect()
    };
    let made = |found: &Found<'_>| Pair {
        a: view(found.a),
        b: view(found.b),
        differs: found.differs.clone(),
        why: found.why.clone(),
        kind: found.kind.as_str().to_owned(),
    };
    let (differ, agree): (Vec<&Found<'_>>, Vec<&Found<'_>>) = pairs.iter().partition(|it| it.is_different());
    Ok(Compare {
        a: brief::document(snapshot, a),
        b: brief::document(snapshot, b),
        agree: agree.into_iter().map(made).collect(),
        differ: differ.into_iter().map(made).collect(),
        only_a: alone(&claims_a),
        only_b: alone(&claims_b),
        copy: copy.cloned(),
        words: if copy.is_some() || query.value("words") == Some("1") { words(a, b) } else { Vec::new() },
    })
}

/// Two claims that have to do with each other.
struct Found<'s> {
    a: &'s Claim,
    b: &'s Claim,
    kind: LinkKind,
    differs: Vec<String>,
    why: String,
}

impl Found<'_> {
    fn is_different(&self) -> bool {
        !self.differs.is_empty()
            || !matches!(self.kind, LinkKind::SameEvent | LinkKind::Supports | LinkKind::Compatible)
    }
}

/// Claims that a link or an event joins; of several links the one that parts them is told.
fn pairs<'s>(snapshot: &'s Snapshot, a: &[&'s Claim], b: &[&'s Claim]) -> Vec<Found<'s>> {
    let mut found = Vec::new();
    for one in a {
        for other in b {
            let (id, other_id) = (one.claim_id.as_str(), other.claim_id.as_str());
            let links =
                snapshot.links_of(id).filter(|link| link.from.as_str() == other_id || link.to.as_str() == other_id);
            // Kinds are in order of how much they part.
            let link = links.max_by_key(|link| (link.kind == LinkKind::Contradicts, link.kind));
            let event =
                snapshot.event_of(id).filter(|event| event.accounts.iter().any(|it| it.claim_id == other.claim_id));
            let Some(kind) = link.map(|link| link.kind).or(event.map(|_| LinkKind::SameEvent)) else { continue };
            if kind == LinkKind::Copy {
                continue;
            }
            let differs = event.map_or_else(Vec::new, |event| {
                let of = |claim: &Claim| {
                    event.accounts.iter().find(|it| it.claim_id == claim.claim_id).map(|it| &it.differs)
                };
                let fields: BTreeSet<String> = [of(one), of(other)].into_iter().flatten().flatten().cloned().collect();
                fields.into_iter().filter(|field| is_apart(one, other, field)).collect()
            });
            let why = link.map_or_else(|| "accounts of one event".to_owned(), |link| link.why.clone());
            found.push(Found { a: one, b: other, kind, differs, why });
        }
    }
    found
}

/// Whether these two say otherwise in a field in which their event's accounts differ.
fn is_apart(a: &Claim, b: &Claim, field: &str) -> bool {
    let days = |claim: &Claim| claim.time.as_ref().map(|time| (time.from, time.to));
    let place = |claim: &Claim| claim.place.as_ref().and_then(|place| place.name.clone());
    match field {
        "date" => days(a) != days(b),
        "place" => place(a) != place(b),
        "quantity" => a.quantities.iter().map(|it| &it.text).ne(b.quantities.iter().map(|it| &it.text)),
        _ => true,
    }
}

/// Word for word.
fn words(a: &Document, b: &Document) -> Vec<WordRun> {
    let (a, b) = (article_text(a), article_text(b));
    if a.len() + b.len() > MOST_BYTES {
        return Vec::new();
    }
    let diff = TextDiff::configure().algorithm(Algorithm::Patience).timeout(PATIENCE).diff_words(&a, &b);
    let mut runs: Vec<WordRun> = Vec::new();
    for change in diff.iter_all_changes() {
        let side = match change.tag() {
            ChangeTag::Equal => "both",
            ChangeTag::Delete => "a",
            ChangeTag::Insert => "b",
        };
        match runs.last_mut() {
            Some(last) if last.side == side => last.text.push_str(change.value()),
            _ => runs.push(WordRun { side: side.to_owned(), text: change.value().to_owned() }),
        }
    }
    runs
}
