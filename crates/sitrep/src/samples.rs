//! The sample reports that come with the program, for a first look without any reports at hand.
//!
//! In: nothing; `examples/reports` is compiled in. Out: a [`Source`]. The outlets and their wording are made up for this project;
//! they are no source for anything.

use std::path::Path;

use sitrep_read::{Input, MetaTable, ReadError, Source};

macro_rules! reports {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_bytes!(concat!("../../../examples/reports/", $name)))),*]
    };
}

const REPORTS: &[(&str, &[u8])] = reports![
    "barada-daily-2017-11-08.html",
    "barada-daily-2017-11-19.html",
    "calder-tribune-syndicated.html",
    "crossline-bulletin-41.html",
    "crossline-correction-bulletin-42.txt",
    "euphrates-monitor-2017-11-09.html",
    "euphrates-monitor-2017-11-11.html",
    "furat-post-2017-11-09.txt",
    "jazira-journal-2017-11-21.txt",
    "northgate-wire-2017-11-09.html",
    "sahra-brief-amaq.txt",
    "volga-observer-2017-11-11.html",
];
const META: &str = include_str!("../../../examples/meta.csv");

/// The sample reports with what is known about them.
///
/// # Errors
/// When the table that comes with them has no `path` column: a broken build.
pub fn source() -> Result<Source, ReadError> {
    let (table, _) = MetaTable::parse(Path::new("meta.csv"), META)?;
    let inputs = REPORTS.iter().map(|(name, raw)| Input::Bytes((*name).to_owned(), raw.to_vec())).collect();
    Ok(Source { inputs, table, ..Source::default() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sample_is_read_and_dated() {
        let pages: Vec<_> = sitrep_read::pages(&source().unwrap()).map(Result::unwrap).collect();
        assert_eq!(pages.len(), REPORTS.len());
        for page in &pages {
            let document = sitrep_read::document(page).value;
            assert!(document.published.is_some(), "{} has no day of publication", page.path);
            assert!(document.outlet.is_some(), "{} has no outlet", page.path);
        }
    }
}
