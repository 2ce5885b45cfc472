//! re3d: bodies, people, places, times, weapons and numbers in documents on Syria and Iraq, by exact span.
//!
//! In: `../shared/gold/re3d`, five sources. Out: precision, recall and F1 of each kind and of all together; with `--list` the spans that
//! went wrong.
//!
//! Kinds: Organisation, Person, Location = place, Temporal = time, Quantity and Money = quantity, Weapon, MilitaryPlatform and Vehicle =
//! platform, Nationality. Its other kinds (DocumentReference, Url, Coordinate, CommsIdentifier, Frequency) are not ours and not asked for.
//! The set keeps what any annotator marked, with a confidence worked out from all of them: entries under 0.5 are taken for what they are,
//! rejected marks; they are neither asked for nor held against us.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::Context as _;
use serde_json::Value;
use sitrep_claims::{EntityKind, Kit};
use sitrep_model::{OffsetUnit, Offsets};

use super::browser::{Browser, Row, Said, Verdict};
use super::plover::Tally;

const SOURCES: [&str; 5] =
    ["Australian Department of Foreign Affairs", "CENTCOM", "UK Government", "US State Department", "Wikipedia"];

/// A span in code points.
type Marked = (usize, usize, EntityKind);

/// Scores the five sources together.
pub(super) fn run(kit: &Kit, list: bool, browser: &mut Browser) -> anyhow::Result<()> {
    let (mut by_kind, mut texts) = (BTreeMap::<EntityKind, Tally>::new(), 0);
    for source in SOURCES {
        let mut marked: BTreeMap<String, Vec<(Marked, f64)>> = BTreeMap::new();
        for row in rows(source, "entities")? {
            let text = |key: &str| row.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
            let at = |key: &str| row.get(key).and_then(Value::as_u64).unwrap_or_default() as usize;
            let Some(kind) = ours(&text("type")) else { continue };
            let sure = row.get("confidence").and_then(Value::as_f64).unwrap_or_default();
            marked.entry(text("documentId")).or_default().push(((at("begin"), at("end"), kind), sure));
        }
        for document in rows(source, "documents")? {
            let text = |key: &str| document.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
            let (body, gold) = (text("text"), marked.remove(&text("_id")).unwrap_or_default());
            texts += 1;
            let read = super::document(&body);
            let offsets = Offsets::new(&read.text, OffsetUnit::Chars);
            let found: BTreeSet<Marked> = sitrep_claims::entities(kit, &read)
                .into_iter()
                .map(|(span, kind)| (offsets.at(span.start), offsets.at(span.end), kind))
                .collect();
            let asked: BTreeSet<Marked> = gold.iter().filter(|(_, sure)| *sure >= 0.5).map(|(m, _)| *m).collect();
            let doubted: BTreeSet<Marked> = gold.iter().filter(|(_, sure)| *sure < 0.5).map(|(m, _)| *m).collect();
            for kind in asked.iter().chain(&found).map(|m| m.2).collect::<BTreeSet<_>>() {
                let of = |set: &BTreeSet<Marked>| -> BTreeSet<Marked> {
                    set.iter().filter(|m| m.2 == kind).copied().collect()
                };
                let (asked, found) = (of(&asked), of(&found));
                let held = found.iter().filter(|m| asked.contains(m) || !doubted.contains(m)).count();
                let tally = by_kind.entry(kind).or_default();
                *tally = tally.and(asked.intersection(&found).count(), held, asked.len());
            }
            browser.add(row(source, &text("title"), &body, &asked, &found, &doubted));
            if list {
                let said = |m: &Marked| body.chars().skip(m.0).take(m.1 - m.0).collect::<String>();
                asked.difference(&found).for_each(|m| println!("missed {:?} “{}” at {}", m.2, said(m), m.0));
                let extra = found.difference(&asked).filter(|m| !doubted.contains(m));
                extra.for_each(|m| println!("extra  {:?} “{}” at {}", m.2, said(m), m.0));
            }
        }
    }
    println!("re3d: {texts} documents, looked at sentence by sentence");
    let mut all = Tally::default();
    for (kind, tally) in by_kind {
        println!("    {:<13} {}", format!("{kind:?}"), tally.line());
        all = all.with(tally);
    }
    println!("  all kinds, exact spans {}", all.line());
    Ok(())
}

/// A document for the error browser.
fn row(
    source: &str,
    title: &str,
    body: &str,
    asked: &BTreeSet<Marked>,
    found: &BTreeSet<Marked>,
    doubted: &BTreeSet<Marked>,
) -> Row {
    let chars: Vec<char> = body.chars().collect();
    let said = |m: &Marked, met: bool| {
        let words: String = chars.get(m.0..m.1).unwrap_or_default().iter().collect();
        Said { text: format!("{} {:?} {words}", m.0, m.2), met: Some(met) }
    };
    let held: Vec<&Marked> = found.iter().filter(|m| asked.contains(m) || !doubted.contains(m)).collect();
    let mut errors = BTreeSet::new();
    for (kind, missed, extra) in NAMES {
        if asked.iter().any(|m| m.2 == kind && !found.contains(m)) {
            errors.insert(missed);
        }
        if held.iter().any(|m| m.2 == kind && !asked.contains(m)) {
            errors.insert(extra);
        }
    }
    let verdict = if errors.is_empty() { Verdict::Right } else { Verdict::Part };
    Row {
        set: "re3d",
        id: format!("{source}: {title}"),
        text: body.to_owned(),
        errors,
        verdict,
        gold: asked.iter().map(|m| said(m, found.contains(m))).collect(),
        ours: held.iter().map(|m| said(m, asked.contains(m))).collect(),
        parsed: false,
    }
}

/// Kinds with the names of their errors.
const NAMES: [(EntityKind, &str, &str); 8] = [
    (EntityKind::Organisation, "organisation missed", "organisation too many"),
    (EntityKind::Person, "person missed", "person too many"),
    (EntityKind::Place, "place missed", "place too many"),
    (EntityKind::Time, "time missed", "time too many"),
    (EntityKind::Quantity, "quantity missed", "quantity too many"),
    (EntityKind::Weapon, "weapon missed", "weapon too many"),
    (EntityKind::Platform, "platform missed", "platform too many"),
    (EntityKind::Nationality, "nationality missed", "nationality too many"),
];

fn ours(kind: &str) -> Option<EntityKind> {
    Some(match kind {
        "Organisation" => EntityKind::Organisation,
        "Person" => EntityKind::Person,
        "Location" => EntityKind::Place,
        "Temporal" => EntityKind::Time,
        "Quantity" | "Money" => EntityKind::Quantity,
        "Weapon" => EntityKind::Weapon,
        "MilitaryPlatform" | "Vehicle" => EntityKind::Platform,
        "Nationality" => EntityKind::Nationality,
        _ => return None,
    })
}

fn rows(source: &str, name: &str) -> anyhow::Result<Vec<Value>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/gold/re3d").join(source);
    let path = folder.join(format!("{name}.json"));
    let text = std::fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
    text.lines().map(|line| serde_json::from_str(line).context("one JSON object a line")).collect()
}
