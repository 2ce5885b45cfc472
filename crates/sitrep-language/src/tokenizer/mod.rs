//! spaCy's tokenizer: chunks between spaces, then prefixes, suffixes, exceptions, URLs and infixes within a chunk.
//!
//! In: a text. Out: tokens that together with the single spaces after some of them cover every byte of it. Linear in
//! the text. Never fails and never changes the text.

mod affix;
mod special;
#[cfg(test)]
mod tests;
mod url;

use std::hash::BuildHasher as _;

use hashbrown::{DefaultHashBuilder, HashTable};

use self::affix::{CharClass, CharClasses, RuleSet};
use self::special::{Phrases, Specials};
use crate::lexeme::{Lexed, LexemeId, Lexicon, WordRules};
use crate::model_file::{ModelError, ModelFile};
use crate::unicode;

/// Chunks longer than this are divided anew each time.
const CACHED_CHUNK_LIMIT_BYTES: usize = 64;
/// The cache stops growing at this many chunks.
const CACHED_CHUNKS: usize = 1 << 17;

/// The rules, fixed once loaded and shared by all threads.
pub(crate) struct Tokenizer {
    prefixes: RuleSet,
    suffixes: RuleSet,
    infixes: RuleSet,
    top_level: CharClass,
    specials: Specials,
    phrases: Phrases,
}

/// How chunks met before are divided. Belongs to one [`Lexicon`] and is cleared with it.
#[derive(Default)]
pub(crate) struct ChunkCache {
    by_text: HashTable<Chunk>,
    texts: String,
    pieces: Vec<(u32, LexemeId)>,
    hasher: DefaultHashBuilder,
    /// Suffixes of the chunk at hand, outermost first.
    suffixes: Vec<(u32, LexemeId)>,
    /// Pieces of the chunk at hand.
    fresh: Vec<(u32, LexemeId)>,
}

#[derive(Debug, Clone, Copy)]
struct Chunk {
    text: u32,
    text_bytes: u8,
    piece_count: u8,
    first_piece: u32,
}

impl ChunkCache {
    pub(crate) fn clear(&mut self) {
        *self = ChunkCache::default();
    }

    pub(crate) fn size_bytes(&self) -> usize {
        self.texts.len() + self.pieces.len() * 8 + self.by_text.len() * 16
    }

    fn find(&self, text: &str) -> Option<&[(u32, LexemeId)]> {
        let hash = self.hasher.hash_one(text);
        let chunk = self.by_text.find(hash, |chunk| chunk.text(&self.texts) == text)?;
        let first = chunk.first_piece as usize;
        Some(&self.pieces[first..first + usize::from(chunk.piece_count)])
    }

    /// Remembers `fresh` as the division of `text`, unless the cache is full or the chunk long.
    fn store(&mut self, text: &str) {
        if text.len() > CACHED_CHUNK_LIMIT_BYTES || self.by_text.len() >= CACHED_CHUNKS {
            return;
        }
        let chunk = Chunk {
            text: self.texts.len() as u32,
            text_bytes: text.len() as u8,
            piece_count: self.fresh.len() as u8,
            first_piece: self.pieces.len() as u32,
        };
        self.texts.push_str(text);
        self.pieces.extend_from_slice(&self.fresh);
        let (texts, hasher) = (&self.texts, &self.hasher);
        self.by_text.insert_unique(hasher.hash_one(text), chunk, |chunk| hasher.hash_one(chunk.text(texts)));
    }
}

impl Chunk {
    fn text(self, texts: &str) -> &str {
        &texts[self.text as usize..self.text as usize + usize::from(self.text_bytes)]
    }
}

impl Tokenizer {
    /// Reads the rules, and tells `words` which tokens start phrases.
    pub(crate) fn load(file: &ModelFile<'_>, words: &mut WordRules) -> Result<Tokenizer, ModelError> {
        let classes = CharClasses::load(file)?;
        let url = file.lines("tokenizer.url")?;
        let top_level = url.first().and_then(|number| classes.by_number(number));
        let mut tokenizer = Tokenizer {
            prefixes: RuleSet::load(file, "tokenizer.prefix", &classes, false)?,
            suffixes: RuleSet::load(file, "tokenizer.suffix", &classes, true)?,
            infixes: RuleSet::load(file, "tokenizer.infix", &classes, false)?,
            top_level: top_level.ok_or_else(|| ModelError::malformed("tokenizer.url", "no such class"))?,
            specials: Specials::load(file)?,
            phrases: Phrases::default(),
        };
        tokenizer.phrases = tokenizer.phrases_of_specials(words);
        words.phrase_starts = tokenizer.phrases.starts();
        Ok(tokenizer)
    }

    /// Exceptions that affix rules tear apart, as the tokens they are torn into.
    fn phrases_of_specials(&self, words: &WordRules) -> Phrases {
        let mut phrases = Phrases::default();
        let (mut lexicon, mut cache) = (Lexicon::default(), ChunkCache::default());
        for chunk in self.specials.chunks() {
            if chunk.contains(' ') || !self.torn_apart(chunk) {
                continue;
            }
            self.divide(chunk, false, words, &mut lexicon, &mut cache);
            phrases.insert(cache.fresh.iter().map(|(_, lexeme)| lexicon.text(*lexeme)));
        }
        phrases
    }

    fn torn_apart(&self, chunk: &str) -> bool {
        self.prefixes.prefix(chunk) > 0 || self.suffixes.suffix(chunk) > 0 || self.infixes.infix(chunk, 0).is_some()
    }

    /// Cuts `text`, which is shorter than 4 GiB, into `tokens`.
    pub(crate) fn tokenize(
        &self,
        text: &str,
        words: &WordRules,
        lexicon: &mut Lexicon,
        cache: &mut ChunkCache,
        tokens: &mut Vec<Lexed>,
    ) {
        tokens.clear();
        let mut start = 0;
        let mut in_space = text.chars().next().is_some_and(unicode::is_space);
        let mut phrases_possible = false;
        for (at, char) in text.char_indices() {
            if unicode::is_space(char) == in_space {
                continue;
            }
            if start < at {
                phrases_possible |= self.chunk(text, start..at, words, lexicon, cache, tokens);
            }
            start = at;
            if char == ' ' {
                if let Some(last) = tokens.last_mut() {
                    last.space_after = true;
                }
                start += 1;
            }
            in_space = !in_space;
        }
        if start < text.len() {
            phrases_possible |= self.chunk(text, start..text.len(), words, lexicon, cache, tokens);
        }
        if phrases_possible {
            self.join_phrases(text, words, lexicon, tokens);
        }
    }

    /// Appends the tokens of one chunk; says whether any of them may start a phrase.
    fn chunk(
        &self,
        text: &str,
        span: std::ops::Range<usize>,
        words: &WordRules,
        lexicon: &mut Lexicon,
        cache: &mut ChunkCache,
        tokens: &mut Vec<Lexed>,
    ) -> bool {
        let chunk = &text[span.clone()];
        let cached = if chunk.len() <= CACHED_CHUNK_LIMIT_BYTES { cache.find(chunk) } else { None };
        let pieces = match cached {
            Some(pieces) => pieces,
            None => {
                self.divide(chunk, true, words, lexicon, cache);
                cache.store(chunk);
                &cache.fresh
            }
        };
        let mut at = span.start as u32;
        let mut phrase = false;
        for (length, lexeme) in pieces {
            tokens.push(Lexed { start: at, end: at + length, space_after: false, lexeme: *lexeme });
            phrase |= lexicon.lexeme(*lexeme).phrase != 0;
            at += length;
        }
        phrase
    }

    /// Leaves the pieces of `chunk` in `cache.fresh`.
    fn divide(
        &self,
        chunk: &str,
        with_specials: bool,
        words: &WordRules,
        lexicon: &mut Lexicon,
        cache: &mut ChunkCache,
    ) {
        let ChunkCache { fresh, suffixes, .. } = cache;
        fresh.clear();
        suffixes.clear();
        let special = |text: &str| if with_specials { self.specials.get(text) } else { None };
        let mut piece = |text: &str, norm: Option<&str>| (text.len() as u32, lexicon.get(text, norm, words));
        let mut rest = chunk;
        while !rest.is_empty() && special(rest).is_none() {
            let prefix = self.prefixes.prefix(rest);
            if prefix > 0 && prefix < rest.len() && special(&rest[prefix..]).is_some() {
                fresh.push(piece(&rest[..prefix], None));
                rest = &rest[prefix..];
                break;
            }
            let suffix = self.suffixes.suffix(&rest[prefix..]);
            let suffix_at = rest.len() - suffix;
            if suffix > 0 && suffix_at > 0 && special(&rest[..suffix_at]).is_some() {
                suffixes.push(piece(&rest[suffix_at..], None));
                rest = &rest[..suffix_at];
                break;
            }
            if prefix == 0 && suffix == 0 {
                break;
            }
            if prefix > 0 {
                fresh.push(piece(&rest[..prefix], None));
            }
            if suffix > 0 {
                suffixes.push(piece(&rest[suffix_at..], None));
            }
            rest = &rest[prefix..suffix_at];
        }
        if let Some(pieces) = special(rest) {
            let mut at = 0;
            for part in pieces {
                fresh.push(piece(&rest[at..at + part.length], part.norm.as_deref()));
                at += part.length;
            }
        } else if url::is_url(rest, &self.top_level) {
            fresh.push(piece(rest, None));
        } else {
            self.divide_at_infixes(rest, |text| fresh.push(piece(text, None)));
        }
        fresh.extend(suffixes.iter().rev());
    }

    fn divide_at_infixes(&self, text: &str, mut push: impl FnMut(&str)) {
        let (mut start, mut from) = (0, 0);
        while let Some((at, end)) = self.infixes.infix(text, from) {
            from = end;
            // An infix at the very start is left where it is, as spaCy does.
            if at == 0 {
                continue;
            }
            if at > start {
                push(&text[start..at]);
            }
            push(&text[at..end]);
            start = end;
        }
        if start < text.len() {
            push(&text[start..]);
        }
    }

    /// Puts exceptions back together that affix rules tore apart, longest first, then leftmost.
    fn join_phrases(&self, text: &str, words: &WordRules, lexicon: &mut Lexicon, tokens: &mut Vec<Lexed>) {
        let mut found: Vec<(usize, usize)> = Vec::new();
        for first in 0..tokens.len() {
            let mut node = lexicon.lexeme(tokens[first].lexeme).phrase;
            let mut end = first + 1;
            while node != 0 {
                if self.phrases.ends(node) {
                    found.push((first, end));
                }
                let next = tokens.get(end).map(|token| &text[token.start as usize..token.end as usize]);
                node = next.and_then(|next| self.phrases.child(node, next)).unwrap_or(0);
                end += 1;
            }
        }
        if found.is_empty() {
            return;
        }
        found.sort_by_key(|(first, end)| (std::cmp::Reverse(end - first), *first));
        let mut taken = vec![false; tokens.len()];
        let mut chosen: Vec<(usize, usize)> = Vec::new();
        for (first, end) in found {
            if !taken[first] && !taken[end - 1] {
                chosen.push((first, end));
            }
            taken[first..end].fill(true);
        }
        chosen.sort_unstable();
        self.replace(text, &chosen, words, lexicon, tokens);
    }

    fn replace(
        &self,
        text: &str,
        phrases: &[(usize, usize)],
        words: &WordRules,
        lexicon: &mut Lexicon,
        tokens: &mut Vec<Lexed>,
    ) {
        let old = std::mem::take(tokens);
        let mut next = 0;
        for (first, end) in phrases {
            let (start, stop) = (old[*first].start as usize, old[end - 1].end as usize);
            let Some(pieces) = self.specials.get(&text[start..stop]) else { continue };
            tokens.extend_from_slice(&old[next..*first]);
            let mut at = start;
            for piece in pieces {
                let text = &text[at..at + piece.length];
                let lexeme = lexicon.get(text, piece.norm.as_deref(), words);
                let span = at as u32..(at + piece.length) as u32;
                tokens.push(Lexed { start: span.start, end: span.end, space_after: false, lexeme });
                at += piece.length;
            }
            if let Some(last) = tokens.last_mut() {
                last.space_after = old[end - 1].space_after;
            }
            next = *end;
        }
        tokens.extend_from_slice(&old[next..]);
    }
}
