//! Rulings on invented reports: merge, split, pin, name, many at once, what stands against them, and the record as known on a day.

use super::*;
use crate::{Access, Record, audit, conflicts, queue};

fn capture(outlet: &str, published: &str, place: &str, date: &str, line: &str) -> Report {
    let mut made = report(outlet, published, &[("territory.captured", line)]);
    made.claims[0].by(&["Loyalist Army"]).at(place).on(date);
    made
}

struct Desk {
    record: Record,
    _folder: tempfile::TempDir,
}

impl Desk {
    fn with(reports: &[&Report]) -> Desk {
        let folder = tempfile::tempdir().unwrap();
        let mut record = Record::create(&folder.path().join("r.sitrep"), &edition()).unwrap();
        for one in reports {
            record.add(&one.page, &one.document, &one.claims, &[]).unwrap();
        }
        record.settle().unwrap();
        Desk { record, _folder: folder }
    }

    fn rule_as(&mut self, reviewer: &str, action: &str, subject: &str, value: &str) -> u64 {
        let value = (!value.is_empty()).then(|| value.to_owned());
        let (action, subject, reviewer) = (action.to_owned(), subject.to_owned(), reviewer.to_owned());
        let number = self.record.rule(&Ruling { number: 0, action, subject, value, reviewer, why: None }).unwrap();
        self.record.settle().unwrap();
        number
    }

    fn rule(&mut self, action: &str, subject: &str, value: &str) -> u64 {
        self.rule_as("desk", action, subject, value)
    }

    fn contents(&self) -> Contents {
        self.record.contents(&Filter::default()).unwrap()
    }

    /// Claims of each event, sorted.
    fn events(&self) -> Vec<Vec<ClaimId>> {
        let mut events: Vec<Vec<ClaimId>> =
            self.contents().events.iter().map(|e| e.accounts.iter().map(|a| a.claim_id.clone()).collect()).collect();
        events.sort();
        events
    }
}

fn id(report: &Report) -> &str {
    report.claims[0].claim_id.as_str()
}

fn three() -> [Report; 3] {
    [
        capture("Northern Courier", "2031-05-06", "Varnesh", "2031-05-05", "The Loyalist Army took Varnesh on May 5."),
        capture("Harbour Gazette", "2031-05-07", "Varnesh", "2031-05-05", "Varnesh fell to the Loyalist Army."),
        capture("Tarn Radio", "2031-05-20", "Korma", "2031-05-19", "Korma was seized by loyalists, residents said."),
    ]
}

#[test]
fn merged_claims_are_one_event_whatever_else_they_say() {
    let [a, b, c] = three();
    let mut desk = Desk::with(&[&a, &b, &c]);
    let before = desk.events();
    assert_eq!(before.len(), 2);
    let event = desk.contents().events.iter().find(|e| e.accounts.len() == 2).unwrap().event_id.to_string();
    desk.rule("merge", &event, id(&c));
    assert_eq!(desk.events().len(), 1);
    assert_eq!(desk.record.verify(None).unwrap(), []);
    desk.rule("undo", "1", "");
    assert_eq!(desk.events(), before);
}

#[test]
fn split_claims_leave_their_event_and_a_later_ruling_holds() {
    let [a, b, c] = three();
    let mut desk = Desk::with(&[&a, &b, &c]);
    let event = desk.contents().events.iter().find(|e| e.accounts.len() == 2).unwrap().event_id.to_string();
    desk.rule("split", &event, id(&b));
    assert_eq!(desk.events().len(), 3);
    // A new report alike to both joins one of them and never brings them together.
    let d = capture("Orsk Post", "2031-05-08", "Varnesh", "2031-05-05", "Varnesh fell to the Loyalist Army on May 5.");
    desk.record.add(&d.page, &d.document, &d.claims, &[]).unwrap();
    desk.record.settle().unwrap();
    assert_eq!(desk.events().len(), 3);
    desk.rule_as("second", "merge", id(&a), id(&b));
    assert_eq!(desk.events().len(), 2);
    let told = conflicts(&desk.contents());
    assert_eq!((told.len(), told[0].ruling), (1, 1), "{told:?}");
    let states: Vec<&str> = audit(&desk.contents().rulings).iter().map(|entry| entry.state.as_str()).collect();
    assert_eq!(states, ["in force in part", "in force"]);
    let mut refused = |action: &str, subject: &str, value: &str| {
        let value = Some(value.to_owned());
        let (action, subject) = (action.to_owned(), subject.to_owned());
        desk.record.rule(&Ruling { number: 0, action, subject, value, reviewer: "desk".into(), why: None }).is_err()
    };
    assert!(refused("split", id(&a), id(&c)), "not an account of it");
    assert!(refused("merge", id(&a), "c_none") && refused("merge", id(&a), "") && refused("merge", "e_none", id(&a)));
}

#[test]
fn a_merged_denial_speaks_about_the_event() {
    let [a, _, _] = three();
    let mut denial = report("Harbour Gazette", "2031-05-08", &[("statement.denied", "The rebels denied it.")]);
    denial.claims[0].by(&["Red Column"]);
    let mut desk = Desk::with(&[&a, &denial]);
    assert_eq!(desk.events().len(), 2);
    desk.rule("merge", id(&a), id(&denial));
    let contents = desk.contents();
    assert_eq!((contents.events.len(), contents.events[0].event.as_str()), (1, "territory.captured"));
    assert_eq!(contents.disputes.len(), 1, "happened or not");
}

#[test]
fn places_days_and_names_are_pinned() {
    let [a, b, _] = three();
    let mut desk = Desk::with(&[&a, &b]);
    desk.rule("pin", id(&a), "date=2031-05-03");
    desk.rule("pin", id(&a), "place=34.5,40.9,5;name=Varnesh;country=SY");
    desk.rule("name", id(&b), "actor=Loyalist Army -> Home Guard;id=home-guard");
    let contents = desk.contents();
    let claim = |it: &Report| contents.claims.iter().find(|claim| claim.claim_id == it.claims[0].claim_id).unwrap();
    let (time, place) = (claim(&a).time.as_ref().unwrap(), claim(&a).place.as_ref().unwrap());
    assert_eq!(
        (time.from, time.to, time.value.as_str()),
        (Some(day("2031-05-03")), Some(day("2031-05-03")), "2031-05-03")
    );
    assert_eq!((place.lat, place.radius_km, place.name.as_deref()), (Some(34.5), Some(5.0), Some("Varnesh")));
    let actor = &claim(&b).actors[0];
    assert_eq!((actor.name.as_str(), actor.actor_id.as_deref()), ("Home Guard", Some("home-guard")));
    assert_eq!(claim(&a).quote, a.claims[0].quote, "the words stay");
    desk.rule("name", "loyalist army", "actor=Home Guard");
    let contents = desk.contents();
    assert!(contents.claims.iter().all(|claim| claim.actors[0].name == "Home Guard"));
    let conflicts = conflicts(&contents);
    assert_eq!(conflicts.len(), 1, "the other account still says 5 May: {conflicts:?}");
}

#[test]
fn new_evidence_against_a_ruling_is_told() {
    let [a, b, c] = three();
    let mut desk = Desk::with(&[&a, &c]);
    desk.rule("accept", id(&a), "");
    desk.rule("reject", id(&c), "");
    assert_eq!(conflicts(&desk.contents()), []);
    let mut denial =
        capture("Harbour Gazette", "2031-05-09", "Varnesh", "2031-05-05", "Varnesh did not fall on May 5.");
    denial.claims[0].polarity = Polarity::Negated;
    let again = capture("Orsk Post", "2031-05-21", "Korma", "2031-05-19", "The Loyalist Army took Korma on May 19.");
    for one in [&denial, &again] {
        desk.record.add(&one.page, &one.document, &one.claims, &[]).unwrap();
    }
    desk.record.settle().unwrap();
    let told: Vec<(u64, Vec<ClaimId>)> =
        conflicts(&desk.contents()).into_iter().map(|it| (it.ruling, it.claims)).collect();
    assert_eq!(told, [(1, vec![denial.claims[0].claim_id.clone()]), (2, vec![again.claims[0].claim_id.clone()])]);
    desk.rule_as("second", "reject", id(&a), "");
    let told = conflicts(&desk.contents());
    assert!(told.iter().any(|it| it.ruling == 1 && it.why.contains("second rules otherwise in ruling 3")), "{told:?}");
    assert_eq!(queue(&desk.contents())[0].kind, ReviewKind::Conflict);
    // A pinned day that other accounts do not share.
    let mut desk = Desk::with(&[&a, &b]);
    desk.rule("merge", id(&a), id(&b));
    desk.rule("pin", id(&a), "date=2031-04-01");
    let told = conflicts(&desk.contents());
    assert_eq!((told.len(), told[0].ruling, &told[0].claims), (1, 2, &vec![b.claims[0].claim_id.clone()]), "{told:?}");
}

#[test]
fn many_rulings_come_at_once_and_a_wrong_one_costs_only_itself() {
    let reports: Vec<Report> = (0..40)
        .map(|n| {
            capture("Northern Courier", "2031-05-06", &format!("Town {n}"), "2031-05-05", &format!("Town {n} fell."))
        })
        .collect();
    let mut desk = Desk::with(&reports.iter().collect::<Vec<_>>());
    let ruling = |action: &str, subject: &str| Ruling {
        number: 0,
        action: action.to_owned(),
        subject: subject.to_owned(),
        value: None,
        reviewer: "desk".into(),
        why: None,
    };
    let mut rulings: Vec<Ruling> = reports.iter().map(|it| ruling("accept", id(it))).collect();
    rulings.insert(1, ruling("accept", "c_none"));
    rulings.push(ruling("undo", "40"));
    rulings.push(ruling("undo", "99"));
    let told = desk.record.rule_many(&rulings).unwrap();
    let numbers: Vec<Option<u64>> = told.iter().map(|it| it.as_ref().ok().copied()).collect();
    assert_eq!((numbers[0], numbers[1], numbers[2], numbers[40]), (Some(1), None, Some(2), Some(40)));
    assert_eq!(numbers[41..], [Some(41), None]);
    assert_eq!(desk.contents().rulings.len(), 41);
}

#[test]
fn as_known_on_a_day_is_the_record_of_the_pages_there_were() {
    let [a, b, mut c] = three();
    c.document.published = None;
    c.page.meta.retrieved = Some(day("2031-05-18"));
    let mut unknown = capture("Orsk Post", "2031-05-08", "Varnesh", "2031-05-05", "Varnesh did not fall.");
    unknown.document.published = None;
    let desk = Desk::with(&[&a, &b, &c, &unknown]);
    let path = desk._folder.path().join("r.sitrep");
    for (on, there) in [
        ("2031-05-05", vec![]),
        ("2031-05-06", vec![&a]),
        ("2031-05-10", vec![&a, &b]),
        ("2031-05-18", vec![&a, &b, &c]),
    ] {
        let known = Record::open(&path, Access::ReadOnly).unwrap().as_known(day(on));
        let of_these = Desk::with(&there).record.as_of(day(on));
        let all = Filter::default();
        assert_eq!(known.contents(&all).unwrap(), of_these.contents(&all).unwrap(), "{on}");
    }
}
