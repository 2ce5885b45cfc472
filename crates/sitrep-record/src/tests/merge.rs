//! Two records into one, and what changed between two states, on invented reports.

use super::fuse::contents;
use super::*;
use crate::{Record, RecordError, digest};

fn capture(outlet: &str, published: &str, place: &str, line: &str) -> Report {
    let mut made = report(outlet, published, &[("territory.captured", line)]);
    made.claims[0].by(&["Loyalist Army"]).at(place).on("2031-05-05");
    made
}

fn ruling(action: &str, report: &Report, reviewer: &str) -> Ruling {
    let (action, reviewer) = (action.to_owned(), reviewer.to_owned());
    let subject = report.claims[0].claim_id.to_string();
    Ruling { number: 0, action, subject, value: None, reviewer, why: None }
}

#[test]
fn two_records_become_one_whichever_is_named_first() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let a = capture("Northern Courier", "2031-05-06", "Varnesh", "The Loyalist Army took Varnesh on May 5.");
    let b = capture("Harbour Gazette", "2031-05-07", "Varnesh", "Varnesh fell to the Loyalist Army.");
    let c = capture("Orsk Post", "2031-05-08", "Korma", "Korma was seized by loyalists, residents said.");
    let make = |name: &str, reports: &[&Report], rulings: &[Ruling]| {
        let mut record = Record::create(&path(name), &edition()).unwrap();
        for one in reports {
            let mut page = one.page.clone();
            // The page both hold came under another name.
            page.meta.url = (one.page.id == b.page.id).then(|| format!("https://{name}.example/b"));
            record.add(&page, &one.document, &one.claims, &[]).unwrap();
        }
        for told in record.rule_many(rulings).unwrap() {
            told.unwrap();
        }
        record.settle().unwrap();
        record
    };
    let undo = Ruling { subject: "1".into(), ..ruling("undo", &a, "north") };
    let north = make("north", &[&a, &b], &[ruling("reject", &a, "north"), undo, ruling("accept", &b, "north")]);
    let south = make("south", &[&b, &c], &[ruling("reject", &b, "south"), ruling("accept", &b, "north")]);
    let one = Record::merged(&north, &south, &path("one")).unwrap();
    let other = Record::merged(&south, &north, &path("other")).unwrap();
    assert!(std::fs::read(path("one")).unwrap() == std::fs::read(path("other")).unwrap(), "byte for byte");
    assert_eq!((one.verify(None).unwrap(), other.verify(None).unwrap()), (vec![], vec![]));
    let merged = one.contents(&Filter::default()).unwrap();
    assert_eq!((merged.pages.len(), merged.claims.len(), merged.rulings.len()), (3, 3, 4));
    let undo = merged.rulings.iter().find(|it| it.action == "undo").unwrap();
    let undone = &merged.rulings[undo.subject.parse::<usize>().unwrap() - 1];
    assert_eq!((undone.action.as_str(), undone.reviewer.as_str()), ("reject", "north"));
    let told = crate::conflicts(&merged);
    assert!(told.iter().any(|it| it.why.contains("rules otherwise")), "{told:?}");
    let itself = Record::merged(&north, &north, &path("itself")).unwrap();
    drop(itself);
    assert!(std::fs::read(path("itself")).unwrap() == std::fs::read(path("north")).unwrap());
    let newer = Edition { rules: "other".into(), ..edition() };
    let newer = Record::create(&path("newer"), &newer).unwrap();
    assert!(matches!(Record::merged(&north, &newer, &path("none")), Err(RecordError::OtherEdition { .. })));
    assert!(!path("none").exists());
}

#[test]
fn a_digest_tells_what_is_new_changed_disputed_and_gone() {
    let a = capture("Northern Courier", "2031-05-06", "Varnesh", "The Loyalist Army took Varnesh on May 5.");
    let b = capture("Harbour Gazette", "2031-05-07", "Varnesh", "Varnesh fell to the Loyalist Army.");
    let mut denial = capture("Orsk Post", "2031-05-08", "Varnesh", "The army did not take Varnesh on May 5.");
    denial.claims[0].polarity = Polarity::Negated;
    let c = capture("Tarn Radio", "2031-05-09", "Korma", "Korma was seized by loyalists, residents said.");
    let states = [contents(&[&a]), contents(&[&a, &b, &c]), contents(&[&a, &b, &c, &denial])];
    let told = |before: usize, after: usize| -> Vec<(String, String)> {
        let items = digest(&states[before], &states[after]);
        items.iter().map(|it| (format!("{} {}", it.kind.as_str(), it.what.as_str()), it.details.join("; "))).collect()
    };
    assert_eq!(told(1, 1), []);
    let kinds =
        |before: usize, after: usize| -> Vec<String> { told(before, after).into_iter().map(|it| it.0).collect() };
    assert_eq!(kinds(0, 1), ["new report", "new report", "new control", "changed event", "new event"]);
    let changed = told(0, 1).into_iter().find(|it| it.0 == "changed event").unwrap().1;
    assert!(changed.contains("now also told by Harbour Gazette") && changed.contains("information 6 → 2"), "{changed}");
    assert_eq!(kinds(1, 2), ["new report", "changed control", "changed event", "disputed dispute"]);
    assert!(told(1, 2).iter().any(|it| it.1.contains("now denied in Orsk Post")));
    assert!(kinds(2, 1).contains(&"resolved dispute".to_owned()), "{:?}", kinds(2, 1));
    assert!(kinds(1, 0).contains(&"gone event".to_owned()));
}
