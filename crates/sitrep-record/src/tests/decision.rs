//! The table behind a join: what it says, that it adds up, and that it is the one grouping went by.

use super::fuse::contents;
use super::*;
use crate::{comparisons, decision};

fn capture(outlet: &str, published: &str, day: &str) -> Report {
    let mut made = report(outlet, published, &[("territory.captured", "The army took the town of Varnesh.")]);
    made.claims[0].by(&["Loyalist Army"]).at("Varnesh").on(day);
    made
}

fn row<'d>(decision: &'d Decision, field: &str) -> &'d DecisionRow {
    decision.rows.iter().find(|row| row.field == field).expect("a row of that field")
}

#[test]
fn a_join_shows_its_fields_and_their_sum() {
    let (one, other) = (capture("A", "2031-05-06", "2031-05-05"), capture("B", "2031-05-07", "2031-05-05"));
    let contents = contents(&[&one, &other]);
    assert_eq!(contents.events.len(), 1);
    let behind = comparisons(&contents, contents.events[0].event_id.as_str());
    assert_eq!((behind.accounts.len(), behind.others.len()), (2, 0));
    let told = &behind.accounts[0];
    assert_eq!(told.verdict, Verdict::SameEvent);
    assert!(told.missing.is_empty());
    assert_eq!(told.points, told.rows.iter().map(|row| row.points).sum::<i32>());
    assert_eq!((row(told, "date").outcome.as_str(), row(told, "date").one.as_str()), ("same_day", "on 5 May 2031"));
    assert_eq!(row(told, "place").outcome, "same_once");
    assert_eq!(row(told, "actor").one, "the Loyalist Army");
}

#[test]
fn two_days_apart_forbid_and_the_table_says_so() {
    let (one, other) = (capture("A", "2031-05-06", "2031-05-05"), capture("B", "2031-06-07", "2031-06-05"));
    let told = decision((&one.claims[0], Some(&one.document)), (&other.claims[0], Some(&other.document)));
    assert_eq!(told.verdict, Verdict::Never);
    assert_eq!(row(&told, "date").outcome, "forbids");
    assert_eq!(told.missing, "never one event: days too far apart");
}

#[test]
fn a_claim_is_held_against_other_events() {
    let (one, other) = (capture("A", "2031-05-06", "2031-05-05"), capture("B", "2031-05-07", "2031-05-05"));
    let mut loose = report("C", "2031-05-08", &[("territory.captured", "They seized it after a long day.")]);
    loose.claims[0].on("2031-05-05");
    let contents = contents(&[&one, &other, &loose]);
    assert_eq!(contents.events.len(), 2, "a day alone joins nothing");
    let around = comparisons(&contents, loose.claims[0].claim_id.as_str());
    assert_eq!((around.accounts.len(), around.others.len()), (0, 1));
    let near = &around.others[0].decision;
    assert_eq!(near.verdict, Verdict::Perhaps);
    assert!(near.missing.contains("not told by both: place, actor"), "{}", near.missing);
    let within = comparisons(&contents, one.claims[0].claim_id.as_str());
    assert_eq!((within.accounts.len(), within.others.len()), (1, 1));
    assert_eq!(comparisons(&contents, "x_0000000000000000"), Decisions::default());
}

#[test]
fn a_shared_rare_name_weighs_more_than_a_description() {
    let named = |actor: &str| {
        let (mut one, mut other) = (capture("A", "2031-05-06", "2031-05-05"), capture("B", "2031-05-07", "2031-05-05"));
        one.claims[0].by(&[actor]);
        other.claims[0].by(&[actor]);
        decision((&one.claims[0], Some(&one.document)), (&other.claims[0], Some(&other.document))).points
    };
    assert!(named("Loyalist Army") > named("army"));
}

#[test]
fn a_shared_odd_count_weighs_more_than_a_round_one() {
    let killed = |one: f64, other: f64| {
        let made = |outlet: &str, n: f64| {
            let mut made = report(outlet, "2031-05-06", &[("casualties.killed", "People were killed there.")]);
            made.claims[0].at("Varnesh").on("2031-05-05").amount("killed", n);
            made
        };
        let (one, other) = (made("A", one), made("B", other));
        let told = decision((&one.claims[0], Some(&one.document)), (&other.claims[0], Some(&other.document)));
        row(&told, "number").points
    };
    assert!(killed(47.0, 47.0) > killed(20.0, 20.0) && killed(20.0, 20.0) > 0 && killed(20.0, 47.0) < 0);
}
