//! Computing the whole of a record without ever holding all of it.
//!
//! In: a record's claims, documents and rulings, read a lot at a time. Out: every computed row: events, disputes, links, forecasts,
//! copies, what claims are found by, and the index by which news is fitted in. Holds what comparing needs of each claim (its gist) and
//! who is alike whom; everything else is read when its turn comes. The rows are those of [`crate::fuse::derive_from`].

mod copies;
mod events;
mod forecasts;
mod gather;
mod shelf;

use std::collections::BTreeMap;
use std::path::Path;
use std::rc::Rc;

use rusqlite::Connection;
use sitrep_model::{Date, Document, DocumentId};

use crate::RecordError;
use crate::evidence::leaf;
use crate::fuse::blocks::{self, Purpose};
use crate::fuse::fact::Fact;
use crate::fuse::gist::Gist;
use crate::fuse::grouping::grouped;
use crate::fuse::links::Links;
use crate::fuse::same_event::Alike;
use crate::fuse::shared::SharedText;
use crate::fuse::{DefinedPlace, Known, defined_places};
use crate::near;
use crate::register::Register;
use crate::rulings::{standing_rulings, ties::Ties};
use crate::store::{finding, part, read::Reader, write};
use shelf::{Loaded, Shelf};

/// Claims that are read at once, about; few in tests, so that there are many lots.
const LOT_CLAIMS: usize = if cfg!(test) { 7 } else { 10_000 };

/// Computes everything anew and writes it. Forecasts are judged as of `today`, or of the latest day of publication.
pub(crate) fn settle(connection: &Connection, path: &Path, today: Option<Date>) -> Result<(), RecordError> {
    let reader = Reader { connection, path };
    let rulings = reader.rulings()?;
    let retrieved = reader.retrieved()?;
    let known = Known { retrieved, register: Register::of(&rulings), ties: Ties::of(standing_rulings(&rulings)) };
    let shelf = Shelf::new(reader, &rulings);
    let fail = |e| shelf.error(e);
    leaf::keep_missing(connection).and_then(|()| finding::clear(connection)).map_err(fail)?;
    write::forget_derived(connection).map_err(fail)?;
    let mut links = Links::default();
    let mut gathered = gather::gather(&shelf, &mut links)?;
    let latest = gathered.latest;
    let ruling = rulings.last().map_or(0, |ruling| ruling.number);
    let settled = near::Settled { ruling, latest, has_translations: gathered.has_translations };
    let entries = std::mem::take(&mut gathered.entries);
    near::keep_whole(connection, &gathered.gists, entries, &gathered.furniture, &settled).map_err(fail)?;
    part::replace_originals(connection, &gathered.originals).map_err(fail)?;
    let shared = copies::copies(&shelf, &mut gathered, &known.retrieved)?;
    let defined = defined_places(&std::mem::take(&mut gathered.defining));
    let held = Held { gists: gathered.gists, shared, defined, known };
    let fuse = Fuse { shelf: &shelf, held: &held, links };
    let fuse = fuse.corrections(&gathered.corrections)?.forecasts(&gathered.foreseeing, today.or(latest))?;
    let gists: Vec<&Gist> = held.gists.iter().collect();
    let grouping = grouped(&gists, gathered.subject, Alike::among(&gists), &held.known.ties);
    fuse.events(&grouping)?.meetings(&gists)?;
    write::settled(connection, true).map_err(fail)
}

/// What is held of all claims and pages at once.
struct Held {
    /// By claim id.
    gists: Vec<Gist>,
    /// What reports share with others.
    shared: BTreeMap<DocumentId, Rc<SharedText>>,
    /// Places that reports themselves tell.
    defined: BTreeMap<String, DefinedPlace>,
    known: Known,
}

impl Held {
    /// Where the gist of a claim stands.
    fn place(&self, claim: u64) -> Option<usize> {
        self.gists.binary_search_by_key(&claim, |gist| gist.id).ok()
    }

    /// Claims that were read, ready for comparing, in the order of their ids.
    fn facts<'l>(&self, loaded: &'l Loaded) -> Vec<Fact<'l>> {
        let fact = |(number, (claim, document)): (&u64, &'l (sitrep_model::Claim, Rc<Document>))| {
            let shared = self.shared.get(&document.id).cloned().unwrap_or_default();
            Some(Fact::again(self.gists[self.place(*number)?].clone(), claim, Some(document)).sharing(shared))
        };
        loaded.iter().filter_map(fact).collect()
    }
}

/// The steps from gists to rows, each handing on to the next: what is surer is said first.
struct Fuse<'s, 'c> {
    shelf: &'s Shelf<'c>,
    held: &'s Held,
    links: Links,
}

impl Fuse<'_, '_> {
    fn connection(&self) -> &Connection {
        self.shelf.reader.connection
    }

    /// Reads claims by the places of their gists.
    fn load(&self, places: impl IntoIterator<Item = usize>) -> Result<Loaded, RecordError> {
        self.shelf.load(places.into_iter().map(|at| &self.held.gists[at]))
    }

    /// Writes the links that were found since this was last called.
    fn write_links(&mut self) -> Result<(), RecordError> {
        let links = self.links.take();
        let connection = self.connection();
        links.iter().try_for_each(|link| write::link(connection, link)).map_err(|e| self.shelf.error(e))
    }

    /// How claims about control, and of movement, stand to each other.
    fn meetings(mut self, gists: &[&Gist]) -> Result<(), RecordError> {
        for purpose in [Purpose::Holding, Purpose::Movement] {
            let mut written = Ok(());
            blocks::pairs(gists, purpose, |lot| {
                lot.iter()
                    .for_each(|&(one, other)| self.links.meet(purpose, gists[one as usize], gists[other as usize]));
                if written.is_ok() {
                    written = self.write_links();
                }
            });
            written?;
        }
        Ok(())
    }
}
