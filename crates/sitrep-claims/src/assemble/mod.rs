//! Puts a deed together with its speakers, places, time and numbers into a claim.
//!
//! In: the deeds of one document. Out: [`Claim`]s in text order, with ids that depend on content alone. Drops what is only wished,
//! asked or imagined.

mod anchored;
mod carried;
mod codes;
mod forecast;
mod known;
mod logged;
mod passage;
mod status;

use std::collections::BTreeMap;

use sitrep_model::{Claim, ClaimId, Document, Instrument, Polarity, SourceStance, Status, Thing, Time, Voice};

use crate::actors::Scene;
use crate::attach::place::{self, Places};
use crate::attach::time::{self, Clock, From};
use crate::deeds::Deed;
use crate::modality::{Mood, mood};
use crate::quantity::quantities;
use crate::said::{Said, commenter, said};

/// One deed with all that was found out about it.
pub(crate) struct Told {
    pub(crate) deed: Deed,
    pub(crate) said: Said,
    pub(crate) mood: Mood,
    pub(crate) places: Places,
    pub(crate) time: Option<(Time, From)>,
}

/// The claims of `document`, given the deeds of each passage.
pub(crate) fn claims(scene: &Scene<'_>, document: &Document, clock: &Clock, deeds: &[Vec<Deed>]) -> Vec<Claim> {
    let mut told: Vec<Told> = Vec::new();
    for deeds in deeds {
        let start = told.len();
        for deed in deeds {
            let said = said(scene, deed);
            let mood = mood(scene, deed);
            if status::imaginary(scene, deed, &said, &mood) {
                continue;
            }
            let places = place::places(scene, deed, deeds);
            let time = time::time(scene, clock, deed, deeds, &said, &mood);
            told.push(Told { deed: deed.clone(), said, mood, places, time });
        }
        share(scene, &mut told, start);
        doers(scene, &mut told, start);
    }
    let entries = logged::Entries::new(scene);
    logged::enter(scene, &mut told, clock, &entries);
    known::drop_told(scene, &mut told);
    anchored::anchor(scene, &mut told, clock, deeds);
    remembered(scene, &mut told);
    identified(scene, &mut told);
    carried::carry(scene, &mut told, &entries);
    let mut claims = Vec::with_capacity(told.len());
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for one in &told {
        if let Some(claim) = claim(scene, document, one, clock, &deeds[one.deed.passage], &mut seen) {
            claims.push(claim);
        }
    }
    link(&mut claims);
    claims
}

/// Within a sentence, a deed without a place takes it from the deed it hangs on or is coordinated with.
fn share(scene: &Scene<'_>, told: &mut [Told], start: usize) {
    const SHARING: [&str; 12] = [
        "support.military",
        "casualties.killed",
        "casualties.wounded",
        "equipment.destroyed",
        "equipment.captured",
        "detention.arrested",
        "clash",
        "air_strike",
        "drone_strike",
        "explosive",
        "shelling",
        "infrastructure.damaged",
    ];
    for b in start..told.len() {
        if told[b].places.place.is_some() || !SHARING.contains(&told[b].deed.event.as_str()) {
            continue;
        }
        let tree = &scene.trees[told[b].deed.passage];
        let clause = told[b].deed.clause;
        let near = (start..told.len()).filter(|&a| a != b).filter(|&a| {
            let other = told[a].deed.clause;
            tree.sentence(other) == tree.sentence(clause) && (tree.under(clause, other) || tree.under(other, clause))
        });
        let donor = near
            .filter(|&a| told[a].places.place.is_some())
            .min_by_key(|&a| told[a].deed.trigger.abs_diff(told[b].deed.trigger));
        if let Some(a) = donor {
            told[b].places.place = told[a].places.place.clone();
            // The dead of a strike die when it falls.
            let own = matches!(told[b].time, Some((_, From::Own | From::Clause)));
            if told[b].deed.event.family() == "casualties" && !own {
                told[b].time = told[a].time.clone().map(|(time, _)| (time, From::Clause));
            }
        }
    }
}

/// Who did what killed: the casualties of a strike are its doer's, "clashes killed ten" has none.
fn doers(scene: &Scene<'_>, told: &mut [Told], start: usize) {
    const RESULTS: [&str; 4] =
        ["casualties.killed", "casualties.wounded", "infrastructure.damaged", "civilians.displaced"];
    const MEANS: [&str; 8] = [
        "attack",
        "air_strike",
        "drone_strike",
        "shelling",
        "explosive",
        "suicide_attack",
        "chemical_attack",
        "grenade",
    ];
    for b in start..told.len() {
        let deed = &told[b].deed;
        // "fired rockets after the killing of a commander": answered, not done.
        let tree = &scene.trees[deed.passage];
        let answered = deed.kind == crate::lexicon::frames::Kind::Noun
            && tree.ancestors(deed.trigger).take(2).any(|a| {
                tree.dep(a) == sitrep_language::Dep::Prep
                    && matches!(tree.word(a), "for" | "after" | "following" | "over" | "since" | "despite")
            });
        if answered || !deed.actors.is_empty() || !RESULTS.contains(&deed.event.as_str()) {
            continue;
        }
        let tree = &scene.trees[deed.passage];
        let clause = deed.clause;
        let related = |a: usize| {
            let other = &told[a].deed;
            let same = tree.sentence(other.trigger) == tree.sentence(clause);
            same && (tree.under(other.trigger, clause) || tree.under(clause, other.clause))
        };
        let cause = (start..told.len()).find(|&a| {
            a != b && MEANS.contains(&told[a].deed.event.as_str()) && !told[a].deed.actors.is_empty() && related(a)
        });
        if let Some(a) = cause {
            let actors = told[a].deed.actors.clone();
            told[b].deed.actors = actors;
        }
    }
}

/// "launched their final attack" told again: the same words in the same paragraph or the one before, by the same actor.
fn remembered(scene: &Scene<'_>, told: &mut [Told]) {
    for b in 1..told.len() {
        let (before, rest) = told.split_at_mut(b);
        let this = &mut rest[0];
        if this.places.place.is_some() || this.mood.future {
            continue;
        }
        let tree = &scene.trees[this.deed.passage];
        let lemma = tree.lemma(this.deed.trigger);
        let pointing = tree
            .kids(this.deed.trigger)
            .iter()
            .any(|&k| matches!(tree.word(k), "the" | "their" | "its" | "this" | "that" | "his"));
        if !pointing {
            continue;
        }
        let same = before.iter().rev().take(6).find(|other| {
            let there = &scene.trees[other.deed.passage];
            other.deed.event == this.deed.event
                && there.lemma(other.deed.trigger) == lemma
                && there.passage.comment == tree.passage.comment
                && other.deed.passage + 2 >= this.deed.passage
                && (other.places.place.is_some() || other.places.destination.is_some())
        });
        if let Some(other) = same {
            this.places.place = other.places.place.clone().or_else(|| other.places.destination.clone());
            let own = this.time.as_ref().is_some_and(|(_, from)| matches!(from, From::Own | From::Clause));
            if !own {
                this.time = other.time.clone().map(|(time, _)| (time, From::Narrative));
            }
        }
    }
}

/// "this was a pocket of resistance": where what is told just before happened.
fn identified(scene: &Scene<'_>, told: &mut [Told]) {
    for b in 1..told.len() {
        let (before, rest) = told.split_at_mut(b);
        let (this, last) = (&mut rest[0], &before[b - 1]);
        let tree = &scene.trees[this.deed.passage];
        let clause = this.deed.clause;
        let pointing = tree.lemma(clause) == "be"
            && tree.subject(clause).is_some_and(|s| matches!(tree.word(s), "this" | "that" | "it" | "these"));
        if this.places.place.is_none() && pointing && last.deed.passage == this.deed.passage {
            this.places.place = last.places.place.clone();
        }
    }
}

fn claim(
    scene: &Scene<'_>,
    document: &Document,
    told: &Told,
    clock: &Clock,
    others: &[Deed],
    seen: &mut BTreeMap<String, usize>,
) -> Option<Claim> {
    let Told { deed, said, mood, places, time } = told;
    let tree = &scene.trees[deed.passage];
    let frame = scene.lexicon.frames.frames.get(deed.frame);
    let span = passage::core(scene, deed);
    let sentence = tree.sentence_range(tree.sentence(deed.trigger));
    let sentence = tree.span(sentence.start, sentence.end.saturating_sub(1).max(sentence.start));
    let comment = tree.passage.comment.and_then(|index| document.comments.get(index));
    let status = status::status(deed, said, mood, tree.passage.voice);
    let negated = mood.negated && !deed.is("statement.no_comment");
    let polarity = if negated { Polarity::Negated } else { Polarity::Affirmed };
    let event = status::event(scene, deed, mood);
    let (actors, targets) = passage::people(scene, deed);
    let mut attribution = said.links.clone();
    if tree.passage.voice == Voice::Comment {
        attribution.retain(|link| link.kind != sitrep_model::AttributionType::Author);
        attribution.insert(0, commenter());
    }
    let quote = span.of(&document.text).to_owned();
    if quote.is_empty() {
        return None;
    }
    let key = format!("{} {} {} {}", span.start, span.end, event.as_str(), tree.phrase(deed.trigger, deed.trigger));
    let ordinal = seen.entry(key.clone()).or_insert(0);
    *ordinal += 1;
    let id = ClaimId::of(&[document.id.as_str(), &key, &ordinal.to_string()]);
    let certainty = status::certainty(deed, said, mood, status);
    let condition_text = mood.condition.map(|(first, last)| tree.phrase(first, last));
    let mut notes = passage::notes(time.as_ref().map(|t| t.1), deed, mood);
    if places.carried {
        notes.push("place taken from the act told before".to_owned());
    }
    notes.extend(frame.map(|f| format!("frame {}", f.id)));
    let time = time.clone().map(|(time, from)| match clock.written_of(scene, deed.passage) {
        // What has happened did not happen after the day of writing, whatever its words seem to say.
        Some(day) if status == Status::Occurred => {
            let told = from == From::Relation && time.from.is_none() && time.to.is_none();
            let time = if told { Time { to: Some(day), ..time } } else { time };
            (time::not_after(time, day), from)
        }
        _ => (time, from),
    });
    let names: Vec<String> = actors.iter().map(|actor| actor.name.clone()).collect();
    let published = document.published.as_ref().map(|p| p.date);
    let when = time.as_ref().map(|t| &t.0);
    let coded = codes::Told {
        status,
        polarity,
        refused: mood.refused,
        unless: mood.condition.is_some_and(|(first, _)| tree.word(first) == "unless"),
        own: frame.and_then(|f| f.plover.as_deref()),
    };
    let forecast =
        (status == Status::Forecast).then(|| forecast::forecast(scene, deed, mood, when, published, &names, &quote));
    Some(Claim {
        claim_id: id,
        document: document.id.clone(),
        document_path: document.path.clone(),
        voice: tree.passage.voice,
        comment_id: comment.map(|c| c.id.clone()),
        start: span.start,
        end: span.end,
        quote,
        sentence_start: sentence.start,
        sentence_end: sentence.end,
        event,
        codes: codes::codes(event, coded, &actors),
        things: things(scene, deed),
        instruments: instruments(scene, deed),
        operation: passage::operation(scene, deed),
        actors,
        targets,
        place: places.place.clone(),
        time: time.as_ref().map(|t| t.0.clone()),
        origin: places.origin.clone(),
        destination: places.destination.clone(),
        quantities: quantities(scene, deed, others, frame),
        status,
        polarity,
        again: deed.again || crate::attach::length::nth_time(scene, deed, others).is_some(),
        attribution,
        certainty,
        condition: None,
        condition_text,
        about: None,
        forecast,
        extraction: passage::extraction(deed, frame.is_some()),
        rule: frame.map_or_else(|| format!("state/{}", event.as_str()), |f| format!("frame/{}", f.id)),
        notes,
    })
}

fn instruments(scene: &Scene<'_>, deed: &Deed) -> Vec<Instrument> {
    let tree = &scene.trees[deed.passage];
    let mut all: Vec<Instrument> = Vec::new();
    for &i in &deed.instruments {
        for part in tree.conjuncts(i) {
            let instrument = Instrument { text: tree.noun_text(part), kind: kind_of(scene, deed.passage, part) };
            if !all.contains(&instrument) {
                all.push(instrument);
            }
        }
    }
    all
}

/// The things a deed is done to, coordination taken apart.
fn things(scene: &Scene<'_>, deed: &Deed) -> Vec<Thing> {
    const KINDS: [&str; 9] =
        ["drone", "aircraft", "ship", "vehicle", "infrastructure", "depot", "weapon", "property", "position"];
    let tree = &scene.trees[deed.passage];
    let mut all: Vec<Thing> = Vec::new();
    for part in deed.things.iter().flat_map(|&i| tree.conjuncts(i)) {
        let set = scene.lexicon.classes.of(tree.lemma(part));
        let kind = KINDS.iter().find(|name| set.meets(scene.lexicon.classes.one(name)));
        let thing = Thing { text: tree.noun_text(part), kind: kind.map(|name| (*name).to_owned()) };
        if tree.is_noun(part) && !all.contains(&thing) {
            all.push(thing);
        }
    }
    all
}

fn kind_of(scene: &Scene<'_>, passage: usize, i: usize) -> Option<String> {
    let set = scene.lexicon.classes.of(scene.trees[passage].lemma(i));
    let names = ["drone", "aircraft", "ship", "bomb", "projectile", "vehicle", "weapon"];
    names.iter().find(|name| set.meets(scene.lexicon.classes.one(name))).map(|name| (*name).to_owned())
}

/// A denial, and the deed it denies, are about the nearest earlier claim of that deed by somebody else; about nothing when there is none.
fn denied(claims: &mut [Claim], at: usize) {
    const REACH: usize = 40;
    let content = (at + 1..claims.len().min(at + 3)).find(|&k| {
        let (this, that) = (&claims[at], &claims[k]);
        that.sentence_start == this.sentence_start && that.attribution.iter().any(|l| l.stance == SourceStance::Deny)
    });
    let holder = |c: &Claim| c.attribution.last().and_then(|link| link.holder.clone());
    let own = holder(&claims[at]);
    let near = claims[at.saturating_sub(REACH)..at].iter().rev();
    let mut others = near.filter(|c| {
        c.comment_id.is_none() && c.sentence_start != claims[at].sentence_start && c.event.family() != "statement"
    });
    let about = match content {
        Some(k) => {
            let deed = &claims[k];
            others.find(|c| c.event.family() == deed.event.family() && alike(c, deed) && holder(c) != own)
        }
        // "denied the report": what was said last.
        None => others.next().filter(|c| holder(c) != own),
    };
    let id = about.map(|c| c.claim_id.clone());
    if let Some(k) = content {
        claims[k].about.clone_from(&id);
    }
    claims[at].about = id;
}

/// Whether two claims may tell the same deed: no place and no doer they disagree on.
fn alike(one: &Claim, two: &Claim) -> bool {
    let name = |c: &Claim| c.place.as_ref().and_then(|p| p.name.clone().filter(|_| p.lat.is_some()));
    let places = name(one).zip(name(two)).is_none_or(|(a, b)| a == b);
    let doers = one.actors.is_empty()
        || two.actors.is_empty()
        || one.actors.iter().any(|a| {
            two.actors
                .iter()
                .any(|b| a.name == b.name || a.member_of.contains(&b.name) || b.member_of.contains(&a.name))
        });
    places && doers
}

/// Confirmations, denials and silences attach to the claim told before them.
fn link(claims: &mut [Claim]) {
    for at in 1..claims.len() {
        let about =
            matches!(claims[at].event.as_str(), "statement.confirmed" | "statement.denied" | "statement.no_comment");
        if !about {
            continue;
        }
        let comment = claims[at].comment_id.clone();
        if comment.is_none() && claims[at].event.as_str() == "statement.denied" {
            denied(claims, at);
            continue;
        }
        let earlier = claims[..at].iter().rev().find(|c| {
            c.comment_id == comment && !c.event.as_str().starts_with("statement.")
                || comment.is_some() && c.comment_id.is_none() && c.voice == Voice::Article
        });
        let id = earlier.map(|c| c.claim_id.clone());
        claims[at].about = id;
    }
    let conditions: Vec<(usize, ClaimId)> = claims
        .iter()
        .enumerate()
        .filter(|(_, c)| c.status == Status::Forecast || c.status == Status::Conditional)
        .filter_map(|(at, c)| {
            let text = c.condition_text.as_deref()?.to_lowercase();
            let source = ["source", "report", "claim", "news"].iter().any(|word| text.contains(word));
            let known = claims[..at]
                .iter()
                .rev()
                .find(|k| k.attribution.iter().any(|link| link.holder.is_some()) && k.comment_id == c.comment_id)?;
            source.then(|| (at, known.claim_id.clone()))
        })
        .collect();
    for (at, id) in conditions {
        claims[at].condition = Some(id);
    }
    supposed(claims);
}

/// "If the rebels take the town, the army will leave": what is foreseen hangs on the claim its if-clause makes.
fn supposed(claims: &mut [Claim]) {
    const NEAR: usize = 6;
    for at in 0..claims.len() {
        let Some(condition) = claims[at].condition_text.clone() else { continue };
        if claims[at].condition.is_some() || matches!(claims[at].status, Status::Occurred | Status::Hypothetical) {
            continue;
        }
        let near = at.saturating_sub(NEAR)..claims.len().min(at + NEAR);
        let told = near.into_iter().find(|&k| {
            let other = &claims[k];
            other.status == Status::Hypothetical
                && other.sentence_start == claims[at].sentence_start
                && condition.contains(other.quote.split_whitespace().next_back().unwrap_or(&condition))
        });
        if let Some(k) = told {
            claims[at].condition = Some(claims[k].claim_id.clone());
            if claims[at].status == Status::Forecast {
                claims[at].status = Status::Conditional;
            }
        }
    }
}
