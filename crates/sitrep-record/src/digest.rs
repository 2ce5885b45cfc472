//! What changed between two states of a record.
//!
//! In: the contents before and after. Out: a [`DigestItem`] for each thing that is new, told otherwise, disputed, resolved or gone. Events are
//! known again by the claims they share, as their ids change with their accounts. Says nothing of what is the same.

mod forecasts;

use std::collections::{BTreeMap, BTreeSet};

use sitrep_model::{
    ClaimId, Contents, ControlAnswer, ControlSideKind, Date, DigestItem, DigestKind, DigestSubject, Dispute, Document,
    DocumentId, Event, EventId, Place, Time,
};

use crate::control::control_of;
use crate::fuse::wording::day_words;

/// Outlets named in one line.
const OUTLETS_AT_MOST: usize = 4;

/// What changed from `before` to `after`: reports, control, events, disputes, forecasts.
#[must_use]
pub fn digest(before: &Contents, after: &Contents) -> Vec<DigestItem> {
    let (was, is) = (State::of(before), State::of(after));
    let mut items = reports(before, after);
    items.extend(control(before, after));
    items.extend(after.events.iter().filter_map(|event| event_item(event, &was, &is)));
    items.extend(before.events.iter().filter(|event| is.sharing(event).is_empty()).map(gone));
    items.extend(disputes(before, after, &is));
    items.extend(forecasts::items(before, after));
    items
}

/// Look-ups over one state.
struct State<'c> {
    documents: BTreeMap<&'c DocumentId, &'c Document>,
    document_of: BTreeMap<&'c ClaimId, &'c DocumentId>,
    event_of: BTreeMap<&'c ClaimId, &'c EventId>,
    events: BTreeMap<&'c EventId, &'c Event>,
}

impl<'c> State<'c> {
    fn of(contents: &'c Contents) -> State<'c> {
        let accounts = contents.events.iter().flat_map(|event| event.accounts.iter().map(move |it| (it, event)));
        State {
            documents: contents.documents.iter().map(|it| (&it.id, it)).collect(),
            document_of: contents.claims.iter().map(|it| (&it.claim_id, &it.document)).collect(),
            event_of: accounts.map(|(account, event)| (&account.claim_id, &event.event_id)).collect(),
            events: contents.events.iter().map(|it| (&it.event_id, it)).collect(),
        }
    }

    /// Events here that share a claim with an event of another state.
    fn sharing(&self, event: &Event) -> BTreeSet<&'c EventId> {
        event.accounts.iter().filter_map(|account| self.event_of.get(&account.claim_id).copied()).collect()
    }

    /// Who published these claims: outlets, each once, a few at most.
    fn outlets<'i>(&self, claims: impl Iterator<Item = &'i ClaimId>) -> String {
        let names: BTreeSet<&str> = claims
            .filter_map(|id| self.documents.get(*self.document_of.get(id)?))
            .map(|document| document.outlet.as_deref().unwrap_or(&document.path))
            .collect();
        let n_more = names.len().saturating_sub(OUTLETS_AT_MOST);
        let mut told = names.into_iter().take(OUTLETS_AT_MOST).collect::<Vec<_>>().join(", ");
        if n_more > 0 {
            told.push_str(&format!(" and {n_more} more"));
        }
        told
    }
}

fn reports(before: &Contents, after: &Contents) -> Vec<DigestItem> {
    let known: BTreeSet<&DocumentId> = before.documents.iter().map(|it| &it.id).collect();
    let there: BTreeSet<&DocumentId> = after.documents.iter().map(|it| &it.id).collect();
    let item = |kind: DigestKind, document: &Document| {
        let outlet = document.outlet.as_deref().unwrap_or(&document.path);
        let title = document.title.as_deref().map(|title| format!(": {title}")).unwrap_or_default();
        DigestItem {
            kind,
            what: DigestSubject::Report,
            id: document.page.to_string(),
            day: document.published.as_ref().map(|it| it.date),
            text: format!("{outlet}{title}"),
            details: Vec::new(),
            claims: Vec::new(),
        }
    };
    let new = after.documents.iter().filter(|it| !known.contains(&it.id)).map(|it| item(DigestKind::New, it));
    let gone = before.documents.iter().filter(|it| !there.contains(&it.id)).map(|it| item(DigestKind::Gone, it));
    new.chain(gone).collect()
}

/// Places whose latest state of control is told otherwise.
fn control(before: &Contents, after: &Contents) -> Vec<DigestItem> {
    let known: BTreeSet<&ClaimId> = before.claims.iter().map(|it| &it.claim_id).collect();
    let about_control = |claim: &&sitrep_model::Claim| {
        claim.is_reporting() && (claim.event.family() == "territory" || claim.event.as_str() == "force.withdrew")
    };
    let names = after.claims.iter().filter(|it| !known.contains(&it.claim_id)).filter(about_control);
    let names: BTreeSet<&str> = names
        .filter_map(|claim| claim.place.as_ref())
        .filter(|place| place.relation.is_none())
        .filter_map(|place| place.name.as_deref())
        .collect();
    let names: Vec<&str> = names.into_iter().collect();
    let answers = control_of(before, &names, None).into_iter().zip(control_of(after, &names, None));
    answers.filter_map(|(was, is)| control_item(&was, &is)).collect()
}

fn control_item(was: &ControlAnswer, is: &ControlAnswer) -> Option<DigestItem> {
    let state = |answer: &ControlAnswer| -> (bool, BTreeSet<String>) {
        // Who is not named adds nothing to who is.
        let current = answer.sides.iter().filter(|side| side.current && side.kind != ControlSideKind::Unnamed);
        let sides = current.map(|side| match (side.kind, side.holder.as_deref()) {
            (ControlSideKind::Holder, Some(holder)) => holder.to_owned(),
            (ControlSideKind::HeldNoMore, Some(holder)) => format!("no longer {holder}"),
            (kind, _) => kind.as_str().replace('_', " "),
        });
        (answer.state == "contested", sides.collect())
    };
    if is.state == "unknown" || state(was) == state(is) {
        return None;
    }
    let told = |answer: &ControlAnswer| {
        let (is_contested, sides) = state(answer);
        let sides = sides.into_iter().collect::<Vec<_>>().join(", or ");
        match (is_contested, sides.is_empty()) {
            (true, true) => "contested".to_owned(),
            (true, false) => format!("contested, {sides}"),
            (false, true) => "taken or held, no holder named".to_owned(),
            (false, false) => format!("by the latest reports {sides}"),
        }
    };
    let latest = is.sides.iter().filter(|side| side.current).flat_map(|side| &side.assertions);
    Some(DigestItem {
        kind: if was.state == "unknown" { DigestKind::New } else { DigestKind::Changed },
        what: DigestSubject::Control,
        id: is.place.clone(),
        day: latest.clone().filter_map(|it| it.date).max(),
        text: format!("Who holds {}: {}", is.place, told(is)),
        details: if was.state == "unknown" { Vec::new() } else { vec![format!("before: {}", told(was))] },
        claims: latest.map(|it| it.claim_id.clone()).take(OUTLETS_AT_MOST).collect(),
    })
}

fn day(event: &Event) -> Option<Date> {
    event.time.as_ref().and_then(|time| time.from.or(time.to))
}

fn gone(event: &Event) -> DigestItem {
    DigestItem {
        kind: DigestKind::Gone,
        what: DigestSubject::Event,
        id: event.event_id.to_string(),
        day: day(event),
        text: event.summary.clone(),
        details: vec!["no claim that stands tells of it any more".to_owned()],
        claims: Vec::new(),
    }
}

fn event_item(event: &Event, was: &State<'_>, is: &State<'_>) -> Option<DigestItem> {
    let earlier: Vec<&Event> = was.sharing(event).into_iter().filter_map(|id| was.events.get(id).copied()).collect();
    let known: BTreeSet<&ClaimId> = earlier.iter().flat_map(|it| &it.accounts).map(|it| &it.claim_id).collect();
    let joined = || event.accounts.iter().filter(|account| !known.contains(&account.claim_id));
    let claims = joined().map(|account| account.claim_id.clone()).collect();
    let (kind, details) = match earlier.first() {
        None => (DigestKind::New, vec![format!("information {} of 6: {}", event.grade.information, event.grade.why)]),
        Some(first) => (DigestKind::Changed, changes(event, first, &earlier, was, is)),
    };
    (!details.is_empty()).then(|| DigestItem {
        kind,
        what: DigestSubject::Event,
        id: event.event_id.to_string(),
        day: day(event),
        text: event.summary.clone(),
        details,
        claims,
    })
}

/// What is told otherwise of an event, in words.
fn changes(event: &Event, first: &Event, earlier: &[&Event], was: &State<'_>, is: &State<'_>) -> Vec<String> {
    use sitrep_model::Stance;
    let mut details = Vec::new();
    let known: BTreeSet<&ClaimId> = earlier.iter().flat_map(|it| &it.accounts).map(|it| &it.claim_id).collect();
    for (stance, says) in [
        (Stance::Affirms, "now also told by"),
        (Stance::Denies, "now denied in"),
        (Stance::Doubts, "now doubted in"),
        (Stance::NoComment, "left without comment in"),
    ] {
        let new = event.accounts.iter().filter(|it| it.stance == stance && !known.contains(&it.claim_id));
        let outlets = is.outlets(new.map(|it| &it.claim_id));
        if !outlets.is_empty() {
            details.push(format!("{says} {outlets}"));
        }
    }
    if earlier.len() > 1 {
        details.push(format!("seen as {} events before", earlier.len()));
    } else if is.sharing(first).len() > 1 {
        details.push(format!("seen as one event with others before ({})", first.event_id));
    }
    let left: Vec<&ClaimId> =
        known.into_iter().filter(|id| !event.accounts.iter().any(|it| it.claim_id == **id)).collect();
    if !left.is_empty() {
        details.push(format!("no longer resting on {}", was.outlets(left.into_iter())));
    }
    if first.event != event.event {
        details.push(format!("read as {} before, as {} now", first.event, event.event));
    }
    let mut told = |what: &str, before: String, now: String| {
        if before != now {
            details.push(format!("{what}: {now} (before: {before})"));
        }
    };
    told("date", when(first.time.as_ref()), when(event.time.as_ref()));
    told("place", place(first.place.as_ref()), place(event.place.as_ref()));
    if (first.grade.information, first.roots) != (event.grade.information, event.roots) {
        let (before, now) = (first.grade.information, event.grade.information);
        let change = if before == now { format!("{now}") } else { format!("{before} → {now}") };
        details.push(format!("information {change} of 6: {}", event.grade.why));
    }
    details
}

fn when(time: Option<&Time>) -> String {
    let Some(time) = time else { return "not given".to_owned() };
    match (time.from, time.to) {
        (Some(from), Some(to)) if from == to => day_words(from),
        (Some(from), Some(to)) => format!("{} to {}", day_words(from), day_words(to)),
        (Some(from), None) => format!("from {}", day_words(from)),
        (None, Some(to)) => format!("by {}", day_words(to)),
        (None, None) => "without a year".to_owned(),
    }
}

fn place(place: Option<&Place>) -> String {
    place.map_or("not given".to_owned(), |place| place.name.clone().unwrap_or_else(|| place.text.clone()))
}

/// Disputes that were not there, have another side, or are there no more.
fn disputes(before: &Contents, after: &Contents, is: &State<'_>) -> Vec<DigestItem> {
    let claims = |dispute: &Dispute| -> BTreeSet<ClaimId> {
        dispute.sides.iter().flat_map(|side| side.claims.iter().cloned()).collect()
    };
    let by_claim = |contents: &Contents| {
        let mut found: BTreeMap<(&'static str, ClaimId), Vec<usize>> = BTreeMap::new();
        for (at, dispute) in contents.disputes.iter().enumerate() {
            for claim in claims(dispute) {
                found.entry((dispute.field.as_str(), claim)).or_default().push(at);
            }
        }
        found
    };
    let (was_on, is_on) = (by_claim(before), by_claim(after));
    let first = |dispute: &Dispute, index: &BTreeMap<(&'static str, ClaimId), Vec<usize>>| {
        claims(dispute).into_iter().find_map(|claim| index.get(&(dispute.field.as_str(), claim))?.first().copied())
    };
    let mut items = Vec::new();
    for dispute in &after.disputes {
        let earlier = first(dispute, &was_on).map(|at| &before.disputes[at]);
        let known: BTreeSet<&str> = earlier.iter().flat_map(|it| &it.sides).map(|side| side.value.as_str()).collect();
        let new: Vec<_> = dispute.sides.iter().filter(|side| !known.contains(side.value.as_str())).collect();
        if new.is_empty() {
            continue;
        }
        let event = is.events.get(&dispute.event_id);
        let side = |side: &sitrep_model::DisputeSide| format!("{}: {}", side.value, is.outlets(side.claims.iter()));
        items.push(DigestItem {
            kind: DigestKind::Disputed,
            what: DigestSubject::Dispute,
            id: dispute.dispute_id.to_string(),
            day: event.and_then(|event| day(event)),
            text: format!(
                "{} ({} in dispute)",
                event.map_or("", |event| event.summary.as_str()),
                dispute.field.as_str()
            ),
            details: dispute.sides.iter().map(side).chain([dispute.reading.clone()]).collect(),
            claims: new.iter().flat_map(|side| side.claims.iter().cloned()).collect(),
        });
    }
    for dispute in before.disputes.iter().filter(|dispute| first(dispute, &is_on).is_none()) {
        let sides: Vec<&str> = dispute.sides.iter().map(|side| side.value.as_str()).collect();
        let event = claims(dispute).into_iter().find_map(|claim| is.events.get(is.event_of.get(&claim)?));
        let summary = event.map_or("an event that follows no longer", |event| event.summary.as_str());
        items.push(DigestItem {
            kind: DigestKind::Resolved,
            what: DigestSubject::Dispute,
            id: dispute.dispute_id.to_string(),
            day: event.and_then(|event| day(event)),
            text: format!("{summary} ({} no longer in dispute)", dispute.field.as_str()),
            details: vec![format!("before: {}", sides.join(" | "))],
            claims: claims(dispute).into_iter().filter(|id| is.document_of.contains_key(id)).collect(),
        });
    }
    items
}
