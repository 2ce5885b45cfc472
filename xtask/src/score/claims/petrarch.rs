//! The unit sentences of the event coder PETRARCH: who did what to whom among invented nations, as (source, target, code).
//!
//! In: `../shared/gold/petrarch_unit`: 284 sentences and the dictionaries they were written for. Out: how many of the expected events our
//! claims give, exactly; the rest by reason, with `--list` one by one.
//!
//! The dictionary's actors are given to the kit as a user's own.
//! Actors: the words of our actor are looked up in the set's own dictionaries, as PETRARCH does with those of its noun phrases. A place a
//! deed is done in or to stands for its target when no one else is (so the coder reads "fired at Gondor").
//! Codes: those of the dictionaries are partly of an older scheme and partly mere marks (901, 345) that test which pattern matched. `codes.toml`
//! says which classes of PLOVER a code means there; a mark means none, and its event is right when source and target are (counted apart).

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::Context as _;
use serde::Deserialize;
use sitrep_model::Claim;

use super::browser::{Browser, Row, Said, Verdict};

/// What the dictionary's codes mean.
#[derive(Deserialize)]
struct Codes {
    /// Beginnings of codes and the PLOVER classes they stand for.
    meaning: BTreeMap<String, String>,
    /// Codes that only mark a pattern.
    marks: String,
}

/// One sentence.
struct Unit {
    id: String,
    text: String,
    events: Vec<[String; 3]>,
}

/// Words in order, and the code they stand for.
type Entry = (Vec<String>, String);

/// The set's actors and agents, longest first.
struct Dictionary {
    actors: Vec<Entry>,
    agents: Vec<Entry>,
}

/// Why an event is not among ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Outcome {
    Exact,
    MarkWithRightActors,
    NoClaim,
    OtherDeed,
    OtherActors,
    Comment,
}

/// Scores the set.
pub(super) fn run(list: bool, browser: &mut Browser) -> anyhow::Result<()> {
    let codes: Codes = toml::from_str(include_str!("petrarch/codes.toml")).context("petrarch/codes.toml")?;
    let dictionary = Dictionary { actors: entries("actors")?, agents: entries("agents")? };
    let kit = &super::super::where_::kit()?.with_actors(&dictionary.lines()).context("the set's actors")?;
    let (mut outcomes, mut claims_in_all, mut without) = (BTreeMap::<Outcome, usize>::new(), 0, [0_usize; 2]);
    let units = units()?;
    let mut pairs = 0;
    for unit in &units {
        let claims = sitrep_claims::claims(kit, &super::document(&unit.text)).value;
        claims_in_all += claims.len();
        if unit.events.is_empty() {
            without[0] += 1;
            without[1] += usize::from(claims.is_empty());
        }
        let ours: BTreeSet<[String; 3]> = claims.iter().flat_map(|c| dyads(&dictionary, c, &unit.text)).collect();
        browser.add(row(&codes, unit, &claims, &ours));
        for event in &unit.events {
            let outcome = judge(&codes, event, &ours);
            *outcomes.entry(outcome).or_default() += 1;
            pairs += usize::from(ours.iter().any(|o| o[..2] == event[..2]));
            if list && outcome != Outcome::Exact && outcome != Outcome::MarkWithRightActors {
                println!("{outcome:?} {} {event:?}: {}\n     {ours:?}", unit.id, unit.text);
                for claim in &claims {
                    println!("     {}", super::told(claim));
                }
            }
        }
    }
    let count = |o: Outcome| outcomes.get(&o).copied().unwrap_or(0);
    let all: usize = outcomes.values().sum();
    let marks = units.iter().flat_map(|u| &u.events).filter(|e| codes.is_mark(&e[2])).count();
    let share = |part: usize, of: usize| part as f64 / of.max(1) as f64;
    println!("petrarch: {} sentences with {all} events, looked at sentence by sentence", units.len());
    println!(
        "  exact (source, target, meaning)  {:.3} ({} of {})",
        share(count(Outcome::Exact), all - marks),
        count(Outcome::Exact),
        all - marks
    );
    println!("  marks: source and target right   {:.3} of {marks}", share(count(Outcome::MarkWithRightActors), marks));
    println!("  source and target right          {:.3} of {all}", share(pairs, all));
    println!("  sentences without an event left empty {} of {}", without[1], without[0]);
    println!("  claims per expected event {:.2}", share(claims_in_all, all));
    for (outcome, n) in &outcomes {
        println!("    {outcome:?} {n}");
    }
    Ok(())
}

/// A sentence for the error browser.
fn row(codes: &Codes, unit: &Unit, claims: &[Claim], ours: &BTreeSet<[String; 3]>) -> Row {
    let outcomes: Vec<Outcome> = unit.events.iter().map(|event| judge(codes, event, ours)).collect();
    let good = |o: &Outcome| matches!(o, Outcome::Exact | Outcome::MarkWithRightActors);
    let mut errors: BTreeSet<&'static str> = outcomes.iter().filter(|o| !good(o)).map(|o| o.words()).collect();
    if unit.events.is_empty() && !claims.is_empty() {
        errors.insert("claims where none is expected");
    }
    let verdict = if errors.is_empty() {
        Verdict::Right
    } else if outcomes.iter().any(good) {
        Verdict::Part
    } else {
        Verdict::Wrong
    };
    let expected = |(event, outcome): (&[String; 3], &Outcome)| {
        let [source, target, code] = event;
        Said {
            text: format!("{source} → {target} {code} ({})", codes.classes(code).join(" or ")),
            met: Some(good(outcome)),
        }
    };
    let triple = |[source, target, class]: &[String; 3]| {
        let met = unit
            .events
            .iter()
            .any(|e| e[0] == *source && e[1] == *target && codes.classes(&e[2]).contains(&class.as_str()));
        Said { text: format!("{source} → {target} {class}"), met: Some(met) }
    };
    let told = claims.iter().map(|c| Said { text: super::told(c), met: None });
    Row {
        set: "petrarch",
        id: unit.id.clone(),
        text: unit.text.clone(),
        errors,
        verdict,
        gold: unit.events.iter().zip(&outcomes).map(expected).collect(),
        ours: ours.iter().map(triple).chain(told).collect(),
        parsed: true,
    }
}

impl Outcome {
    fn words(self) -> &'static str {
        match self {
            Outcome::Exact | Outcome::MarkWithRightActors => "right",
            Outcome::NoClaim => "no claim",
            Outcome::OtherDeed => "other class",
            Outcome::OtherActors => "other actors",
            Outcome::Comment => "mere comment",
        }
    }
}

impl Codes {
    fn is_mark(&self, code: &str) -> bool {
        self.marks
            .split_whitespace()
            .any(|mark| mark == code || mark.strip_suffix('*').is_some_and(|m| code.starts_with(m)))
    }

    /// The PLOVER classes of the longest beginning listed.
    fn classes(&self, code: &str) -> Vec<&str> {
        let best = self
            .meaning
            .iter()
            .filter(|(start, _)| code.starts_with(start.as_str()))
            .max_by_key(|(start, _)| start.len());
        best.map(|(_, classes)| classes.split_whitespace().collect()).unwrap_or_default()
    }
}

fn judge(codes: &Codes, event: &[String; 3], ours: &BTreeSet<[String; 3]>) -> Outcome {
    let classes = codes.classes(&event[2]);
    let actors = |o: &&[String; 3]| o[..2] == event[..2];
    let deed = |o: &&[String; 3]| classes.contains(&o[2].as_str());
    if codes.is_mark(&event[2]) {
        if ours.iter().any(|o| actors(&o)) { Outcome::MarkWithRightActors } else { Outcome::OtherActors }
    } else if ours.iter().any(|o| actors(&o) && deed(&o)) {
        Outcome::Exact
    } else if classes.is_empty() {
        Outcome::Comment
    } else if ours.is_empty() {
        Outcome::NoClaim
    } else if ours.iter().any(|o| deed(&o)) {
        Outcome::OtherActors
    } else {
        Outcome::OtherDeed
    }
}

/// The (source, target, class) triples of a claim.
fn dyads(dictionary: &Dictionary, claim: &Claim, text: &str) -> Vec<[String; 3]> {
    let Some(class) = super::plover::class_of(claim) else { return Vec::new() };
    let names = |actors: &[sitrep_model::ActorRef]| -> BTreeSet<String> {
        let of = |a: &sitrep_model::ActorRef| {
            let refers = a.refers_to.as_deref().unwrap_or("");
            [whole(text, &a.text).as_str(), &a.name, refers].iter().find_map(|words| dictionary.code(words))
        };
        actors.iter().filter_map(of).flatten().collect()
    };
    let sources = names(&claim.actors);
    let mut targets = names(&claim.targets);
    if targets.is_empty() {
        let things = claim.things.iter().map(|t| t.text.as_str());
        let places = [&claim.destination, &claim.place].into_iter().flatten().map(|p| p.text.as_str());
        targets =
            things.chain(places).find_map(|words| dictionary.code(words)).unwrap_or_default().into_iter().collect();
    }
    // Both sides of a meeting act; each is the other's target.
    let mutual = targets.is_empty() && sources.len() > 1;
    let aims = if mutual { sources.clone() } else { targets };
    let pairs = sources.iter().flat_map(|s| aims.iter().map(move |t| (s, t))).filter(|(s, t)| s != t);
    let one = |(s, t): (&String, &String)| [s.clone(), t.clone(), class.to_owned()];
    let forth: Vec<[String; 3]> = pairs.map(one).collect();
    let back = forth.iter().filter(|_| class == "CONSULT").map(|[s, t, c]| [t.clone(), s.clone(), c.clone()]);
    forth.iter().cloned().chain(back).collect()
}

/// A noun phrase with what follows it after "in", "of" or "from": "soldiers from Gondor".
fn whole(text: &str, phrase: &str) -> String {
    let Some(at) = text.find(phrase) else { return phrase.to_owned() };
    let mut words = text[at + phrase.len()..].split_whitespace();
    if !matches!(words.next(), Some("in" | "of" | "from")) {
        return phrase.to_owned();
    }
    let named = words.take_while(|w| w.starts_with(char::is_uppercase) || matches!(*w, "the" | "and"));
    format!("{phrase} {}", named.collect::<Vec<_>>().join(" "))
}

impl Dictionary {
    /// The nations and bodies as a user's actors.
    fn lines(&self) -> String {
        let one = |(words, code): &Entry| {
            let name: Vec<String> = words.iter().map(|w| w[..1].to_owned() + &w[1..].to_lowercase()).collect();
            let name = name.join(" ");
            format!("{}\t{name}\tgovernment", name.to_lowercase().replace(' ', "-") + "-" + &code.to_lowercase())
        };
        // Short words are abbreviations or common words.
        let long = |(words, _): &&Entry| {
            words.iter().map(String::len).sum::<usize>() > 3 && words.iter().all(|w| w.is_ascii())
        };
        self.actors.iter().filter(long).map(one).collect::<Vec<_>>().join("\n")
    }

    /// The codes a noun phrase stands for: each nation in it, with the agent its other words name. Who used to be something is an elite.
    fn code(&self, phrase: &str) -> Option<Vec<String>> {
        let words = words_of(phrase);
        let former = words.iter().any(|w| w == "FORMER" || w == "EX");
        let agent = first(&self.agents, &words).map(|(_, code)| if former { "~ELI" } else { code.as_str() });
        let mut nations: Vec<&str> = Vec::new();
        for part in words.split(|w| w == "AND") {
            nations.extend(first(&self.actors, part).map(|(_, code)| code.as_str()));
        }
        match (nations.is_empty(), agent) {
            (false, agent) => Some(nations.iter().flat_map(|n| n.split('/')).map(|n| joined(n, agent)).collect()),
            (true, Some(agent)) => Some(vec![joined("---", Some(agent))]),
            (true, None) => None,
        }
    }
}

fn joined(actor: &str, agent: Option<&str>) -> String {
    match agent {
        Some(agent) if agent.starts_with('~') => {
            let suffix = &agent[1..];
            if actor.ends_with(suffix) { actor.to_owned() } else { format!("{actor}{suffix}") }
        }
        Some(agent) if agent.ends_with('~') => format!("{}{actor}", &agent[..agent.len() - 1]),
        _ => actor.to_owned(),
    }
}

/// The longest entry that occurs in `words`.
fn first<'e>(entries: &'e [Entry], words: &[String]) -> Option<&'e Entry> {
    let same = |entry: &String, word: &String| {
        word == entry
            || word.strip_suffix('S') == Some(entry)
            || entry.len() > 3 && word.starts_with(entry.as_str()) && word.len() <= entry.len() + 3
    };
    let occurs =
        |entry: &Entry| words.windows(entry.0.len()).any(|run| run.iter().zip(&entry.0).all(|(w, e)| same(e, w)));
    entries.iter().find(|entry| occurs(entry))
}

fn words_of(text: &str) -> Vec<String> {
    let upper = text.to_uppercase().replace("'S", " ").replace("’S", " ").replace('.', "");
    upper.split(|c: char| !c.is_alphanumeric() && c != '-').filter(|w| !w.is_empty()).map(str::to_owned).collect()
}

/// `WORDS_OF_NAME [CODE <date]`, `+SYNONYM`, codes on their own lines; the undated code holds, else the last one.
fn entries(kind: &str) -> anyhow::Result<Vec<Entry>> {
    let text = read(&format!("dictionaries/PETR.Validate.{kind}.txt"))?;
    let mut all: Vec<Entry> = Vec::new();
    let (mut open, mut code): (Vec<Vec<String>>, String) = (Vec::new(), String::new());
    for line in text.lines().map(|l| l.split('#').next().unwrap_or("")) {
        let (names, coded) = line.split_once('[').map_or((line, None), |(n, c)| (n, c.split(']').next()));
        let name = names.split('{').next().unwrap_or("").trim();
        if line.starts_with(['<', '!']) {
            continue;
        }
        if !name.is_empty() && !name.starts_with('+') {
            all.extend(open.drain(..).map(|words| (words, code.clone())));
            code = String::new();
        }
        if !name.is_empty() {
            open.push(words_of(&name.trim_start_matches('+').replace('_', " ").replace("!PERSON!", " PERSON")));
        }
        if let Some(coded) = coded {
            let found = coded.trim().split([' ', '<', '>']).next().unwrap_or("").trim().to_uppercase();
            if code.is_empty() || !coded.contains(['<', '>', '-']) {
                code = found;
            }
        }
    }
    all.extend(open.drain(..).map(|words| (words, code.clone())));
    all.retain(|(words, code)| !words.is_empty() && !code.is_empty());
    all.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
    Ok(all)
}

fn read(name: &str) -> anyhow::Result<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../shared/gold/petrarch_unit/petrarch2/petrarch2/data")
        .join(name);
    std::fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))
}

/// The sentences; their file is no well-formed XML.
fn units() -> anyhow::Result<Vec<Unit>> {
    let text = read("text/PETR.UnitTest.records.xml")?;
    let value = |tag: &str, name: &str| -> String {
        let found = tag.split(&format!("{name}=\"")).nth(1).and_then(|rest| rest.split('"').next());
        found.unwrap_or("").to_owned()
    };
    let between = |text: &str, from: &str, to: &str| -> Option<String> {
        Some(text.split(from).nth(1)?.split(to).next()?.to_owned())
    };
    let mut units = Vec::new();
    for part in text.split("<Sentence ").skip(1) {
        let body = part.split("</Sentence>").next().unwrap_or("");
        let Some(said) = between(body, "<Text>", "</Text>") else { continue };
        let tags = body.split("<EventCoding").skip(1).filter_map(|tag| tag.split('>').next());
        let events = tags.map(|tag| [value(tag, "sourcecode"), value(tag, "targetcode"), value(tag, "eventcode")]);
        units.push(Unit {
            id: value(body, "id"),
            text: said.split_whitespace().collect::<Vec<_>>().join(" ").replace("&amp;", "&"),
            events: events.filter(|e| e.iter().all(|part| !part.is_empty())).collect(),
        });
    }
    Ok(units)
}
