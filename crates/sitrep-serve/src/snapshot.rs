//! A state of the record as it is shown: read once, asked often.
//!
//! In: a record. Out: [`Snapshot`] with its contents, look-ups by id, and the table that filters run over. Readers' names are replaced
//! before anything else sees them. Never changes; a changed record is another snapshot.

use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::Path;
use std::sync::OnceLock;
use std::time::SystemTime;

use sitrep::model::{
    Claim, Contents, ControlAnswer, Date, Dispute, Document, Event, Filter, Forecast, Link, PageRow, ReviewItem,
    ScoreRow, sha256_hex,
};
use sitrep::show::Names;
use sitrep::{Access, Record, places, proposed, queue, readers, scores, show};

use crate::answers::SourceLine;
use crate::board::{self, Board};
use crate::ledgers;

/// Where things stand in [`Contents`], by the hashes of their ids: sixteen bytes each.
struct Rows(Vec<(u64, u32)>);

impl Rows {
    fn of<'i>(rows: impl Iterator<Item = (&'i str, usize)>) -> Rows {
        let row = |(id, row): (&str, usize)| (hash(id), u32::try_from(row).unwrap_or(u32::MAX));
        let mut rows: Vec<(u64, u32)> = rows.map(row).collect();
        rows.sort_unstable();
        rows.dedup();
        Rows(rows)
    }

    /// Rows that may be those of an id: two ids seldom have one hash, so the caller looks.
    fn perhaps(&self, id: &str) -> impl Iterator<Item = usize> {
        let hash = hash(id);
        let from = self.0.partition_point(|(other, _)| *other < hash);
        self.0[from..].iter().take_while(move |(other, _)| *other == hash).map(|(_, row)| *row as usize)
    }
}

fn hash(id: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    id.hash(&mut hasher);
    hasher.finish()
}

/// One state of the record.
pub(crate) struct Snapshot {
    /// Changes whenever the record does.
    pub(crate) version: String,
    /// Everything it holds.
    pub(crate) contents: Contents,
    /// The table that filters run over.
    pub(crate) board: Board,
    claims: Rows,
    documents: Rows,
    events: Rows,
    pages: Rows,
    disputes: Rows,
    forecasts_by_claim: Rows,
    event_by_claim: Rows,
    links_by_claim: Rows,
    claims_by_document: Rows,
    days: Option<[Date; 2]>,
    waiting: OnceLock<Vec<ReviewItem>>,
    proposed: OnceLock<Vec<Claim>>,
    control: OnceLock<Vec<ControlAnswer>>,
    sources: OnceLock<Vec<SourceLine>>,
    scores: OnceLock<Vec<ScoreRow>>,
}

/// Names the state of the file: two states with one name hold the same.
pub(crate) fn version(record: &Path) -> String {
    let state = |path: &Path| {
        let Ok(data) = std::fs::metadata(path) else { return (0, 0) };
        let changed = data.modified().ok().and_then(|time| time.duration_since(SystemTime::UNIX_EPOCH).ok());
        (changed.map_or(0, |time| time.as_nanos()), data.len())
    };
    let beside = |ending: &str| {
        let mut name = record.as_os_str().to_owned();
        name.push(ending);
        state(Path::new(&name))
    };
    sha256_hex(format!("{:?} {:?}", state(record), beside("-wal")).as_bytes())[..16].to_owned()
}

fn rows<'i>(ids: impl Iterator<Item = &'i str>) -> Rows {
    Rows::of(ids.enumerate().map(|(row, id)| (id, row)))
}

impl Snapshot {
    /// The record's state now, or as it was known on a day.
    pub(crate) fn of(path: &Path, as_of: Option<Date>) -> anyhow::Result<Snapshot> {
        let version = version(path);
        let record = Record::open(path, Access::ReadOnly)?;
        let record = match as_of {
            Some(day) => record.as_known(day),
            None => record,
        };
        let mut contents = readers::contents(&record, &Filter::default())?;
        show::pseudonymize(&mut contents, Names::Pseudonyms(&record.readers_key()?));
        let accounts = contents.events.iter().enumerate();
        let accounts = accounts.flat_map(|(row, it)| it.accounts.iter().map(move |one| (one.claim_id.as_str(), row)));
        let links = contents.links.iter().enumerate();
        let links = links.flat_map(|(row, link)| [(link.from.as_str(), row), (link.to.as_str(), row)]);
        let claims = contents.claims.iter().enumerate();
        Ok(Snapshot {
            claims: rows(contents.claims.iter().map(|it| it.claim_id.as_str())),
            documents: rows(contents.documents.iter().map(|it| it.id.as_str())),
            events: rows(contents.events.iter().map(|it| it.event_id.as_str())),
            pages: rows(contents.pages.iter().map(|it| it.id.as_str())),
            disputes: rows(contents.disputes.iter().map(|it| it.dispute_id.as_str())),
            forecasts_by_claim: rows(contents.forecasts.iter().map(|it| it.claim_id.as_str())),
            event_by_claim: Rows::of(accounts),
            links_by_claim: Rows::of(links),
            claims_by_document: Rows::of(claims.map(|(row, claim)| (claim.document.as_str(), row))),
            days: board::days(&contents),
            board: Board::of(&contents),
            waiting: OnceLock::new(),
            proposed: OnceLock::new(),
            control: OnceLock::new(),
            sources: OnceLock::new(),
            scores: OnceLock::new(),
            version,
            contents,
        })
    }

    /// The claim of that id.
    pub(crate) fn claim(&self, id: &str) -> Option<&Claim> {
        self.claims.perhaps(id).map(|row| &self.contents.claims[row]).find(|it| it.claim_id.as_str() == id)
    }

    /// The document of that id.
    pub(crate) fn document(&self, id: &str) -> Option<&Document> {
        self.documents.perhaps(id).map(|row| &self.contents.documents[row]).find(|it| it.id.as_str() == id)
    }

    /// The event of that id.
    pub(crate) fn event(&self, id: &str) -> Option<&Event> {
        self.events.perhaps(id).map(|row| &self.contents.events[row]).find(|it| it.event_id.as_str() == id)
    }

    /// The page a document was read from.
    pub(crate) fn page_of(&self, document: &Document) -> Option<&PageRow> {
        self.pages
            .perhaps(document.page.as_str())
            .map(|row| &self.contents.pages[row])
            .find(|it| it.id == document.page)
    }

    /// The event a claim is an account of.
    pub(crate) fn event_of(&self, claim: &str) -> Option<&Event> {
        self.event_by_claim
            .perhaps(claim)
            .map(|row| &self.contents.events[row])
            .find(|it| it.accounts.iter().any(|account| account.claim_id.as_str() == claim))
    }

    /// The claims of a document, in their order.
    pub(crate) fn claims_of<'s>(&'s self, document: &'s str) -> impl Iterator<Item = &'s Claim> {
        let rows = self.claims_by_document.perhaps(document).map(|row| &self.contents.claims[row]);
        rows.filter(move |claim| claim.document.as_str() == document)
    }

    /// The accounts of an event.
    pub(crate) fn accounts_of(&self, event: &Event) -> impl Iterator<Item = &Claim> {
        event.accounts.iter().filter_map(|account| self.claim(account.claim_id.as_str()))
    }

    /// How a claim stands to others.
    pub(crate) fn links_of<'s>(&'s self, claim: &'s str) -> impl Iterator<Item = &'s Link> {
        let rows = self.links_by_claim.perhaps(claim).map(|row| &self.contents.links[row]);
        rows.filter(move |link| link.from.as_str() == claim || link.to.as_str() == claim)
    }

    /// The disputes of an event.
    pub(crate) fn disputes_of(&self, event: &Event) -> Vec<Dispute> {
        event.disputes.iter().filter_map(|id| self.dispute(id.as_str())).cloned().collect()
    }

    /// The dispute of that id.
    pub(crate) fn dispute(&self, id: &str) -> Option<&Dispute> {
        self.disputes.perhaps(id).map(|row| &self.contents.disputes[row]).find(|it| it.dispute_id.as_str() == id)
    }

    /// The forecast a claim makes.
    pub(crate) fn forecast_of(&self, claim: &str) -> Option<&Forecast> {
        self.forecasts_by_claim
            .perhaps(claim)
            .map(|row| &self.contents.forecasts[row])
            .find(|it| it.claim_id.as_str() == claim)
    }

    /// First and last day that any claim speaks of.
    pub(crate) fn days(&self) -> Option<[Date; 2]> {
        self.days
    }

    /// What waits for review.
    pub(crate) fn waiting(&self) -> &[ReviewItem] {
        self.waiting.get_or_init(|| queue(&self.contents))
    }

    /// What a machine proposed under that id and nobody has ruled on.
    pub(crate) fn proposed(&self, id: &str) -> Option<&Claim> {
        self.proposed.get_or_init(|| proposed(&self.contents)).iter().find(|claim| claim.claim_id.as_str() == id)
    }

    /// Who is said to have held each place, with all its days.
    pub(crate) fn control(&self) -> &[ControlAnswer] {
        self.control.get_or_init(|| places::control(&self.contents, None))
    }

    /// Every source with its record.
    pub(crate) fn sources(&self) -> &[SourceLine] {
        self.sources.get_or_init(|| ledgers::sources(self))
    }

    /// How good forecasts were: all, each source's, those of commenters together.
    pub(crate) fn scores(&self) -> &[ScoreRow] {
        self.scores.get_or_init(|| scores(&self.contents))
    }

    /// Works out what takes long, so that nobody waits for it: the words, the queue, the sources, who held what.
    pub(crate) fn warm(&self) {
        self.board.warm(&self.contents);
        self.waiting();
        self.sources();
        self.scores();
        self.control();
    }

    /// An event and those perhaps the same, with their claims, as contents of their own: what comparing them needs.
    pub(crate) fn around(&self, event: &Event) -> Contents {
        let near = event.near_misses.iter().filter_map(|id| self.event(id.as_str()));
        let events: Vec<Event> = std::iter::once(event).chain(near).cloned().collect();
        let claims: Vec<Claim> = events.iter().flat_map(|it| self.accounts_of(it)).cloned().collect();
        let ids: BTreeSet<&str> = claims.iter().map(|claim| claim.document.as_str()).collect();
        let documents: Vec<Document> = ids.into_iter().filter_map(|id| self.document(id)).cloned().collect();
        let whole = &self.contents;
        let (edition, rulings, register) = (whole.edition.clone(), whole.rulings.clone(), whole.register.clone());
        let none = (Vec::new(), Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let (pages, disputes, links, forecasts, copies) = none;
        Contents { edition, pages, documents, claims, events, disputes, links, forecasts, copies, rulings, register }
    }
}
