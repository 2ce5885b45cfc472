//! The relations of the two reference reports, from claims made out of the reference facts (no understanding involved).
//!
//! The reports and facts are not part of the repository; without them the test says so and ends.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::*;
use crate::derive;

fn shared() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    if folder.join("gold/seeds/facts.jsonl").exists() {
        return Some(folder);
    }
    println!("SKIPPED: ../shared is absent");
    None
}

fn rows(path: &Path) -> Vec<Value> {
    let text = fs::read_to_string(path).unwrap();
    text.lines().filter(|line| !line.trim().is_empty()).map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn texts(value: &Value) -> Vec<String> {
    value.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}

fn first_of_each(value: &Value) -> Vec<String> {
    value.as_array().into_iter().flatten().filter_map(|names| texts(names).into_iter().next()).collect()
}

fn seed_document(folder: &Path, name: &str, published: &str, outlet: Option<&str>) -> Document {
    let text = fs::read_to_string(folder.join("seeds").join(name)).unwrap();
    let mut document = report(outlet.unwrap_or(""), published, &[]).document;
    document.id = DocumentId::of(&[name]);
    document.path = name.to_owned();
    document.text = text;
    document
}

fn gold_place(row: &Value) -> Option<Place> {
    let relative = &row["relative"];
    let anchor = texts(&relative["anchor"]).into_iter().next();
    let name = texts(&row["place"]).into_iter().next().or_else(|| anchor.clone())?;
    let mut found = place(&name);
    if relative.is_object() {
        let between = relative["between"].as_array().map(|ends| {
            let names: Vec<String> = ends.iter().filter_map(|end| texts(end).into_iter().next()).collect();
            [names[0].clone(), names[1].clone()]
        });
        let bearing = relative["bearing"].as_str().and_then(Bearing::from_code);
        let distance_km = relative["km"].as_f64();
        found.relation = Some(Relation { anchor, distance_km, bearing, between, kind: None });
    }
    Some(found)
}

fn gold_claim(row: &Value, document: &Document) -> Claim {
    let byte = |chars: &Value| {
        let chars = chars.as_u64().unwrap() as usize;
        document.text.char_indices().nth(chars).map_or(document.text.len(), |(at, _)| at)
    };
    let (start, end) = (byte(&row["start"]), byte(&row["end"]));
    let mut made = claim(document, start, &document.text[start..end], row["events"][0].as_str().unwrap());
    made.claim_id = ClaimId::of(&[row["id"].as_str().unwrap()]);
    made.sentence_start = document.text[..start].rfind(['.', '\n']).map_or(0, |at| at + 1) as u32;
    made.sentence_end = document.text[end..].find(['.', '\n']).map_or(document.text.len(), |at| end + at) as u32;
    made.actors = first_of_each(&row["actors"]).iter().map(|name| actor(name)).collect();
    made.targets = first_of_each(&row["targets"]).iter().map(|name| actor(name)).collect();
    made.place = gold_place(row);
    if let Some(date) = row["date"].as_array() {
        made.time = Some(days(date[0].as_str().unwrap_or(""), date[1].as_str().unwrap_or("")));
    }
    made.voice = if row["voice"] == "comment" { Voice::Comment } else { Voice::Article };
    made.polarity = if row["polarity"] == "negated" { Polarity::Negated } else { Polarity::Affirmed };
    let status = row["status"].as_str().or(row["status"][0].as_str()).unwrap_or("any");
    made.status = Status::from_code(status).unwrap_or(Status::Occurred);
    if let Some(holder) = texts(&row["source"]).first() {
        let kind = texts(&row["source_type"]).first().and_then(|code| AttributionType::from_code(code));
        made.according_to(holder, kind.unwrap_or(AttributionType::Unspecified));
    }
    for quantity in row["quantity"].as_array().into_iter().flatten() {
        made.amount(quantity["kind"].as_str().unwrap(), quantity["best"].as_f64().unwrap());
    }
    if made.status == Status::Forecast || made.status == Status::Conditional {
        made.forecast =
            Some(ForecastView { window: None, rule: String::new(), likelihood: None, criteria: made.quote.clone() });
    }
    let mut quoted = made.quote.split(['“', '”']);
    made.operation = quoted.nth(1).map(str::to_owned);
    made
}

struct Seeds {
    claims: Vec<Claim>,
    documents: Vec<Document>,
    relations: Vec<Value>,
}

fn seeds(outlet: Option<&str>) -> Option<Seeds> {
    let folder = shared()?;
    let documents = vec![
        seed_document(&folder, "000_6823bb8b4f0224e0.txt", "2017-11-09", outlet),
        seed_document(&folder, "001_699e36daf3a297ee.txt", "2017-11-02", outlet),
    ];
    let mut claims: Vec<Claim> = rows(&folder.join("gold/seeds/facts.jsonl"))
        .iter()
        .map(|row| {
            let document = documents.iter().find(|document| document.path == row["doc"].as_str().unwrap()).unwrap();
            gold_claim(row, document)
        })
        .collect();
    let id = |name: &str| ClaimId::of(&[name]);
    for (name, event) in [("A05", "statement.confirmed"), ("A06", "statement.no_comment")] {
        let claim = claims.iter_mut().find(|claim| claim.claim_id == id(name)).unwrap();
        claim.event = EventType::from_code(event).unwrap();
        claim.about = Some(id("A04"));
    }
    Some(Seeds { claims, documents, relations: rows(&folder.join("gold/seeds/relations.jsonl")) })
}

fn holds(kind: &str, a: &ClaimId, b: &ClaimId, derived: &crate::Derived) -> bool {
    let event_of = |id: &ClaimId| derived.events.iter().find(|e| e.accounts.iter().any(|x| x.claim_id == *id));
    let same = event_of(a).is_some() && event_of(a) == event_of(b);
    let links: BTreeSet<&str> = derived
        .links
        .iter()
        .filter(|l| (&l.from, &l.to) == (a, b) || (&l.from, &l.to) == (b, a))
        .map(|l| l.kind.as_str())
        .collect();
    let mut disputed = BTreeSet::new();
    for dispute in &derived.disputes {
        let side = |id: &ClaimId| dispute.sides.iter().position(|side| side.claims.contains(id));
        if let (Some(one), Some(other)) = (side(a), side(b))
            && one != other
        {
            disputed.insert(dispute.field.as_str());
        }
    }
    let linked = |kinds: &[&str]| kinds.iter().any(|kind| links.contains(kind));
    match kind {
        "same_event" => same && disputed.is_empty(),
        "different_event" => event_of(a).is_some() && event_of(b).is_some() && !same,
        "progress" => disputed.is_empty() && !linked(&["contradicts"]) && linked(&["progress"]),
        "compatible" | "tension" => disputed.is_empty() && linked(&["compatible", "tension", "supports", "same_event"]),
        "supports" => same || linked(&["supports", "same_event"]),
        "no_comment" => linked(&["no_comment"]),
        "contradicts:date" => disputed.contains("date"),
        "contradicts:happened" => disputed.contains("happened") || linked(&["contradicts", "denies"]),
        "forecast:evidence" => derived.forecasts.iter().any(|f| f.claim_id == *a && f.evidence.contains(b)),
        other => panic!("no such relation: {other}"),
    }
}

#[test]
fn the_reference_relations_hold() {
    let Some(seeds) = seeds(Some("One Publisher")) else { return };
    let derived = derive(&seeds.claims, &seeds.documents, None);
    let mut missed = Vec::new();
    for row in &seeds.relations {
        let text = |key: &str| row[key].as_str().unwrap();
        let (a, b) = (ClaimId::of(&[text("a")]), ClaimId::of(&[text("b")]));
        if !holds(text("relation"), &a, &b, &derived) {
            missed.push(format!("{} {} {}", text("a"), text("relation"), text("b")));
        }
    }
    assert_eq!(missed, Vec::<String>::new());
}

#[test]
fn one_publisher_and_one_text_are_one_root() {
    for outlet in [Some("One Publisher"), None] {
        let Some(seeds) = seeds(outlet) else { return };
        let derived = derive(&seeds.claims, &seeds.documents, None);
        let capture = ClaimId::of(&["A15"]);
        let event = derived.events.iter().find(|e| e.accounts.iter().any(|a| a.claim_id == capture)).unwrap();
        assert_eq!((event.accounts.len(), event.roots), (2, 1), "{}", event.summary);
    }
}

#[test]
fn the_reference_events_read_well() {
    let Some(seeds) = seeds(Some("One Publisher")) else { return };
    let names: BTreeMap<ClaimId, String> = seeds.claims.iter().map(|c| (c.claim_id.clone(), c.quote.clone())).collect();
    for event in derive(&seeds.claims, &seeds.documents, None).events {
        println!("{} [{}] {}", event.summary, event.grade.information, event.grade.why);
        for account in &event.accounts {
            println!("      {} {}", account.stance.as_str(), names[&account.claim_id]);
        }
        assert!(!event.accounts.is_empty() && !event.summary.contains("  "), "{}", event.summary);
    }
}
