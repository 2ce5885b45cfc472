//! The table by which two claims are one event, or are not: asked for, never stored.
//!
//! In: two claims with their documents, or contents and an id. Out: [`Decision`], [`Decisions`]. The rows are those that grouping
//! goes by, in the words of the claims.

use std::collections::BTreeMap;

use sitrep_model::{
    ActorRef, Claim, ClaimId, Contents, Decision, DecisionRow, Decisions, Document, DocumentId, Event, EventId,
    NearEvent, Place, Verdict as Told,
};

use super::fact::{Fact, day_number};
use super::family::family;
use super::gist::Gist;
use super::weigh::{Verdict, Weighed, compare, weigh};
use super::weights::{Outcome, threshold};
use super::wording;

/// Accounts of one event that each account is held against.
const MOST_ACCOUNTS: usize = 200;
/// Other events shown around a claim.
const MOST_OTHERS: usize = 5;
/// Claims of other events a claim is held against, the nearest in time.
const MOST_CLAIMS: usize = 20_000;
/// Letters of a passage a row shows.
const PASSAGE_LETTERS: usize = 48;

/// The comparisons behind an event or around a claim, by id; none for anything else.
#[must_use]
pub fn comparisons(contents: &Contents, id: &str) -> Decisions {
    match id.get(..2) {
        Some("e_") => behind_event(contents, &EventId::known(id)),
        Some("c_") => around_claim(contents, &ClaimId::known(id)),
        _ => Decisions::default(),
    }
}

/// Compares two claims, field by field.
#[must_use]
pub fn decision(one: (&Claim, Option<&Document>), other: (&Claim, Option<&Document>)) -> Decision {
    let (a, b) = (Fact::new(one.0, one.1), Fact::new(other.0, other.1));
    table(&a, &b)
}

/// The comparisons behind an event: every account against the one it is closest to, and the events that are perhaps the same.
/// Accounts that a text or a ruling ties, and those that only speak about the event, have none.
fn behind_event(contents: &Contents, id: &EventId) -> Decisions {
    let known = Known::of(contents);
    let Some(event) = contents.events.iter().find(|event| event.event_id == *id) else { return Decisions::default() };
    let accounts = known.accounts(event);
    let closest = |one: &Fact<'_>| {
        let others = accounts.iter().filter(|other| other.id != one.id);
        let told = best(one, others).filter(|_| !one.is(super::ABOUT_ONLY)).map(|other| table(one, other));
        told.filter(|decision| decision.verdict == Told::SameEvent)
    };
    let near = event.near_misses.iter().filter_map(|id| contents.events.iter().find(|event| event.event_id == *id));
    let nearest = |other: &Event| {
        let theirs = known.accounts(other);
        let pairs = accounts.iter().filter_map(|one| Some((one, best(one, theirs.iter())?)));
        let (one, two) = pairs.max_by_key(|(one, two)| (points(one, two), std::cmp::Reverse((one.id, two.id))))?;
        let decision = table(one, two);
        // Alike enough, and yet two events: two other accounts of theirs cannot be of one.
        let forbidding = (decision.verdict == Told::SameEvent).then(|| forbidding(&accounts, &theirs)).flatten();
        let near = |decision| NearEvent { event_id: other.event_id.clone(), decision };
        Some([Some(decision), forbidding].into_iter().flatten().map(near).collect::<Vec<_>>())
    };
    let mut others: Vec<Vec<NearEvent>> = near.filter_map(nearest).collect();
    others.sort_by(|a, b| b[0].decision.points.cmp(&a[0].decision.points).then(a[0].event_id.cmp(&b[0].event_id)));
    let others = others.into_iter().flatten().collect();
    Decisions { accounts: accounts.iter().filter_map(closest).collect(), others }
}

/// The comparisons around a claim: with the closest account of its event, and with the closest claims of other events.
fn around_claim(contents: &Contents, id: &ClaimId) -> Decisions {
    let known = Known::of(contents);
    let Some(claim) = known.claims.get(id) else { return Decisions::default() };
    let one = known.fact(claim);
    let kin = family(claim.event);
    let mut accounts = Vec::new();
    let mut met: Vec<(i64, ClaimId, &EventId)> = Vec::new();
    for event in contents.events.iter().filter(|event| family(event.event) == kin) {
        if event.accounts.iter().any(|account| account.claim_id == *id) {
            let own = known.accounts(event);
            accounts.extend(best(&one, own.iter().filter(|other| other.id != one.id)).map(|other| table(&one, other)));
            continue;
        }
        let away = |other: &Claim| days_away(&one, known.fact_day(other));
        let theirs = event.accounts.iter().filter_map(|account| known.claims.get(&account.claim_id));
        met.extend(theirs.map(|other| (away(other), other.claim_id.clone(), &event.event_id)));
    }
    met.sort();
    let mut nearest: BTreeMap<&EventId, (i32, ClaimId)> = BTreeMap::new();
    for (_, claim_id, event) in met.into_iter().take(MOST_CLAIMS) {
        let Some(points) = known.claims.get(&claim_id).and_then(|other| points(&one, &known.fact(other))) else {
            continue;
        };
        let so_far = nearest.entry(event).or_insert((i32::MIN, claim_id.clone()));
        if points > so_far.0 {
            *so_far = (points, claim_id);
        }
    }
    let mut ranked: Vec<(i32, &EventId, ClaimId)> =
        nearest.into_iter().map(|(id, (points, claim))| (points, id, claim)).collect();
    ranked.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(b.1)));
    let near = |(_, event, claim): (i32, &EventId, ClaimId)| {
        let decision = table(&one, &known.fact(known.claims.get(&claim)?));
        Some(NearEvent { event_id: event.clone(), decision })
    };
    Decisions { accounts, others: ranked.into_iter().take(MOST_OTHERS).filter_map(near).collect() }
}

/// Claims and documents by id.
struct Known<'c> {
    claims: BTreeMap<&'c ClaimId, &'c Claim>,
    documents: BTreeMap<&'c DocumentId, &'c Document>,
}

impl<'c> Known<'c> {
    fn of(contents: &'c Contents) -> Known<'c> {
        Known {
            claims: contents.claims.iter().map(|claim| (&claim.claim_id, claim)).collect(),
            documents: contents.documents.iter().map(|document| (&document.id, document)).collect(),
        }
    }

    fn fact(&self, claim: &'c Claim) -> Fact<'c> {
        Fact::new(claim, self.documents.get(&claim.document).copied())
    }

    fn accounts(&self, event: &Event) -> Vec<Fact<'c>> {
        let claims = event.accounts.iter().take(MOST_ACCOUNTS).filter_map(|it| self.claims.get(&it.claim_id));
        claims.map(|claim| self.fact(claim)).collect()
    }

    fn fact_day(&self, claim: &Claim) -> Option<i32> {
        let told = claim.time.as_ref().and_then(|time| time.from.or(time.to));
        let published = || self.documents.get(&claim.document)?.published.as_ref().map(|it| it.date);
        told.or_else(published).map(day_number)
    }
}

/// Days between a claim and a day; far where one of them is not known.
fn days_away(one: &Fact<'_>, other: Option<i32>) -> i64 {
    let day = one.days.first.or(one.latest_day());
    day.zip(other).map_or(i64::from(i32::MAX), |(a, b)| (i64::from(a) - i64::from(b)).abs())
}

/// Points of a pair that nothing forbids.
fn points(one: &Gist, other: &Gist) -> Option<i32> {
    match compare(one, other) {
        Verdict::Never => None,
        Verdict::Points(points) => Some(points),
    }
}

/// The one of `others` that has most in common with `one`; `None` when all are forbidden.
fn best<'f, 'c: 'f>(one: &Fact<'c>, others: impl Iterator<Item = &'f Fact<'c>>) -> Option<&'f Fact<'c>> {
    let told = others.filter_map(|other| points(one, other).map(|points| (points, other)));
    told.max_by_key(|(points, other)| (*points, std::cmp::Reverse(other.id))).map(|(_, other)| other)
}

/// Two accounts, one of each event, that can never be of one.
fn forbidding(accounts: &[Fact<'_>], theirs: &[Fact<'_>]) -> Option<Decision> {
    let pairs = accounts.iter().flat_map(|one| theirs.iter().map(move |other| (one, other)));
    let (one, other) = pairs.into_iter().find(|(one, other)| compare(one, other) == Verdict::Never)?;
    Some(table(one, other))
}

fn table(a: &Fact<'_>, b: &Fact<'_>) -> Decision {
    let weighed = weigh(a, b);
    let enough = threshold();
    let row = |outcome: &Outcome| {
        let (one, other) = (says(a, outcome.field()), says(b, outcome.field()));
        let weight = outcome.weight();
        let (field, outcome) = (outcome.field().to_owned(), outcome.code().to_owned());
        DecisionRow { field, one, other, outcome, says: weight.says.clone(), points: weight.points }
    };
    let mut rows: Vec<DecisionRow> = weighed.outcomes.iter().map(row).collect();
    for bar in &weighed.forbids {
        let (one, other) = (says(a, bar.field), says(b, bar.field));
        let (field, outcome) = (bar.field.to_owned(), "forbids".to_owned());
        rows.push(DecisionRow { field, one, other, outcome, says: bar.why.to_owned(), points: 0 });
    }
    let verdict = match weighed.verdict() {
        Verdict::Never => Told::Never,
        Verdict::Points(points) if points >= enough.same => Told::SameEvent,
        Verdict::Points(points) if points >= enough.perhaps => Told::Perhaps,
        Verdict::Points(_) => Told::Apart,
    };
    let missing = missing(&weighed, verdict);
    let (one, other) = (a.claim.claim_id.clone(), b.claim.claim_id.clone());
    let points = weighed.sum();
    Decision { one, other, rows, points, enough: enough.same, perhaps: enough.perhaps, verdict, missing }
}

/// What is missing for one event, or forbids it.
fn missing(weighed: &Weighed, verdict: Told) -> String {
    if let Some(bar) = weighed.forbids.first() {
        return format!("never one event: {}", bar.why);
    }
    if verdict == Told::SameEvent {
        return String::new();
    }
    let short = threshold().same - weighed.sum();
    let open: Vec<&str> = weighed.outcomes.iter().filter(|o| o.code() == "unknown").map(|o| o.field()).collect();
    let open = if open.is_empty() { String::new() } else { format!("; not told by both: {}", open.join(", ")) };
    match weighed.lacks {
        Some(lacks) if short <= 0 => format!("points enough, but not {lacks}{open}"),
        Some(lacks) => format!("{short} points, and {lacks}{open}"),
        None => format!("{short} points{open}"),
    }
}

/// What a claim says in a field.
fn says(fact: &Fact<'_>, field: &str) -> String {
    let claim = fact.claim;
    let place = |place: &Place| wording::place_words(place);
    match field {
        "event" => claim.event.as_str().to_owned(),
        "date" => match wording::when_words(claim.time.as_ref()).trim() {
            "" => match fact.document.and_then(|document| document.published.as_ref()) {
                Some(published) => format!("no day; published {}", wording::day_words(published.date)),
                None => "no day".to_owned(),
            },
            told => told.to_owned(),
        },
        "place" => match (&claim.place, &claim.destination) {
            (Some(at), _) => place(at),
            (None, Some(goal)) => format!("towards {}", place(goal)),
            (None, None) => "no place".to_owned(),
        },
        "actor" => parties(&claim.actors),
        "target" => parties(&claim.targets),
        "number" => {
            let told: Vec<&str> = claim.quantities.iter().map(|quantity| quantity.text.as_str()).collect();
            if told.is_empty() { "no count".to_owned() } else { told.join(", ") }
        }
        "status" => format!("{}, {}", claim.status.as_str(), claim.polarity.as_str()),
        "operation" => claim.operation.clone().unwrap_or_else(|| "no name".to_owned()),
        _ => format!("“{}”", brief(&claim.quote)),
    }
}

fn parties(actors: &[ActorRef]) -> String {
    if actors.is_empty() { "nobody named".to_owned() } else { wording::parties(actors) }
}

/// The start of a passage.
fn brief(quote: &str) -> String {
    let letters = quote.chars().count();
    let start: String = quote.chars().take(PASSAGE_LETTERS).collect();
    if letters > PASSAGE_LETTERS { format!("{} …", start.trim_end()) } else { start }
}
