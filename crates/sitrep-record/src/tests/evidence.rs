//! Root, proof and log of a record as a whole.

use std::fs;
use std::path::Path;

use super::*;
use crate::{Access, Record, RecordError, Stamp};

fn reports() -> [Report; 3] {
    [
        report("Northern Courier", "2031-05-09", &[("territory.captured", "Loyalists took Varnesh on May 5.")]),
        report("Harbour Gazette", "2031-05-11", &[("clash", "Fighting went on inside Varnesh on May 10.")]),
        report("Orsk Post", "2031-05-12", &[("clash", "Fighting went on near Ostrel on May 11.")]),
    ]
}

fn stamp(minute: u32) -> Stamp {
    Stamp { time: format!("2031-05-20T06:{minute:02}:00Z"), tool: "sitrep 0".into() }
}

fn add(record: &mut Record, reports: &[&Report]) {
    for one in reports {
        record.add(&one.page, &one.document, &one.claims, &[]).unwrap();
    }
}

fn made(path: &Path, reports: &[&Report]) -> Record {
    let mut record = Record::create(path, &edition()).unwrap();
    add(&mut record, reports);
    record.settle().unwrap();
    record.stamped_as_new(stamp(0)).unwrap()
}

fn reject(record: &mut Record, claim: &Claim) {
    let (action, subject, reviewer) = ("reject".to_owned(), claim.claim_id.to_string(), "desk".to_owned());
    record.rule(&Ruling { number: 0, action, subject, value: None, reviewer, why: None }).unwrap();
    record.settle().unwrap();
}

fn problems(path: &Path) -> Vec<String> {
    let found = Record::open(path, Access::ReadOnly).unwrap().verify(None).unwrap();
    found.into_iter().map(|d| format!("{} {}: {}", d.what, d.id, d.problem)).collect()
}

fn done(path: &Path) -> Vec<(String, String)> {
    let text = fs::read_to_string(Record::log_path(path)).unwrap();
    let entries = text.lines().map(|line| serde_json::from_str::<crate::Entry>(line).unwrap());
    entries.map(|entry| (entry.did, entry.id)).collect()
}

#[test]
fn the_root_is_the_same_in_any_order_and_another_for_anything_else() {
    let folder = tempfile::tempdir().unwrap();
    let [a, b, c] = reports();
    let at = |name: &str| folder.path().join(name);
    let one = made(&at("1"), &[&a, &b, &c]).root().unwrap();
    let mut grown = made(&at("2"), &[&c]);
    add(&mut grown, &[&b, &a]);
    grown.settle().unwrap();
    assert_eq!(one, grown.root().unwrap());
    assert_ne!(one, made(&at("3"), &[&a, &b]).root().unwrap());
    reject(&mut grown, &a.claims[0]);
    assert_ne!(one, grown.root().unwrap());
    assert_eq!(one.len(), 64);
}

#[test]
fn a_page_is_proved_by_its_leaf_and_the_way_up() {
    let folder = tempfile::tempdir().unwrap();
    let [a, b, c] = reports();
    let record = made(&folder.path().join("r"), &[&a, &b, &c]);
    for one in [&a, &b, &c] {
        let proof = record.prove(&one.page.id).unwrap().unwrap();
        let leaf = proof.leaf.unwrap();
        assert!(leaf.contains(&one.page.sha256) && leaf.contains(one.claims[0].claim_id.as_str()), "{leaf}");
        let mut text = vec![0];
        text.extend(leaf.as_bytes());
        assert_eq!(proof.leaf_sha256, sha256_hex(&text));
        assert_eq!((proof.n_leaves, proof.root.as_str()), (4, record.root().unwrap().as_str()));
        assert_eq!(proof.path.len(), 2);
    }
    assert_eq!(record.prove(&PageId::known("p_none")).unwrap(), None);
}

#[test]
fn every_change_has_a_line_and_a_change_of_nothing_has_none() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("r");
    let [a, b, _] = reports();
    drop(made(&path, &[&a]));
    let mut record = Record::open(&path, Access::ReadWrite).unwrap().stamped(stamp(1)).unwrap();
    add(&mut record, &[&a, &b]);
    record.settle().unwrap();
    reject(&mut record, &a.claims[0]);
    drop(record);
    let mut again = Record::open(&path, Access::ReadWrite).unwrap().stamped(stamp(2)).unwrap();
    add(&mut again, &[&a, &b]);
    again.settle().unwrap();
    let expected =
        [("created", "edition"), ("added", a.page.id.as_str()), ("added", b.page.id.as_str()), ("ruled", "ruling 1")];
    assert_eq!(done(&path), expected.map(|(did, id)| (did.to_owned(), id.to_owned())));
    assert_eq!(problems(&path), [""; 0]);
    assert!(fs::read_to_string(Record::log_path(&path)).unwrap().contains("2031-05-20T06:01:00Z"));
}

#[test]
fn what_a_run_left_without_a_line_is_told_and_found_by_the_next() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("r");
    let [a, b, c] = reports();
    drop(made(&path, &[&a]));
    // A run that ended between the record and its log.
    let mut cut = Record::open(&path, Access::ReadWrite).unwrap();
    add(&mut cut, &[&b]);
    cut.settle().unwrap();
    drop(cut);
    let told = problems(&path);
    assert!(told.len() == 1 && told[0].starts_with("log line 2: 1 page or ruling has no line"), "{told:?}");
    let mut next = Record::open(&path, Access::ReadWrite).unwrap().stamped(stamp(3)).unwrap();
    add(&mut next, &[&c]);
    next.settle().unwrap();
    drop(next);
    assert_eq!(problems(&path), [""; 0]);
    let last: Vec<_> = done(&path).into_iter().skip(2).collect();
    assert_eq!(last, [("found".to_owned(), b.page.id.to_string()), ("added".to_owned(), c.page.id.to_string())]);
    let history = Record::open(&path, Access::ReadOnly).unwrap().history().unwrap().unwrap();
    assert_eq!((history.n_found, history.is_late), (1, false));
}

#[test]
fn a_record_without_a_log_works_and_gets_one_that_begins_with_what_is_there() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("r");
    let [a, b, _] = reports();
    drop(made(&path, &[&a]));
    fs::remove_file(Record::log_path(&path)).unwrap();
    assert_eq!(problems(&path), [""; 0]);
    assert!(Record::open(&path, Access::ReadOnly).unwrap().history().unwrap().is_none());
    let mut record = Record::open(&path, Access::ReadWrite).unwrap().stamped(stamp(4)).unwrap();
    add(&mut record, &[&b]);
    record.settle().unwrap();
    drop(record);
    assert_eq!(problems(&path), [""; 0]);
    let did: Vec<_> = done(&path).into_iter().map(|(did, _)| did).collect();
    assert_eq!(did, ["began", "found", "added"]);
    assert!(Record::open(&path, Access::ReadOnly).unwrap().history().unwrap().unwrap().is_late);
}

#[test]
fn tampering_with_record_or_log_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("r");
    let [a, b, _] = reports();
    drop(made(&path, &[&a, &b]));
    let log = fs::read_to_string(Record::log_path(&path)).unwrap();
    let tamper = rusqlite::Connection::open(&path).unwrap();
    let forged = serde_json::to_string(&a.claims[0]).unwrap().replace("\"extraction\":0.9", "\"extraction\":0.1");
    tamper.execute("UPDATE claim SET body = ?1 WHERE id = ?2", [&forged, a.claims[0].claim_id.as_str()]).unwrap();
    let told = problems(&path);
    assert!(
        told.iter().any(|it| it.starts_with(&format!("page {}: what was said of it or read", a.page.id))),
        "{told:?}"
    );
    // Whoever changes the noted hash along with it is told by the log.
    tamper.execute("DELETE FROM leaf", []).unwrap();
    drop(tamper);
    let told = problems(&path);
    assert!(told.iter().any(|it| it.contains("tells the root")), "{told:?}");
    fs::write(Record::log_path(&path), log.replacen("added", "found", 1)).unwrap();
    let told = problems(&path);
    assert!(told.iter().any(|it| it.starts_with("log line 2: does not have the hash")), "{told:?}");
}

#[test]
fn a_log_that_cannot_be_written_is_an_error_and_leaves_the_record_whole() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("r");
    let [a, b, _] = reports();
    let mut record = made(&path, &[&a]);
    fs::remove_file(Record::log_path(&path)).unwrap();
    fs::create_dir(Record::log_path(&path)).unwrap();
    add(&mut record, &[&b]);
    assert!(matches!(record.settle(), Err(RecordError::File { .. })));
    drop(record);
    fs::remove_dir(Record::log_path(&path)).unwrap();
    assert_eq!(problems(&path), [""; 0]);
    assert_eq!(Record::open(&path, Access::ReadOnly).unwrap().n_pages().unwrap(), 2);
}
