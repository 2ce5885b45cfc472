//! What lasts: root, log, proofs, bundles, tombstones.

use crate::run::{Desk, PLAIN, json};

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
