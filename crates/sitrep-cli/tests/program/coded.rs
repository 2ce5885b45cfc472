//! Coded event sets as sources: their rows are pages, their columns claims, and they meet what reports say.

use serde_json::Value;

use crate::run::{Desk, json};

const GED: &str = "id,relid,year,type_of_violence,side_a,side_b,number_of_sources,source_headline,source_original,where_prec,\
where_coordinates,latitude,longitude,date_prec,date_start,date_end,deaths_a,deaths_b,deaths_civilians,deaths_unknown,best,high,low\n\
4711,SYR-1,2017,1,Government of Syria,IS,1,\"Twelve \"\"fighters\"\" die at Mayadin\",Varnesh Courier,1,Mayadin town,35.0174,40.4490,1,\
2017-10-12,2017-10-12,2,10,0,0,12,15,10\n\
4712,SYR-2,2017,3,IS,Civilians,1,Village raided,,4,Deir ez-Zor province,35.3,40.1,4,2017-10-01,2017-10-31,0,0,5,0,5,5,odd\n\
4713,short,row\n";

const ACLED: &str = "\u{FEFF}event_id_cnty;event_date;year;time_precision;event_type;sub_event_type;actor1;actor2;civilian_targeting;\
location;latitude;longitude;geo_precision;source;notes;fatalities;timestamp\r\n\
SYR99;12 October 2017;2017;1;Battles;Armed clash;Military Forces of Syria (2000-2024);Islamic State (Syria);;Al Mayadin;35.0174;40.4490;1;\
Varnesh Courier;\"Fighting at Al Mayadin;\nten died.\";10;1508198400\r\n\
SYR100;2017-10-13;2017;2;Strategic developments;Other;Civilians (Syria);;;Nowhere;95;40;2;Courier;Something else;0;\r\n";

fn claims(desk: &Desk, record: &str) -> Vec<Value> {
    json(&desk.well(&["claims", record, "--format", "jsonl"]))
}

#[test]
fn rows_of_event_sets_become_pages_with_claims_of_their_columns() {
    let desk = Desk::new();
    desk.write("ged.csv", GED);
    desk.write("acled.csv", ACLED);
    let ran = desk.run(&["build", "ged.csv", "acled.csv", "-o", "sets.sitrep"]);
    assert_eq!(ran.code, 3, "one row is short: {}", ran.err);
    assert!(ran.err.contains("line 4") && ran.err.contains("3 cells under"), "{}", ran.err);
    let claims = claims(&desk, "sets.sitrep");
    let told: Vec<(&str, &str)> =
        claims.iter().map(|it| (it["document_path"].as_str().unwrap(), it["event"].as_str().unwrap())).collect();
    let mut fighting: Vec<&str> =
        told.iter().filter(|(path, _)| path.ends_with("SYR99")).map(|(_, event)| *event).collect();
    fighting.sort_unstable();
    assert_eq!(fighting, ["casualties.killed", "clash"]);
    assert_eq!(told.len(), 4, "the row whose type is no type of ours makes no claim: {told:?}");
    let first = claims.iter().find(|it| it["document_path"].as_str().unwrap().ends_with("#4711")).unwrap();
    assert_eq!(first["quote"], "Twelve \"\"fighters\"\" die at Mayadin", "as it stands in the row");
    assert_eq!(
        (&first["quantities"][0]["low"], &first["quantities"][0]["best"], &first["quantities"][0]["high"]),
        (&10.0.into(), &12.0.into(), &15.0.into())
    );
    assert_eq!((&first["place"]["precision"]["ucdp"], &first["time"]["from"]), (&1.into(), &"2017-10-12".into()));
    assert_eq!(first["actors"][1]["name"], "Islamic State");
    assert!(first["notes"][0].as_str().unwrap().starts_with("coded:"));
    let month = claims.iter().find(|it| it["document_path"].as_str().unwrap().ends_with("#4712")).unwrap();
    assert_eq!((&month["time"]["to"], &month["place"]["precision"]["ucdp"]), (&"2017-10-31".into(), &4.into()));
    assert_eq!(month["targets"][0]["kind"], "civilians");
    let pages = json(&desk.well(&["pages", "sets.sitrep", "--format", "jsonl"]));
    let outlets: Vec<&str> = pages.iter().map(|it| it["outlet"].as_str().unwrap()).collect();
    assert!(outlets.iter().filter(|it| **it == "UCDP GED").count() == 2 && outlets.contains(&"ACLED"), "{outlets:?}");
    let acled = pages.iter().find(|it| it["path"].as_str().unwrap().ends_with("SYR99")).unwrap();
    assert_eq!(acled["published"]["date"], "2017-10-17", "the day the row was published");
    assert!(pages.iter().any(|it| it["notes"].to_string().contains("low: odd is no number")));
    assert!(pages.iter().any(|it| it["notes"].to_string().contains("nowhere on the globe")));
    desk.well(&["verify", "sets.sitrep"]);
    let bytes = std::fs::read(desk.path("sets.sitrep")).unwrap();
    desk.run(&["add", "sets.sitrep", "acled.csv"]);
    assert!(bytes == std::fs::read(desk.path("sets.sitrep")).unwrap(), "adding twice changes nothing");
}

#[test]
fn a_record_is_checked_against_a_set() {
    let desk = Desk::new();
    desk.write(
        "a.txt",
        "On October 12, clashes between the Syrian army and ISIS in Mayadin killed 30 people, the Courier said.",
    );
    desk.write("acled.csv", ACLED);
    desk.well(&["build", "a.txt", "--published", "2017-10-13", "--outlet", "Varnesh Courier", "-o", "war.sitrep"]);
    desk.well(&["add", "war.sitrep", "acled.csv"]);
    let events = json(&desk.well(&["events", "war.sitrep", "--type", "clash", "--format", "jsonl"]));
    assert_eq!(events.len(), 1, "the row and the report tell of one clash: {events:?}");
    assert_eq!(events[0]["accounts"].as_array().unwrap().len(), 2);
}

#[test]
fn what_is_exported_in_the_columns_of_a_set_is_read_back() {
    let desk = Desk::new();
    desk.demo();
    for (set, file) in [("ged", "ged.csv"), ("acled", "acled.csv")] {
        desk.well(&["export", "demo.sitrep", "--to", set, "-o", set]);
        let text = std::fs::read_to_string(desk.path(&format!("{set}/{file}"))).unwrap();
        let mut table = csv::Reader::from_reader(text.as_bytes());
        let names = table.headers().unwrap().clone();
        let column =
            |row: &csv::StringRecord, name: &str| row[names.iter().position(|it| it == name).unwrap()].to_owned();
        let rows: Vec<csv::StringRecord> = table.records().map(Result::unwrap).collect();
        assert!(!rows.is_empty());
        let record = format!("{set}.sitrep");
        desk.well(&["build", &format!("{set}/{file}"), "-o", &record]);
        desk.well(&["verify", &record]);
        let claims = claims(&desk, &record);
        let (id, day, dead) = match set {
            "ged" => ("id", "date_start", "best"),
            _ => ("event_id_cnty", "event_date", "fatalities"),
        };
        let mut n_read = 0;
        for row in &rows {
            let mine: Vec<&Value> = claims
                .iter()
                .filter(|it| it["document_path"].as_str().unwrap().ends_with(&format!("#{}", column(row, id))))
                .collect();
            // Of "Other" and the like nobody can say which type of ours it was; the page says so.
            const OPEN: [&str; 4] = ["", "Other", "Change to group/activity", "Disrupted weapons use"];
            let open = set == "acled" && OPEN.contains(&column(row, "sub_event_type").as_str());
            assert!(!mine.is_empty() || open && column(row, dead) == "0", "{set}: {row:?}");
            n_read += usize::from(!mine.is_empty());
            for claim in mine {
                // An export gives the first day of a range, which the precision code then widens.
                let (from, to) = (&claim["time"]["from"], &claim["time"]["to"]);
                let on = column(row, day);
                assert!(from.as_str().unwrap_or_default() <= on.as_str(), "{set}: {claim}");
                assert!(to.as_str().unwrap_or_default() >= on.as_str(), "{set}: {claim}");
                let lat: f64 = column(row, "latitude").parse().unwrap_or(0.0);
                assert_eq!(claim["place"]["lat"].as_f64().unwrap_or(0.0), lat, "{set}");
                if claim["event"] == "casualties.killed" {
                    let n: f64 = column(row, dead).parse().unwrap();
                    assert_eq!(claim["quantities"][0]["best"].as_f64(), Some(n), "{set}");
                }
            }
        }
        assert!(2 * n_read > rows.len(), "{set}: {n_read} of {} rows", rows.len());
        let pages = json(&desk.well(&["pages", &record, "--format", "jsonl"]));
        assert_eq!(pages.len(), rows.len());
        assert!(pages.iter().all(|it| it["outlet"] == "Sitrep export"), "an export is no other source");
    }
}

#[test]
fn events_coded_by_hand_are_read() {
    let desk = Desk::new();
    desk.write(
        "hand.csv",
        "coder,event,from,to,place,lat,lon,radius_km,actors,targets,killed,source,text\n\
        desk,shelling,2031-05-09,,Korma,34.5,40.9,3,Syrian army;,Civilians,4,Harbour Post,\"Shells hit Korma, four died\"\n\
        desk,war,2031-05-09,,,,,,,,,,No such type\n",
    );
    desk.well(&["build", "hand.csv", "-o", "hand.sitrep"]);
    let claims = claims(&desk, "hand.sitrep");
    assert_eq!(claims.len(), 1);
    let claim = &claims[0];
    assert_eq!((&claim["event"], &claim["quote"]), (&"shelling".into(), &"Shells hit Korma, four died".into()));
    assert_eq!((&claim["quantities"][0]["best"], &claim["place"]["radius_km"]), (&4.0.into(), &3.0.into()));
    assert_eq!(claim["attribution"][1]["holder"], "Harbour Post");
    desk.well(&["verify", "hand.sitrep"]);
}

#[test]
fn a_table_that_is_torn_is_told_and_does_no_harm() {
    let desk = Desk::new();
    let mut torn = GED.as_bytes()[..GED.len() / 2].to_vec();
    torn.extend_from_slice(b"\"\xFF\0,\"\"\n\"");
    desk.write("torn.csv", torn);
    let ran = desk.run(&["build", "torn.csv", "-o", "torn.sitrep"]);
    assert_eq!(ran.code, 3, "{}", ran.err);
    assert!(ran.err.contains("quotation mark") || ran.err.contains("cells under"), "{}", ran.err);
}

#[test]
fn rulings_are_filled_in_beside_exported_claims() {
    let desk = Desk::new();
    desk.demo();
    desk.well(&["export", "demo.sitrep", "--to", "csv", "-o", "out"]);
    let text = std::fs::read_to_string(desk.path("out/claims.csv")).unwrap();
    let mut table = csv::Reader::from_reader(text.as_bytes());
    let header = table.headers().unwrap().clone();
    let mut filled = csv::Writer::from_writer(Vec::new());
    let with = |row: &csv::StringRecord, more: [&str; 3]| row.iter().chain(more).map(str::to_owned).collect::<Vec<_>>();
    filled.write_record(with(&header, ["action", "value", "why"])).unwrap();
    let asked = [
        ["accept", "", ""],
        ["reject", "", "misread"],
        ["relabel", "clash", ""],
        ["relabel", "war", ""],
        ["wish", "", ""],
    ];
    for (at, row) in table.records().map(Result::unwrap).enumerate() {
        filled.write_record(with(&row, asked.get(at).copied().unwrap_or_default())).unwrap();
    }
    desk.write("filled.csv", filled.into_inner().unwrap());
    let ran = desk.run(&["review", "demo.sitrep", "import", "filled.csv", "--reviewer", "desk"]);
    assert_eq!(ran.code, 3, "{}", ran.err);
    assert!(ran.err.contains("row 5") && ran.err.contains("row 6") && !ran.err.contains("row 7"), "{}", ran.err);
    let rulings = json(&desk.well(&["review", "demo.sitrep", "list", "--format", "jsonl"]));
    let actions: Vec<&str> = rulings.iter().map(|it| it["action"].as_str().unwrap()).collect();
    assert_eq!(actions, ["accept", "reject", "relabel"]);
    assert_eq!((&rulings[2]["value"], &rulings[1]["why"]), (&"event=clash".into(), &"misread".into()));
}
