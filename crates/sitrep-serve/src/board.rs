//! The table that filters run over: one line a claim, names as numbers.
//!
//! In: contents. Out: [`Board`], and for what is asked for the events that pass and how many pass with each value of a facet.
//! One walk over the lines answers everything; how long it takes depends on the number of claims alone.

mod facets;
mod marks;
mod names;
mod words;

use std::collections::BTreeMap;

use sitrep::model::{ActorRef, AttributionType, Claim, Contents, Date, Document, EventType, Place, Status, Voice};

pub(crate) use marks::{day_number, marks};
use names::{Names, Run};
use words::Words;
pub(crate) use words::words_of;

use crate::answers::Facet;
use crate::query::Wanted;

/// Claims that are no account of an event stand under this number.
const NO_EVENT: u32 = u32::MAX;

/// One claim.
#[derive(Debug, Clone, Copy)]
struct Line {
    event: u32,
    kind: EventType,
    status: Status,
    voice: Voice,
    attribution: AttributionType,
    certainty: Option<i8>,
    from: Option<i32>,
    to: Option<i32>,
    actors: Run,
    places: Run,
    sources: Run,
}

/// The table.
pub(crate) struct Board {
    /// By event, so that an event's lines stand together.
    lines: Vec<Line>,
    /// Where in the contents each line's claim stands.
    rows: Vec<u32>,
    disputed: Vec<bool>,
    actors: Names,
    places: Names,
    sources: Names,
    words: Words,
}

/// What passes.
pub(crate) struct Passed {
    /// Rows of events, in the record's order.
    pub(crate) events: Vec<usize>,
    /// How many claims.
    pub(crate) n_claims: usize,
    /// The facets.
    pub(crate) facets: Vec<Facet>,
}

impl Board {
    /// The table of `contents`.
    pub(crate) fn of(contents: &Contents) -> Board {
        let documents: BTreeMap<&str, &Document> = contents.documents.iter().map(|it| (it.id.as_str(), it)).collect();
        let mut event_of: BTreeMap<&str, u32> = BTreeMap::new();
        for (event, row) in contents.events.iter().zip(0..) {
            event_of.extend(event.accounts.iter().map(|account| (account.claim_id.as_str(), row)));
        }
        let mut order: Vec<(u32, u32)> = (contents.claims.iter().zip(0..))
            .map(|(claim, row)| (event_of.get(claim.claim_id.as_str()).copied().unwrap_or(NO_EVENT), row))
            .collect();
        order.sort_unstable();
        let mut board = Board {
            lines: Vec::with_capacity(order.len()),
            rows: order.iter().map(|(_, row)| *row).collect(),
            disputed: contents.events.iter().map(|event| !event.disputes.is_empty()).collect(),
            actors: Names::default(),
            places: Names::default(),
            sources: Names::default(),
            words: Words::default(),
        };
        for (event, row) in order {
            let claim = &contents.claims[row as usize];
            let line = board.line(claim, event, documents.get(claim.document.as_str()).copied());
            board.lines.push(line);
        }
        board
    }

    fn line(&mut self, claim: &Claim, event: u32, document: Option<&Document>) -> Line {
        let published = document.and_then(|it| it.published.as_ref()).map(|it| it.date);
        let (from, to) = claim.time.as_ref().map_or((None, None), |time| (time.from, time.to));
        let whose = claim.actors.iter().chain(&claim.targets);
        let actor = |it: &ActorRef| [Some(it.text.clone()), it.actor_id.clone()];
        let where_ = [&claim.place, &claim.origin, &claim.destination];
        let place = |it: &Place| {
            let anchor = it.relation.as_ref().and_then(|relation| relation.anchor.clone());
            [Some(it.text.clone()), anchor]
        };
        let outlet = document.and_then(|it| it.outlet.as_deref());
        let holders = claim.attribution.iter().filter_map(|link| link.holder.as_deref());
        let link = claim.attribution.last();
        Line {
            event,
            kind: claim.event,
            status: claim.status,
            voice: claim.voice,
            attribution: link.map_or(AttributionType::Author, |link| link.kind),
            certainty: claim.certainty.source.or(claim.certainty.author),
            from: from.or(to).or(published).map(day_number),
            to: to.or(from).or(published).map(day_number),
            actors: self.actors.run(
                claim.actors.iter().chain(&claim.targets).map(|it| it.name.as_str()),
                whose.flat_map(actor).flatten(),
            ),
            places: self.places.run(
                where_.into_iter().flatten().map(|it| it.name.as_deref().unwrap_or(&it.text)),
                where_.into_iter().flatten().flat_map(place).flatten(),
            ),
            sources: self.sources.run(outlet.into_iter().chain(holders), std::iter::empty()),
        }
    }

    /// What passes, with the facets around it.
    pub(crate) fn passed(&self, contents: &Contents, wanted: &Wanted) -> Passed {
        let sieve = Sieve::new(self, contents, wanted);
        let mut counts = facets::Counts::new(self);
        let (mut events, mut n_claims) = (Vec::new(), 0);
        for (line, row) in self.lines.iter().zip(0..) {
            let failed = sieve.failed(line, row);
            counts.count(self, line, failed);
            if failed == 0 {
                n_claims += 1;
                if line.event != NO_EVENT && events.last() != Some(&(line.event as usize)) {
                    events.push(line.event as usize);
                }
            }
        }
        Passed { events, n_claims, facets: counts.facets(self, wanted) }
    }
}

/// The parts of a filter that a line may fail, one bit each; the first eight are facets.
mod part {
    pub(super) const ACTOR: u16 = 1;
    pub(super) const PLACE: u16 = 1 << 1;
    pub(super) const TYPE: u16 = 1 << 2;
    pub(super) const SOURCE: u16 = 1 << 3;
    pub(super) const ATTRIBUTION: u16 = 1 << 4;
    pub(super) const CERTAINTY: u16 = 1 << 5;
    pub(super) const STATUS: u16 = 1 << 6;
    pub(super) const VOICE: u16 = 1 << 7;
    pub(super) const DAYS: u16 = 1 << 8;
    pub(super) const DISPUTED: u16 = 1 << 9;
    pub(super) const WORDS: u16 = 1 << 10;
}

/// A filter made ready: names as numbers, words as lines.
struct Sieve<'b> {
    board: &'b Board,
    wanted: &'b Wanted,
    actors: Option<Vec<bool>>,
    places: Option<Vec<bool>>,
    sources: Option<Vec<bool>>,
    since: Option<i32>,
    until: Option<i32>,
    with_words: Option<Vec<bool>>,
}

impl<'b> Sieve<'b> {
    fn new(board: &'b Board, contents: &Contents, wanted: &'b Wanted) -> Sieve<'b> {
        let with_words = (!wanted.words.is_empty()).then(|| board.with_words(contents, &wanted.words));
        Sieve {
            board,
            wanted,
            actors: board.actors.holding(&wanted.actor),
            places: board.places.holding(&wanted.place),
            sources: board.sources.holding(&wanted.source),
            since: wanted.since.map(day_number),
            until: wanted.until.map(day_number),
            with_words,
        }
    }

    /// The parts that a line fails.
    fn failed(&self, line: &Line, row: usize) -> u16 {
        let named = |names: &Names, run: Run, hit: &Option<Vec<bool>>| {
            hit.as_ref().is_none_or(|hit| names.all(run).iter().any(|name| hit[*name as usize]))
        };
        let among = |any: bool, empty: bool| empty || any;
        let wanted = self.wanted;
        let code = line.kind.as_str();
        let of_type = wanted.event.iter().any(|it| it == code || it == line.kind.family());
        let in_time = self.since.is_none_or(|since| line.to.is_some_and(|to| to >= since))
            && self.until.is_none_or(|until| line.from.is_some_and(|from| from <= until));
        let disputed = line.event != NO_EVENT && self.board.disputed[line.event as usize];
        let tests = [
            (part::ACTOR, named(&self.board.actors, line.actors, &self.actors)),
            (part::PLACE, named(&self.board.places, line.places, &self.places)),
            (part::SOURCE, named(&self.board.sources, line.sources, &self.sources)),
            (part::TYPE, among(of_type, wanted.event.is_empty())),
            (part::ATTRIBUTION, among(wanted.attribution.contains(&line.attribution), wanted.attribution.is_empty())),
            (part::CERTAINTY, among(wanted.certainty.contains(&line.certainty), wanted.certainty.is_empty())),
            (part::STATUS, among(wanted.status.contains(&line.status), wanted.status.is_empty())),
            (part::VOICE, among(wanted.voice.contains(&line.voice), wanted.voice.is_empty())),
            (part::DAYS, in_time),
            (part::DISPUTED, !wanted.disputed || disputed),
            (part::WORDS, self.with_words.as_ref().is_none_or(|hit| hit[row])),
        ];
        tests.into_iter().filter(|(_, passes)| !passes).fold(0, |failed, (part, _)| failed | part)
    }
}

/// First and last day that any claim speaks of or was published on.
pub(crate) fn days(contents: &Contents) -> Option<[Date; 2]> {
    let times = contents.claims.iter().filter_map(|claim| claim.time.as_ref());
    let days: Vec<Date> = times.flat_map(|time| [time.from, time.to]).flatten().collect();
    Some([*days.iter().min()?, *days.iter().max()?])
}
