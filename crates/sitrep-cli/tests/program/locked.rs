//! A record under a passphrase: sealed, refused by every other command, and opened to the same bytes.

use std::fs;
use std::io::Read as _;
use std::iter::once;

use age::secrecy::SecretString;

use crate::run::{Desk, PLAIN};

const PHRASE: &str = "seven grey herons over Orsk";

/// A record, its log, and a file with the passphrase; the bytes of the two.
fn made() -> (Desk, [Vec<u8>; 2]) {
    let desk = Desk::new();
    desk.write("a.txt", PLAIN);
    desk.well(&["build", "a.txt", "-o", "war.sitrep", "--published", "2031-05-06"]);
    desk.write("key", format!("{PHRASE}\n"));
    let bytes = ["war.sitrep", "war.sitrep.log"].map(|name| fs::read(desk.path(name)).unwrap());
    (desk, bytes)
}

fn lock(desk: &Desk) -> crate::run::Ran {
    desk.run(&["lock", "war.sitrep", "--passphrase-file", "key"])
}

fn unlock(desk: &Desk, key: &str) -> crate::run::Ran {
    desk.run(&["unlock", "war.sitrep.age", "--passphrase-file", key])
}

fn names(desk: &Desk) -> Vec<String> {
    let listed = fs::read_dir(desk.path("")).unwrap();
    let mut names: Vec<String> = listed.map(|it| it.unwrap().file_name().to_string_lossy().into_owned()).collect();
    names.retain(|name| name.starts_with("war"));
    names.sort();
    names
}

#[test]
fn a_record_is_locked_refused_and_unlocked_to_the_same_bytes() {
    let (desk, [record, log]) = made();
    let ran = lock(&desk);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.err.contains("deleted, not wiped"), "{}", ran.err);
    assert_eq!(names(&desk), ["war.sitrep.age", "war.sitrep.log.age"]);
    let sealed = fs::read(desk.path("war.sitrep.age")).unwrap();
    assert!(!sealed.windows(7).any(|it| it == b"Varnesh"), "nothing of the report can be read in it");

    // Every other command says what to do, by either name.
    for name in ["war.sitrep", "war.sitrep.age"] {
        for args in [
            &["events", name][..],
            &["verify", name],
            &["add", name, "a.txt"],
            &["export", name, "--to", "csv", "-o", "x"],
        ] {
            let ran = desk.run(args);
            assert_eq!(ran.code, 1, "{args:?}");
            assert!(ran.err.contains("encrypted; `sitrep unlock war.sitrep.age`"), "{args:?}: {}", ran.err);
        }
    }

    desk.write("other", "eight grey herons\n");
    let ran = unlock(&desk, "other");
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("this is not its passphrase"), "{}", ran.err);
    assert_eq!(names(&desk), ["war.sitrep.age", "war.sitrep.log.age"], "a wrong passphrase changes nothing");

    let ran = unlock(&desk, "key");
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(names(&desk), ["war.sitrep", "war.sitrep.log"]);
    assert!(
        fs::read(desk.path("war.sitrep")).unwrap() == record && fs::read(desk.path("war.sitrep.log")).unwrap() == log
    );
    desk.well(&["verify", "war.sitrep"]);
}

#[test]
fn a_cut_or_changed_file_makes_no_record() {
    let (desk, _) = made();
    assert_eq!(lock(&desk).code, 0);
    let sealed = fs::read(desk.path("war.sitrep.age")).unwrap();
    let mut changed = sealed.clone();
    let middle = changed.len() / 2;
    changed[middle] ^= 1;
    for (bytes, says) in [
        (&sealed[..sealed.len() - 100], "damaged or cut short"),
        (&changed[..], "damaged or cut short"),
        (&sealed[..30], "not an encrypted record, or its beginning is damaged"),
        (&b"a text of somebody else's, with nothing sealed in it"[..], "not an encrypted record"),
    ] {
        desk.write("war.sitrep.age", bytes);
        let ran = unlock(&desk, "key");
        assert!(ran.code == 1 && ran.err.contains(says), "{says}: {}", ran.err);
        assert!(!desk.path("war.sitrep").exists(), "nothing has the record's name");
        assert!(desk.path("war.sitrep.age").exists(), "what was given stays");
    }
}

#[test]
fn a_lock_that_was_cut_short_is_gone_on_with_and_another_record_is_never_written_over() {
    let (desk, [record, log]) = made();
    assert_eq!(desk.run(&["lock", "war.sitrep", "--passphrase-file", "key", "--keep"]).code, 0);
    assert_eq!(names(&desk).len(), 4);
    // As if the run had ended before it removed the log.
    fs::remove_file(desk.path("war.sitrep")).unwrap();
    let ran = lock(&desk);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(names(&desk), ["war.sitrep.age", "war.sitrep.log.age"]);

    desk.write("war.sitrep", "another record");
    let ran = unlock(&desk, "key");
    assert!(ran.code == 1 && ran.err.contains("there already, and not what"), "{}", ran.err);
    assert_eq!(fs::read(desk.path("war.sitrep")).unwrap(), b"another record");
    // What an unlocking that was cut short had written already is no obstacle.
    desk.write("war.sitrep", &record);
    desk.write("war.sitrep.log", &log);
    assert_eq!(unlock(&desk, "key").code, 0);
    assert_eq!(names(&desk), ["war.sitrep", "war.sitrep.log"]);
}

#[test]
fn without_a_passphrase_nothing_is_locked() {
    let (desk, _) = made();
    desk.write("key", "\n");
    let ran = lock(&desk);
    assert!(ran.code == 2 && ran.err.contains("the passphrase is empty"), "{}", ran.err);
    assert_eq!(names(&desk), ["war.sitrep", "war.sitrep.log"]);
}

#[test]
fn other_programs_read_and_write_the_same_format() {
    let (desk, [record, _]) = made();
    assert_eq!(lock(&desk).code, 0);
    let phrase = || SecretString::from(PHRASE.to_owned());
    let sealed = fs::read(desk.path("war.sitrep.age")).unwrap();
    assert!(sealed.starts_with(b"age-encryption.org/v1\n-> scrypt "), "the format's own first lines");
    let decryptor = age::Decryptor::new(&sealed[..]).unwrap();
    let identity = age::scrypt::Identity::new(phrase());
    let mut found = Vec::new();
    decryptor.decrypt(once(&identity as &dyn age::Identity)).unwrap().read_to_end(&mut found).unwrap();
    assert!(found == record);

    // What another program sealed, with less work and no log beside it, opens.
    fs::remove_file(desk.path("war.sitrep.log.age")).unwrap();
    let mut recipient = age::scrypt::Recipient::new(phrase());
    recipient.set_work_factor(10);
    desk.write("war.sitrep.age", age::encrypt(&recipient, &record).unwrap());
    let ran = unlock(&desk, "key");
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(names(&desk), ["war.sitrep"]);
    assert!(fs::read(desk.path("war.sitrep")).unwrap() == record);
}
