//! Names of parties and places as event sets write them, in the names used here.
//!
//! In: a name. Out: an [`ActorRef`], known where the list of actors has it; a place's name without its kind. Never a party the row
//! does not name.

use sitrep_model::ActorRef;

use crate::Kit;
use crate::lexicon::actors::{Named, Word};

/// A place's name without what kind of place it is: "Korma town".
pub(super) fn bare(name: &str) -> &str {
    const KINDS: [&str; 7] = [" town", " city", " village", " district", " province", " governorate", " subdistrict"];
    let name = name.trim();
    let lower = name.to_ascii_lowercase();
    let kind = KINDS.iter().find(|kind| lower.ends_with(**kind));
    kind.and_then(|kind| name.get(..name.len() - kind.len())).unwrap_or(name)
}

/// The parties of a column, separated by `;`.
pub(super) fn parties(kit: &Kit, column: Option<&str>) -> Vec<ActorRef> {
    column.into_iter().flat_map(|text| text.split(';')).filter_map(|name| party(kit, name)).collect()
}

/// A party by its name.
pub(super) fn party(kit: &Kit, name: &str) -> Option<ActorRef> {
    let text = name.trim();
    // "Islamic State (Syria)", "Military Forces of Syria (2000-2024)"
    let plain = text.split(" (").next().unwrap_or(text).trim();
    if plain.is_empty() {
        return None;
    }
    let mut actor = ActorRef {
        text: text.to_owned(),
        name: plain.to_owned(),
        actor_id: None,
        kind: None,
        member_of: Vec::new(),
        refers_to: None,
    };
    if plain.eq_ignore_ascii_case("civilians") {
        actor.kind = Some("civilians".to_owned());
        return Some(actor);
    }
    let state = |start: &str| plain.strip_prefix(start).and_then(|country| find(kit, country));
    let actors = &kit.lexicon.actors;
    match (find(kit, plain), state("Government of "), state("Military Forces of ")) {
        (Some(Named::Actor(row)), ..) => {
            let known = &actors.actors[row];
            actor.name.clone_from(&known.name);
            (actor.actor_id, actor.kind) = (Some(known.id.clone()), Some(known.kind.clone()));
            actor.member_of.clone_from(&known.member_of);
        }
        (_, _, Some(Named::State(row))) => {
            let state = &actors.states[row];
            actor.name = format!("{} armed forces", state.adjective);
            actor.actor_id = Some(format!("state-{}-forces", state.iso2.to_lowercase()));
            actor.kind = Some("state forces".to_owned());
            actor.member_of = vec![state.country.clone()];
        }
        (Some(Named::State(row)), ..) | (_, Some(Named::State(row)), _) => {
            let state = &actors.states[row];
            actor.name.clone_from(&state.country);
            actor.actor_id = Some(format!("state-{}", state.iso2.to_lowercase()));
            actor.kind = Some("state".to_owned());
        }
        _ => {}
    }
    Some(actor)
}

/// What the whole of `name` names.
fn find(kit: &Kit, name: &str) -> Option<Named> {
    let words: Vec<Word> = name.split_whitespace().take(30).map(Word::new).collect();
    kit.lexicon.actors.find(&words, 0).filter(|(_, taken)| *taken == words.len()).map(|(named, _)| named)
}
