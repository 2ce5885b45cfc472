//! Where the accounts of one event disagree.
//!
//! In: the accounts of one event with their stances. Out: disputes with their sides. Only values that cannot both be right make
//! sides: a vague account agrees with every precise one it contains. Nothing is averaged and no side is chosen.

use std::collections::{BTreeMap, BTreeSet};

use sitrep_model::{ClaimId, Dispute, DisputeField, DisputeId, DisputeSide, EventId, Quantity, Stance, Voice};

use super::correction;
use super::fact::Fact;
use super::stance::speaker;
use crate::keys::Keys;

/// One account: a fact and how it stands to the event.
pub(crate) type Told<'f, 'c> = (&'f Fact<'c>, Stance);

/// Every dispute among `accounts`.
pub(crate) fn disputes(event: &EventId, accounts: &[Told<'_, '_>]) -> Vec<Dispute> {
    let affirming: Vec<&Fact<'_>> = accounts.iter().filter(|a| a.1 == Stance::Affirms).map(|a| a.0).collect();
    let mut found = Vec::new();
    let mut push = |field: DisputeField, key: &str, sides: Vec<DisputeSide>, reading: String| {
        if sides.len() > 1 {
            let reading = corrected(&sides, accounts).unwrap_or(reading);
            let dispute_id = DisputeId::of(&[event.as_str(), field.as_str(), key]);
            found.push(Dispute { dispute_id, event_id: event.clone(), field, sides, reading });
        }
    };
    push(DisputeField::Date, "", date_sides(&affirming), date_reading(&affirming));
    push(DisputeField::Place, "", place_sides(&affirming), PLACE_READING.to_owned());
    push(DisputeField::Actor, "", actor_sides(&affirming), ACTOR_READING.to_owned());
    for (kind, sides) in quantity_sides(&affirming) {
        push(DisputeField::Quantity, &kind, sides, quantity_reading(&kind));
    }
    push(DisputeField::Happened, "", happened_sides(accounts), happened_reading(accounts));
    found
}

/// The reading where an outlet itself takes one side back for the other.
fn corrected(sides: &[DisputeSide], accounts: &[Told<'_, '_>]) -> Option<String> {
    let side = |fact: &Fact<'_>| sides.iter().position(|side| side.claims.contains(&fact.claim.claim_id));
    let later = accounts.iter().find(|(later, _)| {
        accounts.iter().any(|(earlier, _)| {
            side(later).zip(side(earlier)).is_some_and(|(one, other)| one != other)
                && correction::corrects(later, earlier)
        })
    })?;
    let outlet = later.0.document.and_then(|document| document.outlet.as_deref()).unwrap_or("the outlet");
    Some(format!("{outlet} corrects its own earlier report"))
}

const PLACE_READING: &str =
    "the accounts may measure from another point or in another direction, or one of them is wrong";
const ACTOR_READING: &str = "the accounts agree on the event and name different actors; several may have taken part, or one side blames another";

/// An interval of one account, for finding those that cannot both hold.
struct Interval {
    low: f64,
    high: f64,
    value: String,
    claim: ClaimId,
}

/// Sides of intervals that do not meet; the narrowest are placed first, and one that meets two sides is on neither.
fn sides(mut intervals: Vec<Interval>) -> Vec<DisputeSide> {
    intervals.sort_by(|a, b| {
        (a.high - a.low).total_cmp(&(b.high - b.low)).then(a.low.total_cmp(&b.low)).then(a.claim.cmp(&b.claim))
    });
    let mut placed: Vec<(f64, f64, DisputeSide)> = Vec::new();
    for one in intervals {
        let meets = |side: &(f64, f64, DisputeSide)| one.low <= side.1 && side.0 <= one.high;
        let mut met = (0..placed.len()).filter(|&i| meets(&placed[i]));
        match (met.next(), met.next()) {
            (None, _) => {
                placed.push((one.low, one.high, DisputeSide { value: one.value, claims: vec![one.claim] }));
            }
            (Some(only), None) => {
                let side = &mut placed[only];
                (side.0, side.1) = (side.0.max(one.low), side.1.min(one.high));
                side.2.claims.push(one.claim);
            }
            _ => {}
        }
    }
    placed.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
    let mut sides: Vec<DisputeSide> = placed.into_iter().map(|side| side.2).collect();
    for side in &mut sides {
        side.claims.sort();
        side.claims.dedup();
    }
    sides
}

fn date_sides(accounts: &[&Fact<'_>]) -> Vec<DisputeSide> {
    let mut intervals = Vec::new();
    for fact in accounts.iter().filter(|fact| !fact.family.state) {
        let Some(time) = &fact.claim.time else { continue };
        let (low, high) = (fact.days.first.map_or(f64::MIN, f64::from), fact.days.last.map_or(f64::MAX, f64::from));
        let value = match (time.from, time.to) {
            (Some(from), Some(to)) if from == to => from.to_string(),
            (Some(from), Some(to)) => format!("{from}/{to}"),
            (Some(from), None) => format!("from {from}"),
            (None, Some(to)) => format!("by {to}"),
            (None, None) => continue,
        };
        intervals.push(Interval { low, high, value, claim: fact.claim.claim_id.clone() });
    }
    sides(intervals)
}

fn date_reading(accounts: &[&Fact<'_>]) -> String {
    let announces = |fact: &&Fact<'_>| {
        let told = fact.claim.attribution.iter().filter_map(|link| link.cue.as_deref());
        fact.is(&["operation.announced"])
            || told.into_iter().any(|cue| cue.contains("announc") || cue.contains("declar"))
    };
    if accounts.iter().any(announces) {
        "one date may be the day it was announced and another the day it began, or one report is wrong".to_owned()
    } else {
        "one date may be the day it was reported, or one report is wrong".to_owned()
    }
}

fn place_sides(accounts: &[&Fact<'_>]) -> Vec<DisputeSide> {
    let mut intervals = Vec::new();
    for fact in accounts.iter().filter(|fact| fact.is(&["static.location"])) {
        let lies = fact.at.lies.as_ref().map(|(_, km, _)| *km);
        if let Some(km) = lies.unwrap_or(fact.at.distance_km) {
            let value = format!("{km} km");
            // Reports round to five kilometres or a tenth, whichever is more.
            let rounding_km = (km * 0.05).max(2.5);
            let claim = fact.claim.claim_id.clone();
            intervals.push(Interval { low: km - rounding_km, high: km + rounding_km, value, claim });
        }
    }
    sides(intervals)
}

fn actor_sides(accounts: &[&Fact<'_>]) -> Vec<DisputeSide> {
    let named: Vec<&&Fact<'_>> = accounts.iter().filter(|f| f.family.open_actor && names_actors(f)).collect();
    let mut parties: Vec<(Keys, String, Vec<ClaimId>)> = Vec::new();
    for fact in named {
        let mut keys = fact.actors.union(&fact.bodies);
        let mut claims = vec![fact.claim.claim_id.clone()];
        let mut value = fact.claim.actors.first().map_or(String::new(), |actor| actor.name.clone());
        let (same, other): (Vec<_>, Vec<_>) = parties.into_iter().partition(|party| !party.0.is_disjoint(&keys));
        parties = other;
        for party in same {
            keys = keys.union(&party.0);
            value = party.1.min(value);
            claims.extend(party.2);
        }
        claims.sort();
        parties.push((keys, value, claims));
    }
    parties.sort_by(|a, b| (&a.1, &a.2).cmp(&(&b.1, &b.2)));
    parties.into_iter().map(|(_, value, claims)| DisputeSide { value, claims }).collect()
}

/// Whether every actor is named, not only described: "rebels" and "militants" may be the same people.
fn names_actors(fact: &Fact<'_>) -> bool {
    let in_title_case = fact.claim.voice == Voice::Headline;
    let is_name = |name: &str| {
        !in_title_case && name.split_whitespace().all(|word| word.starts_with(char::is_uppercase) || word.len() < 4)
    };
    !fact.claim.actors.is_empty()
        && fact.claim.actors.iter().all(|actor| actor.actor_id.is_some() || is_name(&actor.name))
}

fn quantity_sides(accounts: &[&Fact<'_>]) -> BTreeMap<String, Vec<DisputeSide>> {
    let mut by_kind: BTreeMap<String, Vec<Interval>> = BTreeMap::new();
    for fact in accounts {
        for quantity in fact.claim.quantities.iter().filter(|q| !q.cumulative && q.kind != "distance_km") {
            let of = quantity.of.as_deref().map_or(String::new(), |of| format!(" {}", crate::names::actor_name(of)));
            let Some((low, high)) = bounds(quantity) else { continue };
            let (value, claim) = (quantity.text.clone(), fact.claim.claim_id.clone());
            by_kind.entry(format!("{}{of}", quantity.kind)).or_default().push(Interval { low, high, value, claim });
        }
    }
    by_kind.into_iter().map(|(kind, intervals)| (kind, sides(intervals))).collect()
}

/// What a number allows, lowest and highest; `None` when it is only words.
pub(crate) fn bounds(quantity: &Quantity) -> Option<(f64, f64)> {
    match (quantity.low, quantity.best, quantity.high) {
        (None, None, None) => None,
        (None, Some(best), None) => Some((best, best)),
        (low, _, high) => Some((low.unwrap_or(f64::MIN), high.unwrap_or(f64::MAX))),
    }
}

fn quantity_reading(kind: &str) -> String {
    format!("the counts ({kind}) may be of different hours or groups, or sources count differently")
}

fn happened_sides(accounts: &[Told<'_, '_>]) -> Vec<DisputeSide> {
    let side = |value: &str, wanted: Stance| {
        let mut claims: Vec<ClaimId> =
            accounts.iter().filter(|a| a.1 == wanted).map(|a| a.0.claim.claim_id.clone()).collect();
        claims.sort();
        (!claims.is_empty()).then(|| DisputeSide { value: value.to_owned(), claims })
    };
    [side("happened", Stance::Affirms), side("did not happen", Stance::Denies)].into_iter().flatten().collect()
}

fn happened_reading(accounts: &[Told<'_, '_>]) -> String {
    let voices = |wanted: Stance| {
        let told: Vec<_> = accounts.iter().filter(|a| a.1 == wanted).collect();
        let names: BTreeSet<String> = told.iter().map(|a| speaker(a.0)).collect();
        (told.iter().any(|a| a.0.is_reporting), names.into_iter().collect::<Vec<_>>().join(", "))
    };
    let ((affirmed, by), (denied, against)) = (voices(Stance::Affirms), voices(Stance::Denies));
    match (affirmed, denied) {
        (false, false) => "readers disagree with each other; no report is touched by it".to_owned(),
        (true, false) => format!("readers deny what {by} reports; a comment does not change the grade"),
        (false, true) => format!("readers affirm what {against} denies; a comment does not change the grade"),
        (true, true) => format!("{by} affirms it and {against} denies it; they may speak of different hours"),
    }
}
