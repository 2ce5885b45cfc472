//! PROV-O: pages, the documents read from them, claims quoted from those, events derived from claims, rulings of reviewers.
//!
//! In: contents. Out: one JSON-LD file whose context stands in it. Never a time the record does not hold.

use std::io::{self, Write};

use serde_json::{Value, json};
use sitrep_model::{AttributionType, Claim, Contents, content_id};

use super::annotations::named_by_hash;
use super::loss::Lost;
use super::{ExportOptions, Files, Loss};
use crate::index::{Index, outlet};

const PROGRAM: &str = "urn:sitrep:program";

fn urn(id: impl std::fmt::Display) -> String {
    format!("urn:sitrep:{id}")
}

fn link(id: impl std::fmt::Display) -> Value {
    json!({ "@id": urn(id) })
}

/// An agent's name is only text; its id is made from it.
fn agent(name: &str) -> String {
    content_id("agent", &[name])
}

/// Writes nodes of one graph, commas between them.
struct Graph<'w> {
    out: &'w mut dyn Write,
    n: usize,
}

impl Graph<'_> {
    fn node(&mut self, node: &Value) -> io::Result<()> {
        self.out.write_all(if self.n > 0 { b",\n" } else { b"\n" })?;
        self.n += 1;
        serde_json::to_writer(&mut *self.out, node).map_err(io::Error::from)
    }
}

pub(super) fn prov(contents: &Contents, _: &ExportOptions<'_>, files: &mut dyn Files) -> io::Result<Loss> {
    let index = Index::of(contents);
    let out = files.file("provenance.jsonld")?;
    let context = json!({
        "prov": "http://www.w3.org/ns/prov#",
        "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
        "dcterms": "http://purl.org/dc/terms/",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
    });
    out.write_all(format!("{{\"@context\":{context},\"@graph\":[").as_bytes())?;
    let mut graph = Graph { out, n: 0 };
    agents(contents, &mut graph)?;
    sources(contents, &index, &mut graph)?;
    for claim in &contents.claims {
        graph.node(&claim_node(claim))?;
    }
    for event in &contents.events {
        let claims: Vec<Value> = event.accounts.iter().map(|it| link(&it.claim_id)).collect();
        graph.node(&json!({
            "@id": urn(&event.event_id),
            "@type": "prov:Entity",
            "rdfs:label": event.summary,
            "prov:wasDerivedFrom": claims,
            "prov:wasGeneratedBy": link("fusing"),
        }))?;
    }
    for ruling in &contents.rulings {
        let mut node = json!({
            "@id": urn(format!("ruling-{}", ruling.number)),
            "@type": "prov:Activity",
            "rdfs:label": ruling.action,
            "prov:wasAssociatedWith": link(agent(&ruling.reviewer)),
        });
        if let Some(map) = node.as_object_mut() {
            if ruling.subject.starts_with("c_") || ruling.subject.starts_with("e_") {
                map.insert("prov:used".to_owned(), link(&ruling.subject));
            }
            if let Some(why) = &ruling.why {
                map.insert("rdfs:comment".to_owned(), json!(why));
            }
        }
        graph.node(&node)?;
    }
    graph.out.write_all(b"\n]}\n")?;
    let mut loss = Loss::default();
    loss.add("times of rulings and of the program's runs (a record has no clock)", contents.rulings.len() + 2);
    let lost = [Lost::Areas, Lost::Disputes, Lost::Forecasts, Lost::Links, Lost::Comments, Lost::Texts];
    loss.parts(contents, &lost);
    Ok(loss)
}

fn agents(contents: &Contents, graph: &mut Graph<'_>) -> io::Result<()> {
    let name = format!("sitrep {}", contents.edition.version);
    graph.node(&json!({ "@id": PROGRAM, "@type": ["prov:Agent", "prov:SoftwareAgent"], "rdfs:label": name }))?;
    for (id, label) in [("reading", "reading pages and understanding them"), ("fusing", "joining claims into events")] {
        let by = json!({ "@id": PROGRAM });
        graph.node(
            &json!({ "@id": urn(id), "@type": "prov:Activity", "rdfs:label": label, "prov:wasAssociatedWith": by }),
        )?;
    }
    let outlets = contents.documents.iter().map(|document| (outlet(document), "prov:Organization"));
    let holders = contents.claims.iter().filter_map(|claim| Some((holder(claim)?, "prov:Agent")));
    let reviewers = contents.rulings.iter().map(|ruling| (ruling.reviewer.as_str(), "prov:Person"));
    let mut seen = std::collections::BTreeMap::new();
    for (name, kind) in outlets.chain(reviewers).chain(holders) {
        seen.entry(name).or_insert(kind);
    }
    for (name, kind) in seen {
        let kinds = if kind == "prov:Agent" { json!("prov:Agent") } else { json!(["prov:Agent", kind]) };
        graph.node(&json!({ "@id": urn(agent(name)), "@type": kinds, "rdfs:label": name }))?;
    }
    Ok(())
}

/// The innermost source of a report's claim who is named; readers are not.
fn holder(claim: &Claim) -> Option<&str> {
    let links = claim.attribution.iter().rev().filter(|link| link.kind != AttributionType::Commenter);
    links.filter(|_| claim.is_reporting()).find_map(|link| link.holder.as_deref())
}

fn sources(contents: &Contents, index: &Index<'_>, graph: &mut Graph<'_>) -> io::Result<()> {
    for page in &contents.pages {
        let mut node = json!({
            "@id": urn(&page.id),
            "@type": "prov:Entity",
            "rdfs:label": page.path,
            "dcterms:identifier": named_by_hash(&page.sha256),
        });
        if let (Some(day), Some(map)) = (page.retrieved, node.as_object_mut()) {
            map.insert("dcterms:dateAccepted".to_owned(), json!({ "@type": "xsd:date", "@value": day }));
        }
        graph.node(&node)?;
    }
    for document in &contents.documents {
        let mut node = json!({
            "@id": urn(&document.id),
            "@type": "prov:Entity",
            "rdfs:label": document.title.as_deref().unwrap_or(&document.path),
            "prov:wasAttributedTo": link(agent(outlet(document))),
            "prov:wasGeneratedBy": link("reading"),
        });
        if let Some(map) = node.as_object_mut() {
            if index.page_of(document).is_some() {
                map.insert("prov:wasDerivedFrom".to_owned(), link(&document.page));
            }
            if let Some(url) = &document.url {
                map.insert("dcterms:source".to_owned(), json!({ "@type": "xsd:anyURI", "@value": url }));
            }
            if let Some(published) = &document.published {
                map.insert("dcterms:issued".to_owned(), json!({ "@type": "xsd:date", "@value": published.date }));
            }
        }
        graph.node(&node)?;
    }
    Ok(())
}

fn claim_node(claim: &Claim) -> Value {
    let mut node = json!({
        "@id": urn(&claim.claim_id),
        "@type": "prov:Entity",
        "rdfs:label": claim.event.as_str(),
        "prov:value": claim.quote,
        "prov:wasQuotedFrom": link(&claim.document),
        "prov:wasGeneratedBy": link("reading"),
    });
    if let (Some(holder), Some(map)) = (holder(claim), node.as_object_mut()) {
        map.insert("prov:wasAttributedTo".to_owned(), link(agent(holder)));
    }
    node
}
