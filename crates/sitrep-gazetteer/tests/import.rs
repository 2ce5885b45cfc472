//! Imports as a whole: the order of rows does not matter, joined names, zipped dumps, damaged files.
#![allow(clippy::unwrap_used, reason = "a test stops at what it did not expect")]

use std::io::Write as _;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use sitrep_claims::MorePlaces as _;
use sitrep_gazetteer::{Failure, Format, Import, Imported, Shelf, import, probe};

fn asked(folder: &Path, files: Vec<PathBuf>) -> Import {
    Import {
        files,
        alternate_names: None,
        folder: folder.join("own"),
        name: "own".to_owned(),
        format: None,
        source: None,
        licence: None,
        // Small, so that runs go to the disk and are merged.
        memory_bytes: 1 << 11,
    }
}

fn run(asked: &Import) -> (Imported, Vec<Failure>) {
    let mut failures = Vec::new();
    let done = import(asked, &mut |failure| failures.push(failure.clone()), &mut |_| {}).unwrap();
    (done, failures)
}

fn row(id: u64, name: &str, others: &str, (lat, lon): (f64, f64), population: u64) -> String {
    format!(
        "{id}\t{name}\t{name}\t{others}\t{lat}\t{lon}\tP\tPPL\tSY\t\t07\t\t\t\t{population}\t\t210\tAsia/Damascus\t2031-01-01\n"
    )
}

fn made(lines: &[String]) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("SY.txt");
    std::fs::write(&path, lines.concat()).unwrap();
    let (done, _) = run(&asked(folder.path(), vec![path]));
    done.path.map(|path| std::fs::read(path).unwrap()).unwrap_or_default()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn the_order_of_rows_does_not_matter(
        rows in prop::collection::vec((1_u64..60, "[A-Z][a-z]{2,8}", -91.0..91.0_f64, 0_u64..50_000), 1..80),
        seed in any::<u64>(),
    ) {
        let lines: Vec<String> =
            rows.iter().map(|(id, name, lat, people)| row(*id, name, "Other,Tall Farnish", (*lat, 40.0), *people)).collect();
        let mut shuffled: Vec<(u64, &String)> =
            lines.iter().enumerate().map(|(n, line)| ((n as u64 ^ seed).wrapping_mul(0x9e37_79b9_7f4a_7c15), line)).collect();
        shuffled.sort();
        let shuffled: Vec<String> = shuffled.into_iter().map(|(_, line)| line.clone()).collect();
        prop_assert_eq!(made(&lines), made(&shuffled));
    }

    #[test]
    fn no_bytes_make_reading_panic(bytes in prop::collection::vec(any::<u8>(), 0..300), words in r#"[\t\n,"{}\[\]:|0-9a-z.-]{0,200}"#) {
        for format in [Format::Geonames, Format::Csv, Format::Geojson] {
            let _ = probe(format, &bytes);
            let _ = probe(format, format!("name,lat,lon\n{words}").as_bytes());
            let _ = probe(format, format!("{{\"features\":[{words}").as_bytes());
        }
    }

    #[test]
    fn a_damaged_file_never_panics(at in any::<prop::sample::Index>(), byte in any::<u8>(), cut in any::<prop::sample::Index>()) {
        let lines: Vec<String> = (1..40).map(|n| row(n, "Varnesh", "Tall Farnish", (34.0, 40.0), n)).collect();
        let mut bytes = made(&lines);
        let at = at.index(bytes.len());
        bytes[at] = byte;
        let folder = tempfile::tempdir().unwrap();
        for bytes in [&bytes[..], &bytes[..cut.index(bytes.len())]] {
            std::fs::write(folder.path().join("own.places"), bytes).unwrap();
            if let Ok(shelf) = Shelf::open(folder.path()) {
                shelf.find("varnesh", &[*b"SY"]);
                let _ = shelf.search("Tall Farnish", None);
                let _ = shelf.damaged();
            }
        }
    }
}

#[test]
fn other_names_are_joined_and_strays_counted() {
    let folder = tempfile::tempdir().unwrap();
    let (dump, names) = (folder.path().join("SY.txt"), folder.path().join("alternateNamesV2.txt"));
    let hidden = row(2, "تل", "", (35.0, 40.0), 0);
    std::fs::write(&dump, [row(1, "Tell Varnesh", "", (34.0, 40.0), 900), hidden].concat()).unwrap();
    std::fs::write(
        &names,
        "1\t1\ten\tVarnesh Hill\t\t\t\t\t\t\n2\t2\ten\tHidden Hill\t\t\t\t\t\t\n3\t9\ten\tNowhere\t\t\t\t\t\t\nodd\n",
    )
    .unwrap();
    let mut asked = asked(folder.path(), vec![dump]);
    asked.alternate_names = Some(names);
    let (done, failures) = run(&asked);
    assert_eq!((done.n_places, done.n_strays, done.n_failed), (2, 1, 1));
    assert_eq!((failures[0].line, failures[0].code), (4, "columns"));
    let shelf = Shelf::open(&asked.folder).unwrap();
    let one = |name| shelf.search(name, None).unwrap().first().map(|p| p.geonames_id);
    assert_eq!(one("varnesh hill"), Some(Some(1)));
    assert_eq!(one("Hidden Hill"), Some(Some(2)));
    assert_eq!(one("Nowhere"), None);
    assert_eq!(shelf.volumes()[0].manifest.sources[0].name, "GeoNames");
}

#[test]
fn a_zipped_dump_is_read_past_its_readme() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("SY.zip");
    let mut zip = zip::ZipWriter::new(std::fs::File::create(&path).unwrap());
    let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    zip.start_file("readme.txt", options).unwrap();
    zip.write_all(b"read me").unwrap();
    zip.start_file("SY.txt", options).unwrap();
    zip.write_all(row(1, "Tell Varnesh", "", (34.0, 40.0), 900).as_bytes()).unwrap();
    zip.finish().unwrap();
    assert_eq!(run(&asked(folder.path(), vec![path])).0.n_places, 1);
}

#[test]
fn the_best_known_of_many_come_first_and_each_country_keeps_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("places.csv");
    let mut text = "name,lat,lon,country,population\n".to_owned();
    for n in 0..2_000 {
        text.push_str(&format!("Varnesh,{},-100,MX,0\n", f64::from(n) / 100.0));
    }
    text.push_str("Varnesh,34,40,SY,0\nVarnesh,50,30,UA,70000\n");
    std::fs::write(&path, text).unwrap();
    let asked = asked(folder.path(), vec![path]);
    run(&asked);
    let shelf = Shelf::open(&asked.folder).unwrap();
    let found = shelf.find("varnesh", &[*b"SY"]);
    assert_eq!(found[0].country, *b"UA");
    assert!(found.len() <= 33 && found.iter().any(|p| p.country == *b"SY"), "{} candidates", found.len());
    assert!(shelf.find("varnesh", &[*b"MX"]).len() <= 160);
    assert!(shelf.knows("varnesh") && !shelf.knows("varnes"));
    assert_eq!(shelf.fault(), None);
}

#[test]
fn a_small_survey_is_asked_before_a_dump_and_a_place_in_both_is_told_once() {
    let folder = tempfile::tempdir().unwrap();
    let (dump, own) = (folder.path().join("SY.txt"), folder.path().join("own.csv"));
    let lines: Vec<String> = (1..200).map(|n| row(n, "Varnesh", "", (34.0, 40.0), 0)).collect();
    std::fs::write(&dump, lines.concat()).unwrap();
    std::fs::write(&own, "name,lat,lon,geonames_id\nVarnesh,35,41,\nVarnesh,34,40,7\n").unwrap();
    for (name, path) in [("dump", dump), ("own", own)] {
        run(&Import { name: name.to_owned(), ..asked(folder.path(), vec![path]) });
    }
    let shelf = Shelf::open(&folder.path().join("own")).unwrap();
    let found = shelf.find("varnesh", &[]);
    assert!(found[..2].iter().any(|p| p.lat == 35.0), "{found:?}");
    assert_eq!(found.iter().filter(|p| p.geonames_id == Some(7)).count(), 1);
    let numbers: std::collections::BTreeSet<u32> = found.iter().map(|p| p.number).collect();
    assert_eq!(numbers.len(), found.len());
}

#[test]
fn an_outline_comes_back() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("land.geojson");
    std::fs::write(
        &path,
        r#"{"type":"FeatureCollection","features":[
        {"type":"Feature","properties":{"name":"Varnesh Plain","country":"SY"},
         "geometry":{"type":"Polygon","coordinates":[[[40,34],[41,34],[41,35],[40,35],[40,34]]]}}]}"#,
    )
    .unwrap();
    let asked = asked(folder.path(), vec![path]);
    assert_eq!(run(&asked).0.n_places, 1);
    let shelf = Shelf::open(&asked.folder).unwrap();
    let place = &shelf.find("varnesh plain", &[])[0];
    assert_eq!((place.kind, place.lat), ("area", 34.5));
    assert_eq!(shelf.outline(place.number).unwrap()[0].len(), 5);
}

#[test]
fn one_import_at_a_time() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("places.csv");
    std::fs::write(&path, "name,lat,lon\nVarnesh,34,40\n").unwrap();
    let asked = asked(folder.path(), vec![path]);
    run(&asked);
    let lock = std::fs::File::open(asked.folder.join(".lock")).unwrap();
    lock.lock().unwrap();
    let refused = import(&asked, &mut |_| {}, &mut |_| {}).unwrap_err();
    assert!(refused.to_string().contains("another import"), "{refused}");
}
