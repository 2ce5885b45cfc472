//! Who the subject of a verb is: across coordination, control, participles and relative clauses; and whether the verb is passive.
//!
//! In: a verb. Out: the head of a noun phrase, or nothing. Every walk is bounded.

use sitrep_language::{Dep, Pos, Tag};

use crate::tree::{DEEPEST, Tree};

impl Tree<'_> {
    /// Whether the verb `v` is passive: "was taken", "taken by", a reduced relative.
    pub(crate) fn passive(&self, v: usize) -> bool {
        self.passive_within(v, DEEPEST)
    }

    fn passive_within(&self, v: usize, left: usize) -> bool {
        if self.tag(v) != Tag::Vbn && self.tag(v) != Tag::Vbd {
            return false;
        }
        if self.has(v, Dep::Auxpass) || self.has(v, Dep::Nsubjpass) {
            return true;
        }
        if self.has(v, Dep::Dobj) && !self.has(v, Dep::Agent) {
            return false;
        }
        let auxes = self.kids[v].iter().filter(|&&k| self.dep(k) == Dep::Aux).count();
        if self.has(v, Dep::Agent) && auxes == 0 && !self.has(v, Dep::Dobj) {
            return true;
        }
        if self.tag(v) != Tag::Vbn || auxes > 0 {
            return false;
        }
        match self.dep(v) {
            Dep::Acl | Dep::Amod | Dep::Advcl | Dep::Oprd => true,
            Dep::Conj => {
                let head = self.head(v);
                left > 0 && self.passive_within(head, left - 1) && !self.has(v, Dep::Dobj)
                    || self.kids[head].iter().any(|&k| self.dep(k) == Dep::Aux && self.lemma(k) == "be")
                        && !self.has(v, Dep::Nsubj)
                    || self.counts_subject(v) && !self.has(v, Dep::Dobj)
            }
            Dep::Root | Dep::Xcomp | Dep::Ccomp => {
                !self.has(v, Dep::Dobj) && (!self.has(v, Dep::Nsubj) || self.counts_subject(v))
            }
            _ => false,
        }
    }

    /// "Nine were shot, 33 people arrested": a number as subject, where a participle alone tells what was done to it.
    pub(crate) fn counts_subject(&self, v: usize) -> bool {
        let own = self.kid(v, Dep::Nsubj);
        own.is_some_and(|k| self.tag(k) == Tag::Cd || self.has(k, Dep::Nummod))
    }

    /// The surface subject of verb (or predicate) `v`, found across coordination, control and participles, relative pronouns
    /// resolved to what they stand for.
    pub(crate) fn subject(&self, v: usize) -> Option<usize> {
        self.subject_within(v, 12)
    }

    /// "Correction: an earlier version said": a word before a colon is a label; what stands beside it is the subject.
    fn behind_label(&self, own: usize) -> Option<usize> {
        let label = own + 1 < self.len() && self.word(own + 1) == ":";
        if label { self.kid(own, Dep::Appos) } else { Some(own) }
    }

    fn subject_within(&self, v: usize, left: usize) -> Option<usize> {
        if left == 0 {
            return None;
        }
        let own = self.kids[v].iter().copied().find(|&k| matches!(self.dep(k), Dep::Nsubj | Dep::Nsubjpass));
        let own = own.and_then(|own| self.behind_label(own));
        if let Some(own) = own {
            // "The agency operating in Orsk said": the parser calls the participle the subject.
            let inner = if self.is_verb(own) { self.kid(own, Dep::Nsubj).filter(|&k| k < own) } else { None };
            return Some(self.antecedent(inner.unwrap_or(own)));
        }
        let head = self.head(v);
        if head == v {
            return None;
        }
        if let Some(stolen) = self.stolen_subject(v, head) {
            return Some(stolen);
        }
        match self.dep(v) {
            // "The Coastal Guard, a militia, captured Orsk": the parser hangs the verb on what only explains the name.
            Dep::Acl if self.tag(v) != Tag::Vbg && self.dep(head) == Dep::Appos && self.has(v, Dep::Dobj) => {
                Some(self.head(head))
            }
            Dep::Acl if matches!(self.tag(v), Tag::Vbg | Tag::Vbn | Tag::Vbd) => Some(head),
            Dep::Acl => self.governing_verb(head).and_then(|g| self.subject_within(g, left - 1)),
            Dep::Conj | Dep::Acomp | Dep::Attr | Dep::Oprd => self.subject_within(head, left - 1),
            Dep::Xcomp | Dep::Ccomp | Dep::Advcl | Dep::Pcomp | Dep::Dep => self.controller(v, head, left),
            Dep::Prep => self.governing_verb(v).and_then(|g| self.subject_within(g, left - 1)),
            Dep::Relcl => Some(head).filter(|_| self.passive(v)),
            _ => None,
        }
    }

    /// "The fact remains Orsk was taken": the parser gave the subject of `v` to the verb before; the auxiliary right after the noun
    /// tells.
    fn stolen_subject(&self, v: usize, head: usize) -> Option<usize> {
        if !matches!(self.dep(v), Dep::Conj | Dep::Ccomp) {
            return None;
        }
        let aux = self.kids[v]
            .iter()
            .copied()
            .find(|&k| matches!(self.dep(k), Dep::Aux | Dep::Auxpass) && self.tag(k) != Tag::To)?;
        let nouns = self.kids[head].iter().copied().filter(|&k| matches!(self.dep(k), Dep::Attr | Dep::Dobj) && k < v);
        nouns.into_iter().find(|&k| self.right[k] + 1 == aux)
    }

    /// Who does `v`, when its governor is `head`: "enabled X to advance" is X, "was used by X to launch" is X.
    fn controller(&self, v: usize, head: usize, left: usize) -> Option<usize> {
        let governor = if self.is_verb(head) || self.is_predicate(head) { head } else { self.governing_verb(head)? };
        // "accused X of shelling", "prevented X from leaving": X does it.
        if self.dep(v) == Dep::Pcomp
            && matches!(self.word(head), "of" | "from" | "for" | "into")
            && !self.passive(governor)
            && let Some(object) = self.kid(governor, Dep::Dobj).filter(|&o| o < v && !self.under(v, o))
        {
            return Some(self.antecedent(object));
        }
        if self.dep(v) == Dep::Ccomp
            && self.passive(v)
            && let Some(complement) = self.kid(governor, Dep::Attr).filter(|&o| o < v)
        {
            return Some(complement);
        }
        if (self.dep(v) == Dep::Xcomp && self.tag(v) != Tag::Vbg || self.dep(v) == Dep::Ccomp)
            && let Some(object) = self.kid(governor, Dep::Dobj).filter(|&o| o < v)
        {
            return Some(self.antecedent(object));
        }
        if self.passive(governor)
            && self.lemma(governor) == "use"
            && let Some(agent) = self.agent(governor)
        {
            return Some(agent);
        }
        self.subject_within(governor, left - 1)
    }

    fn is_predicate(&self, i: usize) -> bool {
        matches!(self.dep(i), Dep::Acomp | Dep::Attr | Dep::Oprd)
    }

    /// The nearest verb above `i`.
    pub(crate) fn governing_verb(&self, i: usize) -> Option<usize> {
        self.ancestors(i).find(|&a| self.is_verb(a) || self.pos(a) == Pos::Aux)
    }

    /// What a relative pronoun stands for, or `i` itself.
    pub(crate) fn antecedent(&self, i: usize) -> usize {
        if !self.is_relative(i) {
            return i;
        }
        let mut at = i;
        for above in self.ancestors(i) {
            if self.dep(at) == Dep::Relcl {
                return above;
            }
            at = above;
        }
        if self.dep(at) == Dep::Relcl { self.head(at) } else { i }
    }

    pub(crate) fn is_relative(&self, i: usize) -> bool {
        matches!(self.tag(i), Tag::Wdt | Tag::Wp)
            || self.word(i) == "that" && self.dep(i) != Dep::Mark && self.dep(i) != Dep::Det
    }
}
