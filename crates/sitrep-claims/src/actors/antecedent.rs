//! What a pronoun or a bare description points back to: the nearest fitting body, subjects first, a few sentences back at most.
//!
//! In: a token. Out: the head of an earlier noun phrase. When nothing fits, nothing is invented.

use sitrep_language::{Dep, Tag};
use sitrep_model::Voice;

use crate::actors::Scene;

/// How many sentences back a pronoun may reach.
const SENTENCES: usize = 3;
/// How much of a sentence is looked through: lists and text without full stops are sentences, too.
const REACH_TOKENS: usize = 300;

impl Scene<'_> {
    /// The noun phrase that token `i` of `passage` points back to, as passage and head. `fits` sees candidates nearest first.
    pub(crate) fn antecedent(
        &self,
        passage: usize,
        i: usize,
        fits: &dyn Fn(usize, usize) -> bool,
    ) -> Option<(usize, usize)> {
        let tree = &self.trees[passage];
        let owner = if tree.dep(i) == Dep::Poss { tree.head(i) } else { i };
        if tree.dep(owner) == Dep::Conj {
            let first = tree.first_conjunct(owner);
            if first != owner && first < i && self.names_actor(passage, first) && fits(passage, first) {
                return Some((passage, first));
            }
        }
        let mut sentences_left = SENTENCES;
        let mut at = passage;
        let mut sentence = tree.sentence(i);
        loop {
            let range = self.trees[at].sentence_range(sentence);
            let until = if at == passage && sentence == tree.sentence(i) { i } else { range.end };
            let start = range.start.max(until.saturating_sub(REACH_TOKENS));
            if let Some(found) =
                self.candidate(at, start, until, owner, at == passage && sentence == tree.sentence(i), fits)
            {
                return Some((at, found));
            }
            sentences_left -= 1;
            if sentences_left == 0 {
                return None;
            }
            if sentence > 0 {
                sentence -= 1;
            } else {
                at = self.before(at)?;
                sentence = self.trees[at].analysis.sentences.len().saturating_sub(1);
            }
        }
    }

    /// The passage read just before `passage` in the same voice.
    pub(crate) fn before(&self, passage: usize) -> Option<usize> {
        let this = self.trees[passage].passage;
        let at = passage.checked_sub(1)?;
        let that = self.trees[at].passage;
        let same = this.comment == that.comment
            && (this.voice == that.voice || this.voice == Voice::Article && that.voice == Voice::Caption);
        same.then_some(at)
    }

    fn candidate(
        &self,
        passage: usize,
        start: usize,
        until: usize,
        owner: usize,
        same: bool,
        fits: &dyn Fn(usize, usize) -> bool,
    ) -> Option<usize> {
        let tree = &self.trees[passage];
        let owner_pronoun =
            !same || tree.tag(owner) == Tag::Prp || tree.kids(owner).iter().any(|&k| tree.tag(k) == Tag::PrpPoss);
        let good = |k: usize| {
            (tree.is_noun(k) || tree.tag(k) == Tag::Cd)
                && !matches!(tree.dep(k), Dep::Compound | Dep::Conj | Dep::Amod | Dep::Nmod | Dep::Npadvmod)
                && k != owner
                && !(same
                    && tree.under(owner, k)
                    && tree.dep(owner) != Dep::Relcl
                    && !matches!(tree.dep(owner), Dep::Conj | Dep::Appos)
                    && k > owner)
                && self.names_actor(passage, k)
                && !(tree.dep(k) == Dep::Pobj && self.place_at(passage, k).is_some())
                && !self.is_time(passage, k)
                && (owner_pronoun || !self.is_bare(passage, k))
                && fits(passage, k)
        };
        let subject = |k: usize| {
            matches!(tree.dep(k), Dep::Nsubj | Dep::Nsubjpass)
                || tree.dep(k) == Dep::Pobj && tree.dep(tree.head(k)) == Dep::Agent
        };
        let mut all: Vec<usize> = (start..until).filter(|&k| good(k)).collect();
        if same {
            all.reverse();
        }
        all.iter()
            .copied()
            .find(|&k| subject(k))
            .or_else(|| all.last().copied().filter(|_| !same).or(all.first().copied()))
    }

    /// A description that itself only points back: "the group".
    pub(crate) fn is_bare(&self, passage: usize, k: usize) -> bool {
        let tree = &self.trees[passage];
        self.hit(passage, k).is_none()
            && self.kinds.listed("back", tree.lemma(k))
            && tree.kids(k).iter().all(|&m| {
                matches!(
                    tree.dep(m),
                    Dep::Det | Dep::Punct | Dep::Nummod | Dep::Relcl | Dep::Cc | Dep::Conj | Dep::Prep
                )
            })
            && tree.has_det(k, &["the", "this", "that", "these", "those", "both"])
    }
}
