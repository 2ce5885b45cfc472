//! Deeds told by nouns: "launched an attack", "clashes erupted", "the capture of the town by the army", "came amid shelling".
//!
//! In: a noun. Out: a [`Deed`], when the text tells it and does not merely refer back to it.

use std::collections::BTreeSet;

use sitrep_language::{Dep, Tag};
use sitrep_model::Voice;

use crate::actors::Scene;
use crate::deeds::fill::{DEEPEST, Filler};
use crate::deeds::uses::{Use, clause_of, existential, told, used};
use crate::deeds::{Deed, best, unreal};
use crate::lexicon::Carry;
use crate::lexicon::frames::{Frame, Kind, Role, Sense};
use crate::tree::Tree;

/// The deed told by the noun `i`; `known` are the tokens that tell a deed already.
pub(super) fn deed(scene: &Scene<'_>, passage: usize, i: usize, known: &[bool]) -> Option<Deed> {
    let tree = &scene.trees[passage];
    if matches!(tree.dep(i), Dep::Compound | Dep::Amod | Dep::Nmod) {
        return None;
    }
    if feared(scene, passage, i) {
        return None;
    }
    let used = used(scene, passage, i, known);
    let launched = matches!(used, Use::Does(v) if scene.lexicon.support.is(tree.lemma(v), Carry::Launches))
        || matches!(used, Use::Occurs(v) if matches!(tree.lemma(v), "begin" | "start" | "commence"));
    let rate = |sense: &Sense, frame: &Frame| {
        if frame.launch_only && !launched {
            return None;
        }
        if frame.support_only && !matches!(used, Use::Does(_) | Use::Occurs(_) | Use::Reported(_) | Use::Suffers(_)) {
            let extra =
                tree.governing_verb(i).is_some_and(|v| frame.support_extra.iter().any(|word| word == tree.lemma(v)));
            if !extra {
                return None;
            }
        }
        let found = sense.pattern.find(tree, i)?;
        let fits = found.governed.zip(frame.object_is).is_none_or(|(k, set)| scene.classes(passage, k).meets(set));
        if !fits {
            return None;
        }
        if !frame.any_of.is_none_or(|set| scene.classes(passage, i).meets(set) || found.governed.is_some())
            && sense.pattern.words() == 1
        {
            return None;
        }
        Some((usize::from(frame.launch_only), found))
    };
    // "Operation Desert Shield was launched".
    let named = tree.is_proper(i) && tree.kids(i).iter().any(|&k| k < i && tree.raw(k) == "Operation");
    let key = match (named, tree.is_noun(i)) {
        (true, _) => "operation",
        (false, true) => tree.lemma(i),
        (false, false) => tree.word(i),
    };
    let (fit, found) = best(scene, &[key], &[Kind::Noun], rate)?;
    // "will impose a curfew in response to riots": the riots are no part of what will be.
    let clause = clause_of(used).or_else(|| tree.governing_verb(i).filter(|_| !answered(tree, i))).unwrap_or(i);
    let mut deed = Deed::new(passage, i, clause, fit.sense.frame, fit.frame.event, Kind::Noun);
    deed.again = fit.sense.again
        || tree.kids(i).iter().any(|&k| matches!(tree.word(k), "renewed" | "fresh" | "second" | "another" | "again"));
    deed.covered = found.covered.clone();
    if let Use::Reported(verb) = used {
        deed.reported_by = Some(verb);
    }
    let mut filler = Filler { scene, frame: fit.frame, sense: fit.sense, deed: &mut deed, left: DEEPEST };
    if let Some(object) = found.governed {
        filler.put(fit.frame.object, object);
    }
    own_arguments(&mut filler, i, &found.covered);
    // "after the fall of the town" dates something else; "in the shelling of the town" tells where people died.
    let own = if filler.deed.event.family() == "territory" {
        filler.deed.arguments().collect::<BTreeSet<usize>>().len()
    } else {
        filler.deed.arguments().count()
    };
    // "since the fall of the district on July 4": what has a day of its own is told.
    let own = own + usize::from(scene.times_near(passage, i).any(|m| m.first > i && tree.under(m.first, i)));
    let told = told(scene, passage, i, used, own, fit.frame, fit.sense);
    // "to oversee a truce", "to prevent attacks": what a purpose is about may never be.
    let aimed = matches!(used, Use::Mentioned)
        && !tree.has_det(i, &["the"])
        && !tree.kids(i).iter().any(|&k| tree.dep(k) == Dep::Poss)
        && tree
            .governing_verb(i)
            .is_some_and(|v| tree.dep(i) == Dep::Dobj && unreal(scene, passage, v) == Some("purpose"));
    let meant = matches!(used, Use::Does(v) if unreal(scene, passage, v) == Some("purpose"));
    let spoken_of = matches!(used, Use::Mentioned | Use::Adjunct) && known_to_be(scene, passage, i);
    if spoken_of && presupposed(scene, filler.deed) {
        (filler.deed.presupposed, filler.deed.clause) = (true, i);
        return deed_stands(&deed, fit.frame, Use::Mentioned).then_some(deed);
    }
    if !told || aimed || meant {
        return None;
    }
    // "There was no claim of responsibility": nobody's, and that is what is told.
    let nobody = filler.deed.is("statement.responsibility") && tree.has_det(i, &["no"]);
    let anonymous = nobody || filler.deed.is("statement.denied");
    if filler.deed.event.family() == "statement" && filler.deed.actors.is_empty() && !anonymous {
        return None;
    }
    // "met to discuss the release of prisoners": what is talked about may never be.
    let family = filler.deed.event.family();
    let soft =
        matches!(family, "agreement" | "aid" | "surrender" | "concession") || filler.deed.is("detention.released");
    let talked = |v: usize| scene.lexicon.words.noun.talked.has(tree.lemma(v));
    if soft && matches!(used, Use::Mentioned) && tree.dep(i) == Dep::Dobj && talked(tree.head(i)) {
        return None;
    }
    verb_arguments(&mut filler, used);
    purpose(&mut filler, i, used);
    (fit.sense.pattern.words() > 1 || deed_stands(&deed, fit.frame, used)).then_some(deed)
}

/// "the possibility of attacks", "the danger of clashes": nothing that is told.
fn feared(scene: &Scene<'_>, passage: usize, i: usize) -> bool {
    let tree = &scene.trees[passage];
    let first = tree.first_conjunct(i);
    let prep = tree.head(first);
    let noun = tree.lemma(tree.head(prep));
    let open = scene.lexicon.words.noun.feared.has(noun);
    tree.dep(first) == Dep::Pobj && matches!(tree.word(prep), "of" | "for") && open
}

/// Whether the words around a noun take it for a fact: "condemned the murder", "the investigation into the murder", "after the murder".
fn known_to_be(scene: &Scene<'_>, passage: usize, i: usize) -> bool {
    let words = &scene.lexicon.words.noun;
    let tree = &scene.trees[passage];
    let first = tree.first_conjunct(i);
    let head = tree.head(first);
    match tree.dep(first) {
        Dep::Dobj | Dep::Nsubjpass => words.facts.has(tree.lemma(head)),
        Dep::Pobj => {
            let fact = words.fact_prepositions.has(tree.word(head));
            let above = tree.lemma(tree.head(head));
            fact && !words.planned.has(above) && !words.planning.has(above)
        }
        _ => false,
    }
}

/// "condemned the murder of Senator Vastrez", "after the kidnapping of six nuns": a deed of violence to people named or counted took
/// place, whatever else is said of it.
fn presupposed(scene: &Scene<'_>, deed: &Deed) -> bool {
    let tree = &scene.trees[deed.passage];
    let violent = matches!(
        deed.event.as_str(),
        "civilians.attacked" | "civilians.abducted" | "casualties.killed" | "casualties.wounded"
    );
    let loose =
        matches!(tree.lemma(deed.trigger), "death" | "casualty" | "loss" | "toll" | "injury" | "wound" | "fatality");
    let definite = tree.has_det(deed.trigger, &["the", "this", "that"]) || tree.has(deed.trigger, Dep::Poss);
    let civilian = scene.lexicon.classes.one("civilian");
    let specific = |&i: &usize| {
        let the = tree.has_det(i, &["the", "these", "those"]) && scene.classes(deed.passage, i).meets(civilian);
        tree.is_proper(i) || tree.has(i, Dep::Nummod) || the
    };
    violent
        && !loose
        && definite
        && tree.passage.voice != Voice::Comment
        && deed.victims.iter().chain(&deed.targets).any(specific)
}

/// "Shelling of the town killed two", "there was fighting": a gerund the parser calls a verb.
pub(super) fn gerund(tree: &Tree<'_>, i: usize) -> bool {
    let nominal = matches!(tree.dep(i), Dep::Nsubj | Dep::Nsubjpass | Dep::Dobj | Dep::Pobj) && !tree.has(i, Dep::Dobj);
    tree.tag(i) == Tag::Vbg && (nominal || existential(tree, i))
}

/// "in response to riots", "in retaliation for the raid", "despite the shelling".
fn answered(tree: &Tree<'_>, i: usize) -> bool {
    let prep = tree.head(tree.first_conjunct(i));
    let above = tree.lemma(tree.head(prep));
    match tree.word(prep) {
        "to" => matches!(above, "response" | "reaction"),
        "for" => matches!(above, "retaliation" | "revenge" | "reprisal" | "response"),
        "despite" => true,
        _ => false,
    }
}

/// A casualty noun needs its people, a deal its parties, a noun of capture its place.
fn deed_stands(deed: &Deed, frame: &Frame, used: Use) -> bool {
    match frame.object {
        Role::Victims if frame.counts.is_some() => !deed.victims.is_empty() || !deed.targets.is_empty(),
        Role::Victims => deed.arguments().next().is_some(),
        Role::Place if !matches!(used, Use::Does(_)) => !deed.places.is_empty(),
        Role::Things => !deed.things.is_empty(),
        _ if frame.needs_actor => !deed.actors.is_empty() || !deed.actors_inside.is_empty(),
        _ => !(deed.is("other")),
    }
}

/// The noun's own owner, modifiers and prepositional phrases.
fn own_arguments(filler: &mut Filler<'_, '_, '_>, i: usize, covered: &[usize]) {
    let scene = filler.scene;
    let passage = filler.deed.passage;
    let tree = &scene.trees[passage];
    for &k in tree.kids(i) {
        if covered.contains(&k) {
            continue;
        }
        match tree.dep(k) {
            Dep::Poss => {
                let undergoes = matches!(filler.frame.object, Role::Victims | Role::Place | Role::Things)
                    && !(scene.is_actor(passage, k) && filler.frame.object != Role::Victims)
                    && tree.tag(k) != Tag::PrpPoss;
                filler.put(if undergoes { filler.frame.object } else { Role::Actor }, k);
            }
            Dep::Compound | Dep::Nmod | Dep::Amod | Dep::Nsubj if k < i => modifier(filler, i, k),
            Dep::Relcl | Dep::Acl if tree.tag(k) == Tag::Vbn => {
                if let Some(agent) = tree.agent(k) {
                    filler.put(Role::Actor, agent);
                }
                filler.preps(k, None);
            }
            _ => {}
        }
    }
    let governed = filler.deed.arguments().next();
    for carrier in std::iter::once(i).chain(covered.iter().copied()) {
        filler.preps(carrier, governed);
    }
}

/// "ISIS attack", "Israeli airstrikes", "Orsk offensive", "mortar attack", "civilian deaths".
fn modifier(filler: &mut Filler<'_, '_, '_>, i: usize, k: usize) {
    let scene = filler.scene;
    let passage = filler.deed.passage;
    let tree = &scene.trees[passage];
    let classes = &scene.lexicon.classes;
    if let Some(hit) = scene.hit(passage, k) {
        if scene.tie(passage, hit).is_none() {
            if filler.frame.object == Role::Victims {
                filler.put(Role::Victims, k);
            } else {
                for part in tree.conjuncts(k) {
                    if scene.hit(passage, part).is_some() && !filler.deed.actors.contains(&part) {
                        filler.deed.actors.push(part);
                    }
                }
            }
        }
        return;
    }
    let set = classes.of(tree.lemma(k));
    if scene.place_at(passage, k).is_some() {
        filler.deed.places.push((k, Role::Place));
    } else if filler.frame.object == Role::Victims
        && (set.meets(classes.one("civilian").with(classes.one("fighter"))) || tree.lemma(k) == "civilian")
    {
        filler.deed.victims.push(i);
        filler.deed.targets.push(k);
    } else if set.meets(
        classes.one("weapon").with(classes.one("aircraft")).with(classes.one("bomb")).with(classes.one("projectile")),
    ) {
        filler.deed.instruments.push(k);
    } else if set.meets(classes.one("fighter").with(classes.one("force"))) && tree.is_noun(k) {
        filler.deed.actors.push(k);
    }
}

/// "an operation to take the city": where it is heading.
fn purpose(filler: &mut Filler<'_, '_, '_>, i: usize, used: Use) {
    let scene = filler.scene;
    let tree = &scene.trees[filler.deed.passage];
    let carriers = [Some(i), clause_of(used)];
    for carrier in carriers.into_iter().flatten() {
        let aim = tree.kids(carrier).iter().copied().find(|&k| {
            let to = tree.kids(k).iter().any(|&m| tree.dep(m) == Dep::Aux && tree.tag(m) == Tag::To);
            matches!(tree.dep(k), Dep::Acl | Dep::Advcl | Dep::Relcl) && tree.tag(k) == Tag::Vb && to
        });
        if let Some(object) = aim.and_then(|k| tree.object(k)) {
            filler.put(Role::Destination, object);
        }
    }
}

/// What the supporting verb adds.
fn verb_arguments(filler: &mut Filler<'_, '_, '_>, used: Use) {
    let scene = filler.scene;
    let tree = &scene.trees[filler.deed.passage];
    let Some(verb) = clause_of(used) else { return };
    let doer = if tree.passive(verb) { tree.agent(verb) } else { tree.subject(verb) };
    match used {
        Use::Does(_) => {
            if let Some(doer) = doer {
                filler.put(Role::Actor, doer);
            }
        }
        Use::Suffers(_) => {
            if let Some(subject) = tree.subject(verb) {
                let role = if matches!(filler.frame.object, Role::Other) { Role::Actor } else { Role::Target };
                filler.put(role, subject);
            }
        }
        Use::Witnesses(_) => {
            if let Some(subject) = tree.subject(verb) {
                filler.put(Role::Place, subject);
            }
        }
        _ => {}
    }
    if let Use::Causes(verb) = used {
        if scene.lexicon.words.noun.hits.has(tree.lemma(verb)) {
            let object = if tree.passive(verb) { tree.subject(verb) } else { tree.object(verb) };
            if let Some(object) = object {
                filler.put(Role::Target, object);
            }
            let trigger = filler.deed.trigger;
            filler.preps(verb, Some(trigger));
        }
        return;
    }
    if matches!(used, Use::Identified(_)) {
        return;
    }
    let trigger = filler.deed.trigger;
    filler.preps(verb, Some(trigger));
}
