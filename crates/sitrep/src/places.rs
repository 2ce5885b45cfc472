//! Asserted control of every place of a record, for the map.
//!
//! In: contents. Out: one answer for each place that claims of control name. Never one holder where claims disagree; never a place
//! without coordinates, as a map has no spot for it.

use std::collections::BTreeSet;

use sitrep_model::{Contents, ControlAnswer, Date};
use sitrep_record::control as held;

/// Who held each place on a day, or at last, by name of the place.
#[must_use]
pub fn control(contents: &Contents, on: Option<Date>) -> Vec<ControlAnswer> {
    let territorial = contents.events.iter().filter(|event| event.event.family() == "territory");
    let places = territorial.filter_map(|event| event.place.as_ref()).filter(|place| place.lat.is_some());
    let names: BTreeSet<&str> = places.filter_map(|place| place.name.as_deref()).collect();
    let answers = names.into_iter().map(|name| held(contents, name, on));
    answers.filter(|answer| !answer.sides.is_empty()).collect()
}
