//! What came of one forecast, by stated rules.
//!
//! In: the forecast, the evidence, its condition, the day to judge by. Out: a [`Verdict`] with its reason. A verdict needs two
//! independent roots, or one source speaking against its own interest; anything less stays evidence. Silence past the window is
//! `expired`, not `false`. `docs/forecasts.md` says the same in words.

use std::collections::BTreeSet;

use sitrep_model::{ClaimId, ForecastState, Quantity, Stance};

use super::fulfils;
use crate::fuse::fact::Fact;
use crate::fuse::{roots, stance};
use crate::keys::Keys;
use crate::names::actor_keys;
use crate::register::Register;

/// Share of the number foreseen from which it came in part.
const PARTLY_FROM: f64 = 0.5;

/// A forecast with all that bears on it.
pub(super) struct Asked<'f, 'c> {
    /// The claim that foresees.
    pub foresees: &'f Fact<'c>,
    /// First and last day.
    pub window: Option<(i32, i32)>,
    /// Reports that bear on it.
    pub evidence: Vec<&'f Fact<'c>>,
    /// Reports that tell of its condition; `None` when it has none.
    pub condition: Option<Vec<&'f Fact<'c>>>,
    /// What the user noted of sources.
    pub register: &'f Register,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Verdict {
    /// The state.
    pub state: ForecastState,
    /// Claims that decided it.
    pub resolved_by: Vec<ClaimId>,
    /// Why.
    pub why: String,
}

/// How much of what was foreseen one report tells of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Share {
    Little,
    Part,
    Whole,
}

impl<'f, 'c> Asked<'f, 'c> {
    /// What came of it by the reports that were `there`, judged as of `today`.
    pub(super) fn verdict(&self, there: impl Fn(&Fact<'_>) -> bool, today: Option<i32>) -> Verdict {
        let says = |state, told: &[&Fact<'_>], why: String| Verdict {
            state,
            resolved_by: told.iter().map(|fact| fact.claim.claim_id.clone()).collect(),
            why,
        };
        let Some((first, last)) = self.window else {
            return says(ForecastState::NotScoreable, &[], "no window of days is known".to_owned());
        };
        let is_over = today.is_some_and(|today| today > last);
        let in_window = |fact: &Fact<'_>| fact.latest_day().is_some_and(|day| (first..=last).contains(&day));
        let (of_outcome, of_condition): (Vec<&Fact<'_>>, Option<Vec<&Fact<'_>>>) = (
            self.evidence.iter().copied().filter(|fact| there(fact) && in_window(fact)).collect(),
            self.condition.as_ref().map(|told| told.iter().copied().filter(|fact| there(fact)).collect()),
        );
        if let Some(told) = of_condition
            && let Some(unmet) = self.unmet(&told, is_over)
        {
            return says(unmet.0, &unmet.1, unmet.2);
        }
        let decisive: Vec<&Fact<'_>> = of_outcome.into_iter().filter(|fact| fulfils(self.foresees, fact)).collect();
        let (affirming, denying) = (of(&decisive, Stance::Affirms), of(&decisive, Stance::Denies));
        match self.came(&affirming) {
            Some((Share::Whole, told)) => {
                return says(ForecastState::True, &told, format!("it came within the window: {}", self.ground(&told)));
            }
            // The rest may still come before the window ends.
            Some((_, told)) if is_over => {
                let why = format!("a part of it came within the window: {}", self.ground(&told));
                return says(ForecastState::Partly, &told, why);
            }
            _ => {}
        }
        // What is denied before the window ends may still come.
        if is_over && self.decides(&denying) {
            return says(
                ForecastState::False,
                &denying,
                format!("it is denied for the window: {}", self.ground(&denying)),
            );
        }
        match (is_over, affirming.is_empty() && denying.is_empty()) {
            (true, true) => says(ForecastState::Expired, &[], "the window is over and no report tells of it".to_owned()),
            (true, false) => says(
                ForecastState::Expired,
                &[],
                "the window is over; what reports tell of it is too little to decide: two independent origins are needed, \
                 or one against its own interest"
                    .to_owned(),
            ),
            (false, _) => says(ForecastState::Open, &[], "the window is not over and nothing decides it".to_owned()),
        }
    }

    /// The verdict when the condition does not stand as met; `None` when it does.
    fn unmet<'t>(&self, told: &[&'t Fact<'c>], is_over: bool) -> Option<(ForecastState, Vec<&'t Fact<'c>>, String)> {
        if told.iter().any(|fact| stance::stance(fact) == Stance::Affirms) {
            return None;
        }
        let denying = of(told, Stance::Denies);
        Some(match (is_over, self.decides(&denying)) {
            (false, _) => {
                (ForecastState::Open, Vec::new(), "no report tells yet that its condition was met".to_owned())
            }
            (true, true) => {
                let why = format!("its condition failed: {}", self.ground(&denying));
                (ForecastState::Void, denying, why)
            }
            (true, false) => {
                let why = "the window is over and no report tells that its condition was met".to_owned();
                (ForecastState::Void, Vec::new(), why)
            }
        })
    }

    /// Whether these reports are enough: two independent roots, or one source against its own interest.
    fn decides(&self, told: &[&Fact<'_>]) -> bool {
        self.n_roots(told) >= 2 || told.iter().any(|fact| stance::against_interest(fact))
    }

    fn n_roots(&self, told: &[&Fact<'_>]) -> usize {
        roots::roots(told, self.register).into_iter().collect::<BTreeSet<String>>().len()
    }

    fn ground(&self, told: &[&Fact<'_>]) -> String {
        match self.n_roots(told) {
            1 => "told by a source against its own interest".to_owned(),
            n => format!("told by {n} independent origins"),
        }
    }

    /// How much of it came, with the reports that say so; `None` when too few do. Where several parties are named as targets each is
    /// decided on its own; a report that names none speaks of all.
    fn came<'t>(&self, affirming: &[&'t Fact<'c>]) -> Option<(Share, Vec<&'t Fact<'c>>)> {
        let targets: Vec<Keys> =
            self.foresees.claim.targets.iter().map(|target| Keys::of(actor_keys(target))).collect();
        let parts: Vec<Option<&Keys>> = if targets.len() > 1 { targets.iter().map(Some).collect() } else { vec![None] };
        let mut shares = Vec::new();
        let mut decided: Vec<&Fact<'_>> = Vec::new();
        for part in &parts {
            let speaks = |fact: &&&'t Fact<'c>| {
                part.is_none_or(|part| fact.targets.is_empty() || !fact.targets.is_disjoint(part))
            };
            let told: Vec<&Fact<'_>> = affirming.iter().filter(speaks).copied().collect();
            let at_least = |share: Share| -> Vec<&'t Fact<'c>> {
                told.iter().copied().filter(|fact| self.share(fact) >= share).collect()
            };
            let found = [Share::Whole, Share::Part].into_iter().map(|share| (share, at_least(share)));
            if let Some((share, told)) = found.into_iter().find(|(_, told)| self.decides(told)) {
                shares.push(share);
                decided.extend(told);
            }
        }
        decided.sort_by(|a, b| a.claim.claim_id.cmp(&b.claim.claim_id));
        decided.dedup_by(|a, b| a.claim.claim_id == b.claim.claim_id);
        let whole = shares.len() == parts.len() && shares.iter().all(|share| *share == Share::Whole);
        (!shares.is_empty()).then_some((if whole { Share::Whole } else { Share::Part }, decided))
    }

    /// How much of the number foreseen a report tells of; all of it where either gives none.
    fn share(&self, fact: &Fact<'_>) -> Share {
        let asked = self.foresees.claim.quantities.iter().filter(|it| counts_outcome(it));
        let shares = asked.filter_map(|asked| {
            let wanted = asked.low.or(asked.best).filter(|wanted| *wanted > 0.0)?;
            let told = fact.claim.quantities.iter().filter(|it| it.kind == asked.kind && !it.cumulative);
            let most = told.filter_map(|it| it.high.or(it.best).or(it.low)).max_by(f64::total_cmp)?;
            Some(match most / wanted {
                1.0.. => Share::Whole,
                PARTLY_FROM.. => Share::Part,
                _ => Share::Little,
            })
        });
        shares.min().unwrap_or(Share::Whole)
    }
}

/// Whether a number says how much will come, not where, how long or for the how-manieth time.
fn counts_outcome(quantity: &Quantity) -> bool {
    !quantity.cumulative && !matches!(quantity.kind.as_str(), "distance_km" | "duration_days" | "nth_time")
}

fn of<'t, 'c>(told: &[&'t Fact<'c>], wanted: Stance) -> Vec<&'t Fact<'c>> {
    told.iter().copied().filter(|fact| stance::stance(fact) == wanted).collect()
}
