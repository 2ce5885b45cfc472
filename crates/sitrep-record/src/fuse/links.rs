//! How claims stand to each other, one line a pair, and only pairs that say something.
//!
//! In: facts, groups of accounts with their disputes, the forecast ledger. Out: [`Link`]s. Work and output grow with the number
//! of claims: a crowded event is linked as a star around its first account.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use sitrep_model::{ClaimId, Dispute, Event, EventId, Forecast, Link, LinkKind, SourceStance, Stance};

use super::blocks::Purpose;
use super::fact::{Fact, among};
use super::gist::{Gist, number};
use super::relation::Relation;
use super::{correction, holding, roots};
use crate::progress;

/// Events with more accounts than this are linked as a star.
const ALL_PAIRS_UP_TO: usize = 12;

/// Links in the making. The surest is told first: a pair keeps the first thing said about it.
#[derive(Debug, Default)]
pub(crate) struct Links {
    said: HashSet<(u64, u64)>,
    fresh: Vec<Link>,
}

impl Links {
    /// Keeps a relation unless something surer was said of the pair.
    fn keep(&mut self, relation: Relation) {
        let (one, other) = (relation.from.min(relation.to), relation.from.max(relation.to));
        if one != other && self.said.insert((one, other)) {
            self.fresh.push(relation.link());
        }
    }

    fn keep_all(&mut self, relations: impl IntoIterator<Item = Relation>) {
        relations.into_iter().for_each(|relation| self.keep(relation));
    }

    /// What texts themselves tie together, in the order of their ids.
    pub(crate) fn texts(&mut self, facts: &[Fact<'_>]) {
        facts.iter().for_each(|fact| self.keep_all(about(fact, facts)));
    }

    /// What an outlet corrects of its own.
    pub(crate) fn corrections(&mut self, facts: &[Fact<'_>]) {
        self.keep_all(correction::relations(facts));
    }

    /// What bears on forecasts.
    pub(crate) fn foretold(&mut self, forecasts: &[Forecast]) {
        for forecast in forecasts {
            let foresaw = number(forecast.claim_id.as_str());
            let why = || "bears on what was foreseen".to_owned();
            let told = |came: &ClaimId| Relation::between(foresaw, number(came.as_str()), LinkKind::ForecastOf, why());
            self.keep_all(forecast.evidence.iter().map(told));
        }
    }

    /// What the accounts of events say of each other; all of them are among `facts`.
    pub(crate) fn accounts(&mut self, events: &[Event], disputes: &[Dispute], facts: &[Fact<'_>]) {
        let mut disputes_of: BTreeMap<&EventId, Vec<&Dispute>> = BTreeMap::new();
        for dispute in disputes {
            disputes_of.entry(&dispute.event_id).or_default().push(dispute);
        }
        for event in events {
            let disputes = disputes_of.get(&event.event_id).map_or(&[][..], Vec::as_slice);
            self.keep_all(accounts(event, disputes, facts));
        }
    }

    /// How two claims stand that meet for a purpose.
    pub(crate) fn meet(&mut self, purpose: Purpose, one: &Gist, other: &Gist) {
        self.keep_all(match purpose {
            Purpose::SameEvent => None,
            Purpose::Holding => holding::relation(one, other),
            Purpose::Movement => progress::relation(one, other),
        });
    }

    /// Every link since this was last asked, in order.
    pub(crate) fn take(&mut self) -> Vec<Link> {
        let mut links = std::mem::take(&mut self.fresh);
        links.sort();
        links
    }
}

/// What a text itself ties together: a confirmation, a denial, a silence, a retraction.
fn about(fact: &Fact<'_>, facts: &[Fact<'_>]) -> Option<Relation> {
    let other = among(facts, fact.about?)?;
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

fn accounts(event: &Event, disputes: &[&Dispute], facts: &[Fact<'_>]) -> Vec<Relation> {
    let facts: Vec<(&Fact<'_>, Stance)> = event
        .accounts
        .iter()
        .filter_map(|account| Some((among(facts, number(account.claim_id.as_str()))?, account.stance)))
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
