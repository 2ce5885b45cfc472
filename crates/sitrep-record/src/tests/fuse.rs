//! Fusing on invented reports: what is one event, what is not, and what the record says about it.

use super::*;
use crate::fuse::Derived;
use crate::{control, derive};

pub(super) fn derived(reports: &[&Report]) -> Derived {
    let claims: Vec<Claim> = reports.iter().flat_map(|r| r.claims.clone()).collect();
    let documents: Vec<Document> = reports.iter().map(|r| r.document.clone()).collect();
    derive(&claims, &documents, None)
}

pub(super) fn contents(reports: &[&Report]) -> Contents {
    let derived = derived(reports);
    Contents {
        edition: edition(),
        pages: Vec::new(),
        documents: reports.iter().map(|r| r.document.clone()).collect(),
        claims: reports.iter().flat_map(|r| r.claims.clone()).collect(),
        events: derived.events,
        disputes: derived.disputes,
        links: derived.links,
        forecasts: derived.forecasts,
        copies: derived.copies,
        rulings: Vec::new(),
        register: Vec::new(),
    }
}

pub(super) fn kinds(derived: &Derived) -> Vec<&'static str> {
    derived.links.iter().map(|link| link.kind.as_str()).collect()
}

fn capture(outlet: &str, published: &str, line: &str) -> Report {
    let mut made = report(outlet, published, &[("territory.captured", line)]);
    made.claims[0].by(&["Loyalist Army"]).at("Varnesh").on("2031-05-05");
    made
}

#[test]
fn independent_reports_corroborate() {
    let a = capture("Northern Courier", "2031-05-06", "The Loyalist Army took Varnesh on May 5.");
    let b = capture("Harbour Gazette", "2031-05-07", "Varnesh fell to loyalists last Monday, residents said.");
    let derived = derived(&[&a, &b]);
    assert_eq!(derived.events.len(), 1);
    let event = &derived.events[0];
    assert_eq!((event.roots, event.grade.information), (2, 2));
    let expected =
        "The Loyalist Army captured Varnesh on 5 May 2031, according to Harbour Gazette and Northern Courier";
    assert_eq!(event.summary, expected);
    assert_eq!(kinds(&derived), ["same_event"]);
}

#[test]
fn copies_and_common_sources_are_one_root() {
    let line = "Columns of the Loyalist Army took the river town of Varnesh on the evening of May 5.";
    let (a, b) = (capture("Northern Courier", "2031-05-06", line), capture("Harbour Gazette", "2031-05-07", line));
    assert_eq!(derived(&[&a, &b]).events[0].roots, 1);
    assert_eq!(kinds(&derived(&[&a, &b])), ["copy"]);
    let mut c = capture("Northern Courier", "2031-05-06", "The Loyalist Army is in Varnesh since May 5.");
    let mut d = capture("Harbour Gazette", "2031-05-07", "Varnesh was stormed on Monday.");
    for claim in [&mut c.claims[0], &mut d.claims[0]] {
        claim.according_to("Loyalist press office", AttributionType::BelligerentMedia);
    }
    assert_eq!(derived(&[&c, &d]).events[0].roots, 1);
    let (e, f) =
        (capture("", "2031-05-06", "The Loyalist Army took Varnesh."), capture("", "2031-05-07", "Varnesh fell."));
    assert_eq!(derived(&[&e, &f]).events[0].roots, 1, "independence of unknown publishers is not presumed");
}

#[test]
fn the_loser_s_word_confirms() {
    let mut a = capture("Northern Courier", "2031-05-06", "The Loyalist Army took Varnesh on May 5.");
    a.claims[0].according_to("Loyalist Army", AttributionType::BelligerentMedia);
    let mut b = capture("Harbour Gazette", "2031-05-07", "We lost Varnesh, the Red Column admitted.");
    b.claims[0].against(&["Red Column"]).according_to("Red Column", AttributionType::BelligerentMedia);
    a.claims[0].against(&["Red Column"]);
    let derived = derived(&[&a, &b]);
    assert_eq!((derived.events[0].roots, derived.events[0].grade.information), (2, 1));
}

#[test]
fn readers_never_corroborate() {
    let a = capture("Northern Courier", "2031-05-06", "The Loyalist Army took Varnesh on May 5.");
    let alone = derived(&[&a]).events[0].clone();
    let mut b = capture("Northern Courier", "2031-05-06", "They took it on the fifth, I saw it.");
    b.claims[0].voice = Voice::Comment;
    let mut c = capture("Harbour Gazette", "2031-05-06", "Nobody took Varnesh, nonsense.");
    (c.claims[0].voice, c.claims[0].polarity) = (Voice::Comment, Polarity::Negated);
    let derived = derived(&[&a, &b, &c]);
    let event = &derived.events[0];
    assert_eq!((event.accounts.len(), event.roots, &event.grade), (3, 1, &alone.grade));
    assert_eq!(event.accounts.iter().filter(|account| account.root == "comments").count(), 2);
    assert_eq!(derived.disputes[0].field, DisputeField::Happened);
    assert_eq!(event.summary, alone.summary);
}

#[test]
fn days_apart_are_two_strikes_and_counts_are_disputed() {
    let strike = |outlet: &str, date: &str, dead: f64| {
        let mut made = report(outlet, date, &[("casualties.killed", "A strike on the market killed people.")]);
        made.claims[0].at("Varnesh").on(date).amount("killed", dead);
        made
    };
    let (a, b) = (strike("Northern Courier", "2031-05-05", 4.0), strike("Harbour Gazette", "2031-05-07", 4.0));
    assert_eq!(derived(&[&a, &b]).events.len(), 2);
    let c = strike("Harbour Gazette", "2031-05-05", 9.0);
    let derived = derived(&[&a, &c]);
    assert_eq!((derived.events.len(), derived.disputes.len()), (1, 1));
    assert_eq!(derived.disputes[0].field, DisputeField::Quantity);
    let values: Vec<&str> = derived.disputes[0].sides.iter().map(|side| side.value.as_str()).collect();
    assert_eq!(values, ["4", "9"]);
}

#[test]
fn a_named_operation_is_one_event_with_a_disputed_date() {
    let launch = |outlet: &str, date: &str| {
        let mut made = report(outlet, "2031-06-01", &[("operation.launched", "The operation “Northern Star” began.")]);
        made.claims[0].by(&["Loyalist Army"]).on(date).operation = Some("Northern Star".into());
        made
    };
    let (a, b) = (launch("Northern Courier", "2031-04-13"), launch("Harbour Gazette", "2031-03-16"));
    let derived = derived(&[&a, &b]);
    assert_eq!((derived.events.len(), derived.disputes.len()), (1, 1));
    assert_eq!(derived.disputes[0].field, DisputeField::Date);
    assert_eq!(kinds(&derived), ["contradicts"]);
}

#[test]
fn a_moving_front_is_progress_not_dispute() {
    let stand = |date: &str, km: f64| {
        let mut made = report("Northern Courier", date, &[("force.position", "The army stands before Varnesh.")]);
        let at = made.claims[0].by(&["Loyalist Army"]).at("Varnesh").on(date);
        let anchor = Some("Varnesh".to_owned());
        let relation = Relation { anchor, distance_km: Some(km), ..Relation::default() };
        at.place.as_mut().unwrap().relation = Some(relation);
        made
    };
    let (a, b) = (stand("2031-05-02", 45.0), stand("2031-05-03", 40.0));
    let derived = derived(&[&a, &b]);
    assert_eq!((derived.events.len(), derived.disputes.len()), (2, 0));
    assert_eq!(kinds(&derived), ["progress"]);
    assert_eq!(
        derived.events[0].summary,
        "The Loyalist Army stood 45 km from Varnesh on 2 May 2031, according to Northern Courier"
    );
}

#[test]
fn a_forecast_needs_two_roots_to_come_true() {
    let mut foresees = report("Northern Courier", "2031-05-01", &[("territory.captured", "Varnesh will likely fall.")]);
    let claim = foresees.claims[0].by(&["Loyalist Army"]).at("Varnesh");
    claim.status = Status::Forecast;
    let likelihood = Some(Likelihood { word: Some("likely".into()), low: 0.5, high: 0.75, yardstick: "test".into() });
    let window = Some([day("2031-05-01"), day("2031-05-31")]);
    claim.forecast = Some(ForecastView { window, rule: "P1M".into(), likelihood, criteria: "Varnesh is taken".into() });
    let a = capture("Northern Courier", "2031-05-06", "The Loyalist Army took Varnesh on May 5.");
    let b = capture("Harbour Gazette", "2031-05-07", "Varnesh fell to loyalists last Monday.");
    let one = derived(&[&foresees, &a]);
    assert_eq!((one.forecasts[0].state, one.forecasts[0].evidence.len()), (ForecastState::Open, 1));
    let two = derived(&[&foresees, &a, &b]);
    assert_eq!((two.forecasts[0].state, two.forecasts[0].resolved_by.len()), (ForecastState::True, 2));
    assert_eq!(two.forecasts[0].brier.unwrap().best, 0.0625);
    assert_eq!(two.events.len(), 1, "a forecast is no account of the event");
    let claims: Vec<Claim> = [&foresees, &a].iter().flat_map(|r| r.claims.clone()).collect();
    let late = derive(&claims, &[foresees.document, a.document], Some(day("2031-07-01")));
    assert_eq!(late.forecasts[0].state, ForecastState::Expired);
}

#[test]
fn control_is_contested_while_they_fight() {
    let a = capture("Northern Courier", "2031-05-06", "The Loyalist Army took Varnesh on May 5.");
    let mut b = report("Harbour Gazette", "2031-05-07", &[("clash", "Fighting went on inside Varnesh.")]);
    b.claims[0].by(&["Loyalist Army", "Red Column"]).at("Varnesh city").on("2031-05-06");
    let both = contents(&[&a, &b]);
    let answer = control(&both, "varnesh", None);
    assert_eq!((answer.state.as_str(), answer.sides.len()), ("contested", 2));
    let before = control(&both, "Varnesh", Some(day("2031-05-05")));
    assert_eq!((before.state.as_str(), before.sides[0].holder.as_deref()), ("asserted", Some("Loyalist Army")));
    assert_eq!(before.sides[0].since, Some(day("2031-05-05")));
    assert_eq!(control(&contents(&[&a]), "Varnesh", Some(day("2031-08-01"))).state, "last asserted");
    assert_eq!(control(&both, "Korma", None).state, "unknown");
    assert_eq!(kinds(&derived(&[&a, &b])), ["tension"]);
}

#[test]
fn the_order_of_claims_never_changes_the_result() {
    let reports = mixed_reports();
    let mut claims: Vec<Claim> = reports.iter().flat_map(|r| r.claims.clone()).collect();
    let mut documents: Vec<Document> = reports.iter().map(|r| r.document.clone()).collect();
    let first = derive(&claims, &documents, None);
    assert!(first.events.len() > 10 && first.links.len() > 20, "{} {}", first.events.len(), first.links.len());
    let mut seed = 7_u64;
    for _ in 0..20 {
        shuffle(&mut claims, &mut seed);
        shuffle(&mut documents, &mut seed);
        assert!(derive(&claims, &documents, None) == first);
    }
    claims.extend(claims.clone());
    assert!(derive(&claims, &documents, None) == first, "told twice");
}

/// Sixty reports of deeds at four towns over ten days: much that is nearly the same.
fn mixed_reports() -> Vec<Report> {
    let mut seed = 3_u64;
    let mut made = Vec::new();
    for number in 0..60 {
        let events =
            ["clash", "territory.captured", "force.position", "air_strike", "territory.held", "casualties.killed"];
        let event = events[pick(&mut seed, events.len())];
        let date = format!("2031-05-{:02}", 1 + pick(&mut seed, 10));
        let line = format!("Report {} of a deed number {}.", number % 7, pick(&mut seed, 5));
        let outlet = ["Northern Courier", "Harbour Gazette", "Hill Post"][pick(&mut seed, 3)];
        let mut one = report(outlet, &format!("2031-05-{:02}", 11 + number % 10), &[(event, &line)]);
        let claim = one.claims[0].by(&[["Loyalist Army", "Red Column"][pick(&mut seed, 2)]]);
        claim.at(["Varnesh", "Korma", "Tel Awza", "Pelin"][pick(&mut seed, 4)]);
        if pick(&mut seed, 4) > 0 {
            claim.on(&date);
        }
        if pick(&mut seed, 5) == 0 {
            claim.polarity = Polarity::Negated;
        }
        if pick(&mut seed, 6) == 0 {
            claim.voice = Voice::Comment;
        }
        claim.amount("killed", pick(&mut seed, 3) as f64);
        made.push(one);
    }
    made
}

fn pick(seed: &mut u64, below: usize) -> usize {
    *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    ((*seed >> 33) as usize) % below
}

fn shuffle<T>(list: &mut [T], seed: &mut u64) {
    for at in (1..list.len()).rev() {
        list.swap(at, pick(seed, at + 1));
    }
}

#[test]
fn ten_kilometres_in_two_days_contain_five_in_one() {
    let advance = |from: &str, to: &str, km: f64| {
        let mut made =
            report("Northern Courier", "2031-05-03", &[("force.advanced", &format!("They advanced {km} km."))]);
        made.claims[0].by(&["Loyalist Army"]).amount("distance_km", km).time = Some(days(from, to));
        made
    };
    let short = advance("2031-05-02", "2031-05-02", 5.0);
    assert_eq!(kinds(&derived(&[&short, &advance("2031-05-01", "2031-05-02", 10.0)])), ["compatible"]);
    assert_eq!(kinds(&derived(&[&short, &advance("2031-04-30", "2031-05-01", 10.0)])), ["compatible"]);
    assert_eq!(kinds(&derived(&[&short, &advance("2031-04-25", "2031-04-26", 10.0)])), ["progress"]);
    assert_eq!(kinds(&derived(&[&short, &advance("2031-05-01", "2031-05-02", 3.0)])), ["tension"]);
}

#[test]
fn a_denial_and_a_silence_attach_to_what_they_are_about() {
    let mut a = capture("Northern Courier", "2031-05-06", "The Loyalist Army took Varnesh on May 5.");
    let mut b = report(
        "Northern Courier",
        "2031-05-07",
        &[
            ("statement.denied", "The Red Column denied this."),
            ("statement.no_comment", "The ministry did not comment."),
        ],
    );
    let about = Some(a.claims[0].claim_id.clone());
    (b.claims[0].about, b.claims[1].about) = (about.clone(), about);
    a.claims[0].against(&["Red Column"]);
    let derived = derived(&[&a, &b]);
    assert_eq!((derived.events.len(), derived.events[0].accounts.len()), (1, 3));
    assert_eq!(kinds(&derived).iter().collect::<std::collections::BTreeSet<_>>().len(), 2, "{:?}", derived.links);
    assert_eq!(derived.disputes[0].field, DisputeField::Happened);
    assert_eq!(derived.events[0].grade.information, 6, "the denial stands in the same paper: no second root");
}

#[test]
fn what_could_not_be_verified_is_not_denied() {
    let a = capture("Northern Courier", "2031-05-06", "The Loyalist Army took Varnesh on May 5.");
    let mut b = report("Harbour Gazette", "2031-05-07", &[("statement.confirmed", "This could not be verified.")]);
    b.claims[0].polarity = Polarity::Negated;
    b.claims[0].about = Some(a.claims[0].claim_id.clone());
    let derived = derived(&[&a, &b]);
    assert_eq!((derived.disputes.len(), derived.events[0].roots), (0, 1));
    assert_eq!(derived.events[0].accounts.iter().filter(|account| account.stance == Stance::NoComment).count(), 1);
}

#[test]
fn one_is_not_many() {
    let mut a = report("Northern Courier", "2031-05-06", &[("casualties.killed", "A pilot was killed.")]);
    a.claims[0].against(&["a pilot"]).at("Varnesh");
    assert_eq!(derived(&[&a]).events[0].summary, "A pilot was killed at Varnesh, according to Northern Courier");
    a.claims[0].targets.clear();
    assert_eq!(derived(&[&a]).events[0].summary, "People were killed at Varnesh, according to Northern Courier");
}

#[test]
fn a_place_is_found_under_a_kindred_spelling() {
    let mut a = capture("Northern Courier", "2031-05-06", "The Loyalist Army took al-Buqasra on May 5.");
    a.claims[0].at("al-Buqasra");
    assert_eq!(control(&contents(&[&a]), "Abu Qasra", None).state, "last asserted");
    assert_eq!(control(&contents(&[&a]), "Qasr", None).state, "unknown");
}

#[test]
fn holding_the_land_between_is_not_holding_the_town() {
    let mut a = report(
        "Northern Courier",
        "2031-05-09",
        &[
            ("territory.held", "The Red Column is finished in Varnesh."),
            ("territory.held", "It still holds villages between Varnesh and Korma."),
        ],
    );
    for (claim, lat) in a.claims.iter_mut().zip([34.0, 34.1]) {
        claim.by(&["Red Column"]).at("Varnesh").on("2031-05-09");
        let place = claim.place.as_mut().unwrap();
        (place.lat, place.lon) = (Some(lat), Some(40.0));
    }
    a.claims[0].polarity = Polarity::Negated;
    let between = a.claims[1].place.as_mut().unwrap();
    (between.name, between.radius_km) = (Some("Varnesh – Korma".into()), Some(30.0));
    between.relation = Some(Relation { between: Some(["Varnesh".into(), "Korma".into()]), ..Relation::default() });
    let derived = derived(&[&a]);
    assert_eq!((derived.events.len(), derived.disputes.len(), derived.links.len()), (2, 0, 0));
}
