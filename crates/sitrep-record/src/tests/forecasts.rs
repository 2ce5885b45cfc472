//! The ledger on invented reports: what came in part, what hung on a condition, and how it stood on earlier days.

use super::fuse::{contents, derived};
use super::*;
use crate::scores;

/// The army will take Varnesh within May, likely.
fn foreseen(line: &str) -> Report {
    let mut made = report("Tarn Radio", "2031-05-01", &[("territory.captured", line)]);
    let claim = made.claims[0].by(&["Loyalist Army"]).at("Varnesh");
    claim.status = Status::Forecast;
    claim.forecast = Some(ForecastView {
        window: Some([day("2031-05-01"), day("2031-05-31")]),
        rule: "P1M".into(),
        likelihood: Some(Likelihood { word: Some("likely".into()), low: 0.55, high: 0.8, yardstick: "ICD 203".into() }),
        criteria: "Varnesh is taken".into(),
    });
    made
}

fn told(outlet: &str, published: &str, on: &str, line: &str) -> Report {
    let mut made = report(outlet, published, &[("territory.captured", line)]);
    made.claims[0].by(&["Loyalist Army"]).at("Varnesh").on(on);
    made
}

/// A report of June that says nothing of the matter: the window is over.
fn june() -> Report {
    report("Orsk Post", "2031-06-10", &[("talks", "Envoys met in Korma.")])
}

fn ledger(reports: &[&Report]) -> Forecast {
    derived(reports).forecasts.remove(0)
}

#[test]
fn several_targets_named_may_come_in_part() {
    let mut foresees =
        foreseen("The Loyalist Army will likely strike the Red Column and the Hill Brigade within a month.");
    let strike = EventType::from_code("air_strike").unwrap();
    (foresees.claims[0].event, foresees.claims[0].place) = (strike, None);
    foresees.claims[0].against(&["Red Column", "Hill Brigade"]);
    let struck = |outlet: &str, whom: &[&str], line: &str| {
        let mut made = told(outlet, "2031-05-12", "2031-05-11", line);
        (made.claims[0].event, made.claims[0].place) = (strike, None);
        made.claims[0].against(whom);
        made
    };
    let a = struck("Northern Courier", &["Red Column"], "Loyalist jets hit the Red Column on 11 May.");
    let b = struck("Harbour Gazette", &["Red Column"], "Positions of the Red Column were bombed, residents said.");
    assert_eq!(ledger(&[&foresees, &a, &b]).state, ForecastState::Open, "the rest may still come");
    let partly = ledger(&[&foresees, &a, &b, &june()]);
    assert_eq!((partly.state, partly.resolved_by.len(), partly.brier), (ForecastState::Partly, 2, None));
    let c = struck("Northern Courier", &["Hill Brigade"], "A camp of the Hill Brigade was hit by the army.");
    let d = struck("Orsk Post", &["Hill Brigade"], "Hill Brigade fighters died under bombs at dawn.");
    assert_eq!(ledger(&[&foresees, &a, &b, &c, &d]).state, ForecastState::True);
    assert_eq!(
        ledger(&[&foresees, &a, &b, &c, &june()]).state,
        ForecastState::Partly,
        "one origin alone decides nothing"
    );
}

#[test]
fn half_of_a_number_is_a_part_of_it() {
    let mut foresees = foreseen("The Loyalist Army will likely seize 10 tanks in Varnesh within a month.");
    foresees.claims[0].amount("tank", 10.0);
    let seized = |outlet: &str, n: f64, line: &str| {
        let mut made = told(outlet, "2031-05-12", "2031-05-11", line);
        made.claims[0].amount("tank", n);
        made
    };
    let state = |n: f64| {
        let a = seized("Northern Courier", n, "The army took tanks in Varnesh on 11 May.");
        let b = seized("Harbour Gazette", n, "Varnesh fell with its armour, residents said.");
        ledger(&[&foresees, &a, &b, &june()]).state
    };
    assert_eq!(
        [state(12.0), state(6.0), state(3.0)],
        [ForecastState::True, ForecastState::Partly, ForecastState::Expired]
    );
}

#[test]
fn what_hangs_on_a_condition_is_void_without_it() {
    let mut foresees =
        foreseen("If the Hill Brigade leaves the Tarn bridge, the army will likely take Varnesh within a month.");
    foresees.claims[0].condition_text = Some("the Hill Brigade leaves the Tarn bridge".into());
    let a = told("Northern Courier", "2031-05-12", "2031-05-11", "The Loyalist Army took Varnesh on 11 May.");
    let b = told("Harbour Gazette", "2031-05-13", "2031-05-11", "Varnesh fell to loyalists, residents said.");
    let open = ledger(&[&foresees, &a, &b]);
    assert_eq!(open.state, ForecastState::Open, "{:?}", open.why);
    let void = ledger(&[&foresees, &a, &b, &june()]);
    assert_eq!((void.state, void.brier), (ForecastState::Void, None), "it said nothing of the case that came");
    let mut left =
        report("Orsk Post", "2031-05-09", &[("force.withdrew", "The Hill Brigade left the Tarn bridge to the army.")]);
    left.claims[0].by(&["Loyalist Army", "Hill Brigade"]).on("2031-05-08");
    assert_eq!(ledger(&[&foresees, &a, &b, &left]).state, ForecastState::True);
    // Told as a claim, and denied by two.
    let mut foresees = foreseen("If the Hill Brigade leaves Korma, the army will likely take Varnesh within a month.");
    let mut condition = report("Tarn Radio", "2031-05-01", &[("force.withdrew", "If the Hill Brigade leaves Korma.")]);
    condition.claims[0].by(&["Hill Brigade"]).at("Korma");
    condition.claims[0].status = Status::Hypothetical;
    foresees.claims[0].condition = Some(condition.claims[0].claim_id.clone());
    let stayed = |outlet: &str, line: &str| {
        let mut made = report(outlet, "2031-05-20", &[("force.withdrew", line)]);
        made.claims[0].by(&["Hill Brigade"]).at("Korma").on("2031-05-19");
        made.claims[0].polarity = Polarity::Negated;
        made
    };
    let (c, d) = (
        stayed("Northern Courier", "The Hill Brigade did not leave Korma."),
        stayed("Orsk Post", "No pullout from Korma."),
    );
    let failed = ledger(&[&foresees, &condition, &c, &d, &june()]);
    assert_eq!((failed.state, failed.resolved_by.len()), (ForecastState::Void, 2), "{:?}", failed.why);
}

#[test]
fn earlier_states_stay_visible() {
    let foresees = foreseen("The Loyalist Army will likely take Varnesh within a month.");
    let a = told("Northern Courier", "2031-05-12", "2031-05-11", "The Loyalist Army took Varnesh on 11 May.");
    let b =
        told("Harbour Gazette", "2031-06-20", "2031-05-11", "Varnesh had fallen to loyalists in May, residents said.");
    let steps = |forecast: &Forecast| -> Vec<(String, &'static str)> {
        forecast.history.iter().map(|it| (it.as_of.to_string(), it.state.as_str())).collect()
    };
    let expired = ledger(&[&foresees, &a, &june()]);
    assert_eq!(steps(&expired), [("2031-05-01".into(), "open"), ("2031-06-01".into(), "expired")]);
    let late = ledger(&[&foresees, &a, &june(), &b]);
    assert_eq!(late.state, ForecastState::True);
    let all = [("2031-05-01".into(), "open"), ("2031-06-01".into(), "expired"), ("2031-06-20".into(), "true")];
    assert_eq!(steps(&late), all);
    assert_eq!(late.history[2].resolved_by.len(), 2);
    assert!((late.log_score.unwrap().mid - -(0.675_f64.ln())).abs() < 1e-12);
}

#[test]
fn scores_are_told_by_source_and_of_readers_together() {
    let foresees = foreseen("The Loyalist Army will likely take Varnesh within a month.");
    let mut reader = foreseen("Loyalists likely take Varnesh this month.");
    reader.claims[0].voice = Voice::Comment;
    let a = told("Northern Courier", "2031-05-12", "2031-05-11", "The Loyalist Army took Varnesh on 11 May.");
    let b = told("Harbour Gazette", "2031-05-13", "2031-05-11", "Varnesh fell to loyalists, residents said.");
    let rows = scores(&contents(&[&foresees, &reader, &a, &b]));
    let told: Vec<(&str, &str, u32, u32)> =
        rows.iter().map(|row| (row.kind.as_str(), row.who.as_str(), row.n, row.n_scored)).collect();
    let expected =
        [("all", "all forecasts", 2, 2), ("source", "Tarn Radio", 1, 1), ("commenters", "readers’ comments", 1, 1)];
    assert_eq!(told, expected);
    assert!(rows.iter().all(|row| row.rank.is_none() && row.unranked.is_some() && row.skill.is_none()));
}
