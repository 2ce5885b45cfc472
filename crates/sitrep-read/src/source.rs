//! From what the user names to pages: files, folders, bytes.
//!
//! In: a [`Source`]. Out: pages and errors in a fixed order: inputs as named, a folder's files sorted by path, feeds last. One bad file
//! never stops the rest. Never follows a link to a folder, so a loop of links cannot trap it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, BufReader, Cursor, Read, Seek};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use sitrep_model::{Page, PageMeta};

use crate::carriers::files::Saved;
use crate::carriers::{self, Opened, Origin, Pages, ReadSeek};
use crate::folder::folder;
use crate::lending::Lending;
use crate::meta::{MetaTable, filled};
use crate::open::{MAX_PAGE_BYTES, SNIFF_BYTES, feed_name, page, readable_name};
use crate::tape::Tape;
use crate::{PostFields, ReadError};

/// One thing the user named.
#[derive(Debug, Clone)]
pub enum Input {
    /// A file, or a folder read with everything below it.
    Path(PathBuf),
    /// Bytes already in hand, with the name to call them by (`stdin`).
    Bytes(String, Vec<u8>),
    /// Bytes still to be read, with the name to call them by. A feed among them is read, but tells nothing of other inputs' pages.
    Stream(String, Stream),
}

/// A reader that gives its bytes once: to the first walk over the source it stands in.
#[derive(Clone)]
pub struct Stream(Arc<Mutex<Option<Box<dyn ReadSeek + 'static>>>>);

impl Stream {
    /// Bytes of any length that come but once, as from a pipe.
    pub fn of(reader: impl Read + Send + 'static) -> Stream {
        Stream::of_file(Tape::new(reader))
    }

    /// Bytes that can be wound back at will.
    pub fn of_file(reader: impl Read + Seek + Send + 'static) -> Stream {
        Stream(Arc::new(Mutex::new(Some(Box::new(BufReader::new(reader))))))
    }

    fn take(&self) -> Box<dyn ReadSeek> {
        let reader = self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
        reader.unwrap_or_else(|| Box::new(io::empty()))
    }
}

impl std::fmt::Debug for Stream {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Stream")
    }
}

/// What to read, and what the user says about it.
#[derive(Debug, Clone, Default)]
pub struct Source {
    /// The inputs, in order.
    pub inputs: Vec<Input>,
    /// The user's words about each page.
    pub table: MetaTable,
    /// The user's words about every page where the table says nothing.
    pub meta: PageMeta,
    /// Who collected the pages.
    pub collector: Option<String>,
    /// The user's words about the fields of posts in JSON.
    pub post_fields: Option<PostFields>,
    /// Files that are no inputs although they lie in a folder that is one: what this run writes.
    pub written: Vec<PathBuf>,
    /// What the files say that carriers brought beside their pages; [`crate::media`] takes it from here.
    pub saved: Saved,
    /// Whether [`crate::media`] draws a thumbnail of each picture it finds.
    pub thumbnails: bool,
}

impl Source {
    /// A source of files and folders with nothing said about them.
    #[must_use]
    pub fn of_paths<P: AsRef<Path>>(paths: impl IntoIterator<Item = P>) -> Source {
        let inputs = paths.into_iter().map(|p| Input::Path(p.as_ref().to_owned())).collect();
        Source { inputs, ..Source::default() }
    }

    pub(crate) fn meta_of(&self, path: &str) -> PageMeta {
        filled(self.table.of(path), self.meta.clone())
    }

    /// The user's words about the page `path` of the carrier `name`. What was said of every page is not its address.
    pub(crate) fn meta_of_carried(&self, name: &str, path: &str, url: Option<&str>) -> PageMeta {
        let all = PageMeta { url: None, ..self.meta.clone() };
        filled(self.table.of_carried(name, path, url), all)
    }
}

/// The pages of `source`, one at a time, with an error in the place of each that could not be read.
///
/// Files are opened as the iterator reaches them, and an archive, feed or export gives its pages as they are asked for. Errors
/// for which [`ReadError::is_remark`] holds cost no page; the last of them tells of rows of the table that no page answers to.
pub fn pages(source: &Source) -> impl Iterator<Item = Result<Page, ReadError>> + Send + '_ {
    Told { source, inner: Box::new(untold(source)), used: BTreeSet::new(), done: false }
}

/// The pages, and after them what the table says about none of them.
struct Told<'s> {
    source: &'s Source,
    inner: Pages<'s>,
    used: BTreeSet<usize>,
    done: bool,
}

impl Iterator for Told<'_> {
    type Item = Result<Page, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.done {
            return None;
        }
        let table = &self.source.table;
        let mut item = self.inner.next();
        if let Some(Ok(page)) = &mut item {
            page.custody.collector.clone_from(&self.source.collector);
        }
        match &item {
            Some(Ok(page)) => self.used.extend(table.rows_of(page)),
            Some(Err(error)) => self.used.extend(table.row_of(&error.path().to_string_lossy(), |_| true)),
            None => {
                self.done = true;
                return table.unused(&self.used).map(Err);
            }
        }
        item
    }
}

fn untold(source: &Source) -> impl Iterator<Item = Result<Page, ReadError>> + Send + '_ {
    let written: BTreeSet<PathBuf> = source.written.iter().filter_map(|path| path.canonicalize().ok()).collect();
    let items = source.inputs.iter().flat_map(move |input| listed(input, &written));
    let (feeds, others): (Vec<Item<'_>>, Vec<Item<'_>>) = items.partition(|item| item.feed(source).is_some());
    // A page that an entry of a feed links to is told by it, so what the feeds say is known before the first page.
    let mut lending = Lending::default();
    for feed in feeds.iter().filter_map(|item| item.feed(source)) {
        lending.add(carriers::feed::facts(feed));
    }
    walk(source, others.into_iter().chain(feeds)).filter_map(move |item| match item {
        Ok(page) => lending.pass(page).map(Ok),
        error => Some(error),
    })
}

fn walk<'s>(
    source: &'s Source,
    items: impl Iterator<Item = Item<'s>> + Send + 's,
) -> impl Iterator<Item = Result<Page, ReadError>> + Send + 's {
    let mut seen: BTreeMap<PathBuf, PathBuf> = BTreeMap::new();
    let mine = |path: &Path, named: bool| !named && source.table.is_from(path);
    items.flat_map(move |item| match item {
        Item::Error(ReadError::Skipped { path }) if mine(&path, false) => none(),
        Item::Error(error) => one(Err(error)),
        Item::Bytes(name, bytes) => {
            let reader = Box::new(Cursor::new(bytes));
            any(Opened { origin: Origin::of(name, source), reader }, "stdin", true)
        }
        Item::Stream(name, stream) => {
            any(Opened { origin: Origin::of(name, source), reader: stream.take() }, "stdin", true)
        }
        Item::File(path, named) if mine(&path, named) => none(),
        Item::File(path, named) => {
            let real = path.canonicalize().unwrap_or_else(|_| path.clone());
            if let Some(first) = seen.insert(real.clone(), path.clone()) {
                seen.insert(real, first.clone());
                return one(Err(ReadError::Duplicate { path, first }));
            }
            read_file(&path, named, source)
        }
    })
}

fn none<'s>() -> Pages<'s> {
    Box::new(std::iter::empty())
}

fn one<'s>(item: Result<Page, ReadError>) -> Pages<'s> {
    Box::new(std::iter::once(item))
}

pub(crate) enum Item<'s> {
    /// A file, and whether the user named it (rather than the folder it is in).
    File(PathBuf, bool),
    Bytes(&'s str, &'s [u8]),
    Stream(&'s str, &'s Stream),
    Error(ReadError),
}

impl<'s> Item<'s> {
    /// The item opened, when it is a feed.
    fn feed(&self, source: &'s Source) -> Option<Opened<'s>> {
        let (name, mut reader): (String, Box<dyn ReadSeek + 's>) = match self {
            Item::Bytes(name, bytes) => ((*name).to_owned(), Box::new(Cursor::new(*bytes))),
            Item::File(path, _) if feed_name(path) && path.is_file() => {
                (path.to_string_lossy().into_owned(), Box::new(BufReader::new(fs::File::open(path).ok()?)))
            }
            Item::File(..) | Item::Stream(..) | Item::Error(_) => return None,
        };
        let head = head(&mut reader).ok()?;
        let is_feed = carriers::kind(&name, &head) == Some(carriers::Kind::Feed);
        is_feed.then_some(Opened { origin: Origin::of(name, source), reader })
    }
}

fn listed<'s>(input: &'s Input, written: &BTreeSet<PathBuf>) -> Vec<Item<'s>> {
    match input {
        Input::Bytes(name, bytes) => vec![Item::Bytes(name, bytes)],
        Input::Stream(name, stream) => vec![Item::Stream(name, stream)],
        Input::Path(path) if path.is_dir() => folder(path, written),
        Input::Path(path) => vec![Item::File(path.clone(), true)],
    }
}

fn read_file<'s>(path: &Path, named: bool, source: &'s Source) -> Pages<'s> {
    let name = path.to_string_lossy().into_owned();
    match fs::File::open(path) {
        Ok(file) => {
            // What is read once, a pipe or a device, is kept a little so that it can be told what it is.
            let once = !file.metadata().is_ok_and(|about| about.is_file());
            let reader: Box<dyn ReadSeek> =
                if once { Box::new(BufReader::new(Tape::new(file))) } else { Box::new(BufReader::new(file)) };
            any(Opened { origin: Origin::of(name, source), reader }, "file", named)
        }
        Err(source) => one(Err(ReadError::Open { path: path.to_owned(), source })),
    }
}

/// The page, or the pages, of an opened input. What a folder holds beside reports is a remark, what the user named an error.
fn any<'s>(mut opened: Opened<'s>, method: &str, named: bool) -> Pages<'s> {
    let path = PathBuf::from(&opened.origin.name);
    match head(&mut opened.reader) {
        Ok(head) => match carriers::kind(&opened.origin.name, &head) {
            Some(kind) => return carriers::pages(kind, opened),
            None if !named && !readable_name(&path) => return one(Err(ReadError::Skipped { path })),
            None => {}
        },
        Err(source) => return one(Err(ReadError::Open { path, source })),
    }
    let mut raw = Vec::new();
    // One byte more than allowed is enough to know that it is too large.
    let read = opened.reader.take(MAX_PAGE_BYTES + 1).read_to_end(&mut raw);
    let Origin { name, source, .. } = opened.origin;
    one(match read {
        Ok(_) => page(&name, raw, source.meta_of(&name), method),
        Err(source) => Err(ReadError::Open { path, source }),
    })
}

/// The first bytes of an input, which is then wound back to its start.
fn head(reader: &mut Box<dyn ReadSeek + '_>) -> io::Result<Vec<u8>> {
    let start = reader.stream_position()?;
    let mut head = Vec::new();
    reader.by_ref().take(SNIFF_BYTES).read_to_end(&mut head)?;
    reader.seek(io::SeekFrom::Start(start))?;
    Ok(head)
}
