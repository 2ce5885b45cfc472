//! `cargo xtask fit words`: how common stems are in news.
//!
//! In: the reports of `../shared/gold/muc34/dev` and of ECB+ (train). Out: `data/word_classes.tsv` of the record's crate: a stem and its
//! class, no text.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Read as _;
use std::path::Path;

use anyhow::Context as _;

/// Share of reports, one in so many, from which a stem is common, and from which it is known.
const ONE_IN: [usize; 2] = [25, 250];

const HEAD: &str = "\
# How common a word is in news, for weighing what two passages share: 1 in at least 4 % of reports, 2 in at least 0.4 %; any other word is rare.
# Stems as `content_words` cuts them. Counted by `cargo xtask fit words` over 1,300 reports of MUC-3/4 (dev) and 574 of ECB+ (train).
";

pub(super) fn run() -> anyhow::Result<()> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let gold = here.join("../../shared/gold");
    let mut reports = muc(&gold.join("muc34/dev"))?;
    reports.extend(ecb(&gold.join("ecbplus/train.docs.jsonl.gz"))?);
    let mut n_reports: BTreeMap<String, usize> = BTreeMap::new();
    for report in &reports {
        for stem in sitrep_record::content_words(report) {
            *n_reports.entry(stem).or_default() += 1;
        }
    }
    let mut told = HEAD.to_owned();
    for (stem, n) in n_reports {
        let is_number = stem.bytes().all(|byte| byte.is_ascii_digit());
        if let Some(class) = ONE_IN.iter().position(|one_in| n * one_in >= reports.len()).filter(|_| !is_number) {
            let _ = writeln!(told, "{stem}\t{}", class + 1);
        }
    }
    std::fs::write(here.join("../crates/sitrep-record/data/word_classes.tsv"), told)?;
    Ok(())
}

/// The reports of the files that hold a hundred each, parted by their headings.
fn muc(folder: &Path) -> anyhow::Result<Vec<String>> {
    let mut reports = Vec::new();
    for entry in std::fs::read_dir(folder).with_context(|| format!("reading {}", folder.display()))? {
        let path = entry?.path();
        if !path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("dev-muc3-")) {
            continue;
        }
        // Latin-1: every byte is the letter of that number.
        let text: String = std::fs::read(&path)?.into_iter().map(char::from).collect();
        let mut report = None;
        for line in text.lines() {
            if line.starts_with("DEV-MUC3-") {
                reports.extend(report.replace(String::new()));
            } else if let Some(report) = &mut report {
                *report += line;
                report.push('\n');
            }
        }
        reports.extend(report);
    }
    Ok(reports)
}

fn ecb(path: &Path) -> anyhow::Result<Vec<String>> {
    let file = std::fs::File::open(path).with_context(|| format!("reading {}", path.display()))?;
    let mut text = String::new();
    flate2::read::GzDecoder::new(file).read_to_string(&mut text)?;
    let words = |line: &str| -> anyhow::Result<String> {
        let report: serde_json::Value = serde_json::from_str(line)?;
        let tokens = report["tokens"].as_array().context("a report has tokens")?;
        Ok(tokens.iter().filter_map(|token| token.as_str()).collect::<Vec<_>>().join(" "))
    };
    text.lines().map(words).collect()
}
