//! `why`: everything behind one claim, event, dispute, forecast or page.
//!
//! In: a record and an id. Out: words; for a claim also how its place names were understood, for which the language model is loaded. An id that is not in the record is an error that says where ids are found.

use std::fmt::Write as _;

use anyhow::Context as _;
use sitrep::model::{Contents, Filter, Span};
use sitrep::places::{Decision, DefinedPlace, decisions, defined_place_of};
use sitrep::{Kit, readers, show};

use crate::args::{WhyArgs, WhyFormat};
use crate::ending::Ending;
use crate::out;

/// `sitrep why RECORD ID`
pub(super) fn why(args: &WhyArgs) -> anyhow::Result<Ending> {
    let record = super::opened(&args.record, args.known)?;
    // A page or a document rests on nothing else; all the rest has an index of its own.
    let contents = match readers::around(&record, &args.id)? {
        Some(contents) => contents,
        None => readers::contents(&record, &Filter::default())?,
    };
    let compared = sitrep::comparisons(&contents, &args.id);
    let text = show::why::why(&contents, &args.id, &compared).with_context(|| {
        format!(
            "{}: no {} in it; `sitrep claims`, `sitrep events` and `sitrep pages` list the ids",
            args.record.display(),
            args.id
        )
    })?;
    if args.format == WhyFormat::Jsonl {
        out::data(&show::decision::decisions_jsonl(&args.id, &compared))?;
        return Ok(Ending::Done);
    }
    out::data(text.as_bytes())?;
    let event = contents.events.iter().find(|event| event.event_id.as_str() == args.id);
    if let Some(defined) = event.and_then(|e| e.place.as_ref()).and_then(|p| defined_place_of(&contents.claims, p)) {
        out::data(statements(&contents, &defined).as_bytes())?;
    }
    if let Some(claim) = contents.claims.iter().find(|claim| claim.claim_id.as_str() == args.id)
        && let Some(document) = contents.documents.iter().find(|document| document.id == claim.document)
    {
        let kit = Kit::load()?;
        let within = Span { start: claim.sentence_start, end: claim.sentence_end };
        out::data(places(&decisions(&kit, document, within)).as_bytes())?;
    }
    Ok(Ending::Done)
}

/// What sentences a place that only reports tell of rests on.
fn statements(contents: &Contents, defined: &DefinedPlace) -> String {
    let name = defined.place.name.as_deref().unwrap_or(&defined.place.text);
    let mut told = format!(
        "\nWhere “{}” lies is known only from what reports say; their areas are laid over each other\n",
        plain(name)
    );
    for (says, ids) in [("puts it there", &defined.told_by), ("puts it elsewhere", &defined.against)] {
        for claim in ids.iter().filter_map(|id| contents.claims.iter().find(|claim| claim.claim_id == *id)) {
            let _ = writeln!(
                told,
                "  {says}: “{}” ({}, {})",
                plain(&claim.quote),
                plain(&claim.document_path),
                claim.claim_id
            );
        }
    }
    told
}

/// How the place names of the sentence were understood.
fn places(decisions: &[Decision]) -> String {
    let mut told = String::new();
    for decision in decisions {
        let _ = writeln!(told, "  place name “{}”: {}", plain(&decision.said), decision.outcome);
        for it in &decision.candidates {
            let reasons: Vec<String> = it.reasons.iter().map(|(name, part)| format!("{name} {part:+.1}")).collect();
            let chosen = if it.chosen { "chosen" } else { "      " };
            let id = it.geonames_id.map_or_else(String::new, |id| format!(" GeoNames {id}"));
            let (name, kind, country) = (&it.name, it.kind, &it.country);
            let _ = writeln!(
                told,
                "    {chosen} {:.2}  {name}, {kind}, {country} ({:.2}, {:.2}){id}",
                it.belief, it.lat, it.lon
            );
            if !reasons.is_empty() {
                let _ = writeln!(told, "                 {}", reasons.join("; "));
            }
        }
        if decision.n_candidates > decision.candidates.len() {
            let _ = writeln!(told, "    and {} more", decision.n_candidates - decision.candidates.len());
        }
    }
    if told.is_empty() {
        told
    } else {
        format!("\nPlace names of the sentence, with the belief in each candidate and what it comes from\n{told}")
    }
}

/// A name on one line, without controls.
fn plain(said: &str) -> String {
    said.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}
