//! A user's own places: a full GeoNames dump, a table or GeoJSON, made into one searchable file each and looked up from there.
//!
//! In: files of places. Out: a folder of `.places` files ([`import()`]), and [`Shelf`], which answers for them when reports are read.
//! A file is written under another name and moved into place when whole, so that whatever happens the one before still works. The
//! same rows in whatever order give the same bytes. Never loads a file into memory; knows nothing of reports.

mod codes;
mod error;
mod file;
mod import;
mod row;
mod shelf;
mod sort;
mod source;

pub use codes::{TRANSLITERATED, town_rank};
pub use error::{Failure, GazetteerError};
pub use file::{Found, Manifest, Source};
pub use import::{Import, Imported, Progress, import};
pub use shelf::{Shelf, Volume, remove};
pub use source::{COLUMNS, Format, probe};
