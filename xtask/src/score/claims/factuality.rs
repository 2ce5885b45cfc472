//! How certain each event is: UDS-IH2 (web text, people's averaged votes) and MEANTIME (newswire), −3…+3.
//!
//! In: `../shared/gold/factuality`. Out: Pearson's r and the mean absolute error beside that of the training set's median; with
//! `--list` the means of each class of the training sets, which `hedges.toml` holds under `[factual]`, and the tables of `factual.toml`.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Context as _;
use serde::Deserialize;
use sitrep_claims::{Certain, Kit};
use sitrep_model::Span;

#[derive(Deserialize)]
struct Sentence {
    text: String,
    targets: Vec<Target>,
}

#[derive(Deserialize)]
struct Target {
    span1: [usize; 2],
    label: f64,
}

/// Scores the development sets.
pub(super) fn run(kit: &Kit, list: bool) -> anyhow::Result<()> {
    println!("factuality: looked at by score");
    // The votes of UDS-IH2 ask whether it happened, MEANTIME how sure its teller is.
    for set in ["uds_ih2", "meantime"] {
        let value = |certain: &Certain| if set == "uds_ih2" { certain.happened } else { certain.told };
        let train = read(set, "train")?;
        let mut labels: Vec<f64> = train.iter().flat_map(|s| s.targets.iter().map(|t| t.label)).collect();
        labels.sort_by(f64::total_cmp);
        let median = labels.get(labels.len() / 2).copied().unwrap_or_default();
        if list {
            means(set, &rated(kit, &train));
        }
        let rated = rated(kit, &read(set, "dev")?);
        let error = |guess: &dyn Fn(&(Certain, f64)) -> f64| {
            rated.iter().map(|row| (guess(row) - row.1).abs()).sum::<f64>() / rated.len().max(1) as f64
        };
        let (ours, constant) = (error(&|row| value(&row.0)), error(&|_| median));
        let r = pearson(&rated.iter().map(|row| [value(&row.0), row.1]).collect::<Vec<_>>());
        println!("  {set:<8} {} events  r {r:.3}  MAE {ours:.3} (median {median:.2}: {constant:.3})", rated.len());
    }
    Ok(())
}

fn read(set: &str, part: &str) -> anyhow::Result<Vec<Sentence>> {
    let name = format!("../../shared/gold/factuality/{set}.{part}.jsonl");
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    let text = std::fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
    text.lines().map(|line| serde_json::from_str(line).context("a sentence with its targets")).collect()
}

/// Every target with our reading; a word we find no token for is taken as told.
fn rated(kit: &Kit, sentences: &[Sentence]) -> Vec<(Certain, f64)> {
    let mut rows = Vec::new();
    for sentence in sentences {
        let words = words(&sentence.text);
        let spans: Vec<Span> = sentence.targets.iter().map(|t| word(&words, t.span1[0])).collect();
        let document = super::document(&sentence.text);
        let found = sitrep_claims::certain_at(kit, &document, &spans);
        let plain = Certain { class: "none", form: "other", word: String::new(), happened: 2.0, told: 3.0 };
        rows.extend(
            found.into_iter().map(|c| c.unwrap_or_else(|| plain.clone())).zip(sentence.targets.iter().map(|t| t.label)),
        );
    }
    rows
}

/// The byte ranges of words between blanks, as the sets count them.
fn words(text: &str) -> Vec<Span> {
    let start = |word: &str| word.as_ptr() as usize - text.as_ptr() as usize;
    text.split_whitespace().map(|word| Span::new(start(word), start(word) + word.len())).collect()
}

fn word(words: &[Span], at: usize) -> Span {
    words.get(at).copied().unwrap_or(Span::new(0, 0))
}

fn pearson(pairs: &[[f64; 2]]) -> f64 {
    let n = pairs.len().max(1) as f64;
    let mean = |side: usize| pairs.iter().map(|pair| pair[side]).sum::<f64>() / n;
    let (x, y) = (mean(0), mean(1));
    let sum = |of: &dyn Fn(&[f64; 2]) -> f64| pairs.iter().map(of).sum::<f64>();
    let spread = sum(&|p| (p[0] - x).powi(2)) * sum(&|p| (p[1] - y).powi(2));
    sum(&|p| (p[0] - x) * (p[1] - y)) / spread.sqrt().max(f64::MIN_POSITIVE)
}

fn means(set: &str, rows: &[(Certain, f64)]) {
    let mut by: BTreeMap<&str, (f64, usize)> = BTreeMap::new();
    for (certain, label) in rows {
        let entry = by.entry(certain.class).or_default();
        *entry = (entry.0 + label, entry.1 + 1);
    }
    for (class, (sum, count)) in &by {
        println!("    {set} {class:<16} {:>6.2}  {count}", sum / *count as f64);
    }
    if set == "uds_ih2" {
        fitted(rows, &by);
    }
}

/// The tables of `factual.toml`: means by class and form drawn towards the class, and what each lemma adds to them.
fn fitted(rows: &[(Certain, f64)], by: &BTreeMap<&str, (f64, usize)>) {
    const DRAWN_BY: f64 = 10.0;
    const FEWEST: usize = 15;
    const LEAST: f64 = 0.1;
    let mean = |class: &str| by.get(class).map_or(0.0, |(sum, count)| sum / (*count).max(1) as f64);
    let mut forms: BTreeMap<String, (f64, usize)> = BTreeMap::new();
    for (certain, label) in rows.iter().filter(|(certain, _)| certain.class != "none") {
        let entry = forms.entry(format!("{} {}", certain.class, certain.form)).or_default();
        *entry = (entry.0 + label - mean(certain.class), entry.1 + 1);
    }
    forms.retain(|_, (_, count)| *count >= FEWEST);
    let drawn = |(sum, count): (f64, usize)| sum / (count as f64 + DRAWN_BY);
    let by_form = |certain: &Certain| {
        let form = forms.get(&format!("{} {}", certain.class, certain.form));
        mean(certain.class) + form.map_or(0.0, |entry| drawn(*entry))
    };
    let mut words: BTreeMap<&str, (f64, usize)> = BTreeMap::new();
    for (certain, label) in rows {
        let entry = words.entry(certain.word.as_str()).or_default();
        *entry = (entry.0 + label - by_form(certain), entry.1 + 1);
    }
    println!("[forms]");
    for (name, entry) in &forms {
        let class = name.rsplit_once(' ').map_or(name.as_str(), |(class, _)| class);
        println!("{name:?} = {:.2}", mean(class) + drawn(*entry));
    }
    println!("\n[words]");
    let plain = |word: &str| !word.is_empty() && word.chars().all(char::is_alphabetic);
    for (word, entry) in words.into_iter().filter(|(word, entry)| entry.1 >= FEWEST && plain(word)) {
        if drawn(entry).abs() >= LEAST {
            println!("{word} = {:.2}", drawn(entry));
        }
    }
}
