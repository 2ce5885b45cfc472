//! What stands beside the text of a Word document: styles, links, properties.
//!
//! In: the XML of a part. Out: tables and a [`Paper`] without paragraphs. Damage ends a part where it stands.

use std::collections::BTreeMap;

use jiff::civil::Date;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use sitrep_model::BlockKind;

use crate::office::Paper;

/// A style's kind of block, by the id that paragraphs name.
pub(super) type Styles = BTreeMap<String, BlockKind>;

/// Addresses by the id that the text names.
pub(super) type Links = BTreeMap<String, String>;

/// An attribute's value by its name without a prefix.
pub(super) fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = element.attributes().with_checks(false).flatten().find(|a| a.key.local_name().as_ref() == name)?;
    let value = found.normalized_value(quick_xml::XmlVersion::Implicit1_0);
    Some(value.map_or_else(|_| found.value.to_string(), |value| value.into_owned()))
}

/// The characters a reference such as `&amp;` stands for.
pub(super) fn referred(reference: &quick_xml::events::BytesRef<'_>) -> Option<char> {
    match reference.resolve_char_ref() {
        Ok(Some(c)) => Some(c),
        _ => match &**reference {
            "amp" => Some('&'),
            "lt" => Some('<'),
            "gt" => Some('>'),
            "quot" => Some('"'),
            "apos" => Some('\''),
            _ => None,
        },
    }
}

/// Kinds of block by style. Word names its own styles in English in every language.
pub(super) fn styles(xml: &str) -> Styles {
    let mut styles = Styles::new();
    let mut id = None;
    let mut reader = Reader::from_str(xml);
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Start(element) if element.local_name().as_ref() == "style" => id = attribute(&element, "styleId"),
            Event::Start(element) | Event::Empty(element) if element.local_name().as_ref() == "name" => {
                let kind = attribute(&element, "val").and_then(|name| kind_of(&name));
                if let (Some(id), Some(kind)) = (&id, kind) {
                    styles.insert(id.clone(), kind);
                }
            }
            Event::Eof => break,
            _ => {}
        }
    }
    styles
}

/// The kind of block that a style of this name is for; `None` for text like any other.
pub(super) fn kind_of(style: &str) -> Option<BlockKind> {
    let style = style.to_ascii_lowercase();
    let opens = |with: &[&str]| with.iter().any(|with| style.starts_with(with));
    match style.as_str() {
        "title" => Some(BlockKind::Headline),
        "subtitle" => Some(BlockKind::Lead),
        "caption" => Some(BlockKind::Caption),
        _ if opens(&["heading"]) => Some(BlockKind::Heading),
        _ if opens(&["quote", "intense quote", "block text"]) => Some(BlockKind::Quote),
        _ if opens(&["list bullet", "list number", "listbullet", "listnumber"]) => Some(BlockKind::List),
        _ => None,
    }
}

/// Addresses outside the document that its text links to.
pub(super) fn links(xml: &str) -> Links {
    let mut links = Links::new();
    let mut reader = Reader::from_str(xml);
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Start(element) | Event::Empty(element) if element.local_name().as_ref() == "Relationship" => {
                let is_link = attribute(&element, "Type").is_some_and(|kind| kind.ends_with("/hyperlink"));
                if let (true, Some(id), Some(to)) = (is_link, attribute(&element, "Id"), attribute(&element, "Target"))
                {
                    links.insert(id, to);
                }
            }
            Event::Eof => break,
            _ => {}
        }
    }
    links
}

/// Title, author and days from a document's properties.
pub(super) fn properties(xml: &str) -> Paper {
    let mut paper = Paper::default();
    let mut field = String::new();
    let mut text = String::new();
    let mut reader = Reader::from_str(xml);
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Start(element) => {
                element.local_name().as_ref().clone_into(&mut field);
                text.clear();
            }
            Event::Text(part) => text.push_str(&part),
            Event::GeneralRef(reference) => text.extend(referred(&reference)),
            Event::End(_) => {
                let told = text.split_whitespace().collect::<Vec<_>>().join(" ");
                let told = Some(told).filter(|told| !told.is_empty());
                let day = || -> Option<Date> { told.as_deref()?.get(..10)?.parse().ok() };
                match field.as_str() {
                    "title" => paper.title = told,
                    "creator" => paper.author = told,
                    "language" => paper.language = told,
                    "created" => paper.created = day(),
                    "modified" => paper.modified = day(),
                    _ => {}
                }
                field.clear();
                text.clear();
            }
            Event::Eof => break,
            _ => {}
        }
    }
    paper
}
