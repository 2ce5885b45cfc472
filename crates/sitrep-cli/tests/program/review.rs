//! `review` and `--as-known`: rulings kept, listed, argued with and taken back; the record as it was known on a day.

use crate::run::{Desk, json};

/// Three reports: two of one capture, one of another day and place.
fn desk() -> Desk {
    let desk = Desk::with_three_captures();
    desk.well(&["build", "a.txt", "b.txt", "c.txt", "--meta", "meta.csv", "-o", "war.sitrep"]);
    desk
}

fn captures(desk: &Desk) -> Vec<serde_json::Value> {
    json(&desk.well(&["events", "war.sitrep", "--type", "territory.captured"]))
}

fn claim_of(event: &serde_json::Value, at: usize) -> String {
    event["accounts"][at]["claim_id"].as_str().unwrap().to_owned()
}

#[test]
fn events_are_merged_split_and_listed() {
    let desk = desk();
    let before = captures(&desk);
    let ids: Vec<&str> = before.iter().map(|event| event["event_id"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), 2, "{before:?}");
    desk.well(&["review", "war.sitrep", "merge", ids[0], ids[1], "--reviewer", "desk", "--why", "one push"]);
    let merged = captures(&desk);
    assert_eq!(merged.len(), 1);
    assert_eq!(desk.run(&["verify", "war.sitrep"]).code, 0);
    let late =
        merged[0]["accounts"].as_array().unwrap().iter().find(|it| {
            before[1]["accounts"].as_array().unwrap().iter().any(|other| other["claim_id"] == it["claim_id"])
        });
    let late = late.unwrap()["claim_id"].as_str().unwrap();
    let event = merged[0]["event_id"].as_str().unwrap();
    desk.well(&["review", "war.sitrep", "split", event, late, "--reviewer", "second"]);
    assert_eq!(captures(&desk).len(), 2);
    let rulings = json(&desk.well(&["review", "war.sitrep", "list"]));
    assert_eq!((&rulings[0]["state"], &rulings[0]["by"]), (&"in force in part".into(), &2.into()));
    assert_eq!((&rulings[1]["state"], &rulings[1]["reviewer"]), (&"in force".into(), &"second".into()));
    let conflicts = json(&desk.well(&["review", "war.sitrep", "conflicts"]));
    assert_eq!((conflicts.len(), &conflicts[0]["ruling"]), (1, &1.into()));
    desk.well(&["review", "war.sitrep", "undo", "2"]);
    assert!(captures(&desk) == merged, "the merge holds again");
    for format in ["table", "csv"] {
        assert!(desk.well(&["review", "war.sitrep", "list", "--format", format]).contains("one push"));
    }
    assert_eq!(desk.run(&["review", "war.sitrep", "merge", event]).code, 2, "one is nothing to merge");
    assert_eq!(desk.run(&["review", "war.sitrep", "split", event, "c_0000000000000000"]).code, 1);
}

#[test]
fn places_and_days_are_pinned_and_many_rulings_imported() {
    let desk = desk();
    let told = json(&desk.well(&["claims", "war.sitrep", "--voice", "article", "--place", "Korma"]));
    let claim = told[0]["claim_id"].as_str().unwrap().to_owned();
    desk.well(&["review", "war.sitrep", "pin", &claim, "--date", "2031-05-18..2031-05-19", "--place", "-34.5,40.92,5"]);
    let row = |desk: &Desk| {
        let rows = json(&desk.well(&["claims", "war.sitrep"]));
        rows.into_iter().find(|row| row["claim_id"] == claim.as_str()).unwrap()
    };
    let pinned = row(&desk);
    assert_eq!((&pinned["time"]["from"], &pinned["time"]["to"]), (&"2031-05-18".into(), &"2031-05-19".into()));
    assert_eq!((&pinned["place"]["lat"], &pinned["place"]["name"]), (&(-34.5).into(), &"Korma".into()));
    assert_eq!(desk.run(&["review", "war.sitrep", "pin", &claim, "--date", "soon"]).code, 1);
    assert_eq!(desk.run(&["review", "war.sitrep", "pin", &claim]).code, 2);
    // A name of the gazetteer: one place is taken, of several none.
    desk.well(&["review", "war.sitrep", "pin", &claim, "--place", "Deir ez-Zor", "--geonames", "170794"]);
    assert_eq!(row(&desk)["place"]["geonames_id"], 170_794);
    let several = desk.run(&["review", "war.sitrep", "pin", &claim, "--place", "Springfield"]);
    assert_eq!(several.code, 2);
    assert!(several.err.contains("--geonames") && several.err.lines().count() > 2, "{}", several.err);
    desk.write(
        "rulings.csv",
        format!(
            "action,subject,value,why\nname,{claim},actor=Home Guard,a sister unit\naccept,{claim},,\nbless,{claim},,\n"
        ),
    );
    let ran = desk.run(&["review", "war.sitrep", "import", "rulings.csv", "--reviewer", "desk"]);
    assert_eq!(ran.code, 3, "{}", ran.err);
    assert!(ran.err.contains("row 4") && ran.err.contains("2 rulings"), "{}", ran.err);
    assert_eq!(row(&desk)["actors"][0]["name"], "Home Guard");
    assert_eq!(desk.run(&["verify", "war.sitrep"]).code, 0);
}

#[test]
fn the_queue_begins_with_what_is_in_dispute() {
    let desk = Desk::new();
    desk.demo();
    let items = json(&desk.well(&["review", "demo.sitrep", "queue", "--limit", "1000"]));
    let rank =
        |kind: &str| ["conflict", "dispute", "perhaps the same", "unsure reading"].iter().position(|it| *it == kind);
    let ranks: Vec<_> = items.iter().map(|item| rank(item["kind"].as_str().unwrap()).unwrap()).collect();
    assert!(ranks.is_sorted() && ranks[0] == 1, "{ranks:?}");
    assert_eq!(desk.well(&["review", "demo.sitrep", "next", "--format", "csv"]).lines().count(), 21);
    let dispute = items[0]["id"].as_str().unwrap();
    let sides =
        json(&desk.well(&["disputes", "demo.sitrep"])).into_iter().find(|it| it["dispute_id"] == dispute).unwrap();
    desk.well(&["review", "demo.sitrep", "accept", sides["sides"][0]["claims"][0].as_str().unwrap()]);
    let items = desk.well(&["review", "demo.sitrep", "queue", "--limit", "1000"]);
    assert!(!items.contains(dispute), "somebody has looked at it");
}

#[test]
fn the_record_is_shown_as_it_was_known_on_a_day() {
    let desk = desk();
    desk.well(&["build", "a.txt", "b.txt", "--meta", "meta.csv", "-o", "early.sitrep"]);
    for command in [&["claims"][..], &["events"], &["links"], &["sources"], &["report"]] {
        let on_the_day = desk.well(&[command, &["war.sitrep", "--as-known", "2031-05-10"]].concat());
        let then = desk.well(&[command, &["early.sitrep"]].concat());
        assert!(on_the_day == then, "{command:?}");
        assert!(desk.well(&[command, &["war.sitrep"]].concat()) != then, "{command:?}");
    }
    let control = |day: &str| json(&desk.well(&["control", "war.sitrep", "Korma", "--as-known", day])).remove(0);
    assert_eq!(control("2031-05-10")["state"], "unknown");
    assert_ne!(control("2031-05-20")["state"], "unknown");
    let late = claim_of(&captures(&desk)[1], 0);
    assert_eq!(desk.run(&["why", "war.sitrep", &late, "--as-known", "2031-05-10"]).code, 1);
    assert_eq!(desk.run(&["events", "war.sitrep", "--as-known", "then"]).code, 2);
}
