//! What lasts: root, log, proofs, bundles, tombstones.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::killed;
use crate::run::{Desk, PLAIN, PROGRAM, json};

/// A record of two reports, and its root as `verify` tells it.
fn two(desk: &Desk) -> String {
    desk.write("a.txt", PLAIN);
    desk.write("b.txt", PLAIN.replace("Varnesh", "Ostrel"));
    desk.well(&["build", "a.txt", "-o", "war.sitrep", "--published", "2031-05-06"]);
    desk.well(&["add", "war.sitrep", "b.txt", "--published", "2031-05-06"]);
    root(desk)
}

fn root(desk: &Desk) -> String {
    let out = desk.well(&["verify", "war.sitrep", "--quick"]);
    let root = out.lines().find_map(|line| line.strip_prefix("root ")).unwrap().to_owned();
    assert_eq!(root.len(), 64);
    root
}

fn log(desk: &Desk) -> Vec<serde_json::Value> {
    json(&std::fs::read_to_string(desk.path("war.sitrep.log")).unwrap())
}

#[test]
fn every_change_stands_in_the_log_with_time_and_tool() {
    let desk = Desk::new();
    let before = two(&desk);
    let claim = json(&desk.well(&["claims", "war.sitrep"]))[0]["claim_id"].as_str().unwrap().to_owned();
    desk.well(&["review", "war.sitrep", "reject", &claim, "--why", "a caption"]);
    desk.well(&["source", "set", "war.sitrep", "Orsk Post", "--owner", "Orsk Media"]);
    let log = log(&desk);
    let did: Vec<&str> = log.iter().map(|entry| entry["did"].as_str().unwrap()).collect();
    assert_eq!(did, ["created", "added", "added", "ruled", "ruled"]);
    for entry in &log {
        let time = entry["time"].as_str().unwrap();
        assert!(time.len() == 20 && time.ends_with('Z') && time.starts_with("20"), "{entry}");
        assert!(entry["tool"].as_str().unwrap().starts_with("sitrep "), "{entry}");
    }
    assert_ne!(before, root(&desk), "rulings are part of the root");
    assert_eq!(log.last().unwrap()["root"].as_str(), Some(root(&desk).as_str()));
    let ran = desk.run(&["verify", "war.sitrep"]);
    assert!(ran.code == 0 && ran.out.contains("log 5 entries"), "{}{}", ran.out, ran.err);
}

#[test]
fn a_page_is_proved_against_the_root() {
    let desk = Desk::new();
    let root = two(&desk);
    let page = json(&desk.well(&["pages", "war.sitrep"]))[0]["id"].as_str().unwrap().to_owned();
    let proof: serde_json::Value =
        serde_json::from_str(&desk.well(&["verify", "war.sitrep", "--prove", &page])).unwrap();
    assert_eq!((proof["root"].as_str(), proof["n_leaves"].as_u64()), (Some(root.as_str()), Some(3)));
    let ran = desk.run(&["verify", "war.sitrep", "--prove", "p_none"]);
    assert!(ran.code == 1 && ran.err.contains("p_none"), "{}", ran.err);
}

#[test]
fn a_forged_log_fails_and_names_the_line() {
    let desk = Desk::new();
    two(&desk);
    let text = std::fs::read_to_string(desk.path("war.sitrep.log")).unwrap();
    desk.write("war.sitrep.log", text.replacen("created", "forged!", 1));
    let ran = desk.run(&["verify", "war.sitrep", "--quick"]);
    assert_eq!(ran.code, 4);
    assert!(ran.err.contains("the first: log line 1: does not have the hash"), "{}", ran.err);
    std::fs::remove_file(desk.path("war.sitrep.log")).unwrap();
    let ran = desk.run(&["verify", "war.sitrep", "--quick"]);
    assert!(ran.code == 0 && ran.out.contains("log none"), "{}{}", ran.out, ran.err);
}

/// Files of an archive, by name.
type Members = BTreeMap<String, Vec<u8>>;

/// What is in an archive.
fn members(bytes: &[u8]) -> Members {
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let names: Vec<String> = zip.file_names().map(|name| name.unwrap().into_owned()).collect();
    let read = |name: String| {
        let mut out = Vec::new();
        std::io::copy(&mut zip.by_name(&name).unwrap(), &mut out).unwrap();
        (name, out)
    };
    names.into_iter().map(read).collect()
}

fn zipped(members: &Members) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in members {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        std::io::copy(&mut &bytes[..], &mut zip).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn a_bundle_is_the_same_bytes_each_time_and_checks() {
    let desk = Desk::new();
    let root = two(&desk);
    desk.write("page.html", format!("<html><head><title>x</title></head><body><p>{PLAIN}</p></body></html>"));
    desk.well(&["add", "war.sitrep", "page.html", "--url", "https://courier.example/a", "--published", "2031-05-07"]);
    let told = desk.well(&["bundle", "war.sitrep", "-o", "one.zip"]);
    assert!(!told.contains(&root) && told.contains("digest "), "{told}");
    desk.well(&["bundle", "war.sitrep", "-o", "two.zip"]);
    let bytes = std::fs::read(desk.path("one.zip")).unwrap();
    assert!(bytes == std::fs::read(desk.path("two.zip")).unwrap(), "made twice, it differs");
    let out = desk.well(&["bundle", "--check", "one.zip"]);
    for fine in ["members 4,", "pages 3 read back from pages.warc.gz", "log 4 entries", "record 3 pages"] {
        assert!(out.contains(fine), "no `{fine}` in {out}");
    }
    let inside = members(&bytes);
    assert_eq!(inside["record.sitrep"], std::fs::read(desk.path("war.sitrep")).unwrap());
    desk.write("pages.warc.gz", &inside["pages.warc.gz"]);
    desk.well(&["build", "pages.warc.gz", "-o", "again.sitrep"]);
    let hashes = |record: &str| -> BTreeSet<String> {
        json(&desk.well(&["pages", record])).iter().map(|page| page["sha256"].to_string()).collect()
    };
    assert_eq!(hashes("war.sitrep"), hashes("again.sitrep"));
    let pages = json(&desk.well(&["pages", "again.sitrep"]));
    assert!(pages.iter().all(|page| page["retrieved"].is_null()), "nobody said when they were saved");
    assert_eq!(pages.iter().filter(|page| page["url"] == "https://courier.example/a").count(), 1);
    assert_eq!(pages.iter().filter(|page| page["url"].is_null()).count(), 2);
}

#[test]
fn a_changed_bundle_is_told_by_the_member_that_differs() {
    let desk = Desk::new();
    two(&desk);
    desk.well(&["bundle", "war.sitrep", "-o", "one.zip"]);
    let whole = members(&std::fs::read(desk.path("one.zip")).unwrap());
    let told = |change: &dyn Fn(&mut Members)| {
        let mut changed = whole.clone();
        change(&mut changed);
        desk.write("changed.zip", zipped(&changed));
        let ran = desk.run(&["bundle", "--check", "changed.zip"]);
        assert_eq!(ran.code, 4, "{}{}", ran.out, ran.err);
        ran.err
    };
    for name in ["record.sitrep", "record.sitrep.log", "pages.jsonl", "pages.warc.gz"] {
        let err = told(&|it| it.get_mut(name).unwrap()[200] ^= 1);
        assert!(err.contains(&format!("{name} does not have the hash")), "{err}");
        let err = told(&|it| drop(it.remove(name)));
        assert!(err.contains(&format!("{name} is missing")), "{err}");
    }
    let err = told(&|it| drop(it.insert("more.txt".to_owned(), b"more".to_vec())));
    assert!(err.contains("more.txt is in the archive and not in the manifest"), "{err}");
    let err = told(&|it| it.get_mut("manifest.json").unwrap().push(b' '));
    assert!(err.contains("manifest.sha256 does not tell the hash"), "{err}");
    desk.write("plain.zip", zipped(&Members::from([("a".to_owned(), b"b".to_vec())])));
    let ran = desk.run(&["bundle", "--check", "plain.zip"]);
    assert!(ran.code == 1 && ran.err.contains("not a bundle"), "{}", ran.err);
}

#[test]
fn timestamps_are_compared_with_what_they_were_given_for() {
    let desk = Desk::new();
    two(&desk);
    let told = desk.well(&["bundle", "war.sitrep", "-o", "one.zip"]);
    let digest = told.lines().find_map(|line| line.strip_prefix("digest ")).unwrap();
    let digest: Vec<u8> = (0..64).step_by(2).map(|at| u8::from_str_radix(&digest[at..at + 2], 16).unwrap()).collect();
    let proof = |digest: &[u8]| {
        let mut ots = b"\x00OpenTimestamps\x00\x00Proof\x00\xbf\x89\xe2\xe8\x84\xe8\x92\x94\x01\x08".to_vec();
        ots.extend(digest);
        // Two branches: a calendar that is to confirm it, and after one more hash a block of height 800,000.
        ots.extend(b"\xff\xf0\x02ab\x00\x83\xdf\xe3\x0d\x2e\xf9\x0c\x8e\x04\x03cal\x08");
        ots.extend(b"\x00\x05\x88\x96\x0d\x73\xd7\x19\x01\x03\x80\xea\x30");
        ots
    };
    desk.write("one.zip.ots", proof(&digest));
    let out = desk.well(&["bundle", "--check", "one.zip"]);
    let line = out.lines().find(|line| line.starts_with("token ")).unwrap();
    for part in ["given for manifest.json", "Bitcoin block 800000", "1 calendar", "was not checked"] {
        assert!(line.contains(part), "no `{part}` in {line}");
    }
    desk.write("one.zip.ots", proof(&[7; 32]));
    let ran = desk.run(&["bundle", "--check", "one.zip"]);
    assert!(ran.code == 4 && ran.err.contains("given for something else"), "{}", ran.err);
    desk.write("one.zip.ots", &proof(&digest)[..60]);
    let ran = desk.run(&["bundle", "--check", "one.zip"]);
    assert!(ran.code == 4 && ran.err.contains("cut short"), "{}", ran.err);
}

#[test]
fn what_is_redacted_is_gone_from_the_file_and_does_not_come_back() {
    let desk = Desk::new();
    desk.write("a.txt", PLAIN);
    desk.write("b.txt", PLAIN.replace("Varnesh", "Ostrel") + "\nMira Tolland, a miller, saw two buses burn there.\n");
    let build = ["build", "a.txt", "b.txt", "-o", "war.sitrep", "--published", "2031-05-06"];
    desk.well(&build);
    // Pages lie in the file deflated; rows are packed, so they are looked at through the lists.
    let holds = |words: &str| {
        let mut shown =
            [std::fs::read(desk.path("war.sitrep")).unwrap(), std::fs::read(desk.path("war.sitrep.log")).unwrap()]
                .concat();
        shown.extend(crate::run::stored(&desk.path("war.sitrep")).into_values().flatten());
        for list in ["claims", "events", "actors", "places", "pages", "sources"] {
            shown.extend(desk.well(&[list, "war.sitrep"]).bytes());
        }
        shown.windows(words.len()).any(|window| window.eq_ignore_ascii_case(words.as_bytes()))
    };
    assert!(holds("Mira Tolland"));
    let ran = desk.run(&["redact", "war.sitrep", "mira tolland", "--why", "a private person", "--on", "2031-05-20"]);
    assert!(ran.code == 0 && ran.err.contains("covered in 1 page"), "{}", ran.err);
    assert!(!holds("Mira Tolland") && holds("saw two buses burn"));
    let page = json(&desk.well(&["pages", "war.sitrep"])).into_iter().find(|it| it["path"] == "a.txt").unwrap();
    let id = page["id"].as_str().unwrap();
    desk.well(&["redact", "war.sitrep", id, "--why", "shown by mistake", "--by", "desk", "--on", "2031-05-21"]);
    assert!(!holds("Varnesh"));
    let ran = desk.run(&["verify", "war.sitrep"]);
    assert!(ran.code == 0 && ran.out.contains("1 page, 1 name redacted"), "{}{}", ran.out, ran.err);
    desk.well(&["add", "war.sitrep", "a.txt", "b.txt", "--published", "2031-05-06"]);
    assert!(!holds("Varnesh") && !holds("Mira Tolland"), "added again, it came back");
    let listed = json(&desk.well(&["redact", "war.sitrep"]));
    let told: Vec<_> = listed.iter().map(|it| (it["kind"].as_str().unwrap(), it["on"].as_str().unwrap())).collect();
    assert_eq!(told, [("name", "2031-05-20"), ("page", "2031-05-21")]);
    let pages = json(&desk.well(&["pages", "war.sitrep"]));
    let left = pages.iter().find(|it| it["id"] == id).unwrap();
    assert_eq!((left["path"].as_str(), &left["sha256"]), (Some("redacted"), &page["sha256"]));
    assert_eq!(left["notes"][0]["message"], "redacted on 2031-05-21 by desk: shown by mistake");
    desk.well(&["bundle", "war.sitrep", "-o", "war.zip"]);
    assert!(desk.well(&["bundle", "--check", "war.zip"]).contains("pages 1 read back"));
    assert_eq!(desk.run(&["redact", "war.sitrep", "p_none", "--why", "x"]).code, 1);
    assert_eq!(desk.run(&["redact", "war.sitrep", id]).code, 2, "without a reason");
}

#[test]
fn a_few_kills_leave_nothing_wrong() {
    let came = killed::kill(Path::new(PROGRAM), 24, 7).unwrap();
    assert_eq!(came.wrong, [""; 0]);
    assert!(came.rows.iter().map(|row| row.2).sum::<usize>() > 12, "most kills came too late to tell anything");
}

#[test]
fn a_build_that_was_cut_short_is_gone_on_with() {
    let desk = Desk::new();
    for (name, town) in [("in/a.txt", "Varnesh"), ("in/b.txt", "Ostrel"), ("in/c.txt", "Orsk")] {
        desk.write(name, PLAIN.replace("Varnesh", town));
    }
    let build = |output: &str| desk.run(&["build", "in", "-o", output, "--published", "2031-05-06"]);
    assert_eq!(build("whole.sitrep").code, 0);
    // What a run leaves that is cut short: its pages under the name that stands for these inputs. A run that ends by itself leaves none.
    let left = |desk: &Desk| -> Vec<String> {
        let names = std::fs::read_dir(desk.path(".")).unwrap().map(|it| it.unwrap().file_name().into_string().unwrap());
        names.filter(|name| name.contains("unfinished")).collect()
    };
    assert_eq!(left(&desk), [""; 0]);
    let name = |inputs: &[&str]| {
        let mut child = std::process::Command::new(PROGRAM)
            .args(["build"])
            .args(inputs)
            .args(["-o", "war.sitrep", "--published", "2031-05-06"])
            .current_dir(desk.path("."))
            .spawn()
            .unwrap();
        while left(&desk).is_empty() && child.try_wait().unwrap().is_none() {
            std::thread::sleep(std::time::Duration::from_millis(1));
        }
        child.kill().unwrap();
        child.wait().unwrap();
        left(&desk)
    };
    let unfinished = name(&["in"]);
    assert!(unfinished.len() <= 2 && unfinished[0].starts_with("war.sitrep."), "{unfinished:?}");
    // Half of it, as far as a run may have come; and a file that another edition left.
    desk.well(&["build", "in/a.txt", "in/b.txt", "-o", "half.sitrep", "--published", "2031-05-06"]);
    let first = unfinished.iter().find(|name| name.ends_with(".unfinished")).unwrap();
    // Another file than the one its journal is of.
    for journal in unfinished.iter().filter(|name| *name != first) {
        std::fs::remove_file(desk.path(journal)).unwrap();
    }
    std::fs::copy(desk.path("half.sitrep"), desk.path(first)).unwrap();
    let other = desk.write("war.sitrep.0123456789abcdef.unfinished", "torn");
    let ran = build("war.sitrep");
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.err.contains("2 read by an earlier run that was cut short"), "{}", ran.err);
    assert!(!other.exists() && left(&desk).is_empty());
    let bytes = |name: &str| std::fs::read(desk.path(name)).unwrap();
    assert!(bytes("war.sitrep") == bytes("whole.sitrep"), "it shows that it was cut short");
    // Pages that are no longer among the inputs are not kept.
    std::fs::remove_file(desk.path("war.sitrep")).unwrap();
    std::fs::copy(desk.path("whole.sitrep"), desk.path(first)).unwrap();
    std::fs::remove_file(desk.path("in/b.txt")).unwrap();
    let ran = build("war.sitrep");
    assert!(ran.code == 0 && ran.err.contains("begun anew") && ran.err.contains("2 reports read"), "{}", ran.err);
}
