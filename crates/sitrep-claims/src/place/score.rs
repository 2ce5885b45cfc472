//! How well a candidate fits a name in its document: features, their fitted weights, and shares of belief.
//!
//! In: candidates of one name and the [`Context`] its document makes. Out: a share for each candidate; together one. The weights
//! stand in `world/where_weights.toml`, made by `cargo xtask fit where`. Never decides whether the best is good enough.

use std::collections::BTreeMap;

use super::gazetteer::{Entry, Iso};
use crate::KitError;

const FILE: &str = include_str!("../../world/where_weights.toml");

/// What the weights are called, in the order of the features.
pub(crate) const NAMES: [&str; FEATURES] = [
    "population",
    "country",
    "division",
    "county",
    "natural",
    "seat",
    "capital",
    "part",
    "own_name",
    "loose",
    "largest",
    "country_share",
    "lead_country",
    "division_share",
    "neighbours",
    "near",
    "inside_told",
    "outside_told",
    "kind_told",
    "kind_other",
    "outlet",
    "listed_alike",
];
/// The same in words that follow "because".
pub(crate) const IN_WORDS: [&str; FEATURES] = [
    "how many live there",
    "it is a country",
    "it is a division of a country",
    "it is a district",
    "it is land or water",
    "it is the seat of a division",
    "it is a capital",
    "it is part of a town",
    "it goes by this name",
    "it only sounds alike",
    "it is the largest of the name",
    "how much the report speaks of its country",
    "its country is the report's first",
    "how much the report speaks of its division",
    "how much the report names around it",
    "how near the nearest place named is",
    "it lies where it is said to",
    "it lies outside what it is said to lie in",
    "it is of the kind said",
    "it is of another kind than said",
    "how near the outlet is at home",
    "it is of the same sort as others in its list",
];
pub(crate) const FEATURES: usize = 22;
pub(crate) type Features = [f64; FEATURES];

/// The fitted weights.
pub(crate) struct Weights([f64; FEATURES]);

impl Weights {
    pub(crate) fn load() -> Result<Weights, KitError> {
        let fault = |message: String| KitError { file: "world/where_weights.toml", message };
        let table: BTreeMap<String, f64> = toml::from_str(FILE).map_err(|e| fault(e.to_string()))?;
        let mut weights = [0.0; FEATURES];
        for (weight, name) in weights.iter_mut().zip(NAMES) {
            *weight = *table.get(name).ok_or_else(|| fault(format!("no weight {name}")))?;
        }
        Ok(Weights(weights))
    }

    /// What each feature adds to the score.
    pub(crate) fn parts(&self, features: &Features) -> [f64; FEATURES] {
        std::array::from_fn(|at| self.0[at] * features[at])
    }

    fn sum(&self, features: &Features) -> f64 {
        self.0.iter().zip(features).map(|(w, f)| w * f).sum()
    }

    /// The share of belief in each candidate, whose odds are lowered by `crowding`.
    pub(crate) fn shares(&self, features: &[Features], crowding: &[f64]) -> Vec<f64> {
        let sums: Vec<f64> = features.iter().zip(crowding).map(|(f, c)| self.sum(f) - c).collect();
        let most = sums.iter().copied().fold(f64::MIN, f64::max);
        let parts: Vec<f64> = sums.iter().map(|s| (s - most).exp()).collect();
        let total: f64 = parts.iter().sum();
        parts.into_iter().map(|p| p / total).collect()
    }
}

/// How a candidate was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Match {
    /// By the name it goes by.
    Own,
    /// By another name of its.
    Other,
    /// Without an article, or by its consonants only.
    Loose,
}

/// A place a name may mean.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Candidate {
    pub(crate) entry: Entry,
    pub(crate) matched: Match,
    /// The point on a ball of radius one.
    at: [f64; 3],
}

impl Candidate {
    pub(crate) fn new(entry: Entry, matched: Match) -> Candidate {
        let ((sin_lat, cos_lat), (sin_lon, cos_lon)) =
            (entry.lat.to_radians().sin_cos(), entry.lon.to_radians().sin_cos());
        Candidate { entry, matched, at: [cos_lat * cos_lon, cos_lat * sin_lon, sin_lat] }
    }

    /// Kilometres as the mole digs: less than over ground by a hundredth within 3,000 km.
    fn apart_km(&self, other: &Candidate) -> f64 {
        apart_squared(self.at, other.at).sqrt() * EARTH_KM
    }
}

/// The square of how far two points of a ball of radius one lie apart, through it.
fn apart_squared(a: [f64; 3], b: [f64; 3]) -> f64 {
    let d = |axis: usize| (a[axis] - b[axis]) * (a[axis] - b[axis]);
    d(0) + d(1) + d(2)
}

/// What the words around a name tell of it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Told<'a> {
    /// The kind of place.
    pub(crate) kind: Option<&'a str>,
    /// What it is said to lie in ("Paris, Texas"): any of these.
    pub(crate) holders: &'a [Entry],
    /// What the names beside it in a list are.
    pub(crate) sorts: Sorts,
}

/// How much of a list is believed to be countries, divisions, and other places.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Sorts([f64; 3]);

impl Sorts {
    /// Counts a place that a name of the list may mean.
    pub(crate) fn add(&mut self, entry: &Entry, belief: f64) {
        self.0[sort(entry)] += belief;
    }

    /// The share of the list that is of the same sort.
    fn alike(&self, entry: &Entry) -> f64 {
        self.0[sort(entry)] / self.0.iter().sum::<f64>().max(1.0)
    }
}

fn sort(entry: &Entry) -> usize {
    match entry.kind {
        "country" => 0,
        "region" => 1,
        _ => 2,
    }
}

const EARTH_KM: f64 = 6371.0;
/// Farther names are no neighbours: `exp(-1200 / 120)` is nothing.
const FAR_KM: f64 = 1200.0;

/// A candidate of another name of the document, with the belief in it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Other {
    /// The number of the name.
    name: usize,
    place: u32,
    at: [f64; 3],
    belief: f64,
}

impl Other {
    pub(crate) fn new(name: usize, candidate: &Candidate, belief: f64) -> Other {
        Other { name, place: candidate.entry.id, at: candidate.at, belief }
    }
}

/// What a document speaks of, as far as other names tell.
pub(crate) struct Context<'a> {
    pub(crate) countries: BTreeMap<Iso, f64>,
    pub(crate) divisions: BTreeMap<u32, f64>,
    pub(crate) total: f64,
    /// The likeliest candidates of its names, by the number of the name.
    pub(crate) others: Vec<Other>,
    /// Where its outlet is at home.
    pub(crate) outlet: &'a [Candidate],
}

/// What one name itself put into the context, to be left out when it is judged.
#[derive(Debug, Clone, Default)]
pub(crate) struct Own {
    pub(crate) countries: BTreeMap<Iso, f64>,
    pub(crate) divisions: BTreeMap<u32, f64>,
    pub(crate) total: f64,
}

impl Context<'_> {
    /// The features of a name's candidates.
    pub(crate) fn features(&self, name: usize, told: &Told<'_>, own: &Own, candidates: &[Candidate]) -> Vec<Features> {
        let largest = candidates.iter().map(|c| c.entry.population_log2).fold(0.0, f64::max);
        let lead = self.lead(own);
        candidates.iter().map(|c| self.of(name, told, own, c, (largest, lead))).collect()
    }

    /// The country that other names speak of most, if any.
    fn lead(&self, own: &Own) -> Option<Iso> {
        let rest = |(iso, weight): (&Iso, &f64)| (*iso, weight - own.countries.get(iso).copied().unwrap_or(0.0));
        let most = self.countries.iter().map(rest).filter(|(iso, _)| iso != b"--").max_by(|a, b| a.1.total_cmp(&b.1));
        most.filter(|(_, weight)| *weight > 0.5).map(|(iso, _)| iso)
    }

    /// How much other names are believed to lie near, and how near the nearest.
    fn neighbours(&self, name: usize, candidate: &Candidate) -> (f64, f64) {
        const FAR_SQUARED: f64 = (FAR_KM / EARTH_KM) * (FAR_KM / EARTH_KM);
        let (mut around, mut nearest) = (0.0, 0.0_f64);
        for other in &self.others {
            let apart = apart_squared(candidate.at, other.at);
            if apart < FAR_SQUARED && other.name != name && other.place != candidate.entry.id {
                let fading = (apart.sqrt() * (-EARTH_KM / 120.0)).exp();
                around += other.belief * fading;
                // Four times as steep.
                let squared = fading * fading;
                nearest = nearest.max(other.belief * squared * squared);
            }
        }
        (around, nearest)
    }

    fn of(
        &self,
        name: usize,
        told: &Told<'_>,
        own: &Own,
        candidate: &Candidate,
        (largest, lead): (f64, Option<Iso>),
    ) -> Features {
        let e = &candidate.entry;
        let is = |yes: bool| f64::from(u8::from(yes));
        let share = |all: Option<&f64>, own_part: Option<&f64>| {
            let rest = all.copied().unwrap_or(0.0) - own_part.copied().unwrap_or(0.0);
            (rest.max(0.0) / (self.total - own.total + 1.0)).min(1.0).sqrt()
        };
        let own_division = if e.kind == "region" { Some(e.id) } else { e.within[0] };
        let (around, nearest) = self.neighbours(name, candidate);
        let outlet = self.outlet.iter().map(|o| (-candidate.apart_km(o) / 100.0).exp()).fold(0.0, f64::max);
        let inside = told.holders.iter().any(|h| lies_in(e, h));
        let kind = told.kind.map(|said| fits(said, e.kind));
        [
            e.population_log2 / 20.0,
            is(e.kind == "country"),
            is(e.kind == "region"),
            is(e.kind == "district"),
            is(matches!(e.kind, "river" | "sea" | "lake" | "desert" | "mountain" | "area" | "island")),
            is((5..=6).contains(&e.rank)),
            is(e.rank == 7),
            is(matches!(e.rank, 1 | 8) || e.kind == "neighbourhood"),
            is(candidate.matched == Match::Own),
            is(candidate.matched == Match::Loose),
            is(e.population_log2 >= largest && largest > 0.0),
            share(self.countries.get(&e.country), own.countries.get(&e.country)),
            is(lead == Some(e.country)),
            own_division.map_or(0.0, |d| share(self.divisions.get(&d), own.divisions.get(&d))),
            f64::ln_1p(around),
            nearest,
            is(!told.holders.is_empty() && inside),
            is(!told.holders.is_empty() && !inside),
            is(kind == Some(true)),
            is(kind == Some(false)),
            outlet,
            told.sorts.alike(e),
        ]
    }
}

/// Whether a place lies in another.
pub(crate) fn lies_in(place: &Entry, holder: &Entry) -> bool {
    if holder.kind == "country" {
        return place.country == holder.country;
    }
    let close = || {
        let spot = |e: &Entry| (e.lat, e.lon);
        super::shape::distance_km(spot(place), spot(holder)) <= holder.radius_km.max(10.0) * 1.1
    };
    place.within.contains(&Some(holder.id))
        || place.country == holder.country
            && (holder.within[0].is_none() || place.within[0] == holder.within[0])
            && close()
}

/// Whether a place of one kind may be called another.
fn fits(said: &str, kind: &str) -> bool {
    const TOWNS: [&str; 4] = ["city", "town", "village", "neighbourhood"];
    const LANDS: [&str; 3] = ["region", "district", "area"];
    said == kind
        || TOWNS.contains(&said) && TOWNS.contains(&kind)
        || LANDS.contains(&said) && LANDS.contains(&kind)
        || said == "region" && kind == "country"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_feature_has_a_weight_and_shares_are_whole() {
        let weights = Weights::load().unwrap_or_else(|e| panic!("{}", e.message));
        let shares = weights.shares(&[[0.0; FEATURES], [0.5; FEATURES], [1.0; FEATURES]], &[0.0; 3]);
        assert!((shares.iter().sum::<f64>() - 1.0).abs() < 1e-9);
    }
}
