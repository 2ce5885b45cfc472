//! A part of a record is what the whole says of it.

use std::path::Path;

use super::*;
use crate::{Access, Record, control};

fn made_record(path: &Path, n_reports: usize) -> Record {
    let mut record = Record::create(path, &edition()).unwrap();
    let mut war = made::War::new(3);
    for _ in 0..n_reports {
        let report = war.report();
        record.add(&report.page, &report.document, &report.claims, &[]).unwrap();
    }
    record.settle().unwrap();
    drop(record);
    Record::open(path, Access::ReadOnly).unwrap()
}

#[test]
fn a_filter_gives_what_it_gives_of_the_whole() {
    let folder = tempfile::tempdir().unwrap();
    let record = made_record(&folder.path().join("r"), 24);
    let some = |text: &str| Some(text.to_owned());
    let none = Filter::default;
    let filters = [
        Filter { place: some("kor"), ..none() },
        Filter { actor: some("BRIGADE"), ..none() },
        Filter { actor: some("made.1"), event: some("clash"), ..none() },
        Filter { source: some("desk"), event: some("territory"), ..none() },
        Filter { source: some("monitor"), ..none() },
        Filter { event: some("casualties"), ..none() },
        Filter { event: some("air_strike"), voice: Some(Voice::Comment), ..none() },
        Filter { since: Some(day("2029-01-03")), until: Some(day("2029-01-03")), ..none() },
        Filter { until: Some(day("2029-01-02")), place: some("a"), ..none() },
        Filter { status: Some(Status::Forecast), ..none() },
        Filter { place: some("nowhere at all"), ..none() },
    ];
    for filter in filters {
        let (whole, part) = (record.contents(&filter).unwrap(), record.selected(&filter).unwrap());
        assert_eq!(part.claims, whole.claims, "{filter:?}");
        assert_eq!(part.events, whole.events, "{filter:?}");
        assert_eq!(part.disputes, whole.disputes, "{filter:?}");
        assert_eq!(part.links, whole.links, "{filter:?}");
        assert_eq!(part.forecasts, whole.forecasts, "{filter:?}");
        for account in part.events.iter().flat_map(|event| &event.accounts) {
            let there = part.documents.iter().find(|document| document.id == account.document).unwrap();
            assert!(part.pages.iter().any(|row| row.id == there.page));
        }
    }
}

#[test]
fn one_thing_comes_with_all_it_rests_on() {
    let folder = tempfile::tempdir().unwrap();
    let record = made_record(&folder.path().join("r"), 24);
    let whole = record.contents(&Filter::default()).unwrap();
    let claim = |contents: &Contents, id: &ClaimId| contents.claims.iter().find(|claim| claim.claim_id == *id).cloned();
    for event in whole.events.iter().step_by(9) {
        let part = record.around(event.event_id.as_str()).unwrap().unwrap();
        assert!(part.events.contains(event));
        for account in &event.accounts {
            assert_eq!(claim(&part, &account.claim_id), claim(&whole, &account.claim_id));
        }
        for near in &event.near_misses {
            assert!(part.events.iter().any(|other| other.event_id == *near));
        }
    }
    for forecast in &whole.forecasts {
        let part = record.around(forecast.forecast_id.as_str()).unwrap().unwrap();
        assert!(part.forecasts.contains(forecast));
        for evidence in &forecast.evidence {
            assert_eq!(claim(&part, evidence), claim(&whole, evidence));
        }
    }
    for dispute in whole.disputes.iter().step_by(5) {
        assert!(record.around(dispute.dispute_id.as_str()).unwrap().unwrap().disputes.contains(dispute));
    }
    assert!(record.around("e_0000000000000000").unwrap().is_none());
    assert!(record.around("").unwrap().is_none());
}

#[test]
fn who_held_a_place_is_the_same_from_its_own_claims() {
    let folder = tempfile::tempdir().unwrap();
    let record = made_record(&folder.path().join("r"), 30);
    let whole = record.contents(&Filter::default()).unwrap();
    let places: std::collections::BTreeSet<&str> =
        whole.claims.iter().filter_map(|claim| claim.place.as_ref()?.name.as_deref()).collect();
    assert!(places.len() > 30);
    for place in places {
        let part = record.at_place(place).unwrap();
        assert_eq!(control(&part, place, None), control(&whole, place, None), "{place}");
    }
}
