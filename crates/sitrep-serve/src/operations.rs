//! What an operation of the API is: its address, what may be asked, what comes back, who answers.
//!
//! In: nothing. Out: [`Operation`] and [`Parameter`], and the judgement whether a query is one that the operation understands. The table
//! itself is in [`crate::table`]; the router and the OpenAPI document are both made from it, so neither can say what the other does not.

use axum::body::Body;
use axum::routing::MethodRouter;
use schemars::{Schema, SchemaGenerator};
use sitrep::model::Date;
use sitrep::show::list::List;

use crate::app::Shared;
use crate::problem::Wrong;
use crate::routes::Asked;

/// Longer texts are no name and no words to look for.
pub(crate) const MAX_TEXT: usize = 2000;

/// One operation.
pub(crate) struct Operation {
    pub(crate) verb: Verb,
    /// With `{name}` for what differs.
    pub(crate) path: &'static str,
    /// What generated clients call it.
    pub(crate) id: &'static str,
    /// In one sentence.
    pub(crate) says: &'static str,
    /// What may stand after `?`, in groups.
    pub(crate) query: &'static [&'static [Parameter]],
    /// What the path's `{name}` is.
    pub(crate) names: &'static str,
    pub(crate) answer: Answered,
    pub(crate) does: Does,
}

/// The method.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verb {
    Get,
    Post,
}

/// The shape of what comes back.
#[derive(Clone, Copy)]
pub(crate) enum Answered {
    /// JSON of this shape.
    Json(fn(&mut SchemaGenerator) -> Schema),
    /// One of the lists: a page of it as JSON, all of it as JSON lines.
    Page(List),
    /// A file of an export.
    File,
    /// Server-sent events whose data have this shape.
    Events(fn(&mut SchemaGenerator) -> Schema),
}

/// Who answers.
#[derive(Clone, Copy)]
pub(crate) enum Does {
    /// Reads the record; the answer bears its version.
    Read(fn(&Asked<'_>) -> Result<Vec<u8>, Wrong>),
    /// Lists it.
    List(List),
    /// Sends a file made of it: its media type, its bytes.
    File(fn(&Asked<'_>) -> Result<(&'static str, Body), Wrong>),
    /// Something else.
    Other(fn() -> MethodRouter<Shared>),
}

/// Something that may be asked.
#[derive(Debug)]
pub(crate) struct Parameter {
    pub(crate) name: &'static str,
    pub(crate) kind: Kind,
    /// May be given several times.
    pub(crate) many: bool,
    /// Must be given.
    pub(crate) needed: bool,
    pub(crate) says: &'static str,
}

/// What values a parameter has.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Kind {
    /// Any words.
    Text,
    /// `YYYY-MM-DD`.
    Day,
    /// A day or a time after RFC 3339.
    Time,
    /// Whole, both ends included.
    Number { least: usize, most: usize, unless: usize },
    /// One of these.
    OneOf(fn() -> Vec<&'static str>),
    /// What an earlier answer gave as `next`.
    Cursor,
    /// How many to leave out.
    Skip,
}

impl Parameter {
    /// One that may be given once.
    pub(crate) const fn new(name: &'static str, kind: Kind, says: &'static str) -> Parameter {
        Parameter { name, kind, many: false, needed: false, says }
    }

    /// One that may be given several times.
    pub(crate) const fn many(name: &'static str, kind: Kind, says: &'static str) -> Parameter {
        Parameter { name, kind, many: true, needed: false, says }
    }

    /// One without which there is no answer.
    pub(crate) const fn needed(name: &'static str, kind: Kind, says: &'static str) -> Parameter {
        Parameter { name, kind, many: false, needed: true, says }
    }
}

impl Kind {
    /// Why `value` is none of these, or `None`.
    fn refuses(self, value: &str) -> Option<String> {
        match self {
            Kind::Text if value.chars().count() > MAX_TEXT => Some(format!("at most {MAX_TEXT} letters")),
            Kind::Day if day(value).is_none() => Some("a day is written YYYY-MM-DD".to_owned()),
            Kind::Time if time(value).is_none() => {
                Some("a day is written YYYY-MM-DD, a time 2031-05-09T06:30:00Z".to_owned())
            }
            Kind::Number { least, most, .. } if !number(value).is_some_and(|it| (least..=most).contains(&it)) => {
                Some(format!("a number from {least} to {most}"))
            }
            Kind::Skip if number(value).is_none() => Some("how many to leave out, as `next` gave it".to_owned()),
            Kind::Cursor if !is_cursor(value) => Some("what an earlier answer gave as `next`".to_owned()),
            Kind::OneOf(codes) if !codes().contains(&value) => Some(format!("one of {}", codes().join(", "))),
            _ => None,
        }
    }
}

/// The day that `text` says, when it is written as days are here.
pub(crate) fn day(text: &str) -> Option<Date> {
    let is_written_so = text.len() == 10
        && text
            .bytes()
            .enumerate()
            .all(|(at, byte)| if matches!(at, 4 | 7) { byte == b'-' } else { byte.is_ascii_digit() });
    text.parse().ok().filter(|_| is_written_so)
}

/// The moment that `text` says; of a day its beginning in UTC.
pub(crate) fn time(text: &str) -> Option<jiff::Timestamp> {
    match day(text) {
        Some(_) => format!("{text}T00:00:00Z").parse().ok(),
        // A plus sign that nobody encoded has become a blank.
        None if text.len() > 10 => text.replace(' ', "+").parse().ok(),
        None => None,
    }
}

/// A whole number in plain digits.
fn number(text: &str) -> Option<usize> {
    text.parse().ok().filter(|_| text.len() <= 9 && text.bytes().all(|byte| byte.is_ascii_digit()))
}

fn is_cursor(text: &str) -> bool {
    (4..=400).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
}

impl Operation {
    /// Everything that may be asked, in order.
    pub(crate) fn parameters(&self) -> impl Iterator<Item = &'static Parameter> {
        self.query.iter().copied().flatten()
    }

    /// Whether all that stands after `?` makes sense here; if not, why, with what would.
    pub(crate) fn check(&self, query: Option<&str>) -> Result<(), Wrong> {
        let mut seen: Vec<&str> = Vec::new();
        for (name, value) in form_urlencoded::parse(query.unwrap_or_default().as_bytes()) {
            let Some(known) = self.parameters().find(|it| it.name == name) else {
                let names: Vec<&str> = self.parameters().map(|it| it.name).collect();
                let here = if names.is_empty() { "nothing".to_owned() } else { names.join(", ") };
                let name: String = name.chars().take(60).collect();
                return Err(Wrong::Question(format!("{name}: nothing is called so here; what may be asked: {here}")));
            };
            if !known.many && seen.contains(&known.name) {
                return Err(Wrong::Question(format!("{name}: only once")));
            }
            seen.push(known.name);
            if let Some(why) = known.kind.refuses(&value) {
                return Err(Wrong::Question(format!("{name}: {why}")));
            }
            if known.needed && value.trim().is_empty() {
                return Err(Wrong::Question(format!("{name}: {}", known.says)));
            }
        }
        match self.parameters().find(|it| it.needed && !seen.contains(&it.name)) {
            Some(missing) => Err(Wrong::Question(format!("{} is missing: {}", missing.name, missing.says))),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_times_are_written_one_way() {
        assert!(day("2031-05-09").is_some());
        for odd in ["20310509", "2031-5-9", "2031-02-30", "2031-05-09T00:00", "", "+02031-05-09"] {
            assert!(day(odd).is_none(), "{odd}");
        }
        let at = time("2031-05-09T06:30:00Z");
        assert!(at.is_some() && at == time("2031-05-09T08:30:00 02:00") && time("2031-05-09") < at);
        assert!(time("yesterday").is_none() && time("06:30").is_none());
    }

    #[test]
    fn numbers_are_plain_digits() {
        let limit = Kind::Number { least: 1, most: 500, unless: 50 };
        assert!(limit.refuses("1").is_none() && limit.refuses("500").is_none());
        for odd in ["0", "501", "+5", "", " 5", "1e2", "99999999999999999999"] {
            assert!(limit.refuses(odd).is_some(), "{odd}");
        }
    }
}
