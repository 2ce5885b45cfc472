//! The audit of rulings: which hold, which something stands against, and what waits for a reviewer.
//!
//! In: the contents of a record, unfiltered. Out: [`RulingEntry`], [`Conflict`] and [`ReviewItem`] lists. Changes nothing and decides nothing:
//! a conflict is shown, the ruling stays as it is.

use std::collections::{BTreeMap, BTreeSet};

use sitrep_model::{
    Claim, ClaimId, Conflict, Contents, Event, LinkKind, ReviewItem, ReviewKind, Ruling, RulingEntry, RulingState,
};

use super::change::Change;
use super::proposed::{PROPOSE, proposed};
use super::ties::{self, Ties};
use super::{standing_rulings, undone};
use crate::names::{place_name, words};
use crate::{coding, register};

/// Every ruling with whether it holds, in order.
#[must_use]
pub fn audit(rulings: &[Ruling]) -> Vec<RulingEntry> {
    let undone = undone(rulings);
    let overruled = overruled(rulings);
    let in_part: BTreeMap<u64, u64> = Ties::of(standing_rulings(rulings)).overruled.into_iter().collect();
    let entry = |ruling: &Ruling| {
        let number = &ruling.number;
        let (state, by) = match (undone.get(number), overruled.get(number), in_part.get(number)) {
            (Some(by), ..) => (RulingState::Undone, Some(*by)),
            (None, Some(by), _) => (RulingState::Overruled, Some(*by)),
            (None, None, Some(by)) => (RulingState::InPart, Some(*by)),
            (None, None, None) => (RulingState::InForce, None),
        };
        let mut ruling = ruling.clone();
        if ruling.action == coding::CODE {
            // Blind: what a reviewer coded is told by `coding`, when all are done.
            ruling.value = None;
        }
        RulingEntry { ruling, state, by }
    };
    rulings.iter().map(entry).collect()
}

/// What a ruling decides: two on the same matter stand against each other. `None` for ties and for what takes back.
fn matter(ruling: &Ruling) -> Option<String> {
    let value = ruling.value.as_deref().unwrap_or_default();
    let subject = &ruling.subject;
    Some(match ruling.action.as_str() {
        "accept" | "reject" => format!("{subject} stands"),
        register::ACTION => {
            format!("source {} {}", register::key(subject), value.split('=').next().unwrap_or_default())
        }
        "name" if !subject.starts_with("c_") => format!("words {}", words(subject).concat()),
        _ => format!("{subject} {}", Change::parse(&ruling.action, value)?.field()),
    })
}

/// Rulings on a matter that a later one decides, with that one.
fn overruled(rulings: &[Ruling]) -> BTreeMap<u64, u64> {
    let mut last: BTreeMap<String, u64> = BTreeMap::new();
    let mut overruled = BTreeMap::new();
    for ruling in standing_rulings(rulings) {
        if let Some(matter) = matter(ruling)
            && let Some(earlier) = last.insert(matter, ruling.number)
        {
            overruled.insert(earlier, ruling.number);
        }
    }
    overruled
}

/// Every ruling in force that something in the record stands against, by number.
#[must_use]
pub fn conflicts(contents: &Contents) -> Vec<Conflict> {
    let look = Look::at(contents);
    let overruled = overruled(&contents.rulings);
    let mut found = differing(&contents.rulings);
    let in_force = standing_rulings(&contents.rulings).filter(|ruling| !overruled.contains_key(&ruling.number));
    for ruling in in_force {
        found.extend(look.against(ruling).into_iter().map(|(why, claims)| conflict(ruling, why, claims)));
    }
    let by_number: BTreeMap<u64, &Ruling> = contents.rulings.iter().map(|r| (r.number, r)).collect();
    for (number, later) in Ties::of(standing_rulings(&contents.rulings)).overruled {
        if let Some(ruling) = by_number.get(&number) {
            let by = by_number.get(&later).map_or("", |later| later.reviewer.as_str());
            found.push(conflict(
                ruling,
                format!("ruling {later} by {by} ties or splits the same claims; it holds"),
                Vec::new(),
            ));
        }
    }
    found.sort_by(|a, b| (a.ruling, &a.why).cmp(&(b.ruling, &b.why)));
    found
}

fn conflict(ruling: &Ruling, why: String, mut claims: Vec<ClaimId>) -> Conflict {
    claims.sort();
    claims.dedup();
    let [action, subject, reviewer] = [&ruling.action, &ruling.subject, &ruling.reviewer].map(Clone::clone);
    Conflict { ruling: ruling.number, action, subject, reviewer, why, claims }
}

/// Rulings on one matter by different reviewers who say different things: the later holds, and both should know.
fn differing(rulings: &[Ruling]) -> Vec<Conflict> {
    let mut said: BTreeMap<String, BTreeMap<&str, &Ruling>> = BTreeMap::new();
    for ruling in standing_rulings(rulings) {
        if let Some(matter) = matter(ruling) {
            said.entry(matter).or_default().insert(&ruling.reviewer, ruling);
        }
    }
    let mut found = Vec::new();
    for by_reviewer in said.into_values() {
        let Some(last) = by_reviewer.values().max_by_key(|ruling| ruling.number) else { continue };
        for ruling in by_reviewer.values().filter(|r| (&r.action, &r.value) != (&last.action, &last.value)) {
            let value = last.value.as_ref().map_or(String::new(), |value| format!(" {value}"));
            let why = format!(
                "{} rules otherwise in ruling {} ({}{value}); it holds",
                last.reviewer, last.number, last.action
            );
            found.push(conflict(ruling, why, Vec::new()));
        }
    }
    found
}

/// Look-ups over contents.
struct Look<'c> {
    contents: &'c Contents,
    claims: BTreeMap<&'c str, &'c Claim>,
    published: BTreeMap<&'c str, sitrep_model::Date>,
    event_of: BTreeMap<&'c str, &'c Event>,
    against: BTreeMap<&'c str, Vec<(&'c ClaimId, LinkKind)>>,
    events_by_type_and_place: BTreeMap<(&'c str, String), Vec<&'c Event>>,
}

impl<'c> Look<'c> {
    fn at(contents: &'c Contents) -> Look<'c> {
        let mut against: BTreeMap<&str, Vec<(&ClaimId, LinkKind)>> = BTreeMap::new();
        for link in &contents.links {
            use LinkKind::{Contradicts, Correction, Denies, Retraction};
            if matches!(link.kind, Contradicts | Denies | Correction | Retraction) {
                against.entry(link.from.as_str()).or_default().push((&link.to, link.kind));
                against.entry(link.to.as_str()).or_default().push((&link.from, link.kind));
            }
        }
        let mut events_by_type_and_place: BTreeMap<(&str, String), Vec<&Event>> = BTreeMap::new();
        for event in &contents.events {
            let place = event.place.as_ref().and_then(|place| place.name.as_deref()).map(place_name);
            if let Some(place) = place.filter(|place| !place.is_empty()) {
                events_by_type_and_place.entry((event.event.as_str(), place)).or_default().push(event);
            }
        }
        let accounts = contents.events.iter().flat_map(|event| event.accounts.iter().map(move |it| (it, event)));
        let dated = contents.documents.iter().filter_map(|it| Some((it.id.as_str(), it.published.as_ref()?.date)));
        Look {
            contents,
            claims: contents.claims.iter().map(|claim| (claim.claim_id.as_str(), claim)).collect(),
            published: dated.collect(),
            event_of: accounts.map(|(account, event)| (account.claim_id.as_str(), event)).collect(),
            against,
            events_by_type_and_place,
        }
    }

    /// What stands against a ruling, each with the claims that do.
    fn against(&self, ruling: &Ruling) -> Vec<(String, Vec<ClaimId>)> {
        if let Some(named) = ties::named(ruling) {
            let n = named.these.iter().chain(&named.others).filter(|id| !self.claims.contains_key(id.as_str())).count();
            let gone = (n > 0).then(|| (format!("{n} of the claims it names are no longer in the record"), Vec::new()));
            return gone.into_iter().collect();
        }
        if !ruling.subject.starts_with("c_") {
            let lost = ruling.action == "name" && !self.anyone_is_called(&ruling.subject);
            return if lost { vec![("no claim has these words any more".to_owned(), Vec::new())] } else { Vec::new() };
        }
        let Some(claim) = self.claims.get(ruling.subject.as_str()) else {
            // What a machine proposed and somebody rejected never was one of its claims.
            let proposed = |it: &Ruling| it.action == PROPOSE && it.subject == ruling.subject;
            let why = || ("the claim is no longer in the record".to_owned(), Vec::new());
            return (!self.contents.rulings.iter().any(proposed)).then(why).into_iter().collect();
        };
        match (ruling.action.as_str(), ruling.value.as_deref()) {
            ("accept", _) => self.contradicting(claim).into_iter().collect(),
            ("reject", _) => self.telling_the_same(claim).into_iter().collect(),
            ("pin", Some(value)) => self.disputing(claim, value).into_iter().collect(),
            _ => Vec::new(),
        }
    }

    fn anyone_is_called(&self, said: &str) -> bool {
        let said = words(said).concat();
        let names = self.contents.claims.iter().flat_map(|claim| claim.actors.iter().chain(&claim.targets));
        names.flat_map(|actor| [&actor.text, &actor.name]).any(|name| words(name).concat() == said)
    }

    /// Accounts published no earlier than an accepted claim that stand against it.
    fn contradicting(&self, claim: &Claim) -> Option<(String, Vec<ClaimId>)> {
        let published = |claim: &Claim| self.published.get(claim.document.as_str());
        let is_later = |id: &ClaimId| {
            let other = self.claims.get(id.as_str())?;
            (other.is_reporting() && other.document != claim.document).then_some(())?;
            Some(published(claim).zip(published(other)).is_none_or(|(accepted, other)| other >= accepted))
        };
        let against = self.against.get(claim.claim_id.as_str())?;
        let later: Vec<&(&ClaimId, LinkKind)> = against.iter().filter(|(id, _)| is_later(id) == Some(true)).collect();
        let kinds: BTreeSet<&str> = later.iter().map(|(_, kind)| kind.as_str()).collect();
        let kinds = kinds.into_iter().collect::<Vec<_>>().join(", ");
        let why = format!("accepted, but {} of another report say otherwise ({kinds})", count(later.len()));
        (!later.is_empty()).then(|| (why, later.into_iter().map(|(id, _)| (*id).clone()).collect()))
    }

    /// Reports that tell what a rejected claim tells.
    fn telling_the_same(&self, claim: &Claim) -> Option<(String, Vec<ClaimId>)> {
        let place = claim.place.as_ref().and_then(|place| place.name.as_deref()).map(place_name)?;
        let (from, to) = claim.time.as_ref().map(|time| (time.from, time.to))?;
        let days_meet = |event: &&&Event| {
            let Some(time) = &event.time else { return false };
            let before = time.to.zip(from).is_some_and(|(to, from)| to < from);
            let after = time.from.zip(to).is_some_and(|(from, to)| from > to);
            !before && !after && (from.is_some() || to.is_some())
        };
        let events = self.events_by_type_and_place.get(&(claim.event.as_str(), place))?;
        let event = events.iter().find(days_meet)?;
        let told: Vec<ClaimId> = event
            .accounts
            .iter()
            .filter(|account| account.document != claim.document && account.root != "comments")
            .map(|account| account.claim_id.clone())
            .collect();
        let why = format!("rejected, but {} of other reports tell of the like: {}", count(told.len()), event.event_id);
        (!told.is_empty()).then_some((why, told))
    }

    /// Accounts of the same event that give another place or day than the one pinned.
    fn disputing(&self, claim: &Claim, value: &str) -> Option<(String, Vec<ClaimId>)> {
        let (field, pinned) = value.split_once('=')?;
        let event = self.event_of.get(claim.claim_id.as_str())?;
        let differs = |id: &ClaimId| {
            let account = event.accounts.iter().find(|account| account.claim_id == *id);
            account.is_some_and(|account| account.differs.iter().any(|it| it == field))
        };
        let alone = differs(&claim.claim_id);
        let others: Vec<ClaimId> = event
            .accounts
            .iter()
            .filter(|account| account.claim_id != claim.claim_id && account.document != claim.document)
            .filter(|account| alone || differs(&account.claim_id))
            .map(|account| account.claim_id.clone())
            .collect();
        let pinned = pinned.split(';').next().unwrap_or_default();
        let why =
            format!("pinned to {field} {pinned}, but {} of the same event differ on the {field}", count(others.len()));
        (!others.is_empty()).then_some((why, others))
    }
}

fn count(n: usize) -> String {
    if n == 1 { "1 account".to_owned() } else { format!("{n} accounts") }
}

/// What waits for a reviewer: rulings that something stands against, disputes nobody has ruled on, events that are perhaps one, then
/// claims nobody has ruled on, the least sure reading first.
#[must_use]
pub fn queue(contents: &Contents) -> Vec<ReviewItem> {
    let mut ruled: BTreeSet<ClaimId> = BTreeSet::new();
    for ruling in standing_rulings(&contents.rulings) {
        let tied = ties::named(ruling);
        let subject = ruling.subject.starts_with("c_").then(|| ClaimId::known(&ruling.subject));
        ruled.extend(tied.into_iter().flat_map(|it| it.these.into_iter().chain(it.others)).chain(subject));
    }
    let item = |kind, id: &str, why: String, text: &str| ReviewItem {
        kind,
        id: id.to_owned(),
        why,
        text: text.split_whitespace().collect::<Vec<_>>().join(" "),
    };
    let events: BTreeMap<&str, &Event> = contents.events.iter().map(|it| (it.event_id.as_str(), it)).collect();
    let mut items: Vec<ReviewItem> = conflicts(contents)
        .into_iter()
        .map(|it| item(ReviewKind::Conflict, &it.ruling.to_string(), it.why, &format!("{} {}", it.action, it.subject)))
        .collect();
    for dispute in &contents.disputes {
        let open = !dispute.sides.iter().flat_map(|side| &side.claims).any(|claim| ruled.contains(claim));
        let summary = events.get(dispute.event_id.as_str()).map_or("", |event| event.summary.as_str());
        if open {
            let sides: Vec<&str> = dispute.sides.iter().map(|side| side.value.as_str()).collect();
            let why = format!("{} in dispute: {}", dispute.field.as_str(), sides.join(" | "));
            items.push(item(ReviewKind::Dispute, dispute.dispute_id.as_str(), why, summary));
        }
    }
    for event in &contents.events {
        let open = |event: &Event| !event.accounts.iter().any(|account| ruled.contains(&account.claim_id));
        let near = event.near_misses.iter().filter(|other| event.event_id < **other);
        for other in near.filter_map(|id| events.get(id.as_str())).filter(|other| open(event) && open(other)) {
            let why = format!("perhaps the same as {}: {}", other.event_id, other.summary);
            items.push(item(ReviewKind::NearMiss, event.event_id.as_str(), why, &event.summary));
        }
    }
    items.extend(proposed(contents).iter().map(|claim| {
        let why = claim.notes.join("; ");
        item(ReviewKind::Proposed, claim.claim_id.as_str(), format!("{} {why}", claim.event), &claim.quote)
    }));
    let mut unread: Vec<&Claim> = contents.claims.iter().filter(|claim| !ruled.contains(&claim.claim_id)).collect();
    unread.sort_by(|a, b| a.extraction.total_cmp(&b.extraction).then(a.claim_id.cmp(&b.claim_id)));
    items.extend(unread.into_iter().map(|claim| {
        let why = format!("reading sure to {:.2} of 1, as {}", claim.extraction, claim.event);
        item(ReviewKind::Reading, claim.claim_id.as_str(), why, &claim.quote)
    }));
    items
}
