//! Deeds: which words of a passage tell an act or a state, and what its arguments are.
//!
//! In: a [`Scene`]. Out: [`Deed`]s with heads of noun phrases in roles. Never decides who says so, when, or how sure.

mod aim;
mod check;
mod clipped;
mod content;
mod fill;
mod must;
mod nouns;
mod once;
mod skip;
mod states;
mod toll;
mod uses;
mod verbs;

use sitrep_model::EventType;

pub(crate) use skip::unreal;

use crate::actors::Scene;
use crate::lexicon::frames::{Frame, Kind, Role, Sense};

/// An act or state, told at one place.
#[derive(Debug, Clone)]
pub(crate) struct Deed {
    pub(crate) passage: usize,
    /// The word that tells it.
    pub(crate) trigger: usize,
    /// The verb that carries tense, voice and arguments: the trigger, or what supports a noun.
    pub(crate) clause: usize,
    pub(crate) frame: usize,
    pub(crate) event: EventType,
    pub(crate) kind: Kind,
    /// Heads of noun phrases.
    pub(crate) actors: Vec<usize>,
    pub(crate) targets: Vec<usize>,
    /// Phrases whose owner is the target: "a tank of the brigade".
    pub(crate) targets_inside: Vec<usize>,
    /// Phrases whose owner is the actor: "the SAA attack".
    pub(crate) actors_inside: Vec<usize>,
    pub(crate) instruments: Vec<usize>,
    pub(crate) places: Vec<(usize, Role)>,
    pub(crate) victims: Vec<usize>,
    pub(crate) things: Vec<usize>,
    /// Forces moved.
    pub(crate) moved: Vec<usize>,
    /// The words that stand for an earlier claim.
    pub(crate) about: Option<usize>,
    /// Tokens that belong to the trigger and tell nothing on their own.
    pub(crate) covered: Vec<usize>,
    pub(crate) again: bool,
    pub(crate) negates: bool,
    /// The noun is told by a reporting verb: "clashes were reported".
    pub(crate) reported_by: Option<usize>,
    /// Told only as a condition: "if the rebels take the town".
    pub(crate) supposed: bool,
    /// Spoken of as known: "the murder of Senator Vastrez". Told only where nothing else tells it.
    pub(crate) presupposed: bool,
}

impl Deed {
    pub(crate) fn new(
        passage: usize,
        trigger: usize,
        clause: usize,
        frame: usize,
        event: EventType,
        kind: Kind,
    ) -> Deed {
        Deed {
            passage,
            trigger,
            clause,
            frame,
            event,
            kind,
            actors: Vec::new(),
            targets: Vec::new(),
            targets_inside: Vec::new(),
            actors_inside: Vec::new(),
            instruments: Vec::new(),
            places: Vec::new(),
            victims: Vec::new(),
            things: Vec::new(),
            moved: Vec::new(),
            about: None,
            covered: Vec::new(),
            again: false,
            negates: false,
            reported_by: None,
            supposed: false,
            presupposed: false,
        }
    }

    pub(crate) fn is(&self, code: &str) -> bool {
        self.event.as_str() == code
    }

    /// Heads of every noun phrase it has in a role.
    pub(crate) fn arguments(&self) -> impl Iterator<Item = usize> + '_ {
        let lists = [
            &self.actors,
            &self.targets,
            &self.targets_inside,
            &self.actors_inside,
            &self.instruments,
            &self.victims,
            &self.things,
            &self.moved,
        ];
        lists.into_iter().flatten().copied().chain(self.places.iter().map(|p| p.0)).chain(self.about)
    }
}

/// Finds the deeds of passage `passage`, in text order.
pub(crate) fn find(scene: &Scene<'_>, passage: usize) -> Vec<Deed> {
    let tree = &scene.trees[passage];
    let mut deeds: Vec<Deed> = Vec::new();
    let mut covered = vec![false; tree.len()];
    let mut triggers = vec![false; tree.len()];
    let mut add = |deed: Deed, covered: &mut [bool], triggers: &mut [bool]| {
        for &i in deed.covered.iter().chain([&deed.trigger]) {
            covered[i] = true;
        }
        triggers[deed.trigger] = true;
        deeds.push(deed);
    };
    for i in 0..tree.len() {
        if !covered[i]
            && !skip::verb(scene, passage, i)
            && let Some(deed) = must::deed(scene, passage, i)
                .or_else(|| toll::deed(scene, passage, i))
                .or_else(|| verbs::deed(scene, passage, i))
                .or_else(|| states::deed(scene, passage, i))
        {
            let deed = Deed { supposed: skip::supposed(scene, passage, i), ..deed };
            add(deed, &mut covered, &mut triggers);
        }
    }
    for i in 0..tree.len() {
        if !covered[i]
            && let Some(deed) = clipped::fragment(scene, passage, i)
                .or_else(|| toll::fragment(scene, passage, i))
                .or_else(|| clipped::headed(scene, passage, i))
                .or_else(|| {
                    let nominal = tree.is_noun(i) || nouns::gerund(tree, i);
                    nominal.then(|| {
                        nouns::deed(scene, passage, i, &triggers).or_else(|| states::bare(scene, passage, i))
                    })?
                })
        {
            add(deed, &mut covered, &mut triggers);
        }
    }
    let mut taken = vec![false; tree.len()];
    deeds.iter().flat_map(|d| &d.covered).for_each(|&i| taken[i] = true);
    deeds.retain(|d| !taken[d.trigger]);
    deeds.sort_by_key(|d| d.trigger);
    content::yielding(scene, &mut deeds);
    content::content(scene, &mut deeds);
    once::once(scene, &mut deeds);
    deeds.iter_mut().for_each(|deed| aim::aim(scene, deed));
    deeds.retain(|deed| !content::alone(scene, deed) && !content::on_condition(scene, deed));
    deeds
}

/// A sense that fits, and how well.
struct Fit<'k> {
    sense: &'k Sense,
    frame: &'k Frame,
    score: usize,
}

/// The best of the senses listed under `keys` with one of `kinds`, as `fits` rates them; the first in the files wins a tie.
fn best<'k, T>(
    scene: &Scene<'k>,
    keys: &[&str],
    kinds: &[Kind],
    fits: impl Fn(&Sense, &Frame) -> Option<(usize, T)>,
) -> Option<(Fit<'k>, T)> {
    let frames = &scene.lexicon.frames;
    let mut found: Option<(Fit<'k>, T)> = None;
    let senses = keys.iter().flat_map(|key| frames.senses(key));
    for sense in senses.filter(|sense| kinds.contains(&sense.kind)) {
        let frame = &frames.frames[sense.frame];
        let Some((score, what)) = fits(sense, frame) else { continue };
        let score = sense.pattern.words() * 10 + score;
        if found.as_ref().is_none_or(|(best, _)| score > best.score) {
            found = Some((Fit { sense, frame, score }, what));
        }
    }
    found
}
