//! What a page says about itself: title, author, outlet, address and language, from JSON-LD, meta and links.
//!
//! In: a tree. Out: [`Head`]. Its dates are read in `dated`.

use std::collections::BTreeMap;

use serde_json::Value;

use super::called::BYLINE;
use super::linked::{Linked, MAX_OBJECTS, kinds, objects};
use super::names::PARTS;
use super::tree::Tree;
use crate::dates::first_full_date;

#[derive(Debug, Default)]
pub(crate) struct Head {
    /// What the publishing system calls the article.
    pub(crate) headline: Option<String>,
    /// The `<title>` element, site name and all.
    pub(crate) page_title: Option<String>,
    pub(crate) byline: Option<String>,
    /// The outlet's own name where an author's is expected.
    pub(crate) house: Option<String>,
    pub(crate) outlet: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) language: Option<String>,
    /// What the page says it is about.
    pub(crate) description: Option<String>,
}

/// Reads what `tree` says about itself.
pub(crate) fn read(tree: &Tree, linked: &Linked) -> Head {
    let mut head = Head::default();
    let mut metas: Vec<(String, String)> = Vec::new();
    let linked = linked_data(linked);
    for (i, node) in tree.nodes.iter().enumerate() {
        match node.name.as_str() {
            "html" => head.language = head.language.take().or_else(|| language(node.attribute("lang"))),
            "title" if head.page_title.is_none() && !within_svg(tree, i) => head.page_title = some(&tree.words(i)),
            "link" if node.attribute("rel") == Some("canonical") => head.url = node.attribute("href").and_then(address),
            "meta" => {
                let content = node.attribute("content").unwrap_or("").trim();
                for name in ["name", "property", "itemprop"].iter().filter_map(|n| node.attribute(n)) {
                    if !content.is_empty() {
                        metas.push((name.trim().to_lowercase(), content.to_owned()));
                    }
                }
            }
            _ => {}
        }
    }
    let names = &PARTS.meta;
    let meta = |list: &[String]| {
        let known = |wanted: &String| metas.iter().find(|(name, _)| name == wanted).map(|(_, content)| content.clone());
        list.iter().find_map(known)
    };
    head.description = meta(&names.description).map(|d| d.split_whitespace().collect::<Vec<_>>().join(" "));
    head.headline = meta(&names.title).or(linked.headline);
    head.outlet = meta(&names.outlet).or(linked.outlet);
    // Many systems put the house down as the author; then the page's own byline is better.
    let told = [linked.byline, meta(&names.byline)].into_iter().flatten().filter(|b| names_someone(b));
    let (house, people): (Vec<String>, Vec<String>) = told.partition(|b| head.outlet.as_ref() == Some(b));
    head.byline = people.into_iter().next();
    head.house = house.into_iter().next();
    head.url = head.url.or_else(|| meta(&names.url).and_then(|u| address(&u)));
    head
}

fn within_svg(tree: &Tree, i: usize) -> bool {
    tree.nodes[tree.nodes[i].parent].is(&["svg", "symbol", "g", "use"])
}

/// What the article's own object says in JSON-LD, wherever it stands.
fn linked_data(linked: &Linked) -> Head {
    let mut head = Head::default();
    for script in &linked.scripts {
        let known = identified(script);
        for fields in objects(script).filter(|fields| kinds(fields).into_iter().any(is_article)) {
            let text = |key: &str| fields.get(key).and_then(Value::as_str);
            head.headline = head.headline.take().or_else(|| text("headline").and_then(some));
            head.byline = head.byline.take().or_else(|| fields.get("author").and_then(|a| names_of(a, &known)));
            head.outlet = head.outlet.take().or_else(|| fields.get("publisher").and_then(|p| names_of(p, &known)));
        }
    }
    head
}

/// Names by identifier: in a graph an article points at its author.
fn identified(value: &Value) -> BTreeMap<&str, &str> {
    let lists = [Some(value), value.get("@graph")].into_iter().flatten().filter_map(Value::as_array);
    lists
        .flatten()
        .take(MAX_OBJECTS)
        .filter_map(|v| Some((v.get("@id")?.as_str()?, v.get("name")?.as_str()?)))
        .collect()
}

fn is_article(kind: &str) -> bool {
    kind.ends_with("Article") || kind.ends_with("Posting") || matches!(kind, "Report" | "WebPage" | "CreativeWork")
}

/// The names in a JSON-LD person, organisation or list of them.
fn names_of(value: &Value, known: &BTreeMap<&str, &str>) -> Option<String> {
    let told = |v: &Value| v.get("@id").and_then(Value::as_str).and_then(|id| known.get(id).map(|n| (*n).to_owned()));
    let name = |v: &Value| {
        let said = v.as_str().or_else(|| v.get("name").and_then(Value::as_str)).map(|n| n.trim().to_owned());
        said.or_else(|| told(v))
    };
    let names: Vec<String> = match value {
        Value::Array(items) => items.iter().filter_map(name).collect(),
        one => name(one).into_iter().collect(),
    };
    let names: Vec<String> = names.into_iter().filter(|n| !n.is_empty() && !n.contains("://")).collect();
    (!names.is_empty()).then(|| names.join(", "))
}

/// The author named in the page's own words: `rel=author`, `itemprop=author`, `.byline`.
pub(crate) fn shown_byline(tree: &Tree, skip: impl Fn(usize) -> bool) -> Option<String> {
    let mut best: Option<(usize, String)> = None;
    for (i, node) in tree.nodes.iter().enumerate() {
        if node.name.is_empty() || node.name == "meta" || skip(i) {
            continue;
        }
        let by_rel = node.attribute("rel").is_some_and(|r| r.split_whitespace().any(|w| w == "author")).then_some(0);
        let is_author = |property: &str| property.eq_ignore_ascii_case("author");
        let by_property = node.attribute("itemprop").is_some_and(|p| p.split_whitespace().any(is_author)).then_some(1);
        let place = |fits: &dyn Fn(&str, &str) -> bool| {
            (node.called & BYLINE != 0)
                .then(|| tree.classes(i))
                .into_iter()
                .flatten()
                .filter_map(|c| PARTS.byline_names.iter().position(|n| fits(c, n)))
                .min()
        };
        let ends = |c: &str, n: &str| c.strip_suffix(n).is_some_and(|head| head.ends_with(['-', '_']));
        let by_class = place(&|c, n| c == n).map(|r| r + 2).or_else(|| place(&ends).map(|r| r + 12));
        let by_address = node.attribute("href").is_some_and(|h| {
            ["/author/", "/authors/", "/writer/", "/journalist/", "/contributor/", "/by/"]
                .iter()
                .any(|part| h.contains(part))
        });
        let by_address = by_address.then_some(20);
        let Some(rank) = by_rel.or(by_property).or(by_class).or(by_address) else { continue };
        if best.as_ref().is_some_and(|(r, _)| *r <= rank) || node.end - i > 60 {
            continue;
        }
        let words = tree.words(i);
        let name = match crate::cues::field(&words) {
            Some((crate::cues::Field::Byline, name)) => name,
            _ => without_by(words.trim_start_matches(['|', '·', '-', ' '])).to_owned(),
        };
        if (2..=80).contains(&name.chars().count()) && names_someone(&name) && first_full_date(&name).is_none() {
            best = Some((rank, name));
        }
    }
    best.map(|(_, name)| name)
}

/// Whether a byline holds a name: letters, no address, not only the word for it.
fn names_someone(name: &str) -> bool {
    let bare = name.trim().trim_end_matches(':').to_lowercase();
    let empty = ["author", "authors", "by", "admin", "administrator", "written by", "posted by"];
    let button = ["view ", "more ", "read ", "see ", "all ", "about ", "follow "].iter().any(|b| bare.starts_with(b));
    bare.chars().any(char::is_alphabetic)
        && !name.contains("://")
        && !name.starts_with('@')
        && !empty.contains(&bare.as_str())
        && !button
}

/// A name without "By" and the like in front of it.
fn without_by(words: &str) -> &str {
    let leads = ["written by ", "posted by ", "posted by: ", "by: ", "by ", "author: ", "author "];
    let bare = leads.iter().find_map(|lead| {
        let said = words.get(..lead.len())?;
        said.eq_ignore_ascii_case(lead).then(|| &words[lead.len()..])
    });
    bare.unwrap_or(words).trim_start()
}

fn some(text: &str) -> Option<String> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    (!text.is_empty()).then_some(text)
}

fn address(href: &str) -> Option<String> {
    let href = href.trim();
    (href.starts_with("http://") || href.starts_with("https://")).then(|| href.to_owned())
}

fn language(tag: Option<&str>) -> Option<String> {
    let tag = tag?.trim().replace('_', "-");
    (tag.len() >= 2 && tag.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')).then_some(tag)
}
