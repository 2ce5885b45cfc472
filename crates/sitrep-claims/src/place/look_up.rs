//! The places of a name, for someone who says himself which is meant.
//!
//! In: a name. Out: the gazetteer's places of that name, the largest first. Chooses none.

use sitrep_model::Place;

use super::build::known;
use crate::Kit;

/// Every place of that name that is more than a line on the map, in any spelling, the largest first.
#[must_use]
pub fn places_called(kit: &Kit, name: &str) -> Vec<Place> {
    let index = &kit.gazetteer.index;
    let mut found = index.find(&index.key_of(name));
    found.sort_by(|a, b| b.population_log2.total_cmp(&a.population_log2).then(a.id.cmp(&b.id)));
    let places = found.iter().map(|entry| known(name.to_owned(), entry.name.to_string(), entry));
    places.filter(|place| place.lat.is_some()).collect()
}
