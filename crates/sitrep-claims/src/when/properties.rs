//! What holds for every date, tried on sentences put together from parts: nothing happened after it was written, and without a day of
//! publication no year is made up.
//!
//! In: sentences made here. Out: the first ones that break a rule. Every sentence is tried on several days of publication.

use jiff::ToSpan;
use jiff::civil::{Date, date};
use sitrep_model::{Block, BlockKind, Comment, CommentId, Span, Status, TimexType, month_name};

use super::tests::{document, of};
use super::{Rules, TimeReader};
use crate::claims;
use crate::tests::{document as report, kit};

const WEEKDAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const PAST: [&str; 6] = [
    "Rebels captured the town of Ostrel {}.",
    "The army was driven from Ostrel {}, residents said.",
    "{} rebels attacked a convoy near Ostrel.",
    "A shell killed nine people in Ostrel {}.",
    "The ministry said its troops had entered Ostrel {}.",
    "{}, fighters withdrew from the village of Tamm and left it to the army.",
];

/// Ways of saying when that name no year.
fn yearless() -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for n in 0..12_i8 {
        let month = month_name(date(2000, n + 1, 1));
        for day in [1, 9, 15, 28] {
            all.push(format!("on {month} {day}"));
            all.push(format!("on {day} {month}"));
            all.push(format!("on the night of {day} {month}"));
        }
        all.push(format!("in {month}"));
        all.push(format!("in late {month}"));
        all.push(format!("between {} and {} {month}", 3 + n % 5, 12 + n));
        all.push(format!("from {month} 3 to {month} 9"));
    }
    for weekday in WEEKDAYS {
        all.extend([
            format!("on {weekday}"),
            format!("late on {weekday}"),
            format!("on {weekday} night"),
            format!("last {weekday}"),
        ]);
    }
    let others = [
        "yesterday",
        "today",
        "last night",
        "overnight",
        "this morning",
        "last week",
        "last month",
        "this week",
        "this month",
        "earlier this year",
        "last year",
        "two days ago",
        "three weeks ago",
        "a fortnight ago",
        "at the weekend",
        "at dawn",
        "at 5:30 p.m.",
        "in the spring",
        "last winter",
        "in the past two weeks",
        "on Easter",
        "on Eid al-Fitr",
        "on Christmas Eve",
        "during Ramadan",
        "on Nowruz",
        "late last month",
        "on the same day",
        "on the 3rd of May",
        "recently",
        "in recent weeks",
    ];
    all.extend(others.map(str::to_owned));
    all
}

fn sentences() -> Vec<String> {
    let capital = |frame: &str, when: &str| {
        if !frame.starts_with("{}") {
            return frame.replace("{}", when);
        }
        let mut letters = when.chars();
        let first: String = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
        frame.replace("{}", &first)
    };
    yearless().iter().flat_map(|when| PAST.iter().map(move |frame| capital(frame, when))).collect()
}

fn days_of_publication() -> Vec<Date> {
    [date(2031, 1, 1), date(2031, 5, 9), date(2031, 12, 31), date(2032, 2, 29)].to_vec()
}

#[test]
fn what_has_happened_lies_no_later_than_the_report() {
    let rules = Rules::load().unwrap_or_else(|e| panic!("{}", e.message));
    let (mut late, mut n_dated) = (Vec::new(), 0);
    for published in days_of_publication() {
        for text in sentences() {
            for (_, _, time) in of(&rules, &text, Some(published)) {
                n_dated += usize::from(time.from.is_some());
                if time.from.is_some_and(|from| from > published) {
                    late.push(format!("{published}: {text} -> {}", time.value));
                }
            }
        }
    }
    assert!(n_dated > 4_000, "{n_dated}");
    assert!(late.is_empty(), "{} of {n_dated}\n{}", late.len(), late[..late.len().min(40)].join("\n"));
}

#[test]
fn without_a_day_of_publication_no_day_is_known() {
    let rules = Rules::load().unwrap_or_else(|e| panic!("{}", e.message));
    let (mut known, mut n) = (Vec::new(), 0);
    for text in sentences() {
        for (_, _, time) in of(&rules, &text, None) {
            n += 1;
            let open = time.value.starts_with("XXXX") || time.value.starts_with('P') || time.value.ends_with("_REF");
            if !open || time.from.is_some() || time.to.is_some() || time.precision.is_some() {
                known.push(format!("{text} -> {} {:?} {:?}", time.value, time.from, time.to));
            }
        }
    }
    assert!(n > 1_000, "{n}");
    assert!(known.is_empty(), "{} of {n}\n{}", known.len(), known[..known.len().min(40)].join("\n"));
}

#[test]
fn a_claim_of_what_occurred_is_never_dated_after_its_report() {
    let kit = kit();
    let whens = [
        "on May 20",
        "on Monday",
        "by December 3",
        "on June 3",
        "tomorrow",
        "next week",
        "two days after the ceasefire of May 8",
        "a week after the fall of Ostrel on May 7",
        "the day after",
        "in the next three days",
        "until Saturday",
        "on 12 May 2031",
        "within a month of the agreement of May 1",
        "after May 30",
        "in late May",
        "this month",
        "this year",
        "on Eid al-Adha",
    ];
    let frames = [
        "Rebels captured the town of Ostrel {}.",
        "On Friday the army shelled Ostrel, and {} it withdrew from Tamm.",
        "A clash {} killed nine soldiers in Ostrel.",
    ];
    let (mut late, mut n) = (Vec::new(), 0);
    for when in whens {
        for frame in frames {
            let text = frame.replace("{}", when);
            let document = report(&text);
            let published = document.published.as_ref().map(|p| p.date).unwrap();
            for claim in claims(&kit, &document).value.iter().filter(|c| c.status == Status::Occurred) {
                let Some(time) = &claim.time else { continue };
                n += 1;
                if [time.from, time.to].into_iter().flatten().any(|day| day > published) {
                    late.push(format!(
                        "{text}: {} {} {:?}..{:?}",
                        claim.event.as_str(),
                        time.value,
                        time.from,
                        time.to
                    ));
                }
            }
        }
    }
    assert!(n > 60, "{n}");
    assert!(late.is_empty(), "{} of {n}\n{}", late.len(), late.join("\n"));
}

/// A reader's "yesterday" counts from the reader's own day, and means no day at all where that is not known.
#[test]
fn comments_count_from_their_own_day() {
    let text = "On May 5 the army entered Ostrel.\nThey left it yesterday.";
    let reader = TimeReader::new().unwrap_or_else(|e| panic!("{}", e.message));
    for (own, wanted) in [(Some(date(2031, 5, 12)), "2031-05-11"), (None, "XXXX-XX-XX")] {
        let mut document = document(text, Some(date(2031, 5, 9)));
        let line = text.find('\n').unwrap();
        document.blocks =
            vec![Block { kind: BlockKind::Body, span: Span::new(0, line), links: Vec::new(), language: None }];
        document.comments = vec![Comment {
            id: CommentId::of(&["one"]),
            parent: None,
            depth: 0,
            author: None,
            time: None,
            date: own,
            span: Span::new(line + 1, text.len()),
            labels: Vec::new(),
            reasons: Vec::new(),
            links: Vec::new(),
            language: None,
        }];
        let times = reader.times(&document);
        let last = &times.last().unwrap().1;
        assert_eq!((last.text.as_deref(), last.value.as_str()), (Some("yesterday"), wanted));
        assert_eq!(last.kind, TimexType::Date);
        assert_eq!(last.from, own.and_then(|d| d.checked_sub(1.day()).ok()));
    }
}
