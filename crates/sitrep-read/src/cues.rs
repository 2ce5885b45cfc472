//! The line patterns of `data/*.toml`: furniture, fields above an article, headers of pasted comments.
//!
//! In: one line. Out: which entry it matches, with named captures. Never looks at more than the line: what stands beside it is
//! the reader's business.

use std::sync::{LazyLock, OnceLock};

use regex::{Captures, Regex, RegexBuilder, RegexSet, RegexSetBuilder};
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// A longer line is prose, whatever it says.
const MAX_LINE_BYTES: usize = 240;

/// What a line of furniture is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Furniture {
    /// An appeal for money, or its thermometer.
    Donation,
    /// Menus, buttons, notices.
    Nav,
    /// A link under a picture.
    Caption,
    /// "Read also": titles of other pages follow.
    Related,
    /// Heads a note on the author or the outlet, below an article.
    About,
    /// A button between comments.
    Thread,
    /// Opens a comment thread.
    Heading,
    /// Closes a comment thread: the reply form.
    End,
}

/// What a line above, below or beside an article tells about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Field {
    Title,
    Byline,
    Published,
    Modified,
    Outlet,
    Url,
    /// Words under a picture; the line is an article block of its own.
    Caption,
}

/// What a line of a pasted thread is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Header {
    /// Names the author, perhaps the time and whom it answers.
    Author,
    /// A time and nothing else.
    Time,
}

/// One entry of a pattern file.
#[derive(Debug, Deserialize)]
pub(crate) struct Entry<K> {
    #[cfg_attr(not(test), allow(dead_code))]
    pub(crate) id: String,
    pub(crate) kind: K,
    pub(crate) pattern: String,
    /// Counts only next to a line that is a donation already.
    #[serde(default)]
    pub(crate) beside: bool,
    #[cfg_attr(not(test), allow(dead_code))]
    yes: Vec<String>,
    #[cfg_attr(not(test), allow(dead_code))]
    no: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct File<K> {
    /// Shorthands: `{NAME}` in a pattern stands for the text given here.
    #[serde(default)]
    shorthand: std::collections::BTreeMap<String, String>,
    entry: Vec<Entry<K>>,
}

/// A pattern file, ready to use.
pub(crate) struct Patterns<K> {
    entries: Vec<Entry<K>>,
    /// The pattern of each entry, made ready when its captures are first asked for.
    regexes: Vec<(String, OnceLock<Regex>)>,
    set: RegexSet,
}

impl<K: DeserializeOwned + Copy> Patterns<K> {
    /// The patterns of a shipped file. Panics on a broken one; a test loads each.
    pub(crate) fn load(toml_text: &str) -> Patterns<K> {
        let file: File<K> = toml::from_str(toml_text).expect("the shipped pattern files are valid: tested");
        let whole: Vec<String> = file.entry.iter().map(|e| expanded(&e.pattern, &file.shorthand)).collect();
        let set =
            RegexSetBuilder::new(&whole).case_insensitive(true).size_limit(128 << 20).dfa_size_limit(32 << 20).build();
        let regexes = whole.into_iter().map(|pattern| (pattern, OnceLock::new())).collect();
        Patterns { entries: file.entry, regexes, set: set.expect("the shipped patterns are valid: tested") }
    }

    fn regex(&self, entry: usize) -> &Regex {
        let (pattern, ready) = &self.regexes[entry];
        let build = || RegexBuilder::new(pattern).case_insensitive(true).size_limit(16 << 20).build();
        ready.get_or_init(|| build().expect("the shipped patterns are valid: tested"))
    }

    /// The first entry that matches all of `line`, leading and trailing space aside.
    pub(crate) fn entry(&self, line: &str, usable: impl Fn(&Entry<K>) -> bool) -> Option<&Entry<K>> {
        let line = line.trim();
        if line.is_empty() || line.len() > MAX_LINE_BYTES {
            return None;
        }
        self.set.matches(line).iter().map(|i| &self.entries[i]).find(|e| usable(e))
    }

    /// The kind and the named captures of the first entry that matches all of `line`.
    pub(crate) fn captures<'l>(&self, line: &'l str) -> Option<(K, Captures<'l>)> {
        let line = line.trim();
        if line.is_empty() || line.len() > MAX_LINE_BYTES {
            return None;
        }
        let first = self.set.matches(line).iter().next()?;
        Some((self.entries[first].kind, self.regex(first).captures(line)?))
    }
}

fn expanded(pattern: &str, shorthand: &std::collections::BTreeMap<String, String>) -> String {
    let mut out = pattern.to_owned();
    // Shorthands may use shorthands, three deep in the files we ship.
    for (name, text) in shorthand.iter().chain(shorthand).chain(shorthand) {
        out = out.replace(&format!("{{{name}}}"), &format!("(?:{text})"));
    }
    // A word boundary of ASCII letters keeps lines in other scripts on the fast engine; the words beside it are English.
    format!("^(?:{})$", out.replace(r"\b", r"(?-u:\b)"))
}

static FURNITURE: LazyLock<Patterns<Furniture>> =
    LazyLock::new(|| Patterns::load(include_str!("../data/furniture.toml")));
static FIELDS: LazyLock<Patterns<Field>> = LazyLock::new(|| Patterns::load(include_str!("../data/fields.toml")));
static HEADERS: LazyLock<Patterns<Header>> =
    LazyLock::new(|| Patterns::load(include_str!("../data/comment_headers.toml")));
static POST_TIMES: LazyLock<Patterns<Header>> =
    LazyLock::new(|| Patterns::load(include_str!("../data/post_times.toml")));
static POST_NOTES: LazyLock<Patterns<Header>> =
    LazyLock::new(|| Patterns::load(include_str!("../data/post_notes.toml")));
static QUOTE_HEADERS: LazyLock<Patterns<Header>> =
    LazyLock::new(|| Patterns::load(include_str!("../data/quote_headers.toml")));

/// What furniture `line` is, when `before` is what the line before it was.
pub(crate) fn furniture(line: &str, before: Option<Furniture>) -> Option<Furniture> {
    FURNITURE.entry(line, |e| !e.beside || before == Some(Furniture::Donation)).map(|e| e.kind)
}

/// What `line` tells about the article, and the value told.
pub(crate) fn field(line: &str) -> Option<(Field, String)> {
    let (kind, captures) = FIELDS.captures(line)?;
    Some((kind, captures.name("value")?.as_str().trim().to_owned()))
}

/// What the header line of a pasted comment says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct CommentHeader {
    pub(crate) author: Option<String>,
    pub(crate) to: Option<String>,
    pub(crate) time: Option<String>,
}

/// Reads a line as the header of a pasted comment.
pub(crate) fn comment_header(line: &str) -> Option<CommentHeader> {
    let (kind, captures) = HEADERS.captures(line)?;
    let named = |name| captures.name(name).map(|m| m.as_str().trim().to_owned()).filter(|t| !t.is_empty());
    let author = named("author");
    let fits = kind == Header::Author && author.as_deref().is_some_and(|a| a.split_whitespace().count() <= 6);
    fits.then(|| CommentHeader { author, to: named("to"), time: named("time").or_else(|| named("late")) })
}

/// Whether `line` is a time and nothing else ("3 years ago", "November 9, 2017 at 3:14 pm").
pub(crate) fn is_time(line: &str) -> bool {
    HEADERS.entry(line, |e| e.kind == Header::Time).is_some()
}

/// Whether `line` is a forum's own note in a post: edited, liked, buttons.
pub(crate) fn is_post_note(line: &str) -> bool {
    POST_NOTES.entry(line, |_| true).is_some()
}

/// Whether `line` names a day or says how long ago, as forums write it.
pub(crate) fn is_post_time(line: &str) -> bool {
    POST_TIMES.entry(line, |_| true).is_some()
}

/// Whether `line` stands above a quotation, and who is quoted when it says so.
pub(crate) fn quote_header(line: &str) -> Option<Option<String>> {
    let (kind, captures) = QUOTE_HEADERS.captures(line)?;
    let author = captures.name("author").map(|m| m.as_str().trim().to_owned());
    Some(author.filter(|a| kind == Header::Author && !a.is_empty()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check<K: DeserializeOwned + Copy>(patterns: &Patterns<K>) {
        for (i, entry) in patterns.entries.iter().enumerate() {
            patterns.regex(i);
            assert!(!entry.yes.is_empty() && !entry.no.is_empty(), "{} has no examples", entry.id);
            for yes in &entry.yes {
                assert!(patterns.set.matches(yes).matched(i), "{} should match: {yes}", entry.id);
            }
            for no in &entry.no {
                assert!(!patterns.set.matches(no).matched(i), "{} should not match: {no}", entry.id);
            }
        }
    }

    #[test]
    fn every_entry_matches_its_yes_lines_and_not_its_no_lines() {
        check(&FURNITURE);
        check(&FIELDS);
        check(&HEADERS);
        check(&POST_TIMES);
        check(&POST_NOTES);
        check(&QUOTE_HEADERS);
    }

    #[test]
    fn a_month_alone_is_furniture_only_beside_a_donation() {
        assert_eq!(furniture("MARCH 2021", None), None);
        assert_eq!(furniture("MARCH 2021", Some(Furniture::Donation)), Some(Furniture::Donation));
    }

    #[test]
    fn headers_give_names_and_times() {
        let header = |line| comment_header(line).unwrap();
        assert_eq!(header("Marlow > Quill_7 • 3 years ago").to.as_deref(), Some("Quill_7"));
        let says = header("Marlow says: November 9, 2017 at 3:14 pm");
        assert_eq!(
            (says.author.as_deref(), says.time.as_deref()),
            (Some("Marlow"), Some("November 9, 2017 at 3:14 pm"))
        );
        assert_eq!(comment_header("The ministry said the bridge was open"), None);
    }
}
