//! Where a rule can match at all: the words of which every match of it holds at least one, drawn from the pattern itself.
//!
//! In: patterns as regular expressions. Out: for a text, the stretches each rule has to be tried on. Most words of a text are no
//! word of time, so most of it is read once and never looked at again.

use std::collections::BTreeSet;
use std::ops::Range;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use regex_syntax::ast::{Ast, ClassSetItem, RepetitionKind, parse::Parser};

/// A match reaches no further than this from a word, and from a number, to either side; less where its pattern is shorter.
const REACH_BYTES: usize = 56;
const DIGIT_REACH_BYTES: usize = 44;
/// What a gap between words is taken to be at most.
const GAP_BYTES: usize = 8;

/// What every match of a rule holds: one of these words, or so many digits in a row.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Needs {
    /// In lower case.
    words: BTreeSet<String>,
    digits: Option<usize>,
    /// How many bytes of the match may stand before and after it.
    around: [usize; 2],
}

impl Needs {
    fn word(word: &str) -> Needs {
        Needs { words: BTreeSet::from([word.to_owned()]), ..Needs::default() }
    }

    fn digits(least: usize) -> Option<Needs> {
        (least > 0).then(|| Needs { digits: Some(least), ..Needs::default() })
    }

    /// The same inside something longer.
    fn inside(mut self, before: usize, after: usize) -> Needs {
        self.around = [self.around[0] + before, self.around[1] + after];
        self
    }
}

/// The triggers of all rules.
#[derive(Debug)]
pub(crate) struct Triggers {
    words: AhoCorasick,
    /// The rules each word stands for.
    rules_of: Vec<Vec<usize>>,
    /// The rules a number stands for, and of how many digits at least.
    of_digits: Vec<(usize, usize)>,
    /// How far a match of each rule reaches to either side of its word or number.
    around: Vec<[usize; 2]>,
}

impl Triggers {
    /// Draws the triggers from the patterns of all rules.
    ///
    /// # Errors
    /// When a pattern is no regular expression, or holds neither a word nor a digit for certain.
    pub(crate) fn of(patterns: &[String]) -> Result<Triggers, String> {
        let mut words: Vec<String> = Vec::new();
        let mut rules_of: Vec<Vec<usize>> = Vec::new();
        let (mut of_digits, mut around) = (Vec::new(), Vec::new());
        for (rule, pattern) in patterns.iter().enumerate() {
            let ast = Parser::new().parse(pattern).map_err(|e| e.to_string())?;
            let needed =
                needs(&ast).ok_or_else(|| format!("nothing in this pattern is sure to be there: {pattern}"))?;
            around.push(needed.around);
            of_digits.extend(needed.digits.map(|least| (least, rule)));
            for word in needed.words {
                match words.iter().position(|w| *w == word) {
                    Some(at) => rules_of[at].push(rule),
                    None => {
                        words.push(word);
                        rules_of.push(vec![rule]);
                    }
                }
            }
        }
        let words = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .match_kind(MatchKind::Standard)
            // Every word of every text goes through it.
            .kind(Some(AhoCorasickKind::DFA))
            .build(&words)
            .map_err(|e| e.to_string())?;
        Ok(Triggers { words, rules_of, of_digits, around })
    }

    /// The stretches of `text` to try each rule on: rule, range; those by words and those by numbers in order and apart.
    pub(crate) fn stretches(&self, text: &str) -> Vec<(usize, Range<usize>)> {
        let bytes = text.as_bytes();
        let mut open: Vec<Option<Range<usize>>> = vec![None; self.around.len()];
        let mut out = Vec::new();
        let mut mark = |rule: usize, start: usize, end: usize, reach: usize| {
            let [before, after] = self.around[rule].map(|bytes| bytes.min(reach));
            let (low, high) = (start.saturating_sub(before), (end + after).min(text.len()));
            match &mut open[rule] {
                // Numbers come after all words, from the top again.
                Some(last) if (last.start..=last.end).contains(&low) => last.end = last.end.max(high),
                slot => {
                    if let Some(done) = slot.replace(low..high) {
                        out.push((rule, done));
                    }
                }
            }
        };
        for hit in self.words.find_overlapping_iter(text) {
            let (start, end) = (hit.start(), hit.end());
            let inside = start > 0 && bytes[start - 1].is_ascii_alphabetic() && bytes[start].is_ascii_alphabetic();
            let goes_on = bytes.get(end).is_some_and(|b| b.is_ascii_alphabetic() && !matches!(b, b's' | b'S'));
            if !(inside || goes_on && bytes[end - 1].is_ascii_alphabetic()) {
                for &rule in &self.rules_of[hit.pattern().as_usize()] {
                    mark(rule, start, end, REACH_BYTES);
                }
            }
        }
        let mut at = 0;
        while let Some(next) = bytes[at..].iter().position(u8::is_ascii_digit) {
            let start = at + next;
            let end = start + bytes[start..].iter().take_while(|b| b.is_ascii_digit()).count();
            for &(_, rule) in self.of_digits.iter().filter(|(least, _)| *least <= end - start) {
                mark(rule, start, end, DIGIT_REACH_BYTES);
            }
            at = end;
        }
        out.extend(open.into_iter().enumerate().filter_map(|(rule, range)| Some((rule, range?))));
        for (_, range) in &mut out {
            *range = text.floor_char_boundary(range.start)..text.ceil_char_boundary(range.end);
        }
        out
    }
}

/// What every match of `ast` holds; `None` when nothing is sure.
fn needs(ast: &Ast) -> Option<Needs> {
    if let Some(number) = digits(ast).and_then(Needs::digits) {
        return Some(number);
    }
    match ast {
        Ast::Group(group) => needs(&group.ast),
        Ast::Repetition(repetition) if least(&repetition.op.kind) > 0 => {
            let rest = most_bytes(ast).unwrap_or(REACH_BYTES).saturating_sub(most_bytes(&repetition.ast).unwrap_or(0));
            Some(needs(&repetition.ast)?.inside(rest, rest))
        }
        Ast::Alternation(either) => {
            let mut all = Needs::default();
            for one in &either.asts {
                let one = needs(one)?;
                all.words.extend(one.words);
                all.digits = one.digits.into_iter().chain(all.digits).min();
                all.around = [0, 1].map(|side| all.around[side].max(one.around[side]));
            }
            Some(all)
        }
        Ast::Concat(concat) => needs_of_all(&concat.asts),
        Ast::ClassBracketed(_) | Ast::Literal(_) => word(&mut letter(ast)?.to_string()),
        _ => None,
    }
}

/// What every match of `asts`, one after the other, holds: of what each needs the one that goes off for nothing the least.
fn needs_of_all(asts: &[Ast]) -> Option<Needs> {
    let long = |asts: &[Ast]| asts.iter().map(|one| most_bytes(one).unwrap_or(REACH_BYTES)).sum::<usize>();
    let mut best: Option<Needs> = None;
    let mut offer = |candidate: Option<Needs>, from: usize, to: usize| {
        if let Some(one) = candidate
            && best.as_ref().is_none_or(|b| cost(&one) < cost(b))
        {
            best = Some(one.inside(long(&asts[..from]), long(&asts[to..])));
        }
    };
    let (mut run, mut run_from, mut number, mut number_from) = (String::new(), 0, 0, 0);
    for (at, one) in asts.iter().enumerate() {
        match digits(one) {
            Some(more) => number += more,
            None => offer(Needs::digits(std::mem::take(&mut number)), number_from, at),
        }
        number_from = if number == 0 { at + 1 } else { number_from };
        match letter(one) {
            Some(c) => run.push(c),
            None => {
                offer(word(&mut run), run_from, at);
                offer(needs(one), at, at + 1);
                run_from = at + 1;
            }
        }
    }
    offer(word(&mut run), run_from, asts.len());
    offer(Needs::digits(number), number_from, asts.len());
    best
}

/// The least number of digits in a row `ast` stands for, when it stands for digits and nothing else.
fn digits(ast: &Ast) -> Option<usize> {
    match ast {
        Ast::Group(group) => digits(&group.ast),
        Ast::Literal(literal) => literal.c.is_ascii_digit().then_some(1),
        Ast::ClassBracketed(class) => match &class.kind {
            regex_syntax::ast::ClassSet::Item(item) if !class.negated && digits_only(item) => Some(1),
            _ => None,
        },
        Ast::Repetition(repetition) => Some(digits(&repetition.ast)? * least(&repetition.op.kind)),
        Ast::Concat(concat) => concat.asts.iter().map(digits).sum(),
        Ast::Alternation(either) => {
            let all: Option<Vec<usize>> = either.asts.iter().map(digits).collect();
            all?.into_iter().min()
        }
        _ => None,
    }
}

/// The longest that what `ast` stands for can be, in bytes; `None` when there is no end to it.
fn most_bytes(ast: &Ast) -> Option<usize> {
    use regex_syntax::ast::RepetitionRange::{AtLeast, Bounded, Exactly};
    match ast {
        Ast::Empty(_) | Ast::Flags(_) | Ast::Assertion(_) => Some(0),
        Ast::Literal(literal) => Some(literal.c.len_utf8()),
        Ast::Group(group) => most_bytes(&group.ast),
        Ast::Concat(concat) => concat.asts.iter().map(most_bytes).sum(),
        Ast::Alternation(either) => either.asts.iter().map(most_bytes).try_fold(0, |most, one| Some(most.max(one?))),
        Ast::Repetition(repetition) => {
            let times = match &repetition.op.kind {
                RepetitionKind::ZeroOrOne => 1,
                RepetitionKind::Range(Exactly(n) | Bounded(_, n)) => *n as usize,
                RepetitionKind::ZeroOrMore | RepetitionKind::OneOrMore | RepetitionKind::Range(AtLeast(_)) => {
                    let gap = matches!(&*repetition.ast, Ast::ClassPerl(class) if !class.negated);
                    return gap.then_some(GAP_BYTES);
                }
            };
            Some(most_bytes(&repetition.ast)? * times)
        }
        Ast::ClassBracketed(_) if letter(ast).is_some() || digits(ast).is_some() => Some(1),
        Ast::Dot(_) | Ast::ClassUnicode(_) | Ast::ClassPerl(_) | Ast::ClassBracketed(_) => Some(4),
    }
}

/// How often a repetition repeats at least.
fn least(kind: &RepetitionKind) -> usize {
    use regex_syntax::ast::RepetitionRange::{AtLeast, Bounded, Exactly};
    match kind {
        RepetitionKind::ZeroOrOne | RepetitionKind::ZeroOrMore => 0,
        RepetitionKind::OneOrMore => 1,
        RepetitionKind::Range(Exactly(n) | AtLeast(n) | Bounded(n, _)) => *n as usize,
    }
}

/// The words of a run of letters, and an empty run. Of several words the longest.
fn word(run: &mut String) -> Option<Needs> {
    let whole = std::mem::take(run);
    let longest = whole.split(|c: char| !c.is_ascii_alphanumeric()).max_by_key(|w| w.len())?;
    match longest {
        "" => None,
        digits if digits.bytes().all(|b| b.is_ascii_digit()) => None,
        letters => Some(Needs::word(letters).inside(whole.len(), whole.len())),
    }
}

/// The letter an item stands for, in lower case: a literal, or both cases of one letter.
fn letter(ast: &Ast) -> Option<char> {
    match ast {
        Ast::Literal(literal) => Some(literal.c.to_ascii_lowercase()),
        Ast::ClassBracketed(class) if !class.negated => match &class.kind {
            regex_syntax::ast::ClassSet::Item(ClassSetItem::Union(union)) => {
                let cs: Option<Vec<char>> = (union.items.iter())
                    .map(|item| match item {
                        ClassSetItem::Literal(l) => Some(l.c.to_ascii_lowercase()),
                        _ => None,
                    })
                    .collect();
                cs.filter(|cs| cs.len() == 2 && cs[0] == cs[1]).map(|cs| cs[0])
            }
            _ => None,
        },
        _ => None,
    }
}

fn digits_only(item: &ClassSetItem) -> bool {
    match item {
        ClassSetItem::Range(range) => range.start.c.is_ascii_digit() && range.end.c.is_ascii_digit(),
        ClassSetItem::Literal(literal) => literal.c.is_ascii_digit(),
        ClassSetItem::Union(union) => union.items.iter().all(digits_only),
        _ => false,
    }
}

/// How often such a trigger goes off for nothing: short words and digits do.
fn cost(needs: &Needs) -> usize {
    const COMMON: [&str; 9] = ["the", "and", "for", "from", "this", "that", "with", "after", "one"];
    let words = needs.words.iter().map(|w| match w.len() {
        _ if COMMON.contains(&w.as_str()) => 100,
        0..=2 => 60,
        _ => 1,
    });
    let digits = needs.digits.map_or(0, |least| if least >= 4 { 40 } else { 90 });
    words.sum::<usize>() + digits
}
