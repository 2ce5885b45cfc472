//! Status and certainty of a claim, from grammar and speakers together.
//!
//! In: [`Mood`] and [`Said`]. Out: the published codes. A plan its actor announces is a plan, not a forecast.

use sitrep_model::{AttributionType, Certainty, EventType, SourceStance, Status, Voice};

use crate::actors::Scene;
use crate::deeds::Deed;
use crate::lexicon::frames::Kind;
use crate::modality::Mood;
use crate::said::Said;

/// Whether the deed is only wished, asked or imagined.
pub(super) fn imaginary(scene: &Scene<'_>, deed: &Deed, said: &Said, mood: &Mood) -> bool {
    if deed.supposed || deed.presupposed {
        return false;
    }
    let wish = said.status == Some(Status::Hypothetical);
    let would = mood.would && !mood.future && !mood.perfect && !reported(said) && mood.word.is_none();
    let tree = &scene.trees[deed.passage];
    let first = tree.passage.voice == Voice::Comment
        && deed.actors.iter().any(|&i| matches!(tree.word(i), "i" | "you" | "we"))
        && !deed.is("other");
    let reader = tree.passage.voice == Voice::Comment && (mood.possible && mood.certainty == Some(1) || would);
    !deed.is("other") && (mood.unreal || wish || would || reader || first)
}

/// Whether somebody other than the author says it.
fn reported(said: &Said) -> bool {
    said.links.iter().any(|link| {
        !matches!(
            link.kind,
            AttributionType::Author
                | AttributionType::Hearsay
                | AttributionType::Inference
                | AttributionType::Commenter
        )
    })
}

/// How real the deed is.
pub(super) fn status(deed: &Deed, said: &Said, mood: &Mood, voice: Voice) -> Status {
    if deed.supposed {
        return Status::Hypothetical;
    }
    if deed.presupposed {
        return Status::Occurred;
    }
    let decided = said.status == Some(Status::Planned)
        && said.links.last().is_some_and(|link| link.cue.as_deref().is_some_and(|cue| cue.starts_with("decide")));
    let performed = decided && matches!(deed.event.as_str(), "concession" | "restriction" | "sanction");
    if let Some(status) = said.status
        && !performed
        && (status == Status::Forecast || !mood.negated)
    {
        return status;
    }
    let stance = said.links.last().map(|link| link.stance);
    let guess = matches!(stance, Some(SourceStance::Predict | SourceStance::Speculate | SourceStance::Warn));
    if mood.future || mood.would && reported(said) {
        let plan = reported(said) && !guess && mood.word.is_none();
        return if plan || mood.due && mood.word.is_none() { Status::Planned } else { Status::Forecast };
    }
    if mood.possible && !mood.perfect && mood.certainty == Some(1) {
        return Status::Forecast;
    }
    let state = matches!(
        deed.event.as_str(),
        "territory.held" | "territory.contested" | "force.position" | "static.location" | "territory.besieged"
    );
    // "have besieged it since April": still so.
    if state && mood.perfect && mood.since && !mood.past {
        return Status::Ongoing;
    }
    // Headlines tell what happened in the simple present.
    let headline = voice == Voice::Headline && !state && !mood.progressive;
    if mood.present && !mood.perfect && !headline && !deed.event.as_str().starts_with("statement.") {
        return Status::Ongoing;
    }
    Status::Occurred
}

/// The event as it stands after what grammar made of it: trying to take a place is attacking it.
/// What shelling hits was shelled.
pub(super) fn event(scene: &Scene<'_>, deed: &Deed, mood: &Mood) -> EventType {
    if deed.is("infrastructure.damaged")
        && let Some(means) = means(scene, deed)
    {
        return means;
    }
    let taking = matches!(deed.event.as_str(), "territory.captured" | "territory.entered" | "casualties.killed");
    let attack = EventType::from_code("attack").filter(|_| mood.attempt && taking && !mood.negated);
    attack.unwrap_or(deed.event)
}

/// The act its subject names: "the shelling hit a market".
fn means(scene: &Scene<'_>, deed: &Deed) -> Option<EventType> {
    let tree = &scene.trees[deed.passage];
    let subject = tree.subject(deed.clause).filter(|_| !tree.passive(deed.clause))?;
    let frames = &scene.lexicon.frames;
    let senses = frames.senses(tree.lemma(subject)).chain(frames.senses(tree.word(subject)));
    let sense = senses.into_iter().find(|s| s.kind == Kind::Noun && s.pattern.words() == 1)?;
    let event = frames.frames[sense.frame].event;
    matches!(event.as_str(), "shelling" | "air_strike" | "drone_strike").then_some(event)
}

/// How sure author and innermost source are.
pub(super) fn certainty(_deed: &Deed, said: &Said, mood: &Mood, status: Status) -> Certainty {
    let mut certainty =
        Certainty { author: said.author, source: said.source, word: mood.word.clone().or_else(|| said.word.clone()) };
    if status == Status::Hypothetical {
        (certainty.author, certainty.source) = (Some(0), certainty.source.map(|_| 0));
    }
    if let Some(own) = mood.certainty {
        if own < 3 {
            let weaker = |value: Option<i8>| value.map(|v| if v > 0 { v.min(own) } else { v });
            certainty.author = weaker(certainty.author);
            certainty.source = weaker(certainty.source);
        }
    } else if status == Status::Forecast {
        certainty.author = certainty.author.map(|v| v.min(2));
    }
    certainty
}
