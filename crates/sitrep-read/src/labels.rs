//! What sets a comment apart: spam, abuse, gore, by the signs in `data/comments.toml`.
//!
//! In: a comment's words. Out: labels, each with its reason. Deletes nothing and judges no claim.

use std::collections::BTreeMap;
use std::sync::LazyLock;

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
    #[cfg_attr(not(test), allow(dead_code))]
    yes: Vec<String>,
    #[cfg_attr(not(test), allow(dead_code))]
    no: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct File {
    sign: Vec<Sign>,
}

static SIGNS: LazyLock<Vec<(Sign, Regex)>> = LazyLock::new(|| {
    let file: File =
        toml::from_str(include_str!("../data/comments.toml")).expect("the shipped sign file is valid: tested");
    let ready = |sign: Sign| {
        let pattern = if sign.word { format!(r"\b(?:{})\b", sign.pattern) } else { sign.pattern.clone() };
        // A word boundary of ASCII letters keeps text in other scripts on the fast engine, and a roomy cache keeps it fast on signs
        // that span forty letters of anything.
        let pattern = pattern.replace(r"\b", r"(?-u:\b)");
        let builder = &mut RegexBuilder::new(&pattern);
        let regex = builder.case_insensitive(true).size_limit(32 << 20).dfa_size_limit(8 << 20).build();
        (sign, regex.expect("the shipped signs are valid: tested"))
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
    for (sign, regex) in SIGNS.iter() {
        if let Some(hit) = regex.find(window) {
            let entry = found.entry(sign.label).or_default();
            entry.0 += sign.weight;
            entry.1.push(format!("{} (\u{201C}{}\u{201D})", sign.why, short(hit.as_str())));
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
        for (sign, regex) in SIGNS.iter() {
            for yes in &sign.yes {
                assert!(regex.is_match(yes), "{} should match: {yes}", sign.id);
            }
            for no in &sign.no {
                assert!(!regex.is_match(no), "{} should not match: {no}", sign.id);
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
}
