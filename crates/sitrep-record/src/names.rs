//! When two names mean one thing: names folded, words compared, places matched.
//!
//! In: names, places and passages as claims hold them. Out: keys that are equal for spellings of one name, [`PlaceKey`] and
//! [`PlaceMatch`], and the likeness of two passages. Never looks anything up: what a gazetteer knows is in the claim.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};
use sitrep_model::{ActorRef, Bearing, Place, PlaceStatus};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::keys::{Keys, key};

#[derive(Deserialize)]
struct NameWords {
    place_words: BTreeSet<String>,
    articles: BTreeSet<String>,
    actor_words: BTreeSet<String>,
    bare_descriptions: BTreeSet<String>,
    part_words: Vec<String>,
    correction_starts: BTreeSet<String>,
    correction_marks: Vec<String>,
    stop_words: BTreeSet<String>,
}

static WORDS: LazyLock<NameWords> =
    LazyLock::new(|| toml::from_str(include_str!("../data/name_words.toml")).expect("checked by a test"));

/// The words of `text`: lower case, without marks on letters, split at everything that is no letter or digit.
pub(crate) fn words(text: &str) -> Vec<String> {
    if text.is_ascii() {
        // What most text is, without the tables that the rest takes.
        let quiet: String = text.chars().filter(|c| !matches!(c, '\'' | '`')).map(|c| c.to_ascii_lowercase()).collect();
        return quiet
            .split(|c: char| !c.is_ascii_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect();
    }
    let quiet = |c: &char| !is_combining_mark(*c) && !matches!(c, '\'' | '’' | '‘' | '`' | 'ʿ' | 'ʾ' | 'ʼ' | '´');
    let folded: String = text.nfd().filter(quiet).flat_map(char::to_lowercase).collect();
    folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// One key for all spellings of a place's name: "Al-Qasr city" and "El Qasr" give the same. Empty for an empty name.
pub(crate) fn place_name(text: &str) -> String {
    let all = words(text);
    let telling: Vec<&str> = (0..all.len())
        .filter(|&i| !WORDS.place_words.contains(&all[i]))
        .filter(|&i| !(WORDS.articles.contains(&all[i]) && i + 1 < all.len()))
        .map(|i| all[i].as_str())
        .collect();
    if telling.is_empty() { all.concat() } else { telling.concat() }
}

/// Whether one folded name ends as the other does, so that they may be one place: "Abu Qasr" and "Albu Qasr", "Bu Qasr".
pub(crate) fn ends_alike(one: &str, other: &str) -> bool {
    const SHORTEST_BYTES: usize = 5;
    one.len().min(other.len()) >= SHORTEST_BYTES && (one.ends_with(other) || other.ends_with(one))
}

/// One key for all spellings of an actor's name.
pub(crate) fn actor_name(text: &str) -> String {
    let all = words(text);
    let telling: Vec<&str> = all.iter().filter(|w| !WORDS.actor_words.contains(*w)).map(String::as_str).collect();
    if telling.is_empty() { all.concat() } else { telling.concat() }
}

/// Every key an actor goes by: its id and its names.
pub(crate) fn actor_keys(actor: &ActorRef) -> BTreeSet<String> {
    let names = [&actor.name, &actor.text].map(|name| actor_name(name));
    let id = actor.actor_id.as_ref().map(|id| format!("#{id}"));
    names.into_iter().chain(id).filter(|key| !key.is_empty()).collect()
}

/// Whether a description says no more than that it is a force: "the army", "its forces", "the group's".
pub(crate) fn is_bare_description(name: &str) -> bool {
    let starts_lower = name.starts_with(|c: char| c.is_lowercase());
    let is_bare = |word: &String| WORDS.actor_words.contains(word) || WORDS.bare_descriptions.contains(word);
    starts_lower
        && words(name.strip_suffix("'s").or_else(|| name.strip_suffix("’s")).unwrap_or(name)).iter().all(is_bare)
}

/// Whether a passage speaks of a part of a place only: "parts of the town", "more than half of it".
pub(crate) fn speaks_of_a_part(passage: &str) -> bool {
    let passage = format!(" {} ", words(passage).join(" "));
    WORDS.part_words.iter().any(|part| passage.contains(&format!(" {part} ")))
}

/// Whether a paragraph corrects an earlier report: it opens with "Correction", or speaks of "an earlier version of" one.
pub(crate) fn is_correction(paragraph: &str) -> bool {
    let all = words(paragraph);
    let text = format!(" {} ", all.join(" "));
    all.first().is_some_and(|first| WORDS.correction_starts.contains(first))
        || WORDS.correction_marks.iter().any(|mark| text.contains(&format!(" {mark} ")))
}

/// The content words of a passage, lightly stemmed, for comparing passages.
#[must_use]
pub fn content_words(text: &str) -> BTreeSet<String> {
    words(text).into_iter().filter(|word| !WORDS.stop_words.contains(word)).map(stem).collect()
}

/// Shared part of the content words of two passages, 0 to 100 percent, rare words weighing more: what comparing two claims goes by.
#[must_use]
pub fn words_likeness_percent(one: &str, other: &str) -> u32 {
    Keys::of_words(content_words(one)).weighed_likeness_percent(&Keys::of_words(content_words(other)))
}

/// Cuts the commonest endings, so that "repelling several attacks" and "repelled several attack" meet.
fn stem(mut word: String) -> String {
    for ending in ["ing", "ed", "es", "s", "e"] {
        if word.len() > ending.len() + 3 && word.ends_with(ending) && word.is_ascii() {
            word.truncate(word.len() - ending.len());
            break;
        }
    }
    word
}

/// A place, ready for comparing.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct PlaceKey {
    /// Keys of its folded names; several when text and gazetteer differ. For "30 km south of X" the names of X.
    pub names: Keys,
    /// Degrees north and east.
    pub point: Option<(f64, f64)>,
    /// Kilometres around the point.
    pub radius_km: f32,
    /// Kilometres from the named place.
    pub distance_km: Option<f64>,
    /// Direction from the named place.
    pub bearing: Option<Bearing>,
    /// An area rather than a spot: "between A and B", a region, a country.
    pub wide: bool,
    /// A city: much happens there on one day.
    pub city: bool,
    /// Where a place with a name of its own is said to lie: the other place's name, kilometres, direction.
    pub lies: Option<(u64, Option<f64>, Option<Bearing>)>,
}

/// What a place is called by itself, and by what it lies at.
struct Named {
    own: Option<String>,
    anchor: Option<String>,
    /// Whether the other place's name is the only one it has.
    from_anchor: bool,
}

impl Named {
    fn of(place: &Place, relation: &sitrep_model::Relation) -> Named {
        let anchor = relation.anchor.as_deref().map(place_name).filter(|name| !name.is_empty());
        let own = place.name.as_deref().filter(|_| is_named(place)).map(place_name).filter(|name| !name.is_empty());
        let from_anchor = own.is_none() || own == anchor;
        Named { own, anchor, from_anchor }
    }
}

/// "their positions", "the desert": words, not a name; two of them need not be one place.
fn is_named(place: &Place) -> bool {
    place.status != PlaceStatus::Unknown || place.text.contains(|c: char| c.is_uppercase() || c.is_numeric())
}

/// Every folded name a place goes by.
pub(crate) fn place_names(place: &Place) -> BTreeSet<String> {
    let none = sitrep_model::Relation::default();
    let relation = place.relation.as_ref().unwrap_or(&none);
    let Named { own, anchor, from_anchor } = Named::of(place, relation);
    names_of(place, relation, own, anchor.filter(|_| from_anchor))
}

fn names_of(
    place: &Place,
    relation: &sitrep_model::Relation,
    own: Option<String>,
    anchor: Option<String>,
) -> BTreeSet<String> {
    let mut names: BTreeSet<String> = own.into_iter().chain(anchor).collect();
    if names.is_empty() && relation.between.is_none() && is_named(place) {
        names.insert(place_name(&place.text));
    }
    names.remove("");
    if let Some(ends) = &relation.between {
        // Between two towns is neither of them.
        let ends = ends.each_ref().map(|end| place_name(end));
        let anchor = relation.anchor.as_deref().map(place_name);
        names.retain(|name| !ends.contains(name) && Some(name) != anchor.as_ref());
    }
    names
}

/// How two places stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum PlaceMatch {
    /// Two places.
    Different,
    /// Cannot be told.
    Unknown,
    /// By the same place, or one within the other.
    Near,
    /// One place.
    Same,
}

impl PlaceKey {
    /// The key of a place; empty when there is none.
    pub(crate) fn of(place: Option<&Place>) -> PlaceKey {
        let Some(place) = place else { return PlaceKey::default() };
        let none = sitrep_model::Relation::default();
        let relation = place.relation.as_ref().unwrap_or(&none);
        let Named { own, anchor, from_anchor } = Named::of(place, relation);
        let lies = anchor.as_deref().filter(|_| !from_anchor);
        let lies = lies.map(|name| (key(name), relation.distance_km, relation.bearing));
        let wide_kind = matches!(place.kind.as_deref(), Some("country" | "region" | "province" | "river" | "border"));
        PlaceKey {
            names: Keys::of(names_of(place, relation, own, anchor.filter(|_| from_anchor))),
            point: place.lat.zip(place.lon),
            radius_km: place.radius_km.unwrap_or(0.0) as f32,
            distance_km: relation.distance_km.filter(|_| from_anchor),
            bearing: relation.bearing.filter(|_| from_anchor),
            wide: relation.between.is_some() || wide_kind,
            city: place.kind.as_deref() == Some("city"),
            lies,
        }
    }

    /// Whether nothing is known of it.
    pub(crate) fn is_empty(&self) -> bool {
        self.names.is_empty() && self.point.is_none()
    }

    fn is_offset(&self) -> bool {
        self.distance_km.is_some() || self.bearing.is_some()
    }

    /// How two places stand to each other, distances and directions included.
    pub(crate) fn compare(&self, other: &PlaceKey) -> PlaceMatch {
        if self.is_empty() || other.is_empty() {
            return PlaceMatch::Unknown;
        }
        if !self.names.is_disjoint(&other.names) {
            return self.compare_offsets(other);
        }
        let apart_km = self.point.zip(other.point).map(|(a, b)| distance_km(a, b));
        match apart_km {
            Some(km) if km <= 3.0 && !self.wide && !other.wide => self.compare_offsets(other),
            Some(km) if km <= f64::from(self.radius_km + other.radius_km) + 1.0 => PlaceMatch::Near,
            Some(_) => PlaceMatch::Different,
            None if self.wide || other.wide => PlaceMatch::Unknown,
            None => PlaceMatch::Different,
        }
    }

    fn compare_offsets(&self, other: &PlaceKey) -> PlaceMatch {
        if let (Some(a), Some(b)) = (self.distance_km, other.distance_km)
            && (a - b).abs() > 0.05 * a.max(b)
        {
            return PlaceMatch::Different;
        }
        if let (Some(a), Some(b)) = (self.bearing, other.bearing) {
            let turn = (a.degrees() - b.degrees()).abs();
            if turn.min(360.0 - turn) > 45.0 {
                return PlaceMatch::Different;
            }
        }
        let same_form = self.distance_km.is_some() == other.distance_km.is_some()
            && self.bearing.is_some() == other.bearing.is_some();
        match (same_form, self.is_offset() && other.is_offset()) {
            (true, _) => PlaceMatch::Same,
            (false, true) => PlaceMatch::Near,
            (false, false) => PlaceMatch::Near,
        }
    }

    /// Whether the two speak of the same named place, wherever around it.
    pub(crate) fn same_base(&self, other: &PlaceKey) -> bool {
        if !self.names.is_disjoint(&other.names) {
            return true;
        }
        let spot = |key: &PlaceKey| key.point.filter(|_| !key.is_offset() && !key.wide);
        spot(self).zip(spot(other)).is_some_and(|(a, b)| distance_km(a, b) <= 3.0)
    }
}

/// Kilometres over ground between two points, given as degrees north and east.
pub(crate) fn distance_km(a: (f64, f64), b: (f64, f64)) -> f64 {
    const EARTH_RADIUS_KM: f64 = 6371.0;
    let (north_a, north_b) = (a.0.to_radians(), b.0.to_radians());
    let half_north = ((north_b - north_a) / 2.0).sin();
    let half_east = ((b.1 - a.1).to_radians() / 2.0).sin();
    let chord = half_north * half_north + north_a.cos() * north_b.cos() * half_east * half_east;
    2.0 * EARTH_RADIUS_KM * chord.clamp(0.0, 1.0).sqrt().asin()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::place;

    #[test]
    fn spellings_of_a_name_meet() {
        for (a, b) in
            [("al-Qasr city", "El Qasr"), ("T-4 station", "T4"), ("Al-Qā’im", "al Qa'im"), ("Varnesh", "VARNESH town")]
        {
            assert_eq!(place_name(a), place_name(b), "{a} {b}");
        }
        assert_ne!(place_name("Varnesh"), place_name("Varnesh province"));
        assert_eq!(place_name("The City"), "thecity");
        assert_eq!(place_name(""), "");
    }

    #[test]
    fn offsets_tell_places_apart() {
        let offset = |km: Option<f64>, bearing: Option<Bearing>| {
            let mut far = place("Varnesh");
            let anchor = Some("Varnesh".to_owned());
            far.relation = Some(sitrep_model::Relation { anchor, distance_km: km, bearing, ..Default::default() });
            PlaceKey::of(Some(&far))
        };
        let town = PlaceKey::of(Some(&place("Varnesh")));
        assert_eq!(offset(Some(40.0), None).compare(&offset(Some(45.0), None)), PlaceMatch::Different);
        assert_eq!(offset(Some(40.0), Some(Bearing::W)).compare(&offset(Some(40.0), None)), PlaceMatch::Near);
        assert_eq!(offset(None, Some(Bearing::N)).compare(&town), PlaceMatch::Near);
        assert_eq!(town.compare(&town), PlaceMatch::Same);
        assert!(offset(Some(40.0), None).same_base(&town));
    }

    #[test]
    fn passages_are_compared_by_their_content() {
        let a = Keys::of(content_words("After repelling several attacks of the Red Column"));
        let b = Keys::of(content_words("after repelled several Red Column attacks"));
        assert_eq!((a.likeness_percent(&b), a.likeness_percent(&Keys::default())), (100, 0));
    }
}
