//! The views of one small invented record, kept as files under `snapshots/`: read the difference before blessing it.
//!
//! A test that finds a difference writes what it got under the target folder and names the `cp` that blesses it.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod exports;
mod fixture;
mod safety;

use std::path::PathBuf;

use sitrep_model::{Contents, ControlAnswer, Decisions, Filter, Media, MediaKind, OffsetUnit};
use sitrep_show::export::{ExportFormat, ExportOptions, export};
use sitrep_show::list::{self, Format, List, ListOptions, list};
use sitrep_show::map::{self, MapOptions};
use sitrep_show::report::{Markup, ReportOptions, report};
use sitrep_show::{Names, pages, why};

/// Compares with files under `snapshots/`.
fn same(views: &[(String, String)]) {
    let kept = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots");
    let new = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("show");
    std::fs::create_dir_all(&new).unwrap();
    let mut differ = Vec::new();
    for (name, got) in views {
        // One tag a line, so that a difference can be read; the views themselves have no such breaks.
        let got = &if name.ends_with("ml") || name.ends_with("svg") { got.replace("><", ">\n<") } else { got.clone() };
        std::fs::write(new.join(name), got).unwrap();
        if std::fs::read_to_string(kept.join(name)).unwrap_or_default() != *got {
            differ.push(name.as_str());
        }
    }
    assert!(differ.is_empty(), "{differ:?} differ: diff {} {}; cp {1}/… {0} blesses", kept.display(), new.display());
}

const KEY: Names<'static> = Names::Pseudonyms(b"a key of the tests");

#[test]
fn lists() {
    let contents = fixture::contents();
    let options = ListOptions { names: KEY, ..ListOptions::default() };
    let formats = [(Format::Table { width: 110 }, "txt"), (Format::Jsonl, "jsonl"), (Format::Csv, "csv")];
    let one =
        |what: List, format, end: &str| (format!("{}.{end}", what.name()), list(&contents, what, format, &options));
    let views = List::ALL.iter().flat_map(|&what| formats.map(|(format, end)| one(what, format, end)));
    same(&views.collect::<Vec<_>>());
}

#[test]
fn readers_are_covered_in_every_view_and_spans_stay_true() {
    let mut contents = fixture::contents();
    let before = contents.clone();
    let named = |text: &str| ["Wren", "Aldous", "Petra"].iter().any(|name| text.contains(name));
    assert!(contents.documents.iter().any(|document| document.text.contains("@Wren")), "else this tests nothing");
    sitrep_show::veil(&mut contents);
    for (old, new) in before.documents.iter().zip(&contents.documents) {
        assert_eq!(old.text.len(), new.text.len());
        assert!(old.blocks.iter().all(|block| block.span.of(&old.text) == block.span.of(&new.text)));
    }
    let options = ListOptions { names: KEY, ..ListOptions::default() };
    for &what in List::ALL {
        for format in [Format::Table { width: 200 }, Format::Jsonl, Format::Csv] {
            let text = list(&contents, what, format, &options);
            assert!(!named(&text), "{}: {text}", what.name());
        }
    }
    for (name, text) in every_page(&contents, &fixture::control(), KEY) {
        assert!(!named(&text), "{name}");
    }
}

#[test]
fn reports() {
    let contents = fixture::contents();
    let options = ReportOptions { names: KEY, ..ReportOptions::default() };
    let view = |markup, name: &str| (name.to_owned(), report(&contents, markup, &options));
    same(&[view(Markup::Markdown, "report.md"), view(Markup::Html, "report.html")]);
}

#[test]
fn a_report_says_what_it_could_not_use_and_whose_words_it_did() {
    let mut contents = fixture::contents();
    contents.documents[0].language = Some("ru-RU".to_owned());
    let translated = "2031-05-11".parse().ok();
    let translation =
        sitrep_model::Translation { of: "original.html".to_owned(), by: Some("A. Tarn".to_owned()), on: translated };
    contents.documents[1].translation = Some(translation);
    let options = ReportOptions { since: None, until: None, names: KEY };
    for markup in [Markup::Markdown, Markup::Html] {
        let told = report(&contents, markup, &options);
        let foreign = format!(
            "1 report is not in English and not analysed: nothing below is its (ru: {}).",
            contents.documents[0].path
        );
        let used = format!("{} translates original.html by A. Tarn, 11 May 2031", contents.documents[1].path);
        assert!(told.contains(&foreign) && told.contains(&used), "{told}");
    }
}

#[test]
fn exports() {
    let contents = fixture::contents();
    let options = ExportOptions { names: KEY, spreadsheet: true, ..ExportOptions::default() };
    let mut views = Vec::new();
    for &format in ExportFormat::ALL {
        let exported = export(&contents, format, &options);
        assert_eq!(exported, export(&contents, format, &options), "the same bytes every time");
        views.push((format!("loss-{}.txt", format.name()), exported.loss.to_text()));
        let is_text = exported.files.iter().all(|file| file.text().len() == file.bytes.len());
        if format != ExportFormat::Jsonl && format != ExportFormat::Html && is_text {
            let named = |name: &str| match format {
                ExportFormat::Csv | ExportFormat::Geojson => format!("export-{name}"),
                _ => format!("export-{}-{name}", format.name()),
            };
            views.extend(exported.files.iter().map(|file| (named(&file.name), file.text().to_owned())));
        }
    }
    same(&views);
}

#[test]
fn a_path_names_the_file_meant() {
    let exported = export(&fixture::contents(), ExportFormat::Csv, &ExportOptions::default());
    assert_eq!(exported.meant_by("My-Claims.csv").unwrap().name, "claims.csv");
    assert_eq!(exported.meant_by("out.csv").unwrap().name, "events.csv");
}

#[test]
fn plain_words() {
    let contents = fixture::contents();
    let why = |id: &str| why::why(&contents, id, &Decisions::default()).unwrap();
    let control: Vec<String> = fixture::control().iter().map(why::control_text).collect();
    assert_eq!(why::why(&contents, fixture::nobody().as_str(), &Decisions::default()), None);
    same(&[
        ("why-claim.txt".to_owned(), why(contents.claims[0].claim_id.as_str())),
        ("why-event.txt".to_owned(), why(contents.events[3].event_id.as_str())),
        ("why-dispute.txt".to_owned(), why(contents.disputes[0].dispute_id.as_str())),
        ("why-forecast.txt".to_owned(), why(contents.forecasts[0].forecast_id.as_str())),
        ("why-page.txt".to_owned(), why(contents.documents[2].page.as_str())),
        ("control.txt".to_owned(), control.join("\n")),
        ("summary.txt".to_owned(), why::summary(&contents) + "\n"),
    ]);
}

#[test]
fn maps() {
    let contents = fixture::contents();
    let control = fixture::control();
    let outlines = fixture::land::outlines();
    let whole = MapOptions { control: &control, title: Some("The Oda valley"), ..MapOptions::default() };
    let day = MapOptions { on: Some(fixture::date("2031-05-08")), control: &control, ..MapOptions::default() };
    let svg = map::svg(&contents, &outlines, &whole);
    #[cfg(feature = "png")]
    {
        let picture = map::png(&svg).unwrap();
        assert_eq!(picture, map::png(&svg).unwrap(), "the same bytes every time");
        let new = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
        std::fs::write(new.join("map.png"), picture).unwrap();
        std::fs::write(new.join("map-day.png"), map::png(&map::svg(&contents, &outlines, &day)).unwrap()).unwrap();
    }
    same(&[("map.svg".to_owned(), svg.clone()), ("map-day.svg".to_owned(), map::svg(&contents, &outlines, &day))]);
}

#[test]
fn an_empty_record_still_has_a_map() {
    let mut contents = fixture::contents();
    contents.events.clear();
    let svg = map::svg(&contents, &sitrep_model::Outlines::default(), &MapOptions::default());
    assert!(svg.contains("0 events at 0 places"));
    #[cfg(feature = "png")]
    assert!(map::png(&svg).is_ok());
}

/// Every page of the fixture, by the name of its address.
fn every_page(contents: &Contents, control: &[ControlAnswer], names: Names<'_>) -> Vec<(String, String)> {
    let outlines = fixture::land::outlines();
    let options = MapOptions { control, ..MapOptions::default() };
    let courier = contents.documents[2].id.as_str();
    let (event, claim) = (contents.events[3].event_id.as_str(), contents.claims[0].claim_id.as_str());
    let comment = contents.claims[13].claim_id.as_str();
    let named = [
        ("index", pages::index(contents)),
        ("events", pages::events(contents, &Filter::default(), 1)),
        ("event", pages::event(contents, event, names, &Decisions::default()).unwrap()),
        ("claim", pages::claim(contents, claim, names, &Decisions::default()).unwrap()),
        ("claim-comment", pages::claim(contents, comment, names, &Decisions::default()).unwrap()),
        ("document", pages::document(contents, courier, names, &pages::Stills::new()).unwrap()),
        ("disputes", pages::disputes(contents)),
        ("forecasts", pages::forecasts(contents)),
        ("threads", pages::threads(contents, None, names)),
        ("control", pages::control(contents, "Varnesh", "2031-05-09", Some(&control[1]))),
        ("map", pages::map(contents, &outlines, &options)),
        ("sources", pages::sources(contents)),
        ("report", pages::report(contents, names)),
        ("about", pages::about(contents)),
        ("not-found", pages::not_found("<script>e_1</script>")),
    ];
    named.into_iter().map(|(name, page)| (format!("page-{name}.html"), page)).collect()
}

#[test]
fn every_page_is_as_kept() {
    same(&every_page(&fixture::contents(), &fixture::control(), KEY));
}

#[test]
fn offsets_are_code_points_unless_asked_otherwise() {
    let mut contents = fixture::contents();
    let before = "Dayr az-Zawr دير الزور 🛰 ";
    let document = &mut contents.documents[2];
    document.text.insert_str(0, before);
    let (text, id) = (document.text.clone(), document.id.clone());
    contents.claims.retain(|claim| claim.document == id);
    let moved = u32::try_from(before.len()).unwrap();
    for claim in &mut contents.claims {
        claim.start += moved;
        claim.end += moved;
    }
    let document = &contents.documents[2];
    let of = |unit| list::claim_values(document, &contents.claims, unit, KEY);
    for claim in of(OffsetUnit::Chars) {
        let (start, end) = (claim["start"].as_u64().unwrap() as usize, claim["end"].as_u64().unwrap() as usize);
        let passage: String = text.chars().skip(start).take(end - start).collect();
        assert_eq!(claim["quote"], passage);
    }
    for claim in of(OffsetUnit::Utf16) {
        let units: Vec<u16> = text.encode_utf16().collect();
        let (start, end) = (claim["start"].as_u64().unwrap() as usize, claim["end"].as_u64().unwrap() as usize);
        assert_eq!(claim["quote"], String::from_utf16(&units[start..end]).unwrap());
    }
}

#[test]
fn a_quote_that_is_no_longer_there_is_a_lost_anchor() {
    let mut contents = fixture::contents();
    let id = contents.claims[0].claim_id.clone();
    assert!(pages::claim(&contents, id.as_str(), KEY, &Decisions::default()).unwrap().contains("<mark>"));
    contents.claims[0].start += 1;
    let page = pages::claim(&contents, id.as_str(), KEY, &Decisions::default()).unwrap();
    assert!(page.contains("Anchor lost") && !page.contains("<mark>"));
}

#[test]
fn stills_of_pictures_are_folded_away() {
    let mut contents = fixture::contents();
    let id = contents.documents[0].id.clone();
    let item = |sha256: &str, caption: Option<&str>| Media {
        kind: MediaKind::Image,
        src: "files/x.jpg".to_owned(),
        caption: caption.map(str::to_owned),
        credit: None,
        sha256: Some(sha256.to_owned()),
        n_bytes: Some(9),
        width_px: Some(1600),
        height_px: Some(1200),
        file_says: None,
    };
    contents.documents[0].media = vec![item("aa", Some("The \"bridge\" <b>")), item("bb", None), item("cc", None)];
    let stills = pages::Stills::from([("aa".to_owned(), (320, 240)), ("bb".to_owned(), (320, 200))]);
    let page = pages::document(&contents, id.as_str(), KEY, &stills).unwrap();
    let (before, section) = page.split_once("<section aria-labelledby=\"media\">").unwrap();
    let (heading, folded) = section.split_once("<details>").unwrap();
    let (folded, after) = folded.split_once("</details>").unwrap();
    assert!(![before, heading].concat().contains("<img") && !after.contains("<img"), "no picture outside the fold");
    assert_eq!(folded.matches("<img").count(), 2, "one file has no still");
    assert_eq!(folded.matches("loading=\"lazy\"").count(), 2);
    assert!(
        folded.contains(r#"<img src="/media/aa" width="320" height="240" alt="The &quot;bridge&quot; &lt;b&gt;""#),
        "{folded}"
    );
    assert!(folded.contains(r#"alt="A picture without a caption""#));
    assert!(folded.contains("3 items, 2 stills; pictures may be graphic"));
    let without = pages::document(&contents, id.as_str(), KEY, &pages::Stills::new()).unwrap();
    assert!(without.contains("3 items, not shown") && !without.contains("<img"));
}
