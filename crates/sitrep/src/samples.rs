//! The sample reports that come with the program, for a first look without any reports at hand.
//!
//! In: nothing; `examples/reports` is compiled in. Out: a [`Source`]. The outlets and their wording are made up for this project;
//! they are no source for anything.

use std::path::Path;

use sitrep_model::PageMeta;
use sitrep_read::{Input, MetaTable, ReadError, Source};

macro_rules! reports {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_bytes!(concat!("../../../examples/reports/", $name)))),*]
    };
}

const REPORTS: &[(&str, &[u8])] = reports![
    "harbour_gazette_2017-10-15.html",
    "meridian_wire_2017-10-18.txt",
    "upriver_courier_2017-10-23.txt",
    "meridian_wire_2017-11-04.txt",
];
const META: &str = include_str!("../../../examples/reports/reports.csv");

/// The sample reports with what is known about them.
///
/// # Errors
/// When the table that comes with them has no `path` column: a broken build.
pub fn source() -> Result<Source, ReadError> {
    let (table, _) = MetaTable::parse(Path::new("reports.csv"), META)?;
    let inputs = REPORTS.iter().map(|(name, raw)| Input::Bytes((*name).to_owned(), raw.to_vec())).collect();
    Ok(Source { inputs, table, meta: PageMeta::default() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sample_is_read_and_dated_by_its_table() {
        let pages: Vec<_> = sitrep_read::pages(&source().unwrap()).map(Result::unwrap).collect();
        assert_eq!(pages.len(), REPORTS.len());
        assert!(pages.iter().all(|page| page.meta.published.is_some() && page.meta.outlet.is_some()));
    }
}
