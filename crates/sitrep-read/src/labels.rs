//! What sets a comment apart: spam, abuse, gore, by the signs in `data/comments.toml`.
//!
//! In: a comment's words. Out: labels, each with its reason. Deletes nothing and judges no claim.

use std::collections::BTreeMap;
use std::sync::{LazyLock, OnceLock};

use regex::{Regex, RegexBuilder};
use serde::Deserialize;
use sitrep_model::Label;

/// Signs are looked for in the opening of a comment; nobody hides an offer 20 pages in.
const WINDOW_BYTES: usize = 20_000;
/// Weights that add up to this give the label.
const ENOUGH: f64 = 1.0;

#[derive(Debug, Deserialize)]
struct Sign {
    #[cfg_attr(not(test), allow(dead_code))]
    id: String,
    label: Label,
    weight: f64,
    #[serde(default)]
    word: bool,
    why: String,
    pattern: String,
    /// Where this matches, too, the sign says nothing.
    unless: Option<String>,
    #[cfg_attr(not(test), allow(dead_code))]
    yes: Vec<String>,
    #[cfg_attr(not(test), allow(dead_code))]
    no: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct File {
    /// `{NAME}` in a pattern stands for the text given here.
    #[serde(default)]
    shorthand: BTreeMap<String, String>,
    sign: Vec<Sign>,
}

/// A sign, its patterns made ready when they are first needed.
struct Ready {
    sign: Sign,
    pattern: (String, OnceLock<Regex>),
    unless: Option<(String, OnceLock<Regex>)>,
}

impl Ready {
    /// What the sign stands on in `window`, if it says anything there.
    fn hit<'w>(&self, window: &'w str) -> Option<&'w str> {
        let hit = regex(&self.pattern).find(window)?;
        let denied = self.unless.as_ref().is_some_and(|unless| regex(unless).is_match(window));
        (!denied).then(|| hit.as_str())
    }
}

fn regex((pattern, ready): &(String, OnceLock<Regex>)) -> &Regex {
    // A roomy cache keeps it fast on signs that span forty letters of anything.
    let build =
        || RegexBuilder::new(pattern).case_insensitive(true).size_limit(64 << 20).dfa_size_limit(16 << 20).build();
    ready.get_or_init(|| build().expect("the shipped signs are valid: tested"))
}

static SIGNS: LazyLock<Vec<Ready>> = LazyLock::new(|| {
    let file: File =
        toml::from_str(include_str!("../data/comments.toml")).expect("the shipped sign file is valid: tested");
    let expanded = |pattern: &str| {
        let named = (file.shorthand.iter())
            .fold(pattern.to_owned(), |p, (name, text)| p.replace(&format!("{{{name}}}"), &format!("(?:{text})")));
        // A word boundary of ASCII letters keeps text in other scripts on the fast engine.
        named.replace(r"\b", r"(?-u:\b)")
    };
    let ready = |sign: Sign| {
        let pattern = if sign.word { format!(r"\b(?:{})\b", sign.pattern) } else { sign.pattern.clone() };
        let unless = sign.unless.as_deref().map(|unless| (expanded(unless), OnceLock::new()));
        Ready { pattern: (expanded(&pattern), OnceLock::new()), unless, sign }
    };
    file.sign.into_iter().map(ready).collect()
});

/// The labels of a comment and, in the same order, why each was given.
pub(crate) fn labels(text: &str) -> (Vec<Label>, Vec<String>) {
    let mut end = text.len().min(WINDOW_BYTES);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let window = &text[..end];
    let mut found: BTreeMap<Label, (f64, Vec<String>)> = BTreeMap::new();
    for ready in SIGNS.iter() {
        if let Some(hit) = ready.hit(window) {
            let entry = found.entry(ready.sign.label).or_default();
            entry.0 += ready.sign.weight;
            entry.1.push(format!("{} (\u{201C}{}\u{201D})", ready.sign.why, short(hit)));
        }
    }
    let enough = found.into_iter().filter(|(_, (weight, _))| *weight >= ENOUGH);
    enough.map(|(label, (_, reasons))| (label, reasons.join(", "))).unzip()
}

/// The first 40 characters of a hit, on one line.
fn short(hit: &str) -> String {
    let words = hit.split_whitespace().collect::<Vec<_>>().join(" ");
    match words.char_indices().nth(40) {
        Some((at, _)) => format!("{}…", &words[..at]),
        None => words,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sign_matches_its_yes_lines_and_not_its_no_lines() {
        for ready in SIGNS.iter() {
            let (sign, fits) = (&ready.sign, |line: &str| ready.hit(line).is_some());
            for yes in &sign.yes {
                assert!(fits(yes), "{} should match: {yes}", sign.id);
            }
            for no in &sign.no {
                assert!(!fits(no), "{} should not match: {no}", sign.id);
            }
        }
    }

    #[test]
    fn an_offer_is_spam_and_a_soldier_s_pay_is_not() {
        let offer = "My neighbour's sister makes $84 an hour on the laptop. Check this link https://jobs.example/x";
        let (labels_found, reasons) = labels(offer);
        assert_eq!(labels_found, [Label::Spam]);
        assert!(reasons[0].contains("a rate of pay"), "{reasons:?}");
        assert_eq!(labels("Militiamen are paid $300 a month, says the UN: https://un.example/report").0, []);
        assert_eq!(labels("The brigade lost the bridge on Tuesday.").0, []);
    }

    #[test]
    fn insults_and_gore_have_their_own_labels() {
        assert_eq!(labels("You are a moron. They found a severed head.").0, [Label::Abuse, Label::Graphic]);
    }

    #[test]
    fn harsh_words_about_things_or_in_a_story_are_no_abuse() {
        for said in [
            "A stupid plan, and the ministry lied about the bridge.",
            "The Nazis took the town in 1941 and the cowardly council fled.",
            "He called the minister a liar; the minister called him a troll.",
            "Rats and pigs were all that was left in the ruins.",
            "I felt like a fool, the fucking map was upside down.",
            "War criminals on both sides.",
        ] {
            assert_eq!(labels(said).0, [], "{said}");
        }
        let (given, why) = labels("Go back to bed, you ignorant loser.");
        assert_eq!(given, [Label::Abuse]);
        assert_eq!(why, ["name-calling, said to someone (“you ignorant loser.”)"]);
    }

    #[test]
    fn links_to_sources_are_no_spam() {
        let said = "Three reports say so: https://a.example/1, then https://b.example/2 the same day, and https://c.example/3 later.";
        assert_eq!(labels(said).0, []);
        assert_eq!(labels("Check out my new channel, folks!").0, [Label::Spam]);
    }
}
