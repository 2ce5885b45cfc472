//! Who is behind an incident: people, bodies, and how sure the text is of the bodies.
//!
//! In: an incident and its text. Out: the perpetrator slots. A body comes from the claims that tell or blame; else the one most deeds of
//! the text are laid to; else the armed body of the nine countries that is named nearest to the incident.

use std::collections::BTreeMap;

use sitrep_model::{ActorRef, AttributionType, Claim, Polarity, SourceStance};

use super::fill::{Setting, has_word, plain};
use super::incident::{COUNTRIES, Incident};
use super::slots::*;
use super::words::{Words, head};

/// An armed body in the forms it can have in a text, capitals.
pub(super) type Armed = Vec<String>;

/// The armed bodies of the product's own actor list that have to do with the nine countries.
pub(super) fn armed() -> Vec<Armed> {
    let lines = include_str!("../../../../../crates/sitrep-claims/lang/en/actors.tsv").lines();
    let rows = lines.filter(|l| !l.starts_with('#')).map(|l| l.split('\t').collect::<Vec<_>>());
    let here = |row: &Vec<&str>| {
        let home = row.get(3).copied().unwrap_or("");
        matches!(row.get(2), Some(&("rebels" | "militia" | "criminal")))
            && (home == "NI" || COUNTRIES.iter().any(|c| c.0 == home))
    };
    let forms = |row: Vec<&str>| -> Armed {
        let others = row.get(5).copied().unwrap_or("");
        std::iter::once(row[1])
            .chain(others.split(';'))
            .map(|f| plain(&f.to_uppercase()))
            .filter(|f| f.len() > 2)
            .collect()
    };
    rows.filter(here).map(forms).collect()
}

impl Setting<'_> {
    /// The perpetrator most deeds of violence of the text are laid to: its people, or its body.
    fn usual(&self, people: bool) -> Option<(String, &'static str)> {
        let mut counts: BTreeMap<String, (usize, &'static str)> = BTreeMap::new();
        for claim in self.claims.iter().filter(|c| c.polarity == Polarity::Affirmed) {
            let family = claim.event.family();
            let blame = matches!(claim.event.as_str(), "statement.responsibility" | "statement.accused");
            let violent =
                ["attack", "casualties", "civilians", "explosive", "infrastructure", "equipment", "looting", "clash"];
            if !blame && !violent.contains(&family) {
                continue;
            }
            let actors = if claim.event.as_str() == "statement.accused" { &claim.targets } else { &claim.actors };
            for actor in actors.iter().filter(|a| !self.words.state(&a.name) && !self.words.state(&a.text)) {
                for (body, person) in split(self, actor) {
                    let wanted = if people {
                        person.filter(|p| self.words.combatant(p))
                    } else {
                        body.filter(|_| actor.kind.as_deref() == Some("rebels"))
                    };
                    if let Some(name) = wanted {
                        counts.entry(name).or_insert((0, confidence(claim, blame))).0 += 1;
                    }
                }
            }
        }
        counts.into_iter().max_by_key(|(_, (n, _))| *n).map(|(name, (_, sure))| (name, sure))
    }

    /// Whether the body itself says it did it: it claims responsibility, tells of the deed, or speaks over its own station.
    fn owned(&self, incident: &Incident<'_>, body: &str) -> bool {
        let parts = content(body);
        let same =
            |name: &str| content(name).iter().any(|w| w.len() > 2 && !LOOSE.contains(&w.as_str()) && parts.contains(w));
        let claimed = self.claims.iter().filter(|c| c.event.as_str() == "statement.responsibility");
        let told = incident.claims.iter().flat_map(|c| &c.attribution).filter_map(|a| a.holder.as_deref());
        let owns = claimed
            .filter(|c| c.polarity == Polarity::Affirmed)
            .any(|c| c.actors.iter().any(|a| same(&a.name) || same(&a.text)));
        owns || told.into_iter().any(same)
            || self.text.starts_with("CLANDESTINE") && incident.kind != "KIDNAPPING" && !self.words.state(body)
    }

    /// Whether a name can be that of a body that does such things: no country or town, no common noun for one person or thing.
    fn a_body(&self, name: &str) -> bool {
        let upper = name.to_uppercase();
        let country = COUNTRIES.iter().any(|(_, c)| *c == upper)
            || ["BOGOTA", "MEDELLIN", "LIMA", "SAN SALVADOR", "UNITED STATES", "NICARAGUA", "PANAMA", "CUBA"]
                .contains(&upper.as_str());
        let said = self.text.contains(&upper) || name.len() > 12;
        let common = !name.chars().any(char::is_uppercase)
            && ![
                "ARMY",
                "POLICE",
                "MILITARY",
                "GOVERNMENT",
                "CARTEL",
                "MAFIA",
                "SQUAD",
                "FORCE",
                "GROUP",
                "ORGANIZATION",
                "GANG",
                "GUARD",
                "AIR FORCE",
                "PATROL",
            ]
            .contains(&head(name).as_str());
        !country && said && !common
    }

    /// The armed body named nearest to the incident, by sentences before and after it; `None` when none is within reach.
    fn near(&self, incident: &Incident<'_>) -> Option<String> {
        /// Characters of text a body may be away.
        const REACH: usize = 600;
        let first = incident.claims.iter().map(|c| c.sentence_start as usize).min()?;
        let last = incident.claims.iter().map(|c| c.sentence_end as usize).max()?;
        let upper = plain(&self.source.to_uppercase());
        let distance = |at: usize| if at < first { first - at } else { at.saturating_sub(last) };
        let mut best: Option<(usize, &str)> = None;
        for form in self.armed.iter().flatten() {
            for (at, _) in upper.match_indices(form.as_str()) {
                let edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
                let whole = edge(upper[..at].chars().next_back()) && edge(upper[at + form.len()..].chars().next());
                if whole && distance(at) < REACH && best.is_none_or(|(d, _)| distance(at) < d) {
                    best = Some((distance(at), form));
                }
            }
        }
        best.map(|(_, form)| form.to_owned())
    }

    /// The form of a body's name that the text has.
    fn as_written(&self, body: &str) -> String {
        let upper = plain(&body.to_uppercase());
        if has_word(&self.text, &upper) {
            return body.to_owned();
        }
        let bare = upper.split(" (").next().unwrap_or(&upper);
        let forms = self.armed.iter().find(|forms| forms.iter().any(|f| f == bare || *f == upper));
        let written = forms.and_then(|forms| forms.iter().find(|f| has_word(&self.text, f)));
        written.cloned().unwrap_or_else(|| body.to_owned())
    }
}

/// Words many bodies have in their names.
const LOOSE: [&str; 12] = [
    "FRONT",
    "NATIONAL",
    "ARMY",
    "LIBERATION",
    "FORCES",
    "ARMED",
    "MOVEMENT",
    "GROUP",
    "POLICE",
    "GOVERNMENT",
    "PEOPLE",
    "MEMBERS",
];

/// Individuals, bodies, and how sure the text is of the bodies; says whether a state did it.
pub(super) fn perpetrators(setting: &Setting<'_>, incident: &Incident<'_>, slots: &mut [Vec<Fill>; 23]) -> bool {
    let words = setting.words;
    let (mut people, mut bodies): (Vec<String>, BTreeMap<String, &'static str>) = (Vec::new(), BTreeMap::new());
    let mut state = false;
    let all = incident.claims.iter().map(|c| (*c, &c.actors, false));
    let blamed = incident.blame.iter().map(|c| {
        let accused = c.event.as_str() == "statement.accused";
        (*c, if accused { &c.targets } else { &c.actors }, true)
    });
    for (claim, actors, blame) in all.chain(blamed) {
        for actor in actors {
            state |= words.state(&actor.name) || words.state(&actor.text);
            for (body, person) in split(setting, actor) {
                if let Some(body) = body {
                    let sure = confidence(claim, blame);
                    bodies.entry(body).or_insert(sure);
                }
                people.extend(person.filter(|_| !blame));
            }
        }
    }
    bodies.retain(|body, _| setting.a_body(body));
    if bodies.is_empty() && !state {
        // Where one text tells of several incidents, they are mostly laid to the same body.
        if let Some((body, sure)) = setting.usual(false) {
            bodies.insert(body, sure);
        }
    }
    if bodies.is_empty() && !state {
        bodies.extend(setting.near(incident).map(|body| (body, "REPORTED AS FACT")));
    }
    if people.is_empty() && !state {
        people.extend(setting.usual(true).map(|(people, _)| people));
    }
    let mut seen: Vec<String> = Vec::new();
    for person in people {
        if !seen.contains(&head(&person)) {
            seen.push(head(&person));
            slots[INDIVIDUAL].push(Fill::string(&person));
        }
    }
    let bodies: BTreeMap<String, &str> =
        bodies.into_iter().map(|(body, sure)| (setting.as_written(&body), sure)).collect();
    for (body, sure) in bodies {
        let sure = if setting.owned(incident, &body) { "CLAIMED OR ADMITTED" } else { sure };
        slots[ORGANISATION].push(Fill::string(&body));
        slots[CONFIDENCE].push(Fill::cross(sure, &body));
    }
    state
}

/// The body and the people an actor names: "terrorists of the Valley Front" are both.
fn split(setting: &Setting<'_>, actor: &ActorRef) -> Vec<(Option<String>, Option<String>)> {
    let words = setting.words;
    let said = if actor.refers_to.is_some() || actor.text.len() < 4 { &actor.name } else { &actor.text };
    let individual = words.individual(said) || words.named_person(actor);
    let known = actor.actor_id.is_some().then(|| {
        // The body's name as the text has it.
        let name = plain(&actor.name.to_uppercase());
        let short =
            said.split_whitespace().find(|w| w.len() > 1 && w.chars().all(|c| c.is_uppercase() || !c.is_alphabetic()));
        if setting.text.contains(&name) { name } else { short.map_or(said.clone(), str::to_owned) }
    });
    let of = said.split_once(" of the ").map(|(_, of)| of.to_owned());
    let army = of.clone().filter(|of| words.state(of));
    let body = known.or(army).or_else(|| actor.member_of.first().cloned()).or_else(|| named_run(words, said));
    if words.named_person(actor) {
        vec![(None, Some(said.clone()))]
    } else if individual {
        let people = if body.is_some() && of.is_some() { said.split(" of ").next().unwrap_or(said) } else { said };
        vec![(body, Some(people.to_owned()))]
    } else if body.is_some() || said.chars().any(char::is_uppercase) || words.state(said) {
        vec![(body.or(Some(said.clone())), None)]
    } else {
        vec![(None, Some(said.clone()))]
    }
}

/// The capitalised words inside a phrase, joined by "of" and the like: "Shining Path" of "a column of Shining Path terrorists".
fn named_run(words: &Words, said: &str) -> Option<String> {
    let all: Vec<&str> = said.split_whitespace().collect();
    let capital = |w: &str| w.trim_start_matches(['"', '\'', '(', '[']).starts_with(char::is_uppercase);
    let first = all.iter().enumerate().position(|(at, w)| capital(w) && (at > 0 || !is_article(w)))?;
    let run = all[first..].iter().take_while(|w| capital(w) || matches!(**w, "of" | "and" | "the" | "for"));
    let run: Vec<&str> = run.copied().collect();
    let last = run.iter().rposition(|w| capital(w))?;
    let name = run[..=last].join(" ");
    let nation = last == 0 && words.nation(&name).is_some();
    (!nation && name.len() > 2 && !words.individual(&name))
        .then(|| name.trim_matches(['"', '[', ']', '(', ')']).to_owned())
}

fn is_article(word: &str) -> bool {
    matches!(word, "The" | "A" | "An" | "Some" | "Several" | "Two" | "Three" | "Unidentified" | "Alleged")
}

/// MUC's confidence from the chain of those who say so.
fn confidence(claim: &Claim, blame: bool) -> &'static str {
    let official = claim.attribution.iter().any(|a| {
        matches!(
            a.kind,
            AttributionType::OfficialNamed | AttributionType::OfficialAnon | AttributionType::BelligerentMedia
        )
    });
    let stance = |wanted: SourceStance| claim.attribution.iter().any(|a| a.stance == wanted);
    let accused = claim.event.as_str() == "statement.accused" || stance(SourceStance::Accuse);
    if claim.event.as_str() == "statement.responsibility" || stance(SourceStance::ClaimResponsibility) {
        "CLAIMED OR ADMITTED"
    } else if accused && official {
        "SUSPECTED OR ACCUSED BY AUTHORITIES"
    } else if accused || blame || claim.certainty.author.is_some_and(|c| (1..3).contains(&c)) {
        "SUSPECTED OR ACCUSED"
    } else {
        "REPORTED AS FACT"
    }
}
