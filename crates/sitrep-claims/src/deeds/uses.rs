//! How a sentence uses a noun that could tell a deed: supported by a verb, as its subject, as a bare mention, or pointing back.
//!
//! In: a noun. Out: [`Use`], and whether the deed is told there. Knows no frame's meaning.

use sitrep_language::{Dep, Tag};

use crate::actors::Scene;
use crate::lexicon::Carry;
use crate::lexicon::frames::{Frame, Role, Sense};
use crate::tree::Tree;

/// Verbs by which a strike is told as its own subject: "shells hit the market".
pub(super) const HITS: [&str; 12] =
    ["hit", "strike", "target", "pound", "rock", "shake", "rip", "tear", "leave", "damage", "land", "batter"];

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
    let vague = sense.pattern.words() == 1
        && matches!(
            tree.lemma(i),
            "fire"
                | "strike"
                | "operation"
                | "campaign"
                | "push"
                | "gain"
                | "progress"
                | "loss"
                | "talk"
                | "meeting"
                | "plan"
                | "attempt"
                | "blast"
                | "pocket"
                | "charge"
                | "demand"
                | "appeal"
                | "threat"
                | "march"
                | "exit"
                | "thrust"
                | "rescue"
                | "transfer"
                | "peace"
                | "return"
                | "artillery"
                | "combat"
                | "warfare"
                | "injury"
                | "wound"
                | "entry"
                | "arrival"
                | "support"
                | "condemnation"
                | "conference"
                | "visit"
                | "preparation"
                | "cooperation"
                | "coordination"
                | "rally"
                | "resistance"
                | "mine"
                | "bomb"
                | "release"
                | "death"
                | "damage"
                | "destruction"
                | "battle"
                | "confrontation"
                | "engagement"
                | "standoff"
                | "denial"
                | "confirmation"
        );
    match used {
        Use::CalledOff => false,
        Use::Does(_) | Use::Suffers(_) => !pointing,
        Use::Reported(_) | Use::Witnesses(_) => !(pointing || possessed && own == 0),
        Use::Occurs(_) => !pointing && (!definite || own > 0),
        Use::Causes(v) => !pointing && (!definite || own > 1 || HITS.contains(&tree.lemma(v)) && !tree.passive(v)),
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
    let support = &scene.lexicon.support;
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
            } else if matches!(
                lemma,
                "postpone"
                    | "cancel"
                    | "call"
                    | "avert"
                    | "delay"
                    | "prevent"
                    | "forestall"
                    | "ban"
                    | "forbid"
                    | "prohibit"
                    | "outlaw"
            ) {
                Use::CalledOff
            } else if support.is(lemma, Carry::Stops) {
                Use::Mentioned
            } else if cue(head)
                && matches!(
                    lemma,
                    "report"
                        | "announce"
                        | "declare"
                        | "record"
                        | "document"
                        | "register"
                        | "witness"
                        | "hear"
                        | "claim"
                        | "confirm"
                        | "observe"
                        | "describe"
                        | "count"
                )
            {
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
        Dep::Nsubj
            if matches!(
                lemma,
                "leave"
                    | "claim"
                    | "cause"
                    | "hit"
                    | "target"
                    | "strike"
                    | "pound"
                    | "rock"
                    | "shake"
                    | "rip"
                    | "tear"
                    | "land"
                    | "batter"
                    | "kill"
                    | "wound"
                    | "injure"
                    | "destroy"
                    | "force"
                    | "prompt"
                    | "trigger"
                    | "enable"
                    | "allow"
                    | "come"
                    | "follow"
                    | "damage"
                    | "flatten"
                    | "level"
                    | "wipe"
                    | "raze"
                    | "obliterate"
                    | "demolish"
                    | "gut"
                    | "maim"
                    | "slam"
                    | "devastate"
                    | "reduce"
                    | "wreck"
            ) =>
        {
            Use::Causes(head)
        }
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

fn under_preposition(scene: &Scene<'_>, passage: usize, prep: usize, known: &[bool]) -> Use {
    let tree = &scene.trees[passage];
    let above = tree.head(prep);
    match tree.word(prep) {
        // "the bakery was hit by an air strike".
        "by" if HITS.contains(&tree.lemma(above)) && tree.passive(above) && !known[above] => Use::Causes(above),
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
