//! The table that filters run over: one line a claim, names as numbers.
//!
//! In: contents. Out: [`Board`], and for what is asked for the events that pass and how many pass with each value of a facet.
//! One walk over the lines looks only at what is asked for; what passes is counted, and what was asked last is kept.

mod facets;
mod marks;
mod names;
mod words;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock};

use sitrep::model::{ActorRef, AttributionType, Claim, Contents, Date, Document, EventType, Place, Status, Voice};

pub(crate) use marks::{day_number, marks};
use names::{Names, Run};
use words::Words;
pub(crate) use words::words_of;

use crate::answers::{Facet, Marks};
use crate::app::held;
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
    /// How many events there are with each value, whatever is asked for.
    totals: OnceLock<facets::Counts>,
    /// What was asked last, the latest at the end.
    kept: Mutex<Vec<(Wanted, Arc<Passed>)>>,
}

/// Filters whose answers are kept: a list, its marks and its next page ask for one.
const MOST_KEPT: usize = 32;

/// What passes.
pub(crate) struct Passed {
    /// Rows of events, in the record's order.
    pub(crate) events: Vec<usize>,
    /// How many claims.
    pub(crate) n_claims: usize,
    /// The facets.
    pub(crate) facets: Vec<Facet>,
    /// The same events as marks, once somebody asked for them.
    pub(crate) marks: OnceLock<Arc<Marks>>,
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
            totals: OnceLock::new(),
            kept: Mutex::default(),
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
    pub(crate) fn passed(&self, contents: &Contents, wanted: &Wanted) -> Arc<Passed> {
        let mut kept = held(&self.kept);
        if let Some(at) = kept.iter().position(|(of, _)| of == wanted) {
            let found = kept.remove(at);
            kept.push(found);
            return Arc::clone(&kept[kept.len() - 1].1);
        }
        drop(kept);
        let passed = Arc::new(self.sieved(contents, wanted));
        let mut kept = held(&self.kept);
        if kept.len() >= MOST_KEPT {
            kept.remove(0);
        }
        kept.push((wanted.clone(), Arc::clone(&passed)));
        passed
    }

    fn sieved(&self, contents: &Contents, wanted: &Wanted) -> Passed {
        let sieve = Sieve::new(self, contents, wanted);
        // Under one filter alone, the values of its own facet are counted as under none.
        let is_alone = sieve.asked.count_ones() == 1;
        let mut counts = facets::Counts::new(self);
        let (mut events, mut n_claims) = (Vec::new(), 0);
        for (line, row) in self.lines.iter().zip(0..) {
            let failed = sieve.failed(line, row);
            if failed == 0 {
                n_claims += 1;
                if line.event != NO_EVENT && events.last() != Some(&(line.event as usize)) {
                    events.push(line.event as usize);
                }
            }
            if failed == 0 || failed.is_power_of_two() && !is_alone {
                counts.count(self, line, failed);
            }
        }
        if is_alone {
            counts.take_own(sieve.asked, self.totals());
        }
        Passed { events, n_claims, facets: counts.facets(self, wanted), marks: OnceLock::new() }
    }

    /// Places, actors and sources for whose names `holds`, with the number of claims in which each stands, most first.
    pub(crate) fn named(&self, holds: impl Fn(&str) -> bool) -> Vec<(&'static str, &str, usize)> {
        let all = [("actor", &self.actors), ("place", &self.places), ("source", &self.sources)];
        let found = all
            .into_iter()
            .flat_map(|(kind, names)| names.which(&holds).into_iter().map(move |(name, n)| (kind, name, n)));
        let mut found: Vec<(&'static str, &str, usize)> = found.collect();
        found.sort_by_key(|(kind, name, n)| (std::cmp::Reverse(*n), *kind, *name));
        found
    }

    fn totals(&self) -> &facets::Counts {
        self.totals.get_or_init(|| {
            let mut counts = facets::Counts::new(self);
            self.lines.iter().for_each(|line| counts.count(self, line, 0));
            counts
        })
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
    /// The parts that are asked for at all.
    asked: u16,
    actors: Vec<bool>,
    places: Vec<bool>,
    sources: Vec<bool>,
    since: Option<i32>,
    until: Option<i32>,
    with_words: Vec<bool>,
}

impl<'b> Sieve<'b> {
    fn new(board: &'b Board, contents: &Contents, wanted: &'b Wanted) -> Sieve<'b> {
        let asked = [
            (part::ACTOR, !wanted.actor.is_empty()),
            (part::PLACE, !wanted.place.is_empty()),
            (part::TYPE, !wanted.event.is_empty()),
            (part::SOURCE, !wanted.source.is_empty()),
            (part::ATTRIBUTION, !wanted.attribution.is_empty()),
            (part::CERTAINTY, !wanted.certainty.is_empty()),
            (part::STATUS, !wanted.status.is_empty()),
            (part::VOICE, !wanted.voice.is_empty()),
            (part::DAYS, wanted.since.is_some() || wanted.until.is_some()),
            (part::DISPUTED, wanted.disputed),
            (part::WORDS, !wanted.words.is_empty()),
        ];
        let with_words = || board.with_words(contents, &wanted.words);
        Sieve {
            board,
            wanted,
            asked: asked.into_iter().filter(|(_, asked)| *asked).fold(0, |all, (part, _)| all | part),
            actors: board.actors.holding(&wanted.actor),
            places: board.places.holding(&wanted.place),
            sources: board.sources.holding(&wanted.source),
            since: wanted.since.map(day_number),
            until: wanted.until.map(day_number),
            with_words: (!wanted.words.is_empty()).then(with_words).unwrap_or_default(),
        }
    }

    /// The parts that a line fails.
    fn failed(&self, line: &Line, row: usize) -> u16 {
        let (mut failed, mut left) = (0, self.asked);
        while left != 0 {
            let part = left & left.wrapping_neg();
            left &= left - 1;
            failed |= if self.passes(part, line, row) { 0 } else { part };
        }
        failed
    }

    fn passes(&self, part: u16, line: &Line, row: usize) -> bool {
        let named = |names: &Names, run: Run, hit: &[bool]| names.all(run).iter().any(|name| hit[*name as usize]);
        let (board, wanted) = (self.board, self.wanted);
        match part {
            part::ACTOR => named(&board.actors, line.actors, &self.actors),
            part::PLACE => named(&board.places, line.places, &self.places),
            part::SOURCE => named(&board.sources, line.sources, &self.sources),
            part::TYPE => wanted.event.iter().any(|it| it == line.kind.as_str() || it == line.kind.family()),
            part::ATTRIBUTION => wanted.attribution.contains(&line.attribution),
            part::CERTAINTY => wanted.certainty.contains(&line.certainty),
            part::STATUS => wanted.status.contains(&line.status),
            part::VOICE => wanted.voice.contains(&line.voice),
            part::DAYS => {
                self.since.is_none_or(|since| line.to.is_some_and(|to| to >= since))
                    && self.until.is_none_or(|until| line.from.is_some_and(|from| from <= until))
            }
            part::DISPUTED => line.event != NO_EVENT && board.disputed[line.event as usize],
            _ => self.with_words[row],
        }
    }
}

/// First and last day that any claim speaks of or was published on.
pub(crate) fn days(contents: &Contents) -> Option<[Date; 2]> {
    let times = contents.claims.iter().filter_map(|claim| claim.time.as_ref());
    let days: Vec<Date> = times.flat_map(|time| [time.from, time.to]).flatten().collect();
    Some([*days.iter().min()?, *days.iter().max()?])
}
