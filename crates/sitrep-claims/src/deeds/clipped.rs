//! Clipped phrases of logs and headlines, which no parser reads: "5 civ killed, vehicle burnt", "2 KIA", "Losses: 2 tanks, 1 BMP".
//!
//! In: a word for what became of people or things, or a heading for a list of them. Out: a [`Deed`]. Reads the words between two marks
//! of punctuation from left to right, asks the tree for nothing but tags, and takes no phrase with a verb of its own.

use sitrep_language::{Dep, Tag};

use crate::actors::Scene;
use crate::deeds::check::{Offer, score};
use crate::deeds::fill::{DEEPEST, Filler};
use crate::deeds::{Deed, best};
use crate::lexicon::frames::{Kind, Role};
use crate::tree::Tree;

/// How many words a clipped phrase has at most before its participle.
const LONGEST: usize = 9;

/// What stands before the participle, between it and the last mark.
struct Phrase {
    first: usize,
    number: Option<usize>,
    noun: Option<usize>,
}

/// "15 wounded", "3 x marines KIA", "weapons cache found": who or what, and what became of it.
pub(super) fn fragment(scene: &Scene<'_>, passage: usize, i: usize) -> Option<Deed> {
    let tree = &scene.trees[passage];
    let words = &scene.lexicon.words;
    let fate = words.fragment(tree.word(i));
    let told = fate.is_some() || words.clipped.has(tree.word(i));
    if !told || tree.has(i, Dep::Aux) || tree.has(i, Dep::Auxpass) || !ends(tree, i) {
        return None;
    }
    let phrase = before(tree, i).filter(|phrase| !scene.is_time(passage, phrase.number.unwrap_or(phrase.first)))?;
    let object = phrase.noun.or(phrase.number)?;
    if phrase.number.is_none() && (!log_like(tree, i) || tree.is_proper(object)) {
        return None;
    }
    let frames = &scene.lexicon.frames.frames;
    let offer = Offer { object: Some(object), passive: true, ..Offer::default() };
    let index = match fate.filter(|_| phrase.noun.is_none_or(|noun| people(scene, passage, noun))) {
        Some(id) => frames.iter().position(|frame| frame.id == id)?,
        None => {
            let stem = tree.word(i).strip_suffix('d').unwrap_or(tree.word(i));
            let keys = [tree.lemma(i), stem, stem.strip_suffix('e').unwrap_or(stem)];
            let (fit, ()) = best(scene, &keys, &[Kind::Verb], |sense, frame| {
                let counted = frame.object == Role::Place && phrase.number.is_some();
                let alone = sense.pattern.words() == 1 && !sense.only_negated && !frame.needs_relation && !counted;
                let takes = matches!(frame.object, Role::Victims | Role::Things | Role::Place | Role::Target);
                Some((score(scene, passage, sense, frame, offer).filter(|_| alone && takes)?, ()))
            })?;
            fit.sense.frame
        }
    };
    let sense = scene.lexicon.frames.senses_of(index)?;
    let mut deed = Deed::new(passage, i, i, index, frames[index].event, Kind::Verb);
    let mut filler = Filler { scene, frame: &frames[index], sense, deed: &mut deed, left: DEEPEST };
    filler.put(frames[index].object, object);
    filler.preps(i, None);
    if let Some(number) = phrase.number.filter(|&n| n != object && frames[index].object == Role::Victims)
        && tree.dep(number) != Dep::Nummod
    {
        deed.victims = vec![number];
    }
    // "FARDC 2 KIA": whose they are stands before the number.
    let end = phrase.number.unwrap_or(object);
    let owner = |k: usize| scene.hit(passage, k).is_some() || tree.is_noun(k) && scene.is_actor(passage, k);
    let owner = (phrase.first..end).rev().find(|&k| owner(k));
    deed.targets.extend(owner.filter(|k| !deed.targets.contains(k)));
    deed.covered.extend(phrase.number.into_iter().filter(|&n| n != object));
    Some(deed)
}

/// Whether nothing follows that the participle could govern.
fn ends(tree: &Tree<'_>, i: usize) -> bool {
    let Some(next) = (i + 1 < tree.len() && tree.sentence(i + 1) == tree.sentence(i)).then_some(i + 1) else {
        return true;
    };
    let word = tree.word(next);
    !word.starts_with(char::is_alphanumeric)
        || matches!(tree.tag(next), Tag::In | Tag::To | Tag::Rb | Tag::Cc)
        || matches!(word, "incl" | "incl." | "including" | "following" | "yesterday" | "today" | "overnight")
}

/// The phrase before `i`, back to the last mark.
fn before(tree: &Tree<'_>, i: usize) -> Option<Phrase> {
    let sentence = tree.sentence(i);
    let mut phrase = Phrase { first: i, number: None, noun: None };
    for k in (0..i).rev().take(LONGEST) {
        if tree.sentence(k) != sentence {
            break;
        }
        let word = tree.word(k);
        match tree.tag(k) {
            _ if tree.tag(k) == Tag::Cd || word == "one" => phrase.number = phrase.number.or(Some(k)),
            _ if word == "x" || word == "of" && k + 1 < i => {}
            Tag::Nn | Tag::Nns | Tag::Nnp | Tag::Nnps => {
                phrase.noun = phrase.noun.or(Some(k).filter(|_| phrase.number.is_none()))
            }
            Tag::Jj | Tag::Jjr | Tag::Jjs | Tag::Pos => {}
            Tag::Rb
                if phrase.noun.is_none() && phrase.number.is_none()
                    || matches!(word, "about" | "approx" | "approximately" | "around") => {}
            Tag::Vbn | Tag::Vbd if matches!(word, "suspected" | "unidentified" | "armoured" | "armored" | "wanted") => {
            }
            // "2 detainees WIA": taken for a verb.
            Tag::Vbz | Tag::Vbp if k + 1 == i && k > 0 && tree.tag(k - 1) == Tag::Cd => phrase.noun = Some(k),
            Tag::In if matches!(word, "about" | "around" | "over" | "least" | "at") && phrase.number.is_some() => {}
            // "4 passengers reported missing", "three feared dead".
            Tag::Vbn | Tag::Vbd
                if k + 1 == i && matches!(word, "reported" | "feared" | "presumed" | "believed" | "confirmed") => {}
            Tag::Cc => return (phrase.first < i).then_some(phrase),
            _ if !word.starts_with(char::is_alphanumeric) && word != "’s" => {
                return (phrase.first < i && !matches!(word, "-" | "'" | "’" | "\"")).then_some(phrase);
            }
            Tag::Dt if matches!(word, "some" | "another" | "both") => {}
            _ => return None,
        }
        phrase.first = k;
    }
    (phrase.first < i).then_some(phrase)
}

/// Whether the sentence of `i` has no finite verb that shows: no auxiliary, no pronoun.
fn log_like(tree: &Tree<'_>, i: usize) -> bool {
    let range = tree.sentence_range(tree.sentence(i));
    range.into_iter().all(|k| {
        !matches!(tree.dep(k), Dep::Aux | Dep::Auxpass)
            && !matches!(tree.tag(k), Tag::Md | Tag::Wp | Tag::Wdt)
            && (tree.tag(k) != Tag::Prp || tree.word(k) == "one")
    })
}

fn people(scene: &Scene<'_>, passage: usize, i: usize) -> bool {
    let classes = &scene.lexicon.classes;
    let thing = ["vehicle", "aircraft", "infrastructure", "weapon"];
    let set = classes.of(scene.trees[passage].lemma(i));
    !thing.iter().any(|name| set.meets(classes.one(name)))
}

/// "Losses: 2 T-62 tanks, 1 BMP-1", "New arrivals at the camp: 1,340": the heading `i` of a list of things or people counted.
pub(super) fn headed(scene: &Scene<'_>, passage: usize, i: usize) -> Option<Deed> {
    let tree = &scene.trees[passage];
    let words = &scene.lexicon.words;
    let kinds = words.heading(tree.lemma(i))?;
    let range = tree.sentence_range(tree.sentence(i));
    let colon = (i + 1..range.end.min(i + LONGEST)).find(|&k| tree.word(k) == ":")?;
    if (range.start..colon).any(|k| tree.is_verb(k)) || i > range.start + LONGEST {
        return None;
    }
    let counted: Vec<usize> = (colon + 1..range.end).filter(|&k| tree.tag(k) == Tag::Cd).collect();
    let classes = &scene.lexicon.classes;
    let named = |number: usize| {
        let last = (number + 1..range.end).take_while(|&k| tree.is_noun(k) || tree.tag(k) == Tag::Jj).last();
        last.unwrap_or(number)
    };
    let (mut things, mut bodies) = (Vec::new(), Vec::new());
    for number in counted.into_iter().filter(|&k| !scene.is_time(passage, k)) {
        let noun = named(number);
        if noun + 1 < tree.len() && words.fragment(tree.word(noun + 1)).is_some()
            || words.fragment(tree.word(noun)).is_some()
        {
            continue;
        }
        let set = scene.classes(passage, noun);
        let thing = ["vehicle", "aircraft", "weapon", "depot"].iter().any(|name| set.meets(classes.one(name)));
        if thing {
            things.push(noun)
        } else if noun == number || people(scene, passage, noun) {
            bodies.push(noun)
        }
    }
    let of_things = kinds.0.filter(|_| !things.is_empty());
    let id = of_things.or(kinds.1.filter(|_| bodies.len() == 1))?;
    let frames = &scene.lexicon.frames.frames;
    let index = frames.iter().position(|frame| frame.id == id)?;
    let mut deed = Deed::new(passage, i, i, index, frames[index].event, Kind::Noun);
    if of_things.is_some() {
        deed.things = things
    } else {
        deed.victims = bodies
    }
    let sense = scene.lexicon.frames.senses_of(index)?;
    let mut filler = Filler { scene, frame: &frames[index], sense, deed: &mut deed, left: DEEPEST };
    filler.preps(i, None);
    let owner = (range.start..i)
        .rev()
        .find(|&k| scene.hit(passage, k).is_some() || scene.is_actor(passage, k) && tree.is_noun(k));
    deed.targets.extend(owner);
    Some(deed)
}
