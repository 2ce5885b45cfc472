//! schema.org: a Claim for every statement of a report; a ClaimReview only where a human has ruled on it.
//!
//! In: contents. Out: one JSON-LD file. Never a verdict of the program's own: what nobody reviewed has no rating.

use std::io;

use serde_json::{Value, json};
use sitrep_model::{Claim, Contents, Document, Ruling};

use super::loss::Lost;
use super::reviewed::verdicts;
use super::{ExportOptions, Files, Loss};
use crate::index::Index;
use crate::words;

pub(super) fn claimreview(contents: &Contents, _: &ExportOptions<'_>, files: &mut dyn Files) -> io::Result<Loss> {
    let index = Index::of(contents);
    let verdicts = verdicts(&contents.rulings);
    let out = files.file("claims.jsonld")?;
    out.write_all(b"{\"@context\":\"https://schema.org\",\"@graph\":[")?;
    let (mut n, mut readers, mut unreviewed) = (0, 0, 0);
    for claim in &contents.claims {
        let Some(document) = index.document(claim.document.as_str()).filter(|_| claim.is_reporting()) else {
            readers += 1;
            continue;
        };
        out.write_all(if n > 0 { b",\n" } else { b"\n" })?;
        serde_json::to_writer(&mut *out, &stated(claim, document, &index))?;
        n += 1;
        match verdicts.get(claim.claim_id.as_str()) {
            Some(ruling) => {
                out.write_all(b",\n")?;
                serde_json::to_writer(&mut *out, &review(claim, ruling))?;
            }
            None => unreviewed += 1,
        }
    }
    out.write_all(b"\n]}\n")?;
    let mut loss = Loss::default();
    loss.add("readers’ claims (left out)", readers);
    loss.add("claims nobody reviewed (given as Claim, without a ClaimReview)", unreviewed);
    loss.parts(contents, &[Lost::Disputes, Lost::Forecasts, Lost::Links, Lost::Comments, Lost::Texts]);
    Ok(loss)
}

fn id(claim: &Claim) -> String {
    format!("urn:sitrep:{}", claim.claim_id)
}

fn stated<'c>(claim: &'c Claim, document: &'c Document, index: &Index<'c>) -> Value {
    let mut appearance = json!({ "@type": "NewsArticle", "identifier": document.id });
    let mut value = json!({
        "@type": "Claim",
        "@id": id(claim),
        "text": claim.quote,
        "about": words::event_type(claim.event),
        "author": { "@type": "Organization", "name": words::holders(claim, index.outlet_of(claim)) },
    });
    if let Some(map) = appearance.as_object_mut() {
        let mut put = |name: &str, value: Option<Value>| value.map(|value| map.insert(name.to_owned(), value));
        put("headline", document.title.as_ref().map(|it| json!(it)));
        put("url", document.url.as_ref().map(|it| json!(it)));
        put("publisher", document.outlet.as_ref().map(|it| json!({ "@type": "Organization", "name": it })));
        put("datePublished", document.published.as_ref().map(|it| json!(it.date)));
    }
    if let Some(map) = value.as_object_mut() {
        if let Some(published) = &document.published {
            map.insert("datePublished".to_owned(), json!(published.date));
        }
        map.insert("appearance".to_owned(), appearance);
    }
    value
}

/// What a reviewer ruled: that the claim stands in the record, or not.
fn review(claim: &Claim, ruling: &Ruling) -> Value {
    let accepted = ruling.action == "accept";
    let mut review = json!({
        "@type": "ClaimReview",
        "@id": format!("{}#ruling-{}", id(claim), ruling.number),
        "claimReviewed": claim.quote,
        "itemReviewed": { "@id": id(claim) },
        "author": { "@type": "Person", "name": ruling.reviewer },
        "reviewRating": {
            "@type": "Rating",
            "ratingValue": if accepted { 2 } else { 1 },
            "worstRating": 1,
            "bestRating": 2,
            "alternateName": if accepted { "accepted by a reviewer" } else { "rejected by a reviewer" },
        },
    });
    if let (Some(why), Some(map)) = (&ruling.why, review.as_object_mut()) {
        map.insert("reviewBody".to_owned(), json!(why));
    }
    review
}
