//! The record: one file, and what may be asked of it.
//!
//! In: pages, documents, claims, rulings. Out: [`Record`], its [`Contents`] and answers by id. Events, disputes, links and
//! forecasts are computed from all claims by [`Record::settle`]; until then a reader computes them for itself, so a run that
//! was cut short never shows stale ones. Never deletes a page or a claim.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use rusqlite::{Connection, Transaction};
use sitrep_model::{
    Claim, ClaimId, Contents, Date, Document, DocumentId, Edition, Filter, Note, Page, PageId, RegisteredSource,
    Ruling, Thumbnail, sha256_hex,
};

use crate::as_known::known_by;
use crate::evidence::seal::Keeper;
use crate::filter::filtered;
use crate::fuse::{Derived, Known, derive_from};
use crate::register::Register;
use crate::rulings::{proposed::with_accepted, ties::Ties};
use crate::store::{self, lock::WriterLock, read::Reader, write};
use crate::translation::{Named, originals};
use crate::{RecordError, lots, near, readers, rulings};

/// A record of fewer claims is always computed whole: that takes no longer than a glance, and its file is then always tight.
const NEAR_FROM_CLAIMS: i64 = 2_000;

/// What a record is opened for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Access {
    /// Looking only; several programs may at once.
    #[default]
    ReadOnly,
    /// Adding and ruling; one program at a time.
    ReadWrite,
}

/// What `add` did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Added {
    /// The page is in the record now.
    New,
    /// The page was there; nothing changed.
    AlreadyThere,
}

/// A record on disk.
#[derive(Debug)]
pub struct Record {
    pub(crate) path: PathBuf,
    access: Access,
    // Declared before the lock: dropped before it.
    connection: Connection,
    lock: Option<WriterLock>,
    today: Option<Date>,
    known_by: Option<Date>,
    pub(crate) keeper: Option<Keeper>,
}

impl Record {
    /// Makes an empty record.
    ///
    /// # Errors
    /// When there is a file of that name or it cannot be written.
    pub fn create(path: &Path, edition: &Edition) -> Result<Record, RecordError> {
        let connection = store::create(path)?;
        write::edition(&connection, edition).map_err(|e| RecordError::database(path, e))?;
        Ok(Record::of(path, connection, Some(WriterLock::take(path)?)))
    }

    /// A record that is open for writing, as soon as it holds the lock.
    pub(crate) fn of(path: &Path, connection: Connection, lock: Option<WriterLock>) -> Record {
        let (path, access) = (path.to_path_buf(), Access::ReadWrite);
        Record { path, access, connection, lock, today: None, known_by: None, keeper: None }
    }

    pub(crate) fn locked(self, lock: WriterLock) -> Record {
        Record { lock: Some(lock), ..self }
    }

    /// Opens a record.
    ///
    /// # Errors
    /// When there is no such file, or it is not a record, or a newer program wrote it.
    pub fn open(path: &Path, access: Access) -> Result<Record, RecordError> {
        let lock = match access {
            Access::ReadOnly => None,
            Access::ReadWrite => {
                store::check(path)?;
                let lock = WriterLock::take(path)?;
                // What a run left that ended while it wrote the file anew.
                store::clean(path)?;
                Some(lock)
            }
        };
        let connection = store::open(path, access)?;
        Ok(Record { path: path.to_path_buf(), access, connection, lock, today: None, known_by: None, keeper: None })
    }

    /// The same record, judging forecasts as of `today` instead of the latest publication date in it.
    #[must_use]
    pub fn as_of(mut self, today: Date) -> Record {
        self.today = Some(today);
        self
    }

    /// The record as it was known on a day: only pages published by then, or saved by then where nobody knows when they were published.
    /// Forecasts are judged as of that day. Rulings stay in force: they are how pages are read, not what was known.
    #[must_use]
    pub fn as_known(mut self, day: Date) -> Record {
        (self.known_by, self.today) = (Some(day), Some(day));
        self
    }

    /// Adds one page with what was read from it, in one transaction. Call [`Record::settle`] after the last one.
    ///
    /// # Errors
    /// When the record was opened for reading or the file cannot be written.
    pub fn add(
        &mut self,
        page: &Page,
        document: &Document,
        claims: &[Claim],
        notes: &[Note],
    ) -> Result<Added, RecordError> {
        self.add_with_thumbnails(page, document, claims, notes, &[])
    }

    /// The same with stills of the pictures the page shows. Those of a page that was there already are not kept.
    ///
    /// # Errors
    /// When the record was opened for reading or the file cannot be written.
    pub fn add_with_thumbnails(
        &mut self,
        page: &Page,
        document: &Document,
        claims: &[Claim],
        notes: &[Note],
        thumbnails: &[Thumbnail],
    ) -> Result<Added, RecordError> {
        let new = self.write(|transaction| {
            let new = write::page(transaction, page, document, claims, notes)?;
            if new {
                write::thumbnails(transaction, thumbnails)?;
            }
            Ok(new)
        })?;
        Ok(if new { Added::New } else { Added::AlreadyThere })
    }

    /// Brings events, disputes, links and forecasts up to date with all claims and rulings.
    ///
    /// What comes out depends on what the record holds, not on how it got there. In a large record to which little came since the last
    /// time only what the news reaches is computed; else the whole is, and the file is written tight: then its bytes, too, depend on
    /// nothing else.
    ///
    /// # Errors
    /// When the record was opened for reading or the file cannot be written.
    pub fn settle(&mut self) -> Result<(), RecordError> {
        match self.settle_near(NEAR_FROM_CLAIMS)? {
            true => self.note(""),
            false => self.settle_whole(),
        }
    }

    /// Computes the whole anew and writes the file tight.
    ///
    /// # Errors
    /// As [`Record::settle`].
    pub fn settle_whole(&mut self) -> Result<(), RecordError> {
        if self.access == Access::ReadOnly {
            return Err(RecordError::ReadOnly { path: self.path.clone() });
        }
        let is_asked_of_another_day = self.is_asked_of_another_day();
        let path = &self.path;
        let error = |e| RecordError::database(path, e);
        store::more_at_hand(&self.connection).map_err(error)?;
        let transaction = self.connection.transaction().map_err(error)?;
        lots::settle(&transaction, path, self.today)?;
        if is_asked_of_another_day {
            near::forget(&transaction).map_err(error)?;
        }
        transaction.commit().map_err(error)?;
        self.tighten()?;
        self.note("")
    }

    /// Writes a settled record tight, so that its bytes depend on nothing but its pages, rulings and edition.
    ///
    /// # Errors
    /// When the record was opened for reading or the file cannot be written.
    pub fn tighten(&mut self) -> Result<(), RecordError> {
        self.write(readers::keep)?;
        let memory = Connection::open_in_memory().map_err(|e| RecordError::database(&self.path, e))?;
        let connection = std::mem::replace(&mut self.connection, memory);
        let (connection, lock) = store::write_tight(connection, &self.path)?;
        (self.connection, self.lock) = (connection, Some(lock));
        Ok(())
    }

    /// Fits in what is new, in a record of so many claims at least; `false` when that cannot be done and nothing was.
    pub(crate) fn settle_near(&mut self, least_claims: i64) -> Result<bool, RecordError> {
        if self.access == Access::ReadOnly || self.is_asked_of_another_day() {
            return Ok(false);
        }
        let path = &self.path;
        let error = |e| RecordError::database(path, e);
        let transaction = self.connection.transaction().map_err(error)?;
        let enough = "SELECT count(*) FROM (SELECT 1 FROM claim LIMIT ?1)";
        let n: i64 = transaction.query_row(enough, [least_claims], |row| row.get(0)).map_err(error)?;
        let done = n >= least_claims && near::settle(&transaction, path)?;
        if done { transaction.commit() } else { transaction.rollback() }.map_err(error)?;
        Ok(done)
    }

    /// What the record was made with.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn edition(&self) -> Result<Edition, RecordError> {
        self.reader().edition()
    }

    /// The user's own list of actors that the record was made with, as it was given, or `None`. [`Record::verify`] compares it with its hash.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn actors(&self) -> Result<Option<Vec<u8>>, RecordError> {
        self.reader().actors()
    }

    /// Keeps the user's own list of actors, so that the record can be read again wherever it goes.
    ///
    /// # Errors
    /// When the record was made with another list or none, was opened for reading, or the file cannot be written.
    pub fn keep_actors(&mut self, list: &[u8]) -> Result<(), RecordError> {
        if self.edition()?.actors != Some(sha256_hex(list)) {
            return Err(RecordError::OtherActors { path: self.path.clone() });
        }
        if self.actors()?.as_deref() == Some(list) {
            return Ok(());
        }
        self.write(|transaction| write::actors(transaction, list))
    }

    /// Every ruling, in order.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn rulings(&self) -> Result<Vec<Ruling>, RecordError> {
        self.reader().rulings()
    }

    /// What the user noted of sources, by name.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn register(&self) -> Result<Vec<RegisteredSource>, RecordError> {
        Ok(Register::of(&self.reader().rulings()?).sources())
    }

    /// Everything a view may show, less what the filter leaves out. Pages, documents and rulings are always whole.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn contents(&self, filter: &Filter) -> Result<Contents, RecordError> {
        let reader = self.reader();
        let rulings = reader.rulings()?;
        let (read_claims, documents) = self.given()?;
        let derived = match reader.is_settled()? && self.today.is_none() {
            true => reader.derived()?,
            false => self.derived_from(&read_claims, &documents, &rulings)?,
        };
        let claims = rulings::shown(&read_claims, &rulings);
        let mut pages = reader.page_rows()?;
        if self.known_by.is_some() {
            let there: BTreeSet<&PageId> = documents.iter().map(|document| &document.page).collect();
            pages.retain(|row| there.contains(&row.id));
        }
        let originals = originals(&documents.iter().map(Named::of).collect::<Vec<_>>());
        for row in &mut pages {
            row.original = originals.get(&row.id).cloned();
        }
        let contents = Contents {
            edition: reader.edition()?,
            pages,
            documents,
            claims,
            events: derived.events,
            disputes: derived.disputes,
            links: derived.links,
            forecasts: derived.forecasts,
            copies: derived.copies,
            register: Register::of(&rulings).sources(),
            rulings,
        };
        Ok(if *filter == Filter::default() { contents } else { filtered(&contents, filter) })
    }

    /// One claim as it was read or accepted, or `None`.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn claim(&self, id: &ClaimId) -> Result<Option<Claim>, RecordError> {
        let read = self.reader().claim(id.as_str())?;
        match read {
            Some(claim) => Ok(Some(claim)),
            None => Ok(self.accepted_among(&BTreeSet::from([id.to_string()]))?.pop()),
        }
    }

    /// One document, or `None`.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn document(&self, id: &DocumentId) -> Result<Option<Document>, RecordError> {
        self.reader().document(id.as_str())
    }

    /// The raw bytes of a page, or `None`.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn page_bytes(&self, id: &PageId) -> Result<Option<Vec<u8>>, RecordError> {
        self.reader().page_bytes(id.as_str())
    }

    /// The still of the picture file with this SHA-256, as JPEG, or `None`.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn thumbnail(&self, sha256: &str) -> Result<Option<Vec<u8>>, RecordError> {
        self.reader().thumbnail(sha256)
    }

    /// Width and height in pixels of the stills there are of a document's pictures, by the hash of the picture file.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn thumbnail_sizes(&self, document: &Document) -> Result<BTreeMap<String, (u32, u32)>, RecordError> {
        let reader = self.reader();
        let hashes = document.media.iter().filter_map(|item| item.sha256.clone());
        let sizes = hashes.map(|sha256| Ok(reader.thumbnail_size(&sha256)?.map(|size| (sha256, size))));
        sizes.filter_map(Result::transpose).collect()
    }

    /// Whether it is looked at as of another day than its last.
    pub(crate) fn is_asked_of_another_day(&self) -> bool {
        self.today.is_some() || self.known_by.is_some()
    }

    pub(crate) fn reader(&self) -> Reader<'_> {
        Reader { connection: &self.connection, path: &self.path }
    }

    /// Derives everything from what the file holds now.
    pub(crate) fn compute(&self) -> Result<Derived, RecordError> {
        let (claims, documents) = self.given()?;
        self.derived_from(&claims, &documents, &self.reader().rulings()?)
    }

    fn derived_from(
        &self,
        claims: &[Claim],
        documents: &[Document],
        rulings: &[Ruling],
    ) -> Result<Derived, RecordError> {
        let claims = rulings::standing(claims, rulings);
        let ties = Ties::of(rulings::standing_rulings(rulings));
        let known = Known { retrieved: self.reader().retrieved()?, register: Register::of(rulings), ties };
        Ok(derive_from(&claims, documents, &known, self.today))
    }

    /// Claims as they were read or accepted from a machine's proposals, and documents: all of them, or those known by the day asked for.
    fn given(&self) -> Result<(Vec<Claim>, Vec<Document>), RecordError> {
        let reader = self.reader();
        let (mut claims, mut documents) = (reader.claims()?, reader.documents()?);
        with_accepted(&mut claims, &documents, &reader.rulings()?);
        if let Some(day) = self.known_by {
            known_by(day, &mut documents, &mut claims, &reader.retrieved()?);
        }
        Ok((claims, documents))
    }

    pub(crate) fn write<T>(
        &mut self,
        work: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<T>,
    ) -> Result<T, RecordError> {
        if self.access == Access::ReadOnly {
            return Err(RecordError::ReadOnly { path: self.path.clone() });
        }
        let path = &self.path;
        let transaction = self.connection.transaction().map_err(|e| RecordError::database(path, e))?;
        let made = work(&transaction).map_err(|e| RecordError::database(path, e))?;
        transaction.commit().map_err(|e| RecordError::database(path, e))?;
        Ok(made)
    }
}
