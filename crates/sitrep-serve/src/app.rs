//! What every answer is made from: the record as it is now, and the rulings given meanwhile.
//!
//! In: a record's path. Out: [`App`]. Reads the record anew when the file has changed; one reader at a time does, the others wait for it.
//! Never changes the record: see [`crate::writing`] and [`crate::ingest`].

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock, TryLockError};

use axum::body::Bytes;
use sitrep::model::{Contents, Date, Outlines, Shape};
use sitrep::{Access, Kit, Record, RecordError, outlines};
use tokio::sync::{Notify, watch};

use crate::door::Door;
use crate::ingest::Jobs;
use crate::review::Reviewed;
use crate::snapshot::{self, Snapshot};

/// What every handler is given.
pub(crate) type Shared = Arc<App>;

/// Days of which the state is kept.
const MOST_KNOWN: usize = 2;

/// Opens a record for writing, with a line in its log for each change.
pub type Writing = fn(&Path) -> anyhow::Result<Record>;

/// Makes what new pages of a record are read with.
pub type MakeKit = fn(&Record) -> anyhow::Result<Kit>;

/// What is served, and how.
pub struct Options {
    /// The record.
    pub record: PathBuf,
    /// Where to listen; port 0 takes a free one.
    pub listen: SocketAddr,
    /// Names the server answers to, besides those of this machine for itself.
    pub hosts: Vec<String>,
    /// The hash of the password that everybody must bring (argon2, PHC form); needed to listen elsewhere than on loopback.
    pub password: Option<String>,
    /// Opens the record to change it; `None` serves it for reading only.
    pub writing: Option<Writing>,
    /// What new pages are read with; made when the first one comes.
    pub kit: MakeKit,
    /// Serves the workbench's files from this folder instead of those built in.
    pub workbench: Option<PathBuf>,
}

/// The server's state.
pub(crate) struct App {
    pub(crate) options: Options,
    pub(crate) door: Door,
    pub(crate) outlines: Outlines,
    /// The same as the browser gets them.
    pub(crate) outlines_json: Bytes,
    /// Goes with every request that changes something.
    pub(crate) token: String,
    /// Tells the version whenever the record changes.
    pub(crate) live: watch::Sender<String>,
    pub(crate) jobs: Jobs,
    /// Wakes the one who settles.
    pub(crate) settling: Notify,
    /// One change at a time.
    pub(crate) changing: Mutex<()>,
    /// What passed the last filter of a list, and under which name.
    pub(crate) part: Mutex<Option<(String, Arc<Contents>)>>,
    snapshot: Mutex<Option<Arc<Snapshot>>>,
    /// States as they were known on a day, the last asked for at the end.
    known: Mutex<Vec<(Date, Arc<Snapshot>)>>,
    reviewed: RwLock<Arc<Reviewed>>,
}

/// A lock, whoever fell while holding it: what it guards is only ever replaced whole.
pub(crate) fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Outlines to some hundred metres, which is finer than a screen shows of a war.
fn coarse(outlines: &Outlines) -> Outlines {
    let round = |degrees: f64| (degrees * 1000.0).round() / 1000.0;
    let shape = |shape: &Shape| {
        let mut rings: Vec<Vec<[f64; 2]>> = shape.rings.clone();
        rings.iter_mut().flatten().for_each(|point| *point = point.map(round));
        rings.iter_mut().for_each(Vec::dedup);
        Shape { name: shape.name.clone(), rings }
    };
    let all = |shapes: &[Shape]| shapes.iter().map(shape).collect();
    Outlines { countries: all(&outlines.countries), rivers: all(&outlines.rivers) }
}

impl App {
    /// Reads the record for the first time.
    pub(crate) fn open(options: Options, token: String) -> anyhow::Result<App> {
        let (live, _) = watch::channel(String::new());
        let outlines = outlines();
        let app = App {
            door: Door::new(&options.hosts, options.password.as_deref())?,
            options,
            outlines_json: serde_json::to_vec(&coarse(&outlines))?.into(),
            outlines,
            token,
            live,
            jobs: Jobs::default(),
            settling: Notify::new(),
            changing: Mutex::new(()),
            part: Mutex::new(None),
            snapshot: Mutex::new(None),
            known: Mutex::new(Vec::new()),
            reviewed: RwLock::default(),
        };
        app.now()?;
        Ok(app)
    }

    /// The record opened for reading.
    pub(crate) fn record(&self) -> Result<Record, RecordError> {
        Record::open(&self.options.record, Access::ReadOnly)
    }

    /// The record as it is now, or, while a change is being worked in, as it was just before.
    pub(crate) fn now(&self) -> anyhow::Result<Arc<Snapshot>> {
        let mut kept = held(&self.snapshot);
        // Nobody changes the record while it is read; who changes it just now puts the new state in place himself when it is whole.
        let quiet = match self.changing.try_lock() {
            Ok(quiet) => Some(quiet),
            Err(TryLockError::Poisoned(poisoned)) => Some(poisoned.into_inner()),
            Err(TryLockError::WouldBlock) => None,
        };
        let is_current = |it: &&Arc<Snapshot>| quiet.is_none() || it.version == snapshot::version(&self.options.record);
        if let Some(snapshot) = kept.as_ref().filter(is_current) {
            return Ok(Arc::clone(snapshot));
        }
        let snapshot = Arc::new(Snapshot::of(&self.options.record, None)?);
        self.put(&mut kept, &snapshot);
        Ok(snapshot)
    }

    /// The record as it was known on a day. One state at a time is worked out, and the last few are kept.
    pub(crate) fn as_known(&self, day: Date) -> anyhow::Result<Arc<Snapshot>> {
        let version = self.now()?.version.clone();
        let mut known = held(&self.known);
        known.retain(|(_, snapshot)| snapshot.version == version);
        if let Some(at) = known.iter().position(|(of, _)| *of == day) {
            let found = known.remove(at);
            let snapshot = Arc::clone(&found.1);
            known.push(found);
            return Ok(snapshot);
        }
        let snapshot = Arc::new(Snapshot::of(&self.options.record, Some(day))?);
        if known.len() >= MOST_KNOWN {
            known.remove(0);
        }
        known.push((day, Arc::clone(&snapshot)));
        Ok(snapshot)
    }

    /// Reads the record anew after a change of one's own.
    pub(crate) fn renew(&self) -> anyhow::Result<Arc<Snapshot>> {
        let snapshot = Arc::new(Snapshot::of(&self.options.record, None)?);
        self.put(&mut held(&self.snapshot), &snapshot);
        Ok(snapshot)
    }

    fn put(&self, kept: &mut Option<Arc<Snapshot>>, snapshot: &Arc<Snapshot>) {
        self.rule(Reviewed::of_rulings(&snapshot.contents.rulings));
        *kept = Some(Arc::clone(snapshot));
        self.live.send_replace(snapshot.version.clone());
        let snapshot = Arc::clone(snapshot);
        std::thread::spawn(move || snapshot.warm());
    }

    /// Rulings as they stand, the latest included.
    pub(crate) fn reviewed(&self) -> Arc<Reviewed> {
        Arc::clone(&self.reviewed.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Takes over what reviewers ruled.
    pub(crate) fn rule(&self, reviewed: Reviewed) {
        *self.reviewed.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(reviewed);
    }
}
