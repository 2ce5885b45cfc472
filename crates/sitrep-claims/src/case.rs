//! The case of texts written in capitals: "REBELS TOOK SAN TELMO" is read as "Rebels took San Telmo".
//!
//! In: a passage in capitals, the word lists, what the rest of the document writes in mixed case. Out: the same passage, byte for byte as
//! long, with the case a newspaper would give it; spans stay true. Never changes the document, never touches a passage in mixed case.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use sitrep_language::Language;
use sitrep_model::{Document, Span};

use crate::KitError;
use crate::lexicon::actors::{Named, Word};
use crate::lexicon::{Lexicon, parse};
use crate::place::{Gazetteer, spelling_keys};

/// A passage with fewer letters says too little to call it shouted.
const FEWEST_LETTERS: usize = 12;
/// Longest place name, in words.
const LONGEST_NAME: usize = 4;
/// Longest abbreviation a text defines in brackets.
const LONGEST_ABBREVIATION: usize = 8;

/// Word lists for restoring case.
pub(crate) struct Cases {
    grammar: BTreeSet<String>,
    dated: BTreeSet<String>,
    titles: BTreeSet<String>,
    particles: BTreeSet<String>,
    forenames: BTreeSet<String>,
    named_of: BTreeSet<String>,
    /// Small spellings, and whether the word is an abbreviation.
    capitalised: BTreeMap<String, Form>,
}

#[derive(Deserialize)]
struct CasesFile {
    grammar: String,
    dated: String,
    titles: String,
    particles: String,
    forenames: String,
    named_of: String,
}

/// How a word is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Small,
    Capital,
    /// As it stands: an abbreviation.
    Kept,
}

impl Form {
    /// A capital where small letters are only how a list is written.
    fn or_capital(self) -> Form {
        if self == Form::Kept { self } else { Form::Capital }
    }
}

/// What a document's own words teach: the usual form of each.
#[derive(Debug, Default)]
pub(crate) struct Learnt(BTreeMap<String, Form>);

/// One word of a passage.
struct Piece {
    start: usize,
    end: usize,
    /// Without what follows an apostrophe.
    base_end: usize,
    small: String,
}

impl Cases {
    pub(crate) fn load() -> Result<Cases, KitError> {
        let file: CasesFile = parse("lang/en/case.toml", include_str!("../lang/en/case.toml"))?;
        let set = |words: String| words.split_whitespace().map(str::to_owned).collect();
        let listed = include_str!("../lang/en/capitalised.txt").lines().filter(|line| !line.starts_with('#'));
        Ok(Cases {
            grammar: set(file.grammar),
            dated: set(file.dated),
            titles: set(file.titles),
            particles: set(file.particles),
            forenames: set(file.forenames),
            named_of: set(file.named_of),
            capitalised: listed.map(|word| (word.to_lowercase(), written(word).or_capital())).collect(),
        })
    }
}

/// Everything the form of a word is judged by.
pub(crate) struct Restorer<'k> {
    pub(crate) cases: &'k Cases,
    pub(crate) language: &'k Language,
    pub(crate) lexicon: &'k Lexicon,
    pub(crate) gazetteer: &'k Gazetteer,
}

/// Whether nearly every letter of `text` is a capital.
pub(crate) fn shouted(text: &str) -> bool {
    let (mut large, mut small) = (0_usize, 0_usize);
    for c in text.chars() {
        large += usize::from(c.is_uppercase());
        small += usize::from(c.is_lowercase());
    }
    large >= FEWEST_LETTERS && small * 10 <= large && text.split_whitespace().nth(2).is_some()
}

impl Restorer<'_> {
    /// What the parts of `document` at `spans` teach about its words.
    pub(crate) fn learn(&self, document: &Document, spans: impl Iterator<Item = Span>) -> Learnt {
        let mut forms = BTreeMap::new();
        for span in spans {
            let text = span.of(&document.text);
            let pieces = pieces(text);
            for (at, piece) in pieces.iter().enumerate() {
                let bracketed = text[..piece.start].ends_with(['(', '[']) && text[piece.end..].starts_with([')', ']']);
                let coined = bracketed
                    && (2..=LONGEST_ABBREVIATION).contains(&piece.small.chars().count())
                    && written(&text[piece.start..piece.base_end]) == Form::Kept
                    && !self.language.has_word(&piece.small);
                if coined || self.defined(text, &pieces, at).is_some() {
                    forms.insert(piece.small.clone(), Form::Kept);
                } else if !shouted(text) && !opens(text, piece.start, self) {
                    let form = written(&text[piece.start..piece.base_end]);
                    forms.entry(piece.small.clone()).or_insert(form);
                }
            }
        }
        Learnt(forms)
    }

    /// `text` in the case a newspaper would give it.
    pub(crate) fn restored(&self, text: &str, learnt: &Learnt) -> String {
        let pieces = pieces(text);
        let mut forms: Vec<Form> = (0..pieces.len()).map(|at| self.alone(text, &pieces, at, learnt)).collect();
        self.names(text, &pieces, &mut forms);
        for at in 0..pieces.len() {
            if let Some(first) = self.defined(text, &pieces, at) {
                self.raise(&pieces, &mut forms, first, at);
                forms[at] = Form::Kept;
            }
        }
        self.beside(text, &pieces, &mut forms);
        let mut out = String::with_capacity(text.len());
        let mut done = 0;
        for (piece, form) in pieces.iter().zip(&forms) {
            out.push_str(&text[done..piece.start]);
            match form {
                Form::Kept => out.push_str(&text[piece.start..piece.base_end]),
                Form::Small => small(&text[piece.start..piece.base_end], &mut out),
                Form::Capital => {
                    let first = text[piece.start..].chars().next().map_or(0, char::len_utf8);
                    out.push_str(&text[piece.start..piece.start + first]);
                    small(&text[piece.start + first..piece.base_end], &mut out);
                }
            }
            small(&text[piece.base_end..piece.end], &mut out);
            done = piece.end;
        }
        out.push_str(&text[done..]);
        out
    }

    /// The form of a word by itself.
    fn alone(&self, text: &str, pieces: &[Piece], at: usize, learnt: &Learnt) -> Form {
        let piece = &pieces[at];
        let word = piece.small.as_str();
        let letters = word.chars().filter(|c| c.is_alphabetic()).count();
        if word.chars().any(char::is_numeric) {
            // "4TH", but "T62".
            return if word.starts_with(char::is_numeric) { Form::Small } else { Form::Kept };
        }
        if letters == 1 {
            return if word == "a" && !text[piece.base_end..].starts_with('.') { Form::Small } else { Form::Kept };
        }
        if let Some(form) = learnt.0.get(word) {
            return *form;
        }
        if self.cases.dated.contains(word) {
            let numbered = |other: Option<&Piece>| other.is_some_and(|p| p.small.starts_with(char::is_numeric));
            if numbered(at.checked_sub(1).and_then(|before| pieces.get(before))) || numbered(pieces.get(at + 1)) {
                return Form::Capital;
            }
        }
        if self.cases.grammar.contains(word) {
            return Form::Small;
        }
        if let Some(form) = self.cases.capitalised.get(word) {
            return *form;
        }
        if self.language.has_word(word) || !self.lexicon.classes.of(word).is_empty() {
            return Form::Small;
        }
        let numeral = word.chars().all(|c| "ivx".contains(c));
        let silent = !word.contains(|c: char| "aeiouy".contains(c) || !c.is_ascii());
        if numeral
            || silent && !self.cases.titles.contains(word)
            || letters == 2 && !self.cases.particles.contains(word)
        {
            let spanish = matches!(word, "el" | "la" | "al" | "le" | "lo");
            return if spanish { Form::Capital } else { Form::Kept };
        }
        Form::Capital
    }

    /// Names of the actor list and of the gazetteer that are several words long.
    fn names(&self, text: &str, pieces: &[Piece], forms: &mut [Form]) {
        let words: Vec<Word> = pieces.iter().map(|p| Word::new(&text[p.start..p.end])).collect();
        let mut at = 0;
        while at < pieces.len() {
            let common = self.cases.grammar.contains(&pieces[at].small);
            match self.lexicon.actors.find(&words, at) {
                Some((_, taken)) if taken > 1 && joined(text, &pieces[at..at + taken]) => {
                    self.raise(pieces, forms, at, at + taken);
                    at += taken;
                    continue;
                }
                Some((named, 1)) if !common => {
                    let known = self.language.has_word(&pieces[at].small);
                    match named {
                        Named::State(_) => forms[at] = Form::Capital,
                        Named::Actor(_) if !known && pieces[at].small.len() <= 5 => forms[at] = Form::Kept,
                        Named::Actor(_) => {}
                    }
                }
                _ => {}
            }
            let longest = LONGEST_NAME.min(pieces.len() - at);
            let named = |taken: &usize| {
                let run = &pieces[at..at + taken];
                forms[at..at + taken].contains(&Form::Capital)
                    && !self.cases.grammar.contains(&run[taken - 1].small)
                    && joined(text, run)
                    && spelling_keys(&text[run[0].start..run[taken - 1].end], false)
                        .iter()
                        .any(|k| self.gazetteer.index.knows(k))
            };
            if let Some(taken) = (2..=longest).rev().find(named).filter(|_| !common) {
                self.raise(pieces, forms, at, at + taken);
                at += taken;
            } else {
                at += 1;
            }
        }
    }

    /// Gives the words `first..end` capitals, but not those of grammar in between.
    fn raise(&self, pieces: &[Piece], forms: &mut [Form], first: usize, end: usize) {
        for at in first..end {
            let inner = at > first && self.cases.particles.contains(&pieces[at].small);
            if forms[at] == Form::Small && !inner {
                forms[at] = Form::Capital;
            }
        }
    }

    /// Where the name begins that the abbreviation at `at` stands for: "NATIONAL VALLEY FRONT [NVF]".
    fn defined(&self, text: &str, pieces: &[Piece], at: usize) -> Option<usize> {
        let piece = &pieces[at];
        let opened = text[..piece.start].ends_with(['(', '[']) && text[piece.end..].starts_with([')', ']']);
        let letters: Vec<char> = piece.small.chars().collect();
        if !opened || !(2..=LONGEST_ABBREVIATION).contains(&letters.len()) {
            return None;
        }
        let (mut left, mut first) = (letters.len(), at);
        while left > 0 && first > 0 && at - first < 2 * LONGEST_ABBREVIATION {
            first -= 1;
            if pieces[first].small.starts_with(letters[left - 1]) {
                left -= 1;
            } else if !self.cases.grammar.contains(&pieces[first].small)
                && !self.cases.particles.contains(&pieces[first].small)
            {
                return None;
            }
        }
        (left == 0).then_some(first)
    }

    /// Whether the word after a first name can be its bearer's: no adjective of a country.
    fn bears(&self, pieces: &[Piece], at: usize) -> bool {
        pieces.get(at + 1).is_some_and(|next| self.gazetteer.index.demonym(&next.small).is_none())
    }

    /// Titles before names, particles inside them, the first word of a sentence.
    fn beside(&self, text: &str, pieces: &[Piece], forms: &mut [Form]) {
        for at in (0..pieces.len()).rev() {
            let next = pieces.get(at + 1).filter(|next| next.start - pieces[at].end <= 2);
            let named = next.is_some() && forms[at + 1] == Form::Capital;
            let word = pieces[at].small.as_str();
            let before = at > 0 && forms[at - 1] == Form::Capital && pieces[at].start - pieces[at - 1].end == 1;
            let follows = at > 1 && pieces[at - 1].small == "of" && self.cases.named_of.contains(&pieces[at - 2].small);
            let place = follows && !self.cases.grammar.contains(word);
            let bearer = named && self.cases.forenames.contains(word) && self.bears(pieces, at);
            if forms[at] == Form::Small && (place || bearer) {
                forms[at] = Form::Capital;
            } else if self.cases.titles.contains(word) {
                forms[at] = if named { Form::Capital } else { Form::Small };
            } else if self.cases.particles.contains(word) && before && named && !self.cases.grammar.contains(word) {
                forms[at] = Form::Small;
            }
        }
        for (piece, form) in pieces.iter().zip(forms.iter_mut()) {
            if *form == Form::Small && opens(text, piece.start, self) {
                *form = Form::Capital;
            }
        }
    }
}

/// Whether a sentence may begin at `start`.
fn opens(text: &str, start: usize, by: &Restorer<'_>) -> bool {
    let before =
        text[..start].trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '(' | '[' | '“' | '‘'));
    let Some(last) = before.chars().next_back() else { return true };
    if !matches!(last, '.' | '!' | '?') || before.len() == start {
        return false;
    }
    let word = before.trim_end_matches('.').rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
    last != '.' || word.chars().count() > 1 && !by.cases.titles.contains(&word.to_lowercase())
}

/// Whether single blanks stand between the words, and nothing else.
fn joined(text: &str, pieces: &[Piece]) -> bool {
    pieces.windows(2).all(|pair| {
        let between = &text[pair[0].end..pair[1].start];
        between.trim().is_empty() && between.len() <= 2
    })
}

fn written(word: &str) -> Form {
    if !word.chars().any(char::is_uppercase) {
        Form::Small
    } else if word.chars().any(char::is_lowercase) {
        Form::Capital
    } else {
        Form::Kept
    }
}

/// Small letters where they take as many bytes as the large ones.
fn small(word: &str, out: &mut String) {
    for c in word.chars() {
        let mut lower = c.to_lowercase();
        match (lower.next(), lower.next()) {
            (Some(one), None) if one.len_utf8() == c.len_utf8() => out.push(one),
            _ => out.push(c),
        }
    }
}

/// Whether the word at the start of `text`, after an apostrophe, belongs to the word before. Looks no further than such words are long.
fn is_ending(text: &str) -> bool {
    let word: String = text.chars().take(3).take_while(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    matches!(word.as_str(), "s" | "t" | "re" | "ve" | "ll" | "d" | "m")
}

/// Runs of letters and digits, with what an apostrophe adds.
fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut chars = text.char_indices().peekable();
    while let Some((start, c)) = chars.next() {
        if !c.is_alphanumeric() {
            continue;
        }
        let (mut end, mut base_end) = (start + c.len_utf8(), None);
        while let Some(&(at, c)) = chars.peek() {
            let apostrophe = matches!(c, '\'' | '’') && base_end.is_none();
            let letter_next = || text[at + c.len_utf8()..].starts_with(char::is_alphabetic);
            if !(c.is_alphanumeric() || apostrophe && letter_next()) {
                break;
            }
            // "O'BRIEN" and "AL-SHA'AB" are names to their end; "'S" and "'T" are not.
            if apostrophe && is_ending(&text[at + c.len_utf8()..]) {
                base_end = Some(at);
            }
            end = at + c.len_utf8();
            chars.next();
        }
        let base_end = base_end.unwrap_or(end);
        pieces.push(Piece { start, end, base_end, small: text[start..base_end].to_lowercase() });
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn restored(text: &str) -> String {
        let model = include_bytes!("../../sitrep-language/model/en_core_web_sm-3.8.0.bin");
        let kit =
            crate::Kit::new(Language::load(model).expect("the model in the repository loads")).expect("knowledge");
        kit.restorer().restored(text, &Learnt::default())
    }

    #[test]
    fn names_get_capitals_and_the_rest_small_letters() {
        for want in [
            "The army said rebels took San Telmo, a town near Bogota, on Monday.",
            "General Orlando Vastrez told the United Nations that 12 soldiers died on 3 May.",
            "The National Valley Front [NVF] claimed the attack. The NVF's leader wasn't there.",
            "A U.S. helicopter carrying M-16 rifles was hit; the president may resign.",
            "Minister Julio de Vastrez fled to El Salvador.",
        ] {
            assert_eq!(restored(&want.to_uppercase()), want);
        }
    }

    #[test]
    fn only_shouting_is_shouted() {
        assert!(shouted("REBELS TOOK SAN TELMO"));
        assert!(!shouted("Rebels of the FARC and the ELN took it"));
        assert!(!shouted("SAA, SDF"));
    }

    #[test]
    fn lengths_stay() {
        for text in ["İSTANBUL ẞTRASSE ǅ ÉTÉ CAFÉ", "IT’S O'BRIEN'S  ''' --"] {
            assert_eq!(restored(text).len(), text.len());
        }
    }

    #[test]
    fn a_word_of_a_megabyte_is_walked_over_once() {
        let word = "W".repeat(1 << 20);
        let text = format!("{word} o'{word} {}", "o'".repeat(1 << 18));
        assert_eq!(pieces(&text).iter().map(|piece| piece.end - piece.start).max(), Some((1 << 20) + 2));
        assert_eq!(pieces("THE ARMY'S O'BRIEN WON'T").iter().filter(|piece| piece.base_end < piece.end).count(), 2);
    }
}
