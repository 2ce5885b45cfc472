//! The formats: their names, what they are, their files.
//!
//! In: a name. Out: a row of the table. A format is one function from contents to files and loss.

use std::io;

use sitrep_model::Contents;

use super::files::{Files, media_type};
use super::{
    ExportOptions, Loss, acled, annotations, claimreview, ftm, ged, geojson, kml, lines, nanopub, plover, polecat,
    prov, site, timelinejs, timemap,
};

/// What is known of a format.
pub(super) struct Row {
    /// The name a user types.
    name: &'static str,
    /// What it is, in one line.
    about: &'static str,
    /// Its files, the first one being the main one; a site has more.
    files: &'static [&'static str],
    /// Writes it.
    pub(super) write: fn(&Contents, &ExportOptions<'_>, &mut dyn Files) -> io::Result<Loss>,
}

macro_rules! formats {
    ($($(#[doc = $doc:expr])* $(#[cfg($cfg:meta)])? $variant:ident = $name:literal, $about:literal, [$($file:literal),+], $write:path;)*) => {
        /// A format other programs read.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum ExportFormat { $($(#[doc = $doc])* $(#[cfg($cfg)])? $variant,)* }

        impl ExportFormat {
            /// Every format.
            pub const ALL: &'static [ExportFormat] = &[$($(#[cfg($cfg)])? ExportFormat::$variant,)*];

            pub(super) fn row(self) -> Row {
                match self {
                    $($(#[cfg($cfg)])? ExportFormat::$variant => Row { name: $name, about: $about, files: &[$($file),+], write: $write },)*
                }
            }
        }
    };
}

formats! {
    /// One file a table, one JSON object a line.
    Jsonl = "jsonl", "one JSON object a line: claims, events, disputes, forecasts, links, threads",
        ["claims.jsonl", "events.jsonl", "disputes.jsonl", "forecasts.jsonl", "links.jsonl", "threads.jsonl"], lines::jsonl;
    /// `events.csv` and `claims.csv`.
    Csv = "csv", "events.csv and claims.csv, RFC 4180, UTF-8", ["events.csv", "claims.csv"], lines::csv;
    /// RFC 7946: points and areas of events.
    Geojson = "geojson", "RFC 7946: events as points and areas, for any map program", ["events.geojson"], geojson::geojson;
    /// RFC 8142: the same features one by one.
    Geojsonseq = "geojsonseq", "RFC 8142: the same features one by one, for streams", ["events.geojsons"], geojson::geojsonseq;
    /// KML 2.2: a folder an actor.
    Kml = "kml", "KML 2.2: a folder an actor, times and areas kept, for Earth viewers", ["events.kml"], kml::kml;
    /// Parquet, a file a table.
    #[cfg(feature = "parquet")]
    Parquet = "parquet", "Parquet with real types: days, numbers, lists; a file a table",
        ["claims.parquet", "events.parquet", "accounts.parquet", "attributions.parquet", "quantities.parquet", "disputes.parquet",
         "links.parquet", "forecasts.parquet", "documents.parquet", "comments.parquet"], super::parquet::parquet;
    /// GeoParquet 1.1.
    #[cfg(feature = "parquet")]
    Geoparquet = "geoparquet", "GeoParquet 1.1: events with their points and areas", ["events.parquet"], super::parquet::geoparquet;
    /// The 31 columns of ACLED.
    Acled = "acled", "ACLED’s 31 columns, with a codebook", ["acled.csv", "codebook.md"], acled::acled;
    /// The 49 columns of UCDP GED.
    Ged = "ged", "UCDP GED’s 49 columns, events with deaths only, with a codebook", ["ged.csv", "codebook.md"], ged::ged;
    /// PLOVER, one event a line.
    Plover = "plover", "PLOVER events, one JSON object a line", ["plover.jsonl"], plover::plover;
    /// The 40 columns of POLECAT.
    Polecat = "polecat", "POLECAT’s 40 columns, separated by tabs", ["polecat.tsv"], polecat::polecat;
    /// TimelineJS 3.
    Timelinejs = "timelinejs", "a TimelineJS 3 timeline", ["timeline.json"], timelinejs::timelinejs;
    /// Forensic Architecture's TimeMap.
    Timemap = "timemap", "events, sources and associations of a TimeMap", ["events.json", "sources.json", "associations.json"], timemap::timemap;
    /// FollowTheMoney entities.
    Ftm = "ftm", "FollowTheMoney entities: articles, events, bodies, threads, mentions, near misses", ["entities.ftm.jsonl"], ftm::ftm;
    /// W3C Web Annotations.
    Annotations = "annotations", "W3C Web Annotations on the stored copies, JSON-LD", ["annotations.jsonld"], annotations::annotations;
    /// schema.org Claim and ClaimReview.
    Claimreview = "claimreview", "schema.org Claims, a ClaimReview where a human ruled, JSON-LD", ["claims.jsonld"], claimreview::claimreview;
    /// PROV-O.
    Prov = "prov", "PROV-O: what was derived from what, JSON-LD", ["provenance.jsonld"], prov::prov;
    /// Nanopublications.
    Nanopub = "nanopub", "nanopublications of what reports say was done, TriG", ["nanopubs.trig"], nanopub::nanopub;
    /// A static site.
    Html = "html", "a static site to read from a disk or any server, no scripts", ["index.html"], site::site;
    /// The situation report.
    Markdown = "markdown", "the situation report, every sentence with its note", ["report.md"], site::markdown;
}

impl ExportFormat {
    /// The name a user types.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.row().name
    }

    /// What it is, in one line, for `export --list`.
    #[must_use]
    pub fn about(self) -> &'static str {
        self.row().about
    }

    /// The names of its files, the main one first. A site has more, in folders.
    #[must_use]
    pub fn files(self) -> &'static [&'static str] {
        self.row().files
    }

    /// The media type of its main file.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        self.row().files.first().map_or("application/octet-stream", |file| media_type(file))
    }

    /// The media type of one of its files.
    #[must_use]
    pub fn media_type_of(file: &str) -> &'static str {
        media_type(file)
    }

    /// The one of its files meant by a path the user gave: the one whose name is part of the path's file name, else the main one.
    #[must_use]
    pub fn meant_by(self, file_name: &str) -> &'static str {
        let files = self.row().files;
        let stem = |file: &str| file.split('.').next().unwrap_or_default().to_owned();
        let wanted = file_name.to_lowercase();
        files.iter().find(|file| wanted.contains(&stem(file))).or(files.first()).copied().unwrap_or_default()
    }

    /// The format called `name`, or `None`.
    #[must_use]
    pub fn from_name(name: &str) -> Option<ExportFormat> {
        ExportFormat::ALL.iter().copied().find(|format| format.name() == name)
    }
}
