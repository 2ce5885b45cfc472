//! `cargo xtask score claims [plover|petrarch|muc|re3d|factuality|held|own] [--list] [--html FILE]`: what claims are worth against hand-coded sets.
//!
//! In: `../shared/gold`; for `held`, the reports of `tests/held`, for `own` those of `tests/corpus/reports`. Out: figures on stdout; with `--list` every sentence that went wrong, with `--html` a page to browse them in. Sets
//! are looked at by score or sentence by sentence; which is which is printed, and only the latter are in the page.

mod browser;
mod factuality;
mod muc;
mod petrarch;
mod plover;
mod re3d;
mod reports;

use sitrep_model::{ActorRef, Claim};

use crate::Args;

/// Scores the sets named, or all.
pub(crate) fn run(args: Args) -> anyhow::Result<()> {
    let words: Vec<String> = args.collect();
    let list = words.iter().any(|word| word == "--list");
    let html = words.iter().skip_while(|word| *word != "--html").nth(1).cloned();
    let mut browser = browser::Browser::default();
    let sets = ["plover", "petrarch", "muc", "re3d", "factuality", "held", "own"];
    let every = words.iter().all(|word| !sets.contains(&word.as_str()));
    let named = |set: &str| every || words.iter().any(|word| word == set);
    if named("held") {
        reports::run(reports::Set::Held, &words)?;
    }
    if named("own") {
        reports::run(reports::Set::Own, &words)?;
    }
    if !every && words.iter().all(|word| word == "held" || word == "own" || !sets.contains(&word.as_str())) {
        return Ok(());
    }
    let kit = super::where_::kit()?;
    if named("muc") {
        muc::run(&kit, &words, &mut browser)?;
    }
    if named("plover") {
        plover::run(&kit, list, &mut browser)?;
    }
    if named("petrarch") {
        petrarch::run(list, &mut browser)?;
    }
    if named("re3d") {
        re3d::run(&kit, list, &mut browser)?;
    }
    if named("factuality") {
        factuality::run(&kit, list)?;
    }
    if let Some(path) = html {
        browser.write(&kit, std::path::Path::new(&path))?;
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
