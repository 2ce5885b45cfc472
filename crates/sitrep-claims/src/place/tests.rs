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
