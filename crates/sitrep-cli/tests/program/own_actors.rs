//! A user's own actors: known to `build`, `add` and `analyze`, kept by the record, used again by `verify`; and what becomes of odd rows.

use crate::run::{Desk, json};

const LIST: &str = "\
# our own bodies
shield-column\tVarnesh Shield Column\tmilitia\tSY\t\tthe Columnists;VSC
";
const A: &str = "On 5 May 2031, the Columnists captured Mayadin, the army said.\n";
const B: &str = "On 7 May 2031, the VSC attacked Raqqa, residents said.\n";

/// The ids of the actors of a record's claims.
fn actors(desk: &Desk, record: &str) -> Vec<String> {
    let claims = json(&desk.well(&["claims", record]));
    let ids = claims.iter().flat_map(|claim| claim["actors"].as_array().unwrap());
    ids.filter_map(|actor| actor["actor_id"].as_str().map(str::to_owned)).collect()
}

fn desk() -> Desk {
    let desk = Desk::new();
    desk.write("own.tsv", LIST);
    desk.write("a.txt", A);
    desk.write("b.txt", B);
    desk
}

#[test]
fn the_record_keeps_the_list_and_is_read_again_with_it() {
    let desk = desk();
    desk.well(&["build", "a.txt", "-o", "without.sitrep"]);
    assert!(!actors(&desk, "without.sitrep").contains(&"shield-column".to_owned()));
    desk.well(&["build", "a.txt", "-o", "with.sitrep", "--actors", "own.tsv"]);
    assert_eq!(actors(&desk, "with.sitrep"), ["shield-column"]);
    desk.well(&["build", "a.txt", "-o", "again.sitrep", "--actors", "own.tsv"]);
    assert_eq!(std::fs::read(desk.path("with.sitrep")).unwrap(), std::fs::read(desk.path("again.sitrep")).unwrap());
    // The list itself may be gone.
    std::fs::remove_file(desk.path("own.tsv")).unwrap();
    let ran = desk.run(&["verify", "with.sitrep"]);
    assert!(ran.code == 0 && ran.err.contains("nothing differs"), "{} {}", ran.code, ran.err);
    assert!(!ran.err.contains("another edition"), "the report was read again: {}", ran.err);
    desk.well(&["add", "with.sitrep", "b.txt"]);
    assert_eq!(actors(&desk, "with.sitrep"), ["shield-column", "shield-column"]);
    assert_eq!(desk.run(&["verify", "with.sitrep"]).code, 0);
}

#[test]
fn another_list_is_refused_and_told() {
    let desk = desk();
    desk.write("other.tsv", "hand\tHidden Hand\trebels\n");
    desk.well(&["build", "a.txt", "-o", "with.sitrep", "--actors", "own.tsv"]);
    desk.well(&["build", "a.txt", "-o", "without.sitrep"]);
    let ran = desk.run(&["add", "with.sitrep", "b.txt", "--actors", "other.tsv"]);
    assert!(ran.code == 2 && ran.err.contains("made with another list of actors"), "{} {}", ran.code, ran.err);
    let ran = desk.run(&["add", "without.sitrep", "b.txt", "--actors", "own.tsv"]);
    assert!(ran.code == 2 && ran.err.contains("leave out --actors"), "{} {}", ran.code, ran.err);
    desk.well(&["add", "with.sitrep", "b.txt", "--actors", "own.tsv"]);
    let ran = desk.run(&["verify", "with.sitrep", "--actors", "other.tsv"]);
    assert!(ran.code == 0 && ran.err.contains("made with another list of actors"), "{} {}", ran.code, ran.err);
    assert!(ran.err.contains("not read again"), "{}", ran.err);
}

#[test]
fn a_list_changed_inside_the_record_is_found() {
    let desk = desk();
    desk.well(&["build", "a.txt", "-o", "with.sitrep", "--actors", "own.tsv"]);
    let mut bytes = std::fs::read(desk.path("with.sitrep")).unwrap();
    let kept = b"VSC\n";
    let at = bytes.windows(kept.len()).position(|part| part == kept).unwrap();
    bytes[at] = b'W';
    desk.write("changed.sitrep", &bytes);
    let ran = desk.run(&["verify", "changed.sitrep"]);
    assert_eq!(ran.code, 4, "{}", ran.err);
    assert!(ran.out.contains("edition actors: the list of actors kept is not the one"), "{}", ran.out);
    assert!(ran.err.contains("give that list with --actors FILE"), "{}", ran.err);
    // With the right list at hand the rest can be read again, and adding puts the list back.
    let ran = desk.run(&["verify", "changed.sitrep", "--actors", "own.tsv"]);
    assert!(ran.code == 4 && !ran.err.contains("not read again"), "{} {}", ran.code, ran.err);
    assert_eq!(desk.run(&["add", "changed.sitrep", "b.txt"]).code, 2);
    desk.well(&["add", "changed.sitrep", "b.txt", "--actors", "own.tsv"]);
    assert_eq!(desk.run(&["verify", "changed.sitrep"]).code, 0);
}

#[test]
fn odd_rows_are_told_and_the_run_goes_on() {
    let desk = desk();
    let list = [b"only-an-id\nx\tX Band\tgang\ny\tOdd \xff\trebels\n", LIST.as_bytes()].concat();
    desk.write("odd.tsv", list);
    let ran = desk.run(&["build", "a.txt", "-o", "odd.sitrep", "--actors", "odd.tsv"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    for part in
        ["odd.tsv: line 1: 1 column", "line 2: the kind gang is none of: ", "line 3: not UTF-8; the row is left out"]
    {
        assert!(ran.err.contains(part), "{part}: {}", ran.err);
    }
    assert_eq!(actors(&desk, "odd.sitrep"), ["shield-column"]);
    assert_eq!(desk.run(&["verify", "odd.sitrep"]).code, 0);
    let line = serde_json::json!({ "id": "a", "text": A }).to_string();
    let ran = desk.feed(&["analyze", "--actors", "odd.tsv"], &line);
    assert!(ran.code == 0 && ran.err.contains("odd.tsv: line 1"), "{} {}", ran.code, ran.err);
    assert!(ran.out.contains("\"actor_id\":\"shield-column\""), "{}", ran.out);
    let ran = desk.run(&["build", "a.txt", "-o", "none.sitrep", "--actors", "none.tsv"]);
    assert!(ran.code == 1 && ran.err.contains("none.tsv: cannot read the list of actors"), "{} {}", ran.code, ran.err);
    assert!(!desk.path("none.sitrep").exists());
    desk.write("long.tsv", "#".repeat((4 << 20) + 1));
    let ran = desk.run(&["build", "a.txt", "-o", "none.sitrep", "--actors", "long.tsv"]);
    assert!(ran.code == 1 && ran.err.contains("4 MiB"), "{} {}", ran.code, ran.err);
}
