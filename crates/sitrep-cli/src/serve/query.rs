//! The words after `?`: the same filters as on the command line, under the same names.
//!
//! In: names and values. Out: a [`Filter`], or one line saying which value makes no sense. Names it does not know are left alone.

use std::collections::BTreeMap;

use sitrep::model::{Date, Filter, Status, Voice};

/// Names and values, decoded.
pub(super) type Query = BTreeMap<String, String>;

/// The value called `name`; an empty field of a form counts as absent.
pub(super) fn value<'q>(query: &'q Query, name: &str) -> Option<&'q str> {
    query.get(name).map(|value| value.trim()).filter(|value| !value.is_empty())
}

/// The day called `name`.
pub(super) fn day(query: &Query, name: &str) -> Result<Option<Date>, String> {
    let day = |text: &str| text.parse().map_err(|_| format!("{name}: a day is written YYYY-MM-DD"));
    value(query, name).map(day).transpose()
}

/// The page number, from 1.
pub(super) fn page(query: &Query) -> usize {
    value(query, "page").and_then(|text| text.parse().ok()).unwrap_or(1).max(1)
}

/// The filter.
pub(super) fn filter(query: &Query) -> Result<Filter, String> {
    let text = |name: &str| value(query, name).map(str::to_owned);
    let status = |text: &str| Status::from_code(text).ok_or_else(|| format!("status: no status is called {text}"));
    let voice = |text: &str| Voice::from_code(text).ok_or_else(|| format!("voice: no voice is called {text}"));
    Ok(Filter {
        place: text("place"),
        actor: text("actor"),
        event: text("type"),
        source: text("source"),
        since: day(query, "since")?,
        until: day(query, "until")?,
        status: value(query, "status").map(status).transpose()?,
        voice: value(query, "voice").map(voice).transpose()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn query(pairs: &[(&str, &str)]) -> Query {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn empty_fields_leave_everything_in() {
        assert_eq!(filter(&query(&[("place", " "), ("since", ""), ("other", "x")])), Ok(Filter::default()));
    }

    #[test]
    fn a_value_that_makes_no_sense_is_named() {
        assert!(filter(&query(&[("since", "yesterday")])).unwrap_err().starts_with("since"));
        assert!(filter(&query(&[("voice", "radio")])).unwrap_err().starts_with("voice"));
    }
}
