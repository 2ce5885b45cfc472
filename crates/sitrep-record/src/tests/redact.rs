//! What is taken out is gone from the file, and the record goes on verifying.

use std::fs;
use std::path::Path;

use super::*;
use crate::store::body::unpacked;
use crate::{Access, Added, Record, RecordError, Redact, Stamp};

fn stamp() -> Stamp {
    Stamp { time: "2031-05-20T06:00:00Z".into(), tool: "sitrep 0".into() }
}

/// A report with a thread: the second comment makes a claim, and its author answers the first.
fn thread() -> Report {
    let lines = [
        ("territory.captured", "Loyalists took Varnesh on May 5."),
        ("clash", "dusty_lens: I saw the brigade of Ivan Petrov shoot at the mill."),
        ("clash", "old_miller: so did I."),
    ];
    let mut one = report("Harbour Gazette", "2031-05-09", &lines);
    let text = one.document.text.clone();
    let mut parent = None;
    for (author, words) in
        [("dusty_lens", "I saw the brigade of Ivan Petrov shoot at the mill."), ("old_miller", "so did I.")]
    {
        let start = text.find(words).unwrap() as u32;
        let span = Span { start, end: start + words.len() as u32 };
        let id = CommentId::of(&[one.document.id.as_str(), author]);
        let (depth, date) = (u32::from(parent.is_some()), None);
        let (author, time) = (Some(author.to_owned()), Some("3 days ago".to_owned()));
        let (labels, reasons, links, language) = (Vec::new(), Vec::new(), Vec::new(), None);
        let comment =
            Comment { id: id.clone(), parent, depth, author, time, date, span, labels, reasons, links, language };
        one.document.comments.push(comment);
        parent = Some(id);
    }
    for (claim, comment) in one.claims.iter_mut().skip(1).zip(&one.document.comments) {
        claim.voice = Voice::Comment;
        claim.comment_id = Some(comment.id.clone());
    }
    one
}

fn other() -> Report {
    let mut one =
        report("Orsk Post", "2031-05-10", &[("clash", "IVAN  PETROV left Ostrel on May 9, the mill burned.")]);
    one.claims[0].by(&["IVAN  PETROV"]).at("Ostrel").on("2031-05-09");
    one.page.meta.url = Some("https://orsk.example/ivan-petrov-leaves".into());
    one
}

fn made(path: &Path, reports: &[&Report]) -> Record {
    let mut record = Record::create(path, &edition()).unwrap();
    for one in reports {
        record.add(&one.page, &one.document, &one.claims, &[]).unwrap();
    }
    record.settle().unwrap();
    record.stamped_as_new(stamp()).unwrap()
}

fn redact<'r>(what: &'r str) -> Redact<'r> {
    Redact { what, why: "safety of a witness", by: "desk", on: day("2031-05-20") }
}

/// Whether the words stand anywhere in the record's file, packed or not, or in its log, in any capitals.
fn holds(path: &Path, words: &str) -> bool {
    let mut texts = vec![fs::read(path).unwrap(), fs::read(Record::log_path(path)).unwrap()];
    let file = rusqlite::Connection::open_with_flags(path, rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
    let mut tables = file.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").unwrap();
    let tables: Vec<String> = tables.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    for table in tables {
        let mut all = file.prepare(&format!("SELECT * FROM {table}")).unwrap();
        let n = all.column_count();
        let mut rows = all.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            let packed = (0..n).filter_map(|at| unpacked(row.get_ref(at).unwrap().as_blob().ok()?));
            texts.extend(packed.map(String::into_bytes));
        }
    }
    let words = words.to_ascii_lowercase();
    texts.iter().any(|text| text.to_ascii_lowercase().windows(words.len()).any(|window| window == words.as_bytes()))
}

fn verifies(record: &Record) {
    let read = |page: &Page| panic!("{} was read again", page.id);
    assert_eq!(record.verify(None).unwrap(), []);
    if record.page_ids().unwrap().len() == 1 {
        assert_eq!(record.verify(Some(&read)).unwrap(), []);
    }
}

#[test]
fn a_page_is_gone_and_its_hash_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("r");
    let (a, b) = (thread(), other());
    let mut record = made(&path, &[&a, &b]);
    let proof = record.prove(&b.page.id).unwrap().unwrap();
    let done = record.redact(&redact(b.page.id.as_str())).unwrap();
    assert_eq!((done.number, done.kind, done.pages.len()), (1, RedactedKind::Page, 1));
    for words in ["left Ostrel", "the mill burned", "orsk.example", "Orsk Post"] {
        assert!(!holds(&path, words), "{words} is still in the file");
    }
    verifies(&record);
    let contents = record.contents(&Filter::default()).unwrap();
    assert_eq!((contents.documents.len(), contents.claims.len(), contents.pages.len()), (1, 3, 2));
    let row = contents.pages.iter().find(|row| row.id == b.page.id).unwrap();
    assert_eq!((row.sha256.as_str(), row.notes[0].code.as_str()), (b.page.sha256.as_str(), "redacted"));
    let after = record.prove(&b.page.id).unwrap().unwrap();
    assert_eq!((after.leaf_sha256, after.leaf), (proof.leaf_sha256, None), "what was proved before goes on being so");
    assert_eq!(record.add(&b.page, &b.document, &b.claims, &[]).unwrap(), Added::AlreadyThere);
    record.settle().unwrap();
    assert!(!holds(&path, "left Ostrel"));
    assert!(matches!(record.redact(&redact(b.page.id.as_str())), Err(RecordError::Redact { .. })));
    assert!(
        fs::read_to_string(Record::log_path(&path)).unwrap().contains("\"did\":\"redacted\",\"id\":\"redaction 1\"")
    );
}

#[test]
fn a_comment_is_gone_and_the_thread_keeps_its_shape() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("r");
    let a = thread();
    let mut record = made(&path, &[&a]);
    let first = a.document.comments[0].id.clone();
    record.redact(&redact(first.as_str())).unwrap();
    for words in ["dusty_lens", "I saw the brigade", "shoot at the mill"] {
        assert!(!holds(&path, words), "{words} is still in the file");
    }
    verifies(&record);
    let contents = record.contents(&Filter::default()).unwrap();
    let thread = &contents.documents[0].comments;
    assert_eq!(
        (thread.len(), thread[1].parent.as_ref(), thread[1].author.as_deref()),
        (2, Some(&first), Some("old_miller"))
    );
    assert_eq!(thread[1].span.of(&contents.documents[0].text), "so did I.");
    let kept: Vec<_> = contents.claims.iter().map(|claim| claim.claim_id.clone()).collect();
    assert_eq!(kept, [a.claims[0].claim_id.clone(), a.claims[2].claim_id.clone()]);
    assert!(record.redact(&redact("m_0000000000000000")).is_err());
}

#[test]
fn a_name_is_covered_everywhere_and_offsets_stay_true() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("r");
    let (a, b) = (thread(), other());
    let mut record = made(&path, &[&a, &b]);
    let (action, subject) = ("reject".to_owned(), b.claims[0].claim_id.to_string());
    let why = Some("Ivan Petrov denies it".to_owned());
    record.rule(&Ruling { number: 0, action, subject, value: None, reviewer: "desk".into(), why }).unwrap();
    record.settle().unwrap();
    let root = record.root().unwrap();
    let refused = Redact { why: "ivan petrov asked", ..redact("Ivan Petrov") };
    assert!(matches!(record.redact(&refused), Err(RecordError::Redact { .. })));
    let done = record.redact(&redact("Ivan Petrov")).unwrap();
    assert_eq!((done.subject, done.pages.len(), done.rulings.len()), (None, 2, 1));
    for words in ["ivan petrov", "ivan  petrov", "ivan-petrov", "petrov"] {
        assert!(!holds(&path, words), "{words} is still in the file");
    }
    verifies(&record);
    assert_ne!(root, record.root().unwrap(), "the redaction is part of the root");
    let contents = record.contents(&Filter::default()).unwrap();
    assert_eq!(contents.claims.len(), 4);
    for claim in &contents.claims {
        let document = contents.documents.iter().find(|it| it.id == claim.document).unwrap();
        assert_eq!(Span { start: claim.start, end: claim.end }.of(&document.text), claim.quote);
    }
    assert_eq!(
        record.page_bytes(&b.page.id).unwrap().unwrap(),
        b"____________ left Ostrel on May 9, the mill burned.\n"
    );
    assert!(record.redact(&redact("Ivan Petrov")).is_err(), "it stands nowhere any more");
    assert!(record.redact(&redact("Al")).is_err(), "too short");
    // What is left is watched like everything else.
    drop(record);
    let tamper = rusqlite::Connection::open(&path).unwrap();
    tamper.execute("UPDATE page_bytes SET raw = x'41' WHERE page = ?1", [b.page.id.as_str()]).unwrap();
    tamper.execute("UPDATE ruling SET why = 'none'", []).unwrap();
    drop(tamper);
    let found = Record::open(&path, Access::ReadOnly).unwrap().verify(None).unwrap();
    let told: Vec<_> = found.iter().map(|it| it.what.as_str()).collect();
    assert!(told.contains(&"page") && told.contains(&"ruling"), "{found:?}");
}

#[test]
fn bytes_that_are_not_plain_text_go_when_something_in_them_goes() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("r");
    let mut a = thread();
    a.page.raw = format!("<html><p>{}</p>", a.document.text).into_bytes();
    a.page.sha256 = sha256_hex(&a.page.raw);
    let mut record = made(&path, &[&a]);
    let done = record.redact(&redact(a.document.comments[1].id.as_str())).unwrap();
    assert_eq!(done.pages[0].raw_sha256, None);
    assert!(!holds(&path, "so did I") && holds(&path, "I saw the brigade"));
    verifies(&record);
}

#[test]
fn redacting_and_adding_in_any_order_of_pages_gives_the_same_file() {
    let folder = tempfile::tempdir().unwrap();
    let (a, b) = (thread(), other());
    let build = |name: &str, reports: &[&Report]| {
        let path = folder.path().join(name);
        let mut record = made(&path, reports);
        record.redact(&redact("Ivan Petrov")).unwrap();
        drop(record);
        fs::read(path).unwrap()
    };
    assert!(build("1", &[&a, &b]) == build("2", &[&b, &a]));
}
