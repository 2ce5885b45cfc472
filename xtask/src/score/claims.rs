//! `cargo xtask score claims [plover|factuality] [--list]`: what claims are worth against hand-coded sets.
//!
//! In: `../shared/gold/plover`, `../shared/gold/factuality`. Out: figures on stdout; with `--list` every sentence that went wrong. Sets are
//! looked at by score or sentence by sentence; which is which is printed.

mod factuality;
mod muc;
mod petrarch;
mod plover;
mod re3d;

use sitrep_model::{ActorRef, Claim};

use crate::Args;

/// Scores the sets named, or all.
pub(crate) fn run(args: Args) -> anyhow::Result<()> {
    let words: Vec<String> = args.collect();
    let list = words.iter().any(|word| word == "--list");
    let named = |set: &str| words.iter().all(|word| word.starts_with("--")) || words.iter().any(|word| word == set);
    let kit = super::where_::kit()?;
    if named("muc") {
        muc::run(&kit, &words)?;
    }
    if named("plover") {
        plover::run(&kit, list)?;
    }
    if named("petrarch") {
        petrarch::run(&kit, list)?;
    }
    if named("re3d") {
        re3d::run(&kit, list)?;
    }
    if named("factuality") {
        factuality::run(&kit, list)?;
    }
    Ok(())
}

/// A text as the product reads it.
fn document(text: &str) -> sitrep_model::Document {
    let meta = sitrep_model::PageMeta::default();
    let page = sitrep_read::page_of("text", sitrep_model::MediaType::Text, text.as_bytes().to_vec(), meta, "score");
    sitrep_read::document(&page).value
}

/// A claim in one line.
fn told(claim: &Claim) -> String {
    let names = |actors: &[ActorRef]| actors.iter().map(|a| a.text.as_str()).collect::<Vec<_>>().join(", ");
    format!(
        "{} {} [{}] -> [{}] {}",
        claim.event,
        claim.status.as_str(),
        names(&claim.actors),
        names(&claim.targets),
        claim.rule
    )
}
