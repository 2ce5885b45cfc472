//! How a sentence uses a noun that could tell a deed: supported by a verb, as its subject, as a bare mention, or pointing back.
//!
//! In: a noun. Out: [`Use`], and whether the deed is told there. Knows no frame's meaning.

use sitrep_language::{Dep, Tag};

use crate::actors::Scene;
use crate::lexicon::Carry;
use crate::lexicon::frames::{Frame, Role, Sense};
use crate::tree::Tree;

/// How the sentence uses the noun.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Use {
    /// "launched an attack", with the verb.
    Does(usize),
    /// "came under attack", "faced resistance".
    Suffers(usize),
    /// "clashes erupted", "there was fighting".
    Occurs(usize),
    /// "the city saw fighting".
    Witnesses(usize),
    /// "clashes were reported".
    Reported(usize),
    /// "the shelling killed ten".
    Causes(usize),
    /// The head of a headline or list item.
    Fragment,
    /// "this was an attack".
    Identified(usize),
    /// "killed in clashes with".
    Adjunct,
    /// "cancelled the strike": it does not happen.
    CalledOff,
    /// Anything else.
    Mentioned,
}

pub(super) fn clause_of(used: Use) -> Option<usize> {
    match used {
        Use::Does(v)
        | Use::Suffers(v)
        | Use::Occurs(v)
        | Use::Witnesses(v)
        | Use::Reported(v)
        | Use::Causes(v)
        | Use::Identified(v) => Some(v),
        Use::Fragment | Use::Adjunct | Use::CalledOff | Use::Mentioned => None,
    }
}

/// "there was fighting": the parser hangs "there" on the gerund or on its auxiliary.
pub(super) fn existential(tree: &Tree<'_>, i: usize) -> bool {
    tree.has(i, Dep::Expl) || tree.kids(i).iter().any(|&k| tree.dep(k) == Dep::Aux && tree.has(k, Dep::Expl))
}

/// Whether the sentence tells the deed, rather than pointing back at it.
pub(super) fn told(
    scene: &Scene<'_>,
    passage: usize,
    i: usize,
    used: Use,
    own: usize,
    frame: &Frame,
    sense: &Sense,
) -> bool {
    let tree = &scene.trees[passage];
    let pointing = tree.has_det(i, &["this", "that", "these", "those", "such"]);
    let possessed = tree.kids(i).iter().any(|&k| tree.dep(k) == Dep::Poss && tree.tag(k) == Tag::PrpPoss);
    let definite = pointing || possessed || tree.has_det(i, &["the"]);
    let vague = sense.pattern.words() == 1 && scene.lexicon.words.noun.vague.has(tree.lemma(i));
    match used {
        Use::CalledOff => false,
        Use::Does(_) | Use::Suffers(_) => !pointing,
        Use::Reported(_) | Use::Witnesses(_) => !(pointing || possessed && own == 0),
        Use::Occurs(_) => !pointing && (!definite || own > 0),
        Use::Causes(v) => {
            !pointing && (!definite || own > 1 || scene.lexicon.words.noun.hits.has(tree.lemma(v)) && !tree.passive(v))
        }
        Use::Identified(_) => !definite && (own > 0 || sense.pattern.words() > 1),
        Use::Fragment => own > 0 && !definite || own > 1 || frame.object == Role::About && sense.pattern.words() > 1,
        Use::Adjunct => own > 0 && !(pointing || possessed) && (own > 1 || !(definite || vague)),
        Use::Mentioned => {
            !(pointing || possessed) && own > usize::from(definite) + usize::from(vague) && !frame.support_only
        }
    }
}

/// How the sentence uses the noun `i`; `known` are the tokens that tell a deed.
pub(super) fn used(scene: &Scene<'_>, passage: usize, i: usize, known: &[bool]) -> Use {
    let tree = &scene.trees[passage];
    let first = tree.counted_by(tree.first_conjunct(i));
    let head = tree.head(first);
    let (support, words) = (&scene.lexicon.support, &scene.lexicon.words.noun);
    let lemma = tree.lemma(head);
    let cue = |v: usize| scene.lexicon.cues.of(tree.lemma(v)).any(|cue| !cue.infinitive);
    if existential(tree, i) {
        return Use::Occurs(i);
    }
    let place = lemma == "take"
        && tree.kid(head, Dep::Dobj).is_some_and(|o| matches!(tree.lemma(o), "place" | "hold" | "effect" | "shape"));
    match tree.dep(first) {
        Dep::Dobj | Dep::Nsubjpass if tree.is_verb(head) || tree.is_verb(first) => {
            if support.is(lemma, Carry::Does) {
                Use::Does(head)
            } else if lemma == "face" && matches!(tree.tag(head), Tag::Vbp | Tag::Vbz | Tag::Vb) {
                // "they face prison": what may come.
                Use::CalledOff
            } else if support.is(lemma, Carry::Suffers) && tree.dep(first) == Dep::Dobj {
                Use::Suffers(head)
            } else if support.is(lemma, Carry::Witnesses) && tree.dep(first) == Dep::Dobj {
                Use::Witnesses(head)
            } else if words.called_off.has(lemma) {
                Use::CalledOff
            } else if support.is(lemma, Carry::Stops) {
                Use::Mentioned
            } else if cue(head) && words.reported.has(lemma) {
                Use::Reported(head)
            } else {
                Use::Mentioned
            }
        }
        Dep::Nsubj
            if tree.is_verb(head) && support.is(lemma, Carry::Occurs) && (place || !tree.has(head, Dep::Dobj)) =>
        {
            Use::Occurs(head)
        }
        Dep::Nsubj | Dep::Nsubjpass if known[head] => Use::Causes(head),
        // "Troop build-up reported at the border": a headline leaves out the auxiliary.
        Dep::Nsubj if bare_participle(tree, head) && words.reported.has(lemma) => Use::Reported(head),
        Dep::Nsubj if bare_participle(tree, head) && support.is(lemma, Carry::Does) => Use::Does(head),
        Dep::Nsubj if words.causes.has(lemma) => Use::Causes(head),
        Dep::Attr if tree.has(head, Dep::Expl) => Use::Occurs(head),
        Dep::Attr | Dep::Nsubj if tree.lemma(head) == "be" => {
            let progress = tree
                .kids(head)
                .iter()
                .any(|&k| matches!(tree.word(k), "underway" | "ongoing" | "under" | "over" | "continuing"));
            if tree.dep(first) == Dep::Attr {
                Use::Identified(head)
            } else if progress {
                Use::Occurs(head)
            } else {
                Use::Mentioned
            }
        }
        Dep::Root | Dep::Appos if !tree.is_verb(first) => Use::Fragment,
        Dep::Pobj => under_preposition(scene, passage, head, known),
        _ => Use::Mentioned,
    }
}

/// "reported", "launched" without auxiliary or object.
fn bare_participle(tree: &Tree<'_>, v: usize) -> bool {
    tree.tag(v) == Tag::Vbn && !tree.kids(v).iter().any(|&k| matches!(tree.dep(k), Dep::Aux | Dep::Auxpass | Dep::Dobj))
}

fn under_preposition(scene: &Scene<'_>, passage: usize, prep: usize, known: &[bool]) -> Use {
    let tree = &scene.trees[passage];
    let above = tree.head(prep);
    match tree.word(prep) {
        // "the bakery was hit by an air strike".
        "by" if scene.lexicon.words.noun.hits.has(tree.lemma(above)) && tree.passive(above) && !known[above] => {
            Use::Causes(above)
        }
        "to" if tree.lemma(above) == "resort" => Use::Does(above),
        "under" if matches!(tree.lemma(above), "come" | "be") => Use::Suffers(above),
        "in" | "during" | "amid" | "after" | "following" | "by" | "as" | "with" | "before" | "from" | "despite"
        | "since" | "via" | "through" | "because" | "amidst" => Use::Adjunct,
        "out" if tree.lemma(above) == "carry" => Use::Does(above),
        "on" if tree.lemma(above) == "carry" => Use::Does(above),
        "of" if matches!(tree.lemma(above), "speak" | "tell" | "talk" | "hear") && tree.is_verb(above) => {
            Use::Reported(above)
        }
        "of" if scene.lexicon.cues.nouns.iter().any(|noun| noun == tree.lemma(above)) => Use::Reported(above),
        "to" if matches!(tree.lemma(above), "agree" | "come" | "due" | "lead" | "subject") => Use::Adjunct,
        _ => Use::Mentioned,
    }
}
