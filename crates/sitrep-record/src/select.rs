//! A part of a record without reading the whole: what a filter asks for, what one thing rests on, what was said of one place.
//!
//! In: a settled record and a question. Out: [`Contents`] with the claims that answer it, the events they are accounts of and what
//! hangs on those. Documents and pages are those that are spoken of, not all. What a record that is not settled, or is asked of an earlier
//! day, says has to be computed from the whole.

use std::collections::{BTreeMap, BTreeSet};

use sitrep_model::{Claim, Contents, Document, DocumentId, Event, Filter, PageId};

use crate::control::may_tell;
use crate::filter::passes;
use crate::names::{PlaceKey, PlaceMatch, ends_alike, place_name};
use crate::register::Register;
use crate::store::finding::{Kind, cells};
use crate::{Record, RecordError, rulings};

/// Ids in the order of the alphabet.
type Ids = BTreeSet<String>;

impl Record {
    /// The claims that pass `filter`, and the events, disputes, links and forecasts they bring along. The same as [`Record::contents`] gives,
    /// but for documents, pages and copies, of which only those spoken of come.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn selected(&self, filter: &Filter) -> Result<Contents, RecordError> {
        match self.is_whole_needed()? {
            true => self.contents(filter),
            false => match self.sieved(filter)? {
                Some(ids) => {
                    let read = self.claims_of(&ids)?;
                    self.around_claims(read, |claim, document| passes(claim, document, filter))
                }
                None => self.contents(filter),
            },
        }
    }

    /// The claim, event, dispute or forecast `id` with everything it rests on: its accounts, what they are linked to, the events that
    /// are perhaps the same. `None` when the record holds none of that name.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn around(&self, id: &str) -> Result<Option<Contents>, RecordError> {
        if self.is_whole_needed()? {
            return self.contents(&Filter::default()).map(Some);
        }
        let reader = self.reader();
        let claim = match id.split_once('_').map(|(kind, _)| kind) {
            Some("c") => Some(id.to_owned()),
            Some("f") => reader.ids("SELECT claim FROM forecast WHERE id = ?1", id)?.pop(),
            _ => None,
        };
        let event = reader.ids("SELECT event FROM dispute WHERE id = ?1", id)?.pop();
        let mut events = Ids::from([event.unwrap_or_else(|| id.to_owned())]);
        if let Some(claim) = &claim {
            events.extend(reader.ids("SELECT event FROM account WHERE claim = ?1", claim)?);
        }
        for near in reader.events(&events)?.iter().flat_map(|event| &event.near_misses) {
            events.insert(near.to_string());
        }
        let mut ids = Ids::from_iter(claim.clone());
        for event in &events {
            ids.extend(reader.ids("SELECT claim FROM account WHERE event = ?1", event)?);
        }
        for of in ids.clone() {
            ids.extend(reader.ids_by_number("SELECT to_claim FROM link WHERE from_claim = ?1", &of)?);
            ids.extend(reader.ids_by_number("SELECT from_claim FROM link WHERE to_claim = ?1", &of)?);
        }
        let read = self.claims_of(&ids)?;
        let whole = self.around_claims(read, |_, _| true)?;
        let is_there = whole.events.iter().any(|event| event.event_id.as_str() == id)
            || whole.claims.iter().any(|claim| claim.claim_id.as_str() == id)
            || whole.disputes.iter().any(|dispute| dispute.dispute_id.as_str() == id)
            || whole.forecasts.iter().any(|forecast| forecast.forecast_id.as_str() == id);
        Ok(is_there.then_some(whole))
    }

    /// Every claim that can bear on who held `place`, under all names it goes by and within some 25 km of it, with the documents of those that
    /// speak of control, and nothing else: what [`crate::control`] needs.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn at_place(&self, place: &str) -> Result<Contents, RecordError> {
        if self.is_whole_needed()? {
            return self.contents(&Filter::default());
        }
        let reader = self.reader();
        let rulings = reader.rulings()?;
        let asked = place_name(place);
        let alike = |name: &str| {
            let name = place_name(name);
            name == asked || ends_alike(&name, &asked)
        };
        let mut ids = Ids::new();
        for (key, name) in reader.names(Kind::Place)? {
            if alike(&name) {
                ids.extend(reader.claims_named(key)?);
            }
        }
        let mut claims = rulings::shown(&self.claims_of(&ids)?, &rulings);
        let points = claims.iter().filter_map(|claim| claim.place.as_ref()?.lat.zip(claim.place.as_ref()?.lon));
        let around: BTreeSet<i64> = points.flat_map(|(lat, lon)| cells(lat, lon, 1)).collect();
        // What lies near under other names bears on it only when it speaks of control, or is ruled to.
        let ruled: BTreeSet<&str> = rulings.iter().map(|ruling| ruling.subject.as_str()).collect();
        let mut near = Ids::new();
        for cell in around {
            for id in reader.claims_in(cell)?.into_iter().filter(|id| !ids.contains(id)) {
                if ruled.contains(id.as_str()) || reader.event_of(&id)?.is_none_or(may_tell) {
                    near.insert(id);
                }
            }
        }
        let named = claims.iter().filter_map(|claim| claim.place.as_ref());
        let named = named.filter(|place| alike(&place.text) || place.name.as_deref().is_some_and(alike));
        let named: BTreeMap<String, PlaceKey> =
            named.map(|place| PlaceKey::of(Some(place))).map(|key| (format!("{key:?}"), key)).collect();
        claims.extend(rulings::shown(&self.claims_of(&near)?, &rulings));
        // What lies in a neighbouring cell but goes by other names and lies apart says nothing of this place.
        claims.retain(|claim| {
            let here = PlaceKey::of(claim.place.as_ref());
            named.values().any(|key| here.same_base(key) || here.compare(key) >= PlaceMatch::Near)
        });
        let telling = claims.iter().filter(|claim| may_tell(claim.event));
        let documents = reader.documents_of(telling.map(|claim| claim.document.to_string()).collect())?;
        let register = Register::of(&rulings).sources();
        let edition = reader.edition()?;
        let (pages, events, disputes) = (Vec::new(), Vec::new(), Vec::new());
        let (links, forecasts, copies) = (Vec::new(), Vec::new(), Vec::new());
        Ok(Contents {
            edition,
            pages,
            documents,
            claims,
            events,
            disputes,
            links,
            forecasts,
            copies,
            rulings,
            register,
        })
    }

    /// Whether the question can only be answered from everything the record holds.
    fn is_whole_needed(&self) -> Result<bool, RecordError> {
        let reader = self.reader();
        Ok(self.is_asked_of_another_day() || !reader.is_settled()? || !reader.is_findable()?)
    }

    /// Claims that may pass `filter`, and all that a ruling changed; `None` when nothing in the filter narrows them down.
    fn sieved(&self, filter: &Filter) -> Result<Option<Ids>, RecordError> {
        let reader = self.reader();
        let mut sieves: Vec<Ids> = Vec::new();
        for (kind, part) in [(Kind::Place, &filter.place), (Kind::Actor, &filter.actor), (Kind::Source, &filter.source)]
        {
            let Some(part) = part else { continue };
            let part = part.to_lowercase();
            let mut found = Ids::new();
            for (key, name) in reader.names(kind)? {
                if name.contains(&part) {
                    found.extend(reader.claims_named(key)?);
                }
            }
            if kind == Kind::Source {
                let outlets = reader.texts("SELECT DISTINCT outlet FROM document WHERE outlet IS NOT NULL")?;
                for outlet in outlets.iter().filter(|outlet| outlet.to_lowercase().contains(&part)) {
                    let sql =
                        "SELECT claim.id FROM document JOIN claim ON claim.document = document.id WHERE outlet = ?1";
                    found.extend(reader.ids(sql, outlet)?);
                }
            }
            sieves.push(found);
        }
        if let Some(event) = filter.event.as_deref().filter(|_| sieves.is_empty()) {
            let mut found: Ids = reader.ids("SELECT id FROM claim WHERE event = ?1", event)?.into_iter().collect();
            let family = "SELECT id FROM claim WHERE event >= ?1 || '.' AND event < ?1 || '/'";
            found.extend(reader.ids(family, event)?);
            sieves.push(found);
        }
        if sieves.is_empty() && (filter.since.is_some() || filter.until.is_some()) {
            let since = filter.since.map_or(String::new(), |day| day.to_string());
            let until = filter.until.map_or("9999-12-31".to_owned(), |day| day.to_string());
            sieves.push(reader.claims_between(&since, &until)?.into_iter().collect());
        }
        let Some(mut ids) = sieves.pop() else { return Ok(None) };
        for other in sieves {
            ids.retain(|id| other.contains(id));
        }
        ids.extend(reader.rulings()?.into_iter().map(|ruling| ruling.subject).filter(|id| id.starts_with("c_")));
        Ok(Some(ids))
    }

    fn claims_of(&self, ids: &Ids) -> Result<Vec<Claim>, RecordError> {
        let reader = self.reader();
        let read = ids.iter().filter_map(|id| reader.claim(id).transpose());
        let mut claims = read.collect::<Result<Vec<Claim>, _>>()?;
        claims.extend(self.accepted_among(ids)?);
        Ok(claims)
    }

    /// The claims among `read` that are `wanted`, with what hangs on them.
    fn around_claims(
        &self,
        read: Vec<Claim>,
        wanted: impl Fn(&Claim, Option<&Document>) -> bool,
    ) -> Result<Contents, RecordError> {
        let reader = self.reader();
        let rulings = reader.rulings()?;
        let mut claims = rulings::shown(&read, &rulings);
        let documents = reader.documents_of(claims.iter().map(|claim| claim.document.to_string()).collect())?;
        let by_id: BTreeMap<&DocumentId, &Document> = documents.iter().map(|one| (&one.id, one)).collect();
        claims.retain(|claim| wanted(claim, by_id.get(&claim.document).copied()));
        let mut events = Ids::new();
        let mut contents = Contents {
            edition: reader.edition()?,
            pages: Vec::new(),
            documents: Vec::new(),
            claims,
            events: Vec::new(),
            disputes: Vec::new(),
            links: Vec::new(),
            forecasts: Vec::new(),
            copies: Vec::new(),
            register: Register::of(&rulings).sources(),
            rulings,
        };
        for claim in &contents.claims {
            let id = claim.claim_id.as_str();
            events.extend(reader.ids("SELECT event FROM account WHERE claim = ?1", id)?);
            contents.links.extend(reader.links_of(id)?);
            contents.forecasts.extend(reader.forecasts_of(id)?);
        }
        contents.links.sort();
        contents.links.dedup();
        contents.forecasts.sort_by(|a, b| a.claim_id.cmp(&b.claim_id));
        contents.events = reader.events(&events)?;
        contents.disputes = reader.disputes_of(&events)?;
        let told = contents.events.iter().flat_map(|event: &Event| &event.accounts);
        let ids = told.map(|account| &account.document).chain(contents.claims.iter().map(|claim| &claim.document));
        let documents = reader.documents_of(ids.map(ToString::to_string).collect())?;
        let mut pages: BTreeSet<PageId> = documents.iter().map(|document| document.page.clone()).collect();
        contents.copies = reader.copies_of(&pages)?;
        pages.extend(contents.copies.iter().flat_map(|copy| [copy.page.clone(), copy.of.clone()]));
        let others = pages.iter().map(|page| reader.ids("SELECT id FROM document WHERE page = ?1", page.as_str()));
        let others: Vec<Vec<String>> = others.collect::<Result<_, _>>()?;
        contents.documents = reader.documents_of(others.into_iter().flatten().collect())?;
        contents.pages = reader.pages_of(&pages)?;
        for row in &mut contents.pages {
            row.original = reader.original_of(row.id.as_str())?;
        }
        let order: BTreeMap<&DocumentId, usize> =
            contents.documents.iter().zip(0..).map(|(it, at)| (&it.id, at)).collect();
        contents.claims.sort_by_cached_key(|it| (order.get(&it.document).copied(), it.start, it.claim_id.clone()));
        Ok(contents)
    }
}
