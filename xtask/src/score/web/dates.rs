//! Publication dates: how many are answered, and how many of the answers are the day the gold says.
//!
//! In: pages read by us. Out: figures on stdout. Never judges how a date was known.

use std::path::Path;

use super::{Case, Options, mean};

/// Prints the figures.
pub(super) fn print(cases: &[Case], _sets: &Path, _options: &Options) -> anyhow::Result<()> {
    let told: Vec<&Case> = cases.iter().filter(|c| c.kind == "article" && !c.told("publish_date").is_empty()).collect();
    let ours = |c: &Case| c.document.published.as_ref().map(|p| p.date.to_string());
    let right = |c: &&&Case| ours(c).is_some_and(|day| c.told("publish_date").starts_with(&day));
    let n_answered = told.iter().filter(|c| ours(c).is_some()).count();
    let n_right = told.iter().filter(right).count();
    println!("\npublication day, {} articles of wcxb_dev that have one", told.len());
    let share = |n: usize, of: usize| mean([n as f64 / of.max(1) as f64]);
    println!("exact day {:.3}, precision among answered {:.3}", share(n_right, told.len()), share(n_right, n_answered));
    println!("htmldate: absent");
    Ok(())
}
