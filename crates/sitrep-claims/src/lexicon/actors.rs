//! Who is who: armed and political bodies by their names, and states by their adjectives ("Iraqi army").
//!
//! In: `actors.tsv`, `actors_states.tsv`, `demonyms.tsv`. Out: the longest name found at a run of words. Never decides who a pronoun means.

mod own;

use std::collections::BTreeMap;

use crate::KitError;
use crate::lexicon::items;
pub use own::{OddRow, OwnRows};

/// A body in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Actor {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) kind: String,
    pub(crate) country: String,
    pub(crate) member_of: Vec<String>,
}

/// A state as named by its adjective, its people or its capital.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct State {
    pub(crate) iso2: String,
    pub(crate) country: String,
    pub(crate) adjective: String,
}

/// What a run of words names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Named {
    /// Row of the actor list.
    Actor(usize),
    /// Row of the list of states.
    State(usize),
}

/// The names of all bodies and states.
pub(crate) struct ActorList {
    pub(crate) actors: Vec<Actor>,
    pub(crate) states: Vec<State>,
    names: BTreeMap<String, Vec<Name>>,
}

struct Name {
    pieces: Vec<String>,
    capitals: bool,
    named: Named,
}

impl ActorList {
    pub(crate) fn load() -> Result<ActorList, KitError> {
        let mut list = ActorList { actors: Vec::new(), states: Vec::new(), names: BTreeMap::new() };
        let bodies = rows("lang/en/actors.tsv", include_str!("../../lang/en/actors.tsv"), 6)?;
        let states = rows("lang/en/actors_states.tsv", include_str!("../../lang/en/actors_states.tsv"), 6)?;
        for row in bodies.iter().chain(&states) {
            list.actor(row);
        }
        for row in rows("lang/en/demonyms.tsv", include_str!("../../lang/en/demonyms.tsv"), 4)? {
            let index = list.states.len();
            for name in [row[1], row[2]].into_iter().chain(items(row[3])) {
                list.name(name, Named::State(index));
            }
            list.states.push(State {
                iso2: row[0].to_owned(),
                country: row[1].to_owned(),
                adjective: row[2].to_owned(),
            });
        }
        list.longest_first();
        Ok(list)
    }

    /// Adds a user's actors, in the columns of `actors.tsv`. Where a name is in both lists, the user's holds.
    pub(crate) fn add(&mut self, text: &str) -> Result<(), KitError> {
        const FILE: &str = "a user's actors";
        let rows = rows(FILE, text, 6)?;
        if let Some(row) = rows.iter().find(|row| row[..3].iter().any(|column| column.is_empty())) {
            let message = format!("id, name and kind are needed: {}", row.join(" · "));
            return Err(KitError { file: FILE, message });
        }
        self.in_front(|own| rows.iter().for_each(|row| own.actor(row)));
        Ok(())
    }

    /// Has `add` bring names that hold where a name is there already: the first of two equal names is found.
    fn in_front(&mut self, add: impl FnOnce(&mut Self)) {
        let built = std::mem::take(&mut self.names);
        add(self);
        for (first, names) in built {
            self.names.entry(first).or_default().extend(names);
        }
        self.longest_first();
    }

    /// One row of `actors.tsv`.
    fn actor(&mut self, row: &[&str]) {
        let index = self.actors.len();
        for name in std::iter::once(row[1]).chain(items(row[5])) {
            self.name(name, Named::Actor(index));
        }
        self.actors.push(Actor {
            id: row[0].to_owned(),
            name: row[1].to_owned(),
            kind: row[2].to_owned(),
            country: row[3].to_owned(),
            member_of: items(row[4]).map(str::to_owned).collect(),
        });
    }

    fn longest_first(&mut self) {
        for names in self.names.values_mut() {
            names.sort_by_key(|name| std::cmp::Reverse(name.pieces.len()));
        }
    }

    fn name(&mut self, name: &str, named: Named) {
        let pieces = pieces(name);
        let capitals =
            name.len() <= 5 && name.chars().any(char::is_alphabetic) && name.chars().all(|c| !c.is_lowercase());
        if let Some(first) = pieces.first() {
            self.names.entry(first.clone()).or_default().push(Name { pieces, capitals, named });
        }
    }

    /// The longest name that starts at word `at` of `words` (each with its pieces): what it names and how many words it takes.
    pub(crate) fn find(&self, words: &[Word], at: usize) -> Option<(Named, usize)> {
        let first = words.get(at)?.pieces.first()?;
        for name in self.names.get(first)? {
            if let Some(taken) = fits(name, &words[at..]) {
                return Some((name.named, taken));
            }
        }
        None
    }
}

/// A word cut into the pieces names are compared by.
pub(crate) struct Word {
    pub(crate) pieces: Vec<String>,
    pub(crate) capitals: bool,
}

impl Word {
    pub(crate) fn new(raw: &str) -> Word {
        let capitals = raw.chars().any(char::is_alphabetic) && raw.chars().all(|c| !c.is_lowercase());
        Word { pieces: pieces(raw), capitals }
    }
}

fn fits(name: &Name, words: &[Word]) -> Option<usize> {
    let mut next = 0;
    for (index, word) in words.iter().enumerate() {
        if next == name.pieces.len() {
            return Some(index);
        }
        if name.capitals && !word.capitals && !word.pieces.is_empty() {
            return None;
        }
        for piece in &word.pieces {
            if name.pieces.get(next) != Some(piece) {
                // "Houthis'" and "Hezbollah's" leave an s over.
                return (next == name.pieces.len() && piece == "s").then_some(index + 1);
            }
            next += 1;
        }
    }
    (next == name.pieces.len()).then_some(words.len())
}

/// Lower-case runs of letters and digits, apostrophes dropped.
pub(crate) fn pieces(text: &str) -> Vec<String> {
    let flat: String = text.chars().filter(|c| *c != '.').flat_map(char::to_lowercase).collect();
    flat.split(|c: char| !c.is_alphanumeric()).filter(|piece| !piece.is_empty()).map(str::to_owned).collect()
}

fn rows<'t>(file: &'static str, text: &'t str, columns: usize) -> Result<Vec<Vec<&'t str>>, KitError> {
    let mut rows = Vec::new();
    for line in text.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty()) {
        let mut row: Vec<&str> = line.split('\t').collect();
        if row.len() > columns || row.len() + 3 < columns {
            return Err(KitError { file, message: format!("{} columns instead of {columns}: {line}", row.len()) });
        }
        row.resize(columns, "");
        rows.push(row);
    }
    Ok(rows)
}
