//! Fitting in a little news gives what computing the whole gives, row for row.

use rusqlite::types::Value;
use sitrep_model::*;

use super::{Report, Says, day, edition, made, report};
use crate::{Derived, Record};

/// Every row of the tables that are computed from many claims together.
fn rows(record: &Record) -> Vec<(String, Vec<Vec<Value>>)> {
    let connection = record.reader().connection;
    let tables = [
        "event",
        "account",
        "dispute",
        "link",
        "forecast",
        "copy",
        "name",
        "named",
        "spot",
        "gist",
        "block",
        "furniture",
        "fresh",
    ];
    let read = |table: &str| {
        let mut all = connection
            .prepare(&format!("SELECT * FROM {table} ORDER BY 1, 2, 3"))
            .or_else(|_| connection.prepare(&format!("SELECT * FROM {table} ORDER BY 1")))
            .unwrap();
        let n = all.column_count();
        let rows = all.query_map([], |row| (0..n).map(|at| row.get(at)).collect()).unwrap();
        (table.to_owned(), rows.collect::<rusqlite::Result<Vec<Vec<Value>>>>().unwrap())
    };
    tables.into_iter().map(read).collect()
}

/// Fits in what is new, and compares with the whole.
fn compare(record: &mut Record, what: &str) {
    assert!(record.settle_near(0).unwrap(), "{what}: it can be fitted in");
    let near: Derived = record.reader().derived().unwrap();
    let found = rows(record);
    record.tighten().unwrap();
    let tight = std::fs::read(&record.path).unwrap();
    record.settle_whole().unwrap();
    let whole = record.reader().derived().unwrap();
    // What is written lot by lot is what holding everything at once gives.
    assert!(record.compute().unwrap() == whole, "{what}: lots");
    same(&near.events, &whole.events, what);
    same(&near.disputes, &whole.disputes, what);
    same(&near.copies, &whole.copies, what);
    same(&near.forecasts, &whole.forecasts, what);
    for link in &near.links {
        assert!(whole.links.contains(link), "{what}: too many {link:?}");
    }
    for link in &whole.links {
        assert!(near.links.contains(link), "{what}: missing {link:?}");
    }
    for ((table, one), (_, other)) in found.into_iter().zip(rows(record)) {
        assert!(one == other, "{what}: rows of {table} differ: {} and {}", one.len(), other.len());
    }
    assert!(tight == std::fs::read(&record.path).unwrap(), "{what}: the same bytes, once it is tight");
}

fn same<T: PartialEq + std::fmt::Debug>(near: &[T], whole: &[T], what: &str) {
    for (one, other) in near.iter().zip(whole) {
        assert_eq!(one, other, "{what}");
    }
    assert_eq!(near.len(), whole.len(), "{what}");
}

fn add(record: &mut Record, page: &Page, document: &Document, claims: &[Claim]) {
    record.add(page, document, claims, &[]).unwrap();
}

#[test]
fn a_report_fitted_in_gives_what_the_whole_gives() {
    let folder = tempfile::tempdir().unwrap();
    let mut record = Record::create(&folder.path().join("war.sitrep"), &edition()).unwrap();
    let mut war = made::War::new(2);
    let reports: Vec<made::Report> = (0..70).map(|_| war.report()).collect();
    let (later, first) = reports.split_at(14);
    first.iter().for_each(|report| add(&mut record, &report.page, &report.document, &report.claims));
    record.settle_whole().unwrap();
    // Reports from before all others, one by one and in lots: order never matters.
    for (number, lot) in later.chunks(3).enumerate() {
        for (at, report) in lot.iter().enumerate() {
            add(&mut record, &report.page, &report.document, &report.claims);
            if number % 2 == 0 {
                compare(&mut record, &format!("lot {number}, report {at}"));
            }
        }
        compare(&mut record, &format!("lot {number}"));
    }
}

/// A small war of few towns, so that much meets: denials and confirmations, corrections, columns on the march, depots nobody knows,
/// towns taken and lost, forecasts, an outlet that puts one paragraph on all its pages, pages saved twice from one address.
struct Small(made::Dice);

impl Small {
    fn pick<'t>(&mut self, of: &[&'t str]) -> &'t str {
        of[self.0.below(of.len())]
    }

    fn report(&mut self, number: usize) -> Report {
        const FURNITURE: &str = "The Varnesh Desk follows the war in the valley every day; write to the desk at any hour, we answer all letters.";
        let outlet = self.pick(&["Varnesh Desk", "Varnesh Desk", "Post", "Korma Herald"]);
        let date = format!("2031-05-{:02}", 1 + self.0.below(12));
        let mut lines: Vec<(&str, String)> = Vec::new();
        for _ in 0..2 + self.0.below(3) {
            let (town, army, toll) = (self.town(), self.army(), 10 + self.0.below(5));
            lines.push(match self.0.below(9) {
                0 => ("territory.captured", format!("{army} took the town of {town} on Monday, its spokesman said.")),
                1 => ("clash", format!("Fighting with {army} went on inside {town} until the night.")),
                2 => ("casualties.killed", format!("A strike on the market of {town} killed {toll} people.")),
                3 => (
                    "casualties.killed",
                    format!("Correction: the strike on the market of {town} killed {} people.", toll + 20),
                ),
                4 => ("force.position", format!("A column of {army} stands {toll} km from {town}.")),
                5 => ("force.advanced", format!("A column of {army} advanced {toll} km towards {town}.")),
                6 => ("statement.denied", "The ministry denied it.".to_owned()),
                7 => ("attack", format!("{army} attacked the Qarsh depot {toll} km east of {town}.")),
                _ => ("statement.confirmed", "A resident confirmed it.".to_owned()),
            });
        }
        if outlet == "Varnesh Desk" {
            lines.push(("other", FURNITURE.to_owned()));
        }
        let borrowed: Vec<(&str, &str)> = lines.iter().map(|(event, line)| (*event, line.as_str())).collect();
        let mut made = report(outlet, &date, &borrowed);
        if self.0.below(3) == 0 {
            made.document.url = Some(format!("https://post.example/{}", number % 4));
        }
        let mut previous: Option<ClaimId> = None;
        for claim in &mut made.claims {
            let day = format!("2031-05-{:02}", 1 + self.0.below(12));
            self.fill(claim, &day);
            if claim.event.family() == "statement" {
                claim.about = previous.clone();
            } else {
                previous = Some(claim.claim_id.clone());
            }
        }
        made
    }

    fn town(&mut self) -> &'static str {
        self.pick(&["Varnesh", "Korma", "Delta"])
    }

    fn army(&mut self) -> &'static str {
        self.pick(&["Red Column", "Loyalist Army", "Hill Brigade"])
    }

    /// What the words of a claim say, as its fields.
    fn fill(&mut self, claim: &mut Claim, day: &str) {
        let quote = claim.quote.clone();
        let named = |names: &[&'static str]| names.iter().copied().find(|name| quote.contains(name));
        let number = quote.split(' ').find_map(|word| word.parse::<f64>().ok());
        if let Some(army) = named(&["Red Column", "Loyalist Army", "Hill Brigade"]) {
            claim.by(&[army]);
        }
        if let Some(town) = named(&["Varnesh", "Korma", "Delta"]) {
            claim.at(town);
        }
        if self.0.below(4) > 0 {
            claim.on(day);
        }
        if let (true, Some(toll)) = (quote.contains("killed"), number) {
            claim.amount("killed", toll);
        }
        if let (true, Some(place)) = (quote.contains(" km "), &mut claim.place) {
            let anchor = place.name.clone();
            place.status = PlaceStatus::Relative;
            place.relation = Some(Relation { anchor, distance_km: number, ..Relation::default() });
        }
        if let (true, Some(place)) = (quote.contains("Qarsh"), &mut claim.place) {
            let east = 40.0 + number.unwrap_or_default() / 100.0;
            let ring = vec![[east, 35.0], [east + 0.2, 35.0], [east + 0.2, 35.2], [east, 35.2], [east, 35.0]];
            (place.text, place.name) = ("Qarsh depot".to_owned(), Some("Qarsh depot".to_owned()));
            place.area = Area::of(vec![vec![ring]]);
        }
        if claim.event.as_str() == "attack" && self.0.below(2) == 0 {
            claim.status = Status::Forecast;
            claim.forecast = Some(view(day));
        }
    }
}

fn view(from: &str) -> ForecastView {
    let likelihood = Likelihood { word: Some("likely".into()), low: 0.55, high: 0.8, yardstick: "ICD 203".into() };
    ForecastView {
        window: Some([day(from), day("2031-05-20")]),
        rule: "P1M from published".into(),
        likelihood: Some(likelihood),
        criteria: "the same told as done".into(),
    }
}

/// A ruling on one or two claims of the record, or the undoing of one.
fn ruling(dice: &mut made::Dice, claims: &[Claim], last: u64) -> Ruling {
    let mut any = || claims[dice.below(claims.len())].claim_id.to_string();
    let (one, two) = (any(), any());
    let (action, subject, value) = match dice.below(8) {
        0 => ("reject", one, None),
        1 => ("accept", one, None),
        2 => ("relabel", one, Some("event=clash".to_owned())),
        3 => ("pin", one, Some("date=2031-05-07".to_owned())),
        4 => ("pin", one, Some("place=35.1,40.2,2;name=Varnesh".to_owned())),
        5 => ("merge", one, Some(format!("with={two}"))),
        6 => ("split", one, Some(format!("with=;from={two}"))),
        _ if last > 0 => ("undo", last.to_string(), None),
        _ => ("accept", one, None),
    };
    let (action, reviewer) = (action.to_owned(), "desk".to_owned());
    Ruling { number: 0, action, subject, value, reviewer, why: None }
}

#[test]
fn rulings_and_whatever_reports_do_to_each_other_are_fitted_in() {
    for seed in 1..=4 {
        let folder = tempfile::tempdir().unwrap();
        let mut record = Record::create(&folder.path().join("small.sitrep"), &edition()).unwrap();
        let mut small = Small(made::Dice(seed));
        let mut dice = made::Dice(seed + 77);
        for number in 0..12 {
            let one = small.report(number);
            add(&mut record, &one.page, &one.document, &one.claims);
        }
        record.settle_whole().unwrap();
        for number in 12..24 {
            let mut what = format!("small war {seed}, step {number}");
            if number % 3 < 2 {
                let one = small.report(number);
                add(&mut record, &one.page, &one.document, &one.claims);
            }
            if number % 3 > 0 {
                let claims = record.reader().claims().unwrap();
                let last = record.rulings().unwrap().last().map_or(0, |ruling| ruling.number);
                let made = ruling(&mut dice, &claims, last);
                what = format!("{what}: {} {} {:?}", made.action, made.subject, made.value);
                // Two of the same claim, or the undoing of an undoing too many, are refused: then nothing is new.
                let _ = record.rule(&made);
            }
            compare(&mut record, &what);
        }
    }
}
