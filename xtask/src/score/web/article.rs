//! How much of an article is read, and how little else: word F1 as WCXB's own `evaluate.py` counts it.
//!
//! In: pages read by us; and by the extractors of `benches/peers`, when that program can be built. Out: a table of mean
//! precision, recall and F1 a page. Words are runs of letters, digits and `_` in lower case, counted as a bag: precision is
//! the share of our words that the gold text has, recall the share of its words that we have, F1 their harmonic mean; the set's
//! figure is the mean over its pages. Our text is every block but the headline: the gold text leaves titles out.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;
use sitrep_model::BlockKind;

use super::{Case, Options, mean};

/// Precision, recall, F1.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Score {
    precision: f64,
    recall: f64,
    f1: f64,
}

/// Texts by extractor, then by page.
type Texts = BTreeMap<String, BTreeMap<String, String>>;

/// Prints the tables for articles and for forum pages, and how well titles and bylines fare. The answer is how many CPU
/// milliseconds the other readers took for a page.
pub(super) fn print(cases: &[Case], sets: &Path, options: &Options) -> anyhow::Result<BTreeMap<String, f64>> {
    let (mut texts, peers_ms) = peers(&sets.join("wcxb_dev/html")).unwrap_or_else(|why| {
        println!("other extractors: absent ({why}); `cargo build --release` in benches/peers builds them");
        Default::default()
    });
    texts.insert("sitrep".to_owned(), cases.iter().map(|c| (c.id.clone(), text(c))).collect());
    for kind in ["article", "forum"] {
        let some: Vec<&Case> = cases.iter().filter(|c| c.kind == kind).collect();
        println!("\n{kind} main text, {} pages of wcxb_dev\n", some.len());
        println!("| reader | precision | recall | F1 |\n|---|---|---|---|");
        for (reader, by_id) in &texts {
            let score = |c: &&Case| score(by_id.get(&c.id).map_or("", String::as_str), c.told("main_content"));
            let scores: Vec<Score> = some.iter().map(score).collect();
            let (p, r) = (mean(scores.iter().map(|s| s.precision)), mean(scores.iter().map(|s| s.recall)));
            println!("| {reader} | {p:.4} | {r:.4} | {:.4} |", mean(scores.iter().map(|s| s.f1)));
        }
        worst(&some, &texts, options.n_worst);
    }
    fields(cases);
    Ok(peers_ms)
}

/// The article's words as we read them.
fn text(case: &Case) -> String {
    let document = &case.document;
    let blocks = document.blocks.iter().filter(|b| b.kind != BlockKind::Headline);
    blocks.map(|b| b.span.of(&document.text)).collect::<Vec<_>>().join("\n\n")
}

/// Lists the pages where most is lost against a perfect reading, with the best other reader's figure.
fn worst(cases: &[&Case], texts: &Texts, n_worst: usize) {
    let of =
        |reader: &str, c: &Case| score(texts[reader].get(&c.id).map_or("", String::as_str), c.told("main_content"));
    let mut rows: Vec<(Score, &Case)> = cases.iter().map(|c| (of("sitrep", c), *c)).collect();
    rows.sort_by(|a, b| a.0.f1.total_cmp(&b.0.f1));
    for (ours, case) in rows.into_iter().take(n_worst) {
        let others = texts.keys().filter(|r| *r != "sitrep").map(|r| (of(r, case).f1, r));
        let best = others.max_by(|a, b| a.0.total_cmp(&b.0));
        let best = best.map(|(f1, reader)| format!("{reader} {f1:.3}")).unwrap_or_default();
        let url = case.gold["url"].as_str().unwrap_or_default();
        println!("{} P {:.3} R {:.3} F1 {:.3} | {best} | {url}", case.id, ours.precision, ours.recall, ours.f1);
    }
}

/// Titles and bylines: how many are exactly the gold's, letters and spaces aside, and how many share words with it.
fn fields(cases: &[Case]) {
    println!("\ntitles and bylines, articles of wcxb_dev\n");
    println!("| field | told by gold | answered | exact | one holds the other |\n|---|---|---|---|---|");
    let articles: Vec<&Case> = cases.iter().filter(|c| c.kind == "article").collect();
    for field in ["title", "author"] {
        let ours = |c: &Case| match field {
            "title" => folded(c.document.title.as_deref().unwrap_or_default()),
            _ => folded(c.document.byline.as_deref().unwrap_or_default()),
        };
        let told: Vec<(String, String)> =
            articles.iter().filter(|c| !c.told(field).is_empty()).map(|c| (folded(c.told(field)), ours(c))).collect();
        let share = |fits: &dyn Fn(&str, &str) -> bool| {
            100.0 * mean(told.iter().map(|(gold, ours)| if fits(gold, ours) { 1.0 } else { 0.0 }))
        };
        println!(
            "| {field} | {} | {:.1}% | {:.1}% | {:.1}% |",
            told.len(),
            share(&|_, ours| !ours.is_empty()),
            share(&|gold, ours| gold == ours),
            share(&|gold, ours| !ours.is_empty() && (gold.contains(ours) || ours.contains(gold))),
        );
    }
}

fn folded(text: &str) -> String {
    words(text).collect::<Vec<_>>().join(" ")
}

/// Words as Python's `\w+` finds them, in lower case.
fn words(text: &str) -> impl Iterator<Item = String> {
    let parts = text.split(|c: char| !(c.is_alphanumeric() || c == '_')).filter(|w| !w.is_empty());
    parts.map(str::to_lowercase)
}

fn score(ours: &str, gold: &str) -> Score {
    let mut left: BTreeMap<String, usize> = BTreeMap::new();
    let mut n_gold = 0;
    for word in words(gold) {
        *left.entry(word).or_default() += 1;
        n_gold += 1;
    }
    let (mut n_ours, mut n_shared) = (0, 0);
    for word in words(ours) {
        n_ours += 1;
        if let Some(n) = left.get_mut(&word).filter(|n| **n > 0) {
            *n -= 1;
            n_shared += 1;
        }
    }
    if n_gold == 0 && n_ours == 0 {
        return Score { precision: 1.0, recall: 1.0, f1: 1.0 };
    }
    if n_shared == 0 {
        return Score { precision: 0.0, recall: 0.0, f1: 0.0 };
    }
    let (precision, recall) = (f64::from(n_shared) / f64::from(n_ours), f64::from(n_shared) / n_gold as f64);
    Score { precision, recall, f1: 2.0 * precision * recall / (precision + recall) }
}

/// Runs the other extractors: their texts, and their mean milliseconds a page.
fn peers(html: &Path) -> anyhow::Result<(Texts, BTreeMap<String, f64>)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let output = Command::new("cargo")
        .args(["run", "--release", "--quiet", "--manifest-path"])
        .arg(root.join("benches/peers/Cargo.toml"))
        .arg("--target-dir")
        .arg(root.join("target/peers"))
        .arg("--")
        .arg(html)
        .stderr(Stdio::null())
        .output()?;
    anyhow::ensure!(output.status.success(), "benches/peers does not build or run here");
    let (mut texts, mut ms) = (Texts::new(), BTreeMap::<String, Vec<f64>>::new());
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        let Value::Object(row) = serde_json::from_str(line)? else { continue };
        let id = row["id"].as_str().unwrap_or_default();
        for (reader, found) in row.iter().filter(|(key, _)| *key != "id") {
            let text = found["text"].as_str().unwrap_or_default();
            texts.entry(reader.clone()).or_default().insert(id.to_owned(), text.to_owned());
            ms.entry(reader.clone()).or_default().push(found["ms"].as_f64().unwrap_or_default());
        }
    }
    Ok((texts, ms.into_iter().map(|(reader, all)| (reader, mean(all))).collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_counted_as_a_bag() {
        let s = score("The bridge, the road", "the bridge is open");
        assert_eq!((s.precision, s.recall), (0.5, 0.5));
        assert_eq!(score("", "").f1, 1.0);
        assert_eq!(score("x", "").f1, 0.0);
    }
}
