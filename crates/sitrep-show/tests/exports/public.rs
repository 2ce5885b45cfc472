//! The public profile, tried on many records: whatever reviewers accept, nothing else leaves, in any format.

use sitrep_model::{Contents, Ruling, Voice};
use sitrep_show::export::{ExportFormat, ExportOptions, PublicRules, export};

use crate::fixture;

fn ruling(number: u64, action: &str, subject: &str) -> Ruling {
    let (action, subject, why) = (action.to_owned(), subject.to_owned(), Some("the desk's own reason".to_owned()));
    Ruling { number, action, subject, value: None, reviewer: "Ottilie Marn".to_owned(), why }
}

/// Old enough for the default age: a later report that claims nothing moves the end of the record on.
fn contents() -> Contents {
    let mut contents = fixture::contents();
    let mut late = contents.documents[1].clone();
    late.id = sitrep_model::DocumentId::known("d_late");
    late.published.as_mut().unwrap().date = fixture::date("2031-09-01");
    contents.documents.push(late);
    contents
}

/// Everything an export holds, as one text; packed formats are left to the Python tests.
fn leaked(contents: &Contents, rules: &PublicRules) -> Vec<(&'static str, String)> {
    let options = ExportOptions { public: Some(rules), ..ExportOptions::default() };
    let one = |format: &ExportFormat| {
        let exported = export(contents, *format, &options);
        let files = exported.files.iter().map(|file| String::from_utf8_lossy(&file.bytes).into_owned());
        (format.name(), files.collect::<Vec<_>>().join("\n"))
    };
    ExportFormat::ALL.iter().map(one).collect()
}

#[test]
fn nothing_leaves_but_what_a_human_accepted() {
    let rules = PublicRules::built_in();
    let mut some_left = 0;
    for seed in 0_u32..12 {
        let mut contents = contents();
        let picked = |at: usize| (seed.wrapping_mul(2_654_435_761) >> (at % 31)) & 1 == 1;
        let verdict = |(at, claim): (usize, &sitrep_model::Claim)| {
            let action = if picked(at) {
                "accept"
            } else if picked(at + 7) {
                "reject"
            } else {
                "relabel"
            };
            ruling(at as u64 + 1, action, claim.claim_id.as_str())
        };
        contents.rulings = contents.claims.iter().enumerate().map(verdict).collect();
        let last = contents.rulings.len() as u64 + 1;
        contents.rulings.push(ruling(last, "undo", &(1 + u64::from(seed) % 14).to_string()));
        let undone = (seed as usize) % 14;
        let accepted = |at: usize| picked(at) && at != undone && contents.claims[at].voice != Voice::Comment;
        let quotes: Vec<&str> =
            (0..14).filter(|at| accepted(*at)).map(|at| contents.claims[at].quote.as_str()).collect();
        for (name, text) in leaked(&contents, &rules) {
            for (at, claim) in contents.claims.iter().enumerate().filter(|(at, _)| !accepted(*at)) {
                assert!(!text.contains(claim.claim_id.as_str()), "{name}, seed {seed}: claim {at} was not accepted");
                let elsewhere = quotes.iter().any(|quote| quote.contains(&claim.quote));
                assert!(elsewhere || !text.contains(&claim.quote), "{name}, seed {seed}: {}", claim.quote);
            }
            for hidden in ["Wren", "Aldous", "Petra", "My cousin", "idiot", "Ottilie", "own reason", "sings"] {
                assert!(!text.contains(hidden), "{name}, seed {seed}: {hidden}");
            }
            some_left += usize::from(name == "jsonl" && text.contains("\"claim_id\""));
        }
    }
    assert!(some_left > 6, "else this tests nothing: {some_left}");
}

fn accepted() -> Contents {
    let mut contents = contents();
    let all = contents.claims.iter().enumerate();
    contents.rulings = all.map(|(at, claim)| ruling(at as u64 + 1, "accept", claim.claim_id.as_str())).collect();
    contents
}

fn events(contents: &Contents, rules: &PublicRules) -> Vec<serde_json::Value> {
    let options = ExportOptions { public: Some(rules), ..ExportOptions::default() };
    let exported = export(contents, ExportFormat::Jsonl, &options);
    assert!(exported.files.iter().any(|file| file.name == "notice.txt" && file.text().contains("not verified")));
    let file = exported.files.iter().find(|file| file.name == "events.jsonl").unwrap();
    file.text().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn places_are_cells_and_never_points() {
    let rules = PublicRules::built_in();
    let found = events(&accepted(), &rules);
    let places: Vec<_> = found.iter().filter(|it| it["place"]["lat"].is_f64()).map(|it| &it["place"]).collect();
    assert!(places.len() > 5);
    for place in places {
        for name in ["lat", "lon"] {
            let cell = place[name].as_f64().unwrap() / rules.grid_degrees - 0.5;
            assert!((cell - cell.round()).abs() < 1e-4, "{place}");
        }
        assert!(place["radius_km"].as_f64().unwrap() >= rules.min_radius_km && place["area"].is_null());
        assert!(place["precision"]["ucdp"].as_u64().unwrap() >= 2 && place["geonames_id"].is_null());
    }
    assert!(found.iter().all(|it| it["grade"]["why"].as_str().unwrap().contains("not verified")));
}

#[test]
fn what_is_young_or_near_a_hospital_stays_in() {
    let rules = PublicRules::built_in();
    let all = events(&accepted(), &rules).len();
    let mut young = rules.clone();
    young.min_age_days = 130;
    assert!(events(&accepted(), &young).len() < all);
    young.min_age_days = 10_000;
    assert!(events(&accepted(), &young).is_empty());
    let mut hospital = accepted();
    let claim = hospital.claims.iter_mut().find(|it| it.event.as_str() == "air_strike").unwrap();
    claim.targets.push(fixture::build::actor("Varnesh Field Hospital", "humanitarian"));
    assert_eq!(events(&hospital, &rules).len(), all - 1, "the strike on a hospital stays in");
    let options = ExportOptions { public: Some(&rules), ..ExportOptions::default() };
    let told = export(&hospital, ExportFormat::Csv, &options).loss.to_text();
    assert!(told.contains("medical, relief or shelter sites (kept in): 1"), "{told}");
}
