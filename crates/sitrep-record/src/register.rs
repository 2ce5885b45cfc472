//! The source register, read from rulings of the action `source`: one ruling a field, the last one counts.
//!
//! In: rulings in order. Out: [`Register`], asked by a source's name in any spelling. Independence and grades rest on it; it is empty
//! until a user fills it, and nothing is guessed.

use std::collections::BTreeMap;

use sitrep_model::{Date, Rating, RegisteredSource, Reliability, Ruling};

use crate::names::words;
use crate::rulings::in_force;

/// The action of these rulings.
pub(crate) const ACTION: &str = "source";
/// A field is no longer than this.
const MAX_FIELD_CHARS: usize = 200;

/// What users noted of sources, by the key of their name.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Register(BTreeMap<String, RegisteredSource>);

/// What sets sources of one name apart from others: its words in small letters, without gaps. "The Orsk Post" is "the orsk post".
pub(crate) fn key(name: &str) -> String {
    words(name).concat()
}

/// One field as a ruling gives it.
enum Field {
    Alignment(Option<String>),
    Owner(Option<String>),
    Family(Option<String>),
    Language(Option<String>),
    Reliability(Option<(Reliability, Option<Date>)>),
}

impl Field {
    /// The field in `value`, such as `owner=Orsk Media Group` or `reliability=B@2031-05-09`; nothing after the sign clears it.
    fn parse(value: &str) -> Option<Field> {
        let (field, said) = value.split_once('=')?;
        let said = said.trim();
        if said.chars().count() > MAX_FIELD_CHARS || said.chars().any(char::is_control) {
            return None;
        }
        let text = (!said.is_empty()).then(|| said.to_owned());
        Some(match field {
            "alignment" => Field::Alignment(text),
            "owner" => Field::Owner(text),
            "family" => Field::Family(text),
            "language" => Field::Language(text),
            "reliability" => Field::Reliability(match text {
                None => None,
                Some(said) => {
                    let (grade, day) = said.split_once('@').map_or((said.as_str(), None), |(g, day)| (g, Some(day)));
                    let day = day.map(str::parse::<Date>).transpose().ok()?;
                    Some((Reliability::from_code(grade)?, day))
                }
            }),
            _ => return None,
        })
    }
}

/// Whether a ruling of this action can be read.
pub(crate) fn is_readable(ruling: &Ruling) -> bool {
    !key(&ruling.subject).is_empty() && ruling.value.as_deref().is_some_and(|value| Field::parse(value).is_some())
}

impl Register {
    /// The register as the rulings in force have it.
    pub(crate) fn of(rulings: &[Ruling]) -> Register {
        let mut told: Vec<&Ruling> =
            in_force(rulings).into_values().flatten().filter(|ruling| ruling.action == ACTION).collect();
        told.sort_by_key(|ruling| ruling.number);
        let mut register: BTreeMap<String, RegisteredSource> = BTreeMap::new();
        for ruling in told {
            let Some(field) = ruling.value.as_deref().and_then(Field::parse) else { continue };
            let source = register.entry(key(&ruling.subject)).or_default();
            source.name.clone_from(&ruling.subject);
            match field {
                Field::Alignment(said) => source.alignment = said,
                Field::Owner(said) => source.owner = said,
                Field::Family(said) => source.family = said,
                Field::Language(said) => source.language = said,
                Field::Reliability(said) => {
                    source.rating = said.map(|(reliability, on)| Rating {
                        reliability,
                        rater: ruling.reviewer.clone(),
                        on,
                        why: ruling.why.clone(),
                    });
                }
            }
        }
        Register(register)
    }

    /// What is noted of the source with this key.
    pub(crate) fn get(&self, key: &str) -> Option<&RegisteredSource> {
        self.0.get(key)
    }

    /// All sources, by key.
    pub(crate) fn sources(&self) -> Vec<RegisteredSource> {
        self.0.values().cloned().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ruling(number: u64, action: &str, subject: &str, value: Option<&str>) -> Ruling {
        let (action, subject, value) = (action.to_owned(), subject.to_owned(), value.map(str::to_owned));
        Ruling {
            number,
            action,
            subject,
            value,
            reviewer: "desk".to_owned(),
            why: Some("ten years of reading".to_owned()),
        }
    }

    #[test]
    fn the_last_ruling_on_a_field_counts_and_can_be_undone() {
        let mut rulings = vec![
            ruling(1, "source", "The Orsk Post", Some("owner=Orsk Media")),
            ruling(2, "source", "the orsk post", Some("reliability=C@2031-05-09")),
            ruling(3, "source", "The Orsk Post", Some("reliability=B")),
        ];
        let rated = |rulings: &[Ruling]| {
            let register = Register::of(rulings);
            let source = register.get(&key("THE ORSK POST")).unwrap();
            let rating = source.rating.as_ref().unwrap();
            (source.owner.clone().unwrap(), rating.reliability, rating.on.map(|day| day.to_string()))
        };
        assert_eq!(rated(&rulings), ("Orsk Media".to_owned(), Reliability::B, None));
        rulings.push(ruling(4, "undo", "3", None));
        assert_eq!(rated(&rulings), ("Orsk Media".to_owned(), Reliability::C, Some("2031-05-09".to_owned())));
    }

    #[test]
    fn an_empty_value_clears_and_a_wrong_one_is_refused() {
        let rulings = [ruling(1, "source", "Post", Some("owner=X")), ruling(2, "source", "Post", Some("owner="))];
        assert_eq!(Register::of(&rulings).get("post").unwrap().owner, None);
        for value in ["reliability=G", "reliability=B@soon", "colour=red", "owner", "owner=a\u{7}b"] {
            assert!(!is_readable(&ruling(1, "source", "Post", Some(value))), "{value}");
        }
        assert!(!is_readable(&ruling(1, "source", "…", Some("owner=X"))));
    }
}
