//! Which part of a JSON post is its text, its author, its day: known shapes and a user's own mapping.
//!
//! In: a post as a JSON value. Out: [`Told`], or nothing when no shape fits. The shapes stand in `data/post_fields.toml`, where
//! their language is described; this file only follows paths. Never guesses from values.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use jiff::civil::Date;
use serde::Deserialize;
use serde_json::Value;

use super::when;
use crate::ReadError;

/// Elements of a list that are joined.
const MAX_JOINED: usize = 20;

/// One path or several, tried in turn.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(untagged)]
enum Paths {
    #[default]
    None,
    One(String),
    Several(Vec<String>),
}

impl Paths {
    fn all(&self) -> &[String] {
        match self {
            Paths::None => &[],
            Paths::One(path) => std::slice::from_ref(path),
            Paths::Several(paths) => paths,
        }
    }
}

/// One way of writing a post as JSON.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Shape {
    name: String,
    carrier: Option<String>,
    when: Vec<String>,
    lists: Vec<String>,
    ignore: Vec<String>,
    text: Paths,
    html: Paths,
    escaped: Paths,
    title: Paths,
    author: Paths,
    outlet: Paths,
    url: Paths,
    id: Paths,
    created: Paths,
    edited: Paths,
    language: Paths,
    reply_to: Paths,
    forwarded_from: Paths,
    #[cfg_attr(not(test), allow(dead_code))]
    yes: Vec<String>,
    #[cfg_attr(not(test), allow(dead_code))]
    no: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct Known {
    shape: Vec<Shape>,
}

static KNOWN: LazyLock<Vec<Shape>> = LazyLock::new(|| {
    let known: Known = toml::from_str(include_str!("../../data/post_fields.toml"))
        .expect("the file is part of the program and read by the tests");
    known.shape
});

/// The user's own mapping of the fields of posts, from a TOML file: `text = "body.message"`, `author = ["user.name", "from"]`, ….
#[derive(Debug, Clone)]
pub struct PostFields {
    shape: Shape,
}

impl PostFields {
    /// Reads a mapping.
    ///
    /// # Errors
    /// When the file cannot be opened, is not TOML, holds a key that is no field, or names no words (`text`, `html`, `escaped`).
    pub fn open(path: &Path) -> Result<PostFields, ReadError> {
        let text = fs::read_to_string(path).map_err(|source| ReadError::Open { path: path.to_owned(), source })?;
        PostFields::parse(path, &text)
    }

    /// The same from text already read; `path` is only for messages.
    ///
    /// # Errors
    /// As [`PostFields::open`].
    ///
    /// ```
    /// # use sitrep_read::PostFields;
    /// assert!(PostFields::parse("fields.toml".as_ref(), "text = 'body.message'\nauthor = ['user.name', 'from']").is_ok());
    /// assert!(PostFields::parse("fields.toml".as_ref(), "author = 'from'").is_err());
    /// ```
    pub fn parse(path: &Path, text: &str) -> Result<PostFields, ReadError> {
        let wrong = |why: String| ReadError::Meta { path: PathBuf::from(path), why };
        let shape: Shape = toml::from_str(text).map_err(|error| wrong(error.to_string().trim_end().to_owned()))?;
        if [&shape.text, &shape.html, &shape.escaped].iter().all(|paths| paths.all().is_empty()) {
            return Err(wrong("names no words: say where they are, as in text = \"message\"".to_owned()));
        }
        Ok(PostFields { shape })
    }
}

/// The words of a post as found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Words {
    Text(String),
    Html(String),
}

/// What a post tells.
#[derive(Debug, Default)]
pub(super) struct Told {
    pub(super) carrier: String,
    pub(super) words: Option<Words>,
    pub(super) title: Option<String>,
    pub(super) author: Option<String>,
    pub(super) outlet: Option<String>,
    pub(super) url: Option<String>,
    pub(super) id: Option<String>,
    pub(super) created: Option<Date>,
    pub(super) edited: Option<Date>,
    pub(super) language: Option<String>,
    pub(super) reply_to: Option<String>,
    pub(super) forwarded_from: Option<String>,
}

/// What `post` tells, by the user's mapping when it finds words with it, else by the first known shape that fits.
///
/// `around` holds the facts written in the objects around the post. `None` when nothing fits; [`Told::words`] and the title are
/// both empty when a known shape fits a post that says nothing.
pub(super) fn told(post: &Value, around: &BTreeMap<String, String>, own: Option<&PostFields>) -> Option<Told> {
    let fits = |shape: &&Shape| shape.when.iter().all(|condition| holds(post, condition));
    let own = own.map(|own| read(post, around, &own.shape)).filter(|told| told.words.is_some());
    own.or_else(|| {
        let shape = KNOWN.iter().find(fits)?;
        let told = read(post, around, shape);
        (told.words.is_some() || !shape.when.is_empty()).then_some(told)
    })
}

/// Every place in a JSON text where posts may stand.
pub(super) fn lists(own: Option<&PostFields>) -> Vec<Vec<String>> {
    let shapes = own.map(|own| &own.shape).into_iter().chain(KNOWN.iter());
    let mut out: Vec<Vec<String>> = Vec::new();
    for list in shapes.flat_map(|shape| &shape.lists) {
        let path: Vec<String> = list.split('.').map(str::to_owned).collect();
        if !out.contains(&path) {
            out.push(path);
        }
    }
    out
}

fn read(post: &Value, around: &BTreeMap<String, String>, shape: &Shape) -> Told {
    let one = |paths: &Paths| {
        let found = paths.all().iter().find_map(|path| string(post, around, path));
        found.filter(|said| !shape.ignore.contains(said))
    };
    let day = |paths: &Paths| {
        paths.all().iter().find_map(|path| match value(post, path) {
            Some(value) => when::day_of(value),
            None => string(post, around, path).and_then(|said| when::day(&said)),
        })
    };
    let html = || one(&shape.html).map(Words::Html);
    let text = || one(&shape.text).map(Words::Text);
    let escaped = || one(&shape.escaped).map(|said| Words::Text(unescaped(&said)));
    let created = day(&shape.created);
    Told {
        carrier: shape.carrier.clone().unwrap_or_else(|| "posts".to_owned()),
        words: html().or_else(text).or_else(escaped),
        title: one(&shape.title),
        author: one(&shape.author),
        outlet: one(&shape.outlet),
        url: one(&shape.url).filter(|url| url.starts_with("http")),
        id: one(&shape.id),
        edited: day(&shape.edited).filter(|day| Some(*day) != created),
        created,
        language: one(&shape.language).filter(|tag| is_tag(tag)),
        reply_to: one(&shape.reply_to),
        forwarded_from: one(&shape.forwarded_from),
    }
}

/// Whether a path is there and says something, or has the value after `=`.
fn holds(post: &Value, condition: &str) -> bool {
    match condition.split_once('=') {
        Some((path, wanted)) => value(post, path).and_then(Value::as_str) == Some(wanted),
        None => value(post, condition).is_some_and(|value| !value.is_null()),
    }
}

/// The value at a path; a name may hold dots itself.
fn value<'v>(value: &'v Value, path: &str) -> Option<&'v Value> {
    let mut at = value;
    let mut rest = path;
    loop {
        if let Some(found) = at.get(rest) {
            return Some(found);
        }
        let (name, after) = rest.split_once('.').unwrap_or((rest, ""));
        at = match at {
            Value::Array(items) => items.get(name.parse::<usize>().ok()?)?,
            other => other.get(name)?,
        };
        if after.is_empty() {
            return Some(at);
        }
        rest = after;
    }
}

/// What a path says: words, or a number. Empty words say nothing.
fn string(post: &Value, around: &BTreeMap<String, String>, path: &str) -> Option<String> {
    if path.contains('{') {
        return filled(post, around, path);
    }
    if let Some(name) = path.strip_prefix('^') {
        return around.get(name).filter(|said| !said.trim().is_empty()).cloned();
    }
    if let Some((list, rest)) = path.split_once(".*") {
        let items = value(post, list)?.as_array()?;
        let of = |item: &Value| match rest.strip_prefix('.') {
            Some(rest) => value(item, rest).and_then(plain),
            None => plain(item),
        };
        let all: Vec<String> = items.iter().take(MAX_JOINED).filter_map(of).collect();
        return (!all.is_empty()).then(|| all.join(", "));
    }
    value(post, path).and_then(plain)
}

fn plain(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim()).filter(|t| !t.is_empty()).map(str::to_owned),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// Words with the value of each `{path}` in its place; nothing when one says nothing.
fn filled(post: &Value, around: &BTreeMap<String, String>, words: &str) -> Option<String> {
    let mut out = String::new();
    let mut rest = words;
    while let Some((before, after)) = rest.split_once('{') {
        let (path, after) = after.split_once('}')?;
        out.push_str(before);
        out.push_str(&string(post, around, path).filter(|said| !said.contains('{'))?);
        rest = after;
    }
    out.push_str(rest);
    Some(out)
}

/// The text in which `&`, `<`, `>` and quotes were written as references.
fn unescaped(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    let references =
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&#x27;", "'"), ("&#x200B;", "")];
    // The sign itself comes last: "&amp;lt;" says "&lt;".
    let text = references.iter().fold(Cow::Borrowed(text), |text, (from, to)| Cow::Owned(text.replace(from, to)));
    text.replace("&amp;", "&")
}

/// Whether a language is told by a tag, and not by "und" or a whole word.
fn is_tag(tag: &str) -> bool {
    let bare = tag.split(['-', '_']).next().unwrap_or("");
    matches!(bare.len(), 2 | 3)
        && bare.bytes().all(|b| b.is_ascii_alphabetic())
        && !["und", "zxx", "qme", "qst", "mis", "mul"].contains(&bare.to_ascii_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn every_shape_keeps_its_own_examples() {
        for shape in KNOWN.iter() {
            assert!(!shape.yes.is_empty() && !shape.no.is_empty(), "{} has no examples", shape.name);
            let says = |post: &str| {
                let post: Value = serde_json::from_str(post).unwrap();
                let fits = shape.when.iter().all(|c| holds(&post, c));
                fits && (!shape.when.is_empty() || read(&post, &BTreeMap::new(), shape).words.is_some())
            };
            for yes in &shape.yes {
                assert!(says(yes), "{}: {yes}", shape.name);
                let first = KNOWN.iter().find(|s| s.when.iter().all(|c| holds(&serde_json::from_str(yes).unwrap(), c)));
                assert_eq!(first.unwrap().name, shape.name, "another shape comes first for {yes}");
            }
            assert!(!shape.no.iter().any(|no| says(no)), "{}", shape.name);
        }
    }

    #[test]
    fn paths_fill_and_join() {
        let post = json!({"a": {"b": [{"n": "x"}, {"n": "y"}, {}]}, "c.d": 5, "empty": " "});
        let around = BTreeMap::from([("name".to_owned(), "Channel".to_owned())]);
        let says = |path| string(&post, &around, path);
        assert_eq!(says("a.b.1.n").as_deref(), Some("y"));
        assert_eq!(says("a.b.*.n").as_deref(), Some("x, y"));
        assert_eq!(says("c.d").as_deref(), Some("5"));
        assert_eq!(says("no. {c.d} of {a.b.0.n}").as_deref(), Some("no. 5 of x"));
        assert_eq!(says("^name").as_deref(), Some("Channel"));
        for nothing in ["empty", "a", "a.b.7.n", "{missing}", "{a", "", ".", "a.", "x.*", "^", "*"] {
            assert_eq!(says(nothing), None, "{nothing}");
        }
        assert_eq!(unescaped("a &amp;lt; b &gt; c"), "a &lt; b > c");
    }

    #[test]
    fn a_mapping_of_ones_own_goes_first() {
        let own = PostFields::parse(Path::new("f.toml"), "text = 'x.words'\nauthor = 'who'").unwrap();
        let told =
            told(&json!({"text": "other", "x": {"words": "mine"}, "who": "A"}), &BTreeMap::new(), Some(&own)).unwrap();
        assert_eq!((told.words, told.author.as_deref()), (Some(Words::Text("mine".to_owned())), Some("A")));
        let wrong = |text| PostFields::parse(Path::new("f.toml"), text).unwrap_err().to_string();
        assert!(wrong("txt = 'a'").contains("txt"));
        assert!(wrong("author = 'a'").contains("text = "));
    }
}
