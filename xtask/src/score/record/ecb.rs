//! ECB+: which of the given mentions are one event, across reports?
//!
//! In: `../shared/gold/ecbplus`. Out: CoNLL F1 on the development set, beside "the same lemma is the same event". Weights, the lemmas
//! that have been one event before, and the threshold come from the training set alone. The mentions are given, so most of them are no
//! claims of ours ("the ceremony"): parties are read off the same trees, and compared by the rarity of what is shared, as the record does
//! it; types, places and days of claims play no part here.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read as _;
use std::rc::Rc;

use anyhow::Context as _;
use serde::Deserialize;
use sitrep_language::Language;

use super::coref::{Conll, conll};
use super::ecb_features::{Knowledge, Likenesses, Mention, Report, is_content, kinship, mention, outcomes};
use super::gold;
use super::logit::{self, Weights};

/// Parts of the training set, by topic, for trying thresholds on topics that no weight has seen.
const FOLDS: usize = 3;
/// Of the pairs of unlike lemmas that are two events, one in so many is fitted to.
const ONE_IN: usize = 7;
/// No pair speaks louder than this for or against a group.
const LOUDEST: f64 = 6.0;

#[derive(Deserialize)]
struct GivenReport {
    doc_id: String,
    tokens: Vec<String>,
}

#[derive(Deserialize)]
struct GivenMention {
    doc_id: String,
    topic_id: String,
    coref_chain: String,
    tokens_number: Vec<usize>,
    mention_head_lemma: String,
}

/// What decides how groups are made, besides weights.
#[derive(Debug, Clone, Copy)]
struct Manner {
    threshold: f64,
    /// Added where lemmas are the same: many weak pairs of a group outvote it else.
    same_lemma: f64,
}

/// Which mentions may be one event at all.
type Within = fn(&Mention) -> String;

/// Scores the development set.
pub(super) fn run(list: bool) -> anyhow::Result<()> {
    let kit = super::super::where_::kit()?;
    let (train, mut known) = read(kit.language(), "train")?;
    let (dev, dev_known) = read(kit.language(), "dev")?;
    let folds: Vec<String> = train.iter().map(topic).collect::<BTreeSet<_>>().into_iter().collect();
    let fold = |m: &Mention| folds.iter().position(|t| *t == topic(m)).unwrap_or(0) % FOLDS;
    let mut rows: Vec<(usize, usize, usize, Vec<String>, bool)> = Vec::new();
    for part in 0..FOLDS {
        known.pairs = one_before(train.iter().filter(|m| fold(m) != part));
        let mut met = Likenesses::default();
        for (a, b) in pairs(&train, topic).into_iter().filter(|(a, _)| fold(&train[*a]) == part) {
            rows.push((part, a, b, outcomes(&train[a], &train[b], &known, &mut met), train[a].chain == train[b].chain));
        }
    }
    let is_kept = |at: usize| {
        let (_, a, b, _, right) = &rows[at];
        *right || kinship(&train[*a], &train[*b]) != "other" || at.is_multiple_of(ONE_IN)
    };
    let fit = |part: Option<usize>| -> Weights {
        let kept: Vec<usize> = (0..rows.len()).filter(|&at| Some(rows[at].0) != part && is_kept(at)).collect();
        logit::fit(kept.iter().map(|&at| (rows[at].3.as_slice(), rows[at].4)))
    };
    let mut scores = BTreeMap::new();
    for part in 0..FOLDS {
        let weights = fit(Some(part));
        scores.extend(rows.iter().filter(|row| row.0 == part).map(|row| ((row.1, row.2), weights.score(&row.3))));
    }
    let manner = best_manner(&train, &scores);
    let weights = fit(None);
    let mut met = Likenesses::default();
    let everything = Knowledge { rarity: dev_known.rarity, pairs: one_before(train.iter()) };
    let told: BTreeMap<(usize, usize), f64> = pairs(&dev, |_| String::new())
        .into_iter()
        .map(|(a, b)| ((a, b), weights.score(&outcomes(&dev[a], &dev[b], &everything, &mut met))))
        .collect();
    println!(
        "ECB+ dev: {} mentions; threshold {:.2} and {:.2} for the same lemma, from train",
        dev.len(),
        manner.threshold,
        manner.same_lemma
    );
    println!("| mentions that may be one event | system | MUC | B³ | CEAFe | CoNLL F1 |\n|---|---|---|---|---|---|");
    let ways: [(&str, Within); 3] =
        [("of one topic", topic), ("of one sub-topic", |m| m.topic.clone()), ("all", |_| String::new())];
    for (name, within) in ways {
        let lemma = labels(dev.iter().map(|m| (within(m), m.lemma.clone())));
        show(name, "same lemma", &scored(&dev, &lemma));
        let ours = grouped(&dev, &told, manner, within);
        show(name, "ours", &scored(&dev, &ours));
        if list && name == "of one topic" {
            wrong(&dev, &ours);
        }
    }
    Ok(())
}

fn topic(mention: &Mention) -> String {
    mention.topic.trim_end_matches("ecbplus").trim_end_matches("ecb").to_owned()
}

fn show(within: &str, system: &str, it: &Conll) {
    let percent = |share: f64| share * 100.0;
    println!(
        "| {within} | {system} | {:.1} | {:.1} | {:.1} | {:.1} |",
        percent(it.muc),
        percent(it.b3),
        percent(it.ceafe),
        percent(it.conll)
    );
}

fn scored(mentions: &[Mention], labels: &[usize]) -> Conll {
    conll(&mentions.iter().map(|m| m.chain).collect::<Vec<_>>(), labels)
}

/// A number for every label.
fn labels<T: Ord>(named: impl Iterator<Item = T>) -> Vec<usize> {
    let mut numbers = BTreeMap::new();
    let next = |name: T| {
        let n = numbers.len();
        *numbers.entry(name).or_insert(n)
    };
    named.map(next).collect()
}

/// Pairs of mentions of one part.
fn pairs(mentions: &[Mention], within: Within) -> Vec<(usize, usize)> {
    let mut parts: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, mention) in mentions.iter().enumerate() {
        parts.entry(within(mention)).or_default().push(at);
    }
    parts
        .into_values()
        .flat_map(|part| {
            (0..part.len()).flat_map(move |i| {
                let part = part.clone();
                (i + 1..part.len()).map(move |j| (part[i], part[j]))
            })
        })
        .collect()
}

/// Of lemmas that met within a sub-topic: 2 they were mostly one event, 1 at times, 0 never.
fn one_before<'m>(mentions: impl Iterator<Item = &'m Mention>) -> BTreeMap<(String, String), u8> {
    let mut parts: BTreeMap<&str, Vec<&Mention>> = BTreeMap::new();
    for mention in mentions {
        parts.entry(&mention.topic).or_default().push(mention);
    }
    let mut met: BTreeMap<(String, String), (usize, usize)> = BTreeMap::new();
    for part in parts.values() {
        let mut here: BTreeMap<(&str, &str), bool> = BTreeMap::new();
        for (at, a) in part.iter().enumerate() {
            for b in &part[at + 1..] {
                let key = if a.lemma < b.lemma {
                    (a.lemma.as_str(), b.lemma.as_str())
                } else {
                    (b.lemma.as_str(), a.lemma.as_str())
                };
                *here.entry(key).or_default() |= a.chain == b.chain;
            }
        }
        for ((a, b), one) in here {
            let times = met.entry((a.to_owned(), b.to_owned())).or_default();
            *times = (times.0 + usize::from(one), times.1 + 1);
        }
    }
    met.into_iter().map(|(key, (one, all))| (key, if one * 2 > all { 2 } else { u8::from(one > 0) })).collect()
}

fn best_manner(train: &[Mention], scores: &BTreeMap<(usize, usize), f64>) -> Manner {
    let mut best = (0.0, Manner { threshold: 0.0, same_lemma: 0.0 });
    for threshold in [-0.5, -0.25, 0.0, 0.25, 0.5] {
        for same_lemma in [0.0, 0.75, 1.5] {
            let manner = Manner { threshold, same_lemma };
            let found = scored(train, &grouped(train, scores, manner, topic)).conll;
            if found > best.0 {
                best = (found, manner);
            }
        }
    }
    best.1
}

/// Groups grown from the surest pair of groups down, by the mean over their pairs, until none is above the threshold.
fn grouped(mentions: &[Mention], scores: &BTreeMap<(usize, usize), f64>, manner: Manner, within: Within) -> Vec<usize> {
    let mut parts: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, mention) in mentions.iter().enumerate() {
        parts.entry(within(mention)).or_default().push(at);
    }
    let mut label: Vec<usize> = (0..mentions.len()).collect();
    for part in parts.values() {
        let n = part.len();
        let mut sum = vec![vec![0.0; n]; n];
        for i in 0..n {
            for j in i + 1..n {
                let same = mentions[part[i]].lemma == mentions[part[j]].lemma;
                let score = scores.get(&(part[i], part[j])).copied().unwrap_or(-LOUDEST)
                    + if same { manner.same_lemma } else { 0.0 };
                (sum[i][j], sum[j][i]) = (score.clamp(-LOUDEST, LOUDEST), score.clamp(-LOUDEST, LOUDEST));
            }
        }
        for group in agglomerated(&mut sum, manner.threshold) {
            let first = part[group[0]];
            group.iter().for_each(|i| label[part[*i]] = first);
        }
    }
    label
}

/// Merges rows of `sum` while the mean of two groups is above `threshold`; each group keeps its nearest in mind.
fn agglomerated(sum: &mut [Vec<f64>], threshold: f64) -> Vec<Vec<usize>> {
    let n = sum.len();
    let mut groups: Vec<Vec<usize>> = (0..n).map(|i| vec![i]).collect();
    let nearest = |sum: &[Vec<f64>], groups: &[Vec<usize>], i: usize| -> (f64, usize) {
        let others = (0..n).filter(|&j| j != i && !groups[j].is_empty());
        let mean = |j: usize| sum[i][j] / (groups[i].len() * groups[j].len()) as f64;
        others.map(|j| (mean(j), j)).max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1))).unwrap_or((f64::MIN, i))
    };
    let mut best: Vec<(f64, usize)> = (0..n).map(|i| nearest(sum, &groups, i)).collect();
    loop {
        let alive = (0..n).filter(|&i| !groups[i].is_empty());
        let Some(i) = alive.max_by(|&a, &b| best[a].0.total_cmp(&best[b].0).then(b.cmp(&a))) else { break };
        let (mean, j) = best[i];
        if mean < threshold || j == i {
            break;
        }
        let joining = std::mem::take(&mut groups[j]);
        groups[i].extend(joining);
        let joined = sum[j].clone();
        for (k, more) in joined.into_iter().enumerate() {
            sum[i][k] += more;
            sum[k][i] = sum[i][k];
        }
        for k in 0..n {
            if !groups[k].is_empty()
                && (k == i
                    || best[k].1 == i
                    || best[k].1 == j
                    || sum[k][i] / ((groups[k].len() * groups[i].len()) as f64) > best[k].0)
            {
                best[k] = nearest(sum, &groups, k);
            }
        }
    }
    groups.into_iter().filter(|group| !group.is_empty()).collect()
}

/// Mentions of one part of the set, and how rare its words are.
fn read(language: &Language, part: &str) -> anyhow::Result<(Vec<Mention>, Knowledge)> {
    let reports: Vec<GivenReport> = lines(&format!("{part}.docs.jsonl.gz"))?;
    let given: Vec<GivenMention> = lines(&format!("{part}.mentions.jsonl.gz"))?;
    let mut read = BTreeMap::new();
    let mut in_reports: BTreeMap<String, usize> = BTreeMap::new();
    for report in &reports {
        let text = report.tokens.join(" ");
        let analysis = language.analyze(&text);
        let mut count: BTreeMap<String, usize> = BTreeMap::new();
        for at in (0..analysis.tokens.len()).filter(|&at| is_content(&analysis, at)) {
            *count.entry(analysis.lemma(at).to_lowercase()).or_default() += 1;
        }
        count.keys().for_each(|word| *in_reports.entry(word.clone()).or_default() += 1);
        read.insert(report.doc_id.as_str(), (text, analysis, count));
    }
    let rarity: BTreeMap<String, f64> =
        in_reports.into_iter().map(|(word, n)| (word, (reports.len() as f64 / n as f64).ln())).collect();
    let told: BTreeMap<&str, Rc<Report>> = read
        .iter()
        .map(|(id, (_, _, count))| {
            let weight = |(word, n): (&String, &usize)| (word.clone(), (1.0 + (*n as f64).ln()) * rarity[word]);
            let words: BTreeMap<String, f64> = count.iter().map(weight).collect();
            let norm = words.values().map(|w| w * w).sum::<f64>().sqrt();
            (*id, Rc::new(Report { words, norm }))
        })
        .collect();
    let chains = labels(given.iter().map(|m| m.coref_chain.clone()));
    let starts: BTreeMap<&str, Vec<u32>> = reports.iter().map(|r| (r.doc_id.as_str(), starts(&r.tokens))).collect();
    let make = |(m, chain): (&GivenMention, usize)| {
        let (text, analysis, _) = &read[m.doc_id.as_str()];
        let starts = &starts[m.doc_id.as_str()];
        let first = m.tokens_number.first().and_then(|at| starts.get(*at)).copied().unwrap_or(0);
        let end = m.tokens_number.last().and_then(|at| starts.get(at + 1)).copied().unwrap_or(first + 2) - 1;
        let given = (m.doc_id.clone(), m.topic_id.clone(), chain, m.mention_head_lemma.to_lowercase());
        mention(analysis, text, (first, end), given, Rc::clone(&told[m.doc_id.as_str()]))
    };
    let mentions = given.iter().zip(chains).map(make).collect();
    Ok((mentions, Knowledge { rarity, pairs: BTreeMap::new() }))
}

/// First byte of every token of a text joined by blanks, and one past its end.
fn starts(tokens: &[String]) -> Vec<u32> {
    let mut at = 0;
    let mut found = vec![0];
    for token in tokens {
        at += token.len() as u32 + 1;
        found.push(at);
    }
    found
}

fn lines<T: for<'d> Deserialize<'d>>(name: &str) -> anyhow::Result<Vec<T>> {
    let path = gold("ecbplus").join(name);
    let file = std::fs::File::open(&path).with_context(|| format!("reading {}", path.display()))?;
    let mut text = String::new();
    flate2::read::GzDecoder::new(file).read_to_string(&mut text)?;
    text.lines().map(|line| serde_json::from_str(line).with_context(|| name.to_owned())).collect()
}

/// Every gold event that we cut, and what we put with others.
fn wrong(mentions: &[Mention], ours: &[usize]) {
    let mut chains: BTreeMap<usize, BTreeMap<usize, Vec<&str>>> = BTreeMap::new();
    for (mention, label) in mentions.iter().zip(ours) {
        chains.entry(mention.chain).or_default().entry(*label).or_default().push(&mention.lemma);
    }
    for parts in chains.values().filter(|parts| parts.len() > 1) {
        println!("cut: {}", parts.values().map(|part| part.join(" ")).collect::<Vec<_>>().join(" | "));
    }
}
