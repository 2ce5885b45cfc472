//! How real a deed is by its grammar: tense, modals, negation, ability, failure, attempt, condition, likelihood.
//!
//! In: a deed in its tree. Out: [`Mood`]. What speakers commit to is added elsewhere.

use sitrep_language::{Dep, Tag};

use crate::actors::Scene;
use crate::deeds::Deed;
use crate::lexicon::frames::Kind;

/// The grammar of one deed.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Mood {
    pub(crate) negated: bool,
    pub(crate) future: bool,
    /// "would", told of the past or of what is not.
    pub(crate) would: bool,
    /// "may", "might", "could", "can".
    pub(crate) possible: bool,
    /// "should", "must", imperative, question, wish.
    pub(crate) unreal: bool,
    /// Present tense or progressive.
    pub(crate) present: bool,
    pub(crate) perfect: bool,
    /// The perfect of the past: "had".
    pub(crate) past: bool,
    /// "since" stands on it.
    pub(crate) since: bool,
    pub(crate) progressive: bool,
    pub(crate) attempt: bool,
    /// "set to", "poised to": near and meant.
    pub(crate) due: bool,
    /// "refused to", "declined to".
    pub(crate) refused: bool,
    /// The word of likelihood and what it commits the author to.
    pub(crate) word: Option<String>,
    pub(crate) certainty: Option<i8>,
    /// The words of an if-clause on it: first and last token.
    pub(crate) condition: Option<(usize, usize)>,
    /// Verbs from the deed up to the finite one.
    pub(crate) chain: Vec<usize>,
}

/// Reads the grammar around `deed`.
pub(crate) fn mood(scene: &Scene<'_>, deed: &Deed) -> Mood {
    let tree = &scene.trees[deed.passage];
    let mut mood = Mood { chain: chain(scene, deed), ..Mood::default() };
    for (index, &v) in mood.chain.clone().iter().enumerate() {
        auxiliaries(scene, deed, v, index, &mut mood);
        if index > 0 {
            governors(scene, deed.passage, v, &mut mood);
        }
        // "without meeting resistance", "almost took the town".
        let lacking = tree.dep(v) == Dep::Pcomp && tree.word(tree.head(v)) == "without";
        let almost =
            tree.kids(v).iter().any(|&k| tree.dep(k) == Dep::Advmod && matches!(tree.word(k), "almost" | "nearly"));
        if lacking || almost {
            mood.negated = !mood.negated;
        }
        if tree.negated(v) || tree.subject_negated(v) && (tree.is_verb(v) || deed.clause == v) && !beside(tree, deed, v)
        {
            mood.negated = !mood.negated;
        }
        likelihood(scene, deed.passage, v, &mut mood);
        condition(scene, deed.passage, v, &mut mood);
    }
    let top = mood.chain.last().copied().unwrap_or(deed.clause);
    mood.future |= waits(scene, deed.passage, top);
    if deed.kind == Kind::Noun
        && tree.has_det(deed.trigger, &["no"])
        && !mood.chain.first().is_some_and(|&v| tree.subject_negated(v))
    {
        mood.negated = true;
    }
    mood.future |= deed.is("other");
    if deed.negates {
        mood.negated = !mood.negated;
    }
    let range = tree.sentence_range(tree.sentence(deed.trigger));
    if range.clone().rev().take(4).any(|i| tree.word(i) == "?") {
        mood.unreal = true;
    }
    let top = mood.chain.last().copied().unwrap_or(deed.clause);
    let imperative = tree.tag(top) == Tag::Vb
        && tree.dep(top) == Dep::Root
        && !mood.future
        && !mood.would
        && !mood.possible
        && tree.subject(top).is_none();
    mood.unreal |= imperative && tree.passage.voice == sitrep_model::Voice::Comment;
    mood
}

/// "No casualties were reported in the shelling": what is said of another noun is not said of the deed.
fn beside(tree: &crate::tree::Tree<'_>, deed: &Deed, v: usize) -> bool {
    let noun = deed.kind == Kind::Noun && v == deed.clause && deed.trigger != v;
    noun && !tree.conjuncts(tree.first_conjunct(deed.trigger)).iter().any(|&k| tree.head(k) == v)
}

/// The deed's verb and the verbs and predicates it hangs on, up to the finite one.
fn chain(scene: &Scene<'_>, deed: &Deed) -> Vec<usize> {
    let tree = &scene.trees[deed.passage];
    let mut chain = vec![deed.clause];
    let mut at = deed.clause;
    for _ in 0..8 {
        let head = tree.head(at);
        if head == at {
            break;
        }
        let own = tree
            .kids(at)
            .iter()
            .any(|&k| matches!(tree.dep(k), Dep::Nsubj | Dep::Nsubjpass | Dep::Aux) && tree.tag(k) != Tag::To);
        let next = match tree.dep(at) {
            Dep::Xcomp | Dep::Acomp | Dep::Oprd => Some(head),
            Dep::Ccomp if !own || tree.kids(at).iter().any(|&k| tree.tag(k) == Tag::To) => Some(head),
            Dep::Conj if !own && tree.tag(at) != Tag::Vbd && (tree.is_verb(head) || tree.dep(head) == Dep::Xcomp) => {
                // Shared auxiliaries only: "will shift and continue", not "advanced, and capturing".
                (tree.tag(at) == tree.tag(head)).then_some(head)
            }
            Dep::Pcomp
                if tree.word(head) == "from"
                    || tree.word(head) == "in" && scene.lexicon.hedges.implies("yes", tree.lemma(tree.head(head))) =>
            {
                Some(tree.head(head))
            }
            Dep::Acl if tree.tag(at) == Tag::Vb => {
                tree.governing_verb(head).filter(|_| scene.lexicon.hedges.implies("attempt", tree.lemma(head)))
            }
            _ => None,
        };
        let Some(next) = next else { break };
        chain.push(next);
        at = next;
    }
    chain
}

/// "will advance after taking the town": a clause of time under a future verb is future itself.
fn waits(scene: &Scene<'_>, passage: usize, top: usize) -> bool {
    let tree = &scene.trees[passage];
    let timeless = matches!(tree.tag(top), Tag::Vbg | Tag::Vbz | Tag::Vbp | Tag::Vb);
    let temporal = match tree.dep(top) {
        Dep::Pcomp => matches!(tree.word(tree.head(top)), "after" | "before" | "by"),
        Dep::Advcl => tree.kids(top).iter().any(|&k| {
            matches!(tree.dep(k), Dep::Mark | Dep::Advmod)
                && matches!(tree.word(k), "after" | "before" | "when" | "once" | "as" | "until")
        }),
        _ => false,
    };
    let will = |v: usize| {
        tree.kids(v).iter().any(|&k| tree.dep(k) == Dep::Aux && matches!(tree.word(k), "will" | "'ll" | "shall"))
    };
    timeless && temporal && tree.ancestors(top).find(|&a| tree.is_verb(a)).is_some_and(will)
}

fn auxiliaries(scene: &Scene<'_>, deed: &Deed, v: usize, index: usize, mood: &mut Mood) {
    let tree = &scene.trees[deed.passage];
    let mut modal = false;
    for &k in tree.kids(v) {
        if !matches!(tree.dep(k), Dep::Aux | Dep::Auxpass) {
            continue;
        }
        modal |= tree.tag(k) == Tag::Md;
        match tree.word(k) {
            "will" | "'ll" | "shall" | "wo" => mood.future = true,
            "would" | "'d" if tree.tag(k) == Tag::Md => mood.would = true,
            // "could not verify": what somebody was unable to do, told of the past.
            "could" if tree.negated(v) && !tree.kids(v).iter().any(|&m| tree.word(m) == "have") => {}
            "can" | "ca" if tree.negated(v) && deed.event.family() == "statement" => mood.present = true,
            "may" | "might" | "could" if tree.tag(k) == Tag::Md => {
                mood.possible = true;
                if mood.word.is_none() {
                    mood.word = Some(tree.word(k).to_owned());
                    mood.certainty = Some(1);
                }
            }
            "can" | "ca" | "should" | "must" | "ought" => mood.unreal = true,
            "have" | "has" | "had" | "'ve" => {
                mood.perfect = true;
                mood.past |= tree.word(k) == "had";
            }
            "is" | "are" | "'s" | "'re" | "am" if tree.dep(k) == Dep::Aux => {
                mood.present = true;
                mood.progressive = true;
            }
            "is" | "are" if tree.dep(k) == Dep::Auxpass => mood.present = true,
            _ => {}
        }
    }
    mood.since |= tree.kids(v).iter().any(|&k| tree.word(k) == "since");
    let last = index + 1 == mood.chain.len();
    // Pasts the tagger takes for presents.
    let past =
        matches!(tree.word(v), "retook" | "overran" | "withdrew" | "overthrew" | "fled" | "shot" | "fought" | "hit");
    if last && !modal && !past && matches!(tree.tag(v), Tag::Vbz | Tag::Vbp) {
        mood.present = true;
    }
    if tree.lemma(v) == "go" && tree.tag(v) == Tag::Vbg && index > 0 {
        mood.future = true;
    }
}

/// What a verb or adjective above the deed makes of it.
fn governors(scene: &Scene<'_>, passage: usize, v: usize, mood: &mut Mood) {
    let tree = &scene.trees[passage];
    let hedges = &scene.lexicon.hedges;
    let lemma = tree.lemma(v);
    if tree.tag(v) == Tag::Jj || tree.dep(v) == Dep::Acomp {
        if hedges.implies("future", lemma) {
            mood.future = true;
            mood.due = true;
            if let Some(certainty) = hedges.certainty.get(lemma) {
                mood.word = Some(lemma.to_owned());
                mood.certainty = Some(*certainty);
            }
        }
    } else if tree.passive(v)
        && matches!(tree.word(v), "expected" | "set" | "scheduled" | "slated" | "destined" | "bound" | "poised")
    {
        mood.future = true;
        mood.due = true;
        if tree.word(v) == "expected" {
            mood.word = Some("expected".to_owned());
            mood.certainty = Some(2);
        }
    }
    if yet_to(tree, v) {
        mood.negated = !mood.negated;
        return;
    }
    mood.refused |= matches!(lemma, "refuse" | "decline" | "reject" | "refusal");
    if hedges.implies("no", lemma) && !hedges.implies("yes", lemma) {
        mood.negated = !mood.negated;
    } else if hedges.implies("attempt", lemma) {
        mood.attempt = true;
    } else if hedges.implies("wish", lemma) && !hedges.implies("future", lemma) && lemma != "have" {
        mood.unreal = true;
    }
}

/// "has yet to take the town".
pub(crate) fn yet_to(tree: &crate::tree::Tree<'_>, v: usize) -> bool {
    matches!(tree.lemma(v), "have" | "be" | "remain") && tree.kids(v).iter().any(|&k| k > v && tree.word(k) == "yet")
}

/// "likely", "very probably", "almost certainly".
fn likelihood(scene: &Scene<'_>, passage: usize, v: usize, mood: &mut Mood) {
    let tree = &scene.trees[passage];
    let hedges = &scene.lexicon.hedges;
    for &k in tree.kids(v) {
        if tree.dep(k) != Dep::Advmod && tree.dep(k) != Dep::Acomp {
            continue;
        }
        let word = tree.word(k);
        let Some(certainty) = hedges.certainty.get(word) else { continue };
        let booster = tree
            .kids(k)
            .iter()
            .copied()
            .find(|&m| tree.dep(m) == Dep::Advmod)
            .map(|m| format!("{} {word}", tree.word(m)));
        let said = booster.filter(|both| hedges.likelihood.contains_key(both)).unwrap_or_else(|| word.to_owned());
        mood.word = Some(said);
        mood.certainty = Some(*certainty);
    }
}

fn condition(scene: &Scene<'_>, passage: usize, v: usize, mood: &mut Mood) {
    let tree = &scene.trees[passage];
    let marks = |k: usize| {
        tree.kids(k).iter().any(|&m| tree.dep(m) == Dep::Mark && matches!(tree.word(m), "if" | "unless" | "provided"))
    };
    let near = |at: usize| tree.kids(at).iter().copied().find(|&k| tree.dep(k) == Dep::Advcl && marks(k));
    let hit = near(v).or_else(|| tree.kids(v).iter().copied().filter(|&k| tree.dep(k) == Dep::Nsubj).find_map(near));
    if let Some(k) = hit.filter(|_| mood.condition.is_none()) {
        mood.condition = Some((tree.left_edge(k), tree.right_edge(k)));
    }
}
