//! Dates in JSON-LD: those of the article's object, and of what is left of a script that is not quite JSON.
//!
//! In: a view of the page and its JSON-LD. Out: signs. Never takes the date of a comment, of a listed page or of an event.

use std::sync::LazyLock;

use regex::Regex;
use serde_json::{Map, Value};

use super::View;
use super::marks::MARKS;
use crate::html::linked::{Linked, kinds, objects};
use crate::published::{Kind, Signals};

/// Reads the JSON-LD of the page.
pub(super) fn read(view: &View<'_>, linked: &Linked, signals: &mut Signals) {
    linked.scripts.iter().flat_map(objects).for_each(|fields| object(view, fields, signals));
    linked.broken.iter().for_each(|source| broken(view, source, signals));
}

fn object(view: &View<'_>, fields: &Map<String, Value>, signals: &mut Signals) {
    let sort = sort(&kinds(fields));
    if sort == Sort::NotThePage {
        return;
    }
    for (key, value) in fields {
        let key = key.to_lowercase();
        let key = key.rsplit([':', '/']).next().unwrap_or(&key);
        let names = &MARKS.linked;
        let holds = |list: &[String]| list.iter().any(|name| name == key);
        let sign = match sort {
            Sort::Article if holds(&names.published) => Kind::LinkedArticle,
            Sort::Page if holds(&names.published) => Kind::LinkedPage,
            _ if holds(&names.published) => Kind::LinkedOther,
            _ if holds(&names.created) => Kind::LinkedCreated,
            _ if holds(&names.modified) => Kind::Changed,
            _ => continue,
        };
        let said = value.as_str().or_else(|| value.get("@value").and_then(Value::as_str));
        if let Some(told) = said.and_then(|text| view.told(text)) {
            signals.add(sign, told);
        }
    }
}

#[derive(PartialEq, Eq)]
enum Sort {
    Article,
    Page,
    Other,
    NotThePage,
}

fn sort(names: &[&str]) -> Sort {
    let ends = |ends: &[&str]| names.iter().any(|name| ends.iter().any(|end| name.ends_with(end)));
    if ends(&["Article", "Posting", "Report", "Recipe", "CreativeWork", "HowTo", "Question"]) {
        Sort::Article
    } else if ends(&["Page", "WebSite"]) {
        Sort::Page
    } else if ends(&[
        "Event",
        "Comment",
        "Answer",
        "Product",
        "JobPosting",
        "ItemList",
        "Review",
        "Organization",
        "Person",
    ]) {
        Sort::NotThePage
    } else {
        Sort::Other
    }
}

/// What a script that cannot be parsed still tells.
fn broken(view: &View<'_>, source: &str, signals: &mut Signals) {
    static KEY: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r#"(?i)["'](date(?:published|modified))["']\s*:\s*["']([^"']{8,40})["']"#)
            .expect("a constant checked by the tests")
    });
    for found in KEY.captures_iter(source).take(20) {
        let Some(told) = view.told(&found[2]) else { continue };
        let published = found[1].eq_ignore_ascii_case("datepublished");
        signals.add(if published { Kind::LinkedBroken } else { Kind::Changed }, told);
    }
}
