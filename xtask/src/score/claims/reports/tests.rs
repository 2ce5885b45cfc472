//! The scorer on claims made out of the keys: a perfect reader gets one, and every kind of fault costs.

use serde_json::{Value, json};

use super::matching::{Even, Fact, score};
use super::{Report, Set, keys, listing};

/// A claim that says just what the fact asks.
fn told(fact: &Fact) -> Value {
    let row = &fact.row;
    let first = |value: &Value| value[0].as_str().unwrap_or_default().to_owned();
    let names = |role: &str| {
        let names = row[role].as_array().into_iter().flatten();
        names.map(|names| json!({ "text": first(names) })).collect::<Vec<_>>()
    };
    let label = row["certainty"].as_str().unwrap_or_default();
    let author = match label {
        "asserted" | "inferred" => 3,
        "likely" => 2,
        _ => 0,
    };
    let source = row["source"][0].as_str().unwrap_or("the outlet");
    let kind = row["source_type"][0].as_str().unwrap_or("AUTHOR");
    let status = row["status"].as_str().or(row["status"][0].as_str());
    let amounts = row["quantity"].as_array().into_iter().flatten();
    let relative = &row["relative"];
    let ends = relative["between"].as_array().map(|ends| ends.iter().map(&first).collect::<Vec<_>>());
    json!({
        "document_path": format!("folder/{}", fact.doc), "start": fact.spans[0].0, "end": fact.spans[0].1, "event": row["events"][0],
        "actors": names("actors"), "targets": names("targets"),
        "place": { "name": row["place"][0], "relation": {
            "anchor": relative["anchor"][0], "distance_km": relative["km"], "bearing": relative["bearing"], "between": ends } },
        "time": { "from": row["date"][0].as_str().or(row["date"][1].as_str()), "to": row["date"][1].as_str().or(row["date"][0].as_str()) },
        "attribution": [{ "holder": source, "type": kind }],
        "certainty": { "author": author, "source": 3, "word": "likely" },
        "status": status, "polarity": row["polarity"], "voice": row["voice"],
        "quantities": amounts.map(|q| json!({ "kind": q["kind"], "best": q["best"] })).collect::<Vec<_>>(),
    })
}

/// A page's facts on the page as the product reads it, and what a perfect reader would say.
fn perfect(set: Set, name: &str) -> (Vec<Fact>, Vec<Value>) {
    let key = keys(set).unwrap().into_iter().find(|key| key.ends_with(name)).unwrap();
    let report = Report::read(&key).unwrap();
    let meta = sitrep::model::PageMeta::default();
    let kind =
        if report.name.ends_with("html") { sitrep::model::MediaType::Html } else { sitrep::model::MediaType::Text };
    let page = sitrep::page_of(&report.name, kind, report.page.clone(), meta, "test");
    let facts = report.facts(&sitrep_read::document(&page).value.text).unwrap();
    let claims = facts.iter().filter(|fact| fact.row["optional"] != true).map(told).collect();
    (facts, claims)
}

#[test]
fn every_key_finds_its_passages_and_a_perfect_reader_gets_one() {
    for (set, count) in [(Set::Held, 10), (Set::Own, 36)] {
        let keys = keys(set).unwrap();
        assert_eq!(keys.len(), count);
        keys.iter().for_each(|key| perfect_reader_gets_one(set, key));
    }
}

fn perfect_reader_gets_one(set: Set, key: &std::path::Path) {
    let name = key.file_name().unwrap().to_str().unwrap().to_owned();
    let (facts, claims) = perfect(set, &name);
    for fact in &facts {
        for event in fact.row["events"].as_array().unwrap() {
            let event = event.as_str().unwrap();
            assert!(sitrep::model::EventType::from_code(event).is_some(), "{name} {}: no type {event}", fact.row["id"]);
        }
    }
    let outcome = score(&facts, &claims);
    assert!((outcome.overall() - 1.0).abs() < 1e-9, "{name}: {outcome:?}");
}

#[test]
fn what_is_wrong_costs() {
    let (facts, mut claims) = perfect(Set::Held, "congo-update.json");
    let count = claims.len();
    claims[0]["actors"] = json!([{ "text": "somebody else" }]);
    claims[1]["event"] = json!("protest");
    claims[2]["place"]["relation"]["bearing"] = json!("S");
    let outcome = score(&facts, &claims);
    assert_eq!((outcome.found(), outcome.facts, outcome.spurious.len()), (count - 1, count, 1));
    let fields = outcome.fields();
    // Two of the three things asked of one relative place, all of the other's.
    assert!((fields["relative_place"] - (2.0 / 3.0 + 1.0) / 2.0).abs() < 1e-9);
    assert!(fields["actors"] < 1.0 && (fields["date"] - 1.0).abs() < 1e-9);
}

#[test]
fn a_claim_serves_one_fact_and_comments_are_never_too_many() {
    let (facts, claims) = perfect(Set::Held, "donbas-partisan.json");
    let mut twice = claims.clone();
    twice.push(claims[0].clone());
    twice.push(claims.iter().find(|claim| claim["voice"] == "comment").unwrap().clone());
    let outcome = score(&facts, &twice);
    assert_eq!((outcome.found(), outcome.spurious.len()), (claims.len(), 1));
}

#[test]
fn passages_are_found_across_breaks() {
    let even = Even::of("Said  in\nVarnesh, it\u{2019}s over. It's over.");
    assert_eq!(even.all("in Varnesh, it's over"), [(6, 27)]);
    assert_eq!(even.all("t's over").len(), 2);
    assert!(even.all("peace").is_empty());
}

#[test]
fn what_is_wrong_is_listed_with_its_sentence() {
    let text = "A lull. Rebels shelled Varnesh on Monday. Two died.";
    let row = json!({ "id": "A1", "doc": "a.txt", "quote": "shelled Varnesh", "events": ["shelling"], "voice": "article", "status": "any",
        "polarity": "any", "date": ["2020-01-06", "2020-01-06"] });
    let facts = [Fact { spans: vec![(15, 30)], doc: "a.txt".to_owned(), row }];
    let claim = |event: &str| json!({ "document_path": "a.txt", "start": 8, "end": 30, "event": event, "voice": "article", "quote": "Rebels" });
    let listed = |event: &str| {
        let claims = [claim(event)];
        listing::of("a.txt", text, &facts, &claims, &score(&facts, &claims))
    };
    let missed = listed("clash");
    assert!(missed.contains("- A1 shelling") && missed.contains("+ clash"), "{missed}");
    assert!(missed.contains("in: Rebels shelled Varnesh on Monday.\n"), "{missed}");
    assert!(listed("shelling").contains("~ A1 shelling \"shelled Varnesh\"\n    date: asked"));
}
