//! What a record answers about itself: its root, the proof of one page, its log.
//!
//! In: a record. Out: hashes, proofs, lines in the log. Changes no row.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Serialize;
use sitrep_model::{Page, PageId};

use super::leaf;
use super::log::{self, History, Stamp, Thing};
use super::tree::{self, Hash};
use crate::{Record, RecordError};

/// Shows that a page is in the record with this root, to somebody who has the root and nothing else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Proof {
    /// The page.
    pub page: PageId,
    /// The text of its leaf: hashes of its bytes, its text, its claims. Absent when something was taken out of the page.
    pub leaf: Option<String>,
    /// SHA-256 of a zero byte and that text.
    pub leaf_sha256: String,
    /// Where the leaf stands among all, sorted by hash, from 0.
    pub at: usize,
    /// How many leaves there are.
    pub n_leaves: usize,
    /// The hashes beside the way up, the lowest first (RFC 6962, section 2.1.1).
    pub path: Vec<String>,
    /// The root they lead to.
    pub root: String,
}

/// Who writes the log, and what stood in it before.
#[derive(Debug)]
pub(crate) struct Keeper {
    stamp: Stamp,
    known: BTreeMap<String, String>,
    root: Option<String>,
}

impl Record {
    /// One hash over everything that is given in the record and read from it: edition, pages, documents, claims, rulings.
    ///
    /// The same pages, rulings and edition have the same root, in whatever order they came. 64 hex digits.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn root(&self) -> Result<String, RecordError> {
        Ok(tree::hex(&tree::root(&self.leaves()?)))
    }

    /// How many pages the record holds.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn n_pages(&self) -> Result<usize, RecordError> {
        self.reader().n_pages()
    }

    /// Its pages' ids, sorted.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn page_ids(&self) -> Result<Vec<PageId>, RecordError> {
        Ok(self.reader().page_hashes()?.into_iter().map(|(id, _)| PageId::known(&id)).collect())
    }

    /// A page with its bytes and how it came, or `None`.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn page(&self, id: &PageId) -> Result<Option<Page>, RecordError> {
        self.reader().page(id.as_str())
    }

    /// The file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The proof that a page is in the record, or `None` when it is not.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn prove(&self, id: &PageId) -> Result<Option<Proof>, RecordError> {
        let reader = self.reader();
        let noted = leaf::pages(reader.connection).map_err(|e| RecordError::database(reader.path, e))?;
        let Some(hash) = noted.into_iter().find_map(|(page, hash)| hash.filter(|_| page == id.as_str())) else {
            return Ok(None);
        };
        let text = leaf::page(reader.connection, id.as_str()).map_err(|e| RecordError::database(reader.path, e))?;
        let leaves = self.leaves()?;
        let at = leaves.binary_search(&hash).unwrap_or_default();
        Ok(Some(Proof {
            page: id.clone(),
            leaf: text.filter(|text| tree::leaf(text.as_bytes()) == hash),
            leaf_sha256: tree::hex(&hash),
            at,
            n_leaves: leaves.len(),
            path: tree::path(&leaves, at).iter().map(tree::hex).collect(),
            root: tree::hex(&tree::root(&leaves)),
        }))
    }

    /// All leaf hashes, sorted.
    fn leaves(&self) -> Result<Vec<Hash>, RecordError> {
        let reader = self.reader();
        let pages = leaf::pages(reader.connection).map_err(|e| RecordError::database(reader.path, e))?;
        let mut leaves: Vec<Hash> = pages.into_iter().filter_map(|(_, hash)| hash).collect();
        leaves.push(tree::leaf(leaf::edition(&reader.edition()?).as_bytes()));
        let given = self.rulings_and_redactions()?.into_iter();
        leaves.extend(given.filter_map(|thing| tree::unhex(&thing.sha256)));
        leaves.sort_unstable();
        Ok(leaves)
    }

    /// Where the log of the record at `path` is: beside it, with `.log` behind its name.
    #[must_use]
    pub fn log_path(path: &Path) -> PathBuf {
        log::path(path)
    }

    /// The same record, keeping the log beside it: each change is noted there when it is settled.
    ///
    /// What is in the record and has no line yet is noted at once, as `found`: a run may have ended between the two, or the
    /// record may be older than its log.
    ///
    /// # Errors
    /// When the log cannot be read or written.
    pub fn stamped(mut self, stamp: Stamp) -> Result<Record, RecordError> {
        let text = log::text(&self.path).map_err(|e| self.log_error("read its log", e))?;
        let history = text.as_deref().map(log::history);
        let (known, root) = history.map_or_else(|| (BTreeMap::new(), None), |it| (it.known, it.root));
        self.keeper = Some(Keeper { stamp, known, root });
        self.note(if text.is_some() { "found" } else { "began" })?;
        Ok(self)
    }

    /// The same for a record that was made just now.
    ///
    /// # Errors
    /// When the log cannot be written.
    pub fn stamped_as_new(mut self, stamp: Stamp) -> Result<Record, RecordError> {
        self.keeper = Some(Keeper { stamp, known: BTreeMap::new(), root: None });
        self.note("")?;
        Ok(self)
    }

    /// Notes what is new since the last time; `otherwise` is said of it instead of what it is, unless empty.
    pub(crate) fn note(&mut self, otherwise: &'static str) -> Result<(), RecordError> {
        let Some(mut keeper) = self.keeper.take() else { return Ok(()) };
        let (things, root) = (self.things()?, self.root()?);
        let mut new: Vec<Thing> = Vec::new();
        for thing in things {
            if keeper.known.get(&thing.id) != Some(&thing.sha256) {
                keeper.known.insert(thing.id.clone(), thing.sha256.clone());
                new.push(thing);
            }
        }
        if new.is_empty() && keeper.root.as_ref() != Some(&root) {
            new.push(Thing { id: "record".to_owned(), sha256: root.clone(), did: "changed" });
        }
        for (at, thing) in new.iter_mut().enumerate().filter(|_| !otherwise.is_empty()) {
            thing.did = match otherwise {
                "began" if at > 0 => "found",
                _ if thing.did == "changed" => "changed",
                otherwise => otherwise,
            };
        }
        if !new.is_empty() {
            log::append(&self.path, new, &root, &keeper.stamp).map_err(|e| self.log_error("write its log", e))?;
        }
        self.keeper = Some(Keeper { root: Some(root), ..keeper });
        Ok(())
    }

    /// Everything that has a line in the log, the edition first.
    fn things(&self) -> Result<Vec<Thing>, RecordError> {
        let reader = self.reader();
        let sha256 = leaf::hash(&leaf::edition(&reader.edition()?));
        let mut things = vec![Thing { id: "edition".to_owned(), sha256, did: "created" }];
        let pages = reader.page_hashes()?.into_iter();
        things.extend(pages.map(|(id, sha256)| Thing { id, sha256, did: "added" }));
        things.extend(self.rulings_and_redactions()?);
        Ok(things)
    }

    /// Rulings and redactions with the hashes of their leaves; of a ruling in which a name was covered, the hash from before.
    fn rulings_and_redactions(&self) -> Result<Vec<Thing>, RecordError> {
        let reader = self.reader();
        let redactions = reader.redactions()?;
        let was = |number: u64| redactions.iter().flat_map(|it| &it.rulings).find(|it| it.number == number);
        let mut things = Vec::new();
        for ruling in reader.rulings()? {
            let sha256 = was(ruling.number).map_or_else(|| leaf::hash(&leaf::ruling(&ruling)), |it| it.was.clone());
            things.push(Thing { id: format!("ruling {}", ruling.number), sha256, did: "ruled" });
        }
        for redaction in &redactions {
            let (id, sha256) = (format!("redaction {}", redaction.number), leaf::hash(&leaf::redaction(redaction)));
            things.push(Thing { id, sha256, did: "redacted" });
        }
        Ok(things)
    }

    /// What the log beside the record says, with everything in it or in the record that does not fit; `None` when there is no log.
    ///
    /// # Errors
    /// When log or record cannot be read.
    pub fn history(&self) -> Result<Option<History>, RecordError> {
        match log::text(&self.path).map_err(|e| self.log_error("read its log", e))? {
            Some(text) => self.history_in(&text).map(Some),
            None => Ok(None),
        }
    }

    /// The same of a log that lies elsewhere.
    ///
    /// # Errors
    /// When the record cannot be read.
    pub fn history_in(&self, text: &[u8]) -> Result<History, RecordError> {
        let mut history = log::history(text);
        let at = history.n_entries;
        let mut known = history.known.clone();
        let mut n_without = 0;
        for thing in self.things()? {
            match known.remove(&thing.id) {
                None => n_without += 1,
                Some(sha256) if sha256 != thing.sha256 => {
                    history.problems.push((at, format!("{} is not the one the log tells of", thing.id)));
                }
                Some(_) => {}
            }
        }
        if n_without > 0 {
            let things =
                if n_without == 1 { "1 page or ruling has" } else { &format!("{n_without} pages or rulings have") };
            history.problems.push((at, format!("{things} no line in the log; the next change notes them as found")));
        }
        for id in known.keys() {
            history.problems.push((at, format!("{id} is in the log and not in the record")));
        }
        let root = self.root()?;
        if history.problems.is_empty() && history.root.as_ref().is_some_and(|told| *told != root) {
            let told = history.root.clone().unwrap_or_default();
            history.problems.push((at, format!("tells the root {told}; the record's is {root}")));
        }
        Ok(history)
    }

    fn log_error(&self, doing: &'static str, source: std::io::Error) -> RecordError {
        RecordError::File { path: log::path(&self.path), doing, source }
    }
}
