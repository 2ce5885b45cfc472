//! Forecasts, lot by lot.
//!
//! In: which claims foresee something. Out: rows of `forecast`, and links with what bears on them. Reads a few forecasts of about the same
//! days at a time, with the claims that may judge them.

use std::collections::{BTreeSet, HashMap};

use sitrep_model::Date;

use super::Fuse;
use crate::RecordError;
use crate::fuse::fact::{Fact, Reality, day_number};
use crate::fuse::gist::number;
use crate::ledger;
use crate::store::write;

/// Forecasts that are judged at once.
const LOT_FORECASTS: usize = if cfg!(test) { 2 } else { 100 };

/// Places of gists that may be evidence by who acts in them, in the order of their days.
type Evidence = HashMap<u64, Vec<(i32, u32)>>;

impl Fuse<'_, '_> {
    /// Judges what claims foresee.
    pub(super) fn forecasts(mut self, foreseeing: &[u64], today: Option<Date>) -> Result<Self, RecordError> {
        let mut places: Vec<usize> = foreseeing.iter().filter_map(|claim| self.held.place(*claim)).collect();
        places.sort_by_key(|at| (self.held.gists[*at].published, *at));
        let evidence = if places.is_empty() { Evidence::new() } else { self.evidence() };
        for lot in places.chunks(LOT_FORECASTS) {
            let own: BTreeSet<u64> = lot.iter().map(|at| self.held.gists[*at].id).collect();
            let loaded = self.load(lot.iter().copied())?;
            let mut wanted: BTreeSet<usize> = lot.iter().copied().collect();
            for fact in self.held.facts(&loaded) {
                self.may_judge(&fact, &evidence, &mut wanted);
            }
            let loaded = self.load(wanted)?;
            let all = ledger::ledger(&self.held.facts(&loaded), today, &self.held.known);
            let is_own = |id: &sitrep_model::ClaimId| own.contains(&number(id.as_str()));
            let forecasts: Vec<_> = all.into_iter().filter(|forecast| is_own(&forecast.claim_id)).collect();
            for forecast in &forecasts {
                write::forecast(self.connection(), forecast).map_err(|e| self.shelf.error(e))?;
            }
            self.links.foretold(&forecasts);
            self.write_links()?;
        }
        Ok(self)
    }

    fn evidence(&self) -> Evidence {
        let mut evidence = Evidence::new();
        for (at, gist) in (0..).zip(&self.held.gists) {
            let Some(day) = gist.latest_day().filter(|_| gist.is_reporting && gist.reality != Reality::Foreseen) else {
                continue;
            };
            gist.actors.iter().for_each(|actor| evidence.entry(actor).or_default().push((day, at)));
        }
        evidence.values_mut().for_each(|told| told.sort_unstable());
        evidence
    }

    /// Adds the places of what may judge a forecast, and of what it depends on.
    fn may_judge(&self, foresees: &Fact<'_>, evidence: &Evidence, wanted: &mut BTreeSet<usize>) {
        let gists = &self.held.gists;
        let Some(view) = &foresees.claim.forecast else { return };
        let condition = foresees.claim.condition.as_ref().and_then(|id| self.held.place(number(id.as_str())));
        wanted.extend(condition);
        let window = view.window.map(|[first, last]| (day_number(first), day_number(last)));
        let Some((first, last)) = ledger::evidence_days(foresees, window) else { return };
        let is_conditional = condition.is_some() || foresees.claim.condition_text.is_some();
        let also = condition.into_iter().flat_map(|at| gists[at].actors.iter());
        for told in foresees.actors.iter().chain(also).filter_map(|actor| evidence.get(&actor)) {
            let from = told.partition_point(|(day, _)| *day < first);
            let of_days = told[from..].iter().take_while(|(day, _)| *day <= last).map(|(_, at)| *at as usize);
            wanted.extend(of_days.filter(|at| is_conditional || ledger::is_kindred(foresees, &gists[*at])));
        }
    }
}
