//! Decides which place a name means in this document, or that the text does not tell.
//!
//! In: all names of a document and the countries it speaks of. Out: one sense a name, with the belief in it. Candidates are scored
//! three times, each time with what the round before made of the other names. Abstains when the belief is split, and for names that
//! only their spelling makes places when the document never comes near them.

use std::collections::{BTreeMap, BTreeSet};

use super::gazetteer::{Entry, Index, Iso};
use super::key::{bare, ended_skeleton, key, skeleton};
use super::score::lies_in;
use super::score::{Candidate, Context, Features, Match, Other, Own, Sorts, Told, Weights};
use super::script::{ARABIC, OWN, readings};
use super::shape::distance_km;
use super::slips::near_spellings;

/// What a name means here.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Sense {
    /// This place.
    Known(Entry),
    /// One of several; none chosen.
    Ambiguous,
    /// No place of the gazetteer.
    Unknown,
}

/// One name of the document, all its mentions together.
#[derive(Debug, Clone, Default)]
pub(crate) struct Name {
    /// The kinds of place its mentions say, most frequent first.
    pub(crate) kind: Option<String>,
    /// Whether any mention is a place by its context, not only by spelling.
    pub(crate) context: bool,
    /// Whether somebody asks what it means, who knows it to be a place.
    pub(crate) asked: bool,
    /// How often it is said; in readers' comments it counts less.
    pub(crate) times: f64,
    /// Keys of what it is said to lie in: "Paris, Texas".
    pub(crate) holder: Option<String>,
    /// Names that stand beside it in a list, by their keys in the document's names.
    pub(crate) beside: BTreeSet<String>,
}

/// How much of the document speaks of each country, 0 to 1.
pub(crate) type Countries = BTreeMap<Iso, f64>;

/// What a document tells besides its names.
#[derive(Debug, Clone, Default)]
pub(crate) struct Hints {
    pub(crate) countries: Countries,
    /// How often an adjective or people of each country is named.
    pub(crate) adjectives: BTreeMap<Iso, f64>,
    /// Places in the name of the outlet.
    pub(crate) outlet: Vec<Candidate>,
}

const CITY_POPULATION_LOG2: f64 = 14.0;
/// About 370,000: a city known without its country.
const METROPOLIS_POPULATION_LOG2: f64 = 18.5;
const KNOWN_POPULATION_LOG2: f64 = 9.5;
const IN_PLAY: f64 = 0.12;
/// Less belief in the best place than this leaves it open.
pub(super) const LEAST_BELIEF: f64 = 0.5;
/// The same where a place is asked for.
const LEAST_BELIEF_ASKED: f64 = 0.35;
/// Entries this near to each other are one place told twice.
const SAME_PLACE_KM: f64 = 15.0;
const ROUNDS: usize = 3;
/// The likeliest candidates of a name that others are measured by, and how many names are.
const BEST: usize = 3;
const MOST_OTHERS: usize = 96;
/// Names longer lists of candidates are cut to.
const MOST_CANDIDATES: usize = 300;
/// A place wider than this is near to nothing in particular.
const NARROW_KM: f64 = 60.0;
const NOBODY: Iso = *b"--";
/// How near to another name's place a likeness of consonants must lie, unless so much of the document speaks of its country.
const LOOSE_KM: f64 = 150.0;
const LOOSE_SHARE: f64 = 0.4;

/// All that is known of one name's candidates in the last round.
pub(crate) struct Judged {
    pub(crate) candidates: Vec<Candidate>,
    /// What the name is said to lie in.
    pub(crate) holders: Vec<Entry>,
    pub(crate) features: Vec<Features>,
    pub(crate) beliefs: Vec<f64>,
}

/// The candidates of every name with the belief in each.
pub(crate) fn judge(index: &Index, weights: &Weights, names: &BTreeMap<String, Name>, hints: &Hints) -> Vec<Judged> {
    let mut judged: Vec<Judged> = (names.iter())
        .map(|(key, name)| {
            let candidates = candidates(index, plain(key), name, &hints.countries);
            let holders = name.holder.as_ref().map_or_else(Vec::new, |h| holders(index, h));
            Judged { candidates, holders, features: Vec::new(), beliefs: Vec::new() }
        })
        .collect();
    let numbers: BTreeMap<&String, usize> = names.keys().enumerate().map(|(at, key)| (key, at)).collect();
    let beside: Vec<Vec<usize>> =
        names.values().map(|n| n.beside.iter().filter_map(|key| numbers.get(key).copied()).collect()).collect();
    for _ in 0..ROUNDS {
        let context = context(names, &judged, hints);
        let mut next = Vec::with_capacity(judged.len());
        for (at, name) in names.values().enumerate() {
            let holders = &judged[at].holders;
            let sorts = Sorts::of(beside[at].iter().map(|other| &judged[*other]));
            let told = Told { kind: name.kind.as_deref(), holders, sorts };
            let own = own(name, &judged[at]);
            let features = context.features(at, &told, &own, &judged[at].candidates);
            next.push((weights.shares(&features, &crowding(&judged[at].candidates)), features));
        }
        for (judged, (beliefs, features)) in judged.iter_mut().zip(next) {
            (judged.beliefs, judged.features) = (beliefs, features);
        }
    }
    judged
}

/// What each candidate's odds are lowered by: a user's places without people share the weight of one among them, or thirty hamlets
/// would outweigh the city of their name.
fn crowding(candidates: &[Candidate]) -> Vec<f64> {
    let hamlet = |c: &Candidate| c.entry.is_own() && c.entry.population_log2 == 0.0;
    let crowd = candidates.iter().filter(|c| hamlet(c)).count().max(1) as f64;
    candidates.iter().map(|c| if hamlet(c) { crowd.ln() } else { 0.0 }).collect()
}

/// The lands a name may be said to lie in.
pub(crate) fn holders(index: &Index, key: &str) -> Vec<Entry> {
    let lands = index.find(key).into_iter().filter(|e| matches!(e.kind, "country" | "region" | "district" | "area"));
    lands.collect()
}

impl Sorts {
    /// The sorts of place that the names of a list are believed to be.
    fn of<'a>(listed: impl Iterator<Item = &'a Judged>) -> Sorts {
        let mut sorts = Sorts::default();
        for judged in listed {
            for (candidate, belief) in judged.candidates.iter().zip(&judged.beliefs) {
                sorts.add(&candidate.entry, *belief);
            }
        }
        sorts
    }
}

/// What one name puts into the context.
fn own(name: &Name, judged: &Judged) -> Own {
    let mut own = Own { total: name.times.ln_1p(), ..Own::default() };
    for (candidate, belief) in judged.candidates.iter().zip(&judged.beliefs).filter(|(_, b)| **b > 0.02) {
        let weight = belief * name.times.ln_1p();
        *own.countries.entry(candidate.entry.country).or_default() += weight;
        let division =
            if candidate.entry.kind == "region" { Some(candidate.entry.id) } else { candidate.entry.within[0] };
        if let Some(division) = division {
            *own.divisions.entry(division).or_default() += weight;
        }
    }
    own
}

fn context<'a>(names: &BTreeMap<String, Name>, judged: &[Judged], hints: &'a Hints) -> Context<'a> {
    let mut context = Context {
        countries: hints.adjectives.iter().map(|(iso, times)| (*iso, times.ln_1p())).collect(),
        divisions: BTreeMap::new(),
        total: hints.adjectives.values().map(|times| times.ln_1p()).sum(),
        others: Vec::new(),
        outlet: &hints.outlet,
    };
    let mut order: Vec<(usize, &Name)> = names.values().enumerate().collect();
    order.sort_by(|a, b| b.1.times.total_cmp(&a.1.times).then(a.0.cmp(&b.0)));
    for (rank, (at, name)) in order.into_iter().enumerate() {
        let own = own(name, &judged[at]);
        context.total += own.total;
        own.countries.into_iter().for_each(|(iso, w)| *context.countries.entry(iso).or_default() += w);
        own.divisions.into_iter().for_each(|(id, w)| *context.divisions.entry(id).or_default() += w);
        if rank >= MOST_OTHERS {
            continue;
        }
        let mut best: Vec<(f64, &Candidate)> =
            judged[at].beliefs.iter().copied().zip(&judged[at].candidates).filter(|(b, _)| *b > 0.1).collect();
        best.sort_by(|a, b| b.0.total_cmp(&a.0));
        let narrow = best.into_iter().take(BEST).filter(|(_, c)| c.entry.radius_km < NARROW_KM);
        context.others.extend(narrow.map(|(belief, candidate)| Other::new(at, candidate, belief)));
    }
    context
}

/// The sense of every name.
pub(crate) fn senses(
    index: &Index,
    weights: &Weights,
    names: &BTreeMap<String, Name>,
    hints: &Hints,
) -> BTreeMap<String, Sense> {
    let judged = judge(index, weights, names, hints);
    let best = |j: &Judged| {
        let at = (0..j.beliefs.len()).max_by(|a, b| j.beliefs[*a].total_cmp(&j.beliefs[*b]).then(b.cmp(a)))?;
        Some(j.candidates[at].entry).filter(|e| e.radius_km < NARROW_KM)
    };
    let anchors: Vec<(usize, Entry)> =
        judged.iter().enumerate().filter_map(|(at, j)| Some((at, best(j)?))).take(64).collect();
    let mut chosen = BTreeMap::new();
    for (at, ((key, name), judged)) in names.iter().zip(&judged).enumerate() {
        let around: Vec<&Entry> = anchors.iter().filter(|(other, _)| *other != at).map(|(_, e)| e).collect();
        chosen.insert(key.clone(), choose(plain(key), name, judged, &hints.countries, &around));
    }
    near_spellings(&mut chosen);
    chosen
}

/// The countries a document speaks of, most first.
pub(crate) fn in_play(countries: &Countries) -> Vec<Iso> {
    let mut isos: Vec<(Iso, f64)> = countries.iter().map(|(c, w)| (*c, *w)).filter(|(_, w)| *w >= IN_PLAY).collect();
    isos.sort_by(|a, b| b.1.total_cmp(&a.1));
    isos.into_iter().map(|(iso, _)| iso).collect()
}

/// The spelling a name is looked up by, without what its mentions add ("province", "Texas").
pub(crate) fn plain(key: &str) -> &str {
    key.split(['\u{1}', '\u{2}']).next().unwrap_or(key)
}

/// The places a key may stand for.
fn candidates(index: &Index, name_key: &str, name: &Name, countries: &Countries) -> Vec<Candidate> {
    let class = |e: &Entry| if key(&e.name) == name_key { Match::Own } else { Match::Other };
    let lands = in_play(countries);
    let mut found: Vec<(Entry, Match)> = index.find_in(name_key, &lands).into_iter().map(|e| (e, class(&e))).collect();
    if name_key.starts_with([ARABIC, OWN]) {
        let like = consonants(index, name_key, &lands).into_iter().filter(|e| !found.iter().any(|(f, _)| f.id == e.id));
        let like: Vec<Entry> = like.collect();
        found.extend(like.into_iter().map(|e| (e, Match::Loose)));
        return found.into_iter().take(MOST_CANDIDATES).map(|(e, matched)| Candidate::new(e, matched)).collect();
    }
    let short = bare(name_key);
    if short != name_key {
        found.extend(index.find_in(&short, &lands).into_iter().map(|e| (e, Match::Other)));
    }
    let spoken_of = |e: &Entry| countries.get(&e.country).is_some_and(|w| *w >= IN_PLAY);
    let region = matches!(name.kind.as_deref(), Some("region"));
    let wanted = |e: &Entry| spoken_of(e) && (!region || e.kind == "region");
    if !found.iter().any(|(e, _)| wanted(e)) {
        let bones = ended_skeleton(name_key);
        if !bones.is_empty() {
            // A skeleton that fits places of no country in play says nothing.
            let like = index.find_in(&format!("\u{1}{bones}"), &lands).into_iter().filter(wanted);
            found.extend(like.filter(|e| same_initial(name_key, &e.name)).map(|e| (e, Match::Loose)));
        }
    }
    found.sort_by_key(|(e, matched)| (e.id, *matched));
    found.dedup_by_key(|(e, _)| e.id);
    if found.len() > MOST_CANDIDATES {
        found.sort_by(|a, b| b.0.population_log2.total_cmp(&a.0.population_log2).then(a.0.id.cmp(&b.0.id)));
        found.truncate(MOST_CANDIDATES);
    }
    found.into_iter().map(|(entry, matched)| Candidate::new(entry, matched)).collect()
}

/// The places in play whose names have the consonants of a name in Arabic letters.
fn consonants(index: &Index, name_key: &str, lands: &[Iso]) -> Vec<Entry> {
    if !name_key.starts_with(ARABIC) {
        return Vec::new();
    }
    let bones = readings(name_key).into_iter().map(|reading| ended_skeleton(&reading)).filter(|b| !b.is_empty());
    let like = bones.flat_map(|b| index.find_in(&format!("\u{1}{b}"), lands));
    let mut found: Vec<Entry> = like.filter(|e| lands.contains(&e.country)).collect();
    found.sort_by_key(|e| e.id);
    found.dedup_by_key(|e| e.id);
    found
}

/// Whether two spellings begin with sounds that transliterations confuse at most.
fn same_initial(name_key: &str, name: &str) -> bool {
    let sound = |text: &str| skeleton(text).chars().next();
    sound(name_key) == sound(&key(name))
}

/// Whether two entries tell of one place, or one lies around the other.
fn same_place(a: &Entry, b: &Entry) -> bool {
    let reach = if b.kind == "country" { 0.0 } else { b.radius_km.min(150.0) };
    a.id == b.id
        || a.country == b.country
            && distance_km((a.lat, a.lon), (b.lat, b.lon)) < SAME_PLACE_KM.max(a.radius_km.min(150.0)).max(reach)
}

fn choose(name_key: &str, name: &Name, judged: &Judged, countries: &Countries, around: &[&Entry]) -> Sense {
    let mut scored: Vec<(f64, &Candidate)> = judged.beliefs.iter().copied().zip(&judged.candidates).collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.entry.id.cmp(&b.1.entry.id)));
    let Some((_, mut best)) = scored.first().copied() else { return Sense::Unknown };
    // "Aleppo" alone is the city, not the province around it.
    if best.entry.kind == "region" && name.kind.is_none() {
        let seat = |c: &Candidate| {
            let (e, region) = (&c.entry, &best.entry);
            e.kind == "city"
                && e.country == region.country
                && e.population_log2 >= CITY_POPULATION_LOG2
                && distance_km((e.lat, e.lon), (region.lat, region.lon)) <= region.radius_km
        };
        let least = if name.asked { 0.4 } else { 0.02 };
        best = scored.iter().find(|(share, c)| *share > least && seat(c)).map_or(best, |(_, c)| c);
    }
    // "Mexico" alone is the country, not the state around its capital.
    let namesake =
        |c: &Candidate| c.entry.kind == "country" && c.entry.country == best.entry.country && c.matched == Match::Own;
    if best.entry.kind != "country" && name.kind.is_none() && name.holder.is_none() {
        best = scored.iter().map(|(_, c)| *c).find(|c| namesake(c)).unwrap_or(best);
    }
    let entry = &best.entry;
    // Said to lie where no place of that name is known: another of the name is not meant.
    let outside = !judged.holders.is_empty() && !judged.holders.iter().any(|h| lies_in(entry, h));
    if outside && best.matched != Match::Own && entry.population_log2 < METROPOLIS_POPULATION_LOG2 {
        return Sense::Unknown;
    }
    // What only sounds like the name must lie near something the document names.
    let near = || around.iter().any(|a| distance_km((a.lat, a.lon), (entry.lat, entry.lon)) < LOOSE_KM);
    let share = countries.get(&entry.country).copied().unwrap_or(0.0);
    if best.matched == Match::Loose && share < LOOSE_SHARE && !near() {
        return Sense::Ambiguous;
    }
    let belief: f64 = scored.iter().filter(|(_, c)| same_place(&c.entry, entry)).map(|(share, _)| share).sum();
    if belief < if name.asked { LEAST_BELIEF_ASKED } else { LEAST_BELIEF } {
        return Sense::Ambiguous;
    }
    if !name.asked && !plausible(name_key, name, best, countries, around, scored.len()) {
        return if scored.len() > 1 && name.context { Sense::Ambiguous } else { Sense::Unknown };
    }
    // Of entries for one place, the one with a number others can look up.
    let twin = scored.iter().map(|(_, c)| &c.entry).find(|other| {
        entry.geonames_id.is_none()
            && other.geonames_id.is_some()
            && other.kind != "region"
            && entry.population_log2 <= other.population_log2
            && distance_km((other.lat, other.lon), (entry.lat, entry.lon)) < 5.0
    });
    Sense::Known(twin.copied().unwrap_or(*entry))
}

/// Whether a name that nobody vouches for may mean the place at all, in this document.
fn plausible(
    name_key: &str,
    name: &Name,
    candidate: &Candidate,
    countries: &Countries,
    around: &[&Entry],
    candidates: usize,
) -> bool {
    let entry = &candidate.entry;
    let weight = if entry.country == NOBODY { 1.0 } else { countries.get(&entry.country).copied().unwrap_or(0.0) };
    let in_play = weight >= IN_PLAY;
    let settled = matches!(entry.kind, "city" | "town" | "village" | "neighbourhood");
    let own_name = key(&entry.name) == name_key && bare(name_key) == name_key;
    let elsewhere = entry.kind == "region" && !in_play && !own_name;
    if settled && name.kind.as_deref() == Some("region") || elsewhere {
        return false;
    }
    let grand =
        matches!(entry.kind, "country" | "region" | "sea") || entry.population_log2 >= METROPOLIS_POPULATION_LOG2;
    let near = around.iter().any(|a| distance_km((a.lat, a.lon), (entry.lat, entry.lon)) < 120.0);
    // "the village of Tiba" is not Chiba.
    let small =
        matches!(name.kind.as_deref(), Some("village" | "town" | "neighbourhood" | "district" | "camp" | "area"));
    let too_large = entry.kind == "region" && !matches!(name.kind.as_deref(), Some("area" | "district"));
    if small && (too_large || !in_play && !near && !countries.is_empty()) {
        return false;
    }
    if candidate.matched == Match::Loose && !(in_play && name.context) {
        return false;
    }
    let by_size = entry.population_log2 >= KNOWN_POPULATION_LOG2 || entry.kind == "region" && entry.country != NOBODY;
    if !(name.context || entry.kind == "country" || in_play && by_size) {
        return false;
    }
    let silent = countries.is_empty();
    let told = name.holder.is_some() && name.context;
    let fits = in_play || grand || near || told || silent && entry.population_log2 >= CITY_POPULATION_LOG2;
    fits || silent && candidates == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn means(name: &str, context: bool, countries: &[(&Iso, f64)]) -> Sense {
        let index = Index::load().unwrap_or_else(|e| panic!("{}", e.message));
        let weights = Weights::load().unwrap_or_else(|e| panic!("{}", e.message));
        let key = key(name);
        let names = BTreeMap::from([(key.clone(), Name { context, times: 1.0, ..Name::default() })]);
        let countries: Countries = countries.iter().map(|(c, w)| (**c, *w)).collect();
        let adjectives = countries.iter().map(|(c, w)| (*c, w * 10.0)).collect();
        let hints = Hints { countries, adjectives, outlet: Vec::new() };
        senses(&index, &weights, &names, &hints).remove(&key).unwrap()
    }

    fn at(sense: &Sense, lat: f64, lon: f64) -> bool {
        matches!(sense, Sense::Known(e) if distance_km((e.lat, e.lon), (lat, lon)) < 12.0)
    }

    #[test]
    fn countries_of_the_document_decide_between_namesakes() {
        assert!(at(&means("Tripoli", true, &[(b"LY", 0.9)]), 32.89, 13.18));
        assert!(at(&means("Tripoli", true, &[(b"LB", 0.9)]), 34.43, 35.84));
        assert!(at(&means("Aleppo", true, &[]), 36.2, 37.16));
    }

    #[test]
    fn spellings_lead_to_one_place() {
        for name in ["al-Bukamal", "Abu Kamal", "Albu Kamal", "Abou Kamal", "Al Bukamal"] {
            assert!(at(&means(name, true, &[(b"SY", 0.6), (b"IQ", 0.4)]), 34.45, 40.92), "{name}");
        }
    }

    #[test]
    fn a_village_is_not_the_city_it_sounds_like() {
        let sense = means("Humaymah", true, &[(b"SY", 1.0)]);
        assert!(at(&sense, 34.457, 39.786), "{sense:?}");
        assert!(!at(&means("Humayrah", true, &[(b"SY", 1.0)]), 35.13, 36.75));
    }

    #[test]
    fn a_slip_of_a_name_the_document_knows_is_that_place() {
        let index = Index::load().unwrap_or_else(|e| panic!("{}", e.message));
        let weights = Weights::load().unwrap_or_else(|e| panic!("{}", e.message));
        let name = Name { context: true, times: 1.0, ..Name::default() };
        let names = ["al bukamal", "al bukmala", "al rastan", "al rahjan"].map(|n| (n.to_owned(), name.clone()));
        let syria = BTreeMap::from([(*b"SY", 1.0)]);
        let hints = Hints { countries: syria.clone(), adjectives: syria, outlet: Vec::new() };
        let found = senses(&index, &weights, &BTreeMap::from(names), &hints);
        assert_eq!(found["al bukmala"], found["al bukamal"]);
        assert_ne!(found["al rahjan"], found["al rastan"]);
    }

    #[test]
    fn what_a_town_is_said_to_lie_in_decides() {
        let index = Index::load().unwrap_or_else(|e| panic!("{}", e.message));
        let weights = Weights::load().unwrap_or_else(|e| panic!("{}", e.message));
        for (town, holder, lat, lon) in [
            ("paris", "texas", 33.66, -95.56),
            ("springfield", "illinois", 39.8, -89.65),
            ("cambridge", "massachusetts", 42.37, -71.11),
            ("clonmel", "county tipperary", 52.35, -7.70),
        ] {
            let name = Name { context: true, times: 1.0, holder: Some(holder.to_owned()), ..Name::default() };
            let names = BTreeMap::from([(town.to_owned(), name)]);
            let found = senses(&index, &weights, &names, &Hints::default());
            assert!(at(&found[town], lat, lon), "{town}: {:?}", found[town]);
        }
    }
}
