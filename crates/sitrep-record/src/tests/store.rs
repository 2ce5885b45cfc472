//! The file: same bytes, right refusals, nothing lost.

use std::fs;
use std::path::Path;

use super::*;
use crate::{Access, Added, Record, RecordError};

fn two_reports() -> [Report; 2] {
    let mut first =
        report("Northern Courier", "2031-05-09", &[("territory.captured", "Loyalists took Varnesh on May 5.")]);
    first.claims[0].by(&["Loyalists"]).at("Varnesh").on("2031-05-05");
    let mut second =
        report("Harbour Gazette", "2031-05-11", &[("clash", "Fighting went on inside Varnesh on May 10.")]);
    second.claims[0].by(&["Loyalists", "Red Column"]).at("Varnesh").on("2031-05-10");
    [first, second]
}

fn build(path: &Path, reports: &[&Report]) -> Record {
    let mut record = Record::create(path, &edition()).unwrap();
    for one in reports {
        record.add(&one.page, &one.document, &one.claims, &[]).unwrap();
    }
    record.settle().unwrap();
    record
}

#[test]
fn the_order_of_pages_never_changes_the_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let [a, b] = two_reports();
    let (one, two, three) = (folder.path().join("1"), folder.path().join("2"), folder.path().join("3"));
    build(&one, &[&a, &b]);
    build(&two, &[&b, &a]);
    let mut grown = build(&three, &[&b]);
    assert_eq!(grown.add(&a.page, &a.document, &a.claims, &[]).unwrap(), Added::New);
    grown.settle().unwrap();
    drop(grown);
    let bytes = fs::read(&one).unwrap();
    assert!(bytes == fs::read(&two).unwrap(), "another order");
    assert!(bytes == fs::read(&three).unwrap(), "added later");
    let left: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|f| f.unwrap().file_name()).collect();
    assert_eq!(left.len(), 3, "nothing is left beside the records: {left:?}");
}

#[test]
fn adding_twice_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let [a, b] = two_reports();
    let path = folder.path().join("r.sitrep");
    let mut record = build(&path, &[&a, &b]);
    let before = fs::read(&path).unwrap();
    assert_eq!(record.add(&a.page, &a.document, &a.claims, &[]).unwrap(), Added::AlreadyThere);
    record.settle().unwrap();
    assert!(before == fs::read(&path).unwrap());
}

#[test]
fn what_goes_in_comes_out() {
    let folder = tempfile::tempdir().unwrap();
    let [a, b] = two_reports();
    let path = folder.path().join("r.sitrep");
    drop(build(&path, &[&b, &a]));
    let record = Record::open(&path, Access::ReadOnly).unwrap();
    let contents = record.contents(&Filter::default()).unwrap();
    assert_eq!(contents.documents, [a.document.clone(), b.document.clone()]);
    assert_eq!(contents.claims, [a.claims.clone(), b.claims.clone()].concat());
    assert_eq!(contents.edition, edition());
    assert_eq!(record.page_bytes(&a.page.id).unwrap(), Some(a.page.raw.clone()));
    assert_eq!(record.claim(&a.claims[0].claim_id).unwrap().as_ref(), Some(&a.claims[0]));
    assert_eq!(record.claim(&ClaimId::known("c_none")).unwrap(), None);
    assert_eq!(record.verify(None).unwrap(), []);
    let filter = Filter { since: Some(day("2031-05-08")), ..Filter::default() };
    assert_eq!(record.contents(&filter).unwrap().claims, b.claims);
}

#[test]
fn wrong_files_are_refused_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x");
    let refusal = |what: &str| {
        let error = Record::open(&path, Access::ReadOnly).unwrap_err().to_string();
        assert!(error.contains(what) && error.contains(path.to_str().unwrap()), "{error}");
        assert!(!error.contains('\n'));
    };
    refusal("no such file");
    fs::write(&path, "Loyalists took Varnesh.").unwrap();
    refusal("not a SQLite file");
    fs::write(&path, "").unwrap();
    refusal("an empty file");
    fs::remove_file(&path).unwrap();
    rusqlite::Connection::open(&path).unwrap().execute_batch("CREATE TABLE other (x)").unwrap();
    refusal("another program");
    fs::remove_file(&path).unwrap();
    drop(Record::create(&path, &edition()).unwrap());
    assert!(matches!(Record::create(&path, &edition()), Err(RecordError::Exists { .. })));
    let later = rusqlite::Connection::open(&path).unwrap();
    later.pragma_update(None, "user_version", 99).unwrap();
    refusal("made by a newer sitrep");
}

#[test]
fn a_reader_cannot_write() {
    let folder = tempfile::tempdir().unwrap();
    let [a, _] = two_reports();
    let path = folder.path().join("r.sitrep");
    drop(Record::create(&path, &edition()).unwrap());
    let mut record = Record::open(&path, Access::ReadOnly).unwrap();
    let refused = record.add(&a.page, &a.document, &a.claims, &[]);
    assert!(matches!(refused, Err(RecordError::ReadOnly { .. })));
}

#[test]
fn verify_finds_tampering() {
    let folder = tempfile::tempdir().unwrap();
    let [a, b] = two_reports();
    let path = folder.path().join("r.sitrep");
    drop(build(&path, &[&a, &b]));
    let tamper = rusqlite::Connection::open(&path).unwrap();
    tamper.execute("UPDATE page_bytes SET raw = x'00' WHERE page = ?1", [a.page.id.as_str()]).unwrap();
    let forged = serde_json::to_string(&b.claims[0]).unwrap().replace("inside Varnesh", "outside Varnesh");
    tamper.execute("UPDATE claim SET body = ?1 WHERE id = ?2", [&forged, b.claims[0].claim_id.as_str()]).unwrap();
    drop(tamper);
    let record = Record::open(&path, Access::ReadOnly).unwrap();
    let found: Vec<String> = record.verify(None).unwrap().into_iter().map(|d| format!("{} {}", d.what, d.id)).collect();
    assert!(found.contains(&format!("page {}", a.page.id)), "{found:?}");
    assert!(found.contains(&format!("claim {}", b.claims[0].claim_id)), "{found:?}");
}

#[test]
fn rulings_are_kept_and_undone() {
    let folder = tempfile::tempdir().unwrap();
    let [a, b] = two_reports();
    let path = folder.path().join("r.sitrep");
    let mut record = build(&path, &[&a, &b]);
    let mut rule = |action: &str, subject: &str, value: Option<&str>| {
        let (action, subject, value) = (action.to_owned(), subject.to_owned(), value.map(str::to_owned));
        record.rule(&Ruling { number: 0, action, subject, value, reviewer: "desk".into(), why: None })
    };
    let claim = a.claims[0].claim_id.as_str();
    assert_eq!(rule("reject", claim, None).unwrap(), 1);
    assert_eq!(rule("relabel", claim, Some("event=territory.entered")).unwrap(), 2);
    assert!(rule("relabel", claim, Some("event=nonsense")).is_err());
    assert!(rule("reject", "c_none", None).is_err());
    assert!(rule("undo", "7", None).is_err());
    assert_eq!(rule("undo", "1", None).unwrap(), 3);
    record.settle().unwrap();
    let contents = record.contents(&Filter::default()).unwrap();
    assert_eq!(contents.claims[0].event.as_str(), "territory.entered");
    assert_eq!(contents.claims[0].notes, ["ruling 2: relabel as event=territory.entered by desk"]);
    assert_eq!(contents.rulings.len(), 3);
}

#[test]
fn a_second_writer_is_refused_and_loses_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let [a, b] = two_reports();
    let path = folder.path().join("r.sitrep");
    let first = build(&path, &[&a]);
    assert!(
        matches!(Record::open(&path, Access::ReadWrite), Err(RecordError::Busy { .. })),
        "still held after settling"
    );
    assert!(Record::open(&path, Access::ReadOnly).is_ok(), "readers are welcome");
    drop(first);
    let mut second = Record::open(&path, Access::ReadWrite).unwrap();
    second.add(&b.page, &b.document, &b.claims, &[]).unwrap();
    second.settle().unwrap();
    assert_eq!(second.contents(&Filter::default()).unwrap().documents.len(), 2);
}

#[test]
fn an_unsettled_record_shows_nothing_stale() {
    let folder = tempfile::tempdir().unwrap();
    let [a, b] = two_reports();
    let path = folder.path().join("r.sitrep");
    let mut record = build(&path, &[&a]);
    record.add(&b.page, &b.document, &b.claims, &[]).unwrap();
    drop(record);
    let record = Record::open(&path, Access::ReadOnly).unwrap();
    let contents = record.contents(&Filter::default()).unwrap();
    assert_eq!((contents.claims.len(), contents.events.len()), (2, 2));
    assert_eq!(record.verify(None).unwrap()[0].what, "record");
}

#[test]
fn a_write_cut_short_is_undone_by_the_next_writer() {
    let folder = tempfile::tempdir().unwrap();
    let [a, b] = two_reports();
    let (path, torn) = (folder.path().join("r.sitrep"), folder.path().join("torn.sitrep"));
    drop(build(&path, &[&a, &b]));
    let before = fs::read(&path).unwrap();
    // A writer with no room in memory spills half a transaction into the file, and the machine dies.
    let writer = rusqlite::Connection::open(&path).unwrap();
    writer.execute_batch("PRAGMA cache_size = 1; BEGIN; DELETE FROM claim; DELETE FROM event;").unwrap();
    let filler = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 400) \
                  INSERT INTO edition SELECT i || hex(randomblob(900)), '' FROM n";
    writer.execute_batch(filler).unwrap();
    fs::copy(&path, &torn).unwrap();
    fs::copy(path.with_file_name("r.sitrep-journal"), torn.with_file_name("torn.sitrep-journal")).unwrap();
    assert!(fs::read(&torn).unwrap() != before, "something was spilt");
    drop(writer);
    let refused = Record::open(&torn, Access::ReadOnly).and_then(|r| r.contents(&Filter::default()));
    assert!(matches!(refused, Err(RecordError::CutShort { .. })), "{refused:?}");
    let mut restored = Record::open(&torn, Access::ReadWrite).unwrap();
    assert_eq!(restored.contents(&Filter::default()).unwrap().claims.len(), 2);
    assert_eq!(restored.verify(None).unwrap(), []);
    restored.settle().unwrap();
    assert!(fs::read(&torn).unwrap() == before);
}

#[test]
fn stills_are_kept_by_the_hash_of_their_picture() {
    let folder = tempfile::tempdir().unwrap();
    let [mut a, mut b] = two_reports();
    let still = |name: &str| Thumbnail {
        sha256: sha256_hex(name.as_bytes()),
        width_px: 320,
        height_px: 200,
        jpeg: name.repeat(2_000).into_bytes(),
    };
    let shown = |name: &str| Media {
        kind: MediaKind::Image,
        src: name.into(),
        caption: None,
        credit: None,
        sha256: Some(sha256_hex(name.as_bytes())),
        n_bytes: None,
        width_px: None,
        height_px: None,
        file_says: None,
    };
    a.document.media = vec![shown("bridge"), shown("broken")];
    b.document.media = vec![shown("bridge"), shown("road")];
    let (of_a, of_b) = ([still("bridge")], [still("bridge"), still("road")]);
    let build = |name: &str, reports: [(&Report, &[Thumbnail]); 2]| {
        let path = folder.path().join(name);
        let mut record = Record::create(&path, &edition()).unwrap();
        for (it, stills) in reports {
            record.add_with_thumbnails(&it.page, &it.document, &it.claims, &[], stills).unwrap();
        }
        record.settle().unwrap();
        (record, fs::read(&path).unwrap())
    };
    let (mut record, bytes) = build("1", [(&a, &of_a), (&b, &of_b)]);
    let (_, other_order) = build("2", [(&b, &of_b), (&a, &of_a)]);
    assert!(bytes == other_order, "the order of pages never shows");
    assert_eq!(record.thumbnail(&sha256_hex(b"bridge")).unwrap(), Some(still("bridge").jpeg));
    assert_eq!(record.thumbnail(&sha256_hex(b"broken")).unwrap(), None);
    assert_eq!(record.thumbnail("nothing'--").unwrap(), None);
    let sizes = record.thumbnail_sizes(&a.document).unwrap();
    assert_eq!(sizes.into_iter().collect::<Vec<_>>(), [(sha256_hex(b"bridge"), (320, 200))]);
    let late = [still("broken")];
    let again = record.add_with_thumbnails(&a.page, &a.document, &a.claims, &[], &late).unwrap();
    record.settle().unwrap();
    assert_eq!(again, Added::AlreadyThere);
    assert!(bytes == fs::read(folder.path().join("1")).unwrap(), "adding twice changes nothing");
    // A record that lost them is whole: they are nothing that anything rests on.
    drop(record);
    let path = folder.path().join("1");
    rusqlite::Connection::open(&path).unwrap().execute("DELETE FROM thumbnail", []).unwrap();
    let read = |page: &Page| {
        let one = if page.id == a.page.id { &a } else { &b };
        (one.document.clone(), one.claims.clone())
    };
    assert_eq!(Record::open(&path, Access::ReadOnly).unwrap().verify(Some(&read)).unwrap(), []);
}

#[test]
fn a_record_from_before_there_were_stills_is_brought_up_to_date() {
    let folder = tempfile::tempdir().unwrap();
    let [a, b] = two_reports();
    let (path, fresh) = (folder.path().join("old"), folder.path().join("new"));
    drop(build(&path, &[&a, &b]));
    drop(build(&fresh, &[&a, &b]));
    let old = rusqlite::Connection::open(&path).unwrap();
    old.execute_batch("DROP VIEW claim_link; DROP TABLE leaf; DROP TABLE redaction; DROP TABLE thumbnail; DROP TABLE name; DROP TABLE named; DROP TABLE spot; DROP TABLE original; DROP TABLE gist; DROP TABLE block; DROP TABLE fresh; DROP TABLE furniture; ALTER TABLE forecast DROP COLUMN as_of; DELETE FROM state WHERE key = 'near';
         DROP INDEX document_by_outlet; DROP INDEX document_by_published; DROP INDEX claim_by_day; DROP INDEX dispute_by_event;
         DROP INDEX link_by_to; DROP INDEX forecast_by_claim; DROP INDEX copy_by_of; DELETE FROM state WHERE key = 'findable';
         PRAGMA foreign_keys = OFF;
         CREATE TABLE page_bytes_was (page TEXT PRIMARY KEY REFERENCES page (id), raw BLOB NOT NULL) WITHOUT ROWID;
         INSERT INTO page_bytes_was SELECT page, raw FROM page_bytes WHERE zlib = 0;
         DROP TABLE page_bytes; ALTER TABLE page_bytes_was RENAME TO page_bytes;
         CREATE TABLE document_was (id TEXT PRIMARY KEY, page TEXT, path TEXT, outlet TEXT, published TEXT, text_sha256 TEXT, body TEXT) WITHOUT ROWID;
         INSERT INTO document_was SELECT id, page, path, outlet, published, text_sha256, body FROM document;
         DROP TABLE document; ALTER TABLE document_was RENAME TO document; CREATE INDEX document_by_page ON document (page);
         CREATE TABLE link_was (from_claim TEXT, to_claim TEXT, kind TEXT, body TEXT, PRIMARY KEY (from_claim, to_claim, kind)) WITHOUT ROWID;
         INSERT INTO link_was SELECT printf('c_%016x', from_claim), printf('c_%016x', to_claim), kind, body FROM link;
         DROP TABLE link; ALTER TABLE link_was RENAME TO link;
         PRAGMA user_version = 2;").unwrap();
    drop(old);
    assert!(matches!(Record::open(&path, Access::ReadOnly), Err(RecordError::Older { .. })));
    let mut record = Record::open(&path, Access::ReadWrite).unwrap();
    assert_eq!(record.verify(None).unwrap(), []);
    record.settle().unwrap();
    drop(record);
    assert!(fs::read(&path).unwrap() == fs::read(&fresh).unwrap(), "it leaves no trace");
}

#[test]
fn a_list_of_actors_is_kept_beside_its_hash() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("r.sitrep");
    let list: &[u8] = b"hand\tHidden Hand\trebels\nodd \xff row\n";
    let made = sitrep_model::Edition { actors: Some(sha256_hex(list)), ..edition() };
    let mut record = Record::create(&path, &made).unwrap();
    record.settle().unwrap();
    let problem = |record: &Record| record.verify(None).unwrap().into_iter().map(|d| d.problem).collect::<Vec<_>>();
    assert_eq!(problem(&record), ["the list of actors the record was made with is missing"]);
    assert!(matches!(record.keep_actors(b"another list"), Err(RecordError::OtherActors { .. })));
    record.keep_actors(list).unwrap();
    record.settle().unwrap();
    assert_eq!(record.actors().unwrap().as_deref(), Some(list));
    assert_eq!((record.edition().unwrap(), problem(&record)), (made, vec![]));
    drop(record);
    let tampered = rusqlite::Connection::open(&path).unwrap();
    tampered.execute("UPDATE edition SET value = 'other' WHERE key = 'actors_list'", []).unwrap();
    drop(tampered);
    let record = Record::open(&path, Access::ReadOnly).unwrap();
    assert_eq!(problem(&record), ["the list of actors kept is not the one the record was made with"]);
    let mut plain = Record::create(&folder.path().join("plain.sitrep"), &edition()).unwrap();
    assert!(plain.actors().unwrap().is_none());
    assert!(matches!(plain.keep_actors(list), Err(RecordError::OtherActors { .. })));
}
