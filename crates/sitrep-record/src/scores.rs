//! How good forecasts were, together: by source, of readers, of all.
//!
//! In: the contents of a record. Out: a [`ScoreRow`] for all forecasts, for each source that foresaw something, and for readers' comments
//! together. Counts stand beside every mean; sources with few scored forecasts are not ranked. Never scores an open forecast.

use std::collections::{BTreeMap, BTreeSet};

use sitrep_model::{
    Brier, CalibrationBin, Contents, Document, Forecast, ForecastState, ForecastStates, LogScore, ScoreKind, ScoreRow,
};

use crate::fuse::fact::Fact;
use crate::fuse::stance::speaker;
use crate::ledger::score::middle;

/// Fewer scored forecasts than this are no ground for ranking a source.
const RANKED_FROM: u32 = 10;
/// Calibration is told for five equal bands of probability.
const N_BINS: u8 = 5;
/// Normal deviate of a 95 % interval.
const Z: f64 = 1.959_963_984_540_054;

/// Rows: all forecasts, each source by name, readers' comments.
#[must_use]
pub fn scores(contents: &Contents) -> Vec<ScoreRow> {
    let documents: BTreeMap<_, &Document> = contents.documents.iter().map(|it| (&it.id, it)).collect();
    let claims: BTreeMap<_, _> = contents.claims.iter().map(|it| (&it.claim_id, it)).collect();
    let mut by_source: BTreeMap<(ScoreKind, String), Vec<&Forecast>> = BTreeMap::new();
    for forecast in &contents.forecasts {
        by_source.entry((ScoreKind::All, "all forecasts".to_owned())).or_default().push(forecast);
        let Some(claim) = claims.get(&forecast.claim_id) else { continue };
        let fact = Fact::new(claim, documents.get(&claim.document).copied());
        let key = match fact.is_reporting {
            true => (ScoreKind::Source, speaker(&fact)),
            false => (ScoreKind::Commenters, "readers’ comments".to_owned()),
        };
        by_source.entry(key).or_default().push(forecast);
    }
    let base_rate = came_share(&contents.forecasts.iter().collect::<Vec<_>>());
    let mut rows: Vec<ScoreRow> =
        by_source.into_iter().map(|((kind, who), forecasts)| row(kind, who, &forecasts, base_rate)).collect();
    rank(&mut rows);
    rows
}

/// A forecast that was scored: the probability it gave, and 1 when it came.
fn outcome(forecast: &Forecast) -> Option<(f64, f64)> {
    forecast.brier?;
    let came = if forecast.state == ForecastState::True { 1.0 } else { 0.0 };
    Some((middle(forecast.likelihood.as_ref()?), came))
}

/// Share of the scored forecasts that came true.
fn came_share(forecasts: &[&Forecast]) -> Option<f64> {
    mean(forecasts.iter().filter_map(|it| outcome(it)).map(|(_, came)| came))
}

fn mean(values: impl Iterator<Item = f64>) -> Option<f64> {
    let (n, sum) = values.fold((0_u32, 0.0), |(n, sum), value| (n + 1, sum + value));
    (n > 0).then(|| sum / f64::from(n))
}

fn row(kind: ScoreKind, who: String, forecasts: &[&Forecast], base_rate: Option<f64>) -> ScoreRow {
    let count = |state: ForecastState| count(forecasts.iter().filter(|it| it.state == state).count());
    let states = ForecastStates {
        open: count(ForecastState::Open),
        came_true: count(ForecastState::True),
        came_false: count(ForecastState::False),
        partly: count(ForecastState::Partly),
        void: count(ForecastState::Void),
        expired: count(ForecastState::Expired),
        not_scoreable: count(ForecastState::NotScoreable),
    };
    let scored: Vec<(f64, f64)> = forecasts.iter().filter_map(|it| outcome(it)).collect();
    let briers = || forecasts.iter().filter_map(|it| it.brier);
    let logs = || forecasts.iter().filter_map(|it| it.log_score);
    let three = |mid: Option<f64>, best: Option<f64>, worst: Option<f64>| Some((mid?, best?, worst?));
    let brier =
        three(mean(briers().map(|it| it.mid)), mean(briers().map(|it| it.best)), mean(briers().map(|it| it.worst)))
            .map(|(mid, best, worst)| Brier { mid, best, worst });
    let log_score =
        three(mean(logs().map(|it| it.mid)), mean(logs().map(|it| it.best)), mean(logs().map(|it| it.worst)))
            .map(|(mid, best, worst)| LogScore { mid, best, worst });
    // What always giving the share that came true would have scored on the same forecasts.
    let by_base_rate = base_rate.and_then(|rate| mean(scored.iter().map(|(_, came)| (rate - came) * (rate - came))));
    let skill = brier.zip(by_base_rate).filter(|(_, base)| *base > 0.0).map(|(brier, base)| 1.0 - brier.mid / base);
    let n_scored = self::count(scored.len());
    ScoreRow {
        kind,
        who,
        n: self::count(forecasts.len()),
        states,
        n_scored,
        came: came_share(forecasts),
        base_rate,
        brier,
        log_score,
        skill,
        rank: None,
        unranked: (n_scored < RANKED_FROM)
            .then(|| format!("{n_scored} scored: fewer than {RANKED_FROM} are no ground for a ranking")),
        calibration: calibration(&scored),
    }
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// Sources with enough scored forecasts, by their mean Brier score; one alone is first of nothing.
fn rank(rows: &mut [ScoreRow]) {
    let mut ranked: Vec<(u64, usize)> = rows
        .iter()
        .enumerate()
        .filter(|(_, row)| row.kind == ScoreKind::Source && row.n_scored >= RANKED_FROM)
        .filter_map(|(at, row)| Some((row.brier?.mid.to_bits(), at)))
        .collect();
    ranked.sort_unstable();
    if ranked.len() < 2 {
        return;
    }
    let mut last = (u64::MAX, 0);
    for (place, (score, at)) in ranked.into_iter().enumerate() {
        // Equal scores share a rank.
        let rank = if score == last.0 { last.1 } else { count(place + 1) };
        last = (score, rank);
        rows[at].rank = Some(rank);
    }
}

/// For each band of probability how often it came. Bands without a forecast are left out.
fn calibration(scored: &[(f64, f64)]) -> Vec<CalibrationBin> {
    let bands: BTreeSet<u8> = scored.iter().map(|(probability, _)| band(*probability)).collect();
    let bins = bands.into_iter().filter_map(|at| {
        let inside: Vec<&(f64, f64)> = scored.iter().filter(|(probability, _)| band(*probability) == at).collect();
        let n = count(inside.len());
        let came = count(inside.iter().filter(|(_, came)| *came > 0.5).count());
        let (low, high) = wilson(came, n);
        let edge = |at: u8| f64::from(at) / f64::from(N_BINS);
        Some(CalibrationBin {
            from: edge(at),
            to: edge(at + 1),
            n,
            foreseen: mean(inside.iter().map(|(probability, _)| *probability))?,
            came,
            low,
            high,
        })
    });
    bins.collect()
}

fn band(probability: f64) -> u8 {
    // Truncated on purpose: the band a probability falls in.
    ((probability.clamp(0.0, 1.0) * f64::from(N_BINS)) as u8).min(N_BINS - 1)
}

/// The 95 % interval of a share by Wilson (1927): it stays within 0 and 1 and says something even of one case.
fn wilson(came: u32, n: u32) -> (f64, f64) {
    if n == 0 {
        return (0.0, 1.0);
    }
    let (n, share) = (f64::from(n), f64::from(came) / f64::from(n));
    let z2 = Z * Z;
    let middle = share + z2 / (2.0 * n);
    let spread = Z * (share * (1.0 - share) / n + z2 / (4.0 * n * n)).sqrt();
    let whole = 1.0 + z2 / n;
    (((middle - spread) / whole).max(0.0), ((middle + spread) / whole).min(1.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use sitrep_model::{ClaimId, ForecastId, Likelihood};

    /// The published example of Newcombe (1998), Statistics in Medicine 17, table I: 81 of 263 and 1 of 29, with 0 of 20 and 15 of 148.
    #[test]
    fn the_interval_is_the_published_one() {
        for (came, n, low, high) in
            [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)]
        {
            let (l, h) = wilson(came, n);
            assert!((l - low).abs() < 5e-5 && (h - high).abs() < 5e-5, "{came}/{n}: {l} {h}");
        }
    }

    fn forecast(at: usize, probability: f64, state: ForecastState) -> Forecast {
        let likelihood = Likelihood { word: None, low: probability, high: probability, yardstick: "test".into() };
        Forecast {
            forecast_id: ForecastId::of(&[&at.to_string()]),
            claim_id: ClaimId::of(&[&at.to_string()]),
            window: None,
            rule: String::new(),
            brier: crate::ledger::score::brier(&likelihood, state),
            log_score: crate::ledger::score::log_score(&likelihood, state),
            likelihood: Some(likelihood),
            criteria: String::new(),
            state,
            why: None,
            evidence: Vec::new(),
            resolved_by: Vec::new(),
            history: Vec::new(),
        }
    }

    #[test]
    fn a_row_shows_counts_skill_and_calibration() {
        use ForecastState::{False, Open, True};
        let forecasts: Vec<Forecast> = [(0.9, True), (0.9, True), (0.9, False), (0.1, False), (0.5, Open)]
            .into_iter()
            .enumerate()
            .map(|(at, (probability, state))| forecast(at, probability, state))
            .collect();
        let all: Vec<&Forecast> = forecasts.iter().collect();
        let row = row(ScoreKind::Source, "Orsk Post".into(), &all, came_share(&all));
        assert_eq!((row.n, row.n_scored, row.states.open, row.states.came_true), (5, 4, 1, 2));
        let brier = row.brier.unwrap().mid;
        assert!((brier - 0.21).abs() < 1e-12, "{brier}: (.01 + .01 + .81 + .01) / 4");
        assert!((row.skill.unwrap() - (1.0 - 0.21 / 0.25)).abs() < 1e-12, "the share that came is one half");
        assert!(row.unranked.unwrap().starts_with("4 scored"));
        let bins: Vec<(u32, u32)> = row.calibration.iter().map(|bin| (bin.n, bin.came)).collect();
        assert_eq!(bins, [(1, 0), (3, 2)]);
    }

    #[test]
    fn few_forecasts_are_not_ranked() {
        let scored = |n: usize, probability: f64| -> ScoreRow {
            let forecasts: Vec<Forecast> = (0..n).map(|at| forecast(at, probability, ForecastState::True)).collect();
            row(ScoreKind::Source, format!("{n} {probability}"), &forecasts.iter().collect::<Vec<_>>(), Some(1.0))
        };
        let mut rows = [scored(10, 0.6), scored(9, 0.99), scored(12, 0.9)];
        rank(&mut rows);
        assert_eq!(rows.each_ref().map(|row| row.rank), [Some(2), None, Some(1)]);
        assert!(rows.iter().all(|row| row.skill.is_none()), "where all came, the base rate is never wrong");
        let mut alone = [scored(10, 0.6), scored(9, 0.99)];
        rank(&mut alone);
        assert!(alone.iter().all(|row| row.rank.is_none()));
    }
}
