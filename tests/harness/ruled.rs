//! What comes of a section's reports once an analyst has ruled on them.
//!
//! In: what was read, and rulings as a case writes them. Out: what a record holds after each was made and the record brought up to date.
//! A ruling names its claim by words of the passage; one that fits no passage, or is refused, fails the case.

use sitrep::model::{Claim, Document, Filter, Page, Ruling};
use sitrep::{Derived, Kit, Record};

/// Keeps a record, rules on it, and gives what it tells then.
pub(crate) fn derived(kit: &Kit, read: (&[Page], &[Document], &[Claim]), rulings: &[String]) -> Derived {
    let (pages, documents, claims) = read;
    let folder = tempfile::tempdir().expect("a folder can be made");
    let mut record = Record::create(&folder.path().join("case.sitrep"), &kit.edition()).expect("a record can be made");
    for (page, document) in pages.iter().zip(documents) {
        let own: Vec<Claim> = claims.iter().filter(|claim| claim.document == document.id).cloned().collect();
        record.add(page, document, &own, &[]).expect("a page can be added");
    }
    record.settle().expect("a record can be brought up to date");
    for line in rulings {
        let ruling = ruling(&record, claims, line);
        record.rule(&ruling).unwrap_or_else(|error| panic!("{line}: {error}"));
        record.settle().expect("a record can be brought up to date");
    }
    let told = record.contents(&Filter::default()).expect("a record can be read");
    let (events, disputes, links) = (told.events, told.disputes, told.links);
    Derived { events, disputes, links, forecasts: told.forecasts, copies: told.copies }
}

/// `merge | words of a passage | words of another`, `split | words of the one that leaves`, `undo | 1`, `source | NAME | reliability=B`,
/// and for the others `ACTION | words of a passage | value`.
fn ruling(record: &Record, claims: &[Claim], line: &str) -> Ruling {
    let mut parts = line.split('|').map(|part| part.trim().to_owned());
    let (action, said, value) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default(), parts.next());
    let claim = |words: &str| {
        let found = claims.iter().find(|claim| claim.quote.contains(words));
        found.unwrap_or_else(|| panic!("{line}: no passage says {words:?}")).claim_id.to_string()
    };
    let (subject, value) = match action.as_str() {
        "undo" | "source" => (said, value),
        "merge" => (claim(&said), value.as_deref().map(claim)),
        "split" => {
            let leaving = claim(&said);
            let told = record.contents(&Filter::default()).expect("a record can be read");
            let holds = |event: &&sitrep::model::Event| event.accounts.iter().any(|it| it.claim_id.as_str() == leaving);
            let event = told.events.iter().find(holds).expect("the passage tells an event");
            (event.event_id.to_string(), Some(leaving))
        }
        _ => (claim(&said), value),
    };
    Ruling { number: 0, action, subject, value, reviewer: "desk".to_owned(), why: None }
}
