//! What follows from the events that came out otherwise: forecasts and links.
//!
//! In: the news and what it reached. Out: rows of `forecast` and `link`, those that computing the whole would write.

use std::collections::{BTreeMap, BTreeSet};

use sitrep_model::{Date, Event, Forecast, ForecastState};

use super::reach::{claim_id, number_of};
use super::{News, entries};
use crate::RecordError;
use crate::fuse::Known;
use crate::fuse::blocks::Purpose;
use crate::fuse::fact::{Fact, day_number};
use crate::fuse::links::Links;
use crate::ledger;
use crate::store::brief::Brief;
use crate::store::write;

/// Earlier claims of an outlet among which a correction's is looked for: what it compares, and those of its own report.
const EARLIER: usize = 256;

impl News<'_, '_> {
    /// The latest day of publication.
    pub(super) fn latest(&self) -> Result<Option<Date>, RecordError> {
        let last = "SELECT published FROM document WHERE published IS NOT NULL ORDER BY published DESC LIMIT 1";
        let found = self.around.reader.texts(last)?;
        Ok(found.first().and_then(|day| day.parse().ok()))
    }

    /// Judges the forecasts anew that the news may bear on, or the new day. `before` is the day they were judged by.
    pub(super) fn forecasts(
        &self,
        reached: &BTreeSet<u64>,
        before: Option<Date>,
        today: Option<Date>,
    ) -> Result<Vec<Forecast>, RecordError> {
        let mut asked: BTreeSet<u64> = self.change.claims.union(reached).copied().collect();
        let now = self.load(&asked)?;
        let was: Vec<Fact<'_>> =
            self.change.was.iter().map(|(claim, document)| Fact::new(claim, Some(document))).collect();
        let news: Vec<Fact<'_>> = now.facts(&[]).into_iter().chain(was).collect();
        let actors: BTreeSet<u64> = news.iter().flat_map(|fact| fact.actors.iter()).collect();
        let mut told: BTreeSet<u64> = BTreeSet::new();
        for actor in actors {
            told.extend(self.under(entries::foresees(actor))?);
        }
        for claim in told.difference(&asked.clone()) {
            let loaded = self.load(&BTreeSet::from([*claim]))?;
            if loaded.facts(&[]).iter().any(|foresees| news.iter().any(|fact| ledger::may_concern(foresees, fact))) {
                asked.insert(*claim);
            }
        }
        if before != today {
            let is_over = |forecast: &Forecast| forecast.window.is_some_and(|[_, last]| Some(last) < today);
            let (open, before) = (ForecastState::Open.as_str(), before.map(|day| day.to_string()).unwrap_or_default());
            for forecast in self.around.reader.forecasts_of_state(open)? {
                asked.extend(is_over(&forecast).then(|| number_of(forecast.claim_id.as_str())));
            }
            // What nobody dates is told of the day they are judged by.
            let undated = self.around.reader.ids("SELECT claim FROM forecast WHERE as_of = ?1", &before)?;
            asked.extend(undated.iter().map(|claim| number_of(claim)));
        }
        let judged = self.judged(&asked, &news, today)?;
        let connection = self.around.index.connection;
        let write = || -> rusqlite::Result<()> {
            for claim in &asked {
                connection.prepare_cached("DELETE FROM forecast WHERE claim = ?1")?.execute([claim_id(*claim)])?;
            }
            judged.iter().try_for_each(|forecast| write::forecast(connection, forecast))
        };
        write().map_err(|e| self.around.error(e))?;
        Ok(judged)
    }

    /// What came of the forecasts among these claims.
    fn judged(
        &self,
        asked: &BTreeSet<u64>,
        news: &[Fact<'_>],
        today: Option<Date>,
    ) -> Result<Vec<Forecast>, RecordError> {
        let loaded = self.load(asked)?;
        let mut wanted: BTreeSet<u64> = BTreeSet::new();
        for fact in loaded.facts(&[]).iter().filter(|fact| fact.claim.forecast.is_some()) {
            wanted.insert(fact.id);
            match self.evidence_before(fact)? {
                Some(before) => {
                    wanted.extend(before);
                    wanted.extend(news.iter().filter(|told| ledger::may_concern(fact, told)).map(|told| told.id));
                }
                None => self.may_judge(fact, &mut wanted)?,
            }
        }
        let loaded = self.load(&wanted)?;
        let pages: Vec<_> = loaded.documents.iter().map(|document| &document.page).collect();
        let retrieved = self.pages.retrieved(&pages)?;
        let known = Known { retrieved, register: self.known.register.clone(), ..Known::default() };
        let copies = self.pages.copies_around(&pages.into_iter().cloned().collect())?;
        let forecasts = ledger::ledger(&loaded.facts(&copies), today, &known);
        let is_asked = |forecast: &Forecast| asked.contains(&number_of(forecast.claim_id.as_str()));
        Ok(forecasts.into_iter().filter(is_asked).collect())
    }

    /// What the record has as bearing on a forecast before the news; `None` when what is left of that may not be all. Of much evidence the record
    /// holds the first by id: those stay the first, but for the news, as long as none of them is news itself.
    fn evidence_before(&self, foresees: &Fact<'_>) -> Result<Option<Vec<u64>>, RecordError> {
        if self.change.claims.contains(&foresees.id) || ledger::is_conditional(foresees) {
            return Ok(None);
        }
        let Some(before) = self.around.reader.forecasts_of(&claim_id(foresees.id))?.pop() else { return Ok(None) };
        let evidence: Vec<u64> = before.evidence.iter().map(|id| number_of(id.as_str())).collect();
        let is_all =
            evidence.len() < ledger::EVIDENCE_AT_MOST || evidence.iter().all(|told| !self.change.claims.contains(told));
        Ok(Some(evidence).filter(|_| is_all))
    }

    /// Adds what may judge a forecast, and what it depends on.
    fn may_judge(&self, foresees: &Fact<'_>, wanted: &mut BTreeSet<u64>) -> Result<(), RecordError> {
        let claim = foresees.claim;
        let said = claim.condition.as_ref().map(|id| number_of(id.as_str()));
        wanted.extend(said);
        let window = claim.forecast.as_ref().and_then(|view| view.window);
        let window = window.map(|[first, last]| (day_number(first), day_number(last)));
        let Some((first, last)) = ledger::evidence_days(foresees, window) else { return Ok(()) };
        let condition = said.map_or(Ok(None), |said| self.around.gist(said))?;
        let actors = foresees.actors.iter().chain(condition.iter().flat_map(|said| said.actors.iter()));
        let is_conditional = ledger::is_conditional(foresees);
        for actor in actors {
            let told = self.around.index.between(entries::evidence(actor), first.into(), last.into());
            for other in told.map_err(|e| self.around.error(e))? {
                let Some(gist) = self.around.gist(other)? else { continue };
                wanted.extend((is_conditional || ledger::is_kindred(foresees, &gist)).then_some(other));
            }
        }
        Ok(())
    }

    /// Replaces every link of a claim that the news reaches.
    pub(super) fn links(
        &self,
        reached: &BTreeSet<u64>,
        events: BTreeSet<String>,
        judged: &[Forecast],
    ) -> Result<(), RecordError> {
        let reader = &self.around.reader;
        let mut linked: BTreeSet<u64> = reached.union(&self.change.claims).copied().collect();
        linked.extend(&self.change.linked);
        linked.extend(judged.iter().map(|forecast| number_of(forecast.claim_id.as_str())));
        for key in &self.change.corrections {
            linked.extend(self.under(*key)?);
        }
        // What else the links of those rest on.
        let mut wanted = linked.clone();
        let mut told: BTreeSet<String> = events;
        let mut forecasts: BTreeMap<String, Forecast> = BTreeMap::new();
        let mut meet: BTreeSet<(Purpose, u64, u64)> = BTreeSet::new();
        for claim in &linked {
            let id = claim_id(*claim);
            told.extend(reader.ids("SELECT event FROM account WHERE claim = ?1", &id)?);
            let sql = "SELECT from_claim FROM link WHERE to_claim = ?1 AND kind = 'forecast_of'";
            for foresaw in reader.ids_by_number(sql, &id)?.into_iter().chain([id.clone()]) {
                for forecast in reader.forecasts_of(&foresaw)? {
                    wanted.insert(number_of(&foresaw));
                    wanted.extend(forecast.evidence.iter().map(|id| number_of(id.as_str())));
                    forecasts.insert(foresaw.clone(), forecast);
                }
            }
            let Some(gist) = self.around.gist(*claim)? else { continue };
            wanted.extend(gist.about);
            wanted.extend(self.around.about(&gist)?);
            for purpose in [Purpose::Holding, Purpose::Movement] {
                for other in self.around.partners(&gist, purpose)? {
                    if self.around.gist(other)?.is_some() {
                        meet.insert((purpose, (*claim).min(other), (*claim).max(other)));
                    }
                }
            }
        }
        let events: Vec<Event> = reader.events(&told)?;
        wanted.extend(
            events.iter().flat_map(|event| &event.accounts).map(|account| number_of(account.claim_id.as_str())),
        );
        self.add_corrections(&linked, &mut wanted)?;
        let loaded = self.load(&wanted)?;
        let facts = loaded.facts(&[]);
        let mut links = Links::default();
        links.texts(&facts);
        links.corrections(&facts);
        links.foretold(&forecasts.into_values().collect::<Vec<_>>());
        links.accounts(&events, &reader.disputes_of(&told)?, &facts);
        for (purpose, one, other) in meet {
            if let (Some(one), Some(other)) = (self.around.gist(one)?, self.around.gist(other)?) {
                links.meet(purpose, &one, &other);
            }
        }
        let links = links.take();
        let connection = self.around.index.connection;
        let write = || -> rusqlite::Result<()> {
            for claim in &linked {
                for sql in ["DELETE FROM link WHERE from_claim = ?1", "DELETE FROM link WHERE to_claim = ?1"] {
                    connection.prepare_cached(sql)?.execute([Brief(&claim_id(*claim))])?;
                }
            }
            let is_theirs = |id: &sitrep_model::ClaimId| linked.contains(&number_of(id.as_str()));
            let mut theirs = links.iter().filter(|link| is_theirs(&link.from) || is_theirs(&link.to));
            theirs.try_for_each(|link| write::link(connection, link))
        };
        write().map_err(|e| self.around.error(e))
    }

    /// Adds the corrections of the outlets whose claims are linked anew, and what those may correct.
    fn add_corrections(&self, linked: &BTreeSet<u64>, wanted: &mut BTreeSet<u64>) -> Result<(), RecordError> {
        let loaded = self.load(linked)?;
        let mut seen = BTreeSet::new();
        for fact in loaded.facts(&[]).iter().filter(|fact| fact.is_reporting) {
            let Some(publisher) = fact.publisher() else { continue };
            let family = &fact.family.name;
            if !seen.insert((publisher.clone(), family.clone())) {
                continue;
            }
            for correcting in self.under(entries::corrects(&publisher, family))? {
                wanted.insert(correcting);
                let Some(day) = self.around.gist(correcting)?.and_then(|gist| gist.published) else { continue };
                let earlier = self.around.index.last_up_to(entries::told(&publisher, family), day.into(), EARLIER);
                wanted.extend(earlier.map_err(|e| self.around.error(e))?);
            }
        }
        Ok(())
    }
}
