//! The words after `?`: the same filters as on the command line, under the same names, and each as often as one likes.
//!
//! In: a query string. Out: [`Query`], or one line saying which value makes no sense. Names it does not know are left alone.

use std::collections::BTreeMap;

use sitrep::model::{AttributionType, Date, EventType, Filter, Status, Voice};

/// A query string is never longer than this: a browser's own limit.
const MAX_BYTES: usize = 16_384;

/// Names and values, decoded; a name may have several values.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Query(BTreeMap<String, Vec<String>>);

impl Query {
    /// Reads what stands after `?`. An empty field of a form counts as absent.
    pub(crate) fn read(text: Option<&str>) -> Result<Query, String> {
        let text = text.unwrap_or_default();
        if text.len() > MAX_BYTES {
            return Err("the address is too long".to_owned());
        }
        let mut values: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (name, value) in form_urlencoded::parse(text.as_bytes()) {
            if !value.trim().is_empty() {
                values.entry(name.into_owned()).or_default().push(value.trim().to_owned());
            }
        }
        Ok(Query(values))
    }

    /// The first value called `name`.
    pub(crate) fn value(&self, name: &str) -> Option<&str> {
        self.all(name).first().map(String::as_str)
    }

    /// Every value called `name`.
    pub(crate) fn all(&self, name: &str) -> &[String] {
        self.0.get(name).map_or(&[], Vec::as_slice)
    }

    /// The day called `name`.
    pub(crate) fn day(&self, name: &str) -> Result<Option<Date>, String> {
        let day = |text: &str| text.parse().map_err(|_| format!("{name}: a day is written YYYY-MM-DD"));
        self.value(name).map(day).transpose()
    }

    /// The page number, from 1.
    pub(crate) fn page(&self) -> usize {
        self.value("page").and_then(|text| text.parse().ok()).unwrap_or(1).max(1)
    }

    /// The number called `name`, `unless` said, at most `most`.
    pub(crate) fn number(&self, name: &str, unless: usize, most: usize) -> Result<usize, String> {
        let Some(text) = self.value(name) else { return Ok(unless) };
        match text.parse::<usize>() {
            Ok(number) if (1..=most).contains(&number) => Ok(number),
            _ => Err(format!("{name}: a number from 1 to {most}")),
        }
    }

    /// How many things to leave out: what an earlier answer gave as `next`.
    pub(crate) fn skip(&self) -> Result<usize, String> {
        self.value("cursor").map_or(Ok(0), |text| text.parse().map_err(|_| "cursor: as it was given".to_owned()))
    }

    /// The filter of the command line: one value a name.
    pub(crate) fn filter(&self) -> Result<Filter, String> {
        let text = |name: &str| self.value(name).map(str::to_owned);
        Ok(Filter {
            place: text("place"),
            actor: text("actor"),
            event: text("type"),
            source: text("source"),
            since: self.day("since")?,
            until: self.day("until")?,
            status: self.value("status").map(status).transpose()?,
            voice: self.value("voice").map(voice).transpose()?,
        })
    }

    /// The filter of the workbench: any of the values of a name, all of the names.
    pub(crate) fn wanted(&self) -> Result<Wanted, String> {
        let lower = |name: &str| self.all(name).iter().map(|text| text.to_lowercase()).collect();
        Ok(Wanted {
            place: lower("place"),
            actor: lower("actor"),
            source: lower("source"),
            event: self.all("type").iter().map(|text| event(text)).collect::<Result<_, _>>()?,
            status: self.all("status").iter().map(|text| status(text)).collect::<Result<_, _>>()?,
            voice: self.all("voice").iter().map(|text| voice(text)).collect::<Result<_, _>>()?,
            attribution: self.all("attribution").iter().map(|text| attribution(text)).collect::<Result<_, _>>()?,
            certainty: self.all("certainty").iter().map(|text| certainty(text)).collect::<Result<_, _>>()?,
            since: self.day("since")?,
            until: self.day("until")?,
            disputed: self.value("disputed") == Some("1"),
            words: self.value("q").unwrap_or_default().to_owned(),
        })
    }
}

/// What an explorer asks for. An empty list asks for everything.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Wanted {
    /// Parts of names, in small letters.
    pub(crate) place: Vec<String>,
    pub(crate) actor: Vec<String>,
    pub(crate) source: Vec<String>,
    /// Codes of types or families.
    pub(crate) event: Vec<String>,
    pub(crate) status: Vec<Status>,
    pub(crate) voice: Vec<Voice>,
    pub(crate) attribution: Vec<AttributionType>,
    /// `None` asks for claims whose certainty nobody knows.
    pub(crate) certainty: Vec<Option<i8>>,
    pub(crate) since: Option<Date>,
    pub(crate) until: Option<Date>,
    pub(crate) disputed: bool,
    pub(crate) words: String,
}

fn status(text: &str) -> Result<Status, String> {
    Status::from_code(text).ok_or_else(|| format!("status: no status is called {text}"))
}

fn voice(text: &str) -> Result<Voice, String> {
    Voice::from_code(text).ok_or_else(|| format!("voice: no voice is called {text}"))
}

fn attribution(text: &str) -> Result<AttributionType, String> {
    AttributionType::from_code(text).ok_or_else(|| format!("attribution: no type of source is called {text}"))
}

fn certainty(text: &str) -> Result<Option<i8>, String> {
    match text.parse::<i8>() {
        _ if text == "unknown" => Ok(None),
        Ok(number) if (-3..=3).contains(&number) => Ok(Some(number)),
        _ => Err("certainty: a number from -3 to 3, or unknown".to_owned()),
    }
}

fn event(text: &str) -> Result<String, String> {
    let known = EventType::LEAVES.iter().any(|leaf| leaf.code == text || leaf.code.split('.').next() == Some(text));
    if known { Ok(text.to_owned()) } else { Err(format!("type: no event type or family is called {text}")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn empty_fields_leave_everything_in() {
        let query = Query::read(Some("place=+&since=&other=x")).unwrap();
        assert_eq!(query.filter(), Ok(Filter::default()));
        assert_eq!(query.wanted(), Ok(Wanted::default()));
    }

    #[test]
    fn a_value_that_makes_no_sense_is_named() {
        let wanted = |text: &str| Query::read(Some(text)).unwrap().wanted().unwrap_err();
        assert!(wanted("since=yesterday").starts_with("since"));
        assert!(wanted("voice=radio").starts_with("voice"));
        assert!(wanted("certainty=4").starts_with("certainty") && wanted("type=war").starts_with("type"));
        assert!(Query::read(Some(&"x".repeat(MAX_BYTES + 1))).is_err());
    }

    #[test]
    fn a_name_may_have_several_values() {
        let wanted =
            Query::read(Some("actor=Army&actor=ISIS&certainty=unknown&certainty=-1")).unwrap().wanted().unwrap();
        assert_eq!(wanted.actor, ["army", "isis"]);
        assert_eq!(wanted.certainty, [None, Some(-1)]);
    }
}
