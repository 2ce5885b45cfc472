//! Deeds told by verbs and predicates.
//!
//! In: a verb. Out: a [`Deed`] with its arguments, or nothing when no frame fits.

use sitrep_language::{Dep, Tag};
use sitrep_model::Voice;

use crate::actors::Scene;
use crate::deeds::check::{Offer, score};
use crate::deeds::fill::{DEEPEST, Filler};
use crate::deeds::{Deed, Fit, best};
use crate::lexicon::frames::{Frame, Kind, Role, Sense};
use crate::lexicon::pattern::Found;

/// The deed told by token `i` as a verb or predicate.
pub(super) fn deed(scene: &Scene<'_>, passage: usize, i: usize) -> Option<Deed> {
    let tree = &scene.trees[passage];
    let verb = tree.is_verb(i);
    let mut keys = vec![tree.lemma(i)];
    if tree.tag(i) == Tag::Vbn && tree.word(i) != tree.lemma(i) {
        keys.push(tree.word(i));
    }
    let doubled = doubled(tree.word(i));
    keys.extend(doubled.filter(|&stem| stem != tree.lemma(i)));
    let rate = |sense: &Sense, frame: &Frame, unfit: &[usize]| {
        if unfit.contains(&sense.frame) {
            return None;
        }
        if sense.kind == Kind::Verb && !verb || sense.kind == Kind::Adjective && !is_predicate(scene, passage, i) {
            return None;
        }
        let found = sense.pattern.find(tree, i)?;
        let stranded = sense.pattern.wants_noun() && found.governed.is_none();
        if stranded && !sense.object_optional && !tree.passive(i) && tree.dep(i) != Dep::Relcl {
            return None;
        }
        if sense.kind == Kind::Verb
            && tree.kids(i).iter().any(|&k| {
                tree.dep(k) == Dep::Prt
                    && !found.covered.contains(&k)
                    && k + 1 < tree.len()
                    && tree.word(k + 1) != "to"
                    && tree.word(k) != "along"
            })
        {
            return None;
        }
        if tree.lemma(i) == "leave" && frame.event.as_str() == "force.withdrew" && left_so(scene, passage, i) {
            return None;
        }
        // "were shot dead at a roadblock": the place is not what was aimed at.
        if tree.lemma(i) == "shoot" && tree.passive(i) && found.governed.is_some() {
            return None;
        }
        let stative = tree.passive(i) && tree.agent(i).is_none() && scene.lexicon.words.verb.stative.has(tree.lemma(i));
        if stative && sense.kind == Kind::Verb && sense.pattern.words() == 1 {
            return None;
        }
        let mut offer = offer(scene, passage, i, sense, &found);
        if !sense.object_optional && !frame.object_optional && offer.object.is_none() && offer.clause.is_none() {
            offer.object = shared(scene, passage, i);
            if offer.object.is_none() && told_short(scene, passage, i, frame) {
                offer = Offer { object: offer.subject, doer: None, passive: true, ..offer };
            }
        }
        if sense.only_negated && !negated(scene, passage, i) {
            return None;
        }
        Some((score(scene, passage, sense, frame, offer)?, (found, offer)))
    };
    // Where the best frame lacks what it needs, the next best may have it.
    let mut unfit = Vec::new();
    while unfit.len() < CHOICES {
        let kinds = [Kind::Verb, Kind::Adjective];
        let (fit, (found, offer)) = best(scene, &keys, &kinds, |sense, frame| rate(sense, frame, &unfit))?;
        let deed = filled(scene, passage, i, &fit, offer, &found);
        let lacks = fit.frame.needs_place && deed.places.is_empty() || fit.frame.needs_actor && deed.actors.is_empty();
        if !lacks && !fit.frame.needs_relation {
            return Some(deed);
        }
        unfit.push(fit.sense.frame);
    }
    None
}

/// How many frames are tried for one verb.
const CHOICES: usize = 3;

/// The deed of the frame that fits, its arguments in their roles.
fn filled(scene: &Scene<'_>, passage: usize, i: usize, fit: &Fit<'_>, offer: Offer, found: &Found) -> Deed {
    let tree = &scene.trees[passage];
    let predicate = fit.sense.kind == Kind::Adjective && !tree.is_verb(i);
    let clause = if predicate { tree.governing_verb(i).unwrap_or(i) } else { i };
    let mut deed = Deed::new(passage, i, clause, fit.sense.frame, fit.frame.event, fit.sense.kind);
    deed.again = fit.sense.again || repeated(scene, passage, i);
    deed.negates = fit.frame.negates;
    deed.covered = found.covered.clone();
    if let Some(set) = fit.frame.any_of {
        let all = [offer.subject, offer.object].into_iter().flatten();
        deed.covered.extend(all.filter(|&k| scene.classes(passage, k).meets(set)));
    }
    Filler { scene, frame: fit.frame, sense: fit.sense, deed: &mut deed, left: DEEPEST }.verb(offer, found);
    deed
}

/// "readmitted" is of "readmit", whatever the lemmatizer says.
fn doubled(word: &str) -> Option<&str> {
    let stem = word.strip_suffix("ed").or_else(|| word.strip_suffix("ing"))?;
    let mut last = stem.bytes().rev();
    let twice = last.next() == last.next() && stem.ends_with(['t', 'p', 'r', 'b', 'g', 'n']);
    stem.get(..stem.len().checked_sub(1)?).filter(|s| twice && s.len() > 2)
}

/// "is finished", "are besieged": a predicate of a copula.
fn is_predicate(scene: &Scene<'_>, passage: usize, i: usize) -> bool {
    let tree = &scene.trees[passage];
    matches!(tree.dep(i), Dep::Acomp | Dep::Attr | Dep::Oprd)
        || tree.tag(i) == Tag::Vbn && tree.has(i, Dep::Auxpass)
        || tree.dep(i) == Dep::Root && !tree.is_verb(i)
}

fn negated(scene: &Scene<'_>, passage: usize, i: usize) -> bool {
    let tree = &scene.trees[passage];
    tree.negated(i) || tree.subject_negated(i)
}

/// "again", "once more", "re-".
fn repeated(scene: &Scene<'_>, passage: usize, i: usize) -> bool {
    let tree = &scene.trees[passage];
    tree.kids(i).iter().any(|&k| tree.dep(k) == Dep::Advmod && tree.word(k) == "again")
}

/// What the verb offers to the frame.
fn offer(scene: &Scene<'_>, passage: usize, i: usize, sense: &Sense, found: &Found) -> Offer {
    let tree = &scene.trees[passage];
    let passive = tree.passive(i) && sense.kind == Kind::Verb;
    let subject = tree.subject(i).map(|s| author_of(scene, passage, i, s));
    let dobj = tree.object(i).filter(|o| !found.covered.contains(o)).or_else(|| dative(scene, passage, i));
    let dobj = dobj.or_else(|| measured(scene, passage, i, found)).or_else(|| bare_name(scene, passage, i));
    let out_of = |prep: usize| tree.word(prep) == "of" && tree.word(tree.head(prep)) == "out";
    let leaves = |o: usize| tree.word(tree.head(o)) == "from" || out_of(tree.head(o));
    let from = found.ends_in_prep && found.governed.is_some_and(leaves);
    let moved = from.then(|| if passive { subject } else { tree.object(i) }).flatten();
    // "was fired upon": the preposition governs what is now the subject.
    let stranded = passive && found.governed.is_none();
    let object = if found.ends_in_prep && !stranded {
        moved.or(found.governed)
    } else if passive {
        subject.filter(|s| !found.covered.contains(s))
    } else {
        dobj
    };
    // "is opposed to", "was engaged in": a passive in form alone.
    let stative =
        passive && found.ends_in_prep && tree.agent(i).is_none() && scene.lexicon.words.verb.stative.has(tree.lemma(i));
    let doer = if passive && !stative { tree.agent(i) } else { subject };
    // "Jets hit two sites; three people died": the parser makes the first clause the content of the second.
    let apart = |k: usize| k < i && tree.right_edge(k) + 1 < i && tree.word(tree.right_edge(k) + 1) == ";";
    let content = |k: usize| matches!(tree.dep(k), Dep::Xcomp | Dep::Ccomp) && !apart(k);
    let clause = tree.kids(i).iter().copied().find(|&k| content(k)).or_else(|| {
        let prep = tree
            .kids(i)
            .iter()
            .copied()
            .find(|&k| tree.dep(k) == Dep::Prep && matches!(tree.word(k), "of" | "for" | "from" | "on" | "to"));
        prep.and_then(|p| tree.kid(p, Dep::Pcomp)).filter(|&v| tree.is_verb(v))
    });
    // "have sworn to fight": the parser takes what is sworn for a purpose.
    let sworn = || tree.kids(i).iter().copied().find(|&k| tree.dep(k) == Dep::Advcl && infinitive(scene, passage, k));
    let clause = clause.or_else(|| if matches!(tree.lemma(i), "swear" | "vow" | "pledge") { sworn() } else { None });
    let relative = (tree.dep(i) == Dep::Relcl && object.is_none() && !passive && sense.pattern.after.is_empty())
        .then(|| tree.head(i))
        .filter(|&h| tree.is_noun(h) && !relative_below(tree, i) && subject != Some(h));
    Offer { subject, doer, object: object.or(relative), clause, passive }
}

/// "in which 30 cadets died": the relative pronoun has its own place in the clause.
fn relative_below(tree: &crate::tree::Tree<'_>, i: usize) -> bool {
    let below = |k: usize| tree.dep(k) == Dep::Prep && tree.kids(k).iter().any(|&m| tree.is_relative(m));
    tree.kids(i).iter().any(|&k| tree.is_relative(k) || below(k))
}

/// "issued a declaration demanding": who issued it demands.
fn author_of(scene: &Scene<'_>, passage: usize, i: usize, subject: usize) -> usize {
    let tree = &scene.trees[passage];
    let document = scene.lexicon.words.verb.documents.has(tree.lemma(subject));
    let participle = tree.dep(i) == Dep::Acl && tree.tag(i) == Tag::Vbg && tree.head(i) == subject;
    let issuer =
        || tree.governing_verb(subject).filter(|&v| tree.object(v) == Some(subject)).and_then(|v| tree.subject(v));
    if document && participle { issuer().filter(|&s| scene.is_actor(passage, s)).unwrap_or(subject) } else { subject }
}

/// "The army shelled Orsk": a name right after a verb without an object, whatever the parser calls it.
fn bare_name(scene: &Scene<'_>, passage: usize, i: usize) -> Option<usize> {
    let tree = &scene.trees[passage];
    let own = |k: usize| k > i && tree.left_edge(k) == i + 1 && tree.is_proper(k);
    let named =
        |k: usize| matches!(tree.dep(k), Dep::Advmod | Dep::Npadvmod | Dep::Oprd | Dep::Acomp | Dep::Dep) && own(k);
    let name = tree.kids(i).iter().copied().find(|&k| named(k))?;
    (!tree.passive(i) && !scene.is_time(passage, name)).then_some(name)
}

fn infinitive(scene: &Scene<'_>, passage: usize, k: usize) -> bool {
    let tree = &scene.trees[passage];
    tree.kids(k).iter().any(|&m| tree.dep(m) == Dep::Aux && tree.tag(m) == Tag::To)
}

/// "attacked and captured the town": the object of both stands after the second.
fn shared(scene: &Scene<'_>, passage: usize, i: usize) -> Option<usize> {
    let tree = &scene.trees[passage];
    let past = |k: usize| matches!(tree.tag(k), Tag::Vbd | Tag::Vbn);
    let next = tree
        .kids(i)
        .iter()
        .copied()
        .find(|&k| k == i + 2 && tree.dep(k) == Dep::Conj && (tree.tag(k) == tree.tag(i) || past(k) && past(i)))?;
    tree.object(next).filter(|_| !tree.passive(i))
}

/// "Three soldiers killed near Orsk", "18 were killed and 11 captured": a headline, a list or a second verb leaves out the auxiliary.
fn told_short(scene: &Scene<'_>, passage: usize, i: usize, frame: &Frame) -> bool {
    let tree = &scene.trees[passage];
    let headline = matches!(tree.passage.voice, Voice::Headline | Voice::Caption);
    let bare = matches!(tree.tag(i), Tag::Vbn | Tag::Vbd) && !tree.has(i, Dep::Aux) && !tree.has(i, Dep::Auxpass);
    let counted = || {
        let active = tree.conjuncts(i).into_iter().any(|k| k > i && tree.object(k).is_some());
        let first = tree.first_conjunct(i);
        let after = first != i && tree.passive(first);
        let goes_on = after && tree.tag(i) == Tag::Vbd && !tree.has(i, Dep::Nsubj);
        let body = ["actor", "person", "civilian", "captive", "person_like", "number", "bare"];
        let animate =
            |k: usize| body.iter().any(|name| scene.classes(passage, k).meets(scene.lexicon.classes.one(name)));
        // "power pole felled by explosives": what cannot act is what it was done to.
        let thing = tree.kid(i, Dep::Nsubj).is_some_and(|k| tree.is_noun(k) && !tree.is_proper(k) && !animate(k))
            && matches!(frame.object, Role::Things);
        !active && (goes_on || thing)
            || tree.counts_subject(i) && !active && (after || matches!(frame.object, Role::Victims | Role::Things))
    };
    bare && (headline || counted())
        && matches!(frame.object, Role::Victims | Role::Things | Role::Place | Role::Target | Role::Event)
}

/// "leaving the town exposed": how it is left.
fn left_so(scene: &Scene<'_>, passage: usize, i: usize) -> bool {
    let tree = &scene.trees[passage];
    let state = |k: usize| {
        matches!(tree.dep(k), Dep::Oprd | Dep::Acomp | Dep::Ccomp | Dep::Xcomp)
            || tree.dep(k) == Dep::Acl && tree.tag(k) == Tag::Vbn
    };
    tree.kids(i)
        .iter()
        .any(|&k| state(k) || tree.dep(k) == Dep::Dobj && tree.kids(k).iter().any(|&m| state(m) && m == k + 1))
}

/// "left five dead", "displaced 5,000 people": people the parser does not call an object.
fn measured(scene: &Scene<'_>, passage: usize, i: usize, found: &Found) -> Option<usize> {
    let tree = &scene.trees[passage];
    let counted = |k: usize| tree.has(k, Dep::Nummod);
    let adverbial = tree.kids(i).iter().copied().find(|&k| {
        k > i
            && tree.dep(k) == Dep::Npadvmod
            && counted(k)
            && scene.classes(passage, k).meets(scene.lexicon.classes.one("civilian"))
    });
    // "kidnapped up to 16 advisers", "killed at least three": the words of the bound are taken for a particle or preposition.
    let bound = tree.kids(i).iter().copied().find(|&k| k == i + 1 && matches!(tree.word(k), "up" | "close" | "at"));
    let upto =
        || tree.kids(i).iter().copied().find(|&k| k == i + 2 && tree.word(k) == "to" && tree.word(k - 1) == "up");
    let bounded = bound
        .and_then(|k| tree.prep_object(k))
        .or_else(|| upto().and_then(|k| tree.prep_object(k)))
        .filter(|&k| counted(k) || tree.tag(k) == Tag::Cd);
    found.covered.iter().copied().find(|&k| tree.tag(k) == Tag::Jj && counted(k)).or(adverbial).or(bounded)
}

/// "provide the army with": the parser sometimes calls the receiver a dative.
fn dative(scene: &Scene<'_>, passage: usize, i: usize) -> Option<usize> {
    let tree = &scene.trees[passage];
    tree.kids(i).iter().copied().find(|&k| tree.dep(k) == Dep::Dative && tree.is_noun(k))
}
