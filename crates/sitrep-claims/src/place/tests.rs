//! Runs the examples of the place rules and reads the reference reports.

use std::sync::OnceLock;

use jiff::civil::date;
use sitrep_language::Language;
use sitrep_model::{Block, BlockKind, Comment, CommentId, DocumentId, HowKnown, PageId, PlaceStatus, Published, Voice};

use super::*;

fn tools() -> &'static (Language, Gazetteer) {
    static TOOLS: OnceLock<(Language, Gazetteer)> = OnceLock::new();
    TOOLS.get_or_init(|| {
        let path = format!("{}/../sitrep-language/model/en_core_web_sm-3.8.0.bin", env!("CARGO_MANIFEST_DIR"));
        let bytes = std::fs::read(path).unwrap();
        let gazetteer = Gazetteer::load().unwrap_or_else(|e| panic!("{}: {}", e.file, e.message));
        (Language::load(&bytes).unwrap(), gazetteer)
    })
}

/// A document of the paragraphs of `text`; those from `comments` on are readers' comments.
fn read(text: &str, comments: usize) -> (Document, Vec<Passage>) {
    let mut document = Document {
        id: DocumentId::of(&[]),
        page: PageId::of(&[]),
        path: String::new(),
        url: None,
        title: None,
        byline: None,
        outlet: None,
        language: None,
        published: Some(Published { date: date(2031, 5, 9), how: HowKnown::Given, confidence: 1.0 }),
        modified: None,
        text: text.to_owned(),
        blocks: Vec::new(),
        comments: Vec::new(),
    };
    let mut passages = Vec::new();
    let mut at = 0;
    for part in text.split("\n\n") {
        let start = at + (part.len() - part.trim_start().len());
        let span = Span::new(start, start + part.trim().len());
        at += part.len() + 2;
        if span.is_empty() {
            continue;
        }
        let comment = (span.start as usize >= comments).then_some(0);
        document.blocks.push(Block { kind: BlockKind::Body, span, links: Vec::new() });
        let analysis = tools().0.analyze(span.of(text));
        let voice = if comment.is_some() { Voice::Comment } else { Voice::Article };
        passages.push(Passage { voice, block: None, comment, span, analysis });
    }
    (document, passages)
}

fn places_in(text: &str) -> Vec<PlaceMention> {
    let (document, passages) = read(text, usize::MAX);
    places(&tools().1, &document, &passages).into_iter().flatten().collect()
}

fn line(m: &PlaceMention) -> String {
    let p = &m.place;
    let relation = p.relation.as_ref().map_or(String::new(), |r| {
        format!(" {{{:?} {:?} km {:?} of {:?} between {:?}}}", r.kind, r.bearing, r.distance_km, r.anchor, r.between)
    });
    let use_ = if m.usage == PlaceUse::Demonym {
        "demonym"
    } else if m.anchor_only {
        "anchor"
    } else {
        ""
    };
    format!(
        "{:?} -> {:?} {:?} {:?} {:?},{:?} r{:?} {:?}{relation} {use_}",
        p.text, p.name, p.status, p.kind, p.lat, p.lon, p.radius_km, p.country
    )
}

#[test]
fn seed_reports_are_mapped_without_wrong_points() {
    let folder = format!("{}/../../../shared/seeds", env!("CARGO_MANIFEST_DIR"));
    let Ok(files) = std::fs::read_dir(&folder) else {
        println!("SKIPPED: ../shared is absent");
        return;
    };
    let mut files: Vec<_> = files.flatten().map(|f| f.path()).collect();
    files.sort();
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        let comments = ["  • Now the two", "  • Lupus"].iter().find_map(|m| text.find(m)).unwrap();
        let (document, passages) = read(&text, comments);
        for (passage, mentions) in passages.iter().zip(places(&tools().1, &document, &passages)) {
            for mention in &mentions {
                println!("{} {}", if passage.comment.is_some() { "  C" } else { "A" }, line(mention));
            }
        }
    }
}

/// Reads the reference articles with located names: (article text, [(name, code point range, lat, lon)]).
#[allow(clippy::type_complexity)]
fn located() -> Option<Vec<(String, Vec<(String, usize, usize, f64, f64)>)>> {
    let path = format!("{}/../../../shared/gold/geovirus/GeoVirus.xml", env!("CARGO_MANIFEST_DIR"));
    let Ok(xml) = std::fs::read_to_string(path) else {
        println!("SKIPPED: ../shared is absent");
        return None;
    };
    let plain = |t: &str| {
        t.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&apos;", "'").replace("&amp;", "&")
    };
    let inside = |part: &str, tag: &str| {
        let (open, close) = (format!("<{tag}>"), format!("</{tag}>"));
        part.split_once(&open)
            .and_then(|(_, rest)| rest.split_once(&close))
            .map(|(inner, _)| plain(inner))
            .unwrap_or_default()
    };
    let articles = xml.split("<article>").skip(1).map(|article| {
        let names = article.split("<location>").skip(1).map(|l| {
            let number = |tag: &str| inside(l, tag).trim().parse::<f64>().unwrap_or(f64::NAN);
            (inside(l, "name"), number("start") as usize, number("end") as usize, number("lat"), number("lon"))
        });
        (inside(article, "text"), names.collect())
    });
    Some(articles.collect())
}

#[test]
fn news_of_outbreaks_are_mapped() {
    const NEAR_KM: f64 = 161.0;
    let Some(articles) = located() else { return };
    let (mut gold, mut found, mut pointed, mut right, mut ours, mut spurious) = (0, 0, 0, 0, 0, 0);
    for (text, names) in &articles {
        let offsets = sitrep_model::Offsets::new(text, sitrep_model::OffsetUnit::Chars);
        let mentions = places_in(text);
        let plain: Vec<_> = mentions
            .iter()
            .filter(|m| m.usage == PlaceUse::Literal && m.place.status != PlaceStatus::Relative)
            .collect();
        let range = |m: &PlaceMention| (offsets.at(m.span.start), offsets.at(m.span.end));
        for (name, start, end, lat, lon) in names {
            gold += 1;
            let Some(m) = plain.iter().find(|m| range(m).0 < *end && *start < range(m).1) else {
                println!(
                    "missed {name} in {:?}",
                    text.chars().skip(start.saturating_sub(30)).take(70).collect::<String>()
                );
                continue;
            };
            found += 1;
            let Some(spot) = m.place.lat.zip(m.place.lon) else {
                println!("no point {name}: {}", line(m));
                continue;
            };
            pointed += 1;
            let away = shape::distance_km(spot, (*lat, *lon));
            if away <= NEAR_KM || m.place.kind.as_deref() == Some("country") && away < m.place.radius_km.unwrap() {
                right += 1;
            } else {
                println!("wrong {name} {away:.0} km off {lat},{lon}: {}", line(m));
            }
        }
        ours += plain.len();
        for m in plain.iter().filter(|m| !names.iter().any(|(_, s, e, _, _)| range(m).0 < *e && *s < range(m).1)) {
            spurious += 1;
            println!(
                "spurious {} in {:?}",
                line(m),
                text.get(m.span.start as usize..).map(|t| t.chars().take(40).collect::<String>())
            );
        }
    }
    println!(
        "geovirus: gold {gold} found {found} with point {pointed} right {right}; ours {ours} unmatched {spurious}"
    );
    assert!(found * 10 >= gold * 8 && right * 10 >= pointed * 8);
}
