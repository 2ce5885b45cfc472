//! The rule lemmatizer: exceptions first, then suffix rules checked against a word list.
//!
//! In: the lemma tables of a model file; later, a token's text, part of speech and morphology. Out: its lemma. Never
//! sees context; a lemma the attribute ruler sets does not come here.

use crate::labels::Pos;
use crate::model_file::{ModelError, ModelFile};
use crate::unicode;

/// The parts of speech that may have tables, and how the model file names them.
const CLASSES: [(Pos, &str); 17] = [
    (Pos::Adj, "adj"),
    (Pos::Adp, "adp"),
    (Pos::Adv, "adv"),
    (Pos::Aux, "aux"),
    (Pos::Cconj, "cconj"),
    (Pos::Det, "det"),
    (Pos::Intj, "intj"),
    (Pos::Noun, "noun"),
    (Pos::Num, "num"),
    (Pos::Part, "part"),
    (Pos::Pron, "pron"),
    (Pos::Propn, "propn"),
    (Pos::Punct, "punct"),
    (Pos::Sconj, "sconj"),
    (Pos::Sym, "sym"),
    (Pos::Verb, "verb"),
    (Pos::X, "x"),
];

/// Sorted lines, searched by halving; cheap to load.
#[derive(Debug, Default)]
struct SortedLines {
    text: Box<str>,
    /// Where each line starts, and the end of the last.
    starts: Vec<u32>,
}

impl SortedLines {
    fn load(file: &ModelFile<'_>, section: &str) -> Result<SortedLines, ModelError> {
        if !file.has(section) {
            return Ok(SortedLines::default());
        }
        let text = file.text(section)?;
        let mut starts = vec![0];
        starts.extend(text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at as u32 + 1));
        if starts.last().is_some_and(|end| *end as usize != text.len()) {
            return Err(ModelError::malformed(section, "its last line has no end"));
        }
        Ok(SortedLines { text: text.into(), starts })
    }

    fn line(&self, number: usize) -> &str {
        &self.text[self.starts[number] as usize..self.starts[number + 1] as usize - 1]
    }

    /// What follows `key` and a tab on its line; empty when the line is `key` alone.
    fn get(&self, key: &str) -> Option<&str> {
        let (mut low, mut high) = (0, self.starts.len().saturating_sub(1));
        while low < high {
            let middle = low + (high - low) / 2;
            let line = self.line(middle);
            let (found, rest) = line.split_once('\t').unwrap_or((line, ""));
            match found.cmp(key) {
                std::cmp::Ordering::Equal => return Some(rest),
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
            }
        }
        None
    }
}

#[derive(Debug, Default)]
struct Table {
    /// Suffix and what replaces it, in the order they are tried.
    rules: Vec<(Box<str>, Box<str>)>,
    exceptions: SortedLines,
    index: SortedLines,
}

impl Table {
    fn load(file: &ModelFile<'_>, class: &str) -> Result<Option<Table>, ModelError> {
        let sections = ["lemma_rules", "lemma_exc", "lemma_index"].map(|table| format!("{table}.{class}"));
        if !sections.iter().any(|section| file.has(section)) {
            return Ok(None);
        }
        let mut rules = Vec::new();
        if file.has(&sections[0]) {
            for line in file.lines(&sections[0])? {
                let rule = line.split_once('\t').ok_or_else(|| ModelError::malformed(&sections[0], line))?;
                rules.push((rule.0.into(), rule.1.into()));
            }
        }
        let exceptions = SortedLines::load(file, &sections[1])?;
        Ok(Some(Table { rules, exceptions, index: SortedLines::load(file, &sections[2])? }))
    }

    fn has(&self, word: &str) -> bool {
        let listed = |form: &str| !form.is_empty() && self.index.get(form).is_some();
        let inflected = |(old, new): &(Box<str>, Box<str>)| {
            word.strip_suffix(old.as_ref()).is_some_and(|stem| listed(&format!("{stem}{new}")))
        };
        listed(word) || self.exceptions.get(word).is_some() || self.rules.iter().any(inflected)
    }

    /// The first of the forms spaCy's rules list for `text`.
    fn lemma(&self, text: &str) -> String {
        let lower = text.to_lowercase();
        let (mut forms, mut unknown): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
        for (old, new) in &self.rules {
            let Some(stem) = lower.strip_suffix(old.as_ref()) else { continue };
            let form = format!("{stem}{new}");
            if form.is_empty() {
                continue;
            }
            if self.index.get(&form).is_some() {
                forms.insert(0, form);
            } else if !form.chars().all(unicode::is_alpha) {
                forms.push(form);
            } else {
                unknown.push(form);
            }
        }
        for form in self.exceptions.get(&lower).into_iter().flat_map(|forms| forms.split('\t')) {
            if !forms.iter().any(|known| known == form) {
                forms.insert(0, form.to_owned());
            }
        }
        forms.into_iter().chain(unknown).next().unwrap_or_else(|| text.to_owned())
    }
}

/// What the lemmatizer asks of a morphological description.
#[derive(Debug, Clone, Copy, Default)]
struct Morph {
    singular: bool,
    /// Finite present without a number: the plain form of a verb.
    plain_present: bool,
    /// Infinitive or positive degree: a base form whatever the part of speech.
    base: bool,
}

impl Morph {
    fn parse(text: &str) -> Morph {
        let value = |name: &str| {
            text.split('|').find_map(|feature| feature.split_once('=').filter(|(key, _)| *key == name)).map(|(_, v)| v)
        };
        let form = value("VerbForm");
        Morph {
            singular: value("Number") == Some("Sing"),
            plain_present: form == Some("Fin") && value("Tense") == Some("Pres") && value("Number").is_none(),
            base: matches!(form, Some("Inf" | "None")) || value("Degree") == Some("Pos"),
        }
    }
}

/// The tables of one model.
#[derive(Debug)]
pub(crate) struct Lemmatizer {
    tables: Vec<Option<Table>>,
    morphs: Vec<Morph>,
}

impl Lemmatizer {
    /// Reads the tables; `morphs` are the descriptions tokens refer to by row.
    pub(crate) fn load(file: &ModelFile<'_>, morphs: &[Box<str>]) -> Result<Lemmatizer, ModelError> {
        let mut tables: Vec<Option<Table>> = Pos::ALL.iter().map(|_| None).collect();
        for (pos, class) in CLASSES {
            tables[pos as usize] = Table::load(file, class)?;
        }
        Ok(Lemmatizer { tables, morphs: morphs.iter().map(|morph| Morph::parse(morph)).collect() })
    }

    /// Whether a word list holds `word`, in small letters, or a form it may be inflected from.
    pub(crate) fn has(&self, word: &str) -> bool {
        self.tables.iter().flatten().any(|table| table.has(word))
    }

    /// The lemma of `text` as a `pos` with the morphology in row `morph`.
    pub(crate) fn lemma(&self, text: &str, pos: Pos, morph: u16) -> String {
        let morph = self.morphs[usize::from(morph)];
        let is_base = morph.base || pos == Pos::Noun && morph.singular || pos == Pos::Verb && morph.plain_present;
        match &self.tables[pos as usize] {
            _ if is_base || pos == Pos::Space => text.to_lowercase(),
            Some(table) => table.lemma(text),
            None if pos == Pos::Propn => text.to_owned(),
            None => text.to_lowercase(),
        }
    }
}
