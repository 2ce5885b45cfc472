//! A state of the record as it is shown: read once, asked often.
//!
//! In: a record. Out: [`Snapshot`] with its contents, look-ups by id, and the table that filters run over. Readers' names are replaced
//! before anything else sees them. Never changes; a changed record is another snapshot.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::OnceLock;
use std::time::SystemTime;

use sitrep::model::{
    Claim, Contents, ControlAnswer, Date, Dispute, Document, Event, Filter, Forecast, Link, PageRow, ReviewItem,
    sha256_hex,
};
use sitrep::show::Names;
use sitrep::{Access, Record, places, proposed, queue, readers, show};

use crate::answers::SourceLine;
use crate::board::Board;
use crate::ledgers;

/// Where things stand in [`Contents`], by id.
type Rows = BTreeMap<String, usize>;

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
    links_by_claim: BTreeMap<String, Vec<usize>>,
    claims_by_document: BTreeMap<String, Vec<usize>>,
    waiting: OnceLock<Vec<ReviewItem>>,
    proposed: OnceLock<Vec<Claim>>,
    control: OnceLock<Vec<ControlAnswer>>,
    sources: OnceLock<Vec<SourceLine>>,
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
    ids.enumerate().map(|(row, id)| (id.to_owned(), row)).collect()
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
        let accounts =
            accounts.flat_map(|(row, it)| it.accounts.iter().map(move |one| (one.claim_id.to_string(), row)));
        let mut links_by_claim: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (row, link) in contents.links.iter().enumerate() {
            for end in BTreeSet::from([link.from.as_str(), link.to.as_str()]) {
                links_by_claim.entry(end.to_owned()).or_default().push(row);
            }
        }
        let mut claims_by_document: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (row, claim) in contents.claims.iter().enumerate() {
            claims_by_document.entry(claim.document.to_string()).or_default().push(row);
        }
        Ok(Snapshot {
            claims: rows(contents.claims.iter().map(|it| it.claim_id.as_str())),
            documents: rows(contents.documents.iter().map(|it| it.id.as_str())),
            events: rows(contents.events.iter().map(|it| it.event_id.as_str())),
            pages: rows(contents.pages.iter().map(|it| it.id.as_str())),
            disputes: rows(contents.disputes.iter().map(|it| it.dispute_id.as_str())),
            forecasts_by_claim: rows(contents.forecasts.iter().map(|it| it.claim_id.as_str())),
            event_by_claim: accounts.collect(),
            links_by_claim,
            claims_by_document,
            board: Board::of(&contents),
            waiting: OnceLock::new(),
            proposed: OnceLock::new(),
            control: OnceLock::new(),
            sources: OnceLock::new(),
            version,
            contents,
        })
    }

    /// The claim of that id.
    pub(crate) fn claim(&self, id: &str) -> Option<&Claim> {
        self.claims.get(id).map(|row| &self.contents.claims[*row])
    }

    /// The document of that id.
    pub(crate) fn document(&self, id: &str) -> Option<&Document> {
        self.documents.get(id).map(|row| &self.contents.documents[*row])
    }

    /// The event of that id.
    pub(crate) fn event(&self, id: &str) -> Option<&Event> {
        self.events.get(id).map(|row| &self.contents.events[*row])
    }

    /// The page a document was read from.
    pub(crate) fn page_of(&self, document: &Document) -> Option<&PageRow> {
        self.pages.get(document.page.as_str()).map(|row| &self.contents.pages[*row])
    }

    /// The event a claim is an account of.
    pub(crate) fn event_of(&self, claim: &str) -> Option<&Event> {
        self.event_by_claim.get(claim).map(|row| &self.contents.events[*row])
    }

    /// The claims of a document, in their order.
    pub(crate) fn claims_of(&self, document: &str) -> impl Iterator<Item = &Claim> {
        let rows = self.claims_by_document.get(document).map_or(&[][..], Vec::as_slice);
        rows.iter().map(|row| &self.contents.claims[*row])
    }

    /// The accounts of an event.
    pub(crate) fn accounts_of(&self, event: &Event) -> impl Iterator<Item = &Claim> {
        event.accounts.iter().filter_map(|account| self.claim(account.claim_id.as_str()))
    }

    /// How a claim stands to others.
    pub(crate) fn links_of(&self, claim: &str) -> impl Iterator<Item = &Link> {
        let rows = self.links_by_claim.get(claim).map_or(&[][..], Vec::as_slice);
        rows.iter().map(|row| &self.contents.links[*row])
    }

    /// The disputes of an event.
    pub(crate) fn disputes_of(&self, event: &Event) -> Vec<Dispute> {
        event.disputes.iter().filter_map(|id| self.dispute(id.as_str())).cloned().collect()
    }

    /// The dispute of that id.
    pub(crate) fn dispute(&self, id: &str) -> Option<&Dispute> {
        self.disputes.get(id).map(|row| &self.contents.disputes[*row])
    }

    /// The forecast a claim makes.
    pub(crate) fn forecast_of(&self, claim: &str) -> Option<&Forecast> {
        self.forecasts_by_claim.get(claim).map(|row| &self.contents.forecasts[*row])
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

    /// Works out what takes long, so that nobody waits for it: the words, the queue, the sources, who held what.
    pub(crate) fn warm(&self) {
        self.board.warm(&self.contents);
        self.waiting();
        self.sources();
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
