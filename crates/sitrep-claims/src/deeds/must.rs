//! Demands told by a modal: "the ministry said that the rebels must leave".
//!
//! In: a verb. Out: a [`Deed`] of `statement.demanded`: who says so demands, the subject is whom it is asked of. Only under a verb of
//! saying with a speaker; the author's own "must" is an opinion and no deed.

use sitrep_language::{Dep, Tag};

use crate::actors::Scene;
use crate::deeds::Deed;
use crate::lexicon::frames::Kind;

/// The demand the verb `i` tells, when it stands under "must" in what somebody says.
pub(super) fn deed(scene: &Scene<'_>, passage: usize, i: usize) -> Option<Deed> {
    let tree = &scene.trees[passage];
    if !tree.is_verb(i) && tree.lemma(i) != "be" || tree.dep(i) != Dep::Ccomp || !obliged(scene, passage, i) {
        return None;
    }
    let says = tree.head(i);
    let speech = scene.lexicon.cues.of(tree.lemma(says)).any(|cue| !cue.infinitive);
    let speaker = tree.subject(says).filter(|&s| speech && !tree.passive(says) && body(scene, passage, s))?;
    let asked = tree.subject(i).filter(|&s| body(scene, passage, s))?;
    let frames = &scene.lexicon.frames.frames;
    let frame = frames.iter().position(|frame| frame.id == "demand")?;
    let mut deed = Deed::new(passage, i, says, frame, frames[frame].event, Kind::Verb);
    deed.actors.push(speaker);
    deed.targets.push(asked);
    Some(deed)
}

fn obliged(scene: &Scene<'_>, passage: usize, i: usize) -> bool {
    let tree = &scene.trees[passage];
    tree.kids(i).iter().any(|&k| tree.dep(k) == Dep::Aux && tree.tag(k) == Tag::Md && tree.word(k) == "must")
}

fn body(scene: &Scene<'_>, passage: usize, i: usize) -> bool {
    let classes = &scene.lexicon.classes;
    let set = ["actor", "force", "fighter", "person", "civilian"];
    scene.place_at(passage, i).is_some()
        || set.iter().any(|name| scene.classes(passage, i).meets(classes.one(name)))
        || matches!(scene.trees[passage].tag(i), Tag::Prp)
}
