//! `doctor`: checks that the program is whole on this machine.
//!
//! In: nothing. Out: one line a part, `ok` or what is wrong. Writes one temporary file and removes it.

use std::time::Instant;

use anyhow::Context as _;
use sitrep::model::{Filter, MediaType, PageMeta};
use sitrep::{Kit, Record, pipeline};

use crate::ending::Ending;
use crate::out;

/// A sentence of which the answer is known.
const SENTENCE: &str = "On 5 May 2031 government forces captured the city of Raqqa, officials said.";

/// `sitrep doctor`
pub(super) fn doctor() -> anyhow::Result<Ending> {
    let start = Instant::now();
    let kit = Kit::load()?;
    line("language model and knowledge", &format!("ok, loaded in {} ms", start.elapsed().as_millis()))?;
    let edition = kit.edition();
    line(
        "edition",
        &format!(
            "{} model {} rules {} world {}",
            edition.version,
            short(&edition.model),
            short(&edition.rules),
            short(&edition.world)
        ),
    )?;
    let page = sitrep::page_of("doctor", MediaType::Text, SENTENCE.as_bytes().to_vec(), PageMeta::default(), "doctor");
    let report = pipeline::understand(&kit, page);
    let claim = report.claims.iter().find(|claim| claim.event.as_str() == "territory.captured");
    let analysis = match claim {
        Some(_) => "ok, the test sentence gives its claim".to_owned(),
        None => format!("wrong: the test sentence gives {} claims and no capture", report.claims.len()),
    };
    line("analysis", &analysis)?;
    let located = claim.and_then(|claim| claim.place.as_ref()).and_then(|place| place.lat);
    line(
        "gazetteer",
        if located.is_some() { "ok, the test place is found" } else { "wrong: the test place is not found" },
    )?;
    let folder = tempfile::tempdir().context("cannot make a temporary folder")?;
    let record = Record::create(&folder.path().join("doctor.sitrep"), &edition)?;
    record.contents(&Filter::default())?;
    line("database", "ok")?;
    anyhow::ensure!(claim.is_some() && located.is_some(), "something is wrong with this program; install it anew");
    Ok(Ending::Done)
}

fn line(part: &str, state: &str) -> anyhow::Result<()> {
    out::data(format!("{part:<29} {state}\n").as_bytes())
}

fn short(hash: &str) -> &str {
    hash.get(..12).unwrap_or(hash)
}
