//! JSON-LD: what a page says about itself to other machines.
//!
//! In: a tree. Out: the objects of its scripts that speak of the page, and what is left of scripts that are not quite JSON. Each
//! script is parsed once. Never looks for meaning: `head` and `dated` do.

use std::sync::LazyLock;

use regex::Regex;
use serde_json::{Map, Value};

use super::tree::Tree;

/// Objects of one script that are looked at.
pub(crate) const MAX_OBJECTS: usize = 5_000;
/// Keys that lead from one object to what the page is about.
const MAIN: [&str; 4] = ["@graph", "mainEntity", "mainEntityOfPage", "article"];

/// The JSON-LD of a page, script by script.
#[derive(Debug, Default)]
pub(crate) struct Linked {
    pub(crate) scripts: Vec<Value>,
    /// Scripts that cannot be parsed.
    pub(crate) broken: Vec<String>,
}

impl Linked {
    /// Reads every JSON-LD script of `tree`.
    pub(crate) fn of(tree: &Tree) -> Linked {
        let mut linked = Linked::default();
        for (i, node) in tree.nodes.iter().enumerate().filter(|(_, n)| n.name == "script") {
            let typed = node.attribute("type").is_some_and(|t| t.to_lowercase().contains("ld+json"));
            // The words of a script are its only child.
            let Some(inside) = tree.nodes.get(i + 1).filter(|_| typed && node.end > i + 1) else { continue };
            let source = inside.text.trim().trim_start_matches("<!--").trim_end_matches("-->").trim();
            let source = source.trim_start_matches("//<![CDATA[").trim_end_matches("//]]>").trim();
            let source = source.trim_end_matches(';');
            // The parser refuses nesting past 128, so walking the value is bounded.
            match serde_json::from_str(source).or_else(|_| serde_json::from_str(&mended(source))) {
                Ok(value) => linked.scripts.push(value),
                Err(_) => linked.broken.push(source.to_owned()),
            }
        }
        linked
    }
}

/// The objects of a script that speak of the page, outer before inner, in the order written.
pub(crate) fn objects(script: &Value) -> impl Iterator<Item = &Map<String, Value>> {
    let mut open = vec![script];
    let next = move || {
        while let Some(value) = open.pop() {
            match value {
                Value::Array(items) => open.extend(items.iter().rev()),
                Value::Object(fields) => {
                    open.extend(MAIN.iter().rev().filter_map(|key| fields.get(*key)));
                    return Some(fields);
                }
                _ => {}
            }
        }
        None
    };
    std::iter::from_fn(next).take(MAX_OBJECTS)
}

/// What an object says it is.
pub(crate) fn kinds(fields: &Map<String, Value>) -> Vec<&str> {
    match fields.get("@type") {
        Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).collect(),
        Some(Value::String(kind)) => vec![kind],
        _ => Vec::new(),
    }
}

/// The source with the commonest faults put right: line breaks and tabs inside strings, a comma before a closing bracket.
fn mended(source: &str) -> String {
    static COMMA: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r",(\s*[}\]])").expect("a constant checked by the tests"));
    let plain: String = source.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    COMMA.replace_all(&plain, "$1").into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn objects_come_in_the_order_written_and_faults_are_mended() {
        let tree = Tree::of(
            "<script type='application/ld+json'>[{\"@type\":\"WebPage\",\"mainEntity\":{\"@type\":[\"A\",\"B\"]},},\n{\"@type\":\"C\"}]</script>\
             <script type='application/ld+json'>{\"@type\": no</script><script type='application/json'>{}</script>",
        );
        let linked = Linked::of(&tree);
        let seen: Vec<Vec<&str>> = linked.scripts.iter().flat_map(objects).map(kinds).collect();
        assert_eq!(seen, [vec!["WebPage"], vec!["A", "B"], vec!["C"]]);
        assert_eq!(linked.broken, ["{\"@type\": no"]);
    }
}
