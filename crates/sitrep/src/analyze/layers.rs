//! The layers of one report as JSON.
//!
//! In: a page. Out: one JSON value for each layer asked for, offsets in the unit asked for. Computes only what is asked for.

use serde_json::{Map, Value, json};
use sitrep_model::{BlockKind, Document, Note, Offsets, Page, Span};
use sitrep_show::Names;

use super::{Options, mentioned};
use crate::{Kit, pipeline, readers};

/// What can be told of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Layer {
    /// The text that offsets count in; readers' names in it are covered.
    Text,
    /// Title, author, date, article and comment tree.
    Document,
    /// Tokens with lemma, tag and tree.
    Tokens,
    /// Sentences.
    Sentences,
    /// Named entities.
    Entities,
    /// Time expressions, placed on the calendar.
    Times,
    /// Place names, placed on the map.
    Places,
    /// Who is said to say what.
    Attributions,
    /// Claims.
    Claims,
    /// What was noticed while reading.
    Notes,
}

impl Layer {
    /// Every layer, in the order in which they are told.
    pub const ALL: &'static [Layer] = &[
        Layer::Text,
        Layer::Document,
        Layer::Tokens,
        Layer::Sentences,
        Layer::Entities,
        Layer::Times,
        Layer::Places,
        Layer::Attributions,
        Layer::Claims,
        Layer::Notes,
    ];

    /// The name a user types.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Layer::Text => "text",
            Layer::Document => "document",
            Layer::Tokens => "tokens",
            Layer::Sentences => "sentences",
            Layer::Entities => "entities",
            Layer::Times => "times",
            Layer::Places => "places",
            Layer::Attributions => "attributions",
            Layer::Claims => "claims",
            Layer::Notes => "notes",
        }
    }

    /// The layer called `name`, or `None`.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Layer> {
        Layer::ALL.iter().copied().find(|layer| layer.name() == name)
    }
}

/// The layers asked for, in order.
pub(super) fn layers(kit: &Kit, page: Page, toponyms: Option<&[[usize; 2]]>, options: &Options) -> Map<String, Value> {
    let any = |layers: &[Layer]| layers.iter().any(|layer| options.layers.contains(layer));
    let mut out = Map::new();
    let key = readers::key_of_page(&page.raw);
    let names = if options.keep_names { Names::Keep } else { Names::Pseudonyms(&key) };
    let (document, mut claims, notes) = if any(&[Layer::Claims, Layer::Attributions]) {
        let report = pipeline::understand(kit, page);
        (report.document, report.claims, report.notes)
    } else {
        let read = sitrep_read::document(&page);
        (read.value, Vec::new(), read.notes)
    };
    // Told from the covered text, understood from the text as it is: covering keeps every offset.
    let mut told = document.clone();
    if !options.keep_names {
        sitrep_show::veil_report(&mut told, &mut claims);
    }
    if any(&[Layer::Text]) {
        out.insert("text".to_owned(), Value::String(told.text.clone()));
    }
    if any(&[Layer::Document]) {
        out.insert("document".to_owned(), document_value(&told, names));
    }
    if any(&[Layer::Tokens, Layer::Sentences, Layer::Entities]) {
        language(kit, &document, &told, options, &mut out);
    }
    if any(&[Layer::Times, Layer::Places]) {
        mentioned::layers(kit, &document, &told, toponyms, options, &mut out);
    }
    if any(&[Layer::Attributions]) {
        let offsets = Offsets::new(&document.text, options.offsets);
        out.insert("attributions".to_owned(), mentioned::attributions(&claims, &offsets));
    }
    if any(&[Layer::Claims]) {
        let values = sitrep_show::list::claim_values(&told, &claims, options.offsets, names);
        out.insert("claims".to_owned(), Value::Array(values));
    }
    if any(&[Layer::Notes]) {
        let offsets = Offsets::new(&document.text, options.offsets);
        out.insert("notes".to_owned(), notes.iter().map(|note| note_value(note, &offsets)).collect());
    }
    out
}

fn note_value(note: &Note, offsets: &Offsets<'_>) -> Value {
    let mut value = json!({ "code": note.code, "message": note.message });
    if let (Some(span), Some(map)) = (note.span, value.as_object_mut()) {
        map.insert("start".to_owned(), json!(offsets.at(span.start)));
        map.insert("end".to_owned(), json!(offsets.at(span.end)));
    }
    value
}

fn document_value(document: &Document, names: Names<'_>) -> Value {
    let article = document.blocks.iter().filter(|block| block.kind != BlockKind::Headline);
    let paragraphs: Vec<&str> = article.map(|block| block.span.of(&document.text).trim()).collect();
    json!({
        "title": document.title,
        "byline": document.byline,
        "outlet": document.outlet,
        "published": document.published.as_ref().map(|published| published.date),
        "published_how": document.published.as_ref().map(|published| published.how),
        "language": document.language,
        "article_text": paragraphs.join("\n\n"),
        "comments": sitrep_show::list::comment_values(document, names),
    })
}

/// Tokens, sentences and entities of the document's whole text.
fn language(kit: &Kit, document: &Document, told: &Document, options: &Options, out: &mut Map<String, Value>) {
    let offsets = Offsets::new(&document.text, options.offsets);
    let analysis = kit.language().analyze(&document.text);
    let range = |first: u32, end: u32| {
        let start = analysis.tokens.get(first as usize).map_or(0, |token| token.start);
        let last = end.checked_sub(1).and_then(|last| analysis.tokens.get(last as usize));
        (offsets.at(start), offsets.at(last.map_or(start, |token| token.end)))
    };
    if options.layers.contains(&Layer::Tokens) {
        // A covered word's lemma would uncover it.
        let lemma = |n: usize, start: u32, end: u32| {
            let span = Span { start, end };
            let shown = span.of(&told.text);
            if shown == span.of(&document.text) { analysis.lemma(n) } else { shown }
        };
        let tokens = analysis.tokens.iter().enumerate().map(|(n, token)| {
            json!({
                "start": offsets.at(token.start),
                "end": offsets.at(token.end),
                "lemma": lemma(n, token.start, token.end),
                "tag": token.tag.as_str(),
                "pos": token.pos.as_str(),
                "head": token.head,
                "dep": token.dep.as_str(),
            })
        });
        out.insert("tokens".to_owned(), tokens.collect());
    }
    if options.layers.contains(&Layer::Sentences) {
        let sentences = analysis.sentences.iter().map(|sentence| {
            let (start, end) = range(sentence.start, sentence.end);
            json!({ "start": start, "end": end })
        });
        out.insert("sentences".to_owned(), sentences.collect());
    }
    if options.layers.contains(&Layer::Entities) {
        let entities = analysis.entities.iter().map(|entity| {
            let (start, end) = range(entity.first, entity.end);
            json!({ "start": start, "end": end, "label": entity.label.as_str() })
        });
        out.insert("entities".to_owned(), entities.collect());
    }
}
