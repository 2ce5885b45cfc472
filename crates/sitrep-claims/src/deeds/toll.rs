//! Tolls: "put the number of the dead at seven", "the death toll has risen to 18", "two dead, four wounded".
//!
//! In: a verb that sets a number, or a word for what became of people right after a number. Out: a [`Deed`] that counts them. Never
//! adds two numbers, and takes no number whose people are not told.

use sitrep_language::{Dep, Tag};

use crate::actors::Scene;
use crate::deeds::Deed;
use crate::lexicon::frames::Kind;
use crate::tree::Tree;

/// The toll that verb `i` sets or tells.
pub(super) fn deed(scene: &Scene<'_>, passage: usize, i: usize) -> Option<Deed> {
    let tree = &scene.trees[passage];
    let lemma = tree.lemma(i);
    let words = &scene.lexicon.words;
    let (sets, raises) = (words.toll.sets.has(lemma), words.toll.raises.has(lemma));
    let stands = words.toll.stands.has(lemma);
    let noun = if sets || raises { tree.object(i).or_else(|| counted_late(tree, i)) } else { None };
    let noun = noun.or_else(|| tree.subject(i).filter(|_| stands || tree.passive(i) && (sets || raises)))?;
    let frame = fate_of(scene, passage, noun)?;
    let number = number_set(scene, passage, i, noun).or_else(|| given(scene, passage, i, noun))?;
    let mut deed = counted(scene, passage, i, frame, number)?;
    deed.covered.extend([noun, number]);
    deed.covered.extend(tree.kids(noun).iter().copied().filter(|&k| words.fate(tree.lemma(k)).is_some()));
    deed.reported_by = sets.then_some(i);
    let of = tree.pobj(noun, "of");
    let beside = |&k: &usize| matches!(tree.dep(k), Dep::Relcl | Dep::Acl) && words.fate(tree.lemma(k)).is_some();
    deed.covered.extend(of.into_iter().flat_map(|k| tree.kids(k).iter().copied().filter(beside)));
    let owner = tree.kids(noun).iter().copied().find(|&k| matches!(tree.dep(k), Dep::Compound | Dep::Amod | Dep::Poss));
    let people = of.into_iter().chain(owner).find(|&k| scene.is_actor(passage, k) || scene.hit(passage, k).is_some());
    deed.targets.extend(people);
    Some(deed)
}

/// "Two dead, four wounded": people counted by what became of them, no verb telling it.
pub(super) fn fragment(scene: &Scene<'_>, passage: usize, i: usize) -> Option<Deed> {
    let tree = &scene.trees[passage];
    let frame = scene.lexicon.words.fragment(tree.word(i))?;
    let number = counted_right_before(scene, passage, i).or_else(|| said_to_be(tree, i))?;
    let attribute = tree.dep(i) == Dep::Amod && tree.head(i) > i
        || i + 1 < tree.len() && tree.is_noun(i + 1) && tree.head(i + 1) != i;
    if attribute || tree.has(i, Dep::Aux) || tree.has(i, Dep::Auxpass) || tree.has(i, Dep::Dobj) {
        return None;
    }
    counted(scene, passage, i, frame, number)
}

/// "two dead", "one seriously hurt", "five officers dead".
fn counted_right_before(scene: &Scene<'_>, passage: usize, i: usize) -> Option<usize> {
    let tree = &scene.trees[passage];
    let before = i.checked_sub(1)?;
    let last = if tree.tag(before) == Tag::Rb { before.checked_sub(1)? } else { before };
    let people = ["civilian", "fighter", "person", "force", "person_like"];
    let body = |k: usize| people.iter().any(|name| scene.classes(passage, k).meets(scene.lexicon.classes.one(name)));
    let counts = tree.tag(last) == Tag::Cd || tree.is_noun(last) && tree.has(last, Dep::Nummod) && body(last);
    (counts && !scene.is_time(passage, last)).then_some(last)
}

/// "of whom two are reportedly dead": the subject of the copula.
fn said_to_be(tree: &Tree<'_>, i: usize) -> Option<usize> {
    let be = tree.head(i);
    let copula = tree.dep(i) == Dep::Acomp && tree.lemma(be) == "be";
    let subject = tree.subject(be).filter(|_| copula)?;
    (tree.tag(subject) == Tag::Cd || tree.has(subject, Dep::Nummod)).then_some(subject)
}

/// A deed of the frame called `frame` whose people are the number.
fn counted(scene: &Scene<'_>, passage: usize, i: usize, frame: &str, number: usize) -> Option<Deed> {
    let frames = &scene.lexicon.frames.frames;
    let index = frames.iter().position(|f| f.id == frame)?;
    let mut deed = Deed::new(passage, i, i, index, frames[index].event, Kind::Verb);
    deed.victims.push(number);
    Some(deed)
}

/// "put at 5,877 the number of people who had crossed": the number comes first, and the parser hangs it on what is counted.
fn counted_late(tree: &Tree<'_>, i: usize) -> Option<usize> {
    let prep = tree.kids(i).iter().copied().find(|&k| matches!(tree.word(k), "at" | "to") && k == i + 1)?;
    tree.prep_object(prep).filter(|&noun| noun > prep + 2 && tree.tag(prep + 1) == Tag::Cd)
}

/// The number a verb sets for `noun`: "at seven", "to 18", "reached 90".
fn number_set(scene: &Scene<'_>, passage: usize, i: usize, noun: usize) -> Option<usize> {
    let (tree, words) = (&scene.trees[passage], &scene.lexicon.words);
    let preps = tree.kids(i).iter().copied().filter(|&k| matches!(tree.word(k), "at" | "to"));
    let set = preps.filter_map(|prep| tree.prep_object(prep).map(|object| (prep, object)));
    let set = set.map(|(prep, object)| if object == noun { prep + 1 } else { object });
    let direct = tree.kids(i).iter().copied().filter(|&k| matches!(tree.dep(k), Dep::Dobj | Dep::Attr) && k != noun);
    let numeral = |k: usize| {
        tree.tag(k) == Tag::Cd || tree.has(k, Dep::Nummod) && (words.fate(tree.lemma(k)).is_some() || tree.is_noun(k))
    };
    set.chain(direct).find(|&k| k > i && numeral(k))
}

/// "gave a toll of 160".
fn given(scene: &Scene<'_>, passage: usize, i: usize, noun: usize) -> Option<usize> {
    let (tree, words) = (&scene.trees[passage], &scene.lexicon.words.toll);
    let tells = words.gives.has(tree.lemma(i)) && tree.lemma(noun) == "toll";
    tree.pobj(noun, "of").filter(|&k| tells && (tree.tag(k) == Tag::Cd || tree.has(k, Dep::Nummod)))
}

/// What became of those whom `noun` counts: "the number of the dead", "Taliban losses", "the number of people who had fled".
fn fate_of<'k>(scene: &Scene<'k>, passage: usize, noun: usize) -> Option<&'k str> {
    let (tree, words) = (&scene.trees[passage], &scene.lexicon.words);
    let number = words.toll.counts.has(tree.lemma(noun));
    let losses = words.toll.losses.has(tree.lemma(noun));
    if losses {
        return words.fate(tree.lemma(noun)).filter(|_| !tree.is_proper(noun));
    }
    if !number {
        return None;
    }
    let of = tree.pobj(noun, "of");
    let below =
        |head: usize| tree.kids(head).iter().copied().filter(|&k| !tree.is_proper(k) && tree.dep(k) != Dep::Prep);
    let told =
        of.into_iter().chain(below(noun)).chain(of.into_iter().flat_map(below)).find_map(|k| words.fate(tree.lemma(k)));
    told.or_else(|| words.fate(tree.lemma(noun)))
}
