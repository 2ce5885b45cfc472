//! What `build` and `add` take, refuse and say about it.

use crate::run::{Desk, PLAIN, json};

#[test]
fn a_bad_input_costs_only_itself() {
    let desk = Desk::new();
    desk.write("in/good.txt", PLAIN);
    desk.write("in/empty.txt", "");
    desk.write("in/picture.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR");
    let ran = desk.run(&["build", "in", "missing.txt", "-o", "war.sitrep"]);
    assert_eq!(ran.code, 3, "{}", ran.err);
    for named in ["empty.txt", "picture.txt", "missing.txt"] {
        assert!(ran.err.lines().any(|line| line.contains(named)), "{named} is not named in: {}", ran.err);
    }
    assert!(ran.err.contains("1 report read"), "{}", ran.err);
    assert!(ran.out.is_empty());
    assert!(desk.path("war.sitrep").exists());
}

#[test]
fn nothing_readable_makes_no_record() {
    let desk = Desk::new();
    desk.write("empty.txt", " \n");
    std::fs::create_dir(desk.path("hollow")).unwrap();
    let ran = desk.run(&["build", "empty.txt", "hollow", "-o", "war.sitrep"]);
    assert_eq!(ran.code, 3);
    assert!(ran.err.contains("hollow") && ran.err.contains("no record was made"), "{}", ran.err);
    let left: Vec<_> = std::fs::read_dir(desk.path(".")).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert_eq!(left.len(), 2, "only the two inputs are left: {left:?}");
}

#[test]
fn a_file_named_twice_is_read_once() {
    let desk = Desk::new();
    desk.write("a.txt", PLAIN);
    let ran = desk.run(&["build", "a.txt", "./a.txt", "-o", "war.sitrep"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.err.contains("1 report read") && ran.err.contains("read once"), "{}", ran.err);
}

#[test]
fn a_bad_row_of_the_meta_file_costs_only_itself() {
    let desk = Desk::new();
    desk.write("a.txt", PLAIN);
    desk.write("b.txt", PLAIN.replace("Varnesh", "Ostrel"));
    desk.write("meta.csv", "path,outlet,published\na.txt,Varnesh Courier,2031-05-06\nb.txt,Harbour Post,someday\n");
    let ran = desk.run(&["build", "a.txt", "b.txt", "--meta", "meta.csv", "-o", "war.sitrep"]);
    assert_eq!(ran.code, 3, "{}", ran.err);
    assert!(ran.err.contains("meta.csv") && ran.err.contains("row 3"), "{}", ran.err);
    assert!(ran.err.contains("2 reports read"), "{}", ran.err);
}

#[test]
fn an_existing_file_is_never_overwritten() {
    let desk = Desk::new();
    desk.write("a.txt", PLAIN);
    desk.write("war.sitrep", "mine");
    let ran = desk.run(&["build", "a.txt", "-o", "war.sitrep"]);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("war.sitrep"), "{}", ran.err);
    assert_eq!(std::fs::read(desk.path("war.sitrep")).unwrap(), b"mine");
}

#[test]
fn what_is_not_a_record_is_told_in_one_line() {
    let desk = Desk::new();
    desk.write("a.txt", PLAIN);
    for name in ["a.txt", "none.sitrep"] {
        for command in ["claims", "verify", "serve"] {
            let ran = desk.run(&[command, name]);
            assert_eq!(ran.code, 1, "{command} {name}: {}", ran.err);
            assert_eq!(ran.err.lines().count(), 1, "{command} {name}: {}", ran.err);
            assert!(ran.err.contains(name) && ran.out.is_empty());
        }
    }
}

#[test]
fn adding_a_page_again_changes_nothing() {
    let desk = Desk::new();
    desk.write("a.txt", PLAIN);
    desk.write("b.txt", PLAIN.replace("Varnesh", "Ostrel"));
    desk.well(&["build", "a.txt", "-o", "war.sitrep", "--published", "2031-05-06"]);
    desk.well(&["add", "war.sitrep", "b.txt", "--published", "2031-05-06"]);
    let before = std::fs::read(desk.path("war.sitrep")).unwrap();
    let ran = desk.run(&["add", "war.sitrep", "a.txt", "--published", "2031-05-06"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.err.contains("already in the record"), "{}", ran.err);
    assert!(before == std::fs::read(desk.path("war.sitrep")).unwrap(), "the file changed");
}

#[test]
fn standard_input_is_an_input_like_any_other() {
    let desk = Desk::new();
    let ran = desk.feed(&["build", "-", "-o", "war.sitrep", "--outlet", "Harbour Post"], PLAIN);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(json(&desk.well(&["claims", "war.sitrep"])).iter().all(|claim| claim["document_path"] == "stdin"));
}

#[test]
fn an_archive_on_standard_input_may_be_larger_than_a_page() {
    let desk = Desk::new();
    let record = |kind: &str, url: &str, body: &[u8]| {
        let answer = [format!("HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\n\r\n").as_bytes(), body].concat();
        let n_bytes = answer.len();
        let head =
            format!("WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nContent-Length: {n_bytes}\r\n\r\n");
        [head.as_bytes(), &answer, b"\r\n\r\n"].concat()
    };
    let video = vec![7; 60 * 1024 * 1024];
    let archive = [
        record("video/mp4", "https://courier.example/v", &video),
        record("text/plain", "https://courier.example/a", PLAIN.as_bytes()),
    ];
    let ran = desk.feed(&["build", "-", "-o", "war.sitrep"], &archive.concat());
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.err.contains("1 report read") && ran.err.contains("comes through a pipe"), "{}", ran.err);
    // A zip file is read from its end.
    let (mut zip, mut list) = (Vec::new(), Vec::new());
    for (name, bytes) in [("v.bin", &video[..]), ("a.txt", PLAIN.as_bytes())] {
        let (at, n_bytes) = ((zip.len() as u32).to_le_bytes(), (bytes.len() as u32).to_le_bytes());
        let facts = [&[20, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0][..], &n_bytes, &n_bytes, &[5, 0, 0, 0]].concat();
        zip.extend([b"PK\x03\x04", &facts[..], name.as_bytes(), bytes].concat());
        list.extend([b"PK\x01\x02\x14\0", &facts[..], &[0; 10], &at, name.as_bytes()].concat());
    }
    let (at, n_bytes) = ((zip.len() as u32).to_le_bytes(), (list.len() as u32).to_le_bytes());
    zip.extend([&list[..], b"PK\x05\x06\0\0\0\0\x02\0\x02\0", &n_bytes, &at, &[0, 0]].concat());
    let ran = desk.feed(&["build", "-", "-o", "zip.sitrep"], &zip);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.err.contains("1 report read"), "{}", ran.err);
}

#[test]
fn a_folder_that_holds_the_record_is_read_again_without_it() {
    let desk = Desk::new();
    desk.write("a.txt", PLAIN);
    desk.write("empty.txt", "");
    for output in ["war.sitrep", "again.sitrep"] {
        let ran = desk.run(&["build", ".", "--failures", "failed.jsonl", "-o", output]);
        assert_eq!(ran.code, 3, "{}", ran.err);
        let told: Vec<&str> =
            ran.err.lines().filter(|line| line.contains("failed.jsonl") || line.contains("left out")).collect();
        assert!(ran.err.contains("1 report read") && told.is_empty(), "{}", ran.err);
        assert_eq!(json(&std::fs::read_to_string(desk.path("failed.jsonl")).unwrap()).len(), 1);
    }
}

#[test]
fn the_same_inputs_in_any_order_and_on_any_cores_make_the_same_record() {
    let desk = Desk::new();
    for (name, town) in [("a.txt", "Varnesh"), ("b.txt", "Ostrel"), ("c.txt", "Lower Tamm")] {
        desk.write(name, PLAIN.replace("Varnesh", town));
    }
    let published = ["--published", "2031-05-06"];
    let build = |inputs: [&str; 3], jobs: &str, output: &str| {
        let mut args = vec!["build"];
        args.extend(inputs);
        args.extend(published);
        args.extend(["--jobs", jobs, "-o", output]);
        desk.well(&args);
        std::fs::read(desk.path(output)).unwrap()
    };
    let one = build(["a.txt", "b.txt", "c.txt"], "1", "one.sitrep");
    assert!(one == build(["a.txt", "b.txt", "c.txt"], "3", "two.sitrep"), "the number of cores shows");
    assert!(one == build(["c.txt", "a.txt", "b.txt"], "2", "three.sitrep"), "the order of inputs shows");
}

#[test]
fn without_a_publication_date_nothing_is_dated_by_guesswork() {
    let desk = Desk::new();
    let text = "Army nears Varnesh

On May 5, government forces captured the village of Ostrel. Yesterday they shelled Varnesh.

Support us! Donations, JULY 2020: 412 of 5,000 crowns collected.
";
    desk.write("a.txt", text);
    let ran = desk.run(&["build", "a.txt", "-o", "war.sitrep"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.err.contains("--published") && ran.err.contains("--meta"), "{}", ran.err);
    let claims = json(&desk.well(&["claims", "war.sitrep"]));
    assert!(!claims.is_empty());
    for claim in claims {
        assert!(claim["time"]["from"].is_null() && claim["time"]["to"].is_null(), "{claim}");
    }
}

#[cfg(feature = "fetch")]
#[test]
fn fetching_asks_first_and_never_touches_this_machine() {
    let desk = Desk::new();
    let ran = desk.run(&["fetch", "http://127.0.0.1:9/report", "-o", "report.warc.gz"]);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("--allow-network"), "{}", ran.err);
    assert!(!desk.path("report.warc.gz").exists());
    let ran = desk.run(&["fetch", "http://127.0.0.1:9/report", "-o", "report.warc.gz", "--allow-network"]);
    assert_eq!(ran.code, 3);
    assert!(ran.err.contains("leads to 127.0.0.1") && ran.err.contains("refused"), "{}", ran.err);
}

#[test]
fn failures_are_written_down_with_where_and_why() {
    let desk = Desk::new();
    let answer = |text: &str| format!("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n{text}");
    let record = |n_bytes: usize, block: &str| {
        format!(
            "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://courier.example/a\r\nContent-Length: {n_bytes}\r\n\r\n{block}\r\n\r\n"
        )
    };
    let (good, cut) = (answer(PLAIN), answer(&PLAIN.replace("Varnesh", "Ostrel")));
    desk.write("crawl.warc", record(good.len(), &good) + &record(cut.len() + 500, &cut));
    desk.write("empty.txt", "");
    desk.write("meta.csv", "path,outlet\ncrawl.warc,Varnesh Courier\nother.txt,Harbour Post\n");
    let args =
        ["build", "crawl.warc", "empty.txt", "--meta", "meta.csv", "--failures", "failed.jsonl", "-o", "war.sitrep"];
    let ran = desk.run(&args);
    assert_eq!(ran.code, 3, "{}", ran.err);
    assert!(ran.err.contains("2 reports read"), "{}", ran.err);
    assert!(ran.err.contains("1 row of meta.csv matches no report: other.txt"), "{}", ran.err);
    let failures = json(&std::fs::read_to_string(desk.path("failed.jsonl")).unwrap());
    assert_eq!(failures.len(), 2, "{failures:?}");
    let second = record(good.len(), &good).len();
    assert_eq!(failures[0]["path"], "crawl.warc");
    assert_eq!((&failures[0]["code"], &failures[0]["offset"]), (&"truncated".into(), &second.into()));
    assert_eq!(failures[0]["record"], format!("@{second}"));
    assert_eq!((&failures[1]["path"], &failures[1]["code"]), (&"empty.txt".into(), &"empty".into()));
}

#[test]
fn who_collected_a_page_is_kept_with_it() {
    let desk = Desk::new();
    desk.write("a.txt", PLAIN);
    desk.write("b.txt", PLAIN.replace("Varnesh", "Ostrel"));
    desk.well(&["build", "a.txt", "--published", "2031-05-09", "--collector", "Night desk", "-o", "war.sitrep"]);
    desk.well(&["add", "war.sitrep", "b.txt", "--published", "2031-05-10"]);
    let pages = json(&desk.well(&["pages", "war.sitrep", "--format", "jsonl"]));
    let told: Vec<_> = pages.iter().map(|page| (page["path"].clone(), page["collector"].clone())).collect();
    assert_eq!(told, [("a.txt".into(), "Night desk".into()), ("b.txt".into(), serde_json::Value::Null)]);
    let why = desk.well(&["why", "war.sitrep", pages[0]["id"].as_str().unwrap()]);
    assert!(why.contains("collected by Night desk, taken in by sitrep "), "{why}");
}
