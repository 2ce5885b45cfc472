//! The prefix, suffix and infix rules: fixed sequences of character classes with one character of look-around.
//!
//! In: the rule sections of a model file; later, a piece of text. Out: how many bytes a prefix or suffix takes, where
//! infixes stand. Every rule is tried in time linear in its own length, so no text is slow.

use crate::model_file::{ModelError, ModelFile};

/// Code points below this are looked up in a bit set, the others in ranges.
const BIT_SET_LIMIT: u32 = 1024;

/// A set of characters.
#[derive(Debug, Clone)]
pub(crate) struct CharClass {
    low: [u64; BIT_SET_LIMIT as usize / 64],
    high: Vec<(u32, u32)>,
}

impl CharClass {
    fn parse(line: &str) -> Option<CharClass> {
        let mut class = CharClass { low: [0; BIT_SET_LIMIT as usize / 64], high: Vec::new() };
        for range in line.split(' ') {
            let (low, high) = range.split_once('-')?;
            let (low, high) = (u32::from_str_radix(low, 16).ok()?, u32::from_str_radix(high, 16).ok()?);
            for code in low..=high.min(BIT_SET_LIMIT - 1) {
                class.low[code as usize / 64] |= 1 << (code % 64);
            }
            if high >= BIT_SET_LIMIT {
                class.high.push((low.max(BIT_SET_LIMIT), high));
            }
        }
        Some(class)
    }

    pub(crate) fn contains(&self, char: char) -> bool {
        let code = char as u32;
        if code < BIT_SET_LIMIT {
            return self.low[code as usize / 64] >> (code % 64) & 1 == 1;
        }
        let after = self.high.partition_point(|(low, _)| *low <= code);
        after > 0 && code <= self.high[after - 1].1
    }
}

/// All classes of a model, by number.
#[derive(Debug)]
pub(crate) struct CharClasses(Vec<CharClass>);

impl CharClasses {
    pub(crate) fn load(file: &ModelFile<'_>) -> Result<CharClasses, ModelError> {
        let section = "tokenizer.classes";
        let classes = file.lines(section)?.into_iter().map(|line| {
            CharClass::parse(line).ok_or_else(|| ModelError::malformed(section, format!("class {line:?}")))
        });
        Ok(CharClasses(classes.collect::<Result<_, _>>()?))
    }

    pub(crate) fn by_number(&self, text: &str) -> Option<CharClass> {
        self.0.get(text.parse::<usize>().ok()?).cloned()
    }
}

/// One alternative of an expression.
#[derive(Debug)]
struct Rule {
    behind: Vec<CharClass>,
    body: Vec<CharClass>,
    /// The last class of `body` may match several characters.
    repeats: bool,
    ahead: Option<(bool, CharClass)>,
}

impl Rule {
    fn parse(line: &str, classes: &CharClasses) -> Option<Rule> {
        let fields: [&str; 4] = line.split('\t').collect::<Vec<_>>().try_into().ok()?;
        let list = |field: &str| -> Option<Vec<CharClass>> {
            field.split_terminator(' ').map(|number| classes.by_number(number)).collect()
        };
        let ahead = match fields[3].split_at_checked(1) {
            None => None,
            Some((sign, number)) => Some((sign == "+", classes.by_number(number)?)),
        };
        let rule = Rule { behind: list(fields[0])?, body: list(fields[1])?, repeats: fields[2] == "1", ahead };
        // Repeats are taken greedily and never given back, which is right as long as nothing is asked after them.
        let greed_is_right = !rule.repeats || rule.ahead.is_none();
        (!rule.body.is_empty() && greed_is_right).then_some(rule)
    }

    fn stands_behind(&self, before: &str) -> bool {
        let mut chars = before.chars().rev();
        self.behind.iter().rev().all(|class| chars.next().is_some_and(|char| class.contains(char)))
    }

    /// Where the rule ends when it starts at `at`.
    fn end(&self, text: &str, at: usize) -> Option<usize> {
        let mut chars = text[at..].chars();
        if !self.body.iter().all(|class| chars.next().is_some_and(|char| class.contains(char))) {
            return None;
        }
        if self.repeats {
            let class = self.body.last()?;
            while chars.clone().next().is_some_and(|char| class.contains(char)) {
                chars.next();
            }
        }
        if !self.stands_behind(&text[..at]) {
            return None;
        }
        let rest = chars.as_str();
        let follows = match &self.ahead {
            None => true,
            Some((wanted, class)) => rest.chars().next().is_some_and(|char| class.contains(char)) == *wanted,
        };
        follows.then_some(text.len() - rest.len())
    }

    /// The earliest place the rule can start so that it ends with `text`.
    fn start(&self, text: &str) -> Option<usize> {
        let (last, head) = self.body.split_last()?;
        if !self.repeats {
            let char = text.chars().next_back().filter(|char| last.contains(*char))?;
            return self.head_start(head, &text[..text.len() - char.len_utf8()]);
        }
        // The run of the last class may begin with characters the head needs: try it from its start on.
        let run = text.trim_end_matches(|char| last.contains(char)).len();
        text[run..].char_indices().find_map(|(offset, _)| self.head_start(head, &text[..run + offset]))
    }

    fn head_start(&self, head: &[CharClass], text: &str) -> Option<usize> {
        let mut rest = text;
        for class in head.iter().rev() {
            let char = rest.chars().next_back().filter(|char| class.contains(*char))?;
            rest = &rest[..rest.len() - char.len_utf8()];
        }
        self.stands_behind(rest).then_some(rest.len())
    }
}

/// The alternatives of one expression, found by the character they start (or end) with.
#[derive(Debug)]
pub(crate) struct RuleSet {
    rules: Vec<Rule>,
    by_ascii: Vec<Vec<u16>>,
    by_others: Vec<u16>,
}

impl RuleSet {
    /// Reads `section`; `from_end` says whether the rules are found by their last character.
    pub(crate) fn load(
        file: &ModelFile<'_>,
        section: &str,
        classes: &CharClasses,
        from_end: bool,
    ) -> Result<RuleSet, ModelError> {
        let malformed = |line: &str| ModelError::malformed(section, format!("rule {line:?}"));
        let rules: Vec<Rule> = file
            .lines(section)?
            .into_iter()
            .map(|line| Rule::parse(line, classes).ok_or_else(|| malformed(line)))
            .collect::<Result<_, _>>()?;
        let key = |rule: &Rule| if from_end { rule.body.last().cloned() } else { rule.body.first().cloned() };
        let keys: Vec<CharClass> = rules.iter().filter_map(key).collect();
        if rules.len() > usize::from(u16::MAX) || from_end && rules.iter().any(|rule| rule.ahead.is_some()) {
            return Err(malformed("too many, or a look-ahead at the end"));
        }
        let with = |test: &dyn Fn(&CharClass) -> bool| -> Vec<u16> {
            (0..).zip(&keys).filter(|(_, key)| test(key)).map(|(number, _)| number).collect()
        };
        let by_ascii = (0..128_u8).map(|byte| with(&|key| key.contains(byte.into()))).collect();
        let by_others = with(&|key| !key.high.is_empty() || key.low[2..].iter().any(|bits| *bits != 0));
        Ok(RuleSet { rules, by_ascii, by_others })
    }

    fn candidates(&self, char: char) -> impl Iterator<Item = &Rule> {
        let numbers = if char.is_ascii() { &self.by_ascii[char as usize] } else { &self.by_others };
        numbers.iter().map(|number| &self.rules[usize::from(*number)])
    }

    /// Length in bytes of the prefix of `text`; 0 when it has none.
    pub(crate) fn prefix(&self, text: &str) -> usize {
        let Some(first) = text.chars().next() else { return 0 };
        self.candidates(first).find_map(|rule| rule.end(text, 0)).unwrap_or(0)
    }

    /// Length in bytes of the longest suffix of `text`; 0 when it has none.
    pub(crate) fn suffix(&self, text: &str) -> usize {
        let Some(last) = text.chars().next_back() else { return 0 };
        let start = self.candidates(last).filter_map(|rule| rule.start(text)).min();
        start.map_or(0, |start| text.len() - start)
    }

    /// The first infix at or after byte `from`.
    pub(crate) fn infix(&self, text: &str, from: usize) -> Option<(usize, usize)> {
        for (offset, char) in text[from..].char_indices() {
            let at = from + offset;
            if let Some(end) = self.candidates(char).find_map(|rule| rule.end(text, at)) {
                return Some((at, end));
            }
        }
        None
    }
}
