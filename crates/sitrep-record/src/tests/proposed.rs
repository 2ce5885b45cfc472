//! What a machine proposed, on an invented report: nothing before it is accepted, a claim like any other afterwards.

use super::*;
use crate::{Access, Asked, Proposal, Record, RecordError, proposed, queue};

const TEXT: &str = "The Loyalist Army took Varnesh on May 5.";
const MILL: &str = "Korma’s mill burnt on May 6, residents said.";

/// A report with a sentence nobody read, in one paragraph.
fn burnt() -> Report {
    let mut made = report("Northern Courier", "2031-05-07", &[("territory.captured", TEXT), ("other", MILL)]);
    made.claims.truncate(1);
    made.claims[0].by(&["Loyalist Army"]).at("Varnesh").on("2031-05-05");
    let span = Span::new(0, made.document.text.len());
    made.document.blocks.push(Block { kind: BlockKind::Body, span, links: Vec::new(), language: None });
    made
}

fn part(report: &Report, words: &str) -> Span {
    let start = report.document.text.find(words).expect("a test's words");
    Span::new(start, start + words.len())
}

fn mill(report: &Report) -> Proposal {
    Proposal {
        document: report.document.id.clone(),
        span: part(report, MILL),
        event: EventType::from_code("infrastructure.damaged").expect("a test's code"),
        status: Status::Occurred,
        polarity: Polarity::Affirmed,
        actors: Vec::new(),
        targets: Vec::new(),
        place: Some(part(report, "Korma")),
        when: Some(part(report, "on May 6")),
        days: Some([day("2031-05-06"); 2]),
        source: Some(part(report, "residents")),
        asked: Asked {
            host: "127.0.0.1".into(),
            model: "small".into(),
            on: day("2031-05-09"),
            question_sha256: "0".into(),
        },
    }
}

fn record(path: &std::path::Path, reports: &[&Report], rulings: &[Ruling]) -> Record {
    let mut record = Record::create(path, &edition()).unwrap();
    for one in reports {
        record.add(&one.page, &one.document, &one.claims, &[]).unwrap();
    }
    for ruling in rulings {
        record.rule(ruling).unwrap();
    }
    record.settle().unwrap();
    record
}

fn verdict(action: &str, proposal: &Proposal) -> Ruling {
    let subject = proposal.claim_id().to_string();
    Ruling { number: 0, action: action.into(), subject, value: None, reviewer: "desk".into(), why: None }
}

fn whole(record: &Record) -> Contents {
    record.contents(&Filter::default()).unwrap()
}

#[test]
fn a_proposal_changes_nothing_until_it_is_accepted() {
    let folder = tempfile::tempdir().unwrap();
    let report = burnt();
    let proposal = mill(&report);
    let mut record = record(&folder.path().join("a.sitrep"), &[&report], &[]);
    let before = whole(&record);
    record.rule(&proposal.ruling()).unwrap();
    record.settle().unwrap();
    let now = whole(&record);
    assert_eq!((&now.claims, &now.events, &now.links), (&before.claims, &before.events, &before.links));
    assert_eq!(queue(&now).iter().filter(|it| it.kind == ReviewKind::Proposed).count(), 1);
    let open = proposed(&now);
    assert_eq!((open[0].quote.as_str(), open[0].place.as_ref().map(|it| it.text.as_str())), (MILL, Some("Korma")));
    assert!(record.claim(&proposal.claim_id()).unwrap().is_none(), "not a claim yet");

    record.rule(&verdict("accept", &proposal)).unwrap();
    record.settle().unwrap();
    let accepted = whole(&record);
    assert_eq!((accepted.claims.len(), accepted.events.len()), (before.claims.len() + 1, before.events.len() + 1));
    assert!(proposed(&accepted).is_empty());
    let kept = record.claim(&proposal.claim_id()).unwrap().unwrap();
    assert_eq!((kept.rule.as_str(), kept.extraction), ("machine-proposed", 1.0));
    assert_eq!(record.verify(None).unwrap(), []);
    // What is asked for narrowly is what the whole gives.
    for filter in [
        Filter { place: Some("korma".into()), ..Filter::default() },
        Filter { event: Some("infrastructure".into()), ..Filter::default() },
        Filter { since: Some(day("2031-05-06")), ..Filter::default() },
    ] {
        let (narrow, wide) = (record.selected(&filter).unwrap(), record.contents(&filter).unwrap());
        assert_eq!((&narrow.claims, &narrow.events), (&wide.claims, &wide.events));
        assert_eq!(narrow.claims.len(), 1, "{filter:?}");
    }
    assert_eq!(record.around(proposal.claim_id().as_str()).unwrap().unwrap().events.len(), 1);

    // As known before the report came out, it is not known either.
    drop(record);
    let early = Record::open(&folder.path().join("a.sitrep"), Access::ReadOnly).unwrap().as_known(day("2031-05-06"));
    assert!(whole(&early).claims.is_empty() && proposed(&whole(&early)).is_empty());
}

#[test]
fn rulings_on_a_proposal_can_be_corrected_and_taken_back() {
    let folder = tempfile::tempdir().unwrap();
    let report = burnt();
    let proposal = mill(&report);
    let mut record = record(&folder.path().join("a.sitrep"), &[&report], &[proposal.ruling()]);
    let before = whole(&record);
    let subject = proposal.claim_id().to_string();
    let pin = Ruling { value: Some("place=34.5,40.9,5".into()), ..verdict("pin", &proposal) };
    for ruling in [&pin, &verdict("accept", &proposal)] {
        record.rule(ruling).unwrap();
    }
    record.settle().unwrap();
    let claim = whole(&record).claims.into_iter().find(|it| it.claim_id.as_str() == subject).unwrap();
    assert_eq!(claim.place.and_then(|it| it.lat), Some(34.5));
    let undo = |number: u64| Ruling { subject: number.to_string(), ..verdict("undo", &proposal) };
    record.rule(&undo(3)).unwrap();
    record.settle().unwrap();
    assert_eq!((whole(&record).claims, proposed(&whole(&record)).len()), (before.claims, 1));
    record.rule(&undo(1)).unwrap();
    record.settle().unwrap();
    assert!(proposed(&whole(&record)).is_empty(), "withdrawn");
    let error = record.rule(&verdict("accept", &proposal)).unwrap_err();
    assert!(matches!(error, RecordError::Ruling { .. }), "{error}");
}

#[test]
fn what_does_not_fit_the_text_is_not_kept() {
    let folder = tempfile::tempdir().unwrap();
    let report = burnt();
    let good = mill(&report);
    let mut record = record(&folder.path().join("a.sitrep"), &[&report], &[good.ruling()]);
    let apostrophe = part(&report, "’").start;
    let forecast = EventType::from_code("territory.captured").unwrap();
    let refused = [
        good.clone(),
        Proposal { span: Span { start: 0, end: 4000 }, ..good.clone() },
        Proposal { span: Span { start: apostrophe + 1, end: good.span.end }, place: None, ..good.clone() },
        Proposal { span: Span { start: 5, end: 5 }, place: None, when: None, days: None, source: None, ..good.clone() },
        Proposal { place: Some(part(&report, "Varnesh")), ..good.clone() },
        Proposal { status: Status::Forecast, ..good.clone() },
        Proposal { days: Some([day("2031-05-07"), day("2031-05-06")]), ..good.clone() },
        Proposal { when: None, ..good.clone() },
        Proposal { document: DocumentId::known("d_0000000000000000"), ..good.clone() },
        Proposal { asked: Asked { model: String::new(), ..good.asked.clone() }, ..good.clone() },
        // The program reads a capture there itself.
        Proposal {
            span: part(&report, TEXT),
            event: forecast,
            place: None,
            when: None,
            days: None,
            source: None,
            ..good.clone()
        },
    ];
    for proposal in refused {
        let error = record.rule(&proposal.ruling()).unwrap_err();
        assert!(matches!(error, RecordError::Ruling { .. }), "{proposal:?}: {error}");
    }
    let odd = Ruling { value: Some("{}".into()), ..good.ruling() };
    assert!(record.rule(&odd).is_err());
    assert_eq!(record.rulings().unwrap().len(), 1);
}

#[test]
fn two_records_keep_what_was_proposed_in_either() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let report = burnt();
    let proposal = mill(&report);
    let one = record(&path("one.sitrep"), &[&report], &[proposal.ruling(), verdict("accept", &proposal)]);
    let other = record(&path("other.sitrep"), &[&report], &[]);
    let merged = Record::merged(&one, &other, &path("a.sitrep")).unwrap();
    drop(Record::merged(&other, &one, &path("b.sitrep")).unwrap());
    assert_eq!(whole(&merged).claims, whole(&one).claims);
    drop(merged);
    assert!(std::fs::read(path("a.sitrep")).unwrap() == std::fs::read(path("b.sitrep")).unwrap());
}
