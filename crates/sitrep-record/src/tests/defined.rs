//! Places that several reports tell by others: their areas meet here, in whatever order the reports came.

use super::*;
use crate::{defined_places, derive};

/// A square around a point, as a place of this name told by another.
fn told(name: &str, anchor: &str, (lat, lon): (f64, f64), half: f64) -> Place {
    let (w, e, s, n) = (lon - half, lon + half, lat - half, lat + half);
    let ring = vec![[w, s], [e, s], [e, n], [w, n], [w, s]];
    let relation = Relation { anchor: Some(anchor.to_owned()), kind: Some("offset".into()), ..Relation::default() };
    Place {
        status: PlaceStatus::Relative,
        lat: Some(lat),
        lon: Some(lon),
        radius_km: Some(half * 150.0),
        relation: Some(relation),
        area: Area::of(vec![vec![ring]]),
        ..Place::unlocated(name.to_owned(), name.to_owned())
    }
}

fn says(outlet: &str, published: &str, place: Option<Place>) -> Report {
    let mut made = report(outlet, published, &[("attack", "Rebels attacked the Qarsh depot on May 5.")]);
    made.claims[0].by(&["rebels"]).on("2031-05-05");
    made.claims[0].place = Some(place.unwrap_or_else(|| super::place("Qarsh depot")));
    made
}

fn reports() -> Vec<Report> {
    vec![
        says("Northern Courier", "2031-05-06", Some(told("Qarsh depot", "Varnesh", (10.0, 20.0), 0.5))),
        says("Harbour Gazette", "2031-05-07", Some(told("Qarsh depot", "Karst", (10.4, 20.4), 0.5))),
        says("Delta Post", "2031-05-08", Some(told("Qarsh depot", "Tamm", (10.2, 20.3), 0.6))),
        says("Far Post", "2031-05-09", Some(told("Qarsh depot", "Ostrel", (30.0, 50.0), 0.7))),
        says("Plain Post", "2031-05-10", None),
    ]
}

#[test]
fn statements_of_several_reports_are_laid_over_each_other() {
    let reports = reports();
    let claims: Vec<Claim> = reports.iter().flat_map(|r| r.claims.clone()).collect();
    let defined = defined_places(&claims);
    let depot = defined.values().next().expect("one place is defined");
    assert_eq!(defined.len(), 1);
    assert_eq!(depot.told_by.len(), 3);
    assert_eq!(depot.against, [reports[3].claims[0].claim_id.clone()]);
    // 9.9 to 10.5 north, 19.9 to 20.5 east: what the first two share, and the third covers.
    assert_eq!((depot.place.lat, depot.place.lon), (Some(10.2), Some(20.2)));
    let Some(Area::Polygon(rings)) = &depot.place.area else { panic!("{:?}", depot.place.area) };
    assert!(rings[0].iter().all(|[lon, lat]| (19.9..=20.5).contains(lon) && (9.9..=10.5).contains(lat)), "{rings:?}");
    assert_eq!(rings[0].first(), rings[0].last());
}

#[test]
fn the_order_of_reports_does_not_matter() {
    let reports = reports();
    let claims: Vec<Claim> = reports.iter().flat_map(|r| r.claims.clone()).collect();
    let documents: Vec<Document> = reports.iter().map(|r| r.document.clone()).collect();
    let (whole, derived) = (defined_places(&claims), derive(&claims, &documents, None));
    // Every order of five, by Lehmer code.
    for code in 0..120 {
        let (mut left, mut mixed, mut rest) = (claims.clone(), Vec::new(), code);
        for n in (1..=5).rev() {
            mixed.push(left.remove(rest % n));
            rest /= n;
        }
        assert_eq!(defined_places(&mixed), whole, "order {code}");
        if code % 17 == 0 {
            assert_eq!(derive(&mixed, &documents, None), derived, "order {code}");
        }
    }
}

#[test]
fn who_only_names_it_gets_the_area_of_those_who_tell() {
    let reports = [reports().remove(0), reports().remove(4)];
    let claims: Vec<Claim> = reports.iter().flat_map(|r| r.claims.clone()).collect();
    let only = derive(&reports[1].claims, &[reports[1].document.clone()], None);
    assert!(only.events.iter().all(|e| e.place.as_ref().is_some_and(|p| p.lat.is_none())));
    let documents: Vec<Document> = reports.iter().map(|r| r.document.clone()).collect();
    let both = derive(&claims, &documents, None);
    assert!(both.events.iter().all(|e| e.place.as_ref().is_some_and(|p| p.lat == Some(10.0))), "{:?}", both.events);
}

#[test]
fn places_of_the_gazetteer_and_unnamed_ones_are_left_alone() {
    let mut known = says("Northern Courier", "2031-05-06", Some(told("Qarsh depot", "Varnesh", (10.0, 20.0), 0.5)));
    known.claims[0].place.as_mut().expect("set above").status = PlaceStatus::Known;
    let near = says("Harbour Gazette", "2031-05-07", Some(told("Varnesh", "Varnesh", (10.4, 20.4), 0.5)));
    let claims: Vec<Claim> = [known, near].iter().flat_map(|r| r.claims.clone()).collect();
    assert!(defined_places(&claims).is_empty());
}
