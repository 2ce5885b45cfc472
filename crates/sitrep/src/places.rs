//! Asserted control of every place of a record, for the map; and how place names were understood, for `sitrep why`.
//!
//! In: contents. Out: one answer for each place that claims of control name. Never one holder where claims disagree; never a place
//! without coordinates, as a map has no spot for it.

use std::collections::BTreeSet;

pub use sitrep_claims::{Considered, Decision};
use sitrep_model::{Contents, ControlAnswer, Date, Document, Place, Span};
use sitrep_record::control_of;
pub use sitrep_record::{DefinedPlace, defined_place_of, defined_places};

use crate::Kit;

/// Who held each place on a day, or at last, by name of the place.
#[must_use]
pub fn control(contents: &Contents, on: Option<Date>) -> Vec<ControlAnswer> {
    let territorial = contents.events.iter().filter(|event| event.event.family() == "territory");
    let places = territorial.filter_map(|event| event.place.as_ref()).filter(|place| place.lat.is_some());
    let names: BTreeSet<&str> = places.filter_map(|place| place.name.as_deref()).collect();
    let names: Vec<&str> = names.into_iter().collect();
    let answers = control_of(contents, &names, on);
    answers.into_iter().filter(|answer| !answer.sides.is_empty()).collect()
}

/// Why the place names within `within` mean what they mean: candidates, belief and what speaks for each.
#[must_use]
pub fn decisions(kit: &Kit, document: &Document, within: Span) -> Vec<Decision> {
    sitrep_claims::decisions(&kit.claims, document, within)
}

/// The gazetteer's places of a name, the largest first.
#[must_use]
pub fn called(kit: &Kit, name: &str) -> Vec<Place> {
    sitrep_claims::places_called(&kit.claims, name)
}
