//! The PLOVER gold standard records: 322 sentences, each with one event, its source and its target.
//!
//! In: `../shared/gold/plover/PLOVER_GSR_CAMEO.txt`. Out: micro F1 of the event class, F1 of source and target, claims per gold
//! event. The set's own classes are of 2016; they are mapped to the current ones (FIGHT is ASSAULT, DEMAND is REQUEST, DISAPPROVE
//! is ACCUSE). Scoring: a sentence's classes are those of its claims; one equal to the gold is a hit, every other one is extra.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::Context as _;
use serde_json::Value;
use sitrep_claims::Kit;
use sitrep_model::{ActorRef, Claim};

use super::browser::{Browser, Row, Said, Verdict};

/// One coded sentence.
struct Coded {
    text: String,
    class: &'static str,
    source: Vec<String>,
    target: Vec<String>,
}

/// Hits among ours and among the gold's.
#[derive(Default, Clone, Copy)]
pub(super) struct Tally {
    hits: usize,
    ours: usize,
    gold: usize,
}

impl Tally {
    /// With further counts.
    pub(super) fn and(self, hits: usize, ours: usize, gold: usize) -> Tally {
        add(self, hits, ours, gold)
    }

    /// Both together.
    pub(super) fn with(self, other: Tally) -> Tally {
        add(self, other.hits, other.ours, other.gold)
    }

    /// Precision, recall, F1.
    pub(super) fn line(self) -> String {
        let share = |of: usize| self.hits as f64 / of.max(1) as f64;
        let (precision, recall) = (share(self.ours), share(self.gold));
        let f1 = 2.0 * precision * recall / (precision + recall).max(f64::MIN_POSITIVE);
        format!("P {precision:.3} R {recall:.3} F1 {f1:.3} ({} of {})", self.hits, self.gold)
    }
}

/// Scores the set.
pub(super) fn run(kit: &Kit, list: bool, browser: &mut Browser) -> anyhow::Result<()> {
    let coded = read()?;
    let (mut class, mut source, mut target) = (Tally::default(), Tally::default(), Tally::default());
    let mut by_class: BTreeMap<String, Tally> = BTreeMap::new();
    let (mut claims_in_all, mut acts_in_all) = (0, 0);
    for (number, gold) in coded.iter().enumerate() {
        let claims = claims_of(kit, &gold.text);
        claims_in_all += claims.len();
        acts_in_all += acts(&claims);
        let classes: BTreeSet<&str> = claims.iter().filter_map(class_of).collect();
        let hit = classes.contains(gold.class);
        class = add(class, usize::from(hit), classes.len(), 1);
        for found in &classes {
            let tally = by_class.entry((*found).to_owned()).or_default();
            *tally = add(*tally, usize::from(*found == gold.class), 1, 0);
        }
        by_class.entry(gold.class.to_owned()).or_default().gold += 1;
        // Roles are asked of the claim of the right class, or of the first one when none is.
        let claim = claims.iter().find(|c| class_of(c) == Some(gold.class)).or(claims.first());
        source = role(source, &gold.source, claim.map(|c| c.actors.as_slice()));
        let aimed = claim.map(aimed_at).unwrap_or_default();
        target = role(target, &gold.target, Some(&aimed));
        browser.add(row(gold, &claims, claim, number));
        if list {
            for (what, names, ours) in
                [("source", &gold.source, claim.map(|c| &c.actors)), ("target", &gold.target, Some(&aimed))]
            {
                let found = role(Tally::default(), names, ours.map(Vec::as_slice));
                if found.hits < found.gold || found.ours > found.hits {
                    let ours: Vec<&str> = ours.into_iter().flatten().map(|a| a.text.as_str()).collect();
                    println!("{what} of {} should be {names:?}, is {ours:?}: {}", gold.class, gold.text);
                }
            }
        }
        if list && (!hit || classes.len() > 1) {
            let ours: Vec<String> = claims.iter().map(super::told).collect();
            println!(
                "{} {}: {}\n     {}",
                if hit { "more" } else { "miss" },
                gold.class,
                gold.text,
                ours.join("\n     ")
            );
        }
    }
    println!("plover: {} sentences, looked at sentence by sentence", coded.len());
    println!("  event class  {}", class.line());
    println!("  source       {}", source.line());
    println!("  target       {}", target.line());
    let per_event = |count: usize| count as f64 / coded.len().max(1) as f64;
    println!(
        "  claims per gold event {:.2}; {:.2} when an attack and its dead are one, as PLOVER codes them",
        per_event(claims_in_all),
        per_event(acts_in_all)
    );
    for (name, tally) in by_class {
        println!("    {name:<12} {}", tally.line());
    }
    Ok(())
}

/// How many events the claims are to PLOVER, which has a field for the dead and wounded of an attack.
fn acts(claims: &[Claim]) -> usize {
    let tolls = claims.iter().filter(|c| c.event.family() == "casualties").count();
    let others = claims.len() - tolls;
    let attacked =
        claims.iter().any(|c| c.event.family() != "casualties" && class_of(c).is_some_and(|class| class == "ASSAULT"));
    others + usize::from(tolls > 0 && !attacked)
}

/// A sentence for the error browser.
fn row(gold: &Coded, claims: &[Claim], claim: Option<&Claim>, number: usize) -> Row {
    let mut errors = BTreeSet::new();
    let hit = claims.iter().any(|c| class_of(c) == Some(gold.class));
    if !hit {
        errors.insert(if claims.is_empty() { "no claim" } else { "other class" });
    }
    if claims.iter().any(|c| class_of(c).is_some_and(|class| class != gold.class)) && hit {
        errors.insert("extra class");
    }
    let aimed = claim.map(aimed_at).unwrap_or_default();
    let doers = claim.map(|c| c.actors.clone()).unwrap_or_default();
    let mut sides = vec![Said { text: format!("class {}", gold.class), met: Some(hit) }];
    for (what, names, ours) in [("source", &gold.source, &doers), ("target", &gold.target, &aimed)] {
        for name in names {
            let met = role(Tally::default(), std::slice::from_ref(name), Some(ours)).hits > 0;
            if !met {
                errors.insert(if what == "source" { "source missed" } else { "target missed" });
            }
            sides.push(Said { text: format!("{what} {name}"), met: Some(met) });
        }
    }
    let told = |c: &Claim| Said {
        text: format!("{} · {}", class_of(c).unwrap_or("-"), super::told(c)),
        met: Some(class_of(c) == Some(gold.class)),
    };
    let verdict = match (hit, errors.is_empty()) {
        (true, true) => Verdict::Right,
        (true, false) => Verdict::Part,
        _ => Verdict::Wrong,
    };
    let ours = claims.iter().map(told).collect();
    Row {
        set: "plover",
        id: number.to_string(),
        text: gold.text.clone(),
        errors,
        verdict,
        gold: sides,
        ours,
        parsed: true,
    }
}

fn add(tally: Tally, hits: usize, ours: usize, gold: usize) -> Tally {
    Tally { hits: tally.hits + hits, ours: tally.ours + ours, gold: tally.gold + gold }
}

fn claims_of(kit: &Kit, text: &str) -> Vec<Claim> {
    sitrep_claims::claims(kit, &super::document(text)).value
}

/// The PLOVER class a claim would be exported as.
pub(super) fn class_of(claim: &Claim) -> Option<&str> {
    claim.codes.plover.as_deref().and_then(|code| code.split('/').next()).map(str::trim)
}

/// The targets; a place where there is none, as the set codes it.
fn aimed_at(claim: &Claim) -> Vec<ActorRef> {
    let places = [&claim.destination, &claim.place];
    let place = places.into_iter().flatten().next().filter(|_| claim.targets.is_empty());
    let named = place.map(|place| ActorRef {
        text: place.text.clone(),
        name: place.name.clone().unwrap_or_default(),
        actor_id: None,
        kind: None,
        member_of: Vec::new(),
        refers_to: None,
    });
    claim.targets.iter().cloned().chain(named).collect()
}

/// Names match when they share a word that is not one of grammar.
fn role(tally: Tally, gold: &[String], ours: Option<&[ActorRef]>) -> Tally {
    let ours = ours.unwrap_or_default();
    let same = |name: &String, actor: &ActorRef| {
        let words = |text: &str| -> Vec<String> {
            let plain = text.to_lowercase().replace('.', "").replace("'s", "");
            plain.split(|c: char| !c.is_alphanumeric()).map(str::to_owned).collect()
        };
        let said = [words(&actor.text), words(&actor.name)].concat();
        words(name).iter().any(|word| word.len() > 1 && !COMMON.contains(&word.as_str()) && said.contains(word))
    };
    let hits = gold.iter().filter(|name| ours.iter().any(|actor| same(name, actor))).count();
    add(tally, hits, ours.len().max(hits), gold.len())
}

const COMMON: [&str; 12] = ["the", "and", "for", "from", "its", "of", "in", "to", "by", "on", "at", "an"];

fn read() -> anyhow::Result<Vec<Coded>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/gold/plover/PLOVER_GSR_CAMEO.txt");
    let text = std::fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
    let rows: Vec<Value> = serde_json::from_str(&text).context("the gold standard records are one JSON list")?;
    Ok(rows.iter().filter_map(coded).collect())
}

fn coded(row: &Value) -> Option<Coded> {
    let names = |key: &str| -> Vec<String> {
        let actors = row.get(key).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        actors.iter().filter_map(|actor| actor.get("actorText")?.as_str()).map(str::to_owned).collect()
    };
    Some(Coded {
        text: row.get("text")?.as_str()?.trim_matches(['{', '}']).to_owned(),
        class: current(row.get("event")?.as_str()?)?,
        source: names("source"),
        target: names("target"),
    })
}

fn current(class: &str) -> Option<&'static str> {
    Some(match class {
        "FIGHT" | "ASSAULT" => "ASSAULT",
        "DEMAND" => "REQUEST",
        "DISAPPROVE" => "ACCUSE",
        "AGREE" => "AGREE",
        "REJECT" => "REJECT",
        "THREATEN" => "THREATEN",
        "PROTEST" => "PROTEST",
        "COERCE" => "COERCE",
        "RETREAT" => "RETREAT",
        "SANCTION" => "SANCTION",
        "SUPPORT" => "SUPPORT",
        "CONCEDE" => "CONCEDE",
        "CONSULT" => "CONSULT",
        "AID" => "AID",
        "INVESTIGATE" => "INVESTIGATE",
        "MOBILIZE" => "MOBILIZE",
        "COOPERATE" => "COOPERATE",
        _ => return None,
    })
}
