//! The user's own places: taken in, used by `build`, listed, taken away; and what becomes of bad rows.

use crate::run::{Desk, json};

/// A village that no gazetteer has, two countries apart from another of its name.
const OWN: &str = "\
name,lat,lon,kind,country,admin1,alternate_names,population,id,source
Qerrushiyah,34.52,40.71,village,SY,Deir ez-Zor,Kerrushieh|Tell Qerrush,800,v1,field survey
Qerrushiyah,15.10,44.90,village,YE,,,900,v2,field survey
";

/// A report that is about Syria, and one that is about Yemen.
const NORTH: &str = "On 5 May 2031, government forces captured the village of Qerrushiyah, the army said. \
    Fighting went on in Mayadin and in Deir ez-Zor.\n";
const SOUTH: &str = "On 6 May 2031, government forces captured Qerrushiyah, the army said. \
    Fighting went on in Marib and Sanaa.\n";

fn places(desk: &Desk, args: &[&str]) -> Vec<serde_json::Value> {
    let all = [&["claims"], args].concat();
    let claims = json(&desk.well(&all));
    claims.into_iter().map(|claim| claim["place"].clone()).collect()
}

#[test]
fn an_own_village_is_found_and_the_near_one_of_two() {
    let desk = Desk::new();
    desk.write("own.csv", OWN);
    desk.write("a.txt", NORTH);
    desk.write("b.txt", SOUTH);
    desk.well(&["build", "a.txt", "-o", "without.sitrep"]);
    let without = places(&desk, &["without.sitrep"]);
    assert_eq!(without[0]["status"], "unknown", "{without:?}");
    let ran = desk.run(&["gazetteer", "import", "own.csv", "--gazetteer", "own", "--licence", "ours"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.err.contains("2 places"), "{}", ran.err);
    desk.well(&["build", "a.txt", "-o", "with.sitrep", "--gazetteer", "own"]);
    let with = places(&desk, &["with.sitrep"]);
    assert_eq!((with[0]["status"].as_str(), with[0]["lat"].as_f64()), (Some("known"), Some(34.52)), "{with:?}");
    assert_eq!(with[0]["country"], "SY");
    desk.well(&["build", "b.txt", "-o", "south.sitrep", "--gazetteer", "own"]);
    let south = places(&desk, &["south.sitrep"]);
    assert_eq!((south[0]["country"].as_str(), south[0]["lat"].as_f64()), (Some("YE"), Some(15.1)), "{south:?}");
    // The same from the same, and the record knows what it was made with.
    desk.well(&["build", "a.txt", "-o", "again.sitrep", "--gazetteer", "own"]);
    assert_eq!(std::fs::read(desk.path("with.sitrep")).unwrap(), std::fs::read(desk.path("again.sitrep")).unwrap());
    assert_eq!(desk.run(&["verify", "with.sitrep", "--gazetteer", "own"]).code, 0);
    let ran = desk.run(&["verify", "with.sitrep"]);
    assert!(ran.code == 0 && ran.err.contains("--gazetteer DIR"), "{} {}", ran.code, ran.err);
    let ran = desk.run(&["add", "with.sitrep", "a.txt"]);
    assert!(ran.code == 2 && ran.err.contains("--gazetteer DIR"), "{} {}", ran.code, ran.err);
}

#[test]
fn places_are_listed_searched_and_taken_away() {
    let desk = Desk::new();
    desk.write("own.csv", OWN);
    desk.well(&["gazetteer", "import", "own.csv", "--gazetteer", "own", "--licence", "ours"]);
    let info = json(&desk.well(&["gazetteer", "info", "--check", "--gazetteer", "own"]));
    assert_eq!((info[0]["name"].as_str(), info[0]["places"].as_u64()), (Some("own"), Some(2)));
    assert_eq!(
        (info[0]["sources"][0]["name"].as_str(), info[0]["licence"].as_str()),
        (Some("field survey"), Some("ours"))
    );
    let found = desk.well(&["gazetteer", "find", "kerrushieh", "--gazetteer", "own", "--format", "table"]);
    let lines: Vec<&str> = found.lines().collect();
    assert!(lines[0].starts_with("NAME") && lines[1].contains("34.5200") && lines[1].contains("v1"), "{found}");
    let found = json(&desk.well(&["gazetteer", "find", "Qerrushiyah", "--country", "ye", "--gazetteer", "own"]));
    assert_eq!((found.len(), found[0]["lat"].as_f64()), (1, Some(15.1)));
    desk.well(&["gazetteer", "remove", "own", "--gazetteer", "own"]);
    assert_eq!(desk.run(&["gazetteer", "remove", "own", "--gazetteer", "own"]).code, 2);
    assert_eq!(desk.run(&["gazetteer", "info", "--gazetteer", "own"]).code, 1);
    assert_eq!(desk.run(&["gazetteer", "info"]).code, 2, "the folder has to be told");
}

#[test]
fn bad_rows_are_named_and_cost_only_themselves() {
    let desk = Desk::new();
    let mut rows = b"name,lat,lon\nGood,1,2\nFar,100,2\nShort\n\"Two\nLines\",1,2\nRound,1,north\n".to_vec();
    rows.extend(b"Odd\xff,1,2\nNul\0,1,2\nTurned\xe2\x80\xae,1,2\nGood,1,2\n");
    rows.extend(format!("{},1,2\nLast,3,4\n", "x".repeat(10_000)).as_bytes());
    desk.write("own.csv", rows);
    let ran = desk.run(&["gazetteer", "import", "own.csv", "--gazetteer", "own", "--failures", "bad.jsonl"]);
    assert_eq!(ran.code, 3, "{}", ran.err);
    assert!(ran.err.contains("own.csv: line 3: latitude 100"), "{}", ran.err);
    assert!(ran.err.contains("2 places"), "{}", ran.err);
    let bad = json(&std::fs::read_to_string(desk.path("bad.jsonl")).unwrap());
    let told: Vec<(u64, &str)> =
        bad.iter().map(|line| (line["line"].as_u64().unwrap(), line["code"].as_str().unwrap())).collect();
    let expected = [
        (3, "coordinates"),
        (4, "columns"),
        (5, "name"),
        (7, "coordinates"),
        (8, "utf8"),
        (9, "name"),
        (10, "name"),
        (12, "name"),
        (11, "duplicate"),
    ];
    assert_eq!(told, expected);
}

#[test]
fn a_failed_import_leaves_the_places_before_it() {
    let desk = Desk::new();
    desk.write("own.csv", OWN);
    desk.well(&["gazetteer", "import", "own.csv", "--gazetteer", "own"]);
    let before = std::fs::read(desk.path("own/own.places")).unwrap();
    // What a killed import leaves behind.
    desk.write("own/own.unfinished/rows.0.run", "half");
    for (name, text, code) in [
        ("wrong.csv", "place,where\nx,y\n", 1),
        ("broken.geojson", "{\"features\":[{\"type\":\"Feature\",", 1),
        ("cut.zip", "PK\u{3}\u{4}cut", 1),
        ("empty.csv", "name,lat,lon\n", 3),
    ] {
        desk.write(name, text);
        let ran = desk.run(&["gazetteer", "import", name, "--name", "own", "--gazetteer", "own"]);
        assert_eq!(ran.code, code, "{name}: {}", ran.err);
    }
    assert_eq!(std::fs::read(desk.path("own/own.places")).unwrap(), before);
    let left: Vec<String> = std::fs::read_dir(desk.path("own"))
        .unwrap()
        .map(|e| e.unwrap().file_name().to_string_lossy().into_owned())
        .filter(|name| name != ".lock")
        .collect();
    assert_eq!(left, ["own.places"]);
    let ran = desk.run(&["gazetteer", "import", "wrong.csv", "--gazetteer", "own"]);
    assert!(ran.err.contains("name, lat and lon") && ran.err.contains("alternate_names"), "{}", ran.err);
    // A file cut short is told, not half used.
    desk.write("own/own.places", &before[..before.len() - 9]);
    let ran = desk.run(&["gazetteer", "find", "Qerrushiyah", "--gazetteer", "own"]);
    assert!(ran.code == 1 && ran.err.contains("cut short"), "{}", ran.err);
}

#[test]
fn a_damaged_file_is_told_by_check() {
    let desk = Desk::new();
    desk.write("own.csv", OWN);
    desk.well(&["gazetteer", "import", "own.csv", "--gazetteer", "own"]);
    let mut bytes = std::fs::read(desk.path("own/own.places")).unwrap();
    bytes[20] ^= 1;
    desk.write("own/own.places", bytes);
    assert_eq!(desk.run(&["gazetteer", "info", "--check", "--gazetteer", "own"]).code, 4);
}
