//! Tables of what reports say: claims, their chains of speakers, their numbers, the documents, the comments.
//!
//! In: contents. Out: files. Readers' names as asked for, offsets in the unit asked for.

use std::io;

use sitrep_model::{ActorRef, Claim, Contents, Place, Time};

use super::table::Kind::{Day, Flag, Float, Int, Text, Texts};
use super::table::{Cell, Kind, Table};
use crate::Names;
use crate::export::Files;
use crate::index::Index;
use crate::list::ListOptions;
use crate::list::jsonl::Outward;
use crate::words;

const CLAIMS: [(&str, Kind); 53] = [
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

pub(super) fn claims(
    contents: &Contents,
    index: &Index<'_>,
    lists: ListOptions<'_>,
    files: &mut dyn Files,
) -> io::Result<()> {
    let outward = Outward::of(contents, lists);
    let mut table = Table::new(files.file("claims.parquet")?, &CLAIMS, &contents.edition.version)?;
    for claim in &contents.claims {
        table.row(row(&outward.claim(claim), index))?;
    }
    table.end()
}

fn row(claim: &Claim, index: &Index<'_>) -> Vec<Cell> {
    let document = index.document(claim.document.as_str());
    let mut row = vec![
        Cell::text(&claim.claim_id),
        Cell::maybe(index.event_of(claim.claim_id.as_str()).map(|it| &it.event_id)),
        Cell::text(&claim.document),
        Cell::text(&claim.document_path),
        Cell::maybe(document.and_then(|it| it.outlet.as_ref())),
        Cell::maybe(document.and_then(|it| it.url.as_ref())),
        Cell::Day(document.and_then(|it| it.published.as_ref()).map(|it| it.date)),
        Cell::maybe(document.and_then(|it| index.page_of(it)).map(|it| &it.sha256)),
        Cell::text(claim.voice.as_str()),
        Cell::maybe(claim.comment_id.as_ref()),
        Cell::int(claim.start),
        Cell::int(claim.end),
        Cell::text(&claim.quote),
        Cell::text(claim.event),
        Cell::maybe(claim.codes.acled.as_ref()),
        Cell::maybe(claim.codes.plover.as_ref()),
        Cell::maybe(claim.codes.cameo.as_ref()),
    ];
    row.extend(people(&claim.actors));
    row.extend(people(&claim.targets));
    row.push(Cell::Texts(claim.instruments.iter().map(|it| it.text.clone()).collect()));
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
        Cell::Texts(claim.notes.clone()),
    ]);
    row
}

/// Names, ids and kinds, a list each; an unknown id or kind is an empty text, so that the lists stay abreast.
pub(super) fn people(actors: &[ActorRef]) -> [Cell; 3] {
    let known = |value: &Option<String>| value.clone().unwrap_or_default();
    [
        Cell::Texts(actors.iter().map(|it| it.name.clone()).collect()),
        Cell::Texts(actors.iter().map(|it| known(&it.actor_id)).collect()),
        Cell::Texts(actors.iter().map(|it| known(&it.kind)).collect()),
    ]
}

pub(super) fn time(time: Option<&Time>) -> [Cell; 6] {
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

pub(super) fn place(place: Option<&Place>) -> [Cell; 11] {
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

const ATTRIBUTIONS: [(&str, Kind); 9] = [
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
pub(super) fn attributions(contents: &Contents, lists: ListOptions<'_>, files: &mut dyn Files) -> io::Result<()> {
    let outward = Outward::of(contents, lists);
    let mut table = Table::new(files.file("attributions.parquet")?, &ATTRIBUTIONS, &contents.edition.version)?;
    for claim in &contents.claims {
        let claim = outward.claim(claim);
        for (at, link) in claim.attribution.iter().enumerate() {
            table.row(vec![
                Cell::text(&claim.claim_id),
                Cell::int(at),
                Cell::maybe(link.holder.as_ref()),
                Cell::text(link.kind.as_str()),
                Cell::maybe(link.cue.as_ref()),
                Cell::text(link.stance.as_str()),
                Cell::text(link.author_stance.as_str()),
                Cell::text(link.form.as_str()),
                Cell::text(link.basis.as_str()),
            ])?;
        }
    }
    table.end()
}

const QUANTITIES: [(&str, Kind); 8] = [
    ("claim_id", Text),
    ("kind", Text),
    ("text", Text),
    ("of", Text),
    ("low", Float),
    ("best", Float),
    ("high", Float),
    ("cumulative", Flag),
];

pub(super) fn quantities(contents: &Contents, files: &mut dyn Files) -> io::Result<()> {
    let mut table = Table::new(files.file("quantities.parquet")?, &QUANTITIES, &contents.edition.version)?;
    for claim in &contents.claims {
        for it in &claim.quantities {
            table.row(vec![
                Cell::text(&claim.claim_id),
                Cell::text(&it.kind),
                Cell::text(&it.text),
                Cell::maybe(it.of.as_ref()),
                Cell::Float(it.low),
                Cell::Float(it.best),
                Cell::Float(it.high),
                Cell::Flag(it.cumulative),
            ])?;
        }
    }
    table.end()
}

const DOCUMENTS: [(&str, Kind); 11] = [
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

pub(super) fn documents(contents: &Contents, index: &Index<'_>, files: &mut dyn Files) -> io::Result<()> {
    let mut table = Table::new(files.file("documents.parquet")?, &DOCUMENTS, &contents.edition.version)?;
    for document in &contents.documents {
        let page = index.page_of(document);
        table.row(vec![
            Cell::text(&document.id),
            Cell::text(&document.path),
            Cell::maybe(document.url.as_ref()),
            Cell::maybe(document.title.as_ref()),
            Cell::maybe(document.byline.as_ref()),
            Cell::maybe(document.outlet.as_ref()),
            Cell::maybe(document.language.as_ref()),
            Cell::Day(document.published.as_ref().map(|it| it.date)),
            Cell::Day(page.and_then(|it| it.retrieved)),
            Cell::text(&document.page),
            Cell::maybe(page.map(|it| &it.sha256)),
        ])?;
    }
    table.end()
}

const COMMENTS: [(&str, Kind); 8] = [
    ("comment_id", Text),
    ("document", Text),
    ("parent", Text),
    ("depth", Int),
    ("author", Text),
    ("date", Day),
    ("text", Text),
    ("reasons", Texts),
];

pub(super) fn comments(contents: &Contents, names: Names<'_>, files: &mut dyn Files) -> io::Result<()> {
    let mut table = Table::new(files.file("comments.parquet")?, &COMMENTS, &contents.edition.version)?;
    for document in &contents.documents {
        for comment in &document.comments {
            table.row(vec![
                Cell::text(&comment.id),
                Cell::text(&document.id),
                Cell::maybe(comment.parent.as_ref()),
                Cell::int(comment.depth),
                Cell::maybe(comment.author.as_deref().map(|name| names.shown(name))),
                Cell::Day(comment.date),
                Cell::text(comment.span.of(&document.text)),
                Cell::Texts(comment.reasons.clone()),
            ])?;
        }
    }
    table.end()
}
