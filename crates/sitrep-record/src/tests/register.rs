//! What the user's register of sources changes: who counts as one origin, and when agreement is that of different sides.

use std::collections::BTreeMap;

use super::*;
use crate::fuse::{Known, derive_from};
use crate::register::Register;

fn event(reports: &[&Report], notes: &[(&str, &str)]) -> Event {
    let rulings: Vec<Ruling> = (1..)
        .zip(notes)
        .map(|(number, (source, value))| Ruling {
            number,
            action: "source".to_owned(),
            subject: (*source).to_owned(),
            value: Some((*value).to_owned()),
            reviewer: "desk".to_owned(),
            why: None,
        })
        .collect();
    let claims: Vec<Claim> = reports.iter().flat_map(|r| r.claims.clone()).collect();
    let documents: Vec<Document> = reports.iter().map(|r| r.document.clone()).collect();
    let known = Known { retrieved: BTreeMap::new(), register: Register::of(&rulings), ..Known::default() };
    let mut derived = derive_from(&claims, &documents, &known, None);
    assert_eq!(derived.events.len(), 1);
    derived.events.remove(0)
}

fn reports() -> [Report; 2] {
    let told = |outlet: &str, published: &str, line: &str| {
        let mut made = report(outlet, published, &[("territory.captured", line)]);
        made.claims[0].by(&["Loyalist Army"]).at("Varnesh").on("2031-05-05");
        made
    };
    [
        told("Northern Courier", "2031-05-06", "The Loyalist Army took Varnesh on May 5."),
        told("Harbour Gazette", "2031-05-07", "Varnesh fell to loyalists last Monday, residents said."),
    ]
}

#[test]
fn outlets_of_one_owner_or_family_are_one_root() {
    let [a, b] = reports();
    assert_eq!(event(&[&a, &b], &[]).roots, 2);
    let owned = [("Northern Courier", "owner=Tarn Media"), ("harbour gazette", "owner=TARN MEDIA")];
    let one = event(&[&a, &b], &owned);
    assert_eq!((one.roots, one.grade.information), (1, 6));
    assert_eq!(event(&[&a, &b], &[("Northern Courier", "owner=Harbour Gazette")]).roots, 1, "one owns the other");
    assert_eq!(event(&[&a, &b], &[("Northern Courier", "family=X"), ("Harbour Gazette", "family=x")]).roots, 1);
    assert_eq!(event(&[&a, &b], &[("Northern Courier", "owner=Y"), ("Harbour Gazette", "owner=Z")]).roots, 2);
}

#[test]
fn agreement_of_different_sides_is_the_best_grade_and_of_one_side_is_not() {
    let [a, b] = reports();
    let sides = |one: &str, other: &str| {
        let (one, other) = (format!("alignment={one}"), format!("alignment={other}"));
        event(&[&a, &b], &[("Northern Courier", &one), ("Harbour Gazette", &other)]).grade
    };
    assert_eq!(sides("loyalist", "rebel").information, 1);
    assert_eq!(sides("loyalist", "rebel").why, "2 independent roots of different alignment (loyalist, rebel)");
    assert_eq!(sides("loyalist", "Loyalist").information, 2);
    assert!(sides("loyalist", "Loyalist").why.ends_with("all of one alignment (loyalist)"));
}

#[test]
fn an_account_carries_the_rating_of_its_outlet() {
    let [a, b] = reports();
    let made = event(&[&a, &b], &[("Northern Courier", "reliability=B@2031-05-09")]);
    let mut ratings: Vec<_> = made.accounts.iter().map(|account| account.reliability).collect();
    ratings.sort_unstable();
    assert_eq!(ratings, [Reliability::B, Reliability::F]);
    assert_eq!(made.grade.information, event(&[&a, &b], &[]).grade.information, "the axes are kept apart");
}
