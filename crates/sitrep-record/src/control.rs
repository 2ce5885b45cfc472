//! Who held a place on a day, according to whom.
//!
//! In: the contents of a record, a place's name, a day. Out: every side with its assertions and quotes. Where reports disagree the
//! answer is `contested`; where they only speak of an earlier day it is `last asserted`. A reader's comment is shown as such and
//! never changes the answer. Never names one holder over another.

mod intervals;
mod sides;

use std::collections::{BTreeMap, BTreeSet};

use sitrep_model::{ActorRef, Assertion, Claim, Contents, ControlAnswer, Date, Document, EventType, Stance};

use crate::fuse::fact::Fact;
use crate::fuse::holding::{Says, outweighs, says, weight};
use crate::fuse::stance::{speaker, stance};
use crate::fuse::wording::{day_words, is_pronoun};
use crate::keys::Keys;
use crate::names::{PlaceKey, PlaceMatch, ends_alike, place_name, speaks_of_a_part};

/// Reports of days so near each other speak of one state of things.
const SAME_STATE_DAYS: i32 = 3;

/// One thing said about who held the place.
#[derive(Clone)]
struct Told {
    says: Says,
    /// Who took it, holds it, left it.
    actors: Vec<ActorRef>,
    /// Folded keys of the holder; empty when no holder is named.
    keys: BTreeSet<String>,
    /// Only a part of the place is meant.
    in_part: bool,
    day: Option<i32>,
    date: Option<Date>,
    reporting: bool,
    /// How much it weighs by who makes it.
    weight: u32,
    assertion: Assertion,
}

/// Whether a claim of a type may speak of who holds a place.
pub(crate) fn may_tell(event: EventType) -> bool {
    matches!(event.family(), "territory" | "clash") || event.as_str() == "force.withdrew"
}

/// Who held `place` on the day `on`, or by the latest reports.
#[must_use]
pub fn control(contents: &Contents, place: &str, on: Option<Date>) -> ControlAnswer {
    Prepared::of(contents).answer(place, on)
}

/// The same for many places at once: the claims are read once.
#[must_use]
pub fn control_of(contents: &Contents, places: &[&str], on: Option<Date>) -> Vec<ControlAnswer> {
    let prepared = Prepared::of(contents);
    places.iter().map(|place| prepared.answer(place, on)).collect()
}

/// Every claim that speaks of control, and every name a place goes by.
struct Prepared<'c> {
    facts: Vec<Fact<'c>>,
    /// Which facts speak of one and the same place: many do, and each place is compared once.
    at: Vec<Vec<usize>>,
    known_as: BTreeMap<String, PlaceKey>,
}

impl<'c> Prepared<'c> {
    fn of(contents: &'c Contents) -> Prepared<'c> {
        let documents: BTreeMap<_, &Document> = contents.documents.iter().map(|d| (&d.id, d)).collect();
        let facts: Vec<Fact<'c>> = contents
            .claims
            .iter()
            .filter(|claim| may_tell(claim.event))
            .map(|claim| Fact::new(claim, documents.get(&claim.document).copied()))
            .filter(|fact| says(fact).is_some() && !fact.at.wide)
            .collect();
        let mut at: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (number, fact) in facts.iter().enumerate() {
            at.entry(format!("{:?}", fact.at)).or_default().push(number);
        }
        Prepared { facts, at: at.into_values().collect(), known_as: names(&contents.claims) }
    }

    /// The only known name that ends as the asked one does or the other way round: "Abu Qasr" and "Albu Qasr", "Bu Qasr".
    fn spelt_nearly(&self, asked: &str) -> Option<&PlaceKey> {
        let mut keys = self.known_as.iter().filter(|(name, _)| ends_alike(name, asked)).map(|(_, key)| key);
        let first = keys.next()?;
        keys.all(|key| key.same_base(first)).then_some(first)
    }

    /// Everything said of who held `place` up to the day `on`, latest first.
    fn told(&self, place: &str, on: Option<Date>) -> Vec<Told> {
        let asked = place_name(place);
        let mut wanted = self.known_as.get(&asked).or_else(|| self.spelt_nearly(&asked)).cloned().unwrap_or_default();
        wanted.names = wanted.names.union(&Keys::of([asked]));
        let near = self.at.iter().filter(|alike| self.facts[alike[0]].at.compare(&wanted) >= PlaceMatch::Near);
        let here: Vec<&Fact<'_>> = near.flatten().map(|&number| &self.facts[number]).collect();
        let takers: Vec<&Fact<'_>> = here.iter().copied().filter(|fact| takes(fact)).collect();
        let mut told: Vec<Told> = here
            .iter()
            .filter_map(|fact| assertion(fact, lost_in_the_same_breath(fact, &takers)))
            .filter(|told| on.is_none_or(|on| told.date.is_some_and(|date| date <= on)))
            .collect();
        told.sort_by(|a, b| (b.day, &a.assertion.claim_id).cmp(&(a.day, &b.assertion.claim_id)));
        sides::name_the_bare(&mut told);
        told
    }

    fn answer(&self, place: &str, on: Option<Date>) -> ControlAnswer {
        let told = self.told(place, on);
        let (state, why) = state(&told, on);
        let latest = told.iter().find(|one| one.reporting).and_then(|one| one.day);
        let sides = sides::sides(&told, |one| is_recent(one, latest));
        let (place, state, intervals) = (place.to_owned(), state.to_owned(), intervals::intervals(&told));
        ControlAnswer { place, on, state, sides, why, intervals }
    }
}

/// Every name that claims give a place, with the other names and the point it is known by.
fn names(claims: &[Claim]) -> BTreeMap<String, PlaceKey> {
    let mut known_as: BTreeMap<String, PlaceKey> = BTreeMap::new();
    for place in claims.iter().filter_map(|claim| claim.place.as_ref()).filter(|place| place.relation.is_none()) {
        let key = PlaceKey::of(Some(place));
        let own = [Some(place.text.as_str()), place.name.as_deref()];
        for name in own.into_iter().flatten().map(place_name).filter(|name| !name.is_empty()) {
            let known = known_as.entry(name).or_default();
            known.names = known.names.union(&key.names);
            known.point = known.point.or(key.point);
        }
    }
    known_as
}

/// Whether the sentence that says who holds it also says that another took it: "captured Varnesh, the last town held by …".
fn lost_in_the_same_breath(fact: &Fact<'_>, takers: &[&Fact<'_>]) -> bool {
    says(fact) == Some(Says::Holds) && takers.iter().any(|other| fact.same_sentence(other) && !other.shares_actor(fact))
}

/// Whether somebody is said to have taken it.
fn takes(fact: &Fact<'_>) -> bool {
    says(fact) == Some(Says::Taken) && !fact.actors.is_empty() && stance(fact) == Stance::Affirms
}

fn assertion(fact: &Fact<'_>, is_lost: bool) -> Option<Told> {
    let says = if is_lost { Says::HoldsNoMore } else { says(fact)? };
    if stance(fact) != Stance::Affirms && !matches!(says, Says::NotTaken | Says::HoldsNoMore) {
        return None;
    }
    let claim = fact.claim;
    let actors: Vec<ActorRef> = claim.actors.iter().filter(|actor| !is_pronoun(&actor.name)).cloned().collect();
    let in_part = matches!(says, Says::Taken | Says::Holds) && speaks_of_a_part(&claim.quote);
    let time = claim.time.as_ref().and_then(|time| time.to.or(time.from));
    let date = time.or(fact.document.and_then(|d| d.published.as_ref()).map(|p| p.date));
    let words = match says {
        Says::Taken if in_part => "captured in part",
        Says::Holds if in_part => "holds in part",
        Says::Taken if claim.event.as_str() == "territory.transferred" => "took over",
        Says::Taken => "captured",
        Says::NotTaken => "not taken",
        Says::Holds => "holds",
        Says::HoldsNoMore if is_lost => "held it until then",
        Says::HoldsNoMore if claim.event.as_str() == "force.withdrew" => "withdrew",
        Says::HoldsNoMore => "holds no more",
        Says::Contested => "clash inside",
    };
    Some(Told {
        says,
        keys: sides::keys(&actors),
        actors,
        in_part,
        day: fact.latest_day(),
        date,
        reporting: fact.is_reporting,
        weight: weight(fact, says),
        assertion: Assertion {
            claim_id: claim.claim_id.clone(),
            date,
            says: words.to_owned(),
            according_to: speaker(fact),
            quote: claim.quote.clone(),
        },
    })
}

/// What the reports nearest to the day come to. `told` is sorted, latest first.
fn state(told: &[Told], on: Option<Date>) -> (&'static str, String) {
    let reports: Vec<&Told> = told.iter().filter(|t| t.reporting).collect();
    let Some(latest) = reports.first() else {
        return match told.is_empty() {
            true => ("unknown", "no claim in the record speaks of who held it".to_owned()),
            false => ("unknown", "only readers' comments speak of who held it".to_owned()),
        };
    };
    let mut recent: Vec<&&Told> = reports.iter().filter(|one| is_recent(one, latest.day)).collect();
    let admitted = without_outweighed(&mut recent);
    let day = latest.date.map_or("an unknown day".to_owned(), day_words);
    if recent.iter().any(|t| matches!(t.says, Says::Contested | Says::NotTaken)) {
        let reason = recent
            .iter()
            .find(|t| t.says == Says::Contested)
            .map_or("it is said not to be taken", |_| "fighting inside is reported");
        return ("contested", format!("{reason} in the latest reports, of {day}"));
    }
    if rivals(&recent) {
        return ("contested", format!("the latest reports, of {day}, name different holders"));
    }
    let (state, why) = match (on, latest.date) {
        (Some(on), Some(date)) if date < on => (
            "last asserted",
            format!("the latest report before {} speaks of {}; nothing later is known", day_words(on), day_words(date)),
        ),
        (Some(_), _) if admitted.is_some() => ("asserted", format!("reports of {day}")),
        (Some(_), _) => ("asserted", format!("reports of {day} agree")),
        (None, _) => ("last asserted", format!("the latest report speaks of {day}")),
    };
    let admitted = admitted
        .map(|who| format!("; {who} admits it against its own interest, which outweighs who claims its own gain"));
    (state, why + &admitted.unwrap_or_default())
}

/// Leaves out what a party claims of its own gain where its rival's own words, of the same days, say otherwise. Who admitted it, if
/// anything was left out.
fn without_outweighed(recent: &mut Vec<&&Told>) -> Option<String> {
    let against = |one: &Told, other: &Told| {
        let keeps = |told: &Told| matches!(told.says, Says::Holds | Says::NotTaken);
        let gone = |told: &Told| matches!(told.says, Says::Taken | Says::HoldsNoMore);
        gone(one)
            && keeps(other)
            && (other.says == Says::NotTaken || !sides::same_party(one, other) || one.says == Says::HoldsNoMore)
    };
    let told = recent.clone();
    let mut admitted = None;
    recent.retain(|other| {
        let by = told.iter().find(|one| outweighs(one.weight, other.weight) && against(one, other));
        admitted = admitted.take().or_else(|| by.map(|one| one.assertion.according_to.clone()));
        by.is_none()
    });
    admitted
}

/// Whether an assertion speaks of the same state of things as the latest one.
fn is_recent(told: &Told, latest: Option<i32>) -> bool {
    told.day.zip(latest).is_none_or(|(day, last)| last.saturating_sub(day) <= SAME_STATE_DAYS)
}

/// Whether two recent reports name holders that cannot both hold the place: a later capture ends an earlier holding.
fn rivals(recent: &[&&Told]) -> bool {
    let holds = |t: &&&&Told| matches!(t.says, Says::Holds | Says::Taken) && !t.keys.is_empty();
    let holders: Vec<&&&Told> = recent.iter().filter(holds).collect();
    holders.iter().enumerate().any(|(at, one)| {
        holders[at + 1..].iter().any(|other| {
            let told_together = one.day != other.day && (one.says == Says::Taken || other.says == Says::Taken);
            let in_parts = one.in_part && other.in_part;
            !sides::same_party(one, other) && !told_together && !in_parts
        })
    })
}
