//! The lists of the command line over HTTP: page by page as JSON, or all of one as JSON lines.
//!
//! In: a list and what is asked of it. Out: the same rows in the same order as on the command line. A page says where it ended by the
//! item it ended with, so that rows which come or go meanwhile are neither told twice nor left out. A stream is made while it is
//! sent: it never lies in memory whole. Readers' names are replaced in the contents already.

use std::io::{self, Write};
use std::sync::Arc;

use axum::body::{Body, Bytes};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use futures_util::stream;
use serde_json::{Value, json};
use sitrep::model::{Contents, Filter, OffsetUnit, sha256_hex};
use sitrep::show::Names;
use sitrep::show::list::{List, ListOptions, count, write_rows};
use tokio::sync::mpsc;

use crate::answers::Tombstone;
use crate::app::held;
use crate::problem::Wrong;
use crate::routes::Asked;
use crate::since;
use crate::snapshot::Snapshot;
use crate::table::{ITEMS, MOST_ITEMS};

/// Pieces that a stream is sent in.
const PIECE_BYTES: usize = 64 << 10;
/// Pieces made ahead of a slow reader.
const AHEAD: usize = 4;

/// What a list is made from.
#[derive(Clone)]
pub(crate) enum Held {
    /// Everything.
    All(Arc<Snapshot>),
    /// What passes.
    Part(Arc<Contents>),
}

impl Held {
    pub(crate) fn contents(&self) -> &Contents {
        match self {
            Held::All(snapshot) => &snapshot.contents,
            Held::Part(contents) => contents,
        }
    }
}

/// What passes, and what is gone.
struct Chosen {
    held: Held,
    tombstones: Vec<Tombstone>,
    until: Option<String>,
}

/// The part of the record that a list's query asks for. The last part is kept: the next page mostly asks for the same.
fn chosen(asked: &Asked<'_>) -> Result<Chosen, Wrong> {
    let filter = asked.query.filter()?;
    let whole = Held::All(Arc::clone(asked.snapshot));
    let Some(time) = asked.query.value("updated_since") else {
        let held = if filter == Filter::default() { whole } else { part(asked, &filter, None) };
        return Ok(Chosen { held, tombstones: Vec::new(), until: None });
    };
    let time = crate::operations::time(time).ok_or("updated_since: a day or a time")?;
    let changes = since::changes(asked, time)?;
    let held = part(asked, &filter, Some((&changes, time)));
    Ok(Chosen { held, tombstones: changes.tombstones, until: changes.until })
}

fn part(asked: &Asked<'_>, filter: &Filter, changes: Option<(&since::Changes, jiff::Timestamp)>) -> Held {
    let time = changes.map(|(_, time)| time);
    let key = format!("{} {:?} {filter:?} {time:?}", asked.tag, asked.query.value("as_of"));
    let mut kept = held(&asked.app.part);
    if let Some((of, contents)) = kept.as_ref()
        && *of == key
    {
        return Held::Part(Arc::clone(contents));
    }
    let mut contents = sitrep::filtered(&asked.snapshot.contents, filter);
    if let Some((changes, _)) = changes {
        changes.keep(&mut contents);
    }
    let contents = Arc::new(contents);
    *kept = Some((key, Arc::clone(&contents)));
    Held::Part(contents)
}

/// What passes the filter of the command line.
pub(crate) fn asked_for(asked: &Asked<'_>) -> Result<Held, Wrong> {
    Ok(chosen(asked)?.held)
}

pub(crate) fn options(asked: &Asked<'_>) -> ListOptions<'static> {
    let offsets = match asked.query.value("offsets") {
        Some("bytes") => OffsetUnit::Bytes,
        Some("utf16") => OffsetUnit::Utf16,
        _ => OffsetUnit::Chars,
    };
    ListOptions { offsets, names: Names::Keep }
}

fn rows(contents: &Contents, what: List, rows: std::ops::Range<usize>, options: &ListOptions<'_>) -> Vec<Value> {
    let mut bytes = Vec::new();
    // Writing to memory cannot fail, and what was written is JSON.
    let written = write_rows(contents, what, rows, options, &mut bytes);
    debug_assert!(written.is_ok(), "writing to memory cannot fail");
    bytes.split(|byte| *byte == b'\n').filter_map(|line| serde_json::from_slice(line).ok()).collect()
}

/// What an item is called for good: its id, else a hash of all it says.
fn key(item: &Value) -> String {
    let id =
        ["claim_id", "event_id", "dispute_id", "forecast_id", "id"].into_iter().find_map(|name| item[name].as_str());
    id.map_or_else(|| sha256_hex(item.to_string().as_bytes())[..16].to_owned(), str::to_owned)
}

fn cursor(row: usize, item: &Value) -> String {
    URL_SAFE_NO_PAD.encode(format!("{row} {}", key(item)))
}

/// The row after the one that a cursor names.
fn row_after(cursor: &str, contents: &Contents, what: List, options: &ListOptions<'_>) -> Result<usize, Wrong> {
    let gone = || Wrong::Missing("place in this list that the cursor names; begin again without it".to_owned());
    let bytes = URL_SAFE_NO_PAD.decode(cursor).map_err(|_| gone())?;
    let text = String::from_utf8(bytes).map_err(|_| gone())?;
    let (row, wanted) = text.split_once(' ').ok_or_else(gone)?;
    let row: usize = row.parse().map_err(|_| gone())?;
    let is_it = |item: &Value| key(item) == wanted;
    if rows(contents, what, row..row.saturating_add(1), options).first().is_some_and(is_it) {
        return Ok(row + 1);
    }
    let all = rows(contents, what, 0..usize::MAX, options);
    all.iter().position(is_it).map(|row| row + 1).ok_or_else(gone)
}

/// A page of a list.
pub(crate) fn page(asked: &Asked<'_>, what: List) -> Result<Vec<u8>, Wrong> {
    let limit = asked.query.number("limit", ITEMS, MOST_ITEMS)?;
    let Chosen { held, tombstones, until } = chosen(asked)?;
    let (contents, options) = (held.contents(), options(asked));
    let start = match asked.query.value("cursor") {
        Some(cursor) => row_after(cursor, contents, what, &options)?,
        None => 0,
    };
    let n = count(contents, what);
    let items = rows(contents, what, start..start.saturating_add(limit), &options);
    let end = start + items.len();
    let next = items.last().filter(|_| end < n).map(|item| cursor(end - 1, item));
    // Tombstones go with the first page alone.
    let tombstones = if start == 0 { tombstones } else { Vec::new() };
    let mut page = json!({"items": items, "n": n, "tombstones": tombstones});
    if let Some(next) = next {
        page["next"] = json!(next);
    }
    if let Some(until) = until {
        page["until"] = json!(until);
    }
    serde_json::to_vec(&page).map_err(|error| Wrong::Failed(error.into()))
}

/// All of a list from `cursor` on, or `limit` of it, as lines; tombstones stand first.
pub(crate) fn stream(asked: &Asked<'_>, what: List) -> Result<Body, Wrong> {
    let limit = match asked.query.value("limit") {
        Some(_) => asked.query.number("limit", ITEMS, MOST_ITEMS)?,
        None => usize::MAX,
    };
    let Chosen { held, tombstones, .. } = chosen(asked)?;
    let options = options(asked);
    let start = match asked.query.value("cursor") {
        Some(cursor) => row_after(cursor, held.contents(), what, &options)?,
        None => 0,
    };
    Ok(sent(move |pieces| {
        let stones = if start == 0 { tombstones } else { Vec::new() };
        stones.iter().try_for_each(|stone| writeln!(pieces, "{}", json!({ "tombstone": stone })))?;
        write_rows(held.contents(), what, start..start.saturating_add(limit), &options, pieces)
    }))
}

/// A body that `work` writes while it is sent.
pub(crate) fn sent(work: impl FnOnce(&mut Pieces) -> io::Result<()> + Send + 'static) -> Body {
    let (sender, receiver) = mpsc::channel::<Result<Bytes, io::Error>>(AHEAD);
    tokio::task::spawn_blocking(move || {
        let mut pieces = Pieces { sender, bytes: Vec::with_capacity(PIECE_BYTES) };
        // When it fails the reader has gone away: nobody is left to be told.
        drop(work(&mut pieces).and_then(|()| pieces.flush()));
    });
    Body::from_stream(stream::unfold(receiver, async |mut receiver| {
        let piece = receiver.recv().await?;
        Some((piece, receiver))
    }))
}

/// Sends what is written in pieces; waits for a reader that is slower.
pub(crate) struct Pieces {
    sender: mpsc::Sender<Result<Bytes, io::Error>>,
    bytes: Vec<u8>,
}

impl Write for Pieces {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.bytes.extend_from_slice(bytes);
        if self.bytes.len() >= PIECE_BYTES {
            self.flush()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.bytes.is_empty() {
            return Ok(());
        }
        let piece = std::mem::replace(&mut self.bytes, Vec::with_capacity(PIECE_BYTES));
        self.sender.blocking_send(Ok(piece.into())).map_err(|_| io::ErrorKind::BrokenPipe.into())
    }
}
