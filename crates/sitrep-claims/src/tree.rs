//! A passage's dependency tree with the questions rules ask of it: children, subtree edges, subjects across control and
//! coordination, voice, negation.
//!
//! In: one [`Passage`] and its text. Out: [`Tree`]. Never changes the analysis; every walk is bounded.

mod subject;

use sitrep_language::{Analysis, Dep, Pos, Tag};
use sitrep_model::Span;

use crate::lexicon::pattern::mark;
use crate::parse::Passage;

/// Longest chain of heads a walk follows.
const DEEPEST: usize = 60;

/// Nouns that only count what follows "of".
const MEASURES: [&str; 27] = [
    "series",
    "wave",
    "number",
    "dozen",
    "hundred",
    "thousand",
    "string",
    "spate",
    "barrage",
    "volley",
    "salvo",
    "round",
    "total",
    "batch",
    "couple",
    "pair",
    "handful",
    "flurry",
    "kg",
    "kilogram",
    "kilogramme",
    "ton",
    "tonne",
    "day",
    "week",
    "part",
    "campaign",
];

/// One passage's tree.
pub(crate) struct Tree<'d> {
    pub(crate) passage: &'d Passage,
    pub(crate) analysis: &'d Analysis,
    pub(crate) text: &'d str,
    kids: Vec<Vec<usize>>,
    lemmas: Vec<String>,
    words: Vec<String>,
    left: Vec<usize>,
    right: Vec<usize>,
    sentence: Vec<usize>,
    /// Per token, the marks of all words and lemmas below it.
    marks: Vec<u64>,
}

impl<'d> Tree<'d> {
    /// Prepares the tree of `passage`, whose own text is `text`.
    pub(crate) fn new(passage: &'d Passage, text: &'d str) -> Tree<'d> {
        let analysis = &passage.analysis;
        let count = analysis.tokens.len();
        let words: Vec<String> = (0..count).map(|i| analysis.text(text, i).to_lowercase().replace('’', "'")).collect();
        let lemmas: Vec<String> = (0..count).map(|i| lemma(analysis, &words, i)).collect();
        let mut kids = vec![Vec::new(); count];
        for (i, token) in analysis.tokens.iter().enumerate() {
            let head = token.head as usize;
            if head != i && head < count {
                kids[head].push(i);
            }
        }
        let mut marks = vec![0; count];
        let mut left: Vec<usize> = (0..count).collect();
        let mut right = left.clone();
        for i in 0..count {
            if analysis.tokens[i].is_space {
                continue;
            }
            let own = mark(&words[i]) | mark(&lemmas[i]);
            let mut at = i;
            for _ in 0..DEEPEST {
                let head = analysis.tokens[at].head as usize;
                if head == at || head >= count {
                    break;
                }
                marks[head] |= own;
                left[head] = left[head].min(i);
                right[head] = right[head].max(i);
                at = head;
            }
        }
        let mut sentence = vec![0; count];
        for (index, range) in analysis.sentences.iter().enumerate() {
            for i in range.clone() {
                if let Some(slot) = sentence.get_mut(i as usize) {
                    *slot = index;
                }
            }
        }
        Tree { passage, analysis, text, kids, lemmas, words, left, right, sentence, marks }
    }

    /// The marks of all words and lemmas below `i`.
    pub(crate) fn marks_below(&self, i: usize) -> u64 {
        self.marks[i]
    }

    pub(crate) fn len(&self) -> usize {
        self.analysis.tokens.len()
    }

    pub(crate) fn dep(&self, i: usize) -> Dep {
        self.analysis.tokens[i].dep
    }

    pub(crate) fn tag(&self, i: usize) -> Tag {
        self.analysis.tokens[i].tag
    }

    pub(crate) fn pos(&self, i: usize) -> Pos {
        self.analysis.tokens[i].pos
    }

    /// The head of `i`; a root is its own head.
    pub(crate) fn head(&self, i: usize) -> usize {
        (self.analysis.tokens[i].head as usize).min(self.len() - 1)
    }

    /// Lower-case lemma; plural proper nouns lose their `s`.
    pub(crate) fn lemma(&self, i: usize) -> &str {
        &self.lemmas[i]
    }

    /// Lower-case word, with straight apostrophes.
    pub(crate) fn word(&self, i: usize) -> &str {
        &self.words[i]
    }

    /// The word as written.
    pub(crate) fn raw(&self, i: usize) -> &'d str {
        self.analysis.text(self.text, i)
    }

    pub(crate) fn kids(&self, i: usize) -> &[usize] {
        &self.kids[i]
    }

    /// The first child of `i` with label `dep`.
    pub(crate) fn kid(&self, i: usize, dep: Dep) -> Option<usize> {
        self.kids[i].iter().copied().find(|&k| self.dep(k) == dep)
    }

    /// Whether a child of `i` has label `dep`.
    pub(crate) fn has(&self, i: usize, dep: Dep) -> bool {
        self.kid(i, dep).is_some()
    }

    /// First token of the subtree of `i`.
    pub(crate) fn left_edge(&self, i: usize) -> usize {
        self.left[i]
    }

    /// Last token of the subtree of `i`.
    pub(crate) fn right_edge(&self, i: usize) -> usize {
        self.right[i]
    }

    /// Index of the sentence of `i`.
    pub(crate) fn sentence(&self, i: usize) -> usize {
        self.sentence[i]
    }

    /// The tokens of sentence `index`.
    pub(crate) fn sentence_range(&self, index: usize) -> std::ops::Range<usize> {
        let range = self.analysis.sentences.get(index).cloned().unwrap_or(0..0);
        range.start as usize..(range.end as usize).min(self.len())
    }

    /// The place in the document's text of tokens `first..=last`, without white space at the ends.
    pub(crate) fn span(&self, first: usize, last: usize) -> Span {
        let (mut first, mut last) = (first, last);
        while first < last && self.analysis.tokens[first].is_space {
            first += 1;
        }
        while last > first && self.analysis.tokens[last].is_space {
            last -= 1;
        }
        self.passage.span_of(first, last + 1)
    }

    /// The words of tokens `first..=last` as written, white space made single.
    pub(crate) fn phrase(&self, first: usize, last: usize) -> String {
        let span = self.span(first, last);
        let base = self.passage.span.start;
        let cut = self.text.get((span.start - base) as usize..(span.end - base) as usize).unwrap_or("");
        cut.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// `i`'s heads, nearest first, `i` not among them.
    pub(crate) fn ancestors(&self, i: usize) -> impl Iterator<Item = usize> + '_ {
        let mut at = i;
        let mut left = DEEPEST;
        std::iter::from_fn(move || {
            let head = self.head(at);
            if head == at || left == 0 {
                return None;
            }
            left -= 1;
            at = head;
            Some(head)
        })
    }

    /// Whether `above` is `i` or one of its heads.
    pub(crate) fn under(&self, i: usize, above: usize) -> bool {
        i == above || self.ancestors(i).any(|a| a == above)
    }

    pub(crate) fn is_verb(&self, i: usize) -> bool {
        matches!(self.tag(i), Tag::Vb | Tag::Vbd | Tag::Vbg | Tag::Vbn | Tag::Vbp | Tag::Vbz)
    }

    pub(crate) fn is_noun(&self, i: usize) -> bool {
        matches!(self.tag(i), Tag::Nn | Tag::Nns | Tag::Nnp | Tag::Nnps)
    }

    pub(crate) fn is_proper(&self, i: usize) -> bool {
        matches!(self.tag(i), Tag::Nnp | Tag::Nnps)
    }

    /// `i` and the things coordinated with it, in text order.
    pub(crate) fn conjuncts(&self, i: usize) -> Vec<usize> {
        let mut all = vec![i];
        let mut next = 0;
        while next < all.len() && all.len() < 30 {
            let at = all[next];
            all.extend(self.kids[at].iter().copied().filter(|&k| self.dep(k) == Dep::Conj));
            next += 1;
        }
        all.sort_unstable();
        all
    }

    /// The first of the things `i` is coordinated with.
    pub(crate) fn first_conjunct(&self, i: usize) -> usize {
        let mut at = i;
        for _ in 0..DEEPEST {
            if self.dep(at) != Dep::Conj || self.head(at) == at {
                break;
            }
            at = self.head(at);
        }
        at
    }

    /// What a noun of quantity counts: "dozens of rockets", "a series of attacks".
    pub(crate) fn counted(&self, i: usize) -> Option<usize> {
        let measure = self.tag(i) == Tag::Cd || MEASURES.contains(&self.lemma(i));
        self.pobj(i, "of").filter(|&o| measure && o > i)
    }

    /// The noun of quantity that counts `i`, or `i` itself: the "series" of "a series of attacks".
    pub(crate) fn counted_by(&self, i: usize) -> usize {
        let prep = self.head(i);
        let measure = self.head(prep);
        let of = self.dep(i) == Dep::Pobj && self.word(prep) == "of" && measure < i;
        if of && MEASURES.contains(&self.lemma(measure)) { self.first_conjunct(measure) } else { i }
    }

    /// The "by" phrase of a passive: its noun.
    pub(crate) fn agent(&self, v: usize) -> Option<usize> {
        let by = self.kid(v, Dep::Agent)?;
        // "driven out, by the government's count": nobody does it, somebody says so.
        self.kid(by, Dep::Pobj).filter(|&k| !self.reckons(k))
    }

    /// Whether the noun is how somebody counts: "by the government's count".
    pub(crate) fn reckons(&self, i: usize) -> bool {
        let counts = ["count", "estimate", "reckoning", "tally", "account", "figure", "admission"];
        counts.contains(&self.lemma(i)) && self.has(i, Dep::Poss)
    }

    /// The direct object, relative pronouns resolved.
    pub(crate) fn object(&self, v: usize) -> Option<usize> {
        let mut own = self.kids[v].iter().copied().filter(|&k| self.dep(k) == Dep::Dobj);
        let first = own.next()?;
        let better = if self.is_relative(first) { own.next() } else { None };
        Some(self.antecedent(better.unwrap_or(first)))
    }

    /// The nouns of prepositions named `word` under `i`.
    pub(crate) fn pobj(&self, i: usize, word: &str) -> Option<usize> {
        self.kids[i]
            .iter()
            .copied()
            .filter(|&k| matches!(self.dep(k), Dep::Prep | Dep::Agent | Dep::Dative) && self.word(k) == word)
            .find_map(|k| self.prep_object(k))
    }

    /// The noun a preposition governs, through a second preposition ("from inside the city").
    pub(crate) fn prep_object(&self, prep: usize) -> Option<usize> {
        let object = self.kids[prep].iter().copied().find(|&k| self.dep(k) == Dep::Pobj);
        object.map(|o| self.antecedent(o)).or_else(|| {
            let inner = self.kids[prep]
                .iter()
                .copied()
                .find(|&k| matches!(self.dep(k), Dep::Prep | Dep::Pcomp | Dep::Conj) && !self.is_verb(k))?;
            self.kid(inner, Dep::Pobj)
        })
    }

    /// Whether `i` is negated by a word of its own: "not", "never", "no clashes".
    pub(crate) fn negated(&self, i: usize) -> bool {
        self.kids[i]
            .iter()
            .any(|&k| self.dep(k) == Dep::Neg || self.dep(k) == Dep::Det && matches!(self.word(k), "no" | "neither"))
            || self.kids[i]
                .iter()
                .any(|&k| self.dep(k) == Dep::Advmod && matches!(self.word(k), "never" | "hardly" | "barely"))
            || self.no_longer(i)
    }

    /// "no longer" stands on `i`.
    fn no_longer(&self, i: usize) -> bool {
        let longer = |k: usize| self.word(k) == "longer" && k > 0 && self.word(k - 1) == "no";
        self.kids[i].iter().any(|&k| longer(k))
    }

    /// The subject of `v` carries "no": "no fighters were killed".
    pub(crate) fn subject_negated(&self, v: usize) -> bool {
        self.kids[v].iter().any(|&k| {
            matches!(self.dep(k), Dep::Nsubj | Dep::Nsubjpass | Dep::Dobj)
                && (self.has_det(k, &["no", "neither"])
                    || self.kids[k].iter().any(|&m| self.word(m) == "neither")
                    || matches!(self.word(k), "none" | "nobody" | "nothing"))
        })
    }

    /// Whether a determiner of `i` is one of `words`.
    pub(crate) fn has_det(&self, i: usize, words: &[&str]) -> bool {
        self.kids[i]
            .iter()
            .any(|&k| matches!(self.dep(k), Dep::Det | Dep::Predet | Dep::Neg) && words.contains(&self.word(k)))
    }

    /// First and last token of the noun phrase of `i` without what follows it but "of" phrases: no relative clauses, appositions,
    /// coordination or other prepositional phrases.
    pub(crate) fn noun_phrase(&self, i: usize) -> (usize, usize) {
        let mut first = i;
        let mut last = i;
        for &k in &self.kids[i] {
            let keeps = match self.dep(k) {
                Dep::Conj | Dep::Cc | Dep::Relcl | Dep::Acl | Dep::Appos | Dep::Punct | Dep::Preconj => false,
                Dep::Prep => k > i && (self.word(k) == "of" || self.names_purpose(i, k)),
                Dep::Det
                | Dep::Predet
                | Dep::Poss
                | Dep::Amod
                | Dep::Compound
                | Dep::Nmod
                | Dep::Nummod
                | Dep::Quantmod
                | Dep::Case
                | Dep::Npadvmod => true,
                Dep::Advmod | Dep::Neg => k < i,
                Dep::Nsubj | Dep::Dep => k < i && self.is_noun(k) && !self.is_verb(i),
                _ => false,
            };
            if keeps {
                first = first.min(self.left[k]);
                last = last.max(if k < i { i } else { self.of_phrase_end(k) });
            }
        }
        (first, last)
    }

    /// The end of an "of" phrase, cut before anything its noun is followed by.
    fn of_phrase_end(&self, prep: usize) -> usize {
        match self.kid(prep, Dep::Pobj) {
            Some(object) => self.noun_phrase_shallow_end(object),
            None => prep,
        }
    }

    fn noun_phrase_shallow_end(&self, i: usize) -> usize {
        let more = self.kids[i].iter().copied().find(|&k| k > i && self.dep(k) == Dep::Prep && self.word(k) == "of");
        let number =
            self.kids[i].iter().copied().find(|&k| k == i + 1 && self.dep(k) == Dep::Nummod && self.is_proper(i));
        more.and_then(|p| self.kid(p, Dep::Pobj)).or(number).unwrap_or(i).max(i)
    }

    /// "International Organization for Migration": the preposition inside a body's name.
    fn names_purpose(&self, i: usize, prep: usize) -> bool {
        prep == i + 1
            && self.is_proper(i)
            && matches!(self.word(prep), "for" | "on" | "against" | "without")
            && self.kid(prep, Dep::Pobj).is_some_and(|o| self.is_proper(o) && !self.names_time(o))
            && matches!(
                self.lemma(i),
                "organization"
                    | "organisation"
                    | "observatory"
                    | "office"
                    | "committee"
                    | "council"
                    | "centre"
                    | "center"
                    | "agency"
                    | "commission"
                    | "institute"
                    | "fund"
                    | "union"
                    | "front"
                    | "movement"
                    | "commissioner"
                    | "ministry"
                    | "network"
                    | "foundation"
                    | "initiative"
                    | "programme"
                    | "program"
                    | "association"
                    | "forum"
                    | "force"
                    | "campaign"
                    | "group"
                    | "coalition"
                    | "society"
                    | "rapporteur"
                    | "tribunal"
                    | "court"
                    | "party"
                    | "army"
                    | "forces"
            )
    }

    /// Whether the token is a day or a month: "the council on Monday".
    fn names_time(&self, i: usize) -> bool {
        let word = self.word(i);
        word.ends_with("day")
            || matches!(
                word,
                "january"
                    | "february"
                    | "march"
                    | "april"
                    | "may"
                    | "june"
                    | "july"
                    | "august"
                    | "september"
                    | "october"
                    | "november"
                    | "december"
                    | "twitter"
                    | "telegram"
                    | "facebook"
            )
    }

    /// The words of the noun phrase of `i`.
    pub(crate) fn noun_text(&self, i: usize) -> String {
        let (first, last) = self.noun_phrase(i);
        self.phrase(first, last)
    }
}

/// The lemma rules look up: lower case, plural proper nouns made singular.
/// A stem of one short vowel between consonants, whose last letter English doubles before an ending.
fn short_syllable(stem: &str) -> bool {
    let vowel = |b: &u8| matches!(b, b'a' | b'e' | b'i' | b'o' | b'u');
    let bytes = stem.as_bytes();
    let [.., middle, last] = bytes else { return false };
    bytes.len() > 2
        && bytes.is_ascii()
        && vowel(middle)
        && !vowel(last)
        && !matches!(last, b'w' | b'x' | b'y' | b's')
        && bytes.iter().filter(|b| vowel(b)).count() == 1
}

fn lemma(analysis: &Analysis, words: &[String], i: usize) -> String {
    // The lemmatizer makes an army corps of corpses.
    if words[i] == "corpses" {
        return "corpse".to_owned();
    }
    let lemma = analysis.lemma(i).to_lowercase();
    let tag = analysis.tokens[i].tag;
    if words[i] == "bases" {
        return "base".to_owned();
    }
    // The lemmatizer makes "rag" of "raged" and "stag" of "staged"; one short syllable would have doubled its last letter.
    let past = matches!(tag, Tag::Vbd | Tag::Vbn | Tag::Vbg);
    let silent = |end: &str| words[i].strip_suffix(end).is_some_and(|stem| stem == lemma && short_syllable(stem));
    if past && (silent("ed") || silent("ing")) {
        return format!("{lemma}e");
    }
    // The tagger takes a rare plural for a singular: "servicemen".
    if analysis.tokens[i].tag == Tag::Nn && lemma.len() > 6 && lemma.ends_with("men") && !lemma.ends_with("imen") {
        return format!("{}man", &lemma[..lemma.len() - 3]);
    }
    // The tagger sometimes takes a rare past for a base form, and the lemmatizer then leaves it.
    let past = match lemma.as_str() {
        "retook" => "retake",
        "overran" => "overrun",
        "withdrew" => "withdraw",
        "overthrew" => "overthrow",
        "fled" => "flee",
        "shot" => "shoot",
        "fought" => "fight",
        _ => "",
    };
    if !past.is_empty() && matches!(analysis.tokens[i].tag, Tag::Vb | Tag::Vbp | Tag::Vbd | Tag::Vbn) {
        return past.to_owned();
    }
    let proper = matches!(analysis.tokens[i].tag, Tag::Nnp | Tag::Nnps);
    if proper
        && words[i].len() > 4
        && words[i].ends_with('s')
        && !words[i].ends_with("ss")
        && !words[i].ends_with("us")
        && !words[i].ends_with("is")
    {
        let word = &words[i];
        return match word.strip_suffix("ies") {
            Some(stem) => format!("{stem}y"),
            None => word[..word.len() - 1].to_owned(),
        };
    }
    lemma
}
