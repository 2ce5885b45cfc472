//! Whatever a source writes stays text: in pages, the map, reports, tables, exports and on the terminal.

use std::collections::BTreeSet;

use sitrep_model::{Decisions, Outlines};
use sitrep_show::export::{ExportFormat, ExportOptions, export};
use sitrep_show::list::{Format, List, ListOptions, list};
use sitrep_show::map::{self, MapOptions};
use sitrep_show::report::{Markup, ReportOptions, report};
use sitrep_show::{pages, why};

use crate::fixture::hostile::{HOSTILE, contents, control};
use crate::{KEY, every_page};

/// Elements this crate writes.
const ELEMENTS: &str = "a article body blockquote button caption circle clipPath code datalist dd defs desc details div dl dt figure \
footer form g h1 h2 h3 head header html input label li line link main map mark meta nav ol optgroup option p path pattern q rect \
section select span strong style sub summary sup svg table tbody td text th thead time title tr ul";

/// Every tag is one of ours, no hidden character is left, and nothing leads away or runs.
fn only_our_markup(name: &str, markup: &str) {
    let ours: BTreeSet<&str> = ELEMENTS.split_whitespace().collect();
    for piece in markup.split('<').skip(1) {
        let element = piece.trim_start_matches('/').split([' ', '>', '\n', '/']).next().unwrap_or_default();
        assert!(ours.contains(element) || element == "!DOCTYPE", "{name}: <{element}");
    }
    for hidden in ['\u{0}', '\u{1B}', '\u{202E}', '\u{2066}', '\u{FFFF}', '\u{2028}'] {
        assert!(!markup.contains(hidden), "{name}: {hidden:?}");
    }
    for active in ["href=\"http", "href=\"javascript", " style=\"", " src=\"", "<script"] {
        assert!(!markup.contains(active), "{name}: {active}");
    }
}

#[test]
fn pages_hold_only_our_markup() {
    let (contents, control) = (contents(HOSTILE), control(HOSTILE));
    for (name, page) in every_page(&contents, &control, KEY) {
        only_our_markup(&name, &page);
        assert!(!page.contains("Wren Aldous"), "{name} shows a reader's name");
    }
    only_our_markup("report.html", &report(&contents, Markup::Html, &ReportOptions::default()));
    only_our_markup("not found", &pages::not_found(HOSTILE));
}

#[test]
fn the_map_stays_a_picture() {
    let (contents, control) = (contents(HOSTILE), control(HOSTILE));
    let mut outlines = crate::fixture::land::outlines();
    outlines.countries.iter_mut().chain(&mut outlines.rivers).for_each(|shape| shape.name.insert_str(0, HOSTILE));
    let options = MapOptions { control: &control, title: Some(HOSTILE), ..MapOptions::default() };
    let svg = map::svg(&contents, &outlines, &options);
    only_our_markup("map.svg", &svg);
    #[cfg(feature = "png")]
    assert!(map::png(&svg).is_ok(), "the picture is still XML");
}

#[test]
fn odd_numbers_do_not_break_the_map() {
    let mut contents = crate::fixture::contents();
    let odd = [f64::NAN, f64::INFINITY, 1e300, -91.0, 180.0];
    for (event, value) in contents.events.iter_mut().zip(odd.into_iter().cycle()) {
        if let Some(place) = &mut event.place {
            (place.lat, place.radius_km) = (Some(value), Some(value));
            if let Some(sitrep_model::Area::Polygon(rings)) = &mut place.area {
                rings.iter_mut().for_each(|ring| ring.push([value, value]));
            }
        }
    }
    let svg = map::svg(&contents, &Outlines::default(), &MapOptions::default());
    assert!(!svg.contains("NaN") && !svg.contains("inf"), "numbers only");
}

#[test]
fn the_terminal_and_markdown_stay_plain() {
    let contents = contents(HOSTILE);
    for &what in List::ALL {
        let table = list(&contents, what, Format::Table { width: 100 }, &ListOptions::default());
        assert!(!table.contains(['\u{1B}', '\u{202E}', '\u{0}']), "{}", what.name());
        assert!(table.lines().all(|line| line == line.trim_end()), "{}: no trailing blanks", what.name());
    }
    let told = why::why(&contents, contents.events[3].event_id.as_str(), &Decisions::default()).unwrap();
    assert!(!told.contains(['\u{1B}', '\u{202E}', '\u{0}']));
    let markdown = report(&contents, Markup::Markdown, &ReportOptions::default());
    assert!(!markdown.contains("<script") || markdown.contains("\\<script"));
    for line in markdown.lines() {
        let active = line.match_indices('<').any(|(at, _)| !line[..at].ends_with('\\'));
        assert!(!active && !line.contains("http://evil"), "{line}");
    }
}

#[test]
fn exports_keep_the_words_and_disarm_formulas() {
    let contents = contents("=HYPERLINK(\"http://evil.example\")");
    let plain = export(&contents, ExportFormat::Csv, &ExportOptions::default());
    assert!(plain.files[0].text().contains(",\"=HYPERLINK"), "nothing is changed unasked");
    let sheet = export(&contents, ExportFormat::Csv, &ExportOptions { spreadsheet: true, ..ExportOptions::default() });
    for file in &sheet.files {
        assert!(!file.text().contains(",=") && !file.text().contains(",\"="), "{}", file.name);
        assert!(file.text().contains("'=HYPERLINK"), "{}", file.name);
    }
    let hostile = crate::fixture::hostile::contents(HOSTILE);
    for format in [ExportFormat::Jsonl, ExportFormat::Geojson] {
        for file in export(&hostile, format, &ExportOptions::default()).files {
            let lines = if format == ExportFormat::Jsonl { file.text().lines().collect() } else { vec![file.text()] };
            assert!(lines.iter().all(|line| serde_json::from_str::<serde_json::Value>(line).is_ok()), "{}", file.name);
        }
    }
}

#[test]
fn a_static_site_holds_only_our_markup_and_every_link_leads_to_a_file() {
    let hostile = contents(HOSTILE);
    let site = export(&hostile, ExportFormat::Html, &ExportOptions { names: KEY, ..ExportOptions::default() });
    let files: BTreeSet<&str> = site.files.iter().map(|file| file.name.as_str()).collect();
    assert_eq!(files.len(), site.files.len(), "no file twice");
    for file in site.files.iter().filter(|file| file.name.ends_with("html")) {
        only_our_markup(&file.name, file.text());
        assert!(!file.text().contains("Wren Aldous") && !file.text().contains("<form"), "{}", file.name);
        let folder = file.name.rsplit_once('/').map_or("", |(folder, _)| folder);
        for address in file.text().split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
            let path = address.split('#').next().unwrap_or_default();
            let whole = match path.strip_prefix("../") {
                Some(path) if !folder.is_empty() => path.to_owned(),
                _ if folder.is_empty() || path.is_empty() => path.to_owned(),
                _ => format!("{folder}/{path}"),
            };
            assert!(path.is_empty() || files.contains(whole.as_str()), "{}: {address}", file.name);
        }
    }
    assert!(files.len() > hostile.events.len() + hostile.documents.len());
}

#[test]
fn words_of_sources_break_no_format() {
    let hostile = contents(HOSTILE);
    let text = |format| export(&hostile, format, &ExportOptions::default()).files[0].text().to_owned();
    let rows = text(ExportFormat::Polecat);
    assert!(rows.lines().count() > 5 && rows.lines().all(|row| row.split('\t').count() == 40), "{rows}");
    assert!(!rows.contains('\r') && !rows.contains('\u{2028}'));
    let kml = text(ExportFormat::Kml);
    assert!(!kml.contains("<script") && !kml.contains("<img"), "markup of a source is text");
    assert!(!kml.contains(['\u{0}', '\u{1B}', '\u{FFFF}']), "XML forbids these");
    let timeline = text(ExportFormat::Timelinejs);
    for part in ["<script", "<img", "javascript:alert(1)>"] {
        assert!(!timeline.contains(part), "{part}");
    }
    for line in text(ExportFormat::Geojsonseq).split_terminator('\n') {
        let feature = line.strip_prefix('\u{1E}').expect("every feature follows a record separator");
        assert_eq!(serde_json::from_str::<serde_json::Value>(feature).unwrap()["type"], "Feature");
    }
    for line in text(ExportFormat::Plover).lines() {
        assert!(serde_json::from_str::<serde_json::Value>(line).is_ok());
    }
}

#[test]
fn a_megabyte_in_every_field_makes_no_endless_page() {
    let long = "x".repeat(1 << 20);
    let (contents, control) = (contents(&long), control(&long));
    for (name, page) in every_page(&contents, &control, KEY) {
        assert!(page.len() < 400_000, "{name}: {} bytes", page.len());
    }
    assert!(report(&contents, Markup::Markdown, &ReportOptions::default()).len() < 400_000);
    let table = list(&contents, List::Events, Format::Table { width: 100 }, &ListOptions::default());
    assert!(table.lines().all(|line| line.chars().count() <= 100));
}
