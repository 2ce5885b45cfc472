//! The time rules as data: word tables and patterns of `lang/en/when*.toml`, put together and checked.
//!
//! In: two TOML texts, compiled in. Out: [`Rules`]. Never reads files.

use std::collections::BTreeMap;

use regex::Regex;
use regex_automata::meta;
use serde::Deserialize;

use super::triggers::Triggers;
use crate::KitError;

const WORDS: &str = include_str!("../../lang/en/when_words.toml");
const RULES: &str = include_str!("../../lang/en/when.toml");

/// One table of words with what each stands for.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Table {
    #[serde(default)]
    any_case: bool,
    #[serde(default)]
    pattern: Option<String>,
    #[serde(default)]
    words: BTreeMap<String, i64>,
}

impl Table {
    /// What `word` stands for.
    pub(crate) fn code(&self, word: &str) -> Option<i64> {
        self.words.get(word).copied().or_else(|| self.words.get(&word.to_lowercase()).copied())
    }

    fn alternatives(&self) -> String {
        let mut words: Vec<&str> = self.words.keys().map(String::as_str).collect();
        words.sort_by(|a, b| b.len().cmp(&a.len()).then(a.cmp(b)));
        let mut all: Vec<String> = words.iter().map(|w| regex::escape(w).replace(' ', r"\s+")).collect();
        if let Some(pattern) = &self.pattern {
            all.insert(0, pattern.clone());
        }
        format!("(?{}:{})", if self.any_case { "i" } else { "-i" }, all.join("|"))
    }
}

/// A rule as written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    id: String,
    gives: Gives,
    pattern: String,
    /// Only in documents that count years before the common era.
    guard: Option<String>,
    #[serde(rename = "ref")]
    reference: Option<String>,
    /// What must stand to the left, or must not; the same on the right.
    left: Option<String>,
    not_left: Option<String>,
    right: Option<String>,
    not_right: Option<String>,
    #[serde(default, rename = "why")]
    _why: String,
    #[serde(default)]
    yes: Vec<String>,
    #[serde(default)]
    no: Vec<String>,
    /// The sentences of `no` may hold expressions of other rules.
    #[serde(default)]
    no_is_partial: bool,
    /// The sentences of `yes` may hold other expressions, too.
    #[serde(default)]
    only: bool,
}

/// The mechanism that reads a rule's captures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Gives {
    /// A date from its parts.
    Date,
    /// Two days of one month.
    Pair,
    /// Two years.
    Years,
    /// A decade.
    Decade,
    /// A century.
    Century,
    /// A day seen from the day of writing.
    Deictic,
    /// A unit seen from the day of writing or the narrative.
    UnitDeictic,
    /// A part of a day.
    Tod,
    /// A weekday.
    Weekday,
    /// A weekend.
    Weekend,
    /// So long ago.
    Ago,
    /// So long after or before the narrative's date.
    Later,
    /// A length.
    Duration,
    /// Two lengths of one unit.
    Lengths,
    /// A stretch of unknown length before or after the day of writing.
    WindowRef,
    /// A clock time.
    Clock,
    /// A repetition.
    Set,
    /// Past, present or future.
    Ref,
    /// A quarter seen from the day of writing or the narrative.
    Quarter,
    /// So many weeks of a month, so many months of a year.
    Stretch,
    /// The day the narrative has reached.
    SameTime,
    /// A date in numbers, day or month first.
    Numeric,
    /// A date of the Islamic calendar.
    Hijri,
    /// A date of the Persian calendar.
    Persian,
    /// A feast that moves.
    Feast,
}

/// A rule ready for use.
#[derive(Debug)]
pub(crate) struct Rule {
    pub(crate) id: String,
    pub(crate) gives: Gives,
    pub(crate) only_bc: bool,
    pub(crate) neighbours: Neighbours,
    pub(crate) reference: Option<String>,
    pub(crate) regex: meta::Regex,
    #[cfg_attr(not(test), allow(dead_code))]
    pub(crate) yes: Vec<String>,
    #[cfg_attr(not(test), allow(dead_code))]
    pub(crate) no: Vec<String>,
    #[cfg_attr(not(test), allow(dead_code))]
    pub(crate) loose: (bool, bool),
}

/// What a rule asks of the words around a match.
#[derive(Debug, Default)]
pub(crate) struct Neighbours {
    left: Option<Regex>,
    not_left: Option<Regex>,
    right: Option<Regex>,
    not_right: Option<Regex>,
}

impl Neighbours {
    /// Whether the match `start..end` of `text` stands among the right words.
    pub(crate) fn allow(&self, text: &str, start: usize, end: usize) -> bool {
        const REACH_BYTES: usize = 60;
        let left = &text[text.floor_char_boundary(start.saturating_sub(REACH_BYTES))..start];
        let right = &text[end..text.ceil_char_boundary((end + REACH_BYTES).min(text.len()))];
        self.left.as_ref().is_none_or(|r| r.is_match(left))
            && self.right.as_ref().is_none_or(|r| r.is_match(right))
            && !self.not_left.as_ref().is_some_and(|r| r.is_match(left))
            && !self.not_right.as_ref().is_some_and(|r| r.is_match(right))
    }
}

/// The loaded time rules (`lang/en/when*.toml`).
#[derive(Debug)]
pub(crate) struct Rules {
    pub(crate) tables: BTreeMap<String, Table>,
    pub(crate) rules: Vec<Rule>,
    pub(crate) triggers: Triggers,
    pub(crate) future: Regex,
    pub(crate) past: Regex,
    pub(crate) governing: Regex,
    pub(crate) joint: Regex,
    /// Words before a date that make it an aside of the story.
    pub(crate) aside: Regex,
    /// Years before the common era are counted here.
    pub(crate) era: Regex,
    /// Verbs of saying.
    pub(crate) said: Regex,
}

impl Rules {
    pub(crate) fn load() -> Result<Rules, KitError> {
        #[derive(Deserialize)]
        struct File {
            rule: Vec<Written>,
        }
        let fault = |file, message: String| KitError { file, message };
        let tables: BTreeMap<String, Table> =
            toml::from_str(WORDS).map_err(|e| fault("lang/en/when_words.toml", e.to_string()))?;
        let written: File = toml::from_str(RULES).map_err(|e| fault("lang/en/when.toml", e.to_string()))?;
        let mut rules = Vec::with_capacity(written.rule.len());
        let mut patterns = Vec::with_capacity(written.rule.len());
        for rule in written.rule {
            let bad = |message: String| fault("lang/en/when.toml", format!("rule {}: {message}", rule.id));
            let pattern = expand(&tables, &rule.pattern).map_err(bad)?;
            let regex = searcher(&pattern).map_err(bad)?;
            patterns.push(pattern);
            let neighbours = Neighbours {
                left: side("(?i)(?:", ")$", rule.left.as_deref()).map_err(bad)?,
                not_left: side("(?i)(?:", ")$", rule.not_left.as_deref()).map_err(bad)?,
                right: side("(?i)^(?:", ")", rule.right.as_deref()).map_err(bad)?,
                not_right: side("(?i)^(?:", ")", rule.not_right.as_deref()).map_err(bad)?,
            };
            rules.push(Rule {
                id: rule.id,
                gives: rule.gives,
                only_bc: rule.guard.is_some(),
                neighbours,
                reference: rule.reference,
                regex,
                yes: rule.yes,
                no: rule.no,
                loose: (rule.only, rule.no_is_partial),
            });
        }
        let cues = |name: &str| {
            let words = tables.get(name).map(Table::alternatives).unwrap_or_default();
            Regex::new(&format!(r"(?-u:\b{{start-half}})(?:{words})(?-u:\b{{end-half}})"))
                .map_err(|e| fault("lang/en/when_words.toml", format!("{name}: {e}")))
        };
        let governing = tables.get("governing").map(Table::alternatives).unwrap_or_default();
        let governing =
            format!(r"(?i)(?:^|[^\w])(?P<word>{governing})(?: (?:the|about|around|at least|only|roughly))*\s+$");
        let joint = r"(?i)^\s*(?:(?P<dash>[-–—/])|and|or|to|until|till|through)(?: on)?(?: the)?\s*$";
        let build = |pattern: &str| Regex::new(pattern).map_err(|e| fault("lang/en/when_words.toml", e.to_string()));
        let (future, past) = (cues("future")?, cues("past")?);
        let aside = tables.get("aside").map(Table::alternatives).unwrap_or_default();
        let aside = build(&format!(r"(?:^|[^\w])(?:{aside})(?:[^\w][^.;]*)?$"))?;
        let said = tables.get("said").map(Table::alternatives).unwrap_or_default();
        let said = build(&format!(r"\b(?:{said})\b"))?;
        let triggers = Triggers::of(&patterns).map_err(|e| fault("lang/en/when.toml", e))?;
        let era = build(r" B\.?C")?;
        Ok(Rules {
            era,
            triggers,
            said,
            aside,
            future,
            past,
            governing: build(&governing)?,
            joint: build(joint)?,
            tables,
            rules,
        })
    }

    /// What `word` stands for in `table`.
    pub(crate) fn code(&self, table: &str, word: &str) -> Option<i64> {
        self.tables.get(table)?.code(word)
    }
}

/// A pattern to look for in long texts. No literals are drawn from it first: with so many words to a rule that is most of the time
/// a program takes to start, and passages are short.
fn searcher(pattern: &str) -> Result<meta::Regex, String> {
    let config = meta::Config::new().auto_prefilter(false);
    meta::Regex::builder().configure(config).build(pattern).map_err(|e| e.to_string())
}

fn side(before: &str, after: &str, pattern: Option<&str>) -> Result<Option<Regex>, String> {
    pattern.map(|p| Regex::new(&format!("{before}{}{after}", spaces(p))).map_err(|e| e.to_string())).transpose()
}

/// Replaces `{name}`, `{name:2}` and `{name=table}` by the words of that table, and puts word boundaries around the whole.
fn expand(tables: &BTreeMap<String, Table>, pattern: &str) -> Result<String, String> {
    let mut out = String::from(r"(?i)(?-u:\b{start-half})(?:");
    let mut rest = pattern;
    while let Some(open) = rest.find('{') {
        let close = rest[open..].find('}').ok_or("a { without }")? + open;
        let inside = &rest[open + 1..close];
        out.push_str(&spaces(&rest[..open]));
        if inside.starts_with(|c: char| c.is_ascii_alphabetic()) {
            let (name, table) = match inside.split_once('=') {
                Some((name, table)) => (name.to_owned(), table),
                None => (inside.replace(':', ""), inside.split(':').next().unwrap_or(inside)),
            };
            let words = tables.get(table).ok_or_else(|| format!("no table {table}"))?.alternatives();
            out.push_str(&format!("(?P<{name}>{words})"));
        } else {
            out.push_str(&rest[open..=close]);
        }
        rest = &rest[close + 1..];
    }
    out.push_str(&spaces(rest));
    out.push_str(r")(?-u:\b{end-half})");
    Ok(out)
}

/// A blank in a pattern stands for any white space a line may break at; inside brackets for itself.
fn spaces(pattern: &str) -> String {
    let mut out = String::with_capacity(pattern.len() * 2);
    let mut in_class = false;
    let mut chars = pattern.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\\' => {
                out.push(c);
                out.extend(chars.next());
            }
            '[' if !in_class => {
                in_class = true;
                out.push(c);
            }
            ']' => {
                in_class = false;
                out.push(c);
            }
            ' ' if in_class => out.push_str(r"\s"),
            ' ' if chars.peek() == Some(&'?') => {
                chars.next();
                out.push_str(r"\s*");
            }
            ' ' => out.push_str(r"\s+"),
            _ => out.push(c),
        }
    }
    out
}
