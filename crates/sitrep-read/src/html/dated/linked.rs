//! Dates in JSON-LD: the article's object wherever it stands, and what is left of a script that is not quite JSON.
//!
//! In: a view of the page. Out: signs. Never takes the date of a comment, of a listed page or of an event.

use std::sync::LazyLock;

use regex::Regex;
use serde_json::Value;

use super::View;
use super::marks::MARKS;
use crate::published::{Kind, Signals};

/// Objects of one script that are looked at.
const MAX_OBJECTS: usize = 5_000;
/// Keys that lead from one object to what the page is about.
const MAIN: [&str; 4] = ["@graph", "mainEntity", "mainEntityOfPage", "article"];

/// Reads every JSON-LD script of the page.
pub(super) fn read(view: &View<'_>, signals: &mut Signals) {
    for (i, node) in view.tree.nodes.iter().enumerate().filter(|(_, n)| n.name == "script") {
        let typed = node.attribute("type").is_some_and(|t| t.to_lowercase().contains("ld+json"));
        // The words of a script are its only child.
        if let Some(inside) = view.tree.nodes.get(i + 1).filter(|_| typed && node.end > i + 1) {
            script(view, &inside.text, signals);
        }
    }
}

fn script(view: &View<'_>, source: &str, signals: &mut Signals) {
    let source = source.trim().trim_start_matches("<!--").trim_end_matches("-->").trim();
    let source = source.trim_start_matches("//<![CDATA[").trim_end_matches("//]]>").trim().trim_end_matches(';');
    // The parser refuses nesting past 128, so walking the value is bounded.
    match serde_json::from_str::<Value>(source).or_else(|_| serde_json::from_str(&mended(source))) {
        Ok(value) => objects(view, &value, signals),
        Err(_) => broken(view, source, signals),
    }
}

/// The source with the commonest faults put right: line breaks and tabs inside strings, a comma before a closing bracket.
fn mended(source: &str) -> String {
    static COMMA: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r",(\s*[}\]])").expect("a constant checked by the tests"));
    let plain: String = source.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    COMMA.replace_all(&plain, "$1").into_owned()
}

fn objects(view: &View<'_>, value: &Value, signals: &mut Signals) {
    let mut open = vec![value];
    let mut n_objects = 0;
    while let Some(value) = open.pop() {
        match value {
            Value::Array(items) => open.extend(items.iter().rev()),
            Value::Object(fields) => {
                n_objects += 1;
                if n_objects > MAX_OBJECTS {
                    return;
                }
                object(view, fields, signals);
                open.extend(MAIN.iter().rev().filter_map(|k| fields.get(*k)));
            }
            _ => {}
        }
    }
}

fn object(view: &View<'_>, fields: &serde_json::Map<String, Value>, signals: &mut Signals) {
    let kind = kind(fields.get("@type"));
    if kind == Sort::NotThePage {
        return;
    }
    for (key, value) in fields {
        let key = key.to_lowercase();
        let key = key.rsplit([':', '/']).next().unwrap_or(&key);
        let names = &MARKS.linked;
        let holds = |list: &[String]| list.iter().any(|name| name == key);
        let sign = match kind {
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

fn kind(told: Option<&Value>) -> Sort {
    let names: Vec<&str> = match told {
        Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).collect(),
        Some(Value::String(kind)) => vec![kind.as_str()],
        _ => Vec::new(),
    };
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
