//! How claims stand to each other, one line a pair, and only pairs that say something.
//!
//! In: facts, groups of accounts with their disputes, the forecast ledger. Out: [`Link`]s. Work and output grow with the number
//! of claims: a crowded event is linked as a star around its first account.

use std::collections::{BTreeMap, BTreeSet};

use sitrep_model::{ClaimId, Dispute, Event, EventId, Forecast, Link, LinkKind, SourceStance, Stance};

use super::blocks::Purpose;
use super::fact::Fact;
use super::relation::Relation;
use super::{holding, roots};
use crate::progress;

/// Events with more accounts than this are linked as a star.
const ALL_PAIRS_UP_TO: usize = 12;

/// Links in the making. The surest is told first: a pair keeps the first thing said about it.
pub(crate) struct Links<'f, 'c> {
    facts: &'f [Fact<'c>],
    by_id: BTreeMap<&'f ClaimId, &'f Fact<'c>>,
    kept: BTreeMap<(ClaimId, ClaimId), Relation>,
}

impl<'f, 'c> Links<'f, 'c> {
    /// What texts themselves tie together.
    pub(crate) fn of(facts: &'f [Fact<'c>]) -> Links<'f, 'c> {
        let by_id: BTreeMap<&ClaimId, &Fact<'_>> = facts.iter().map(|fact| (&fact.claim.claim_id, fact)).collect();
        let mut links = Links { facts, by_id, kept: BTreeMap::new() };
        for fact in facts {
            about(fact, &links.by_id).into_iter().for_each(|relation| links.keep(relation));
        }
        links
    }

    /// Keeps a relation unless something surer was said of the pair.
    pub(crate) fn keep(&mut self, relation: Relation) {
        let (one, other) = (relation.from.clone(), relation.to.clone());
        if one != other {
            self.kept.entry(if one < other { (one, other) } else { (other, one) }).or_insert(relation);
        }
    }

    /// What forecasts and the accounts of events say of each other.
    pub(crate) fn told(&mut self, events: &[Event], disputes: &[Dispute], forecasts: &[Forecast]) {
        forecast_relations(forecasts, &self.by_id).into_iter().for_each(|relation| self.keep(relation));
        let mut disputes_of: BTreeMap<&EventId, Vec<&Dispute>> = BTreeMap::new();
        for dispute in disputes {
            disputes_of.entry(&dispute.event_id).or_default().push(dispute);
        }
        for event in events {
            let disputes = disputes_of.get(&event.event_id).map_or(&[][..], Vec::as_slice);
            accounts(event, disputes, &self.by_id).into_iter().for_each(|relation| self.keep(relation));
        }
    }

    /// How two facts stand that meet for a purpose, by their places.
    pub(crate) fn meet(&mut self, purpose: Purpose, (one, other): (u32, u32)) {
        let (one, other) = (&self.facts[one as usize], &self.facts[other as usize]);
        let relation = match purpose {
            Purpose::SameEvent => None,
            Purpose::Holding => holding::relation(one, other),
            Purpose::Movement => progress::relation(one, other),
        };
        relation.into_iter().for_each(|relation| self.keep(relation));
    }

    /// Every link.
    pub(crate) fn sorted(self) -> Vec<Link> {
        let mut links: Vec<Link> = self.kept.into_values().map(Relation::link).collect();
        links.sort();
        links
    }
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
