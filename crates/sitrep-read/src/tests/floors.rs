//! Floors under the figures of threads, on reference pages beside the repository. `cargo xtask score web` says how each is
//! counted and prints them; here a fall below fails.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use serde_json::Value;
use sitrep_model::{Document, MediaType, PageMeta};

fn sets() -> Option<PathBuf> {
    let sets = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/gold/web");
    if !sets.is_dir() {
        println!("SKIPPED: ../shared is absent");
        return None;
    }
    Some(sets)
}

fn read(raw: Vec<u8>) -> Document {
    crate::document(&crate::page_of("page", MediaType::Html, raw, PageMeta::default(), "file")).value
}

fn words(text: &str) -> Vec<String> {
    let lower = text.to_lowercase();
    lower.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|w| !w.is_empty()).map(str::to_owned).collect()
}

fn f1(ours: &[String], gold: &[String]) -> f64 {
    let mut left: BTreeMap<&String, usize> = BTreeMap::new();
    gold.iter().for_each(|w| *left.entry(w).or_default() += 1);
    let same = ours.iter().filter(|w| left.get_mut(w).is_some_and(|n| std::mem::replace(n, n.saturating_sub(1)) > 0));
    2.0 * same.count() as f64 / (ours.len() + gold.len()).max(1) as f64
}

/// Article and comments, each with the lines it quotes before it.
fn posts(document: &Document) -> Vec<Vec<String>> {
    let text = &document.text;
    let skip = usize::from(document.title.is_some());
    let article: Vec<&str> = document.blocks.iter().skip(skip).map(|b| b.span.of(text)).collect();
    let mut out = vec![words(&article.join(" "))];
    out.retain(|article| !article.is_empty());
    let mut last = document.blocks.iter().map(|b| b.span.end).max().unwrap_or(0);
    for comment in &document.comments {
        out.push(words(&text[last.min(comment.span.start) as usize..comment.span.end as usize]));
        last = comment.span.end;
    }
    out
}

#[test]
fn forum_posts_do_not_fall() {
    let Some(sets) = sets() else { return };
    let (mut n_gold, mut n_ours, mut n_same) = (0, 0, 0);
    let mut paths: Vec<PathBuf> =
        fs::read_dir(sets.join("webforum52_dev")).unwrap().map(|e| e.unwrap().path()).collect();
    paths.retain(|p| p.extension().is_some_and(|e| e == "json"));
    paths.sort();
    for path in paths {
        let page: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
        let mut ours = posts(&read(page["html"].as_str().unwrap().as_bytes().to_vec()));
        n_ours += ours.len();
        for gold in page["gold_standard_annotation"].as_array().unwrap() {
            n_gold += 1;
            let gold = words(gold["post_text"]["surface_form"].as_str().unwrap());
            let best = (0..ours.len()).max_by(|a, b| f1(&ours[*a], &gold).total_cmp(&f1(&ours[*b], &gold)));
            if let Some(best) = best.filter(|b| f1(&ours[*b], &gold) >= 0.8) {
                ours.swap_remove(best);
                n_same += 1;
            }
        }
    }
    let f1 = 2.0 * f64::from(n_same) / (n_gold + n_ours) as f64;
    println!("forum posts: F1 {f1:.4}");
    assert!(f1 >= 0.96, "{f1:.4}");
}

#[test]
fn comments_under_articles_do_not_fall() {
    let Some(sets) = sets() else { return };
    let plain = |text: &str| {
        let lower = text.to_lowercase();
        let ascii: String = lower.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { ' ' }).collect();
        ascii.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let gold: BTreeMap<String, Vec<(u32, String)>> =
        serde_json::from_str(&fs::read_to_string(sets.join("wcxb_dev/wordpress_threads.json")).unwrap()).unwrap();
    let (mut n_gold, mut n_found, mut n_deep) = (0, 0, 0);
    for (id, wanted) in gold {
        let file = fs::File::open(sets.join(format!("wcxb_dev/html/{id}.html.gz"))).unwrap();
        let mut raw = Vec::new();
        flate2::read::GzDecoder::new(file).read_to_end(&mut raw).unwrap();
        let document = read(raw);
        let mut ours: Vec<(u32, String)> =
            document.comments.iter().map(|c| (c.depth + 1, plain(c.span.of(&document.text)))).collect();
        for (depth, words) in wanted {
            n_gold += 1;
            let head = &words[..words.len().min(60)];
            let Some(found) = ours.iter().position(|(_, o)| o.starts_with(head)) else { continue };
            n_found += 1;
            n_deep += i32::from(ours.remove(found).0 == depth);
        }
    }
    println!("comments: found {n_found} of {n_gold}, right depth {n_deep}");
    assert!(f64::from(n_found) >= 0.97 * f64::from(n_gold) && f64::from(n_deep) >= 0.98 * f64::from(n_found));
}
