//! What holds for every report, whatever it says.
//!
//! In: the reports of all cases, whole, damaged and without their comments. Out: nothing, or the report for which it does not hold.

use sitrep::model::{Claim, MediaType, PageMeta, Voice};
use sitrep::{Kit, Understood, page_of, pipeline};

use crate::case::Report;

/// Damaged copies made of each report.
const N_DAMAGED: u64 = 6;

fn read(kit: &Kit, name: &str, kind: MediaType, raw: Vec<u8>, meta: &PageMeta) -> Understood {
    pipeline::understand(kit, page_of(name, kind, raw, meta.clone(), "case"))
}

/// Every claim's quote stands where the claim says, inside its sentence, and every id is its own.
fn holds_together(report: &Understood) -> Result<(), String> {
    let text = &report.document.text;
    let mut ids: Vec<&str> = report.claims.iter().map(|claim| claim.claim_id.as_str()).collect();
    ids.sort_unstable();
    ids.dedup();
    if ids.len() != report.claims.len() {
        return Err("two claims share an id".to_owned());
    }
    for claim in &report.claims {
        if text.get(claim.start as usize..claim.end as usize) != Some(claim.quote.as_str()) || claim.quote.is_empty() {
            return Err(format!("{} is not at {}..{}", claim.quote, claim.start, claim.end));
        }
        if claim.attribution.is_empty() {
            return Err(format!("{} is according to nobody", claim.quote));
        }
        let comment = report.document.comments.iter().find(|c| Some(&c.id) == claim.comment_id.as_ref());
        if (claim.voice == Voice::Comment) != comment.is_some() {
            return Err(format!("{} has the voice of nobody", claim.quote));
        }
    }
    Ok(())
}

/// Whole and damaged reports alike give claims that hold together, twice the same.
pub(crate) fn any_bytes_hold_together(kit: &Kit, reports: &[Report]) -> Result<(), String> {
    for report in reports {
        let whole = report.text.clone().into_bytes();
        let damaged = (1..=N_DAMAGED).map(|seed| damage(&whole, seed));
        for raw in std::iter::once(whole.clone()).chain(damaged) {
            for kind in [MediaType::Text, MediaType::Html] {
                let once = read(kit, &report.name, kind, raw.clone(), &report.meta);
                let told = |what: String| format!("{what}\n--- read from ---\n{}", String::from_utf8_lossy(&raw));
                holds_together(&once).map_err(told)?;
                let again = read(kit, &report.name, kind, raw.clone(), &report.meta);
                if once.claims != again.claims {
                    return Err(told("read twice, told twice differently".to_owned()));
                }
            }
        }
    }
    Ok(())
}

/// Bytes of `raw` changed, doubled and dropped here and there; the same seed gives the same damage.
fn damage(raw: &[u8], seed: u64) -> Vec<u8> {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let mut next = |below: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    let mut out = Vec::with_capacity(raw.len());
    for byte in raw {
        match next(60) {
            0 => {}
            1 => out.extend([*byte, *byte]),
            2 => out.push(b"\0\xff\xe2\n<&\"\xa0"[usize::try_from(next(8)).unwrap_or(0)]),
            3 => out.extend("”\u{202e}é🛰".bytes()),
            _ => out.push(*byte),
        }
    }
    out
}

/// Taking the readers' comments away changes nothing of what the article claims.
pub(crate) fn comments_change_no_article(kit: &Kit) -> Result<(), String> {
    let article = "Army enters Ostrel\n\nArmy units entered Ostrel on May 6, local sources said. The rebels withdrew to Varnesh.\n\n\
                   They still hold the bridge, an officer added.\n";
    let thread = "\n\n  • harbour_watch\n\n    The rebels recaptured Ostrel on May 8.\n\n    • Tamm Reader\n\n      They also shelled it.\n";
    let meta = PageMeta { published: "2031-05-09".parse().ok(), ..PageMeta::default() };
    let told = |text: &str| -> (Vec<String>, usize) {
        let report = read(kit, "a.txt", MediaType::Text, text.as_bytes().to_vec(), &meta);
        let (comments, own): (Vec<&Claim>, Vec<&Claim>) = report.claims.iter().partition(|c| c.voice == Voice::Comment);
        // Ids name the document, which differs; everything else must not.
        let line = |claim: &&Claim| {
            let Claim { quote, event, actors, place, time, status, attribution, .. } = claim;
            format!("{quote} {event} {actors:?} {place:?} {time:?} {status:?} {attribution:?}")
        };
        (own.iter().map(line).collect(), comments.len())
    };
    let (alone, _) = told(article);
    let (together, n_comments) = told(&format!("{article}{thread}"));
    if n_comments == 0 || alone.is_empty() {
        return Err("the texts of this test give no claims, so it tests nothing".to_owned());
    }
    if alone == together { Ok(()) } else { Err(format!("{alone:#?}\nbecame\n{together:#?}")) }
}
