//! What the commands print, where, and with which exit status.

use std::io::Read as _;
use std::process::{Command, Stdio};

use crate::run::{Desk, PROGRAM, json};

#[test]
fn wrong_usage_is_status_two() {
    let desk = Desk::new();
    let record = desk.demo();
    let record = record.to_str().unwrap();
    for args in [
        &["no-such-command"][..],
        &["claims"],
        &["claims", record, "--status", "perhaps"],
        &["claims", record, "--since", "last week"],
        &["claims", record, "--type", "no.such.type"],
        &["export", record, "--to", "papyrus", "-o", "x"],
        &["export", record, "--to", "csv", "--public-settings", "x.toml", "-o", "x"],
        &["map", record, "-o", "map.gif"],
        &["schema", "nothing"],
        &["analyze", "--layers", "soul"],
    ] {
        let ran = desk.run(args);
        assert_eq!(ran.code, 2, "{args:?}: {}", ran.err);
        assert!(ran.out.is_empty() && !ran.err.is_empty(), "{args:?}");
    }
}

#[test]
fn every_list_comes_in_every_form() {
    let desk = Desk::new();
    desk.demo();
    for list in ["claims", "events", "disputes", "links", "forecasts", "threads", "sources", "places", "actors"] {
        let lines = desk.well(&[list, "demo.sitrep"]);
        assert!(lines == desk.well(&[list, "demo.sitrep", "--format", "jsonl"]), "{list}: JSONL is for pipes");
        let rows = json(&lines);
        let csv = desk.well(&[list, "demo.sitrep", "--format", "csv"]);
        assert!(!csv.is_empty(), "{list}: a header at least");
        assert!(!desk.well(&[list, "demo.sitrep", "--format", "table"]).is_empty());
        if list != "links" && list != "disputes" {
            assert!(!rows.is_empty(), "{list}: the samples have some");
        }
    }
}

#[test]
fn readers_names_are_kept_only_on_request() {
    let desk = Desk::new();
    desk.demo();
    assert!(desk.well(&["threads", "demo.sitrep", "--keep-names"]).contains("dusty_lens"));
    desk.well(&["export", "demo.sitrep", "--to", "jsonl", "-o", "all"]);
    let mut shown = desk.well(&["threads", "demo.sitrep"]) + &desk.well(&["claims", "demo.sitrep"]);
    shown += &desk.well(&["report", "demo.sitrep", "--format", "html"]);
    for file in std::fs::read_dir(desk.path("all")).unwrap() {
        shown += &std::fs::read_to_string(file.unwrap().path()).unwrap();
    }
    assert!(!shown.contains("dusty_lens") && !shown.contains("old cartographer"));
    assert!(shown.contains("reader-"));
}

#[test]
fn the_demo_reads_every_sample_and_verifies() {
    let desk = Desk::new();
    let ran = desk.run(&["demo", "--no-serve", "-o", "demo.sitrep"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.err.contains("12 reports read"), "{}", ran.err);
    let ran = desk.run(&["verify", "demo.sitrep"]);
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
}

#[test]
fn a_changed_record_does_not_verify() {
    let desk = Desk::new();
    let path = desk.demo();
    let file = rusqlite::Connection::open(&path).unwrap();
    let passage = b"grain silos";
    let mut pages = crate::run::stored(&path).into_iter();
    let holds = |page: &[u8]| page.windows(passage.len()).position(|window| window == passage);
    let (number, mut page, at) = pages.find_map(|(number, page)| holds(&page).map(|at| (number, page, at))).unwrap();
    page[at..at + 5].copy_from_slice(b"grime");
    let changed = file.execute("UPDATE page_bytes SET zlib = 0, raw = ?2 WHERE number = ?1", (number, page)).unwrap();
    assert_eq!(changed, 1);
    drop(file);
    let ran = desk.run(&["verify", "demo.sitrep"]);
    assert_eq!(ran.code, 4, "{}{}", ran.out, ran.err);
    assert!(!ran.out.is_empty());
}

#[test]
fn every_id_explains_itself() {
    let desk = Desk::new();
    desk.demo();
    for (list, id) in
        [("claims", "claim_id"), ("events", "event_id"), ("disputes", "dispute_id"), ("forecasts", "forecast_id")]
    {
        for row in json(&desk.well(&[list, "demo.sitrep"])) {
            let why = desk.well(&["why", "demo.sitrep", row[id].as_str().unwrap()]);
            assert!(why.lines().count() > 1, "{list}: {why}");
        }
    }
    let ran = desk.run(&["why", "demo.sitrep", "c_0000000000000000"]);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("c_0000000000000000"), "{}", ran.err);
}

#[test]
fn the_worked_tables_of_the_docs_are_what_the_program_says() {
    let desk = Desk::new();
    desk.demo();
    let events = json(&desk.well(&["events", "demo.sitrep"]));
    let ids = events.iter().map(|event| event["event_id"].as_str().unwrap());
    let told: Vec<String> = ids.clone().map(|id| desk.well(&["why", "demo.sitrep", id])).collect();
    let page = include_str!("../../../../docs/one-event.md");
    let tables = page.split("```text\n").skip(1).filter_map(|rest| rest.split_once("```")).map(|(table, _)| table);
    let lines: Vec<&str> = tables.flat_map(str::lines).map(str::trim).collect();
    assert!(lines.len() > 15, "{} lines of tables", lines.len());
    for line in lines {
        assert!(told.iter().any(|why| why.lines().any(|it| it.trim() == line)), "the program does not say: {line}");
    }
    let data = ids.map(|id| desk.well(&["why", "demo.sitrep", id, "--format", "jsonl"]));
    let joined = data.filter(|line| json(line)[0]["accounts"].as_array().is_some_and(|them| !them.is_empty()));
    assert!(joined.count() > 3);
}

#[test]
fn maps_reports_and_exports_are_written() {
    let desk = Desk::new();
    desk.demo();
    desk.well(&["map", "demo.sitrep", "-o", "map.svg"]);
    desk.well(&["map", "demo.sitrep", "-o", "map.png"]);
    assert!(std::fs::read_to_string(desk.path("map.svg")).unwrap().contains("<svg"));
    assert!(std::fs::read(desk.path("map.png")).unwrap().starts_with(b"\x89PNG"));
    assert!(desk.well(&["report", "demo.sitrep"]).starts_with("# "));
    assert!(desk.well(&["report", "demo.sitrep", "--format", "html"]).starts_with("<!DOCTYPE html>"));
    for format in desk.well(&["export", "--list"]).lines().map(|line| line.split(' ').next().unwrap()) {
        desk.well(&["export", "demo.sitrep", "--to", format, "-o", &format!("out-{format}")]);
        assert!(std::fs::read_dir(desk.path(&format!("out-{format}"))).unwrap().count() > 0, "{format}");
    }
    desk.well(&["export", "demo.sitrep", "--to", "geojson", "-o", "events.geojson"]);
    let geojson = std::fs::read_to_string(desk.path("events.geojson")).unwrap();
    assert_eq!(serde_json::from_str::<serde_json::Value>(&geojson).unwrap()["type"], "FeatureCollection");
}

#[test]
fn a_public_export_holds_only_what_was_accepted_and_says_so() {
    let desk = Desk::new();
    desk.demo();
    desk.well(&["export", "demo.sitrep", "--to", "jsonl", "--profile", "public", "-o", "public"]);
    assert_eq!(std::fs::read_to_string(desk.path("public/claims.jsonl")).unwrap(), "", "nobody accepted anything");
    assert!(std::fs::read_to_string(desk.path("public/notice.txt")).unwrap().contains("Reported, not verified"));
    desk.write("settings.toml", "min_age_days = 0");
    let args = [
        "export",
        "demo.sitrep",
        "--to",
        "csv",
        "--profile",
        "public",
        "--public-settings",
        "settings.toml",
        "-o",
        "x",
    ];
    let ran = desk.run(&args);
    assert!(ran.code == 1 && ran.err.contains("settings.toml"), "{}", ran.err);
}

#[test]
fn what_is_published_is_always_the_public_profile() {
    let desk = Desk::new();
    desk.demo();
    let claims = json(&desk.well(&["claims", "demo.sitrep", "--voice", "article"]));
    for claim in &claims {
        desk.well(&["review", "demo.sitrep", "accept", claim["claim_id"].as_str().unwrap(), "--reviewer", "desk"]);
        if desk.well(&["publish", "demo.sitrep", "--to", "jsonl", "-o", "-"]).contains("claim_id") {
            break;
        }
    }
    desk.well(&["publish", "demo.sitrep", "--to", "jsonl", "-o", "published"]);
    desk.well(&["export", "demo.sitrep", "--to", "jsonl", "--profile", "public", "-o", "public"]);
    let read = |name: &str| std::fs::read_to_string(desk.path(name)).unwrap();
    assert_eq!(read("published/claims.jsonl"), read("public/claims.jsonl"));
    assert_ne!(read("published/claims.jsonl"), "", "an accepted claim leaves");
    desk.well(&["publish", "demo.sitrep", "-o", "site"]);
    assert!(read("site/notice.txt").contains("Reported, not verified"));
    for flag in [&["--profile", "spreadsheet"][..], &["--keep-names"], &["--offsets", "bytes"]] {
        assert_eq!(desk.run(&[&["publish", "demo.sitrep", "-o", "x"], flag].concat()).code, 2, "{flag:?}");
    }
    let built_in = include_str!("../../../sitrep-show/data/public.toml");
    for (from, to, code) in [
        ("min_age_days = 30", "min_age_days = 29", 2),
        ("grid_degrees = 0.05", "grid_degrees = 0.01", 2),
        ("min_radius_km = 4.0", "min_radius_km = 0.0", 2),
        ("\"aid.blocked\", ", "", 2),
        ("\"white helmets\", ", "", 2),
        ("min_age_days = 30", "min_age_days = 300", 0),
    ] {
        assert!(built_in.contains(from), "{from}");
        desk.write("settings.toml", built_in.replace(from, to));
        let ran = desk.run(&[
            "publish",
            "demo.sitrep",
            "--to",
            "csv",
            "--public-settings",
            "settings.toml",
            "-o",
            "stricter",
        ]);
        assert_eq!(ran.code, code, "{to}: {}", ran.err);
    }
}

#[test]
fn a_ruling_is_kept_and_can_be_taken_back() {
    let desk = Desk::new();
    desk.demo();
    let before = desk.well(&["events", "demo.sitrep"]);
    let claims = json(&desk.well(&["claims", "demo.sitrep"]));
    let id = claims[0]["claim_id"].as_str().unwrap();
    desk.well(&["review", "demo.sitrep", "reject", id, "--why", "a test"]);
    assert!(before != desk.well(&["events", "demo.sitrep"]), "the rejected claim still makes an event");
    assert_eq!(desk.run(&["verify", "demo.sitrep"]).code, 0);
    desk.well(&["review", "demo.sitrep", "undo", "1"]);
    assert!(before == desk.well(&["events", "demo.sitrep"]));
    assert_eq!(desk.run(&["review", "demo.sitrep", "reject", "c_0000000000000000"]).code, 1);
}

#[test]
fn the_register_of_sources_is_kept_listed_and_read_back() {
    let desk = Desk::new();
    desk.demo();
    let named = json(&desk.well(&["sources", "demo.sitrep"]));
    let outlet = named.iter().find(|row| row["type"] == "outlet").unwrap()["name"].as_str().unwrap().to_owned();
    let noted = ["--alignment", "pro-rebel", "--reliability", "C", "--on", "2031-05-09", "--why", "two corrections"];
    desk.well(&[&["source", "set", "demo.sitrep", &outlet.to_uppercase()][..], &noted].concat());
    let row = |desk: &Desk, name: &str| {
        let rows = json(&desk.well(&["sources", "demo.sitrep"]));
        rows.into_iter().find(|row| row["name"] == name).unwrap()
    };
    let told = row(&desk, &outlet);
    assert_eq!(
        (&told["alignment"], &told["reliability"], &told["on"]),
        (&"pro-rebel".into(), &"C".into(), &"2031-05-09".into())
    );
    assert_eq!(told["why"], "two corrections");
    assert_eq!(desk.run(&["verify", "demo.sitrep"]).code, 0);
    let table = desk.well(&["sources", "demo.sitrep", "--format", "csv"]);
    std::fs::write(
        desk.path("sources.csv"),
        table.clone() + "Tarn Radio,noted,0,0,D,,Tarn Media,,,,,\n,,,,A,,,,,,,\nBad Post,,,,Z,,,,,,,\n",
    )
    .unwrap();
    let ran = desk.run(&["source", "import", "demo.sitrep", "sources.csv", "--reviewer", "desk"]);
    assert_eq!(ran.code, 3, "one row has a grade that does not exist: {}", ran.err);
    assert!(ran.err.contains("2 noted") && ran.err.contains("row "), "{}", ran.err);
    let radio = row(&desk, "Tarn Radio");
    assert_eq!(
        (&radio["owner"], &radio["reliability"], &radio["rater"]),
        (&"Tarn Media".into(), &"D".into(), &"desk".into())
    );
    assert_eq!(desk.run(&["source", "set", "demo.sitrep", "Tarn Radio"]).code, 2, "nothing said of it");
}

#[test]
fn control_is_told_for_a_place() {
    let desk = Desk::new();
    desk.demo();
    let answer = json(&desk.well(&["control", "demo.sitrep", "al-Bukamal"])).remove(0);
    assert_ne!(answer["state"], "unknown", "{answer}");
    assert!(answer["sides"][0]["assertions"][0]["quote"].as_str().is_some_and(|quote| !quote.is_empty()), "{answer}");
    let unknown = json(&desk.well(&["control", "demo.sitrep", "Varnesh"])).remove(0);
    assert_eq!(unknown["state"], "unknown");
}

#[test]
fn a_pipe_that_closes_early_is_no_error() {
    let desk = Desk::new();
    let record = desk.demo();
    let mut child = Command::new(PROGRAM)
        .args(["claims", record.to_str().unwrap(), "--format", "jsonl"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let mut err = String::new();
    child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(0));
    assert_eq!(err, "");
}

#[test]
fn schemas_completions_and_man_page_are_printed() {
    let desk = Desk::new();
    for name in ["claim", "event", "dispute", "forecast", "link", "thread", "control"] {
        let schema: serde_json::Value = serde_json::from_str(&desk.well(&["schema", name])).unwrap();
        assert_eq!(schema["type"], "object", "{name}");
    }
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        assert!(desk.well(&["completions", shell]).contains("sitrep"));
    }
    assert!(desk.well(&["man"]).contains(".TH"));
}

#[test]
fn lines_have_the_fields_their_schema_requires() {
    let desk = Desk::new();
    desk.demo();
    for (list, name) in [("claims", "claim"), ("events", "event"), ("forecasts", "forecast"), ("threads", "thread")] {
        let schema: serde_json::Value = serde_json::from_str(&desk.well(&["schema", name])).unwrap();
        let properties = schema["properties"].as_object().unwrap();
        for row in json(&desk.well(&[list, "demo.sitrep"])) {
            let row = row.as_object().unwrap();
            for field in schema["required"].as_array().unwrap() {
                assert!(row.contains_key(field.as_str().unwrap()), "{list}: no {field}");
            }
            for field in row.keys() {
                assert!(properties.contains_key(field), "{list}: {field} is in no schema");
            }
        }
    }
}

#[test]
fn the_doctor_finds_the_program_well() {
    let desk = Desk::new();
    let ran = desk.run(&["doctor"]);
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
}
