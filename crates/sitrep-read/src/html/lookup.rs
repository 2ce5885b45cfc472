//! A list of names that is asked for one of them a thousand times a page.
//!
//! In: names, each with what it says. Out: what a name says. By their length first, then by their first letter, most names of a
//! page are told apart from all in the list without comparing them; that beats hashing each.

use std::ops::Deref;

/// Names and what they say.
#[derive(Debug)]
pub(crate) struct Lookup<N, T>(Vec<Vec<(N, T)>>);

impl<N: Deref<Target = str>, T> Lookup<N, T> {
    /// Of several of one name the first counts. An empty name is never found.
    pub(crate) fn of(names: impl IntoIterator<Item = (N, T)>) -> Lookup<N, T> {
        let mut by_length: Vec<Vec<(N, T)>> = Vec::new();
        for (name, said) in names {
            if by_length.len() <= name.len() {
                by_length.resize_with(name.len() + 1, Vec::new);
            }
            by_length[name.len()].push((name, said));
        }
        Lookup(by_length)
    }

    pub(crate) fn find(&self, name: &[u8]) -> Option<&(N, T)> {
        let first = name.first()?;
        self.0.get(name.len())?.iter().find(|(known, _)| known.as_bytes()[0] == *first && known.as_bytes() == name)
    }

    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().flatten().map(|(name, _)| &**name)
    }

    pub(crate) fn get(&self, name: &str) -> Option<&T> {
        self.find(name.as_bytes()).map(|(_, said)| said)
    }

    pub(crate) fn holds(&self, name: &str) -> bool {
        self.find(name.as_bytes()).is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_whole() {
        let list = Lookup::of([("time", 1), ("date", 2), ("posted", 3), ("date", 4)]);
        assert_eq!((list.get("date"), list.get("posted")), (Some(&2), Some(&3)));
        assert!(!list.holds("dat") && !list.holds("dates") && !list.holds("") && !list.holds("a much longer name"));
    }
}
