//! Events, lot by lot, and what outlets correct of their own.
//!
//! In: which claims tell which event. Out: rows of `event`, `account`, `dispute` and `link`. Reads the claims of some thousand events at a
//! time, those of about the same days together.

use super::{Fuse, LOT_CLAIMS};
use crate::RecordError;
use crate::fuse::fact::among;
use crate::fuse::grouping::{Group, Grouping};
use crate::fuse::{correction, defined, told};
use crate::store::write;

use super::gather::Told;

impl Fuse<'_, '_> {
    /// Links corrections with what they correct.
    pub(super) fn corrections(mut self, all: &[Told]) -> Result<Self, RecordError> {
        let gists = &self.held.gists;
        for Told { correcting, told } in all {
            let mut told: Vec<(i64, usize)> =
                told.iter().filter_map(|&(day, claim)| Some((day, self.held.place(claim)?))).collect();
            // The latest first, among those of one day the smallest first.
            told.sort_unstable_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
            let mut wanted = Vec::new();
            for place in correcting.iter().filter_map(|claim| self.held.place(*claim)) {
                let own = &gists[place];
                let earlier = told.iter().map(|(_, at)| *at).filter(|at| correction::is_before(&gists[*at], own));
                wanted.extend(earlier.take(correction::LOOK_BACK));
                wanted.push(place);
            }
            let loaded = self.load(wanted)?;
            self.links.corrections(&self.held.facts(&loaded));
            self.write_links()?;
        }
        Ok(self)
    }

    /// Makes events of groups.
    pub(super) fn events(mut self, grouping: &Grouping) -> Result<Self, RecordError> {
        let gists = &self.held.gists;
        let near_misses = grouping.near_misses(gists.len());
        let n_claims = |group: &Group| group.members.len() + group.speaking.len();
        let mut order: Vec<usize> = (0..grouping.groups.len()).collect();
        order.sort_by_key(|at| {
            let first = &gists[grouping.groups[*at].members[0]];
            (first.published.or(first.latest_day()), first.document, *at)
        });
        let mut rest = order.as_slice();
        while !rest.is_empty() {
            let mut n = 0;
            let mut fits = |at: &&usize| {
                n += n_claims(&grouping.groups[**at]);
                n <= LOT_CLAIMS
            };
            let (lot, left) = rest.split_at(rest.iter().take_while(&mut fits).count().max(1));
            rest = left;
            let groups: Vec<(&Group, _)> = lot.iter().map(|at| (&grouping.groups[*at], &near_misses[*at])).collect();
            let loaded =
                self.load(groups.iter().flat_map(|(group, _)| group.members.iter().chain(&group.speaking)).copied())?;
            let facts = self.held.facts(&loaded);
            let (mut events, mut disputes) = (Vec::new(), Vec::new());
            for (group, near_misses) in groups {
                let fact = |at: usize| among(&facts, gists[at].id);
                let Some((mut event, found)) = told(group, fact, &self.held.known.register) else { continue };
                event.near_misses.clone_from(near_misses);
                events.push(event);
                disputes.extend(found);
            }
            defined::locate(&self.held.defined, &mut events);
            self.links.accounts(&events, &disputes, &facts);
            let connection = self.connection();
            let rows = events.iter().try_for_each(|event| write::event(connection, event));
            rows.and_then(|()| disputes.iter().try_for_each(|dispute| write::dispute(connection, dispute)))
                .map_err(|e| self.shelf.error(e))?;
            self.write_links()?;
        }
        Ok(self)
    }
}
