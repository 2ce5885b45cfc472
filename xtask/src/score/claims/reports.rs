//! Short reports of our own with keys, scored as the reference reports are: `held`, ten in `tests/held` that no rule was written for, and
//! `own`, those in `tests/corpus/reports` that rules are developed on.
//!
//! In: the pages and keys of a folder, or with `--file FACTS.jsonl CLAIMS.jsonl` claims made elsewhere and a key with offsets. Out:
//! recall, fields, precision and their product, per report and together. How a claim finds a fact and what makes a field right is in
//! `reports/matching.rs`: the rules of the scorer that the reference reports have. What is added here: a key gives passages by their words,
//! which are looked up in the text as read (white space evened out); a passage the reading lost is a fact missed; an optional passage may
//! stand in several places. `NAME` scores one report. `--list` tells facts missed and claims too many by kind; sentence by sentence, and
//! with the fields that are wrong, only for `own`: who looks at the words of `held` begins to write rules for them.

mod listing;
mod matching;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use matching::{Fact, Outcome};
use serde_json::Value;
use sitrep::model::{MediaType, OffsetUnit, PageMeta};
use sitrep::show::Names;

/// A folder of reports.
#[derive(Debug, Clone, Copy)]
pub(super) enum Set {
    /// Scored and never looked at.
    Held,
    /// Looked at sentence by sentence.
    Own,
}

impl Set {
    fn folder(self) -> &'static str {
        match self {
            Set::Held => "tests/held",
            Set::Own => "tests/corpus/reports",
        }
    }
}

/// Scores a set's reports, or the files named.
pub(super) fn run(set: Set, words: &[String]) -> anyhow::Result<()> {
    if let Some(at) = words.iter().position(|word| word == "--file") {
        let [facts, claims] = words.get(at + 1..at + 3).context("--file FACTS.jsonl CLAIMS.jsonl")? else {
            anyhow::bail!("--file FACTS.jsonl CLAIMS.jsonl");
        };
        println!("{}", line("all", &of_files(Path::new(facts), Path::new(claims))?));
        return Ok(());
    }
    let kit = sitrep::Kit::load()?;
    let list = words.iter().any(|word| word == "--list");
    let mut listed = String::new();
    let (mut all, mut kinds) = (Outcome::default(), Kinds::default());
    println!("## {}\n", set.folder());
    println!("| report | facts | recall | fields | precision | overall |\n|---|---|---|---|---|---|");
    for key in keys(set)? {
        let report = Report::read(&key)?;
        if words.iter().any(|word| word.contains('.')) && !words.contains(&report.name) {
            continue;
        }
        let (text, claims) = report.claims(&kit)?;
        let facts = report.facts(&text)?;
        let outcome = matching::score(&facts, &claims);
        println!("{}", line(&report.name, &outcome));
        kinds.count(&facts, &claims, &outcome);
        if list && matches!(set, Set::Own) {
            listed += &listing::of(&report.name, &text, &facts, &claims, &outcome);
        }
        all.add(outcome);
    }
    println!("{}", line("together", &all));
    let fields = all.fields().into_iter().map(|(name, mean)| format!("{name} {mean:.2}"));
    println!("\nfields: {}", fields.collect::<Vec<_>>().join(" · "));
    if list {
        kinds.print();
        print!("{listed}");
    }
    Ok(())
}

fn line(name: &str, outcome: &Outcome) -> String {
    format!(
        "| {name} | {} of {} | {:.3} | {:.3} | {:.3} ({} too many) | {:.3} |",
        outcome.found(),
        outcome.facts,
        outcome.recall(),
        outcome.field_mean(),
        outcome.precision(),
        outcome.spurious.len(),
        outcome.overall()
    )
}

/// The keys' paths, in order.
fn keys(set: Set) -> anyhow::Result<Vec<PathBuf>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(set.folder());
    let mut keys = Vec::new();
    for entry in std::fs::read_dir(&folder).with_context(|| format!("{} cannot be listed", folder.display()))? {
        let path = entry?.path();
        if path.extension().is_some_and(|ending| ending == "json") {
            keys.push(path);
        }
    }
    keys.sort();
    Ok(keys)
}

/// One report: its page and its key.
struct Report {
    /// The page's file name.
    name: String,
    page: Vec<u8>,
    key: Value,
}

impl Report {
    fn read(key: &Path) -> anyhow::Result<Report> {
        let text = std::fs::read_to_string(key)?;
        let value: Value = serde_json::from_str(&text).with_context(|| format!("{} is no JSON", key.display()))?;
        let page = ["txt", "html"].into_iter().map(|ending| key.with_extension(ending)).find(|path| path.exists());
        let page = page.with_context(|| format!("{} has no page", key.display()))?;
        let name = page.file_name().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
        Ok(Report { name, page: std::fs::read(page)?, key: value })
    }

    /// The text as the product reads it, and the claims as `sitrep claims --format jsonl` tells them.
    fn claims(&self, kit: &sitrep::Kit) -> anyhow::Result<(String, Vec<Value>)> {
        let told = |field: &str| self.key[field].as_str().map(str::to_owned);
        let published = told("published").map(|day| day.parse()).transpose().context("published is no day")?;
        let meta = PageMeta { published, outlet: told("outlet"), ..PageMeta::default() };
        let kind = if self.name.ends_with(".html") { MediaType::Html } else { MediaType::Text };
        let page = sitrep::page_of(&self.name, kind, self.page.clone(), meta, "score");
        let report = sitrep::pipeline::understand(kit, page);
        let claims = sitrep::show::list::claim_values(&report.document, &report.claims, OffsetUnit::Chars, Names::Keep);
        Ok((report.document.text, claims))
    }

    /// The key's facts, their passages found in `text`.
    fn facts(&self, text: &str) -> anyhow::Result<Vec<Fact>> {
        let rows = self.key["facts"].as_array().context("the key has no facts")?;
        let even = matching::Even::of(text);
        rows.iter()
            .map(|row| {
                let quote = row["quote"].as_str().with_context(|| format!("{}: no quote", row["id"]))?;
                let mut spans = even.all(quote);
                if row["optional"] != true {
                    spans.truncate(1);
                }
                Ok(Fact { spans, doc: self.name.clone(), row: row.clone() })
            })
            .collect()
    }
}

/// Claims and a key from files, offsets in code points in both.
fn of_files(facts: &Path, claims: &Path) -> anyhow::Result<Outcome> {
    let rows = |path: &Path| -> anyhow::Result<Vec<Value>> {
        let text = std::fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))?;
        let lines = text.lines().filter(|line| !line.trim().is_empty());
        lines.map(|line| Ok(serde_json::from_str(line)?)).collect()
    };
    let facts: Vec<Fact> = rows(facts)?.into_iter().filter_map(Fact::with_offsets).collect();
    Ok(matching::score(&facts, &rows(claims)?))
}

/// What went wrong, counted by kind.
#[derive(Default)]
struct Kinds {
    missed: BTreeMap<String, usize>,
    unread: usize,
    too_many: BTreeMap<String, usize>,
    /// Facts missed although a claim of another type stands in their passage.
    other_type: usize,
}

impl Kinds {
    fn count(&mut self, facts: &[Fact], claims: &[Value], outcome: &Outcome) {
        for fact in outcome.missed.iter().map(|&at| &facts[at]) {
            let event = fact.row["events"][0].as_str().unwrap_or("?");
            *self.missed.entry(event.to_owned()).or_default() += 1;
            self.unread += usize::from(fact.spans.is_empty());
            self.other_type += usize::from(claims.iter().any(|claim| fact.overlap(claim) > 0));
        }
        for claim in outcome.spurious.iter().map(|&at| &claims[at]) {
            *self.too_many.entry(claim["event"].as_str().unwrap_or("?").to_owned()).or_default() += 1;
        }
    }

    fn print(&self) {
        let told = |kinds: &BTreeMap<String, usize>| {
            kinds.iter().map(|(kind, count)| format!("{kind} {count}")).collect::<Vec<_>>().join(" · ")
        };
        println!("missed: {}", told(&self.missed));
        println!(
            "  passage not in the text as read {} · a claim of another type there {}",
            self.unread, self.other_type
        );
        println!("too many: {}", told(&self.too_many));
    }
}
