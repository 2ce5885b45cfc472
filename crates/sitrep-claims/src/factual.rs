//! How certain the words make any event, named by its token: for scoring the reading of mood and speakers on outside sets.
//!
//! In: a document and the spans of event words. Out: a class by grammar and two numbers on −3…+3 for each, from the fitted tables in
//! `hedges.toml` and `factual.toml`. Claims do not use the numbers; they rest on the same mood and speakers.

use sitrep_language::{Dep, Tag};
use sitrep_model::{Document, EventType, SourceStance, Span, Status};

use crate::actors::Scene;
use crate::deeds::{Deed, unreal};
use crate::lexicon::frames::Kind;
use crate::modality::{Mood, mood};
use crate::said::{Said, said};
use crate::{Kit, parse, place, tree};

/// How certain one event is by its words.
#[derive(Debug, Clone, PartialEq)]
pub struct Certain {
    /// What grammar makes of it: `told`, `negated`, `future`, …
    pub class: &'static str,
    /// The form of the word: `base`, `past`, `participle`, `present`, `gerund`, `other`.
    pub form: &'static str,
    /// The word's lemma.
    pub word: String,
    /// Did it happen? −3 surely not … +3 surely.
    pub happened: f64,
    /// How sure its teller is, whether it happened or lies ahead; −3…+3.
    pub told: f64,
}

/// How certain the event words at `asked` are, in the order asked; `None` where no token starts inside the span.
#[must_use]
pub fn certain_at(kit: &Kit, document: &Document, asked: &[Span]) -> Vec<Option<Certain>> {
    let passages = parse::parse(kit, document);
    let times = kit.when.mentions(document, &passages);
    let places = place::places(&kit.gazetteer, document, &passages);
    let trees: Vec<tree::Tree<'_>> = passages.iter().map(|p| tree::Tree::new(p, p.text(document))).collect();
    let scene = Scene::new(&kit.lexicon, &kit.kinds, &trees, &places, &times);
    asked
        .iter()
        .map(|span| {
            let (passage, i) = token_at(&trees, *span)?;
            let class = class(&scene, passage, i);
            let form = form(scene.trees[passage].tag(i));
            let word = scene.trees[passage].lemma(i).to_owned();
            let [mean, told] = scene.lexicon.hedges.factual.get(class).copied().unwrap_or([2.0, 3.0]);
            let fitted = &scene.lexicon.factual;
            let mean = fitted.forms.get(&format!("{class} {form}")).copied().unwrap_or(mean);
            let happened = mean + fitted.words.get(&word).copied().unwrap_or(0.0);
            Some(Certain { class, form, word, happened, told })
        })
        .collect()
}

/// The form of the word by its tag.
fn form(tag: Tag) -> &'static str {
    match tag {
        Tag::Vb => "base",
        Tag::Vbd => "past",
        Tag::Vbn => "participle",
        Tag::Vbp | Tag::Vbz => "present",
        Tag::Vbg => "gerund",
        _ => "other",
    }
}

fn token_at(trees: &[tree::Tree<'_>], span: Span) -> Option<(usize, usize)> {
    let within = |tree: &tree::Tree<'_>| (0..tree.len()).find(|&i| span.overlaps(tree.span(i, i)));
    trees.iter().enumerate().find_map(|(passage, tree)| Some((passage, within(tree)?)))
}

/// What the grammar around token `i` makes of the event it names; the first that holds.
fn class(scene: &Scene<'_>, passage: usize, i: usize) -> &'static str {
    let tree = &scene.trees[passage];
    let noun = !tree.is_verb(i) && tree.is_noun(i);
    let clause = if noun { tree.governing_verb(i).unwrap_or(i) } else { i };
    let Some(event) = EventType::from_code("attack") else { return "told" };
    let kind = if noun { Kind::Noun } else { Kind::Verb };
    let deed = Deed::new(passage, i, clause, usize::MAX, event, kind);
    let (said, mood) = (said(scene, &deed), mood(scene, &deed));
    let asked = tree.sentence_range(tree.sentence(i)).rev().take(3).any(|k| tree.word(k) == "?");
    if asked {
        return if negation(scene, passage, i) { "asked whether not" } else { "asked" };
    }
    modal(scene, passage, clause)
        .or_else(|| by_mood(scene, passage, i, &mood))
        .or_else(|| by_cue(&said))
        .or_else(|| (!noun).then(|| unreal(scene, passage, i)).flatten())
        .or_else(|| by_speaker(&said))
        .unwrap_or_else(|| if noun { nominal(scene, passage, i) } else { verbal(scene, passage, i, &said, &mood) })
}

fn negation(scene: &Scene<'_>, passage: usize, i: usize) -> bool {
    let tree = &scene.trees[passage];
    tree.negated(i) || tree.subject_negated(i)
}

/// The modal on the event's own clause.
fn modal(scene: &Scene<'_>, passage: usize, clause: usize) -> Option<&'static str> {
    let tree = &scene.trees[passage];
    let aux = tree.kids(clause).iter().copied().find(|&k| tree.dep(k) == Dep::Aux && tree.tag(k) == Tag::Md)?;
    let not = negation(scene, passage, clause);
    Some(match (tree.word(aux), not) {
        ("will" | "'ll" | "shall" | "wo" | "ll", false) => "will",
        ("can" | "ca", false) => "can",
        ("could", false) => "could",
        ("would" | "'d" | "d", false) => "would",
        ("may" | "might", false) => "may",
        (_, false) => "should",
        ("will" | "'ll" | "shall" | "wo", true) => "will not",
        ("would" | "'d" | "d", true) => "would not",
        ("could", true) => "could not",
        ("can" | "ca", true) => "can not",
        (_, true) => "should not",
    })
}

fn by_mood(scene: &Scene<'_>, passage: usize, i: usize, mood: &Mood) -> Option<&'static str> {
    let list = [
        (mood.condition.is_some(), "on condition"),
        (negation(scene, passage, i), "negated"),
        (mood.negated, "negated above"),
        (mood.possible, "possible above"),
        (mood.would, "would above"),
        (mood.certainty.is_some_and(|own| own < 3), "hedged"),
        (mood.future, "future above"),
        (mood.attempt, "attempt"),
        (mood.unreal, "unreal above"),
    ];
    list.into_iter().find(|(holds, _)| *holds).map(|(_, class)| class)
}

/// What the verb over it makes of it: a plan, an order, a wish.
fn by_cue(said: &Said) -> Option<&'static str> {
    match said.status? {
        Status::Planned | Status::Announced => Some("planned"),
        Status::Ordered | Status::Threatened => Some("ordered"),
        Status::Forecast => Some("foreseen"),
        Status::Hypothetical => Some("wished"),
        _ => None,
    }
}

fn by_speaker(said: &Said) -> Option<&'static str> {
    let stance = said.links.last().map(|link| link.stance)?;
    match stance {
        SourceStance::Deny => Some("denied"),
        SourceStance::Doubt => Some("doubted"),
        SourceStance::Speculate | SourceStance::Warn | SourceStance::Predict => Some("thought"),
        _ => None,
    }
}

fn nominal(scene: &Scene<'_>, passage: usize, i: usize) -> &'static str {
    let tree = &scene.trees[passage];
    match tree.dep(i) {
        _ if tree.has_det(i, &["any", "no"]) => "noun of any",
        Dep::Nsubj | Dep::Nsubjpass => "noun as subject",
        Dep::Dobj => "noun as object",
        Dep::Compound => "noun in a name",
        _ => "noun",
    }
}

/// A verb without modal, negation or speaker: by its form and what it hangs on.
fn verbal(scene: &Scene<'_>, passage: usize, i: usize, said: &Said, mood: &Mood) -> &'static str {
    let tree = &scene.trees[passage];
    let to = tree.kids(i).iter().any(|&k| tree.tag(k) == Tag::To && tree.dep(k) == Dep::Aux);
    let above = tree.head(i);
    let past_above = matches!(tree.tag(above), Tag::Vbd | Tag::Vbn);
    let reported = said.links.iter().any(|link| link.holder.is_some());
    match (tree.tag(i), tree.dep(i)) {
        (Tag::Vb, _) if to && scene.lexicon.hedges.implies("yes", tree.lemma(above)) => "achieved",
        (Tag::Vb, Dep::Xcomp | Dep::Ccomp) if to && past_above => "infinitive of the past",
        (Tag::Vb, Dep::Xcomp | Dep::Ccomp) if to => "infinitive",
        (Tag::Vb, _) if to => "infinitive of a noun",
        (Tag::Vb, Dep::Root | Dep::Conj) if tree.subject(i).is_none() => "imperative",
        (Tag::Vb, _) => "bare verb",
        (Tag::Vbg, _) if mood.progressive => "ongoing",
        (Tag::Vbg, Dep::Pcomp) => "gerund after a preposition",
        (Tag::Vbg, Dep::Advcl) if past_above => "gerund of the past",
        (Tag::Vbg, Dep::Advcl) => "gerund of a clause",
        (Tag::Vbg, Dep::Amod | Dep::Compound | Dep::Acl) => "gerund of a noun",
        (Tag::Vbg, _) => "gerund",
        (Tag::Vbz | Tag::Vbp, Dep::Advcl) => "present in a clause",
        (Tag::Vbz | Tag::Vbp, Dep::Relcl | Dep::Acl) => "present of a noun",
        (Tag::Vbz | Tag::Vbp, _) if tree.subject(i).is_some_and(|s| tree.word(s) == "you") => "present of you",
        (Tag::Vbz | Tag::Vbp, _) if tree.subject(i).is_some_and(|s| matches!(tree.word(s), "i" | "we")) => {
            "present of me"
        }
        (Tag::Vbz | Tag::Vbp, _) => "present",
        (Tag::Vbn, _) if mood.perfect => "perfect",
        (Tag::Vbn, Dep::Amod) => "participle before a noun",
        (Tag::Vbn, Dep::Acl) => "participle of a noun",
        (Tag::Vbn, _) if mood.present => "passive of the present",
        (Tag::Vbd, _) if reported => "told by another",
        (Tag::Jj, _) => "adjective",
        _ => "told",
    }
}
