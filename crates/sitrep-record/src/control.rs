//! Who held a place on a day, according to whom.
//!
//! In: the contents of a record, a place's name, a day. Out: every side with its assertions and quotes. Where reports disagree the
//! answer is `contested`; where they only speak of an earlier day it is `last asserted`. A reader's comment is shown as such and
//! never changes the answer. Never names one holder over another.

use std::collections::{BTreeMap, BTreeSet};

use sitrep_model::{Assertion, Claim, Contents, ControlAnswer, ControlSide, Date, Document, Stance};

use crate::fuse::fact::Fact;
use crate::fuse::holding::{Says, says};
use crate::fuse::stance::{speaker, stance};
use crate::names::{PlaceKey, PlaceMatch, actor_keys, actor_name, place_name};

/// Reports of days so near each other speak of one state of things.
const SAME_STATE_DAYS: i32 = 3;

/// One thing said about who held the place.
struct Told {
    says: Says,
    /// Folded keys of the holder; empty when no holder is named.
    holder: BTreeSet<String>,
    name: String,
    day: Option<i32>,
    date: Option<Date>,
    reporting: bool,
    assertion: Assertion,
}

/// Who held `place` on the day `on`, or by the latest reports.
#[must_use]
pub fn control(contents: &Contents, place: &str, on: Option<Date>) -> ControlAnswer {
    let prepared = Prepared::of(contents);
    prepared.answer(place, on)
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
    known_as: BTreeMap<String, PlaceKey>,
}

impl<'c> Prepared<'c> {
    fn of(contents: &'c Contents) -> Prepared<'c> {
        let documents: BTreeMap<_, &Document> = contents.documents.iter().map(|d| (&d.id, d)).collect();
        let about_control = contents.claims.iter().filter(|claim| {
            matches!(claim.event.family(), "territory" | "clash") || claim.event.as_str() == "force.withdrew"
        });
        let facts: Vec<Fact<'c>> = about_control
            .map(|claim| Fact::new(claim, documents.get(&claim.document).copied()))
            .filter(|fact| says(fact).is_some() && !fact.at.wide)
            .collect();
        Prepared { facts, known_as: names(&contents.claims) }
    }

    /// The only known name that ends as the asked one does or the other way round: "Abu Qasr" and "Albu Qasr", "Bu Qasr".
    fn spelt_nearly(&self, asked: &str) -> Option<&PlaceKey> {
        const SHORTEST_BYTES: usize = 5;
        let alike = |name: &str| {
            name.len().min(asked.len()) >= SHORTEST_BYTES && (name.ends_with(asked) || asked.ends_with(name))
        };
        let mut keys = self.known_as.iter().filter(|(name, _)| alike(name)).map(|(_, key)| key);
        let first = keys.next()?;
        keys.all(|key| key.same_base(first)).then_some(first)
    }

    fn answer(&self, place: &str, on: Option<Date>) -> ControlAnswer {
        let asked = place_name(place);
        let mut wanted = self.known_as.get(&asked).or_else(|| self.spelt_nearly(&asked)).cloned().unwrap_or_default();
        wanted.names.insert(asked);
        let mut told: Vec<Told> = self
            .facts
            .iter()
            .filter(|fact| fact.at.compare(&wanted) >= PlaceMatch::Near)
            .filter_map(assertion)
            .filter(|told| on.is_none_or(|on| told.date.is_some_and(|date| date <= on)))
            .collect();
        told.sort_by(|a, b| (b.day, &a.assertion.claim_id).cmp(&(a.day, &b.assertion.claim_id)));
        let (state, why) = state(&told, on);
        ControlAnswer { place: place.to_owned(), on, state: state.to_owned(), sides: sides(told), why }
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
            known.names.extend(key.names.iter().cloned());
            known.point = known.point.or(key.point);
        }
    }
    known_as
}

fn assertion(fact: &Fact<'_>) -> Option<Told> {
    let says = says(fact)?;
    if stance(fact) != Stance::Affirms && !matches!(says, Says::NotTaken | Says::HoldsNoMore) {
        return None;
    }
    let claim = fact.claim;
    let names = claim.actors.iter().map(|actor| actor.name.clone()).collect::<Vec<_>>().join(" and ");
    let time = claim.time.as_ref().and_then(|time| time.to.or(time.from));
    let date = time.or(fact.document.and_then(|d| d.published.as_ref()).map(|p| p.date));
    let words = match says {
        Says::Taken if claim.event.as_str() == "territory.transferred" => "took over",
        Says::Taken => "captured",
        Says::NotTaken => "not taken",
        Says::Holds => "holds",
        Says::HoldsNoMore if claim.event.as_str() == "force.withdrew" => "withdrew",
        Says::HoldsNoMore => "holds no more",
        Says::Contested => "clash inside",
    };
    Some(Told {
        says,
        holder: claim.actors.iter().flat_map(actor_keys).collect(),
        name: names,
        day: fact.latest_day(),
        date,
        reporting: fact.is_reporting,
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
    let recent: Vec<&&Told> = reports
        .iter()
        .filter(|t| t.day.zip(latest.day).is_none_or(|(day, last)| last.saturating_sub(day) <= SAME_STATE_DAYS))
        .collect();
    let day = latest.date.map_or("an unknown day".to_owned(), |date| date.to_string());
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
    match (on, latest.date) {
        (Some(on), Some(date)) if date < on => {
            ("last asserted", format!("the latest report before {on} speaks of {date}; nothing later is known"))
        }
        (Some(_), _) => ("asserted", format!("reports of {day} agree")),
        (None, _) => ("last asserted", format!("the latest report speaks of {day}")),
    }
}

/// Whether two recent reports name holders that cannot both hold the place: a later capture ends an earlier holding.
fn rivals(recent: &[&&Told]) -> bool {
    let holds = |t: &&&&Told| matches!(t.says, Says::Holds | Says::Taken) && !t.holder.is_empty();
    let holders: Vec<&&&Told> = recent.iter().filter(holds).collect();
    holders.iter().enumerate().any(|(at, one)| {
        holders[at + 1..].iter().any(|other| {
            let told_together = one.day != other.day && (one.says == Says::Taken || other.says == Says::Taken);
            one.holder.is_disjoint(&other.holder) && !told_together
        })
    })
}

/// Sides by holder, those with most reports first.
fn sides(told: Vec<Told>) -> Vec<ControlSide> {
    let mut sides: Vec<(BTreeSet<String>, usize, ControlSide)> = Vec::new();
    for one in told {
        let (keys, holder) = side_of(&one);
        let position = sides.iter().position(|side| !side.0.is_disjoint(&keys));
        let side = match position {
            Some(at) => &mut sides[at],
            None => {
                sides.push((keys.clone(), 0, ControlSide { holder, since: None, assertions: Vec::new() }));
                sides.last_mut().expect("just pushed")
            }
        };
        side.0.extend(keys);
        side.1 += usize::from(one.reporting);
        if one.says == Says::Taken && one.reporting {
            side.2.since = side.2.since.into_iter().chain(one.date).min();
        }
        side.2.assertions.push(one.assertion);
    }
    sides.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.2.holder.cmp(&b.2.holder)));
    sides.into_iter().map(|side| side.2).collect()
}

/// Whom an assertion speaks for. "Not taken" and "holds no more" are sides of their own: they name no holder.
fn side_of(told: &Told) -> (BTreeSet<String>, String) {
    let named = if told.name.is_empty() { "someone not named".to_owned() } else { told.name.clone() };
    let prefixed = |prefix: &str| -> BTreeSet<String> {
        let keys = told.holder.iter().map(|key| format!("{prefix} {key}")).collect::<BTreeSet<_>>();
        if keys.is_empty() { BTreeSet::from([prefix.to_owned()]) } else { keys }
    };
    match told.says {
        Says::Holds | Says::Taken if told.holder.is_empty() => (BTreeSet::from([actor_name(&named)]), named),
        Says::Holds | Says::Taken => (told.holder.clone(), named),
        Says::NotTaken => {
            (BTreeSet::from(["not taken".to_owned()]), "the holder before (said not to be taken)".to_owned())
        }
        Says::HoldsNoMore => (prefixed("not"), format!("not {named}")),
        Says::Contested => (BTreeSet::from(["contested".to_owned()]), "contested (fighting inside)".to_owned()),
    }
}
