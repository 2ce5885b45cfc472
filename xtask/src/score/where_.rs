//! `cargo xtask score where [--list] [--gazetteer DIR]`: how well places are found and placed, on located news and on invented local stories.
//!
//! In: `../shared/gold/geovirus` and `re3d`, events of `../shared/gold/ucdp` told in made sentences, `tests/corpus/where`. Out: figures
//! on stdout; with `--list` every name that went wrong. A name is right when its point lies within 161 km of the gold, or in the
//! country it names. Fails when a figure of the texts in the repository falls below its floor.

pub(crate) mod corpora;
mod events;

use std::path::Path;

use anyhow::Context as _;
use corpora::{Gold, Text};
use sitrep_claims::{Kit, MorePlaces};
use sitrep_gazetteer::Shelf;
use sitrep_language::Language;
use sitrep_model::{Document, MediaType, OffsetUnit, Offsets, PageMeta, Place, PlaceStatus, Span};

use crate::Args;

const NEAR_KM: f64 = 161.0;

/// What no change may fall below: right of given names, F1 of found ones.
const FLOORS: [(&str, f64, f64); 2] = [("local, invented", 0.90, 0.92), ("local, kept apart", 0.90, 0.94)];
/// The same for the tokens of places where deeds happened, precision and recall.
const EVENT_FLOOR: f64 = 0.83;

/// What happened to the given names of a corpus.
#[derive(Debug, Default, Clone, Copy)]
struct Tally {
    /// Names, also those that nobody placed.
    names: usize,
    gold: usize,
    answered: usize,
    right: usize,
}

/// Scores every corpus.
pub(crate) fn run(mut args: Args) -> anyhow::Result<()> {
    let (mut list, mut own) = (false, None);
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--list" => list = true,
            "--gazetteer" => own = Some(Shelf::open(Path::new(&args.next().context("--gazetteer DIR")?))?),
            other => anyhow::bail!("{other}: one of --list, --gazetteer DIR"),
        }
    }
    let kit = kit_with(own)?;
    println!("| corpus | texts | names | right | answered | right of answered | found P | R | F1 |");
    println!("|---|---|---|---|---|---|---|---|---|");
    let mut low = Vec::new();
    for (name, texts) in corpora::all()? {
        let (mut tally, mut found) = (Tally::default(), [0_usize; 2]);
        for text in &texts {
            let document = document(text);
            given(&kit, text, &document, list, &mut tally);
            open(&kit, text, &document, list, &mut found);
        }
        let share = |a: usize, b: usize| a as f64 / b.max(1) as f64;
        let [matched, ours] = found;
        let (precision, recall) = (share(matched, ours), share(matched, tally.names));
        let f1 = 2.0 * precision * recall / (precision + recall).max(f64::MIN_POSITIVE);
        println!(
            "| {name} | {} | {} | {:.3} | {:.3} | {:.3} | {precision:.3} | {recall:.3} | {f1:.3} |",
            texts.len(),
            tally.gold,
            share(tally.right, tally.gold),
            share(tally.answered, tally.gold),
            share(tally.right, tally.answered),
        );
        if let Some((_, right, found)) = FLOORS.iter().find(|(known, _, _)| *known == name)
            && (share(tally.right, tally.gold) < *right || f1 < *found)
        {
            low.push(name);
        }
    }
    let outcome = events::score(&kit, list)?;
    println!("\n| where deeds happened | deeds | told | token P | token R |\n|---|---|---|---|---|");
    let (precision, recall) = (outcome.precision, outcome.recall);
    println!("| made sentences | {} | {} | {precision:.3} | {recall:.3} |", outcome.deeds, outcome.told);
    if precision.min(recall) < EVENT_FLOOR {
        low.push("where deeds happened");
    }
    anyhow::ensure!(low.is_empty(), "below their floors: {}", low.join(", "));
    Ok(())
}

/// The kit, with the model beside this crate.
pub(crate) fn kit() -> anyhow::Result<Kit> {
    kit_with(None)
}

/// The same with a user's places: they may not make the built-in ones worse.
fn kit_with(own: Option<Shelf>) -> anyhow::Result<Kit> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/sitrep-language/model/en_core_web_sm-3.8.0.bin");
    let bytes = std::fs::read(&path).with_context(|| format!("reading {}", path.display()))?;
    let language = Language::load(&bytes).map_err(|e| anyhow::anyhow!("{e}"))?;
    let places = own.map(|shelf| Box::new(shelf) as Box<dyn MorePlaces>);
    Kit::with_places(language, places).map_err(|e| anyhow::anyhow!("{e}"))
}

/// The text as the product reads it.
pub(crate) fn document(text: &Text) -> Document {
    let meta = PageMeta { outlet: text.outlet.clone(), ..PageMeta::default() };
    let page = sitrep_read::page_of("text", MediaType::Text, text.text.clone().into_bytes(), meta, "score");
    sitrep_read::document(&page).value
}

/// The gold spans in bytes of the document, which is the text as given.
pub(crate) fn spans(text: &Text, document: &Document) -> Vec<Span> {
    let offsets = Offsets::new(&document.text, OffsetUnit::Chars);
    let starts: Vec<u32> = document.text.char_indices().map(|(at, _)| at as u32).collect();
    let byte = |at: usize| {
        let index = starts.partition_point(|start| offsets.at(*start) < at);
        starts.get(index).map_or(document.text.len(), |start| *start as usize)
    };
    text.names.iter().map(|gold| Span::new(byte(gold.start), byte(gold.end))).collect()
}

fn given(kit: &Kit, text: &Text, document: &Document, list: bool, tally: &mut Tally) {
    let places = sitrep_claims::places_at(kit, document, &spans(text, document));
    tally.names += text.names.len();
    for (gold, place) in text.names.iter().zip(places).filter(|(gold, _)| gold.lat.is_finite()) {
        tally.gold += 1;
        let Some(spot) = place.lat.zip(place.lon) else {
            if list {
                println!(
                    "open  {} ({:.2},{:.2}): {}{}",
                    gold.name,
                    gold.lat,
                    gold.lon,
                    place.status.as_str(),
                    near(text, gold)
                );
            }
            continue;
        };
        tally.answered += 1;
        if right(gold, &place, spot) {
            tally.right += 1;
        } else if list {
            let (kind, country) = (place.kind.as_deref().unwrap_or("-"), place.country.as_deref().unwrap_or("-"));
            println!(
                "wrong {} ({:.2},{:.2}): {} {kind} {country} ({:.2},{:.2}){}",
                gold.name,
                gold.lat,
                gold.lon,
                place.name.as_deref().unwrap_or("-"),
                spot.0,
                spot.1,
                near(text, gold)
            );
        }
    }
}

/// The words around a name.
fn near(text: &Text, gold: &Gold) -> String {
    let around =
        text.text.chars().skip(gold.start.saturating_sub(50)).take(50 + gold.end - gold.start.min(gold.end) + 40);
    format!(" in {:?}", around.collect::<String>())
}

fn right(gold: &Gold, place: &Place, spot: (f64, f64)) -> bool {
    let away = corpora::distance_km(spot, (gold.lat, gold.lon));
    away <= NEAR_KM || place.kind.as_deref() == Some("country") && place.radius_km.is_some_and(|reach| away < reach)
}

/// Whether a mention is the name of a place, not an area told by one nor a word that implies a country.
fn named(said: &sitrep_claims::PlaceSaid) -> bool {
    let implied = matches!(said.usage, sitrep_claims::PlaceUse::Demonym | sitrep_claims::PlaceUse::Seat);
    said.place.status != PlaceStatus::Relative && !implied
}

/// Counts names found in the text by their overlap with the gold: `[matched, ours]`.
fn open(kit: &Kit, text: &Text, document: &Document, list: bool, found: &mut [usize; 2]) {
    let gold = spans(text, document);
    let mentions = sitrep_claims::mentions(kit, document).places;
    let plain: Vec<Span> = mentions.iter().filter(|said| named(said)).map(|said| said.span).collect();
    found[1] += plain.len();
    found[0] += plain.iter().filter(|span| gold.iter().any(|g| g.overlaps(**span))).count();
    if list {
        for span in plain.iter().filter(|span| !gold.iter().any(|g| g.overlaps(**span))) {
            let from = document.text.floor_char_boundary((span.start as usize).saturating_sub(30));
            let to = document.text.ceil_char_boundary((span.end as usize + 20).min(document.text.len()));
            println!("extra {} in {:?}", span.of(&document.text), &document.text[from..to]);
        }
        for span in gold.iter().filter(|g| !plain.iter().any(|span| g.overlaps(*span))) {
            let from = document.text.floor_char_boundary((span.start as usize).saturating_sub(30));
            let to = document.text.ceil_char_boundary((span.end as usize + 20).min(document.text.len()));
            println!("missed {} in {:?}", span.of(&document.text), &document.text[from..to]);
        }
    }
}
