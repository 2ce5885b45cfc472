//! What went wrong in a report that may be looked at, sentence by sentence.
//!
//! In: a report's text, the facts of its key, the claims and how they compare. Out: lines of text: `-` a fact missed, with what was read in
//! its passage instead; `+` a claim too many; `~` a fact found with fields that are wrong, as the key has them and as the claim has them.
//! Never used for reports held back.

use std::fmt::Write as _;

use serde_json::Value;

use super::matching::{Fact, Outcome, span};

/// The lines of one report; none when nothing is wrong.
pub(super) fn of(name: &str, text: &str, facts: &[Fact], claims: &[Value], outcome: &Outcome) -> String {
    let letters: Vec<char> = text.chars().collect();
    let mut out = format!("\n### {name}\n");
    let before = out.len();
    for fact in outcome.missed.iter().map(|&at| &facts[at]) {
        let there: Vec<String> = claims.iter().filter(|claim| fact.overlap(claim) > 0).map(told).collect();
        let stands = fact.spans.first().map_or("NOT IN THE TEXT AS READ".to_owned(), |span| sentence(&letters, *span));
        let there = if there.is_empty() { "nothing".to_owned() } else { there.join(" | ") };
        let _ = writeln!(out, "- {} {}\n    in: {stands}\n    read: {there}", label(fact), fact.row["quote"]);
    }
    for claim in outcome.spurious.iter().map(|&at| &claims[at]) {
        let _ = writeln!(out, "+ {}\n    in: {}", told(claim), sentence(&letters, span(claim)));
    }
    for (at, number, fields) in &outcome.found {
        let (fact, claim) = (&facts[*at], &claims[*number]);
        let wrong = fields.iter().filter(|(_, right)| **right < 1.0);
        let wrong: Vec<String> = wrong.map(|(field, _)| faulty(field, &fact.row, claim)).collect();
        if !wrong.is_empty() {
            let _ = writeln!(out, "~ {} {}\n    {}", label(fact), fact.row["quote"], wrong.join("\n    "));
        }
    }
    if out.len() == before { String::new() } else { out }
}

fn label(fact: &Fact) -> String {
    format!("{} {}", fact.row["id"].as_str().unwrap_or("?"), fact.row["events"][0].as_str().unwrap_or("?"))
}

/// A claim in one line.
fn told(claim: &Value) -> String {
    let names = |role: &str| {
        let names = claim[role].as_array().into_iter().flatten();
        names.filter_map(|name| name["text"].as_str()).collect::<Vec<_>>().join(", ")
    };
    let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    format!(
        "{} {} [{}] -> [{}] {} ({})",
        word(&claim["event"]),
        word(&claim["status"]),
        names("actors"),
        names("targets"),
        claim["quote"],
        word(&claim["rule"])
    )
}

/// A field as the key has it and as the claim has it.
fn faulty(field: &str, row: &Value, claim: &Value) -> String {
    let (wanted, got) = match field {
        "relative_place" => (&row["relative"], &claim["place"]["relation"]),
        "date" => (&row["date"], &claim["time"]),
        "source" | "source_type" => (&row[field], &claim["attribution"]),
        "quantity" => (&row["quantity"], &claim["quantities"]),
        _ => (&row[field], &claim[field]),
    };
    let names = |value: &Value| match field {
        "actors" | "targets" => value.as_array().into_iter().flatten().map(|name| name["text"].to_string()).collect(),
        "place" => value["text"].to_string(),
        "date" => format!("{} {}..{}", value["text"], value["from"], value["to"]),
        "source" | "source_type" => {
            let links = value.as_array().into_iter().flatten();
            links.map(|link| format!("{} {}", link["type"], link["holder"])).collect::<Vec<_>>().join(" < ")
        }
        _ => value.to_string(),
    };
    format!("{field}: asked {wanted}, told {}", names(got))
}

/// The sentence round a passage, near enough: from stop to stop, or the line's ends.
fn sentence(letters: &[char], (start, end): (i64, i64)) -> String {
    let (start, end) = (usize::try_from(start).unwrap_or(0), usize::try_from(end).unwrap_or(0).min(letters.len()));
    let stop = |at: usize| {
        letters[at] == '\n' || (letters[at] == '.' && letters.get(at + 1).is_none_or(|next| next.is_whitespace()))
    };
    let from = (0..start.min(end)).rev().find(|&at| stop(at)).map_or(0, |at| at + 1);
    let to = (end.saturating_sub(1)..letters.len()).find(|&at| stop(at)).map_or(letters.len(), |at| at + 1);
    let said: String = letters[from..to].iter().collect();
    said.split_whitespace().collect::<Vec<_>>().join(" ")
}
