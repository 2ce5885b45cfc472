//! The places of a deed: what its roles name, what hangs on it, what "the city" points back to.
//!
//! In: a deed and the place mentions of its document. Out: [`Places`]. A place nobody located keeps its words.

use sitrep_language::{Dep, Tag};
use sitrep_model::{Place, PlaceStatus};

use crate::actors::Scene;
use crate::attach::widen::widen;
use crate::attach::{belongs, triggers};
use crate::deeds::Deed;
use crate::lexicon::actors::Named;
use crate::lexicon::frames::Role;
use crate::place::{PlaceMention, PlaceUse};

/// Where a deed happened, came from and was heading.
#[derive(Debug, Clone, Default)]
pub(crate) struct Places {
    pub(crate) place: Option<Place>,
    pub(crate) origin: Option<Place>,
    pub(crate) destination: Option<Place>,
    /// Nothing in its own sentence names the place: it is that of the act told before.
    pub(crate) carried: bool,
}

/// How many mentions of a passage "the city" looks back through.
const REACH_MENTIONS: usize = 100;
/// How far above a name the "towards" of its phrase may stand.
const REACH_UP: usize = 6;
/// How far "a part of the outskirts of" is followed.
const DEEPEST: usize = 6;

/// A place that may be a deed's: its role, and how far from the first choice it is.
struct Choice {
    role: Role,
    cost: usize,
    /// Whether the deed's own frame asked for it as its object.
    object: bool,
    place: Place,
}

/// What every noun between a place and the deed costs it: "clashes hours after the talks in Moscow".
const NOUN_BETWEEN: usize = 6;
/// What it costs not to be the deed's object.
const NO_OBJECT: usize = 10;
/// What it costs not to name anything: "Kurdish positions".
const NAMELESS: usize = 12;

/// The places of `deed`.
pub(crate) fn places(scene: &Scene<'_>, deed: &Deed, others: &[Deed]) -> Places {
    let lists = &scene.lexicon.whereabouts;
    let code = deed.event.as_str();
    let found = choices(scene, deed, others);
    let mut places = Places::default();
    for wanted in [Role::Place, Role::Origin, Role::Destination] {
        let best = found.iter().filter(|c| c.role == wanted).min_by_key(|c| c.cost);
        let slot = match wanted {
            Role::Origin => &mut places.origin,
            Role::Destination => &mut places.destination,
            _ => &mut places.place,
        };
        *slot = best.map(|c| c.place.clone());
        // "the village, west of the station": the relation tells the village.
        if let Some(place) = slot.as_mut().filter(|p| p.relation.is_none()) {
            let told = found.iter().filter(|c| c.role == wanted && !c.object && tells(&c.place)).min_by_key(|c| c.cost);
            if let Some(told) = told.map(|c| &c.place) {
                *place = told_by(place, told);
            }
        }
    }
    let stays = !lists.moves(code) || lists.at_goal(code);
    if stays && places.place.is_none() {
        let tree = &scene.trees[deed.passage];
        let headed = tree.kids(deed.trigger).iter().any(|&k| {
            matches!(tree.word(k), "towards" | "toward")
                && places.destination.as_ref().is_some_and(|d| leads(scene, deed, k, d))
        });
        let reached = if headed { None } else { places.destination.take() };
        places.place = reached.or_else(|| places.origin.take());
    }
    if places.place.is_none() && lists.arrives(code) {
        places.place = places.destination.clone();
    }
    // Who leaves a place leaves it there.
    if places.place.is_none() && lists.leaves(code) {
        places.place = places.origin.clone();
    }
    if places.place.is_none() && lists.at_home(code) {
        places.place = home(scene, deed);
    }
    if places.place.is_none() {
        places.place = inside(scene, deed, others);
    }
    if deed.is("static.location") {
        located(scene, deed, &mut places);
    } else if let Some(place) = &mut places.place {
        widen(scene, deed.passage, deed.trigger, place);
    }
    places
}

/// A place nobody could locate, located by what is told beside it: "a base in Varnesh, 200 kilometres from Karst".
fn told_by(place: &Place, told: &Place) -> Place {
    let own = place.clone();
    if place.lat.is_some() || told.lat.is_none() {
        return Place { relation: told.relation.clone(), ..own };
    }
    Place { text: own.text, name: own.name, kind: own.kind, geonames_id: None, ..told.clone() }
}

/// Every place that may be the deed's, with its cost.
fn choices(scene: &Scene<'_>, deed: &Deed, others: &[Deed]) -> Vec<Choice> {
    let tree = &scene.trees[deed.passage];
    let mut found: Vec<Choice> = Vec::new();
    let moving = scene.lexicon.whereabouts.moves(deed.event.as_str());
    for &(i, role) in &deed.places {
        let from = tree.head(i);
        let came = !moving && tree.word(from) == "from" && comes(scene, deed, from);
        if role == Role::None || came && role != Role::Place {
            continue;
        }
        if let Some(place) = resolve(scene, deed.passage, i) {
            // "40km away from Varnesh": the distance owns its "from"; nobody came from there.
            let role = if role == Role::Origin && tells(&place) { Role::Place } else { role };
            let object = tree.object(deed.trigger) == Some(i)
                || tree.passive(deed.trigger) && tree.subject(deed.trigger) == Some(i);
            let nameless = place.status == PlaceStatus::Unknown && !names(scene, deed.passage, i);
            let cost = vagueness(&place) + if object { 0 } else { NO_OBJECT } + if nameless { NAMELESS } else { 0 };
            found.push(Choice { role, cost, object, place });
        }
    }
    for mention in scene.places_near(deed.passage, deed.trigger) {
        if !plain(mention)
            || !belongs(scene, deed, others, mention.head)
            || deed.places.iter().any(|&(i, _)| covers(scene, deed.passage, mention, i))
        {
            continue;
        }
        if let Some(role) = loose(scene, deed, mention) {
            let cost = NO_OBJECT + vagueness(&mention.place) + NOUN_BETWEEN * nouns_between(scene, deed, mention);
            found.push(Choice { role, cost, object: false, place: mention.place.clone() });
        }
    }
    found
}

/// How many nouns that are not the deed's own things stand between it and a place.
fn nouns_between(scene: &Scene<'_>, deed: &Deed, mention: &PlaceMention) -> usize {
    let tree = &scene.trees[deed.passage];
    let above = tree.ancestors(mention.head).take_while(|a| *a != deed.trigger && *a != deed.clause);
    let inside = |a: usize| (mention.first..mention.end).contains(&a);
    let own = |a: usize| deed.arguments().any(|i| i == a);
    // "the stronghold in the land, Varnesh": an apposition is another name, not a step away.
    let named = |a: usize| tree.kids(a).iter().any(|&k| tree.dep(k) == Dep::Appos && tree.under(mention.head, k));
    above.filter(|&a| tree.is_noun(a) && !inside(a) && !own(a) && !named(a)).count()
}

/// Whether the noun phrase of `i` has a name in it that is no people's: "Varnesh station", not "Kurdish positions".
fn names(scene: &Scene<'_>, passage: usize, i: usize) -> bool {
    let tree = &scene.trees[passage];
    let (first, last) = tree.noun_phrase(i);
    let people =
        |k: usize| scene.places_near(passage, k).any(|m| m.usage == PlaceUse::Demonym && m.first <= k && k < m.end);
    (first..=last)
        .any(|k| (tree.is_proper(k) || tree.raw(k).starts_with(char::is_uppercase) && k > first) && !people(k))
}

/// "Residents of Varnesh protested": where those live whom the deed is about.
fn home(scene: &Scene<'_>, deed: &Deed) -> Option<Place> {
    let tree = &scene.trees[deed.passage];
    let people = deed.actors.iter().chain(&deed.victims).chain(&deed.targets).copied();
    let dwellers = people.filter(|&i| scene.lexicon.whereabouts.nouns.dwellers.contains(tree.lemma(i)));
    let place = |i: usize| {
        let of = tree.pobj(i, "of")?;
        let mention = scene.places_near(deed.passage, of).find(|m| plain(m) && m.first <= of && of < m.end)?;
        Some(mention.place.clone())
    };
    dwellers.filter_map(place).next()
}

/// "the only bakery in Varnesh was hit", "hurt by shrapnel in Varnesh": told inside what the deed is done to or with.
fn inside(scene: &Scene<'_>, deed: &Deed, others: &[Deed]) -> Option<Place> {
    const WITHIN: [&str; 9] = ["in", "at", "near", "around", "outside", "on", "inside", "across", "along"];
    let tree = &scene.trees[deed.passage];
    if matches!(deed.event.family(), "statement" | "talks" | "sanction" | "agreement" | "concession" | "support") {
        return None;
    }
    let own = |m: &PlaceMention| {
        let prep = tree.ancestors(m.head).take(3).find(|&a| matches!(tree.dep(a), Dep::Prep))?;
        let noun = tree.head(prep);
        let after = prep + 2 >= m.first && m.first > prep;
        let argument = tree.under(noun, deed.trigger) && !tree.is_verb(noun) && noun != deed.trigger;
        // What lies inside another deed's words is that deed's.
        let beside = tree.ancestors(m.head).take_while(|&a| a != deed.trigger).any(|a| triggers(others, a));
        (WITHIN.contains(&tree.word(prep)) && after && argument && !beside).then_some(m.place.clone())
    };
    let near = scene.places_near(deed.passage, deed.trigger).filter(|m| plain(m));
    let mut found: Vec<(usize, Place)> = near
        .filter_map(|m| own(m).map(|place| (vagueness(&place) * 100 + m.head.abs_diff(deed.trigger), place)))
        .collect();
    found.sort_by_key(|(cost, _)| *cost);
    found.into_iter().next().map(|(_, place)| place)
}

/// A fact about the map: the subject's place with the relation its complement tells.
fn located(scene: &Scene<'_>, deed: &Deed, places: &mut Places) {
    let complement =
        deed.places.iter().find(|(_, role)| *role == Role::None).and_then(|&(i, _)| scene.place_at(deed.passage, i));
    if let (Some(place), Some(complement)) = (places.place.as_mut(), complement) {
        place.relation = complement.place.relation.clone().or(place.relation.take());
    }
}

/// Whether the preposition leads to this place.
fn leads(scene: &Scene<'_>, deed: &Deed, preposition: usize, place: &Place) -> bool {
    let tree = &scene.trees[deed.passage];
    scene.places_near(deed.passage, preposition).any(|m| tree.under(m.head, preposition) && m.place.text == place.text)
}

/// A place that is only told by its distance or bearing from another.
fn tells(place: &Place) -> bool {
    place.relation.as_ref().is_some_and(|r| r.bearing.is_some() || r.distance_km.is_some())
}

fn plain(mention: &PlaceMention) -> bool {
    mention.usage == PlaceUse::Literal && !mention.anchor_only
}

fn covers(scene: &Scene<'_>, passage: usize, mention: &PlaceMention, i: usize) -> bool {
    let tree = &scene.trees[passage];
    let (first, last) = tree.noun_phrase(i);
    mention.first <= i && i < mention.end
        || mention.head >= first && mention.head <= last
        || tree.under(mention.head, i)
}

/// Countries and the unknown are the vaguest answers.
fn vagueness(place: &Place) -> usize {
    // What is only told by another place tells less than a name, but more than a land.
    let relation = 2 * usize::from(place.relation.is_some());
    relation
        + match (place.status, place.kind.as_deref()) {
            (_, Some("country")) => 5,
            (_, Some("region")) => 3,
            // "a camp", "their positions": any named place tells more.
            (PlaceStatus::Unknown, _) if !place.text.chars().any(char::is_uppercase) => 12,
            (PlaceStatus::Unknown, _) => 1,
            _ => 0,
        }
}

/// The role of a mention no frame asked for, by its preposition.
fn loose(scene: &Scene<'_>, deed: &Deed, mention: &PlaceMention) -> Option<Role> {
    let tree = &scene.trees[deed.passage];
    // "Varnesh city": the common noun stands for the name in the tree.
    let titled = Some(mention.end).filter(|&t| {
        t < tree.len()
            && tree.dep(mention.head) == Dep::Compound
            && tree.head(mention.head) == t
            && scene.lexicon.classes.of(tree.lemma(t)).meets(scene.lexicon.classes.one("place"))
    });
    let head = titled.unwrap_or(mention.head);
    if tree.under(head, deed.trigger)
        && tree
            .kids(deed.trigger)
            .iter()
            .any(|&k| matches!(tree.dep(k), Dep::Nsubj | Dep::Agent | Dep::Poss) && tree.under(head, k))
    {
        return None;
    }
    // "in Varnesh hours after the talks": the hours are no part of the name.
    let governed = mention
        .first
        .checked_sub(1)
        .filter(|&b| tree.tag(b) == Tag::In && scene.is_time_noun(deed.passage, tree.head(head)));
    if let Some(before) = governed {
        return (tree.head(before) == deed.trigger || tree.head(before) == deed.clause).then_some(Role::Place);
    }
    // "from militants west of Varnesh": a bearing modifies whatever stands before it, and still tells where.
    let modifies = matches!(tree.dep(head), Dep::Compound | Dep::Amod | Dep::Nmod) && !tells(&mention.place);
    if modifies
        || tree.dep(head) == Dep::Poss
        || tree.dep(head) == Dep::Npadvmod && tree.dep(tree.head(head)) == Dep::Amod
    {
        return None;
    }
    let moving = scene.lexicon.whereabouts.moves(deed.event.as_str());
    let within = |a: usize| a != head && (mention.first..mention.end).contains(&a) && tells(&mention.place);
    let prep = std::iter::once(head)
        .chain(tree.ancestors(head))
        .take(5)
        .filter(|a| !within(*a))
        .find(|&a| matches!(tree.tag(a), Tag::In | Tag::To) || matches!(tree.dep(a), Dep::Prep | Dep::Agent));
    // "towards the last stronghold in the land, Varnesh": all of it is where they are heading.
    let above = tree.ancestors(head).take_while(|&a| a != deed.trigger && a != deed.clause).take(REACH_UP);
    if above.into_iter().any(|a| matches!(tree.word(a), "towards" | "toward")) {
        return Some(Role::Destination);
    }
    let word = prep.map_or("", |p| tree.word(p));
    if let Some(above) = prep.map(|p| tree.head(p)) {
        let holder = matches!(tree.word(above), "according" | "to")
            || scene.lexicon.cues.of(tree.lemma(above)).next().is_some() && tree.is_verb(above) && above != deed.clause;
        if holder || prep.is_some_and(|p| matches!(tree.word(tree.head(p)), "according")) {
            return None;
        }
    }
    match word {
        "to" | "into" | "onto" => Some(if moving { Role::Destination } else { Role::Place }),
        // "a nurse from Homs", "the return of militants from Libya": nothing happens where people come from.
        "from" if !moving && prep.is_some_and(|p| comes(scene, deed, p)) => None,
        "from" => Some(if moving { Role::Origin } else { Role::Place }),
        "by" | "with" | "of" | "than" | "about" | "as" if prep.is_some_and(|p| tree.head(p) != deed.trigger) => None,
        "" if tells(&mention.place) => Some(Role::Place),
        "" => matches!(tree.dep(head), Dep::Npadvmod | Dep::Advmod | Dep::Dobj | Dep::Appos).then_some(Role::Place),
        _ => Some(Role::Place),
    }
}

/// Whether a "from" tells where people come from: it hangs on a noun, or stands right behind people.
fn comes(scene: &Scene<'_>, deed: &Deed, preposition: usize) -> bool {
    let tree = &scene.trees[deed.passage];
    let (above, before) = (tree.head(preposition), preposition.saturating_sub(1));
    let classes = &scene.lexicon.classes;
    let people = ["fighter", "force", "civilian"].iter().any(|class| {
        let class = classes.one(class);
        scene.classes(deed.passage, before).meets(class) || scene.classes(deed.passage, above).meets(class)
    });
    above != deed.trigger && above != deed.clause && tree.is_noun(above) || tree.is_noun(before) && people
}

/// The place the noun phrase headed by `i` means.
pub(crate) fn resolve(scene: &Scene<'_>, passage: usize, i: usize) -> Option<Place> {
    resolve_within(scene, passage, i, DEEPEST)
}

fn resolve_within(scene: &Scene<'_>, passage: usize, i: usize, left: usize) -> Option<Place> {
    let tree = &scene.trees[passage];
    let lists = &scene.lexicon.whereabouts;
    let mentions = || scene.places_near(passage, i).filter(|m| plain(m));
    let covering = mentions().filter(|m| m.first <= i && i < m.end).min_by_key(|m| vagueness(&m.place));
    if let Some(mention) = covering {
        return Some(mention.place.clone());
    }
    let (first, last) = tree.noun_phrase(i);
    let beside: Vec<usize> = appositions(scene, passage, i);
    let close = mentions().filter(|m| {
        m.head >= first && m.head <= last && tree.under(m.head, i)
            || beside.iter().any(|&a| tree.under(m.head, a))
            || tells(&m.place) && after(scene, passage, i, m.head)
    });
    if let Some(mention) = close.min_by_key(|m| vagueness(&m.place)) {
        return Some(mention.place.clone());
    }
    if let Some(of) = tree.pobj(i, "of").filter(|&o| o != i && left > 0)
        && lists.nouns.partitive.contains(tree.lemma(i))
    {
        return resolve_within(scene, passage, of, left - 1);
    }
    if let Some(place) = pointing(scene, passage, i) {
        return Some(place);
    }
    if let Some(place) = somewhere(scene, passage, i) {
        return Some(place);
    }
    // "three villages between two towns" lie in neither.
    let strip = tree.pobj(i, "between").is_some();
    let inside = mentions()
        .filter(|m| !strip || m.place.relation.is_some())
        .filter(|m| tree.under(m.head, i))
        .min_by_key(|m| (vagueness(&m.place), m.first.abs_diff(i)));
    if let Some(mention) = inside {
        return Some(mention.place.clone());
    }
    let proper = (first..=last).any(|k| tree.is_proper(k));
    let noun = scene.classes(passage, i).meets(scene.lexicon.classes.one("place"));
    (proper || noun).then(|| unknown(scene, passage, i))
}

/// "the stronghold, Orsk": names set beside the noun, also beside a name inside it.
fn appositions(scene: &Scene<'_>, passage: usize, i: usize) -> Vec<usize> {
    let tree = &scene.trees[passage];
    let range = i..=tree.right_edge(i);
    range.filter(|&k| tree.dep(k) == Dep::Appos && tree.under(k, i) && k > i).collect()
}

/// "the city", "these villages", "it": the last place of that sort named before.
fn pointing(scene: &Scene<'_>, passage: usize, i: usize) -> Option<Place> {
    let tree = &scene.trees[passage];
    let pronoun = matches!(tree.word(i), "it" | "there" | "which");
    let bare = tree.has_det(i, &["the", "this", "that", "these", "those"])
        && tree.kids(i).iter().all(|&k| {
            matches!(
                tree.dep(k),
                Dep::Det
                    | Dep::Punct
                    | Dep::Relcl
                    | Dep::Acl
                    | Dep::Cc
                    | Dep::Conj
                    | Dep::Prep
                    | Dep::Appos
                    | Dep::Amod
            ) && !(tree.dep(k) == Dep::Amod && tree.is_proper(k))
        });
    if !(pronoun || bare) {
        return None;
    }
    let wanted = tree.lemma(i);
    let mut at = passage;
    let mut until = i;
    for _ in 0..8 {
        let mentions = &scene.places[at];
        let found = mentions[..mentions.partition_point(|m| m.first < until)]
            .iter()
            .rev()
            .take(REACH_MENTIONS)
            .filter(|m| {
                (plain(m) || m.usage == PlaceUse::Literal)
                    && !(at == passage && tree.dep(m.head) == Dep::Nsubj && tree.sentence(m.head) == tree.sentence(i))
            })
            .filter(|m| m.head < until && !seat(scene, at, m))
            .find(|m| suits(scene, at, m, wanted, pronoun));
        if let Some(mention) = found {
            let mut place = mention.place.clone();
            place.name = place.name.or(Some(place.text));
            place.text = tree.noun_text(i);
            return Some(place);
        }
        at = scene.before(at)?;
        until = usize::MAX;
    }
    None
}

/// A capital named for its government ("backs Damascus", "the government in Damascus") is not the town spoken of.
fn seat(scene: &Scene<'_>, passage: usize, mention: &PlaceMention) -> bool {
    let tree = &scene.trees[passage];
    let state = scene.hit(passage, mention.head).is_some_and(|hit| matches!(hit.named, Named::State(_)));
    if !state || tree.dep(mention.head) != Dep::Pobj {
        return state;
    }
    let governor = tree.head(tree.head(mention.head));
    tree.is_noun(governor) && scene.is_actor(passage, governor)
}

/// "a village in Ostrel region": somewhere in it, and not the region itself.
fn somewhere(scene: &Scene<'_>, passage: usize, i: usize) -> Option<Place> {
    let tree = &scene.trees[passage];
    let lists = &scene.lexicon.whereabouts;
    if !lists.nouns.somewhere.contains(tree.lemma(i)) {
        return None;
    }
    let object = tree.pobj(i, "in")?;
    let wide = scene.place_at(passage, object).filter(|m| {
        m.place.kind.as_deref().is_some_and(|kind| lists.kinds.wide.contains(kind))
            || lists.nouns.wide.contains(tree.lemma(m.end - 1))
    })?;
    let (first, last) = (tree.noun_phrase(i).0, wide.end - 1);
    let (own, end) = tree.noun_phrase(i);
    if last <= i || (own..=end).any(|k| tree.is_proper(k)) {
        return None;
    }
    let text = tree.phrase(first, last);
    let cut =
        ["the ", "The ", "a ", "A ", "an "].iter().find_map(|article| text.strip_prefix(article)).unwrap_or(&text);
    Some(Place {
        name: Some(cut.to_owned()),
        kind: Some(tree.lemma(i).to_owned()),
        text: text.clone(),
        geonames_id: None,
        ..wide.place.clone()
    })
}

/// "the frontier 30km south of the town": a bearing that follows the noun `i` tells where it is.
fn after(scene: &Scene<'_>, passage: usize, i: usize, head: usize) -> bool {
    let tree = &scene.trees[passage];
    tree.kids(i)
        .iter()
        .any(|&k| k > i && matches!(tree.dep(k), Dep::Advmod | Dep::Amod | Dep::Npadvmod) && tree.under(head, k))
}

/// Whether a place named before is of the sort the description says.
fn suits(scene: &Scene<'_>, passage: usize, mention: &PlaceMention, wanted: &str, pronoun: bool) -> bool {
    let tree = &scene.trees[passage];
    let said = (mention.first..mention.end.min(tree.len())).any(|k| tree.lemma(k) == wanted);
    let kind = mention.place.kind.as_deref();
    if pronoun {
        return kind != Some("country");
    }
    said || kind.is_some_and(|kind| scene.lexicon.whereabouts.points_to(wanted, kind))
}

/// A place nobody could locate, as said.
fn unknown(scene: &Scene<'_>, passage: usize, i: usize) -> Place {
    let tree = &scene.trees[passage];
    let text = tree.noun_text(i);
    let cut = ["the ", "The ", "a ", "an "].iter().find_map(|article| text.strip_prefix(article)).unwrap_or(&text);
    let name = cut.to_owned();
    Place::unlocated(text, name)
}
