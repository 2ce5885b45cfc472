//! x
use sitrep_model::{Contents, ControlAnswer, Date};
/// c
#[must_use]
pub fn control(_contents: &Contents, place: &str, on: Option<Date>) -> ControlAnswer {
    ControlAnswer { place: place.to_owned(), on, state: "unknown".to_owned(), sides: Vec::new(), why: String::new() }
}
