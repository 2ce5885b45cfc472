//! Incidents out of the claims of one text: what counts as one, and which claims tell of the same.
//!
//! In: claims in text order, the day of the dateline. Out: incidents with the claims that tell of each. An incident is a deed of violence
//! against people or things that are not fighting, in one of nine countries, told as done, tried or threatened, not long before the text
//! was written. Two claims tell of one incident unless their type, day, town or named victims differ.

use jiff::civil::Date;
use sitrep_model::{Claim, Polarity, Status, Voice};

use super::words::Words;

/// The countries MUC asks about.
pub(super) const COUNTRIES: [(&str, &str); 9] = [
    ("AR", "ARGENTINA"),
    ("BO", "BOLIVIA"),
    ("CL", "CHILE"),
    ("CO", "COLOMBIA"),
    ("EC", "ECUADOR"),
    ("SV", "EL SALVADOR"),
    ("GT", "GUATEMALA"),
    ("HN", "HONDURAS"),
    ("PE", "PERU"),
];

/// Incidents longer ago than this are history.
const OLDEST_DAYS: i32 = 120;

/// What happened some time in a longer span is told as history.
const VAGUEST_DAYS: i32 = 45;

/// The claims that tell of one incident.
pub(super) struct Incident<'c> {
    pub(super) kind: &'static str,
    pub(super) claims: Vec<&'c Claim>,
    /// Claims that accuse someone of it or own up to it.
    pub(super) blame: Vec<&'c Claim>,
}

/// The incidents of one text.
pub(super) fn incidents<'c>(words: &Words, claims: &'c [Claim], written: Option<Date>) -> Vec<Incident<'c>> {
    let mut found: Vec<Incident<'c>> = Vec::new();
    for claim in claims.iter().filter(|c| c.voice != Voice::Comment) {
        if matches!(claim.event.as_str(), "statement.responsibility" | "statement.accused") {
            if let Some(last) = found.last_mut() {
                last.blame.push(claim);
            }
            continue;
        }
        let Some(kind) = kind(words, claim) else { continue };
        if !relevant(words, claim, written) {
            continue;
        }
        match found.iter_mut().rev().find(|incident| same(words, incident, kind, claim)) {
            Some(incident) => {
                if incident.kind == "ATTACK" {
                    incident.kind = kind;
                }
                incident.claims.push(claim);
            }
            None => found.push(Incident { kind, claims: vec![claim], blame: Vec::new() }),
        }
    }
    found.retain(|incident| whole(words, incident));
    found
}

/// The type of incident a claim tells of, if any.
fn kind(words: &Words, claim: &Claim) -> Option<&'static str> {
    let quote = claim.quote.to_uppercase();
    let has = |list: &[&str]| list.iter().any(|w| quote.contains(w));
    let blown = has(&[
        "DYNAMITED",
        "BOMBED",
        "BLEW UP",
        "BLOWN UP",
        "BLOWING UP",
        "BOMBING",
        "EXPLOSION",
        "A BOMB",
        "BOMB ATTACK",
    ]);
    let bomb = blown || claim.instruments.iter().any(|i| i.kind.as_deref() == Some("bomb"));
    Some(match claim.event.as_str() {
        "explosive" | "suicide_attack" | "grenade" | "air_strike" | "drone_strike" => "BOMBING",
        "civilians.abducted" => "KIDNAPPING",
        "looting" if has(&["ROB", "STOLE", "STEAL", "THEFT"]) => "ROBBERY",
        "looting" | "infrastructure.damaged" | "equipment.destroyed"
            if has(&["BURN", "FIRE", "TORCH", "ARSON"]) && !bomb =>
        {
            "ARSON"
        }
        "infrastructure.damaged" | "equipment.destroyed" | "attack" | "casualties.killed" | "casualties.wounded"
            if bomb =>
        {
            "BOMBING"
        }
        "attack" | "shelling" | "civilians.attacked" | "casualties.killed" | "casualties.wounded" => "ATTACK",
        "infrastructure.damaged" | "equipment.destroyed" => "ATTACK",
        "statement.threatened"
            if claim.targets.iter().any(|t| words.human(&t.text).is_some()) && has(&["DEATH", "KILL", "MURDER"]) =>
        {
            "ATTACK"
        }
        _ => return None,
    })
}

/// Whether a claim tells of something MUC asks for.
fn relevant(words: &Words, claim: &Claim, written: Option<Date>) -> bool {
    if claim.polarity == Polarity::Negated
        || matches!(
            claim.status,
            Status::Conditional | Status::Hypothetical | Status::Forecast | Status::Planned | Status::Announced
        )
    {
        return false;
    }
    // Whoever speaks of it says it is not so.
    if claim.certainty.source.is_some_and(|sure| sure < 0) {
        return false;
    }
    let abroad =
        claim.place.as_ref().and_then(|p| p.country.as_deref()).is_some_and(|c| COUNTRIES.iter().all(|n| n.0 != c));
    let last = claim.time.as_ref().and_then(|t| t.to);
    let old = last.zip(written).is_some_and(|(to, written)| (written - to).get_days() > OLDEST_DAYS);
    let vague =
        claim.time.as_ref().and_then(|t| Some((t.to? - t.from?).get_days())).is_some_and(|days| days > VAGUEST_DAYS);
    let combat = !claim.targets.is_empty()
        && claim.targets.iter().all(|t| words.combatant(&t.text) || words.combatant(&t.name))
        && claim.things.iter().all(|t| words.military(&t.text))
        && claim.event.as_str() != "civilians.abducted";
    !abroad && !old && !vague && !combat
}

/// Whether `claim` may tell of `incident`.
fn same(words: &Words, incident: &Incident<'_>, kind: &str, claim: &Claim) -> bool {
    let general = |kind: &str| kind == "ATTACK";
    if incident.kind != kind && !general(incident.kind) && !general(kind) {
        return false;
    }
    // "the bombings and the murder of six priests": two deeds in one sentence.
    let murder = claim.event.as_str() == "civilians.attacked" && incident.kind == "BOMBING";
    if murder && !incident.claims.iter().any(|c| shared_victim(c, claim)) {
        return false;
    }
    // A kidnapping or a robbery is told apart from a killing elsewhere in the text, but not within its sentence.
    let near = incident.claims.iter().any(|c| c.sentence_start == claim.sentence_start);
    if incident.kind != kind
        && matches!(kind, "KIDNAPPING" | "ROBBERY") | matches!(incident.kind, "KIDNAPPING" | "ROBBERY")
    {
        let shared = incident.claims.iter().any(|c| shared_victim(c, claim));
        return shared;
    }
    if incident.kind != kind && !near {
        // A bomb somewhere in the text is not what an attack told elsewhere was done with.
        let result = claim.event.family() == "casualties" || claim.event.as_str().ends_with("damaged");
        let shared = incident.claims.iter().any(|c| shared_victim(c, claim));
        if !(shared || kind == "ATTACK" && result) {
            return false;
        }
    }
    if incident.claims.iter().any(|c| c.targets.iter().any(|t| words.named_person(t)) && shared_victim(c, claim)) {
        return true;
    }
    near || incident.claims.iter().all(|c| !apart(words, c, claim))
}

/// Whether two claims cannot tell of one incident.
fn apart(words: &Words, a: &Claim, b: &Claim) -> bool {
    let stated = |c: &Claim| c.time.as_ref().filter(|t| t.text.is_some()).map(|t| (t.from, t.to));
    let days = stated(a).zip(stated(b)).is_some_and(|(x, y)| {
        x.0.zip(y.1).is_some_and(|(from, to)| from > to) || y.0.zip(x.1).is_some_and(|(from, to)| from > to)
    });
    let town = |c: &Claim| {
        let place = c.place.as_ref().filter(|p| p.lat.is_some())?;
        Some((place.lat?, place.lon?, place.radius_km.unwrap_or(0.0)))
    };
    let far = town(a).zip(town(b)).is_some_and(|(x, y)| {
        let km = ((x.0 - y.0).powi(2) + (x.1 - y.1).powi(2)).sqrt() * 111.0;
        km > 30.0 + x.2 + y.2
    });
    let victims = |c: &Claim| -> Vec<Vec<String>> {
        let named = c.targets.iter().filter(|t| words.named_person(t));
        named.map(|t| super::slots::content(&t.name)).collect()
    };
    let (x, y) = (victims(a), victims(b));
    let others = !x.is_empty() && !y.is_empty() && !x.iter().flatten().any(|w| y.iter().flatten().any(|v| v == w));
    days || far || others
}

fn shared_victim(a: &Claim, b: &Claim) -> bool {
    a.targets.iter().any(|x| b.targets.iter().any(|y| x.name == y.name))
}

/// Whether enough is told: someone who does not fight, or something that is no army's, was hit.
fn whole(words: &Words, incident: &Incident<'_>) -> bool {
    incident.claims.iter().any(|c| {
        c.targets.iter().any(|t| !words.combatant(&t.text) && !words.combatant(&t.name))
            || c.things.iter().any(|t| !words.military(&t.text))
            || incident.kind == "BOMBING" && c.place.as_ref().is_some_and(|p| words.site(&p.text))
    })
}
