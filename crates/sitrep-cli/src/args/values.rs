//! Values a user types: dates, codes and kinds, each refused with the list of what would do.
//!
//! In: one word. Out: a typed value or one line saying what is allowed. Never guesses.

use sitrep::model::{Date, EventType, OffsetUnit, Reliability, Status, Voice};

/// A day, `2031-05-09`.
pub(super) fn date(text: &str) -> Result<Date, String> {
    text.parse().map_err(|_| "a day is written YYYY-MM-DD".to_owned())
}

/// A leaf or a family of event types.
pub(super) fn event(text: &str) -> Result<String, String> {
    let families: Vec<&str> = EventType::LEAVES.iter().map(|leaf| family(leaf.code)).collect();
    if families.contains(&text) || EventType::from_code(text).is_some() {
        return Ok(text.to_owned());
    }
    let mut listed = families;
    listed.dedup();
    Err(format!("no such event type; families are {}", listed.join(", ")))
}

fn family(code: &'static str) -> &'static str {
    code.split('.').next().unwrap_or(code)
}

/// A status of a claim.
pub(super) fn status(text: &str) -> Result<Status, String> {
    Status::from_code(text).ok_or_else(|| one_of(Status::ALL.iter().map(|code| code.as_str())))
}

/// How far a source is relied on.
pub(super) fn reliability(text: &str) -> Result<Reliability, String> {
    Reliability::from_code(text).ok_or_else(|| one_of(Reliability::ALL.iter().map(|code| code.as_str())))
}

/// A voice of a claim.
pub(super) fn voice(text: &str) -> Result<Voice, String> {
    Voice::from_code(text).ok_or_else(|| one_of(Voice::ALL.iter().map(|code| code.as_str())))
}

/// The unit of offsets.
pub(super) fn offsets(text: &str) -> Result<OffsetUnit, String> {
    match text {
        "bytes" => Ok(OffsetUnit::Bytes),
        "chars" => Ok(OffsetUnit::Chars),
        "utf16" => Ok(OffsetUnit::Utf16),
        _ => Err(one_of(["bytes", "chars", "utf16"].into_iter())),
    }
}

fn one_of<'c>(codes: impl Iterator<Item = &'c str>) -> String {
    format!("one of {}", codes.collect::<Vec<_>>().join(", "))
}
