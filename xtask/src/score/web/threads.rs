//! Comment threads: comments found, their depth, and leaks into the article; posts of forum pages.
//!
//! In: pages read by us and the thread gold beside them. Out: figures on stdout. Never judges the article.
//!
//! How it is counted. **WordPress**: a gold comment is found when a comment of ours, not yet used, begins with its first 60
//! characters (letters and figures only); its depth is right when ours, counted from 1, is the same; it leaks when its first 80
//! characters stand in our article and not in the gold article (readers quote the article, too). **Forum posts**: gold post
//! and post of ours are paired one to one, best first, at a token F1 of .8 and more; words quoted in a post count on both sides,
//! as the gold keeps them; the article counts as the first post. **Forum main text**: word F1 of article, and author, time and
//! words of each post, against the gold main text.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;
use sitrep_model::{BlockKind, Document, MediaType, PageMeta};

use super::{Case, Options, files, mean};

/// Token F1 from which two posts are the same.
const SAME_POST_F1: f64 = 0.8;

/// Prints the figures.
pub(super) fn print(cases: &[Case], sets: &Path, options: &Options) -> anyhow::Result<()> {
    wordpress(cases, sets)?;
    forum_posts(sets, options)?;
    let forums: Vec<&Case> = cases.iter().filter(|c| c.kind == "forum").collect();
    let f1 = |c: &&Case| token_f1(&tokens(&whole(&c.document)), &tokens(c.told("main_content")));
    println!("forum main text, whole thread, {} pages: F1 {:.4}", forums.len(), mean(forums.iter().map(f1)));
    Ok(())
}

fn wordpress(cases: &[Case], sets: &Path) -> anyhow::Result<()> {
    let gold: BTreeMap<String, Vec<(u64, String)>> =
        serde_json::from_str(&std::fs::read_to_string(sets.join("wcxb_dev/wordpress_threads.json"))?)?;
    let (mut n_gold, mut n_found, mut n_deep, mut n_leaks, mut n_ours) = (0usize, 0usize, 0usize, 0usize, 0usize);
    for case in cases {
        let Some(wanted) = gold.get(&case.id) else { continue };
        let document = &case.document;
        let mut ours: Vec<Option<(u64, String)>> = document
            .comments
            .iter()
            .map(|c| Some((u64::from(c.depth) + 1, plain(c.span.of(&document.text)))))
            .collect();
        let blocks = document.blocks.iter().filter(|b| b.kind != BlockKind::Headline);
        let article = plain(&blocks.map(|b| b.span.of(&document.text)).collect::<Vec<_>>().join(" "));
        let told = plain(case.told("main_content"));
        n_ours += ours.len();
        for (depth, words) in wanted {
            n_gold += 1;
            let opening = |n: usize| words.get(..n.min(words.len())).unwrap_or(words);
            let head = opening(60);
            let found = ours.iter_mut().find(|o| o.as_ref().is_some_and(|(_, w)| w.starts_with(head)));
            if let Some((ours, _)) = found.and_then(Option::take) {
                n_found += 1;
                n_deep += usize::from(ours == *depth);
            }
            let long = words.split(' ').count() >= 5;
            n_leaks += usize::from(long && article.contains(opening(80)) && !told.contains(opening(80)));
        }
    }
    let share = |n: usize, of: usize| n as f64 / of.max(1) as f64;
    println!("\nthreads");
    println!(
        "wordpress: {n_gold} gold comments, found {:.4}, right depth {:.4}, leaked {:.4}; others found: {}",
        share(n_found, n_gold),
        share(n_deep, n_found),
        share(n_leaks, n_gold),
        n_ours - n_found
    );
    Ok(())
}

fn forum_posts(sets: &Path, options: &Options) -> anyhow::Result<()> {
    let (mut n_gold, mut n_ours, mut n_same) = (0usize, 0usize, 0usize);
    let mut pages: Vec<(usize, String)> = Vec::new();
    for (i, path) in files(&sets.join("webforum52_dev"), ".json")?.into_iter().enumerate() {
        if options.half.as_deref().is_some_and(|half| (half == "B") != (i % 2 == 1)) {
            continue;
        }
        let page: Value = serde_json::from_str(&std::fs::read_to_string(&path)?)?;
        let raw = page["html"].as_str().unwrap_or_default().as_bytes().to_vec();
        let read = sitrep_read::page_of("thread", MediaType::Html, raw, PageMeta::default(), "file");
        let ours: Vec<Vec<String>> = posts(&sitrep_read::document(&read).value).iter().map(|p| tokens(p)).collect();
        let gold = page["gold_standard_annotation"].as_array().map_or(&[][..], Vec::as_slice);
        let gold: Vec<Vec<String>> =
            gold.iter().map(|g| tokens(g["post_text"]["surface_form"].as_str().unwrap_or_default())).collect();
        let same = paired(&gold, &ours);
        (n_gold, n_ours, n_same) = (n_gold + gold.len(), n_ours + ours.len(), n_same + same);
        let name = path.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
        pages.push((
            gold.len() + ours.len() - 2 * same,
            format!("{name}: {same} of {}, ours {}", gold.len(), ours.len()),
        ));
    }
    let f1 = 2.0 * n_same as f64 / (n_gold + n_ours).max(1) as f64;
    println!("forum posts, {} pages, {n_gold} gold posts: F1 {f1:.4}", pages.len());
    pages.sort_by_key(|(n_wrong, _)| std::cmp::Reverse(*n_wrong));
    pages.iter().take(options.n_worst).filter(|(n, _)| *n > 0).for_each(|(_, line)| println!("  {line}"));
    Ok(())
}

/// How many of `gold` and `ours` are the same, paired one to one, best first.
fn paired(gold: &[Vec<String>], ours: &[Vec<String>]) -> usize {
    let mut pairs: Vec<(f64, usize, usize)> = Vec::new();
    for (g, wanted) in gold.iter().enumerate() {
        pairs.extend(ours.iter().enumerate().map(|(o, words)| (token_f1(words, wanted), g, o)));
    }
    pairs.retain(|(f1, ..)| *f1 >= SAME_POST_F1);
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0));
    let (mut used_gold, mut used_ours) = (vec![false; gold.len()], vec![false; ours.len()]);
    for (_, g, o) in pairs {
        if !used_gold[g] && !used_ours[o] {
            (used_gold[g], used_ours[o]) = (true, true);
        }
    }
    used_gold.iter().filter(|u| **u).count()
}

/// The posts of a page: its article, then each comment with the lines it quotes, which stand right before it.
fn posts(document: &Document) -> Vec<String> {
    let text = &document.text;
    let blocks = document.blocks.iter().filter(|b| b.kind != BlockKind::Headline);
    let article = blocks.map(|b| b.span.of(text)).collect::<Vec<_>>().join(" ");
    let mut out: Vec<String> = Some(article).filter(|a| !a.is_empty()).into_iter().collect();
    let mut last = document.blocks.iter().map(|b| b.span.end).max().unwrap_or(0);
    for comment in &document.comments {
        let from = last.min(comment.span.start);
        out.push(text[from as usize..comment.span.end as usize].to_owned());
        last = comment.span.end;
    }
    out
}

/// Everything people said on the page, each with name and time.
fn whole(document: &Document) -> String {
    let text = &document.text;
    let mut out: Vec<&str> = document.blocks.iter().map(|b| b.span.of(text)).collect();
    for comment in &document.comments {
        out.extend(comment.author.as_deref());
        out.extend(comment.time.as_deref());
        out.push(comment.span.of(text));
    }
    out.join("\n")
}

/// Letters and figures in lower case, other characters as one space.
fn plain(text: &str) -> String {
    let ascii: String = text.to_lowercase().chars().map(|c| if c.is_ascii_alphanumeric() { c } else { ' ' }).collect();
    ascii.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn tokens(text: &str) -> Vec<String> {
    let lower = text.to_lowercase();
    lower.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|w| !w.is_empty()).map(str::to_owned).collect()
}

fn token_f1(ours: &[String], gold: &[String]) -> f64 {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    gold.iter().for_each(|w| *counts.entry(w).or_default() += 1);
    let mut n_same = 0usize;
    for word in ours {
        if let Some(n) = counts.get_mut(word.as_str()).filter(|n| **n > 0) {
            *n -= 1;
            n_same += 1;
        }
    }
    if ours.is_empty() && gold.is_empty() { 1.0 } else { 2.0 * n_same as f64 / (ours.len() + gold.len()) as f64 }
}
