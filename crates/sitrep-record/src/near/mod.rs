//! Bringing a record up to date where only a little is new: a few reports added to many, a ruling on one claim.
//!
//! In: a record that was up to date, pages that came and rulings that were made since. Out: the rows that computing the whole would
//! write, of which only those are touched that the news reaches. What it cannot tell from nearby (a register of sources that changed,
//! translations, what machines proposed, an outlet of many pages whose furniture changed) it leaves to computing the whole.

mod change;
mod copies;
pub(crate) mod entries;
mod index;
mod reach;
mod rest;
mod state;

use std::cell::RefCell;
use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;
use std::rc::Rc;

use rusqlite::{Connection, OptionalExtension as _};
use sitrep_model::{Claim, Document, Event, EventId, PageCopy, PageId, Ruling};

pub(crate) use state::{Settled, forget, keep_whole};

use crate::RecordError;
use crate::fuse::fact::Fact;
use crate::fuse::gist::Gist;
use crate::fuse::same_event::Alike;
use crate::fuse::{self, ABOUT_ONLY, Known, NEAR_MISSES, defined};
use crate::register::Register;
use crate::rulings::proposed::PROPOSE;
use crate::rulings::ties::Ties;
use crate::rulings::{self, standing_rulings};
use crate::store::{finding, read::Reader, write};
use change::{Before, Change};
use copies::Pages;
use index::Index;
use reach::{Around, Reached, claim_id, number_of};

/// More new pages at once are a matter for computing the whole.
const MOST_FRESH: usize = 100;

/// Fits in what is new. `false` when it takes the whole: what was written so far is then to be rolled back.
pub(crate) fn settle(connection: &Connection, path: &Path) -> Result<bool, RecordError> {
    let around = Around::new(Index { connection }, Reader { connection, path });
    let Some(before) = state::of(&around)? else { return Ok(false) };
    if before.has_translations || copies::n_fresh(&around)? > MOST_FRESH {
        return Ok(false);
    }
    let all = around.reader.rulings()?;
    let old: Vec<Ruling> = all.iter().filter(|ruling| ruling.number <= before.ruling).cloned().collect();
    let mut ruled: BTreeSet<String> = BTreeSet::new();
    for ruling in all.iter().filter(|ruling| ruling.number > before.ruling) {
        let Some(about) = change::ruled(ruling, &all) else { return Ok(false) };
        ruled.extend(about);
    }
    // An accepted proposal is a claim without a row of its own.
    if all.iter().any(|ruling| ruling.action == PROPOSE) {
        return Ok(false);
    }
    let fresh = copies::fresh(&around)?;
    if fresh.iter().any(|document| document.translation.is_some()) {
        return Ok(false);
    }
    let pages = Pages::new(&around);
    let Some(copied) = pages.take_in(&fresh)? else { return Ok(false) };
    let rulings = Before { old: &old, new: &all };
    let mut change = Change::default();
    let mut shown: Vec<(Option<Claim>, Claim)> = Vec::new();
    for document in &fresh {
        let claims = around.reader.claims_of(document.id.as_str())?;
        let ids = claims.iter().map(|claim| claim.claim_id.to_string()).collect();
        change.take_in(&around, document, &claims, &ids, &rulings)?;
        shown.extend(rulings::shown(&claims, &all).into_iter().map(|claim| (None, claim)));
    }
    let new: BTreeSet<&str> = fresh.iter().map(|document| document.id.as_str()).collect();
    for (document, ids) in change::by_document(&around, &ruled)? {
        let Some(document) = around.document(document.as_str())?.filter(|it| !new.contains(it.id.as_str())) else {
            continue;
        };
        let claims = around.reader.claims_of(document.id.as_str())?;
        change.take_in(&around, &document, &claims, &ids, &rulings)?;
        let pairs = rulings::shown(&claims, &old).into_iter().zip(rulings::shown(&claims, &all));
        shown.extend(pairs.filter(|(_, now)| ids.contains(now.claim_id.as_str())).map(|(was, now)| (Some(was), now)));
    }
    let news =
        News { around: &around, pages: &pages, rulings: &all, known: known(&all), change, claims: RefCell::default() };
    let Some((reached, events)) = news.events(&copied)? else { return Ok(false) };
    let today = news.latest()?;
    let forecasts = news.forecasts(&reached.claims, before.latest, today)?;
    news.links(&reached.claims, events, &forecasts)?;
    for (was, now) in &shown {
        finding::replace_one(connection, was.as_ref(), now).map_err(|e| around.error(e))?;
    }
    let last = all.last().map_or(0, |ruling| ruling.number);
    state::keep(connection, &state::Settled { ruling: last, latest: today, has_translations: false })
        .and_then(|()| write::settled(connection, true))
        .map_err(|e| around.error(e))?;
    Ok(true)
}

fn known(rulings: &[Ruling]) -> Known {
    let (register, ties) = (Register::of(rulings), Ties::of(standing_rulings(rulings)));
    Known { retrieved: BTreeMap::new(), register, ties }
}

/// What is new, and what is at hand to fit it in.
struct News<'c, 'a> {
    around: &'a Around<'c>,
    pages: &'a Pages<'c, 'a>,
    rulings: &'a [Ruling],
    known: Known,
    change: Change,
    /// Claims as they stand, those that were read.
    claims: RefCell<HashMap<u64, Option<Claim>>>,
}

/// Claims as they stand, with their documents.
struct Loaded {
    claims: Vec<Claim>,
    /// Those of them that are kept ready for comparing.
    gists: HashMap<u64, Rc<Gist>>,
    documents: Vec<Rc<Document>>,
}

impl Loaded {
    fn facts(&self, copies: &[PageCopy]) -> Vec<Fact<'_>> {
        let ready = |claim: &Claim| Some(Gist::clone(self.gists.get(&number_of(claim.claim_id.as_str()))?));
        fuse::facts(&self.claims, &self.documents.iter().map(Rc::as_ref).collect::<Vec<_>>(), copies, ready)
    }
}

impl News<'_, '_> {
    /// Claims with their documents.
    fn load(&self, ids: &BTreeSet<u64>) -> Result<Loaded, RecordError> {
        let mut known = self.claims.borrow_mut();
        let mut read: Vec<Claim> = Vec::new();
        for id in ids {
            if let Entry::Vacant(new) = known.entry(*id) {
                new.insert(None);
                read.extend(self.around.reader.claim(&claim_id(*id))?);
            }
        }
        let standing = rulings::standing(&read, self.rulings);
        known.extend(standing.into_iter().map(|claim| (number_of(claim.claim_id.as_str()), Some(claim))));
        let claims: Vec<Claim> = ids.iter().filter_map(|id| known.get(id)?.clone()).collect();
        let wanted: BTreeSet<&str> = claims.iter().map(|claim| claim.document.as_str()).collect();
        let documents = wanted.into_iter().map(|id| self.around.document(id)).collect::<Result<Vec<_>, _>>()?;
        let mut gists = HashMap::new();
        for id in ids {
            gists.extend(self.around.gist(*id)?.map(|gist| (*id, gist)));
        }
        Ok(Loaded { claims, gists, documents: documents.into_iter().flatten().collect() })
    }

    /// Makes the events anew that the news reaches. Gives what it reached and the ids of the events that came of it.
    fn events(&self, copied: &BTreeSet<u64>) -> Result<Option<(Reached, BTreeSet<String>)>, RecordError> {
        let mut seeds = self.change.seeds.clone();
        for page in copied {
            let sql = "SELECT claim.id FROM document JOIN claim ON claim.document = document.id WHERE page = ?1";
            let claims = self.around.reader.ids(sql, &reach::page_id(*page))?;
            seeds.extend(claims.iter().map(|id| number_of(id)));
        }
        for place in &self.change.places {
            seeds.extend(self.under(entries::open(place))?);
        }
        let together = change::together(&self.known.ties);
        let Some(reached) = self.around.reach(&seeds, &together)? else { return Ok(None) };
        let loaded = self.load(&reached.claims)?;
        let pages: BTreeSet<PageId> = loaded.documents.iter().map(|document| document.page.clone()).collect();
        let copies = self.pages.copies_around(&pages)?;
        let facts = loaded.facts(&copies);
        let places: BTreeMap<u64, u32> = facts.iter().map(|fact| fact.id).zip(0..).collect();
        let mut alike = Alike::default();
        for ((one, other), verdict) in &reached.alike {
            if let (Some(one), Some(other)) = (places.get(one), places.get(other)) {
                alike.note(*one, *other, *verdict);
            }
        }
        let mut fused = fuse::fused(&facts, alike, &self.known);
        self.locate(&mut fused.events)?;
        let gone: BTreeSet<u64> = reached.claims.union(&self.change.claims).copied().collect();
        self.replace(&gone, &fused.events, &fused.disputes)?;
        let id = |at: u32| facts[at as usize].id;
        let nearly = fused.grouping.nearly.iter().map(|&(one, other)| (id(one), id(other))).collect();
        self.near_misses(&reached, &fused.events, nearly)?;
        let events = fused.events.iter().map(|event| event.event_id.to_string()).collect();
        Ok(Some((reached, events)))
    }

    /// Everyone under a key that has no order.
    fn under(&self, key: u64) -> Result<Vec<u64>, RecordError> {
        self.around.index.between(key, i64::MIN, i64::MAX).map_err(|e| self.around.error(e))
    }

    /// Gives events at places nobody else knows the area that reports together tell.
    fn locate(&self, events: &mut [Event]) -> Result<(), RecordError> {
        let names: BTreeSet<String> =
            events.iter().filter_map(|event| event.place.as_ref().and_then(defined::open_name)).collect();
        let mut telling = BTreeSet::new();
        for name in &names {
            telling.extend(self.under(entries::defines(name))?);
        }
        defined::locate(&fuse::defined_places(&self.load(&telling)?.claims), events);
        Ok(())
    }

    /// Replaces the events in which these claims have part.
    fn replace(
        &self,
        claims: &BTreeSet<u64>,
        events: &[Event],
        disputes: &[sitrep_model::Dispute],
    ) -> Result<(), RecordError> {
        let connection = self.around.index.connection;
        let mut gone = BTreeSet::new();
        for claim in claims {
            gone.extend(self.around.reader.ids("SELECT event FROM account WHERE claim = ?1", &claim_id(*claim))?);
        }
        let write = || -> rusqlite::Result<()> {
            for event in &gone {
                connection.prepare_cached("DELETE FROM event WHERE id = ?1")?.execute([event])?;
                connection.prepare_cached("DELETE FROM account WHERE event = ?1")?.execute([event])?;
                connection.prepare_cached("DELETE FROM dispute WHERE event = ?1")?.execute([event])?;
            }
            events.iter().try_for_each(|event| write::event(connection, event))?;
            disputes.iter().try_for_each(|dispute| write::dispute(connection, dispute))
        };
        write().map_err(|e| self.around.error(e))
    }

    /// The event a claim tells; none of what only speaks about another.
    fn event_of(&self, claim: u64) -> Result<Option<EventId>, RecordError> {
        let sql = "SELECT id, event.event FROM account JOIN event ON event.id = account.event WHERE claim = ?1";
        let mut statement = self.around.index.connection.prepare_cached(sql).map_err(|e| self.around.error(e))?;
        let row = |row: &rusqlite::Row<'_>| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?));
        let found = statement.query_row([claim_id(claim)], row).optional().map_err(|e| self.around.error(e))?;
        let (Some((id, kind)), Some(gist)) = (found, self.around.gist(claim)?) else { return Ok(None) };
        let is_attached = gist.is(ABOUT_ONLY) && !ABOUT_ONLY.contains(&kind.as_str());
        Ok((!is_attached).then(|| EventId::known(&id)))
    }

    /// Tells the reached events, and those beside them, which others they nearly are.
    fn near_misses(&self, reached: &Reached, events: &[Event], refused: Vec<(u64, u64)>) -> Result<(), RecordError> {
        let mut looked_at: BTreeSet<EventId> = events.iter().map(|event| event.event_id.clone()).collect();
        for claim in &reached.beside {
            looked_at.extend(self.event_of(*claim)?);
        }
        let mut near: BTreeMap<EventId, BTreeSet<EventId>> =
            looked_at.iter().map(|event| (event.clone(), BTreeSet::new())).collect();
        let mut pairs: BTreeSet<(u64, u64)> = refused.into_iter().collect();
        for event in &looked_at {
            let members = self.around.reader.ids("SELECT claim FROM account WHERE event = ?1", event.as_str())?;
            for member in members.iter().map(|id| number_of(id)) {
                let Some(gist) = self.around.gist(member)? else { continue };
                let alike = match reached.met.get(&member) {
                    Some(met) => met.clone(),
                    None => self.around.alike(&gist)?.into_iter().map(|(other, _)| other).collect(),
                };
                pairs.extend(alike.into_iter().map(|other| (member.min(other), member.max(other))));
            }
        }
        for (one, other) in pairs {
            let (Some(a), Some(b)) = (self.event_of(one)?, self.event_of(other)?) else { continue };
            if a != b {
                near.get_mut(&a).into_iter().for_each(|near| near.extend([b.clone()]));
                near.get_mut(&b).into_iter().for_each(|near| near.extend([a.clone()]));
            }
        }
        for (id, near) in near {
            let near: Vec<EventId> = near.into_iter().take(NEAR_MISSES).collect();
            let one = BTreeSet::from([id.to_string()]);
            for event in self.around.reader.events(&one)?.into_iter().filter(|event| event.near_misses != near) {
                let event = Event { near_misses: near.clone(), ..event };
                write::event(self.around.index.connection, &event).map_err(|e| self.around.error(e))?;
            }
        }
        Ok(())
    }
}
