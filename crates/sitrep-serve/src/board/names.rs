//! Names as numbers.
//!
//! In: names of a claim. Out: a [`Run`] of numbers, and which numbers hold some words. Never holds a name twice.

use std::collections::BTreeMap;

/// Where a claim's names stand: first those that a facet counts, then other words it goes by.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Run {
    start: u32,
    n_facet: u16,
    n: u16,
}

/// Names, each once.
#[derive(Debug, Default)]
pub(super) struct Names {
    numbers: BTreeMap<String, u32>,
    names: Vec<String>,
    /// Of each name, how many claims a facet counts it in.
    n_claims: Vec<usize>,
    runs: Vec<u32>,
}

impl Names {
    /// Takes in the names of a claim: `facet` ones are counted, `other` ones only found.
    pub(super) fn run<'n>(&mut self, facet: impl Iterator<Item = &'n str>, other: impl Iterator<Item = String>) -> Run {
        let start = self.runs.len();
        for name in facet {
            self.push(name, start);
        }
        let n_facet = self.runs.len() - start;
        self.runs[start..].iter().for_each(|name| self.n_claims[*name as usize] += 1);
        for name in other {
            self.push(&name, start);
        }
        let short = |n: usize| u16::try_from(n).unwrap_or(u16::MAX);
        let n = self.runs.len() - start;
        Run { start: u32::try_from(start).unwrap_or(u32::MAX), n_facet: short(n_facet), n: short(n) }
    }

    fn push(&mut self, name: &str, start: usize) {
        let number = match self.numbers.get(name) {
            Some(number) => *number,
            None => {
                let number = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
                self.numbers.insert(name.to_owned(), number);
                self.names.push(name.to_owned());
                self.n_claims.push(0);
                number
            }
        };
        if !self.runs[start..].contains(&number) {
            self.runs.push(number);
        }
    }

    /// Every number of a run.
    pub(super) fn all(&self, run: Run) -> &[u32] {
        &self.runs[run.start as usize..][..usize::from(run.n)]
    }

    /// Those that a facet counts.
    pub(super) fn facet(&self, run: Run) -> &[u32] {
        &self.runs[run.start as usize..][..usize::from(run.n_facet)]
    }

    /// The name of a number.
    pub(super) fn name(&self, number: u32) -> &str {
        &self.names[number as usize]
    }

    /// Names for which `holds`, with the number of claims in which each stands, most first.
    pub(super) fn which(&self, holds: impl Fn(&str) -> bool) -> Vec<(&str, usize)> {
        let named = self.names.iter().zip(&self.n_claims).filter(|(name, n)| **n > 0 && holds(name));
        let mut found: Vec<(&str, usize)> = named.map(|(name, n)| (name.as_str(), *n)).collect();
        found.sort_by_key(|(name, n)| (std::cmp::Reverse(*n), *name));
        found
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.names.len()
    }

    /// Which names hold any of `parts`, in small letters; none when there is none to hold.
    pub(super) fn holding(&self, parts: &[String]) -> Vec<bool> {
        let holds = |name: &String| {
            let name = name.to_lowercase();
            parts.iter().any(|part| name.contains(part.as_str()))
        };
        if parts.is_empty() { Vec::new() } else { self.names.iter().map(holds).collect() }
    }
}
