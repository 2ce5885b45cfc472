//! Exports to sets of coded events: who counts as a side, whose dead, what a day, a place and a dyad make together.

mod public;

use std::collections::BTreeMap;

use sitrep_model::{Contents, Stance, Status};
use sitrep_show::export::{ExportFormat, ExportOptions, Exported, export};

use crate::fixture::{self, build};

/// Rows of the main file by column.
pub(crate) fn rows(exported: &Exported, separator: u8) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::ReaderBuilder::new().delimiter(separator).from_reader(exported.files[0].bytes.as_slice());
    let header = reader.headers().unwrap().clone();
    let row = |row: csv::StringRecord| header.iter().zip(&row).map(|(a, b)| (a.to_owned(), b.to_owned())).collect();
    reader.records().map(|it| row(it.unwrap())).collect()
}

/// Two raids of one day told by the Courier, and the dead of that day told by the Post.
fn raids() -> Contents {
    let mut contents = fixture::contents();
    let day = || build::time("On May 8", "2031-05-08");
    let mut made = Vec::new();
    let told = [
        ("attack", "the Northern Front entered Varnesh", 2.0, Some("guard")),
        ("attack", "Air strikes killed 12 people in Varnesh", 3.0, None),
        ("casualties.killed", "loyalist forces reached the frontier", 4.0, Some("civilians")),
    ];
    for (event, quote, dead, of) in told {
        let document = contents.documents.last().unwrap();
        let front = vec![build::actor("Northern Front", "rebels")];
        let mut claim = build::claim(document, quote, event, front, build::place::varnesh(), day(), None);
        claim.targets = vec![build::actor("Border Guard", "state forces")];
        let mut killed = build::quantity("so many", "killed", dead);
        killed.of = of.map(str::to_owned);
        claim.quantities = vec![killed];
        claim.claim_id = sitrep_model::ClaimId::of(&["raid", quote]);
        made.push(claim);
    }
    contents.events = made
        .iter()
        .map(|claim| build::event("The Northern Front raided Varnesh.", &[(claim, Stance::Affirms)], 1))
        .collect();
    contents.claims = made;
    contents.disputes.clear();
    contents
}

#[test]
fn sides_and_their_dead_are_kept_apart() {
    let options = ExportOptions::default();
    let ged = rows(&export(&raids(), ExportFormat::Ged, &options), b',');
    assert_eq!(ged.len(), 3);
    let cells = |row: &BTreeMap<String, String>, names: &[&str]| -> Vec<String> {
        names.iter().map(|it| row[*it].clone()).collect()
    };
    let sides = ["side_a", "side_b", "dyad_name", "type_of_violence"];
    assert_eq!(cells(&ged[0], &sides), ["Border Guard", "Northern Front", "Border Guard - Northern Front", "1"]);
    let dead = ["deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "best", "low", "high"];
    assert_eq!(cells(&ged[0], &dead), ["2", "0", "0", "0", "2", "2", "2"]);
    assert_eq!(cells(&ged[2], &dead), ["0", "0", "4", "0", "4", "4", "4"]);
    assert_eq!(
        cells(&ged[0], &["where_prec", "date_prec", "date_start", "priogrid_gid"]),
        ["1", "1", "2031-05-08", "179002"]
    );
    assert_eq!(cells(&ged[0], &["gwnoa", "conflict_name", "adm_1"]), ["", "", ""], "nothing is filled in");
}

#[test]
fn a_day_a_place_and_a_dyad_make_one_row() {
    let options = ExportOptions { aggregate: true, ..ExportOptions::default() };
    let ged = rows(&export(&raids(), ExportFormat::Ged, &options), b',');
    assert_eq!(ged.len(), 1);
    assert_eq!(
        [&ged[0]["best"], &ged[0]["deaths_a"], &ged[0]["event_clarity"]],
        ["5", "5", "2"],
        "five in deeds, not nine"
    );
    assert!(ged[0]["relid"].starts_with("g_"));
    let acled = rows(&export(&raids(), ExportFormat::Acled, &options), b',');
    assert_eq!(acled.len(), 1, "the count of dead is of the day's deeds");
    assert_eq!(
        [&acled[0]["fatalities"], &acled[0]["event_type"], &acled[0]["sub_event_type"]],
        ["5", "Battles", "Armed clash"]
    );
    assert_eq!([&acled[0]["inter1"], &acled[0]["inter2"], &acled[0]["interaction"]], ["1", "2", "12"]);
    assert_eq!(acled[0]["tags"].matches("e_").count(), 3, "every event behind the row is named: {}", acled[0]["tags"]);
}

#[test]
fn what_nobody_says_was_done_is_left_out_and_counted() {
    let mut contents = raids();
    contents.claims[0].status = Status::Planned;
    let exported = export(&contents, ExportFormat::Acled, &ExportOptions::default());
    assert_eq!(rows(&exported, b',').len(), 1);
    let lost: BTreeMap<&str, usize> = exported.loss.items.iter().map(|it| (it.what.as_str(), it.count)).collect();
    let of = |part: &str| lost.iter().find(|(what, _)| what.contains(part)).map(|(_, n)| *n);
    assert_eq!((of("no report says were done"), of("ACLED has no code")), (Some(1), Some(1)));
    let deathless = export(&fixture::contents(), ExportFormat::Ged, &ExportOptions::default());
    assert!(
        deathless.loss.to_text().contains("no report counts dead (left out: GED holds no others): 7"),
        "{}",
        deathless.loss.to_text()
    );
}
