//! `cargo xtask score record [ecb|ucdp|fakes] [--list] [--sample FILE]`: which reports tell one event, against outside gold sets.
//!
//! In: `../shared/gold/{ecbplus,ucdp,fa_kes}`. Out: figures on stdout, beside those of the simplest answer; with `--sample` fifty links
//! between outlets, drawn with a fixed seed, for reading by hand. A set that is not there is skipped, and said so.

mod coref;
mod ecb;
mod ecb_features;
mod fakes;
mod logit;
mod ucdp;

use std::path::{Path, PathBuf};

use crate::Args;

/// Scores the sets named, or all.
pub(crate) fn run(args: Args) -> anyhow::Result<()> {
    let words: Vec<String> = args.collect();
    let sets = ["ecb", "ucdp", "fakes"];
    let every = words.iter().all(|word| !sets.contains(&word.as_str()) && word != "all");
    let named = |set: &str| every || words.iter().any(|word| word == set || word == "all");
    let list = words.iter().any(|word| word == "--list");
    let sample = words.iter().skip_while(|word| *word != "--sample").nth(1).map(PathBuf::from);
    if named("ucdp") && is_there("ucdp") {
        ucdp::run(list)?;
    }
    if named("fakes") && is_there("fa_kes") {
        fakes::run(list, sample.as_deref())?;
    }
    if named("ecb") && is_there("ecbplus") {
        ecb::run(list)?;
    }
    Ok(())
}

/// The folder of a gold set.
fn gold(set: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/gold").join(set)
}

fn is_there(set: &str) -> bool {
    let there = gold(set).is_dir();
    if !there {
        println!("SKIPPED: ../shared/gold/{set} is absent");
    }
    there
}

/// The threshold that serves best, over `scored` pairs of a score and whether it is right.
#[derive(Debug, Clone, Copy)]
struct Best {
    f1: f64,
    precision: f64,
    recall: f64,
}

fn best_f1(mut scored: Vec<(f64, bool)>) -> Best {
    scored.sort_by(|a, b| b.0.total_cmp(&a.0));
    let all = scored.iter().filter(|(_, right)| *right).count() as f64;
    let (mut best, mut right) = (Best { f1: 0.0, precision: 0.0, recall: 0.0 }, 0.0);
    for (at, (score, is_right)) in scored.iter().enumerate() {
        right += f64::from(u8::from(*is_right));
        if scored.get(at + 1).is_some_and(|next| next.0 == *score) {
            continue;
        }
        let f1 = 2.0 * right / (at as f64 + 1.0 + all);
        if f1 > best.f1 {
            best = Best { f1, precision: right / (at as f64 + 1.0), recall: right / all };
        }
    }
    best
}

/// The report as the product reads it.
fn understood(kit: &sitrep::Kit, text: &str, outlet: &str, published: &str, path: &str) -> sitrep::Understood {
    let outlet = Some(outlet.to_owned());
    let meta = sitrep_model::PageMeta { outlet, published: published.parse().ok(), ..Default::default() };
    let page = sitrep::page_of(path, sitrep_model::MediaType::Text, text.as_bytes().to_vec(), meta, "score");
    sitrep::pipeline::understand(kit, page)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_threshold_is_found() {
        let best = best_f1(vec![(0.9, true), (0.8, true), (0.7, false), (0.1, true), (0.1, false)]);
        assert_eq!((best.f1, best.precision), (0.8, 1.0));
    }
}
