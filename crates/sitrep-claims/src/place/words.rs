//! The words and patterns of `lang/en/where.toml`, ready for use.
//!
//! In: the file, compiled in. Out: [`Words`]. Never reads files.

use std::collections::{BTreeMap, HashMap, HashSet};

use regex::{Regex, RegexSet};
use serde::Deserialize;
use sitrep_model::Bearing;

use super::key::key;
use super::relate::{Bound, Lies};
use crate::KitError;

const FILE: &str = include_str!("../../lang/en/where.toml");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    words: HashSet<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    id: String,
    kind: RelationKind,
    left: Option<String>,
    right: Option<String>,
    #[serde(default, rename = "why")]
    _why: String,
    #[serde(default)]
    yes: Vec<String>,
    #[serde(default)]
    no: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    kinds: BTreeMap<String, String>,
    organisations: List,
    never: List,
    locative: List,
    before_of: List,
    bearings: BTreeMap<String, String>,
    units: BTreeMap<String, f64>,
    abbreviations: BTreeMap<String, String>,
    describing: List,
    border: List,
    road: List,
    about: List,
    at_most: List,
    at_least: List,
    metonym_verbs: List,
    before_name: List,
    rural: List,
    around: List,
    alignments: List,
    settled: List,
    held: List,
    placing: List,
    qualifiers: List,
    seats: BTreeMap<String, String>,
    relation: Vec<Written>,
}

/// What a pattern of a relative place says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum RelationKind {
    /// In a direction, perhaps at a distance.
    Offset,
    /// At a distance in no told direction.
    Distance,
    /// A named part: countryside, outskirts, front.
    Part,
    /// The bank of a river.
    Bank,
    /// Close by.
    Near,
    /// A part of it by direction: "northern X".
    Within,
}

/// A pattern ready for use.
pub(crate) struct Pattern {
    #[cfg_attr(not(test), allow(dead_code))]
    pub(crate) id: String,
    pub(crate) kind: RelationKind,
    pub(crate) left: Option<Regex>,
    pub(crate) right: Option<Regex>,
    #[cfg_attr(not(test), allow(dead_code))]
    pub(crate) yes: Vec<String>,
    #[cfg_attr(not(test), allow(dead_code))]
    pub(crate) no: Vec<String>,
}

/// All of `where.toml`.
pub(crate) struct Words {
    /// Kinds of place by the word for them.
    pub(crate) kinds: HashMap<String, String>,
    /// The same for those of two words, by the first and the second.
    pub(crate) kinds_of_two: HashMap<String, HashMap<String, String>>,
    pub(crate) organisations: HashSet<String>,
    pub(crate) never: HashSet<String>,
    pub(crate) locative: HashSet<String>,
    pub(crate) before_of: HashSet<String>,
    bearings: HashMap<String, Bearing>,
    units: BTreeMap<String, f64>,
    /// Keys of lands by the keys of their short forms: "tex" is "texas".
    pub(crate) abbreviations: HashMap<String, String>,
    pub(crate) describing: HashSet<String>,
    pub(crate) border: HashSet<String>,
    pub(crate) road: HashSet<String>,
    about: HashSet<String>,
    at_most: HashSet<String>,
    at_least: HashSet<String>,
    /// What only people do, as lemmas.
    pub(crate) metonym_verbs: HashSet<String>,
    /// What ties a country to those it helps: "US-backed".
    pub(crate) alignments: HashSet<String>,
    /// Kinds of place that a name beside them must be.
    pub(crate) settled: HashSet<String>,
    /// Kinds of place that a name beside them must be, unless it names those who hold it.
    pub(crate) held: HashSet<String>,
    /// What says where something lies.
    pub(crate) placing: HashSet<String>,
    /// What may stand between "in" and a name.
    pub(crate) qualifiers: HashSet<String>,
    /// Countries by the keys of seats that stand for their governments.
    pub(crate) seats: BTreeMap<String, String>,
    pub(crate) patterns: Vec<Pattern>,
    /// Parts that are the land around a place, and parts at its rim.
    rural: HashSet<String>,
    around: HashSet<String>,
    /// Words that the left side of a pattern may end with.
    before_name: HashSet<String>,
    /// All left and all right sides, to ask once which of them fit; by the number of the pattern.
    pub(crate) sides: [RegexSet; 2],
}

impl Words {
    pub(crate) fn load() -> Result<Words, KitError> {
        let fault = |message: String| KitError { file: "lang/en/where.toml", message };
        let file: File = toml::from_str(FILE).map_err(|e| fault(e.to_string()))?;
        let mut bearings = BTreeMap::new();
        for (word, code) in file.bearings {
            let bearing =
                ALL_BEARINGS.iter().find(|(c, _)| *c == code).ok_or_else(|| fault(format!("no bearing {code}")))?.1;
            bearings.insert(word, bearing);
        }
        let alternatives = |words: Vec<&String>| {
            let mut words = words;
            words.sort_by_key(|w| std::cmp::Reverse(w.len()));
            words.iter().map(|w| regex::escape(w)).collect::<Vec<_>>().join("|")
        };
        let bearing = format!("(?P<bearing>{})", alternatives(bearings.keys().collect()));
        let unit = format!("(?P<unit>{})", alternatives(file.units.keys().collect()));
        let number = "(?P<n>[0-9]{1,4}(?:[.,][0-9]{1,3})?|one|two|three|four|five|six|seven|eight|nine|ten|dozen|twenty|thirty|forty|fifty)";
        let full = |p: &str| {
            p.replace("{bearing}", &bearing).replace("{unit}", &unit).replace("{n}", number).replace(' ', r"\s+")
        };
        let mut patterns = Vec::new();
        for rule in file.relation {
            let bad = |e: regex::Error| fault(format!("relation {}: {e}", rule.id));
            let left = rule
                .left
                .map(|p| Regex::new(&format!(r"(?i)(?:^|[^\w-])(?P<all>{})[\s-]+$", full(&p))))
                .transpose()
                .map_err(bad)?;
            let right = rule
                .right
                .map(|p| Regex::new(&format!(r"(?i)^(?P<all>{})(?:[^\w]|$)", full(&p))))
                .transpose()
                .map_err(bad)?;
            patterns.push(Pattern { id: rule.id, kind: rule.kind, left, right, yes: rule.yes, no: rule.no });
        }
        let side = |of: fn(&Pattern) -> Option<&Regex>| {
            // What a pattern asks nothing of fits nothing here, and is not asked.
            RegexSet::new(patterns.iter().map(|p| of(p).map_or(r"[^\s\S]", Regex::as_str)))
                .map_err(|e| fault(e.to_string()))
        };
        let last_part = |word: &String| word.rsplit('-').next().unwrap_or(word).to_owned();
        let before_name = bearings.keys().map(last_part).collect::<Vec<_>>().into_iter();
        Ok(Words {
            sides: [side(|p| p.left.as_ref())?, side(|p| p.right.as_ref())?],
            kinds_of_two: kinds_of_two(&file.kinds),
            kinds: file.kinds.into_iter().collect(),
            organisations: file.organisations.words,
            never: file.never.words,
            locative: file.locative.words,
            before_of: file.before_of.words,
            bearings: bearings.into_iter().collect(),
            units: file.units,
            abbreviations: short_forms(file.abbreviations),
            describing: file.describing.words,
            border: file.border.words,
            road: file.road.words,
            about: file.about.words,
            at_most: file.at_most.words,
            at_least: file.at_least.words,
            metonym_verbs: file.metonym_verbs.words,
            alignments: file.alignments.words,
            settled: file.settled.words,
            held: file.held.words,
            placing: file.placing.words,
            qualifiers: file.qualifiers.words,
            rural: file.rural.words,
            around: file.around.words,
            before_name: before_name.chain(file.before_name.words).collect(),
            seats: file.seats.into_iter().map(|(seat, country)| (key(&seat), country)).collect(),
            patterns,
        })
    }

    /// The direction a word names.
    pub(crate) fn bearing(&self, word: &str) -> Option<Bearing> {
        self.bearings.get(&word.to_lowercase()).copied()
    }

    /// Where a part of a place lies.
    pub(crate) fn lies(&self, part: &str) -> Lies {
        match part {
            part if self.rural.contains(part) => Lies::Beyond,
            part if self.around.contains(part) => Lies::Around,
            _ => Lies::Inside,
        }
    }

    /// Whether a pattern may fit the words before a name at all: a quick look at the last of them.
    pub(crate) fn may_relate(&self, left: &str) -> bool {
        let left = left.trim_end_matches(|c: char| c.is_whitespace() || c == '-');
        let last = left.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        if last.bytes().all(|b| b.is_ascii_lowercase()) {
            self.before_name.contains(last)
        } else {
            self.before_name.contains(&last.to_lowercase())
        }
    }

    /// Whether words before a number make it a bound.
    pub(crate) fn bound(&self, said: &str) -> Bound {
        let any = |list: &HashSet<String>| list.iter().any(|w| said.starts_with(w.as_str()));
        match (any(&self.at_most), any(&self.at_least)) {
            (true, _) => Bound::Most,
            (_, true) => Bound::Least,
            _ => Bound::About,
        }
    }

    /// How far a distance may be off: half of what the number was rounded to (a ten when it ends in 0, a five when in 5), twice
    /// that after "about"; between a twentieth and a fifth of the distance.
    pub(crate) fn slack_km(&self, number: &str, unit: &str, said: &str) -> f64 {
        let Some((km, one)) = self.kilometres(number, unit).zip(self.units.get(&unit.to_lowercase())) else {
            return 0.0;
        };
        let count = (km / one * 10.0).round() / 10.0;
        let rounded_to = [1000.0, 100.0, 10.0, 5.0, 1.0].into_iter().find(|unit| count % unit == 0.0).unwrap_or(0.1);
        let about = self.about.iter().any(|w| said.starts_with(w.as_str()));
        let slack = one * rounded_to / 2.0 * if about { 2.0 } else { 1.0 };
        slack.clamp(km * 0.05, km * if about { 0.25 } else { 0.2 }).max(0.1)
    }

    /// So many of a unit, in kilometres.
    pub(crate) fn kilometres(&self, number: &str, unit: &str) -> Option<f64> {
        let spelt = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
        let number = number.to_lowercase();
        let count = match number.as_str() {
            "dozen" => 12.0,
            "twenty" => 20.0,
            "thirty" => 30.0,
            "forty" => 40.0,
            "fifty" => 50.0,
            _ => match spelt.iter().position(|w| *w == number) {
                Some(at) => at as f64 + 1.0,
                // "1,500 m" counts thousands, "1,5 km" tenths.
                None if number.split_once(',').is_some_and(|(_, tail)| tail.len() == 3) => {
                    number.replace(',', "").parse().ok()?
                }
                None => number.replace(',', ".").parse().ok()?,
            },
        };
        let km = count * self.units.get(&unit.to_lowercase())?;
        (km > 0.0 && km < 5_000.0).then(|| (km * 1000.0).round() / 1000.0)
    }
}

fn kinds_of_two(kinds: &BTreeMap<String, String>) -> HashMap<String, HashMap<String, String>> {
    let mut of_two: HashMap<String, HashMap<String, String>> = HashMap::new();
    for (words, kind) in kinds {
        if let Some((first, second)) = words.split_once(' ') {
            of_two.entry(first.to_owned()).or_default().insert(second.to_owned(), kind.clone());
        }
    }
    of_two
}

/// "n.c." = "North Carolina" as keys; several short forms stand apart by bars.
fn short_forms(written: BTreeMap<String, String>) -> HashMap<String, String> {
    let each = |(long, short): (String, String)| {
        let forms: Vec<String> = short.split('|').map(key).collect();
        forms.into_iter().map(move |form| (form, key(&long)))
    };
    written.into_iter().flat_map(each).collect()
}

const ALL_BEARINGS: [(&str, Bearing); 8] = [
    ("N", Bearing::N),
    ("NE", Bearing::Ne),
    ("E", Bearing::E),
    ("SE", Bearing::Se),
    ("S", Bearing::S),
    ("SW", Bearing::Sw),
    ("W", Bearing::W),
    ("NW", Bearing::Nw),
];
