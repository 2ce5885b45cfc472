//! How claims stand to each other, one line a pair, and only pairs that say something.
//!
//! In: facts, groups of accounts with their disputes, the forecast ledger. Out: [`Link`]s. Work and output grow with the number
//! of claims: a crowded event is linked as a star around its first account.

use std::collections::{BTreeMap, BTreeSet};

use sitrep_model::{ClaimId, Dispute, Event, EventId, Forecast, Link, LinkKind, SourceStance, Stance};

use super::candidates::bearing_pairs;
use super::fact::Fact;
use super::gist::Gist;
use super::relation::Relation;
use super::{correction, holding, roots};
use crate::progress;

/// Events with more accounts than this are linked as a star.
const ALL_PAIRS_UP_TO: usize = 12;

/// Every link.
pub(crate) fn links(facts: &[Fact<'_>], events: &[Event], disputes: &[Dispute], forecasts: &[Forecast]) -> Vec<Link> {
    let by_id: BTreeMap<&ClaimId, &Fact<'_>> = facts.iter().map(|fact| (&fact.claim.claim_id, fact)).collect();
    let mut kept: BTreeMap<(ClaimId, ClaimId), Relation> = BTreeMap::new();
    // The surest comes first: a pair keeps the first thing said about it.
    let mut keep = |relation: Relation| {
        let (one, other) = (relation.from.clone(), relation.to.clone());
        if one != other {
            kept.entry(if one < other { (one, other) } else { (other, one) }).or_insert(relation);
        }
    };
    facts.iter().filter_map(|fact| about(fact, &by_id)).for_each(&mut keep);
    correction::relations(facts).into_iter().for_each(&mut keep);
    forecast_relations(forecasts, &by_id).into_iter().for_each(&mut keep);
    let mut disputes_of: BTreeMap<&EventId, Vec<&Dispute>> = BTreeMap::new();
    for dispute in disputes {
        disputes_of.entry(&dispute.event_id).or_default().push(dispute);
    }
    for event in events {
        let disputes = disputes_of.get(&event.event_id).map_or(&[][..], Vec::as_slice);
        accounts(event, disputes, &by_id).into_iter().for_each(&mut keep);
    }
    let gists: Vec<&Gist> = facts.iter().map(|fact| &fact.gist).collect();
    for (one, other) in bearing_pairs(&gists, |at| holding::says(&facts[at]).is_some()) {
        let (one, other) = (one as usize, other as usize);
        holding::relation(&facts[one], &facts[other]).into_iter().for_each(&mut keep);
    }
    for (one, other) in bearing_pairs(&gists, |at| progress::tells(&facts[at])) {
        let (one, other) = (one as usize, other as usize);
        progress::relation(&facts[one], &facts[other]).into_iter().for_each(&mut keep);
    }
    let mut links: Vec<Link> = kept.into_values().map(Relation::link).collect();
    links.sort();
    links
}

/// What a text itself ties together: a confirmation, a denial, a silence, a retraction.
fn about(fact: &Fact<'_>, by_id: &BTreeMap<&ClaimId, &Fact<'_>>) -> Option<Relation> {
    let other = by_id.get(fact.claim.about.as_ref()?)?;
    if fact.is(&["statement.denied"]) && !super::stance::may_deny(fact, other) {
        return None;
    }
    let retracts = fact.claim.attribution.iter().any(|link| link.stance == SourceStance::Retract);
    let (kind, why) = match (super::stance::stance(fact), retracts) {
        (_, true) => (LinkKind::Retraction, "takes the earlier words back"),
        (Stance::Denies, _) => (LinkKind::Denies, "denies it"),
        (Stance::Doubts, _) => (LinkKind::Tension, "doubts it"),
        (Stance::NoComment, _) => (LinkKind::NoComment, "neither confirms nor denies it; silence is no denial"),
        (Stance::Affirms, _) => (LinkKind::Supports, "confirms it"),
    };
    Some(Relation::new(fact, other, kind, "", why.to_owned()))
}

fn forecast_relations(forecasts: &[Forecast], by_id: &BTreeMap<&ClaimId, &Fact<'_>>) -> Vec<Relation> {
    let mut relations = Vec::new();
    for forecast in forecasts {
        for evidence in &forecast.evidence {
            if let (Some(foresaw), Some(came)) = (by_id.get(&forecast.claim_id), by_id.get(evidence)) {
                let why = "bears on what was foreseen".to_owned();
                relations.push(Relation::new(foresaw, came, LinkKind::ForecastOf, "", why));
            }
        }
    }
    relations
}

fn accounts(event: &Event, disputes: &[&Dispute], by_id: &BTreeMap<&ClaimId, &Fact<'_>>) -> Vec<Relation> {
    let facts: Vec<(&Fact<'_>, Stance)> = event
        .accounts
        .iter()
        .filter_map(|account| by_id.get(&account.claim_id).map(|fact| (*fact, account.stance)))
        // What is only said about an account is tied to that account, not to every other one.
        .filter(|(fact, _)| !fact.is(super::ABOUT_ONLY))
        .collect();
    let mut relations = Vec::new();
    let firsts = if facts.len() > ALL_PAIRS_UP_TO { 1 } else { facts.len() };
    for (at, one) in facts.iter().enumerate().take(firsts) {
        for other in &facts[at + 1..] {
            relations.push(pair(one, other, disputes));
        }
    }
    relations
}

fn pair(one: &(&Fact<'_>, Stance), other: &(&Fact<'_>, Stance), disputes: &[&Dispute]) -> Relation {
    let (a, b) = (one.0, other.0);
    let fields: BTreeSet<&str> = disputes.iter().filter(|d| on_two_sides(d, a, b)).map(|d| d.field.as_str()).collect();
    if let Some(field) = fields.first() {
        let why = format!("one event, told with another {field}");
        let why = if *field == "happened" { "one affirms it, the other denies it".to_owned() } else { why };
        return Relation::new(a, b, LinkKind::Contradicts, field, why);
    }
    if roots::is_copy(a, b) {
        return Relation::new(a, b, LinkKind::Copy, "", "near-equal words: one account, not two".to_owned());
    }
    Relation::new(a, b, LinkKind::SameEvent, "", "two accounts of one event".to_owned())
}

fn on_two_sides(dispute: &Dispute, a: &Fact<'_>, b: &Fact<'_>) -> bool {
    let side = |fact: &Fact<'_>| dispute.sides.iter().position(|side| side.claims.contains(&fact.claim.claim_id));
    side(a).zip(side(b)).is_some_and(|(one, other)| one != other)
}
