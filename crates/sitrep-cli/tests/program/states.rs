//! `merge`, `digest` and the scores of `forecasts`: what two records make together, and what changed between two states of one.

use crate::run::{Desk, json};

/// Two desks with one report in common; north has rejected what south accepts.
fn two_desks() -> (Desk, String) {
    let desk = Desk::with_three_captures();
    desk.well(&["build", "a.txt", "b.txt", "--meta", "meta.csv", "-o", "north.sitrep"]);
    desk.well(&["build", "b.txt", "c.txt", "--meta", "meta.csv", "-o", "south.sitrep"]);
    let claims = json(&desk.well(&["claims", "south.sitrep", "--source", "Harbour", "--voice", "article"]));
    let shared = claims[0]["claim_id"].as_str().unwrap().to_owned();
    (desk, shared)
}

#[test]
fn two_records_merge_into_the_same_bytes_either_way() {
    let (desk, shared) = two_desks();
    desk.well(&["review", "north.sitrep", "reject", &shared, "--reviewer", "north"]);
    desk.well(&["review", "south.sitrep", "accept", &shared, "--reviewer", "south"]);
    let ran = desk.run(&["merge", "north.sitrep", "south.sitrep", "-o", "one.sitrep"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.err.contains("3 reports read") && ran.err.contains("2 rulings have something against"), "{}", ran.err);
    desk.well(&["merge", "south.sitrep", "north.sitrep", "-o", "other.sitrep"]);
    assert!(std::fs::read(desk.path("one.sitrep")).unwrap() == std::fs::read(desk.path("other.sitrep")).unwrap());
    assert_eq!(desk.run(&["verify", "one.sitrep"]).code, 0);
    let reviewers: Vec<_> =
        json(&desk.well(&["review", "one.sitrep", "list"])).iter().map(|it| it["reviewer"].clone()).collect();
    assert_eq!(reviewers, ["south", "north"], "both numbered 1: by what they say, accept before reject");
    let again = desk.run(&["merge", "south.sitrep", "north.sitrep", "-o", "other.sitrep"]);
    assert_eq!(again.code, 1);
    desk.write("own.tsv", "hand\tHidden Hand\trebels\n");
    desk.well(&["build", "a.txt", "--meta", "meta.csv", "--actors", "own.tsv", "-o", "own.sitrep"]);
    let refused = desk.run(&["merge", "north.sitrep", "own.sitrep", "-o", "none.sitrep"]);
    assert!(refused.code == 1 && refused.err.contains("edition"), "{}", refused.err);
    assert!(!desk.path("none.sitrep").exists());
}

#[test]
fn a_digest_tells_what_changed() {
    let (desk, shared) = two_desks();
    desk.well(&["build", "a.txt", "--meta", "meta.csv", "-o", "war.sitrep"]);
    std::fs::copy(desk.path("war.sitrep"), desk.path("before.sitrep")).unwrap();
    let told = desk.well(&["add", "war.sitrep", "b.txt", "c.txt", "--meta", "meta.csv", "--digest"]);
    let kinds = |lines: &str| -> Vec<String> {
        json(lines)
            .iter()
            .map(|it| format!("{} {}", it["kind"].as_str().unwrap(), it["what"].as_str().unwrap()))
            .collect()
    };
    let expected = ["new report", "new report", "new control", "changed event", "new event"];
    assert_eq!(kinds(&told), expected, "{told}");
    assert!(told == desk.well(&["digest", "war.sitrep", "--against", "before.sitrep"]));
    assert!(told == desk.well(&["digest", "war.sitrep", "--since", "2031-05-07"]), "a.txt is of the day before");
    let week =
        desk.well(&["digest", "war.sitrep", "--since", "2031-05-07", "--as-known", "2031-05-14", "--format", "md"]);
    assert!(week.starts_with("# What reports of 2031-05-07 to 2031-05-14 changed\n"), "{week}");
    assert!(week.contains("now also told by Harbour Gazette") && !week.contains("Korma"), "{week}");
    let text = desk.well(&["digest", "war.sitrep", "--since", "2031-06-01", "--format", "text"]);
    assert!(text.contains("Nothing changed."), "{text}");
    // A ruling is no report: it shows against the older copy alone.
    std::fs::copy(desk.path("war.sitrep"), desk.path("before.sitrep")).unwrap();
    desk.well(&["review", "war.sitrep", "reject", &shared]);
    assert_eq!(kinds(&desk.well(&["digest", "war.sitrep", "--against", "before.sitrep"])), ["changed event"]);
    assert_eq!(desk.run(&["digest", "war.sitrep"]).code, 2);
}

#[test]
fn forecasts_are_scored_with_their_counts() {
    let desk = Desk::new();
    desk.demo();
    let rows = json(&desk.well(&["forecasts", "demo.sitrep", "--scores"]));
    assert_eq!(rows[0]["kind"], "all");
    let n = json(&desk.well(&["forecasts", "demo.sitrep"])).len();
    assert_eq!(rows[0]["n"], n);
    let states = rows[0]["states"].as_object().unwrap();
    assert_eq!(states.values().map(|it| it.as_u64().unwrap()).sum::<u64>() as usize, n);
    assert!(
        rows.iter().filter(|row| row["kind"] != "all").map(|row| row["n"].as_u64().unwrap()).sum::<u64>() as usize == n
    );
    let table = desk.well(&["forecasts", "demo.sitrep", "--scores", "--format", "table"]);
    assert!(table.contains("No ranking"), "{table}");
    assert_eq!(desk.well(&["forecasts", "demo.sitrep", "--scores", "--format", "csv"]).lines().count(), rows.len() + 1);
    for row in json(&desk.well(&["forecasts", "demo.sitrep"])) {
        let history = row["history"].as_array().unwrap();
        assert_eq!(history.last().unwrap()["state"], row["state"], "{row}");
        let why = desk.well(&["why", "demo.sitrep", row["forecast_id"].as_str().unwrap()]);
        assert!(why.contains(history[0]["as_of"].as_str().unwrap()) || why.contains("Known"), "{why}");
    }
}
