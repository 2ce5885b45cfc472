//! Reads a case file: sections with reports, rulings and expectations.
//!
//! In: Markdown. Out: [`Section`]s with the line numbers of their blocks. A block of a kind it does not know is an error, so that
//! a misspelt expectation cannot pass for an explanation.

use sitrep::model::PageMeta;

/// One heading and what stands under it.
#[derive(Debug, Clone)]
pub(crate) struct Section {
    pub(crate) title: String,
    pub(crate) reports: Vec<Report>,
    /// What an analyst rules, in order: `ACTION | words of a passage | value`.
    pub(crate) rulings: Vec<String>,
    pub(crate) expected: Vec<Expected>,
}

/// A report of a case.
#[derive(Debug, Clone)]
pub(crate) struct Report {
    pub(crate) name: String,
    pub(crate) meta: PageMeta,
    pub(crate) text: String,
}

/// What is expected: the kind of block, its lines, and where they stand in the file (from, to; counted from 0).
#[derive(Debug, Clone)]
pub(crate) struct Expected {
    pub(crate) kind: String,
    pub(crate) lines: Vec<String>,
    pub(crate) at: (usize, usize),
}

/// The kinds of expectation.
const KINDS: &[&str] = &["claims", "events", "disputes", "links", "forecasts", "comments", "times", "copies"];

/// The sections of a file that expect something.
pub(crate) fn sections(text: &str) -> Vec<Section> {
    let lines: Vec<&str> = text.lines().collect();
    let mut sections: Vec<Section> = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let line = lines[at];
        at += 1;
        if let Some(title) = line.strip_prefix("# ").or_else(|| line.strip_prefix("## ")) {
            sections.push(Section {
                title: title.trim().to_owned(),
                reports: Vec::new(),
                rulings: Vec::new(),
                expected: Vec::new(),
            });
        } else if let Some(opening) = line.strip_prefix("```") {
            let from = at;
            at = from + lines[from..].iter().position(|line| line.starts_with("```")).expect("a block is closed");
            let section = sections.last_mut().expect("a block stands under a heading");
            let (kind, words) = opening.split_once(' ').unwrap_or((opening, ""));
            if kind == "report" {
                section.reports.push(report(words, section.reports.len(), &lines[from..at]));
            } else if kind == "rulings" {
                section.rulings.extend(lines[from..at].iter().map(|line| line.trim().to_owned()));
            } else {
                assert!(KINDS.contains(&kind), "a block of kind {kind:?}; expectations are {KINDS:?}");
                let expected = lines[from..at].iter().map(|line| line.trim().to_owned());
                let lines = expected.filter(|line| !line.is_empty()).collect();
                section.expected.push(Expected { kind: kind.to_owned(), lines, at: (from, at) });
            }
            at += 1;
        }
    }
    sections.retain(|section| !section.expected.is_empty());
    sections
}

/// `date=2031-05-09 outlet="Varnesh Courier"`; what is not said stays unknown.
fn report(words: &str, n: usize, lines: &[&str]) -> Report {
    let mut meta = PageMeta::default();
    let mut rest = words.trim();
    while let Some((name, value)) = rest.split_once('=') {
        let (value, after) = match value.strip_prefix('"') {
            Some(quoted) => quoted.split_once('"').expect("a quoted word is closed"),
            None => value.split_once(' ').unwrap_or((value, "")),
        };
        rest = after.trim();
        match name.trim() {
            "date" => meta.published = Some(value.parse().expect("a date is written YYYY-MM-DD")),
            "outlet" => meta.outlet = Some(value.to_owned()),
            "url" => meta.url = Some(value.to_owned()),
            other => panic!("a report has no {other}"),
        }
    }
    Report { name: format!("report-{}.txt", n + 1), meta, text: lines.join("\n") + "\n" }
}
