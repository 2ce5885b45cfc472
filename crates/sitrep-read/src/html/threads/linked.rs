//! Comments a page tells programs of in JSON-LD and does not mark where people read them, if it shows them at all.
//!
//! In: a tree. Out: the comments of its article, thread or question with their answers, and the first post. Reads schema.org's
//! `comment`, `acceptedAnswer` and `suggestedAnswer`; never what is on the page beside the scripts.

use serde_json::{Map, Value};
use sitrep_model::BlockKind;

use super::super::tree::Tree;
use super::super::words::{Layout, Run, runs};
use super::{Item, Opener};

/// Objects of one script that are looked at for a thread.
const MAX_OBJECTS: usize = 5_000;
/// Keys that lead from one object to what the page is about.
const MAIN: [&str; 4] = ["@graph", "mainEntity", "mainEntityOfPage", "article"];
/// Keys under which answers stand, as shown.
const ANSWERS: [&str; 3] = ["acceptedAnswer", "suggestedAnswer", "comment"];
/// Types whose own words are the first post of a thread.
const FIRST_POSTS: [&str; 3] = ["DiscussionForumPosting", "SocialMediaPosting", "Question"];

/// What JSON-LD tells.
#[derive(Debug, Default)]
pub(super) struct Linked {
    pub(super) items: Vec<Item>,
    pub(super) told: Option<Opener>,
}

/// The comments told in the scripts of `tree`.
pub(super) fn find(tree: &Tree) -> Linked {
    let mut out = Linked::default();
    for (i, node) in tree.nodes.iter().enumerate().filter(|(_, n)| n.name == "script") {
        let typed = node.attribute("type").is_some_and(|t| t.to_lowercase().contains("ld+json"));
        // The words of a script are its only child. The parser refuses nesting past 128, so walking the value is bounded.
        let inside = tree.nodes.get(i + 1).filter(|_| typed && node.end > i + 1);
        if let Some(value) = inside.and_then(|n| serde_json::from_str::<Value>(n.text.trim()).ok()) {
            objects(&value, &mut out);
        }
    }
    out
}

fn objects(value: &Value, out: &mut Linked) {
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
                // Two scripts may tell one thread.
                if out.items.is_empty() {
                    answers(fields, None, &mut out.items);
                }
                let first = fields.get("@type").is_some_and(|t| each(t).any(|t| FIRST_POSTS.contains(&t)));
                if first && out.told.is_none() {
                    out.told = opener(fields);
                }
                open.extend(MAIN.iter().rev().filter_map(|k| fields.get(*k)));
            }
            _ => {}
        }
    }
}

/// The answers to one object, each followed by the answers to it.
fn answers(fields: &Map<String, Value>, parent: Option<usize>, out: &mut Vec<Item>) {
    for answer in ANSWERS.iter().filter_map(|key| fields.get(*key)) {
        let list = answer.as_array().map_or(std::slice::from_ref(answer), Vec::as_slice);
        for one in list.iter().filter_map(Value::as_object) {
            let read = item(one, parent);
            // Shops and schools write their own questions and answers the same way; nobody signs those.
            let signed = read.author.is_some() || read.time.is_some();
            let at = if read.paragraphs.is_empty() || !signed { parent } else { Some(out.len()) };
            if at != parent {
                out.push(read);
            }
            answers(one, at, out);
        }
    }
}

fn item(fields: &Map<String, Value>, parent: Option<usize>) -> Item {
    let found = words(fields);
    let links = found.iter().flat_map(|run| run.links.clone()).collect();
    let paragraphs = found.into_iter().map(|run| run.words).collect();
    Item { parent, author: author(fields), time: time(fields), paragraphs, links, ..Item::default() }
}

fn opener(fields: &Map<String, Value>) -> Option<Opener> {
    let runs = words(fields);
    (!runs.is_empty()).then(|| Opener { author: author(fields), time: time(fields), runs })
}

/// The words of an object, which may be plain or marked up.
fn words(fields: &Map<String, Value>) -> Vec<Run> {
    let told = ["text", "articleBody", "commentText"].iter().find_map(|key| fields.get(*key)?.as_str());
    let Some(text) = told else { return Vec::new() };
    if ["</", "<br", "<p", "&"].iter().any(|mark| text.contains(mark)) {
        let tree = Tree::of(&text.replace("\n\n", "<p>"));
        let layout = Layout::of(&tree);
        return runs(&tree, &layout, 0, tree.nodes.len(), |i| tree.nodes[i].is(&["script", "style"]));
    }
    let line = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
    let run = |words| Run { node: 0, kind: BlockKind::Body, words, links: Vec::new(), n_link_chars: 0 };
    text.lines().map(line).filter(|line| !line.is_empty()).map(run).collect()
}

fn author(fields: &Map<String, Value>) -> Option<String> {
    let told = fields.get("author").or_else(|| fields.get("creator"))?;
    let first = told.as_array().and_then(|list| list.first()).unwrap_or(told);
    super::marked::author_name(first.get("name").unwrap_or(first).as_str()?)
}

fn time(fields: &Map<String, Value>) -> Option<String> {
    let told = ["dateCreated", "datePublished", "commentTime"].iter().find_map(|key| fields.get(*key)?.as_str())?;
    (told.len() <= 80).then(|| told.to_owned())
}

/// A text, or each text of a list.
fn each(value: &Value) -> impl Iterator<Item = &str> {
    value.as_str().into_iter().chain(value.as_array().into_iter().flatten().filter_map(Value::as_str))
}
