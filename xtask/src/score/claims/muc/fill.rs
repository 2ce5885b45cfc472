//! A template out of the claims that tell of one incident.
//!
//! In: an incident and its text. Out: a filled template. What each slot takes from a claim stands with its function; a person's description
//! is also looked for around his name in the text. Nothing is filled that no claim tells, but for two defaults of MUC's rules: the day is
//! "on or before the dateline's", the place the country the text is about.

use jiff::civil::Date;
use sitrep_model::{Claim, Status};

use super::bodies::perpetrators;
use super::incident::{COUNTRIES, Incident};
use super::slots::*;
use super::words::{Words, head, plural};

/// What the whole text gives to each of its incidents.
pub(super) struct Setting<'t> {
    pub(super) words: &'t Words,
    /// In one line, in capitals.
    pub(super) text: String,
    pub(super) written: Option<Date>,
    /// Country the text is about.
    pub(super) country: Option<&'static str>,
    /// As it was read.
    pub(super) source: &'t str,
    /// People named anywhere in the text.
    pub(super) people: Vec<String>,
    /// Every claim of the text.
    pub(super) claims: &'t [Claim],
    /// Armed bodies of the countries.
    pub(super) armed: &'t [super::bodies::Armed],
}

impl Setting<'_> {
    /// The sentence a claim stands in.
    fn sentence<'c>(&'c self, claim: &'c Claim) -> &'c str {
        self.source.get(claim.sentence_start as usize..claim.sentence_end as usize).unwrap_or(&claim.quote)
    }

    /// The fullest form of a person's name the text has.
    fn fullest(&self, name: &str) -> String {
        let parts = content(name);
        let holds = |full: &&String| parts.iter().all(|part| content(full).contains(part));
        let full = self.people.iter().filter(holds).max_by_key(|full| content(full).len());
        full.filter(|full| content(full).len() > parts.len()).map_or(name.to_owned(), Clone::clone)
    }
}

/// A person or thing hit.
#[derive(Default, Clone)]
struct Target {
    name: String,
    description: String,
    effect: Option<&'static str>,
    number: Option<String>,
}

impl Target {
    fn pointer(&self) -> &str {
        if self.name.is_empty() { &self.description } else { &self.name }
    }
}

/// Fills a template.
pub(super) fn fill(setting: &Setting<'_>, incident: &Incident<'_>) -> Template {
    let mut template = Template::default();
    let slots = &mut template.slots;
    slots[TYPE].push(Fill::value(incident.kind));
    slots[STAGE].push(Fill::value(stage(incident)));
    slots[DATE].extend(date(setting, incident).map(|d| Fill::value(&d)));
    slots[LOCATION].extend(location(setting, incident).map(|l| Fill::value(&l)));
    instruments(setting, incident, slots);
    let state = perpetrators(setting, incident, slots);
    slots[CATEGORY].push(Fill::value(if state { "STATE-SPONSORED VIOLENCE" } else { "TERRORIST ACT" }));
    let (people, things) = targets(setting, incident);
    for target in &things {
        let pointer = target.pointer();
        slots[PHYSICAL].push(Fill::string(pointer));
        slots[PHYSICAL_TYPE].push(Fill::cross(setting.words.physical(pointer).unwrap_or("OTHER"), pointer));
        slots[PHYSICAL_NUMBER].push(Fill::cross(&number(target), pointer));
        slots[PHYSICAL_NATION].extend(nation(setting, target).map(|n| Fill::cross(n, pointer)));
        let damaged = matches!(incident.kind, "BOMBING" | "ARSON").then_some("SOME DAMAGE");
        slots[PHYSICAL_EFFECT].extend(target.effect.or(damaged).map(|e| Fill::cross(e, pointer)));
    }
    for target in &people {
        let pointer = target.pointer();
        if !target.name.is_empty() {
            slots[HUMAN_NAME].push(Fill::string(&target.name));
        }
        if !target.description.is_empty() {
            slots[HUMAN].push(Fill::string(&target.description));
        }
        let class = setting.words.human(&target.description).unwrap_or("CIVILIAN");
        slots[HUMAN_TYPE].push(Fill::cross(class, pointer));
        slots[HUMAN_NUMBER].push(Fill::cross(&number(target), pointer));
        slots[HUMAN_NATION].extend(nation(setting, target).map(|n| Fill::cross(n, pointer)));
        slots[HUMAN_EFFECT].extend(target.effect.map(|e| Fill::cross(e, pointer)));
    }
    template
}

/// The nation a target's own words name, when it is none of the country's own.
fn nation<'w>(setting: &Setting<'w>, target: &Target) -> Option<&'w str> {
    let said = format!("{} {}", target.description, target.name);
    setting.words.nation(&said).filter(|nation| Some(*nation) != setting.country)
}

fn stage(incident: &Incident<'_>) -> &'static str {
    let threatened = |c: &&Claim| c.status == Status::Threatened || c.event.as_str() == "statement.threatened";
    let quotes: Vec<String> = incident.claims.iter().map(|c| c.quote.to_uppercase()).collect();
    let failed = [
        "ATTEMPT TO",
        "ATTEMPTED",
        "FAILED TO",
        "TRIED TO",
        "DEACTIVAT",
        "DEFUSED",
        "ATTEMPT AGAINST",
        "ASSASSINATION ATTEMPT",
    ];
    if incident.claims.iter().all(threatened) {
        "THREATENED"
    } else if quotes.iter().all(|q| failed.iter().any(|w| q.contains(w))) {
        "ATTEMPTED"
    } else {
        "ACCOMPLISHED"
    }
}

/// The most precise stated day; else on or before the dateline's.
fn date(setting: &Setting<'_>, incident: &Incident<'_>) -> Option<String> {
    let times = incident.claims.iter().filter_map(|c| c.time.as_ref()).filter(|t| t.text.is_some());
    let days = times.filter_map(|t| Some((t.from?, t.to?)));
    let best = days.min_by_key(|(from, to)| (*to - *from).get_days());
    // "today" somewhere in a sentence that tells it.
    let told = |words: &[&str]| incident.claims.iter().any(|c| words.iter().any(|w| has_word(setting.sentence(c), w)));
    let near = match setting.written {
        Some(day) if told(&["TODAY", "THIS MORNING", "THIS AFTERNOON", "TONIGHT"]) => Some(day),
        Some(day) if told(&["YESTERDAY", "LAST NIGHT"]) => day.yesterday().ok(),
        _ => None,
    };
    match (best, near) {
        (Some((from, to)), _) => dated(Some(from), Some(to)),
        (None, Some(day)) => dated(Some(day), Some(day)),
        (None, None) => dated(None, setting.written),
    }
}

/// Country and place of the first claim that has a known one.
fn location(setting: &Setting<'_>, incident: &Incident<'_>) -> Option<String> {
    let places = || incident.claims.iter().flat_map(|c| [&c.place, &c.destination]).flatten();
    let country = |code: &str| COUNTRIES.iter().find(|(iso, _)| *iso == code).map(|(_, name)| *name);
    let named = places().find_map(|p| {
        let country = country(p.country.as_deref()?)?;
        Some((country, p.relation.as_ref().and_then(|r| r.anchor.clone()).or(p.name.clone())?))
    });
    // Else the town told of last before it, in the same country.
    let first = incident.claims.iter().map(|c| c.start).min().unwrap_or(0);
    let before = setting.claims.iter().filter(|c| c.start <= first).rev();
    let town = || {
        before.clone().filter_map(|c| c.place.as_ref()).find_map(|p| {
            let country = country(p.country.as_deref()?).filter(|c| Some(*c) == setting.country)?;
            let name = p.name.clone().filter(|name| name.to_uppercase() != country && p.relation.is_none())?;
            Some((country, name))
        })
    };
    let named = named.or_else(town);
    match (named, setting.country) {
        (Some((country, name)), _) if name.to_uppercase() != country => {
            Some(format!("{country}: {}", plain(&name.to_uppercase())))
        }
        (Some((country, _)), _) => Some(country.to_owned()),
        (None, country) => country.map(str::to_owned),
    }
}

/// Accents off, as the keys write.
pub(super) fn plain(name: &str) -> String {
    let from = "ÁÉÍÓÚÑÜ";
    name.chars()
        .map(|c| from.chars().position(|f| f == c).and_then(|at| "AEIOUNU".chars().nth(at)).unwrap_or(c))
        .collect()
}

fn instruments(setting: &Setting<'_>, incident: &Incident<'_>, slots: &mut [Vec<Fill>; 23]) {
    let mut seen: Vec<String> = Vec::new();
    if matches!(incident.kind, "KIDNAPPING" | "ARSON" | "ROBBERY") {
        return;
    }
    for instrument in incident.claims.iter().flat_map(|c| &c.instruments) {
        let Some(class) = setting.words.instrument(&instrument.text) else { continue };
        let noun = head(&instrument.text);
        if !seen.contains(&noun) {
            seen.push(noun);
            slots[INSTRUMENT].push(Fill::string(&instrument.text));
            slots[INSTRUMENT_TYPE].push(Fill::cross(class, &instrument.text));
        }
    }
    let told = |word: &str| incident.claims.iter().any(|c| has_word(setting.sentence(c), word));
    if incident.kind == "BOMBING"
        && seen.iter().all(|noun| noun.starts_with("EXPLOSI") || noun == "BLAST" || noun == "BOMB")
    {
        if let Some(word) = BOMBS.iter().find(|word| told(word)) {
            slots[INSTRUMENT] = vec![Fill::string(word)];
            slots[INSTRUMENT_TYPE] = vec![Fill::cross(setting.words.instrument(word).unwrap_or("BOMB"), word)];
        } else if seen.is_empty() {
            slots[INSTRUMENT].push(Fill::string("BOMB"));
            slots[INSTRUMENT_TYPE].push(Fill::cross("BOMB", "BOMB"));
        }
    } else if seen.is_empty()
        && ["SHOT", "GUNNED", "BULLET", "BULLETS", "MACHINEGUNNED", "GUNFIRE"].iter().any(|w| told(w))
    {
        slots[INSTRUMENT_TYPE].push(Fill::value("GUN"));
    }
}

/// What bombings are told to be done with, the more precise words first.
const BOMBS: [&str; 16] = [
    "CAR BOMB",
    "CAR-BOMB",
    "DYNAMITE CHARGES",
    "DYNAMITE CHARGE",
    "DYNAMITE STICKS",
    "STICKS OF DYNAMITE",
    "DYNAMITE",
    "EXPLOSIVE DEVICES",
    "EXPLOSIVE DEVICE",
    "EXPLOSIVE CHARGES",
    "BOMBS",
    "BOMB",
    "GRENADES",
    "GRENADE",
    "EXPLOSIVES",
    "MINES",
];

pub(super) fn has_word(text: &str, word: &str) -> bool {
    let flat = text.split_whitespace().collect::<Vec<_>>().join(" ").to_uppercase();
    let edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    flat.match_indices(word)
        .any(|(at, _)| edge(flat[..at].chars().next_back()) && edge(flat[at + word.len()..].chars().next()))
}

/// People and things hit, each once, with what became of them.
fn targets(setting: &Setting<'_>, incident: &Incident<'_>) -> (Vec<Target>, Vec<Target>) {
    let (mut people, mut things): (Vec<Target>, Vec<Target>) = (Vec::new(), Vec::new());
    let words = setting.words;
    for claim in &incident.claims {
        let effect = effect(claim);
        let place =
            claim.place.as_ref().map(|p| p.text.as_str()).filter(|p| incident.kind == "BOMBING" && words.site(p));
        for thing in claim.things.iter().map(|thing| thing.text.as_str()).chain(place) {
            let damage = effect.filter(|e| matches!(*e, "DESTROYED" | "SOME DAMAGE"));
            if words.instrument(&head(thing)).is_none() && !words.military(thing) {
                let number = counted(claim, thing);
                join(
                    &mut things,
                    Target { description: thing.to_owned(), effect: damage, number, ..Target::default() },
                );
            }
        }
        for actor in &claim.targets {
            if matches!(actor.text.to_lowercase().as_str(), "we" | "us" | "our" | "me" | "i" | "you" | "it") {
                continue;
            }
            if words.combatant(&actor.text) || words.combatant(&actor.name) {
                continue;
            }
            let said = if actor.text.len() < 5 || actor.refers_to.is_some() { &actor.name } else { &actor.text };
            let named = words.named_person(actor);
            let human = named || actor.kind.is_some() || words.human(said).is_some();
            let thing = words.physical(&head(said)).is_some() || !human && words.physical(said).is_some();
            let mut target = if named && !thing { person(setting, said) } else { Target::default() };
            if target.name.is_empty() {
                target.description = said.clone();
            }
            target.number = counted(claim, said);
            let casualty =
                claim.event.as_str().starts_with("casualties") || claim.event.as_str().starts_with("civilians");
            if thing && !casualty {
                target.effect = effect.filter(|e| e.contains("D") && !e.contains("DEATH"));
                join(&mut things, target);
            } else if human || casualty {
                target.effect = effect.filter(|e| matches!(*e, "DEATH" | "INJURY"));
                join(&mut people, target);
            } else {
                target.effect = effect.filter(|e| matches!(*e, "DESTROYED" | "SOME DAMAGE"));
                join(&mut things, target);
            }
        }
    }
    // "both leaders", "the minister": somebody told of before.
    let back = |t: &Target| {
        let said = t.description.to_uppercase();
        t.name.is_empty()
            && ["THE ", "BOTH ", "THESE ", "THOSE "].iter().any(|w| said.starts_with(w))
            && !plural_count(&said)
    };
    if people.iter().any(|t| !back(t)) {
        people.retain(|t| !back(t));
    }
    for target in &mut people {
        target.description = trimmed(&target.description).to_owned();
    }
    people.retain(|t| !NOBODY.contains(&head(&t.description).as_str()) || !t.name.is_empty());
    (people, things)
}

/// Without words in front that count or point, and without an "of" left hanging behind.
fn trimmed(said: &str) -> &str {
    let mut said = said.trim_matches([',', '"', '[', ']', ' ']);
    const FRONT: [&str; 14] = [
        "APPROXIMATELY ",
        "ABOUT ",
        "NEARLY ",
        "WHOSE ",
        "AT LEAST ",
        "ONE OF HIS ",
        "ONE OF THE ",
        "ONE OF THEIR ",
        "THESE ",
        "THOSE ",
        "ALLEGED ",
        "INCLUDING ",
        "WHO IS ",
        "ANOTHER ",
    ];
    while let Some(front) =
        FRONT.iter().find(|f| said.get(..f.len()).is_some_and(|start| start.eq_ignore_ascii_case(f)))
    {
        said = &said[front.len()..];
    }
    for hanging in [" OF THE", " OF", " THE"] {
        if said.len() > hanging.len()
            && said.get(said.len() - hanging.len()..).is_some_and(|end| end.eq_ignore_ascii_case(hanging))
        {
            said = &said[..said.len() - hanging.len()];
        }
    }
    said
}

/// "the two missionaries" are told of with their number.
fn plural_count(said: &str) -> bool {
    said.split_whitespace()
        .nth(1)
        .is_some_and(|w| w.chars().all(|c| c.is_ascii_digit()) || ["TWO", "THREE", "FOUR", "FIVE", "SIX"].contains(&w))
}

/// Bodies and places that are nobody's victim.
const NOBODY: [&str; 8] = ["COUNTRY", "ORGANIZATION", "GOVERNMENT", "PARTY", "STATE", "NATION", "CITY", "FEDERATION"];

fn effect(claim: &Claim) -> Option<&'static str> {
    let quote = claim.quote.to_uppercase();
    let dead = ["MURDER", "KILL", "ASSASSINAT", "EXECUT", "MASSACR", "DEATH", "DEAD"].iter().any(|w| quote.contains(w));
    match claim.event.as_str() {
        "casualties.killed" => Some("DEATH"),
        "civilians.attacked" if dead => Some("DEATH"),
        "casualties.wounded" => Some("INJURY"),
        "infrastructure.damaged" | "equipment.destroyed" if quote.contains("DESTROY") || quote.contains("BLOWN UP") => {
            Some("DESTROYED")
        }
        "infrastructure.damaged" | "equipment.destroyed" => Some("SOME DAMAGE"),
        _ => None,
    }
}

/// Adds a target, or what it says of one already there.
fn join(all: &mut Vec<Target>, target: Target) {
    let same = |old: &&mut Target| {
        if old.name.is_empty() != target.name.is_empty() {
            return false;
        }
        let (a, b) = (content(old.pointer()), content(target.pointer()));
        if old.name.is_empty() {
            head(&old.description) == head(&target.description)
        } else {
            a.iter().any(|w| b.contains(w))
        }
    };
    match all.iter_mut().find(same) {
        Some(old) => {
            if target.name.len() > old.name.len() {
                old.name = target.name;
            }
            if old.name.is_empty() && old.description.is_empty() || old.description.is_empty() {
                old.description = target.description;
            }
            if old.effect != Some("DEATH") {
                old.effect = target.effect.or(old.effect);
            }
            old.number = old.number.take().or(target.number);
        }
        None => all.push(target),
    }
}

/// The count a claim gives for a target.
fn counted(claim: &Claim, said: &str) -> Option<String> {
    let noun = head(said);
    let of =
        claim.quantities.iter().find(|q| q.of.as_ref().is_some_and(|of| head(of) == noun) || said.starts_with(&q.text));
    of.and_then(|q| q.best).filter(|n| n.fract() == 0.0 && *n > 0.0).map(|n| format!("{n:.0}"))
}

fn number(target: &Target) -> String {
    match &target.number {
        Some(number) => number.clone(),
        None if target.name.is_empty() && plural(&target.description) => "PLURAL".to_owned(),
        None => "1".to_owned(),
    }
}

/// A person's name without titles.
pub(super) fn bare_name(words: &Words, said: &str) -> String {
    let all: Vec<&str> = said.split_whitespace().collect();
    let titled = |w: &&str| !w.starts_with(char::is_uppercase) || words.title(w) || words.human(w).is_some();
    let first = all.iter().rposition(|w| titled(w) && !matches!(*w, "de" | "del" | "la" | "y")).map_or(0, |at| at + 1);
    all[first..].join(" ")
}

/// A person's name without title, and the words that describe him: the title, or the apposition after the fullest form of his name.
fn person(setting: &Setting<'_>, said: &str) -> Target {
    let words: Vec<&str> = said.split_whitespace().collect();
    let titled = |w: &&str| {
        !w.starts_with(char::is_uppercase) || setting.words.human(w).is_some() || w.ends_with('.') && w.len() < 6
    };
    let first =
        words.iter().rposition(|w| titled(w) && !matches!(*w, "de" | "del" | "la" | "y")).map_or(0, |at| at + 1);
    let name = setting.fullest(&words[first..].join(" "));
    let mut description = words[..first].join(" ").trim_start_matches("the ").trim_start_matches("The ").to_owned();
    if description.is_empty() && !name.is_empty() {
        description = described(setting, &name.to_uppercase()).unwrap_or_default();
    }
    Target { name, description, ..Target::default() }
}

fn described(setting: &Setting<'_>, name: &str) -> Option<String> {
    let surname = name.split_whitespace().last().filter(|w| w.len() > 4).unwrap_or(name);
    for (at, name) in setting.text.match_indices(name).chain(setting.text.match_indices(surname)) {
        let after = setting.text[at + name.len()..].strip_prefix(", ");
        let apposed = after.and_then(|rest| rest.split([',', '.']).next());
        if let Some(words) = apposed.filter(|w| w.len() < 60 && setting.words.human(&head(w)).is_some()) {
            let bare = words.trim_start_matches("THE ").trim_start_matches("A ");
            return Some(bare.to_owned());
        }
        let before: Vec<&str> = setting.text[..at].split_whitespace().rev().take(3).collect();
        if let Some(title) = before.first().filter(|w| setting.words.human(w).is_some()) {
            return Some((*title).to_owned());
        }
    }
    None
}
