//! The scores of forecasts as tables for people and CSV for programs.
//!
//! In: rows of scores. Out: text. Shows counts beside every mean; computes none.

use sitrep_model::{ScoreKind, ScoreRow};

use crate::export::csv_text;
use crate::list::aligned;

/// Two tables: scores, and calibration of all forecasts, of readers, and of every source that is ranked.
#[must_use]
pub fn scores_table(rows: &[ScoreRow], width: usize) -> String {
    let columns = [
        "*who",
        "#n",
        "#open",
        "#true",
        "#false",
        "#partly",
        "#void",
        "#expired",
        "#none",
        "#scored",
        "#brier",
        "!best–worst",
        "#log",
        "#skill",
        "#rank",
    ];
    let cells = rows.iter().map(|row| {
        let two = |value: Option<f64>| value.map(|it| format!("{it:.2}")).unwrap_or_default();
        let mut line = vec![row.who.clone()];
        line.extend(counts(row).map(|n| n.to_string()));
        line.push(two(row.brier.map(|it| it.mid)));
        line.push(row.brier.map(|it| format!("{:.2}–{:.2}", it.best, it.worst)).unwrap_or_default());
        line.push(two(row.log_score.map(|it| it.mid)));
        line.push(two(row.skill));
        line.push(row.rank.map(|rank| rank.to_string()).unwrap_or_default());
        line
    });
    let mut out = aligned(&columns, cells.collect(), "forecasts", width);
    let told = rows.iter().filter(|row| row.kind != ScoreKind::Source || row.rank.is_some());
    let bins: Vec<Vec<String>> = told.flat_map(bins).collect();
    if !bins.is_empty() {
        out.push_str("\nHow often it came, by the probability given\n");
        let columns = ["*who", "!probability", "#n", "#mean given", "#came", "#share", "!95 % interval"];
        out.push_str(&aligned(&columns, bins, "scored forecasts", width));
    }
    if let Some(rate) = rows.first().and_then(|row| row.base_rate) {
        out.push_str(&format!("\nBase rate, the share of scored forecasts that came true: {rate:.2}.\n"));
    }
    if rows.iter().all(|row| row.rank.is_none()) && !rows.is_empty() {
        out.push_str("No ranking: it takes two sources with 10 scored forecasts each.\n");
    }
    out
}

/// How many there are, in each state, and scored.
fn counts(row: &ScoreRow) -> [u32; 9] {
    let states = &row.states;
    [
        row.n,
        states.open,
        states.came_true,
        states.came_false,
        states.partly,
        states.void,
        states.expired,
        states.not_scoreable,
        row.n_scored,
    ]
}

fn bins(row: &ScoreRow) -> Vec<Vec<String>> {
    let cells = row.calibration.iter().map(|bin| {
        vec![
            row.who.clone(),
            format!("{:.0}–{:.0} %", bin.from * 100.0, bin.to * 100.0),
            bin.n.to_string(),
            format!("{:.2}", bin.foreseen),
            bin.came.to_string(),
            format!("{:.2}", f64::from(bin.came) / f64::from(bin.n.max(1))),
            format!("{:.2}–{:.2}", bin.low, bin.high),
        ]
    });
    cells.collect()
}

/// The rows as CSV; calibration is in the JSON lines.
#[must_use]
pub fn scores_csv(rows: &[ScoreRow]) -> String {
    let header = [
        "kind",
        "who",
        "n",
        "open",
        "true",
        "false",
        "partly",
        "void",
        "expired",
        "not_scoreable",
        "scored",
        "came",
        "base_rate",
        "brier",
        "brier_best",
        "brier_worst",
        "log",
        "log_best",
        "log_worst",
        "skill",
        "rank",
        "unranked",
    ];
    let cells: Vec<Vec<String>> = rows
        .iter()
        .map(|row| {
            let number = |value: Option<f64>| value.map(|it| format!("{it:.6}")).unwrap_or_default();
            let mut line = vec![row.kind.as_str().to_owned(), row.who.clone()];
            line.extend(counts(row).map(|n| n.to_string()));
            let (brier, log) = (row.brier, row.log_score);
            let brier = [brier.map(|it| it.mid), brier.map(|it| it.best), brier.map(|it| it.worst)];
            let log = [log.map(|it| it.mid), log.map(|it| it.best), log.map(|it| it.worst)];
            line.extend([row.came, row.base_rate].into_iter().chain(brier).chain(log).chain([row.skill]).map(number));
            line.push(row.rank.map(|rank| rank.to_string()).unwrap_or_default());
            line.push(row.unranked.clone().unwrap_or_default());
            line
        })
        .collect();
    csv_text(&header, cells.into_iter())
}
