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
    /// Eight digits.
    date: String,
    text: String,
    events: Vec<[String; 3]>,
}

/// Words in order, and the code they stand for.
type Entry = (Vec<String>, String);

/// Words in order, the code they stand for, and the codes that hold within dates only.
type Dated = (Vec<String>, String, Vec<([String; 2], String)>);

/// The set's actors and agents, longest first.
struct Dictionary {
    actors: Vec<Dated>,
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
    let agents = entries("agents")?.into_iter().map(|(words, code, _)| (words, code)).collect();
    let dictionary = Dictionary { actors: entries("actors")?, agents };
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
        let ours: BTreeSet<[String; 3]> = claims.iter().flat_map(|c| dyads(&dictionary, c, unit)).collect();
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
fn dyads(dictionary: &Dictionary, claim: &Claim, unit: &Unit) -> Vec<[String; 3]> {
    let Some(class) = super::plover::class_of(claim) else { return Vec::new() };
    let names = |actors: &[sitrep_model::ActorRef]| -> BTreeSet<String> {
        let of = |a: &sitrep_model::ActorRef| {
            let refers = a.refers_to.as_deref().unwrap_or("");
            let whole = whole(&unit.text, &a.text);
            [whole.as_str(), &a.name, refers].iter().find_map(|words| dictionary.code(words, &unit.date))
        };
        actors.iter().filter_map(of).flatten().collect()
    };
    let sources = names(&claim.actors);
    let mut targets = names(&claim.targets);
    if targets.is_empty() {
        let things = claim.things.iter().map(|t| t.text.as_str());
        let places = [&claim.destination, &claim.place].into_iter().flatten().map(|p| p.text.as_str());
        targets = things
            .chain(places)
            .find_map(|words| dictionary.code(words, &unit.date))
            .unwrap_or_default()
            .into_iter()
            .collect();
    }
    // Both sides of a meeting act; each is the other's target.
    let mutual = targets.is_empty() && sources.len() > 1;
    let aims = if mutual { sources.clone() } else { targets };
    let pairs = sources.iter().flat_map(|s| aims.iter().map(move |t| (s, t))).filter(|(s, t)| s != t);
    let one = |(s, t): (&String, &String)| [s.clone(), t.clone(), class.to_owned()];
    let forth: Vec<[String; 3]> = pairs.map(one).collect();
    // Who meets is met, now or later.
    let back = forth
        .iter()
        .filter(|_| class == "CONSULT" || claim.event.as_str() == "talks")
        .map(|[s, t, c]| [t.clone(), s.clone(), c.clone()]);
    forth.iter().cloned().chain(back).collect()
}

/// A noun phrase with the title or nation right before it and what follows it after "in", "of" or "from": "Bree Prime Minister
/// Romendacil", "soldiers from Gondor", "the ambassadors of Arnor, Osgiliath and Gondor".
fn whole(text: &str, phrase: &str) -> String {
    let Some(at) = text.find(phrase) else { return phrase.to_owned() };
    let capital = |w: &&str| w.starts_with(char::is_uppercase);
    let mut before: Vec<&str> =
        text[..at].split_whitespace().rev().take_while(|w| capital(w) && !w.ends_with([',', '.'])).collect();
    before.reverse();
    if !phrase.starts_with(char::is_uppercase) {
        before.clear();
    }
    let after = &text[at + phrase.len()..];
    let phrase = before.into_iter().chain([phrase]).collect::<Vec<_>>().join(" ");
    let listed = phrase.contains(" of ") && after.starts_with([',', ' ']);
    let mut words = after.split_whitespace().peekable();
    if !matches!(words.peek(), Some(&("in" | "of" | "from"))) && !listed {
        return phrase;
    }
    let link = words.next_if(|w| !capital(w)).unwrap_or("");
    let named = words.take_while(|w| capital(w) || matches!(*w, "the" | "and"));
    format!("{phrase} {link} {}", named.collect::<Vec<_>>().join(" "))
}

impl Dictionary {
    /// The nations and bodies as a user's actors.
    fn lines(&self) -> String {
        let one = |(words, code, _): &Dated| {
            let name: Vec<String> = words.iter().map(|w| w[..1].to_owned() + &w[1..].to_lowercase()).collect();
            let name = name.join(" ");
            format!("{}\t{name}\tgovernment", name.to_lowercase().replace(' ', "-") + "-" + &code.to_lowercase())
        };
        // Short words are abbreviations or common words.
        let long = |(words, ..): &&Dated| {
            words.iter().map(String::len).sum::<usize>() > 3 && words.iter().all(|w| w.is_ascii())
        };
        self.actors.iter().filter(long).map(one).collect::<Vec<_>>().join("\n")
    }

    /// The codes a noun phrase stands for on that day: each nation in it, with the agents its other words name. Who used to be something
    /// is an elite.
    fn code(&self, phrase: &str, date: &str) -> Option<Vec<String>> {
        let words = words_of(phrase);
        let former = words.iter().any(|w| w == "FORMER" || w == "EX");
        let mut agents: Vec<&str> = Vec::new();
        for (at, entry) in found(&self.agents, &words, |e| &e.0) {
            let code = if former { "~ELI" } else { entry.1.as_str() };
            if at < words.len() && !agents.contains(&code) {
                agents.push(code);
            }
        }
        let mut nations: Vec<&str> = Vec::new();
        for part in phrase.split([',']).flat_map(|part| part.split(" and ")) {
            let words = words_of(part);
            let entry = self.actors.iter().find(|e| occurs(&e.0, &words).is_some());
            nations.extend(entry.map(|(_, code, dated)| {
                let held = dated.iter().filter(|(span, _)| span[0].as_str() <= date && date <= span[1].as_str());
                held.map(|(_, code)| code.as_str()).next().unwrap_or(code.as_str())
            }));
        }
        let whole = |nation: &str| agents.iter().fold(nation.to_owned(), |all, agent| joined(&all, Some(agent)));
        match (nations.is_empty(), agents.is_empty()) {
            (false, _) => Some(nations.iter().flat_map(|n| n.split('/')).map(whole).collect()),
            (true, false) => Some(vec![whole("---")]),
            (true, true) => None,
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

/// Where the words of an entry occur in `words`.
fn occurs(entry: &[String], words: &[String]) -> Option<usize> {
    let same = |entry: &String, word: &String| {
        word == entry
            || word.strip_suffix('S') == Some(entry)
            || entry.len() > 3 && word.starts_with(entry.as_str()) && word.len() <= entry.len() + 3
    };
    (0..(words.len() + 1).saturating_sub(entry.len()))
        .find(|&at| words[at..at + entry.len()].iter().zip(entry).all(|(w, e)| same(e, w)))
}

/// The entries that occur in `words`, longest first, none within another, in text order.
fn found<'e, E>(entries: &'e [E], words: &[String], of: impl Fn(&E) -> &Vec<String>) -> Vec<(usize, &'e E)> {
    let mut taken = vec![false; words.len()];
    let mut all: Vec<(usize, &E)> = Vec::new();
    for entry in entries {
        let length = of(entry).len();
        if let Some(at) = occurs(of(entry), words).filter(|&at| !taken[at..at + length].contains(&true)) {
            taken[at..at + length].fill(true);
            all.push((at, entry));
        }
    }
    all.sort_by_key(|(at, _)| *at);
    all
}

fn words_of(text: &str) -> Vec<String> {
    let upper = text.to_uppercase().replace("'S", " ").replace("’S", " ").replace('.', "");
    upper.split(|c: char| !c.is_alphanumeric() && c != '-').filter(|w| !w.is_empty()).map(str::to_owned).collect()
}

/// `WORDS_OF_NAME [CODE <date]`, `+SYNONYM`, codes on their own lines; of several that hold on a day the narrowest comes first.
fn entries(kind: &str) -> anyhow::Result<Vec<Dated>> {
    let text = read(&format!("dictionaries/PETR.Validate.{kind}.txt"))?;
    let mut all: Vec<Dated> = Vec::new();
    let (mut open, mut code): (Vec<Vec<String>>, String) = (Vec::new(), String::new());
    let mut dated: Vec<([String; 2], String)> = Vec::new();
    let close = |open: &mut Vec<Vec<String>>,
                 code: &mut String,
                 dated: &mut Vec<([String; 2], String)>,
                 all: &mut Vec<Dated>| {
        let (code, dated) = (std::mem::take(code), std::mem::take(dated));
        let code = if code.is_empty() { dated.last().map(|d| d.1.clone()).unwrap_or_default() } else { code };
        all.extend(open.drain(..).map(|words| (words, code.clone(), dated.clone())));
    };
    for line in text.lines().map(|l| l.split('#').next().unwrap_or("")) {
        let (names, coded) = line.split_once('[').map_or((line, None), |(n, c)| (n, c.split(']').next()));
        let name = names.split('{').next().unwrap_or("").trim();
        if line.starts_with(['<', '!']) {
            continue;
        }
        if !name.is_empty() && !name.starts_with('+') {
            close(&mut open, &mut code, &mut dated, &mut all);
        }
        if !name.is_empty() {
            open.push(words_of(&name.trim_start_matches('+').replace('_', " ").replace("!PERSON!", " PERSON")));
        }
        if let Some(coded) = coded {
            let (found, when) = coded.trim().split_once([' ', '<', '>']).unwrap_or((coded.trim(), ""));
            match span(coded, when) {
                Some(span) => dated.push((span, found.trim().to_uppercase())),
                None if code.is_empty() => code = found.trim().to_uppercase(),
                None => {}
            }
        }
    }
    close(&mut open, &mut code, &mut dated, &mut all);
    all.iter_mut().for_each(|(.., dated)| {
        dated.sort_by_key(|(span, _)| u8::from(span.contains(&String::new())) + u8::from(span[1] == "9"))
    });
    all.retain(|(words, code, _)| !words.is_empty() && !code.is_empty());
    all.sort_by_key(|(words, ..)| std::cmp::Reverse(words.len()));
    Ok(all)
}

/// "< 19950601", "19950601 - 19990815", "> 990816": first and last day, in eight digits.
fn span(coded: &str, when: &str) -> Option<[String; 2]> {
    let days: Vec<String> = when
        .split(|c: char| !c.is_ascii_digit())
        .filter(|d| d.len() >= 6)
        .map(|d| if d.len() == 6 { format!("19{d}") } else { d.to_owned() })
        .collect();
    match (days.as_slice(), coded.contains('<'), coded.contains('>')) {
        ([day], true, _) => Some([String::new(), day.clone()]),
        ([day], _, true) => Some([day.clone(), "9".to_owned()]),
        ([first, last], ..) => Some([first.clone(), last.clone()]),
        _ => None,
    }
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
            date: value(body, "date"),
            text: said.split_whitespace().collect::<Vec<_>>().join(" ").replace("&amp;", "&"),
            events: events.filter(|e| e.iter().all(|part| !part.is_empty())).collect(),
        });
    }
    Ok(units)
}
