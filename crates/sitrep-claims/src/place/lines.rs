//! Lines of the world that relations speak of: outlines of countries and regions, rivers, borders.
//!
//! In: gazetteer entries and countries. Out: lines in degrees. Unpacked once, at the first question; never decides what a name means.

use std::collections::{BTreeMap, BTreeSet};

use sitrep_model::Ring;

use super::gazetteer::{Entry, Index, Iso};
use super::key::key;
use super::memo::Memo;
use super::outlines;
use super::shape::holds;

/// Outlines and rivers by what they are called.
pub(crate) struct Lines {
    countries: BTreeMap<Iso, Vec<Ring>>,
    regions: BTreeMap<String, Vec<Ring>>,
    rivers: BTreeMap<String, Vec<Ring>>,
    /// What was made from them.
    pub(crate) made: Memo,
}

impl Lines {
    pub(crate) fn load(index: &Index) -> Lines {
        let world = outlines::outlines();
        let countries = world.countries.into_iter().filter_map(|s| Some((index.atlas(&s.name)?, s.rings))).collect();
        let rivers = world.rivers.into_iter().map(|s| (key(&s.name), s.rings)).collect();
        let regions = outlines::regions().into_iter().map(|s| (s.name, s.rings)).collect();
        Lines { countries, regions, rivers, made: Memo::default() }
    }

    pub(crate) fn country(&self, iso: Iso) -> Option<&[Ring]> {
        self.countries.get(&iso).map(Vec::as_slice)
    }

    /// The outline of a country, a division or a physical region.
    pub(crate) fn outline(&self, entry: &Entry) -> Option<&[Ring]> {
        if entry.kind == "country" {
            return self.country(entry.country);
        }
        let iso = std::str::from_utf8(&entry.country).ok()?;
        self.regions.get(&format!("{iso}\t{}", &*entry.name)).map(Vec::as_slice)
    }

    /// A river's line inside any of `countries`; the whole of it when it touches none of them.
    pub(crate) fn river(&self, entry: &Entry, countries: &[Iso]) -> Option<Vec<Ring>> {
        let lines = self.rivers.get(&key(&entry.name))?;
        let lands: Vec<&[Ring]> = countries.iter().filter_map(|c| self.country(*c)).collect();
        let inside = |p: &[f64; 2]| lands.iter().any(|land| holds(land, (p[1], p[0])));
        let parts: Vec<Ring> = lines.iter().flat_map(|line| runs(line, inside)).collect();
        Some(if parts.is_empty() { lines.clone() } else { parts })
    }

    /// The land border that two countries share.
    pub(crate) fn border(&self, a: Iso, b: Iso) -> Vec<Ring> {
        let (Some(a), Some(b)) = (self.country(a), self.country(b)) else { return Vec::new() };
        let point = |p: &[f64; 2]| p.map(|v| (v * 1000.0).round() as i64);
        let theirs: BTreeSet<[i64; 2]> = b.iter().flatten().map(point).collect();
        let runs: Vec<Ring> = a.iter().flat_map(|ring| runs(ring, |p| theirs.contains(&point(p)))).collect();
        joined(runs)
    }

    /// The countries that share a land border with this one.
    pub(crate) fn neighbours(&self, iso: Iso, among: &[Iso]) -> Vec<Iso> {
        among.iter().copied().filter(|other| *other != iso && !self.border(iso, *other).is_empty()).collect()
    }

    /// All land borders of a country: what it shares with anyone.
    pub(crate) fn borders(&self, iso: Iso) -> Vec<Ring> {
        self.countries.keys().filter(|other| **other != iso).flat_map(|other| self.border(iso, *other)).collect()
    }
}

/// The stretches of a line whose points pass, two points at least.
fn runs(line: &[[f64; 2]], pass: impl Fn(&[f64; 2]) -> bool) -> Vec<Ring> {
    let mut out: Vec<Ring> = Vec::new();
    let mut open: Ring = Vec::new();
    for point in line {
        if pass(point) {
            open.push(*point);
        } else {
            out.push(std::mem::take(&mut open));
        }
    }
    out.push(open);
    out.retain(|run| run.len() > 1);
    out
}

/// Stretches that end where another begins, as one: a ring may start in the middle of a border.
fn joined(mut runs: Vec<Ring>) -> Vec<Ring> {
    let Some(at) = (1..runs.len()).find(|at| runs[*at].last() == runs[0].first()) else { return runs };
    let head = runs.remove(0);
    runs[at - 1].extend(head.into_iter().skip(1));
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_share_a_border_and_others_none() {
        let index = Index::load().unwrap_or_else(|e| panic!("{}", e.message));
        let lines = Lines::load(&index);
        let border = lines.border(*b"SY", *b"IQ");
        assert!(border.iter().flatten().any(|p| (p[0] - 41.0).abs() < 0.3 && (p[1] - 34.4).abs() < 0.3), "{border:?}");
        assert!(lines.border(*b"SY", *b"IR").is_empty());
        assert_eq!(lines.neighbours(*b"UA", &[*b"RU", *b"FR", *b"PL"]), [*b"RU", *b"PL"]);
        let whole: usize = lines.borders(*b"LB").iter().map(Vec::len).sum();
        assert!(whole > 10);
    }

    #[test]
    fn a_river_is_cut_to_the_countries_in_play() {
        let index = Index::load().unwrap_or_else(|e| panic!("{}", e.message));
        let lines = Lines::load(&index);
        let river = index.find("euphrates").into_iter().find(|e| e.kind == "river").unwrap();
        let whole: usize = lines.river(&river, &[]).unwrap().iter().map(Vec::len).sum();
        let syrian = lines.river(&river, &[*b"SY"]).unwrap();
        assert!(syrian.iter().map(Vec::len).sum::<usize>() < whole);
        assert!(syrian.iter().flatten().all(|p| p[0] < 41.5 && p[0] > 37.5), "{syrian:?}");
    }
}
