//! `coding`: a sample drawn, coded by two, compared only when both are done, and settled by a third.

use crate::run::{Desk, json};

/// Fills the sheet: the program's reading, but for what `answer` says otherwise of an item by its place in the sheet.
fn fill(desk: &Desk, name: &str, answer: impl Fn(usize, &str) -> Option<&'static str>) {
    let claims = json(&desk.well(&["claims", "demo.sitrep"]));
    let sheet = std::fs::read_to_string(desk.path("items.csv")).unwrap();
    let mut reader = csv::Reader::from_reader(sheet.as_bytes());
    let header = reader.headers().unwrap().clone();
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(&header).unwrap();
    for (at, row) in reader.records().enumerate() {
        let row = row.unwrap();
        let claim = claims.iter().find(|claim| claim["claim_id"] == row[1]).unwrap();
        let cells = header.iter().zip(&row).map(|(column, cell)| {
            let read = if column == "accept" { Some("yes") } else { claim[column].as_str() };
            match column {
                "accept" | "event" | "status" | "polarity" => answer(at, column).or(read).unwrap().to_owned(),
                _ => cell.to_owned(),
            }
        });
        writer.write_record(cells.collect::<Vec<_>>()).unwrap();
    }
    desk.write(name, writer.into_inner().unwrap());
}

#[test]
fn two_reviewers_code_blind_and_a_third_settles() {
    let desk = Desk::new();
    desk.demo();
    let before = desk.well(&["events", "demo.sitrep"]);
    desk.well(&["coding", "demo.sitrep", "sample", "--n", "12", "--seed", "7", "-o", "items.csv"]);
    let sheet = std::fs::read_to_string(desk.path("items.csv")).unwrap();
    desk.well(&["coding", "demo.sitrep", "sample", "--n", "12", "--seed", "7", "-o", "items.csv"]);
    assert!(sheet == std::fs::read_to_string(desk.path("items.csv")).unwrap() && sheet.lines().count() == 13);
    for row in csv::Reader::from_reader(sheet.as_bytes()).records() {
        assert!(row.unwrap().iter().skip(7).all(str::is_empty), "the program's reading is not shown");
    }
    fill(&desk, "a.csv", |at, field| (at == 0 && field == "event").then_some("talks"));
    fill(&desk, "b.csv", |at, field| match (at, field) {
        (1, "accept") => Some("no"),
        (2, "status") => Some(""),
        _ => None,
    });
    let compare = ["coding", "demo.sitrep", "agreement", "--reviewers", "a,b"];
    desk.well(&["coding", "demo.sitrep", "submit", "a.csv", "--reviewer", "a"]);
    let early = desk.run(&compare);
    assert!(early.code == 1 && early.out.is_empty() && early.err.contains("b has 12 of 12"), "{}", early.err);
    let listed = desk.well(&["review", "demo.sitrep", "list"]);
    assert!(listed.contains("\"code\"") && !listed.contains("event="), "codings stay covered: {listed}");
    desk.well(&["coding", "demo.sitrep", "submit", "b.csv", "--reviewer", "b"]);
    let rows = json(&desk.well(&compare));
    let row = |field: &str| rows.iter().find(|row| row["field"] == field).unwrap();
    assert_eq!((&row("event")["n"], &row("event")["n_coded"]), (&12.into(), &12.into()));
    assert_eq!((&row("status")["n_coded"], &row("status")["agree"]), (&11.into(), &1.0.into()));
    assert!((row("event")["agree"].as_f64().unwrap() - 11.0 / 12.0).abs() < 1e-9);
    let (kappa, alpha) = (row("event")["kappa"].as_f64().unwrap(), row("event")["alpha"].as_f64().unwrap());
    assert!((0.7..1.0).contains(&kappa) && (0.7..1.0).contains(&alpha), "{kappa} {alpha}");
    assert!(before == desk.well(&["events", "demo.sitrep"]), "blind codings change nothing");
    assert_eq!(desk.run(&["verify", "demo.sitrep"]).code, 0);
    desk.well(&["coding", "demo.sitrep", "differences", "--reviewers", "a,b", "-o", "differences.csv"]);
    let list = std::fs::read_to_string(desk.path("differences.csv")).unwrap();
    assert_eq!(list.lines().count(), 3, "{list}");
    let decided: String = list
        .lines()
        .enumerate()
        .map(|(at, line)| if at == 0 { format!("{line}\n") } else { line.replacen(",,,", ",no,seen twice,", 1) + "\n" })
        .collect();
    desk.write("decided.csv", decided);
    let ran = desk.run(&["coding", "demo.sitrep", "adjudicate", "decided.csv", "--reviewer", "desk"]);
    assert_eq!(ran.code, 3, "no is no event type: {}", ran.err);
    assert!(ran.err.contains("1 kept"), "{}", ran.err);
    let rulings = json(&desk.well(&["review", "demo.sitrep", "list"]));
    let decided = rulings.last().unwrap();
    assert_eq!(
        (&decided["action"], &decided["reviewer"]),
        (&"reject".into(), &"desk".into()),
        "what is decided counts"
    );
    let claims = json(&desk.well(&["claims", "demo.sitrep"]));
    let claim = claims.iter().find(|claim| claim["claim_id"] == decided["subject"]).unwrap();
    let notes = claim["notes"].as_array().unwrap().last().unwrap().as_str().unwrap();
    assert!(notes.contains("reject by desk: seen twice"), "{notes}");
    let status = json(&desk.well(&["coding", "demo.sitrep", "status"]));
    assert_eq!(status[0]["done"], serde_json::json!(["a", "b"]));
    assert_eq!(desk.run(&["coding", "demo.sitrep", "agreement", "--reviewers", "a"]).code, 2);
}

#[test]
fn rows_that_cannot_be_used_are_told() {
    let desk = Desk::new();
    desk.demo();
    desk.well(&["coding", "demo.sitrep", "sample", "--n", "3", "-o", "items.csv"]);
    let sheet = std::fs::read_to_string(desk.path("items.csv")).unwrap();
    let sample = sheet.lines().nth(1).unwrap().split(',').next().unwrap().to_owned();
    desk.write("odd.csv", format!("sample,claim_id,event\n{sample},c_0000000000000000,clash\ns_none,c_1,clash\n"));
    let ran = desk.run(&["coding", "demo.sitrep", "submit", "odd.csv", "--reviewer", "a"]);
    assert_eq!(ran.code, 3, "{}", ran.err);
    assert!(ran.err.contains("row 2") && ran.err.contains("row 3") && ran.err.contains("0 kept"), "{}", ran.err);
}
