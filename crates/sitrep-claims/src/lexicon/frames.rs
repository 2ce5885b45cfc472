//! Frames: which words tell which deed, with what arguments in which roles.
//!
//! In: `frames_*.toml`. Out: [`Frames`], indexed by the head lemma of each trigger. Never looks at a text.

use std::collections::{BTreeMap, HashMap};

use serde::Deserialize;
use sitrep_model::EventType;

use crate::KitError;
use crate::lexicon::classes::{ClassSet, Classes};
use crate::lexicon::pattern::Pattern;
use crate::lexicon::{items, parse};

/// What an argument is to the deed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// Who does it.
    Actor,
    /// To whom or what.
    Target,
    /// Where; when it is not a place, a target.
    Place,
    /// Where from.
    Origin,
    /// Where to.
    Destination,
    /// With what.
    Instrument,
    /// The other side of a fight or a deal: an actor as well.
    Other,
    /// All sides of it: "between A and B".
    Sides,
    /// Forces that are moved: the actor when nobody moves them.
    Mover,
    /// People counted: targets and a number.
    Victims,
    /// Things counted, with their owner as target.
    Things,
    /// An attack somebody else made: its doer is the target.
    Event,
    /// An attack of the actor's own: what it is aimed at is the target.
    OwnEvent,
    /// What is supported: a force, or the doer of an attack.
    Beneficiary,
    /// An earlier claim.
    About,
    /// Nothing.
    None,
}

impl Role {
    fn named(name: &str) -> Option<Role> {
        Some(match name {
            "actor" => Role::Actor,
            "target" => Role::Target,
            "place" => Role::Place,
            "origin" => Role::Origin,
            "destination" => Role::Destination,
            "instrument" => Role::Instrument,
            "other" => Role::Other,
            "sides" => Role::Sides,
            "mover" => Role::Mover,
            "victims" | "victims_only" => Role::Victims,
            "things" => Role::Things,
            "event" => Role::Event,
            "event_own" | "event_target" | "event_actorless" => Role::OwnEvent,
            "beneficiary" => Role::Beneficiary,
            "about" => Role::About,
            "none" | "relief" => Role::None,
            _ => return None,
        })
    }
}

/// What part of speech a trigger is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Verb,
    Noun,
    Adjective,
}

/// One frame.
#[derive(Debug)]
pub(crate) struct Frame {
    pub(crate) id: String,
    pub(crate) event: EventType,
    pub(crate) subject: Role,
    pub(crate) object: Role,
    pub(crate) preps: BTreeMap<String, Role>,
    pub(crate) subject_is: Option<ClassSet>,
    pub(crate) subject_is_not: ClassSet,
    pub(crate) subject_never: ClassSet,
    pub(crate) object_is: Option<ClassSet>,
    pub(crate) object_is_not: ClassSet,
    pub(crate) object_never: ClassSet,
    pub(crate) common_object: bool,
    pub(crate) any_of: Option<ClassSet>,
    pub(crate) object_optional: bool,
    pub(crate) negates: bool,
    pub(crate) needs_place: bool,
    pub(crate) needs_relation: bool,
    pub(crate) needs_actor: bool,
    /// A meeting of one body at no place is its own business.
    pub(crate) needs_other: bool,
    /// An object known already points back: "the bodies were retrieved" after a killing.
    pub(crate) new_only: bool,
    pub(crate) support_only: bool,
    pub(crate) launch_only: bool,
    /// Gives way to a deed told in its own clause: "agreed to withdraw".
    pub(crate) yields: bool,
    pub(crate) support_extra: Vec<String>,
    pub(crate) counts: Option<String>,
    /// PLOVER's code where that scheme tells apart what the event type does not.
    pub(crate) plover: Option<String>,
    #[cfg_attr(not(test), expect(dead_code, reason = "the examples are run by a test"))]
    pub(crate) yes: Vec<String>,
    #[cfg_attr(not(test), expect(dead_code, reason = "the examples are run by a test"))]
    pub(crate) no: Vec<String>,
    /// Known wrong today: should be told, is not.
    #[cfg_attr(not(test), expect(dead_code, reason = "the examples are run by a test"))]
    pub(crate) todo_yes: Vec<String>,
    /// Known wrong today: should not be told, is.
    #[cfg_attr(not(test), expect(dead_code, reason = "the examples are run by a test"))]
    pub(crate) todo_no: Vec<String>,
}

/// One trigger word or phrase of a frame.
#[derive(Debug)]
pub(crate) struct Sense {
    pub(crate) frame: usize,
    pub(crate) kind: Kind,
    pub(crate) pattern: Pattern,
    pub(crate) again: bool,
    /// The object may be absent for this word.
    pub(crate) object_optional: bool,
    /// The subject undergoes the deed.
    pub(crate) reverse: bool,
    /// The subject is who is counted.
    pub(crate) patient: bool,
    /// Only when negated.
    pub(crate) only_negated: bool,
}

/// All frames, and their senses by head lemma.
pub(crate) struct Frames {
    pub(crate) frames: Vec<Frame>,
    pub(crate) senses: Vec<Sense>,
    by_head: HashMap<String, Vec<usize>>,
}

#[derive(Deserialize)]
struct File {
    frame: Vec<RawFrame>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFrame {
    id: String,
    event: String,
    #[serde(default)]
    verbs: String,
    #[serde(default)]
    nouns: String,
    #[serde(default)]
    adjs: String,
    #[serde(default)]
    again: String,
    subject: Option<String>,
    object: Option<String>,
    #[serde(default)]
    preps: BTreeMap<String, String>,
    subject_is: Option<Vec<String>>,
    #[serde(default)]
    subject_is_not: Vec<String>,
    /// Classes a subject that is no name must not have.
    #[serde(default)]
    subject_never: Vec<String>,
    object_is: Option<Vec<String>>,
    #[serde(default)]
    object_is_not: Vec<String>,
    /// Classes the object must not have, whatever else it is.
    #[serde(default)]
    object_never: Vec<String>,
    /// The object must be no name.
    #[serde(default)]
    common_object: bool,
    any_of: Option<Vec<String>>,
    #[serde(default)]
    object_optional: bool,
    #[serde(default)]
    object_optional_for: String,
    /// Phrases that end in a noun ("break off talks") need no other object.
    #[serde(default)]
    whole_phrases: bool,
    #[serde(default)]
    reverse: String,
    #[serde(default)]
    patient_subject: String,
    #[serde(default)]
    only_negated: String,
    #[serde(default)]
    negates: bool,
    #[serde(default)]
    needs_place: bool,
    #[serde(default)]
    needs_relation: bool,
    #[serde(default)]
    needs_actor: bool,
    #[serde(default)]
    needs_other: bool,
    #[serde(default)]
    new_only: bool,
    #[serde(default)]
    support_only: bool,
    #[serde(default)]
    launch_only: bool,
    #[serde(default)]
    yields: bool,
    #[serde(default)]
    support_extra: String,
    counts: Option<String>,
    plover: Option<String>,
    #[serde(default)]
    yes: Vec<String>,
    #[serde(default)]
    no: Vec<String>,
    #[serde(default)]
    todo_yes: Vec<String>,
    #[serde(default)]
    todo_no: Vec<String>,
}

const FILES: [(&str, &str); 5] = [
    ("lang/en/frames_territory.toml", include_str!("../../lang/en/frames_territory.toml")),
    ("lang/en/frames_fighting.toml", include_str!("../../lang/en/frames_fighting.toml")),
    ("lang/en/frames_people.toml", include_str!("../../lang/en/frames_people.toml")),
    ("lang/en/frames_politics.toml", include_str!("../../lang/en/frames_politics.toml")),
    ("lang/en/frames_statecraft.toml", include_str!("../../lang/en/frames_statecraft.toml")),
];

impl Frames {
    pub(crate) fn load(classes: &Classes) -> Result<Frames, KitError> {
        let mut all = Frames { frames: Vec::new(), senses: Vec::new(), by_head: HashMap::new() };
        for (file, text) in FILES {
            let raw: File = parse(file, text)?;
            for frame in raw.frame {
                let id = frame.id.clone();
                all.push(frame, classes).map_err(|message| KitError { file, message: format!("{id}: {message}") })?;
            }
        }
        Ok(all)
    }

    /// Any verb sense of the frame at `index`.
    pub(crate) fn senses_of(&self, index: usize) -> Option<&Sense> {
        self.senses.iter().find(|sense| sense.frame == index)
    }

    /// The senses whose head has this lemma.
    pub(crate) fn senses(&self, lemma: &str) -> impl Iterator<Item = &Sense> {
        self.by_head.get(lemma).into_iter().flatten().map(|&index| &self.senses[index])
    }

    fn push(&mut self, raw: RawFrame, classes: &Classes) -> Result<(), String> {
        let role = |name: &Option<String>, default: Role| match name {
            Some(name) => Role::named(name).ok_or_else(|| format!("unknown role: {name}")),
            None => Ok(default),
        };
        let set = |names: &Option<Vec<String>>| names.as_ref().map(|names| classes.named(names)).transpose();
        let mut preps = BTreeMap::new();
        for (prep, name) in &raw.preps {
            preps.insert(prep.clone(), Role::named(name).ok_or_else(|| format!("unknown role: {name}"))?);
        }
        let index = self.frames.len();
        self.frames.push(Frame {
            event: EventType::from_code(&raw.event).ok_or_else(|| format!("unknown event type: {}", raw.event))?,
            subject: role(&raw.subject, Role::Actor)?,
            object: role(&raw.object, Role::Target)?,
            preps,
            subject_is: set(&raw.subject_is)?,
            subject_is_not: classes.named(&raw.subject_is_not)?,
            subject_never: classes.named(&raw.subject_never)?,
            object_is: set(&raw.object_is)?,
            object_is_not: classes.named(&raw.object_is_not)?,
            object_never: classes.named(&raw.object_never)?,
            common_object: raw.common_object,
            any_of: set(&raw.any_of)?,
            object_optional: raw.object_optional || raw.object_is.is_none(),
            negates: raw.negates,
            needs_place: raw.needs_place,
            needs_relation: raw.needs_relation,
            needs_actor: raw.needs_actor,
            needs_other: raw.needs_other,
            new_only: raw.new_only,
            support_only: raw.support_only,
            launch_only: raw.launch_only,
            yields: raw.yields,
            support_extra: raw.support_extra.split_whitespace().map(str::to_owned).collect(),
            counts: raw.counts.clone(),
            plover: raw.plover.clone(),
            yes: raw.yes.clone(),
            no: raw.no.clone(),
            todo_yes: raw.todo_yes.clone(),
            todo_no: raw.todo_no.clone(),
            id: raw.id.clone(),
        });
        let lists = [(Kind::Verb, &raw.verbs), (Kind::Noun, &raw.nouns), (Kind::Adjective, &raw.adjs)];
        for (kind, list) in lists {
            for entry in items(list) {
                self.sense(index, kind, entry, &raw);
            }
        }
        Ok(())
    }

    fn sense(&mut self, frame: usize, kind: Kind, entry: &str, raw: &RawFrame) {
        let within = |list: &str| items(list).any(|item| item == entry);
        let pattern = if kind == Kind::Verb { Pattern::verb(entry) } else { Pattern::noun(entry) };
        let sense = Sense {
            frame,
            kind,
            again: within(&raw.again),
            object_optional: within(&raw.object_optional_for)
                || raw.whole_phrases && kind == Kind::Verb && pattern.is_whole()
                || !raw.patient_subject.is_empty() && within(&raw.patient_subject),
            reverse: within(&raw.reverse),
            patient: within(&raw.patient_subject),
            only_negated: within(&raw.only_negated),
            pattern,
        };
        self.by_head.entry(sense.pattern.head.clone()).or_default().push(self.senses.len());
        self.senses.push(sense);
    }
}
