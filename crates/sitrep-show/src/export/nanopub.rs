//! Nanopublications in TriG, one for each claim of a report that a deed was done: head, assertion, provenance, publication info.
//!
//! In: contents. Out: one file. Assertions use the Simple Event Model. What was planned, denied or told by readers is not asserted, and an
//! address of a source is text, never a name.

use std::fmt::Write as _;
use std::io;

use sitrep_model::{ActorRef, Claim, Contents, Document, Polarity, Status};

use super::annotations::named_by_hash;
use super::loss::Lost;
use super::{ExportOptions, Files, Loss};
use crate::index::Index;
use crate::words;

const PREFIXES: &str = "@prefix np: <http://www.nanopub.org/nschema#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix sem: <http://semanticweb.cs.vu.nl/2009/11/sem/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix wgs: <http://www.w3.org/2003/01/geo/wgs84_pos#> .
";

pub(super) fn nanopub(contents: &Contents, _: &ExportOptions<'_>, files: &mut dyn Files) -> io::Result<Loss> {
    let index = Index::of(contents);
    let out = files.file("nanopubs.trig")?;
    out.write_all(PREFIXES.as_bytes())?;
    let mut left_out = 0;
    for claim in &contents.claims {
        let done = matches!(claim.status, Status::Occurred | Status::Ongoing) && claim.polarity == Polarity::Affirmed;
        match index.document(claim.document.as_str()).filter(|_| done && claim.is_reporting()) {
            Some(document) => out.write_all(one(claim, document, &index, &contents.edition.version).as_bytes())?,
            None => left_out += 1,
        }
    }
    let mut loss = Loss::default();
    loss.add("claims of what was planned, foreseen or denied, and readers’ claims (not asserted)", left_out);
    loss.add("times of publication of the nanopublications (a record has no clock)", contents.claims.len() - left_out);
    let lost = [Lost::Areas, Lost::Disputes, Lost::Forecasts, Lost::Links, Lost::Comments, Lost::Texts];
    loss.parts(contents, &lost);
    Ok(loss)
}

fn one<'c>(claim: &'c Claim, document: &'c Document, index: &Index<'c>, version: &str) -> String {
    let id = format!("urn:sitrep:nanopub:{}", claim.claim_id);
    let mut out = String::new();
    let _ = write!(
        out,
        "\n<{id}#head> {{\n  <{id}> a np:Nanopublication ; np:hasAssertion <{id}#assertion> ; np:hasProvenance <{id}#provenance> ; \
         np:hasPublicationInfo <{id}#pubinfo> .\n}}\n<{id}#assertion> {{\n{}}}\n",
        assertion(&id, claim)
    );
    let by = words::holders(claim, index.outlet_of(claim));
    let _ = write!(
        out,
        "<{id}#provenance> {{\n  <{id}#assertion> prov:wasQuotedFrom <{id}#source> ; prov:value {} ; prov:wasAttributedTo <{id}#speaker> .\n  \
         <{id}#speaker> a prov:Agent ; rdfs:label {} .\n  <{id}#source> a prov:Entity ; rdfs:label {}",
        literal(&claim.quote),
        literal(&by),
        literal(index.outlet_of(claim)),
    );
    if let Some(page) = index.page_of(document) {
        let _ = write!(out, " ; dcterms:identifier {}", literal(&named_by_hash(&page.sha256)));
    }
    if let Some(url) = &document.url {
        let _ = write!(out, " ; dcterms:source {}^^xsd:anyURI", literal(url));
    }
    if let Some(published) = &document.published {
        let _ = write!(out, " ; dcterms:issued \"{}\"^^xsd:date", published.date);
    }
    let _ = write!(
        out,
        " .\n}}\n<{id}#pubinfo> {{\n  <{id}> prov:wasGeneratedBy <{id}#reading> ; dcterms:description \"reported, not verified\" .\n  \
         <{id}#reading> a prov:Activity ; rdfs:label {} .\n}}\n",
        literal(&format!("sitrep {version}, rule {}", claim.rule)),
    );
    out
}

fn assertion(id: &str, claim: &Claim) -> String {
    let mut out = format!(
        "  <{id}#event> a sem:Event ; sem:eventType <urn:sitrep:event-type:{}> ; rdfs:label {}",
        claim.event,
        literal(&words::event_type(claim.event))
    );
    let roles = |actors: &[ActorRef], role: &str| -> Vec<String> {
        (0..actors.len()).map(|at| format!("<{id}#{role}{at}>")).collect()
    };
    for (property, role, actors) in
        [("sem:hasActor", "actor", &claim.actors), ("sem:hasActor", "target", &claim.targets)]
    {
        for name in roles(actors, role) {
            let _ = write!(out, " ; {property} {name}");
        }
    }
    if claim.place.is_some() {
        let _ = write!(out, " ; sem:hasPlace <{id}#place>");
    }
    let time = claim.time.as_ref();
    for (property, day) in [
        ("sem:hasEarliestBeginTimeStamp", time.and_then(|it| it.from)),
        ("sem:hasLatestEndTimeStamp", time.and_then(|it| it.to)),
    ] {
        if let Some(day) = day {
            let _ = write!(out, " ; {property} \"{day}\"^^xsd:date");
        }
    }
    out.push_str(" .\n");
    for (role, actors) in [("actor", &claim.actors), ("target", &claim.targets)] {
        for (at, actor) in actors.iter().enumerate() {
            let _ = writeln!(
                out,
                "  <{id}#{role}{at}> a sem:Actor ; rdfs:label {} ; dcterms:description \"{role}\" .",
                literal(&actor.name)
            );
        }
    }
    if let Some(place) = &claim.place {
        let _ = write!(out, "  <{id}#place> a sem:Place ; rdfs:label {}", literal(&words::place_short(place)));
        if let Some((lat, lon)) = place.lat.zip(place.lon).filter(|(lat, lon)| lat.is_finite() && lon.is_finite()) {
            let _ = write!(out, " ; wgs:lat \"{lat}\"^^xsd:decimal ; wgs:long \"{lon}\"^^xsd:decimal");
        }
        out.push_str(" .\n");
    }
    out
}

/// Text as a literal of TriG.
fn literal(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\0' => out.push('\u{FFFD}'),
            c if c.is_control() => {
                let _ = write!(out, "\\u{:04X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_literal_ends_where_it_ends() {
        assert_eq!(literal("a\"b\\\n> .\u{1B}"), "\"a\\\"b\\\\\\n> .\\u001B\"");
    }
}
