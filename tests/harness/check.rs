//! Runs one section through the front door and compares.
//!
//! In: a section. Out: nothing, or what differs. An expected line names the fields it cares about; there must be as many lines as
//! things, and each must fit one of its own.

use std::path::Path;

use sitrep::model::{Claim, Document, MediaType, Page};
use sitrep::{Derived, Kit, analyze, derive, page_of, pipeline};

use crate::case::{Section, sections};
use crate::ruled;
use crate::tell::{self, Told};

/// What came of a section's reports.
struct Made {
    pages: Vec<Page>,
    documents: Vec<Document>,
    claims: Vec<Claim>,
    derived: Derived,
}

fn make(kit: &Kit, section: &Section) -> Made {
    let (mut pages, mut documents, mut claims) = (Vec::new(), Vec::new(), Vec::new());
    // Times are found without reading anything else.
    let only_times = section.expected.iter().all(|expected| expected.kind == "times");
    for report in &section.reports {
        let raw = report.text.clone().into_bytes();
        let page = page_of(&report.name, MediaType::Text, raw, report.meta.clone(), "case");
        pages.push(page.clone());
        if only_times {
            continue;
        }
        let understood = pipeline::understand(kit, page);
        documents.push(understood.document);
        claims.extend(understood.claims);
    }
    let derived = match section.rulings.is_empty() {
        true => derive(&claims, &documents, None),
        false => ruled::derived(kit, (&pages, &documents, &claims), &section.rulings),
    };
    Made { pages, documents, claims, derived }
}

impl Made {
    fn told(&self, kit: &Kit, kind: &str) -> Vec<Told> {
        let quote = |id: &sitrep::model::ClaimId| {
            let claim = self.claims.iter().find(|claim| claim.claim_id == *id);
            claim.map_or_else(String::new, |claim| claim.quote.clone())
        };
        match kind {
            "claims" => self.claims.iter().map(tell::claim).collect(),
            "events" => self.derived.events.iter().map(tell::event).collect(),
            "disputes" => self.derived.disputes.iter().map(tell::dispute).collect(),
            "links" => self.derived.links.iter().map(|link| tell::link(link, quote)).collect(),
            "copies" => {
                let name = |id: &sitrep::model::PageId| {
                    let document = self.documents.iter().find(|document| document.page == *id);
                    document.map_or_else(String::new, |document| document.path.trim_end_matches(".txt").to_owned())
                };
                self.derived.copies.iter().map(|copy| tell::copy(copy, name)).collect()
            }
            "forecasts" => self.derived.forecasts.iter().map(|forecast| tell::forecast(forecast, quote)).collect(),
            "times" => {
                let all = self.pages.iter().flat_map(|page| analyze::times(kit, page));
                all.map(|(_, time)| tell::timex(&time)).collect()
            }
            _ => self.documents.iter().flat_map(tell::comments).collect(),
        }
    }
}

/// Compares a section with what the program makes of it.
pub(crate) fn check(kit: &Kit, section: &Section) -> Result<(), String> {
    let made = make(kit, section);
    for expected in &section.expected {
        differences(&expected.lines, &made.told(kit, &expected.kind))
            .map_err(|what| format!("{} of “{}”\n{what}", expected.kind, section.title))?;
    }
    Ok(())
}

/// Each expected line takes the first thing it fits that no other line has taken.
fn differences(expected: &[String], told: &[Told]) -> Result<(), String> {
    let mut free: Vec<&Told> = told.iter().collect();
    let mut unmet = Vec::new();
    for line in expected {
        match free.iter().position(|told| told.fits(line)) {
            Some(at) => {
                free.remove(at);
            }
            None => unmet.push(line.as_str()),
        }
    }
    if unmet.is_empty() && free.is_empty() {
        return Ok(());
    }
    let left: Vec<String> = free.iter().map(|told| told.line()).collect();
    Err(format!(
        "  expected, not there:\n    {}\n  there, not expected:\n    {}",
        unmet.join("\n    "),
        left.join("\n    ")
    ))
}

/// Rewrites the blocks of a file that differ. Blocks are replaced from the last to the first, so line numbers stay true.
pub(crate) fn bless(kit: &Kit, path: &Path) {
    let text = std::fs::read_to_string(path).expect("a case can be read");
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let mut changed = false;
    for section in sections(&text).iter().rev() {
        let made = make(kit, section);
        for expected in section.expected.iter().rev() {
            let told = made.told(kit, &expected.kind);
            if differences(&expected.lines, &told).is_err() {
                lines.splice(expected.at.0..expected.at.1, told.iter().map(Told::line));
                changed = true;
            }
        }
    }
    if changed {
        std::fs::write(path, lines.join("\n") + "\n").expect("a case can be written");
    }
}
