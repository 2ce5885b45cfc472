//! Decides which place a name means in this document, or that the text does not tell.
//!
//! In: all names of a document and the countries it speaks of. Out: one sense a name. Abstains when two places fit about equally
//! well, or when the only fit is a small place in a country the document never mentions.

use std::collections::BTreeMap;

use super::gazetteer::{Entry, Index, Iso};
use super::key::{bare, ended_skeleton, skeleton};
use super::shape::distance_km;

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
}

/// How much of the document speaks of each country, 0 to 1.
pub(crate) type Countries = BTreeMap<Iso, f64>;

const CITY_POPULATION_LOG2: f64 = 14.0;
/// About 370,000: a city known without its country.
const METROPOLIS_POPULATION_LOG2: f64 = 18.5;
const KNOWN_POPULATION_LOG2: f64 = 9.5;
const IN_PLAY: f64 = 0.12;
/// Two places whose scores differ by less are both possible.
const MARGIN: f64 = 1.0;
/// Entries this near to each other are one place told twice.
const SAME_PLACE_KM: f64 = 15.0;
/// Longer names are not compared letter by letter.
const MISSPELT_MAX_BYTES: usize = 32;
/// A first-level division outweighs a namesake town elsewhere, not a namesake city of its country.
const REGION_SCORE: f64 = 11.0;
const NOBODY: Iso = *b"--";

/// The sense of every name.
pub(crate) fn senses(index: &Index, names: &BTreeMap<String, Name>, countries: &Countries) -> BTreeMap<String, Sense> {
    let candidates: BTreeMap<&String, Vec<(Entry, bool)>> =
        names.iter().map(|(key, name)| (key, candidates(index, plain(key), name, countries))).collect();
    let mut chosen: BTreeMap<String, Sense> = BTreeMap::new();
    for round in 0..2 {
        let anchors: Vec<(String, Entry)> = (chosen.iter())
            .filter_map(|(key, sense)| if let Sense::Known(e) = sense { Some((key.clone(), *e)) } else { None })
            .filter(|(_, e)| e.radius_km < 60.0)
            .take(64)
            .collect();
        for (key, name) in names {
            let around: Vec<&Entry> = anchors.iter().filter(|(k, _)| plain(k) != plain(key)).map(|(_, e)| e).collect();
            let sense = choose(plain(key), name, &candidates[key], countries, &around);
            chosen.insert(key.clone(), sense);
        }
        if round == 0 && chosen.values().all(|s| !matches!(s, Sense::Known(_))) {
            break;
        }
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

/// The spelling a name is looked up by, without what its mentions add ("province").
fn plain(key: &str) -> &str {
    key.split('\u{1}').next().unwrap_or(key)
}

/// The places a key may stand for; `true` beside those found by their own spelling.
fn candidates(index: &Index, key: &str, name: &Name, countries: &Countries) -> Vec<(Entry, bool)> {
    let mut found: Vec<(Entry, bool)> = index.find(key).into_iter().map(|e| (e, true)).collect();
    let short = bare(key);
    if short != key {
        found.extend(index.find(&short).into_iter().map(|e| (e, true)));
    }
    let in_play = |e: &Entry| countries.get(&e.country).is_some_and(|w| *w >= IN_PLAY);
    let region = matches!(name.kind.as_deref(), Some("region"));
    let wanted = |e: &Entry| in_play(e) && (!region || e.kind == "region");
    if !found.iter().any(|(e, _)| wanted(e)) {
        let bones = ended_skeleton(key);
        if !bones.is_empty() {
            let like = index.find(&format!("\u{1}{bones}"));
            // A skeleton that fits many places says nothing.
            let like: Vec<Entry> = like.into_iter().filter(wanted).collect();
            found.extend(like.into_iter().filter(|e| same_initial(key, e.name)).map(|e| (e, false)));
        }
    }
    found.sort_by_key(|(e, exact)| (e.id, !exact));
    found.dedup_by_key(|(e, _)| e.id);
    found
}

/// Whether two spellings begin with sounds that transliterations confuse at most.
fn same_initial(key: &str, name: &str) -> bool {
    let sound = |text: &str| skeleton(text).chars().next();
    sound(key) == sound(&super::key::key(name))
}

fn choose(key: &str, name: &Name, candidates: &[(Entry, bool)], countries: &Countries, around: &[&Entry]) -> Sense {
    let mut scored: Vec<(f64, &Entry, bool)> =
        (candidates.iter()).map(|(e, exact)| (score(key, name, e, *exact, countries, around), e, *exact)).collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.id.cmp(&b.1.id)));
    let Some((mut best, mut entry, exact)) = scored.first().copied() else { return Sense::Unknown };
    // "Aleppo" alone is the city, not the province around it.
    if entry.kind == "region" && name.kind.is_none() {
        let seat = |e: &Entry| {
            e.population_log2 >= CITY_POPULATION_LOG2
                && distance_km((e.lat, e.lon), (entry.lat, entry.lon)) <= entry.radius_km
        };
        if let Some((score, city, _)) =
            scored.iter().find(|(_, e, _)| e.kind == "city" && e.country == entry.country && seat(e)).copied()
        {
            (best, entry) = (score.max(best), city);
        }
    }
    let weight = if entry.country == NOBODY { 1.0 } else { countries.get(&entry.country).copied().unwrap_or(0.0) };
    let in_play = weight >= IN_PLAY;
    let settled = matches!(entry.kind, "city" | "town" | "village" | "neighbourhood");
    let own_name = super::key::key(entry.name) == key && bare(key) == key;
    let elsewhere = entry.kind == "region" && !in_play && !own_name;
    if settled && name.kind.as_deref() == Some("region") || elsewhere {
        return Sense::Unknown;
    }
    let grand =
        matches!(entry.kind, "country" | "region" | "sea") || entry.population_log2 >= METROPOLIS_POPULATION_LOG2;
    let near = around.iter().any(|a| distance_km((a.lat, a.lon), (entry.lat, entry.lon)) < 120.0);
    // "the village of Tiba" is not Chiba.
    let small =
        matches!(name.kind.as_deref(), Some("village" | "town" | "neighbourhood" | "district" | "camp" | "area"));
    if small
        && (entry.kind == "region" && name.kind.as_deref() != Some("area") && name.kind.as_deref() != Some("district")
            || !in_play && !near && !countries.is_empty())
    {
        return Sense::Unknown;
    }
    if !(exact || in_play && name.context) {
        return Sense::Unknown;
    }
    let known_by_its_size =
        entry.population_log2 >= KNOWN_POPULATION_LOG2 || entry.kind == "region" && entry.country != NOBODY;
    if !(name.context || entry.kind == "country" || in_play && known_by_its_size) {
        return Sense::Unknown;
    }
    let silent = countries.is_empty();
    let fits = in_play || grand || near || silent && entry.population_log2 >= CITY_POPULATION_LOG2;
    if !(fits || silent && scored.len() == 1) {
        return if scored.len() > 1 { Sense::Ambiguous } else { Sense::Unknown };
    }
    let rival = scored.iter().find(|(_, other, _)| {
        other.id != entry.id
            && !(other.kind == "region" && other.country == entry.country)
            && distance_km((other.lat, other.lon), (entry.lat, entry.lon))
                > SAME_PLACE_KM.max(entry.radius_km.min(150.0))
    });
    if rival.is_some_and(|(score, _, _)| best - score < MARGIN) {
        return Sense::Ambiguous;
    }
    // Of entries for one place, the one with a number others can look up.
    let twin = scored.iter().find(|(_, other, _)| {
        entry.geonames_id.is_none()
            && other.geonames_id.is_some()
            && other.kind != "region"
            && entry.population_log2 <= other.population_log2
            && distance_km((other.lat, other.lon), (entry.lat, entry.lon)) < 5.0
    });
    Sense::Known(twin.map_or(*entry, |(_, other, _)| **other))
}

fn score(key: &str, name: &Name, entry: &Entry, exact: bool, countries: &Countries, around: &[&Entry]) -> f64 {
    let weight = countries.get(&entry.country).copied().unwrap_or(0.0);
    let mut score = 0.6 * entry.population_log2 + 8.0 * weight.sqrt();
    score += match entry.kind {
        "country" => 6.0,
        "region" => REGION_SCORE,
        "river" | "sea" | "lake" | "desert" | "mountain" | "area" => 3.0,
        _ => 0.0,
    };
    if exact {
        score += if super::key::key(entry.name) == key { 2.0 } else { 0.5 };
    }
    score += match name.kind.as_deref() {
        Some(said @ ("city" | "town" | "village" | "neighbourhood")) => match entry.kind {
            "city" | "town" | "village" | "neighbourhood" => 3.0 + if said == entry.kind { 0.5 } else { 0.0 },
            "district" | "area" => 0.0,
            _ => -8.0,
        },
        Some(said) if said == entry.kind => 7.0,
        Some("region" | "district") if matches!(entry.kind, "region" | "district") => 5.0,
        Some("region" | "river" | "desert" | "mountain" | "lake" | "airbase" | "dam" | "camp" | "crossing") => -4.0,
        _ => 0.0,
    };
    let nearest = around
        .iter()
        .map(|a| distance_km((a.lat, a.lon), (entry.lat, entry.lon)) - a.radius_km.min(50.0))
        .fold(f64::MAX, f64::min);
    score + 4.0 * (-nearest.max(0.0) / 150.0).exp()
}

/// A name nobody knows that is one slip away from a place this document knows is that place, misspelt.
fn near_spellings(chosen: &mut BTreeMap<String, Sense>) {
    let known: Vec<(String, Entry)> = (chosen.iter())
        .filter_map(|(key, sense)| if let Sense::Known(e) = sense { Some((bare(plain(key)), *e)) } else { None })
        .filter(|(key, e)| (5..MISSPELT_MAX_BYTES).contains(&key.len()) && e.kind != "country")
        .take(256)
        .collect();
    for (key, sense) in chosen.iter_mut().filter(|(_, sense)| **sense == Sense::Unknown) {
        let key = bare(plain(key));
        if !(6..MISSPELT_MAX_BYTES).contains(&key.len()) {
            continue;
        }
        let slips = match key.len() {
            ..7 => 0,
            7 | 8 => 1,
            _ => 2,
        };
        let bones = skeleton(&key);
        let like = known.iter().filter(|(other, _)| key.chars().next() == other.chars().next());
        let same = |other: &str| !bones.is_empty() && bones == skeleton(other) || slips_between(&key, other) <= slips;
        let near: Vec<&Entry> = like.filter(|(other, _)| same(other)).map(|(_, e)| e).collect();
        if let [first, rest @ ..] = near.as_slice()
            && rest.iter().all(|e| e.id == first.id)
        {
            *sense = Sense::Known(**first);
        }
    }
}

/// Letters put in, left out, changed or swapped with a neighbour, at least (optimal string alignment).
fn slips_between(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len().abs_diff(b.len()) > 2 {
        return usize::MAX;
    }
    let first = |i: usize| (0..=b.len()).map(|j| if j == 0 { i } else { j }).collect::<Vec<_>>();
    let mut rows: Vec<Vec<usize>> = (0..=a.len()).map(first).collect();
    for i in 1..=a.len() {
        for j in 1..=b.len() {
            let same = usize::from(a[i - 1] != b[j - 1]);
            let mut least = (rows[i - 1][j] + 1).min(rows[i][j - 1] + 1).min(rows[i - 1][j - 1] + same);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                least = least.min(rows[i - 2][j - 2] + 1);
            }
            rows[i][j] = least;
        }
    }
    rows[a.len()][b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn means(name: &str, context: bool, countries: &[(&Iso, f64)]) -> Sense {
        let index = Index::load().unwrap_or_else(|e| panic!("{}", e.message));
        let key = super::super::key::key(name);
        let names = BTreeMap::from([(key.clone(), Name { kind: None, context })]);
        let countries = countries.iter().map(|(c, w)| (**c, *w)).collect();
        senses(&index, &names, &countries).remove(&key).unwrap()
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
        let name = Name { kind: None, context: true };
        let names = ["al bukamal", "al bukmala", "al rastan", "al rahjan"].map(|n| (n.to_owned(), name.clone()));
        let found = senses(&index, &BTreeMap::from(names), &BTreeMap::from([(*b"SY", 1.0)]));
        assert_eq!(found["al bukmala"], found["al bukamal"]);
        assert_ne!(found["al rahjan"], found["al rastan"]);
    }

    #[test]
    fn slips_are_counted() {
        assert_eq!(slips_between("bukmala", "bukamal"), 2);
        assert_eq!(slips_between("mosul", "mousl"), 1);
        assert_eq!(slips_between("raqqa", "raqaq"), 1);
    }
}
