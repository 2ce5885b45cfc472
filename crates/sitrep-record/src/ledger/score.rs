//! How good one forecast was: Brier and logarithmic score.
//!
//! In: a likelihood as an interval and what came. Out: each score at the middle of the interval and at both ends. Only `true` and
//! `false` are scored.

use sitrep_model::{Brier, ForecastState, Likelihood, LogScore};

/// A probability is taken to be no nearer to 0 or 1 than this: a forecast that was surely wrong would cost without end.
const NEAREST: f64 = 0.001;

fn came(state: ForecastState) -> Option<f64> {
    match state {
        ForecastState::True => Some(1.0),
        ForecastState::False => Some(0.0),
        _ => None,
    }
}

/// The middle of the interval.
pub(crate) fn middle(likelihood: &Likelihood) -> f64 {
    (likelihood.low + likelihood.high) / 2.0
}

/// The squared error of the probability.
pub(crate) fn brier(likelihood: &Likelihood, state: ForecastState) -> Option<Brier> {
    let came = came(state)?;
    let (mid, best, worst) = over(likelihood, |probability| (probability - came) * (probability - came));
    Some(Brier { mid, best, worst })
}

/// Minus the natural logarithm of the probability given to what came: 0 is best, 0.69 a coin's.
pub(crate) fn log_score(likelihood: &Likelihood, state: ForecastState) -> Option<LogScore> {
    let came = came(state)?;
    let (mid, best, worst) = over(likelihood, |probability| {
        let of_what_came = if came > 0.5 { probability } else { 1.0 - probability };
        -of_what_came.clamp(NEAREST, 1.0 - NEAREST).ln()
    });
    Some(LogScore { mid, best, worst })
}

fn over(likelihood: &Likelihood, score: impl Fn(f64) -> f64) -> (f64, f64, f64) {
    let (low, high) = (score(likelihood.low), score(likelihood.high));
    (score(middle(likelihood)), low.min(high), low.max(high))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn likely(low: f64, high: f64) -> Likelihood {
        Likelihood { word: None, low, high, yardstick: "test".into() }
    }

    #[test]
    fn scores_are_best_at_the_kinder_end() {
        let score = brier(&likely(0.5, 0.75), ForecastState::True).unwrap();
        assert_eq!((score.best, score.mid, score.worst), (0.0625, 0.140_625, 0.25));
        let score = log_score(&likely(0.5, 0.75), ForecastState::False).unwrap();
        assert!((score.best - std::f64::consts::LN_2).abs() < 1e-12, "{score:?}");
        assert!((score.worst - 4.0_f64.ln()).abs() < 1e-12, "{score:?}");
        for state in [ForecastState::Open, ForecastState::Partly, ForecastState::Void, ForecastState::Expired] {
            assert!(brier(&likely(0.5, 0.75), state).is_none() && log_score(&likely(0.5, 0.75), state).is_none());
        }
    }

    #[test]
    fn a_certainty_that_failed_costs_much_and_not_without_end() {
        let score = log_score(&likely(1.0, 1.0), ForecastState::False).unwrap();
        assert!((6.9..6.91).contains(&score.mid), "{score:?}");
    }
}
