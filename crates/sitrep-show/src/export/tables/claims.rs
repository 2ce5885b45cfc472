//! Tables of what reports say: claims, their chains of speakers, their numbers, the documents, the comments.
//!
//! In: a sheet. Out: columns and rows. Readers' names as asked for, offsets in the unit asked for.

use sitrep_model::{ActorRef, AttributionLink, Claim, Comment, Document, Place, Time};

use super::cell::Kind::{Day, Flag, Float, Int, Text, Texts};
use super::cell::{Cell, Column, Row};
use super::{Rows, Sheet};
use crate::list::jsonl::Outward;
use crate::words;

pub(super) const CLAIMS: &[Column] = &[
    ("claim_id", Text),
    ("event_id", Text),
    ("document", Text),
    ("document_path", Text),
    ("outlet", Text),
    ("url", Text),
    ("published", Day),
    ("page_sha256", Text),
    ("voice", Text),
    ("comment_id", Text),
    ("start", Int),
    ("end", Int),
    ("quote", Text),
    ("event", Text),
    ("acled", Text),
    ("plover", Text),
    ("cameo", Text),
    ("actors", Texts),
    ("actor_ids", Texts),
    ("actor_kinds", Texts),
    ("targets", Texts),
    ("target_ids", Texts),
    ("target_kinds", Texts),
    ("instruments", Texts),
    ("operation", Text),
    ("date_from", Day),
    ("date_to", Day),
    ("date_text", Text),
    ("date_value", Text),
    ("date_prec_ucdp", Int),
    ("date_prec_acled", Int),
    ("place", Text),
    ("place_text", Text),
    ("place_status", Text),
    ("place_kind", Text),
    ("latitude", Float),
    ("longitude", Float),
    ("radius_km", Float),
    ("country", Text),
    ("geonames_id", Int),
    ("where_prec_ucdp", Int),
    ("geo_prec_acled", Int),
    ("origin", Text),
    ("destination", Text),
    ("status", Text),
    ("polarity", Text),
    ("again", Flag),
    ("certainty_author", Int),
    ("certainty_source", Int),
    ("certainty_word", Text),
    ("extraction", Float),
    ("rule", Text),
    ("notes", Texts),
];

pub(super) fn claims<'c>(sheet: &'c Sheet<'c>) -> Rows<'c> {
    Box::new(sheet.contents.claims.iter().map(|claim| row(claim, sheet)))
}

fn row<'c>(claim: &'c Claim, sheet: &'c Sheet<'c>) -> Row<'c> {
    let index = &sheet.index;
    let document = index.document(claim.document.as_str());
    let mut row = vec![
        Cell::text(claim.claim_id.as_str()),
        Cell::maybe(index.event_of(claim.claim_id.as_str()).map(|it| it.event_id.as_str())),
        Cell::text(claim.document.as_str()),
        Cell::text(&claim.document_path),
        Cell::maybe(document.and_then(|it| it.outlet.as_ref())),
        Cell::maybe(document.and_then(|it| it.url.as_ref())),
        Cell::Day(document.and_then(|it| it.published.as_ref()).map(|it| it.date)),
        Cell::maybe(document.and_then(|it| index.page_of(it)).map(|it| &it.sha256)),
        Cell::text(claim.voice.as_str()),
        Cell::maybe(claim.comment_id.as_ref().map(|it| it.as_str())),
        Cell::int(sheet.outward.at(claim.document.as_str(), claim.start)),
        Cell::int(sheet.outward.at(claim.document.as_str(), claim.end)),
        Cell::text(&claim.quote),
        Cell::text(claim.event.as_str()),
        Cell::maybe(claim.codes.acled.as_ref()),
        Cell::maybe(claim.codes.plover.as_ref()),
        Cell::maybe(claim.codes.cameo.as_ref()),
    ];
    row.extend(people(&claim.actors));
    row.extend(people(&claim.targets));
    row.push(Cell::texts(claim.instruments.iter().map(|it| &it.text)));
    row.push(Cell::maybe(claim.operation.as_ref()));
    row.extend(time(claim.time.as_ref()));
    row.extend(place(claim.place.as_ref()));
    row.extend([
        Cell::maybe(claim.origin.as_ref().map(words::place_short)),
        Cell::maybe(claim.destination.as_ref().map(words::place_short)),
        Cell::text(claim.status.as_str()),
        Cell::text(claim.polarity.as_str()),
        Cell::Flag(claim.again),
        Cell::Int(claim.certainty.author.map(i64::from)),
        Cell::Int(claim.certainty.source.map(i64::from)),
        Cell::maybe(claim.certainty.word.as_ref()),
        Cell::Float(Some(claim.extraction)),
        Cell::text(&claim.rule),
        Cell::texts(&claim.notes),
    ]);
    row
}

/// Names, ids and kinds, a list each; an unknown id or kind is an empty text, so that the lists stay abreast.
pub(super) fn people(actors: &[ActorRef]) -> [Cell<'_>; 3] {
    [
        Cell::texts(actors.iter().map(|it| &it.name)),
        Cell::texts(actors.iter().map(|it| it.actor_id.as_deref().unwrap_or_default())),
        Cell::texts(actors.iter().map(|it| it.kind.as_deref().unwrap_or_default())),
    ]
}

pub(super) fn time(time: Option<&Time>) -> [Cell<'_>; 6] {
    let precision = time.and_then(|it| it.precision);
    [
        Cell::Day(time.and_then(|it| it.from)),
        Cell::Day(time.and_then(|it| it.to)),
        Cell::maybe(time.and_then(|it| it.text.as_ref())),
        Cell::maybe(time.map(|it| &it.value)),
        Cell::Int(precision.map(|it| i64::from(it.ucdp))),
        Cell::Int(precision.map(|it| i64::from(it.acled))),
    ]
}

pub(super) fn place(place: Option<&Place>) -> [Cell<'_>; 11] {
    let precision = place.and_then(|it| it.precision);
    [
        Cell::maybe(place.map(words::place_short)),
        Cell::maybe(place.map(|it| &it.text)),
        Cell::maybe(place.map(|it| it.status.as_str())),
        Cell::maybe(place.and_then(|it| it.kind.as_ref())),
        Cell::Float(place.and_then(|it| it.lat)),
        Cell::Float(place.and_then(|it| it.lon)),
        Cell::Float(place.and_then(|it| it.radius_km)),
        Cell::maybe(place.and_then(|it| it.country.as_ref())),
        Cell::Int(place.and_then(|it| it.geonames_id).and_then(|it| i64::try_from(it).ok())),
        Cell::Int(precision.map(|it| i64::from(it.ucdp))),
        Cell::Int(precision.map(|it| i64::from(it.acled))),
    ]
}

pub(super) const ATTRIBUTIONS: &[Column] = &[
    ("claim_id", Text),
    ("link", Int),
    ("holder", Text),
    ("type", Text),
    ("cue", Text),
    ("stance", Text),
    ("author_stance", Text),
    ("form", Text),
    ("basis", Text),
];

/// One row a link of a chain of speakers; link 0 is the outermost.
pub(super) fn attributions<'c>(sheet: &'c Sheet<'c>) -> Rows<'c> {
    Box::new(sheet.contents.claims.iter().flat_map(|claim| chain(claim, &sheet.outward)))
}

fn chain<'c>(claim: &'c Claim, outward: &Outward<'c>) -> Vec<Row<'c>> {
    let link = |(at, link): (usize, &'c AttributionLink)| {
        vec![
            Cell::text(claim.claim_id.as_str()),
            Cell::int(at),
            Cell::maybe(outward.holder(claim, link)),
            Cell::text(link.kind.as_str()),
            Cell::maybe(link.cue.as_ref()),
            Cell::text(link.stance.as_str()),
            Cell::text(link.author_stance.as_str()),
            Cell::text(link.form.as_str()),
            Cell::text(link.basis.as_str()),
        ]
    };
    claim.attribution.iter().enumerate().map(link).collect()
}

pub(super) const QUANTITIES: &[Column] = &[
    ("claim_id", Text),
    ("kind", Text),
    ("text", Text),
    ("of", Text),
    ("low", Float),
    ("best", Float),
    ("high", Float),
    ("cumulative", Flag),
];

pub(super) fn quantities<'c>(sheet: &'c Sheet<'c>) -> Rows<'c> {
    let of_claim = |claim: &'c Claim| claim.quantities.iter().map(move |it| (claim, it));
    Box::new(sheet.contents.claims.iter().flat_map(of_claim).map(|(claim, it)| {
        vec![
            Cell::text(claim.claim_id.as_str()),
            Cell::text(&it.kind),
            Cell::text(&it.text),
            Cell::maybe(it.of.as_ref()),
            Cell::Float(it.low),
            Cell::Float(it.best),
            Cell::Float(it.high),
            Cell::Flag(it.cumulative),
        ]
    }))
}

pub(super) const DOCUMENTS: &[Column] = &[
    ("document", Text),
    ("path", Text),
    ("url", Text),
    ("title", Text),
    ("byline", Text),
    ("outlet", Text),
    ("language", Text),
    ("published", Day),
    ("retrieved", Day),
    ("page", Text),
    ("page_sha256", Text),
];

pub(super) fn documents<'c>(sheet: &'c Sheet<'c>) -> Rows<'c> {
    Box::new(sheet.contents.documents.iter().map(|document| {
        let page = sheet.index.page_of(document);
        vec![
            Cell::text(document.id.as_str()),
            Cell::text(&document.path),
            Cell::maybe(document.url.as_ref()),
            Cell::maybe(document.title.as_ref()),
            Cell::maybe(document.byline.as_ref()),
            Cell::maybe(document.outlet.as_ref()),
            Cell::maybe(document.language.as_ref()),
            Cell::Day(document.published.as_ref().map(|it| it.date)),
            Cell::Day(page.and_then(|it| it.retrieved)),
            Cell::text(document.page.as_str()),
            Cell::maybe(page.map(|it| &it.sha256)),
        ]
    }))
}

pub(super) const COMMENTS: &[Column] = &[
    ("comment_id", Text),
    ("document", Text),
    ("parent", Text),
    ("depth", Int),
    ("author", Text),
    ("date", Day),
    ("text", Text),
    ("reasons", Texts),
];

pub(super) fn comments<'c>(sheet: &'c Sheet<'c>) -> Rows<'c> {
    let of_document = |document: &'c Document| document.comments.iter().map(move |it| (document, it));
    Box::new(sheet.contents.documents.iter().flat_map(of_document).map(
        |(document, it): (&'c Document, &'c Comment)| {
            vec![
                Cell::text(it.id.as_str()),
                Cell::text(document.id.as_str()),
                Cell::maybe(it.parent.as_ref().map(|it| it.as_str())),
                Cell::int(it.depth),
                Cell::maybe(it.author.as_deref().map(|name| sheet.names.shown(name))),
                Cell::Day(it.date),
                Cell::text(it.span.of(&document.text)),
                Cell::texts(&it.reasons),
            ]
        },
    ))
}
